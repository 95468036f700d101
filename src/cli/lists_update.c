/* mizan lists update, mizan lists import, mizan lists reread: new versions into the store, then its image. */
#include "base/error.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/versions.h"
#include "lists/version_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct list_work {
    const cli_context *cli;
    const char *list; /* for messages */
    cli_progress progress;
    uint64_t rejected;
} list_work;

static mz_status note_rejected(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)error;
    list_work *bringing = context;
    cli_rejection_note(bringing->cli, bringing->list, rejection, &bringing->rejected);
    return MZ_OK;
}

static int show_import(void *context, uint64_t done, uint64_t total) {
    list_work *bringing = context;
    cli_progress_bytes(&bringing->progress, done, total);
    return cli_interrupted();
}

static int show_update(void *context, const char *list, uint64_t done, uint64_t total) {
    (void)list;
    return show_import(context, done, total);
}

static void print_json(mz_buffer *out, const char *list, const char *outcome, const mz_list_version *version,
                       const char *complaint) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "outcome", mz_str_of(outcome));
    if (version)
        mz_list_version_write_json(version, &json);
    else
        mz_json_pair(&json, "list", mz_str_of(list));
    if (complaint) {
        mz_buffer safe; /* a text cut in the middle of a letter would not be JSON */
        mz_buffer_init(&safe, 4096);
        cli_put_safe(&safe, mz_str_of(complaint));
        mz_json_pair(&json, "error", mz_buffer_view(&safe));
        mz_buffer_done(&safe);
    }
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void print_csv(mz_buffer *out, const char *list, const char *outcome, const mz_list_version *version,
                      const char *complaint) {
    char day[CLI_DAY_TEXT_SIZE] = "", numbers[5][24] = {""};
    if (version) {
        const uint64_t counts[5] = {version->entities, version->rejected, version->added, version->removed,
                                    version->changed};
        for (size_t i = 0; i < 5; i++)
            (void)snprintf(numbers[i], sizeof numbers[i], "%llu", (unsigned long long)counts[i]);
        cli_day_text(version->published, day);
    }
    cli_csv(out, mz_str_of(list), true);
    cli_csv(out, mz_str_of(outcome), false);
    cli_csv(out, mz_str_of(version ? version->version : ""), false);
    cli_csv(out, mz_str_of(day), false);
    for (size_t i = 0; i < 5; i++) cli_csv(out, mz_str_of(numbers[i]), false);
    cli_csv(out, mz_str_of(complaint ? complaint : ""), false);
    cli_csv_end(out);
}

static void print_line(mz_buffer *out, const char *list, const char *outcome, const mz_list_version *version,
                       const char *complaint) {
    mz_buffer_print(out, "%-12s  %-9s  ", list, outcome);
    if (version) {
        char day[CLI_DAY_TEXT_SIZE];
        cli_day_text(version->published, day);
        cli_put_count(out, version->entities, ",");
        mz_buffer_print(out, " entities");
        if (*day) mz_buffer_print(out, ", dated %s", day);
        if (version->rejected) mz_buffer_print(out, ", %llu rejected", (unsigned long long)version->rejected);
        if (version->previous[0] && strcmp(outcome, "new") == 0)
            mz_buffer_print(out, "; %llu added, %llu removed, %llu changed", (unsigned long long)version->added,
                            (unsigned long long)version->removed, (unsigned long long)version->changed);
    } else {
        cli_put_safe(out, mz_str_of(complaint));
    }
    mz_buffer_char(out, '\n');
}

/* One list's outcome. `version` NULL: it failed, and the complaint says why. */
static bool print_outcome(cli_context *cli, const char *list, const char *outcome, const mz_list_version *version,
                          const char *complaint) {
    cli_progress_clear();
    switch (cli->format) {
    case CLI_PRINT_JSON: print_json(&cli->out.text, list, outcome, version, complaint); break;
    case CLI_PRINT_CSV: print_csv(&cli->out.text, list, outcome, version, complaint); break;
    case CLI_PRINT_TABLE: print_line(&cli->out.text, list, outcome, version, complaint); break;
    }
    return cli_flush(&cli->out);
}

static void print_heading(cli_context *cli) {
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text,
                        "list,outcome,version,published,entities,rejected,added,removed,changed,error\n");
}

static int unknown_list(const cli_context *cli, const char *list) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    const char *nearest = NULL;
    unsigned best = CLI_FAR;
    for (size_t i = 0; i < count; i++)
        if (cli_nearer(mz_str_of(list), mz_str_of(origins[i].list), &best)) nearest = origins[i].list;
    if (nearest) return cli_usage(cli, "there is no official list “%.60s”; did you mean %s?", list, nearest);
    mz_buffer names;
    mz_buffer_init(&names, 4096);
    for (size_t i = 0; i < count; i++) mz_buffer_print(&names, "%s%s", i ? ", " : "", origins[i].list);
    int status = cli_usage(cli, "there is no official list “%.60s”; there are: %s", list, names.data ? names.data : "");
    mz_buffer_done(&names);
    return status;
}

