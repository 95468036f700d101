/* See retention.h. Statements go table by table; what is left of a row is what figures count and what other rows refer
 * to. A test puts a mark into each text that tells of a person, and looks for it in all texts of all
 * tables afterwards. */
#include "cases/retention.h"

#include "audit/audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "cases/rows.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY_S = 86400, PAGE = 200, ROWS_BYTES = 64 << 20, LINES_AT_ONCE = 10000 };

/* ---- what is due ---- */

static mz_status cutoff(mz_sql *sql, mz_str agency, int64_t *ret_before, mz_error *error) {
    mz_case_settings settings = MZ_CASE_SETTINGS_INIT;
    mz_status status = mz_case_settings_get(sql, agency, &settings, error);
    if (!status) *ret_before = settings.retention_days ? mz_clock_now() - settings.retention_days * DAY_S : 0;
    return status;
}

/* A closed subject that was not erased since it changed last, whose cases have all ended before, too. One that was put
 * again after it had been erased is like any other. */
static const char due_subjects[] =
    "SELECT s.subject FROM subject s WHERE s.agency = ?1 AND s.state = 'closed' AND s.changed < ?2 AND s.subject > ?3 "
    "AND NOT EXISTS (SELECT 1 FROM case_erased e WHERE e.agency = ?1 AND e.object = s.subject AND e.at > s.changed) "
    "AND "
    "NOT EXISTS (SELECT 1 FROM case_file f WHERE f.agency = ?1 AND f.subject = s.subject AND (f.phase <> 'closed' OR "
    "f.closed >= ?2)) ORDER "
    "BY s.subject LIMIT ?4";
static const char due_cases[] =
    "SELECT f.case_key FROM case_file f WHERE f.agency = ?1 AND f.phase = 'closed' AND f.closed < ?2 AND f.case_key > "
    "?3 "
    "AND NOT EXISTS (SELECT 1 FROM case_erased e WHERE e.agency = ?1 AND e.object = f.case_key) ORDER BY f.case_key "
    "LIMIT ?4";

typedef struct key_page {
    mz_arena *arena;
    mz_str keys[PAGE];
    size_t count;
} key_page;

static mz_status take_key(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    key_page *page = context;
    (void)count;
    (void)error;
    if (page->count < PAGE) page->keys[page->count++] = mz_arena_copy(page->arena, columns[0].text);
    return MZ_OK;
}

static mz_status read_page(mz_sql *sql, const char *query, mz_str agency, int64_t before, mz_str after, key_page *page,
                           mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(before), mz_sql_text(after), mz_sql_int(PAGE)};
    page->count = 0;
    mz_status status = mz_sql_query(sql, query, values, 4, take_key, page, error);
    if (!status && page->arena->failed) status = mz_fail_arena(page->arena, error, "what is to be erased");
    return status;
}

static mz_status count_all(mz_sql *sql, const char *query, mz_str agency, int64_t before, uint64_t *ret_count,
                           mz_error *error) {
    mz_arena arena;
    mz_str after = MZ_STR("");
    key_page page = {.arena = &arena, .count = PAGE};
    mz_status status = MZ_OK;
    mz_arena_init(&arena, ROWS_BYTES);
    for (*ret_count = 0; !status && page.count == PAGE; *ret_count += page.count) {
        status = read_page(sql, query, agency, before, after, &page, error);
        if (page.count) after = page.keys[page.count - 1];
    }
    mz_arena_done(&arena);
    return status;
}

static mz_status count_lines(mz_sql *sql, mz_str agency, int64_t before, uint64_t *ret_count, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(before)}, *row = NULL;
    mz_arena arena;
    mz_arena_init(&arena, ROWS_BYTES);
    mz_status status =
        mz_sql_first(sql,
                     "SELECT COUNT(*) FROM subject_rejection r, subject_import i WHERE i.agency = ?1 AND "
                     "i.created < ?2 AND r.import = i.import",
                     values, 2, &arena, &row, error);
    if (!status) *ret_count = (uint64_t)row[0].number;
    mz_arena_done(&arena);
    return status;
}

