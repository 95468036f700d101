/* What changed on the lists since an agency's subjects were screened: each list whose version is another is read as it
 * was, out of the store of lists, and held against what the index has of it. */
#include "subjects/watch_run.h"

#include "base/error.h"

#include <stdio.h>

enum { STOPPING_EACH = 1024 };

typedef struct comparing {
    mz_watching *of;
    mz_watch_delta *delta;
    uint64_t records;
} comparing;

void mz_watch_delta_done(mz_watch_delta *delta) {
    mz_since_free(delta->since);
    delta->since = NULL;
}

static mz_str version_of(const mz_watched *watched, mz_str list) {
    for (size_t l = 0; l < watched->list_count; l++)
        if (mz_str_equal(watched->lists[l].list, list)) return watched->lists[l].version;
    return (mz_str){"", 0};
}

static mz_status was(void *context, const mz_record *record, mz_error *error) {
    comparing *c = context;
    if (c->records++ % STOPPING_EACH == 0 && mz_watch_stopping(c->of))
        return mz_fail(error, MZ_ERR_CANCELLED, "stopped");
    return mz_since_was(c->delta->since, record, error);
}

/* Tells what the list was like; false when that is not known any more. */
static mz_status tell_old(comparing *c, const mz_watch_change *change, mz_error *error) {
    char list[sizeof(((mz_list_version *)NULL)->list)], version[MZ_VERSION_SIZE];
    if (!change->from.size) return MZ_OK;
    if (!c->of->watch->lists || change->from.size >= sizeof version || change->list.size >= sizeof list) {
        c->delta->unknown = "the index belongs to no store of lists";
        return MZ_OK;
    }
    (void)snprintf(list, sizeof list, "%.*s", (int)change->list.size, change->list.data);
    (void)snprintf(version, sizeof version, "%.*s", (int)change->from.size, change->from.data);
    mz_status status = mz_list_store_records(c->of->watch->lists, list, version, was, c, error);
    if (!status || status == MZ_ERR_MEMORY || status == MZ_ERR_CANCELLED) return status;
    c->delta->unknown = "a version that was screened against is no longer kept";
    return MZ_OK;
}

static mz_status compare(comparing *c, mz_str list, mz_str from, mz_str to, mz_error *error) {
    mz_watch_delta *delta = c->delta;
    if (delta->unknown || mz_str_equal(from, to)) return MZ_OK;
    mz_watch_change *change = &delta->changes[delta->change_count++];
    *change = (mz_watch_change){list, from, to, 0};
    mz_status status = mz_since_begin(delta->since, list, error);
    if (!status) status = tell_old(c, change, error);
    return status || delta->unknown ? status : mz_since_end(delta->since, &change->entities, error);
}

mz_status mz_watch_delta_find(mz_watching *w, mz_arena *arena, mz_watch_delta *ret_delta, mz_error *error) {
    const mz_watched *before = &w->before, *now = &w->now;
    comparing c = {w, ret_delta, 0};
    *ret_delta =
        (mz_watch_delta){.changes = MZ_ARENA_NEW(arena, before->list_count + now->list_count + 1, mz_watch_change)};
    if (!ret_delta->changes) return mz_fail_arena(arena, error, "what changed on the lists");
    mz_status status = mz_since_new(w->index, &ret_delta->since, error);
    for (size_t l = 0; l < now->list_count && !status; l++)
        status = compare(&c, now->lists[l].list, version_of(before, now->lists[l].list), now->lists[l].version, error);
    for (size_t l = 0; l < before->list_count && !status; l++)
        if (!version_of(now, before->lists[l].list).size)
            status = compare(&c, before->lists[l].list, before->lists[l].version, (mz_str){"", 0}, error);
    if (status) mz_watch_delta_done(ret_delta);
    return status;
}
