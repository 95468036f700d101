/* The score of two names: what holds for any two, what each piece of a score is, and the bounds the index rests on. */
#include "match/name_score.h"

#include "invent.h"
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mz_arena arena;
static mz_name_scorer *scorer;
static mz_name_score score;
static mz_name query, entity;
static uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];

static void ready(void) {
    if (!scorer) scorer = mz_name_scorer_new();
    CHECK(scorer != NULL);
}

static void parse_both(const char *a, const char *b, bool organisation) {
    mz_error error = {0};
    ready();
    mz_arena_done(&arena);
    mz_arena_init(&arena, 16 << 20);
    CHECK_OK(mz_name_parse(mz_str_of(a), organisation, &arena, &query, &error), error);
    CHECK_OK(mz_name_parse(mz_str_of(b), organisation, &arena, &entity, &error), error);
    for (size_t i = 0; i < query.count; i++)
        for (size_t j = 0; j < entity.count; j++)
            likeness[i * entity.count + j] = mz_word_likeness(&query.words[i], &entity.words[j]);
}

static bool compare(const char *a, const char *b, bool organisation) {
    parse_both(a, b, organisation);
    return mz_name_score_pair(scorer, &mz_default_prices, &query, &entity, likeness, true, INFINITY, &score);
}

static double score_of(const char *a, const char *b, bool organisation) {
    return compare(a, b, organisation) ? mz_score_from_cost(score.cost) / (double)MZ_SCORE_UNIT : 0;
}

static double person(const char *a, const char *b) {
    return score_of(a, b, false);
}

/* ---- the score as a function of the cost ---- */

TEST(no_cost_is_the_full_score_and_more_cost_never_a_higher_one) {
    CHECK_INT(MZ_SCORE_UNIT, mz_score_from_cost(0));
    uint32_t last = MZ_SCORE_UNIT;
    for (double cost = 0; cost < 40; cost += 0.0007) {
        uint32_t now = mz_score_from_cost(cost);
        CHECK(now <= last);
        last = now;
    }
    CHECK(mz_score_from_cost(1e6) == 0 && mz_score_from_cost(INFINITY) == 0);
}

TEST(the_largest_cost_for_a_score_reaches_it_and_hardly_more_does_not) {
    for (uint32_t wanted = 1000; wanted <= MZ_SCORE_UNIT; wanted += 997) {
        double cost = mz_cost_from_score(wanted);
        mz_test_case("%u", wanted);
        CHECK(mz_score_from_cost(cost) + 1 >= wanted);
        CHECK(mz_score_from_cost(cost + 0.00002 * (1 + cost)) <= wanted);
    }
    CHECK(isinf(mz_cost_from_score(0)));
}

/* ---- for any two names ---- */

static void check_bounds(const char *a, const char *b, bool organisation) {
    if (!compare(a, b, organisation)) return;
    double sum = 0, bits = 0, shares = 0, losses = 0;
    bool joined = false;
    CHECK(score.piece_count > 0 && score.piece_count <= MZ_NAME_PIECES_MOST);
    for (size_t p = 0; p < score.piece_count; p++) {
        const mz_piece *piece = &score.pieces[p];
        CHECK(piece->rule < MZ_RULE_COUNT);
        CHECK(piece->cost >= 0 && isfinite(piece->cost) && isfinite(piece->bits));
        CHECK(piece->query_first + piece->query_count <= query.count);
        CHECK(piece->entity_first + piece->entity_count <= entity.count);
        joined |= piece->rule == MZ_RULE_JOINED;
        sum += piece->cost;
        bits += piece->bits;
        shares += piece->share;
    }
    CHECK(isfinite(score.cost) && score.cost >= 0);
    CHECK(fabs(sum - score.cost) < 1e-6);
    CHECK(fabs(bits - score.bits) < 1e-6);
    CHECK(fabs(shares - 1) < 1e-6);
    CHECK(mz_score_from_cost(score.cost) <= MZ_SCORE_UNIT);
    if (joined) return;
    for (size_t i = 0; i < query.count; i++) {
        uint16_t best = 0;
        for (size_t j = 0; j < entity.count; j++)
            if (likeness[i * entity.count + j] > best) best = likeness[i * entity.count + j];
        losses += mz_name_word_loss(&mz_default_prices, &query, i, best);
    }
    CHECK(losses <= score.cost + 1e-9);
    double least = mz_name_least_cost(&mz_default_prices, &query, &entity, likeness);
    CHECK(least <= score.cost + 1e-9);
    CHECK(losses <= least + 1e-9);
}

