/* The culture of a person's name: points from its script, from letters that few languages have, from endings and
 * beginnings of its words, and from words of the lexicon; the culture with most points has it, when it has enough.
 *
 * What decides is chosen so that it decides alone: an ending counts only in words long enough to have one, and what
 * two cultures share counts little for either. A wrong culture is worse than none, for none leaves everything as it
 * is. Rejected: a classifier learned from lists of people, which tells nationalities rather than how a name is made. */
#include "names/culture.h"

#include "names/chinese.h"

#include <uchar.h>

enum { POINTS_NEEDED = 3 };

const char *mz_culture_name(mz_culture culture) {
    static const char *const names[MZ_CULTURE_COUNT] = {
#define MZ_X(constant, name) name,
        MZ_CULTURES(MZ_X)
#undef MZ_X
    };
    return names[culture];
}

bool mz_culture_named(mz_str name, mz_culture *ret_culture) {
    for (mz_culture c = MZ_CULTURE_UNKNOWN; c < MZ_CULTURE_COUNT; c++) {
        if (!mz_str_equal(name, mz_str_of(mz_culture_name(c)))) continue;
        *ret_culture = c;
        return true;
    }
    return false;
}

/* Scripts that one culture writes. */
static mz_culture of_script(mz_script script) {
    switch (script) {
    case MZ_SCRIPT_GREEK: return MZ_CULTURE_GREEK;
    case MZ_SCRIPT_HEBREW: return MZ_CULTURE_HEBREW;
    case MZ_SCRIPT_HAN: return MZ_CULTURE_CHINESE;
    case MZ_SCRIPT_HANGUL: return MZ_CULTURE_KOREAN;
    case MZ_SCRIPT_KANA: return MZ_CULTURE_JAPANESE;
    case MZ_SCRIPT_ARMENIAN:
    case MZ_SCRIPT_GEORGIAN: return MZ_CULTURE_CAUCASIAN;
    case MZ_SCRIPT_THAI:
    case MZ_SCRIPT_BURMESE:
    case MZ_SCRIPT_KHMER:
    case MZ_SCRIPT_LAO: return MZ_CULTURE_SOUTH_EAST_ASIAN;
    case MZ_SCRIPT_DEVANAGARI:
    case MZ_SCRIPT_BENGALI:
    case MZ_SCRIPT_GURMUKHI:
    case MZ_SCRIPT_GUJARATI:
    case MZ_SCRIPT_ORIYA:
    case MZ_SCRIPT_TAMIL:
    case MZ_SCRIPT_TELUGU:
    case MZ_SCRIPT_KANNADA:
    case MZ_SCRIPT_MALAYALAM:
    case MZ_SCRIPT_SINHALA:
    case MZ_SCRIPT_THAANA: return MZ_CULTURE_SOUTH_ASIAN;
    case MZ_SCRIPT_ETHIOPIC: return MZ_CULTURE_AFRICAN;
    case MZ_SCRIPT_TIFINAGH: return MZ_CULTURE_MAGHREBI;
    case MZ_SCRIPT_ARABIC: return MZ_CULTURE_ARABIC;
    case MZ_SCRIPT_CYRILLIC: return MZ_CULTURE_EAST_SLAVIC;
    case MZ_SCRIPT_NONE:
    case MZ_SCRIPT_LATIN:
    case MZ_SCRIPT_OTHER:
    case MZ_SCRIPT_COUNT: break;
    }
    return MZ_CULTURE_UNKNOWN;
}

/* Letters that few languages write, in small and in capital form where they have both. Rows of one block of letters
 * stand together, so that a letter is looked for among its own. */
