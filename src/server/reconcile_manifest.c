/* GET /reconcile/{dataset} without queries: what the service offers, and where. */
#include "base/ascii.h"
#include "base/error.h"
#include "server/reconcile.h"
#include "server/service.h"

#include <string.h>

enum { PREVIEW_WIDTH = 430, PREVIEW_HEIGHT = 300, HOST_MOST = 260 };

void mz_reconcile_allow_all(mz_response *response) {
    mz_response_header(response, MZ_STR("Access-Control-Allow-Origin"), MZ_STR("*"));
}

void mz_reconcile_write_type(mz_json *json, mz_schema schema) {
    mz_json_object(json);
    mz_json_pair(json, "id", mz_str_of(mz_schema_name(schema)));
    mz_json_pair(json, "name", mz_str_of(mz_schema_name(schema)));
    mz_json_object_end(json);
}

mz_status mz_reconcile_origin(const mz_request *request, mz_str *ret_origin, mz_error *error) {
    mz_str host = mz_request_header(request, "host"), proto = mz_request_header(request, "x-forwarded-proto");
    bool secure = request->service->settings.secure || mz_str_equal(proto, MZ_STR("https"));
    bool plain = host.size > 0 && host.size <= HOST_MOST;
    for (size_t k = 0; k < host.size && plain; k++)
        plain = mz_is_letter(host.data[k]) || mz_is_digit(host.data[k]) || memchr(".-:[]_", host.data[k], 6) != NULL;
    if (!plain) host = MZ_STR("localhost");
    *ret_origin = mz_arena_print(request->arena, "%s://%.*s", secure ? "https" : "http", (int)host.size, host.data);
    return request->arena->failed ? mz_fail_arena(request->arena, error, "the request") : MZ_OK;
}

static void write_place(mz_json *json, const char *key, mz_str base, const char *path) {
    mz_json_key(json, key);
    mz_json_object(json);
    mz_json_pair(json, "service_url", base);
    mz_json_pair(json, "service_path", mz_str_of(path));
    mz_json_object_end(json);
}

static void write_template(mz_json *json, const char *key, mz_str url, bool sized) {
    mz_json_key(json, key);
    mz_json_object(json);
    mz_json_pair(json, "url", url);
    if (sized) mz_json_pair_int(json, "width", PREVIEW_WIDTH);
    if (sized) mz_json_pair_int(json, "height", PREVIEW_HEIGHT);
    mz_json_object_end(json);
}

mz_status mz_reconcile_write_manifest(const mz_request *request, mz_str dataset, mz_response *response,
                                      mz_error *error) {
    static const mz_schema usual[] = {MZ_SCHEMA_Person, MZ_SCHEMA_Organization, MZ_SCHEMA_Company, MZ_SCHEMA_Vessel};
    mz_arena *arena = request->arena;
    mz_str origin;
    mz_json json;
    mz_status status = mz_reconcile_origin(request, &origin, error);
    if (status) return status;
    mz_str base =
        mz_arena_print(arena, "%.*s/reconcile/%.*s", (int)origin.size, origin.data, (int)dataset.size, dataset.data);
    mz_str view = mz_arena_print(arena, "%.*s/entities/{{id}}", (int)origin.size, origin.data);
    mz_str preview = mz_arena_print(arena, "%.*s/preview?id={{id}}", (int)base.size, base.data);
    if (arena->failed) return mz_fail_arena(arena, error, "the request");
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "versions");
    mz_json_array(&json);
    mz_json_str(&json, MZ_STR("0.2"));
    mz_json_array_end(&json);
    mz_json_pair(&json, "name", mz_arena_print(arena, "Mizan: %.*s", (int)dataset.size, dataset.data));
    mz_json_pair(&json, "identifierSpace", mz_arena_print(arena, "%.*s/entities/", (int)origin.size, origin.data));
    mz_json_pair(&json, "schemaSpace", MZ_STR("https://followthemoney.tech/explorer/schemata/"));
    mz_json_pair(&json, "documentation", mz_arena_print(arena, "%.*s/docs", (int)origin.size, origin.data));
    write_template(&json, "view", view, false);
    write_template(&json, "preview", preview, true);
    mz_json_key(&json, "suggest");
    mz_json_object(&json);
    write_place(&json, "entity", base, "/suggest/entity");
    write_place(&json, "property", base, "/suggest/property");
    write_place(&json, "type", base, "/suggest/type");
    mz_json_object_end(&json);
    mz_json_key(&json, "defaultTypes");
    mz_json_array(&json);
    for (size_t k = 0; k < sizeof usual / sizeof *usual; k++) mz_reconcile_write_type(&json, usual[k]);
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    return MZ_OK;
}
