/* Filling in an mz_error. */
#ifndef MIZAN_BASE_ERROR_H
#define MIZAN_BASE_ERROR_H

#include "mizan/status.h"

/* Writes status and message into `error` (which may be NULL) with line and column 0, and returns `status`,
 * so that a failing function can `return mz_fail(error, MZ_ERR_INPUT, "…")`. `errno` is kept. */
mz_status mz_fail(mz_error *error, mz_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same with a place in the input. */
mz_status mz_fail_at(mz_error *error, mz_status status, uint64_t line, uint64_t column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The usual "out of memory" error. */
mz_status mz_fail_memory(mz_error *error);

/* `what` failed on `path` with the current errno: "cannot WHAT PATH: reason". A full disk and a missing
 * permission get a remedy in the text. Returns MZ_ERR_IO, or MZ_ERR_NOT_FOUND for ENOENT. */
mz_status mz_fail_errno(mz_error *error, const char *what, const char *path);

/* Names the file an error came from, when not named already. */
void mz_error_name(mz_error *error, const char *where);

#endif
