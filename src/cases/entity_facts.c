/* The facts of listed entities by their number in an index. A run over many subjects meets the same entities again and
 * again, and to take a record out of the index costs more than all else that is done for a hit. What is kept is
 * bounded: when it is full, it is forgotten and begun anew. */
#include "base/error.h"
#include "base/map.h"
#include "cases/pairs.h"
#include "entity/record.h"
#include "screen/facts.h"

#include <stdlib.h>

enum { KEPT_BYTES = 128 << 20, FULL_BYTES = 96 << 20, RECORD_BYTES = 256 << 20 };

struct mz_entity_facts {
    const mz_index *index;
    mz_arena kept, scratch;
    mz_map numbers;
    mz_case_rows rows; /* of mz_case_facts, in `kept` */
};

mz_status mz_entity_facts_new(const mz_index *index, mz_entity_facts **ret_facts, mz_error *error) {
    mz_entity_facts *facts = calloc(1, sizeof *facts);
    if (!facts) return mz_fail_memory(error);
    facts->index = index;
    mz_arena_init(&facts->kept, KEPT_BYTES);
    mz_arena_init(&facts->scratch, RECORD_BYTES);
    mz_map_init(&facts->numbers);
    facts->rows = (mz_case_rows){.arena = &facts->kept, .size = sizeof(mz_case_facts)};
    *ret_facts = facts;
    return MZ_OK;
}

void mz_entity_facts_free(mz_entity_facts *facts) {
    if (!facts) return;
    mz_arena_done(&facts->kept);
    mz_arena_done(&facts->scratch);
    mz_map_done(&facts->numbers);
    free(facts);
}

static void forget(mz_entity_facts *facts) {
    mz_arena_reset(&facts->kept);
    mz_map_done(&facts->numbers);
    mz_map_init(&facts->numbers);
    facts->rows = (mz_case_rows){.arena = &facts->kept, .size = sizeof(mz_case_facts)};
}

static mz_status read(mz_entity_facts *facts, uint32_t number, mz_arena *arena, mz_case_facts *ret_facts,
                      mz_error *error) {
    char *json = NULL;
    size_t size;
    mz_record record;
    mz_status status = mz_index_record(facts->index, number, &json, &size, error);
    if (status) return status;
    mz_arena_reset(&facts->scratch);
    status = mz_record_read_json((mz_str){json, size}, &facts->scratch, &record, error);
    mz_str text = status ? MZ_STR("") : mz_facts_write_record(&record, &facts->scratch);
    if (!status && facts->scratch.failed) status = mz_fail_arena(&facts->scratch, error, "the facts of an entity");
    if (!status) {
        ret_facts->text = mz_arena_copy(arena, text);
        mz_facts_digest(text, ret_facts->digest);
        if (arena->failed) status = mz_fail_arena(arena, error, "the facts of an entity");
    }
    free(json);
    return status;
}

mz_status mz_entity_facts_of(mz_entity_facts *facts, uint32_t number, mz_arena *arena, mz_case_facts *ret_facts,
                             mz_error *error) {
    const uint32_t *place = mz_map_get(&facts->numbers, (mz_str){(const char *)&number, sizeof number});
    if (place) {
        *ret_facts = ((mz_case_facts *)facts->rows.items)[*place];
        ret_facts->text = mz_arena_copy(arena, ret_facts->text); /* it may be forgotten before the caller is done */
        return arena->failed ? mz_fail_arena(arena, error, "the facts of an entity") : MZ_OK;
    }
    mz_status status = read(facts, number, arena, ret_facts, error);
    if (status) return status;
    if (facts->kept.used_bytes > FULL_BYTES) forget(facts);
    uint32_t *key = MZ_ARENA_NEW(&facts->kept, 1, uint32_t);
    mz_case_facts *kept = key ? mz_case_rows_add(&facts->rows) : NULL;
    if (kept) {
        *kept = *ret_facts;
        kept->text = mz_arena_copy(&facts->kept, ret_facts->text);
        *key = number;
    }
    if (!kept || facts->kept.failed ||
        !mz_map_put(&facts->numbers, (mz_str){(const char *)key, sizeof *key}, (uint32_t)(facts->rows.count - 1)))
        forget(facts); /* what is not remembered is read again */
    return MZ_OK;
}
