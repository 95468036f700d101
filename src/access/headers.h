/* What the headers of a request say of who sends it. Bytes from outside: nothing here allocates, and all of it is
 * linear in their length. */
#ifndef MIZAN_ACCESS_HEADERS_H
#define MIZAN_ACCESS_HEADERS_H

#include "mizan/str.h"

#include <stdbool.h>

/* The value of a cookie in a Cookie header (RFC 6265, section 5.4), the first of that name; quotes around it are not
 * part of it. False when there is none. */
bool mz_cookie_find(mz_str header, mz_str name, mz_str *ret_value);

/* What stands behind "ApiKey" or "Bearer" in an Authorization header (RFC 9110, section 11.6.2), whatever it is. False
 * for an empty header and for other schemes. */
bool mz_authorization_key(mz_str header, mz_str *ret_key);

/* Whether a request may come from a page of this service, as the browser says: Sec-Fetch-Site is same-origin or none,
 * and Origin, where there is one, is `expected` or, when that is empty, of the same host as `host`. Programs that send
 * neither may come. */
bool mz_origin_fits(mz_str sec_fetch_site, mz_str origin, mz_str host, mz_str expected);

/* Whether a request may have been meant for a service that only its own machine reaches, by the Host that it names:
 * localhost, an address in figures, or the host of `expected` ("https://name.example", or empty), at any port. A name
 * of somebody else's that leads to this machine is not: so pages of his would be of the same site as the service.
 * Nothing at all may come, from programs; browsers say where they go. */
bool mz_host_fits(mz_str host, mz_str expected);

/* By what those who guess are told apart: an IPv4 address, the first 64 bits of an IPv6 address (which one household
 * has), or the text as it is. */
enum { MZ_CLIENT_SIZE = 64 };
void mz_client_group(mz_str client, char ret_group[MZ_CLIENT_SIZE]);
/* Whether that group is this machine: a proxy in front, and behind it anybody. */
bool mz_client_local(const char *group);

#endif
