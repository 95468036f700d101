/* Filters: which listed entities a screening looks at. What a filtered search finds is what an unfiltered one finds,
 * less the entities that the filter leaves out; by the index and by scoring everything, in an image and its changes. */
#include "entity/record.h"
#include "mizan/date.h"
#include "mizan/screen.h"
#include "mizan/update.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

static mz_error error;
static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

static const char *const lists[] = {"east", "north", "west"};
static const char *const topics[] = {"sanction", "sanction.linked", "role.pep", "crime", "crime.fin", "debarment"};
static const char *const days[] = {"2001-03-05", "2010", "2015-06", "2020-02-29", "2023-11-30"};
static const char *const first_words[] = {"Tamrin", "Ossoul", "Belkari", "Yazgut"};
static const char *const last_words[] = {"Wardafi", "Qenlou", "Zerhali"};
static const mz_schema schemata[] = {MZ_SCHEMA_Person, MZ_SCHEMA_Company, MZ_SCHEMA_PublicBody, MZ_SCHEMA_Vessel};
enum { LISTS = 3, TOPICS = 6, DAYS = 5, ENTITIES = 120, CHANGED = 20, NO_DAY = DAYS };

/* An entity as it was made, for the test's own idea of what a filter says. */
typedef struct made {
    char id[32];
    unsigned list, topics, listed, changed; /* topics: a bit for each; days by number, NO_DAY none */
    mz_schema schema;
} made;

static made all[ENTITIES];

static void invent(made *entity, unsigned number, unsigned list) {
    (void)snprintf(entity->id, sizeof entity->id, "%s-%u", lists[list], number);
    entity->list = list;
    entity->topics = chance(3) ? chance(1 << TOPICS) : 1;
    entity->listed = chance(NO_DAY + 1);
    entity->changed = chance(NO_DAY + 1);
    entity->schema = schemata[chance(4)];
}

/* Beside the entity; it tells the days. */
static bool has_sanction(const made *entity) {
    return entity->listed != NO_DAY || entity->changed != NO_DAY;
}

static const mz_record *record_of(mz_builder *builder, const made *entity, unsigned number) {
    const mz_record *record;
    const mz_position at = {0};
    char name[64], passport[16];
    (void)snprintf(name, sizeof name, "%s %s", first_words[number % 4], last_words[number % 3]);
    (void)snprintf(passport, sizeof passport, "ZX%06u", number % 7);
    mz_builder_start(builder, mz_str_of(lists[entity->list]));
    unsigned listed = mz_builder_entity(builder, entity->schema, mz_str_of(entity->id), at);
    (void)mz_builder_add(builder, listed, MZ_PROP_name, mz_str_of(name), at);
    (void)mz_builder_add(builder, listed, MZ_PROP_passportNumber, mz_str_of(passport), at);
    for (unsigned t = 0; t < TOPICS; t++)
        if (entity->topics >> t & 1) (void)mz_builder_add(builder, listed, MZ_PROP_topics, mz_str_of(topics[t]), at);
    unsigned sanction = has_sanction(entity) ? mz_builder_entity(builder, MZ_SCHEMA_Sanction, MZ_STR("s"), at) : 0;
    if (entity->listed != NO_DAY) {
        (void)mz_builder_add(builder, sanction, MZ_PROP_listingDate, MZ_STR("2024-01-01"), at);
        (void)mz_builder_add(builder, sanction, MZ_PROP_listingDate, mz_str_of(days[entity->listed]), at);
    }
    if (entity->changed != NO_DAY)
        (void)mz_builder_add(builder, sanction, MZ_PROP_modifiedAt, mz_str_of(days[entity->changed]), at);
    CHECK_OK(mz_builder_finish(builder, &record, &error), error);
    return record;
}

