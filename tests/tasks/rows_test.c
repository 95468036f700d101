/* Tasks as those see them who ask for them: added, listed, cancelled; and in which order they are taken. */
#include "bench.h"
#include "store/stores.h"
#include "test.h"

#include <stdio.h>
#include <time.h>

/* ---- what is done, and by whom it was asked ---- */

static mz_status do_nothing(void *context, mz_task_run *run, mz_error *error) {
    (void)context;
    return mz_task_tell(run, 3, 3, "lines", MZ_STR("{\"rows\":3}"), error);
}

static const mz_task_runner nothing = {"nothing", do_nothing, NULL};

STORE_TEST(a_task_waits_is_done_and_tells_of_it) {
    office open;
    office_open(&open, address);
    mz_str key = bench_add_for(&open, &open.house, "nothing", "thing", "{\"loud\":true}");
    mz_task task = bench_get(&open, key);
    CHECK_STR(MZ_STR("waiting"), task.phase);
    CHECK_STR(MZ_STR("nothing"), task.kind);
    CHECK_STR(MZ_STR("thing"), task.object);
    CHECK_STR(MZ_STR("{\"loud\":true}"), task.argument);
    CHECK_STR(MZ_STR("{}"), task.state);
    CHECK_INT(OFFICE_NOW, task.created);
    CHECK_INT(0, task.started);
    office_later(5);
    mz_worker *worker = bench_worker(open.store, &nothing, 1);
    CHECK(bench_step(worker));
    CHECK(!bench_step(worker));
    task = bench_get(&open, key);
    CHECK_STR(MZ_STR("done"), task.phase);
    CHECK_INT(3, task.done);
    CHECK_INT(3, task.total);
    CHECK_STR(MZ_STR("lines"), task.unit);
    CHECK_STR(MZ_STR("{\"rows\":3}"), task.state);
    CHECK_STR(MZ_STR(""), task.error);
    CHECK_INT(OFFICE_NOW + 5, task.started);
    CHECK_INT(OFFICE_NOW + 5, task.ended);
    mz_worker_free(worker);
    office_close(&open);
}

STORE_TEST(a_worker_takes_what_it_can_do_and_leaves_the_rest) {
    office open;
    office_open(&open, address);
    mz_str other = bench_add(&open, "something", "");
    mz_worker *worker = bench_worker(open.store, &nothing, 1);
    CHECK(!bench_step(worker));
    CHECK_STR(MZ_STR("waiting"), bench_get(&open, other).phase);
    mz_worker_free(worker);
    office_close(&open);
}

STORE_TEST(the_same_that_waits_already_is_given_back) {
    office open;
    office_open(&open, address);
    mz_str first = bench_add_for(&open, &open.house, "nothing", "a", "{\"all\":true}");
    CHECK_STR(first, bench_add_for(&open, &open.house, "nothing", "a", "{\"all\":true}"));
    CHECK(!mz_str_equal(first, bench_add_for(&open, &open.house, "nothing", "a", "")));
    CHECK(!mz_str_equal(first, bench_add_for(&open, &open.house, "nothing", "b", "{\"all\":true}")));
    CHECK(!mz_str_equal(first, bench_add_for(&open, &open.house, "another", "a", "{\"all\":true}")));
    CHECK(!mz_str_equal(first, bench_add_for(&open, &open.bureau, "nothing", "a", "{\"all\":true}")));
    mz_worker *worker = bench_worker(open.store, &nothing, 1);
    while (bench_step(worker)) continue;
    CHECK_STR(MZ_STR("done"), bench_get(&open, first).phase);
    CHECK(!mz_str_equal(first, bench_add_for(&open, &open.house, "nothing", "a", "{\"all\":true}")));
    mz_worker_free(worker);
    office_close(&open);
}

typedef struct listing {
    mz_str agency, kind, before;
    size_t limit, count;
    mz_arena *arena;
    mz_task *tasks;
} listing;

static mz_status list(void *context, mz_sql *sql, mz_error *error) {
    listing *listed = context;
    return mz_tasks_list(sql, listed->agency, listed->kind, listed->before, listed->limit, listed->arena,
                         &listed->tasks, &listed->count, error);
}

STORE_TEST(the_newest_are_listed_first_and_only_ones_own) {
    office open;
    mz_error error;
    mz_str keys[4];
    office_open(&open, address);
    for (int k = 0; k < 4; k++) {
        char object[8];
        (void)snprintf(object, sizeof object, "%d", k);
        keys[k] = bench_add(&open, k == 2 ? "other" : "nothing", object);
        (void)nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL); /* keys of one millisecond have no order */
    }
    (void)bench_add_for(&open, &open.bureau, "nothing", "", "");
    listing listed = {.agency = open.house.key, .limit = 3, .arena = &open.arena};
    CHECK_OK(mz_store_read(open.store, list, &listed, &error), error);
    CHECK_INT(3, listed.count);
    CHECK_STR(keys[3], listed.tasks[0].key);
    CHECK_STR(keys[1], listed.tasks[2].key);
    listed.before = keys[1];
    CHECK_OK(mz_store_read(open.store, list, &listed, &error), error);
    CHECK_INT(1, listed.count);
    CHECK_STR(keys[0], listed.tasks[0].key);
    listed.before = MZ_STR("");
    listed.kind = MZ_STR("other");
    CHECK_OK(mz_store_read(open.store, list, &listed, &error), error);
    CHECK_INT(1, listed.count);
    CHECK_STR(keys[2], listed.tasks[0].key);
    office_close(&open);
}

static mz_status count(void *context, mz_sql *sql, mz_error *error) {
    return mz_tasks_count(sql, context, error);
}

