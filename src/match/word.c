#include "match/word.h"

enum { JOINED_PHONES_MOST = MZ_JOINED_PHONES_MOST, JOINED_PHONES_LEAST = 4, ENDLESS = 30000 };

/* Weighted Damerau–Levenshtein (optimal string alignment) over phones, one row at a time. */
uint16_t mz_sound_likeness(const mz_spelling *spelling, const mz_sound *left, const mz_sound *right, uint16_t floor) {
    const uint8_t *a = left->phones, *b = right->phones;
    size_t count_a = left->count, count_b = right->count, bare_a = left->bare, bare_b = right->bare;
    if (!count_a || !count_b || count_a > JOINED_PHONES_MOST || count_b > JOINED_PHONES_MOST) return 0;
    unsigned sizes = mz_phones_size(a, count_a, spelling->size_left) + mz_phones_size(b, count_b, spelling->size_right);
    if (!sizes) return 0;
    unsigned budget = mz_likeness_budget(sizes, floor), turned = spelling->turned;
    uint8_t omit_b[JOINED_PHONES_MOST];
    uint16_t rows[3][JOINED_PHONES_MOST + 1], *before = rows[0], *last = rows[1], *row = rows[2];
    last[0] = 0;
    for (size_t j = 1; j <= count_b; j++) {
        omit_b[j - 1] = spelling->omit_right[mz_phone_place(j - 1, count_b)][b[j - 1]];
        unsigned cost = last[j - 1] + (unsigned)omit_b[j - 1];
        if (bare_b && j == bare_b && cost > MZ_LIKENESS_ARTICLE) cost = MZ_LIKENESS_ARTICLE;
        last[j] = (uint16_t)cost;
    }
    for (size_t j = 0; j <= count_b; j++) before[j] = ENDLESS;
    for (size_t i = 1; i <= count_a; i++) {
        unsigned x = a[i - 1], omit_x = spelling->omit_left[mz_phone_place(i - 1, count_a)][x], least;
        const uint8_t *exchange = spelling->exchange[x];
        unsigned first = last[0] + omit_x;
        if (bare_a && i == bare_a && first > MZ_LIKENESS_ARTICLE) first = MZ_LIKENESS_ARTICLE;
        row[0] = (uint16_t)first;
        least = first;
        for (size_t j = 1; j <= count_b; j++) {
            unsigned y = b[j - 1];
            unsigned cost = last[j - 1] + (unsigned)exchange[y];
            unsigned dropped = last[j] + omit_x, added = row[j - 1] + (unsigned)omit_b[j - 1];
            if (dropped < cost) cost = dropped;
            if (added < cost) cost = added;
            if (i > 1 && j > 1 && x == b[j - 2] && y == a[i - 2]) {
                unsigned swapped = before[j - 2] + turned;
                if (swapped < cost) cost = swapped;
            }
            row[j] = (uint16_t)cost;
            if (cost < least) least = cost;
        }
        /* every way to the end passes this row or, by a swap, the one before it */
        if (least > budget && i > 1) {
            unsigned least_before = ENDLESS;
            for (size_t j = 0; j <= count_b; j++)
                if (last[j] < least_before) least_before = last[j];
            if (least_before > budget) return 0;
        }
        uint16_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    unsigned cost = last[count_b];
    if (cost > budget) return 0;
    return (uint16_t)(MZ_LIKENESS_SAME - 2 * MZ_LIKENESS_SAME * cost / sizes);
}

static uint16_t likeness_in(unsigned system_a, unsigned system_b, const mz_sound *a, const mz_sound *b,
                            uint16_t floor) {
    bool turned;
    const mz_spelling *spelling = mz_spelling_between((mz_sound_system)system_a, (mz_sound_system)system_b, &turned);
    return turned ? mz_sound_likeness(spelling, b, a, floor) : mz_sound_likeness(spelling, a, b, floor);
}

static mz_sound sound_of(const mz_name_word *word) {
    return (mz_sound){word->phones, word->phone_count, word->bare};
}

static bool share_group(const mz_name_word *a, const mz_name_word *b) {
    /* the article "al" is not the nickname of Albert */
    if (a->class == MZ_WORD_ARTICLE || b->class == MZ_WORD_ARTICLE) return a->class == b->class;
    for (size_t i = 0; i < MZ_WORD_GROUPS_MOST && a->groups[i]; i++)
        for (size_t j = 0; j < MZ_WORD_GROUPS_MOST && b->groups[j]; j++)
            if (a->groups[i] == b->groups[j]) return true;
    return false;
}

static size_t characters_shared(mz_str a, mz_str b, size_t *ret_most) {
    size_t at_a = 0, at_b = 0, shared = 0, most = 0;
    uint32_t left, right;
    for (;;) {
        bool more_a = mz_utf8_next(a, &at_a, &left), more_b = mz_utf8_next(b, &at_b, &right);
        if (!more_a && !more_b) break;
        most++;
        shared += more_a && more_b && left == right;
    }
    *ret_most = most;
    return shared;
}

/* Two words in characters: what sounds the same may be the same, written by ear; else the characters tell. */
static uint16_t han_likeness(const mz_name_word *a, const mz_name_word *b, uint16_t by_sound) {
    size_t most, shared = characters_shared(a->folded, b->folded, &most);
    if (by_sound >= MZ_LIKENESS_EQUIVALENT) return by_sound;
    if (!shared) return 0;
    uint16_t by_characters = (uint16_t)(MZ_LIKENESS_HAN_SHARED + 100 * shared / most);
    return by_sound < by_characters ? by_sound : by_characters;
}

/* The same letters; the same sounds too, so that what is the same is found by its sounds. */
static bool same_word(const mz_name_word *a, const mz_name_word *b) {
    return mz_str_equal(a->folded, b->folded) && a->phone_count == b->phone_count &&
           memcmp(a->phones, b->phones, a->phone_count) == 0;
}

/* Words that sound decides nothing about. */
static bool apart(const mz_name_word *word) {
    return word->class == MZ_WORD_NUMBER || word->class == MZ_WORD_SUFFIX || word->class == MZ_WORD_INITIAL;
}

/* One of them apart; not the same. */
static uint16_t likeness_apart(const mz_name_word *a, const mz_name_word *b) {
    if (a->class == MZ_WORD_NUMBER || b->class == MZ_WORD_NUMBER) return 0;
    if (a->class == MZ_WORD_SUFFIX || b->class == MZ_WORD_SUFFIX)
        return a->class == b->class && share_group(a, b) ? MZ_LIKENESS_EQUIVALENT : 0;
    if (!a->phone_count || !b->phone_count || a->phones[0] != b->phones[0]) return 0;
    return a->class == b->class ? MZ_LIKENESS_OTHER_LETTERS : MZ_LIKENESS_INITIAL;
}

/* None of them apart; not the same. */
static uint16_t likeness_judged(const mz_name_word *a, const mz_name_word *b, uint16_t by_sound) {
    if (by_sound > MZ_LIKENESS_OTHER_LETTERS) by_sound = MZ_LIKENESS_OTHER_LETTERS;
    /* Samir and Samira are spelled nearly alike, and two people */
    if (a->gender && b->gender && a->gender != b->gender)
        return by_sound < MZ_LIKENESS_OTHER_GENDER ? by_sound : MZ_LIKENESS_OTHER_GENDER;
    if (by_sound < MZ_LIKENESS_EQUIVALENT && share_group(a, b)) return MZ_LIKENESS_EQUIVALENT;
    if (a->script == MZ_SCRIPT_HAN && b->script == MZ_SCRIPT_HAN) return han_likeness(a, b, by_sound);
    return by_sound;
}

uint16_t mz_word_likeness_by_sound(const mz_name_word *a, const mz_name_word *b, uint16_t by_sound) {
    if (same_word(a, b)) return MZ_LIKENESS_SAME;
    if (apart(a) || apart(b)) return likeness_apart(a, b);
    return likeness_judged(a, b, by_sound);
}

uint16_t mz_word_likeness(const mz_name_word *a, const mz_name_word *b) {
    if (same_word(a, b)) return MZ_LIKENESS_SAME;
    if (apart(a) || apart(b)) return likeness_apart(a, b);
    mz_sound left = sound_of(a), right = sound_of(b);
    return likeness_judged(a, b, likeness_in(a->system, b->system, &left, &right, MZ_LIKENESS_FLOOR));
}

uint8_t mz_word_kind(const mz_name_word *word) {
    return (uint8_t)((word->gender & MZ_KIND_GENDER) | (word->groups[0] ? MZ_KIND_GROUPS : 0) |
                     (word->script == MZ_SCRIPT_HAN ? MZ_KIND_HAN : 0) | (apart(word) ? MZ_KIND_APART : 0));
}

static bool joinable(const mz_name_word *word) {
    return word->class != MZ_WORD_INITIAL && word->class != MZ_WORD_NUMBER && word->phone_count > 0;
}

/* The phones of words written together; a sound doubled at the seam is one. Returns 0 when they are not joined. */
static size_t join_phones(const mz_name_word *const *parts, size_t part_count, uint8_t *into) {
    size_t count = 0;
    for (size_t i = 0; i < part_count; i++) {
        if (!joinable(parts[i])) return 0;
        for (size_t p = 0; p < parts[i]->phone_count; p++)
            if (!count || into[count - 1] != parts[i]->phones[p]) into[count++] = parts[i]->phones[p];
    }
    return count < JOINED_PHONES_LEAST ? 0 : count;
}

static unsigned skeleton_length(uint64_t skeleton) {
    return skeleton ? (unsigned)(63 - __builtin_clzll(skeleton)) / MZ_SKELETON_BITS + 1 : 0;
}

/* How many phones join_phones would write, if that is less than `most`, else `most` or more. */
static size_t count_join_phones(const mz_name_word *const *parts, size_t part_count, size_t most) {
    size_t count = 0;
    uint8_t last = 0;
    for (size_t i = 0; i < part_count; i++) {
        if (!joinable(parts[i])) return 0;
        for (size_t p = 0; p < parts[i]->phone_count && count < most; p++) {
            count += parts[i]->phones[p] != last;
            last = parts[i]->phones[p];
        }
    }
    return count;
}

/* Skeletons of words are put behind each other, the same class at the seam once; no sound is looked at again. */
uint64_t mz_join_skeleton(const mz_name_word *const *parts, size_t part_count) {
    uint64_t joined = 0;
    unsigned length = 0;
    bool hashed = false;
    if (count_join_phones(parts, part_count, JOINED_PHONES_LEAST) < JOINED_PHONES_LEAST) return 0;
    for (size_t i = 0; i < part_count && !hashed; i++) {
        uint64_t next = parts[i]->skeleton, last = length ? joined >> MZ_SKELETON_BITS * (length - 1) : 0;
        hashed = next >> MZ_SKELETON_BITS * MZ_SKELETON_CLASSES;
        if (length && (next & ((1u << MZ_SKELETON_BITS) - 1)) == last) next >>= MZ_SKELETON_BITS;
        unsigned more = hashed ? 0 : skeleton_length(next);
        hashed |= length + more > MZ_SKELETON_CLASSES;
        if (hashed || !more) continue;
        joined |= next << MZ_SKELETON_BITS * length;
        length += more;
    }
    if (!hashed) return joined;
    uint8_t phones[JOINED_PHONES_MOST];
    return mz_phones_skeleton(phones, join_phones(parts, part_count, phones));
}

bool mz_join_sound(const mz_name_word *const *parts, size_t part_count, mz_joined *ret_joined) {
    ret_joined->skeleton = mz_join_skeleton(parts, part_count);
    ret_joined->system = parts[0]->system;
    ret_joined->phone_count = ret_joined->skeleton ? join_phones(parts, part_count, ret_joined->phones) : 0;
    return ret_joined->skeleton != 0;
}

uint16_t mz_joined_likeness(const mz_joined *joined, const mz_name_word *word, uint16_t floor) {
    if (!joinable(word) || !joined->skeleton || joined->skeleton != word->skeleton) return 0;
    mz_sound left = {.phones = joined->phones, .count = joined->phone_count}, right = sound_of(word);
    right.bare = 0;
    uint16_t likeness = likeness_in(joined->system, word->system, &left, &right, floor);
    return likeness ? (uint16_t)(likeness - MZ_LIKENESS_JOIN) : 0;
}

uint16_t mz_join_likeness(const mz_name_word *const *parts, size_t part_count, const mz_name_word *word) {
    mz_joined joined;
    return mz_join_sound(parts, part_count, &joined) ? mz_joined_likeness(&joined, word, MZ_LIKENESS_JOIN_FLOOR) : 0;
}
