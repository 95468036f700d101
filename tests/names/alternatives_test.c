/* Names within a name: which words say that another follows, and where it ends. */
#include "names/alternatives.h"

#include "test.h"

#include <stdio.h>

static const char *taken_apart(const char *text) {
    static char line[1024];
    mz_arena arena;
    mz_str names[MZ_NAME_ALTERNATIVES_MOST];
    size_t size = 0;
    mz_arena_init(&arena, 1 << 20);
    size_t count = mz_name_alternatives(mz_str_of(text), &arena, names);
    CHECK(count >= 1 && count <= MZ_NAME_ALTERNATIVES_MOST);
    line[0] = '\0';
    for (size_t i = 0; i < count; i++)
        size += (size_t)snprintf(line + size, sizeof line - size, "%s%.*s", i ? " | " : "", (int)names[i].size,
                                 names[i].data);
    mz_arena_done(&arena);
    return line;
}

typedef struct apart_row {
    const char *text, *expected;
} apart_row;

static void check_rows(const apart_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s", rows[i].text);
        CHECK_TEXT(rows[i].expected, taken_apart(rows[i].text));
    }
}
#define CHECK_NAMES(rows) check_rows((rows), sizeof(rows) / sizeof *(rows))

TEST(former_and_other_names_are_names_of_their_own) {
    static const apart_row rows[] = {
        {"Belkora Steel formerly Zitouna Steel", "Belkora Steel | Zitouna Steel"},
        {"Belkora Steel (formerly Zitouna Steel)", "Belkora Steel | Zitouna Steel"},
        {"Belkora Steel (Formerly Known As: Zitouna Steel)", "Belkora Steel | Zitouna Steel"},
        {"BELKORA STEEL A.K.A. ZITOUNA STEEL", "BELKORA STEEL | ZITOUNA STEEL"},
        {"Belkora Steel a/k/a Zitouna Steel", "Belkora Steel | Zitouna Steel"},
        {"Belkora Steel, aka Zitouna Steel", "Belkora Steel | Zitouna Steel"},
        {"NOWHERE STAR (EX ELSEWHERE MOON)", "NOWHERE STAR | ELSEWHERE MOON"},
        {"NOWHERE STAR (ex-ELSEWHERE MOON)", "NOWHERE STAR | ELSEWHERE MOON"},
        {"Acier Belkora, anciennement Acier Zitouna", "Acier Belkora | Acier Zitouna"},
        {"شركة بلكورة المعروفة باسم شركة الزيتونة", "شركة بلكورة | شركة الزيتونة"},
        {"Белкора (ранее Зитуна)", "Белкора | Зитуна"},
        {"One aka Two aka Three", "One | Two | Three"},
        {"One aka Two aka Three aka Four aka Five", "One | Two | Three | Four aka Five"},
    };
    CHECK_NAMES(rows);
}

TEST(what_stands_behind_the_bracket_belongs_to_the_first) {
    static const apart_row rows[] = {
        {"Belkora (formerly Zitouna) Steel Ltd", "Belkora Steel Ltd | Zitouna"},
        {"Belkora [f.k.a. Zitouna] Steel", "Belkora Steel | Zitouna"},
        {"Belkora (Syria) Ltd (formerly Zitouna (Syria) Ltd)", "Belkora (Syria) Ltd | Zitouna (Syria) Ltd"},
    };
    CHECK_NAMES(rows);
}

TEST(what_may_be_a_name_is_one) {
    static const apart_row rows[] = {
        {"Koffi Aka Nulle", "Koffi Aka Nulle"}, /* a family name of the Ivory Coast */
        {"Ex Libris Nowhere", "Ex Libris Nowhere"},
        {"Belkora Imp Ex Trading", "Belkora Imp Ex Trading"},
        {"Belkora (Syria) Ltd", "Belkora (Syria) Ltd"},
        {"Akarat Belkora", "Akarat Belkora"},
        {"formerly Belkora", "formerly Belkora"},
        {"Belkora formerly", "Belkora formerly"},
        {"Belkora (formerly )", "Belkora (formerly )"},
        {"(((a.k.a.", "(((a.k.a."},
        {"", ""},
    };
    CHECK_NAMES(rows);
}

TEST_MAIN()
