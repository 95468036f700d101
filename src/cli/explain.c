/* mizan explain: why two names are alike, or why a query does or does not hit a listed entity. */
#include "cli/explain.h"

#include "base/error.h"
#include "cli/commands.h"
#include "cli/evidence.h"
#include "cli/policy.h"
#include "cli/screen.h"

#include <stdlib.h>
#include <string.h>

enum { QUERY_BYTES = 4 << 20 };

static mz_status print(cli_context *cli, const mz_explanation *explanation, mz_error *error) {
    mz_buffer *out = &cli->out.text;
    const mz_words_of words_of = cli_words_of(cli);
    if (cli->format == CLI_PRINT_JSON) {
        mz_status status = mz_explanation_write_json(explanation, &words_of, out, error);
        if (!status) mz_buffer_char(out, '\n');
        return status;
    }
    if (cli->format == CLI_PRINT_TABLE) return cli_explain_show(cli, explanation, error);
    mz_buffer words;
    mz_buffer_init(&words, QUERY_BYTES);
    mz_buffer_print(out, "rule,property,role,query,entity,taken,points,bits,text\n");
    for (size_t i = 0; i < explanation->evidence_count; i++) {
        const mz_evidence *evidence = &explanation->evidence[i];
        mz_buffer_clear(&words);
        cli_evidence_words(cli, &words, evidence, false);
        cli_csv(out, mz_str_of(mz_rule_name(evidence->rule)), true);
        cli_csv(out, mz_str_of(mz_property_name(evidence->property)), false);
        cli_csv(out, mz_str_of(mz_role_name(evidence->role)), false);
        cli_csv(out, evidence->query, false);
        cli_csv(out, evidence->entity, false);
        mz_buffer_print(out, ",%.6f,%.6f,%.2f", evidence->taken, evidence->points, evidence->bits);
        cli_csv(out, mz_buffer_view(&words), false);
        cli_csv_end(out);
    }
    mz_buffer_done(&words);
    return MZ_OK;
}

static mz_schema schema_of(const cli_context *cli) {
    mz_schema schema = MZ_SCHEMA_Thing;
    if (cli_given(cli, CLI_SCHEMA)) (void)mz_schema_find(mz_str_of(cli_text(cli, CLI_SCHEMA)), &schema);
    return schema;
}

/* ---- two names ---- */

static int explain_names(cli_context *cli, const mz_policy *policy) {
    mz_schema schema = schema_of(cli);
    double threshold = cli_number(cli, CLI_THRESHOLD, mz_policy_threshold(policy, schema));
    mz_explanation explanation;
    mz_comparer *comparer;
    mz_error error;
    if (mz_comparer_new(policy, &comparer, &error)) return cli_fail(&error);
    mz_status status = mz_explain_names(comparer, schema, mz_str_of(cli->operands[0]), mz_str_of(cli->operands[1]),
                                        threshold, &explanation, &error);
    explanation.algorithm = mz_policy_algorithm(policy);
    if (!status) status = print(cli, &explanation, &error);
    mz_comparer_free(comparer);
    return status ? cli_fail(&error) : CLI_DONE;
}

/* ---- a listed entity ---- */

static mz_status judge(cli_context *cli, const mz_index *index, const mz_screen_options *options,
                       const mz_entity *query, uint32_t number, mz_error *error) {
    mz_screener *screener;
    mz_explanation explanation;
    mz_status status = mz_screener_new(index, options, &screener, error);
    if (status) return status;
    status = mz_explain_entity(screener, index, query, NULL, number, &explanation, error);
    if (!status) status = print(cli, &explanation, error);
    mz_screener_free(screener);
    return status;
}

