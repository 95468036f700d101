/* The manifest as JSON. Counts stay below 2^53, so that any reader of JSON sees them as they are.
 *
 * A manifest from the disk is input like any other: it may be cut, edited or hostile. Names of files become paths
 * and are therefore refused when they could leave the folder. Members that this version does not know are left
 * alone; a format number above ours is refused with the remedy. */
#include "lists/manifest.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/json_read.h"
#include "base/json_write.h"

#include <string.h>
#include <utf8proc.h>

enum { ARENA_BYTES = 8 * 1024 * 1024 };

static const int64_t largest_count = INT64_C(1) << 53;

void mz_clean_copy(char *into, size_t size, const char *text) {
    size_t used = 0, length = strlen(text);
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t letter;
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &letter);
        bool fine = step > 0 && letter >= 0x20 && letter != 0x7F;
        size_t bytes = fine ? (size_t)step : 1;
        if (used + bytes >= size) break;
        if (fine)
            memcpy(into + used, text + at, bytes);
        else
            into[used] = '?';
        used += bytes;
        at += step > 0 ? (size_t)step : 1;
    }
    into[used] = '\0';
}

static bool is_digest(const char *text) {
    return strlen(text) == MZ_DIGEST_HEX_SIZE - 1 && strspn(text, "0123456789abcdef") == MZ_DIGEST_HEX_SIZE - 1;
}

bool mz_version_name(const char *text) {
    return is_digest(text);
}

static void write_time(mz_json *json, const char *key, int64_t seconds) {
    char text[MZ_TIME_TEXT_SIZE];
    mz_json_key(json, key);
    if (seconds == 0) {
        mz_json_null(json);
        return;
    }
    mz_time_text(seconds, text);
    mz_json_str(json, mz_str_of(text));
}

static void write_packed(mz_json *json, const char *key, const mz_packed_facts *facts) {
    mz_json_key(json, key);
    mz_json_object(json);
    mz_json_pair_int(json, "bytes", (int64_t)facts->bytes);
    mz_json_pair(json, "digest", mz_str_of(facts->digest));
    mz_json_object_end(json);
}

