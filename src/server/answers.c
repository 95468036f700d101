/* The calling thread has an engine, for which it may wait. When there is enough to do for two, each engine that is free
 * at this moment is taken, too, by a thread of its own; nothing waits for these. They take the queries in groups, from
 * a counter, and put the answers to a group into its own buffer: what is told is in order, whoever was first.
 *
 * What all may cost together is bounded in their order, too: a query whose predecessors used up the budget is answered
 * by an error, also where a thread was quick and had answered it. */
#include "server/answers.h"

#include "base/error.h"
#include "screen/charged.h"
#include "server/turns.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum {
    GROUP = 8, /* queries: a millisecond of work, beside which starting a thread is little */
    HELPERS_MOST = 64,
    LINE_ARENA_BYTES = 128 << 20
};

typedef struct group {
    mz_buffer answers;
    size_t ends[GROUP];   /* of each answer */
    bool failures[GROUP]; /* it is an error */
    uint64_t work[GROUP]; /* that each query was charged */
    _Atomic uint64_t sum; /* of them so far, for those at work on later groups */
    mz_status status;
    mz_error error;
} group;

typedef struct asking {
    mz_service *service;
    const mz_questions *questions;
    const mz_index *index; /* by which all is answered */
    group *groups;
    size_t group_count;
    atomic_size_t next;
    atomic_size_t bytes; /* of the answers so far, which together are bounded */
    size_t bytes_most;
    atomic_bool stopped; /* a group failed: what is not begun is left */
} asking;

static size_t group_size(const mz_questions *questions, size_t number) {
    size_t left = questions->count - number * GROUP;
    return left < GROUP ? left : GROUP;
}

bool mz_fails_one_query(mz_status status) {
    return status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT || status == MZ_ERR_ARGUMENT;
}

static mz_status answer_line(mz_engine *engine, const mz_questions *questions, const mz_question *question,
                             mz_arena *arena, mz_str *ret_answer, mz_error *error) {
    const mz_json_value *query = question->query;
    mz_status status = MZ_OK;
    size_t hits;
    if (question->too_long)
        return mz_fail(error, MZ_ERR_LIMIT, "a query of more than %d MiB; split it", MZ_LINE_BYTES_MOST >> 20);
    if (!query) status = mz_json_parse(question->line, 0, arena, &query, error);
    if (status == MZ_ERR_LIMIT && arena->starved) return mz_fail_memory(error);
    if (!status) status = mz_screen_json_value(engine->screener, query, questions->usual, ret_answer, &hits, error);
    return status;
}

/* Work of the queries up to this group that is known by now: never more than it was in the end, so that a query left
 * out because of it is left out in any case. */
static uint64_t work_known(const asking *a, size_t number) {
    uint64_t sum = 0;
    for (size_t g = 0; g <= number; g++) sum += atomic_load(&a->groups[g].sum);
    return sum;
}

static void write_failure(const mz_question *question, const mz_error *error, mz_arena *arena, mz_buffer *out) {
    mz_arena_reset(arena);
    mz_str id = question->query ? mz_query_id(question->query) : mz_query_find_id(question->line, arena);
    mz_answer_write_error(question->number, id, error, out);
}

static void answer_question(asking *a, group *g, size_t k, mz_engine *engine, mz_arena *arena,
                            const mz_question *question) {
    mz_str answer;
    uint64_t before = mz_screener_charged(engine->screener);
    mz_arena_reset(arena);
    mz_status status = answer_line(engine, a->questions, question, arena, &answer, &g->error);
    if (!status) {
        mz_buffer_str(&g->answers, answer);
    } else if (mz_fails_one_query(status)) {
        write_failure(question, &g->error, arena, &g->answers);
        g->failures[k] = true;
    } else {
        g->status = status;
    }
    mz_buffer_char(&g->answers, a->questions->behind);
    g->work[k] = mz_screener_charged(engine->screener) - before;
    (void)atomic_fetch_add(&g->sum, g->work[k]);
}

static void answer_group(asking *a, mz_turns *turns, mz_engine *engine, mz_arena *arena, size_t number) {
    const mz_questions *questions = a->questions;
    group *g = &a->groups[number];
    size_t from = number * GROUP, count = group_size(questions, number);
    for (size_t k = 0; k < count && !g->status; k++) {
        if (mz_turns_stopping(a->service, &g->error)) g->status = MZ_ERR_BUSY;
        mz_turns_let_others(turns);
        bool left = !questions->budget || work_known(a, number) < questions->budget;
        if (left && !g->status) answer_question(a, g, k, engine, arena, &questions->items[from + k]);
        g->ends[k] = g->answers.size;
    }
    if (!g->status && g->answers.failed) g->status = mz_fail_buffer(&g->answers, &g->error, "the answer");
    if (!g->status && atomic_fetch_add(&a->bytes, g->answers.size) + g->answers.size > a->bytes_most)
        g->status = mz_fail(&g->error, MZ_ERR_LIMIT, "the answer takes more than %zu bytes", a->bytes_most);
}

