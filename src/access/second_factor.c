/* The second factor: setting it up, using it, taking it away. Its secret has to be in the store as it is, since the
 * codes are computed from it; SECURITY.md says so. */
#include "access/factor.h"
#include "access/secret.h"
#include "access/sign_in.h"
#include "access/state.h"
#include "access/totp.h"
#include "base/clock.h"
#include "base/error.h"

#include <string.h>

/* --- using it --- */

mz_status mz_factor_use(mz_sql *sql, mz_person_row *row, mz_str code, int64_t now, mz_str client, mz_arena *arena,
                        mz_factor_outcome *ret_outcome, mz_error *error) {
    char recovery[MZ_RECOVERY_SIZE], hash[MZ_SECRET_HASH_SIZE];
    uint64_t used = 0;
    (void)arena;
    *ret_outcome = MZ_FACTOR_FITS;
    if (mz_totp_fits(row->totp_secret, code, now, row->totp_step, &row->totp_step)) return MZ_OK;
    *ret_outcome = MZ_FACTOR_WRONG;
    if (!mz_recovery_read(code, recovery)) return MZ_OK;
    mz_secret_hash(MZ_SECRET_RECOVERY, mz_str_of(recovery), hash);
    const mz_sql_value values[] = {mz_sql_text(row->person.agency), mz_sql_text(row->person.key),
                                   mz_sql_text(mz_str_of(hash))};
    mz_status status = mz_sql_run(sql, "DELETE FROM access_recovery WHERE agency = ?1 AND person = ?2 AND hash = ?3",
                                  values, 3, &used, error);
    if (status || !used) return status;
    mz_principal who = {
        .kind = MZ_PERSON, .key = row->person.key, .name = row->person.title, .agency = row->person.agency};
    mz_actor actor = {.who = &who, .client = client};
    *ret_outcome = MZ_FACTOR_FITS;
    return mz_history_add(sql, row->person.agency, &actor, MZ_EVENT_RECOVERY_USED, row->person.key, row->person.name,
                          MZ_STR(""), error);
}

/* --- proving who one is, before it is changed --- */

typedef struct proof {
    mz_access *access;
    const mz_actor *actor;
    mz_str password, code;
    mz_arena *arena;
    mz_person_row row;
    mz_str secret; /* that is set up */
    mz_str agency_title;
    const char (*codes)[MZ_RECOVERY_SIZE];
    mz_str verified;   /* the hash that the password fits */
    const char *wrong; /* what was guessed wrong: "password", "code"; NULL: nothing */
} proof;

static mz_status read_own(void *context, mz_sql *sql, mz_error *error) {
    proof *given = context;
    const mz_principal *who = given->actor->who;
    const mz_sql_value values[] = {mz_sql_text(who->agency)}, *c = NULL;
    mz_status status = mz_person_row_get(sql, who->agency, who->key, given->arena, &given->row, error);
    if (!status)
        status =
            mz_sql_first(sql, "SELECT title FROM access_agency WHERE agency = ?1", values, 1, given->arena, &c, error);
    given->agency_title = c ? c[0].text : MZ_STR("");
    return status;
}

static mz_str counted_by(const proof *given) {
    return mz_arena_print(given->arena, "self:%.*s", (int)given->actor->who->key.size, given->actor->who->key.data);
}

static mz_status fail_proof(mz_error *error) {
    return mz_fail(error, MZ_ERR_REFUSED, "the password or the code is wrong");
}

/* The password; a code is judged in the transaction that follows. A session that was stolen does not help to guess it.
 */
static mz_status prove_password(proof *given, mz_error *error) {
    mz_access *access = given->access;
    bool right = false;
    mz_status status = mz_store_read(access->store, read_own, given, error);
    given->verified = mz_arena_copy(given->arena, status ? MZ_STR("") : given->row.password);
    if (!status && given->arena->failed) status = mz_fail_arena(given->arena, error, "the request");
    if (!status)
        status = mz_password_verify(access->passwords, given->verified.data, given->password, &right, NULL, error);
    if (status || right) return status;
    given->wrong = "password";
    return fail_proof(error);
}

