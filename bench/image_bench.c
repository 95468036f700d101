/* mizan-bench-image: one measurement of one image in a process of its own, which has nothing else in its memory.
 *
 * usage: mizan-bench-image first      IMAGE QUERIES [THRESHOLD]          opening it, and the first answer
 *        mizan-bench-image screen     IMAGE QUERIES [THRESHOLD] [COUNT]  one query after the other, one thread
 *        mizan-bench-image exhaustive IMAGE QUERIES [THRESHOLD] [COUNT]  the same, scoring everything
 *        mizan-bench-image hard       IMAGE QUERIES [THRESHOLD]          each query alone, the best of three
 *        mizan-bench-image memory     IMAGE QUERIES [THRESHOLD] [COUNT]  what is resident after them
 *
 * QUERIES are lines of mizan-bench-queries. What was measured is printed as one line of JSON, or one for each query.
 * Times are of the processor that the thread had, so that they depend little on what else the machine does; those of
 * `first` are of the clock. Beside them stand the instructions that were executed, where the kernel counts them. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "mizan/screen.h"

#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { QUERIES_MOST = 1000000, HARD_ROUNDS = 3, KINDS_MOST = 32 };

typedef struct asked {
    mz_str kind, name;
    mz_schema schema;
    int64_t entity;
    double ms;
} asked;

typedef struct bench {
    mz_arena arena;
    asked *queries;
    size_t count;
    double threshold;
    bool exhaustive;
    mz_index *index;
    mz_screener *screener;
} bench;

static void die(const char *what, const mz_error *error) {
    (void)fprintf(stderr, "mizan-bench-image: %s: %s\n", what, error->text);
    exit(1);
}

static double ms_since(uint64_t start) {
    return (double)(mz_clock_ns() - start) / 1e6;
}

/* ---- queries ---- */

static mz_str cut_field(mz_str *line) {
    const char *tab = line->size ? memchr(line->data, '\t', line->size) : NULL;
    mz_str field = {line->data, tab ? (size_t)(tab - line->data) : line->size};
    size_t used = field.size + (tab != NULL);
    *line = (mz_str){line->data + used, line->size - used};
    return field;
}

static void read_queries(bench *b, const char *path, size_t most) {
    mz_error error = {0};
    mz_input input;
    mz_buffer line;
    bool more = true;
    if (mz_input_open(&input, path, &error)) die(path, &error);
    mz_buffer_init(&line, 1 << 20);
    b->queries = malloc(most * sizeof *b->queries);
    if (!b->queries) die(path, &error);
    while (b->count < most && !mz_input_line(&input, &line, &more, &error) && more) {
        mz_str text = mz_arena_copy(&b->arena, mz_buffer_view(&line));
        asked *q = &b->queries[b->count];
        *q = (asked){.kind = cut_field(&text)};
        mz_str schema = cut_field(&text), entity = cut_field(&text);
        q->entity = strtoll(entity.data, NULL, 10);
        q->name = text;
        if (mz_schema_find(schema, &q->schema)) b->count++;
    }
    mz_input_close(&input);
    mz_buffer_done(&line);
    if (!b->count) die(path, &(mz_error){.text = "there is no query in it"});
}

/* ---- instructions ---- */

/* A counter of this thread's instructions in user space; -1 where there is none. */
static int count_instructions(void) {
    struct perf_event_attr wanted = {.type = PERF_TYPE_HARDWARE,
                                     .size = sizeof wanted,
                                     .config = PERF_COUNT_HW_INSTRUCTIONS,
                                     .exclude_kernel = 1,
                                     .exclude_hv = 1};
    return (int)syscall(SYS_perf_event_open, &wanted, 0, -1, -1, 0);
}

static uint64_t instructions(int counter) {
    uint64_t value = 0;
    return counter >= 0 && read(counter, &value, sizeof value) == (ssize_t)sizeof value ? value : 0;
}

/* ---- measuring ---- */

/* Milliseconds of processor that this thread has had: on a machine with nothing else to do, those of the clock. */
static double thread_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * (double)now.tv_sec + (double)now.tv_nsec / 1e6;
}

static const mz_screening *screen(bench *b, asked *q) {
    mz_error error = {0};
    const mz_screening *found;
    double start = thread_ms();
    if (mz_screen_name(b->screener, q->schema, q->name, &found, &error)) die(q->name.data, &error);
    q->ms = thread_ms() - start;
    return found;
}

