/* Tasks "watch": continuous screening of an agency's subjects (subjects/watch.h). What hits becomes alerts, and cases
 * learn of entities that their lists have no more. */
#include "base/clock.h"
#include "base/error.h"
#include "cases/cases.h"
#include "cases/clearances.h"
#include "cases/gone.h"
#include "server/spool.h"
#include "server/watching.h"
#include "server/work_kinds.h"
#include "subjects/watch.h"

#include <limits.h>
#include <stdio.h>

enum { EXPIRED_AT_ONCE = 200 };

/* Facts of listed entities are read once for a run, which is against one index. */
typedef struct sink {
    const mz_index *index;
    mz_entity_facts *facts;
} sink;

static mz_status raise(void *context, mz_sql *sql, const mz_watch_found *found, mz_arena *arena,
                       mz_watch_raised *ret_raised, mz_error *error) {
    sink *s = context;
    mz_principal who;
    mz_raised raised;
    const mz_actor actor = mz_actor_service(&who, found->agency);
    mz_status status = MZ_OK;
    if (s->index != found->index) {
        mz_entity_facts_free(s->facts);
        s->facts = NULL;
        s->index = found->index;
        status = mz_entity_facts_new(s->index, &s->facts, error);
    }
    const mz_raising raising = {.agency = found->agency,
                                .actor = &actor,
                                .subject = found->subject,
                                .index = found->index,
                                .facts = s->facts,
                                .policy = found->policy,
                                .query = found->query,
                                .screening = found->screening,
                                .why = found->why};
    if (!status) status = mz_cases_raise(sql, &raising, arena, &raised, error);
    if (!status)
        *ret_raised =
            (mz_watch_raised){raised.raised, raised.refreshed, raised.quiet, raised.known, .beyond = raised.beyond};
    return status;
}

static mz_status gone(void *context, mz_sql *sql, mz_str agency, const mz_index *index, bool everybody,
                      const mz_str *ids, size_t count, mz_watch_gone_place *place, mz_arena *arena, mz_error *error) {
    mz_principal who;
    const mz_actor actor = mz_actor_service(&who, agency);
    (void)context;
    return mz_cases_gone(sql, agency, &actor, index, everybody, ids, count, place, arena, NULL, error);
}

static mz_status any_over(void *context, mz_sql *sql, mz_str agency, bool *ret_any, mz_error *error) {
    (void)context;
    return mz_clearances_over(sql, agency, mz_clock_now(), ret_any, error);
}

static mz_status end_over(void *context, mz_sql *sql, mz_str agency, mz_arena *arena, mz_error *error) {
    mz_principal who;
    const mz_actor actor = mz_actor_service(&who, agency);
    (void)context;
    return mz_clearances_expire(sql, agency, &actor, mz_clock_now(), EXPIRED_AT_ONCE, arena, error);
}

static mz_status threshold(void *context, mz_sql *sql, mz_str agency, double *ret_threshold, mz_error *error) {
    mz_case_settings settings;
    (void)context;
    mz_status status = mz_case_settings_get(sql, agency, &settings, error);
    if (!status) *ret_threshold = settings.threshold;
    return status;
}

bool mz_watch_of(const mz_service *service, char folder[PATH_MAX], mz_watch *ret_watch) {
    const char *spool = service->settings.spool_folder;
    int size = service->lists ? snprintf(folder, PATH_MAX, "%s/subjects", mz_list_store_folder(service->lists))
               : spool        ? snprintf(folder, PATH_MAX, "%s/subjects", spool)
                              : 0;
    *ret_watch = (mz_watch){
        .store = service->store,
        .live = service->live,
        .lists = service->lists,
        .policy = mz_engines_policy(service->engines),
        .budget = MZ_USUAL_BUDGET,
        .folder = folder,
        .sink = {.raise = raise, .gone = gone, .any_over = any_over, .end_over = end_over, .threshold = threshold}};
    return size > 0 && size < PATH_MAX;
}

mz_status mz_run_watch(mz_service *service, mz_task_run *run, mz_error *error) {
    char folder[PATH_MAX];
    mz_watch watch;
    sink s = {NULL, NULL};
    if (!mz_watch_of(service, folder, &watch))
        return mz_fail(error, MZ_ERR_REFUSED,
                       "this service has no folder to keep rosters in: it has no store of lists");
    watch.sink.context = &s;
    mz_status status = mz_watch_run(&watch, run, error);
    mz_entity_facts_free(s.facts);
    return status;
}

mz_status mz_due_watch(mz_service *service, mz_error *error) {
    char folder[PATH_MAX];
    mz_watch watch;
    uint64_t added;
    if (!mz_watch_of(service, folder, &watch)) return MZ_OK;
    return mz_watch_look(&watch, &added, error);
}
