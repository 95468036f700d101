/* Romanisation: the longest piece of the table that fits, letter after letter, and what a table cannot say.
 *
 * - Scripts with an unwritten vowel (Indic, Khmer, Burmese, Thai): the table tells consonants from signs; the vowel is
 *   put in as a capital first, and a second pass keeps or drops it. In the north of India, Thai and Khmer it is
 *   silent at the end of a word and between a vowel and a consonant with a vowel (राजकुमार is "rajkumar"; the rule
 *   is Ohala's, "Aspects of Hindi Phonology", 1983, without its exceptions).
 * - Thai and Lao write some vowels before their consonant; they are moved behind it before the table is asked.
 * - Han: one Mandarin reading a character. Hangul: Revised Romanisation of each syllable, without the changes at
 *   their borders, as in the names of passports. Kana: Hepburn with the long vowels of ou and uu short. */
#include "text/letters.h"
#include "text/tables.h"

#include <string.h>
#include <uchar.h>

typedef struct target {
    char *out;
    size_t size;
    uint64_t lone_h;
} target;

static void put(target *to, const char *text) {
    while (*text) to->out[to->size++] = *text++;
}

/* The first row that begins with this letter or a later one. */
static size_t table_start(uint32_t first) {
    if (first > 0xFFFF) return mz_roman_count;
    size_t low = mz_roman_pages[first / 64], high = mz_roman_pages[first / 64 + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mz_romans[middle].letters[0] < first) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool fits(const mz_roman *row, const uint32_t *letters, size_t at, size_t count) {
    if (row->length > count - at || (row->initial && at > 0) || (row->final && at + row->length < count)) return false;
    for (size_t i = 1; i < row->length; i++)
        if (row->letters[i] != letters[at + i]) return false;
    return true;
}

/* The row for the letters from `at` on, NULL when the table has none. */
static const mz_roman *find_roman(const uint32_t *letters, size_t at, size_t count) {
    for (size_t i = table_start(letters[at]); i < mz_roman_count && mz_romans[i].letters[0] == letters[at]; i++)
        if (fits(&mz_romans[i], letters, at, count)) return &mz_romans[i];
    return NULL;
}

static bool put_ascii(target *to, uint32_t letter) {
    if (letter >= 0x80) return false;
    if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) to->out[to->size++] = (char)letter;
    return true;
}

static void alphabet(const uint32_t *letters, size_t count, target *to) {
    for (size_t i = 0; i < count;) {
        const mz_roman *row = put_ascii(to, letters[i]) ? NULL : find_roman(letters, i, count);
        if (row && row->latin[0] == 'h' && to->size < 64) to->lone_h |= UINT64_C(1) << to->size;
        if (row) put(to, row->latin);
        i += row ? row->length : 1;
    }
}

/* Scripts with an unwritten vowel. */

typedef struct inherent {
    char vowel;  /* 0: the script writes all its vowels */
    bool silent; /* not sounded at the end of a word, nor where Ohala's rule drops it */
} inherent;

static inherent inherent_of(mz_script script) {
    switch ((int)script) {
    case MZ_SCRIPT_DEVANAGARI:
    case MZ_SCRIPT_BENGALI:
    case MZ_SCRIPT_GURMUKHI:
    case MZ_SCRIPT_GUJARATI:
    case MZ_SCRIPT_KHMER: return (inherent){'a', true};
    case MZ_SCRIPT_THAI:
    case MZ_SCRIPT_LAO: return (inherent){'o', true};
    case MZ_SCRIPT_ORIYA:
    case MZ_SCRIPT_TAMIL:
    case MZ_SCRIPT_TELUGU:
    case MZ_SCRIPT_KANNADA:
    case MZ_SCRIPT_MALAYALAM:
    case MZ_SCRIPT_SINHALA:
    case MZ_SCRIPT_BURMESE: return (inherent){'a', false};
    default: return (inherent){0, false};
    }
}

enum { UNWRITTEN = 'A' }; /* stands for the unwritten vowel until the word is whole */

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == UNWRITTEN;
}

/* Letters of the one consonant that ends before `end` (kh, chh, sh, ng count as one), 0 when there is none. */
static size_t consonant_before(const char *text, size_t end) {
    size_t at = end;
    while (at > 0 && text[at - 1] == 'h') at--;
    if (at > 0 && !is_vowel(text[at - 1])) {
        bool two = text[at - 1] == 'g' && at > 1 && text[at - 2] == 'n';
        at -= two ? 2 : 1;
    }
    return end - at;
}

