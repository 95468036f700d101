/* mizan lists status, history, select, formats: what the store holds. */
#include "cli/commands.h"
#include "cli/said.h"
#include "cli/versions.h"
#include "lists/version_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void count_text(uint64_t count, char ret_text[32]) {
    (void)snprintf(ret_text, 32, "%llu", (unsigned long long)count);
}

static void print_json(cli_context *cli, const mz_list_version *version, bool with_age, bool current) {
    mz_buffer *out = &cli->out.text;
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_list_version_write_json(version, &json);
    if (with_age) {
        mz_json_pair_int(&json, "age_days", cli_age_days(version->checked));
        mz_json_pair_bool(&json, "old", cli_version_old(version));
    } else {
        mz_json_pair_bool(&json, "current", current);
    }
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void print_csv(cli_context *cli, const mz_list_version *version) {
    mz_buffer *out = &cli->out.text;
    char day[CLI_DAY_TEXT_SIZE], number[32];
    cli_csv(out, mz_str_of(version->list), true);
    cli_csv(out, mz_str_of(version->version), false);
    cli_day_text(version->published, day);
    cli_csv(out, mz_str_of(day), false);
    cli_day_text(version->imported, day);
    cli_csv(out, mz_str_of(day), false);
    cli_day_text(version->checked, day);
    cli_csv(out, mz_str_of(day), false);
    const uint64_t counts[] = {version->entities, version->rejected, version->added, version->removed,
                               version->changed};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        count_text(counts[i], number);
        cli_csv(out, mz_str_of(number), false);
    }
    cli_csv(out, mz_str_of(version->format), false);
    cli_csv(out, mz_str_of(version->origin), false);
    cli_csv_end(out);
}

static const char csv_names[] =
    "list,version,published,imported,checked,entities,rejected,added,removed,changed,format,origin\n";

static void put_day(cli_table *table, const cli_context *cli, int64_t seconds) {
    char day[CLI_DAY_TEXT_SIZE];
    cli_day_text(seconds, day);
    if (*day)
        cli_table_cell(table, mz_str_of(day));
    else
        cli_table_word(table, cli->language, CLI_SAY_NO_DATE);
}

static void put_age(cli_table *table, const cli_context *cli, int64_t days) {
    char count[32];
    mz_buffer age;
    if (days < 2) {
        cli_table_word(table, cli->language, days == 0 ? CLI_SAY_TODAY : CLI_SAY_YESTERDAY);
        return;
    }
    count_text((uint64_t)days, count);
    mz_buffer_init(&age, 256);
    CLI_SAY(&age, cli->language, CLI_SAY_DAYS_AGO, count);
    cli_table_cell(table, mz_buffer_view(&age));
    mz_buffer_done(&age);
}

static void status_row(cli_table *table, const cli_context *cli, const mz_list_version *version) {
    if (version->damage[0]) {
        cli_table_cell(table, mz_str_of(version->list));
        for (int column = 1; column < 6; column++) cli_table_word(table, cli->language, CLI_SAY_DAMAGED);
        cli_table_cell(table, (mz_str){version->version, strnlen(version->version, CLI_SHORT_VERSION)});
        return;
    }
    cli_table_cell(table, mz_str_of(version->list));
    put_day(table, cli, version->published);
    put_day(table, cli, version->imported);
    put_age(table, cli, cli_age_days(version->checked));
    cli_table_count(table, version->entities);
    cli_table_count(table, version->rejected);
    cli_table_cell(table, (mz_str){version->version, strnlen(version->version, CLI_SHORT_VERSION)});
}

static int out_of_memory(void) {
    cli_complain("out of memory");
    return CLI_FAILED;
}

static int print_status(cli_context *cli, const mz_list_version *versions, size_t count) {
    static const cli_message names[] = {CLI_SAY_COLUMN_LIST,    CLI_SAY_COLUMN_DATED,    CLI_SAY_COLUMN_BROUGHT_IN,
                                        CLI_SAY_COLUMN_CHECKED, CLI_SAY_COLUMN_ENTITIES, CLI_SAY_COLUMN_REJECTED,
                                        CLI_SAY_COLUMN_VERSION};
    cli_table table;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 1U << 4 | 1U << 5);
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(&cli->out.text, "%s", csv_names);
    for (size_t i = 0; i < count; i++) {
        if (cli->format == CLI_PRINT_JSON) print_json(cli, &versions[i], true, true);
        if (cli->format == CLI_PRINT_CSV) print_csv(cli, &versions[i]);
        if (cli->format == CLI_PRINT_TABLE) status_row(&table, cli, &versions[i]);
    }
    bool good = cli->format != CLI_PRINT_TABLE || count == 0 || cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    return good ? CLI_DONE : out_of_memory();
}

