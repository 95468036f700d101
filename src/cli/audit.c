/* mizan audit list, show, export: the entries of an agency's audit chain. */
#include "audit/audit.h"
#include "audit/signer.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_write.h"
#include "cli/audit_key.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/said.h"
#include "server/audit_json.h"

#include <stdio.h>

enum { USUAL_ENTRIES = 50 };

typedef struct listing {
    cli_office *office;
    mz_audit_query query;
    cli_table table;
    int64_t number;
} listing;

static int read_moment(const cli_context *cli, cli_option_id option, int64_t *ret_seconds) {
    const char *text = cli_text(cli, option);
    if (!text || mz_time_parse(text, strlen(text), ret_seconds)) return CLI_DONE;
    return cli_usage(cli, "--%s takes a day or a time such as 2026-05-01T10:00:00Z", cli_option_of(option)->name);
}

static mz_str given(const cli_context *cli, cli_option_id option) {
    const char *text = cli_text(cli, option);
    return mz_str_of(text ? text : "");
}

static void print_row(listing *asked, const mz_audit_entry *entry, mz_str actor) {
    char number[32], at[MZ_TIME_TEXT_SIZE];
    (void)snprintf(number, sizeof number, "%lld", (long long)entry->number);
    mz_time_text(entry->at, at);
    cli_table_cell(&asked->table, mz_str_of(number));
    cli_table_cell(&asked->table, mz_str_of(at));
    cli_table_cell(&asked->table, entry->kind);
    if (actor.size && mz_str_equal(entry->actor_kind, MZ_STR("command")))
        actor = cli_by_command(actor, asked->office->cli->language, &asked->office->arena);
    cli_table_cell(&asked->table, actor.size ? actor : entry->actor_kind);
    cli_table_cell(&asked->table, entry->object);
}

static mz_status print_entry(listing *asked, mz_audit_names *names, const mz_audit_entry *entry, bool alone,
                             mz_error *error) {
    cli_context *cli = asked->office->cli;
    mz_str actor = MZ_STR("");
    mz_json json;
    if (cli->format == CLI_PRINT_CSV) return mz_audit_csv_write(&cli->out.text, names, entry, error);
    if (cli->format == CLI_PRINT_TABLE && !alone) {
        mz_status status = entry->actor.size ? mz_audit_name_of(names, entry->actor, &actor, error) : MZ_OK;
        if (!status) print_row(asked, entry, actor);
        return status;
    }
    mz_json_init(&json, &cli->out.text);
    mz_status status = mz_audit_entry_write(&json, names, entry, alone, error);
    mz_buffer_char(&cli->out.text, '\n');
    return status;
}

static mz_status list_entries(void *context, mz_sql *sql, mz_error *error) {
    listing *asked = context;
    cli_office *office = asked->office;
    mz_audit_names names = {sql, &office->arena, office->agency.key, NULL};
    mz_audit_entry *entries;
    size_t count;
    mz_status status = mz_audit_list(sql, &asked->query, &office->arena, &entries, &count, error);
    for (size_t k = 0; k < count && !status; k++) status = print_entry(asked, &names, &entries[k], false, error);
    return status;
}

static int run_list(cli_context *cli) {
    static const cli_message columns[] = {CLI_SAY_COLUMN_ENTRY_NUMBER, CLI_SAY_COLUMN_ENTRY_AT, CLI_SAY_COLUMN_KIND,
                                          CLI_SAY_COLUMN_ENTRY_ACTOR, CLI_SAY_COLUMN_OBJECT};
    cli_office office;
    mz_error error;
    listing asked = {.office = &office,
                     .query = {.kind = given(cli, CLI_ENTRY_KIND),
                               .object = given(cli, CLI_ENTRY_OBJECT),
                               .actor = given(cli, CLI_ENTRY_ACTOR),
                               .before = (int64_t)cli_number(cli, CLI_BEFORE, 0),
                               .limit = (size_t)cli_number(cli, CLI_ENTRIES, USUAL_ENTRIES)}};
    int ending = read_moment(cli, CLI_SINCE, &asked.query.since);
    if (!ending) ending = read_moment(cli, CLI_UNTIL, &asked.query.until);
    if (!ending) ending = cli_office_open(cli, &office);
    if (ending) return ending;
    asked.query.chain = office.agency.key;
    cli_table_said(&asked.table, cli->language, CLI_ARRAY(columns), 1);
    if (cli->format == CLI_PRINT_CSV) mz_audit_csv_head(&cli->out.text);
    if (mz_store_read(office.store, list_entries, &asked, &error)) ending = cli_fail(&error);
    if (!ending && cli->format == CLI_PRINT_TABLE && cli_table_rows(&asked.table))
        (void)cli_table_print(&asked.table, &cli->out.text, true);
    cli_table_done(&asked.table);
    cli_office_close(&office);
    return ending;
}

/* ---- one ---- */

