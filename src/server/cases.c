/* GET /api/v1/cases, …/{id}, …/people: the queue, and a case with all that belongs to it. */
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/error.h"
#include "server/casework.h"
#include "server/tables.h"

enum { WOKEN_AT_ONCE = 100, PEOPLE_MOST = 500, EVENTS_USUAL = 100, EVENTS_MOST = 500 };

/* ---- the queue ---- */

typedef struct listing {
    mz_casework work;
    mz_queue_query query;
    bool csv;
} listing;

static mz_status read_order(mz_str word, mz_queue_order *ret_order, mz_error *error) {
    static const char *const words[MZ_QUEUE_ORDER_COUNT] = {
        [MZ_QUEUE_BY_WEIGHT] = "weight", [MZ_QUEUE_BY_AGE] = "age", [MZ_QUEUE_BY_DUE] = "due"};
    for (mz_queue_order order = 0; order < MZ_QUEUE_ORDER_COUNT && word.data; order++)
        if (mz_str_equal(word, mz_str_of(words[order]))) {
            *ret_order = order;
            return MZ_OK;
        }
    return word.data ? mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “order” is weight, age or due") : MZ_OK;
}

static mz_str assignee_of(const mz_request *request) {
    mz_str word = mz_request_query(request, "assignee");
    if (mz_str_equal(word, MZ_STR("me"))) return request->who->key;
    return mz_str_equal(word, MZ_STR("none")) ? MZ_STR("-") : word;
}

static mz_status read_queue_query(listing *list, const mz_request *request, mz_error *error) {
    bool escalated = false;
    mz_status status = mz_casework_page(request, &list->query.limit, &list->csv, error);
    if (!status) status = read_order(mz_request_query(request, "order"), &list->query.order, error);
    if (!status) status = mz_request_query_bool(request, "escalated", &escalated, error);
    list->query.phase = mz_request_query(request, "phase");
    list->query.assignee = assignee_of(request);
    list->query.list = mz_request_query(request, "list");
    list->query.text = mz_request_query(request, "q");
    list->query.label = mz_request_query(request, "label");
    list->query.after = mz_request_query(request, "after");
    list->query.escalated = mz_request_query(request, "escalated").data ? escalated : -1;
    return status;
}

static void put_row(mz_buffer *out, const mz_case *row, int64_t now) {
    mz_csv_put(out, row->label, true);
    mz_csv_put(out, row->phase, false);
    mz_csv_cell(out, row->source, false);
    mz_csv_cell(out, row->reference, false);
    mz_csv_cell(out, row->caption, false);
    mz_csv_cell(out, row->assignee.name, false);
    mz_csv_put(out, row->escalated ? MZ_STR("true") : MZ_STR("false"), false);
    mz_casework_csv_number(out, row->weight, 2);
    mz_buffer_print(out, ",%lld", (long long)row->alerts);
    mz_csv_cell(out, row->best.caption, false);
    mz_csv_cell(out, row->best.list, false);
    mz_casework_csv_time(out, row->due);
    mz_csv_put(out, row->alerts && row->due && row->due < now ? MZ_STR("true") : MZ_STR("false"), false);
    mz_casework_csv_time(out, row->opened);
    mz_casework_csv_time(out, row->changed);
    mz_casework_csv_time(out, row->closed);
    mz_buffer_char(out, '\n');
}

static mz_status put_all(listing *list, mz_sql *sql, mz_arena *arena, mz_error *error) {
    char room[MZ_CASEWORK_CURSOR_BYTES];
    mz_queue_query query = list->query;
    query.limit = MZ_CASEWORK_CSV_PAGE;
    size_t rows = 0;
    do {
        mz_case *cases;
        size_t count;
        mz_str next;
        mz_arena_reset(arena);
        mz_status status = mz_queue_list(sql, list->work.agency, &query, arena, &cases, &count, &next, error);
        if (status) return status;
        for (size_t k = 0; k < count && rows < MZ_CASEWORK_CSV_ROWS_MOST; k++, rows++)
            put_row(&list->work.response->body, &cases[k], mz_clock_now());
        query.after = mz_casework_cursor(room, next);
    } while (query.after.size && rows < MZ_CASEWORK_CSV_ROWS_MOST);
    return MZ_OK;
}