static int run_status(cli_context *cli) {
    mz_list_store *store;
    mz_list_version *versions;
    size_t count;
    mz_error error;
    mz_status status = mz_list_store_open(cli_text(cli, CLI_STORE), false, &store, &error);
    if (status == MZ_ERR_NOT_FOUND) {
        cli_note(cli, "there are no lists yet; mizan lists update downloads them, mizan lists import reads a file");
        return CLI_DONE;
    }
    if (status) return cli_fail(&error);
    status = mz_list_store_current(store, &versions, &count, &error);
    if (status) {
        mz_list_store_close(store);
        return cli_fail(&error);
    }
    int ending = print_status(cli, versions, count);
    if (count == 0)
        cli_note(cli, "there are no lists yet; mizan lists update downloads them, mizan lists import reads a file");
    for (size_t i = 0; i < count; i++) {
        if (cli_version_damaged(&versions[i])) ending = CLI_FAILED;
        cli_version_old_note(cli, &versions[i]);
    }
    free(versions);
    mz_list_store_close(store);
    return ending;
}

static void history_row(cli_table *table, const cli_context *cli, const mz_list_version *version, bool current) {
    cli_table_cell(table, mz_str_of(current ? "*" : ""));
    cli_table_cell(table, (mz_str){version->version, strnlen(version->version, CLI_SHORT_VERSION)});
    put_day(table, cli, version->imported);
    put_day(table, cli, version->published);
    cli_table_count(table, version->entities);
    cli_table_count(table, version->added);
    cli_table_count(table, version->removed);
    cli_table_count(table, version->changed);
    cli_table_cell(table, mz_str_of(version->origin));
}

/* The current version of a list among all current ones, or "". */
static void current_of(mz_list_store *store, const char *list, char ret_version[MZ_VERSION_SIZE]) {
    mz_list_version *versions;
    size_t count;
    ret_version[0] = '\0';
    if (mz_list_store_current(store, &versions, &count, NULL)) return;
    for (size_t i = 0; i < count; i++)
        if (strcmp(versions[i].list, list) == 0) memcpy(ret_version, versions[i].version, MZ_VERSION_SIZE);
    free(versions);
}

static int print_history(cli_context *cli, const mz_list_version *versions, size_t count, const char *current) {
    static const cli_message names[] = {CLI_NO_NAME,
                                        CLI_SAY_COLUMN_VERSION,
                                        CLI_SAY_COLUMN_BROUGHT_IN,
                                        CLI_SAY_COLUMN_DATED,
                                        CLI_SAY_COLUMN_ENTITIES,
                                        CLI_SAY_COLUMN_ADDED,
                                        CLI_SAY_COLUMN_REMOVED,
                                        CLI_SAY_COLUMN_CHANGED,
                                        CLI_SAY_COLUMN_FROM};
    cli_table table;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 1U << 4 | 1U << 5 | 1U << 6 | 1U << 7);
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(&cli->out.text, "%s", csv_names);
    for (size_t i = 0; i < count; i++) {
        bool is_current = strcmp(versions[i].version, current) == 0;
        if (cli->format == CLI_PRINT_JSON) print_json(cli, &versions[i], false, is_current);
        if (cli->format == CLI_PRINT_CSV) print_csv(cli, &versions[i]);
        if (cli->format == CLI_PRINT_TABLE) history_row(&table, cli, &versions[i], is_current);
    }
    bool good = cli->format != CLI_PRINT_TABLE || cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    return good ? CLI_DONE : out_of_memory();
}

static int run_history(cli_context *cli) {
    mz_list_store *store;
    int ending = cli_store_open(cli, false, &store);
    if (ending) return ending;
    mz_list_version *versions;
    size_t count;
    mz_error error;
    mz_status status = mz_list_store_history(store, cli->operands[0], &versions, &count, &error);
    if (status) {
        ending = cli_fail(&error);
    } else if (count == 0) {
        cli_complain("no version of the list “%.60s” is held; mizan lists status names those that are",
                     cli->operands[0]);
        free(versions);
        ending = CLI_FAILED;
    } else {
        char current[MZ_VERSION_SIZE];
        current_of(store, cli->operands[0], current);
        ending = print_history(cli, versions, count, current);
        free(versions);
    }
    mz_list_store_close(store);
    return ending;
}

