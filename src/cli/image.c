/* The store as the commands see it, and its image: always that of the current versions, brought up to date when it is
 * not. An update reads only the lists that have changed, and writes only the records that have; when much has, the
 * image is built from nothing, which also sets right where in their files its records stand. */
#include "base/error.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/versions.h"
#include "mizan/index.h"
#include "mizan/update.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_ATTEMPTS = 3, MOST_SHARE = 8 /* of the entities, that an update changes */ };

int cli_store_open(const cli_context *cli, bool writable, mz_list_store **ret_store) {
    mz_error error;
    if (mz_list_store_open(cli_text(cli, CLI_STORE), writable, ret_store, &error) == MZ_OK) return CLI_DONE;
    return cli_fail(&error);
}

static mz_status path_in(const mz_list_store *store, char *ret_path, size_t size, mz_error *error) {
    int length = snprintf(ret_path, size, "%s/index.mzi", mz_list_store_folder(store));
    if (length > 0 && (size_t)length < size) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the store is too long");
}

mz_status cli_image_path(const cli_context *cli, char *ret_path, size_t size, mz_error *error) {
    mz_list_store *store;
    mz_status status = mz_list_store_open(cli_text(cli, CLI_STORE), false, &store, error);
    if (status) return status;
    status = path_in(store, ret_path, size, error);
    mz_list_store_close(store);
    return status;
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

/* Whether the index holds exactly these versions. */
static bool holds_all(const mz_index *index, const mz_list_version *versions, size_t count) {
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

typedef enum image_need { IMAGE_CURRENT, IMAGE_UPDATE, IMAGE_BUILD } image_need;

/* What the image needs to be that of these versions. It is built from nothing when there is none that can be used, when
 * a list was taken away, or when more has changed than an update would leave as it is. */
static image_need need_of(const char *path, const mz_list_version *versions, size_t count) {
    mz_index *index;
    mz_index_facts facts;
    mz_error error;
    if (mz_index_open(path, &index, &error)) return IMAGE_BUILD;
    mz_index_info(index, &facts);
    uint64_t changed = 0;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        known += list_in(&facts, versions[i].list) != NULL;
        if (!is_current(&facts, &versions[i])) changed += known_changes(&facts, &versions[i]);
    }
    image_need need = IMAGE_UPDATE;
    if (facts.list_count != known || changed > facts.entities / MOST_SHARE) need = IMAGE_BUILD;
    if (holds_all(index, versions, count)) need = IMAGE_CURRENT;
    mz_index_close(index);
    return need;
}

typedef struct image_build {
    mz_index_builder *builder; /* or */
    mz_index_update *update;
    cli_progress progress;
    uint64_t records;
} image_build;

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    image_build *building = context;
    if (cli_interrupted()) return mz_fail(error, MZ_ERR_CANCELLED, "stopped; the old image stays");
    building->records++;
    if (building->update) return mz_index_update_add(building->update, record, error);
    return mz_index_builder_add(building->builder, record, error);
}

static mz_status build(const cli_context *cli, mz_list_store *store, const char *path, const mz_list_version *versions,
                       size_t count, mz_error *error) {
    image_build building = {0};
    cli_progress_start(&building.progress, cli, "building the index");
    mz_status status = mz_index_builder_new(path, &building.builder, error);
    if (status) return status;
    for (size_t i = 0; !status && i < count; i++) {
        const mz_list_version *version = &versions[i];
        status = mz_index_builder_list(building.builder, mz_str_of(version->list), mz_str_of(version->version),
                                       version->published, error);
        if (!status)
            status = mz_list_store_records(store, version->list, version->version, add_record, &building, error);
    }
    if (!status) status = mz_index_builder_finish(building.builder, error);
    mz_index_builder_free(building.builder);
    if (!status && cli->verbose)
        cli_note(cli, "built %s from %llu records", path, (unsigned long long)building.records);
    return status;
}

static mz_status update_list(image_build *updating, mz_list_store *store, const mz_list_version *version,
                             mz_error *error) {
    mz_status status = mz_index_update_begin(updating->update, mz_str_of(version->list), error);
    if (!status) status = mz_list_store_records(store, version->list, version->version, add_record, updating, error);
    if (!status) status = mz_index_update_end(updating->update, mz_str_of(version->version), version->published, error);
    return status;
}

/* Reads the lists that are not current again; *ret_build when so much differs from the image that it is better built
 * anew. Screens find the changes meanwhile. */
