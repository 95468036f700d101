/* report.json: the whole report, in the shape that docs/effectiveness.md describes. */
#include "effectiveness/report.h"

#include "base/clock.h"
#include "base/json_write.h"

enum { SHARE_DECIMALS = 6 };

static void share_members(mz_json *json, const char *counted, uint64_t count, uint64_t of) {
    mz_share share = mz_share_of(count, of);
    mz_json_pair_int(json, "asked", (int64_t)of);
    mz_json_pair_int(json, counted, (int64_t)count);
    mz_json_key(json, "share");
    if (!of) {
        mz_json_null(json);
        return;
    }
    mz_json_fixed(json, share.share, SHARE_DECIMALS);
    mz_json_key(json, "low");
    mz_json_fixed(json, share.low, SHARE_DECIMALS);
    mz_json_key(json, "high");
    mz_json_fixed(json, share.high, SHARE_DECIMALS);
}

static void steps(mz_json *json, const char *key, const mz_tally *tally) {
    mz_json_key(json, key);
    mz_json_array(json);
    for (size_t i = 0; i < MZ_STEPS; i++) mz_json_int(json, (int64_t)tally->at[i]);
    mz_json_array_end(json);
}

static void found_members(mz_json *json, const mz_tally *tally) {
    share_members(json, "found", tally->found, tally->asked);
    mz_json_pair_int(json, "first", (int64_t)tally->first);
    mz_json_pair_int(json, "hits", (int64_t)tally->hits);
    steps(json, "found_at", tally);
}

static void alerts_object(mz_json *json, const char *key, const mz_tally *tally, bool measured) {
    mz_json_key(json, key);
    if (!measured || !tally->asked) {
        mz_json_null(json);
        return;
    }
    mz_json_object(json);
    share_members(json, "alerted", tally->found, tally->asked);
    mz_json_pair_int(json, "hits", (int64_t)tally->hits);
    steps(json, "alerted_at", tally);
    mz_json_object_end(json);
}

