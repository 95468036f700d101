/* Drawing entities. Shares and exponents follow lists of politically exposed persons and of sanctions as they are
 * published: how many words names have was counted there, nothing of whom they name was kept. */
#include "bench/corpus.h"

#include "base/ascii.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 12, GIVEN_TAIL = 8000, FIRM_RANKS = 400, FALL_1 = 58254, FALL_FAMILY = 57830 };

typedef struct culture_shape {
    uint16_t share;       /* of people, in thousandths */
    uint32_t families;    /* ranks of family names */
    part_script script;   /* PART_SCRIPTS: Latin only */
    uint8_t native_first; /* percent whose own name is in it */
    const char *countries[6];
} culture_shape;

static const culture_shape shapes[PART_CULTURE_COUNT] = {
    [PART_arabic] = {190, 400000, PART_ARABIC, 25, {"sy", "iq", "eg", "sa", "ye", "lb"}},
    [PART_maghrebi] = {60, 250000, PART_ARABIC, 15, {"ma", "dz", "tn", "ly", "mr", "ma"}},
    [PART_iranian] = {60, 250000, PART_ARABIC, 20, {"ir", "af", "ir", "tj", "pk", "ir"}},
    [PART_south_asian] = {100, 350000, PART_ARABIC, 3, {"in", "pk", "bd", "lk", "np", "in"}},
    [PART_turkic] = {50, 200000, PART_SCRIPTS, 0, {"tr", "az", "kz", "uz", "tm", "tr"}},
    [PART_east_slavic] = {140, 400000, PART_CYRILLIC, 35, {"ru", "ua", "by", "ru", "ru", "kz"}},
    [PART_south_slavic] = {30, 150000, PART_CYRILLIC, 10, {"rs", "ba", "hr", "bg", "mk", "me"}},
    [PART_west_slavic] = {30, 200000, PART_SCRIPTS, 0, {"pl", "cz", "sk", "pl", "pl", "cz"}},
    [PART_hebrew] = {15, 80000, PART_HEBREW, 20, {"il", "il", "il", "il", "us", "fr"}},
    [PART_western] = {110, 600000, PART_SCRIPTS, 0, {"us", "gb", "fr", "de", "it", "ca"}},
    [PART_iberian] = {80, 250000, PART_SCRIPTS, 0, {"mx", "co", "ve", "es", "br", "pt"}},
    [PART_african] = {50, 300000, PART_SCRIPTS, 0, {"ng", "sn", "cd", "ml", "ke", "za"}},
    [PART_vietnamese] = {10, 20000, PART_SCRIPTS, 0, {"vn", "vn", "vn", "vn", "us", "fr"}},
    [PART_chinese] = {45, 60, PART_HAN, 25, {"cn", "cn", "hk", "tw", "sg", "cn"}},
    [PART_korean] = {15, 40, PART_HANGUL, 20, {"kp", "kr", "kp", "kr", "kp", "kr"}},
    [PART_japanese] = {15, 90000, PART_KANA, 10, {"jp", "jp", "jp", "jp", "jp", "br"}},
};

struct corpus {
    const parts *p;
    uint64_t seed;
    part_list given[PART_CULTURE_COUNT], family[PART_CULTURE_COUNT]; /* the culture's own, then the script's */
    zipf given_ranks[PART_CULTURE_COUNT], family_ranks[PART_CULTURE_COUNT];
    zipf firm_ranks[PART_FIRMS][FIRM_SCRIPTS];
    zipf words; /* of firms' own names */
};

/* ---- making one ---- */

static bool join_lists(part_list *out, const part_list *own, const part_list *tail) {
    uint32_t count = own->count + tail->count;
    out->items = malloc(((size_t)count + 1) * sizeof *out->items);
    if (!out->items) return false;
    if (own->count) memcpy(out->items, own->items, own->count * sizeof *own->items);
    if (tail->count) memcpy(out->items + own->count, tail->items, tail->count * sizeof *tail->items);
    out->count = out->room = count;
    return true;
}

