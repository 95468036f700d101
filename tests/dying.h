/* Writers that die: each system call by which a body changes the disk is made the last one of its process, in turn:
 * killed just before it, killed in the middle of a write, or told by the system that it failed (a full disk, a folder
 * that may not be written).
 *
 * The calls are functions of this program with the names of the C library's, which the linker prefers: a test that uses
 * this lists ../dying.c among its sources. The body runs in a process of its own, forked, without CHECKs. */
#ifndef MIZAN_TEST_DYING_H
#define MIZAN_TEST_DYING_H

#include "mizan/status.h"

#include <stdbool.h>

typedef mz_status (*mz_dying_body)(void *context, mz_error *error);

typedef enum mz_death { MZ_LIVES, MZ_KILLED_BEFORE, MZ_KILLED_HALFWAY, MZ_CALL_FAILS } mz_death;

typedef struct mz_dying_plan {
    mz_death what;
    int number;   /* of the call that it happens to, from 1 */
    int error;    /* with which it fails */
    bool lasting; /* all calls behind it fail as well, as on a full disk */
} mz_dying_plan;

enum { MZ_WAS_KILLED = 1000 };

typedef struct mz_dying_end {
    int status;                    /* the body's mz_status, or MZ_WAS_KILLED */
    int calls;                     /* how many there were; 0 when killed */
    char text[MZ_ERROR_TEXT_SIZE]; /* of the error */
} mz_dying_end;

/* Fails the running test when the process ends in another way than planned, or closes files that it did not flush. */
mz_dying_end mz_dying_run(mz_dying_body body, void *context, const mz_dying_plan *plan);

#endif
