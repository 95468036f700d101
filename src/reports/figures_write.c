/* See figures.h: as JSON for programs and pages, as CSV for a table. */
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/json_write.h"
#include "reports/figures.h"

#include <stdio.h>

static const char *day_text(int64_t day, char text[MZ_TIME_TEXT_SIZE]) {
    mz_time_text(day * 86400, text);
    text[10] = '\0';
    return text;
}

/* ---- JSON ---- */

static void write_times(mz_json *json, const char *key, const mz_figures_times *times) {
    mz_json_key(json, key);
    mz_json_object(json);
    mz_json_pair_int(json, "count", times->count);
    if (times->count) {
        mz_json_pair_int(json, "median", times->median);
        mz_json_pair_int(json, "p90", times->p90);
    } else {
        mz_json_key(json, "median");
        mz_json_null(json);
        mz_json_key(json, "p90");
        mz_json_null(json);
    }
    mz_json_object_end(json);
}

static void write_dispositions(mz_json *json, const int64_t *counts) {
    for (mz_disposition k = 0; k < MZ_DISPOSITION_COUNT; k++) mz_json_pair_int(json, mz_disposition_word(k), counts[k]);
}

static void write_numbers(const mz_figures *figures, mz_json *json) {
    mz_json_key(json, "alerts");
    mz_json_object(json);
    mz_json_pair_int(json, "raised", figures->raised);
    mz_json_pair_int(json, "refreshed", figures->refreshed);
    mz_json_pair_int(json, "quiet", figures->quieted);
    mz_json_pair_int(json, "open", figures->undecided);
    mz_json_object_end(json);
    mz_json_key(json, "cases");
    mz_json_object(json);
    mz_json_pair_int(json, "opened", figures->cases_opened);
    mz_json_pair_int(json, "closed", figures->cases_closed);
    mz_json_pair_int(json, "open", figures->cases_open);
    mz_json_pair_int(json, "overdue", figures->cases_overdue);
    mz_json_pair_int(json, "escalated", figures->cases_escalated);
    mz_json_object_end(json);
    mz_json_key(json, "decisions");
    mz_json_object(json);
    write_dispositions(json, figures->decisions);
    mz_json_pair_int(json, "returned", figures->returned);
    mz_json_pair_int(json, "undone", figures->undone);
    mz_json_object_end(json);
    mz_json_key(json, "times");
    mz_json_object(json);
    write_times(json, "first_look_s", &figures->first_look);
    write_times(json, "decision_s", &figures->decision);
    write_times(json, "approval_s", &figures->approval);
    mz_json_object_end(json);
}

