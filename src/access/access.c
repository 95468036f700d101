/* Opening: nothing is kept in memory that the store does not have, but for delays and what was just asked. */
#include "access/access.h"

#include "access/state.h"
#include "base/error.h"

#include <stdlib.h>

/* A person mistypes five times without harm; an office behind one address twenty times. */
static const mz_throttle_rule of_names = {.free_tries = 5, .longest_wait_s = 15 * 60};
static const mz_throttle_rule of_clients = {.free_tries = 20, .longest_wait_s = 60};

mz_status mz_access_open(mz_store *store, const mz_access_settings *settings, mz_access **ret_access, mz_error *error) {
    mz_access *access = calloc(1, sizeof *access);
    if (!access) return mz_fail_memory(error);
    *access = (mz_access){.store = store, .settings = *settings};
    mz_status status = mz_passwords_new(settings->verifications, settings->verification_wait_ms,
                                        settings->password_cost, &access->passwords, error);
    if (!status) status = mz_throttle_new(of_names, &access->names, error);
    if (!status) status = mz_throttle_new(of_clients, &access->clients, error);
    if (!status) status = mz_cache_new(&access->cache, error);
    if (status)
        mz_access_close(access);
    else
        *ret_access = access;
    return status;
}

void mz_access_close(mz_access *access) {
    if (!access) return;
    mz_cache_free(access->cache);
    mz_throttle_free(access->clients);
    mz_throttle_free(access->names);
    mz_passwords_free(access->passwords);
    free(access);
}

const mz_access_settings *mz_access_settings_of(const mz_access *access) {
    return &access->settings;
}
