/* Files: whole reads under a limit, streaming reads, and writes that are either all there or not at all. */
#ifndef MIZAN_BASE_FILE_H
#define MIZAN_BASE_FILE_H

#include "base/buffer.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stdint.h>

/* Reads a file (or "-", standard input) into `buffer`, which is cleared first and whose ceiling is the limit. */
mz_status mz_file_read(const char *path, mz_buffer *buffer, mz_error *error);

/* Replaces `path` by these bytes: written beside it, flushed to the disk, renamed. Whoever opens `path`
 * sees the old or the new contents, also after a power cut. The new file may be read and written by whom the old
 * one might; a first one by whom the umask says. */
mz_status mz_file_replace(const char *path, const void *data, size_t size, mz_error *error);

/* The same for contents that are written piece by piece (an index image, a download). */
typedef struct mz_file_writer {
    int descriptor;
    uint64_t size;
    char final_path[4096], partial_path[4096];
} mz_file_writer;

mz_status mz_file_writer_open(mz_file_writer *writer, const char *path, mz_error *error);
mz_status mz_file_writer_append(mz_file_writer *writer, const void *data, size_t size, mz_error *error);
/* Flushes and renames; the writer is done, also on failure (then the partial file is removed). */
mz_status mz_file_writer_commit(mz_file_writer *writer, mz_error *error);
/* The same, and then removes `obsolete`, which the new contents make so; NULL or not there: nothing is removed. Until
 * that is done the writer holds its lock on the new file. */
mz_status mz_file_writer_commit_over(mz_file_writer *writer, const char *obsolete, mz_error *error);
/* Removes the partial file; the writer is done. */
void mz_file_writer_abandon(mz_file_writer *writer);

/* A file beside `path` that has no name, to be read and written: it is gone when its descriptor is closed, also when
 * the program is killed. -1 with errno when it cannot be made. */
int mz_file_unnamed(const char *path);

/* Whether a writer gives such names: NAME.partial- and 16 hexadecimal digits. A writer that is killed leaves a file
 * of this name; while it lives, it holds flock(2) on it. */
bool mz_file_is_partial(const char *name);
/* Whether it is the name that a writer of `final_name` gives. */
bool mz_file_is_partial_of(const char *final_name, const char *name);
/* Locks what may have been left behind, a file or folder, so that it can be removed: a descriptor to be closed, or -1
 * when somebody is at work on it. */
int mz_file_claim(int folder, const char *name);

/* Makes a folder and those above it (mode 0700 for new ones); an existing one is fine. */
mz_status mz_folder_make(const char *path, mz_error *error);

/* Flushes a folder's entries to the disk, after renames in it. */
mz_status mz_folder_sync(const char *path, mz_error *error);

/* A stream of bytes from a file, standard input ("-") or memory, with bounded look-ahead. */
typedef struct mz_input {
    int descriptor; /* -1 for memory */
    char name[MZ_ERROR_WHERE_SIZE];
    char *block;
    size_t block_size, at, end;
    const char *memory;
    size_t memory_size;
    uint64_t line;        /* of the last line returned, 1-based */
    uint64_t consumed;    /* bytes */
    uint64_t total_bytes; /* size of the file, 0 when not known: for progress */
} mz_input;

mz_status mz_input_open(mz_input *input, const char *path, mz_error *error);
void mz_input_memory(mz_input *input, const char *name, mz_str bytes);
void mz_input_close(mz_input *input);

/* The next bytes, at most `size`; *ret_size 0 at the end. */
mz_status mz_input_read(mz_input *input, void *into, size_t size, size_t *ret_size, mz_error *error);

/* The next line without its LF or CRLF, in `line` (cleared first; its ceiling limits the length, the CR included).
 * *ret_more false at the end. A line over the ceiling is MZ_ERR_LIMIT with its number, and is skipped to its
 * end, so that the caller may go on. A byte-order mark at the very start is dropped. */
mz_status mz_input_line(mz_input *input, mz_buffer *line, bool *ret_more, mz_error *error);

#endif
