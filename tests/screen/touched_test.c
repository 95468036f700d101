/* Whom a change of lists touches: exactly those subjects, with exactly those scores, that are found when each of them
 * is screened against what changed.
 *
 * Registers and lists are drawn (index/drawn.h): names in several scripts with particles, initials, legal forms;
 * persons, firms, ships, those that may be either and things that are on no list; names told in parts; numbers alone.
 */
#include "entity/record.h"
#include "index/drawn.h"
#include "mizan/update.h"
#include "screen/roster.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 1024, FACTS_MOST = 12, TEXTS_BYTES = 8192 };

/* Races show among few as well, and the thread sanitizer takes thirty times as long. */
#ifdef __SANITIZE_THREAD__
enum { SUBJECTS = 60, ENTITIES = 75 };
#else
enum { SUBJECTS = 400, ENTITIES = 150 };
#endif

typedef struct drawn_entity {
    mz_entity entity;
    mz_fact facts[FACTS_MOST];
    char id[16], texts[TEXTS_BYTES];
    size_t used;
} drawn_entity;

static drawn_entity *subjects, *entities;

static void add(drawn_entity *e, mz_property property, const char *text) {
    size_t size = strlen(text) + 1;
    if (e->entity.fact_count == FACTS_MOST || e->used + size > TEXTS_BYTES) return;
    char *kept = memcpy(e->texts + e->used, text, size);
    e->used += size;
    e->facts[e->entity.fact_count++] = (mz_fact){.property = property, .value = {kept, size - 1}};
}

static void begin(drawn_entity *e, mz_schema schema, const char *prefix, size_t number) {
    e->used = 0;
    e->entity = (mz_entity){.schema = schema, .facts = e->facts};
    (void)snprintf(e->id, sizeof e->id, "%s-%zu", prefix, number);
    e->entity.id = mz_str_of(e->id);
}

/* Facts stand in the order of their properties, as those of records do. */
static int by_property(const void *left, const void *right) {
    const mz_fact *a = left, *b = right;
    if (a->property != b->property) return a->property < b->property ? -1 : 1;
    return (a->value.data > b->value.data) - (a->value.data < b->value.data);
}

static void finish(drawn_entity *e) {
    qsort(e->facts, e->entity.fact_count, sizeof *e->facts, by_property);
}

static void add_known(drawn_entity *e) {
    static const char *const countries[] = {"ma", "sn", "fr"};
    char text[64];
    (void)snprintf(text, sizeof text, "19%02u-05-%02u", draw_below(100), 1 + draw_below(28));
    if (draw_below(2)) add(e, MZ_PROP_birthDate, text);
    if (draw_below(2)) add(e, MZ_PROP_nationality, countries[draw_below(3)]);
    (void)snprintf(text, sizeof text, "AB%06u", draw_below(2000));
    if (draw_below(3) == 0) add(e, MZ_PROP_passportNumber, text);
    (void)snprintf(text, sizeof text, "%s%u", draw_below(2) ? "00" : "", 471900 + draw_below(400));
    if (draw_below(4) == 0) add(e, MZ_PROP_idNumber, text);
}

static void draw_entity(drawn_entity *e, size_t number) {
    char name[NAME_BYTES];
    mz_schema schema = drawn_schemata[draw_below(DRAWN_SCHEMATA)];
    begin(e, schema, "e", number);
    for (uint32_t n = 1 + draw_below(3); n > 0; n--) {
        draw_name(name, sizeof name, schema != MZ_SCHEMA_Person);
        if (draw_below(8) == 0) draw_shortened(name);
        mz_property property = n == 1 ? MZ_PROP_name : draw_below(3) ? MZ_PROP_alias : MZ_PROP_weakAlias;
        add(e, property, name);
        if (draw_below(4) == 0) e->facts[e->entity.fact_count - 1].roles = draw_roles();
    }
    add_known(e);
    finish(e);
}

