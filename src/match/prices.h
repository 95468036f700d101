/* What each kind of difference costs, in units of cost: the global parameters of the scorer, and all that a policy may
 * set. Defaults are orientated by two experiments on judged pairs and fitted by tools/fit. */
#ifndef MIZAN_MATCH_PRICES_H
#define MIZAN_MATCH_PRICES_H

typedef struct mz_prices {
    /* names */
    double spelled;              /* a word spelled as differently as can be and still met */
    double contradiction;        /* a word on each side that the other lacks */
    double contradiction_weight; /* least weight, 0…1, of a whole word that contradicts */
    double missing, extra;       /* a word of the query, of the listed name, that the other lacks */
    double single;               /* a name of one word against one of several */
    double one_word;             /* factor, where both names have one word only */
    double number_differs, number_missing;
    double legal_differs, legal_missing;
    double generic_only; /* nothing but words common to firms agrees */
    double order;
    double common; /* names of common words: keeps scores apart */
    double weak_alias;
    /* what is known beside the names */
    double day_differs, day_exchanged, year_near, year_far, year_other;
    double country_differs, gender_differs, identifier_differs;
} mz_prices;

extern const mz_prices mz_default_prices;

#endif
