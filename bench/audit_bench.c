/* mizan-bench-audit: what it takes to add to the audit chain, and to verify it.
 *
 * usage: mizan-bench-audit [--json] [--entries N] ADDRESS...
 *
 * Each address is a path or postgresql://…, of a store that is new. N entries (1,000,000) of some 700 bytes, half of
 * them with a personal part, are added a thousand to a transaction; then some in a transaction of their own each, by
 * one thread for two seconds; then all are verified, and a page is asked for in each way that there is. */
#include "audit/audit.h"
#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 1000, RUN_MS = 2000, TEXT_BYTES = 400, PAGE = 50, ARENA_BYTES = 64 << 20 };

typedef struct bench {
    mz_store *store;
    mz_arena arena;
    uint64_t added;
    mz_audit_draft drafts[BATCH];
    char bodies[BATCH][TEXT_BYTES], personal[BATCH][TEXT_BYTES], objects[BATCH][32], actors[BATCH][32];
    mz_audit_query query;
    size_t found;
    bool json;
} bench;

static void draft(bench *made, size_t k) {
    static const char *const kinds[] = {"alert.raised", "screening", "decision.made", "note.added", "case.assigned"};
    uint64_t n = made->added + k;
    (void)snprintf(made->objects[k], sizeof made->objects[k], "01J%023llu", (unsigned long long)(n % 50000));
    (void)snprintf(made->actors[k], sizeof made->actors[k], "01H%023llu", (unsigned long long)(n % 40));
    (void)snprintf(made->bodies[k], TEXT_BYTES,
                   "{\"case\":\"C-%llu\",\"alerts\":[\"%llu\",\"%llu\"],\"disposition\":\"false-positive\",\"reason\":"
                   "\"other-person\",\"subject_digest\":\"%064llu\",\"version\":%llu}",
                   (unsigned long long)n, (unsigned long long)n, (unsigned long long)n + 1, (unsigned long long)n,
                   (unsigned long long)(n % 7));
    (void)snprintf(made->personal[k], TEXT_BYTES,
                   "{\"note\":\"the date of birth is another one; asked at the desk, number %llu\",\"names\":[\"first "
                   "name\",\"second name\"]}",
                   (unsigned long long)n);
    made->drafts[k] = (mz_audit_draft){.chain = MZ_STR("bench"),
                                       .kind = mz_str_of(kinds[n % 5]),
                                       .actor_kind = MZ_STR("person"),
                                       .actor = mz_str_of(made->actors[k]),
                                       .object = mz_str_of(made->objects[k]),
                                       .body = mz_str_of(made->bodies[k]),
                                       .personal = n % 2 ? mz_str_of(made->personal[k]) : MZ_STR("")};
}

static mz_status begin(void *context, mz_sql *sql, mz_error *error) {
    (void)context;
    return mz_sql_run(sql,
                      "INSERT INTO access_agency (agency, name, title, state, operates, second_factor, created) VALUES "
                      "('bench', 'bench', 'Bench', 'active', 1, 0, 1)",
                      NULL, 0, NULL, error);
}

static mz_status add_batch(void *context, mz_sql *sql, mz_error *error) {
    bench *made = context;
    return mz_audit_append_all(sql, made->drafts, BATCH, NULL, error);
}

static mz_status add_one(void *context, mz_sql *sql, mz_error *error) {
    bench *made = context;
    return mz_audit_append(sql, &made->drafts[0], NULL, error);
}

static mz_status list(void *context, mz_sql *sql, mz_error *error) {
    bench *made = context;
    mz_audit_entry *entries;
    return mz_audit_list(sql, &made->query, &made->arena, &entries, &made->found, error);
}

static void tell(const bench *made, const char *what, double figure, const char *unit) {
    const char *of = strstr(mz_store_shown(made->store), "://") ? "postgresql" : "sqlite";
    if (made->json)
        printf("{\"measure\":\"audit\",\"of\":\"%s\",\"what\":\"%s\",\"%s\":%.3f}\n", of, what, unit, figure);
    else
        printf("  %-28s %12.3f %s\n", what, figure, unit);
    (void)fflush(stdout);
}

static double seconds_since(uint64_t start_ns) {
    return (double)(mz_clock_ns() - start_ns) / 1e9;
}

