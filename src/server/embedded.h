/* Files that are part of the program: made by tools/tables/embedded.py when it is built. */
#ifndef MIZAN_SERVER_EMBEDDED_H
#define MIZAN_SERVER_EMBEDDED_H

#include "mizan/str.h"

typedef struct mz_embedded {
    mz_str bytes;
    const char *tag; /* changes with the bytes; in quotes, as an entity tag of HTTP is written */
} mz_embedded;

extern const mz_embedded mz_embedded_openapi; /* openapi.json */
extern const mz_embedded mz_embedded_docs;    /* the page made of it */

#endif
