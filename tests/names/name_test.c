/* A name taken apart: which words it has, what each of them is, and what is put aside. */
#include "names/name.h"

#include "match/word.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINE_SIZE = 8192 };

static mz_arena arena;
static char line[LINE_SIZE];

static mz_name parse(mz_str text, bool organisation) {
    mz_name name;
    mz_error error = {0};
    mz_arena_done(&arena);
    mz_arena_init(&arena, 16 << 20);
    CHECK_OK(mz_name_parse(text, organisation, &arena, &name, &error), error);
    return name;
}

/* The words that weigh, articles left out, and behind them "form" for each legal form and "#n" for each number; a
 * letter and a colon before what is no plain word. */
static const char *taken_apart(mz_str text, bool organisation) {
    static const char *const marks[MZ_WORD_CLASS_COUNT] = {
        "", "al:", "of:", "title:", "kind:", "initial:", "number:", "does:", "in:"};
    mz_name name = parse(text, organisation);
    size_t size = 0;
    line[0] = '\0';
    for (size_t i = 0; i < name.count && size < LINE_SIZE; i++)
        size += (size_t)snprintf(line + size, LINE_SIZE - size, "%s%s%.*s", i ? " " : "", marks[name.words[i].class],
                                 (int)name.words[i].folded.size, name.words[i].folded.data);
    for (size_t i = 0; i < name.legal_count && size < LINE_SIZE; i++)
        size += (size_t)snprintf(line + size, LINE_SIZE - size, " form");
    for (size_t i = 0; i < name.number_count && size < LINE_SIZE; i++)
        size += (size_t)snprintf(line + size, LINE_SIZE - size, " #%u", (unsigned)name.numbers[i]);
    return line;
}

typedef struct apart_row {
    const char *text, *expected;
} apart_row;

static void check_apart(const apart_row *rows, size_t count, bool organisation) {
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s", rows[i].text);
        CHECK_TEXT(rows[i].expected, taken_apart(mz_str_of(rows[i].text), organisation));
    }
}
#define CHECK_PERSONS(rows) check_apart((rows), sizeof(rows) / sizeof *(rows), false)
#define CHECK_FIRMS(rows) check_apart((rows), sizeof(rows) / sizeof *(rows), true)

/* ---- persons ---- */

/* Each spelling has, articles aside, as many words as the first, and each word is nearly the same. */
static void check_same_words(const char *const *spellings, size_t count) {
    for (size_t s = 1; s < count; s++) {
        mz_arena other;
        mz_name first, second;
        mz_error error = {0};
        mz_arena_init(&other, 1 << 20);
        mz_test_case("%s, %s", spellings[0], spellings[s]);
        first = parse(mz_str_of(spellings[0]), false);
        CHECK_OK(mz_name_parse(mz_str_of(spellings[s]), false, &other, &second, &error), error);
        size_t i = 0, j = 0;
        for (;; i++, j++) {
            while (i < first.count && first.words[i].class == MZ_WORD_ARTICLE) i++;
            while (j < second.count && second.words[j].class == MZ_WORD_ARTICLE) j++;
            if (i >= first.count || j >= second.count) break;
            CHECK(mz_word_likeness(&first.words[i], &second.words[j]) >= 700);
        }
        CHECK(i >= first.count && j >= second.count);
        mz_arena_done(&other);
    }
}
#define CHECK_SAME_WORDS(...)                                                                                          \
    do {                                                                                                               \
        static const char *const spellings[] = {__VA_ARGS__};                                                          \
        check_same_words(spellings, sizeof spellings / sizeof spellings[0]);                                           \
    } while (0)

