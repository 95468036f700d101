/* Reading the parts of names. Files that are not there are passed over: what is missing is made up by what is there. */
#include "bench/parts.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/file.h"
#include "bench/chance.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS_BYTES = 512 << 20, LINE_BYTES = 1 << 20, LATIN_LEAST = 3, NONE = UINT32_MAX };

static const char *const culture_names[] = {
#define PART_X(name, text) text,
    PART_CULTURES(PART_X)
#undef PART_X
};

static const mz_script scripts[PART_SCRIPTS] = {MZ_SCRIPT_ARABIC, MZ_SCRIPT_CYRILLIC, MZ_SCRIPT_HAN,
                                                MZ_SCRIPT_HANGUL, MZ_SCRIPT_KANA,     MZ_SCRIPT_HEBREW};

/* Syllables of given names, in the order of how common they are, nearly. */
static const char *const chinese_given[][2] = {
    {"伟", "wei"},   {"明", "ming"}, {"华", "hua"},   {"国", "guo"},   {"建", "jian"},  {"文", "wen"},   {"志", "zhi"},
    {"海", "hai"},   {"军", "jun"},  {"平", "ping"},  {"丽", "li"},    {"强", "qiang"}, {"芳", "fang"},  {"敏", "min"},
    {"静", "jing"},  {"杰", "jie"},  {"涛", "tao"},   {"玉", "yu"},    {"红", "hong"},  {"英", "ying"},  {"林", "lin"},
    {"春", "chun"},  {"永", "yong"}, {"德", "de"},    {"金", "jin"},   {"新", "xin"},   {"光", "guang"}, {"荣", "rong"},
    {"福", "fu"},    {"庆", "qing"}, {"雪", "xue"},   {"晓", "xiao"},  {"婷", "ting"},  {"佳", "jia"},   {"欣", "xin"},
    {"怡", "yi"},    {"子", "zi"},   {"涵", "han"},   {"宇", "yu"},    {"轩", "xuan"},  {"浩", "hao"},   {"然", "ran"},
    {"博", "bo"},    {"思", "si"},   {"雨", "yu"},    {"俊", "jun"},   {"峰", "feng"},  {"辉", "hui"},   {"鹏", "peng"},
    {"飞", "fei"},   {"凯", "kai"},  {"亮", "liang"}, {"斌", "bin"},   {"波", "bo"},    {"忠", "zhong"}, {"义", "yi"},
    {"民", "min"},   {"安", "an"},   {"康", "kang"},  {"成", "cheng"}, {"东", "dong"},  {"龙", "long"},  {"云", "yun"},
    {"生", "sheng"}, {"宝", "bao"},  {"秀", "xiu"},   {"兰", "lan"},   {"梅", "mei"},   {"霞", "xia"},   {"娟", "juan"},
};
static const char *const korean_given[][2] = {
    {"영", "young"}, {"정", "jung"},  {"현", "hyun"}, {"성", "sung"}, {"지", "ji"},   {"미", "mi"},   {"경", "kyung"},
    {"은", "eun"},   {"수", "soo"},   {"진", "jin"},  {"민", "min"},  {"희", "hee"},  {"상", "sang"}, {"재", "jae"},
    {"동", "dong"},  {"승", "seung"}, {"혜", "hye"},  {"선", "sun"},  {"호", "ho"},   {"준", "jun"},  {"철", "chul"},
    {"숙", "sook"},  {"태", "tae"},   {"연", "yeon"}, {"우", "woo"},  {"용", "yong"}, {"기", "ki"},   {"원", "won"},
    {"훈", "hoon"},  {"석", "seok"},  {"규", "kyu"},  {"한", "han"},  {"남", "nam"},  {"일", "il"},   {"광", "kwang"},
    {"명", "myung"}, {"인", "in"},    {"주", "joo"},  {"윤", "yoon"}, {"서", "seo"},
};

/* ---- lists of parts ---- */

static void add_part(parts *p, part_list *list, const word_part *one) {
    if (list->count == list->room) {
        uint32_t room = list->room ? 2 * list->room : 1024;
        word_part *grown = realloc(list->items, room * sizeof *grown);
        if (!grown) {
            p->arena.failed = p->arena.starved = true;
            return;
        }
        list->items = grown;
        list->room = room;
    }
    list->items[list->count] = *one;
    list->items[list->count].next = list->count;
    list->count++;
}

