/* Everything of one store into another, which may be in another kind of database. */
#ifndef MIZAN_STORE_COPY_H
#define MIZAN_STORE_COPY_H

#include "store/migrate.h"

/* Copies the rows of all tables that these migrations make, of one state of `from`, in one transaction of `to`, whose
 * tables must be empty: else MZ_ERR_REFUSED. Both have these migrations. *ret_rows is how many there were. */
mz_status mz_store_copy_with(mz_store *from, mz_store *to, const mz_migration *migrations, size_t count,
                             uint64_t *ret_rows, mz_error *error);
mz_status mz_store_copy(mz_store *from, mz_store *to, uint64_t *ret_rows, mz_error *error);

#endif
