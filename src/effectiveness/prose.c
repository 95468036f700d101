/* What the figures say, in sentences: on the terminal and at the head of the page. */
#include "effectiveness/prose.h"

#include "base/error.h"
#include "base/shown.h"
#include "effectiveness/words.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORST = 3, PROSE_BYTES = 1 << 20 };

/* ---- the worst first ---- */

static int worse_first(const void *left, const void *right, void *context) {
    const size_t *a = left, *b = right;
    const mz_report_class *classes = context;
    const mz_tally *x = &classes[*a].listed, *y = &classes[*b].listed;
    /* shares compared without dividing, so that equal ones are equal; a class asks for fewer than 2^32 names */
    uint64_t of_a = x->found * y->asked, of_b = y->found * x->asked;
    if (of_a != of_b) return of_a < of_b ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

size_t mz_report_order(const mz_report *report, size_t *order) {
    size_t count = 0;
    for (size_t c = 0; c < report->class_count; c++)
        if (report->classes[c].listed.asked) order[count++] = c;
    qsort_r(order, count, sizeof *order, worse_first, report->classes);
    return count;
}

bool mz_report_same_names(const mz_report *a, const mz_report *b) {
    bool same =
        a->seed == b->seed && a->names == b->names && a->candidates == b->candidates && a->list_count == b->list_count;
    for (size_t i = 0; same && i < a->list_count; i++)
        same = mz_str_equal(a->lists[i].list, b->lists[i].list) &&
               mz_str_equal(a->lists[i].version, b->lists[i].version) && a->lists[i].entities == b->lists[i].entities;
    return same;
}

/* ---- sentences ---- */

typedef char number_text[MZ_NUMBER_TEXT_SIZE];

static void say_found(const mz_report *report, mz_language language, mz_buffer *out) {
    number_text asked, threshold, share, low, high;
    mz_share found = mz_share_of(report->all.found, report->all.asked);
    MZ_EFFECT_SAY(out, language, MZ_SAY_SAYS_FOUND, mz_effect_count(found.of, language, asked),
                  mz_effect_decimal(report->threshold, 2, language, threshold),
                  mz_effect_percent(found.share, language, share), mz_effect_percent(found.low, language, low),
                  mz_effect_percent(found.high, language, high));
    mz_buffer_char(out, '\n');
}

static void say_first(const mz_report *report, mz_language language, mz_buffer *out) {
    number_text share, hits;
    double asked = report->all.asked ? (double)report->all.asked : 1;
    MZ_EFFECT_SAY(out, language, MZ_SAY_SAYS_FIRST,
                  mz_effect_percent((double)report->all.first / asked, language, share),
                  mz_effect_decimal((double)report->all.hits / asked, 2, language, hits));
    mz_buffer_char(out, '\n');
}

static void say_mean(const mz_effectiveness *run, mz_language language, mz_buffer *out) {
    const mz_report *report = &run->report;
    number_text classes, mean, share;
    mz_buffer worst;
    mz_buffer_init(&worst, PROSE_BYTES);
    for (size_t i = 0; i < run->order_count && i < WORST; i++) {
        const mz_report_class *class = &report->classes[run->order[i]];
        if (i) mz_buffer_print(&worst, "%s", mz_effect_text(MZ_SAY_COMMA, language));
        double found = (double)class->listed.found / (double)class->listed.asked;
        MZ_EFFECT_SAY(&worst, language, MZ_SAY_AND_SHARE, class->class->title[language],
                      mz_effect_percent(found, language, share));
    }
    mz_buffer_char(&worst, '\0');
    if (worst.failed)
        out->failed = out->starved = true;
    else
        MZ_EFFECT_SAY(out, language, MZ_SAY_SAYS_MEAN, mz_effect_count(run->order_count, language, classes),
                      mz_effect_percent(mz_report_mean(report), language, mean), worst.data);
    mz_buffer_char(out, '\n');
    mz_buffer_done(&worst);
}

static void say_alerts(const mz_report *report, mz_language language, mz_buffer *out) {
    number_text customers, by_name, with_facts;
    const mz_tally *by = report->customers_by;
    if (!report->has_customers || !by[MZ_BY_NAME].asked) {
        mz_buffer_print(out, "%s\n", mz_effect_text(MZ_SAY_SAYS_NO_ALERTS, language));
        return;
    }
    double asked = (double)by[MZ_BY_NAME].asked;
    MZ_EFFECT_SAY(out, language, MZ_SAY_SAYS_ALERTS, mz_effect_count(by[MZ_BY_NAME].asked, language, customers),
                  mz_effect_percent((double)by[MZ_BY_NAME].found / asked, language, by_name),
                  mz_effect_percent((double)by[MZ_WITH_FACTS].found / asked, language, with_facts));
    mz_buffer_char(out, '\n');
}

/* Who finds more may do so by stopping everybody: alerts stand beside what is found. */
static void say_against(const mz_effectiveness *run, mz_language language, mz_buffer *out) {
    number_text here, there;
    char name[300];
    const mz_report *a = &run->report, *b = &run->other;
    mz_str called = run->paired ? b->policy : b->build, algorithm = b->algorithm;
    (void)snprintf(name, sizeof name, "%.*s%s%.*s", mz_shown(called), called.data, run->paired ? ", " : "",
                   run->paired ? mz_shown(algorithm) : 0, algorithm.data);
    MZ_EFFECT_SAY(out, language, MZ_SAY_SAYS_AGAINST, name,
                  mz_effect_percent(mz_share_of(a->all.found, a->all.asked).share, language, here),
                  mz_effect_percent(mz_share_of(b->all.found, b->all.asked).share, language, there));
    const mz_tally *alerts = &a->customers_by[MZ_BY_NAME], *other = &b->customers_by[MZ_BY_NAME];
    if (alerts->asked && other->asked) {
        mz_buffer_char(out, ' ');
        MZ_EFFECT_SAY(out, language, MZ_SAY_SAYS_AGAINST_ALERTS,
                      mz_effect_percent(mz_share_of(alerts->found, alerts->asked).share, language, here),
                      mz_effect_percent(mz_share_of(other->found, other->asked).share, language, there));
    }
    mz_buffer_char(out, '\n');
    if (!mz_report_same_names(a, b)) mz_buffer_print(out, "%s\n", mz_effect_text(MZ_SAY_SAYS_OTHER_NAMES, language));
}

void mz_report_write_prose(const mz_effectiveness *run, mz_language language, mz_buffer *out) {
    say_found(&run->report, language, out);
    say_mean(run, language, out);
    say_first(&run->report, language, out);
    say_alerts(&run->report, language, out);
    if (run->has_other) say_against(run, language, out);
}

mz_status mz_effectiveness_prose(const mz_effectiveness *run, mz_language language, char **ret_text, mz_error *error) {
    mz_buffer out;
    mz_buffer_init(&out, PROSE_BYTES);
    mz_report_write_prose(run, language, &out);
    if (out.failed) {
        mz_buffer_done(&out);
        return mz_fail_memory(error);
    }
    *ret_text = out.data;
    return MZ_OK;
}
