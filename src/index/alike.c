/* Words that sound alike: all blocks of the vocabulary are passed over by a bound from below (match/sound_bound.h), and
 * the few words that it leaves are aligned exactly, sixteen at a time (match/sound_lanes.h). That no word is lost rests
 * on the bound alone, and how alike a word is on the alignment alone. */
#include "index/alike.h"

#include "index/blocks.h"
#include "match/sound_lanes.h"
#include "match/word.h"

#include <stdlib.h>

enum { RUN_BLOCKS = 512 };

struct mz_alike {
    mz_sound_bound bound;
    mz_block_rows rows;
    uint64_t masks[RUN_BLOCKS];
    const mz_index *index;
    mz_block_scan *scan;
    mz_sound_lanes lanes;
    bool lanes_ready; /* for words of the system in hand */
    /* words of one group that are to be aligned */
    uint8_t phones[MZ_PHONES_MOST][MZ_SOUND_LANES];
    uint32_t words[MZ_SOUND_LANES];
    size_t word_count;
    const mz_name_word *query;
    uint8_t kind;
    uint16_t floor;
    void (*found)(void *context, uint32_t word, uint16_t likeness);
    void (*sifted)(void *context, uint32_t word); /* NULL: words are aligned */
    void *context;
    mz_alike_counts counts;
};

mz_alike *mz_alike_new(const mz_index *index) {
    void *memory;
    mz_block_scan *scans[MZ_BLOCK_SCANS_MOST];
    if (posix_memalign(&memory, _Alignof(mz_alike), sizeof(mz_alike)) != 0) return NULL;
    mz_alike *alike = memory;
    memset(alike, 0, sizeof *alike);
    alike->index = index;
    (void)mz_block_scans(scans);
    alike->scan = scans[0];
    return alike;
}

void mz_alike_free(mz_alike *alike) {
    free(alike);
}

void mz_alike_scan_by(mz_alike *alike, mz_block_scan *scan) {
    alike->scan = scan;
}

mz_alike_counts mz_alike_count(const mz_alike *alike) {
    return alike->counts;
}

static void give_out(mz_alike *a, uint32_t word, uint16_t by_sound) {
    uint16_t likeness = by_sound;
    if (by_sound == MZ_LIKENESS_SAME || !mz_kinds_plain(a->kind, a->index->kinds[word])) {
        mz_name_word other;
        mz_index_word(a->index, word, &other);
        likeness = mz_word_likeness_by_sound(a->query, &other, by_sound);
    } else if (likeness > MZ_LIKENESS_OTHER_LETTERS) {
        likeness = MZ_LIKENESS_OTHER_LETTERS;
    }
    if (likeness >= a->floor) a->found(a->context, word, likeness);
}

static void align_words(mz_alike *a, const mz_sound_group *group) {
    uint16_t likeness[MZ_SOUND_LANES];
    if (!a->word_count) return;
    if (!a->lanes_ready) mz_sound_lanes_start(&a->lanes, a->query, (mz_sound_system)group->system);
    a->lanes_ready = true;
    a->counts.words += a->word_count;
    /* lanes without a word keep what they had, which is of no interest */
    mz_sound_lanes_likeness(&a->lanes, (const uint8_t(*)[MZ_SOUND_LANES])a->phones, group->phone_count, group->bare,
                            likeness);
    for (size_t l = 0; l < a->word_count; l++)
        if (likeness[l] >= a->floor) give_out(a, a->words[l], likeness[l]);
    a->word_count = 0;
}

static void take_word(mz_alike *a, const mz_sound_group *group, uint32_t place) {
    const uint8_t *phones = a->index->phones + group->first_phone + (size_t)place * group->phone_count;
    for (size_t i = 0; i < group->phone_count; i++) a->phones[i][a->word_count] = phones[i];
    a->words[a->word_count++] = group->first_word + place;
    if (a->word_count == MZ_SOUND_LANES) align_words(a, group);
}

