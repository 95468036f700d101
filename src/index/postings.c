#include "index/postings.h"

#include "base/error.h"
#include "names/acronym.h"

#include <stdlib.h>

enum { OWN_CODES = MZ_CODE_COUNT / 2, SHORT_LIST = 24, KEYS = 1 << 8, PREFIX_BITS = 12 };
enum { AT_ONCE = 1 << 22 }; /* postings in memory */
static const size_t CEILING = (size_t)UINT32_MAX * sizeof(uint32_t);

uint8_t mz_posting_key(const uint32_t others[MZ_RANK_FULL + 1]) {
    uint32_t full = others[MZ_RANK_FULL], half = others[MZ_RANK_HALF], light = others[MZ_RANK_LIGHT];
    if (full + half > MZ_CONTEXT_MOST) {
        if (full > MZ_KEY_OPEN_FULL) full = MZ_KEY_OPEN_FULL;
        if (half > MZ_KEY_OPEN_HALF) half = MZ_KEY_OPEN_HALF;
        return (uint8_t)(MZ_KEY_OPEN | full << 3 | half);
    }
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
    mz_spill_append(postings->contexts, codes, count * sizeof *codes);
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
        mz_spill_append(postings->names, &list[p].name, sizeof list[p].name);
        mz_spill_append(postings->keys, &list[p].key, 1);
        put_context(source, postings, &list[p]);
        if (!joins) continue;
        uint8_t place =
            (uint8_t)(list[p].first << MZ_PLACE_SIZE_BITS | (list[p].turned ? MZ_PLACE_TURNED : list[p].size));
        mz_spill_append(postings->places, &place, 1);
    }
}

static uint32_t posting_count(const mz_postings *postings) {
    return (uint32_t)(mz_spill_size(postings->names) / sizeof(uint32_t));
}

static uint32_t context_count(const mz_postings *postings) {
    return (uint32_t)(mz_spill_size(postings->contexts) / sizeof(uint16_t));
}

static mz_status check(const mz_postings *postings, mz_error *error) {
    if (mz_spill_size(postings->names) / sizeof(uint32_t) < UINT32_MAX &&
        mz_spill_size(postings->contexts) / sizeof(uint16_t) < UINT32_MAX)
        return MZ_OK;
    return mz_fail(error, MZ_ERR_LIMIT, "the lists are too large for one image: more than 2^32 words of names");
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

static void put_join(uint64_t key, uint32_t name, size_t first, size_t size, bool turned, mz_buffer *into) {
    const mz_join_use found = {mz_table_hash(key), name, (uint8_t)first, (uint8_t)size, turned, 0};
    if (key) mz_buffer_append(into, &found, sizeof found);
}

void mz_postings_joins(const mz_name *name, uint32_t number, mz_buffer *into) {
    const mz_name_word *words = name->words;
    for (size_t size = 2; size <= 3; size++)
        for (size_t i = 0; i + size <= name->count; i++) {
            const mz_name_word *const parts[] = {&words[i], &words[i + 1], &words[i + size - 1]};
            put_join(mz_join_skeleton(parts, size), number, i, size, false, into);
        }
    if (name->count == 2)
        put_join(mz_turned_key(mz_join_skeleton((const mz_name_word *const[]){&words[1], &words[0]}, 2)), number, 0, 2,
                 true, into);
    uint64_t acronyms[MZ_ACRONYMS_MOST];
    for (size_t a = 0, count = mz_acronyms_of_name(name, acronyms); a < count; a++)
        put_join(acronyms[a], number, 0, 0, false, into);
}

static int by_hash(const void *left, const void *right) {
    const mz_join_use *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    if (a->name != b->name) return a->name < b->name ? -1 : 1;
    if (a->size != b->size) return a->size < b->size ? -1 : 1;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return a->turned - b->turned;
}

static mz_status put_join_list(const mz_postings_source *source, mz_postings *postings, const mz_join_use *joins,
                               size_t count, mz_buffer *lists) {
    const mz_join_row row = {posting_count(postings), (uint32_t)count, context_count(postings)};
    const mz_entry entry = {joins[0].hash, (uint32_t)(mz_spill_size(postings->joins) / sizeof row)};
    mz_buffer_clear(lists);
    if (!mz_buffer_reserve(lists, 2 * count * sizeof(posting))) return MZ_ERR_MEMORY;
    posting *list = (posting *)(void *)lists->data;
    for (size_t i = 0; i < count; i++)
        list[i] =
            (posting){.name = joins[i].name, .first = joins[i].first, .size = joins[i].size, .turned = joins[i].turned};
    mz_spill_append(postings->joins, &row, sizeof row);
    mz_spill_append(postings->join_entries, &entry, sizeof entry);
    put_list(source, postings, list, count, list + count, true);
    return MZ_OK;
}

/* A part of them; each run of one hash is a list. */
static mz_status put_joins(const mz_postings_source *source, mz_postings *postings, mz_join_use *joins, size_t count,
                           mz_error *error) {
    mz_status status = MZ_OK;
    mz_buffer lists;
    mz_buffer_init(&lists, CEILING);
    if (count) qsort(joins, count, sizeof *joins, by_hash);
    for (size_t from = 0, to; from < count && !status; from = to) {
        for (to = from + 1; to < count && joins[to].hash == joins[from].hash;) to++;
        status = put_join_list(source, postings, joins + from, to - from, &lists);
    }
    mz_buffer_done(&lists);
    return status ? mz_fail_memory(error) : check(postings, error);
}

/* Those whose hashes begin with the numbers from `from` to before `to`. */
static mz_status put_slice(const mz_postings_source *source, mz_postings *postings, size_t from, size_t to,
                           size_t count, mz_error *error) {
    mz_join_use *joins = malloc((count + 1) * sizeof *joins);
    size_t found = 0;
    if (!joins) return mz_fail_memory(error);
    for (size_t i = 0; i < source->join_count && found < count; i++) {
        size_t prefix = (size_t)(source->joins[i].hash >> (64 - PREFIX_BITS));
        if (prefix >= from && prefix < to) joins[found++] = source->joins[i];
    }
    mz_status status = put_joins(source, postings, joins, found, error);
    free(joins);
    return status;
}

/* In parts of the range of hashes, so that the memory does not grow with the names. */
static mz_status put_all_joins(const mz_postings_source *source, mz_postings *postings, mz_error *error) {
    size_t prefixes = (size_t)1 << PREFIX_BITS, *counts = calloc(prefixes, sizeof *counts);
    if (!counts) return mz_fail_memory(error);
    for (size_t i = 0; i < source->join_count; i++) counts[source->joins[i].hash >> (64 - PREFIX_BITS)]++;
    mz_status status = MZ_OK;
    for (size_t from = 0, to; from < prefixes && !status; from = to) {
        size_t count = counts[from];
        for (to = from + 1; to < prefixes && count + counts[to] <= AT_ONCE; to++) count += counts[to];
        if (count) status = put_slice(source, postings, from, to, count, error);
    }
    free(counts);
    return status;
}

mz_status mz_postings_make(const mz_postings_source *source, mz_postings *postings, mz_error *error) {
    postings->codes = NULL;
    postings->shapes = NULL;
    postings->code_count = 0;
    count_postings(source);
    mz_status status = make_codes(postings, source->words, source->word_count, error);
    if (!status) status = put_words(source, postings, error);
    if (!status) status = put_all_joins(source, postings, error);
    return status;
}

void mz_postings_done(mz_postings *postings) {
    free(postings->codes);
    free(postings->shapes);
}
