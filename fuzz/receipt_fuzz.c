/* Any bytes as a receipt that is to be screened again: refused with a sentence. So that what stands behind its hash is
 * read, too, an "entry" is given its right one; and what it calls "then" and "now" is compared as two answers are. */
#include "audit/receipt.h"
#include "audit/replay_compare.h"
#include "base/json_canonical.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 64 << 20, TEXT_BYTES = 4 << 20 };

static void check(bool truth) {
    if (!truth) abort();
}

/* No image can be made there. */
static void try_receipt(mz_str receipt, mz_arena *arena) {
    const mz_receipt_known known = {.public_keys = MZ_STR("00")};
    mz_replay replay;
    mz_error error = {0};
    if (mz_receipt_replay(receipt, &known, NULL, "/dev/null/replay", arena, &replay, &error))
        check(error.text[0] != '\0');
    else
        check(replay.outcome == MZ_REPLAY_NOT_POSSIBLE && replay.difference.size > 0 &&
              !mz_receipt_is_proved(replay.proof));
}

static void try_hashed(const mz_json_value *root, mz_arena *arena) {
    const mz_json_value *entry = mz_json_member(root, "entry"), *personal = mz_json_member(root, "personal");
    char hash[MZ_DIGEST_HEX_SIZE];
    mz_digest digest;
    mz_buffer text, whole;
    mz_buffer_init(&text, TEXT_BYTES);
    mz_buffer_init(&whole, 3 * TEXT_BYTES);
    if (entry && !mz_json_canonical_value(entry, arena, &text, NULL)) {
        mz_digest_init(&digest);
        mz_digest_update(&digest, text.data, text.size);
        mz_digest_hex(&digest, hash);
        mz_buffer_print(&whole, "{\"entry\":%s,\"hash\":\"%s\",\"salt\":\"00\",\"personal\":", text.data, hash);
        mz_buffer_clear(&text);
        if (!personal || mz_json_canonical_value(personal, arena, &text, NULL)) mz_buffer_str(&text, MZ_STR("null"));
        mz_buffer_str(&whole, mz_buffer_view(&text));
        mz_buffer_char(&whole, '}');
        try_receipt(mz_buffer_view(&whole), arena);
    }
    mz_buffer_done(&whole);
    mz_buffer_done(&text);
}

static void try_comparing(const mz_json_value *root, mz_arena *arena) {
    const mz_json_value *then = mz_json_member(root, "then"), *now = mz_json_member(root, "now");
    mz_buffer lines;
    bool same = false;
    if (!then || !now) return;
    mz_buffer_init(&lines, TEXT_BYTES);
    if (!mz_replay_compare(then, now, arena, &same, &lines, NULL)) check(same == (lines.size == 0));
    mz_buffer_clear(&lines);
    if (!mz_replay_compare(now, now, arena, &same, &lines, NULL)) check(same && !lines.size);
    mz_buffer_done(&lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_arena arena;
    const mz_json_value *root;
    mz_str text = {(const char *)data, size};
    mz_arena_init(&arena, ARENA_BYTES);
    try_receipt(text, &arena);
    if (!mz_json_parse(text, 0, &arena, &root, NULL)) {
        try_hashed(root, &arena);
        try_comparing(root, &arena);
    }
    mz_arena_done(&arena);
    return 0;
}
