/* /api/v1/subjects/imports: files of subjects. A file goes to the disk while it comes, and is read by a task
 * (subjects/imports.h); what it is called is text to be shown, and no part of any path. */
#include "base/csv_write.h"
#include "base/error.h"
#include "server/api.h"
#include "server/spool.h"
#include "server/subjects.h"
#include "server/tables.h"
#include "server/work_kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_ARENA_BYTES = 4 << 20 };

mz_status mz_import_folder(const mz_service *service, char ret_folder[MZ_IMPORT_FOLDER_SIZE], mz_error *error) {
    const char *spool = service->settings.spool_folder;
    const char *folder = spool ? spool : service->lists ? mz_list_store_folder(service->lists) : NULL;
    if (!folder)
        return mz_fail(error, MZ_ERR_REFUSED, "this service has no folder for files: it was started with --index");
    int size = snprintf(ret_folder, MZ_IMPORT_FOLDER_SIZE, "%s/subjects", folder);
    if (size > 0 && size < MZ_IMPORT_FOLDER_SIZE) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the folder for imports is too long");
}

mz_status mz_import_format(const mz_request *request, mz_str first_bytes, mz_subject_format *ret_format,
                           mz_error *error) {
    mz_str word = mz_request_query(request, "format");
    *ret_format = mz_subject_format_guess(mz_request_query(request, "file_name"), first_bytes);
    if (!word.data) return MZ_OK;
    *ret_format = mz_subject_format_of(word);
    if (*ret_format != MZ_SUBJECT_FORMAT_COUNT) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “format” must be csv, xlsx or jsonl");
}

/* ---- an import, told ---- */

/* What ended the task without its runner being asked: too many tries, or somebody at /api/v1/tasks. */
static mz_status settle_phase(mz_sql *sql, const mz_request *request, mz_subject_import *import, mz_error *error) {
    mz_task task;
    mz_error absent;
    if (!import->task.size || import->ended) return MZ_OK;
    mz_status status = mz_task_get(sql, request->who->agency, import->task, request->arena, &task, &absent);
    if (status == MZ_ERR_NOT_FOUND) return MZ_OK;
    if (status) {
        *error = absent;
        return status;
    }
    if (!mz_str_equal(task.phase, MZ_STR("failed")) && !mz_str_equal(task.phase, MZ_STR("cancelled"))) return MZ_OK;
    import->phase = task.phase;
    import->error = task.error;
    import->ended = task.ended;
    return MZ_OK;
}

static void write_import(mz_json *json, const mz_subject_import *import) {
    bool rows = import->format == MZ_SUBJECT_XLSX;
    mz_json_object(json);
    mz_json_pair(json, "id", import->key);
    mz_json_pair(json, "source", import->source);
    mz_json_pair(json, "file_name", import->file_name);
    mz_json_pair(json, "format", mz_str_of(mz_subject_format_word(import->format)));
    mz_json_pair_int(json, "bytes", (int64_t)import->bytes);
    mz_json_pair(json, "digest", import->digest);
    mz_json_pair_bool(json, "whole", import->whole);
    mz_json_pair(json, "phase", import->phase);
    mz_json_pair_int(json, "done", (int64_t)import->done);
    mz_json_key(json, "total");
    if (rows)
        mz_json_null(json);
    else
        mz_json_int(json, (int64_t)import->bytes);
    mz_json_pair(json, "unit", rows ? MZ_STR("rows") : MZ_STR("bytes"));
    mz_json_pair_int(json, "rows", (int64_t)import->position);
    mz_json_pair_int(json, "added", (int64_t)import->added);
    mz_json_pair_int(json, "changed", (int64_t)import->changed);
    mz_json_pair_int(json, "same", (int64_t)import->same);
    mz_json_pair_int(json, "closed", (int64_t)import->closed);
    mz_json_pair_int(json, "rejected", (int64_t)import->rejected);
    mz_json_pair_int(json, "noted", (int64_t)import->noted);
    mz_json_key(json, "error");
    if (import->error.size)
        mz_json_str(json, import->error);
    else
        mz_json_null(json);
    mz_people_time(json, "created", import->created);
    mz_people_time(json, "ended", import->ended);
    mz_json_object_end(json);
}

