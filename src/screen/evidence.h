/* From costs to an explanation whose parts add up. */
#ifndef MIZAN_SCREEN_EVIDENCE_H
#define MIZAN_SCREEN_EVIDENCE_H

#include "base/arena.h"
#include "match/entity_score.h"
#include "mizan/screen.h"

enum { MZ_EVIDENCE_MOST = MZ_NAME_PIECES_MOST + MZ_FINDINGS_MOST + 1 };

/* What is to be explained: the pair of names that met (NULL: none did), the property of the entity's name with what its
 * weakness costs, and the findings. */
typedef struct mz_explanation {
    const mz_name *query, *entity;
    const mz_name_score *names;
    mz_property property;
    double weak_cost;
    const mz_findings *findings;
    uint32_t score; /* millionths */
} mz_explanation;

/* The evidence, in `arena`: points add up to the score in millionths, bits to *ret_weight. Strings are those of the
 * names and traits. NULL and count 0 when the arena has failed. */
const mz_evidence *mz_explain(const mz_explanation *explanation, mz_arena *arena, size_t *ret_count,
                              double *ret_weight);

/* The points of a hit by rule: what it is told by where parts are not told one by one. */
typedef struct mz_rule_points {
    double points[MZ_RULE_COUNT];
    bool met[MZ_RULE_COUNT];
} mz_rule_points;
void mz_evidence_by_rule(const mz_hit *hit, mz_rule_points *ret_sums);

#endif
