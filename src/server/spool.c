/* See spool.h. A name is "file-" and a key of the store, so that nobody guesses one and none leads out of the folder.
 */
#include "server/spool.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char prefix[] = "file-";
enum { PREFIX = sizeof prefix - 1, DAY_S = 86400 };

struct mz_spool {
    mz_service *service;
    mz_file_writer writer;
    bool open, kept;
    uint64_t most, claimed;
    char name[MZ_SPOOL_NAME_SIZE];
};

static mz_status folder_of(const mz_service *service, char *ret_path, size_t size, mz_error *error) {
    const char *given = service->settings.spool_folder;
    if (!given && !service->lists)
        return mz_fail(error, MZ_ERR_REFUSED, "this service has no folder to keep files in: it has no store of lists");
    int length = given ? snprintf(ret_path, size, "%s", given)
                       : snprintf(ret_path, size, "%s/spool", mz_list_store_folder(service->lists));
    if (length > 0 && (size_t)length < size) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the folder for files has too long a name");
}

static bool is_name(mz_str name) {
    if (name.size != PREFIX + MZ_SQL_KEY_SIZE - 1 || memcmp(name.data, prefix, PREFIX) != 0) return false;
    return strspn(name.data + PREFIX, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") >= MZ_SQL_KEY_SIZE - 1;
}

mz_status mz_spool_path(const mz_service *service, mz_str name, char *ret_path, size_t size, mz_error *error) {
    char folder[PATH_MAX];
    if (!is_name(name)) return mz_fail(error, MZ_ERR_ARGUMENT, "this is no name of a file that was kept");
    mz_status status = folder_of(service, folder, sizeof folder, error);
    if (status) return status;
    int length = snprintf(ret_path, size, "%s/%.*s", folder, (int)name.size, name.data);
    if (length > 0 && (size_t)length < size) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the folder for files has too long a name");
}

bool mz_spool_claim(mz_service *service, uint64_t bytes) {
    uint64_t before = atomic_fetch_add(&service->spooled_bytes, bytes);
    if (bytes <= mz_spool_bytes_most && before <= mz_spool_bytes_most - bytes) return true;
    atomic_fetch_sub(&service->spooled_bytes, bytes);
    return false;
}

void mz_spool_unclaim(mz_service *service, uint64_t bytes) {
    atomic_fetch_sub(&service->spooled_bytes, bytes);
}

mz_status mz_spool_new(mz_service *service, uint64_t most_bytes, mz_spool **ret_spool, mz_error *error) {
    char path[PATH_MAX], key[MZ_SQL_KEY_SIZE];
    mz_spool *spool = calloc(1, sizeof *spool);
    if (!spool) return mz_fail_memory(error);
    spool->service = service;
    spool->most = most_bytes;
    mz_sql_new_key(key);
    (void)snprintf(spool->name, sizeof spool->name, "%s%s", prefix, key);
    mz_status status = folder_of(service, path, sizeof path, error);
    if (!status) status = mz_folder_make(path, error);
    if (!status) status = mz_spool_path(service, mz_str_of(spool->name), path, sizeof path, error);
    if (!status) status = mz_file_writer_open(&spool->writer, path, error);
    if (status) {
        free(spool);
        return status;
    }
    spool->open = true;
    *ret_spool = spool;
    return MZ_OK;
}

mz_status mz_spool_put(mz_spool *spool, mz_str piece, mz_error *error) {
    if (piece.size > spool->most - spool->writer.size)
        return mz_fail(error, MZ_ERR_LIMIT, "the file is longer than the %llu MiB that are taken here",
                       (unsigned long long)(spool->most >> 20));
    if (!mz_spool_claim(spool->service, piece.size))
        return mz_fail(error, MZ_ERR_BUSY, "too much is being sent at the same time; try again in a moment");
    spool->claimed += piece.size;
    mz_status status = mz_file_writer_append(&spool->writer, piece.data, piece.size, error);
    if (status == MZ_ERR_IO) status = mz_fail(error, MZ_ERR_BUSY, "there is no room to keep the file");
    return status;
}

uint64_t mz_spool_bytes(const mz_spool *spool) {
    return spool->writer.size;
}

mz_status mz_spool_keep(mz_spool *spool, char ret_name[MZ_SPOOL_NAME_SIZE], mz_error *error) {
    spool->open = false;
    (void)fchmod(spool->writer.descriptor, 0600); /* it may hold names of customers */
    mz_status status = mz_file_writer_commit(&spool->writer, error);
    if (status == MZ_ERR_IO) status = mz_fail(error, MZ_ERR_BUSY, "there is no room to keep the file");
    if (!status) memcpy(ret_name, spool->name, sizeof spool->name);
    return status;
}

void mz_spool_free(mz_spool *spool) {
    if (!spool) return;
    if (spool->open) mz_file_writer_abandon(&spool->writer);
    mz_spool_unclaim(spool->service, spool->claimed);
    free(spool);
}

void mz_spool_remove(const mz_service *service, mz_str name) {
    char path[PATH_MAX];
    if (mz_spool_path(service, name, path, sizeof path, NULL) == MZ_OK) (void)unlink(path);
}

/* What a writer that was killed left has a name of base/file.h; one that lives holds its file. */
static void sweep_one(int folder, const char *name, int64_t before) {
    struct stat facts;
    bool ours = is_name(mz_str_of(name)), partial = mz_file_is_partial(name);
    if ((!ours && !partial) || fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW)) return;
    if (!S_ISREG(facts.st_mode) || facts.st_mtime >= before) return;
    int claim = partial ? mz_file_claim(folder, name) : -1;
    if (ours || claim >= 0) (void)unlinkat(folder, name, 0);
    if (claim >= 0) (void)close(claim);
}

/* "file-….read": the folder in which a task that was killed had named its file. */
static void sweep_folder(const char *path, const char *name, int64_t before) {
    static const char ending[] = ".read";
    char folder[PATH_MAX], inner[PATH_MAX];
    struct stat facts;
    mz_str all = mz_str_of(name);
    size_t size = all.size > sizeof ending ? all.size - (sizeof ending - 1) : 0;
    if (!is_name((mz_str){name, size}) || strcmp(name + size, ending) != 0) return;
    if ((size_t)snprintf(folder, sizeof folder, "%s/%s", path, name) >= sizeof folder) return;
    if (lstat(folder, &facts) || !S_ISDIR(facts.st_mode) || facts.st_mtime >= before) return;
    DIR *open = opendir(folder);
    for (struct dirent *entry; open && (entry = readdir(open));)
        if ((size_t)snprintf(inner, sizeof inner, "%s/%s", folder, entry->d_name) < sizeof inner) (void)unlink(inner);
    if (open) (void)closedir(open);
    (void)rmdir(folder);
}

void mz_spool_sweep(const mz_service *service, unsigned days) {
    char path[PATH_MAX];
    if (folder_of(service, path, sizeof path, NULL)) return;
    DIR *folder = opendir(path);
    if (!folder) return;
    int64_t before = mz_clock_now() - (int64_t)days * DAY_S;
    for (struct dirent *entry; (entry = readdir(folder));) {
        sweep_one(dirfd(folder), entry->d_name, before);
        sweep_folder(path, entry->d_name, before);
    }
    (void)closedir(folder);
}
