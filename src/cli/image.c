/* The store as the commands see it, and its image (index/current.h). */
#include "base/error.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/versions.h"
#include "index/current.h"
#include "mizan/index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cli_store_open(const cli_context *cli, bool writable, mz_list_store **ret_store) {
    mz_error error;
    if (mz_list_store_open(cli_text(cli, CLI_STORE), writable, ret_store, &error) == MZ_OK) return CLI_DONE;
    return cli_fail(&error);
}

mz_status cli_image_path(const cli_context *cli, char *ret_path, size_t size, mz_error *error) {
    mz_list_store *store;
    mz_status status = mz_list_store_open(cli_text(cli, CLI_STORE), false, &store, error);
    if (status) return status;
    status = mz_current_path(store, ret_path, size, error);
    mz_list_store_close(store);
    return status;
}

typedef struct refreshing {
    const cli_context *cli;
    const char *path;
    cli_progress progress;
    bool shown, building; /* what the progress says */
} refreshing;

static int show_refresh(void *context, bool building, uint64_t done, uint64_t total) {
    refreshing *work = context;
    if (!work->shown || building != work->building)
        cli_progress_start(&work->progress, work->cli, building ? "building the index" : "updating the index");
    work->shown = true;
    work->building = building;
    cli_progress_count(&work->progress, done, total);
    return cli_interrupted();
}

static void say_refresh(void *context, mz_current_step step, const mz_index_update_facts *changes, uint64_t records) {
    const refreshing *work = context;
    if (!work->cli->verbose) return;
    if (step == MZ_CURRENT_BUILT)
        cli_note(work->cli, "built %s from %llu records", work->path, (unsigned long long)records);
    else
        cli_note(work->cli, "updated %s: %llu added, %llu changed, %llu removed", work->path,
                 (unsigned long long)changes->added, (unsigned long long)changes->changed,
                 (unsigned long long)changes->removed);
}

/* Complains of each version that is damaged. */
static mz_status look_for_damage(mz_list_store *store, bool *ret_damaged, mz_error *error) {
    mz_list_version *versions;
    size_t count;
    mz_status status = mz_list_store_current(store, &versions, &count, error);
    if (status) return status;
    *ret_damaged = false;
    for (size_t i = 0; i < count; i++) *ret_damaged = cli_version_damaged(&versions[i]) || *ret_damaged;
    free(versions);
    return MZ_OK;
}

int cli_image_refresh(const cli_context *cli, mz_list_store *store) {
    char path[4096];
    bool damaged = false;
    mz_error error;
    refreshing work = {.cli = cli, .path = path};
    const mz_current_options options = {.progress = show_refresh, .told = say_refresh, .context = &work};
    mz_status status = mz_current_path(store, path, sizeof path, &error);
    if (!status) status = look_for_damage(store, &damaged, &error);
    if (!status && damaged) return CLI_FAILED;
    if (!status) status = mz_current_refresh(store, &options, NULL, &error);
    cli_progress_clear();
    return status ? cli_fail(&error) : CLI_DONE;
}

void cli_image_check(const cli_context *cli, const mz_index *index) {
    mz_list_store *store;
    mz_list_version *versions;
    size_t count;
    if (mz_list_store_open(cli_text(cli, CLI_STORE), false, &store, NULL)) return;
    if (mz_list_store_current(store, &versions, &count, NULL) == MZ_OK) {
        if (!mz_current_holds(index, versions, count))
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
