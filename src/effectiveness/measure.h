/* Asking: every subject in every way that applies to it, on all processors.
 *
 * Each question is screened once at the lowest threshold, and what comes back is kept as a score and a rank: figures at
 * any threshold are counted from these afterwards. An entity that stands behind MZ_MEASURED_HITS others counts as not
 * found, because nobody looks there. Answers stand in the place of their question, so that they are the same on any
 * number of threads. */
#ifndef MIZAN_EFFECTIVENESS_MEASURE_H
#define MIZAN_EFFECTIVENESS_MEASURE_H

#include "effectiveness/sample.h"

enum {
    MZ_MEASURED_HITS = 100, /* of one question that are looked at */
    MZ_MEASURED_UNIT = 1000000
};

typedef enum mz_answer_state {
    MZ_NOT_ASKED, /* the class does not apply */
    MZ_ANSWERED,
    MZ_UNANSWERED /* it could not be screened: counts as not found */
} mz_answer_state;

typedef struct mz_answer {
    uint32_t score;            /* millionths; of the own entity, of a customer the best; 0: none */
    uint32_t best_score, best; /* the first hit; best_score 0: none */
    uint16_t rank;             /* of the own entity, from 1; 0: not there */
    uint16_t hits;             /* at or above the threshold, at most MZ_MEASURED_HITS */
    uint8_t state;
    bool found; /* at the threshold of the run, or of its policy for this question */
} mz_answer;

/* How customers are asked as they are. */
enum { MZ_BY_NAME, MZ_WITH_FACTS, MZ_CUSTOMER_WAYS };

typedef struct mz_measured {
    const size_t *classes; /* their numbers */
    size_t class_count;
    mz_answer *listed;    /* by subject, then by class */
    mz_answer *customers; /* by customer, then by way */
    mz_answer *changed;   /* by customer, then by class: of the first changed_count */
    size_t changed_count;
    const mz_policy *policy;
    double seconds;
} mz_measured;

/* `measured` comes with classes and policy. */
mz_status mz_measure(const mz_index *index, const mz_sample *sample, const mz_effectiveness_options *options,
                     mz_measured *measured, mz_error *error);
void mz_measured_done(mz_measured *measured);
/* The threshold that stands for a run: the one given, else the policy's without its rules. */
double mz_measured_threshold(const mz_effectiveness_options *options, const mz_policy *policy);

#endif
