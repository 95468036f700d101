#include "cli/audit_key.h"

#include "base/ascii.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static int beside_lists(const mz_list_store *lists, char ret_path[PATH_BYTES]) {
    int size = snprintf(ret_path, PATH_BYTES, "%s/audit.key", mz_list_store_folder(lists));
    if (size >= 0 && size < PATH_BYTES) return CLI_DONE;
    cli_complain("the path of the store is too long");
    return CLI_FAILED;
}

static int open_key(const char *path, mz_audit_signer **ret_signer) {
    mz_error error;
    return mz_audit_signer_open(path, ret_signer, &error) ? cli_fail(&error) : CLI_DONE;
}

int cli_audit_key_open(const cli_context *cli, mz_audit_signer **ret_signer) {
    char path[PATH_BYTES];
    const char *given = cli_text(cli, CLI_AUDIT_KEY);
    mz_list_store *lists;
    if (given) return open_key(given, ret_signer);
    int ending = cli_store_open(cli, true, &lists);
    if (ending) return ending;
    ending = beside_lists(lists, path);
    mz_list_store_close(lists);
    return ending ? ending : open_key(path, ret_signer);
}

int cli_audit_key_at_hand(const cli_context *cli, mz_audit_signer **ret_signer) {
    char path[PATH_BYTES];
    const char *given = cli_text(cli, CLI_AUDIT_KEY);
    mz_list_store *lists;
    mz_error error;
    *ret_signer = NULL;
    if (given && access(given, F_OK) != 0) {
        cli_complain("there is no key %s", given);
        return CLI_FAILED;
    }
    if (given) return open_key(given, ret_signer);
    if (mz_list_store_open(cli_text(cli, CLI_STORE), false, &lists, &error)) return CLI_DONE;
    int ending = beside_lists(lists, path);
    mz_list_store_close(lists);
    return ending || access(path, R_OK) != 0 ? ending : open_key(path, ret_signer);
}

mz_str cli_audit_keys(const cli_context *cli, mz_arena *arena) {
    const cli_value *keys = &cli->values[CLI_PUBLIC_KEY];
    mz_str all = MZ_STR("");
    for (size_t k = 0; k < keys->count; k++)
        all = mz_arena_print(arena, "%.*s %s", (int)all.size, all.data, keys->texts[k]);
    return all;
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
