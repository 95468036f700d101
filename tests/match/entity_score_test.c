/* What is known beside the names: dates, countries, gender, identifiers. What disagrees takes away from the score,
 * what agrees is seen in the weight, and only a strong identifier decides. */
#include "match/entity_score.h"

#include "mizan/identifier.h"
#include "test.h"

#include <math.h>

static mz_trait trait_of(mz_property property, const char *value, uint32_t flags) {
    mz_trait trait;
    mz_fact fact = {.property = property, .value = mz_str_of(value), .flags = flags};
    CHECK(mz_trait_of(&fact, &trait));
    return trait;
}

static mz_findings compare(const mz_trait *query, size_t query_count, const mz_trait *entity, size_t entity_count) {
    mz_findings findings;
    double cost = 0, bits = 0;
    mz_compare_traits(&mz_default_prices, query, query_count, entity, entity_count, &findings);
    CHECK(findings.count <= MZ_FINDINGS_MOST);
    for (size_t i = 0; i < findings.count; i++) {
        CHECK(findings.found[i].cost >= 0);
        cost += findings.found[i].cost;
        bits += findings.found[i].bits;
    }
    CHECK(fabs(cost - findings.cost) < 1e-9 && fabs(bits - findings.bits) < 1e-9);
    return findings;
}

static mz_findings one(mz_property property, const char *a, const char *b) {
    mz_trait left = trait_of(property, a, 0), right = trait_of(property, b, 0);
    mz_findings there = compare(&left, 1, &right, 1), back = compare(&right, 1, &left, 1);
    mz_test_case("%s, %s", a, b);
    CHECK(fabs(there.cost - back.cost) < 1e-12 && fabs(there.bits - back.bits) < 1e-12);
    return there;
}

static mz_findings births(const char *a, const char *b) {
    return one(MZ_PROP_birthDate, a, b);
}

/* ---- dates ---- */

