/* Reading official lists.
 *
 * One call reads one list in its publisher's own format, streaming, and hands each record to a callback. Every
 * record of the file is either handed over or counted and named among the rejected: the sums come out. A file
 * that is malformed as a whole (XML that does not parse, a table without its header) fails with line and column. */
#ifndef MIZAN_LIST_H
#define MIZAN_LIST_H

#include "mizan/entity.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MZ_BEGIN_DECLS

typedef struct mz_list_format mz_list_format;

/* All formats, in the order for help; *ret_count of them. */
const mz_list_format *const *mz_list_formats(size_t *ret_count);
const mz_list_format *mz_list_format_find(mz_str name);
/* "un", "ofac", "ofac-xml", "us-csl", "us-csl-json", "eu", "eu-xml", "uk", "uk-list", "australia", "canada", "ftm",
 * "csv", "json" */
const char *mz_list_format_name(const mz_list_format *format);
/* One line in plain words: "United Nations Security Council consolidated list, XML". */
const char *mz_list_format_title(const mz_list_format *format);

typedef struct mz_rejection {
    mz_position at;
    mz_str record; /* what it calls itself: a reference, a name; may be empty */
    mz_str reason; /* one line */
    mz_str file;   /* base name of the file it stands in, when that is another one than was given; else empty */
} mz_rejection;

typedef struct mz_read_report {
    uint64_t records;  /* records in the file(s): entities + rejected + deleted */
    uint64_t entities; /* records handed over */
    uint64_t rejected;
    uint64_t deleted; /* in a file of changes: entities that it takes off the list */
    uint64_t bytes;
    int64_t published;       /* the list's own date, seconds since 1970; 0 when it does not say */
    uint64_t stated_records; /* the count the list itself states; 0 when it does not */
    char files[8][240];      /* the files read, base names; mz_position.file indexes this */
    size_t file_count;
} mz_read_report;

typedef struct mz_read_options {
    const char *list;         /* short name for ids and provenance; NULL: the format's usual ("un") */
    const char *mapping_path; /* for csv and json: the mapping file; NULL: PATH with .map.json behind, else column
                                 names that are FollowTheMoney properties */
    uint64_t limit_bytes;     /* largest input, 0: 8 GiB */
    /* Called now and then; return non-zero to stop (MZ_ERR_CANCELLED). May be NULL. total is 0 when not known. */
    int (*progress)(void *context, uint64_t done_bytes, uint64_t total_bytes);
    /* A record; borrowed for the call. Non-MZ_OK stops the reading with that status. */
    mz_status (*record)(void *context, const mz_record *record, mz_error *error);
    /* A rejected record; may be NULL. */
    mz_status (*rejected)(void *context, const mz_rejection *rejection, mz_error *error);
    /* An entity that a file of changes (OpenSanctions' entities.delta.json) takes off the list; its other entities
     * come as records, new or in place of the one with the same id. NULL: a file of changes is MZ_ERR_REFUSED,
     * because its few records are not the list. */
    mz_status (*deleted)(void *context, mz_str id, mz_error *error);
    /* In a file of changes, before each entity that is to come as a record (or rejected): whether it is said to be new,
     * or to be in place of the one with the same id. May be NULL. */
    mz_status (*arriving)(void *context, bool is_new, mz_error *error);
    void *context;
} mz_read_options;

/* Reads the list at `path` (a file, for "ofac" also a folder or sdn.csv with its siblings beside it). `format`
 * NULL: found out from name and first bytes. Thread-safe: no shared state. */
mz_status mz_list_read(const mz_list_format *format, const char *path, const mz_read_options *options,
                       mz_read_report *ret_report, mz_error *error);

/* The format of a file, from its name and first bytes; MZ_ERR_ARGUMENT (naming the formats) when none fits. */
mz_status mz_list_sniff(const char *path, const mz_list_format **ret_format, mz_error *error);

/* "FORMAT:PATH" or "PATH" as the command line takes it: *ret_path points into `source`; *ret_format NULL when
 * not given. A word before a colon that is no format is part of the path. */
void mz_list_source_parse(const char *source, const mz_list_format **ret_format, const char **ret_path);

MZ_END_DECLS

#endif
