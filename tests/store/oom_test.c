/* Each allocation of a life of a store fails in turn, SQLite's own among them: that is an error, and the store is whole
 * afterwards. libpq allocates for itself and is not hindered. */
#include "oom.h"
#include "writer.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 16 };

/* SQLite's memory comes from the malloc of this program, which can be made to fail. */
static void *give(int size) {
    size_t *block = malloc((size_t)size + HEADER);
    if (!block) return NULL;
    *block = (size_t)size;
    return (char *)block + HEADER;
}

static void take(void *pointer) {
    free(pointer ? (char *)pointer - HEADER : NULL);
}

static void *change(void *pointer, int size) {
    size_t *block = realloc(pointer ? (char *)pointer - HEADER : NULL, (size_t)size + HEADER);
    if (!block) return NULL;
    *block = (size_t)size;
    return (char *)block + HEADER;
}

static int size_of(void *pointer) {
    return pointer ? (int)*(size_t *)(void *)((char *)pointer - HEADER) : 0;
}

static int rounded(int size) {
    return (size + 7) & ~7;
}

static int begin(void *context) {
    (void)context;
    return SQLITE_OK;
}

static void end(void *context) {
    (void)context;
}

__attribute__((constructor)) static void use_own_memory(void) {
    static const sqlite3_mem_methods methods = {give, take, change, size_of, rounded, begin, end, NULL};
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK || sqlite3_initialize() != SQLITE_OK) abort();
}

typedef struct life {
    const char *address;
    mz_store_options options;
    uint32_t next; /* change of thread 0 */
} life;

static mz_status live(void *context, mz_error *error) {
    life *own = context;
    mz_store *store = NULL;
    mz_status status = mz_store_open_with(own->address, &own->options, &store, error);
    if (status) return status;
    status = mz_writer_change(store, 0, own->next, error);
    if (!status) own->next++;
    mz_store_close(store);
    return status;
}

STORE_TEST(a_failed_allocation_is_an_error_and_the_store_stays_whole) {
    life own = {.address = address, .options = mz_test_options()};
    mz_store *store = mz_test_open(address);
    mz_writer_prepare(store);
    mz_store_close(store);
    size_t allocations = mz_oom_each(live, &own);
    store = mz_test_open(address);
    CHECK_INT(own.next, mz_writer_whole(store, 0));
    mz_store_close(store);
    printf("# %zu allocations\n", allocations);
}

TEST_MAIN()
