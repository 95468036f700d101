/* Queries that are made to be slow stay within their budget of work, say what was cut, and are cut at the same place
 * always; without a budget they find what scoring everything finds. */
#include "entity/record.h"
#include "mizan/screen.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    COMMON = 6,
    ENTITIES = 1500,
    NAMES_OF_ONE = 3000,
    TEXT_SIZE = 4096,
    ALIASES = 200,
    STEP = 3000000 /* what one step may go beyond the budget: a word looked for, a list read, a pair scored */
};

static mz_error error;
static const char *const common[COMMON] = {"Karim", "Salim", "Nadir", "Tariq", "Jamil", "Faris"};
static const char *const one_sound[] = {"Karim", "Kareem", "Qarim", "Carim", "Kharim", "Karym", "Qareem", "Karimm"};

static uint64_t state = 0x2545F4914F6CDD1Du;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

static void add_name(mz_builder *builder, unsigned entity, const char *name) {
    (void)mz_builder_add(builder, entity, MZ_PROP_name, mz_str_of(name), (mz_position){0});
}

/* People of two to four of the commonest words. */
static const mz_record *common_person(mz_builder *builder, unsigned number) {
    const mz_record *record;
    char id[32], name[TEXT_SIZE] = "";
    (void)snprintf(id, sizeof id, "c-%04u", number);
    mz_builder_start(builder, MZ_STR("slow"));
    unsigned entity = mz_builder_entity(builder, MZ_SCHEMA_Person, mz_str_of(id), (mz_position){0});
    for (uint32_t w = 2 + chance(3); w > 0; w--)
        (void)snprintf(name + strlen(name), sizeof name - strlen(name), "%s%s", *name ? " " : "",
                       common[chance(COMMON)]);
    add_name(builder, entity, name);
    (void)mz_builder_add(builder, entity, MZ_PROP_passportNumber, MZ_STR("LK778899"), (mz_position){0});
    CHECK_OK(mz_builder_finish(builder, &record, &error), error);
    return record;
}

/* One who has thousands of names, and some of sixty-four words of one sound. */
static const mz_record *many_names(mz_builder *builder) {
    const mz_record *record;
    mz_builder_start(builder, MZ_STR("slow"));
    unsigned entity = mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("many"), (mz_position){0});
    for (unsigned n = 0; n < NAMES_OF_ONE; n++) {
        char name[TEXT_SIZE];
        (void)snprintf(name, sizeof name, "%s %s Belqasmouri%u", common[n % COMMON], common[chance(COMMON)], n);
        add_name(builder, entity, name);
    }
    for (unsigned n = 0; n < 8; n++) {
        char name[TEXT_SIZE] = "";
        for (unsigned w = 0; w < 64; w++)
            (void)snprintf(name + strlen(name), sizeof name - strlen(name), "%s%s", w ? " " : "",
                           one_sound[(n + w) % 8]);
        add_name(builder, entity, name);
    }
    (void)mz_builder_add(builder, entity, MZ_PROP_passportNumber, MZ_STR("LK778899"), (mz_position){0});
    CHECK_OK(mz_builder_finish(builder, &record, &error), error);
    return record;
}

