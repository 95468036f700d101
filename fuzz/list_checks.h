/* Bytes read as a list, and what must hold whatever they are: the sums come out, every text is UTF-8, every record
 * reads back from its text form as the same text, and a failure has an error. */
#ifndef MIZAN_FUZZ_LIST_CHECKS_H
#define MIZAN_FUZZ_LIST_CHECKS_H

#include "entity/record.h"
#include "lists/formats.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static inline void must(bool truth) {
    if (!truth) abort();
}

/* A file in memory; its path in ret_path. To be closed. */
static inline int memory_file(const uint8_t *data, size_t size, char ret_path[64]) {
    int file = memfd_create("list", MFD_CLOEXEC);
    must(file >= 0 && write(file, data, size) == (ssize_t)size);
    (void)snprintf(ret_path, 64, "/proc/self/fd/%d", file);
    return file;
}

static inline mz_status check_record(void *context, const mz_record *record, mz_error *error) {
    mz_buffer first, second;
    mz_arena arena;
    mz_record again;
    ++*(uint64_t *)context;
    must(record->entity_count > 0 && record->entities[0].id.size > 0);
    mz_buffer_init(&first, 64 << 20);
    mz_buffer_init(&second, 64 << 20);
    mz_arena_init(&arena, 256 << 20);
    mz_record_write_json(record, &first);
    must(mz_utf8_valid(mz_buffer_view(&first), NULL));
    must(mz_record_read_json(mz_buffer_view(&first), &arena, &again, error) == MZ_OK);
    mz_record_write_json(&again, &second);
    must(mz_str_equal(mz_buffer_view(&first), mz_buffer_view(&second)));
    mz_arena_done(&arena);
    mz_buffer_done(&second);
    mz_buffer_done(&first);
    return MZ_OK;
}

static inline mz_status check_rejection(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)context, (void)error;
    must(rejection->reason.size > 0 && mz_utf8_valid(rejection->reason, NULL));
    must(mz_utf8_valid(rejection->record, NULL));
    return MZ_OK;
}

static inline mz_status check_deletion(void *context, mz_str id, mz_error *error) {
    (void)context, (void)error;
    must(id.size > 0 && mz_utf8_valid(id, NULL));
    return MZ_OK;
}

static inline void check_reading(const mz_list_format *format, const char *path, const char *mapping_path) {
    uint64_t taken = 0;
    mz_read_report report = {0};
    mz_error error = {0};
    mz_read_options options = {.mapping_path = mapping_path,
                               .record = check_record,
                               .rejected = check_rejection,
                               .deleted = check_deletion,
                               .context = &taken};
    mz_status status = mz_list_read(format, path, &options, &report, &error);
    if (status) {
        must(error.status == status && error.text[0] && mz_utf8_valid(mz_str_of(error.text), NULL));
        return;
    }
    must(report.entities == taken && report.records == report.entities + report.rejected + report.deleted);
}

static inline void check_bytes(const mz_list_format *format, const uint8_t *data, size_t size) {
    char path[64];
    int file = memory_file(data, size, path);
    check_reading(format, path, NULL);
    (void)close(file);
}

#endif