/* An image of three lists, one of which has changed since. */
static const char *make_index(void) {
    static char path[600];
    if (*path) return path;
    mz_index_builder *image;
    mz_index_update *update;
    mz_builder *builder;
    mz_index_update_facts facts;
    (void)snprintf(path, sizeof path, "%s/filters.mzi", mz_test_folder());
    CHECK_OK(mz_index_builder_new(path, &image, &error), error);
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
    for (unsigned e = 0; e < ENTITIES; e++) {
        invent(&all[e], e, e / (ENTITIES / LISTS));
        CHECK_OK(mz_index_builder_add(image, record_of(builder, &all[e], e), &error), error);
    }
    CHECK_OK(mz_index_builder_finish(image, &error), error);
    mz_index_builder_free(image);
    CHECK_OK(mz_index_update_new(path, &update, &error), error);
    CHECK_OK(mz_index_update_begin(update, MZ_STR("west"), &error), error);
    for (unsigned e = ENTITIES - ENTITIES / LISTS; e < ENTITIES; e++) {
        if (chance(2)) invent(&all[e], e, LISTS - 1);
        CHECK_OK(mz_index_update_add(update, record_of(builder, &all[e], e), &error), error);
    }
    CHECK_OK(mz_index_update_end(update, MZ_STR("2"), 0, &error), error);
    CHECK_OK(mz_index_update_finish(update, &facts, &error), error);
    CHECK(facts.changed > 0);
    mz_index_update_free(update);
    mz_builder_free(builder);
    return path;
}

static mz_index *open_index(void) {
    mz_index *index;
    CHECK_OK(mz_index_open(make_index(), &index, &error), error);
    return index;
}

/* ---- the test's own idea of a filter ---- */

static bool starts_with(const char *text, const char *start, size_t size) {
    return strncmp(text, start, size) == 0;
}

/* One that tells no topic, but has a sanction, is sanctioned: the first of the topics. */
static bool has_topic(const made *entity, mz_str asked) {
    unsigned told = entity->topics || !has_sanction(entity) ? entity->topics : 1;
    for (unsigned t = 0; t < TOPICS; t++) {
        if (!(told >> t & 1)) continue;
        if (mz_str_equal(asked, mz_str_of(topics[t]))) return true;
        if (asked.data[asked.size - 1] != '*') continue;
        if (starts_with(topics[t], asked.data, asked.size - 2) &&
            (strlen(topics[t]) == asked.size - 2 || topics[t][asked.size - 2] == '.'))
            return true;
    }
    return false;
}

static bool has_value(const made *entity, mz_filter_key key, mz_str asked) {
    mz_schema schema;
    switch (key) {
    case MZ_FILTER_LISTS:
    case MZ_FILTER_EXCLUDE_LISTS: return mz_str_equal(asked, mz_str_of(lists[entity->list]));
    case MZ_FILTER_TOPICS:
    case MZ_FILTER_EXCLUDE_TOPICS: return has_topic(entity, asked);
    case MZ_FILTER_EXCLUDE_ENTITIES: return mz_str_equal(asked, mz_str_of(entity->id));
    case MZ_FILTER_SCHEMATA:
    case MZ_FILTER_EXCLUDE_SCHEMATA: return mz_schema_find(asked, &schema) && mz_schema_is_a(entity->schema, schema);
    case MZ_FILTER_LISTED_SINCE:
    case MZ_FILTER_LISTED_BEFORE:
    case MZ_FILTER_CHANGED_SINCE:
    case MZ_FILTER_KEY_COUNT: break;
    }
    return false;
}

static mz_date day(unsigned number) {
    mz_date date;
    CHECK(mz_date_parse(mz_str_of(days[number]), MZ_DATE_DAY_FIRST, &date));
    return date;
}

static bool in_time(const made *entity, mz_filter_key key, int32_t asked) {
    if (key == MZ_FILTER_LISTED_SINCE) return entity->listed == NO_DAY || day(entity->listed).last_day >= asked;
    if (key == MZ_FILTER_LISTED_BEFORE) return entity->listed == NO_DAY || day(entity->listed).first_day < asked;
    mz_date last;
    CHECK(mz_date_parse(MZ_STR("2024-01-01"), MZ_DATE_DAY_FIRST, &last));
    /* listed again at that day, which is a change */
    if (entity->listed != NO_DAY && entity->changed != NO_DAY && last.last_day >= asked) return true;
    return entity->changed == NO_DAY || day(entity->changed).last_day >= asked;
}

static bool passes(const made *entity, const mz_filter *filter) {
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) {
        mz_filter_key key = (mz_filter_key)k;
        bool any = false, includes = key == MZ_FILTER_LISTS || key == MZ_FILTER_TOPICS || key == MZ_FILTER_SCHEMATA;
        if (!filter->values[k].count) continue;
        if (mz_filter_key_is_date(key)) {
            mz_date date;
            CHECK(mz_date_parse(filter->values[k].texts[0], MZ_DATE_DAY_FIRST, &date));
            if (!in_time(entity, key, date.first_day)) return false;
            continue;
        }
        for (size_t v = 0; v < filter->values[k].count; v++)
            any = any || has_value(entity, key, filter->values[k].texts[v]);
        if (any != includes) return false;
    }
    return true;
}

