/* The queue: pages of cases and of alerts in their order, and how many there are.
 *
 * A page is found in two steps: keys in order, then the rows of these keys. Without a filter the keys come from an
 * index that has exactly that order within each phase, so that a page costs the same however long the queue is. With
 * one they come from an index of that filter, which has all that the orders go by and is looked through alone: of
 * 200,000 cases in some tens of milliseconds, whether one fits or all. Rejected: to go on through the order until
 * enough have fit, which reads the row of every case where few do. Where several phases are asked for, a page of each
 * is read and they are merged. A cursor is the place of the last row: what its order goes by, and its key. */
#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"
#include "cases/change.h"

#include <stdlib.h>
#include <string.h>

enum { PHASES_MOST = 4, HEX_DIGITS = 16 };
#define MOST_PLACE 1e15

/* Where a row stands in an order; of ages, `place` is 0 and the key says it all. */
typedef struct place {
    double place;
    mz_str key;
} place;

typedef struct page {
    mz_case_rows rows; /* of place */
    mz_queue_order order;
} page;

/* ---- cursors ---- */

/* The bits of the number, so that it comes back as it was. */
static mz_str write_cursor(const place *at, mz_arena *arena) {
    uint64_t bits;
    memcpy(&bits, &at->place, sizeof bits);
    return mz_arena_print(arena, "%016llx%.*s", (unsigned long long)bits, (int)at->key.size, at->key.data);
}

static bool read_hex(char c, uint64_t *bits) {
    if (!mz_is_digit(c) && (c < 'a' || c > 'f')) return false;
    *bits = *bits << 4 | (uint64_t)(mz_is_digit(c) ? c - '0' : c - 'a' + 10);
    return true;
}

static mz_status read_cursor(mz_str text, place *ret_at, mz_error *error) {
    uint64_t bits = 0;
    bool fits = text.size > HEX_DIGITS;
    for (size_t k = 0; k < HEX_DIGITS && fits; k++) fits = read_hex(text.data[k], &bits);
    memcpy(&ret_at->place, &bits, sizeof bits);
    if (!fits || !(ret_at->place >= -MOST_PLACE && ret_at->place <= MOST_PLACE))
        return mz_fail(error, MZ_ERR_ARGUMENT, "“%.*s” is no place in this list; take the “next” of the page before",
                       mz_shown(text), text.data ? text.data : "");
    ret_at->key = (mz_str){text.data + HEX_DIGITS, text.size - HEX_DIGITS};
    return MZ_OK;
}

/* ---- pages of several phases ---- */

static mz_status take_place(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    page *taken = context;
    place *at = mz_case_rows_add(&taken->rows);
    (void)count;
    if (!at) return mz_fail_arena(taken->rows.arena, error, "the queue");
    at->key = mz_case_column(taken->rows.arena, c[0]);
    at->place = c[1].kind == MZ_SQL_REAL ? c[1].real : (double)c[1].number;
    return MZ_OK;
}

static int order_places(mz_queue_order order, const place *a, const place *b) {
    int by_place = (a->place > b->place) - (a->place < b->place);
    if (order == MZ_QUEUE_BY_WEIGHT) by_place = -by_place;
    return by_place ? by_place : mz_str_order(a->key, b->key);
}

static int by_weight(const void *a, const void *b) {
    return order_places(MZ_QUEUE_BY_WEIGHT, a, b);
}
static int by_age(const void *a, const void *b) {
    return order_places(MZ_QUEUE_BY_AGE, a, b);
}

/* Phases that a word asks for. */
static size_t phases_of(mz_str word, const char *const *known, size_t count, mz_str ret_phases[PHASES_MOST]) {
    bool all = mz_str_equal(word, MZ_STR("all"));
    size_t found = 0;
    for (size_t k = 0; k < count; k++)
        if (all || (word.size ? mz_str_equal(word, mz_str_of(known[k])) : k + 1 < count))
            ret_phases[found++] = mz_str_of(known[k]);
    return found;
}

static mz_status no_phase(mz_str word, mz_error *error) {
    return mz_fail(error, MZ_ERR_ARGUMENT, "there is no phase “%.*s”", mz_shown(word), word.data ? word.data : "");
}

/* The first of all that were read, in order; *ret_next where there are more. */
static size_t cut(page *taken, size_t limit, mz_arena *arena, mz_str *ret_next) {
    place *places = taken->rows.items;
    size_t count = taken->rows.count;
    if (count) qsort(places, count, sizeof *places, taken->order == MZ_QUEUE_BY_WEIGHT ? by_weight : by_age);
    bool more = count > limit;
    *ret_next = more && limit ? write_cursor(&places[limit - 1], arena) : MZ_STR("");
    return more ? limit : count;
}

