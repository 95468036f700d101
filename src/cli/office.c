#include "cli/office.h"

#include "cli/database.h"

enum { OFFICE_BYTES = 64 << 20 };

static mz_status open_agency(cli_office *office, mz_error *error) {
    mz_access_settings settings = MZ_ACCESS_SETTINGS_INIT;
    const char *name = cli_text(office->cli, CLI_AGENCY);
    mz_status status = mz_access_open(office->store, &settings, &office->access, error);
    if (!status) status = cli_database_begin(office->cli, office->access, error);
    if (!status)
        status = mz_agency_find(office->access, mz_str_of(name ? name : ""), &office->arena, &office->agency, error);
    return status;
}

int cli_office_open(cli_context *cli, cli_office *office) {
    mz_error error;
    *office = (cli_office){.cli = cli};
    cli_database_settle(cli);
    int ending = cli_database_open(cli, &office->store);
    if (ending) return ending;
    mz_arena_init(&office->arena, OFFICE_BYTES);
    if (open_agency(office, &error)) {
        cli_office_close(office);
        return cli_fail(&error);
    }
    office->who = mz_access_command(&office->agency);
    office->actor = (mz_actor){.who = &office->who, .client = MZ_STR("command line")};
    return CLI_DONE;
}

void cli_office_close(cli_office *office) {
    mz_access_close(office->access);
    mz_store_close(office->store);
    mz_arena_done(&office->arena);
}

void cli_office_say(const cli_office *office, cli_message message, mz_str name) {
    mz_buffer text;
    mz_buffer_init(&text, 4096);
    CLI_SAY(&text, office->cli->language, message, name.data);
    if (!text.failed) cli_note(office->cli, "%s", text.data);
    mz_buffer_done(&text);
}
