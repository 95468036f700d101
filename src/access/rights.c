/* The table of roles and rights, and the words for both.
 *
 * Why it is as it is: an auditor reads all and does nothing, so that nobody audits himself; a programme officer answers
 * for the lists; only an administrator changes people and how an agency works, and decides no case. Who approves may
 * also decide, but never the same (cases/). What a later right is for (to pass on) gets a column of its own. */
#include "access/rights.h"

#define BIT(right) MZ_RIGHT_BIT(MZ_RIGHT_##right)

static const uint32_t rights_of[MZ_ACCESS_ROLE_COUNT] = {
    [MZ_ACCESS_VIEWER] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ),
    [MZ_ACCESS_SCREENER] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(SUBJECTS_READ),
    [MZ_ACCESS_ANALYST] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(SUBJECTS_READ) | BIT(SUBJECTS_CHANGE) |
                          BIT(CASES_READ) | BIT(CASES_WORK),
    [MZ_ACCESS_APPROVER] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(PEOPLE_READ) | BIT(SUBJECTS_READ) |
                           BIT(CASES_READ) | BIT(CASES_WORK) | BIT(CASES_APPROVE) | BIT(REPORTS),
    [MZ_ACCESS_LIAISON] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(CASES_READ),
    [MZ_ACCESS_PROGRAMME_OFFICER] =
        BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(LISTS_CHANGE) | BIT(PEOPLE_READ) | BIT(REPORTS),
    [MZ_ACCESS_AUDITOR] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(PEOPLE_READ) | BIT(HISTORY) | BIT(METRICS) |
                          BIT(SUBJECTS_READ) | BIT(CASES_READ) | BIT(AUDIT) | BIT(REPORTS),
    [MZ_ACCESS_ADMINISTRATOR] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(LISTS_CHANGE) | BIT(METRICS) |
                                BIT(PEOPLE_READ) | BIT(PEOPLE_CHANGE) | BIT(AGENCIES) | BIT(HISTORY) |
                                BIT(SUBJECTS_READ) | BIT(SUBJECTS_CHANGE) | BIT(CASES_SETTINGS) | BIT(AUDIT) |
                                BIT(REPORTS),
};

static const char *const right_words[MZ_RIGHT_COUNT] = {
#define MZ_X(constant, word, title) word,
    MZ_RIGHTS(MZ_X)
#undef MZ_X
};

static const char *const role_words[MZ_ACCESS_ROLE_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_ACCESS_ROLES(MZ_X)
#undef MZ_X
};

const char *mz_right_word(mz_right right) {
    return right_words[right];
}

const char *mz_access_role_word(mz_access_role role) {
    return role_words[role];
}

mz_right mz_right_of(mz_str word) {
    mz_right right = 0;
    while (right < MZ_RIGHT_COUNT && !mz_str_equal(word, mz_str_of(right_words[right]))) right++;
    return right;
}

mz_access_role mz_access_role_of(mz_str word) {
    mz_access_role role = 0;
    while (role < MZ_ACCESS_ROLE_COUNT && !mz_str_equal(word, mz_str_of(role_words[role]))) role++;
    return role;
}

uint32_t mz_rights_of_roles(uint32_t roles, bool operates) {
    uint32_t rights = 0;
    for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT; role++)
        if (roles >> role & 1) rights |= rights_of[role];
    return operates ? rights : rights & ~MZ_RIGHTS_OF_OPERATOR;
}
