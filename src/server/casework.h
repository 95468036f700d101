/* What the handlers of casework share: who asks and may, bodies in, objects out, and the transaction in between. */
#ifndef MIZAN_SERVER_CASEWORK_H
#define MIZAN_SERVER_CASEWORK_H

#include "cases/attachments.h"
#include "cases/clearances.h"
#include "cases/reasons.h"
#include "server/people_json.h"

enum {
    MZ_CASEWORK_BODY_BYTES = 64 << 10,
    MZ_CASEWORK_CSV_ROWS_MOST = 100000,
    MZ_CASEWORK_CSV_PAGE = 500, /* rows that are read at once */
    MZ_CASEWORK_CSV_ARENA_BYTES = 64 << 20,
    MZ_CASEWORK_CURSOR_BYTES = 128
};

/* A request for one agency's casework. */
typedef struct mz_casework {
    const mz_request *request;
    mz_response *response;
    mz_arena *arena;
    mz_str agency;
    mz_actor actor;
    const mz_json_value *body; /* NULL: none was read */
    mz_case_change change;     /* of the case in the path */
} mz_casework;

/* Refuses parameters that are none of these, and who is of no agency. */
mz_status mz_casework_begin(const mz_request *request, mz_response *response, const mz_str *parameters, size_t count,
                            mz_casework *ret_work, mz_error *error);
/* The same, and reads the body, an object with these members and no others; "version" is taken where it is among them,
 * and must be there. */
mz_status mz_casework_begin_body(const mz_request *request, mz_response *response, const mz_str *members, size_t count,
                                 mz_casework *ret_work, mz_error *error);

/* A transaction that writes the answer, or the problem with what another did first. `context` has the mz_casework as
 * its first member. */
mz_status mz_casework_change(mz_casework *work, mz_store_work *what, mz_error *error);
mz_status mz_casework_read(mz_casework *work, mz_store_work *what, mz_error *error);

/* "limit" (to 100, usually 50) and "format": json or csv. */
mz_status mz_casework_page(const mz_request *request, size_t *ret_limit, bool *ret_csv, mz_error *error);
/* The answer is a table to be saved under that name. */
void mz_casework_csv(mz_casework *work, const char *file_name);
/* Where the next page begins, kept while the arena of this one is emptied. */
mz_str mz_casework_cursor(char room[MZ_CASEWORK_CURSOR_BYTES], mz_str next);
/* "next", the last member of a list; null for an empty one. */
void mz_casework_next(mz_json *json, mz_str next);
void mz_casework_csv_time(mz_buffer *out, int64_t seconds);
void mz_casework_csv_number(mz_buffer *out, double number, int decimals);

/* ---- objects ---- */

/* null when nobody is named. */
void mz_named_write(mz_json *json, const char *key, const mz_named *who);
void mz_titles_write(mz_json *json, const char *key, const mz_str titles[3]);
/* The members of a row; around them stand the braces of the caller. */
void mz_case_write_json(mz_json *json, const mz_case *row, int64_t now, bool with_subject);
/* `index` NULL: as in a list, without the record and what changed, and with case and subject. */
void mz_alert_write_json(mz_json *json, const mz_alert *alert, const mz_index *index, mz_arena *arena);
void mz_decision_write_json(mz_json *json, const mz_decision *decision);
void mz_case_event_write_json(mz_json *json, const mz_case_event *event, const mz_reason *reasons, size_t reason_count,
                              mz_arena *arena);
void mz_attachment_write_json(mz_json *json, const mz_attachment *attachment);
void mz_clearance_write_json(mz_json *json, const mz_clearance *clearance);

#endif
