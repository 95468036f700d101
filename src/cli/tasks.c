/* mizan tasks: the long work of the service, for whoever may read and write its database anyway. */
#include "tasks/tasks.h"

#include "base/clock.h"
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/said.h"
#include "cli/serve.h"
#include "server/work.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { PAGE = 100, LOOK_MS = 100 };

/* ---- list and show ---- */

static cli_message phase_message(mz_str phase) {
    static const cli_message messages[MZ_TASK_PHASE_COUNT] = {[MZ_TASK_WAITING] = CLI_SAY_TASK_WAITING,
                                                              [MZ_TASK_RUNNING] = CLI_SAY_TASK_RUNNING,
                                                              [MZ_TASK_DONE] = CLI_SAY_TASK_DONE,
                                                              [MZ_TASK_FAILED] = CLI_SAY_TASK_FAILED,
                                                              [MZ_TASK_CANCELLED] = CLI_SAY_TASK_CANCELLED};
    for (int k = 0; k < MZ_TASK_PHASE_COUNT; k++)
        if (mz_str_equal(phase, mz_str_of(mz_task_phase_word((mz_task_phase)k)))) return messages[k];
    return CLI_SAY_TASK_WAITING;
}

static mz_str progress_of(const mz_task *task, mz_arena *arena) {
    if (!task->done && !task->total) return MZ_STR("");
    if (!task->total) return mz_arena_print(arena, "%" PRIu64 " %s", task->done, task->unit.data);
    return mz_arena_print(arena, "%" PRIu64 "/%" PRIu64 " %s", task->done, task->total, task->unit.data);
}

static void print_csv(cli_office *office, const mz_task *task) {
    mz_buffer *out = &office->cli->out.text;
    char created[MZ_TIME_TEXT_SIZE], ended[MZ_TIME_TEXT_SIZE] = "";
    mz_time_text(task->created, created);
    if (task->ended) mz_time_text(task->ended, ended);
    const mz_str fields[] = {task->key,
                             task->kind,
                             task->object,
                             task->phase,
                             mz_arena_print(&office->arena, "%" PRIu64, task->done),
                             mz_arena_print(&office->arena, "%" PRIu64, task->total),
                             task->unit,
                             mz_str_of(created),
                             mz_str_of(ended),
                             task->error};
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) cli_csv(out, fields[k], k == 0);
    cli_csv_end(out);
}

static void print_json(cli_office *office, const mz_task *task) {
    mz_json json;
    mz_json_init(&json, &office->cli->out.text);
    mz_task_write(&json, task, &office->arena);
    mz_buffer_char(&office->cli->out.text, '\n');
}

static void print_task(cli_office *office, cli_table *table, const mz_task *task) {
    char created[MZ_TIME_TEXT_SIZE];
    if (office->cli->format == CLI_PRINT_CSV) {
        print_csv(office, task);
    } else if (office->cli->format == CLI_PRINT_JSON) {
        print_json(office, task);
    } else {
        mz_time_text(task->created, created);
        cli_table_cell(table, task->key);
        cli_table_cell(table, task->kind);
        cli_table_cell(table, task->object);
        cli_table_word(table, office->cli->language, phase_message(task->phase));
        cli_table_cell(table, progress_of(task, &office->arena));
        cli_table_cell(table, mz_str_of(created));
    }
}

typedef struct task_work {
    cli_office *office;
    mz_str key;
    mz_task one, *tasks;
    size_t count;
} task_work;

static mz_status read_tasks(void *context, mz_sql *sql, mz_error *error) {
    task_work *work = context;
    return mz_tasks_list(sql, work->office->agency.key, MZ_STR(""), MZ_STR(""), PAGE, &work->office->arena,
                         &work->tasks, &work->count, error);
}

static int print_tasks(cli_office *office, const mz_task *tasks, size_t count) {
    static const cli_message names[] = {CLI_SAY_COLUMN_TASK,  CLI_SAY_COLUMN_KIND, CLI_SAY_COLUMN_OBJECT,
                                        CLI_SAY_COLUMN_PHASE, CLI_SAY_COLUMN_DONE, CLI_SAY_COLUMN_CREATED};
    cli_context *cli = office->cli;
    cli_table table;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 0);
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "task,kind,object,phase,done,total,unit,created,ended,error\n");
    for (size_t k = 0; k < count; k++) print_task(office, &table, &tasks[k]);
    if (cli->format == CLI_PRINT_TABLE && cli_table_rows(&table)) (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    return CLI_DONE;
}

static int run_list(cli_context *cli) {
    cli_office office;
    mz_error error;
    task_work work = {.office = &office};
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    ending = mz_store_read(office.store, read_tasks, &work, &error) ? cli_fail(&error)
                                                                    : print_tasks(&office, work.tasks, work.count);
    cli_office_close(&office);
    return ending;
}

static mz_status read_task(void *context, mz_sql *sql, mz_error *error) {
    task_work *work = context;
    return mz_task_get(sql, work->office->agency.key, work->key, &work->office->arena, &work->one, error);
}

