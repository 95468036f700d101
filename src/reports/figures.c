#include "reports/figures.h"

#include "base/error.h"

#include <stdlib.h>

enum { DAY_S = 86400 };

typedef struct counting {
    mz_sql *sql;
    mz_sql_value values[4]; /* agency, since, until, now */
    mz_arena *arena;
    mz_figures *figures;
    mz_error *error;
} counting;

/* ---- one row of numbers ---- */

static mz_status numbers(counting *at, const char *query, size_t value_count, int64_t *const *into, size_t count) {
    const mz_sql_value *columns;
    mz_status status = mz_sql_first(at->sql, query, at->values, value_count, at->arena, &columns, at->error);
    for (size_t k = 0; !status && columns && k < count; k++)
        *into[k] = columns[k].kind == MZ_SQL_INT ? columns[k].number : 0;
    return status;
}

static mz_status count_alerts(counting *at) {
    mz_figures *figures = at->figures;
    int64_t *const raised[] = {&figures->raised}, *const refreshed[] = {&figures->refreshed};
    int64_t *const undecided[] = {&figures->undecided}, *const quieted[] = {&figures->quieted};
    mz_status status =
        numbers(at, "SELECT COUNT(*) FROM case_alert WHERE agency = ?1 AND born >= ?2 AND born < ?3", 3, raised, 1);
    if (!status)
        status = numbers(at,
                         "SELECT COUNT(*) FROM case_event WHERE agency = ?1 AND kind = 'alert.refreshed' AND at "
                         ">= ?2 AND at < ?3",
                         3, refreshed, 1);
    if (!status)
        status = numbers(at,
                         "SELECT COUNT(*) FROM case_alert WHERE agency = ?1 AND phase IN ('open', 'proposed', "
                         "'waiting')",
                         1, undecided, 1);
    if (!status)
        status = numbers(at,
                         "SELECT CAST(SUM(pairs) AS INTEGER) FROM case_quiet WHERE agency = ?1 AND day >= ?2 / 86400 "
                         "AND day < (?3 + 86399) / 86400",
                         3, quieted, 1);
    return status;
}

static mz_status count_cases(counting *at) {
    mz_figures *figures = at->figures;
    int64_t *const opened[] = {&figures->cases_opened}, *const closed[] = {&figures->cases_closed};
    int64_t *const now[] = {&figures->cases_open, &figures->cases_overdue, &figures->cases_escalated};
    mz_status status =
        numbers(at, "SELECT COUNT(*) FROM case_file WHERE agency = ?1 AND opened >= ?2 AND opened < ?3", 3, opened, 1);
    if (!status)
        status = numbers(at,
                         "SELECT COUNT(*) FROM case_file WHERE agency = ?1 AND phase = 'closed' AND closed >= ?2 "
                         "AND closed < ?3",
                         3, closed, 1);
    at->values[1] = at->values[3];
    if (!status)
        status = numbers(at,
                         "SELECT COUNT(*), CAST(SUM(CASE WHEN due < ?2 THEN 1 ELSE 0 END) AS INTEGER), "
                         "CAST(SUM(escalated) AS INTEGER) FROM case_file WHERE agency = ?1 AND phase <> 'closed'",
                         2, now, 3);
    at->values[1] = mz_sql_int(figures->period.since);
    return status;
}

/* ---- decisions ---- */

static mz_status take_disposition(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    mz_figures *figures = context;
    mz_disposition disposition = mz_disposition_of(columns[0].text);
    (void)count, (void)error;
    if (disposition != MZ_DISPOSITION_COUNT) figures->decisions[disposition] += columns[1].number;
    return MZ_OK;
}

/* Decisions are made when the second person answered, or at once. How long an answer takes has no bound, so that all
 * are looked at that were proposed before the period's end. Statements stand whole, as the check of them wants it. */

