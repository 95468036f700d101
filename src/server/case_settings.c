/* /api/v1/reasons and /api/v1/casework/settings: how an agency works, told to everybody in it who signs in: the form of
 * a decision offers the reasons, and who runs the agency sets them without seeing its cases. */
#include "base/error.h"
#include "base/shown.h"
#include "server/api.h"
#include "server/casework.h"
#include "server/tables.h"

typedef struct setting {
    mz_casework work;
    mz_case_settings settings;
    mz_reason *reasons;
    size_t count;
} setting;

/* ---- reasons ---- */

static mz_status put_reasons(void *context, mz_sql *sql, mz_error *error) {
    mz_casework *work = context;
    mz_reason *reasons;
    size_t count;
    mz_json json;
    mz_status status = mz_reasons_list(sql, work->agency, work->arena, &reasons, &count, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "reasons");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) {
        mz_json_object(&json);
        mz_json_pair(&json, "id", reasons[k].key);
        mz_json_pair(&json, "disposition", mz_str_of(mz_disposition_word(reasons[k].disposition)));
        mz_titles_write(&json, "titles", reasons[k].titles);
        mz_json_pair_bool(&json, "retired", reasons[k].retired);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status get_reasons(const mz_request *request, mz_response *response, mz_error *error) {
    mz_casework work;
    mz_status status = mz_casework_begin(request, response, NULL, 0, &work, error);
    return status ? status : mz_casework_read(&work, put_reasons, error);
}

static mz_status read_titles(const mz_json_value *object, mz_str titles[3], mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("ar"), MZ_STR_INIT("fr"), MZ_STR_INIT("en")};
    const mz_json_value *member = mz_json_member(object, "titles");
    if (!member) return mz_fail_at(error, MZ_ERR_INPUT, object->line, object->column, "“titles” is missing");
    mz_status status = mz_json_expect(member, MZ_JSON_OBJECT, "“titles”", error);
    if (!status) status = mz_api_members(member, known, 3, error);
    for (size_t t = 0; t < 3 && !status; t++) status = mz_people_need(member, known[t].data, &titles[t], error);
    return status;
}

static mz_status read_reason(const mz_json_value *object, mz_reason *reason, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("id"), MZ_STR_INIT("disposition"), MZ_STR_INIT("titles"),
                                   MZ_STR_INIT("retired")};
    mz_str disposition = MZ_STR("");
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, "a reason", error);
    if (!status) status = mz_api_members(object, known, 4, error);
    if (!status) status = mz_people_need(object, "id", &reason->key, error);
    if (!status) status = mz_people_need(object, "disposition", &disposition, error);
    if (!status) status = mz_json_read_bool(object, "retired", &reason->retired, error);
    if (!status) status = read_titles(object, reason->titles, error);
    if (status) return status;
    reason->disposition = mz_disposition_of(disposition);
    if (reason->disposition < MZ_DISPOSITION_COUNT) return MZ_OK;
    return mz_fail_at(error, MZ_ERR_INPUT, object->line, object->column, "there is no disposition “%.*s”",
                      mz_shown(disposition), disposition.data);
}

static mz_status read_reasons(setting *set, mz_error *error) {
    const mz_json_value *list = mz_json_member(set->work.body, "reasons");
    if (!list)
        return mz_fail_at(error, MZ_ERR_INPUT, set->work.body->line, set->work.body->column, "“reasons” is missing");
    mz_status status = mz_json_expect(list, MZ_JSON_ARRAY, "“reasons”", error);
    if (status) return status;
    set->reasons = MZ_ARENA_NEW(set->work.arena, list->count + 1, mz_reason);
    if (!set->reasons) return mz_fail_arena(set->work.arena, error, "the request");
    for (const mz_json_value *item = list->child; item && !status; item = item->next)
        status = read_reason(item, &set->reasons[set->count++], error);
    return status;
}

static mz_status do_set_reasons(void *context, mz_sql *sql, mz_error *error) {
    setting *set = context;
    mz_casework *work = &set->work;
    mz_status status = mz_reasons_set(sql, work->agency, &work->actor, set->reasons, set->count, work->arena, error);
    return status ? status : put_reasons(context, sql, error);
}

static mz_status set_reasons(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("reasons")};
    setting set = {.count = 0};
    mz_status status = mz_casework_begin_body(request, response, known, 1, &set.work, error);
    if (!status) status = read_reasons(&set, error);
    return status ? status : mz_casework_change(&set.work, do_set_reasons, error);
}

/* ---- settings ---- */

static mz_status put_settings(void *context, mz_sql *sql, mz_error *error) {
    mz_casework *work = context;
    mz_case_settings settings;
    mz_json json;
    mz_status status = mz_case_settings_get(sql, work->agency, &settings, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_case_settings_write(&settings, &json);
    return MZ_OK;
}

static mz_status get_settings(const mz_request *request, mz_response *response, mz_error *error) {
    mz_casework work;
    mz_status status = mz_casework_begin(request, response, NULL, 0, &work, error);
    return status ? status : mz_casework_read(&work, put_settings, error);
}

/* What the body leaves out stays as it is. */
static mz_status do_set(void *context, mz_sql *sql, mz_error *error) {
    setting *set = context;
    mz_casework *work = &set->work;
    mz_status status = mz_case_settings_get(sql, work->agency, &set->settings, error);
    if (!status) status = mz_case_settings_read(work->body, &set->settings, error);
    if (!status) status = mz_case_settings_set(sql, work->agency, &work->actor, &set->settings, error);
    return status ? status : put_settings(context, sql, error);
}

static mz_status set_settings(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version"),
                                   MZ_STR_INIT("four_eyes"),
                                   MZ_STR_INIT("due_hours"),
                                   MZ_STR_INIT("due_hours_urgent"),
                                   MZ_STR_INIT("urgent_weight"),
                                   MZ_STR_INIT("waiting_days"),
                                   MZ_STR_INIT("clearance_days"),
                                   MZ_STR_INIT("retention_days"),
                                   MZ_STR_INIT("attachment_bytes_most"),
                                   MZ_STR_INIT("threshold"),
                                   MZ_STR_INIT("attachments_bytes_most"),
                                   MZ_STR_INIT("approve_by_command")};
    static const mz_str eyes[] = {MZ_STR_INIT("true_match"), MZ_STR_INIT("false_positive"),
                                  MZ_STR_INIT("insufficient_information")};
    setting set = {.count = 0};
    mz_status status = mz_casework_begin_body(request, response, known, sizeof known / sizeof *known, &set.work, error);
    const mz_json_value *four_eyes = status ? NULL : mz_json_member(set.work.body, "four_eyes");
    if (four_eyes) status = mz_json_expect(four_eyes, MZ_JSON_OBJECT, "“four_eyes”", error);
    if (!status && four_eyes) status = mz_api_members(four_eyes, eyes, 3, error);
    return status ? status : mz_casework_change(&set.work, do_set, error);
}

#define READ .right = MZ_RIGHT_OWN_ACCOUNT
#define SET .right = MZ_RIGHT_CASES_SETTINGS, .flags = MZ_ROUTE_CHANGES, .body_most = MZ_CASEWORK_BODY_BYTES
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/reasons", .table = "reasons", READ, .handle = get_reasons},
    {.method = MZ_PUT, .path = "/api/v1/reasons", SET, .handle = set_reasons},
    {.method = MZ_GET, .path = "/api/v1/casework/settings", READ, .handle = get_settings},
    {.method = MZ_PUT, .path = "/api/v1/casework/settings", SET, .handle = set_settings},
};
const mz_routes mz_case_setting_routes = {routes, sizeof routes / sizeof *routes};
