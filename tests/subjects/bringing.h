/* Imports for tests: a file is kept, noted and run, in an agency of office.h. */
#ifndef MIZAN_TEST_BRINGING_H
#define MIZAN_TEST_BRINGING_H

#include "../access/office.h"
#include "subjects/imports.h"
#include "subjects/subjects.h"

typedef struct bringing {
    office *place;
    const mz_principal *who;
    char folder[256]; /* for files: of this test's own */
    mz_arena arena;
    mz_import_draft draft;
    mz_import_file file;
    mz_subject_import import; /* what became of it */
    mz_subject_rejection *rejections;
    size_t count;
    mz_subject subject;
    mz_error error;
} bringing;

/* For the source "bank", a CSV with BRINGING_MAPPING. */
void bringing_start(bringing *b, office *place, const mz_principal *who);
void bringing_done(bringing *b);

#define BRINGING_MAPPING                                                                                               \
    "{\"schema\":\"Person\",\"reference\":\"No\",\"properties\":{\"name\":[\"Name\"],\"birthDate\":[\"Born\"]}}"

/* Keeps a file and notes it; its key is b->file.key. */
mz_status bringing_add(bringing *b, mz_str bytes);
/* Does what is left of it; b->import. */
mz_status bringing_run(bringing *b);
/* Both, which must go well; and the rejected lines in b->rejections. */
void bringing_in(bringing *b, mz_str bytes);
/* The subject of that reference in b->subject; whether there is one. */
bool bringing_find(bringing *b, const char *reference);
/* How many files are kept. */
size_t bringing_files(const bringing *b);

#endif