mz_status mz_retention_look(mz_sql *sql, mz_str agency, mz_retention_due *ret_due, mz_error *error) {
    mz_retention_due due = {.subjects = 0};
    mz_status status = cutoff(sql, agency, &due.before, error);
    if (!status && due.before) status = count_all(sql, due_subjects, agency, due.before, &due.subjects, error);
    if (!status && due.before) status = count_all(sql, due_cases, agency, due.before, &due.cases, error);
    if (!status && due.before) status = count_lines(sql, agency, due.before, &due.rejected_lines, error);
    if (!status) *ret_due = due;
    return status;
}

/* ---- erasing one ---- */

typedef struct erasing {
    mz_sql *sql;
    mz_str agency;
    const mz_retention_options *options;
    mz_str object; /* the case or subject */
    int64_t *numbers;
    size_t count, room;
} erasing;

static mz_status take_number(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    erasing *at = context;
    (void)count;
    if (columns[0].number <= 0) return MZ_OK;
    if (at->count == at->room) {
        size_t room = at->room ? at->room * 2 : 64;
        int64_t *more = reallocarray(at->numbers, room, sizeof *more);
        if (!more) return mz_fail_memory(error);
        at->numbers = more;
        at->room = room;
    }
    at->numbers[at->count++] = columns[0].number;
    return MZ_OK;
}

/* Entries of the chain that tell something personal: those about an object, and those that rows name. */
static mz_status find_entries(erasing *at, mz_str object, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(at->agency), mz_sql_text(object)};
    return mz_sql_query(at->sql,
                        "SELECT e.number FROM audit_entry e, audit_personal p WHERE e.chain = ?1 AND e.object = ?2 AND "
                        "p.chain = e.chain AND p.number = e.number",
                        values, 2, take_number, at, error);
}

static mz_status find_of_case(erasing *at, mz_str case_key, mz_error *error) {
    static const char *const queries[] = {
        "SELECT v.entry FROM case_event v, audit_personal p WHERE v.agency = ?1 AND v.case_key = ?2 AND p.chain = ?1 "
        "AND "
        "p.number = v.entry",
        "SELECT a.receipt FROM case_alert a, audit_personal p WHERE a.agency = ?1 AND a.case_key = ?2 AND p.chain = ?1 "
        "AND p.number = a.receipt",
        "SELECT d.entry FROM case_decision d, audit_personal p WHERE d.agency = ?1 AND d.case_key = ?2 AND p.chain = "
        "?1 "
        "AND p.number = d.entry",
        "SELECT e.number FROM case_alert a, case_clearance c, audit_entry e, audit_personal p WHERE a.agency = ?1 AND "
        "a.case_key = ?2 AND c.alert = a.alert AND e.chain = ?1 AND e.object = c.clearance AND p.chain = ?1 AND "
        "p.number "
        "= e.number",
    };
    const mz_sql_value values[] = {mz_sql_text(at->agency), mz_sql_text(case_key)};
    mz_status status = find_entries(at, case_key, error);
    for (size_t k = 0; k < sizeof queries / sizeof *queries && !status; k++)
        status = mz_sql_query(at->sql, queries[k], values, 2, take_number, at, error);
    return status;
}

