/* Bringing a list in from its publisher.
 *
 * FOLDER/lists/LIST/download/ holds the files while they come in (and what a broken download left, to go on from),
 * and fetch.json: for each address the publisher's marks of the file (ETag, Last-Modified) and the contents of the
 * version that was imported from them, which is its name. With these the next update asks only for what is new; when
 * one of several files is new, the others are taken from that version's own sources. A download is refused or
 * malformed: nothing is noted, so that the next update sees the same file again and says so again. */
#include "base/clock.h"
#include "base/error.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "lists/fetch.h"
#include "lists/folder.h"
#include "lists/import.h"
#include "lists/sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FILES = 5, ADDRESS_SIZE = 1024, STATE_CEILING_BYTES = 64 * 1024, LOCK_WAIT_MS = 5000 };

typedef struct fetched_file {
    char address[ADDRESS_SIZE];
    char etag[256], last_modified[64]; /* "" when not known */
} fetched_file;

/* fetch.json */
typedef struct fetch_state {
    char version[MZ_VERSION_SIZE]; /* what was imported; "" nothing yet */
    fetched_file files[MOST_FILES];
    size_t file_count;
} fetch_state;

typedef struct update_job {
    mz_list_store *store;
    const mz_list_origin *origin;
    const mz_update_options *options;
    char folder[MZ_STORE_PATH_SIZE]; /* download/ */
    int lock;
    fetch_state before, after;
    bool usable; /* `before` speaks of a version that is there */
    bool unchanged[MOST_FILES];
    mz_manifest source; /* of the version that `before` speaks of */
} update_job;

static const mz_update_options usual_options = {0};

/* ---- fetch.json ------------------------------------------------------------------------------------------------- */

static bool read_text(const mz_json_value *object, const char *key, char *into, size_t size) {
    mz_str text = {"", 0};
    if (mz_json_read_str(object, key, &text, NULL) || text.size >= size) return false;
    memcpy(into, text.data, text.size);
    into[text.size] = '\0';
    return strlen(into) == text.size;
}

static bool read_state_members(const mz_json_value *object, fetch_state *state) {
    const mz_json_value *files = mz_json_member(object, "files");
    if (!read_text(object, "version", state->version, sizeof state->version) || !mz_version_name(state->version) ||
        !files || files->kind != MZ_JSON_ARRAY || files->count > MOST_FILES)
        return false;
    for (const mz_json_value *item = files->child; item; item = item->next) {
        fetched_file *file = &state->files[state->file_count++];
        if (!read_text(item, "address", file->address, sizeof file->address) ||
            !read_text(item, "etag", file->etag, sizeof file->etag) ||
            !read_text(item, "last_modified", file->last_modified, sizeof file->last_modified))
            return false;
    }
    return true;
}

/* What is absent or damaged is as good as nothing: then everything is downloaded. */
static void read_state(const char *path, fetch_state *state) {
    mz_buffer text;
    mz_arena arena;
    const mz_json_value *object = NULL;
    mz_buffer_init(&text, STATE_CEILING_BYTES);
    mz_arena_init(&arena, STATE_CEILING_BYTES * 16);
    if (mz_file_read(path, &text, NULL) || mz_json_parse(mz_buffer_view(&text), 0, &arena, &object, NULL) ||
        !read_state_members(object, state))
        *state = (fetch_state){.file_count = 0};
    mz_arena_done(&arena);
    mz_buffer_done(&text);
}

static mz_status write_state(const char *path, const fetch_state *state, mz_error *error) {
    mz_buffer text;
    mz_json json;
    mz_buffer_init(&text, STATE_CEILING_BYTES);
    mz_json_init(&json, &text);
    mz_json_object(&json);
    mz_json_pair(&json, "version", mz_str_of(state->version));
    mz_json_key(&json, "files");
    mz_json_array(&json);
    for (size_t i = 0; i < state->file_count; i++) {
        mz_json_object(&json);
        mz_json_pair(&json, "address", mz_str_of(state->files[i].address));
        mz_json_pair(&json, "etag", mz_str_of(state->files[i].etag));
        mz_json_pair(&json, "last_modified", mz_str_of(state->files[i].last_modified));
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_buffer_char(&text, '\n');
    mz_status status = text.failed ? mz_fail_memory(error) : mz_file_replace(path, text.data, text.size, error);
    mz_buffer_done(&text);
    return status;
}

/* ---- addresses -------------------------------------------------------------------------------------------------- */

static const mz_list_origin *find_origin(const char *list) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(origins[i].list, list) == 0) return &origins[i];
    return NULL;
}

