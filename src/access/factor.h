/* Using a second factor: a code of the application, or one of the recovery codes, each of them once. */
#ifndef MIZAN_ACCESS_FACTOR_H
#define MIZAN_ACCESS_FACTOR_H

#include "access/state.h"

typedef enum mz_factor_outcome { MZ_FACTOR_FITS, MZ_FACTOR_WRONG } mz_factor_outcome;

/* In a transaction, which writes that the code was used: in `row` (to be written by the caller) the step of the
 * application's, or in the store that the recovery code is gone, with its entry in the history. */
mz_status mz_factor_use(mz_sql *sql, mz_person_row *row, mz_str code, int64_t now, mz_str client, mz_arena *arena,
                        mz_factor_outcome *ret_outcome, mz_error *error);

#endif
