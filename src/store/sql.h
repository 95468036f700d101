/* The store: one SQL layer over SQLite (embedded) and PostgreSQL (by address).
 *
 * A store hands out connections, each used by one thread at a time. Every change is made in a transaction that is
 * repeated when it met another (mz_store_change), so that what a function reads and writes in it is as if it were
 * alone. A change that was acknowledged is on the disk: the store is opened so that a kill of the process or of the
 * machine loses none, and leaves no half of one.
 *
 * Statements are written once, in the SQL that both understand; each is checked when it is first used, on both stores
 * alike, and a test runs every statement of the project through both:
 *
 * - A statement is one string literal beginning with SELECT, WITH, INSERT, UPDATE or DELETE, without a semicolon, and
 *   its parameters are ?1, ?2, … It is prepared once for each connection and kept: values never stand in its text.
 * - Keys are texts that the program makes (mz_sql_new_key); times are whole seconds since 1970; truth is 0 or 1 in an
 *   INTEGER. Types are INTEGER (64 bits), REAL (double), TEXT (UTF-8 without U+0000) and BLOB, also in CAST; the sum of
 *   integers is CAST(SUM(x) AS INTEGER).
 * - Names are lower case, and unquoted; strings are in '…', where a backslash is nothing special.
 * - Texts are compared and ordered by their bytes. LIKE tells letters' case apart and says its ESCAPE. What may be NULL
 *   is ordered with NULLS FIRST or NULLS LAST.
 * - INSERT … ON CONFLICT (…) DO NOTHING or DO UPDATE SET x = excluded.x; RETURNING; WITH; COALESCE, LENGTH, LOWER (of
 *   ASCII), SUBSTR, ABS, COUNT, MIN, MAX, ||, CASE. Not: what only one of the two has (dialect.c lists it).
 *
 * In migrations (migrations/NNNN_floor_what.sql) also CREATE TABLE … STRICT (or STRICT, WITHOUT ROWID), CREATE [UNIQUE]
 * INDEX, ALTER TABLE … ADD COLUMN, DROP TABLE and DROP INDEX. The tables are those of one floor; the numbers are those
 * of the store, without a gap. One that was released is never changed: what comes after is a file of its own. */
#ifndef MIZAN_STORE_SQL_H
#define MIZAN_STORE_SQL_H

#include "base/arena.h"
#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mz_store mz_store; /* any number of threads */
typedef struct mz_sql mz_sql;     /* a connection in a transaction; one thread */

/* `address`: a path, made when absent (mode 0600, in a folder that is there); or postgresql://…, whose database is
 * there. Migrations are applied, each whole or not at all; a store that a newer program made, or whose tables are not
 * those that its migrations make, is MZ_ERR_REFUSED, one that cannot be reached MZ_ERR_IO or MZ_ERR_NETWORK, with what
 * to do and never with the password of the address. */
mz_status mz_store_open(const char *address, mz_store **ret_store, mz_error *error);
/* All work must be done (asserted). */
void mz_store_close(mz_store *store);

/* Where the store is, as it may be shown: an address without its password. */
const char *mz_store_shown(const mz_store *store);

/* Carries out `work` in a transaction: committed when it returns MZ_OK, else undone. It may be called again when the
 * transaction met another or the server was started again, so it must set all that it gives back each time, and do
 * nothing else that cannot be undone; it must not open a transaction of the same store itself. MZ_ERR_BUSY: others were
 * at it for too long (a service answers 503); MZ_ERR_NETWORK: the server did not come back. */
typedef mz_status mz_store_work(void *context, mz_sql *sql, mz_error *error);
mz_status mz_store_change(mz_store *store, mz_store_work *work, void *context, mz_error *error);
/* The same for work that only reads (a change in it is MZ_ERR_ARGUMENT); it sees one state of the store throughout, and
 * waits for no writer. */
mz_status mz_store_read(mz_store *store, mz_store_work *work, void *context, mz_error *error);
/* A change that may as well not be made: it waits for no other thread of this program that is making one,
 * and is not repeated; MZ_ERR_BUSY instead. */
mz_status mz_store_try(mz_store *store, mz_store_work *work, void *context, mz_error *error);

typedef enum mz_sql_kind { MZ_SQL_NULL, MZ_SQL_INT, MZ_SQL_REAL, MZ_SQL_TEXT, MZ_SQL_BYTES } mz_sql_kind;

typedef struct mz_sql_value {
    mz_sql_kind kind;
    int64_t number;
    double real;
    mz_str text; /* also the bytes */
} mz_sql_value;

static inline mz_sql_value mz_sql_int(int64_t number) {
    return (mz_sql_value){.kind = MZ_SQL_INT, .number = number};
}
static inline mz_sql_value mz_sql_real(double number) {
    return (mz_sql_value){.kind = MZ_SQL_REAL, .real = number};
}
static inline mz_sql_value mz_sql_text(mz_str text) {
    return (mz_sql_value){.kind = MZ_SQL_TEXT, .text = text};
}
static inline mz_sql_value mz_sql_bytes(mz_str bytes) {
    return (mz_sql_value){.kind = MZ_SQL_BYTES, .text = bytes};
}
static inline mz_sql_value mz_sql_null(void) {
    return (mz_sql_value){.kind = MZ_SQL_NULL};
}

/* Carries out one statement; *ret_changed (may be NULL) how many rows it inserted, updated or deleted. A broken
 * uniqueness or check is MZ_ERR_REFUSED, a row that another refers to or that refers to nothing too.
 *
 * After a statement that failed the transaction can only be undone: whatever follows in it fails with the same error,
 * and so does mz_store_change, also when the work returns MZ_OK. Where a row may be there already, say ON CONFLICT DO
 * NOTHING and look at *ret_changed. */
mz_status mz_sql_run(mz_sql *sql, const char *statement, const mz_sql_value *values, size_t count,
                     uint64_t *ret_changed, mz_error *error);

/* The same by the program's own will: the transaction can only be undone, and ends with this error. For who has done
 * half of what belongs together. */
void mz_sql_doom(mz_sql *sql, const mz_error *error);

/* Calls back for each row of a query, in its order; the values are borrowed for the call, in which no other statement
 * may be carried out. A status other than MZ_OK stops, and is returned. */
typedef mz_status mz_sql_row(void *context, const mz_sql_value *columns, size_t count, mz_error *error);
mz_status mz_sql_query(mz_sql *sql, const char *query, const mz_sql_value *values, size_t count, mz_sql_row *row,
                       void *context, mz_error *error);

/* The first row of a query, copied into `arena`; *ret_columns NULL when there is none. */
mz_status mz_sql_first(mz_sql *sql, const char *query, const mz_sql_value *values, size_t count, mz_arena *arena,
                       const mz_sql_value **ret_columns, mz_error *error);

/* A new key: 26 characters that sort by the time at which they were made, and that nobody guesses (48 bits of
 * milliseconds, 80 of chance; ULID). */
enum { MZ_SQL_KEY_SIZE = 27 };
void mz_sql_new_key(char ret_key[MZ_SQL_KEY_SIZE]);

#endif
