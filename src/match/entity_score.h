/* From the score of two names to the score of two entities: what is known beside the names.
 *
 * What is known answers questions, each at most once: is the date of birth the same, the country, the gender, the place
 * of birth, the address, the numbers? An answer is a finding. It costs something where the two disagree, and adds bits
 * of weight where they agree, takes some where they do not. Of several values the best pair answers, so that one
 * nationality that is shared suffices.
 *
 * A finding can only take away from the score, so that the score of two names bounds the score of two entities from
 * above; the index rests on that. Only an identifier raises it: the same strong identifier decides, and so does a
 * different one where each bearer has just one (a ship's IMO number). What costs something when it is missing (the
 * support that a weak alias needs) is a cost of the name, and counted from its least.
 *
 * Bits are log2 of how much likelier an answer is for one person than for two strangers whose names are alike. The
 * rates behind them were counted in public lists (tools/fit/facts_fit.c): one person is two entries of different lists
 * with alike names and one document number, two strangers are two entries of one list with alike names. */
#ifndef MIZAN_MATCH_ENTITY_SCORE_H
#define MIZAN_MATCH_ENTITY_SCORE_H

#include "base/arena.h"
#include "match/name_score.h"
#include "match/trait.h"

/* Whether a property's value is a name to compare. */
bool mz_property_is_name(mz_property property);

/* Whether it is one that does not stand for its bearer alone. A former name does: it is as good as any. */
bool mz_property_is_weak_name(mz_property property);

/* What a name costs for being weak; less where something else supports it (mz_findings.supported). */
double mz_weak_name_cost(const mz_prices *prices, mz_property property, bool supported);

/* A finding: which trait of the query met which of the entity, and what that costs. */
typedef struct mz_finding {
    mz_rule rule;
    const mz_trait *query, *entity;
    double cost, bits;
} mz_finding;

enum { MZ_FINDINGS_MOST = 12, MZ_NO_FINDING = MZ_FINDINGS_MOST };

typedef struct mz_findings {
    mz_finding found[MZ_FINDINGS_MOST];
    size_t count;
    double cost, bits;
    size_t deciding; /* the finding that a strong identifier is the same; MZ_NO_FINDING: none is */
    bool supported;  /* a birth date agrees or a strong identifier is the same: even a weak alias may be believed */
} mz_findings;

#define MZ_FINDINGS_NONE ((mz_findings){.deciding = MZ_NO_FINDING})

static inline bool mz_identified(const mz_findings *findings) {
    return findings->deciding != MZ_NO_FINDING;
}

/* Compares what is known on two sides. Places and addresses are compared where mz_traits_prepare has been there. */
void mz_compare_traits(const mz_prices *prices, const mz_trait *query, size_t query_count, const mz_trait *entity,
                       size_t entity_count, mz_findings *ret_findings);

/* Takes places and addresses apart, at most MZ_TRAIT_PLACES_MOST; returns how many there are. Those for which the arena
 * had no room are not compared, which is for the caller to see. */
size_t mz_traits_prepare(mz_trait *traits, size_t count, mz_arena *arena);

/* Whether a strong identifier is the same, which is all that mz_identified would say, without the rest. */
bool mz_traits_identify(const mz_trait *query, size_t query_count, const mz_trait *entity, size_t entity_count);

/* The score of an entity: from the cost of its best pair of names (negative: no name met) and its findings. */
uint32_t mz_entity_score(double name_cost, const mz_findings *findings);

#endif