static mz_status unknown_list(const char *list, mz_error *error) {
    char names[240] = "";
    size_t count, used = 0;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t i = 0; i < count && used < sizeof names; i++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", origins[i].list);
    return mz_fail(error, MZ_ERR_ARGUMENT,
                   "the catalogue has no list \"%.60s\"; it has %s. Other files come in with `mizan lists import`",
                   list, names);
}

static mz_status choose_addresses(update_job *job, mz_error *error) {
    const mz_list_origin *origin = job->origin;
    const char *given = job->options->address;
    bool is_folder = given && *given && given[strlen(given) - 1] == '/';
    if (given && !is_folder && origin->addresses[1])
        return mz_fail(error, MZ_ERR_ARGUMENT,
                       "%s has several files: give the address of the folder they are in, with a / at its end",
                       origin->list);
    for (size_t i = 0; i < MOST_FILES && origin->addresses[i]; i++) {
        fetched_file *file = &job->after.files[i];
        int size = snprintf(file->address, sizeof file->address, "%s%s", given ? given : origin->addresses[i],
                            is_folder ? origin->files[i] : "");
        if (size < 0 || (size_t)size >= sizeof file->address)
            return mz_fail(error, MZ_ERR_ARGUMENT, "address too long: %.200s…", given);
        job->after.file_count++;
    }
    return MZ_OK;
}

/* ---- downloading ------------------------------------------------------------------------------------------------ */

static mz_status path_in(const update_job *job, const char *name, char ret_path[MZ_STORE_PATH_SIZE], mz_error *error) {
    int size = snprintf(ret_path, MZ_STORE_PATH_SIZE, "%s/%s", job->folder, name);
    return size < MZ_STORE_PATH_SIZE ? MZ_OK : mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", job->folder);
}

static int on_progress(void *context, uint64_t done_bytes, uint64_t total_bytes) {
    const update_job *job = context;
    const mz_update_options *options = job->options;
    return options->progress ? options->progress(options->context, job->origin->list, done_bytes, total_bytes) : 0;
}

static mz_status on_rejected(void *context, const mz_rejection *rejection, mz_error *error) {
    const update_job *job = context;
    const mz_update_options *options = job->options;
    return options->rejected ? options->rejected(options->context, rejection, error) : MZ_OK;
}

static const fetched_file *known_file(const update_job *job, const char *address) {
    for (size_t i = 0; job->usable && i < job->before.file_count; i++)
        if (strcmp(job->before.files[i].address, address) == 0) return &job->before.files[i];
    return NULL;
}

static mz_status fetch_file(update_job *job, size_t number, const fetched_file *known, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    fetched_file *file = &job->after.files[number];
    mz_status status = path_in(job, job->origin->files[number], path, error);
    if (status) return status;
    mz_fetch_request request = {
        .address = file->address,
        .path = path,
        .etag = known ? known->etag : NULL,
        .last_modified = known ? known->last_modified : NULL,
        .limit_bytes = job->options->limit_bytes,
        .timeout_s = job->options->timeout_s,
        .plain_loopback = job->options->address != NULL,
        .progress = on_progress,
        .context = job,
    };
    mz_fetch_answer answer;
    status = mz_fetch(&request, &answer, error);
    if (status) return status;
    bool same = known && answer.unchanged;
    job->unchanged[number] = same;
    memcpy(file->etag, same ? known->etag : answer.etag, sizeof file->etag);
    memcpy(file->last_modified, same ? known->last_modified : answer.last_modified, sizeof file->last_modified);
    return MZ_OK;
}

/* A file that the publisher has not changed, from the version that was made of it. */
static mz_status take_from_version(const update_job *job, size_t number, mz_error *error) {
    char packed[MZ_STORE_PATH_SIZE], path[MZ_STORE_PATH_SIZE];
    const char *name = job->origin->files[number];
    for (size_t i = 0; i < job->source.source_count; i++) {
        const mz_source_file *source = &job->source.sources[i];
        if (strcmp(source->name, name) != 0) continue;
        mz_status status = mz_store_path(job->store, packed, error, "/%s/%s/source/%s.zst", job->origin->list,
                                         job->source.version.version, name);
        if (!status) status = path_in(job, name, path, error);
        return status ? status : mz_source_unpack(packed, source, path, error);
    }
    return mz_fail(error, MZ_ERR_NOT_FOUND, "no %s in that version", name);
}

