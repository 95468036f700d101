/* A store is brought up to date once, whole, and is known to be whole when it is opened. */
#include "stores.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { OPENERS = 8 };

static const mz_migration second = {"0001_second",
                                    MZ_STR_INIT("CREATE TABLE second (key TEXT NOT NULL PRIMARY KEY) STRICT;\n"
                                                "INSERT INTO second (key) VALUES ('one; '' and -- only');\n"
                                                "CREATE UNIQUE INDEX second_key ON second (key)")};
static const mz_migration second_altered = {
    "0001_second", MZ_STR_INIT("CREATE TABLE second (key TEXT NOT NULL PRIMARY KEY, more TEXT) STRICT;")};
static const mz_migration third = {"0002_third",
                                   MZ_STR_INIT("ALTER TABLE second ADD COLUMN size INTEGER NOT NULL DEFAULT 0;\n"
                                               "-- a comment at the end; with a semicolon\n")};
static const mz_migration half = {
    "0001_half", MZ_STR_INIT("CREATE TABLE half (key TEXT) STRICT; INSERT INTO half (key) VALUES ('a');\n"
                             "CREATE TABLE half (key TEXT) STRICT;")};

static mz_status open_with(const char *address, const mz_migration *more, size_t count, mz_store **ret_store,
                           mz_error *error) {
    mz_migration all[4] = {mz_migrations[0]};
    for (size_t k = 0; k < count; k++) all[k + 1] = more[k];
    mz_store_options options = {all, count + 1, 2000};
    return mz_store_open_with(address, &options, ret_store, error);
}

static void must_open(const char *address, const mz_migration *more, size_t count) {
    mz_store *store = NULL;
    mz_error error = {0};
    CHECK_OK(open_with(address, more, count, &store, &error), error);
    mz_store_close(store);
}

/* The error's text, in a buffer of the test's. */
static const char *must_refuse(const char *address, const mz_migration *more, size_t count, mz_status status) {
    static mz_error error;
    mz_store *store = NULL;
    error = (mz_error){0};
    CHECK_INT(status, open_with(address, more, count, &store, &error));
    CHECK(!store);
    return error.text;
}

typedef struct order {
    const char *text; /* in the words of the database */
    int64_t number;
} order;

static mz_status tell_it(void *context, mz_sql *sql, mz_error *error) {
    return sql->backend->execute(sql, ((order *)context)->text, error);
}

/* Does to the store what no program of ours does. */
static void tell(const char *address, const mz_migration *more, size_t count, const char *text) {
    mz_store *store = NULL;
    mz_error error = {0};
    order told = {.text = text};
    CHECK_OK(open_with(address, more, count, &store, &error), error);
    CHECK_OK(mz_store_change(store, tell_it, &told, &error), error);
    mz_store_close(store);
}

static mz_status count_it(void *context, mz_sql *sql, mz_error *error) {
    order *one = context;
    mz_arena arena;
    const mz_sql_value *row = NULL;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_sql_first(sql, one->text, NULL, 0, &arena, &row, error);
    if (!status) one->number = row ? row->number : -1;
    mz_arena_done(&arena);
    return status;
}

static int64_t count(const char *address, const mz_migration *more, size_t migrations, const char *query) {
    mz_store *store = NULL;
    mz_error error = {0};
    order one = {.text = query};
    CHECK_OK(open_with(address, more, migrations, &store, &error), error);
    CHECK_OK(mz_store_read(store, count_it, &one, &error), error);
    mz_store_close(store);
    return one.number;
}

STORE_TEST(migrations_are_applied_in_their_order_and_once) {
    const mz_migration all[] = {second, third};
    must_open(address, NULL, 0);
    must_open(address, all, 1);
    must_open(address, all, 1);
    must_open(address, all, 2);
    CHECK_INT(3, count(address, all, 2, "SELECT COUNT(*) FROM store_migration"));
    CHECK_INT(1, count(address, all, 2, "SELECT COUNT(*) FROM second WHERE key = 'one; '' and -- only' AND size = 0"));
}

