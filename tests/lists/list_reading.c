#include "list_reading.h"

#include "base/file.h"

#include <stdio.h>

enum { KEPT_BYTES = 64 << 20, MOST_RECORDS = 4096 };

mz_status read_status;
mz_error read_error;
mz_read_report read_report;
static mz_record kept[MOST_RECORDS];
const mz_record *read_records = kept;
size_t read_record_count;
static mz_arena arena;
static mz_buffer rejected, deleted, line, shown_facts;

void forget_list(void) {
    mz_arena_done(&arena);
    mz_buffer_done(&rejected);
    mz_buffer_done(&deleted);
    mz_buffer_done(&line);
    mz_buffer_done(&shown_facts);
    mz_arena_init(&arena, KEPT_BYTES);
    mz_buffer_init(&rejected, KEPT_BYTES);
    mz_buffer_init(&deleted, KEPT_BYTES);
    mz_buffer_init(&line, KEPT_BYTES);
    mz_buffer_init(&shown_facts, KEPT_BYTES);
    read_record_count = 0;
}

/* By way of its text form, so that nothing points into the reader any more. */
static mz_status keep_record(void *context, const mz_record *record, mz_error *error) {
    (void)context;
    if (read_record_count == MOST_RECORDS) return MZ_OK;
    mz_buffer_clear(&line);
    mz_record_write_json(record, &line);
    mz_status status = mz_record_read_json(mz_buffer_view(&line), &arena, &kept[read_record_count], error);
    read_record_count += status == MZ_OK;
    return status;
}

static mz_status keep_rejection(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)context, (void)error;
    mz_buffer_print(&rejected, "%u %.*s: %.*s\n", rejection->at.line, (int)rejection->record.size,
                    rejection->record.data, (int)rejection->reason.size, rejection->reason.data);
    return MZ_OK;
}

static mz_status keep_deletion(void *context, mz_str id, mz_error *error) {
    (void)context, (void)error;
    mz_buffer_str(&deleted, id);
    mz_buffer_char(&deleted, '\n');
    return MZ_OK;
}

const char *write_list(const char *name, mz_str bytes) {
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    CHECK_OK(mz_file_replace(path, bytes.data, bytes.size, &read_error), read_error);
    return path;
}

void read_list_file(const mz_list_format *format, const char *path, const mz_read_options *options) {
    mz_read_options own = options ? *options : (mz_read_options){0};
    forget_list();
    own.record = keep_record;
    own.rejected = keep_rejection;
    if (own.deleted) own.deleted = keep_deletion;
    read_report = (mz_read_report){0};
    read_error = (mz_error){0};
    read_status = mz_list_read(format, path, &own, &read_report, &read_error);
}

void read_list(const mz_list_format *format, const char *name, mz_str bytes, const mz_read_options *options) {
    read_list_file(format, write_list(name, bytes), options);
}

static const mz_entity *entity_at(size_t record, size_t entity) {
    CHECK(record < read_record_count && entity < kept[record].entity_count);
    return &kept[record].entities[entity];
}

static mz_property property_named(const char *name) {
    mz_property property = MZ_PROPERTY_COUNT;
    CHECK(mz_property_find(mz_str_of(name), &property));
    return property;
}

const char *facts_of(size_t record, size_t entity, const char *property) {
    const mz_entity *at = entity_at(record, entity);
    mz_buffer_clear(&shown_facts);
    mz_buffer_print(&shown_facts, "%s", "");
    for (size_t i = 0; i < at->fact_count; i++) {
        if (at->facts[i].property != property_named(property)) continue;
        if (shown_facts.size) mz_buffer_append(&shown_facts, " | ", 3);
        mz_buffer_str(&shown_facts, at->facts[i].value);
    }
    return shown_facts.data ? shown_facts.data : "";
}

const mz_fact *fact_of(size_t record, size_t entity, const char *property) {
    const mz_entity *at = entity_at(record, entity);
    size_t i = 0;
    while (i < at->fact_count && at->facts[i].property != property_named(property)) i++;
    CHECK(i < at->fact_count);
    return &at->facts[i];
}

size_t entity_of(size_t record, const char *schema) {
    CHECK(record < read_record_count);
    size_t i = 0;
    while (i < kept[record].entity_count && strcmp(mz_schema_name(kept[record].entities[i].schema), schema) != 0) i++;
    return i;
}

const char *rejections(void) {
    return rejected.data ? rejected.data : "";
}

const char *deletions(void) {
    return deleted.data ? deleted.data : "";
}
