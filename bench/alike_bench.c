/* mizan-bench-alike: what it takes to find the words that sound like a word, as the vocabulary grows.
 *
 * usage: mizan-bench-alike IMAGE [COUNT [KIND]]
 *
 * The vocabulary is that of the image; larger ones have words besides that are the beginning of one of its words and
 * the end of another. COUNT words of it (300), half of them with one phone changed, are looked for in each, at several
 * floors. Prints a line of JSON for each: columns of blocks and words aligned do not depend on the machine. KIND is the
 * number of a scan among those that this machine can do, from 0, the best, which is taken where none is given; the last
 * is the plain twin. */
#include "base/error.h"
#include "bench/chance.h"
#include "index/alike.h"
#include "index/blocks.h"
#include "match/word.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PHONES_MOST = 20, GROWN_MOST = 1400000, SEED = 20 };

typedef struct word {
    uint8_t phones[MZ_PHONES_MOST], count, bare, system, script;
} word;

typedef struct vocabulary {
    word *words;
    uint32_t count;
    mz_word_row *rows;
    uint8_t *phones, *kinds;
    mz_buffer sections[2]; /* as mz_blocks_make makes them */
    mz_index index;        /* only what a search looks at */
} vocabulary;

static void die(const char *why) {
    (void)fprintf(stderr, "mizan-bench-alike: %s\n", why);
    exit(1);
}

static void *need(size_t count, size_t size) {
    void *memory = calloc(count + 1, size);
    if (!memory) die("out of memory");
    return memory;
}

static uint32_t read_words(const mz_index *index, word *words) {
    for (uint32_t i = 0; i < index->sound_count; i++) {
        const mz_word_row *row = &index->words[i];
        words[i] = (word){.count = row->phone_count, .bare = row->bare, .system = row->system, .script = row->script};
        memcpy(words[i].phones, index->phones + row->phones, row->phone_count);
    }
    return index->sound_count;
}

/* The beginning of one word and the end of another of the same script. */
static bool recombine(const word *a, const word *b, chance *c, word *made) {
    if (a->script != b->script || a->bare != b->bare || a->count < 3 || b->count < 3) return false;
    size_t begin = 1 + chance_below(c, a->count - 1u), end = 1 + chance_below(c, b->count - 1u);
    if (begin + end > PHONES_MOST || a->phones[begin - 1] == b->phones[b->count - end]) return false;
    *made = *a;
    memcpy(made->phones + begin, b->phones + b->count - end, end);
    made->count = (uint8_t)(begin + end);
    return true;
}

static void grow(vocabulary *v, uint32_t from, uint32_t to) {
    chance c = chance_of(SEED, to);
    v->count = from;
    while (v->count < to)
        v->count +=
            recombine(&v->words[chance_below(&c, from)], &v->words[chance_below(&c, from)], &c, &v->words[v->count]);
}

static int by_sound(const void *left, const void *right) {
    const word *a = left, *b = right;
    if (a->system != b->system) return a->system < b->system ? -1 : 1;
    if (a->bare != b->bare) return a->bare < b->bare ? -1 : 1;
    return mz_blocks_order(a->phones, a->count, b->phones, b->count);
}

static void lay_out(vocabulary *v) {
    uint32_t size = 0;
    word *sorted = need(v->count, sizeof *sorted);
    memcpy(sorted, v->words, v->count * sizeof *sorted);
    qsort(sorted, v->count, sizeof *sorted, by_sound);
    for (uint32_t i = 0; i < v->count; i++) {
        v->rows[i] = (mz_word_row){.phones = size,
                                   .phone_count = sorted[i].count,
                                   .bare = sorted[i].bare,
                                   .system = sorted[i].system,
                                   .script = sorted[i].script};
        memcpy(v->phones + size, sorted[i].phones, sorted[i].count);
        size += sorted[i].count;
    }
    free(sorted);
    for (size_t s = 0; s < 2; s++) mz_buffer_clear(&v->sections[s]);
    mz_blocks_make(v->rows, v->count, v->phones, &v->sections[0], &v->sections[1]);
    for (size_t s = 0; s < 2; s++)
        if (v->sections[s].failed) die("out of memory");
    v->index = (mz_index){.words = v->rows,
                          .phones = v->phones,
                          .kinds = v->kinds,
                          .text = "",
                          .sound_groups = (const void *)v->sections[0].data,
                          .sound_columns = (const void *)v->sections[1].data,
                          .sound_group_count = (uint32_t)(v->sections[0].size / sizeof(mz_sound_group)),
                          .word_count = v->count,
                          .sound_count = v->count};
}