static const struct letters {
    const char16_t *letters;
    char16_t first, last; /* of the block */
    mz_culture culture;
    uint8_t points; /* for all of them in a name together */
} of_letters[] = {
    {u"پچژگکی", 0x600, 0x6FF, MZ_CULTURE_IRANIAN, 4},
    {u"ټډړږښڅځڼېۍګ", 0x600, 0x6FF, MZ_CULTURE_IRANIAN, 5},
    {u"ٹڈڑںےہھ", 0x600, 0x6FF, MZ_CULTURE_SOUTH_ASIAN, 6},
    {u"ڤڨ", 0x600, 0x6FF, MZ_CULTURE_MAGHREBI, 4},
    {u"јљњћђџЈЉЊЋЂЏѓќЃЌѕЅ", 0x400, 0x4FF, MZ_CULTURE_SOUTH_SLAVIC, 6},
    {u"әғқңөұүһӘҒҚҢӨҰҮҺ", 0x400, 0x4FF, MZ_CULTURE_TURKIC, 6},
    {u"ıİğĞ", 0x80, 0x24F, MZ_CULTURE_TURKIC, 4},
    {u"şŞ", 0x80, 0x24F, MZ_CULTURE_TURKIC, 2},
    {u"əƏ", 0x80, 0x2FF, MZ_CULTURE_TURKIC, 5},
    {u"łŁąĄęĘżŻźŹńŃśŚ", 0x80, 0x24F, MZ_CULTURE_WEST_SLAVIC, 3},
    {u"řŘěĚůŮľĽťŤďĎ", 0x80, 0x24F, MZ_CULTURE_WEST_SLAVIC, 4},
    {u"ćĆđĐ", 0x80, 0x24F, MZ_CULTURE_SOUTH_SLAVIC, 3},
    {u"ơƠưƯ", 0x80, 0x24F, MZ_CULTURE_VIETNAMESE, 6},
    {u"ãÃõÕ", 0x80, 0x24F, MZ_CULTURE_IBERIAN, 3},
    {u"ñÑ", 0x80, 0x24F, MZ_CULTURE_IBERIAN, 4},
    {u"ßäÄåÅæÆøØèÈêÊœŒùÙûÛ", 0x80, 0x24F, MZ_CULTURE_WESTERN, 3},
};

enum { VIETNAMESE_FIRST = 0x1EA0, VIETNAMESE_LAST = 0x1EF9 }; /* letters with two marks */

static void count_letters(mz_str text, unsigned *points) {
    bool seen[sizeof of_letters / sizeof of_letters[0]] = {false}, vietnamese = false;
    uint32_t letter;
    for (size_t at = 0; mz_utf8_next(text, &at, &letter);) {
        if (letter < 0x80 || letter > 0xFFFF) continue;
        vietnamese |= letter >= VIETNAMESE_FIRST && letter <= VIETNAMESE_LAST;
        for (size_t i = 0; i < sizeof of_letters / sizeof of_letters[0]; i++) {
            const struct letters *row = &of_letters[i];
            if (letter < row->first || letter > row->last || seen[i]) continue;
            for (const char16_t *c = row->letters; *c && !seen[i]; c++) seen[i] = *c == letter;
            if (seen[i]) points[row->culture] += row->points;
        }
    }
    if (vietnamese) points[MZ_CULTURE_VIETNAMESE] += 6;
}

