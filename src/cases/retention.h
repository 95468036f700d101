/* Retention: what an agency knows of persons goes when its time has come.
 *
 * The time is the agency's setting `retention_days`; 0: never. It counts
 *
 *   - for a subject from when it was closed, if it has no case that is open, and of its cases from the last's end: then
 *     its names and properties go, its reference, and all that stands below of each of its cases;
 *   - for a case from when it was closed: notes, answers, hits with their evidence, attachments, mentions, and by what
 * it is searched;
 *   - for rejected lines of an import from when it was brought in.
 *
 * In the audit chain the personal parts of all entries about them go, also those of receipts; the chain still verifies
 * (audit/audit.h). What was looked at (facts) goes when nothing refers to it that stays, so that a clearance of a
 * subject that is still screened keeps what it rests on. Rows stay, with their keys, times and decisions, so that
 * figures and the chain still tell what was done. Each case and subject is erased in one transaction, with an entry
 * "retention.erased". */
#ifndef MIZAN_CASES_RETENTION_H
#define MIZAN_CASES_RETENTION_H

#include "cases/settings.h"

typedef struct mz_retention_due {
    uint64_t subjects, cases; /* cases: of subjects that stay */
    uint64_t rejected_lines;
    int64_t before; /* what ended before that is due; 0: nothing is, the agency keeps all */
} mz_retention_due;

/* What there is to be erased, without doing it. */
mz_status mz_retention_look(mz_sql *sql, mz_str agency, mz_retention_due *ret_due, mz_error *error);

typedef struct mz_retention_options {
    mz_str actor_kind, actor; /* as in the audit chain */
    /* After each case or subject, in the thread that called; not 0 stops (MZ_ERR_CANCELLED), and what was erased stays
     * erased. May be NULL. */
    int (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
} mz_retention_options;

/* Erases all that is due; *ret_done tells what it was. */
mz_status mz_retention_run(mz_store *store, mz_str agency, const mz_retention_options *options,
                           mz_retention_due *ret_done, mz_error *error);

#endif
