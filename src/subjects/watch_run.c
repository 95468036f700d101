/* See watch.h. In what order things are kept, so that a run may be killed anywhere: what was screened against
 * (subject_watched) is changed in one transaction, when all that changed on the lists is done; subjects that came since
 * raise its number as they are done. Until then the next run begins with the same lists, at the cursor that the task's
 * state has, or from the start when the index is another by then. */
#include "subjects/watch_run.h"

#include "base/clock.h"
#include "base/crew.h"
#include "base/error.h"
#include "base/json_write.h"
#include "subjects/watch_roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ARENA_BYTES = 256 << 20,
    PAGE_BYTES = 1 << 30,
    STATE_BYTES = 4 << 20,
    PAGE_SUBJECTS = 1000,
    FRESH_SHARE = 2,    /* more of the index than this part of it is new: everybody is screened */
    FRESH_LEAST = 5000, /* unless it is this few */
    TOLD_EVERY_NS = 500000000
};

/* ---- state ---- */

static void write_versions(mz_json *json, const mz_watching *w) {
    mz_json_key(json, "now");
    mz_json_object(json);
    mz_json_pair(json, "", w->now.by);
    for (size_t l = 0; l < w->now.list_count; l++) {
        char list[256];
        (void)snprintf(list, sizeof list, "%.*s", (int)w->now.lists[l].list.size, w->now.lists[l].list.data);
        mz_json_pair(json, list, w->now.lists[l].version);
    }
    mz_json_object_end(json);
}

