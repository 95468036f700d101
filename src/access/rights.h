/* Who may do what: roles and rights in one table.
 *
 * A right is something that a request asks for; a role has some of them. The table is walked cell by cell by the tests,
 * and every route of the service names the right that it needs (server/routes.h). */
#ifndef MIZAN_ACCESS_RIGHTS_H
#define MIZAN_ACCESS_RIGHTS_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

/* X(CONSTANT, word, what a person with it may do) */
#define MZ_RIGHTS(X)                                                                                                   \
    X(NONE, "none", "what everybody may: sign in, health, documentation")                                              \
    X(SCREEN, "screen", "screen, compare, explain, and read what is listed")                                           \
    X(LISTS_READ, "lists.read", "see lists, their versions and what changed")                                          \
    X(LISTS_CHANGE, "lists.change", "bring in lists, go back to a version, reload the index")                          \
    X(METRICS, "metrics", "read the figures of the service")                                                           \
    X(OWN_ACCOUNT, "account.own", "see oneself, change one's password and second factor, end one's sessions")          \
    X(PEOPLE_READ, "people.read", "see the people, keys and roles of one's agency")                                    \
    X(PEOPLE_CHANGE, "people.change", "add, change and lock people and keys of one's agency")                          \
    X(AGENCIES, "agencies", "add and change agencies, and act in any of them")                                         \
    X(HISTORY, "history", "read who did what in one's agency")

typedef enum mz_right {
#define MZ_X(constant, word, title) MZ_RIGHT_##constant,
    MZ_RIGHTS(MZ_X)
#undef MZ_X
        MZ_RIGHT_COUNT
} mz_right;

/* X(CONSTANT, word) */
#define MZ_ROLES(X)                                                                                                    \
    X(VIEWER, "viewer")                                                                                                \
    X(SCREENER, "screener")                                                                                            \
    X(ANALYST, "analyst")                                                                                              \
    X(APPROVER, "approver")                                                                                            \
    X(LIAISON, "liaison")                                                                                              \
    X(PROGRAMME_OFFICER, "programme-officer")                                                                          \
    X(AUDITOR, "auditor")                                                                                              \
    X(ADMINISTRATOR, "administrator")

typedef enum mz_role_of {
#define MZ_X(constant, word) MZ_ROLE_OF_##constant,
    MZ_ROLES(MZ_X)
#undef MZ_X
        MZ_ROLE_OF_COUNT
} mz_role_of;

typedef enum mz_principal_kind { MZ_ANONYMOUS, MZ_PERSON, MZ_API_KEY } mz_principal_kind;

/* Who asks. Strings live as long as the request. */
typedef struct mz_principal {
    mz_principal_kind kind;
    mz_str key;      /* of the person or API key in the store; empty for nobody */
    mz_str name;     /* to be shown */
    mz_str agency;   /* key of the agency whose data it may touch; empty for nobody */
    mz_str session;  /* of a person who signed in; else empty */
    uint32_t rights; /* a bit for each mz_right, from its role, less what its key's scope or its state takes away */
} mz_principal;

static inline bool mz_may(const mz_principal *who, mz_right right) {
    return right == MZ_RIGHT_NONE || (who->rights >> right & 1);
}

#endif
