/* Figures of the casework, counted by hand and by the store. Rows are put into the tables as casework would leave them;
 * with MIZAN_TEST_FIGURES=100000 the last test counts that many alerts and says how long it took. */
#include "reports/figures.h"

#include "../access/office.h"
#include "../store/stores.h"
#include "base/clock.h"
#include "base/json_write.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY = 86400, BEGIN = OFFICE_NOW / DAY * DAY };

static office open;
static mz_person amal, badr;

/* One case with one alert. A time of 0: it has not come to that. */
typedef struct one {
    const char *agency, *list, *disposition, *proposer, *approver, *phase; /* phase: of the decision */
    int64_t born, looked, proposed, answered;
    bool four_eyes;
} one;

static mz_str key_of(mz_arena *arena, const char *kind, size_t number) {
    return mz_arena_print(arena, "%s%08zu", kind, number);
}

typedef struct adding {
    const one *rows;
    size_t count, first;
} adding;

static mz_sql_value text(const char *value) {
    return mz_sql_text(mz_str_of(value));
}

static mz_status add_case(mz_sql *sql, mz_arena *arena, const one *row, size_t number, mz_error *error) {
    bool decided = row->proposed && strcmp(row->phase, "made") == 0;
    const mz_sql_value subject[] = {mz_sql_text(key_of(arena, "S", number)), text(row->agency)};
    const mz_sql_value file[] = {mz_sql_text(key_of(arena, "C", number)),
                                 text(row->agency),
                                 subject[0],
                                 text(decided ? "closed" : "open"),
                                 mz_sql_int(decided ? 0 : 1),
                                 mz_sql_int(row->born),
                                 mz_sql_int(decided ? (row->answered ? row->answered : row->proposed) : 0)};
    mz_status status = mz_sql_run(sql,
                                  "INSERT INTO subject (subject, agency, source, reference, schema, caption, "
                                  "properties, digest, words, state, sequence, created, changed, screened) VALUES (?1, "
                                  "?2, 's', ?1, 'Person', 'c', '{}', '', '', 'active', 1, 0, 0, 0)",
                                  subject, 2, NULL, error);
    if (!status)
        status = mz_sql_run(sql,
                            "INSERT INTO case_file (case_key, agency, label, subject, search, lists, phase, assignee, "
                            "escalated, weight, best, alerts, due, opened, changed, closed, version) VALUES (?1, ?2, "
                            "?1, ?3, '', '', ?4, '', 0, 1, '', ?5, ?6 + 7200, ?6, ?6, ?7, 1)",
                            file, 7, NULL, error);
    return status;
}

static mz_status add_alert(mz_sql *sql, mz_arena *arena, const one *row, size_t number, mz_error *error) {
    const char *phase = !row->proposed                        ? "open"
                        : strcmp(row->phase, "proposed") == 0 ? "proposed"
                        : strcmp(row->phase, "returned") == 0 ? "open"
                                                              : "decided";
    bool has_decision = strcmp(phase, "open") != 0;
    const mz_sql_value values[] = {mz_sql_text(key_of(arena, "A", number)),
                                   text(row->agency),
                                   mz_sql_text(key_of(arena, "C", number)),
                                   mz_sql_text(key_of(arena, "S", number)),
                                   text(row->list),
                                   text(phase),
                                   text(has_decision ? row->disposition : ""),
                                   mz_sql_text(has_decision ? key_of(arena, "D", number) : MZ_STR("")),
                                   mz_sql_int(row->born)};
    return mz_sql_run(
        sql,
        "INSERT INTO case_alert (alert, agency, case_key, subject, entity, list, list_version, caption, "
        "schema, score, weight, hit, subject_digest, entity_digest, subject_base, entity_base, phase, "
        "disposition, decision, until, receipt, why, previous, born, changed, gone) VALUES (?1, ?2, ?3, ?4, "
        "'e', ?5, '1', 'c', 'Person', 1, 1, '{}', '', '', '', '', ?6, ?7, ?8, 0, 1, 'asked', '', ?9, ?9, 0)",
        values, 9, NULL, error);
}

static mz_status add_event(mz_sql *sql, mz_arena *arena, const one *row, size_t number, bool looked, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(key_of(arena, looked ? "L" : "E", number)),
                                   text(row->agency),
                                   mz_sql_text(key_of(arena, "C", number)),
                                   mz_sql_int(looked ? row->looked : row->born + 1),
                                   text(looked ? "assigned" : "alert.refreshed"),
                                   text(looked ? "person" : "service")};
    return mz_sql_run(sql,
                      "INSERT INTO case_event (event, agency, case_key, at, kind, actor_kind, actor, said, detail, "
                      "entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', '', '{}', 1)",
                      values, 6, NULL, error);
}

