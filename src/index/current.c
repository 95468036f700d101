/* See current.h. */
#include "index/current.h"

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_ATTEMPTS = 3, MOST_SHARE = 8 /* of the entities, that an update changes */, PROGRESS_RECORDS = 256 };

mz_status mz_current_path(const mz_list_store *store, char *ret_path, size_t size, mz_error *error) {
    int length = snprintf(ret_path, size, "%s/index.mzi", mz_list_store_folder(store));
    if (length > 0 && (size_t)length < size) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the store is too long");
}

/* The version of this list that the index has; NULL when it has none of it. */
static const mz_index_list *list_in(const mz_index_facts *facts, const char *list) {
    for (size_t i = 0; i < facts->list_count; i++)
        if (mz_str_equal(facts->lists[i].list, mz_str_of(list))) return &facts->lists[i];
    return NULL;
}

static bool is_current(const mz_index_facts *facts, const mz_list_version *version) {
    const mz_index_list *list = list_in(facts, version->list);
    return list && mz_str_equal(list->version, mz_str_of(version->version));
}

bool mz_current_holds(const mz_index *index, const mz_list_version *versions, size_t count) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    if (facts.list_count != count) return false;
    for (size_t i = 0; i < count; i++)
        if (!is_current(&facts, &versions[i])) return false;
    return true;
}

/* How many records differ, as far as the store knows without looking: nothing when it does not. */
static uint64_t known_changes(const mz_index_facts *facts, const mz_list_version *version) {
    const mz_index_list *list = list_in(facts, version->list);
    if (!list) return version->entities;
    bool next = mz_str_equal(list->version, mz_str_of(version->previous));
    return next ? version->added + version->removed + version->changed : 0;
}

/* What the image needs to be that of these versions. It is built from nothing when there is none that can be used, when
 * a list was taken away, or when more has changed than an update would leave as it is. */
static mz_current_step step_for(const char *path, const mz_list_version *versions, size_t count) {
    mz_index *index;
    mz_index_facts facts;
    mz_error error;
    if (mz_index_open(path, &index, &error)) return MZ_CURRENT_BUILT;
    mz_index_info(index, &facts);
    uint64_t changed = 0;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        known += list_in(&facts, versions[i].list) != NULL;
        if (!is_current(&facts, &versions[i])) changed += known_changes(&facts, &versions[i]);
    }
    mz_current_step step = MZ_CURRENT_UPDATED;
    if (facts.list_count != known || changed > facts.entities / MOST_SHARE) step = MZ_CURRENT_BUILT;
    if (mz_current_holds(index, versions, count)) step = MZ_CURRENT_AS_IT_WAS;
    mz_index_close(index);
    return step;
}

typedef struct work {
    mz_list_store *store;
    const char *path;
    const mz_list_version *versions;
    size_t count;
    const mz_current_options *options;
    mz_index_builder *builder; /* or */
    mz_index_update *update;
    uint64_t records, expected;
} work;

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    work *at = context;
    const mz_current_options *options = at->options;
    if (options->progress && at->records % PROGRESS_RECORDS == 0 &&
        options->progress(options->context, at->builder != NULL, at->records, at->expected))
        return mz_fail(error, MZ_ERR_CANCELLED, "stopped; the old image stays");
    at->records++;
    if (at->update) return mz_index_update_add(at->update, record, error);
    return mz_index_builder_add(at->builder, record, error);
}

static mz_status read_list(work *at, const mz_list_version *version, mz_error *error) {
    return mz_list_store_records(at->store, version->list, version->version, add_record, at, error);
}

static void tell(const work *at, mz_current_step step, const mz_index_update_facts *changes) {
    if (at->options->told) at->options->told(at->options->context, step, changes, at->records);
}

