/* Reading a list in a test: the bytes go into a file of the test's own folder, what the reader hands over is kept.
 *
 *     read_list(&mz_format_ftm, "x.json", MZ_STR("{…}"), NULL);
 *     CHECK_OK(read_status, read_error);
 *     CHECK_TEXT("Idris Sample", facts_of(0, 0, "name"));
 *
 * One reading at a time; everything is forgotten with the next, and freed by forget_list. */
#ifndef MIZAN_TEST_LIST_READING_H
#define MIZAN_TEST_LIST_READING_H

#include "lists/formats.h"
#include "test.h"

extern mz_status read_status;
extern mz_error read_error;
extern mz_read_report read_report;
extern const mz_record *read_records;
extern size_t read_record_count;

/* Writes the file; its path (static, of the last call of this). */
const char *write_list(const char *name, mz_str bytes);

/* Reads a file. `options` may be NULL; its callbacks are replaced, but for `deleted`, which is set when it was. */
void read_list_file(const mz_list_format *format, const char *path, const mz_read_options *options);
void read_list(const mz_list_format *format, const char *name, mz_str bytes, const mz_read_options *options);
void forget_list(void);

/* The values of a property of an entity of a record, in their order, " | " between them; static. */
const char *facts_of(size_t record, size_t entity, const char *property);
/* The first fact of a property; fails the test when there is none. */
const mz_fact *fact_of(size_t record, size_t entity, const char *property);
/* The number of the first entity of a schema in a record, or of entities when there is none. */
size_t entity_of(size_t record, const char *schema);
/* "LINE RECORD: REASON" of each rejection, a line each. */
const char *rejections(void);
/* The ids of deleted entities, a line each. */
const char *deletions(void);

#endif
