/* GET /api/v1/alerts, /api/v1/clearances…, /api/v1/mentions: what is looked for across cases. */
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/error.h"
#include "server/casework.h"
#include "server/tables.h"

/* ---- alerts ---- */

typedef struct alert_list {
    mz_casework work;
    mz_alerts_query query;
    bool csv;
} alert_list;

static void put_alert_row(mz_buffer *out, const mz_alert *alert) {
    mz_csv_put(out, alert->key, true);
    mz_csv_put(out, alert->case_label, false);
    mz_csv_cell(out, alert->subject_caption, false);
    mz_csv_cell(out, alert->entity, false);
    mz_csv_cell(out, alert->caption, false);
    mz_csv_cell(out, alert->list, false);
    mz_csv_put(out, alert->list_version, false);
    mz_casework_csv_number(out, alert->score, 6);
    mz_casework_csv_number(out, alert->weight, 2);
    mz_csv_put(out, alert->phase, false);
    mz_csv_put(out, alert->disposition, false);
    mz_csv_put(out, alert->why, false);
    mz_buffer_print(out, ",%lld", (long long)alert->receipt);
    mz_casework_csv_time(out, alert->born);
    mz_casework_csv_time(out, alert->changed);
    mz_buffer_char(out, '\n');
}

static mz_status put_alert_table(alert_list *list, mz_sql *sql, mz_arena *arena, mz_error *error) {
    char room[MZ_CASEWORK_CURSOR_BYTES];
    mz_alerts_query query = list->query;
    query.limit = MZ_CASEWORK_CSV_PAGE;
    size_t rows = 0;
    do {
        mz_alert *alerts;
        size_t count;
        mz_str next;
        mz_arena_reset(arena);
        mz_status status = mz_alerts_list(sql, list->work.agency, &query, arena, &alerts, &count, &next, error);
        if (status) return status;
        for (size_t k = 0; k < count && rows < MZ_CASEWORK_CSV_ROWS_MOST; k++, rows++)
            put_alert_row(&list->work.response->body, &alerts[k]);
        query.after = mz_casework_cursor(room, next);
    } while (query.after.size && rows < MZ_CASEWORK_CSV_ROWS_MOST);
    return MZ_OK;
}

static mz_status alerts_csv(void *context, mz_sql *sql, mz_error *error) {
    alert_list *list = context;
    mz_arena arena;
    mz_buffer_clear(&list->work.response->body);
    mz_buffer_str(&list->work.response->body,
                  MZ_STR("id,case,subject,entity,caption,list,list_version,score,weight,phase,disposition,why,receipt,"
                         "born,changed\n"));
    mz_arena_init(&arena, MZ_CASEWORK_CSV_ARENA_BYTES);
    mz_status status = put_alert_table(list, sql, &arena, error);
    mz_arena_done(&arena);
    return status;
}

static mz_status alerts_json(void *context, mz_sql *sql, mz_error *error) {
    alert_list *list = context;
    mz_casework *work = &list->work;
    mz_alert *alerts;
    size_t count;
    mz_str next;
    mz_json json;
    mz_status status = mz_alerts_list(sql, work->agency, &list->query, work->arena, &alerts, &count, &next, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "alerts");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) mz_alert_write_json(&json, &alerts[k], NULL, work->arena);
    mz_json_array_end(&json);
    mz_casework_next(&json, next);
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status list_alerts(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("phase"), MZ_STR_INIT("list"),  MZ_STR_INIT("entity"),
                                   MZ_STR_INIT("order"), MZ_STR_INIT("after"), MZ_STR_INIT("limit"),
                                   MZ_STR_INIT("format")};
    alert_list list = {.csv = false};
    mz_str order = mz_request_query(request, "order");
    mz_status status = mz_casework_begin(request, response, known, sizeof known / sizeof *known, &list.work, error);
    if (!status) status = mz_casework_page(request, &list.query.limit, &list.csv, error);
    if (!status && order.data && !mz_str_equal(order, MZ_STR("age")) && !mz_str_equal(order, MZ_STR("weight")))
        status = mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “order” is weight or age");
    if (status) return status;
    list.query.order = mz_str_equal(order, MZ_STR("age")) ? MZ_QUEUE_BY_AGE : MZ_QUEUE_BY_WEIGHT;
    list.query.phase = mz_request_query(request, "phase");
    list.query.list = mz_request_query(request, "list");
    list.query.entity = mz_request_query(request, "entity");
    list.query.after = mz_request_query(request, "after");
    if (list.csv) mz_casework_csv(&list.work, "alerts.csv");
    return mz_casework_read(&list.work, list.csv ? alerts_csv : alerts_json, error);
}

/* ---- clearances ---- */