/* Of this thread: what else the machine does counts little. */
static uint64_t cpu_ns(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)) die("no clock");
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void count_found(void *context, uint32_t number, uint16_t likeness) {
    (void)number, (void)likeness;
    ++*(uint64_t *)context;
}

static void measure(const vocabulary *v, uint32_t listed, uint32_t count, uint16_t floor, const mz_block_scan *scan) {
    mz_alike *alike = mz_alike_new(&v->index);
    if (!alike) die("out of memory");
    mz_alike_scan_by(alike, scan);
    chance c = chance_of(SEED, 0);
    uint64_t rows = 0, words = 0, found = 0, took = 0;
    for (uint32_t q = 0; q < count; q++) {
        word asked = v->words[chance_below(&c, listed)];
        if (q % 2) asked.phones[chance_below(&c, asked.count)] = (uint8_t)(1 + chance_below(&c, 30));
        mz_name_word query = {.phones = asked.phones,
                              .phone_count = asked.count,
                              .bare = asked.bare,
                              .system = asked.system,
                              .script = asked.script};
        uint64_t start = cpu_ns();
        mz_alike_find(alike, &query, floor, count_found, &found);
        took += cpu_ns() - start;
        rows += mz_alike_count(alike).rows;
        words += mz_alike_count(alike).words;
    }
    double bytes = (double)v->sections[1].size;
    printf("{\"measure\":\"alike\",\"words\":%u,\"floor\":%d,\"rows\":%.0f,\"aligned\":%.0f,\"found\":%.1f,"
           "\"cpu_us\":%.1f,\"bytes_per_word\":%.1f}\n",
           v->count, floor, (double)rows / count, (double)words / count, (double)found / count,
           (double)took / 1e3 / count, bytes / v->count);
    mz_alike_free(alike);
}

static const mz_block_scan *scan_of_kind(size_t kind) {
    const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST];
    if (kind >= mz_block_scans(scans)) die("no such kind of scan on this machine");
    return scans[kind];
}

int main(int argc, char **argv) {
    static const uint16_t floors[] = {MZ_LIKENESS_FLOOR, 700, 800};
    mz_error error = {0};
    mz_index *index;
    vocabulary v = {0};
    if (argc < 2) die("usage: mizan-bench-alike IMAGE [COUNT [KIND]]");
    uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 300;
    const mz_block_scan *scan = scan_of_kind(argc > 3 ? strtoul(argv[3], NULL, 10) : 0);
    if (mz_index_open(argv[1], &index, &error)) die(error.text);
    if (!index->sound_count || !count) die("nothing to look for");
    uint32_t listed = index->sound_count, most = listed > GROWN_MOST ? listed : GROWN_MOST;
    v.words = need(most, sizeof *v.words);
    v.rows = need(most, sizeof *v.rows);
    v.phones = need(most, MZ_PHONES_MOST);
    v.kinds = need(most, 1);
    for (size_t s = 0; s < 2; s++) mz_buffer_init(&v.sections[s], UINT32_MAX);
    (void)read_words(index, v.words);
    for (uint32_t size = listed;; size = size > most / 5 ? most : 5 * size) {
        grow(&v, listed, size);
        lay_out(&v);
        for (size_t f = 0; f < sizeof floors / sizeof *floors; f++) measure(&v, listed, count, floors[f], scan);
        if (size == most) break;
    }
    for (size_t s = 0; s < 2; s++) mz_buffer_done(&v.sections[s]);
    free(v.words), free(v.rows), free(v.phones), free(v.kinds);
    mz_index_close(index);
    return 0;
}
