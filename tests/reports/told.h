/* A case as casework leaves it behind, put into the store as it is: its subject, an alert that was decided to be a true
 * match by two people, a note, an attachment, and the entry of the audit chain that its alert names. Everything in it
 * is invented. */
#ifndef MIZAN_TEST_TOLD_H
#define MIZAN_TEST_TOLD_H

#include "../access/office.h"

typedef struct told_case {
    mz_str key, label;
    int64_t receipt; /* number of the entry */
} told_case;

/* `decided` false: the alert is open. The names of cases of one store differ. */
told_case told_add(office *open, const mz_agency *agency, const char *name, const mz_person *proposer,
                   const mz_person *approver, bool decided);

#endif
