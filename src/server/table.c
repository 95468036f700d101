#include "server/table.h"

#include "base/csv_write.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "server/routes.h"

enum { COLUMNS_MOST = 64, PARAMETERS_MOST = 64, PAGE_BYTES = 256 << 20 };

typedef struct tabling {
    const mz_request *request;
    mz_response *response;
    mz_arena page;                            /* of one page */
    mz_parameter parameters[PARAMETERS_MOST]; /* without "format", and with the cursor behind them */
    size_t parameter_count;
    mz_str columns[COLUMNS_MOST]; /* in the request's arena */
    size_t column_count, rows;
    mz_str next; /* in the request's arena; empty: that was the last page */
} tabling;

bool mz_table_wanted(const mz_request *request) {
    return request->route->table && mz_str_equal(mz_request_query(request, "format"), MZ_STR("csv"));
}

/* ---- cells ---- */

/* What an object is to people: its name where it has one. */
static const mz_json_value *shown(const mz_json_value *value) {
    static const char *const names[] = {"name", "label", "caption", "title"};
    const mz_json_value *found = NULL;
    for (size_t k = 0; !found && k < sizeof names / sizeof *names; k++) found = mz_json_member(value, names[k]);
    return found && found->kind == MZ_JSON_STRING ? found : value;
}

static mz_status put_container(tabling *at, const mz_json_value *value, bool first, mz_error *error) {
    mz_buffer text;
    mz_buffer_init(&text, PAGE_BYTES);
    bool words = value->kind == MZ_JSON_ARRAY;
    for (const mz_json_value *each = value->child; words && each; each = each->next)
        words = each->kind == MZ_JSON_STRING;
    mz_status status = MZ_OK;
    if (!words) status = mz_json_canonical_value(value, &at->page, &text, error);
    for (const mz_json_value *each = words ? value->child : NULL; each; each = each->next) {
        if (each != value->child) mz_buffer_char(&text, ' ');
        mz_buffer_str(&text, each->text);
    }
    if (!status && text.failed) status = mz_fail_buffer(&text, error, "a cell of the table");
    if (!status) mz_csv_cell(&at->response->body, mz_buffer_view(&text), first);
    mz_buffer_done(&text);
    return status;
}

static mz_status put_cell(tabling *at, const mz_json_value *value, bool first, mz_error *error) {
    if (value && value->kind == MZ_JSON_OBJECT) value = shown(value);
    if (!value || value->kind == MZ_JSON_NULL)
        mz_csv_put(&at->response->body, MZ_STR(""), first);
    else if (value->kind == MZ_JSON_STRING)
        mz_csv_cell(&at->response->body, value->text, first);
    else if (value->kind == MZ_JSON_OBJECT || value->kind == MZ_JSON_ARRAY)
        return put_container(at, value, first, error);
    else
        mz_csv_put(&at->response->body, value->text, first);
    return MZ_OK;
}

/* ---- rows ---- */

static void find_columns(tabling *at, const mz_json_value *rows) {
    for (const mz_json_value *row = rows->child; row; row = row->next)
        for (const mz_json_value *member = row->child; member; member = member->next) {
            size_t k = 0;
            while (k < at->column_count && !mz_str_equal(at->columns[k], member->key)) k++;
            if (k == at->column_count && k < COLUMNS_MOST)
                at->columns[at->column_count++] = mz_arena_copy(at->request->arena, member->key);
        }
    for (size_t k = 0; k < at->column_count; k++) mz_csv_cell(&at->response->body, at->columns[k], k == 0);
    if (at->column_count) mz_buffer_char(&at->response->body, '\n');
}

static const mz_json_value *member_of(const mz_json_value *row, mz_str key) {
    for (const mz_json_value *member = row->child; member; member = member->next)
        if (mz_str_equal(member->key, key)) return member;
    return NULL;
}

