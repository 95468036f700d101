#include "seen.h"

#include "base/file.h"
#include "entity/record.h"
#include "test.h"

#include <stdio.h>

static mz_status keep_record(void *context, const mz_record *record, mz_error *error) {
    seen *into = context;
    if (into->count == SEEN_RECORDS) return MZ_OK;
    mz_buffer text;
    mz_buffer_init(&text, 16 << 20);
    mz_record_write_json(record, &text);
    mz_str copy = mz_arena_copy(&into->arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return mz_record_read_json(copy, &into->arena, &into->records[into->count++], error);
}

static mz_status keep_rejection(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)error;
    seen *into = context;
    if (into->rejection_count == SEEN_REJECTIONS) return MZ_OK;
    mz_rejection *copy = &into->rejections[into->rejection_count++];
    copy->at = rejection->at;
    copy->record = mz_arena_copy(&into->arena, rejection->record);
    copy->reason = mz_arena_copy(&into->arena, rejection->reason);
    return MZ_OK;
}

void see(seen *into, const char *format, const char *path) {
    memset(into, 0, sizeof *into);
    mz_arena_init(&into->arena, 64 << 20);
    mz_read_options options = {.record = keep_record, .rejected = keep_rejection, .context = into};
    const mz_list_format *found = format ? mz_list_format_find(mz_str_of(format)) : NULL;
    CHECK(!format || found);
    into->status = mz_list_read(found, path, &options, &into->report, &into->error);
}

void see_bytes(seen *into, const char *format, const void *bytes, size_t size) {
    char path[4096];
    mz_error error = {0};
    (void)snprintf(path, sizeof path, "%s/input", mz_test_folder());
    CHECK_OK(mz_file_replace(path, bytes, size, &error), error);
    see(into, format, path);
}

void see_sample(seen *into, const char *format, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/tests/lists/samples/%s", mz_test_source(), name);
    see(into, format, path);
}

void seen_done(seen *into) {
    mz_arena_done(&into->arena);
}

const mz_record *seen_record(const seen *into, const char *id) {
    for (size_t i = 0; i < into->count; i++)
        if (mz_str_equal(into->records[i].entities[0].id, mz_str_of(id))) return &into->records[i];
    mz_test_fail(__FILE__, __LINE__, "no record %s among %zu", id, into->count);
}

size_t seen_attached_count(const mz_record *record, mz_schema schema) {
    size_t count = 0;
    for (size_t i = 1; i < record->entity_count; i++) count += record->entities[i].schema == schema;
    return count;
}

const mz_entity *seen_attached(const mz_record *record, mz_schema schema, size_t n) {
    for (size_t i = 1; i < record->entity_count; i++)
        if (record->entities[i].schema == schema && n-- == 0) return &record->entities[i];
    mz_test_fail(__FILE__, __LINE__, "no such %s in %.*s", mz_schema_name(schema), (int)record->reference.size,
                 record->reference.data);
}

const mz_fact *seen_fact(const mz_entity *entity, mz_property property, size_t n) {
    for (size_t i = 0; i < entity->fact_count; i++)
        if (entity->facts[i].property == property && n-- == 0) return &entity->facts[i];
    return NULL;
}

mz_str seen_values(seen *into, const mz_entity *entity, mz_property property) {
    mz_buffer text;
    mz_buffer_init(&text, 1 << 20);
    const mz_fact *fact;
    for (size_t n = 0; (fact = seen_fact(entity, property, n)); n++) {
        if (n) mz_buffer_append(&text, " | ", 3);
        mz_buffer_str(&text, fact->value);
    }
    mz_str values = mz_arena_copy(&into->arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return values;
}