TEST(abd_al_x_is_two_words_however_it_is_written) {
    CHECK_SAME_WORDS("Abd al-Rahman Tazi", "Abd Al Rahman Tazi", "ABD-AL-RAHMAN TAZI", "Abd ar-Rahman Tazi",
                     "Abd el Rahman Tazi", "Abd-ur-Rahman Tazi", "Abdulrahman Tazi", "Abdul Rahman Tazi",
                     "Abdul-Rahman Tazi", "Abdurrahman Tazi", "Abdur Rahman Tazi", "Abdalrahman Tazi",
                     "Abderrahmane Tazi", "Abdel Rahmane Tazi", "Abdelrahman Tazi", "Abd Rahman Tazi");
    CHECK_SAME_WORDS("عبد الرحمن التازي", "عبدالرحمن التازي", "عبدالرحمان التازي", "عَبْدُ الرَّحْمٰنِ التازي");
    CHECK_SAME_WORDS("Abd al-Rahman Tazi", "عبد الرحمن تازي", "عبدالرحمن تازي");
}

TEST(abd_al_x_keeps_the_l_that_belongs_to_the_second_part) {
    CHECK_SAME_WORDS("Abd al-Latif", "Abdullatif", "Abdellatif", "Abdul Latif", "Abd-ul-Lateef", "عبد اللطيف",
                     "عبداللطيف");
    CHECK_SAME_WORDS("Abd al-Ilah", "Abdelilah", "Abdul Ilah", "عبد الإله");
    CHECK_SAME_WORDS("Abd Allah", "Abdullah", "Abdallah", "Abdellah", "Abdulla", "عبد الله");
}

TEST(abdullah_joined_in_arabic_is_abd_and_allah) {
    CHECK_SAME_WORDS("عبد الله", "عبدالله");
    CHECK_SAME_WORDS("Abdoulaye", "Abdullahi");
}

TEST(abd_alone_and_words_that_only_begin_like_it_stay_whole) {
    static const apart_row rows[] = {
        {"Abdul", "abdul"},
        {"Abdel", "abdel"},
        {"Abdou", "abdou"},
        {"Abdi Noor", "abdi noor"},
        {"Abdou Tazi", "abdou tazi"},
        {"Abda", "abda"},
        {"Abelard Ferreira", "abelard ferreira"},
    };
    CHECK_PERSONS(rows);
    static const apart_row firms[] = {{"Abdulrahman Trading", "abdulrahman does:trading"}};
    CHECK_FIRMS(firms); /* the names of firms are taken as they are */
}

TEST(uddin_and_al_din_are_two_words_however_they_are_written) {
    CHECK_SAME_WORDS("Salah al-Din", "Salah ad-Din", "Salah ud Din", "Salahuddin", "Salaheddin", "Salaheddine",
                     "Salah Eddine", "Salah-Eddin", "Salah Uddin", "Salah ud-Deen", "Salahaddin", "Salahouddine");
    CHECK_SAME_WORDS("Nur al-Din", "Nuruddin", "Noureddine", "Nour Eddine", "Nooruddeen", "Nur ad Din");
    CHECK_SAME_WORDS("Muhyi al-Din", "Muhyiddin", "Mohieddine");
    CHECK_SAME_WORDS("Mohi ud Din", "Mohiuddin");
    CHECK_SAME_WORDS("Zia ud Din", "Ziauddin");
    CHECK_SAME_WORDS("نور الدين", "نورالدين");
    CHECK_SAME_WORDS("Nur al-Din", "نور الدين", "نورالدين");
}

TEST(din_alone_and_words_that_only_end_like_it_stay_whole) {
    static const apart_row rows[] = {
        {"Eddin", "eddin"}, {"Aladdin", "aladdin"}, {"Baldin Reddin", "baldin reddin"}, {"Uddin Karim", "uddin karim"}};
    CHECK_PERSONS(rows);
}

