/* Any bytes as a file of subjects: c a CSV, j lines of JSON, x a workbook. What the columns are is guessed, and each
 * row becomes a subject or is refused with a reason. Whatever stands there, the lines are told in their order. */
#include "subjects/row_subject.h"
#include "subjects/subjects.h"
#include "text/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct fuzzed {
    mz_arena arena, row_arena;
    mz_subject_mapping mapping;
    mz_row_reader reader;
    uint64_t line;
} fuzzed;

static mz_status take_heading(void *context, const mz_str *names, size_t count, mz_error *error) {
    fuzzed *f = context;
    mz_str *kept = MZ_ARENA_NEW(&f->arena, count + 1, mz_str);
    for (size_t i = 0; kept && i < count; i++) kept[i] = mz_arena_copy(&f->arena, names[i]);
    if (f->arena.failed) return MZ_ERR_MEMORY;
    mz_status status = mz_subject_mapping_guess(kept, count, NULL, 0, &f->arena, &f->mapping, error);
    if (status) return status;
    if (!f->mapping.reference.size && count) f->mapping.reference = kept[0];
    f->reader.mapping = &f->mapping;
    return mz_row_reader_heading(&f->reader, names, count, &f->arena, error);
}

static void check_order(fuzzed *f, uint64_t line) {
    if (line < f->line) abort();
    f->line = line;
}

static mz_status take_row(void *context, const mz_subject_row *row, mz_error *error) {
    fuzzed *f = context;
    mz_row_subject made;
    const mz_entity *entity = NULL;
    check_order(f, row->line);
    mz_arena_reset(&f->row_arena);
    mz_status status = mz_row_read(&f->reader, row, &f->row_arena, &made, error);
    if (status) return status;
    if (!made.taken && !made.flaw.reason.size) abort();
    if (made.taken && mz_subject_reference_check(made.reference, NULL)) abort();
    if (!made.taken) return MZ_OK;
    mz_subject_shape again;
    if (mz_subject_shape_read(MZ_STR(""), made.shape.schema, made.shape.properties, &f->row_arena, &entity, error))
        abort();
    if (mz_subject_shape_make(entity, made.reference, &f->row_arena, &again, error)) abort();
    if (!mz_str_equal(again.properties, made.shape.properties) || !mz_str_equal(again.digest, made.shape.digest))
        abort();
    if (!mz_utf8_valid(made.shape.words, NULL)) abort();
    return MZ_OK;
}

static mz_status take_broken(void *context, uint64_t line, mz_str reason, mz_str text, mz_error *error) {
    (void)text, (void)error;
    check_order(context, line);
    if (!reason.size) abort();
    return MZ_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    fuzzed f = {.reader = {.source = MZ_STR("fuzz"), .reference = -1, .schema = -1}};
    mz_subject_file file = {.bytes = {(const char *)data + 1, size - 1},
                            .format = data[0] == 'j'   ? MZ_SUBJECT_JSONL
                                      : data[0] == 'x' ? MZ_SUBJECT_XLSX
                                                       : MZ_SUBJECT_CSV,
                            .encoding = data[0] == 'u' ? MZ_ENCODING_UTF8 : MZ_ENCODING_COUNT};
    const mz_subject_row_sink sink = {take_heading, take_row, take_broken, &f};
    mz_arena_init(&f.arena, 64 << 20);
    mz_arena_init(&f.row_arena, 64 << 20);
    if (mz_builder_new(4 << 20, MZ_DATE_DAY_FIRST, &f.reader.builder, NULL) == MZ_OK)
        (void)mz_subject_rows_read(&file, &sink, NULL);
    mz_builder_free(f.reader.builder);
    mz_arena_done(&f.row_arena);
    mz_arena_done(&f.arena);
    return 0;
}
