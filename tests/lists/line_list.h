/* A list format for tests of the store, plain enough to be written in a C string:
 *
 *     #published 2026-03-01
 *     #stated 2
 *     a1|Person|Amina Tazi|birthDate=1970-05-01|alias=Mina Tazi
 *     +Address|a1-home|city=Fes
 *     !a record that the reader rejects
 *     %malformed as a whole
 *     ~a1|Person|Amina Tazi      in a file of changes, whose records all start so: in place of the a1 that is held
 *     *a2|Person|Basma Idrissi   the same: new
 *     -a3                        the same: no longer listed
 *
 * A line with '+' is an entity attached to the record above it. A file "more.txt" beside the list belongs to it (its
 * bytes count, its records are read too). All people in these tests are invented. */
#ifndef MIZAN_TEST_LINE_LIST_H
#define MIZAN_TEST_LINE_LIST_H

#include "mizan/list.h"
#include "mizan/store.h"

#include <stddef.h>

extern const mz_list_format line_list;
extern const mz_list_format other_line_list; /* another name, and nothing beside its file belongs to it */

/* Writes text into FOLDER/NAME and returns the path (static, of the last call). */
const char *write_text(const char *folder, const char *name, const char *text);
/* A new empty folder below the test's own, named after the running number; static text of the last four calls. */
const char *new_folder(void);
/* The file's bytes as text; static, at most 64 KiB, of the last call. */
const char *read_text_file(const char *path);
/* Imports the text as list "tl", without options. */
mz_status import_text(mz_list_store *store, const char *text, mz_list_version *ret_version, mz_error *error);
/* The ids of the current records of "tl", separated by blanks; static; "error: …" when they cannot be read. */
const char *current_ids(mz_list_store *store);

/* A new store; one that holds the text as "tl". */
mz_list_store *open_store(void);
mz_list_store *store_with(const char *text);
/* The current version of the only list in the store. */
mz_list_version current_version(mz_list_store *store);
/* The path of a file of a version of "tl"; static. */
const char *version_file(const mz_list_store *store, const char *version, const char *name);
/* The difference of two versions of "tl", a line for each record: "+id", "-id", or "~id Schema.property(from>to) …".
 * "error: …" when there is none. Static, of the last four calls. */
const char *diff_text(mz_list_store *store, const char *from, const char *to);

/* Three editions of one list: the second changes a1, the third changes a1, loses a2 and has a4. */
extern const char *const editions[3];
mz_list_store *store_with_editions(mz_list_version ret_versions[3]);

#endif