static mz_status build(work *at, mz_error *error) {
    at->update = NULL;
    at->records = at->expected = 0;
    for (size_t i = 0; i < at->count; i++) at->expected += at->versions[i].records;
    mz_status status = mz_index_builder_new(at->path, &at->builder, error);
    if (status) return status;
    for (size_t i = 0; !status && i < at->count; i++) {
        const mz_list_version *version = &at->versions[i];
        status = mz_index_builder_list(at->builder, mz_str_of(version->list), mz_str_of(version->version),
                                       version->published, error);
        if (!status) status = read_list(at, version, error);
    }
    if (!status) status = mz_index_builder_finish(at->builder, error);
    mz_index_builder_free(at->builder);
    at->builder = NULL;
    if (!status) tell(at, MZ_CURRENT_BUILT, NULL);
    return status;
}

static mz_status update_list(work *at, const mz_list_version *version, mz_error *error) {
    mz_status status = mz_index_update_begin(at->update, mz_str_of(version->list), error);
    if (!status) status = read_list(at, version, error);
    if (!status) status = mz_index_update_end(at->update, mz_str_of(version->version), version->published, error);
    return status;
}

static mz_status update_lists(work *at, const mz_index_facts *facts, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t i = 0; i < at->count; i++)
        if (!is_current(facts, &at->versions[i])) at->expected += at->versions[i].records;
    for (size_t i = 0; i < at->count && !status; i++)
        if (!is_current(facts, &at->versions[i])) status = update_list(at, &at->versions[i], error);
    return status;
}

/* Reads the lists that are not current again; *ret_build when so much differs from the image that it is better built
 * anew. Screens find the changes meanwhile. */
static mz_status update(work *at, bool *ret_build, mz_error *error) {
    mz_index *index = NULL;
    mz_index_facts facts;
    mz_index_update_facts changes = {0};
    at->update = NULL;
    at->records = at->expected = 0;
    mz_status status = mz_index_open(at->path, &index, error);
    if (!status) status = mz_index_update_new(at->path, &at->update, error);
    if (!status) mz_index_info(index, &facts);
    if (!status) status = update_lists(at, &facts, error);
    if (!status) status = mz_index_update_finish(at->update, &changes, error);
    mz_index_update_free(at->update);
    mz_index_close(index);
    at->update = NULL;
    *ret_build = changes.merge_due || status == MZ_ERR_INPUT; /* a damaged image; that of a list is found again */
    if (!status) tell(at, MZ_CURRENT_UPDATED, &changes);
    return status == MZ_ERR_INPUT ? MZ_OK : status;
}

static mz_status check_whole(const mz_list_version *versions, size_t count, mz_error *error) {
    for (size_t i = 0; i < count; i++)
        if (versions[i].damage[0])
            return mz_fail(error, MZ_ERR_IO, "%s: the version held is damaged: %s; bring it anew, or select another",
                           versions[i].list, versions[i].damage);
    return MZ_OK;
}

/* Once; *ret_step is what there was to do. */
static mz_status refresh_once(work *at, mz_current_step *ret_step, mz_error *error) {
    mz_list_version *versions;
    mz_status status = mz_list_store_current(at->store, &versions, &at->count, error);
    if (status) return status;
    at->versions = versions;
    status = check_whole(versions, at->count, error);
    *ret_step = status || at->count == 0 ? MZ_CURRENT_AS_IT_WAS : step_for(at->path, versions, at->count);
    bool build_it = *ret_step == MZ_CURRENT_BUILT;
    if (*ret_step == MZ_CURRENT_UPDATED) status = update(at, &build_it, error);
    if (!status && build_it) status = build(at, error);
    free(versions);
    return status;
}

mz_status mz_current_refresh(mz_list_store *store, const mz_current_options *options, bool *ret_new, mz_error *error) {
    static const mz_current_options nothing = {.context = NULL};
    char path[4096];
    work at = {.store = store, .path = path, .options = options ? options : &nothing};
    mz_status status = mz_current_path(store, path, sizeof path, error);
    bool new = false;
    /* another process may change the lists while we build: look again until nothing changed meanwhile */
    for (int attempt = 0; !status && attempt < MOST_ATTEMPTS; attempt++) {
        mz_current_step step;
        status = refresh_once(&at, &step, error);
        if (!status && step == MZ_CURRENT_AS_IT_WAS) break;
        new = true;
    }
    if (!status && ret_new) *ret_new = new;
    return status;
}
