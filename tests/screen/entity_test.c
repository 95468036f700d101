/* One entity judged, whether or not it is a hit: it is told the same as by a screening that finds it; and nothing
 * depends on the order of names. */
#include "listed.h"

#include "entity/record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mz_error error;

static uint32_t number_of(const char *id) {
    uint32_t number;
    CHECK_OK(mz_index_find(listed_index(), mz_str_of(id), &number, &error), error);
    return number;
}

static const mz_screening *judge(mz_screener *screener, mz_schema schema, const char *name, const char *id) {
    mz_fact fact = {.property = MZ_PROP_name, .value = mz_str_of(name)};
    mz_entity query = {.schema = schema, .facts = &fact, .fact_count = 1};
    const mz_screening *screening;
    CHECK_OK(mz_screen_entity(screener, &query, number_of(id), &screening, &error), error);
    CHECK_INT(1, screening->hit_count);
    CHECK_STR(mz_str_of(id), screening->hits[0].entity.id);
    return screening;
}

TEST(a_hit_is_told_as_screening_tells_it) {
    static const struct {
        mz_schema schema;
        const char *name, *id;
    } rows[] = {
        {MZ_SCHEMA_Person, "Zeinab Morjani", "inv-01"},       {MZ_SCHEMA_Person, "Карим Улгази", "inv-02"},
        {MZ_SCHEMA_Company, "Atlas Saffron Trad.", "inv-06"}, {MZ_SCHEMA_Vessel, "Lantern Sea", "inv-07"},
        {MZ_SCHEMA_Thing, "Idris Ben Zahi", "inv-11"},        {MZ_SCHEMA_LegalEntity, "Nahda Horizon 12", "inv-09"},
    };
    mz_screener *screens = listed_screener(0.5, 100, false), *judges = listed_screener(0.5, 100, false);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const mz_screening *screening, *judged = judge(judges, rows[i].schema, rows[i].name, rows[i].id);
        mz_test_case("%s", rows[i].name);
        CHECK_OK(mz_screen_name(screens, rows[i].schema, mz_str_of(rows[i].name), &screening, &error), error);
        const mz_hit *hit = hit_of(screening, rows[i].id), *one = &judged->hits[0];
        CHECK(hit != NULL);
        CHECK_INT(1, judged->total_hits);
        CHECK(memcmp(&hit->score, &one->score, sizeof(double)) == 0);
        CHECK(memcmp(&hit->weight, &one->weight, sizeof(double)) == 0);
        CHECK_STR(hit->entity_name, one->entity_name);
        CHECK_INT(hit->organisation, one->organisation);
        CHECK_INT(hit->evidence_count, one->evidence_count);
        for (size_t e = 0; e < hit->evidence_count; e++) {
            CHECK_INT(hit->evidence[e].rule, one->evidence[e].rule);
            CHECK_STR(hit->evidence[e].query, one->evidence[e].query);
            CHECK_STR(hit->evidence[e].entity, one->evidence[e].entity);
            CHECK(memcmp(&hit->evidence[e].points, &one->evidence[e].points, sizeof(double)) == 0);
        }
    }
    mz_screener_free(screens);
    mz_screener_free(judges);
}

TEST(what_is_below_the_threshold_is_told_too) {
    mz_screener *screener = listed_screener(0.7, 10, false);
    const mz_screening *judged = judge(screener, MZ_SCHEMA_Person, "Zaynab Ouzellaqi", "inv-01");
    CHECK_INT(0, judged->total_hits);
    CHECK(judged->hits[0].score > 0 && judged->hits[0].score < 0.7 && judged->hits[0].evidence_count > 1);
    double points = 0;
    for (size_t e = 0; e < judged->hits[0].evidence_count; e++) points += judged->hits[0].evidence[e].points;
    CHECK(fabs(points - judged->hits[0].score) < 1e-9);
    judged = judge(screener, MZ_SCHEMA_Person, "Boris Stalmakov", "inv-01");
    CHECK(judged->total_hits == 0 && judged->hits[0].score <= 0 && judged->hits[0].entity_name.size == 0);
    mz_screener_free(screener);
}

