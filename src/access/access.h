/* Access: who asks, and what they may do.
 *
 * One mz_access stands over one store; any number of threads use it. It keeps in memory what costs too much to ask the
 * store for with each request (principals of keys and sessions, for MZ_ACCESS_STALE_S at most), and what must cost the
 * store nothing (the delays of those who guess). All else is in the store, each row under the agency that it belongs
 * to. What was changed through this object holds at once; what another process changed, after MZ_ACCESS_STALE_S.
 *
 * The listener asks mz_identify for each request that comes. Handlers ask for the rest: sign_in.h, people.h, keys.h,
 * agencies.h, sessions.h, second_factor.h, history.h. */
#ifndef MIZAN_ACCESS_ACCESS_H
#define MIZAN_ACCESS_ACCESS_H

#include "access/password.h"
#include "access/rights.h"
#include "base/arena.h"
#include "mizan/status.h"
#include "store/sql.h"

#include <stdbool.h>
#include <stdint.h>

enum { MZ_ACCESS_STALE_S = 5, MZ_ACCESS_NOTED_S = 60, MZ_ONE_TIME_PASSWORD_SIZE = 32 };

typedef struct mz_access_settings {
    bool secure;        /* cookies only over TLS: the service speaks it, or a proxy in front does */
    const char *origin; /* "https://screening.example": where browsers find the service. NULL: what Host says */
    unsigned session_idle_s, session_most_s; /* a session ends after so long without a request, and in any case */
    unsigned verifications;                  /* passwords that are verified at the same time, 64 MiB each */
    unsigned verification_wait_ms;           /* for one of them; then MZ_ERR_BUSY */
    mz_password_cost password_cost;          /* of new passwords; zeros: what password.h says */
} mz_access_settings;

#define MZ_ACCESS_SETTINGS_INIT                                                                                        \
    { .session_idle_s = 30 * 60, .session_most_s = 12 * 3600, .verifications = 2, .verification_wait_ms = 1000 }

typedef struct mz_access mz_access;

/* `store` and the strings of the settings must outlive it. */
mz_status mz_access_open(mz_store *store, const mz_access_settings *settings, mz_access **ret_access, mz_error *error);
void mz_access_close(mz_access *access);
const mz_access_settings *mz_access_settings_of(const mz_access *access);

/* What a request says of who sends it, as its headers have it; an absent one is empty. */
typedef struct mz_credentials {
    mz_str authorization; /* "ApiKey mzk_…" or "Bearer mzk_…" */
    mz_str cookie;
} mz_credentials;

/* Who that is. A key counts before a cookie. Nobody (MZ_ANONYMOUS, no rights) when there is neither, when the cookie is
 * of no session or of one that ended, and for other schemes of authorization, which a proxy may use.
 * MZ_ERR_REFUSED when a key is given that is malformed, unknown, expired or revoked: the answer is 401, and the same
 * for each. The strings of *ret_who are in `arena`. A key or session in use costs no SQL but once in MZ_ACCESS_STALE_S.
 */
mz_status mz_identify(mz_access *access, const mz_credentials *credentials, mz_arena *arena, mz_principal *ret_who,
                      mz_error *error);

/* The name of the cookies, by whether they are sent over TLS only (RFC 6265bis, section 4.1.3.2, for the prefix). */
const char *mz_session_cookie(const mz_access *access);
const char *mz_device_cookie(const mz_access *access);

#endif
