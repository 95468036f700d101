/* The text of a checkpoint: written, read, and its signature looked at. */
#include "audit/checkpoint.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/shown.h"

#include <sodium.h>
#include <stdio.h>

enum { LINES = 7, TEXT_BYTES = 8192 };

static const char *const words[LINES] = {"mizan-checkpoint", "chain", "number", "hash", "at", "key", "signature"};

size_t mz_checkpoint_signed_part(const mz_audit_checkpoint *checkpoint, char ret_text[MZ_CHECKPOINT_BYTES]) {
    char at[MZ_TIME_TEXT_SIZE];
    mz_time_text(checkpoint->at, at);
    int size = snprintf(
        ret_text, MZ_CHECKPOINT_BYTES, "mizan-checkpoint 1\nchain %.*s\nnumber %lld\nhash %.*s\nat %s\nkey %.*s\n",
        (int)checkpoint->chain.size, checkpoint->chain.data, (long long)checkpoint->number, (int)checkpoint->hash.size,
        checkpoint->hash.data, at, (int)checkpoint->public_key.size, checkpoint->public_key.data);
    return size > 0 && size < MZ_CHECKPOINT_BYTES ? (size_t)size : 0;
}

mz_str mz_checkpoint_text(const mz_audit_checkpoint *checkpoint, mz_arena *arena) {
    char text[MZ_CHECKPOINT_BYTES];
    return mz_arena_print(arena, "%.*ssignature %.*s\n", (int)mz_checkpoint_signed_part(checkpoint, text), text,
                          (int)checkpoint->signature.size, checkpoint->signature.data);
}

static bool read_hex(mz_str text, unsigned char *bytes, size_t size) {
    size_t read = 0;
    return text.size == 2 * size && !sodium_hex2bin(bytes, size, text.data, text.size, NULL, &read, NULL) &&
           read == size;
}

bool mz_audit_checkpoint_holds(const mz_audit_checkpoint *checkpoint) {
    unsigned char key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];
    char text[MZ_CHECKPOINT_BYTES];
    size_t size = mz_checkpoint_signed_part(checkpoint, text);
    return size && read_hex(checkpoint->public_key, key, sizeof key) &&
           read_hex(checkpoint->signature, signature, sizeof signature) &&
           crypto_sign_verify_detached(signature, (const unsigned char *)text, size, key) == 0;
}

/* ---- reading ---- */

static bool is_hex(mz_str text, size_t digits) {
    bool hex = text.size == digits;
    for (size_t k = 0; k < text.size && hex; k++)
        hex = mz_is_digit(text.data[k]) || (text.data[k] >= 'a' && text.data[k] <= 'f');
    return hex;
}

static bool is_key(mz_str text) {
    bool key = text.size > 0 && text.size <= MZ_AUDIT_WORD_BYTES;
    for (size_t k = 0; k < text.size && key; k++)
        key = mz_is_letter(text.data[k]) || mz_is_digit(text.data[k]) || text.data[k] == '-' || text.data[k] == '_';
    return key;
}

/* Written in one way only: what is read is what was signed. */
static bool read_number(mz_str text, int64_t *ret_number) {
    int64_t number = 0;
    if (!text.size || text.size > 18 || text.data[0] == '0') return false;
    for (size_t k = 0; k < text.size; k++) {
        if (!mz_is_digit(text.data[k])) return false;
        number = number * 10 + (text.data[k] - '0');
    }
    *ret_number = number;
    return true;
}

static bool read_time(mz_str text, int64_t *ret_at) {
    char again[MZ_TIME_TEXT_SIZE];
    if (!mz_time_parse(text.data, text.size, ret_at)) return false;
    mz_time_text(*ret_at, again);
    return mz_str_equal(text, mz_str_of(again));
}

static bool take_value(size_t line, mz_str value, mz_audit_checkpoint *read) {
    switch (line) {
    case 0: return mz_str_equal(value, MZ_STR("1"));
    case 1: read->chain = value; return is_key(value);
    case 2: return read_number(value, &read->number);
    case 3: read->hash = value; return is_hex(value, 2 * MZ_DIGEST_BYTES);
    case 4: return read_time(value, &read->at);
    case 5: read->public_key = value; return is_hex(value, 2 * crypto_sign_PUBLICKEYBYTES);
    default: read->signature = value; return is_hex(value, 2 * crypto_sign_BYTES);
    }
}

static mz_str next_line(mz_str *rest) {
    const char *end = rest->size ? memchr(rest->data, '\n', rest->size) : NULL;
    mz_str line = {rest->data, end ? (size_t)(end - rest->data) : rest->size};
    size_t taken = end ? line.size + 1 : line.size;
    *rest = (mz_str){rest->data + taken, rest->size - taken};
    return mz_trimmed(line);
}

mz_status mz_audit_checkpoint_read(mz_str text, mz_arena *arena, mz_audit_checkpoint *ret_checkpoint, mz_error *error) {
    mz_audit_checkpoint read = {.number = 0};
    uint64_t number = 0;
    if (text.size > TEXT_BYTES) return mz_fail(error, MZ_ERR_LIMIT, "a checkpoint has at most %d bytes", TEXT_BYTES);
    mz_str rest = mz_arena_copy(arena, text);
    if (arena->failed) return mz_fail_arena(arena, error, "a checkpoint");
    for (size_t k = 0; k < LINES;) {
        if (!rest.size) return mz_fail_at(error, MZ_ERR_INPUT, number, 0, "a checkpoint lacks its “%s”", words[k]);
        mz_str line = next_line(&rest), word = mz_str_of(words[k]);
        number++;
        if (!line.size) continue;
        bool named =
            line.size > word.size && memcmp(line.data, word.data, word.size) == 0 && line.data[word.size] == ' ';
        if (!named || !take_value(k, (mz_str){line.data + word.size + 1, line.size - word.size - 1}, &read))
            return mz_fail_at(error, MZ_ERR_INPUT, number, 0, "a checkpoint has “%s” and its value here, not: %.*s",
                              words[k], mz_shown(line), line.data);
        k++;
    }
    if (mz_trimmed(rest).size) return mz_fail_at(error, MZ_ERR_INPUT, number + 1, 0, "more text behind a checkpoint");
    read.text = mz_checkpoint_text(&read, arena);
    if (arena->failed) return mz_fail_arena(arena, error, "a checkpoint");
    *ret_checkpoint = read;
    return MZ_OK;
}