/* A name of a listed entity as somebody else writes it, or of nobody. */
static void draw_subject_name(char *name, size_t size, mz_schema schema) {
    const drawn_entity *of = &entities[draw_below(ENTITIES)];
    const mz_fact *fact = &of->facts[draw_below((uint32_t)of->entity.fact_count)];
    if (draw_below(3) || mz_property_kind(fact->property) != MZ_TYPE_NAME)
        draw_name(name, size, schema != MZ_SCHEMA_Person);
    else
        (void)snprintf(name, size, "%s", fact->value.data);
    if (draw_below(12) == 0)
        draw_shortened(name);
    else
        draw_damage(name, size);
}

/* First and last word of a name, which is told by no other. */
static void add_parts(drawn_entity *e, char *name) {
    char *last = strrchr(name, ' ');
    if (last) *last = '\0';
    add(e, MZ_PROP_firstName, name);
    if (last) add(e, MZ_PROP_lastName, last + 1);
}

static void draw_subject(drawn_entity *e, size_t number) {
    static const mz_schema others[] = {MZ_SCHEMA_Thing, MZ_SCHEMA_Organization, MZ_SCHEMA_Airplane, MZ_SCHEMA_Asset};
    char name[NAME_BYTES];
    mz_schema schema = draw_below(8) ? drawn_schemata[draw_below(DRAWN_SCHEMATA)] : others[draw_below(4)];
    begin(e, schema, "s", number);
    draw_subject_name(name, sizeof name, schema);
    uint32_t how = draw_below(16);
    if (how == 0) {
        add(e, MZ_PROP_name, "---"); /* in which there is nothing to compare */
        add_parts(e, name);
    } else if (how < 3) {
        add_parts(e, name);
    } else if (how < 15) {
        add(e, MZ_PROP_name, name);
        draw_subject_name(name, sizeof name, schema);
        if (draw_below(3) == 0) add(e, MZ_PROP_alias, name);
        if (draw_below(6) == 0) add_parts(e, name);
    } /* else numbers alone */
    add_known(e);
    finish(e);
}

/* ---- the two ways ---- */

static mz_roster *roster_of(const char *path, size_t count) {
    mz_error error = {0};
    mz_roster_builder *builder;
    mz_roster *roster;
    CHECK_OK(mz_roster_builder_new(path, &builder, &error), error);
    for (size_t s = 0; s < count; s++)
        CHECK_OK(mz_roster_builder_add(builder, subjects[s].entity.id, &subjects[s].entity, &error), error);
    CHECK_OK(mz_roster_builder_finish(builder, MZ_STR("17"), 1790000000, &error), error);
    mz_roster_builder_free(builder);
    CHECK_OK(mz_roster_open(path, &roster, &error), error);
    return roster;
}

static mz_index *index_of(const char *path, size_t from, size_t count) {
    mz_error error = {0};
    mz_index_builder *builder;
    mz_index *index;
    CHECK_OK(mz_index_builder_new(path, &builder, &error), error);
    for (size_t e = from; e < from + count; e++) {
        const mz_record record = {.list = MZ_STR("test"),
                                  .reference = MZ_STR(""),
                                  .caption = MZ_STR(""),
                                  .entities = &entities[e].entity,
                                  .entity_count = 1};
        CHECK_OK(mz_index_builder_add(builder, &record, &error), error);
    }
    CHECK_OK(mz_index_builder_finish(builder, &error), error);
    mz_index_builder_free(builder);
    CHECK_OK(mz_index_open(path, &index, &error), error);
    return index;
}

static const char *path_of(const char *name) {
    static char paths[4][512];
    static unsigned next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", mz_test_folder(), name);
    return path;
}

