/* The parts of mizan explain. */
#ifndef MIZAN_CLI_EXPLAIN_H
#define MIZAN_CLI_EXPLAIN_H

#include "cli/cli.h"
#include "screen/explanation.h"

/* What it comes to: would there be an alert, why, what speaks most for it and what against. Sentences, a line each. */
void cli_explain_sentences(const cli_context *cli, const mz_explanation *explanation, mz_buffer *out);

/* Prints it for a person. */
mz_status cli_explain_show(cli_context *cli, const mz_explanation *explanation, mz_error *error);

/* The words of a language, for texts that stand in JSON; `cli` must outlive them, and of it the language counts. */
mz_words_of cli_words_of(const cli_context *cli);

#endif
