/* Records as an image holds them, canonical JSON: what of them says where in a file something stands. */
#ifndef MIZAN_INDEX_TOLD_H
#define MIZAN_INDEX_TOLD_H

#include "mizan/str.h"

#include <string.h>

/* Moves past a number that says where something stands, if one begins here: in canonical JSON these words with a colon
 * behind them are nothing but the names of members, for a quote within a text has a backslash before it. 0: none. */
static inline size_t mz_told_position(mz_str json, size_t at) {
    static const char *const members[] = {"\"line\":", "\"column\":"};
    for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
        size_t size = strlen(members[m]);
        if (json.size - at < size || memcmp(json.data + at, members[m], size) != 0) continue;
        for (at += size; at < json.size && json.data[at] >= '0' && json.data[at] <= '9';) at++;
        return at;
    }
    return 0;
}

#endif
