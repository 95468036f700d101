#include "match/place.h"

#include "base/ascii.h"
#include "match/word.h"
#include "mizan/country.h"

enum { ALIKE = 850, WORD_BYTES_LEAST = 2, COUNTRY_WORD_BYTES = 4, LONG_NUMBER = 1000 };

/* Words that addresses and descriptions of places have in every town, in normal form. */
static const char *const everywhere[] = {
    /* English */
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "av",
    "lane",
    "drive",
    "square",
    "building",
    "bldg",
    "block",
    "floor",
    "flat",
    "apartment",
    "apt",
    "suite",
    "unit",
    "office",
    "room",
    "house",
    "tower",
    "villa",
    "box",
    "po",
    "pob",
    "city",
    "town",
    "village",
    "district",
    "province",
    "region",
    "governorate",
    "county",
    "state",
    "republic",
    "area",
    "near",
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "of",
    "the",
    "and",
    "in",
    "from",
    "at",
    "no",
    "number",
    "postal",
    "code",
    "zip",
    "center",
    "centre",
    "subdistrict",
    "municipality",
    "township",
    "camp",
    "refugee",
    "quarter",
    "tribe",
    "zone",
    /* French, Spanish, Portuguese, Italian, German, Dutch */
    "rue",
    "boulevard",
    "bd",
    "blvd",
    "route",
    "chemin",
    "quartier",
    "lotissement",
    "immeuble",
    "etage",
    "ville",
    "region",
    "bp",
    "calle",
    "carrera",
    "avenida",
    "colonia",
    "barrio",
    "numero",
    "piso",
    "ciudad",
    "estado",
    "departamento",
    "rua",
    "via",
    "strasse",
    "straße",
    "str",
    "weg",
    "platz",
    "straat",
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "del",
    "da",
    "do",
    "y",
    "et",
    "und",
    /* Arabic and Persian, also romanised */
    "شارع",
    "طريق",
    "حي",
    "زنقه",
    "محافظه",
    "ولايه",
    "مدينه",
    "منطقه",
    "مبني",
    "بنايه",
    "طابق",
    "قرب",
    "صندوق",
    "بريد",
    "جاده",
    "استان",
    "خيابان",
    "كوچه",
    "من",
    "في",
    "shari",
    "sharia",
    "hay",
    "hayy",
    "zankat",
    "wilaya",
    "muhafazat",
    "ostan",
    "shahr",
    "khiaban",
    /* Cyrillic */
    "г",
    "д",
    "улица",
    "ул",
    "дом",
    "город",
    "область",
    "обл",
    "район",
    "проспект",
    "пр",
    "республика",
    "край",
    "село",
    "ulitsa",
    "ul",
    "dom",
    "gorod",
    "oblast",
    "obl",
    "rayon",
    "raion",
    "prospekt",
    "krai",
    "kray",
    "pereulok",
    "korpus",
    "rf",
    "ssr",
    "rsfsr",
};

/* Cities whose names in two languages do not sound alike: names of one city share a number; of two words the second
 * is behind a blank, articles are left out. In normal form. */
