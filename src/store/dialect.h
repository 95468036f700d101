/* The SQL that both databases understand: checked, and put into the words of one of them. What is allowed is said in
 * sql.h; here it is looked at word by word, so that a statement which one of the two would not take, or would take in
 * another sense, is refused on both. */
#ifndef MIZAN_STORE_DIALECT_H
#define MIZAN_STORE_DIALECT_H

#include "base/buffer.h"

typedef enum mz_dialect { MZ_DIALECT_SQLITE, MZ_DIALECT_POSTGRESQL } mz_dialect;

enum {
    MZ_DIALECT_VALUES_MOST = 64,        /* parameters of one statement */
    MZ_DIALECT_STATEMENT_BYTES = 65536, /* of one statement */
};

/* Appends the statement to `out` in the words of the database; `schema`: it stands in a migration and may make and
 * change tables. *ret_parameters is the highest number of its parameters. MZ_ERR_ARGUMENT says what is not understood
 * on both. */
mz_status mz_dialect_translate(mz_str statement, mz_dialect dialect, bool schema, mz_buffer *out,
                               unsigned *ret_parameters, mz_error *error);

/* Cuts the next statement, without its semicolon and without comments before it, off a text of several; false when only
 * spaces and comments are left. */
bool mz_dialect_next(mz_str *rest, mz_str *ret_statement);

/* Whether a statement is CREATE TABLE, and of which name. */
bool mz_dialect_makes_table(mz_str statement, mz_str *ret_name);

#endif
