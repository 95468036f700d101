#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *mz_status_name(mz_status status) {
    switch (status) {
    case MZ_OK: return "ok";
    case MZ_ERR_MEMORY: return "out of memory";
    case MZ_ERR_INPUT: return "malformed input";
    case MZ_ERR_LIMIT: return "limit exceeded";
    case MZ_ERR_IO: return "input or output failed";
    case MZ_ERR_ARGUMENT: return "invalid argument";
    case MZ_ERR_NOT_FOUND: return "not found";
    case MZ_ERR_REFUSED: return "refused";
    case MZ_ERR_NETWORK: return "network failed";
    case MZ_ERR_CANCELLED: return "cancelled";
    }
    return "unknown status";
}

static void fill(mz_error *error, mz_status status, uint64_t line, uint64_t column, const char *format,
                 va_list arguments) {
    if (!error) return;
    int kept = errno;
    error->status = status;
    error->line = line;
    error->column = column;
    error->where[0] = '\0';
    (void)vsnprintf(error->text, sizeof error->text, format, arguments);
    errno = kept;
}

mz_status mz_fail(mz_error *error, mz_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, 0, 0, format, arguments);
    va_end(arguments);
    return status;
}

mz_status mz_fail_at(mz_error *error, mz_status status, uint64_t line, uint64_t column, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, line, column, format, arguments);
    va_end(arguments);
    return status;
}

mz_status mz_fail_memory(mz_error *error) {
    return mz_fail(error, MZ_ERR_MEMORY, "out of memory");
}

mz_status mz_fail_errno(mz_error *error, const char *what, const char *path) {
    int number = errno;
    const char *remedy = "";
    mz_status status = MZ_ERR_IO;
    if (number == ENOENT) status = MZ_ERR_NOT_FOUND;
    if (number == ENOMEM) status = MZ_ERR_MEMORY;
    if (number == ENOSPC || number == EDQUOT) remedy = "; free some space and try again, nothing was changed";
    if (number == EACCES || number == EPERM || number == EROFS) remedy = "; choose a place you may write to, or ask for the right";
    return mz_fail(error, status, "cannot %s %.200s: %s%s", what, path, strerror(number), remedy);
}

void mz_error_name(mz_error *error, const char *where) {
    if (!error || error->where[0]) return;
    (void)snprintf(error->where, sizeof error->where, "%s", where);
}
