/* Lists and queries that give a name in parts: what the parts are, is believed. Names are invented. */
#include "entity/record.h"
#include "mizan/screen.h"
#include "test.h"

#include <stdio.h>

static mz_error error;

typedef struct part {
    mz_property property;
    const char *value;
} part;

enum { PARTS_MOST = 5 };

/* An image of one person, whose name is told word by word (roles) or by properties beside it. */
static mz_index *image_of(const char *name, const char *roles, const part *parts) {
    char path[600];
    mz_index_builder *builder;
    mz_builder *records;
    const mz_record *record;
    mz_index *index;
    (void)snprintf(path, sizeof path, "%s/parts.mzi", mz_test_folder());
    CHECK_OK(mz_index_builder_new(path, &builder, &error), error);
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &records, &error), error);
    mz_builder_start(records, MZ_STR("own"));
    (void)mz_builder_entity(records, MZ_SCHEMA_Person, MZ_STR("own-1"), (mz_position){0});
    mz_fact *fact = mz_builder_add(records, 0, MZ_PROP_name, mz_str_of(name), (mz_position){0});
    CHECK(fact != NULL);
    fact->roles = mz_str_of(roles);
    for (size_t p = 0; p < PARTS_MOST && parts && parts[p].value; p++)
        (void)mz_builder_add(records, 0, parts[p].property, mz_str_of(parts[p].value), (mz_position){0});
    CHECK_OK(mz_builder_finish(records, &record, &error), error);
    CHECK_OK(mz_index_builder_add(builder, record, &error), error);
    CHECK_OK(mz_index_builder_finish(builder, &error), error);
    mz_index_builder_free(builder);
    mz_builder_free(records);
    CHECK_OK(mz_index_open(path, &index, &error), error);
    return index;
}

/* The score of the only entity for a query of properties; 0 when it is no hit. Found as well by looking at all. */
static double score_of(mz_index *index, const part *parts) {
    double scores[2];
    mz_fact facts[PARTS_MOST];
    mz_entity query = {.schema = MZ_SCHEMA_Person, .facts = facts};
    for (; query.fact_count < PARTS_MOST && parts[query.fact_count].value; query.fact_count++)
        facts[query.fact_count] =
            (mz_fact){.property = parts[query.fact_count].property, .value = mz_str_of(parts[query.fact_count].value)};
    for (int exhaustive = 0; exhaustive < 2; exhaustive++) {
        mz_screen_options options = {.threshold = 0.5, .limit = 10, .exhaustive = exhaustive};
        mz_screener *screener;
        const mz_screening *screening;
        CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
        CHECK_OK(mz_screen(screener, MZ_STR("q"), &query, &screening, &error), error);
        scores[exhaustive] = screening->hit_count ? screening->hits[0].score : 0;
        mz_screener_free(screener);
    }
    CHECK(!(scores[0] < scores[1]) && !(scores[0] > scores[1]));
    return scores[0];
}

static double score_of_name(mz_index *index, const char *name) {
    return score_of(index, (const part[PARTS_MOST]){{MZ_PROP_name, name}});
}

static double listed_and_asked(const char *name, const char *roles, const part *parts, const char *asked) {
    mz_index *index = image_of(name, roles, parts);
    double score = score_of_name(index, asked);
    mz_index_close(index);
    return score;
}

TEST(a_fathers_name_that_the_list_tells_matters_less_than_a_family_name) {
    double guessed = listed_and_asked("Kelvar Tazi Salim", "", NULL, "Kelvar Tazi");
    double told = listed_and_asked("Kelvar Tazi Salim", "gfp", NULL, "Kelvar Tazi");
    double family = listed_and_asked("Kelvar Tazi Salim", "gff", NULL, "Kelvar Tazi");
    CHECK(told > guessed);
    CHECK(told > family);
    CHECK(guessed > 0.7);
}

TEST(properties_beside_the_listed_name_tell_the_same) {
    const part parts[PARTS_MOST] = {
        {MZ_PROP_firstName, "Kelvar"}, {MZ_PROP_fatherName, "SALIM"}, {MZ_PROP_lastName, "Tazi"}};
    double letters = listed_and_asked("Kelvar Tazi Salim", "gfp", NULL, "Kelvar Tazi");
    double properties = listed_and_asked("Kelvar Tazi Salim", "", parts, "Kelvar Tazi");
    CHECK_INT((int64_t)(letters * 1e6), (int64_t)(properties * 1e6));
}

TEST(a_query_in_parts_is_read_by_its_parts) {
    mz_index *index = image_of("Kelvar Tazi", "", NULL);
    double guessed = score_of_name(index, "Kelvar Tazi Salim");
    double beside = score_of(index, (const part[PARTS_MOST]){{MZ_PROP_name, "Kelvar Tazi Salim"},
                                                             {MZ_PROP_firstName, "Kelvar"},
                                                             {MZ_PROP_fatherName, "Salim"},
                                                             {MZ_PROP_lastName, "Tazi"}});
    double only =
        score_of(index, (const part[PARTS_MOST]){
                            {MZ_PROP_lastName, "Tazi"}, {MZ_PROP_fatherName, "Salim"}, {MZ_PROP_firstName, "Kelvar"}});
    CHECK(beside > guessed);
    CHECK(only > guessed);
    mz_index_close(index);
}

TEST(the_same_name_is_the_same_whatever_is_told) {
    static const char *const roles[] = {"", "gfp", "fgp", "???", "pgf", "mmm", "x"};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        mz_test_case("%s", roles[i]);
        CHECK(listed_and_asked("Kelvar Tazi Salim", roles[i], NULL, "Kelvar Tazi Salim") > 0.99);
    }
}

TEST(another_family_name_is_another_man_whatever_is_told) {
    CHECK(listed_and_asked("Kelvar Tazi Salim", "gfp", NULL, "Kelvar Moridan") < 0.7);
    CHECK(listed_and_asked("Kelvar Tazi Salim", "gpf", NULL, "Kelvar Moridan") < 0.7);
}

TEST_MAIN()
