/* An index that is replaced while it is read.
 *
 * A lease is a slot: an index and a count of those who use it. Slots are made as needed and live until the end, so that
 * a reader that is late may count in a slot that is no longer current, or in none's, and do no harm:
 *
 *     take       look which slot is current · count oneself in · look again: still current? else count out, begin anew
 *     refresh    open the new files · put them into a free slot, counting it in once for being current · make that
 *                current · mark the old slot retired · count it out once
 *     count out  who brings the count of a retired slot to nothing, and is the first to say so, closes its index and
 *                makes the slot free
 *
 * Files that somebody writes into. A file that is mapped is the same memory for all: who cuts it ends the processes
 * that read it (SIGBUS), and who writes into it makes what was checked into what was not. Images come into their places
 * by rename, but people copy files over files, and a service must outlive that. What could be done about it:
 *
 *     a copy of one's own      holds against everything, and costs the memory of the file and the time of reading it:
 * some 50 MB and 15 ms for all official lists. Taken for images up to a size a handler of SIGBUS      is the process's,
 * not a library's; and of no use against bytes that have changed F_SETLEASE               tells by a signal who opens
 * the file for writing, makes him wait 45 seconds, and then not any longer; for owners only, and signals again
 *     fs-verity, chattr +i     hold, where the file system has them and an administrator turned them on: theirs to do
 *     taking write permission  from the file: root writes all the same, and services run as root in many containers
 *
 * So images that are larger are mapped, and a refresh that finds one written into fails and says what to do: from then
 * on mz_live_is_sound is false, until another file has its name. What a reader does between the writing and the refresh
 * is not guarded.
 *
 * Why nobody reads a closed index: whoever sees a slot current on the second look has counted before it ceased to be
 * current (the operations are of one order for all threads), so before it is counted out for that, so the count is not
 * nothing until he gives it back. Who counts in a slot that is not current counts out again without touching its index;
 * that may bring the count of a retired slot to nothing a second time. Count and mark are one number, and who closes
 * changes it from "retired, of nobody" in one step: so only one of them does, and one who was held up until the slot
 * was used again, and retired again, finds it retired and of somebody, and leaves it. The number is only ever added to,
 * so that a late reader's passing count is not lost when a slot is used again. A reader begins anew only when the index
 * was replaced between its two looks. */
#include "mizan/live.h"
#include "base/error.h"
#include "index/image.h"
#include "index/seal.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* What a slot is, and USER for each who counts in it. */
enum { SLOT_FREE, SLOT_USED, SLOT_RETIRED, SLOT_CLOSING, USER };

struct mz_live_lease {
    _Atomic size_t state;
    mz_index *index; /* while it is not free */
    mz_live_lease *next;
};

struct mz_live {
    _Atomic(mz_live_lease *) current;
    pthread_mutex_t refreshing; /* for `slots`, and so that files are not opened twice */
    mz_live_lease *slots;
    _Atomic bool spoilt; /* the current index was written into */
    mz_opening how;
    char path[MZ_INDEX_PATH_BYTES];
};

mz_live_lease *mz_live_take(mz_live *live) {
    for (;;) {
        mz_live_lease *slot = atomic_load(&live->current);
        (void)atomic_fetch_add(&slot->state, USER);
        if (atomic_load(&live->current) == slot) return slot;
        mz_live_give_back(live, slot);
    }
}

void mz_live_give_back(mz_live *live, mz_live_lease *slot) {
    (void)live;
    size_t retired = SLOT_RETIRED;
    if (atomic_fetch_sub(&slot->state, USER) != SLOT_RETIRED + USER) return;
    if (!atomic_compare_exchange_strong(&slot->state, &retired, SLOT_CLOSING)) return;
    mz_index_close(slot->index);
    slot->index = NULL;
    (void)atomic_fetch_sub(&slot->state, SLOT_CLOSING - SLOT_FREE);
}

const mz_index *mz_live_index(const mz_live_lease *lease) {
    return lease->index;
}

bool mz_live_is_current(const mz_live *live, const mz_live_lease *lease) {
    return atomic_load(&live->current) == lease;
}

/* ---- replacing ---- */