STORE_TEST(phases_are_counted) {
    office open;
    mz_error error;
    uint64_t counts[MZ_TASK_PHASE_COUNT];
    office_open(&open, address);
    (void)bench_add(&open, "nothing", "a");
    (void)bench_add_for(&open, &open.bureau, "nothing", "a", "");
    bench_cancel(&open, bench_add(&open, "other", ""));
    mz_worker *worker = bench_worker(open.store, &nothing, 1);
    CHECK(bench_step(worker));
    CHECK_OK(mz_store_read(open.store, count, counts, &error), error);
    CHECK_INT(1, counts[MZ_TASK_WAITING]);
    CHECK_INT(0, counts[MZ_TASK_RUNNING]);
    CHECK_INT(1, counts[MZ_TASK_DONE]);
    CHECK_INT(0, counts[MZ_TASK_FAILED]);
    CHECK_INT(1, counts[MZ_TASK_CANCELLED]);
    mz_worker_free(worker);
    office_close(&open);
}

typedef struct crowd {
    mz_str agency;
    char key[MZ_SQL_KEY_SIZE];
} crowd;

static mz_status fill(void *context, mz_sql *sql, mz_error *error) {
    crowd *filled = context;
    mz_status status = MZ_OK;
    for (int k = 0; k < MZ_TASKS_WAITING_MOST && !status; k++) {
        char object[16];
        (void)snprintf(object, sizeof object, "%d", k);
        status =
            mz_task_add(sql, filled->agency, "nothing", mz_str_of(object), MZ_STR(""), MZ_STR(""), filled->key, error);
    }
    return status;
}

static mz_status add_one_more(void *context, mz_sql *sql, mz_error *error) {
    crowd *filled = context;
    return mz_task_add(sql, filled->agency, "nothing", MZ_STR("more"), MZ_STR(""), MZ_STR(""), filled->key, error);
}

STORE_TEST(an_agency_has_so_many_waiting_and_no_more) {
    office open;
    mz_error error;
    office_open(&open, address);
    crowd filled = {.agency = open.house.key};
    CHECK_OK(mz_store_change(open.store, fill, &filled, &error), error);
    CHECK_INT(MZ_ERR_BUSY, mz_store_change(open.store, add_one_more, &filled, &error));
    CHECK_TEXT("1000 tasks wait already; try again when some of them are done", error.text);
    filled.agency = open.bureau.key;
    CHECK_OK(mz_store_change(open.store, add_one_more, &filled, &error), error);
    office_close(&open);
}

/* ---- cancelling what waits ---- */

typedef struct cancelling {
    mz_str agency, key;
} cancelling;

static mz_status cancel(void *context, mz_sql *sql, mz_error *error) {
    const cancelling *meant = context;
    return mz_task_cancel(sql, meant->agency, meant->key, error);
}

STORE_TEST(what_waits_is_cancelled_at_once_and_what_ended_is_not) {
    office open;
    mz_error error;
    office_open(&open, address);
    cancelling meant = {open.house.key, bench_add(&open, "nothing", "")};
    mz_worker *worker = bench_worker(open.store, &nothing, 1);
    CHECK_OK(mz_store_change(open.store, cancel, &meant, &error), error);
    mz_task task = bench_get(&open, meant.key);
    CHECK_STR(MZ_STR("cancelled"), task.phase);
    CHECK_INT(OFFICE_NOW, task.ended);
    CHECK(!bench_step(worker));
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(open.store, cancel, &meant, &error));
    CHECK_TEXT("the task has ended already (cancelled)", error.text);
    meant.key = bench_add(&open, "nothing", "");
    CHECK(bench_step(worker));
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(open.store, cancel, &meant, &error));
    CHECK_TEXT("the task has ended already (done)", error.text);
    mz_worker_free(worker);
    office_close(&open);
}

STORE_TEST(what_belongs_to_another_agency_is_not_there) {
    office open;
    mz_error error, other;
    office_open(&open, address);
    cancelling meant = {open.bureau.key, bench_add(&open, "nothing", "")};
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(open.store, cancel, &meant, &error));
    CHECK_STR(MZ_STR("waiting"), bench_get(&open, meant.key).phase);
    meant.key = MZ_STR("01HZZZZZZZZZZZZZZZZZZZZZZZ");
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(open.store, cancel, &meant, &other));
    CHECK_TEXT(error.text, other.text);
    office_close(&open);
}

/* ---- the order ---- */

typedef struct row {
    office *open;
    char agencies[16];
    size_t count;
} row;

static mz_status note_agency(void *context, mz_task_run *run, mz_error *error) {
    row *noted = context;
    (void)error;
    noted->agencies[noted->count++] = mz_str_equal(mz_task_of(run)->agency, noted->open->house.key) ? 'h' : 'b';
    return MZ_OK;
}

STORE_TEST(agencies_take_turns) {
    office open;
    office_open(&open, address);
    row noted = {.open = &open};
    const mz_task_runner runner = {"nothing", note_agency, &noted};
    for (int k = 0; k < 5; k++) {
        char object[8];
        (void)snprintf(object, sizeof object, "%d", k);
        (void)bench_add(&open, "nothing", object);
    }
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    CHECK(bench_step(worker));
    CHECK(bench_step(worker));
    (void)bench_add_for(&open, &open.bureau, "nothing", "x", "");
    (void)bench_add_for(&open, &open.bureau, "nothing", "y", "");
    while (bench_step(worker)) continue;
    CHECK_TEXT("hhbhbhh", noted.agencies);
    mz_worker_free(worker);
    office_close(&open);
}

TEST_MAIN()
