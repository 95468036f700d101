/* The store as the commands see it, and its image: always that of the current versions, rebuilt when it is not. */
#include "base/error.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/versions.h"
#include "mizan/index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_ATTEMPTS = 3 };

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

/* Whether the image was built from exactly these versions. */
static bool built_from(const mz_index *index, const mz_list_version *versions, size_t count) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    if (facts.list_count != count) return false;
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t j = 0; !found && j < count; j++)
            found = mz_str_equal(facts.lists[j].list, mz_str_of(versions[i].list)) &&
                    mz_str_equal(facts.lists[j].version, mz_str_of(versions[i].version));
        if (!found) return false;
    }
    return true;
}

static bool image_is_current(const char *path, const mz_list_version *versions, size_t count) {
    mz_index *index;
    mz_error error;
    if (mz_index_open(path, &index, &error)) return false;
    bool current = built_from(index, versions, count);
    mz_index_close(index);
    return current;
}

typedef struct image_build {
    mz_index_builder *builder;
    cli_progress progress;
    uint64_t records;
} image_build;

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    image_build *building = context;
    if (cli_interrupted()) return mz_fail(error, MZ_ERR_CANCELLED, "stopped; the old image stays");
    building->records++;
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
        bool done = damaged || count == 0 || image_is_current(path, versions, count);
        if (!done) status = build(cli, store, path, versions, count, &error);
        free(versions);
        if (done) return damaged ? CLI_FAILED : CLI_DONE;
    }
    return status ? cli_fail(&error) : CLI_DONE;
}

void cli_image_check(const cli_context *cli, const mz_index *index) {
    mz_list_store *store;
    mz_list_version *versions;
    size_t count;
    if (mz_list_store_open(cli_text(cli, CLI_STORE), false, &store, NULL)) return;
    if (mz_list_store_current(store, &versions, &count, NULL) == MZ_OK) {
        if (!built_from(index, versions, count))
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