/* ---- reading ---- */

typedef struct imports_of {
    const mz_request *request;
    mz_response *response;
    size_t limit;
    mz_str key;
    uint64_t after; /* line */
    mz_subject_import import;
} imports_of;

static mz_status write_imports(void *context, mz_sql *sql, mz_error *error) {
    imports_of *of = context;
    const mz_request *request = of->request;
    mz_subject_import *imports;
    size_t count;
    mz_json json;
    mz_status status = mz_subject_imports_list(sql, request->who->agency, mz_request_query(request, "before"),
                                               of->limit, request->arena, &imports, &count, error);
    if (status) return status;
    mz_json_init(&json, &of->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "imports");
    mz_json_array(&json);
    for (size_t k = 0; k < count && !status; k++) {
        status = settle_phase(sql, request, &imports[k], error);
        write_import(&json, &imports[k]);
    }
    mz_json_array_end(&json);
    mz_subjects_next(&json, count == of->limit ? imports[count - 1].key : MZ_STR(""));
    mz_json_object_end(&json);
    return status;
}

static mz_status list(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("before"), MZ_STR_INIT("limit")};
    mz_access *access;
    mz_subjects_page page;
    imports_of of = {.request = request, .response = response};
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_subjects_read_page(request, known, 2, &page, error);
    if (status) return status;
    of.limit = page.limit;
    status = mz_store_read(request->service->store, write_imports, &of, error);
    if (!status) mz_people_private(response);
    return status;
}

static mz_status read_import(void *context, mz_sql *sql, mz_error *error) {
    imports_of *of = context;
    const mz_request *request = of->request;
    mz_status status = mz_subject_import_get(sql, request->who->agency, of->key, request->arena, &of->import, error);
    return status ? status : settle_phase(sql, request, &of->import, error);
}

static mz_status answer(imports_of *of, mz_error *error) {
    mz_json json;
    mz_status status = mz_store_read(of->request->service->store, read_import, of, error);
    if (status) return status;
    mz_json_init(&json, &of->response->body);
    write_import(&json, &of->import);
    mz_people_private(of->response);
    return MZ_OK;
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    imports_of of = {.request = request, .response = response, .key = mz_request_place(request, "id")};
    mz_status status = mz_people_bare(request, &access, error);
    return status ? status : answer(&of, error);
}

static mz_status cancel_import(void *context, mz_sql *sql, mz_error *error) {
    imports_of *of = context;
    mz_actor actor = mz_people_actor(of->request);
    return mz_subject_import_cancel(sql, of->request->who->agency, &actor, of->key, error);
}

static mz_status cancel(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    imports_of of = {.request = request, .response = response, .key = mz_request_place(request, "id")};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_change(request->service->store, cancel_import, &of, error);
    if (status == MZ_ERR_REFUSED) {
        mz_response_problem(response, request, 409, error);
        return MZ_OK;
    }
    return status ? status : answer(&of, error);
}

/* ---- rejected lines ---- */

static void write_rejection(mz_json *json, const mz_subject_rejection *rejection) {
    mz_json_object(json);
    mz_json_pair_int(json, "line", (int64_t)rejection->line);
    mz_json_pair_bool(json, "taken", rejection->taken);
    mz_json_pair(json, "field", rejection->field);
    mz_json_pair(json, "code", mz_str_of(mz_row_flaw_word(rejection->code)));
    mz_json_key(json, "number");
    if (rejection->number)
        mz_json_int(json, rejection->number);
    else
        mz_json_null(json);
    mz_json_pair(json, "reason", rejection->reason);
    mz_json_pair(json, "value", rejection->value);
    mz_json_object_end(json);
}

