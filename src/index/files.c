/* Opening, locking and replacing the files of an index; files.h says in what order and why. */
#include "index/files.h"

#include "base/error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Each attempt fails only when the index was replaced within its few calls. */
enum { ATTEMPTS_MOST = 1000 };

static const char suffix[] = ".changes", seal_suffix[] = ".seal";

mz_status mz_changes_path(const char *path, char ret_path[MZ_INDEX_PATH_BYTES], mz_error *error) {
    int length = snprintf(ret_path, MZ_INDEX_PATH_BYTES, "%s%s", path, suffix);
    if (length > 0 && length < MZ_INDEX_PATH_BYTES) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", path);
}

static mz_file_mark mark_of(const struct stat *facts) {
    return (mz_file_mark){true, facts->st_dev, facts->st_ino, facts->st_size, facts->st_mtim};
}

bool mz_file_mark_same(const mz_file_mark *a, const mz_file_mark *b) {
    if (!a->exists || !b->exists) return a->exists == b->exists;
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->modified.tv_sec == b->modified.tv_sec && a->modified.tv_nsec == b->modified.tv_nsec;
}

static mz_status look_at(const char *path, mz_file_mark *ret_mark, mz_error *error) {
    struct stat facts;
    *ret_mark = (mz_file_mark){.exists = false};
    if (stat(path, &facts) == 0)
        *ret_mark = mark_of(&facts);
    else if (errno != ENOENT && errno != ENAMETOOLONG) /* no changes were ever written under too long a name */
        return mz_fail_errno(error, "examine", path);
    return MZ_OK;
}

mz_status mz_index_files_look(const char *path, mz_index_marks *ret_marks, mz_error *error) {
    char changes[MZ_INDEX_PATH_BYTES];
    mz_status status = mz_changes_path(path, changes, error);
    if (!status) status = look_at(path, &ret_marks->base, error);
    if (!status) status = look_at(changes, &ret_marks->changes, error);
    return status;
}

/* A pipe is refused later, not waited for. */
static mz_status open_file(const char *path, int *ret_descriptor, mz_file_mark *ret_mark, mz_error *error) {
    struct stat facts;
    *ret_descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*ret_descriptor < 0) return mz_fail_errno(error, "open", path);
    if (fstat(*ret_descriptor, &facts) < 0) return mz_fail_errno(error, "examine", path);
    *ret_mark = mark_of(&facts);
    return MZ_OK;
}

static mz_status open_both(const char *path, mz_index_files *files, mz_error *error) {
    char changes[MZ_INDEX_PATH_BYTES];
    mz_status status = mz_changes_path(path, changes, error);
    if (!status) status = open_file(path, &files->base, &files->marks.base, error);
    if (status) return status;
    mz_file_mark changed;
    status = look_at(changes, &changed, error);
    if (status || !changed.exists) return status;
    status = open_file(changes, &files->changes, &files->marks.changes, error);
    return status == MZ_ERR_NOT_FOUND ? MZ_OK : status; /* removed meanwhile */
}

mz_status mz_index_files_open(const char *path, mz_index_files *ret_files, mz_error *error) {
    for (int attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
        mz_file_mark now;
        *ret_files = (mz_index_files){.base = -1, .changes = -1};
        mz_status status = open_both(path, ret_files, error);
        if (!status) status = look_at(path, &now, error);
        if (!status && now.exists && now.inode == ret_files->marks.base.inode &&
            now.device == ret_files->marks.base.device)
            return MZ_OK;
        mz_index_files_close(ret_files);
        if (status) return status;
    }
    return mz_fail(error, MZ_ERR_IO, "%.200s is replaced again and again; try later", path);
}

void mz_index_files_close(mz_index_files *files) {
    if (files->base >= 0) (void)close(files->base);
    if (files->changes >= 0) (void)close(files->changes);
    files->base = files->changes = -1;
}

mz_status mz_index_lock(const char *path, int *ret_descriptor, mz_error *error) {
    for (int attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
        mz_file_mark locked, now;
        int descriptor;
        mz_status status = open_file(path, &descriptor, &locked, error);
        if (!status) {
            while (flock(descriptor, LOCK_EX) < 0 && !status)
                if (errno != EINTR) status = mz_fail_errno(error, "lock", path);
        }
        if (!status) status = look_at(path, &now, error);
        if (!status && now.exists && now.inode == locked.inode && now.device == locked.device) {
            *ret_descriptor = descriptor;
            return MZ_OK;
        }
        if (descriptor >= 0) (void)close(descriptor);
        if (status) return status;
    }
    return mz_fail(error, MZ_ERR_IO, "%.200s is replaced again and again; try later", path);
}

/* ---- what was left ---- */

/* Whether a file of this name was being written for the index called `index`, or for what stands beside it. */
static bool is_left_of(const char *index, const char *name) {
    size_t size = strlen(index);
    if (strncmp(name, index, size) != 0) return false;
    for (name += size;;) {
        if (strncmp(name, suffix, sizeof suffix - 1) == 0)
            name += sizeof suffix - 1;
        else if (strncmp(name, seal_suffix, sizeof seal_suffix - 1) == 0)
            name += sizeof seal_suffix - 1;
        else
            return mz_file_is_partial_of("", name);
    }
}

void mz_index_sweep(const char *path) {
    char folder[MZ_INDEX_PATH_BYTES];
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int length = snprintf(folder, sizeof folder, "%.*s.", (int)(name - path), path);
    DIR *entries = length > 0 && length < (int)sizeof folder ? opendir(folder) : NULL;
    if (!entries) return;
    for (const struct dirent *entry; (entry = readdir(entries));) {
        if (!is_left_of(name, entry->d_name)) continue;
        int claim = mz_file_claim(dirfd(entries), entry->d_name);
        if (claim < 0) continue;
        (void)unlinkat(dirfd(entries), entry->d_name, 0);
        (void)close(claim);
    }
    (void)closedir(entries);
}

/* ---- replacing ---- */

/* Under the lock. */
static mz_status replace(mz_file_writer *writer, const mz_index_marks *expected, bool *ret_done, mz_error *error) {
    char changes[MZ_INDEX_PATH_BYTES];
    mz_index_marks now;
    mz_status status = mz_changes_path(writer->final_path, changes, error);
    if (!status && expected) status = mz_index_files_look(writer->final_path, &now, error);
    *ret_done = !status && (!expected || (mz_file_mark_same(&now.base, &expected->base) &&
                                          mz_file_mark_same(&now.changes, &expected->changes)));
    if (*ret_done) return mz_file_writer_commit_over(writer, changes, error);
    mz_file_writer_abandon(writer);
    return status;
}

mz_status mz_index_replace(mz_file_writer *writer, const mz_index_marks *expected, bool *ret_done, mz_error *error) {
    int lock = -1;
    *ret_done = false;
    mz_status status = mz_index_lock(writer->final_path, &lock, error);
    /* a first image has nobody to keep away, and where files cannot be locked there are no updates either */
    if (status == MZ_ERR_NOT_FOUND || (status == MZ_ERR_IO && !expected)) status = MZ_OK;
    if (status)
        mz_file_writer_abandon(writer);
    else
        status = replace(writer, expected, ret_done, error);
    if (lock >= 0) (void)close(lock);
    return status;
}
