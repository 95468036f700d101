/* From answers to figures. */
#include "effectiveness/report.h"

#include "base/clock.h"
#include "base/error.h"
#include "index/image.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- counting ---- */

/* What is counted at the moment. */
typedef struct counting {
    mz_effectiveness *run;
    const mz_measured *measured;
    mz_report *report;
} counting;

static void count(mz_tally *tally, const mz_answer *answer) {
    if (answer->state == MZ_NOT_ASKED) return;
    tally->asked++;
    tally->found += answer->found;
    tally->first += answer->found && answer->rank == 1;
    tally->hits += answer->hits;
    for (size_t step = 0; step < MZ_STEPS && answer->score >= mz_step_score(step); step++) tally->at[step]++;
}

static size_t rank_group(uint16_t rank) {
    return rank == 0 ? 4 : rank == 1 ? 0 : rank <= 5 ? 1 : rank <= 20 ? 2 : 3;
}

/* The number of a name among groups, which it is added to when it is new. */
static size_t group_of(mz_report_group *groups, size_t *group_count, mz_str name) {
    for (size_t i = 0; i < *group_count; i++)
        if (mz_str_equal(groups[i].name, name)) return i;
    groups[*group_count].name = name;
    return (*group_count)++;
}

typedef struct subject_groups {
    uint32_t list, script, schema;
} subject_groups;

static void count_listed(const counting *by, const subject_groups *groups) {
    mz_report *report = by->report;
    for (size_t s = 0; s < by->run->sample.listed_count; s++)
        for (size_t c = 0; c < report->class_count; c++) {
            const mz_answer *answer = &by->measured->listed[s * report->class_count + c];
            if (answer->state == MZ_NOT_ASKED) continue;
            count(&report->all, answer);
            count(&report->classes[c].listed, answer);
            count(&report->by_list[groups[s].list].tally, answer);
            count(&report->by_script[groups[s].script].tally, answer);
            count(&report->by_schema[groups[s].schema].tally, answer);
            report->ranks[rank_group(answer->found ? answer->rank : 0)]++;
        }
}

static void count_customers(const counting *by) {
    const mz_measured *measured = by->measured;
    mz_report *report = by->report;
    for (size_t s = 0; s < by->run->sample.customer_count; s++)
        for (size_t way = 0; way < MZ_CUSTOMER_WAYS; way++)
            count(&report->customers_by[way], &measured->customers[s * MZ_CUSTOMER_WAYS + way]);
    for (size_t s = 0; s < measured->changed_count; s++)
        for (size_t c = 0; c < report->class_count; c++)
            count(&report->classes[c].customers, &measured->changed[s * report->class_count + c]);
}

/* ---- cells ---- */

static size_t place_of(const mz_report *report, const subject_groups *groups) {
    return (groups->list * report->by_script_count + groups->script) * report->by_schema_count + groups->schema;
}

/* Every combination that occurs, of class, list, script and schema. Combinations without the class are few: they are
 * numbered as they come, and each has a row of classes. */
static bool count_cells(const counting *by, const subject_groups *groups) {
    mz_report *report = by->report;
    size_t classes = report->class_count, subjects = by->run->sample.listed_count, rows = 0;
    size_t most = report->by_list_count * report->by_script_count * report->by_schema_count;
    uint32_t *row_of = MZ_ARENA_NEW(&by->run->arena, most + 1, uint32_t);
    for (size_t s = 0; row_of && s < subjects; s++) {
        uint32_t *row = &row_of[place_of(report, &groups[s])];
        if (!*row) *row = (uint32_t)++rows;
    }
    report->cells = MZ_ARENA_NEW(&by->run->arena, rows * classes + 1, mz_report_cell);
    if (!row_of || !report->cells) return false;
    for (size_t s = 0; s < subjects; s++)
        for (size_t c = 0; c < classes; c++) {
            const mz_answer *answer = &by->measured->listed[s * classes + c];
            mz_report_cell *cell = &report->cells[(row_of[place_of(report, &groups[s])] - 1) * classes + c];
            cell->class = (uint32_t)c;
            cell->list = groups[s].list;
            cell->script = groups[s].script;
            cell->schema = groups[s].schema;
            cell->asked += answer->state != MZ_NOT_ASKED;
            cell->found += answer->found;
            cell->first += answer->found && answer->rank == 1;
        }
    for (size_t i = 0; i < rows * classes; i++)
        if (report->cells[i].asked) report->cells[report->cell_count++] = report->cells[i];
    return true;
}

/* ---- examples ---- */

