/* /api/v1/audit…: the audit chain of one's agency: its entries, its checkpoints, and whether it is whole. */
#include "server/audit.h"

#include "base/clock.h"
#include "base/error.h"
#include "server/api.h"
#include "server/audit_json.h"
#include "server/people_json.h"
#include "server/tables.h"
#include "server/work.h"

#include <stdio.h>

enum { PAGE_USUAL = 50, PAGE_MOST = 100, TABLE_MOST = 100000, TABLE_PAGE = 1000, AT_ONCE_MOST = 200000 };

/* ---- entries ---- */

typedef enum table_format { FORMAT_JSON, FORMAT_CSV, FORMAT_LINES } table_format;

typedef struct listing {
    const mz_request *request;
    mz_response *response;
    mz_audit_query query;
    table_format format;
} listing;

static mz_status read_moment(const mz_request *request, const char *name, int64_t *ret_seconds, mz_error *error) {
    mz_str text = mz_request_query(request, name);
    if (!text.data || mz_time_parse(text.data, text.size, ret_seconds)) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “%s” must be a day or a time such as 2026-05-01T00:00:00Z",
                   name);
}

static mz_status read_format(const mz_request *request, table_format *ret_format, mz_error *error) {
    mz_str format = mz_request_query(request, "format");
    if (!format.data || mz_str_equal(format, MZ_STR("json"))) return MZ_OK;
    *ret_format = mz_str_equal(format, MZ_STR("csv")) ? FORMAT_CSV : FORMAT_LINES;
    if (*ret_format == FORMAT_CSV || mz_str_equal(format, MZ_STR("jsonl"))) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “format” is json, csv or jsonl");
}

static mz_status read_query(const mz_request *request, listing *asked, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("kind"),  MZ_STR_INIT("object"), MZ_STR_INIT("actor"),
                                   MZ_STR_INIT("since"), MZ_STR_INIT("until"),  MZ_STR_INIT("before"),
                                   MZ_STR_INIT("limit"), MZ_STR_INIT("format")};
    int64_t limit = PAGE_USUAL;
    mz_audit_query *query = &asked->query;
    *query = (mz_audit_query){.chain = request->who->agency,
                              .kind = mz_request_query(request, "kind"),
                              .object = mz_request_query(request, "object"),
                              .actor = mz_request_query(request, "actor")};
    mz_status status = mz_api_parameters(request, known, sizeof known / sizeof *known, error);
    if (!status) status = read_format(request, &asked->format, error);
    if (!status) status = mz_request_query_int(request, "before", 1, INT64_MAX, &query->before, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    if (!status) status = read_moment(request, "since", &query->since, error);
    if (!status) status = read_moment(request, "until", &query->until, error);
    query->limit = asked->format == FORMAT_JSON ? (size_t)limit : TABLE_PAGE;
    return status;
}

static mz_status list_page(void *context, mz_sql *sql, mz_error *error) {
    listing *asked = context;
    mz_audit_names names = {sql, asked->request->arena, asked->query.chain, NULL};
    mz_audit_entry *entries;
    size_t count;
    mz_json json;
    char next[32];
    mz_buffer_clear(&asked->response->body);
    mz_status status = mz_audit_list(sql, &asked->query, asked->request->arena, &entries, &count, error);
    if (status) return status;
    mz_json_init(&json, &asked->response->body);
    mz_json_object(&json);
    mz_json_key(&json, "entries");
    mz_json_array(&json);
    for (size_t k = 0; k < count && !status; k++)
        status = mz_audit_entry_write(&json, &names, &entries[k], false, error);
    mz_json_array_end(&json);
    const mz_people_page page = {.limit = asked->query.limit};
    (void)snprintf(next, sizeof next, "%lld", count ? (long long)entries[count - 1].number : 0LL);
    mz_people_next(&json, &page, count, mz_str_of(next));
    mz_json_object_end(&json);
    return status;
}

static mz_status write_row(listing *asked, mz_audit_names *names, const mz_audit_entry *entry, mz_error *error) {
    mz_buffer *out = &asked->response->body;
    mz_json json;
    if (asked->format == FORMAT_CSV) return mz_audit_csv_write(out, names, entry, error);
    mz_json_init(&json, out);
    mz_status status = mz_audit_entry_write(&json, names, entry, true, error);
    mz_buffer_char(out, '\n');
    return status;
}

