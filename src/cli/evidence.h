/* Evidence in words. */
#ifndef MIZAN_CLI_EVIDENCE_H
#define MIZAN_CLI_EVIDENCE_H

#include "cli/cli.h"
#include "mizan/screen.h"

/* A name or word from outside: made harmless, and kept from turning what stands beside it (U+2068 … U+2069, Unicode
 * Standard Annex 9): in Arabic every name, elsewhere those from right to left, and those on a terminal only. */
void cli_put_name(const cli_context *cli, mz_buffer *out, mz_str name);

/* One piece in words: "another spelling: mohamed ~ muhammad". `roles`: and behind it what the words are in their names,
 * where that is known: "(given name)". */
void cli_evidence_words(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, bool roles);

/* What a word is in its name: "family name". */
const char *cli_role_label(mz_role role, mz_language language);

/* All pieces in a line of words, equal words counted, filled to the width; the first line begins at column `indent`
 * and the others are indented so. */
void cli_evidence_line(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count,
                       size_t indent);

/* Each piece with what it takes from the score and the bits it adds, on a terminal with bars, in words; from a whole
 * point down to the score, and up to the weight. */
void cli_evidence_table(const cli_context *cli, mz_buffer *out, const mz_evidence *evidence, size_t count,
                        size_t indent);

/* Two words left over, one on each side, that contradict each other are shown as one piece: fills in `ret_shown` (room
 * for `count`) and returns how many there are. What they took and their bits are added. */
size_t cli_evidence_faced(const mz_evidence *evidence, size_t count, mz_evidence *ret_shown);

/* Text of numbers and signs: in Arabic kept from left to right, so that a minus stays before its number. */
void cli_put_figures(const cli_context *cli, mz_buffer *out, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* In Arabic, marks every line from `from` on as one from right to left, also where it begins with a name or a number.
 */
void cli_right_to_left(const cli_context *cli, mz_buffer *out, size_t from);

/* "0.930": three decimals, cut and not rounded, so that no score looks higher than it is. */
void cli_put_score(mz_buffer *out, double score);
double cli_score_shown(double score);

#endif
