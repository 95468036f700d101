/* Screening a batch: whether each hits is found by all processors, and who does is screened once more in the
 * transaction that raises it: one in a hundred, and what is told then belongs together. */
#include "base/clock.h"
#include "base/crew.h"
#include "base/error.h"
#include "base/json_write.h"
#include "subjects/watch_run.h"

#include <stdlib.h>
#include <string.h>

enum { RAISED_AT_ONCE = 32, PIECE_SUBJECTS = 16, ENTITY_BYTES = 64 << 20, QUERY_BYTES = 1 << 20 };

static mz_screen_options options_of(const mz_watching *w, size_t limit) {
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    options.threshold = w->threshold;
    options.policy = w->watch->policy;
    options.budget = w->watch->budget;
    options.limit = limit;
    return options;
}

void mz_watch_screen_done(mz_watching *w) {
    for (size_t k = 0; k < sizeof w->screeners / sizeof *w->screeners; k++) mz_screener_free(w->screeners[k]);
    memset(w->screeners, 0, sizeof w->screeners);
    mz_screener_free(w->raiser);
    w->raiser = NULL;
}

/* ---- who hits ---- */

typedef struct looking {
    mz_watching *of;
    const mz_index *index;
    mz_screener **screeners;
    const mz_subject *subjects;
    size_t count;
    bool *hits;
    unsigned char *partly; /* bits: what of it could not be screened */
} looking;

static mz_status look_at(looking *l, mz_screener *screener, size_t k, mz_error *error) {
    mz_arena arena;
    const mz_entity *entity;
    const mz_screening *screening;
    mz_arena_init(&arena, ENTITY_BYTES);
    mz_status status = mz_subject_entity(&l->subjects[k], &arena, &entity, error);
    if (!status) status = mz_screen(screener, l->subjects[k].key, entity, &screening, error);
    if (!status) l->hits[k] = screening->total_hits > 0;
    if (!status && screening->cut)
        l->partly[k] = 1 << MZ_PARTLY_WORK;
    else if (!status && screening->not_done.size)
        l->partly[k] = 1 << MZ_PARTLY_QUERY;
    mz_arena_done(&arena);
    return status;
}

static mz_status look_at_piece(void *context, unsigned worker, uint64_t number, mz_error *error) {
    looking *l = context;
    mz_screener **screener = &l->screeners[worker];
    size_t first = (size_t)number * PIECE_SUBJECTS, end = first + PIECE_SUBJECTS;
    const mz_screen_options options = options_of(l->of, 0);
    mz_status status = *screener ? MZ_OK : mz_screener_new(l->index, &options, screener, error);
    for (size_t k = first; k < end && k < l->count && !status; k++) status = look_at(l, *screener, k, error);
    return status;
}

static int look_up(void *context, uint64_t done, uint64_t pieces) {
    (void)done, (void)pieces;
    return mz_watch_stopping(context);
}

mz_status mz_watch_hits(mz_watching *w, const mz_index *index, const mz_subject *subjects, size_t count, bool *ret_hits,
                        unsigned char *ret_partly, mz_error *error) {
    mz_screener *own[64] = {NULL};
    bool whole = index == w->index;
    looking l = {w, index, whole ? w->screeners : own, subjects, count, ret_hits, ret_partly};
    const mz_crew_work work = {.pieces = (count + PIECE_SUBJECTS - 1) / PIECE_SUBJECTS,
                               .piece = look_at_piece,
                               .context = &l,
                               .progress = look_up,
                               .progress_context = w};
    mz_status status = mz_crew_run(w->crew, &work, error);
    for (size_t k = 0; k < sizeof own / sizeof *own; k++) mz_screener_free(own[k]);
    return status;
}

/* ---- raising ---- */

/* As mz_screen_json takes it, so that the same comes of it. */
static mz_str query_of(const mz_watching *w, const mz_subject *subject, mz_arena *arena) {
    mz_buffer text;
    mz_json json;
    mz_buffer_init(&text, QUERY_BYTES);
    mz_json_init(&json, &text);
    mz_json_object(&json);
    mz_json_pair(&json, "id", subject->key);
    mz_json_pair_int(&json, "limit", MZ_WATCH_HITS_MOST);
    mz_json_key(&json, "properties");
    mz_json_raw(&json, subject->properties);
    mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(subject->schema)));
    if (w->threshold > 0) {
        mz_json_key(&json, "threshold");
        mz_json_fixed(&json, w->threshold, 6);
    }
    mz_json_object_end(&json);
    mz_str query = text.failed ? (mz_str){"", 0} : mz_arena_copy(arena, mz_buffer_view(&text));
    arena->failed = arena->failed || text.failed;
    mz_buffer_done(&text);
    return query;
}

static const char *why_of(const mz_watching *w, const mz_subject *subject) {
    if (!subject->screened) return subject->created == subject->changed ? "subject.new" : "subject.changed";
    return w->change_count ? "list.changed" : "asked";
}