static mz_status add_decision(mz_sql *sql, mz_arena *arena, const one *row, size_t number, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(key_of(arena, "D", number)),
                                   text(row->agency),
                                   mz_sql_text(key_of(arena, "C", number)),
                                   text(row->disposition),
                                   text(row->phase),
                                   mz_sql_int(row->four_eyes),
                                   text(row->proposer),
                                   mz_sql_int(row->proposed),
                                   row->answered ? text(row->approver) : mz_sql_null(),
                                   mz_sql_int(row->answered)};
    return mz_sql_run(
        sql,
        "INSERT INTO case_decision (decision, agency, case_key, disposition, reason, note, phase, "
        "four_eyes, proposer_kind, proposer, behind, proposed, approver, answered, answer, entry) VALUES (?1, "
        "?2, ?3, ?4, 'r', '', ?5, ?6, 'person', ?7, ?7, ?8, ?9, ?10, '', 1)",
        values, 10, NULL, error);
}

static mz_status add_rows(void *context, mz_sql *sql, mz_error *error) {
    const adding *all = context;
    mz_status status = MZ_OK;
    for (size_t k = 0; k < all->count && !status; k++) {
        const one *row = &all->rows[k];
        mz_arena arena;
        mz_arena_init(&arena, 1 << 20);
        status = add_case(sql, &arena, row, all->first + k, error);
        if (!status) status = add_alert(sql, &arena, row, all->first + k, error);
        if (!status) status = add_event(sql, &arena, row, all->first + k, false, error);
        if (!status && row->looked) status = add_event(sql, &arena, row, all->first + k, true, error);
        if (!status && row->proposed) status = add_decision(sql, &arena, row, all->first + k, error);
        mz_arena_done(&arena);
    }
    return status;
}

static void add(const one *rows, size_t count, size_t first) {
    mz_error error;
    adding all = {rows, count, first};
    CHECK_OK(mz_store_change(open.store, add_rows, &all, &error), error);
}

/* ---- counting ---- */

typedef struct question {
    mz_str agency;
    mz_figures_period period;
    mz_figures figures;
} question;

static mz_status count(void *context, mz_sql *sql, mz_error *error) {
    question *asked = context;
    return mz_figures_count(sql, asked->agency, &asked->period, BEGIN + 10 * DAY, &open.arena, &asked->figures, error);
}

static mz_figures figures_of(const mz_agency *agency, int64_t since, int64_t until) {
    mz_error error;
    question asked = {.agency = agency->key, .period = {since, until}};
    CHECK_OK(mz_store_read(open.store, count, &asked, &error), error);
    return asked.figures;
}

static void start(const char *address) {
    office_open(&open, address);
    amal = office_person(&open, &open.in_house, "amal", MZ_ACCESS_ANALYST);
    badr = office_person(&open, &open.in_house, "badr", MZ_ACCESS_APPROVER);
}

static const char *c_string(mz_str text) {
    return mz_arena_copy(&open.arena, text).data;
}

/* Eight cases of the house over two days, one of the bureau. */
static void some(void) {
    const char *house = c_string(open.house.key), *bureau = c_string(open.bureau.key);
    const char *a = c_string(amal.key), *b = c_string(badr.key);
    const one rows[] = {
        {house, "un", "true-match", a, b, "made", BEGIN, BEGIN + 100, BEGIN + 1000, BEGIN + 4600, true},
        {house, "un", "false-positive", a, "", "made", BEGIN, BEGIN + 200, BEGIN + 2000, 0, false},
        {house, "un", "false-positive", a, "", "made", BEGIN, BEGIN + 300, BEGIN + 3000, 0, false},
        {house, "eu", "false-positive", b, "", "made", BEGIN + DAY, BEGIN + DAY + 400, BEGIN + DAY + 4000, 0, false},
        {house, "eu", "true-match", a, b, "proposed", BEGIN + DAY, BEGIN + DAY + 500, BEGIN + DAY + 5000, 0, true},
        {house, "eu", "true-match", a, b, "returned", BEGIN, BEGIN + 600, BEGIN + 6000, BEGIN + 7000, true},
        {house, "=x", "", "", "", "", BEGIN + DAY, 0, 0, 0, false},
        {house, "un", "", "", "", "", BEGIN - DAY, 0, 0, 0, false},
        {bureau, "un", "", "", "", "", BEGIN, 0, 0, 0, false},
    };
    add(rows, sizeof rows / sizeof *rows, 0);
}

