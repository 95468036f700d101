/* From the score of two names to the score of two entities: what is known beside the names.
 *
 * A birth date, a country, a gender can only take away from the score (what agrees is seen in the weight), so the
 * score of two names bounds the score of two entities from above. Only an identifier raises it: the same strong
 * identifier decides, and so does a different one where each bearer has just one (a ship's IMO number). */
#ifndef MIZAN_MATCH_ENTITY_SCORE_H
#define MIZAN_MATCH_ENTITY_SCORE_H

#include "match/name_score.h"
#include "mizan/date.h"
#include "mizan/entity.h"

typedef enum mz_trait_kind {
    MZ_TRAIT_DATE,
    MZ_TRAIT_COUNTRY,
    MZ_TRAIT_GENDER,
    MZ_TRAIT_IDENTIFIER,
    MZ_TRAIT_KIND_COUNT
} mz_trait_kind;

enum {
    MZ_TRAIT_CIRCA = 1,
    MZ_TRAIT_DOUBTFUL = 2,       /* an identifier with a wrong check digit or shape: never decides */
    MZ_TRAIT_PRECISION_SHIFT = 4 /* dates: mz_date.precision from this bit on */
};

/* One thing known beside the names. */
typedef struct mz_trait {
    mz_str text;                 /* as shown; the normal form of identifiers, countries and genders */
    int32_t first_day, last_day; /* dates */
    uint16_t property;
    uint8_t kind, flags;
} mz_trait;

/* The trait that a fact is; false when it is none. `text` is the fact's. */
bool mz_trait_of(const mz_fact *fact, mz_trait *ret_trait);

/* Whether a property's value is a name to compare, and how much a name of that kind costs for being weak. */
bool mz_property_is_name(mz_property property);
double mz_weak_name_cost(const mz_prices *prices, mz_property property);

/* A finding: which trait of the query met which of the entity, and what that costs. */
typedef struct mz_finding {
    mz_rule rule;
    const mz_trait *query, *entity; /* NULL: none on that side */
    double cost, bits;
} mz_finding;

enum { MZ_FINDINGS_MOST = 4 };

typedef struct mz_findings {
    mz_finding found[MZ_FINDINGS_MOST];
    size_t count;
    double cost, bits;
    bool identified; /* a strong identifier is the same */
} mz_findings;

void mz_compare_traits(const mz_prices *prices, const mz_trait *query, size_t query_count, const mz_trait *entity,
                       size_t entity_count, mz_findings *ret_findings);

/* Whether an identifier may decide: long enough, and its check is not wrong. */
bool mz_trait_decides(const mz_trait *trait);

/* Whether numbers of these kinds may be the same number: one kind, or kinds that lists and clerks confuse, a passport
 * with another document, a tax number with a registration. */
bool mz_same_kind_of_number(mz_property a, mz_property b);

/* The score of an entity: from the cost of its best pair of names (negative: no name met) and its findings. */
uint32_t mz_entity_score(double name_cost, const mz_findings *findings);

#endif
