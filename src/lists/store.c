/* The list store: opening it and looking into it. What writes versions is in import.c.
 *
 * Readers take no lock: a version never changes once it is there, and which one is current is one small file that is
 * replaced whole. A reader that started before an update goes on with the version it began with. Before records are
 * handed over, the whole packed file is compared with the digest in its manifest (0.25 s for 100 MB), so that no
 * record of a damaged file is ever used. */
#include "mizan/store.h"

#include "base/error.h"
#include "lists/delta.h"
#include "lists/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *not_empty(const char *text) {
    return text && *text ? text : NULL;
}

static mz_status choose_folder(const char *given, char *into, size_t size, mz_error *error) {
    const char *own = not_empty(getenv("MIZAN_HOME"));
    const char *data = not_empty(getenv("XDG_DATA_HOME"));
    const char *home = not_empty(getenv("HOME"));
    int length;
    if (given)
        length = snprintf(into, size, "%s", given);
    else if (own)
        length = snprintf(into, size, "%s", own);
    else if (data && data[0] == '/') /* the standard says: a path that is not absolute is to be ignored */
        length = snprintf(into, size, "%s/mizan", data);
    else if (home)
        length = snprintf(into, size, "%s/.local/share/mizan", home);
    else
        return mz_fail(error, MZ_ERR_ARGUMENT, "no place for the list store: set MIZAN_HOME to a folder");
    if (length <= 0 || (size_t)length >= size)
        return mz_fail(error, MZ_ERR_ARGUMENT, "unusable folder for the list store: \"%.200s\"", into);
    return MZ_OK;
}

static mz_status make_folders(const mz_list_store *store, mz_error *error) {
    char lists[MZ_STORE_PATH_SIZE];
    mz_status status = mz_store_path(store, lists, error, "%s", "");
    if (!status) status = mz_folder_make(lists, error);
    if (!status) status = mz_folder_sync(store->folder, error);
    return status;
}

static mz_status find_folder(const mz_list_store *store, mz_error *error) {
    struct stat facts;
    if (stat(store->folder, &facts) == 0)
        return S_ISDIR(facts.st_mode) ? MZ_OK : mz_fail(error, MZ_ERR_IO, "%.200s is not a folder", store->folder);
    if (errno != ENOENT) return mz_fail_errno(error, "open the list store", store->folder);
    return mz_fail(error, MZ_ERR_NOT_FOUND,
                   "there is no list store at %.200s; `mizan lists update` makes one and brings in the lists",
                   store->folder);
}

mz_status mz_list_store_open(const char *folder, bool writable, mz_list_store **ret_store, mz_error *error) {
    mz_list_store *store = calloc(1, sizeof *store);
    if (!store) return mz_fail_memory(error);
    store->writable = writable;
    mz_status status = choose_folder(folder, store->folder, sizeof store->folder, error);
    if (!status) status = writable ? make_folders(store, error) : find_folder(store, error);
    if (status) {
        free(store);
        return status;
    }
    *ret_store = store;
    return MZ_OK;
}

void mz_list_store_close(mz_list_store *store) {
    free(store);
}

const char *mz_list_store_folder(const mz_list_store *store) {
    return store->folder;
}

/* Describes a version whose manifest cannot be used, so that it is seen and the others stay usable. */
static mz_list_version damaged_version(const char *list, const char *name, const mz_error *error) {
    mz_list_version version = {0};
    (void)snprintf(version.list, sizeof version.list, "%s", list);
    (void)snprintf(version.version, sizeof version.version, "%s", name);
    (void)snprintf(version.damage, sizeof version.damage, "%.239s", error->text);
    return version;
}

static bool is_damage(mz_status status) {
    return status == MZ_ERR_INPUT || status == MZ_ERR_NOT_FOUND || status == MZ_ERR_LIMIT;
}

/* The current version of one list; *ret_any false when it has none yet. */
static mz_status read_current(const mz_list_store *store, const char *list, mz_list_version *ret_version, bool *ret_any,
                              mz_error *error) {
    char name[MZ_VERSION_SIZE] = "";
    mz_manifest manifest;
    mz_error why = {0};
    mz_status status = mz_store_read_current(store, list, name, &why);
    *ret_any = status || name[0];
    if (!status && name[0]) status = mz_store_read_noted(store, list, name, &manifest, &why);
    if (is_damage(status)) {
        *ret_version = damaged_version(list, name, &why);
        return MZ_OK;
    }
    if (status && error) *error = why;
    if (!status && name[0]) *ret_version = manifest.version;
    return status;
}

