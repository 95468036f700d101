/* Cases learn of entities that their list has no more: in parts, once, and again when the entity was back meanwhile. */
#include "worked.h"

#include "../store/stores.h"
#include "cases/gone.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 1200 };

static worked work;

typedef struct telling {
    const mz_str *ids;
    size_t count, calls, told, at_most; /* at_most: by one call */
    size_t stop_after;                  /* calls; 0: never */
    bool known;                         /* which: none */
    mz_watch_gone_place place;
} telling;

static mz_status tell(void *context, mz_sql *sql, mz_error *error) {
    telling *t = context;
    mz_arena arena;
    mz_principal who;
    size_t told = 0;
    const mz_actor actor = mz_actor_service(&who, work.in);
    mz_arena_init(&arena, 16 << 20); /* what a call takes does not grow with what there is to tell */
    mz_status status = mz_cases_gone(sql, work.in, &actor, work.index, !t->ids && !t->known, t->ids, t->count,
                                     &t->place, &arena, &told, error);
    t->told += told;
    if (told > t->at_most) t->at_most = told;
    mz_arena_done(&arena);
    return status;
}

static telling told(const mz_str *ids, size_t count, size_t stop_after) {
    telling t = {.ids = ids, .count = count};
    while (!t.place.over && (!stop_after || t.calls < stop_after)) {
        CHECK_OK(worked_do(&work, tell, &t), work.error);
        t.calls++;
    }
    return t;
}

/* As many alerts of one case as there would be of as many entities. */
static mz_status copy_alerts(void *context, mz_sql *sql, mz_error *error) {
    mz_status status = MZ_OK;
    (void)context;
    for (int k = 0; k < MANY && !status; k++) {
        char key[MZ_SQL_KEY_SIZE], entity[16];
        mz_sql_new_key(key);
        (void)snprintf(entity, sizeof entity, "x-%04d", k);
        const mz_sql_value values[] = {mz_sql_text(mz_str_of(key)), mz_sql_text(mz_str_of(entity))};
        status = mz_sql_run(
            sql,
            "INSERT INTO case_alert (alert, agency, case_key, subject, entity, list, list_version, caption, schema, "
            "score, weight, hit, subject_digest, entity_digest, subject_base, entity_base, phase, disposition, "
            "decision, until, receipt, why, previous, born, changed, gone) SELECT ?1, agency, case_key, subject, ?2, "
            "list, list_version, caption, schema, score, weight, hit, subject_digest, entity_digest, subject_base, "
            "entity_base, phase, disposition, decision, until, receipt, why, previous, born, changed, gone FROM "
            "case_alert WHERE entity = 'z-03'",
            values, 2, NULL, error);
    }
    return status;
}

STORE_TEST(many_are_told_in_parts_and_once) {
    mz_case_event *events;
    worked_open_alone(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "");
    mz_str key = worked_raise(&work, &subject).case_key;
    CHECK_OK(worked_do(&work, copy_alerts, NULL), work.error);
    telling t = told(NULL, 0, 2); /* and then the program is killed */
    CHECK(!t.place.over);
    size_t before = t.told;
    CHECK(before > 0 && before < MANY);
    t = told(NULL, 0, 0);
    CHECK_INT(MANY, before + t.told);
    CHECK(t.calls > 2 && t.at_most <= 500);
    CHECK_INT(MANY + 1, worked_events(&work, key, &events));
    CHECK_INT(0, told(NULL, 0, 0).told);
    worked_close(&work);
}

/* By their ids; an entity without alerts costs a look. */
STORE_TEST(who_was_back_is_told_another_time) {
    static const mz_str ids[] = {MZ_STR_INIT("nobody"), MZ_STR_INIT("z-03")};
    mz_case_event *events;
    worked_open_alone(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "");
    mz_str key = worked_raise(&work, &subject).case_key;
    size_t at = 0;
    while (strcmp(work.listed[at].id, "z-03") != 0) at++;
    CHECK_INT(0, told(ids, 2, 0).told); /* it is in its list */
    for (size_t times = 1; times <= 2; times++) {
        (void)snprintf(work.listed[at].id, sizeof work.listed[at].id, "z-99");
        worked_relist(&work);
        CHECK_INT(1, told(ids, 2, 0).told);
        CHECK_INT(0, told(ids, 2, 0).told);
        CHECK_INT(times + 1, worked_events(&work, key, &events));
        CHECK_STR(MZ_STR("listing.removed"), events[times].kind);
        (void)snprintf(work.listed[at].id, sizeof work.listed[at].id, "z-03");
        worked_relist(&work);
        CHECK_INT(0, told(ids, 0, 0).told); /* another list changed, and this one is noted to be back */
    }
    worked_close(&work);
}

/* The place of ids that are none may be any: a list that only grew asks nobody. */
STORE_TEST(nobody_gone_is_not_everybody_gone) {
    worked_open_alone(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "");
    (void)worked_raise(&work, &subject);
    for (size_t at = 0; at < work.listed_count; at++)
        if (strcmp(work.listed[at].id, "z-03") == 0) work.listed[at].id[0] = 'y';
    worked_relist(&work);
    telling none = {.known = true};
    CHECK_OK(worked_do(&work, tell, &none), work.error);
    CHECK(none.place.over);
    CHECK_INT(0, none.told);
    CHECK_INT(1, told(NULL, 0, 0).told);
    worked_close(&work);
}

TEST_MAIN()
