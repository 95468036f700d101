/* What became current, when and in place of what: FOLDER/lists/LIST/journal, a line of JSON for each change,
 *
 *     {"at":"2026-11-21T09:30:00Z","act":"import","version":"…","previous":"…","added":1,"removed":0,"changed":2,
 *      "accepted":"…"}
 *
 * A version never changes, but it may become current more than once: a publisher takes a change back, a person accepts
 * an edition that was there before. Then its manifest tells of the first time only, and the journal of the last. Lines
 * are only ever put behind the others, before `current` is replaced: killed in between, there is a line too many, of
 * what nearly happened, and never one too few. A line that was cut is passed over. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "lists/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { LINE_CEILING_BYTES = 64 * 1024, JOURNAL_CEILING_BYTES = 64 * 1024 * 1024 };

static const int64_t largest_count = INT64_C(1) << 53;

/* ---- writing ---------------------------------------------------------------------------------------------------- */

static void write_line(mz_buffer *line, const char *act, const mz_list_version *version, int64_t seconds) {
    char time[MZ_TIME_TEXT_SIZE];
    mz_json json;
    mz_time_text(seconds, time);
    mz_json_init(&json, line);
    mz_json_object(&json);
    mz_json_pair(&json, "at", mz_str_of(time));
    mz_json_pair(&json, "act", mz_str_of(act));
    mz_json_pair(&json, "version", mz_str_of(version->version));
    mz_json_pair(&json, "previous", mz_str_of(version->previous));
    mz_json_pair_int(&json, "added", (int64_t)version->added);
    mz_json_pair_int(&json, "removed", (int64_t)version->removed);
    mz_json_pair_int(&json, "changed", (int64_t)version->changed);
    mz_json_pair(&json, "accepted", mz_str_of(version->accepted));
    mz_json_object_end(&json);
    mz_buffer_char(line, '\n');
}

static mz_status append(int descriptor, const char *path, mz_str text, mz_error *error) {
    while (text.size > 0) {
        ssize_t put = write(descriptor, text.data, text.size);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return mz_fail_errno(error, "write", path);
        text.data += put;
        text.size -= (size_t)put;
    }
    return fsync(descriptor) < 0 ? mz_fail_errno(error, "write", path) : MZ_OK;
}

/* Whether a writer was killed in the middle of the last line. */
static bool ends_inside_line(int descriptor) {
    char last = '\n';
    off_t size = lseek(descriptor, 0, SEEK_END);
    return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != '\n';
}

