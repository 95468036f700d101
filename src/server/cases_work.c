/* POST /api/v1/cases/{id}/…: what is done with a case. Who is late is told what another did first (409). */
#include "base/clock.h"
#include "base/error.h"
#include "base/shown.h"
#include "server/api.h"
#include "server/casework.h"
#include "server/tables.h"

typedef struct acting {
    mz_casework work;
    mz_decision_draft draft;
    mz_str decision, person, text;
    bool yes;
    int64_t due;
} acting;

/* ---- answers ---- */

static mz_status put_case(mz_casework *work, mz_sql *sql, mz_json *json, mz_error *error) {
    mz_case row;
    mz_status status = mz_case_get(sql, work->agency, work->change.case_key, work->arena, &row, error);
    if (status) return status;
    mz_json_object(json);
    mz_case_write_json(json, &row, mz_clock_now(), true);
    mz_json_object_end(json);
    return MZ_OK;
}

static mz_status answer_case(mz_casework *work, mz_sql *sql, mz_error *error) {
    mz_json json;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    return put_case(work, sql, &json, error);
}

static mz_status answer_decision(acting *act, mz_sql *sql, mz_error *error) {
    mz_casework *work = &act->work;
    mz_decision decision;
    mz_json json;
    mz_status status =
        mz_decision_get(sql, work->agency, work->change.case_key, act->decision, work->arena, &decision, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "decision");
    mz_decision_write_json(&json, &decision);
    mz_json_key(&json, "case");
    status = put_case(work, sql, &json, error);
    mz_json_object_end(&json);
    return status;
}

/* ---- bodies ---- */

static mz_status read_truth(const mz_json_value *body, const char *key, bool *ret_truth, mz_error *error) {
    int truth = -1;
    mz_status status = mz_people_flag(body, key, &truth, error);
    if (!status && truth < 0)
        status = mz_fail_at(error, MZ_ERR_INPUT, body->line, body->column, "“%s” is missing", key);
    *ret_truth = truth == 1;
    return status;
}

static mz_status read_alerts(acting *act, mz_error *error) {
    const mz_json_value *alert = NULL;
    mz_str *keys;
    mz_status status = mz_json_read_strings(act->work.body, "alerts", &alert, error);
    const mz_json_value *member = mz_json_member(act->work.body, "alerts");
    if (status || !member || member->kind == MZ_JSON_NULL) return status;
    if (!alert)
        return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column,
                          "“alerts” names none; leave it out for all that are open");
    keys = MZ_ARENA_NEW(act->work.arena, member->count, mz_str);
    if (!keys) return mz_fail_arena(act->work.arena, error, "the request");
    for (; alert; alert = alert->next) keys[act->draft.alert_count++] = alert->text;
    act->draft.alerts = keys;
    return MZ_OK;
}

static mz_status read_disposition(acting *act, mz_error *error) {
    mz_str word;
    const mz_json_value *body = act->work.body;
    mz_status status = mz_people_need(body, "disposition", &word, error);
    if (status) return status;
    act->draft.disposition = mz_disposition_of(word);
    if (act->draft.disposition < MZ_DISPOSITION_COUNT) return MZ_OK;
    const mz_json_value *member = mz_json_member(body, "disposition");
    return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column,
                      "“disposition” is true-match, false-positive or insufficient-information, not “%.*s”",
                      mz_shown(word), word.data);
}

/* ---- acts ---- */

static mz_status do_decide(void *context, mz_sql *sql, mz_error *error) {
    acting *act = context;
    mz_status status = mz_case_decide(sql, &act->work.change, &act->draft, act->work.arena, &act->decision, error);
    return status ? status : answer_decision(act, sql, error);
}

static mz_status decide(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version"), MZ_STR_INIT("alerts"), MZ_STR_INIT("disposition"),
                                   MZ_STR_INIT("reason"), MZ_STR_INIT("note")};
    acting act = {.draft = {.note = MZ_STR("")}};
    mz_status status = mz_casework_begin_body(request, response, known, 5, &act.work, error);
    if (!status) status = read_alerts(&act, error);
    if (!status) status = read_disposition(&act, error);
    if (!status) status = mz_people_need(act.work.body, "reason", &act.draft.reason, error);
    if (!status) status = mz_json_read_str(act.work.body, "note", &act.draft.note, error);
    return status ? status : mz_casework_change(&act.work, do_decide, error);
}

static mz_status do_answer(void *context, mz_sql *sql, mz_error *error) {
    acting *act = context;
    mz_status status =
        mz_case_answer(sql, &act->work.change, act->decision, act->yes, act->text, act->work.arena, error);
    return status ? status : answer_decision(act, sql, error);
}

static mz_status answer(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version"), MZ_STR_INIT("approve"), MZ_STR_INIT("note")};
    acting act = {.decision = mz_request_place(request, "decision"), .text = MZ_STR("")};
    mz_status status = mz_casework_begin_body(request, response, known, 3, &act.work, error);
    if (!status) status = read_truth(act.work.body, "approve", &act.yes, error);
    if (!status) status = mz_json_read_str(act.work.body, "note", &act.text, error);
    return status ? status : mz_casework_change(&act.work, do_answer, error);
}