TEST(articles_and_particles_weigh_little_and_titles_hardly_more) {
    static const apart_row rows[] = {
        {"Karim al-Tazi", "karim al:al tazi"},
        {"Karim bin Salim el Tazi", "karim of:bin salim al:el tazi"},
        {"كريم بن سالم التازي", "كريم of:بن سالم التازي"},
        {"Haji Dr. Karim Tazi", "title:haji title:dr karim tazi"},
        {"Cheikh Karim Ould Salem", "title:cheikh karim of:ould salem"},
        {"الشيخ الدكتور كريم", "title:الشيخ title:الدكتور كريم"},
        {"اللواء كريم", "title:اللوا كريم"},
        {"Maria da Silva e Souza", "maria of:da silva of:e souza"},
        {"Jan van der Berg", "jan of:van of:der berg"},
    };
    CHECK_PERSONS(rows);
    mz_name name = parse(MZ_STR("Dr Karim bin al-Tazi"), false);
    CHECK(name.words[0].weight < 20 && name.words[2].weight < 20 && name.words[3].weight < 20);
    CHECK(name.words[1].weight > 60 && name.words[4].weight > 60);
}

TEST(an_article_written_joined_may_be_left_out) {
    mz_name name = parse(MZ_STR("Alhassan Elfassi Ulhaq Ali Elena Oldman الحسن"), false);
    CHECK_INT(2, name.words[0].bare);
    CHECK_INT(2, name.words[1].bare);
    CHECK_INT(2, name.words[2].bare);
    CHECK_INT(0, name.words[3].bare); /* what is left would be no name */
    CHECK_INT(0, name.words[5].bare);
    CHECK_INT(2, name.words[6].bare);
}

TEST(one_letter_is_an_initial_where_the_script_has_letters) {
    static const apart_row rows[] = {
        {"J. R. Nobody", "initial:j initial:r nobody"},
        {"Д. Выдумов", "initial:д выдумов"},
        {"Nobody J", "nobody initial:j"},
        {"王 明", "王 明"},
    };
    CHECK_PERSONS(rows);
    static const apart_row firms[] = {{"X Holdings", "x kind:holdings"}};
    CHECK_FIRMS(firms);
}

TEST(a_word_written_twice_in_a_row_counts_once_in_a_persons_name) {
    static const apart_row rows[] = {{"Karim Karim Tazi", "karim tazi"},
                                     {"Karim Tazi Karim", "karim tazi karim"},
                                     {"王 王", "王"},
                                     {"A A Nobody", "initial:a initial:a nobody"}};
    CHECK_PERSONS(rows);
    static const apart_row firms[] = {{"Duran Duran Music", "duran duran does:music"}};
    CHECK_FIRMS(firms);
}

TEST(numbers_in_a_persons_name_are_put_aside_and_words_for_numbers_are_not) {
    static const apart_row rows[] = {{"Karim Tazi 2", "karim tazi #2"}, {"Karim Three Tazi", "karim three tazi"}};
    CHECK_PERSONS(rows);
}

/* ---- firms and ships ---- */

TEST(legal_forms_are_put_aside_at_both_ends) {
    static const apart_row rows[] = {
        {"Nulle Part SARL", "nulle part form"},
        {"SARL Nulle Part", "nulle part form"},
        {"Nulle Part S.A.R.L.", "nulle part form"},
        {"Société à responsabilité limitée Nulle Part", "nulle part form"},
        {"OOO Primer", "primer form"},
        {"ООО «Пример»", "пример form"},
        {"Общество с ограниченной ответственностью «Пример»", "пример form"},
        {"Beispiel GmbH & Co. KG", "beispiel form"},
        {"Primer Trading Co., Ltd.", "primer does:trading kind:co form"},
    };
    CHECK_FIRMS(rows);
}

TEST(a_legal_form_in_the_middle_is_a_word_like_others) {
    static const apart_row rows[] = {{"Nulle SARL Part Deux Fois", "nulle kind:sarl part fois #2"}};
    CHECK_FIRMS(rows);
}

TEST(articles_at_the_beginning_are_no_legal_forms) {
    static const apart_row rows[] = {{"Al Example LLC", "al:al example form"},
                                     {"As Salam Bank", "al:as salam does:bank"}};
    CHECK_FIRMS(rows);
}

