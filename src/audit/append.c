/* Adding to a chain. Whoever adds takes the row of the chain's head first and holds it until the transaction ends, so
 * that entries of one chain come one after the other; on PostgreSQL, who had to wait is repeated by the store.
 *
 * Entries go in ten to a statement: on PostgreSQL it is the way to the server that costs. */
#include "audit/audit.h"

#include "audit/line.h"
#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "base/json_write.h"

#include <sodium.h>

enum { GROUP = 10, TREE_BYTES = 256 << 20, LINE_BYTES = MZ_AUDIT_BODY_BYTES + 4096 };

typedef struct made_entry {
    const mz_audit_draft *draft;
    int64_t number;
    mz_buffer line, personal;
    char hash[MZ_DIGEST_HEX_SIZE], salt[MZ_AUDIT_SALT_HEX + 1];
} made_entry;

/* A chain that is added to. */
typedef struct adding {
    mz_sql *sql;
    mz_str chain;
    int64_t at, number; /* number of the last entry */
    char hash[MZ_DIGEST_HEX_SIZE];
    bool found;
    mz_arena arena; /* trees of JSON, one at a time */
    made_entry made[GROUP];
    size_t count;
} adding;

static mz_sql_value text_of(mz_str text) {
    return mz_sql_text(text.data ? text : MZ_STR(""));
}

/* ---- one entry ---- */

static mz_status check_draft(const mz_audit_draft *draft, mz_error *error) {
    bool word = draft->kind.size > 0 && draft->kind.size <= MZ_AUDIT_WORD_BYTES;
    for (size_t k = 0; k < draft->kind.size && word; k++) {
        char c = draft->kind.data[k];
        word = (mz_is_letter(c) && !mz_is_capital(c)) || mz_is_digit(c) || c == '.' || c == '-';
    }
    if (!word) return mz_fail(error, MZ_ERR_ARGUMENT, "the kind of an entry of the audit chain is no word");
    if (draft->actor.size > MZ_AUDIT_WORD_BYTES || draft->actor_kind.size > MZ_AUDIT_WORD_BYTES ||
        draft->object.size > 4 * MZ_AUDIT_WORD_BYTES)
        return mz_fail(error, MZ_ERR_ARGUMENT, "an entry of the audit chain names what is no key");
    return MZ_OK;
}

/* Appends the canonical form of an object. */
static mz_status put_object(adding *chain, mz_str text, size_t most, const char *what, mz_buffer *out,
                            mz_error *error) {
    const mz_json_value *value;
    mz_error own = {0};
    if (text.size > most)
        return mz_fail(error, MZ_ERR_LIMIT, "%s of an entry of the audit chain takes more than %zu KiB", what,
                       most >> 10);
    mz_arena_reset(&chain->arena);
    mz_status status = mz_json_parse(text, 0, &chain->arena, &value, &own);
    if (!status) status = mz_json_expect(value, MZ_JSON_OBJECT, what, &own);
    if (!status) status = mz_json_canonical_value(value, &chain->arena, out, &own);
    if (status == MZ_ERR_INPUT)
        return mz_fail(error, MZ_ERR_ARGUMENT, "%s of an entry of the audit chain: %s", what, own.text);
    if (status && error) *error = own;
    return status;
}

/* The digest that stands in the entry for what is beside it. */
static void commit_to(made_entry *made, char ret_hash[MZ_DIGEST_HEX_SIZE]) {
    unsigned char salt[MZ_AUDIT_SALT_BYTES];
    mz_digest digest;
    randombytes_buf(salt, sizeof salt);
    (void)sodium_bin2hex(made->salt, sizeof made->salt, salt, sizeof salt);
    mz_digest_init(&digest);
    mz_digest_update(&digest, salt, sizeof salt);
    mz_digest_update(&digest, made->personal.data, made->personal.size);
    mz_digest_hex(&digest, ret_hash);
}

static void put_member(mz_buffer *line, const char *key, mz_str value) {
    mz_buffer_print(line, ",\"%s\":", key);
    mz_json_quote(line, value);
}

/* The keys stand in the order of their bytes. */
static mz_status write_line(adding *chain, made_entry *made, const char *personal, mz_error *error) {
    const mz_audit_draft *draft = made->draft;
    mz_buffer *line = &made->line;
    mz_buffer_str(line, MZ_STR("{\"actor\":"));
    mz_json_quote(line, draft->actor);
    put_member(line, "actor_kind", draft->actor_kind);
    mz_buffer_print(line, ",\"at\":%lld,\"body\":", (long long)chain->at);
    mz_status status =
        put_object(chain, draft->body.size ? draft->body : MZ_STR("{}"), MZ_AUDIT_BODY_BYTES, "the body", line, error);
    if (status) return status;
    put_member(line, "chain", chain->chain);
    put_member(line, "kind", draft->kind);
    mz_buffer_print(line, ",\"number\":%lld", (long long)made->number);
    put_member(line, "object", draft->object);
    put_member(line, "personal", mz_str_of(personal));
    put_member(line, "previous", mz_str_of(chain->hash));
    mz_buffer_char(line, '}');
    return line->failed ? mz_fail_buffer(line, error, "an entry of the audit chain") : MZ_OK;
}