static mz_status count_decisions(counting *at) {
    mz_figures *figures = at->figures;
    int64_t *const phases[] = {&figures->returned, &figures->undone};
    mz_status status =
        mz_sql_query(at->sql,
                     "SELECT d.disposition, COUNT(*) FROM case_decision d JOIN case_alert a ON a.agency = ?1 "
                     "AND a.decision = d.decision WHERE d.agency = ?1 AND d.phase = 'made' AND d.proposed < "
                     "?3 AND (CASE WHEN d.answered > 0 THEN d.answered ELSE d.proposed END) >= ?2 AND (CASE "
                     "WHEN d.answered > 0 THEN d.answered ELSE d.proposed END) < ?3 GROUP BY d.disposition",
                     at->values, 3, take_disposition, figures, at->error);
    if (!status)
        status = numbers(at,
                         "SELECT CAST(SUM(CASE WHEN phase = 'returned' THEN 1 ELSE 0 END) AS INTEGER), "
                         "CAST(SUM(CASE WHEN phase = 'undone' THEN 1 ELSE 0 END) AS INTEGER) FROM case_decision "
                         "WHERE agency = ?1 AND proposed >= ?2 AND proposed < ?3",
                         3, phases, 2);
    return status;
}

/* ---- times ---- */

typedef struct durations {
    int64_t *items;
    size_t count, room;
} durations;

static mz_status take_duration(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    durations *all = context;
    (void)count;
    if (columns[0].kind != MZ_SQL_INT || all->count == MZ_FIGURES_TIMES_MOST) return MZ_OK;
    if (all->count == all->room) {
        size_t room = all->room ? all->room * 2 : 256;
        int64_t *items = realloc(all->items, room * sizeof *items);
        if (!items) return mz_fail(error, MZ_ERR_MEMORY, "no memory for the times of the casework");
        all->items = items;
        all->room = room;
    }
    all->items[all->count++] = columns[0].number > 0 ? columns[0].number : 0;
    return MZ_OK;
}

