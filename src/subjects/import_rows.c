#include "subjects/import_rows.h"

#include "audit/audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_write.h"
#include "subjects/register.h"

enum { ITEM_BYTES = (4 * MZ_SUBJECT_BYTES_MOST), ENTRY_BYTES = 4096 };

mz_status mz_import_begin(mz_sql *sql, const mz_subject_import *import, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(import->key)};
    uint64_t changed = 0;
    mz_status status = mz_sql_run(sql,
                                  "UPDATE subject_import SET phase = 'running' WHERE import = ?1 AND phase IN "
                                  "('waiting', 'running')",
                                  values, 1, &changed, error);
    if (status || changed) return status;
    return mz_fail(error, MZ_ERR_CANCELLED, "the import has ended");
}

/* Moves the import on, if it is where this run left it. */
static mz_status move_on(mz_sql *sql, const mz_subject_import *before, const mz_subject_import *after,
                         mz_error *error) {
    const mz_sql_value values[] = {
        mz_sql_text(after->key),
        mz_sql_int((int64_t)before->position),
        mz_sql_int((int64_t)before->closed),
        mz_sql_int((int64_t)after->position),
        mz_sql_int((int64_t)after->done),
        mz_sql_int((int64_t)after->added),
        mz_sql_int((int64_t)after->changed),
        mz_sql_int((int64_t)after->same),
        mz_sql_int((int64_t)after->closed),
        mz_sql_int((int64_t)after->rejected),
        mz_sql_int((int64_t)after->noted),
    };
    uint64_t changed = 0;
    mz_status status = mz_sql_run(sql,
                                  "UPDATE subject_import SET position = ?4, done = ?5, added = ?6, changed = ?7, same "
                                  "= ?8, closed = ?9, rejected = ?10, noted = ?11 WHERE import = ?1 AND phase = "
                                  "'running' AND position = ?2 AND closed = ?3",
                                  values, sizeof values / sizeof *values, &changed, error);
    if (status || changed) return status;
    return mz_fail(error, MZ_ERR_CANCELLED, "the import was cancelled, or another program is at it");
}

static mz_status write_flaw(mz_sql *sql, mz_str import, const mz_import_item *item, mz_error *error) {
    const mz_row_flaw *flaw = &item->row.flaw;
    const mz_sql_value values[] = {mz_sql_text(import),
                                   mz_sql_int((int64_t)item->line),
                                   mz_sql_int(item->row.taken),
                                   mz_sql_text(flaw->field),
                                   mz_sql_text(flaw->reason),
                                   mz_sql_text(flaw->value),
                                   mz_sql_text(mz_str_of(mz_row_flaw_word(flaw->code))),
                                   mz_sql_int(flaw->number)};
    return mz_sql_run(sql,
                      "INSERT INTO subject_rejection (import, line, taken, field, reason, value, code, number) VALUES "
                      "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (import, line) DO NOTHING",
                      values, sizeof values / sizeof *values, NULL, error);
}

static mz_status write_item(mz_subject_writer *writer, mz_subject_import *after, const mz_import_item *item,
                            mz_arena *arena, mz_error *error) {
    mz_subject subject;
    mz_subject_outcome outcome;
    mz_status status = MZ_OK;
    if (item->row.flaw.reason.size) status = write_flaw(writer->sql, after->key, item, error);
    if (!item->row.taken) {
        after->rejected++;
        return status;
    }
    after->noted += item->row.flaw.reason.size > 0;
    if (!status)
        status = mz_subject_write(writer, item->row.reference, &item->row.shape, arena, &subject, &outcome, error);
    if (status) return status;
    after->added += outcome == MZ_SUBJECT_ADDED;
    after->changed += outcome == MZ_SUBJECT_CHANGED;
    after->same += outcome == MZ_SUBJECT_SAME;
    return MZ_OK;
}

