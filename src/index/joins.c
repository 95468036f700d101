#include "index/joins.h"

/* As much of a word as joins ask for; the rest is left as it was. */
static void sound_of(const mz_index *index, uint32_t number, mz_name_word *word) {
    const mz_word_row *row = &index->words[number];
    word->phones = index->phones + row->phones;
    word->phone_count = row->phone_count;
    word->skeleton = row->skeleton;
    word->class = row->class;
    word->system = row->system;
}

bool mz_index_joins_to(const mz_index *index, uint32_t name, const mz_name_word *word) {
    size_t count = index->names[name].word_count;
    mz_name_word words[MZ_NAME_WORDS_MOST];
    if (!word->skeleton || count < 2) return false;
    for (size_t j = 0; j < count; j++) sound_of(index, mz_index_name_word(index, name, j), &words[j]);
    for (size_t size = 2; size <= 3; size++)
        for (size_t j = 0; j + size <= count; j++) {
            const mz_name_word *const parts[3] = {&words[j], &words[j + 1], &words[j + size - 1]};
            if (mz_join_skeleton(parts, size) == word->skeleton && mz_join_likeness(parts, size, word)) return true;
        }
    return count == 2 && mz_script_unspaced((mz_script)word->script) &&
           mz_join_likeness((const mz_name_word *const[]){&words[1], &words[0]}, 2, word);
}

bool mz_index_has_word(const mz_index *index, uint32_t name, uint32_t word) {
    for (size_t j = 0; j < index->names[name].word_count; j++)
        if (mz_index_name_word(index, name, j) == word) return true;
    return false;
}
