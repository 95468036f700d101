/* /api/v1/people: the people of one's agency. */
#include "access/people.h"

#include "base/error.h"
#include "server/people_json.h"
#include "server/tables.h"

static mz_status list(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_people_page page;
    mz_person *people;
    size_t count;
    mz_json json;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_read_page(request, &page, error);
    if (!status)
        status = mz_people_list(access, request->who, page.after, page.limit, request->arena, &people, &count, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "people");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) mz_person_write(&json, &people[k]);
    mz_json_array_end(&json);
    mz_people_next(&json, &page, count, count ? people[count - 1].key : MZ_STR(""));
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status answer_person(mz_response *response, const mz_person *person) {
    mz_json json;
    mz_json_init(&json, &response->body);
    mz_person_write(&json, person);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_person person;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status)
        status = mz_person_get(access, request->who, mz_request_place(request, "id"), request->arena, &person, error);
    return status ? status : answer_person(response, &person);
}

static mz_status read_draft(const mz_json_value *body, mz_person_draft *draft, mz_error *error) {
    mz_status status = mz_json_read_str(body, "display_name", &draft->title, error);
    if (!status) status = mz_json_read_str(body, "email", &draft->email, error);
    if (!status) status = mz_json_read_str(body, "language", &draft->language, error);
    if (!status) status = mz_people_roles(body, &draft->roles, error);
    return status;
}

static mz_status add(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("name"), MZ_STR_INIT("display_name"), MZ_STR_INIT("email"),
                                   MZ_STR_INIT("language"), MZ_STR_INIT("roles")};
    mz_access *access;
    const mz_json_value *body;
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_person person;
    mz_json json;
    char password[MZ_ONE_TIME_PASSWORD_SIZE];
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 5, &body, error);
    if (!status) status = mz_people_need(body, "name", &draft.name, error);
    if (!status) status = read_draft(body, &draft, error);
    if (!status) status = mz_person_add(access, &actor, &draft, request->arena, &person, password, error);
    if (status) return status;
    response->status = 201;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "person");
    mz_person_write(&json, &person);
    mz_json_pair(&json, "one_time_password", mz_str_of(password));
    mz_json_object_end(&json);
    mz_people_private(response);
    mz_response_header(response, MZ_STR("Location"),
                       mz_arena_print(request->arena, "/api/v1/people/%.*s", (int)person.key.size, person.key.data));
    return MZ_OK;
}

static mz_status read_state(const mz_json_value *body, mz_person_draft *draft, mz_error *error) {
    mz_str state = {NULL, 0};
    mz_status status = mz_json_read_str(body, "state", &state, error);
    if (status || !state.data) return status;
    draft->state = mz_person_state_of(state);
    if (draft->state != MZ_PERSON_STATE_COUNT && draft->state != MZ_PERSON_INVITED) return MZ_OK;
    const mz_json_value *member = mz_json_member(body, "state");
    return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column, "“state” must be active, locked or left");
}

static mz_status change(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("display_name"), MZ_STR_INIT("email"), MZ_STR_INIT("language"),
                                   MZ_STR_INIT("roles"), MZ_STR_INIT("state")};
    mz_access *access;
    const mz_json_value *body;
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_person person;
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 5, &body, error);
    if (!status) status = read_draft(body, &draft, error);
    if (!status) status = read_state(body, &draft, error);
    if (!status)
        status =
            mz_person_change(access, &actor, mz_request_place(request, "id"), &draft, request->arena, &person, error);
    bool own = request->who->kind == MZ_PERSON && mz_str_equal(request->who->key, mz_request_place(request, "id"));
    if (status == MZ_ERR_REFUSED && own && draft.roles) {
        mz_response_problem(response, request, 403, error);
        return MZ_OK;
    }
    return status ? status : answer_person(response, &person);
}

static mz_status reset_password(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_json json;
    char password[MZ_ONE_TIME_PASSWORD_SIZE];
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_bare(request, &access, error);
    if (!status)
        status =
            mz_person_reset_password(access, &actor, mz_request_place(request, "id"), request->arena, password, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "one_time_password", mz_str_of(password));
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status remove_second_factor(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_bare(request, &access, error);
    if (!status)
        status = mz_person_remove_second_factor(access, &actor, mz_request_place(request, "id"), request->arena, error);
    if (!status) response->status = 204;
    return status;
}

#define READ .right = MZ_RIGHT_PEOPLE_READ
#define CHANGE .right = MZ_RIGHT_PEOPLE_CHANGE, .flags = MZ_ROUTE_CHANGES
#define BODY .body_most = MZ_PEOPLE_BODY_BYTES
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/people", .table = "people", .cursor = "after", READ, .handle = list},
    {.method = MZ_POST, .path = "/api/v1/people", CHANGE, BODY, .handle = add},
    {.method = MZ_GET, .path = "/api/v1/people/{id}", READ, .handle = get},
    {.method = MZ_PATCH, .path = "/api/v1/people/{id}", CHANGE, BODY, .handle = change},
    {.method = MZ_POST, .path = "/api/v1/people/{id}/password", CHANGE, .handle = reset_password},
    {.method = MZ_POST, .path = "/api/v1/people/{id}/second-factor/remove", CHANGE, .handle = remove_second_factor},
};
const mz_routes mz_people_routes = {routes, sizeof routes / sizeof *routes};
