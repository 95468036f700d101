/* Which personal parts were erased, as entries of the kind "personal.erased" say: their body is
 * {"entries":[[FIRST,LAST],…],"reason":…}, with numbers before their own. */
#ifndef MIZAN_AUDIT_ERASED_H
#define MIZAN_AUDIT_ERASED_H

#include "audit/audit.h"

#define MZ_AUDIT_ERASED "personal.erased"

enum { MZ_AUDIT_PAGE = 1 << 16 };

/* A bit for each of the MZ_AUDIT_PAGE numbers behind `after`. */
typedef struct mz_audit_erased {
    int64_t after;
    uint64_t bits[MZ_AUDIT_PAGE / 64];
} mz_audit_erased;

/* Of all entries of the chain; those that cannot be read say nothing. */
mz_status mz_audit_erased_read(mz_sql *sql, mz_str chain, int64_t after, mz_audit_erased *ret_erased, mz_error *error);

static inline bool mz_audit_is_erased(const mz_audit_erased *erased, int64_t number) {
    int64_t place = number - erased->after - 1;
    return place >= 0 && place < MZ_AUDIT_PAGE && (erased->bits[place / 64] >> (place % 64) & 1);
}

#endif