static mz_status write_rejections(void *context, mz_sql *sql, mz_error *error) {
    imports_of *of = context;
    const mz_request *request = of->request;
    mz_subject_rejection *rejections;
    size_t count;
    mz_json json;
    mz_status status = mz_subject_rejections_list(sql, request->who->agency, of->key, of->after, of->limit,
                                                  request->arena, &rejections, &count, error);
    if (status) return status;
    mz_json_init(&json, &of->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "rejections");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) write_rejection(&json, &rejections[k]);
    mz_json_array_end(&json);
    mz_subjects_next(&json, count == of->limit
                                ? mz_arena_print(request->arena, "%llu", (unsigned long long)rejections[count - 1].line)
                                : MZ_STR(""));
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status write_table(void *context, mz_sql *sql, mz_error *error) {
    imports_of *of = context;
    mz_buffer *out = &of->response->body;
    mz_arena arena;
    mz_status status = MZ_OK;
    uint64_t after = 0;
    size_t rows = 0;
    mz_buffer_clear(out);
    mz_buffer_print(out, "line,taken,field,code,number,reason,value\n");
    mz_arena_init(&arena, PAGE_ARENA_BYTES);
    for (size_t count = MZ_SUBJECTS_PAGE_MOST;
         count == MZ_SUBJECTS_PAGE_MOST && !status && rows < MZ_SUBJECTS_CSV_ROWS_MOST;) {
        mz_subject_rejection *rejections;
        mz_arena_reset(&arena);
        status = mz_subject_rejections_list(sql, of->request->who->agency, of->key, after, MZ_SUBJECTS_PAGE_MOST,
                                            &arena, &rejections, &count, error);
        for (size_t k = 0; !status && k < count; k++, rows++) {
            const mz_subject_rejection *one = &rejections[k];
            mz_buffer_print(out, "%llu,%s", (unsigned long long)one->line, one->taken ? "true" : "false");
            mz_csv_cell(out, one->field, false);
            mz_buffer_print(out, ",%s,", mz_row_flaw_word(one->code));
            if (one->number) mz_buffer_print(out, "%lld", (long long)one->number);
            mz_csv_cell(out, one->reason, false);
            mz_csv_cell(out, one->value, false);
            mz_buffer_char(out, '\n');
            after = one->line;
        }
    }
    mz_arena_done(&arena);
    return status;
}

static mz_status rejections(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("after"), MZ_STR_INIT("limit"), MZ_STR_INIT("format")};
    mz_access *access;
    mz_subjects_page page;
    int64_t after = 0;
    imports_of of = {.request = request, .response = response, .key = mz_request_place(request, "id")};
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_subjects_read_page(request, known, 3, &page, error);
    if (!status) status = mz_request_query_int(request, "after", 0, INT64_MAX, &after, error);
    if (status) return status;
    of.limit = page.limit;
    of.after = (uint64_t)after;
    status = mz_store_read(request->service->store, page.csv ? write_table : write_rejections, &of, error);
    if (status) return status;
    if (page.csv)
        mz_subjects_table(response, request, "rejected-lines.csv");
    else
        mz_people_private(response);
    return MZ_OK;
}

/* ---- a file ---- */

typedef struct coming {
    mz_service *service;
    mz_import_file_writer writer;
    uint64_t claimed; /* of what all files may take together */
    mz_import_draft draft;
    mz_import_file file;
    const mz_request *request;
    char folder[MZ_IMPORT_FOLDER_SIZE];
    char first[64]; /* bytes, by which a format shows */
    size_t first_size;
} coming;

static void free_coming(void *state) {
    coming *c = state;
    if (!c) return;
    mz_import_file_abandon(&c->writer);
    mz_spool_unclaim(c->service, c->claimed);
    free(c);
}

static mz_status read_wish(const mz_request *request, mz_import_draft *draft, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("source"), MZ_STR_INIT("format"), MZ_STR_INIT("file_name"),
                                   MZ_STR_INIT("whole"), MZ_STR_INIT("accept")};
    mz_access *access;
    mz_subject_format format;
    *draft = (mz_import_draft){.mapping = MZ_STR(""), .by_task = true};
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_api_parameters(request, known, 5, error);
    if (!status) status = mz_request_query_bool(request, "whole", &draft->whole, error);
    if (!status) status = mz_request_query_bool(request, "accept", &draft->accepted, error);
    if (!status) status = mz_import_format(request, MZ_STR(""), &format, error);
    draft->source = mz_request_query(request, "source");
    draft->file_name = mz_request_query(request, "file_name");
    if (!status && !draft->source.data)
        status = mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “source” is missing: where these subjects come from");
    return status ? status : mz_subject_source_check(draft->source, error);
}