STORE_TEST(figures_are_those_of_the_period_and_of_the_agency) {
    start(address);
    some();
    mz_figures figures = figures_of(&open.house, BEGIN, BEGIN + 2 * DAY);
    CHECK_INT(7, figures.raised);
    CHECK_INT(7, figures.refreshed);
    CHECK_INT(4, figures.undecided);
    CHECK_INT(7, figures.cases_opened);
    CHECK_INT(4, figures.cases_closed);
    CHECK_INT(4, figures.cases_open);
    CHECK_INT(4, figures.cases_overdue);
    CHECK_INT(1, figures.decisions[MZ_TRUE_MATCH]);
    CHECK_INT(3, figures.decisions[MZ_FALSE_POSITIVE]);
    CHECK_INT(1, figures.returned);
    CHECK_INT(1, figures_of(&open.bureau, BEGIN, BEGIN + DAY).raised);
    CHECK_INT(0, figures_of(&open.bureau, BEGIN + DAY, BEGIN + 2 * DAY).raised);
    office_close(&open);
}

STORE_TEST(times_are_told_as_median_and_ninetieth_percentile) {
    start(address);
    some();
    mz_figures figures = figures_of(&open.house, BEGIN, BEGIN + 2 * DAY);
    CHECK_INT(6, figures.first_look.count);
    CHECK_INT(300, figures.first_look.median);
    CHECK_INT(600, figures.first_look.p90);
    CHECK_INT(5, figures.decision.count); /* not the one that was returned: its alert is open again */
    CHECK_INT(3000, figures.decision.median);
    CHECK_INT(5000, figures.decision.p90);
    CHECK_INT(2, figures.approval.count);
    CHECK_INT(1000, figures.approval.median);
    CHECK_INT(3600, figures.approval.p90);
    figures = figures_of(&open.house, BEGIN + 5 * DAY, BEGIN + 6 * DAY);
    CHECK_INT(0, figures.first_look.count);
    CHECK_INT(0, figures.decision.p90);
    office_close(&open);
}

STORE_TEST(figures_are_told_by_day_list_and_person) {
    start(address);
    some();
    mz_figures figures = figures_of(&open.house, BEGIN - 2 * DAY, BEGIN + 2 * DAY);
    CHECK_INT(3, figures.day_count);
    CHECK_INT(BEGIN / DAY - 1, figures.days[0].day);
    CHECK_INT(1, figures.days[0].raised);
    CHECK_INT(4, figures.days[1].raised);
    CHECK_INT(3, figures.days[1].decided);
    CHECK_INT(3, figures.days[2].raised);
    CHECK_INT(1, figures.days[2].decided);
    CHECK_INT(3, figures.list_count);
    CHECK_STR(MZ_STR("un"), figures.lists[0].list);
    CHECK_INT(4, figures.lists[0].raised);
    CHECK_INT(1, figures.lists[0].undecided);
    CHECK_INT(2, figures.lists[0].dispositions[MZ_FALSE_POSITIVE]);
    CHECK_INT(2, figures.person_count);
    CHECK_STR(MZ_STR("amal"), figures.people[0].name);
    CHECK_INT(5, figures.people[0].proposed);
    CHECK_INT(1, figures.people[1].proposed);
    CHECK_INT(1, figures.people[1].approved);
    CHECK_INT(1, figures.people[1].returned);
    office_close(&open);
}

STORE_TEST(figures_are_written_as_json_and_as_csv) {
    mz_buffer out;
    mz_json json;
    const mz_json_value *value;
    mz_error error;
    start(address);
    some();
    mz_figures figures = figures_of(&open.house, BEGIN, BEGIN + 2 * DAY);
    mz_buffer_init(&out, 1 << 20);
    mz_json_init(&json, &out);
    mz_json_object(&json);
    mz_figures_write_json(&figures, &json);
    mz_json_object_end(&json);
    CHECK_OK(mz_json_parse(mz_buffer_view(&out), 0, &open.arena, &value, &error), error);
    CHECK_STR(MZ_STR("300"),
              mz_json_member(mz_json_member(mz_json_member(value, "times"), "first_look_s"), "median")->text);
    mz_buffer_clear(&out);
    mz_figures_write_csv(&figures, &out);
    CHECK(strstr(out.data, "table,name,measure,value\nalerts,,raised,7\n") == out.data);
    CHECK(strstr(out.data, "\ntimes,decision_s,p90,5000\n") != NULL);
    CHECK(strstr(out.data, "\nby_day,2027-01-15,raised,4\n") != NULL);
    CHECK(strstr(out.data, "\nby_list,'=x,raised,1\n") != NULL); /* no spreadsheet carries it out */
    CHECK(strstr(out.data, "\nby_person,badr,approved,1\n") != NULL);
    mz_buffer_done(&out);
    office_close(&open);
}

