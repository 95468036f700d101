/* Where a PostgreSQL store is. libpq reads the address (https://www.postgresql.org/docs/15/libpq-connect.html) and the
 * environment; this file sets what both leave out as a store needs it, and writes the address without its password.
 *
 * TLS: libpq's own default tries it and goes on without. Here a server that is not on this machine must show a
 * certificate that is verified, unless the address or PGSSLMODE says otherwise. */
#include "base/buffer.h"
#include "base/error.h"
#include "store/postgresql.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS_MOST = 64, ADDRESS_BYTES = 4096, NUMBER_SIZE = 16 };

typedef struct dial_options {
    const char *names[OPTIONS_MOST + 1], *values[OPTIONS_MOST + 1];
    size_t count;
    char seconds[NUMBER_SIZE], ms[NUMBER_SIZE];
} dial_options;

/* What libpq says of an address that it cannot read has the password in it, so it is not repeated. */
static PQconninfoOption *read_address(const char *address, mz_error *error) {
    char *complaint = NULL;
    PQconninfoOption *read = PQconninfoParse(address, &complaint);
    PQfreemem(complaint);
    if (!read)
        (void)mz_fail(
            error, MZ_ERR_ARGUMENT,
            "the address of the store cannot be understood; it is postgresql://USER@HOST:PORT/DATABASE?OPTION=…, "
            "with %%XX for letters that mean something in it");
    return read;
}

static const char *value_of(const PQconninfoOption *read, const char *name) {
    for (; read->keyword; read++)
        if (strcmp(read->keyword, name) == 0) return read->val && *read->val ? read->val : NULL;
    return NULL;
}

static bool is_one_here(mz_str host) {
    static const mz_str here[] = {MZ_STR_INIT("localhost"), MZ_STR_INIT("::1")};
    for (size_t k = 0; k < sizeof here / sizeof *here; k++)
        if (mz_str_equal(host, here[k])) return true;
    return !host.size || host.data[0] == '/' || host.data[0] == '@' ||
           (host.size > 4 && memcmp(host.data, "127.", 4) == 0);
}

/* Whether all hosts of a list are this machine: sockets of the file system, and the loopback. */
static bool is_here(const char *hosts) {
    for (const char *at = hosts; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        if (!is_one_here((mz_str){at, strcspn(at, ",")})) return false;
    return true;
}

static void set(dial_options *options, const char *name, const char *value) {
    if (options->count == OPTIONS_MOST) return; /* libpq knows some forty */
    options->names[options->count] = name;
    options->values[options->count++] = value;
}

static void set_unless_given(dial_options *options, const PQconninfoOption *read, const char *name, const char *value) {
    if (!value_of(read, name)) set(options, name, value);
}

static void fill(dial_options *options, const PQconninfoOption *read, unsigned wait_ms) {
    const char *host = value_of(read, "hostaddr") ? value_of(read, "hostaddr") : value_of(read, "host");
    (void)snprintf(options->seconds, sizeof options->seconds, "%u", wait_ms / 1000 + 2);
    (void)snprintf(options->ms, sizeof options->ms, "%u", wait_ms + 20000);
    for (const PQconninfoOption *one = read; one->keyword; one++)
        if (one->val && *one->val && strcmp(one->keyword, "client_encoding") != 0) set(options, one->keyword, one->val);
    set(options, "client_encoding", "UTF8");
    set_unless_given(options, read, "fallback_application_name", "mizan");
    set_unless_given(options, read, "connect_timeout", options->seconds);
    set_unless_given(options, read, "tcp_user_timeout", options->ms);
    if (!host) host = getenv("PGHOSTADDR") ? getenv("PGHOSTADDR") : getenv("PGHOST");
    if (host && !is_here(host) && !getenv("PGSSLMODE")) set_unless_given(options, read, "sslmode", "verify-full");
}

struct pg_conn *mz_postgresql_dial(const mz_sql_place *place, mz_error *error) {
    dial_options options = {0};
    PQconninfoOption *read = read_address(place->address, error);
    if (!read) return NULL;
    fill(&options, read, place->wait_ms);
    PGconn *made = PQconnectdbParams(options.names, options.values, 0);
    PQconninfoFree(read);
    if (!made) (void)mz_fail_memory(error);
    return made;
}

bool mz_postgresql_may_come(const mz_sql_place *place) {
    dial_options options = {0};
    mz_error ignored;
    PQconninfoOption *read = read_address(place->address, &ignored);
    if (!read) return false;
    fill(&options, read, place->wait_ms);
    PGPing answer = PQpingParams(options.names, options.values, 0);
    PQconninfoFree(read);
    return answer == PQPING_REJECT || answer == PQPING_NO_RESPONSE;
}

mz_status mz_postgresql_shown(const char *address, char **ret_shown, mz_error *error) {
    PQconninfoOption *read = read_address(address, error);
    if (!read) return MZ_ERR_ARGUMENT;
    const char *user = value_of(read, "user"), *host = value_of(read, "host"), *port = value_of(read, "port");
    const char *database = value_of(read, "dbname");
    mz_buffer text;
    mz_buffer_init(&text, ADDRESS_BYTES);
    mz_buffer_print(&text, "postgresql://%s%s%s%s%s/%s", user ? user : "", user ? "@" : "", host ? host : "",
                    port ? ":" : "", port ? port : "", database ? database : "");
    PQconninfoFree(read);
    if (text.failed) {
        mz_status status = mz_fail_buffer(&text, error, "the address of the store");
        mz_buffer_done(&text);
        return status;
    }
    *ret_shown = text.data;
    return MZ_OK;
}