typedef struct clearance_list {
    mz_casework work;
    mz_clearance_query query;
    bool csv;
    mz_str key, note;
} clearance_list;

static void put_clearance_row(mz_buffer *out, const mz_clearance *clearance) {
    mz_csv_put(out, clearance->key, true);
    mz_csv_cell(out, clearance->subject_caption, false);
    mz_csv_cell(out, clearance->entity, false);
    mz_csv_cell(out, clearance->caption, false);
    mz_csv_cell(out, clearance->list, false);
    mz_csv_put(out, clearance->state, false);
    mz_csv_put(out, clearance->case_label, false);
    mz_csv_cell(out, clearance->titles[2], false);
    mz_csv_cell(out, clearance->note, false);
    mz_csv_cell(out, clearance->proposer.name, false);
    mz_csv_cell(out, clearance->approver.name, false);
    mz_casework_csv_time(out, clearance->created);
    mz_casework_csv_time(out, clearance->ends);
    mz_buffer_print(out, ",%lld", (long long)clearance->quieted);
    mz_casework_csv_time(out, clearance->last_quieted);
    mz_casework_csv_time(out, clearance->ended);
    mz_csv_cell(out, clearance->ended_why, false);
    mz_buffer_char(out, '\n');
}

static mz_status put_clearance_table(clearance_list *list, mz_sql *sql, mz_arena *arena, mz_error *error) {
    char room[MZ_CASEWORK_CURSOR_BYTES];
    mz_clearance_query query = list->query;
    size_t rows = 0, count;
    query.limit = MZ_CASEWORK_CSV_PAGE;
    do {
        mz_clearance *clearances;
        mz_arena_reset(arena);
        mz_status status = mz_clearances_list(sql, list->work.agency, &query, arena, &clearances, &count, error);
        if (status) return status;
        for (size_t k = 0; k < count && rows < MZ_CASEWORK_CSV_ROWS_MOST; k++, rows++)
            put_clearance_row(&list->work.response->body, &clearances[k]);
        query.after = mz_casework_cursor(room, count ? clearances[count - 1].key : MZ_STR(""));
    } while (count == MZ_CASEWORK_CSV_PAGE && rows < MZ_CASEWORK_CSV_ROWS_MOST);
    return MZ_OK;
}

static mz_status clearances_csv(void *context, mz_sql *sql, mz_error *error) {
    clearance_list *list = context;
    mz_arena arena;
    mz_buffer_clear(&list->work.response->body);
    mz_buffer_str(&list->work.response->body,
                  MZ_STR("id,subject,entity,caption,list,state,case,reason,note,proposer,approver,created,ends,quieted,"
                         "last_quieted,ended,ended_why\n"));
    mz_arena_init(&arena, MZ_CASEWORK_CSV_ARENA_BYTES);
    mz_status status = put_clearance_table(list, sql, &arena, error);
    mz_arena_done(&arena);
    return status;
}

static mz_status clearances_json(void *context, mz_sql *sql, mz_error *error) {
    clearance_list *list = context;
    mz_casework *work = &list->work;
    mz_clearance *clearances;
    size_t count;
    mz_json json;
    mz_status status = mz_clearances_list(sql, work->agency, &list->query, work->arena, &clearances, &count, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "clearances");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) mz_clearance_write_json(&json, &clearances[k]);
    mz_json_array_end(&json);
    mz_casework_next(&json, count == list->query.limit ? clearances[count - 1].key : MZ_STR(""));
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status read_state(mz_str word, mz_str *ret_state, mz_error *error) {
    static const char *const words[] = {"valid", "outdated", "expired", "revoked", "all"};
    *ret_state = word.data ? word : MZ_STR("valid");
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (mz_str_equal(*ret_state, mz_str_of(words[k]))) {
            if (mz_str_equal(*ret_state, MZ_STR("all"))) *ret_state = MZ_STR("");
            return MZ_OK;
        }
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “state” is valid, outdated, expired, revoked or all");
}

static mz_status list_clearances(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("q"),     MZ_STR_INIT("state"), MZ_STR_INIT("subject"),
                                   MZ_STR_INIT("case"),  MZ_STR_INIT("after"), MZ_STR_INIT("limit"),
                                   MZ_STR_INIT("format")};
    clearance_list list = {.csv = false};
    mz_status status = mz_casework_begin(request, response, known, sizeof known / sizeof *known, &list.work, error);
    if (!status) status = mz_casework_page(request, &list.query.limit, &list.csv, error);
    if (!status) status = read_state(mz_request_query(request, "state"), &list.query.state, error);
    if (status) return status;
    list.query.text = mz_request_query(request, "q");
    list.query.subject = mz_request_query(request, "subject");
    list.query.decided_in = mz_request_query(request, "case");
    list.query.after = mz_request_query(request, "after");
    list.query.now = mz_clock_now();
    if (list.csv) mz_casework_csv(&list.work, "clearances.csv");
    return mz_casework_read(&list.work, list.csv ? clearances_csv : clearances_json, error);
}

