#include "reports/export.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_write.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LINES_AT_ONCE = 64 << 10, LINE_BYTES_MOST = 256 << 20, PATH_BYTES = 4096 };

/* What a column is: t text, r a key or text that may be missing (null when empty), j JSON (null when empty), i a whole
 * number, f a number, d a time in seconds (null for 0), b true or false. */
typedef struct one_table {
    const char *file, *query, *columns; /* columns: "t:name …" with blanks between */
} one_table;

/* One parameter, the agency. Statements stand whole, as the check of them wants it. */
/* clang-format off */
static const one_table tables[] = {
    {"subject_sources.jsonl",
     "SELECT source, title, mapping, subjects, changed FROM subject_source WHERE agency = ?1 ORDER BY source",
     "t:source t:title j:mapping i:subjects d:changed"},
    {"subjects.jsonl",
     "SELECT subject, source, reference, schema, caption, properties, digest, state, created, changed, screened FROM "
     "subject WHERE agency = ?1 ORDER BY subject",
     "t:id t:source t:reference t:schema t:caption j:properties t:digest t:state d:created d:changed d:screened"},
    {"imports.jsonl",
     "SELECT import, source, file_name, format, digest, bytes, mapping, whole, added, changed, same, closed, rejected, "
     "created FROM subject_import WHERE agency = ?1 ORDER BY import",
     "t:id t:source t:file_name t:format t:digest i:bytes j:mapping b:whole i:added i:changed i:same i:closed "
     "i:rejected d:created"},
    {"cases.jsonl",
     "SELECT case_key, label, subject, phase, assignee, escalated, weight, alerts, due, opened, changed, closed, version "
     "FROM case_file WHERE agency = ?1 ORDER BY case_key",
     "t:id t:label t:subject t:phase r:assignee b:escalated f:weight i:alerts d:due d:opened d:changed d:closed "
     "i:version"},
    {"alerts.jsonl",
     "SELECT alert, case_key, subject, entity, list, list_version, caption, schema, score, weight, hit, subject_digest, "
     "entity_digest, phase, disposition, decision, receipt, why, previous, born, changed FROM case_alert WHERE agency = "
     "?1 ORDER BY alert",
     "t:id t:case t:subject t:entity t:list t:list_version t:caption t:schema f:score f:weight j:hit t:subject_facts "
     "t:entity_facts t:phase r:disposition r:decision i:receipt t:why r:previous d:born d:changed"},
    {"facts.jsonl", "SELECT digest, facts FROM case_facts WHERE agency = ?1 ORDER BY digest", "t:digest j:facts"},
    {"decisions.jsonl",
     "SELECT decision, case_key, disposition, reason, note, phase, four_eyes, proposer_kind, proposer, proposed, "
     "COALESCE(approver, ''), answered, answer, entry, COALESCE(undoer, ''), COALESCE(undone, CAST(0 AS INTEGER)), "
     "COALESCE(undone_why, '') FROM case_decision WHERE agency = ?1 ORDER BY decision",
     "t:id t:case t:disposition t:reason t:note t:phase b:four_eyes t:proposer_kind r:proposer d:proposed r:approver "
     "d:answered t:answer i:entry r:undoer d:undone t:undone_why"},
    {"decided_alerts.jsonl",
     "SELECT j.decision, j.alert, j.subject_digest, j.entity_digest FROM case_judged j JOIN case_decision d ON "
     "d.decision = j.decision WHERE d.agency = ?1 ORDER BY j.decision, j.alert",
     "t:decision t:alert t:subject_facts t:entity_facts"},
    {"events.jsonl",
     "SELECT event, case_key, at, kind, actor_kind, actor, said, detail, entry FROM case_event WHERE agency = ?1 ORDER "
     "BY event",
     "t:id t:case d:at t:kind t:actor_kind r:actor t:text j:detail i:entry"},
    {"attachments.jsonl",
     "SELECT attachment, case_key, digest, file_name, media_type, size, actor_kind, actor, at, removed FROM "
     "case_attachment WHERE agency = ?1 ORDER BY attachment",
     "t:id t:case t:digest t:file_name t:media_type i:size t:actor_kind r:actor d:at b:removed"},
    {"clearances.jsonl",
     "SELECT clearance, subject, alert, entity, caption, list, subject_digest, entity_digest, decision, state, ends, "
     "created, quieted, last_quieted, ended, ended_by_kind, ended_by, ended_why FROM case_clearance WHERE agency = ?1 "
     "ORDER BY clearance",
     "t:id t:subject t:alert t:entity t:caption t:list t:subject_facts t:entity_facts t:decision t:state d:ends "
     "d:created i:quieted d:last_quieted d:ended r:ended_by_kind r:ended_by t:ended_why"},
    {"reasons.jsonl",
     "SELECT reason, disposition, title_ar, title_fr, title_en, retired FROM case_reason WHERE agency = ?1 ORDER BY "
     "disposition, place, reason",
     "t:id t:disposition t:title_ar t:title_fr t:title_en b:retired"},
    {"settings.jsonl",
     "SELECT 'casework' AS about, settings, version FROM case_settings WHERE agency = ?1 UNION ALL SELECT 'goaml' AS "
     "about, settings, version FROM report_goaml WHERE agency = ?1 ORDER BY about",
     "t:about j:settings i:version"},
    {"audit.jsonl",
     "SELECT e.number, e.line, e.hash, COALESCE(p.salt, ''), COALESCE(p.personal, '') FROM audit_entry e LEFT JOIN "
     "audit_personal p ON p.chain = e.chain AND p.number = e.number WHERE e.chain = ?1 ORDER BY e.number",
     "i:number j:entry t:hash r:salt j:personal"},
    {"checkpoints.jsonl",
     "SELECT number, at, hash, public_key, signature FROM audit_checkpoint WHERE chain = ?1 ORDER BY number, at, "
     "public_key",
     "i:number d:at t:hash t:public_key t:signature"},
    {"people.jsonl", "SELECT person, name, title, roles, state FROM access_person WHERE agency = ?1 ORDER BY person",
     "t:id t:name t:display_name t:roles t:state"},
};
/* clang-format on */

