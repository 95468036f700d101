/* See folder.h. The lock is flock(2): it ends with the process, however that ends, and it keeps two threads of one
 * process apart as well, which fcntl's locks do not. */
#include "lists/folder.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_WAIT_MS = 5000, LOCK_STEP_MS = 50, DEEPEST_FOLDER = 4, FEWEST_DIGITS = 4, FIRST_NAMES = 16 };

mz_status mz_store_path(const mz_list_store *store, char ret_path[MZ_STORE_PATH_SIZE], mz_error *error,
                        const char *format, ...) {
    va_list arguments;
    int start = snprintf(ret_path, MZ_STORE_PATH_SIZE, "%s/lists", store->folder);
    va_start(arguments, format);
    int size = vsnprintf(ret_path + start, (size_t)(MZ_STORE_PATH_SIZE - start), format, arguments);
    va_end(arguments);
    if (size < 0 || size >= MZ_STORE_PATH_SIZE - start)
        return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s…", ret_path);
    return MZ_OK;
}

mz_status mz_store_check_name(const char *list, mz_error *error) {
    size_t size = list ? strlen(list) : 0;
    size_t good = size ? strspn(list, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") : 0;
    if (size > 0 && size < sizeof((mz_list_version *)NULL)->list && good == size && list[0] != '.' && list[0] != '-')
        return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "a list's short name is letters, digits, _ . and -, at most %zu: \"%.80s\"",
                   sizeof((mz_list_version *)NULL)->list - 1, list ? list : "");
}

mz_status mz_store_lock(const char *path, unsigned wait_ms, int *ret_descriptor, mz_error *error) {
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return mz_fail_errno(error, "lock", path);
    for (unsigned waited_ms = 0; flock(descriptor, LOCK_EX | LOCK_NB) < 0;) {
        if (errno == EINTR) continue;
        mz_status status = MZ_OK;
        if (errno != EWOULDBLOCK)
            status = mz_fail_errno(error, "lock", path);
        else if (waited_ms >= wait_ms)
            status =
                mz_fail(error, MZ_ERR_BUSY,
                        "another mizan is writing to this store (%.200s is locked); try again when it is done", path);
        if (status) {
            (void)close(descriptor);
            return status;
        }
        (void)nanosleep(&(struct timespec){.tv_nsec = LOCK_STEP_MS * 1000000L}, NULL);
        waited_ms += LOCK_STEP_MS;
    }
    *ret_descriptor = descriptor;
    return MZ_OK;
}

void mz_store_unlock(int descriptor) {
    if (descriptor >= 0) (void)close(descriptor);
}

