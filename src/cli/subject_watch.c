/* mizan subjects watch: continuous screening at the machine, for who has no service running, or does not want to wait.
 */
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/said.h"
#include "server/work.h"
#include "subjects/watch.h"

#include <inttypes.h>
#include <stdio.h>

enum { COUNTS = 6, COUNT_BYTES = 24 };

typedef struct asking {
    cli_office office;
    char key[MZ_SQL_KEY_SIZE];
    mz_task task;
} asking;

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    bool everybody = cli_given(a->office.cli, CLI_EVERYBODY);
    return mz_watch_ask(sql, a->office.agency.key, everybody, (mz_str){"", 0}, a->key, error);
}

static mz_status get(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    return mz_task_get(sql, a->office.agency.key, mz_str_of(a->key), &a->office.arena, &a->task, error);
}

static int in_the_office(cli_context *cli, asking *a, mz_store_work *work, bool change, int (*then)(asking *a)) {
    mz_error error;
    int ending = cli_office_open(cli, &a->office);
    if (ending) return ending;
    mz_status status =
        change ? mz_store_change(a->office.store, work, a, &error) : mz_store_read(a->office.store, work, a, &error);
    ending = status ? cli_fail(&error) : then ? then(a) : CLI_DONE;
    cli_office_close(&a->office);
    return ending;
}

/* ---- what came of it ---- */

static void say_result(asking *a) {
    static const char *const counts[COUNTS] = {"screened", "pairs", "raised", "refreshed", "known", "quiet"};
    const mz_json_value *state = NULL;
    char texts[COUNTS][COUNT_BYTES];
    mz_buffer said;
    if (a->task.state.size) (void)mz_json_parse(a->task.state, 0, &a->office.arena, &state, NULL);
    for (size_t k = 0; k < COUNTS; k++) {
        int64_t count = 0;
        (void)mz_json_read_int(mz_json_member(state, "result"), counts[k], 0, INT64_MAX, &count, NULL);
        (void)snprintf(texts[k], COUNT_BYTES, "%" PRId64, count);
    }
    mz_buffer_init(&said, 4096);
    CLI_SAY(&said, a->office.cli->language, CLI_SAY_WATCHED, texts[0], texts[1], texts[2], texts[3], texts[4],
            texts[5]);
    if (!said.failed) cli_note(a->office.cli, "%s", said.data);
    mz_buffer_done(&said);
}

static int tell(asking *a) {
    cli_context *cli = a->office.cli;
    mz_json json;
    if (mz_str_equal(a->task.phase, MZ_STR("done")))
        say_result(a);
    else if (mz_str_equal(a->task.phase, MZ_STR("failed")))
        cli_note(cli, "%.*s", (int)a->task.error.size, a->task.error.data);
    else
        cli_office_say(&a->office, CLI_SAY_WATCH_NOT_DONE, a->task.key);
    if (cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, &cli->out.text);
        mz_task_write(&json, &a->task, &a->office.arena);
        mz_buffer_char(&cli->out.text, '\n');
    }
    return mz_str_equal(a->task.phase, MZ_STR("failed")) ? CLI_FAILED : CLI_DONE;
}

static int run(cli_context *cli) {
    asking a = {.key = ""};
    int ending = in_the_office(cli, &a, add, true, NULL);
    if (!ending) ending = cli_tasks_run.run(cli);
    return ending ? ending : in_the_office(cli, &a, get, false, tell);
}

static const cli_example examples[] = {
    {"mizan subjects watch", "whom changes of the lists touch, and who is new in the register"},
    {"mizan subjects watch --everybody", "the whole register, against all lists"},
};
static const cli_option_id options[] = {CLI_EVERYBODY, CLI_INDEX,  CLI_DATABASE, CLI_AGENCY,    CLI_THRESHOLD,
                                        CLI_LIMIT,     CLI_POLICY, CLI_WEIGHT,   CLI_ALGORITHM, CLI_NO_OPTION};
const cli_command cli_subjects_watch = {
    .name = "subjects watch",
    .operands = "",
    .summary = "screen the subjects again: whom changes touch, or everybody",
    .description =
        "Screens those subjects that entities touch which are new or changed in the lists since the register was "
        "screened last, and subjects that are new or changed themselves. What hits is raised as alerts; a pair that "
        "has alerted before, and has not changed, is not raised again. mizan serve does it by itself, within "
        "seconds.\n\n"
        "It is a task: broken off, it goes on where it was when the command is given again. Other work that waits is "
        "done, too.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .run = run,
};