typedef struct exporting {
    mz_str agency;
    const char *folder, *build;
    mz_buffer manifest;
    mz_json json;
    mz_exported exported;
} exporting;

/* A file under way: what is written goes through its digest. */
typedef struct writing {
    mz_file_writer writer;
    mz_digest digest;
    mz_buffer lines;
    uint64_t rows;
    const one_table *table;
} writing;

static mz_status path_of(const exporting *at, const char *name, char path[PATH_BYTES], mz_error *error) {
    int size = snprintf(path, PATH_BYTES, "%s/%s", at->folder, name);
    return size > 0 && size < PATH_BYTES ? MZ_OK
                                         : mz_fail(error, MZ_ERR_ARGUMENT, "the name of the folder is too long");
}

static mz_status flush(writing *file, mz_error *error) {
    if (file->lines.failed) return mz_fail_buffer(&file->lines, error, "a row of the export");
    mz_digest_update(&file->digest, file->lines.data, file->lines.size);
    mz_status status = mz_file_writer_append(&file->writer, file->lines.data, file->lines.size, error);
    mz_buffer_clear(&file->lines);
    return status;
}

/* ---- rows ---- */

static void put_time(mz_json *json, int64_t seconds) {
    char text[MZ_TIME_TEXT_SIZE];
    if (!seconds) {
        mz_json_null(json);
        return;
    }
    mz_time_text(seconds, text);
    mz_json_str(json, mz_str_of(text));
}

