/* The roster of an agency's subjects as a file. Inside this folder only. */
#ifndef MIZAN_SUBJECTS_WATCH_ROSTER_H
#define MIZAN_SUBJECTS_WATCH_ROSTER_H

#include "mizan/watch.h"
#include "subjects/watch.h"

enum { MZ_WATCH_PATH_BYTES = 4096 };

/* FOLDER/AGENCY and the ending; keys are letters and digits. */
mz_status mz_watch_path(const mz_watch *watch, mz_str agency, const char *ending, char ret_path[MZ_WATCH_PATH_BYTES],
                        mz_error *error);

/* Opens the roster, made anew where there is none that can be used or it is outdated; *ret_sequence is up to where it
 * holds the register. `stopping` is asked between pages (MZ_ERR_CANCELLED). */
mz_status mz_watch_roster_open(const mz_watch *watch, mz_str agency, bool (*stopping)(void *context), void *context,
                               mz_roster **ret_roster, int64_t *ret_sequence, mz_error *error);

#endif
