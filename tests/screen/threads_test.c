/* Two threads, each with a screener of its own, share an index and find what one finds. */
#include "listed.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const char *const queries[] = {
    "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zeinab Morjani\"],\"birthDate\":\"1970\"}}",
    "{\"schema\":\"Vessel\",\"properties\":{\"name\":[\"Lantern Sea\"],\"imoNumber\":\"9074729\"}}",
    "{\"properties\":{\"name\":[\"Nahda Horizon\",\"Idris Ben Zahi\",\"A Qasmouri\"]}}",
    "{\"schema\":\"Company\",\"properties\":{\"name\":\"شركة زعفران\"}}",
};
enum { QUERIES = sizeof queries / sizeof queries[0], ROUNDS = 50, THREADS = 2 };

typedef struct work {
    mz_screener *screener;
    char *answers[QUERIES]; /* of the first round */
    bool changed;
} work;

static void *screen_all(void *context) {
    work *w = context;
    for (int i = 0; i < ROUNDS * QUERIES; i++) {
        mz_str answer;
        size_t hits;
        char **first = &w->answers[i % QUERIES];
        if (mz_screen_json(w->screener, mz_str_of(queries[i % QUERIES]), &answer, &hits, NULL)) w->changed = true;
        if (!*first) *first = strndup(answer.data, answer.size);
        if (!*first || !mz_str_equal(mz_str_of(*first), answer)) w->changed = true;
        mz_str id = {"inv-07", 6};
        uint32_t number;
        char *json;
        size_t size;
        if (mz_index_find(listed_index(), id, &number, NULL) ||
            mz_index_record(listed_index(), number, &json, &size, NULL)) {
            w->changed = true;
            continue;
        }
        free(json);
    }
    return NULL;
}

TEST(threads_share_an_index) {
    work works[THREADS + 1] = {{0}};
    pthread_t threads[THREADS];
    for (size_t t = 0; t <= THREADS; t++) works[t].screener = listed_screener(0.5, 5, false);
    for (size_t t = 0; t < THREADS; t++) CHECK_INT(0, pthread_create(&threads[t], NULL, screen_all, &works[t]));
    for (size_t t = 0; t < THREADS; t++) CHECK_INT(0, pthread_join(threads[t], NULL));
    (void)screen_all(&works[THREADS]);
    for (size_t t = 0; t <= THREADS; t++) {
        CHECK(!works[t].changed);
        for (size_t q = 0; q < QUERIES; q++) {
            CHECK_TEXT(works[THREADS].answers[q], works[t].answers[q]);
            if (t < THREADS) free(works[t].answers[q]);
        }
        mz_screener_free(works[t].screener);
    }
    for (size_t q = 0; q < QUERIES; q++) free(works[THREADS].answers[q]);
}

TEST_MAIN()
