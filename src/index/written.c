#include "index/written.h"

#include "base/error.h"
#include "match/ofac_bound.h"

#include <stdlib.h>

enum { NAMES_CEILING_BYTES = 1 << 30, SCRATCH_BYTES = 1 << 24 };

/* A name's words as a number. */
typedef struct written_key {
    uint64_t key;
    uint32_t name;
} written_key;

struct mz_written {
    const mz_index *index;
    mz_algorithm algorithm;
    written_key *keys;   /* exact: ascending */
    mz_ofac_name *names; /* ofac */
    mz_ofac_sketch *sketches;
    uint32_t *found;
    mz_arena arena; /* of the names */
};

static int by_key(const void *left, const void *right) {
    const written_key *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name);
}

/* A text that is no UTF-8, as only a forged image has, is a name without words. */
static mz_status unless_malformed(mz_status status) {
    return status == MZ_ERR_INPUT ? MZ_OK : status;
}

static mz_status make_keys(mz_written *w, mz_error *error) {
    mz_arena arena, scratch;
    mz_status status = MZ_OK;
    mz_arena_init(&arena, SCRATCH_BYTES);
    mz_arena_init(&scratch, SCRATCH_BYTES);
    for (uint32_t n = 0; n < w->index->name_count && !status; n++) {
        mz_plain_name name = {.sorted = NULL};
        mz_arena_reset(&arena);
        status = unless_malformed(
            mz_plain_read(w->algorithm, mz_index_name_text(w->index, n), &arena, &scratch, &name, error));
        if (!status) w->keys[n] = (written_key){mz_plain_key(&name), n};
    }
    mz_arena_done(&arena);
    mz_arena_done(&scratch);
    if (!status) qsort(w->keys, w->index->name_count, sizeof *w->keys, by_key);
    return status;
}

static mz_status make_names(mz_written *w, mz_error *error) {
    mz_arena scratch;
    mz_status status = MZ_OK;
    mz_arena_init(&scratch, SCRATCH_BYTES);
    for (uint32_t n = 0; n < w->index->name_count && !status; n++) {
        mz_str text = mz_index_name_text(w->index, n);
        w->names[n] = (mz_ofac_name){.part_count = 0};
        status = unless_malformed(mz_ofac_prepare(text, &scratch, &w->arena, &w->names[n], error));
        mz_ofac_sketch_of(&w->names[n], &w->sketches[n]);
    }
    mz_arena_done(&scratch);
    return status;
}

mz_status mz_written_new(const mz_index *index, mz_algorithm algorithm, mz_written **ret_written, mz_error *error) {
    mz_written *w = calloc(1, sizeof *w);
    if (!w) return mz_fail_memory(error);
    size_t names = (size_t)index->name_count + 1;
    bool exact = algorithm == MZ_ALGORITHM_EXACT;
    w->index = index;
    w->algorithm = algorithm;
    mz_arena_init(&w->arena, NAMES_CEILING_BYTES);
    w->found = malloc(names * sizeof *w->found);
    if (exact) {
        w->keys = malloc(names * sizeof *w->keys);
    } else {
        w->names = malloc(names * sizeof *w->names);
        w->sketches = malloc(names * sizeof *w->sketches);
    }
    mz_status status = w->found && (exact ? w->keys != NULL : w->names && w->sketches) ? MZ_OK : mz_fail_memory(error);
    if (!status) status = exact ? make_keys(w, error) : make_names(w, error);
    if (status)
        mz_written_free(w);
    else
        *ret_written = w;
    return status;
}

void mz_written_free(mz_written *w) {
    if (!w) return;
    mz_arena_done(&w->arena);
    free(w->keys);
    free(w->names);
    free(w->sketches);
    free(w->found);
    free(w);
}

static size_t look_up(mz_written *w, uint64_t key) {
    size_t low = 0, high = w->index->name_count, count = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->keys[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < w->index->name_count && w->keys[low].key == key; low++) w->found[count++] = w->keys[low].name;
    return count;
}

/* Stops where the budget does. */
static size_t go_through(mz_written *w, mz_work *work, const mz_ofac_name *query, uint32_t least, bool *ret_whole) {
    enum { PERCENT = MZ_SCORE_UNIT / 100, LETTERS_OF_CELL = 4 /* two letters are compared in less than a cell */ };
    unsigned percent = (least + PERCENT - 1) / PERCENT;
    mz_ofac_bound bound;
    size_t count = 0;
    mz_ofac_bound_for(query, percent, &bound);
    uint32_t n = 0;
    for (; n < w->index->name_count && mz_work_left(work, MZ_WORK_FIND); n++) {
        mz_work_count(work, MZ_PLAN_NAMES_SCANNED, 1);
        if (!mz_ofac_may_reach(&bound, &w->names[n], &w->sketches[n])) continue;
        mz_work_count(work, MZ_PLAN_CELLS_ALIGNED,
                      (uint64_t)query->letter_count * w->names[n].letter_count / LETTERS_OF_CELL);
        if (mz_ofac_score(query, &w->names[n]) >= percent) w->found[count++] = n;
    }
    *ret_whole = n == w->index->name_count;
    return count;
}

bool mz_written_find(mz_written *w, mz_work *work, const mz_plain_name *query, uint32_t least,
                     const uint32_t **ret_names, size_t *ret_count) {
    bool whole = true;
    *ret_count = w->keys ? look_up(w, mz_plain_key(query)) : go_through(w, work, &query->ofac, least, &whole);
    *ret_names = w->found;
    return whole;
}
