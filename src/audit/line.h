/* The line of an entry, taken apart. */
#ifndef MIZAN_AUDIT_LINE_H
#define MIZAN_AUDIT_LINE_H

#include "base/json_read.h"

/* What stands beside an entry is asked for as one text: salt, a blank, personal part. */
enum { MZ_AUDIT_SALT_BYTES = 32, MZ_AUDIT_SALT_HEX = 2 * MZ_AUDIT_SALT_BYTES };

static inline mz_str mz_audit_behind_salt(mz_str beside) {
    size_t passed = beside.size > MZ_AUDIT_SALT_HEX ? MZ_AUDIT_SALT_HEX + 1 : beside.size;
    return (mz_str){beside.data + passed, beside.size - passed};
}

typedef struct mz_audit_line {
    int64_t at, number;
    mz_str actor, actor_kind, chain, kind, object, personal, previous;
    const mz_json_value *body;
} mz_audit_line;

/* Its ten members in their order, and no others; MZ_ERR_INPUT. The strings are in `line` or `arena`. */
mz_status mz_audit_line_read(mz_str line, mz_arena *arena, mz_audit_line *ret_line, mz_error *error);

#endif
