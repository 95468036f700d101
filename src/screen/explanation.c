#include "screen/explanation.h"

#include "base/error.h"
#include "entity/record.h"

#include <stdlib.h>

enum { RECORD_BYTES = 64 << 20 };

/* The place of an entity among the hits of a screening. */
static mz_status rank_of(mz_screener *screener, const mz_entity *query, const mz_query_wishes *wishes, uint32_t number,
                         mz_explanation *explanation, mz_error *error) {
    static const mz_json_value anywhere = {.kind = MZ_JSON_NULL};
    const mz_screening *screening;
    mz_query_wishes many = wishes ? *wishes : (mz_query_wishes){.limit = 0};
    many.limit_at = &anywhere;
    many.limit = MZ_RANKS;
    mz_status status = mz_screen_wished(screener, (mz_str){"", 0}, query, &many, &screening, error);
    if (status) return status;
    explanation->hits = screening->total_hits;
    for (size_t h = 0; h < screening->hit_count; h++)
        if (screening->hits[h].number == number) explanation->rank = h + 1;
    return MZ_OK;
}

static mz_status count_names(const mz_index *index, uint32_t number, size_t *ret_count, mz_error *error) {
    char *json;
    size_t size;
    mz_arena arena;
    mz_record record;
    mz_status status = mz_index_record(index, number, &json, &size, error);
    if (status) return status;
    mz_arena_init(&arena, RECORD_BYTES);
    status = mz_record_read_json((mz_str){json, size}, &arena, &record, error);
    for (size_t i = 0; !status && i < record.entities[0].fact_count; i++)
        *ret_count += mz_property_kind(record.entities[0].facts[i].property) == MZ_TYPE_NAME;
    mz_arena_done(&arena);
    free(json);
    return status;
}

mz_status mz_explain_entity(mz_screener *screener, const mz_index *index, const mz_entity *query,
                            const mz_query_wishes *wishes, uint32_t number, mz_explanation *explanation,
                            mz_error *error) {
    const mz_screening *screening;
    *explanation = (mz_explanation){.schema = query->schema};
    mz_status status = rank_of(screener, query, wishes, number, explanation, error);
    if (!status) status = count_names(index, number, &explanation->name_count, error);
    if (!status) status = mz_screen_entity_wished(screener, query, wishes, number, &screening, error);
    if (status) return status;
    const mz_hit *hit = &screening->hits[0];
    explanation->hit = hit;
    explanation->query = hit->query_name.size ? hit->query_name : mz_entity_first(query, MZ_PROP_name);
    explanation->listed = hit->entity_name;
    explanation->score = hit->score;
    explanation->weight = hit->weight;
    explanation->threshold = screening->threshold;
    explanation->alert = screening->total_hits > 0;
    explanation->organisation = hit->organisation;
    explanation->algorithm = screening->algorithm;
    explanation->evidence = hit->evidence;
    explanation->evidence_count = hit->evidence_count;
    explanation->not_done = screening->not_done;
    return MZ_OK;
}

mz_status mz_explain_names(mz_comparer *comparer, mz_schema schema, mz_str query, mz_str listed, double threshold,
                           mz_explanation *explanation, mz_error *error) {
    const mz_comparison *found;
    mz_status status = mz_compare_names(comparer, schema, query, listed, &found, error);
    if (status) return status;
    *explanation = (mz_explanation){
        .query = found->query,
        .listed = found->candidate,
        .schema = schema,
        .score = found->score,
        .weight = found->weight,
        .threshold = threshold,
        .alert = found->score > 0 && found->score >= threshold,
        .organisation = found->organisation,
        .evidence = found->evidence,
        .evidence_count = found->evidence_count,
    };
    return MZ_OK;
}
