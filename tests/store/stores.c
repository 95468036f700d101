#include "stores.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ADDRESS_SIZE = 1024, MOST_STORES = 64, WAIT_MS = 2000 };

static char addresses[MOST_STORES][ADDRESS_SIZE];
static char schemata[MOST_STORES][64];
static int made;
static pid_t maker;

static char *next_address(void) {
    if (made == MOST_STORES) mz_test_fail(__FILE__, __LINE__, "more than %d stores", MOST_STORES);
    return addresses[made];
}

const char *mz_test_sqlite(void) {
    char *address = next_address();
    (void)snprintf(address, ADDRESS_SIZE, "%s/store-%d.sqlite", mz_test_folder(), made++);
    return address;
}

/* Carries out one statement on the server; false when it could not. */
static bool tell(const char *server, const char *statement) {
    PGconn *connection = PQconnectdb(server);
    PGresult *result = PQexec(connection, statement);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    PQfinish(connection);
    return done;
}

static void drop_schemata(void) {
    char statement[256];
    if (getpid() != maker) return; /* a child that was forked */
    for (int k = 0; k < made; k++) {
        if (!schemata[k][0]) continue;
        (void)snprintf(statement, sizeof statement, "SET client_min_messages = error; DROP SCHEMA %.63s CASCADE",
                       schemata[k]);
        (void)tell(getenv("MIZAN_TEST_POSTGRESQL"), statement);
    }
}

const char *mz_test_postgresql(void) {
    const char *server = getenv("MIZAN_TEST_POSTGRESQL");
    char statement[256];
    if (!server || !*server) mz_test_skip("no PostgreSQL for tests (set MIZAN_TEST_POSTGRESQL, or use ./dev check)");
    char *address = next_address(), *schema = schemata[made];
    (void)snprintf(schema, sizeof schemata[0], "test_%ld_%d", (long)getpid(), made);
    (void)snprintf(statement, sizeof statement, "CREATE SCHEMA %.63s", schema);
    if (!tell(server, statement)) {
        schema[0] = '\0';
        mz_test_fail(__FILE__, __LINE__, "PostgreSQL at MIZAN_TEST_POSTGRESQL does not do: %s", statement);
    }
    (void)snprintf(address, ADDRESS_SIZE, "%s%soptions=-csearch_path%%3D%s", server, strchr(server, '?') ? "&" : "?",
                   schema);
    if (!maker) (void)atexit(drop_schemata);
    maker = getpid();
    made++;
    return address;
}

static const char tables[] = "-- What the tests keep.\n"
                             "CREATE TABLE thing (\n"
                             "    key TEXT NOT NULL PRIMARY KEY,\n"
                             "    name TEXT UNIQUE,\n"
                             "    size INTEGER,\n"
                             "    weight REAL,\n"
                             "    picture BLOB\n"
                             ") STRICT, WITHOUT ROWID;\n"
                             "CREATE TABLE part (\n"
                             "    key TEXT NOT NULL PRIMARY KEY,\n"
                             "    thing TEXT NOT NULL REFERENCES thing (key),\n"
                             "    place INTEGER NOT NULL DEFAULT 0 CHECK (place >= 0)\n"
                             ") STRICT;\n"
                             "CREATE INDEX part_thing ON part (thing, place);\n";

mz_store_options mz_test_options(void) {
    static mz_migration migrations[2];
    migrations[0] = mz_migrations[0];
    migrations[1] = (mz_migration){"0001_test", mz_str_of(tables)};
    return (mz_store_options){migrations, 2, WAIT_MS};
}

mz_store *mz_test_open(const char *address) {
    mz_store_options options = mz_test_options();
    mz_store *store = NULL;
    mz_error error = {0};
    CHECK_OK(mz_store_open_with(address, &options, &store, &error), error);
    return store;
}
