#include "base/arena.h"

#include "base/checked.h"
#include "base/error.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BLOCK_BYTES = 16 * 1024, LARGEST_STEP_BYTES = 4 * 1024 * 1024, ALIGNMENT = _Alignof(max_align_t) };

struct mz_arena_block {
    struct mz_arena_block *older;
    size_t size, used;
    _Alignas(max_align_t) unsigned char bytes[];
};

void mz_arena_init(mz_arena *arena, size_t ceiling_bytes) {
    *arena = (mz_arena){.ceiling_bytes = ceiling_bytes};
}

static void free_blocks(struct mz_arena_block *block) {
    while (block) {
        struct mz_arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void mz_arena_done(mz_arena *arena) {
    free_blocks(arena->head);
    mz_arena_init(arena, arena->ceiling_bytes);
}

void mz_arena_reset(mz_arena *arena) {
    arena->failed = arena->starved = false;
    arena->used_bytes = 0;
    if (!arena->head) return;
    free_blocks(arena->head->older);
    arena->head->older = NULL;
    arena->head->used = 0;
    arena->used_bytes = arena->head->size;
}

static bool add_block(mz_arena *arena, size_t need) {
    size_t size = arena->head ? arena->head->size * 2 : FIRST_BLOCK_BYTES;
    if (size > LARGEST_STEP_BYTES) size = LARGEST_STEP_BYTES;
    if (size < need) size = need;
    size_t total, whole;
    if (!mz_add_size(arena->used_bytes, size, &total) || total > arena->ceiling_bytes) {
        /* near the ceiling, a block of just the size may still fit */
        size = need;
        if (!mz_add_size(arena->used_bytes, size, &total) || total > arena->ceiling_bytes) return false;
    }
    if (!mz_add_size(size, sizeof(struct mz_arena_block), &whole)) return false;
    struct mz_arena_block *block = malloc(whole);
    if (!block) {
        arena->starved = true;
        return false;
    }
    block->older = arena->head;
    block->size = size;
    block->used = 0;
    arena->head = block;
    arena->used_bytes = total;
    return true;
}

static void *take(mz_arena *arena, size_t size) {
    size_t padded;
    if (arena->failed || !mz_add_size(size, ALIGNMENT - 1, &padded)) {
        arena->failed = true;
        return NULL;
    }
    padded -= padded % ALIGNMENT;
    if (padded == 0) padded = ALIGNMENT;
    if (!arena->head || arena->head->size - arena->head->used < padded) {
        if (!add_block(arena, padded)) {
            arena->failed = true;
            return NULL;
        }
    }
    void *at = arena->head->bytes + arena->head->used;
    arena->head->used += padded;
    return at;
}

void *mz_arena_alloc(mz_arena *arena, size_t count, size_t size) {
    size_t total;
    if (!mz_multiply_size(count, size, &total)) {
        arena->failed = true;
        return NULL;
    }
    void *at = take(arena, total);
    if (at) memset(at, 0, total);
    return at;
}

mz_str mz_arena_copy(mz_arena *arena, mz_str text) {
    size_t whole;
    char *at = mz_add_size(text.size, 1, &whole) ? take(arena, whole) : NULL;
    if (!at) {
        arena->failed = true;
        return (mz_str){"", 0};
    }
    if (text.size) memcpy(at, text.data, text.size);
    at[text.size] = '\0';
    return (mz_str){at, text.size};
}

mz_str mz_arena_print(mz_arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *at = size < 0 ? NULL : take(arena, (size_t)size + 1);
    mz_str result = {"", 0};
    if (at) {
        (void)vsnprintf(at, (size_t)size + 1, format, again);
        result = (mz_str){at, (size_t)size};
    } else {
        arena->failed = true;
    }
    va_end(again);
    return result;
}

mz_status mz_fail_arena(const mz_arena *arena, mz_error *error, const char *what) {
    if (arena->starved) return mz_fail_memory(error);
    return mz_fail(error, MZ_ERR_LIMIT, "%s takes more than the %zu bytes of memory allowed", what,
                   arena->ceiling_bytes);
}
