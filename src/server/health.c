/* Whether the process is there, and whether it can screen: what a supervisor and a load balancer ask. */
#include "server/service.h"
#include "server/tables.h"

static mz_status answer(mz_response *response, const char *status) {
    mz_json json;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "status", mz_str_of(status));
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status healthz(const mz_request *request, mz_response *response, mz_error *error) {
    (void)request;
    (void)error;
    return answer(response, "ok");
}

static const mz_route routes[] = {{.method = MZ_GET, .path = "/healthz", .handle = healthz}};
const mz_routes mz_health_routes = {routes, sizeof routes / sizeof *routes};
