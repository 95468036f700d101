/* What is known beside the names: a reference of what each fact costs and adds.
 *
 * A row is a fact of the query and one of the entity, and what they say to each other: whether they agree, disagree or
 * say nothing, what that takes from the score of a name that is the same, and how many bits it adds to the weight.
 * Below are the laws that hold for all of them. */
#include "match/entity_score.h"

#include "test.h"

#include <math.h>
#include <stdio.h>

static mz_arena arena;

/* A fact as a reader or a query would give it: values that need normalising are written in their normal form here. */
static mz_trait trait_of(mz_property property, const char *value) {
    mz_trait trait;
    mz_date date;
    bool is_date = mz_property_kind(property) == MZ_TYPE_DATE;
    bool early = is_date && mz_date_parse(mz_str_of(value), MZ_DATE_DAY_FIRST, &date) && date.first_day < -135000;
    mz_fact fact = {.property = property, .value = mz_str_of(value), .flags = early ? MZ_FACT_UNPARSED : 0};
    CHECK(mz_trait_of(&fact, &trait));
    return trait;
}

static mz_findings compare(const mz_trait *query, size_t query_count, const mz_trait *entity, size_t entity_count) {
    mz_findings findings;
    mz_compare_traits(&mz_default_prices, query, query_count, entity, entity_count, &findings);
    return findings;
}

typedef struct row {
    mz_property property;
    const char *query;
    mz_property other;
    const char *entity;
    double points; /* of 1, what is left of the score of a name that is the same */
    double bits;
} row;