TEST(things_that_are_not_compared_are_no_hit) {
    mz_screener *screener = listed_screener(0.7, 10, false);
    const mz_screening *judged = judge(screener, MZ_SCHEMA_Vessel, "Zaynab Murjani", "inv-01");
    CHECK(judged->total_hits == 0 && judged->hits[0].score <= 0);
    mz_screener_free(screener);
}

TEST(an_entity_that_is_not_there_is_refused) {
    mz_fact fact = {.property = MZ_PROP_name, .value = MZ_STR("Zaynab Murjani")};
    mz_entity query = {.schema = MZ_SCHEMA_Person, .facts = &fact, .fact_count = 1};
    const mz_screening *screening = NULL;
    mz_screener *screener = listed_screener(0.7, 10, false);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_screen_entity(screener, &query, 100000, &screening, &error));
    CHECK(screening == NULL);
    mz_screener_free(screener);
}

/* ---- the order of names ---- */

static const char *const aliases[] = {"Karim Tazrouti",    "KARIM TAZROUTI", "كريم التازروتي",
                                      "Kareem al-Tazruti", "Tazrouti Karim", "Karim  Tazrouti"};
enum { ALIASES = sizeof aliases / sizeof aliases[0] };

/* An image of one person with the aliases in order from `first` on, forwards or backwards. */
static mz_index *image_of(size_t first, bool backwards) {
    char path[600];
    mz_index_builder *builder;
    mz_builder *records;
    const mz_record *record;
    mz_index *index;
    (void)snprintf(path, sizeof path, "%s/order-%zu-%d.mzi", mz_test_folder(), first, backwards);
    CHECK_OK(mz_index_builder_new(path, &builder, &error), error);
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &records, &error), error);
    mz_builder_start(records, MZ_STR("own"));
    (void)mz_builder_entity(records, MZ_SCHEMA_Person, MZ_STR("own-1"), (mz_position){0});
    for (size_t i = 0; i < ALIASES; i++) {
        size_t at = (first + (backwards ? ALIASES - i : i)) % ALIASES;
        (void)mz_builder_add(records, 0, MZ_PROP_alias, mz_str_of(aliases[at]), (mz_position){0});
    }
    CHECK_OK(mz_builder_finish(records, &record, &error), error);
    CHECK_OK(mz_index_builder_add(builder, record, &error), error);
    CHECK_OK(mz_index_builder_finish(builder, &error), error);
    mz_index_builder_free(builder);
    mz_builder_free(records);
    CHECK_OK(mz_index_open(path, &index, &error), error);
    return index;
}

/* The evidence of the only hit, as JSON; to be freed. */
static char *answer_of(mz_index *index, const char *query) {
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    mz_screener *screener;
    mz_str answer;
    size_t hits;
    CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
    CHECK_OK(mz_screen_json(screener, mz_str_of(query), &answer, &hits, &error), error);
    CHECK_INT(1, hits);
    const char *from = memmem(answer.data, answer.size, "\"name\":", 7);
    CHECK(from != NULL);
    char *kept = strndup(from, answer.size - (size_t)(from - answer.data));
    mz_screener_free(screener);
    return kept;
}

TEST(aliases_in_another_order_change_nothing) {
    static const char *const queries[] = {
        "{\"schema\":\"Person\",\"properties\":{\"name\":[\"karim tazrouti\",\"Tazrouti karim\"]}}",
        "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Tazrouti karim\",\"karim tazrouti\"]}}",
    };
    char *first = NULL;
    for (size_t from = 0; from < ALIASES; from++)
        for (int backwards = 0; backwards < 2; backwards++) {
            mz_index *index = image_of(from, backwards);
            for (size_t q = 0; q < 2; q++) {
                char *answer = answer_of(index, queries[q]);
                mz_test_case("from %zu, %d, query %zu", from, backwards, q);
                if (!first) first = strdup(answer);
                CHECK_TEXT(first, answer);
                free(answer);
            }
            mz_index_close(index);
        }
    free(first);
}

TEST_MAIN()
