/* What an agency knows of persons goes when its time has come, from every table, and the audit chain still verifies. */
#include "../access/office.h"
#include "../store/stores.h"
#include "audit/audit.h"
#include "base/json_read.h"
#include "cases/cases.h"
#include "cases/retention.h"
#include "store/dialect.h"
#include "store/migrate.h"
#include "subjects/register.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = 86400, KEPT_DAYS = 365 };

static office open;
static mz_error error;

/* ---- filling ---- */

typedef struct statement {
    const char *text;
    const char *values[8];
} statement;

static mz_status run_statement(void *context, mz_sql *sql, mz_error *problem) {
    const statement *given = context;
    mz_sql_value values[8];
    size_t count = 0;
    for (; count < 8 && given->values[count]; count++) {
        const char *value = given->values[count];
        values[count] = mz_sql_text(mz_str_of(value));
        if (value[0] == '#') values[count] = mz_sql_int(strtoll(value + 1, NULL, 10));
        if (value[0] == '=') values[count] = mz_sql_bytes(mz_str_of(value + 1));
    }
    return mz_sql_run(sql, given->text, values, count, NULL, problem);
}

/* Statements whose parameters are texts, "#1" whole numbers, "=a" bytes. */
static void run(const statement *given) {
    CHECK_OK(mz_store_change(open.store, run_statement, (void *)(uintptr_t)given, &error), error);
}

typedef struct subject_work {
    const mz_principal *who;
    const char *json;
    mz_str key;
} subject_work;

static mz_status put_subject(void *context, mz_sql *sql, mz_error *problem) {
    subject_work *work = context;
    const mz_json_value *value = NULL;
    mz_builder *builder = NULL;
    mz_subject_draft draft;
    mz_subject subject;
    mz_subject_outcome outcome;
    mz_actor actor = {.who = work->who, .client = MZ_STR("test")};
    mz_status status = mz_json_parse(mz_str_of(work->json), 0, &open.arena, &value, problem);
    if (!status) status = mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, problem);
    if (!status) status = mz_subject_draft_read(value, MZ_STR("bank"), builder, &draft, problem);
    if (!status)
        status = mz_subject_put(sql, work->who->agency, &actor, &draft, true, &open.arena, &subject, &outcome, problem);
    if (!status) work->key = mz_arena_copy(&open.arena, subject.key);
    mz_builder_free(builder);
    return status;
}

static mz_status close_subject(void *context, mz_sql *sql, mz_error *problem) {
    const subject_work *work = context;
    mz_actor actor = {.who = work->who, .client = MZ_STR("test")};
    return mz_subject_close(sql, work->who->agency, &actor, work->key, problem);
}

static const char *put(const mz_principal *who, const char *reference, const char *name) {
    subject_work work = {.who = who};
    work.json =
        mz_arena_print(&open.arena,
                       "{\"source\":\"bank\",\"reference\":\"%s\",\"schema\":\"Person\",\"properties\":{\"name\":"
                       "[\"%s\"],\"birthDate\":[\"1970-05-01\"]}}",
                       reference, name)
            .data;
    CHECK_OK(mz_store_change(open.store, put_subject, &work, &error), error);
    return work.key.data;
}

static void leave(const mz_principal *who, const char *subject) {
    subject_work work = {.who = who, .key = mz_str_of(subject)};
    CHECK_OK(mz_store_change(open.store, close_subject, &work, &error), error);
}

typedef struct telling {
    mz_str chain, object, personal;
    int64_t number;
} telling;

static mz_status append(void *context, mz_sql *sql, mz_error *problem) {
    telling *told = context;
    mz_audit_place place;
    const mz_audit_draft draft = {.chain = told->chain,
                                  .kind = MZ_STR("note"),
                                  .actor_kind = MZ_STR("service"),
                                  .object = told->object,
                                  .personal = told->personal};
    mz_status status = mz_audit_append(sql, &draft, &place, problem);
    told->number = place.number;
    return status;
}

/* Adds an entry that tells of somebody; its number as text. */
static const char *tell(const mz_agency *agency, const char *object, const char *name) {
    telling told = {agency->key, mz_str_of(object), mz_arena_print(&open.arena, "{\"text\":\"%s\"}", name), 0};
    CHECK_OK(mz_store_change(open.store, append, &told, &error), error);
    return mz_arena_print(&open.arena, "#%lld", (long long)told.number).data;
}

