/* mizan effectiveness: the supervisor's test. */
#include "mizan/effectiveness.h"

#include "base/error.h"
#include "base/json_write.h"
#include "base/shown.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/policy.h"
#include "cli/progress.h"
#include "cli/version.h"
#include "cli/versions.h"
#include "effectiveness/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CLASSES_MOST = 256, FEW = 8, NOT_REACHED = 3 };

typedef struct effect_work {
    cli_context *cli;
    cli_progress progress;
    uint64_t rejected_seen;
    size_t classes[CLASSES_MOST];
    mz_policy *policy, *against; /* NULL: the default */
} effect_work;

/* ---- what is asked ---- */

static int unknown_class(const cli_context *cli, mz_str name) {
    const char *nearest = NULL;
    unsigned best = CLI_FAR;
    const mz_change_class *class;
    for (size_t i = 0; (class = mz_change_class_of(i)); i++)
        if (cli_nearer(name, mz_str_of(class->name), &best)) nearest = class->name;
    if (nearest)
        return cli_usage(cli, "there is no class of changes “%.*s”; did you mean %s?", mz_shown(name), name.data,
                         nearest);
    mz_buffer all;
    mz_buffer_init(&all, CLASSES_MOST * 64);
    for (size_t i = 0; (class = mz_change_class_of(i)); i++) mz_buffer_print(&all, "%s %s", i ? "," : "", class->name);
    mz_buffer_char(&all, '\0');
    int ending = cli_usage(cli, "there is no class of changes “%.*s”; there are:%s", mz_shown(name), name.data,
                           all.failed ? " …" : all.data);
    mz_buffer_done(&all);
    return ending;
}

static int read_classes(effect_work *work, mz_effectiveness_options *options) {
    const cli_value *given = &work->cli->values[CLI_CLASS];
    for (size_t i = 0; i < given->count; i++) {
        size_t number;
        if (!mz_change_class_find(mz_str_of(given->texts[i]), &number))
            return unknown_class(work->cli, mz_str_of(given->texts[i]));
        if (options->class_count == CLASSES_MOST) return cli_usage(work->cli, "more than %d classes", CLASSES_MOST);
        work->classes[options->class_count++] = number;
    }
    options->classes = work->classes;
    return CLI_DONE;
}

static int show(void *context, uint64_t done, uint64_t total) {
    effect_work *work = context;
    cli_progress_count(&work->progress, done, total);
    return cli_interrupted();
}

static mz_status note_rejected(void *context, const mz_rejection *rejection, mz_error *error) {
    effect_work *work = context;
    (void)error;
    cli_rejection_note(work->cli, "customers", rejection, &work->rejected_seen);
    return MZ_OK;
}

/* A file, or an algorithm by its name: then all else is as in --policy. */
static mz_status read_against(effect_work *work, mz_error *error) {
    const char *given = cli_text(work->cli, CLI_AGAINST);
    mz_algorithm algorithm;
    if (mz_algorithm_parse(mz_str_of(given), &algorithm, error)) {
        if (access(given, F_OK))
            return mz_fail(error, MZ_ERR_NOT_FOUND,
                           "--against: “%s” is neither a policy file nor mizan-1, exact or ofac", given);
        return mz_policy_load(given, &work->against, error);
    }
    const mz_policy_changes changes = {.algorithm = &algorithm};
    return mz_policy_change(work->policy, &changes, &work->against, error);
}

static int read_policies(effect_work *work, mz_effectiveness_options *options) {
    mz_error error;
    int status = cli_policy(work->cli, &work->policy);
    if (status) return status;
    options->policy = work->policy;
    if (!cli_given(work->cli, CLI_AGAINST)) return CLI_DONE;
    if (read_against(work, &error)) return cli_fail(&error);
    options->against = work->against;
    options->two_policies = true;
    return CLI_DONE;
}

static int check(const cli_context *cli) {
    double threshold = cli_number(cli, CLI_THRESHOLD, 0.7);
    if (threshold < 0.5) return cli_usage(cli, "the threshold must be a number from 0.5 to 1");
    if (cli_given(cli, CLI_AGAINST) && cli_given(cli, CLI_COMPARE))
        return cli_usage(cli, "either --compare with a report or --against a policy, not both");
    if (cli_given(cli, CLI_MOST_ALERTS) && !cli_given(cli, CLI_CUSTOMERS))
        return cli_usage(cli, "--most-alerts needs --customers FILE: without customers no alerts are measured");
    return CLI_DONE;
}

static int read_options(effect_work *work, mz_effectiveness_options *options) {
    const cli_context *cli = work->cli;
    *options = (mz_effectiveness_options)MZ_EFFECTIVENESS_OPTIONS_INIT;
    options->threshold = cli_number(cli, CLI_THRESHOLD, 0);
    options->sample = (size_t)cli_number(cli, CLI_SAMPLE, (double)options->sample);
    options->customer_sample = (size_t)cli_number(cli, CLI_CUSTOMER_SAMPLE, (double)options->customer_sample);
    options->seed = (uint64_t)cli_number(cli, CLI_SEED, (double)options->seed);
    options->threads = (unsigned)cli_number(cli, CLI_JOBS, 0);
    options->customers = cli_text(cli, CLI_CUSTOMERS);
    options->mapping_path = cli_text(cli, CLI_MAPPING);
    options->build = "mizan " CLI_VERSION;
    options->progress = show;
    options->rejected = note_rejected;
    options->context = work;
    int status = check(cli);
    if (!status) status = read_classes(work, options);
    return status ? status : read_policies(work, options);
}