static mz_status show_entry(void *context, mz_sql *sql, mz_error *error) {
    listing *asked = context;
    cli_office *office = asked->office;
    mz_audit_names names = {sql, &office->arena, office->agency.key, NULL};
    mz_audit_entry entry;
    mz_status status = mz_audit_get(sql, office->agency.key, asked->number, &office->arena, &entry, error);
    return status ? status : print_entry(asked, &names, &entry, true, error);
}

static int run_show(cli_context *cli) {
    cli_office office;
    mz_error error;
    listing asked = {.office = &office};
    if (!cli_audit_number(cli->operands[0], &asked.number))
        return cli_usage(cli, "“%s” is not the number of an entry", cli->operands[0]);
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    if (cli->format == CLI_PRINT_CSV) mz_audit_csv_head(&cli->out.text);
    if (mz_store_read(office.store, show_entry, &asked, &error)) ending = cli_fail(&error);
    cli_office_close(&office);
    return ending;
}

/* ---- all ---- */

static mz_status export_entry(void *context, const mz_audit_entry *entry, mz_error *error) {
    cli_context *cli = context;
    mz_json json;
    mz_json_init(&json, &cli->out.text);
    mz_json_object(&json);
    mz_json_key(&json, "entry");
    mz_json_raw(&json, entry->line);
    mz_json_pair(&json, "hash", entry->hash);
    if (entry->personal.size) {
        mz_json_key(&json, "personal");
        mz_json_raw(&json, entry->personal);
        mz_json_pair(&json, "salt", entry->salt);
    }
    mz_json_object_end(&json);
    mz_buffer_char(&cli->out.text, '\n');
    if (cli_interrupted()) return mz_fail(error, MZ_ERR_CANCELLED, "stopped");
    return cli_settle(&cli->out) ? MZ_OK : mz_fail(error, MZ_ERR_CANCELLED, "the output cannot be written");
}

static mz_status export_all(void *context, mz_sql *sql, mz_error *error) {
    enum { CHECKPOINTS_MOST = 100000 };
    cli_office *office = context;
    mz_audit_checkpoint *checkpoints;
    size_t count;
    mz_json json;
    mz_status status = mz_audit_walk_all(sql, office->agency.key, 0, export_entry, office->cli, error);
    if (!status)
        status = mz_audit_checkpoints(sql, office->agency.key, CHECKPOINTS_MOST, &office->arena, &checkpoints, &count,
                                      error);
    for (size_t k = status ? 0 : count; k-- > 0;) {
        mz_json_init(&json, &office->cli->out.text);
        mz_json_object(&json);
        mz_json_pair(&json, "checkpoint", checkpoints[k].text);
        mz_json_object_end(&json);
        mz_buffer_char(&office->cli->out.text, '\n');
    }
    return status;
}

static int run_export(cli_context *cli) {
    cli_office office;
    mz_error error;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    cli_interruptible();
    if (mz_store_read(office.store, export_all, &office, &error)) ending = cli_fail(&error);
    cli_office_close(&office);
    return ending;
}

/* ---- descriptions ---- */

static const cli_option_id list_options[] = {CLI_ENTRY_KIND, CLI_ENTRY_OBJECT, CLI_ENTRY_ACTOR, CLI_SINCE,
                                             CLI_UNTIL,      CLI_BEFORE,       CLI_ENTRIES,     CLI_DATABASE,
                                             CLI_AGENCY,     CLI_NO_OPTION};
static const cli_option_id office_options[] = {CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_example list_examples[] = {
    {"mizan audit list", "what was done last"},
    {"mizan audit list --kind decision. --since 2026-05-01 --format csv", "the decisions since May, as a table"},
};
const cli_command cli_audit_list = {
    .name = "audit list",
    .operands = "",
    .summary = "say what is in the audit chain",
    .description =
        "The newest entries come first. Each says what was done, when, by whom and about what; what tells of "
        "persons is shown as long as it was not erased.",
    .examples = list_examples,
    .example_count = sizeof list_examples / sizeof list_examples[0],
    .options = list_options,
    .run = run_list,
};

static const cli_example show_examples[] = {{"mizan audit show 1234", "all of one entry, as JSON"}};
const cli_command cli_audit_show = {
    .name = "audit show",
    .operands = "NUMBER",
    .summary = "show one entry of the audit chain",
    .description = "With the line that its hash is of, and the salt of its personal part.",
    .examples = show_examples,
    .example_count = 1,
    .options = office_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_show,
};

static const cli_example export_examples[] = {
    {"mizan audit export > audit.jsonl", "everything that is needed to verify the chain elsewhere"}};
const cli_command cli_audit_export = {
    .name = "audit export",
    .operands = "",
    .summary = "print the whole audit chain, the oldest entry first",
    .description = "A line of JSON for each entry, {\"entry\":…,\"hash\":…,\"personal\":…,\"salt\":…}, then one for "
                   "each checkpoint. docs/audit.md says how they are verified without this program.",
    .examples = export_examples,
    .example_count = 1,
    .options = office_options,
    .run = run_export,
};