/* A case of a subject that was closed at that time, with everything that tells of its subject, its name everywhere.
 * `key` is that of the case, and part of those below it. */
static void add_case(const mz_agency *agency, const char *subject, const char *key, const char *name,
                     const char *clearance_state) {
    const char *a = agency->key.data, *entry = tell(agency, key, name), *receipt = tell(agency, subject, name);
    const char *at = mz_arena_print(&open.arena, "#%lld", (long long)office_moment()).data;
    const char *label = mz_arena_print(&open.arena, "2026-%s", key).data;
    run(&(statement){
        "INSERT INTO case_file (case_key, agency, label, subject, search, lists, phase, assignee, escalated, "
        "weight, best, alerts, due, opened, changed, closed, version) VALUES (?1, ?2, ?3, ?4, ?5, ' un ', "
        "'closed', '', 0, 1.0, ?1, 0, 0, ?6, 0, ?6, 1)",
        {key, a, label, subject, name, at}});
    run(&(statement){
        "INSERT INTO case_alert (alert, agency, case_key, subject, entity, list, list_version, caption, "
        "schema, score, weight, hit, subject_digest, entity_digest, subject_base, entity_base, phase, "
        "disposition, decision, until, receipt, why, previous, born, changed, gone) VALUES (?1, ?2, ?1, ?3, "
        "'un-1', 'un', 'v', 'Listed', 'Person', 1.0, 1.0, '{\"query\":\"' || ?4 || '\"}', 's-' || ?1, 'e-' "
        "|| ?1, 's-' || ?1, 'e-' || ?1, 'decided', 'false-positive', ?1, 0, ?5, 'asked', "
        "'', 0, 0, 0)",
        {key, a, subject, name, receipt}});
    run(&(statement){"INSERT INTO case_facts (agency, digest, facts) VALUES (?1, 's-' || ?2, ?3), (?1, 'e-' || ?2, "
                     "'listed ' || ?2)",
                     {a, key, name}});
    run(&(statement){
        "INSERT INTO case_decision (decision, agency, case_key, disposition, reason, note, phase, four_eyes, "
        "proposer_kind, proposer, behind, proposed, approver, answered, answer, entry, undone_why) VALUES (?1, ?2, "
        "?1, 'false-positive', 'r', ?3, 'made', 0, 'person', 'x', 'x', 0, NULL, 0, ?3, ?4, ?3)",
        {key, a, name, entry}});
    run(&(statement){
        "INSERT INTO case_judged (decision, alert, subject_digest, entity_digest) VALUES (?1, ?1, 's-' || ?1, "
        "'e-' || ?1)",
        {key}});
    run(&(statement){
        "INSERT INTO case_event (event, agency, case_key, at, kind, actor_kind, actor, said, detail, entry) "
        "VALUES (?1, ?2, ?1, 0, 'note', 'person', 'x', ?3, '{}', ?4)",
        {key, a, name, entry}});
    run(&(statement){"INSERT INTO case_mention (agency, person, event, seen) SELECT ?2, MIN(person), ?1, 0 FROM "
                     "access_person WHERE agency = ?2",
                     {key, a}});
    run(&(statement){"INSERT INTO case_content (agency, digest, bytes, size) VALUES (?1, 'c-' || ?2, ?3, 1)",
                     {a, key, mz_arena_print(&open.arena, "=%s", name).data}});
    run(&(statement){
        "INSERT INTO case_attachment (attachment, agency, case_key, digest, file_name, media_type, size, "
        "actor_kind, actor, at, removed) VALUES (?1, ?2, ?1, 'c-' || ?1, ?3 || '.pdf', 'application/pdf', 1, "
        "'person', 'x', 0, 0)",
        {key, a, name}});
    run(&(statement){"INSERT INTO case_clearance (clearance, agency, subject, alert, entity, caption, list, search, "
                     "subject_digest, entity_digest, decision, state, ends, created, quieted, last_quieted, ended, "
                     "ended_by_kind, ended_by, ended_why) VALUES (?1, ?2, ?3, ?1, 'un-1', 'Listed', 'un', ?4, 's-' || "
                     "?1, 'e-' || ?1, ?1, ?5, 0, 0, 0, 0, 0, '', '', ?4)",
                     {key, a, subject, name, clearance_state}});
    (void)tell(agency, key, name);
}

