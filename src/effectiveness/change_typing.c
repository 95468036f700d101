/* What fingers do: letters added, lost, replaced, exchanged, doubled; keys beside the right one. */
#include "effectiveness/change.h"

#include <string.h>

enum { LEAST = 4 }; /* letters of a word that is mistyped: in a shorter one it would be another word */

static const char *const alphabets[MZ_SCRIPT_COUNT] = {
    [MZ_SCRIPT_LATIN] = "abcdefghijklmnopqrstuvwxyz",
    [MZ_SCRIPT_ARABIC] = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    [MZ_SCRIPT_CYRILLIC] = "абвгдежзийклмнопрстуфхцчшщыьэюя",
    [MZ_SCRIPT_GREEK] = "αβγδεζηθικλμνξοπρστυφχψω",
    [MZ_SCRIPT_HEBREW] = "אבגדהוזחטיכלמנסעפצקרשת",
    [MZ_SCRIPT_ARMENIAN] = "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    [MZ_SCRIPT_GEORGIAN] = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
};

/* Rows of keys; neighbours stand beside each other. QWERTY and AZERTY, both used for Latin letters in North Africa. */
static const char *const keyboards[][4] = {
    {"qwertyuiop", "asdfghjkl", "zxcvbnm", NULL},
    {"azertyuiop", "qsdfghjklm", "wxcvbn", NULL},
    {"ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ", NULL},
    {"йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", NULL},
};

static size_t decode(const char *text, uint32_t *letters, size_t most) {
    size_t count = 0, at = 0;
    mz_str view = mz_str_of(text);
    for (uint32_t letter; count < most && mz_utf8_next(view, &at, &letter);) letters[count++] = letter;
    return count;
}

/* A letter of the name's alphabet, other than `not`, in its case; 0 when its script has none here. */
static uint32_t any_letter(mz_change *change, uint32_t not ) {
    uint32_t letters[64];
    const char *alphabet = alphabets[change->of->script];
    if (!alphabet) return 0;
    size_t count = decode(alphabet, letters, 64);
    uint32_t letter = letters[mz_change_random(change, (uint32_t)count)];
    if (letter == mz_letter_lower(not )) letter = letters[0] == letter ? letters[1] : letters[0];
    return mz_letter_is_upper(not ) ? mz_letter_upper(letter) : letter;
}

/* A place with a letter in a word, not before `first` letters of it. */
static bool pick_letter(mz_change *change, mz_span word, size_t first, size_t *ret_at) {
    size_t places[MZ_CHANGE_LETTERS], count = 0;
    for (size_t i = word.from; i < word.to; i++)
        if (mz_letter_is(change->letters[i])) places[count++] = i;
    if (count <= first) return false;
    *ret_at = places[first + mz_change_random(change, (uint32_t)(count - first))];
    return true;
}

static bool add_in(mz_change *change, mz_span word) {
    size_t at;
    if (!pick_letter(change, word, 0, &at)) return false;
    uint32_t letter = any_letter(change, change->letters[at]);
    if (letter) mz_change_put_letter(change, (mz_span){at + 1, at + 1}, letter);
    return letter != 0;
}

static bool lose_in(mz_change *change, mz_span word) {
    size_t at;
    if (!alphabets[change->of->script] || !pick_letter(change, word, 0, &at)) return false;
    mz_change_put(change, (mz_span){at, at + 1}, "");
    return true;
}

static bool replace_in(mz_change *change, mz_span word) {
    size_t at;
    if (!pick_letter(change, word, 1, &at)) return false; /* the first letter is a class of its own */
    uint32_t letter = any_letter(change, change->letters[at]);
    if (letter) change->letters[at] = letter;
    return letter != 0;
}

static bool exchange_in(mz_change *change, mz_span word) {
    size_t places[MZ_CHANGE_LETTERS], count = 0;
    if (!alphabets[change->of->script]) return false;
    for (size_t i = word.from; i + 1 < word.to; i++)
        if (mz_letter_is(change->letters[i]) && mz_letter_is(change->letters[i + 1]) &&
            change->letters[i] != change->letters[i + 1])
            places[count++] = i;
    if (!count) return false;
    size_t at = places[mz_change_random(change, (uint32_t)count)];
    uint32_t left = change->letters[at], right = change->letters[at + 1];
    bool capital = mz_letter_is_upper(left) && !mz_letter_is_upper(right);
    change->letters[at] = capital ? mz_letter_upper(right) : right;
    change->letters[at + 1] = capital ? mz_letter_lower(left) : left;
    return true;
}

