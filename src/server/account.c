/* /api/v1/who, /api/v1/session and what belongs to it: signing in and out, one's password, second factor and sessions.
 */
#include "access/headers.h"
#include "access/sign_in.h"
#include "base/clock.h"
#include "base/error.h"
#include "server/api.h"
#include "server/people_json.h"
#include "server/qr.h"
#include "server/tables.h"

#include <stdio.h>

/* --- cookies --- */

static void set_cookie(const mz_request *request, mz_response *response, const char *name, const char *value,
                       int64_t most_s) {
    bool secure = mz_access_settings_of(request->service->access)->secure;
    mz_str age = most_s >= 0 ? mz_arena_print(request->arena, "; Max-Age=%lld", (long long)most_s) : MZ_STR("");
    mz_str cookie = mz_arena_print(request->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%.*s", name, value,
                                   secure ? "; Secure" : "", (int)age.size, age.data);
    mz_response_header(response, MZ_STR("Set-Cookie"), cookie);
}

static void set_session(const mz_request *request, mz_response *response, const char *token) {
    set_cookie(request, response, mz_session_cookie(request->service->access), token, token[0] ? -1 : 0);
}

/* --- the account --- */

static void write_account(mz_json *json, const mz_principal *who, const mz_account *account) {
    mz_json_object(json);
    mz_json_key(json, "person");
    mz_person_write(json, &account->person);
    mz_json_key(json, "agency");
    mz_json_object(json);
    mz_json_pair(json, "name", account->agency_name);
    mz_json_pair(json, "title", account->agency_title);
    mz_json_object_end(json);
    mz_json_key(json, "rights");
    mz_rights_write(json, who->rights);
    mz_json_pair(json, "session", who->session);
    mz_json_pair(json, "csrf", who->csrf);
    mz_json_pair_bool(json, "must_change_password", account->must_change_password);
    mz_json_pair_bool(json, "must_add_second_factor", account->must_add_second_factor);
    mz_json_pair_int(json, "recovery_codes", account->recovery_codes);
    mz_json_object_end(json);
}

