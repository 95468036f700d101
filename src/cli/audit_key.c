#include "cli/audit_key.h"

#include "base/ascii.h"

#include <stdio.h>
#include <string.h>

int cli_audit_key_open(const cli_context *cli, mz_audit_signer **ret_signer) {
    char path[4096];
    const char *given = cli_text(cli, CLI_AUDIT_KEY);
    mz_error error;
    if (!given) {
        mz_list_store *lists;
        int ending = cli_store_open(cli, true, &lists);
        if (ending) return ending;
        int size = snprintf(path, sizeof path, "%s/audit.key", mz_list_store_folder(lists));
        mz_list_store_close(lists);
        if (size < 0 || (size_t)size >= sizeof path) {
            cli_complain("the path of the store is too long");
            return CLI_FAILED;
        }
    }
    return mz_audit_signer_open(given ? given : path, ret_signer, &error) ? cli_fail(&error) : CLI_DONE;
}

bool cli_audit_number(const char *text, int64_t *ret_number) {
    int64_t number = 0;
    size_t size = strlen(text);
    if (!size || size > 18) return false;
    for (size_t k = 0; k < size; k++) {
        if (!mz_is_digit(text[k])) return false;
        number = number * 10 + (text[k] - '0');
    }
    *ret_number = number;
    return true;
}
