/* See certificate.h: a receipt out of the store, with the names that it has not. */
#include "audit/receipt.h"
#include "base/clock.h"
#include "base/error.h"
#include "reports/certificate.h"

/* Who screened: a person by the name that is shown, a key by its title. */
static mz_status read_asker(mz_sql *sql, mz_str agency, int64_t number, mz_arena *arena, mz_str *ret_name,
                            mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(number)}, *columns;
    mz_status status =
        mz_sql_first(sql,
                     "SELECT COALESCE(p.title, k.title, '') FROM audit_entry e LEFT JOIN access_person p "
                     "ON p.person = e.actor AND p.agency = e.chain LEFT JOIN access_key k ON "
                     "k.access_key = e.actor AND k.agency = e.chain WHERE e.chain = ?1 AND e.number = "
                     "?2",
                     values, 2, arena, &columns, error);
    if (!status) *ret_name = columns ? columns[0].text : MZ_STR("");
    return status;
}

static mz_status read_agency(mz_sql *sql, mz_str agency, mz_arena *arena, mz_str *ret_title, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency)}, *columns;
    mz_status status =
        mz_sql_first(sql, "SELECT title FROM access_agency WHERE agency = ?1", values, 1, arena, &columns, error);
    if (!status) *ret_title = columns ? columns[0].text : MZ_STR("");
    return status;
}

mz_status mz_certificate_read(mz_sql *sql, mz_str agency, int64_t number, mz_arena *arena, mz_buffer *receipt,
                              mz_certificate *ret_certificate, mz_error *error) {
    mz_certificate certificate = {.made = mz_clock_now()};
    mz_status status = mz_receipt_write(sql, agency, number, NULL, arena, receipt, error);
    if (!status) status = read_asker(sql, agency, number, arena, &certificate.asker, error);
    if (!status) status = read_agency(sql, agency, arena, &certificate.agency, error);
    if (status) return status;
    certificate.receipt = mz_buffer_view(receipt);
    *ret_certificate = certificate;
    return MZ_OK;
}
