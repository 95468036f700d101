/* The formats that can be read, finding the right one, and the one way in: mz_list_read.
 *
 * A format is found from the bytes, by asking each reader in turn whether they look like its own; the general
 * readers (ftm, csv, json) stand last, so that they are only asked when no publisher's own format fits. */
#include "lists/formats.h"

#include "base/error.h"
#include "base/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FIRST_BYTES = 16 * 1024 };

/* In the order for help. The NULL behind the last is not counted. */
static const mz_list_format *const formats[] = {
    &mz_format_un,     &mz_format_ofac,   &mz_format_ofac_xml, &mz_format_us_csl,  &mz_format_us_csl_json,
    &mz_format_eu,     &mz_format_eu_xml, &mz_format_uk,       &mz_format_uk_list, &mz_format_australia,
    &mz_format_canada, &mz_format_ftm,    &mz_format_csv,      &mz_format_json,    NULL,
};

static const size_t format_count = sizeof formats / sizeof formats[0] - 1;

const mz_list_format *const *mz_list_formats(size_t *ret_count) {
    *ret_count = format_count;
    return formats;
}

const mz_list_format *mz_list_format_find(mz_str name) {
    for (size_t i = 0; i < format_count; i++)
        if (mz_str_equal(name, mz_str_of(formats[i]->name))) return formats[i];
    return NULL;
}

const char *mz_list_format_name(const mz_list_format *format) {
    return format->name;
}

const char *mz_list_format_title(const mz_list_format *format) {
    return format->title;
}

void mz_list_source_parse(const char *source, const mz_list_format **ret_format, const char **ret_path) {
    const char *colon = strchr(source, ':');
    const mz_list_format *format = colon ? mz_list_format_find((mz_str){source, (size_t)(colon - source)}) : NULL;
    *ret_format = format;
    *ret_path = format ? colon + 1 : source;
}

static mz_status unknown_format(const char *path, mz_error *error) {
    char names[200];
    size_t used = 0;
    names[0] = '\0';
    for (size_t i = 0; i < format_count; i++) {
        int size = snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", formats[i]->name);
        if (size < 0 || used + (size_t)size >= sizeof names) break;
        used += (size_t)size;
    }
    return mz_fail(error, MZ_ERR_ARGUMENT,
                   "cannot tell which list %.150s is; put its format and a colon before it, one of: %s", path, names);
}

/* The first bytes of a file; none of a folder, which a reader must know by its path. */
static mz_status first_bytes_of(const char *path, char *bytes, size_t *ret_size, mz_error *error) {
    struct stat facts;
    *ret_size = 0;
    if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) return MZ_OK;
    mz_input input;
    mz_status status = mz_input_open(&input, path, error);
    size_t size = 0;
    for (size_t got = 1; !status && got && size < FIRST_BYTES; size += got)
        status = mz_input_read(&input, bytes + size, FIRST_BYTES - size, &got, error);
    mz_input_close(&input);
    if (!status) *ret_size = size;
    return status;
}

mz_status mz_list_sniff(const char *path, const mz_list_format **ret_format, mz_error *error) {
    if (strcmp(path, "-") == 0)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the format of standard input must be said, for example un:-");
    char bytes[FIRST_BYTES];
    size_t size;
    mz_status status = first_bytes_of(path, bytes, &size, error);
    if (status) return status;
    for (size_t i = 0; i < format_count; i++) {
        if (!formats[i]->looks_like((mz_str){bytes, size}, path)) continue;
        *ret_format = formats[i];
        return MZ_OK;
    }
    return unknown_format(path, error);
}

/* Short names become part of ids, folder names and addresses. */
static bool usable_list_name(const char *name) {
    size_t size = strlen(name);
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");
    return size > 0 && size < MZ_LIST_NAME_SIZE && good == size && name[0] != '.' && name[0] != '-';
}

mz_status mz_list_name(const mz_list_format *format, const char *path, const char *given, const char *mapping_path,
                       char ret_list[MZ_LIST_NAME_SIZE], mz_error *error) {
    if (given && !usable_list_name(given))
        return mz_fail(error, MZ_ERR_ARGUMENT, "a list's short name is letters, digits, _ . and -, at most %d: %.80s",
                       MZ_LIST_NAME_SIZE - 1, given);
    ret_list[0] = '\0';
    if (!given && format->list_in_mapping) {
        mz_status status = format->list_in_mapping(path, mapping_path, ret_list, error);
        if (status) return status;
    }
    const char *by_file = !given && format->list_of_file ? format->list_of_file(path) : NULL;
    const char *name = given ? given : by_file ? by_file : format->usual_list;
    if (!ret_list[0]) (void)snprintf(ret_list, MZ_LIST_NAME_SIZE, "%s", name);
    return MZ_OK;
}

static mz_status check_size(const char *path, const mz_read_options *options, mz_error *error) {
    struct stat facts;
    if (!options->limit_bytes || strcmp(path, "-") == 0 || stat(path, &facts) != 0 || !S_ISREG(facts.st_mode))
        return MZ_OK;
    if ((uint64_t)facts.st_size <= options->limit_bytes) return MZ_OK;
    return mz_fail(error, MZ_ERR_LIMIT, "%.200s has %llu bytes, the limit is %llu", path,
                   (unsigned long long)facts.st_size, (unsigned long long)options->limit_bytes);
}

static mz_status read_with(const mz_list_format *format, mz_reading *reading) {
    mz_status status = mz_builder_new(MZ_RECORD_CEILING_BYTES, format->dates, &reading->builder, reading->error);
    if (status) return status;
    status = format->read(reading);
    mz_builder_free(reading->builder);
    return status;
}

mz_status mz_list_read(const mz_list_format *format, const char *path, const mz_read_options *options,
                       mz_read_report *ret_report, mz_error *error) {
    static const mz_read_options usual_options = {0};
    if (!options) options = &usual_options;
    char list[MZ_LIST_NAME_SIZE];
    mz_status status = check_size(path, options, error);
    if (!status && !format) status = mz_list_sniff(path, &format, error);
    if (!status) status = mz_list_name(format, path, options->list, options->mapping_path, list, error);
    if (status) return status;

    mz_read_report report = {0};
    mz_error own_error;
    mz_reading reading = {
        .options = options,
        .path = path,
        .list = mz_str_of(list),
        .report = &report,
        .error = error ? error : &own_error,
    };
    status = read_with(format, &reading);
    if (status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT) mz_error_name(error, path);
    if (!status && ret_report) *ret_report = report;
    return status;
}
