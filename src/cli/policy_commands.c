/* mizan policy show, check, init: policies for people. */
#include "match/policy.h"

#include "base/error.h"
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/policy.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_BYTES = 1 << 20, NUMBER_SIZE = 32 };

/* At most six decimals, without the zeros that say nothing. */
static void number_text(double number, char text[NUMBER_SIZE]) {
    mz_buffer out;
    mz_json json;
    mz_buffer_init(&out, NUMBER_SIZE - 1);
    mz_json_init(&json, &out);
    mz_json_fixed(&json, number, 6);
    size_t size = out.size;
    while (size > 1 && out.data[size - 1] == '0') size--;
    if (size > 1 && out.data[size - 1] == '.') size--;
    (void)snprintf(text, NUMBER_SIZE, "%.*s", (int)size, out.data ? out.data : "");
    mz_buffer_done(&out);
}

/* ---- show ---- */

static void show_head(const cli_context *cli, mz_buffer *out, const mz_policy *policy, const char *digest) {
    static const cli_message labels[] = {CLI_SAY_POLICY_NAME, CLI_SAY_POLICY_ALGORITHM, CLI_SAY_POLICY_THRESHOLD,
                                         CLI_SAY_POLICY_DIGEST};
    char threshold[NUMBER_SIZE];
    number_text(policy->base.threshold, threshold);
    const char *values[] = {NULL, mz_algorithm_name(policy->algorithm), threshold, digest};
    const bool usual[] = {false, !policy->algorithm_set, !policy->threshold_set, false};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        mz_buffer_print(out, "%s ", cli_message_text(labels[i], cli->language));
        cli_put_safe(out, values[i] ? mz_str_of(values[i]) : mz_policy_name(policy));
        if (usual[i]) mz_buffer_print(out, " (%s)", cli_message_text(CLI_SAY_POLICY_USUAL, cli->language));
        mz_buffer_char(out, '\n');
    }
    mz_buffer_char(out, '\n');
}

static void weight_row(const cli_context *cli, cli_table *table, const mz_policy_part *part, mz_price price) {
    const mz_price_facts *facts = mz_price_of(price);
    char value[NUMBER_SIZE], usual[NUMBER_SIZE], least[NUMBER_SIZE], most[NUMBER_SIZE], range[2 * NUMBER_SIZE + 4];
    number_text(mz_price_get(&part->prices, price), value);
    number_text(facts->usual, usual);
    number_text(facts->least, least);
    number_text(facts->most, most);
    (void)snprintf(range, sizeof range, "%s…%s", least, most);
    bool same = strcmp(value, usual) == 0;
    cli_table_cell(table, mz_str_of(facts->name));
    cli_table_cell(table, mz_str_of(value));
    cli_table_cell(table, mz_str_of(same ? cli_message_text(CLI_SAY_POLICY_USUAL, cli->language) : usual));
    cli_table_cell(table, mz_str_of(range));
    cli_table_cell(table, mz_str_of(cli_price_label(price, cli->language)));
}

static bool show_weights(const cli_context *cli, mz_buffer *out, const mz_policy_part *part, bool all) {
    const char *const names[] = {
        cli_message_text(CLI_SAY_COLUMN_WEIGHT, cli->language),  cli_message_text(CLI_SAY_COLUMN_VALUE, cli->language),
        cli_message_text(CLI_SAY_COLUMN_USUAL, cli->language),   cli_message_text(CLI_SAY_COLUMN_RANGE, cli->language),
        cli_message_text(CLI_SAY_COLUMN_MEANING, cli->language), NULL};
    cli_table table;
    cli_table_init(&table, names);
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++)
        if (all || (part->set >> p & 1)) weight_row(cli, &table, part, (mz_price)p);
    bool good = cli_table_print(&table, out, all);
    cli_table_done(&table);
    return good;
}