mz_status mz_store_note_current(const mz_list_store *store, const char *act, const mz_list_version *version,
                                mz_error *error) {
    char path[MZ_STORE_PATH_SIZE], folder[MZ_STORE_PATH_SIZE];
    mz_buffer line;
    mz_status status = mz_store_path(store, path, error, "/%s/journal", version->list);
    if (!status) status = mz_store_path(store, folder, error, "/%s", version->list);
    if (status) return status;
    int descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return mz_fail_errno(error, "write", path);
    mz_buffer_init(&line, LINE_CEILING_BYTES);
    if (ends_inside_line(descriptor)) mz_buffer_char(&line, '\n');
    write_line(&line, act, version, mz_clock_now());
    status = line.failed ? mz_fail_memory(error) : append(descriptor, path, mz_buffer_view(&line), error);
    (void)close(descriptor);
    mz_buffer_done(&line);
    return status ? status : mz_folder_sync(folder, error);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static bool read_text(const mz_json_value *object, const char *key, char *into, size_t size) {
    mz_str text = {"", 0};
    if (mz_json_read_str(object, key, &text, NULL) || text.size >= size) return false;
    if (text.size) memcpy(into, text.data, text.size);
    into[text.size] = '\0';
    return true;
}

static bool read_count(const mz_json_value *object, const char *key, uint64_t *ret_count) {
    int64_t count = 0;
    if (mz_json_read_int(object, key, 0, largest_count, &count, NULL) || count < 0) return false;
    *ret_count = (uint64_t)count;
    return true;
}

/* Only what was brought in has figures of its own: who goes back to a version sees those with which it came. */
static bool read_entry(const mz_json_value *object, mz_journal_entry *entry) {
    char act[16];
    return read_text(object, "act", act, sizeof act) && strcmp(act, "select") != 0 &&
           read_text(object, "version", entry->version, sizeof entry->version) && mz_version_name(entry->version) &&
           read_text(object, "previous", entry->previous, sizeof entry->previous) &&
           (!entry->previous[0] || mz_version_name(entry->previous)) && read_count(object, "added", &entry->added) &&
           read_count(object, "removed", &entry->removed) && read_count(object, "changed", &entry->changed) &&
           read_text(object, "accepted", entry->accepted, sizeof entry->accepted);
}

static mz_status take_line(mz_str line, mz_arena *arena, mz_buffer *entries, mz_error *error) {
    const mz_json_value *object = NULL;
    mz_journal_entry entry = {0};
    mz_arena_reset(arena);
    mz_status status = line.size ? mz_json_parse(line, 0, arena, &object, error) : MZ_OK;
    if (status == MZ_ERR_MEMORY) return status;
    if (status || !object || !read_entry(object, &entry)) return MZ_OK;
    mz_buffer_append(entries, &entry, sizeof entry);
    return entries->failed ? mz_fail_memory(error) : MZ_OK;
}

static mz_status take_lines(mz_str text, mz_buffer *entries, mz_error *error) {
    mz_arena arena;
    mz_status status = MZ_OK;
    mz_arena_init(&arena, LINE_CEILING_BYTES * 16);
    for (const char *at = text.data, *end = at + text.size; !status && at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (!newline) break;
        status = take_line((mz_str){at, (size_t)(newline - at)}, &arena, entries, error);
        at = newline + 1;
    }
    mz_arena_done(&arena);
    return status;
}

mz_status mz_store_read_notes(const mz_list_store *store, const char *list, mz_store_notes *ret_notes,
                              mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_buffer text;
    mz_buffer_init(&text, JOURNAL_CEILING_BYTES);
    mz_buffer_init(&ret_notes->entries, JOURNAL_CEILING_BYTES * 4);
    mz_status status = mz_store_read_checked(store, list, &ret_notes->checked, error);
    if (!status) status = mz_store_path(store, path, error, "/%s/journal", list);
    if (!status) status = mz_file_read(path, &text, error);
    if (status == MZ_ERR_NOT_FOUND || status == MZ_ERR_LIMIT) {
        mz_buffer_clear(&text);
        status = MZ_OK;
    }
    if (!status) status = take_lines(mz_buffer_view(&text), &ret_notes->entries, error);
    mz_buffer_done(&text);
    if (status) mz_store_notes_done(ret_notes);
    return status;
}

void mz_store_notes_done(mz_store_notes *notes) {
    mz_buffer_done(&notes->checked);
    mz_buffer_done(&notes->entries);
}

void mz_store_annotate(const mz_store_notes *notes, mz_list_version *version) {
    const char *at = notes->entries.data;
    for (size_t left = notes->entries.size / sizeof(mz_journal_entry);
         left-- > 0;) { /* the last is the one that counts */
        mz_journal_entry entry;
        memcpy(&entry, at + left * sizeof entry, sizeof entry);
        if (strcmp(entry.version, version->version) != 0) continue;
        memcpy(version->previous, entry.previous, sizeof version->previous);
        memcpy(version->accepted, entry.accepted, sizeof version->accepted);
        version->added = entry.added;
        version->removed = entry.removed;
        version->changed = entry.changed;
        break;
    }
    version->checked = mz_store_checked_in(notes, version->contents);
    if (version->checked < version->imported) version->checked = version->imported;
}
