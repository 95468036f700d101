/* A list as lines of text, for tests of readers: a line for each record, each fact and each rejection.
 *
 *     record uk-90001 Person 90001 "Karim EL FANTAZI"
 *     uk-90001 name=Karim EL FANTAZI {primary, roles gf} 7:1
 *     uk-90001-address-1 Address city=Fictown 3:15
 *     rejected 8:29 NOBODY: a row without the number of its record
 *
 * In braces what a fact says beside its value: kind, roles, language, flags, and the published text ("from …"); then
 * file (when it is not the first), line and column. The schema is left out for the listed entity. */
#ifndef MIZAN_TEST_DUMP_H
#define MIZAN_TEST_DUMP_H

#include "mizan/list.h"

/* Reads a list and returns its dump (static, of the last call). Fails the test when the reading fails. */
const char *dump_list(const char *format, const char *path, mz_read_report *ret_report);
/* The same for a sample in tests/lists/samples. */
const char *dump_sample(const char *format, const char *name, mz_read_report *ret_report);
/* Writes bytes into a file of the test's folder and returns its path (static, of the last call). */
const char *write_bytes(const char *name, const void *bytes, size_t size);

/* A line of the dump that begins so. */
#define CHECK_LINE(line, dump) check_line(__FILE__, __LINE__, (line), (dump), true)
#define CHECK_NO_LINE(line, dump) check_line(__FILE__, __LINE__, (line), (dump), false)
void check_line(const char *file, int line, const char *wanted, const char *dump, bool there);

#endif