/* ---- cases ---- */

/* Without filters: from the index of the order, and no more rows than the page has. What stands in each of the
 * statements: agency, phase, how many, whether from a cursor on, its place and key, whether escalated (negative: any).
 */
static const char *const order_statements[MZ_QUEUE_ORDER_COUNT] = {
    [MZ_QUEUE_BY_WEIGHT] =
        "SELECT case_key, weight FROM case_file WHERE agency = ?1 AND phase = ?2 AND weight <= ?5 AND (?4 = 0 OR "
        "weight < ?5 OR case_key > ?6) AND (?7 < 0 OR escalated = ?7) ORDER BY weight DESC, case_key LIMIT ?3",
    [MZ_QUEUE_BY_AGE] =
        "SELECT case_key, CAST(0 AS INTEGER) FROM case_file WHERE agency = ?1 AND phase = ?2 AND ?5 >= 0 AND case_key "
        "> ?6 AND (?4 = 0 OR ?4 = 1) AND (?7 < 0 OR escalated = ?7) ORDER BY case_key LIMIT ?3",
    [MZ_QUEUE_BY_DUE] =
        "SELECT case_key, due FROM case_file WHERE agency = ?1 AND phase = ?2 AND due >= ?5 AND (?4 = 0 OR due > ?5 OR "
        "case_key > ?6) AND (?7 < 0 OR escalated = ?7) ORDER BY due, case_key LIMIT ?3",
};

/* With a filter: from the index of the filter, which has what every order goes by, and sorted; no row is looked at that
 * does not come into the page. What stands in each: agency, phase, how many, whether from a cursor on, its place and
 * key, the order (0: by weight, 1: by age, 2: by due); then the filters: text, list, whether escalated, whether of one
 * person, and of whom. An empty or negative filter filters nothing. */
typedef enum filter_path { OF_LABEL, OF_PERSON, OF_TEXT, OF_LIST, OF_ESCALATED, NO_FILTER } filter_path;

static const char *const filter_statements[NO_FILTER] = {
    [OF_LABEL] =
        "SELECT case_key, place FROM (SELECT case_key, CAST(0 AS REAL) AS place FROM case_file WHERE agency = ?1 AND "
        "label = ?13 AND phase || '' = ?2 AND (?8 = '' OR search LIKE ?8 ESCAPE '\\') AND (?9 = '' OR EXISTS (SELECT 1 "
        "FROM case_list l WHERE l.case_key = case_file.case_key AND l.list = ?9)) AND (?10 < 0 OR escalated = ?10) AND "
        "(?11 = 0 OR assignee = ?12)) q WHERE ?4 = 0 AND CAST(?5 AS REAL) <= 0 AND ?6 = '' AND ?7 >= 0 ORDER BY "
        "case_key LIMIT ?3",
    [OF_PERSON] =
        "SELECT case_key, place FROM (SELECT case_key, CASE WHEN ?7 = 0 THEN 0 - weight WHEN ?7 = 2 THEN CAST(due AS "
        "REAL) ELSE CAST(0 AS REAL) END AS place FROM case_file WHERE agency = ?1 AND assignee = ?12 AND phase = ?2 "
        "AND "
        "(?8 = '' OR EXISTS (SELECT 1 FROM case_file f WHERE f.case_key = case_file.case_key AND f.search LIKE ?8 "
        "ESCAPE "
        "'\\')) AND (?9 = '' OR EXISTS (SELECT 1 FROM case_list l WHERE l.case_key = case_file.case_key AND l.list = "
        "?9)) AND (?10 < 0 OR escalated = ?10) AND ?11 = 1) q WHERE ?4 = 0 OR place > ?5 OR (place = ?5 AND case_key > "
        "?6) ORDER BY place, case_key LIMIT ?3",
    [OF_TEXT] =
        "SELECT case_key, place FROM (SELECT case_key, CASE WHEN ?7 = 0 THEN 0 - weight WHEN ?7 = 2 THEN CAST(due AS "
        "REAL) ELSE CAST(0 AS REAL) END AS place FROM case_file WHERE agency = ?1 AND phase = ?2 AND search LIKE ?8 "
        "ESCAPE '\\' AND (?10 < 0 OR escalated = ?10) AND (?11 = 0 OR assignee = ?12) AND (?9 = '' OR EXISTS (SELECT 1 "
        "FROM case_list l WHERE l.case_key = case_file.case_key AND l.list = ?9))) q WHERE ?4 = 0 OR place > ?5 OR "
        "(place = ?5 AND case_key > ?6) ORDER BY place, case_key LIMIT ?3",
    [OF_LIST] =
        "SELECT case_key, place FROM (SELECT l.case_key, CASE WHEN ?7 = 0 THEN 0 - l.weight WHEN ?7 = 2 THEN "
        "CAST(l.due "
        "AS REAL) ELSE CAST(0 AS REAL) END AS place FROM case_list l WHERE l.agency = ?1 AND l.list = ?9 AND l.phase = "
        "?2 AND ?8 = '' AND ((?10 < 0 AND ?11 = 0) OR EXISTS (SELECT 1 FROM case_file f WHERE f.case_key = l.case_key "
        "AND (?10 < 0 OR f.escalated = ?10) AND (?11 = 0 OR f.assignee = ?12)))) q WHERE ?4 = 0 OR place > ?5 OR "
        "(place "
        "= ?5 AND case_key > ?6) ORDER BY place, case_key LIMIT ?3",
    [OF_ESCALATED] =
        "SELECT case_key, place FROM (SELECT case_key, CASE WHEN ?7 = 0 THEN 0 - weight WHEN ?7 = 2 THEN CAST(due AS "
        "REAL) ELSE CAST(0 AS REAL) END AS place FROM case_file WHERE agency = ?1 AND phase = ?2 AND escalated = 1 AND "
        "?8 = '' AND ?9 = '' AND ?10 = 1 AND (?11 = 0 OR assignee = ?12)) q WHERE ?4 = 0 OR place > ?5 OR (place = ?5 "
        "AND case_key > ?6) ORDER BY place, case_key LIMIT ?3",
};

