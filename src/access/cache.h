/* Principals in memory, by the hash of the key or session token that names them: for MZ_ACCESS_STALE_S at most, so that
 * a key in use costs no SQL with each request, and one that was revoked elsewhere stops soon.
 *
 * Of fixed size: 256 sets of four, the one fetched longest ago gives way. Only what was found is kept: somebody who
 * tries made-up keys would else push out those in use. */
#ifndef MIZAN_ACCESS_CACHE_H
#define MIZAN_ACCESS_CACHE_H

#include "access/rights.h"
#include "access/secret.h"
#include "store/sql.h"

enum { MZ_TITLE_BYTES_MOST = 200 };

typedef struct mz_cached {
    char hash[MZ_SECRET_HASH_SIZE];
    mz_principal_kind kind;
    char key[MZ_SQL_KEY_SIZE], agency[MZ_SQL_KEY_SIZE], session[MZ_SQL_KEY_SIZE];
    char name[MZ_TITLE_BYTES_MOST + 1];
    uint32_t rights;
    bool operates, password_once, factor_missing;
    int64_t fetched, ends; /* ends 0: never */
    int64_t noted;         /* when its use was last written into the store */
} mz_cached;

typedef struct mz_cache mz_cache; /* any number of threads */

mz_status mz_cache_new(mz_cache **ret_cache, mz_error *error);
void mz_cache_free(mz_cache *cache);

/* Before the store is asked: what is put with this number after a mz_cache_clear is not kept. */
uint64_t mz_cache_age(mz_cache *cache);
bool mz_cache_get(mz_cache *cache, const char *hash, int64_t now, mz_cached *ret_found);
void mz_cache_put(mz_cache *cache, uint64_t age, const mz_cached *found);
/* Whether its use is to be written now: says so once in `every_s`. */
bool mz_cache_note(mz_cache *cache, const char *hash, int64_t now, int64_t every_s);
void mz_cache_clear(mz_cache *cache);

#endif
