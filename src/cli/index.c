/* mizan index entities, mizan index info: what an image holds. */
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/said.h"
#include "cli/versions.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_AT_ONCE = 500 };

/* The image named by --index, else that of the store. */
static int open_index(const cli_context *cli, mz_index **ret_index) {
    char path[4096];
    const char *given = cli_text(cli, CLI_INDEX);
    mz_error error;
    if (!given) {
        if (cli_image_path(cli, path, sizeof path, &error)) return cli_fail(&error);
        given = path;
    }
    mz_status status = cli_given(cli, CLI_CHECK) ? mz_index_open_whole(given, ret_index, &error)
                                                 : mz_index_open(given, ret_index, &error);
    return status ? cli_fail(&error) : CLI_DONE;
}

static void entry_json(mz_buffer *out, const mz_index_entry *entry) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "id", entry->id);
    mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(entry->schema)));
    mz_json_pair(&json, "caption", entry->caption);
    mz_json_pair(&json, "list", entry->list);
    mz_json_pair(&json, "reference", entry->reference);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void entry_csv(mz_buffer *out, const mz_index_entry *entry) {
    cli_csv(out, entry->id, true);
    cli_csv(out, mz_str_of(mz_schema_name(entry->schema)), false);
    cli_csv(out, entry->caption, false);
    cli_csv(out, entry->list, false);
    cli_csv(out, entry->reference, false);
    cli_csv_end(out);
}

static void entry_row(cli_table *table, const mz_index_entry *entry) {
    cli_table_cell(table, entry->list);
    cli_table_cell(table, entry->reference);
    cli_table_cell(table, mz_str_of(mz_schema_name(entry->schema)));
    cli_table_cell(table, entry->caption);
}

/* A table of a hundred thousand rows is printed in pieces, each with its own widths. */
static bool print_entities(cli_context *cli, const mz_index *index, cli_table *table) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    bool good = true, names = true;
    for (uint32_t number = 0; good && number < facts.numbers; number++) {
        mz_index_entry entry;
        if (!mz_index_holds(index, number)) continue;
        mz_index_entity(index, number, &entry);
        if (cli->format == CLI_PRINT_JSON) entry_json(&cli->out.text, &entry);
        if (cli->format == CLI_PRINT_CSV) entry_csv(&cli->out.text, &entry);
        if (cli->format == CLI_PRINT_TABLE) entry_row(table, &entry);
        if (cli_table_rows(table) >= ROWS_AT_ONCE) {
            good = cli_table_print(table, &cli->out.text, names);
            names = false;
        }
        /* on a terminal too nothing is gained by writing line by line */
        if (cli->out.text.size > 64 * 1024) good = cli_flush(&cli->out) && good;
    }
    if (good && cli_table_rows(table)) good = cli_table_print(table, &cli->out.text, names);
    return good;
}

static int run_entities(cli_context *cli) {
    static const cli_message names[] = {CLI_SAY_COLUMN_LIST, CLI_SAY_COLUMN_REFERENCE, CLI_SAY_COLUMN_SCHEMA,
                                        CLI_SAY_COLUMN_CAPTION};
    mz_index *index;
    int ending = open_index(cli, &index);
    if (ending) return ending;
    cli_table table;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 0);
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(&cli->out.text, "id,schema,caption,list,reference\n");
    if (!print_entities(cli, index, &table)) ending = CLI_FAILED;
    cli_table_done(&table);
    mz_index_close(index);
    return ending;
}