/* Each subject is screened; the pairs must be those. Returns how many there are. */
static size_t the_same_as_one_by_one(const mz_touched *touched, size_t count, const mz_index *changed,
                                     const mz_screen_options *screen) {
    mz_error error = {0};
    mz_screener *screener;
    size_t at = 0, hitting = 0;
    CHECK_OK(mz_screener_new(changed, screen, &screener, &error), error);
    for (size_t s = 0; s < count; s++) {
        const mz_screening *screening;
        CHECK_OK(mz_screen(screener, MZ_STR(""), &subjects[s].entity, &screening, &error), error);
        hitting += screening->total_hits > 0;
        for (size_t h = 0; h < screening->hit_count; h++, at++) {
            CHECK(at < touched->pair_count);
            CHECK_STR(subjects[s].entity.id, touched->pairs[at].key);
            CHECK_INT(screening->hits[h].number, touched->pairs[at].entity);
            CHECK_INT((int64_t)(screening->hits[h].score * 1e6 + 0.5), (int64_t)(touched->pairs[at].score * 1e6 + 0.5));
        }
    }
    CHECK_INT(at, touched->pair_count);
    CHECK_INT(hitting, touched->subjects);
    mz_screener_free(screener);
    return at;
}

static size_t both_ways_of(const mz_roster *roster, size_t count, const mz_index *changed,
                           const mz_touched_options *options, const mz_touched_limits *limits) {
    mz_error error = {0};
    mz_touched *touched;
    CHECK_OK(mz_roster_touched_within(roster, changed, options, limits, &touched, &error), error);
    size_t pairs = the_same_as_one_by_one(touched, count, changed, &options->screen);
    mz_touched_free(touched);
    return pairs;
}

static size_t both_ways(const mz_roster *roster, const mz_index *changed, const mz_touched_options *options,
                        const mz_touched_limits *limits) {
    return both_ways_of(roster, SUBJECTS, changed, options, limits);
}

static void draw_all(uint64_t seed) {
    draw_seed(seed);
    if (!subjects) subjects = calloc(SUBJECTS, sizeof *subjects);
    if (!entities) entities = calloc(ENTITIES, sizeof *entities);
    CHECK(subjects && entities);
    for (size_t e = 0; e < ENTITIES; e++) draw_entity(&entities[e], e);
    for (size_t s = 0; s < SUBJECTS; s++) draw_subject(&subjects[s], s);
}

static int rounds(int usual) {
    const char *wanted = getenv("MIZAN_LOSSLESS_ROUNDS");
    return wanted ? (int)strtol(wanted, NULL, 10) : usual;
}

static mz_touched_options options_of(double threshold) {
    mz_touched_options options = {.screen = MZ_SCREEN_OPTIONS_INIT, .threads = 2};
    options.screen.threshold = threshold;
    options.screen.limit = 10000;
    return options;
}

static const mz_touched_limits usual = {512, 12 << 20, 1 << 20};

/* In lists of few entities, so that who is touched by one is not by another, too. */
static size_t both_ways_in_lists(const mz_roster *roster, const mz_touched_options *options, size_t entities_each) {
    size_t pairs = 0;
    for (size_t from = draw_below(3); from + entities_each <= ENTITIES; from += entities_each + draw_below(12)) {
        mz_index *changed = index_of(path_of("changed.mzi"), from, entities_each);
        pairs += both_ways(roster, changed, options, &usual);
        mz_index_close(changed);
    }
    return pairs;
}

TEST(whoever_hits_is_touched_and_nobody_else) {
    static const double thresholds[] = {0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1};
    size_t pairs = 0;
    for (int round = 0; round < rounds(1); round++) {
        draw_all(0x9E3779B97F4A7C15u * (uint64_t)(round + 1));
        mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
        for (size_t t = 0; t < sizeof thresholds / sizeof *thresholds; t++) {
            mz_test_case("round %d, threshold %.2f", round, thresholds[t]);
            mz_touched_options options = options_of(thresholds[t]);
            pairs += both_ways_in_lists(roster, &options, t % 2 ? 1 : 4);
        }
        mz_roster_close(roster);
    }
    CHECK(pairs > SUBJECTS / 4); /* else nothing was compared */
}