static int order_of_numbers(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static mz_status erase_entries(erasing *at, mz_error *error) {
    size_t kept = 0;
    if (!at->count) return MZ_OK;
    qsort(at->numbers, at->count, sizeof *at->numbers, order_of_numbers);
    for (size_t k = 0; k < at->count; k++)
        if (!kept || at->numbers[kept - 1] != at->numbers[k]) at->numbers[kept++] = at->numbers[k];
    return mz_audit_erase(at->sql, at->agency, at->numbers, kept, at->options->actor_kind, at->options->actor,
                          MZ_STR("retention"), error);
}

/* In the order in which rows refer to each other. */
static mz_status empty_case(erasing *at, mz_str case_key, mz_error *error) {
    static const char *const statements[] = {
        "DELETE FROM case_mention WHERE agency = ?1 AND event IN (SELECT event FROM case_event WHERE case_key = ?2)",
        "UPDATE case_event SET said = '' WHERE agency = ?1 AND case_key = ?2",
        "UPDATE case_decision SET note = '', answer = '', undone_why = '' WHERE agency = ?1 AND case_key = ?2",
        "UPDATE case_alert SET hit = '{}' WHERE agency = ?1 AND case_key = ?2",
        "UPDATE case_clearance SET search = '', ended_why = '' WHERE agency = ?1 AND state <> 'valid' AND alert IN "
        "(SELECT "
        "alert FROM case_alert WHERE case_key = ?2)",
        "UPDATE case_attachment SET removed = 1, file_name = '' WHERE agency = ?1 AND case_key = ?2",
        "UPDATE case_file SET search = label WHERE agency = ?1 AND case_key = ?2",
        "INSERT INTO case_erased (agency, object, at) VALUES (?1, ?2, ?3) ON CONFLICT (agency, object) DO NOTHING",
    };
    const mz_sql_value values[] = {mz_sql_text(at->agency), mz_sql_text(case_key), mz_sql_int(mz_clock_now())};
    mz_status status = find_of_case(at, case_key, error);
    for (size_t k = 0; k < sizeof statements / sizeof *statements && !status; k++)
        status = mz_sql_run(at->sql, statements[k], values, k + 1 == sizeof statements / sizeof *statements ? 3 : 2,
                            NULL, error);
    return status;
}

static mz_status tell(erasing *at, const char *what, mz_error *error) {
    char body[64];
    (void)snprintf(body, sizeof body, "{\"what\":\"%s\"}", what);
    const mz_audit_draft draft = {.chain = at->agency,
                                  .kind = MZ_STR("retention.erased"),
                                  .actor_kind = at->options->actor_kind,
                                  .actor = at->options->actor,
                                  .object = at->object,
                                  .body = mz_str_of(body)};
    return mz_audit_append(at->sql, &draft, NULL, error);
}

/* Bytes that no attachment has any more, and facts that nothing refers to that stays. */
static mz_status sweep(mz_sql *sql, mz_str agency, mz_error *error) {
    const mz_sql_value value = mz_sql_text(agency);
    mz_status status = mz_sql_run(sql,
                                  "DELETE FROM case_content WHERE agency = ?1 AND digest NOT IN (SELECT digest FROM "
                                  "case_attachment WHERE agency = ?1 AND removed = 0)",
                                  &value, 1, NULL, error);
    if (status) return status;
    return mz_sql_run(
        sql,
        "WITH alive AS (SELECT a.alert, a.subject_digest, a.entity_digest, a.subject_base, a.entity_base FROM "
        "case_alert a "
        "WHERE a.agency = ?1 AND NOT EXISTS (SELECT 1 FROM case_erased e WHERE e.agency = ?1 AND e.object = "
        "a.case_key)), "
        "kept AS (SELECT subject_digest AS digest FROM alive UNION SELECT entity_digest FROM alive UNION SELECT "
        "subject_base FROM alive UNION SELECT entity_base FROM alive UNION SELECT j.subject_digest FROM case_judged j, "
        "alive WHERE j.alert = alive.alert UNION SELECT j.entity_digest FROM case_judged j, alive WHERE j.alert = "
        "alive.alert UNION SELECT c.subject_digest FROM case_clearance c WHERE c.agency = ?1 AND c.state = 'valid' "
        "UNION "
        "SELECT c.entity_digest FROM case_clearance c WHERE c.agency = ?1 AND c.state = 'valid') UPDATE case_facts SET "
        "facts = '' WHERE agency = ?1 AND facts <> '' AND digest NOT IN (SELECT digest FROM kept)",
        &value, 1, NULL, error);
}

static mz_status erase_case(erasing *at, mz_error *error) {
    mz_status status = empty_case(at, at->object, error);
    if (!status) status = erase_entries(at, error);
    return status ? status : tell(at, "case", error);
}

static mz_status empty_subject(erasing *at, mz_error *error) {
    static const char *const statements[] = {
        "UPDATE case_clearance SET state = CASE WHEN state = 'valid' THEN 'revoked' ELSE state END, search = '', "
        "ended_why "
        "= '' WHERE agency = ?1 AND subject = ?2",
        "DELETE FROM subject_partly WHERE agency = ?1 AND subject = ?2",
        "UPDATE subject SET reference = 'erased-' || subject, caption = '', properties = '{}', digest = '', words = '' "
        "WHERE agency = ?1 AND subject = ?2",
        "INSERT INTO case_erased (agency, object, at) VALUES (?1, ?2, ?3) ON CONFLICT (agency, object) "
        "DO UPDATE SET at = excluded.at",
    };
    const mz_sql_value values[] = {mz_sql_text(at->agency), mz_sql_text(at->object), mz_sql_int(mz_clock_now())};
    mz_status status = find_entries(at, at->object, error);
    for (size_t k = 0; k < sizeof statements / sizeof *statements && !status; k++)
        status = mz_sql_run(at->sql, statements[k], values, k + 1 == sizeof statements / sizeof *statements ? 3 : 2,
                            NULL, error);
    return status;
}

static mz_status erase_subject(erasing *at, mz_error *error) {
    mz_arena arena;
    mz_str after = MZ_STR("");
    key_page page = {.arena = &arena, .count = PAGE};
    mz_status status = MZ_OK;
    mz_arena_init(&arena, ROWS_BYTES);
    while (!status && page.count == PAGE) {
        const mz_sql_value values[] = {mz_sql_text(at->agency), mz_sql_text(at->object), mz_sql_text(after),
                                       mz_sql_int(PAGE)};
        page.count = 0;
        status =
            mz_sql_query(at->sql,
                         "SELECT case_key FROM case_file WHERE agency = ?1 AND subject = ?2 AND case_key > ?3 ORDER "
                         "BY case_key LIMIT ?4",
                         values, 4, take_key, &page, error);
        for (size_t k = 0; k < page.count && !status; k++) status = empty_case(at, page.keys[k], error);
        if (page.count) after = page.keys[page.count - 1];
    }
    mz_arena_done(&arena);
    if (!status) status = empty_subject(at, error);
    if (!status) status = erase_entries(at, error);
    return status ? status : tell(at, "subject", error);
}

/* ---- erasing all ---- */

typedef struct one_of_them {
    mz_str agency, object;
    int64_t before;
    const mz_retention_options *options;
    bool subject;
} one_of_them;

/* Somebody may have opened it again since it was found. */
static mz_status still_due(const one_of_them *one, mz_sql *sql, bool *ret_due, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(one->agency), mz_sql_text(one->object), mz_sql_int(one->before)};
    const mz_sql_value *row = NULL;
    mz_arena arena;
    mz_arena_init(&arena, 1 << 16);
    mz_status status =
        one->subject
            ? mz_sql_first(
                  sql,
                  "SELECT 1 FROM subject s WHERE s.agency = ?1 AND s.subject = ?2 AND s.state = 'closed' AND "
                  "s.changed < ?3 AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.agency = ?1 AND f.subject = "
                  "s.subject AND (f.phase <> 'closed' OR f.closed >= ?3))",
                  values, 3, &arena, &row, error)
            : mz_sql_first(
                  sql,
                  "SELECT 1 FROM case_file WHERE agency = ?1 AND case_key = ?2 AND phase = 'closed' AND closed "
                  "< ?3",
                  values, 3, &arena, &row, error);
    *ret_due = !status && row;
    mz_arena_done(&arena);
    return status;
}