/* ---- what is said ---- */

static void put_lines(cli_context *cli, const char *text) {
    mz_buffer safe;
    mz_buffer_init(&safe, 1 << 20);
    for (const char *line = text; *line;) {
        size_t size = strcspn(line, "\n");
        mz_buffer_clear(&safe);
        cli_put_safe(&safe, (mz_str){line, size});
        (void)cli_fill(&cli->out.text, mz_buffer_view(&safe), cli->width, 0, 0);
        mz_buffer_char(&cli->out.text, '\n');
        line += size + (line[size] == '\n');
    }
    mz_buffer_done(&safe);
}

static bool put_table(cli_context *cli, const mz_effectiveness *run, bool alerts) {
    const char *names[] = {"",
                           cli_message_text(CLI_SAY_COLUMN_CHANGE, cli->language),
                           cli_message_text(CLI_SAY_COLUMN_NAMES, cli->language),
                           cli_message_text(CLI_SAY_COLUMN_FOUND, cli->language),
                           alerts ? cli_message_text(CLI_SAY_COLUMN_ALERTS, cli->language) : NULL,
                           NULL};
    char right[3][64], share[MZ_NUMBER_TEXT_SIZE];
    for (size_t i = 2; i < 5 && names[i]; i++) {
        (void)snprintf(right[i - 2], sizeof right[0], ">%s", names[i]);
        names[i] = right[i - 2];
    }
    cli_table table;
    cli_table_init(&table, names + 1);
    mz_effectiveness_class class;
    for (size_t i = 0; mz_effectiveness_class_at(run, i, &class); i++) {
        if (i == FEW && !cli->verbose) break;
        cli_table_cell(&table, mz_str_of(class.change->title[cli->language]));
        cli_table_count(&table, class.found.of);
        cli_table_cell(&table, mz_str_of(mz_effect_percent(class.found.share, cli->language, share)));
        if (alerts)
            cli_table_cell(
                &table, mz_str_of(class.alerts.of ? mz_effect_percent(class.alerts.share, cli->language, share) : ""));
    }
    bool good = cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    return good;
}

static mz_status show_person(cli_context *cli, const mz_effectiveness *run, mz_error *error) {
    char *prose;
    mz_effectiveness_summary summary;
    mz_status status = mz_effectiveness_prose(run, cli->language, &prose, error);
    if (status) return status;
    put_lines(cli, prose);
    free(prose);
    mz_buffer_char(&cli->out.text, '\n');
    mz_effectiveness_summarise(run, &summary);
    if (!put_table(cli, run, summary.alerts_by_name.of > 0)) cli->out.text.failed = true;
    return MZ_OK;
}

static mz_status show_json(cli_context *cli, const mz_effectiveness *run, mz_error *error) {
    char *json;
    size_t size;
    mz_status status = mz_effectiveness_json(run, &json, &size, error);
    if (status) return status;
    mz_buffer_append(&cli->out.text, json, size);
    mz_buffer_char(&cli->out.text, '\n');
    free(json);
    return MZ_OK;
}

static void put_share(mz_buffer *out, const mz_share *share) {
    if (share->of)
        mz_buffer_print(out, ",%llu,%llu,%.6f,%.6f,%.6f", (unsigned long long)share->of,
                        (unsigned long long)share->count, share->share, share->low, share->high);
    else
        mz_buffer_print(out, ",0,0,,,");
}

static void show_csv(cli_context *cli, const mz_effectiveness *run) {
    mz_buffer *out = &cli->out.text;
    mz_buffer_print(out, "class,asked,found,share,low,high,customers,alerted,alert_share,alert_low,alert_high\n");
    mz_effectiveness_class class;
    for (size_t i = 0; mz_effectiveness_class_at(run, i, &class); i++) {
        mz_buffer_print(out, "%s", class.change->name);
        put_share(out, &class.found);
        put_share(out, &class.alerts);
        mz_buffer_char(out, '\n');
    }
}

/* Whether the shares are what was asked for; says which is not. */
static int judge(const cli_context *cli, const mz_effectiveness *run) {
    mz_effectiveness_summary summary;
    char seen[MZ_NUMBER_TEXT_SIZE], wanted[MZ_NUMBER_TEXT_SIZE];
    int status = CLI_DONE;
    mz_effectiveness_summarise(run, &summary);
    double least = cli_number(cli, CLI_LEAST_DETECTION, 0), most = cli_number(cli, CLI_MOST_ALERTS, 1);
    if (summary.mean_over_classes < least) {
        cli_complain("detection is %s, and %s were asked for",
                     mz_effect_percent(summary.mean_over_classes, MZ_ENGLISH, seen),
                     mz_effect_percent(least, MZ_ENGLISH, wanted));
        status = NOT_REACHED;
    }
    if (summary.alerts_by_name.of && summary.alerts_by_name.share > most) {
        cli_complain("alerts are %s, and at most %s were asked for",
                     mz_effect_percent(summary.alerts_by_name.share, MZ_ENGLISH, seen),
                     mz_effect_percent(most, MZ_ENGLISH, wanted));
        status = NOT_REACHED;
    }
    return status;
}