static mz_status add_all(bench *made, uint64_t entries, mz_error *error) {
    mz_status status = mz_store_change(made->store, begin, made, error);
    uint64_t start_ns = mz_clock_ns();
    while (!status && made->added < entries) {
        for (size_t k = 0; k < BATCH; k++) draft(made, k);
        status = mz_store_change(made->store, add_batch, made, error);
        made->added += BATCH;
    }
    tell(made, "added, 1000 a transaction", (double)made->added / seconds_since(start_ns), "per_s");
    start_ns = mz_clock_ns();
    uint64_t alone = 0;
    for (; !status && seconds_since(start_ns) * 1000 < RUN_MS; alone++) {
        draft(made, 0);
        status = mz_store_change(made->store, add_one, made, error);
    }
    tell(made, "added, 1 a transaction", (double)alone / seconds_since(start_ns), "per_s");
    made->added += alone;
    return status;
}

static mz_status verify(bench *made, mz_error *error) {
    mz_audit_verdict verdict = {.whole = false};
    uint64_t start_ns = mz_clock_ns();
    mz_status status = mz_audit_verify(made->store, MZ_STR("bench"), NULL, &made->arena, &verdict, error);
    double took_s = seconds_since(start_ns);
    if (status) return status;
    if (!verdict.whole || verdict.entries != (int64_t)made->added) {
        (void)fprintf(stderr, "mizan-bench-audit: not whole: %.*s\n", (int)verdict.what.size, verdict.what.data);
        return MZ_ERR_REFUSED;
    }
    tell(made, "verified", took_s, "s");
    tell(made, "verified, of a million", took_s * 1e6 / (double)verdict.entries, "s");
    return MZ_OK;
}

static mz_status ask(bench *made, const char *what, mz_audit_query query, mz_error *error) {
    mz_status status = MZ_OK;
    double best_ms = 1e9;
    query.chain = MZ_STR("bench");
    query.limit = PAGE;
    made->query = query;
    for (int k = 0; k < 5 && !status; k++) {
        uint64_t start_ns = mz_clock_ns();
        mz_arena_reset(&made->arena);
        status = mz_store_read(made->store, list, made, error);
        double took_ms = seconds_since(start_ns) * 1000;
        if (took_ms < best_ms) best_ms = took_ms;
    }
    tell(made, what, best_ms, "ms");
    return status;
}

static mz_status ask_all(bench *made, mz_error *error) {
    mz_status status = ask(made, "a page", (mz_audit_query){.before = 0}, error);
    if (!status)
        status =
            ask(made, "a page of an object", (mz_audit_query){.object = MZ_STR("01J00000000000000000000007")}, error);
    if (!status) status = ask(made, "a page of a kind", (mz_audit_query){.kind = MZ_STR("screening")}, error);
    if (!status) status = ask(made, "a page of a rare kind", (mz_audit_query){.kind = MZ_STR("none.at-all")}, error);
    if (!status) status = ask(made, "a page of rare kinds", (mz_audit_query){.kind = MZ_STR("none.")}, error);
    if (!status)
        status =
            ask(made, "a page of an actor", (mz_audit_query){.actor = MZ_STR("01H00000000000000000000007")}, error);
    if (!status) status = ask(made, "a page of a rare actor", (mz_audit_query){.actor = MZ_STR("nobody")}, error);
    if (!status) status = ask(made, "a page of long ago", (mz_audit_query){.until = 1}, error);
    return status;
}

static int measure(const char *address, uint64_t entries, bool json) {
    mz_error error = {0};
    bench *made = calloc(1, sizeof *made);
    if (!made) return 1;
    made->json = json;
    mz_arena_init(&made->arena, ARENA_BYTES);
    mz_status status = mz_store_open(address, &made->store, &error);
    if (!status && !json) printf("audit chain in %s\n", mz_store_shown(made->store));
    if (!status) status = add_all(made, entries, &error);
    if (!status) status = verify(made, &error);
    if (!status) status = ask_all(made, &error);
    if (status) (void)fprintf(stderr, "mizan-bench-audit: %s\n", error.text);
    mz_store_close(made->store);
    mz_arena_done(&made->arena);
    free(made);
    return status != MZ_OK;
}

int main(int argc, char **argv) {
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    int first = json ? 2 : 1, outcome = 0;
    uint64_t entries = 1000000;
    if (argc > first + 1 && strcmp(argv[first], "--entries") == 0) {
        entries = strtoull(argv[first + 1], NULL, 10);
        first += 2;
    }
    if (argc <= first || !entries) {
        (void)fprintf(stderr, "usage: mizan-bench-audit [--json] [--entries N] ADDRESS...\n");
        return 2;
    }
    for (int k = first; !outcome && k < argc; k++) outcome = measure(argv[k], entries, json);
    return outcome;
}