static mz_status make_entry(adding *chain, const mz_audit_draft *draft, mz_error *error) {
    made_entry *made = &chain->made[chain->count];
    char personal[MZ_DIGEST_HEX_SIZE] = "";
    mz_digest digest;
    mz_status status = check_draft(draft, error);
    made->draft = draft;
    made->number = chain->number + 1;
    mz_buffer_clear(&made->line);
    mz_buffer_clear(&made->personal);
    if (!status && draft->personal.size)
        status =
            put_object(chain, draft->personal, MZ_AUDIT_PERSONAL_BYTES, "the personal part", &made->personal, error);
    if (status) return status;
    if (draft->personal.size) commit_to(made, personal);
    status = write_line(chain, made, personal, error);
    if (status) return status;
    mz_digest_init(&digest);
    mz_digest_update(&digest, made->line.data, made->line.size);
    mz_digest_hex(&digest, made->hash);
    memcpy(chain->hash, made->hash, sizeof chain->hash);
    chain->number++;
    chain->count++;
    return MZ_OK;
}

/* ---- rows ---- */

enum { ENTRY_COLUMNS = 6, PERSONAL_COLUMNS = 3 };

static void entry_values(const made_entry *made, mz_sql_value values[ENTRY_COLUMNS]) {
    values[0] = mz_sql_int(made->number);
    values[1] = text_of(made->draft->kind);
    values[2] = text_of(made->draft->actor);
    values[3] = text_of(made->draft->object);
    values[4] = mz_sql_text(mz_buffer_view(&made->line));
    values[5] = mz_sql_text(mz_str_of(made->hash));
}

static mz_status insert_entries(adding *chain, mz_error *error) {
    mz_sql_value values[2 + GROUP * ENTRY_COLUMNS] = {mz_sql_text(chain->chain), mz_sql_int(chain->at)};
    mz_status status = MZ_OK;
    if (chain->count == GROUP) {
        for (size_t k = 0; k < GROUP; k++) entry_values(&chain->made[k], values + 2 + k * ENTRY_COLUMNS);
        return mz_sql_run(chain->sql,
                          "INSERT INTO audit_entry (chain, at, number, kind, actor, object, line, hash) VALUES "
                          "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8), (?1, ?2, ?9, ?10, ?11, ?12, ?13, ?14), "
                          "(?1, ?2, ?15, ?16, ?17, ?18, ?19, ?20), (?1, ?2, ?21, ?22, ?23, ?24, ?25, ?26), "
                          "(?1, ?2, ?27, ?28, ?29, ?30, ?31, ?32), (?1, ?2, ?33, ?34, ?35, ?36, ?37, ?38), "
                          "(?1, ?2, ?39, ?40, ?41, ?42, ?43, ?44), (?1, ?2, ?45, ?46, ?47, ?48, ?49, ?50), "
                          "(?1, ?2, ?51, ?52, ?53, ?54, ?55, ?56), (?1, ?2, ?57, ?58, ?59, ?60, ?61, ?62)",
                          values, sizeof values / sizeof *values, NULL, error);
    }
    for (size_t k = 0; k < chain->count && !status; k++) {
        entry_values(&chain->made[k], values + 2);
        status = mz_sql_run(chain->sql,
                            "INSERT INTO audit_entry (chain, at, number, kind, actor, object, line, hash) VALUES "
                            "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                            values, 2 + ENTRY_COLUMNS, NULL, error);
    }
    return status;
}

static mz_status insert_personal(adding *chain, mz_error *error) {
    mz_sql_value values[1 + GROUP * PERSONAL_COLUMNS] = {mz_sql_text(chain->chain)};
    size_t count = 0;
    mz_status status = MZ_OK;
    for (size_t k = 0; k < chain->count; k++) {
        const made_entry *made = &chain->made[k];
        if (!made->personal.size) continue;
        mz_sql_value *columns = values + 1 + PERSONAL_COLUMNS * count++;
        columns[0] = mz_sql_int(made->number);
        columns[1] = mz_sql_text(mz_str_of(made->salt));
        columns[2] = mz_sql_text(mz_buffer_view(&made->personal));
    }
    if (count == GROUP)
        return mz_sql_run(chain->sql,
                          "INSERT INTO audit_personal (chain, number, salt, personal) VALUES (?1, ?2, ?3, ?4), "
                          "(?1, ?5, ?6, ?7), (?1, ?8, ?9, ?10), (?1, ?11, ?12, ?13), (?1, ?14, ?15, ?16), "
                          "(?1, ?17, ?18, ?19), (?1, ?20, ?21, ?22), (?1, ?23, ?24, ?25), (?1, ?26, ?27, ?28), "
                          "(?1, ?29, ?30, ?31)",
                          values, sizeof values / sizeof *values, NULL, error);
    for (size_t k = 0; k < count && !status; k++) {
        memcpy(values + 1, values + 1 + PERSONAL_COLUMNS * k, PERSONAL_COLUMNS * sizeof *values);
        status =
            mz_sql_run(chain->sql, "INSERT INTO audit_personal (chain, number, salt, personal) VALUES (?1, ?2, ?3, ?4)",
                       values, 1 + PERSONAL_COLUMNS, NULL, error);
    }
    return status;
}

static mz_status insert_group(adding *chain, mz_error *error) {
    mz_status status = insert_entries(chain, error);
    if (!status) status = insert_personal(chain, error);
    chain->count = 0;
    return status;
}

/* ---- the head ---- */

static mz_status take_head(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    adding *chain = context;
    (void)count;
    if (columns[1].text.size != MZ_DIGEST_HEX_SIZE - 1)
        return mz_fail(error, MZ_ERR_REFUSED, "the head of the audit chain is damaged; verify it");
    chain->number = columns[0].number;
    memcpy(chain->hash, columns[1].text.data, sizeof chain->hash - 1);
    chain->found = true;
    return MZ_OK;
}

/* What comes before the first entry. */
static mz_status begin_chain(adding *chain, mz_error *error) {
    mz_digest digest;
    uint64_t added = 0;
    mz_digest_init(&digest);
    mz_digest_update(&digest, chain->chain.data, chain->chain.size);
    mz_digest_hex(&digest, chain->hash);
    const mz_sql_value values[] = {mz_sql_text(chain->chain), mz_sql_text(mz_str_of(chain->hash))};
    mz_status status = mz_sql_run(
        chain->sql, "INSERT INTO audit_chain (chain, number, hash) VALUES (?1, 0, ?2) ON CONFLICT (chain) DO NOTHING",
        values, 2, &added, error);
    if (!status && !added) status = mz_fail(error, MZ_ERR_BUSY, "another began the audit chain; try again");
    return status;
}

/* An update that changes nothing holds the row on both databases; who waited for it on PostgreSQL is repeated. */
static mz_status hold_head(adding *chain, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain->chain)};
    mz_status status =
        mz_sql_query(chain->sql, "UPDATE audit_chain SET number = number WHERE chain = ?1 RETURNING number, hash",
                     values, 1, take_head, chain, error);
    return status || chain->found ? status : begin_chain(chain, error);
}

