/* The table of roles and rights, and the words for both.
 *
 * Why it is as it is: an auditor reads all and does nothing, so that nobody audits himself; a programme officer answers
 * for the lists; only an administrator changes people, and cannot be told from others in what is screened. What a later
 * right is for (to decide, to approve, to pass on) gets a column of its own. */
#include "access/rights.h"

#define BIT(right) MZ_RIGHT_BIT(MZ_RIGHT_##right)

static const uint32_t rights_of[MZ_ACCESS_ROLE_COUNT] = {
    [MZ_ACCESS_VIEWER] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ),
    [MZ_ACCESS_SCREENER] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN),
    [MZ_ACCESS_ANALYST] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN),
    [MZ_ACCESS_APPROVER] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(PEOPLE_READ),
    [MZ_ACCESS_LIAISON] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN),
    [MZ_ACCESS_PROGRAMME_OFFICER] =
        BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(LISTS_CHANGE) | BIT(PEOPLE_READ),
    [MZ_ACCESS_AUDITOR] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(PEOPLE_READ) | BIT(HISTORY) | BIT(METRICS),
    [MZ_ACCESS_ADMINISTRATOR] = BIT(OWN_ACCOUNT) | BIT(LISTS_READ) | BIT(SCREEN) | BIT(LISTS_CHANGE) | BIT(METRICS) |
                                BIT(PEOPLE_READ) | BIT(PEOPLE_CHANGE) | BIT(AGENCIES) | BIT(HISTORY),
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