static mz_status put_rows(tabling *at, const mz_json_value *rows, mz_error *error) {
    mz_status status = MZ_OK;
    if (!at->column_count) find_columns(at, rows);
    for (const mz_json_value *row = rows->child; row && !status && at->rows < MZ_TABLE_ROWS_MOST; row = row->next) {
        for (size_t k = 0; k < at->column_count && !status; k++)
            status = put_cell(at, member_of(row, at->columns[k]), k == 0, error);
        mz_buffer_char(&at->response->body, '\n');
        at->rows++;
    }
    return status;
}

/* ---- pages ---- */

static mz_status read_page(tabling *at, const mz_response *page, mz_error *error) {
    const mz_json_value *answer;
    mz_str next = {NULL, 0};
    const char *cursor = at->request->route->cursor;
    mz_status status = mz_json_parse(mz_buffer_view(&page->body), 0, &at->page, &answer, error);
    const mz_json_value *rows = status ? NULL : mz_json_member(answer, at->request->route->table);
    if (!status) status = mz_json_expect(rows, MZ_JSON_ARRAY, "the list", error);
    if (!status) status = put_rows(at, rows, error);
    if (!status && cursor) status = mz_json_read_str(answer, "next", &next, error);
    at->next = next.size ? mz_arena_copy(at->request->arena, next) : (mz_str){"", 0};
    return status;
}

/* *ret_refused: the handler answered something else than the list, which is the answer now. */
static mz_status ask_page(tabling *at, bool *ret_refused, mz_error *error) {
    mz_request asked = *at->request;
    mz_response page;
    asked.arena = &at->page;
    asked.for_table = true;
    asked.query = (mz_parameters){at->parameters, at->parameter_count};
    mz_response_init(&page);
    mz_status status = asked.route->handle(&asked, &page, error);
    if (!status && page.body.failed) status = mz_fail_buffer(&page.body, error, "a page of the list");
    *ret_refused = !status && page.status != 200;
    if (*ret_refused) {
        mz_buffer_clear(&at->response->body);
        mz_buffer_str(&at->response->body, mz_buffer_view(&page.body));
        at->response->status = page.status;
        at->response->type = page.type;
    } else if (!status) {
        status = read_page(at, &page, error);
    }
    mz_response_done(&page);
    return status;
}

static mz_status read_parameters(tabling *at, mz_error *error) {
    const mz_parameters *query = &at->request->query;
    if (query->count >= PARAMETERS_MOST) return mz_fail(error, MZ_ERR_ARGUMENT, "too many parameters");
    for (size_t k = 0; k < query->count; k++)
        if (!mz_str_equal(query->items[k].name, MZ_STR("format")))
            at->parameters[at->parameter_count++] = query->items[k];
    return MZ_OK;
}

/* The cursor of the next page, in the place of the one before. */
static void go_on(tabling *at) {
    mz_str cursor = mz_str_of(at->request->route->cursor);
    size_t k = 0;
    while (k < at->parameter_count && !mz_str_equal(at->parameters[k].name, cursor)) k++;
    at->parameters[k] = (mz_parameter){cursor, at->next};
    if (k == at->parameter_count) at->parameter_count++;
}

mz_status mz_table_answer(const mz_request *request, mz_response *response, mz_error *error) {
    tabling at = {.request = request, .response = response};
    bool refused = false;
    mz_status status = read_parameters(&at, error);
    if (status) return status;
    mz_arena_init(&at.page, PAGE_BYTES);
    do {
        mz_arena_reset(&at.page);
        status = ask_page(&at, &refused, error);
        if (!status && !refused && at.next.size) go_on(&at);
    } while (!status && !refused && at.next.size && at.rows < MZ_TABLE_ROWS_MOST);
    mz_arena_done(&at.page);
    if (status || refused) return status;
    response->type = "text/csv; charset=utf-8";
    mz_response_header(response, MZ_STR("Content-Disposition"),
                       mz_arena_print(request->arena, "attachment; filename=\"%s.csv\"", request->route->table));
    mz_response_header(response, MZ_STR("Cache-Control"), MZ_STR("no-store"));
    return MZ_OK;
}
