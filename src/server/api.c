#include "server/api.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "server/table.h"

#include <math.h>

enum { PAGE_USUAL = 100, PAGE_MOST = 1000, MILLION = 1000000 };

static bool is_among(mz_str name, const mz_str *known, size_t count) {
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(name, known[k])) return true;
    return false;
}

static bool stood_before(const mz_request *request, size_t place) {
    for (size_t p = 0; p < place; p++)
        if (mz_str_equal(request->query.items[p].name, request->query.items[place].name)) return true;
    return false;
}

/* The first `several` of the known may stand several times. */
static mz_status check_parameters(const mz_request *request, const mz_str *known, size_t count, size_t several,
                                  mz_error *error) {
    for (size_t p = 0; p < request->query.count; p++) {
        mz_str name = request->query.items[p].name;
        bool fine = is_among(name, known, count);
        if (fine && !is_among(name, known, several) && stood_before(request, p))
            return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “%.*s” stands there twice; it takes one value",
                           mz_shown(name), name.data);
        if (fine) continue;
        const char *nearest = mz_nearest(known, count, name);
        return mz_fail(error, MZ_ERR_ARGUMENT, "unknown parameter “%.*s”%s%s%s", mz_shown(name), name.data,
                       nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");
    }
    return MZ_OK;
}

mz_status mz_api_parameters(const mz_request *request, const mz_str *known, size_t count, mz_error *error) {
    return check_parameters(request, known, count, 0, error);
}

mz_status mz_api_members(const mz_json_value *object, const mz_str *known, size_t count, mz_error *error) {
    for (const mz_json_value *m = object->child; m; m = m->next) {
        if (is_among(m->key, known, count)) continue;
        const char *nearest = mz_nearest(known, count, m->key);
        return mz_fail_at(error, MZ_ERR_INPUT, m->line, m->column, "unknown key “%.*s”%s%s%s", mz_shown(m->key),
                          m->key.data, nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");
    }
    return MZ_OK;
}

mz_wish_bounds mz_api_bounds(const mz_service *service) {
    return (mz_wish_bounds){.limit_most = service->settings.limit_most};
}

/* ---- wishes ---- */

/* The values of a filter's key; one that is there and empty says nothing. */
static mz_status read_key(const mz_request *request, mz_filter_key key, mz_filter *filter, mz_error *error) {
    const mz_str *values;
    size_t count;
    mz_status status = mz_request_query_all(request, mz_filter_key_name(key), &values, &count, error);
    if (!status) {
        filter->values[key].texts = values;
        filter->values[key].count = count;
    }
    return status;
}

static mz_status read_numbers(const mz_request *request, mz_query_wishes *wishes, mz_error *error) {
    int64_t limit = 0;
    double threshold = 0;
    mz_status status =
        mz_request_query_int(request, "limit", 1, (int64_t)request->service->settings.limit_most, &limit, error);
    if (!status) status = mz_request_query_number(request, "threshold", 0.5, 1, &threshold, error);
    wishes->limit = (size_t)limit;
    wishes->part.threshold = round(threshold * MILLION) / MILLION;
    return status;
}

static mz_status read_words(const mz_request *request, mz_query_wishes *wishes, mz_error *error) {
    mz_str algorithm = mz_request_query(request, "algorithm");
    mz_status status = mz_request_query_bool(request, "plan", &wishes->plan, error);
    if (!status && algorithm.data) status = mz_algorithm_parse(algorithm, &wishes->algorithm, error);
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT && !status; k++)
        status = read_key(request, (mz_filter_key)k, &wishes->filter, error);
    return status;
}

