/* A list read into memory, for tests to look at: its records, its rejections, its report. */
#ifndef MIZAN_TEST_SEEN_H
#define MIZAN_TEST_SEEN_H

#include "base/arena.h"
#include "mizan/list.h"

enum { SEEN_RECORDS = 64, SEEN_REJECTIONS = 64 };

typedef struct seen {
    mz_arena arena;
    mz_status status;
    mz_error error;
    mz_read_report report;
    mz_record records[SEEN_RECORDS];
    size_t count;
    mz_rejection rejections[SEEN_REJECTIONS];
    size_t rejection_count;
} seen;

/* Reads the list; what went wrong is in status and error. */
void see(seen *into, const char *format, const char *path);
/* The same for bytes, through a file of this test's folder. */
void see_bytes(seen *into, const char *format, const void *bytes, size_t size);
/* The same for a sample kept in tests/lists/samples. */
void see_sample(seen *into, const char *format, const char *name);
void seen_done(seen *into);

/* A record by its id; fails the test when there is none. */
const mz_record *seen_record(const seen *into, const char *id);
/* The n-th attached entity of a schema, from 0; fails the test when there are fewer. */
const mz_entity *seen_attached(const mz_record *record, mz_schema schema, size_t n);
size_t seen_attached_count(const mz_record *record, mz_schema schema);
/* The n-th fact of a property, from 0, or NULL. */
const mz_fact *seen_fact(const mz_entity *entity, mz_property property, size_t n);
/* All values of a property with " | " between, in the arena. */
mz_str seen_values(seen *into, const mz_entity *entity, mz_property property);

#endif