static filter_path path_of(const mz_queue_query *query) {
    if (query->label.size) return OF_LABEL;
    if (query->assignee.size && !mz_str_equal(query->assignee, MZ_STR("-"))) return OF_PERSON;
    if (query->text.size) return OF_TEXT;
    if (query->list.size) return OF_LIST;
    if (query->escalated == 1) return OF_ESCALATED;
    return query->assignee.size ? OF_PERSON : NO_FILTER;
}

/* The value of a cursor, or of where a list begins, in the type of the column. */
static mz_sql_value place_value(mz_queue_order order, bool after, const place *at) {
    if (order == MZ_QUEUE_BY_WEIGHT) return mz_sql_real(after ? at->place : MOST_PLACE);
    return mz_sql_int(after ? (int64_t)at->place : 0);
}

static mz_status read_in_order(mz_sql *sql, mz_str agency, mz_str phase, const mz_queue_query *query, const place *at,
                               page *taken, mz_error *error) {
    bool after = query->after.size > 0;
    const mz_sql_value values[] = {mz_sql_text(agency),
                                   mz_sql_text(phase),
                                   mz_sql_int((int64_t)query->limit + 1),
                                   mz_sql_int(after),
                                   place_value(query->order, after, at),
                                   mz_sql_text(at->key),
                                   mz_sql_int(query->escalated)};
    return mz_sql_query(sql, order_statements[query->order], values, sizeof values / sizeof *values, take_place, taken,
                        error);
}

/* What sorts is the smaller the earlier: the weight is negative there. */
static mz_status read_filtered(mz_sql *sql, mz_str agency, mz_str phase, const mz_queue_query *query, const place *at,
                               page *taken, mz_error *error) {
    filter_path path = path_of(query);
    bool by_weight_first = query->order == MZ_QUEUE_BY_WEIGHT, nobodys = mz_str_equal(query->assignee, MZ_STR("-"));
    size_t before = taken->rows.count;
    const mz_sql_value values[] = {
        mz_sql_text(agency),
        mz_sql_text(phase),
        mz_sql_int((int64_t)query->limit + 1),
        mz_sql_int(query->after.size > 0),
        mz_sql_real(by_weight_first ? 0 - at->place : at->place),
        mz_sql_text(at->key),
        mz_sql_int(query->order),
        mz_sql_text(query->text.size ? mz_case_pattern(taken->rows.arena, query->text) : MZ_STR("")),
        mz_case_text(query->list),
        mz_sql_int(query->escalated),
        mz_sql_int(query->assignee.size > 0),
        mz_case_text(nobodys ? MZ_STR("") : query->assignee),
        mz_case_text(query->label)};
    mz_status status =
        mz_sql_query(sql, filter_statements[path], values, path == OF_LABEL ? 13 : 12, take_place, taken, error);
    place *places = taken->rows.items;
    for (size_t k = before; k < taken->rows.count && by_weight_first; k++) places[k].place = 0 - places[k].place;
    return status;
}

