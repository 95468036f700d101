/* Statements of a PostgreSQL store: prepared once for each connection, their values and rows in the server's binary
 * forms, so that nothing is written as text and read again.
 *
 * The server finds out the type of a parameter from where it stands. Where that is a narrow number (?1 = 0) or an exact
 * one, the statement is prepared again with 64 bits or a double, which is what SQLite would have there. Rows are taken
 * one by one as they come, however many there are. */
#include "base/error.h"
#include "store/postgresql.h"

#include <endian.h>
#include <libpq-fe.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of pg_type, the same in all versions; libpq has no header for them. */
enum oid_of {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_VARCHAR = 1043,
    OID_NUMERIC = 1700,
};

enum { NAME_SIZE = 40, BINARY = 1 };

static mz_status refuse(mz_postgresql *connection, mz_error *error) {
    return mz_sql_failed(&connection->sql, MZ_SQL_FAILED, error);
}

/* ---- preparing ---- */

static void name_of(const mz_postgresql *connection, const mz_postgresql_kept *kept, char ret_name[NAME_SIZE]) {
    (void)snprintf(ret_name, NAME_SIZE, "s%td_%u", kept - connection->kept, kept->generation);
}

/* The type that a parameter is given, for the one that the server found out; 0 when there is none. */
static Oid wide(Oid found) {
    switch (found) {
    case OID_INT2:
    case OID_INT4:
    case OID_INT8: return OID_INT8;
    case OID_FLOAT4:
    case OID_NUMERIC:
    case OID_FLOAT8: return OID_FLOAT8;
    case OID_NAME:
    case OID_VARCHAR:
    case OID_TEXT: return OID_TEXT;
    case OID_BYTEA: return OID_BYTEA;
    default: return 0;
    }
}

static mz_postgresql_type type_of(Oid given) {
    switch (given) {
    case OID_INT8: return MZ_POSTGRESQL_INT;
    case OID_FLOAT8: return MZ_POSTGRESQL_REAL;
    case OID_TEXT: return MZ_POSTGRESQL_TEXT;
    default: return MZ_POSTGRESQL_BYTES;
    }
}

static mz_status drop(mz_postgresql *connection, mz_postgresql_kept *kept, mz_error *error) {
    char name[NAME_SIZE], text[NAME_SIZE + 16];
    name_of(connection, kept, name);
    (void)snprintf(text, sizeof text, "DEALLOCATE %s", name);
    free(kept->text);
    *kept = (mz_postgresql_kept){0};
    return mz_postgresql_execute(&connection->sql, text, error);
}

static mz_status send(mz_postgresql *connection, const char *name, const char *text, int count, const Oid *types,
                      mz_error *error) {
    PGresult *result = PQprepare(connection->server, name, text, count, types);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    mz_status status = done ? MZ_OK : mz_postgresql_fail(connection, result, error);
    PQclear(result);
    return status;
}

/* What the server found out of the parameters: the types that they are given, and whether they are others. */
static mz_status describe(mz_postgresql *connection, const char *name, int count, Oid ret_types[], bool *ret_narrow,
                          mz_error *error) {
    PGresult *result = PQdescribePrepared(connection->server, name);
    mz_status status = MZ_OK;
    *ret_narrow = false;
    if (PQresultStatus(result) != PGRES_COMMAND_OK) status = mz_postgresql_fail(connection, result, error);
    for (int k = 0; !status && k < count; k++) {
        Oid found = PQparamtype(result, k);
        ret_types[k] = wide(found);
        if (ret_types[k] != found) *ret_narrow = true;
        if (ret_types[k]) continue;
        (void)mz_fail(error, MZ_ERR_ARGUMENT, "parameter ?%d has the type %u of PostgreSQL, which no value has", k + 1,
                      found);
        status = refuse(connection, error);
    }
    PQclear(result);
    return status;
}

static mz_status prepare_new(mz_postgresql *connection, mz_postgresql_kept *kept, const char *text, int count,
                             mz_error *error) {
    char name[NAME_SIZE], deallocate[NAME_SIZE + 16];
    Oid types[MZ_DIALECT_VALUES_MOST] = {0};
    bool narrow = false;
    kept->generation = ++connection->generation;
    name_of(connection, kept, name);
    mz_status status = send(connection, name, text, 0, NULL, error);
    if (!status) status = describe(connection, name, count, types, &narrow, error);
    if (!status && narrow) {
        (void)snprintf(deallocate, sizeof deallocate, "DEALLOCATE %s", name);
        status = mz_postgresql_execute(&connection->sql, deallocate, error);
        if (!status) status = send(connection, name, text, count, types, error);
    }
    kept->parameters = count;
    for (int k = 0; k < count; k++) kept->types[k] = (unsigned char)type_of(types[k]);
    return status;
}

