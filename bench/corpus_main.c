/* mizan-corpus: writes invented entities as lines of FollowTheMoney's JSON, which `mizan index build ftm:FILE` reads.
 *
 * usage: mizan-corpus ENTITIES [SEED] >FILE
 *
 * The same ENTITIES, SEED and tables give the same bytes; more entities go on where fewer end. The parts of names come
 * from data/names/ of $MIZAN_SHARED (default ../shared beside the project), else from the project's own tables, which
 * have fewer; which of them is said on standard error. */
#include "bench/corpus.h"
#include "bench/where.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINES_BYTES = 4 << 20, FLUSH_BYTES = 1 << 20 };

static int failed(const mz_error *error) {
    (void)fprintf(stderr, "mizan-corpus: %s\n", error->text);
    return 1;
}

static bool number_of(const char *text, uint64_t *ret_number) {
    char *end;
    unsigned long long number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end) return false;
    *ret_number = number;
    return true;
}

int main(int argc, char **argv) {
    mz_error error = {0};
    uint64_t entities, seed = 1;
    if (argc < 2 || argc > 3 || !number_of(argv[1], &entities) || (argc == 3 && !number_of(argv[2], &seed))) {
        (void)fprintf(stderr, "usage: mizan-corpus ENTITIES [SEED] >FILE\n");
        return 2;
    }
    char shared[4096];
    parts *p;
    corpus *c;
    bool more = where_parts(shared, sizeof shared);
    if (parts_read(BENCH_SOURCE "/data", more ? shared : NULL, &p, &error)) return failed(&error);
    (void)fprintf(stderr, "mizan-corpus: parts of names from %s\n", p->shared ? shared : "the project's own tables");
    if (corpus_new(p, seed, &c, &error)) return failed(&error);
    mz_buffer lines;
    mz_buffer_init(&lines, LINES_BYTES);
    bool written = true;
    for (uint64_t i = 0; i < entities && written; i++) {
        corpus_line(c, i, &lines);
        if (lines.size < FLUSH_BYTES && i + 1 < entities) continue;
        written = !lines.failed && fwrite(lines.data, 1, lines.size, stdout) == lines.size;
        mz_buffer_clear(&lines);
    }
    written = fflush(stdout) == 0 && written;
    if (!written) (void)fprintf(stderr, "mizan-corpus: the output could not be written\n");
    mz_buffer_done(&lines);
    corpus_free(c);
    parts_free(p);
    return written ? 0 : 1;
}