#define SAME_KIND(kind, query, entity, points, bits)                                                                   \
    { MZ_PROP_##kind, query, MZ_PROP_##kind, entity, points, bits }
#define TWO_KINDS(kind, query, other, entity, points, bits)                                                            \
    { MZ_PROP_##kind, query, MZ_PROP_##other, entity, points, bits }

static void check_rows(const row *rows, size_t count) {
    mz_arena_init(&arena, 16 << 20);
    for (size_t i = 0; i < count; i++) {
        mz_trait sides[] = {trait_of(rows[i].property, rows[i].query), trait_of(rows[i].other, rows[i].entity)};
        (void)mz_traits_prepare(sides, 2, &arena);
        mz_test_case("%s %s, %s %s", mz_property_name(rows[i].property), rows[i].query, mz_property_name(rows[i].other),
                     rows[i].entity);
        mz_findings there = compare(&sides[0], 1, &sides[1], 1), back = compare(&sides[1], 1, &sides[0], 1);
        double left = mz_entity_score(0, &there) / (double)MZ_SCORE_UNIT;
        CHECK_INT(there.count, back.count);
        CHECK(!(there.cost < back.cost) && !(there.cost > back.cost));
        CHECK(!(there.bits < back.bits) && !(there.bits > back.bits));
        if (fabs(left - rows[i].points) > 0.005)
            mz_test_fail(__FILE__, __LINE__, "leaves %.3f of the score, not %.2f", left, rows[i].points);
        if (fabs(there.bits - rows[i].bits) > 0.01)
            mz_test_fail(__FILE__, __LINE__, "adds %.2f bits, not %.2f", there.bits, rows[i].bits);
    }
    mz_arena_done(&arena);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(rows)[0])

TEST(births) {
    static const row rows[] = {
        /* the same as far as the less exact says */
        SAME_KIND(birthDate, "1971-03-14", "1971-03-14", 1, 14),
        SAME_KIND(birthDate, "1971-03", "1971-03-14", 1, 9),
        SAME_KIND(birthDate, "1971", "1971-03-14", 1, 5.5),
        SAME_KIND(birthDate, "1971", "1971", 1, 5.5),
        SAME_KIND(birthDate, "1970/1971", "1971-03-14", 1, 4.5),
        SAME_KIND(birthDate, "1969/1973", "1971-03-14", 1, 3),
        SAME_KIND(birthDate, "1950/1989", "1971-03-14", 1, 0.5),
        SAME_KIND(birthDate, "1971~", "1971", 1, 3),
        /* 1 January is a year */
        SAME_KIND(birthDate, "1971-01-01", "1971-09-20", 1, 5.5),
        SAME_KIND(birthDate, "1971-01-01", "1971", 1, 5.5),
        SAME_KIND(birthDate, "1971-01-01", "1971-01-01", 1, 9),
        SAME_KIND(birthDate, "1971-01-01", "1973-01-01", 0.81, -2.5),
        /* slips */
        SAME_KIND(birthDate, "1971-03-04", "1971-04-03", 0.98, 7),
        SAME_KIND(birthDate, "1971-03-14", "1977-03-14", 0.96, 2.5),
        SAME_KIND(birthDate, "1967-03-14", "1976-03-14", 0.96, 2.5),
        /* apart */
        SAME_KIND(birthDate, "1971-03-14", "1971-03-27", 0.90, 2),
        SAME_KIND(birthDate, "1971-03-14", "1971-08-27", 0.90, -1.5),
        SAME_KIND(birthDate, "1971", "1972", 0.90, -1.5),
        SAME_KIND(birthDate, "1971", "1973", 0.81, -2.5),
        SAME_KIND(birthDate, "1971~", "1973", 0.95, 1),
        SAME_KIND(birthDate, "1971~", "1975", 0.90, -1.5),
        SAME_KIND(birthDate, "1971", "1976", 0.63, -4.5),
        SAME_KIND(birthDate, "1971", "1985", 0.47, -5.5),
        SAME_KIND(birthDate, "1940", "1990", 0.47, -7),
    };
    CHECK_ROWS(rows);
}

TEST(years_of_the_hijri_and_the_persian_calendar_may_agree_and_never_disagree) {
    static const row rows[] = {
        SAME_KIND(birthDate, "1390", "1970", 1, 2),       /* Hijri: March 1970 to February 1971 */
        SAME_KIND(birthDate, "1349", "1970-06-01", 1, 2), /* Persian: March 1970 to March 1971 */
        SAME_KIND(birthDate, "1390", "2011", 1, 2),       /* Persian, too */
        SAME_KIND(birthDate, "1390", "1950", 1, 0),       SAME_KIND(birthDate, "1390", "1390", 1, 5.5),
        SAME_KIND(birthDate, "1390", "1391", 0.90, -1.5),
    };
    CHECK_ROWS(rows);
}

TEST(other_dates) {
    static const row rows[] = {
        SAME_KIND(deathDate, "2003-05-02", "2003-05-02", 1, 14),
        SAME_KIND(deathDate, "2003", "1990", 0.47, -5.5),
        TWO_KINDS(birthDate, "1995-04-01", deathDate, "1990", 0.47, -8),
        TWO_KINDS(birthDate, "1850", deathDate, "1990", 0.47, -8),
        TWO_KINDS(birthDate, "1960", deathDate, "1990", 1, 0),
        SAME_KIND(incorporationDate, "2004-06-15", "2004-06-15", 1, 9),
        SAME_KIND(incorporationDate, "2004", "2004-06-15", 1, 4.5),
        SAME_KIND(incorporationDate, "2004", "2005", 1, 0),
        SAME_KIND(incorporationDate, "2004", "2011", 0.90, -2),
        SAME_KIND(buildDate, "1998", "1998", 1, 4.5),
        SAME_KIND(buildDate, "1998", "1985", 0.90, -2),
        TWO_KINDS(birthDate, "1998", buildDate, "1985", 1, 0),
    };
    CHECK_ROWS(rows);
}

TEST(countries) {
    static const row rows[] = {
        /* the rarer on lists, the more */
        SAME_KIND(nationality, "ru", "ru", 1, 1),
        SAME_KIND(nationality, "eg", "eg", 1, 2),
        SAME_KIND(nationality, "sn", "sn", 1, 3),
        TWO_KINDS(nationality, "sn", citizenship, "sn", 1, 3),
        SAME_KIND(nationality, "ma", "sn", 0.90, -2.4),
        SAME_KIND(birthCountry, "ma", "sn", 0.90, -2.4),
        /* where one lives is not what one is */
        TWO_KINDS(nationality, "sn", country, "sn", 1, 2.5),
        TWO_KINDS(nationality, "ma", country, "fr", 0.97, -0.7),
        TWO_KINDS(nationality, "ma", birthCountry, "fr", 0.95, -1.5),
        SAME_KIND(country, "ma", "sn", 0.95, -1.5),
        SAME_KIND(jurisdiction, "ma", "pa", 0.95, -1.5),
        SAME_KIND(flag, "pa", "lr", 0.95, -1.5),
        TWO_KINDS(flag, "lr", pastFlags, "lr", 1, 2.5),
        TWO_KINDS(flag, "lr", pastFlags, "pa", 1, 0),
        /* states that followed one another, and realms */
        SAME_KIND(birthCountry, "suhh", "uz", 1, 0.5),
        TWO_KINDS(nationality, "ru", birthCountry, "suhh", 1, 0.5),
        SAME_KIND(nationality, "rs", "yucs", 1, 0.5),
        SAME_KIND(nationality, "sd", "ss", 1, 0.5),
        SAME_KIND(birthCountry, "uz", "kz", 0.90, -2.4),
        SAME_KIND(jurisdiction, "gb", "vg", 1, 0.5),
    };
    CHECK_ROWS(rows);
}

TEST(gender) {
    static const row rows[] = {
        SAME_KIND(gender, "male", "male", 1, 0.5),
        SAME_KIND(gender, "male", "female", 0.63, -3),
    };
    CHECK_ROWS(rows);
}

TEST(places_of_birth) {
    static const row rows[] = {
        SAME_KIND(birthPlace, "Kandahar", "Kandahar", 1, 4),
        SAME_KIND(birthPlace, "Kandahar", "Qandahar, Afghanistan", 1, 4),
        SAME_KIND(birthPlace, "Baghdad", "بغداد", 1, 4),
        SAME_KIND(birthPlace, "Casablanca, Morocco", "الدار البيضاء", 1, 4),
        SAME_KIND(birthPlace, "Dar el Beida", "Casablanca", 1, 4),
        SAME_KIND(birthPlace, "Le Caire", "القاهرة، مصر", 1, 4),
        SAME_KIND(birthPlace, "Leningrad, USSR", "St. Petersburg", 1, 4),
        SAME_KIND(birthPlace, "Al-Dawrah District, Baghdad", "Baghdad, al Dawra", 1, 5),
        SAME_KIND(birthPlace, "Kandahar", "Herat", 0.98, -1),
        SAME_KIND(birthPlace, "Tripoli, Libya", "Tripoli, Lebanon", 0.98, -2),
        SAME_KIND(birthPlace, "Tripoli Libya", "Tripoli Lebanon", 0.98, -2),
        SAME_KIND(birthPlace, "Tashkent, USSR", "Tashkent, Uzbekistan", 1, 4),
        SAME_KIND(birthPlace, "Morocco", "Fez, Morocco", 1, 0.5),
        SAME_KIND(birthPlace, "Fez", "Morocco", 1, 0),
        SAME_KIND(birthPlace, "Province", "City", 1, 0), /* nothing of its own */
    };
    CHECK_ROWS(rows);
}

TEST(addresses) {
    static const row rows[] = {
        SAME_KIND(address, "12 rue Ibn Tofail, Rabat 10090, Morocco", "12, Rue Ibn Tofail, 10090 Rabat", 1, 10),
        SAME_KIND(address, "P.O. Box 4410, Dubai", "PO Box 4410 Dubai, UAE", 1, 5.5),
        SAME_KIND(address, "Baladiyat Street, Baghdad", "شارع بلديات، بغداد", 1, 5),
        SAME_KIND(address, "Dubai", "Dubai, United Arab Emirates", 1, 2.5),
        SAME_KIND(address, "12 rue Ibn Tofail, Rabat", "7 avenue Zerktouni, Casablanca", 1, 0),
        SAME_KIND(address, "12 Main Street", "12 High Street", 1, 0), /* a number alone is nothing */
        SAME_KIND(address, "Tripoli, Libya", "Tripoli, Lebanon", 1, 0),
        TWO_KINDS(address, "Rabat", birthPlace, "Rabat", 1, 0), /* born there is not living there */
    };
    CHECK_ROWS(rows);
}

TEST(numbers) {
    static const row rows[] = {
        /* the same strong number decides */
        SAME_KIND(passportNumber, "QX4471902", "QX4471902", 1, 24),
        SAME_KIND(imoNumber, "IMO9000003", "IMO9000003", 1, 24),
        /* whatever clerks call it, with or without zeros in front, with the letter O or the digit */
        TWO_KINDS(passportNumber, "QX4471902", idNumber, "QX4471902", 1, 24),
        TWO_KINDS(taxNumber, "4471902", registrationNumber, "4471902", 1, 24),
        SAME_KIND(idNumber, "004471902", "4471902", 1, 24),
        SAME_KIND(passportNumber, "QO4471902", "Q04471902", 1, 24),
        /* but not numbers of other things */
        TWO_KINDS(passportNumber, "447190255", mmsi, "447190255", 1, 0),
        /* what stands where there is no number */
        SAME_KIND(passportNumber, "00000000", "00000000", 1, 0),
        SAME_KIND(idNumber, "123456789", "123456789", 1, 0),
        SAME_KIND(idNumber, "UNKNOWN", "UNKNOWN", 1, 0),
        /* too short to decide */
        SAME_KIND(idNumber, "4719", "4719", 1, 4),
        SAME_KIND(idNumber, "471", "471", 1, 0),
        /* one slip in a long number */
        SAME_KIND(passportNumber, "QX4471902", "QX4471903", 1, 6),
        SAME_KIND(passportNumber, "QX4471902", "QX4491702", 1, 0),
        SAME_KIND(passportNumber, "QX4471902", "QX4417902", 1, 6),
        SAME_KIND(passportNumber, "QX4471902", "QX471902", 1, 6),
        SAME_KIND(passportNumber, "QX44719", "QX44718", 1, 0),
        /* another passport says nothing, another ship's number all */
        SAME_KIND(passportNumber, "QX4471902", "RT5581903", 1, 0),
        SAME_KIND(imoNumber, "IMO9000003", "IMO9000015", 0.43, -12),
        SAME_KIND(leiCode, "529900T8BM49AURSDO55", "5493001KJTIIGC8Y1R12", 0.43, -12),
        SAME_KIND(idNumber, "44719021", "88134467", 1, 0), /* of which country? */
        /* evidence that does not decide */
        SAME_KIND(phone, "+212500000001", "+212500000001", 1, 10),
        SAME_KIND(phone, "+212500000001", "+212500000002", 1, 0),
        SAME_KIND(email, "nobody@example.org", "nobody@example.org", 1, 10),
    };
    CHECK_ROWS(rows);
}

TEST(the_country_that_issued_a_number_counts) {
    mz_trait ours = trait_of(MZ_PROP_idNumber, "44719021"), same = ours, other = trait_of(MZ_PROP_idNumber, "88134467");
    mz_trait passport = trait_of(MZ_PROP_passportNumber, "44719021");
    mz_trait_issued_in(&ours, MZ_STR("ma"));
    mz_trait_issued_in(&same, MZ_STR("ma"));
    mz_trait_issued_in(&other, MZ_STR("ma"));
    CHECK(mz_traits_identify(&ours, 1, &same, 1));
    mz_findings apart = compare(&ours, 1, &other, 1);
    CHECK(apart.cost > 0 && apart.bits < 0); /* another national number of the same country */
    mz_trait_issued_in(&same, MZ_STR("sn"));
    mz_trait_issued_in(&other, MZ_STR("sn"));
    CHECK(!mz_traits_identify(&ours, 1, &same, 1)); /* two countries give out one number */
    CHECK(compare(&ours, 1, &same, 1).bits > 0);
    CHECK_INT(0, compare(&ours, 1, &other, 1).count);
    mz_trait_issued_in(&passport, MZ_STR("a country"));
    CHECK(mz_traits_identify(&ours, 1, &passport, 1)); /* no code: not known */
}

TEST(a_national_number_is_of_the_only_nationality) {
    mz_trait one[] = {trait_of(MZ_PROP_nationality, "ma"), trait_of(MZ_PROP_idNumber, "44719021"),
                      trait_of(MZ_PROP_passportNumber, "QX4471902")};
    mz_trait two[] = {trait_of(MZ_PROP_nationality, "ma"), trait_of(MZ_PROP_citizenship, "fr"),
                      trait_of(MZ_PROP_idNumber, "44719021")};
    mz_traits_settle(one, 3);
    mz_traits_settle(two, 3);
    CHECK(memcmp(one[1].country, "ma", 3) == 0);
    CHECK(!one[2].country[0]); /* a passport may be of another */
    CHECK(!two[2].country[0]);
}

/* ---- laws ---- */

/* Facts that may stand together on both sides of a comparison. */
static const struct {
    mz_property property;
    const char *value, *same, *other;
} pool[] = {
    {MZ_PROP_birthDate, "1971-03-14", "1971", "1990"},
    {MZ_PROP_birthDate, "1971-03-14", "1971-03-14", "1990"},
    {MZ_PROP_deathDate, "2011", "2011-03-01", "1980"},
    {MZ_PROP_nationality, "ma", "ma", "ru"},
    {MZ_PROP_birthCountry, "ma", "ma", "jp"},
    {MZ_PROP_country, "fr", "fr", "mx"},
    {MZ_PROP_gender, "male", "male", "female"},
    {MZ_PROP_birthPlace, "Fez, Morocco", "فاس", "Ulan Bator, Mongolia"},
    {MZ_PROP_address, "7 rue des Tanneurs, Fez", "Rue Tanneurs 7", "Harbin"},
    {MZ_PROP_idNumber, "BK4471902", "BK4471903", "ZZ99125501"},
    {MZ_PROP_phone, "+212500000001", "+212500000001", "+97150000000"},
};
enum { POOL = sizeof pool / sizeof pool[0] };

static uint32_t state = 12345;

static uint32_t chance(uint32_t below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

TEST(laws_of_all_facts_together) {
    mz_arena_init(&arena, 64 << 20);
    for (int round = 0; round < 2000; round++) {
        mz_trait query[POOL + 1], entity[POOL];
        size_t query_count = 0, entity_count = 0;
        mz_arena_reset(&arena);
        for (size_t i = 0; i < POOL; i++) entity[entity_count++] = trait_of(pool[i].property, pool[i].value);
        for (size_t i = 0; i < POOL; i++) {
            if (chance(2)) query[query_count++] = trait_of(pool[i].property, chance(2) ? pool[i].same : pool[i].other);
        }
        size_t added = chance(POOL);
        query[query_count] = trait_of(pool[added].property, pool[added].same);
        (void)mz_traits_prepare(query, query_count + 1, &arena);
        (void)mz_traits_prepare(entity, entity_count, &arena);
        mz_test_case("round %d, %zu facts, with %s", round, query_count, mz_property_name(pool[added].property));
        mz_findings before = compare(query, query_count, entity, entity_count),
                    after = compare(query, query_count + 1, entity, entity_count),
                    back = compare(entity, entity_count, query, query_count);
        /* symmetric */
        CHECK_INT(before.count, back.count);
        CHECK(fabs(before.cost - back.cost) < 1e-12 && fabs(before.bits - back.bits) < 1e-12);
        /* nothing known raises the score of the names */
        CHECK(before.cost >= 0 && mz_entity_score(0.3, &before) <= mz_entity_score(0.3, &MZ_FINDINGS_NONE));
        /* what agrees never lowers the score or the weight */
        CHECK(after.cost <= before.cost + 1e-12 && after.bits >= before.bits - 1e-12);
        /* what disagrees never raises the score, nor the weight */
        query[query_count] = trait_of(pool[added].property, pool[added].other);
        (void)mz_traits_prepare(&query[query_count], 1, &arena);
        after = compare(query, query_count + 1, entity, entity_count);
        CHECK(after.cost >= before.cost - 1e-12 && after.bits <= before.bits + 1e-12);
    }
    mz_arena_done(&arena);
}

TEST(the_more_exactly_dates_agree_the_more_they_prove) {
    static const char *const less_and_less[] = {"1971-03-14", "1971-03",   "1971",     "1970/1971",
                                                "1969/1973",  "1965/1974", "1950/1990"};
    enum { COUNT = sizeof less_and_less / sizeof less_and_less[0] };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j + 1 < COUNT; j++) {
            mz_trait a = trait_of(MZ_PROP_birthDate, less_and_less[i]),
                     exact = trait_of(MZ_PROP_birthDate, less_and_less[j]),
                     vague = trait_of(MZ_PROP_birthDate, less_and_less[j + 1]);
            CHECK(compare(&a, 1, &exact, 1).bits >= compare(&a, 1, &vague, 1).bits);
        }
}

TEST(an_identifier_decides_whatever_else_disagrees_and_the_rest_orders) {
    mz_trait query[] = {trait_of(MZ_PROP_passportNumber, "QX4471902"), trait_of(MZ_PROP_birthDate, "1971"),
                        trait_of(MZ_PROP_gender, "male")};
    mz_trait entity[] = {trait_of(MZ_PROP_passportNumber, "QX4471902"), trait_of(MZ_PROP_birthDate, "1990"),
                         trait_of(MZ_PROP_gender, "female")};
    mz_findings found = compare(query, 3, entity, 3), without = compare(query, 1, entity, 1);
    CHECK(mz_identified(&found) && found.found[found.deciding].rule == MZ_RULE_IDENTIFIER);
    CHECK(mz_entity_score(0.1, &found) >= 900000 && mz_entity_score(0.1, &found) < mz_entity_score(0.1, &without));
}

TEST(a_finding_for_each_question_and_no_more) {
    mz_trait query[40], entity[40];
    char numbers[40][16];
    for (size_t i = 0; i < 40; i++) (void)snprintf(numbers[i], sizeof numbers[i], "7%08zu", i * 7919 % 100000);
    for (size_t i = 0; i < 40; i++) {
        query[i] = trait_of(i % 2 ? MZ_PROP_phone : MZ_PROP_idNumber, numbers[i]);
        entity[i] = trait_of(i % 2 ? MZ_PROP_phone : MZ_PROP_idNumber, numbers[39 - i]);
    }
    CHECK(compare(query, 40, entity, 40).count <= 3);
}

TEST_MAIN()
