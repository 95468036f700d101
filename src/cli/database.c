#include "cli/database.h"

#include <stdio.h>

enum { PATH_BYTES = 4096 };

static bool is_address(const char *text) {
    return text && (strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0);
}

void cli_database_settle(cli_context *cli) {
    cli_value *store = &cli->values[CLI_STORE], *database = &cli->values[CLI_DATABASE];
    if (!is_address(cli_text(cli, CLI_STORE))) return;
    if (!database->count) *database = *store;
    *store = (cli_value){.count = 0};
}

int cli_database_open(const cli_context *cli, mz_store **ret_store) {
    char path[PATH_BYTES];
    const char *address = cli_text(cli, CLI_DATABASE);
    mz_error error;
    if (!address) {
        mz_list_store *lists;
        int ending = cli_store_open(cli, true, &lists);
        if (ending) return ending;
        int size = snprintf(path, sizeof path, "%s/service.db", mz_list_store_folder(lists));
        mz_list_store_close(lists);
        if (size < 0 || size >= PATH_BYTES) {
            cli_complain("the path of the store is too long");
            return CLI_FAILED;
        }
        address = path;
    }
    return mz_store_open(address, ret_store, &error) ? cli_fail(&error) : CLI_DONE;
}