TEST(it_holds_under_any_policy) {
    size_t pairs = 0;
    for (int round = 0; round < rounds(1); round++) {
        draw_all(0xD1B54A32D192ED03u * (uint64_t)(round + 1));
        mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
        for (int p = 0; p < 12; p++) {
            mz_policy *policy = draw_policy();
            mz_touched_options options = options_of(p % 3 ? 0 : 0.5 + 0.05 * draw_below(11));
            options.screen.policy = policy;
            pairs += both_ways_in_lists(roster, &options, 2);
            mz_policy_free(policy);
        }
        mz_roster_close(roster);
    }
    CHECK(pairs > SUBJECTS / 4);
}

/* Each of these as a subject, and as what changed: initials for words, words for initials, articles, acronyms, marks,
 * numbers, words written together, in characters also in exchanged order. */
static const struct odd_name {
    const char *name;
    mz_schema schema;
} odd_names[] = {
    {"T. Zorvanek", MZ_SCHEMA_Person},
    {"Tamovel Zorvanek", MZ_SCHEMA_Person},
    {"Tamovel K. Zorvanek", MZ_SCHEMA_Person},
    {"Tamovel Kirun Zorvanek", MZ_SCHEMA_Person},
    {"T. K. Z.", MZ_SCHEMA_Person},
    {"Zorvanek", MZ_SCHEMA_Person},
    {"Tamovel Zorvanek Jr", MZ_SCHEMA_Person},
    {"Tamovel bin Zorvanek", MZ_SCHEMA_Person},
    {"Zorvanek bin Tamovel", MZ_SCHEMA_Person},
    {"Abd al-Zorvan", MZ_SCHEMA_Person},
    {"Abdzorvan", MZ_SCHEMA_Person},
    {"Zor Van Ek", MZ_SCHEMA_Person},
    {"The", MZ_SCHEMA_Company},
    {"El", MZ_SCHEMA_Company},
    {"bin", MZ_SCHEMA_Person},
    {"Sheikh", MZ_SCHEMA_Person},
    {"Amber Bay Coal", MZ_SCHEMA_Company},
    {"Amber and Bay Coal Company", MZ_SCHEMA_Company},
    {"ABC", MZ_SCHEMA_Company},
    {"ABC Zorvanek", MZ_SCHEMA_LegalEntity},
    {"A B C", MZ_SCHEMA_Company},
    {"AABC", MZ_SCHEMA_LegalEntity},
    {"12", MZ_SCHEMA_Company},
    {"Twelve", MZ_SCHEMA_Company},
    {"MV 12", MZ_SCHEMA_Vessel},
    {"M/V", MZ_SCHEMA_Vessel},
    {"Zorvanek Srvcs 2", MZ_SCHEMA_LegalEntity},
    {"Zorvanek Services 2 SARL", MZ_SCHEMA_Company},
    {"王建华", MZ_SCHEMA_Person},
    {"王 建华", MZ_SCHEMA_Person},
    {"Jianhua Wang", MZ_SCHEMA_Person},
    {"Wang Jian Hua", MZ_SCHEMA_Person},
    {"Wangjianhua", MZ_SCHEMA_Person},
    {"ابن زورفان", MZ_SCHEMA_Person},
    {"Ibn Zorvan", MZ_SCHEMA_Person},
};

