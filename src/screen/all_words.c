/* Words lie by sixteen, those of one system, one number of phones and one article together, so that they are aligned
 * with the query at once (match/sound_lanes.h); among them those that begin alike, so that all sixteen are soon too
 * far.
 *
 * By the rules of mz_word_likeness two words are alike to a degree only when they sound alike, share a meaning, one is
 * an initial, both are articles, or they are the same letters without any sound. What does not go by sound is compared
 * one by one. */
#include "screen/all_words.h"

#include "base/error.h"
#include "match/sound_lanes.h"
#include "match/word.h"

#include <stdlib.h>

enum {
    LANES = MZ_SOUND_LANES,
    /* words are sorted by where they belong: system, phones, article, then the first two phones */
    BARE_MOST = 8,
    SHAPES = MZ_SOUND_SYSTEM_COUNT * (MZ_PHONES_MOST + 1) * BARE_MOST,
    BEGINNINGS = MZ_PHONE_COUNT * MZ_PHONE_COUNT
};

typedef struct block {
    uint32_t first; /* in `order` */
    uint8_t used, system, count, bare;
    size_t phones; /* where its columns are */
} block;

struct mz_all_words {
    const mz_index *index;
    uint32_t *order;              /* words by shape */
    uint32_t *apart, apart_count; /* words that are compared one by one with any query */
    uint32_t *meant, meant_count; /* words that have a meaning */
    uint8_t (*phones)[LANES];
    block *blocks;
    size_t block_count;
};

static unsigned shape_of(const mz_name_word *word) {
    unsigned system = word->system < MZ_SOUND_SYSTEM_COUNT ? word->system : 0;
    return (system * (MZ_PHONES_MOST + 1) + word->phone_count) * BARE_MOST + word->bare;
}

static bool goes_by_sound(const mz_name_word *word) {
    return word->phone_count && word->phone_count <= MZ_PHONES_MOST && word->bare < BARE_MOST &&
           word->class != MZ_WORD_INITIAL && word->class != MZ_WORD_ARTICLE;
}

static unsigned beginning_of(const mz_name_word *word) {
    return word->phones[0] * (unsigned)MZ_PHONE_COUNT + (word->phone_count > 1 ? word->phones[1] : 0u);
}

/* Sorts `from` to `to` by a key of each word, which keeps the order of what is equal. */
static bool sort_by(const mz_index *index, unsigned (*key)(const mz_name_word *), size_t keys, const uint32_t *from,
                    uint32_t *to, size_t count) {
    uint32_t *starts = calloc(keys + 1, sizeof *starts);
    mz_name_word word;
    if (!starts) return false;
    for (size_t k = 0; k < count; k++) {
        mz_index_word(index, from[k], &word);
        starts[key(&word) + 1]++;
    }
    for (size_t k = 0; k < keys; k++) starts[k + 1] += starts[k];
    for (size_t k = 0; k < count; k++) {
        mz_index_word(index, from[k], &word);
        to[starts[key(&word)]++] = from[k];
    }
    free(starts);
    return true;
}

static void fill_block(mz_all_words *words, block *b) {
    for (size_t l = 0; l < LANES; l++) {
        mz_name_word word;
        mz_index_word(words->index, words->order[b->first + (l < b->used ? l : 0)], &word);
        for (size_t j = 0; j < b->count; j++) words->phones[b->phones + j][l] = word.phones[j];
    }
}

/* Cuts the ordered words into blocks; with `blocks` NULL it only counts them and their columns. */
static void cut(mz_all_words *words, size_t count, block *blocks, size_t *ret_blocks, size_t *ret_columns) {
    size_t made = 0, columns = 0;
    for (size_t at = 0; at < count;) {
        mz_name_word first, next;
        size_t end = at + 1;
        mz_index_word(words->index, words->order[at], &first);
        while (end < count && end < at + LANES) {
            mz_index_word(words->index, words->order[end], &next);
            if (shape_of(&next) != shape_of(&first)) break;
            end++;
        }
        if (blocks) {
            blocks[made] = (block){.first = (uint32_t)at,
                                   .used = (uint8_t)(end - at),
                                   .system = first.system,
                                   .count = first.phone_count,
                                   .bare = first.bare,
                                   .phones = columns};
            fill_block(words, &blocks[made]);
        }
        made++;
        columns += first.phone_count;
        at = end;
    }
    *ret_blocks = made;
    *ret_columns = columns;
}