static void show_rule_head(const cli_context *cli, mz_buffer *out, const mz_policy_rule *rule, size_t number) {
    char ordinal[24];
    mz_buffer whom;
    mz_buffer_init(&whom, TEXT_BYTES);
    (void)snprintf(ordinal, sizeof ordinal, "%zu", number);
    if (rule->for_schema) CLI_SAY(&whom, cli->language, CLI_SAY_POLICY_FOR_SCHEMA, mz_schema_name(rule->schema));
    if (rule->for_schema && rule->for_culture) mz_buffer_print(&whom, "%s", cli->language == MZ_ARABIC ? "، " : ", ");
    if (rule->for_culture) CLI_SAY(&whom, cli->language, CLI_SAY_POLICY_FOR_CULTURE, mz_culture_name(rule->culture));
    if (!rule->for_schema && !rule->for_culture)
        mz_buffer_print(&whom, "%s", cli_message_text(CLI_SAY_POLICY_FOR_ALL, cli->language));
    mz_buffer_char(out, '\n');
    CLI_SAY(out, cli->language, CLI_SAY_POLICY_RULE, ordinal, whom.data ? whom.data : "");
    mz_buffer_char(out, '\n');
    mz_buffer_done(&whom);
}

static bool show_rules(const cli_context *cli, mz_buffer *out, const mz_policy *policy) {
    bool good = true;
    for (size_t r = 0; r < policy->rule_count; r++) {
        const mz_policy_rule *rule = &policy->rules[r];
        show_rule_head(cli, out, rule, r + 1);
        if (rule->part.threshold > 0) {
            char threshold[NUMBER_SIZE];
            number_text(rule->part.threshold, threshold);
            mz_buffer_print(out, "%s %s\n", cli_message_text(CLI_SAY_POLICY_THRESHOLD, cli->language), threshold);
        }
        if (rule->part.set) good = show_weights(cli, out, &rule->part, false) && good;
    }
    return good;
}

/* The canonical form with its digest behind. */
static void show_json(mz_buffer *out, const mz_policy *policy, const char *digest) {
    mz_policy_write_json(policy, out);
    if (out->size) out->size--; /* the brace */
    mz_buffer_print(out, ",\"digest\":\"%s\"}\n", digest);
}

static void show_csv(mz_buffer *out, const mz_policy *policy) {
    mz_buffer_print(out, "weight,value,default,least,most\n");
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        const mz_price_facts *facts = mz_price_of((mz_price)p);
        const double numbers[] = {mz_price_get(&policy->base.prices, (mz_price)p), facts->usual, facts->least,
                                  facts->most};
        cli_csv(out, mz_str_of(facts->name), true);
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
            char text[NUMBER_SIZE];
            number_text(numbers[i], text);
            cli_csv(out, mz_str_of(text), false);
        }
        cli_csv_end(out);
    }
}

static int show(cli_context *cli, const mz_policy *policy) {
    char digest[MZ_POLICY_DIGEST_SIZE];
    mz_error error;
    mz_buffer *out = &cli->out.text;
    bool good = true;
    if (mz_policy_digest(policy, digest, &error)) return cli_fail(&error);
    switch (cli->format) {
    case CLI_PRINT_JSON: show_json(out, policy, digest); break;
    case CLI_PRINT_CSV: show_csv(out, policy); break;
    case CLI_PRINT_TABLE:
        show_head(cli, out, policy, digest);
        good = show_weights(cli, out, &policy->base, true);
        good = show_rules(cli, out, policy) && good;
        break;
    }
    if (good) return CLI_DONE;
    (void)mz_fail_memory(&error);
    return cli_fail(&error);
}

static int run_show(cli_context *cli) {
    mz_policy *policy = NULL;
    int status = cli_policy_from(cli, cli->operand_count ? cli->operands[0] : cli_text(cli, CLI_POLICY), &policy);
    if (status) return status;
    status = show(cli, policy ? policy : mz_policy_default());
    mz_policy_free(policy);
    return status;
}

/* ---- check ---- */

static void say_good(cli_context *cli, const char *path, const mz_policy *policy, const char *digest) {
    mz_buffer *out = &cli->out.text;
    mz_buffer safe_path, name;
    mz_json json;
    if (cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "file", mz_str_of(path));
        mz_json_pair(&json, "name", mz_policy_name(policy));
        mz_json_pair(&json, "digest", mz_str_of(digest));
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
        return;
    }
    mz_buffer_init(&safe_path, TEXT_BYTES);
    mz_buffer_init(&name, TEXT_BYTES);
    cli_put_safe(&safe_path, mz_str_of(path));
    cli_put_safe(&name, mz_policy_name(policy));
    CLI_SAY(out, cli->language, CLI_SAY_POLICY_GOOD, safe_path.data ? safe_path.data : "", name.data ? name.data : "");
    mz_buffer_print(out, "\n%s\n", digest);
    mz_buffer_done(&safe_path);
    mz_buffer_done(&name);
}

