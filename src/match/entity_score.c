#include "match/entity_score.h"

#include <stdlib.h>

enum { DECISIVE_BYTES = 5, YEAR_DAYS = 366 };

static const uint32_t IDENTIFIED = 900000, IDENTIFIED_SPAN = 99000;

bool mz_property_is_name(mz_property property) {
    return mz_property_kind(property) == MZ_TYPE_NAME;
}

double mz_weak_name_cost(const mz_prices *prices, mz_property property) {
    return property == MZ_PROP_weakAlias || property == MZ_PROP_abbreviation ? prices->weak_alias : 0;
}

static bool date_trait(const mz_fact *fact, mz_trait *ret_trait) {
    mz_date date;
    if (!mz_date_parse(fact->value, MZ_DATE_DAY_FIRST, &date)) return false;
    ret_trait->kind = MZ_TRAIT_DATE;
    ret_trait->first_day = date.first_day;
    ret_trait->last_day = date.last_day;
    ret_trait->flags = (uint8_t)((date.circa || date.uncertain ? MZ_TRAIT_CIRCA : 0) | (unsigned)date.precision
                                                                                           << MZ_TRAIT_PRECISION_SHIFT);
    return true;
}

bool mz_trait_of(const mz_fact *fact, mz_trait *ret_trait) {
    mz_trait trait = {.text = fact->value, .property = (uint16_t)fact->property};
    bool unparsed = fact->flags & MZ_FACT_UNPARSED;
    switch (mz_property_kind(fact->property)) {
    case MZ_TYPE_DATE:
        if (fact->property != MZ_PROP_birthDate || unparsed || !date_trait(fact, &trait)) return false;
        break;
    case MZ_TYPE_COUNTRY:
        if (unparsed) return false;
        trait.kind = MZ_TRAIT_COUNTRY;
        break;
    case MZ_TYPE_GENDER:
        if (!mz_str_equal(fact->value, MZ_STR("male")) && !mz_str_equal(fact->value, MZ_STR("female"))) return false;
        trait.kind = MZ_TRAIT_GENDER;
        break;
    case MZ_TYPE_IDENTIFIER:
        trait.kind = MZ_TRAIT_IDENTIFIER;
        trait.flags = fact->flags & (MZ_FACT_WRONG_CHECK | MZ_FACT_UNPARSED) ? MZ_TRAIT_DOUBTFUL : 0;
        break;
    case MZ_TYPE_NAME:
    case MZ_TYPE_NAME_PART:
    case MZ_TYPE_TEXT:
    case MZ_TYPE_ADDRESS:
    case MZ_TYPE_TOPIC:
    case MZ_TYPE_URL:
    case MZ_TYPE_ENTITY: return false;
    }
    *ret_trait = trait;
    return true;
}

bool mz_trait_decides(const mz_trait *trait) {
    return trait->kind == MZ_TRAIT_IDENTIFIER && !(trait->flags & MZ_TRAIT_DOUBTFUL) &&
           trait->text.size >= DECISIVE_BYTES && trait->property != MZ_PROP_phone && trait->property != MZ_PROP_email;
}

enum { OF_A_PERSON = 1, OF_A_FIRM = 2 };

static unsigned family_of(mz_property property) {
    static const struct {
        mz_property property;
        unsigned family;
    } families[] = {
        {MZ_PROP_passportNumber, OF_A_PERSON},
        {MZ_PROP_idNumber, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_number, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_socialSecurityNumber, OF_A_PERSON},
        {MZ_PROP_licenseNumber, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_registrationNumber, OF_A_FIRM},
        {MZ_PROP_taxNumber, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_vatCode, OF_A_FIRM},
        {MZ_PROP_innCode, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_ogrnCode, OF_A_FIRM},
        {MZ_PROP_okpoCode, OF_A_FIRM},
        {MZ_PROP_kppCode, OF_A_FIRM},
        {MZ_PROP_uscCode, OF_A_FIRM},
        {MZ_PROP_uniqueEntityId, OF_A_FIRM},
    };
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (families[i].property == property) return families[i].family;
    return 0;
}

bool mz_same_kind_of_number(mz_property a, mz_property b) {
    return a == b || (family_of(a) & family_of(b)) != 0;
}

static void report(mz_findings *findings, mz_finding finding) {
    if (findings->count == MZ_FINDINGS_MOST) return;
    findings->found[findings->count++] = finding;
    findings->cost += finding.cost;
    findings->bits += finding.bits;
}

static unsigned precision_of(const mz_trait *date) {
    return (unsigned)date->flags >> MZ_TRAIT_PRECISION_SHIFT;
}

/* 1 May taken for 5 January: day and month exchanged in the same year. */
static bool day_month_exchanged(const mz_trait *a, const mz_trait *b) {
    mz_date swapped;
    char text[MZ_DATE_TEXT_SIZE];
    mz_date date = {.first_day = a->first_day, .last_day = a->last_day, .precision = MZ_DATE_DAY};
    mz_date_text(&date, text);
    char turned[] = {text[0], text[1], text[2], text[3], '-', text[8], text[9], '-', text[5], text[6], '\0'};
    return mz_date_parse(mz_str_of(turned), MZ_DATE_DAY_FIRST, &swapped) && swapped.first_day == b->first_day;
}

