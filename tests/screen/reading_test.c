/* How names are read, told word by word: role, normal form, sounds; and that nothing that was written is left out. */
#include "mizan/reading.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

/* "Dr:title:dr:dr Karim:name:karim:karim" */
static const char *read_as(mz_schema schema, const char *name) {
    static char text[2000];
    mz_reading *reading;
    mz_error error = {0};
    size_t size = 0;
    CHECK_OK(mz_reading_new(schema, mz_str_of(name), &reading, &error), error);
    text[0] = '\0';
    for (size_t i = 0; i < reading->word_count; i++) {
        const mz_reading_word *word = &reading->words[i];
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%.*s:%s:%.*s:%.*s", i ? "|" : "",
                                 (int)word->written.size, word->written.data, mz_role_name(word->role),
                                 (int)word->normal.size, word->normal.data, (int)word->sounds.size, word->sounds.data);
        CHECK(word->weight >= 0 && word->weight <= 1 && word->bits >= 0);
    }
    mz_reading_free(reading);
    return text;
}

TEST(words_of_persons_have_roles) {
    static const struct {
        const char *name, *reading;
    } rows[] = {
        {"Dr Karim", "Dr:title:dr:dr|Karim:name:karim:karim"},
        {"K. Tazrouti", "K:initial:k:k|Tazrouti:family:tazrouti:tazruti"},
        {"Karim bin Shaghouri", "Karim:given:karim:karim|bin:filiation:bin:bin|Shaghouri:family:shaghouri:shaghuri"},
        {"Sergei Sergei Kolodez", "Sergei:given:sergei:sergei|Sergei:unused:sergei:|Kolodez:family:kolodez:kolodez"},
        {"", ""},
        {"!?", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_test_case("%s", rows[i].name);
        CHECK_TEXT(rows[i].reading, read_as(MZ_SCHEMA_Person, rows[i].name));
    }
}

TEST(what_firms_set_aside_stands_where_it_was_written) {
    CHECK_TEXT("Granit:name:granit:granit|7:number:7:|Ltd:legal form:ltd:", read_as(MZ_SCHEMA_Company, "Granit 7 Ltd"));
    CHECK_TEXT("Factory:generic:factory:faktori|No:number:no:|9:number:9:|Zubaran:name:zubaran:zubaran",
               read_as(MZ_SCHEMA_Company, "Factory No. 9 Zubaran"));
}

TEST(words_written_together_have_the_whole_as_written) {
    CHECK_TEXT("Abdurrahman:name:abd:abd|Abdurrahman:name:rahman:rahman", read_as(MZ_SCHEMA_Person, "Abdurrahman"));
}

TEST(the_reading_says_whose_name_it_took_it_for) {
    mz_reading *reading;
    mz_error error = {0};
    CHECK_OK(mz_reading_new(MZ_SCHEMA_Person, MZ_STR("Сергей Петрович Колодезев"), &reading, &error), error);
    CHECK(!reading->organisation && reading->culture == MZ_CULTURE_EAST_SLAVIC && !reading->cut);
    mz_reading_free(reading);
    CHECK_OK(mz_reading_new(MZ_SCHEMA_Vessel, MZ_STR("Sea Lantern"), &reading, &error), error);
    CHECK(reading->organisation && reading->culture == MZ_CULTURE_UNKNOWN);
    mz_reading_free(reading);
}

TEST(a_name_that_is_cut_says_so) {
    char name[2000];
    size_t size = 0;
    mz_reading *reading;
    mz_error error = {0};
    for (int i = 0; i < 70; i++) size += (size_t)snprintf(name + size, sizeof name - size, "ba%cdo ", 'a' + i % 20);
    CHECK_OK(mz_reading_new(MZ_SCHEMA_Person, mz_str_of(name), &reading, &error), error);
    CHECK(reading->cut && reading->word_count == 64);
    mz_reading_free(reading);
}

TEST(text_that_is_not_utf_8_is_refused_with_its_place) {
    mz_reading *reading = NULL;
    mz_error error = {0};
    CHECK_INT(MZ_ERR_INPUT, mz_reading_new(MZ_SCHEMA_Person, MZ_STR("Kar\xFFim"), &reading, &error));
    CHECK(!reading && error.column == 4);
    mz_reading_free(NULL);
}

TEST(every_role_has_a_word_of_its_own) {
    for (mz_role a = 0; a < MZ_ROLE_COUNT; a++)
        for (mz_role b = 0; b < a; b++) CHECK(strcmp(mz_role_name(a), mz_role_name(b)) != 0);
    CHECK_TEXT("?", mz_role_name(MZ_ROLE_COUNT));
}

TEST_MAIN()