TEST(dates_that_may_be_the_same_cost_nothing) {
    static const char *const pairs[][2] = {
        {"1971-03-14", "1971-03-14"}, {"1971", "1971-03-14"}, {"1971-03", "1971-03-14"}, {"1971", "1971"},
        {"1969/1973", "1971-03-14"},  {"1969/1973", "1973"},  {"1971~", "1971-03-14"},   {"1971?", "1971"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        mz_findings found = births(pairs[i][0], pairs[i][1]);
        CHECK_INT(1, found.count);
        CHECK(found.cost <= 0 && found.bits > 0);
    }
}

TEST(the_more_exact_two_dates_that_agree_the_more_they_prove) {
    double day = births("1971-03-14", "1971-03-14").bits, year = births("1971", "1971-03-14").bits,
           range = births("1969/1973", "1971-03-14").bits;
    CHECK(day > year && year > range && range > 0);
}

TEST(the_further_two_dates_lie_apart_the_more_it_costs) {
    double day = births("1971-03-14", "1971-06-14").cost, year = births("1971-03-14", "1973").cost,
           years = births("1971-03-14", "1976").cost, decades = births("1971-03-14", "1995").cost;
    CHECK(day > 0 && year > day && years > year && decades > years);
    CHECK(births("1971", "1995").bits < births("1971", "1973").bits);
}

TEST(day_and_month_exchanged_are_nearly_the_same_date) {
    mz_findings turned = births("1971-03-04", "1971-04-03"), other = births("1971-03-04", "1971-04-05");
    CHECK(turned.cost > 0 && turned.cost < other.cost / 2 && turned.bits > 0);
    CHECK(births("1971-03-14", "1971-03-14").bits > turned.bits);
    /* 14 is no month: nothing can have been exchanged */
    CHECK(births("1971-03-14", "1971-03-15").cost > turned.cost);
    /* not in another year */
    CHECK(births("1971-03-04", "1972-04-03").cost > turned.cost);
}

TEST(about_a_year_forgives_two_years_either_way) {
    CHECK(births("1971~", "1973").cost < births("1971", "1973").cost);
    CHECK(births("1971~", "1972-11-05").cost < births("1971", "1972-11-05").cost + 1e-12);
    CHECK(births("1971~", "1990").cost > births("1971~", "1973").cost);
    CHECK(births("1971?", "1973").cost < births("1971", "1973").cost);
}

TEST(a_range_is_left_by_what_lies_outside_it) {
    CHECK(births("1969/1973", "1968").cost > 0);
    CHECK(births("1969/1973", "1974").cost > 0);
    CHECK(births("1969/1973", "1990").cost > births("1969/1973", "1974").cost);
}

TEST(of_several_dates_one_that_agrees_suffices) {
    mz_trait query = trait_of(MZ_PROP_birthDate, "1971-03-14", 0);
    mz_trait entity[] = {trait_of(MZ_PROP_birthDate, "1950", 0), trait_of(MZ_PROP_birthDate, "1971", 0),
                         trait_of(MZ_PROP_birthDate, "1990", 0)};
    mz_findings found = compare(&query, 1, entity, 3);
    CHECK_INT(1, found.count);
    CHECK(found.cost <= 0 && found.found[0].entity == &entity[1]);
}

TEST(only_dates_of_the_entity_are_compared_and_only_those_understood) {
    mz_trait trait;
    mz_fact listing = {.property = MZ_PROP_listingDate, .value = MZ_STR("2001")},
            unparsed = {.property = MZ_PROP_birthDate, .value = MZ_STR("in spring"), .flags = MZ_FACT_UNPARSED},
            wrong = {.property = MZ_PROP_birthDate, .value = MZ_STR("1971-02-31")};
    CHECK(!mz_trait_of(&listing, &trait) && !mz_trait_of(&unparsed, &trait) && !mz_trait_of(&wrong, &trait));
}

/* ---- countries, gender ---- */

TEST(a_country_that_differs_takes_a_little_away_and_one_that_agrees_nothing) {
    mz_findings same = one(MZ_PROP_nationality, "ma", "ma"), other = one(MZ_PROP_nationality, "ma", "sn");
    CHECK(same.cost <= 0 && same.bits > 0);
    CHECK(other.cost > 0 && other.cost < 0.2 && other.bits < 0);
}

TEST(a_nationality_and_a_country_of_residence_are_compared_and_one_shared_suffices) {
    mz_trait query[] = {trait_of(MZ_PROP_nationality, "ma", 0), trait_of(MZ_PROP_country, "fr", 0)};
    mz_trait entity[] = {trait_of(MZ_PROP_nationality, "dz", 0), trait_of(MZ_PROP_nationality, "fr", 0)};
    CHECK(compare(query, 2, entity, 2).cost <= 0);
    CHECK(compare(query, 1, entity, 2).cost > 0);
}

TEST(another_gender_weighs_more_than_another_country) {
    CHECK(one(MZ_PROP_gender, "male", "male").cost <= 0);
    CHECK(one(MZ_PROP_gender, "male", "female").cost > one(MZ_PROP_nationality, "ma", "sn").cost);
    mz_trait trait;
    mz_fact other = {.property = MZ_PROP_gender, .value = MZ_STR("other")};
    CHECK(!mz_trait_of(&other, &trait)); /* says nothing about two people */
}

TEST(what_one_side_does_not_say_is_no_disagreement) {
    mz_trait date = trait_of(MZ_PROP_birthDate, "1971", 0), country = trait_of(MZ_PROP_nationality, "ma", 0);
    CHECK_INT(0, compare(&date, 1, &country, 1).count);
    CHECK_INT(0, compare(NULL, 0, &country, 1).count);
    CHECK_INT(0, compare(&date, 1, NULL, 0).count);
}

/* ---- identifiers ---- */

static const mz_findings no_findings = {.deciding = MZ_NO_FINDING};

static bool identified(const mz_trait *query, size_t query_count, const mz_trait *entity, size_t entity_count) {
    mz_findings findings = compare(query, query_count, entity, entity_count);
    CHECK_INT(mz_identified(&findings), mz_traits_identify(query, query_count, entity, entity_count));
    return mz_identified(&findings);
}

TEST(the_same_strong_identifier_decides_even_where_no_name_met) {
    mz_findings found = one(MZ_PROP_passportNumber, "QX4471902", "QX4471902");
    CHECK(mz_identified(&found) && found.bits > 10);
    CHECK(mz_entity_score(-1, &found) >= 900000);
    CHECK(mz_entity_score(0.1, &found) > mz_entity_score(2.0, &found));
    CHECK(mz_entity_score(2.0, &found) >= mz_entity_score(-1, &found));
    CHECK(mz_entity_score(0, &found) <= MZ_SCORE_UNIT);
    CHECK(mz_entity_score(0, &found) >= mz_entity_score(0, &no_findings) || mz_entity_score(0, &found) > 990000);
}

TEST(a_number_is_the_same_whatever_property_it_is_kept_under) {
    mz_trait query = trait_of(MZ_PROP_idNumber, "QX4471902", 0),
             entity = trait_of(MZ_PROP_passportNumber, "QX4471902", 0);
    CHECK(identified(&query, 1, &entity, 1));
}

TEST(another_passport_says_nothing_and_another_ship_number_contradicts) {
    mz_findings passport = one(MZ_PROP_passportNumber, "QX4471902", "QX5581903");
    CHECK_INT(0, passport.count);
    CHECK(!mz_identified(&passport));
    mz_findings ship = one(MZ_PROP_imoNumber, "IMO9000003", "IMO9000015");
    CHECK(!mz_identified(&ship) && ship.cost > 0.5 && ship.bits < -5);
    CHECK(mz_entity_score(0, &ship) < 700000);
}

TEST(one_number_of_several_that_agrees_decides_before_another_contradicts) {
    mz_trait query[] = {trait_of(MZ_PROP_imoNumber, "IMO9000003", 0), trait_of(MZ_PROP_mmsi, "242000001", 0)};
    mz_trait entity[] = {trait_of(MZ_PROP_imoNumber, "IMO9000015", 0), trait_of(MZ_PROP_mmsi, "242000001", 0)};
    CHECK(identified(query, 2, entity, 2));
}

TEST(an_identifier_with_a_wrong_check_digit_never_decides) {
    static const uint32_t doubts[] = {MZ_FACT_WRONG_CHECK, MZ_FACT_UNPARSED};
    for (size_t d = 0; d < 2; d++) {
        mz_trait doubtful = trait_of(MZ_PROP_imoNumber, "IMO9000004", doubts[d]),
                 also = trait_of(MZ_PROP_imoNumber, "IMO9000004", doubts[d]),
                 right = trait_of(MZ_PROP_imoNumber, "IMO9000003", 0);
        CHECK(!mz_trait_decides(&doubtful) && mz_trait_decides(&right));
        CHECK(!identified(&doubtful, 1, &also, 1) && compare(&doubtful, 1, &also, 1).bits > 0);
        /* nor does it contradict: it may be the other, written wrong */
        mz_findings near = compare(&doubtful, 1, &right, 1);
        CHECK(!mz_identified(&near) && near.cost <= 0 && near.bits > 0);
    }
}

TEST(short_numbers_telephones_and_letters_never_decide) {
    mz_trait brief = trait_of(MZ_PROP_idNumber, "1234", 0), phone = trait_of(MZ_PROP_phone, "+212500000001", 0),
             mail = trait_of(MZ_PROP_email, "nobody@example.org", 0);
    CHECK(!mz_trait_decides(&brief) && !mz_trait_decides(&phone) && !mz_trait_decides(&mail));
    CHECK(!identified(&brief, 1, &brief, 1));
    CHECK(!identified(&phone, 1, &phone, 1));
}

/* ---- together ---- */

TEST(everything_that_disagrees_adds_up_and_nothing_agreeing_raises_the_score) {
    mz_trait query[] = {trait_of(MZ_PROP_birthDate, "1971-03-14", 0), trait_of(MZ_PROP_nationality, "ma", 0),
                        trait_of(MZ_PROP_gender, "male", 0)};
    mz_trait other[] = {trait_of(MZ_PROP_birthDate, "1990", 0), trait_of(MZ_PROP_nationality, "sn", 0),
                        trait_of(MZ_PROP_gender, "female", 0)};
    mz_findings against = compare(query, 3, other, 3), in_favour = compare(query, 3, query, 3);
    CHECK_INT(3, against.count);
    CHECK_INT(3, in_favour.count);
    CHECK(mz_entity_score(0.2, &against) < mz_entity_score(0.2, &no_findings));
    CHECK_INT(mz_entity_score(0.2, &no_findings), mz_entity_score(0.2, &in_favour));
    CHECK(in_favour.bits > 15 && against.bits < -10);
}

TEST(without_a_name_and_without_an_identifier_there_is_no_score) {
    mz_findings same = births("1971-03-14", "1971-03-14");
    CHECK_INT(0, mz_entity_score(-1, &same));
}

TEST(a_weak_alias_costs_and_other_names_do_not) {
    CHECK(mz_property_is_name(MZ_PROP_weakAlias) && mz_property_is_name(MZ_PROP_name));
    CHECK(mz_property_is_name(MZ_PROP_alias) && mz_property_is_name(MZ_PROP_previousName));
    CHECK(!mz_property_is_name(MZ_PROP_birthDate) && !mz_property_is_name(MZ_PROP_firstName));
    for (int supported = 0; supported < 2; supported++) {
        CHECK(mz_weak_name_cost(&mz_default_prices, MZ_PROP_weakAlias, supported) > 0);
        CHECK(mz_weak_name_cost(&mz_default_prices, MZ_PROP_abbreviation, supported) > 0);
        CHECK(mz_weak_name_cost(&mz_default_prices, MZ_PROP_name, supported) <= 0 &&
              mz_weak_name_cost(&mz_default_prices, MZ_PROP_alias, supported) <= 0 &&
              mz_weak_name_cost(&mz_default_prices, MZ_PROP_previousName, supported) <= 0);
    }
}

TEST(a_weak_alias_needs_the_support_of_a_birth_date_or_a_number) {
    double alone = mz_weak_name_cost(&mz_default_prices, MZ_PROP_weakAlias, false),
           supported = mz_weak_name_cost(&mz_default_prices, MZ_PROP_weakAlias, true);
    CHECK(alone > supported);
    CHECK(!(mz_weak_name_cost(&mz_default_prices, MZ_PROP_abbreviation, false) > supported));
    CHECK(births("1971-03-14", "1971-03-14").supported && births("1971", "1971-03-14").supported);
    CHECK(!births("1971", "1972").supported && !births("1971-03-04", "1971-04-03").supported);
    CHECK(!births("1960/1980", "1971").supported); /* too vague */
    CHECK(!one(MZ_PROP_nationality, "ma", "ma").supported);
    CHECK(one(MZ_PROP_passportNumber, "QX4471902", "QX4471902").supported);
}

TEST_MAIN()
