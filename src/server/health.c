/* Whether the process is there, whether it can screen, and its figures: what a supervisor, a load balancer and a
 * monitor ask.
 *
 * /healthz says that it answers, and nothing more: who restarts what does not answer shall not restart it because a
 * list is old. /readyz says whether screening means something: 503 as long as nothing is listed. A list that has not
 * been confirmed for too long is named; that is for people to mend, and no reason to send queries nowhere. */
#include "base/error.h"
#include "lists/version_json.h"
#include "server/listed.h"
#include "server/metrics.h"
#include "server/tables.h"

static mz_status healthz(const mz_request *request, mz_response *response, mz_error *error) {
    mz_json json;
    (void)request;
    (void)error;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "status", MZ_STR("ok"));
    mz_json_object_end(&json);
    return MZ_OK;
}

static void put_staleness(mz_json *json, mz_staleness staleness) {
    mz_json_key(json, "stale");
    if (staleness == MZ_STALENESS_UNKNOWN)
        mz_json_null(json);
    else
        mz_json_bool(json, staleness == MZ_STALE);
}

static mz_status readyz(const mz_request *request, mz_response *response, mz_error *error) {
    mz_json json;
    mz_listed_facts facts;
    mz_status status = mz_listed_look(request->service, request->arena, &facts, error);
    if (status) return status;
    bool ready = facts.entities > 0;
    if (!mz_live_is_sound(request->service->live))
        return mz_fail(error, MZ_ERR_BUSY, "the file of the index was written into; a new one must take its place");
    if (!ready)
        return mz_fail(error, MZ_ERR_BUSY, "there is nothing to screen against: the index has no list, or empty ones");
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "status", MZ_STR("ok"));
    put_staleness(&json, facts.staleness);
    mz_json_pair_int(&json, "entities", facts.entities);
    mz_json_key(&json, "lists");
    mz_json_array(&json);
    for (size_t k = 0; k < facts.count; k++) {
        mz_json_object(&json);
        mz_json_pair(&json, "list", facts.lists[k].list);
        mz_json_pair(&json, "version", facts.lists[k].version);
        mz_json_pair_int(&json, "entities", facts.lists[k].entities);
        mz_time_write_json("published", facts.lists[k].published, &json);
        mz_time_write_json("checked", facts.lists[k].checked, &json);
        put_staleness(&json, facts.lists[k].staleness);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status metrics(const mz_request *request, mz_response *response, mz_error *error) {
    response->type = "text/plain; version=0.0.4; charset=utf-8";
    return mz_metrics_write(request->service, request->arena, &response->body, error);
}

static const mz_route routes[] = {{.method = MZ_GET, .path = "/healthz", .handle = healthz},
                                  {.method = MZ_GET, .path = "/readyz", .handle = readyz},
                                  {.method = MZ_GET, .path = "/metrics", .right = MZ_RIGHT_METRICS, .handle = metrics}};
const mz_routes mz_health_routes = {routes, sizeof routes / sizeof *routes};
