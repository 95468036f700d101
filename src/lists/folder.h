/* The folders of a list store: paths, the lock, what is current, and what killed runs left behind.
 *
 *     FOLDER/lock                          held while something is written
 *     FOLDER/lists/LIST/VERSION/           a version, complete
 *     FOLDER/lists/LIST/current            its name
 *     FOLDER/lists/LIST/journal            what became current, when, in place of what; see journal.c
 *     FOLDER/lists/LIST/checked            when its publisher last confirmed each version; see checked.c
 *     FOLDER/lists/LIST/download/          files on their way, kept when a download breaks off; see update.c
 *     FOLDER/lists/.new-XXXXXX/            a version that is being put together
 *     FOLDER/lists/.old-XXXXXX/            a damaged version on its way out
 *
 * The last two, and files that were being replaced (also FOLDER/index.mzi), are swept away by whoever takes the lock
 * next, unless their writer is alive. */
#ifndef MIZAN_LISTS_FOLDER_H
#define MIZAN_LISTS_FOLDER_H

#include "lists/manifest.h"

enum { MZ_STORE_PATH_SIZE = 4096 };

struct mz_list_store {
    char folder[MZ_STORE_PATH_SIZE - 512];
    bool writable;
};

/* FOLDER/lists/… printed into `ret_path`; MZ_ERR_ARGUMENT when too long. */
mz_status mz_store_path(const mz_list_store *store, char ret_path[MZ_STORE_PATH_SIZE], mz_error *error,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* MZ_ERR_ARGUMENT unless `list` can be a list's short name (and so a folder's). */
mz_status mz_store_check_name(const char *list, mz_error *error);

/* Locks `path` (made when absent) for this writer alone, waiting up to `wait_ms`; then MZ_ERR_IO saying that another
 * writer is at work. Ends with mz_store_unlock or with the process. */
mz_status mz_store_lock(const char *path, unsigned wait_ms, int *ret_descriptor, mz_error *error);
void mz_store_unlock(int descriptor);
/* The lock of the store itself; sweeps what killed writers left. */
mz_status mz_store_lock_all(mz_list_store *store, int *ret_descriptor, mz_error *error);

/* Removes a folder and all in it; one that is not there is fine. */
mz_status mz_store_remove(const char *path, mz_error *error);

/* The name of the current version, "" when the list has none. MZ_ERR_INPUT when the file is damaged. */
mz_status mz_store_read_current(const mz_list_store *store, const char *list, char ret_version[MZ_VERSION_SIZE],
                                mz_error *error);
mz_status mz_store_write_current(const mz_list_store *store, const char *list, const char *version, mz_error *error);

/* Puts a line behind the journal: `version` is about to become current, in place of its `previous`. `act` is how:
 * "import", "reread" or "select". Needs the lock of the store. */
mz_status mz_store_note_current(const mz_list_store *store, const char *act, const mz_list_version *version,
                                mz_error *error);

/* Notes that the publisher confirmed now that these contents are the current ones. Needs the lock of the list's
 * download/. */
mz_status mz_store_note_checked(const mz_list_store *store, const char *list, const char *contents, int64_t seconds,
                                mz_error *error);

typedef struct mz_journal_entry {
    char version[MZ_VERSION_SIZE], previous[MZ_VERSION_SIZE];
    char accepted[sizeof((mz_list_version *)NULL)->accepted];
    uint64_t added, removed, changed;
} mz_journal_entry;

/* What is noted beside the versions of a list, read once for all of them; mz_store_notes_done when MZ_OK. */
typedef struct mz_store_notes {
    mz_buffer checked; /* the file of this name */
    mz_buffer entries; /* mz_journal_entry, the latest at the end */
} mz_store_notes;
mz_status mz_store_read_notes(const mz_list_store *store, const char *list, mz_store_notes *ret_notes, mz_error *error);
void mz_store_notes_done(mz_store_notes *notes);
/* Adds to what a manifest says: when the version was last confirmed, and how it became current the last time. */
void mz_store_annotate(const mz_store_notes *notes, mz_list_version *version);

/* For journal.c: the file `checked` (empty when there is none), and what it says; 0: nothing. */
mz_status mz_store_read_checked(const mz_list_store *store, const char *list, mz_buffer *ret_text, mz_error *error);
int64_t mz_store_checked_in(const mz_store_notes *notes, const char *contents);

/* The manifest, checked, and that the files it speaks of are there with their sizes; as it was written, without
 * notes. */
mz_status mz_store_read_manifest(const mz_list_store *store, const char *list, const char *version,
                                 mz_manifest *ret_manifest, mz_error *error);
/* With the notes. */
mz_status mz_store_read_noted(const mz_list_store *store, const char *list, const char *version,
                              mz_manifest *ret_manifest, mz_error *error);

/* The names of the lists or of the versions of a list (NULL: the lists), in byte order; free() them as one. */
typedef struct mz_store_names {
    char (*names)[MZ_VERSION_SIZE];
    size_t count;
} mz_store_names;
mz_status mz_store_list_names(const mz_list_store *store, const char *list, mz_store_names *ret_names, mz_error *error);

/* The version that `prefix` (four or more digits, NULL: the current one) means. */
mz_status mz_store_resolve(const mz_list_store *store, const char *list, const char *prefix,
                           char ret_version[MZ_VERSION_SIZE], mz_error *error);

#endif
