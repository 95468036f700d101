/* The tables of words: what is in them, that all of it is found, and that groups hold together. */
#include "names/lexicon.h"

#include "base/arena.h"
#include "test.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>

TEST(a_word_is_found_with_all_its_kinds) {
    mz_lexeme found = mz_lexicon_find(MZ_STR("haji"));
    CHECK(found.kinds & MZ_LEXICON_TITLE);
    found = mz_lexicon_find(MZ_STR("bin"));
    CHECK(found.kinds & MZ_LEXICON_PARTICLE);
    found = mz_lexicon_find(MZ_STR("company"));
    CHECK(found.kinds & MZ_LEXICON_COMMON);
    found = mz_lexicon_find(MZ_STR("vii"));
    CHECK_INT(7, mz_lexeme_group(&found, MZ_LEXICON_NUMBER));
}

TEST(a_word_that_is_in_no_table_has_no_kind_no_group_and_no_count) {
    static const mz_str absent[] = {
        MZ_STR_INIT("qqzzxx"),  MZ_STR_INIT(""),       MZ_STR_INIT(" "),        MZ_STR_INIT("company "),
        MZ_STR_INIT("Company"), MZ_STR_INIT("compax"), MZ_STR_INIT("\xFF\xFE"), {NULL, 0}};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        mz_test_case("row %zu", i);
        mz_lexeme found = mz_lexicon_find(absent[i]);
        CHECK_INT(0, found.kinds);
        CHECK_INT(0, found.bits);
        CHECK_INT(0, found.link_count);
        CHECK_INT(0, mz_lexeme_group(&found, MZ_LEXICON_LEGAL));
    }
}

static bool linked(const mz_lexeme *lexeme, unsigned kind, unsigned group) {
    for (size_t i = 0; i < lexeme->link_count; i++) {
        unsigned its_kind, its_group;
        mz_lexeme_link(lexeme, i, &its_kind, &its_group);
        if (its_kind == kind && its_group == group) return true;
    }
    return false;
}

static unsigned family(const char *form) {
    mz_lexeme found = mz_lexicon_find(mz_str_of(form));
    return mz_lexeme_group(&found, MZ_LEXICON_LEGAL) >> MZ_LEXICON_FORM_BITS;
}

TEST(spellings_of_one_legal_form_share_a_group) {
    mz_lexeme sarl = mz_lexicon_find(MZ_STR("sarl"));
    mz_lexeme long_form = mz_lexicon_find(MZ_STR("societe a responsabilite limitee"));
    mz_lexeme gmbh = mz_lexicon_find(MZ_STR("gmbh"));
    unsigned group = mz_lexeme_group(&sarl, MZ_LEXICON_LEGAL);
    CHECK(group != 0 && linked(&long_form, MZ_LEXICON_LEGAL, group));
    CHECK(!linked(&gmbh, MZ_LEXICON_LEGAL, group));
    CHECK_INT(0, mz_lexeme_group(&sarl, MZ_LEXICON_TITLE));
}

TEST(legal_forms_of_all_languages_are_of_a_few_families) {
    static const char *const limited[] = {"ltd", "limited", "llc", "sarl",     "gmbh",
                                          "ооо", "ооо",     "ذمم", "有限公司", "ltd sti"};
    static const char *const shares[] = {"plc", "sa", "ag", "ао", "пао", "شمل", "株式会社", "주식회사", "股份有限公司"};
    unsigned first = family("ltd"), second = family("plc");
    CHECK(first != 0 && second != 0 && first != second);
    for (size_t i = 0; i < sizeof limited / sizeof *limited; i++) {
        mz_test_case("%s", limited[i]);
        CHECK_INT(first, family(limited[i]));
    }
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        mz_test_case("%s", shares[i]);
        CHECK_INT(second, family(shares[i]));
    }
    CHECK_INT(0, family("belkora"));
}

TEST(a_nickname_may_stand_for_several_names) {
    mz_lexeme nick = mz_lexicon_find(MZ_STR("alex"));
    unsigned groups = 0;
    for (size_t i = 0; i < nick.link_count; i++) {
        unsigned kind, group;
        mz_lexeme_link(&nick, i, &kind, &group);
        groups += kind == MZ_LEXICON_NICKNAME;
        CHECK(linked(&nick, kind, group));
    }
    CHECK(groups > 1);
}

TEST(common_words_have_fewer_bits_than_rare_ones) {
    mz_lexeme common = mz_lexicon_find(MZ_STR("mohammed")), rarer = mz_lexicon_find(MZ_STR("abbott"));
    CHECK(common.bits > 0 && common.bits < rarer.bits);
}

TEST(the_longest_entry_has_several_words) {
    CHECK(mz_lexicon_longest_entry() >= 4 && mz_lexicon_longest_entry() < 16);
}

/* ---- every row of the tables as they are kept ---- */

typedef void (*row_check)(char *const fields[3], size_t field_count);