static mz_status show_and_write(cli_context *cli, const mz_effectiveness *run, mz_error *error) {
    const char *folder = cli_text(cli, CLI_REPORT);
    mz_status status = folder ? mz_effectiveness_write(run, folder, cli->language, error) : MZ_OK;
    if (status) return status;
    if (cli->format == CLI_PRINT_CSV) show_csv(cli, run);
    if (cli->format == CLI_PRINT_JSON) status = show_json(cli, run, error);
    if (cli->format == CLI_PRINT_TABLE) status = show_person(cli, run, error);
    if (folder && !status) cli_note(cli, "written: report.html, report.json and details.csv in %s", folder);
    return status;
}

static int run_on(effect_work *work, const mz_index *index, const mz_effectiveness_options *options) {
    cli_context *cli = work->cli;
    mz_effectiveness *run;
    mz_error error;
    cli_interruptible();
    cli_progress_start(&work->progress, cli, "asking for names");
    mz_status status = mz_effectiveness_run(index, options, &run, &error);
    cli_rejection_rest(cli, "customers", work->rejected_seen);
    cli_progress_clear();
    if (status) return cli_fail(&error);
    const char *compared = cli_text(cli, CLI_COMPARE);
    if (compared) status = mz_effectiveness_compare(run, compared, &error);
    if (!status) status = show_and_write(cli, run, &error);
    int ending = status ? cli_fail(&error) : judge(cli, run);
    mz_effectiveness_free(run);
    return ending;
}

static int run(cli_context *cli) {
    effect_work work = {.cli = cli};
    mz_effectiveness_options options;
    mz_index *index;
    int status = read_options(&work, &options);
    if (!status) status = cli_image_open(cli, &index);
    if (!status) {
        status = run_on(&work, index, &options);
        mz_index_close(index);
    }
    mz_policy_free(work.policy);
    mz_policy_free(work.against);
    return status;
}

static const cli_example examples[] = {
    {"mizan effectiveness", "the lists of the store, a summary on the terminal"},
    {"mizan effectiveness --customers customers.csv --report test",
     "with alert rates, as test/report.html, report.json and details.csv"},
    {"mizan effectiveness --compare before/report.json --report after", "two builds: what changed since a report"},
    {"mizan effectiveness --policy ours.json --against ofac --report policies", "two policies on the same names"},
    {"mizan effectiveness --class title --class words-joined --sample 2000 --format csv", "some ways of changing only"},
    {"mizan effectiveness --quiet --customers customers.csv --least-detection 0.95 --most-alerts 0.03",
     "in a script: status 3 when either is not reached"},
};

static const cli_option_id options_taken[] = {
    CLI_INDEX,     CLI_CUSTOMERS, CLI_MAPPING, CLI_REPORT,          CLI_COMPARE,     CLI_POLICY,
    CLI_ALGORITHM, CLI_WEIGHT,    CLI_AGAINST, CLI_THRESHOLD,       CLI_SAMPLE,      CLI_CUSTOMER_SAMPLE,
    CLI_SEED,      CLI_CLASS,     CLI_JOBS,    CLI_LEAST_DETECTION, CLI_MOST_ALERTS, CLI_NO_OPTION};

static const cli_exit exits[] = {{NOT_REACHED, "with --least-detection or --most-alerts: it was not reached"}};

const cli_command cli_effectiveness = {
    .name = "effectiveness",
    .operands = "",
    .summary = "test whether changed names are still found, and how many customers raise an alert",
    .description =
        "Takes a sample of the names on the lists, changes each the way people, forms and systems change names (slips "
        "of the finger, transliterations, words in another order, joined, split, left out, titles, initials, marks, "
        "look-alike letters, legal forms, fields cut at 35 characters, dates with day and month exchanged, and more), "
        "screens it, and reports the share found for each way of changing, list, script and kind, with a 95 % "
        "interval, at every threshold.\n\n"
        "Detection without alerts says little: everything is found at a threshold of nothing. --customers names a file "
        "of one's own customers, a table or a list of queries as lines of JSON; the share of them who raise an alert "
        "is reported by name alone and with what else the file says, and beside every way of changing. Without it, "
        "alerts are reported as not measured.\n\n"
        "--report FOLDER writes report.html, in the language of --lang, which needs neither network nor script, "
        "report.json, and details.csv with a row for each question, from which every figure can be counted again. They "
        "hold names of the lists and of customers. The same lists, customers, options and version give the same "
        "figures.\n\n"
        "--least-detection is for the mean over the ways of changing, --most-alerts for customers by name alone. "
        "docs/effectiveness.md explains the report, and what it does not prove.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options_taken,
    .exits = exits,
    .exit_count = sizeof exits / sizeof exits[0],
    .run = run,
};
