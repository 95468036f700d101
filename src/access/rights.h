/* Who may do what: roles and rights in one table.
 *
 * A right is something that a request asks for; a role has some of them. The table is in rights.c and is walked cell by
 * cell by the tests, and every route of the service names the right that it needs (server/routes.h).
 *
 * Rights over what all agencies share (MZ_RIGHTS_OF_OPERATOR) are had only by people and keys of the agency that
 * operates the service: the first, and usually the only one. */
#ifndef MIZAN_ACCESS_RIGHTS_H
#define MIZAN_ACCESS_RIGHTS_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

/* X(CONSTANT, word, what a person with it may do) */
#define MZ_RIGHTS(X)                                                                                                   \
    X(NONE, "none", "what everybody may: sign in, health, documentation")                                              \
    X(SCREEN, "screen", "screen, compare, explain")                                                                    \
    X(LISTS_READ, "lists.read", "see lists, their versions, what changed, and what is listed")                         \
    X(LISTS_CHANGE, "lists.change", "bring in lists, go back to a version, reload the index")                          \
    X(METRICS, "metrics", "read the figures of the service")                                                           \
    X(OWN_ACCOUNT, "account.own", "see oneself, change one's password and second factor, end one's sessions")          \
    X(PEOPLE_READ, "people.read", "see the people, keys and roles of one's agency")                                    \
    X(PEOPLE_CHANGE, "people.change", "add, change and lock people and keys of one's agency")                          \
    X(AGENCIES, "agencies", "add, change and lock agencies; what is in them stays unseen")                             \
    X(HISTORY, "history", "read who did what in one's agency")                                                         \
    X(SUBJECTS_READ, "subjects.read", "see the subjects under continuous screening")                                   \
    X(SUBJECTS_CHANGE, "subjects.change", "bring in, change and close subjects, screen them again")                    \
    X(CASES_READ, "cases.read", "see alerts, cases and clearances, and write case files")                              \
    X(CASES_WORK, "cases.work", "take cases, write notes, decide or propose, revoke clearances")                       \
    X(CASES_APPROVE, "cases.approve", "approve or return what another person proposed")                                \
    X(CASES_SETTINGS, "cases.settings", "set reasons, deadlines, four eyes, retention")                                \
    X(AUDIT, "audit", "read the audit chain, verify it, screen again what a receipt says")                             \
    X(REPORTS, "reports", "read figures of the casework and of effectiveness, write reports to authorities")

typedef enum mz_right {
#define MZ_X(constant, word, title) MZ_RIGHT_##constant,
    MZ_RIGHTS(MZ_X)
#undef MZ_X
        MZ_RIGHT_COUNT
} mz_right;

/* X(CONSTANT, word) */
#define MZ_ACCESS_ROLES(X)                                                                                             \
    X(VIEWER, "viewer")                                                                                                \
    X(SCREENER, "screener")                                                                                            \
    X(ANALYST, "analyst")                                                                                              \
    X(APPROVER, "approver")                                                                                            \
    X(LIAISON, "liaison")                                                                                              \
    X(PROGRAMME_OFFICER, "programme-officer")                                                                          \
    X(AUDITOR, "auditor")                                                                                              \
    X(ADMINISTRATOR, "administrator")

/* What a person is in an agency; not mz_role, which is what a word is in a name. */
typedef enum mz_access_role {
#define MZ_X(constant, word) MZ_ACCESS_##constant,
    MZ_ACCESS_ROLES(MZ_X)
#undef MZ_X
        MZ_ACCESS_ROLE_COUNT
} mz_access_role;

/* A bit for each mz_right. */
#define MZ_RIGHT_BIT(right) (1u << (right))
#define MZ_RIGHTS_OF_OPERATOR                                                                                          \
    (MZ_RIGHT_BIT(MZ_RIGHT_LISTS_CHANGE) | MZ_RIGHT_BIT(MZ_RIGHT_METRICS) | MZ_RIGHT_BIT(MZ_RIGHT_AGENCIES))
/* What a person may who must first change a one-time password or set up a second factor. */
#define MZ_RIGHTS_AT_FIRST MZ_RIGHT_BIT(MZ_RIGHT_OWN_ACCOUNT)
/* What no key has: it is nobody's own, what a key could give to people or keys would outlive it, and four eyes are
 * those of people. */
#define MZ_RIGHTS_OF_PEOPLE                                                                                            \
    (MZ_RIGHT_BIT(MZ_RIGHT_OWN_ACCOUNT) | MZ_RIGHT_BIT(MZ_RIGHT_PEOPLE_CHANGE) | MZ_RIGHT_BIT(MZ_RIGHT_AGENCIES) |     \
     MZ_RIGHT_BIT(MZ_RIGHT_CASES_APPROVE) | MZ_RIGHT_BIT(MZ_RIGHT_CASES_SETTINGS))

/* What who may change people gives without having it: who runs an agency does not decide its cases. */
#define MZ_RIGHTS_OF_CASEWORK                                                                                          \
    (MZ_RIGHT_BIT(MZ_RIGHT_SUBJECTS_READ) | MZ_RIGHT_BIT(MZ_RIGHT_SUBJECTS_CHANGE) |                                   \
     MZ_RIGHT_BIT(MZ_RIGHT_CASES_READ) | MZ_RIGHT_BIT(MZ_RIGHT_CASES_WORK) | MZ_RIGHT_BIT(MZ_RIGHT_CASES_APPROVE) |    \
     MZ_RIGHT_BIT(MZ_RIGHT_AUDIT) | MZ_RIGHT_BIT(MZ_RIGHT_REPORTS))

const char *mz_right_word(mz_right right);
const char *mz_access_role_word(mz_access_role role);
/* The right or role of that word; their COUNT when there is none. */
mz_right mz_right_of(mz_str word);
mz_access_role mz_access_role_of(mz_str word);

/* The rights of a set of roles (a bit for each), in an agency that operates the service or not. */
uint32_t mz_rights_of_roles(uint32_t roles, bool operates);

typedef enum mz_principal_kind { MZ_ANONYMOUS, MZ_PERSON, MZ_API_KEY } mz_principal_kind;

/* Who asks. Strings live as long as the request. */
typedef struct mz_principal {
    mz_principal_kind kind;
    mz_str key;      /* of the person or API key in the store; empty for nobody */
    mz_str name;     /* to be shown */
    mz_str agency;   /* key of the agency whose data it may touch; empty for nobody */
    mz_str session;  /* of a person who signed in; else empty */
    mz_str csrf;     /* what X-CSRF-Token must say with that session */
    uint32_t rights; /* a bit for each mz_right, from its roles, less what its key's scope or its state takes away */
    bool operates;   /* its agency operates the service */
    bool password_once, factor_missing; /* why a person may only set up the own account */
} mz_principal;

static inline bool mz_may(const mz_principal *who, mz_right right) {
    return right == MZ_RIGHT_NONE || (who->rights >> right & 1);
}

/* What somebody with these rights may give to others, and take from them. */
static inline uint32_t mz_rights_to_give(uint32_t rights) {
    return rights | (rights & MZ_RIGHT_BIT(MZ_RIGHT_PEOPLE_CHANGE) ? MZ_RIGHTS_OF_CASEWORK : 0);
}

#endif
