/* Places taken apart: what is a country, what stands in every address, what is left to compare. */
#include "match/place.h"

#include "oom.h"
#include "test.h"

#include <stdio.h>

static mz_arena arena;

/* "fez / rue: ma": the words that count, and the countries. */
static const char *apart(const char *text) {
    static char out[1024];
    mz_arena_init(&arena, 1 << 20);
    const mz_place *place = mz_place_parse(mz_str_of(text), &arena);
    size_t size = 0;
    CHECK(place != NULL);
    out[0] = '\0';
    for (size_t i = 0; i < place->word_count; i++)
        size += (size_t)snprintf(out + size, sizeof out - size, "%s%.*s", i ? " " : "",
                                 (int)place->words[i].word.folded.size, place->words[i].word.folded.data);
    for (size_t i = 0; i < place->country_count; i++)
        size += (size_t)snprintf(out + size, sizeof out - size, "%s%s", i ? " " : " | ", place->countries[i]);
    mz_arena_done(&arena);
    return out;
}

TEST(countries_and_the_words_of_every_address_are_put_aside) {
    static const char *const cases[][2] = {
        {"Fez, Morocco", "fez | ma"},
        {"Fez (Morocco)", "fez | ma"},
        {"Mosul Iraq", "mosul | iq"},
        {"Morocco", " | ma"},
        {"Dubai", "dubai | ae"}, /* which is a town, too */
        {"Abu Dhabi, UAE", "abu dhabi | ae"},
        {"Tashkent, Uzbek SSR, USSR", "tashkent | uz suhh"},
        {"12 rue des Tanneurs, Fès", "tanneurs fes"},
        {"Khost Province, Afghanistan", "khost | af"},
        {"г. Тула, ул. Садовая, дом 5", "тула садовая"},
        {"البصرة، العراق", "البصره | iq"},
        {"Street 5, Building 7", ""},
        {"", ""},
        {"--- , ,;", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i][0]);
        CHECK_TEXT(cases[i][1], apart(cases[i][0]));
    }
}

static size_t shared(const char *a, const char *b) {
    mz_arena_init(&arena, 1 << 20);
    const mz_place *left = mz_place_parse(mz_str_of(a), &arena), *right = mz_place_parse(mz_str_of(b), &arena);
    size_t there = mz_place_words_shared(left, right);
    CHECK_INT(there, mz_place_words_shared(right, left));
    mz_arena_done(&arena);
    return there;
}

TEST(each_word_is_met_once) {
    CHECK_INT(1, shared("Baden", "Baden Baden"));
    CHECK_INT(2, shared("Baden-Baden", "Baden Baden"));
    CHECK_INT(0, shared("Fez", "Meknes"));
    /* a word gives way where another needs its partner */
    CHECK_INT(2, shared("Peshawar Pechawar", "Pishawar Peshawar"));
}

TEST(long_and_bad_texts_are_bounded) {
    static char text[100000];
    for (size_t i = 0; i < sizeof text - 1; i++) text[i] = "kelibo,ratu "[i % 12];
    mz_arena_init(&arena, 1 << 20);
    const mz_place *place = mz_place_parse(mz_str_of(text), &arena);
    CHECK(place && place->word_count <= MZ_PLACE_WORDS_MOST);
    memset(text, ',', sizeof text - 1);
    place = mz_place_parse(mz_str_of(text), &arena);
    CHECK(place && place->word_count == 0);
    place = mz_place_parse(MZ_STR("Fez \xff\xfe Meknes"), &arena); /* not UTF-8: an image by an enemy */
    CHECK(place && place->word_count == 0);
    mz_arena_done(&arena);
}

/* Every name of the table is one word, or two, in normal form; else it would never be met. */
TEST(cities_known_by_several_names) {
    static const char *const pairs[][2] = {
        {"Casablanca", "الدار البيضاء"},
        {"Alger", "الجزائر العاصمة"},
        {"Damas", "دمشق"},
        {"Jerusalem", "القدس"},
        {"Alep", "حلب"},
        {"Tripoli", "طرابلس"},
        {"Tanger", "طنجة"},
        {"Fès", "فاس"},
        {"Makkah", "مكة"},
        {"Sidon", "صيدا"},
        {"Tyre", "صور"},
        {"Bassora", "البصرة"},
        {"Hebron", "الخليل"},
        {"Bethlehem", "بيت لحم"},
        {"Laâyoune", "العيون"},
        {"Tétouan", "تطوان"},
        {"Essaouira", "الصويرة"},
        {"Moscow", "Москва"},
        {"Kiev", "Київ"},
        {"Peking", "北京"},
        {"München", "Munich"},
        {"Köln", "Cologne"},
        {"Genève", "Geneva"},
        {"Londres", "لندن"},
        {"Athens", "Αθήνα"},
        {"København", "Copenhagen"},
        {"Lefkoşa", "Nicosia"},
        {"Mogadiscio", "مقديشو"},
        {"Nouakchott", "نواكشوط"},
        {"Medina", "Médine"},
        {"Cairo", "القاهرة"},
        {"Gorky", "Nizhny Novgorod"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        mz_test_case("%s, %s", pairs[i][0], pairs[i][1]);
        CHECK(shared(pairs[i][0], pairs[i][1]) >= 1);
    }
}

static mz_status parse(void *context, mz_error *error) {
    (void)context;
    mz_arena room;
    mz_arena_init(&room, 1 << 20);
    const mz_place *place = mz_place_parse(MZ_STR("12 rue des Tanneurs, Fès, Morocco"), &room);
    mz_status status = place ? MZ_OK : room.starved ? MZ_ERR_MEMORY : MZ_ERR_LIMIT;
    mz_arena_done(&room);
    (void)error;
    return status;
}

TEST(without_memory_there_is_no_place) {
    CHECK(mz_oom_each(parse, NULL) >= 1);
}

TEST_MAIN()