/* Whether the factor that is there, if there is one, was proved; its use is noted in the row. */
static mz_status prove_factor(proof *given, mz_sql *sql, mz_error *error) {
    mz_factor_outcome outcome = MZ_FACTOR_FITS;
    given->wrong = NULL;
    mz_status status = read_own(given, sql, error);
    if (status) return status;
    if (!mz_str_equal(given->row.password, given->verified))
        return mz_fail(error, MZ_ERR_REFUSED, "the password was changed meanwhile");
    if (given->row.totp_secret.size)
        status = mz_factor_use(sql, &given->row, given->code, mz_clock_now(), given->actor->client, given->arena,
                               &outcome, error);
    if (status || outcome == MZ_FACTOR_FITS) return status;
    given->wrong = "code";
    return fail_proof(error);
}

static mz_status tell_refusal(void *context, mz_sql *sql, mz_error *error) {
    proof *given = context;
    const mz_principal *who = given->actor->who;
    mz_str detail = mz_arena_print(given->arena, "{\"why\":\"%s\"}", given->wrong);
    mz_status status = read_own(given, sql, error);
    if (!status && given->arena->failed) status = mz_fail_arena(given->arena, error, "the request");
    if (!status)
        status = mz_history_add(sql, who->agency, given->actor, MZ_EVENT_PROOF_REFUSED, who->key,
                                given->row.person.name, detail, error);
    return status;
}

/* Whoever has the password may still be guessing the code, so a try is only forgiven when both were right and the
 * change was made. One that was wrong stays counted, and is told in a change of its own, since what it was meant for is
 * undone.
 */
static mz_status change_proved(proof *given, bool with_password, mz_store_work *work, mz_error *error) {
    mz_access *access = given->access;
    mz_str counted = counted_by(given);
    if (given->arena->failed) return mz_fail_arena(given->arena, error, "the request");
    unsigned wait_s = mz_throttle_try(access->names, counted, mz_clock_now());
    if (wait_s) return mz_fail(error, MZ_ERR_BUSY, "too many tries; again in %u seconds", wait_s);
    mz_status status = with_password ? prove_password(given, error) : MZ_OK;
    if (!status) status = mz_store_change(access->store, work, given, error);
    mz_cache_clear(access->cache);
    if (given->wrong) {
        mz_status told = mz_store_change(access->store, tell_refusal, given, NULL);
        return told ? mz_fail(error, told, "the refusal could not be written to the history") : status;
    }
    if (!status && with_password)
        mz_throttle_forgive(access->names, counted);
    else
        mz_throttle_undo(access->names, counted);
    return status;
}

/* --- setting up --- */

static mz_status write_pending(void *context, mz_sql *sql, mz_error *error) {
    proof *given = context;
    mz_status status = prove_factor(given, sql, error);
    given->row.totp_pending = given->secret;
    if (!status) status = mz_person_row_write(sql, &given->row, error);
    return status;
}

mz_status mz_second_factor_begin(mz_access *access, const mz_actor *actor, mz_str password, mz_str code,
                                 mz_arena *arena, mz_str *ret_secret, mz_str *ret_uri, mz_error *error) {
    char secret[MZ_TOTP_SECRET_TEXT_SIZE];
    mz_buffer uri;
    proof given = {.access = access, .actor = actor, .password = password, .code = code, .arena = arena};
    mz_totp_secret_new(secret);
    given.secret = mz_arena_copy(arena, mz_str_of(secret));
    mz_status status = change_proved(&given, true, write_pending, error);
    if (status) return status;
    mz_buffer_init(&uri, 8192);
    mz_totp_uri(mz_arena_print(arena, "Mizan %.*s", (int)given.agency_title.size, given.agency_title.data),
                given.row.person.name, given.secret, &uri);
    *ret_uri = mz_arena_copy(arena, mz_buffer_view(&uri));
    *ret_secret = given.secret;
    if (uri.failed) status = mz_fail_buffer(&uri, error, "the address of the second factor");
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the request");
    mz_buffer_done(&uri);
    return status;
}

