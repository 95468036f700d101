/* mizan keys: API keys for programs, for whoever may read and write the database anyway. */
#include "access/keys.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/said.h"
#include "cli/versions.h"

enum { PAGE = 200, DAY_S = 86400 };

static void print_key(cli_office *office, cli_table *table, const mz_key *key) {
    cli_context *cli = office->cli;
    mz_buffer *out = &cli->out.text;
    char ends[CLI_DAY_TEXT_SIZE], used[CLI_DAY_TEXT_SIZE];
    mz_str rights = mz_rights_text(key->rights, &office->arena);
    cli_day_text(key->ends, ends);
    cli_day_text(key->used, used);
    if (cli->format == CLI_PRINT_TABLE) {
        cli_table_cell(table, key->shown);
        cli_table_cell(table, rights);
        if (key->revoked)
            cli_table_word(table, cli->language, CLI_SAY_KEY_REVOKED);
        else
            cli_table_cell(table, mz_str_of(ends));
        cli_table_cell(table, key->title);
    } else if (cli->format == CLI_PRINT_CSV) {
        const mz_str fields[] = {key->shown,      key->title,      rights,
                                 mz_str_of(ends), mz_str_of(used), key->revoked ? MZ_STR("true") : MZ_STR("false")};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) cli_csv(out, fields[k], k == 0);
        cli_csv_end(out);
    } else {
        mz_json json;
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "begins", key->shown);
        mz_json_pair(&json, "title", key->title);
        mz_json_pair(&json, "rights", rights);
        mz_json_pair(&json, "ends", mz_str_of(ends));
        mz_json_pair(&json, "last_used", mz_str_of(used));
        mz_json_pair_bool(&json, "revoked", key->revoked != 0);
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
    }
}

static mz_status print_keys(cli_office *office, cli_table *table, mz_error *error) {
    mz_str after = MZ_STR("");
    for (size_t count = PAGE; count == PAGE;) {
        mz_key *keys;
        mz_status status =
            mz_keys_list(office->access, &office->who, after, PAGE, &office->arena, &keys, &count, error);
        if (status) return status;
        for (size_t k = 0; k < count; k++) print_key(office, table, &keys[k]);
        if (count) after = keys[count - 1].key;
    }
    return MZ_OK;
}

static int run_list(cli_context *cli) {
    static const cli_message names[] = {CLI_SAY_COLUMN_BEGINS, CLI_SAY_COLUMN_RIGHTS, CLI_SAY_COLUMN_ENDS,
                                        CLI_SAY_COLUMN_PURPOSE};
    cli_office office;
    cli_table table;
    mz_error error;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 0);
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(&cli->out.text, "begins,title,rights,ends,last_used,revoked\n");
    if (print_keys(&office, &table, &error)) ending = cli_fail(&error);
    if (!ending && cli->format == CLI_PRINT_TABLE && cli_table_rows(&table))
        (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    cli_office_close(&office);
    return ending;
}

static void print_secret(cli_context *cli, mz_str title, const char *secret) {
    mz_buffer *out = &cli->out.text;
    mz_json json;
    if (cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "title", title);
        mz_json_pair(&json, "key", mz_str_of(secret));
        mz_json_object_end(&json);
    } else if (cli->format == CLI_PRINT_CSV) {
        cli_csv(out, title, true);
        cli_csv(out, mz_str_of(secret), false);
        cli_csv_end(out);
        return;
    } else {
        CLI_SAY(out, cli->language, CLI_SAY_KEY_SHOWN_ONCE, title.data, secret);
    }
    mz_buffer_char(out, '\n');
}

static int run_add(cli_context *cli) {
    cli_office office;
    mz_key key;
    mz_error error;
    char secret[MZ_KEY_SIZE];
    const cli_value *rights = &cli->values[CLI_RIGHT];
    mz_key_draft draft = {.title = mz_str_of(cli->operands[0])};
    for (size_t k = 0; k < rights->count; k++) draft.rights |= MZ_RIGHT_BIT(mz_right_of(mz_str_of(rights->texts[k])));
    if (cli_given(cli, CLI_DAYS)) draft.ends = mz_clock_now() + (int64_t)cli_number(cli, CLI_DAYS, 0) * DAY_S;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    if (mz_key_add(office.access, &office.actor, &draft, &office.arena, &key, secret, &error))
        ending = cli_fail(&error);
    else
        print_secret(cli, draft.title, secret);
    cli_office_close(&office);
    return ending;
}

/* The key that begins so, of the whole agency. */
static mz_status find(cli_office *office, mz_str begins, mz_key *ret_key, mz_error *error) {
    mz_str after = MZ_STR("");
    for (size_t count = PAGE; count == PAGE;) {
        mz_key *keys;
        mz_status status =
            mz_keys_list(office->access, &office->who, after, PAGE, &office->arena, &keys, &count, error);
        if (status) return status;
        for (size_t k = 0; k < count; k++)
            if (mz_str_equal(keys[k].shown, begins)) {
                *ret_key = keys[k];
                return MZ_OK;
            }
        if (count) after = keys[count - 1].key;
    }
    return mz_fail(error, MZ_ERR_NOT_FOUND, "no key begins with “%.*s”; mizan keys list names them", (int)begins.size,
                   begins.data);
}

static int run_revoke(cli_context *cli) {
    cli_office office;
    mz_key key;
    mz_error error;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    mz_status status = find(&office, mz_str_of(cli->operands[0]), &key, &error);
    if (!status) status = mz_key_revoke(office.access, &office.actor, key.key, &office.arena, &error);
    if (status)
        ending = cli_fail(&error);
    else
        cli_office_say(&office, CLI_SAY_KEY_ENDED, key.title);
    cli_office_close(&office);
    return ending;
}

static const cli_option_id office_options[] = {CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id add_options[] = {CLI_RIGHT, CLI_DAYS, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_example list_examples[] = {{"mizan keys list", "what programs there are, and what they may do"}};
const cli_command cli_keys_list = {
    .name = "keys list",
    .operands = "",
    .summary = "say which API keys there are",
    .description = "A key is known by its first letters: what it is was shown when it was made, and is kept nowhere.",
    .examples = list_examples,
    .example_count = 1,
    .options = office_options,
    .run = run_list,
};

static const cli_example add_examples[] = {
    {"mizan keys add 'core banking'", "a key that may screen and read lists, for a year"},
    {"mizan keys add prometheus --right metrics --days 90", "one that may read the figures of the service"},
};
const cli_command cli_keys_add = {
    .name = "keys add",
    .operands = "PURPOSE",
    .summary = "make an API key for a program",
    .description = "The key is printed this once. The program sends it with each request: Authorization: ApiKey mzk_…",
    .examples = add_examples,
    .example_count = sizeof add_examples / sizeof add_examples[0],
    .options = add_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_add,
};

static const cli_example revoke_examples[] = {{"mizan keys revoke mzk_h3k7aq", "by its first letters"}};
const cli_command cli_keys_revoke = {
    .name = "keys revoke",
    .operands = "BEGINS",
    .summary = "make an API key worth nothing",
    .description = "A running service refuses it within five seconds.",
    .examples = revoke_examples,
    .example_count = 1,
    .options = office_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_revoke,
};
