/* Opening a store with other migrations, or with less patience, than the program's: for tests and measurements, and for
 * what a person does to a store (copying it). */
#ifndef MIZAN_STORE_OPEN_H
#define MIZAN_STORE_OPEN_H

#include "store/backend.h"
#include "store/migrate.h"

typedef struct mz_store_options {
    const mz_migration *migrations;
    size_t migration_count;
    unsigned wait_ms; /* for a lock, a connection, a server that is being started again, and for conflicts to end */
} mz_store_options;

/* What mz_store_open uses. */
mz_store_options mz_store_usual_options(void);

mz_status mz_store_open_with(const char *address, const mz_store_options *options, mz_store **ret_store,
                             mz_error *error);

/* A transaction of any kind; see mz_store_change. */
mz_status mz_store_transact(mz_store *store, mz_sql_begin how, mz_store_work *work, void *context, mz_error *error);

#endif
