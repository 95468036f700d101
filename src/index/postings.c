#include "index/postings.h"

#include "base/error.h"

#include <stdlib.h>

enum { OWN_CODES = MZ_CODE_COUNT / 2, SHORT_LIST = 24, KEYS = 1 << 7, AT_ONCE = 1 << 22 /* postings in memory */ };
static const size_t CEILING = (size_t)UINT32_MAX * sizeof(uint32_t);

uint8_t mz_posting_key(const uint32_t others[MZ_RANK_FULL + 1]) {
    uint32_t full = others[MZ_RANK_FULL], half = others[MZ_RANK_HALF], light = others[MZ_RANK_LIGHT];
    if (full + half > MZ_CONTEXT_MOST) return (uint8_t)(MZ_KEY_OPEN | (light > 0));
    return (uint8_t)(full << 4 | half << 1 | (light > 0));
}

/* ---- codes ---- */

typedef struct used_word {
    uint32_t postings, word;
} used_word;

static int most_used_first(const void *left, const void *right) {
    const used_word *a = left, *b = right;
    if (a->postings != b->postings) return a->postings > b->postings ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

static void give_code(mz_postings *postings, const mz_word_row *words, uint32_t word, uint32_t code) {
    mz_code_row *shape = &postings->shapes[code];
    postings->codes[word] = (uint16_t)code;
    if (code == postings->code_count)
        postings->shapes[postings->code_count++] =
            (mz_code_row){.class = words[word].class, .weight = words[word].weight};
    else if (words[word].weight < shape->weight)
        shape->weight = words[word].weight;
}

/* Words that share a code are of one class and nearly one weight, so that the least of what they weigh says much. */
enum { KINDS = 16 * MZ_WORD_CLASS_COUNT };
static unsigned kind_of(const mz_word_row *word) {
    return word->class * 16u + word->weight / 10u;
}

static bool without_code(const mz_postings *postings, const mz_word_row *words, uint32_t word) {
    return postings->codes[word] == MZ_CODE_NONE && mz_rank_of_word(&words[word]) != MZ_RANK_LIGHT;
}

static void share_codes(mz_postings *postings, const mz_word_row *words, uint32_t word_count, uint32_t rest) {
    uint32_t given[KINDS] = {0}, code[KINDS] = {0}, room = MZ_CODE_COUNT - postings->code_count - KINDS;
    uint32_t together = (rest + room - 1) / room; /* words to a code; the last code of a kind may have fewer */
    for (uint32_t w = 0; w < word_count; w++) {
        if (!without_code(postings, words, w)) continue;
        unsigned kind = kind_of(&words[w]);
        if (given[kind]++ % together == 0) code[kind] = postings->code_count;
        give_code(postings, words, w, code[kind]);
    }
}

static mz_status make_codes(mz_postings *postings, const mz_word_row *words, uint32_t word_count, mz_error *error) {
    postings->codes = calloc((size_t)word_count + 1, sizeof *postings->codes);
    postings->shapes = calloc(MZ_CODE_COUNT, sizeof *postings->shapes);
    used_word *used = malloc(((size_t)word_count + 1) * sizeof *used);
    if (!postings->codes || !postings->shapes || !used) {
        free(used);
        return mz_fail_memory(error);
    }
    uint32_t count = 0;
    postings->code_count = 1; /* MZ_CODE_NONE */
    for (uint32_t w = 0; w < word_count; w++)
        if (mz_rank_of_word(&words[w]) != MZ_RANK_LIGHT) used[count++] = (used_word){words[w].posting_count, w};
    uint32_t own = count < MZ_CODE_COUNT ? count : OWN_CODES;
    if (own < count) qsort(used, count, sizeof *used, most_used_first);
    for (uint32_t k = 0; k < own; k++) give_code(postings, words, used[k].word, postings->code_count);
    free(used);
    if (own < count) share_codes(postings, words, word_count, count - own);
    return MZ_OK;
}

/* ---- lists ---- */

/* A name on its way into a list, and which of its words the list is of; `size` 0: of an acronym. */
typedef struct posting {
    uint32_t name;
    uint8_t first, size, key;
    bool turned;
} posting;

static uint32_t use(const mz_postings_source *source, uint32_t name, size_t at) {
    return source->uses[source->names[name].first_word + at].word;
}

static void set_key(const mz_postings_source *source, posting *p) {
    uint32_t others[MZ_RANK_FULL + 1] = {0};
    p->key = MZ_KEY_OPEN;
    if (!p->size) return;
    for (size_t i = 0; i < source->names[p->name].word_count; i++)
        if (i < p->first || i >= (size_t)p->first + p->size)
            others[mz_rank_of_word(&source->words[use(source, p->name, i)])]++;
    p->key = mz_posting_key(others);
}

/* Stable. */
static void insert_by_key(posting *list, size_t count) {
    for (size_t p = 1; p < count; p++) {
        posting moved = list[p];
        size_t at = p;
        for (; at > 0 && list[at - 1].key > moved.key; at--) list[at] = list[at - 1];
        list[at] = moved;
    }
}

/* The same by counting; `room` holds as many. */
static void sort_by_key(posting *list, size_t count, posting *room) {
    size_t at[KEYS + 1] = {0};
    for (size_t p = 0; p < count; p++) at[list[p].key + 1]++;
    for (unsigned k = 0; k < KEYS; k++) at[k + 1] += at[k];
    for (size_t p = 0; p < count; p++) room[at[list[p].key]++] = list[p];
    memcpy(list, room, count * sizeof *list);
}

/* Codes of a name's words outside of the posting's, the full ones first. */
static void put_context(const mz_postings_source *source, mz_postings *postings, const posting *p) {
    uint16_t codes[MZ_CONTEXT_MOST];
    size_t count = 0;
    if (!mz_key_codes(p->key)) return;
    for (int rank = MZ_RANK_FULL; rank > MZ_RANK_LIGHT; rank--)
        for (size_t i = 0; i < source->names[p->name].word_count; i++) {
            uint32_t word = use(source, p->name, i);
            bool own = i >= p->first && i < (size_t)p->first + p->size;
            if (!own && mz_rank_of_word(&source->words[word]) == (mz_word_rank)rank)
                codes[count++] = postings->codes[word];
        }
    mz_buffer_append(&postings->contexts, codes, count * sizeof *codes);
}

/* Writes a list in the order of its keys; it is in that of the names. `room` is as large. */
static void put_list(const mz_postings_source *source, mz_postings *postings, posting *list, size_t count,
                     posting *room, bool joins) {
    for (size_t p = 0; p < count; p++) set_key(source, &list[p]);
    if (count > SHORT_LIST)
        sort_by_key(list, count, room);
    else
        insert_by_key(list, count);
    for (size_t p = 0; p < count; p++) {
        mz_buffer_append(&postings->names, &list[p].name, sizeof list[p].name);
        mz_buffer_append(&postings->keys, &list[p].key, 1);
        put_context(source, postings, &list[p]);
        if (!joins) continue;
        uint8_t place =
            (uint8_t)(list[p].first << MZ_PLACE_SIZE_BITS | (list[p].turned ? MZ_PLACE_TURNED : list[p].size));
        mz_buffer_append(&postings->places, &place, 1);
    }
}

static uint32_t posting_count(const mz_postings *postings) {
    return (uint32_t)(postings->names.size / sizeof(uint32_t));
}

static uint32_t context_count(const mz_postings *postings) {
    return (uint32_t)(postings->contexts.size / sizeof(uint16_t));
}

static mz_status check(const mz_postings *postings, mz_error *error) {
    const mz_buffer *all[] = {&postings->names, &postings->keys,   &postings->contexts,
                              &postings->joins, &postings->places, &postings->join_entries};
    for (size_t b = 0; b < sizeof all / sizeof *all; b++)
        if (all[b]->starved) return mz_fail_memory(error);
    if (postings->names.failed || postings->contexts.failed || context_count(postings) == UINT32_MAX)
        return mz_fail(error, MZ_ERR_LIMIT, "the lists are too large for one image: more than 2^32 words of names");
    return MZ_OK;
}

/* ---- words ---- */

static bool first_of_its_kind(const mz_postings_source *source, uint32_t name, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (use(source, name, i) == use(source, name, at)) return false;
    return true;
}

static void count_postings(const mz_postings_source *source) {
    for (uint32_t w = 0; w < source->word_count; w++) source->words[w].posting_count = 0;
    for (uint32_t n = 0; n < source->name_count; n++)
        for (size_t i = 0; i < source->names[n].word_count; i++)
            if (first_of_its_kind(source, n, i)) source->words[use(source, n, i)].posting_count++;
}

/* Enters the names of words `from` to `to`, each behind those that are there. */
static void spread(const mz_postings_source *source, uint32_t from, uint32_t to, posting *into) {
    uint32_t base = source->words[from].first_posting;
    for (uint32_t w = from; w < to; w++) source->words[w].posting_count = 0;
    for (uint32_t n = 0; n < source->name_count; n++)
        for (size_t i = 0; i < source->names[n].word_count; i++) {
            uint32_t number = use(source, n, i);
            mz_word_row *word = &source->words[number];
            if (number < from || number >= to || !first_of_its_kind(source, n, i)) continue;
            into[word->first_posting - base + word->posting_count++] =
                (posting){.name = n, .first = (uint8_t)i, .size = 1};
        }
}

/* A word that a name has twice stands once outside of its posting, too. */
static void put_words_of(const mz_postings_source *source, mz_postings *postings, uint32_t from, uint32_t to,
                         posting *list, posting *room) {
    uint32_t base = source->words[from].first_posting;
    spread(source, from, to, list);
    for (uint32_t w = from; w < to; w++) {
        source->words[w].first_context = context_count(postings);
        put_list(source, postings, list + (source->words[w].first_posting - base), source->words[w].posting_count, room,
                 false);
    }
}

static mz_status put_words(const mz_postings_source *source, mz_postings *postings, mz_error *error) {
    uint64_t next = 0, most = AT_ONCE;
    for (uint32_t w = 0; w < source->word_count; w++) {
        source->words[w].first_posting = (uint32_t)next;
        next += source->words[w].posting_count;
        if (most < source->words[w].posting_count) most = source->words[w].posting_count;
    }
    if (next >= UINT32_MAX) return mz_fail(error, MZ_ERR_LIMIT, "the lists are too large for one image");
    if (most > next) most = next;
    posting *list = malloc((most + 1) * sizeof *list), *room = malloc((most + 1) * sizeof *room);
    for (uint32_t from = 0, to; list && room && from < source->word_count; from = to) {
        uint64_t count = 0;
        for (to = from; to < source->word_count && count + source->words[to].posting_count <= most; to++)
            count += source->words[to].posting_count;
        put_words_of(source, postings, from, to, list, room);
    }
    mz_status status = list && room ? check(postings, error) : mz_fail_memory(error);
    free(list), free(room);
    return status;
}

/* ---- joins ---- */

typedef struct join_posting {
    uint64_t hash; /* of its key, see table.h */
    posting of;
} join_posting;

static int by_hash(const void *left, const void *right) {
    const join_posting *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    if (a->of.name != b->of.name) return a->of.name < b->of.name ? -1 : 1;
    if (a->of.size != b->of.size) return a->of.size < b->of.size ? -1 : 1;
    if (a->of.first != b->of.first) return a->of.first < b->of.first ? -1 : 1;
    return a->of.turned - b->of.turned;
}

/* Those postings of joins are gathered whose hashes begin with `part` in `bits` bits. */
typedef struct gathering {
    const mz_postings_source *source;
    mz_buffer *into;
    unsigned bits;
    uint64_t part;
} gathering;

static void gather(const gathering *g, uint64_t hash, uint32_t name, size_t first, size_t size, bool turned) {
    if (g->bits && hash >> (64 - g->bits) != g->part) return;
    const join_posting found = {hash, {.name = name, .first = (uint8_t)first, .size = (uint8_t)size, .turned = turned}};
    mz_buffer_append(g->into, &found, sizeof found);
}

static void gather_join(const gathering *g, const mz_name_word *const *parts, uint32_t name, size_t first, size_t size,
                        bool turned) {
    uint64_t key = mz_join_skeleton(parts, size);
    if (turned) key = mz_turned_key(key);
    if (key) gather(g, mz_table_hash(key), name, first, size, turned);
}

static void gather_joins(const gathering *g, uint32_t name) {
    const mz_name_row *row = &g->source->names[name];
    mz_name_word words[MZ_NAME_WORDS_MOST];
    for (size_t i = 0; i < row->word_count; i++) {
        const mz_word_row *word = &g->source->words[use(g->source, name, i)];
        words[i] = (mz_name_word){.phones = g->source->phones + word->phones,
                                  .phone_count = word->phone_count,
                                  .skeleton = word->skeleton,
                                  .class = word->class};
    }
    for (size_t size = 2; size <= 3; size++)
        for (size_t i = 0; i + size <= row->word_count; i++)
            gather_join(g, (const mz_name_word *const[]){&words[i], &words[i + 1], &words[i + size - 1]}, name, i, size,
                        false);
    if (row->word_count == 2) gather_join(g, (const mz_name_word *const[]){&words[1], &words[0]}, name, 0, 2, true);
}

/* Each run of one hash is a list. */
static void put_joins(const mz_postings_source *source, mz_postings *postings, const mz_buffer *gathered,
                      mz_buffer *lists) {
    const join_posting *all = (const void *)gathered->data;
    size_t count = gathered->size / sizeof *all;
    for (size_t from = 0, to; from < count; from = to) {
        mz_buffer_clear(lists);
        for (to = from; to < count && all[to].hash == all[from].hash; to++)
            mz_buffer_append(lists, &all[to].of, sizeof all[to].of);
        size_t size = lists->size;
        if (!mz_buffer_reserve(lists, size)) return;
        const mz_join_row row = {posting_count(postings), (uint32_t)(to - from), context_count(postings)};
        const mz_entry entry = {all[from].hash, (uint32_t)(postings->joins.size / sizeof row)};
        mz_buffer_append(&postings->joins, &row, sizeof row);
        mz_buffer_append(&postings->join_entries, &entry, sizeof entry);
        put_list(source, postings, (posting *)(void *)lists->data, to - from, (posting *)(void *)(lists->data + size),
                 true);
    }
}

/* In parts of the range of hashes, so that the memory does not grow with the names. */
static mz_status put_all_joins(const mz_postings_source *source, mz_postings *postings, mz_error *error) {
    mz_buffer gathered, lists;
    gathering g = {.source = source, .into = &gathered};
    mz_buffer_init(&gathered, CEILING);
    mz_buffer_init(&lists, CEILING);
    while (g.bits < 8 && source->name_count >> g.bits > AT_ONCE / 4) g.bits++;
    mz_status status = MZ_OK;
    for (g.part = 0; g.part < UINT64_C(1) << g.bits && !status; g.part++) {
        mz_buffer_clear(&gathered);
        for (uint32_t n = 0; n < source->name_count; n++) gather_joins(&g, n);
        for (size_t a = 0; a < source->acronym_count; a++)
            gather(&g, source->acronyms[a].hash, source->acronyms[a].number, 0, 0, false);
        if (gathered.failed) {
            status = mz_fail_memory(error);
            break;
        }
        if (gathered.size) qsort(gathered.data, gathered.size / sizeof(join_posting), sizeof(join_posting), by_hash);
        put_joins(source, postings, &gathered, &lists);
        status = lists.failed ? mz_fail_memory(error) : check(postings, error);
    }
    mz_buffer_done(&gathered);
    mz_buffer_done(&lists);
    return status;
}

mz_status mz_postings_make(const mz_postings_source *source, mz_postings *postings, mz_error *error) {
    *postings = (mz_postings){.codes = NULL};
    mz_buffer_init(&postings->names, CEILING);
    mz_buffer_init(&postings->keys, CEILING);
    mz_buffer_init(&postings->contexts, CEILING);
    mz_buffer_init(&postings->joins, CEILING);
    mz_buffer_init(&postings->places, CEILING);
    mz_buffer_init(&postings->join_entries, CEILING);
    count_postings(source);
    mz_status status = make_codes(postings, source->words, source->word_count, error);
    if (!status) status = put_words(source, postings, error);
    if (!status) status = put_all_joins(source, postings, error);
    return status;
}

void mz_postings_done(mz_postings *postings) {
    mz_buffer_done(&postings->names);
    mz_buffer_done(&postings->keys);
    mz_buffer_done(&postings->contexts);
    mz_buffer_done(&postings->joins);
    mz_buffer_done(&postings->places);
    mz_buffer_done(&postings->join_entries);
    free(postings->codes);
    free(postings->shapes);
}
