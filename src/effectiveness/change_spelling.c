/* Other spellings of the same sounds: vowels, letters that sound alike, and the ways in which Arabic, Slavic and
 * Chinese names are written in Latin letters; articles; and what is written in two ways in Arabic and Cyrillic letters.
 *
 * A rule is a run of letters and what is written instead; ^ stands for the beginning of a word and $ for its end.
 * Sources: the romanisations that passports and newspapers use side by side (for Arabic those of English and of French
 * habit; for Russian those of passports before and after 2010, ISO 9 without marks, and German and French habit;
 * Hanyu Pinyin and Wade-Giles). */
#include "effectiveness/change.h"

#include <string.h>

typedef struct spelling {
    const char *from, *to;
} spelling;

static const spelling general[] = {
    {"ph", "f"},  {"f", "ph"},  {"ck", "k"}, {"c", "k"},  {"k", "c"},  {"y", "i"},  {"i", "y"},   {"s", "z"},
    {"z", "s"},   {"w", "v"},   {"v", "w"},  {"x", "ks"}, {"ks", "x"}, {"th", "t"}, {"ou", "u"},  {"u", "o"},
    {"o", "u"},   {"e", "i"},   {"i", "e"},  {"ee", "i"}, {"oo", "u"}, {"gh", "g"}, {"sh", "ch"}, {"ch", "sh"},
    {"ei", "ai"}, {"ai", "ay"}, {"d$", "t"}, {"dj", "j"}, {"j", "dj"},
};
static const spelling arabic_names[] = {
    {"q", "k"},   {"k", "q"},   {"ou", "u"},  {"oo", "u"},  {"u", "ou"},   {"u", "o"},  {"o", "u"},  {"kh", "h"},
    {"^h", "kh"}, {"dj", "j"},  {"j", "dj"},  {"ch", "sh"}, {"sh", "ch"},  {"gh", "g"}, {"dh", "d"}, {"th", "t"},
    {"ei", "ai"}, {"ai", "ei"}, {"ay", "ai"}, {"aa", "a"},  {"ee", "i"},   {"i", "ee"}, {"y", "i"},  {"iy", "i"},
    {"e", "a"},   {"a", "e"},   {"ah$", "a"}, {"a$", "ah"}, {"wa", "oua"}, {"w", "ou"}, {"g", "j"},  {"^ou", "w"},
    {"z", "dh"},  {"d", "dh"},  {"aw", "au"}, {"ie", "i"},
};
static const spelling slavic_names[] = {
    {"iy$", "y"},  {"y$", "iy"},     {"ii$", "y"},     {"ij$", "y"},     {"yu", "iu"},    {"iu", "yu"},  {"ya", "ia"},
    {"ia", "ya"},  {"ia", "ja"},     {"ya", "ja"},     {"kh", "h"},      {"^h", "kh"},    {"kh", "ch"},  {"zh", "j"},
    {"zh", "z"},   {"ts", "tz"},     {"ts", "c"},      {"shch", "sch"},  {"shch", "shh"}, {"ch", "tch"}, {"sh", "ch"},
    {"ev$", "ew"}, {"ov$", "off"},   {"ov$", "ow"},    {"v", "w"},       {"ks", "x"},     {"x", "ks"},   {"ye", "e"},
    {"^e", "ye"},  {"yo", "e"},      {"ei", "ey"},     {"ey", "ei"},     {"ay", "ai"},    {"ai", "ay"},  {"oy$", "oi"},
    {"y", "i"},    {"sky$", "skiy"}, {"skiy$", "ski"}, {"skii$", "sky"},
};
static const spelling chinese_names[] = {
    {"^zh", "ch"},  {"^x", "hs"},   {"^q", "ch"}, {"^ca", "tsa"},  {"^ce", "tse"},  {"^cu", "tsu"}, {"^za", "tsa"},
    {"^ze", "tse"}, {"^zu", "tsu"}, {"^b", "p"},  {"^d", "t"},     {"^g", "k"},     {"^r", "j"},    {"ong", "ung"},
    {"ian", "ien"}, {"ui$", "uei"}, {"^j", "ch"}, {"^yu$", "yue"}, {"^si$", "szu"}, {"uo$", "o"},
};
static const spelling arabic_letters[] = {
    {"أ", "ا"}, {"إ", "ا"}, {"آ", "ا"}, {"^ا", "أ"}, {"ة$", "ه"}, {"ه$", "ة"}, {"ى$", "ي"}, {"ي$", "ى"},
    {"ؤ", "و"}, {"ئ", "ي"}, {"ی", "ي"}, {"ک", "ك"},  {"ك", "ک"},  {"ي", "ی"},  {"ء$", ""},
};
static const spelling cyrillic_letters[] = {
    {"ё", "е"}, {"й", "и"}, {"ъ", ""},  {"ь", ""},  {"і", "и"},
    {"ї", "и"}, {"є", "е"}, {"ы", "и"}, {"э", "е"}, {"щ", "ш"},
};

