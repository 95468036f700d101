#include "image.h"

#include "mizan/list.h"
#include "test.h"

#include <stdio.h>

parts *own_parts(void) {
    char data[4096];
    mz_error error = {0};
    parts *p;
    (void)snprintf(data, sizeof data, "%s/data", mz_test_source());
    CHECK_OK(parts_read(data, NULL, &p, &error), error);
    return p;
}

static mz_status add(void *context, const mz_record *record, mz_error *error) {
    return mz_index_builder_add(context, record, error);
}

mz_index *image_of(const corpus *c, uint64_t entities, uint64_t *ret_rejected) {
    char lines_path[600], image_path[600];
    mz_error error = {0};
    mz_buffer lines;
    mz_index_builder *builder;
    mz_index *index;
    mz_read_report report;
    (void)snprintf(lines_path, sizeof lines_path, "%s/corpus.ftm", mz_test_folder());
    (void)snprintf(image_path, sizeof image_path, "%s/corpus.mzi", mz_test_folder());
    mz_buffer_init(&lines, 256 << 20);
    for (uint64_t i = 0; i < entities; i++) corpus_line(c, i, &lines);
    CHECK(!lines.failed);
    FILE *file = fopen(lines_path, "wb");
    CHECK(file && fwrite(lines.data, 1, lines.size, file) == lines.size && fclose(file) == 0);
    mz_buffer_done(&lines);
    CHECK_OK(mz_index_builder_new(image_path, &builder, &error), error);
    mz_read_options options = {.list = "invented", .record = add, .context = builder};
    CHECK_OK(mz_list_read(mz_list_format_find(MZ_STR("ftm")), lines_path, &options, &report, &error), error);
    CHECK_OK(mz_index_builder_finish(builder, &error), error);
    mz_index_builder_free(builder);
    CHECK_OK(mz_index_open(image_path, &index, &error), error);
    if (ret_rejected) *ret_rejected = report.rejected;
    return index;
}
