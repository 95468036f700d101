/* Two names compared as screening would compare them, without an index. */
#include "base/error.h"
#include "screen/evidence.h"

#include <math.h>
#include <stdlib.h>

enum { COMPARER_ARENA_BYTES = 64 << 20 };

struct mz_comparer {
    mz_arena arena;
    mz_name_scorer *scorer;
    mz_name_score names;
    uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    mz_comparison result;
};

mz_status mz_comparer_new(mz_comparer **ret_comparer, mz_error *error) {
    mz_comparer *comparer = calloc(1, sizeof *comparer);
    if (!comparer) return mz_fail_memory(error);
    mz_arena_init(&comparer->arena, COMPARER_ARENA_BYTES);
    comparer->scorer = mz_name_scorer_new();
    if (!comparer->scorer) {
        mz_comparer_free(comparer);
        return mz_fail_memory(error);
    }
    *ret_comparer = comparer;
    return MZ_OK;
}

void mz_comparer_free(mz_comparer *comparer) {
    if (!comparer) return;
    mz_name_scorer_free(comparer->scorer);
    mz_arena_done(&comparer->arena);
    free(comparer);
}

mz_status mz_compare_names(mz_comparer *comparer, mz_schema schema, mz_str query, mz_str candidate,
                           const mz_comparison **ret_comparison, mz_error *error) {
    mz_name left, right;
    bool organisation = mz_name_organisation(schema);
    mz_arena_reset(&comparer->arena);
    mz_status status = mz_name_parse(query, organisation, &comparer->arena, &left, error);
    if (!status) status = mz_name_parse(candidate, organisation, &comparer->arena, &right, error);
    if (status) return status;
    for (size_t i = 0; i < left.count; i++)
        for (size_t j = 0; j < right.count; j++)
            comparer->likeness[i * right.count + j] = mz_word_likeness(&left.words[i], &right.words[j]);
    comparer->result = (mz_comparison){0};
    *ret_comparison = &comparer->result;
    if (!mz_name_score_pair(comparer->scorer, &left, &right, comparer->likeness, true, INFINITY, &comparer->names))
        return MZ_OK;
    const mz_findings none = {.count = 0};
    mz_explanation explanation = {.query = &left,
                                  .entity = &right,
                                  .names = &comparer->names,
                                  .property = MZ_PROP_name,
                                  .findings = &none,
                                  .score = mz_score_from_cost(comparer->names.cost)};
    mz_comparison *result = &comparer->result;
    result->score = (double)explanation.score / MZ_SCORE_UNIT;
    result->evidence = mz_explain(&explanation, &comparer->arena, &result->evidence_count, &result->weight);
    return comparer->arena.failed ? mz_fail_memory(error) : MZ_OK;
}
