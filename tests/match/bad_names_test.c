/* Names that nobody bears: whatever comes in, there is a score or a clear error, in bounded time.
 *
 * What a row looks like is not what it is: letters of another script, marks that turn the direction, characters that
 * nothing shows. Where a person would read the same name, the score must be high; elsewhere it only must be one. */
#include "base/clock.h"
#include "match/name_score.h"
#include "mizan/screen.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mz_comparer *comparer;
static mz_error error;

static void ready(void) {
    if (!comparer) CHECK_OK(mz_comparer_new(NULL, &comparer, &error), error);
}

/* Compares, and checks what must hold of any answer. */
static double score_of(mz_schema schema, mz_str query, mz_str candidate) {
    const mz_comparison *found;
    double points = 0;
    ready();
    CHECK_OK(mz_compare_names(comparer, schema, query, candidate, &found, &error), error);
    CHECK(found->score >= 0 && found->score <= 1 && isfinite(found->weight));
    for (size_t i = 0; i < found->evidence_count; i++) points += found->evidence[i].points;
    CHECK(fabs(points - found->score) < 1e-9);
    return found->score;
}

static const mz_schema schemata[] = {MZ_SCHEMA_Person, MZ_SCHEMA_Company, MZ_SCHEMA_Vessel, MZ_SCHEMA_Thing};
enum { SCHEMATA = sizeof schemata / sizeof schemata[0] };

