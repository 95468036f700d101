#include "line_list.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "lists/folder.h"
#include "lists/reader.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FIELDS = 32 };

/* Cuts `line` at its bars, in place. */
static size_t cut(char *line, char **fields) {
    size_t count = 0;
    for (char *at = line; at && count < MOST_FIELDS; count++) {
        fields[count] = at;
        at = strchr(at, '|');
        if (at) *at++ = '\0';
    }
    return count;
}

static mz_status add_entity(mz_reading *reading, char **fields, size_t count, const char *schema_name, const char *id,
                            size_t first, mz_position at) {
    mz_schema schema;
    char whole_id[128];
    if (!mz_schema_find(mz_str_of(schema_name), &schema))
        return mz_fail_at(reading->error, MZ_ERR_INPUT, at.line, 0, "no schema %s", schema_name);
    (void)snprintf(whole_id, sizeof whole_id, "%.*s-%s", (int)reading->list.size, reading->list.data, id);
    unsigned entity = mz_builder_entity(reading->builder, schema, mz_str_of(whole_id), at);
    for (size_t i = first; i < count; i++) {
        char *equal = strchr(fields[i], '=');
        mz_property property = MZ_PROP_name;
        if (equal) {
            *equal = '\0';
            if (!mz_property_find(mz_str_of(fields[i]), &property))
                return mz_fail_at(reading->error, MZ_ERR_INPUT, at.line, 0, "no property %s", fields[i]);
        }
        (void)mz_builder_add(reading->builder, entity, property, mz_str_of(equal ? equal + 1 : fields[i]), at);
    }
    return MZ_OK;
}

static mz_status refuse_changes(const mz_reading *reading) {
    if (reading->options->deleted) return MZ_OK;
    return mz_fail(reading->error, MZ_ERR_REFUSED, "this is a file of changes");
}

static mz_status delete (mz_reading *reading, const char *id) {
    char whole_id[128];
    mz_status status = refuse_changes(reading);
    if (status) return status;
    (void)snprintf(whole_id, sizeof whole_id, "%.*s-%s", (int)reading->list.size, reading->list.data, id);
    reading->report->records++;
    reading->report->deleted++;
    return reading->options->deleted(reading->options->context, mz_str_of(whole_id), reading->error);
}

static mz_status announce(mz_reading *reading, bool is_new) {
    mz_status status = refuse_changes(reading);
    return status ? status : reading->options->arriving(reading->options->context, is_new, reading->error);
}

static mz_status take_line(mz_reading *reading, char *line, bool *open, uint32_t number, uint16_t file) {
    char *fields[MOST_FIELDS];
    mz_position at = {.line = number, .file = file};
    mz_status status = MZ_OK;
    if (line[0] == '\0') return MZ_OK;
    if (line[0] == '%') return mz_fail_at(reading->error, MZ_ERR_INPUT, number, 1, "malformed: %s", line + 1);
    if (strncmp(line, "#published ", 11) == 0) {
        (void)mz_time_parse(line + 11, strlen(line + 11), &reading->report->published);
        return MZ_OK;
    }
    if (strncmp(line, "#stated ", 8) == 0) {
        reading->report->stated_records = strtoull(line + 8, NULL, 10);
        return MZ_OK;
    }
    if (line[0] != '+' && *open) {
        status = mz_reading_emit(reading);
        *open = false;
    }
    if (status || line[0] == '#') return status;
    if (line[0] == '!') return mz_reading_reject(reading, at, mz_str_of(line + 1), "the test says so");
    if (line[0] == '-') return delete (reading, line + 1);
    bool change = line[0] == '~' || line[0] == '*';
    if (change) status = announce(reading, line[0] == '*');
    if (status) return status;
    size_t count = cut(line + (line[0] == '+' || change), fields);
    if (count < 2) return mz_fail_at(reading->error, MZ_ERR_INPUT, number, 1, "malformed: too few fields");
    if (line[0] == '+') return add_entity(reading, fields, count, fields[0], fields[1], 2, at);
    mz_builder_start(reading->builder, reading->list);
    mz_builder_reference(reading->builder, mz_str_of(fields[0]));
    *open = true;
    return add_entity(reading, fields, count, fields[1], fields[0], 2, at);
}

static mz_status read_file(mz_reading *reading, const char *path) {
    mz_input input;
    mz_buffer line;
    bool open = false;
    uint16_t file = mz_reading_file(reading, path);
    mz_status status = mz_input_open(&input, path, reading->error);
    if (status) return status;
    mz_buffer_init(&line, 64 * 1024);
    for (bool more = true; !status && more;) {
        status = mz_input_line(&input, &line, &more, reading->error);
        if (!status) status = mz_reading_progress(reading, input.consumed, input.total_bytes);
        if (!status && more && line.size) status = take_line(reading, line.data, &open, (uint32_t)input.line, file);
    }
    if (!status && open) status = mz_reading_emit(reading);
    reading->report->bytes += input.consumed;
    mz_buffer_done(&line);
    mz_input_close(&input);
    return status;
}

static mz_status read_lines(mz_reading *reading) {
    char beside[4096];
    const char *slash = strrchr(reading->path, '/');
    (void)snprintf(beside, sizeof beside, "%.*smore.txt", slash ? (int)(slash - reading->path) + 1 : 0, reading->path);
    mz_status status = read_file(reading, reading->path);
    if (!status && access(beside, R_OK) == 0) status = read_file(reading, beside);
    return status;
}

