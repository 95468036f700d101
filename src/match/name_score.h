/* The score of one name against another, from the likeness of their words.
 *
 * A cost is summed from what differs, and the score is exp(-cost) by a fixed rational expression, so that it is the
 * same to the bit on every machine. The cost of a pair of names is
 *
 *     spelled differently   weight × difference of each pair of words that met
 *   + contradiction         words left on both sides, as much as they face each other
 *   + missing, extra        words left on one side
 *   + order, single, generic, numbers, legal forms: constants
 *   + commonness            a little for names of common words, so that different worths have different scores
 *
 * and nothing in it is negative. What is due to one word of the query is never less than mz_name_word_loss says from
 * the best likeness that any word or join of the other name has to it: that is the bound on which the index rests. */
#ifndef MIZAN_MATCH_NAME_SCORE_H
#define MIZAN_MATCH_NAME_SCORE_H

#include "match/prices.h"
#include "match/word.h"
#include "mizan/screen.h"

enum {
    MZ_SCORE_UNIT = 1000000,
    MZ_NAME_PIECES_MOST = 2 * MZ_NAME_WORDS_MOST + 8,
    MZ_JOINS_MOST = 4096, /* joins of words that are aligned in one pair of names; further ones are no joins. Ordinary
                             names have one or two, sixty-four words of one sound would have sixteen thousand */
    /* what one pair of names may cost at most, in cells of alignment: all words with each other, and the joins */
    MZ_PAIR_CELLS_MOST = MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST * MZ_PHONES_MOST * MZ_PHONES_MOST +
                         MZ_JOINS_MOST * 3 * MZ_PHONES_MOST * MZ_PHONES_MOST
};

/* What met what, and what it costs. */
typedef struct mz_piece {
    mz_rule rule;
    uint8_t query_first, query_count, entity_first, entity_count; /* words; count 0: that side has nothing */
    uint16_t likeness;
    double cost;
    double bits;  /* of weight */
    double share; /* of the name that is met: for the points */
} mz_piece;

typedef struct mz_name_score {
    double cost; /* the sum of the pieces' */
    double bits;
    mz_piece pieces[MZ_NAME_PIECES_MOST];
    size_t piece_count;   /* 0: nothing met, the score is 0 */
    uint32_t joins_tried; /* at most MZ_JOINS_MOST */
    uint64_t steps;       /* taken to find who meets whom, and cells of alignment of the joins, at most */
} mz_name_score;

/* Two names meet in earnest only in a word of some weight: articles, particles and titles alone, or an initial for a
 * word, are no meeting, and such a pair has no score. A query that has nothing but those meets in what is the same. */
enum { MZ_MEETING_WEIGHT = 20, MZ_LIGHT_WEIGHT = 15 /* of articles, particles, titles: the most */ };
bool mz_name_word_decides(const mz_name *query, size_t i);
bool mz_name_of_initials(const mz_name *query);

/* Working memory; one thread at a time. */
typedef struct mz_name_scorer mz_name_scorer;
mz_name_scorer *mz_name_scorer_new(void); /* NULL: out of memory */
void mz_name_scorer_free(mz_name_scorer *scorer);

/* Scores `entity`'s name against the query's. likeness[i * entity->count + j] is mz_word_likeness of the words i and j.
 * `may_join` false: it is known that no join of words meets a word, and none is looked for.
 * False (result unspecified) when nothing met, or when the cost is above `most_cost`. */
bool mz_name_score_pair(mz_name_scorer *scorer, const mz_prices *prices, const mz_name *query, const mz_name *entity,
                        const uint16_t *likeness, bool may_join, double most_cost, mz_name_score *ret_score);

/* The least that word i of the query adds to the cost when no word and no join of the other name is more alike to it
 * than `best` (joins: after what joining takes away). */
double mz_name_word_loss(const mz_prices *prices, const mz_name *query, size_t i, uint16_t best);

/* What word i of the query costs where it meets a word of some likeness: its price times how far these are apart. And
 * what it costs that the name has words left that face nothing, of this weight in hundredths. */
double mz_name_word_price(const mz_prices *prices, const mz_name *query, size_t i);
double mz_likeness_apart(const mz_prices *prices, uint16_t likeness);
double mz_name_extra_cost(const mz_prices *prices, const mz_name *query, double weight_percent);

/* Words that meet nothing on either side contradict each other: the cost is at least what mz_name_word_loss adds up to,
 * and mz_name_facing_rate for each unit of what faces each other, which is the lesser of what the words left of the
 * two names weigh. A word's weight in this depends on what it is, and grows with `weight_percent`. */
double mz_name_facing_weight(const mz_prices *prices, bool organisation, mz_word_class class, unsigned weight_percent);
double mz_name_facing_rate(const mz_prices *prices, const mz_name *query);

/* No more than the cost of the pair, where no join of words meets a word: for passing over pairs that are too dear. */
double mz_name_least_cost(const mz_prices *prices, const mz_name *query, const mz_name *entity,
                          const uint16_t *likeness);

/* Score in millionths from a cost, falling strictly down to 0; and the largest cost that reaches a score. */
uint32_t mz_score_from_cost(double cost);
double mz_cost_from_score(uint32_t score);

#endif
