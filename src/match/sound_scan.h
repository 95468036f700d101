/* What is done with blocks of words, 64 of them at a time, by whatever vectors a processor has: words that a bound
 * (sound_bound.h) leaves are found, put together, and aligned (sound_cells.h). Every kind gives the same, to the bit,
 * as the plain twin, which is the last of them. */
#ifndef MIZAN_MATCH_SOUND_SCAN_H
#define MIZAN_MATCH_SOUND_SCAN_H

#include "match/sound_bound.h"
#include "match/sound_cells.h"

/* Words gathered from blocks, a lane each: their phones, and which lane of its block each was. */
typedef struct mz_block_batch {
    _Alignas(MZ_BLOCK_LANES) uint8_t phones[MZ_PHONES_MOST][2 * MZ_BLOCK_LANES];
    uint8_t lanes[2 * MZ_BLOCK_LANES];
    size_t count; /* of words; no more than 64 when others come */
} mz_block_batch;

typedef struct mz_block_scan {
    /* Adds to masks[b] a bit for each word of block b that may be within the floor. */
    void (*leave)(const mz_sound_bound *bound, const mz_block_run *run, uint64_t *masks);
    /* Adds the words of `mask` of a block whose words have `count` phones. */
    void (*gather)(const mz_block_column *columns, size_t count, uint64_t mask, mz_block_batch *batch);
    /* Aligns: a bit for each lane whose word may cost what it does, and what those cost. */
    uint64_t (*align)(const mz_sound_cells *cells, const mz_cells_words *words, mz_cells_rows *rows,
                      mz_cells_costs *costs);
} mz_block_scan;

/* The kinds of scans that this machine can do, the best first; the last is the plain twin. */
enum { MZ_BLOCK_SCANS_MOST = 4 };
size_t mz_block_scans(const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]);

/* For mz_block_scans: those of the processor, and what they have in common with the plain one. */
size_t mz_block_scans_fast(const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]);
void mz_block_gather_plain(const mz_block_column *columns, size_t count, uint64_t mask, mz_block_batch *batch);

#endif
