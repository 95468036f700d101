/* Acronyms of organisations: which a name has, and which words may be one. */
#include "names/acronym.h"

#include "test.h"

static mz_arena arena;

static mz_name parse(const char *text, bool organisation) {
    mz_name name;
    mz_error error = {0};
    CHECK_OK(mz_name_parse(mz_str_of(text), organisation, &arena, &name, &error), error);
    return name;
}

static bool stands_for(const char *acronym, const char *text) {
    uint64_t keys[MZ_ACRONYMS_MOST];
    mz_name word = parse(acronym, true), name = parse(text, true);
    size_t count = mz_acronyms_of_name(&name, keys);
    CHECK(word.count == 1 && count <= MZ_ACRONYMS_MOST);
    uint64_t key = mz_acronym_of_word(&word.words[0]);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) CHECK(keys[i] != keys[j]);
        if (key && keys[i] == key) return true;
    }
    return false;
}

typedef struct acronym_row {
    const char *acronym, *name;
    bool stands;
} acronym_row;

static void check_rows(const acronym_row *rows, size_t count) {
    mz_arena_init(&arena, 16 << 20);
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s: %s", rows[i].acronym, rows[i].name);
        CHECK_INT(rows[i].stands, stands_for(rows[i].acronym, rows[i].name));
        mz_arena_reset(&arena);
    }
    mz_arena_done(&arena);
}
#define CHECK_ACRONYMS(rows) check_rows((rows), sizeof(rows) / sizeof *(rows))

TEST(an_acronym_is_made_of_the_initials) {
    static const acronym_row rows[] = {
        {"BKRL", "Belkora Kasbah Rail Lines", true},   {"B.K.R.L.", "Belkora Kasbah Rail Lines", true},
        {"bkrl", "BELKORA KASBAH RAIL LINES", true},   {"БКЖ", "Белкора Касба Железо", true},
        {"BKLR", "Belkora Kasbah Rail Lines", false},  {"BKR", "Belkora Kasbah Rail Lines", false},
        {"BKRLX", "Belkora Kasbah Rail Lines", false},
    };
    CHECK_ACRONYMS(rows);
}

TEST(particles_company_and_legal_forms_are_in_it_or_not) {
    static const acronym_row rows[] = {
        {"ORZ", "Organisation for Relief of Zitouna", true},
        {"OFROZ", "Organisation for Relief of Zitouna", true},
        {"BRW", "Belkora Rail Works Company", true},
        {"BRWC", "Belkora Rail Works Company", true},
        {"BRW", "Belkora Rail Works Ltd", true},
        {"BRWL", "Belkora Rail Works Ltd", false},
    };
    CHECK_ACRONYMS(rows);
}

TEST(too_short_too_long_or_of_two_scripts_is_none) {
    static const acronym_row rows[] = {
        {"BR", "Belkora Rail", false},
        {"BELKORAMN", "Boats Engines Lamps Kilns Oars Ropes Anchors Masts Nets", false},
        {"BELKORAM", "Boats Engines Lamps Kilns Oars Ropes Anchors Masts", true},
        {"BRP", "Belkora Rail Путь", false},
        {"bls", "بلكورة لصناعة السفن", false},
    };
    CHECK_ACRONYMS(rows);
}

TEST(a_person_has_no_acronym) {
    uint64_t keys[MZ_ACRONYMS_MOST];
    mz_arena_init(&arena, 1 << 20);
    mz_name name = parse("Karim Belkora Tazi", false);
    CHECK_INT(0, mz_acronyms_of_name(&name, keys));
    mz_arena_done(&arena);
}

TEST(a_known_word_and_a_word_with_a_capital_are_not_meant_as_acronyms) {
    mz_arena_init(&arena, 1 << 20);
    mz_name name = parse("BANK", true);
    CHECK(mz_acronym_of_word(&name.words[0]) == 0);
    name = parse("Belka BELKA belka", true);
    CHECK(name.words[0].capitalised);
    CHECK(!name.words[1].capitalised && !name.words[2].capitalised);
    CHECK_INT(5, mz_acronym_letters(&name.words[0]));
    mz_arena_done(&arena);
}

TEST_MAIN()
