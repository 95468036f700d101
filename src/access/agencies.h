/* Agencies: whose people, keys and data never meet. The first operates the service; its people with the right
 * "agencies" add others, each with an administrator of its own, and see nothing of what is in them. */
#ifndef MIZAN_ACCESS_AGENCIES_H
#define MIZAN_ACCESS_AGENCIES_H

#include "access/access.h"
#include "access/history.h"

typedef struct mz_agency {
    mz_str key;
    mz_str name;  /* short, to sign in with: small letters, digits and hyphens */
    mz_str title; /* to be shown */
    bool locked, operates;
    bool second_factor; /* demanded of everybody */
    int64_t created;
} mz_agency;

/* A title with data NULL leaves what is as it is. */
typedef struct mz_agency_draft {
    mz_str name, title;
    mz_str administrator;      /* login name of the first, of a new agency only */
    int locked, second_factor; /* -1: as it is */
} mz_agency_draft;
#define MZ_AGENCY_DRAFT_INIT                                                                                           \
    { .locked = -1, .second_factor = -1 }

/* Whether the store has no agency yet; then mz_agency_begin makes the first, which operates the service, and its
 * administrator, whose one-time password is shown once. MZ_ERR_REFUSED when another process was faster. */
mz_status mz_access_is_new(mz_access *access, bool *ret_new, mz_error *error);
mz_status mz_agency_begin(mz_access *access, const mz_agency_draft *draft, mz_str client, mz_arena *arena,
                          mz_agency *ret_agency, char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error);

mz_status mz_agencies_list(mz_access *access, mz_str after, size_t limit, mz_arena *arena, mz_agency **ret_agencies,
                           size_t *ret_count, mz_error *error);
mz_status mz_agency_get(mz_access *access, mz_str key, mz_arena *arena, mz_agency *ret_agency, mz_error *error);
/* By its short name; empty: the one that operates the service. For the command line. */
mz_status mz_agency_find(mz_access *access, mz_str name, mz_arena *arena, mz_agency *ret_agency, mz_error *error);

/* A new agency and its administrator. MZ_ERR_REFUSED: the name is taken. */
mz_status mz_agency_add(mz_access *access, const mz_actor *actor, const mz_agency_draft *draft, mz_arena *arena,
                        mz_agency *ret_agency, char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error);
/* The name stays. MZ_ERR_REFUSED: to lock the agency that operates the service. Nobody of a locked one gets in. */
mz_status mz_agency_change(mz_access *access, const mz_actor *actor, mz_str key, const mz_agency_draft *draft,
                           mz_arena *arena, mz_agency *ret_agency, mz_error *error);

/* Somebody at the machine who may read the store's file may do everything in it: who the command line acts as. */
mz_principal mz_access_command(const mz_agency *agency);

#endif
