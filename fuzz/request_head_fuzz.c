/* What a client sends before anything is known of it: the target, the head, credentials. Whatever it is, it is refused
 * or taken, and what was taken is as promised. */
#include "access/headers.h"
#include "server/head.h"
#include "server/routes.h"
#include "server/target.h"
#include "text/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 1 << 22, FIELDS_MOST = 128 };

static void must(bool truth) {
    if (!truth) abort();
}

static mz_str line(mz_str *rest) {
    const char *end = rest->size ? memchr(rest->data, '\n', rest->size) : NULL;
    mz_str found = {rest->data, end ? (size_t)(end - rest->data) : rest->size};
    size_t taken = found.size + (end != NULL);
    *rest = (mz_str){rest->data + taken, rest->size - taken};
    return found;
}

static void check_target(mz_str target, mz_arena *arena) {
    mz_str path;
    mz_parameters query, place;
    mz_error error;
    size_t bad;
    unsigned allowed;
    if (mz_target_read(target, arena, &path, &query, &error)) return;
    must(path.size > 0 && path.data[0] == '/' && mz_utf8_valid(path, &bad) && !memchr(path.data, 0, path.size));
    must(query.count <= MZ_QUERY_PARAMETERS_MOST);
    for (size_t k = 0; k < query.count; k++) {
        must(mz_utf8_valid(query.items[k].name, &bad) && mz_utf8_valid(query.items[k].value, &bad));
        must(!query.items[k].value.size || !memchr(query.items[k].value.data, 0, query.items[k].value.size));
    }
    (void)mz_route_find(MZ_GET, path, arena, &place, &allowed);
}

/* Method, version, then fields, a line each: the name, a colon, the value. */
static void check_head(mz_str text) {
    mz_parameter fields[FIELDS_MOST];
    size_t count = 0;
    mz_framing framing;
    int status;
    mz_error error;
    mz_str method = line(&text), version = line(&text);
    while (text.size && count < FIELDS_MOST) {
        mz_str field = line(&text);
        const char *colon = field.size ? memchr(field.data, ':', field.size) : NULL;
        size_t name = colon ? (size_t)(colon - field.data) : field.size;
        fields[count++] = (mz_parameter){{field.data, name},
                                         {field.data + name + (colon != NULL), field.size - name - (colon != NULL)}};
    }
    if (mz_head_check(method, version, (mz_parameters){fields, count}, &framing, &status, &error)) {
        must(status >= 400 && status < 500);
        return;
    }
    must(!(framing.chunked && framing.has_length) && count <= MZ_HEADERS_MOST);
}

static bool is_within(mz_str part, mz_str whole) {
    return part.data >= whole.data && part.data + part.size <= whole.data + whole.size;
}

static void check_credentials(mz_str text) {
    mz_str found;
    if (mz_cookie_find(text, MZ_STR("mizan"), &found)) must(is_within(found, text));
    if (mz_authorization_key(text, &found)) must(is_within(found, text));
    (void)mz_origin_fits(MZ_STR(""), text, MZ_STR("localhost:8080"), MZ_STR(""));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_arena arena;
    mz_str all = {(const char *)data, size};
    mz_arena_init(&arena, ARENA_BYTES);
    check_target(line(&all), &arena);
    check_credentials(all);
    check_head(all);
    mz_arena_done(&arena);
    return 0;
}
