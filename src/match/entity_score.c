#include "match/entity_score.h"

#include "match/questions.h"

static const uint32_t IDENTIFIED = 900000, IDENTIFIED_SPAN = 99000;
static const double GENDER_SAME_BITS = 0.5, GENDER_OTHER_BITS = -3; /* a given name has mostly said it before */
static const double SUPPORTING_BITS = 5;                            /* of a date: its year agrees */

bool mz_property_is_name(mz_property property) {
    return mz_property_kind(property) == MZ_TYPE_NAME;
}

bool mz_property_is_weak_name(mz_property property) {
    return property == MZ_PROP_weakAlias || property == MZ_PROP_abbreviation;
}

double mz_weak_name_cost(const mz_prices *prices, mz_property property, bool supported) {
    if (!mz_property_is_weak_name(property)) return 0;
    /* an abbreviation is short, and not doubted by its list */
    bool alone = !supported && property == MZ_PROP_weakAlias;
    return prices->weak_alias + (alone ? prices->weak_alone : 0);
}

static void report(mz_findings *findings, mz_finding finding) {
    if (findings->count == MZ_FINDINGS_MOST) return;
    findings->found[findings->count++] = finding;
    findings->cost += finding.cost;
    findings->bits += finding.bits;
}

static bool compare_genders(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding) {
    bool same = mz_str_equal(a->text, b->text);
    *ret_finding = (mz_finding){MZ_RULE_GENDER, a, b, same ? 0 : prices->gender_differs,
                                same ? GENDER_SAME_BITS : GENDER_OTHER_BITS};
    return true;
}

static bool is_birth(const mz_trait *trait) {
    return trait->property == MZ_PROP_birthDate;
}

/* Births are one question; a death, and a firm's or a ship's beginning, another. */
static bool compare_births(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding) {
    return is_birth(a) && is_birth(b) && mz_compare_dates(prices, a, b, ret_finding);
}

static bool compare_other_dates(const mz_prices *prices, const mz_trait *a, const mz_trait *b,
                                mz_finding *ret_finding) {
    return !(is_birth(a) && is_birth(b)) && mz_compare_dates(prices, a, b, ret_finding);
}

static bool agrees(const mz_finding *finding) {
    return !(finding->cost > 0) && finding->bits > 0;
}

/* What holds of several answers to one question: who agrees is heard first. Of dates that disagree the nearest counts,
 * for lists give several because they are not sure; of countries, the one that disagrees most, so that a residence
 * elsewhere does not make another nationality cheaper. */
typedef enum choice { NEAREST, WORST } choice;

static bool better(const mz_finding *one, const mz_finding *best, choice by) {
    if (!best->query) return true;
    if (agrees(one) != agrees(best)) return agrees(one);
    bool lower = one->cost < best->cost, equal = !lower && !(one->cost > best->cost);
    if (by == WORST && !agrees(one)) return !lower && (!equal || one->bits < best->bits);
    return lower || (equal && one->bits > best->bits);
}

static const struct question {
    mz_trait_kind kind;
    choice choice;
    bool (*compare)(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding);
} questions[] = {
    {MZ_TRAIT_DATE, NEAREST, compare_births},        {MZ_TRAIT_DATE, WORST, compare_other_dates},
    {MZ_TRAIT_COUNTRY, WORST, mz_compare_countries}, {MZ_TRAIT_GENDER, NEAREST, compare_genders},
    {MZ_TRAIT_PLACE, NEAREST, mz_compare_places},    {MZ_TRAIT_ADDRESS, NEAREST, mz_compare_addresses},
};

/* What is known on both sides. */
typedef struct sides {
    const mz_prices *prices;
    const mz_trait *query, *entity;
    size_t query_count, entity_count;
} sides;

static void ask(const sides *s, const struct question *question, mz_findings *findings) {
    mz_finding best = {.query = NULL};
    double most_bits = 0;
    bool needs_place = question->kind == MZ_TRAIT_PLACE || question->kind == MZ_TRAIT_ADDRESS;
    for (size_t i = 0; i < s->query_count; i++) {
        const mz_trait *a = &s->query[i];
        if (a->kind != question->kind || (needs_place && !a->place)) continue;
        for (size_t j = 0; j < s->entity_count; j++) {
            const mz_trait *b = &s->entity[j];
            mz_finding finding;
            if (b->kind != question->kind || (needs_place && !b->place)) continue;
            if (!question->compare(s->prices, a, b, &finding)) continue;
            if (agrees(&finding) && finding.bits > most_bits) most_bits = finding.bits;
            if (better(&finding, &best, question->choice)) best = finding;
        }
    }
    if (!best.query) return;
    if (agrees(&best)) best.bits = most_bits;
    report(findings, best);
}

