#include "audit/erased.h"

#include "audit/line.h"
#include "base/error.h"
#include "base/json_write.h"

#include <stdlib.h>

/* ---- erasing ---- */

/* An entry names so many runs of numbers at most; who erases more makes several. */
enum { RUNS_MOST = 4096, RUN_BYTES = 44, REASON_BYTES = 2000 };

typedef struct run_of_numbers {
    int64_t first, last;
} run_of_numbers;

static int order_of_numbers(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The numbers as runs, in order; returns how many runs they are. */
static size_t runs_of(const int64_t *numbers, size_t count, run_of_numbers *ret_runs) {
    size_t runs = 0;
    for (size_t k = 0; k < count; k++) {
        if (runs && numbers[k] <= ret_runs[runs - 1].last + 1)
            ret_runs[runs - 1].last = numbers[k];
        else
            ret_runs[runs++] = (run_of_numbers){numbers[k], numbers[k]};
    }
    return runs;
}

static mz_status remove_run(mz_sql *sql, mz_str chain, run_of_numbers run, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(run.first), mz_sql_int(run.last)};
    return mz_sql_run(sql, "DELETE FROM audit_personal WHERE chain = ?1 AND number >= ?2 AND number <= ?3", values, 3,
                      NULL, error);
}

static void write_body(const run_of_numbers *runs, size_t count, mz_str reason, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_key(&json, "entries");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) {
        mz_json_array(&json);
        mz_json_int(&json, runs[k].first);
        mz_json_int(&json, runs[k].last);
        mz_json_array_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_pair(&json, "reason", reason);
    mz_json_object_end(&json);
}

static mz_status erase_runs(mz_sql *sql, const mz_audit_draft *draft, mz_str reason, const run_of_numbers *runs,
                            size_t count, mz_error *error) {
    mz_audit_draft told = *draft;
    mz_buffer body;
    mz_status status = MZ_OK;
    mz_buffer_init(&body, MZ_AUDIT_BODY_BYTES);
    for (size_t k = 0; k < count && !status; k++) status = remove_run(sql, draft->chain, runs[k], error);
    write_body(runs, count, reason, &body);
    if (!status && body.failed) status = mz_fail_buffer(&body, error, "an entry of the audit chain");
    told.body = mz_buffer_view(&body);
    if (!status) status = mz_audit_append(sql, &told, NULL, error);
    mz_buffer_done(&body);
    return status;
}

_Static_assert(RUNS_MOST *RUN_BYTES + REASON_BYTES * 6 + 64 < MZ_AUDIT_BODY_BYTES, "what is erased fits into a body");

/* Numbers that are not in the chain yet would make its later entries seem erased. */
static mz_status check_numbers(mz_sql *sql, mz_str chain, const int64_t *numbers, size_t count, mz_arena *arena,
                               mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain)}, *head = NULL;
    mz_status status =
        mz_sql_first(sql, "SELECT number FROM audit_chain WHERE chain = ?1", values, 1, arena, &head, error);
    if (!status && (numbers[0] < 1 || !head || numbers[count - 1] > head[0].number))
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "the audit chain has no entry %lld",
                         (long long)(numbers[0] < 1 ? numbers[0] : numbers[count - 1]));
    return status;
}

mz_status mz_audit_erase(mz_sql *sql, mz_str chain, const int64_t *numbers, size_t count, mz_str actor_kind,
                         mz_str actor, mz_str reason, mz_error *error) {
    const mz_audit_draft draft = {
        .chain = chain, .kind = MZ_STR(MZ_AUDIT_ERASED), .actor_kind = actor_kind, .actor = actor};
    mz_arena arena;
    if (!count) return MZ_OK;
    if (reason.size > REASON_BYTES)
        return mz_fail(error, MZ_ERR_LIMIT, "a reason has at most %d bytes", (int)REASON_BYTES);
    mz_arena_init(&arena, SIZE_MAX);
    int64_t *sorted = MZ_ARENA_NEW(&arena, count, int64_t);
    run_of_numbers *runs = MZ_ARENA_NEW(&arena, count, run_of_numbers);
    mz_status status = sorted && runs ? MZ_OK : mz_fail_arena(&arena, error, "what is to be erased");
    if (!status) {
        memcpy(sorted, numbers, count * sizeof *numbers);
        qsort(sorted, count, sizeof *sorted, order_of_numbers);
        status = check_numbers(sql, chain, sorted, count, &arena, error);
    }
    size_t left = status ? 0 : runs_of(sorted, count, runs);
    for (size_t at = 0; left && !status;) {
        size_t some = left < RUNS_MOST ? left : RUNS_MOST;
        status = erase_runs(sql, &draft, reason, runs + at, some, error);
        at += some;
        left -= some;
    }
    mz_arena_done(&arena);
    return status;
}

/* ---- what was erased ---- */

typedef struct erasures {
    mz_audit_erased *erased;
    mz_arena arena;
} erasures;

static bool whole_number(const mz_json_value *value, int64_t *ret_number) {
    const mz_json_value alone = {.kind = MZ_JSON_OBJECT, .count = 1, .child = value};
    int64_t number = 0;
    if (value->kind != MZ_JSON_NUMBER || mz_json_read_int(&alone, "", 1, INT64_MAX, &number, NULL)) return false;
    *ret_number = number;
    return true;
}

/* The part of a run that is on this page and before the entry that names it. */
static void mark(mz_audit_erased *erased, run_of_numbers run, int64_t before) {
    int64_t first = run.first > erased->after ? run.first : erased->after + 1;
    int64_t last = run.last < before ? run.last : before - 1;
    if (last > erased->after + MZ_AUDIT_PAGE) last = erased->after + MZ_AUDIT_PAGE;
    for (int64_t number = first; number <= last; number++) {
        int64_t place = number - erased->after - 1;
        erased->bits[place / 64] |= UINT64_C(1) << (place % 64);
    }
}

static mz_status take_erasure(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    erasures *all = context;
    mz_audit_line line;
    (void)count;
    mz_arena_reset(&all->arena);
    mz_status status = mz_audit_line_read(columns[1].text, &all->arena, &line, NULL);
    if (status == MZ_ERR_MEMORY) return mz_fail_memory(error);
    if (status) return MZ_OK;
    const mz_json_value *runs = mz_json_member(line.body, "entries");
    for (const mz_json_value *run = runs ? runs->child : NULL; run; run = run->next) {
        run_of_numbers numbers;
        if (run->kind == MZ_JSON_ARRAY && run->count == 2 && whole_number(run->child, &numbers.first) &&
            whole_number(run->child->next, &numbers.last))
            mark(all->erased, numbers, columns[0].number);
    }
    return MZ_OK;
}

mz_status mz_audit_erased_read(mz_sql *sql, mz_str chain, int64_t after, mz_audit_erased *ret_erased, mz_error *error) {
    enum { TREE_BYTES = 64 << 20 };
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(after)};
    erasures all = {.erased = ret_erased};
    *ret_erased = (mz_audit_erased){.after = after};
    mz_arena_init(&all.arena, TREE_BYTES);
    mz_status status = mz_sql_query(sql,
                                    "SELECT number, line FROM audit_entry WHERE chain = ?1 AND kind = "
                                    "'personal.erased' AND number > ?2 ORDER BY number",
                                    values, 2, take_erasure, &all, error);
    mz_arena_done(&all.arena);
    return status;
}