static void info_json(mz_buffer *out, const mz_index_facts *facts) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair_int(&json, "format_version", facts->format_version);
    mz_json_pair_int(&json, "bytes", (int64_t)facts->bytes);
    mz_json_pair_int(&json, "entities", facts->entities);
    mz_json_pair_int(&json, "names", facts->names);
    mz_json_pair_int(&json, "words", facts->words);
    mz_json_pair_int(&json, "identifiers", facts->identifiers);
    mz_json_key(&json, "since_built");
    mz_json_object(&json);
    mz_json_pair_int(&json, "added", facts->added);
    mz_json_pair_int(&json, "removed", facts->removed);
    mz_json_pair_int(&json, "bytes", (int64_t)facts->added_bytes);
    mz_json_object_end(&json);
    mz_json_pair_bool(&json, "foreign_changes", facts->foreign_changes);
    mz_json_key(&json, "lists");
    mz_json_array(&json);
    for (size_t i = 0; i < facts->list_count; i++) {
        char day[CLI_DAY_TEXT_SIZE];
        cli_day_text(facts->lists[i].published, day);
        mz_json_object(&json);
        mz_json_pair(&json, "list", facts->lists[i].list);
        mz_json_pair(&json, "version", facts->lists[i].version);
        mz_json_key(&json, "published");
        if (*day)
            mz_json_str(&json, mz_str_of(day));
        else
            mz_json_null(&json);
        mz_json_pair_int(&json, "entities", facts->lists[i].entities);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void info_csv(mz_buffer *out, const mz_index_facts *facts) {
    mz_buffer_print(out, "list,version,published,entities\n");
    for (size_t i = 0; i < facts->list_count; i++) {
        char day[CLI_DAY_TEXT_SIZE];
        cli_day_text(facts->lists[i].published, day);
        cli_csv(out, facts->lists[i].list, true);
        cli_csv(out, facts->lists[i].version, false);
        cli_csv(out, mz_str_of(day), false);
        mz_buffer_print(out, ",%u\n", facts->lists[i].entities);
    }
}

static void info_row(cli_table *table, mz_language language, cli_message what, uint64_t count) {
    char text[CLI_COUNT_TEXT_SIZE];
    cli_count_text(count, language, text);
    cli_table_word(table, language, what);
    cli_table_cell(table, mz_str_of(text));
}

static void since_row(cli_table *table, mz_language language, const mz_index_facts *facts) {
    char added[CLI_COUNT_TEXT_SIZE], removed[CLI_COUNT_TEXT_SIZE], bytes[CLI_COUNT_TEXT_SIZE];
    mz_buffer text;
    cli_count_text(facts->added, language, added);
    cli_count_text(facts->removed, language, removed);
    cli_count_text(facts->added_bytes, language, bytes);
    mz_buffer_init(&text, 1024);
    CLI_SAY(&text, language, CLI_SAY_INDEX_SINCE_COUNTS, added, removed, bytes);
    cli_table_word(table, language, CLI_SAY_INDEX_SINCE);
    cli_table_cell(table, mz_buffer_view(&text));
    mz_buffer_done(&text);
}

/* What is counted, a line each. */
static bool info_counts(mz_buffer *out, mz_language language, const mz_index_facts *facts) {
    static const cli_message names[] = {CLI_NO_NAME, CLI_NO_NAME};
    const struct {
        cli_message what;
        uint64_t count;
    } lines[] = {{CLI_SAY_INDEX_ENTITIES, facts->entities}, {CLI_SAY_INDEX_NAMES, facts->names},
                 {CLI_SAY_INDEX_WORDS, facts->words},       {CLI_SAY_INDEX_IDENTIFIERS, facts->identifiers},
                 {CLI_SAY_INDEX_BYTES, facts->bytes},       {CLI_SAY_INDEX_FORMAT, facts->format_version}};
    cli_table table;
    cli_table_said(&table, language, CLI_ARRAY(names), 0);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        info_row(&table, language, lines[i].what, lines[i].count);
    if (facts->added_bytes) since_row(&table, language, facts);
    if (facts->foreign_changes) {
        cli_table_word(&table, language, CLI_SAY_INDEX_CHANGES);
        cli_table_word(&table, language, CLI_SAY_INDEX_FOREIGN);
    }
    bool good = cli_table_print(&table, out, false);
    cli_table_done(&table);
    return good;
}

static bool info_table(mz_buffer *out, mz_language language, const mz_index_facts *facts) {
    static const cli_message names[] = {CLI_SAY_COLUMN_LIST, CLI_SAY_COLUMN_DATED, CLI_SAY_COLUMN_ENTITIES,
                                        CLI_SAY_COLUMN_VERSION};
    if (!info_counts(out, language, facts)) return false;
    cli_table table;
    cli_table_said(&table, language, CLI_ARRAY(names), 1U << 2);
    for (size_t i = 0; i < facts->list_count; i++) {
        char day[CLI_DAY_TEXT_SIZE];
        cli_day_text(facts->lists[i].published, day);
        mz_str version = facts->lists[i].version;
        cli_table_cell(&table, facts->lists[i].list);
        cli_table_cell(&table, mz_str_of(*day ? day : cli_message_text(CLI_SAY_NO_DATE, language)));
        cli_table_count(&table, facts->lists[i].entities);
        cli_table_cell(&table,
                       (mz_str){version.data, version.size < CLI_SHORT_VERSION ? version.size : CLI_SHORT_VERSION});
    }
    mz_buffer_char(out, '\n');
    bool good = cli_table_print(&table, out, true);
    cli_table_done(&table);
    return good;
}

/* Each part with what it takes, and what that is for an entity. */
static bool show_sections(const cli_context *cli, mz_buffer *out, const mz_index *index, uint64_t entities) {
    static const cli_message names[] = {CLI_SAY_COLUMN_SECTION, CLI_SAY_COLUMN_BYTES, CLI_SAY_COLUMN_AN_ENTITY};
    cli_table table;
    const char *name;
    uint64_t bytes;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 1U << 1 | 1U << 2);
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(out, "section,bytes\n");
    for (size_t i = 0; mz_index_section(index, i, &name, &bytes); i++) {
        char each[32];
        (void)snprintf(each, sizeof each, "%.1f", entities ? (double)bytes / (double)entities : 0.0);
        cli_table_cell(&table, mz_str_of(name));
        cli_table_count(&table, bytes);
        cli_table_cell(&table, mz_str_of(each));
        if (cli->format == CLI_PRINT_CSV) mz_buffer_print(out, "%s,%llu\n", name, (unsigned long long)bytes);
        if (cli->format != CLI_PRINT_JSON) continue;
        mz_json json;
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "section", mz_str_of(name));
        mz_json_pair_int(&json, "bytes", (int64_t)bytes);
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
    }
    bool good = cli->format != CLI_PRINT_TABLE || cli_table_print(&table, out, true);
    cli_table_done(&table);
    return good;
}

