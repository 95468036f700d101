#include "screen/roster.h"

#include "base/arena.h"
#include "base/error.h"
#include "match/entity_score.h"
#include "names/alternatives.h"
#include "screen/query.h"

#include <stdlib.h>
#include <string.h>

enum { SUBJECT_BYTES = 64 << 20 };

static const char *const lists[MZ_ROSTER_KIND_COUNT] = {"subject", "either", "twin", "apart"};

struct mz_roster_builder {
    mz_index_builder *image;
    mz_arena arena; /* of the subject in hand */
};

mz_status mz_roster_builder_new(const char *path, mz_roster_builder **ret_builder, mz_error *error) {
    mz_roster_builder *builder = calloc(1, sizeof *builder);
    if (!builder) return mz_fail_memory(error);
    mz_arena_init(&builder->arena, SUBJECT_BYTES);
    mz_status status = mz_index_builder_new(path, &builder->image, error);
    for (size_t k = 0; k < MZ_ROSTER_KIND_COUNT && !status; k++)
        status = mz_index_builder_list(builder->image, mz_str_of(lists[k]), MZ_STR(""), 0, error);
    if (status) {
        mz_roster_builder_free(builder);
        return status;
    }
    *ret_builder = builder;
    return MZ_OK;
}

void mz_roster_builder_free(mz_roster_builder *builder) {
    if (!builder) return;
    mz_index_builder_free(builder->image);
    mz_arena_done(&builder->arena);
    free(builder);
}

static mz_status add(mz_roster_builder *builder, mz_roster_kind kind, const mz_entity *entity, mz_error *error) {
    const mz_record record = {.list = mz_str_of(lists[kind]),
                              .reference = MZ_STR(""),
                              .caption = MZ_STR(""),
                              .entities = entity,
                              .entity_count = 1};
    return mz_index_builder_add(builder->image, &record, error);
}

/* A query without a name is asked by its parts put together: here these are a name of the subject. */
static const mz_entity *with_name(mz_roster_builder *builder, const mz_entity *subject) {
    mz_str name = mz_query_name_from_parts(subject, &builder->arena);
    mz_entity *named = MZ_ARENA_NEW(&builder->arena, 1, mz_entity);
    mz_fact *facts = MZ_ARENA_NEW(&builder->arena, subject->fact_count + 1, mz_fact);
    size_t before = 0;
    if (!named || !facts) return NULL;
    while (before < subject->fact_count && subject->facts[before].property < MZ_PROP_name) before++;
    if (before) memcpy(facts, subject->facts, before * sizeof *facts);
    facts[before] = (mz_fact){.property = MZ_PROP_name, .value = name};
    if (before < subject->fact_count)
        memcpy(facts + before + 1, subject->facts + before, (subject->fact_count - before) * sizeof *facts);
    *named = *subject;
    named->facts = facts;
    named->fact_count++;
    return named;
}

/* Whether any name has a word to compare, read as a query reads it. */
static bool has_name(mz_roster_builder *builder, const mz_entity *subject) {
    for (size_t f = 0; f < subject->fact_count; f++) {
        mz_str texts[MZ_NAME_ALTERNATIVES_MOST];
        if (!mz_property_is_name(subject->facts[f].property)) continue;
        size_t count = mz_name_alternatives(subject->facts[f].value, &builder->arena, texts);
        for (size_t i = 0; i < count; i++) {
            mz_name name;
            bool organisation = mz_name_organisation(subject->schema);
            if (!mz_name_parse(texts[i], organisation, &builder->arena, &name, NULL) && name.count) return true;
        }
    }
    return false;
}

static bool has_part(const mz_entity *subject, mz_arena *arena) {
    return mz_query_name_from_parts(subject, arena).size > 0;
}

static bool is_listable(mz_schema schema) {
    return mz_schema_is_a(schema, MZ_SCHEMA_LegalEntity) || mz_schema_is_a(schema, MZ_SCHEMA_Asset);
}

static mz_roster_kind kind_of(const mz_entity *subject) {
    if (!is_listable(subject->schema)) return MZ_ROSTER_APART;
    for (size_t f = 0; f < subject->fact_count; f++)
        if (mz_property_is_name(subject->facts[f].property) && subject->facts[f].value.size > MZ_IMAGE_NAME_BYTES)
            return MZ_ROSTER_APART;
    bool either = subject->schema != MZ_SCHEMA_Person && mz_schema_is_a(MZ_SCHEMA_Person, subject->schema);
    return either ? MZ_ROSTER_EITHER : MZ_ROSTER_SUBJECT;
}

mz_status mz_roster_builder_add(mz_roster_builder *builder, mz_str key, const mz_entity *subject, mz_error *error) {
    mz_arena_reset(&builder->arena);
    bool from_parts = has_part(subject, &builder->arena) && !has_name(builder, subject);
    const mz_entity *named = from_parts ? with_name(builder, subject) : subject;
    if (!named || builder->arena.failed) return mz_fail_arena(&builder->arena, error, "a subject");
    mz_entity entity = *named;
    entity.id = key;
    mz_roster_kind kind = kind_of(&entity);
    mz_status status = add(builder, kind, &entity, error);
    if (status || kind != MZ_ROSTER_EITHER) return status;
    entity.schema = MZ_SCHEMA_Person;
    return add(builder, MZ_ROSTER_TWIN, &entity, error);
}

mz_status mz_roster_builder_finish(mz_roster_builder *builder, mz_str mark, int64_t made, mz_error *error) {
    mz_status status = mz_index_builder_list(builder->image, mz_str_of(lists[MZ_ROSTER_SUBJECT]), mark, made, error);
    return status ? status : mz_index_builder_finish(builder->image, error);
}

/* ---- opening ---- */

static mz_status check(const mz_index *image, const char *path, mz_error *error) {
    const mz_index_facts *facts = &image->facts;
    bool right = !image->changes && image->list_count == MZ_ROSTER_KIND_COUNT;
    for (size_t k = 0; k < MZ_ROSTER_KIND_COUNT && right; k++)
        right = mz_str_equal(facts->lists[k].list, mz_str_of(lists[k]));
    for (uint32_t e = 0; e < image->entity_count && right; e++)
        right = image->entities[e].list != MZ_ROSTER_TWIN || (e && image->entities[e - 1].list == MZ_ROSTER_EITHER);
    if (right) return MZ_OK;
    mz_status status = mz_fail(error, MZ_ERR_INPUT, "this is no roster of subjects");
    mz_error_name(error, path);
    return status;
}

mz_status mz_roster_open(const char *path, mz_roster **ret_roster, mz_error *error) {
    mz_roster *roster = calloc(1, sizeof *roster);
    if (!roster) return mz_fail_memory(error);
    mz_status status = mz_index_open(path, &roster->image, error);
    if (!status) status = check(roster->image, path, error);
    if (status) {
        mz_roster_close(roster);
        return status;
    }
    *ret_roster = roster;
    return MZ_OK;
}

void mz_roster_close(mz_roster *roster) {
    if (!roster) return;
    mz_index_close(roster->image);
    free(roster);
}

void mz_roster_info(const mz_roster *roster, mz_roster_facts *ret_facts) {
    const mz_index_list *told = roster->image->facts.lists;
    *ret_facts = (mz_roster_facts){.subjects = roster->image->entity_count - told[MZ_ROSTER_TWIN].entities,
                                   .mark = told[MZ_ROSTER_SUBJECT].version,
                                   .made = told[MZ_ROSTER_SUBJECT].published,
                                   .bytes = roster->image->facts.bytes};
}
