#include "access/headers.h"

#include "base/ascii.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static mz_str until(mz_str *rest, char end) {
    const char *at = rest->size ? memchr(rest->data, end, rest->size) : NULL;
    mz_str piece = {rest->data, at ? (size_t)(at - rest->data) : rest->size};
    size_t taken = piece.size + (at != NULL);
    *rest = (mz_str){rest->data + taken, rest->size - taken};
    return piece;
}

bool mz_cookie_find(mz_str header, mz_str name, mz_str *ret_value) {
    while (header.size) {
        mz_str pair = until(&header, ';');
        if (!pair.size || !memchr(pair.data, '=', pair.size)) continue;
        mz_str found = mz_trimmed(until(&pair, '='));
        if (!mz_str_equal(found, name)) continue;
        pair = mz_trimmed(pair);
        if (pair.size >= 2 && pair.data[0] == '"' && pair.data[pair.size - 1] == '"')
            pair = (mz_str){pair.data + 1, pair.size - 2};
        *ret_value = pair;
        return true;
    }
    return false;
}

bool mz_authorization_key(mz_str header, mz_str *ret_key) {
    mz_str rest = mz_trimmed(header);
    mz_str scheme = until(&rest, ' ');
    if (!mz_same_word(scheme, "ApiKey") && !mz_same_word(scheme, "Bearer")) return false;
    *ret_key = mz_trimmed(rest);
    return true;
}

/* "https://host:port" without its scheme; nothing when it has none. */
static mz_str host_of(mz_str origin) {
    for (size_t k = 0; k + 2 < origin.size; k++)
        if (memcmp(origin.data + k, "://", 3) == 0) return (mz_str){origin.data + k + 3, origin.size - k - 3};
    return MZ_STR("");
}

static bool is_of_host(mz_str origin, mz_str host) {
    return host.size && mz_same_letters(host_of(origin), host);
}

/* "name:8080" and "[::1]:8080" without the port. */
static mz_str without_port(mz_str host) {
    const char *bracket = host.size && host.data[0] == '[' ? memchr(host.data, ']', host.size) : NULL;
    if (bracket) return (mz_str){host.data, (size_t)(bracket - host.data) + 1};
    return until(&host, ':');
}

static bool is_in_figures(mz_str name) {
    char text[MZ_CLIENT_SIZE];
    unsigned char address[16];
    bool six = name.size > 2 && name.data[0] == '[' && name.data[name.size - 1] == ']';
    if (six) name = (mz_str){name.data + 1, name.size - 2};
    if (!name.size || name.size >= sizeof text || memchr(name.data, 0, name.size)) return false;
    (void)snprintf(text, sizeof text, "%.*s", (int)name.size, name.data);
    return inet_pton(six ? AF_INET6 : AF_INET, text, address) == 1;
}

bool mz_host_fits(mz_str host, mz_str expected) {
    mz_str name = without_port(host), ours = host_of(expected);
    if (!host.size || mz_same_word(name, "localhost") || is_in_figures(name)) return true;
    ours = without_port(until(&ours, '/'));
    return ours.size && mz_same_letters(name, ours);
}

bool mz_origin_fits(mz_str sec_fetch_site, mz_str origin, mz_str host, mz_str expected) {
    if (sec_fetch_site.size && !mz_str_equal(sec_fetch_site, MZ_STR("same-origin")) &&
        !mz_str_equal(sec_fetch_site, MZ_STR("none")))
        return false;
    if (!origin.size) return true;
    return expected.size ? mz_same_letters(origin, expected) : is_of_host(origin, host);
}

void mz_client_group(mz_str client, char ret_group[MZ_CLIENT_SIZE]) {
    unsigned char address[16];
    (void)snprintf(ret_group, MZ_CLIENT_SIZE, "%.*s", (int)(client.size < 63 ? client.size : 63),
                   client.data ? client.data : "");
    if (inet_pton(AF_INET6, ret_group, address) != 1) return;
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    if (memcmp(address, mapped, sizeof mapped) == 0)
        (void)snprintf(ret_group, MZ_CLIENT_SIZE, "%u.%u.%u.%u", address[12], address[13], address[14], address[15]);
    else
        (void)snprintf(ret_group, MZ_CLIENT_SIZE, "%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", address[0], address[1],
                       address[2], address[3], address[4], address[5], address[6], address[7]);
}

bool mz_client_local(const char *group) {
    return strcmp(group, "local") == 0 || strncmp(group, "127.", 4) == 0 ||
           strcmp(group, "0000:0000:0000:0000::/64") == 0;
}