mz_status corpus_new(const parts *p, uint64_t seed, corpus **ret_corpus, mz_error *error) {
    static const part_list none = {0};
    corpus *c = calloc(1, sizeof *c);
    bool made = c != NULL;
    for (size_t k = 0; k < PART_CULTURE_COUNT && made; k++) {
        part_script script = shapes[k].script;
        bool syllables = k == PART_chinese || k == PART_korean;
        const part_list *tail = script == PART_SCRIPTS || !p->words[script].count ? &p->latin : &p->words[script];
        made = join_lists(&c->given[k], &p->given[k], syllables ? &none : tail) &&
               join_lists(&c->family[k], &p->family[k], syllables ? &none : tail);
        if (!made) break;
        zipf_make(&c->given_ranks[k], syllables ? c->given[k].count : GIVEN_TAIL, 8, FALL_1);
        zipf_make(&c->family_ranks[k], shapes[k].families, 12, FALL_FAMILY);
    }
    if (!made) {
        corpus_free(c);
        return mz_fail_memory(error);
    }
    c->p = p;
    c->seed = seed;
    zipf_make(&c->words, 300000, 16, FALL_FAMILY);
    for (size_t k = 0; k < PART_FIRMS; k++)
        for (size_t s = 0; s < FIRM_SCRIPTS; s++)
            if (p->firm_count[k][s]) zipf_make(&c->firm_ranks[k][s], p->firm_count[k][s], 8, FALL_1);
    *ret_corpus = c;
    return MZ_OK;
}

void corpus_free(corpus *c) {
    if (!c) return;
    for (size_t k = 0; k < PART_CULTURE_COUNT; k++) free(c->given[k].items), free(c->family[k].items);
    free(c);
}

/* ---- writing names ---- */

/* The first letter as a capital: Latin with accents and Cyrillic have theirs 32 code points before. */
static void capital(char *word) {
    unsigned char a = (unsigned char)word[0], b = (unsigned char)word[1];
    if (a >= 'a' && a <= 'z')
        word[0] = (char)(a - 'a' + 'A');
    else if (a == 0xc3 && b >= 0xa0 && b != 0xb7 && b != 0xbf)
        word[1] = (char)(b - 0x20);
    else if (a == 0xd0 && b >= 0xb0 && b <= 0xbf)
        word[1] = (char)(b - 0x20);
    else if (a == 0xd1 && b >= 0x80 && b <= 0x8f)
        word[0] = (char)0xd0, word[1] = (char)(b + 0x20);
}

typedef struct writing {
    corpus_entity *entity;
    size_t start;
    bool joined; /* no blanks: Han and Hangul */
} writing;

static writing write_name(corpus_entity *e, bool joined) {
    return (writing){e, e->used, joined};
}

static void write_word(writing *w, const char *data, size_t size, bool capitals) {
    corpus_entity *e = w->entity;
    if (e->used + size + 2 > sizeof e->text || !size) return;
    if (e->used > w->start && !w->joined) e->text[e->used++] = ' ';
    memcpy(e->text + e->used, data, size);
    e->text[e->used + size] = '\0';
    if (capitals && size > 1) capital(e->text + e->used);
    e->used += size;
}

/* A name is entered unless it says what another one says. */
static void end_name(writing *w) {
    corpus_entity *e = w->entity;
    mz_str name = {e->text + w->start, e->used - w->start};
    bool kept = name.size && e->name_count < CORPUS_NAMES_MOST;
    for (size_t i = 0; i < e->name_count && kept; i++) kept = !mz_str_equal(name, e->names[i]);
    if (kept)
        e->names[e->name_count++] = name;
    else
        e->used = w->start;
}

static void all_capitals(mz_str name) {
    char *text = (char *)(uintptr_t)name.data;
    for (size_t i = 0; i < name.size; i++)
        if (text[i] >= 'a' && text[i] <= 'z') text[i] = (char)(text[i] - 'a' + 'A');
}