/* How words begin and end, romanised. */
static const struct affix {
    const char *letters;
    mz_culture culture;
    uint8_t points, size; /* least letters of the whole word */
} endings[] =
    {
        {"ovich", MZ_CULTURE_EAST_SLAVIC, 4, 7}, {"evich", MZ_CULTURE_EAST_SLAVIC, 4, 7},
        {"ovna", MZ_CULTURE_EAST_SLAVIC, 4, 7},  {"evna", MZ_CULTURE_EAST_SLAVIC, 4, 7},
        {"ovych", MZ_CULTURE_EAST_SLAVIC, 4, 7}, {"enko", MZ_CULTURE_EAST_SLAVIC, 3, 6},
        {"ov", MZ_CULTURE_EAST_SLAVIC, 2, 5},    {"ova", MZ_CULTURE_EAST_SLAVIC, 2, 6},
        {"ev", MZ_CULTURE_EAST_SLAVIC, 2, 5},    {"eva", MZ_CULTURE_EAST_SLAVIC, 2, 6},
        {"iev", MZ_CULTURE_EAST_SLAVIC, 1, 6},   {"yev", MZ_CULTURE_EAST_SLAVIC, 1, 6},
        {"skiy", MZ_CULTURE_EAST_SLAVIC, 3, 7},  {"skyi", MZ_CULTURE_EAST_SLAVIC, 3, 7},
        {"skaya", MZ_CULTURE_EAST_SLAVIC, 3, 8}, {"skaia", MZ_CULTURE_EAST_SLAVIC, 3, 8},
        {"sky", MZ_CULTURE_EAST_SLAVIC, 2, 6},   {"chuk", MZ_CULTURE_EAST_SLAVIC, 2, 6},
        {"ovic", MZ_CULTURE_SOUTH_SLAVIC, 4, 7}, {"evic", MZ_CULTURE_SOUTH_SLAVIC, 4, 7},
        {"ski", MZ_CULTURE_WEST_SLAVIC, 2, 6},   {"ska", MZ_CULTURE_WEST_SLAVIC, 2, 6},
        {"czyk", MZ_CULTURE_WEST_SLAVIC, 3, 6},  {"wicz", MZ_CULTURE_WEST_SLAVIC, 4, 6},
        {"opoulos", MZ_CULTURE_GREEK, 4, 9},     {"opoulou", MZ_CULTURE_GREEK, 4, 9},
        {"idis", MZ_CULTURE_GREEK, 3, 7},        {"akis", MZ_CULTURE_GREEK, 3, 7},
        {"shvili", MZ_CULTURE_CAUCASIAN, 5, 8},  {"adze", MZ_CULTURE_CAUCASIAN, 4, 6},
        {"idze", MZ_CULTURE_CAUCASIAN, 4, 6},    {"yan", MZ_CULTURE_CAUCASIAN, 2, 7},
        {"oglu", MZ_CULTURE_TURKIC, 4, 6},       {"ogullari", MZ_CULTURE_TURKIC, 4, 9},
        {"bayev", MZ_CULTURE_TURKIC, 4, 8},      {"bekov", MZ_CULTURE_TURKIC, 4, 8},
        {"zadeh", MZ_CULTURE_IRANIAN, 4, 6},     {"zada", MZ_CULTURE_IRANIAN, 3, 6},
        {"zai", MZ_CULTURE_IRANIAN, 2, 6},       {"pour", MZ_CULTURE_IRANIAN, 3, 6},
        {"nejad", MZ_CULTURE_IRANIAN, 4, 7},     {"nezhad", MZ_CULTURE_IRANIAN, 4, 7},
        {"abadi", MZ_CULTURE_IRANIAN, 2, 7},     {"oullah", MZ_CULTURE_MAGHREBI, 2, 8},
        {"aoui", MZ_CULTURE_MAGHREBI, 3, 6},     {"eddine", MZ_CULTURE_MAGHREBI, 2, 8},
        {"uddin", MZ_CULTURE_SOUTH_ASIAN, 2, 7}, {"ez", MZ_CULTURE_IBERIAN, 2, 6},
        {"inho", MZ_CULTURE_IBERIAN, 2, 7},      {"eira", MZ_CULTURE_IBERIAN, 3, 6},
        {"sson", MZ_CULTURE_WESTERN, 3, 7},      {"sen", MZ_CULTURE_WESTERN, 1, 6},
        {"mann", MZ_CULTURE_WESTERN, 3, 6},      {"berg", MZ_CULTURE_WESTERN, 2, 6},
},
  beginnings[] = {
      {"benm", MZ_CULTURE_MAGHREBI, 2, 7}, {"bena", MZ_CULTURE_MAGHREBI, 2, 7}, {"benk", MZ_CULTURE_MAGHREBI, 3, 7},
      {"benh", MZ_CULTURE_MAGHREBI, 3, 7}, {"bens", MZ_CULTURE_MAGHREBI, 2, 7}, {"bena", MZ_CULTURE_MAGHREBI, 2, 7},
      {"belk", MZ_CULTURE_MAGHREBI, 3, 6}, {"belh", MZ_CULTURE_MAGHREBI, 3, 6}, {"bou", MZ_CULTURE_MAGHREBI, 2, 6},
      {"ouzz", MZ_CULTURE_MAGHREBI, 3, 6}, {"dj", MZ_CULTURE_MAGHREBI, 1, 5},   {"abdel", MZ_CULTURE_ARABIC, 1, 8},
};

