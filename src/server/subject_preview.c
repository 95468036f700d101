/* POST /api/v1/subjects/imports/preview: what stands in the first lines of a file, and what its columns seem to be.
 * Nothing is kept. */
#include "base/error.h"
#include "server/api.h"
#include "server/subjects.h"
#include "server/tables.h"

#include <string.h>

enum { PREVIEW_BYTES_MOST = 10 << 20, PREVIEW_ROWS = 20 };

typedef struct preview {
    const mz_request *request;
    mz_arena *arena;
    mz_str columns[MZ_PROPERTY_COUNT + 2];
    size_t column_count;
    const mz_str *names; /* of a table */
    size_t name_count;
    mz_str *sample; /* PREVIEW_ROWS times the columns */
    size_t rows;
} preview;

static mz_status take_heading(void *context, const mz_str *names, size_t count, mz_error *error) {
    preview *p = context;
    mz_str *kept = MZ_ARENA_NEW(p->arena, count + 1, mz_str);
    p->sample = MZ_ARENA_NEW(p->arena, count * PREVIEW_ROWS + 1, mz_str);
    if (!kept || !p->sample) return mz_fail_arena(p->arena, error, "the preview");
    for (size_t k = 0; k < count; k++) kept[k] = mz_arena_copy(p->arena, names[k]);
    p->names = kept;
    p->name_count = count;
    return MZ_OK;
}

/* The column of a name in JSON lines, made when it is new. */
static size_t column_of(preview *p, mz_str name) {
    for (size_t k = 0; k < p->column_count; k++)
        if (mz_str_equal(p->columns[k], name)) return k;
    if (p->column_count == sizeof p->columns / sizeof *p->columns) return p->column_count - 1;
    p->columns[p->column_count] = mz_arena_copy(p->arena, name);
    return p->column_count++;
}

static void take_value(preview *p, mz_str name, const mz_json_value *value) {
    const mz_json_value *first = value->kind == MZ_JSON_ARRAY ? value->child : value;
    size_t columns = sizeof p->columns / sizeof *p->columns, column = column_of(p, name);
    if (first) p->sample[p->rows * columns + column] = mz_arena_copy(p->arena, first->text);
}

static mz_status take_object(preview *p, const mz_json_value *object, mz_error *error) {
    size_t columns = sizeof p->columns / sizeof *p->columns;
    if (!p->sample) p->sample = MZ_ARENA_NEW(p->arena, columns * PREVIEW_ROWS, mz_str);
    if (!p->sample) return mz_fail_arena(p->arena, error, "the preview");
    for (const mz_json_value *m = object->child; m; m = m->next) {
        bool inside = mz_str_equal(m->key, MZ_STR("properties"));
        for (const mz_json_value *inner = inside ? m->child : NULL; inner; inner = inner->next)
            take_value(p, inner->key, inner);
        if (!inside && (m->kind == MZ_JSON_STRING || m->kind == MZ_JSON_NUMBER)) take_value(p, m->key, m);
    }
    return MZ_OK;
}

static mz_status take_row(void *context, const mz_subject_row *row, mz_error *error) {
    preview *p = context;
    mz_status status = row->object ? take_object(p, row->object, error) : MZ_OK;
    for (size_t k = 0; !row->object && k < p->name_count; k++)
        p->sample[p->rows * p->name_count + k] = k < row->count ? mz_arena_copy(p->arena, row->cells[k]) : MZ_STR("");
    if (!status && ++p->rows == PREVIEW_ROWS) return mz_fail(error, MZ_ERR_CANCELLED, "the preview has its rows");
    return status;
}

static mz_status pass_broken(void *context, uint64_t line, mz_str reason, mz_str text, mz_error *error) {
    (void)context, (void)line, (void)reason, (void)text, (void)error;
    return MZ_OK;
}

static mz_status guess(preview *p, mz_buffer *ret_guess, mz_error *error) {
    mz_subject_mapping mapping;
    if (!p->names) return MZ_OK;
    mz_status status = mz_subject_mapping_guess(p->names, p->name_count, p->sample, p->rows, p->arena, &mapping, error);
    if (!status) mz_subject_mapping_write(&mapping, ret_guess);
    return status;
}

static void write_preview(const preview *p, mz_subject_format format, mz_str guessed, mz_response *response) {
    size_t count = p->names ? p->name_count : p->column_count;
    size_t wide = p->names ? p->name_count : sizeof p->columns / sizeof *p->columns;
    const mz_str *columns = p->names ? p->names : p->columns;
    mz_json json;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "format", mz_str_of(mz_subject_format_word(format)));
    mz_json_key(&json, "columns");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) mz_json_str(&json, columns[k]);
    mz_json_array_end(&json);
    mz_json_key(&json, "sample");
    mz_json_array(&json);
    for (size_t r = 0; r < p->rows; r++) {
        mz_json_array(&json);
        for (size_t k = 0; k < count; k++) {
            mz_str cell = p->sample[r * wide + k];
            mz_json_str(&json, cell.data ? cell : MZ_STR(""));
        }
        mz_json_array_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_key(&json, "guess");
    mz_json_raw(&json, guessed.size ? guessed : MZ_STR("null"));
    mz_json_object_end(&json);
}

/* Of a file that was cut, the lines that are whole. */
static mz_str whole_lines(mz_str bytes, mz_subject_format format) {
    const char *end = format == MZ_SUBJECT_XLSX ? NULL : memrchr(bytes.data, '\n', bytes.size);
    return end ? (mz_str){bytes.data, (size_t)(end - bytes.data) + 1} : bytes;
}

static mz_status show_preview(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("format"), MZ_STR_INIT("source"), MZ_STR_INIT("file_name")};
    mz_access *access;
    mz_subject_format format = MZ_SUBJECT_CSV;
    mz_buffer guessed;
    preview p = {.request = request, .arena = request->arena};
    const mz_subject_row_sink sink = {take_heading, take_row, pass_broken, &p};
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_api_parameters(request, known, 3, error);
    if (!status) status = mz_import_format(request, request->body, &format, error);
    if (!status && !request->body.size)
        status = mz_fail(error, MZ_ERR_INPUT, "the body must be the beginning of a file; it is empty");
    if (status) return status;
    const mz_subject_file file = {
        .bytes = whole_lines(request->body, format), .format = format, .encoding = MZ_ENCODING_COUNT};
    mz_buffer_init(&guessed, (size_t)4 * MZ_SUBJECT_MAPPING_BYTES_MOST);
    status = mz_subject_rows_read(&file, &sink, error);
    if (status == MZ_ERR_CANCELLED) status = MZ_OK;
    if (!status) status = guess(&p, &guessed, error);
    if (!status && guessed.failed) status = mz_fail_buffer(&guessed, error, "the guess");
    if (!status && request->arena->failed) status = mz_fail_arena(request->arena, error, "the preview");
    if (!status) write_preview(&p, format, mz_buffer_view(&guessed), response);
    mz_buffer_done(&guessed);
    if (!status) mz_people_private(response);
    return status;
}

static const mz_route routes[] = {
    {.method = MZ_POST,
     .path = "/api/v1/subjects/imports/preview",
     .right = MZ_RIGHT_SUBJECTS_CHANGE,
     .body_most = PREVIEW_BYTES_MOST,
     .handle = show_preview},
};
const mz_routes mz_api_preview_routes = {routes, sizeof routes / sizeof *routes};