static bool plain_letters(mz_str word, size_t least) {
    size_t at = 0, letters = 0;
    uint32_t c;
    if (word.size >= PART_WORD_MOST / 2 || !mz_utf8_valid(word, NULL)) return false;
    while (mz_utf8_next(word, &at, &c)) {
        if (mz_script_of(c) == MZ_SCRIPT_NONE) return false;
        letters++;
    }
    return letters >= least;
}

static mz_str small_letters(parts *p, mz_str word) {
    mz_str copy = mz_arena_copy(&p->arena, word);
    for (size_t i = 0; i < copy.size; i++) ((char *)(uintptr_t)copy.data)[i] = mz_lower(copy.data[i]);
    return copy;
}

/* The same word written in two scripts. Its first spelling stands for the native word; the others join its ring. */
static void add_pair(parts *p, part_script script, mz_str latin, mz_str native, uint32_t count) {
    if (!plain_letters(latin, LATIN_LEAST) || !plain_letters(native, script == PART_HAN ? 1 : 2)) return;
    part_list *list = &p->words[script];
    word_part one = {.latin = small_letters(p, latin), .native = mz_arena_copy(&p->arena, native), .count = count};
    if (p->arena.failed) return;
    uint32_t *first = mz_map_put(&p->by_native[script], one.native, list->count);
    if (!first) {
        p->arena.failed = p->arena.starved = true;
        return;
    }
    uint32_t same = *first;
    add_part(p, list, &one);
    if (p->arena.failed || same == list->count - 1) return;
    list->items[list->count - 1].next = list->items[same].next;
    list->items[same].next = list->count - 1;
}

/* ---- the files ---- */

typedef void line_reader(parts *p, mz_str line, void *context);

/* Whether the file was there; malformed lines are the reader's to pass over. */
static bool each_line(parts *p, const char *folder, const char *file, line_reader *read, void *context) {
    char path[4096];
    mz_error error = {0};
    mz_input input;
    mz_buffer line;
    bool more = true;
    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    if (mz_input_open(&input, path, &error)) return false;
    mz_buffer_init(&line, LINE_BYTES);
    while (!mz_input_line(&input, &line, &more, &error) && more)
        if (line.size) read(p, mz_buffer_view(&line), context);
    mz_input_close(&input);
    mz_buffer_done(&line);
    return true;
}

/* What stands before the next separator; the text goes on behind it. */
static mz_str cut_at(mz_str *text, const char *separator) {
    const char *found = text->size ? memmem(text->data, text->size, separator, strlen(separator)) : NULL;
    mz_str field = {text->data, found ? (size_t)(found - text->data) : text->size};
    size_t used = field.size + (found ? strlen(separator) : 0);
    *text = (mz_str){text->data + used, text->size - used};
    return mz_trimmed(field);
}

static void read_family(parts *p, mz_str group, mz_str words) {
    part_culture culture = group.size > 1 && group.data[0] == 'z' ? PART_chinese : PART_korean;
    mz_str native = cut_at(&words, ",");
    while (words.size) {
        word_part one = {.latin = mz_arena_copy(&p->arena, cut_at(&words, ",")),
                         .native = mz_arena_copy(&p->arena, native)};
        add_part(p, &p->family[culture], &one);
        if (culture == PART_chinese) break; /* the others are other lands' spellings of it */
    }
}

static bool culture_of(mz_str name, part_culture *ret_culture) {
    for (size_t c = 0; c < PART_CULTURE_COUNT; c++)
        if (mz_str_equal(name, mz_str_of(culture_names[c]))) {
            *ret_culture = (part_culture)c;
            return true;
        }
    return false;
}

static void read_persons(parts *p, mz_str line, void *context) {
    (void)context;
    mz_str kind = cut_at(&line, "\t"), group = cut_at(&line, "\t");
    bool female = mz_str_equal(kind, MZ_STR("female")), family = mz_str_equal(kind, MZ_STR("culture"));
    part_culture culture = PART_CULTURE_COUNT;
    if (mz_str_equal(kind, MZ_STR("family"))) read_family(p, group, line);
    if ((!female && !family && !mz_str_equal(kind, MZ_STR("male"))) || !culture_of(group, &culture)) return;
    while (line.size) {
        mz_str word = cut_at(&line, ",");
        word_part one = {.latin = mz_arena_copy(&p->arena, word), .female = female};
        if (word.size && mz_is_letter(word.data[0]) && plain_letters(word, LATIN_LEAST))
            add_part(p, family ? &p->family[culture] : &p->given[culture], &one);
    }
}