/* A statement that is kept, or is from now on. */
static mz_status prepare(mz_postgresql *connection, const char *text, mz_postgresql_kept **ret_kept, mz_error *error) {
    mz_postgresql_kept *kept = &connection->kept[mz_sql_slot(text)];
    unsigned parameters = 0;
    mz_buffer words;
    if (kept->text && strcmp(kept->text, text) == 0) {
        *ret_kept = kept;
        return MZ_OK;
    }
    mz_status status = kept->text ? drop(connection, kept, error) : MZ_OK;
    if (status) return status;
    mz_buffer_init(&words, 2 * MZ_DIALECT_STATEMENT_BYTES);
    char *copy = strdup(text);
    status = copy ? mz_dialect_translate(mz_str_of(text), MZ_DIALECT_POSTGRESQL, false, &words, &parameters, error)
                  : mz_fail_memory(error);
    if (status) (void)refuse(connection, error);
    if (!status) status = prepare_new(connection, kept, words.data, (int)parameters, error);
    if (status) {
        free(copy);
    } else {
        kept->text = copy;
        *ret_kept = kept;
    }
    mz_buffer_done(&words);
    return status;
}

void mz_postgresql_forget(mz_postgresql *connection) {
    for (size_t k = 0; k < MZ_SQL_SLOTS; k++) free(connection->kept[k].text);
}

mz_status mz_postgresql_understands(mz_sql *sql, const char *text, mz_error *error) {
    mz_postgresql_kept *kept = NULL;
    return prepare(mz_postgresql_of(sql), text, &kept, error);
}

/* ---- values ---- */

typedef struct bound_values {
    uint64_t numbers[MZ_DIALECT_VALUES_MOST];
    const char *values[MZ_DIALECT_VALUES_MOST];
    int lengths[MZ_DIALECT_VALUES_MOST], formats[MZ_DIALECT_VALUES_MOST];
} bound_values;

static uint64_t bits_of(double real) {
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    return bits;
}

/* False when the value is not of the parameter's type. */
static bool bind(bound_values *bound, int at, mz_postgresql_type type, const mz_sql_value *value) {
    bool number = value->kind == MZ_SQL_INT;
    bound->formats[at] = BINARY;
    switch (type) {
    case MZ_POSTGRESQL_INT:
        bound->numbers[at] = htobe64((uint64_t)value->number);
        if (!number && value->kind != MZ_SQL_NULL) return false;
        break;
    case MZ_POSTGRESQL_REAL:
        bound->numbers[at] = htobe64(bits_of(number ? (double)value->number : value->real));
        if (!number && value->kind != MZ_SQL_REAL && value->kind != MZ_SQL_NULL) return false;
        break;
    case MZ_POSTGRESQL_TEXT:
    case MZ_POSTGRESQL_BYTES:
        if (value->kind == MZ_SQL_NULL) break;
        if (value->kind != (type == MZ_POSTGRESQL_TEXT ? MZ_SQL_TEXT : MZ_SQL_BYTES)) return false;
        bound->values[at] = value->text.data ? value->text.data : "";
        bound->lengths[at] = (int)value->text.size;
        return true;
    }
    if (value->kind == MZ_SQL_NULL) return true;
    bound->values[at] = (const char *)&bound->numbers[at];
    bound->lengths[at] = sizeof bound->numbers[at];
    return true;
}

static mz_status bind_all(mz_postgresql *connection, const mz_postgresql_kept *kept, const mz_sql_value *values,
                          size_t count, bound_values *bound, mz_error *error) {
    if ((size_t)kept->parameters != count) {
        (void)mz_fail(error, MZ_ERR_ARGUMENT, "%zu values for the %d parameters of: %.200s", count, kept->parameters,
                      kept->text);
        return refuse(connection, error);
    }
    for (size_t k = 0; k < count; k++) {
        bound->values[k] = NULL;
        mz_status status = MZ_OK;
        if (values[k].text.size > INT_MAX)
            status = mz_fail(error, MZ_ERR_LIMIT, "value ?%zu is too large for the store", k + 1);
        else if (!bind(bound, (int)k, (mz_postgresql_type)kept->types[k], &values[k]))
            status = mz_fail(error, MZ_ERR_ARGUMENT, "value ?%zu is of another kind than its parameter in: %.200s",
                             k + 1, kept->text);
        if (status) return refuse(connection, error);
    }
    return MZ_OK;
}

