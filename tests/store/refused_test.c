/* Stores that cannot be opened or written say why and what to do, and nothing of them is changed by half. */
#include "stores.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH = 1024, NOBODY = 65534 };

static mz_error must_refuse(const char *address, mz_status status) {
    mz_store_options options = mz_test_options();
    mz_store *store = NULL;
    mz_error error = {0};
    options.wait_ms = 300;
    mz_test_case("%s", address);
    CHECK_INT(status, mz_store_open_with(address, &options, &store, &error));
    CHECK_INT(status, error.status);
    CHECK(error.text[0]);
    return error;
}

static bool exists(const char *path) {
    return access(path, F_OK) == 0;
}

static void put(const char *path, const char *bytes) {
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(bytes, file) >= 0 && fclose(file) == 0);
}

static void in_folder(char path[PATH], const char *name) {
    (void)snprintf(path, PATH, "%s/%s", mz_test_folder(), name);
}

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    (void)context;
    return mz_sql_run(sql, "INSERT INTO thing (key) VALUES ('a')", NULL, 0, NULL, error);
}

/* ---- SQLite ---- */

TEST(a_store_is_readable_by_its_owner_only) {
    const char *address = mz_test_sqlite();
    struct stat facts;
    char path[PATH];
    mode_t old = umask(0);
    mz_error error = {0};
    mz_store *store = mz_test_open(address);
    CHECK_OK(mz_store_change(store, add, NULL, &error), error);
    (void)umask(old);
    static const char *const files[] = {"", "-wal", "-shm"};
    for (size_t k = 0; k < 3; k++) {
        (void)snprintf(path, sizeof path, "%s%s", address, files[k]);
        mz_test_case("%s", path);
        CHECK(stat(path, &facts) == 0);
        CHECK_INT(0600, facts.st_mode & 0777);
    }
    mz_store_close(store);
    CHECK(!exists(path)); /* everything is in the one file again */
}

TEST(a_folder_that_is_not_there_is_not_made) {
    char path[PATH];
    in_folder(path, "nowhere/store.sqlite");
    mz_error error = must_refuse(path, MZ_ERR_NOT_FOUND);
    CHECK(strstr(error.text, "nowhere"));
}

TEST(no_address_is_no_store) {
    (void)must_refuse("", MZ_ERR_ARGUMENT);
}

TEST(a_folder_is_no_store) {
    (void)must_refuse(mz_test_folder(), MZ_ERR_IO);
}

TEST(a_file_that_is_no_database_is_left_as_it_is) {
    char path[PATH], line[64] = "";
    in_folder(path, "letter.txt");
    put(path, "Dear reader, this is a letter and not a database, as you may see at once.\n");
    (void)must_refuse(path, MZ_ERR_REFUSED);
    FILE *file = fopen(path, "r");
    CHECK(file && fgets(line, sizeof line, file) && fclose(file) == 0);
    CHECK(strncmp(line, "Dear reader", 11) == 0);
}

TEST(the_database_of_another_program_is_refused) {
    char path[PATH];
    sqlite3 *database = NULL;
    in_folder(path, "other.sqlite");
    CHECK(sqlite3_open(path, &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, "CREATE TABLE theirs (a)", NULL, NULL, NULL) == SQLITE_OK);
    CHECK(sqlite3_close(database) == SQLITE_OK);
    mz_error error = must_refuse(path, MZ_ERR_REFUSED);
    CHECK(strstr(error.text, "another program"));
}

TEST(names_that_mean_something_to_sqlite_are_names_of_files) {
    static const char *const names[] = {":memory:", "file:store?mode=memory"};
    char here[PATH];
    CHECK(getcwd(here, sizeof here));
    CHECK(chdir(mz_test_folder()) == 0);
    for (size_t k = 0; k < 2; k++) {
        mz_store *store = mz_test_open(names[k]);
        mz_store_close(store);
        CHECK(exists(names[k]));
    }
    CHECK(chdir(here) == 0);
}

/* In a process of its own, which gives up being root: root may write everything. */
static mz_status as_nobody(const char *address, mz_error *ret_error) {
    int pipes[2], how = 0;
    CHECK(pipe(pipes) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        mz_store_options options = mz_test_options();
        mz_store *store = NULL;
        mz_error error = {0};
        if (getuid() == 0 && setuid(NOBODY) != 0) _exit(1);
        mz_status status = mz_store_open_with(address, &options, &store, &error);
        _exit(write(pipes[1], &error, sizeof error) == sizeof error && status == error.status ? 0 : 1);
    }
    CHECK(read(pipes[0], ret_error, sizeof *ret_error) == sizeof *ret_error);
    CHECK(waitpid(child, &how, 0) == child && how == 0);
    (void)close(pipes[0]);
    (void)close(pipes[1]);
    return ret_error->status;
}

TEST(a_store_that_may_not_be_written_says_so) {
    const char *address = mz_test_sqlite();
    mz_error error = {0};
    mz_store_close(mz_test_open(address));
    CHECK(chmod(address, 0444) == 0 && chmod(mz_test_folder(), 0755) == 0);
    CHECK_INT(MZ_ERR_IO, as_nobody(address, &error));
    CHECK(strstr(error.text, "may not be written"));
    CHECK(chmod(address, 0000) == 0);
    CHECK_INT(MZ_ERR_IO, as_nobody(address, &error));
    CHECK(strstr(error.text, "cannot be opened"));
    CHECK(chmod(address, 0600) == 0);
    mz_store_close(mz_test_open(address));
}