static mz_status erase_one(void *context, mz_sql *sql, mz_error *error) {
    const one_of_them *one = context;
    bool due;
    mz_status still = still_due(one, sql, &due, error);
    if (still || !due) return still;
    erasing at = {.sql = sql, .agency = one->agency, .options = one->options, .object = one->object};
    mz_status status = one->subject ? erase_subject(&at, error) : erase_case(&at, error);
    free(at.numbers);
    return status;
}

typedef struct page_wanted {
    const char *query;
    mz_str agency;
    int64_t before;
    char after[MZ_SQL_KEY_SIZE]; /* of the page before */
    key_page page;
} page_wanted;

/* What was erased is not due any more, but is gone through all the same: so from behind the page before. */
static mz_status read_wanted(void *context, mz_sql *sql, mz_error *error) {
    page_wanted *wanted = context;
    mz_arena_reset(wanted->page.arena);
    return read_page(sql, wanted->query, wanted->agency, wanted->before, mz_str_of(wanted->after), &wanted->page,
                     error);
}

typedef struct running {
    mz_store *store;
    mz_str agency;
    const mz_retention_options *options;
    mz_retention_due due;
    uint64_t done;
} running;

static mz_status erase_page(running *run, const page_wanted *wanted, bool subject, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t k = 0; k < wanted->page.count && !status; k++) {
        one_of_them one = {run->agency, wanted->page.keys[k], run->due.before, run->options, subject};
        status = mz_store_change(run->store, erase_one, &one, error);
        run->done++;
        const mz_retention_options *options = run->options;
        if (!status && options->progress &&
            options->progress(options->context, run->done, run->due.subjects + run->due.cases))
            status = mz_fail(error, MZ_ERR_CANCELLED, "stopped; what was erased stays erased");
    }
    return status;
}

