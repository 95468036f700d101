/* mizan-bench: how fast the lists are read, indexed and screened.
 *
 * usage: mizan-bench [--json] LISTS_FOLDER [QUERIES.csv]
 *
 * Reads every official list of the folder, builds one image of all, and screens its names, each damaged in one way, and
 * the names of QUERIES.csv (first column: full_name), which are on no list. One thread; rates are for one core. Figures
 * of different machines do not compare; ratios of one run do. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "entity/record.h"
#include "index/image.h"
#include "mizan/list.h"
#include "mizan/screen.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

static const struct {
    const char *format, *path;
    bool indexed; /* one date of each list goes into the image */
} lists[] = {
    {"un", "un/consolidated-2020-11.xml", false},
    {"un", "un/consolidated-2025-04.xml", false},
    {"un", "un/consolidated-2026-08.xml", true},
    {"ofac", "ofac/sdn-2021-07.csv", true},
    {"ofac", "ofac/cons_prim-2025-12.csv", true},
    {"ofac-xml", "ofac/consolidated-non-sdn-2025-03.xml", false},
    {"us-csl", "us/consolidated-screening-list-2022-04.csv", true},
    {"eu", "eu/fsf-sample-2018.csv", true},
    {"uk", "uk/ofsi-conlist-2018-04.csv", true},
    {"australia", "australia/dfat-2026-08.xlsx", true},
    {"canada", "canada/sema-2020-10.xml", false},
    {"canada", "canada/sema-2025-06.xml", true},
    {"ftm", "ftm/uk-2026-04.ftm.json", true},
    {"ftm", "ftm/us-csl-2026-07.ftm.json", true},
    {"ftm", "ftm/sa-wiki-peps.ftm.json", true},
};
enum { LISTS = sizeof lists / sizeof lists[0], READ_ROUNDS = 3, QUERIES_MOST = 4000 };

static bool json;

static void die(const char *what, const mz_error *error) {
    (void)fprintf(stderr, "mizan-bench: %s: %s\n", what, error->text);
    exit(1);
}

static double seconds_since(uint64_t start) {
    return (double)(mz_clock_ns() - start) / 1e9;
}

static mz_status drop(void *context, const mz_record *record, mz_error *error) {
    (void)context, (void)record, (void)error;
    return MZ_OK;
}

static mz_status add(void *context, const mz_record *record, mz_error *error) {
    return mz_index_builder_add(context, record, error);
}

static void read_lists(const char *folder) {
    if (!json) printf("%-44s %9s %10s %8s\n", "reading", "records", "records/s", "MB/s");
    for (size_t i = 0; i < LISTS; i++) {
        char path[4096];
        mz_error error = {0};
        mz_read_report report;
        mz_read_options options = {.record = drop};
        (void)snprintf(path, sizeof path, "%s/%s", folder, lists[i].path);
        double best = 1e9;
        for (int round = 0; round < READ_ROUNDS; round++) {
            uint64_t start = mz_clock_ns();
            if (mz_list_read(mz_list_format_find(mz_str_of(lists[i].format)), path, &options, &report, &error))
                die(path, &error);
            double took = seconds_since(start);
            if (took < best) best = took;
        }
        double rate = (double)report.records / best, megabytes = (double)report.bytes / best / 1e6;
        if (json)
            printf("{\"measure\":\"read\",\"list\":\"%s\",\"format\":\"%s\",\"records\":%llu,\"records_per_s\":%.0f,"
                   "\"mb_per_s\":%.1f}\n",
                   lists[i].path, lists[i].format, (unsigned long long)report.records, rate, megabytes);
        else
            printf("  %-42s %9llu %10.0f %8.1f\n", lists[i].path, (unsigned long long)report.records, rate, megabytes);
    }
}

static mz_index *build(const char *folder, const char *path) {
    mz_error error = {0};
    mz_index_builder *builder;
    uint64_t start = mz_clock_ns();
    if (mz_index_builder_new(path, &builder, &error)) die(path, &error);
    for (size_t i = 0; i < LISTS; i++) {
        char from[4096], list[64];
        mz_read_report report;
        if (!lists[i].indexed) continue;
        (void)snprintf(list, sizeof list, "%zu", i);
        mz_read_options options = {.list = list, .record = add, .context = builder};
        (void)snprintf(from, sizeof from, "%s/%s", folder, lists[i].path);
        if (mz_list_read(mz_list_format_find(mz_str_of(lists[i].format)), from, &options, &report, &error))
            die(from, &error);
    }
    if (mz_index_builder_finish(builder, &error)) die(path, &error);
    mz_index_builder_free(builder);
    double took = seconds_since(start);
    mz_index *index;
    mz_index_facts facts;
    start = mz_clock_ns();
    if (mz_index_open(path, &index, &error)) die(path, &error);
    double opened = seconds_since(start);
    mz_index_info(index, &facts);
    if (json)
        printf(
            "{\"measure\":\"build\",\"entities\":%u,\"names\":%u,\"words\":%u,\"bytes\":%llu,\"entities_per_s\":%.0f,"
            "\"bytes_per_entity\":%.0f,\"open_ms\":%.2f}\n",
            facts.entities, facts.names, facts.words, (unsigned long long)facts.bytes, facts.entities / took,
            (double)facts.bytes / facts.entities, opened * 1e3);
    else
        printf("image of all together, reading included\n"
               "  %u entities, %u names, %u distinct words\n"
               "  built in %.2f s (%.0f entities/s), %.1f MB, %.0f bytes an entity; opened and checked in %.1f ms\n",
               facts.entities, facts.names, facts.words, took, facts.entities / took, (double)facts.bytes / 1e6,
               (double)facts.bytes / facts.entities, opened * 1e3);
    return index;
}

