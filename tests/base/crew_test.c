/* Work in pieces: each is done once, the first failure is the one that is told, and who is asked may stop all. */
#include "base/crew.h"

#include "base/error.h"
#include "test.h"

#include <stdatomic.h>

enum { PIECES = 500 };

typedef struct marked {
    atomic_uint times[PIECES], workers;
    uint64_t fails_from; /* pieces from here on fail */
} marked;

static mz_status mark(void *context, unsigned worker, uint64_t number, mz_error *error) {
    marked *m = context;
    (void)atomic_fetch_add(&m->times[number], 1);
    (void)atomic_fetch_or(&m->workers, 1u << worker);
    if (number < m->fails_from) return MZ_OK;
    return mz_fail(error, MZ_ERR_LIMIT, "piece %u", (unsigned)number);
}

TEST(each_piece_is_done_once_by_any_number_of_workers) {
    for (unsigned size = 1; size < 6; size++) {
        mz_error error = {0};
        marked m = {.fails_from = PIECES};
        const mz_crew_work work = {.pieces = PIECES, .piece = mark, .context = &m};
        CHECK_OK(mz_crew_run(size, &work, &error), error);
        for (size_t p = 0; p < PIECES; p++) CHECK_INT(1, atomic_load(&m.times[p]));
        CHECK_INT(0, atomic_load(&m.workers) >> size);
    }
}

TEST(the_failure_of_the_first_piece_that_failed_is_told) {
    for (unsigned size = 1; size < 6; size++) {
        mz_error error = {0};
        marked m = {.fails_from = 123};
        const mz_crew_work work = {.pieces = PIECES, .piece = mark, .context = &m};
        CHECK_INT(MZ_ERR_LIMIT, mz_crew_run(size, &work, &error));
        CHECK_TEXT("piece 123", error.text);
        CHECK_INT(0, atomic_load(&m.times[PIECES - 1]));
    }
}

static int stop_at_ten(void *context, uint64_t done, uint64_t pieces) {
    unsigned *calls = context;
    return done > pieces || ++*calls == 10;
}

TEST(who_is_told_how_far_it_is_may_stop_it) {
    mz_error error = {0};
    unsigned calls = 0;
    marked m = {.fails_from = PIECES};
    const mz_crew_work work = {PIECES, mark, &m, stop_at_ten, &calls};
    CHECK_INT(MZ_ERR_CANCELLED, mz_crew_run(1, &work, &error));
    CHECK_INT(10, calls);
    CHECK_INT(1, atomic_load(&m.times[9]));
    CHECK_INT(0, atomic_load(&m.times[10]));
}

TEST(nothing_to_do_is_done) {
    mz_error error = {0};
    const mz_crew_work work = {.pieces = 0, .piece = mark};
    CHECK_OK(mz_crew_run(4, &work, &error), error);
    CHECK(mz_crew_size(0) >= 1 && mz_crew_size(0) <= MZ_CREW_MOST);
    CHECK_INT(3, mz_crew_size(3));
    CHECK_INT(MZ_CREW_MOST, mz_crew_size(1000));
}

TEST_MAIN()
