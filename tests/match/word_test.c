/* How alike two words are: what holds for all words, and what is the same name in another spelling or script. */
#include "match/word.h"

#include "invent.h"
#include "test.h"

#include <stdio.h>

static mz_arena arena;

static mz_name_word word(const char *text) {
    mz_name name;
    mz_error error = {0};
    if (!arena.ceiling_bytes) mz_arena_init(&arena, 64 << 20); /* each case ends with mz_arena_done */
    CHECK_OK(mz_name_parse(mz_str_of(text), false, &arena, &name, &error), error);
    CHECK_INT(1, name.count);
    return name.words[0];
}

static uint16_t likeness(const char *a, const char *b) {
    mz_name_word left = word(a), right = word(b);
    uint16_t alike = mz_word_likeness(&left, &right);
    CHECK_INT(alike, mz_word_likeness(&right, &left));
    return alike;
}

/* ---- for all words ---- */

TEST(likeness_is_symmetric_and_zero_or_at_least_the_floor) {
    enum { WORDS = 250 };
    static mz_name_word words[WORDS];
    inventor from = {0x9E3779B97F4A7C15u};
    size_t count = 0, alike = 0;
    mz_arena_init(&arena, 64 << 20);
    while (count < WORDS) {
        char text[256];
        mz_name name;
        mz_error error = {0};
        invent_word(&from, text, sizeof text);
        CHECK_OK(mz_name_parse(mz_str_of(text), false, &arena, &name, &error), error);
        for (size_t i = 0; i < name.count && count < WORDS; i++) words[count++] = name.words[i];
    }
    for (size_t a = 0; a < WORDS; a++)
        for (size_t b = 0; b < WORDS; b++) {
            uint16_t there = mz_word_likeness(&words[a], &words[b]), back = mz_word_likeness(&words[b], &words[a]);
            mz_test_case("%.*s, %.*s", (int)words[a].folded.size, words[a].folded.data, (int)words[b].folded.size,
                         words[b].folded.data);
            CHECK_INT(there, back);
            CHECK(there == 0 || (there >= MZ_LIKENESS_FLOOR && there <= MZ_LIKENESS_SAME));
            CHECK(a != b || there == MZ_LIKENESS_SAME);
            bool same = mz_str_equal(words[a].folded, words[b].folded);
            CHECK(same || there <= MZ_LIKENESS_OTHER_LETTERS);
            alike += there > 0 && a != b;
        }
    CHECK(alike > WORDS); /* else only strangers were compared */
    mz_arena_done(&arena);
}

/* The alignment stops where the floor cannot be reached any more; what it then loses must be below the floor. */
TEST(a_lower_floor_finds_the_same_and_more) {
    inventor from = {77};
    size_t found = 0;
    for (int round = 0; round < 4000; round++) {
        uint8_t a[12], b[14];
        size_t count_a = 1 + chance(&from, 12), count_b = count_a;
        for (size_t i = 0; i < count_a; i++) b[i] = a[i] = (uint8_t)(1 + chance(&from, 30));
        for (uint32_t n = chance(&from, 4); n; n--)
            b[chance(&from, (uint32_t)count_b)] = (uint8_t)(1 + chance(&from, 30));
        if (chance(&from, 3) == 0) b[count_b++] = (uint8_t)(1 + chance(&from, 30));
        const mz_spelling *spelling = &mz_spellings[chance(&from, MZ_SPELLING_COUNT)];
        mz_sound left = {a, count_a, 0}, right = {b, count_b, 0};
        uint16_t low = mz_sound_likeness(spelling, &left, &right, 300);
        uint16_t high = mz_sound_likeness(spelling, &left, &right, 700);
        CHECK(low == 0 || low >= 300);
        CHECK(high == 0 || high >= 700);
        /* exactly at the floor rounding may decide either way */
        CHECK(low == 700 ? high == 0 || high == 700 : high == (low > 700 ? low : 0));
        if (spelling == &mz_spellings[MZ_SOUNDS_LATIN]) CHECK_INT(low, mz_sound_likeness(spelling, &right, &left, 300));
        found += high > 0;
    }
    CHECK(found > 500);
}

TEST(more_damage_makes_no_word_more_alike_on_average) {
    double mean[5] = {0};
    inventor from = {4242};
    for (unsigned letters = 0; letters < 5; letters++)
        for (int round = 0; round < 300; round++) {
            char text[128], damaged[128];
            invent_plain(&from, text, sizeof text, 1);
            (void)snprintf(damaged, sizeof damaged, "%s", text);
            damage_letters(&from, damaged, sizeof damaged, letters);
            mean[letters] += likeness(text, damaged);
            mz_arena_done(&arena);
        }
    CHECK_INT(300 * MZ_LIKENESS_SAME, (int64_t)mean[0]);
    for (unsigned letters = 1; letters < 5; letters++) CHECK(mean[letters] < mean[letters - 1]);
}

/* ---- the same word ---- */