static void add_rejection(const mz_agency *agency, const char *key, const char *name) {
    const char *at = mz_arena_print(&open.arena, "#%lld", (long long)office_moment()).data;
    run(&(statement){"INSERT INTO subject_import (import, agency, source, file_name, format, digest, bytes, mapping, "
                     "whole, accepted, task, phase, error, actor_kind, actor, position, done, added, changed, same, "
                     "closed, rejected, noted, created, ended) VALUES (?1, ?2, 'bank', 'f', 'csv', '', 0, '{}', 0, 0, "
                     "'', 'done', '', 'person', '', 0, 0, 0, 0, 0, 0, 1, 1, ?3, ?3)",
                     {key, agency->key.data, at}});
    run(&(statement){
        "INSERT INTO subject_rejection (import, line, taken, field, code, number, reason, value) VALUES (?1, 1, 0, "
        "'DOB', 'date-format', 0, 'no date', ?2)",
        {key, name}});
}

static void keep_for(const mz_agency *agency, int days) {
    const char *json = mz_arena_print(&open.arena, "{\"retention_days\":%d}", days).data;
    run(&(statement){"INSERT INTO case_settings (agency, settings, version) VALUES (?1, ?2, 1) ON CONFLICT (agency) DO "
                     "UPDATE SET settings = excluded.settings",
                     {agency->key.data, json}});
}

/* ---- looking into every table ---- */

typedef struct grep {
    const char *query;
    mz_str pattern;
    int64_t found;
} grep;

static mz_status take_count(void *context, const mz_sql_value *columns, size_t count, mz_error *problem) {
    (void)count;
    (void)problem;
    ((grep *)context)->found = columns[0].number;
    return MZ_OK;
}

static mz_status grep_column(void *context, mz_sql *sql, mz_error *problem) {
    grep *asked = context;
    const mz_sql_value value = mz_sql_text(asked->pattern);
    return mz_sql_query(sql, asked->query, &value, 1, take_count, asked, problem);
}

static int grep_in(const char *table, const char *column, const char *name) {
    grep asked = {.pattern = mz_arena_print(&open.arena, "%%%s%%", name)};
    asked.query =
        mz_arena_print(&open.arena, "SELECT COUNT(*) FROM %s WHERE CAST(%s AS TEXT) LIKE ?1 ESCAPE '!'", table, column)
            .data;
    CHECK_OK(mz_store_read(open.store, grep_column, &asked, &error), error);
    if (asked.found) printf("# %s.%s: %lld\n", table, column, (long long)asked.found);
    return (int)asked.found;
}

/* In how many rows of how many columns of text the name stands, in all tables that the migrations make; `columns`
 * (may be NULL): how many columns were looked at. Bytes are not looked into: no row of them may be there. */
static int grep_all(const char *name, int *columns) {
    int found = 0;
    for (size_t m = 0; m < mz_migration_count; m++) {
        char table[64] = "", column[64], type[16];
        for (const char *line = mz_migrations[m].text.data; line && *line;
             line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
            if (sscanf(line, "CREATE TABLE %63[a-z_] (", table) == 1) continue;
            if (strncmp(line, "    ", 4) != 0 || sscanf(line, " %63[a-z_] %15[A-Z]", column, type) != 2) continue;
            if (strcmp(type, "TEXT") != 0) continue;
            found += grep_in(table, column, name);
            if (columns) ++*columns;
        }
    }
    return found;
}

static mz_status count_rows(void *context, mz_sql *sql, mz_error *problem) {
    grep *asked = context;
    return mz_sql_query(sql, asked->query, NULL, 0, take_count, asked, problem);
}

static int rows(const char *query) {
    grep asked = {.query = query};
    CHECK_OK(mz_store_read(open.store, count_rows, &asked, &error), error);
    return (int)asked.found;
}

static mz_status look(void *context, mz_sql *sql, mz_error *problem) {
    return mz_retention_look(sql, open.house.key, context, problem);
}

static void check_chain(const mz_agency *agency) {
    mz_audit_verdict verdict;
    const mz_audit_verify_options options = {.context = NULL};
    CHECK_OK(mz_audit_verify(open.store, agency->key, &options, &open.arena, &verdict, &error), error);
    if (!verdict.whole) printf("# %s\n", verdict.what.data);
    CHECK(verdict.whole);
}