TEST(legal_forms_of_every_language_are_put_aside) {
    static const apart_row rows[] = {
        {"Nulle Part SARL AU", "nulle part form"},
        {"Nulle Part S. A. R. L.", "nulle part form"},
        {"Yok Yer Anonim Şirketi", "yok yer form"},
        {"Yok Yer Ltd. Şti.", "yok yer form form"},
        {"PT Tiada Tempat Tbk", "tiada tempat form form"},
        {"AO Primer", "primer form"},
        {"شركة المثال ش.م.ل", "kind:شركه المثال form"},
        {"شركة المثال ذات مسؤولية محدودة", "kind:شركه المثال form form"}, /* in the Maghreb SARL, else LLC */
        {"شرکت نمونه سهامی خاص", "kind:شركت نمونه form"},
        {"某某有限公司", "某某 form"},
        {"株式会社某某", "某某 form"},
        {"주식회사 아무개", "아무개 form"},
        {"アムガ(株)", "アムガ form"},
    };
    CHECK_FIRMS(rows);
}

TEST(the_words_of_a_firms_name_say_what_it_is_what_it_does_and_where) {
    static const apart_row rows[] = {
        {"Belkora International Trading Group", "belkora kind:international does:trading kind:group"},
        {"Belkora Steel Casablanca", "belkora does:steel in:casablanca"},
        {"Syrian Belkora Bank", "in:syrian belkora does:bank"},
        {"شركة بلكورة للتجارة والصناعة", "kind:شركه بلكوره does:للتجاره does:والصناعه"},
        {"北京某某钢铁有限公司", "in:北京 某某 does:钢铁 form"},
        {"Belkora Hong Kong", "belkora in:hong in:kong"},
        {"Belkora Srvcs", "belkora kind:srvcs"},
        {"Belkora Srvces", "belkora kind:srvces"},
        {"Belkora Pharmaceut", "belkora does:pharmaceut"},
    };
    CHECK_FIRMS(rows);
}

TEST(numbers_are_put_aside_in_digits_in_words_and_in_the_roman_manner) {
    static const apart_row rows[] = {
        {"Factory 7", "kind:factory #7"},
        {"Factory VII", "kind:factory #7"},
        {"Factory Seven", "kind:factory #7"},
        {"Factory7", "kind:factory #7"},
        {"شركة ٧", "kind:شركه #7"},
        {"Invented Star III", "invented star #3"},
        {"Invented Star 3 of 12", "invented star of:of #3 #12"},
        {"Invented Star 12 of 3", "invented star of:of #3 #12"},
        {"Invented Star II", "invented star #2"},
        {"Invented Star I", "invented star #1"},
        {"Invented Star V", "invented star #5"},
        {"Second Invented Factory", "invented kind:factory #2"},
        {"Invented Factory 2nd", "invented kind:factory #2"},
        {"2ème Invented Factory", "invented kind:factory #2"},
        {"Завод Пример 2-й", "kind:завод пример #2"},
        {"المصنع الثاني للمثال", "kind:المصنع of:ل المثال #2"},
        {"Usine Exemple Deux", "kind:usine exemple #2"},
        {"某某第二工厂", "某某 kind:工厂 #2"},
        {"I Invented", "of:i invented"}, /* no number before a name */
        {"Invented 7-A", "invented a #7"},
    };
    CHECK_FIRMS(rows);
}

TEST(a_sign_before_a_number_goes_with_it) {
    static const apart_row rows[] = {
        {"Factory No. 7", "kind:factory #7"},
        {"Factory № 7", "kind:factory #7"},
        {"Factory Nr 7", "kind:factory #7"},
        {"Usine numéro 7", "kind:usine #7"},
        {"Завод № 7", "kind:завод #7"},
        {"Factory No. VII", "kind:factory #7"},
        {"No 7", "no #7"}, /* all the name there is */
        {"No Limits 7", "no limits #7"},
    };
    CHECK_FIRMS(rows);
    static const apart_row persons[] = {{"No Min Su", "no min su"}}; /* a family name in Korea */
    CHECK_PERSONS(persons);
}

