/* Applying a file of changes (see mz_read_options.deleted) to the records of a version.
 *
 * First the changes are collected, in the order of their file; then the records stream by, and out come those that stay
 * as they are and, in the places of theirs, the modified ones; behind them the added ones, in the order of the changes.
 *
 * Kept in memory is, for each change, its id's digest (see id_table.h) and 24 bytes; the records of the changes lie in
 * a file meanwhile. So it is the size of the changes that counts, not that of the list.
 *
 * A change that does not fit is none that may be lost: an entity that is said to be modified but is not held comes in
 * as an added one, one that is said to be added but is held takes that one's place, and of several changes of one id
 * the last stands. To delete what is not held does nothing. All of these are counted, for the caller to refuse. */
#ifndef MIZAN_LISTS_APPLY_H
#define MIZAN_LISTS_APPLY_H

#include "mizan/store.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct mz_apply mz_apply;

typedef struct mz_record_sink {
    mz_status (*record)(void *context, const mz_record *record, mz_error *error);
    void *context;
} mz_record_sink;

enum { MZ_MISFITS_SIZE = 400 };

/* `folder`: where a file may be put until mz_apply_free. */
mz_status mz_apply_new(const char *folder, mz_apply **ret_apply, mz_error *error);
void mz_apply_free(mz_apply *apply);

/* The next change: a record that is said to be new, or to be in place of the one with its id. */
mz_status mz_apply_record(mz_apply *apply, bool is_new, const mz_record *record, mz_error *error);
/* The next change: an id that goes. */
mz_status mz_apply_deletion(mz_apply *apply, mz_str id, mz_error *error);

/* After the last change, once: hands over what comes of the records in a packed records file. */
mz_status mz_apply_to(mz_apply *apply, const char *records_path, mz_record_sink sink, mz_error *error);

/* After that: what did not fit, with figures and an example of each kind; "" when all did. */
void mz_apply_misfits(const mz_apply *apply, char ret_text[MZ_MISFITS_SIZE]);

/* The name of the version that changes with these contents make of `base`. */
void mz_applied_name(const char *contents, const char *base, char ret_version[MZ_VERSION_SIZE]);

/* The version of the list of which the changes in the file at `path` made this one, "" when they did not: its name
 * tells, whatever is left of its files. */
mz_status mz_applied_base(const mz_list_store *store, const char *list, const char *path, const char *version,
                          char ret_base[MZ_VERSION_SIZE], mz_error *error);

#endif
