/* GET /api/v1/cases/{id}/file and /api/v1/receipts/{number}/certificate: pages to be printed. */
#include "base/clock.h"
#include "base/error.h"
#include "reports/case_file.h"
#include "reports/certificate.h"
#include "server/api.h"
#include "server/reports.h"
#include "server/tables.h"
#include "server/version.h"

static mz_sheet sheet_of(const mz_request *request, mz_response *response, mz_language language) {
    const mz_words_of *words = request->service->words;
    return (mz_sheet){.out = &response->body, .language = language, .words = words ? &words[language] : NULL};
}

/* Only what the page itself allows; and nothing frames it. */
static void answer_page(const mz_request *request, mz_response *response) {
    char policy[MZ_SHEET_POLICY_SIZE];
    mz_sheet_policy(policy);
    response->type = "text/html; charset=utf-8";
    mz_response_header(response, MZ_STR("Content-Security-Policy"),
                       mz_arena_print(request->arena, "%s; frame-ancestors 'none'", policy));
    mz_response_header(response, MZ_STR("Referrer-Policy"), MZ_STR("no-referrer"));
    mz_people_private(response);
}

static mz_status begin(const mz_request *request, mz_language *ret_language, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("language")};
    mz_status status = mz_api_parameters(request, known, 1, error);
    if (!status) status = mz_reports_begin(request, error);
    return status ? status : mz_api_language(request, ret_language, error);
}

/* ---- a case ---- */

typedef struct reading {
    const mz_request *request;
    mz_case_file file;
    int64_t number;
    mz_buffer *receipt;
    mz_certificate certificate;
} reading;

static mz_status read_file(void *context, mz_sql *sql, mz_error *error) {
    reading *at = context;
    return mz_case_file_read(sql, at->request->who->agency, mz_request_place(at->request, "id"), at->request->arena,
                             &at->file, error);
}

static mz_status case_file(const mz_request *request, mz_response *response, mz_error *error) {
    reading at = {.request = request};
    mz_language language;
    mz_status status = begin(request, &language, error);
    if (!status) status = mz_store_read(request->service->store, read_file, &at, error);
    if (status) return status;
    const mz_sheet sheet = sheet_of(request, response, language);
    at.file.reader = request->who->name;
    at.file.build = MZ_STR("mizan " MZ_SERVER_VERSION);
    status = mz_case_file_write(&at.file, &sheet, request->arena, error);
    if (!status) answer_page(request, response);
    return status;
}

/* ---- a screening ---- */

static mz_status read_receipt(void *context, mz_sql *sql, mz_error *error) {
    reading *at = context;
    mz_buffer_clear(at->receipt);
    return mz_certificate_read(sql, at->request->who->agency, at->number, at->request->arena, at->receipt,
                               &at->certificate, error);
}

static bool read_number(mz_str text, int64_t *ret_number) {
    int64_t number = 0;
    if (!text.size || text.size > 15) return false;
    for (size_t k = 0; k < text.size; k++) {
        if (text.data[k] < '0' || text.data[k] > '9') return false;
        number = number * 10 + (text.data[k] - '0');
    }
    *ret_number = number;
    return true;
}

static mz_status certificate(const mz_request *request, mz_response *response, mz_error *error) {
    mz_buffer receipt;
    reading at = {.request = request, .receipt = &receipt};
    mz_language language;
    mz_status status = begin(request, &language, error);
    if (!status && !read_number(mz_request_place(request, "number"), &at.number))
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such receipt");
    if (status) return status;
    mz_buffer_init(&receipt, MZ_SHEET_BYTES_MOST);
    status = mz_store_read(request->service->store, read_receipt, &at, error);
    if (!status) {
        const mz_sheet sheet = sheet_of(request, response, language);
        at.certificate.reader = request->who->name;
        status = mz_certificate_write(&at.certificate, &sheet, request->arena, error);
    }
    mz_buffer_done(&receipt);
    if (!status) answer_page(request, response);
    return status;
}

#define READ .right = MZ_RIGHT_CASES_READ
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/cases/{id}/file", READ, .handle = case_file},
    {.method = MZ_GET, .path = "/api/v1/receipts/{number}/certificate", READ, .handle = certificate},
};
const mz_routes mz_report_page_routes = {routes, sizeof routes / sizeof *routes};
