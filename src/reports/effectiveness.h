/* Reports of the supervisor's test (mizan/effectiveness.h) that an agency asked for: kept, listed, the last one. They
 * hold names of the lists, and none of customers: those of a file are asked for on the command line only. */
#ifndef MIZAN_REPORTS_EFFECTIVENESS_H
#define MIZAN_REPORTS_EFFECTIVENESS_H

#include "base/arena.h"
#include "mizan/effectiveness.h"
#include "store/sql.h"

typedef struct mz_kept_effectiveness {
    mz_str key, lists; /* lists: JSON, [{"list":…,"version":…}] */
    mz_str policy;     /* digest of the policy's text; empty: the default */
    int64_t made;
    double threshold;
    int64_t names, customers;
    double found, detection; /* of all changed names; the mean over the ways of changing */
    double alerts;           /* of customers by name alone; below 0: not measured */
} mz_kept_effectiveness;

/* Keeps a run under a new key. `text` is its report in JSON. The key of `kept` is set. */
mz_status mz_effectiveness_keep(mz_sql *sql, mz_str agency, const mz_kept_effectiveness *kept, mz_str text,
                                char ret_key[MZ_SQL_KEY_SIZE], mz_error *error);
/* Newest first; an empty `before`: from the newest. */
mz_status mz_effectiveness_list(mz_sql *sql, mz_str agency, mz_str before, size_t limit, mz_arena *arena,
                                mz_kept_effectiveness **ret_kept, size_t *ret_count, mz_error *error);
/* The report as JSON. MZ_ERR_NOT_FOUND also when it is another agency's. */
mz_status mz_effectiveness_text(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_str *ret_text,
                                mz_error *error);

#endif
