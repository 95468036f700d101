/* Pinyin and Wade–Giles.
 *
 * Pinyin (ISO 7098) has some four hundred syllables; the table holds which endings follow which beginning. Wade and
 * Giles' spelling, in use until 1979 and in Taiwan long after, tells aspirated consonants by an apostrophe (t'ung,
 * tung: tong, dong), which lists and people drop. A consonant without one is read as unaspirated, as it is written;
 * where the apostrophe was dropped, the two differ by the cost of d for t. Rejected: a table of all syllables on both
 * sides, which is longer than the rules that make it. */
#include "names/chinese.h"

#include <string.h>

enum { SYLLABLES_MOST = 4, SYLLABLE_LETTERS_MOST = 7 };

/* Longer beginnings first. */
static const struct syllables {
    const char *initial, *finals;
} table[] = {
    {"zh", " a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo "},
    {"ch", " a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo "},
    {"sh", " a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo "},
    {"b", " a ai an ang ao ei en eng i ian iao ie in ing o u "},
    {"p", " a ai an ang ao ei en eng i ian iao ie in ing o ou u "},
    {"m", " a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u "},
    {"f", " a an ang ei en eng o ou u "},
    {"d", " a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo "},
    {"t", " a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo "},
    {"n", " a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue un uo "},
    {"l", " a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo "},
    {"g", " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo "},
    {"k", " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo "},
    {"h", " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo "},
    {"j", " i ia ian iang iao ie in ing iong iu u uan ue un "},
    {"q", " i ia ian iang iao ie in ing iong iu u uan ue un "},
    {"x", " i ia ian iang iao ie in ing iong iu u uan ue un "},
    {"r", " an ang ao e en eng i ong ou u ua uan ui un uo "},
    {"z", " a ai an ang ao e ei en eng i ong ou u uan ui un uo "},
    {"c", " a ai an ang ao e en eng i ong ou u uan ui un uo "},
    {"s", " a ai an ang ao e en eng i ong ou u uan ui un uo "},
    {"y", " a an ang ao e i in ing o ong ou u uan ue un "},
    {"w", " a ai an ang ei en eng o u "},
    {"", " a ai an ang ao e ei en eng er o ou "},
};

static bool has_final(const char *finals, const char *letters, size_t size) {
    if (!size) return false;
    for (const char *at = finals; *at; at++)
        if (*at == ' ' && strncmp(at + 1, letters, size) == 0 && at[1 + size] == ' ') return true;
    return false;
}

static bool syllable(const char *letters, size_t size) {
    /* names of all the world come here: most are told apart by a letter */
    if (!size || !memchr("aeioungr", letters[size - 1], 8)) return false;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (table[i].initial[0] && table[i].initial[0] != letters[0]) continue;
        size_t initial = strlen(table[i].initial);
        if (initial <= size && memcmp(letters, table[i].initial, initial) == 0 &&
            has_final(table[i].finals, letters + initial, size - initial))
            return true;
    }
    return false;
}

/* Whether the rest is made of at most `most` syllables; the longest first. */
static bool splits(const char *letters, size_t size, unsigned most) {
    if (!size) return true;
    if (!most) return false;
    for (size_t take = size < SYLLABLE_LETTERS_MOST ? size : SYLLABLE_LETTERS_MOST; take; take--)
        if (syllable(letters, take) && splits(letters + take, size - take, most - 1)) return true;
    return false;
}

bool mz_pinyin(mz_str latin) {
    return latin.size > 0 && latin.size <= (size_t)SYLLABLES_MOST * SYLLABLE_LETTERS_MOST &&
           splits(latin.data, latin.size, SYLLABLES_MOST);
}

/* ---- Wade–Giles ---- */

typedef struct exchange {
    const char *old, *plain, *aspirated;
} exchange;

static bool begins(const char *letters, size_t size, const char *with) {
    size_t length = strlen(with);
    return length <= size && memcmp(letters, with, length) == 0;
}

/* The ending of a syllable. */
static const char *final_of(const char *letters, size_t size, char before) {
    static const exchange finals[] = {{"ieh", "ie", NULL},  {"ien", "ian", NULL}, {"iung", "iong", NULL},
                                      {"ung", "ong", NULL}, {"ueh", "ue", NULL},  {"uei", "ui", NULL},
                                      {"ih", "i", NULL},    {"u", "u", NULL}};
    if (size == 1 && letters[0] == 'o') return before == 'k' || before == 'g' || before == 'h' ? "e" : "uo";
    for (size_t i = 0; i < sizeof finals / sizeof finals[0]; i++)
        if (strlen(finals[i].old) == size && memcmp(finals[i].old, letters, size) == 0) return finals[i].plain;
    return NULL;
}

