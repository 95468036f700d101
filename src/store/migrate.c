/* See migrate.h. */
#include "store/migrate.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "store/open.h"

#include <assert.h>

enum { STATEMENT_CEILING_BYTES = 2 * MZ_DIALECT_STATEMENT_BYTES };

typedef struct migration_run {
    const mz_migration *migrations;
    size_t count;
    size_t applied; /* how many of them the store has */
} migration_run;

static void digest_of(const mz_migration *migration, char ret_hex[MZ_DIGEST_HEX_SIZE]) {
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, migration->text.data, migration->text.size);
    mz_digest_hex(&digest, ret_hex);
}

/* ---- what was applied ---- */

/* Called for each row of store_migration in the order of the numbers. */
static mz_status check_applied(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    migration_run *run = context;
    int64_t number = columns[0].number;
    mz_str name = columns[1].text, digest = columns[2].text;
    char expected[MZ_DIGEST_HEX_SIZE];
    (void)count;
    if (number != (int64_t)run->applied)
        return mz_fail(error, MZ_ERR_REFUSED, "the store lacks migration %zu and has %lld (%.*s): restore a backup",
                       run->applied, (long long)number, (int)name.size, name.data);
    if (run->applied >= run->count)
        return mz_fail(
            error, MZ_ERR_REFUSED,
            "a newer mizan made this store (migration %.*s; this program knows %zu): use that one, or restore "
            "the backup from before it",
            (int)name.size, name.data, run->count);
    const mz_migration *migration = &run->migrations[run->applied];
    digest_of(migration, expected);
    if (!mz_str_equal(name, mz_str_of(migration->name)) || !mz_str_equal(digest, mz_str_of(expected)))
        return mz_fail(
            error, MZ_ERR_REFUSED,
            "migration %.*s was applied to this store in another form than this program has it (%s): use the "
            "program that made it",
            (int)name.size, name.data, migration->name);
    run->applied++;
    return MZ_OK;
}

static mz_status look(void *context, mz_sql *sql, mz_error *error) {
    migration_run *run = context;
    bool has = false;
    mz_status status = sql->backend->has_migrations(sql, &has, error);
    run->applied = 0;
    if (status || !has) return status;
    return mz_sql_query(sql, "SELECT number, name, digest FROM store_migration ORDER BY number", NULL, 0, check_applied,
                        run, error);
}

/* ---- applying ---- */

static mz_status carry_out_one(mz_sql *sql, mz_str statement, mz_buffer *text, mz_error *error) {
    unsigned parameters = 0;
    mz_buffer_clear(text);
    mz_status status = mz_dialect_translate(statement, sql->backend->dialect, true, text, &parameters, error);
    if (!status && parameters) status = mz_fail(error, MZ_ERR_ARGUMENT, "a migration has no parameters");
    return status ? status : sql->backend->execute(sql, text->data, error);
}

static mz_status carry_out(mz_sql *sql, const mz_migration *migration, mz_error *error) {
    mz_buffer text;
    mz_status status = MZ_OK;
    mz_buffer_init(&text, STATEMENT_CEILING_BYTES);
    mz_str rest = migration->text;
    for (mz_str statement; !status && mz_dialect_next(&rest, &statement);)
        status = carry_out_one(sql, statement, &text, error);
    if (status) mz_error_name(error, migration->name);
    mz_buffer_done(&text);
    return status;
}

static mz_status note(mz_sql *sql, size_t number, const mz_migration *migration, mz_error *error) {
    char digest[MZ_DIGEST_HEX_SIZE];
    digest_of(migration, digest);
    const mz_sql_value values[] = {mz_sql_int((int64_t)number), mz_sql_text(mz_str_of(migration->name)),
                                   mz_sql_text(mz_str_of(digest)), mz_sql_int(mz_clock_now())};
    return mz_sql_run(sql, "INSERT INTO store_migration (number, name, digest, applied) VALUES (?1, ?2, ?3, ?4)",
                      values, 4, NULL, error);
}

static mz_status apply(void *context, mz_sql *sql, mz_error *error) {
    migration_run *run = context;
    mz_status status = sql->backend->lock_migrations(sql, error);
    if (!status) status = look(run, sql, error); /* another may have done it meanwhile */
    for (size_t number = run->applied; !status && number < run->count; number++) {
        status = carry_out(sql, &run->migrations[number], error);
        if (!status) status = note(sql, number, &run->migrations[number], error);
    }
    return status;
}

/* ---- whole ---- */

static mz_status verify(void *context, mz_sql *sql, mz_error *error) {
    const migration_run *run = context;
    mz_sql *scratch = NULL;
    mz_status status = sql->backend->open_scratch(sql, &scratch, error);
    if (status) return status;
    for (size_t number = 0; !status && number < run->count; number++)
        status = carry_out(scratch, &run->migrations[number], error);
    if (!status) status = sql->backend->compare_scratch(sql, scratch, error);
    sql->backend->close_scratch(sql, scratch);
    return status;
}

mz_status mz_store_migrate(mz_store *store, const mz_migration *migrations, size_t count, mz_error *error) {
    migration_run run = {.migrations = migrations, .count = count};
    mz_status status = mz_store_transact(store, MZ_SQL_VERIFY, look, &run, error);
    if (!status && run.applied < count) status = mz_store_transact(store, MZ_SQL_MIGRATE, apply, &run, error);
    if (!status) status = mz_store_transact(store, MZ_SQL_VERIFY, verify, &run, error);
    if (status) mz_error_name(error, mz_store_shown(store));
    return status;
}
