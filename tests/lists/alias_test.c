/* How fields that hold more than a name are taken apart: N a name, O a name in another script, A an abbreviation,
 * R a remark. And how document numbers are found. */
#include "lists/alias.h"

#include "lists/document_number.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

static void show(const mz_alias *alias, char *text, size_t size) {
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < alias->count && used < size; i++) {
        const mz_alias_part *part = &alias->parts[i];
        char kind = part->kind == MZ_ALIAS_REMARK ? 'R' : part->kind == MZ_ALIAS_ABBREVIATION ? 'A' : 'N';
        if (kind == 'N' && part->other_script) kind = 'O';
        int more = snprintf(text + used, size - used, "%s%c:%.*s", i ? " | " : "", kind, (int)part->text.size,
                            part->text.data);
        used += more > 0 ? (size_t)more : 0;
    }
}

TEST(fields_meant_for_one_name) {
    static const struct {
        const char *field, *parts;
    } cases[] = {
        {"Idir Tamzalit", "N:Idir Tamzalit"},
        {"", ""},
        {" \n ", ""},
        {"Idir Tamzalit; Idder Tamzalit", "N:Idir Tamzalit | N:Idder Tamzalit"},
        {"Idir b) Idder", "N:Idir | N:Idder"},
        {"Idirr, Iddir, Yidir", "N:Idirr | N:Iddir | N:Yidir"},
        {"TAMZALIT, Idir", "N:TAMZALIT, Idir"},
        {"Quiet Trading Co., Ltd.", "N:Quiet Trading Co., Ltd."},
        {"\"Idir\"", "N:Idir"},
        {"“General” Idir", "N:“General” Idir"},
        {"Idir (إيدير)", "N:Idir | O:إيدير"},
        {"Idir (original script: Идир)", "N:Idir | O:Идир"},
        {"Idir (in Arabic: إيدير ),", "N:Idir | O:إيدير"},
        {"Idir Tamzalit إيدير تمزاليت", "N:Idir Tamzalit | O:إيدير تمزاليت"},
        {"AO Тихое Бюро", "N:AO Тихое Бюро"},
        {"Iгор Тихий", "N:Iгор Тихий"}, /* the first letter is a Latin one that looks alike */
        {"إيدير (Idir; Idder)", "O:إيدير | N:Idir | N:Idder"},
        {"شيخ البحر ، البحر", "O:شيخ البحر | O:البحر"},
        {"香港(香)公司", "O:香港(香)公司"},
        {"Quiet Ocean Bureau (QOB)", "N:Quiet Ocean Bureau | A:QOB"},
        {"Quiet Ocean Bureau (QOB) Ltd", "N:Quiet Ocean Bureau (QOB) Ltd | A:QOB"},
        {"Quiet Ocean Bureau (KENYA)", "N:Quiet Ocean Bureau (KENYA)"},
        {"Quiet Ocean Bureau (also known as Bureau of Oceans)", "N:Quiet Ocean Bureau | N:Bureau of Oceans"},
        {"Idir (false identity with the number 691027524)", "N:Idir | R:false identity with the number 691027524"},
        {"Idir, born 1 Jan. 1953", "N:Idir | R:born 1 Jan. 1953"},
        {"HARBOUR MOVEMENT / HM", "N:HARBOUR MOVEMENT | N:HM"},
        {"Base/Mesopotamia", "N:Base/Mesopotamia"},
        {"Tide (T) (المد (original script); al-Madd; el-Madd)",
         "N:Tide (T) (المد (original script); al-Madd; el-Madd)"},
        {"Quiet Tide (QT) (المد (original script); al-Madd)", "N:Quiet Tide | A:QT | O:المد | N:al-Madd"},
        {"Idir (never closed", "N:Idir (never closed"},
        {"Idir )( Idder", "N:Idir )( Idder"},
        {"(((((", "N:((((("},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char seen[1024];
        mz_alias alias;
        mz_test_case("%s", cases[i].field);
        mz_alias_take_apart(mz_str_of(cases[i].field), &alias);
        show(&alias, seen, sizeof seen);
        CHECK_TEXT(cases[i].parts, seen);
    }
}