TEST(pieces_add_up_and_the_bounds_are_below_the_cost) {
    static char names[120][512];
    inventor from = {0xC0FFEE};
    size_t met = 0;
    for (size_t i = 0; i < 120; i++) invent_name(&from, names[i], sizeof names[i], i % 2);
    for (size_t i = 0; i < 120; i++)
        for (size_t j = 0; j < 120; j++) {
            char mixed[1100];
            (void)snprintf(mixed, sizeof mixed, "%.500s", names[j]);
            if (chance(&from, 2)) (void)snprintf(mixed, sizeof mixed, "%.500s %.500s", names[j], names[i]);
            mz_test_case("%s, %s", names[i], mixed);
            check_bounds(names[i], mixed, (i + j) % 2);
            met += score.piece_count > 0;
        }
    CHECK(met > 5000);
}

TEST(the_bounds_hold_for_damaged_names) {
    inventor from = {31337};
    size_t met = 0;
    for (int round = 0; round < 4000; round++) {
        char name[512], damaged[512];
        size_t words = 1 + chance(&from, 5);
        invent_plain(&from, name, sizeof name, words);
        (void)snprintf(damaged, sizeof damaged, "%s", name);
        damage_letters(&from, damaged, sizeof damaged, 1 + chance(&from, 8));
        mz_test_case("%s, %s", name, damaged);
        check_bounds(name, damaged, chance(&from, 2));
        met += score.piece_count > 0;
    }
    CHECK(met > 3000);
}

TEST(names_of_sixty_four_words_are_scored_in_bounded_time_and_add_up) {
    char one[64 * 12], other[64 * 12];
    size_t size = 0, size_other = 0;
    inventor from = {5};
    for (size_t i = 0; i < 64; i++) {
        char word[64];
        invent_plain(&from, word, sizeof word, 1);
        word[6] = '\0';
        size += (size_t)snprintf(one + size, sizeof one - size, "%s ", word);
        size_other += (size_t)snprintf(other + size_other, sizeof other - size_other, "%s ", i % 3 ? word : "lorofa");
    }
    for (int organisation = 0; organisation < 2; organisation++) {
        check_bounds(one, other, organisation);
        check_bounds(one, one, organisation);
        CHECK(mz_score_from_cost(score.cost) > 990000);
    }
}

TEST(sixty_four_words_of_one_sound_meet_themselves_and_not_joins_of_others) {
    char name[64 * 8];
    size_t size = 0;
    for (int i = 0; i < 64; i++)
        size += (size_t)snprintf(name + size, sizeof name - size, "ba%ca%c ", 'a' + i % 26, 'a' + i / 26);
    for (int organisation = 0; organisation < 2; organisation++) {
        mz_test_case("%d", organisation);
        CHECK(score_of(name, name, organisation) > 0.97);
    }
}

/* "A of of … of B" may have every one of its words behind one acronym. */
TEST(an_acronym_may_stand_for_sixty_four_words) {
    char name[1024] = "Zamba Kovu", other[1024] = "";
    static const char *const words[] = {"Zamba", "Kovu",  "Pelorin", "Dathri", "Umesto", "Velkar",
                                        "Sorin", "Tabez", "Qorlan",  "ZKP",    "Ilmet"};
    for (size_t i = 0; i < MZ_NAME_WORDS_MOST - 3; i++) strcat(name, " of");
    strcat(name, " Pelorin");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) strcat(strcat(other, i ? " " : ""), words[i]);
    for (size_t i = 0; i < 10; i++) strcat(other, " of");
    CHECK(compare(name, other, true));
    CHECK_INT(MZ_NAME_WORDS_MOST, query.count);
    uint64_t met = 0;
    for (size_t p = 0; p < score.piece_count; p++)
        for (size_t i = 0; i < score.pieces[p].query_count; i++) {
            uint64_t word = UINT64_C(1) << (score.pieces[p].query_first + i);
            mz_test_case("word %zu", score.pieces[p].query_first + i);
            CHECK(!(met & word)); /* each once */
            met |= word;
        }
    CHECK_INT(-1, (int64_t)met);
}

