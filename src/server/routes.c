/* Finding the route of a request, and answering it. The table is walked from its beginning: with some fifty routes that
 * costs less than a hash of the path would. */
#include "server/routes.h"

#include "base/error.h"
#include "server/identify.h"
#include "server/table.h"
#include "server/tables.h"

#include <string.h>

const mz_routes *const *mz_all_routes(size_t *ret_count) {
    static const mz_routes *const tables[] = {
        // clang-format off
        &mz_health_routes,
        &mz_api_screen_routes,
        &mz_api_stream_routes,
        &mz_api_compare_routes,
        &mz_api_explain_routes,
        &mz_api_entities_routes,
        &mz_api_lists_routes,
        &mz_api_index_routes,
        &mz_api_docs_routes,
        &mz_page_routes,
        &mz_word_routes,
        &mz_yente_routes,
        &mz_reconcile_routes,
        &mz_account_routes,
        &mz_people_routes,
        &mz_key_routes,
        &mz_agency_routes,
        &mz_report_routes,
        &mz_report_page_routes,
        &mz_audit_routes,
        &mz_receipt_routes,
        &mz_api_tasks_routes,
        &mz_watch_routes,
        &mz_api_changes_routes,
        &mz_effect_routes,
        &mz_security_routes,
        &mz_screening_routes,
        &mz_case_routes,
        &mz_case_work_routes,
        &mz_case_file_routes,
        &mz_case_list_routes,
        &mz_case_setting_routes,
        &mz_api_preview_routes,
        &mz_api_imports_routes,
        &mz_api_subjects_routes,
        // clang-format on
    };
    *ret_count = sizeof tables / sizeof *tables;
    return tables;
}

static mz_str segment(mz_str *rest) {
    const char *slash = rest->size ? memchr(rest->data, '/', rest->size) : NULL;
    size_t size = slash ? (size_t)(slash - rest->data) : rest->size;
    mz_str found = {rest->data, size};
    size_t taken = slash ? size + 1 : size;
    *rest = (mz_str){rest->data + taken, rest->size - taken};
    return found;
}

enum { PLACES_MOST = 8 };

static bool fits(mz_str pattern, mz_str path, mz_parameter places[PLACES_MOST], size_t *ret_count) {
    size_t count = 0, slashes = 0;
    for (size_t k = 0; k < path.size; k++) slashes += path.data[k] == '/';
    for (size_t k = 0; k < pattern.size; k++) slashes -= pattern.data[k] == '/';
    if (slashes) return false;
    while (pattern.size || path.size) {
        mz_str wanted = segment(&pattern), given = segment(&path);
        if (wanted.size > 2 && wanted.data[0] == '{') {
            if (!given.size || count == PLACES_MOST) return false;
            places[count++] = (mz_parameter){{wanted.data + 1, wanted.size - 2}, given};
        } else if (!mz_str_equal(wanted, given)) {
            return false;
        }
    }
    *ret_count = count;
    return true;
}

const mz_route *mz_route_find(mz_method method, mz_str path, mz_arena *arena, mz_parameters *ret_place,
                              unsigned *ret_allowed) {
    size_t table_count;
    const mz_routes *const *tables = mz_all_routes(&table_count);
    *ret_allowed = 0;
    for (size_t t = 0; t < table_count; t++) {
        for (size_t r = 0; r < tables[t]->count; r++) {
            const mz_route *route = &tables[t]->routes[r];
            mz_parameter places[PLACES_MOST];
            size_t count;
            if (!fits(mz_str_of(route->path), path, places, &count)) continue;
            *ret_allowed |= 1u << route->method;
            if (route->method == MZ_GET) *ret_allowed |= 1u << MZ_HEAD;
            if (route->method != method && !(route->method == MZ_GET && method == MZ_HEAD)) continue;
            mz_parameter *kept = MZ_ARENA_NEW(arena, count + 1, mz_parameter);
            if (!kept) return NULL;
            memcpy(kept, places, count * sizeof *kept);
            *ret_place = (mz_parameters){kept, count};
            return route;
        }
    }
    return NULL;
}

