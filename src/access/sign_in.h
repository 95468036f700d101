/* Signing in, and what people do about their own account. */
#ifndef MIZAN_ACCESS_SIGN_IN_H
#define MIZAN_ACCESS_SIGN_IN_H

#include "access/access.h"
#include "access/history.h"
#include "access/people.h"
#include "access/secret.h"

typedef struct mz_sign_in {
    mz_str agency; /* its short name; empty: the only one there is */
    mz_str name, password;
    mz_str code;    /* of the second factor, or a recovery code; empty: none was asked for yet */
    mz_str device;  /* the cookie of the browser; may be empty */
    mz_str client;  /* address */
    mz_str program; /* User-Agent */
} mz_sign_in;

typedef enum mz_sign_in_outcome {
    MZ_SIGN_IN_DONE,
    MZ_SIGN_IN_WRONG,       /* agency, name, password or code: which is not told */
    MZ_SIGN_IN_CODE_NEEDED, /* the password is right; again with a code */
    MZ_SIGN_IN_WAIT         /* too many tries: after wait_s seconds */
} mz_sign_in_outcome;

typedef struct mz_signed_in {
    mz_sign_in_outcome outcome;
    unsigned wait_s;
    char session[MZ_TOKEN_SIZE]; /* the cookie */
    char device[MZ_TOKEN_SIZE];  /* the cookie of a browser that was not known; "" when it was */
    int64_t ends;                /* of the session, in any case */
} mz_signed_in;

enum { MZ_DEVICE_DAYS = 90, MZ_RECOVERY_CODES = 10 };

/* MZ_OK whatever the outcome; MZ_ERR_BUSY when too many sign in at this moment. Whether somebody is called so cannot be
 * told from the answer nor from the time it takes. */
mz_status mz_sign_in_try(mz_access *access, const mz_sign_in *given, mz_arena *arena, mz_signed_in *ret_signed_in,
                         mz_error *error);

/* The rest is of the person `actor->who`, who signed in. What has to be proved by a password or a code and is not, is
 * MZ_ERR_REFUSED; too many tries are MZ_ERR_BUSY. */

typedef struct mz_account {
    mz_person person;
    mz_str agency_name, agency_title;
    bool must_change_password, must_add_second_factor, second_factor_demanded;
    int64_t recovery_codes; /* that are left */
} mz_account;
mz_status mz_account_get(mz_access *access, const mz_principal *who, mz_arena *arena, mz_account *ret_account,
                         mz_error *error);

/* Ends all other sessions, and gives this one another token. */
mz_status mz_password_change(mz_access *access, const mz_actor *actor, mz_str old_password, mz_str new_password,
                             mz_arena *arena, char ret_session[MZ_TOKEN_SIZE], mz_error *error);

/* A secret for the application that shows the codes; nothing changes until it is confirmed by one of them. `code` is of
 * the factor that is there already, if there is one. Confirming ends all other sessions, which were opened without it.
 */
mz_status mz_second_factor_begin(mz_access *access, const mz_actor *actor, mz_str password, mz_str code,
                                 mz_arena *arena, mz_str *ret_secret, mz_str *ret_uri, mz_error *error);
mz_status mz_second_factor_confirm(mz_access *access, const mz_actor *actor, mz_str code, mz_arena *arena,
                                   char ret_codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE], mz_error *error);
mz_status mz_second_factor_remove(mz_access *access, const mz_actor *actor, mz_str password, mz_str code,
                                  mz_arena *arena, mz_error *error);

typedef struct mz_session {
    mz_str key, client, program;
    int64_t created, seen, ends;
} mz_session;
/* Those that have not ended, newest first; at most 100. */
mz_status mz_sessions_list(mz_access *access, const mz_principal *who, mz_arena *arena, mz_session **ret_sessions,
                           size_t *ret_count, mz_error *error);
/* Ends one of one's own; MZ_ERR_NOT_FOUND when it is none. */
mz_status mz_session_end(mz_access *access, const mz_actor *actor, mz_str key, mz_error *error);

#endif