static bool is_dots(const char *name) {
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static mz_status remove_below(int parent, const char *name, const char *path, unsigned depth, mz_error *error) {
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return MZ_OK;
    if (errno != EISDIR && errno != EPERM) return mz_fail_errno(error, "remove", path);
    int descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) return mz_fail_errno(error, "remove", path);
    DIR *folder = depth < DEEPEST_FOLDER ? fdopendir(descriptor) : NULL;
    if (!folder) {
        (void)close(descriptor);
        return mz_fail(error, MZ_ERR_IO, "cannot remove %.200s: folders nested deeper than any of ours", path);
    }
    mz_status status = MZ_OK;
    for (const struct dirent *entry; !status && (entry = readdir(folder));)
        if (!is_dots(entry->d_name)) status = remove_below(dirfd(folder), entry->d_name, path, depth + 1, error);
    (void)closedir(folder);
    if (!status && unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
        status = mz_fail_errno(error, "remove", path);
    return status;
}

mz_status mz_store_remove(const char *path, mz_error *error) {
    return remove_below(AT_FDCWD, path, path, 0, error);
}

static bool is_leftover(const char *name) {
    return strncmp(name, ".new-", 5) == 0 || strncmp(name, ".old-", 5) == 0;
}

/* Removes from one folder what `leftover` says, unless somebody is at work on it; nothing else is touched. */
static mz_status sweep_folder(const char *path, bool (*leftover)(const char *name), mz_error *error) {
    DIR *folder = opendir(path);
    if (!folder) return errno == ENOENT || errno == ENOTDIR ? MZ_OK : mz_fail_errno(error, "read the folder", path);
    mz_status status = MZ_OK;
    for (const struct dirent *entry; !status && (entry = readdir(folder));) {
        if (!leftover(entry->d_name)) continue;
        int claim = mz_file_claim(dirfd(folder), entry->d_name);
        if (claim < 0) continue;
        status = remove_below(dirfd(folder), entry->d_name, path, 0, error);
        (void)close(claim);
    }
    (void)closedir(folder);
    return status;
}

/* Images are built and what is `checked` is noted without the store's lock: claiming each file keeps those safe. */
static mz_status sweep(const mz_list_store *store, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_store_names lists = {0};
    mz_status status = sweep_folder(store->folder, mz_file_is_partial, error);
    if (!status) status = mz_store_path(store, path, error, "%s", "");
    if (!status) status = sweep_folder(path, is_leftover, error);
    if (!status) status = mz_store_list_names(store, NULL, &lists, error);
    for (size_t i = 0; !status && i < lists.count; i++) {
        status = mz_store_path(store, path, error, "/%s", lists.names[i]);
        if (!status) status = sweep_folder(path, mz_file_is_partial, error);
        if (!status) status = mz_store_path(store, path, error, "/%s/download", lists.names[i]);
        if (!status) status = sweep_folder(path, mz_file_is_partial, error);
    }
    free(lists.names);
    return status;
}

mz_status mz_store_lock_all(mz_list_store *store, int *ret_descriptor, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    int descriptor = -1;
    if (!store->writable)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the list store at %.200s was opened for reading only", store->folder);
    (void)snprintf(path, sizeof path, "%s/lock", store->folder);
    mz_status status = mz_store_lock(path, LOCK_WAIT_MS, &descriptor, error);
    if (status) return status;
    status = sweep(store, error);
    if (status) {
        mz_store_unlock(descriptor);
        return status;
    }
    *ret_descriptor = descriptor;
    return MZ_OK;
}

mz_status mz_store_read_current(const mz_list_store *store, const char *list, char ret_version[MZ_VERSION_SIZE],
                                mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_buffer text;
    mz_error own;
    mz_buffer_init(&text, MZ_VERSION_SIZE * 2);
    mz_status status = mz_store_path(store, path, error, "/%s/current", list);
    if (status) return status;
    status = mz_file_read(path, &text, &own);
    if (text.size == MZ_VERSION_SIZE && text.data[text.size - 1] == '\n') text.data[--text.size] = '\0';
    if (status == MZ_ERR_NOT_FOUND) {
        ret_version[0] = '\0';
        status = MZ_OK;
    } else if (status == MZ_ERR_LIMIT || (!status && (!text.data || !mz_version_name(text.data)))) {
        status = mz_fail(error, MZ_ERR_INPUT,
                         "%.200s is damaged: it names no version; choose one with `mizan lists select`", path);
    } else if (status) {
        if (error) *error = own;
    } else {
        memcpy(ret_version, text.data, MZ_VERSION_SIZE);
    }
    mz_buffer_done(&text);
    return status;
}

mz_status mz_store_write_current(const mz_list_store *store, const char *list, const char *version, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE], line[MZ_VERSION_SIZE + 1];
    mz_status status = mz_store_path(store, path, error, "/%s/current", list);
    if (status) return status;
    int size = snprintf(line, sizeof line, "%.64s\n", version);
    return mz_file_replace(path, line, (size_t)size, error);
}

static mz_status check_file(const mz_list_store *store, const mz_manifest *manifest, const char *name,
                            uint64_t size_bytes, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    struct stat facts;
    mz_status status =
        mz_store_path(store, path, error, "/%s/%s/%s", manifest->version.list, manifest->version.version, name);
    if (status) return status;
    if (stat(path, &facts) < 0 && errno != ENOENT) return mz_fail_errno(error, "examine", path);
    if (stat(path, &facts) < 0)
        return mz_fail(error, MZ_ERR_INPUT, "damaged: %.60s is missing; import the same list again to repair it", name);
    if (!S_ISREG(facts.st_mode) || (uint64_t)facts.st_size != size_bytes)
        return mz_fail(error, MZ_ERR_INPUT,
                       "damaged: %.60s has %lld bytes, the manifest says %llu; import the same list again to repair it",
                       name, (long long)facts.st_size, (unsigned long long)size_bytes);
    return MZ_OK;
}

mz_status mz_store_read_manifest(const mz_list_store *store, const char *list, const char *version,
                                 mz_manifest *ret_manifest, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_buffer text;
    mz_manifest manifest;
    mz_buffer_init(&text, MZ_MANIFEST_CEILING_BYTES);
    mz_status status = mz_store_path(store, path, error, "/%s/%s/manifest.json", list, version);
    if (status) return status;
    status = mz_file_read(path, &text, error);
    if (!status) status = mz_manifest_read(mz_buffer_view(&text), &manifest, error);
    mz_buffer_done(&text);
    if (!status && (strcmp(manifest.version.list, list) != 0 || strcmp(manifest.version.version, version) != 0))
        status = mz_fail(error, MZ_ERR_INPUT, "damaged: the manifest is that of %.63s %.12s…", manifest.version.list,
                         manifest.version.version);
    if (!status) status = check_file(store, &manifest, "records.ndjson.zst", manifest.records.bytes, error);
    if (status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT) mz_error_name(error, path);
    if (!status) *ret_manifest = manifest;
    return status;
}

