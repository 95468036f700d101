#include "server/identify.h"

#include "access/access.h"
#include "access/headers.h"
#include "access/secret.h"
#include "base/ascii.h"
#include "base/error.h"
#include "server/service.h"

static void refuse(const mz_request *request, mz_response *response, int status, const char *text) {
    mz_error error;
    mz_fail(&error, MZ_ERR_REFUSED, "%s", text);
    mz_response_problem(response, request, status, &error);
}

bool mz_request_identify(mz_request *request, mz_response *response) {
    const mz_service *service = request->service;
    mz_principal *who = MZ_ARENA_NEW(request->arena, 1, mz_principal);
    mz_error error;
    mz_status status = MZ_OK;
    if (!who) {
        refuse(request, response, 503, "out of memory");
        return false;
    }
    const mz_credentials credentials = {.authorization = mz_request_header(request, "authorization"),
                                        .cookie = mz_request_header(request, "cookie")};
    mz_str key;
    if (service->access)
        status = mz_identify(service->access, &credentials, request->arena, who, &error);
    else if (mz_authorization_key(credentials.authorization, &key))
        status = mz_fail(&error, MZ_ERR_REFUSED, "there are no API keys here: the service runs without a database");
    if (who->kind == MZ_ANONYMOUS) who->rights = service->settings.anonymous_rights;
    request->who = who;
    if (!status) return true;
    mz_response_problem(response, request, status == MZ_ERR_REFUSED ? 401 : mz_http_status(status), &error);
    if (status == MZ_ERR_REFUSED) mz_response_header(response, MZ_STR("WWW-Authenticate"), MZ_STR("ApiKey"));
    return false;
}

static mz_str expected_origin(const mz_service *service) {
    const char *origin = service->settings.origin;
    if (!origin && service->access) origin = mz_access_settings_of(service->access)->origin;
    return mz_str_of(origin ? origin : "");
}

static bool is_of_site(const mz_request *request, mz_str expected) {
    return mz_origin_fits(mz_request_header(request, "sec-fetch-site"), mz_request_header(request, "origin"),
                          mz_request_header(request, "host"), expected);
}

bool mz_request_meant(const mz_request *request, const mz_route *route, mz_response *response) {
    const mz_principal *who = request->who;
    bool session = who->session.size > 0;
    if (request->method == MZ_GET || request->method == MZ_HEAD || who->kind == MZ_API_KEY) return true;
    if (!session && !(route->flags & MZ_ROUTE_CHANGES)) return true;
    if (!is_of_site(request, expected_origin(request->service))) {
        refuse(request, response, 403, "this request was sent by a page of another site");
        return false;
    }
    if (session && !mz_secret_equal(mz_request_header(request, "x-csrf-token"), who->csrf)) {
        refuse(request, response, 403, "X-CSRF-Token does not say what GET /api/v1/session gave for this session");
        return false;
    }
    return true;
}

bool mz_request_expected(const mz_request *request, const mz_route *route, mz_response *response) {
    const mz_service *service = request->service;
    mz_str expected = expected_origin(service);
    bool by_path = mz_str_equal(request->client, MZ_STR(MZ_CLIENT_BY_PATH));
    if (request->who->kind != MZ_ANONYMOUS || route->right == MZ_RIGHT_NONE) return true;
    if (service->settings.anonymous_here && !by_path && !mz_host_fits(mz_request_header(request, "host"), expected)) {
        refuse(request, response, 403,
               "without a key this service is for its own machine, and asked as localhost or by an address in figures");
        return false;
    }
    if (mz_starts_with(mz_str_of(route->path), "/reconcile/")) return true;
    if (is_of_site(request, expected) || is_of_site(request, MZ_STR(""))) return true;
    refuse(request, response, 403, "this request was sent by a page of another site, which needs a key");
    return false;
}