static void answer_groups(asking *a, mz_engine *engine) {
    mz_arena arena;
    mz_turns turns = mz_turns_of(a->service, engine, NULL);
    mz_arena_init(&arena, LINE_ARENA_BYTES);
    for (size_t number; !atomic_load(&a->stopped) && (number = atomic_fetch_add(&a->next, 1)) < a->group_count;) {
        answer_group(a, &turns, engine, &arena, number);
        if (a->groups[number].status) atomic_store(&a->stopped, true);
    }
    mz_arena_done(&arena);
}

/* ---- helpers ---- */

typedef struct helper {
    asking *asking;
    mz_engine *engine;
    pthread_t thread;
} helper;

static void *help(void *context) {
    helper *self = context;
    answer_groups(self->asking, self->engine);
    /* not left to who waits for the thread: that one may be letting others go first, and wait for this very place */
    mz_engines_give_back(self->asking->service->engines, self->engine);
    return NULL;
}

/* Another free engine on the same index, with a thread; false when there is none. */
static bool start_helper(asking *a, helper *ret_helper) {
    mz_engine *engine;
    if (mz_engines_take(a->service->engines, 0, &engine, NULL)) return false;
    *ret_helper = (helper){.asking = a, .engine = engine};
    if (engine->index == a->index && !pthread_create(&ret_helper->thread, NULL, help, ret_helper)) return true;
    mz_engines_give_back(a->service->engines, engine);
    return false;
}

static void answer_with_help(asking *a, mz_engine *engine) {
    helper helpers[HELPERS_MOST];
    size_t count = 0;
    while (count < HELPERS_MOST && count + 1 < a->group_count && start_helper(a, &helpers[count])) count++;
    answer_groups(a, engine);
    for (size_t h = 0; h < count; h++) (void)pthread_join(helpers[h].thread, NULL);
}

/* ---- all of it ---- */

/* The answers of a group; from where the queries before have used up the budget, errors. */
static void gather_group(const asking *a, size_t number, uint64_t *used, mz_arena *arena, mz_buffer *out,
                         uint64_t *ret_failed) {
    const mz_questions *questions = a->questions;
    const group *g = &a->groups[number];
    for (size_t k = 0, at = 0; k < group_size(questions, number); at = g->ends[k++]) {
        if (questions->budget && *used >= questions->budget) {
            mz_error error;
            (void)mz_turns_used_up(&error);
            write_failure(&questions->items[number * GROUP + k], &error, arena, out);
            mz_buffer_char(out, questions->behind);
            ++*ret_failed;
        } else {
            mz_buffer_str(out, (mz_str){g->answers.data + at, g->ends[k] - at});
            *ret_failed += g->failures[k];
        }
        *used += g->work[k];
    }
}

static mz_status gather(const asking *a, mz_buffer *out, uint64_t *ret_failed, mz_error *error) {
    mz_arena arena;
    uint64_t used = 0;
    for (size_t g = 0; g < a->group_count; g++)
        if (a->groups[g].status) {
            *error = a->groups[g].error;
            return a->groups[g].status;
        }
    mz_arena_init(&arena, LINE_ARENA_BYTES);
    for (size_t g = 0; g < a->group_count; g++) {
        gather_group(a, g, &used, &arena, out, ret_failed);
        mz_buffer_done(&a->groups[g].answers);
    }
    mz_arena_done(&arena);
    return out->failed ? mz_fail_buffer(out, error, "the answer") : MZ_OK;
}

mz_status mz_answer_all(mz_service *service, const mz_questions *questions, mz_buffer *out, uint64_t *ret_failed,
                        mz_error *error) {
    asking a = {.service = service,
                .questions = questions,
                .group_count = (questions->count + GROUP - 1) / GROUP,
                .bytes_most = out->ceiling};
    mz_engine *engine;
    *ret_failed = 0;
    a.groups = calloc(a.group_count + 1, sizeof *a.groups);
    if (!a.groups) return mz_fail_memory(error);
    for (size_t g = 0; g < a.group_count; g++) mz_buffer_init(&a.groups[g].answers, out->ceiling);
    mz_status status = mz_engines_take(service->engines, questions->wait_ms, &engine, error);
    if (!status) {
        a.index = engine->index;
        answer_with_help(&a, engine);
        mz_engines_give_back(service->engines, engine);
        status = gather(&a, out, ret_failed, error);
    }
    for (size_t g = 0; g < a.group_count; g++) mz_buffer_done(&a.groups[g].answers);
    free(a.groups);
    return status;
}
