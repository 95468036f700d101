/* Status and errors.
 *
 * Every function that can fail returns an mz_status; MZ_OK is 0. The detail (what, where in the input,
 * what to do) goes into an mz_error that the caller owns and may leave out (NULL). Out-parameters are
 * untouched on failure. The library never prints, never exits, and keeps nothing in globals. */
#ifndef MIZAN_STATUS_H
#define MIZAN_STATUS_H

#include "mizan/str.h"

#include <stdint.h>

MZ_BEGIN_DECLS

typedef enum mz_status {
    MZ_OK = 0,
    MZ_ERR_MEMORY,    /* an allocation failed */
    MZ_ERR_INPUT,     /* malformed input: line and column are set where known */
    MZ_ERR_LIMIT,     /* input that is well formed but larger or deeper than a stated limit */
    MZ_ERR_IO,        /* the operating system refused: file, folder, disk full, permissions */
    MZ_ERR_ARGUMENT,  /* a value that the caller gave cannot be used */
    MZ_ERR_NOT_FOUND, /* what was asked for is not there */
    MZ_ERR_REFUSED,   /* well formed, but a rule of safety says no (see mz_error.text for the override) */
    MZ_ERR_NETWORK,   /* a download failed */
    MZ_ERR_CANCELLED, /* the caller's callback asked to stop */
    MZ_ERR_BUSY       /* not now: what is needed is in use; the same may succeed a little later */
} mz_status;

enum { MZ_ERROR_TEXT_SIZE = 480, MZ_ERROR_WHERE_SIZE = 240 };

typedef struct mz_error {
    mz_status status;
    uint64_t line;                   /* 1-based; 0 when not known */
    uint64_t column;                 /* 1-based, in bytes; 0 when not known */
    char where[MZ_ERROR_WHERE_SIZE]; /* the file or part of the input; "" when not known */
    char text[MZ_ERROR_TEXT_SIZE];   /* one line of UTF-8: what is wrong and what to do; never ends in a newline */
} mz_error;

/* The field's word for a status ("malformed input"), for messages; a static string. */
const char *mz_status_name(mz_status status);

MZ_END_DECLS

#endif