static void refuse(mz_request *request, mz_response *response, int status, const char *text) {
    mz_error error;
    mz_fail(&error, MZ_ERR_REFUSED, "%s", text);
    mz_response_problem(response, request, status, &error);
}

static void refuse_method(mz_request *request, mz_response *response, unsigned allowed) {
    static const char *const names[MZ_METHOD_COUNT] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    mz_str list = {"", 0};
    for (unsigned m = 0; m < MZ_METHOD_COUNT; m++)
        if (allowed >> m & 1)
            list =
                mz_arena_print(request->arena, "%.*s%s%s", (int)list.size, list.data, list.size ? ", " : "", names[m]);
    refuse(request, response, 405, "this address has no such method");
    mz_response_header(response, MZ_STR("Allow"), list);
}

/* Tells who is known why this is not for them, and what they can do where they can. */
static void refuse_right(mz_request *request, mz_response *response, mz_right right) {
    const mz_principal *who = request->who;
    mz_error error;
    if (who->kind == MZ_API_KEY)
        (void)mz_fail(&error, MZ_ERR_REFUSED, "this key has not the right “%s”", mz_right_word(right));
    else if (who->password_once)
        (void)mz_fail(&error, MZ_ERR_REFUSED, "change the one-time password first: POST /api/v1/session/password");
    else if (who->factor_missing)
        (void)mz_fail(&error, MZ_ERR_REFUSED,
                      "your agency wants a second factor: set one up first, by POST /api/v1/session/second-factor");
    else
        (void)mz_fail(&error, MZ_ERR_REFUSED, "your role does not allow this: it has not the right “%s”",
                      mz_right_word(right));
    mz_response_problem(response, request, 403, &error);
}

bool mz_admit(mz_request *request, mz_response *response, uint64_t body_bytes) {
    unsigned allowed;
    const mz_route *route = mz_route_find(request->method, request->path, request->arena, &request->place, &allowed);
    request->route = route;
    if (!route && request->arena->failed) {
        refuse(request, response, 503, "out of memory");
    } else if (!route && !allowed) {
        refuse(request, response, 404, "there is nothing at this address");
    } else if (!route) {
        refuse_method(request, response, allowed);
    } else if (!mz_may(request->who, route->right)) {
        if (request->who->kind == MZ_ANONYMOUS) {
            refuse(request, response, 401, "this needs a person who signed in, or an API key");
            mz_response_header(response, MZ_STR("WWW-Authenticate"), MZ_STR("ApiKey"));
        } else {
            refuse_right(request, response, route->right);
        }
    } else if (!route->stream && body_bytes > route->body_most) {
        refuse(request, response, 413, "the body is larger than this address takes");
    } else {
        return mz_request_expected(request, route, response) && mz_request_meant(request, route, response);
    }
    return false;
}

void mz_answer_failed(const mz_request *request, mz_response *response, mz_status status, mz_error *error) {
    if (!status && response->body.failed) status = mz_fail_buffer(&response->body, error, "the answer");
    if (status) mz_response_problem(response, request, mz_http_status(status), error);
}

void mz_answer(const mz_request *request, mz_response *response) {
    mz_error error = {.status = MZ_OK};
    const mz_route *route = request->route;
    mz_status status;
    if (route->stream) {
        void *state = NULL;
        status = route->stream(request, &state, request->body, false, response, &error);
        if (!status) status = route->stream(request, &state, MZ_STR(""), true, response, &error);
        if (route->free_state) route->free_state(state);
    } else if (mz_table_wanted(request)) {
        status = mz_table_answer(request, response, &error);
    } else {
        status = route->handle(request, response, &error);
    }
    mz_answer_failed(request, response, status, &error);
}

void mz_dispatch(mz_request *request, mz_response *response) {
    if (mz_admit(request, response, request->body.size)) mz_answer(request, response);
}