mz_status mz_import_write(mz_sql *sql, mz_subject_import *import, const mz_import_batch *batch, mz_error *error) {
    mz_arena arena;
    mz_subject_import after = *import;
    mz_subject_writer writer = {
        .sql = sql, .agency = import->agency, .source = import->source, .at_once = (int64_t)batch->count};
    mz_status status = MZ_OK;
    mz_arena_init(&arena, ITEM_BYTES);
    for (size_t i = 0; i < batch->count && !status; i++) {
        mz_arena_reset(&arena);
        status = write_item(&writer, &after, &batch->items[i], &arena, error);
    }
    mz_arena_done(&arena);
    after.position = batch->position;
    after.done = batch->done;
    if (!status) status = mz_subject_writer_end(&writer, error);
    if (!status) status = move_on(sql, import, &after, error);
    if (!status) *import = after;
    return status;
}

mz_status mz_import_close(mz_sql *sql, mz_subject_import *import, const mz_str *keys, size_t count, mz_error *error) {
    mz_subject_import after = *import;
    mz_subject_writer writer = {
        .sql = sql, .agency = import->agency, .source = import->source, .at_once = (int64_t)count};
    mz_status status = MZ_OK;
    for (size_t i = 0; i < count && !status; i++) status = mz_subject_write_closed(&writer, keys[i], error);
    after.closed += (uint64_t)-writer.more;
    if (!status) status = mz_subject_writer_end(&writer, error);
    if (!status) status = move_on(sql, import, &after, error);
    if (!status) *import = after;
    return status;
}

/* ---- the end ---- */

static void write_body(const mz_subject_import *import, mz_task_phase phase, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair_int(&json, "added", (int64_t)import->added);
    mz_json_pair_int(&json, "bytes", (int64_t)import->bytes);
    mz_json_pair_int(&json, "changed", (int64_t)import->changed);
    mz_json_pair_int(&json, "closed", (int64_t)import->closed);
    mz_json_pair(&json, "file", import->digest);
    mz_json_pair(&json, "format", mz_str_of(mz_subject_format_word(import->format)));
    mz_json_pair_int(&json, "noted", (int64_t)import->noted);
    mz_json_pair(&json, "outcome", mz_str_of(mz_task_phase_word(phase)));
    mz_json_pair_int(&json, "rejected", (int64_t)import->rejected);
    mz_json_pair_int(&json, "rows", (int64_t)import->position);
    mz_json_pair_int(&json, "same", (int64_t)import->same);
    mz_json_pair(&json, "source", import->source);
    mz_json_pair_bool(&json, "whole", import->whole);
    mz_json_object_end(&json);
}

/* Names of files may tell of somebody. */
static void write_personal(const mz_subject_import *import, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "file_name", import->file_name);
    mz_json_object_end(&json);
}

static mz_status tell(mz_sql *sql, const mz_subject_import *import, mz_task_phase phase, mz_error *error) {
    mz_buffer body, personal;
    mz_buffer_init(&body, ENTRY_BYTES);
    mz_buffer_init(&personal, ENTRY_BYTES);
    write_body(import, phase, &body);
    write_personal(import, &personal);
    const mz_audit_draft draft = {.chain = import->agency,
                                  .kind = MZ_STR("subjects.imported"),
                                  .actor_kind = import->actor_kind,
                                  .actor = import->actor,
                                  .object = import->key,
                                  .body = mz_buffer_view(&body),
                                  .personal = mz_buffer_view(&personal)};
    mz_status status = body.failed || personal.failed
                           ? mz_fail_buffer(body.failed ? &body : &personal, error, "an entry of the audit chain")
                           : mz_audit_append(sql, &draft, NULL, error);
    mz_buffer_done(&personal);
    mz_buffer_done(&body);
    return status;
}

mz_status mz_import_end(mz_sql *sql, const mz_subject_import *import, mz_task_phase phase, mz_str text,
                        mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(import->key), mz_sql_text(mz_str_of(mz_task_phase_word(phase))),
                                   mz_sql_text(text), mz_sql_int(mz_clock_now())};
    uint64_t changed = 0;
    mz_status status = mz_sql_run(sql,
                                  "UPDATE subject_import SET phase = ?2, error = ?3, ended = ?4 WHERE import = ?1 AND "
                                  "phase IN ('waiting', 'running')",
                                  values, 4, &changed, error);
    if (!status && !changed) return mz_fail(error, MZ_ERR_CANCELLED, "the import has ended");
    return status ? status : tell(sql, import, phase, error);
}