STORE_TEST(a_store_of_a_newer_program_is_refused) {
    const mz_migration all[] = {second, third};
    must_open(address, all, 2);
    CHECK(strstr(must_refuse(address, all, 1, MZ_ERR_REFUSED), "newer mizan"));
    must_open(address, all, 2);
}

STORE_TEST(a_migration_that_was_applied_in_another_form_is_refused) {
    must_open(address, &second, 1);
    CHECK(strstr(must_refuse(address, &second_altered, 1, MZ_ERR_REFUSED), "another form"));
    const mz_migration renamed = {"0001_other", second.text};
    CHECK(strstr(must_refuse(address, &renamed, 1, MZ_ERR_REFUSED), "0001_second"));
}

STORE_TEST(a_store_that_lacks_a_migration_in_between_is_refused) {
    const mz_migration all[] = {second, third};
    must_open(address, all, 2);
    tell(address, all, 2, "DELETE FROM store_migration WHERE number = 1");
    CHECK(strstr(must_refuse(address, all, 2, MZ_ERR_REFUSED), "lacks migration 1"));
}

STORE_TEST(a_migration_that_fails_leaves_nothing) {
    must_open(address, NULL, 0);
    CHECK(must_refuse(address, &half, 1, MZ_ERR_ARGUMENT)[0]);
    CHECK_INT(1, count(address, NULL, 0, "SELECT COUNT(*) FROM store_migration"));
    must_open(address, &second, 1);
}

/* What somebody may do by hand, or what a backup that was restored in part leaves. */
static void break_and_refuse(const char *address, const char *broken) {
    const mz_migration all[] = {second, third};
    must_open(address, all, 2);
    tell(address, all, 2, broken);
    const char *text = must_refuse(address, all, 2, MZ_ERR_REFUSED);
    CHECK(strstr(text, "not whole"));
    CHECK(strstr(text, "second"));
}

STORE_TEST(a_store_without_one_of_its_indexes_is_refused) {
    break_and_refuse(address, "DROP INDEX second_key");
}

STORE_TEST(a_store_without_one_of_its_columns_is_refused) {
    break_and_refuse(address, "ALTER TABLE second DROP COLUMN size");
}

STORE_TEST(a_store_with_a_column_too_many_is_refused) {
    break_and_refuse(address, "ALTER TABLE second ADD COLUMN more TEXT");
}

STORE_TEST(a_store_without_one_of_its_tables_is_refused) {
    break_and_refuse(address, "DROP TABLE second");
}

STORE_TEST(an_index_that_an_administrator_added_is_no_harm) {
    const mz_migration all[] = {second, third};
    must_open(address, all, 2);
    tell(address, all, 2, "CREATE INDEX by_size ON second (size)");
    must_open(address, all, 2);
}

typedef struct opener {
    const char *address;
    mz_status status;
    mz_error error;
    pthread_t thread;
} opener;

static void *open_it(void *context) {
    opener *one = context;
    const mz_migration all[] = {second, third};
    mz_store *store = NULL;
    one->status = open_with(one->address, all, 2, &store, &one->error);
    if (!one->status) mz_store_close(store);
    return NULL;
}

STORE_TEST(many_that_open_a_new_store_at_once_apply_its_migrations_once) {
    static opener openers[OPENERS];
    const mz_migration all[] = {second, third};
    for (int k = 0; k < OPENERS; k++) {
        openers[k] = (opener){.address = address};
        CHECK(pthread_create(&openers[k].thread, NULL, open_it, &openers[k]) == 0);
    }
    for (int k = 0; k < OPENERS; k++) CHECK(pthread_join(openers[k].thread, NULL) == 0);
    for (int k = 0; k < OPENERS; k++) CHECK_OK(openers[k].status, openers[k].error);
    CHECK_INT(3, count(address, all, 2, "SELECT COUNT(*) FROM store_migration"));
    CHECK_INT(1, count(address, all, 2, "SELECT COUNT(*) FROM second"));
}

STORE_TEST(the_migrations_of_this_program_are_applied) {
    mz_store *store = NULL;
    mz_error error = {0};
    CHECK_OK(mz_store_open(address, &store, &error), error);
    mz_store_close(store);
    CHECK_OK(mz_store_open(address, &store, &error), error);
    mz_store_close(store);
}

TEST_MAIN()
