/* See tasks.h: tasks as those see them who ask for them. */
#include "tasks/tasks.h"

#include "base/clock.h"
#include "base/error.h"
#include "tasks/take.h"

static const char *const phase_words[MZ_TASK_PHASE_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_TASK_PHASES(MZ_X)
#undef MZ_X
};

const char *mz_task_phase_word(mz_task_phase phase) {
    return phase_words[phase];
}

static mz_sql_value text_or_empty(mz_str text) {
    return mz_sql_text(text.data ? text : MZ_STR(""));
}

static mz_sql_value object_or_empty(mz_str json) {
    return mz_sql_text(json.size ? json : MZ_STR("{}"));
}

/* ---- adding ---- */

static mz_status find_waiting(mz_sql *sql, mz_str agency, const mz_sql_value *same, char ret_key[MZ_SQL_KEY_SIZE],
                              bool *ret_there, mz_error *error) {
    const mz_sql_value *row = NULL;
    const mz_sql_value values[] = {mz_sql_text(agency), same[0], same[1], same[2]};
    mz_arena arena;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_sql_first(sql,
                                    "SELECT task FROM task WHERE phase = 'waiting' AND agency = ?1 AND kind = ?2 AND "
                                    "object = ?3 AND argument = ?4 ORDER BY task LIMIT 1",
                                    values, 4, &arena, &row, error);
    *ret_there = !status && row;
    if (*ret_there) memcpy(ret_key, row[0].text.data, MZ_SQL_KEY_SIZE); /* with its NUL */
    mz_arena_done(&arena);
    return status;
}

static mz_status check_room(mz_sql *sql, mz_str agency, mz_error *error) {
    const mz_sql_value *row = NULL, value = mz_sql_text(agency);
    mz_arena arena;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_sql_first(sql, "SELECT COUNT(*) FROM task WHERE phase = 'waiting' AND agency = ?1", &value, 1,
                                    &arena, &row, error);
    if (!status && row && row[0].number >= MZ_TASKS_WAITING_MOST)
        status = mz_fail(error, MZ_ERR_BUSY, "%d tasks wait already; try again when some of them are done",
                         (int)MZ_TASKS_WAITING_MOST);
    mz_arena_done(&arena);
    return status;
}

mz_status mz_task_add(mz_sql *sql, mz_str agency, const char *kind, mz_str object, mz_str argument, mz_str creator,
                      char ret_key[MZ_SQL_KEY_SIZE], mz_error *error) {
    const mz_sql_value same[] = {mz_sql_text(mz_str_of(kind)), text_or_empty(object), object_or_empty(argument)};
    bool there = false;
    mz_status status = find_waiting(sql, agency, same, ret_key, &there, error);
    if (status || there) return status;
    status = check_room(sql, agency, error);
    if (status) return status;
    mz_sql_new_key(ret_key);
    const mz_sql_value values[] = {
        mz_sql_text(mz_str_of(ret_key)), mz_sql_text(agency),        same[0], same[1], same[2],
        text_or_empty(creator),          mz_sql_int(mz_clock_now()),
    };
    return mz_sql_run(sql,
                      "INSERT INTO task (task, agency, kind, object, argument, phase, cancel, done, expected, unit, "
                      "state, error, creator, worker, beat, tries, created, started, ended) VALUES (?1, ?2, ?3, ?4, "
                      "?5, 'waiting', 0, 0, 0, '', '{}', '', ?6, '', 0, 0, ?7, 0, 0)",
                      values, sizeof values / sizeof *values, NULL, error);
}

/* ---- reading ---- */

mz_task mz_task_read(const mz_sql_value *columns, mz_arena *arena) {
    return (mz_task){
        .key = mz_arena_copy(arena, columns[0].text),
        .agency = mz_arena_copy(arena, columns[1].text),
        .kind = mz_arena_copy(arena, columns[2].text),
        .object = mz_arena_copy(arena, columns[3].text),
        .argument = mz_arena_copy(arena, columns[4].text),
        .phase = mz_arena_copy(arena, columns[5].text),
        .done = (uint64_t)columns[6].number,
        .total = (uint64_t)columns[7].number,
        .unit = mz_arena_copy(arena, columns[8].text),
        .state = mz_arena_copy(arena, columns[9].text),
        .error = mz_arena_copy(arena, columns[10].text),
        .creator = mz_arena_copy(arena, columns[11].text),
        .cancelling = columns[12].number != 0 && mz_str_equal(columns[5].text, MZ_STR("running")),
        .created = columns[13].number,
        .started = columns[14].number,
        .ended = columns[15].number,
    };
}

