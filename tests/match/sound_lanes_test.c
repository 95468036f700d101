/* Sixteen alignments at once say what one after the other says, for every pair of writing systems, so for every table
 * of costs, with words that begin with an article and words that do not, short and as long as words can be. */
#include "match/sound_lanes.h"

#include "invent.h"
#include "match/word.h"
#include "test.h"

enum { SOUNDS = MZ_PHONE_COUNT, LANES = MZ_SOUND_LANES, ROUNDS = 60 };

typedef struct sounds {
    uint8_t phones[MZ_PHONES_MOST];
    size_t count, bare;
} sounds;

static void any_phones(inventor *from, sounds *word, size_t count, uint32_t kinds) {
    word->count = count;
    for (size_t p = 0; p < count; p++) word->phones[p] = (uint8_t)(1 + chance(from, kinds) * (SOUNDS - 1) / kinds);
}

/* Few phones in other places, exchanged or others, so that many lanes come near and few are the same. */
static void change_some(inventor *from, sounds *word, uint32_t kinds) {
    for (uint32_t n = chance(from, 4); n > 0; n--) {
        size_t at = chance(from, (uint32_t)word->count);
        uint8_t kept = word->phones[at];
        if (chance(from, 2) && at + 1 < word->count) {
            word->phones[at] = word->phones[at + 1];
            word->phones[at + 1] = kept;
        } else {
            word->phones[at] = (uint8_t)(1 + chance(from, kinds) * (SOUNDS - 1) / kinds);
        }
    }
}

static bool alike(const sounds *query, mz_sound_system query_system, const sounds *listed,
                  mz_sound_system listed_system) {
    bool turned;
    const mz_spelling *spelling = mz_spelling_between(query_system, listed_system, &turned);
    mz_sound left = {query->phones, query->count, query->bare}, right = {listed->phones, listed->count, listed->bare};
    return mz_sound_likeness(spelling, turned ? &right : &left, turned ? &left : &right, MZ_LIKENESS_FLOOR) > 0;
}

static size_t check_block(inventor *from, mz_sound_system query_system, mz_sound_system listed_system, size_t longest,
                          uint32_t kinds) {
    sounds query = {.bare = 0}, listed[LANES] = {{.bare = 0}};
    uint8_t phones[MZ_PHONES_MOST][LANES];
    mz_sound_lanes lanes;
    size_t count = 1 + chance(from, (uint32_t)longest), bare = count > 2 && chance(from, 4) == 0 ? 2 : 0, near = 0;
    any_phones(from, &query, count, kinds);
    query.bare = query.count > 2 && chance(from, 4) == 0 ? 2 : 0;
    for (size_t l = 0; l < LANES; l++) {
        listed[l] = query;
        if (l % 4 == 0) any_phones(from, &listed[l], count, kinds);
        change_some(from, &listed[l], kinds);
        listed[l].bare = bare;
        for (size_t j = 0; j < count; j++) phones[j][l] = listed[l].phones[j];
    }
    if (chance(from, 2) && query.count > 3) query.count--; /* words of other lengths, too */
    mz_name_word asked = {.phones = query.phones,
                          .phone_count = (uint8_t)query.count,
                          .bare = (uint8_t)query.bare,
                          .system = (uint8_t)query_system};
    mz_sound_lanes_start(&lanes, &asked, listed_system);
    unsigned within = mz_sound_lanes_within(&lanes, (const uint8_t(*)[LANES])phones, count, bare);
    CHECK(within >> LANES == 0);
    for (size_t l = 0; l < LANES; l++) {
        mz_test_case("systems %d and %d, %zu phones, lane %zu", query_system, listed_system, count, l);
        bool is_alike = alike(&query, query_system, &listed[l], listed_system);
        CHECK_INT(is_alike, within >> l & 1);
        near += is_alike;
    }
    return near;
}

TEST(sixteen_at_once_are_what_one_after_the_other_is) {
    inventor from = {0x9E3779B97F4A7C15u};
    size_t near = 0, compared = 0;
    for (int query = 0; query < MZ_SOUND_SYSTEM_COUNT; query++)
        for (int listed = 0; listed < MZ_SOUND_SYSTEM_COUNT; listed++)
            for (size_t round = 0; round < ROUNDS; round++) {
                size_t longest = round % 3 == 0 ? MZ_PHONES_MOST : 10;
                near +=
                    check_block(&from, (mz_sound_system)query, (mz_sound_system)listed, longest, round % 2 ? 5 : 40);
                compared += LANES;
            }
    CHECK(near > compared / 10 && near < compared * 9 / 10); /* else nothing was told apart */
}

TEST_MAIN()
