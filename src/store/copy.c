/* See copy.h. Tables are taken in the order in which the migrations make them, so that what a row refers to is there
 * before it, and rows in the order of their first column, which for keys is that of time. Rows go from one connection
 * to the other as they come; nothing is kept in between. */
#include "store/copy.h"

#include "base/error.h"
#include "store/open.h"

#include <stdio.h>

enum { NAME_BYTES = 64, STATEMENT_SIZE = 1024 };

typedef struct store_copy {
    mz_store *from;
    const mz_migration *migrations;
    size_t count;
    mz_sql *to, *source; /* in their transactions */
    char table[NAME_BYTES], insert[STATEMENT_SIZE];
    uint64_t rows;
    bool begun; /* reading has, into this transaction */
} store_copy;

/* ---- a table ---- */

static void write_insert(store_copy *copy, size_t columns) {
    size_t at = (size_t)snprintf(copy->insert, sizeof copy->insert, "INSERT INTO %s VALUES (", copy->table);
    for (size_t k = 1; k <= columns; k++)
        at += (size_t)snprintf(copy->insert + at, sizeof copy->insert - at, "?%zu%s", k, k < columns ? ", " : ")");
}

static mz_status copy_row(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    store_copy *copy = context;
    if (!copy->insert[0]) write_insert(copy, count);
    copy->rows++;
    return mz_sql_run(copy->to, copy->insert, columns, count, NULL, error);
}

static mz_status refuse_row(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    const store_copy *copy = context;
    (void)columns, (void)count;
    return mz_fail(error, MZ_ERR_REFUSED, "there are rows in the table %s already; a store is copied into an empty one",
                   copy->table);
}

static mz_status copy_table(store_copy *copy, mz_error *error) {
    char query[STATEMENT_SIZE];
    copy->insert[0] = '\0';
    (void)snprintf(query, sizeof query, "SELECT 1 FROM %s LIMIT 1", copy->table);
    mz_status status = mz_sql_query(copy->to, query, NULL, 0, refuse_row, copy, error);
    if (status) return status;
    (void)snprintf(query, sizeof query, "SELECT * FROM %s ORDER BY 1", copy->table);
    return mz_sql_query(copy->source, query, NULL, 0, copy_row, copy, error);
}

/* ---- all of them ---- */

static mz_status copy_statement(store_copy *copy, mz_str statement, mz_error *error) {
    mz_str name;
    if (!mz_dialect_makes_table(statement, &name)) return MZ_OK;
    if (name.size >= sizeof copy->table) return mz_fail(error, MZ_ERR_LIMIT, "the name of a table is too long");
    (void)snprintf(copy->table, sizeof copy->table, "%.*s", (int)name.size, name.data);
    return copy_table(copy, error);
}

/* How long a copy takes is not for the server to say. */
static mz_status be_patient(mz_sql *sql, mz_error *error) {
    if (sql->backend->dialect != MZ_DIALECT_POSTGRESQL) return MZ_OK;
    return sql->backend->execute(
        sql, "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0", error);
}

static mz_status read_all(void *context, mz_sql *sql, mz_error *error) {
    store_copy *copy = context;
    if (copy->begun)
        return mz_fail(error, MZ_ERR_NETWORK, "the store that is copied was lost on the way; copy it again");
    copy->begun = true;
    copy->source = sql;
    copy->rows = 0;
    mz_status status = be_patient(sql, error);
    /* the first migration has the store's own tables, which the other one keeps for itself */
    for (size_t k = 1; !status && k < copy->count; k++) {
        mz_str rest = copy->migrations[k].text;
        for (mz_str statement; !status && mz_dialect_next(&rest, &statement);)
            status = copy_statement(copy, statement, error);
    }
    return status;
}

static mz_status write_all(void *context, mz_sql *sql, mz_error *error) {
    store_copy *copy = context;
    copy->to = sql;
    copy->begun = false;
    mz_status status = be_patient(sql, error);
    return status ? status : mz_store_read(copy->from, read_all, copy, error);
}

mz_status mz_store_copy_with(mz_store *from, mz_store *to, const mz_migration *migrations, size_t count,
                             uint64_t *ret_rows, mz_error *error) {
    store_copy copy = {.from = from, .migrations = migrations, .count = count};
    mz_status status = mz_store_change(to, write_all, &copy, error);
    if (!status) *ret_rows = copy.rows;
    return status;
}

mz_status mz_store_copy(mz_store *from, mz_store *to, uint64_t *ret_rows, mz_error *error) {
    return mz_store_copy_with(from, to, mz_migrations, mz_migration_count, ret_rows, error);
}