static mz_status read_places(mz_sql *sql, mz_str agency, const mz_queue_query *query, page *taken, mz_error *error) {
    static const char *const phases[] = {"open", "proposed", "waiting", "closed"};
    mz_str asked[PHASES_MOST];
    place at = {.key = MZ_STR("")};
    bool any_phase = query->label.size && !query->phase.size;
    size_t count = phases_of(any_phase ? MZ_STR("all") : query->phase, phases, PHASES_MOST, asked);
    if (!count) return no_phase(query->phase, error);
    mz_status status = query->after.size ? read_cursor(query->after, &at, error) : MZ_OK;
    bool filtered = path_of(query) != NO_FILTER;
    for (size_t p = 0; p < count && !status; p++)
        status = filtered ? read_filtered(sql, agency, asked[p], query, &at, taken, error)
                          : read_in_order(sql, agency, asked[p], query, &at, taken, error);
    return status;
}

mz_status mz_queue_list(mz_sql *sql, mz_str agency, const mz_queue_query *query, mz_arena *arena, mz_case **ret_cases,
                        size_t *ret_count, mz_str *ret_next, mz_error *error) {
    page taken = {.rows = {.arena = arena, .size = sizeof(place)}, .order = query->order};
    mz_str next = MZ_STR("");
    mz_status status = read_places(sql, agency, query, &taken, error);
    size_t count = status ? 0 : cut(&taken, query->limit, arena, &next);
    mz_case *cases = status ? NULL : MZ_ARENA_NEW(arena, count + 1, mz_case);
    if (!status && !cases) status = mz_fail_arena(arena, error, "the queue");
    const place *places = taken.rows.items;
    for (size_t k = 0; k < count && !status; k++)
        status = mz_case_get(sql, agency, places[k].key, arena, &cases[k], error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the queue");
    if (status) return status;
    *ret_cases = cases;
    *ret_count = count;
    *ret_next = next;
    return MZ_OK;
}

/* ---- how many ---- */

static mz_status take_phase(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_queue_counts *counts = context;
    (void)count;
    (void)error;
    if (mz_str_equal(c[0].text, MZ_STR("open"))) counts->open = c[1].number;
    if (mz_str_equal(c[0].text, MZ_STR("proposed"))) counts->proposed = c[1].number;
    if (mz_str_equal(c[0].text, MZ_STR("waiting"))) counts->waiting = c[1].number;
    return MZ_OK;
}

static mz_status take_count(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    (void)count;
    (void)error;
    *(int64_t *)context = c[0].number;
    return MZ_OK;
}

mz_status mz_queue_count(mz_sql *sql, mz_str agency, mz_str person, int64_t now, mz_queue_counts *ret_counts,
                         mz_error *error) {
    mz_queue_counts counts = {.open = 0};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(person), mz_sql_int(now)};
    const mz_sql_value due[] = {mz_sql_text(agency), mz_sql_int(now)};
    mz_status status = mz_sql_query(sql,
                                    "SELECT phase, COUNT(*) FROM case_file WHERE agency = ?1 AND phase IN ('open', "
                                    "'proposed', 'waiting') GROUP BY phase",
                                    values, 1, take_phase, &counts, error);
    if (!status)
        status = mz_sql_query(sql,
                              "SELECT COUNT(*) FROM case_file WHERE agency = ?1 AND phase IN ('open', 'proposed', "
                              "'waiting') AND due < ?2",
                              due, 2, take_count, &counts.overdue, error);
    if (!status && person.size)
        status = mz_sql_query(sql,
                              "SELECT COUNT(*) FROM case_file WHERE agency = ?1 AND assignee = ?2 AND phase IN "
                              "('open', 'proposed', 'waiting')",
                              values, 2, take_count, &counts.mine, error);
    if (!status && person.size)
        status = mz_sql_query(sql, "SELECT COUNT(*) FROM case_mention WHERE agency = ?1 AND person = ?2 AND seen = 0",
                              values, 2, take_count, &counts.mentions, error);
    if (!status) *ret_counts = counts;
    return status;
}

/* ---- alerts ---- */

static const char *const alert_statements[] = {
    [MZ_QUEUE_BY_WEIGHT] = "SELECT alert, weight FROM case_alert WHERE agency = ?1 AND phase = ?2 AND weight <= ?5 AND "
                           "(?4 = 0 OR weight < ?5 OR alert > ?6) AND ?7 = '' ORDER BY weight DESC, alert LIMIT ?3",
    [MZ_QUEUE_BY_AGE] =
        "SELECT alert, CAST(0 AS INTEGER) FROM case_alert WHERE agency = ?1 AND phase = ?2 AND ?5 >= 0 AND alert > ?6 "
        "AND (?4 = 0 OR ?4 = 1) AND ?7 = '' ORDER BY alert LIMIT ?3",
};

