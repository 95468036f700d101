/* See case_file.h: everything of a case out of the store. */
#include "access/agencies.h"
#include "audit/audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "reports/case_file.h"

/* The number of each receipt once, in the order of the alerts. */
static size_t numbers_of(const mz_case_file *file, int64_t *numbers) {
    size_t count = 0;
    for (size_t k = 0; k < file->alert_count; k++) {
        int64_t number = file->alerts[k].receipt;
        bool told = number == 0;
        for (size_t j = 0; j < count && !told; j++) told = numbers[j] == number;
        if (!told) numbers[count++] = number;
    }
    return count;
}

/* "mizan 0.1.0 (id)"; empty when the entry says of no program. */
static mz_str build_of(mz_str line, mz_arena *arena) {
    const mz_json_value *entry, *build;
    mz_str id = {"", 0}, version = {"", 0};
    mz_error error;
    if (mz_json_parse(line, 0, arena, &entry, &error)) return version;
    build = mz_json_member(mz_json_member(entry, "body"), "build");
    if (mz_json_read_str(build, "id", &id, &error) || mz_json_read_str(build, "version", &version, &error)) return id;
    return version.size
               ? mz_arena_print(arena, "mizan %.*s (%.*s)", (int)version.size, version.data, (int)id.size, id.data)
               : version;
}

static mz_status read_receipts(mz_sql *sql, mz_str agency, mz_arena *arena, mz_case_file *file, mz_error *error) {
    mz_status status = MZ_OK;
    int64_t *numbers = MZ_ARENA_NEW(arena, file->alert_count, int64_t);
    mz_case_receipt *receipts = MZ_ARENA_NEW(arena, file->alert_count, mz_case_receipt);
    if (!numbers || !receipts) return mz_fail_arena(arena, error, "a case");
    size_t count = numbers_of(file, numbers);
    for (size_t k = 0; k < count && !status; k++) {
        mz_audit_entry entry;
        status = mz_audit_get(sql, agency, numbers[k], arena, &entry, error);
        if (!status)
            receipts[file->receipt_count++] =
                (mz_case_receipt){entry.number, entry.at, entry.hash, build_of(entry.line, arena)};
        if (status == MZ_ERR_NOT_FOUND) status = MZ_OK; /* the alert that names it is marked */
    }
    file->receipts = receipts;
    return status;
}

static mz_status read_agency(mz_sql *sql, mz_str agency, mz_arena *arena, mz_case_file *file, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency)}, *columns;
    mz_status status =
        mz_sql_first(sql, "SELECT title FROM access_agency WHERE agency = ?1", values, 1, arena, &columns, error);
    if (!status) file->agency = columns ? columns[0].text : MZ_STR("");
    return status;
}

static mz_status read_source(mz_sql *sql, mz_str agency, mz_arena *arena, mz_case_file *file, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(file->subject.source)}, *columns;
    mz_status status = mz_sql_first(sql, "SELECT title FROM subject_source WHERE agency = ?1 AND source = ?2", values,
                                    2, arena, &columns, error);
    if (!status && columns) file->source_title = columns[0].text;
    return status;
}

mz_status mz_case_file_read(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_case_file *ret_file,
                            mz_error *error) {
    mz_case_file file = {.made = mz_clock_now()};
    mz_alert *alerts = NULL;
    mz_decision *decisions = NULL;
    mz_case_event *events = NULL;
    mz_attachment *attachments = NULL;
    mz_case_disagreement *disagreements = NULL;
    mz_status status = mz_case_get(sql, agency, key, arena, &file.row, error);
    if (!status) status = mz_subject_get(sql, agency, file.row.subject, arena, &file.subject, error);
    if (!status) status = mz_case_alerts(sql, agency, key, arena, &alerts, &file.alert_count, error);
    if (!status) status = mz_case_decisions(sql, agency, key, arena, &decisions, &file.decision_count, error);
    if (!status)
        status = mz_case_events(sql, agency, key, MZ_STR(""), MZ_CASE_FILE_EVENTS_MOST, arena, &events,
                                &file.event_count, &file.events_more, error);
    if (!status) status = mz_case_attachments(sql, agency, key, arena, &attachments, &file.attachment_count, error);
    if (!status) status = mz_case_disagrees(sql, agency, key, arena, &disagreements, &file.disagreement_count, error);
    file.disagreements = disagreements;
    file.alerts = alerts;
    file.decisions = decisions;
    file.events = events;
    file.attachments = attachments;
    if (!status) status = read_receipts(sql, agency, arena, &file, error);
    if (!status) status = read_agency(sql, agency, arena, &file, error);
    if (!status) status = read_source(sql, agency, arena, &file, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "a case");
    if (!status) *ret_file = file;
    return status;
}
