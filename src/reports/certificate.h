/* A screening on paper: what was asked, of which lists in which versions, by which policy and program, what was found,
 * by whom and when, and how anybody can verify that it was so and screen again. Made of a receipt (audit/receipt.h). */
#ifndef MIZAN_REPORTS_CERTIFICATE_H
#define MIZAN_REPORTS_CERTIFICATE_H

#include "base/arena.h"
#include "base/json_read.h"
#include "reports/sheet.h"
#include "store/sql.h"

typedef struct mz_certificate {
    mz_str agency;  /* its title */
    mz_str reader;  /* for whom it is made; may be empty */
    mz_str asker;   /* who screened, by name; empty: as the receipt says */
    int64_t made;   /* now */
    mz_str receipt; /* JSON, as mz_receipt_write gives it */
} mz_certificate;

/* The receipt of that number, its agency's title and who screened; the receipt stands in `receipt`, the rest in
 * `arena`. MZ_ERR_NOT_FOUND also when it is another agency's, or no screening. */
mz_status mz_certificate_read(mz_sql *sql, mz_str agency, int64_t number, mz_arena *arena, mz_buffer *receipt,
                              mz_certificate *ret_certificate, mz_error *error);

mz_status mz_certificate_write(const mz_certificate *certificate, const mz_sheet *sheet, mz_arena *arena,
                               mz_error *error);

#endif