static void new_screener(bench *b) {
    mz_error error = {0};
    mz_screen_options options = {.threshold = b->threshold, .limit = 10, .exhaustive = b->exhaustive};
    mz_screener_free(b->screener);
    if (mz_screener_new(b->index, &options, &b->screener, &error)) die("screener", &error);
}

static void open_image(bench *b, const char *path) {
    mz_error error = {0};
    if (mz_index_open(path, &b->index, &error)) die(path, &error);
    new_screener(b);
}

static int ascending(const void *left, const void *right) {
    double a = ((const asked *)left)->ms, b = ((const asked *)right)->ms;
    return (a > b) - (a < b);
}

static void print_facts(const bench *b) {
    mz_index_facts facts;
    mz_index_info(b->index, &facts);
    printf("\"entities\":%u,\"names\":%u,\"words\":%u,\"bytes\":%llu,\"threshold\":%.2f", facts.entities, facts.names,
           facts.words, (unsigned long long)facts.bytes, b->threshold);
}

/* The work of a query at the mean; the rest of the line. */
static void print_work(const mz_plan *plan) {
    printf(",\"work\":{\"charged\":%.0f", (double)plan->work / (double)plan->queries);
    for (size_t c = 0; c < MZ_PLAN_COUNTER_COUNT; c++)
        printf(",\"%s\":%.1f", mz_plan_counter_name((mz_plan_counter)c),
               (double)mz_plan_count(plan, (mz_plan_counter)c) / (double)plan->queries);
    printf("}");
}

/* Of the queries of each kind: how many, how many found whom they mean, and their median time; they are sorted. */
static void print_kinds(const bench *b, const bool *met) {
    mz_str kinds[KINDS_MOST];
    size_t kind_count = 0;
    printf(",\"kinds\":{");
    for (size_t q = 0; q < b->count; q++) {
        size_t k = 0, count = 0, found = 0, seen = 0;
        double median = 0;
        while (k < kind_count && !mz_str_equal(kinds[k], b->queries[q].kind)) k++;
        if (k < kind_count || k == KINDS_MOST) continue;
        kinds[kind_count++] = b->queries[q].kind;
        for (size_t r = q; r < b->count; r++)
            if (mz_str_equal(kinds[k], b->queries[r].kind)) count++, found += met[r];
        for (size_t r = q; r < b->count && seen <= count / 2; r++)
            if (mz_str_equal(kinds[k], b->queries[r].kind)) median = b->queries[r].ms, seen++;
        printf("%s\"%.*s\":{\"queries\":%zu,\"found\":%zu,\"median_ms\":%.4f}", k ? "," : "", (int)kinds[k].size,
               kinds[k].data, count, found, median);
    }
    printf("}");
}

/* Whether each query finds whom it means, at whatever place among the hits; asked apart, so that it takes no time. */
static bool *who_is_found(bench *b) {
    bool *met = calloc(b->count, sizeof *met);
    mz_error error = {0};
    const mz_screening *judged;
    for (size_t q = 0; q < b->count && met; q++) {
        if (b->queries[q].entity < 0) continue;
        mz_fact fact = {.property = MZ_PROP_name, .value = b->queries[q].name};
        mz_entity query = {.schema = b->queries[q].schema, .facts = &fact, .fact_count = 1};
        if (mz_screen_entity(b->screener, &query, (uint32_t)b->queries[q].entity, &judged, &error))
            die("judging", &error);
        met[q] = judged->total_hits > 0;
    }
    if (!met) die("memory", &error);
    return met;
}

static void measure_screening(bench *b, const char *what) {
    double total = 0;
    mz_plan work = {0};
    size_t with_hit = 0, hits = 0, meant = 0, found = 0;
    int counter = count_instructions();
    (void)screen(b, &b->queries[0]); /* what is allocated once is there */
    uint64_t before = instructions(counter), started = mz_clock_ns();
    for (size_t q = 0; q < b->count; q++) {
        const mz_screening *screening = screen(b, &b->queries[q]);
        total += b->queries[q].ms;
        with_hit += screening->total_hits > 0;
        hits += screening->total_hits;
        mz_plan_add(&work, screening->plan);
    }
    uint64_t executed = instructions(counter) - before;
    double clock_ms = ms_since(started);
    qsort(b->queries, b->count, sizeof *b->queries, ascending);
    bool *met = who_is_found(b);
    for (size_t q = 0; q < b->count; q++) meant += b->queries[q].entity >= 0, found += met[q];
    const asked *worst = &b->queries[b->count - 1];
    printf("{\"measure\":\"%s\",", what);
    print_facts(b);
    printf(",\"queries\":%zu,\"per_s\":%.1f,\"mean_ms\":%.4f,\"median_ms\":%.4f,\"p99_ms\":%.4f,\"worst_ms\":%.4f,"
           "\"worst\":\"%.*s\",\"clock_mean_ms\":%.4f,\"with_hit\":%.4f,\"hits\":%.2f,\"damaged\":%zu,\"found\":%zu",
           b->count, 1e3 * (double)b->count / total, total / (double)b->count, b->queries[b->count / 2].ms,
           b->queries[b->count * 99 / 100].ms, worst->ms, (int)worst->kind.size, worst->kind.data,
           clock_ms / (double)b->count, (double)with_hit / (double)b->count, (double)hits / (double)b->count, meant,
           found);
    if (executed) printf(",\"instructions\":%.0f", (double)executed / (double)b->count);
    print_work(&work);
    print_kinds(b, met);
    printf("}\n");
    free(met);
}

