/* What a database must do for the store, and what a connection is. sqlite.c and postgresql.c are the two that do it;
 * store.c keeps their connections and repeats transactions, migrate.c brings a store up to date.
 *
 * A connection that failed says in its fate what the store is to do about it; everything else about a failure is in the
 * mz_error. */
#ifndef MIZAN_STORE_BACKEND_H
#define MIZAN_STORE_BACKEND_H

#include "store/dialect.h"
#include "store/sql.h"

typedef enum mz_sql_fate {
    MZ_SQL_FINE,
    MZ_SQL_FAILED,      /* a statement failed: undo the transaction */
    MZ_SQL_MET_ANOTHER, /* undo the transaction and do it again */
    MZ_SQL_LOST,        /* the server is gone: do it again on another connection */
    MZ_SQL_UNKNOWN      /* the server is gone, and whether the transaction was committed has to be asked */
} mz_sql_fate;

/* A reading transaction changes nothing; one that migrates sees what was committed before it got the lock; one that
 * verifies changes nothing that stays. */
typedef enum mz_sql_begin { MZ_SQL_READ, MZ_SQL_CHANGE, MZ_SQL_MIGRATE, MZ_SQL_VERIFY } mz_sql_begin;

struct mz_sql {
    const struct mz_sql_backend *backend;
    mz_sql_fate fate;                  /* of the transaction at hand */
    mz_error why;                      /* the first failure in it */
    bool reading;                      /* the connection, or the transaction, may change nothing */
    bool in_rows;                      /* the rows of a query are being given out */
    char transaction[MZ_SQL_KEY_SIZE]; /* by which the end of a commit is asked for; "": it wrote nothing */
    struct mz_sql *next;               /* among the idle connections */
};

/* Where a store is, and how patient to be. */
typedef struct mz_sql_place {
    char *address;    /* as given, perhaps with a password */
    char *shown;      /* without */
    unsigned wait_ms; /* for a lock, or for a server that does not answer */
} mz_sql_place;

/* Errors given to these are never NULL. */
typedef struct mz_sql_backend {
    mz_dialect dialect;
    unsigned writers_most, readers_most; /* connections; no readers: reading is done on the writers */

    /* What may be shown of the address; allocated. */
    mz_status (*shown)(const char *address, char **ret_shown, mz_error *error);
    /* Makes what must be there before a connection: SQLite's file. */
    mz_status (*prepare_place)(const mz_sql_place *place, mz_error *error);
    /* MZ_ERR_NETWORK may pass; anything else is for a person. */
    mz_status (*connect)(const mz_sql_place *place, bool reading, mz_sql **ret_sql, mz_error *error);
    void (*disconnect)(mz_sql *sql);

    mz_status (*begin)(mz_sql *sql, mz_sql_begin how, mz_error *error);
    mz_status (*commit)(mz_sql *sql, mz_error *error);
    void (*rollback)(mz_sql *sql);
    /* Asked on a new connection after MZ_SQL_UNKNOWN; MZ_ERR_BUSY: that is not known yet. */
    mz_status (*was_committed)(mz_sql *sql, const char *transaction, bool *ret_committed, mz_error *error);

    /* Carries out one statement of the dialect, which is prepared and kept. `row` may be NULL. */
    mz_status (*carry_out)(mz_sql *sql, const char *statement, const mz_sql_value *values, size_t count,
                           mz_sql_row *row, void *context, uint64_t *ret_changed, mz_error *error);
    /* Only prepares it: whether the database understands it. */
    mz_status (*understands)(mz_sql *sql, const char *statement, mz_error *error);
    /* One statement in the database's own words, without parameters and rows. */
    mz_status (*execute)(mz_sql *sql, const char *text, mz_error *error);

    /* Whether the store has the table of migrations; refuses what belongs to another program. */
    mz_status (*has_migrations)(mz_sql *sql, bool *ret_has, mz_error *error);
    /* Keeps others from migrating until the transaction ends. */
    mz_status (*lock_migrations)(mz_sql *sql, mz_error *error);
    /* An empty place in which all migrations are carried out, to see what they make; what differs from it in the store
     * is MZ_ERR_REFUSED and named. */
    mz_status (*open_scratch)(mz_sql *sql, mz_sql **ret_scratch, mz_error *error);
    mz_status (*compare_scratch)(mz_sql *sql, mz_sql *scratch, mz_error *error);
    void (*close_scratch)(mz_sql *sql, mz_sql *scratch);
} mz_sql_backend;

extern const mz_sql_backend mz_sqlite_backend, mz_postgresql_backend;

/* Statements are kept by the hash of their text, each in its one slot: who comes later takes it. */
enum { MZ_SQL_SLOTS = 256 };
static inline size_t mz_sql_slot(const char *statement) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
    for (; *statement; statement++) hash = (hash ^ (unsigned char)*statement) * UINT64_C(0x100000001B3);
    return (size_t)(hash >> 32) % MZ_SQL_SLOTS;
}

/* The first of all keys that are made so long before this one. */
void mz_sql_key_before(const char *key, uint64_t ms, char ret_key[MZ_SQL_KEY_SIZE]);

/* Notes a failure in the transaction, when it is the first, and returns the status of the error. */
mz_status mz_sql_failed(mz_sql *sql, mz_sql_fate fate, const mz_error *error);

#endif