static mz_status list_csv(void *context, mz_sql *sql, mz_error *error) {
    listing *list = context;
    mz_arena arena;
    mz_buffer_clear(&list->work.response->body);
    mz_buffer_str(&list->work.response->body,
                  MZ_STR("label,phase,source,reference,subject,assignee,escalated,weight,alerts,best,list,due,overdue,"
                         "opened,changed,closed\n"));
    mz_arena_init(&arena, MZ_CASEWORK_CSV_ARENA_BYTES);
    mz_status status = put_all(list, sql, &arena, error);
    mz_arena_done(&arena);
    return status;
}

static void put_counts(mz_json *json, const mz_queue_counts *counts) {
    mz_json_key(json, "counts");
    mz_json_object(json);
    mz_json_pair_int(json, "open", counts->open);
    mz_json_pair_int(json, "proposed", counts->proposed);
    mz_json_pair_int(json, "waiting", counts->waiting);
    mz_json_pair_int(json, "mine", counts->mine);
    mz_json_pair_int(json, "overdue", counts->overdue);
    mz_json_pair_int(json, "mentions", counts->mentions);
    mz_json_object_end(json);
}

static mz_status list_json(void *context, mz_sql *sql, mz_error *error) {
    listing *list = context;
    mz_casework *work = &list->work;
    mz_case *cases;
    size_t count;
    mz_str next;
    mz_queue_counts counts;
    mz_json json;
    int64_t now = mz_clock_now();
    mz_status status = mz_queue_list(sql, work->agency, &list->query, work->arena, &cases, &count, &next, error);
    if (!status) status = mz_queue_count(sql, work->agency, work->request->who->key, now, &counts, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "cases");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) {
        mz_json_object(&json);
        mz_case_write_json(&json, &cases[k], now, true);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_casework_next(&json, next);
    put_counts(&json, &counts);
    mz_json_object_end(&json);
    return MZ_OK;
}

typedef struct sleepers {
    mz_casework *work;
    bool any;
} sleepers;

static mz_status look_for_sleepers(void *context, mz_sql *sql, mz_error *error) {
    sleepers *found = context;
    return mz_cases_asleep(sql, found->work->agency, mz_clock_now(), &found->any, error);
}

static mz_status wake_some(void *context, mz_sql *sql, mz_error *error) {
    sleepers *found = context;
    size_t woken;
    return mz_cases_wake(sql, found->work->agency, mz_clock_now(), WOKEN_AT_ONCE, found->work->arena, &woken, error);
}

/* What has waited long enough is in the queue whoever looks, whether or not anything runs meanwhile. That it cannot be
 * done just now is no harm: the next look does it. */
static void wake(mz_casework *work) {
    sleepers found = {.work = work};
    mz_store *store = work->request->service->store;
    if (mz_store_read(store, look_for_sleepers, &found, NULL) == MZ_OK && found.any)
        (void)mz_store_try(store, wake_some, &found, NULL);
}

static mz_status list_cases(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("phase"), MZ_STR_INIT("assignee"),  MZ_STR_INIT("list"),
                                   MZ_STR_INIT("q"),     MZ_STR_INIT("escalated"), MZ_STR_INIT("order"),
                                   MZ_STR_INIT("after"), MZ_STR_INIT("limit"),     MZ_STR_INIT("format"),
                                   MZ_STR_INIT("label")};
    listing list = {.csv = false};
    mz_status status = mz_casework_begin(request, response, known, sizeof known / sizeof *known, &list.work, error);
    if (!status) status = read_queue_query(&list, request, error);
    if (status) return status;
    wake(&list.work);
    if (list.csv) mz_casework_csv(&list.work, "cases.csv");
    return mz_casework_read(&list.work, list.csv ? list_csv : list_json, error);
}

/* ---- one case ---- */

typedef struct whole {
    mz_casework work;
    const mz_index *index;
    mz_case row;
    mz_subject subject;
    mz_alert *alerts;
    mz_decision *decisions;
    mz_case_event *events;
    mz_attachment *attachments;
    mz_reason *reasons;
    size_t alert_count, decision_count, event_count, attachment_count, reason_count;
    bool events_more;
} whole;

