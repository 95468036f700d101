/* mizan screen: names and files of queries against an index. */
#include "cli/screen.h"

#include "base/clock.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/filter.h"
#include "cli/policy.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { QUERY_BYTES = 4 << 20, UNITS_OF_MS = 1000000 };

static bool ends_with(const char *text, const char *ending) {
    size_t size = strlen(text), more = strlen(ending);
    return size >= more && strcmp(text + size - more, ending) == 0;
}

static bool named_like_queries(const char *text) {
    return ends_with(text, ".jsonl") || ends_with(text, ".ndjson") || ends_with(text, ".json");
}

/* "-" is standard input. With --index an existing file is a file; without it only one that is named like a file of
 * queries, because there a name is expected, and a file may happen to bear a person's name. */
static bool is_file(const cli_context *cli, const char *input) {
    struct stat facts;
    if (strcmp(input, "-") == 0) return true;
    if (!cli_given(cli, CLI_INDEX) && !named_like_queries(input)) return false;
    return stat(input, &facts) == 0 && !S_ISDIR(facts.st_mode);
}

/* Of a query that was not wholly screened the command fails, so that no script takes "no hit" for an answer. */
static int status_of(cli_screened screened) {
    if (screened == CLI_CUT_SHORT) cli_complain("the query was cut short by its budget of work; --budget raises it");
    return screened == CLI_SCREENED ? CLI_DONE : CLI_FAILED;
}

static int screen_for_person(cli_context *cli, const mz_index *index, mz_screener *screener, const mz_entity *query,
                             const mz_screen_options *options, bool *ret_hit) {
    const mz_screening *screening;
    mz_error error;
    if (mz_screen(screener, mz_str_of(cli->operands[0]), query, &screening, &error)) return cli_fail(&error);
    *ret_hit = screening->hit_count > 0;
    bool nothing = mz_str_equal(screening->not_done, MZ_STR(MZ_NOTHING_TO_SCREEN));
    cli_screened screened = nothing ? CLI_NOT_SCREENED : screening->cut ? CLI_CUT_SHORT : CLI_SCREENED;
    if (cli_show_screening(cli, index, options->limit, screening, &error)) return cli_fail(&error);
    return status_of(screened);
}

static int screen_for_program(cli_context *cli, mz_screener *screener, const mz_entity *query, bool *ret_hit) {
    mz_buffer line;
    mz_str answer;
    size_t hits = 0;
    cli_screened screened = CLI_SCREENED;
    mz_error error;
    mz_buffer_init(&line, QUERY_BYTES);
    cli_query_json(&line, mz_str_of(cli->operands[0]), query);
    mz_status status = mz_screen_json(screener, mz_buffer_view(&line), &answer, &hits, &error);
    if (!status) {
        cli_answer_heading(cli, &cli->out.text);
        if (!cli_answer_put(cli, &cli->out.text, answer, hits, &screened)) status = mz_fail_memory(&error);
    }
    mz_buffer_done(&line);
    *ret_hit = hits > 0;
    if (status) return cli_fail(&error);
    return status_of(screened);
}

static int screen_name(cli_context *cli, const mz_index *index, const mz_screen_options *options,
                       const mz_entity *query, bool *ret_hit) {
    mz_screener *screener;
    mz_error error;
    if (mz_screener_new(index, options, &screener, &error)) return cli_fail(&error);
    int status = cli->format == CLI_PRINT_TABLE ? screen_for_person(cli, index, screener, query, options, ret_hit)
                                                : screen_for_program(cli, screener, query, ret_hit);
    mz_screener_free(screener);
    return status;
}

