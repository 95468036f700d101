/* mizan-lossless: compares searches by an image's index with scoring everything (lossless.h).
 *
 * usage: mizan-lossless IMAGE QUERIES [SEED]
 *
 * Prints a line of JSON; fails when anything was lost, invented or different, and says of the first which. */
#include "bench/lossless.h"
#include "bench/where.h"

#include <unistd.h>

static int failed(const mz_error *error) {
    (void)fprintf(stderr, "mizan-lossless: %s\n", error->text);
    return 1;
}

int main(int argc, char **argv) {
    char shared[4096];
    mz_error error = {0};
    mz_index *index;
    parts *p;
    corpus *strangers;
    lossless_tally tally;
    if (argc < 3 || argc > 4) {
        (void)fprintf(stderr, "usage: mizan-lossless IMAGE QUERIES [SEED]\n");
        return 2;
    }
    bool more = where_parts(shared, sizeof shared);
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    if (mz_index_open(argv[1], &index, &error)) return failed(&error);
    if (parts_read(BENCH_SOURCE "/data", more ? shared : NULL, &p, &error)) return failed(&error);
    if (corpus_new(p, seed + 1000, &strangers, &error)) return failed(&error);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    lossless_job job = {.source = {index, p, strangers},
                        .seed = seed,
                        .queries = strtoull(argv[2], NULL, 10),
                        .threads = cores > 0 ? (unsigned)cores : 1,
                        .complaints = stderr};
    if (lossless_run(&job, &tally, &error)) return failed(&error);
    printf(
        "{\"measure\":\"lossless\",\"names\":%u,\"queries\":%llu,\"searches\":%llu,\"at_the_score\":%llu,\"hits\":%llu,"
        "\"lost\":%llu,\"invented\":%llu,\"different\":%llu}\n",
        index->name_count, (unsigned long long)tally.queries, (unsigned long long)tally.searches,
        (unsigned long long)tally.at_the_score, (unsigned long long)tally.hits, (unsigned long long)tally.lost,
        (unsigned long long)tally.invented, (unsigned long long)tally.different);
    corpus_free(strangers);
    parts_free(p);
    mz_index_close(index);
    return tally.lost || tally.invented || tally.different ? 1 : 0;
}