static firm_script firm_script_of(mz_str text) {
    size_t at = 0;
    uint32_t c;
    while (mz_utf8_next(text, &at, &c)) {
        mz_script script = mz_script_of(c);
        if (script == MZ_SCRIPT_LATIN) return FIRM_LATIN;
        if (script == MZ_SCRIPT_ARABIC) return FIRM_ARABIC;
        if (script == MZ_SCRIPT_CYRILLIC) return FIRM_CYRILLIC;
        if (script == MZ_SCRIPT_HAN) return FIRM_HAN;
    }
    return FIRM_SCRIPTS;
}

static void add_firm_word(parts *p, part_firm kind, mz_str text) {
    firm_script script = firm_script_of(text);
    if (script == FIRM_SCRIPTS || text.size >= PART_WORD_MOST / 2 || memchr(text.data, '"', text.size)) return;
    uint32_t *count = &p->firm_count[kind][script], *room = &p->firm_room[kind][script];
    if (*count == *room) {
        uint32_t wanted = *room ? 2 * *room : 256;
        mz_str *grown = realloc(p->firms[kind][script], wanted * sizeof *grown);
        if (!grown) {
            p->arena.failed = p->arena.starved = true;
            return;
        }
        p->firms[kind][script] = grown;
        *room = wanted;
    }
    p->firms[kind][script][(*count)++] = mz_arena_copy(&p->arena, text);
}

static void read_firms(parts *p, mz_str line, void *context) {
    static const char *const kinds[PART_FIRMS] = {"notion", "activity", "generic", "common", "place", "legal"};
    (void)context;
    mz_str kind = cut_at(&line, "\t");
    (void)cut_at(&line, "\t");
    for (size_t k = 0; k < PART_FIRMS; k++)
        if (mz_str_equal(kind, mz_str_of(kinds[k])))
            while (line.size) add_firm_word(p, (part_firm)k, cut_at(&line, ";"));
}

/* "smith<tab>س م ي ث<tab>2934" */
static void read_pairs(parts *p, mz_str line, void *context) {
    mz_str latin = cut_at(&line, "\t"), spaced = cut_at(&line, "\t"), count = mz_trimmed(line);
    char native[PART_WORD_MOST];
    size_t size = 0;
    uint32_t times = 0;
    for (size_t i = 0; i < spaced.size; i++)
        if (spaced.data[i] != ' ' && size < sizeof native) native[size++] = spaced.data[i];
    for (size_t i = 0; i < count.size && mz_is_digit(count.data[i]) && times < 1000000; i++)
        times = 10 * times + (uint32_t)(count.data[i] - '0');
    add_pair(p, *(const part_script *)context, latin, (mz_str){native, size}, times ? times : 1);
}

/* "آبي<tab>abe" */
static void read_arabic_pairs(parts *p, mz_str line, void *context) {
    (void)context;
    mz_str native = cut_at(&line, "\t");
    add_pair(p, PART_ARABIC, mz_trimmed(line), native, 1);
}

/* "DJEDAR, جدار", or two words each, which are paired in turn. */
static void read_algerian(parts *p, mz_str line, void *context) {
    mz_str latin = cut_at(&line, ",");
    (void)context;
    for (line = mz_trimmed(line); latin.size && line.size;)
        add_pair(p, PART_ARABIC, cut_at(&latin, " "), cut_at(&line, " "), 3);
}

/* Words that only one spelling is known of: romanised, so that they have two. */
static void read_frequency(parts *p, mz_str line, void *context) {
    mz_arena *scratch = context;
    mz_error error = {0};
    mz_word *words;
    size_t count;
    bool cut;
    mz_str word = cut_at(&line, "\t");
    mz_arena_reset(scratch);
    if (!word.size || word.data[0] == '#' || mz_text_words(word, scratch, 2, &words, &count, &cut, &error) ||
        count != 1)
        return;
    word_part one = {.latin = small_letters(p, words[0].latin), .count = 1};
    if (words[0].script == MZ_SCRIPT_LATIN && plain_letters(one.latin, LATIN_LEAST)) add_part(p, &p->latin, &one);
    for (size_t s = 0; s < PART_SCRIPTS; s++)
        if (words[0].script == scripts[s]) add_pair(p, (part_script)s, words[0].latin, word, 1);
}

static void read_words_alone(parts *p, const char *data) {
    mz_arena scratch;
    mz_arena_init(&scratch, LINE_BYTES);
    (void)each_line(p, data, "names/frequency.tsv", read_frequency, &scratch);
    mz_arena_done(&scratch);
}

