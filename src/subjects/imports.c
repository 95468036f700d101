/* The rows of imports; import_run.c does what they say. */
#include "subjects/imports.h"

#include "base/clock.h"
#include "base/error.h"
#include "subjects/import_rows.h"
#include "subjects/mapping.h"
#include "subjects/sources.h"
#include "subjects/subjects.h"
#include "text/text.h"

static mz_subject_import import_of(const mz_sql_value *c, mz_arena *arena) {
    return (mz_subject_import){.key = mz_arena_copy(arena, c[0].text),
                               .agency = mz_arena_copy(arena, c[1].text),
                               .source = mz_arena_copy(arena, c[2].text),
                               .file_name = mz_arena_copy(arena, c[3].text),
                               .format = mz_subject_format_of(c[4].text),
                               .digest = mz_arena_copy(arena, c[5].text),
                               .bytes = (uint64_t)c[6].number,
                               .mapping = mz_arena_copy(arena, c[7].text),
                               .whole = c[8].number != 0,
                               .accepted = c[9].number != 0,
                               .task = mz_arena_copy(arena, c[10].text),
                               .phase = mz_arena_copy(arena, c[11].text),
                               .error = mz_arena_copy(arena, c[12].text),
                               .actor_kind = mz_arena_copy(arena, c[13].text),
                               .actor = mz_arena_copy(arena, c[14].text),
                               .position = (uint64_t)c[15].number,
                               .done = (uint64_t)c[16].number,
                               .added = (uint64_t)c[17].number,
                               .changed = (uint64_t)c[18].number,
                               .same = (uint64_t)c[19].number,
                               .closed = (uint64_t)c[20].number,
                               .rejected = (uint64_t)c[21].number,
                               .noted = (uint64_t)c[22].number,
                               .created = c[23].number,
                               .ended = c[24].number};
}

/* ---- reading ---- */

mz_status mz_subject_import_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_subject_import *ret_import,
                                mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(agency)};
    const mz_sql_value *columns = NULL;
    mz_status status = mz_sql_first(
        sql,
        "SELECT import, agency, source, file_name, format, digest, bytes, mapping, whole, accepted, task, phase, "
        "error, actor_kind, actor, position, done, added, changed, same, closed, rejected, noted, created, ended "
        "FROM subject_import WHERE import = ?1 AND agency = ?2",
        values, 2, arena, &columns, error);
    if (!status && !columns) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such import");
    if (status) return status;
    *ret_import = import_of(columns, arena);
    return arena->failed ? mz_fail_arena(arena, error, "the import") : MZ_OK;
}

typedef struct listing {
    mz_arena *arena;
    mz_subject_import *imports;
    mz_subject_rejection *rejections;
    size_t count, limit;
} listing;

static mz_status take_import(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count, (void)error;
    if (taken->count < taken->limit) taken->imports[taken->count++] = import_of(columns, taken->arena);
    return MZ_OK;
}

