/* mizan index update, mizan index merge: an image that is changed without building it from nothing. */
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/index_sources.h"
#include "cli/progress.h"
#include "cli/said.h"
#include "cli/versions.h"
#include "lists/safety.h"
#include "mizan/update.h"

#include <stdio.h>

typedef struct updating {
    cli_context *cli;
    mz_index_update *update;
    /* the list that was begun; several files of one list behind each other are one */
    mz_manifest fresh;
    uint64_t stated_records;
    bool begun;
    mz_index_update_facts facts; /* of the lists that have ended */
} updating;

/* Half a file, or yesterday's, would take people off a list without anybody noticing: judged as by the list store. */
static mz_status judge(updating *work, mz_error *error) {
    mz_index_facts held;
    mz_index_update_facts before = work->facts;
    mz_index_update_so_far(work->update, &held, &work->facts);
    const mz_delta_counts counts = {.added = work->facts.added - before.added,
                                    .removed = work->facts.removed - before.removed,
                                    .changed = work->facts.changed - before.changed,
                                    .same = work->facts.same - before.same};
    mz_manifest was = work->fresh;
    mz_safety_case what = {.fresh = &work->fresh, .counts = &counts, .stated_records = work->stated_records};
    for (size_t i = 0; i < held.list_count; i++)
        if (mz_str_equal(held.lists[i].list, mz_str_of(work->fresh.version.list))) {
            was.version.entities = held.lists[i].entities;
            was.version.published = held.lists[i].published;
            what.held = &was;
        }
    char accepted[MZ_ERROR_TEXT_SIZE];
    return mz_safety_judge(&what, cli_given(work->cli, CLI_ACCEPT), accepted, sizeof accepted, error);
}

static mz_status end_list(updating *work, mz_error *error) {
    if (!work->begun) return MZ_OK;
    work->begun = false;
    mz_status status = mz_index_update_end(work->update, MZ_STR(""), work->fresh.version.published, error);
    return status ? status : judge(work, error);
}

static mz_status begin(void *into, mz_str list, mz_error *error) {
    updating *work = into;
    if (work->begun && mz_str_equal(mz_str_of(work->fresh.version.list), list)) return MZ_OK;
    mz_status status = end_list(work, error);
    if (!status) status = mz_index_update_begin(work->update, list, error);
    if (status) return status;
    work->begun = true;
    work->stated_records = 0;
    work->fresh = (mz_manifest){.sequence = 0};
    (void)snprintf(work->fresh.version.list, sizeof work->fresh.version.list, "%.*s", (int)list.size, list.data);
    return MZ_OK;
}

static mz_status add(void *into, const mz_record *record, mz_error *error) {
    updating *work = into;
    return mz_index_update_add(work->update, record, error);
}

static mz_status end(void *into, mz_str list, const mz_read_report *report, mz_error *error) {
    updating *work = into;
    mz_list_version *version = &work->fresh.version;
    (void)list;
    (void)error;
    if (report->published > version->published) version->published = report->published;
    version->records += report->records;
    version->entities += report->entities;
    work->stated_records += report->stated_records;
    return MZ_OK;
}

static mz_status finish(void *into, mz_error *error) {
    updating *work = into;
    mz_status status = end_list(work, error);
    return status ? status : mz_index_update_finish(work->update, &work->facts, error);
}

/* ---- merging ---- */

typedef struct merging {
    cli_progress progress;
} merging;

static int show_merge(void *context, uint64_t done, uint64_t total) {
    merging *work = context;
    cli_progress_count(&work->progress, done, total);
    return cli_interrupted();
}

static mz_status merge(const cli_context *cli, const char *path, mz_error *error) {
    merging work = {0};
    cli_progress_start(&work.progress, cli, "merging");
    mz_status status = mz_index_merge(path, show_merge, &work, error);
    cli_progress_clear();
    return status;
}

/* ---- update ---- */

static void put_facts_json(mz_buffer *out, const char *path, const mz_index_update_facts *facts) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "index", mz_str_of(path));
    mz_json_pair_int(&json, "added", (int64_t)facts->added);
    mz_json_pair_int(&json, "changed", (int64_t)facts->changed);
    mz_json_pair_int(&json, "removed", (int64_t)facts->removed);
    mz_json_pair_int(&json, "same", (int64_t)facts->same);
    mz_json_key(&json, "merged");
    mz_json_bool(&json, facts->merge_due);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void put_facts_line(mz_buffer *out, mz_language language, const char *path, const mz_index_update_facts *facts) {
    const uint64_t counts[] = {facts->added, facts->changed, facts->removed, facts->same};
    char texts[sizeof counts / sizeof *counts][CLI_COUNT_TEXT_SIZE];
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) cli_count_text(counts[i], language, texts[i]);
    cli_put_safe(out, mz_str_of(path));
    mz_buffer_print(out, ": ");
    CLI_SAY(out, language, CLI_SAY_INDEX_UPDATED, texts[0], texts[1], texts[2], texts[3]);
    if (facts->merge_due) CLI_SAY(out, language, CLI_SAY_INDEX_MERGED, NULL);
    mz_buffer_char(out, '\n');
}

