/* How near the algorithm `ofac` is to the scores that OFAC's portal gave: on real names, so only where they are. */
#include "lists/csv.h"
#include "match/ofac.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

enum { NEAR_POINTS = 5, LEAST_SHARE_PERCENT = 95 };

static mz_arena scratch, arena;

static mz_ofac_name ready(mz_str text) {
    mz_ofac_name name;
    mz_error error = {0};
    CHECK_OK(mz_ofac_prepare(text, &scratch, &arena, &name, &error), error);
    return name;
}

TEST(scores_are_within_5_points_of_the_portal) {
    static const mz_csv_column columns[] = {{"query_name", true}, {"result_name", true}, {"ofac_score", true}};
    char path[4096];
    int at[3];
    bool more;
    unsigned rows = 0, near = 0, same = 0;
    mz_csv *csv;
    mz_error error = {0};
    (void)snprintf(path, sizeof path, "%s/data/bench/ofac_scores_dev.csv", mz_test_shared());
    if (mz_csv_open(path, ',', &csv, &error)) mz_test_skip("%s", error.text);
    CHECK_OK(mz_csv_next(csv, &more, &error), error);
    CHECK_OK(mz_csv_map(csv, columns, 3, at, &error), error);
    mz_arena_init(&scratch, 1 << 20);
    mz_arena_init(&arena, 1 << 20);
    while (!mz_csv_next(csv, &more, &error) && more) {
        mz_ofac_name query = ready(mz_csv_field(csv, at[0])), listed = ready(mz_csv_field(csv, at[1]));
        mz_str text = mz_csv_field(csv, at[2]);
        char number[16] = "";
        (void)snprintf(number, sizeof number, "%.*s", (int)text.size, text.data);
        long portal = strtol(number, NULL, 10); /* -1: it did not show the name, as our 0 */
        long difference = labs((portal < 0 ? 0 : portal) - (long)mz_ofac_score(&query, &listed));
        rows++;
        near += difference <= NEAR_POINTS;
        same += difference == 0;
    }
    CHECK_INT(0, error.text[0]);
    CHECK(rows > 0);
    printf("# %u of %u scores within %d points of the portal (%.1f %%), %u the same\n", near, rows, NEAR_POINTS,
           100.0 * near / rows, same);
    CHECK(near * 100 >= rows * LEAST_SHARE_PERCENT);
    mz_csv_close(csv);
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
}

TEST_MAIN()