static mz_status do_undo(void *context, mz_sql *sql, mz_error *error) {
    acting *act = context;
    mz_status status = mz_case_undo(sql, &act->work.change, act->decision, act->text, act->work.arena, error);
    return status ? status : answer_decision(act, sql, error);
}

static mz_status undo(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version"), MZ_STR_INIT("note")};
    acting act = {.decision = mz_request_place(request, "decision"), .text = MZ_STR("")};
    mz_status status = mz_casework_begin_body(request, response, known, 2, &act.work, error);
    if (!status) status = mz_json_read_str(act.work.body, "note", &act.text, error);
    return status ? status : mz_casework_change(&act.work, do_undo, error);
}

static mz_status do_assign(void *context, mz_sql *sql, mz_error *error) {
    acting *act = context;
    mz_status status = mz_case_assign(sql, &act->work.change, act->person, act->work.arena, error);
    return status ? status : answer_case(&act->work, sql, error);
}

static mz_status assign(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version"), MZ_STR_INIT("assignee")};
    acting act = {.person = MZ_STR("")};
    mz_status status = mz_casework_begin_body(request, response, known, 2, &act.work, error);
    if (!status) status = mz_json_read_str(act.work.body, "assignee", &act.person, error);
    return status ? status : mz_casework_change(&act.work, do_assign, error);
}

static mz_status do_escalate(void *context, mz_sql *sql, mz_error *error) {
    acting *act = context;
    mz_status status = mz_case_escalate(sql, &act->work.change, act->yes, act->text, act->work.arena, error);
    return status ? status : answer_case(&act->work, sql, error);
}

static mz_status escalate(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version"), MZ_STR_INIT("escalated"), MZ_STR_INIT("note")};
    acting act = {.text = MZ_STR("")};
    mz_status status = mz_casework_begin_body(request, response, known, 3, &act.work, error);
    if (!status) status = read_truth(act.work.body, "escalated", &act.yes, error);
    if (!status) status = mz_json_read_str(act.work.body, "note", &act.text, error);
    return status ? status : mz_casework_change(&act.work, do_escalate, error);
}

static mz_status do_due(void *context, mz_sql *sql, mz_error *error) {
    acting *act = context;
    mz_status status = mz_case_set_due(sql, &act->work.change, act->due, act->work.arena, error);
    return status ? status : answer_case(&act->work, sql, error);
}

static mz_status set_due(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version"), MZ_STR_INIT("due")};
    acting act = {.due = 0};
    mz_str text = {NULL, 0};
    mz_status status = mz_casework_begin_body(request, response, known, 2, &act.work, error);
    const mz_json_value *member = status ? NULL : mz_json_member(act.work.body, "due");
    if (!status && !member)
        status = mz_fail_at(error, MZ_ERR_INPUT, act.work.body->line, act.work.body->column,
                            "“due” is missing; null takes the deadline away");
    if (!status) status = mz_json_read_str(act.work.body, "due", &text, error);
    if (!status && text.data && !mz_time_parse(text.data, text.size, &act.due))
        status = mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column,
                            "“due” is a day or a time such as 2026-05-01T00:00:00Z, or null");
    return status ? status : mz_casework_change(&act.work, do_due, error);
}

static mz_status do_note(void *context, mz_sql *sql, mz_error *error) {
    acting *act = context;
    mz_casework *work = &act->work;
    mz_case_event event;
    mz_json json;
    mz_status status = mz_case_note(sql, &work->change, act->text, work->arena, &event, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_case_event_write_json(&json, &event, NULL, 0, work->arena);
    return MZ_OK;
}

static mz_status note(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("text")};
    acting act = {.text = MZ_STR("")};
    mz_status status = mz_casework_begin_body(request, response, known, 1, &act.work, error);
    if (!status) status = mz_people_need(act.work.body, "text", &act.text, error);
    return status ? status : mz_casework_change(&act.work, do_note, error);
}

#define WORK .right = MZ_RIGHT_CASES_WORK, .flags = MZ_ROUTE_CHANGES, .body_most = MZ_CASEWORK_BODY_BYTES
#define APPROVE .right = MZ_RIGHT_CASES_APPROVE, .flags = MZ_ROUTE_CHANGES, .body_most = MZ_CASEWORK_BODY_BYTES
static const mz_route routes[] = {
    {.method = MZ_POST, .path = "/api/v1/cases/{id}/assign", WORK, .handle = assign},
    {.method = MZ_POST, .path = "/api/v1/cases/{id}/escalate", WORK, .handle = escalate},
    {.method = MZ_POST, .path = "/api/v1/cases/{id}/due", WORK, .handle = set_due},
    {.method = MZ_POST, .path = "/api/v1/cases/{id}/notes", WORK, .handle = note},
    {.method = MZ_POST, .path = "/api/v1/cases/{id}/decisions", WORK, .handle = decide},
    {.method = MZ_POST, .path = "/api/v1/cases/{id}/decisions/{decision}/answer", APPROVE, .handle = answer},
    {.method = MZ_POST, .path = "/api/v1/cases/{id}/decisions/{decision}/undo", WORK, .handle = undo},
};
const mz_routes mz_case_work_routes = {routes, sizeof routes / sizeof *routes};