/* Another spelling of a Latin word: one of the habits in which passports and newspapers differ. */
static void respell(made_word *word, chance *ch) {
    static const char *const habits[][2] = {
        {"ou", "u"}, {"u", "ou"}, {"ee", "i"},  {"i", "y"},  {"y", "i"},   {"k", "q"},  {"q", "k"},  {"dj", "j"},
        {"j", "dj"}, {"e", "a"},  {"a", "e"},   {"ph", "f"}, {"sh", "ch"}, {"v", "w"},  {"w", "ou"}, {"ss", "s"},
        {"s", "ss"}, {"kh", "h"}, {"ts", "tz"}, {"o", "u"},  {"c", "k"},   {"th", "t"}, {"h", ""},   {"m", "mm"},
    };
    enum { HABITS = sizeof habits / sizeof habits[0] };
    uint32_t first = chance_below(ch, HABITS);
    for (uint32_t h = 0; h < HABITS; h++) {
        const char *from = habits[(first + h) % HABITS][0], *to = habits[(first + h) % HABITS][1];
        size_t from_size = strlen(from), to_size = strlen(to), start = chance_below(ch, word->latin_size);
        if (word->latin_size <= from_size || word->latin_size + to_size >= PART_WORD_MOST) continue;
        char *at = memmem(word->latin + start, word->latin_size - start, from, from_size);
        if (!at) continue;
        memmove(at + to_size, at + from_size, word->latin_size - (size_t)(at - word->latin) - from_size);
        memcpy(at, to, to_size);
        word->latin_size = (uint8_t)(word->latin_size + to_size - from_size);
        return;
    }
}

/* ---- people ---- */

typedef struct person {
    made_word words[WORDS_MOST];
    bool family[WORDS_MOST]; /* else a given name */
    size_t count;
    bool first_family, initial, article, filiation;
} person;

/* Per cent of names with 1 … 6 words, and more. */
static size_t word_count(chance *ch) {
    static const uint8_t up_to[] = {3, 45, 77, 90, 95, 98};
    uint32_t r = chance_below(ch, 100);
    for (size_t n = 0; n < sizeof up_to; n++)
        if (r < up_to[n]) return n + 1;
    return 7 + chance_below(ch, 4);
}

static void draw_person(const corpus *c, part_culture k, chance *ch, person *out) {
    bool east = k == PART_chinese || k == PART_korean;
    out->count = east ? 2 + (chance_below(ch, 10) < 7) : word_count(ch);
    out->first_family = east || k == PART_vietnamese;
    for (size_t i = 0; i < out->count; i++) {
        bool last = out->first_family ? i == 0 : i + 1 == out->count;
        out->family[i] = last || (!east && chance_below(ch, 10) >= 7);
        if (out->family[i])
            parts_word(&c->family[k], zipf_draw(&c->family_ranks[k], ch), &out->words[i]);
        else
            parts_word(&c->given[k], zipf_draw(&c->given_ranks[k], ch), &out->words[i]);
    }
    out->initial = !east && out->count > 2 && chance_percent(ch, 4);
    bool arabic = k == PART_arabic || k == PART_maghrebi;
    out->article = arabic && chance_percent(ch, 35);
    out->filiation = arabic && out->count > 2 && chance_percent(ch, 12);
}

static bool has_native(const person *one) {
    for (size_t i = 0; i < one->count; i++)
        if (!one->words[i].native_size) return false;
    return true;
}

static void write_latin(corpus_entity *e, const person *one, chance *ch) {
    static const char *const articles[] = {"al-", "el ", "al ", "el-", "Al-"};
    bool east = e->culture == PART_chinese || e->culture == PART_korean;
    const char *article = articles[chance_below(ch, 5)];
    writing w = write_name(e, false);
    for (size_t i = 0; i < one->count; i++) {
        const made_word *word = &one->words[i];
        bool last = i + 1 == one->count;
        if (one->filiation && i == 1) write_word(&w, e->culture == PART_maghrebi ? "ben" : "bin", 3, false);
        if (one->initial && i == 1 && !last) {
            write_word(&w, word->latin, 1, false);
            e->text[e->used - 1] = (char)(mz_is_letter(word->latin[0]) ? word->latin[0] - 'a' + 'A' : 'A');
            continue;
        }
        char text[PART_WORD_MOST + 8];
        size_t size = 0;
        if (one->article && last) size = strlen(article), memcpy(text, article, size);
        memcpy(text + size, word->latin, word->latin_size);
        capital(text + size);
        w.joined = east && i == 2; /* the two syllables of a given name are one word */
        write_word(&w, text, size + word->latin_size, false);
    }
    end_name(&w);
}

