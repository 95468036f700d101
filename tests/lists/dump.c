#include "dump.h"

#include "base/buffer.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static mz_buffer dump;

static void put_more(const char **between, const char *label, mz_str text) {
    mz_buffer_print(&dump, "%s%s%.*s", *between, label, (int)text.size, text.data);
    *between = ", ";
}

static void put_fact(const mz_entity *entity, const mz_fact *fact, bool listed) {
    mz_buffer_print(&dump, "%.*s %s%s%s=%.*s", (int)entity->id.size, entity->id.data,
                    listed ? "" : mz_schema_name(entity->schema), listed ? "" : " ", mz_property_name(fact->property),
                    (int)fact->value.size, fact->value.data);
    const char *between = " {";
    if (fact->name_kind) put_more(&between, "", mz_str_of(mz_name_kind_name(fact->name_kind)));
    if (fact->roles.size) put_more(&between, "roles ", fact->roles);
    if (fact->language.size) put_more(&between, "in ", fact->language);
    if (fact->flags & MZ_FACT_WRONG_CHECK) put_more(&between, "wrong check", MZ_STR(""));
    if (fact->flags & MZ_FACT_UNPARSED) put_more(&between, "unparsed", MZ_STR(""));
    if (fact->flags & MZ_FACT_DERIVED) put_more(&between, "derived", MZ_STR(""));
    if (fact->original.size) put_more(&between, "from ", fact->original);
    if (between[0] == ',') mz_buffer_char(&dump, '}');
    mz_buffer_char(&dump, ' ');
    if (fact->at.file) mz_buffer_print(&dump, "%u:", fact->at.file);
    mz_buffer_print(&dump, "%u:%u\n", fact->at.line, fact->at.column);
}

static mz_status put_record(void *context, const mz_record *record, mz_error *error) {
    (void)context, (void)error;
    const mz_entity *first = &record->entities[0];
    mz_buffer_print(&dump, "record %.*s %s %.*s \"%.*s\"\n", (int)first->id.size, first->id.data,
                    mz_schema_name(first->schema), (int)record->reference.size, record->reference.data,
                    (int)record->caption.size, record->caption.data);
    for (size_t i = 0; i < record->entity_count; i++)
        for (size_t k = 0; k < record->entities[i].fact_count; k++)
            put_fact(&record->entities[i], &record->entities[i].facts[k], i == 0);
    return MZ_OK;
}

static mz_status put_rejection(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)context, (void)error;
    mz_buffer_print(&dump, "rejected ");
    mz_buffer_print(&dump, "%.*s%s%u:%u %.*s: %.*s\n", (int)rejection->file.size, rejection->file.data,
                    rejection->file.size ? " " : "", rejection->at.line, rejection->at.column,
                    (int)rejection->record.size, rejection->record.data, (int)rejection->reason.size,
                    rejection->reason.data);
    return MZ_OK;
}

static void free_dump(void) {
    mz_buffer_done(&dump);
}

const char *dump_list(const char *format, const char *path, mz_read_report *ret_report) {
    static bool registered;
    if (!registered) (void)atexit(free_dump);
    registered = true;
    if (!dump.ceiling) mz_buffer_init(&dump, 64 << 20);
    mz_buffer_clear(&dump);
    mz_buffer_char(&dump, '\n');
    const mz_list_format *found = mz_list_format_find(mz_str_of(format));
    if (!found) mz_test_fail(__FILE__, __LINE__, "no format %s", format);
    mz_read_options options = {.record = put_record, .rejected = put_rejection};
    mz_error error;
    mz_status status = mz_list_read(found, path, &options, ret_report, &error);
    if (status) mz_test_fail(__FILE__, __LINE__, "%s: %s:%d: %s", path, error.where, (int)error.line, error.text);
    CHECK(!dump.failed);
    return dump.data;
}

const char *dump_sample(const char *format, const char *name, mz_read_report *ret_report) {
    char path[1024];
    (void)snprintf(path, sizeof path, "%.800s/tests/lists/samples/%.200s", mz_test_source(), name);
    return dump_list(format, path, ret_report);
}

const char *write_bytes(const char *name, const void *bytes, size_t size) {
    static char path[1024];
    (void)snprintf(path, sizeof path, "%.800s/%.200s", mz_test_folder(), name);
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    bool written = fwrite(bytes, 1, size, file) == size;
    CHECK(fclose(file) == 0 && written);
    return path;
}

void check_line(const char *file, int line, const char *wanted, const char *text, bool there) {
    char search[2048];
    (void)snprintf(search, sizeof search, "\n%.2000s", wanted);
    if ((strstr(text, search) != NULL) == there) return;
    if (getenv("MIZAN_TEST_DUMP")) (void)fputs(text, stderr);
    mz_test_fail(file, line, there ? "no line begins with: %s" : "a line begins with: %s", wanted);
}
