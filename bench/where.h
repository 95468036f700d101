/* Where the benches find what they read. BENCH_SOURCE is the project's folder, given when building. */
#ifndef MIZAN_BENCH_WHERE_H
#define MIZAN_BENCH_WHERE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* `under` in $MIZAN_SHARED, which is ../shared beside the project when not set; whether it is there. */
static inline bool where_shared(const char *under, char *path, size_t size) {
    const char *shared = getenv("MIZAN_SHARED");
    struct stat found;
    if (shared)
        (void)snprintf(path, size, "%s/%s", shared, under);
    else
        (void)snprintf(path, size, "%s/../shared/%s", BENCH_SOURCE, under);
    return stat(path, &found) == 0;
}

/* The folder with more parts of names. */
static inline bool where_parts(char *path, size_t size) {
    return where_shared("data/names", path, size);
}

#endif
