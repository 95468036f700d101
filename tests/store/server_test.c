/* What becomes of changes when the PostgreSQL server goes away under them: when it ends as in a crash, when it ends one
 * connection, and when the connection is lost at the very moment of a commit. */
#include "relay.h"
#include "writer.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 1024, PATIENCE_MS = 30000, CRASHES = 3, RUN_MS = 250 };

static void rest_ms(long ms) {
    (void)nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static mz_store *open_patiently(const char *address) {
    mz_store_options options = mz_test_options();
    mz_store *store = NULL;
    mz_error error = {0};
    options.wait_ms = PATIENCE_MS;
    CHECK_OK(mz_store_open_with(address, &options, &store, &error), error);
    return store;
}

/* ---- a server of one's own ---- */

/* Calls tools/postgresql.sh; its line of output, if any, goes to `ret_line`. */
static bool server_tool(const char *command, const char *argument, char ret_line[LINE]) {
    char call[LINE];
    (void)snprintf(call, sizeof call, "'%s/tools/postgresql.sh' %s %s", mz_test_source(), command, argument);
    FILE *output = popen(call, "r");
    if (!output) return false;
    char line[LINE] = "";
    (void)!fgets(line, sizeof line, output);
    line[strcspn(line, "\n")] = '\0';
    if (ret_line) memcpy(ret_line, line, LINE);
    return pclose(output) == 0;
}

typedef struct crash_writer {
    mz_store *store;
    uint32_t thread, next;
    atomic_bool *stop;
    mz_status status;
    mz_error error;
    pthread_t id;
} crash_writer;

/* Until it is told to stop; the server may go and come as it likes. */
static void *write_on(void *context) {
    crash_writer *own = context;
    while (!atomic_load(own->stop) && !own->status) {
        own->status = mz_writer_change(own->store, own->thread, own->next, &own->error);
        if (!own->status) own->next++;
    }
    return NULL;
}

static void crash_under_writers(const char *folder, const char *address) {
    static crash_writer writers[MZ_WRITER_THREADS];
    atomic_bool stop = false;
    mz_store *store = open_patiently(address);
    mz_writer_prepare(store);
    for (uint32_t k = 0; k < MZ_WRITER_THREADS; k++) {
        writers[k] = (crash_writer){.store = store, .thread = k, .stop = &stop};
        CHECK(pthread_create(&writers[k].id, NULL, write_on, &writers[k]) == 0);
    }
    for (int crash = 0; crash < CRASHES; crash++) {
        rest_ms(RUN_MS);
        CHECK(server_tool("crash", folder, NULL));
        rest_ms(RUN_MS);
        CHECK(server_tool("again", folder, NULL));
    }
    rest_ms(RUN_MS);
    atomic_store(&stop, true);
    for (uint32_t k = 0; k < MZ_WRITER_THREADS; k++) CHECK(pthread_join(writers[k].id, NULL) == 0);
    for (uint32_t k = 0; k < MZ_WRITER_THREADS; k++) {
        CHECK_OK(writers[k].status, writers[k].error);
        CHECK_INT(writers[k].next, mz_writer_whole(store, k));
        CHECK(writers[k].next > 0);
    }
    mz_store_close(store);
}

TEST(writers_go_on_when_the_server_crashes_and_comes_back_and_each_change_is_made_once) {
    char folder[LINE], pid[32], *address;
    if (!getenv("MIZAN_TEST_POSTGRESQL")) mz_test_skip("no PostgreSQL for tests (set MIZAN_TEST_POSTGRESQL)");
    (void)snprintf(pid, sizeof pid, "%ld", (long)getpid());
    if (!server_tool("start", pid, folder)) mz_test_skip("no PostgreSQL server can be started here");
    address = strchr(folder, ' ');
    CHECK(address);
    *address++ = '\0';
    crash_under_writers(folder, address);
    CHECK(server_tool("stop", folder, NULL));
}

/* ---- one connection ---- */

typedef struct ended {
    const char *server;
    int calls;
} ended;

/* Ends every connection of the store from outside, in the middle of a transaction. */
static void end_connections(const char *server) {
    PGconn *connection = PQconnectdb(server);
    PGresult *result = PQexec(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                          " WHERE application_name = 'mizan-ended'");
    CHECK(PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0);
    PQclear(result);
    PQfinish(connection);
}

static mz_status end_in_the_middle(void *context, mz_sql *sql, mz_error *error) {
    ended *one = context;
    mz_status status = mz_sql_run(sql, "INSERT INTO thing (key) VALUES ('a')", NULL, 0, NULL, error);
    if (!status && one->calls++ == 0) end_connections(one->server);
    if (!status) status = mz_sql_run(sql, "INSERT INTO thing (key) VALUES ('b')", NULL, 0, NULL, error);
    return status;
}

static mz_status count_things(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value *row = NULL;
    mz_arena arena;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_sql_first(sql, "SELECT COUNT(*) FROM thing", NULL, 0, &arena, &row, error);
    if (!status) *(int64_t *)context = row ? row[0].number : -1;
    mz_arena_done(&arena);
    return status;
}

static int64_t things(mz_store *store) {
    int64_t count = 0;
    mz_error error = {0};
    CHECK_OK(mz_store_read(store, count_things, &count, &error), error);
    return count;
}

TEST(a_change_whose_connection_is_ended_is_made_on_another_one) {
    char address[LINE];
    mz_error error = {0};
    (void)snprintf(address, sizeof address, "%s&application_name=mizan-ended", mz_test_postgresql());
    ended one = {.server = getenv("MIZAN_TEST_POSTGRESQL")};
    mz_store *store = open_patiently(address);
    CHECK_OK(mz_store_change(store, end_in_the_middle, &one, &error), error);
    CHECK_INT(2, one.calls);
    CHECK_INT(2, things(store));
    end_connections(one.server); /* those that are idle */
    CHECK_INT(2, things(store));
    mz_store_close(store);
}

/* ---- a commit without an answer ---- */

/* The address of the test's store through a relay. */
static mz_store *open_behind_relay(mz_relay **ret_relay, char address[LINE]) {
    const char *direct = mz_test_postgresql(), *host = strstr(direct, "host=");
    char server[LINE];
    if (!host || host[5] != '/')
        mz_test_skip("the server at MIZAN_TEST_POSTGRESQL is not reached by a socket of its host=");
    (void)snprintf(server, sizeof server, "%.*s/.s.PGSQL.5432", (int)strcspn(host + 5, "&"), host + 5);
    *ret_relay = mz_relay_start(mz_test_folder(), server);
    const char *options = strstr(direct, "options=");
    CHECK(options);
    (void)snprintf(address, LINE, "postgresql://mizan@/postgres?host=%s&%s", mz_test_folder(), options);
    return open_patiently(address);
}

static mz_status add_counted(void *context, mz_sql *sql, mz_error *error) {
    int *calls = context;
    const mz_sql_value values[] = {mz_sql_int(++*calls)};
    return mz_sql_run(sql, "INSERT INTO thing (key, size) VALUES ('key', ?1)", values, 1, NULL, error);
}

static void lose_commit(mz_relay_plan plan, int expected_calls) {
    char address[LINE];
    mz_relay *relay = NULL;
    mz_store *store = open_behind_relay(&relay, address);
    mz_error error = {0};
    int calls = 0;
    mz_relay_plan_next(relay, plan);
    CHECK_OK(mz_store_change(store, add_counted, &calls, &error), error);
    CHECK_INT(1, mz_relay_lost(relay));
    CHECK_INT(expected_calls, calls);
    CHECK_INT(1, things(store));
    mz_store_close(store);
    mz_relay_stop(relay);
}

TEST(a_commit_that_the_server_never_heard_of_is_made_again) {
    lose_commit(MZ_RELAY_LOSES_COMMIT, 2);
}

TEST(a_commit_whose_answer_was_lost_is_not_made_twice) {
    lose_commit(MZ_RELAY_LOSES_ANSWER, 1);
}

TEST(a_commit_whose_server_does_not_come_back_is_said_to_be_unknown) {
    char address[LINE];
    mz_relay *relay = NULL;
    mz_store *patient = open_behind_relay(&relay, address), *store = NULL;
    mz_store_options options = mz_test_options();
    mz_error error = {0};
    int calls = 0;
    mz_store_close(patient);
    options.wait_ms = 1000;
    CHECK_OK(mz_store_open_with(address, &options, &store, &error), error);
    mz_relay_plan_next(relay, MZ_RELAY_ENDS);
    CHECK_INT(MZ_ERR_NETWORK, mz_store_change(store, add_counted, &calls, &error));
    CHECK(strstr(error.text, "not known"));
    CHECK_INT(1, calls);
    mz_store_close(store);
    mz_relay_stop(relay);
}

TEST_MAIN()