/* The first block from b on of which a word is left, or a few before it. */
static size_t next_left(const uint64_t *masks, size_t b, size_t count) {
    for (; b + 8 <= count; b += 8) {
        uint64_t any = 0;
        for (size_t i = 0; i < 8; i++) any |= masks[b + i];
        if (any) break;
    }
    return b;
}

/* Words of a run of blocks, the first of which holds the group's words from `first` on. */
static void take_words(mz_alike *a, const mz_sound_group *group, uint32_t first, size_t block_count) {
    for (size_t b = next_left(a->masks, 0, block_count); b < block_count; b = next_left(a->masks, b + 1, block_count)) {
        uint32_t at = first + (uint32_t)b * MZ_BLOCK_LANES, words = group->word_count - at;
        uint64_t mask = a->masks[b];
        if (words < MZ_BLOCK_LANES) mask &= (UINT64_C(1) << words) - 1;
        for (; mask; mask &= mask - 1) {
            uint32_t place = at + (uint32_t)__builtin_ctzll(mask);
            if (a->sifted)
                a->sifted(a->context, group->first_word + place);
            else
                take_word(a, group, place);
        }
    }
}

static void search_group(mz_alike *a, const mz_sound_group *group) {
    uint32_t block_count = mz_group_blocks(group);
    mz_block_run run = {.count = group->phone_count};
    for (uint32_t b = 0; b < block_count; b += RUN_BLOCKS) {
        run.block_count = block_count - b < RUN_BLOCKS ? block_count - b : RUN_BLOCKS;
        run.columns = a->index->sound_columns + group->first_column + (size_t)b * group->phone_count;
        run.shared = a->index->sound_shared + group->first_block + b;
        memset(a->masks, 0, run.block_count * sizeof *a->masks);
        run.bare = 0;
        (void)a->scan(&a->bound, &run, &a->rows, a->masks);
        /* the columns that there are, not those that this kind of processor had to make: work is the same everywhere */
        a->counts.rows += (uint64_t)run.block_count * run.count * (group->bare ? 2 : 1);
        run.bare = group->bare;
        if (run.bare) (void)a->scan(&a->bound, &run, &a->rows, a->masks);
        take_words(a, group, b * MZ_BLOCK_LANES, run.block_count);
    }
    align_words(a, group);
}

/* Groups of one system. */
static void search_groups(mz_alike *a, const mz_sound_group *groups, size_t count) {
    size_t longest = 0, bare = 0;
    for (size_t g = 0; g < count; g++) {
        if (longest < groups[g].phone_count) longest = groups[g].phone_count;
        if (bare < groups[g].bare) bare = groups[g].bare;
    }
    mz_sound_bound_start(&a->bound, a->query, (mz_sound_system)groups->system, a->floor, longest, bare);
    a->lanes_ready = false;
    for (size_t g = 0; g < count; g++) search_group(a, &groups[g]);
}

static void search(mz_alike *alike, const mz_name_word *query, uint16_t floor) {
    const mz_sound_group *groups = alike->index->sound_groups;
    uint32_t count = alike->index->sound_group_count;
    alike->query = query;
    alike->kind = mz_word_kind(query);
    alike->floor = floor;
    alike->counts = (mz_alike_counts){0, 0};
    for (uint32_t g = 0, end; g < count; g = end) {
        for (end = g; end < count && groups[end].system == groups[g].system;) end++;
        search_groups(alike, groups + g, end - g);
    }
}

void mz_alike_find(mz_alike *alike, const mz_name_word *query, uint16_t floor,
                   void (*found)(void *context, uint32_t word, uint16_t likeness), void *context) {
    alike->found = found;
    alike->sifted = NULL;
    alike->context = context;
    search(alike, query, floor);
}

void mz_alike_sift(mz_alike *alike, const mz_name_word *query, uint16_t floor,
                   void (*sifted)(void *context, uint32_t word), void *context) {
    alike->sifted = sifted;
    alike->context = context;
    search(alike, query, floor);
}
