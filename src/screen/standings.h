/* The best that is known of each entity that a search has met: a table that grows with what is met, not with the image,
 * so that a screener of four million entities is small. Rows stand in the order in which entities were met. */
#ifndef MIZAN_SCREEN_STANDINGS_H
#define MIZAN_SCREEN_STANDINGS_H

#include <stdbool.h>
#include <stdint.h>

enum { MZ_NO_QUERY_NAME = -1 };

typedef struct mz_standing {
    double cost, bits;
    double total; /* cost, and where names are judged by different prices that of what is known beside them */
    uint32_t entity;
    int32_t query_name; /* MZ_NO_QUERY_NAME: no name met */
    uint32_t entity_name;
    bool identified; /* bears a number of the query's */
} mz_standing;

typedef struct mz_standings {
    mz_standing *rows;
    uint32_t count, room;
    struct mz_standing_slot *slots; /* open addressing; a slot of another round is free */
    uint32_t slot_bits, round;
} mz_standings;

/* All zeros is an empty table. */
void mz_standings_done(mz_standings *standings);

/* Forgets all, in a time that does not depend on how many there were. */
void mz_standings_forget(mz_standings *standings);

/* The entity's row, NULL when it was not met; valid until the next mz_standings_meet. */
mz_standing *mz_standings_get(const mz_standings *standings, uint32_t entity);

/* The same, entered when it was not met; NULL when out of memory, and the table is as it was. */
mz_standing *mz_standings_meet(mz_standings *standings, uint32_t entity);

#endif
