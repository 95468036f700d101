/* This program is linked with a search one bound of which is wrong by a little (tests/bench/meson.build says which):
 * the comparison with scoring everything must see it. A test of bounds that sees none of their errors proves nothing.
 */
#include "bench/lossless.h"
#include "image.h"
#include "test.h"

enum { ENTITIES = 2500, QUERIES = 400, ROUNDS = 8 };

TEST(the_comparison_sees_that_a_bound_is_wrong) {
    mz_error error = {0};
    parts *p = own_parts();
    corpus *c, *strangers;
    uint64_t wrong = 0;
    CHECK_OK(corpus_new(p, 3, &c, &error), error);
    CHECK_OK(corpus_new(p, 4, &strangers, &error), error);
    mz_index *index = image_of(c, ENTITIES, NULL);
    for (uint64_t round = 0; round < ROUNDS && !wrong; round++) {
        lossless_tally tally;
        lossless_job job = {.source = {index, p, strangers}, .seed = 5 + round, .queries = QUERIES, .threads = 2};
        CHECK_OK(lossless_run(&job, &tally, &error), error);
        wrong = tally.lost + tally.invented + tally.different;
    }
    CHECK(wrong > 0);
    mz_index_close(index);
    corpus_free(c);
    corpus_free(strangers);
    parts_free(p);
}

TEST_MAIN()
