/* The gate is a count under a lock. Rejected: a queue of its own thread, which would let those who wait pile up. */
#include "access/password.h"

#include "base/error.h"
#include "text/text.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>

struct mz_passwords {
    pthread_mutex_t lock;
    pthread_cond_t free_one;
    unsigned running, at_once, wait_ms;
    mz_password_cost cost;
    char of_nobody[MZ_PASSWORD_HASH_SIZE];
};

_Static_assert((int)crypto_pwhash_STRBYTES <= (int)MZ_PASSWORD_HASH_SIZE, "room for libsodium's form of a hash");

/* --- the gate --- */

static bool enter(mz_passwords *passwords) {
    struct timespec until;
    bool entered;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += passwords->wait_ms / 1000;
    until.tv_nsec += (long)(passwords->wait_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&passwords->lock);
    while (passwords->running == passwords->at_once &&
           pthread_cond_timedwait(&passwords->free_one, &passwords->lock, &until) != ETIMEDOUT)
        continue;
    entered = passwords->running < passwords->at_once;
    if (entered) passwords->running++;
    pthread_mutex_unlock(&passwords->lock);
    return entered;
}

static void leave(mz_passwords *passwords) {
    pthread_mutex_lock(&passwords->lock);
    passwords->running--;
    pthread_cond_signal(&passwords->free_one);
    pthread_mutex_unlock(&passwords->lock);
}

static mz_status fail_busy(mz_error *error) {
    return mz_fail(error, MZ_ERR_BUSY, "many people sign in just now; try again in a moment");
}

/* --- hashing --- */

/* Normal form C; NULL when it cannot be, which is for lack of memory. To be wiped and freed. */
static char *composed(mz_str password) {
    utf8proc_uint8_t *text = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)password.data, (utf8proc_ssize_t)password.size,
                                         &text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (size >= 0) return (char *)text;
    free(text);
    return NULL;
}

static void wipe(char *text) {
    if (text) sodium_memzero(text, strlen(text));
    free(text);
}

static bool fits(mz_str password) {
    return password.size <= MZ_PASSWORD_BYTES_MOST && mz_utf8_valid(password, NULL) &&
           !(password.size && memchr(password.data, '\0', password.size));
}

mz_status mz_password_hash(mz_passwords *passwords, mz_str password, char ret_hash[MZ_PASSWORD_HASH_SIZE],
                           mz_error *error) {
    if (!fits(password)) return mz_fail(error, MZ_ERR_INPUT, "this cannot be a password");
    char *text = composed(password);
    if (!text) return mz_fail_memory(error);
    mz_status status = MZ_OK;
    if (!enter(passwords)) {
        status = fail_busy(error);
    } else {
        if (crypto_pwhash_str(ret_hash, text, strlen(text), passwords->cost.passes, passwords->cost.memory_bytes))
            status = mz_fail_memory(error);
        leave(passwords);
    }
    wipe(text);
    return status;
}

mz_status mz_password_verify(mz_passwords *passwords, const char *hash, mz_str password, bool *ret_right,
                             bool *ret_outdated, mz_error *error) {
    bool possible = hash && fits(password);
    char *text = composed(fits(password) ? password : MZ_STR(""));
    if (!text) return mz_fail_memory(error);
    mz_status status = MZ_OK;
    if (!enter(passwords)) {
        status = fail_busy(error);
    } else {
        /* it answers -1 for a wrong password and for memory that it did not get, and tells them apart by errno alone */
        errno = 0;
        bool right = crypto_pwhash_str_verify(possible ? hash : passwords->of_nobody, text, strlen(text)) == 0;
        if (!right && errno == ENOMEM) status = mz_fail_memory(error);
        leave(passwords);
        *ret_right = !status && possible && right;
        if (ret_outdated)
            *ret_outdated = *ret_right && crypto_pwhash_str_needs_rehash(hash, passwords->cost.passes,
                                                                         passwords->cost.memory_bytes) != 0;
    }
    wipe(text);
    return status;
}

/* The hash that stands for everybody who is not there, of a password that nobody knows. */
static mz_status hash_of_nobody(mz_passwords *passwords, mz_error *error) {
    char password[2 * 24 + 1];
    unsigned char chance[24];
    randombytes_buf(chance, sizeof chance);
    (void)sodium_bin2hex(password, sizeof password, chance, sizeof chance);
    return mz_password_hash(passwords, mz_str_of(password), passwords->of_nobody, error);
}

mz_status mz_passwords_new(unsigned at_once, unsigned wait_ms, mz_password_cost cost, mz_passwords **ret_passwords,
                           mz_error *error) {
    pthread_condattr_t attributes;
    if (sodium_init() < 0) return mz_fail(error, MZ_ERR_IO, "the system gives no random numbers");
    mz_passwords *passwords = calloc(1, sizeof *passwords);
    if (!passwords) return mz_fail_memory(error);
    if (!cost.memory_bytes) cost.memory_bytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;
    if (!cost.passes) cost.passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
    *passwords = (mz_passwords){.at_once = at_once ? at_once : 1, .wait_ms = wait_ms, .cost = cost};
    pthread_mutex_init(&passwords->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&passwords->free_one, &attributes);
    pthread_condattr_destroy(&attributes);
    mz_status status = hash_of_nobody(passwords, error);
    if (status)
        mz_passwords_free(passwords);
    else
        *ret_passwords = passwords;
    return status;
}

void mz_passwords_free(mz_passwords *passwords) {
    if (!passwords) return;
    pthread_cond_destroy(&passwords->free_one);
    pthread_mutex_destroy(&passwords->lock);
    free(passwords);
}