static const made *made_of(mz_str id) {
    for (unsigned e = 0; e < ENTITIES; e++)
        if (mz_str_equal(id, mz_str_of(all[e].id))) return &all[e];
    mz_test_fail(__FILE__, __LINE__, "no such entity: %.*s", (int)id.size, id.data);
}

/* ---- properties ---- */

enum { VALUES_MOST = 3 };
typedef struct value_room {
    mz_str texts[MZ_FILTER_KEY_COUNT][VALUES_MOST];
} value_room;

static mz_str any_value(mz_filter_key key) {
    static const char *const asked_topics[] = {"sanction", "crime.*", "role.*", "debarment", "sanction.linked"};
    static const char *const asked_schemata[] = {"Person", "LegalEntity", "Organization", "Asset", "Company"};
    static const char *const asked_days[] = {"2010-07-01", "2015", "2020-03", "2001-03-05", "2024-01-01"};
    switch (key) {
    case MZ_FILTER_LISTS:
    case MZ_FILTER_EXCLUDE_LISTS: return mz_str_of(lists[chance(LISTS)]);
    case MZ_FILTER_TOPICS:
    case MZ_FILTER_EXCLUDE_TOPICS: return mz_str_of(asked_topics[chance(5)]);
    case MZ_FILTER_SCHEMATA:
    case MZ_FILTER_EXCLUDE_SCHEMATA: return mz_str_of(asked_schemata[chance(5)]);
    case MZ_FILTER_EXCLUDE_ENTITIES: return mz_str_of(all[chance(ENTITIES)].id);
    case MZ_FILTER_LISTED_SINCE:
    case MZ_FILTER_LISTED_BEFORE:
    case MZ_FILTER_CHANGED_SINCE:
    case MZ_FILTER_KEY_COUNT: break;
    }
    return mz_str_of(asked_days[chance(5)]);
}

static mz_filter any_filter(value_room *room) {
    mz_filter filter = {.values = {{NULL, 0}}};
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) {
        if (chance(4)) continue;
        filter.values[k].texts = room->texts[k];
        filter.values[k].count = mz_filter_key_is_date((mz_filter_key)k) ? 1 : 1 + chance(VALUES_MOST);
        for (size_t v = 0; v < filter.values[k].count; v++) room->texts[k][v] = any_value((mz_filter_key)k);
    }
    return filter;
}

static mz_screener *screener_of(const mz_index *index, const mz_filter *filter, bool exhaustive) {
    mz_screener *screener;
    mz_screen_options options = {.threshold = 0.7, .limit = ENTITIES, .exhaustive = exhaustive, .filter = filter};
    CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
    return screener;
}

static const mz_screening *ask(mz_screener *screener, unsigned name) {
    static char text[64];
    (void)snprintf(text, sizeof text, "%s %s", first_words[name % 4], last_words[name % 3]);
    const mz_fact facts[] = {{.property = MZ_PROP_name, .value = mz_str_of(text)},
                             {.property = MZ_PROP_passportNumber, .value = MZ_STR("ZX000003")}};
    const mz_entity query = {.schema = MZ_SCHEMA_Thing, .facts = facts, .fact_count = 1 + name % 2};
    const mz_screening *screening;
    CHECK_OK(mz_screen(screener, MZ_STR("q"), &query, &screening, &error), error);
    return screening;
}

/* The hits of one are those of the other that pass, in their order. */
static void check_same(const mz_screening *filtered, const mz_screening *whole, const mz_filter *filter) {
    size_t next = 0;
    for (size_t h = 0; h < whole->hit_count; h++) {
        const mz_hit *hit = &whole->hits[h];
        if (!passes(made_of(hit->entity.id), filter)) continue;
        CHECK(next < filtered->hit_count);
        CHECK_STR(hit->entity.id, filtered->hits[next].entity.id);
        CHECK(!(hit->score < filtered->hits[next].score) && !(hit->score > filtered->hits[next].score));
        next++;
    }
    CHECK_INT(next, filtered->hit_count);
}