static int screen_file(cli_context *cli, const mz_index *index, const mz_screen_options *options, bool *ret_hit) {
    cli_batch_counts counts = {0};
    uint64_t began_ns = mz_clock_ns();
    int status = cli_batch(cli, index, options, cli->operands[0], &counts);
    double seconds = (double)(mz_clock_ns() - began_ns) / 1e9;
    *ret_hit = counts.with_hit > 0;
    if (cli->verbose || cli->error_is_terminal)
        cli_note(cli, "%llu queries, %llu with a hit, %llu not screened, %.1f s", (unsigned long long)counts.queries,
                 (unsigned long long)counts.with_hit, (unsigned long long)counts.not_screened, seconds);
    if (status == CLI_DONE && counts.not_screened) {
        cli_complain("%llu of %llu queries could not be screened; the answer to each says why",
                     (unsigned long long)counts.not_screened, (unsigned long long)counts.queries);
        status = CLI_FAILED;
    }
    if (status != CLI_INTERRUPTED && counts.cut_short) {
        cli_complain("%llu of %llu queries were cut short by their budget of work; --budget raises it",
                     (unsigned long long)counts.cut_short, (unsigned long long)counts.queries);
        status = CLI_FAILED;
    }
    return status;
}

/* What is known of one name makes no sense for a file of them. */
static int refuse_facts(const cli_context *cli) {
    static const cli_option_id about[] = {CLI_SCHEMA, CLI_ALIAS, CLI_BIRTH_DATE, CLI_NATIONALITY, CLI_COUNTRY,
                                          CLI_GENDER, CLI_ID,    CLI_PROPERTY,   CLI_EXPLAIN};
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
        if (cli_given(cli, about[i]))
            return cli_usage(cli, "--%s is for one name; a file says it in its lines", cli_option_of(about[i])->name);
    return CLI_DONE;
}

static int check(const cli_context *cli, bool file) {
    const char *input = cli->operands[0];
    double threshold = cli_number(cli, CLI_THRESHOLD, 0.7);
    if (threshold < 0.5 && !cli_given(cli, CLI_EXHAUSTIVE))
        return cli_usage(cli, "a threshold below 0.5 needs --exhaustive: with the index it is a number from 0.5 to 1");
    if (file) return refuse_facts(cli);
    if (*input == '\0' || strspn(input, " \t\n") == strlen(input)) return cli_usage(cli, "an empty name");
    bool like_path = named_like_queries(input) || (cli_given(cli, CLI_INDEX) && strchr(input, '/'));
    if (like_path)
        return cli_usage(cli, "there is no file %.200s; a name that looks so can be screened as a line of JSON", input);
    return CLI_DONE;
}

/* `query` NULL: a file. */
static int screen(cli_context *cli, const mz_entity *query) {
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    options.threshold = cli_number(cli, CLI_THRESHOLD, 0);
    options.limit = (size_t)cli_number(cli, CLI_LIMIT, (double)options.limit);
    options.exhaustive = cli_given(cli, CLI_EXHAUSTIVE);
    mz_index *index;
    mz_policy *policy;
    bool hit = false;
    mz_filter filter;
    int status = cli_filter(cli, &filter);
    if (!status) status = cli_policy(cli, &policy);
    if (status) {
        cli_filter_done(&filter);
        return status;
    }
    options.policy = policy;
    options.filter = &filter;
    options.budget = (uint64_t)cli_number(cli, CLI_BUDGET, (double)(options.budget / UNITS_OF_MS)) * UNITS_OF_MS;
    options.tell_plan = options.timed = cli_given(cli, CLI_EXPLAIN_PLAN);
    status = cli_image_open(cli, &index);
    if (!status) {
        status = cli_filter_check(&filter, index);
        if (!status)
            status = query ? screen_name(cli, index, &options, query, &hit) : screen_file(cli, index, &options, &hit);
        mz_index_close(index);
    }
    mz_policy_free(policy);
    cli_filter_done(&filter);
    return status == CLI_DONE && hit && cli_given(cli, CLI_EXIT_CODE) ? CLI_HIT : status;
}