static int run_check(cli_context *cli) {
    int status = CLI_DONE;
    for (size_t i = 0; i < cli->operand_count; i++) {
        char digest[MZ_POLICY_DIGEST_SIZE];
        mz_policy *policy = NULL;
        mz_error error;
        if (mz_policy_load(cli->operands[i], &policy, &error) || mz_policy_digest(policy, digest, &error))
            status = cli_fail(&error);
        else
            say_good(cli, cli->operands[i], policy, digest);
        mz_policy_free(policy);
    }
    return status;
}

/* ---- init ---- */

static const char example[] =
    "{\n"
    "  \"mizan-policy\": 1,\n"
    "  \"name\": \"house\",\n"
    "  \"description\": \"What this house screens by. JSON has no comments, but every object may have a "
    "description.\",\n"
    "  \"algorithm\": \"mizan-1\",\n"
    "  \"threshold\": 0.7,\n"
    "  \"weights\": {\n"
    "    \"description\": \"What is not named here is as in mizan policy show. A larger weight makes a difference "
    "count more.\",\n"
    "    \"missing\": 0.45\n"
    "  },\n"
    "  \"rules\": [\n"
    "    {\n"
    "      \"description\": \"Ships of one fleet differ in their numbers.\",\n"
    "      \"schema\": \"Vessel\",\n"
    "      \"threshold\": 0.8,\n"
    "      \"weights\": {\"number_differs\": 0.9}\n"
    "    },\n"
    "    {\n"
    "      \"description\": \"Names from the Maghreb are spelled in many ways: look closer.\",\n"
    "      \"schema\": \"Person\",\n"
    "      \"culture\": \"maghrebi\",\n"
    "      \"threshold\": 0.65\n"
    "    }\n"
    "  ]\n"
    "}\n";

static int run_init(cli_context *cli) {
    mz_buffer_print(&cli->out.text, "%s", example);
    return CLI_DONE;
}

static const cli_example show_examples[] = {
    {"mizan policy show", "the default: every weight with its value, range and meaning"},
    {"mizan policy show house.json", "what a policy makes of it, its rules and its digest"},
    {"mizan policy show --lang ar house.json", "in Arabic"},
    {"mizan policy show --format csv > weights.csv", "the weights for a spreadsheet"},
};

static const cli_option_id show_options[] = {CLI_ALGORITHM, CLI_POLICY, CLI_WEIGHT, CLI_NO_OPTION};

const cli_command cli_policy_show = {
    .name = "policy show",
    .operands = "[FILE]",
    .summary = "show what a policy says, with all that it leaves at the default",
    .description =
        "A policy says by what a screening judges: the algorithm, the threshold, the weights, and rules that change "
        "threshold and weights for a schema or the culture of a name. Without a file it is the one of --policy, of "
        "MIZAN_POLICY or of the settings file, else the default. Values that are the program's own are marked.\n\n"
        "As JSON it is the canonical form on one line, with its digest behind; two policies of one digest judge alike, "
        "and answers that were found by a policy tell the digest's beginning. docs/policies.md describes the file.",
    .examples = show_examples,
    .example_count = sizeof show_examples / sizeof show_examples[0],
    .options = show_options,
    .most = 1,
    .operand = CLI_KIND_FILE,
    .run = run_show,
};

static const cli_example check_examples[] = {
    {"mizan policy check house.json", "whether it can be used, and its digest"},
    {"mizan policy check policies/*.json", "of several"},
};

const cli_command cli_policy_check = {
    .name = "policy check",
    .operands = "FILE...",
    .summary = "say whether a policy can be used, or what is wrong with it and where",
    .description = "What is unknown, of a wrong type, out of its range or there twice is refused with line, column and "
                   "what to write instead; so are weights with which a search through the index might lose something.",
    .examples = check_examples,
    .example_count = sizeof check_examples / sizeof check_examples[0],
    .least = 1,
    .most = 10000,
    .operand = CLI_KIND_FILE,
    .run = run_check,
};

static const cli_example init_examples[] = {
    {"mizan policy init > house.json", "a file to begin with"},
    {"export MIZAN_POLICY=$PWD/house.json", "from then on, every screening judges by it"},
};

const cli_command cli_policy_init = {
    .name = "policy init",
    .operands = "",
    .summary = "print a policy to begin with",
    .description = "An example with a threshold, a weight and two rules, each described in the file itself.",
    .examples = init_examples,
    .example_count = sizeof init_examples / sizeof init_examples[0],
    .run = run_init,
};