static void count_affixes(mz_str latin, unsigned *points) {
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const struct affix *ending = &endings[i];
        if (latin.size < ending->size) continue;
        size_t size = strlen(ending->letters);
        if (memcmp(latin.data + latin.size - size, ending->letters, size) == 0)
            points[ending->culture] += ending->points;
    }
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        const struct affix *beginning = &beginnings[i];
        if (latin.size < beginning->size || latin.data[0] != beginning->letters[0]) continue;
        size_t size = strlen(beginning->letters);
        if (memcmp(latin.data, beginning->letters, size) == 0) points[beginning->culture] += beginning->points;
    }
}

/* A given name tells less than a family name: names travel. */
static void count_lexicon(const mz_draft *d, size_t i, unsigned *points) {
    mz_lexeme lexeme = mz_draft_lexeme(d, i, 1);
    bool counted[MZ_CULTURE_COUNT] = {false};
    for (size_t l = 0; l < lexeme.link_count; l++) {
        unsigned kind, culture;
        mz_lexeme_link(&lexeme, l, &kind, &culture);
        bool given = kind == MZ_LEXICON_MALE || kind == MZ_LEXICON_FEMALE;
        if ((!given && kind != MZ_LEXICON_CULTURE && kind != MZ_LEXICON_FAMILY) || counted[culture]) continue;
        counted[culture] = true;
        points[culture] += given ? 1 : 2;
    }
}

/* A family name of China, or what stands for one, beside nothing but syllables of pinyin. */
static bool all_pinyin(const mz_draft *d) {
    size_t words = 0;
    for (size_t i = 0; i < d->count; i++) {
        const mz_word *word = &d->words[i];
        if (word->script != MZ_SCRIPT_LATIN || !mz_pinyin(word->latin)) return false;
        words++;
    }
    return words > 1;
}

mz_culture mz_draft_culture(const mz_draft *d) {
    unsigned points[MZ_CULTURE_COUNT] = {0};
    for (size_t i = 0; i < d->count; i++) {
        const mz_word *word = &d->words[i];
        mz_culture culture = of_script(word->script);
        /* Arabic and Cyrillic letters serve many languages: single letters and endings say more */
        bool many = word->script == MZ_SCRIPT_ARABIC || word->script == MZ_SCRIPT_CYRILLIC;
        if (many && !points[culture])
            points[culture] = POINTS_NEEDED;
        else if (!many && culture)
            points[culture] += 2 * POINTS_NEEDED;
        if (word->script == MZ_SCRIPT_LATIN || word->script == MZ_SCRIPT_CYRILLIC) count_affixes(word->latin, points);
        count_lexicon(d, i, points);
    }
    if (points[MZ_CULTURE_CHINESE] && all_pinyin(d)) points[MZ_CULTURE_CHINESE] += 2;
    count_letters(d->name->text, points);
    /* kana beside characters: the characters are Japanese */
    if (points[MZ_CULTURE_JAPANESE]) points[MZ_CULTURE_CHINESE] = 0;
    mz_culture best = MZ_CULTURE_UNKNOWN;
    for (mz_culture c = MZ_CULTURE_UNKNOWN + 1; c < MZ_CULTURE_COUNT; c++)
        if (points[c] >= POINTS_NEEDED && points[c] > points[best]) best = c;
    return best;
}