TEST(what_looks_the_same_is_nearly_the_same) {
    static const struct {
        const char *written, *means, *says;
    } rows[] = {
        {"K\u0430rim T\u0430zrouti", "Karim Tazrouti", "Cyrillic a"},
        {"\u039A\u03B1rim Tazrouti", "Karim Tazrouti", "Greek kappa and alpha"},
        {"Kar\u0456m Tazr\u043Euti", "Karim Tazrouti", "Ukrainian i, Cyrillic o"},
        {"Kari\u200Bm Taz\u200Drouti", "Karim Tazrouti", "zero-width space and joiner"},
        {"\uFEFFKarim Tazrouti", "Karim Tazrouti", "byte order mark"},
        {"Ka\u00ADrim Taz\u2060routi", "Karim Tazrouti", "soft hyphen, word joiner"},
        {"\u202EKarim Tazrouti\u202C", "Karim Tazrouti", "override of direction"},
        {"\u2067Karim\u2069 \u2066Tazrouti\u2069", "Karim Tazrouti", "isolates"},
        {"Karim\u00A0Tazrouti", "Karim Tazrouti", "no-break space"},
        {"Karim\u3000Tazrouti", "Karim Tazrouti", "ideographic space"},
        {"\uFF2B\uFF41\uFF52\uFF49\uFF4D Tazrouti", "Karim Tazrouti", "wide letters"},
        {"K4r1m T4zr0uti", "Karim Tazrouti", "digits for letters"},
        {"K\u0301a\u0308r\u0327i\u0323m Tazrouti", "Karim Tazrouti", "marks that no language puts there"},
        {"Ka\uFE0Frim Tazrouti", "Karim Tazrouti", "variation selector"},
        {"كر\u0640\u0640\u0640يم التازروتي", "كريم التازروتي", "tatweel"},
        {"\u200Fكريم\u200E التازروتي", "كريم التازروتي", "marks of direction"},
        {"ك\u064Eر\u0650يم التازروتي", "كريم التازروتي", "vowel marks"},
        {"Karim\tTazrouti\r\n", "Karim Tazrouti", "controls"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_test_case("%s", rows[i].says);
        CHECK(score_of(MZ_SCHEMA_Person, mz_str_of(rows[i].written), mz_str_of(rows[i].means)) > 0.9);
        CHECK(score_of(MZ_SCHEMA_Person, mz_str_of(rows[i].means), mz_str_of(rows[i].written)) > 0.9);
    }
}

TEST(what_is_no_name_has_a_score_all_the_same) {
    static const mz_str names[] = {
        MZ_STR_INIT(""),
        MZ_STR_INIT(" "),
        MZ_STR_INIT("\0"),
        MZ_STR_INIT("Karim\0Tazrouti"),
        MZ_STR_INIT("!?.,;:-_/\\|\"'`"),
        MZ_STR_INIT("\u2026\u2014\u00AB\u00BB\u060C\u061F\u3002"),
        MZ_STR_INIT("\u202E\u202D\u2066\u2067\u2068\u2069\u200B\u200C\u200D\u2060\uFEFF"),
        MZ_STR_INIT("\u0301\u0302\u0303"),                   /* marks without a letter */
        MZ_STR_INIT("\u0378\u0379 \U000E0FFF\u038B"),        /* not assigned */
        MZ_STR_INIT("\uE000\uF8FF \U000F0000"),              /* private use */
        MZ_STR_INIT("\uFFFE\uFFFF\U0010FFFF"),               /* no characters */
        MZ_STR_INIT("\U0001F600\U0001F468\u200D\U0001F469"), /* pictures */
        MZ_STR_INIT("\u16A0\u16A2 \U00010330\U00010331"),    /* runes, Gothic: no table knows them */
        MZ_STR_INIT("0 00 000 0000000000000000000000000"),
        MZ_STR_INIT("A"),
        MZ_STR_INIT("al bin de van"),
        MZ_STR_INIT("Ltd GmbH SARL"),
        MZ_STR_INIT("Dr Mr Haji Sheikh"),
        MZ_STR_INIT("Kaарим كريم Κάριμ 王 קרים"),
    };
    enum { NAMES = sizeof names / sizeof names[0] };
    for (size_t s = 0; s < SCHEMATA; s++)
        for (size_t a = 0; a < NAMES; a++)
            for (size_t b = 0; b < NAMES; b++) {
                mz_test_case("%zu and %zu as %s", a, b, mz_schema_name(schemata[s]));
                (void)score_of(schemata[s], names[a], names[b]);
            }
    CHECK(score_of(MZ_SCHEMA_Person, names[0], names[0]) <= 0); /* two names of nothing are not the same name */
    CHECK(score_of(MZ_SCHEMA_Person, names[4], names[4]) <= 0);
}

TEST(what_is_not_utf_8_is_refused_with_its_place) {
    static const struct {
        mz_str name;
        uint64_t column;
        const char *says;
    } rows[] = {
        {MZ_STR_INIT("Kar\xFFim"), 4, "a byte that never stands in UTF-8"},
        {MZ_STR_INIT("\xED\xA0\x80"), 1, "a lone high surrogate"},
        {MZ_STR_INIT("Karim \xED\xBF\xBF"), 7, "a lone low surrogate"},
        {MZ_STR_INIT("\xC0\x80"), 1, "an overlong zero"},
        {MZ_STR_INIT("\xF4\x90\x80\x80"), 1, "beyond the last code point"},
        {MZ_STR_INIT("Karim \xE2\x80"), 7, "cut in a letter"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const mz_comparison *found = NULL;
        mz_test_case("%s", rows[i].says);
        ready();
        for (int side = 0; side < 2; side++) {
            mz_str other = MZ_STR("Karim");
            error = (mz_error){0};
            CHECK_INT(MZ_ERR_INPUT, mz_compare_names(comparer, MZ_SCHEMA_Person, side ? other : rows[i].name,
                                                     side ? rows[i].name : other, &found, &error));
            CHECK(!found && error.column == rows[i].column && error.text[0]);
        }
    }
}

/* ---- size ---- */

/* `count` words of `letters` letters; with `alike`, all of one sound. */
static mz_str words_of(char *into, size_t room, size_t count, size_t letters, bool alike) {
    size_t size = 0;
    for (size_t w = 0; w < count; w++) {
        for (size_t l = 0; l < letters && size < room; l++)
            into[size++] = alike ? "ba"[l % 2] : "bakidomunefosaturiljen"[(w * 7 + l * (1 + w % 5)) % 22];
        if (size < room) into[size++] = ' ';
    }
    return (mz_str){into, size};
}

/* A score, or the error that says what was too much. */
static void check_told(mz_schema schema, mz_str a, mz_str b) {
    const mz_comparison *found;
    ready();
    error = (mz_error){0};
    mz_status status = mz_compare_names(comparer, schema, a, b, &found, &error);
    if (status == MZ_OK) {
        (void)score_of(schema, a, b);
    } else {
        CHECK_INT(MZ_ERR_LIMIT, status);
        CHECK(strstr(error.text, "memory") != NULL);
    }
}

static void check_bounded(const char *says, mz_str a, mz_str b) {
    for (size_t s = 0; s < SCHEMATA; s++) {
        uint64_t start = mz_clock_ns();
        mz_test_case("%s as %s", says, mz_schema_name(schemata[s]));
        check_told(schemata[s], a, b);
        check_told(schemata[s], b, a);
        CHECK(mz_clock_ns() - start < UINT64_C(20000000000)); /* slow machines and sanitizers have time enough */
    }
}

TEST(names_of_any_size_take_bounded_time) {
    enum { ROOM = 4 << 20 };
    char *one = malloc(ROOM), *other = malloc(ROOM);
    CHECK(one && other);
    mz_str short_name = MZ_STR("Karim Tazrouti");
    mz_str many = words_of(one, ROOM, 10000, 6, false), same = words_of(other, ROOM, 10000, 6, true);
    check_bounded("ten thousand words", many, many);
    check_bounded("ten thousand words and two", many, short_name);
    check_bounded("ten thousand words of one sound", same, same);
    mz_str wide = words_of(one, ROOM, 3, 300, false), wide_same = words_of(other, ROOM, 64, 300, true);
    check_bounded("words of three hundred letters", wide, wide);
    check_bounded("sixty-four of them, of one sound", wide_same, wide_same);
    check_bounded("one word of four million letters", words_of(one, ROOM, 1, ROOM, false), short_name);
    memset(one, '-', ROOM);
    check_bounded("four million hyphens", (mz_str){one, ROOM}, short_name);
    for (size_t i = 0; i + 1 < ROOM; i += 2) memcpy(one + i, "\u0301", 2);
    check_bounded("two million marks", (mz_str){one, ROOM}, (mz_str){one, ROOM});
    free(one);
    free(other);
}

TEST(a_name_of_sixteen_mebibytes_is_refused) {
    size_t size = (size_t)16 << 20;
    char *name = malloc(size);
    const mz_comparison *found;
    CHECK(name != NULL);
    memset(name, 'a', size);
    ready();
    CHECK_INT(MZ_ERR_LIMIT,
              mz_compare_names(comparer, MZ_SCHEMA_Person, (mz_str){name, size}, MZ_STR("Karim"), &found, &error));
    free(name);
}

/* ---- the budget of one comparison ---- */

TEST(no_two_names_cost_more_than_the_budget) {
    static uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    static mz_name_score score;
    static char text[64 * 50];
    static const size_t letters[] = {2, 3, 4, 8, 20, 47};
    mz_name_scorer *scorer = mz_name_scorer_new();
    uint32_t most = 0;
    CHECK(scorer != NULL);
    for (size_t l = 0; l < sizeof letters / sizeof letters[0]; l++)
        for (int organisation = 0; organisation < 2; organisation++) {
            mz_arena arena;
            mz_name name;
            mz_arena_init(&arena, 16 << 20);
            mz_str words = words_of(text, sizeof text, 64, letters[l], true);
            for (size_t at = 0, word = 0; at < words.size; at++) /* not the same word twice in a row */
                if (text[at] == ' ' && word++ % 2) text[at - 1] = 'e';
            CHECK_OK(mz_name_parse(words, organisation, &arena, &name, &error), error);
            CHECK(name.count <= MZ_NAME_WORDS_MOST);
            for (size_t i = 0; i < name.count; i++) CHECK(name.words[i].phone_count <= MZ_PHONES_MOST);
            for (size_t i = 0; i < name.count * name.count; i++)
                likeness[i] = mz_word_likeness(&name.words[i / name.count], &name.words[i % name.count]);
            (void)mz_name_score_pair(scorer, &mz_default_prices, &name, &name, likeness, true, INFINITY, &score);
            CHECK(score.joins_tried <= MZ_JOINS_MOST);
            if (score.joins_tried > most) most = score.joins_tried;
            mz_arena_done(&arena);
        }
    mz_name_scorer_free(scorer);
    CHECK_INT(MZ_JOINS_MOST, most); /* these names do come to the end of it */
    CHECK(MZ_PAIR_CELLS_MOST < 40000000);
}

TEST(the_comparer_is_given_back) {
    mz_comparer_free(comparer);
    comparer = NULL;
}

TEST_MAIN()
