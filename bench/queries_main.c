/* mizan-bench-queries: what is asked of an image when it is measured, as lines, so that the process that is measured,
 * and other systems, read the same.
 *
 * usage: mizan-bench-queries IMAGE COUNT [SEED]     queries
 *        mizan-bench-queries IMAGE hard             the queries that cost most
 *        mizan-bench-queries IMAGE names            all names of the image
 *
 * A line of queries is KIND <tab> SCHEMA <tab> ENTITY <tab> NAME, with -1 for an entity that is not in the image; a
 * line of names is ENTITY <tab> NAME. */
#include "bench/queries.h"
#include "bench/where.h"

static int failed(const mz_error *error) {
    (void)fprintf(stderr, "mizan-bench-queries: %s\n", error->text);
    return 1;
}

/* A name of a line of its own: what would end a field is a blank. */
static void print_name(mz_str name) {
    for (size_t i = 0; i < name.size; i++)
        (void)putchar(name.data[i] == '\t' || name.data[i] == '\n' || name.data[i] == '\r' ? ' ' : name.data[i]);
    (void)putchar('\n');
}

static void print_query(const char *kind, const query *q) {
    printf("%s\t%s\t%lld\t", kind, mz_schema_name(q->schema), (long long)q->entity);
    print_name((mz_str){q->name, q->size});
}

static void print_names(const mz_index *index) {
    for (uint32_t n = 0; n < index->name_count; n++) {
        printf("%u\t", index->names[n].entity);
        print_name(mz_index_name_text(index, n));
    }
}

static int print_hard(const mz_index *index) {
    mz_error error = {0};
    hard_query hard[QUERY_HARD_MOST];
    size_t count;
    if (queries_hard(index, hard, &count, &error)) return failed(&error);
    for (size_t h = 0; h < count; h++) print_query(hard[h].what, &hard[h].asked);
    return 0;
}

static int print_queries(const mz_index *index, uint64_t count, uint64_t seed) {
    char shared[4096];
    mz_error error = {0};
    parts *p;
    corpus *strangers;
    query q;
    bool more = where_parts(shared, sizeof shared);
    if (parts_read(BENCH_SOURCE "/data", more ? shared : NULL, &p, &error)) return failed(&error);
    if (corpus_new(p, UINT64_C(0x73747261) ^ seed, &strangers, &error)) return failed(&error);
    query_source source = {index, p, strangers};
    for (uint64_t i = 0; i < count; i++) {
        query_make(&source, seed, i, &q);
        print_query(query_kind_text(q.kind), &q);
    }
    corpus_free(strangers);
    parts_free(p);
    return 0;
}

int main(int argc, char **argv) {
    mz_error error = {0};
    mz_index *index;
    if (argc < 3 || argc > 4) {
        (void)fprintf(stderr, "usage: mizan-bench-queries IMAGE COUNT|hard|names [SEED]\n");
        return 2;
    }
    if (mz_index_open(argv[1], &index, &error)) return failed(&error);
    int status = 0;
    if (strcmp(argv[2], "names") == 0)
        print_names(index);
    else if (strcmp(argv[2], "hard") == 0)
        status = print_hard(index);
    else
        status = print_queries(index, strtoull(argv[2], NULL, 10), argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
    mz_index_close(index);
    return fflush(stdout) ? 1 : status;
}
