/* Files that are kept with a case: documents, pictures, letters. What they are is found out from their bytes, not from
 * what their name or their sender says, and only kinds that are known are taken. Bytes are kept once for an agency by
 * their hash, which stands in the audit chain, and are given out as downloads only. */
#ifndef MIZAN_CASES_ATTACHMENTS_H
#define MIZAN_CASES_ATTACHMENTS_H

#include "base/digest.h"
#include "cases/cases.h"

enum { MZ_FILE_NAME_BYTES_MOST = 200, MZ_ATTACHMENT_BYTES_MOST = 32 << 20, MZ_CASE_ATTACHMENTS_MOST = 1000 };

typedef struct mz_attachment {
    mz_str key, case_key, file_name, media_type, digest;
    int64_t size, at;
    mz_named actor;
    bool removed;
} mz_attachment;

/* The media type of a file that may be kept; NULL: it may not. `file_name` tells apart what is alike inside.
 * *ret_known: its ending is that of a kind that is kept, so that it is its bytes that are not. */
const char *mz_attachment_type(mz_str file_name, mz_str bytes, bool *ret_known);

/* MZ_ERR_LIMIT: larger than the agency's settings allow ("attachment-size"), more than they allow all files of the
 * agency together ("attachments-bytes-most", where the same bytes count once), or than a case has files, with those
 * that were removed ("attachments-most"). MZ_ERR_REFUSED: of no kind that is taken ("attachment-type"). MZ_ERR_INPUT: a
 * name that is none ("attachment-name"), nothing in it ("attachment-empty"), or not what its name says
 * ("attachment-broken"). The words are change->refusal. */
mz_status mz_attachment_add(mz_sql *sql, mz_case_change *change, mz_str file_name, mz_str bytes, mz_arena *arena,
                            mz_attachment *ret_attachment, mz_error *error);
/* Its bytes are gone when no other attachment of the agency has the same; its hash stays in the chain. */
mz_status mz_attachment_remove(mz_sql *sql, mz_case_change *change, mz_str key, mz_arena *arena, mz_error *error);
/* Also those that were removed, in their order. */
mz_status mz_case_attachments(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena,
                              mz_attachment **ret_attachments, size_t *ret_count, mz_error *error);
/* MZ_ERR_NOT_FOUND also when it was removed. */
mz_status mz_attachment_read(mz_sql *sql, mz_str agency, mz_str case_key, mz_str key, mz_arena *arena,
                             mz_attachment *ret_attachment, mz_str *ret_bytes, mz_error *error);

#endif
