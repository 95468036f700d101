/* mizan-bench-watch: subjects screened again when a list has changed.
 *
 * usage: mizan-bench-watch build   ROSTER SUBJECTS NAMES        makes a roster of subjects, with so many names each
 *        mizan-bench-watch touched ROSTER CHANGED [THREADS]     whom the entities of an image touch
 *        mizan-bench-watch forward SUBJECTS CHANGED COUNT NAMES the first subjects, each screened against them
 *
 * SUBJECTS are lines of mizan-corpus, CHANGED is an image. What was measured is printed as one line of JSON; times are
 * of the clock, and of the processors that the process had. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "mizan/watch.h"
#include "screen/query_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LINE_MOST = 1 << 20, SUBJECT_MOST = 1 << 24 };

static void die(const char *what, const mz_error *error) {
    (void)fprintf(stderr, "mizan-bench-watch: %s: %s\n", what, error->text);
    exit(1);
}

static double processor_s(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double s_since(uint64_t start) {
    return (double)(mz_clock_ns() - start) / 1e9;
}

/* ---- subjects ---- */

typedef struct subjects {
    mz_input input;
    mz_buffer line;
    mz_arena arena;
    mz_builder *builder;
    long names; /* of each, at most */
    mz_fact *facts;
    size_t room;
} subjects;

static void open_subjects(subjects *s, const char *path, long names) {
    mz_error error = {0};
    s->names = names;
    s->facts = NULL;
    s->room = 0;
    mz_buffer_init(&s->line, LINE_MOST);
    mz_arena_init(&s->arena, SUBJECT_MOST);
    if (mz_input_open(&s->input, path, &error)) die(path, &error);
    if (mz_builder_new(SUBJECT_MOST, MZ_DATE_DAY_FIRST, &s->builder, &error)) die(path, &error);
}

static void close_subjects(subjects *s) {
    mz_input_close(&s->input);
    mz_buffer_done(&s->line);
    mz_arena_done(&s->arena);
    mz_builder_free(s->builder);
    free(s->facts);
}

static bool is_name(mz_property property) {
    return property == MZ_PROP_name || property == MZ_PROP_alias;
}

/* The next one, without the names that it is not to have. */
static bool next_subject(subjects *s, mz_entity *ret_subject) {
    mz_error error = {0};
    bool more;
    mz_str id;
    const mz_json_value *root;
    const mz_record *record;
    mz_query_wishes wishes;
    const mz_wish_bounds bounds = {false, 1};
    mz_arena_reset(&s->arena);
    if (mz_input_line(&s->input, &s->line, &more, &error)) die("subjects", &error);
    if (!more) return false;
    if (mz_json_parse(mz_buffer_view(&s->line), 0, &s->arena, &root, &error) ||
        mz_query_read_json(root, &bounds, &s->arena, s->builder, &id, &record, &wishes, &error))
        die("subjects", &error);
    *ret_subject = record->entities[0];
    ret_subject->id = id;
    if (s->room < ret_subject->fact_count) s->facts = realloc(s->facts, ret_subject->fact_count * sizeof *s->facts);
    if (s->room < ret_subject->fact_count) s->room = ret_subject->fact_count;
    size_t kept = 0;
    long names = 0;
    for (size_t f = 0; f < ret_subject->fact_count; f++)
        if (!is_name(ret_subject->facts[f].property) || names++ < s->names) s->facts[kept++] = ret_subject->facts[f];
    ret_subject->facts = s->facts;
    ret_subject->fact_count = kept;
    return true;
}

/* ---- what is measured ---- */

