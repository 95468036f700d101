/* Files that are brought into the register.
 *
 * A file is kept (import_file.h), noted as an import, and read by whoever runs it: a task of the service, or the
 * command. It is read from its beginning, and its rows are written in batches, each one transaction with the number of
 * rows that were dealt with: a run that was killed passes over those, and no row is dealt with twice or not at all.
 * What cannot be taken is told line by line. At its end, however it ended, an import is one entry of the audit chain
 * ("subjects.imported"), and its file is removed.
 *
 * A file that is `whole` has all subjects of its source: those that it lacks are closed, when no more than a fifth
 * would be, or when that is `accepted`; else nothing is changed, as an import of a list would be refused. */
#ifndef MIZAN_SUBJECTS_IMPORTS_H
#define MIZAN_SUBJECTS_IMPORTS_H

#include "access/history.h"
#include "subjects/import_file.h"
#include "subjects/rows.h"
#include "tasks/tasks.h"

enum {
    MZ_IMPORT_NAME_BYTES_MOST = 200,
    MZ_IMPORT_ROWS_MOST = 10 * 1000 * 1000,
    MZ_IMPORT_BATCH_ROWS = 1000,
    MZ_IMPORT_BATCH_BYTES = 32 << 20
};
static const uint64_t mz_import_file_bytes_most = (uint64_t)2 << 30;

/* The kind of its tasks. */
#define MZ_IMPORT_TASK "subjects.import"

typedef struct mz_subject_import {
    mz_str key, agency, source, file_name;
    mz_subject_format format;
    mz_str digest;  /* of the file */
    mz_str mapping; /* JSON; empty: JSON lines */
    uint64_t bytes;
    bool whole, accepted;
    mz_str task;  /* key; empty: a command does it */
    mz_str phase; /* a word of mz_task_phase */
    mz_str error; /* one line; of one that failed */
    mz_str actor_kind, actor;
    uint64_t position; /* rows */
    uint64_t done;     /* bytes of `bytes`; of a workbook rows, of a number that is not known */
    uint64_t added, changed, same, closed, rejected, noted;
    int64_t created, ended;
} mz_subject_import;

typedef struct mz_import_draft {
    mz_str source, file_name;
    mz_subject_format format;
    mz_str mapping; /* JSON, remembered for the source; empty: that which is remembered */
    bool whole, accepted;
    bool by_task; /* a task is added that does it */
} mz_import_draft;

/* In a transaction: notes the import of a file that is kept; its key is the file's. MZ_ERR_INPUT: the source or the
 * mapping cannot be; a table has none. */
mz_status mz_subject_import_add(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_import_draft *draft,
                                const mz_import_file *file, mz_error *error);
/* MZ_ERR_NOT_FOUND also when it is another agency's. */
mz_status mz_subject_import_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_subject_import *ret_import,
                                mz_error *error);
/* Newest first. */
mz_status mz_subject_imports_list(mz_sql *sql, mz_str agency, mz_str before, size_t limit, mz_arena *arena,
                                  mz_subject_import **ret_imports, size_t *ret_count, mz_error *error);
/* The newest of a command that has not ended, with this file, source and mapping; MZ_ERR_NOT_FOUND. */
mz_status mz_subject_import_unfinished(mz_sql *sql, mz_str agency, const mz_import_draft *draft, mz_str digest,
                                       mz_arena *arena, mz_subject_import *ret_import, mz_error *error);
/* What was written stays. MZ_ERR_REFUSED: it has ended. */
mz_status mz_subject_import_cancel(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_error *error);

/* X(CONSTANT, code): what is wrong with a row. `value` is what it is wrong with, `number` what stands in braces. */
#define MZ_ROW_FLAWS(X)                                                                                                \
    X(NO_REFERENCE, "no-reference")                                                                                    \
    X(REFERENCE_LONG, "reference-long") /* {bytes that it may have} */                                                 \
    X(REFERENCE_CONTROL, "reference-control")                                                                          \
    X(REFERENCE_BLANKS, "reference-blanks")                                                                            \
    X(REPEATED, "repeated")       /* {the line that has it already} */                                                 \
    X(DATE_FORMAT, "date-format") /* not a date in the format of its column */                                         \
    X(NOT_UNDERSTOOD, "not-understood")                                                                                \
    X(CHECK_DIGIT, "check-digit")                                                                                      \
    X(UNKNOWN_WORD, "unknown-word")     /* for the schema, that the mapping does not explain */                        \
    X(NO_SCHEMA, "no-schema")           /* nothing says what the row is */                                             \
    X(UNKNOWN_SCHEMA, "unknown-schema") /* in a line of JSON */                                                        \
    X(NOT_A_SUBJECT, "not-a-subject")   /* of a schema that nobody is screened by */                                   \
    X(NOBODY, "nobody")                 /* neither a name nor a number */                                              \
    X(TOO_LARGE, "too-large")           /* {bytes that its properties may have} */                                     \
    X(NO_PROPERTIES, "no-properties")                                                                                  \
    X(ANOTHER_SOURCE, "another-source")                                                                                \
    X(UNREADABLE, "unreadable") /* the reason says why */

typedef enum mz_row_flaw_code {
#define MZ_X(constant, word) MZ_ROW_##constant,
    MZ_ROW_FLAWS(MZ_X)
#undef MZ_X
        MZ_ROW_FLAW_COUNT
} mz_row_flaw_code;

const char *mz_row_flaw_word(mz_row_flaw_code code);

typedef struct mz_subject_rejection {
    uint64_t line;
    bool taken; /* all the same, but for what is told */
    mz_row_flaw_code code;
    int64_t number;              /* 0: the code has none */
    mz_str field, reason, value; /* reason: in English */
} mz_subject_rejection;

/* In the order of their lines, behind the line `after`. MZ_ERR_NOT_FOUND as above. */
mz_status mz_subject_rejections_list(mz_sql *sql, mz_str agency, mz_str import, uint64_t after, size_t limit,
                                     mz_arena *arena, mz_subject_rejection **ret_rejections, size_t *ret_count,
                                     mz_error *error);

/* How an import is run. */
typedef struct mz_import_work {
    mz_store *store;
    const char *folder; /* of files that are kept */
    /* In the transaction of each batch; a status other than MZ_OK undoes it and ends the run. May be NULL. */
    mz_status (*note)(void *context, mz_sql *sql, const mz_subject_import *import, mz_error *error);
    /* Whether to stop: the import stays to be gone on with. May be NULL. */
    bool (*stopping)(void *context);
    void *context;
} mz_import_work;

/* Does what is left of an import. MZ_OK also when the import failed, which it tells (`phase`, `error`);
 * MZ_ERR_CANCELLED: it was cancelled or stopped; another failure: of the store, for the moment. */
mz_status mz_subject_import_run(const mz_import_work *work, mz_str agency, mz_str key, mz_arena *arena,
                                mz_subject_import *ret_import, mz_error *error);

/* The runner of MZ_IMPORT_TASK; its context is a mz_import_work, of which it uses store and folder. */
mz_status mz_subject_import_task(void *context, mz_task_run *run, mz_error *error);

#endif