static int by_count(const void *left, const void *right) {
    const word_part *a = left, *b = right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    int order = mz_str_order(a->native, b->native);
    return order ? order : mz_str_order(a->latin, b->latin);
}

/* The frequent ones first; the rings are closed anew. */
static void sort_words(parts *p, part_script script) {
    part_list *list = &p->words[script];
    if (list->count) qsort(list->items, list->count, sizeof *list->items, by_count);
    mz_map_done(&p->by_native[script]);
    mz_map_init(&p->by_native[script]);
    for (uint32_t i = 0; i < list->count; i++) {
        word_part *one = &list->items[i];
        uint32_t *same = mz_map_put(&p->by_native[script], one->native, i);
        uint32_t *first = mz_map_put(&p->by_latin[script], one->latin, i);
        if (!same || !first) {
            p->arena.failed = p->arena.starved = true;
            return;
        }
        one->next = *same == i ? i : list->items[*same].next;
        if (*same != i) list->items[*same].next = i;
    }
}

static void read_shared(parts *p, const char *shared) {
    static const struct {
        const char *file;
        part_script script;
    } files[] = {
        {"translit/wikidata_en_arabic_train.tsv", PART_ARABIC},
        {"translit/wikidata_en_russian_train.tsv", PART_CYRILLIC},
        {"translit/wikidata_en_chinese_train.tsv", PART_HAN},
        {"translit/wikidata_en_korean_train.tsv", PART_HANGUL},
        {"translit/wikidata_en_japanese_train.tsv", PART_KANA},
        {"translit/wikidata_en_katakana_train.tsv", PART_KANA},
        {"translit/wikidata_en_hebrew_train.tsv", PART_HEBREW},
    };
    for (size_t f = 0; f < sizeof files / sizeof files[0]; f++) {
        part_script script = files[f].script;
        p->shared |= each_line(p, shared, files[f].file, read_pairs, &script);
    }
    (void)each_line(p, shared, "translit/google_ar2en_train.txt", read_arabic_pairs, NULL);
    (void)each_line(p, shared, "given/algerian_names.csv", read_algerian, NULL);
    (void)each_line(p, shared, "given/algerian_surnames.csv", read_algerian, NULL);
}

/* ---- what follows from them ---- */

static const part_script culture_scripts[PART_CULTURE_COUNT] = {
    [PART_arabic] = PART_ARABIC,         [PART_maghrebi] = PART_ARABIC,     [PART_iranian] = PART_ARABIC,
    [PART_south_asian] = PART_ARABIC,    [PART_turkic] = PART_SCRIPTS,      [PART_east_slavic] = PART_CYRILLIC,
    [PART_south_slavic] = PART_CYRILLIC, [PART_west_slavic] = PART_SCRIPTS, [PART_hebrew] = PART_HEBREW,
    [PART_western] = PART_SCRIPTS,       [PART_iberian] = PART_SCRIPTS,     [PART_african] = PART_SCRIPTS,
    [PART_vietnamese] = PART_SCRIPTS,    [PART_chinese] = PART_HAN,         [PART_korean] = PART_HANGUL,
    [PART_japanese] = PART_KANA,
};

/* Given names that the tables have in Latin letters only, found in the pairs. */
static void find_native(parts *p) {
    for (size_t c = 0; c < PART_CULTURE_COUNT; c++) {
        part_script script = culture_scripts[c];
        part_list *lists[] = {&p->given[c], &p->family[c]};
        for (size_t l = 0; l < 2 && script != PART_SCRIPTS; l++)
            for (uint32_t i = 0; i < lists[l]->count; i++) {
                word_part *one = &lists[l]->items[i];
                const uint32_t *at = one->native.size ? NULL : mz_map_get(&p->by_latin[script], one->latin);
                if (at) one->native = p->words[script].items[*at].native;
            }
    }
}

static void add_syllables(parts *p, part_culture culture, const char *const (*table)[2], size_t count) {
    for (size_t i = 0; i < count; i++) {
        word_part one = {.latin = mz_str_of(table[i][1]), .native = mz_str_of(table[i][0])};
        add_part(p, &p->given[culture], &one);
    }
}