TEST(odd_names_are_touched_like_any) {
    enum { COUNT = sizeof odd_names / sizeof *odd_names };
    static const struct {
        const char *name;
        double value;
    } weights[] = {{"missing", 0.4}, {"missing", 0}, {"missing", 2.2}, {"spelled", 4}};
    mz_error error = {0};
    size_t pairs = 0;
    draw_all(3);
    for (size_t n = 0; n < SUBJECTS; n++) {
        begin(&subjects[n], odd_names[n % COUNT].schema, "s", n);
        add(&subjects[n], MZ_PROP_name, odd_names[n % COUNT].name);
    }
    mz_roster *roster = roster_of(path_of("roster.mzr"), COUNT);
    for (size_t n = 0; n < COUNT; n++) {
        begin(&entities[0], odd_names[n].schema, "e", n);
        add(&entities[0], MZ_PROP_name, odd_names[n].name);
        mz_index *changed = index_of(path_of("changed.mzi"), 0, 1);
        for (size_t w = 0; w < sizeof weights / sizeof *weights; w++) {
            mz_policy *policy;
            const mz_policy_weight weight = {mz_str_of(weights[w].name), weights[w].value};
            CHECK_OK(
                mz_policy_change(NULL, &(mz_policy_changes){.weights = &weight, .weight_count = 1}, &policy, &error),
                error);
            for (double threshold = 0.5; threshold < 0.99; threshold += 0.15) {
                mz_test_case("%s, %s %.1f, threshold %.2f", odd_names[n].name, weights[w].name, weights[w].value,
                             threshold);
                mz_touched_options options = options_of(threshold);
                options.screen.policy = policy;
                options.threads = 1;
                pairs += both_ways_of(roster, COUNT, changed, &options, &usual);
            }
            mz_policy_free(policy);
        }
        mz_index_close(changed);
    }
    CHECK(pairs > 20 * COUNT);
    mz_roster_close(roster);
}

TEST(other_algorithms_and_scoring_everything_are_as_exact) {
    mz_error error = {0};
    draw_all(77);
    mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    mz_index *changed = index_of(path_of("changed.mzi"), 0, ENTITIES);
    mz_touched_options options = options_of(0);
    for (mz_algorithm algorithm = MZ_ALGORITHM_EXACT; algorithm < MZ_ALGORITHM_COUNT; algorithm++) {
        mz_policy *policy;
        mz_test_case("%s", mz_algorithm_name(algorithm));
        CHECK_OK(mz_policy_change(NULL, &(mz_policy_changes){.algorithm = &algorithm}, &policy, &error), error);
        options.screen.policy = policy;
        CHECK(both_ways(roster, changed, &options, &usual) > 0);
        mz_policy_free(policy);
    }
    options = options_of(0.4);
    options.screen.exhaustive = true;
    CHECK(both_ways(roster, changed, &options, &usual) > SUBJECTS / 4);
    mz_index_close(changed);
    mz_roster_close(roster);
}

/* In many passes, in halves of passes, by one thread or several: what is found does not depend on it. */
TEST(how_much_is_taken_at_once_makes_no_difference) {
    static const mz_touched_limits limits[] = {
        {1, 12 << 20, 1 << 20}, {7, 12 << 20, 1 << 20}, {512, 2000, 1 << 20}, {512, 12 << 20, 100}, {64, 1, 1}};
    draw_all(4711);
    mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    mz_index *changed = index_of(path_of("changed.mzi"), 0, ENTITIES);
    mz_touched_options options = options_of(0.7);
    size_t pairs = both_ways(roster, changed, &options, &usual);
    for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
        mz_test_case("limits %zu", l);
        options.threads = 1 + (unsigned)l;
        CHECK_INT(pairs, both_ways(roster, changed, &options, &limits[l]));
    }
    mz_index_close(changed);
    mz_roster_close(roster);
}

TEST(a_filter_leaves_out_what_it_leaves_out_of_a_screening) {
    draw_all(99);
    mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    mz_index *changed = index_of(path_of("changed.mzi"), 0, ENTITIES);
    mz_touched_options options = options_of(0.6);
    size_t all = both_ways(roster, changed, &options, &usual);
    const mz_str schema = MZ_STR("Person");
    const mz_filter filter = {.values = {[MZ_FILTER_SCHEMATA] = {&schema, 1}}};
    options.screen.filter = &filter;
    size_t some = both_ways(roster, changed, &options, &usual);
    CHECK(some > 0 && some < all);
    mz_index_close(changed);
    mz_roster_close(roster);
}

