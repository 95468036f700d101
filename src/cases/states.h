/* The states of casework, as tables: what becomes of an alert when something happens to it, what a case is by its
 * alerts, what a decision may turn into. docs/casework.md draws them. */
#ifndef MIZAN_CASES_STATES_H
#define MIZAN_CASES_STATES_H

#include "cases/cases.h"

/* X(CONSTANT, word) */
#define MZ_ALERT_PHASES(X)                                                                                             \
    X(OPEN, "open")                                                                                                    \
    X(PROPOSED, "proposed")                                                                                            \
    X(WAITING, "waiting")                                                                                              \
    X(DECIDED, "decided")

typedef enum mz_alert_phase {
#define MZ_X(constant, word) MZ_ALERT_##constant,
    MZ_ALERT_PHASES(MZ_X)
#undef MZ_X
        MZ_ALERT_PHASE_COUNT
} mz_alert_phase;

const char *mz_alert_phase_word(mz_alert_phase phase);
mz_alert_phase mz_alert_phase_of(mz_str word); /* MZ_ALERT_PHASE_COUNT: none */

/* What happens to an alert. */
typedef enum mz_alert_act {
    MZ_ALERT_PROPOSE, /* a decision is proposed */
    MZ_ALERT_SETTLE,  /* a true match or a false positive is made */
    MZ_ALERT_WAIT,    /* insufficient information is made */
    MZ_ALERT_RETURN,  /* a proposal is returned or withdrawn */
    MZ_ALERT_UNDO,    /* a decision that was made is taken back */
    MZ_ALERT_REFRESH, /* one of the pair has changed */
    MZ_ALERT_WAKE,    /* it has waited long enough */
    MZ_ALERT_ACT_COUNT
} mz_alert_act;

/* What an alert then is; MZ_ALERT_PHASE_COUNT: that does not happen to one in this phase. */
mz_alert_phase mz_alert_after(mz_alert_phase phase, mz_alert_act act);

/* What a case is by how many of its alerts are in each phase. */
const char *mz_case_phase_by(const size_t counts[MZ_ALERT_PHASE_COUNT]);

/* What a decision turns into. */
typedef enum mz_decision_act {
    MZ_DECISION_APPROVE,
    MZ_DECISION_RETURN,
    MZ_DECISION_UNDO,
    MZ_DECISION_ACT_COUNT
} mz_decision_act;
/* NULL: not one that is in this phase. */
const char *mz_decision_after(mz_str phase, mz_decision_act act);

#endif
