/* What tables a PostgreSQL store has, and whether they are those that the migrations make. The migrations are carried
 * out once more on temporary tables, which are undone, and what the server's catalogue says of both is compared: so
 * texts of one server are compared with each other, whatever its version makes of a definition. */
#include "base/error.h"
#include "store/postgresql.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

/* The tables are read, and to_regclass is not asked: it may answer from what this connection knew before it waited for
 * the lock. */
mz_status mz_postgresql_has_migrations(mz_sql *sql, bool *ret_has, mz_error *error) {
    PGresult *result = NULL;
    mz_status status =
        mz_postgresql_ask(mz_postgresql_of(sql),
                          "SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                          "                WHERE n.nspname = current_schema() AND c.relname = 'store_migration'), "
                          "current_schema() IS NULL",
                          &result, error);
    if (status) return status;
    if (PQgetvalue(result, 0, 1)[0] == 't')
        status = mz_fail(error, MZ_ERR_REFUSED, "no schema of the database is in the search_path of the store's user");
    else
        *ret_has = PQgetvalue(result, 0, 0)[0] == 't';
    PQclear(result);
    return status;
}

mz_status mz_postgresql_lock_migrations(mz_sql *sql, mz_error *error) {
    /* "Miza"; a database may hold several stores, each in its schema */
    return mz_postgresql_execute(sql, "SELECT pg_advisory_xact_lock(1298755169, hashtext(current_schema()))", error);
}

mz_status mz_postgresql_open_scratch(mz_sql *sql, mz_sql **ret_scratch, mz_error *error) {
    mz_postgresql *connection = mz_postgresql_of(sql);
    PGresult *result = NULL;
    mz_status status = mz_postgresql_ask(connection, "SELECT current_schema()", &result, error);
    if (status) return status;
    (void)snprintf(connection->schema, sizeof connection->schema, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    status = mz_postgresql_execute(sql, "SAVEPOINT scratch; SET LOCAL search_path = pg_temp", error);
    if (!status) *ret_scratch = sql;
    return status;
}

void mz_postgresql_close_scratch(mz_sql *sql, mz_sql *scratch) {
    mz_error ignored = {0};
    (void)scratch;
    if (sql->fate < MZ_SQL_LOST) (void)mz_postgresql_execute(sql, "ROLLBACK TO SAVEPOINT scratch", &ignored);
}

/* A line for each column, constraint and index of the tables that the migrations make, in the store and beside it.
 * Indexes that are there in addition do no harm. */
static const char compare[] =
    "WITH schemata AS (SELECT oid, oid = pg_my_temp_schema() AS expected FROM pg_namespace"
    "                   WHERE nspname = $1 OR oid = pg_my_temp_schema()),"
    " tables AS (SELECT c.oid, c.relname, s.expected FROM pg_class c JOIN schemata s ON c.relnamespace = s.oid"
    "             WHERE c.relkind = 'r'),"
    " lines AS ("
    "  SELECT t.expected, t.relname, 'column ' || a.attname AS what,"
    "         format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || a.attcollation::text || ' '"
    "         || COALESCE(pg_get_expr(d.adbin, d.adrelid), '') AS made"
    "    FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped"
    "    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum"
    "  UNION ALL"
    "  SELECT t.expected, t.relname, 'constraint ' || c.conname,"
    "         regexp_replace(pg_get_constraintdef(c.oid), 'REFERENCES (\"[^\"]+\"|[^ (.\"]+)[.]', 'REFERENCES ')"
    "    FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid"
    "  UNION ALL"
    "  SELECT t.expected, t.relname, 'index ' || c.relname,"
    "         regexp_replace(pg_get_indexdef(c.oid), ' ON (\"[^\"]+\"|[^ (.\"]+)[.]', ' ON ') || i.indisvalid"
    "    FROM tables t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid)"
    "SELECT COALESCE(e.relname, f.relname), COALESCE(e.what, f.what),"
    "       CASE WHEN f.what IS NULL THEN 'missing' WHEN e.what IS NULL THEN 'not of the migrations'"
    "            ELSE 'not as the migrations make it' END"
    "  FROM (SELECT * FROM lines WHERE expected) e FULL JOIN (SELECT * FROM lines WHERE NOT expected) f"
    "    ON e.relname = f.relname AND e.what = f.what"
    " WHERE e.made IS DISTINCT FROM f.made AND NOT (e.what IS NULL AND f.what LIKE 'index %')"
    "   AND COALESCE(e.relname, f.relname) IN (SELECT relname FROM tables WHERE expected)"
    " ORDER BY 1, 2 LIMIT 1";

mz_status mz_postgresql_compare_scratch(mz_sql *sql, mz_sql *scratch, mz_error *error) {
    mz_postgresql *connection = mz_postgresql_of(sql);
    const char *const values[] = {connection->schema};
    (void)scratch;
    PGresult *result = PQexecParams(connection->server, compare, 1, NULL, values, NULL, NULL, 0);
    mz_status status = MZ_OK;
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        status = mz_postgresql_fail(connection, result, error);
    else if (PQntuples(result))
        status =
            mz_fail(error, MZ_ERR_REFUSED, "the store is not whole: %.100s of table %.100s is %s; restore a backup",
                    PQgetvalue(result, 0, 1), PQgetvalue(result, 0, 0), PQgetvalue(result, 0, 2));
    PQclear(result);
    return status;
}