static const mz_retention_options by_service = {.actor_kind = MZ_STR_INIT("service"), .actor = MZ_STR_INIT("")};

STORE_TEST(nothing_of_who_was_erased_is_found_in_any_table) {
    mz_retention_due due, done;
    int columns = 0;
    office_open(&open, address);
    const char *gone = put(&open.in_house, "C-1", "Zarqawan Gone"),
               *stays = put(&open.in_house, "C-2", "Belkhiyat Stays");
    const char *fresh = put(&open.in_house, "C-3", "Tamizart Fresh"),
               *other = put(&open.in_bureau, "B-1", "Zarqawan There");
    add_case(&open.house, gone, "1", "Zarqawan Gone", "valid");
    add_case(&open.house, stays, "2", "Belkhiyat Said", "valid");
    add_rejection(&open.house, "i1", "Zarqawan Gone");
    leave(&open.in_house, gone);
    leave(&open.in_bureau, other);
    keep_for(&open.house, KEPT_DAYS);
    keep_for(&open.bureau, 0);
    office_later((KEPT_DAYS - 1) * DAY);
    leave(&open.in_house, fresh);
    add_rejection(&open.house, "i2", "Tamizart Fresh");
    CHECK_OK(mz_store_read(open.store, look, &due, &error), error);
    CHECK_INT(0, due.subjects + due.cases + due.rejected_lines);
    office_later(2 * DAY);
    CHECK_OK(mz_store_read(open.store, look, &due, &error), error);
    CHECK_INT(1, due.subjects);
    CHECK_INT(2, due.cases);
    CHECK_INT(1, due.rejected_lines);
    CHECK(grep_all("Zarqawan Gone", NULL) > 12);

    CHECK_OK(mz_retention_run(open.store, open.house.key, &by_service, &done, &error), error);
    CHECK_INT(1, done.subjects);
    CHECK_INT(1, done.cases); /* that of the subject went with it */
    CHECK_INT(0, grep_all("Zarqawan Gone", &columns));
    CHECK(columns > 150);
    CHECK_INT(0, grep_all("C-1", NULL)); /* its reference */
    CHECK_INT(0, rows("SELECT COUNT(*) FROM case_content"));
    check_chain(&open.house);
    CHECK_INT(2, rows("SELECT COUNT(*) FROM audit_entry WHERE kind = 'retention.erased'"));
    CHECK(rows("SELECT COUNT(*) FROM audit_entry WHERE kind = 'personal.erased'") >= 2);
    /* who is still screened is known, and what a clearance in force rests on */
    CHECK(grep_all("Belkhiyat Stays", NULL) > 0);
    CHECK_INT(1, rows("SELECT COUNT(*) FROM case_facts WHERE digest = 's-2' AND facts <> ''"));
    CHECK_INT(0, rows("SELECT COUNT(*) FROM case_event WHERE said <> ''"));
    CHECK_INT(0, rows("SELECT COUNT(*) FROM case_decision WHERE note <> '' OR answer <> '' OR undone_why <> ''"));
    /* neither who was closed a while ago, nor what is another agency's */
    CHECK(grep_all("Tamizart Fresh", NULL) > 0);
    CHECK(grep_all("Zarqawan There", NULL) > 0);

    CHECK_OK(mz_retention_run(open.store, open.house.key, &by_service, &done, &error), error);
    CHECK_INT(0, done.subjects + done.cases + done.rejected_lines);
    CHECK_INT(2, rows("SELECT COUNT(*) FROM audit_entry WHERE kind = 'retention.erased'"));
    office_close(&open);
}

