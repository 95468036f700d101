/* Evidence in words. */
#ifndef MIZAN_CLI_EVIDENCE_H
#define MIZAN_CLI_EVIDENCE_H

#include "cli/cli.h"
#include "mizan/screen.h"

/* A name or word from outside: made harmless, and on a terminal kept from turning what stands beside it when it is
 * written from right to left (U+2068 … U+2069, Unicode Standard Annex 9). */
void cli_put_name(const cli_context *cli, mz_buffer *out, mz_str name);

/* One piece in words: "spelling: mohamed ~ muhammad". */
void cli_evidence_words(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence);

/* All pieces in a line of words, equal words counted, filled to the width; the first line begins at column `indent`
 * and the others are indented so. */
void cli_evidence_line(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count,
                       size_t indent);

/* Each piece with its points and bits, and their sums, indented. */
void cli_evidence_table(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count,
                        size_t indent);

/* "0.930": three decimals, cut and not rounded, so that no score looks higher than it is. */
void cli_put_score(mz_buffer *out, double score);

#endif
