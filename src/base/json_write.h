/* A streaming JSON writer (RFC 8259) into a buffer: it puts the commas, the caller keeps the nesting right
 * (asserted). Strings must be valid UTF-8. */
#ifndef MIZAN_BASE_JSON_WRITE_H
#define MIZAN_BASE_JSON_WRITE_H

#include "base/buffer.h"
#include "mizan/str.h"

#include <stdint.h>

enum { MZ_JSON_DEPTH = 32 };

typedef struct mz_json {
    mz_buffer *out; /* borrowed */
    unsigned depth;
    bool after_key;
    bool filled[MZ_JSON_DEPTH]; /* at each depth: something was written already */
} mz_json;

static inline void mz_json_init(mz_json *json, mz_buffer *out) {
    *json = (mz_json){.out = out};
}

void mz_json_object(mz_json *json);
void mz_json_object_end(mz_json *json);
void mz_json_array(mz_json *json);
void mz_json_array_end(mz_json *json);
void mz_json_key(mz_json *json, const char *key);
void mz_json_key_str(mz_json *json, mz_str key);
void mz_json_str(mz_json *json, mz_str text);
void mz_json_int(mz_json *json, int64_t number);
/* Fixed decimals (0 to 17), so that the same number is the same text everywhere, also in a program that set a
 * locale; there is no minus before zero; what is not a finite number becomes null. */
void mz_json_fixed(mz_json *json, double number, int decimals);
void mz_json_bool(mz_json *json, bool truth);
void mz_json_null(mz_json *json);
/* A string of JSON by itself, escaped as RFC 8785 wants it. */
void mz_json_quote(mz_buffer *out, mz_str text);
/* Bytes that are JSON already. */
void mz_json_raw(mz_json *json, mz_str text);

/* key and value in one */
void mz_json_pair(mz_json *json, const char *key, mz_str value);
void mz_json_pair_int(mz_json *json, const char *key, int64_t value);
void mz_json_pair_bool(mz_json *json, const char *key, bool value);

#endif