static mz_finding compare_dates(const mz_prices *prices, const mz_trait *a, const mz_trait *b) {
    mz_finding finding = {.rule = MZ_RULE_DATE, .query = a, .entity = b};
    bool circa = (a->flags | b->flags) & MZ_TRAIT_CIRCA;
    int64_t gap = a->first_day > b->last_day   ? (int64_t)a->first_day - b->last_day
                  : b->first_day > a->last_day ? (int64_t)b->first_day - a->last_day
                                               : 0;
    bool both_days = precision_of(a) == MZ_DATE_DAY && precision_of(b) == MZ_DATE_DAY;
    if (gap == 0) {
        finding.bits = both_days ? 14 : precision_of(a) == MZ_DATE_RANGE || precision_of(b) == MZ_DATE_RANGE ? 3 : 6;
        return finding;
    }
    if (circa) gap = gap > 2 * YEAR_DAYS ? gap - 2 * YEAR_DAYS : 1;
    if (both_days && gap < YEAR_DAYS && day_month_exchanged(a, b)) {
        finding.cost = prices->day_exchanged;
        finding.bits = 8;
    } else if (gap < YEAR_DAYS) {
        finding.cost = prices->day_differs;
        finding.bits = circa ? 1 : -1;
    } else if (gap < 3 * YEAR_DAYS) {
        finding.cost = prices->year_near;
        finding.bits = -3;
    } else if (gap < 8 * YEAR_DAYS) {
        finding.cost = prices->year_far;
        finding.bits = -5;
    } else {
        finding.cost = prices->year_other;
        finding.bits = -8;
    }
    return finding;
}

static mz_finding compare_words(const mz_trait *a, const mz_trait *b, mz_rule rule, double cost, double same,
                                double other) {
    bool equal = mz_str_equal(a->text, b->text);
    return (mz_finding){rule, a, b, equal ? 0 : cost, equal ? same : other};
}

static bool compare_one(const mz_prices *prices, mz_trait_kind kind, const mz_trait *a, const mz_trait *b,
                        mz_finding *ret_finding) {
    switch (kind) {
    case MZ_TRAIT_DATE: *ret_finding = compare_dates(prices, a, b); return true;
    case MZ_TRAIT_COUNTRY:
        *ret_finding = compare_words(a, b, MZ_RULE_COUNTRY, prices->country_differs, 3, -2);
        return true;
    case MZ_TRAIT_GENDER:
        *ret_finding = compare_words(a, b, MZ_RULE_GENDER, prices->gender_differs, 1, -4);
        return true;
    case MZ_TRAIT_IDENTIFIER:
    case MZ_TRAIT_KIND_COUNT: break;
    }
    return false;
}

/* The pair that agrees best: of several birth dates or nationalities, one suffices. */
static void compare_kind(const mz_prices *prices, mz_trait_kind kind, const mz_trait *query, size_t query_count,
                         const mz_trait *entity, size_t entity_count, mz_findings *findings) {
    mz_finding best = {.query = NULL};
    for (size_t i = 0; i < query_count; i++) {
        if (query[i].kind != kind) continue;
        for (size_t j = 0; j < entity_count; j++) {
            mz_finding finding;
            if (entity[j].kind != kind || !compare_one(prices, kind, &query[i], &entity[j], &finding)) continue;
            bool better =
                !best.query || finding.cost < best.cost || (!(finding.cost > best.cost) && finding.bits > best.bits);
            if (better) best = finding;
        }
    }
    if (best.query) report(findings, best);
}

/* Numbers of which a bearer has one only. */
static bool unique_to_bearer(unsigned property) {
    return property == MZ_PROP_imoNumber || property == MZ_PROP_leiCode || property == MZ_PROP_ogrnCode ||
           property == MZ_PROP_innCode;
}

static void compare_identifiers(const mz_prices *prices, const mz_trait *query, size_t query_count,
                                const mz_trait *entity, size_t entity_count, mz_findings *findings) {
    const mz_trait *query_other = NULL, *entity_other = NULL;
    for (size_t i = 0; i < query_count; i++) {
        if (!mz_trait_decides(&query[i])) continue;
        for (size_t j = 0; j < entity_count; j++) {
            if (!mz_trait_decides(&entity[j])) continue;
            if (mz_str_equal(query[i].text, entity[j].text) &&
                mz_same_kind_of_number((mz_property)query[i].property, (mz_property)entity[j].property)) {
                report(findings, (mz_finding){MZ_RULE_IDENTIFIER, &query[i], &entity[j], 0, 24});
                findings->identified = true;
                return;
            }
            if (query[i].property == entity[j].property && unique_to_bearer(query[i].property)) {
                query_other = &query[i];
                entity_other = &entity[j];
            }
        }
    }
    if (query_other)
        report(findings, (mz_finding){MZ_RULE_IDENTIFIER, query_other, entity_other, prices->identifier_differs, -12});
}

void mz_compare_traits(const mz_prices *prices, const mz_trait *query, size_t query_count, const mz_trait *entity,
                       size_t entity_count, mz_findings *ret_findings) {
    *ret_findings = (mz_findings){0};
    if (!query_count || !entity_count) return;
    for (unsigned kind = MZ_TRAIT_DATE; kind <= MZ_TRAIT_GENDER; kind++)
        compare_kind(prices, (mz_trait_kind)kind, query, query_count, entity, entity_count, ret_findings);
    compare_identifiers(prices, query, query_count, entity, entity_count, ret_findings);
}

uint32_t mz_entity_score(double name_cost, const mz_findings *findings) {
    uint32_t score = name_cost < 0 ? 0 : mz_score_from_cost(name_cost + findings->cost);
    if (!findings->identified) return score;
    uint32_t by_number = IDENTIFIED + (uint32_t)((uint64_t)IDENTIFIED_SPAN * score / MZ_SCORE_UNIT);
    return by_number > score ? by_number : score;
}
