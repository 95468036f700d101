/* /api/v1/figures: figures of the casework. /api/v1/cases/{id}/goaml: a case for a financial intelligence unit; and
 * /api/v1/goaml/settings, what an agency says in each such report. */
#include "server/reports.h"
#include "base/clock.h"
#include "base/error.h"
#include "reports/figures.h"
#include "reports/goaml_case.h"
#include "reports/goaml_form.h"
#include "reports/words.h"
#include "server/api.h"
#include "server/tables.h"

enum { USUAL_DAYS = 30, DAY_S = 86400, REPORT_BYTES_MOST = 1 << 20, SETTINGS_BYTES_MOST = MZ_GOAML_SETTINGS_BYTES };

mz_status mz_reports_begin(const mz_request *request, mz_error *error) {
    if (!request->service->store || !request->who->agency.size)
        return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no casework here: who asks belongs to no agency");
    return MZ_OK;
}

/* ---- figures ---- */

typedef struct counting {
    const mz_request *request;
    mz_figures_period period;
    mz_figures figures;
} counting;

static mz_status read_time(const mz_request *request, const char *name, int64_t *ret_seconds, mz_error *error) {
    mz_str text = mz_request_query(request, name);
    if (!text.data || mz_time_parse(text.data, text.size, ret_seconds)) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “%s” is a day, YYYY-MM-DD, or a time of RFC 3339", name);
}

static mz_status count(void *context, mz_sql *sql, mz_error *error) {
    counting *at = context;
    return mz_figures_count(sql, at->request->who->agency, &at->period, mz_clock_now(), at->request->arena,
                            &at->figures, error);
}

static void answer_figures(const mz_figures *figures, bool csv, mz_response *response) {
    mz_json json;
    if (csv) {
        response->type = "text/csv; charset=utf-8";
        mz_response_header(response, MZ_STR("Content-Disposition"), MZ_STR("attachment; filename=\"figures.csv\""));
        mz_figures_write_csv(figures, &response->body);
        return;
    }
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_figures_write_json(figures, &json);
    mz_json_object_end(&json);
}

static mz_status read_format(const mz_request *request, bool *ret_csv, mz_error *error) {
    mz_str format = mz_request_query(request, "format");
    *ret_csv = mz_str_equal(format, MZ_STR("csv"));
    if (!format.data || *ret_csv || mz_str_equal(format, MZ_STR("json"))) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “format” is json or csv");
}

static mz_status figures(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("since"), MZ_STR_INIT("until"), MZ_STR_INIT("format")};
    counting at = {.request = request};
    bool csv;
    mz_status status = mz_api_parameters(request, known, 3, error);
    if (!status) status = mz_reports_begin(request, error);
    if (!status) status = read_format(request, &csv, error);
    at.period.until = mz_clock_now() / DAY_S * DAY_S + DAY_S;
    if (!status) status = read_time(request, "until", &at.period.until, error);
    at.period.since = at.period.until - USUAL_DAYS * DAY_S;
    if (!status) status = read_time(request, "since", &at.period.since, error);
    if (!status) status = mz_store_read(request->service->store, count, &at, error);
    if (!status) answer_figures(&at.figures, csv, response);
    return status;
}

/* ---- a case for the unit ---- */

typedef struct reporting {
    const mz_request *request;
    mz_language language;
    mz_goaml_case from;
    mz_str xml, code;
} reporting;

static mz_status read_case(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    return mz_goaml_case_read(sql, at->request->who->agency, mz_request_place(at->request, "id"), at->language,
                              at->request->arena, &at->from, error);
}

/* Who writes reports and may not see cases sees none here either. What there is nothing to report of is a conflict with
 * how the case stands, and no lack of rights. */
static mz_status read_reported(reporting *at, mz_response *response, mz_error *error) {
    if (!mz_may(at->request->who, MZ_RIGHT_CASES_READ))
        return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such case");
    mz_status status = mz_store_read(at->request->service->store, read_case, at, error);
    if (status == MZ_ERR_REFUSED) mz_response_problem(response, at->request, 409, error);
    return status;
}

static mz_status suggest(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("language")};
    reporting at = {.request = request};
    mz_status status = mz_api_parameters(request, known, 1, error);
    if (!status) status = mz_reports_begin(request, error);
    if (!status) status = mz_api_language(request, &at.language, error);
    if (!status) status = read_reported(&at, response, error);
    if (status == MZ_ERR_REFUSED && response->status == 409) return MZ_OK;
    if (!status) status = mz_goaml_case_tell(&at.from, at.language, request->arena, &response->body, error);
    return status;
}

static void answer_gaps(const reporting *at, const mz_goaml_gap *gaps, size_t gap_count, mz_response *response) {
    mz_error detail;
    mz_json json;
    mz_buffer *out = &response->body;
    (void)mz_fail(&detail, MZ_ERR_INPUT, "the report cannot be written yet: %zu places are to be filled in or mended",
                  gap_count);
    mz_response_problem(response, at->request, 409, &detail);
    if (out->failed || !out->size) return;
    out->size--; /* the closing brace */
    mz_buffer_str(out, MZ_STR(",\"missing\":"));
    mz_json_init(&json, out);
    mz_goaml_write_gaps(gaps, gap_count, &at->from.rules, at->language, &json);
    mz_buffer_char(out, '}');
}