static int by_number(const void *left, const void *right, void *context) {
    const size_t *a = left, *b = right;
    const mz_subject *subjects = context;
    if (subjects[*a].number != subjects[*b].number) return subjects[*a].number < subjects[*b].number ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

static void keep_missed(const counting *by, size_t subject_number, size_t class, mz_buffer *text) {
    mz_arena *arena = &by->run->arena;
    const mz_subject *subject = &by->run->sample.listed[subject_number];
    const mz_answer *answer = &by->measured->listed[subject_number * by->report->class_count + class];
    size_t kind_count;
    const mz_change_kind *kind = &mz_change_kinds(&kind_count)[by->measured->classes[class]];
    mz_change change;
    if (!mz_change_apply(kind, by->run->options.seed, &subject->who, &change, text)) return;
    by->report->missed[by->report->missed_count++] =
        (mz_report_missed){.class = (uint32_t) class,
                           .subject = subject,
                           .asked = mz_arena_copy(arena, mz_buffer_view(text)),
                           .birth_date = mz_arena_copy(arena, mz_str_of(change.birth_date)),
                           .nationality = change.nationality,
                           .score = answer->score};
}

/* Some of those that each class missed, in an order that has nothing to do with the list's. */
static bool find_missed(const counting *by) {
    const mz_sample *sample = &by->run->sample;
    mz_report *report = by->report;
    size_t *order = MZ_ARENA_NEW(&by->run->arena, sample->listed_count + 1, size_t);
    report->missed = MZ_ARENA_NEW(&by->run->arena, report->class_count * MZ_EXAMPLES_OF_CLASS + 1, mz_report_missed);
    if (!order || !report->missed) return false;
    mz_buffer text;
    mz_buffer_init(&text, (size_t)MZ_CHANGE_LETTERS * 4);
    for (size_t s = 0; s < sample->listed_count; s++) order[s] = s;
    qsort_r(order, sample->listed_count, sizeof *order, by_number, sample->listed);
    for (size_t c = 0; c < report->class_count; c++) {
        size_t kept = 0;
        for (size_t i = 0; i < sample->listed_count && kept < MZ_EXAMPLES_OF_CLASS; i++) {
            const mz_answer *answer = &by->measured->listed[order[i] * report->class_count + c];
            if (answer->state == MZ_NOT_ASKED || answer->found) continue;
            keep_missed(by, order[i], c, &text);
            kept++;
        }
    }
    bool good = !text.failed;
    mz_buffer_done(&text);
    return good;
}

static int highest_first(const void *left, const void *right) {
    const mz_report_alert *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return mz_str_order(a->customer->who.id, b->customer->who.id);
}

static bool find_alerts(const counting *by) {
    mz_report *report = by->report;
    report->alerts = MZ_ARENA_NEW(&by->run->arena, report->customers_by[MZ_BY_NAME].found + 1, mz_report_alert);
    if (!report->alerts) return false;
    for (size_t s = 0; s < by->run->sample.customer_count; s++) {
        const mz_answer *answers = &by->measured->customers[s * MZ_CUSTOMER_WAYS];
        if (!answers[MZ_BY_NAME].found) continue;
        mz_report_alert *alert = &report->alerts[report->alert_count++];
        alert->customer = &by->run->sample.customers[s];
        alert->score = answers[MZ_BY_NAME].score;
        alert->with_facts = answers[MZ_WITH_FACTS].found;
        mz_index_entity(by->run->index, answers[MZ_BY_NAME].best, &alert->entity);
    }
    qsort(report->alerts, report->alert_count, sizeof *report->alerts, highest_first);
    if (report->alert_count > MZ_EXAMPLES_OF_ALERTS) report->alert_count = MZ_EXAMPLES_OF_ALERTS;
    return true;
}

/* ---- the whole ---- */

static mz_str rules_text(mz_arena *arena) {
    static const char digits[] = "0123456789abcdef";
    char text[2 * MZ_RULES_BYTES];
    for (size_t i = 0; i < MZ_RULES_BYTES; i++) {
        text[2 * i] = digits[mz_rules_digest[i] >> 4];
        text[2 * i + 1] = digits[mz_rules_digest[i] & 15];
    }
    return mz_arena_copy(arena, (mz_str){text, sizeof text});
}

static const mz_report_list *lists_of(const mz_index *index, mz_arena *arena, size_t *ret_count) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    mz_report_list *lists = MZ_ARENA_NEW(arena, facts.list_count + 1, mz_report_list);
    for (size_t i = 0; lists && i < facts.list_count; i++)
        lists[i] = (mz_report_list){facts.lists[i].list, facts.lists[i].version, facts.lists[i].published,
                                    facts.lists[i].entities};
    *ret_count = lists ? facts.list_count : 0;
    return lists;
}

