/* The runners that this folder has, for the table in work.c; each says in its file what its tasks are given. */
#ifndef MIZAN_SERVER_WORK_KINDS_H
#define MIZAN_SERVER_WORK_KINDS_H

#include "base/json_read.h"
#include "mizan/effectiveness.h"
#include "server/work.h"

/* work_lists.c */
mz_status mz_run_list_update(mz_service *service, mz_task_run *run, mz_error *error);
mz_status mz_run_list_select(mz_service *service, mz_task_run *run, mz_error *error);
mz_status mz_run_list_import(mz_service *service, mz_task_run *run, mz_error *error);
/* The file of an import that was cancelled goes with it: of this task, of all that ended so of late. */
void mz_list_import_forget(const mz_service *service, const mz_task *task, mz_arena *arena);
mz_status mz_list_imports_forget(mz_service *service, mz_error *error);
mz_status mz_run_subject_import(mz_service *service, mz_task_run *run, mz_error *error); /* subject_imports.c */
mz_status mz_run_effectiveness(mz_service *service, mz_task_run *run, mz_error *error);  /* work_effectiveness.c */

/* work_retention.c: what is due of an agency, and a task for each once in a day. */
mz_status mz_run_retention(mz_service *service, mz_task_run *run, mz_error *error);
mz_status mz_due_retention(mz_service *service, mz_error *error);
mz_status mz_run_watch(mz_service *service, mz_task_run *run, mz_error *error); /* work_watch.c */
mz_status mz_due_watch(mz_service *service, mz_error *error);

/* How the test is wished for, from {"classes","sample","seed","threshold"}, all of which may be missing. */
mz_status mz_effectiveness_wish(const mz_json_value *wish, size_t *classes, size_t most,
                                mz_effectiveness_options *options, mz_error *error);

/* work_audit.c */
mz_status mz_run_audit_verify(mz_service *service, mz_task_run *run, mz_error *error);

/* What a change of a list is asked for with, as the argument of its task. */
typedef struct mz_list_wish {
    mz_str list;      /* of an import: empty, the format's usual */
    mz_str version;   /* to select */
    mz_str file;      /* of an import: its name in the spool, */
    mz_str file_name; /* as its sender called it, */
    mz_str format;    /* and its format; empty: found out */
    bool accept;
} mz_list_wish;
mz_str mz_list_wish_write(const mz_request *request, const mz_list_wish *wish);

#endif
