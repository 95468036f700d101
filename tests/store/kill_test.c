/* A program that writes with several threads is killed at a random moment, again and again. What it had been told is
 * done is there afterwards, whole, and nothing is there by half. */
#include "writer.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 25, SHORTEST_MS = 1, LONGEST_MS = 120 };

typedef struct writing {
    mz_store *store;
    uint32_t thread, from;
    int pipe;
} writing;

/* Until it is killed. */
static void *write_on(void *context) {
    const writing *one = context;
    mz_error error = {0};
    for (uint32_t number = one->from;; number++) {
        mz_status status = mz_writer_change(one->store, one->thread, number, &error);
        /* a server may have ended the last change of the one before after it was counted */
        if (status == MZ_ERR_REFUSED && number == one->from) continue;
        if (status) {
            (void)dprintf(STDERR_FILENO, "# a writer failed: %s\n", error.text);
            _exit(3);
        }
        const mz_acknowledged told = {one->thread, number};
        if (write(one->pipe, &told, sizeof told) != sizeof told) _exit(4);
    }
    return NULL;
}

static _Noreturn void be_killed(const char *address, const uint32_t *from, int pipe) {
    static writing all[MZ_WRITER_THREADS];
    pthread_t threads[MZ_WRITER_THREADS];
    mz_store_options options = mz_test_options();
    mz_store *store = NULL;
    mz_error error = {0};
    if (mz_store_open_with(address, &options, &store, &error)) {
        (void)dprintf(STDERR_FILENO, "# a writer could not open its store: %s\n", error.text);
        _exit(2);
    }
    for (uint32_t k = 0; k < MZ_WRITER_THREADS; k++) {
        all[k] = (writing){store, k, from[k], pipe};
        if (pthread_create(&threads[k], NULL, write_on, &all[k])) _exit(5);
    }
    for (;;) (void)pause();
}

/* Starts a writer, kills it after a while, and returns how many changes it acknowledged; `ret_next` is behind the last
 * of each thread. */
static unsigned kill_one(const char *address, const uint32_t *from, unsigned after_ms, uint32_t *ret_next) {
    int pipes[2], how = 0;
    unsigned acknowledged = 0;
    mz_acknowledged told;
    CHECK(pipe(pipes) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) be_killed(address, from, pipes[1]);
    (void)close(pipes[1]);
    /* the moment counts from its first change on */
    bool more = read(pipes[0], &told, sizeof told) == sizeof told;
    (void)nanosleep(&(struct timespec){.tv_nsec = after_ms * 1000000L}, NULL);
    (void)kill(child, SIGKILL);
    for (; more; more = read(pipes[0], &told, sizeof told) == sizeof told) {
        ret_next[told.thread] = told.number + 1;
        acknowledged++;
    }
    (void)close(pipes[0]);
    CHECK(waitpid(child, &how, 0) == child);
    CHECK(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
    return acknowledged;
}

STORE_TEST(nothing_that_was_acknowledged_is_lost_when_the_writer_is_killed) {
    uint32_t next[MZ_WRITER_THREADS] = {0}, there[MZ_WRITER_THREADS] = {0};
    unsigned acknowledged = 0;
    mz_store *store = mz_test_open(address);
    mz_writer_prepare(store);
    mz_store_close(store);
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t chance = 0;
        CHECK(getrandom(&chance, sizeof chance, 0) == sizeof chance);
        unsigned after_ms = SHORTEST_MS + chance % (LONGEST_MS - SHORTEST_MS);
        mz_test_case("round %d, killed after %u ms", round, after_ms);
        acknowledged += kill_one(address, there, after_ms, next);
        store = mz_test_open(address);
        for (uint32_t thread = 0; thread < MZ_WRITER_THREADS; thread++) {
            there[thread] = mz_writer_whole(store, thread);
            /* one more may be there than was told: killed between the two */
            CHECK(there[thread] == next[thread] || there[thread] == next[thread] + 1);
            next[thread] = there[thread];
        }
        mz_store_close(store);
    }
    CHECK(acknowledged >= ROUNDS);
    printf("# %u changes were acknowledged in %d rounds\n", acknowledged, ROUNDS);
}

TEST_MAIN()
