/* What each kind of difference costs, in units of cost: the global parameters of the scorer, and all that a policy may
 * set as "weights". Defaults are orientated by two experiments on judged pairs and fitted by tools/fit.
 *
 * The table is the one place: the struct, the names in policies, their ranges and `mizan policy show` are made from it.
 * What a price is called in three languages stands in src/cli/policy_messages.h; a test misses it there.
 */
#ifndef MIZAN_MATCH_PRICES_H
#define MIZAN_MATCH_PRICES_H

#include <stdbool.h>
#include <stddef.h>

/* X(name, default, least, most). No price is negative; which more is demanded, and why, stands at mz_prices_unsound. */
#define MZ_PRICES(X)                                                                                                   \
    /* names: a word spelled as differently as can be and still met */                                                 \
    X(spelled, 0.99, 0, 10)                                                                                            \
    /* likeness of words from which a difference of spelling is almost nothing, and below which all is lost */         \
    X(likeness_clear, 0.91, 0.7, 1)                                                                                    \
    X(likeness_lost, 0.41, 0, 0.65)                                                                                    \
    /* a word on each side that the other lacks */                                                                     \
    X(contradiction, 2.5, 0, 10)                                                                                       \
    /* least weight, 0…1, of a whole word that contradicts */                                                        \
    X(contradiction_weight, 0.9, 0, 1)                                                                                 \
    /* the same for a place or an activity in a firm's name: sister firms differ in them */                            \
    X(sibling_weight, 1.0, 0, 1)                                                                                       \
    /* a word of the query, of the listed name, that the other lacks */                                                \
    X(missing, 0.40, 0, 5)                                                                                             \
    X(extra, 0.28, 0, 10)                                                                                              \
    /* of that, the share that a patronymic, a nisba or a kunya costs, and a word between given and family name */     \
    X(optional, 0.25, 0, 1)                                                                                            \
    X(middle, 1.0, 0, 1)                                                                                               \
    /* Jr and Sr; Jr and nothing; the son of his own son */                                                            \
    X(generation_differs, 0.35, 0, 10)                                                                                 \
    X(generation_missing, 0.02, 0, 10)                                                                                 \
    X(exchanged, 0.53, 0, 10)                                                                                          \
    /* a name of one word against one of several */                                                                    \
    X(single, 0.12, 0, 10)                                                                                             \
    /* factor, where both names have one word only */                                                                  \
    X(one_word, 1.45, 1, 10)                                                                                           \
    X(number_differs, 0.45, 0, 10)                                                                                     \
    X(number_missing, 0.42, 0, 10)                                                                                     \
    X(legal_differs, 0.50, 0, 10)                                                                                      \
    /* another form of the same family: Ltd and SARL */                                                                \
    X(legal_near, 0.12, 0, 10)                                                                                         \
    X(legal_missing, 0.02, 0, 10)                                                                                      \
    /* an acronym of three letters for a name; of more, less, by the square of the letters */                          \
    X(acronym, 0.65, 0, 10)                                                                                            \
    /* nothing but words common to firms agrees */                                                                     \
    X(generic_only, 0.35, 0, 10)                                                                                       \
    X(order, 0.01, 0, 10)                                                                                              \
    /* names of common words: keeps scores apart */                                                                    \
    X(common, 0.02, 0, 10)                                                                                             \
    /* a name that its list calls weak, or an abbreviation; and what is added where no date of birth supports it */    \
    X(weak_alias, 0.10, 0, 10)                                                                                         \
    X(weak_alone, 0.20, 0, 10)                                                                                         \
    /* what is known beside the names: births and deaths */                                                            \
    X(day_differs, 0.12, 0, 10)                                                                                        \
    X(day_exchanged, 0.03, 0, 10)                                                                                      \
    /* one digit is another, or two are exchanged */                                                                   \
    X(date_misspelt, 0.05, 0, 10)                                                                                      \
    /* apart, but no further than "about" allows */                                                                    \
    X(date_about, 0.06, 0, 10)                                                                                         \
    X(year_near, 0.25, 0, 10)                                                                                          \
    X(year_far, 0.55, 0, 10)                                                                                           \
    X(year_other, 0.90, 0, 10)                                                                                         \
    /* dates of incorporation and of building */                                                                       \
    X(founded_differs, 0.12, 0, 10)                                                                                    \
    /* another nationality, another country of birth */                                                                \
    X(country_differs, 0.12, 0, 10)                                                                                    \
    /* another country of residence or registration; born in another country than a national of it */                  \
    X(country_changed, 0.06, 0, 10)                                                                                    \
    /* kinds that often differ: a nationality and a residence */                                                       \
    X(country_unlike, 0.04, 0, 10)                                                                                     \
    /* another place of birth */                                                                                       \
    X(place_differs, 0.03, 0, 10)                                                                                      \
    X(gender_differs, 0.55, 0, 10)                                                                                     \
    /* another number of a register of the same country */                                                             \
    X(number_differs_here, 0.35, 0, 10)                                                                                \
    /* another number where a bearer has one for life */                                                               \
    X(identifier_differs, 1.00, 0, 10)

typedef struct mz_prices {
#define MZ_X(name, usual, least, most) double name;
    MZ_PRICES(MZ_X)
#undef MZ_X
} mz_prices;

typedef enum mz_price {
#define MZ_X(name, usual, least, most) MZ_PRICE_##name,
    MZ_PRICES(MZ_X)
#undef MZ_X
        MZ_PRICE_COUNT
} mz_price;

extern const mz_prices mz_default_prices;

/* One line of the table. */
typedef struct mz_price_facts {
    const char *name;
    double usual, least, most;
    size_t offset; /* in mz_prices */
} mz_price_facts;
const mz_price_facts *mz_price_of(mz_price price);

static inline double mz_price_get(const mz_prices *prices, mz_price price) {
    return *(const double *)(const void *)((const char *)prices + mz_price_of(price)->offset);
}
static inline void mz_price_set(mz_prices *prices, mz_price price, double value) {
    *(double *)(void *)((char *)prices + mz_price_of(price)->offset) = value;
}

/* What is wrong with prices that are each within their range, one sentence; NULL when the scorer may use them.
 *
 * The proofs that nothing is lost (candidates.c, mz_name_least_cost) rest on this, for every policy:
 *  - Nothing that is charged is negative: every `least` is 0 or more.
 *  - What a word of the query adds is at least mz_name_word_loss. Where both names have one word the sum is multiplied
 *    by `one_word`, so that is never below 1. Words left over cost C F + M max(0, L - F) with C = contradiction / w^3/8
 *    and M = missing / w^1/2, w the weight of the query's name; that is at least M L only while C >= M, that is while
 *    contradiction >= missing / w^1/8. No name weighs less than 1/2, whose eighth root is above 1/1.0906: contradiction
 *    is at least 1.1 times missing.
 *  - Credits of a query together stay below 2^32 / 2^20 units: at most missing × w^1/2 with w <= 64 × 2.55, so
 * `missing` is at most 5 (and would have to be above 300 to overflow).
 *  - A likelier word never costs more: the ranges keep likeness_clear above likeness_lost. */
const char *mz_prices_unsound(const mz_prices *prices);

#endif
