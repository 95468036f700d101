/* Reading the report of another run, for comparing: what is compared, and no more. Counts that cannot be (more found
 * than asked, curves that rise) are refused, so that no picture is drawn of them. */
#include "effectiveness/report.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/json_read.h"
#include "base/shown.h"

static const int64_t most_counted = INT64_C(1) << 52;

static mz_status read_number(const mz_json_value *object, const char *key, double least, double most,
                             double *ret_number, mz_error *error) {
    const mz_json_value *value = mz_json_member(object, key);
    if (!value || value->kind != MZ_JSON_NUMBER || value->text.size > 30)
        return mz_fail_at(error, MZ_ERR_INPUT, object->line, object->column, "\"%s\" must be a number", key);
    /* digits, a point, digits: the form that reports have; read without the locale */
    double number = 0, place = 1;
    bool fraction = false;
    for (size_t i = 0; i < value->text.size; i++) {
        char c = value->text.data[i];
        if (c == '.') {
            fraction = true;
            continue;
        }
        if (c < '0' || c > '9')
            return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column, "\"%s\" must be a number like 0.7", key);
        if (fraction) place /= 10;
        number = fraction ? number + (c - '0') * place : number * 10 + (c - '0');
    }
    if (number < least || number > most)
        return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column, "\"%s\" must be from %g to %g", key, least,
                          most);
    *ret_number = number;
    return MZ_OK;
}

static mz_status read_count(const mz_json_value *object, const char *key, uint64_t most, uint64_t *ret_count,
                            mz_error *error) {
    int64_t count = 0;
    mz_status status = mz_json_read_int(object, key, 0, (int64_t)most, &count, error);
    if (!status) *ret_count = (uint64_t)count;
    return status;
}

static mz_status read_steps(const mz_json_value *object, const char *key, mz_tally *tally, mz_error *error) {
    const mz_json_value *array = mz_json_member(object, key);
    if (!array || array->kind != MZ_JSON_ARRAY || array->count != MZ_STEPS)
        return mz_fail_at(error, MZ_ERR_INPUT, object->line, object->column, "\"%s\" must be an array of %d counts",
                          key, MZ_STEPS);
    size_t step = 0;
    uint64_t before = tally->asked;
    for (const mz_json_value *item = array->child; item; item = item->next) {
        uint64_t count = 0;
        bool good = item->kind == MZ_JSON_NUMBER && item->text.size < 18;
        for (size_t i = 0; good && i < item->text.size; i++) {
            char c = item->text.data[i];
            good = c >= '0' && c <= '9';
            count = count * 10 + (uint64_t)(c - '0');
        }
        if (!good || count > before)
            return mz_fail_at(error, MZ_ERR_INPUT, item->line, item->column,
                              "\"%s\" must fall from step to step, from at most what was asked", key);
        tally->at[step++] = before = count;
    }
    return MZ_OK;
}

static mz_status read_tally(const mz_json_value *object, const char *counted, const char *curve, mz_tally *tally,
                            mz_error *error) {
    mz_status status = read_count(object, "asked", (uint64_t)most_counted, &tally->asked, error);
    if (!status) status = read_count(object, counted, tally->asked, &tally->found, error);
    if (!status) status = read_count(object, "first", tally->found, &tally->first, error);
    if (!status) status = read_count(object, "hits", (uint64_t)most_counted, &tally->hits, error);
    return status ? status : read_steps(object, curve, tally, error);
}

/* An object that may be absent or null, for what was not measured. */
static mz_status read_alerts(const mz_json_value *object, const char *key, mz_tally *tally, mz_error *error) {
    const mz_json_value *alerts = mz_json_member(object, key);
    if (!alerts || alerts->kind == MZ_JSON_NULL) return MZ_OK;
    mz_status status = mz_json_expect(alerts, MZ_JSON_OBJECT, key, error);
    return status ? status : read_tally(alerts, "alerted", "alerted_at", tally, error);
}

static mz_status member(const mz_json_value *object, const char *key, mz_json_kind kind,
                        const mz_json_value **ret_value, mz_error *error) {
    const mz_json_value *value = mz_json_member(object, key);
    if (!value) return mz_fail_at(error, MZ_ERR_INPUT, object->line, object->column, "\"%s\" is missing", key);
    *ret_value = value;
    return mz_json_expect(value, kind, key, error);
}

static mz_status read_classes(const mz_json_value *root, mz_arena *arena, mz_report *report, mz_error *error) {
    const mz_json_value *array;
    mz_status status = member(root, "classes", MZ_JSON_ARRAY, &array, error);
    if (status) return status;
    report->classes = MZ_ARENA_NEW(arena, array->count + 1u, mz_report_class);
    if (!report->classes) return mz_fail_arena(arena, error, "the report");
    for (const mz_json_value *item = array->child; item && !status; item = item->next) {
        mz_report_class *class = &report->classes[report->class_count++];
        status = mz_json_expect(item, MZ_JSON_OBJECT, "a class", error);
        if (!status) status = mz_json_read_str(item, "class", &class->name, error);
        if (!status) status = read_tally(item, "found", "found_at", &class->listed, error);
        if (!status) status = read_alerts(item, "customers", &class->customers, error);
        size_t number;
        if (!status && mz_change_class_find(class->name, &number)) class->class = mz_change_class_of(number);
    }
    return status;
}

