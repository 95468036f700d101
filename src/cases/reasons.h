/* Why something was decided: the list of an agency, which its administrators edit. An agency that has not changed it
 * has that of the program. A reason that was used is never deleted, only retired. */
#ifndef MIZAN_CASES_REASONS_H
#define MIZAN_CASES_REASONS_H

#include "cases/cases.h"

enum { MZ_REASON_BYTES_MOST = 40, MZ_REASON_TITLE_BYTES_MOST = 200, MZ_REASONS_MOST = 200 };

typedef struct mz_reason {
    mz_str key; /* a word: small letters, digits and hyphens */
    mz_disposition disposition;
    mz_str titles[3]; /* in Arabic, French, English */
    bool retired;
} mz_reason;

/* Those for a disposition stand together, in the agency's order; also the retired ones. */
mz_status mz_reasons_list(mz_sql *sql, mz_str agency, mz_arena *arena, mz_reason **ret_reasons, size_t *ret_count,
                          mz_error *error);
/* The list from now on. What was there and is left out is retired; what a reason is for stays (MZ_ERR_REFUSED). */
mz_status mz_reasons_set(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_reason *reasons, size_t count,
                         mz_arena *arena, mz_error *error);

#endif