static int run_info(cli_context *cli) {
    mz_index *index;
    int ending = open_index(cli, &index);
    if (ending) return ending;
    mz_index_facts facts;
    mz_index_info(index, &facts);
    if (cli_given(cli, CLI_SECTIONS)) {
        if (!show_sections(cli, &cli->out.text, index, facts.entities)) ending = CLI_FAILED;
        mz_index_close(index);
        return ending;
    }
    if (cli->format == CLI_PRINT_JSON) info_json(&cli->out.text, &facts);
    if (cli->format == CLI_PRINT_CSV) info_csv(&cli->out.text, &facts);
    if (cli->format == CLI_PRINT_TABLE && !info_table(&cli->out.text, cli->language, &facts)) ending = CLI_FAILED;
    mz_index_close(index);
    return ending;
}

static const cli_option_id options[] = {CLI_INDEX, CLI_NO_OPTION};

static const cli_example entities_examples[] = {
    {"mizan index entities --index lists.mzi", "a line for each listed entity"},
    {"mizan index entities --format csv > entities.csv", "those of the store, for a spreadsheet"},
};

const cli_command cli_index_entities = {
    .name = "index entities",
    .operands = "",
    .summary = "print every entity of an index",
    .description = "In the order in which they were added: id, schema, caption, list, reference.",
    .examples = entities_examples,
    .example_count = sizeof entities_examples / sizeof entities_examples[0],
    .options = options,
    .run = run_entities,
};

static const cli_example info_examples[] = {
    {"mizan index info --index lists.mzi", "its size, its lists, their versions and dates"},
    {"mizan index info", "the same of the store's index"},
    {"mizan index info --check", "and whether it is whole: every byte is looked at"},
    {"mizan index info --sections", "where its bytes go"},
};

static const cli_option_id info_options[] = {CLI_INDEX, CLI_CHECK, CLI_SECTIONS, CLI_NO_OPTION};

const cli_command cli_index_info = {
    .name = "index info",
    .operands = "",
    .summary = "say what an index was built from and how large it is",
    .description =
        "A small index is checked whenever it is opened. A large one is checked when it is built, and when its owner "
        "first opens it; the file FILE.seal says so as long as the index is not touched. --check looks at every byte "
        "nevertheless, for a disk may have lost some.",
    .examples = info_examples,
    .example_count = sizeof info_examples / sizeof info_examples[0],
    .options = info_options,
    .run = run_info,
};
