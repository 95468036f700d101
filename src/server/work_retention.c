/* Tasks "retention": once in a day, for each agency that keeps personal data for a time only (cases/retention.h). */
#include "base/clock.h"
#include "base/error.h"
#include "cases/retention.h"
#include "server/work_kinds.h"

#include <inttypes.h>
#include <stdio.h>

enum { DAY_S = 86400, AGENCIES_BYTES = 16 << 20 };

typedef struct retention_work {
    mz_task_run *run;
    mz_work_pace pace;
    mz_retention_due done;
} retention_work;

static int show(void *context, uint64_t done, uint64_t total) {
    retention_work *work = context;
    return mz_work_told(&work->pace, done, total, "cases and subjects");
}

mz_status mz_run_retention(mz_service *service, mz_task_run *run, mz_error *error) {
    char state[256];
    retention_work work = {.run = run, .pace = {.run = run}};
    const mz_retention_options options = {
        .actor_kind = MZ_STR("service"), .actor = MZ_STR(""), .progress = show, .context = &work};
    mz_status status = mz_retention_run(service->store, mz_task_of(run)->agency, &options, &work.done, error);
    if (status) return status;
    (void)snprintf(state, sizeof state,
                   "{\"result\":{\"subjects\":%" PRIu64 ",\"cases\":%" PRIu64 ",\"rejected_lines\":%" PRIu64 "}}",
                   work.done.subjects, work.done.cases, work.done.rejected_lines);
    uint64_t all = work.done.subjects + work.done.cases;
    return mz_task_tell(run, all, all, "cases and subjects", mz_str_of(state), error);
}

/* ---- once in a day ---- */

typedef struct agency_row {
    struct agency_row *next;
    mz_str agency;
} agency_row;

typedef struct finding {
    mz_arena arena;
    agency_row *agencies;
    mz_str agency; /* at hand */
    mz_retention_due due;
} finding;

static mz_status take_agency(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    finding *found = context;
    (void)count;
    agency_row *row = MZ_ARENA_NEW(&found->arena, 1, agency_row);
    if (!row) return mz_fail_arena(&found->arena, error, "the agencies");
    *row = (agency_row){.next = found->agencies, .agency = mz_arena_copy(&found->arena, columns[0].text)};
    found->agencies = row;
    return MZ_OK;
}

/* Agencies with settings of their own that had no such task for a day: the usual settings keep all. */
static mz_status find_agencies(void *context, mz_sql *sql, mz_error *error) {
    finding *found = context;
    const mz_sql_value since = mz_sql_int(mz_clock_now() - DAY_S);
    mz_arena_reset(&found->arena);
    found->agencies = NULL;
    return mz_sql_query(sql,
                        "SELECT s.agency FROM case_settings s WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.agency = "
                        "s.agency AND t.kind = 'retention' AND (t.created > ?1 OR t.phase IN ('waiting', 'running')))",
                        &since, 1, take_agency, found, error);
}

static mz_status look(void *context, mz_sql *sql, mz_error *error) {
    finding *found = context;
    return mz_retention_look(sql, found->agency, &found->due, error);
}

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    const finding *found = context;
    char key[MZ_SQL_KEY_SIZE];
    return mz_task_add(sql, found->agency, "retention", MZ_STR(""), MZ_STR(""), MZ_STR(""), key, error);
}

static mz_status add_where_due(mz_service *service, finding *found, mz_error *error) {
    mz_status status = mz_store_read(service->store, look, found, error);
    bool any = !status && (found->due.subjects || found->due.cases || found->due.rejected_lines);
    return any ? mz_store_change(service->store, add, found, error) : status;
}

mz_status mz_due_retention(mz_service *service, mz_error *error) {
    finding found = {.agencies = NULL};
    mz_arena_init(&found.arena, AGENCIES_BYTES);
    mz_status status = mz_store_read(service->store, find_agencies, &found, error);
    for (const agency_row *row = found.agencies; row && !status; row = row->next) {
        found.agency = row->agency;
        status = add_where_due(service, &found, error);
    }
    mz_arena_done(&found.arena);
    return status;
}