/* A policy may have nothing due for middle names and the like, and may take spellings for lost as early as it likes. */
TEST(what_a_policy_gives_away_is_no_reason_for_no_score) {
    mz_prices prices = mz_default_prices;
    prices.middle = prices.optional = 0;
    parse_both("Karim Salim Belkora", "Karim Belkora", false);
    CHECK(mz_name_score_pair(scorer, &prices, &query, &entity, likeness, true, INFINITY, &score));
    CHECK(isfinite(score.cost) && mz_score_from_cost(score.cost) > 950000);
    parse_both("Karim Belkora", "Karim Salim Belkora", false);
    CHECK(mz_name_score_pair(scorer, &prices, &query, &entity, likeness, true, INFINITY, &score));
    CHECK(isfinite(score.cost) && mz_score_from_cost(score.cost) > 950000);
    parse_both("Karim Salim Belkora", "Karim Tadros Belkora", false);
    CHECK(mz_name_score_pair(scorer, &prices, &query, &entity, likeness, true, INFINITY, &score));
    CHECK(isfinite(score.cost) &&
          mz_score_from_cost(score.cost) < 950000); /* they contradict each other all the same */
}

TEST(the_same_two_names_have_the_same_score_to_the_bit_whatever_was_scored_between) {
    inventor from = {99};
    for (int round = 0; round < 300; round++) {
        char a[512], b[512], mixed[1100];
        invent_name(&from, a, sizeof a, round % 2);
        invent_name(&from, b, sizeof b, round % 2);
        (void)snprintf(mixed, sizeof mixed, "%s %s", b, a);
        bool met = compare(a, mixed, round % 2);
        double cost = score.cost, bits = score.bits;
        (void)compare("Nobody at all", "At all nobody", false);
        CHECK_INT(met, compare(a, mixed, round % 2));
        CHECK(!met || (memcmp(&cost, &score.cost, sizeof cost) == 0 && memcmp(&bits, &score.bits, sizeof bits) == 0));
    }
}

TEST(a_ceiling_of_cost_gives_the_same_score_or_none) {
    inventor from = {1234};
    for (int round = 0; round < 1000; round++) {
        char name[512], damaged[512];
        invent_plain(&from, name, sizeof name, 3);
        (void)snprintf(damaged, sizeof damaged, "%s", name);
        damage_letters(&from, damaged, sizeof damaged, chance(&from, 6));
        if (!compare(name, damaged, false)) continue;
        double cost = score.cost;
        bool met = mz_name_score_pair(scorer, &mz_default_prices, &query, &entity, likeness, true, 0.3, &score);
        CHECK_INT(cost <= 0.3, met);
        CHECK(!met || memcmp(&cost, &score.cost, sizeof cost) == 0);
    }
}

TEST(a_name_compared_with_itself_scores_nearly_one) {
    inventor from = {2024};
    for (int round = 0; round < 500; round++) {
        char name[512];
        invent_name(&from, name, sizeof name, round % 2);
        mz_test_case("%s", name);
        CHECK(score_of(name, name, round % 2) > 0.97);
    }
}

TEST(words_in_another_order_change_little) {
    inventor from = {808};
    for (int round = 0; round < 500; round++) {
        char first[256], last[256], name[600], turned[600];
        invent_plain(&from, first, sizeof first, 1 + chance(&from, 2));
        invent_plain(&from, last, sizeof last, 1);
        (void)snprintf(name, sizeof name, "%s %s", first, last);
        (void)snprintf(turned, sizeof turned, "%s %s", last, first);
        double straight = person(name, name), around = person(name, turned);
        mz_test_case("%s, %s: %.4f", name, turned, around);
        CHECK(around <= straight && around > straight - 0.03);
    }
}

