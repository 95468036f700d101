/* Looking for something to do: agencies whose register or whose lists are not as they were when they were screened. */
#include "base/clock.h"
#include "base/error.h"
#include "subjects/watch_state.h"

#include <stdio.h>

enum { LOOK_BYTES = 16 << 20, AGENCIES_MOST = 10000, REST_S = 600, OVER_TIMES = 50 };

mz_status mz_watch_ask(mz_sql *sql, mz_str agency, bool all, mz_str creator, char ret_key[MZ_SQL_KEY_SIZE],
                       mz_error *error) {
    return mz_task_add(sql, agency, MZ_WATCH_KIND, agency, all ? MZ_STR("{\"all\":true}") : MZ_STR("{}"), creator,
                       ret_key, error);
}

typedef struct look {
    const mz_watch *watch;
    const mz_index *index;
    mz_arena arena;
    mz_str *agencies;
    size_t count;
    mz_str agency; /* in hand */
    bool over, due;
    int64_t advance_to;
    uint64_t added;
} look;

static mz_status take_agency(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    look *l = context;
    (void)count;
    if (l->count == AGENCIES_MOST) return mz_fail(error, MZ_ERR_LIMIT, "more than %d agencies", AGENCIES_MOST);
    l->agencies[l->count++] = mz_arena_copy(&l->arena, c[0].text);
    return l->arena.failed ? mz_fail_arena(&l->arena, error, "agencies") : MZ_OK;
}

static mz_status list_agencies(void *context, mz_sql *sql, mz_error *error) {
    look *l = context;
    l->count = 0;
    return mz_sql_query(sql,
                        "SELECT r.agency FROM subject_register r JOIN access_agency a ON a.agency = r.agency WHERE "
                        "a.state = 'active' ORDER BY r.agency",
                        NULL, 0, take_agency, l, error);
}

/* A run that waits, runs, or has come to a bad end of late. */
static mz_status is_at_rest(look *l, mz_sql *sql, mz_arena *arena, bool *ret_rest, mz_error *error) {
    mz_task *tasks;
    size_t count;
    mz_status status =
        mz_tasks_list(sql, l->agency, MZ_STR(MZ_WATCH_KIND), (mz_str){"", 0}, 1, arena, &tasks, &count, error);
    if (status) return status;
    mz_str phase = count ? tasks[0].phase : MZ_STR("done");
    bool ended = mz_str_equal(phase, MZ_STR("done")) || mz_str_equal(phase, MZ_STR("failed")) ||
                 mz_str_equal(phase, MZ_STR("cancelled"));
    *ret_rest = !ended || (!mz_str_equal(phase, MZ_STR("done")) && mz_clock_now() - tasks[0].ended < REST_S);
    return MZ_OK;
}

static mz_status see(void *context, mz_sql *sql, mz_error *error) {
    look *l = context;
    mz_arena arena;
    mz_watched before, now;
    double threshold;
    bool rest = true, any = false;
    int64_t sequence = 0;
    l->due = false;
    l->advance_to = 0;
    mz_arena_init(&arena, LOOK_BYTES);
    mz_status status = is_at_rest(l, sql, &arena, &rest, error);
    if (!status && !rest) status = mz_watched_get(sql, l->agency, &arena, &before, error);
    if (!status && !rest) status = mz_watch_threshold(l->watch, sql, l->agency, &threshold, error);
    if (!status && !rest) status = mz_watched_now(l->watch, l->index, threshold, &arena, &now, error);
    if (!status && !rest) {
        l->due = !before.ever || !mz_watched_same(&before, &now);
        if (!l->due) status = mz_watch_sequence(sql, l->agency, &sequence, error);
        if (!status && !l->due && sequence > before.sequence)
            status = mz_watch_any_new(sql, l->agency, before.sequence, &any, error);
        /* who was closed need not be looked at again */
        if (!status && !l->due && !any && sequence > before.sequence) l->advance_to = sequence;
        l->due = l->due || any;
    }
    mz_arena_done(&arena);
    return status;
}

static mz_status see_over(void *context, mz_sql *sql, mz_error *error) {
    look *l = context;
    const mz_watch_sink *sink = &l->watch->sink;
    l->over = false;
    return sink->any_over(sink->context, sql, l->agency, &l->over, error);
}

static mz_status end_over(void *context, mz_sql *sql, mz_error *error) {
    look *l = context;
    const mz_watch_sink *sink = &l->watch->sink;
    mz_arena arena;
    mz_arena_init(&arena, LOOK_BYTES);
    mz_status status = sink->end_over(sink->context, sql, l->agency, &arena, error);
    mz_arena_done(&arena);
    return status;
}

/* Some with each transaction; what is left for the next look is not lost. */
static mz_status end_all_over(look *l, mz_error *error) {
    mz_status status = MZ_OK;
    if (!l->watch->sink.any_over) return MZ_OK;
    for (int times = 0; times < OVER_TIMES && !status; times++) {
        status = mz_store_read(l->watch->store, see_over, l, error);
        if (status || !l->over) break;
        status = mz_store_change(l->watch->store, end_over, l, error);
    }
    return status;
}

static mz_status act(void *context, mz_sql *sql, mz_error *error) {
    look *l = context;
    char key[MZ_SQL_KEY_SIZE];
    return l->due ? mz_watch_ask(sql, l->agency, false, (mz_str){"", 0}, key, error)
                  : mz_watched_advance(sql, l->agency, l->advance_to, error);
}

static mz_status look_at_all(look *l, mz_error *error) {
    l->agencies = MZ_ARENA_NEW(&l->arena, AGENCIES_MOST, mz_str);
    mz_status status = l->agencies ? MZ_OK : mz_fail_arena(&l->arena, error, "agencies");
    if (!status) status = mz_store_read(l->watch->store, list_agencies, l, error);
    for (size_t a = 0; a < l->count && !status; a++) {
        l->agency = l->agencies[a];
        status = end_all_over(l, error);
        if (!status) status = mz_store_read(l->watch->store, see, l, error);
        if (!status && (l->due || l->advance_to)) status = mz_store_change(l->watch->store, act, l, error);
        if (!status) l->added += l->due;
    }
    return status;
}

mz_status mz_watch_look(const mz_watch *watch, uint64_t *ret_added, mz_error *error) {
    mz_live_lease *lease = mz_live_take(watch->live);
    look l = {.watch = watch, .index = mz_live_index(lease)};
    mz_arena_init(&l.arena, LOOK_BYTES);
    mz_status status = look_at_all(&l, error);
    if (!status) *ret_added = l.added;
    mz_arena_done(&l.arena);
    mz_live_give_back(watch->live, lease);
    return status;
}