static const struct city {
    const char *name;
    uint16_t city;
} cities[] = {
    {"casablanca", 1},    {"dar beida", 1},
    {"dar baida", 1},     {"دار بيضا", 1},
    {"cairo", 2},         {"caire", 2},
    {"qahira", 2},        {"kahira", 2},
    {"قاهره", 2},         {"algiers", 3},
    {"alger", 3},         {"jazair", 3},
    {"جزاير", 3},         {"damascus", 4},
    {"damas", 4},         {"dimashq", 4},
    {"دمشق", 4},          {"jerusalem", 5},
    {"quds", 5},          {"قدس", 5},
    {"aleppo", 6},        {"alep", 6},
    {"halab", 6},         {"حلب", 6},
    {"tripoli", 7},       {"tarabulus", 7},
    {"trablous", 7},      {"طرابلس", 7},
    {"tangier", 8},       {"tangiers", 8},
    {"tanger", 8},        {"tanja", 8},
    {"طنجه", 8},          {"fez", 9},
    {"fes", 9},           {"فاس", 9},
    {"mecca", 10},        {"makkah", 10},
    {"mecque", 10},       {"مكه", 10},
    {"medina", 11},       {"madinah", 11},
    {"medine", 11},       {"sidon", 12},
    {"saida", 12},        {"صيدا", 12},
    {"tyre", 13},         {"sour", 13},
    {"صور", 13},          {"basra", 14},
    {"bassora", 14},      {"بصره", 14},
    {"bethlehem", 15},    {"beit lahm", 15},
    {"بيت لحم", 15},      {"hebron", 16},
    {"khalil", 16},       {"خليل", 16},
    {"nouakchott", 17},   {"نواكشوط", 17},
    {"laayoune", 18},     {"عيون", 18},
    {"tetouan", 19},      {"tetuan", 19},
    {"تطوان", 19},        {"essaouira", 20},
    {"mogador", 20},      {"صويره", 20},
    {"moscow", 21},       {"moscou", 21},
    {"moskva", 21},       {"москва", 21},
    {"kyiv", 22},         {"kiev", 22},
    {"киев", 22},         {"київ", 22},
    {"beijing", 23},      {"pekin", 23},
    {"peking", 23},       {"北京", 23},
    {"guangzhou", 24},    {"canton", 24},
    {"yangon", 25},       {"rangoon", 25},
    {"mumbai", 26},       {"bombay", 26},
    {"kolkata", 27},      {"calcutta", 27},
    {"chennai", 28},      {"madras", 28},
    {"vienna", 29},       {"vienne", 29},
    {"wien", 29},         {"munich", 30},
    {"munchen", 30},      {"cologne", 31},
    {"koln", 31},         {"geneva", 32},
    {"geneve", 32},       {"genf", 32},
    {"brussels", 33},     {"bruxelles", 33},
    {"brussel", 33},      {"antwerp", 34},
    {"anvers", 34},       {"antwerpen", 34},
    {"hague", 35},        {"haye", 35},
    {"haag", 35},         {"london", 36},
    {"londres", 36},      {"لندن", 36},
    {"athens", 37},       {"athenes", 37},
    {"athina", 37},       {"αθηνα", 37},
    {"warsaw", 38},       {"varsovie", 38},
    {"warszawa", 38},     {"prague", 39},
    {"praha", 39},        {"copenhagen", 40},
    {"kobenhavn", 40},    {"copenhague", 40},
    {"lisbon", 41},       {"lisbonne", 41},
    {"lisboa", 41},       {"rome", 42},
    {"roma", 42},         {"milan", 43},
    {"milano", 43},       {"venice", 44},
    {"venezia", 44},      {"venise", 44},
    {"florence", 45},     {"firenze", 45},
    {"turin", 46},        {"torino", 46},
    {"naples", 47},       {"napoli", 47},
    {"seville", 48},      {"sevilla", 48},
    {"istanbul", 49},     {"constantinople", 49},
    {"izmir", 50},        {"smyrna", 50},
    {"nicosia", 51},      {"lefkosia", 51},
    {"lefkosa", 51},      {"astana", 52},
    {"nursultan", 52},    {"volgograd", 53},
    {"stalingrad", 53},   {"petersburg", 54},
    {"leningrad", 54},    {"ekaterinburg", 55},
    {"sverdlovsk", 55},   {"nizhny novgorod", 56},
    {"gorky", 56},        {"dushanbe", 57},
    {"stalinabad", 57},   {"bishkek", 58},
    {"frunze", 58},       {"kinshasa", 59},
    {"leopoldville", 59}, {"maputo", 60},
    {"harare", 61},       {"salisbury", 61},
    {"mogadishu", 62},    {"mogadiscio", 62},
    {"muqdisho", 62},     {"مقديشو", 62},
};

static bool is_everywhere(mz_str folded) {
    for (size_t i = 0; i < sizeof everywhere / sizeof everywhere[0]; i++)
        if (mz_str_equal(mz_str_of(everywhere[i]), folded)) return true;
    return false;
}

/* Without the article that Arabic writes joined. */
static mz_str bare(mz_str folded) {
    static const mz_str article = MZ_STR_INIT("ال");
    if (folded.size > article.size + 2 && memcmp(folded.data, article.data, article.size) == 0)
        return (mz_str){folded.data + article.size, folded.size - article.size};
    return folded;
}

/* The city that a word is, or a word and the next; 0 when none. */
static uint16_t city_of(mz_str first, mz_str second) {
    first = bare(first);
    second = bare(second);
    for (size_t i = 0; i < sizeof cities / sizeof cities[0]; i++) {
        mz_str name = mz_str_of(cities[i].name);
        bool whole = name.size == first.size + (second.size ? second.size + 1 : 0);
        if (!whole || memcmp(name.data, first.data, first.size) != 0) continue;
        if (!second.size) return cities[i].city;
        if (name.data[first.size] == ' ' && memcmp(name.data + first.size + 1, second.data, second.size) == 0)
            return cities[i].city;
    }
    return 0;
}

