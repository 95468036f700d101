/* Subjects, their pages and tables, as they are told. */
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/error.h"
#include "server/api.h"
#include "server/subjects.h"

enum { PAGE_USUAL = 50, PAGE_MOST = 100 };

mz_status mz_subjects_read_page(const mz_request *request, const mz_str *known, size_t count,
                                mz_subjects_page *ret_page, mz_error *error) {
    int64_t limit = PAGE_USUAL;
    mz_str format = mz_request_query(request, "format");
    mz_status status = mz_api_parameters(request, known, count, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    if (status) return status;
    bool csv = mz_str_equal(format, MZ_STR("csv"));
    if (format.data && !csv && !mz_str_equal(format, MZ_STR("json")))
        return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “format” must be json or csv");
    *ret_page = (mz_subjects_page){.limit = (size_t)limit, .csv = csv};
    return MZ_OK;
}

void mz_subjects_table(mz_response *response, const mz_request *request, const char *file_name) {
    response->type = "text/csv; charset=utf-8";
    mz_response_header(response, MZ_STR("Content-Disposition"),
                       mz_arena_print(request->arena, "attachment; filename=\"%s\"", file_name));
    mz_response_header(response, MZ_STR("X-Content-Type-Options"), MZ_STR("nosniff"));
    mz_people_private(response);
}

void mz_subjects_cell_time(mz_buffer *out, int64_t seconds) {
    char text[MZ_TIME_TEXT_SIZE] = "";
    if (seconds) mz_time_text(seconds, text);
    mz_csv_put(out, mz_str_of(text), false);
}

void mz_subjects_next(mz_json *json, mz_str next) {
    mz_json_key(json, "next");
    if (next.size)
        mz_json_str(json, next);
    else
        mz_json_null(json);
}

void mz_subject_write_json(mz_json *json, const mz_subject *subject, bool with_properties, const mz_case *cases,
                           size_t case_count) {
    bool open = case_count && !mz_str_equal(cases[0].phase, MZ_STR("closed"));
    mz_json_pair(json, "id", subject->key);
    mz_json_pair(json, "source", subject->source);
    mz_json_pair(json, "reference", subject->reference);
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(subject->schema)));
    mz_json_pair(json, "caption", subject->caption);
    if (with_properties) {
        mz_json_key(json, "properties");
        mz_json_raw(json, subject->properties);
    }
    mz_json_pair(json, "state", subject->closed ? MZ_STR("closed") : MZ_STR("active"));
    mz_people_time(json, "created", subject->created);
    mz_people_time(json, "changed", subject->changed);
    mz_people_time(json, "screened", subject->screened);
    mz_json_key(json, "open_case");
    if (open)
        mz_json_str(json, cases[0].key);
    else
        mz_json_null(json);
    mz_json_pair_int(json, "alerts", open ? cases[0].alerts : 0);
}
