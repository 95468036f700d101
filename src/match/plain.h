/* Names compared as they are written, for the algorithms `exact` and `ofac`: nothing is known here of what words mean,
 * how they sound, or which language joins them.
 *
 * `exact`: a name is the same when it has the same words, each in normal form (text/: capitals, marks, punctuation,
 * invisible characters and spelling variants of one letter make no difference), in the same order. In another order it
 * costs the price of `order`, and nothing else makes a score: one letter that differs, a word more or less, a blank
 * between two parts of a word, and there is none.
 *
 * `ofac`: see ofac.h. A percent is a hundredth of score, and what is known beside the name neither adds nor takes. */
#ifndef MIZAN_MATCH_PLAIN_H
#define MIZAN_MATCH_PLAIN_H

#include "match/name_score.h"
#include "match/ofac.h"
#include "mizan/policy.h"

/* A name made ready. */
typedef struct mz_plain_name {
    mz_name name;         /* its words in normal form and as written; classes and sounds are left out */
    const mz_str *sorted; /* exact: the words in normal form in the order of their bytes */
    mz_ofac_name ofac;    /* ofac */
} mz_plain_name;

/* Everything is in the arena, or a slice of `text`; at most MZ_NAME_WORDS_MOST words. `scratch` is another arena, which
 * is reset. MZ_ERR_INPUT: not UTF-8. */
mz_status mz_plain_read(mz_algorithm algorithm, mz_str text, mz_arena *arena, mz_arena *scratch,
                        mz_plain_name *ret_name, mz_error *error);

/* Equal for names that `exact` finds the same, and rarely for others. */
uint64_t mz_plain_key(const mz_plain_name *name);

/* Whether the listed name has a score against the query's, which *ret_score tells as mz_name_score_pair does. Not for
 * mizan-1, which has a scorer of its own. */
bool mz_plain_score(mz_algorithm algorithm, const mz_prices *prices, const mz_plain_name *query,
                    const mz_plain_name *listed, mz_name_score *ret_score);

/* The prices with which an algorithm judges what is known beside names: to `ofac` only the name counts. */
void mz_plain_prices(mz_algorithm algorithm, mz_prices *prices);

#endif
