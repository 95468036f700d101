/* Many at once: the same hits raised by several make each alert once, and of several who decide one wins. */
#include "worked.h"

#include "../store/stores.h"
#include "test.h"

#include <pthread.h>
#include <stdio.h>

enum { THREADS = 4, ROUNDS = 3 };

static worked work;

typedef struct one {
    mz_arena arena;
    mz_screener *screener;
    const mz_subject *subject;
    mz_raising raising;
    mz_actor actor;
    mz_raised raised;
    mz_case_change change;
    mz_str decision;
    mz_status status;
    mz_error error;
} one;

static mz_status raise_it(void *context, mz_sql *sql, mz_error *error) {
    one *self = context;
    return mz_cases_raise(sql, &self->raising, &self->arena, &self->raised, error);
}

static void *raise_at_once(void *context) {
    one *self = context;
    const mz_entity *entity;
    const mz_screening *screening = NULL;
    self->status = mz_subject_entity(self->subject, &self->arena, &entity, &self->error);
    if (!self->status) self->status = mz_screen(self->screener, self->subject->key, entity, &screening, &self->error);
    self->raising.screening = screening;
    if (!self->status) self->status = mz_store_change(work.office.store, raise_it, self, &self->error);
    return NULL;
}

static mz_status decide_it(void *context, mz_sql *sql, mz_error *error) {
    one *self = context;
    const mz_decision_draft draft = {.disposition = MZ_FALSE_POSITIVE, .reason = MZ_STR("name-only")};
    return mz_case_decide(sql, &self->change, &draft, &self->arena, &self->decision, error);
}

static void *decide_at_once(void *context) {
    one *self = context;
    self->status = mz_store_change(work.office.store, decide_it, self, &self->error);
    return NULL;
}

static void run_all(one ones[THREADS], void *(*what)(void *)) {
    pthread_t threads[THREADS];
    for (int k = 0; k < THREADS; k++) CHECK(pthread_create(&threads[k], NULL, what, &ones[k]) == 0);
    for (int k = 0; k < THREADS; k++) pthread_join(threads[k], NULL);
}

static void begin(one ones[THREADS], const mz_subject *subject) {
    const mz_screen_options options = {.threshold = 0.7, .limit = 100};
    for (int k = 0; k < THREADS; k++) {
        one *self = &ones[k];
        *self = (one){.subject = subject, .actor = {.who = &work.office.in_house, .client = MZ_STR("test")}};
        mz_arena_init(&self->arena, 16 << 20);
        CHECK_OK(mz_screener_new(work.index, &options, &self->screener, &work.error), work.error);
        self->raising = (mz_raising){.agency = work.agency,
                                     .actor = &self->actor,
                                     .subject = subject,
                                     .index = work.index,
                                     .query = MZ_STR("{}"),
                                     .why = "asked"};
    }
}

static void end(one ones[THREADS]) {
    for (int k = 0; k < THREADS; k++) {
        mz_screener_free(ones[k].screener);
        mz_arena_done(&ones[k].arena);
    }
}

STORE_TEST(what_several_raise_or_decide_at_once_is_done_once) {
    one ones[THREADS];
    char reference[16];
    worked_open_alone(&work, address);
    for (int round = 0; round < ROUNDS; round++) {
        snprintf(reference, sizeof reference, "c-%d", round);
        mz_subject subject = worked_subject(&work, reference, "Tamrin Wardafi", "1970-05-01");
        size_t raised = 0, known = 0, made = 0, late = 0;
        mz_str key = MZ_STR("");
        begin(ones, &subject);
        run_all(ones, raise_at_once);
        for (int k = 0; k < THREADS; k++) {
            CHECK_OK(ones[k].status, ones[k].error);
            raised += ones[k].raised.raised;
            known += ones[k].raised.known;
            if (ones[k].raised.case_key.size) key = mz_arena_copy(&work.office.arena, ones[k].raised.case_key);
        }
        CHECK_INT(2, raised);
        CHECK_INT(2 * (THREADS - 1), known);
        worked_check(&work);
        for (int k = 0; k < THREADS; k++)
            ones[k].change =
                (mz_case_change){.agency = work.agency, .actor = &ones[k].actor, .case_key = key, .version = 1};
        run_all(ones, decide_at_once);
        for (int k = 0; k < THREADS; k++) {
            made += ones[k].status == MZ_OK;
            late += ones[k].status == MZ_ERR_REFUSED && ones[k].change.conflict.version == 2;
        }
        CHECK_INT(1, made);
        CHECK_INT(THREADS - 1, late);
        worked_check(&work);
        end(ones);
    }
    worked_close(&work);
}

TEST_MAIN()