static size_t consonant_after(const char *text, size_t start, size_t size) {
    size_t at = start;
    if (at < size && !is_vowel(text[at])) at++;
    if (at > start && at < size && text[at - 1] == 'n' && text[at] == 'g') at++;
    while (at > start && at < size && text[at] == 'h') at++;
    return at - start;
}

static bool is_silent(const char *text, size_t at, size_t size) {
    size_t before = consonant_before(text, at);
    if (before == 0 || before == at || !is_vowel(text[at - before - 1])) return false;
    if (at + 1 == size) return true;
    size_t after = consonant_after(text, at + 1, size);
    return after > 0 && at + 1 + after < size && is_vowel(text[at + 1 + after]);
}

/* From the end to the beginning, so that of two unwritten vowels in a row the last is dropped. */
static void settle_unwritten(target *word, inherent rule) {
    for (size_t at = word->size; at-- > 0;) {
        if (word->out[at] != UNWRITTEN) continue;
        if (rule.silent && is_silent(word->out, at, word->size)) {
            memmove(word->out + at, word->out + at + 1, word->size - at - 1);
            word->size--;
        } else {
            word->out[at] = rule.vowel;
        }
    }
}

/* Thai and Lao. */

static bool written_before(uint32_t letter) {
    return (letter >= 0x0E40 && letter <= 0x0E44) || (letter >= 0x0EC0 && letter <= 0x0EC4);
}

static bool one_of(uint32_t letter, const char16_t *list) {
    for (; *list; list++)
        if (*list == letter) return true;
    return false;
}

/* Consonants that a vowel written before them is spoken after: one, or a cluster with r or l, or a leading h. */
static size_t onset(const uint32_t *letters, size_t at, size_t count) {
    if (at + 1 >= count) return count - at;
    uint32_t vowel = letters[at - 1], first = letters[at], second = letters[at + 1];
    bool last = at + 2 == count, closes = vowel == 0x0E43 || vowel == 0x0E44; /* ใ and ไ take no final consonant */
    if (first == 0x0E2B && one_of(second, u"งญนมยรลว") && (closes || !last)) return 2;
    if (first == 0x0EAB && one_of(second, u"ງຍນມລວຣ") && !last) return 2;
    if (one_of(first, u"กขคตปผพ") && one_of(second, u"รล") && (closes || !last)) return 2;
    return 1;
}

static void move_behind(uint32_t *letters, size_t count) {
    for (size_t i = 0; i + 1 < count; i++) {
        if (!written_before(letters[i])) continue;
        uint32_t vowel = letters[i];
        size_t length = onset(letters, i + 1, count);
        memmove(letters + i, letters + i + 1, length * sizeof *letters);
        letters[i + length] = vowel;
        i += length;
    }
}

/* Thanthakhat silences the consonant before it and that one's vowel sign. */
static size_t drop_silenced(uint32_t *letters, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (letters[i] != 0x0E4C) {
            letters[kept++] = letters[i];
            continue;
        }
        if (kept > 0 && (letters[kept - 1] == 0x0E34 || letters[kept - 1] == 0x0E38)) kept--;
        if (kept > 0) kept--;
    }
    return kept;
}

/* A cluster like kr in กรี has no vowel inside; only before a written vowel is it sure to be one. */
static bool is_cluster(const uint32_t *letters, size_t at, size_t count) {
    if (at + 2 >= count || !one_of(letters[at], u"กขคตปผพ") || !one_of(letters[at + 1], u"รล")) return false;
    const mz_roman *third = find_roman(letters, at + 2, count);
    return third && third->kind == MZ_ROMAN_SIGN && letters[at + 2] != letters[at + 1];
}

static void syllabic(mz_script script, uint32_t *letters, size_t count, target *to) {
    if (script == MZ_SCRIPT_THAI) count = drop_silenced(letters, count);
    if (script == MZ_SCRIPT_THAI || script == MZ_SCRIPT_LAO) move_behind(letters, count);
    bool pending = false;
    for (size_t i = 0; i < count;) {
        const mz_roman *row = put_ascii(to, letters[i]) ? NULL : find_roman(letters, i, count);
        if (!row) {
            i++;
            continue;
        }
        bool carries = row->kind == MZ_ROMAN_SIGN || row->kind == MZ_ROMAN_MEDIAL;
        if (pending && !carries) to->out[to->size++] = UNWRITTEN;
        put(to, row->latin);
        if (row->kind != MZ_ROMAN_MEDIAL) pending = row->kind == MZ_ROMAN_CONSONANT && !is_cluster(letters, i, count);
        i += row->length;
    }
    if (pending) to->out[to->size++] = UNWRITTEN;
    settle_unwritten(to, inherent_of(script));
}