static mz_index *slow_index(void) {
    static char path[600];
    mz_index *index;
    if (!*path) {
        mz_index_builder *image;
        mz_builder *builder;
        (void)snprintf(path, sizeof path, "%s/slow.mzi", mz_test_folder());
        CHECK_OK(mz_index_builder_new(path, &image, &error), error);
        CHECK_OK(mz_builder_new(32 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
        for (unsigned e = 0; e < ENTITIES; e++)
            CHECK_OK(mz_index_builder_add(image, common_person(builder, e), &error), error);
        CHECK_OK(mz_index_builder_add(image, many_names(builder), &error), error);
        CHECK_OK(mz_index_builder_finish(image, &error), error);
        mz_index_builder_free(image);
        mz_builder_free(builder);
    }
    CHECK_OK(mz_index_open(path, &index, &error), error);
    return index;
}

/* ---- queries made to be slow ---- */

typedef struct slow_query {
    const char *what;
    mz_schema schema;
    mz_fact facts[ALIASES + 2];
    size_t count;
    char texts[ALIASES][TEXT_SIZE];
} slow_query;

static void ask_for(slow_query *query, const char *name) {
    mz_fact *fact = &query->facts[query->count];
    char *kept = query->texts[query->count++];
    (void)snprintf(kept, TEXT_SIZE, "%s", name);
    *fact = (mz_fact){.property = MZ_PROP_name, .value = mz_str_of(kept)};
}

static void common_words(slow_query *query) {
    query->what = "only common words";
    ask_for(query, "Karim Salim Nadir Tariq");
}

static void two_hundred_aliases(slow_query *query) {
    query->what = "two hundred aliases";
    for (unsigned n = 0; n < ALIASES; n++) {
        char name[TEXT_SIZE];
        (void)snprintf(name, sizeof name, "%s %s%c%s", common[n % COMMON], common[n / COMMON % COMMON],
                       n % 2 ? ' ' : 'a', common[n / 7 % COMMON]);
        ask_for(query, name);
    }
}

static void long_words(slow_query *query) {
    query->what = "words of three hundred letters";
    for (unsigned n = 0; n < 3; n++) {
        char name[TEXT_SIZE] = "";
        for (unsigned w = 0; w < 4; w++) {
            (void)snprintf(name + strlen(name), sizeof name - strlen(name), " ");
            for (unsigned s = 0; s < 60; s++)
                (void)snprintf(name + strlen(name), sizeof name - strlen(name), "%s", one_sound[(s + n) % 8]);
        }
        ask_for(query, name);
    }
}

static void one_sound_words(slow_query *query) {
    char name[TEXT_SIZE] = "";
    query->what = "sixty-four words of one sound";
    for (unsigned w = 0; w < 64; w++)
        (void)snprintf(name + strlen(name), sizeof name - strlen(name), "%s%s", w ? " " : "", one_sound[w % 8]);
    ask_for(query, name);
}

static void number_of_all(slow_query *query) {
    query->what = "a number that all bear, one of whom has thousands of names";
    ask_for(query, "Karim Salim Belqasmouri17");
    query->facts[query->count++] = (mz_fact){.property = MZ_PROP_passportNumber, .value = MZ_STR("LK778899")};
}

static void (*const queries[])(slow_query *) = {common_words, two_hundred_aliases, long_words, one_sound_words,
                                                number_of_all};
enum { QUERIES = sizeof queries / sizeof queries[0] };

static mz_screener *screener_of(const mz_index *index, uint64_t budget, bool exhaustive) {
    mz_screener *screener;
    mz_screen_options options = {.threshold = 0.7, .limit = 2 * ENTITIES, .exhaustive = exhaustive, .budget = budget};
    CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
    return screener;
}

static const mz_screening *ask(mz_screener *screener, const slow_query *query) {
    const mz_entity entity = {.schema = query->schema, .facts = query->facts, .fact_count = query->count};
    const mz_screening *screening;
    CHECK_OK(mz_screen(screener, MZ_STR("q"), &entity, &screening, &error), error);
    return screening;
}

static slow_query *made(size_t q) {
    slow_query *query = calloc(1, sizeof *query);
    CHECK(query != NULL);
    query->schema = MZ_SCHEMA_LegalEntity; /* each name is read as a person's and as a firm's */
    queries[q](query);
    return query;
}

static void check_same(const mz_screening *a, const mz_screening *b) {
    CHECK_INT(a->total_hits, b->total_hits);
    CHECK_INT(a->hit_count, b->hit_count);
    for (size_t h = 0; h < a->hit_count; h++) {
        CHECK_STR(a->hits[h].entity.id, b->hits[h].entity.id);
        CHECK(!(a->hits[h].score < b->hits[h].score) && !(a->hits[h].score > b->hits[h].score));
    }
}

static bool says(mz_str text, const char *part) {
    return memmem(text.data, text.size, part, strlen(part)) != NULL;
}

static double score_of(const mz_screening *screening, mz_str id) {
    for (size_t h = 0; h < screening->hit_count; h++)
        if (mz_str_equal(screening->hits[h].entity.id, id)) return screening->hits[h].score;
    return 0;
}

TEST(without_a_budget_slow_queries_find_what_scoring_everything_finds) {
    mz_index *index = slow_index();
    mz_screener *indexed = screener_of(index, 0, false), *exhaustive = screener_of(index, 1, true);
    for (size_t q = 0; q < QUERIES; q++) {
        slow_query *query = made(q);
        mz_test_case("%s", query->what);
        const mz_screening *found = ask(indexed, query);
        CHECK(found->cut == NULL);
        check_same(ask(exhaustive, query), found);
        printf("# %s: %llu units, %zu hits\n", query->what, (unsigned long long)found->plan->work, found->total_hits);
        free(query);
    }
    mz_screener_free(indexed);
    mz_screener_free(exhaustive);
    mz_index_close(index);
}

TEST(slow_queries_stay_within_their_budget_and_say_what_was_cut) {
    static const uint64_t budgets[] = {1, 30000, 300000, 2000000, 20000000, 400000000};
    mz_index *index = slow_index();
    mz_screener *whole = screener_of(index, 0, false);
    unsigned cuts = 0, uncut = 0;
    for (size_t q = 0; q < QUERIES; q++) {
        slow_query *query = made(q);
        for (size_t b = 0; b < sizeof budgets / sizeof budgets[0]; b++) {
            mz_screener *budgeted = screener_of(index, budgets[b], false);
            const mz_screening *all = ask(whole, query), *found = ask(budgeted, query);
            mz_test_case("%s, %llu", query->what, (unsigned long long)budgets[b]);
            CHECK_INT(budgets[b], found->plan->budget);
            CHECK(found->plan->work <= budgets[b] + STEP);
            CHECK((found->cut != NULL) == (says(found->not_done, "budget of work")));
            if (!found->cut) {
                check_same(all, found);
                uncut++;
            } else {
                const mz_cut *cut = found->cut;
                CHECK(cut->name_count || cut->word_count || cut->listed_names || cut->entities || cut->numbers);
                cuts++;
            }
            for (size_t h = 0; h < found->hit_count; h++)
                CHECK(found->hits[h].score <= score_of(all, found->hits[h].entity.id));
            mz_screener_free(budgeted);
        }
        free(query);
    }
    CHECK(cuts > 10 && uncut > 5);
    mz_screener_free(whole);
    mz_index_close(index);
}

/* What was remembered of other queries changes what is done, not what is charged, and so not where it is cut. */
TEST(a_query_is_cut_at_the_same_place_whatever_came_before_it) {
    mz_index *index = slow_index();
    mz_screener *used = screener_of(index, 600000, false);
    for (unsigned round = 0; round < 2; round++)
        for (size_t q = 0; q < QUERIES; q++) {
            slow_query *query = made(q);
            mz_screener *fresh = screener_of(index, 600000, false);
            const mz_screening *first = ask(fresh, query), *later = ask(used, query);
            mz_test_case("%s, round %u", query->what, round);
            CHECK_INT(first->plan->work, later->plan->work);
            CHECK_STR(first->not_done, later->not_done);
            check_same(first, later);
            mz_screener_free(fresh);
            free(query);
        }
    mz_screener_free(used);
    mz_index_close(index);
}

TEST(the_likelier_names_are_compared_first) {
    mz_index *index = slow_index();
    slow_query *query = made(0);
    query->schema = MZ_SCHEMA_Person;
    mz_screener *whole = screener_of(index, 0, false);
    const mz_screening *all = ask(whole, query);
    /* enough to find them all, not to compare them all */
    mz_screener *budgeted = screener_of(index, all->plan->work * 3 / 4, false);
    const mz_screening *found = ask(budgeted, query);
    CHECK(found->cut && found->cut->listed_names > 0);
    CHECK(found->hit_count > 0 && found->total_hits < all->total_hits);
    CHECK_STR(all->hits[0].entity.id, found->hits[0].entity.id);
    CHECK(!(all->hits[0].score < found->hits[0].score) && !(all->hits[0].score > found->hits[0].score));
    mz_screener_free(whole);
    mz_screener_free(budgeted);
    free(query);
    mz_index_close(index);
}

TEST(names_that_were_not_looked_for_are_named) {
    mz_index *index = slow_index();
    slow_query *query = made(1);
    mz_screener *screener = screener_of(index, 1000000, false);
    const mz_screening *found = ask(screener, query);
    CHECK(found->cut && found->cut->name_count > 100);
    CHECK_STR(mz_str_of(query->texts[ALIASES - 1]), found->cut->names[found->cut->name_count - 1]);
    CHECK(says(found->not_done, "the budget of work was used up; names not searched for: \""));
    mz_screener_free(screener);
    free(query);
    mz_index_close(index);
}

TEST_MAIN()
