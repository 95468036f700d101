/* mizan lists diff: what changed between two versions, in words that a person reads. */
#include "base/json_write.h"
#include "cli/cli.h"
#include "cli/commands.h"

#include <string.h>

enum { TEXT_CEILING_BYTES = 512 << 20 };

typedef struct diff_work {
    cli_context *cli;
    mz_buffer text; /* of the table: its first line counts what follows */
    uint64_t counts[3];
} diff_work;

static const char *const kind_names[] = {
    [MZ_CHANGE_ADDED] = "added", [MZ_CHANGE_REMOVED] = "removed", [MZ_CHANGE_CHANGED] = "changed"};

static void change_json(mz_buffer *out, const mz_change *change) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "change", mz_str_of(kind_names[change->kind]));
    mz_json_pair(&json, "id", change->id);
    mz_json_pair(&json, "reference", change->reference);
    mz_json_pair(&json, "caption", change->caption);
    mz_json_key(&json, "fields");
    mz_json_array(&json);
    for (size_t i = 0; i < change->field_count; i++) {
        const mz_field_change *field = &change->fields[i];
        mz_json_object(&json);
        mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(field->schema)));
        mz_json_pair(&json, "property", mz_str_of(mz_property_name(field->property)));
        mz_json_pair(&json, "from", field->from);
        mz_json_pair(&json, "to", field->to);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static void csv_row(mz_buffer *out, const mz_change *change, const mz_field_change *field) {
    cli_csv(out, mz_str_of(kind_names[change->kind]), true);
    cli_csv(out, change->id, false);
    cli_csv(out, change->reference, false);
    cli_csv(out, change->caption, false);
    cli_csv(out, mz_str_of(field ? mz_schema_name(field->schema) : ""), false);
    cli_csv(out, mz_str_of(field ? mz_property_name(field->property) : ""), false);
    cli_csv(out, field ? field->from : MZ_STR(""), false);
    cli_csv(out, field ? field->to : MZ_STR(""), false);
    cli_csv_end(out);
}

static void change_csv(mz_buffer *out, const mz_change *change) {
    if (change->field_count == 0) csv_row(out, change, NULL);
    for (size_t i = 0; i < change->field_count; i++) csv_row(out, change, &change->fields[i]);
}

static void field_words(mz_buffer *out, const mz_field_change *field) {
    mz_buffer_print(out, "%s ", mz_property_name(field->property));
    if (field->from.size == 0) {
        mz_buffer_print(out, "added ");
        cli_put_safe(out, field->to);
    } else if (field->to.size == 0) {
        mz_buffer_print(out, "removed ");
        cli_put_safe(out, field->from);
    } else {
        cli_put_safe(out, field->from);
        mz_buffer_print(out, " → ");
        cli_put_safe(out, field->to);
    }
}

static void change_words(mz_buffer *out, const cli_context *cli, const mz_change *change) {
    static const char signs[] = {[MZ_CHANGE_ADDED] = '+', [MZ_CHANGE_REMOVED] = '-', [MZ_CHANGE_CHANGED] = '~'};
    static const char *const colors[] = {
        [MZ_CHANGE_ADDED] = "\033[32m", [MZ_CHANGE_REMOVED] = "\033[31m", [MZ_CHANGE_CHANGED] = "\033[33m"};
    mz_buffer_print(out, "%s%c ", cli->color ? colors[change->kind] : "", signs[change->kind]);
    cli_put_safe(out, change->reference.size ? change->reference : change->id);
    mz_buffer_char(out, ' ');
    cli_put_safe(out, change->caption);
    if (cli->color) mz_buffer_print(out, "\033[0m");
    for (size_t i = 0; i < change->field_count; i++) {
        mz_buffer_print(out, i ? "; " : ": ");
        field_words(out, &change->fields[i]);
    }
    mz_buffer_char(out, '\n');
}

static mz_status take_change(void *context, const mz_change *change, mz_error *error) {
    diff_work *comparing = context;
    cli_context *cli = comparing->cli;
    comparing->counts[change->kind]++;
    switch (cli->format) {
    case CLI_PRINT_JSON: change_json(&cli->out.text, change); break;
    case CLI_PRINT_CSV: change_csv(&cli->out.text, change); break;
    case CLI_PRINT_TABLE: change_words(&comparing->text, cli, change); break;
    }
    bool good = cli_settle(&cli->out) && !comparing->text.failed && !cli_interrupted();
    if (!good) *error = (mz_error){.status = MZ_ERR_CANCELLED, .text = "stopped"};
    return good ? MZ_OK : MZ_ERR_CANCELLED;
}

static void print_words(cli_context *cli, const diff_work *comparing) {
    static const mz_change_kind order[] = {MZ_CHANGE_ADDED, MZ_CHANGE_REMOVED, MZ_CHANGE_CHANGED};
    static const char *const words[] = {"Added ", ", removed ", ", changed "};
    mz_buffer *out = &cli->out.text;
    for (size_t i = 0; i < 3; i++) {
        mz_buffer_print(out, "%s", words[i]);
        cli_put_count(out, comparing->counts[order[i]], ",");
    }
    mz_buffer_char(out, '\n');
    mz_buffer_str(out, mz_buffer_view(&comparing->text));
}

static int run(cli_context *cli) {
    if (cli->operand_count == 2)
        return cli_usage(cli, "two versions are compared: mizan lists diff %s OLD NEW, or none of them for the newest",
                         cli->operands[0]);
    mz_list_store *store;
    int ending = cli_store_open(cli, false, &store);
    if (ending) return ending;
    diff_work comparing = {.cli = cli};
    mz_buffer_init(&comparing.text, TEXT_CEILING_BYTES);
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "change,id,reference,caption,schema,property,from,to\n");
    const char *from = cli->operand_count == 3 ? cli->operands[1] : NULL;
    const char *to = cli->operand_count == 3 ? cli->operands[2] : NULL;
    mz_error error;
    cli_interruptible();
    mz_status status = mz_list_store_diff(store, cli->operands[0], from, to, take_change, &comparing, &error);
    if (comparing.text.failed) {
        cli_complain("the differences are too many for a table; --format json has no limit");
        ending = CLI_FAILED;
    } else if (status) {
        ending = cli->out.number ? CLI_FAILED : cli_fail(&error);
    } else if (cli->format == CLI_PRINT_TABLE) {
        print_words(cli, &comparing);
    }
    mz_buffer_done(&comparing.text);
    mz_list_store_close(store);
    return ending;
}

static const cli_example examples[] = {
    {"mizan lists diff un", "what the last import changed"},
    {"mizan lists diff un 3f9a 81c0", "between two versions, named by their first digits"},
    {"mizan lists diff --format csv un > changes.csv", "for a spreadsheet, a line for each value that changed"},
};

const cli_command cli_lists_diff = {
    .name = "lists diff",
    .operands = "LIST [OLD NEW]",
    .summary = "say what changed between two versions of a list",
    .description = "Without versions: the current one against the one before it. A line for each entity that was added "
                   "(+), removed (-) or changed (~), and for the latter each value that came, went or changed.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .least = 1,
    .most = 3,
    .operand = CLI_KIND_LIST,
    .run = run,
};