static mz_status read_lists(const mz_json_value *root, mz_arena *arena, mz_report *report, mz_error *error) {
    const mz_json_value *array;
    mz_status status = member(root, "lists", MZ_JSON_ARRAY, &array, error);
    if (status) return status;
    mz_report_list *lists = MZ_ARENA_NEW(arena, array->count + 1u, mz_report_list);
    if (!lists) return mz_fail_arena(arena, error, "the report");
    report->lists = lists;
    for (const mz_json_value *item = array->child; item && !status; item = item->next) {
        mz_report_list *list = &lists[report->list_count++];
        mz_str published = {"", 0};
        status = mz_json_expect(item, MZ_JSON_OBJECT, "a list", error);
        if (!status) status = mz_json_read_str(item, "list", &list->list, error);
        if (!status) status = mz_json_read_str(item, "version", &list->version, error);
        if (!status) status = mz_json_read_str(item, "published", &published, error);
        if (!status) status = read_count(item, "entities", (uint64_t)most_counted, &list->entities, error);
        if (published.size) (void)mz_time_parse(published.data, published.size, &list->published);
    }
    return status;
}

static mz_status read_run(const mz_json_value *root, mz_report *report, mz_error *error) {
    const mz_json_value *customers = mz_json_member(root, "customers");
    mz_status status = mz_json_read_str(root, "build", &report->build, error);
    if (!status) status = mz_json_read_str(root, "rules", &report->rules, error);
    if (!status) status = mz_json_read_str(root, "made", &report->made, error);
    if (!status) status = mz_json_read_str(root, "policy", &report->policy, error);
    if (!status) status = mz_json_read_str(root, "algorithm", &report->algorithm, error);
    if (!status) status = mz_json_read_str(root, "policy_digest", &report->policy_digest, error);
    if (!status) status = mz_json_read_bool(root, "threshold_by_policy", &report->policy_thresholds, error);
    if (!status) status = read_count(root, "seed", (uint64_t)most_counted, &report->seed, error);
    if (!status) status = read_number(root, "threshold", 0.5, 1, &report->threshold, error);
    if (!status) status = read_number(root, "seconds", 0, 1e12, &report->seconds, error);
    if (!status) status = read_count(root, "names_to_draw_from", (uint64_t)most_counted, &report->candidates, error);
    if (!status) status = read_count(root, "names", (uint64_t)most_counted, &report->names, error);
    if (status || !customers || customers->kind == MZ_JSON_NULL) return status;
    report->has_customers = true;
    status = mz_json_expect(customers, MZ_JSON_OBJECT, "customers", error);
    if (!status) status = read_count(customers, "rows", (uint64_t)most_counted, &report->customer_rows, error);
    if (!status) status = read_count(customers, "rejected", report->customer_rows, &report->customer_rejected, error);
    return status ? status : read_count(customers, "drawn", report->customer_rows, &report->customers, error);
}

mz_status mz_report_read(mz_str json, mz_arena *arena, mz_report *ret_report, mz_error *error) {
    const mz_json_value *root, *part;
    mz_report report = {0};
    mz_str kind = {"", 0};
    int64_t shape = 0;
    mz_status status = mz_json_parse(json, 0, arena, &root, error);
    if (!status) status = mz_json_expect(root, MZ_JSON_OBJECT, "a report", error);
    if (!status) status = mz_json_read_str(root, "report", &kind, error);
    if (!status && !mz_str_equal(kind, MZ_STR("mizan effectiveness")))
        status =
            mz_fail_at(error, MZ_ERR_INPUT, root->line, root->column, "this is no report.json of mizan effectiveness");
    if (!status) status = mz_json_read_int(root, "shape", 0, INT32_MAX, &shape, error);
    if (!status && shape != MZ_REPORT_SHAPE)
        status = mz_fail_at(error, MZ_ERR_INPUT, root->line, root->column,
                            "the report has shape %lld, and this build reads shape %d; run the test again",
                            (long long)shape, MZ_REPORT_SHAPE);
    if (!status) status = read_run(root, &report, error);
    if (!status) status = read_lists(root, arena, &report, error);
    if (!status) status = member(root, "detection", MZ_JSON_OBJECT, &part, error);
    if (!status) status = read_tally(part, "found", "found_at", &report.all, error);
    if (!status) status = member(root, "alerts", MZ_JSON_OBJECT, &part, error);
    if (!status) status = read_alerts(part, "by_name", &report.customers_by[MZ_BY_NAME], error);
    if (!status) status = read_alerts(part, "with_facts", &report.customers_by[MZ_WITH_FACTS], error);
    if (!status) status = read_classes(root, arena, &report, error);
    if (!status) *ret_report = report;
    return status;
}