static mz_status answer_account(const mz_request *request, const mz_principal *who, mz_response *response,
                                mz_error *error) {
    mz_account account;
    mz_json json;
    mz_status status = mz_account_get(request->service->access, who, request->arena, &account, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    write_account(&json, who, &account);
    mz_people_private(response);
    return MZ_OK;
}

/* The account of the session with this token, as the next request will be answered. */
static mz_status answer_token(const mz_request *request, const char *token, mz_response *response, mz_error *error) {
    mz_access *access = request->service->access;
    mz_principal who;
    const mz_credentials credentials = {.cookie =
                                            mz_arena_print(request->arena, "%s=%s", mz_session_cookie(access), token)};
    mz_status status = mz_identify(access, &credentials, request->arena, &who, error);
    if (!status && who.kind != MZ_PERSON)
        status = mz_fail(error, MZ_ERR_BUSY, "the session was ended meanwhile; sign in again");
    return status ? status : answer_account(request, &who, response, error);
}

static mz_status account_get(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_status status = mz_people_bare(request, &access, error);
    return status ? status : answer_account(request, request->who, response, error);
}

/* Who asks, whoever that is, so that a page knows what to offer; nobody is not refused here. */
static mz_status who(const mz_request *request, mz_response *response, mz_error *error) {
    static const char *const kinds[] = {[MZ_ANONYMOUS] = "nobody", [MZ_PERSON] = "person", [MZ_API_KEY] = "key"};
    const mz_principal *asks = request->who;
    mz_account account;
    mz_json json;
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (!status && asks->kind == MZ_PERSON)
        status = mz_account_get(request->service->access, asks, request->arena, &account, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "kind", mz_str_of(kinds[asks->kind]));
    mz_json_pair_bool(&json, "sign_in", request->service->access != NULL);
    mz_json_key(&json, "rights");
    mz_rights_write(&json, asks->rights);
    mz_json_key(&json, "account");
    if (asks->kind == MZ_PERSON)
        write_account(&json, asks, &account);
    else
        mz_json_null(&json);
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

/* --- signing in and out --- */

static mz_status read_sign_in(const mz_request *request, mz_sign_in *ret_given, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("agency"), MZ_STR_INIT("name"), MZ_STR_INIT("password"),
                                   MZ_STR_INIT("code")};
    const mz_json_value *body;
    mz_sign_in given = {.client = request->client, .program = mz_request_header(request, "user-agent")};
    mz_status status = mz_people_body(request, known, 4, &body, error);
    if (!status) status = mz_json_read_str(body, "agency", &given.agency, error);
    if (!status) status = mz_people_need(body, "name", &given.name, error);
    if (!status) status = mz_people_need(body, "password", &given.password, error);
    if (!status) status = mz_json_read_str(body, "code", &given.code, error);
    if (!status) *ret_given = given;
    return status;
}

static mz_status refuse_sign_in(const mz_request *request, mz_response *response, const mz_signed_in *outcome) {
    mz_error error;
    if (outcome->outcome == MZ_SIGN_IN_WAIT) {
        mz_fail(&error, MZ_ERR_BUSY, "too many tries; again in %u seconds", outcome->wait_s);
        mz_response_problem(response, request, 429, &error);
        mz_response_header(response, MZ_STR("Retry-After"), mz_arena_print(request->arena, "%u", outcome->wait_s));
    } else {
        mz_fail(&error, MZ_ERR_REFUSED, "the agency, the name, the password or the code is wrong");
        mz_response_problem(response, request, 401, &error);
        mz_response_header(response, MZ_STR("WWW-Authenticate"), MZ_STR("ApiKey"));
    }
    mz_people_private(response);
    return MZ_OK;
}

static mz_status ask_for_code(mz_response *response) {
    mz_json json;
    response->status = 202;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair_bool(&json, "code_needed", true);
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status sign_in(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_sign_in given;
    mz_signed_in outcome;
    mz_str device;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = read_sign_in(request, &given, error);
    if (status) return status;
    if (mz_cookie_find(mz_request_header(request, "cookie"), mz_str_of(mz_device_cookie(access)), &device))
        given.device = device;
    status = mz_sign_in_try(access, &given, request->arena, &outcome, error);
    if (status) return status;
    if (outcome.outcome == MZ_SIGN_IN_CODE_NEEDED) return ask_for_code(response);
    if (outcome.outcome != MZ_SIGN_IN_DONE) return refuse_sign_in(request, response, &outcome);
    set_session(request, response, outcome.session); /* first: it is open, whatever becomes of the answer */
    if (outcome.device[0])
        set_cookie(request, response, mz_device_cookie(access), outcome.device, MZ_DEVICE_DAYS * INT64_C(86400));
    return answer_token(request, outcome.session, response, error);
}

static mz_status sign_out(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_session_end(access, &actor, request->who->session, error);
    if (status) return status;
    response->status = 204;
    set_session(request, response, "");
    mz_people_private(response);
    return MZ_OK;
}

/* --- proving who one is --- */

/* A wrong password is no conflict, and too many tries are no lack of the service. */
static mz_status answer_proof(const mz_request *request, mz_response *response, mz_status status,
                              const mz_error *error) {
    if (status != MZ_ERR_REFUSED && status != MZ_ERR_BUSY) return status;
    mz_response_problem(response, request, status == MZ_ERR_REFUSED ? 403 : 429, error);
    return MZ_OK;
}

static mz_status password_change(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("old_password"), MZ_STR_INIT("new_password")};
    mz_access *access;
    const mz_json_value *body;
    mz_str old_password, new_password;
    char session[MZ_TOKEN_SIZE];
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 2, &body, error);
    if (!status) status = mz_people_need(body, "old_password", &old_password, error);
    if (!status) status = mz_people_need(body, "new_password", &new_password, error);
    if (status) return status;
    status = mz_password_change(access, &actor, old_password, new_password, request->arena, session, error);
    if (status) return answer_proof(request, response, status, error);
    set_session(request, response, session); /* first: the old one is worth nothing any more */
    return answer_token(request, session, response, error);
}

static mz_status read_proof(const mz_request *request, mz_access **ret_access, mz_str *ret_password, mz_str *ret_code,
                            mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("password"), MZ_STR_INIT("code")};
    const mz_json_value *body;
    mz_status status = mz_people_access(request, ret_access, error);
    *ret_code = MZ_STR("");
    if (!status) status = mz_people_body(request, known, 2, &body, error);
    if (!status) status = mz_people_need(body, "password", ret_password, error);
    if (!status) status = mz_json_read_str(body, "code", ret_code, error);
    return status;
}

