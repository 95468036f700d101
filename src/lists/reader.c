/* What all readers share: handing records over and counting them, naming the rejected ones, telling how far the
 * reading is, and numbering the files of a list. The sums are kept here and nowhere else, so that
 * records = entities + rejected holds for every format. */
#include "lists/reader.h"

#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    PROGRESS_STEP_BYTES = 64 * 1024,
    REASON_SIZE = 400,
    FILE_COUNT = sizeof((mz_read_report *)NULL)->files / sizeof((mz_read_report *)NULL)->files[0],
};

static const uint64_t usual_limit_bytes = UINT64_C(8) << 30;

/* The longest prefix of at most `size` bytes that does not end inside a UTF-8 sequence. */
static size_t whole_letters(const char *text, size_t size, size_t limit) {
    if (size <= limit) return size;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80) limit--;
    return limit;
}

static mz_status hand_over_rejection(mz_reading *reading, const mz_rejection *rejection) {
    reading->report->records++;
    reading->report->rejected++;
    if (!reading->options->rejected) return MZ_OK;
    return reading->options->rejected(reading->options->context, rejection, reading->error);
}

mz_status mz_reading_emit(mz_reading *reading) {
    const mz_record *record;
    mz_status status = mz_builder_finish(reading->builder, &record, reading->error);
    if (status == MZ_ERR_LIMIT) {
        char reason[MZ_ERROR_TEXT_SIZE];
        (void)snprintf(reason, sizeof reason, "%s", reading->error->text);
        mz_str id = mz_builder_id(reading->builder, 0);
        return mz_reading_reject(reading, mz_builder_at(reading->builder), id, "%s", reason);
    }
    if (status) return status;
    reading->report->records++;
    reading->report->entities++;
    if (!reading->options->record) return MZ_OK;
    return reading->options->record(reading->options->context, record, reading->error);
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

/* The name of the file with this number, unless it is the one that the caller gave. */
static mz_str other_file(const mz_reading *reading, uint16_t file) {
    const char *name = file < reading->report->file_count ? reading->report->files[file] : "";
    return strcmp(name, base_name(reading->path)) == 0 ? MZ_STR("") : mz_str_of(name);
}

mz_status mz_reading_reject(mz_reading *reading, mz_position at, mz_str record, const char *format, ...) {
    char reason[REASON_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    size_t size = wanted < 0 ? 0 : whole_letters(reason, (size_t)wanted, sizeof reason - 1);
    mz_rejection rejection = {
        .at = at, .record = record, .reason = {reason, size}, .file = other_file(reading, at.file)};
    return hand_over_rejection(reading, &rejection);
}

mz_status mz_reading_progress(mz_reading *reading, uint64_t done_bytes, uint64_t total_bytes) {
    const mz_read_options *options = reading->options;
    uint64_t limit_bytes = options->limit_bytes ? options->limit_bytes : usual_limit_bytes;
    if (done_bytes > limit_bytes)
        return mz_fail(reading->error, MZ_ERR_LIMIT, "the list is larger than the limit of %llu bytes",
                       (unsigned long long)limit_bytes);
    bool told_just_now = done_bytes >= reading->progress_bytes &&
                         done_bytes - reading->progress_bytes < PROGRESS_STEP_BYTES && done_bytes != total_bytes;
    if (!options->progress || told_just_now) return MZ_OK;
    reading->progress_bytes = done_bytes;
    if (options->progress(options->context, done_bytes, total_bytes) == 0) return MZ_OK;
    return mz_fail(reading->error, MZ_ERR_CANCELLED, "reading was stopped");
}

void mz_reading_published(mz_reading *reading, mz_str day, mz_date_order order) {
    mz_date date;
    if (!mz_date_parse(day, order, &date)) return;
    int64_t seconds = (int64_t)date.first_day * 86400;
    if (seconds > reading->report->published) reading->report->published = seconds;
}

uint16_t mz_reading_file(mz_reading *reading, const char *path) {
    mz_read_report *report = reading->report;
    const char *name = base_name(path);
    size_t size = whole_letters(name, strlen(name), sizeof report->files[0] - 1);
    for (size_t i = 0; i < report->file_count; i++)
        if (strlen(report->files[i]) == size && memcmp(report->files[i], name, size) == 0) return (uint16_t)i;
    /* no list has so many files; the last slot is then shared rather than overrun */
    size_t number = report->file_count < FILE_COUNT ? report->file_count++ : FILE_COUNT - 1;
    memcpy(report->files[number], name, size);
    report->files[number][size] = '\0';
    return (uint16_t)number;
}
