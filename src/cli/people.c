/* mizan people: who may sign in, for whoever may read and write the database anyway. A running service notices within
 * five seconds. */
#include "access/people.h"
#include "access/agencies.h"
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/said.h"
#include "cli/versions.h"

enum { PAGE = 200 };

/* --- list --- */

static cli_message state_message(mz_person_state state) {
    static const cli_message messages[MZ_PERSON_STATE_COUNT] = {[MZ_PERSON_INVITED] = CLI_SAY_STATE_INVITED,
                                                                [MZ_PERSON_ACTIVE] = CLI_SAY_STATE_ACTIVE,
                                                                [MZ_PERSON_LOCKED] = CLI_SAY_STATE_LOCKED,
                                                                [MZ_PERSON_LEFT] = CLI_SAY_STATE_LEFT};
    return messages[state];
}

static void print_person(cli_office *office, cli_table *table, const mz_person *person) {
    cli_context *cli = office->cli;
    mz_buffer *out = &cli->out.text;
    char day[CLI_DAY_TEXT_SIZE];
    mz_str roles = mz_roles_text(person->roles, &office->arena);
    mz_str state = mz_str_of(mz_person_state_word(person->state));
    cli_day_text(person->signed_in, day);
    if (cli->format == CLI_PRINT_TABLE) {
        cli_table_cell(table, person->name);
        cli_table_cell(table, person->title);
        cli_table_cell(table, roles);
        cli_table_word(table, cli->language, state_message(person->state));
        cli_table_cell(table, mz_str_of(day));
    } else if (cli->format == CLI_PRINT_CSV) {
        const mz_str fields[] = {person->name, person->title, person->email, roles, state, mz_str_of(day)};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) cli_csv(out, fields[k], k == 0);
        cli_csv_end(out);
    } else {
        mz_json json;
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "name", person->name);
        mz_json_pair(&json, "display_name", person->title);
        mz_json_pair(&json, "email", person->email);
        mz_json_pair(&json, "roles", roles);
        mz_json_pair(&json, "state", state);
        mz_json_pair(&json, "last_sign_in", mz_str_of(day));
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
    }
}

static mz_status print_people(cli_office *office, cli_table *table, mz_error *error) {
    mz_str after = MZ_STR("");
    for (size_t count = PAGE; count == PAGE;) {
        mz_person *people;
        mz_status status =
            mz_people_list(office->access, &office->who, after, PAGE, &office->arena, &people, &count, error);
        if (status) return status;
        for (size_t k = 0; k < count; k++) print_person(office, table, &people[k]);
        if (count) after = people[count - 1].key;
    }
    return MZ_OK;
}

static int run_list(cli_context *cli) {
    static const cli_message names[] = {CLI_SAY_COLUMN_NAME, CLI_SAY_COLUMN_SHOWN_AS, CLI_SAY_COLUMN_ROLES,
                                        CLI_SAY_COLUMN_STATE, CLI_SAY_COLUMN_SIGNED_IN};
    cli_office office;
    cli_table table;
    mz_error error;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 0);
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "name,display_name,email,roles,state,last_sign_in\n");
    mz_status status = print_people(&office, &table, &error);
    if (status) ending = cli_fail(&error);
    if (!status && cli->format == CLI_PRINT_TABLE && cli_table_rows(&table))
        (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    cli_office_close(&office);
    return ending;
}

/* --- add and reset-password --- */

static void print_password(cli_context *cli, mz_str name, const char *password) {
    mz_buffer *out = &cli->out.text;
    mz_json json;
    if (cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "name", name);
        mz_json_pair(&json, "one_time_password", mz_str_of(password));
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
    } else if (cli->format == CLI_PRINT_CSV) {
        cli_csv(out, name, true);
        cli_csv(out, mz_str_of(password), false);
        cli_csv_end(out);
    } else {
        CLI_SAY(out, cli->language, CLI_SAY_ONE_TIME_PASSWORD, name.data, password);
        mz_buffer_char(out, '\n');
    }
}

static int read_roles(const cli_context *cli, uint32_t *ret_roles) {
    const cli_value *given = &cli->values[CLI_ROLE];
    uint32_t roles = 0;
    for (size_t k = 0; k < given->count; k++) roles |= 1u << mz_access_role_of(mz_str_of(given->texts[k]));
    *ret_roles = roles ? roles : 1u << MZ_ACCESS_VIEWER;
    return CLI_DONE;
}

