/* A run of continuous screening, in hand. Inside this folder only. */
#ifndef MIZAN_SUBJECTS_WATCH_RUN_H
#define MIZAN_SUBJECTS_WATCH_RUN_H

#include "index/since.h"
#include "subjects/watch_state.h"

typedef enum mz_watch_stage {
    MZ_WATCH_BEGUN,
    MZ_WATCH_LISTS_DONE, /* what changed on the lists is; what came into the register is left */
} mz_watch_stage;

/* A list whose version is another than before; empty: it was not there, it is no more. */
typedef struct mz_watch_change {
    mz_str list, from, to;
    uint32_t entities; /* new or changed */
} mz_watch_change;

typedef struct mz_watching {
    const mz_watch *watch;
    mz_task_run *run;
    mz_str agency;
    const mz_index *index;
    bool all; /* was asked for */
    double threshold;
    int64_t up_to; /* of the register's sequence, when the run began */
    uint64_t subjects;
    bool any_partly; /* of them were not wholly screened before */
    mz_watched before, now;
    mz_arena arena, page, raising; /* of the run; of a page of subjects; of what is raised of one */
    /* as the task's state has it */
    mz_watch_stage stage;
    char cursor[MZ_SQL_KEY_SIZE]; /* of the stage: subjects up to there are done */
    bool cursor_of_everybody;
    mz_str why, everybody; /* everybody: why everybody is screened; empty: they are not */
    const mz_watch_change *changes;
    size_t change_count;
    uint64_t screened, pairs, raised, refreshed, quiet, known, partly;
    /* progress */
    uint64_t done, all_there;
    const char *unit;
    uint64_t told_ns;
    /* screening */
    unsigned crew;
    mz_screener *screeners[64];
    mz_screener *raiser;
} mz_watching;

/* Goes on where a run with the same `now` stopped, else begins; the texts are in the run's arena. */
mz_status mz_watch_state_read(mz_watching *w, mz_error *error);
/* Notes what was done, in the transaction that did it. */
mz_status mz_watch_note(mz_watching *w, mz_sql *sql, mz_error *error);

/* Screens subjects against all lists, and raises what hits: in the transaction of that, `after` may note more. With
 * `hit` (by subject; NULL: not known) those that do not are left out. `new_ones`: they are noted to be screened. */
typedef struct mz_watch_batch {
    const mz_subject *subjects;
    size_t count;
    bool new_ones;
    int64_t advance_to; /* 0: the sequence stays */
} mz_watch_batch;
mz_status mz_watch_screen(mz_watching *w, const mz_watch_batch *batch, mz_error *error);
void mz_watch_screen_done(mz_watching *w);

/* Whether each of a page of subjects hits an entity of an index, and what of it was left undone, as bits 1 <<
 * MZ_PARTLY_…. */
mz_status mz_watch_hits(mz_watching *w, const mz_index *index, const mz_subject *subjects, size_t count, bool *ret_hits,
                        unsigned char *ret_partly, mz_error *error);

/* What changed on the lists. */
typedef struct mz_watch_delta {
    mz_watch_change *changes;
    size_t change_count;
    mz_since *since;
    const char *unknown; /* why it cannot be told; NULL: it can */
} mz_watch_delta;
/* Changes are in `arena`, their texts those of what was and is. */
mz_status mz_watch_delta_find(mz_watching *w, mz_arena *arena, mz_watch_delta *ret_delta, mz_error *error);
void mz_watch_delta_done(mz_watch_delta *delta);

static inline bool mz_watch_stopping(void *context) {
    const mz_watching *w = context;
    return mz_task_stopping(w->run);
}

#endif
