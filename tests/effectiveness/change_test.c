/* What each class of changes does to an invented name. Chance decides where; for a given seed always the same. */
#include "effectiveness/change.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static size_t number_of(const char *class) {
    size_t number = 0;
    if (!mz_change_class_find(mz_str_of(class), &number)) mz_test_fail(__FILE__, __LINE__, "no class %s", class);
    return number;
}

/* The changed name, or NULL when the class does not apply; the caller's to free. */
static char *changed(const char *class, uint64_t seed, mz_schema schema, const char *name) {
    mz_error error;
    char *text = NULL;
    CHECK_OK(mz_change_name(number_of(class), seed, schema, mz_str_of(name), &text, &error), error);
    return text;
}

typedef struct certain_case {
    const char *class;
    mz_schema schema;
    const char *name, *expected; /* expected NULL: does not apply */
} certain_case;

static const certain_case certain[] = {
    {"as-listed", MZ_SCHEMA_Person, "Nadir El Qasmouri", "Nadir El Qasmouri"},
    {"lower-case", MZ_SCHEMA_Person, "NADIR Él Qasmouri", "nadir él qasmouri"},
    {"lower-case", MZ_SCHEMA_Person, "نادر القسموري", NULL},
    {"capitals", MZ_SCHEMA_Person, "Боримир Щедрогоров", "БОРИМИР ЩЕДРОГОРОВ"},
    {"blanks", MZ_SCHEMA_Person, "Nadir El Qasmouri", "\tNadir\u00A0El  Qasmouri "},
    {"reversed", MZ_SCHEMA_Person, "Nadir El Qasmouri", "Qasmouri El Nadir"},
    {"reversed", MZ_SCHEMA_Person, "نادر القسموري", "القسموري نادر"},
    {"reversed", MZ_SCHEMA_Person, "Nadir", NULL},
    {"reversed", MZ_SCHEMA_Vessel, "White Ibex", NULL},
    {"family-first", MZ_SCHEMA_Person, "Nadir El Qasmouri", "Qasmouri, Nadir El"},
    {"letter-single", MZ_SCHEMA_Person, "Yassir Oulghazi", "Yasir Oulghazi"},
    {"letter-single", MZ_SCHEMA_Person, "Nadir Qasmouri", NULL},
    {"article-joined", MZ_SCHEMA_Person, "NADIR EL QASMOURI", "NADIR ELQASMOURI"},
    {"article-joined", MZ_SCHEMA_Person, "Nadir al-Qasmouri", "Nadir alQasmouri"},
    {"article-joined", MZ_SCHEMA_Person, "Nadir Alqasmouri", NULL},
    {"article-lost", MZ_SCHEMA_Person, "Nadir al-Qasmouri", "Nadir Qasmouri"},
    {"article-lost", MZ_SCHEMA_Person, "نادر القسموري", "نادر قسموري"},
    {"article-other", MZ_SCHEMA_Person, "Nadir Al-Qasmouri", "Nadir El Qasmouri"},
    {"article-other", MZ_SCHEMA_Person, "Nadir el Qasmouri", "Nadir al-Qasmouri"},
    {"writing-cyrillic", MZ_SCHEMA_Person, "Журавль", "Журавл"},
    {"romanised", MZ_SCHEMA_Person, "Боримир Щедрогоров", "borimir shchedrogorov"},
    {"romanised", MZ_SCHEMA_Person, "Borimir", NULL},
    {"words-joined", MZ_SCHEMA_Person, "Nadir Qasmouri", "NadirQasmouri"},
    {"words-joined", MZ_SCHEMA_Person, "نادر القسموري", "نادرالقسموري"},
    {"word-split", MZ_SCHEMA_Person, "Nadir Qasmouri", "Nadir Qasm ouri"},
    {"middle-lost", MZ_SCHEMA_Person, "Nadir Ben Omar Qasmouri", "Nadir Qasmouri"},
    {"middle-lost", MZ_SCHEMA_Person, "Nadir Qasmouri", NULL},
    {"initials", MZ_SCHEMA_Person, "Nadir Omar Qasmouri", "N. O. Qasmouri"},
    {"initials", MZ_SCHEMA_Person, "نادر القسموري", NULL},
    {"marks-lost", MZ_SCHEMA_Company, "Tazarine Négoce", "Tazarine Negoce"},
    {"marks-lost", MZ_SCHEMA_Company, "Tazarine", NULL},
    {"hyphens-added", MZ_SCHEMA_Person, "Nadir El Qasmouri", "Nadir El-Qasmouri"},
    {"punctuation-lost", MZ_SCHEMA_Person, "O'Dune-Qasmouri, N.", "ODune Qasmouri N"},
    {"dots-added", MZ_SCHEMA_Person, "Nadir Qasmouri", "Nadir. Qasmouri,"},
    {"digits-for-letters", MZ_SCHEMA_Person, "Loxo", "10xo"},
    {"full-width", MZ_SCHEMA_Vessel, "Ibex 2", "Ｉｂｅｘ\u3000２"},
    {"cut-at-35", MZ_SCHEMA_Company, "Atlas Saffron and Argan Oil Trading Company",
     "Atlas Saffron and Argan Oil Trading"},
    {"cut-at-35", MZ_SCHEMA_Company, "Atlas Saffron", NULL},
    {"broken-at-35", MZ_SCHEMA_Company, "Atlas Saffron and Argan Oils Tradings Co",
     "Atlas Saffron and Argan Oils Tradin gs Co"},
    {"form-lost", MZ_SCHEMA_Company, "Atlas Saffron, S.A.R.L.", "Atlas Saffron"},
    {"form-lost", MZ_SCHEMA_Company, "ООО Журавль", "Журавль"},
    {"form-lost", MZ_SCHEMA_Company, "Atlas Saffron Limited Liability Company", "Atlas Saffron"},
    {"form-lost", MZ_SCHEMA_Company, "Limited", NULL},
    {"form-lost", MZ_SCHEMA_Person, "Atlas Ltd", NULL},
    {"form-other", MZ_SCHEMA_Company, "Atlas Saffron Ltd", "Atlas Saffron LLC"},
    {"form-written", MZ_SCHEMA_Company, "Atlas Saffron GmbH", "Atlas Saffron Gesellschaft mit beschränkter Haftung"},
    {"form-written", MZ_SCHEMA_Company, "Atlas Saffron Société Anonyme", "Atlas Saffron SA"},
    {"form-written", MZ_SCHEMA_Company, "الزعفران ش.م.م", "الزعفران شركة ذات مسؤولية محدودة"},
    {"word-abbreviated", MZ_SCHEMA_Company, "Atlas International", "Atlas Intl"},
    {"ampersand", MZ_SCHEMA_Company, "Saffron & Sons", "Saffron and Sons"},
    {"ampersand", MZ_SCHEMA_Company, "Safran et Fils", "Safran & Fils"},
    {"with-birth-date", MZ_SCHEMA_Person, "Nadir Qasmouri", NULL}, /* nobody said when he was born */
};