/* Complains, and prints that outcome; the error's status. */
static mz_status print_failure(cli_context *cli, const char *list, const mz_error *error) {
    mz_buffer complaint;
    mz_buffer_init(&complaint, 4096);
    cli_error_text(error, &complaint);
    const char *text = complaint.data ? complaint.data : mz_status_name(error->status);
    cli_complain("%s: %s", list, text);
    (void)print_outcome(cli, list, "failed", NULL, text);
    mz_buffer_done(&complaint);
    return error->status;
}

/* Where a list is to be had instead of its publisher; NULL: there. */
static const char *address_of(const cli_context *cli, const char *list, char *into, size_t size) {
    const char *mirror = cli_text(cli, CLI_MIRROR);
    if (cli_given(cli, CLI_FROM) || !mirror) return cli_text(cli, CLI_FROM);
    bool slash = *mirror && mirror[strlen(mirror) - 1] == '/';
    int length = snprintf(into, size, "%s%s%s/", mirror, slash ? "" : "/", list);
    return length > 0 && (size_t)length < size ? into : mirror; /* one too long is refused where it is used */
}

/* MZ_OK when the list could be brought in, or was unchanged. Complains and prints the outcome in any case. */
static mz_status update_one(cli_context *cli, mz_list_store *store, const char *list) {
    list_work bringing = {.cli = cli, .list = list};
    char what[80], address[4096];
    (void)snprintf(what, sizeof what, "%.60s", list);
    cli_progress_start(&bringing.progress, cli, what);
    mz_update_options options = {
        .address = address_of(cli, list, address, sizeof address),
        .accept = cli_given(cli, CLI_ACCEPT),
        .progress = show_update,
        .rejected = note_rejected,
        .context = &bringing,
    };
    mz_list_version version;
    mz_update_outcome outcome;
    mz_error error;
    mz_status status = mz_list_store_update(store, list, &options, &version, &outcome, &error);
    cli_rejection_rest(cli, list, bringing.rejected);
    if (status == MZ_OK) {
        (void)print_outcome(cli, list, outcome == MZ_UPDATE_NEW ? "new" : "unchanged", &version, NULL);
        return MZ_OK;
    }
    return print_failure(cli, list, &error);
}

/* The same for a list whose kept files are read again. */
static mz_status reread_one(cli_context *cli, mz_list_store *store, const char *list) {
    list_work reading = {.cli = cli, .list = list};
    cli_progress_start(&reading.progress, cli, list);
    mz_import_options options = {
        .accept = cli_given(cli, CLI_ACCEPT),
        .progress = show_import,
        .rejected = note_rejected,
        .context = &reading,
    };
    mz_list_version version;
    bool is_new;
    mz_error error;
    mz_status status = mz_list_store_reread(store, list, &options, &version, &is_new, &error);
    cli_rejection_rest(cli, list, reading.rejected);
    if (status) return print_failure(cli, list, &error);
    (void)print_outcome(cli, list, is_new ? "new" : "unchanged", &version, NULL);
    return MZ_OK;
}

static bool is_held(const mz_list_version *versions, size_t count, const char *list) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(versions[i].list, list) == 0) return true;
    return false;
}

/* What an update without names brings in: the usual lists, and of the others those that are held already, which would
 * grow old unnoticed. *ret_lists to be freed with free(). */
static mz_status choose_lists(mz_list_store *store, const char ***ret_lists, size_t *ret_count, mz_error *error) {
    mz_list_version *versions;
    size_t held, count, chosen = 0;
    const mz_list_origin *origins = mz_list_origins(&count);
    mz_status status = mz_list_store_current(store, &versions, &held, error);
    if (status) return status;
    const char **lists = calloc(count, sizeof *lists);
    for (size_t i = 0; lists && i < count; i++)
        if (origins[i].usual || is_held(versions, held, origins[i].list)) lists[chosen++] = origins[i].list;
    free(versions);
    if (!lists) return mz_fail_memory(error);
    *ret_lists = lists;
    *ret_count = chosen;
    return MZ_OK;
}

typedef mz_status (*list_act)(cli_context *cli, mz_list_store *store, const char *list);