static int run_show(cli_context *cli) {
    cli_office office;
    mz_error error;
    task_work work = {.office = &office, .key = mz_str_of(cli->operands[0])};
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    if (mz_store_read(office.store, read_task, &work, &error))
        ending = cli_fail(&error);
    else
        ending = print_tasks(&office, &work.one, 1);
    if (!ending && cli->format == CLI_PRINT_TABLE) {
        mz_buffer_char(&cli->out.text, '\n');
        if (work.one.error.size) {
            cli_put_safe(&cli->out.text, work.one.error);
            mz_buffer_char(&cli->out.text, '\n');
        }
        print_json(&office, &work.one);
    }
    cli_office_close(&office);
    return ending;
}

/* ---- cancel ---- */

static mz_status cancel_task(void *context, mz_sql *sql, mz_error *error) {
    const task_work *work = context;
    return mz_task_cancel(sql, work->office->agency.key, work->key, error);
}

static int run_cancel(cli_context *cli) {
    cli_office office;
    mz_error error;
    task_work work = {.office = &office, .key = mz_str_of(cli->operands[0])};
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    if (mz_store_change(office.store, cancel_task, &work, &error))
        ending = cli_fail(&error);
    else
        cli_office_say(&office, CLI_SAY_TASK_STOPS, work.key);
    cli_office_close(&office);
    return ending;
}

/* ---- run ---- */

typedef struct sentinel {
    mz_work *work;
    atomic_bool over, interrupted;
} sentinel;

/* Waits for Ctrl-C beside the thread that works, which gets no signals. */
static void *wait_for_signal(void *context) {
    sentinel *watch = context;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    while (!atomic_load(&watch->over)) {
        if (sigtimedwait(&signals, NULL, &(struct timespec){.tv_nsec = LOOK_MS * 1000000L}) < 0) continue;
        atomic_store(&watch->interrupted, true);
        mz_work_stop(watch->work);
    }
    return NULL;
}

static int do_all(cli_serving *work, sentinel *watch) {
    mz_error error;
    char count[24];
    unsigned done = 0;
    bool worked = true;
    mz_status status = mz_work_due(work->service.work, &error);
    while (!status && worked && !atomic_load(&watch->interrupted)) {
        status = mz_work_step(work->service.work, &worked, &error);
        done += !status && worked;
    }
    if (status) return cli_fail(&error);
    (void)snprintf(count, sizeof count, "%u", done);
    cli_serve_say(work, CLI_SAY_TASKS_DONE, count);
    return atomic_load(&watch->interrupted) ? CLI_INTERRUPTED : CLI_DONE;
}

static int watched(cli_serving *work) {
    sigset_t signals;
    pthread_t thread;
    sentinel watch = {.work = work->service.work};
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    bool watching = pthread_create(&thread, NULL, wait_for_signal, &watch) == 0;
    int ending = do_all(work, &watch);
    atomic_store(&watch.over, true);
    if (watching) (void)pthread_join(thread, NULL);
    return ending;
}

static int run_run(cli_context *cli) {
    cli_serving work = {.cli = cli};
    int ending = cli_serve_settle_inside(&work);
    if (!ending && !work.service.work)
        ending = cli_usage(cli, "tasks are in the database: with --index, name it by --database");
    if (!ending) ending = watched(&work);
    cli_serve_done(&work);
    return ending;
}

/* ---- descriptions ---- */

static const cli_option_id office_options[] = {CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_example list_examples[] = {{"mizan tasks list", "what is waiting, running and done"}};
const cli_command cli_tasks_list = {
    .name = "tasks list",
    .operands = "",
    .summary = "say which long work there is, and how far it is",
    .description = "Imports, updates of lists and other work that the service does beside answering; the newest "
                   "hundred of one agency: of the one that operates the service, or of --agency.",
    .examples = list_examples,
    .example_count = 1,
    .options = office_options,
    .run = run_list,
};

static const cli_example show_examples[] = {{"mizan tasks show 01KARX3B7Q2M8V5T9W0E4YHZDN", "one, with its result"}};
const cli_command cli_tasks_show = {
    .name = "tasks show",
    .operands = "TASK",
    .summary = "show a task with its result or why it failed",
    .description = "TASK is the key that mizan tasks list shows.",
    .examples = show_examples,
    .example_count = 1,
    .options = office_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_show,
};

static const cli_example cancel_examples[] = {
    {"mizan tasks cancel 01KARX3B7Q2M8V5T9W0E4YHZDN", "what it has done so far stays"}};
const cli_command cli_tasks_cancel = {
    .name = "tasks cancel",
    .operands = "TASK",
    .summary = "stop a task that waits or runs",
    .description = "One that waits is cancelled at once, one that runs within a second or two.",
    .examples = cancel_examples,
    .example_count = 1,
    .options = office_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_cancel,
};

static const cli_example run_examples[] = {
    {"mizan tasks run", "does what waits, and ends: for machines without the service, or from a timer"}};
static const cli_option_id run_options[] = {CLI_INDEX,  CLI_DATABASE, CLI_THRESHOLD, CLI_LIMIT,    CLI_ALGORITHM,
                                            CLI_POLICY, CLI_WEIGHT,   CLI_MIRROR,    CLI_NO_OPTION};
const cli_command cli_tasks_run = {
    .name = "tasks run",
    .operands = "",
    .summary = "do the long work that waits",
    .description =
        "Does what mizan serve does in a thread of its own, for all agencies, until nothing waits. Several may "
        "run at the same time, also beside the service: each task is done once. What a program that was "
        "killed left behind is taken up again after a minute.",
    .examples = run_examples,
    .example_count = 1,
    .options = run_options,
    .run = run_run,
};