static void each_row(const char *file, row_check check) {
    char path[4096], line[4096];
    size_t rows = 0;
    (void)snprintf(path, sizeof path, "%s/data/names/%s", mz_test_source(), file);
    FILE *in = fopen(path, "r");
    CHECK(in != NULL);
    while (fgets(line, sizeof line, in)) {
        char *fields[3] = {line, NULL, NULL};
        size_t count = 1;
        line[strcspn(line, "\n")] = '\0';
        if (!*line || *line == '#') continue;
        for (char *tab = strchr(line, '\t'); tab && count < 3; tab = strchr(tab + 1, '\t')) {
            *tab = '\0';
            fields[count++] = tab + 1;
        }
        mz_test_case("%s: %s", file, fields[count - 1]);
        check(fields, count);
        rows++;
    }
    (void)fclose(in);
    CHECK(rows > 100);
}

static unsigned kind_of(const char *name) {
    static const char *const kinds[] = {"title",  "article", "particle", "legal",     "generic",  "nickname",
                                        "number", "vessel",  "sign",     "common",    "activity", "place",
                                        "roman",  "ordinal", "leading",  "equivalent"};
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], name) == 0) return 1u << i;
    return strcmp(name, "notion") == 0 ? MZ_LEXICON_NOTION : 0;
}

static void has_its_kind(char *const fields[3], size_t field_count) {
    CHECK_INT(3, field_count);
    unsigned kind = kind_of(fields[0]);
    CHECK(kind != 0);
    mz_lexeme found = mz_lexicon_find(mz_str_of(fields[2]));
    CHECK(found.kinds & kind);
    CHECK(mz_lexeme_group(&found, kind) != 0);
    if (kind == MZ_LEXICON_NUMBER || kind == MZ_LEXICON_ROMAN) CHECK(linked(&found, kind, (unsigned)atoi(fields[1])));
}

TEST(every_row_of_the_tables_is_found_with_its_kind) {
    each_row("own.tsv", has_its_kind);
    each_row("lexicon.tsv", has_its_kind);
}

static char last_kind[32], last_group[256], last_words[1024];

/* Rows of one group follow each other in these files. */
static void shares_the_group_before(char *const fields[3], size_t field_count) {
    CHECK_INT(3, field_count);
    unsigned kind = kind_of(fields[0]);
    if (strcmp(last_kind, fields[0]) == 0 && strcmp(last_group, fields[1]) == 0) {
        mz_lexeme a = mz_lexicon_find(mz_str_of(fields[2])), b = mz_lexicon_find(mz_str_of(last_words));
        bool shared = false;
        for (size_t i = 0; i < a.link_count && !shared; i++) {
            unsigned its_kind, group;
            mz_lexeme_link(&a, i, &its_kind, &group);
            shared = its_kind == kind && linked(&b, kind, group);
        }
        CHECK(shared);
    }
    (void)snprintf(last_kind, sizeof last_kind, "%s", fields[0]);
    (void)snprintf(last_group, sizeof last_group, "%s", fields[1]);
    (void)snprintf(last_words, sizeof last_words, "%s", fields[2]);
}

TEST(every_row_shares_its_group_with_the_row_before) {
    *last_kind = '\0';
    each_row("own.tsv", shares_the_group_before);
    *last_kind = '\0';
    each_row("lexicon.tsv", shares_the_group_before);
}

static void has_its_bits(char *const fields[3], size_t field_count) {
    CHECK_INT(2, field_count);
    CHECK_INT(atoi(fields[1]), mz_lexicon_find(mz_str_of(fields[0])).bits);
}

TEST(every_counted_word_has_its_bits) {
    each_row("frequency.tsv", has_its_bits);
}

/* A row that is not in normal form can never be met. */
static void is_in_normal_form(char *const fields[3], size_t field_count) {
    mz_arena arena;
    mz_word *words;
    size_t count = 0, size = 0;
    bool cut;
    mz_error error = {0};
    char line[1024] = "";
    const char *text = field_count == 3 ? fields[2] : fields[0];
    if (*text == '*') text++; /* the consonants of a word, see organisation.c */
    mz_arena_init(&arena, 1 << 20);
    mz_status status = mz_text_words(mz_str_of(text), &arena, 64, &words, &count, &cut, &error);
    for (size_t i = 0; !status && i < count && size < sizeof line; i++)
        size += (size_t)snprintf(line + size, sizeof line - size, "%s%.*s", i ? " " : "", (int)words[i].folded.size,
                                 words[i].folded.data);
    mz_arena_done(&arena);
    CHECK_OK(status, error);
    CHECK_TEXT(text, line);
}

TEST(every_row_is_in_normal_form) {
    each_row("own.tsv", is_in_normal_form);
    each_row("lexicon.tsv", is_in_normal_form);
    each_row("frequency.tsv", is_in_normal_form);
}

TEST_MAIN()
