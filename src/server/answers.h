/* Many queries answered at once, by as many engines as are free, in the order in which they were asked. */
#ifndef MIZAN_SERVER_ANSWERS_H
#define MIZAN_SERVER_ANSWERS_H

#include "screen/query_json.h"
#include "server/service.h"

typedef struct mz_question {
    const mz_json_value *query; /* parsed; or NULL, and */
    mz_str line;                /* a line of JSON that is not read yet */
    uint64_t number;            /* of the line, from 1 on; 0: none */
    bool too_long;              /* the line was not kept */
} mz_question;

typedef struct mz_questions {
    const mz_question *items;
    size_t count;
    const mz_query_wishes *usual; /* what the caller wishes where a query is silent; NULL: nothing */
    char behind;                  /* stands behind each answer */
    unsigned wait_ms;             /* for an engine */
    uint64_t budget;              /* of work for all together; 0: any. Queries behind it are answered by an error */
} mz_questions;

enum { MZ_LINE_BYTES_MOST = 1 << 20 };

/* Appends an answer for each: as mz_screen_json gives it, or, for a query that cannot be understood, an object that
 * says why (mz_answer_write_error); *ret_failed counts these. The answers do not depend on how many engines there are.
 * They are all by the same index. */
mz_status mz_answer_all(mz_service *service, const mz_questions *questions, mz_buffer *out, uint64_t *ret_failed,
                        mz_error *error);

/* Whether a failure is that of one query, and others are to be answered all the same. */
bool mz_fails_one_query(mz_status status);

#endif
