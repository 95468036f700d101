/* A case that is made up from beginning to end, for the tests of pages. */
#ifndef MIZAN_TEST_PAGES_H
#define MIZAN_TEST_PAGES_H

#include "reports/case_file.h"

mz_case_file pages_case(void);

/* Fails the test unless each element that is opened is closed in its turn, nothing is in it that could run or ask for
 * something, and no markup of `hostile` came through. With MIZAN_TEST_PAGES, a folder, the page is kept there. */
void pages_check(mz_str page, const char *name);

#endif
