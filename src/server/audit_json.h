/* What the handlers of the audit chain share. */
#ifndef MIZAN_SERVER_AUDIT_JSON_H
#define MIZAN_SERVER_AUDIT_JSON_H

#include "audit/audit.h"
#include "audit/signer.h"
#include "base/json_write.h"

#define MZ_AUDIT_VERIFIED "audit.verified"

/* Who did what an entry tells of, by key: found in the store once for each. */
typedef struct mz_audit_names {
    mz_sql *sql;
    mz_arena *arena;
    mz_str agency;
    struct mz_audit_name *first;
} mz_audit_names;

/* The name of a person, key or agency, to be shown; empty when there is none any more. */
mz_status mz_audit_name_of(mz_audit_names *names, mz_str key, mz_str *ret_name, mz_error *error);

/* `alone`: with its line and salt, by which it can be checked elsewhere. */
mz_status mz_audit_entry_write(mz_json *json, mz_audit_names *names, const mz_audit_entry *entry, bool alone,
                               mz_error *error);
/* The same as a line of a table, and the line with its names. */
void mz_audit_csv_head(mz_buffer *out);
mz_status mz_audit_csv_write(mz_buffer *out, mz_audit_names *names, const mz_audit_entry *entry, mz_error *error);

void mz_checkpoint_write(mz_json *json, const mz_audit_checkpoint *checkpoint);
void mz_verdict_write(mz_json *json, const mz_audit_verdict *verdict);

#endif
