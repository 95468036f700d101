/* Files of subjects on their way into the register: FOLDER/DIGEST-KEY, made whole or not at all, readable for the owner
 * alone, and gone when the import KEY has ended. A name under which somebody sent a file is never part of a path. What
 * was not touched for a week is removed when the next one comes. */
#ifndef MIZAN_SUBJECTS_IMPORT_FILE_H
#define MIZAN_SUBJECTS_IMPORT_FILE_H

#include "base/digest.h"
#include "base/file.h"
#include "store/sql.h"

enum { MZ_IMPORT_PATH_SIZE = 4096 };

typedef struct mz_import_file_writer {
    mz_file_writer file;
    mz_digest digest;
    uint64_t bytes, bytes_most;
    char folder[MZ_IMPORT_PATH_SIZE - 256], path[MZ_IMPORT_PATH_SIZE];
    bool open;
} mz_import_file_writer;

/* A file that is whole. */
typedef struct mz_import_file {
    char key[MZ_SQL_KEY_SIZE], digest[MZ_DIGEST_HEX_SIZE];
    uint64_t bytes;
} mz_import_file;

/* The folder is made when absent (mode 0700). */
mz_status mz_import_file_open(mz_import_file_writer *writer, const char *folder, uint64_t bytes_most, mz_error *error);
/* MZ_ERR_LIMIT: there are more bytes than `bytes_most`. */
mz_status mz_import_file_append(mz_import_file_writer *writer, mz_str piece, mz_error *error);
mz_status mz_import_file_commit(mz_import_file_writer *writer, mz_import_file *ret_file, mz_error *error);
/* Removes what is not committed; may be called at any time. */
void mz_import_file_abandon(mz_import_file_writer *writer);

/* A whole file ("-": standard input). */
mz_status mz_import_file_copy(const char *folder, const char *path, uint64_t bytes_most, mz_import_file *ret_file,
                              mz_error *error);

mz_status mz_import_file_path(const char *folder, mz_str digest, mz_str key, char ret_path[MZ_IMPORT_PATH_SIZE],
                              mz_error *error);
/* One that is not there is fine. */
void mz_import_file_remove(const char *folder, mz_str digest, mz_str key);

#endif