#define RULES(rules) (rules), sizeof(rules) / sizeof((rules)[0])

static bool is_latin_vowel(uint32_t letter) {
    return letter && letter < 0x80 && strchr("aeiou", (int)letter);
}

/* Whether a letter makes a sound of its own: not one of two vowels, of sh or kh, or of a double letter. */
static bool stands_alone(const mz_change *change, mz_span word, size_t at) {
    uint32_t letter = mz_letter_lower(change->letters[at]);
    uint32_t before = at > word.from ? mz_letter_lower(change->letters[at - 1]) : 0;
    uint32_t behind = at + 1 < word.to ? mz_letter_lower(change->letters[at + 1]) : 0;
    if (before == letter || behind == letter) return false;
    if (is_latin_vowel(letter)) return !is_latin_vowel(before) && !is_latin_vowel(behind);
    return behind != 'h' && !(letter == 'h' && before && before < 0x80 && strchr("bcdgkpstz", (int)before));
}

/* Whether a rule fits at a place; how many letters it replaces. */
static bool fits(const mz_change *change, mz_span word, size_t at, const char *from, size_t *ret_letters) {
    size_t offset = 0, place = at;
    if (*from == '^') {
        if (at != word.from) return false;
        offset = 1;
    }
    mz_str view = mz_str_of(from);
    for (uint32_t letter; mz_utf8_next(view, &offset, &letter);) {
        if (letter == '$') {
            *ret_letters = place - at;
            return place == word.to;
        }
        if (place == word.to || mz_letter_lower(change->letters[place]) != letter) return false;
        place++;
    }
    *ret_letters = place - at;
    return place - at > 1 || stands_alone(change, word, at);
}

/* Puts the other spelling there, in capitals where the old one was. */
static void respell(mz_change *change, mz_span span, const char *to) {
    bool first = mz_letter_is_upper(change->letters[span.from]);
    bool last = mz_letter_is_upper(change->letters[span.to - 1]);
    bool neighbours = span.to < change->size && mz_letter_is_upper(change->letters[span.to]);
    bool all = first && last && (span.to - span.from > 1 || neighbours || span.to == change->size);
    size_t before = change->size;
    mz_change_put(change, span, to);
    size_t count = change->size + (span.to - span.from) - before;
    for (size_t i = 0; i < count; i++)
        if (all || (first && i == 0)) change->letters[span.from + i] = mz_letter_upper(change->letters[span.from + i]);
}

/* One of the rules that fit a word, at one of their places. */
static bool respell_word(mz_change *change, mz_span word, const spelling *rules, size_t rule_count) {
    enum { MOST = 256 };
    struct {
        mz_span span;
        const char *to;
    } usable[MOST];
    size_t count = 0;
    for (size_t r = 0; r < rule_count; r++)
        for (size_t at = word.from; at < word.to && count < MOST; at++) {
            size_t letters;
            if (!fits(change, word, at, rules[r].from, &letters)) continue;
            usable[count].span = (mz_span){at, at + letters};
            usable[count++].to = rules[r].to;
        }
    if (!count) return false;
    size_t one = mz_change_random(change, (uint32_t)count);
    respell(change, usable[one].span, usable[one].to);
    return true;
}

/* In a word where a rule fits, chosen by chance; in each when `all`. */
static bool respell_name(mz_change *change, const spelling *rules, size_t rule_count, bool all) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words), changed = 0;
    size_t start = count ? mz_change_random(change, (uint32_t)count) : 0;
    for (size_t i = 0; i < count; i++) {
        /* all: from the back, so that the places of the words before stay */
        size_t one = all ? count - 1 - i : (start + i) % count;
        if (words[one].to - words[one].from < 3 && rules == general) continue;
        changed += respell_word(change, words[one], rules, rule_count);
        if (changed && !all) return true;
    }
    return changed > 0;
}

static bool pick_vowel(mz_change *change, size_t *ret_at) {
    size_t places[MZ_CHANGE_LETTERS], count = 0;
    for (size_t i = 1; i < change->size; i++) {
        if (is_latin_vowel(mz_letter_lower(change->letters[i])) && mz_letter_is(change->letters[i - 1]))
            places[count++] = i;
    }
    if (!count) return false;
    *ret_at = places[mz_change_random(change, (uint32_t)count)];
    return true;
}

bool mz_change_vowel_replaced(mz_change *change) {
    static const char vowels[] = "aeiou";
    size_t at;
    if (!pick_vowel(change, &at)) return false;
    uint32_t old = change->letters[at];
    size_t number = (size_t)(strchr(vowels, (int)mz_letter_lower(old)) - vowels);
    uint32_t other = (uint32_t)vowels[(number + 1 + mz_change_random(change, 4)) % 5];
    change->letters[at] = mz_letter_is_upper(old) ? mz_letter_upper(other) : other;
    return true;
}

