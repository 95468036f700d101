#include "server/head.h"

#include "base/ascii.h"
#include "base/error.h"

#include <string.h>

mz_method mz_method_of(mz_str word) {
    static const char *const words[MZ_METHOD_COUNT] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    for (unsigned m = 0; m < MZ_METHOD_COUNT; m++)
        if (mz_str_equal(word, mz_str_of(words[m]))) return (mz_method)m;
    return MZ_METHOD_COUNT;
}

/* RFC 9110, 5.6.2 */
static bool is_token(mz_str text) {
    for (size_t k = 0; k < text.size; k++) {
        char c = text.data[k];
        if (!mz_is_letter(c) && !mz_is_digit(c) && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c))) return false;
    }
    return text.size > 0;
}

static bool is_plain(mz_str text) {
    for (size_t k = 0; k < text.size; k++) {
        unsigned char c = (unsigned char)text.data[k];
        if ((c < 0x20 && c != '\t') || c == 0x7F) return false;
    }
    return true;
}

static mz_status check_fields(mz_parameters headers, int *ret_http_status, mz_error *error) {
    if (headers.count > MZ_HEADERS_MOST) {
        *ret_http_status = 431;
        return mz_fail(error, MZ_ERR_LIMIT, "more than %d header fields", MZ_HEADERS_MOST);
    }
    for (size_t k = 0; k < headers.count; k++) {
        if (!is_token(headers.items[k].name)) return mz_fail(error, MZ_ERR_INPUT, "a header field has no proper name");
        if (!is_plain(headers.items[k].value))
            return mz_fail(error, MZ_ERR_INPUT, "a header field has a control character in its value");
    }
    return MZ_OK;
}

/* The one value of a field; MZ_ERR_INPUT when it is there twice. data NULL: it is absent. */
static mz_status only(mz_parameters headers, const char *name, mz_str *ret_value, mz_error *error) {
    *ret_value = (mz_str){NULL, 0};
    for (size_t k = 0; k < headers.count; k++) {
        if (!mz_str_equal(headers.items[k].name, mz_str_of(name))) continue;
        if (ret_value->data) return mz_fail(error, MZ_ERR_INPUT, "the header field %s stands there twice", name);
        *ret_value = headers.items[k].value.data ? headers.items[k].value : MZ_STR("");
    }
    return MZ_OK;
}

static mz_status check_host(mz_parameters headers, bool needed, mz_error *error) {
    mz_str host;
    mz_status status = only(headers, "host", &host, error);
    if (status) return status;
    if (!host.data && needed) return mz_fail(error, MZ_ERR_INPUT, "a request of HTTP/1.1 needs the header field Host");
    for (size_t k = 0; k < host.size; k++) {
        char c = host.data[k];
        if (!mz_is_letter(c) && !mz_is_digit(c) && (c == '\0' || !strchr("-._~:[]%!$&'()*+;=", c)))
            return mz_fail(error, MZ_ERR_INPUT, "the header field Host names no host");
    }
    return MZ_OK;
}

static mz_status read_length(mz_str text, mz_framing *framing, mz_error *error) {
    uint64_t length = 0;
    bool good = text.size > 0 && text.size <= 19; /* digits that a uint64_t holds in any case */
    for (size_t k = 0; good && k < text.size; k++) {
        good = mz_is_digit(text.data[k]);
        length = length * 10 + (uint64_t)(text.data[k] - '0');
    }
    if (!good) return mz_fail(error, MZ_ERR_INPUT, "the header field Content-Length is not one number");
    framing->has_length = true;
    framing->length_bytes = length;
    return MZ_OK;
}

static mz_status check_framing(mz_parameters headers, bool may_be_chunked, mz_framing *framing, mz_error *error) {
    mz_str length, coding;
    mz_status status = only(headers, "content-length", &length, error);
    if (!status) status = only(headers, "transfer-encoding", &coding, error);
    if (status) return status;
    if (length.data && coding.data)
        return mz_fail(error, MZ_ERR_INPUT, "a body has either Content-Length or Transfer-Encoding");
    if (coding.data && !(may_be_chunked && mz_same_word(coding, "chunked")))
        return mz_fail(error, MZ_ERR_INPUT, "no other Transfer-Encoding than “chunked” is understood, in HTTP/1.1");
    framing->chunked = coding.data != NULL;
    return length.data ? read_length(length, framing, error) : MZ_OK;
}

static mz_status check_wishes(mz_parameters headers, int *ret_http_status, mz_error *error) {
    mz_str coding, expected;
    mz_status status = only(headers, "content-encoding", &coding, error);
    if (!status) status = only(headers, "expect", &expected, error);
    if (status) return status;
    if (coding.size && !mz_same_word(coding, "identity")) {
        *ret_http_status = 415;
        return mz_fail(error, MZ_ERR_INPUT, "bodies are taken as they are, without Content-Encoding");
    }
    if (expected.size && !mz_same_word(expected, "100-continue")) {
        *ret_http_status = 417;
        return mz_fail(error, MZ_ERR_INPUT, "nothing else can be expected than 100-continue");
    }
    return MZ_OK;
}

mz_status mz_head_check(mz_str method, mz_str version, mz_parameters headers, mz_framing *ret_framing,
                        int *ret_http_status, mz_error *error) {
    bool newer = mz_str_equal(version, MZ_STR("HTTP/1.1"));
    mz_framing framing = {.chunked = false};
    *ret_http_status = 400;
    if (!newer && !mz_str_equal(version, MZ_STR("HTTP/1.0")))
        return mz_fail(error, MZ_ERR_INPUT, "HTTP/1.1 is spoken here, and HTTP/1.0");
    if (!is_token(method)) return mz_fail(error, MZ_ERR_INPUT, "the method of the request is not a word");
    mz_status status = check_fields(headers, ret_http_status, error);
    if (!status) status = check_host(headers, newer, error);
    if (!status) status = check_framing(headers, newer, &framing, error);
    if (!status) status = check_wishes(headers, ret_http_status, error);
    if (!status) *ret_framing = framing;
    return status;
}
