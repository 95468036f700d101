/* The log of requests: a line of JSON each, for programs.
 *
 *     {"time":"2026-11-22T07:50:09.123Z","id":"8f4f…","client":"c1f0…","key":"01J…","agency":"01J…","method":"POST",
 *      "route":"/match/{dataset}","status":200,"ms":1.204,"in":312,"out":4711,"asked":["9e3b…"]}
 *
 * No personal data stand in it: of the address only the route's pattern; the client's address and the names that were
 * asked for as the first 64 bits of BLAKE2b under a key that the process draws when it starts and never shows, so that
 * the same one is recognised within a run, and guessed by nobody outside of it. With `names` names stand there as they
 * were asked, and clients as they came. */
#ifndef MIZAN_SERVER_LOG_H
#define MIZAN_SERVER_LOG_H

#include "server/http.h"

typedef struct mz_log mz_log;

/* `path` NULL: standard error; a file is appended to, and made with mode 0600. */
mz_status mz_log_open(const char *path, bool names, mz_log **ret_log, mz_error *error);
void mz_log_close(mz_log *log);
/* Opens the file anew, for programs that move it away. When that fails, what was open stays so. */
mz_status mz_log_reopen(mz_log *log, mz_error *error);

typedef struct mz_log_line {
    const mz_request *request;
    int status;
    uint64_t ns, in_bytes, out_bytes;
    const mz_str *asked; /* names that were screened */
    size_t asked_count;
} mz_log_line;

/* `log` NULL: does nothing. A line that cannot be written is lost: the service goes on. */
void mz_log_write(mz_log *log, const mz_log_line *line);

#endif
