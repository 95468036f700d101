#include "index/blocks.h"

enum { LANES = MZ_BLOCK_LANES };

int mz_blocks_order(const uint8_t *a, size_t a_count, const uint8_t *b, size_t b_count) {
    if (a_count != b_count) return a_count < b_count ? -1 : 1;
    return memcmp(a, b, a_count);
}

/* A block, from the phones of the first of its words, which lie one behind the other. */
typedef struct block {
    const uint8_t *phones;
    size_t words, count; /* count: phones of each word */
} block;

static void fill_column(const block *of, size_t place, mz_block_column *column) {
    const uint8_t *phone = of->phones + place;
    for (size_t lane = 0; lane < LANES; lane++) {
        column->at[lane] = mz_block_code(*phone);
        if (lane + 1 < of->words) phone += of->count;
    }
}

/* The block of a group that holds its words from `at` on. */
static block block_at(const mz_sound_group *group, const uint8_t *phones, uint32_t at) {
    uint32_t left = group->word_count - at;
    return (block){.phones = phones + group->first_phone + (size_t)at * group->phone_count,
                   .words = left < LANES ? left : LANES,
                   .count = group->phone_count};
}

static bool same_group(const mz_word_row *row, const mz_sound_group *group) {
    return row->system == group->system && row->bare == group->bare && row->phone_count == group->phone_count;
}

static mz_sound_group group_of(const mz_word_row *rows, uint32_t first, uint32_t count, uint32_t first_column) {
    mz_sound_group group = {.first_word = first,
                            .first_phone = rows[first].phones,
                            .first_column = first_column,
                            .system = rows[first].system,
                            .bare = rows[first].bare,
                            .phone_count = rows[first].phone_count};
    while (first + group.word_count < count && same_group(&rows[first + group.word_count], &group)) group.word_count++;
    return group;
}

void mz_blocks_make(const mz_word_row *rows, uint32_t count, const uint8_t *phones, mz_buffer *groups,
                    mz_buffer *columns) {
    for (uint32_t first = 0; first < count;) {
        mz_sound_group group = group_of(rows, first, count, (uint32_t)(columns->size / sizeof(mz_block_column)));
        mz_buffer_append(groups, &group, sizeof group);
        for (uint32_t at = 0; at < group.word_count; at += LANES) {
            block of = block_at(&group, phones, at);
            for (size_t place = 0; place < of.count; place++) {
                mz_block_column column;
                fill_column(&of, place, &column);
                mz_buffer_append(columns, &column, sizeof column);
            }
        }
        first += group.word_count;
    }
}

/* ---- checking ---- */

static bool block_right(const block *of, const mz_block_column *columns) {
    for (size_t place = 0; place < of->count; place++) {
        mz_block_column column;
        fill_column(of, place, &column);
        if (memcmp(&column, &columns[place], sizeof column) != 0) return false;
    }
    return true;
}

/* Words of a group lie one behind the other, and so do their phones, in order. */
static bool words_right(const mz_index *index, const mz_sound_group *group) {
    size_t count = group->phone_count;
    for (uint32_t i = 0; i < group->word_count; i++) {
        const mz_word_row *row = &index->words[group->first_word + i];
        if (row->phones != (uint64_t)group->first_phone + i * count) return false;
        const uint8_t *phones = index->phones + row->phones;
        if (i && memcmp(phones - count, phones, count) > 0) return false;
    }
    return true;
}

static bool groups_in_order(const mz_sound_group *before, const mz_sound_group *group) {
    if (before->system != group->system) return before->system < group->system;
    if (before->bare != group->bare) return before->bare < group->bare;
    return before->phone_count < group->phone_count;
}

static const char *count_sounds(mz_index *index) {
    uint32_t count = 0;
    const mz_word_row *words = index->words;
    while (count < index->word_count && mz_word_sounds(words[count].class, words[count].phone_count)) count++;
    index->sound_count = count;
    for (uint32_t i = count; i < index->word_count; i++)
        if (mz_word_sounds(words[i].class, words[i].phone_count)) return "the order of words";
    return NULL;
}

const char *mz_blocks_wrong(mz_index *index, uint32_t column_count) {
    uint32_t word = 0, column = 0;
    const char *wrong = count_sounds(index);
    if (wrong) return wrong;
    for (uint32_t g = 0; g < index->sound_group_count; g++) {
        const mz_sound_group *group = &index->sound_groups[g];
        if (word == index->sound_count) return "their number";
        mz_sound_group right = group_of(index->words, word, index->sound_count, column);
        if (memcmp(group, &right, sizeof right) != 0 || (g && !groups_in_order(group - 1, group))) return "a group";
        if (!words_right(index, group)) return "the order of words";
        for (uint32_t at = 0; at < group->word_count; at += LANES, column += group->phone_count) {
            block of = block_at(group, index->phones, at);
            if (of.count > column_count - column || !block_right(&of, index->sound_columns + column)) return "a block";
        }
        word += group->word_count;
    }
    return word == index->sound_count && column == column_count ? NULL : "their number";
}
