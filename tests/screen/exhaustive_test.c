/* Scoring everything is what the index is held against, so it is held itself against what is slower and simpler: words
 * compared one by one, and entities judged one by one (mz_screen_entity), which passes over nothing. */
#include "screen/exhaustive.h"

#include "invented_list.h"
#include "listed.h"
#include "match/word.h"
#include "screen/all_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TEST(each_word_is_compared_with_all_words) {
    const mz_index *index = listed_index();
    mz_error error = {0};
    mz_all_words *words;
    uint16_t *likeness = calloc(index->word_count, sizeof *likeness);
    size_t alike = 0;
    CHECK(likeness != NULL);
    CHECK_OK(mz_all_words_new(index, &words, &error), error);
    for (uint32_t q = 0; q < index->word_count; q++) {
        mz_name_word query, word;
        mz_index_word(index, q, &query);
        mz_all_words_compare(words, &query, likeness);
        for (uint32_t w = 0; w < index->word_count; w++) {
            mz_index_word(index, w, &word);
            mz_test_case("words %u and %u", q, w);
            CHECK_INT(mz_word_likeness(&query, &word), likeness[w]);
            alike += likeness[w] && q != w;
        }
    }
    CHECK(alike > 0);
    mz_all_words_free(words);
    free(likeness);
}

/* How many entities reach the threshold; each is in the screening, with the score that it has alone. */
static void check_against_judging(mz_screener *all, mz_screener *one, mz_schema schema, mz_str name) {
    mz_error error = {0};
    mz_fact fact = {.property = MZ_PROP_name, .value = name};
    mz_entity query = {.schema = schema, .facts = &fact, .fact_count = 1};
    const mz_screening *found, *judged;
    size_t expected = 0;
    mz_test_case("%.*s as %s", (int)name.size, name.data, mz_schema_name(schema));
    CHECK_OK(mz_screen(all, MZ_STR("q"), &query, &found, &error), error);
    for (uint32_t e = 0; e < listed_index()->entity_count; e++) {
        CHECK_OK(mz_screen_entity(one, &query, e, &judged, &error), error);
        const mz_hit *hit = NULL;
        for (size_t h = 0; h < found->hit_count; h++)
            if (found->hits[h].number == e) hit = &found->hits[h];
        CHECK_INT(judged->total_hits, hit != NULL);
        if (hit) CHECK_INT((int64_t)(judged->hits[0].score * 1e6 + 0.5), (int64_t)(hit->score * 1e6 + 0.5));
        expected += judged->total_hits;
    }
    CHECK_INT(expected, found->total_hits);
}

static const char *const names[] = {
    "Abd", "A B C", "ABC", "O. B.", "bin", "The", "Sheikh", "Ltd", "12", "王", "김민준", "ال", "Of The", "Jr", "El",
};

TEST(screening_everything_finds_what_judging_each_entity_finds) {
    static const double thresholds[] = {0.2, 0.5, 0.7};
    static const mz_schema schemata[] = {MZ_SCHEMA_Person, MZ_SCHEMA_Company, MZ_SCHEMA_LegalEntity, MZ_SCHEMA_Vessel};
    const mz_index *index = listed_index();
    for (size_t t = 0; t < sizeof thresholds / sizeof *thresholds; t++) {
        mz_screener *all = listed_screener(thresholds[t], 1000, true),
                    *one = listed_screener(thresholds[t], 1000, true);
        for (uint32_t n = 0; n < index->name_count; n++) {
            mz_name_word words[MZ_NAME_WORDS_MOST];
            mz_name name;
            char changed[512];
            mz_index_name(index, n, words, &name);
            (void)snprintf(changed, sizeof changed, "%.*s", (int)name.text.size, name.text.data);
            check_against_judging(all, one, schemata[n % 4], mz_str_of(changed));
            char *blank = strchr(changed, ' ');
            if (blank) memmove(blank, blank + 1, strlen(blank)); /* words written together */
            check_against_judging(all, one, schemata[n % 4], mz_str_of(changed));
            if (changed[0] > 0) changed[0] = 'e'; /* another letter, where one is a byte */
            check_against_judging(all, one, schemata[(n + 1) % 4], mz_str_of(changed));
        }
        for (size_t n = 0; n < sizeof names / sizeof *names; n++)
            for (size_t s = 0; s < sizeof schemata / sizeof *schemata; s++)
                check_against_judging(all, one, schemata[s], mz_str_of(names[n]));
        mz_screener_free(all);
        mz_screener_free(one);
    }
}

TEST_MAIN()
