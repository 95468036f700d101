#include "base/json_canonical.h"

#include "base/error.h"
#include "base/json_write.h"

#include <stdlib.h>

typedef struct canonical {
    mz_arena *arena;
    mz_buffer *out;
    mz_error *error;
} canonical;

/* ---- numbers ---- */

enum { EXPONENT_MOST = 1000 * 1000 * 1000, PLAIN_DIGITS_MOST = 21, PLAIN_ZEROS_MOST = 6 };

/* A number is 0.DIGITS times ten to the power of `point`; DIGITS neither begin nor end in zero. */
typedef struct decimal {
    bool negative;
    const char *digits; /* with perhaps a point in between */
    size_t count;
    int64_t point;
} decimal;

static bool read_exponent(const char *at, const char *end, int64_t *ret_exponent) {
    int64_t exponent = 0;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) at++;
    for (; at < end && exponent < EXPONENT_MOST; at++) exponent = exponent * 10 + (*at - '0');
    *ret_exponent = negative ? -exponent : exponent;
    return exponent < EXPONENT_MOST;
}

static bool read_decimal(mz_str text, decimal *ret_number) {
    const char *at = text.data, *end = text.data + text.size, *letter = at;
    decimal number = {.negative = *at == '-'};
    int64_t whole = 0, place = 0, first = -1, last = -1;
    bool pointed = false;
    while (letter < end && *letter != 'e' && *letter != 'E') letter++;
    if (letter < end && !read_exponent(letter + 1, end, &number.point)) return false;
    for (at += number.negative; at < letter; at++) {
        if (*at == '.') {
            pointed = true;
            continue;
        }
        whole += !pointed;
        if (*at != '0') {
            if (first < 0) number.digits = at;
            first = first < 0 ? place : first;
            last = place;
        }
        place++;
    }
    number.count = first < 0 ? 0 : (size_t)(last - first + 1);
    number.point += whole - (first < 0 ? 0 : first);
    *ret_number = number;
    return true;
}

/* `count` of the number's digits from that of number `from` on. */
static void put_digits(mz_buffer *out, const decimal *number, size_t from, size_t count) {
    const char *at = number->digits;
    for (size_t k = 0; k < from + count; at++) {
        if (*at == '.') continue;
        if (k++ >= from) mz_buffer_char(out, *at);
    }
}

static void put_zeros(mz_buffer *out, int64_t count) {
    for (int64_t k = 0; k < count; k++) mz_buffer_char(out, '0');
}

static mz_status put_number(canonical *made, const mz_json_value *value) {
    decimal number;
    mz_buffer *out = made->out;
    if (!read_decimal(value->text, &number))
        return mz_fail_at(made->error, MZ_ERR_LIMIT, value->line, value->column,
                          "the exponent of a number has more than nine digits");
    int64_t count = (int64_t)number.count;
    if (number.negative && count) mz_buffer_char(out, '-');
    if (!count) {
        mz_buffer_char(out, '0');
    } else if (number.point > 0 && number.point <= PLAIN_DIGITS_MOST) {
        size_t whole = (size_t)(number.point < count ? number.point : count);
        put_digits(out, &number, 0, whole);
        put_zeros(out, number.point - count);
        if (number.point < count) mz_buffer_char(out, '.');
        put_digits(out, &number, whole, number.count - whole);
    } else if (number.point <= 0 && number.point > -PLAIN_ZEROS_MOST) {
        mz_buffer_append(out, "0.", 2);
        put_zeros(out, -number.point);
        put_digits(out, &number, 0, number.count);
    } else {
        put_digits(out, &number, 0, 1);
        if (count > 1) mz_buffer_char(out, '.');
        put_digits(out, &number, 1, number.count - 1);
        mz_buffer_print(out, "e%+lld", (long long)(number.point - 1));
    }
    return MZ_OK;
}

/* ---- containers ---- */

static mz_status put(canonical *made, const mz_json_value *value);

static int order_of_keys(const void *a, const void *b) {
    return mz_str_order((*(const mz_json_value *const *)a)->key, (*(const mz_json_value *const *)b)->key);
}

/* The members in the order of their keys; as they are where they stand so already, which most do. */
static mz_status put_object(canonical *made, const mz_json_value *object) {
    const mz_json_value **members = MZ_ARENA_NEW(made->arena, object->count + 1, const mz_json_value *);
    size_t count = 0;
    bool in_order = true;
    mz_status status = MZ_OK;
    if (!members) return mz_fail_arena(made->arena, made->error, "a value of JSON");
    for (const mz_json_value *member = object->child; member; member = member->next) {
        in_order = in_order && (!count || mz_str_order(members[count - 1]->key, member->key) < 0);
        members[count++] = member;
    }
    if (!in_order) qsort(members, count, sizeof *members, order_of_keys);
    mz_buffer_char(made->out, '{');
    for (size_t k = 0; k < count && !status; k++) {
        if (k) mz_buffer_char(made->out, ',');
        mz_json_quote(made->out, members[k]->key);
        mz_buffer_char(made->out, ':');
        status = put(made, members[k]);
    }
    mz_buffer_char(made->out, '}');
    return status;
}

static mz_status put_array(canonical *made, const mz_json_value *array) {
    mz_status status = MZ_OK;
    mz_buffer_char(made->out, '[');
    for (const mz_json_value *element = array->child; element && !status; element = element->next) {
        if (element != array->child) mz_buffer_char(made->out, ',');
        status = put(made, element);
    }
    mz_buffer_char(made->out, ']');
    return status;
}

/* As deep as what was read, at most MZ_JSON_MOST_DEPTH. */
static mz_status put(canonical *made, const mz_json_value *value) {
    switch (value->kind) {
    case MZ_JSON_NUMBER: return put_number(made, value);
    case MZ_JSON_STRING: mz_json_quote(made->out, value->text); return MZ_OK;
    case MZ_JSON_ARRAY: return put_array(made, value);
    case MZ_JSON_OBJECT: return put_object(made, value);
    case MZ_JSON_NULL:
    case MZ_JSON_FALSE:
    case MZ_JSON_TRUE: break;
    }
    mz_buffer_str(made->out, value->text);
    return MZ_OK;
}

mz_status mz_json_canonical_value(const mz_json_value *value, mz_arena *arena, mz_buffer *out, mz_error *error) {
    canonical made = {arena, out, error};
    mz_status status = put(&made, value);
    if (!status && out->failed) status = mz_fail_buffer(out, error, "a value of JSON");
    return status;
}
