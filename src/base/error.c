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
    case MZ_ERR_BUSY: return "busy";
    }
    return "unknown status";
}

/* Bytes of the well-formed UTF-8 sequence at `text` (RFC 3629), 0 when it is none or a control character. Here
 * and not from text/, which is a floor above. */
static size_t shown(const unsigned char *text) {
    if (text[0] >= 0x20 && text[0] < 0x7F) return 1;
    size_t size = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
    if (text[0] < 0xC2 || text[0] > 0xF4) return 0;
    for (size_t i = 1; i < size; i++)
        if ((text[i] & 0xC0) != 0x80) return 0;
    if (text[0] == 0xC2 && text[1] < 0xA0) return 0; /* C1 controls */
    if ((text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xED && text[1] > 0x9F)) return 0;
    if ((text[0] == 0xF0 && text[1] < 0x90) || (text[0] == 0xF4 && text[1] > 0x8F)) return 0;
    return size;
}

/* A message quotes file names and input: what is not text becomes "?", so that it stays one line of UTF-8 and can
 * send nothing to a terminal. A sequence that was cut at the end goes. */
static void clean(char *text, size_t size) {
    size_t length = strlen(text), kept = 0;
    for (size_t i = 0; i < length;) {
        size_t step = shown((const unsigned char *)text + i);
        if (step == 0 && length == size - 1 && i + 3 >= length && (unsigned char)text[i] >= 0xC2) break;
        if (step == 0) text[i] = '?', step = 1;
        memmove(text + kept, text + i, step);
        kept += step;
        i += step;
    }
    text[kept] = '\0';
}

__attribute__((format(printf, 5, 0))) static void fill(mz_error *error, mz_status status, uint64_t line,
                                                       uint64_t column, const char *format, va_list arguments) {
    if (!error) return;
    int kept = errno;
    error->status = status;
    error->line = line;
    error->column = column;
    error->where[0] = '\0';
    (void)vsnprintf(error->text, sizeof error->text, format, arguments);
    clean(error->text, sizeof error->text);
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
    int number = errno; /* strerror is safe among threads in glibc since 2.32 and in musl */
    const char *remedy = "";
    mz_status status = MZ_ERR_IO;
    if (number == ENOENT) status = MZ_ERR_NOT_FOUND;
    if (number == ENOMEM) status = MZ_ERR_MEMORY;
    if (number == ENOSPC || number == EDQUOT) remedy = "; free some space and try again";
    if (number == EACCES || number == EPERM || number == EROFS)
        remedy = "; choose a place you may write to, or ask for the right";
    return mz_fail(error, status, "cannot %s %.200s: %s%s", what, path, strerror(number), remedy);
}

void mz_error_name(mz_error *error, const char *where) {
    if (!error || error->where[0]) return;
    (void)snprintf(error->where, sizeof error->where, "%s", where);
    clean(error->where, sizeof error->where);
}
