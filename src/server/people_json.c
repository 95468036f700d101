#include "server/people_json.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "server/api.h"

enum { PAGE_USUAL = 100, PAGE_MOST = 500 };

mz_status mz_people_access(const mz_request *request, mz_access **ret_access, mz_error *error) {
    if (!request->service->access)
        return mz_fail(error, MZ_ERR_NOT_FOUND,
                       "this service keeps no people and no keys: it was started without a store");
    *ret_access = request->service->access;
    return MZ_OK;
}

mz_status mz_people_bare(const mz_request *request, mz_access **ret_access, mz_error *error) {
    mz_status status = mz_people_access(request, ret_access, error);
    return status ? status : mz_api_parameters(request, NULL, 0, error);
}

mz_actor mz_people_actor(const mz_request *request) {
    return (mz_actor){.who = request->who, .client = request->client};
}

void mz_people_private(mz_response *response) {
    mz_response_header(response, MZ_STR("Cache-Control"), MZ_STR("no-store"));
}

/* --- in --- */

mz_status mz_people_body(const mz_request *request, const mz_str *known, size_t count, const mz_json_value **ret_object,
                         mz_error *error) {
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (!status) status = mz_request_json(request, ret_object, error);
    if (!status) status = mz_json_expect(*ret_object, MZ_JSON_OBJECT, "the body", error);
    if (!status) status = mz_api_members(*ret_object, known, count, error);
    return status;
}

mz_status mz_people_need(const mz_json_value *object, const char *key, mz_str *ret_text, mz_error *error) {
    mz_str text = {NULL, 0};
    mz_status status = mz_json_read_str(object, key, &text, error);
    if (status) return status;
    if (!text.data) return mz_fail_at(error, MZ_ERR_INPUT, object->line, object->column, "“%s” is missing", key);
    *ret_text = text;
    return MZ_OK;
}

mz_status mz_people_flag(const mz_json_value *object, const char *key, int *ret_flag, mz_error *error) {
    bool truth = *ret_flag == 1;
    const mz_json_value *member = mz_json_member(object, key);
    mz_status status = mz_json_read_bool(object, key, &truth, error);
    if (!status && member && member->kind != MZ_JSON_NULL) *ret_flag = truth;
    return status;
}

static mz_status unknown_word(const mz_json_value *word, const char *what, const mz_str *known, size_t count,
                              mz_error *error) {
    const char *nearest = mz_nearest(known, count, word->text);
    return mz_fail_at(error, MZ_ERR_INPUT, word->line, word->column, "there is no %s “%.*s”%s%s%s", what,
                      mz_shown(word->text), word->text.data, nearest ? "; did you mean “" : "", nearest ? nearest : "",
                      nearest ? "”?" : "");
}

mz_status mz_people_roles(const mz_json_value *object, uint32_t *ret_roles, mz_error *error) {
    const mz_json_value *word = NULL;
    mz_str known[MZ_ACCESS_ROLE_COUNT];
    uint32_t roles = 0;
    mz_status status = mz_json_read_strings(object, "roles", &word, error);
    for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT; role++)
        known[role] = mz_str_of(mz_access_role_word(role));
    for (; word && !status; word = word->next) {
        mz_access_role role = mz_access_role_of(word->text);
        if (role == MZ_ACCESS_ROLE_COUNT) return unknown_word(word, "role", known, MZ_ACCESS_ROLE_COUNT, error);
        roles |= 1u << role;
    }
    if (!status) *ret_roles = roles;
    return status;
}

mz_status mz_people_rights(const mz_json_value *object, uint32_t *ret_rights, mz_error *error) {
    const mz_json_value *word = NULL;
    mz_str known[MZ_RIGHT_COUNT];
    uint32_t rights = 0;
    mz_status status = mz_json_read_strings(object, "rights", &word, error);
    for (mz_right right = 0; right < MZ_RIGHT_COUNT; right++) known[right] = mz_str_of(mz_right_word(right));
    for (; word && !status; word = word->next) {
        mz_right right = mz_right_of(word->text);
        if (right == MZ_RIGHT_COUNT) return unknown_word(word, "right", known, MZ_RIGHT_COUNT, error);
        rights |= MZ_RIGHT_BIT(right);
    }
    if (!status) *ret_rights = rights;
    return status;
}

mz_status mz_people_read_page(const mz_request *request, mz_people_page *ret_page, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("limit"), MZ_STR_INIT("after")};
    int64_t limit = PAGE_USUAL;
    mz_status status = mz_api_parameters(request, known, 2, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    if (!status) *ret_page = (mz_people_page){.limit = (size_t)limit, .after = mz_request_query(request, "after")};
    return status;
}

/* --- out --- */

void mz_people_time(mz_json *json, const char *key, int64_t seconds) {
    char text[MZ_TIME_TEXT_SIZE];
    mz_json_key(json, key);
    mz_time_text(seconds, text);
    if (seconds)
        mz_json_str(json, mz_str_of(text));
    else
        mz_json_null(json);
}

void mz_people_next(mz_json *json, const mz_people_page *page, size_t count, mz_str last) {
    mz_json_key(json, "next");
    if (count == page->limit)
        mz_json_str(json, last);
    else
        mz_json_null(json);
}

void mz_roles_write(mz_json *json, uint32_t roles) {
    mz_json_array(json);
    for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT; role++)
        if (roles >> role & 1) mz_json_str(json, mz_str_of(mz_access_role_word(role)));
    mz_json_array_end(json);
}

void mz_rights_write(mz_json *json, uint32_t rights) {
    mz_json_array(json);
    for (mz_right right = MZ_RIGHT_NONE + 1; right < MZ_RIGHT_COUNT; right++)
        if (rights >> right & 1) mz_json_str(json, mz_str_of(mz_right_word(right)));
    mz_json_array_end(json);
}

void mz_person_write(mz_json *json, const mz_person *person) {
    mz_json_object(json);
    mz_json_pair(json, "id", person->key);
    mz_json_pair(json, "name", person->name);
    mz_json_pair(json, "display_name", person->title);
    mz_json_pair(json, "email", person->email);
    mz_json_pair(json, "language", person->language);
    mz_json_key(json, "roles");
    mz_roles_write(json, person->roles);
    mz_json_pair(json, "state", mz_str_of(mz_person_state_word(person->state)));
    mz_json_pair_bool(json, "second_factor", person->second_factor);
    mz_people_time(json, "created", person->created);
    mz_people_time(json, "last_sign_in", person->signed_in);
    mz_json_object_end(json);
}

void mz_key_write(mz_json *json, const mz_key *key) {
    mz_json_object(json);
    mz_json_pair(json, "id", key->key);
    mz_json_pair(json, "begins", key->shown);
    mz_json_pair(json, "title", key->title);
    mz_json_key(json, "rights");
    mz_rights_write(json, key->rights);
    mz_json_pair(json, "created_by", key->creator);
    mz_people_time(json, "created", key->created);
    mz_people_time(json, "expires", key->ends);
    mz_people_time(json, "revoked", key->revoked);
    mz_people_time(json, "last_used", key->used);
    mz_json_object_end(json);
}

void mz_agency_write(mz_json *json, const mz_agency *agency) {
    mz_json_object(json);
    mz_json_pair(json, "id", agency->key);
    mz_json_pair(json, "name", agency->name);
    mz_json_pair(json, "title", agency->title);
    mz_json_pair_bool(json, "locked", agency->locked);
    mz_json_pair_bool(json, "operates", agency->operates);
    mz_json_pair_bool(json, "second_factor_demanded", agency->second_factor);
    mz_people_time(json, "created", agency->created);
    mz_json_object_end(json);
}
