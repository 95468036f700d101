/* mizan clearances: pairs that were found not to be the same and stay quiet. */
#include "cases/clearances.h"

#include "base/clock.h"
#include "base/json_write.h"
#include "cli/casework.h"
#include "cli/commands.h"
#include "cli/said.h"
#include "server/casework.h"

#include <inttypes.h>

enum { PAGE = 200 };

typedef struct clearance_list {
    cli_casework *work;
    mz_clearance_query query;
    mz_clearance *items, one;
    size_t count;
    mz_str key;
} clearance_list;

static mz_status read_page(void *context, mz_sql *sql, mz_error *error) {
    clearance_list *list = context;
    return mz_clearances_list(sql, list->work->office.agency.key, &list->query, &list->work->office.arena, &list->items,
                              &list->count, error);
}

static void print_json(cli_context *cli, const mz_clearance *clearance) {
    mz_json json;
    mz_json_init(&json, &cli->out.text);
    mz_clearance_write_json(&json, clearance);
    mz_buffer_char(&cli->out.text, '\n');
}

static void print_row(cli_casework *work, cli_table *table, const mz_clearance *clearance) {
    cli_context *cli = work->cli;
    char ends[MZ_TIME_TEXT_SIZE] = "";
    if (clearance->ends) mz_time_text(clearance->ends, ends);
    ends[10] = '\0';
    mz_str quieted = mz_arena_print(&work->office.arena, "%" PRId64, clearance->quieted);
    if (cli->format == CLI_PRINT_JSON) {
        print_json(cli, clearance);
    } else if (cli->format == CLI_PRINT_CSV) {
        const mz_str fields[] = {
            clearance->key,   clearance->subject_caption, clearance->entity, clearance->caption, clearance->list,
            clearance->state, clearance->case_label,      clearance->reason, mz_str_of(ends),    quieted};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) cli_csv(&cli->out.text, fields[k], k == 0);
        cli_csv_end(&cli->out.text);
    } else {
        cli_table_cell(table, clearance->key);
        cli_table_cell(table, clearance->subject_caption);
        cli_table_cell(table, clearance->caption);
        cli_table_word(table, cli->language, cli_phase_message(clearance->state));
        cli_table_cell(table, clearance->reason);
        cli_table_cell(table, mz_str_of(ends));
        cli_table_cell(table, quieted);
    }
}

static mz_status print_pages(clearance_list *list, cli_table *table, mz_error *error) {
    mz_status status;
    do {
        status = mz_store_read(list->work->office.store, read_page, list, error);
        for (size_t k = 0; k < list->count && !status; k++) print_row(list->work, table, &list->items[k]);
        if (!status && list->count) list->query.after = list->items[list->count - 1].key;
    } while (!status && list->count == PAGE && list->work->cli->format != CLI_PRINT_TABLE);
    return status;
}

static int run_list(cli_context *cli) {
    static const cli_message names[] = {CLI_SAY_COLUMN_CLEARANCE, CLI_SAY_COLUMN_SUBJECT, CLI_SAY_COLUMN_LISTED,
                                        CLI_SAY_COLUMN_STATE,     CLI_SAY_COLUMN_REASON,  CLI_SAY_COLUMN_ENDS,
                                        CLI_SAY_COLUMN_QUIETED};
    cli_casework work;
    cli_table table;
    mz_error error;
    clearance_list list = {.work = &work, .query = {.limit = PAGE, .now = mz_clock_now()}};
    const char *state = cli_text(cli, CLI_STATE);
    int ending = cli_casework_open(cli, MZ_RIGHT_NONE, &work);
    if (ending) return ending;
    list.query.state = mz_str_of(state ? state : "valid");
    if (mz_str_equal(list.query.state, MZ_STR("all"))) list.query.state = MZ_STR("");
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 1u << 6);
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "id,subject,entity,caption,list,state,case,reason,ends,quieted\n");
    if (print_pages(&list, &table, &error)) ending = cli_fail(&error);
    if (!ending && cli->format == CLI_PRINT_TABLE && cli_table_rows(&table))
        (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    cli_office_close(&work.office);
    return ending;
}

static mz_status read_one(void *context, mz_sql *sql, mz_error *error) {
    clearance_list *list = context;
    return mz_clearance_get(sql, list->work->office.agency.key, list->key, mz_clock_now(), &list->work->office.arena,
                            &list->one, error);
}

static int run_show(cli_context *cli) {
    cli_casework work;
    mz_error error;
    clearance_list list = {.work = &work, .key = mz_str_of(cli->operands[0])};
    int ending = cli_casework_open(cli, MZ_RIGHT_NONE, &work);
    if (ending) return ending;
    if (mz_store_read(work.office.store, read_one, &list, &error))
        ending = cli_fail(&error);
    else
        print_json(cli, &list.one);
    cli_office_close(&work.office);
    return ending;
}

static mz_status revoke(void *context, mz_sql *sql, mz_error *error) {
    clearance_list *list = context;
    return mz_clearance_revoke(sql, list->work->office.agency.key, &list->work->actor, list->key,
                               cli_casework_note(list->work->cli), &list->work->office.arena, error);
}

static int run_revoke(cli_context *cli) {
    cli_casework work;
    mz_error error;
    clearance_list list = {.work = &work, .key = mz_str_of(cli->operands[0])};
    int ending = cli_casework_open(cli, MZ_RIGHT_CASES_WORK, &work);
    if (ending) return ending;
    if (mz_store_change(work.office.store, revoke, &list, &error))
        ending = cli_fail(&error);
    else
        cli_office_say(&work.office, CLI_SAY_CLEARANCE_ENDED, list.key);
    cli_office_close(&work.office);
    return ending;
}

/* ---- descriptions ---- */

static const cli_option_id list_options[] = {CLI_STATE, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id show_options[] = {CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id revoke_options[] = {CLI_NOTE, CLI_AS, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_example list_examples[] = {{"mizan clearances list --state all --format csv", "all, as a table"}};
const cli_command cli_clearances_list = {
    .name = "clearances list",
    .operands = "",
    .summary = "list the pairs that stay quiet",
    .description = "Those that are valid, unless --state says otherwise; the newest first. A table shows the first two "
                   "hundred, json and csv all.",
    .examples = list_examples,
    .example_count = 1,
    .options = list_options,
    .run = run_list,
};

static const cli_example show_examples[] = {
    {"mizan clearances show 01KARX3B7Q2M8V5T9W0E4YHZDN", "with the facts that it rests on"}};
const cli_command cli_clearances_show = {
    .name = "clearances show",
    .operands = "CLEARANCE",
    .summary = "show a clearance and what it rests on",
    .description = "CLEARANCE is the key that mizan clearances list shows; it is printed as json.",
    .examples = show_examples,
    .example_count = 1,
    .options = show_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_show,
};

static const cli_example revoke_examples[] = {
    {"mizan clearances revoke 01KARX3B7Q2M8V5T9W0E4YHZDN --as amal --note 'another passport'",
     "the pair alerts at the next screening"}};
const cli_command cli_clearances_revoke = {
    .name = "clearances revoke",
    .operands = "CLEARANCE",
    .summary = "let a cleared pair alert again",
    .description = "It is revoked as the person whom --as names, who must be one that works on cases.",
    .examples = revoke_examples,
    .example_count = 1,
    .options = revoke_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_revoke,
};