TEST(a_roster_says_which_state_of_the_register_it_holds) {
    mz_roster_facts facts;
    draw_all(5);
    mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    mz_roster_info(roster, &facts);
    CHECK_INT(SUBJECTS, facts.subjects);
    CHECK_STR(MZ_STR("17"), facts.mark);
    CHECK_INT(1790000000, facts.made);
    CHECK(facts.bytes > 0);
    mz_roster_close(roster);
}

TEST(nobody_and_nothing_are_no_special_case) {
    mz_error error = {0};
    mz_touched *touched;
    draw_all(6);
    mz_roster *nobody = roster_of(path_of("nobody.mzr"), 0), *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    mz_index *changed = index_of(path_of("changed.mzi"), 0, ENTITIES),
             *nothing = index_of(path_of("nothing.mzi"), 0, 0);
    mz_touched_options options = options_of(0.5);
    CHECK_OK(mz_roster_touched(nobody, changed, &options, &touched, &error), error);
    CHECK_INT(0, touched->pair_count);
    mz_touched_free(touched);
    CHECK_OK(mz_roster_touched(roster, nothing, &options, &touched, &error), error);
    CHECK_INT(0, touched->pair_count);
    mz_touched_free(touched);
    mz_index_close(nothing);
    mz_index_close(changed);
    mz_roster_close(roster);
    mz_roster_close(nobody);
}

TEST(an_image_of_a_list_is_no_roster) {
    mz_error error = {0};
    mz_roster *roster;
    draw_all(8);
    mz_index_close(index_of(path_of("changed.mzi"), 0, ENTITIES));
    CHECK_INT(MZ_ERR_INPUT, mz_roster_open(path_of("changed.mzi"), &roster, &error));
    CHECK(strstr(error.text, "no roster") != NULL);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_roster_open(path_of("not-there.mzr"), &roster, &error));
}

/* A name of more bytes than an image holds is not cut: its subject is judged by all of it. */
TEST(who_has_a_very_long_name_is_judged_by_all_of_it) {
    mz_error error = {0};
    mz_touched *touched;
    draw_all(9);
    memset(subjects[3].texts, ' ', MZ_IMAGE_NAME_BYTES + 100);
    char *tail = subjects[3].texts + MZ_IMAGE_NAME_BYTES + 100;
    begin(&entities[0], MZ_SCHEMA_Person, "e", 0);
    add(&entities[0], MZ_PROP_name, "Tamovel Zorvanek");
    memcpy(tail, "Tamovel Zorvanek", 17);
    subjects[3].facts[0] = (mz_fact){.property = MZ_PROP_name, .value = mz_str_of(subjects[3].texts)};
    subjects[3].entity = (mz_entity){
        .id = mz_str_of(subjects[3].id), .schema = MZ_SCHEMA_Person, .facts = subjects[3].facts, .fact_count = 1};
    mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    mz_index *changed = index_of(path_of("changed.mzi"), 0, 1);
    mz_touched_options options = options_of(0.9);
    CHECK_OK(mz_roster_touched(roster, changed, &options, &touched, &error), error);
    CHECK_INT(1, touched->pair_count);
    CHECK_STR(MZ_STR("s-3"), touched->pairs[0].key);
    mz_touched_free(touched);
    mz_index_close(changed);
    mz_roster_close(roster);
}

static bool is_partly(const mz_touched *touched, mz_str key) {
    for (size_t k = 0; k < touched->partly_count; k++)
        if (mz_str_equal(touched->partly[k], key)) return true;
    return false;
}