static void write_native(corpus_entity *e, const person *one) {
    writing w = write_name(e, shapes[e->culture].script == PART_HAN || shapes[e->culture].script == PART_HANGUL);
    for (size_t i = 0; i < one->count; i++) {
        const made_word *word = &one->words[i];
        bool article = one->article && i + 1 == one->count;
        char text[PART_WORD_MOST + 8] = "ال";
        size_t size = article ? strlen(text) : 0;
        memcpy(text + size, word->native, word->native_size);
        if (one->filiation && i == 1) write_word(&w, "بن", strlen("بن"), false);
        write_word(&w, text, size + word->native_size, true);
    }
    end_name(&w);
}

static void drop_word(person *one, size_t at) {
    memmove(&one->words[at], &one->words[at + 1], (one->count - at - 1) * sizeof one->words[0]);
    memmove(&one->family[at], &one->family[at + 1], (one->count - at - 1) * sizeof one->family[0]);
    one->count--;
}

/* Another name of the same person. */
static void person_alias(const corpus *c, corpus_entity *e, const person *own, chance *ch) {
    person one = *own;
    uint32_t kind = chance_below(ch, 100);
    if (kind < 30 && has_native(&one)) {
        write_native(e, &one);
        return;
    }
    if (kind < 55) {
        respell(&one.words[chance_below(ch, (uint32_t)one.count)], ch);
    } else if (kind < 70 && one.count > 2) {
        drop_word(&one, 1 + chance_below(ch, (uint32_t)one.count - 2));
    } else if (kind < 80 && one.count < WORDS_MOST && one.count > 1) {
        one.words[one.count] = one.words[one.count - 1];
        parts_word(&c->given[e->culture], zipf_draw(&c->given_ranks[e->culture], ch), &one.words[one.count - 1]);
        one.count++;
    } else if (kind < 92) {
        for (size_t i = 0; i < one.count; i++) respell(&one.words[i], ch);
    } else {
        draw_person(c, e->culture, ch, &one); /* a name of another life */
    }
    write_latin(e, &one, ch);
}

static size_t alias_count(chance *ch) {
    static const uint8_t up_to[] = {40, 71, 86, 94, 97, 99};
    uint32_t r = chance_below(ch, 100);
    for (size_t n = 0; n < sizeof up_to; n++)
        if (r < up_to[n]) return n;
    return sizeof up_to;
}

static void make_person(const corpus *c, corpus_entity *e, chance *ch) {
    person one;
    uint32_t r = chance_below(ch, 1000), k = 0;
    while (k + 1 < PART_CULTURE_COUNT && r >= shapes[k].share) r -= shapes[k++].share;
    e->schema = MZ_SCHEMA_Person;
    e->culture = (part_culture)k;
    draw_person(c, e->culture, ch, &one);
    e->female = !one.first_family && one.words[0].female;
    if (chance_percent(ch, shapes[k].native_first) && has_native(&one)) write_native(e, &one);
    size_t aliases = alias_count(ch);
    if (!e->name_count || aliases) write_latin(e, &one, ch);
    bool capitals = chance_percent(ch, 20);
    for (size_t i = e->name_count > 1; i < aliases; i++) person_alias(c, e, &one, ch);
    for (size_t i = 0; i < e->name_count && capitals; i++) all_capitals(e->names[i]);
}

/* ---- firms and ships ---- */