TEST(the_same_word_is_the_same_however_its_letters_are_written) {
    static const char *const pairs[][2] = {
        {"Nobody", "NOBODY"}, {"Müller", "Muller"}, {"O'Nobody", "ONobody"}, {"Выдумов", "ВЫДУМОВ"},
        {"أحمد", "احمد"},     {"مُنِير", "منير"},     {"Łukasz", "Lukasz"},    {"Ｎｏｂｏｄｙ", "nobody"},
        {"劉", "刘"},         {"Öztürk", "Ozturk"}, {"Nguyễn", "Nguyen"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        mz_test_case("%s, %s", pairs[i][0], pairs[i][1]);
        CHECK_INT(MZ_LIKENESS_SAME, likeness(pairs[i][0], pairs[i][1]));
        mz_arena_done(&arena);
    }
}

typedef struct alike_row {
    const char *a, *b;
} alike_row;

static void check_alike(const alike_row *rows, size_t count, int least, int most) {
    for (size_t i = 0; i < count; i++) {
        uint16_t seen = likeness(rows[i].a, rows[i].b);
        mz_test_case("%s, %s: %d", rows[i].a, rows[i].b, seen);
        CHECK(seen >= least && seen <= most);
        mz_arena_done(&arena);
    }
}
#define CHECK_ALIKE(rows, least) check_alike((rows), sizeof(rows) / sizeof *(rows), least, MZ_LIKENESS_OTHER_LETTERS)
#define CHECK_NOT_ALIKE(rows, most) check_alike((rows), sizeof(rows) / sizeof *(rows), 0, most)

TEST(spellings_of_one_name_are_alike) {
    static const alike_row rows[] = {
        {"Mohammed", "Muhammad"},   {"Mohamed", "Mohammad"}, {"Youssef", "Yusuf"}, {"Hussein", "Hossein"},
        {"Qasim", "Kassem"},        {"Khaled", "Khalid"},    {"Cherif", "Sharif"}, {"Djamel", "Jamal"},
        {"Bouchra", "Bushra"},      {"Said", "Saeed"},       {"Yuri", "Youri"},    {"Sergey", "Sergei"},
        {"Aleksandr", "Alexander"}, {"Zhanna", "Janna"},     {"Meyer", "Meier"},
    };
    CHECK_ALIKE(rows, 800);
}

TEST(a_word_and_its_spelling_in_another_script_are_alike) {
    static const alike_row rows[] = {
        {"محمد", "Muhammad"},
        {"محمد", "Mohamed"},
        {"كريم", "Karim"},
        {"يوسف", "Youssef"},
        {"فاطمة", "Fatima"},
        {"گلزار", "Golzar"},
        {"پرویز", "Parviz"},
        {"چنار", "Chenar"},
        {"Сергей", "Sergei"},
        {"Юлия", "Yulia"},
        {"Щербаков", "Shcherbakov"},
        {"Олександр", "Oleksandr"},
        {"Γιώργος", "Giorgos"},
        {"Νικόλαος", "Nikolaos"},
        {"דוד", "David"},
        {"משה", "Moshe"},
        {"王", "Wang"},
        {"李", "Li"},
        {"建国", "Jianguo"},
        {"김", "Kim"},
        {"박", "Pak"},
        {"タロウ", "Tarou"},
        {"Արամ", "Aram"},
        {"გიორგი", "Giorgi"},
        {"สมชาย", "Somchai"},
        {"राम", "Ram"},
        {"রহিম", "Rahim"},
        {"ஆனந்த்", "Anand"},
    };
    CHECK_ALIKE(rows, 700);
}

TEST(different_names_that_share_letters_are_less_alike) {
    static const alike_row rows[] = {
        {"Karim", "Salim"}, {"Karim", "Rakim"}, {"Hassan", "Hakim"},  {"Ivanov", "Petrov"},
        {"Li", "Wu"},       {"Kim", "Park"},    {"Nadia", "Samir"},   {"Ahmed", "Karim"},
        {"كريم", "Salim"},  {"王", "Li"},       {"Сергей", "Andrei"}, {"Berg", "Bank"},
    };
    CHECK_NOT_ALIKE(rows, 799);
}

/* ---- initials, nicknames, numbers ---- */

TEST(an_initial_stands_for_a_word_that_begins_with_its_sound) {
    CHECK_INT(MZ_LIKENESS_INITIAL, likeness("J.", "Jamal"));
    mz_arena_done(&arena);
    CHECK_INT(MZ_LIKENESS_INITIAL, likeness("С.", "Sergei"));
    mz_arena_done(&arena);
    CHECK_INT(MZ_LIKENESS_SAME, likeness("J.", "J"));
    mz_arena_done(&arena);
    CHECK_INT(0, likeness("J.", "Karim"));
    mz_arena_done(&arena);
    CHECK_INT(0, likeness("J.", "K."));
    mz_arena_done(&arena);
}

TEST(a_nickname_stands_for_the_name) {
    static const char *const pairs[][2] = {{"William", "Bill"}, {"Alexander", "Sandy"}, {"Robert", "Bob"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        mz_test_case("%s, %s", pairs[i][0], pairs[i][1]);
        CHECK_INT(MZ_LIKENESS_EQUIVALENT, likeness(pairs[i][0], pairs[i][1]));
        mz_arena_done(&arena);
    }
}

TEST(nicknames_of_other_languages_than_english) {
    static const char *const rows[][2] = {{"Alexander", "Sasha"}, {"Владимир", "Volodya"}, {"Guillermo", "Memo"},
                                          {"José", "Pepe"},       {"Mohamed", "Simo"},     {"Giuseppe", "Peppe"},
                                          {"Wojciech", "Wojtek"}, {"יצחק", "Itzik"},       {"Johannes", "Hannes"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_test_case("%s, %s", rows[i][0], rows[i][1]);
        CHECK(likeness(rows[i][0], rows[i][1]) >= MZ_LIKENESS_EQUIVALENT);
        mz_arena_done(&arena);
    }
}

TEST(a_mans_and_a_womans_name_are_two_names_one_letter_apart) {
    static const char *const rows[][2] = {{"Samir", "Samira"},
                                          {"Karim", "Karima"},
                                          {"Alexander", "Alexandra"},
                                          {"Aleksandr", "Александра"},
                                          {"Juan", "Juana"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_test_case("%s, %s", rows[i][0], rows[i][1]);
        CHECK(likeness(rows[i][0], rows[i][1]) <= MZ_LIKENESS_OTHER_GENDER);
        mz_arena_done(&arena);
    }
    CHECK(likeness("Nikita", "Nikit") > MZ_LIKENESS_OTHER_GENDER); /* a man's, in spite of its ending */
}

TEST(numbers_are_the_same_or_they_are_not) {
    CHECK_INT(MZ_LIKENESS_SAME, likeness("12345", "12345"));
    mz_arena_done(&arena);
    CHECK_INT(MZ_LIKENESS_SAME, likeness("٤٢", "42"));
    mz_arena_done(&arena);
    CHECK_INT(0, likeness("12345", "12346"));
    mz_arena_done(&arena);
    CHECK_INT(0, likeness("1", "one"));
    mz_arena_done(&arena);
}

TEST(an_article_written_joined_costs_little) {
    CHECK(likeness("Alhassan", "Hassan") >= 900);
    mz_arena_done(&arena);
    CHECK(likeness("الحسن", "Hassan") >= 850);
    mz_arena_done(&arena);
    CHECK(likeness("Elfassi", "Fassi") >= 900);
    mz_arena_done(&arena);
}

/* ---- joins ---- */

static uint16_t joined(const char *a, const char *b, const char *whole) {
    mz_name_word first = word(a), second = word(b), third = word(whole);
    const mz_name_word *parts[2] = {&first, &second};
    uint16_t alike = mz_join_likeness(parts, 2, &third);
    CHECK(alike == 0 || mz_join_skeleton(parts, 2) == third.skeleton);
    mz_arena_done(&arena);
    return alike;
}

TEST(words_join_where_their_consonants_are_the_word_s) {
    CHECK_INT(MZ_LIKENESS_OTHER_LETTERS,
              joined("Nur", "Islam", "Nurislam") + MZ_LIKENESS_JOIN - (MZ_LIKENESS_SAME - MZ_LIKENESS_OTHER_LETTERS));
    CHECK(joined("Abu", "Bakr", "Aboubakar") >= MZ_LIKENESS_JOIN_FLOOR);
    CHECK(joined("Xiao", "Ping", "Xiaoping") >= 900);
    CHECK(joined("Jian", "Guo", "建国") >= 800);
    CHECK(joined("ابو", "بكر", "Boubaker") >= MZ_LIKENESS_JOIN_FLOOR - MZ_LIKENESS_JOIN);
}

TEST(words_do_not_join_where_a_consonant_differs) {
    CHECK_INT(0, joined("Nur", "Islam", "Nurislan"));
    CHECK_INT(0, joined("Islam", "Nur", "Nurislam"));
    CHECK_INT(0, joined("Nur", "Islam", "Nur"));
    CHECK_INT(0, joined("Ab", "Al", "Karim"));
}

TEST(initials_and_numbers_are_never_joined) {
    CHECK_INT(0, joined("J.", "Amal", "Jamal"));
    CHECK_INT(0, joined("Jam", "L.", "Jaml"));
}

/* ---- not yet ---- */

/* What ought to be as alike as the least here says and is not. A row that has become right fails: move it up. */
TEST(not_yet) {
    static const struct {
        const char *a, *b;
        int least;
    } rows[] = {
        {"Schmidt", "Schmitt", 800}, /* dt is one sound */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_test_case("%s, %s", rows[i].a, rows[i].b);
        CHECK(likeness(rows[i].a, rows[i].b) < rows[i].least);
        mz_arena_done(&arena);
    }
}

TEST_MAIN()
