/* Texts that entries name by their digest. */
#include "audit/audit.h"
#include "base/error.h"

mz_status mz_audit_keep(mz_sql *sql, mz_str kind, mz_str text, char ret_digest[MZ_DIGEST_HEX_SIZE], mz_error *error) {
    char hex[MZ_DIGEST_HEX_SIZE];
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, text.data, text.size);
    mz_digest_hex(&digest, hex);
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(hex)), mz_sql_text(kind),
                                   mz_sql_text(text.data ? text : MZ_STR(""))};
    mz_status status = mz_sql_run(sql,
                                  "INSERT INTO audit_kept (digest, kind, kept) VALUES (?1, ?2, ?3) ON CONFLICT "
                                  "(digest) DO NOTHING",
                                  values, sizeof values / sizeof *values, NULL, error);
    if (!status) memcpy(ret_digest, hex, sizeof hex);
    return status;
}

mz_status mz_audit_kept(mz_sql *sql, mz_str digest, mz_arena *arena, mz_str *ret_text, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(digest.data ? digest : MZ_STR(""))}, *columns = NULL;
    mz_status status =
        mz_sql_first(sql, "SELECT kept FROM audit_kept WHERE digest = ?1", values, 1, arena, &columns, error);
    if (status) return status;
    if (!columns)
        return mz_fail(error, MZ_ERR_NOT_FOUND, "no text of the digest %.*s is kept", (int)digest.size, digest.data);
    *ret_text = columns[0].text;
    return MZ_OK;
}
