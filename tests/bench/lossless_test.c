/* The comparison of the benches, in the small: names damaged in every way that they know, at fixed thresholds and at
 * the very scores of hits. `./dev bench --full` runs it over the real lists and 100,000 queries. */
#include "bench/lossless.h"

#include "image.h"
#include "test.h"

enum { ENTITIES = 2500, QUERIES = 400 };

TEST(the_index_finds_what_scoring_everything_finds) {
    mz_error error = {0};
    parts *p = own_parts();
    corpus *c, *strangers;
    lossless_tally tally;
    CHECK_OK(corpus_new(p, 3, &c, &error), error);
    CHECK_OK(corpus_new(p, 4, &strangers, &error), error);
    mz_index *index = image_of(c, ENTITIES, NULL);
    lossless_job job = {
        .source = {index, p, strangers}, .seed = 5, .queries = QUERIES, .threads = 2, .complaints = stderr};
    CHECK_OK(lossless_run(&job, &tally, &error), error);
    CHECK_INT(QUERIES, tally.queries);
    CHECK(tally.hits > QUERIES / 2 && tally.at_the_score > QUERIES / 2); /* else nothing was compared */
    CHECK_INT(0, tally.lost);
    CHECK_INT(0, tally.invented);
    CHECK_INT(0, tally.different);
    mz_index_close(index);
    corpus_free(c);
    corpus_free(strangers);
    parts_free(p);
}

TEST_MAIN()
