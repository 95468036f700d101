/* Reports that a run is compared with. What is read has counts that can be, and the page and the JSON made of it are
 * whole: JSON that our reader takes, and markup in which nothing of the report opens a tag. */
#include "base/json_read.h"
#include "effectiveness/report.h"
#include "invented_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_INPUT_BYTES = 64 * 1024, ARENA_BYTES = 16 * 1024 * 1024 };

static mz_effectiveness *small_run(void) {
    size_t image_size = 0;
    const uint8_t *bytes = invented_image_bytes(&image_size);
    mz_index *index;
    mz_effectiveness *run;
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    options.sample = 2;
    options.threads = 1;
    if (mz_index_open_memory(bytes, image_size, &index, NULL)) abort();
    if (mz_effectiveness_run(index, &options, &run, NULL)) abort();
    return run;
}

static void check_tally(const mz_tally *tally) {
    if (tally->found > tally->asked || tally->first > tally->found || tally->at[0] > tally->asked) __builtin_trap();
    for (size_t step = 1; step < MZ_STEPS; step++)
        if (tally->at[step] > tally->at[step - 1]) __builtin_trap();
}

static void check_files(mz_effectiveness *run, mz_arena *arena) {
    mz_buffer out;
    const mz_json_value *value;
    mz_buffer_init(&out, ARENA_BYTES);
    mz_report_write_json(run, &out);
    if (out.failed || mz_json_parse(mz_buffer_view(&out), 0, arena, &value, NULL) == MZ_ERR_INPUT) __builtin_trap();
    mz_buffer_clear(&out);
    mz_report_write_html(run, MZ_ARABIC, &out);
    if (out.failed || strstr(out.data, "<script") || strstr(out.data, "<img")) __builtin_trap();
    mz_buffer_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static mz_effectiveness *run;
    if (!run) run = small_run();
    if (size > MOST_INPUT_BYTES) return 0;
    mz_arena arena;
    mz_error error = {0};
    mz_arena_init(&arena, ARENA_BYTES);
    mz_status status = mz_report_read((mz_str){(const char *)data, size}, &arena, &run->other, &error);
    if (status && !error.text[0]) __builtin_trap();
    run->has_other = !status;
    if (!status) {
        check_tally(&run->other.all);
        for (size_t way = 0; way < MZ_CUSTOMER_WAYS; way++) check_tally(&run->other.customers_by[way]);
        for (size_t c = 0; c < run->other.class_count; c++) {
            check_tally(&run->other.classes[c].listed);
            check_tally(&run->other.classes[c].customers);
        }
        check_files(run, &arena);
    }
    mz_arena_done(&arena);
    return 0;
}
