#include "index/joins.h"

#include "index/postings.h"

/* As much of a word as joins ask for; the rest is left as it was. */
static void sound_of(const mz_index *index, uint32_t number, mz_name_word *word) {
    const mz_word_row *row = &index->words[number];
    word->phones = index->phones + row->phones;
    word->phone_count = row->phone_count;
    word->skeleton = row->skeleton;
    word->class = row->class;
    word->system = row->system;
}

/* One join against words of the query: its consonants are made once. */
static bool meets(const mz_name_word *const *parts, size_t size, const mz_name_word *words, size_t count, bool turned) {
    mz_joined joined;
    uint64_t skeleton = mz_join_skeleton(parts, size);
    bool made = false;
    if (!skeleton) return false;
    for (size_t i = 0; i < count; i++) {
        if (words[i].skeleton != skeleton || (turned && !mz_script_unspaced((mz_script)words[i].script))) continue;
        if (!made && !mz_join_sound(parts, size, &joined)) return false;
        made = true;
        if (mz_joined_likeness(&joined, &words[i], MZ_LIKENESS_JOIN_FLOOR)) return true;
    }
    return false;
}

bool mz_index_joins_to(const mz_index *index, uint32_t name, const mz_name_word *words, size_t count) {
    size_t listed_count = index->names[name].word_count;
    mz_name_word listed[MZ_NAME_WORDS_MOST];
    for (size_t j = 0; j < listed_count; j++) sound_of(index, mz_index_name_word(index, name, j), &listed[j]);
    for (size_t size = 2; size <= 3; size++)
        for (size_t j = 0; j + size <= listed_count; j++) {
            const mz_name_word *const parts[3] = {&listed[j], &listed[j + 1], &listed[j + size - 1]};
            if (meets(parts, size, words, count, false)) return true;
        }
    return listed_count == 2 && meets((const mz_name_word *const[]){&listed[1], &listed[0]}, 2, words, count, true);
}

bool mz_index_place_meets(const mz_index *index, uint32_t name, uint8_t place, const mz_name_word *word,
                          uint16_t floor) {
    mz_name_word listed[MZ_JOIN_WORDS_MOST];
    const mz_name_word *const forward[] = {&listed[0], &listed[1], &listed[2]}, *const turned[] = {&listed[1],
                                                                                                   &listed[0]};
    size_t size = mz_place_size(place);
    for (size_t p = 0; p < size; p++)
        sound_of(index, mz_index_name_word(index, name, mz_place_first(place) + p), &listed[p]);
    mz_joined joined;
    return size && mz_join_sound(mz_place_turned(place) ? turned : forward, size, &joined) &&
           mz_joined_likeness(&joined, word, floor) != 0;
}

bool mz_index_joined_meets(const mz_index *index, const mz_joined *joined, uint32_t word) {
    mz_name_word listed;
    if (index->words[word].skeleton != joined->skeleton) return false;
    sound_of(index, word, &listed);
    return mz_joined_likeness(joined, &listed, MZ_LIKENESS_JOIN_FLOOR) != 0;
}

bool mz_index_has_word(const mz_index *index, uint32_t name, uint32_t word) {
    for (size_t j = 0; j < index->names[name].word_count; j++)
        if (mz_index_name_word(index, name, j) == word) return true;
    return false;
}
