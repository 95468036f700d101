#include "listed.h"

#include "invented_list.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mz_index *listed;

static void close_listed(void) {
    mz_index_close(listed);
}

const mz_index *listed_index(void) {
    char path[600];
    mz_error error = {0};
    if (listed) return listed;
    (void)snprintf(path, sizeof path, "%s/invented.mzi", mz_test_folder());
    CHECK_OK(invented_image(path, &error), error);
    CHECK_OK(mz_index_open(path, &listed, &error), error);
    (void)atexit(close_listed);
    return listed;
}

mz_screener *listed_screener(double threshold, size_t limit, bool exhaustive) {
    mz_screener *screener;
    mz_error error = {0};
    mz_screen_options options = {.threshold = threshold, .limit = limit, .exhaustive = exhaustive};
    CHECK_OK(mz_screener_new(listed_index(), &options, &screener, &error), error);
    return screener;
}

void check_sound(const mz_screening *screening, double threshold, size_t limit) {
    CHECK(screening->hit_count <= limit && screening->hit_count <= screening->total_hits);
    for (size_t h = 0; h < screening->hit_count; h++) {
        const mz_hit *hit = &screening->hits[h];
        double points = 0, bits = 0;
        CHECK(hit->score >= threshold && hit->score <= 1);
        for (size_t e = 0; e < hit->evidence_count; e++) {
            points += hit->evidence[e].points;
            bits += hit->evidence[e].bits;
        }
        CHECK(hit->evidence_count > 0);
        CHECK(fabs(points - hit->score) < 1e-9);
        CHECK(fabs(bits - hit->weight) < 1e-9);
        if (h == 0) continue;
        const mz_hit *better = &screening->hits[h - 1];
        CHECK(better->score >= hit->score);
        if (better->score > hit->score) continue;
        CHECK(better->weight >= hit->weight);
        if (better->weight > hit->weight) continue;
        CHECK(mz_str_order(better->entity.id, hit->entity.id) < 0);
    }
}

const mz_hit *hit_of(const mz_screening *screening, const char *id) {
    for (size_t h = 0; h < screening->hit_count; h++)
        if (mz_str_equal(screening->hits[h].entity.id, mz_str_of(id))) return &screening->hits[h];
    return NULL;
}

const char *ids_of(const mz_screening *screening) {
    static char ids[1024];
    size_t size = 0;
    ids[0] = '\0';
    for (size_t h = 0; h < screening->hit_count && size < sizeof ids - 64; h++)
        size += (size_t)snprintf(ids + size, sizeof ids - size, "%s%.*s", h ? " " : "",
                                 (int)screening->hits[h].entity.id.size, screening->hits[h].entity.id.data);
    return ids;
}