static mz_status delete_codes(const proof *given, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(given->row.person.agency), mz_sql_text(given->row.person.key)};
    return mz_sql_run(sql, "DELETE FROM access_recovery WHERE agency = ?1 AND person = ?2", values, 2, NULL, error);
}

static mz_status write_codes(const proof *given, mz_sql *sql, mz_error *error) {
    mz_status status = delete_codes(given, sql, error);
    for (int k = 0; k < MZ_RECOVERY_CODES && !status; k++) {
        char hash[MZ_SECRET_HASH_SIZE];
        mz_secret_hash(MZ_SECRET_RECOVERY, mz_str_of(given->codes[k]), hash);
        const mz_sql_value values[] = {mz_sql_text(mz_str_of(hash)), mz_sql_text(given->row.person.agency),
                                       mz_sql_text(given->row.person.key)};
        status = mz_sql_run(sql, "INSERT INTO access_recovery (hash, agency, person) VALUES (?1, ?2, ?3)", values, 3,
                            NULL, error);
    }
    return status;
}

static mz_status confirm(void *context, mz_sql *sql, mz_error *error) {
    proof *given = context;
    mz_person_row *row = &given->row;
    given->wrong = NULL;
    mz_status status = read_own(given, sql, error);
    if (status) return status;
    if (!row->totp_pending.size)
        return mz_fail(error, MZ_ERR_REFUSED, "no second factor waits to be confirmed: begin anew");
    if (!mz_totp_fits(row->totp_pending, given->code, mz_clock_now(), 0, &row->totp_step)) given->wrong = "code";
    if (given->wrong) return mz_fail(error, MZ_ERR_REFUSED, "this is not the code that the application shows now");
    row->totp_secret = row->totp_pending;
    row->totp_pending = MZ_STR("");
    status = mz_person_row_write(sql, row, error);
    if (!status) status = write_codes(given, sql, error);
    if (!status)
        status = mz_person_sign_out(sql, row->person.agency, row->person.key, given->actor->who->session, error);
    if (!status)
        status = mz_history_add(sql, row->person.agency, given->actor, MZ_EVENT_SECOND_FACTOR_ADDED, row->person.key,
                                row->person.name, MZ_STR(""), error);
    return status;
}

mz_status mz_second_factor_confirm(mz_access *access, const mz_actor *actor, mz_str code, mz_arena *arena,
                                   char ret_codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE], mz_error *error) {
    for (int k = 0; k < MZ_RECOVERY_CODES; k++) mz_secret_groups(4, ret_codes[k]);
    proof given = {.access = access, .actor = actor, .code = code, .arena = arena};
    given.codes = (const char(*)[MZ_RECOVERY_SIZE])ret_codes;
    return change_proved(&given, false, confirm, error);
}

/* --- taking it away --- */

static mz_status take_away(void *context, mz_sql *sql, mz_error *error) {
    proof *given = context;
    mz_status status = prove_factor(given, sql, error);
    given->row.totp_secret = given->row.totp_pending = MZ_STR("");
    if (!status) status = mz_person_row_write(sql, &given->row, error);
    if (!status) status = delete_codes(given, sql, error);
    if (!status)
        status = mz_history_add(sql, given->row.person.agency, given->actor, MZ_EVENT_SECOND_FACTOR_REMOVED,
                                given->row.person.key, given->row.person.name, MZ_STR(""), error);
    return status;
}

mz_status mz_second_factor_remove(mz_access *access, const mz_actor *actor, mz_str password, mz_str code,
                                  mz_arena *arena, mz_error *error) {
    proof given = {.access = access, .actor = actor, .password = password, .code = code, .arena = arena};
    return change_proved(&given, true, take_away, error);
}
