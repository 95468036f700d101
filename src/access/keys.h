/* API keys of an agency: for programs. A key is shown once; it has some of the rights of whoever made it, for a time.
 */
#ifndef MIZAN_ACCESS_KEYS_H
#define MIZAN_ACCESS_KEYS_H

#include "access/access.h"
#include "access/history.h"
#include "access/secret.h"

enum { MZ_KEY_DAYS_USUAL = 365, MZ_KEY_DAYS_MOST = 5 * 366 };

typedef struct mz_key {
    mz_str key;     /* in the store */
    mz_str shown;   /* its first letters, by which people know it */
    mz_str title;   /* what it is for */
    mz_str creator; /* key of the person; empty: the command line */
    uint32_t rights;
    int64_t created, ends, revoked, used; /* 0: never */
} mz_key;

/* What is given of a new key, or of one that is changed: there a title with data NULL and 0 leave what is as it is. */
typedef struct mz_key_draft {
    mz_str title;
    uint32_t rights; /* of a new key only; 0: screen and lists.read, or what of them one has */
    int64_t ends;    /* 0: in MZ_KEY_DAYS_USUAL */
} mz_key_draft;

/* The agency is that of `actor->who` throughout; a key of another is MZ_ERR_NOT_FOUND. MZ_ERR_REFUSED: rights that one
 * does not have oneself, or that no key has. */
mz_status mz_keys_list(mz_access *access, const mz_principal *who, mz_str after, size_t limit, mz_arena *arena,
                       mz_key **ret_keys, size_t *ret_count, mz_error *error);
mz_status mz_key_get(mz_access *access, const mz_principal *who, mz_str key, mz_arena *arena, mz_key *ret_key,
                     mz_error *error);
mz_status mz_key_add(mz_access *access, const mz_actor *actor, const mz_key_draft *draft, mz_arena *arena,
                     mz_key *ret_key, char ret_secret[MZ_KEY_SIZE], mz_error *error);
mz_status mz_key_change(mz_access *access, const mz_actor *actor, mz_str key, const mz_key_draft *draft,
                        mz_arena *arena, mz_key *ret_key, mz_error *error);
/* For ever; again is no error. */
mz_status mz_key_revoke(mz_access *access, const mz_actor *actor, mz_str key, mz_arena *arena, mz_error *error);

/* In a transaction that changes what a person may: revokes the keys that the person made and that may do more than
 * `rights`; all of them when these are none. */
mz_status mz_keys_take_back(mz_sql *sql, const mz_actor *actor, mz_str creator, uint32_t rights, mz_arena *arena,
                            mz_error *error);

/* Rights as words with a blank between, and back; words that are none are passed over. */
mz_str mz_rights_text(uint32_t rights, mz_arena *arena);
uint32_t mz_rights_read(mz_str text);

#endif
