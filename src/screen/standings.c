/* Entities met by a search: rows in a growing array, found by a table of their places. Numbers of entities are spread
 * by multiplication; who writes a list could make some collide, at the cost of a few steps for entities that a query
 * meets anyway. */
#include "screen/standings.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_SLOT_BITS = 6, MOST_SLOT_BITS = 31 };

typedef struct mz_standing_slot {
    uint32_t round, row; /* round 0: never taken */
} mz_standing_slot;

void mz_standings_done(mz_standings *standings) {
    free(standings->rows);
    free(standings->slots);
    *standings = (mz_standings){0};
}

void mz_standings_forget(mz_standings *standings) {
    standings->count = 0;
    if (++standings->round) return;
    if (standings->slots) memset(standings->slots, 0, sizeof *standings->slots << standings->slot_bits);
    standings->round = 1;
}

/* The slot in which the entity is, or which is free for it. */
static mz_standing_slot *slot_of(const mz_standings *standings, uint32_t entity) {
    uint32_t mask = ((uint32_t)1 << standings->slot_bits) - 1;
    uint32_t at = (entity * UINT32_C(0x9E3779B1)) >> (32 - standings->slot_bits);
    for (;; at = (at + 1) & mask) {
        mz_standing_slot *slot = &standings->slots[at];
        if (slot->round != standings->round || standings->rows[slot->row].entity == entity) return slot;
    }
}

mz_standing *mz_standings_get(const mz_standings *standings, uint32_t entity) {
    if (!standings->count) return NULL;
    const mz_standing_slot *slot = slot_of(standings, entity);
    return slot->round == standings->round ? &standings->rows[slot->row] : NULL;
}

/* Twice the rows, four slots for each of them: at most half of the slots are ever taken. */
static bool grow(mz_standings *standings) {
    uint32_t bits = standings->slots ? standings->slot_bits + 1 : LEAST_SLOT_BITS, room = (uint32_t)1 << (bits - 1);
    if (bits > MOST_SLOT_BITS) return false;
    mz_standing *rows = realloc(standings->rows, room * sizeof *rows);
    if (!rows) return false;
    standings->rows = rows;
    mz_standing_slot *slots = calloc((size_t)1 << bits, sizeof *slots);
    if (!slots) return false;
    free(standings->slots);
    standings->slots = slots;
    standings->slot_bits = bits;
    standings->room = room;
    standings->round = 1;
    for (uint32_t row = 0; row < standings->count; row++)
        *slot_of(standings, rows[row].entity) = (mz_standing_slot){standings->round, row};
    return true;
}

mz_standing *mz_standings_meet(mz_standings *standings, uint32_t entity) {
    mz_standing *met = mz_standings_get(standings, entity);
    if (met) return met;
    if (standings->count == standings->room && !grow(standings)) return NULL;
    *slot_of(standings, entity) = (mz_standing_slot){standings->round, standings->count};
    met = &standings->rows[standings->count++];
    *met = (mz_standing){.entity = entity, .query_name = MZ_NO_QUERY_NAME};
    return met;
}
