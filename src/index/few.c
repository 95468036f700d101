#include "index/few.h"

#include "base/error.h"

#include <stdlib.h>

void mz_few_done(mz_few *few) {
    free(few->words);
    free(few->first_word);
    free(few->name_words);
    free(few->first_use);
    free(few->uses);
    *few = (mz_few){.index = NULL};
}

/* Words of names that are still there, in the order of the names; numbers are the image's. */
static uint32_t put_words(mz_few *few) {
    uint32_t count = 0;
    for (uint32_t n = 0; n < few->name_count; n++) {
        const mz_name_row *row = &few->index->names[few->names.first + n];
        uint32_t words = mz_index_is_dead(few->index, row->entity) ? 0 : row->word_count;
        few->first_word[n] = count;
        for (uint32_t j = 0; j < words; j++)
            few->name_words[count++] = mz_index_name_word(few->index, few->names.first + n, j);
    }
    few->first_word[few->name_count] = count;
    return count;
}

static int ascending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static uint32_t keep_each_once(uint32_t *numbers, uint32_t count) {
    uint32_t kept = 0;
    if (count) qsort(numbers, count, sizeof *numbers, ascending);
    for (uint32_t k = 0; k < count; k++)
        if (!kept || numbers[kept - 1] != numbers[k]) numbers[kept++] = numbers[k];
    return kept;
}

static uint32_t place_of(const mz_few *few, uint32_t word) {
    uint32_t low = 0, high = few->word_count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (few->words[middle] <= word)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Names by word: how many there are of each, then where each begins, then they. */
static void put_uses(mz_few *few, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) few->first_use[few->name_words[k] + 1]++;
    for (uint32_t w = 0; w < few->word_count; w++) few->first_use[w + 1] += few->first_use[w];
    for (uint32_t n = few->name_count; n-- > 0;)
        for (uint32_t k = few->first_word[n]; k < few->first_word[n + 1]; k++)
            few->uses[--few->first_use[few->name_words[k] + 1]] = n;
    for (uint32_t w = 0; w < few->word_count; w++) few->first_use[w] = few->first_use[w + 1];
    few->first_use[few->word_count] = count;
}

mz_status mz_few_init(mz_few *few, const mz_index *index, mz_run entities, mz_error *error) {
    *few = (mz_few){.index = index};
    if (entities.first < entities.end) {
        few->names.first = mz_index_names_of(index, entities.first).first;
        few->names.end = mz_index_names_of(index, entities.end - 1).end;
    }
    few->name_count = few->names.end - few->names.first;
    size_t most = 0;
    for (uint32_t n = few->names.first; n < few->names.end; n++) most += index->names[n].word_count;
    if (most > MZ_FEW_WORDS_MOST)
        return mz_fail(error, MZ_ERR_LIMIT, "names of entities that changed have more than %d words",
                       MZ_FEW_WORDS_MOST);
    few->words = malloc((most + 1) * sizeof *few->words);
    few->name_words = malloc((most + 1) * sizeof *few->name_words);
    few->first_word = malloc((few->name_count + (size_t)1) * sizeof *few->first_word);
    few->uses = malloc((most + 1) * sizeof *few->uses);
    few->first_use = calloc(most + 2, sizeof *few->first_use);
    if (!few->words || !few->name_words || !few->first_word || !few->uses || !few->first_use) {
        mz_few_done(few);
        return mz_fail_memory(error);
    }
    uint32_t count = put_words(few);
    for (uint32_t k = 0; k < count; k++) few->words[k] = few->name_words[k];
    few->word_count = keep_each_once(few->words, count);
    for (uint32_t k = 0; k < count; k++) few->name_words[k] = place_of(few, few->name_words[k]);
    put_uses(few, count);
    return MZ_OK;
}