static void build(const char *path, const char *of, long names) {
    mz_error error = {0};
    subjects s;
    mz_entity subject;
    mz_roster_builder *builder;
    uint64_t count = 0, start = mz_clock_ns();
    open_subjects(&s, of, names);
    if (mz_roster_builder_new(path, &builder, &error)) die(path, &error);
    for (; next_subject(&s, &subject); count++)
        if (mz_roster_builder_add(builder, subject.id, &subject, &error)) die(path, &error);
    if (mz_roster_builder_finish(builder, MZ_STR("bench"), 0, &error)) die(path, &error);
    mz_roster_builder_free(builder);
    close_subjects(&s);
    printf("{\"measure\":\"roster\",\"subjects\":%llu,\"seconds\":%.2f,\"processor_seconds\":%.2f}\n",
           (unsigned long long)count, s_since(start), processor_s());
}

static void touched(const char *path, const char *changed, unsigned threads) {
    mz_error error = {0};
    mz_roster *roster;
    mz_index *index;
    mz_touched *found;
    mz_roster_facts facts;
    mz_index_facts list;
    mz_touched_options options = {.screen = MZ_SCREEN_OPTIONS_INIT, .threads = threads};
    options.screen.limit = 100;
    uint64_t start = mz_clock_ns();
    if (mz_roster_open(path, &roster, &error)) die(path, &error);
    if (mz_index_open(changed, &index, &error)) die(changed, &error);
    double opened_s = s_since(start), before_s = processor_s();
    if (mz_roster_touched(roster, index, &options, &found, &error)) die(path, &error);
    mz_roster_info(roster, &facts);
    mz_index_info(index, &list);
    printf("{\"measure\":\"touched\",\"subjects\":%u,\"entities\":%u,\"names\":%u,\"threads\":%u,\"opened_s\":%.3f,"
           "\"seconds\":%.2f,\"processor_seconds\":%.2f,\"met\":%llu,\"scored\":%llu,\"judged\":%llu,"
           "\"touched\":%llu,\"pairs\":%llu}\n",
           facts.subjects, list.entities, list.names, threads, opened_s, s_since(start), processor_s() - before_s,
           (unsigned long long)found->met, (unsigned long long)found->scored, (unsigned long long)found->judged,
           (unsigned long long)found->subjects, (unsigned long long)found->pair_count);
    mz_touched_free(found);
    mz_index_close(index);
    mz_roster_close(roster);
}

static void forward(const char *of, const char *changed, long most, long names) {
    mz_error error = {0};
    subjects s;
    mz_entity subject;
    mz_index *index;
    mz_screener *screener;
    const mz_screening *screening;
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    uint64_t count = 0, hit = 0, pairs = 0;
    double in_s = 0;
    options.limit = 0;
    open_subjects(&s, of, names);
    if (mz_index_open(changed, &index, &error)) die(changed, &error);
    if (mz_screener_new(index, &options, &screener, &error)) die(changed, &error);
    for (; count < (uint64_t)most && next_subject(&s, &subject); count++) {
        double before_s = processor_s();
        if (mz_screen(screener, subject.id, &subject, &screening, &error)) die(changed, &error);
        in_s += processor_s() - before_s;
        hit += screening->total_hits > 0;
        pairs += screening->total_hits;
    }
    mz_screener_free(screener);
    mz_index_close(index);
    close_subjects(&s);
    printf("{\"measure\":\"forward\",\"subjects\":%llu,\"processor_seconds\":%.2f,\"touched\":%llu,\"pairs\":%llu}\n",
           (unsigned long long)count, in_s, (unsigned long long)hit, (unsigned long long)pairs);
}

int main(int argc, char **argv) {
    const char *what = argc > 3 ? argv[1] : "";
    if (strcmp(what, "build") == 0 && argc == 5)
        build(argv[2], argv[3], strtol(argv[4], NULL, 10));
    else if (strcmp(what, "touched") == 0)
        touched(argv[2], argv[3], argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 0);
    else if (strcmp(what, "forward") == 0 && argc == 6)
        forward(argv[2], argv[3], strtol(argv[4], NULL, 10), strtol(argv[5], NULL, 10));
    else
        return (void)fprintf(stderr, "usage: see the head of bench/watch_bench.c\n"), 2;
    return 0;
}
