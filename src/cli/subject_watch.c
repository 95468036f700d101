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

enum { COUNTS = 6, COUNT_BYTES = 24, PAGE = 1000 };

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

/* ---- who could not be wholly screened ---- */

typedef struct partly_page {
    asking *of;
    cli_table *table; /* NULL: as JSON */
    mz_json *json;
    char after[MZ_SQL_KEY_SIZE];
    mz_arena arena;
    size_t count;
} partly_page;

static void print_row(cli_table *table, mz_language language, const mz_partly *subject) {
    static const cli_message words[MZ_PARTLY_COUNT] = {
        [MZ_PARTLY_WORK] = CLI_SAY_PARTLY_WORK,
        [MZ_PARTLY_QUERY] = CLI_SAY_PARTLY_QUERY,
        [MZ_PARTLY_HITS] = CLI_SAY_PARTLY_HITS,
    };
    mz_buffer why;
    char hits[COUNT_BYTES];
    (void)snprintf(hits, sizeof hits, "%" PRId64, subject->hits);
    mz_buffer_init(&why, 4096);
    for (size_t k = 0; k < MZ_PARTLY_COUNT; k++) {
        if (!subject->why[k]) continue;
        if (why.size) mz_buffer_str(&why, MZ_STR(" · "));
        CLI_SAY(&why, language, words[k], hits);
    }
    cli_table_cell(table, subject->source);
    cli_table_cell(table, subject->reference);
    cli_table_cell(table, subject->caption);
    cli_table_cell(table, mz_buffer_view(&why));
    mz_buffer_done(&why);
}

static void write_row(mz_json *json, const mz_partly *subject) {
    mz_json_object(json);
    mz_json_pair(json, "source", subject->source);
    mz_json_pair(json, "reference", subject->reference);
    mz_json_pair(json, "caption", subject->caption);
    mz_json_key(json, "why");
    mz_json_array(json);
    for (size_t k = 0; k < MZ_PARTLY_COUNT; k++)
        if (subject->why[k]) mz_json_str(json, mz_str_of(mz_partly_word(k)));
    mz_json_array_end(json);
    if (subject->hits) mz_json_pair_int(json, "hits", subject->hits);
    mz_json_object_end(json);
}

static mz_status print_page(void *context, mz_sql *sql, mz_error *error) {
    partly_page *p = context;
    mz_partly *subjects;
    mz_arena_reset(&p->arena);
    mz_status status = mz_partly_list(sql, p->of->office.agency.key, mz_str_of(p->after), PAGE, &p->arena, &subjects,
                                      &p->count, error);
    for (size_t k = 0; k < p->count && !status; k++) {
        if (p->table)
            print_row(p->table, p->of->office.cli->language, &subjects[k]);
        else
            write_row(p->json, &subjects[k]);
    }
    if (!status && p->count)
        (void)snprintf(p->after, sizeof p->after, "%.*s", (int)subjects[p->count - 1].subject.size,
                       subjects[p->count - 1].subject.data);
    return status;
}

/* All of them, whenever they were screened last: who is in it is not wholly known, whatever this run was for. */
static mz_status print_partly(asking *a, cli_table *table, mz_json *json, mz_error *error) {
    partly_page p = {.of = a, .table = table, .json = json, .count = PAGE};
    mz_status status = MZ_OK;
    mz_arena_init(&p.arena, 64 << 20);
    while (!status && p.count == PAGE) status = mz_store_read(a->office.store, print_page, &p, error);
    mz_arena_done(&p.arena);
    return status;
}

static mz_status print_as_table(asking *a, mz_error *error) {
    static const cli_message names[] = {CLI_SAY_COLUMN_SOURCE, CLI_SAY_COLUMN_REFERENCE, CLI_SAY_COLUMN_NAME,
                                        CLI_SAY_COLUMN_NOT_WHOLLY};
    cli_context *cli = a->office.cli;
    cli_table table;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 0);
    mz_status status = print_partly(a, &table, NULL, error);
    if (!status && cli_table_rows(&table)) (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    return status;
}

/* The task, with them as a member of its own. */
static mz_status print_as_json(asking *a, mz_error *error) {
    mz_buffer *out = &a->office.cli->out.text;
    mz_json json;
    mz_json_init(&json, out);
    mz_task_write(&json, &a->task, &a->office.arena);
    if (out->failed || !out->size) return mz_fail_buffer(out, error, "what came of it");
    out->size--; /* its closing brace */
    json = (mz_json){.out = out, .depth = 1, .filled = {[1] = true}};
    mz_json_key(&json, "not_wholly_screened");
    mz_json_array(&json);
    mz_status status = print_partly(a, NULL, &json, error);
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
    return status;
}

static int tell(asking *a) {
    cli_context *cli = a->office.cli;
    mz_error error;
    if (mz_str_equal(a->task.phase, MZ_STR("done")))
        say_result(a);
    else if (mz_str_equal(a->task.phase, MZ_STR("failed")))
        cli_note(cli, "%.*s", (int)a->task.error.size, a->task.error.data);
    else
        cli_office_say(&a->office, CLI_SAY_WATCH_NOT_DONE, a->task.key);
    if (cli->format == CLI_PRINT_JSON ? print_as_json(a, &error) : print_as_table(a, &error)) return cli_fail(&error);
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
        "done, too.\n\n"
        "Subjects that could not be wholly screened are listed: those whose screening would take more work than is "
        "allowed, of whom something cannot be compared, or who have more hits than are raised of one subject.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .run = run,
};