/* All that fit, up to a hundred thousand: page by page, so that memory holds one page beside the answer. */
static mz_status list_all(void *context, mz_sql *sql, mz_error *error) {
    listing *asked = context;
    mz_audit_query query = asked->query;
    mz_arena arena;
    mz_status status = MZ_OK;
    size_t count = TABLE_PAGE;
    mz_buffer_clear(&asked->response->body);
    if (asked->format == FORMAT_CSV) mz_audit_csv_head(&asked->response->body);
    mz_arena_init(&arena, MZ_RESPONSE_BYTES_MOST);
    for (size_t told = 0; !status && count == TABLE_PAGE && told < TABLE_MOST; told += count) {
        mz_audit_names names = {sql, &arena, query.chain, NULL};
        mz_audit_entry *entries;
        mz_arena_reset(&arena);
        status = mz_audit_list(sql, &query, &arena, &entries, &count, error);
        for (size_t k = 0; k < count && !status; k++) status = write_row(asked, &names, &entries[k], error);
        if (!status && count) query.before = entries[count - 1].number;
    }
    mz_arena_done(&arena);
    if (!status && asked->response->body.failed) status = mz_fail_buffer(&asked->response->body, error, "the answer");
    return status;
}

static mz_status list(const mz_request *request, mz_response *response, mz_error *error) {
    listing asked = {.request = request, .response = response};
    mz_access *access;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = read_query(request, &asked, error);
    if (!status)
        status =
            mz_store_read(request->service->store, asked.format == FORMAT_JSON ? list_page : list_all, &asked, error);
    if (status) return status;
    if (asked.format == FORMAT_CSV) {
        response->type = "text/csv; charset=utf-8";
        mz_response_header(response, MZ_STR("Content-Disposition"), MZ_STR("attachment; filename=\"audit.csv\""));
    } else if (asked.format == FORMAT_LINES) {
        response->type = "application/x-ndjson";
        mz_response_header(response, MZ_STR("Content-Disposition"), MZ_STR("attachment; filename=\"audit.jsonl\""));
    }
    mz_people_private(response);
    return MZ_OK;
}

mz_status mz_audit_place_of(const mz_request *request, int64_t *ret_number, mz_error *error) {
    mz_str text = mz_request_place(request, "number");
    int64_t number = 0;
    for (size_t k = 0; k < text.size; k++) {
        if (text.data[k] < '0' || text.data[k] > '9' || k > 17)
            return mz_fail(error, MZ_ERR_NOT_FOUND, "the audit chain has no such entry");
        number = number * 10 + (text.data[k] - '0');
    }
    *ret_number = number;
    return MZ_OK;
}

typedef struct one_entry {
    const mz_request *request;
    mz_response *response;
    int64_t number;
} one_entry;

static mz_status read_entry(void *context, mz_sql *sql, mz_error *error) {
    one_entry *asked = context;
    const mz_request *request = asked->request;
    mz_audit_names names = {sql, request->arena, request->who->agency, NULL};
    mz_audit_entry entry;
    mz_json json;
    mz_buffer_clear(&asked->response->body);
    mz_status status = mz_audit_get(sql, request->who->agency, asked->number, request->arena, &entry, error);
    if (status == MZ_ERR_NOT_FOUND) return mz_fail(error, status, "the audit chain has no such entry");
    if (status) return status;
    mz_json_init(&json, &asked->response->body);
    return mz_audit_entry_write(&json, &names, &entry, true, error);
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    one_entry asked = {request, response, 0};
    mz_access *access;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_audit_place_of(request, &asked.number, error);
    if (!status) status = mz_store_read(request->service->store, read_entry, &asked, error);
    if (!status) mz_people_private(response);
    return status;
}

/* ---- the chain as a whole ---- */

typedef struct overview {
    const mz_request *request;
    int64_t entries, checkpoints;
    mz_str hash;
    mz_audit_checkpoint *last;
    size_t last_count, verified_count;
    mz_audit_entry *verified;
} overview;

static mz_status read_chain(void *context, mz_sql *sql, mz_error *error) {
    overview *seen = context;
    mz_arena *arena = seen->request->arena;
    mz_str agency = seen->request->who->agency;
    const mz_sql_value values[] = {mz_sql_text(agency)}, *head = NULL, *signed_ones = NULL;
    const mz_audit_query query = {.chain = agency, .kind = MZ_STR(MZ_AUDIT_VERIFIED), .limit = 1};
    mz_status status =
        mz_sql_first(sql, "SELECT number, hash FROM audit_chain WHERE chain = ?1", values, 1, arena, &head, error);
    if (!status)
        status = mz_sql_first(sql, "SELECT COUNT(*) FROM audit_checkpoint WHERE chain = ?1", values, 1, arena,
                              &signed_ones, error);
    if (!status) status = mz_audit_checkpoints(sql, agency, 1, arena, &seen->last, &seen->last_count, error);
    if (!status) status = mz_audit_list(sql, &query, arena, &seen->verified, &seen->verified_count, error);
    if (status) return status;
    seen->entries = head ? head[0].number : 0;
    seen->hash = head ? head[1].text : MZ_STR("");
    seen->checkpoints = signed_ones ? signed_ones[0].number : 0;
    return MZ_OK;
}