mz_status mz_subject_imports_list(mz_sql *sql, mz_str agency, mz_str before, size_t limit, mz_arena *arena,
                                  mz_subject_import **ret_imports, size_t *ret_count, mz_error *error) {
    listing taken = {.arena = arena, .limit = limit, .imports = MZ_ARENA_NEW(arena, limit + 1, mz_subject_import)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(before.size ? before : MZ_STR("~")),
                                   mz_sql_int((int64_t)limit)};
    if (!taken.imports) return mz_fail_arena(arena, error, "the list of imports");
    mz_status status = mz_sql_query(
        sql,
        "SELECT import, agency, source, file_name, format, digest, bytes, mapping, whole, accepted, task, phase, "
        "error, actor_kind, actor, position, done, added, changed, same, closed, rejected, noted, created, ended "
        "FROM subject_import WHERE agency = ?1 AND import < ?2 ORDER BY import DESC LIMIT ?3",
        values, 3, take_import, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of imports");
    if (status) return status;
    *ret_imports = taken.imports;
    *ret_count = taken.count;
    return MZ_OK;
}

mz_status mz_subject_import_unfinished(mz_sql *sql, mz_str agency, const mz_import_draft *draft, mz_str digest,
                                       mz_arena *arena, mz_subject_import *ret_import, mz_error *error) {
    const mz_sql_value values[] = {
        mz_sql_text(agency),      mz_sql_text(draft->source),
        mz_sql_text(digest),      mz_sql_text(mz_str_of(mz_subject_format_word(draft->format))),
        mz_sql_int(draft->whole),
    };
    const mz_sql_value *columns = NULL;
    mz_status status = mz_sql_first(
        sql,
        "SELECT import, agency, source, file_name, format, digest, bytes, mapping, whole, accepted, task, phase, "
        "error, actor_kind, actor, position, done, added, changed, same, closed, rejected, noted, created, ended "
        "FROM subject_import WHERE agency = ?1 AND source = ?2 AND digest = ?3 AND format = ?4 AND whole = ?5 AND "
        "task = '' AND phase IN ('waiting', 'running') ORDER BY import DESC LIMIT 1",
        values, 5, arena, &columns, error);
    if (!status && !columns) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such import");
    if (status) return status;
    *ret_import = import_of(columns, arena);
    return arena->failed ? mz_fail_arena(arena, error, "the import") : MZ_OK;
}

static const char *const flaw_words[MZ_ROW_FLAW_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_ROW_FLAWS(MZ_X)
#undef MZ_X
};

const char *mz_row_flaw_word(mz_row_flaw_code code) {
    return flaw_words[code];
}

static mz_row_flaw_code flaw_of(mz_str word) {
    mz_row_flaw_code code = 0;
    while (code < MZ_ROW_UNREADABLE && !mz_str_equal(word, mz_str_of(flaw_words[code]))) code++;
    return code;
}

static mz_status take_rejection(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count, (void)error;
    if (taken->count == taken->limit) return MZ_OK;
    taken->rejections[taken->count++] = (mz_subject_rejection){.line = (uint64_t)c[0].number,
                                                               .taken = c[1].number != 0,
                                                               .field = mz_arena_copy(taken->arena, c[2].text),
                                                               .reason = mz_arena_copy(taken->arena, c[3].text),
                                                               .value = mz_arena_copy(taken->arena, c[4].text),
                                                               .code = flaw_of(c[5].text),
                                                               .number = c[6].number};
    return MZ_OK;
}

mz_status mz_subject_rejections_list(mz_sql *sql, mz_str agency, mz_str import, uint64_t after, size_t limit,
                                     mz_arena *arena, mz_subject_rejection **ret_rejections, size_t *ret_count,
                                     mz_error *error) {
    mz_subject_import held;
    listing taken = {
        .arena = arena, .limit = limit, .rejections = MZ_ARENA_NEW(arena, limit + 1, mz_subject_rejection)};
    const mz_sql_value values[] = {mz_sql_text(import), mz_sql_int((int64_t)after), mz_sql_int((int64_t)limit)};
    if (!taken.rejections) return mz_fail_arena(arena, error, "the list of rejected lines");
    mz_status status = mz_subject_import_get(sql, agency, import, arena, &held, error);
    if (!status)
        status = mz_sql_query(
            sql,
            "SELECT line, taken, field, reason, value, code, number FROM subject_rejection WHERE import = ?1 AND "
            "line > ?2 ORDER BY line LIMIT ?3",
            values, 3, take_rejection, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of rejected lines");
    if (status) return status;
    *ret_rejections = taken.rejections;
    *ret_count = taken.count;
    return MZ_OK;
}

/* ---- adding ---- */

static mz_status check_name(mz_str name, mz_error *error) {
    bool fine = name.size <= MZ_IMPORT_NAME_BYTES_MOST && mz_utf8_valid(name, NULL);
    for (size_t i = 0; i < name.size && fine; i++) fine = (unsigned char)name.data[i] >= ' ' && name.data[i] != 0x7F;
    if (fine) return MZ_OK;
    return mz_fail(error, MZ_ERR_INPUT, "the name of a file is text without control characters, of at most %d bytes",
                   MZ_IMPORT_NAME_BYTES_MOST);
}

/* The mapping that the import goes by: the one given, which is then the source's, or that of the source. */
static mz_status find_mapping(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_import_draft *draft,
                              mz_arena *arena, mz_str *ret_mapping, mz_error *error) {
    mz_subject_source source = {.mapping = MZ_STR("")};
    mz_str given = draft->mapping.size ? draft->mapping : (mz_str){NULL, 0};
    *ret_mapping = MZ_STR("");
    mz_status status =
        mz_subject_source_set(sql, agency, actor, draft->source, (mz_str){NULL, 0}, given, arena, &source, error);
    if (status || draft->format == MZ_SUBJECT_JSONL) return status;
    *ret_mapping = source.mapping;
    if (source.mapping.size) return MZ_OK;
    return mz_fail(error, MZ_ERR_INPUT,
                   "the source “%.*s” has no mapping: say what the columns of its files are, first",
                   (int)draft->source.size, draft->source.data);
}

static mz_status insert(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_import_draft *draft,
                        const mz_import_file *file, mz_str mapping, mz_str task, mz_error *error) {
    const mz_sql_value values[] = {
        mz_sql_text(mz_str_of(file->key)),
        mz_sql_text(agency),
        mz_sql_text(draft->source),
        mz_sql_text(draft->file_name.size ? draft->file_name : MZ_STR("")),
        mz_sql_text(mz_str_of(mz_subject_format_word(draft->format))),
        mz_sql_text(mz_str_of(file->digest)),
        mz_sql_int((int64_t)file->bytes),
        mz_sql_text(mapping),
        mz_sql_int(draft->whole),
        mz_sql_int(draft->accepted),
        mz_sql_text(task),
        mz_sql_text(mz_actor_kind_of(actor)),
        mz_sql_text(actor->who->key.size ? actor->who->key : MZ_STR("")),
        mz_sql_int(mz_clock_now()),
    };
    return mz_sql_run(sql,
                      "INSERT INTO subject_import (import, agency, source, file_name, format, digest, bytes, mapping, "
                      "whole, accepted, task, phase, error, actor_kind, actor, position, done, added, changed, same, "
                      "closed, rejected, noted, created, ended) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
                      "'waiting', '', ?12, ?13, 0, 0, 0, 0, 0, 0, 0, 0, ?14, 0)",
                      values, sizeof values / sizeof *values, NULL, error);
}

mz_status mz_subject_import_add(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_import_draft *draft,
                                const mz_import_file *file, mz_error *error) {
    mz_arena arena;
    mz_str mapping;
    char task[MZ_SQL_KEY_SIZE] = "";
    mz_arena_init(&arena, (size_t)16 * MZ_SUBJECT_MAPPING_BYTES_MOST);
    mz_status status = check_name(draft->file_name, error);
    if (!status) status = find_mapping(sql, agency, actor, draft, &arena, &mapping, error);
    if (!status && draft->by_task)
        status = mz_task_add(sql, agency, MZ_IMPORT_TASK, mz_str_of(file->key), MZ_STR("{}"),
                             actor->who->key.size ? actor->who->key : MZ_STR(""), task, error);
    if (!status) status = insert(sql, agency, actor, draft, file, mapping, mz_str_of(task), error);
    mz_arena_done(&arena);
    return status;
}

/* ---- cancelling ---- */

static mz_status cancel_task(mz_sql *sql, mz_str agency, mz_str task, mz_arena *arena, mz_error *error) {
    mz_task held;
    mz_status status = mz_task_get(sql, agency, task, arena, &held, error);
    if (status == MZ_ERR_NOT_FOUND) return MZ_OK;
    bool over = !status && !mz_str_equal(held.phase, MZ_STR("waiting")) && !mz_str_equal(held.phase, MZ_STR("running"));
    return status || over ? status : mz_task_cancel(sql, agency, task, error);
}

mz_status mz_subject_import_cancel(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_error *error) {
    mz_arena arena;
    mz_subject_import held;
    mz_arena_init(&arena, (size_t)16 * MZ_SUBJECT_MAPPING_BYTES_MOST);
    mz_status status = mz_subject_import_get(sql, agency, key, &arena, &held, error);
    if (!status && !mz_str_equal(held.phase, MZ_STR("waiting")) && !mz_str_equal(held.phase, MZ_STR("running")))
        status = mz_fail(error, MZ_ERR_REFUSED, "the import has ended: nothing is left to cancel");
    held.actor_kind = mz_actor_kind_of(actor);
    held.actor = actor->who->key;
    if (!status) status = mz_import_end(sql, &held, MZ_TASK_CANCELLED, MZ_STR(""), error);
    if (!status && held.task.size) status = cancel_task(sql, agency, held.task, &arena, error);
    mz_arena_done(&arena);
    return status;
}
