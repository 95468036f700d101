/* mizan compare: how alike two names are, without an index. */
#include "base/error.h"
#include "base/json_write.h"
#include "base/shown.h"
#include "cli/commands.h"
#include "cli/evidence.h"
#include "cli/policy.h"
#include "cli/screen.h"
#include "lists/csv.h"
#include "screen/query_json.h"

#include <stdio.h>
#include <string.h>

/* A row of the file. */
typedef struct name_pair {
    mz_str id, schema, query, candidate;
} name_pair;

static void put_comparison(cli_context *cli, const name_pair *pair, const mz_comparison *comparison) {
    mz_buffer *out = &cli->out.text;
    switch (cli->format) {
    case CLI_PRINT_JSON:
        mz_comparison_write_json(pair->id, comparison, out);
        mz_buffer_char(out, '\n');
        break;
    case CLI_PRINT_CSV:
        cli_csv(out, pair->id, true);
        mz_buffer_print(out, ",%.6f,%.2f,\n", comparison->score, comparison->weight);
        break;
    case CLI_PRINT_TABLE:
        cli_put_score(out, comparison->score);
        mz_buffer_print(out, "  %8.1f  ", comparison->weight);
        cli_put_name(cli, out, pair->query);
        mz_buffer_print(out, " ~ ");
        cli_put_name(cli, out, pair->candidate);
        mz_buffer_char(out, '\n');
        break;
    }
}

static void put_complaint(cli_context *cli, const name_pair *pair, uint64_t line, const mz_error *error) {
    mz_buffer *out = &cli->out.text;
    if (cli->format != CLI_PRINT_CSV) {
        cli_answer_error(cli, out, line, pair->id, error);
        return;
    }
    cli_csv(out, pair->id, true);
    mz_buffer_print(out, ",,");
    cli_csv(out, mz_str_of(error->text), false);
    cli_csv_end(out);
}

