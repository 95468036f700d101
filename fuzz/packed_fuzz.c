/* A packed file from the disk: frames, lines, and on each line a record or a change. The last byte says where to go on
 * reading from, as the delta does when it fetches a record from the middle. */
#include "base/arena.h"
#include "entity/record.h"
#include "lists/compare.h"
#include "lists/delta.h"
#include "lists/pack.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_INPUT_BYTES = 64 * 1024, MOST_FRAMES = 64, ARENA_BYTES = 16 * 1024 * 1024 };

static void read_line(mz_str line, mz_arena *arena) {
    mz_record record;
    mz_change change;
    unsigned char fingerprint[MZ_FINGERPRINT_BYTES];
    const mz_field_change *fields;
    size_t count;
    mz_arena_reset(arena);
    if (mz_record_read_json(line, arena, &record, NULL) == MZ_OK) {
        (void)mz_record_fingerprint(&record, arena, fingerprint, NULL);
        if (mz_record_changes(&record, &record, arena, &fields, &count, NULL) == MZ_OK && count) __builtin_trap();
    }
    mz_arena_reset(arena);
    (void)mz_change_read(line, arena, &change, NULL);
}

static void read_lines(mz_unpacker *unpacker, mz_arena *arena) {
    uint64_t frame = UINT64_MAX;
    mz_status status = MZ_OK;
    int frames = 0;
    for (bool more = true; !status && more && frames < MOST_FRAMES;) {
        mz_str line;
        size_t at;
        status = mz_unpacker_line(unpacker, &line, &at, &more, NULL);
        if (status || !more) break;
        if (unpacker->frame_offset != frame) frames++;
        frame = unpacker->frame_offset;
        read_line(line, arena);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_unpacker unpacker;
    mz_arena arena;
    if (size > MOST_INPUT_BYTES) return 0;
    if (mz_unpacker_memory(&unpacker, "fuzz", (mz_str){(const char *)data, size}, NULL)) return 0;
    mz_arena_init(&arena, ARENA_BYTES);
    read_lines(&unpacker, &arena);
    if (size && mz_unpacker_seek(&unpacker, data[size - 1], NULL) == MZ_OK) read_lines(&unpacker, &arena);
    mz_arena_done(&arena);
    mz_unpacker_close(&unpacker);
    return 0;
}
