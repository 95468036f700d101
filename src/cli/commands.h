/* Every command. To add one: its description and its function in a file of its own, a line here, a line in the
 * table of commands.c, a word in man/meson.build. */
#ifndef MIZAN_CLI_COMMANDS_H
#define MIZAN_CLI_COMMANDS_H

#include "cli/command.h"

extern const cli_command cli_screen;            /* screen.c */
extern const cli_command cli_compare;           /* compare.c */
extern const cli_command cli_explain;           /* explain.c */
extern const cli_command cli_lists_update;      /* lists_update.c */
extern const cli_command cli_lists_import;      /* lists_update.c */
extern const cli_command cli_lists_reread;      /* lists_update.c */
extern const cli_command cli_lists_status;      /* lists.c */
extern const cli_command cli_lists_history;     /* lists.c */
extern const cli_command cli_lists_select;      /* lists.c */
extern const cli_command cli_lists_formats;     /* lists.c */
extern const cli_command cli_lists_diff;        /* lists_diff.c */
extern const cli_command cli_index_build;       /* index_build.c */
extern const cli_command cli_index_update;      /* index_update.c */
extern const cli_command cli_index_merge;       /* index_update.c */
extern const cli_command cli_index_check;       /* index_check.c */
extern const cli_command cli_index_entities;    /* index.c */
extern const cli_command cli_index_info;        /* index.c */
extern const cli_command cli_policy_show;       /* policy_commands.c */
extern const cli_command cli_policy_check;      /* policy_commands.c */
extern const cli_command cli_policy_init;       /* policy_commands.c */
extern const cli_command cli_effectiveness;     /* effectiveness.c */
extern const cli_command cli_serve;             /* serve.c */
extern const cli_command cli_cases_file;        /* reports.c */
extern const cli_command cli_cases_certificate; /* reports.c */
extern const cli_command cli_cases_goaml;       /* reports.c */
extern const cli_command cli_cases_goaml_settings;
extern const cli_command cli_cases_figures;     /* reports.c */
extern const cli_command cli_cases_export;      /* reports.c */
extern const cli_command cli_database_copy;     /* database_copy.c */
extern const cli_command cli_subjects_import;   /* subject_import.c */
extern const cli_command cli_subjects_list;     /* subjects.c */
extern const cli_command cli_subjects_show;     /* subjects.c */
extern const cli_command cli_subjects_add;      /* subjects.c */
extern const cli_command cli_subjects_close;    /* subjects.c */
extern const cli_command cli_subjects_sources;  /* subjects.c */
extern const cli_command cli_subjects_export;   /* subjects.c */
extern const cli_command cli_people_list;       /* people.c */
extern const cli_command cli_people_add;        /* people.c */
extern const cli_command cli_people_reset;      /* people.c */
extern const cli_command cli_people_lock;       /* people.c */
extern const cli_command cli_people_unlock;     /* people.c */
extern const cli_command cli_keys_list;         /* keys.c */
extern const cli_command cli_keys_add;          /* keys.c */
extern const cli_command cli_keys_revoke;       /* keys.c */
extern const cli_command cli_cases_list;        /* cases.c */
extern const cli_command cli_cases_show;        /* cases.c */
extern const cli_command cli_cases_decide;      /* cases.c */
extern const cli_command cli_cases_approve;     /* cases.c */
extern const cli_command cli_cases_assign;      /* cases.c */
extern const cli_command cli_cases_note;        /* cases.c */
extern const cli_command cli_clearances_list;   /* clearances.c */
extern const cli_command cli_clearances_show;   /* clearances.c */
extern const cli_command cli_clearances_revoke; /* clearances.c */
extern const cli_command cli_subjects_watch;    /* subject_watch.c */
extern const cli_command cli_tasks_list;        /* tasks.c */
extern const cli_command cli_tasks_show;        /* tasks.c */
extern const cli_command cli_tasks_cancel;      /* tasks.c */
extern const cli_command cli_tasks_run;         /* tasks.c */
extern const cli_command cli_audit_verify;      /* audit_verify.c */
extern const cli_command cli_audit_list;        /* audit.c */
extern const cli_command cli_audit_show;        /* audit.c */
extern const cli_command cli_audit_export;      /* audit.c */
extern const cli_command cli_audit_sign;        /* audit_verify.c */
extern const cli_command cli_audit_receipt;     /* audit_receipt.c */
extern const cli_command cli_audit_replay;      /* audit_receipt.c */
extern const cli_command cli_audit_retention;   /* retention.c */
extern const cli_command cli_completion;        /* complete.c */
extern const cli_command cli_version;           /* version.c */
extern const cli_command cli_help;              /* help.c */

/* A paragraph of the help of those that read lists of one's own. */
#define CLI_OWN_LISTS                                                                                                  \
    "A list of one's own is CSV or JSON with a mapping file, PATH.map.json or --mapping FILE, that says what its "     \
    "columns are: {\"list\":\"house\", \"schema\":\"Person\", \"id\":\"No\", \"columns\": {\"Called\":\"name\", "      \
    "\"Born\":\"birthDate\"}}. Without one, the columns are named like the properties of queries. docs/own-lists.md "  \
    "describes it, with an example."

#endif
