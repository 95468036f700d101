/* People of an agency. */
#ifndef MIZAN_ACCESS_PEOPLE_H
#define MIZAN_ACCESS_PEOPLE_H

#include "access/access.h"
#include "access/history.h"

/* X(CONSTANT, word): invited: has a one-time password, and may only change it. */
#define MZ_PERSON_STATES(X)                                                                                            \
    X(INVITED, "invited")                                                                                              \
    X(ACTIVE, "active")                                                                                                \
    X(LOCKED, "locked")                                                                                                \
    X(LEFT, "left")

typedef enum mz_person_state {
#define MZ_X(constant, word) MZ_PERSON_##constant,
    MZ_PERSON_STATES(MZ_X)
#undef MZ_X
        MZ_PERSON_STATE_COUNT
} mz_person_state;

const char *mz_person_state_word(mz_person_state state);
mz_person_state mz_person_state_of(mz_str word);

enum { MZ_LOGIN_BYTES_LEAST = 2, MZ_LOGIN_BYTES_MOST = 120, MZ_ONE_TIME_PASSWORD_DAYS = 7 };

typedef struct mz_person {
    mz_str key, agency;
    mz_str name;  /* to sign in with: a word or an e-mail address, in small letters */
    mz_str title; /* to be shown */
    mz_str email; /* may be empty */
    mz_str language;
    uint32_t roles; /* a bit for each mz_access_role */
    mz_person_state state;
    bool second_factor;
    int64_t created, signed_in; /* the last time; 0: never */
} mz_person;

/* What is given of a new person, or of one that is changed: there a string with data NULL, no role, and COUNT as state
 * leave what is as it is. */
typedef struct mz_person_draft {
    mz_str name, title, email, language;
    uint32_t roles;
    mz_person_state state;
} mz_person_draft;
#define MZ_PERSON_DRAFT_INIT                                                                                           \
    { .state = MZ_PERSON_STATE_COUNT }

/* All of them take the agency from `actor->who`; a person of another agency is MZ_ERR_NOT_FOUND like one that does not
 * exist. What a rule forbids is MZ_ERR_REFUSED: to change one's own roles, to give rights that one does not have
 * oneself, to change somebody who has more of them, to leave an agency without anybody who may change people; a name
 * that is taken. Texts that do not fit are MZ_ERR_INPUT. */

/* In the order in which they were added, from behind the key `after` (empty: from the first) on. */
mz_status mz_people_list(mz_access *access, const mz_principal *who, mz_str after, size_t limit, mz_arena *arena,
                         mz_person **ret_people, size_t *ret_count, mz_error *error);
mz_status mz_person_get(mz_access *access, const mz_principal *who, mz_str key, mz_arena *arena, mz_person *ret_person,
                        mz_error *error);
/* By login name: for the command line. */
mz_status mz_person_find(mz_access *access, const mz_principal *who, mz_str name, mz_arena *arena,
                         mz_person *ret_person, mz_error *error);

/* The one-time password is shown once, and is good for MZ_ONE_TIME_PASSWORD_DAYS. */
mz_status mz_person_add(mz_access *access, const mz_actor *actor, const mz_person_draft *draft, mz_arena *arena,
                        mz_person *ret_person, char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error);
/* The name stays. Somebody who is locked or leaves is signed out, and the keys that this person made are revoked; of
 * somebody who loses rights, the keys that have these. */
mz_status mz_person_change(mz_access *access, const mz_actor *actor, mz_str key, const mz_person_draft *draft,
                           mz_arena *arena, mz_person *ret_person, mz_error *error);
/* A new one-time password instead of the old one; signs out, and ends the delays of earlier tries. */
mz_status mz_person_reset_password(mz_access *access, const mz_actor *actor, mz_str key, mz_arena *arena,
                                   char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error);
/* For somebody who lost the second factor and the recovery codes. */
mz_status mz_person_remove_second_factor(mz_access *access, const mz_actor *actor, mz_str key, mz_arena *arena,
                                         mz_error *error);

/* A login name as it is kept: small letters, digits and . _ - + @, from 2 to 120; MZ_ERR_INPUT says what is wrong. */
mz_status mz_login_name(mz_str given, mz_arena *arena, mz_str *ret_name, mz_error *error);
/* A text to be shown: UTF-8 without control characters, not empty, at most MZ_TITLE_BYTES_MOST bytes. */
mz_status mz_title_check(mz_str title, const char *what, mz_error *error);

/* Roles as words with a blank between, and back; words that are none are passed over. */
mz_str mz_roles_text(uint32_t roles, mz_arena *arena);
uint32_t mz_roles_read(mz_str text);

#endif