static const mz_finding *same_number(const sides *s, mz_finding *room) {
    for (size_t i = 0; i < s->query_count; i++) {
        if (!mz_trait_decides(&s->query[i])) continue;
        for (size_t j = 0; j < s->entity_count; j++) {
            if (s->entity[j].kind != MZ_TRAIT_IDENTIFIER || !mz_same_number(&s->query[i], &s->entity[j])) continue;
            *room = (mz_finding){MZ_RULE_IDENTIFIER, &s->query[i], &s->entity[j], 0, MZ_BITS_OF_A_NUMBER};
            return room;
        }
    }
    return NULL;
}

/* Of the numbers that do not decide, what speaks most for and most against; not against where another decided. */
static void ask_numbers(const sides *s, mz_findings *findings) {
    mz_finding same, pro = {.bits = 0}, contra = {.bits = 0};
    if (same_number(s, &same)) {
        findings->deciding = findings->count;
        report(findings, same);
    }
    for (size_t i = 0; i < s->query_count; i++) {
        const mz_trait *a = &s->query[i];
        if (a->kind != MZ_TRAIT_IDENTIFIER) continue;
        for (size_t j = 0; j < s->entity_count; j++) {
            const mz_trait *b = &s->entity[j];
            mz_finding finding;
            if (b->kind != MZ_TRAIT_IDENTIFIER || mz_same_number(a, b)) continue;
            if (!mz_compare_numbers(s->prices, a, b, &finding)) continue;
            if (finding.bits > pro.bits) pro = finding;
            if (finding.cost > contra.cost) contra = finding;
        }
    }
    if (pro.query) report(findings, pro);
    if (contra.query && !mz_identified(findings)) report(findings, contra);
}

size_t mz_traits_prepare(mz_trait *traits, size_t count, mz_arena *arena) {
    size_t places = 0;
    for (size_t t = 0; t < count; t++) {
        if (traits[t].kind != MZ_TRAIT_PLACE && traits[t].kind != MZ_TRAIT_ADDRESS) continue;
        if (places++ < MZ_TRAIT_PLACES_MOST) traits[t].place = mz_place_parse(traits[t].text, arena);
    }
    return places;
}

bool mz_traits_identify(const mz_trait *query, size_t query_count, const mz_trait *entity, size_t entity_count) {
    mz_finding room;
    return same_number(&(sides){NULL, query, entity, query_count, entity_count}, &room) != NULL;
}

static bool supports(const mz_findings *findings) {
    if (mz_identified(findings)) return true;
    for (size_t f = 0; f < findings->count; f++) {
        const mz_finding *found = &findings->found[f];
        bool births = is_birth(found->query) && is_birth(found->entity);
        if (found->rule == MZ_RULE_DATE && births && agrees(found) && found->bits >= SUPPORTING_BITS) return true;
    }
    return false;
}

void mz_compare_traits(const mz_prices *prices, const mz_trait *query, size_t query_count, const mz_trait *entity,
                       size_t entity_count, mz_findings *ret_findings) {
    const sides s = {prices, query, entity, query_count, entity_count};
    *ret_findings = MZ_FINDINGS_NONE;
    if (!query_count || !entity_count) return;
    for (size_t q = 0; q < sizeof questions / sizeof questions[0]; q++) ask(&s, &questions[q], ret_findings);
    ask_numbers(&s, ret_findings);
    ret_findings->supported = supports(ret_findings);
}

uint32_t mz_entity_score(double name_cost, const mz_findings *findings) {
    uint32_t score = name_cost < 0 ? 0 : mz_score_from_cost(name_cost + findings->cost);
    if (!mz_identified(findings)) return score;
    uint32_t by_number = IDENTIFIED + (uint32_t)((uint64_t)IDENTIFIED_SPAN * score / MZ_SCORE_UNIT);
    return by_number > score ? by_number : score;
}
