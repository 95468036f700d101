/* A house under continuous screening, for the tests: a store of lists, the index of it, an office, and what was raised,
 * which is kept in a table of the test's own: pairs "subject entity", as casework would know them. */
#ifndef MIZAN_TEST_WATCHED_H
#define MIZAN_TEST_WATCHED_H

#include "../access/office.h"
#include "mizan/update.h"
#include "subjects/watch.h"
#include "subjects/watch_state.h"

enum { LISTED = 40, SUBJECTS = 60, PAIRS_MOST = 4096, PATH_BYTES = 600 };

typedef struct raised_pair {
    char text[80];
    const char *why;
} raised_pair;

/* A store of lists, the index of it, an office, and what was raised. */
typedef struct watched_house {
    office office;
    char folder[PATH_BYTES - 16], list[PATH_BYTES], index[PATH_BYTES], rosters[PATH_BYTES];
    mz_list_store *lists;
    mz_live *live;
    mz_watch watch;
    mz_worker *worker;
    raised_pair pairs[PAIRS_MOST];
    size_t pair_count, gone_count;
    char gone[8][32];
    bool gone_unknown;
    size_t gone_parts;   /* that it is told in, 0: one */
    size_t gone_calls;   /* of the last run that came so far */
    size_t gone_stop;    /* the worker is told to stop at that call; 0: never */
    unsigned stop_after; /* raisings until the worker is told to stop; 0: never */
    char listed[LISTED + 10][64];
    size_t listed_count;
} watched_house;

typedef struct fetching {
    watched_house *house;
    mz_task task;
    mz_watched watched;
    bool all;
    mz_arena *arena;
    int64_t unscreened;
} fetching;

/* Of listed person n; of subject n, who is on no list. */
const char *watched_name_of(size_t n, char room[64]);
const char *watched_nobody(size_t n, char room[64]);
/* Who is listed as `listed` says: into the file alone, into the index as it is held, all of it. */
void watched_write_list(const watched_house *h);
void watched_build_index(watched_house *h, bool versions);
void watched_bring_in(watched_house *h);
/* As after a kill. */
void watched_new_worker(watched_house *h);
watched_house *watched_open(const char *address);
void watched_close(watched_house *h);
/* Of all, every third bears a listed name. */
void watched_put_subject(watched_house *h, const char *reference, const char *name, bool closed);
void watched_put_subjects(watched_house *h, size_t count);
/* How many tasks it adds; whether one was done; how it stands, and what the last run says of itself. */
uint64_t watched_look(watched_house *h);
bool watched_step(watched_house *h);
fetching watched_fetched(watched_house *h);
int64_t watched_result(const fetching *f, const char *key);
mz_str watched_result_text(const fetching *f, const char *key);
/* There is something to do, it is done, and then there is nothing. */
void watched_run_whole(watched_house *h);
/* `why` NULL: for whatever reason. */
bool watched_was_raised(const watched_house *h, const char *reference, size_t entity, const char *why);
/* Everybody who is in the register is screened; whoever hits must have been raised. Returns how many pairs there
 * are. */
size_t watched_as_if_everybody_was_screened(watched_house *h);

#endif
