#include "cli/database.h"

#include "access/agencies.h"

#include <stdio.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, PEOPLE_BYTES = 1 << 20 };

static bool is_address(const char *text) {
    return text && (strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0);
}

void cli_database_settle(cli_context *cli) {
    cli_value *store = &cli->values[CLI_STORE], *database = &cli->values[CLI_DATABASE];
    if (!is_address(cli_text(cli, CLI_STORE))) return;
    if (!database->count) *database = *store;
    *store = (cli_value){.count = 0};
}

/* service.db beside the lists. */
static int usual_path(const mz_list_store *lists, char ret_path[PATH_BYTES]) {
    int size = snprintf(ret_path, PATH_BYTES, "%s/service.db", mz_list_store_folder(lists));
    if (size >= 0 && size < PATH_BYTES) return CLI_DONE;
    cli_complain("the path of the store is too long");
    return CLI_FAILED;
}

static int open_at(const char *address, mz_store **ret_store) {
    mz_error error;
    return mz_store_open(address, ret_store, &error) ? cli_fail(&error) : CLI_DONE;
}

int cli_database_open(const cli_context *cli, mz_store **ret_store) {
    char path[PATH_BYTES];
    const char *address = cli_text(cli, CLI_DATABASE);
    mz_list_store *lists;
    if (address) return open_at(address, ret_store);
    int ending = cli_store_open(cli, true, &lists);
    if (ending) return ending;
    ending = usual_path(lists, path);
    mz_list_store_close(lists);
    return ending ? ending : open_at(path, ret_store);
}

int cli_database_at_hand(cli_context *cli, mz_store **ret_store) {
    char path[PATH_BYTES];
    mz_list_store *lists;
    mz_error error;
    *ret_store = NULL;
    cli_database_settle(cli);
    const char *address = cli_text(cli, CLI_DATABASE);
    if (address && !is_address(address) && access(address, F_OK) != 0) {
        cli_complain("there is no database %s", address);
        return CLI_FAILED;
    }
    if (address) return open_at(address, ret_store);
    if (mz_list_store_open(cli_text(cli, CLI_STORE), false, &lists, &error)) return CLI_DONE;
    int ending = usual_path(lists, path);
    mz_list_store_close(lists);
    return ending || access(path, F_OK) != 0 ? ending : open_at(path, ret_store);
}

mz_status cli_database_begin(const cli_context *cli, mz_access *access, mz_error *error) {
    mz_arena arena;
    mz_agency agency;
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    char password[MZ_ONE_TIME_PASSWORD_SIZE];
    bool fresh;
    draft.name = MZ_STR("main");
    draft.title = MZ_STR("Main");
    draft.administrator = MZ_STR("admin");
    mz_status status = mz_access_is_new(access, &fresh, error);
    if (status || !fresh) return status;
    mz_arena_init(&arena, PEOPLE_BYTES);
    status = mz_agency_begin(access, &draft, MZ_STR("command line"), &arena, &agency, password, error);
    if (!status) {
        mz_buffer text;
        mz_buffer_init(&text, 4096);
        CLI_SAY(&text, cli->language, CLI_SAY_FIRST_START, "main", "admin", password);
        cli_complain("%s", text.data ? text.data : password);
        mz_buffer_done(&text);
    }
    mz_arena_done(&arena);
    return status == MZ_ERR_REFUSED ? MZ_OK : status; /* another process was faster, and shows it */
}
