/* What of continuous screening is kept from run to run, and what it is now. Inside this folder only. */
#ifndef MIZAN_SUBJECTS_WATCH_STATE_H
#define MIZAN_SUBJECTS_WATCH_STATE_H

#include "subjects/watch.h"

/* What an index and a watch say now; `sequence` and `at` are not filled in. A list without a version (an index that
 * was built from files) has the image itself for one. */
mz_status mz_watched_now(const mz_watch *watch, const mz_index *index, double threshold, mz_arena *arena,
                         mz_watched *ret_watched, mz_error *error);
bool mz_watched_same(const mz_watched *a, const mz_watched *b);
/* In a transaction: all of it. */
mz_status mz_watched_set(mz_sql *sql, mz_str agency, const mz_watched *watched, mz_error *error);
/* The sequence alone. */
mz_status mz_watched_advance(mz_sql *sql, mz_str agency, int64_t sequence, mz_error *error);

/* The sequence of an agency's register; 0 where it has none. */
mz_status mz_watch_sequence(mz_sql *sql, mz_str agency, int64_t *ret_sequence, mz_error *error);
mz_status mz_watch_threshold(const mz_watch *watch, mz_sql *sql, mz_str agency, double *ret_threshold, mz_error *error);

/* Notes how wholly a subject was screened; `why` 0: wholly. */
mz_status mz_partly_set(mz_sql *sql, mz_str agency, mz_str key, unsigned why, int64_t hits, int64_t at,
                        mz_error *error);

/* ---- subjects, page by page; those that are closed are left out ---- */

typedef struct mz_watch_page {
    mz_subject *subjects;
    size_t count;
    bool more;
    int64_t last_sequence; /* also of one that is closed */
} mz_watch_page;

/* By key, behind `after`, up to a number of the sequence. */
mz_status mz_watch_page_by_key(mz_sql *sql, mz_str agency, mz_str after, int64_t up_to, size_t limit, mz_arena *arena,
                               mz_watch_page *ret_page, mz_error *error);
/* By their numbers, behind `after` and up to `up_to`. */
mz_status mz_watch_page_by_sequence(mz_sql *sql, mz_str agency, int64_t after, int64_t up_to, size_t limit,
                                    mz_arena *arena, mz_watch_page *ret_page, mz_error *error);
/* Whether any came after: also one that was screened when it was given, since against which lists is not known. */
mz_status mz_watch_any_new(mz_sql *sql, mz_str agency, int64_t after, bool *ret_any, mz_error *error);
/* Notes that a subject was screened as it was with that number of the sequence. */
mz_status mz_watch_screened(mz_sql *sql, mz_str agency, mz_str key, int64_t sequence, int64_t at, mz_error *error);

#endif
