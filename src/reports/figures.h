/* Figures of the casework, for those who lead it: what came in, what was decided, how long it took, by day, list and
 * person, over a period. They are counted by the store, from indexes made for it (migrations/0006_reports.sql), so that
 * they cost the same however wide the rows are.
 *
 * Times: first look, from the opening of a case to the first thing that a person did in it; decision, from when the
 * oldest of the alerts that are decided together was born to when their decision was proposed; approval, from there to
 * the answer of the second person. Each is told of what ended in the period, as median and ninetieth percentile
 * (nearest rank). */
#ifndef MIZAN_REPORTS_FIGURES_H
#define MIZAN_REPORTS_FIGURES_H

#include "cases/cases.h"
#include "reports/effectiveness.h"
#include "store/sql.h"

enum {
    MZ_FIGURES_DAYS_MOST = 3660, /* of a period */
    MZ_FIGURES_TIMES_MOST = 1000000,
    MZ_FIGURES_ROWS_MOST = 5000 /* of each of the tables; those with the most come first */
};

typedef struct mz_figures_period {
    int64_t since, until; /* seconds since 1970, from and before */
} mz_figures_period;

typedef struct mz_figures_times {
    int64_t count;       /* that were measured */
    int64_t median, p90; /* seconds; 0 when there are none */
} mz_figures_times;

typedef struct mz_figures_day {
    int64_t day; /* since 1970 */
    int64_t raised, decided;
} mz_figures_day;

typedef struct mz_figures_list {
    mz_str list;
    int64_t raised, undecided, dispositions[MZ_DISPOSITION_COUNT]; /* of the alerts born in the period */
} mz_figures_list;

typedef struct mz_figures_person {
    mz_str key, name;
    int64_t proposed, approved, returned; /* decisions; proposed: also those that needed no second person */
} mz_figures_person;

typedef struct mz_figures {
    mz_figures_period period;
    int64_t raised, refreshed;          /* alerts, in the period */
    int64_t undecided;                  /* alerts, now */
    int64_t quieted;                    /* how often clearances kept a pair quiet, on the period's days */
    int64_t cases_opened, cases_closed; /* in the period */
    int64_t cases_open, cases_overdue, cases_escalated; /* now: not closed */
    int64_t decisions[MZ_DISPOSITION_COUNT];            /* alerts by the decisions made in the period */
    int64_t returned, undone;                           /* decisions, of those proposed in the period */
    mz_figures_times first_look, decision, approval;
    const mz_kept_effectiveness *detection; /* of the last effectiveness report; NULL: there is none */
    mz_figures_day *days;                   /* that have something, in their order */
    mz_figures_list *lists;
    mz_figures_person *people;
    size_t day_count, list_count, person_count;
} mz_figures;

/* Of one agency, in `arena`. MZ_ERR_ARGUMENT: a period that ends before it begins, or is too long. */
mz_status mz_figures_count(mz_sql *sql, mz_str agency, const mz_figures_period *period, int64_t now, mz_arena *arena,
                           mz_figures *ret_figures, mz_error *error);

/* As lines "table,name,measure,value", with a header. */
void mz_figures_write_csv(const mz_figures *figures, mz_buffer *out);
/* The members of an object that is open. */
struct mz_json;
void mz_figures_write_json(const mz_figures *figures, struct mz_json *json);

#endif