static void write_result(mz_json *json, const mz_watching *w) {
    mz_json_key(json, "result");
    mz_json_object(json);
    mz_json_pair(json, "everybody", w->everybody);
    mz_json_pair_int(json, "known", (int64_t)w->known);
    mz_json_key(json, "lists");
    mz_json_array(json);
    for (size_t c = 0; c < w->change_count; c++) {
        mz_json_object(json);
        mz_json_pair_int(json, "entities", w->changes[c].entities);
        mz_json_pair(json, "from", w->changes[c].from);
        mz_json_pair(json, "list", w->changes[c].list);
        mz_json_pair(json, "to", w->changes[c].to);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
    mz_json_pair_int(json, "not_wholly_screened", (int64_t)w->partly);
    mz_json_pair_int(json, "pairs", (int64_t)w->pairs);
    mz_json_pair_int(json, "quiet", (int64_t)w->quiet);
    mz_json_pair_int(json, "raised", (int64_t)w->raised);
    mz_json_pair_int(json, "refreshed", (int64_t)w->refreshed);
    mz_json_pair_int(json, "screened", (int64_t)w->screened);
    mz_json_pair(json, "why", w->why);
    mz_json_object_end(json);
}

static mz_status write_state(const mz_watching *w, mz_buffer *text, mz_error *error) {
    mz_json json;
    mz_json_init(&json, text);
    mz_json_object(&json);
    mz_json_pair(&json, "cursor", mz_str_of(w->cursor));
    write_versions(&json, w);
    write_result(&json, w);
    mz_json_pair_int(&json, "stage", w->stage);
    mz_json_pair_int(&json, "up_to", w->up_to);
    mz_json_object_end(&json);
    return text->failed ? mz_fail_buffer(text, error, "the state of a run") : MZ_OK;
}

mz_status mz_watch_note(mz_watching *w, mz_sql *sql, mz_error *error) {
    mz_buffer text;
    mz_buffer_init(&text, STATE_BYTES);
    mz_status status = write_state(w, &text, error);
    if (!status) status = mz_task_note(w->run, sql, w->done, w->all_there, w->unit, mz_buffer_view(&text), error);
    mz_buffer_done(&text);
    return status;
}

static mz_status note(void *context, mz_sql *sql, mz_error *error) {
    return mz_watch_note(context, sql, error);
}

static bool same_versions(const mz_json_value *held, const mz_watching *w) {
    size_t count = 0;
    if (!held || held->kind != MZ_JSON_OBJECT) return false;
    for (const mz_json_value *v = held->child; v; v = v->next, count++) {
        bool same = v->key.size == 0 && mz_str_equal(v->text, w->now.by);
        for (size_t l = 0; l < w->now.list_count && !same; l++)
            same = v->key.size && mz_str_equal(v->key, w->now.lists[l].list) &&
                   mz_str_equal(v->text, w->now.lists[l].version);
        if (!same) return false;
    }
    return count == w->now.list_count + 1;
}

static mz_status read_count(const mz_json_value *result, const char *key, uint64_t *count, mz_error *error) {
    int64_t number = (int64_t)*count;
    mz_status status = mz_json_read_int(result, key, 0, INT64_MAX, &number, error);
    *count = (uint64_t)number;
    return status;
}

/* What a run counted goes on being counted; where it was counts only with the same lists. */
mz_status mz_watch_state_read(mz_watching *w, mz_error *error) {
    const mz_json_value *state = NULL;
    mz_str cursor = {"", 0}, everybody = {"", 0};
    int64_t stage = 0, up_to = w->up_to;
    mz_str text = mz_arena_copy(&w->arena, mz_task_of(w->run)->state);
    if (!text.size) return MZ_OK;
    mz_status status = mz_json_parse(text, 0, &w->arena, &state, error);
    const mz_json_value *result = status ? NULL : mz_json_member(state, "result");
    struct {
        const char *key;
        uint64_t *count;
    } const counts[] = {{"not_wholly_screened", &w->partly},
                        {"known", &w->known},
                        {"pairs", &w->pairs},
                        {"quiet", &w->quiet},
                        {"raised", &w->raised},
                        {"refreshed", &w->refreshed},
                        {"screened", &w->screened}};
    for (size_t k = 0; k < sizeof counts / sizeof *counts && result && !status; k++)
        status = read_count(result, counts[k].key, counts[k].count, error);
    if (status || !same_versions(mz_json_member(state, "now"), w)) return status;
    status = mz_json_read_str(state, "cursor", &cursor, error);
    if (!status && result) status = mz_json_read_str(result, "everybody", &everybody, error);
    if (!status) status = mz_json_read_int(state, "stage", 0, MZ_WATCH_LISTS_DONE, &stage, error);
    if (!status) status = mz_json_read_int(state, "up_to", 0, INT64_MAX, &up_to, error);
    if (status) return status;
    w->stage = (mz_watch_stage)stage;
    w->up_to = up_to;
    w->cursor_of_everybody = everybody.size > 0;
    (void)snprintf(w->cursor, sizeof w->cursor, "%.*s", (int)cursor.size, cursor.data);
    return MZ_OK;
}

/* ---- everybody ---- */

typedef struct paging {
    mz_watching *of;
    int64_t after, up_to;
    mz_watch_page page;
} paging;

static mz_status read_by_key(void *context, mz_sql *sql, mz_error *error) {
    paging *p = context;
    mz_arena_reset(&p->of->page);
    return mz_watch_page_by_key(sql, p->of->agency, mz_str_of(p->of->cursor), p->up_to, PAGE_SUBJECTS, &p->of->page,
                                &p->page, error);
}

static mz_status screen_everybody(mz_watching *w, mz_error *error) {
    paging p = {.of = w, .up_to = w->up_to, .page = {.more = true}};
    mz_status status = MZ_OK;
    w->unit = "subjects";
    w->all_there = w->subjects;
    while (!status && p.page.more) {
        status = mz_store_read(w->watch->store, read_by_key, &p, error);
        const mz_watch_batch batch = {p.page.subjects, p.page.count, true, 0};
        if (!status) status = mz_watch_screen(w, &batch, error);
    }
    return status;
}

/* ---- whom the lists touch ---- */

/* Keys of subjects, in order. */
typedef struct keys {
    char (*rows)[MZ_SQL_KEY_SIZE];
    size_t count, room;
} keys;

static mz_status put_key(keys *k, mz_str key, mz_error *error) {
    if (key.size >= MZ_SQL_KEY_SIZE) return MZ_OK; /* of no subject of ours */
    if (k->count == k->room) {
        size_t room = k->room ? 2 * k->room : 1024;
        void *grown = realloc(k->rows, room * sizeof *k->rows);
        if (!grown) return mz_fail_memory(error);
        k->rows = grown;
        k->room = room;
    }
    memset(k->rows[k->count], 0, sizeof *k->rows);
    memcpy(k->rows[k->count++], key.data, key.size);
    return MZ_OK;
}

static int by_key(const void *left, const void *right) {
    return strcmp(left, right);
}

static int tell_touched(void *context, uint64_t done, uint64_t all) {
    mz_watching *w = context;
    if (mz_task_stopping(w->run)) return 1;
    uint64_t now = mz_clock_ns(), at = all ? w->subjects * done / all : 0;
    if (at <= w->done || now - w->told_ns < TOLD_EVERY_NS) return 0;
    w->told_ns = now;
    w->done = at;
    return mz_task_tell(w->run, at, w->subjects, w->unit, MZ_STR(""), NULL) == MZ_ERR_CANCELLED;
}

static mz_status put_touched(mz_watching *w, const mz_roster *roster, const mz_index *changed, keys *into,
                             mz_error *error) {
    mz_touched *touched;
    mz_touched_options options = {.screen = MZ_SCREEN_OPTIONS_INIT, .threads = w->watch->threads};
    options.screen.threshold = w->threshold;
    options.screen.policy = w->watch->policy;
    options.screen.budget = w->watch->budget;
    options.screen.limit = 1;
    options.progress = tell_touched;
    options.context = w;
    mz_status status = mz_roster_touched(roster, changed, &options, &touched, error);
    if (status) return status;
    for (size_t p = 0; p < touched->pair_count && !status; p++) status = put_key(into, touched->pairs[p].key, error);
    for (size_t p = 0; p < touched->partly_count && !status; p++) status = put_key(into, touched->partly[p], error);
    mz_touched_free(touched);
    return status;
}

static mz_status read_by_sequence(void *context, mz_sql *sql, mz_error *error) {
    paging *p = context;
    mz_arena_reset(&p->of->page);
    return mz_watch_page_by_sequence(sql, p->of->agency, p->after, p->up_to, PAGE_SUBJECTS, &p->of->page, &p->page,
                                     error);
}

/* Subjects that changed after the roster was made are held against the changes as they are. */
static mz_status put_later(mz_watching *w, int64_t sequence, const mz_index *changed, keys *into, mz_error *error) {
    paging p = {.of = w, .after = sequence, .up_to = w->before.sequence, .page = {.more = true}};
    mz_status status = MZ_OK;
    while (!status && p.page.more) {
        bool hits[PAGE_SUBJECTS] = {false};
        unsigned char partly[PAGE_SUBJECTS] = {0};
        status = mz_store_read(w->watch->store, read_by_sequence, &p, error);
        if (!status) status = mz_watch_hits(w, changed, p.page.subjects, p.page.count, hits, partly, error);
        for (size_t k = 0; k < p.page.count && !status; k++)
            if (hits[k] || partly[k] == 1 << MZ_PARTLY_WORK) status = put_key(into, p.page.subjects[k].key, error);
        p.after = p.page.last_sequence;
    }
    return status;
}

/* Who hits what changed, as far as the roster and the register know, each once; and of whom that could not be told,
 * who is screened against all lists like them, and told of when that, too, is not wholly done. */
static mz_status find_touched(mz_watching *w, const mz_since *since, keys *ret_keys, mz_error *error) {
    char path[MZ_WATCH_PATH_BYTES];
    mz_roster *roster = NULL;
    mz_index *changed = NULL;
    int64_t sequence = 0;
    mz_status status = mz_watch_path(w->watch, w->agency, ".changed.mzi", path, error);
    if (!status) status = mz_watch_roster_open(w->watch, w->agency, mz_watch_stopping, w, &roster, &sequence, error);
    if (!status) status = mz_since_write(since, path, error);
    if (!status) status = mz_index_open(path, &changed, error);
    (void)unlink(path); /* what is open stays */
    if (!status) status = put_touched(w, roster, changed, ret_keys, error);
    if (!status) status = put_later(w, sequence, changed, ret_keys, error);
    mz_index_close(changed);
    mz_roster_close(roster);
    size_t kept = 0;
    if (status || !ret_keys->count) return status;
    qsort(ret_keys->rows, ret_keys->count, sizeof *ret_keys->rows, by_key);
    for (size_t k = 0; k < ret_keys->count; k++)
        if (!kept || strcmp(ret_keys->rows[kept - 1], ret_keys->rows[k]) != 0)
            memmove(ret_keys->rows[kept++], ret_keys->rows[k], sizeof *ret_keys->rows);
    ret_keys->count = kept;
    return MZ_OK;
}

typedef struct fetching {
    mz_watching *of;
    const keys *keys;
    size_t first, end, count;
    mz_subject *subjects;
} fetching;

/* Those that were screened before and are there still; who was not is new, and comes after. */
static mz_status fetch(void *context, mz_sql *sql, mz_error *error) {
    fetching *f = context;
    mz_watching *w = f->of;
    mz_arena_reset(&w->page);
    f->count = 0;
    f->subjects = MZ_ARENA_NEW(&w->page, f->end - f->first, mz_subject);
    if (!f->subjects) return mz_fail_arena(&w->page, error, "a page of subjects");
    for (size_t k = f->first; k < f->end; k++) {
        mz_subject *subject = &f->subjects[f->count];
        mz_error absent;
        mz_status status = mz_subject_get(sql, w->agency, mz_str_of(f->keys->rows[k]), &w->page, subject, &absent);
        if (status && status != MZ_ERR_NOT_FOUND) {
            if (error) *error = absent;
            return status;
        }
        if (!status && !subject->closed && subject->sequence <= w->before.sequence) f->count++;
    }
    return MZ_OK;
}

static mz_status raise_touched(mz_watching *w, const keys *touched, mz_error *error) {
    mz_status status = MZ_OK;
    w->unit = "hits";
    w->done = 0;
    w->all_there = touched->count;
    for (size_t first = 0; first < touched->count && !status; first += PAGE_SUBJECTS) {
        size_t end = touched->count - first > PAGE_SUBJECTS ? first + PAGE_SUBJECTS : touched->count;
        fetching f = {.of = w, .keys = touched, .first = first, .end = end};
        w->done = first;
        if (strcmp(touched->rows[end - 1], w->cursor) <= 0) continue;
        while (f.first < end && strcmp(touched->rows[f.first], w->cursor) <= 0) f.first++;
        status = mz_store_read(w->watch->store, fetch, &f, error);
        const mz_watch_batch batch = {f.subjects, f.count, false, 0};
        if (!status) status = mz_watch_screen(w, &batch, error);
    }
    return status;
}

static mz_status screen_touched(mz_watching *w, const mz_since *since, mz_error *error) {
    keys touched = {NULL, 0, 0};
    w->unit = "subjects";
    w->all_there = w->subjects;
    mz_status status = mz_since_fresh(since) ? find_touched(w, since, &touched, error) : MZ_OK;
    if (!status) status = raise_touched(w, &touched, error);
    free(touched.rows);
    return status;
}

/* ---- what changed on the lists ---- */

typedef struct telling {
    mz_watching *of;
    bool everybody;
    const mz_str *ids;
    size_t count;
    mz_watch_gone_place place, next; /* next: behind this transaction, which may be repeated */
} telling;

static mz_status tell_some(void *context, mz_sql *sql, mz_error *error) {
    telling *t = context;
    mz_watching *w = t->of;
    const mz_watch_sink *sink = &w->watch->sink;
    t->next = t->place;
    mz_arena_reset(&w->raising);
    mz_status status = sink->gone(sink->context, sql, w->agency, w->index, t->everybody, t->ids, t->count, &t->next,
                                  &w->raising, error);
    return status ? status : mz_watch_note(w, sql, error);
}

/* Whom the lists have no more. Nobody had an alert before the first run. */
static mz_status tell_gone(mz_watching *w, const mz_since *since, mz_error *error) {
    telling t = {.of = w, .everybody = !since};
    mz_status status = MZ_OK;
    if (since) t.ids = mz_since_gone(since, &t.count);
    if (!w->watch->sink.gone || !w->before.ever) return MZ_OK;
    while (!status && !t.place.over) {
        if (mz_task_stopping(w->run)) return mz_fail(error, MZ_ERR_CANCELLED, "stopped");
        status = mz_store_change(w->watch->store, tell_some, &t, error);
        t.place = t.next;
    }
    return status;
}

typedef struct settling {
    mz_watching *of;
    const mz_since *since; /* NULL: everybody was screened */
} settling;

/* All that changed is done: in one transaction it is what was screened against. */
static mz_status settle(void *context, mz_sql *sql, mz_error *error) {
    settling *s = context;
    mz_watching *w = s->of;
    mz_watched now = w->now;
    now.sequence = s->since ? w->before.sequence : w->up_to;
    now.at = mz_clock_now();
    mz_status status = mz_watched_set(sql, w->agency, &now, error);
    w->stage = MZ_WATCH_LISTS_DONE;
    w->cursor[0] = '\0';
    if (!status) status = mz_watch_note(w, sql, error);
    return status;
}

static mz_status settle_lists(mz_watching *w, const mz_since *since, mz_error *error) {
    settling s = {w, since};
    mz_status status = tell_gone(w, since, error);
    if (!status) status = mz_store_change(w->watch->store, settle, &s, error);
    if (!status) w->before.sequence = since ? w->before.sequence : w->up_to;
    return status;
}

static bool is_much(const mz_watching *w, const mz_since *since) {
    mz_index_facts facts;
    uint64_t fresh = mz_since_fresh(since);
    mz_index_info(w->index, &facts);
    return fresh > FRESH_LEAST && fresh * FRESH_SHARE > facts.entities;
}

static const char *why_everybody(const mz_watching *w, const mz_watch_delta *delta) {
    if (w->all) return "it was asked for";
    if (!w->before.ever) return "nobody was screened before";
    if (!mz_str_equal(w->before.by, w->now.by)) return "it is judged otherwise than before";
    if (delta->unknown) return delta->unknown;
    return is_much(w, delta->since) ? "most of the lists is new" : "";
}

static mz_status screen_lists(mz_watching *w, mz_error *error) {
    mz_watch_delta delta = {.since = NULL};
    mz_status status = MZ_OK;
    bool known = w->before.ever && mz_str_equal(w->before.by, w->now.by) && !w->all;
    if (known && mz_watched_same(&w->before, &w->now)) return MZ_OK;
    if (known) status = mz_watch_delta_find(w, &w->arena, &delta, error);
    if (status) return status;
    w->everybody = mz_str_of(why_everybody(w, &delta));
    w->why = w->all ? MZ_STR("all") : w->before.ever ? MZ_STR("list.changed") : MZ_STR("subject.new");
    /* who is behind a place among everybody may not be touched, and the other way round */
    if (w->cursor_of_everybody != (w->everybody.size > 0)) w->cursor[0] = '\0';
    w->changes = delta.changes;
    w->change_count = delta.change_count;
    status = mz_store_change(w->watch->store, note, w, error);
    if (!status) status = w->everybody.size ? screen_everybody(w, error) : screen_touched(w, delta.since, error);
    if (!status) status = settle_lists(w, w->everybody.size ? NULL : delta.since, error);
    mz_watch_delta_done(&delta);
    return status;
}

/* ---- what came into the register ---- */

/* Also those that were screened since, when they were given or by a run that came to no end: it may have been against
 * other lists, and raising the same again is nothing new. */
static mz_status screen_new(mz_watching *w, mz_error *error) {
    paging p = {.of = w, .after = w->before.sequence, .up_to = INT64_MAX, .page = {.more = true}};
    mz_status status = MZ_OK;
    w->unit = "new subjects";
    w->done = w->all_there = 0;
    while (!status && p.page.more) {
        p.page.last_sequence = p.after;
        status = mz_store_read(w->watch->store, read_by_sequence, &p, error);
        if (status || p.page.last_sequence == p.after) break;
        p.after = p.page.last_sequence;
        const mz_watch_batch batch = {p.page.subjects, p.page.count, true, p.after};
        status = mz_watch_screen(w, &batch, error);
    }
    return status;
}

/* ---- a run ---- */

static mz_status read_all(mz_watching *w, mz_error *error) {
    const mz_json_value *argument = NULL;
    mz_str text = mz_arena_copy(&w->arena, mz_task_of(w->run)->argument);
    mz_status status = text.size ? mz_json_parse(text, 0, &w->arena, &argument, error) : MZ_OK;
    return status || !argument ? status : mz_json_read_bool(argument, "all", &w->all, error);
}

static mz_status read_before(void *context, mz_sql *sql, mz_error *error) {
    mz_watching *w = context;
    mz_status status = mz_watch_threshold(w->watch, sql, w->agency, &w->threshold, error);
    if (!status) status = mz_watched_get(sql, w->agency, &w->arena, &w->before, error);
    if (!status) status = mz_watch_sequence(sql, w->agency, &w->up_to, error);
    uint64_t partly = 0;
    if (!status) status = mz_partly_count(sql, w->agency, &partly, error);
    w->any_partly = partly > 0;
    return status ? status : mz_subjects_count(sql, w->agency, &w->subjects, error);
}

static mz_status work(mz_watching *w, mz_error *error) {
    mz_status status = read_all(w, error);
    if (!status) status = mz_store_read(w->watch->store, read_before, w, error);
    if (!status) status = mz_watched_now(w->watch, w->index, w->threshold, &w->arena, &w->now, error);
    if (!status) status = mz_watch_state_read(w, error);
    if (!status && w->stage == MZ_WATCH_BEGUN) status = screen_lists(w, error);
    if (!status) status = screen_new(w, error);
    return status ? status : mz_store_change(w->watch->store, note, w, error);
}

mz_status mz_watch_run(const mz_watch *watch, mz_task_run *run, mz_error *error) {
    mz_watching *w = calloc(1, sizeof *w);
    if (!w) return mz_fail_memory(error);
    mz_live_lease *lease = mz_live_take(watch->live);
    w->watch = watch;
    w->run = run;
    w->agency = mz_task_of(run)->agency;
    w->index = mz_live_index(lease);
    w->why = MZ_STR("subject.new");
    w->everybody = MZ_STR("");
    w->unit = "subjects";
    w->crew = mz_crew_size(watch->threads);
    mz_arena_init(&w->arena, ARENA_BYTES);
    mz_arena_init(&w->page, PAGE_BYTES);
    mz_arena_init(&w->raising, ARENA_BYTES);
    mz_status status = work(w, error);
    mz_watch_screen_done(w);
    mz_arena_done(&w->arena);
    mz_arena_done(&w->page);
    mz_arena_done(&w->raising);
    mz_live_give_back(watch->live, lease);
    free(w);
    return status;
}
