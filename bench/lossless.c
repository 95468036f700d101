#include "bench/lossless.h"

#include "base/error.h"
#include "mizan/screen.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { THRESHOLDS = 3, LIMIT = 20000, THREADS_MOST = 64, COMPLAINTS_MOST = 10, UNIT = 1000000 };
static const double thresholds[THRESHOLDS] = {0.5, 0.7, 0.85};

typedef struct shared {
    const lossless_job *job;
    atomic_uint_fast64_t next, complaints;
} shared;

typedef struct worker {
    shared *all;
    mz_screener *exhaustive, *indexed[THRESHOLDS];
    lossless_tally tally;
    mz_status status;
    mz_error error;
    pthread_t thread;
} worker;

static mz_status make_screeners(worker *w) {
    const mz_index *index = w->all->job->source.index;
    mz_screen_options options = {.threshold = thresholds[0], .limit = LIMIT, .exhaustive = true};
    mz_status status = mz_screener_new(index, &options, &w->exhaustive, &w->error);
    options.exhaustive = false;
    for (size_t t = 0; t < THRESHOLDS && !status; t++) {
        options.threshold = thresholds[t];
        status = mz_screener_new(index, &options, &w->indexed[t], &w->error);
    }
    return status;
}

static uint32_t millionths(double score) {
    return (uint32_t)(score * UNIT + 0.5);
}

static void complain(worker *w, const query *q, double threshold, size_t expected, size_t found) {
    FILE *out = w->all->job->complaints;
    if (out && atomic_fetch_add(&w->all->complaints, 1) < COMPLAINTS_MOST)
        (void)fprintf(out, "%s \"%s\" at %.6f: %zu hits expected, %zu found\n", mz_schema_name(q->schema), q->name,
                      threshold, expected, found);
}

/* Hits stand by score, so that those of a higher threshold are the first of those of a lower one. */
static size_t reaching(const mz_screening *all, double threshold) {
    size_t count = 0;
    while (count < all->hit_count && millionths(all->hits[count].score) >= millionths(threshold)) count++;
    return count;
}

static bool has(const mz_hit *hits, size_t count, uint32_t number) {
    for (size_t h = 0; h < count; h++)
        if (hits[h].number == number) return true;
    return false;
}

static void compare(worker *w, const query *q, double threshold, const mz_screening *all, const mz_screening *found) {
    size_t expected = reaching(all, threshold), lost = 0, invented = 0, different = 0;
    for (size_t h = 0; h < expected; h++) lost += !has(found->hits, found->hit_count, all->hits[h].number);
    for (size_t h = 0; h < found->hit_count; h++) invented += !has(all->hits, expected, found->hits[h].number);
    for (size_t h = 0; h < expected && !lost && !invented; h++)
        different += found->hits[h].number != all->hits[h].number ||
                     memcmp(&found->hits[h].score, &all->hits[h].score, sizeof(double)) != 0 ||
                     memcmp(&found->hits[h].weight, &all->hits[h].weight, sizeof(double)) != 0 ||
                     !mz_str_equal(found->hits[h].entity_name, all->hits[h].entity_name);
    w->tally.lost += lost;
    w->tally.invented += invented;
    w->tally.different += different || found->total_hits != found->hit_count;
    w->tally.searches++;
    if (lost || invented || different) complain(w, q, threshold, expected, found->hit_count);
}

/* ---- at the score itself ---- */

