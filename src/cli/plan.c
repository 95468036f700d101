#include "cli/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { SMALL_BYTES = 64 * 1024, NUMBER_SIZE = 32 };

/* ---- from an answer ---- */

static uint64_t number_of(const mz_json_value *object, const char *key) {
    const mz_json_value *value = mz_json_member(object, key);
    char text[NUMBER_SIZE];
    if (!value || value->kind != MZ_JSON_NUMBER) return 0;
    (void)snprintf(text, sizeof text, "%.*s", (int)value->text.size, value->text.data);
    return strtoull(text, NULL, 10);
}

void cli_plan_read(const mz_json_value *value, mz_plan *ret_plan) {
    const mz_json_value *ns = mz_json_member(value, "ns");
    *ret_plan = (mz_plan){.queries = 1,
                          .names = number_of(value, "names"),
                          .work = number_of(value, "work"),
                          .budget = number_of(value, "budget"),
                          .timed = ns != NULL};
    for (unsigned p = 0; p < MZ_PLAN_PART_COUNT; p++) {
        const mz_json_value *part = mz_json_member(value, mz_plan_part_name((mz_plan_part)p));
        for (unsigned c = 0; c < MZ_PLAN_COUNTER_COUNT; c++)
            ret_plan->counts[p][c] = number_of(part, mz_plan_counter_name((mz_plan_counter)c));
    }
    for (unsigned s = 0; s < MZ_PLAN_STAGE_COUNT; s++)
        ret_plan->ns[s] = number_of(ns, mz_plan_stage_name((mz_plan_stage)s));
}

/* ---- for people ---- */

static bool show_counts(const cli_context *cli, mz_buffer *out, const mz_plan *plan) {
    char base[256], overlay[256];
    (void)snprintf(base, sizeof base, ">%s", cli_message_text(CLI_SAY_PLAN_IMAGE, cli->language));
    (void)snprintf(overlay, sizeof overlay, ">%s", cli_message_text(CLI_SAY_PLAN_CHANGES, cli->language));
    const char *const names[] = {cli_message_text(CLI_SAY_PLAN, cli->language), base, overlay, NULL};
    cli_table table;
    cli_table_init(&table, names);
    for (unsigned c = 0; c < MZ_PLAN_COUNTER_COUNT; c++) {
        if (!mz_plan_count(plan, (mz_plan_counter)c)) continue;
        cli_table_cell(&table, mz_str_of(cli_counter_label((mz_plan_counter)c, cli->language)));
        cli_table_count(&table, plan->counts[MZ_PLAN_BASE][c]);
        cli_table_count(&table, plan->counts[MZ_PLAN_OVERLAY][c]);
    }
    bool good = cli_table_print(&table, out, true);
    cli_table_done(&table);
    return good;
}

static bool show_times(const cli_context *cli, mz_buffer *out, const mz_plan *plan) {
    char unit[64];
    (void)snprintf(unit, sizeof unit, ">%s", cli_message_text(CLI_SAY_PLAN_MICROSECONDS, cli->language));
    const char *const names[] = {cli_message_text(CLI_SAY_PLAN_TIME, cli->language), unit, NULL};
    cli_table table;
    cli_table_init(&table, names);
    for (unsigned s = 0; s < MZ_PLAN_STAGE_COUNT; s++) {
        char number[NUMBER_SIZE];
        (void)snprintf(number, sizeof number, "%.1f", (double)plan->ns[s] / 1e3);
        cli_table_cell(&table, mz_str_of(cli_stage_label((mz_plan_stage)s, cli->language)));
        cli_table_cell(&table, mz_str_of(number));
    }
    bool good = cli_table_print(&table, out, true);
    cli_table_done(&table);
    return good;
}

bool cli_plan_show(const cli_context *cli, mz_buffer *out, const mz_plan *plan) {
    mz_buffer work;
    char names[NUMBER_SIZE];
    mz_buffer_init(&work, SMALL_BYTES);
    cli_put_count(&work, plan->work, cli_digit_separator(cli->language));
    (void)snprintf(names, sizeof names, "%" PRIu64, plan->names);
    mz_buffer_char(out, '\n');
    bool good = show_counts(cli, out, plan);
    mz_buffer_char(out, '\n');
    if (plan->timed) {
        good = good && show_times(cli, out, plan);
        mz_buffer_char(out, '\n');
    }
    CLI_SAY(out, cli->language, CLI_SAY_PLAN_WORK, work.data ? work.data : "", names);
    mz_buffer_char(out, '\n');
    mz_buffer_done(&work);
    return good;
}

/* ---- as CSV ---- */

void cli_plan_columns(mz_buffer *out) {
    mz_buffer_print(out, ",names,work,budget");
    for (unsigned p = 0; p < MZ_PLAN_PART_COUNT; p++)
        for (unsigned c = 0; c < MZ_PLAN_COUNTER_COUNT; c++)
            mz_buffer_print(out, ",%s_%s", mz_plan_part_name((mz_plan_part)p),
                            mz_plan_counter_name((mz_plan_counter)c));
    for (unsigned s = 0; s < MZ_PLAN_STAGE_COUNT; s++)
        mz_buffer_print(out, ",%s_ns", mz_plan_stage_name((mz_plan_stage)s));
}

void cli_plan_values(mz_buffer *out, const mz_plan *plan) {
    mz_buffer_print(out, ",%" PRIu64 ",%" PRIu64 ",%" PRIu64, plan->names, plan->work, plan->budget);
    for (unsigned p = 0; p < MZ_PLAN_PART_COUNT; p++)
        for (unsigned c = 0; c < MZ_PLAN_COUNTER_COUNT; c++) mz_buffer_print(out, ",%" PRIu64, plan->counts[p][c]);
    for (unsigned s = 0; s < MZ_PLAN_STAGE_COUNT; s++) mz_buffer_print(out, ",%" PRIu64, plan->ns[s]);
}
