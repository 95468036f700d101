/* GET /openapi.json, the description of all that the service answers, and GET /docs, the same as a page to read. The
 * page needs nothing from elsewhere and runs no script. */
#include "server/embedded.h"
#include "server/tables.h"

static const mz_str policy_of_page = MZ_STR_INIT(
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

static void answer(const mz_request *request, mz_response *response, const mz_embedded *file, const char *type) {
    mz_response_header(response, MZ_STR("ETag"), mz_str_of(file->tag));
    mz_response_header(response, MZ_STR("Cache-Control"), MZ_STR("no-cache"));
    if (mz_str_equal(mz_request_header(request, "if-none-match"), mz_str_of(file->tag))) {
        response->status = 304;
        return;
    }
    response->type = type;
    mz_buffer_str(&response->body, file->bytes);
}

static mz_status openapi(const mz_request *request, mz_response *response, mz_error *error) {
    (void)error;
    answer(request, response, &mz_embedded_openapi, "application/json");
    return MZ_OK;
}

static mz_status docs(const mz_request *request, mz_response *response, mz_error *error) {
    (void)error;
    answer(request, response, &mz_embedded_docs, "text/html; charset=utf-8");
    mz_response_header(response, MZ_STR("Content-Security-Policy"), policy_of_page);
    return MZ_OK;
}

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/openapi.json", .handle = openapi},
    {.method = MZ_GET, .path = "/docs", .handle = docs},
};
const mz_routes mz_api_docs_routes = {routes, sizeof routes / sizeof *routes};