/* All Latin spellings, the frequent ones of all scripts before the rare ones of any: in turn. */
static void gather_latin(parts *p) {
    mz_map seen;
    mz_map_init(&seen);
    for (uint32_t i = 0; i < p->latin.count; i++) (void)mz_map_put(&seen, p->latin.items[i].latin, i);
    bool more = true;
    for (uint32_t i = 0; more && !p->arena.failed; i++) {
        more = false;
        for (size_t s = 0; s < PART_SCRIPTS; s++) {
            if (i >= p->words[s].count) continue;
            more = true;
            word_part one = {.latin = p->words[s].items[i].latin, .count = 1};
            uint32_t fresh = p->latin.count, *at = mz_map_put(&seen, one.latin, fresh);
            if (!at) p->arena.failed = p->arena.starved = true;
            if (at && *at == fresh) add_part(p, &p->latin, &one);
        }
    }
    mz_map_done(&seen);
}

mz_status parts_read(const char *data, const char *shared, parts **ret_parts, mz_error *error) {
    parts *p = calloc(1, sizeof *p);
    if (!p) return mz_fail_memory(error);
    mz_arena_init(&p->arena, PARTS_BYTES);
    for (size_t s = 0; s < PART_SCRIPTS; s++) mz_map_init(&p->by_native[s]), mz_map_init(&p->by_latin[s]);
    if (shared) read_shared(p, shared);
    bool there = each_line(p, data, "names/persons.tsv", read_persons, NULL) &&
                 each_line(p, data, "names/organisations.tsv", read_firms, NULL);
    if (!p->shared) read_words_alone(p, data);
    for (size_t s = 0; s < PART_SCRIPTS; s++) sort_words(p, (part_script)s);
    gather_latin(p);
    find_native(p);
    add_syllables(p, PART_chinese, chinese_given, sizeof chinese_given / sizeof chinese_given[0]);
    add_syllables(p, PART_korean, korean_given, sizeof korean_given / sizeof korean_given[0]);
    mz_status status = MZ_OK;
    if (p->arena.failed)
        status = mz_fail_arena(&p->arena, error, "the parts of names");
    else if (!there || !p->latin.count)
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "%s: the project's tables of names are not there", data);
    if (status) {
        parts_free(p);
        return status;
    }
    *ret_parts = p;
    return MZ_OK;
}

void parts_free(parts *p) {
    if (!p) return;
    for (size_t s = 0; s < PART_SCRIPTS; s++) {
        free(p->words[s].items);
        mz_map_done(&p->by_native[s]);
        mz_map_done(&p->by_latin[s]);
    }
    free(p->latin.items);
    for (size_t c = 0; c < PART_CULTURE_COUNT; c++) free(p->given[c].items), free(p->family[c].items);
    for (size_t k = 0; k < PART_FIRMS; k++)
        for (size_t s = 0; s < FIRM_SCRIPTS; s++) free(p->firms[k][s]);
    mz_arena_done(&p->arena);
    free(p);
}

/* ---- words by rank ---- */

/* Bytes of the first `letters` code points. */
static size_t bytes_of(mz_str text, size_t letters) {
    size_t at = 0;
    uint32_t c;
    while (letters-- && mz_utf8_next(text, &at, &c)) continue;
    return at;
}

static size_t letters_of(mz_str text) {
    size_t at = 0, count = 0;
    uint32_t c;
    while (mz_utf8_next(text, &at, &c)) count++;
    return count;
}

/* The first half of one and the second half of the other. */
static uint8_t blend(mz_str first, mz_str second, char *out) {
    size_t head = bytes_of(first, (letters_of(first) + 1) / 2), skip = bytes_of(second, letters_of(second) / 2);
    memcpy(out, first.data, head);
    memcpy(out + head, second.data + skip, second.size - skip);
    return (uint8_t)(head + second.size - skip);
}

void parts_word(const part_list *list, uint32_t rank, made_word *word) {
    if (rank < list->count) {
        const word_part *one = &list->items[rank];
        memcpy(word->latin, one->latin.data, one->latin.size);
        if (one->native.size) memcpy(word->native, one->native.data, one->native.size);
        word->latin_size = (uint8_t)one->latin.size;
        word->native_size = (uint8_t)one->native.size;
        word->female = one->female;
        return;
    }
    chance c = chance_of(0x6d697a616e, rank);
    const word_part *a = &list->items[chance_below(&c, list->count)], *b = &list->items[chance_below(&c, list->count)];
    word->latin_size = blend(a->latin, b->latin, word->latin);
    word->native_size = a->native.size && b->native.size ? blend(a->native, b->native, word->native) : 0;
    word->female = false;
}
