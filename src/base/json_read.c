/* See json_read.h. Recursive descent; the depth limit bounds the stack. */
#include "base/json_read.h"

#include "base/checked.h"
#include "base/error.h"
#include "base/shown.h"

#include <endian.h>
#include <stdlib.h>

typedef struct reader {
    const char *at, *end;
    const char *line_start;
    uint32_t line;
    unsigned depth, flags;
    mz_arena *arena;
    mz_error *error;
} reader;

static mz_status fail_here(reader *r, const char *at, const char *message) {
    return mz_fail_at(r->error, MZ_ERR_INPUT, r->line, (uint64_t)(at - r->line_start) + 1, "%s", message);
}

static mz_status fail_arena(reader *r) {
    if (r->arena->starved) return mz_fail_memory(r->error);
    return mz_fail_at(r->error, MZ_ERR_LIMIT, r->line, (uint64_t)(r->at - r->line_start) + 1,
                      "JSON value needs more than the %zu bytes of memory allowed for it", r->arena->ceiling_bytes);
}

/* --- white space and words --- */

static void skip_space(reader *r) {
    for (; r->at < r->end; r->at++) {
        if (*r->at == '\n') {
            r->line++;
            r->line_start = r->at + 1;
        } else if (*r->at != ' ' && *r->at != '\t' && *r->at != '\r') {
            return;
        }
    }
}

static bool take_word(reader *r, const char *word, size_t size) {
    if ((size_t)(r->end - r->at) < size || memcmp(r->at, word, size) != 0) return false;
    r->at += size;
    return true;
}

/* --- strings --- */

/* The first byte that is not plain: a quote, a backslash, a control character or one of a multi-byte character. */
static const char *skip_plain(const char *at, const char *end) {
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        word = le64toh(word);
        /* the lowest high bit set is exact; those above it may be borrowed */
        uint64_t stop =
            (word | (word - ones * 0x20) | ((word ^ ones * '"') - ones) | ((word ^ ones * '\\') - ones)) & highs;
        if (stop) return at + __builtin_ctzll(stop) / 8;
    }
    while (at < end && (unsigned char)*at >= 0x20 && (unsigned char)*at < 0x80 && *at != '"' && *at != '\\') at++;
    return at;
}

static bool is_tail(const char *at) {
    return ((unsigned char)*at & 0xC0) == 0x80;
}