static int run(cli_context *cli) {
    bool file = is_file(cli, cli->operands[0]);
    int status = check(cli, file);
    if (status || file) return status ? status : screen(cli, NULL);
    mz_builder *builder;
    const mz_entity *query;
    mz_error error;
    if (mz_builder_new(QUERY_BYTES, MZ_DATE_DAY_FIRST, &builder, &error)) return cli_fail(&error);
    status = cli_query_build(cli, builder, &query);
    if (!status) status = screen(cli, query);
    mz_builder_free(builder);
    return status;
}

static const cli_example examples[] = {
    {"mizan screen \"Some Name\"", "one name against the lists of the store"},
    {"mizan screen --schema Person --birth-date 1970-05-01 --nationality ma --explain \"Some Name\"",
     "with what is known, and each piece of evidence"},
    {"mizan screen --schema Vessel --id IMO1234567 \"Some Ship\"", "a ship and its number"},
    {"mizan screen --index lists.mzi customers.jsonl > answers.jsonl", "a file of queries, a line each"},
    {"mizan screen --exit-code --quiet - < payment.json", "in a script: status 3 when there was a hit"},
};

static const cli_option_id options[] = {CLI_INDEX,      CLI_THRESHOLD,      CLI_LIMIT,      CLI_ALGORITHM, CLI_POLICY,
                                        CLI_WEIGHT,     CLI_FILTER_OPTIONS, CLI_EXHAUSTIVE, CLI_EXIT_CODE, CLI_JOBS,
                                        CLI_EXPLAIN,    CLI_EXPLAIN_PLAN,   CLI_BUDGET,     CLI_SCHEMA,    CLI_ALIAS,
                                        CLI_BIRTH_DATE, CLI_NATIONALITY,    CLI_COUNTRY,    CLI_GENDER,    CLI_ID,
                                        CLI_PROPERTY,   CLI_NO_OPTION};

static const cli_exit exits[] = {{3, "with --exit-code: there was a hit"}};

const cli_command cli_screen = {
    .name = "screen",
    .operands = "NAME|FILE|-",
    .summary = "screen a name, or a file of queries",
    .description =
        "A single name is screened against the lists of the store, or against --index. With --index, the name of an "
        "existing file is a file of queries; without it, only an existing file whose name ends in .jsonl, .ndjson or "
        ".json is. - is standard input.\n\n"
        "A query is a line of JSON: {\"id\":\"q1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"…\"]}}, with "
        "the schemata and properties of FollowTheMoney: birthDate, nationality, passportNumber, imoNumber, … It may "
        "set \"algorithm\", \"threshold\", "
        "\"weights\", \"filter\", \"limit\" and \"plan\" for itself. Each is answered by one line, in the same order: "
        "{\"id\":\"q1\",\"hits\":[…]}, best hits first. A line that cannot be "
        "understood is answered by {\"line\":7,\"id\":…,\"error\":{…}} with a message and the column; the others are "
        "answered all the same, and the command ends with status 1. Empty lines are passed over. A line may have 16 "
        "MiB.\n\n"
        "What of a query was not screened, and why, stands in \"not_done\" of its answer; as CSV in the column error, "
        "as a table behind the count of hits. A query in which there is nothing to screen, no letter, no digit and no "
        "identifier, makes the status 1 like a line that cannot be understood: that it has no hit means nothing. One "
        "of which only the surplus of names, words or numbers was cut does not. A query that is made to be slow is cut "
        "when its "
        "budget of work (--budget) is used up: its answer says in \"cut\" what was left, and the status is 1.\n\n"
        "The score, from 0 to 1, says whether it is the same name and nothing known speaks against it; the weight, in "
        "bits, says how much that proves. As CSV, a query without a hit has one row of rank 0.\n\n"
        "With --explain-plan each answer has in \"plan\" what was done for it; as CSV, columns behind the others. "
        "Times "
        "are measured then and only then, and decide nothing.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .exits = exits,
    .exit_count = sizeof exits / sizeof exits[0],
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_FILE,
    .run = run,
};
