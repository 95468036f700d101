/* A change of a case under way: what is read first, and what is written at the end of each. */
#ifndef MIZAN_CASES_CHANGE_H
#define MIZAN_CASES_CHANGE_H

#include "cases/rows.h"
#include "cases/states.h"

/* A case as it is kept. */
typedef struct mz_case_row {
    mz_str key, label, subject, search, lists, phase, assignee, best;
    bool escalated;
    double weight;
    int64_t alerts, due, opened, changed, closed, version, erased; /* erased: when; 0: not */
} mz_case_row;

typedef struct mz_case_work {
    mz_sql *sql;
    mz_arena *arena;
    mz_str agency;
    const mz_actor *actor;
    mz_case_row row;
    int64_t now;
} mz_case_work;

/* Reads the case. MZ_ERR_REFUSED: its version is another than that which was seen; change->conflict says why. */
mz_status mz_case_begin(mz_sql *sql, mz_case_change *change, mz_arena *arena, mz_case_work *ret_work, mz_error *error);
/* The same for a case that is known to be there, in whatever version. */
mz_status mz_case_begin_any(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_arena *arena,
                            mz_case_work *ret_work, mz_error *error);

/* MZ_ERR_REFUSED: its personal data were erased (cases/retention.h), and nothing would erase what came after. */
mz_status mz_case_check_kept(const mz_case_work *work, mz_error *error);

/* What is told of a change: the kind of the event and of the entry of the chain; `text` is what is personal of it,
 * `detail` an object of JSON that is not. */
typedef struct mz_case_told {
    const char *kind;
    mz_str text, detail;
    int64_t entry; /* of the chain, that tells of it already; 0: one is added */
} mz_case_told;

/* Adds event and entry; the case stays as it is. `ret_event` may be NULL. */
mz_status mz_case_tell(mz_case_work *work, const mz_case_told *told, mz_str *ret_event, int64_t *ret_entry,
                       mz_error *error);

/* The row's phase, weight and number of alerts by its alerts as they are now; what follows from the phase is settled:
 * when it is due, when it was closed. */
mz_status mz_case_reckon(mz_case_work *work, mz_error *error);
/* Writes the row in its next version. */
mz_status mz_case_write(mz_case_work *work, mz_error *error);
/* All three: reckon, write, tell. */
mz_status mz_case_end(mz_case_work *work, const mz_case_told *told, int64_t *ret_entry, mz_error *error);

/* A new case: the row is complete but for key and label, and is given both. */
mz_status mz_case_insert(mz_case_work *work, mz_error *error);

/* When a case is due that is opened or goes back to work now. */
mz_status mz_case_due(mz_case_work *work, int64_t *ret_due, mz_error *error);

/* Something happens to an alert: it is in another phase then. `decision` and `disposition`: by which it is in that
 * phase, empty for none; `until`: when it waits. MZ_ERR_REFUSED: this does not happen to one in its phase. */
typedef struct mz_alert_step {
    mz_str alert, phase; /* that it is in */
    mz_alert_act act;
    mz_str decision, disposition;
    int64_t until;
} mz_alert_step;
mz_status mz_alert_take_step(mz_case_work *work, const mz_alert_step *step, mz_error *error);

/* Ends a clearance that is valid: "outdated", "expired", "revoked". `ret_entry` may be NULL. */
mz_status mz_case_end_clearance(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str clearance, const char *state,
                                mz_str why, mz_str note, int64_t now, mz_arena *arena, int64_t *ret_entry,
                                mz_error *error);

#endif