static void put_cell(mz_json *json, char kind, const mz_sql_value *value) {
    bool empty = value->kind == MZ_SQL_NULL || (value->kind == MZ_SQL_TEXT && value->text.size == 0);
    if (kind == 'd')
        put_time(json, value->number);
    else if (kind == 'i')
        mz_json_int(json, value->number);
    else if (kind == 'f')
        mz_json_fixed(json, value->real, 6);
    else if (kind == 'b')
        mz_json_bool(json, value->number != 0);
    else if (empty && kind != 't')
        mz_json_null(json);
    else if (kind == 'j')
        mz_json_raw(json, value->text);
    else
        mz_json_str(json, value->text);
}

static mz_status put_row(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    writing *file = context;
    const char *at = file->table->columns;
    mz_json json;
    mz_json_init(&json, &file->lines);
    mz_json_object(&json);
    for (size_t k = 0; k < count && *at; k++) {
        char name[32];
        size_t size = strcspn(at, " ");
        (void)snprintf(name, sizeof name, "%.*s", (int)size - 2, at + 2);
        mz_json_key(&json, name);
        put_cell(&json, at[0], &columns[k]);
        at += size + (at[size] == ' ');
    }
    mz_json_object_end(&json);
    mz_buffer_char(&file->lines, '\n');
    file->rows++;
    return file->lines.size < LINES_AT_ONCE ? MZ_OK : flush(file, error);
}

/* ---- files ---- */

static void tell_file(exporting *at, const char *name, writing *file) {
    char digest[MZ_DIGEST_HEX_SIZE];
    mz_digest_hex(&file->digest, digest);
    mz_json_object(&at->json);
    mz_json_pair(&at->json, "name", mz_str_of(name));
    mz_json_pair_int(&at->json, "rows", (int64_t)file->rows);
    mz_json_pair_int(&at->json, "bytes", (int64_t)file->writer.size);
    mz_json_pair(&at->json, "digest", mz_str_of(digest));
    mz_json_object_end(&at->json);
    at->exported.files++;
    at->exported.rows += file->rows;
}

static mz_status export_table(exporting *at, mz_sql *sql, const one_table *table, mz_error *error) {
    char path[PATH_BYTES];
    const mz_sql_value values[] = {mz_sql_text(at->agency)};
    writing file = {.table = table};
    mz_status status = path_of(at, table->file, path, error);
    if (!status) status = mz_file_writer_open(&file.writer, path, error);
    if (status) return status;
    mz_digest_init(&file.digest);
    mz_buffer_init(&file.lines, LINE_BYTES_MOST);
    status = mz_sql_query(sql, table->query, values, 1, put_row, &file, error);
    if (!status) status = flush(&file, error);
    if (!status)
        status = mz_file_writer_commit(&file.writer, error);
    else
        mz_file_writer_abandon(&file.writer);
    if (!status) tell_file(at, table->file, &file);
    mz_buffer_done(&file.lines);
    return status;
}

/* ---- attachments ---- */

/* A digest is a name of a file only when it is one. */
static bool is_digest(mz_str text) {
    for (size_t k = 0; k < text.size; k++)
        if (!((text.data[k] >= '0' && text.data[k] <= '9') || (text.data[k] >= 'a' && text.data[k] <= 'f')))
            return false;
    return text.size > 0 && text.size < MZ_DIGEST_HEX_SIZE;
}

static mz_status put_content(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    exporting *at = context;
    char name[MZ_DIGEST_HEX_SIZE + 32], path[PATH_BYTES];
    mz_str digest = columns[0].text, bytes = columns[1].text;
    writing file = {.rows = 0};
    (void)count;
    if (!is_digest(digest)) return mz_fail(error, MZ_ERR_INPUT, "an attachment has no digest for its name");
    (void)snprintf(name, sizeof name, "attachments/%.*s", (int)digest.size, digest.data);
    mz_status status = path_of(at, name, path, error);
    if (!status) status = mz_file_writer_open(&file.writer, path, error);
    if (status) return status;
    mz_digest_init(&file.digest);
    mz_digest_update(&file.digest, bytes.data, bytes.size);
    status = mz_file_writer_append(&file.writer, bytes.data, bytes.size, error);
    if (!status)
        status = mz_file_writer_commit(&file.writer, error);
    else
        mz_file_writer_abandon(&file.writer);
    if (status) return status;
    tell_file(at, name, &file);
    at->exported.attachments++;
    return MZ_OK;
}

