/* The lines of a text file in UTF-8, whatever it is written in, with a way back to a line that was read. Inside this
 * folder only. */
#ifndef MIZAN_SUBJECTS_LINES_H
#define MIZAN_SUBJECTS_LINES_H

#include "base/buffer.h"
#include "base/file.h"
#include "text/encoding.h"

enum { MZ_LINES_BYTES_MOST = 1 << 20 /* of one line */ };

typedef struct mz_lines {
    mz_input input;
    mz_encoding encoding;
    char *block;
    size_t block_size; /* of it: not decoded yet, a character cut by the end of the block */
    mz_buffer text;    /* decoded */
    size_t at, mark;   /* in it: the next line, and the one to go back to */
    uint64_t line;     /* that was returned last */
    uint64_t mark_line;
    bool ended; /* the input has no more bytes */
} mz_lines;

/* Opens a file (`path`) or bytes that must outlive it (path NULL). `encoding` MZ_ENCODING_COUNT: as its bytes tell;
 * MZ_ERR_INPUT when they do not. */
mz_status mz_lines_open(mz_lines *lines, const char *path, mz_str bytes, mz_encoding encoding, mz_error *error);
void mz_lines_close(mz_lines *lines);

/* The next line without its end; lives until the next call. *ret_more false at the end. One that is too long is
 * MZ_ERR_LIMIT, and passed over. */
mz_status mz_lines_next(mz_lines *lines, mz_str *ret_line, bool *ret_more, mz_error *error);
/* From here on lines can be read again, as many as fit into a line's size. */
void mz_lines_mark(mz_lines *lines);
void mz_lines_back(mz_lines *lines);
/* Bytes of lines that were kept since the mark. */
size_t mz_lines_since_mark(const mz_lines *lines);

#endif
