/* Marks and punctuation, the fields of payment messages, and letters that are not what they look like. */
#include "effectiveness/change.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* ---- marks ---- */

static bool is_mark(uint32_t letter) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)letter);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* The first letter of a canonical decomposition: é is e, but ø and й stay as far as Unicode sees them so. */
static uint32_t without_mark(uint32_t letter) {
    utf8proc_int32_t parts[16];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)letter, parts, 16, UTF8PROC_DECOMPOSE, &boundary);
    return count > 1 && count <= 16 && is_mark((uint32_t)parts[1]) ? (uint32_t)parts[0] : letter;
}

bool mz_change_marks_lost(mz_change *change) {
    size_t kept = 0;
    for (size_t i = 0; i < change->size; i++)
        if (!is_mark(change->letters[i])) change->letters[kept++] = without_mark(change->letters[i]);
    change->size = kept;
    return kept > 0;
}

static bool add_behind(mz_change *change, const char *letters, const char *const *marks, size_t mark_count,
                       size_t most) {
    size_t added = 0;
    for (size_t i = change->size; i-- > 0 && added < most;) {
        uint32_t letter = mz_letter_lower(change->letters[i]);
        bool fits = letters ? letter < 0x80 && letter && strchr(letters, (int)letter) : mz_letter_is(letter);
        if (!fits) continue;
        mz_change_put(change, (mz_span){i + 1, i + 1}, marks[mz_change_random(change, (uint32_t)mark_count)]);
        added++;
    }
    return added > 0;
}

bool mz_change_marks_added(mz_change *change) {
    static const char *const latin[] = {"\u0301", "\u0308", "\u0300", "\u0302"};
    static const char *const arabic[] = {"\u064E", "\u064F", "\u0650", "\u0651"};
    return change->of->script == MZ_SCRIPT_ARABIC ? add_behind(change, NULL, arabic, 4, 6)
                                                  : add_behind(change, "aeiou", latin, 4, 4);
}

/* ---- punctuation ---- */

bool mz_change_hyphens_added(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    if (count < 2) return false;
    mz_change_put(change, (mz_span){words[count - 2].to, words[count - 1].from}, "-");
    return true;
}

bool mz_change_dots_added(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    for (size_t i = count; i-- > 0;) mz_change_put(change, (mz_span){words[i].to, words[i].to}, i % 2 ? "," : ".");
    return count > 1;
}

/* Hyphens, apostrophes, dots, commas and brackets are gone; a hyphen leaves a blank. */
bool mz_change_punctuation_lost(mz_change *change) {
    size_t kept = 0;
    for (size_t i = 0; i < change->size; i++) {
        uint32_t letter = change->letters[i];
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)letter);
        bool gone = category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
        if (category == UTF8PROC_CATEGORY_PD || letter == '/') letter = ' ';
        if (!gone || letter == ' ') change->letters[kept++] = letter;
    }
    change->size = kept;
    return kept > 0;
}

/* ---- fields of 35 letters (MT 103, ISO 20022) ---- */

enum { FIELD_LETTERS = 35 };

bool mz_change_cut_at_35(mz_change *change) {
    if (change->size <= FIELD_LETTERS) return false;
    change->size = FIELD_LETTERS;
    while (change->size && change->letters[change->size - 1] == ' ') change->size--;
    return true;
}

bool mz_change_broken_at_35(mz_change *change) {
    if (change->size <= FIELD_LETTERS) return false;
    if (change->letters[FIELD_LETTERS - 1] == ' ' || change->letters[FIELD_LETTERS] == ' ') return false;
    mz_change_put(change, (mz_span){FIELD_LETTERS, FIELD_LETTERS}, " ");
    return true;
}

/* ---- disguise ---- */

typedef struct letter_pair {
    uint32_t from, to;
} letter_pair;

