/* What requests say of who sends them, and what people type to prove it: cookies, keys, origins, addresses, names,
 * passwords, codes. Whatever is found lies within what was given; what is taken reads back as itself.
 *
 * The first byte chooses which; a line feed ends the first of several texts. */
#include "access/headers.h"
#include "access/password.h"
#include "access/people.h"
#include "access/secret.h"
#include "access/totp.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PARTS = 4, ARENA_BYTES = 1 << 20 };

static void check(bool truth) {
    if (!truth) abort();
}

static bool is_within(mz_str part, mz_str whole) {
    return part.size == 0 || (part.data >= whole.data && part.data + part.size <= whole.data + whole.size);
}

static void split(mz_str text, mz_str ret_parts[PARTS]) {
    for (int k = 0; k < PARTS; k++) {
        const char *end = text.size && k + 1 < PARTS ? memchr(text.data, '\n', text.size) : NULL;
        size_t length = end ? (size_t)(end - text.data) : text.size, taken = length + (end != NULL);
        ret_parts[k] = (mz_str){text.data, length};
        text = (mz_str){text.data + taken, text.size - taken};
    }
}

static void read_cookie(const mz_str *parts) {
    mz_str value = {NULL, 0};
    if (mz_cookie_find(parts[1], parts[0], &value)) check(is_within(value, parts[1]));
    if (mz_cookie_find(parts[1], MZ_STR("mizan_session"), &value)) (void)mz_token_fits(MZ_SECRET_SESSION, value);
}

static void read_authorization(const mz_str *parts) {
    mz_str key = {NULL, 0};
    char hash[MZ_SECRET_HASH_SIZE];
    if (!mz_authorization_key(parts[0], &key)) return;
    check(is_within(key, parts[0]));
    if (!mz_key_fits(key)) return;
    check(key.size == MZ_KEY_SIZE - 1);
    mz_secret_hash(MZ_SECRET_KEY, key, hash);
    check(strlen(hash) == MZ_SECRET_HASH_SIZE - 1);
}

static void read_origin(const mz_str *parts) {
    char group[MZ_CLIENT_SIZE];
    bool fits = mz_origin_fits(parts[0], parts[1], parts[2], parts[3]);
    check(!fits || !mz_str_equal(parts[0], MZ_STR("cross-site")));
    mz_client_group(parts[0], group);
    check(strlen(group) < MZ_CLIENT_SIZE);
}

static void read_code(mz_str text) {
    char code[MZ_RECOVERY_SIZE], again[MZ_RECOVERY_SIZE];
    unsigned char bytes[64];
    size_t size = 0;
    int64_t step = 0;
    if (mz_recovery_read(text, code)) {
        check(mz_recovery_read(mz_str_of(code), again));
        check(strcmp(code, again) == 0);
    }
    if (mz_base32_read(text, bytes, sizeof bytes, &size)) {
        char back[2 * sizeof bytes];
        unsigned char once_more[64];
        size_t size_back = 0;
        mz_base32(bytes, size, true, back);
        check(mz_base32_read(mz_str_of(back), once_more, sizeof once_more, &size_back));
        check(size_back == size && memcmp(bytes, once_more, size) == 0);
    }
    check(!mz_totp_fits(MZ_STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), text, 1111111111, 1111111111 / 30 + 1, &step));
}

static void read_names(const mz_str *parts) {
    mz_arena arena;
    mz_str name, again;
    mz_arena_init(&arena, ARENA_BYTES);
    if (mz_login_name(parts[0], &arena, &name, NULL) == MZ_OK) {
        check(mz_login_name(name, &arena, &again, NULL) == MZ_OK);
        check(mz_str_equal(name, again));
    }
    uint32_t roles = mz_roles_read(parts[1]);
    check(mz_roles_read(mz_roles_text(roles, &arena)) == roles);
    (void)mz_title_check(parts[2], "this", NULL);
    (void)mz_password_check(parts[3], parts, 3, NULL);
    mz_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_str parts[PARTS];
    if (!size || size > 4096) return 0;
    mz_str text = {(const char *)data + 1, size - 1};
    split(text, parts);
    switch (data[0] % 5) {
    case 0: read_cookie(parts); break;
    case 1: read_authorization(parts); break;
    case 2: read_origin(parts); break;
    case 3: read_code(text); break;
    default: read_names(parts); break;
    }
    return 0;
}
