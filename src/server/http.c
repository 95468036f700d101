#include "server/http.h"

#include "base/error.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static mz_str find(mz_parameters parameters, const char *name) {
    for (size_t k = 0; k < parameters.count; k++)
        if (mz_str_equal(parameters.items[k].name, mz_str_of(name))) return parameters.items[k].value;
    return (mz_str){NULL, 0};
}

mz_str mz_request_query(const mz_request *request, const char *name) {
    return find(request->query, name);
}

mz_str mz_request_header(const mz_request *request, const char *name) {
    return find(request->headers, name);
}

mz_str mz_request_place(const mz_request *request, const char *name) {
    return find(request->place, name);
}

void mz_request_asked(const mz_request *request, mz_str name) {
    if (request->asked && request->asked->count < MZ_ASKED_MOST) request->asked->names[request->asked->count++] = name;
}

static mz_status unfit(mz_error *error, const char *name, mz_str value, const char *wanted) {
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “%s” must be %s, not “%.*s”", name, wanted,
                   (int)(value.size < 80 ? value.size : 80), value.data);
}

mz_status mz_request_query_number(const mz_request *request, const char *name, double lowest, double highest,
                                  double *ret_number, mz_error *error) {
    mz_str value = mz_request_query(request, name);
    char text[64], *end, wanted[96];
    if (!value.data) return MZ_OK;
    snprintf(wanted, sizeof wanted, "a number from %g to %g", lowest, highest);
    if (!value.size || value.size >= sizeof text || value.size != strspn(value.data, "0123456789.+-eE"))
        return unfit(error, name, value, wanted);
    memcpy(text, value.data, value.size);
    text[value.size] = '\0';
    double number = strtod(text, &end);
    if (*end || !isfinite(number) || number < lowest || number > highest) return unfit(error, name, value, wanted);
    *ret_number = number;
    return MZ_OK;
}

mz_status mz_request_query_int(const mz_request *request, const char *name, int64_t lowest, int64_t highest,
                               int64_t *ret_number, mz_error *error) {
    mz_str value = mz_request_query(request, name);
    char text[24], *end, wanted[96];
    if (!value.data) return MZ_OK;
    snprintf(wanted, sizeof wanted, "a whole number from %" PRId64 " to %" PRId64, lowest, highest);
    if (!value.size || value.size >= sizeof text) return unfit(error, name, value, wanted);
    memcpy(text, value.data, value.size);
    text[value.size] = '\0';
    errno = 0;
    int64_t number = strtoll(text, &end, 10);
    if (*end || errno || (text[0] != '-' && (text[0] < '0' || text[0] > '9')) || number < lowest || number > highest)
        return unfit(error, name, value, wanted);
    *ret_number = number;
    return MZ_OK;
}

mz_status mz_request_query_bool(const mz_request *request, const char *name, bool *ret_truth, mz_error *error) {
    static const char *const words[] = {"false", "true", "0", "1", "no", "yes", "off", "on"};
    mz_str value = mz_request_query(request, name);
    if (!value.data) return MZ_OK;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (mz_str_equal(value, mz_str_of(words[k]))) {
            *ret_truth = k % 2;
            return MZ_OK;
        }
    return unfit(error, name, value, "true or false");
}

mz_status mz_request_query_all(const mz_request *request, const char *name, const mz_str **ret_values,
                               size_t *ret_count, mz_error *error) {
    mz_str *values = MZ_ARENA_NEW(request->arena, request->query.count + 1, mz_str);
    size_t count = 0;
    if (!values) return mz_fail_arena(request->arena, error, "the request");
    for (size_t k = 0; k < request->query.count; k++)
        if (mz_str_equal(request->query.items[k].name, mz_str_of(name)))
            values[count++] = request->query.items[k].value;
    *ret_values = values;
    *ret_count = count;
    return MZ_OK;
}

mz_status mz_request_json(const mz_request *request, const mz_json_value **ret_value, mz_error *error) {
    if (!request->body.size) return mz_fail(error, MZ_ERR_INPUT, "the request has no body; JSON is expected");
    mz_status status = mz_json_parse(request->body, 0, request->arena, ret_value, error);
    /* nested too deep is malformed; it is too large only for the arena */
    if (status == MZ_ERR_LIMIT && !request->arena->failed) status = error->status = MZ_ERR_INPUT;
    return status;
}

void mz_response_init(mz_response *response) {
    *response = (mz_response){.status = 200, .type = "application/json", .descriptor = -1};
    mz_buffer_init(&response->body, MZ_RESPONSE_BYTES_MOST);
}

void mz_response_done(mz_response *response) {
    mz_buffer_done(&response->body);
    if (response->descriptor >= 0) close(response->descriptor);
    response->descriptor = -1;
}

void mz_response_header(mz_response *response, mz_str name, mz_str value) {
    if (response->header_count < MZ_RESPONSE_HEADERS_MOST)
        response->headers[response->header_count++] = (mz_parameter){name, value};
}

int mz_http_status(mz_status status) {
    switch (status) {
    case MZ_OK: return 200;
    case MZ_ERR_INPUT:
    case MZ_ERR_ARGUMENT: return 400;
    case MZ_ERR_NOT_FOUND: return 404;
    case MZ_ERR_REFUSED: return 409;
    case MZ_ERR_LIMIT: return 413;
    case MZ_ERR_NETWORK: return 502;
    case MZ_ERR_MEMORY:
    case MZ_ERR_BUSY:
    case MZ_ERR_CANCELLED: return 503;
    case MZ_ERR_IO: break;
    }
    return 500;
}

const char *mz_http_title(int status) {
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad request";
    case 401: return "Not signed in";
    case 403: return "Forbidden";
    case 404: return "Not found";
    case 405: return "Method not allowed";
    case 408: return "Too slow";
    case 409: return "Conflict";
    case 413: return "Too large";
    case 415: return "Unsupported media type";
    case 417: return "Expectation failed";
    case 429: return "Too many requests";
    case 431: return "Header fields too large";
    case 502: return "Bad gateway";
    case 503: return "Not available now";
    default: return status < 500 ? "Request refused" : "Internal error";
    }
}

void mz_response_problem(mz_response *response, const mz_request *request, int status, const mz_error *detail) {
    mz_json json;
    mz_buffer_clear(&response->body);
    if (response->descriptor >= 0) close(response->descriptor);
    response->descriptor = -1;
    response->status = status;
    response->type = "application/problem+json";
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "type", MZ_STR("about:blank"));
    mz_json_pair(&json, "title", mz_str_of(mz_http_title(status)));
    mz_json_pair_int(&json, "status", status);
    mz_json_pair(&json, "detail", mz_str_of(detail->text));
    mz_json_pair(&json, "instance", request->path);
    if (detail->line) mz_json_pair_int(&json, "line", (int64_t)detail->line);
    if (detail->column) mz_json_pair_int(&json, "column", (int64_t)detail->column);
    mz_json_pair(&json, "request_id", request->id);
    mz_json_object_end(&json);
}
