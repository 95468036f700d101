/* Continuous screening of an agency's register.
 *
 * What the subjects were screened against is kept: the version of each list, by what was judged (policy, threshold,
 * build), and up to which number of the register's sequence. When the index has other versions, what is new or changed
 * in them is held against a roster of the subjects (mizan/watch.h), and who hits is screened against the whole index;
 * what came into the register since is screened against all lists. Where what was cannot be told, because a version is
 * no longer kept, the index belongs to no store of lists, or it is judged otherwise now, everybody is screened.
 *
 * A run is a task (tasks/tasks.h): it commits what it has done as it goes, and goes on after a kill. What its hits
 * become is for who starts it (mz_watch_sink); raising the same again is nothing new there, so that a subject which was
 * screened twice on the way does no harm. When a run has ended, each subject that was in the register when it began has
 * been screened against the lists as they were when it began, or as if.
 *
 * Rosters are files FOLDER/AGENCY.mzr: caches with personal data, readable for their owner only, made again when a
 * tenth of the register has changed or they are a day old. */
#ifndef MIZAN_SUBJECTS_WATCH_H
#define MIZAN_SUBJECTS_WATCH_H

#include "mizan/live.h"
#include "mizan/screen.h"
#include "mizan/store.h"
#include "subjects/subjects.h"
#include "tasks/tasks.h"

#define MZ_WATCH_KIND "watch"

enum { MZ_WATCH_HITS_MOST = 500 /* of one subject that are raised, where a receipt has room for them */ };

/* X(CONSTANT, word): why a subject could not be wholly screened */
#define MZ_PARTLY(X)                                                                                                   \
    X(WORK, "work")   /* the budget of work did not suffice: hits may be missing */                                    \
    X(QUERY, "query") /* something of the subject could not be screened, or nothing of it */                           \
    X(HITS, "hits")   /* more hits than are raised */

enum {
#define MZ_X(constant, word) MZ_PARTLY_##constant,
    MZ_PARTLY(MZ_X)
#undef MZ_X
        MZ_PARTLY_COUNT
};

/* A subject that hits. */
typedef struct mz_watch_found {
    mz_str agency;
    const mz_subject *subject;
    const mz_index *index;
    const mz_policy *policy; /* NULL: the default */
    mz_str query;            /* as mz_screen_json takes it */
    const mz_screening *screening;
    const char *why; /* "list.changed", "subject.new", "subject.changed", "all" */
} mz_watch_found;

typedef struct mz_watch_raised {
    size_t raised, refreshed, quiet, known;
    size_t beyond; /* hits of which nothing became, since there were too many */
} mz_watch_raised;

/* How far it is told whom the lists have no more: zeros at first. */
typedef struct mz_watch_gone_place {
    bool over, back_told; /* back_told: of those who are in their list again */
    size_t id;            /* that is in hand */
    char alert[MZ_SQL_KEY_SIZE];
} mz_watch_gone_place;

/* What becomes of what is found; each is called in a transaction, which may be repeated. */
typedef struct mz_watch_sink {
    mz_status (*raise)(void *context, mz_sql *sql, const mz_watch_found *found, mz_arena *arena,
                       mz_watch_raised *ret_raised, mz_error *error);
    /* Entities that their lists have no more. `everybody`: it is not known which, and whoever has an alert on one that
     * is not in the index is to see. Tells some of it from *place on, and moves that on; called until it is over, each
     * time in a transaction of its own, and from the start where a run goes on that was broken off: what was told is
     * not to be told again. May be NULL. */
    mz_status (*gone)(void *context, mz_sql *sql, mz_str agency, const mz_index *index, bool everybody,
                      const mz_str *ids, size_t count, mz_watch_gone_place *place, mz_arena *arena, mz_error *error);
    /* What kept pairs quiet and has come to its end: whether there is any, which mz_watch_look asks; and ends some of
     * it, whose subjects are to be screened again (mz_subject_again). Both or neither may be NULL. */
    mz_status (*any_over)(void *context, mz_sql *sql, mz_str agency, bool *ret_any, mz_error *error);
    mz_status (*end_over)(void *context, mz_sql *sql, mz_str agency, mz_arena *arena, mz_error *error);
    /* The agency's own threshold; 0: the policy's. May be NULL. */
    mz_status (*threshold)(void *context, mz_sql *sql, mz_str agency, double *ret_threshold, mz_error *error);
    void *context;
} mz_watch_sink;

typedef struct mz_watch {
    mz_store *store;
    mz_live *live;
    mz_list_store *lists;    /* NULL: the index belongs to none */
    const mz_policy *policy; /* NULL: the default */
    uint64_t budget;         /* of work for one screening, as mz_screen_options */
    const char *folder;      /* of the rosters; made when absent */
    const char *build;       /* which program this is, in a word; NULL: this one (audit/build.h) */
    unsigned threads;        /* 0: as many as there are processors */
    mz_watch_sink sink;
} mz_watch;

/* A run, for a task of kind MZ_WATCH_KIND: with the argument {"all":true} everybody is screened. */
mz_status mz_watch_run(const mz_watch *watch, mz_task_run *run, mz_error *error);

/* Looks in which agencies there is something to do, and adds a task where none waits or runs; not within ten minutes of
 * one that failed or was cancelled. *ret_added how many. To be called every few seconds. */
mz_status mz_watch_look(const mz_watch *watch, uint64_t *ret_added, mz_error *error);
/* In a transaction: a task of the agency. */
mz_status mz_watch_ask(mz_sql *sql, mz_str agency, bool all, mz_str creator, char ret_key[MZ_SQL_KEY_SIZE],
                       mz_error *error);

/* What an agency's subjects were screened against. */
typedef struct mz_watched_list {
    mz_str list, version;
} mz_watched_list;

typedef struct mz_watched {
    bool ever; /* else everything else is empty */
    mz_str by; /* how it was judged, in words for comparing */
    int64_t sequence, at;
    const mz_watched_list *lists;
    size_t list_count;
} mz_watched;

mz_status mz_watched_get(mz_sql *sql, mz_str agency, mz_arena *arena, mz_watched *ret_watched, mz_error *error);

/* How many subjects are not screened yet; all of them where nobody ever was. */
mz_status mz_watched_missing(mz_sql *sql, mz_str agency, const mz_watched *watched, uint64_t *ret_count,
                             mz_error *error);

/* A subject that could not be wholly screened, as it was screened last. */
typedef struct mz_partly {
    mz_str subject, source, reference, caption;
    bool why[MZ_PARTLY_COUNT];
    int64_t hits; /* when not all of them are alerts; else 0 */
    int64_t at;
} mz_partly;

const char *mz_partly_word(size_t why);
/* Of those that are screened, by key, behind `after`. */
mz_status mz_partly_list(mz_sql *sql, mz_str agency, mz_str after, size_t limit, mz_arena *arena,
                         mz_partly **ret_subjects, size_t *ret_count, mz_error *error);
mz_status mz_partly_count(mz_sql *sql, mz_str agency, uint64_t *ret_count, mz_error *error);

/* The roster as it lies there; *ret_there false: there is none that can be used. */
mz_status mz_watch_roster(const mz_watch *watch, mz_str agency, uint32_t *ret_subjects, int64_t *ret_made,
                          bool *ret_there, mz_error *error);
/* Removes it: for when personal data is erased. */
mz_status mz_watch_forget(const mz_watch *watch, mz_str agency, mz_error *error);

#endif
