/* Words that sound alike: of all blocks of the vocabulary a bound from below (match/sound_bound.h) leaves a part, which
 * is put together into full blocks, and aligned 64 words at a time (match/sound_cells.h). That no word is lost rests on
 * the bound, and how alike a word is on that alignment being the one of mz_sound_likeness. */
#include "index/alike.h"

#include "index/blocks.h"
#include "match/word.h"

#include <stdlib.h>

enum { RUN_BLOCKS = 512, LANES = MZ_BLOCK_LANES };

/* Words of a batch that are of one block: from a lane on. */
typedef struct segment {
    uint32_t first_word; /* of the block */
    uint8_t first_lane;
} segment;

struct mz_alike {
    mz_sound_bound bound;
    mz_sound_cells cells;
    bool cells_ready; /* for words of the system in hand */
    mz_cells_rows rows;
    mz_cells_costs costs;
    mz_block_batch batch;
    segment segments[LANES + 1];
    size_t segment_count;
    uint64_t masks[RUN_BLOCKS];
    const mz_index *index;
    const mz_block_scan *scan;
    mz_sound_sides sides; /* of the system in hand */
    unsigned query_size;
    const mz_name_word *query;
    uint8_t kind;
    uint16_t floor;
    void (*found)(void *context, uint32_t word, uint16_t likeness);
    void (*sifted)(void *context, uint32_t word); /* NULL: how alike words are is asked for */
    void *context;
    mz_alike_counts counts;
};

mz_alike *mz_alike_new(const mz_index *index) {
    void *memory;
    const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST];
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

void mz_alike_scan_by(mz_alike *alike, const mz_block_scan *scan) {
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

/* Words with digits, which alignment takes for less than they cost, are aligned one by one. */
static uint16_t likeness_with_digits(const mz_alike *a, const mz_sound *listed) {
    const mz_sound query = {a->query->phones, a->query->phone_count, a->query->bare};
    const mz_spelling *spelling = a->sides.spelling;
    return a->sides.listed_right ? mz_sound_likeness(spelling, &query, listed, MZ_LIKENESS_FLOOR)
                                 : mz_sound_likeness(spelling, listed, &query, MZ_LIKENESS_FLOOR);
}

/* A word that costs so much. */
static void judge(mz_alike *a, const mz_sound_group *group, uint32_t word, unsigned cost) {
    size_t count = group->phone_count;
    const uint8_t *phones = a->index->phones + group->first_phone + (size_t)(word - group->first_word) * count;
    unsigned sizes = a->query_size;
    uint16_t likeness = 0;
    bool digits = false;
    for (size_t i = 0; i < count; i++) {
        sizes += a->sides.sizes[phones[i]];
        digits |= phones[i] >= MZ_BLOCK_DIGIT;
    }
    if (digits)
        likeness = likeness_with_digits(a, &(mz_sound){phones, count, group->bare});
    else if (sizes && cost <= mz_likeness_budget(sizes, MZ_LIKENESS_FLOOR))
        likeness = (uint16_t)(MZ_LIKENESS_SAME - 2 * MZ_LIKENESS_SAME * cost / sizes);
    if (likeness >= a->floor) give_out(a, word, likeness);
}

/* The first words of the batch, 64 at most; the others are the first then. */
static void align_batch(mz_alike *a, const mz_sound_group *group) {
    mz_block_batch *batch = &a->batch;
    size_t count = batch->count < LANES ? batch->count : LANES, s = 0;
    const mz_cells_words words = {batch->phones[0], sizeof batch->phones[0], group->phone_count, group->bare};
    if (!count) return;
    if (!a->cells_ready) mz_sound_cells_start(&a->cells, a->query, (mz_sound_system)group->system, a->floor);
    a->cells_ready = true;
    uint64_t within = a->scan->align(&a->cells, &words, &a->rows, &a->costs);
    if (count < LANES) within &= (UINT64_C(1) << count) - 1;
    for (; within; within &= within - 1) {
        size_t lane = (size_t)__builtin_ctzll(within);
        while (s + 1 < a->segment_count && a->segments[s + 1].first_lane <= lane) s++;
        uint32_t word = a->segments[s].first_word + batch->lanes[lane];
        if (a->sifted)
            a->sifted(a->context, word);
        else
            judge(a, group, word, mz_cells_cost(&a->costs, lane));
    }
    batch->count -= count;
    a->segments[0] = (segment){a->segments[a->segment_count ? a->segment_count - 1 : 0].first_word, 0};
    a->segment_count = batch->count > 0;
    for (size_t i = 0; i < group->phone_count && batch->count; i++)
        memcpy(batch->phones[i], batch->phones[i] + LANES, LANES);
    memcpy(batch->lanes, batch->lanes + LANES, LANES);
}

/* Words of a run of blocks, the first of which holds the group's words from `first` on. */
static void take_words(mz_alike *a, const mz_sound_group *group, const mz_block_run *run, uint32_t first) {
    for (size_t b = 0; b < run->block_count; b++) {
        uint32_t at = first + (uint32_t)b * LANES, words = group->word_count - at;
        uint64_t mask = a->masks[b];
        if (words < LANES) mask &= (UINT64_C(1) << words) - 1;
        if (!mask) continue;
        a->segments[a->segment_count++] = (segment){group->first_word + at, (uint8_t)a->batch.count};
        a->scan->gather(run->columns + b * run->count, run->count, mask, &a->batch);
        a->counts.words += (uint64_t)__builtin_popcountll(mask);
        if (a->batch.count >= LANES) align_batch(a, group);
    }
}

static void search_group(mz_alike *a, const mz_sound_group *group) {
    uint32_t block_count = mz_group_blocks(group);
    mz_block_run run = {.count = group->phone_count};
    for (uint32_t b = 0; b < block_count; b += RUN_BLOCKS) {
        run.block_count = block_count - b < RUN_BLOCKS ? block_count - b : RUN_BLOCKS;
        run.columns = a->index->sound_columns + group->first_column + (size_t)b * group->phone_count;
        memset(a->masks, 0, run.block_count * sizeof *a->masks);
        run.bare = 0;
        a->scan->leave(&a->bound, &run, a->masks);
        a->counts.rows += (uint64_t)run.block_count * run.count * (group->bare ? 2 : 1);
        run.bare = group->bare;
        if (run.bare) a->scan->leave(&a->bound, &run, a->masks);
        take_words(a, group, &run, b * LANES);
    }
    align_batch(a, group);
}

/* Groups of one system. */
static void search_groups(mz_alike *a, const mz_sound_group *groups, size_t count) {
    mz_sound_system system = (mz_sound_system)groups->system;
    a->sides = mz_sound_sides_of((mz_sound_system)a->query->system, system, a->floor);
    a->query_size = mz_phones_size(a->query->phones, a->query->phone_count, a->sides.query_sizes);
    a->cells_ready = false;
    mz_sound_bound_start(&a->bound, a->query, system, a->floor);
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
