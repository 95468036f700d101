/* See oom.h. `ld --wrap=malloc` sends calls of malloc to __wrap_malloc and leaves the real one as __real_malloc. While
 * a body runs, its live allocations are kept in a table, so that a leak is found in builds without a sanitizer too, and
 * pointers that come from elsewhere (a shared library's result) may be freed freely. */
#include "oom.h"

#include "test.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *pointer);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);
void __wrap_free(void *pointer);

enum { MOST_LIVE = 1 << 16 /* a power of two */, NEVER = 0 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    bool armed, onward;
    size_t fail_at; /* number of the allocation that fails, 1 for the first; NEVER */
    size_t count;   /* allocations asked for */
    size_t refused, live;
    bool overflowed;
    void *pointers[MOST_LIVE];
} state;

static size_t home(const void *pointer) {
    return (size_t)(((uint64_t)(uintptr_t)pointer >> 4) * 0x9E3779B97F4A7C15u >> 32) & (MOST_LIVE - 1);
}

/* The slot of a pointer, or the free one where it would go; the table is never full. */
static size_t find(const void *pointer) {
    size_t at = home(pointer);
    while (state.pointers[at] && state.pointers[at] != pointer) at = (at + 1) & (MOST_LIVE - 1);
    return at;
}

static void remember(void *pointer) {
    if (!pointer) return;
    if (state.live == MOST_LIVE / 2) {
        state.overflowed = true;
        return;
    }
    state.pointers[find(pointer)] = pointer;
    state.live++;
}

/* Closes the gap, so that no pointer behind it becomes unreachable from its home. */
static bool forget(const void *pointer) {
    size_t gap = pointer ? find(pointer) : 0;
    if (!pointer || !state.pointers[gap]) return false;
    state.live--;
    state.pointers[gap] = NULL;
    for (size_t at = (gap + 1) & (MOST_LIVE - 1); state.pointers[at]; at = (at + 1) & (MOST_LIVE - 1)) {
        size_t from_home = (at - home(state.pointers[at])) & (MOST_LIVE - 1);
        if (from_home < ((at - gap) & (MOST_LIVE - 1))) continue;
        state.pointers[gap] = state.pointers[at];
        state.pointers[at] = NULL;
        gap = at;
    }
    return true;
}

/* Counts an allocation; true when it is one that fails. Called with the lock held. */
static bool refuse(void) {
    state.count++;
    bool now = state.fail_at && (state.onward ? state.count >= state.fail_at : state.count == state.fail_at);
    if (now) {
        state.refused++;
        errno = ENOMEM;
    }
    return now;
}

void *__wrap_malloc(size_t size) {
    if (!state.armed) return __real_malloc(size);
    (void)pthread_mutex_lock(&lock);
    void *made = refuse() ? NULL : __real_malloc(size);
    remember(made);
    (void)pthread_mutex_unlock(&lock);
    return made;
}

void *__wrap_calloc(size_t count, size_t size) {
    if (!state.armed) return __real_calloc(count, size);
    (void)pthread_mutex_lock(&lock);
    void *made = refuse() ? NULL : __real_calloc(count, size);
    remember(made);
    (void)pthread_mutex_unlock(&lock);
    return made;
}

void *__wrap_realloc(void *old, size_t size) {
    if (!state.armed) return __real_realloc(old, size);
    (void)pthread_mutex_lock(&lock);
    void *made = NULL;
    if (!refuse()) {
        bool ours = forget(old);
        made = __real_realloc(old, size);
        if (made && (ours || !old)) remember(made);
    }
    (void)pthread_mutex_unlock(&lock);
    return made;
}

char *__wrap_strndup(const char *text, size_t size) {
    size_t length = strnlen(text, size);
    char *copy = __wrap_malloc(length + 1);
    if (!copy) return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *__wrap_strdup(const char *text) {
    return __wrap_strndup(text, strlen(text));
}

void __wrap_free(void *pointer) {
    if (state.armed) {
        (void)pthread_mutex_lock(&lock);
        (void)forget(pointer);
        (void)pthread_mutex_unlock(&lock);
    }
    __real_free(pointer);
}

static mz_status run(mz_oom_body body, void *context, size_t fail_at, bool onward, mz_error *error) {
    memset(&state, 0, sizeof state);
    state.fail_at = fail_at;
    state.onward = onward;
    state.armed = true;
    mz_status status = body(context, error);
    state.armed = false;
    return status;
}

static void round_of(mz_oom_body body, void *context, bool onward) {
    const char *what = onward ? "and all behind it" : "alone";
    for (size_t n = 1;; n++) {
        mz_error error = {0};
        mz_status status = run(body, context, n, onward, &error);
        if (status != MZ_OK && status != MZ_ERR_MEMORY)
            mz_test_fail(__FILE__, __LINE__, "allocation %zu %s failed: status %d: %s", n, what, (int)status,
                         error.text);
        if (!state.overflowed && state.live)
            mz_test_fail(__FILE__, __LINE__, "allocation %zu %s failed: %zu allocations were not freed", n, what,
                         state.live);
        if (state.refused == 0) {
            if (status != MZ_OK)
                mz_test_fail(__FILE__, __LINE__, "nothing failed, yet status %d: %s", (int)status, error.text);
            return;
        }
    }
}

size_t mz_oom_count(mz_oom_body body, void *context) {
    mz_error error = {0};
    mz_status status = run(body, context, NEVER, false, &error);
    if (status != MZ_OK)
        mz_test_fail(__FILE__, __LINE__, "with all the memory: status %d: %s", (int)status, error.text);
    return state.count;
}

size_t mz_oom_each(mz_oom_body body, void *context) {
    size_t count = mz_oom_count(body, context);
    round_of(body, context, false);
    round_of(body, context, true);
    return count;
}