static void run_members(mz_json *json, const mz_report *report) {
    mz_json_pair(json, "build", report->build);
    mz_json_pair(json, "rules", report->rules);
    mz_json_pair(json, "policy", report->policy);
    mz_json_pair(json, "algorithm", report->algorithm);
    mz_json_pair(json, "policy_digest", report->policy_digest);
    mz_json_pair(json, "made", report->made);
    mz_json_key(json, "seconds");
    mz_json_fixed(json, report->seconds, 3);
    mz_json_pair_int(json, "seed", (int64_t)report->seed);
    mz_json_key(json, "threshold");
    mz_json_fixed(json, report->threshold, SHARE_DECIMALS);
    mz_json_pair_bool(json, "threshold_by_policy", report->policy_thresholds);
    mz_json_key(json, "lists");
    mz_json_array(json);
    for (size_t i = 0; i < report->list_count; i++) {
        const mz_report_list *list = &report->lists[i];
        char published[MZ_TIME_TEXT_SIZE];
        mz_time_text(list->published, published);
        mz_json_object(json);
        mz_json_pair(json, "list", list->list);
        mz_json_pair(json, "version", list->version);
        mz_json_key(json, "published");
        if (list->published)
            mz_json_str(json, (mz_str){published, 10});
        else
            mz_json_null(json);
        mz_json_pair_int(json, "entities", (int64_t)list->entities);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
    mz_json_pair_int(json, "names_to_draw_from", (int64_t)report->candidates);
    mz_json_pair_int(json, "names", (int64_t)report->names);
    mz_json_key(json, "customers");
    if (report->has_customers) {
        mz_json_object(json);
        mz_json_pair_int(json, "rows", (int64_t)report->customer_rows);
        mz_json_pair_int(json, "rejected", (int64_t)report->customer_rejected);
        mz_json_pair_int(json, "drawn", (int64_t)report->customers);
        mz_json_object_end(json);
    } else {
        mz_json_null(json);
    }
}

/* The figures that two reports are compared by. */
static void figures(mz_json *json, const mz_report *report, bool paired) {
    mz_json_key(json, "detection");
    mz_json_object(json);
    found_members(json, &report->all);
    mz_json_key(json, "mean_over_classes");
    mz_json_fixed(json, mz_report_mean(report), SHARE_DECIMALS);
    mz_json_object_end(json);
    mz_json_key(json, "alerts");
    mz_json_object(json);
    alerts_object(json, "by_name", &report->customers_by[MZ_BY_NAME], report->has_customers);
    alerts_object(json, "with_facts", &report->customers_by[MZ_WITH_FACTS], report->has_customers);
    mz_json_object_end(json);
    mz_json_key(json, "classes");
    mz_json_array(json);
    for (size_t c = 0; c < report->class_count; c++) {
        const mz_report_class *class = &report->classes[c];
        if (!class->listed.asked && !class->customers.asked) continue;
        mz_json_object(json);
        mz_json_pair(json, "class", class->name);
        found_members(json, &class->listed);
        alerts_object(json, "customers", &class->customers, report->has_customers);
        if (paired) {
            mz_json_pair_int(json, "gained", (int64_t) class->gained);
            mz_json_pair_int(json, "lost", (int64_t) class->lost);
        }
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void groups(mz_json *json, const char *key, const char *member, const mz_report_group *all, size_t count) {
    mz_json_key(json, key);
    mz_json_array(json);
    for (size_t i = 0; i < count; i++) {
        mz_json_object(json);
        mz_json_pair(json, member, all[i].name);
        found_members(json, &all[i].tally);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void cells(mz_json *json, const mz_report *report) {
    mz_json_key(json, "cells");
    mz_json_array(json);
    for (size_t i = 0; i < report->cell_count; i++) {
        const mz_report_cell *cell = &report->cells[i];
        mz_json_object(json);
        mz_json_pair(json, "class", report->classes[cell->class].name);
        mz_json_pair(json, "list", report->by_list[cell->list].name);
        mz_json_pair(json, "script", report->by_script[cell->script].name);
        mz_json_pair(json, "schema", report->by_schema[cell->schema].name);
        share_members(json, "found", cell->found, cell->asked);
        mz_json_pair_int(json, "first", (int64_t)cell->first);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void ranks(mz_json *json, const mz_report *report) {
    static const char *const names[MZ_RANKS] = {"1", "2-5", "6-20", "21-100", "not found"};
    mz_json_key(json, "ranks");
    mz_json_object(json);
    for (size_t i = 0; i < MZ_RANKS; i++) mz_json_pair_int(json, names[i], (int64_t)report->ranks[i]);
    mz_json_object_end(json);
}

static void score(mz_json *json, uint32_t millionths) {
    mz_json_key(json, "score");
    if (millionths)
        mz_json_fixed(json, (double)millionths / MZ_MEASURED_UNIT, 6);
    else
        mz_json_null(json);
}

static void missed(mz_json *json, const mz_report *report) {
    mz_json_key(json, "missed");
    mz_json_array(json);
    for (size_t i = 0; i < report->missed_count; i++) {
        const mz_report_missed *one = &report->missed[i];
        mz_json_object(json);
        mz_json_pair(json, "class", report->classes[one->class].name);
        mz_json_pair(json, "list", report->lists[one->subject->list].list);
        mz_json_pair(json, "reference", one->subject->reference);
        mz_json_pair(json, "entity", one->subject->who.id);
        mz_json_pair(json, "schema", mz_str_of(mz_schema_name(one->subject->schema)));
        mz_json_pair(json, "script", mz_str_of(mz_script_name(one->subject->who.script)));
        mz_json_pair(json, "listed", one->subject->who.name);
        mz_json_pair(json, "asked", one->asked);
        if (one->birth_date.size) mz_json_pair(json, "birthDate", one->birth_date);
        if (one->nationality.size) mz_json_pair(json, "nationality", one->nationality);
        score(json, one->score);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void alerted(mz_json *json, const mz_report *report) {
    mz_json_key(json, "alerted");
    mz_json_array(json);
    for (size_t i = 0; i < report->alert_count; i++) {
        const mz_report_alert *one = &report->alerts[i];
        mz_json_object(json);
        mz_json_pair(json, "customer", one->customer->who.id);
        mz_json_pair(json, "name", one->customer->who.name);
        mz_json_pair(json, "entity", one->entity.id);
        mz_json_pair(json, "list", one->entity.list);
        mz_json_pair(json, "reference", one->entity.reference);
        mz_json_pair(json, "caption", one->entity.caption);
        score(json, one->score);
        mz_json_pair_bool(json, "with_facts", one->with_facts);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void thresholds(mz_json *json) {
    mz_json_key(json, "thresholds");
    mz_json_array(json);
    for (size_t i = 0; i < MZ_STEPS; i++) mz_json_fixed(json, (double)mz_step_score(i) / MZ_MEASURED_UNIT, 2);
    mz_json_array_end(json);
}

void mz_report_write_json(const mz_effectiveness *run, mz_buffer *out) {
    const mz_report *report = &run->report;
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "report", MZ_STR("mizan effectiveness"));
    mz_json_pair_int(&json, "shape", MZ_REPORT_SHAPE);
    run_members(&json, report);
    thresholds(&json);
    figures(&json, report, run->paired);
    groups(&json, "by_list", "list", report->by_list, report->by_list_count);
    groups(&json, "by_script", "script", report->by_script, report->by_script_count);
    groups(&json, "by_schema", "schema", report->by_schema, report->by_schema_count);
    ranks(&json, report);
    cells(&json, report);
    missed(&json, report);
    alerted(&json, report);
    mz_json_key(&json, "against");
    if (run->has_other) {
        mz_json_object(&json);
        run_members(&json, &run->other);
        figures(&json, &run->other, false);
        mz_json_object_end(&json);
    } else {
        mz_json_null(&json);
    }
    mz_json_object_end(&json);
}