/* Does it to each list, also when it fails with some, and brings the image up to what came of it. */
static int each_list(cli_context *cli, mz_list_store *store, const char *const *lists, size_t count, list_act act,
                     const char *done_in_words) {
    mz_buffer failed;
    mz_buffer_init(&failed, 4096);
    mz_status status = MZ_OK;
    size_t done = 0, number = 0;
    for (; number < count && status != MZ_ERR_CANCELLED && status != MZ_ERR_MEMORY; number++) {
        status = act(cli, store, lists[number]);
        if (status)
            mz_buffer_print(&failed, "%s%s", failed.size ? ", " : "", lists[number]);
        else
            done++;
    }
    int ending = failed.size ? CLI_FAILED : CLI_DONE;
    if (status == MZ_ERR_CANCELLED || cli_interrupted()) ending = CLI_INTERRUPTED;
    if (failed.size)
        cli_complain("%zu of %zu lists could not be %s: %s", number - done, number, done_in_words, failed.data);
    mz_buffer_done(&failed);
    /* what did arrive is to be used */
    int refreshed = ending == CLI_INTERRUPTED ? CLI_DONE : cli_image_refresh(cli, store);
    return ending ? ending : refreshed;
}

static int update_chosen(cli_context *cli, mz_list_store *store) {
    const char **lists = NULL;
    size_t count = 0;
    mz_error error;
    if (cli->operand_count) return each_list(cli, store, cli->operands, cli->operand_count, update_one, "brought in");
    if (choose_lists(store, &lists, &count, &error)) return cli_fail(&error);
    int status = each_list(cli, store, lists, count, update_one, "brought in");
    free(lists);
    return status;
}

static int reread_all(cli_context *cli, mz_list_store *store) {
    mz_list_version *versions;
    size_t count;
    mz_error error;
    if (mz_list_store_current(store, &versions, &count, &error)) return cli_fail(&error);
    const char **lists = calloc(count + 1, sizeof *lists);
    for (size_t i = 0; lists && i < count; i++) lists[i] = versions[i].list;
    int status = lists ? each_list(cli, store, lists, count, reread_one, "read again") : CLI_FAILED;
    if (!lists) cli_complain("out of memory");
    free(lists);
    free(versions);
    return status;
}

static int run_reread(cli_context *cli) {
    mz_list_store *store;
    int status = cli_store_open(cli, true, &store);
    if (status) return status;
    cli_interruptible();
    print_heading(cli);
    status = cli->operand_count ? each_list(cli, store, cli->operands, cli->operand_count, reread_one, "read again")
                                : reread_all(cli, store);
    mz_list_store_close(store);
    return status;
}

static int run_update(cli_context *cli) {
    for (size_t i = 0; i < cli->operand_count; i++)
        if (!cli_origin_of(cli->operands[i])) return unknown_list(cli, cli->operands[i]);
    if (cli_given(cli, CLI_FROM) && cli->operand_count != 1)
        return cli_usage(cli, "--from is the address of one list: mizan lists update --from ADDRESS LIST");
    mz_list_store *store;
    int status = cli_store_open(cli, true, &store);
    if (status) return status;
    cli_interruptible();
    print_heading(cli);
    status = update_chosen(cli, store);
    mz_list_store_close(store);
    return status;
}

/* Standard input is kept in a file of the store while it is read, which is gone when the error is shown. */
static void name_standard_input(const char *path, mz_error *error) {
    const char *slash = strrchr(error->where, '/');
    if (strcmp(path, "-") == 0 && slash && strcmp(slash, "/standard-input") == 0)
        (void)snprintf(error->where, sizeof error->where, "standard input");
}

static int import_one(cli_context *cli, mz_list_store *store) {
    const mz_list_format *format;
    const char *path;
    mz_list_source_parse(cli->operands[0], &format, &path);
    list_work bringing = {.cli = cli, .list = cli_text(cli, CLI_LIST)};
    if (!bringing.list) bringing.list = format ? mz_list_format_name(format) : "import";
    cli_progress_start(&bringing.progress, cli, bringing.list);
    mz_import_options options = {
        .list = cli_text(cli, CLI_LIST),
        .mapping_path = cli_text(cli, CLI_MAPPING),
        .accept = cli_given(cli, CLI_ACCEPT),
        .progress = show_import,
        .rejected = note_rejected,
        .context = &bringing,
    };
    mz_list_version version;
    bool is_new;
    mz_error error;
    mz_status status = mz_list_store_import(store, format, path, &options, &version, &is_new, &error);
    cli_rejection_rest(cli, bringing.list, bringing.rejected);
    if (status) name_standard_input(path, &error);
    if (status) return cli_fail(&error);
    print_heading(cli);
    (void)print_outcome(cli, version.list, is_new ? "new" : "unchanged", &version, NULL);
    return cli_image_refresh(cli, store);
}