static bool in_one_word(mz_change *change, bool (*mistype)(mz_change *, mz_span)) {
    mz_span word;
    return mz_change_pick(change, LEAST, &word) && mistype(change, word);
}

bool mz_change_letter_added(mz_change *change) {
    return in_one_word(change, add_in);
}

bool mz_change_letter_lost(mz_change *change) {
    return in_one_word(change, lose_in);
}

bool mz_change_letter_replaced(mz_change *change) {
    return in_one_word(change, replace_in);
}

bool mz_change_letters_exchanged(mz_change *change) {
    return in_one_word(change, exchange_in);
}

bool mz_change_first_letter(mz_change *change) {
    mz_span word;
    if (!mz_change_pick(change, LEAST, &word)) return false;
    while (!mz_letter_is(change->letters[word.from])) word.from++;
    uint32_t letter = any_letter(change, change->letters[word.from]);
    if (letter) change->letters[word.from] = letter;
    return letter != 0;
}

/* The keys beside a letter's, on all keyboards that have it. */
static size_t neighbours(uint32_t letter, uint32_t beside[16]) {
    size_t count = 0;
    for (size_t k = 0; k < sizeof keyboards / sizeof keyboards[0]; k++)
        for (size_t r = 0; keyboards[k][r]; r++) {
            uint32_t row[16];
            size_t size = decode(keyboards[k][r], row, 16);
            for (size_t i = 0; i < size; i++) {
                if (row[i] != letter || count + 2 > 16) continue;
                if (i) beside[count++] = row[i - 1];
                if (i + 1 < size) beside[count++] = row[i + 1];
            }
        }
    return count;
}

bool mz_change_neighbour_key(mz_change *change) {
    mz_span word;
    size_t at;
    uint32_t beside[16];
    if (!mz_change_pick(change, LEAST, &word) || !pick_letter(change, word, 1, &at)) return false;
    uint32_t letter = change->letters[at];
    size_t count = neighbours(mz_letter_lower(letter), beside);
    if (!count) return false;
    uint32_t other = beside[mz_change_random(change, (uint32_t)count)];
    change->letters[at] = mz_letter_is_upper(letter) ? mz_letter_upper(other) : other;
    return true;
}

/* Places where the same letter stands twice (`twice`), or a letter that does not and is no vowel. */
static bool pick_double(mz_change *change, bool twice, size_t *ret_at) {
    size_t places[MZ_CHANGE_LETTERS], count = 0;
    for (size_t i = 1; i < change->size; i++) {
        uint32_t letter = change->letters[i], lower = mz_letter_lower(letter);
        if (!mz_letter_is(letter)) continue;
        bool doubled = lower == mz_letter_lower(change->letters[i - 1]);
        bool before_double = i + 1 < change->size && lower == mz_letter_lower(change->letters[i + 1]);
        bool vowel = lower < 0x80 && strchr("aeiou", (int)lower);
        bool inside = mz_letter_is(change->letters[i - 1]);
        if (twice ? doubled : inside && !doubled && !before_double && !vowel) places[count++] = i;
    }
    if (!count) return false;
    *ret_at = places[mz_change_random(change, (uint32_t)count)];
    return true;
}

bool mz_change_letter_doubled(mz_change *change) {
    size_t at;
    if (!alphabets[change->of->script] || !pick_double(change, false, &at)) return false;
    mz_change_put_letter(change, (mz_span){at, at}, change->letters[at]);
    return true;
}

bool mz_change_letter_single(mz_change *change) {
    size_t at;
    if (!alphabets[change->of->script] || !pick_double(change, true, &at)) return false;
    mz_change_put(change, (mz_span){at, at + 1}, "");
    return true;
}

bool mz_change_typo_each_word(mz_change *change) {
    static bool (*const mistypes[])(mz_change *, mz_span) = {add_in, lose_in, replace_in, exchange_in};
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    unsigned changed = 0;
    for (size_t i = count; i-- > 0;) { /* from the back: the places of those before stay */
        if (words[i].to - words[i].from < LEAST + 1) continue;
        changed += mistypes[mz_change_random(change, 4)](change, words[i]);
    }
    return changed > 0;
}
