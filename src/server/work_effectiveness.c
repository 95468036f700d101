/* Tasks "effectiveness": the supervisor's test against the index that is current, with half of the processors, so that
 * others are answered meanwhile. Its argument is {"classes":[…],"sample":N,"seed":N,"threshold":X}. */
#include "base/clock.h"
#include "base/error.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "match/policy.h"
#include "reports/effectiveness.h"
#include "server/version.h"
#include "server/work_kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TASK_BYTES = 1 << 20, LISTS_BYTES = 1 << 20, CLASSES_MOST = 256, SAMPLE_USUAL = 200 };

typedef struct test_work {
    mz_service *service;
    mz_task_run *run;
    mz_work_pace pace;
    mz_arena arena;
    size_t classes[CLASSES_MOST];
    mz_effectiveness_options options;
    mz_kept_effectiveness kept;
    mz_str text;
} test_work;

mz_status mz_effectiveness_wish(const mz_json_value *wish, size_t *classes, size_t most,
                                mz_effectiveness_options *options, mz_error *error) {
    const mz_json_value *class = NULL;
    int64_t sample = SAMPLE_USUAL, seed = (int64_t)options->seed;
    double threshold = 0;
    mz_status status = mz_json_read_int(wish, "sample", 1, MZ_EFFECTIVENESS_SAMPLE_MOST, &sample, error);
    if (!status) status = mz_json_read_int(wish, "seed", 0, (int64_t)1 << 52, &seed, error);
    if (!status) status = mz_json_read_strings(wish, "classes", &class, error);
    const mz_json_value *given = mz_json_member(wish, "threshold");
    if (!status && given && given->kind != MZ_JSON_NULL)
        status = mz_policy_read_threshold(given, false, &threshold, error);
    options->class_count = 0;
    for (; class && !status; class = class->next) {
        if (options->class_count == most)
            status = mz_fail_at(error, MZ_ERR_LIMIT, class->line, class->column, "more than %zu classes", most);
        else if (!mz_change_class_find(class->text, &classes[options->class_count++]))
            status = mz_fail_at(error, MZ_ERR_INPUT, class->line, class->column,
                                "there is no class of changes of this name; docs/effectiveness.md names them");
    }
    options->classes = classes;
    options->sample = (size_t)sample;
    options->seed = (uint64_t)seed;
    options->threshold = threshold;
    return status;
}

static int show(void *context, uint64_t done, uint64_t total) {
    test_work *work = context;
    return mz_work_told(&work->pace, done, total, "names");
}

static mz_status read_argument(test_work *work, mz_error *error) {
    const mz_json_value *wish = NULL;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    mz_effectiveness_options *options = &work->options;
    *options = (mz_effectiveness_options)MZ_EFFECTIVENESS_OPTIONS_INIT;
    mz_status status = mz_json_parse(mz_task_of(work->run)->argument, 0, &work->arena, &wish, error);
    if (!status) status = mz_effectiveness_wish(wish, work->classes, CLASSES_MOST, options, error);
    options->threads = processors > 3 ? (unsigned)processors / 2 : 1;
    options->build = "mizan " MZ_SERVER_VERSION;
    options->policy = mz_engines_policy(work->service->engines);
    options->progress = show;
    options->context = work;
    return status;
}

static mz_str write_lists(test_work *work, const mz_index *index) {
    mz_buffer text;
    mz_json json;
    mz_index_facts facts;
    mz_index_info(index, &facts);
    mz_buffer_init(&text, LISTS_BYTES);
    mz_json_init(&json, &text);
    mz_json_array(&json);
    for (size_t k = 0; k < facts.list_count; k++) {
        mz_json_object(&json);
        mz_json_pair(&json, "list", facts.lists[k].list);
        mz_json_pair(&json, "version", facts.lists[k].version);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_str written = mz_arena_copy(&work->arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return written;
}

static void take_figures(test_work *work, const mz_index *index, const mz_effectiveness *run) {
    mz_effectiveness_summary summary;
    mz_effectiveness_summarise(run, &summary);
    work->kept = (mz_kept_effectiveness){
        .lists = write_lists(work, index),
        .made = mz_clock_now(),
        .threshold = summary.threshold,
        .names = (int64_t)summary.names,
        .customers = (int64_t)summary.customers,
        .found = summary.found.share,
        .detection = summary.mean_over_classes,
        .alerts = summary.alerts_by_name.of ? summary.alerts_by_name.share : -1,
    };
}

static mz_status keep(void *context, mz_sql *sql, mz_error *error) {
    test_work *work = context;
    const mz_task *task = mz_task_of(work->run);
    char key[MZ_SQL_KEY_SIZE], state[128];
    mz_status status = mz_effectiveness_keep(sql, task->agency, &work->kept, work->text, key, error);
    (void)snprintf(state, sizeof state, "{\"result\":{\"report\":\"%s\"}}", key);
    uint64_t asked = work->pace.last;
    if (!status) status = mz_task_note(work->run, sql, asked, asked, "names", mz_str_of(state), error);
    return status;
}

static mz_status test(test_work *work, mz_error *error) {
    mz_effectiveness *run = NULL;
    char *text = NULL;
    size_t size;
    mz_live_lease *lease = mz_live_take(work->service->live);
    const mz_index *index = mz_live_index(lease);
    mz_status status = mz_effectiveness_run(index, &work->options, &run, error);
    if (!status) status = mz_effectiveness_json(run, &text, &size, error);
    if (!status) {
        take_figures(work, index, run);
        work->text = (mz_str){text, size};
        status = mz_store_change(work->service->store, keep, work, error);
        free(text);
    }
    mz_effectiveness_free(run);
    mz_live_give_back(work->service->live, lease);
    return status;
}

mz_status mz_run_effectiveness(mz_service *service, mz_task_run *run, mz_error *error) {
    test_work work = {.service = service, .run = run, .pace = {.run = run}};
    mz_arena_init(&work.arena, TASK_BYTES);
    mz_status status = read_argument(&work, error);
    if (!status) status = test(&work, error);
    mz_arena_done(&work.arena);
    return status;
}