static mz_status update(cli_context *cli, const char *path, mz_error *error) {
    updating work = {.cli = cli};
    const cli_index_work reading = {.begin = begin, .add = add, .end = end, .finish = finish, .into = &work};
    mz_status status = mz_index_update_new(path, &work.update, error);
    if (!status) status = cli_index_read(cli, &reading, error);
    mz_index_update_free(work.update);
    if (!status && work.facts.merge_due) status = merge(cli, path, error);
    if (status) return status;
    if (cli->format == CLI_PRINT_JSON) put_facts_json(&cli->out.text, path, &work.facts);
    if (cli->format == CLI_PRINT_TABLE) put_facts_line(&cli->out.text, cli->language, path, &work.facts);
    return MZ_OK;
}

static int run_update(cli_context *cli) {
    const char *path = cli_text(cli, CLI_INDEX);
    if (!path)
        return cli_usage(cli, "which index? mizan index update --index FILE %s; that of the store follows its lists",
                         cli->operands[0]);
    if (cli_given(cli, CLI_LIST) && cli->operand_count > 1)
        return cli_usage(cli, "--list names the list of one source, but there are %zu", cli->operand_count);
    mz_error error;
    cli_interruptible();
    return update(cli, path, &error) ? cli_fail(&error) : CLI_DONE;
}

static int run_merge(cli_context *cli) {
    char path[4096];
    mz_error error;
    const char *given = cli_text(cli, CLI_INDEX);
    if (!given && cli_image_path(cli, path, sizeof path, &error)) return cli_fail(&error);
    cli_interruptible();
    return merge(cli, given ? given : path, &error) ? cli_fail(&error) : CLI_DONE;
}

/* ---- what help says ---- */

static const cli_example update_examples[] = {
    {"mizan index update --index lists.mzi un:consolidated.xml", "the list of today, in place of yesterday's"},
    {"mizan index update --index lists.mzi --list house refused.csv", "a list of one's own, which may be a new one"},
};

static const cli_option_id update_options[] = {CLI_INDEX, CLI_ACCEPT,  CLI_REJECTED,
                                               CLI_LIST,  CLI_MAPPING, CLI_NO_OPTION};

const cli_command cli_index_update = {
    .name = "index update",
    .operands = "SOURCE...",
    .summary = "bring an index up to date with newer files of its lists",
    .description =
        "Each SOURCE, as in mizan index build, is all that its list has now, or what several of one list have that "
        "stand behind each other: what is new or changed is added, what is not there any more is removed; other lists "
        "stay as they are. Only what has changed is written, to a small file beside the index, FILE.changes, which "
        "belongs to it: copy or move both together, for one that was written beside another index is passed over; and "
        "never copy over "
        "an index in use, but beside it, then rename. "
        "Whoever screens goes on meanwhile. As in mizan lists import, a file that is older than what the index has, or "
        "in which more than a "
        "fifth is missing, is refused unless --accept says otherwise. When much has changed since the index was built, "
        "both are merged into one file again.\n\n"
        "The index of the store needs none of this: mizan lists update brings it up to date.",
    .examples = update_examples,
    .example_count = sizeof update_examples / sizeof update_examples[0],
    .options = update_options,
    .least = 1,
    .most = 10000,
    .operand = CLI_KIND_SOURCE,
    .run = run_update,
};

static const cli_example merge_examples[] = {
    {"mizan index merge --index lists.mzi", "lists.mzi with what is in lists.mzi.changes"},
    {"mizan index merge", "the same for the store's index"},
};

static const cli_option_id merge_options[] = {CLI_INDEX, CLI_NO_OPTION};

const cli_command cli_index_merge = {
    .name = "index merge",
    .operands = "",
    .summary = "make one file of an index and its changes",
    .description =
        "The index says the same before and after; a single file is a little faster to search, and easier to "
        "copy. Whoever screens or updates the index goes on meanwhile. Killed at any moment, it leaves the "
        "index as it was.",
    .examples = merge_examples,
    .example_count = sizeof merge_examples / sizeof merge_examples[0],
    .options = merge_options,
    .run = run_merge,
};
