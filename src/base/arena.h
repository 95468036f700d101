/* An arena: memory that is given back all at once. One for each request, record or build step.
 *
 * Failure is sticky: after the first allocation that could not be made (no memory, or the ceiling), `failed`
 * stays set and every further allocation returns NULL (strings: the empty string), so that code which fills
 * an arena checks once, at the end. Not thread-safe: one thread owns an arena. */
#ifndef MIZAN_BASE_ARENA_H
#define MIZAN_BASE_ARENA_H

#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct mz_arena {
    struct mz_arena_block *head; /* the block in use; older ones behind it */
    size_t used_bytes;           /* in all blocks */
    size_t ceiling_bytes;
    bool failed;
    bool starved; /* it failed for lack of memory, not at its ceiling */
} mz_arena;

void mz_arena_init(mz_arena *arena, size_t ceiling_bytes);

/* Frees everything; the arena may be used again as if just initialised. */
void mz_arena_done(mz_arena *arena);

/* Forgets the contents and the failure, keeps one block for the next round. */
void mz_arena_reset(mz_arena *arena);

/* `count` objects of `size` bytes, zeroed, aligned for any type; NULL on failure (also on overflow). */
void *mz_arena_alloc(mz_arena *arena, size_t count, size_t size) __attribute__((malloc));
#define MZ_ARENA_NEW(arena, count, type) ((type *)mz_arena_alloc((arena), (count), sizeof(type)))

/* A copy of the bytes with a NUL behind them (not counted). */
mz_str mz_arena_copy(mz_arena *arena, mz_str text);

/* printf into the arena. */
mz_str mz_arena_print(mz_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Why an arena failed: MZ_ERR_MEMORY when it is starved, else MZ_ERR_LIMIT, "WHAT takes more than …". */
mz_status mz_fail_arena(const mz_arena *arena, mz_error *error, const char *what);

#endif
