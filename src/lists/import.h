/* Importing, with what only a download needs to say. */
#ifndef MIZAN_LISTS_IMPORT_H
#define MIZAN_LISTS_IMPORT_H

#include "mizan/store.h"

/* As mz_list_store_import. `undone` (may be NULL) is a version that a person may have gone back from: when the file
 * turns out to be that one and it is not current, nothing is changed and *ret_new is false. `ret_contents` becomes the
 * address of what was given, whether or not it is current now. */
mz_status mz_store_import(mz_list_store *store, const mz_list_format *format, const char *path,
                          const mz_import_options *options, const char *undone, char ret_contents[MZ_VERSION_SIZE],
                          mz_list_version *ret_version, bool *ret_new, mz_error *error);

/* As mz_list_store_reread, with this reader; `format` NULL: the one of the version's format. */
mz_status mz_store_reread(mz_list_store *store, const mz_list_format *format, const char *list,
                          const mz_import_options *options, mz_list_version *ret_version, bool *ret_new,
                          mz_error *error);

#endif