/* Kana. */

enum { SOKUON = 0x30C3 };

/* Sato for サトウ: the u of ou and the second of uu and oo are not written, but Inoue keeps its u. */
static void shorten(target *word) {
    size_t kept = 0;
    for (size_t i = 0; i < word->size; i++) {
        char c = word->out[i], before = kept ? word->out[kept - 1] : 0;
        bool long_vowel = (c == 'u' && (before == 'o' || before == 'u')) || (c == 'o' && before == 'o');
        if (long_vowel && !(i + 1 < word->size && word->out[i + 1] == 'e')) continue;
        word->out[kept++] = c;
    }
    word->size = kept;
}

static void kana(const uint32_t *letters, size_t count, target *to) {
    bool doubled = false;
    for (size_t i = 0; i < count;) {
        const mz_roman *row = put_ascii(to, letters[i]) ? NULL : find_roman(letters, i, count);
        if (letters[i] == SOKUON) doubled = true;
        if (row) {
            if (doubled && !is_vowel(row->latin[0])) to->out[to->size++] = row->latin[0] == 'c' ? 't' : row->latin[0];
            put(to, row->latin);
            doubled = false;
        }
        i += row ? row->length : 1;
    }
    shorten(to);
}

/* Korean. */

static void hangul(const uint32_t *letters, size_t count, target *to) {
    static const char *const initials[] = {"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                           "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
    static const char *const vowels[] = {"a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
                                         "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i"};
    static const char *const finals[] = {"",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
                                         "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"};
    for (size_t i = 0; i < count; i++) {
        if (letters[i] < 0xAC00 || letters[i] > 0xD7A3) continue;
        uint32_t syllable = letters[i] - 0xAC00;
        put(to, initials[syllable / 588]);
        put(to, vowels[syllable / 28 % 21]);
        put(to, finals[syllable % 28]);
    }
}

/* Han. */

enum { HAN_REPEAT = 0x3005, HAN_ZERO = 0x3007 };

static const char *han_reading(uint32_t letter) {
    if (letter >= MZ_HAN_FIRST && letter < MZ_HAN_FIRST + MZ_HAN_COUNT)
        return mz_han_syllables[mz_han_readings[letter - MZ_HAN_FIRST]];
    if (letter >= MZ_HAN_A_FIRST && letter < MZ_HAN_A_FIRST + MZ_HAN_A_COUNT)
        return mz_han_syllables[mz_han_a_readings[letter - MZ_HAN_A_FIRST]];
    return letter == HAN_ZERO ? "ling" : "";
}

/* The reading at the head of a name, where it is another; *ret_length characters of it. */
static const char *family_reading(const uint32_t *letters, size_t count, size_t *ret_length) {
    const mz_han_family *found = NULL;
    for (size_t i = 0; i < mz_han_family_count; i++) {
        const mz_han_family *row = &mz_han_families[i];
        if (row->letters[0] != letters[0]) continue;
        if (row->letters[1] != 0 && (count < 2 || row->letters[1] != letters[1])) continue;
        if (!found || row->letters[1] != 0) found = row;
    }
    if (!found) return NULL;
    *ret_length = found->letters[1] ? 2 : 1;
    return mz_han_syllables[found->syllable];
}

static void han(const uint32_t *letters, size_t count, target *to) {
    size_t i = 0;
    const char *reading = count > 1 ? family_reading(letters, count, &i) : NULL;
    if (reading) put(to, reading);
    for (; i < count; i++) {
        uint32_t letter = letters[i] == HAN_REPEAT && i > 0 ? letters[i - 1] : letters[i];
        put(to, han_reading(letter));
    }
}

size_t mz_romanise(mz_script script, uint32_t *letters, size_t count, char *out, uint64_t *ret_lone_h) {
    target to = {.out = out};
    if (script == MZ_SCRIPT_HAN) {
        han(letters, count, &to);
    } else if (script == MZ_SCRIPT_HANGUL) {
        hangul(letters, count, &to);
    } else if (script == MZ_SCRIPT_KANA) {
        kana(letters, count, &to);
    } else if (inherent_of(script).vowel) {
        syllabic(script, letters, count, &to);
    } else {
        alphabet(letters, count, &to);
    }
    *ret_lone_h = to.lone_h;
    return to.size;
}
