#include "cases/attachments.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"
#include "cases/change.h"
#include "text/text.h"

/* A name, and no path; nothing that a system or a reader takes for something else. */
static mz_status check_name(mz_str name, mz_error *error) {
    size_t offset = 0;
    uint32_t c;
    if (!mz_trimmed(name).size || name.size > MZ_FILE_NAME_BYTES_MOST)
        return mz_fail(error, MZ_ERR_INPUT, "the name of a file has from 1 to %d bytes", MZ_FILE_NAME_BYTES_MOST);
    if (!mz_utf8_valid(name, NULL)) return mz_fail(error, MZ_ERR_INPUT, "the name of the file is not UTF-8");
    while (mz_utf8_next(name, &offset, &c))
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == '/' || c == '\\' || (c >= 0x202A && c <= 0x202E) ||
            (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029)
            return mz_fail(error, MZ_ERR_INPUT, "the name of the file has a sign in it that no name has");
    return name.data[0] == '.' ? mz_fail(error, MZ_ERR_INPUT, "the name of the file begins with a dot") : MZ_OK;
}

static mz_status refuse(mz_case_change *change, const char *refusal, mz_status status) {
    change->refusal = refusal;
    return status;
}

static mz_status check_kind(mz_case_change *change, mz_str name, mz_str bytes, const char **ret_type, mz_error *error) {
    bool known;
    *ret_type = mz_attachment_type(name, bytes, &known);
    if (*ret_type) return MZ_OK;
    if (known)
        return refuse(
            change, "attachment-broken",
            mz_fail(error, MZ_ERR_INPUT,
                    "%.*s is not what its name says, or is broken: its bytes are of another kind; open it, and "
                    "save it anew under the ending that it is of",
                    mz_shown(name), name.data));
    return refuse(
        change, "attachment-type",
        mz_fail(error, MZ_ERR_REFUSED,
                "%.*s is of no kind that is kept; kept are PDF, PNG, JPEG, text, letters (.eml) and documents "
                "of an office without macros",
                mz_shown(name), name.data));
}

static mz_status check_file(mz_case_change *change, const mz_case_settings *settings, mz_str name, mz_str bytes,
                            const char **ret_type, mz_error *error) {
    mz_status status = check_name(name, error);
    if (status) return refuse(change, "attachment-name", status);
    if (bytes.size > (uint64_t)settings->attachment_bytes_most)
        return refuse(change, "attachment-size",
                      mz_fail(error, MZ_ERR_LIMIT, "an attachment has %lld bytes at most, and this one %zu",
                              (long long)settings->attachment_bytes_most, bytes.size));
    if (!bytes.size) return refuse(change, "attachment-empty", mz_fail(error, MZ_ERR_INPUT, "the file is empty"));
    return check_kind(change, name, bytes, ret_type, error);
}

static mz_status take_count(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    (void)count;
    (void)error;
    *(int64_t *)context = c[0].kind == MZ_SQL_INT ? c[0].number : 0;
    return MZ_OK;
}

/* Whether the agency has room for what is new to it, and the case for one more; asked when it stands in the store, and
 * undone with it. */
static mz_status check_room(const mz_case_work *work, mz_case_change *change, const mz_case_settings *settings,
                            mz_error *error) {
    const mz_sql_value agency[] = {mz_sql_text(work->agency)}, row[] = {mz_sql_text(work->row.key)};
    int64_t bytes = 0, files = 0;
    mz_status status = mz_sql_query(work->sql, "SELECT CAST(SUM(size) AS INTEGER) FROM case_content WHERE agency = ?1",
                                    agency, 1, take_count, &bytes, error);
    if (!status)
        status = mz_sql_query(work->sql, "SELECT COUNT(*) FROM case_attachment WHERE case_key = ?1", row, 1, take_count,
                              &files, error);
    if (status) return status;
    if (files > MZ_CASE_ATTACHMENTS_MOST)
        return refuse(change, "attachments-most",
                      mz_fail(error, MZ_ERR_LIMIT, "the case %.*s has had %d files, and no case has more",
                              (int)work->row.label.size, work->row.label.data, MZ_CASE_ATTACHMENTS_MOST));
    if (bytes > settings->attachments_bytes_most)
        return refuse(change, "attachments-bytes-most",
                      mz_fail(error, MZ_ERR_LIMIT,
                              "the files of your agency may have %lld bytes, and with this one they would have %lld; "
                              "remove files that are needed no more, or raise “attachments_bytes_most” in the settings "
                              "of casework",
                              (long long)settings->attachments_bytes_most, (long long)bytes));
    return MZ_OK;
}