typedef struct query {
    char name[512];
    mz_schema schema;
} query;

static uint64_t state = 88172645463325252u;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

/* One letter changed, lost, doubled or exchanged, where the name is ASCII. */
static void damage(char *name) {
    size_t size = strlen(name);
    if (size < 4) return;
    size_t at = chance((uint32_t)size - 1);
    if ((name[at] | name[at + 1]) & 0x80) return;
    switch (chance(4)) {
    case 0: name[at] = (char)('a' + chance(26)); break;
    case 1: memmove(name + at, name + at + 1, size - at); break;
    case 2: {
        char kept = name[at];
        name[at] = name[at + 1];
        name[at + 1] = kept;
        break;
    }
    default: break;
    }
}

static size_t listed_names(const mz_index *index, query *queries) {
    size_t count = 0;
    while (count < QUERIES_MOST && index->name_count) {
        const mz_name_row *row = &index->names[chance(index->name_count)];
        mz_str text = mz_index_text(index, row->text);
        if (text.size >= sizeof queries[count].name) continue;
        memcpy(queries[count].name, text.data, text.size);
        queries[count].name[text.size] = '\0';
        damage(queries[count].name);
        queries[count++].schema = (mz_schema)index->entities[row->entity].schema;
    }
    return count;
}

static size_t names_of_file(const char *path, query *queries) {
    mz_error error = {0};
    mz_input input;
    mz_buffer line;
    size_t count = 0;
    bool more = true;
    if (mz_input_open(&input, path, &error)) die(path, &error);
    mz_buffer_init(&line, 1 << 20);
    for (bool first = true; count < QUERIES_MOST && !mz_input_line(&input, &line, &more, &error) && more;
         first = false) {
        size_t size = line.size ? strcspn(line.data, ",") : 0;
        if (first || !size || line.data[0] == '"' || size >= sizeof queries[count].name) continue;
        memcpy(queries[count].name, line.data, size);
        queries[count].name[size] = '\0';
        queries[count++].schema = MZ_SCHEMA_Person;
    }
    mz_input_close(&input);
    mz_buffer_done(&line);
    return count;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

#include <time.h>
static uint64_t cpu_ns(void){struct timespec t;clock_gettime(CLOCK_THREAD_CPUTIME_ID,&t);return (uint64_t)t.tv_sec*1000000000u+(uint64_t)t.tv_nsec;}
static void screen(const mz_index *index, const char *what, const query *queries, size_t count, bool exhaustive) {
    mz_error error = {0};
    mz_screener *screener;
    mz_screen_options options = {.threshold = 0.7, .limit = 10, .exhaustive = exhaustive};
    double *took = malloc((count + 1) * sizeof *took), total = 0;
    size_t hit = 0;
    if (!took || mz_screener_new(index, &options, &screener, &error)) die("screener", &error);
    for(int pass=0;pass<2;pass++){ total=0; hit=0; for (size_t q = 0; q < count; q++) {
        const mz_screening *found;
        uint64_t start = cpu_ns();
        if (mz_screen_name(screener, queries[q].schema, mz_str_of(queries[q].name), &found, &error))
            die(queries[q].name, &error);
        took[q] = ((double)(cpu_ns()-start)/1e9);
        total += took[q];
        hit += found->hit_count > 0;
    } }
    qsort(took, count, sizeof *took, ascending);
    double median = took[count / 2] * 1e3, high = took[count * 99 / 100] * 1e3;
    if (json)
        printf("{\"measure\":\"screen\",\"what\":\"%s\",\"queries\":%zu,\"per_s\":%.0f,\"median_ms\":%.4f,\"p99_ms\":%."
               "4f,\"with_hit\":%.4f}\n",
               what, count, (double)count / total, median, high, (double)hit / (double)count);
    else
        printf("  %-34s %6zu names %8.0f/s   median %.3f ms   99th percentile %.3f ms   %.1f %% with a hit\n", what,
               count, (double)count / total, median, high, 100.0 * (double)hit / (double)count);
    mz_screener_free(screener);
    free(took);
}

int main(int argc, char **argv) {
    int at = 1;
    if (argc > at && strcmp(argv[at], "--json") == 0) json = true, at++;
    if (argc <= at) {
        (void)fprintf(stderr, "usage: mizan-bench [--json] LISTS_FOLDER [QUERIES.csv]\n");
        return 2;
    }
    struct utsname machine;
    (void)uname(&machine);
    if (json)
        printf("{\"measure\":\"machine\",\"system\":\"%s %s\",\"cores\":%ld}\n", machine.sysname, machine.machine,
               sysconf(_SC_NPROCESSORS_ONLN));
    else
        printf("machine: %s %s, %ld cores; all rates are per core\n", machine.sysname, machine.machine,
               sysconf(_SC_NPROCESSORS_ONLN));
    char path[] = "/tmp/mizan-bench-XXXXXX";
    int descriptor = mkstemp(path);
    if (descriptor < 0) return 1;
    (void)close(descriptor);
    mz_index *index = build(argv[at], path);
    query *queries = calloc(QUERIES_MOST, sizeof *queries);
    if (!queries) return 1;
    if (!json) printf("screening at 0.70\n");
    size_t count = listed_names(index, queries);
    screen(index, "listed names, one letter damaged", queries, count, false);
    if (argc > at + 1) screen(index, "people on no list", queries, names_of_file(argv[at + 1], queries), false);
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    if (json)
        printf("{\"measure\":\"memory\",\"peak_mb\":%.1f}\n", (double)usage.ru_maxrss / 1024);
    else
        printf("most memory resident: %.0f MB\n", (double)usage.ru_maxrss / 1024);
    mz_index_close(index);
    (void)unlink(path);
    free(queries);
    return 0;
}