TEST(what_is_left_of_all_hits_is_found) {
    mz_index *index = open_index();
    mz_screener *whole = screener_of(index, NULL, false);
    unsigned left_out = 0, kept = 0;
    for (unsigned round = 0; round < 150; round++) {
        value_room room;
        mz_filter filter = any_filter(&room);
        mz_screener *indexed = screener_of(index, &filter, false), *exhaustive = screener_of(index, &filter, true);
        for (unsigned name = 0; name < 4; name++) {
            mz_test_case("round %u, name %u", round, name);
            const mz_screening *all_hits = ask(whole, name + round);
            const mz_screening *found = ask(indexed, name + round);
            check_same(found, all_hits, &filter);
            check_same(ask(exhaustive, name + round), all_hits, &filter);
            left_out += all_hits->hit_count > found->hit_count;
            kept += found->hit_count > 0;
        }
        mz_screener_free(indexed);
        mz_screener_free(exhaustive);
    }
    CHECK(left_out > 200 && kept > 50);
    mz_screener_free(whole);
    mz_index_close(index);
}

TEST(what_is_left_out_is_counted_and_not_scored) {
    mz_index *index = open_index();
    const mz_str north = MZ_STR("north");
    const mz_filter filter = {.values = {[MZ_FILTER_LISTS] = {&north, 1}}};
    mz_screener *screener = screener_of(index, &filter, false), *whole = screener_of(index, NULL, false);
    const mz_plan some = *ask(screener, 0)->plan, everything = *ask(whole, 0)->plan;
    CHECK(mz_plan_count(&some, MZ_PLAN_NAMES_FILTERED) > 0);
    CHECK(mz_plan_count(&some, MZ_PLAN_PAIRS_SCORED) < mz_plan_count(&everything, MZ_PLAN_PAIRS_SCORED));
    CHECK_INT(0, mz_plan_count(&everything, MZ_PLAN_NAMES_FILTERED));
    mz_screener_free(screener);
    mz_screener_free(whole);
    mz_index_close(index);
}

TEST(a_filter_can_be_set_anew_and_taken_away) {
    mz_index *index = open_index();
    const mz_str north = MZ_STR("north"), nowhere = MZ_STR("nowhere");
    const mz_filter first = {.values = {[MZ_FILTER_LISTS] = {&north, 1}}},
                    wrong = {.values = {[MZ_FILTER_LISTS] = {&nowhere, 1}}}, none = {.values = {{NULL, 0}}};
    mz_screener *screener = screener_of(index, NULL, false);
    size_t whole = ask(screener, 0)->hit_count;
    CHECK(ask(screener, 0)->filter == NULL);
    CHECK_OK(mz_screener_set_filter(screener, &first, &error), error);
    size_t some = ask(screener, 0)->hit_count;
    CHECK(some < whole && ask(screener, 0)->filter == &first);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_screener_set_filter(screener, &wrong, &error));
    CHECK_TEXT("lists: the index has no list \"nowhere\"; it has east, north, west", error.text);
    CHECK_INT(some, ask(screener, 0)->hit_count);
    CHECK_OK(mz_screener_set_filter(screener, &none, &error), error);
    CHECK_INT(whole, ask(screener, 0)->hit_count);
    mz_screener_free(screener);
    mz_index_close(index);
}

TEST(what_the_index_does_not_know_is_refused_with_what_it_has) {
    static const struct {
        mz_filter_key key;
        const char *value, *message;
    } cases[] = {
        {MZ_FILTER_EXCLUDE_LISTS, "eest", "exclude_lists: the index has no list \"eest\"; it has east, north, west"},
        {MZ_FILTER_TOPICS, "sanctions",
         "topics: the index has no topic \"sanctions\"; it has crime, crime.fin, debarment, role.pep, sanction, "
         "sanction.linked"},
        {MZ_FILTER_TOPICS, "wanted.*",
         "topics: the index has no topic \"wanted.*\"; it has crime, crime.fin, debarment, role.pep, sanction, "
         "sanction.linked"},
        {MZ_FILTER_TOPICS, ".*",
         "topics: the index has no topic \".*\"; it has crime, crime.fin, debarment, role.pep, sanction, "
         "sanction.linked"},
        {MZ_FILTER_SCHEMATA, "Persn", "schemata: there is no schema \"Persn\"; did you mean \"Person\"?"},
        {MZ_FILTER_EXCLUDE_SCHEMATA, "Spaceship of the line",
         "exclude_schemata: there is no schema \"Spaceship of the line\"; there are Person, Company, Vessel, …"},
        {MZ_FILTER_LISTED_SINCE, "yesterday",
         "listed_since: \"yesterday\" is no date; write 2024-05-01, 2024-05 or 2024"},
        {MZ_FILTER_CHANGED_SINCE, "2024-02-30",
         "changed_since: \"2024-02-30\" is no date; write 2024-05-01, 2024-05 or 2024"},
    };
    mz_index *index = open_index();
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        mz_filter filter = {.values = {{NULL, 0}}};
        mz_filter_key key = MZ_FILTER_KEY_COUNT;
        const mz_str value = mz_str_of(cases[c].value);
        filter.values[cases[c].key].texts = &value;
        filter.values[cases[c].key].count = 1;
        mz_test_case("%s", cases[c].value);
        CHECK_INT(MZ_ERR_ARGUMENT, mz_filter_check(&filter, index, &key, &error));
        CHECK_INT(cases[c].key, key);
        CHECK_TEXT(cases[c].message, error.text);
    }
    mz_index_close(index);
}

