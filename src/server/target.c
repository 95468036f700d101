#include "server/target.h"

#include "base/ascii.h"
#include "base/error.h"
#include "text/text.h"

#include <string.h>

static int digit_of(char c) {
    if (mz_is_digit(c)) return c - '0';
    c = mz_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static mz_status bad(mz_error *error, mz_str target, const char *at, const char *what) {
    return mz_fail_at(error, MZ_ERR_INPUT, 0, (uint64_t)(at - target.data) + 1, "the address has %s", what);
}

/* One byte of `text`, decoded; *at is moved behind it. */
static mz_status next_byte(mz_str target, mz_str text, bool path, size_t *at, char *ret_byte, mz_error *error) {
    const char *here = text.data + *at;
    unsigned char plain = (unsigned char)*here;
    *at += 1;
    if (plain <= 0x20 || plain == 0x7F || plain == '#')
        return bad(error, target, here, "a character that must be written as %XX");
    *ret_byte = !path && *here == '+' ? ' ' : *here;
    if (*here != '%') return MZ_OK;
    int high = *at < text.size ? digit_of(text.data[*at]) : -1;
    int low = *at + 1 < text.size ? digit_of(text.data[*at + 1]) : -1;
    if (high < 0 || low < 0) return bad(error, target, here, "a “%” without two hexadecimal digits behind it");
    *at += 2;
    *ret_byte = (char)(high * 16 + low);
    if (!*ret_byte) return bad(error, target, here, "the character U+0000");
    if (path && *ret_byte == '/')
        return bad(error, target, here, "a “/” written as %2F, which proxies read differently");
    return MZ_OK;
}

static mz_status decode(mz_str target, mz_str text, bool path, mz_arena *arena, mz_str *ret_text, mz_error *error) {
    char *out = MZ_ARENA_NEW(arena, text.size + 1, char);
    size_t size = 0, at = 0, bad_offset;
    if (!out) return mz_fail_arena(arena, error, "the address");
    while (at < text.size) {
        mz_status status = next_byte(target, text, path, &at, &out[size], error);
        if (status) return status;
        size++;
    }
    *ret_text = (mz_str){out, size};
    if (mz_utf8_valid(*ret_text, &bad_offset)) return MZ_OK;
    return bad(error, target, text.data, "bytes that are not UTF-8");
}

/* Behind the authority of an address in full ("http://host:8080/path"), which a server must understand, too
 * (RFC 9112, 3.2.2); Host has been looked at by then. */
static mz_str without_origin(mz_str target) {
    size_t skip = mz_starts_with(target, "http://") ? 7 : mz_starts_with(target, "https://") ? 8 : 0;
    if (!skip) return target;
    mz_str rest = {target.data + skip, target.size - skip};
    const char *slash = rest.size ? memchr(rest.data, '/', rest.size) : NULL;
    return slash ? (mz_str){slash, (size_t)(rest.data + rest.size - slash)} : target;
}

static mz_status read_query(mz_str target, mz_str text, mz_arena *arena, mz_parameters *ret_query, mz_error *error) {
    size_t count = 1, filled = 0;
    mz_status status = MZ_OK;
    for (size_t k = 0; k < text.size; k++) count += text.data[k] == '&';
    if (count > MZ_QUERY_PARAMETERS_MOST)
        return mz_fail(error, MZ_ERR_LIMIT, "the address has more than %d parameters", MZ_QUERY_PARAMETERS_MOST);
    mz_parameter *items = MZ_ARENA_NEW(arena, count, mz_parameter);
    if (!items) return mz_fail_arena(arena, error, "the address");
    for (const char *at = text.data, *end = text.data + text.size; !status && at < end;) {
        const char *next = memchr(at, '&', (size_t)(end - at));
        mz_str one = {at, (size_t)((next ? next : end) - at)}, value = {at + one.size, 0};
        const char *equals = one.size ? memchr(at, '=', one.size) : NULL;
        at = next ? next + 1 : end;
        if (!one.size) continue;
        if (equals) {
            value = (mz_str){equals + 1, (size_t)(one.data + one.size - equals - 1)};
            one.size = (size_t)(equals - one.data);
        }
        status = decode(target, one, false, arena, &items[filled].name, error);
        if (!status) status = decode(target, value, false, arena, &items[filled++].value, error);
    }
    *ret_query = (mz_parameters){items, filled};
    return status;
}

mz_status mz_target_read(mz_str target, mz_arena *arena, mz_str *ret_path, mz_parameters *ret_query, mz_error *error) {
    mz_str text = without_origin(target), query = {"", 0}, path = {"", 0};
    mz_parameters parameters = {NULL, 0};
    const char *question = text.size ? memchr(text.data, '?', text.size) : NULL;
    if (!text.size || text.data[0] != '/')
        return mz_fail_at(error, MZ_ERR_INPUT, 0, 1, "the address of a request begins with “/”");
    if (question) {
        query = (mz_str){question + 1, (size_t)(text.data + text.size - question - 1)};
        text.size = (size_t)(question - text.data);
    }
    mz_status status = decode(target, text, true, arena, &path, error);
    if (!status && query.size) status = read_query(target, query, arena, &parameters, error);
    if (status) return status;
    *ret_path = path;
    *ret_query = parameters;
    return MZ_OK;
}
