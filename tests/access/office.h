/* Two agencies with people in a store, for the tests: "house", which operates the service, and "bureau". */
#ifndef MIZAN_TEST_OFFICE_H
#define MIZAN_TEST_OFFICE_H

#include "access/agencies.h"
#include "access/keys.h"
#include "access/people.h"
#include "access/sign_in.h"

#define OFFICE_PASSWORD "bateau-lampe-noyer"
enum { OFFICE_NOW = 1800000000 };

typedef struct office {
    mz_store *store;
    mz_access *access;
    mz_arena arena; /* for what the functions here give back */
    mz_agency house, bureau;
    mz_principal in_house, in_bureau; /* who may do everything in each */
} office;

/* At the moment OFFICE_NOW, which office_later moves; with cheap passwords. */
void office_open(office *open, const char *address);
void office_close(office *open);
void office_later(int64_t seconds);
int64_t office_moment(void);

/* Somebody with that role whose password is OFFICE_PASSWORD. */
mz_person office_person(office *open, const mz_principal *who, const char *name, mz_access_role role);

/* One try; the result's tokens stay valid. */
mz_signed_in office_try(office *open, const char *agency, const char *name, const char *password, const char *code);
/* Somebody's session, opened; the cookie header that names it. */
mz_str office_cookie(office *open, const char *agency, const char *name);
/* Who sends these headers; NULL for none. Its status is checked to be MZ_OK. */
mz_principal office_who(office *open, const char *authorization, mz_str cookie);

/* How many entries of that event an agency's history has. */
size_t office_entries(office *open, const mz_agency *agency, mz_event event);

#endif