/* *ret_hits: how many there are, when not all of them were raised. */
static mz_status raise_one(mz_watching *w, mz_sql *sql, const mz_subject *subject, int64_t *ret_hits, mz_error *error) {
    const mz_watch_sink *sink = &w->watch->sink;
    const mz_entity *entity;
    mz_watch_raised raised = {0};
    mz_watch_found found = {.agency = w->agency,
                            .subject = subject,
                            .index = w->index,
                            .policy = w->watch->policy,
                            .why = why_of(w, subject)};
    mz_arena_reset(&w->raising);
    mz_status status = mz_subject_entity(subject, &w->raising, &entity, error);
    if (!status) status = mz_screen(w->raiser, subject->key, entity, &found.screening, error);
    if (status || !found.screening->total_hits) return status;
    found.query = query_of(w, subject, &w->raising);
    if (w->raising.failed) return mz_fail_arena(&w->raising, error, "a subject");
    status = sink->raise(sink->context, sql, &found, &w->raising, &raised, error);
    size_t limit = found.screening->total_hits - found.screening->hit_count;
    if (limit || raised.beyond) *ret_hits = (int64_t)found.screening->total_hits;
    w->pairs += found.screening->total_hits;
    w->raised += raised.raised;
    w->refreshed += raised.refreshed;
    w->quiet += raised.quiet;
    w->known += raised.known;
    return status;
}

/* Whether it is still as it was read. */
static mz_status is_as_read(mz_watching *w, mz_sql *sql, const mz_subject *subject, bool *ret_same, mz_error *error) {
    mz_subject now;
    mz_error absent;
    mz_arena_reset(&w->raising);
    mz_status status = mz_subject_get(sql, w->agency, subject->key, &w->raising, &now, &absent);
    *ret_same = !status && now.sequence == subject->sequence && !now.closed;
    if (!status || status == MZ_ERR_NOT_FOUND) return MZ_OK;
    if (error) *error = absent;
    return status;
}

typedef struct part_of_batch {
    mz_watching *of;
    const mz_watch_batch *batch;
    const bool *hits;
    const unsigned char *partly;
    size_t first, end;
    bool last;
    mz_watching before; /* what is counted, before a transaction that may be repeated */
} part_of_batch;

static void count_again(part_of_batch *p) {
    mz_watching *w = p->of;
    w->screened = p->before.screened;
    w->pairs = p->before.pairs;
    w->raised = p->before.raised;
    w->refreshed = p->before.refreshed;
    w->quiet = p->before.quiet;
    w->known = p->before.known;
    w->partly = p->before.partly;
    w->done = p->before.done;
}

/* What is known of a subject once it was screened. */
static mz_status commit_one(part_of_batch *p, mz_sql *sql, size_t k, int64_t now, mz_error *error) {
    mz_watching *w = p->of;
    const mz_subject *subject = &p->batch->subjects[k];
    bool same = true;
    int64_t hits = 0;
    unsigned why = p->partly[k];
    mz_status status = p->hits[k] ? is_as_read(w, sql, subject, &same, error) : MZ_OK;
    if (!status && same && p->hits[k]) status = raise_one(w, sql, subject, &hits, error);
    if (hits) why |= 1U << MZ_PARTLY_HITS;
    if (!status && same && p->batch->new_ones)
        status = mz_watch_screened(sql, w->agency, subject->key, subject->sequence, now, error);
    if (!status && same && (why || w->any_partly))
        status = mz_partly_set(sql, w->agency, subject->key, why, hits, now, error);
    w->partly += why != 0;
    w->any_partly = w->any_partly || why;
    w->screened++;
    w->done++;
    return status;
}

static mz_status commit_part(void *context, mz_sql *sql, mz_error *error) {
    part_of_batch *p = context;
    mz_watching *w = p->of;
    mz_status status = MZ_OK;
    int64_t now = mz_clock_now();
    count_again(p);
    for (size_t k = p->first; k < p->end && !status; k++) status = commit_one(p, sql, k, now, error);
    if (!status && p->last && p->batch->advance_to)
        status = mz_watched_advance(sql, w->agency, p->batch->advance_to, error);
    if (!p->batch->new_ones || !p->batch->advance_to) {
        mz_str key = p->end > p->first ? p->batch->subjects[p->end - 1].key : (mz_str){"", 0};
        if (key.size < sizeof w->cursor && key.size) {
            memcpy(w->cursor, key.data, key.size);
            w->cursor[key.size] = '\0';
        }
    }
    return status ? status : mz_watch_note(w, sql, error);
}

/* As many subjects that nothing is raised of as there are, and few that something is. */
static size_t end_of_part(const mz_watch_batch *batch, const bool *hits, size_t first) {
    size_t end = first;
    for (unsigned raised = 0; end < batch->count && raised < RAISED_AT_ONCE; end++) raised += hits[end];
    return end;
}

mz_status mz_watch_screen(mz_watching *w, const mz_watch_batch *batch, mz_error *error) {
    const mz_screen_options options = options_of(w, MZ_WATCH_HITS_MOST);
    bool *hits = calloc(2 * batch->count + 1, sizeof *hits);
    if (!hits) return mz_fail_memory(error);
    unsigned char *partly = (unsigned char *)hits + batch->count;
    mz_status status = w->raiser ? MZ_OK : mz_screener_new(w->index, &options, &w->raiser, error);
    if (!status) status = mz_watch_hits(w, w->index, batch->subjects, batch->count, hits, partly, error);
    size_t first = 0;
    while (!status) {
        size_t end = end_of_part(batch, hits, first);
        part_of_batch part = {w, batch, hits, partly, first, end, end == batch->count, *w};
        status = mz_store_change(w->watch->store, commit_part, &part, error);
        first = end;
        if (end == batch->count) break;
    }
    free(hits);
    return status;
}