static bool is_article(const mz_word *word) {
    return mz_str_equal(word->folded, MZ_STR("al")) || mz_str_equal(word->folded, MZ_STR("el"));
}

static void add_number(mz_place *place, mz_str digits) {
    uint32_t number = 0;
    for (size_t i = 0; i < digits.size; i++)
        if (mz_is_digit(digits.data[i])) number = (number % 100000000) * 10 + (uint32_t)(digits.data[i] - '0');
    if (place->number_count == MZ_PLACE_NUMBERS_MOST) return;
    size_t at = place->number_count++;
    for (; at > 0 && place->numbers[at - 1] > number; at--) place->numbers[at] = place->numbers[at - 1];
    place->numbers[at] = number;
}

/* An article joined in front: Aldawra, الدورة. */
static uint8_t joined_article(const mz_word *word) {
    if (word->script == MZ_SCRIPT_ARABIC) return bare(word->folded).size < word->folded.size ? 2 : 0;
    bool article = word->latin.size > 5 && (word->latin.data[0] == 'a' || word->latin.data[0] == 'e');
    return article && word->latin.data[1] == 'l' ? 2 : 0;
}

static bool add_word(mz_place *place, const mz_word *word, uint16_t city, mz_arena *arena) {
    uint8_t phones[MZ_PHONES_MOST], *kept;
    size_t read,
        count = mz_phones(word->latin, word->lone_h, mz_script_unspaced(word->script), phones, sizeof phones, &read);
    if (!(kept = MZ_ARENA_NEW(arena, count + 1, uint8_t))) return false;
    memcpy(kept, phones, count);
    place->words[place->word_count++] = (mz_place_word){.word = {.folded = word->folded,
                                                                 .original = word->original,
                                                                 .phones = kept,
                                                                 .phone_count = (uint8_t)count,
                                                                 .skeleton = mz_phones_skeleton(kept, count),
                                                                 .bare = count > 2 ? joined_article(word) : 0,
                                                                 .class = MZ_WORD_PLAIN,
                                                                 .script = (uint8_t)word->script,
                                                                 .system = (uint8_t)mz_sound_system_of(word->script),
                                                                 .weight = MZ_WEIGHT_FULL},
                                                        .city = city};
    return true;
}

static bool choose_words(mz_place *place, const mz_word *words, size_t word_count, mz_arena *arena) {
    const mz_word *kept[MZ_NAME_WORDS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < word_count; i++) {
        if (words[i].number)
            add_number(place, words[i].folded);
        else if (words[i].folded.size >= WORD_BYTES_LEAST && !is_article(&words[i]))
            kept[count++] = &words[i];
    }
    for (size_t i = 0; i < count && place->word_count < MZ_PLACE_WORDS_MOST; i++) {
        uint16_t city = i + 1 < count ? city_of(kept[i]->folded, kept[i + 1]->folded) : 0;
        bool two = city != 0;
        if (!two) city = city_of(kept[i]->folded, (mz_str){NULL, 0});
        if (!city && is_everywhere(kept[i]->folded)) continue;
        if (!add_word(place, kept[i], city, arena)) return false;
        i += two;
    }
    return true;
}

static void add_country(mz_place *place, const char *code) {
    for (size_t i = 0; i < place->country_count; i++)
        if (strcmp(place->countries[i], code) == 0) return;
    if (place->country_count < MZ_PLACE_COUNTRIES_MOST) place->countries[place->country_count++] = code;
}

/* Emirates that lists write for the country, and people for the town. */
static bool is_town_too(mz_str piece) {
    return mz_same_word(piece, "dubai") || mz_same_word(piece, "abu dhabi");
}

/* A country written behind a town without a comma: "Mosul Iraq". Takes it off. */
static mz_str without_last_country(mz_place *place, mz_str piece) {
    size_t at = piece.size;
    while (at && piece.data[at - 1] != ' ') at--;
    mz_str last = {piece.data + at, piece.size - at};
    const char *code = at && last.size >= COUNTRY_WORD_BYTES ? mz_country_code(last) : NULL;
    if (!code) return piece;
    add_country(place, code);
    return is_town_too(last) ? piece : (mz_str){piece.data, at - 1};
}

static bool divides(char c) {
    return c == ',' || c == ';' || c == '(' || c == ')' || c == '[' || c == ']' || c == '\n';
}