static mz_str tell_file(mz_case_work *work, const mz_attachment *file) {
    mz_case_object detail;
    mz_case_object_begin(&detail);
    mz_json_pair(&detail.json, "attachment", file->key);
    mz_json_pair(&detail.json, "digest", file->digest);
    mz_json_pair(&detail.json, "media_type", file->media_type);
    mz_json_pair_int(&detail.json, "size", file->size);
    return mz_case_object_end(&detail, work->arena);
}

static mz_status insert(mz_case_work *work, const mz_attachment *file, mz_str bytes, mz_error *error) {
    const mz_sql_value content[] = {mz_sql_text(work->agency), mz_sql_text(file->digest), mz_sql_bytes(bytes),
                                    mz_sql_int(file->size)};
    const mz_sql_value values[] = {mz_sql_text(file->key),        mz_sql_text(work->agency),
                                   mz_sql_text(work->row.key),    mz_sql_text(file->digest),
                                   mz_sql_text(file->file_name),  mz_sql_text(file->media_type),
                                   mz_sql_int(file->size),        mz_sql_text(file->actor.kind),
                                   mz_case_text(file->actor.key), mz_sql_int(work->now)};
    mz_status status = mz_sql_run(work->sql,
                                  "INSERT INTO case_content (agency, digest, bytes, size) VALUES (?1, ?2, ?3, ?4) ON "
                                  "CONFLICT (agency, digest) DO NOTHING",
                                  content, 4, NULL, error);
    if (status) return status;
    return mz_sql_run(work->sql,
                      "INSERT INTO case_attachment (attachment, agency, case_key, digest, file_name, media_type, size, "
                      "actor_kind, actor, at, removed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)",
                      values, sizeof values / sizeof *values, NULL, error);
}

mz_status mz_attachment_add(mz_sql *sql, mz_case_change *change, mz_str file_name, mz_str bytes, mz_arena *arena,
                            mz_attachment *ret_attachment, mz_error *error) {
    mz_case_work work;
    mz_case_settings settings;
    mz_digest digest;
    const char *type;
    change->refusal = NULL;
    char key[MZ_SQL_KEY_SIZE], hex[MZ_DIGEST_HEX_SIZE];
    mz_status status = mz_case_begin_any(sql, change->agency, change->actor, change->case_key, arena, &work, error);
    if (!status) status = mz_case_check_kept(&work, error);
    if (!status) status = mz_case_settings_get(sql, change->agency, &settings, error);
    if (!status) status = check_file(change, &settings, file_name, bytes, &type, error);
    if (status) return status;
    mz_digest_init(&digest);
    mz_digest_update(&digest, bytes.data, bytes.size);
    mz_digest_hex(&digest, hex);
    mz_sql_new_key(key);
    const mz_principal *who = change->actor->who;
    mz_attachment file = {.key = mz_arena_copy(arena, mz_str_of(key)),
                          .case_key = work.row.key,
                          .file_name = file_name,
                          .media_type = mz_str_of(type),
                          .digest = mz_arena_copy(arena, mz_str_of(hex)),
                          .size = (int64_t)bytes.size,
                          .at = work.now,
                          .actor = {.kind = mz_actor_kind_of(change->actor), .key = who->key, .name = who->name}};
    const mz_case_told told = {.kind = "attachment.added", .text = file_name, .detail = tell_file(&work, &file)};
    if (arena->failed) return mz_fail_arena(arena, error, "the attachment");
    status = insert(&work, &file, bytes, error);
    if (!status) status = check_room(&work, change, &settings, error);
    if (!status) status = mz_case_tell(&work, &told, NULL, NULL, error);
    if (!status) *ret_attachment = file;
    return status;
}

/* ---- reading ---- */

