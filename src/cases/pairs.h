/* Pairs of a subject and listed entities that it hits, and what becomes of each. */
#ifndef MIZAN_CASES_PAIRS_H
#define MIZAN_CASES_PAIRS_H

#include "base/digest.h"
#include "cases/change.h"

/* What screening looked at of one of a pair. */
typedef struct mz_case_facts {
    mz_str text;
    char digest[MZ_DIGEST_HEX_SIZE];
} mz_case_facts;

/* Of an entity by its number; the text is in `arena`. */
mz_status mz_entity_facts_of(mz_entity_facts *facts, uint32_t number, mz_arena *arena, mz_case_facts *ret_facts,
                             mz_error *error);

typedef enum mz_pair_outcome {
    MZ_PAIR_RAISE,   /* a new alert */
    MZ_PAIR_REFRESH, /* one that is not decided learns what is new */
    MZ_PAIR_KNOWN,   /* one is there already, and nothing has changed */
    MZ_PAIR_QUIET,   /* it was cleared, and nothing has changed */
    MZ_PAIR_OUTCOME_COUNT
} mz_pair_outcome;

/* The last alert of a pair; `key` empty: none. The digests are of its facts. */
typedef struct mz_pair_alert {
    mz_str key, entity, case_key, phase, disposition, decision, subject_digest, entity_digest, subject_base,
        entity_base;
} mz_pair_alert;

/* The clearance of a pair that is valid, but for its end; `key` empty: none. */
typedef struct mz_pair_clearance {
    mz_str key, entity, subject_digest, entity_digest;
    int64_t ends;
} mz_pair_clearance;

typedef struct mz_pair {
    const mz_hit *hit;
    mz_case_facts entity;
    mz_pair_alert last;
    mz_pair_clearance clearance;
    mz_pair_outcome outcome;
    mz_str alert; /* of what is raised or refreshed */
} mz_pair;

/* What becomes of a pair. *ret_ends: why its clearance ends by it ("outdated", "expired"); NULL: it does not. */
mz_pair_outcome mz_pair_judge(const mz_pair *pair, mz_str subject_digest, int64_t now, const char **ret_ends);

#endif
