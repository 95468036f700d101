/* The readers of lists in XML, whole: from bytes to records. The first byte chooses the reader (0 un, 1 ofac-xml,
 * 2 eu-xml, 3 canada), so that one corpus holds all. What must hold for any bytes: the sums come out, all values are
 * UTF-8, and each record reads back from its text form as the same text. */
#include "base/arena.h"
#include "base/buffer.h"
#include "entity/record.h"
#include "mizan/list.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth) {
    if (!truth) abort();
}

static void check_values(const mz_record *record) {
    for (size_t i = 0; i < record->entity_count; i++) {
        must(mz_utf8_valid(record->entities[i].id, NULL));
        for (size_t f = 0; f < record->entities[i].fact_count; f++) {
            const mz_fact *fact = &record->entities[i].facts[f];
            must(fact->value.size > 0 && mz_utf8_valid(fact->value, NULL) && mz_utf8_valid(fact->original, NULL));
        }
    }
}

static mz_status check_record(void *context, const mz_record *record, mz_error *error) {
    ++*(uint64_t *)context;
    check_values(record);
    mz_buffer first, second;
    mz_arena arena;
    mz_record again;
    mz_buffer_init(&first, 64 << 20);
    mz_buffer_init(&second, 64 << 20);
    mz_arena_init(&arena, 256 << 20);
    mz_record_write_json(record, &first);
    must(mz_record_read_json(mz_buffer_view(&first), &arena, &again, error) == MZ_OK);
    mz_record_write_json(&again, &second);
    must(mz_str_equal(mz_buffer_view(&first), mz_buffer_view(&second)));
    mz_arena_done(&arena);
    mz_buffer_done(&second);
    mz_buffer_done(&first);
    return MZ_OK;
}

static mz_status check_rejection(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)context, (void)error;
    must(rejection->reason.size > 0);
    return MZ_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const formats[] = {"un", "ofac-xml", "eu-xml", "canada"};
    if (size == 0) return 0;
    const mz_list_format *format = mz_list_format_find(mz_str_of(formats[data[0] % 4]));
    int descriptor = memfd_create("list", MFD_CLOEXEC);
    must(format && descriptor >= 0);
    must(write(descriptor, data + 1, size - 1) == (ssize_t)(size - 1));
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    uint64_t handed_over = 0;
    mz_read_report report;
    mz_error error;
    mz_read_options options = {.record = check_record, .rejected = check_rejection, .context = &handed_over};
    if (mz_list_read(format, path, &options, &report, &error) == MZ_OK) {
        must(report.records == report.entities + report.rejected);
        must(report.entities == handed_over);
    }
    (void)close(descriptor);
    return 0;
}