static void write_sources(mz_json *json, const mz_manifest *manifest) {
    mz_json_key(json, "sources");
    mz_json_array(json);
    for (size_t i = 0; i < manifest->source_count; i++) {
        const mz_source_file *source = &manifest->sources[i];
        mz_json_object(json);
        mz_json_pair(json, "name", mz_str_of(source->name));
        mz_json_pair_int(json, "bytes", (int64_t)source->bytes);
        mz_json_pair(json, "digest", mz_str_of(source->digest));
        write_packed(json, "packed", &source->packed);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

void mz_manifest_write(const mz_manifest *manifest, mz_buffer *out) {
    const mz_list_version *version = &manifest->version;
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair_int(&json, "manifest", MZ_MANIFEST_FORMAT);
    mz_json_pair(&json, "list", mz_str_of(version->list));
    mz_json_pair(&json, "version", mz_str_of(version->version));
    mz_json_pair(&json, "contents", mz_str_of(version->contents));
    mz_json_pair(&json, "previous", mz_str_of(version->previous));
    if (version->base[0]) {
        mz_json_pair(&json, "base", mz_str_of(version->base));
        mz_json_pair_bool(&json, "applied", true);
    }
    mz_json_pair_int(&json, "sequence", (int64_t)manifest->sequence);
    mz_json_pair(&json, "format", mz_str_of(version->format));
    mz_json_pair(&json, "origin", mz_str_of(version->origin));
    write_time(&json, "imported", version->imported);
    if (version->reread) write_time(&json, "reread", version->reread);
    write_time(&json, "published", version->published);
    mz_json_pair_int(&json, "records", (int64_t)version->records);
    mz_json_pair_int(&json, "entities", (int64_t)version->entities);
    mz_json_pair_int(&json, "rejected", (int64_t)version->rejected);
    mz_json_pair_int(&json, "bytes", (int64_t)version->bytes);
    mz_json_pair_int(&json, "added", (int64_t)version->added);
    mz_json_pair_int(&json, "removed", (int64_t)version->removed);
    mz_json_pair_int(&json, "changed", (int64_t)version->changed);
    mz_json_pair(&json, "accepted", mz_str_of(version->accepted));
    if (manifest->folder) mz_json_pair_bool(&json, "folder", true);
    write_sources(&json, manifest);
    write_packed(&json, "records_file", &manifest->records);
    if (manifest->delta.digest[0]) write_packed(&json, "delta_file", &manifest->delta);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

/* Reading keeps the first member that was wrong and goes on, so that the code below is a plain list. */
typedef struct manifest_reading {
    const char *wrong;
} manifest_reading;

static void wrong(manifest_reading *reading, const char *key) {
    if (!reading->wrong) reading->wrong = key;
}

static void read_text(manifest_reading *reading, const mz_json_value *object, const char *key, char *into,
                      size_t size) {
    const mz_json_value *item = mz_json_member(object, key);
    if (!item || item->kind != MZ_JSON_STRING || item->text.size >= size) {
        wrong(reading, key);
        return;
    }
    memcpy(into, item->text.data, item->text.size);
    into[item->text.size] = '\0';
    for (const char *letter = into; *letter; letter++)
        if ((unsigned char)*letter < 0x20) wrong(reading, key);
}

static uint64_t read_count(manifest_reading *reading, const mz_json_value *object, const char *key) {
    int64_t count = -1;
    if (mz_json_read_int(object, key, 0, largest_count, &count, NULL) || count < 0) {
        wrong(reading, key);
        return 0;
    }
    return (uint64_t)count;
}

static int64_t read_time(manifest_reading *reading, const mz_json_value *object, const char *key) {
    const mz_json_value *item = mz_json_member(object, key);
    int64_t seconds = 0;
    if (item && item->kind == MZ_JSON_NULL) return 0;
    if (!item || item->kind != MZ_JSON_STRING || !mz_time_parse(item->text.data, item->text.size, &seconds))
        wrong(reading, key);
    return seconds;
}

static void read_packed(manifest_reading *reading, const mz_json_value *object, const char *key,
                        mz_packed_facts *into) {
    const mz_json_value *item = mz_json_member(object, key);
    into->bytes = read_count(reading, item, "bytes");
    read_text(reading, item, "digest", into->digest, sizeof into->digest);
    if (!is_digest(into->digest)) wrong(reading, key);
}

static void read_source(manifest_reading *reading, const mz_json_value *item, mz_source_file *into) {
    read_text(reading, item, "name", into->name, sizeof into->name);
    into->bytes = read_count(reading, item, "bytes");
    read_text(reading, item, "digest", into->digest, sizeof into->digest);
    read_packed(reading, item, "packed", &into->packed);
    if (into->name[0] == '\0' || into->name[0] == '.' || strchr(into->name, '/') || !is_digest(into->digest))
        wrong(reading, "sources");
}

static void read_sources(manifest_reading *reading, const mz_json_value *object, mz_manifest *into) {
    const mz_json_value *array = mz_json_member(object, "sources");
    if (!array || array->kind != MZ_JSON_ARRAY || array->count > MZ_MOST_SOURCES) {
        wrong(reading, "sources");
        return;
    }
    for (const mz_json_value *item = array->child; item; item = item->next)
        read_source(reading, item, &into->sources[into->source_count++]);
}

/* Both of them, or neither: a version whose source is changes must not be taken for a whole list. */
static void read_base(manifest_reading *reading, const mz_json_value *object, mz_list_version *version) {
    const mz_json_value *applied = mz_json_member(object, "applied");
    bool has_base = mz_json_member(object, "base") != NULL;
    if (has_base) read_text(reading, object, "base", version->base, sizeof version->base);
    if (has_base && !is_digest(version->base)) wrong(reading, "base");
    if (has_base ? !applied || applied->kind != MZ_JSON_TRUE : applied != NULL) wrong(reading, "applied");
}

static void read_members(manifest_reading *reading, const mz_json_value *object, mz_manifest *into) {
    mz_list_version *version = &into->version;
    read_text(reading, object, "list", version->list, sizeof version->list);
    read_text(reading, object, "version", version->version, sizeof version->version);
    memcpy(version->contents, version->version, sizeof version->contents);
    if (mz_json_member(object, "contents")) /* absent: as in the first versions of the store */
        read_text(reading, object, "contents", version->contents, sizeof version->contents);
    read_text(reading, object, "previous", version->previous, sizeof version->previous);
    read_base(reading, object, version);
    into->sequence = read_count(reading, object, "sequence");
    read_text(reading, object, "format", version->format, sizeof version->format);
    read_text(reading, object, "origin", version->origin, sizeof version->origin);
    version->imported = read_time(reading, object, "imported");
    if (mz_json_member(object, "reread")) version->reread = read_time(reading, object, "reread");
    version->published = read_time(reading, object, "published");
    version->records = read_count(reading, object, "records");
    version->entities = read_count(reading, object, "entities");
    version->rejected = read_count(reading, object, "rejected");
    version->bytes = read_count(reading, object, "bytes");
    version->added = read_count(reading, object, "added");
    version->removed = read_count(reading, object, "removed");
    version->changed = read_count(reading, object, "changed");
    read_text(reading, object, "accepted", version->accepted, sizeof version->accepted);
    const mz_json_value *folder = mz_json_member(object, "folder");
    into->folder = folder && folder->kind == MZ_JSON_TRUE;
    if (folder && folder->kind != MZ_JSON_TRUE && folder->kind != MZ_JSON_FALSE) wrong(reading, "folder");
    read_sources(reading, object, into);
    read_packed(reading, object, "records_file", &into->records);
    if (mz_json_member(object, "delta_file")) read_packed(reading, object, "delta_file", &into->delta);
    if (!is_digest(version->version)) wrong(reading, "version");
    if (!is_digest(version->contents)) wrong(reading, "contents");
    if (version->previous[0] && !is_digest(version->previous)) wrong(reading, "previous");
}

static mz_status read_object(const mz_json_value *object, mz_manifest *into, mz_error *error) {
    manifest_reading reading = {NULL};
    uint64_t format = read_count(&reading, object, "manifest");
    if (!reading.wrong && format > MZ_MANIFEST_FORMAT)
        return mz_fail(error, MZ_ERR_INPUT,
                       "the manifest has format %llu, this program knows up to %d: it was written by a newer mizan",
                       (unsigned long long)format, MZ_MANIFEST_FORMAT);
    read_members(&reading, object, into);
    if (reading.wrong || format == 0)
        return mz_fail(error, MZ_ERR_INPUT, "damaged manifest: \"%s\" is missing or not what it should be",
                       reading.wrong ? reading.wrong : "manifest");
    return MZ_OK;
}

mz_status mz_manifest_read(mz_str json, mz_manifest *ret_manifest, mz_error *error) {
    mz_arena arena;
    mz_arena_init(&arena, ARENA_BYTES);
    const mz_json_value *object = NULL;
    mz_manifest manifest = {0};
    mz_status status = mz_json_parse(json, 0, &arena, &object, error);
    if (!status) status = read_object(object, &manifest, error);
    mz_arena_done(&arena);
    if (!status) *ret_manifest = manifest;
    return status;
}