static void write_own_words(const corpus *c, writing *w, firm_script script, size_t count, chance *ch) {
    static const part_script scripts[FIRM_SCRIPTS] = {PART_SCRIPTS, PART_ARABIC, PART_CYRILLIC, PART_HAN};
    const part_list *list = script == FIRM_LATIN ? &c->p->latin : &c->p->words[scripts[script]];
    made_word word;
    for (size_t i = 0; i < count; i++) {
        parts_word(list->count ? list : &c->p->latin, zipf_draw(&c->words, ch), &word);
        if (script == FIRM_LATIN || !list->count)
            write_word(w, word.latin, word.latin_size, true);
        else
            write_word(w, word.native, word.native_size, true);
    }
}

static void write_firm_word(const corpus *c, writing *w, part_firm kind, firm_script script, chance *ch) {
    if (!c->p->firm_count[kind][script]) return;
    mz_str word = c->p->firms[kind][script][zipf_draw(&c->firm_ranks[kind][script], ch)];
    write_word(w, word.data, word.size, true);
}

static void write_firm(const corpus *c, corpus_entity *e, firm_script script, chance *own_words, chance *ch) {
    writing w = write_name(e, script == FIRM_HAN);
    size_t own = 1 + (chance_below(own_words, 3) == 0);
    bool before = script == FIRM_ARABIC || (script == FIRM_CYRILLIC && chance_percent(ch, 70));
    if (before) write_firm_word(c, &w, script == FIRM_ARABIC ? PART_COMMON : PART_LEGAL, script, ch);
    if (chance_percent(own_words, 25)) write_firm_word(c, &w, PART_PLACE, script, own_words);
    if (chance_percent(own_words, 30)) write_firm_word(c, &w, PART_NOTION, script, own_words);
    write_own_words(c, &w, script, own, own_words);
    if (chance_percent(own_words, 70)) write_firm_word(c, &w, PART_ACTIVITY, script, own_words);
    if (chance_percent(own_words, 25)) write_firm_word(c, &w, PART_ACTIVITY, script, own_words);
    if (chance_percent(own_words, 20)) write_firm_word(c, &w, PART_GENERIC, script, own_words);
    if (chance_percent(ch, 30)) write_firm_word(c, &w, PART_COMMON, script, ch);
    if (!before && chance_percent(ch, 75)) write_firm_word(c, &w, PART_LEGAL, script, ch);
    end_name(&w);
}

/* Its aliases have the same words of its own and other forms and generic words; some are short. */
static void make_firm(const corpus *c, corpus_entity *e, chance *ch) {
    static const uint8_t up_to[] = {76, 86, 95, 100};
    uint32_t r = chance_below(ch, 100);
    firm_script script = FIRM_LATIN;
    while (r >= up_to[script]) script++;
    e->schema = chance_percent(ch, 60) ? MZ_SCHEMA_Company : MZ_SCHEMA_Organization;
    e->culture = script == FIRM_LATIN ? PART_western : script == FIRM_ARABIC ? PART_arabic : PART_east_slavic;
    if (script == FIRM_HAN) e->culture = PART_chinese;
    chance own = chance_of(chance_next(ch), 1);
    size_t aliases = alias_count(ch);
    for (size_t i = 0; i <= aliases; i++) {
        chance words = own;
        if (i > 1) words = chance_of(chance_next(ch), 2); /* the second is the first with another form; others differ */
        write_firm(c, e, i == 1 && chance_percent(ch, 40) ? FIRM_LATIN : script, &words, ch);
    }
}

static void make_ship(const corpus *c, corpus_entity *e, chance *ch) {
    e->schema = MZ_SCHEMA_Vessel;
    e->culture = PART_western;
    for (size_t i = 0, aliases = alias_count(ch); i <= aliases; i++) {
        writing w = write_name(e, false);
        if (chance_percent(ch, 50)) write_firm_word(c, &w, PART_NOTION, FIRM_LATIN, ch);
        write_own_words(c, &w, FIRM_LATIN, 1, ch);
        char number = (char)('1' + chance_below(ch, 9));
        if (chance_percent(ch, 15)) write_word(&w, &number, 1, false);
        end_name(&w);
    }
    for (size_t i = 0; i < e->name_count; i++) all_capitals(e->names[i]);
}