static mz_status update(const cli_context *cli, mz_list_store *store, const char *path, const mz_list_version *versions,
                        size_t count, bool *ret_build, mz_error *error) {
    image_build updating = {0};
    mz_index *index = NULL;
    mz_index_facts facts;
    mz_index_update_facts changes = {0};
    cli_progress_start(&updating.progress, cli, "updating the index");
    mz_status status = mz_index_open(path, &index, error);
    if (!status) status = mz_index_update_new(path, &updating.update, error);
    if (!status) mz_index_info(index, &facts);
    for (size_t i = 0; i < count && !status; i++)
        if (!is_current(&facts, &versions[i])) status = update_list(&updating, store, &versions[i], error);
    if (!status) status = mz_index_update_finish(updating.update, &changes, error);
    mz_index_update_free(updating.update);
    mz_index_close(index);
    *ret_build = changes.merge_due || status == MZ_ERR_INPUT; /* a damaged image; that of a list is found again */
    if (status == MZ_ERR_INPUT) return MZ_OK;
    if (!status && cli->verbose)
        cli_note(cli, "updated %s: %llu added, %llu changed, %llu removed", path, (unsigned long long)changes.added,
                 (unsigned long long)changes.changed, (unsigned long long)changes.removed);
    return status;
}

int cli_image_refresh(const cli_context *cli, mz_list_store *store) {
    char path[4096];
    mz_error error;
    mz_status status = path_in(store, path, sizeof path, &error);
    /* another process may change the lists while we build: look again until nothing changed meanwhile */
    for (int attempt = 0; !status && attempt < MOST_ATTEMPTS; attempt++) {
        mz_list_version *versions;
        size_t count;
        status = mz_list_store_current(store, &versions, &count, &error);
        if (status) break;
        bool damaged = false; /* an image that quietly lacks a list would be worse than the old one */
        for (size_t i = 0; i < count; i++) damaged = cli_version_damaged(&versions[i]) || damaged;
        image_need need = damaged || count == 0 ? IMAGE_CURRENT : need_of(path, versions, count);
        bool build_it = need == IMAGE_BUILD;
        if (need == IMAGE_UPDATE) status = update(cli, store, path, versions, count, &build_it, &error);
        if (!status && build_it) status = build(cli, store, path, versions, count, &error);
        free(versions);
        if (need == IMAGE_CURRENT) return damaged ? CLI_FAILED : CLI_DONE;
    }
    return status ? cli_fail(&error) : CLI_DONE;
}

void cli_image_check(const cli_context *cli, const mz_index *index) {
    mz_list_store *store;
    mz_list_version *versions;
    size_t count;
    if (mz_list_store_open(cli_text(cli, CLI_STORE), false, &store, NULL)) return;
    if (mz_list_store_current(store, &versions, &count, NULL) == MZ_OK) {
        if (!holds_all(index, versions, count))
            cli_note(cli, "the index is not that of the current lists; mizan lists update rebuilds it");
        for (size_t i = 0; i < count; i++) cli_version_old_note(cli, &versions[i]);
        free(versions);
    }
    mz_list_store_close(store);
}

/* Told from one that may not be looked at. */
static bool is_absent(const char *path) {
    return access(path, F_OK) != 0 && errno == ENOENT;
}

static int make_anew(const cli_context *cli) {
    mz_list_store *store;
    int ending = cli_store_open(cli, true, &store);
    if (ending) return ending;
    ending = cli_image_refresh(cli, store);
    mz_list_store_close(store);
    return ending;
}

int cli_image_open(const cli_context *cli, mz_index **ret_index) {
    char path[4096];
    const char *given = cli_text(cli, CLI_INDEX);
    mz_error error;
    mz_status status = MZ_OK;
    if (!given) status = cli_image_path(cli, path, sizeof path, &error);
    if (!given && (status == MZ_ERR_NOT_FOUND || (!status && is_absent(path)))) {
        cli_complain("there are no lists to screen against yet\n"
                     "mizan lists update downloads the official ones, mizan lists import FILE reads one\n"
                     "or name an index: mizan %s --index FILE …",
                     cli->command->name);
        return CLI_FAILED;
    }
    if (!status) status = mz_index_open(given ? given : path, ret_index, &error);
    if (status == MZ_ERR_INPUT && !given) {
        /* damaged, or made by another version of the program: the lists are there to make it from */
        cli_note(cli, "%s; making it anew", error.text);
        status = make_anew(cli) == CLI_DONE ? mz_index_open(path, ret_index, &error) : status;
    }
    if (status) {
        (void)cli_fail(&error);
        if (!given && status == MZ_ERR_INPUT)
            cli_complain("mizan lists update makes the index anew from the lists held");
        return CLI_FAILED;
    }
    if (!given) cli_image_check(cli, *ret_index);
    return CLI_DONE;
}
