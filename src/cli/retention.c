/* mizan audit retention: what an agency knows of persons goes when its time has come. */
#include "cases/retention.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/progress.h"
#include "cli/said.h"

typedef struct retention_look {
    const cli_office *office;
    mz_retention_due due;
} retention_look;

static mz_status look(void *context, mz_sql *sql, mz_error *error) {
    retention_look *work = context;
    return mz_retention_look(sql, work->office->agency.key, &work->due, error);
}

static int show(void *context, uint64_t done, uint64_t total) {
    cli_progress_count(context, done, total);
    return cli_interrupted();
}

static void print_due(cli_context *cli, const mz_retention_due *due, bool dry) {
    mz_buffer *out = &cli->out.text;
    char before[MZ_TIME_TEXT_SIZE] = "", counts[3][CLI_COUNT_TEXT_SIZE];
    mz_json json;
    if (due->before) mz_time_text(due->before, before);
    if (cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair_bool(&json, "dry_run", dry);
        mz_json_pair(&json, "before", mz_str_of(before));
        mz_json_pair_int(&json, "subjects", (int64_t)due->subjects);
        mz_json_pair_int(&json, "cases", (int64_t)due->cases);
        mz_json_pair_int(&json, "rejected_lines", (int64_t)due->rejected_lines);
        mz_json_object_end(&json);
    } else if (cli->format == CLI_PRINT_CSV) {
        mz_buffer_print(out, "before,subjects,cases,rejected_lines\n%s,%llu,%llu,%llu", before,
                        (unsigned long long)due->subjects, (unsigned long long)due->cases,
                        (unsigned long long)due->rejected_lines);
    } else if (!due->before) {
        CLI_SAY(out, cli->language, CLI_SAY_RETENTION_NONE, NULL);
    } else {
        before[10] = '\0';
        cli_count_text(due->subjects, cli->language, counts[0]);
        cli_count_text(due->cases, cli->language, counts[1]);
        cli_count_text(due->rejected_lines, cli->language, counts[2]);
        CLI_SAY(out, cli->language, dry ? CLI_SAY_RETENTION_DUE : CLI_SAY_RETENTION_DONE, before, counts[0], counts[1],
                counts[2]);
    }
    mz_buffer_char(out, '\n');
}

static int run(cli_context *cli) {
    cli_office office;
    cli_progress progress;
    mz_error error;
    retention_look work = {.office = &office};
    bool dry = cli_given(cli, CLI_DRY_RUN);
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    cli_interruptible();
    cli_progress_start(&progress, cli, "erasing");
    const mz_retention_options options = {
        .actor_kind = MZ_STR("command"), .actor = MZ_STR(""), .progress = show, .context = &progress};
    mz_status status = dry ? mz_store_read(office.store, look, &work, &error)
                           : mz_retention_run(office.store, office.agency.key, &options, &work.due, &error);
    cli_progress_clear();
    if (status)
        ending = cli_fail(&error);
    else
        print_due(cli, &work.due, dry);
    cli_office_close(&office);
    return ending;
}

static const cli_option_id options[] = {CLI_DRY_RUN, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_example examples[] = {
    {"mizan audit retention --dry-run", "how much would be erased today"},
    {"mizan audit retention", "erases it; the service does so by itself once in a day"},
};
const cli_command cli_audit_retention = {
    .name = "audit retention",
    .operands = "",
    .summary = "erase personal data whose time has come",
    .description =
        "What is known of closed subjects, and notes, hits, attachments and receipts of closed cases, is erased when "
        "they "
        "have been closed for longer than the agency's setting retention_days; where that is 0, nothing is. Rows stay, "
        "with their keys, times and decisions, and the audit chain still verifies. Each erasure is an entry of it.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .run = run,
};