static bool lay_out(mz_all_words *words) {
    const mz_index *index = words->index;
    size_t room = (size_t)index->word_count + 1, count = 0, columns;
    uint32_t *some = malloc(room * sizeof *some);
    words->order = malloc(room * sizeof *words->order);
    words->apart = malloc(room * sizeof *words->apart);
    words->meant = malloc(room * sizeof *words->meant);
    bool made = some && words->order && words->apart && words->meant;
    for (uint32_t w = 0; w < index->word_count && made; w++) {
        mz_name_word word;
        mz_index_word(index, w, &word);
        if (word.groups[0]) words->meant[words->meant_count++] = w;
        if (goes_by_sound(&word))
            words->order[count++] = w;
        else
            words->apart[words->apart_count++] = w;
    }
    made = made && sort_by(index, beginning_of, BEGINNINGS, words->order, some, count) &&
           sort_by(index, shape_of, SHAPES, some, words->order, count);
    free(some);
    if (!made) return false;
    cut(words, count, NULL, &words->block_count, &columns);
    words->phones = malloc((columns + 1) * sizeof *words->phones);
    words->blocks = malloc((words->block_count + 1) * sizeof *words->blocks);
    if (!words->phones || !words->blocks) return false;
    cut(words, count, words->blocks, &words->block_count, &columns);
    return true;
}

mz_status mz_all_words_new(const mz_index *index, mz_all_words **ret_words, mz_error *error) {
    mz_all_words *words = calloc(1, sizeof *words);
    if (!words) return mz_fail_memory(error);
    words->index = index;
    if (!lay_out(words)) {
        mz_all_words_free(words);
        return mz_fail_memory(error);
    }
    *ret_words = words;
    return MZ_OK;
}

void mz_all_words_free(mz_all_words *words) {
    if (!words) return;
    free(words->order);
    free(words->apart);
    free(words->meant);
    free(words->phones);
    free(words->blocks);
    free(words);
}

static void compare_one(const mz_all_words *words, const mz_name_word *query, uint32_t w, uint16_t *likeness) {
    mz_name_word word;
    mz_index_word(words->index, w, &word);
    likeness[w] = mz_word_likeness(query, &word);
}

static void compare_sounds(const mz_all_words *words, const mz_name_word *query, uint16_t *likeness) {
    mz_sound_lanes lanes;
    unsigned system = MZ_SOUND_SYSTEM_COUNT;
    for (size_t k = 0; k < words->block_count; k++) {
        const block *b = &words->blocks[k];
        if (b->system != system) mz_sound_lanes_start(&lanes, query, (mz_sound_system)(system = b->system));
        unsigned within =
            mz_sound_lanes_within(&lanes, (const uint8_t(*)[LANES])(words->phones + b->phones), b->count, b->bare);
        for (unsigned l = 0; l < b->used && within >> l; l++)
            if (within >> l & 1) compare_one(words, query, words->order[b->first + l], likeness);
    }
}

void mz_all_words_compare(const mz_all_words *words, const mz_name_word *query, uint16_t *likeness) {
    if (!goes_by_sound(query)) {
        for (uint32_t w = 0; w < words->index->word_count; w++) compare_one(words, query, w, likeness);
        return;
    }
    memset(likeness, 0, words->index->word_count * sizeof *likeness);
    compare_sounds(words, query, likeness);
    for (uint32_t k = 0; k < words->apart_count; k++) compare_one(words, query, words->apart[k], likeness);
    for (uint32_t k = 0; k < words->meant_count && query->groups[0]; k++)
        compare_one(words, query, words->meant[k], likeness);
}