static mz_status note_written(void *context, mz_sql *sql, mz_error *error) {
    reporting *at = context;
    const mz_actor actor = mz_people_actor(at->request);
    return mz_goaml_case_written(sql, at->request->who->agency, &actor, mz_request_place(at->request, "id"), at->xml,
                                 at->code, at->request->arena, error);
}

static void answer_xml(const reporting *at, mz_response *response) {
    mz_str label = at->from.label;
    response->type = "application/xml";
    mz_response_header(
        response, MZ_STR("Content-Disposition"),
        mz_arena_print(at->request->arena, "attachment; filename=\"goaml-%.*s.xml\"", (int)label.size, label.data));
}

static mz_status write_report(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("language")};
    reporting at = {.request = request};
    const mz_json_value *report;
    mz_goaml_gap *gaps;
    size_t gap_count;
    mz_status status = mz_api_parameters(request, known, 1, error);
    if (!status) status = mz_reports_begin(request, error);
    if (!status) status = mz_api_language(request, &at.language, error);
    if (!status) status = read_reported(&at, response, error);
    if (status == MZ_ERR_REFUSED && response->status == 409) return MZ_OK;
    if (!status) status = mz_request_json(request, &report, error);
    if (!status)
        status = mz_goaml_write(report, &at.from.rules, request->arena, &response->body, &gaps, &gap_count, error);
    if (status) return status;
    if (gap_count) {
        answer_gaps(&at, gaps, gap_count, response);
        return MZ_OK;
    }
    at.xml = mz_buffer_view(&response->body);
    at.code = mz_json_member(report, "report_code")->text;
    status = mz_store_change(request->service->store, note_written, &at, error);
    if (!status) answer_xml(&at, response);
    return status;
}

/* ---- settings and the form ---- */

typedef struct setting {
    const mz_request *request;
    int64_t version;
    const mz_json_value *value;
    mz_goaml_settings settings;
} setting;

static mz_status get_settings(void *context, mz_sql *sql, mz_error *error) {
    setting *at = context;
    return mz_goaml_settings_get(sql, at->request->who->agency, at->request->arena, &at->settings, error);
}

static mz_status set_settings(void *context, mz_sql *sql, mz_error *error) {
    setting *at = context;
    const mz_actor actor = mz_people_actor(at->request);
    return mz_goaml_settings_set(sql, at->request->who->agency, &actor, at->version, at->value, at->request->arena,
                                 &at->settings, error);
}

static mz_status answer_settings(const setting *at, mz_response *response) {
    mz_json json;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair_int(&json, "version", at->settings.version);
    mz_json_key(&json, "settings");
    mz_json_raw(&json, at->settings.text);
    mz_json_object_end(&json);
    return MZ_OK;
}

static mz_status show_settings(const mz_request *request, mz_response *response, mz_error *error) {
    setting at = {.request = request};
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (!status) status = mz_reports_begin(request, error);
    if (!status) status = mz_store_read(request->service->store, get_settings, &at, error);
    return status ? status : answer_settings(&at, response);
}

/* What a page needs to ask for a report, as one's unit takes it. */
static mz_status show_form(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("language")};
    setting at = {.request = request};
    mz_language language;
    mz_json json;
    mz_status status = mz_api_parameters(request, known, 1, error);
    if (!status) status = mz_reports_begin(request, error);
    if (!status) status = mz_api_language(request, &language, error);
    if (!status) status = mz_store_read(request->service->store, get_settings, &at, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_goaml_form_write(&at.settings.rules, language, &json);
    return MZ_OK;
}

static mz_status change_settings(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("version"), MZ_STR_INIT("settings")};
    setting at = {.request = request, .version = -1};
    const mz_json_value *body;
    mz_status status = mz_people_body(request, known, 2, &body, error);
    if (!status) status = mz_reports_begin(request, error);
    if (!status) status = mz_json_read_int(body, "version", 0, INT64_MAX, &at.version, error);
    if (status) return status;
    at.value = mz_json_member(body, "settings");
    if (at.version < 0 || !at.value)
        return mz_fail_at(error, MZ_ERR_INPUT, body->line, body->column, "“version” and “settings” must be there");
    status = mz_store_change(request->service->store, set_settings, &at, error);
    if (status == MZ_ERR_REFUSED) {
        mz_response_problem(response, request, 409, error);
        return MZ_OK;
    }
    return status ? status : answer_settings(&at, response);
}

#define REPORTS .right = MZ_RIGHT_REPORTS
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/figures", REPORTS, .handle = figures},
    {.method = MZ_GET, .path = "/api/v1/cases/{id}/goaml", REPORTS, .handle = suggest},
    {.method = MZ_POST,
     .path = "/api/v1/cases/{id}/goaml",
     REPORTS,
     .flags = MZ_ROUTE_CHANGES,
     .body_most = REPORT_BYTES_MOST,
     .handle = write_report},
    {.method = MZ_GET, .path = "/api/v1/goaml/form", REPORTS, .handle = show_form},
    {.method = MZ_GET, .path = "/api/v1/goaml/settings", REPORTS, .handle = show_settings},
    {.method = MZ_PUT,
     .path = "/api/v1/goaml/settings",
     .right = MZ_RIGHT_CASES_SETTINGS,
     .flags = MZ_ROUTE_CHANGES,
     .body_most = SETTINGS_BYTES_MOST,
     .handle = change_settings},
};
const mz_routes mz_report_routes = {routes, sizeof routes / sizeof *routes};
