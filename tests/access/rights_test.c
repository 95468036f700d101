/* The table of roles and rights, cell by cell. It is written here a second time, as a person reads it: a change of the
 * one without the other is a mistake. */
#include "access/rights.h"
#include "test.h"

/* In the order of the columns below. */
static const mz_right columns[] = {
    MZ_RIGHT_OWN_ACCOUNT, MZ_RIGHT_LISTS_READ,    MZ_RIGHT_SCREEN,          MZ_RIGHT_LISTS_CHANGE,
    MZ_RIGHT_METRICS,     MZ_RIGHT_PEOPLE_READ,   MZ_RIGHT_PEOPLE_CHANGE,   MZ_RIGHT_HISTORY,
    MZ_RIGHT_AGENCIES,    MZ_RIGHT_SUBJECTS_READ, MZ_RIGHT_SUBJECTS_CHANGE, MZ_RIGHT_CASES_READ,
    MZ_RIGHT_CASES_WORK,  MZ_RIGHT_CASES_APPROVE, MZ_RIGHT_CASES_SETTINGS,  MZ_RIGHT_AUDIT,
    MZ_RIGHT_REPORTS,
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* x: always; o: only in the agency that operates the service. */
static const struct {
    const char *role, *cells;
} table[] = {
    // clang-format off
    /*                     own  lists screen lists.  metrics people people. history agencies  cases.read audit
                                read         change          read   change             subjects.| work   | reports
                                                                                       |read    | |approve |
                                                                                       | change | | | settings */
    {"viewer", "             x    x     .      .       .       .      .       .       .   . . . . . . . ."},
    {"screener", "           x    x     x      .       .       .      .       .       .   x . . . . . . ."},
    {"analyst", "            x    x     x      .       .       .      .       .       .   x x x x . . . ."},
    {"approver", "           x    x     x      .       .       x      .       .       .   x . x x x . . x"},
    {"liaison", "            x    x     x      .       .       .      .       .       .   . . x . . . . ."},
    {"programme-officer", "  x    x     x      o       .       x      .       .       .   . . . . . . . x"},
    {"auditor", "            x    x     .      .       o       x      .       x       .   x . x . . . x x"},
    {"administrator", "      x    x     x      o       o       x      x       x       o   x x . . . x x x"},
    // clang-format on
};

static char cell(const char *cells, size_t column) {
    for (;; cells++)
        if (*cells != ' ' && column-- == 0) return *cells;
}

TEST(each_role_has_the_rights_of_its_row_and_no_others) {
    CHECK_INT(MZ_ACCESS_ROLE_COUNT, sizeof table / sizeof *table);
    CHECK_INT(MZ_RIGHT_COUNT - 1, COLUMNS);
    for (size_t r = 0; r < sizeof table / sizeof *table; r++) {
        mz_access_role role = mz_access_role_of(mz_str_of(table[r].role));
        CHECK(role < MZ_ACCESS_ROLE_COUNT);
        uint32_t operating = mz_rights_of_roles(1u << role, true), other = mz_rights_of_roles(1u << role, false);
        for (size_t c = 0; c < COLUMNS; c++) {
            char wanted = cell(table[r].cells, c);
            mz_test_case("%s, %s", table[r].role, mz_right_word(columns[c]));
            CHECK_INT(wanted != '.', operating >> columns[c] & 1);
            CHECK_INT(wanted == 'x', other >> columns[c] & 1);
        }
    }
}

TEST(several_roles_have_the_rights_of_each) {
    uint32_t both = 1u << MZ_ACCESS_AUDITOR | 1u << MZ_ACCESS_SCREENER;
    uint32_t rights = mz_rights_of_roles(both, false);
    CHECK(rights & MZ_RIGHT_BIT(MZ_RIGHT_SCREEN));
    CHECK(rights & MZ_RIGHT_BIT(MZ_RIGHT_HISTORY));
    CHECK_INT(0, mz_rights_of_roles(0, true));
}

TEST(words_name_rights_and_roles_both_ways) {
    for (mz_right right = 0; right < MZ_RIGHT_COUNT; right++)
        CHECK_INT(right, mz_right_of(mz_str_of(mz_right_word(right))));
    for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT; role++)
        CHECK_INT(role, mz_access_role_of(mz_str_of(mz_access_role_word(role))));
    CHECK_INT(MZ_RIGHT_COUNT, mz_right_of(MZ_STR("everything")));
    CHECK_INT(MZ_ACCESS_ROLE_COUNT, mz_access_role_of(MZ_STR("")));
}

TEST(what_needs_no_right_is_for_everybody) {
    mz_principal nobody = {.kind = MZ_ANONYMOUS};
    CHECK(mz_may(&nobody, MZ_RIGHT_NONE));
    CHECK(!mz_may(&nobody, MZ_RIGHT_SCREEN));
}

TEST_MAIN()
