/* The table of commands, in the order of help. */
#include "cli/commands.h"

#include <string.h>

static const cli_command *const commands[] = {
    &cli_screen,
    &cli_compare,
    &cli_explain,
    &cli_lists_update,
    &cli_lists_import,
    &cli_lists_reread,
    &cli_lists_status,
    &cli_lists_diff,
    &cli_lists_history,
    &cli_lists_select,
    &cli_lists_formats,
    &cli_index_build,
    &cli_index_update,
    &cli_index_merge,
    &cli_index_check,
    &cli_index_entities,
    &cli_index_info,
    &cli_policy_show,
    &cli_policy_check,
    &cli_policy_init,
    &cli_effectiveness,
    &cli_serve,
    &cli_subjects_import,
    &cli_subjects_list,
    &cli_subjects_show,
    &cli_subjects_add,
    &cli_subjects_close,
    &cli_subjects_sources,
    &cli_subjects_export,
    &cli_subjects_watch,
    &cli_people_list,
    &cli_people_add,
    &cli_people_reset,
    &cli_people_lock,
    &cli_people_unlock,
    &cli_keys_list,
    &cli_keys_add,
    &cli_keys_revoke,
    &cli_cases_list,
    &cli_cases_show,
    &cli_cases_decide,
    &cli_cases_approve,
    &cli_cases_assign,
    &cli_cases_note,
    &cli_cases_file,
    &cli_cases_certificate,
    &cli_cases_goaml,
    &cli_cases_goaml_settings,
    &cli_cases_figures,
    &cli_cases_export,
    &cli_clearances_list,
    &cli_clearances_show,
    &cli_clearances_revoke,
    &cli_audit_verify,
    &cli_audit_list,
    &cli_audit_show,
    &cli_audit_export,
    &cli_audit_sign,
    &cli_audit_receipt,
    &cli_audit_replay,
    &cli_audit_retention,
    &cli_tasks_list,
    &cli_tasks_show,
    &cli_tasks_cancel,
    &cli_tasks_run,
    &cli_database_copy,
    &cli_completion,
    &cli_version,
    &cli_help,
};

const cli_command *const *cli_commands(size_t *ret_count) {
    *ret_count = sizeof commands / sizeof commands[0];
    return commands;
}

const cli_command *cli_command_find(mz_str name) {
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (mz_str_equal(name, mz_str_of(commands[i]->name))) return commands[i];
    return NULL;
}

bool cli_family(mz_str name) {
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        const char *known = commands[i]->name;
        if (strlen(known) > name.size && known[name.size] == ' ' && memcmp(known, name.data, name.size) == 0)
            return true;
    }
    return false;
}
