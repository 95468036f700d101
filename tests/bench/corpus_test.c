/* What the corpora of the benches promise: the same bytes again, a small one the beginning of a large one, lines that
 * the reader takes, and names as they are in life. */
#include "bench/corpus.h"

#include "image.h"
#include "index/image.h"
#include "test.h"

#include <stdlib.h>

static corpus *corpus_of(const parts *p, uint64_t seed) {
    corpus *c;
    mz_error error = {0};
    CHECK_OK(corpus_new(p, seed, &c, &error), error);
    return c;
}

TEST(an_entity_depends_on_its_number_and_the_seed_alone) {
    parts *p = own_parts(), *again = own_parts();
    corpus *first = corpus_of(p, 7), *second = corpus_of(again, 7), *other = corpus_of(p, 8);
    mz_buffer a, b, c;
    mz_buffer_init(&a, 1 << 20), mz_buffer_init(&b, 1 << 20), mz_buffer_init(&c, 1 << 20);
    for (uint64_t i = 0; i < 1000; i++) corpus_line(first, i, &a);
    for (uint64_t i = 1000; i-- > 0;) { /* in another order */
        mz_buffer_clear(&b);
        corpus_line(second, i, &b);
        CHECK(a.size >= b.size && memmem(a.data, a.size, b.data, b.size) != NULL);
    }
    mz_buffer_clear(&b);
    corpus_line(first, 5, &b);
    corpus_line(other, 5, &c);
    CHECK(!mz_str_equal(mz_buffer_view(&b), mz_buffer_view(&c)));
    mz_buffer_done(&a), mz_buffer_done(&b), mz_buffer_done(&c);
    corpus_free(first), corpus_free(second), corpus_free(other);
    parts_free(p), parts_free(again);
}

TEST(every_line_is_an_entity_with_names_that_are_read) {
    enum { ENTITIES = 3000 };
    parts *p = own_parts();
    corpus *c = corpus_of(p, 1);
    uint64_t rejected;
    mz_index *index = image_of(c, ENTITIES, &rejected);
    mz_index_facts facts;
    mz_index_info(index, &facts);
    CHECK_INT(0, rejected);
    CHECK_INT(ENTITIES, facts.entities);
    CHECK(facts.names > ENTITIES * 17 / 10 && facts.names < ENTITIES * 23 / 10); /* about two each */
    mz_index_close(index);
    corpus_free(c);
    parts_free(p);
}

TEST(names_have_as_many_words_as_names_have) {
    enum { ENTITIES = 4000 };
    parts *p = own_parts();
    corpus *c = corpus_of(p, 1);
    size_t of_words[16] = {0}, names = 0, latin = 0;
    for (uint64_t i = 0; i < ENTITIES; i++) {
        corpus_entity one;
        chance rest;
        corpus_entity_of(c, i, &one, &rest);
        CHECK(one.name_count >= 1);
        for (size_t n = 0; n < one.name_count; n++) {
            size_t words = 1;
            for (size_t b = 0; b < one.names[n].size; b++) words += one.names[n].data[b] == ' ';
            of_words[words < 15 ? words : 15]++;
            latin += one.names[n].data[0] > 0;
            names++;
        }
    }
    CHECK(of_words[2] > of_words[1] && of_words[2] > of_words[4] && of_words[3] > of_words[5]);
    CHECK(of_words[7] + of_words[8] > 0);
    CHECK(latin > names / 2 && latin < names); /* most are in Latin letters, others are in others */
    corpus_free(c);
    parts_free(p);
}

TEST(common_ranks_are_drawn_more_often_than_rare_ones) {
    enum { RANKS = 1000, DRAWS = 200000 };
    zipf z;
    chance c = chance_of(1, 1);
    size_t *drawn = calloc(RANKS, sizeof *drawn), tail = 0;
    CHECK(drawn != NULL);
    zipf_make(&z, RANKS, 8, 58254);
    for (size_t i = 0; i < DRAWS; i++) {
        uint32_t rank = zipf_draw(&z, &c);
        CHECK(rank < RANKS);
        drawn[rank]++;
        tail += rank >= RANKS / 2;
    }
    /* rank r about as often as 1/(r + 8) says: the first 26 times as often as the two-hundredth */
    CHECK(drawn[0] > 15 * drawn[200] && drawn[0] < 45 * drawn[200]);
    CHECK(tail > DRAWS / 20 && tail < DRAWS / 4);
    free(drawn);
}

TEST_MAIN()
