/* What the files of the PostgreSQL store share. Its libpq-fe.h is included by them alone: pg_conn and pg_result are
 * PGconn and PGresult. */
#ifndef MIZAN_STORE_POSTGRESQL_H
#define MIZAN_STORE_POSTGRESQL_H

#include "store/backend.h"

struct pg_conn;
struct pg_result;

/* The types that parameters have, whatever the database would have them. */
typedef enum mz_postgresql_type {
    MZ_POSTGRESQL_INT,
    MZ_POSTGRESQL_REAL,
    MZ_POSTGRESQL_TEXT,
    MZ_POSTGRESQL_BYTES
} mz_postgresql_type;

typedef struct mz_postgresql_kept {
    char *text; /* of the statement; NULL: the slot is free */
    unsigned generation;
    int parameters;
    unsigned char types[MZ_DIALECT_VALUES_MOST];
} mz_postgresql_kept;

typedef struct mz_postgresql {
    mz_sql sql; /* first: a mz_sql of PostgreSQL is one of these */
    struct pg_conn *server;
    const char *shown; /* the address without its password */
    unsigned generation, commits;
    bool wrote, asks; /* the transaction changed something; what becomes of its commit is asked for when it is lost */
    char schema[64];  /* in which the store is; while the scratch place is open */
    mz_postgresql_kept kept[MZ_SQL_SLOTS];
} mz_postgresql;

static inline mz_postgresql *mz_postgresql_of(mz_sql *sql) {
    return (mz_postgresql *)(void *)sql;
}

/* postgresql.c: notes what the server said, or that it is gone, and puts it into `error`. `result` may be NULL. */
mz_status mz_postgresql_fail(mz_postgresql *connection, const struct pg_result *result, mz_error *error);
/* One statement without parameters; *ret_result (may be NULL) is to be cleared. */
mz_status mz_postgresql_ask(mz_postgresql *connection, const char *text, struct pg_result **ret_result,
                            mz_error *error);
mz_status mz_postgresql_execute(mz_sql *sql, const char *text, mz_error *error);

/* postgresql_address.c: connects as the address says, with what it leaves out set as a store needs it. The connection
 * may be one that failed; NULL, and the error, when there is no memory or the address cannot be understood. */
struct pg_conn *mz_postgresql_dial(const mz_sql_place *place, mz_error *error);
/* Whether a server answers there that is starting or stopping, or none does: a little later one may. */
bool mz_postgresql_may_come(const mz_sql_place *place);
mz_status mz_postgresql_shown(const char *address, char **ret_shown, mz_error *error);

/* postgresql_statement.c */
void mz_postgresql_forget(mz_postgresql *connection);
mz_status mz_postgresql_understands(mz_sql *sql, const char *text, mz_error *error);
mz_status mz_postgresql_carry_out(mz_sql *sql, const char *text, const mz_sql_value *values, size_t count,
                                  mz_sql_row *row, void *context, uint64_t *ret_changed, mz_error *error);

/* postgresql_schema.c */
mz_status mz_postgresql_has_migrations(mz_sql *sql, bool *ret_has, mz_error *error);
mz_status mz_postgresql_lock_migrations(mz_sql *sql, mz_error *error);
mz_status mz_postgresql_open_scratch(mz_sql *sql, mz_sql **ret_scratch, mz_error *error);
mz_status mz_postgresql_compare_scratch(mz_sql *sql, mz_sql *scratch, mz_error *error);
void mz_postgresql_close_scratch(mz_sql *sql, mz_sql *scratch);

#endif
