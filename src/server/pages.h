/* The files of the pages that people work in, which are part of the program: made from web/dist, or from
 * src/server/pages/ where that was not built, by tools/tables/pages.py. */
#ifndef MIZAN_SERVER_PAGES_H
#define MIZAN_SERVER_PAGES_H

#include "mizan/str.h"

#include <stddef.h>

typedef struct mz_page_file {
    const char *name; /* "index.html", "main-4F2K7QXA.js" */
    const char *type; /* of its content */
    const char *tag;  /* an entity tag, weak: of what the bytes say, in whichever coding they are sent */
    mz_str bytes;
    mz_str brotli; /* the same by brotli; empty where that is no shorter, or was not made */
    mz_str gzip;   /* and by gzip */
} mz_page_file;

typedef struct mz_page_files {
    const mz_page_file *files; /* the first is index.html */
    size_t count;
} mz_page_files;

extern const mz_page_files mz_pages_embedded;

#endif