/* ---- rows ---- */

static uint64_t be64(const char *bytes) {
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    return be64toh(number);
}

static uint32_t be32(const char *bytes) {
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return be32toh(number);
}

static double real_of(uint64_t bits) {
    double real;
    memcpy(&real, &bits, sizeof real);
    return real;
}

/* False when the column has a type that no value has. */
static bool column(const PGresult *result, int at, mz_sql_value *ret_value) {
    const char *bytes = PQgetvalue(result, 0, at);
    mz_str run = {bytes, (size_t)PQgetlength(result, 0, at)};
    if (PQgetisnull(result, 0, at)) {
        *ret_value = mz_sql_null();
        return true;
    }
    switch (PQftype(result, at)) {
    case OID_INT8: *ret_value = mz_sql_int((int64_t)be64(bytes)); return true;
    case OID_INT4: *ret_value = mz_sql_int((int32_t)be32(bytes)); return true;
    case OID_INT2:
        *ret_value = mz_sql_int((int16_t)((unsigned char)bytes[0] << 8 | (unsigned char)bytes[1]));
        return true;
    case OID_BOOL: *ret_value = mz_sql_int(bytes[0] != 0); return true;
    case OID_FLOAT8: *ret_value = mz_sql_real(real_of(be64(bytes))); return true;
    case OID_NAME:
    case OID_VARCHAR:
    case OID_TEXT: *ret_value = mz_sql_text(run); return true;
    case OID_BYTEA: *ret_value = mz_sql_bytes(run); return true;
    default: return false;
    }
}

static mz_status give_row(mz_postgresql *connection, const PGresult *result, mz_sql_row *row, void *context,
                          mz_error *error) {
    mz_sql_value columns[MZ_DIALECT_VALUES_MOST];
    int count = PQnfields(result);
    if (count > MZ_DIALECT_VALUES_MOST) {
        (void)mz_fail(error, MZ_ERR_ARGUMENT, "a query for %d columns; %d are allowed", count, MZ_DIALECT_VALUES_MOST);
        return refuse(connection, error);
    }
    for (int k = 0; k < count; k++)
        if (!column(result, k, &columns[k])) {
            (void)mz_fail(error, MZ_ERR_ARGUMENT, "column %d has the type %u of PostgreSQL; CAST it AS INTEGER or REAL",
                          k + 1, PQftype(result, k));
            return refuse(connection, error);
        }
    connection->sql.in_rows = true;
    mz_status status = row(context, columns, (size_t)count, error);
    connection->sql.in_rows = false;
    return status;
}

static uint64_t changed_by(PGresult *result) {
    return strncmp(PQcmdStatus(result), "SELECT", 6) == 0 ? 0 : strtoull(PQcmdTuples(result), NULL, 10);
}

/* All that comes is taken, also after one stopped looking: the connection is free for the next statement only then. */
static mz_status take_all(mz_postgresql *connection, mz_sql_row *row, void *context, uint64_t *ret_changed,
                          mz_error *error) {
    mz_status status = MZ_OK;
    bool failed = false;
    for (PGresult *result; (result = PQgetResult(connection->server));) {
        switch ((unsigned)PQresultStatus(result)) {
        case PGRES_SINGLE_TUPLE:
            if (!status) status = give_row(connection, result, row, context, error);
            break;
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
            *ret_changed = changed_by(result);
            if (*ret_changed) connection->wrote = true;
            break;
        default:
            if (!failed) status = mz_postgresql_fail(connection, result, error);
            failed = true;
            break;
        }
        PQclear(result);
    }
    return status;
}

mz_status mz_postgresql_carry_out(mz_sql *sql, const char *text, const mz_sql_value *values, size_t count,
                                  mz_sql_row *row, void *context, uint64_t *ret_changed, mz_error *error) {
    mz_postgresql *connection = mz_postgresql_of(sql);
    mz_postgresql_kept *kept = NULL;
    bound_values bound;
    char name[NAME_SIZE];
    mz_status status = prepare(connection, text, &kept, error);
    if (!status) status = bind_all(connection, kept, values, count, &bound, error);
    if (status) return status;
    name_of(connection, kept, name);
    if (!PQsendQueryPrepared(connection->server, name, (int)count, bound.values, bound.lengths, bound.formats,
                             BINARY) ||
        (row && !PQsetSingleRowMode(connection->server)))
        return mz_postgresql_fail(connection, NULL, error);
    return take_all(connection, row, context, ret_changed, error);
}