void corpus_entity_of(const corpus *c, uint64_t number, corpus_entity *e, chance *rest) {
    chance ch = chance_of(c->seed, number);
    e->name_count = e->used = 0;
    e->female = false;
    uint32_t kind = chance_below(&ch, 100);
    if (kind < 83)
        make_person(c, e, &ch);
    else if (kind < 98)
        make_firm(c, e, &ch);
    else
        make_ship(c, e, &ch);
    *rest = ch;
}

/* ---- what else is known ---- */

static void text_property(mz_buffer *line, const char *name, mz_str value) {
    mz_buffer_print(line, ",\"%s\":[\"%.*s\"]", name, (int)value.size, value.data);
}

static void date_property(mz_buffer *line, const char *name, uint32_t from, uint32_t years, chance *ch) {
    uint32_t year = from + (chance_below(ch, years) + chance_below(ch, years)) / 2, precision = chance_below(ch, 100);
    uint32_t month = 1 + chance_below(ch, 12), day = 1 + chance_below(ch, 28);
    if (precision < 18)
        mz_buffer_print(line, ",\"%s\":[\"%u\"]", name, year);
    else if (precision < 22)
        mz_buffer_print(line, ",\"%s\":[\"%u-%02u\"]", name, year, month);
    else
        mz_buffer_print(line, ",\"%s\":[\"%u-%02u-%02u\"]", name, year, month, day);
}

static mz_str topic(chance *ch) {
    static const struct {
        uint8_t up_to;
        mz_str name;
    } topics[] = {{55, MZ_STR_INIT("role.pep")},  {70, MZ_STR_INIT("sanction")}, {82, MZ_STR_INIT("crime")},
                  {90, MZ_STR_INIT("debarment")}, {96, MZ_STR_INIT("role.rca")}, {100, MZ_STR_INIT("poi")}};
    uint32_t r = chance_below(ch, 100);
    size_t t = 0;
    while (r >= topics[t].up_to) t++;
    return topics[t].name;
}

void corpus_line(const corpus *c, uint64_t number, mz_buffer *line) {
    corpus_entity e;
    chance ch;
    corpus_entity_of(c, number, &e, &ch);
    mz_buffer_print(
        line, "{\"id\":\"invented-%llu\",\"schema\":\"%s\",\"caption\":\"%.*s\",\"properties\":{\"name\":[\"%.*s\"]",
        (unsigned long long)number, mz_schema_name(e.schema), (int)e.names[0].size, e.names[0].data,
        (int)e.names[0].size, e.names[0].data);
    for (size_t i = 1; i < e.name_count; i++)
        mz_buffer_print(line, "%s\"%.*s\"", i == 1 ? ",\"alias\":[" : ",", (int)e.names[i].size, e.names[i].data);
    if (e.name_count > 1) mz_buffer_char(line, ']');
    mz_str country = mz_str_of(shapes[e.culture].countries[chance_below(&ch, 6)]);
    if (chance_percent(&ch, 85)) text_property(line, e.schema == MZ_SCHEMA_Vessel ? "flag" : "country", country);
    if (e.schema == MZ_SCHEMA_Person) {
        if (chance_percent(&ch, 80)) date_property(line, "birthDate", 1935, 70, &ch);
        if (chance_percent(&ch, 60)) text_property(line, "gender", e.female ? MZ_STR("female") : MZ_STR("male"));
        if (chance_percent(&ch, 8))
            mz_buffer_print(line, ",\"passportNumber\":[\"%c%07u\"]", (char)('A' + chance_below(&ch, 26)),
                            chance_below(&ch, 10000000));
    } else if (e.schema != MZ_SCHEMA_Vessel) {
        if (chance_percent(&ch, 40)) date_property(line, "incorporationDate", 1960, 60, &ch);
        if (chance_percent(&ch, 30))
            mz_buffer_print(line, ",\"registrationNumber\":[\"%08u\"]", chance_below(&ch, 100000000));
    }
    text_property(line, "topics", topic(&ch));
    mz_buffer_print(line, "},\"datasets\":[\"invented_%u\"],\"target\":true}\n", chance_below(&ch, 40));
}