TEST(more_damage_scores_no_better_on_average) {
    double mean[7] = {0};
    inventor from = {555};
    for (unsigned letters = 0; letters < 7; letters++)
        for (int round = 0; round < 400; round++) {
            char name[512], damaged[512];
            invent_plain(&from, name, sizeof name, 2);
            (void)snprintf(damaged, sizeof damaged, "%s", name);
            damage_letters(&from, damaged, sizeof damaged, letters);
            mean[letters] += person(name, damaged) / 400;
        }
    for (unsigned letters = 1; letters < 7; letters++) {
        mz_test_case("%u letters: %.3f, %.3f", letters, mean[letters - 1], mean[letters]);
        CHECK(mean[letters] < mean[letters - 1]);
    }
    CHECK(mean[1] > 0.85); /* one typing error in two words of some length is no other name */
}

TEST(one_typing_error_costs_less_than_another_word) {
    inventor from = {606};
    double typing = 0, other = 0;
    for (int round = 0; round < 300; round++) {
        char first[256], last[256], stranger[256], name[600], changed[600];
        invent_plain(&from, first, sizeof first, 1);
        invent_plain(&from, last, sizeof last, 1);
        invent_plain(&from, stranger, sizeof stranger, 1);
        (void)snprintf(name, sizeof name, "%s %s", first, last);
        (void)snprintf(changed, sizeof changed, "%s %s", first, stranger);
        other += person(name, changed) / 300;
        damage_letters(&from, last, sizeof last, 1);
        (void)snprintf(changed, sizeof changed, "%s %s", first, last);
        typing += person(name, changed) / 300;
    }
    mz_test_case("%.3f, %.3f", typing, other);
    CHECK(typing > other + 0.25);
}

TEST(strangers_do_not_reach_the_working_default) {
    inventor from = {707};
    size_t above = 0;
    for (int round = 0; round < 3000; round++) {
        char a[512], b[512];
        invent_plain(&from, a, sizeof a, 2 + chance(&from, 2));
        invent_plain(&from, b, sizeof b, 2 + chance(&from, 2));
        above += person(a, b) >= 0.70;
    }
    CHECK(above <= 3);
}

/* ---- what meets, and what it is called ---- */

static bool has_rule(mz_rule rule) {
    for (size_t p = 0; p < score.piece_count; p++)
        if (score.pieces[p].rule == rule) return true;
    return false;
}