static mz_status erase_all(running *run, const char *query, bool subject, uint64_t *ret_count, mz_error *error) {
    mz_arena arena;
    page_wanted wanted = {.query = query, .agency = run->agency, .before = run->due.before};
    wanted.page = (key_page){.arena = &arena, .count = PAGE};
    mz_status status = MZ_OK;
    mz_arena_init(&arena, ROWS_BYTES);
    *ret_count = 0;
    while (!status && wanted.page.count == PAGE) {
        status = mz_store_read(run->store, read_wanted, &wanted, error);
        if (!status) status = erase_page(run, &wanted, subject, error);
        mz_str last = wanted.page.count ? wanted.page.keys[wanted.page.count - 1] : MZ_STR("");
        (void)snprintf(wanted.after, sizeof wanted.after, "%.*s", (int)last.size, last.data);
        if (!status) *ret_count += wanted.page.count;
    }
    mz_arena_done(&arena);
    return status;
}

static mz_status look(void *context, mz_sql *sql, mz_error *error) {
    running *run = context;
    return mz_retention_look(sql, run->agency, &run->due, error);
}

static mz_status finish(void *context, mz_sql *sql, mz_error *error) {
    const running *run = context;
    return sweep(sql, run->agency, error);
}

typedef struct forgetting {
    const running *run;
    uint64_t lines; /* that went */
} forgetting;

/* Some of an import: a file may have had millions. */
static mz_status forget_some(void *context, mz_sql *sql, mz_error *error) {
    forgetting *f = context;
    const mz_sql_value due[] = {mz_sql_text(f->run->agency), mz_sql_int(f->run->due.before)}, *row = NULL;
    mz_arena arena;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_sql_first(sql,
                                    "SELECT r.import FROM subject_import i, subject_rejection r WHERE i.agency = ?1 "
                                    "AND i.created < ?2 AND r.import = i.import LIMIT 1",
                                    due, 2, &arena, &row, error);
    f->lines = 0;
    if (!status && row) {
        const mz_sql_value some[] = {mz_sql_text(row[0].text), mz_sql_int(LINES_AT_ONCE)};
        status = mz_sql_run(sql,
                            "DELETE FROM subject_rejection WHERE import = ?1 AND line IN (SELECT line FROM "
                            "subject_rejection WHERE import = ?1 ORDER BY line LIMIT ?2)",
                            some, 2, &f->lines, error);
    }
    mz_arena_done(&arena);
    return status;
}

static mz_status forget_lines(const running *run, mz_error *error) {
    forgetting f = {.run = run, .lines = 1};
    const mz_retention_options *options = run->options;
    uint64_t all = run->due.subjects + run->due.cases;
    mz_status status = MZ_OK;
    while (!status && f.lines) {
        status = mz_store_change(run->store, forget_some, &f, error);
        if (!status && options->progress && options->progress(options->context, run->done, all))
            status = mz_fail(error, MZ_ERR_CANCELLED, "stopped; what was erased stays erased");
    }
    return status;
}

mz_status mz_retention_run(mz_store *store, mz_str agency, const mz_retention_options *options,
                           mz_retention_due *ret_done, mz_error *error) {
    running run = {.store = store, .agency = agency, .options = options};
    mz_status status = mz_store_read(store, look, &run, error);
    if (status) return status;
    mz_retention_due done = {.before = run.due.before, .rejected_lines = run.due.rejected_lines};
    if (run.due.before) status = erase_all(&run, due_subjects, true, &done.subjects, error);
    if (!status && run.due.before) status = erase_all(&run, due_cases, false, &done.cases, error);
    if (!status && run.due.before) status = forget_lines(&run, error);
    if (!status && run.due.before) status = mz_store_change(store, finish, &run, error);
    if (!status) *ret_done = done;
    return status;
}