TEST(what_leaves_nothing_to_chance) {
    for (size_t i = 0; i < sizeof certain / sizeof certain[0]; i++) {
        const certain_case *c = &certain[i];
        mz_test_case("%s of %s", c->class, c->name);
        char *text = changed(c->class, 1, c->schema, c->name);
        CHECK_TEXT(c->expected ? c->expected : "does not apply", text ? text : "does not apply");
        free(text);
    }
}

/* What chance decides: one of these, and with enough seeds each of them. */
typedef struct chance_case {
    const char *class;
    mz_schema schema;
    const char *name, *possible[12];
} chance_case;

static const chance_case chances[] = {
    {"shuffled", MZ_SCHEMA_Person, "A B C", {"A C B", "B A C", "B C A", "C A B", "C B A", NULL}},
    {"letter-lost", MZ_SCHEMA_Person, "Omar", {"mar", "Oar", "Omr", "Oma", NULL}},
    {"letters-exchanged", MZ_SCHEMA_Person, "Omar", {"Moar", "Oamr", "Omra", NULL}},
    {"letters-exchanged", MZ_SCHEMA_Person, "نادر", {"اندر", "ندار", "نارد", NULL}},
    {"neighbour-key",
     MZ_SCHEMA_Person,
     "Ixxx",
     {"Izxx", "Icxx", "Iwxx", "Ixzx", "Ixcx", "Ixwx", "Ixxz", "Ixxc", "Ixxw", NULL}},
    {"writing-arabic", MZ_SCHEMA_Person, "إدري", {"ادري", "إدرى", "إدری", NULL}},
    {"letter-doubled", MZ_SCHEMA_Person, "Omar", {"Ommar", "Omarr", NULL}},
    {"vowel-lost", MZ_SCHEMA_Person, "Nadir", {"Ndir", "Nadr", NULL}},
    {"vowel-replaced", MZ_SCHEMA_Person, "SAL", {"SEL", "SIL", "SOL", "SUL", NULL}},
    {"spelling-chinese", MZ_SCHEMA_Person, "Zhao Xin", {"Chao Xin", "Zhao Hsin", NULL}},
    {"words-joined", MZ_SCHEMA_Person, "A B C", {"AB C", "A BC", NULL}},
    {"word-lost", MZ_SCHEMA_Person, "A B C", {"A B", "A C", "B C", NULL}},
    {"word-repeated", MZ_SCHEMA_Person, "A B", {"A A B", "A B B", NULL}},
    {"initial", MZ_SCHEMA_Person, "Nadir Omar Qasmouri", {"N. Omar Qasmouri", "Nadir O. Qasmouri", NULL}},
    {"suffix", MZ_SCHEMA_Person, "Nadir", {"Nadir Jr", "Nadir Sr.", "Nadir III", "Nadir II", NULL}},
    {"word-added", MZ_SCHEMA_Company, "شركة", {"شركة الدولية", "شركة العامة", "شركة للتجارة", "شركة للخدمات", NULL}},
    {"number-written", MZ_SCHEMA_Vessel, "Ibex 2", {"Ibex II", "Ibex Two", NULL}},
    {"ship-mark", MZ_SCHEMA_Vessel, "Ibex", {"M/V Ibex", "MT Ibex", "MV Ibex", "M/T Ibex", "SS Ibex", NULL}},
    {"bidi-marks", MZ_SCHEMA_Vessel, "Ibex", {"\u202EIbex\u200F\u202C", "\u2067Ibex\u200F\u202C", NULL}},
};