static mz_status leave_head(adding *chain, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain->chain), mz_sql_int(chain->number),
                                   mz_sql_text(mz_str_of(chain->hash))};
    return mz_sql_run(chain->sql, "UPDATE audit_chain SET number = ?2, hash = ?3 WHERE chain = ?1", values, 3, NULL,
                      error);
}

/* ---- all ---- */

static void begin(adding *chain) {
    mz_arena_init(&chain->arena, TREE_BYTES);
    for (size_t k = 0; k < GROUP; k++) {
        mz_buffer_init(&chain->made[k].line, LINE_BYTES);
        mz_buffer_init(&chain->made[k].personal, 2 * MZ_AUDIT_PERSONAL_BYTES);
    }
}

static void end(adding *chain) {
    for (size_t k = 0; k < GROUP; k++) {
        mz_buffer_done(&chain->made[k].line);
        mz_buffer_done(&chain->made[k].personal);
    }
    mz_arena_done(&chain->arena);
}

static mz_status add_all(adding *chain, const mz_audit_draft *drafts, size_t count, mz_audit_place *ret_places,
                         mz_error *error) {
    mz_status status = hold_head(chain, error);
    for (size_t k = 0; k < count && !status; k++) {
        if (!mz_str_equal(drafts[k].chain, chain->chain))
            return mz_fail(error, MZ_ERR_ARGUMENT, "entries that are added together are of one chain");
        status = make_entry(chain, &drafts[k], error);
        if (!status && ret_places) {
            ret_places[k].number = chain->number;
            memcpy(ret_places[k].hash, chain->hash, sizeof chain->hash);
        }
        if (!status && (chain->count == GROUP || k + 1 == count)) status = insert_group(chain, error);
    }
    return status ? status : leave_head(chain, error);
}

mz_status mz_audit_append_all(mz_sql *sql, const mz_audit_draft *drafts, size_t count, mz_audit_place *ret_places,
                              mz_error *error) {
    if (!count) return MZ_OK;
    adding chain = {.sql = sql, .chain = drafts->chain, .at = mz_clock_now()};
    mz_error own = {0};
    begin(&chain);
    mz_status status = chain.chain.size ? add_all(&chain, drafts, count, ret_places, &own)
                                        : mz_fail(&own, MZ_ERR_ARGUMENT, "an entry of the audit chain names no agency");
    end(&chain);
    if (status) mz_sql_doom(sql, &own);
    if (status && error) *error = own;
    return status;
}

mz_status mz_audit_append(mz_sql *sql, const mz_audit_draft *draft, mz_audit_place *ret_place, mz_error *error) {
    return mz_audit_append_all(sql, draft, 1, ret_place, error);
}
