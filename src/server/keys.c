/* /api/v1/keys: the keys of one's agency, for programs. */
#include "access/keys.h"

#include "base/clock.h"
#include "base/error.h"
#include "server/people_json.h"
#include "server/tables.h"

static mz_status list(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_people_page page;
    mz_key *keys;
    size_t count;
    mz_json json;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_read_page(request, &page, error);
    if (!status)
        status = mz_keys_list(access, request->who, page.after, page.limit, request->arena, &keys, &count, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "keys");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) mz_key_write(&json, &keys[k]);
    mz_json_array_end(&json);
    mz_people_next(&json, &page, count, count ? keys[count - 1].key : MZ_STR(""));
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status answer_key(mz_response *response, const mz_key *key) {
    mz_json json;
    mz_json_init(&json, &response->body);
    mz_key_write(&json, key);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_key key;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status)
        status = mz_key_get(access, request->who, mz_request_place(request, "id"), request->arena, &key, error);
    return status ? status : answer_key(response, &key);
}

static mz_status read_expires(const mz_json_value *body, int64_t *ret_ends, mz_error *error) {
    mz_str text = {NULL, 0};
    mz_status status = mz_json_read_str(body, "expires", &text, error);
    if (status || !text.data) return status;
    if (mz_time_parse(text.data, text.size, ret_ends) && *ret_ends > 0) return MZ_OK;
    const mz_json_value *member = mz_json_member(body, "expires");
    return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column,
                      "“expires” must be a time such as 2027-05-01T00:00:00Z");
}

static mz_status add(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("title"), MZ_STR_INIT("rights"), MZ_STR_INIT("expires")};
    mz_access *access;
    const mz_json_value *body;
    mz_key_draft draft = {.ends = 0};
    mz_key key;
    mz_json json;
    char secret[MZ_KEY_SIZE];
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 3, &body, error);
    if (!status) status = mz_people_need(body, "title", &draft.title, error);
    if (!status) status = mz_people_rights(body, &draft.rights, error);
    if (!status) status = read_expires(body, &draft.ends, error);
    if (!status) status = mz_key_add(access, &actor, &draft, request->arena, &key, secret, error);
    if (status) return status;
    response->status = 201;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "key");
    mz_key_write(&json, &key);
    mz_json_pair(&json, "secret", mz_str_of(secret));
    mz_json_object_end(&json);
    mz_people_private(response);
    mz_response_header(response, MZ_STR("Location"),
                       mz_arena_print(request->arena, "/api/v1/keys/%.*s", (int)key.key.size, key.key.data));
    return MZ_OK;
}

static mz_status change(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("title"), MZ_STR_INIT("expires")};
    mz_access *access;
    const mz_json_value *body;
    mz_key_draft draft = {.ends = 0};
    mz_key key;
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 2, &body, error);
    if (!status) status = mz_json_read_str(body, "title", &draft.title, error);
    if (!status) status = read_expires(body, &draft.ends, error);
    if (!status)
        status = mz_key_change(access, &actor, mz_request_place(request, "id"), &draft, request->arena, &key, error);
    return status ? status : answer_key(response, &key);
}

static mz_status revoke(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_key_revoke(access, &actor, mz_request_place(request, "id"), request->arena, error);
    if (!status) response->status = 204;
    return status;
}

#define READ .right = MZ_RIGHT_PEOPLE_READ
#define CHANGE .right = MZ_RIGHT_PEOPLE_CHANGE, .flags = MZ_ROUTE_CHANGES
#define BODY .body_most = MZ_PEOPLE_BODY_BYTES
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/keys", .table = "keys", .cursor = "after", READ, .handle = list},
    {.method = MZ_POST, .path = "/api/v1/keys", CHANGE, BODY, .handle = add},
    {.method = MZ_GET, .path = "/api/v1/keys/{id}", READ, .handle = get},
    {.method = MZ_PATCH, .path = "/api/v1/keys/{id}", CHANGE, BODY, .handle = change},
    {.method = MZ_DELETE, .path = "/api/v1/keys/{id}", CHANGE, .handle = revoke},
};
const mz_routes mz_key_routes = {routes, sizeof routes / sizeof *routes};