static void write_days(const mz_figures *figures, mz_json *json) {
    mz_json_key(json, "by_day");
    mz_json_array(json);
    for (size_t k = 0; k < figures->day_count; k++) {
        char day[MZ_TIME_TEXT_SIZE];
        mz_json_object(json);
        mz_json_pair(json, "day", mz_str_of(day_text(figures->days[k].day, day)));
        mz_json_pair_int(json, "raised", figures->days[k].raised);
        mz_json_pair_int(json, "decided", figures->days[k].decided);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void write_lists(const mz_figures *figures, mz_json *json) {
    mz_json_key(json, "by_list");
    mz_json_array(json);
    for (size_t k = 0; k < figures->list_count; k++) {
        mz_json_object(json);
        mz_json_pair(json, "list", figures->lists[k].list);
        mz_json_pair_int(json, "raised", figures->lists[k].raised);
        mz_json_pair_int(json, "open", figures->lists[k].undecided);
        write_dispositions(json, figures->lists[k].dispositions);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void write_people(const mz_figures *figures, mz_json *json) {
    mz_json_key(json, "by_person");
    mz_json_array(json);
    for (size_t k = 0; k < figures->person_count; k++) {
        const mz_figures_person *person = &figures->people[k];
        mz_json_object(json);
        mz_json_key(json, "person");
        mz_json_object(json);
        mz_json_pair(json, "id", person->key);
        mz_json_pair(json, "name", person->name);
        mz_json_object_end(json);
        mz_json_pair_int(json, "proposed", person->proposed);
        mz_json_pair_int(json, "approved", person->approved);
        mz_json_pair_int(json, "returned", person->returned);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

/* Shares from 0 to 1. */
static void write_detection(const mz_kept_effectiveness *kept, mz_json *json) {
    char time[MZ_TIME_TEXT_SIZE];
    mz_json_key(json, "detection");
    if (!kept) {
        mz_json_null(json);
        return;
    }
    mz_time_text(kept->made, time);
    mz_json_object(json);
    mz_json_pair(json, "report", kept->key);
    mz_json_pair(json, "made", mz_str_of(time));
    mz_json_pair_int(json, "names", kept->names);
    mz_json_key(json, "threshold");
    mz_json_fixed(json, kept->threshold, 3);
    mz_json_key(json, "found");
    mz_json_fixed(json, kept->found, 4);
    mz_json_key(json, "detection");
    mz_json_fixed(json, kept->detection, 4);
    mz_json_key(json, "alerts");
    if (kept->alerts < 0)
        mz_json_null(json);
    else
        mz_json_fixed(json, kept->alerts, 4);
    mz_json_object_end(json);
}

void mz_figures_write_json(const mz_figures *figures, mz_json *json) {
    char time[MZ_TIME_TEXT_SIZE];
    mz_time_text(figures->period.since, time);
    mz_json_pair(json, "since", mz_str_of(time));
    mz_time_text(figures->period.until, time);
    mz_json_pair(json, "until", mz_str_of(time));
    write_numbers(figures, json);
    write_days(figures, json);
    write_lists(figures, json);
    write_people(figures, json);
    write_detection(figures->detection, json);
}

/* ---- CSV ---- */

static void put_line(mz_buffer *out, const char *table, mz_str name, const char *measure, int64_t value) {
    mz_csv_put(out, mz_str_of(table), true);
    mz_csv_cell(out, name, false);
    mz_csv_put(out, mz_str_of(measure), false);
    mz_buffer_print(out, ",%lld\n", (long long)value);
}

static void put_times(mz_buffer *out, const char *measure, const mz_figures_times *times) {
    put_line(out, "times", mz_str_of(measure), "count", times->count);
    if (!times->count) return;
    put_line(out, "times", mz_str_of(measure), "median", times->median);
    put_line(out, "times", mz_str_of(measure), "p90", times->p90);
}

static void put_numbers(const mz_figures *figures, mz_buffer *out) {
    const struct {
        const char *table, *measure;
        int64_t value;
    } numbers[] = {
        {"alerts", "raised", figures->raised},
        {"alerts", "refreshed", figures->refreshed},
        {"alerts", "quiet", figures->quieted},
        {"alerts", "open", figures->undecided},
        {"cases", "opened", figures->cases_opened},
        {"cases", "closed", figures->cases_closed},
        {"cases", "open", figures->cases_open},
        {"cases", "overdue", figures->cases_overdue},
        {"cases", "escalated", figures->cases_escalated},
    };
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        put_line(out, numbers[k].table, MZ_STR(""), numbers[k].measure, numbers[k].value);
    for (mz_disposition k = 0; k < MZ_DISPOSITION_COUNT; k++)
        put_line(out, "decisions", MZ_STR(""), mz_disposition_word(k), figures->decisions[k]);
    put_line(out, "decisions", MZ_STR(""), "returned", figures->returned);
    put_line(out, "decisions", MZ_STR(""), "undone", figures->undone);
    put_times(out, "first_look_s", &figures->first_look);
    put_times(out, "decision_s", &figures->decision);
    put_times(out, "approval_s", &figures->approval);
}

/* A share in millionths, so that every value of the table is a whole number. */
static int64_t millionths(double share) {
    return (int64_t)(share * 1e6 + 0.5);
}

static void put_detection(const mz_kept_effectiveness *kept, mz_buffer *out) {
    if (!kept) return;
    put_line(out, "detection", MZ_STR(""), "names", kept->names);
    put_line(out, "detection", MZ_STR(""), "found_millionths", millionths(kept->found));
    put_line(out, "detection", MZ_STR(""), "detection_millionths", millionths(kept->detection));
    if (kept->alerts >= 0) put_line(out, "detection", MZ_STR(""), "alerts_millionths", millionths(kept->alerts));
}

void mz_figures_write_csv(const mz_figures *figures, mz_buffer *out) {
    mz_buffer_print(out, "table,name,measure,value\n");
    put_numbers(figures, out);
    for (size_t k = 0; k < figures->day_count; k++) {
        char text[MZ_TIME_TEXT_SIZE];
        mz_str day = mz_str_of(day_text(figures->days[k].day, text));
        put_line(out, "by_day", day, "raised", figures->days[k].raised);
        put_line(out, "by_day", day, "decided", figures->days[k].decided);
    }
    for (size_t k = 0; k < figures->list_count; k++) {
        const mz_figures_list *list = &figures->lists[k];
        put_line(out, "by_list", list->list, "raised", list->raised);
        put_line(out, "by_list", list->list, "open", list->undecided);
        for (mz_disposition d = 0; d < MZ_DISPOSITION_COUNT; d++)
            put_line(out, "by_list", list->list, mz_disposition_word(d), list->dispositions[d]);
    }
    for (size_t k = 0; k < figures->person_count; k++) {
        const mz_figures_person *person = &figures->people[k];
        put_line(out, "by_person", person->name, "proposed", person->proposed);
        put_line(out, "by_person", person->name, "approved", person->approved);
        put_line(out, "by_person", person->name, "returned", person->returned);
    }
    put_detection(figures->detection, out);
}