mz_status mz_api_wishes(const mz_request *request, mz_query_wishes *wishes, mz_error *error) {
    static const mz_json_value in_the_address = {.kind = MZ_JSON_OBJECT}; /* a place that has no line */
    mz_str known[MZ_FILTER_KEY_COUNT + 4];
    size_t count = 0;
    /* those before the dates may stand several times */
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) known[count++] = mz_str_of(mz_filter_key_name((mz_filter_key)k));
    known[count++] = MZ_STR("limit");
    known[count++] = MZ_STR("threshold");
    known[count++] = MZ_STR("algorithm");
    known[count++] = MZ_STR("plan");
    *wishes = (mz_query_wishes){.limit_at = NULL};
    mz_status status = check_parameters(request, known, count, MZ_FILTER_LISTED_SINCE, error);
    if (!status) status = read_numbers(request, wishes, error);
    if (!status) status = read_words(request, wishes, error);
    if (mz_request_query(request, "limit").data) wishes->limit_at = &in_the_address;
    if (mz_request_query(request, "threshold").data) wishes->threshold_at = &in_the_address;
    if (mz_request_query(request, "algorithm").data) wishes->algorithm_at = &in_the_address;
    if (mz_request_query(request, "plan").data) wishes->plan_at = &in_the_address;
    if (!mz_filter_is_empty(&wishes->filter)) wishes->filter_at = &in_the_address;
    return status;
}

void mz_api_asked(const mz_request *request, const mz_json_value *query) {
    const mz_json_value *name = mz_json_member(mz_json_member(query, "properties"), "name");
    if (!name) return;
    if (name->kind == MZ_JSON_STRING) mz_request_asked(request, name->text);
    for (const mz_json_value *each = name->kind == MZ_JSON_ARRAY ? name->child : NULL; each; each = each->next)
        if (each->kind == MZ_JSON_STRING) mz_request_asked(request, each->text);
}

/* ---- pages, failures ---- */

mz_status mz_api_read_page(const mz_request *request, mz_api_page *ret_page, mz_error *error) {
    int64_t limit = PAGE_USUAL, offset = 0;
    mz_status status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    if (!status) status = mz_request_query_int(request, "offset", 0, INT64_MAX, &offset, error);
    if (request->for_table && !mz_request_query(request, "limit").data) limit = MZ_TABLE_ROWS_MOST;
    *ret_page = (mz_api_page){(uint64_t)limit, (uint64_t)offset};
    return status;
}

mz_status mz_api_store_failure(mz_status status, mz_error *error) {
    if (status != MZ_ERR_INPUT && status != MZ_ERR_IO && status != MZ_ERR_LIMIT) return status;
    return mz_fail(error, MZ_ERR_BUSY,
                   "the store of lists cannot be read; mizan lists status says what is wrong with it");
}

/* ---- in which language ---- */

static const char *const language_codes[] = {[MZ_ENGLISH] = "en", [MZ_FRENCH] = "fr", [MZ_ARABIC] = "ar"};
enum { LANGUAGES = sizeof language_codes / sizeof *language_codes };

static bool find_language(mz_str code, mz_language *ret_language) {
    for (unsigned k = 0; k < LANGUAGES; k++)
        if (code.size >= 2 && !memcmp(code.data, language_codes[k], 2) && (code.size == 2 || code.data[2] == '-')) {
            *ret_language = (mz_language)k;
            return true;
        }
    return false;
}

/* The first language of Accept-Language that there is; its weights are passed over, since browsers put them in order.
 */
static void accept_language(mz_str header, mz_language *language) {
    while (header.size) {
        const char *comma = memchr(header.data, ',', header.size);
        size_t size = comma ? (size_t)(comma - header.data) : header.size, from = 0;
        while (from < size && header.data[from] == ' ') from++;
        mz_str range = {header.data + from, size - from};
        const char *weight = memchr(range.data, ';', range.size);
        if (weight) range.size = (size_t)(weight - range.data);
        if (find_language(range, language)) return;
        header = (mz_str){header.data + size + (comma != NULL), header.size - size - (comma != NULL)};
    }
}

mz_status mz_api_language(const mz_request *request, mz_language *ret_language, mz_error *error) {
    mz_str asked = mz_request_query(request, "language");
    *ret_language = MZ_ENGLISH;
    if (!asked.data) {
        mz_str header = mz_request_header(request, "accept-language");
        if (header.data) accept_language(header, ret_language);
    } else if (!find_language(asked, ret_language)) {
        return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “language” must be en, fr or ar, not “%.*s”",
                       mz_shown(asked), asked.data);
    }
    return MZ_OK;
}
