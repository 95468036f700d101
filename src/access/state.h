/* What an mz_access is made of, for the files of this folder; and rows of the store as they read them. */
#ifndef MIZAN_ACCESS_STATE_H
#define MIZAN_ACCESS_STATE_H

#include "access/access.h"
#include "access/cache.h"
#include "access/history.h"
#include "access/password.h"
#include "access/people.h"
#include "access/throttle.h"

struct mz_access {
    mz_store *store;
    mz_access_settings settings;
    mz_passwords *passwords;
    mz_throttle *names, *clients;
    mz_cache *cache;
};

/* A person with what is never shown. */
typedef struct mz_person_row {
    mz_person person;
    mz_str password;
    bool password_once;
    int64_t password_until;
    mz_str totp_secret, totp_pending;
    int64_t totp_step;
} mz_person_row;

/* MZ_ERR_NOT_FOUND when the agency has no such person: also when another has. */
mz_status mz_person_row_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_person_row *ret_row,
                            mz_error *error);
mz_status mz_person_row_find(mz_sql *sql, mz_str agency, mz_str name, mz_arena *arena, mz_person_row *ret_row,
                             mz_error *error);
mz_status mz_person_row_write(mz_sql *sql, const mz_person_row *row, mz_error *error);

/* A new person from a draft that is checked but for power over roles; written with its entry in the history. */
mz_status mz_person_prepare(const mz_person_draft *draft, mz_str agency, mz_arena *arena, mz_person *ret_person,
                            mz_error *error);
mz_status mz_person_insert(mz_sql *sql, const mz_actor *actor, const mz_person *person, mz_str hash, mz_arena *arena,
                           mz_error *error);

/* Ends all sessions of a person but `except` (may be empty) and forgets their devices. */
mz_status mz_person_sign_out(mz_sql *sql, mz_str agency, mz_str person, mz_str except, mz_error *error);

/* A one-time password and its hash. */
mz_status mz_one_time_password(mz_access *access, char ret_password[MZ_ONE_TIME_PASSWORD_SIZE],
                               char ret_hash[MZ_PASSWORD_HASH_SIZE], mz_error *error);

/* After a password was right whose hash was made at another cost: makes a new one. That it cannot is no harm. */
void mz_password_renew(mz_access *access, const mz_person_row *row, mz_str password);

/* Under what a person's tries at signing in are counted: what they typed, whether somebody is called so or not. */
mz_str mz_throttle_name(mz_arena *arena, mz_str agency, mz_str name);

/* Copies of a row's texts. */
static inline mz_str mz_column(mz_arena *arena, mz_sql_value value) {
    return mz_arena_copy(arena, value.text);
}

#endif