bool mz_change_vowel_lost(mz_change *change) {
    size_t at;
    if (!pick_vowel(change, &at)) return false;
    mz_change_put(change, (mz_span){at, at + 1}, "");
    return true;
}

bool mz_change_spelling(mz_change *change) {
    return respell_name(change, RULES(general), false);
}

bool mz_change_spelling_each_word(mz_change *change) {
    return respell_name(change, RULES(general), true);
}

bool mz_change_spelling_arabic(mz_change *change) {
    return change->of->from == MZ_FROM_ARABIC && respell_name(change, RULES(arabic_names), true);
}

bool mz_change_spelling_slavic(mz_change *change) {
    return change->of->from == MZ_FROM_CYRILLIC && respell_name(change, RULES(slavic_names), true);
}

bool mz_change_spelling_chinese(mz_change *change) {
    return change->of->from == MZ_FROM_CHINESE && respell_name(change, RULES(chinese_names), false);
}

bool mz_change_writing_arabic(mz_change *change) {
    return respell_name(change, RULES(arabic_letters), true);
}

bool mz_change_writing_cyrillic(mz_change *change) {
    return respell_name(change, RULES(cyrillic_letters), true);
}

/* ---- the article ---- */

static bool spells(const mz_change *change, size_t at, const char *text) {
    size_t offset = 0;
    for (uint32_t letter; mz_utf8_next(mz_str_of(text), &offset, &letter); at++)
        if (at >= change->size || mz_letter_lower(change->letters[at]) != letter) return false;
    return true;
}

/* The first article: its letters and what parts it from its word (`gap`: nothing in Arabic letters). */
static bool find_article(const mz_change *change, mz_span *ret_article, mz_span *ret_gap) {
    mz_span words[MZ_CHANGE_WORDS];
    size_t count = mz_change_words(change, words);
    for (size_t i = 0; i < count; i++) {
        mz_span word = words[i];
        size_t size = word.to - word.from, end = word.from + 2;
        if (change->of->script == MZ_SCRIPT_ARABIC) {
            if (size < 5 || !spells(change, word.from, "ال")) continue;
            *ret_article = (mz_span){word.from, end};
            *ret_gap = (mz_span){end, end};
            return true;
        }
        bool article = spells(change, word.from, "al") || spells(change, word.from, "el");
        bool hyphen = size > 4 && change->letters[end] == '-';
        if (!article || !(hyphen || (size == 2 && i + 1 < count))) continue;
        *ret_article = (mz_span){word.from, end};
        *ret_gap = (mz_span){end, hyphen ? end + 1 : words[i + 1].from};
        return true;
    }
    return false;
}

bool mz_change_article_joined(mz_change *change) {
    mz_span article, gap;
    if (!find_article(change, &article, &gap) || gap.from == gap.to) return false;
    mz_change_put(change, gap, "");
    return true;
}

bool mz_change_article_lost(mz_change *change) {
    mz_span article, gap;
    if (!find_article(change, &article, &gap)) return false;
    mz_change_put(change, (mz_span){article.from, gap.to}, "");
    return true;
}

/* al for el, a blank for a hyphen, and the other way round. */
bool mz_change_article_other(mz_change *change) {
    mz_span article, gap;
    if (!find_article(change, &article, &gap) || gap.from == gap.to) return false;
    mz_change_put(change, gap, change->letters[gap.from] == '-' ? " " : "-");
    uint32_t *vowel = &change->letters[article.from];
    bool upper = mz_letter_is_upper(*vowel);
    uint32_t other = mz_letter_lower(*vowel) == 'a' ? 'e' : 'a';
    *vowel = upper ? mz_letter_upper(other) : other;
    return true;
}

/* A name in another script, asked for in the Latin letters that its letters are commonly read as: what somebody who
 * has only the original before him types. */
bool mz_change_romanised(mz_change *change) {
    enum { ARENA_BYTES = 1 << 20 };
    mz_arena arena;
    mz_word *words;
    size_t count, put = 0;
    bool cut;
    mz_arena_init(&arena, ARENA_BYTES);
    bool good = mz_text_words(change->of->name, &arena, MZ_CHANGE_WORDS, &words, &count, &cut, NULL) == MZ_OK;
    if (good) change->size = 0;
    for (size_t i = 0; good && i < count; i++) {
        if (!words[i].latin.size) continue;
        char latin[MZ_CHANGE_LETTERS];
        size_t size = words[i].latin.size < sizeof latin ? words[i].latin.size : sizeof latin - 1;
        memcpy(latin, words[i].latin.data, size);
        latin[size] = '\0';
        if (put++) mz_change_put(change, (mz_span){change->size, change->size}, " ");
        mz_change_put(change, (mz_span){change->size, change->size}, latin);
    }
    mz_arena_done(&arena);
    return good && put > 0;
}

/* As one script has it, of somebody whom the list has in another script too: the measuring hides the former. */
bool mz_change_other_script(mz_change *change) {
    return change->of->other_script;
}