mz_status mz_store_read_noted(const mz_list_store *store, const char *list, const char *version,
                              mz_manifest *ret_manifest, mz_error *error) {
    mz_store_notes notes;
    mz_status status = mz_store_read_manifest(store, list, version, ret_manifest, error);
    if (!status) status = mz_store_read_notes(store, list, &notes, error);
    if (status) return status;
    mz_store_annotate(&notes, &ret_manifest->version);
    mz_store_notes_done(&notes);
    return MZ_OK;
}

static bool is_folder(int parent, const char *name) {
    struct stat facts;
    return fstatat(parent, name, &facts, 0) == 0 && S_ISDIR(facts.st_mode);
}

static int by_name(const void *a, const void *b) {
    return strcmp(a, b);
}

static bool add_name(mz_store_names *names, size_t *room, const char *name) {
    if (names->count == *room) {
        size_t larger = *room ? *room * 2 : FIRST_NAMES;
        void *grown = realloc(names->names, larger * sizeof *names->names);
        if (!grown) return false;
        names->names = grown;
        *room = larger;
    }
    memcpy(names->names[names->count++], name, strlen(name) + 1); /* both kinds of name are shorter than the room */
    return true;
}

mz_status mz_store_list_names(const mz_list_store *store, const char *list, mz_store_names *ret_names,
                              mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_store_names names = {0};
    size_t room = 0;
    mz_status status = mz_store_path(store, path, error, "%s%s", list ? "/" : "", list ? list : "");
    if (status) return status;
    DIR *folder = opendir(path);
    if (!folder && errno != ENOENT) return mz_fail_errno(error, "read the folder", path);
    for (const struct dirent *entry; folder && !status && (entry = readdir(folder));) {
        bool meant = list ? mz_version_name(entry->d_name) : mz_store_check_name(entry->d_name, NULL) == MZ_OK;
        meant = meant && is_folder(dirfd(folder), entry->d_name);
        if (meant && !add_name(&names, &room, entry->d_name)) status = mz_fail_memory(error);
    }
    if (folder) (void)closedir(folder);
    if (status) {
        free(names.names);
        return status;
    }
    if (names.count) qsort(names.names, names.count, sizeof *names.names, by_name);
    *ret_names = names;
    return MZ_OK;
}

static mz_status resolve_prefix(const mz_store_names *versions, const char *list, const char *prefix,
                                char ret_version[MZ_VERSION_SIZE], mz_error *error) {
    size_t size = strlen(prefix), matches = 0, match = 0;
    if (size < FEWEST_DIGITS || size >= MZ_VERSION_SIZE || strspn(prefix, "0123456789abcdef") != size)
        return mz_fail(error, MZ_ERR_ARGUMENT,
                       "a version is named by the first digits (0-9, a-f) of its address, at least %d: \"%.70s\"",
                       FEWEST_DIGITS, prefix);
    for (size_t i = 0; i < versions->count; i++) {
        if (strncmp(versions->names[i], prefix, size) != 0) continue;
        matches++;
        match = i;
    }
    if (matches == 0) return mz_fail(error, MZ_ERR_NOT_FOUND, "the list %.63s has no version %.64s", list, prefix);
    if (matches > 1)
        return mz_fail(error, MZ_ERR_ARGUMENT, "%zu versions of %.63s start with %.64s; give more digits", matches,
                       list, prefix);
    memcpy(ret_version, versions->names[match], MZ_VERSION_SIZE);
    return MZ_OK;
}

mz_status mz_store_resolve(const mz_list_store *store, const char *list, const char *prefix,
                           char ret_version[MZ_VERSION_SIZE], mz_error *error) {
    char version[MZ_VERSION_SIZE];
    mz_store_names versions = {0};
    mz_status status = mz_store_check_name(list, error);
    if (status) return status;
    if (prefix) {
        status = mz_store_list_names(store, list, &versions, error);
        if (!status) status = resolve_prefix(&versions, list, prefix, version, error);
        free(versions.names);
    } else {
        status = mz_store_read_current(store, list, version, error);
        if (!status && !version[0])
            status =
                mz_fail(error, MZ_ERR_NOT_FOUND,
                        "the store has no list %.63s; bring it in with `mizan lists update` or `lists import`", list);
    }
    if (!status) memcpy(ret_version, version, sizeof version);
    return status;
}
