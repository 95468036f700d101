/* What the handlers of /api/v1/subjects share. */
#ifndef MIZAN_SERVER_SUBJECTS_H
#define MIZAN_SERVER_SUBJECTS_H

#include "cases/cases.h"
#include "server/people_json.h"
#include "subjects/imports.h"
#include "subjects/mapping.h"
#include "subjects/sources.h"
#include "subjects/subjects.h"

enum { MZ_SUBJECT_BODY_BYTES = 256 << 10, MZ_SUBJECTS_CSV_ROWS_MOST = 100000 };

/* A page: "limit" (to 100, usually 50), "format" (json or csv), the cursor and others that are known. */
typedef struct mz_subjects_page {
    size_t limit;
    bool csv;
} mz_subjects_page;
mz_status mz_subjects_read_page(const mz_request *request, const mz_str *known, size_t count,
                                mz_subjects_page *ret_page, mz_error *error);

/* The answer is a table to be saved under this name. */
void mz_subjects_table(mz_response *response, const mz_request *request, const char *file_name);
void mz_subjects_cell_time(mz_buffer *out, int64_t seconds);
/* "next" is null when there is none. */
void mz_subjects_next(mz_json *json, mz_str next);

/* The members of a subject, without the braces around them; with its cases where `cases` is not NULL: the open one and
 * its alerts. */
void mz_subject_write_json(mz_json *json, const mz_subject *subject, bool with_properties, const mz_case *cases,
                           size_t case_count);

/* ---- screening a subject (subject_screen.c) ---- */

typedef struct mz_subject_screening mz_subject_screening;

/* Screens an entity against all lists by the policy and threshold of the agency; its index is held until it is freed.
 * Not in a transaction. */
mz_status mz_subject_screen(const mz_request *request, const mz_entity *entity, mz_str properties,
                            mz_subject_screening **ret_screening, mz_error *error);
/* In a transaction: raises what was found on the subject, and notes that it was screened. */
mz_status mz_subject_raise(mz_sql *sql, const mz_request *request, mz_subject_screening *screening,
                           const mz_subject *subject, const char *why, mz_arena *arena, mz_raised *ret_raised,
                           mz_error *error);
void mz_subject_screening_free(mz_subject_screening *screening);

/* ---- imports (subject_imports.c) ---- */

enum { MZ_IMPORT_FOLDER_SIZE = 4096 - 256 };
/* The format that the parameter “format” asks for; else by “file_name” and the first bytes. */
mz_status mz_import_format(const mz_request *request, mz_str first_bytes, mz_subject_format *ret_format,
                           mz_error *error);
/* Where files of imports are kept. */
mz_status mz_import_folder(const mz_service *service, char ret_folder[MZ_IMPORT_FOLDER_SIZE], mz_error *error);

#endif