static mz_status compare_pair(mz_comparer *comparer, const name_pair *pair, const mz_comparison **ret_comparison,
                              mz_error *error) {
    mz_schema schema = MZ_SCHEMA_Thing;
    if (pair->schema.size && !mz_schema_find(pair->schema, &schema)) {
        const char *nearest = mz_schema_nearest(pair->schema);
        return mz_fail(error, MZ_ERR_INPUT, "there is no schema “%.*s”%s%s%s", mz_shown(pair->schema),
                       pair->schema.data, nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    }
    return mz_compare_names(comparer, schema, pair->query, pair->candidate, ret_comparison, error);
}

static bool of_the_row(mz_status status) {
    return status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT || status == MZ_ERR_ARGUMENT;
}

static mz_status compare_rows(cli_context *cli, mz_csv *csv, mz_comparer *comparer, uint64_t *ret_errors,
                              mz_error *error) {
    static const mz_csv_column columns[] = {{"id", true}, {"schema", false}, {"query", true}, {"candidate", true}};
    int at[sizeof columns / sizeof columns[0]];
    bool more = false;
    mz_status status = mz_csv_next(csv, &more, error);
    if (!status && !more)
        return mz_fail(error, MZ_ERR_INPUT, "the file is empty; its columns are id, schema, query, candidate");
    if (!status) status = mz_csv_map(csv, columns, sizeof columns / sizeof columns[0], at, error);
    if (!status && cli->format == CLI_PRINT_CSV) mz_buffer_print(&cli->out.text, "id,score,weight,error\n");
    while (!status && cli_settle(&cli->out) && !(status = mz_csv_next(csv, &more, error)) && more) {
        name_pair pair = {mz_csv_field(csv, at[0]), mz_csv_field(csv, at[1]), mz_csv_field(csv, at[2]),
                          mz_csv_field(csv, at[3])};
        const mz_comparison *comparison;
        mz_error complaint;
        mz_status compared = compare_pair(comparer, &pair, &comparison, &complaint);
        if (compared == MZ_OK) {
            put_comparison(cli, &pair, comparison);
        } else if (of_the_row(compared)) {
            put_complaint(cli, &pair, mz_csv_line(csv), &complaint);
            ++*ret_errors;
        } else {
            *error = complaint;
            status = compared;
        }
    }
    return status;
}

static int compare_file(cli_context *cli, mz_comparer *comparer) {
    mz_csv *csv;
    mz_error error;
    uint64_t errors = 0;
    if (mz_csv_open(cli->operands[0], 0, &csv, &error)) return cli_fail(&error);
    mz_status status = compare_rows(cli, csv, comparer, &errors, &error);
    mz_csv_close(csv);
    if (status) {
        if (!error.where[0]) (void)snprintf(error.where, sizeof error.where, "%.200s", cli->operands[0]);
        return cli_fail(&error);
    }
    if (errors == 0) return CLI_DONE;
    cli_complain("%llu rows could not be compared; an error stands in the place of each", (unsigned long long)errors);
    return CLI_FAILED;
}

static void show_comparison(cli_context *cli, const name_pair *pair, const mz_comparison *comparison) {
    mz_buffer *out = &cli->out.text, query, candidate;
    size_t from = out->size;
    char bits[32];
    mz_buffer_init(&query, 1 << 20);
    mz_buffer_init(&candidate, 1 << 20);
    cli_put_name(cli, &query, pair->query);
    cli_put_name(cli, &candidate, pair->candidate);
    CLI_SAY(out, cli->language, CLI_SAY_COMPARED, query.data ? query.data : "", candidate.data ? candidate.data : "");
    (void)snprintf(bits, sizeof bits, "%.1f", comparison->weight);
    mz_buffer_print(out, "\n%s ", cli_message_text(CLI_SAY_SCORE, cli->language));
    cli_put_score(out, comparison->score);
    mz_buffer_print(out, "\n%s ", cli_message_text(CLI_SAY_WEIGHT, cli->language));
    CLI_SAY(out, cli->language, CLI_SAY_BITS, bits);
    mz_buffer_print(out, "\n\n");
    cli_evidence_table(cli, out, comparison->evidence, comparison->evidence_count, 0);
    cli_right_to_left(cli, out, from);
    mz_buffer_done(&query);
    mz_buffer_done(&candidate);
}

static int compare_two(cli_context *cli, mz_comparer *comparer) {
    name_pair pair = {.id = mz_str_of(cli->operands[0]),
                      .schema = mz_str_of(cli_given(cli, CLI_SCHEMA) ? cli_text(cli, CLI_SCHEMA) : ""),
                      .query = mz_str_of(cli->operands[0]),
                      .candidate = mz_str_of(cli->operands[1])};
    const mz_comparison *comparison;
    mz_error error;
    if (compare_pair(comparer, &pair, &comparison, &error)) return cli_fail(&error);
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(&cli->out.text, "id,score,weight,error\n");
    if (cli->format == CLI_PRINT_TABLE)
        show_comparison(cli, &pair, comparison);
    else
        put_comparison(cli, &pair, comparison);
    return CLI_DONE;
}

static int run(cli_context *cli) {
    if (cli->operand_count == 1 && cli_given(cli, CLI_SCHEMA))
        return cli_usage(cli, "--schema is for two names; a file has a column for it");
    mz_comparer *comparer;
    mz_error error;
    mz_policy *policy;
    int status = cli_policy(cli, &policy);
    if (status) return status;
    if (mz_comparer_new(policy, &comparer, &error)) {
        status = cli_fail(&error);
    } else {
        status = cli->operand_count == 2 ? compare_two(cli, comparer) : compare_file(cli, comparer);
        mz_comparer_free(comparer);
    }
    mz_policy_free(policy);
    return status;
}

static const cli_example examples[] = {
    {"mizan compare \"One Name\" \"Another Spelling\"", "two names, with each piece of evidence"},
    {"mizan compare --schema Company \"Alpha Trading Ltd\" \"ALPHA TRADING LLC\"", "of companies"},
    {"mizan compare pairs.csv > scores.jsonl", "a file with the columns id, schema, query, candidate"},
    {"mizan compare - < pairs.csv", "the same from standard input"},
};

static const cli_option_id options[] = {CLI_SCHEMA, CLI_ALGORITHM, CLI_POLICY, CLI_WEIGHT, CLI_NO_OPTION};

const cli_command cli_compare = {
    .name = "compare",
    .operands = "FILE.csv|-|NAME NAME",
    .summary = "say how alike two names are, and why",
    .description =
        "Compares as a screening would, but without lists. A file has a header with the columns id, schema, "
        "query and candidate, in any order; others are passed over, and schema may be left out or empty. Each "
        "row is answered by one line: {\"id\":…,\"score\":…,\"weight\":…,\"evidence\":[…]}.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .least = 1,
    .most = 2,
    .operand = CLI_KIND_FILE,
    .run = run,
};