static int run_import(cli_context *cli) {
    mz_list_store *store;
    int status = cli_store_open(cli, true, &store);
    if (status) return status;
    cli_interruptible();
    status = import_one(cli, store);
    mz_list_store_close(store);
    return status;
}

static const cli_example update_examples[] = {
    {"mizan lists update", "bring in the usual lists, if they changed"},
    {"mizan lists update un eu", "only these two"},
    {"mizan lists update --from https://mirror.example/un.xml un", "from another address"},
    {"mizan lists update --mirror https://files.example/lists", "all of them, from a server of one's own"},
    {"mizan lists update --accept uk-list", "also when it shrank by more than a fifth, after having looked into it"},
};

static const cli_option_id update_options[] = {CLI_ACCEPT, CLI_FROM, CLI_MIRROR, CLI_NO_OPTION};

const cli_command cli_lists_update = {
    .name = "lists update",
    .operands = "[LIST...]",
    .summary = "download the official lists and make the new versions current",
    .description =
        "Without a LIST, those of the United Nations, OFAC, the European Union, the United Kingdom, Canada and "
        "Australia are brought in, and any other official one that is held already.\n\n"
        "A list that did not change is not downloaded again. A list that shrank by more than a fifth, is older than "
        "the one held or comes in another format is refused, because that is what a broken or forged file looks like; "
        "--accept takes it all the same, and the store remembers that it was accepted.\n\n"
        "Where the network is slow or few machines may use it, one machine downloads the files and the others take "
        "them from its --mirror, a web server with a folder for each list. Its address is https, or http on this "
        "machine. --from goes before --mirror.\n\n"
        "When one list fails, the others are still brought in; the command then ends with status 1 and names those "
        "that failed. The versions before are kept (mizan lists history, mizan lists select).",
    .examples = update_examples,
    .example_count = sizeof update_examples / sizeof update_examples[0],
    .options = update_options,
    .most = 1000,
    .operand = CLI_KIND_LIST,
    .run = run_update,
};

static const cli_example reread_examples[] = {
    {"mizan lists reread", "after a new mizan was installed: what it reads better than the one before"},
    {"mizan lists reread eu", "one list"},
};

static const cli_option_id reread_options[] = {CLI_ACCEPT, CLI_NO_OPTION};

const cli_command cli_lists_reread = {
    .name = "lists reread",
    .operands = "[LIST...]",
    .summary = "read the files that are kept of a list again",
    .description =
        "Nothing is downloaded. The files that the current version came from are kept as they were published; a newer "
        "mizan may find more in them. When other records come of them, these are a new version, of which mizan lists "
        "diff shows the differences and which mizan lists select undoes. Without a LIST, all lists held are read "
        "again.",
    .examples = reread_examples,
    .example_count = sizeof reread_examples / sizeof reread_examples[0],
    .options = reread_options,
    .most = 1000,
    .operand = CLI_KIND_LIST,
    .run = run_reread,
};

static const cli_example import_examples[] = {
    {"mizan lists import un:consolidated.xml", "the United Nations list from a file"},
    {"mizan lists import sdn.csv", "the format shows by itself (alt.csv and add.csv stand beside it)"},
    {"mizan lists import --list os ftm:entities.delta.json",
     "what changed since the version of that list that is held"},
    {"mizan lists import --list house --mapping columns.json csv:refused.csv", "a list of one's own, under a name"},
};

static const cli_option_id import_options[] = {CLI_LIST, CLI_MAPPING, CLI_ACCEPT, CLI_NO_OPTION};

const cli_command cli_lists_import = {
    .name = "lists import",
    .operands = "[FORMAT:]PATH",
    .summary = "bring a list in from a file and make it current",
    .description = "The same rules as for mizan lists update hold: a list that shrank too much, is older or of another "
                   "format is refused unless --accept says otherwise; a malformed file is never taken. mizan lists "
                   "formats names the formats.\n\n"
                   "A file of changes, as OpenSanctions publishes them (ftm:entities.delta.json), is applied to the "
                   "version of the list that is current. It is refused when there is none, and when a change does not "
                   "fit that version: an entity that is modified or deleted but not held, or added but held already. "
                   "With --accept what can be applied is applied.\n\n"
                   "A list has one name in whatever form it is published: the European list as CSV and as XML is eu, "
                   "that of OFAC is ofac. The UK Sanctions List is uk-list; uk is the list of OFSI, which was closed "
                   "in January 2026.\n\n" CLI_OWN_LISTS,
    .examples = import_examples,
    .example_count = sizeof import_examples / sizeof import_examples[0],
    .options = import_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_SOURCE,
    .run = run_import,
};
