#include "server/metrics.h"

#include "base/clock.h"
#include "base/error.h"
#include "server/listed.h"
#include "tasks/tasks.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef _Atomic uint64_t counter;

/* The statuses that are told apart; others are counted as 0, "other". */
static const int statuses[] = {200, 201, 204, 304, 400, 401, 403, 404, 405, 408, 409,
                               413, 415, 417, 422, 429, 431, 500, 502, 503, 505, 0};
enum { STATUS_COUNT = sizeof statuses / sizeof *statuses };

/* Upper bounds in microseconds; the last of a histogram is what is above them. */
static const uint64_t bounds_us[] = {100,   250,   500,    1000,   2500,   5000,    10000,
                                     25000, 50000, 100000, 250000, 500000, 1000000, 2500000};
enum { BOUND_COUNT = sizeof bounds_us / sizeof *bounds_us };

typedef struct route_figures {
    counter answers[STATUS_COUNT];
    counter buckets[BOUND_COUNT + 1];
    counter ns;
} route_figures;

struct mz_metrics {
    route_figures *routes; /* in the order of the tables; the last is of requests for no route */
    size_t route_count;
    counter limited[MZ_LIMIT_COUNT];
    counter connections;
    counter reloads, reload_failures;
};

static void add(counter *figure, uint64_t more) {
    (void)atomic_fetch_add_explicit(figure, more, memory_order_relaxed);
}

static uint64_t value(const counter *figure) {
    return atomic_load_explicit(figure, memory_order_relaxed);
}

mz_status mz_metrics_new(mz_metrics **ret_metrics, mz_error *error) {
    size_t table_count, routes = 1;
    const mz_routes *const *tables = mz_all_routes(&table_count);
    for (size_t t = 0; t < table_count; t++) routes += tables[t]->count;
    mz_metrics *metrics = calloc(1, sizeof *metrics);
    route_figures *figures = calloc(routes, sizeof *figures);
    if (!metrics || !figures) {
        free(metrics);
        free(figures);
        return mz_fail_memory(error);
    }
    metrics->routes = figures;
    metrics->route_count = routes;
    *ret_metrics = metrics;
    return MZ_OK;
}

void mz_metrics_free(mz_metrics *metrics) {
    if (!metrics) return;
    free(metrics->routes);
    free(metrics);
}

/* ---- counting ---- */

static size_t place_of(const mz_metrics *metrics, const mz_route *route) {
    size_t table_count, before = 0;
    const mz_routes *const *tables = mz_all_routes(&table_count);
    for (size_t t = 0; route && t < table_count; before += tables[t++]->count)
        if (route >= tables[t]->routes && route < tables[t]->routes + tables[t]->count)
            return before + (size_t)(route - tables[t]->routes);
    return metrics->route_count - 1;
}

void mz_metrics_request(mz_metrics *metrics, const mz_route *route, int status, uint64_t ns) {
    if (!metrics) return;
    route_figures *figures = &metrics->routes[place_of(metrics, route)];
    size_t s = 0, b = 0;
    while (s < STATUS_COUNT - 1 && statuses[s] != status) s++;
    while (b < BOUND_COUNT && ns > bounds_us[b] * 1000) b++;
    add(&figures->answers[s], 1);
    add(&figures->buckets[b], 1);
    add(&figures->ns, ns);
}

void mz_metrics_limited(mz_metrics *metrics, mz_limit limit) {
    if (metrics) add(&metrics->limited[limit], 1);
}

void mz_metrics_connections(mz_metrics *metrics, unsigned open) {
    if (metrics) atomic_store_explicit(&metrics->connections, open, memory_order_relaxed);
}

void mz_metrics_reload(mz_metrics *metrics, bool done) {
    if (metrics) add(done ? &metrics->reloads : &metrics->reload_failures, 1);
}

/* ---- writing ---- */