static mz_status export_contents(exporting *at, mz_sql *sql, mz_error *error) {
    char path[PATH_BYTES];
    const mz_sql_value values[] = {mz_sql_text(at->agency)};
    mz_status status = path_of(at, "attachments", path, error);
    if (!status) status = mz_folder_make(path, error);
    if (status) return status;
    return mz_sql_query(sql, "SELECT digest, bytes FROM case_content WHERE agency = ?1 ORDER BY digest", values, 1,
                        put_content, at, error);
}

/* ---- all of it ---- */

static mz_status export_all(void *context, mz_sql *sql, mz_error *error) {
    exporting *at = context;
    mz_status status = MZ_OK;
    char time[MZ_TIME_TEXT_SIZE];
    at->exported = (mz_exported){.files = 0};
    mz_buffer_clear(&at->manifest);
    mz_json_init(&at->json, &at->manifest);
    mz_time_text(mz_clock_now(), time);
    mz_json_object(&at->json);
    mz_json_pair(&at->json, "format", MZ_STR("mizan casework export"));
    mz_json_pair_int(&at->json, "version", 1);
    mz_json_pair(&at->json, "agency", at->agency);
    mz_json_pair(&at->json, "made", mz_str_of(time));
    mz_json_pair(&at->json, "build", mz_str_of(at->build));
    mz_json_pair(&at->json, "digest", MZ_STR("BLAKE2b-256"));
    mz_json_key(&at->json, "files");
    mz_json_array(&at->json);
    for (size_t k = 0; k < sizeof tables / sizeof *tables && !status; k++)
        status = export_table(at, sql, &tables[k], error);
    if (!status) status = export_contents(at, sql, error);
    if (status) return status;
    mz_json_array_end(&at->json);
    mz_json_object_end(&at->json);
    mz_buffer_char(&at->manifest, '\n');
    return MZ_OK;
}

static mz_status check_empty(const char *folder, mz_error *error) {
    DIR *open = opendir(folder);
    if (!open) return mz_fail(error, MZ_ERR_IO, "%s: %s", folder, strerror(errno));
    bool empty = true;
    for (struct dirent *entry; (entry = readdir(open)) != NULL;)
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
    (void)closedir(open);
    return empty ? MZ_OK
                 : mz_fail(error, MZ_ERR_REFUSED, "%s is not empty: name a folder that is new or has nothing in it",
                           folder);
}

static mz_status write_manifest(exporting *at, mz_error *error) {
    char path[PATH_BYTES];
    mz_digest digest;
    if (at->manifest.failed) return mz_fail_buffer(&at->manifest, error, "the manifest");
    mz_digest_init(&digest);
    mz_digest_update(&digest, at->manifest.data, at->manifest.size);
    mz_digest_hex(&digest, at->exported.digest);
    mz_status status = path_of(at, "manifest.json", path, error);
    return status ? status : mz_file_replace(path, at->manifest.data, at->manifest.size, error);
}

mz_status mz_export(mz_store *store, mz_str agency, const char *folder, const char *build, mz_exported *ret_exported,
                    mz_error *error) {
    exporting at = {.agency = agency, .folder = folder, .build = build};
    mz_status status = mz_folder_make(folder, error);
    if (!status) status = check_empty(folder, error);
    if (status) return status;
    mz_buffer_init(&at.manifest, LINE_BYTES_MOST);
    status = mz_store_read(store, export_all, &at, error);
    if (!status) status = write_manifest(&at, error);
    mz_buffer_done(&at.manifest);
    if (!status) *ret_exported = at.exported;
    return status;
}