static mz_status second_factor_begin(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_str password, code, secret, uri;
    mz_json json;
    mz_actor actor = mz_people_actor(request);
    mz_status status = read_proof(request, &access, &password, &code, error);
    if (status) return status;
    status = mz_second_factor_begin(access, &actor, password, code, request->arena, &secret, &uri, error);
    if (status) return answer_proof(request, response, status, error);
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "secret", secret);
    mz_json_pair(&json, "uri", uri);
    status = mz_qr_write(&json, "qr", uri, error);
    mz_json_object_end(&json);
    mz_people_private(response);
    return status;
}

static mz_status second_factor_confirm(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("code")};
    mz_access *access;
    const mz_json_value *body;
    mz_str code;
    mz_json json;
    char codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE];
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 1, &body, error);
    if (!status) status = mz_people_need(body, "code", &code, error);
    if (status) return status;
    status = mz_second_factor_confirm(access, &actor, code, request->arena, codes, error);
    if (status) return answer_proof(request, response, status, error);
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "recovery_codes");
    mz_json_array(&json);
    for (int k = 0; k < MZ_RECOVERY_CODES; k++) mz_json_str(&json, mz_str_of(codes[k]));
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status second_factor_remove(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_str password, code;
    mz_actor actor = mz_people_actor(request);
    mz_status status = read_proof(request, &access, &password, &code, error);
    if (status) return status;
    status = mz_second_factor_remove(access, &actor, password, code, request->arena, error);
    if (status) return answer_proof(request, response, status, error);
    response->status = 204;
    return MZ_OK;
}

/* --- sessions --- */

static mz_status sessions_list(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_session *sessions;
    size_t count;
    mz_json json;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_sessions_list(access, request->who, request->arena, &sessions, &count, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "sessions");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) {
        mz_json_object(&json);
        mz_json_pair(&json, "id", sessions[k].key);
        mz_json_pair_bool(&json, "current", mz_str_equal(sessions[k].key, request->who->session));
        mz_json_pair(&json, "client", sessions[k].client);
        mz_json_pair(&json, "program", sessions[k].program);
        mz_people_time(&json, "created", sessions[k].created);
        mz_people_time(&json, "last_seen", sessions[k].seen);
        mz_people_time(&json, "ends", sessions[k].ends);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status session_end(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_session_end(access, &actor, mz_request_place(request, "id"), error);
    if (!status) response->status = 204;
    return status;
}

/* --- roles --- */

static mz_status roles_list(const mz_request *request, mz_response *response, mz_error *error) {
    mz_json json;
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "roles");
    mz_json_array(&json);
    for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT; role++) {
        mz_json_object(&json);
        mz_json_pair(&json, "role", mz_str_of(mz_access_role_word(role)));
        mz_json_key(&json, "rights");
        mz_rights_write(&json, mz_rights_of_roles(1u << role, request->who->operates));
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    return MZ_OK;
}

#define OWN .right = MZ_RIGHT_OWN_ACCOUNT
#define CHANGES .flags = MZ_ROUTE_CHANGES
#define BODY .body_most = MZ_PEOPLE_BODY_BYTES
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/who", .right = MZ_RIGHT_NONE, .handle = who},
    {.method = MZ_POST, .path = "/api/v1/session", .right = MZ_RIGHT_NONE, CHANGES, BODY, .handle = sign_in},
    {.method = MZ_GET, .path = "/api/v1/session", OWN, .handle = account_get},
    {.method = MZ_DELETE, .path = "/api/v1/session", OWN, CHANGES, .handle = sign_out},
    {.method = MZ_POST, .path = "/api/v1/session/password", OWN, CHANGES, BODY, .handle = password_change},
    {.method = MZ_POST, .path = "/api/v1/session/second-factor", OWN, CHANGES, BODY, .handle = second_factor_begin},
    {.method = MZ_POST,
     .path = "/api/v1/session/second-factor/confirm",
     OWN,
     CHANGES,
     BODY,
     .handle = second_factor_confirm},
    {.method = MZ_POST,
     .path = "/api/v1/session/second-factor/remove",
     OWN,
     CHANGES,
     BODY,
     .handle = second_factor_remove},
    {.method = MZ_GET, .path = "/api/v1/sessions", .table = "sessions", OWN, .handle = sessions_list},
    {.method = MZ_DELETE, .path = "/api/v1/sessions/{id}", OWN, CHANGES, .handle = session_end},
    {.method = MZ_GET, .path = "/api/v1/roles", OWN, .handle = roles_list},
};
const mz_routes mz_account_routes = {routes, sizeof routes / sizeof *routes};