/* The size of the well-formed character at `at` (Unicode 15, table 3-7), 0 when it is none. */
static size_t character_size(const char *at, const char *end) {
    unsigned char lead = (unsigned char)*at;
    size_t left = (size_t)(end - at);
    if (lead >= 0xC2 && lead <= 0xDF) return left >= 2 && is_tail(at + 1) ? 2 : 0;
    if (left < 2) return 0;
    unsigned char second = (unsigned char)at[1];
    if (lead >= 0xE0 && lead <= 0xEF) {
        unsigned char lowest = lead == 0xE0 ? 0xA0 : 0x80, highest = lead == 0xED ? 0x9F : 0xBF;
        return left >= 3 && second >= lowest && second <= highest && is_tail(at + 2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        unsigned char lowest = lead == 0xF0 ? 0x90 : 0x80, highest = lead == 0xF4 ? 0x8F : 0xBF;
        return left >= 4 && second >= lowest && second <= highest && is_tail(at + 2) && is_tail(at + 3) ? 4 : 0;
    }
    return 0;
}

static bool hex_four(const char *at, const char *end, uint32_t *ret_value) {
    uint32_t value = 0;
    if (end - at < 4) return false;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        uint32_t digit;
        if (c >= '0' && c <= '9')
            digit = (uint32_t)(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            digit = (uint32_t)((c | 0x20) - 'a' + 10);
        else
            return false;
        value = value * 16 + digit;
    }
    *ret_value = value;
    return true;
}

static char *put_character(char *out, uint32_t c) {
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *out++ = (char)(0xE0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xF0 | c >> 18);
        *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

/* \uXXXX, and the second half of a pair behind it; `*at` stands behind the u. */
static mz_status unicode_escape(reader *r, const char **at, const char *end, uint32_t *ret_character) {
    uint32_t first = 0, second = 0;
    if (!hex_four(*at, end, &first)) return fail_here(r, *at - 2, "\\u without four hexadecimal digits");
    *at += 4;
    if (first == 0) return fail_here(r, *at - 6, "the character U+0000 is not accepted in text");
    if (first >= 0xD800 && first <= 0xDFFF) {
        bool paired = first < 0xDC00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u' &&
                      hex_four(*at + 2, end, &second) && second >= 0xDC00 && second <= 0xDFFF;
        if (!paired) return fail_here(r, *at - 6, "half of a surrogate pair without the other half");
        *at += 6;
        first = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    }
    *ret_character = first;
    return MZ_OK;
}

/* The characters of [at, end), which holds escapes and no unescaped quote. */
static mz_status unescape(reader *r, const char *at, const char *end, mz_str *ret_text) {
    char *start = MZ_ARENA_NEW(r->arena, (size_t)(end - at) + 1, char), *out = start;
    if (!start) return fail_arena(r);
    while (at < end) {
        if (*at != '\\') {
            *out++ = *at++;
            continue;
        }
        static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
        const char *letter = strchr(letters, at[1]);
        at += 2;
        if (letter) {
            *out++ = meanings[letter - letters];
        } else if (at[-1] == 'u') {
            uint32_t character = 0;
            mz_status status = unicode_escape(r, &at, end, &character);
            if (status) return status;
            out = put_character(out, character);
        } else {
            return fail_here(r, at - 2, "unknown escape: only \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX exist");
        }
    }
    *ret_text = (mz_str){start, (size_t)(out - start)};
    return MZ_OK;
}

/* `at` stands at the opening quote. */
static mz_status read_string(reader *r, mz_str *ret_text) {
    const char *start = ++r->at, *at = start;
    bool escaped = false;
    for (;;) {
        at = skip_plain(at, r->end);
        if (at == r->end) return fail_here(r, at, "the text ends inside a string");
        unsigned char c = (unsigned char)*at;
        if (c == '"') break;
        if (c == '\\') {
            escaped = true;
            if (r->end - at < 2) return fail_here(r, r->end, "the text ends inside a string");
            at++;
            if ((unsigned char)*at >= 0x20 && (unsigned char)*at < 0x80) at++; /* else judged in the next round */
        } else if (c < 0x20) {
            return fail_here(r, at, c == '\n' ? "a line ends inside a string" : "a control character inside a string");
        } else {
            size_t size = character_size(at, r->end);
            if (size == 0) return fail_here(r, at, "bytes that are not UTF-8");
            at += size;
        }
    }
    r->at = at + 1;
    *ret_text = (mz_str){start, (size_t)(at - start)};
    return escaped ? unescape(r, start, at, ret_text) : MZ_OK;
}

/* --- numbers --- */

static const char *skip_digits(const char *at, const char *end) {
    while (at < end && *at >= '0' && *at <= '9') at++;
    return at;
}

static mz_status read_number(reader *r, mz_str *ret_text) {
    const char *start = r->at, *at = start, *end = r->end;
    if (at < end && *at == '-') at++;
    const char *whole = at;
    at = skip_digits(at, end);
    if (at == whole) return fail_here(r, at, "a number without digits");
    if (*whole == '0' && at - whole > 1) return fail_here(r, whole, "a number with leading zeros");
    if (at < end && *at == '.') {
        const char *fraction = ++at;
        at = skip_digits(at, end);
        if (at == fraction) return fail_here(r, at, "a number without digits behind its point");
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-')) at++;
        const char *exponent = at;
        at = skip_digits(at, end);
        if (at == exponent) return fail_here(r, at, "a number without digits in its exponent");
    }
    *ret_text = (mz_str){start, (size_t)(at - start)};
    r->at = at;
    return MZ_OK;
}

/* --- containers --- */

static mz_status read_value(reader *r, mz_str key, mz_json_value **ret_value);

static bool after(const mz_json_value *a, const mz_json_value *b) {
    return a->line != b->line ? a->line > b->line : a->column > b->column;
}

static mz_status fail_duplicate(reader *r, const mz_json_value *again) {
    return mz_fail_at(r->error, MZ_ERR_INPUT, again->line, again->column, "the key \"%.*s\" stands twice in one object",
                      mz_shown(again->key), again->key.data);
}

static int order_of_keys(const void *left, const void *right) {
    const mz_json_value *a = *(const mz_json_value *const *)left, *b = *(const mz_json_value *const *)right;
    int order = mz_str_order(a->key, b->key);
    return order ? order : after(a, b) - after(b, a);
}

/* Sorted, not hashed: no choice of keys makes it slow. */
static mz_status check_many_keys(reader *r, const mz_json_value *object) {
    const mz_json_value **members = MZ_ARENA_NEW(r->arena, object->count, const mz_json_value *), *again = NULL;
    if (!members) return fail_arena(r);
    size_t count = 0;
    for (const mz_json_value *m = object->child; m; m = m->next) members[count++] = m;
    qsort(members, count, sizeof(members[0]), order_of_keys);
    for (size_t i = 1; i < count; i++)
        if (mz_str_equal(members[i - 1]->key, members[i]->key) && (!again || after(again, members[i])))
            again = members[i];
    return again ? fail_duplicate(r, again) : MZ_OK;
}

static mz_status check_keys(reader *r, const mz_json_value *object) {
    enum { FEW = 24 };
    if (r->flags & MZ_JSON_KEEP_REPEATED_KEYS) return MZ_OK;
    if (object->count > FEW) return check_many_keys(r, object);
    if (object->count < 2) return MZ_OK;
    for (const mz_json_value *m = object->child->next; m; m = m->next)
        for (const mz_json_value *earlier = object->child; earlier != m; earlier = earlier->next)
            if (mz_str_equal(earlier->key, m->key)) return fail_duplicate(r, m);
    return MZ_OK;
}

static mz_status read_key(reader *r, mz_str *ret_key) {
    if (r->at == r->end) return fail_here(r, r->at, "the text ends inside an object");
    if (*r->at != '"') return fail_here(r, r->at, "a key in double quotes was expected");
    mz_status status = read_string(r, ret_key);
    if (status) return status;
    skip_space(r);
    if (r->at == r->end) return fail_here(r, r->at, "the text ends inside an object");
    if (*r->at != ':') return fail_here(r, r->at, "a colon was expected behind the key");
    r->at++;
    skip_space(r);
    return MZ_OK;
}

/* Behind an element: true when another follows, false at the container's end. */
static mz_status read_separator(reader *r, char closing, bool *ret_more) {
    skip_space(r);
    bool is_object = closing == '}';
    if (r->at == r->end)
        return fail_here(r, r->at, is_object ? "the text ends inside an object" : "the text ends inside an array");
    if (*r->at == closing) {
        r->at++;
        *ret_more = false;
        return MZ_OK;
    }
    if (*r->at != ',')
        return fail_here(r, r->at, is_object ? "a comma or } was expected" : "a comma or ] was expected");
    r->at++;
    skip_space(r);
    *ret_more = true;
    return MZ_OK;
}

static mz_status read_container(reader *r, mz_json_value *container) {
    bool is_object = container->kind == MZ_JSON_OBJECT;
    char closing = is_object ? '}' : ']';
    if (r->depth == MZ_JSON_MOST_DEPTH)
        return mz_fail_at(r->error, MZ_ERR_LIMIT, container->line, container->column,
                          "JSON nested deeper than %d levels", MZ_JSON_MOST_DEPTH);
    r->depth++;
    r->at++;
    skip_space(r);
    const mz_json_value **tail = &container->child;
    bool more = r->at == r->end || *r->at != closing;
    if (!more) r->at++;
    while (more) {
        mz_str key = {"", 0};
        mz_json_value *element = NULL;
        mz_status status = is_object ? read_key(r, &key) : MZ_OK;
        if (!status) status = read_value(r, key, &element);
        if (!status) status = read_separator(r, closing, &more);
        if (status) return status;
        *tail = element;
        tail = &element->next;
        container->count++;
    }
    r->depth--;
    return is_object ? check_keys(r, container) : MZ_OK;
}

static mz_status read_word(reader *r, mz_json_value *value) {
    const char *start = r->at;
    if (take_word(r, "true", 4))
        value->kind = MZ_JSON_TRUE;
    else if (take_word(r, "false", 5))
        value->kind = MZ_JSON_FALSE;
    else if (take_word(r, "null", 4))
        value->kind = MZ_JSON_NULL;
    else
        return fail_here(r, start, "a value was expected: an object, array, string, number, true, false or null");
    value->text = (mz_str){start, (size_t)(r->at - start)};
    return MZ_OK;
}

static mz_status read_value(reader *r, mz_str key, mz_json_value **ret_value) {
    if (r->at == r->end) return fail_here(r, r->at, "the text ends where a value was expected");
    mz_json_value *value = MZ_ARENA_NEW(r->arena, 1, mz_json_value);
    if (!value) return fail_arena(r);
    value->line = r->line;
    value->column = (uint32_t)(r->at - r->line_start) + 1;
    value->key = key;
    value->text = (mz_str){"", 0};
    *ret_value = value;
    switch (*r->at) {
    case '"': value->kind = MZ_JSON_STRING; return read_string(r, &value->text);
    case '{': value->kind = MZ_JSON_OBJECT; return read_container(r, value);
    case '[': value->kind = MZ_JSON_ARRAY; return read_container(r, value);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': value->kind = MZ_JSON_NUMBER; return read_number(r, &value->text);
    default: return read_word(r, value);
    }
}

mz_status mz_json_parse(mz_str text, unsigned flags, mz_arena *arena, const mz_json_value **ret_value,
                        mz_error *error) {
    if (text.size >= UINT32_MAX)
        return mz_fail(error, MZ_ERR_LIMIT, "JSON text of %zu bytes; at most 4 GiB is read", text.size);
    const char *start = text.size ? text.data : "";
    reader r = {.at = start,
                .end = start + text.size,
                .line_start = start,
                .line = 1,
                .flags = flags,
                .arena = arena,
                .error = error};
    if (take_word(&r, "\xEF\xBB\xBF", 3)) r.line_start = r.at;
    skip_space(&r);
    if (r.at == r.end) return fail_here(&r, r.at, "nothing there: a JSON value was expected");
    mz_json_value *value = NULL;
    mz_status status = read_value(&r, (mz_str){"", 0}, &value);
    if (status) return status;
    skip_space(&r);
    if (r.at != r.end) return fail_here(&r, r.at, "more text behind the end of the JSON value");
    *ret_value = value;
    return MZ_OK;
}

/* --- getters --- */

const mz_json_value *mz_json_member(const mz_json_value *object, const char *key) {
    if (!object || object->kind != MZ_JSON_OBJECT) return NULL;
    mz_str wanted = mz_str_of(key);
    for (const mz_json_value *member = object->child; member; member = member->next)
        if (mz_str_equal(member->key, wanted)) return member;
    return NULL;
}

const char *mz_json_kind_name(mz_json_kind kind) {
    switch (kind) {
    case MZ_JSON_NULL: return "null";
    case MZ_JSON_FALSE: return "false";
    case MZ_JSON_TRUE: return "true";
    case MZ_JSON_NUMBER: return "a number";
    case MZ_JSON_STRING: return "a string";
    case MZ_JSON_ARRAY: return "an array";
    case MZ_JSON_OBJECT: return "an object";
    }
    return "nothing known";
}

static mz_status fail_kind(const mz_json_value *value, const char *what, const char *expected, mz_error *error) {
    return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column, "%.80s must be %s, not %s", what, expected,
                      mz_json_kind_name(value->kind));
}

mz_status mz_json_expect(const mz_json_value *value, mz_json_kind kind, const char *what, mz_error *error) {
    return value->kind == kind ? MZ_OK : fail_kind(value, what, mz_json_kind_name(kind), error);
}

/* The member, or NULL when it is to be passed over. */
static const mz_json_value *given(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    return member && member->kind != MZ_JSON_NULL ? member : NULL;
}

mz_status mz_json_read_str(const mz_json_value *object, const char *key, mz_str *ret_text, mz_error *error) {
    const mz_json_value *member = given(object, key);
    if (!member) return MZ_OK;
    mz_status status = mz_json_expect(member, MZ_JSON_STRING, key, error);
    if (!status) *ret_text = member->text;
    return status;
}

mz_status mz_json_read_bool(const mz_json_value *object, const char *key, bool *ret_truth, mz_error *error) {
    const mz_json_value *member = given(object, key);
    if (!member) return MZ_OK;
    if (member->kind != MZ_JSON_TRUE && member->kind != MZ_JSON_FALSE)
        return fail_kind(member, key, "true or false", error);
    *ret_truth = member->kind == MZ_JSON_TRUE;
    return MZ_OK;
}

/* What stands behind the digits, as far as it matters: no text has a thousand million of them. */
static int64_t exponent_of(const char *at, const char *end) {
    enum { MOST = 1000 * 1000 * 1000 };
    if (at == end) return 0;
    at++; /* the letter */
    bool negative = *at == '-';
    if (*at == '-' || *at == '+') at++;
    int64_t exponent = 0;
    for (; at < end; at++) exponent = exponent < MOST ? exponent * 10 + (*at - '0') : exponent;
    return negative ? -exponent : exponent;
}

static bool push_digit(int64_t *number, int digit) {
    return !__builtin_mul_overflow(*number, 10, number) && !__builtin_add_overflow(*number, digit, number);
}

/* A number of JSON that is whole, in any spelling and without a double between, which could not hold them all. */
static bool integer_of(mz_str text, int64_t *ret_number) {
    const char *at = text.data, *end = text.data + text.size, *letter = at;
    bool negative = *at == '-';
    if (negative) at++;
    while (letter < end && *letter != 'e' && *letter != 'E') letter++;
    const char *dot = memchr(at, '.', (size_t)(letter - at));
    int64_t whole_digits = ((dot ? dot : letter) - at) + exponent_of(letter, end), number = 0, i = 0;
    for (; at < letter; at++) {
        if (at == dot) continue;
        int digit = *at - '0';
        if (i++ < whole_digits ? !push_digit(&number, negative ? -digit : digit) : digit != 0) return false;
    }
    for (; number != 0 && i < whole_digits; i++)
        if (!push_digit(&number, 0)) return false;
    *ret_number = number;
    return true;
}

mz_status mz_json_read_int(const mz_json_value *object, const char *key, int64_t lowest, int64_t highest,
                           int64_t *ret_number, mz_error *error) {
    const mz_json_value *member = given(object, key);
    int64_t number;
    if (!member) return MZ_OK;
    if (member->kind != MZ_JSON_NUMBER) return fail_kind(member, key, "a whole number", error);
    if (!integer_of(member->text, &number) || number < lowest || number > highest)
        return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column,
                          "%.80s must be a whole number from %lld to %lld, not %.*s", key, (long long)lowest,
                          (long long)highest, mz_shown(member->text), member->text.data);
    *ret_number = number;
    return MZ_OK;
}

mz_status mz_json_read_strings(const mz_json_value *object, const char *key, const mz_json_value **ret_first,
                               mz_error *error) {
    const mz_json_value *member = given(object, key);
    if (!member) return MZ_OK;
    if (member->kind != MZ_JSON_ARRAY) return fail_kind(member, key, "an array of strings", error);
    for (const mz_json_value *element = member->child; element; element = element->next)
        if (element->kind != MZ_JSON_STRING) return fail_kind(element, key, "an array of strings", error);
    *ret_first = member->child;
    return MZ_OK;
}
