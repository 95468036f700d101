#include "pairs.h"

#include "mizan/screen.h"
#include "test.h"

#include <math.h>

static double score_of(mz_comparer *comparer, mz_schema schema, const char *query, const char *candidate) {
    const mz_comparison *comparison;
    mz_error error = {0};
    double points = 0, bits = 0;
    CHECK_OK(mz_compare_names(comparer, schema, mz_str_of(query), mz_str_of(candidate), &comparison, &error), error);
    for (size_t i = 0; i < comparison->evidence_count; i++) {
        points += comparison->evidence[i].points;
        bits += comparison->evidence[i].bits;
    }
    CHECK(comparison->score >= 0 && comparison->score <= 1);
    CHECK(fabs(points - comparison->score) < 1e-6 && fabs(bits - comparison->weight) < 1e-6);
    return comparison->score;
}

/* Whether a row holds both ways; the two scores are shown with a failure. */
static bool holds(mz_comparer *comparer, const pair_row *row) {
    double there = score_of(comparer, row->schema, row->query, row->candidate),
           back = score_of(comparer, row->schema, row->candidate, row->query);
    mz_test_case("%s | %s: %.4f, %.4f, expected %.2f to %.2f", row->query, row->candidate, there, back, row->least,
                 row->most);
    return there >= row->least && back >= row->least && there <= row->most && back <= row->most;
}

static void check_all(const pair_row *rows, size_t count, bool expected) {
    mz_comparer *comparer;
    mz_error error = {0};
    CHECK_OK(mz_comparer_new(NULL, &comparer, &error), error);
    for (size_t i = 0; i < count; i++) CHECK_INT(expected, holds(comparer, &rows[i]));
    mz_comparer_free(comparer);
}

void check_pairs(const pair_row *rows, size_t count) {
    check_all(rows, count, true);
}

void check_not_yet(const pair_row *rows, size_t count) {
    check_all(rows, count, false);
}