static void measure_hard(bench *b) {
    for (size_t q = 0; q < b->count; q++) {
        double best = 1e12;
        size_t hits = 0;
        for (int round = 0; round < HARD_ROUNDS; round++) {
            asked other = {.name = MZ_STR("zxqv"), .schema = MZ_SCHEMA_Vessel};
            new_screener(b); /* which remembers nothing of the round before */
            (void)screen(b, &other);
            hits = screen(b, &b->queries[q])->total_hits;
            if (b->queries[q].ms < best) best = b->queries[q].ms;
        }
        printf("{\"measure\":\"hard\",");
        print_facts(b);
        printf(",\"what\":\"%.*s\",\"ms\":%.4f,\"hits\":%zu}\n", (int)b->queries[q].kind.size, b->queries[q].kind.data,
               best, hits);
    }
}

/* ---- memory ---- */

/* Kilobytes of a line of /proc/self/smaps_rollup. */
static uint64_t resident_kb(const char *text, const char *field) {
    const char *at = strstr(text, field);
    return at ? strtoull(at + strlen(field), NULL, 10) : 0;
}

static void measure_memory(bench *b) {
    char text[8192] = "";
    for (size_t q = 0; q < b->count; q++) (void)screen(b, &b->queries[q]);
    FILE *file = fopen("/proc/self/smaps_rollup", "r");
    size_t size = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file) (void)fclose(file);
    text[size] = '\0';
    uint64_t resident = resident_kb(text, "\nRss:"), own = resident_kb(text, "\nAnonymous:");
    printf("{\"measure\":\"memory\",");
    print_facts(b);
    printf(",\"queries\":%zu,\"resident_mb\":%.1f,\"of_the_file_mb\":%.1f,\"own_mb\":%.1f}\n", b->count,
           (double)resident / 1024, (double)(resident - own) / 1024, (double)own / 1024);
}

static void measure_first(bench *b, const char *path) {
    uint64_t start = mz_clock_ns();
    open_image(b, path);
    double opened = ms_since(start);
    (void)screen(b, &b->queries[0]);
    double answered = ms_since(start);
    printf("{\"measure\":\"first\",");
    print_facts(b);
    printf(",\"open_ms\":%.3f,\"answer_ms\":%.3f}\n", opened, answered);
}

int main(int argc, char **argv) {
    bench b = {.threshold = 0.7};
    if (argc < 4 || argc > 6) {
        (void)fprintf(stderr, "usage: mizan-bench-image first|screen|exhaustive|hard|memory IMAGE QUERIES [THRESHOLD] "
                              "[COUNT]\n");
        return 2;
    }
    mz_str what = mz_str_of(argv[1]);
    if (argc > 4) b.threshold = strtod(argv[4], NULL);
    size_t most = argc > 5 ? strtoull(argv[5], NULL, 10) : QUERIES_MOST;
    mz_arena_init(&b.arena, (size_t)1 << 30);
    read_queries(&b, argv[3], most && most < QUERIES_MOST ? most : QUERIES_MOST);
    b.exhaustive = mz_str_equal(what, MZ_STR("exhaustive"));
    if (mz_str_equal(what, MZ_STR("first"))) {
        measure_first(&b, argv[2]);
    } else {
        open_image(&b, argv[2]);
        if (mz_str_equal(what, MZ_STR("hard")))
            measure_hard(&b);
        else if (mz_str_equal(what, MZ_STR("memory")))
            measure_memory(&b);
        else
            measure_screening(&b, argv[1]);
    }
    mz_screener_free(b.screener);
    mz_index_close(b.index);
    mz_arena_done(&b.arena);
    free(b.queries);
    return 0;
}