mz_status mz_list_store_current(mz_list_store *store, mz_list_version **ret_versions, size_t *ret_count,
                                mz_error *error) {
    mz_store_names lists = {0};
    mz_status status = mz_store_list_names(store, NULL, &lists, error);
    if (status) return status;
    size_t count = 0;
    mz_list_version *versions = calloc(lists.count + 1, sizeof *versions);
    if (!versions) status = mz_fail_memory(error);
    for (size_t i = 0; !status && i < lists.count; i++) {
        bool any = false;
        status = read_current(store, lists.names[i], &versions[count], &any, error);
        if (any) count++;
    }
    free(lists.names);
    if (status) {
        free(versions);
        return status;
    }
    *ret_versions = versions;
    *ret_count = count;
    return MZ_OK;
}

typedef struct numbered_version {
    uint64_t sequence;
    mz_list_version version;
} numbered_version;

/* Newest first; the damaged, whose number is not known, at the end. */
static int newest_first(const void *a, const void *b) {
    const numbered_version *x = a, *y = b;
    if (x->sequence != y->sequence) return x->sequence > y->sequence ? -1 : 1;
    return strcmp(x->version.version, y->version.version);
}

static mz_status read_numbered(const mz_list_store *store, const char *list, const char *name,
                               const mz_store_notes *notes, numbered_version *into, mz_error *error) {
    mz_manifest manifest;
    mz_error why = {0};
    mz_status status = mz_store_read_manifest(store, list, name, &manifest, &why);
    if (is_damage(status)) {
        *into = (numbered_version){0, damaged_version(list, name, &why)};
        return MZ_OK;
    }
    if (status && error) *error = why;
    if (status) return status;
    mz_store_annotate(notes, &manifest.version);
    *into = (numbered_version){manifest.sequence, manifest.version};
    return MZ_OK;
}

static mz_status read_all(const mz_list_store *store, const char *list, const mz_store_names *names,
                          numbered_version *into, mz_error *error) {
    mz_store_notes notes;
    mz_status status = mz_store_read_notes(store, list, &notes, error);
    if (status) return status;
    for (size_t i = 0; !status && i < names->count; i++)
        status = read_numbered(store, list, names->names[i], &notes, &into[i], error);
    mz_store_notes_done(&notes);
    return status;
}

mz_status mz_list_store_history(mz_list_store *store, const char *list, mz_list_version **ret_versions,
                                size_t *ret_count, mz_error *error) {
    mz_store_names names = {0};
    mz_status status = mz_store_check_name(list, error);
    if (!status) status = mz_store_list_names(store, list, &names, error);
    if (status) return status;
    numbered_version *numbered = calloc(names.count + 1, sizeof *numbered);
    mz_list_version *versions = calloc(names.count + 1, sizeof *versions);
    if (!numbered || !versions) status = mz_fail_memory(error);
    if (!status) status = read_all(store, list, &names, numbered, error);
    if (!status) {
        qsort(numbered, names.count, sizeof *numbered, newest_first);
        for (size_t i = 0; i < names.count; i++) versions[i] = numbered[i].version;
        *ret_versions = versions;
        *ret_count = names.count;
    } else {
        free(versions);
    }
    free(numbered);
    free(names.names);
    return status;
}

/* The path of a version's records, once the manifest and the digest agree with them. */
static mz_status checked_records(const mz_list_store *store, const char *list, const char *version,
                                 mz_manifest *ret_manifest, char path[MZ_STORE_PATH_SIZE], mz_error *error) {
    mz_status status = mz_store_read_manifest(store, list, version, ret_manifest, error);
    if (!status) status = mz_store_path(store, path, error, "/%s/%s/records.ndjson.zst", list, version);
    if (!status) status = mz_packed_check(path, &ret_manifest->records, error);
    return status;
}

mz_status mz_list_store_records(mz_list_store *store, const char *list, const char *version,
                                mz_status (*record)(void *context, const mz_record *record, mz_error *error),
                                void *context, mz_error *error) {
    char name[MZ_VERSION_SIZE], path[MZ_STORE_PATH_SIZE];
    mz_manifest manifest;
    mz_status status = mz_store_resolve(store, list, version, name, error);
    if (!status) status = checked_records(store, list, name, &manifest, path, error);
    if (!status) status = mz_records_read(path, record, context, error);
    return status;
}

