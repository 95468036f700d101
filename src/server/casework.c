#include "server/casework.h"

#include "base/clock.h"
#include "base/csv_write.h"
#include "base/error.h"
#include "server/api.h"

#include <stdio.h>
#include <string.h>

enum { PAGE_USUAL = 50, PAGE_MOST = 100 };

mz_status mz_casework_begin(const mz_request *request, mz_response *response, const mz_str *parameters, size_t count,
                            mz_casework *ret_work, mz_error *error) {
    mz_access *access;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_api_parameters(request, parameters, count, error);
    if (!status && !request->who->agency.size)
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "casework is that of an agency: sign in, or use a key");
    if (status) return status;
    *ret_work = (mz_casework){.request = request,
                              .response = response,
                              .arena = request->arena,
                              .agency = request->who->agency,
                              .actor = mz_people_actor(request)};
    ret_work->change =
        (mz_case_change){.agency = request->who->agency, .case_key = mz_request_place(request, "id"), .version = -1};
    mz_people_private(response);
    return MZ_OK;
}

mz_status mz_casework_begin_body(const mz_request *request, mz_response *response, const mz_str *members, size_t count,
                                 mz_casework *ret_work, mz_error *error) {
    const mz_json_value *body;
    bool versioned = false;
    mz_status status = mz_casework_begin(request, response, NULL, 0, ret_work, error);
    if (!status) status = mz_people_body(request, members, count, &body, error);
    if (status) return status;
    ret_work->body = body;
    for (size_t k = 0; k < count; k++) versioned = versioned || mz_str_equal(members[k], MZ_STR("version"));
    if (versioned) status = mz_json_read_int(body, "version", 0, INT32_MAX, &ret_work->change.version, error);
    if (!status && versioned && ret_work->change.version < 0)
        status = mz_fail_at(error, MZ_ERR_INPUT, body->line, body->column,
                            "“version” is missing: that of the case as you saw it");
    return status;
}

/* The problem says what another did first, so that a page can show it. */
static void answer_conflict(mz_casework *work, const mz_error *error) {
    const mz_case_conflict *conflict = &work->change.conflict;
    mz_buffer *out = &work->response->body;
    mz_json json;
    mz_response_problem(work->response, work->request, 409, error);
    if (out->failed || !out->size) return;
    out->size--; /* the closing brace */
    mz_buffer_str(out, MZ_STR(",\"conflict\":"));
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "by", conflict->by);
    mz_json_pair(&json, "what", conflict->what);
    mz_people_time(&json, "at", conflict->at);
    mz_json_pair_int(&json, "version", conflict->version);
    mz_json_object_end(&json);
    mz_buffer_char(out, '}');
}

/* What is wrong with what was sent, rather than with the moment. */
static int status_of_refusal(const char *refusal, mz_status status) {
    static const struct {
        const char *refusal;
        int status;
    } known[] = {{"attachment-type", 415}, {"attachment-broken", 422}, {"attachment-empty", 422}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(refusal, known[k].refusal) == 0) return known[k].status;
    return mz_http_status(status);
}

/* The problem has a word, by which pages tell it in their own language. */
static void answer_refusal(mz_casework *work, mz_status status, const mz_error *error) {
    mz_buffer *out = &work->response->body;
    mz_response_problem(work->response, work->request, status_of_refusal(work->change.refusal, status), error);
    if (out->failed || !out->size) return;
    out->size--; /* the closing brace */
    mz_buffer_print(out, ",\"code\":\"%s\"}", work->change.refusal);
}

mz_status mz_casework_change(mz_casework *work, mz_store_work *what, mz_error *error) {
    work->change.actor = &work->actor;
    work->change.refusal = NULL;
    mz_status status = mz_store_change(work->request->service->store, what, work, error);
    if (status && work->change.refusal && status != MZ_ERR_BUSY) {
        answer_refusal(work, status, error);
        return MZ_OK;
    }
    if (status != MZ_ERR_REFUSED || !work->change.conflict.version) return status;
    answer_conflict(work, error);
    return MZ_OK;
}

mz_status mz_casework_read(mz_casework *work, mz_store_work *what, mz_error *error) {
    return mz_store_read(work->request->service->store, what, work, error);
}

mz_status mz_casework_page(const mz_request *request, size_t *ret_limit, bool *ret_csv, mz_error *error) {
    int64_t limit = PAGE_USUAL;
    mz_str format = mz_request_query(request, "format");
    mz_status status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    if (status) return status;
    if (format.data && !mz_str_equal(format, MZ_STR("csv")) && !mz_str_equal(format, MZ_STR("json")))
        return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “format” is json or csv");
    *ret_limit = (size_t)limit;
    *ret_csv = mz_str_equal(format, MZ_STR("csv"));
    return MZ_OK;
}

/* ---- tables ---- */

void mz_casework_csv(mz_casework *work, const char *file_name) {
    mz_response *response = work->response;
    response->type = "text/csv; charset=utf-8";
    mz_response_header(response, MZ_STR("Content-Disposition"),
                       mz_arena_print(work->arena, "attachment; filename=\"%s\"", file_name));
}

mz_str mz_casework_cursor(char room[MZ_CASEWORK_CURSOR_BYTES], mz_str next) {
    if (next.size >= MZ_CASEWORK_CURSOR_BYTES) return MZ_STR("");
    if (next.size) memcpy(room, next.data, next.size);
    return (mz_str){room, next.size};
}

void mz_casework_next(mz_json *json, mz_str next) {
    mz_json_key(json, "next");
    if (next.size)
        mz_json_str(json, next);
    else
        mz_json_null(json);
}

void mz_casework_csv_time(mz_buffer *out, int64_t seconds) {
    char text[MZ_TIME_TEXT_SIZE];
    mz_time_text(seconds, text);
    mz_csv_put(out, seconds ? mz_str_of(text) : MZ_STR(""), false);
}

void mz_casework_csv_number(mz_buffer *out, double number, int decimals) {
    mz_json json;
    mz_buffer_char(out, ',');
    mz_json_init(&json, out);
    mz_json_fixed(&json, number, decimals);
}