/* ---- in a query ---- */

static mz_str answer_of(mz_screener *screener, const char *filter, mz_status expected) {
    char query[600];
    mz_str answer = {"", 0};
    size_t hits;
    (void)snprintf(query, sizeof query, "{\"properties\":{\"name\":\"Tamrin Wardafi\"},\"filter\":%s}", filter);
    CHECK_INT(expected, mz_screen_json(screener, mz_str_of(query), &answer, &hits, &error));
    return answer;
}

static bool tells(mz_str answer, const char *part) {
    return memmem(answer.data, answer.size, part, strlen(part)) != NULL;
}

TEST(a_query_brings_its_own_filter_which_wins_key_by_key) {
    mz_index *index = open_index();
    const mz_str north = MZ_STR("north"), since = MZ_STR("2010");
    const mz_filter filter = {.values = {[MZ_FILTER_LISTS] = {&north, 1}, [MZ_FILTER_LISTED_SINCE] = {&since, 1}}};
    mz_screener *screener = screener_of(index, &filter, false);
    CHECK(tells(answer_of(screener, "null", MZ_OK), "\"filter\":{\"lists\":[\"north\"],\"listed_since\":\"2010\"}"));
    CHECK(tells(answer_of(screener, "{\"lists\":\"west\"}", MZ_OK),
                "\"filter\":{\"lists\":[\"west\"],\"listed_since\":\"2010\"}"));
    CHECK(!tells(answer_of(screener, "{\"lists\":\"west\"}", MZ_OK), "\"list\":\"north\""));
    CHECK(tells(answer_of(screener, "{\"topics\":[\"crime.*\"],\"lists\":[]}", MZ_OK),
                "\"filter\":{\"lists\":[\"north\"],\"topics\":[\"crime.*\"],\"listed_since\":\"2010\"}"));
    mz_screener_free(screener);
    screener = screener_of(index, NULL, false);
    CHECK(!tells(answer_of(screener, "{}", MZ_OK), "\"filter\""));
    mz_screener_free(screener);
    mz_index_close(index);
}

TEST(a_filter_that_cannot_be_understood_is_refused_at_its_place) {
    static const struct {
        const char *filter;
        uint64_t column;
        const char *message;
    } cases[] = {
        {"[]", 50, "\"filter\" must be an object, not an array"},
        {"{\"list\":[\"un\"]}", 58, "a filter has no \"list\"; did you mean \"lists\"?"},
        {"{\"colour\":\"red\"}", 60, "a filter has no \"colour\"; it has \"lists\", \"topics\", \"schemata\", …"},
        {"{\"lists\":7}", 59, "a value of a filter must be a string, not a number"},
        {"{\"lists\":[\"un\"]}", 59, "lists: the index has no list \"un\"; it has east, north, west"},
        {"{\"listed_since\":[\"2010\",\"2011\"]}", 66, "listed_since: one date, not 2"},
    };
    mz_index *index = open_index();
    mz_screener *screener = screener_of(index, NULL, false);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        mz_test_case("%s", cases[c].filter);
        (void)answer_of(screener, cases[c].filter, MZ_ERR_INPUT);
        CHECK_TEXT(cases[c].message, error.text);
        CHECK_INT(cases[c].column, error.column);
    }
    mz_screener_free(screener);
    mz_index_close(index);
}

TEST_MAIN()
