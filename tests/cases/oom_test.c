/* Without memory nothing is done by half: a raising, a decision and a reading fail as a whole, and the store is as it
 * was. */
#include "worked.h"

#include "../store/stores.h"
#include "oom.h"
#include "test.h"

#include <stdio.h>

static worked work;
static mz_subject subject;
static const mz_screening *screening;
static mz_str case_key;

typedef struct attempt {
    mz_arena arena;
    mz_raised raised;
    mz_str decision;
} attempt;

static mz_actor actor(void) {
    return (mz_actor){.who = &work.office.in_house, .client = MZ_STR("test")};
}

/* Undone at the end, so that each round finds the store as it was. */
static mz_status take_back(mz_sql *sql, mz_error *error) {
    (void)sql;
    if (error) error->status = MZ_ERR_CANCELLED;
    return MZ_ERR_CANCELLED;
}

static mz_status raise_it(void *context, mz_sql *sql, mz_error *error) {
    attempt *self = context;
    const mz_actor who = actor();
    const mz_raising raising = {.agency = work.agency,
                                .actor = &who,
                                .subject = &subject,
                                .index = work.index,
                                .query = MZ_STR("{}"),
                                .screening = screening,
                                .why = "asked"};
    mz_status status = mz_cases_raise(sql, &raising, &self->arena, &self->raised, error);
    return status ? status : take_back(sql, error);
}

static mz_status decide_it(void *context, mz_sql *sql, mz_error *error) {
    attempt *self = context;
    const mz_actor who = actor();
    mz_case_change change = {.agency = work.agency, .actor = &who, .case_key = case_key, .version = 1};
    const mz_decision_draft draft = {
        .disposition = MZ_FALSE_POSITIVE, .reason = MZ_STR("name-only"), .note = MZ_STR("a note")};
    mz_status status = mz_case_decide(sql, &change, &draft, &self->arena, &self->decision, error);
    return status ? status : take_back(sql, error);
}

static mz_status read_it(void *context, mz_sql *sql, mz_error *error) {
    attempt *self = context;
    mz_case *cases;
    mz_alert *alerts;
    mz_case_event *events;
    size_t count;
    bool more;
    mz_str next;
    const mz_queue_query query = {.escalated = -1, .limit = 10};
    mz_status status = mz_queue_list(sql, work.agency, &query, &self->arena, &cases, &count, &next, error);
    if (!status) status = mz_case_alerts(sql, work.agency, case_key, &self->arena, &alerts, &count, error);
    if (!status)
        status =
            mz_case_events(sql, work.agency, case_key, MZ_STR(""), 500, &self->arena, &events, &count, &more, error);
    return status;
}

static mz_status in_a_transaction(mz_store_work *what, bool reads, mz_error *error) {
    attempt self = {.decision = MZ_STR("")};
    mz_arena_init(&self.arena, 16 << 20);
    mz_status status = reads ? mz_store_read(work.office.store, what, &self, error)
                             : mz_store_change(work.office.store, what, &self, error);
    mz_arena_done(&self.arena);
    return status == MZ_ERR_CANCELLED ? MZ_OK : status;
}

static mz_status raise_all(void *context, mz_error *error) {
    (void)context;
    return in_a_transaction(raise_it, false, error);
}
static mz_status decide_all(void *context, mz_error *error) {
    (void)context;
    return in_a_transaction(decide_it, false, error);
}
static mz_status read_all(void *context, mz_error *error) {
    (void)context;
    return in_a_transaction(read_it, true, error);
}

TEST(nothing_is_done_by_half_without_memory) {
    const mz_entity *entity;
    worked_open_alone(&work, mz_test_sqlite());
    subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-01");
    case_key = worked_raise(&work, &subject).case_key;
    subject = worked_subject(&work, "c-2", "Tamrin Wardafi", "1970-05-01");
    CHECK_OK(mz_subject_entity(&subject, &work.office.arena, &entity, &work.error), work.error);
    CHECK_OK(mz_screen(work.screener, subject.key, entity, &screening, &work.error), work.error);
    int64_t entries = worked_entries(&work);
    /* the statements are prepared once, and kept */
    CHECK_OK(raise_all(NULL, &work.error), work.error);
    CHECK_OK(decide_all(NULL, &work.error), work.error);
    CHECK_OK(read_all(NULL, &work.error), work.error);
    CHECK(mz_oom_each(raise_all, NULL) > 10);
    CHECK(mz_oom_each(decide_all, NULL) > 2);
    CHECK(mz_oom_each(read_all, NULL) >= 1);
    CHECK_INT(entries, worked_entries(&work));
    worked_check(&work);
    worked_close(&work);
}

TEST_MAIN()