/* One syllable into pinyin; 0 when it is none. Before i and u, ch is j and q; elsewhere zh and ch. */
static size_t convert(const char *letters, size_t size, bool aspirated, char *out) {
    static const exchange whole[] = {{"szu", "si", NULL}, {"ssu", "si", NULL},   {"tzu", "zi", "ci"},
                                     {"erh", "er", NULL}, {"yeh", "ye", NULL},   {"yen", "yan", NULL},
                                     {"jih", "ri", NULL}, {"shih", "shi", NULL}, {"chih", "zhi", "chi"}};
    static const exchange initials[] = {{"hs", "x", NULL}, {"ts", "z", "c"}, {"tz", "z", "c"}, {"sh", "sh", NULL},
                                        {"k", "g", "k"},   {"p", "b", "p"},  {"t", "d", "t"},  {"j", "r", NULL}};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        if (strlen(whole[i].old) == size && memcmp(whole[i].old, letters, size) == 0) {
            const char *found = aspirated && whole[i].aspirated ? whole[i].aspirated : whole[i].plain;
            memcpy(out, found, strlen(found));
            return strlen(found);
        }
    const char *initial = "";
    size_t read = 0;
    if (begins(letters, size, "ch")) {
        bool soft = size > 2 && (letters[2] == 'i' || (letters[2] == 'u' && size > 3 && letters[3] == 'e'));
        initial = soft ? (aspirated ? "q" : "j") : aspirated ? "ch" : "zh";
        read = 2;
    }
    for (size_t i = 0; !read && i < sizeof initials / sizeof initials[0]; i++) {
        if (!begins(letters, size, initials[i].old)) continue;
        initial = aspirated && initials[i].aspirated ? initials[i].aspirated : initials[i].plain;
        read = strlen(initials[i].old);
    }
    if (!read && size && !strchr("aeiou", letters[0])) {
        out[0] = letters[0];
        read = 1;
    } else {
        memcpy(out, initial, strlen(initial));
    }
    size_t written = *initial ? strlen(initial) : read;
    const char *final = final_of(letters + read, size - read, written ? out[written - 1] : '\0');
    size_t final_size = final ? strlen(final) : size - read;
    if (written + final_size > SYLLABLE_LETTERS_MOST) return 0;
    memcpy(out + written, final ? final : letters + read, final_size);
    return syllable(out, written + final_size) ? written + final_size : 0;
}

static bool apostrophe_after(mz_str written, size_t letters) {
    size_t seen = 0;
    for (size_t i = 0; i < written.size; i++) {
        unsigned char c = (unsigned char)written.data[i];
        if (seen == letters && (c == '\'' || c == '`' || c >= 0x80)) return true;
        if (seen == letters) return false;
        seen += c < 0x80 && c != '\'' && c != '`';
    }
    return false;
}

static size_t consonants(const char *letters, size_t size) {
    size_t count = 0;
    while (count < size && !strchr("aeiou", letters[count])) count++;
    return count;
}

static bool convert_all(mz_str latin, mz_str written, size_t at, unsigned most, char *out, size_t *size) {
    if (at == latin.size) return true;
    if (!most) return false;
    size_t left = latin.size - at, kept = *size;
    bool aspirated = apostrophe_after(written, at + consonants(latin.data + at, left));
    for (size_t take = left < SYLLABLE_LETTERS_MOST ? left : SYLLABLE_LETTERS_MOST; take; take--) {
        size_t made = convert(latin.data + at, take, aspirated, out + kept);
        if (!made) continue;
        *size = kept + made;
        if (convert_all(latin, written, at + take, most - 1, out, size)) return true;
    }
    *size = kept;
    return false;
}

mz_str mz_wade_giles(mz_str latin, mz_str written, mz_arena *arena, bool *ret_sure) {
    char out[(SYLLABLES_MOST + 1) * (SYLLABLE_LETTERS_MOST + 1)];
    size_t size = 0;
    *ret_sure = false;
    if (!latin.size || latin.size > (size_t)SYLLABLES_MOST * SYLLABLE_LETTERS_MOST) return (mz_str){"", 0};
    if (!convert_all(latin, written, 0, SYLLABLES_MOST, out, &size)) return (mz_str){"", 0};
    *ret_sure = !mz_pinyin(latin);
    for (size_t at = 1; at < latin.size && !*ret_sure; at++)
        *ret_sure = memchr("ptkh", latin.data[at - 1], 4) && apostrophe_after(written, at);
    return mz_arena_copy(arena, (mz_str){out, size});
}

mz_str mz_pinyin_sounds(mz_str latin, mz_arena *arena) {
    size_t size = 0;
    char *out = mz_arena_alloc(arena, 2 * latin.size + 1, 1);
    if (!out) return latin;
    for (size_t i = 0; i < latin.size; i++) {
        char c = latin.data[i], next = i + 1 < latin.size ? latin.data[i + 1] : '\0';
        const char *sounds = c == 'q' ? "ch" : c == 'x' ? "sh" : c == 'c' && next != 'h' ? "ts" : NULL;
        if (c == 'z' && next == 'h') {
            sounds = "j";
            i++;
        }
        if (!sounds) {
            out[size++] = c;
            continue;
        }
        memcpy(out + size, sounds, strlen(sounds));
        size += strlen(sounds);
    }
    return (mz_str){out, size};
}