/* Whom the budget does not suffice for, a pair may be missing of: who is told of neither has none. */
TEST(who_was_not_wholly_judged_is_told) {
    mz_error error = {0};
    mz_touched *touched, *all;
    draw_all(12);
    mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    mz_index *changed = index_of(path_of("changed.mzi"), 0, ENTITIES);
    mz_touched_options options = options_of(0.7);
    CHECK_OK(mz_roster_touched(roster, changed, &options, &all, &error), error);
    CHECK(all->pair_count > 0);
    CHECK_INT(0, all->partly_count);
    options.screen.budget = 1;
    CHECK_OK(mz_roster_touched(roster, changed, &options, &touched, &error), error);
    CHECK(touched->partly_count > 0);
    CHECK(touched->pair_count < all->pair_count);
    for (size_t p = 0; p < all->pair_count; p++) {
        bool found = false;
        for (size_t q = 0; q < touched->pair_count && !found; q++)
            found = touched->pairs[q].entity == all->pairs[p].entity &&
                    mz_str_equal(touched->pairs[q].key, all->pairs[p].key);
        CHECK(found || is_partly(touched, all->pairs[p].key));
    }
    mz_touched_free(touched);
    mz_touched_free(all);
    mz_index_close(changed);
    mz_roster_close(roster);
}

typedef struct watched {
    uint64_t calls, last, all, stop_at;
    bool falls, exceeds;
} watched;

static int watch(void *context, uint64_t done, uint64_t all) {
    watched *w = context;
    w->falls = w->falls || done < w->last;
    w->exceeds = w->exceeds || done > all;
    w->last = done;
    w->all = all;
    return ++w->calls == w->stop_at;
}

TEST(it_tells_how_far_it_is_and_stops_when_asked) {
    mz_error error = {0};
    mz_touched *touched;
    watched w = {0};
    draw_all(10);
    mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    mz_index *changed = index_of(path_of("changed.mzi"), 0, ENTITIES);
    mz_touched_options options = options_of(0.7);
    options.threads = 1;
    options.progress = watch;
    options.context = &w;
    const mz_touched_limits limits = {10, 12 << 20, 1 << 20};
    CHECK_OK(mz_roster_touched_within(roster, changed, &options, &limits, &touched, &error), error);
    mz_touched_free(touched);
    CHECK(w.calls >= ENTITIES / 10 && !w.falls && !w.exceeds);
    CHECK_INT(w.all, w.last);
    for (uint64_t stop = 1; stop < w.calls; stop += 3) {
        watched stopped = {.stop_at = stop};
        options.context = &stopped;
        CHECK_INT(MZ_ERR_CANCELLED, mz_roster_touched_within(roster, changed, &options, &limits, &touched, &error));
        CHECK_INT(stop, stopped.calls);
    }
    mz_index_close(changed);
    mz_roster_close(roster);
}

/* What changed may itself be an index with changes: what is no more in it touches nobody. */
TEST(what_changed_may_be_of_two_parts) {
    mz_error error = {0};
    mz_index_update *update;
    mz_index_update_facts facts;
    mz_index *changed;
    draw_all(11);
    mz_roster *roster = roster_of(path_of("roster.mzr"), SUBJECTS);
    const char *path = path_of("two.mzi");
    mz_index_close(index_of(path, 0, ENTITIES - 20));
    CHECK_OK(mz_index_update_new(path, &update, &error), error);
    CHECK_OK(mz_index_update_begin(update, MZ_STR("test"), &error), error);
    for (size_t e = 30; e < ENTITIES; e++) {
        const mz_record record = {.list = MZ_STR("test"),
                                  .reference = MZ_STR(""),
                                  .caption = MZ_STR(""),
                                  .entities = &entities[e].entity,
                                  .entity_count = 1};
        CHECK_OK(mz_index_update_add(update, &record, &error), error);
    }
    CHECK_OK(mz_index_update_end(update, MZ_STR("2"), 0, &error), error);
    CHECK_OK(mz_index_update_finish(update, &facts, &error), error);
    mz_index_update_free(update);
    CHECK_INT(30, facts.removed);
    CHECK_INT(20, facts.added);
    CHECK_OK(mz_index_open(path, &changed, &error), error);
    mz_touched_options options = options_of(0.6);
    CHECK(both_ways(roster, changed, &options, &usual) > SUBJECTS / 20);
    mz_index_close(changed);
    mz_roster_close(roster);
}

TEST_MAIN()
