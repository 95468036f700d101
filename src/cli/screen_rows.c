/* The answers of a batch as CSV, as a short table, and the object that stands where an answer could not be given. */
#include "base/json_read.h"
#include "base/json_write.h"
#include "cli/plan.h"
#include "cli/screen.h"
#include "screen/query_json.h"

#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES = 256 << 20 };

static const char *const hit_columns[] = {"entity", "list", "reference", "caption", "schema", "score", "weight"};
enum { HIT_COLUMNS = sizeof hit_columns / sizeof hit_columns[0] };

void cli_answer_heading(const cli_context *cli, mz_buffer *out) {
    if (cli->format != CLI_PRINT_CSV) return;
    mz_buffer_print(out, "id,rank");
    for (size_t i = 0; i < HIT_COLUMNS; i++) mz_buffer_print(out, ",%s", hit_columns[i]);
    mz_buffer_print(out, ",error");
    if (cli_given(cli, CLI_EXPLAIN_PLAN)) cli_plan_columns(out);
    mz_buffer_char(out, '\n');
}

static mz_str text_of(const mz_json_value *value) {
    return value && value->kind != MZ_JSON_NULL ? value->text : MZ_STR("");
}

/* `plan` NULL: not asked for. */
static void csv_row(mz_buffer *out, mz_str id, size_t rank, const mz_json_value *hit, mz_str complaint,
                    const mz_plan *plan) {
    cli_csv(out, id, true);
    mz_buffer_print(out, ",%zu", rank);
    for (size_t i = 0; i < HIT_COLUMNS; i++) cli_csv(out, text_of(mz_json_member(hit, hit_columns[i])), false);
    cli_csv(out, complaint, false);
    if (plan) cli_plan_values(out, plan);
    cli_csv_end(out);
}

static void table_hit(mz_buffer *out, const mz_json_value *hit) {
    mz_str score = text_of(mz_json_member(hit, "score"));
    mz_buffer_print(out, "  %.*s  ", score.size > 5 ? 5 : (int)score.size, score.data);
    cli_put_safe(out, text_of(mz_json_member(hit, "caption")));
    mz_buffer_print(out, "  (");
    cli_put_safe(out, text_of(mz_json_member(hit, "list")));
    mz_buffer_char(out, ' ');
    cli_put_safe(out, text_of(mz_json_member(hit, "reference")));
    mz_buffer_print(out, ")\n");
}

static bool rows(const cli_context *cli, mz_buffer *out, const mz_json_value *answer) {
    mz_str id = text_of(mz_json_member(answer, "id"));
    mz_str not_done = text_of(mz_json_member(answer, "not_done"));
    const mz_json_value *hits = mz_json_member(answer, "hits");
    mz_plan plan;
    const mz_plan *asked = cli_given(cli, CLI_EXPLAIN_PLAN) ? &plan : NULL;
    size_t rank = 0;
    cli_plan_read(mz_json_member(answer, "plan"), &plan);
    if (cli->format == CLI_PRINT_TABLE) {
        cli_put_safe(out, id);
        mz_buffer_print(out, ": %u", hits ? hits->count : 0);
        if (not_done.size) mz_buffer_print(out, ", not screened: ");
        cli_put_safe(out, not_done);
        mz_buffer_char(out, '\n');
    } else if (!hits || !hits->child) {
        csv_row(out, id, 0, NULL, not_done, asked);
    }
    for (const mz_json_value *hit = hits ? hits->child : NULL; hit; hit = hit->next) {
        if (cli->format == CLI_PRINT_TABLE)
            table_hit(out, hit);
        else
            csv_row(out, id, ++rank, hit, not_done, asked);
    }
    return !asked || cli->format != CLI_PRINT_TABLE || cli_plan_show(cli, out, asked);
}

bool cli_answer_put(const cli_context *cli, mz_buffer *out, mz_str answer, size_t hits, cli_screened *ret_screened) {
    static const char cut[] = "\"cut\":{"; /* as no text in JSON has it */
    bool short_of = memmem(answer.data, answer.size, cut, sizeof cut - 1) != NULL;
    *ret_screened = short_of ? CLI_CUT_SHORT : CLI_SCREENED;
    if (cli->format == CLI_PRINT_JSON) {
        mz_buffer_str(out, answer);
        mz_buffer_char(out, '\n');
        if (hits > 0 || short_of) return true;
    }
    mz_arena arena;
    const mz_json_value *value;
    mz_arena_init(&arena, ARENA_BYTES);
    bool good = mz_json_parse(answer, 0, &arena, &value, NULL) == MZ_OK;
    if (good && cli->format != CLI_PRINT_JSON) good = rows(cli, out, value);
    if (good && mz_str_equal(text_of(mz_json_member(value, "not_done")), MZ_STR(MZ_NOTHING_TO_SCREEN)))
        *ret_screened = CLI_NOT_SCREENED;
    mz_arena_done(&arena);
    return good;
}

void cli_answer_error(const cli_context *cli, mz_buffer *out, uint64_t line, mz_str id, const mz_error *error) {
    if (cli->format == CLI_PRINT_JSON) {
        mz_answer_write_error(line, id, error, out);
        mz_buffer_char(out, '\n');
        return;
    }
    char place[600];
    (void)snprintf(place, sizeof place, "line %llu: %s", (unsigned long long)line, error->text);
    if (cli->format == CLI_PRINT_CSV) {
        const mz_plan none = {.queries = 0};
        csv_row(out, id, 0, NULL, mz_str_of(place), cli_given(cli, CLI_EXPLAIN_PLAN) ? &none : NULL);
        return;
    }
    cli_put_safe(out, mz_str_of(place));
    mz_buffer_char(out, '\n');
}