static mz_status take_attachment(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    mz_arena *arena = rows->arena;
    mz_attachment *file = mz_case_rows_add(rows);
    (void)count;
    if (!file) return mz_fail_arena(arena, error, "the list of attachments");
    *file = (mz_attachment){.key = mz_case_column(arena, c[0]),
                            .case_key = mz_case_column(arena, c[1]),
                            .digest = mz_case_column(arena, c[2]),
                            .file_name = mz_case_column(arena, c[3]),
                            .media_type = mz_case_column(arena, c[4]),
                            .size = c[5].number,
                            .actor = mz_case_named(arena, &c[6]),
                            .at = c[9].number,
                            .removed = c[10].number != 0};
    return arena->failed ? mz_fail_arena(arena, error, "the list of attachments") : MZ_OK;
}

mz_status mz_case_attachments(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena,
                              mz_attachment **ret_attachments, size_t *ret_count, mz_error *error) {
    mz_case_rows rows = {.arena = arena, .size = sizeof(mz_attachment)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(case_key)};
    mz_status status =
        mz_sql_query(sql,
                     "SELECT a.attachment, a.case_key, a.digest, a.file_name, a.media_type, a.size, a.actor_kind, "
                     "a.actor, COALESCE(p.title, k.title, ''), a.at, a.removed FROM case_attachment a LEFT JOIN "
                     "access_person p ON p.person = a.actor LEFT JOIN access_key k ON k.access_key = a.actor WHERE "
                     "a.agency = ?1 AND a.case_key = ?2 ORDER BY a.at, a.attachment",
                     values, 2, take_attachment, &rows, error);
    if (status) return status;
    *ret_attachments = rows.items;
    *ret_count = rows.count;
    return MZ_OK;
}

static mz_status find(mz_sql *sql, mz_str agency, mz_str case_key, mz_str key, mz_arena *arena, mz_attachment *ret_file,
                      mz_error *error) {
    mz_attachment *files;
    size_t count;
    mz_status status = mz_case_attachments(sql, agency, case_key, arena, &files, &count, error);
    for (size_t k = 0; k < count && !status; k++)
        if (mz_str_equal(files[k].key, key) && !files[k].removed) {
            *ret_file = files[k];
            return MZ_OK;
        }
    return status ? status : mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such attachment");
}

mz_status mz_attachment_read(mz_sql *sql, mz_str agency, mz_str case_key, mz_str key, mz_arena *arena,
                             mz_attachment *ret_attachment, mz_str *ret_bytes, mz_error *error) {
    mz_status status = find(sql, agency, case_key, key, arena, ret_attachment, error);
    if (status) return status;
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(ret_attachment->digest)};
    const mz_sql_value *c;
    status = mz_case_one(sql, "SELECT bytes FROM case_content WHERE agency = ?1 AND digest = ?2", values, 2,
                         "attachment", arena, &c, error);
    if (!status) *ret_bytes = c[0].text;
    return status;
}

/* ---- removing ---- */

mz_status mz_attachment_remove(mz_sql *sql, mz_case_change *change, mz_str key, mz_arena *arena, mz_error *error) {
    mz_case_work work;
    mz_attachment file;
    mz_status status = mz_case_begin_any(sql, change->agency, change->actor, change->case_key, arena, &work, error);
    if (!status) status = find(sql, change->agency, work.row.key, key, arena, &file, error);
    if (status) return status;
    const mz_sql_value values[] = {mz_sql_text(change->agency), mz_sql_text(file.key)};
    const mz_sql_value content[] = {mz_sql_text(change->agency), mz_sql_text(file.digest)};
    status = mz_sql_run(sql, "UPDATE case_attachment SET removed = 1 WHERE agency = ?1 AND attachment = ?2", values, 2,
                        NULL, error);
    if (!status)
        status = mz_sql_run(sql,
                            "DELETE FROM case_content WHERE agency = ?1 AND digest = ?2 AND NOT EXISTS (SELECT 1 FROM "
                            "case_attachment a WHERE a.agency = ?1 AND a.digest = ?2 AND a.removed = 0)",
                            content, 2, NULL, error);
    const mz_case_told told = {.kind = "attachment.removed", .text = file.file_name, .detail = tell_file(&work, &file)};
    return status ? status : mz_case_tell(&work, &told, NULL, NULL, error);
}
