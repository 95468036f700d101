/* GET /api/v1/index: by what is screened now. GET /api/v1/policy: by which rules.
 * GET /api/v1/version: by which program. */
#include "base/json_write.h"
#include "lists/version_json.h"
#include "match/policy.h"
#include "server/api.h"
#include "server/tables.h"
#include "server/version.h"

static void write_lists(const mz_index_facts *facts, mz_json *json) {
    mz_json_key(json, "lists");
    mz_json_array(json);
    for (size_t i = 0; i < facts->list_count; i++) {
        const mz_index_list *list = &facts->lists[i];
        mz_json_object(json);
        mz_json_pair(json, "list", list->list);
        mz_json_pair(json, "version", list->version);
        mz_time_write_json("published", list->published, json);
        mz_json_pair_int(json, "entities", list->entities);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void write_sections(const mz_index *index, mz_json *json) {
    const char *name;
    uint64_t bytes;
    mz_json_key(json, "sections");
    mz_json_array(json);
    for (size_t i = 0; mz_index_section(index, i, &name, &bytes); i++) {
        mz_json_object(json);
        mz_json_pair(json, "section", mz_str_of(name));
        mz_json_pair_int(json, "bytes", (int64_t)bytes);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void write_changes(const mz_index_facts *facts, mz_json *json) {
    mz_json_key(json, "changes");
    mz_json_object(json);
    mz_json_pair_int(json, "added", facts->added);
    mz_json_pair_int(json, "removed", facts->removed);
    mz_json_pair_int(json, "bytes", (int64_t)facts->added_bytes);
    mz_json_object_end(json);
}

static mz_status index_status(const mz_request *request, mz_response *response, mz_error *error) {
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (status) return status;
    mz_live *live = request->service->live;
    mz_live_lease *lease = mz_live_take(live);
    const mz_index *index = mz_live_index(lease);
    mz_index_facts facts;
    mz_json json;
    mz_index_info(index, &facts);
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair_int(&json, "format_version", facts.format_version);
    mz_json_pair_int(&json, "entities", facts.entities);
    mz_json_pair_int(&json, "names", facts.names);
    mz_json_pair_int(&json, "words", facts.words);
    mz_json_pair_int(&json, "identifiers", facts.identifiers);
    mz_json_pair_int(&json, "bytes", (int64_t)facts.bytes);
    write_changes(&facts, &json);
    write_lists(&facts, &json);
    write_sections(index, &json);
    mz_json_object_end(&json);
    mz_buffer_char(&response->body, '\n');
    mz_live_give_back(live, lease);
    return MZ_OK;
}

static mz_status version(const mz_request *request, mz_response *response, mz_error *error) {
    mz_json json;
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "version", MZ_STR(MZ_SERVER_VERSION));
    mz_time_write_json("started", request->service->started, &json);
    mz_json_object_end(&json);
    mz_buffer_char(&response->body, '\n');
    return MZ_OK;
}

/* By what is screened where a query says nothing: the canonical form, with the digest that receipts name. */
static void write_policy(const mz_policy *used, const char *digest, mz_str text, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "name", mz_policy_name(used));
    mz_json_pair(&json, "digest", mz_str_of(digest));
    mz_json_pair(&json, "algorithm", mz_str_of(mz_algorithm_name(mz_policy_algorithm(used))));
    mz_json_key(&json, "threshold");
    mz_json_fixed(&json, mz_policy_threshold(used, MZ_SCHEMA_LegalEntity), 6);
    mz_json_key(&json, "policy");
    mz_json_raw(&json, text);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static mz_status policy(const mz_request *request, mz_response *response, mz_error *error) {
    const mz_policy *used = mz_engines_policy(request->service->engines);
    char digest[MZ_POLICY_DIGEST_SIZE];
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (!status) status = mz_policy_digest(used, digest, error);
    if (status) return status;
    mz_buffer text;
    mz_buffer_init(&text, MZ_POLICY_JSON_BYTES);
    mz_policy_write_json(used, &text);
    if (text.failed)
        status = mz_fail_buffer(&text, error, "the policy");
    else
        write_policy(used, digest, mz_buffer_view(&text), &response->body);
    mz_buffer_done(&text);
    return status;
}

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/index", .right = MZ_RIGHT_LISTS_READ, .handle = index_status},
    {.method = MZ_GET, .path = "/api/v1/policy", .right = MZ_RIGHT_LISTS_READ, .handle = policy},
    {.method = MZ_GET, .path = "/api/v1/version", .right = MZ_RIGHT_LISTS_READ, .handle = version},
};
const mz_routes mz_api_index_routes = {routes, sizeof routes / sizeof *routes};
