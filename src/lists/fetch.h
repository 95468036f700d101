/* Downloading one file of a list.
 *
 * The file grows as PATH.partial and gets its name when it is whole. What breaks off is gone on with, in the same run
 * after a pause and in a later run too, as long as the publisher still has the same file (PATH.partial.json keeps its
 * mark: Range and If-Range, RFC 9110 section 14). A file that is held already is asked for conditionally.
 *
 * Proxies are libcurl's: https_proxy, all_proxy and no_proxy in the environment. Certificates are checked against the
 * system's; TLS 1.2 at least; only https, also where a redirect leads, except to this machine itself when the caller
 * says so. */
#ifndef MIZAN_LISTS_FETCH_H
#define MIZAN_LISTS_FETCH_H

#include "mizan/status.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct mz_fetch_request {
    const char *address;
    const char *path; /* where the file goes */
    const char *etag; /* the publisher's marks of the file that is held; NULL or "": none is */
    const char *last_modified;
    uint64_t limit_bytes; /* of the file, unpacked from the transfer's compression; 0: 1 GiB */
    unsigned timeout_s;   /* without progress; 0: 60 */
    unsigned tries;       /* 0: 4 */
    unsigned pause_ms;    /* before the second try, twice as much before the third …; 0: 1000 */
    bool plain_loopback;  /* http: is fine when the host is this machine */
    /* Non-zero stops: MZ_ERR_CANCELLED. total is 0 when not known. May be NULL. */
    int (*progress)(void *context, uint64_t done_bytes, uint64_t total_bytes);
    void *context;
} mz_fetch_request;

typedef struct mz_fetch_answer {
    bool unchanged;         /* the file that is held is still the publisher's; nothing was written */
    uint64_t bytes;         /* of the file */
    uint64_t resumed_bytes; /* of them, those that were there from a try before */
    unsigned tries;
    char etag[256], last_modified[64]; /* "" when the publisher gave none */
} mz_fetch_answer;

mz_status mz_fetch(const mz_fetch_request *request, mz_fetch_answer *ret_answer, mz_error *error);

/* MZ_ERR_ARGUMENT unless it is an https address without a password in it (or http to this machine, if allowed). */
mz_status mz_fetch_check_address(const char *address, bool plain_loopback, mz_error *error);

#endif