static int run_add(cli_context *cli) {
    cli_office office;
    mz_person person;
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_error error;
    char password[MZ_ONE_TIME_PASSWORD_SIZE];
    int ending = read_roles(cli, &draft.roles);
    if (!ending) ending = cli_office_open(cli, &office);
    if (ending) return ending;
    draft.name = mz_str_of(cli->operands[0]);
    if (cli_given(cli, CLI_DISPLAY_NAME)) draft.title = mz_str_of(cli_text(cli, CLI_DISPLAY_NAME));
    mz_status status = mz_person_add(office.access, &office.actor, &draft, &office.arena, &person, password, &error);
    if (status)
        ending = cli_fail(&error);
    else
        print_password(cli, mz_arena_copy(&office.arena, person.name), password);
    cli_office_close(&office);
    return ending;
}

static mz_status find(cli_office *office, mz_person *ret_person, mz_error *error) {
    return mz_person_find(office->access, &office->who, mz_str_of(office->cli->operands[0]), &office->arena, ret_person,
                          error);
}

static int run_reset(cli_context *cli) {
    cli_office office;
    mz_person person;
    mz_error error;
    char password[MZ_ONE_TIME_PASSWORD_SIZE];
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    mz_status status = find(&office, &person, &error);
    if (!status)
        status = mz_person_reset_password(office.access, &office.actor, person.key, &office.arena, password, &error);
    if (status)
        ending = cli_fail(&error);
    else
        print_password(cli, mz_arena_copy(&office.arena, person.name), password);
    cli_office_close(&office);
    return ending;
}

/* --- lock and unlock --- */

static int set_state(cli_context *cli, mz_person_state state, cli_message message) {
    cli_office office;
    mz_person person;
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_error error;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    draft.state = state;
    mz_status status = find(&office, &person, &error);
    if (!status)
        status = mz_person_change(office.access, &office.actor, person.key, &draft, &office.arena, &person, &error);
    if (status)
        ending = cli_fail(&error);
    else
        cli_office_say(&office, message, person.name);
    cli_office_close(&office);
    return ending;
}

static int run_lock(cli_context *cli) {
    return set_state(cli, MZ_PERSON_LOCKED, CLI_SAY_PERSON_LOCKED);
}

static int run_unlock(cli_context *cli) {
    return set_state(cli, MZ_PERSON_ACTIVE, CLI_SAY_PERSON_UNLOCKED);
}

/* --- descriptions --- */

static const cli_option_id office_options[] = {CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id add_options[] = {CLI_ROLE, CLI_DISPLAY_NAME, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_example list_examples[] = {{"mizan people list", "who may sign in, as what, and when they last did"}};
const cli_command cli_people_list = {
    .name = "people list",
    .operands = "",
    .summary = "say who may sign in to the service",
    .description = "Those of one agency: of the one that operates the service, or of --agency.",
    .examples = list_examples,
    .example_count = 1,
    .options = office_options,
    .run = run_list,
};

static const cli_example add_examples[] = {
    {"mizan people add amal --role analyst", "prints the password for the first time"},
    {"mizan people add amal@example.com --role auditor --display-name 'Amal' --agency branch", "in another agency"},
};
const cli_command cli_people_add = {
    .name = "people add",
    .operands = "NAME",
    .summary = "let somebody sign in to the service",
    .description =
        "NAME is a word or an e-mail address. The password that is printed serves until it is changed, for seven "
        "days at most, and until then for nothing but changing it. Without --role the person is a viewer.",
    .examples = add_examples,
    .example_count = sizeof add_examples / sizeof add_examples[0],
    .options = add_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_add,
};

static const cli_example reset_examples[] = {{"mizan people reset admin", "for an administrator who forgot it, too"}};
const cli_command cli_people_reset = {
    .name = "people reset",
    .operands = "NAME",
    .summary = "give somebody a new password for the first time",
    .description =
        "The old one is worth nothing from then on, and all sessions of the person end. A second factor stays.",
    .examples = reset_examples,
    .example_count = 1,
    .options = office_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_reset,
};

static const cli_example lock_examples[] = {{"mizan people lock amal", "signs out, and keeps out"}};
const cli_command cli_people_lock = {
    .name = "people lock",
    .operands = "NAME",
    .summary = "keep somebody out of the service",
    .description =
        "A running service signs the person out within five seconds. Refused for the last one of an agency who "
        "may change people.",
    .examples = lock_examples,
    .example_count = 1,
    .options = office_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_lock,
};

static const cli_example unlock_examples[] = {{"mizan people unlock amal", "with the password as it was"}};
const cli_command cli_people_unlock = {
    .name = "people unlock",
    .operands = "NAME",
    .summary = "let somebody in again who was locked",
    .description = "",
    .examples = unlock_examples,
    .example_count = 1,
    .options = office_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_unlock,
};
