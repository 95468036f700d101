/* Two names compared as screening would compare them, without an index. */
#include "base/error.h"
#include "match/plain.h"
#include "match/policy.h"
#include "names/alternatives.h"
#include "screen/charged.h"
#include "screen/evidence.h"

#include <math.h>
#include <stdlib.h>

enum {
    COMPARER_ARENA_BYTES = 64 << 20,
    BYTE_UNITS = 200, /* of work, for each byte of a name that is read */
    CELL_UNITS = 4,   /* for each cell of an alignment, as searches are charged */
};

struct mz_comparer {
    const mz_policy *policy;
    mz_arena arena, scratch;
    mz_name_scorer *scorer;
    mz_name_score names;
    uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    mz_comparison result;
    uint64_t charged;
};

mz_status mz_comparer_new(const mz_policy *policy, mz_comparer **ret_comparer, mz_error *error) {
    mz_comparer *comparer = calloc(1, sizeof *comparer);
    if (!comparer) return mz_fail_memory(error);
    comparer->policy = policy;
    mz_arena_init(&comparer->arena, COMPARER_ARENA_BYTES);
    mz_arena_init(&comparer->scratch, COMPARER_ARENA_BYTES);
    comparer->scorer = mz_name_scorer_new();
    if (!comparer->scorer) {
        mz_comparer_free(comparer);
        return mz_fail_memory(error);
    }
    *ret_comparer = comparer;
    return MZ_OK;
}

uint64_t mz_comparer_charged(const mz_comparer *comparer) {
    return comparer->charged;
}

void mz_comparer_free(mz_comparer *comparer) {
    if (!comparer) return;
    mz_name_scorer_free(comparer->scorer);
    mz_arena_done(&comparer->arena);
    mz_arena_done(&comparer->scratch);
    free(comparer);
}

static uint64_t phones_of(const mz_name *name) {
    uint64_t count = 0;
    for (size_t i = 0; i < name->count; i++) count += name->words[i].phone_count;
    return count;
}

/* Scores two parsed names; false when they do not meet. */
static bool score_parsed(mz_comparer *comparer, const mz_prices *prices, const mz_name *left, const mz_name *right) {
    comparer->charged += CELL_UNITS * phones_of(left) * phones_of(right);
    for (size_t i = 0; i < left->count; i++)
        for (size_t j = 0; j < right->count; j++)
            comparer->likeness[i * right->count + j] = mz_word_likeness(&left->words[i], &right->words[j]);
    bool met =
        mz_name_score_pair(comparer->scorer, prices, left, right, comparer->likeness, true, INFINITY, &comparer->names);
    comparer->charged += CELL_UNITS * comparer->names.steps;
    return met;
}

/* Scores the two as they are written, and puts their words in the place of the parsed ones. */
static mz_status score_written(mz_comparer *comparer, mz_algorithm algorithm, mz_settings *settings, mz_name *left,
                               mz_name *right, bool *ret_met, mz_error *error) {
    mz_plain_name query, listed;
    mz_arena *arena = &comparer->arena, *scratch = &comparer->scratch;
    uint64_t left_letters = left->text.size, right_letters = right->text.size;
    comparer->charged += CELL_UNITS * left_letters * right_letters;
    mz_plain_prices(algorithm, &settings->prices);
    mz_status status = mz_plain_read(algorithm, left->text, arena, scratch, &query, error);
    if (!status) status = mz_plain_read(algorithm, right->text, arena, scratch, &listed, error);
    if (status) return status;
    *ret_met = mz_plain_score(algorithm, &settings->prices, &query, &listed, &comparer->names);
    *left = query.name;
    *right = listed.name;
    return MZ_OK;
}

/* Compares the names read as persons' or as others'. */
static mz_status compare_as(mz_comparer *comparer, mz_schema schema, mz_str query, mz_str candidate,
                            mz_comparison *ret_result, mz_error *error) {
    mz_name left, right;
    mz_settings settings;
    bool organisation = mz_name_organisation(schema), met = false;
    mz_algorithm algorithm = mz_policy_algorithm(comparer->policy);
    mz_status status = mz_name_parse(query, organisation, &comparer->arena, &left, error);
    if (!status) status = mz_name_parse(candidate, organisation, &comparer->arena, &right, error);
    if (status) return status;
    *ret_result = (mz_comparison){.organisation = organisation, .query = query, .candidate = candidate};
    mz_policy_settle(comparer->policy, schema, (mz_culture)left.culture, NULL, &settings);
    if (algorithm == MZ_ALGORITHM_MIZAN_1)
        met = score_parsed(comparer, &settings.prices, &left, &right);
    else
        status = score_written(comparer, algorithm, &settings, &left, &right, &met, error);
    if (status || !met) return status;
    const mz_findings none = MZ_FINDINGS_NONE;
    mz_explanation explanation = {.query = &left,
                                  .entity = &right,
                                  .names = &comparer->names,
                                  .property = MZ_PROP_name,
                                  .findings = &none,
                                  .score = mz_score_from_cost(comparer->names.cost)};
    ret_result->score = (double)explanation.score / MZ_SCORE_UNIT;
    ret_result->evidence = mz_explain(&explanation, &comparer->arena, &ret_result->evidence_count, &ret_result->weight);
    return MZ_OK;
}

/* A text may give several names: the best pair counts. */
static mz_status compare_best(mz_comparer *comparer, mz_schema schema, mz_str query, mz_str candidate,
                              mz_comparison *ret_result, mz_error *error) {
    mz_str left[MZ_NAME_ALTERNATIVES_MOST], right[MZ_NAME_ALTERNATIVES_MOST];
    size_t left_count = mz_name_alternatives(query, &comparer->arena, left);
    size_t right_count = mz_name_alternatives(candidate, &comparer->arena, right);
    mz_status status = MZ_OK;
    for (size_t pair = 0; pair < left_count * right_count && !status; pair++) {
        mz_comparison result;
        status = compare_as(comparer, schema, left[pair / right_count], right[pair % right_count], &result, error);
        if (!status && (pair == 0 || result.score > ret_result->score)) *ret_result = result;
    }
    return status;
}

mz_status mz_compare_names(mz_comparer *comparer, mz_schema schema, mz_str query, mz_str candidate,
                           const mz_comparison **ret_comparison, mz_error *error) {
    bool person = schema == MZ_SCHEMA_Person, either = !person && mz_schema_is_a(MZ_SCHEMA_Person, schema);
    mz_comparison as_person = {0}, as_other = {0};
    mz_status status = MZ_OK;
    mz_arena_reset(&comparer->arena);
    comparer->charged += BYTE_UNITS * ((uint64_t)query.size + candidate.size);
    query = mz_arena_copy(&comparer->arena, query);
    candidate = mz_arena_copy(&comparer->arena, candidate);
    if (person || either) status = compare_best(comparer, MZ_SCHEMA_Person, query, candidate, &as_person, error);
    if (!status && !person) status = compare_best(comparer, schema, query, candidate, &as_other, error);
    if ((!status || status == MZ_ERR_MEMORY) && comparer->arena.failed)
        return mz_fail_arena(&comparer->arena, error, "comparing two names of that size");
    if (status) return status;
    /* what may be a person's name or a firm's is what it is better as; a person's, where that makes no difference */
    comparer->result = person || (either && as_person.score >= as_other.score) ? as_person : as_other;
    *ret_comparison = &comparer->result;
    return MZ_OK;
}