static mz_status put_clearance(void *context, mz_sql *sql, mz_error *error) {
    clearance_list *list = context;
    mz_casework *work = &list->work;
    mz_clearance clearance;
    mz_json json;
    mz_status status = mz_clearance_get(sql, work->agency, list->key, mz_clock_now(), work->arena, &clearance, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_clearance_write_json(&json, &clearance);
    return MZ_OK;
}

static mz_status get_clearance(const mz_request *request, mz_response *response, mz_error *error) {
    clearance_list list = {.key = mz_request_place(request, "id")};
    mz_status status = mz_casework_begin(request, response, NULL, 0, &list.work, error);
    return status ? status : mz_casework_read(&list.work, put_clearance, error);
}

static mz_status do_revoke(void *context, mz_sql *sql, mz_error *error) {
    clearance_list *list = context;
    mz_casework *work = &list->work;
    mz_status status = mz_clearance_revoke(sql, work->agency, &work->actor, list->key, list->note, work->arena, error);
    return status ? status : put_clearance(context, sql, error);
}

static mz_status revoke(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("note")};
    clearance_list list = {.key = mz_request_place(request, "id"), .note = MZ_STR("")};
    mz_status status = mz_casework_begin_body(request, response, known, 1, &list.work, error);
    if (!status) status = mz_json_read_str(list.work.body, "note", &list.note, error);
    return status ? status : mz_casework_change(&list.work, do_revoke, error);
}

/* ---- mentions ---- */

typedef struct mention_list {
    mz_casework work;
    size_t limit;
    mz_str before;
} mention_list;

static mz_status mentions_json(void *context, mz_sql *sql, mz_error *error) {
    mention_list *list = context;
    mz_casework *work = &list->work;
    mz_mention *mentions;
    size_t count;
    mz_json json;
    mz_status status = mz_mentions_list(sql, work->agency, work->request->who->key, list->before, list->limit,
                                        work->arena, &mentions, &count, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "mentions");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) {
        mz_json_object(&json);
        mz_json_key(&json, "case");
        mz_json_object(&json);
        mz_json_pair(&json, "id", mentions[k].event.case_key);
        mz_json_pair(&json, "label", mentions[k].event.case_label);
        mz_json_object_end(&json);
        mz_json_key(&json, "event");
        mz_case_event_write_json(&json, &mentions[k].event, NULL, 0, work->arena);
        mz_json_pair_bool(&json, "seen", mentions[k].seen);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_casework_next(&json, count == list->limit ? mentions[count - 1].event.key : MZ_STR(""));
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status list_mentions(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("before"), MZ_STR_INIT("limit")};
    mention_list list = {.before = mz_request_query(request, "before")};
    bool csv;
    mz_status status = mz_casework_begin(request, response, known, 2, &list.work, error);
    if (!status) status = mz_casework_page(request, &list.limit, &csv, error);
    return status ? status : mz_casework_read(&list.work, mentions_json, error);
}

static mz_status do_see(void *context, mz_sql *sql, mz_error *error) {
    mz_casework *work = context;
    return mz_mentions_see(sql, work->agency, work->request->who->key, error);
}

static mz_status see_mentions(const mz_request *request, mz_response *response, mz_error *error) {
    mz_casework work;
    mz_status status = mz_casework_begin(request, response, NULL, 0, &work, error);
    if (!status) status = mz_casework_change(&work, do_see, error);
    if (!status) response->status = 204;
    return status;
}

#define READ .right = MZ_RIGHT_CASES_READ
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/alerts", READ, .handle = list_alerts},
    {.method = MZ_GET, .path = "/api/v1/clearances", READ, .handle = list_clearances},
    {.method = MZ_GET, .path = "/api/v1/clearances/{id}", READ, .handle = get_clearance},
    {.method = MZ_POST,
     .path = "/api/v1/clearances/{id}/revoke",
     .right = MZ_RIGHT_CASES_WORK,
     .flags = MZ_ROUTE_CHANGES,
     .body_most = MZ_CASEWORK_BODY_BYTES,
     .handle = revoke},
    {.method = MZ_GET,
     .path = "/api/v1/mentions",
     .table = "mentions",
     .cursor = "before",
     READ,
     .handle = list_mentions},
    {.method = MZ_POST, .path = "/api/v1/mentions/seen", READ, .flags = MZ_ROUTE_CHANGES, .handle = see_mentions},
};
const mz_routes mz_case_list_routes = {routes, sizeof routes / sizeof *routes};