static const letter_pair digits[] = {{'o', '0'}, {'l', '1'}, {'e', '3'}, {'i', '1'}, {'a', '4'}, {'s', '5'}};
/* Letters of another alphabet with the same shape, lower case then capitals. */
static const letter_pair latin_shapes[] = {
    {'a', 0x430}, {'c', 0x441}, {'e', 0x435}, {'i', 0x456}, {'j', 0x458}, {'o', 0x43E}, {'p', 0x440},
    {'s', 0x455}, {'x', 0x445}, {'y', 0x443}, {'A', 0x410}, {'B', 0x412}, {'C', 0x421}, {'E', 0x415},
    {'H', 0x41D}, {'I', 0x406}, {'K', 0x41A}, {'M', 0x41C}, {'O', 0x41E}, {'P', 0x420}, {'S', 0x405},
    {'T', 0x422}, {'X', 0x425}, {'Y', 0x3A5}, {'Z', 0x396}, {'N', 0x39D},
};

static bool swap_shapes(mz_change *change, const letter_pair *pairs, size_t count, bool back, size_t most) {
    size_t changed = 0;
    size_t start = change->size ? mz_change_random(change, (uint32_t)change->size) : 0;
    for (size_t i = 0; i < change->size && changed < most; i++) {
        uint32_t *letter = &change->letters[(start + i) % change->size];
        for (size_t k = 0; k < count; k++) {
            if (*letter != (back ? pairs[k].to : pairs[k].from)) continue;
            *letter = back ? pairs[k].from : pairs[k].to;
            changed++;
            break;
        }
    }
    return changed > 0;
}

bool mz_change_digits_for_letters(mz_change *change) {
    mz_span word;
    unsigned changed = 0;
    if (!mz_change_pick(change, 4, &word)) return false;
    for (size_t i = word.from; i < word.to && changed < 2; i++)
        for (size_t k = 0; k < sizeof digits / sizeof digits[0]; k++) {
            if (mz_letter_lower(change->letters[i]) != digits[k].from) continue;
            change->letters[i] = digits[k].to;
            changed++;
            break;
        }
    return changed > 0;
}

bool mz_change_look_alikes(mz_change *change) {
    enum { COUNT = sizeof latin_shapes / sizeof latin_shapes[0], MOST = 3 };
    return swap_shapes(change, latin_shapes, COUNT, change->of->script == MZ_SCRIPT_CYRILLIC, MOST);
}

/* Zero-width space, non-joiner, word joiner and soft hyphen inside words. */
bool mz_change_zero_width(mz_change *change) {
    static const char *const marks[] = {"\u200B", "\u200C", "\u2060", "\u00AD"};
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words), added = 0;
    for (size_t i = count; i-- > 0;) {
        size_t size = words[i].to - words[i].from;
        if (size < 3) continue;
        size_t at = words[i].from + 1 + mz_change_random(change, (uint32_t)size - 1);
        mz_change_put(change, (mz_span){at, at}, marks[mz_change_random(change, 4)]);
        added++;
    }
    return added > 0;
}

/* Marks that turn the direction of writing, around and inside. */
bool mz_change_bidi_marks(mz_change *change) {
    mz_span words[MZ_CHANGE_WORDS];
    if (!mz_change_words(change, words)) return false;
    mz_change_put(change, (mz_span){change->size, change->size}, "\u202C");
    mz_change_put(change, (mz_span){words[0].to, words[0].to}, "\u200F");
    mz_change_put(change, (mz_span){0, 0}, mz_change_random(change, 2) ? "\u202E" : "\u2067");
    return true;
}

/* The wide forms that East Asian systems use for Latin letters. */
bool mz_change_full_width(mz_change *change) {
    unsigned changed = 0;
    for (size_t i = 0; i < change->size; i++) {
        uint32_t *letter = &change->letters[i];
        bool wide = *letter > ' ' && *letter < 0x7F;
        if (wide) *letter += 0xFF01 - '!';
        if (*letter == ' ') *letter = 0x3000;
        changed += wide;
    }
    return changed > 0;
}