/* Those of one list: by its index, which has the weight, and sorted. */
static const char *const list_statements[] = {
    [MZ_QUEUE_BY_WEIGHT] =
        "SELECT alert, weight FROM case_alert WHERE agency = ?1 AND list = ?7 AND phase = ?2 AND (?4 = 0 OR weight < "
        "?5 OR (weight = ?5 AND alert > ?6)) ORDER BY weight + 0 DESC, alert LIMIT ?3",
    [MZ_QUEUE_BY_AGE] =
        "SELECT alert, CAST(0 AS INTEGER) FROM case_alert WHERE agency = ?1 AND list = ?7 AND phase = ?2 AND ?5 >= 0 "
        "AND alert > ?6 AND (?4 = 0 OR ?4 = 1) ORDER BY alert LIMIT ?3",
};

/* Those on one entity: by its index, and sorted. */
static const char *const entity_statements[] = {
    [MZ_QUEUE_BY_WEIGHT] =
        "SELECT alert, weight FROM case_alert WHERE agency = ?1 AND entity = ?8 AND phase = ?2 AND (?4 = 0 OR weight < "
        "?5 OR (weight = ?5 AND alert > ?6)) AND (?7 = '' OR list = ?7) ORDER BY weight + 0 DESC, alert LIMIT ?3",
    [MZ_QUEUE_BY_AGE] =
        "SELECT alert, CAST(0 AS INTEGER) FROM case_alert WHERE agency = ?1 AND entity = ?8 AND phase = ?2 AND ?5 >= 0 "
        "AND alert > ?6 AND (?4 = 0 OR ?4 = 1) AND (?7 = '' OR list = ?7) ORDER BY alert LIMIT ?3",
};

static mz_status read_alert_places(mz_sql *sql, mz_str agency, const mz_alerts_query *query, page *taken,
                                   mz_error *error) {
    static const char *const phases[] = {"open", "proposed", "waiting", "decided"};
    mz_str asked[PHASES_MOST];
    place at = {.key = MZ_STR("")};
    bool after = query->after.size > 0;
    size_t count = phases_of(query->phase, phases, PHASES_MOST, asked);
    if (!count) return no_phase(query->phase, error);
    mz_status status = after ? read_cursor(query->after, &at, error) : MZ_OK;
    const char *const *statements = query->entity.size ? entity_statements
                                    : query->list.size ? list_statements
                                                       : alert_statements;
    const char *statement = statements[query->order];
    for (size_t p = 0; p < count && !status; p++) {
        const mz_sql_value values[] = {mz_sql_text(agency),
                                       mz_sql_text(asked[p]),
                                       mz_sql_int((int64_t)query->limit + 1),
                                       mz_sql_int(after),
                                       place_value(query->order, after, &at),
                                       mz_sql_text(at.key),
                                       mz_case_text(query->list),
                                       mz_case_text(query->entity)};
        status = mz_sql_query(sql, statement, values, query->entity.size ? 8 : 7, take_place, taken, error);
    }
    return status;
}

mz_status mz_alerts_list(mz_sql *sql, mz_str agency, const mz_alerts_query *query, mz_arena *arena,
                         mz_alert **ret_alerts, size_t *ret_count, mz_str *ret_next, mz_error *error) {
    page taken = {.rows = {.arena = arena, .size = sizeof(place)}, .order = query->order};
    mz_str next = MZ_STR("");
    if (query->order == MZ_QUEUE_BY_DUE) return mz_fail(error, MZ_ERR_ARGUMENT, "alerts are ordered by weight or age");
    mz_status status = read_alert_places(sql, agency, query, &taken, error);
    size_t count = status ? 0 : cut(&taken, query->limit, arena, &next);
    mz_alert *alerts = status ? NULL : MZ_ARENA_NEW(arena, count + 1, mz_alert);
    if (!status && !alerts) status = mz_fail_arena(arena, error, "the list of alerts");
    const place *places = taken.rows.items;
    for (size_t k = 0; k < count && !status; k++)
        status = mz_alert_row(sql, agency, places[k].key, arena, &alerts[k], error);
    if (status) return status;
    *ret_alerts = alerts;
    *ret_count = count;
    *ret_next = next;
    return MZ_OK;
}
