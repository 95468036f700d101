/* Countries by code, name and demonym.
 *
 * A text is folded to a key: letters and digits without case and marks, words without "the", "of", "la" and their
 * like, in byte order, so that "Iran (Islamic Republic of)", "ISLAMIC REPUBLIC OF IRAN" and "Iran, Islamic Republic of"
 * are one key; a binary search finds it among the keys that data/countries.tsv gives. The whole text must be a
 * country's name: there is no search for names inside a text, and no guessing by edit distance, since "Niger" and
 * "Nigeria" are two countries. Nothing is allocated.
 *
 * Names and codes: ISO 3166-1; the Unicode CLDR's territory names in English, French and Arabic; codes that ISO
 * does not have (and those it has withdrawn) as FollowTheMoney writes them. */
#include "mizan/country.h"

#include "entity/country_table.h"

#include <utf8proc.h>

enum { KEY_SIZE = 128, WORDS_MAX = 20 };

struct words {
    char text[KEY_SIZE]; /* one behind the other, without blanks */
    size_t size;
    mz_str items[WORDS_MAX];
    size_t count;
    bool inside; /* the last word is still open */
};

/* Apostrophes, full stop, tatweel and joiners join the letters around them: "d'Ivoire", "U.S.A." */
static bool joins(int32_t c) {
    switch (c) {
    case '\'':
    case '`':
    case '.':
    case 0xB4:
    case 0x2BC:
    case 0x2018:
    case 0x2019:
    case 0x640:
    case 0x200C:
    case 0x200D: return true;
    default: return false;
    }
}

static bool is_silent(mz_str word) {
    static const char *const silent[] = {"the",    "of",       "and",         "de",      "la",         "le",
                                         "les",    "du",       "des",         "et",      "d",          "l",
                                         "region", "national", "nationality", "citizen", "citizenship"};
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++)
        if (mz_str_equal(word, mz_str_of(silent[i]))) return true;
    return false;
}

static bool is_letter_or_digit(int32_t c) {
    utf8proc_category_t category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static void close_word(struct words *words) {
    if (!words->inside) return;
    words->inside = false;
    mz_str *word = &words->items[words->count++];
    word->size = (size_t)(words->text + words->size - word->data);
}

/* False when the text is longer than any country's name. */
static bool add_letter(struct words *words, int32_t c) {
    if (c == 0x649) c = 0x64A; /* alef maksura as yeh, teh marbuta as heh: writers mix them up at word ends */
    if (c == 0x629) c = 0x647;
    if (words->size + 4 > KEY_SIZE || (!words->inside && words->count == WORDS_MAX)) return false;
    if (!words->inside) words->items[words->count] = (mz_str){words->text + words->size, 0};
    words->inside = true;
    words->size += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)words->text + words->size);
    return true;
}

static bool add_character(struct words *words, int32_t c) {
    enum { PIECES_MAX = 32 };
    if (joins(c)) return true;
    if (c < 0x80) {
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return add_letter(words, c);
        close_word(words);
        return true;
    }
    int32_t pieces[PIECES_MAX];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        c, pieces, PIECES_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
        &boundary);
    if (count < 0 || count > PIECES_MAX) return false;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        if (!is_letter_or_digit(pieces[i]))
            close_word(words);
        else if (!add_letter(words, pieces[i]))
            return false;
    }
    return true;
}

static bool split(mz_str text, struct words *words) {
    words->size = words->count = 0;
    words->inside = false;
    for (size_t at = 0; at < text.size;) {
        int32_t c;
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)text.data + at, (utf8proc_ssize_t)(text.size - at), &c);
        if (step <= 0 || !add_character(words, c)) return false;
        at += (size_t)step;
    }
    close_word(words);
    return words->count > 0;
}

static void sort_words(struct words *words) {
    for (size_t i = 1; i < words->count; i++) {
        mz_str word = words->items[i];
        size_t at = i;
        for (; at > 0 && mz_str_order(words->items[at - 1], word) > 0; at--) words->items[at] = words->items[at - 1];
        words->items[at] = word;
    }
}

/* The key of a text in `into`; its size, 0 when the text cannot be a country's name. */
static size_t fold(mz_str text, char into[KEY_SIZE + WORDS_MAX]) {
    struct words words;
    size_t size = 0;
    if (!split(text, &words)) return 0;
    sort_words(&words);
    for (size_t i = 0; i < words.count; i++) {
        if (words.count > 1 && is_silent(words.items[i])) continue; /* alone, "la" and "de" are codes */
        if (size) into[size++] = ' ';
        memcpy(into + size, words.items[i].data, words.items[i].size);
        size += words.items[i].size;
    }
    return size;
}

static const struct mz_country *find(mz_str key) {
    size_t low = 0, high = mz_country_key_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = mz_str_order(mz_str_of(mz_country_keys[middle].key), key);
        if (order == 0) return &mz_countries[mz_country_keys[middle].country];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const struct mz_country *country_of(mz_str text) {
    char key[KEY_SIZE + WORDS_MAX];
    size_t size = fold(text, key);
    return size ? find((mz_str){key, size}) : NULL;
}

const char *mz_country_code(mz_str text) {
    const struct mz_country *country = country_of(text);
    const char *slash = text.size ? memchr(text.data, '/', text.size) : NULL;
    if (!country && slash) { /* one country in two languages: "Syria / Syrie" */
        size_t size = (size_t)(slash - text.data);
        country = country_of((mz_str){text.data, size});
        if (country && country != country_of((mz_str){slash + 1, text.size - size - 1})) country = NULL;
    }
    return country ? country->code : NULL;
}

const char *mz_country_name(mz_str code, mz_language language) {
    for (size_t i = 0; i < mz_country_count; i++) {
        const struct mz_country *country = &mz_countries[i];
        if (!mz_str_equal(mz_str_of(country->code), code)) continue;
        switch (language) {
        case MZ_ENGLISH: return country->english;
        case MZ_FRENCH: return country->french;
        case MZ_ARABIC: return country->arabic;
        }
    }
    return NULL;
}