static int run_select(cli_context *cli) {
    mz_list_store *store;
    int ending = cli_store_open(cli, true, &store);
    if (ending) return ending;
    mz_error error;
    cli_interruptible();
    if (mz_list_store_select(store, cli->operands[0], cli->operands[1], &error)) {
        ending = cli_fail(&error);
    } else {
        char current[MZ_VERSION_SIZE];
        current_of(store, cli->operands[0], current);
        cli_note(cli, "%s is now at version %.*s", cli->operands[0], CLI_SHORT_VERSION, current);
        ending = cli_image_refresh(cli, store);
    }
    mz_list_store_close(store);
    return ending;
}

static int run_formats(cli_context *cli) {
    static const char *const names[] = {"FORMAT", "WHAT IT IS", NULL};
    mz_buffer *out = &cli->out.text;
    size_t count;
    const mz_list_format *const *formats = mz_list_formats(&count);
    cli_table table;
    cli_table_init(&table, names);
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(out, "format,title\n");
    for (size_t i = 0; i < count; i++) {
        mz_str name = mz_str_of(mz_list_format_name(formats[i])), title = mz_str_of(mz_list_format_title(formats[i]));
        if (cli->format == CLI_PRINT_JSON) {
            mz_json json;
            mz_json_init(&json, out);
            mz_json_object(&json);
            mz_json_pair(&json, "format", name);
            mz_json_pair(&json, "title", title);
            mz_json_object_end(&json);
            mz_buffer_char(out, '\n');
        } else if (cli->format == CLI_PRINT_CSV) {
            cli_csv(out, name, true);
            cli_csv(out, title, false);
            cli_csv_end(out);
        } else {
            cli_table_cell(&table, name);
            cli_table_cell(&table, title);
        }
    }
    bool good = cli->format != CLI_PRINT_TABLE || cli_table_print(&table, out, true);
    cli_table_done(&table);
    return good ? CLI_DONE : out_of_memory();
}

static const cli_example status_examples[] = {
    {"mizan lists status", "which lists are held, of which date, and how old"},
    {"mizan lists status --format json", "the same for a program"},
};

const cli_command cli_lists_status = {
    .name = "lists status",
    .operands = "",
    .summary = "say which lists are held and how old they are",
    .description = "CHECKED is when the publisher last confirmed that this is its list: when it was brought in, or "
                   "when mizan lists update found nothing newer. Warns of each list for which that is more than 7 "
                   "days ago.",
    .examples = status_examples,
    .example_count = sizeof status_examples / sizeof status_examples[0],
    .run = run_status,
};

static const cli_example history_examples[] = {
    {"mizan lists history un", "every version held of the United Nations list, newest first"},
};

const cli_command cli_lists_history = {
    .name = "lists history",
    .operands = "LIST",
    .summary = "show all versions held of a list",
    .description = "The current version has a star.",
    .examples = history_examples,
    .example_count = sizeof history_examples / sizeof history_examples[0],
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_LIST,
    .run = run_history,
};

static const cli_example select_examples[] = {
    {"mizan lists select un 3f9a", "go back to the version whose address begins so"},
};

const cli_command cli_lists_select = {
    .name = "lists select",
    .operands = "LIST VERSION",
    .summary = "make an earlier version of a list current again",
    .description = "This undoes an import. VERSION is the content address that mizan lists history shows, or its first "
                   "digits, at least four. The index is rebuilt.",
    .examples = select_examples,
    .example_count = sizeof select_examples / sizeof select_examples[0],
    .least = 2,
    .most = 2,
    .operand = CLI_KIND_LIST,
    .run = run_select,
};

static const cli_example formats_examples[] = {
    {"mizan lists formats", "the formats that can be read"},
};

const cli_command cli_lists_formats = {
    .name = "lists formats",
    .operands = "",
    .summary = "name the formats of lists that can be read",
    .description = "",
    .examples = formats_examples,
    .example_count = sizeof formats_examples / sizeof formats_examples[0],
    .run = run_formats,
};
