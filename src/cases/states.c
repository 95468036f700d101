#include "cases/states.h"

static const char *const dispositions[MZ_DISPOSITION_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_DISPOSITIONS(MZ_X)
#undef MZ_X
};

const char *mz_disposition_word(mz_disposition disposition) {
    return dispositions[disposition];
}

mz_disposition mz_disposition_of(mz_str word) {
    mz_disposition disposition = 0;
    while (disposition < MZ_DISPOSITION_COUNT && !mz_str_equal(word, mz_str_of(dispositions[disposition])))
        disposition++;
    return disposition;
}

/* --- alerts --- */

static const char *const phases[MZ_ALERT_PHASE_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_ALERT_PHASES(MZ_X)
#undef MZ_X
};

const char *mz_alert_phase_word(mz_alert_phase phase) {
    return phases[phase];
}

mz_alert_phase mz_alert_phase_of(mz_str word) {
    mz_alert_phase phase = 0;
    while (phase < MZ_ALERT_PHASE_COUNT && !mz_str_equal(word, mz_str_of(phases[phase]))) phase++;
    return phase;
}

mz_alert_phase mz_alert_after(mz_alert_phase phase, mz_alert_act act) {
    enum { OPEN = MZ_ALERT_OPEN, PROPOSED = MZ_ALERT_PROPOSED, WAITING = MZ_ALERT_WAITING, DECIDED = MZ_ALERT_DECIDED };
    enum { NO = MZ_ALERT_PHASE_COUNT };
    static const unsigned char after[MZ_ALERT_ACT_COUNT][MZ_ALERT_PHASE_COUNT] = {
        /* from              open      proposed  waiting   decided */
        [MZ_ALERT_PROPOSE] = {PROPOSED, NO, PROPOSED, NO},
        [MZ_ALERT_SETTLE] = {DECIDED, DECIDED, DECIDED, NO},
        [MZ_ALERT_WAIT] = {WAITING, WAITING, WAITING, NO},
        [MZ_ALERT_RETURN] = {NO, OPEN, NO, NO},
        [MZ_ALERT_UNDO] = {NO, NO, OPEN, OPEN},
        [MZ_ALERT_REFRESH] = {OPEN, OPEN, OPEN, NO},
        [MZ_ALERT_WAKE] = {NO, NO, OPEN, NO},
    };
    return (mz_alert_phase)after[act][phase];
}

const char *mz_case_phase_by(const size_t counts[MZ_ALERT_PHASE_COUNT]) {
    if (counts[MZ_ALERT_PROPOSED]) return "proposed";
    if (counts[MZ_ALERT_OPEN]) return "open";
    return counts[MZ_ALERT_WAITING] ? "waiting" : "closed";
}

/* --- decisions --- */

const char *mz_decision_after(mz_str phase, mz_decision_act act) {
    static const struct {
        const char *from;
        mz_decision_act act;
        const char *to;
    } steps[] = {
        {"proposed", MZ_DECISION_APPROVE, "made"},
        {"proposed", MZ_DECISION_RETURN, "returned"},
        {"proposed", MZ_DECISION_UNDO, "undone"},
        {"made", MZ_DECISION_UNDO, "undone"},
    };
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
        if (steps[k].act == act && mz_str_equal(phase, mz_str_of(steps[k].from))) return steps[k].to;
    return NULL;
}
