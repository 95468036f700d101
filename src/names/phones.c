#include "names/phones.h"

#include <stdbool.h>
#include <string.h>

static const char alphabet[] = "_aeiouywhbpfvmntdTszSCZJkgqxGrl0123456789";

uint8_t mz_phone_of_letter(char letter) {
    const char *at = letter ? strchr(alphabet, letter) : NULL;
    return at ? (uint8_t)(at - alphabet) : 0;
}

char mz_phone_letter(uint8_t phone) {
    return phone < sizeof alphabet - 1 ? alphabet[phone] : '_';
}

const char *mz_phone_letters(uint8_t phone) {
    static const char *const letters[MZ_PHONE_COUNT] = {
        "",   "a",  "e", "i", "o", "u", "y",  "w",  "h", "b", "p", "f", "v", "m", "n", "t", "d", "th", "s", "z", "sh",
        "ch", "zh", "j", "k", "g", "q", "kh", "gh", "r", "l", "0", "1", "2", "3", "4", "5", "6", "7",  "8", "9"};
    return phone < MZ_PHONE_COUNT && letters[phone] ? letters[phone] : "";
}

static bool vowel(char letter) {
    return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u';
}

/* Longer spellings first. */
static const struct spelling {
    const char *letters, *phones;
} spellings[] = {
    {"tsch", "C"}, {"shch", "SC"}, {"chtch", "SC"}, {"dsch", "J"}, {"eaux", "o"}, {"sch", "S"}, {"tch", "C"},
    {"tsh", "C"},  {"dzh", "J"},   {"dsh", "J"},    {"eau", "o"},  {"ieu", "io"}, {"oeu", "o"}, {"kkh", "x"},
    {"kh", "x"},   {"gh", "G"},    {"sh", "S"},     {"ch", "C"},   {"zh", "Z"},   {"th", "T"},  {"dh", "d"},
    {"ph", "f"},   {"bh", "b"},    {"dj", "J"},     {"cz", "C"},   {"ck", "k"},   {"cq", "k"},  {"qu", "k"},
    {"ou", "u"},   {"oo", "u"},    {"ee", "i"},     {"au", "au"},  {"aw", "au"},  {"eu", "eu"}, {"ow", "ou"},
    {"iy", "i"},   {"yi", "i"},    {"ii", "i"},     {"ij", "i"},   {"ie", "ie"},  {"ey", "ei"}, {"ay", "ai"},
    {"ai", "ai"},  {"ei", "ei"},   {"oi", "oi"},    {"oy", "oi"},  {"aa", "a"},   {"uu", "u"},
};

/* How many letters of `rest` the spelling takes that begins it; 0 when none does. */
static size_t spelled(const char *rest, size_t left, uint64_t lone_h, const char **ret_phones) {
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        if (spellings[i].letters[0] != rest[0])
            continue; /* most words are told apart here: this loop is the parser's */
        size_t size = strlen(spellings[i].letters);
        if (size > left || memcmp(rest, spellings[i].letters, size) != 0) continue;
        /* "qu" keeps its u before a consonant: Qurayshi, but Enriquez */
        if (rest[0] == 'q' && !(left > 2 && (rest[2] == 'e' || rest[2] == 'i'))) continue;
        if ((lone_h >> 1) & ((UINT64_C(1) << (size - 1)) - 1)) continue;
        /* "ij" is one vowel in Dutch and Slavic names, two sounds before another: Khadija */
        if (rest[0] == 'i' && rest[1] == 'j' && left > 2 && vowel(rest[2])) continue;
        *ret_phones = spellings[i].phones;
        return size;
    }
    return 0;
}

/* A single letter whose sound depends on what stands around it. */
static const char *letter_phones(char letter, char before, char after, bool unspaced) {
    static const char plain[26][2] = {"a", "b", "k", "d", "e", "f", "g", "h", "i", "J", "k", "l", "m",
                                      "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "k", "y", "z"};
    if (letter == 'c' && (after == 'e' || after == 'i' || after == 'y')) return "s";
    if (letter == 'x') return before && !unspaced ? "ks" : "S"; /* Alexander; Xi, Xavier */
    if (letter == 'y' && before && !vowel(after)) return "i";
    if (letter >= '0' && letter <= '9') {
        static const char digits[10][2] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
        return digits[letter - '0'];
    }
    return letter >= 'a' && letter <= 'z' ? plain[letter - 'a'] : "";
}

size_t mz_phones(mz_str latin, uint64_t lone_h, bool unspaced, uint8_t *ret_phones, size_t most, size_t *ret_read) {
    size_t count = 0, at = 0;
    while (at < latin.size) {
        char letter = latin.data[at];
        const char *phones;
        size_t size = spelled(latin.data + at, latin.size - at, at < 64 ? lone_h >> at : 0, &phones);
        if (!size) {
            size = 1;
            phones = letter_phones(letter, at ? latin.data[at - 1] : '\0',
                                   at + 1 < latin.size ? latin.data[at + 1] : '\0', unspaced);
        }
        if (count + strlen(phones) > most) break;
        for (; *phones; phones++) {
            uint8_t phone = mz_phone_of_letter(*phones);
            bool digit = *phones >= '0' && *phones <= '9';
            if (count && ret_phones[count - 1] == phone && !digit) continue; /* doubled letters are one sound */
            ret_phones[count++] = phone;
        }
        at += size;
    }
    *ret_read = at;
    return count;
}

const uint8_t mz_phone_classes[MZ_PHONE_COUNT] = {0, 0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  2,  2, 3,
                                                  4, 5,  5,  5,  6,  6,  7,  7,  7,  7,  8,  8,  8, 9,
                                                  8, 10, 11, 12, 12, 12, 12, 12, 13, 13, 13, 13, 13};

uint64_t mz_phones_skeleton(const uint8_t *phones, size_t count) {
    /* labials are one, dentals with s and z (ث is written th, t and s), all that is said at the back */
    static const uint8_t kin[MZ_PHONE_CLASS_COUNT] = {0, 1, 1, 3, 4, 5, 5, 7, 8, 8, 10, 11, 12, 13};
    uint64_t skeleton = 0;
    unsigned length = 0;
    uint8_t last = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t class = kin[mz_phone_class(phones[i])];
        if (!class || class == last) continue;
        last = class;
        if (length < 15)
            skeleton |= (uint64_t) class << 4 * length;
        else
            skeleton = skeleton * 0x9E3779B97F4A7C15u + class;
        length++;
    }
    return length > 15 ? skeleton | UINT64_C(1) << 63 : skeleton;
}
