/* Asks xmllint (libxml2) whether a file is valid by the schema of goAML in $MIZAN_SHARED. */
#ifndef MIZAN_TEST_XMLLINT_H
#define MIZAN_TEST_XMLLINT_H

#include "mizan/str.h"

#include <stdbool.h>

/* Skips the test where there is no schema or no xmllint. */
bool xmllint_takes(mz_str xml);

#endif
