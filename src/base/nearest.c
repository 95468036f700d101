#include "base/nearest.h"

#include "base/ascii.h"

enum { LONGEST_MISSPELT = 40, LARGEST_DISTANCE = 3 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Levenshtein, upper and lower case alike; b at most LONGEST_MISSPELT. */
static size_t edit_distance(mz_str a, mz_str b) {
    size_t row[LONGEST_MISSPELT + 1];
    for (size_t j = 0; j <= b.size; j++) row[j] = j;
    for (size_t i = 0; i < a.size; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.size; j++) {
            size_t replaced = diagonal + (mz_lower(a.data[i]) != mz_lower(b.data[j]));
            diagonal = row[j + 1];
            row[j + 1] = least(replaced, least(row[j], row[j + 1]) + 1);
        }
    }
    return row[b.size];
}

const char *mz_nearest(const mz_str *names, size_t count, mz_str written) {
    const char *best = NULL;
    size_t best_distance = LARGEST_DISTANCE + 1;
    if (written.size > LONGEST_MISSPELT) return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(names[i], written);
        /* a suggestion that shares less than half of its letters with what was written would only puzzle */
        if (distance < best_distance && distance * 2 <= names[i].size) {
            best = names[i].data;
            best_distance = distance;
        }
    }
    return best;
}