static int explain_entity(cli_context *cli, const mz_policy *policy, const mz_entity *query) {
    const char *id = cli_text(cli, CLI_ENTITY);
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    mz_index *index;
    uint32_t number;
    mz_error error;
    options.threshold = cli_number(cli, CLI_THRESHOLD, options.threshold);
    options.policy = policy;
    options.exhaustive = options.threshold > 0 && options.threshold < 0.5;
    int ending = cli_image_open(cli, &index);
    if (ending) return ending;
    mz_status status = mz_index_find(index, mz_str_of(id), &number, &error);
    if (status)
        status = mz_fail(&error, MZ_ERR_NOT_FOUND,
                         "no entity has the id %.200s: `mizan screen` names the ids of hits, "
                         "and `mizan index entities` those of all entities",
                         id);
    else
        status = judge(cli, index, &options, query, number, &error);
    mz_index_close(index);
    return status ? cli_fail(&error) : CLI_DONE;
}

static int build_and_explain(cli_context *cli, const mz_policy *policy) {
    mz_builder *builder;
    const mz_entity *query;
    mz_error error;
    if (mz_builder_new(QUERY_BYTES, MZ_DATE_DAY_FIRST, &builder, &error)) return cli_fail(&error);
    int status = cli_query_build(cli, builder, &query);
    if (!status) status = explain_entity(cli, policy, query);
    mz_builder_free(builder);
    return status;
}

static int run(cli_context *cli) {
    static const cli_option_id about[] = {CLI_ALIAS,  CLI_BIRTH_DATE, CLI_NATIONALITY, CLI_COUNTRY,
                                          CLI_GENDER, CLI_ID,         CLI_PROPERTY};
    bool entity = cli_given(cli, CLI_ENTITY);
    if (entity && cli->operand_count == 2)
        return cli_usage(cli, "with --entity there is one name; without it two names are compared");
    if (!entity && cli->operand_count != 2)
        return cli_usage(cli, "two names, or one and --entity ID: `mizan screen` names the ids of hits, and `mizan "
                              "index entities` those of all entities");
    for (size_t i = 0; !entity && i < sizeof about / sizeof about[0]; i++)
        if (cli_given(cli, about[i]))
            return cli_usage(cli, "--%s is for one name and --entity; two names are compared alone",
                             cli_option_of(about[i])->name);
    mz_policy *policy;
    int status = cli_policy(cli, &policy);
    if (status) return status;
    status = entity ? build_and_explain(cli, policy) : explain_names(cli, policy);
    mz_policy_free(policy);
    return status;
}

static const cli_example examples[] = {
    {"mizan explain \"Some Name\" \"Another Spelling\"", "why two names are alike, word by word"},
    {"mizan explain --schema Company --lang fr \"Alpha SARL\" \"ALPHA LTD\"", "of companies, in French"},
    {"mizan explain \"Some Name\" --entity un-6908555", "why this entity is a hit for the name, or why it is none"},
    {"mizan explain \"Some Name\" --entity un-6908555 --birth-date 1970 --threshold 0.8",
     "with what is known, at another threshold"},
};

static const cli_option_id options[] = {CLI_ENTITY,    CLI_ALGORITHM, CLI_POLICY, CLI_WEIGHT,     CLI_INDEX,
                                        CLI_THRESHOLD, CLI_SCHEMA,    CLI_ALIAS,  CLI_BIRTH_DATE, CLI_NATIONALITY,
                                        CLI_COUNTRY,   CLI_GENDER,    CLI_ID,     CLI_PROPERTY,   CLI_NO_OPTION};

const cli_command cli_explain = {
    .name = "explain",
    .operands = "NAME NAME|NAME",
    .summary = "say why a name is or is not alike to another, or to a listed entity",
    .description =
        "Compares the first name, as a query, with the second, as if it were listed; or, with --entity, with all names "
        "of an entity of the lists and with what else is known of it. It says how each name was read, word by word, "
        "which word met which and by what rule, what that took from the score and how many bits it adds to the weight, "
        "whether there would be an alert, and what speaks most for it and most against it. What is no hit is "
        "explained, too.\n\n"
        "In the table, the score begins with 1 and ends with what each line left of it; the bits are added up. As "
        "JSON, "
        "the explanation is one line; as CSV, a row for each piece of evidence.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .least = 1,
    .most = 2,
    .operand = CLI_KIND_TEXT,
    .run = run,
};