static mz_live_lease *free_slot(mz_live *live) {
    for (mz_live_lease *slot = live->slots; slot; slot = slot->next)
        if (atomic_load(&slot->state) % USER == SLOT_FREE) return slot;
    mz_live_lease *slot = calloc(1, sizeof *slot);
    if (!slot) return NULL;
    slot->next = live->slots;
    live->slots = slot;
    return slot;
}

static mz_status replace(mz_live *live, mz_error *error) {
    mz_live_lease *slot = free_slot(live), *old = atomic_load(&live->current);
    if (!slot) return mz_fail_memory(error);
    mz_status status = mz_index_open_as(live->path, &live->how, &slot->index, error);
    if (status) return status;
    atomic_store(&live->spoilt, false);
    (void)atomic_fetch_add(&slot->state, SLOT_USED - SLOT_FREE + USER);
    atomic_store(&live->current, slot);
    if (!old) return MZ_OK;
    (void)atomic_fetch_add(&old->state, SLOT_RETIRED - SLOT_USED);
    mz_live_give_back(live, old);
    return MZ_OK;
}

/* Whether a file that is mapped is still there but has other contents. */
static bool is_written_into(const mz_index *part, const mz_file_mark *then, const mz_file_mark *now) {
    return part && !part->copied && now->exists && now->device == then->device && now->inode == then->inode &&
           !mz_file_mark_same(then, now);
}

/* Whether the current index is of the files that are there now. It is not closed meanwhile: only who holds the mutex
 * retires it. */
static mz_status look(mz_live *live, bool *ret_same, mz_error *error) {
    mz_index_marks now;
    const mz_index *index = atomic_load(&live->current)->index;
    const mz_index_marks *then = &index->marks;
    mz_status status = mz_index_files_look(live->path, &now, error);
    *ret_same = !status && mz_file_mark_same(&now.base, &then->base) && mz_file_mark_same(&now.changes, &then->changes);
    if (status || *ret_same) return status;
    bool base = is_written_into(index, &then->base, &now.base);
    if (!base && !is_written_into(index->changes, &then->changes, &now.changes)) return MZ_OK;
    atomic_store(&live->spoilt, true);
    return mz_fail(
        error, MZ_ERR_INPUT,
        "%.200s%s was written into while it was in use, and what it answers is not to be believed; write a new "
        "file beside it and rename it to this name",
        live->path, base ? "" : ".changes");
}

bool mz_live_is_sound(const mz_live *live) {
    return !atomic_load(&live->spoilt);
}

mz_status mz_live_refresh(mz_live *live, bool *ret_new, mz_error *error) {
    bool same;
    *ret_new = false;
    (void)pthread_mutex_lock(&live->refreshing);
    mz_status status = look(live, &same, error);
    if (!status && !same) {
        status = replace(live, error);
        *ret_new = !status;
    }
    (void)pthread_mutex_unlock(&live->refreshing);
    return status;
}

mz_status mz_live_open(const char *path, mz_live **ret_live, mz_error *error) {
    return mz_live_open_copying(path, MZ_LIVE_COPY_BYTES, ret_live, error);
}

mz_status mz_live_open_copying(const char *path, uint64_t copy_most_bytes, mz_live **ret_live, mz_error *error) {
    if (strlen(path) >= MZ_INDEX_PATH_BYTES) return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", path);
    mz_live *live = calloc(1, sizeof *live);
    if (!live) return mz_fail_memory(error);
    live->how = (mz_opening){.seal_least_bytes = MZ_SEAL_LEAST_BYTES, .copy_most_bytes = copy_most_bytes};
    memcpy(live->path, path, strlen(path) + 1);
    if (pthread_mutex_init(&live->refreshing, NULL)) {
        free(live);
        return mz_fail_memory(error);
    }
    mz_status status = replace(live, error);
    if (status) {
        mz_live_close(live);
        return status;
    }
    *ret_live = live;
    return MZ_OK;
}

void mz_live_close(mz_live *live) {
    if (!live) return;
    mz_live_lease *current = atomic_load(&live->current);
    if (current) {
        (void)atomic_fetch_add(&current->state, SLOT_RETIRED - SLOT_USED);
        mz_live_give_back(live, current);
    }
    while (live->slots) {
        mz_live_lease *slot = live->slots;
        assert(atomic_load(&slot->state) == SLOT_FREE);
        live->slots = slot->next;
        free(slot);
    }
    (void)pthread_mutex_destroy(&live->refreshing);
    free(live);
}
