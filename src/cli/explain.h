/* The parts of mizan explain. */
#ifndef MIZAN_CLI_EXPLAIN_H
#define MIZAN_CLI_EXPLAIN_H

#include "cli/cli.h"
#include "mizan/reading.h"
#include "mizan/screen.h"

/* What is to be explained: a query's name against a listed one, alone or as that of an entity. */
typedef struct cli_explanation {
    mz_str query, listed;   /* the names that were compared; with an entity that no name meets, `listed` is empty */
    mz_schema schema;       /* of the query */
    mz_algorithm algorithm; /* of two names */
    double score, weight, threshold;
    bool alert;
    bool organisation; /* what the names were read as */
    const mz_evidence *evidence;
    size_t evidence_count;
    /* of an entity */
    const mz_hit *hit; /* NULL: two names */
    size_t name_count; /* names that it has */
    size_t rank, hits; /* its place among the hits of a screening, 0: not among the best; and how many there are */
    mz_str not_done;
} cli_explanation;

enum { CLI_RANKS = 1000 }; /* hits among which its place is looked for */

/* What it comes to: would there be an alert, why, what speaks most for it and what against. Sentences, a line each. */
void cli_explain_sentences(const cli_context *cli, const cli_explanation *explanation, mz_buffer *out);

/* Prints it for a person, and as one line of JSON. */
mz_status cli_explain_show(cli_context *cli, const cli_explanation *explanation, mz_error *error);
mz_status cli_explain_json(cli_context *cli, const cli_explanation *explanation, mz_error *error);

#endif