static int by_length(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The least that this share, in hundredths, is not above (nearest rank). */
static int64_t percentile(const durations *all, size_t hundredths) {
    size_t rank = (all->count * hundredths + 99) / 100;
    return all->count ? all->items[rank ? rank - 1 : 0] : 0;
}

static mz_status measure(counting *at, const char *query, mz_figures_times *ret_times) {
    durations all = {0};
    mz_status status = mz_sql_query(at->sql, query, at->values, 3, take_duration, &all, at->error);
    if (!status) {
        if (all.count) qsort(all.items, all.count, sizeof *all.items, by_length);
        *ret_times = (mz_figures_times){(int64_t)all.count, percentile(&all, 50), percentile(&all, 90)};
    }
    free(all.items);
    return status;
}

static mz_status measure_times(counting *at) {
    mz_figures *figures = at->figures;
    mz_status status = measure(at,
                               "SELECT e.looked - f.opened FROM (SELECT case_key, MIN(at) AS looked FROM case_event "
                               "WHERE agency = ?1 AND actor_kind = 'person' GROUP BY case_key) e JOIN case_file f ON "
                               "f.case_key = e.case_key WHERE f.agency = ?1 AND e.looked >= ?2 AND e.looked < ?3",
                               &figures->first_look);
    if (!status)
        status = measure(at,
                         "SELECT d.proposed - MIN(a.born) FROM case_decision d JOIN case_alert a ON a.agency = ?1 "
                         "AND a.decision = d.decision WHERE d.agency = ?1 AND d.phase IN ('made', 'proposed') AND "
                         "d.proposed >= ?2 AND d.proposed < ?3 GROUP BY d.decision, d.proposed",
                         &figures->decision);
    if (!status)
        status = measure(at,
                         "SELECT answered - proposed FROM case_decision WHERE agency = ?1 AND four_eyes = 1 AND "
                         "proposed < ?3 AND answered >= ?2 AND answered < ?3 AND answered > 0",
                         &figures->approval);
    return status;
}

/* ---- by day, list and person ---- */

/* Days since the period's first: whole, as both stores divide whole numbers. */
static mz_status take_day(counting *at, const mz_sql_value *columns, bool raised) {
    mz_figures *figures = at->figures;
    int64_t first = figures->period.since / DAY_S, place = columns[0].number - first;
    if (place < 0 || place > MZ_FIGURES_DAYS_MOST) return MZ_OK;
    *(raised ? &figures->days[place].raised : &figures->days[place].decided) += columns[1].number;
    return MZ_OK;
}

static mz_status take_raised(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    (void)count, (void)error;
    return take_day(context, columns, true);
}

static mz_status take_decided(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    (void)count, (void)error;
    return take_day(context, columns, false);
}

static void keep_days(mz_figures *figures) {
    for (size_t k = 0; k <= MZ_FIGURES_DAYS_MOST; k++) {
        mz_figures_day day = figures->days[k];
        day.day = figures->period.since / DAY_S + (int64_t)k;
        if (day.raised || day.decided) figures->days[figures->day_count++] = day;
    }
}

static mz_status count_days(counting *at) {
    at->figures->days = MZ_ARENA_NEW(at->arena, MZ_FIGURES_DAYS_MOST + 1, mz_figures_day);
    if (!at->figures->days) return mz_fail_arena(at->arena, at->error, "the figures");
    mz_status status =
        mz_sql_query(at->sql,
                     "SELECT born / 86400, COUNT(*) FROM case_alert WHERE agency = ?1 AND born >= ?2 AND born "
                     "< ?3 GROUP BY born / 86400",
                     at->values, 3, take_raised, at, at->error);
    if (!status)
        status = mz_sql_query(at->sql,
                              "SELECT (CASE WHEN d.answered > 0 THEN d.answered ELSE d.proposed END) / 86400, COUNT(*) "
                              "FROM case_decision d JOIN case_alert a ON a.agency = ?1 AND a.decision = d.decision "
                              "WHERE d.agency = ?1 AND d.phase = 'made' AND d.proposed < ?3 AND (CASE WHEN d.answered "
                              "> 0 THEN d.answered ELSE d.proposed END) >= ?2 AND (CASE WHEN d.answered > 0 THEN "
                              "d.answered ELSE d.proposed END) < ?3 GROUP BY (CASE WHEN d.answered > 0 THEN d.answered "
                              "ELSE d.proposed END) / 86400",
                              at->values, 3, take_decided, at, at->error);
    if (!status) keep_days(at->figures);
    return status;
}

static mz_status take_list(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    counting *at = context;
    mz_figures_list *list = &at->figures->lists[at->figures->list_count++];
    (void)count, (void)error;
    *list = (mz_figures_list){.list = mz_arena_copy(at->arena, columns[0].text),
                              .raised = columns[1].number,
                              .undecided = columns[2].number,
                              .dispositions = {[MZ_TRUE_MATCH] = columns[3].number,
                                               [MZ_FALSE_POSITIVE] = columns[4].number,
                                               [MZ_INSUFFICIENT_INFORMATION] = columns[5].number}};
    return MZ_OK;
}

static mz_status count_lists(counting *at) {
    at->figures->lists = MZ_ARENA_NEW(at->arena, MZ_FIGURES_ROWS_MOST, mz_figures_list);
    if (!at->figures->lists) return mz_fail_arena(at->arena, at->error, "the figures");
    return mz_sql_query(at->sql,
                        "SELECT list, COUNT(*), CAST(SUM(CASE WHEN phase <> 'decided' THEN 1 ELSE 0 END) AS "
                        "INTEGER), CAST(SUM(CASE WHEN phase = 'decided' AND disposition = 'true-match' THEN 1 "
                        "ELSE 0 END) AS INTEGER), CAST(SUM(CASE WHEN phase = 'decided' AND disposition = "
                        "'false-positive' THEN 1 ELSE 0 END) AS INTEGER), CAST(SUM(CASE WHEN phase = 'decided' "
                        "AND disposition = 'insufficient-information' THEN 1 ELSE 0 END) AS INTEGER) FROM "
                        "case_alert WHERE agency = ?1 AND born >= ?2 AND born < ?3 GROUP BY list ORDER BY "
                        "COUNT(*) DESC, list LIMIT 5000",
                        at->values, 3, take_list, at, at->error);
}

static mz_status take_person(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    counting *at = context;
    (void)count, (void)error;
    at->figures->people[at->figures->person_count++] =
        (mz_figures_person){.key = mz_arena_copy(at->arena, columns[0].text),
                            .name = mz_arena_copy(at->arena, columns[1].text),
                            .proposed = columns[2].number,
                            .approved = columns[3].number,
                            .returned = columns[4].number};
    return MZ_OK;
}

static mz_status count_people(counting *at) {
    at->figures->people = MZ_ARENA_NEW(at->arena, MZ_FIGURES_ROWS_MOST, mz_figures_person);
    if (!at->figures->people) return mz_fail_arena(at->arena, at->error, "the figures");
    return mz_sql_query(at->sql,
                        "SELECT p.person, p.title, CAST(SUM(w.proposed) AS INTEGER), CAST(SUM(w.approved) AS "
                        "INTEGER), CAST(SUM(w.returned) AS INTEGER) FROM (SELECT proposer AS who, COUNT(*) AS "
                        "proposed, 0 AS approved, 0 AS returned FROM case_decision WHERE agency = ?1 AND "
                        "proposed >= ?2 AND proposed < ?3 GROUP BY proposer UNION ALL SELECT approver AS who, 0 "
                        "AS proposed, CAST(SUM(CASE WHEN phase <> 'returned' THEN 1 ELSE 0 END) AS INTEGER) AS "
                        "approved, CAST(SUM(CASE WHEN phase = 'returned' THEN 1 ELSE 0 END) AS INTEGER) AS "
                        "returned FROM case_decision WHERE agency = ?1 AND proposed < ?3 AND answered >= ?2 AND "
                        "answered < ?3 AND approver IS NOT NULL GROUP BY approver) w JOIN access_person p ON "
                        "p.person = w.who AND p.agency = ?1 GROUP BY p.person, p.title ORDER BY SUM(w.proposed) "
                        "+ SUM(w.approved) + SUM(w.returned) DESC, p.person LIMIT 5000",
                        at->values, 3, take_person, at, at->error);
}

static mz_status find_detection(counting *at) {
    mz_kept_effectiveness *kept;
    size_t count;
    mz_status status =
        mz_effectiveness_list(at->sql, at->values[0].text, MZ_STR(""), 1, at->arena, &kept, &count, at->error);
    if (!status && count) at->figures->detection = kept;
    return status;
}

mz_status mz_figures_count(mz_sql *sql, mz_str agency, const mz_figures_period *period, int64_t now, mz_arena *arena,
                           mz_figures *ret_figures, mz_error *error) {
    mz_figures figures = {.period = *period};
    counting at = {
        .sql = sql,
        .values = {mz_sql_text(agency), mz_sql_int(period->since), mz_sql_int(period->until), mz_sql_int(now)},
        .arena = arena,
        .figures = &figures,
        .error = error};
    if (period->until <= period->since || period->until - period->since > (int64_t)MZ_FIGURES_DAYS_MOST * DAY_S)
        return mz_fail(error, MZ_ERR_ARGUMENT, "a period ends after it begins, and has at most %d days",
                       MZ_FIGURES_DAYS_MOST);
    mz_status status = count_alerts(&at);
    if (!status) status = count_cases(&at);
    if (!status) status = count_decisions(&at);
    if (!status) status = measure_times(&at);
    if (!status) status = count_days(&at);
    if (!status) status = count_lists(&at);
    if (!status) status = count_people(&at);
    if (!status) status = find_detection(&at);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the figures");
    if (!status) *ret_figures = figures;
    return status;
}