typedef struct listing {
    mz_arena *arena;
    mz_task *tasks;
    size_t count, limit;
} listing;

static mz_status take_task(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count;
    (void)error;
    if (taken->count < taken->limit) taken->tasks[taken->count++] = mz_task_read(columns, taken->arena);
    return MZ_OK;
}

mz_status mz_tasks_list(mz_sql *sql, mz_str agency, mz_str kind, mz_str before, size_t limit, mz_arena *arena,
                        mz_task **ret_tasks, size_t *ret_count, mz_error *error) {
    listing taken = {.arena = arena, .limit = limit};
    const mz_sql_value values[] = {mz_sql_text(agency), text_or_empty(kind), text_or_empty(before),
                                   mz_sql_int((int64_t)limit)};
    taken.tasks = MZ_ARENA_NEW(arena, limit + 1, mz_task);
    if (!taken.tasks) return mz_fail_arena(arena, error, "the list of tasks");
    mz_status status =
        mz_sql_query(sql,
                     "SELECT task, agency, kind, object, argument, phase, done, expected, unit, state, error, creator, "
                     "cancel, created, started, ended FROM task WHERE agency = ?1 AND (?2 = '' OR kind = ?2) AND "
                     "(?3 = '' OR task < ?3) ORDER BY task DESC LIMIT ?4",
                     values, 4, take_task, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of tasks");
    if (status) return status;
    *ret_tasks = taken.tasks;
    *ret_count = taken.count;
    return MZ_OK;
}

mz_status mz_task_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_task *ret_task, mz_error *error) {
    mz_task task;
    listing taken = {.arena = arena, .tasks = &task, .limit = 1};
    const mz_sql_value values[] = {mz_sql_text(agency), text_or_empty(key)};
    mz_status status =
        mz_sql_query(sql,
                     "SELECT task, agency, kind, object, argument, phase, done, expected, unit, state, error, creator, "
                     "cancel, created, started, ended FROM task WHERE agency = ?1 AND task = ?2",
                     values, 2, take_task, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "a task");
    if (!status && !taken.count) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such task");
    if (!status) *ret_task = task;
    return status;
}

static mz_status take_count(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    uint64_t *counts = context;
    (void)count;
    (void)error;
    for (int k = 0; k < MZ_TASK_PHASE_COUNT; k++)
        if (mz_str_equal(columns[0].text, mz_str_of(phase_words[k]))) counts[k] = (uint64_t)columns[1].number;
    return MZ_OK;
}

mz_status mz_tasks_count(mz_sql *sql, uint64_t ret_counts[MZ_TASK_PHASE_COUNT], mz_error *error) {
    for (int k = 0; k < MZ_TASK_PHASE_COUNT; k++) ret_counts[k] = 0;
    return mz_sql_query(sql, "SELECT phase, COUNT(*) FROM task GROUP BY phase", NULL, 0, take_count, ret_counts, error);
}

/* ---- cancelling ---- */

mz_status mz_task_cancel(mz_sql *sql, mz_str agency, mz_str key, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), text_or_empty(key), mz_sql_int(mz_clock_now())};
    const mz_sql_value *row = NULL;
    uint64_t changed = 0;
    mz_status status = mz_sql_run(sql,
                                  "UPDATE task SET phase = 'cancelled', ended = ?3 WHERE agency = ?1 AND task = ?2 AND "
                                  "phase = 'waiting'",
                                  values, 3, &changed, error);
    if (status || changed) return status;
    status = mz_sql_run(sql, "UPDATE task SET cancel = 1 WHERE agency = ?1 AND task = ?2 AND phase = 'running'", values,
                        2, &changed, error);
    if (status || changed) return status;
    mz_arena arena;
    mz_arena_init(&arena, 1 << 16);
    status =
        mz_sql_first(sql, "SELECT phase FROM task WHERE agency = ?1 AND task = ?2", values, 2, &arena, &row, error);
    if (!status && !row) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such task");
    if (!status && row) status = mz_fail(error, MZ_ERR_REFUSED, "the task has ended already (%s)", row[0].text.data);
    mz_arena_done(&arena);
    return status;
}