TEST(what_chance_decides) {
    enum { SEEDS = 400 };
    for (size_t i = 0; i < sizeof chances / sizeof chances[0]; i++) {
        const chance_case *c = &chances[i];
        unsigned seen = 0, all = 0;
        while (c->possible[all]) all++;
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            char *text = changed(c->class, seed, c->schema, c->name);
            mz_test_case("%s of %s: %s", c->class, c->name, text ? text : "does not apply");
            if (!text) { /* the words happened to stay where they were */
                CHECK_TEXT("shuffled", c->class);
                continue;
            }
            unsigned k = 0;
            while (k < all && strcmp(text, c->possible[k]) != 0) k++;
            CHECK(k < all);
            seen |= 1u << k;
            free(text);
        }
        mz_test_case("%s of %s", c->class, c->name);
        CHECK_INT((1u << all) - 1, seen);
    }
}

static size_t letters_of(const char *text) {
    size_t count = 0, at = 0;
    for (uint32_t letter; mz_utf8_next(mz_str_of(text), &at, &letter);) count++;
    return count;
}

TEST(slips_change_one_letter) {
    static const char *const names[] = {"Nadir Qasmouri", "نادر القسموري", "Боримир Щедрогоров", "Στέλιος Μυλωθρός"};
    static const struct {
        const char *class;
        int longer;
    } slips[] = {{"letter-added", 1},      {"letter-lost", -1}, {"letter-replaced", 0},
                 {"letters-exchanged", 0}, {"first-letter", 0}, {"letter-doubled", 1}};
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
        for (size_t s = 0; s < sizeof slips / sizeof slips[0]; s++)
            for (uint64_t seed = 0; seed < 50; seed++) {
                char *text = changed(slips[s].class, seed, MZ_SCHEMA_Person, names[n]);
                mz_test_case("%s of %s: %s", slips[s].class, names[n], text ? text : "does not apply");
                CHECK(text && strcmp(text, names[n]) != 0);
                CHECK_INT((int)letters_of(names[n]) + slips[s].longer, (int)letters_of(text));
                CHECK_INT(mz_script_of_name(mz_str_of(names[n])), mz_script_of_name(mz_str_of(text)));
                free(text);
            }
}