static mz_status add_quiet(void *context, mz_sql *sql, mz_error *error) {
    static const int64_t pairs[] = {5, 3, 4, 7}; /* of the day before the period, of its two, and of the day after */
    mz_status status = MZ_OK;
    for (int64_t k = 0; k < 4 && !status; k++) {
        const mz_sql_value values[] = {text(context), mz_sql_int(BEGIN / DAY - 1 + k), mz_sql_int(pairs[k])};
        status =
            mz_sql_run(sql, "INSERT INTO case_quiet (agency, day, pairs) VALUES (?1, ?2, ?3)", values, 3, NULL, error);
    }
    return status;
}

STORE_TEST(what_stayed_quiet_is_counted_in_the_period) {
    mz_error error;
    char agency[MZ_SQL_KEY_SIZE];
    start(address);
    snprintf(agency, sizeof agency, "%.*s", (int)open.house.key.size, open.house.key.data);
    CHECK_OK(mz_store_change(open.store, add_quiet, agency, &error), error);
    CHECK_INT(7, figures_of(&open.house, BEGIN, BEGIN + 2 * DAY).quieted);
    CHECK_INT(3, figures_of(&open.house, BEGIN, BEGIN + DAY).quieted);
    CHECK_INT(0, figures_of(&open.bureau, BEGIN, BEGIN + 2 * DAY).quieted);
    office_close(&open);
}

STORE_TEST(an_agency_without_casework_has_figures) {
    start(address);
    mz_figures figures = figures_of(&open.bureau, BEGIN, BEGIN + DAY);
    CHECK_INT(0, figures.raised);
    CHECK_INT(0, figures.day_count);
    CHECK_INT(0, figures.quieted);
    office_close(&open);
}

STORE_TEST(a_period_has_bounds) {
    mz_error error;
    start(address);
    question asked = {.agency = open.house.key, .period = {BEGIN, BEGIN}};
    CHECK_INT(MZ_ERR_ARGUMENT, mz_store_read(open.store, count, &asked, &error));
    asked.period.until = BEGIN + (MZ_FIGURES_DAYS_MOST + 1) * (int64_t)DAY;
    CHECK_INT(MZ_ERR_ARGUMENT, mz_store_read(open.store, count, &asked, &error));
    office_close(&open);
}

STORE_TEST(many_alerts_are_counted_in_bounded_time) {
    enum { AT_ONCE = 1000 };
    const char *wanted = getenv("MIZAN_TEST_FIGURES");
    size_t alerts = wanted ? strtoul(wanted, NULL, 10) : 2000;
    one rows[AT_ONCE];
    start(address);
    for (size_t first = 0; first < alerts; first += AT_ONCE) {
        for (size_t k = 0; k < AT_ONCE; k++) {
            int64_t born = BEGIN + (int64_t)((first + k) * 2592000 / alerts);
            rows[k] = (one){c_string(open.house.key),
                            k % 3 ? "un" : "eu",
                            "false-positive",
                            c_string(amal.key),
                            "",
                            "made",
                            born,
                            born + 60,
                            born + 3600,
                            0,
                            false};
        }
        add(rows, AT_ONCE, first);
    }
    uint64_t before = mz_clock_ns();
    mz_figures figures = figures_of(&open.house, BEGIN, BEGIN + 30 * DAY);
    uint64_t took = mz_clock_ns() - before;
    if (wanted) printf("# figures of %zu alerts in %.0f ms\n", alerts, (double)took / 1e6);
    CHECK_INT(alerts, figures.raised);
    CHECK_INT(60, figures.first_look.p90);
    CHECK_INT(3600, figures.decision.median);
    CHECK(took < 10000000000u);
    office_close(&open);
}

TEST_MAIN()