static mz_status chain(const mz_request *request, mz_response *response, mz_error *error) {
    overview seen = {.request = request};
    const struct mz_audit_signer *signer = request->service->signer;
    mz_access *access;
    mz_json json;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_read(request->service->store, read_chain, &seen, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair_int(&json, "entries", seen.entries);
    mz_json_pair(&json, "hash", seen.hash);
    mz_json_pair_int(&json, "checkpoints", seen.checkpoints);
    mz_json_key(&json, "public_key");
    if (signer)
        mz_json_str(&json, mz_str_of(mz_audit_signer_public(signer)));
    else
        mz_json_null(&json);
    mz_json_key(&json, "last_checkpoint");
    if (seen.last_count)
        mz_checkpoint_write(&json, seen.last);
    else
        mz_json_null(&json);
    mz_json_key(&json, "verified");
    if (seen.verified_count) {
        mz_audit_names nobody = {NULL, request->arena, request->who->agency, NULL};
        mz_audit_entry entry = seen.verified[0];
        entry.actor = MZ_STR("");
        status = mz_audit_entry_write(&json, &nobody, &entry, false, error);
    } else {
        mz_json_null(&json);
    }
    mz_json_object_end(&json);
    mz_people_private(response);
    return status;
}

/* ---- checkpoints ---- */

typedef struct checkpoints_page {
    const mz_request *request;
    mz_audit_checkpoint *checkpoints, made;
    size_t limit, count;
    bool fresh;
} checkpoints_page;

static mz_status read_checkpoints(void *context, mz_sql *sql, mz_error *error) {
    checkpoints_page *page = context;
    const mz_request *request = page->request;
    return mz_audit_checkpoints(sql, request->who->agency, page->limit, request->arena, &page->checkpoints,
                                &page->count, error);
}

static mz_status list_checkpoints(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("limit")};
    checkpoints_page page = {.request = request};
    int64_t limit = PAGE_USUAL;
    mz_access *access;
    mz_json json;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_api_parameters(request, known, 1, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    page.limit = (size_t)limit;
    if (!status) status = mz_store_read(request->service->store, read_checkpoints, &page, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "checkpoints");
    mz_json_array(&json);
    for (size_t k = 0; k < page.count; k++) mz_checkpoint_write(&json, &page.checkpoints[k]);
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status sign_end(void *context, mz_sql *sql, mz_error *error) {
    checkpoints_page *page = context;
    const mz_request *request = page->request;
    return mz_audit_sign(sql, request->service->signer, request->who->agency, request->arena, &page->made, &page->fresh,
                         error);
}

static mz_status sign(const mz_request *request, mz_response *response, mz_error *error) {
    checkpoints_page page = {.request = request};
    mz_access *access;
    mz_json json;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status && !request->service->signer)
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "this service has no key to sign with");
    if (!status) status = mz_store_change(request->service->store, sign_end, &page, error);
    if (status) return status;
    response->status = page.fresh ? 201 : 200;
    mz_json_init(&json, &response->body);
    mz_checkpoint_write(&json, &page.made);
    mz_people_private(response);
    return MZ_OK;
}

/* ---- verifying ---- */

static mz_status verify(const mz_request *request, mz_response *response, mz_error *error) {
    overview seen = {.request = request};
    mz_audit_verdict verdict;
    mz_access *access;
    mz_json json;
    const mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_read(request->service->store, read_chain, &seen, error);
    if (status) return status;
    if (seen.entries > AT_ONCE_MOST)
        return mz_work_ask(request, "audit.verify", MZ_STR(""), MZ_STR(""), response, error);
    status = mz_service_verify(request->service, request->who->agency, mz_actor_kind_of(&actor), request->who->key,
                               NULL, request->arena, &verdict, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_verdict_write(&json, &verdict);
    mz_people_private(response);
    return MZ_OK;
}

#define AUDITS .right = MZ_RIGHT_AUDIT
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/audit", AUDITS, .handle = list},
    {.method = MZ_GET, .path = "/api/v1/audit/chain", AUDITS, .handle = chain},
    {.method = MZ_GET, .path = "/api/v1/audit/checkpoints", AUDITS, .handle = list_checkpoints},
    {.method = MZ_POST, .path = "/api/v1/audit/checkpoints", AUDITS, .flags = MZ_ROUTE_CHANGES, .handle = sign},
    {.method = MZ_POST, .path = "/api/v1/audit/verify", AUDITS, .flags = MZ_ROUTE_CHANGES, .handle = verify},
    {.method = MZ_GET, .path = "/api/v1/audit/{number}", AUDITS, .handle = get},
};
const mz_routes mz_audit_routes = {routes, sizeof routes / sizeof *routes};
