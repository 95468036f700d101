/* Which task is next. What waits is read as groups of agency, kind and object, with the oldest of each, and what runs
 * row by row; the choice is made here, since its rule would be unreadable in SQL. Two that choose at once choose the
 * same, and the store lets one of them do so.
 *
 * Whose worker is dead is told by the clock of who looks. Where clocks of two machines differ by more than the time
 * after which one is taken to be dead, a task may be taken from a worker that lives: its next note is refused, and it
 * goes on to another. It cannot be taken back, since the other's note is then in the future. */
#include "tasks/take.h"

#include "base/clock.h"
#include "base/error.h"

typedef struct waiting_row {
    struct waiting_row *next;
    mz_str agency, kind, object, task;
    bool orphan; /* it runs, and its worker is dead */
} waiting_row;

typedef struct turn_row {
    struct turn_row *next;
    mz_str agency;
    int64_t turn;
    unsigned running;
} turn_row;

typedef struct choice {
    const mz_task_taker *taker;
    mz_arena *arena;
    int64_t now;
    waiting_row *waiting; /* candidates */
    waiting_row *running; /* by workers that live */
    turn_row *turns;
    int64_t last_turn;
    bool to_end; /* some can only be ended */
} choice;

static bool can_do(const choice *made, mz_str kind) {
    for (size_t k = 0; k < made->taker->count; k++)
        if (mz_str_equal(kind, mz_str_of(made->taker->runners[k].kind))) return true;
    return false;
}

static turn_row *turn_of(choice *made, mz_str agency) {
    turn_row *row = made->turns;
    while (row && !mz_str_equal(row->agency, agency)) row = row->next;
    if (row || !(row = MZ_ARENA_NEW(made->arena, 1, turn_row))) return row;
    *row = (turn_row){.next = made->turns, .agency = mz_arena_copy(made->arena, agency)};
    return made->turns = row;
}

static void keep(choice *made, waiting_row **list, const mz_sql_value *c, bool orphan) {
    waiting_row *row = MZ_ARENA_NEW(made->arena, 1, waiting_row);
    if (!row) return;
    *row = (waiting_row){.next = *list,
                         .agency = mz_arena_copy(made->arena, c[0].text),
                         .kind = mz_arena_copy(made->arena, c[1].text),
                         .object = mz_arena_copy(made->arena, c[2].text),
                         .task = mz_arena_copy(made->arena, c[3].text),
                         .orphan = orphan};
    *list = row;
}

static mz_status take_waiting(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    choice *made = context;
    (void)count;
    (void)error;
    if (can_do(made, columns[1].text)) keep(made, &made->waiting, columns, false);
    return MZ_OK;
}

static mz_status take_running(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    choice *made = context;
    (void)count;
    (void)error;
    bool alive = columns[4].number >= made->now - made->taker->stale_s;
    bool ends = columns[5].number != 0 || columns[6].number >= MZ_TASK_TRIES_MOST;
    if (alive) {
        keep(made, &made->running, columns, false);
        turn_row *turn = turn_of(made, columns[0].text);
        if (turn) turn->running++;
    } else if (ends) {
        made->to_end = true;
    } else if (can_do(made, columns[1].text)) {
        keep(made, &made->waiting, columns, true);
    }
    return MZ_OK;
}

static mz_status take_turn(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    choice *made = context;
    (void)count;
    (void)error;
    turn_row *turn = turn_of(made, columns[0].text);
    if (turn) turn->turn = columns[1].number;
    if (columns[1].number > made->last_turn) made->last_turn = columns[1].number;
    return MZ_OK;
}

static mz_status read_all(choice *made, mz_sql *sql, mz_error *error) {
    const mz_sql_value now = mz_sql_int(made->now);
    mz_status status = mz_sql_query(sql,
                                    "SELECT agency, kind, object, MIN(task) FROM task WHERE phase = 'waiting' AND beat "
                                    "<= ?1 GROUP BY agency, kind, object",
                                    &now, 1, take_waiting, made, error);
    if (!status)
        status = mz_sql_query(
            sql, "SELECT agency, kind, object, task, beat, cancel, tries FROM task WHERE phase = 'running'", NULL, 0,
            take_running, made, error);
    if (!status) status = mz_sql_query(sql, "SELECT agency, turn FROM task_turn", NULL, 0, take_turn, made, error);
    if (!status && made->arena->failed) status = mz_fail_arena(made->arena, error, "the tasks that wait");
    return status;
}

static bool its_kind_runs(const choice *made, const waiting_row *row) {
    for (const waiting_row *other = made->running; other; other = other->next)
        if (mz_str_equal(row->agency, other->agency) && mz_str_equal(row->kind, other->kind) &&
            mz_str_equal(row->object, other->object))
            return true;
    return false;
}

/* Whether `row` comes before `best`: fewer tasks of its agency at work, then its agency's turn longer ago, then older;
 * what was begun goes before what waits. */
static bool before(choice *made, const waiting_row *row, const waiting_row *best) {
    const turn_row *a = turn_of(made, row->agency), *b = turn_of(made, best->agency);
    if (!a || !b) return false;
    if (a->running != b->running) return a->running < b->running;
    if (a->turn != b->turn) return a->turn < b->turn;
    if (row->orphan != best->orphan) return row->orphan;
    return mz_str_order(row->task, best->task) < 0;
}