static mz_status read_whole(whole *w, mz_sql *sql, mz_error *error) {
    mz_str agency = w->work.agency, key = w->work.change.case_key;
    mz_arena *arena = w->work.arena;
    mz_status status = mz_case_get(sql, agency, key, arena, &w->row, error);
    if (!status) status = mz_subject_get(sql, agency, w->row.subject, arena, &w->subject, error);
    if (!status) status = mz_case_alerts(sql, agency, key, arena, &w->alerts, &w->alert_count, error);
    if (!status) status = mz_case_decisions(sql, agency, key, arena, &w->decisions, &w->decision_count, error);
    if (!status)
        status = mz_case_events(sql, agency, key, MZ_STR(""), EVENTS_MOST, arena, &w->events, &w->event_count,
                                &w->events_more, error);
    if (!status) status = mz_case_attachments(sql, agency, key, arena, &w->attachments, &w->attachment_count, error);
    if (!status) status = mz_reasons_list(sql, agency, arena, &w->reasons, &w->reason_count, error);
    return status;
}

static void put_subject(const whole *w, mz_json *json) {
    bool closed = mz_str_equal(w->row.phase, MZ_STR("closed"));
    mz_json_key(json, "subject");
    mz_json_object(json);
    mz_json_pair(json, "id", w->subject.key);
    mz_json_pair(json, "source", w->subject.source);
    mz_json_pair(json, "reference", w->subject.reference);
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(w->subject.schema)));
    mz_json_pair(json, "caption", w->subject.caption);
    mz_json_key(json, "properties");
    mz_json_raw(json, w->subject.properties);
    mz_json_pair(json, "state", w->subject.closed ? MZ_STR("closed") : MZ_STR("active"));
    mz_people_time(json, "created", w->subject.created);
    mz_people_time(json, "changed", w->subject.changed);
    mz_people_time(json, "screened", w->subject.screened);
    mz_json_key(json, "open_case");
    if (closed)
        mz_json_null(json);
    else
        mz_json_str(json, w->row.key);
    mz_json_pair_int(json, "alerts", w->row.alerts);
    mz_json_object_end(json);
}

/* What who asks may do now: a page shows no button that would be refused. */
static void put_may(const whole *w, mz_json *json) {
    const mz_principal *who = w->work.request->who;
    bool works = mz_may(who, MZ_RIGHT_CASES_WORK), decidable = false, answerable = false;
    for (size_t k = 0; k < w->alert_count; k++)
        decidable = decidable || mz_str_equal(w->alerts[k].phase, MZ_STR("open")) ||
                    mz_str_equal(w->alerts[k].phase, MZ_STR("waiting"));
    for (size_t k = 0; k < w->decision_count; k++)
        answerable = answerable || (mz_str_equal(w->decisions[k].phase, MZ_STR("proposed")) &&
                                    !mz_str_equal(w->decisions[k].proposer.key, who->key));
    mz_json_key(json, "may");
    mz_json_object(json);
    mz_json_pair_bool(json, "decide", works && decidable);
    mz_json_pair_bool(json, "approve",
                      answerable && mz_may(who, MZ_RIGHT_CASES_APPROVE) && who->kind == MZ_PERSON && who->key.size);
    mz_json_pair_bool(json, "work", works);
    mz_json_pair_bool(json, "undo_four_eyes", mz_may(who, MZ_RIGHT_CASES_APPROVE));
    mz_json_object_end(json);
}

static void put_lists(const whole *w, mz_json *json) {
    mz_json_key(json, "alert_list");
    mz_json_array(json);
    for (size_t k = 0; k < w->alert_count; k++) mz_alert_write_json(json, &w->alerts[k], w->index, w->work.arena);
    mz_json_array_end(json);
    mz_json_key(json, "decisions");
    mz_json_array(json);
    for (size_t k = 0; k < w->decision_count; k++) mz_decision_write_json(json, &w->decisions[k]);
    mz_json_array_end(json);
    mz_json_key(json, "events");
    mz_json_array(json);
    for (size_t k = 0; k < w->event_count; k++)
        mz_case_event_write_json(json, &w->events[k], w->reasons, w->reason_count, w->work.arena);
    mz_json_array_end(json);
    mz_json_pair_bool(json, "events_more", w->events_more);
    mz_json_key(json, "attachments");
    mz_json_array(json);
    for (size_t k = 0; k < w->attachment_count; k++) mz_attachment_write_json(json, &w->attachments[k]);
    mz_json_array_end(json);
}