static mz_status begin(const mz_request *request, coming **ret_coming, mz_error *error) {
    coming *c = calloc(1, sizeof *c);
    if (!c) return mz_fail_memory(error);
    c->service = request->service;
    c->request = request;
    *ret_coming = c;
    mz_status status = read_wish(request, &c->draft, error);
    if (!status) status = mz_import_folder(request->service, c->folder, error);
    return status ? status : mz_import_file_open(&c->writer, c->folder, mz_import_file_bytes_most, error);
}

static mz_status take_piece(coming *c, mz_str piece, mz_error *error) {
    size_t more = sizeof c->first - c->first_size;
    if (more > piece.size) more = piece.size;
    memcpy(c->first + c->first_size, piece.data, more);
    c->first_size += more;
    if (!mz_spool_claim(c->service, piece.size))
        return mz_fail(error, MZ_ERR_BUSY, "too many large files are coming at once; try again in a while");
    c->claimed += piece.size;
    return mz_import_file_append(&c->writer, piece, error);
}

static mz_status add_import(void *context, mz_sql *sql, mz_error *error) {
    coming *c = context;
    mz_actor actor = mz_people_actor(c->request);
    return mz_subject_import_add(sql, c->request->who->agency, &actor, &c->draft, &c->file, error);
}

static mz_status finish(const mz_request *request, coming *c, mz_response *response, mz_error *error) {
    imports_of of = {.request = request, .response = response};
    c->request = request;
    if (!c->writer.bytes) return mz_fail(error, MZ_ERR_INPUT, "the body must be a file of subjects; it is empty");
    mz_status status = mz_import_format(request, (mz_str){c->first, c->first_size}, &c->draft.format, error);
    if (!status) status = mz_import_file_commit(&c->writer, &c->file, error);
    if (status) return status;
    status = mz_store_change(request->service->store, add_import, c, error);
    if (status) {
        mz_import_file_remove(c->folder, mz_str_of(c->file.digest), mz_str_of(c->file.key));
        return status;
    }
    mz_work_wake(request->service->work);
    of.key = mz_arena_copy(request->arena, mz_str_of(c->file.key));
    status = answer(&of, error);
    response->status = 202;
    mz_response_header(response, MZ_STR("Location"),
                       mz_arena_print(request->arena, "/api/v1/subjects/imports/%s", of.key.data));
    return status;
}

static mz_status import_file(const mz_request *request, void **state, mz_str piece, bool last, mz_response *response,
                             mz_error *error) {
    mz_status status = MZ_OK;
    if (!*state) {
        coming *fresh = NULL;
        status = begin(request, &fresh, error);
        *state = fresh;
    }
    if (!status && piece.size) status = take_piece(*state, piece, error);
    return status || !last ? status : finish(request, *state, response, error);
}

/* ---- the task ---- */

mz_status mz_run_subject_import(mz_service *service, mz_task_run *run, mz_error *error) {
    char folder[MZ_IMPORT_FOLDER_SIZE];
    mz_status status = mz_import_folder(service, folder, error);
    mz_import_work work = {.store = service->store, .folder = folder};
    return status ? status : mz_subject_import_task(&work, run, error);
}

#define READ .right = MZ_RIGHT_SUBJECTS_READ
#define CHANGE .right = MZ_RIGHT_SUBJECTS_CHANGE, .flags = MZ_ROUTE_CHANGES
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/subjects/imports", READ, .handle = list},
    {.method = MZ_POST, .path = "/api/v1/subjects/imports", CHANGE, .stream = import_file, .free_state = free_coming},
    {.method = MZ_GET, .path = "/api/v1/subjects/imports/{id}", READ, .handle = get},
    {.method = MZ_POST, .path = "/api/v1/subjects/imports/{id}/cancel", CHANGE, .handle = cancel},
    {.method = MZ_GET, .path = "/api/v1/subjects/imports/{id}/rejections", READ, .handle = rejections},
};
const mz_routes mz_api_imports_routes = {routes, sizeof routes / sizeof *routes};