static bool looks_like_lines(mz_str first_bytes, const char *path) {
    (void)first_bytes, (void)path;
    return false;
}

const mz_list_format line_list = {
    .name = "lines",
    .title = "lines for tests",
    .usual_list = "tl",
    .dates = MZ_DATE_DAY_FIRST,
    .looks_like = looks_like_lines,
    .read = read_lines,
};

const mz_list_format other_line_list = {
    .name = "other-lines",
    .title = "lines for tests, another format",
    .usual_list = "tl",
    .dates = MZ_DATE_DAY_FIRST,
    .one_file = true,
    .looks_like = looks_like_lines,
    .read = read_lines,
};

const char *write_text(const char *folder, const char *name, const char *text) {
    static char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    bool fine = file && fputs(text, file) >= 0;
    if (file && fclose(file) != 0) fine = false;
    if (!fine) mz_test_fail(__FILE__, __LINE__, "cannot write %s", path);
    return path;
}

const char *new_folder(void) {
    static char paths[4][512];
    static unsigned number;
    char *path = paths[number % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%u", mz_test_folder(), number++);
    if (mkdir(path, 0700) < 0) mz_test_fail(__FILE__, __LINE__, "cannot make %s", path);
    return path;
}

const char *read_text_file(const char *path) {
    static char text[65536];
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file) (void)fclose(file);
    if (!file) mz_test_fail(__FILE__, __LINE__, "cannot read %s", path);
    text[size] = '\0';
    return text;
}

mz_status import_text(mz_list_store *store, const char *text, mz_list_version *ret_version, mz_error *error) {
    bool new;
    const char *path = write_text(new_folder(), "list.txt", text);
    return mz_list_store_import(store, &line_list, path, NULL, ret_version, &new, error);
}

static mz_status note_id(void *context, const mz_record *record, mz_error *error) {
    mz_buffer *ids = context;
    (void)error;
    if (ids->size) mz_buffer_char(ids, ' ');
    mz_buffer_str(ids, record->entities[0].id);
    return MZ_OK;
}

const char *current_ids(mz_list_store *store) {
    static char text[4096];
    mz_buffer ids;
    mz_error error = {0};
    mz_buffer_init(&ids, sizeof text - 1);
    if (mz_list_store_records(store, "tl", NULL, note_id, &ids, &error))
        (void)snprintf(text, sizeof text, "error: %s", error.text);
    else
        (void)snprintf(text, sizeof text, "%s", ids.data ? ids.data : "");
    mz_buffer_done(&ids);
    return text;
}

mz_list_store *open_store(void) {
    mz_list_store *store = NULL;
    mz_error error = {0};
    CHECK_OK(mz_list_store_open(new_folder(), true, &store, &error), error);
    return store;
}

mz_list_store *store_with(const char *text) {
    mz_list_store *store = open_store();
    mz_list_version version;
    mz_error error = {0};
    CHECK_OK(import_text(store, text, &version, &error), error);
    return store;
}

const char *version_file(const mz_list_store *store, const char *version, const char *name) {
    static char path[MZ_STORE_PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/lists/tl/%s/%s", mz_list_store_folder(store), version, name);
    return path;
}

mz_list_version current_version(mz_list_store *store) {
    mz_list_version *versions = NULL, version;
    size_t count = 0;
    mz_error error = {0};
    CHECK_OK(mz_list_store_current(store, &versions, &count, &error), error);
    CHECK_INT(1, count);
    version = versions[0];
    free(versions);
    return version;
}

static mz_status print_change(void *context, const mz_change *change, mz_error *error) {
    static const char signs[] = {'+', '-', '~'};
    mz_buffer *out = context;
    (void)error;
    mz_buffer_print(out, "%c%.*s", signs[change->kind], (int)change->id.size, change->id.data);
    for (size_t i = 0; i < change->field_count; i++) {
        const mz_field_change *field = &change->fields[i];
        mz_buffer_print(out, " %s.%s(%.*s>%.*s)", mz_schema_name(field->schema), mz_property_name(field->property),
                        (int)field->from.size, field->from.data, (int)field->to.size, field->to.data);
    }
    mz_buffer_char(out, '\n');
    return MZ_OK;
}

const char *diff_text(mz_list_store *store, const char *from, const char *to) {
    static char texts[4][8192];
    static unsigned number;
    char *text = texts[number++ % 4];
    mz_buffer out;
    mz_error error = {0};
    mz_buffer_init(&out, sizeof texts[0] - 1);
    if (mz_list_store_diff(store, "tl", from, to, print_change, &out, &error))
        (void)snprintf(text, sizeof texts[0], "error: %s", error.text);
    else
        (void)snprintf(text, sizeof texts[0], "%s", out.data ? out.data : "");
    mz_buffer_done(&out);
    return text;
}

const char *const editions[3] = {
    "a1|Person|Amina Tazi\na2|Person|Basma Idrissi\na3|Person|Chadia Naciri\n",
    "a1|Person|Amina Tazi|birthDate=1970\na2|Person|Basma Idrissi\na3|Person|Chadia Naciri\n",
    "a1|Person|Amina Tazi|birthDate=1971\na3|Person|Chadia Naciri\na4|Person|Dounia Fassi\n",
};

mz_list_store *store_with_editions(mz_list_version ret_versions[3]) {
    mz_list_store *store = open_store();
    mz_error error = {0};
    for (size_t i = 0; i < 3; i++) CHECK_OK(import_text(store, editions[i], &ret_versions[i], &error), error);
    return store;
}