static void family(mz_buffer *out, const char *name, const char *type, const char *help) {
    mz_buffer_print(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void single(mz_buffer *out, const char *name, const char *type, const char *help, double number) {
    family(out, name, type, help);
    mz_buffer_print(out, "%s %.17g\n", name, number);
}

static const char *method_name(const mz_route *route) {
    static const char *const names[MZ_METHOD_COUNT] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    return route ? names[route->method] : "";
}

/* Goes through the routes that were asked for, the unknown last. */
static void each_route(const mz_metrics *metrics, mz_buffer *out,
                       void (*write)(mz_buffer *out, const mz_route *route, const route_figures *figures)) {
    size_t table_count, at = 0;
    const mz_routes *const *tables = mz_all_routes(&table_count);
    for (size_t t = 0; t < table_count; t++)
        for (size_t r = 0; r < tables[t]->count; r++) write(out, &tables[t]->routes[r], &metrics->routes[at++]);
    write(out, NULL, &metrics->routes[at]);
}

static void write_answers(mz_buffer *out, const mz_route *route, const route_figures *figures) {
    for (size_t s = 0; s < STATUS_COUNT; s++) {
        uint64_t count = value(&figures->answers[s]);
        if (count)
            mz_buffer_print(out, "mizan_http_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %" PRIu64 "\n",
                            method_name(route), route ? route->path : "", statuses[s], count);
    }
}

static void write_times(mz_buffer *out, const mz_route *route, const route_figures *figures) {
    const char *method = method_name(route), *path = route ? route->path : "";
    uint64_t sum = 0;
    for (size_t b = 0; b <= BOUND_COUNT; b++) sum += value(&figures->buckets[b]);
    if (!sum) return;
    sum = 0;
    for (size_t b = 0; b <= BOUND_COUNT; b++) {
        char bound[32] = "+Inf";
        if (b < BOUND_COUNT) (void)snprintf(bound, sizeof bound, "%g", (double)bounds_us[b] / 1e6);
        sum += value(&figures->buckets[b]);
        mz_buffer_print(out, "mizan_http_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"%s\"} %" PRIu64 "\n",
                        method, path, bound, sum);
    }
    mz_buffer_print(out, "mizan_http_request_seconds_sum{method=\"%s\",route=\"%s\"} %.9f\n", method, path,
                    (double)value(&figures->ns) / 1e9);
    mz_buffer_print(out, "mizan_http_request_seconds_count{method=\"%s\",route=\"%s\"} %" PRIu64 "\n", method, path,
                    sum);
}

static void write_requests(const mz_metrics *metrics, mz_buffer *out) {
    static const char *const limits[MZ_LIMIT_COUNT] = {
#define MZ_X(constant, label) [MZ_LIMITED_BY_##constant] = label,
        MZ_LIMITS(MZ_X)
#undef MZ_X
    };
    family(out, "mizan_http_requests_total", "counter", "Requests answered, by route and status (0: another).");
    each_route(metrics, out, write_answers);
    family(out, "mizan_http_request_seconds", "histogram", "From the first line of a request to its answer taken.");
    each_route(metrics, out, write_times);
    family(out, "mizan_http_limited_total", "counter", "Refused or cut off, by the limit that was met.");
    for (unsigned l = 0; l < MZ_LIMIT_COUNT; l++)
        mz_buffer_print(out, "mizan_http_limited_total{by=\"%s\"} %" PRIu64 "\n", limits[l],
                        value(&metrics->limited[l]));
    single(out, "mizan_http_connections", "gauge", "Connections that are open.", (double)value(&metrics->connections));
}

static void write_plan(const mz_plan *plan, mz_buffer *out) {
    single(out, "mizan_queries_total", "counter", "Queries screened.", (double)plan->queries);
    single(out, "mizan_work_total", "counter", "Work of screening, in units of about a nanosecond.",
           (double)plan->work);
    family(out, "mizan_plan_total", "counter", "What screening did, by kind of work and part of the index.");
    for (unsigned c = 0; c < MZ_PLAN_COUNTER_COUNT; c++)
        for (unsigned p = 0; p < MZ_PLAN_PART_COUNT; p++)
            mz_buffer_print(out, "mizan_plan_total{work=\"%s\",part=\"%s\"} %" PRIu64 "\n",
                            mz_plan_counter_name((mz_plan_counter)c), mz_plan_part_name((mz_plan_part)p),
                            plan->counts[p][c]);
}

static void write_engines(const mz_service *service, mz_buffer *out) {
    mz_engines_facts facts;
    mz_engines_info(service->engines, &facts);
    family(out, "mizan_engines", "gauge", "Screeners, by what they are at.");
    mz_buffer_print(out, "mizan_engines{state=\"in_use\"} %u\nmizan_engines{state=\"idle\"} %u\n", facts.in_use,
                    facts.most - facts.in_use);
    single(out, "mizan_engines_waiting", "gauge", "Requests that wait for a screener.", facts.waiting);
    write_plan(&facts.done, out);
}

/* A label's value, as the format wants it. */
static void put_label(mz_buffer *out, mz_str text) {
    for (size_t k = 0; k < text.size; k++) {
        if (text.data[k] == '\n') {
            mz_buffer_append(out, "\\n", 2);
            continue;
        }
        if (text.data[k] == '"' || text.data[k] == '\\') mz_buffer_char(out, '\\');
        mz_buffer_char(out, text.data[k]);
    }
}

static void write_list_figure(mz_buffer *out, const char *name, mz_str list, double number) {
    mz_buffer_print(out, "%s{list=\"", name);
    put_label(out, list);
    mz_buffer_print(out, "\"} %.17g\n", number);
}

static void write_lists(const mz_listed_facts *facts, mz_buffer *out) {
    family(out, "mizan_list_entities", "gauge", "Entities of a list in the index.");
    for (size_t k = 0; k < facts->count; k++)
        write_list_figure(out, "mizan_list_entities", facts->lists[k].list, facts->lists[k].entities);
    family(out, "mizan_list_published_timestamp_seconds", "gauge", "The own date of a list in the index.");
    for (size_t k = 0; k < facts->count; k++)
        if (facts->lists[k].published)
            write_list_figure(out, "mizan_list_published_timestamp_seconds", facts->lists[k].list,
                              (double)facts->lists[k].published);
    family(out, "mizan_list_checked_timestamp_seconds", "gauge", "When its publisher last confirmed a list.");
    for (size_t k = 0; k < facts->count; k++)
        if (facts->lists[k].checked)
            write_list_figure(out, "mizan_list_checked_timestamp_seconds", facts->lists[k].list,
                              (double)facts->lists[k].checked);
    family(out, "mizan_list_stale", "gauge", "Whether a list was not confirmed for longer than the service allows.");
    for (size_t k = 0; k < facts->count; k++)
        if (facts->lists[k].staleness != MZ_STALENESS_UNKNOWN)
            write_list_figure(out, "mizan_list_stale", facts->lists[k].list, facts->lists[k].staleness == MZ_STALE);
}

static mz_status count_tasks(void *context, mz_sql *sql, mz_error *error) {
    return mz_tasks_count(sql, context, error);
}

/* Of a store that does not answer nothing is said: the other figures are what is looked at then. */
static void write_tasks(const mz_service *service, mz_buffer *out) {
    uint64_t counts[MZ_TASK_PHASE_COUNT];
    if (!service->store || mz_store_read(service->store, count_tasks, counts, NULL)) return;
    family(out, "mizan_tasks", "gauge", "Long work by phase: what waits, what runs, and how it ended.");
    for (int k = 0; k < MZ_TASK_PHASE_COUNT; k++)
        mz_buffer_print(out, "mizan_tasks{phase=\"%s\"} %llu\n", mz_task_phase_word((mz_task_phase)k),
                        (unsigned long long)counts[k]);
}

/* As Linux tells it; 0 elsewhere. */
static uint64_t resident_bytes(void) {
    unsigned long long total, resident = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return 0;
    if (fscanf(file, "%llu %llu", &total, &resident) != 2) resident = 0;
    (void)fclose(file);
    return resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

mz_status mz_metrics_write(const mz_service *service, mz_arena *arena, mz_buffer *out, mz_error *error) {
    mz_listed_facts facts;
    mz_status status = mz_listed_look(service, arena, &facts, error);
    if (status) return status;
    if (service->metrics) {
        write_requests(service->metrics, out);
        single(out, "mizan_index_reloads_total", "counter", "Times that the index was replaced.",
               (double)value(&service->metrics->reloads));
        single(out, "mizan_index_reload_failures_total", "counter", "Times that a new index could not be used.",
               (double)value(&service->metrics->reload_failures));
    }
    write_engines(service, out);
    single(out, "mizan_index_entities", "gauge", "Entities of the index.", facts.entities);
    single(out, "mizan_index_names", "gauge", "Names of the index.", facts.names);
    single(out, "mizan_index_bytes", "gauge", "Size of the index.", (double)facts.bytes);
    write_lists(&facts, out);
    write_tasks(service, out);
    single(out, "process_start_time_seconds", "gauge", "When the service began.", (double)service->started);
    single(out, "process_resident_memory_bytes", "gauge", "Memory in use, the mapped index too.",
           (double)resident_bytes());
    return MZ_OK;
}