static mz_status delta_of_record(void *context, const mz_record *record, mz_error *error) {
    return mz_delta_record(context, record, error);
}

static mz_status compute_diff(const char *old_path, const char *new_path, mz_change_sink sink, mz_error *error) {
    mz_delta *delta = NULL;
    mz_delta_counts counts;
    mz_status status = mz_delta_new(old_path, sink, &delta, error);
    if (!status) status = mz_records_read(new_path, delta_of_record, delta, error);
    if (!status) status = mz_delta_finish(delta, &counts, error);
    mz_delta_free(delta);
    return status;
}

/* The versions that a diff is about: names given by the caller, or the current one and the one before it. */
static mz_status choose_pair(const mz_list_store *store, const char *list, const char *old_version,
                             const char *new_version, char ret_old[MZ_VERSION_SIZE], char ret_new[MZ_VERSION_SIZE],
                             mz_error *error) {
    mz_manifest manifest;
    mz_status status = mz_store_resolve(store, list, new_version, ret_new, error);
    if (status || old_version) return status ? status : mz_store_resolve(store, list, old_version, ret_old, error);
    status = mz_store_read_noted(store, list, ret_new, &manifest, error);
    if (status) return status;
    if (!manifest.version.previous[0])
        return mz_fail(error, MZ_ERR_NOT_FOUND, "version %.12s of %.63s is the first: there is none to compare it with",
                       ret_new, list);
    memcpy(ret_old, manifest.version.previous, MZ_VERSION_SIZE);
    return MZ_OK;
}

mz_status mz_list_store_diff(mz_list_store *store, const char *list, const char *old_version, const char *new_version,
                             mz_status (*change)(void *context, const mz_change *change, mz_error *error),
                             void *context, mz_error *error) {
    char old_name[MZ_VERSION_SIZE], new_name[MZ_VERSION_SIZE];
    char old_path[MZ_STORE_PATH_SIZE], new_path[MZ_STORE_PATH_SIZE], delta_path[MZ_STORE_PATH_SIZE];
    mz_manifest old, new;
    mz_change_sink sink = {change, context};
    mz_status status = choose_pair(store, list, old_version, new_version, old_name, new_name, error);
    if (!status) status = mz_store_read_manifest(store, list, new_name, &new, error);
    if (!status) status = mz_store_path(store, delta_path, error, "/%s/%s/delta.ndjson.zst", list, new_name);
    if (status) return status;
    /* neighbours: the delta was kept when the newer one came in; a damaged one is computed again */
    if (strcmp(new.version.previous, old_name) == 0 && new.delta.digest[0] &&
        mz_packed_check(delta_path, &new.delta, NULL) == MZ_OK)
        return mz_delta_read(delta_path, sink, error);
    status = checked_records(store, list, old_name, &old, old_path, error);
    if (!status) status = checked_records(store, list, new_name, &new, new_path, error);
    if (!status) status = compute_diff(old_path, new_path, sink, error);
    return status;
}

static mz_status note_selected(const mz_list_store *store, const mz_list_version *version, mz_error *error) {
    mz_list_version selected = {0};
    memcpy(selected.list, version->list, sizeof selected.list);
    memcpy(selected.version, version->version, sizeof selected.version);
    if (mz_store_read_current(store, version->list, selected.previous, NULL)) selected.previous[0] = '\0'; /* damaged */
    return mz_store_note_current(store, "select", &selected, error);
}

mz_status mz_list_store_select(mz_list_store *store, const char *list, const char *version, mz_error *error) {
    char name[MZ_VERSION_SIZE], path[MZ_STORE_PATH_SIZE];
    mz_manifest manifest;
    int lock = -1;
    if (!version) return mz_fail(error, MZ_ERR_ARGUMENT, "say which version, by the first digits of its address");
    mz_status status = mz_store_lock_all(store, &lock, error);
    if (!status) status = mz_store_resolve(store, list, version, name, error);
    if (!status) status = checked_records(store, list, name, &manifest, path, error);
    if (!status) status = note_selected(store, &manifest.version, error);
    if (!status) status = mz_store_write_current(store, list, name, error);
    mz_store_unlock(lock);
    return status;
}
