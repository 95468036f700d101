/* A case on paper: who it is about, what was compared and found, who decided what and why, and by what it can be shown
 * two years later that it was so. What does not say what the audit chain says of it is marked. */
#ifndef MIZAN_REPORTS_CASE_FILE_H
#define MIZAN_REPORTS_CASE_FILE_H

#include "cases/attachments.h"
#include "cases/cases.h"
#include "cases/witness.h"
#include "reports/sheet.h"

enum { MZ_CASE_FILE_EVENTS_MOST = 10000 };

/* A screening that raised alerts of the case, as its entry of the audit chain has it. */
typedef struct mz_case_receipt {
    int64_t number, at;
    mz_str hash, build;
} mz_case_receipt;

typedef struct mz_case_file {
    mz_str agency;        /* its title */
    mz_str source_title;  /* of the source of the subject; empty: it has none */
    mz_str reader, build; /* for whom it is made; the program. May be empty */
    int64_t made;
    mz_case row;
    mz_subject subject;
    const mz_alert *alerts;
    const mz_decision *decisions;
    const mz_case_event *events;
    const mz_attachment *attachments;
    const mz_case_receipt *receipts; /* without those that the chain does not have */
    const mz_case_disagreement *disagreements;
    size_t alert_count, decision_count, event_count, attachment_count, receipt_count, disagreement_count;
    bool events_more; /* than MZ_CASE_FILE_EVENTS_MOST; the earliest are left out, and it says so */
} mz_case_file;

/* Everything of a case but `reader` and `build`, in `arena`. MZ_ERR_NOT_FOUND also when it is another agency's. */
mz_status mz_case_file_read(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_case_file *ret_file,
                            mz_error *error);

/* As a page. `arena` is for what is needed meanwhile. */
mz_status mz_case_file_write(const mz_case_file *file, const mz_sheet *sheet, mz_arena *arena, mz_error *error);

#endif
