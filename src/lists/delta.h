/* The difference between two versions of a list, record by record.
 *
 * The older version is read once and kept as a table: for each record 16 bytes for its id, 16 for its fingerprint,
 * 8 for its place in the packed file and up to 11 for the hash table, so about 50 bytes a record whatever its size,
 * 200 MB for four million. The newer one streams by; only where the fingerprints differ is the older record fetched
 * again from the middle of its file. Changes come in the order of the newer version, then the removed ones in the
 * order of the older. */
#ifndef MIZAN_LISTS_DELTA_H
#define MIZAN_LISTS_DELTA_H

#include "base/arena.h"
#include "lists/pack.h"
#include "mizan/store.h"

typedef struct mz_delta mz_delta;

typedef struct mz_delta_counts {
    uint64_t added, removed, changed, same;
} mz_delta_counts;

typedef struct mz_change_sink {
    mz_status (*change)(void *context, const mz_change *change, mz_error *error);
    void *context;
} mz_change_sink;

/* `records_path`: the records of the older version. */
mz_status mz_delta_new(const char *records_path, mz_change_sink sink, mz_delta **ret_delta, mz_error *error);
void mz_delta_free(mz_delta *delta);

/* A record of the newer version; its id must not have come before. */
mz_status mz_delta_record(mz_delta *delta, const mz_record *record, mz_error *error);
/* After the last record: tells of the removed ones. */
mz_status mz_delta_finish(mz_delta *delta, mz_delta_counts *ret_counts, mz_error *error);

/* A change as one line of JSON without the newline, as delta.ndjson.zst holds it:
 * {"change":"changed","id":…,"reference":…,"caption":…,"fields":[{"schema":…,"property":…,"from":…,"to":…}]} */
void mz_change_write(const mz_change *change, mz_buffer *out);
/* Reads it back; the arena's memory. */
mz_status mz_change_read(mz_str line, mz_arena *arena, mz_change *ret_change, mz_error *error);

/* Hands over the changes that a packed delta file holds. */
mz_status mz_delta_read(const char *path, mz_change_sink sink, mz_error *error);

/* Hands over the records of a packed records file. */
mz_status mz_records_read(const char *path,
                          mz_status (*record)(void *context, const mz_record *record, mz_error *error), void *context,
                          mz_error *error);

#endif
