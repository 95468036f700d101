#include "base/json_write.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void before_value(mz_json *json) {
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->filled[json->depth]) mz_buffer_char(json->out, ',');
    json->filled[json->depth] = true;
}

static void open(mz_json *json, char bracket) {
    before_value(json);
    assert(json->depth + 1 < MZ_JSON_DEPTH);
    mz_buffer_char(json->out, bracket);
    json->filled[++json->depth] = false;
}

static void close(mz_json *json, char bracket) {
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    mz_buffer_char(json->out, bracket);
}

void mz_json_object(mz_json *json) {
    open(json, '{');
}
void mz_json_object_end(mz_json *json) {
    close(json, '}');
}
void mz_json_array(mz_json *json) {
    open(json, '[');
}
void mz_json_array_end(mz_json *json) {
    close(json, ']');
}

void mz_json_quote(mz_buffer *out, mz_str text) {
    mz_buffer_char(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        mz_buffer_append(out, text.data + from, i - from);
        from = i + 1;
        switch (c) {
        case '"': mz_buffer_append(out, "\\\"", 2); break;
        case '\\': mz_buffer_append(out, "\\\\", 2); break;
        case '\b': mz_buffer_append(out, "\\b", 2); break;
        case '\f': mz_buffer_append(out, "\\f", 2); break;
        case '\n': mz_buffer_append(out, "\\n", 2); break;
        case '\r': mz_buffer_append(out, "\\r", 2); break;
        case '\t': mz_buffer_append(out, "\\t", 2); break;
        default: mz_buffer_print(out, "\\u%04x", c);
        }
    }
    mz_buffer_append(out, text.data ? text.data + from : "", text.size - from);
    mz_buffer_char(out, '"');
}

void mz_json_key_str(mz_json *json, mz_str key) {
    assert(!json->after_key);
    before_value(json);
    mz_json_quote(json->out, key);
    mz_buffer_char(json->out, ':');
    json->after_key = true;
}

void mz_json_key(mz_json *json, const char *key) {
    mz_json_key_str(json, mz_str_of(key));
}

void mz_json_str(mz_json *json, mz_str text) {
    before_value(json);
    mz_json_quote(json->out, text);
}

void mz_json_int(mz_json *json, int64_t number) {
    before_value(json);
    mz_buffer_print(json->out, "%" PRId64, number);
}

/* Keeps the digits and makes the radix character, which a locale may write as a comma or as two bytes, a point. */
static size_t plain_decimal(char *text, size_t size) {
    size_t kept = 0;
    bool zero = true;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        bool digit = c >= '0' && c <= '9';
        if (digit && c != '0') zero = false;
        if (digit || c == '-')
            text[kept++] = c;
        else if (text[kept - 1] != '.')
            text[kept++] = '.';
    }
    if (!zero || text[0] != '-') return kept;
    memmove(text, text + 1, kept - 1);
    return kept - 1;
}

void mz_json_fixed(mz_json *json, double number, int decimals) {
    assert(decimals >= 0 && decimals <= 17);
    before_value(json);
    if (!isfinite(number)) {
        mz_buffer_append(json->out, "null", 4);
        return;
    }
    char text[352]; /* the largest double has 309 digits before the point */
    int size = snprintf(text, sizeof text, "%.*f", decimals, number);
    mz_buffer_append(json->out, text, plain_decimal(text, size < 0 ? 0 : (size_t)size));
}

void mz_json_bool(mz_json *json, bool truth) {
    before_value(json);
    mz_buffer_str(json->out, truth ? MZ_STR("true") : MZ_STR("false"));
}

void mz_json_null(mz_json *json) {
    before_value(json);
    mz_buffer_append(json->out, "null", 4);
}

void mz_json_raw(mz_json *json, mz_str text) {
    before_value(json);
    mz_buffer_str(json->out, text);
}

void mz_json_pair(mz_json *json, const char *key, mz_str value) {
    mz_json_key(json, key);
    mz_json_str(json, value);
}

void mz_json_pair_int(mz_json *json, const char *key, int64_t value) {
    mz_json_key(json, key);
    mz_json_int(json, value);
}

void mz_json_pair_bool(mz_json *json, const char *key, bool value) {
    mz_json_key(json, key);
    mz_json_bool(json, value);
}
