/* Passwords: which are refused, and that verifying them is bounded. */
#include "access/password.h"
#include "oom.h"
#include "test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const mz_password_cost cheap = {.memory_bytes = 8192 * 2, .passes = 1};

TEST(what_everybody_tries_first_is_refused) {
    static const char *const refused[] = {
        "",
        "short",
        "elevenchars",      /* eleven */
        "aaaaaaaaaaaaaaaa", /* one letter */
        "1234567890123456", /* a run, twice */
        "abcdefghijklmnop",
        "azertyuiopqsdfghjklm",
        "Password2026!",
        "P@ssw0rd2026!!",
        "MotDePasse2026",
        "Casablanca2026!!",
        "bismillah123456",
        "qwertyqwertyqwerty",
        "mizanmizanmizan",
        "abcabcabcabcabc",
        "Administrateur1!",
        "مرحبا2026مرحبا",
        "Leila.Bensouda1", /* one's own name */
    };
    const mz_str about[] = {MZ_STR_INIT("leila"), MZ_STR_INIT("bensouda")};
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        mz_error error;
        mz_test_case("%s", refused[k]);
        CHECK_INT(MZ_ERR_INPUT, mz_password_check(mz_str_of(refused[k]), about, 2, &error));
        CHECK(error.text[0]);
    }
}

TEST(words_that_have_nothing_to_do_with_each_other_are_good) {
    static const char *const good[] = {
        "correct horse battery", "bateau-lampe-noyer", "xK9#mP2$vL5n", "زيتون ونافذة وقطار", "the 7 green olives",
    };
    for (size_t k = 0; k < sizeof good / sizeof *good; k++) {
        mz_error error;
        mz_test_case("%s", good[k]);
        CHECK_OK(mz_password_check(mz_str_of(good[k]), NULL, 0, &error), error);
    }
}

TEST(bytes_that_are_no_text_are_refused) {
    char long_one[MZ_PASSWORD_BYTES_MOST + 2];
    mz_error error;
    memset(long_one, 'x', sizeof long_one);
    CHECK_INT(MZ_ERR_INPUT, mz_password_check((mz_str){long_one, MZ_PASSWORD_BYTES_MOST + 1}, NULL, 0, &error));
    CHECK_INT(MZ_ERR_INPUT, mz_password_check(MZ_STR("bateau-\xFFlampe-noyer"), NULL, 0, &error));
    CHECK_INT(MZ_ERR_INPUT, mz_password_check(MZ_STR("bateau-\0lampe-noyer"), NULL, 0, &error));
}

TEST(a_hash_fits_its_password_alone) {
    mz_passwords *passwords;
    mz_error error;
    char hash[MZ_PASSWORD_HASH_SIZE], again[MZ_PASSWORD_HASH_SIZE];
    bool right = false, outdated = true;
    CHECK_OK(mz_passwords_new(1, 1000, cheap, &passwords, &error), error);
    CHECK_OK(mz_password_hash(passwords, MZ_STR("bateau-lampe-noyer"), hash, &error), error);
    CHECK_OK(mz_password_hash(passwords, MZ_STR("bateau-lampe-noyer"), again, &error), error);
    CHECK(strcmp(hash, again) != 0 && memcmp(hash, "$argon2id$", 10) == 0);
    CHECK_OK(mz_password_verify(passwords, hash, MZ_STR("bateau-lampe-noyer"), &right, &outdated, &error), error);
    CHECK(right && !outdated);
    CHECK_OK(mz_password_verify(passwords, hash, MZ_STR("bateau-lampe-noyeR"), &right, NULL, &error), error);
    CHECK(!right);
    CHECK_OK(mz_password_verify(passwords, NULL, MZ_STR("bateau-lampe-noyer"), &right, NULL, &error), error);
    CHECK(!right);
    CHECK_OK(mz_password_verify(passwords, hash, MZ_STR("\xFF"), &right, NULL, &error), error);
    CHECK(!right);
    mz_passwords_free(passwords);
}

TEST(a_keyboard_may_compose_letters_or_not) {
    mz_passwords *passwords;
    mz_error error;
    char hash[MZ_PASSWORD_HASH_SIZE];
    bool right = false;
    CHECK_OK(mz_passwords_new(1, 1000, cheap, &passwords, &error), error);
    CHECK_OK(mz_password_hash(passwords, MZ_STR("fr\xC3\xA8re-olive-kayak"), hash, &error), error);
    CHECK_OK(mz_password_verify(passwords, hash, MZ_STR("fre\xCC\x80re-olive-kayak"), &right, NULL, &error), error);
    CHECK(right);
    mz_passwords_free(passwords);
}

TEST(a_hash_of_another_cost_is_told) {
    mz_passwords *old, *new;
    mz_error error;
    char hash[MZ_PASSWORD_HASH_SIZE];
    bool right = false, outdated = false;
    const mz_password_cost dearer = {.memory_bytes = 8192 * 4, .passes = 2};
    CHECK_OK(mz_passwords_new(1, 1000, cheap, &old, &error), error);
    CHECK_OK(mz_passwords_new(1, 1000, dearer, &new, &error), error);
    CHECK_OK(mz_password_hash(old, MZ_STR("bateau-lampe-noyer"), hash, &error), error);
    CHECK_OK(mz_password_verify(new, hash, MZ_STR("bateau-lampe-noyer"), &right, &outdated, &error), error);
    CHECK(right && outdated);
    mz_passwords_free(old);
    mz_passwords_free(new);
}

typedef struct crowd {
    mz_passwords *passwords;
    unsigned busy, right, other;
    pthread_mutex_t lock;
} crowd;

static void *sign_in(void *context) {
    crowd *all = context;
    bool right = false;
    mz_status status = mz_password_verify(all->passwords, NULL, MZ_STR("bateau-lampe-noyer"), &right, NULL, NULL);
    pthread_mutex_lock(&all->lock);
    all->busy += status == MZ_ERR_BUSY;
    all->right += status == MZ_OK;
    all->other += status != MZ_OK && status != MZ_ERR_BUSY;
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

TEST(a_crowd_waits_or_is_refused_and_none_is_lost) {
    enum { PEOPLE = 12 };
    pthread_t threads[PEOPLE];
    mz_error error;
    const mz_password_cost dear = {.memory_bytes = 8 << 20, .passes = 4};
    crowd all = {.lock = PTHREAD_MUTEX_INITIALIZER};
    CHECK_OK(mz_passwords_new(1, 1, dear, &all.passwords, &error), error);
    for (int k = 0; k < PEOPLE; k++) CHECK(pthread_create(&threads[k], NULL, sign_in, &all) == 0);
    for (int k = 0; k < PEOPLE; k++) pthread_join(threads[k], NULL);
    CHECK_INT(PEOPLE, all.busy + all.right);
    CHECK(all.right >= 1 && all.busy >= 1 && all.other == 0);
    mz_passwords_free(all.passwords);
}

static mz_status hash_once(void *context, mz_error *error) {
    mz_passwords *passwords;
    char hash[MZ_PASSWORD_HASH_SIZE];
    (void)context;
    mz_status status = mz_passwords_new(1, 1000, cheap, &passwords, error);
    if (status) return status;
    status = mz_password_hash(passwords, MZ_STR("bateau-lampe-noyer"), hash, error);
    mz_passwords_free(passwords);
    return status;
}

TEST(without_memory_nothing_is_hashed_and_nothing_is_lost) {
    CHECK(mz_oom_each(hash_once, NULL) >= 1);
}

TEST_MAIN()