static mz_status describe_run(const counting *by, mz_error *error) {
    mz_effectiveness *run = by->run;
    const mz_policy *policy = by->measured->policy;
    char made[MZ_TIME_TEXT_SIZE], digest[MZ_POLICY_DIGEST_SIZE];
    mz_status status = mz_policy_digest(policy, digest, error);
    if (status) return status;
    mz_time_text(mz_clock_now(), made);
    *by->report = (mz_report){.build = mz_arena_copy(&run->arena, mz_str_of(run->options.build)),
                              .rules = rules_text(&run->arena),
                              .made = mz_arena_copy(&run->arena, mz_str_of(made)),
                              .policy = mz_arena_copy(&run->arena, mz_policy_name(policy)),
                              .algorithm = mz_str_of(mz_algorithm_name(mz_policy_algorithm(policy))),
                              .policy_digest = mz_arena_copy(&run->arena, mz_str_of(digest)),
                              .policy_thresholds = policy && !(run->options.threshold > 0),
                              .seed = run->options.seed,
                              .candidates = run->sample.candidates,
                              .names = run->sample.listed_count,
                              .customer_rows = run->sample.customer_rows,
                              .customer_rejected = run->sample.customer_rejected,
                              .customers = run->sample.customer_count,
                              .has_customers = run->options.customers != NULL,
                              .threshold = mz_measured_threshold(&run->options, policy),
                              .seconds = by->measured->seconds,
                              .class_count = by->measured->class_count};
    by->report->lists = lists_of(run->index, &run->arena, &by->report->list_count);
    return MZ_OK;
}

static bool make_groups(const counting *by, subject_groups **ret_groups) {
    mz_report *report = by->report;
    const mz_sample *sample = &by->run->sample;
    mz_arena *arena = &by->run->arena;
    subject_groups *groups = MZ_ARENA_NEW(arena, sample->listed_count + 1, subject_groups);
    report->by_list = MZ_ARENA_NEW(arena, report->list_count + 1, mz_report_group);
    report->by_script = MZ_ARENA_NEW(arena, MZ_SCRIPT_COUNT, mz_report_group);
    report->by_schema = MZ_ARENA_NEW(arena, MZ_SCHEMA_COUNT, mz_report_group);
    report->classes = MZ_ARENA_NEW(arena, report->class_count + 1, mz_report_class);
    if (arena->failed) return false;
    for (size_t c = 0; c < report->class_count; c++) {
        report->classes[c].class = mz_change_class_of(by->measured->classes[c]);
        report->classes[c].name = mz_str_of(report->classes[c].class->name);
    }
    for (size_t s = 0; s < sample->listed_count; s++) {
        const mz_subject *subject = &sample->listed[s];
        mz_str script = mz_str_of(mz_script_name(subject->who.script));
        mz_str schema = mz_str_of(mz_schema_name(subject->schema)), list = report->lists[subject->list].list;
        groups[s].list = (uint32_t)group_of(report->by_list, &report->by_list_count, list);
        groups[s].script = (uint32_t)group_of(report->by_script, &report->by_script_count, script);
        groups[s].schema = (uint32_t)group_of(report->by_schema, &report->by_schema_count, schema);
    }
    *ret_groups = groups;
    return true;
}

mz_status mz_report_count(mz_effectiveness *run, const mz_measured *measured, mz_report *report, mz_error *error) {
    const counting by = {run, measured, report};
    subject_groups *groups = NULL;
    mz_status status = describe_run(&by, error);
    if (status) return status;
    bool good = make_groups(&by, &groups);
    if (good) {
        count_listed(&by, groups);
        count_customers(&by);
        good = count_cells(&by, groups) && find_missed(&by) && find_alerts(&by);
    }
    if (good && !run->arena.failed) return MZ_OK;
    return run->arena.failed ? mz_fail_arena(&run->arena, error, "the report") : mz_fail_memory(error);
}

void mz_report_pair(mz_effectiveness *run) {
    size_t classes = run->report.class_count;
    for (size_t i = 0; i < run->sample.listed_count * classes; i++) {
        bool here = run->measured.listed[i].found, there = run->other_measured.listed[i].found;
        run->report.classes[i % classes].gained += here && !there;
        run->report.classes[i % classes].lost += there && !here;
    }
}

double mz_report_mean(const mz_report *report) {
    double sum = 0;
    size_t classes = 0;
    for (size_t c = 0; c < report->class_count; c++) {
        const mz_tally *tally = &report->classes[c].listed;
        if (!tally->asked) continue;
        sum += (double)tally->found / (double)tally->asked;
        classes++;
    }
    return classes ? sum / (double)classes : 0;
}