static mz_status get_whole(void *context, mz_sql *sql, mz_error *error) {
    whole *w = context;
    mz_json json;
    mz_status status = read_whole(w, sql, error);
    if (status) return status;
    mz_buffer_clear(&w->work.response->body);
    mz_json_init(&json, &w->work.response->body);
    mz_json_object(&json);
    mz_case_write_json(&json, &w->row, mz_clock_now(), false);
    put_subject(w, &json);
    put_lists(w, &json);
    put_may(w, &json);
    mz_json_object_end(&json);
    return w->work.arena->failed ? mz_fail_arena(w->work.arena, error, "the case") : MZ_OK;
}

static mz_status get_case(const mz_request *request, mz_response *response, mz_error *error) {
    whole w = {.index = NULL};
    mz_status status = mz_casework_begin(request, response, NULL, 0, &w.work, error);
    if (status) return status;
    mz_live *live = request->service->live;
    mz_live_lease *lease = mz_live_take(live);
    w.index = mz_live_index(lease);
    status = mz_casework_read(&w.work, get_whole, error);
    mz_live_give_back(live, lease);
    return status;
}

/* ---- its history, page by page ---- */

typedef struct history {
    mz_casework work;
    mz_str before;
    int64_t limit;
} history;

static mz_status put_history(void *context, mz_sql *sql, mz_error *error) {
    history *asked = context;
    mz_casework *work = &asked->work;
    mz_case row;
    mz_case_event *events;
    mz_reason *reasons;
    size_t count, reason_count;
    bool more;
    mz_json json;
    mz_status status = mz_case_get(sql, work->agency, work->change.case_key, work->arena, &row, error);
    if (!status) status = mz_reasons_list(sql, work->agency, work->arena, &reasons, &reason_count, error);
    if (!status)
        status = mz_case_events(sql, work->agency, row.key, asked->before, (size_t)asked->limit, work->arena, &events,
                                &count, &more, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "events");
    mz_json_array(&json);
    for (size_t k = count; k > 0; k--)
        mz_case_event_write_json(&json, &events[k - 1], reasons, reason_count, work->arena);
    mz_json_array_end(&json);
    mz_casework_next(&json, more ? events[0].key : MZ_STR(""));
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status get_history(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("before"), MZ_STR_INIT("limit")};
    history asked = {.before = mz_request_query(request, "before"), .limit = EVENTS_USUAL};
    mz_status status = mz_casework_begin(request, response, known, 2, &asked.work, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, EVENTS_MOST, &asked.limit, error);
    return status ? status : mz_casework_read(&asked.work, put_history, error);
}

/* ---- people who work on cases ---- */

static mz_status list_people(void *context, mz_sql *sql, mz_error *error) {
    mz_casework *work = context;
    mz_case_person *people;
    size_t count;
    mz_json json;
    mz_status status = mz_case_people(sql, work->agency, PEOPLE_MOST, work->arena, &people, &count, error);
    if (status) return status;
    mz_buffer_clear(&work->response->body);
    mz_json_init(&json, &work->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "people");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) {
        mz_json_object(&json);
        mz_json_pair(&json, "id", people[k].key);
        mz_json_pair(&json, "name", people[k].name);
        mz_json_pair(&json, "login", people[k].login);
        mz_json_pair_bool(&json, "works", people[k].works);
        mz_json_pair_bool(&json, "approves", people[k].approves);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status get_people(const mz_request *request, mz_response *response, mz_error *error) {
    mz_casework work;
    mz_status status = mz_casework_begin(request, response, NULL, 0, &work, error);
    return status ? status : mz_casework_read(&work, list_people, error);
}

/* The address of the people stands before that of a case, whose key is never a word. */
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/cases", .right = MZ_RIGHT_CASES_READ, .handle = list_cases},
    {.method = MZ_GET, .path = "/api/v1/cases/people", .right = MZ_RIGHT_CASES_READ, .handle = get_people},
    {.method = MZ_GET, .path = "/api/v1/cases/{id}", .right = MZ_RIGHT_CASES_READ, .handle = get_case},
    {.method = MZ_GET,
     .path = "/api/v1/cases/{id}/events",
     .table = "events",
     .cursor = "before",
     .right = MZ_RIGHT_CASES_READ,
     .handle = get_history},
};
const mz_routes mz_case_routes = {routes, sizeof routes / sizeof *routes};