TEST(every_meeting_has_its_rule) {
    static const struct {
        const char *query, *entity;
        bool organisation;
        mz_rule rule;
    } rows[] = {
        {"Karim Tazi", "Karim Tazi", false, MZ_RULE_SAME},
        {"Karim Tazi", "Kareem Tazi", false, MZ_RULE_SPELLING},
        {"Karim Tazi", "كريم Tazi", false, MZ_RULE_SCRIPT},
        {"Nur Islam Tazi", "Nurislam Tazi", false, MZ_RULE_JOINED},
        {"K. Tazi", "Karim Tazi", false, MZ_RULE_INITIAL},
        {"William Tazi", "Bill Tazi", false, MZ_RULE_EQUIVALENT},
        {"Tazi SARL", "Tazi GmbH", true, MZ_RULE_LEGAL_FORM},
        {"Tazi 7", "Tazi 9", true, MZ_RULE_NUMBER},
        {"Karim Salim Tazi", "Karim Tazi", false, MZ_RULE_MISSING},
        {"Karim Tazi", "Karim Salim Tazi", false, MZ_RULE_EXTRA},
        {"Karim Tazi", "Karim Belkora", false, MZ_RULE_DIFFERENT},
        {"Karim Tazi", "Tazi Karim", false, MZ_RULE_ORDER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_test_case("%s, %s", rows[i].query, rows[i].entity);
        CHECK(compare(rows[i].query, rows[i].entity, rows[i].organisation));
        CHECK(has_rule(rows[i].rule));
    }
}

TEST(names_that_share_only_articles_particles_or_titles_do_not_meet) {
    CHECK(!compare("Dr Karim bin al-Tazi", "Dr Samir bin al-Fulani", false));
    CHECK(!compare("Haji Karim", "Haji Samir", false));
    CHECK(!compare("K. Tazi", "Karim Benchekroun", false)); /* an initial for a word is no meeting */
    CHECK(compare("K. L.", "K. L.", false));
    CHECK(compare("Haji", "Haji", false));
    CHECK(!compare("", "Karim", false));
    CHECK(!compare("Karim", "", false));
}

TEST(order_of_costs_for_what_differs) {
    double same = person("Karim Salim Tazi", "Karim Salim Tazi"), missing = person("Karim Salim Tazi", "Karim Tazi"),
           extra = person("Karim Tazi", "Karim Salim Tazi"), other = person("Karim Salim Tazi", "Karim Nabil Tazi"),
           particle = person("Karim bin Salim Tazi", "Karim Salim Tazi"),
           title = person("Dr Karim Salim Tazi", "Karim Salim Tazi");
    CHECK(same > particle && same > title);
    CHECK(particle > missing && title > missing);
    CHECK(missing > other && extra > other);
}

TEST(a_title_contradicts_no_word) {
    /* whom a form calls Doctor or Haji is no other family: the title is missing, and the family name is extra */
    double plain = person("Karim Chaghouri", "Karim Chaghouri Belkouri");
    const char *titled[] = {"Dr Karim Chaghouri", "Haji Karim Chaghouri", "Mr Karim Chaghouri"};
    for (size_t i = 0; i < sizeof titled / sizeof titled[0]; i++) {
        double with_title = person(titled[i], "Karim Chaghouri Belkouri");
        double alone = person(titled[i], "Karim Chaghouri"), same = person("Karim Chaghouri", "Karim Chaghouri");
        CHECK(with_title < plain && with_title > 0.8);
        CHECK(plain - with_title < 1.5 * (same - alone)); /* it costs about what it costs where nothing else differs */
    }
}

TEST(numbers_and_legal_forms_that_differ_cost_more_than_those_that_are_missing) {
    double same = score_of("Nowhere Star 7", "Nowhere Star 7", true),
           missing = score_of("Nowhere Star 7", "Nowhere Star", true),
           other = score_of("Nowhere Star 7", "Nowhere Star 9", true);
    CHECK(same > missing && missing > other);
    same = score_of("Nowhere SARL", "Nowhere SARL", true);
    missing = score_of("Nowhere SARL", "Nowhere", true);
    other = score_of("Nowhere SARL", "Nowhere GmbH", true);
    CHECK(same > missing && missing > other);
}

TEST(rare_words_prove_more_than_common_ones) {
    CHECK(compare("Mohammed Ali", "Mohammed Ali", false));
    double common = score.bits;
    CHECK(compare("Mohammed Fikratzi", "Mohammed Fikratzi", false));
    CHECK(score.bits > common + 3);
}

TEST(the_commonest_given_names_prove_next_to_nothing_in_any_spelling) {
    static const char *const names[] = {"Mohammed", "Muhammad", "محمد", "Maria", "Александр", "Ali"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        mz_test_case("%s", names[i]);
        CHECK(compare(names[i], names[i], false));
        CHECK(score.bits >= 2 && score.bits <= 5);
    }
    CHECK(compare("Mohammed", "محمد", false));
    CHECK(score.bits <= 4);
    CHECK(compare("Fikratzi", "Fikratzi", false));
    CHECK(score.bits >= 12);
}

TEST(the_scorer_is_given_back) {
    mz_name_scorer_free(scorer);
    scorer = NULL;
    mz_name_scorer_free(NULL);
    mz_arena_done(&arena);
}

TEST_MAIN()