/* The same row, by the reference that it was left with: it is somebody again, whose time comes again. */
STORE_TEST(who_is_put_again_after_he_was_erased_is_erased_again) {
    mz_retention_due done;
    office_open(&open, address);
    const char *gone = put(&open.in_house, "C-1", "Zarqawan Gone");
    leave(&open.in_house, gone);
    keep_for(&open.house, KEPT_DAYS);
    office_later((KEPT_DAYS + 1) * DAY);
    CHECK_OK(mz_retention_run(open.store, open.house.key, &by_service, &done, &error), error);
    CHECK_INT(1, done.subjects);
    const char *again = put(&open.in_house, "C-1", "Zarqawan Gone");
    CHECK(strcmp(again, gone) != 0); /* nothing tells that it was the same */
    const char *reference = mz_arena_print(&open.arena, "erased-%s", gone).data;
    CHECK_TEXT(gone, put(&open.in_house, reference, "Belkhiyat Back"));
    leave(&open.in_house, gone);
    CHECK_OK(mz_retention_run(open.store, open.house.key, &by_service, &done, &error), error);
    CHECK_INT(0, done.subjects);
    office_later((KEPT_DAYS + 1) * DAY);
    CHECK_OK(mz_retention_run(open.store, open.house.key, &by_service, &done, &error), error);
    CHECK_INT(1, done.subjects);
    CHECK_INT(0, grep_all("Belkhiyat Back", NULL));
    CHECK_OK(mz_retention_run(open.store, open.house.key, &by_service, &done, &error), error);
    CHECK_INT(0, done.subjects);
    check_chain(&open.house);
    office_close(&open);
}

static mz_status add_lines(void *context, mz_sql *sql, mz_error *problem) {
    const int *count = context;
    mz_status status = MZ_OK;
    for (int line = 2; line <= *count && !status; line++) {
        const mz_sql_value values[] = {mz_sql_text(MZ_STR("i1")), mz_sql_int(line)};
        status = mz_sql_run(sql,
                            "INSERT INTO subject_rejection (import, line, taken, field, code, number, reason, value) "
                            "VALUES (?1, ?2, 0, '', 'date-format', 0, 'no date', '')",
                            values, 2, NULL, problem);
    }
    return status;
}

/* Lines of one file go in parts; those of a file that is not old enough stay. */
STORE_TEST(rejected_lines_go_however_many_there_are) {
    mz_retention_due done;
    int lines = 10050;
    office_open(&open, address);
    add_rejection(&open.house, "i1", "Zarqawan Gone");
    CHECK_OK(mz_store_change(open.store, add_lines, &lines, &error), error);
    keep_for(&open.house, KEPT_DAYS);
    office_later((KEPT_DAYS + 1) * DAY);
    add_rejection(&open.house, "i2", "Tamizart Fresh");
    add_rejection(&open.bureau, "i3", "Tamizart Fresh");
    CHECK_OK(mz_retention_run(open.store, open.house.key, &by_service, &done, &error), error);
    CHECK_INT(lines, done.rejected_lines);
    CHECK_INT(2, rows("SELECT COUNT(*) FROM subject_rejection"));
    office_close(&open);
}

STORE_TEST(who_has_an_open_case_is_not_erased) {
    mz_retention_due due;
    office_open(&open, address);
    const char *gone = put(&open.in_house, "C-1", "Zarqawan Gone");
    add_case(&open.house, gone, "1", "Zarqawan Gone", "revoked");
    run(&(statement){"UPDATE case_file SET phase = 'open', alerts = 1, closed = 0 WHERE case_key = ?1", {"1"}});
    leave(&open.in_house, gone);
    keep_for(&open.house, KEPT_DAYS);
    office_later((KEPT_DAYS + 1) * DAY);
    CHECK_OK(mz_store_read(open.store, look, &due, &error), error);
    CHECK_INT(0, due.subjects + due.cases);
    office_close(&open);
}

static int stop_at_once(void *context, uint64_t done, uint64_t total) {
    (void)context;
    return done <= total;
}

STORE_TEST(what_was_erased_before_it_was_stopped_stays_erased) {
    mz_retention_due done;
    office_open(&open, address);
    for (int k = 0; k < 3; k++) {
        char reference[8];
        (void)snprintf(reference, sizeof reference, "C-%d", k);
        leave(&open.in_house, put(&open.in_house, reference, "Zarqawan Gone"));
    }
    keep_for(&open.house, KEPT_DAYS);
    office_later((KEPT_DAYS + 1) * DAY);
    mz_retention_options options = by_service;
    options.progress = stop_at_once;
    CHECK_INT(MZ_ERR_CANCELLED, mz_retention_run(open.store, open.house.key, &options, &done, &error));
    CHECK_INT(2, rows("SELECT COUNT(*) FROM subject WHERE caption <> ''"));
    CHECK_OK(mz_retention_run(open.store, open.house.key, &by_service, &done, &error), error);
    CHECK_INT(2, done.subjects);
    CHECK_INT(0, grep_all("Zarqawan", NULL));
    check_chain(&open.house);
    office_close(&open);
}

TEST_MAIN()
