/* Tests that hold for both stores: STORE_TEST(name) is two tests, each with the address of a new and empty store.
 *
 * PostgreSQL is the server at $MIZAN_TEST_POSTGRESQL (an address whose user may make schemata; ./dev check starts one);
 * where that is not set, its tests are skipped and say so. Each of its stores is a schema of its own there, which is
 * dropped when the program ends. */
#ifndef MIZAN_TEST_STORES_H
#define MIZAN_TEST_STORES_H

#include "store/open.h"
#include "test.h"

/* The address of a new store; skips the test where there is no server. Valid until the program ends. */
const char *mz_test_sqlite(void);
const char *mz_test_postgresql(void);

#define STORE_TEST(name)                                                                                               \
    static void name##_on(const char *address);                                                                        \
    TEST(name##_on_sqlite) {                                                                                           \
        name##_on(mz_test_sqlite());                                                                                   \
    }                                                                                                                  \
    TEST(name##_on_postgresql) {                                                                                       \
        name##_on(mz_test_postgresql());                                                                               \
    }                                                                                                                  \
    static void name##_on(const char *address)

/* A store with these tables behind those of the program's first migration:
 *
 *     thing(key, name unique, size, weight, picture)    part(key, thing refers to thing, place; place at least 0)
 *
 * and little patience, so that tests of what must fail are fast. */
mz_store *mz_test_open(const char *address);
mz_store_options mz_test_options(void);

#endif