TEST(the_mark_of_a_ship_is_one_word_of_little_weight) {
    static const apart_row rows[] = {
        {"M/V Invented Star", "kind:mv invented star"},
        {"M.V. Invented Star", "kind:mv invented star"},
        {"MT Invented Star", "kind:mt invented star"},
        {"Invented Star (M/T)", "invented star kind:mt"},
        {"A/B Invented", "a b invented"},
        {"M V Invented", "kind:m kind:v invented"},
        {"M/V", "kind:mv"},
    };
    CHECK_FIRMS(rows);
    mz_name name = parse(MZ_STR("M/V Invented Star"), true);
    CHECK(name.words[0].weight < 15);
    CHECK_STR(MZ_STR("M/V"), name.words[0].original);
}

TEST(long_numbers_are_compared_whole) {
    mz_name one = parse(MZ_STR("Plant 12345678901234567890"), true);
    uint32_t number = one.numbers[0];
    CHECK_INT(1, one.number_count);
    mz_name two = parse(MZ_STR("Plant 12345678901234567891"), true);
    CHECK(number != two.numbers[0]);
}

TEST(a_name_of_more_numbers_than_are_kept_says_so) {
    CHECK(!parse(MZ_STR("Plant 1 2 3 4 5 6 7 8"), true).cut);
    mz_name name = parse(MZ_STR("Plant 1 2 3 4 5 6 7 8 9"), true);
    CHECK(name.cut);
    CHECK_INT(MZ_NAME_NUMBERS_MOST, name.number_count);
}

/* ---- nothing is thrown away that is all a name has ---- */

TEST(a_name_of_nothing_but_titles_particles_or_initials_keeps_its_words) {
    static const apart_row rows[] = {
        {"Dr. Haji", "title:dr title:haji"},
        {"General", "title:general"},
        {"bin", "of:bin"},
        {"al", "al:al"},
        {"A. B.", "initial:a initial:b"},
        {"7", "number:7"},
        {"12 34", "number:12 number:34"},
    };
    CHECK_PERSONS(rows);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_test_case("%s", rows[i].text);
        mz_name name = parse(mz_str_of(rows[i].text), false);
        CHECK(name.weight >= 50);
        for (size_t w = 0; w < name.count; w++) CHECK(name.words[w].weight >= 50);
    }
}

TEST(a_firm_of_nothing_but_legal_forms_common_words_or_numbers_keeps_a_word) {
    static const apart_row rows[] = {
        {"Ltd", "kind:ltd"},          {"AG", "kind:ag"},
        {"Ltd Co", "kind:co form"},   {"Trading Company", "does:trading kind:company"},
        {"7 8", "number:7 number:8"}, {"Two", "two"},
        {"Three Two", "two #3"},
    };
    CHECK_FIRMS(rows);
}

/* ---- limits and bad input ---- */