static void write_json(const query *q, double threshold, mz_buffer *json) {
    mz_buffer_clear(json);
    mz_buffer_print(json, "{\"id\":\"q\",\"schema\":\"%s\",\"threshold\":%.6f,\"properties\":{\"name\":[\"",
                    mz_schema_name(q->schema), threshold);
    for (size_t i = 0; i < q->size; i++) {
        unsigned char c = (unsigned char)q->name[i];
        if (c < 0x20)
            mz_buffer_print(json, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            mz_buffer_print(json, "\\%c", c);
        else
            mz_buffer_char(json, (char)c);
    }
    mz_buffer_print(json, "\"]}}");
}

static mz_status ask_at(worker *w, const query *q, double threshold, size_t expected, mz_buffer *json) {
    mz_str answer;
    size_t found;
    write_json(q, threshold, json);
    if (json->failed) return mz_fail_memory(&w->error);
    mz_status status = mz_screen_json(w->indexed[0], mz_buffer_view(json), &answer, &found, &w->error);
    if (status) return status;
    w->tally.at_the_score++;
    if (found < expected) w->tally.lost += expected - found;
    if (found > expected) w->tally.invented += found - expected;
    if (found != expected) complain(w, q, threshold, expected, found);
    return MZ_OK;
}

/* One of the hits, another for each query. */
static mz_status ask_at_a_score(worker *w, const query *q, uint64_t number, const mz_screening *all, mz_buffer *json) {
    if (!all->hit_count) return MZ_OK;
    double score = all->hits[number % all->hit_count].score, above = score + 1.0 / UNIT;
    mz_status status = ask_at(w, q, score, reaching(all, score), json);
    if (!status && above <= 1) status = ask_at(w, q, above, reaching(all, above), json);
    return status;
}

/* ---- all of it ---- */

static mz_status compare_one(worker *w, uint64_t number, mz_buffer *json) {
    const lossless_job *job = w->all->job;
    const mz_screening *all, *found;
    query q;
    query_make(&job->source, job->seed, number, &q);
    if (number % 16 == 0) q.schema = MZ_SCHEMA_LegalEntity; /* read as a person's name and as a firm's */
    mz_str name = {q.name, q.size};
    mz_status status = mz_screen_name(w->exhaustive, q.schema, name, &all, &w->error);
    if (status) return status;
    w->tally.queries++;
    w->tally.hits += all->hit_count;
    for (size_t t = 0; t < THRESHOLDS && !status; t++) {
        status = mz_screen_name(w->indexed[t], q.schema, name, &found, &w->error);
        if (!status) compare(w, &q, thresholds[t], all, found);
    }
    return status ? status : ask_at_a_score(w, &q, number, all, json);
}

static void *work(void *context) {
    worker *w = context;
    mz_buffer json;
    mz_buffer_init(&json, 64 << 10);
    w->status = make_screeners(w);
    while (!w->status) {
        uint64_t number = atomic_fetch_add(&w->all->next, 1);
        if (number >= w->all->job->queries) break;
        w->status = compare_one(w, number, &json);
    }
    mz_buffer_done(&json);
    return NULL;
}

static void add(lossless_tally *to, const lossless_tally *from) {
    to->queries += from->queries;
    to->searches += from->searches;
    to->hits += from->hits;
    to->at_the_score += from->at_the_score;
    to->lost += from->lost;
    to->invented += from->invented;
    to->different += from->different;
}

mz_status lossless_run(const lossless_job *job, lossless_tally *ret_tally, mz_error *error) {
    shared all = {.job = job};
    unsigned threads = job->threads < THREADS_MOST ? job->threads : THREADS_MOST, started = 0;
    worker *workers = calloc(threads, sizeof *workers);
    mz_status status = workers ? MZ_OK : mz_fail_memory(error);
    for (; started < threads && !status; started++) {
        workers[started].all = &all;
        if (pthread_create(&workers[started].thread, NULL, work, &workers[started])) break;
    }
    if (!status && !started) status = mz_fail_memory(error);
    *ret_tally = (lossless_tally){0};
    for (unsigned t = 0; t < started; t++) {
        worker *w = &workers[t];
        (void)pthread_join(w->thread, NULL);
        if (w->status && !status) status = w->status, *error = w->error;
        add(ret_tally, &w->tally);
        mz_screener_free(w->exhaustive);
        for (size_t i = 0; i < THRESHOLDS; i++) mz_screener_free(w->indexed[i]);
    }
    free(workers);
    return status;
}
