/* Bringing a store up to date, and knowing that it is whole.
 *
 * A migration is a file of statements. Those that a store lacks are carried out in one transaction, under a lock, so
 * that two programs that start at once apply them once; what was applied is noted in the table store_migration with the
 * digest of its text. Then, on every opening, the tables of the store are compared with those that the migrations make
 * in an empty one: half a restored backup, or a column changed by hand, is found before it is relied upon. */
#ifndef MIZAN_STORE_MIGRATE_H
#define MIZAN_STORE_MIGRATE_H

#include "mizan/status.h"
#include "store/sql.h"

#include <stddef.h>

typedef struct mz_migration {
    const char *name; /* of its file, without .sql */
    mz_str text;
} mz_migration;

/* Those of this program; the number of each is its place. Made by tools/tables/migrations.py. */
extern const mz_migration mz_migrations[];
extern const size_t mz_migration_count;

mz_status mz_store_migrate(mz_store *store, const mz_migration *migrations, size_t count, mz_error *error);

#endif