TEST(a_name_without_letters_and_digits_has_no_words) {
    static const char *const names[] = {"", " ", "-", "...", "\u200B", "\u202E", "«»", "№", "\u0301"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (int organisation = 0; organisation < 2; organisation++) {
            mz_test_case("%s", names[i]);
            mz_name name = parse(mz_str_of(names[i]), organisation);
            if (i == 7) continue; /* the sign is "no" in normal form */
            CHECK_INT(0, name.count);
            CHECK_INT(0, name.weight);
            CHECK(!name.cut);
        }
    CHECK_INT(0, parse((mz_str){NULL, 0}, false).count);
}

TEST(ten_thousand_words_are_cut_and_the_name_says_so) {
    enum { WORDS = 10000 };
    char *text = malloc(WORDS * 8 + 1);
    size_t size = 0;
    CHECK(text != NULL);
    for (int i = 0; i < WORDS; i++)
        size += (size_t)snprintf(text + size, 9, "b%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26, 'k' + i % 3);
    for (int organisation = 0; organisation < 2; organisation++) {
        mz_name name = parse((mz_str){text, size}, organisation);
        CHECK(name.cut);
        CHECK(name.count > 0 && name.count <= MZ_NAME_WORDS_MOST);
    }
    free(text);
}

TEST(sixty_four_words_are_not_cut_and_sixty_five_are) {
    char text[65 * 4 + 1];
    for (size_t i = 0; i < 65; i++)
        (void)snprintf(text + 4 * i, 5, "k%c%c ", 'a' + (char)(i % 26), 'a' + (char)(i / 26));
    mz_name name = parse((mz_str){text, 64 * 4}, false);
    CHECK_INT(64, name.count);
    CHECK(!name.cut);
    name = parse((mz_str){text, 65 * 4}, false);
    CHECK_INT(64, name.count);
    CHECK(name.cut);
}

TEST(compounds_that_come_apart_behind_the_last_place_are_cut_and_said_so) {
    char text[64 * 12 + 1];
    size_t size = 0;
    for (size_t i = 0; i < 64; i++) size += (size_t)snprintf(text + size, 13, "abdelka%crim ", 'a' + (char)(i % 26));
    mz_name name = parse((mz_str){text, size}, false);
    CHECK_INT(64, name.count);
    CHECK(name.cut);
}

TEST(a_word_of_three_hundred_letters_is_compared_to_its_last_letter) {
    char text[300];
    for (size_t i = 0; i < sizeof text; i++) text[i] = "bakidomunefo"[i % 12];
    mz_name name = parse((mz_str){text, sizeof text}, false);
    size_t sounds = 0;
    CHECK(name.count > 1 && !name.cut);
    for (size_t i = 0; i < name.count; i++) sounds += name.words[i].phone_count;
    CHECK_INT(300, sounds);
    text[299] = 'z';
    mz_name other = parse((mz_str){text, sizeof text}, false);
    const mz_name_word *last = &other.words[other.count - 1];
    CHECK_INT('z', last->folded.data[last->folded.size - 1]);
}

TEST(text_that_is_not_utf_8_is_refused_with_its_place) {
    mz_name name;
    mz_error error = {0};
    mz_arena_done(&arena);
    mz_arena_init(&arena, 1 << 20);
    CHECK_INT(MZ_ERR_INPUT, mz_name_parse(MZ_STR("Karim \xE9lan"), false, &arena, &name, &error));
    CHECK_INT(7, error.column);
}

TEST(an_arena_that_is_too_small_is_an_error) {
    mz_name name;
    mz_error error = {0};
    mz_arena_done(&arena);
    mz_arena_init(&arena, 256);
    CHECK_INT(MZ_ERR_MEMORY, mz_name_parse(MZ_STR("Karim Tazi"), false, &arena, &name, &error));
    mz_arena_done(&arena);
}

/* ---- what holds for every name ---- */

TEST(a_name_weighs_what_its_words_weigh_and_numbers_are_sorted) {
    static const char *const names[] = {
        "Dr Karim bin Salim al-Tazi", "Factory 9 of 7 Ltd SARL GmbH", "王明", "عبد الرحمن",
        "M/V Invented Star 3",        "A B C D E F 1 2 3 4 5 6"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (int organisation = 0; organisation < 2; organisation++) {
            uint32_t weight = 0;
            mz_test_case("%s", names[i]);
            mz_name name = parse(mz_str_of(names[i]), organisation);
            for (size_t w = 0; w < name.count; w++) {
                const mz_name_word *word = &name.words[w];
                weight += word->weight;
                CHECK(word->weight > 0 && word->weight <= MZ_WEIGHT_FULL && word->bits > 0);
                CHECK(word->original.data >= name.text.data &&
                      word->original.data + word->original.size <= name.text.data + name.text.size);
                CHECK_INT(mz_sound_system_of((mz_script)word->script), word->system);
                CHECK(word->skeleton == mz_phones_skeleton(word->phones, word->phone_count));
            }
            CHECK_INT(weight, name.weight);
            for (size_t n = 1; n < name.number_count; n++) CHECK(name.numbers[n - 1] <= name.numbers[n]);
            for (size_t n = 1; n < name.legal_count; n++) CHECK(name.legal[n - 1] < name.legal[n]);
        }
    mz_arena_done(&arena);
}

TEST_MAIN()
