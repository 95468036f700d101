#include "subjects/import_file.h"

#include "base/error.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FORGOTTEN_DAYS = 7, DAY_S = 24 * 3600 };

mz_status mz_import_file_path(const char *folder, mz_str digest, mz_str key, char ret_path[MZ_IMPORT_PATH_SIZE],
                              mz_error *error) {
    int size = snprintf(ret_path, MZ_IMPORT_PATH_SIZE, "%s/%.*s-%.*s", folder, (int)digest.size, digest.data,
                        (int)key.size, key.data);
    if (size > 0 && size < MZ_IMPORT_PATH_SIZE) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the folder for imports is too long");
}

/* Files that nobody has read for so long belong to nobody: of imports that were never begun, or of writers that were
 * killed. */
static void sweep(const char *folder, int of_now) {
    struct stat now;
    DIR *open = fstat(of_now, &now) == 0 ? opendir(folder) : NULL;
    for (const struct dirent *entry = open ? readdir(open) : NULL; entry; entry = readdir(open)) {
        struct stat facts;
        if (entry->d_name[0] == '.' || fstatat(dirfd(open), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0) continue;
        if (S_ISREG(facts.st_mode) && facts.st_mtime < now.st_mtime - (int64_t)FORGOTTEN_DAYS * DAY_S)
            (void)unlinkat(dirfd(open), entry->d_name, 0);
    }
    if (open) (void)closedir(open);
}

mz_status mz_import_file_open(mz_import_file_writer *writer, const char *folder, uint64_t bytes_most, mz_error *error) {
    char key[MZ_SQL_KEY_SIZE];
    *writer = (mz_import_file_writer){.bytes_most = bytes_most};
    if (strlen(folder) >= sizeof writer->folder)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the folder for imports is too long");
    memcpy(writer->folder, folder, strlen(folder) + 1);
    mz_sql_new_key(key);
    mz_status status = mz_folder_make(folder, error);
    if (!status) status = mz_import_file_path(folder, MZ_STR("arriving"), mz_str_of(key), writer->path, error);
    if (!status) status = mz_file_writer_open(&writer->file, writer->path, error);
    writer->open = !status;
    if (!status) sweep(folder, writer->file.descriptor);
    mz_digest_init(&writer->digest);
    return status;
}

mz_status mz_import_file_append(mz_import_file_writer *writer, mz_str piece, mz_error *error) {
    if (piece.size > writer->bytes_most - writer->bytes)
        return mz_fail(error, MZ_ERR_LIMIT, "the file is larger than %llu MiB; bring it in in parts",
                       (unsigned long long)(writer->bytes_most >> 20));
    mz_digest_update(&writer->digest, piece.data, piece.size);
    writer->bytes += piece.size;
    return mz_file_writer_append(&writer->file, piece.data, piece.size, error);
}

mz_status mz_import_file_commit(mz_import_file_writer *writer, mz_import_file *ret_file, mz_error *error) {
    char path[MZ_IMPORT_PATH_SIZE];
    mz_import_file made = {.bytes = writer->bytes};
    mz_digest_hex(&writer->digest, made.digest);
    mz_sql_new_key(made.key);
    writer->open = false;
    mz_status status = mz_import_file_path(writer->folder, mz_str_of(made.digest), mz_str_of(made.key), path, error);
    if (status) {
        mz_file_writer_abandon(&writer->file);
        return status;
    }
    status = mz_file_writer_commit(&writer->file, error);
    if (status) return status;
    if (rename(writer->path, path) != 0) {
        status = mz_fail_errno(error, "rename", writer->path);
        (void)unlink(writer->path);
        return status;
    }
    status = mz_folder_sync(writer->folder, error);
    if (!status) *ret_file = made;
    return status;
}

void mz_import_file_abandon(mz_import_file_writer *writer) {
    if (writer->open) mz_file_writer_abandon(&writer->file);
    writer->open = false;
}

mz_status mz_import_file_copy(const char *folder, const char *path, uint64_t bytes_most, mz_import_file *ret_file,
                              mz_error *error) {
    enum { PIECE_BYTES = 64 << 10 };
    char piece[PIECE_BYTES];
    mz_import_file_writer writer;
    mz_input input;
    size_t size = 1;
    mz_status status = mz_input_open(&input, path, error);
    if (status) return status;
    status = mz_import_file_open(&writer, folder, bytes_most, error);
    while (!status && size) {
        status = mz_input_read(&input, piece, sizeof piece, &size, error);
        if (!status && size) status = mz_import_file_append(&writer, (mz_str){piece, size}, error);
    }
    mz_input_close(&input);
    if (!status) status = mz_import_file_commit(&writer, ret_file, error);
    mz_import_file_abandon(&writer);
    return status;
}

void mz_import_file_remove(const char *folder, mz_str digest, mz_str key) {
    char path[MZ_IMPORT_PATH_SIZE];
    if (mz_import_file_path(folder, digest, key, path, NULL) == MZ_OK) (void)unlink(path);
}
