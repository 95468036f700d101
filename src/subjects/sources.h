/* Where subjects come from: "core-banking", with how its files are read. */
#ifndef MIZAN_SUBJECTS_SOURCES_H
#define MIZAN_SUBJECTS_SOURCES_H

#include "access/people.h"
#include "base/arena.h"
#include "store/sql.h"

typedef struct mz_subject_source {
    mz_str source, title;
    mz_str mapping;    /* JSON (mapping.h); empty: none was given */
    uint64_t subjects; /* that are not closed */
    int64_t changed;
} mz_subject_source;

/* In the order of their names; at most MZ_SUBJECT_SOURCES_MOST of them, which an agency has at most. */
enum { MZ_SUBJECT_SOURCES_MOST = 1000 };
mz_status mz_subject_sources_list(mz_sql *sql, mz_str agency, mz_arena *arena, mz_subject_source **ret_sources,
                                  size_t *ret_count, mz_error *error);
/* MZ_ERR_NOT_FOUND. */
mz_status mz_subject_source_get(mz_sql *sql, mz_str agency, mz_str source, mz_arena *arena,
                                mz_subject_source *ret_source, mz_error *error);
/* Sets title and mapping (JSON; in one form afterwards); data NULL leaves one as it is, an empty mapping forgets it.
 * Made when it is new. An entry "subjects.source.changed" when something changed. MZ_ERR_INPUT: a source, title or
 * mapping that cannot be. */
mz_status mz_subject_source_set(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str source, mz_str title,
                                mz_str mapping, mz_arena *arena, mz_subject_source *ret_source, mz_error *error);
/* Counts `more` subjects of a source (may be less than 0); makes it when it is new. */
mz_status mz_subject_source_count(mz_sql *sql, mz_str agency, mz_str source, int64_t more, mz_error *error);

#endif
