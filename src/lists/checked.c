/* When the publisher last confirmed each version of a list: FOLDER/lists/LIST/checked, a line for each,
 *
 *     CONTENTS 2026-11-21T09:30:00Z
 *
 * the one confirmed last at the end. It stands beside the versions because those never change, and it is replaced
 * whole. Nothing depends on it but how old a list is said to be: a line that is damaged counts as absent, which at
 * worst makes a list look older than it is, and a file too large to be ours is begun anew. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "lists/folder.h"

#include <string.h>

enum {
    CONTENTS_SIZE = MZ_VERSION_SIZE - 1,
    TIME_SIZE = sizeof "2026-11-21T09:30:00Z" - 1,
    LINE_SIZE = CONTENTS_SIZE + 1 + TIME_SIZE + 1,
    CHECKED_CEILING_BYTES = 1024 * 1024, /* twelve thousand versions */
};

/* The lines that are whole; a damaged file is cut where it is. */
static size_t whole_lines(mz_str text) {
    size_t count = 0;
    while (text.size >= (count + 1) * LINE_SIZE && text.data[(count + 1) * LINE_SIZE - 1] == '\n') count++;
    return count;
}

static const char *find_line(mz_str text, const char *contents) {
    for (size_t i = 0, count = whole_lines(text); i < count; i++)
        if (memcmp(text.data + i * LINE_SIZE, contents, CONTENTS_SIZE) == 0) return text.data + i * LINE_SIZE;
    return NULL;
}

mz_status mz_store_read_checked(const mz_list_store *store, const char *list, mz_buffer *ret_text, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_buffer_init(ret_text, CHECKED_CEILING_BYTES);
    mz_status status = mz_store_path(store, path, error, "/%s/checked", list);
    if (status) return status;
    status = mz_file_read(path, ret_text, error);
    if (status == MZ_ERR_NOT_FOUND || status == MZ_ERR_LIMIT) {
        mz_buffer_clear(ret_text);
        status = MZ_OK;
    }
    return status;
}

int64_t mz_store_checked_in(const mz_store_notes *notes, const char *contents) {
    int64_t seconds = 0;
    const char *line = find_line(mz_buffer_view(&notes->checked), contents);
    return line && mz_time_parse(line + CONTENTS_SIZE + 1, TIME_SIZE, &seconds) ? seconds : 0;
}

mz_status mz_store_note_checked(const mz_list_store *store, const char *list, const char *contents, int64_t seconds,
                                mz_error *error) {
    char path[MZ_STORE_PATH_SIZE], time[MZ_TIME_TEXT_SIZE];
    mz_buffer before, after;
    mz_status status = mz_store_read_checked(store, list, &before, error);
    if (!status) status = mz_store_path(store, path, error, "/%s/checked", list);
    mz_buffer_init(&after, CHECKED_CEILING_BYTES + LINE_SIZE);
    mz_str text = mz_buffer_view(&before);
    const char *old = find_line(text, contents);
    for (size_t i = 0, count = whole_lines(text); i < count; i++)
        if (text.data + i * LINE_SIZE != old) mz_buffer_append(&after, text.data + i * LINE_SIZE, LINE_SIZE);
    mz_time_text(seconds, time);
    mz_buffer_print(&after, "%s %s\n", contents, time);
    if (!status && after.failed) status = mz_fail_memory(error);
    if (!status) status = mz_file_replace(path, after.data, after.size, error);
    mz_buffer_done(&before);
    mz_buffer_done(&after);
    return status;
}