TEST(a_store_that_another_program_keeps_locked_is_busy_and_then_free) {
    const char *address = mz_test_sqlite();
    sqlite3 *other = NULL;
    mz_store_options options = mz_test_options();
    mz_store *store = NULL;
    mz_error error = {0};
    options.wait_ms = 300;
    CHECK_OK(mz_store_open_with(address, &options, &store, &error), error);
    CHECK(sqlite3_open(address, &other) == SQLITE_OK);
    CHECK(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
    CHECK_INT(MZ_ERR_BUSY, mz_store_change(store, add, NULL, &error));
    CHECK(strstr(error.text, "locked"));
    CHECK(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
    CHECK_OK(mz_store_change(store, add, NULL, &error), error);
    CHECK(sqlite3_close(other) == SQLITE_OK);
    mz_store_close(store);
}

TEST(a_store_whose_pages_were_overwritten_is_damaged_and_no_crash) {
    const char *address = mz_test_sqlite();
    char rubbish[4096];
    memset(rubbish, 0x5A, sizeof rubbish);
    mz_store_close(mz_test_open(address));
    struct stat facts;
    CHECK(stat(address, &facts) == 0);
    int descriptor = open(address, O_WRONLY);
    for (off_t at = 4096; at < facts.st_size; at += 4096)
        CHECK(pwrite(descriptor, rubbish, sizeof rubbish, at) == sizeof rubbish);
    CHECK(close(descriptor) == 0);
    mz_error error = must_refuse(address, MZ_ERR_IO);
    CHECK(strstr(error.text, "damaged"));
}

TEST(a_store_that_was_cut_off_is_refused_at_every_length) {
    const char *address = mz_test_sqlite();
    struct stat facts;
    mz_store_close(mz_test_open(address));
    CHECK(stat(address, &facts) == 0);
    for (off_t size = facts.st_size - 4096; size >= 4096; size -= 4096) {
        mz_store_options options = mz_test_options();
        mz_store *store = NULL;
        mz_test_case("%lld bytes", (long long)size);
        CHECK(truncate(address, size) == 0);
        CHECK(mz_store_open_with(address, &options, &store, NULL) != MZ_OK);
    }
}

/* ---- PostgreSQL ---- */

TEST(no_message_has_the_password_in_it) {
    static const char *const addresses[] = {
        "postgresql://someone:s3cr3t-word@127.0.0.1:1/database",
        "postgresql://someone:s3cr3t-word@%zz/database",
        "postgresql://someone:s3cr3t-word@[::1/database",
        "postgresql://someone:s3cr3t-word@127.0.0.1:port/database",
        "postgresql://127.0.0.1:1/database?password=s3cr3t-word",
        "postgresql://127.0.0.1:1/database?password=s3cr3t-word&nonsense=1",
        "postgresql://someone:s3cr3t-word@127.0.0.1:1/database?sslmode=verify-full&sslrootcert=/nowhere",
    };
    for (size_t k = 0; k < sizeof addresses / sizeof *addresses; k++) {
        mz_store_options options = mz_test_options();
        mz_store *store = NULL;
        mz_error error = {0};
        options.wait_ms = 200;
        mz_test_case("%s", addresses[k]);
        CHECK(mz_store_open_with(addresses[k], &options, &store, &error) != MZ_OK);
        CHECK(error.text[0]);
        CHECK(!strstr(error.text, "s3cr3t") && !strstr(error.where, "s3cr3t"));
    }
}

TEST(a_server_that_is_not_there_is_waited_for_and_then_named) {
    mz_error error = must_refuse("postgresql://someone@127.0.0.1:1/database", MZ_ERR_NETWORK);
    CHECK(strstr(error.where, "postgresql://someone@127.0.0.1:1/database"));
    CHECK(!strstr(error.text, "postgresql://"));
}

TEST(an_address_that_cannot_be_understood_says_what_one_is) {
    mz_error error = must_refuse("postgresql://[host/database", MZ_ERR_ARGUMENT);
    CHECK(strstr(error.text, "postgresql://USER@HOST:PORT/DATABASE"));
}

TEST(a_database_that_the_server_does_not_have_is_not_waited_for) {
    char address[PATH];
    (void)snprintf(address, sizeof address, "%s&dbname=no_such_database", mz_test_postgresql());
    mz_error error = must_refuse(address, MZ_ERR_IO);
    CHECK(strstr(error.text, "no_such_database"));
}

TEST(a_schema_that_is_not_there_is_refused) {
    char address[PATH];
    (void)snprintf(address, sizeof address, "%s", mz_test_postgresql());
    char *schema = strstr(address, "test_");
    CHECK(schema);
    memcpy(schema, "nope", 4);
    mz_error error = must_refuse(address, MZ_ERR_REFUSED);
    CHECK(strstr(error.text, "search_path"));
}

TEST_MAIN()