TEST(fields_of_names_in_the_original_script) {
    static const struct {
        const char *field, *parts;
    } cases[] = {
        {"إيدير تمزاليت", "O:إيدير تمزاليت"},
        {"إيدير تمزاليت / إيدر تمزاليت", "O:إيدير تمزاليت | O:إيدر تمزاليت"},
        {"إيدير، إيدر", "O:إيدير | O:إيدر"},
        {"1: إيدير 2: إيدر", "O:إيدير | O:إيدر"},
        {"إيدير تمزاليت   إيدر تمزاليت", "O:إيدير تمزاليت | O:إيدر تمزاليت"}, /* a wide gap */
        {"إيدير  تمزاليت", "O:إيدير  تمزاليت"},                               /* a slip of the finger */
        {"إيدير\n      تمزاليت", "O:إيدير\n      تمزاليت"},                   /* a broken line */
        {"ገብረ ተስፋለም (Tigrinya)", "O:ገብረ ተስፋለም | R:Tigrinya"},
        {"JAMAAH TIDE", "N:JAMAAH TIDE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char seen[1024];
        mz_alias alias;
        mz_test_case("%s", cases[i].field);
        mz_alias_take_apart_original(mz_str_of(cases[i].field), &alias);
        show(&alias, seen, sizeof seen);
        CHECK_TEXT(cases[i].parts, seen);
    }
}

TEST(a_field_of_very_many_names_is_bounded) {
    enum { SIZE = 8000, LONGER = 40000 };
    char *field = malloc(LONGER);
    CHECK(field);
    for (size_t i = 0; i < LONGER; i++) field[i] = i % 2 ? ';' : 'a';
    mz_alias alias;
    mz_alias_take_apart((mz_str){field, SIZE}, &alias);
    CHECK(alias.count > 50 && alias.count <= MZ_ALIAS_PARTS);
    mz_alias_take_apart((mz_str){field, LONGER}, &alias); /* prose, not names */
    CHECK_INT(1, alias.count);
    free(field);
}

/* Names in rows, some of them with more names in brackets, and brackets inside of those. */
static void write_names(mz_buffer *out, unsigned *number, unsigned depth) {
    for (unsigned i = 0; i < (depth ? 30 : 150); i++) {
        mz_buffer_print(out, "%sNamed W%u", i ? "; " : "", ++*number);
        for (unsigned bracket = 0; depth < 4 && i == 20 && bracket < 3; bracket++) {
            mz_buffer_print(out, " (also known as ");
            write_names(out, number, depth + 1);
            mz_buffer_print(out, ")");
        }
    }
}

TEST(no_name_is_left_out_of_a_field_of_very_many) {
    mz_alias alias;
    mz_buffer field;
    unsigned names = 0;
    mz_buffer_init(&field, 1 << 20);
    for (unsigned depth = 0; depth < 5; depth++) {
        mz_buffer_clear(&field);
        names = 0;
        write_names(&field, &names, 4 - depth);
        if (field.size > 16 * 1024) break; /* such a field is prose and stays whole */
        mz_alias_take_apart(mz_buffer_view(&field), &alias);
        CHECK(alias.count <= MZ_ALIAS_PARTS);
        for (unsigned i = 1; i <= names; i++) {
            char word[16];
            int size = snprintf(word, sizeof word, "W%u", i);
            bool found = false;
            for (size_t k = 0; k < alias.count && !found; k++)
                found = memmem(alias.parts[k].text.data, alias.parts[k].text.size, word, (size_t)size) != NULL;
            mz_test_case("depth %u, %s", depth, word);
            CHECK(found);
        }
    }
    mz_buffer_done(&field);
}

TEST(the_rest_of_a_field_of_very_many_names_is_its_last) {
    mz_alias alias;
    mz_buffer field;
    mz_buffer_init(&field, 1 << 20);
    for (unsigned i = 1; i <= 200; i++) mz_buffer_print(&field, "%sNamed W%u", i > 1 ? "; " : "", i);
    mz_alias_take_apart(mz_buffer_view(&field), &alias);
    mz_str last = alias.parts[alias.count - 1].text;
    CHECK(alias.count > 64);
    CHECK(last.data + last.size == field.data + field.size);
    CHECK_INT(MZ_ALIAS_NAME, alias.parts[alias.count - 1].kind);
    mz_buffer_done(&field);
}

TEST(a_comma_may_stand_behind_the_family_name) {
    static const struct {
        const char *name, *family, *given;
    } cases[] = {
        {"TAMZALIT, Idir", "TAMZALIT", "Idir"},
        {"BEN TAMZALIT, Dr. Idir", "BEN TAMZALIT", "Dr. Idir"},
        {"Tamzalit, III", NULL, NULL},
        {"Tamzalit Trading, Ltd.", NULL, NULL},
        {"A, B, C", NULL, NULL},
        {"Idir Tamzalit", NULL, NULL},
        {"The one of the four, Idir", NULL, NULL},
        {", Idir", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_str family, given;
        mz_test_case("%s", cases[i].name);
        bool split = mz_alias_family_first(mz_str_of(cases[i].name), &family, &given);
        CHECK_INT(cases[i].family != NULL, split);
        if (!split) continue;
        CHECK_STR(mz_str_of(cases[i].family), family);
        CHECK_STR(mz_str_of(cases[i].given), given);
    }
}

TEST(the_number_of_a_document) {
    static const struct {
        const char *field, *number;
    } cases[] = {
        {"QX771203", "QX771203"},
        {" QX 771203 ", "QX 771203"},
        {"1 1978 8 0137555 3 27", "1 1978 8 0137555 3 27"},
        {"Diplomatic passport no. D0000426", "D0000426"},
        {"Passport: Z30321", "Z30321"},
        {"travel document (“Ausweis”) A 013924", "A 013924"},
        {"38111004 (Expired 25 Jan. 2016)", "38111004"},
        {"R0000594, South Sudan", "R0000594"},
        {"none", "none"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].field);
        CHECK_STR(mz_str_of(cases[i].number), mz_document_number(mz_str_of(cases[i].field)));
    }
}

TEST(the_number_in_a_sentence) {
    static const struct {
        const char *sentence, *number;
    } cases[] = {
        {"passport number L 191600 issued on 28 Feb. 1996, expired on 27 Feb. 2001", "L 191600"},
        {"0464363 issued on 18 Jun. 1999", "0464363"},
        {"Residential card number 665", "665"},
        {"Fiscal Code: QQQMMD74T11Z352Z", "QQQMMD74T11Z352Z"},
        {"identity card DE- 473900", "DE- 473900"},
        {"issued in 1993, under another name", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].sentence);
        CHECK_STR(mz_str_of(cases[i].number), mz_document_number_in_prose(mz_str_of(cases[i].sentence)));
    }
}

TEST_MAIN()
