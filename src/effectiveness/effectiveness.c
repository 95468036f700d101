/* A run from its options to its files. */
#include "mizan/effectiveness.h"

#include "base/error.h"
#include "base/file.h"
#include "effectiveness/prose.h"

#include <stdio.h>
#include <stdlib.h>

enum { REPORT_BYTES = 512 << 20, READ_BYTES = 64 << 20, READ_ARENA_BYTES = 512 << 20 };

static const uint64_t most_seed = UINT64_C(1) << 52;

/* ---- running ---- */

static mz_status check(const mz_effectiveness_options *options, mz_error *error) {
    size_t kinds;
    (void)mz_change_kinds(&kinds);
    if (options->threshold != 0 && !(options->threshold >= 0.5 && options->threshold <= 1))
        return mz_fail(error, MZ_ERR_ARGUMENT, "the threshold must be from 0.5 to 1, not %g", options->threshold);
    if (!options->sample || options->sample > MZ_EFFECTIVENESS_SAMPLE_MOST)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the sample must be from 1 to %d names", MZ_EFFECTIVENESS_SAMPLE_MOST);
    if (!options->customer_sample || options->customer_sample > MZ_EFFECTIVENESS_SAMPLE_MOST)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the sample must be from 1 to %d customers",
                       MZ_EFFECTIVENESS_SAMPLE_MOST);
    if (options->seed > most_seed) return mz_fail(error, MZ_ERR_ARGUMENT, "the seed must be at most 2^52");
    for (size_t i = 0; i < options->class_count; i++)
        if (options->classes[i] >= kinds)
            return mz_fail(error, MZ_ERR_ARGUMENT, "there is no class of changes number %zu", options->classes[i]);
    return MZ_OK;
}

/* The classes asked for, each once and in the order of the table. */
static mz_status choose_classes(mz_effectiveness *run, const mz_effectiveness_options *options, mz_error *error) {
    size_t kinds, count = 0;
    (void)mz_change_kinds(&kinds);
    run->classes = MZ_ARENA_NEW(&run->arena, kinds, size_t);
    if (!run->classes) return mz_fail_arena(&run->arena, error, "the run");
    for (size_t k = 0; k < kinds; k++) {
        bool wanted = options->class_count == 0;
        for (size_t i = 0; i < options->class_count; i++) wanted = wanted || options->classes[i] == k;
        if (wanted) run->classes[count++] = k;
    }
    run->measured.classes = run->other_measured.classes = run->classes;
    run->measured.class_count = run->other_measured.class_count = count;
    run->measured.policy = options->policy;
    run->other_measured.policy = options->against;
    return MZ_OK;
}

static mz_status measure_and_count(mz_effectiveness *run, mz_error *error) {
    mz_status status = mz_measure(run->index, &run->sample, &run->options, &run->measured, error);
    if (!status) status = mz_report_count(run, &run->measured, &run->report, error);
    if (status) return status;
    run->order = MZ_ARENA_NEW(&run->arena, run->report.class_count + 1, size_t);
    if (!run->order) return mz_fail_arena(&run->arena, error, "the run");
    run->order_count = mz_report_order(&run->report, run->order);
    if (!run->options.two_policies) return MZ_OK;
    status = mz_measure(run->index, &run->sample, &run->options, &run->other_measured, error);
    if (!status) status = mz_report_count(run, &run->other_measured, &run->other, error);
    if (!status) {
        run->has_other = run->paired = true;
        mz_report_pair(run);
    }
    return status;
}

mz_status mz_effectiveness_run(const mz_index *index, const mz_effectiveness_options *options,
                               mz_effectiveness **ret_run, mz_error *error) {
    mz_status status = check(options, error);
    if (status) return status;
    mz_effectiveness *run = calloc(1, sizeof *run);
    if (!run) return mz_fail_memory(error);
    mz_arena_init(&run->arena, REPORT_BYTES);
    mz_sample_init(&run->sample);
    run->index = index;
    run->options = *options;
    status = choose_classes(run, options, error);
    if (!status) status = mz_sample_lists(&run->sample, index, options, error);
    if (!status && options->customers) status = mz_sample_customers(&run->sample, options, error);
    if (!status) status = measure_and_count(run, error);
    if (status)
        mz_effectiveness_free(run);
    else
        *ret_run = run;
    return status;
}

void mz_effectiveness_free(mz_effectiveness *run) {
    if (!run) return;
    mz_measured_done(&run->measured);
    mz_measured_done(&run->other_measured);
    mz_sample_done(&run->sample);
    mz_arena_done(&run->arena);
    free(run);
}

