#include "server/listed.h"

#include "base/clock.h"
#include "base/error.h"

#include <pthread.h>
#include <stdlib.h>

static const uint64_t KEPT_NS = UINT64_C(10000000000);

struct mz_listed {
    pthread_mutex_t lock;
    mz_list_store *store;
    mz_list_version *versions;
    size_t count;
    uint64_t asked_ns; /* 0: never */
};

mz_status mz_listed_new(mz_list_store *store, mz_listed **ret_listed, mz_error *error) {
    mz_listed *listed = calloc(1, sizeof *listed);
    if (!listed) return mz_fail_memory(error);
    listed->store = store;
    pthread_mutex_init(&listed->lock, NULL);
    *ret_listed = listed;
    return MZ_OK;
}

void mz_listed_free(mz_listed *listed) {
    if (!listed) return;
    pthread_mutex_destroy(&listed->lock);
    free(listed->versions);
    free(listed);
}

void mz_listed_renew(mz_listed *listed) {
    if (!listed) return;
    pthread_mutex_lock(&listed->lock);
    listed->asked_ns = 0;
    pthread_mutex_unlock(&listed->lock);
}

/* Under the lock. What was known stays when the store cannot be asked. */
static void ask_store(mz_listed *listed) {
    mz_list_version *versions;
    size_t count;
    uint64_t now_ns = mz_clock_ns();
    if (listed->asked_ns && now_ns - listed->asked_ns < KEPT_NS) return;
    listed->asked_ns = now_ns; /* also of a store that cannot be read: it is not asked at every turn */
    if (mz_list_store_current(listed->store, &versions, &count, NULL)) return;
    free(listed->versions);
    listed->versions = versions;
    listed->count = count;
}

static int64_t checked_of(mz_listed *listed, mz_str list) {
    int64_t checked = 0;
    if (!listed || !listed->store) return 0;
    pthread_mutex_lock(&listed->lock);
    ask_store(listed);
    for (size_t k = 0; k < listed->count; k++)
        if (mz_str_equal(list, mz_str_of(listed->versions[k].list))) checked = listed->versions[k].checked;
    pthread_mutex_unlock(&listed->lock);
    return checked;
}

static mz_staleness staleness_of(const mz_listed_list *list, unsigned after_h) {
    if (!after_h) return MZ_FRESH;
    if (!list->checked) return MZ_STALENESS_UNKNOWN;
    return mz_clock_now() - list->checked > (int64_t)after_h * 3600 ? MZ_STALE : MZ_FRESH;
}

static mz_staleness both(mz_staleness a, mz_staleness b) {
    return a == MZ_STALE || b == MZ_FRESH ? a : b;
}

static mz_status copy_lists(const mz_service *service, const mz_index_facts *facts, mz_arena *arena,
                            mz_listed_facts *into, mz_error *error) {
    mz_listed_list *lists = MZ_ARENA_NEW(arena, facts->list_count + 1, mz_listed_list);
    if (!lists) return mz_fail_arena(arena, error, "the lists");
    for (size_t k = 0; k < facts->list_count; k++) {
        mz_listed_list *one = &lists[k];
        one->list = mz_arena_copy(arena, facts->lists[k].list);
        one->version = mz_arena_copy(arena, facts->lists[k].version);
        one->published = facts->lists[k].published;
        one->entities = facts->lists[k].entities;
        one->checked = checked_of(service->listed, one->list);
        one->staleness = staleness_of(one, service->settings.stale_after_h);
        into->staleness = both(into->staleness, one->staleness);
    }
    into->lists = lists;
    into->count = facts->list_count;
    return arena->failed ? mz_fail_arena(arena, error, "the lists") : MZ_OK;
}

mz_status mz_listed_look(const mz_service *service, mz_arena *arena, mz_listed_facts *ret_facts, mz_error *error) {
    mz_index_facts facts;
    mz_live_lease *lease = mz_live_take(service->live);
    mz_index_info(mz_live_index(lease), &facts);
    mz_listed_facts found = {.entities = facts.entities, .names = facts.names, .bytes = facts.bytes};
    mz_status status = copy_lists(service, &facts, arena, &found, error);
    mz_live_give_back(service->live, lease);
    if (!status) *ret_facts = found;
    return status;
}
