/* Which words are alike to a word is found as a search finds it (neighbours.h): by sound, all that are; by meaning in
 * the table of groups; initials, articles and words without sounds one by one. An initial, of which a search leaves
 * open what it may stand for, is held against all words that begin with its sound: no other can be alike to it
 * (match/word.c). So every word whose mz_word_likeness is not 0 is in the table, with that likeness. */
#include "index/kin.h"

#include "base/error.h"
#include "index/alike.h"
#include "match/word.h"

#include <stdatomic.h>
#include <stdlib.h>

typedef struct alike_word {
    uint32_t word;
    uint16_t likeness;
} alike_word;

typedef struct alike_words {
    alike_word *rows;
    size_t count, room;
    bool starved;
} alike_words;

/* Of one worker: the word in hand, and what is alike to it. */
typedef struct finder {
    mz_alike *alike;
    alike_words found;
} finder;

typedef struct search {
    const mz_index *image;
    const mz_few *few;
    finder finders[MZ_CREW_MOST];
    alike_words *lists; /* by word of the few */
    size_t most;
    atomic_size_t count;
} search;

static void enter(void *context, uint32_t word, uint16_t likeness) {
    alike_words *list = context;
    if (!likeness || list->starved) return;
    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 1024;
        alike_word *grown = realloc(list->rows, room * sizeof *grown);
        list->starved = !grown;
        if (!grown) return;
        list->rows = grown;
        list->room = room;
    }
    list->rows[list->count++] = (alike_word){word, likeness};
}

static void compare(finder *f, const mz_index *image, const mz_name_word *with, uint32_t number) {
    mz_name_word word;
    mz_index_word(image, number, &word);
    enter(&f->found, number, mz_word_likeness(with, &word));
}

static void look_through(finder *f, const mz_index *image, const mz_name_word *initial) {
    if (!initial->phone_count) return; /* what has no sounds stands with the special words */
    for (uint32_t w = 0; w < image->word_count; w++) {
        const mz_word_row *row = &image->words[w];
        if (row->phone_count && image->phones[row->phones] == initial->phones[0]) compare(f, image, initial, w);
    }
}

static void find(finder *f, const mz_index *image, const mz_name_word *word) {
    f->found.count = 0;
    for (uint32_t k = 0; k < image->special_count; k++) compare(f, image, word, image->special[k]);
    if (word->class == MZ_WORD_INITIAL) {
        look_through(f, image, word);
        return;
    }
    if (word->phone_count) mz_alike_find(f->alike, word, MZ_LIKENESS_FLOOR, enter, &f->found);
    for (size_t g = 0; g < MZ_WORD_GROUPS_MOST && word->groups[g]; g++) {
        const uint32_t *words;
        size_t count = mz_index_group(image, word->groups[g], &words);
        for (size_t k = 0; k < count; k++) compare(f, image, word, words[k]);
    }
}

static int by_word(const void *left, const void *right) {
    const alike_word *a = left, *b = right;
    return (a->word > b->word) - (a->word < b->word);
}

/* What was found, each word once; the same word found twice is as alike both times. */
static bool keep(const alike_words *found, alike_words *list) {
    list->rows = malloc((found->count + 1) * sizeof *list->rows);
    if (!list->rows) return false;
    if (found->count) qsort(found->rows, found->count, sizeof *found->rows, by_word);
    for (size_t k = 0; k < found->count; k++)
        if (!list->count || list->rows[list->count - 1].word != found->rows[k].word)
            list->rows[list->count++] = found->rows[k];
    return true;
}

static mz_status find_one(void *context, unsigned worker, uint64_t number, mz_error *error) {
    search *s = context;
    finder *f = &s->finders[worker];
    mz_name_word word;
    if (atomic_load(&s->count) > s->most) return MZ_OK;
    if (!f->alike) f->alike = mz_alike_new(s->image);
    if (!f->alike) return mz_fail_memory(error);
    mz_index_word(s->few->index, s->few->words[number], &word);
    find(f, s->image, &word);
    if (f->found.starved || !keep(&f->found, &s->lists[number])) return mz_fail_memory(error);
    (void)atomic_fetch_add(&s->count, s->lists[number].count);
    return MZ_OK;
}

/* From lists by words of the few to rows by words of the image. */
static mz_status turn(const search *s, mz_kin_table *table, mz_error *error) {
    const mz_index *image = s->image;
    table->first = calloc((size_t)image->word_count + 2, sizeof *table->first);
    table->rows = malloc((atomic_load(&s->count) + 1) * sizeof *table->rows);
    if (!table->first || !table->rows) {
        mz_kin_done(table);
        return mz_fail_memory(error);
    }
    uint32_t *end = table->first + 1; /* of a word's rows, which is where those of the next begin */
    for (uint32_t d = 0; d < s->few->word_count; d++)
        for (size_t k = 0; k < s->lists[d].count; k++) end[s->lists[d].rows[k].word + 1]++;
    for (uint32_t w = 0; w < image->word_count; w++) end[w + 1] += end[w];
    for (uint32_t d = 0; d < s->few->word_count; d++)
        for (size_t k = 0; k < s->lists[d].count; k++) {
            const alike_word *row = &s->lists[d].rows[k];
            table->rows[end[row->word]++] =
                (mz_kin){.word = d & (MZ_FEW_WORDS_MOST - 1), .likeness = row->likeness & 1023u};
        }
    return MZ_OK;
}

mz_status mz_kin_find(const mz_index *image, const mz_few *few, const mz_crew_work *told, unsigned crew, size_t most,
                      mz_kin_table *ret_table, bool *ret_crowded, mz_error *error) {
    search *s = calloc(1, sizeof *s);
    mz_status status = MZ_OK;
    if (s) s->lists = calloc((size_t)few->word_count + 1, sizeof *s->lists);
    if (!s || !s->lists) status = mz_fail_memory(error);
    *ret_table = (mz_kin_table){NULL, NULL};
    if (!status) {
        s->image = image;
        s->few = few;
        s->most = most;
        const mz_crew_work work = {.pieces = few->word_count,
                                   .piece = find_one,
                                   .context = s,
                                   .progress = told->progress,
                                   .progress_context = told->progress_context};
        status = mz_crew_run(crew, &work, error);
    }
    if (!status) {
        *ret_crowded = atomic_load(&s->count) > most;
        if (!*ret_crowded) status = turn(s, ret_table, error);
    }
    for (size_t w = 0; s && w < MZ_CREW_MOST; w++) {
        mz_alike_free(s->finders[w].alike);
        free(s->finders[w].found.rows);
    }
    for (uint32_t d = 0; s && s->lists && d < few->word_count; d++) free(s->lists[d].rows);
    if (s) free(s->lists);
    free(s);
    return status;
}

void mz_kin_done(mz_kin_table *table) {
    free(table->first);
    free(table->rows);
    *table = (mz_kin_table){NULL, NULL};
}

uint16_t mz_kin_likeness(const mz_kin_table *table, uint32_t word, uint32_t few_word) {
    uint32_t low = table->first[word], high = table->first[word + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (table->rows[middle].word == few_word) return table->rows[middle].likeness;
        if (table->rows[middle].word < few_word)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}