mz_status mz_effectiveness_compare(mz_effectiveness *run, const char *report_path, mz_error *error) {
    mz_buffer text;
    mz_buffer_init(&text, READ_BYTES);
    mz_status status = mz_file_read(report_path, &text, error);
    mz_str kept = {"", 0};
    if (!status) {
        kept = mz_arena_copy(&run->arena, mz_buffer_view(&text));
        if (run->arena.failed) status = mz_fail_arena(&run->arena, error, "the report to compare with");
    }
    mz_buffer_done(&text);
    if (!status) status = mz_report_read(kept, &run->arena, &run->other, error);
    if (status) {
        mz_error_name(error, report_path);
        return status;
    }
    run->has_other = true;
    run->paired = false;
    return MZ_OK;
}

/* ---- figures ---- */

static mz_share share_of(const mz_tally *tally) {
    return mz_share_of(tally->found, tally->asked);
}

void mz_effectiveness_summarise(const mz_effectiveness *run, mz_effectiveness_summary *ret_summary) {
    const mz_report *report = &run->report;
    *ret_summary = (mz_effectiveness_summary){
        .found = share_of(&report->all),
        .first = mz_share_of(report->all.first, report->all.asked),
        .mean_over_classes = mz_report_mean(report),
        .alerts_by_name = share_of(&report->customers_by[MZ_BY_NAME]),
        .alerts_with_facts = share_of(&report->customers_by[MZ_WITH_FACTS]),
        .hits_a_name = report->all.asked ? (double)report->all.hits / (double)report->all.asked : 0,
        .threshold = report->threshold,
        .names = report->names,
        .customers = report->customers,
        .seconds = run->measured.seconds + run->other_measured.seconds,
    };
}

bool mz_effectiveness_class_at(const mz_effectiveness *run, size_t number, mz_effectiveness_class *ret_class) {
    if (number >= run->order_count) return false;
    const mz_report_class *class = &run->report.classes[run->order[number]];
    *ret_class = (mz_effectiveness_class){class->class, share_of(&class->listed), share_of(&class->customers)};
    return true;
}

/* ---- files ---- */

mz_status mz_effectiveness_json(const mz_effectiveness *run, char **ret_json, size_t *ret_size, mz_error *error) {
    mz_buffer out;
    mz_buffer_init(&out, REPORT_BYTES);
    mz_report_write_json(run, &out);
    if (out.failed) {
        mz_status status = mz_fail_buffer(&out, error, "the report");
        mz_buffer_done(&out);
        return status;
    }
    *ret_json = out.data;
    *ret_size = out.size;
    return MZ_OK;
}

static mz_status open_in(mz_file_writer *writer, const char *folder, const char *name, mz_error *error) {
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (size < 0 || (size_t)size >= sizeof path)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the report is too long");
    return mz_file_writer_open(writer, path, error);
}

static mz_status append(void *context, mz_str bytes, mz_error *error) {
    return mz_file_writer_append(context, bytes.data, bytes.size, error);
}

/* The contents of each file, to its writer. */
static mz_status put_json(const mz_effectiveness *run, mz_language language, mz_file_writer *writer, mz_error *error) {
    mz_buffer out;
    (void)language;
    mz_buffer_init(&out, REPORT_BYTES);
    mz_report_write_json(run, &out);
    mz_buffer_char(&out, '\n');
    mz_status status =
        out.failed ? mz_fail_buffer(&out, error, "the report") : append(writer, mz_buffer_view(&out), error);
    mz_buffer_done(&out);
    return status;
}

static mz_status put_html(const mz_effectiveness *run, mz_language language, mz_file_writer *writer, mz_error *error) {
    mz_buffer out;
    mz_buffer_init(&out, REPORT_BYTES);
    mz_report_write_html(run, language, &out);
    mz_status status =
        out.failed ? mz_fail_buffer(&out, error, "the report") : append(writer, mz_buffer_view(&out), error);
    mz_buffer_done(&out);
    return status;
}

static mz_status put_csv(const mz_effectiveness *run, mz_language language, mz_file_writer *writer, mz_error *error) {
    (void)language;
    return mz_report_write_csv(run, append, writer, error);
}

mz_status mz_effectiveness_write(const mz_effectiveness *run, const char *folder, mz_language language,
                                 mz_error *error) {
    static const struct {
        const char *name;
        mz_status (*put)(const mz_effectiveness *, mz_language, mz_file_writer *, mz_error *);
    } files[] = {{"details.csv", put_csv}, {"report.json", put_json}, {"report.html", put_html}};
    enum { FILES = sizeof files / sizeof files[0] };
    mz_file_writer *writers = calloc(FILES, sizeof *writers);
    if (!writers) return mz_fail_memory(error);
    size_t open = 0, done = 0;
    mz_status status = mz_folder_make(folder, error);
    for (; open < FILES && !status; open += !status) status = open_in(&writers[open], folder, files[open].name, error);
    for (size_t i = 0; i < FILES && !status; i++) status = files[i].put(run, language, &writers[i], error);
    for (; done < FILES && !status; done++) status = mz_file_writer_commit(&writers[done], error);
    for (size_t i = done; i < open; i++) mz_file_writer_abandon(&writers[i]);
    free(writers);
    return status;
}
