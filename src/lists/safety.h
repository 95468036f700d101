/* The rules that keep a wrong file from becoming the current version of a list. */
#ifndef MIZAN_LISTS_SAFETY_H
#define MIZAN_LISTS_SAFETY_H

#include "lists/delta.h"
#include "lists/manifest.h"

typedef struct mz_safety_case {
    const mz_manifest *held;       /* the current version; NULL when the list is new, or when it is damaged */
    const char *held_damage;       /* what is wrong with the current version; NULL when nothing */
    const mz_manifest *fresh;      /* the one that wants to become current */
    const mz_delta_counts *counts; /* between the two; NULL when there is no `held` */
    const char *misfits;     /* of a file of changes: what does not fit the version it changes; NULL or "" nothing */
    uint64_t stated_records; /* what the list says of itself; 0 nothing */
    double most_shrink;      /* 0: a fifth */
} mz_safety_case;

/* MZ_OK when there is nothing to say against it. Otherwise MZ_ERR_REFUSED, with all reasons and their figures and the
 * override in the text; or, when `accept`, MZ_OK and the reasons in `ret_accepted` (a text of `size` bytes). */
mz_status mz_safety_judge(const mz_safety_case *what, bool accept, char *ret_accepted, size_t size, mz_error *error);

#endif