TEST(the_same_seed_changes_the_same_name_in_the_same_way) {
    const mz_change_class *class;
    for (size_t number = 0; (class = mz_change_class_of(number)); number++) {
        mz_test_case("%s", class->name);
        unsigned others = 0;
        for (uint64_t seed = 0; seed < 20; seed++) {
            char *one = changed(class->name, seed, MZ_SCHEMA_Person, "Nadir Ben Yassir El Qasmouri");
            char *two = changed(class->name, seed, MZ_SCHEMA_Person, "Nadir Ben Yassir El Qasmouri");
            char *other = changed(class->name, seed + 20, MZ_SCHEMA_Person, "Nadir Ben Yassir El Qasmouri");
            CHECK_TEXT(one ? one : "", two ? two : "");
            if (one && other) others += strcmp(one, other) != 0;
            free(one);
            free(two);
            free(other);
        }
        if (strcmp(class->name, "letter-replaced") == 0) CHECK(others > 10);
    }
}

static bool has_arabic(const char *text) {
    size_t at = 0;
    for (uint32_t letter; mz_utf8_next(mz_str_of(text), &at, &letter);)
        if (mz_script_of(letter) == MZ_SCRIPT_ARABIC) return true;
    return false;
}

TEST(classes_have_names_and_titles_in_three_languages) {
    const mz_change_class *class;
    size_t number;
    for (number = 0; (class = mz_change_class_of(number)); number++) {
        size_t found;
        mz_test_case("%s", class->name);
        CHECK(mz_change_class_find(mz_str_of(class->name), &found));
        CHECK_INT(number, found);
        CHECK(strspn(class->name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(class->name));
        for (int language = 0; language < 3; language++) CHECK(class->title[language] && *class->title[language]);
        CHECK(has_arabic(class->title[MZ_ARABIC]) && !has_arabic(class->title[MZ_FRENCH]));
        CHECK(*mz_change_group_title(class->group, MZ_FRENCH) != '\0');
    }
    CHECK(number > 50);
    CHECK(!mz_change_class_find(MZ_STR("no such class"), &number));
}

TEST(any_name_is_changed_or_left_alone) {
    static char long_name[6000];
    memset(long_name, 'a', sizeof long_name - 1);
    for (size_t i = 7; i < sizeof long_name - 1; i += 8) long_name[i] = ' ';
    static char full_name[MZ_CHANGE_LETTERS + 1]; /* as long as may be: whatever makes it longer does not apply */
    memcpy(full_name, long_name, MZ_CHANGE_LETTERS);
    const char *const names[] = {
        "",       " ",   "...",       "-",       "1",      "\t", "\u202E", "\u0301",
        "a",      "al",  "al-",       "الـ",     "𐌀𐌁𐌂 𐌃",  "李", "𝔄𝔟𝔠",    "\xF0\x9F\x98\x80 x",
        "A.B.C.", "Ltd", "X Ltd Ltd", long_name, full_name};
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
        for (size_t number = 0; mz_change_class_of(number); number++)
            for (int schema = 0; schema < MZ_SCHEMA_COUNT; schema++) {
                char *text = changed(mz_change_class_of(number)->name, 7, (mz_schema)schema, names[n]);
                mz_test_case("%s of %.40s", mz_change_class_of(number)->name, names[n]);
                if (text) CHECK(mz_utf8_valid(mz_str_of(text), NULL));
                if (text) CHECK(letters_of(text) <= MZ_CHANGE_LETTERS);
                free(text);
            }
    mz_error error;
    char *text = NULL;
    CHECK_INT(MZ_ERR_INPUT, mz_change_name(0, 1, MZ_SCHEMA_Person, MZ_STR("\xFF"), &text, &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_change_name(9999, 1, MZ_SCHEMA_Person, MZ_STR("a"), &text, &error));
}

static const mz_change_kind *kind_of(const char *class) {
    size_t count;
    return &mz_change_kinds(&count)[number_of(class)];
}

TEST(what_is_known_beside_the_name) {
    static const struct {
        const char *class, *born, *expected; /* NULL: does not apply */
    } cases[] = {
        {"with-birth-date", "1970-05-01", "1970-05-01"},
        {"with-birth-date", "1968/1972", "1968/1972"},
        {"with-birth-date", "", NULL},
        {"day-month-exchanged", "1970-05-01", "1970-01-05"},
        {"day-month-exchanged", "1970-05-13", NULL},
        {"day-month-exchanged", "1970-05-05", NULL},
        {"day-month-exchanged", "1970", NULL},
        {"birth-year", "1970-05-01", "1970"},
        {"birth-year", "1970", NULL},
    };
    mz_buffer text;
    mz_buffer_init(&text, 4096);
    mz_change change;
    mz_changed of = {
        .id = MZ_STR_INIT("x"), .name = MZ_STR_INIT("Nadir"), .kinds = MZ_OF_PERSONS, .script = MZ_SCRIPT_LATIN};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s of %s", cases[i].class, cases[i].born);
        of.birth_date = mz_str_of(cases[i].born);
        bool applies = mz_change_apply(kind_of(cases[i].class), 1, &of, &change, &text);
        CHECK_INT(cases[i].expected != NULL, applies);
        if (applies) CHECK_TEXT(cases[i].expected, change.birth_date);
        if (applies) CHECK_STR(of.name, mz_buffer_view(&text));
    }
    of.birth_date = MZ_STR("1970");
    CHECK(mz_change_apply(kind_of("birth-year-near"), 1, &of, &change, &text));
    CHECK(strcmp(change.birth_date, "1969") == 0 || strcmp(change.birth_date, "1971") == 0);
    CHECK(!mz_change_apply(kind_of("with-nationality"), 1, &of, &change, &text));
    of.nationality = MZ_STR("ma");
    CHECK(mz_change_apply(kind_of("with-nationality"), 1, &of, &change, &text));
    CHECK_STR(MZ_STR("ma"), change.nationality);
    mz_buffer_done(&text);
}

TEST(transliterations_are_those_of_where_a_name_comes_from) {
    mz_buffer text;
    mz_buffer_init(&text, 4096);
    mz_change change;
    mz_changed of = {
        .id = MZ_STR_INIT("x"), .name = MZ_STR_INIT("Qasim Khouri"), .kinds = MZ_OF_PERSONS, .script = MZ_SCRIPT_LATIN};
    CHECK(!mz_change_apply(kind_of("spelling-arabic"), 1, &of, &change, &text));
    of.from = MZ_FROM_ARABIC;
    CHECK(mz_change_apply(kind_of("spelling-arabic"), 1, &of, &change, &text));
    CHECK(!mz_change_apply(kind_of("spelling-slavic"), 1, &of, &change, &text));
    mz_buffer_done(&text);
}

TEST_MAIN()