static mz_status choose(choice *made, mz_sql *sql, const waiting_row **ret_row, mz_error *error) {
    const waiting_row *best = NULL;
    mz_status status = read_all(made, sql, error);
    for (const waiting_row *row = made->waiting; row && !status; row = row->next)
        if (!its_kind_runs(made, row) && (!best || before(made, row, best))) best = row;
    if (!status && made->arena->failed) status = mz_fail_arena(made->arena, error, "the tasks that wait");
    if (!status) *ret_row = best;
    return status;
}

static choice begin(const mz_task_taker *taker, mz_arena *arena) {
    return (choice){.taker = taker, .arena = arena, .now = mz_clock_now()};
}

mz_status mz_task_look(mz_sql *sql, const mz_task_taker *taker, mz_arena *arena, bool *ret_any, mz_error *error) {
    choice made = begin(taker, arena);
    const waiting_row *row = NULL;
    mz_status status = choose(&made, sql, &row, error);
    if (!status) *ret_any = row || made.to_end;
    return status;
}

static mz_status end_the_hopeless(const choice *made, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_int(made->now - made->taker->stale_s), mz_sql_int(made->now),
                                   mz_sql_int(MZ_TASK_TRIES_MOST)};
    mz_status status = mz_sql_run(sql,
                                  "UPDATE task SET phase = 'cancelled', ended = ?2 WHERE phase = 'running' AND beat < "
                                  "?1 AND cancel = 1",
                                  values, 2, NULL, error);
    if (!status)
        status = mz_sql_run(sql,
                            "UPDATE task SET phase = 'failed', ended = ?2, error = 'the program ended each time it was "
                            "at this; see its log, and begin anew' WHERE phase = 'running' AND beat < ?1 AND tries >= "
                            "?3",
                            values, 3, NULL, error);
    return status;
}

static mz_status take_row(const choice *made, mz_sql *sql, const waiting_row *row, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(row->task), mz_sql_text(made->taker->worker), mz_sql_int(made->now)};
    const mz_sql_value turn[] = {mz_sql_text(row->agency), mz_sql_int(made->last_turn + 1)};
    mz_status status = mz_sql_run(sql,
                                  "UPDATE task SET phase = 'running', worker = ?2, beat = ?3, tries = tries + 1, "
                                  "started = CASE WHEN started = 0 THEN ?3 ELSE started END WHERE task = ?1",
                                  values, 3, NULL, error);
    if (!status)
        status = mz_sql_run(sql,
                            "INSERT INTO task_turn (agency, turn) VALUES (?1, ?2) ON CONFLICT (agency) DO UPDATE SET "
                            "turn = excluded.turn",
                            turn, 2, NULL, error);
    return status;
}

mz_status mz_task_take(mz_sql *sql, const mz_task_taker *taker, mz_arena *arena, mz_task *ret_task, mz_error *error) {
    choice made = begin(taker, arena);
    const waiting_row *row = NULL;
    mz_status status = choose(&made, sql, &row, error);
    if (!status && made.to_end) status = end_the_hopeless(&made, sql, error);
    if (!status && row) status = take_row(&made, sql, row, error);
    *ret_task = (mz_task){.key = MZ_STR("")};
    if (!status && row) status = mz_task_get(sql, row->agency, row->task, arena, ret_task, error);
    return status;
}

/* ---- what a worker has ---- */

mz_status mz_task_stands(mz_sql *sql, mz_str key, mz_str worker, mz_task_standing *ret_standing, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(worker)}, *row = NULL;
    mz_arena arena;
    mz_arena_init(&arena, 1 << 16);
    mz_status status =
        mz_sql_first(sql, "SELECT cancel, beat, tries FROM task WHERE task = ?1 AND worker = ?2 AND phase = 'running'",
                     values, 2, &arena, &row, error);
    if (!status && !row) *ret_standing = (mz_task_standing){.own = false};
    if (!status && row)
        *ret_standing = (mz_task_standing){
            .own = true, .cancelled = row[0].number != 0, .beat = row[1].number, .tries = row[2].number};
    mz_arena_done(&arena);
    return status;
}

mz_status mz_task_beat(mz_sql *sql, mz_str key, mz_str worker, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(worker), mz_sql_int(mz_clock_now())};
    return mz_sql_run(sql, "UPDATE task SET beat = ?3 WHERE task = ?1 AND worker = ?2 AND phase = 'running'", values, 3,
                      NULL, error);
}

mz_status mz_task_end(mz_sql *sql, mz_str key, mz_str worker, mz_task_phase phase, mz_str told, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(worker),
                                   mz_sql_text(mz_str_of(mz_task_phase_word(phase))), mz_sql_text(told),
                                   mz_sql_int(mz_clock_now())};
    return mz_sql_run(sql,
                      "UPDATE task SET phase = ?3, error = ?4, ended = ?5 WHERE task = ?1 AND worker = ?2 AND phase = "
                      "'running'",
                      values, 5, NULL, error);
}

mz_status mz_task_release(mz_sql *sql, mz_str key, mz_str worker, const mz_task_standing *standing, int64_t not_before,
                          mz_error *error) {
    int64_t tries = standing->tries > 0 && !not_before ? standing->tries - 1 : standing->tries;
    const mz_sql_value values[] = {mz_sql_text(key), mz_sql_text(worker), mz_sql_int(tries), mz_sql_int(not_before)};
    return mz_sql_run(
        sql,
        "UPDATE task SET phase = 'waiting', worker = '', tries = ?3, beat = ?4 WHERE task = ?1 AND worker "
        "= ?2 AND phase = 'running'",
        values, 4, NULL, error);
}