static mz_status fetch_all(update_job *job, bool *ret_unchanged, mz_error *error) {
    size_t count = job->after.file_count, same = 0;
    mz_status status = MZ_OK;
    for (size_t i = 0; !status && i < count; i++) {
        status = fetch_file(job, i, known_file(job, job->after.files[i].address), error);
        same += job->unchanged[i];
    }
    *ret_unchanged = same == count;
    if (same == count) return status;
    for (size_t i = 0; !status && i < count; i++)
        if (job->unchanged[i] && take_from_version(job, i, NULL)) status = fetch_file(job, i, NULL, error);
    return status;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static mz_status prepare(update_job *job, const char *list, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE], name[MZ_VERSION_SIZE] = "";
    mz_manifest current;
    if (!job->store->writable)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the list store at %.200s was opened for reading only",
                       job->store->folder);
    job->origin = find_origin(list);
    if (!job->origin) return unknown_list(list, error);
    mz_status status = choose_addresses(job, error);
    if (!status) status = mz_store_path(job->store, job->folder, error, "/%s/download", list);
    if (!status) status = mz_folder_make(job->folder, error);
    if (!status) status = path_in(job, "lock", path, error);
    if (!status) status = mz_store_lock(path, LOCK_WAIT_MS, &job->lock, error);
    if (!status) status = path_in(job, "fetch.json", path, error);
    if (status) return status;
    read_state(path, &job->before);
    job->usable = job->before.version[0] &&
                  mz_store_read_manifest(job->store, list, job->before.version, &job->source, NULL) == MZ_OK &&
                  mz_store_read_current(job->store, list, name, NULL) == MZ_OK && name[0] &&
                  mz_store_read_manifest(job->store, list, name, &current, NULL) == MZ_OK;
    if (job->usable && job->options->accept && strcmp(current.version.contents, job->before.version) != 0)
        job->usable = false;
    return MZ_OK;
}

static mz_status import_files(update_job *job, mz_list_version *ret_version, bool *ret_new, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    const mz_list_format *format = mz_list_format_find(mz_str_of(job->origin->format));
    if (!format) return mz_fail(error, MZ_ERR_ARGUMENT, "there is no reader for the format %s", job->origin->format);
    mz_status status = path_in(job, job->origin->files[0], path, error);
    if (status) return status;
    mz_import_options options = {
        .list = job->origin->list,
        .origin = job->after.files[0].address,
        .accept = job->options->accept,
        .progress = on_progress,
        .rejected = on_rejected,
        .context = job,
    };
    const char *undone = job->usable && !job->options->accept ? job->before.version : NULL;
    return mz_store_import(job->store, format, path, &options, undone, job->after.version, ret_version, ret_new, error);
}

static void remove_downloads(const update_job *job) {
    char path[MZ_STORE_PATH_SIZE];
    for (size_t i = 0; i < job->after.file_count; i++)
        if (path_in(job, job->origin->files[i], path, NULL) == MZ_OK) (void)unlink(path);
}

static mz_status show_current(const update_job *job, mz_list_version *ret_version, mz_error *error) {
    char current[MZ_VERSION_SIZE];
    mz_manifest manifest;
    mz_status status = mz_store_resolve(job->store, job->origin->list, NULL, current, error);
    if (!status) status = mz_store_read_noted(job->store, job->origin->list, current, &manifest, error);
    if (!status) *ret_version = manifest.version;
    return status;
}

/* The publisher has these contents now, whether or not they are the ones that a person wants to be current. */
static mz_status note_checked(const update_job *job, const char *contents, mz_list_version *version, mz_error *error) {
    int64_t now = mz_clock_now();
    mz_status status = mz_store_note_checked(job->store, job->origin->list, contents, now, error);
    if (!status && strcmp(version->contents, contents) == 0)
        version->checked = now > version->imported ? now : version->imported;
    return status;
}

static mz_status run(update_job *job, const char *list, mz_list_version *ret_version, mz_update_outcome *ret_outcome,
                     mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    bool unchanged = false, new = false;
    mz_list_version version;
    mz_status status = prepare(job, list, error);
    if (!status) status = fetch_all(job, &unchanged, error);
    if (status) return status;
    if (unchanged) {
        status = show_current(job, &version, error);
    } else {
        status = import_files(job, &version, &new, error);
        remove_downloads(job);
        if (!status) status = path_in(job, "fetch.json", path, error);
        if (!status) status = write_state(path, &job->after, error);
    }
    if (!status) status = note_checked(job, unchanged ? job->before.version : job->after.version, &version, error);
    if (status) return status;
    *ret_version = version;
    *ret_outcome = new ? MZ_UPDATE_NEW : MZ_UPDATE_UNCHANGED;
    return MZ_OK;
}

mz_status mz_list_store_update(mz_list_store *store, const char *list, const mz_update_options *options,
                               mz_list_version *ret_version, mz_update_outcome *ret_outcome, mz_error *error) {
    update_job *job = calloc(1, sizeof *job);
    if (!job) return mz_fail_memory(error);
    job->store = store;
    job->options = options ? options : &usual_options;
    job->lock = -1;
    mz_status status = run(job, list, ret_version, ret_outcome, error);
    mz_store_unlock(job->lock);
    free(job);
    return status;
}
