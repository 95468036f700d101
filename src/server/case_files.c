/* /api/v1/cases/{id}/attachments…: files kept with a case. They are given out as downloads alone: whatever is in them,
 * no browser shows them as part of these pages (RFC 6266, 8187). */
#include "base/ascii.h"
#include "base/error.h"
#include "server/casework.h"
#include "server/tables.h"

typedef struct filing {
    mz_casework work;
    mz_str key, name;
    mz_attachment found;
} filing;

static mz_status do_add(void *context, mz_sql *sql, mz_error *error) {
    filing *file = context;
    mz_casework *work = &file->work;
    mz_attachment made;
    mz_json json;
    mz_status status =
        mz_attachment_add(sql, &work->change, file->name, work->request->body, work->arena, &made, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_attachment_write_json(&json, &made);
    return MZ_OK;
}

static mz_status add(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("file_name")};
    filing file = {.name = mz_request_query(request, "file_name")};
    mz_status status = mz_casework_begin(request, response, known, 1, &file.work, error);
    if (!status && !file.name.size) status = mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “file_name” is missing");
    if (status) return status;
    response->status = 201;
    return mz_casework_change(&file.work, do_add, error);
}

/* A name for programs that know ASCII alone, and the whole of it for all others. */
static mz_str disposition_of(mz_str name, mz_arena *arena) {
    static const char digits[] = "0123456789ABCDEF";
    char *plain = MZ_ARENA_NEW(arena, name.size + 1, char), *encoded = MZ_ARENA_NEW(arena, 3 * name.size + 1, char);
    size_t size = 0;
    if (!plain || !encoded) return MZ_STR("attachment");
    for (size_t k = 0; k < name.size; k++) {
        unsigned char c = (unsigned char)name.data[k];
        bool word = mz_is_letter((char)c) || mz_is_digit((char)c) || c == '.' || c == '-' || c == '_';
        plain[k] = word || c == ' ' ? (char)c : '_';
        if (word) {
            encoded[size++] = (char)c;
            continue;
        }
        encoded[size++] = '%';
        encoded[size++] = digits[c >> 4];
        encoded[size++] = digits[c & 15];
    }
    return mz_arena_print(arena, "attachment; filename=\"%.*s\"; filename*=UTF-8''%.*s", (int)name.size, plain,
                          (int)size, encoded);
}

static mz_status do_get(void *context, mz_sql *sql, mz_error *error) {
    filing *file = context;
    mz_casework *work = &file->work;
    mz_str bytes;
    mz_status status = mz_attachment_read(sql, work->agency, work->change.case_key, file->key, work->arena,
                                          &file->found, &bytes, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_buffer_str(&work->response->body, bytes);
    return MZ_OK;
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    filing file = {.key = mz_request_place(request, "attachment")};
    mz_status status = mz_casework_begin(request, response, NULL, 0, &file.work, error);
    if (!status) status = mz_casework_read(&file.work, do_get, error);
    if (status) return status;
    response->type = file.found.media_type.data;
    mz_response_header(response, MZ_STR("Content-Disposition"), disposition_of(file.found.file_name, request->arena));
    mz_response_header(response, MZ_STR("Content-Security-Policy"), MZ_STR("sandbox; default-src 'none'"));
    return MZ_OK;
}

static mz_status do_remove(void *context, mz_sql *sql, mz_error *error) {
    filing *file = context;
    return mz_attachment_remove(sql, &file->work.change, file->key, file->work.arena, error);
}

static mz_status remove_file(const mz_request *request, mz_response *response, mz_error *error) {
    filing file = {.key = mz_request_place(request, "attachment")};
    mz_status status = mz_casework_begin(request, response, NULL, 0, &file.work, error);
    if (!status) status = mz_casework_change(&file.work, do_remove, error);
    if (!status) response->status = 204;
    return status;
}

#define ONE "/api/v1/cases/{id}/attachments/{attachment}"
static const mz_route routes[] = {
    {.method = MZ_POST,
     .path = "/api/v1/cases/{id}/attachments",
     .right = MZ_RIGHT_CASES_WORK,
     .flags = MZ_ROUTE_CHANGES,
     .body_most = MZ_ATTACHMENT_BYTES_MOST,
     .handle = add},
    {.method = MZ_GET, .path = ONE, .right = MZ_RIGHT_CASES_READ, .handle = get},
    {.method = MZ_DELETE, .path = ONE, .right = MZ_RIGHT_CASES_WORK, .flags = MZ_ROUTE_CHANGES, .handle = remove_file},
};
const mz_routes mz_case_file_routes = {routes, sizeof routes / sizeof *routes};