/* Puts countries aside, and what is left into `room`, as large as the text and one byte more for each piece. */
static mz_str divide(mz_place *place, mz_str text, char *room) {
    size_t size = 0;
    static const mz_str comma = MZ_STR_INIT("،");
    for (size_t start = 0, at = 0; at <= text.size; at++) {
        bool arabic = at + comma.size <= text.size && memcmp(text.data + at, comma.data, comma.size) == 0;
        if (at < text.size && !divides(text.data[at]) && !arabic) continue;
        mz_str piece = mz_trimmed((mz_str){text.data + start, at - start});
        at += arabic ? comma.size - 1 : 0;
        start = at + 1;
        const char *code = piece.size >= WORD_BYTES_LEAST ? mz_country_code(piece) : NULL;
        if (code)
            add_country(place, code);
        else
            piece = without_last_country(place, piece);
        if (code && !is_town_too(piece)) continue;
        memcpy(room + size, piece.data, piece.size);
        size += piece.size;
        room[size++] = ' ';
    }
    return (mz_str){room, size};
}

static mz_str cut(mz_str text) {
    if (text.size <= MZ_PLACE_BYTES) return text;
    text.size = MZ_PLACE_BYTES;
    while (text.size && ((unsigned char)text.data[text.size] & 0xC0) == 0x80) text.size--;
    return text;
}

const mz_place *mz_place_parse(mz_str text, mz_arena *arena) {
    mz_place *place = MZ_ARENA_NEW(arena, 1, mz_place);
    text = cut(text);
    char *room = MZ_ARENA_NEW(arena, 2 * text.size + 2, char);
    if (!place || !room) return NULL;
    if (!mz_utf8_valid(text, NULL)) return place;
    mz_word *words;
    size_t count;
    bool more;
    if (mz_text_words(divide(place, text, room), arena, MZ_NAME_WORDS_MOST, &words, &count, &more, NULL)) return NULL;
    return choose_words(place, words, count, arena) ? place : NULL;
}

/* ---- comparing ---- */

typedef struct pairing {
    size_t left_count, right_count;
    uint32_t alike[MZ_PLACE_WORDS_MOST]; /* by word of the left: a bit for each word of the right */
    int8_t partner[MZ_PLACE_WORDS_MOST]; /* of the right */
} pairing;

_Static_assert(MZ_PLACE_WORDS_MOST <= 32, "a bit for each word");

static bool alike(const mz_place_word *a, const mz_place_word *b) {
    if (a->city || b->city) return a->city == b->city;
    return mz_str_equal(a->word.folded, b->word.folded) || mz_word_likeness(&a->word, &b->word) >= ALIKE;
}

/* Finds a partner for a word of the left, others giving way. */
static bool pair_up(pairing *p, size_t left, uint32_t *tried) {
    for (size_t right = 0; right < p->right_count; right++) {
        uint32_t bit = UINT32_C(1) << right;
        if (!(p->alike[left] & bit) || (*tried & bit)) continue;
        *tried |= bit;
        if (p->partner[right] >= 0 && !pair_up(p, (size_t)p->partner[right], tried)) continue;
        p->partner[right] = (int8_t)left;
        return true;
    }
    return false;
}

size_t mz_place_words_shared(const mz_place *a, const mz_place *b) {
    pairing p = {.left_count = a->word_count, .right_count = b->word_count};
    size_t shared = 0;
    memset(p.partner, -1, sizeof p.partner);
    for (size_t i = 0; i < a->word_count; i++)
        for (size_t j = 0; j < b->word_count; j++)
            if (alike(&a->words[i], &b->words[j])) p.alike[i] |= UINT32_C(1) << j;
    for (size_t i = 0; i < a->word_count; i++) {
        uint32_t tried = 0;
        shared += pair_up(&p, i, &tried);
    }
    return shared;
}

size_t mz_place_numbers_shared(const mz_place *a, const mz_place *b, size_t *ret_long) {
    size_t shared = 0, i = 0, j = 0;
    *ret_long = 0;
    while (i < a->number_count && j < b->number_count) {
        uint32_t left = a->numbers[i], right = b->numbers[j];
        if (left == right) {
            shared++;
            *ret_long += left >= LONG_NUMBER;
        }
        i += left <= right;
        j += right <= left;
    }
    return shared;
}

mz_place_countries mz_place_countries_of(const mz_place *a, const mz_place *b) {
    if (!a->country_count || !b->country_count) return MZ_COUNTRIES_UNKNOWN;
    for (size_t i = 0; i < a->country_count; i++)
        for (size_t j = 0; j < b->country_count; j++)
            if (strcmp(a->countries[i], b->countries[j]) == 0) return MZ_COUNTRIES_SHARED;
    return MZ_COUNTRIES_DIFFER;
}
