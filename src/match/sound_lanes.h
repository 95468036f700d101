/* A word aligned with sixteen others at once, each in a lane of its own: plain alignment, cell by cell, as
 * mz_sound_likeness does it for one. Loops over lanes are written so that a compiler makes vectors of them.
 *
 * Scoring all names goes by it, which searches are held against; these have sound_cells.h.
 * tests/match/sound_lanes_test.c holds it against mz_sound_likeness. */
#ifndef MIZAN_MATCH_SOUND_LANES_H
#define MIZAN_MATCH_SOUND_LANES_H

#include "names/name.h"
#include "names/spelling.h"

#include <stdint.h>

enum { MZ_SOUND_LANES = 16 };

typedef struct mz_sound_lanes {
    size_t count, bare;
    unsigned size;                                    /* the query's */
    uint8_t query[MZ_PHONES_MOST];                    /* its phones */
    uint8_t omit_query[MZ_PHONES_MOST];               /* by place in it */
    uint8_t exchange[MZ_PHONE_COUNT][MZ_PHONES_MOST]; /* [listed phone][place in the query] */
    const uint8_t (*omit_listed)[MZ_PHONE_COUNT];     /* [place][phone] */
    const uint8_t *sizes;                             /* of listed phones */
    int16_t turned;
} mz_sound_lanes;

/* The query, which has phones, against words of one system. */
void mz_sound_lanes_start(mz_sound_lanes *lanes, const mz_name_word *query, mz_sound_system listed);

/* phones[j][lane] is phone j of the lane's word; all words have `count` phones, 1 … MZ_PHONES_MOST, `bare` of them an
 * article. A bit for each lane whose word costs no more than what reaches MZ_LIKENESS_FLOOR. */
unsigned mz_sound_lanes_within(const mz_sound_lanes *lanes, const uint8_t (*phones)[MZ_SOUND_LANES], size_t count,
                               size_t bare);

#endif
