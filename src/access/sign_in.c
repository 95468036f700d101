/* Signing in.
 *
 * The order: delays first, which cost nothing; then the store is asked; then the password is verified, which is dear
 * and takes as long for somebody who is not there; then one transaction judges the second factor, opens the session and
 * tells the history. A try that is refused is told to the history of the agency, or, when there is no such agency, of
 * the one that operates the service: so both cost one write, and nothing is told by the time.
 *
 * A browser from which a person signed in before has a token of its own (a "device cookie"), by which its tries are
 * counted instead of by the person's name and by the address: whoever tries that name, or other names from the same
 * office, makes strangers wait, not its owner. Nor is this machine counted as an address: that is a proxy, behind which
 * everybody would share one count.
 */
#include "access/sign_in.h"

#include "access/factor.h"
#include "access/headers.h"
#include "access/state.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/shown.h"

#include <stdio.h>
#include <string.h>

enum { PROGRAM_BYTES_MOST = 200, CLIENT_BYTES_MOST = 64 };

typedef struct attempt {
    mz_access *access;
    const mz_sign_in *given;
    mz_arena *arena;
    int64_t now;
    mz_str login; /* as it is kept */
    char device_hash[MZ_SECRET_HASH_SIZE];
    char session_hash[MZ_SECRET_HASH_SIZE], new_device_hash[MZ_SECRET_HASH_SIZE];
    char session_key[MZ_SQL_KEY_SIZE];
    char group[MZ_CLIENT_SIZE];
    bool client_counted;

    mz_str agency, agency_to_tell; /* keys; the first empty: there is none, or it is locked */
    bool found, device_known;
    mz_person_row row;
    mz_str verified; /* the hash that the password fits, and whose state then was: */
    mz_person_state verified_state;
    mz_signed_in *signed_in;
} attempt;

static mz_str cut(mz_str text, int most_bytes) {
    return text.data ? (mz_str){text.data, (size_t)mz_shown_within(text, most_bytes)} : MZ_STR("");
}

/* --- what the store knows --- */

typedef struct agencies {
    attempt *trying;
    size_t count;
} agencies;

static mz_status take_agency(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    agencies *seen = context;
    attempt *trying = seen->trying;
    (void)count;
    (void)error;
    bool named = trying->given->agency.size ? mz_str_equal(c[1].text, trying->given->agency) : true;
    if (c[3].number) trying->agency_to_tell = mz_column(trying->arena, c[0]);
    seen->count++;
    if (!named) return MZ_OK;
    bool active = mz_str_equal(c[2].text, MZ_STR("active"));
    trying->agency = active ? mz_column(trying->arena, c[0]) : MZ_STR("");
    return MZ_OK;
}

/* Two at the most: the one that operates the service, and the one that was named; when none was, so many are enough to
 * know whether there is only one. */
static mz_status find_agency(attempt *trying, mz_sql *sql, mz_error *error) {
    agencies seen = {.trying = trying};
    const mz_sql_value values[] = {mz_sql_text(trying->given->agency.data ? trying->given->agency : MZ_STR(""))};
    trying->agency = trying->agency_to_tell = MZ_STR("");
    mz_status status =
        mz_sql_query(sql,
                     "SELECT agency, name, state, operates FROM access_agency WHERE ?1 = '' OR name = ?1 "
                     "OR operates = 1 ORDER BY operates DESC, agency LIMIT 2",
                     values, 1, take_agency, &seen, error);
    if (!trying->given->agency.size && seen.count > 1) trying->agency = MZ_STR("");
    if (trying->agency.size) trying->agency_to_tell = trying->agency;
    return status;
}

static mz_status find_device(attempt *trying, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(trying->agency), mz_sql_text(trying->row.person.key),
                                   mz_sql_text(mz_str_of(trying->device_hash)),
                                   mz_sql_int(trying->now - MZ_DEVICE_DAYS * 86400)};
    const mz_sql_value *c = NULL;
    mz_status status =
        mz_sql_first(sql, "SELECT 1 FROM access_device WHERE agency = ?1 AND person = ?2 AND hash = ?3 AND seen > ?4",
                     values, 4, trying->arena, &c, error);
    trying->device_known = c != NULL;
    return status;
}

static mz_status look_up(void *context, mz_sql *sql, mz_error *error) {
    attempt *trying = context;
    trying->found = trying->device_known = false;
    mz_status status = find_agency(trying, sql, error);
    if (status || !trying->agency.size || !trying->login.size) return status;
    status = mz_person_row_find(sql, trying->agency, trying->login, trying->arena, &trying->row, error);
    if (status == MZ_ERR_NOT_FOUND) return MZ_OK;
    trying->found = !status;
    if (!status && trying->device_hash[0]) status = find_device(trying, sql, error);
    return status;
}

/* --- the outcome --- */

/* Who it is that failed is told when somebody is called so; what was typed is not, since it may be a password. */
static mz_status tell(attempt *trying, mz_sql *sql, mz_event event, mz_str detail, mz_error *error) {
    mz_principal nobody = {.kind = MZ_ANONYMOUS};
    mz_actor actor = {.who = &nobody, .client = cut(trying->given->client, CLIENT_BYTES_MOST)};
    const mz_person *person = &trying->row.person;
    if (trying->arena->failed) return mz_fail_arena(trying->arena, error, "the request");
    if (!trying->agency_to_tell.size) return MZ_OK; /* the store is empty */
    return mz_history_add(sql, trying->agency_to_tell, &actor, event, trying->found ? person->key : MZ_STR(""),
                          trying->found ? person->name : MZ_STR(""), detail, error);
}

static mz_status tell_refusal(attempt *trying, mz_sql *sql, const char *why, mz_error *error) {
    mz_str detail = mz_arena_print(trying->arena, "{\"why\":\"%s\"}", why);
    return tell(trying, sql, MZ_EVENT_SESSION_REFUSED, detail, error);
}

static mz_status refuse(void *context, mz_sql *sql, mz_error *error) {
    attempt *trying = context;
    return tell_refusal(trying, sql, "password", error);
}

static mz_status write_session(attempt *trying, mz_sql *sql, mz_error *error) {
    const mz_person *person = &trying->row.person;
    const mz_sql_value past[] = {mz_sql_int(trying->now), mz_sql_int(trying->now - MZ_DEVICE_DAYS * 86400)};
    const mz_sql_value session[] = {
        mz_sql_text(mz_str_of(trying->session_key)),
        mz_sql_text(mz_str_of(trying->session_hash)),
        mz_sql_text(person->agency),
        mz_sql_text(person->key),
        mz_sql_int(trying->now),
        mz_sql_int(trying->signed_in->ends),
        mz_sql_text(cut(trying->given->client, CLIENT_BYTES_MOST)),
        mz_sql_text(cut(trying->given->program, PROGRAM_BYTES_MOST)),
    };
    const char *hash = trying->device_known ? trying->device_hash : trying->new_device_hash;
    const mz_sql_value device[] = {mz_sql_text(mz_str_of(hash)), mz_sql_text(person->agency), mz_sql_text(person->key),
                                   mz_sql_int(trying->now)};
    mz_status status = mz_sql_run(sql, "DELETE FROM access_session WHERE ends <= ?1", past, 1, NULL, error);
    if (!status) status = mz_sql_run(sql, "DELETE FROM access_device WHERE seen <= ?1", past + 1, 1, NULL, error);
    if (!status)
        status = mz_sql_run(sql,
                            "INSERT INTO access_session (session, hash, agency, person, created, seen, ends, client, "
                            "program) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8)",
                            session, 8, NULL, error);
    if (!status)
        status = mz_sql_run(sql,
                            "INSERT INTO access_device (hash, agency, person, seen) VALUES (?1, ?2, ?3, ?4) ON "
                            "CONFLICT (hash) DO UPDATE SET seen = excluded.seen",
                            device, 4, NULL, error);
    return status;
}

static mz_status open_session(attempt *trying, mz_sql *sql, mz_error *error) {
    mz_person *person = &trying->row.person;
    mz_principal who = {.kind = MZ_PERSON, .key = person->key, .name = person->title, .agency = person->agency};
    mz_actor actor = {.who = &who, .client = cut(trying->given->client, CLIENT_BYTES_MOST)};
    person->signed_in = trying->now;
    mz_status status = mz_person_row_write(sql, &trying->row, error);
    if (!status) status = write_session(trying, sql, error);
    if (!status)
        status = mz_history_add(sql, person->agency, &actor, MZ_EVENT_SESSION_OPENED, mz_str_of(trying->session_key),
                                MZ_STR(""), MZ_STR(""), error);
    return status;
}

/* The password was right a moment ago: whether it still is, and the rest. What it is compared with is not the row,
 * which each repetition of the transaction reads anew. */
static mz_status judge(void *context, mz_sql *sql, mz_error *error) {
    attempt *trying = context;
    mz_person_row now;
    mz_factor_outcome factor = MZ_FACTOR_FITS;
    mz_status status = mz_person_row_get(sql, trying->agency, trying->row.person.key, trying->arena, &now, error);
    if (status) return status;
    bool same = mz_str_equal(now.password, trying->verified) && now.person.state == trying->verified_state;
    trying->row = now;
    trying->signed_in->outcome = MZ_SIGN_IN_WRONG;
    if (!same) return tell_refusal(trying, sql, "password", error);
    if (now.totp_secret.size && !trying->given->code.size) {
        trying->signed_in->outcome = MZ_SIGN_IN_CODE_NEEDED;
        return tell(trying, sql, MZ_EVENT_SESSION_CODE_ASKED, MZ_STR(""), error);
    }
    if (now.totp_secret.size)
        status = mz_factor_use(sql, &trying->row, trying->given->code, trying->now, trying->given->client,
                               trying->arena, &factor, error);
    if (status) return status;
    if (factor != MZ_FACTOR_FITS) return tell_refusal(trying, sql, "code", error);
    trying->signed_in->outcome = MZ_SIGN_IN_DONE;
    return open_session(trying, sql, error);
}

/* --- the whole --- */

static bool may_sign_in(const attempt *trying) {
    const mz_person_row *row = &trying->row;
    if (!trying->found) return false;
    if (row->password_once && trying->now >= row->password_until) return false;
    return row->person.state == MZ_PERSON_ACTIVE || row->person.state == MZ_PERSON_INVITED;
}

static mz_status verify_and_judge(attempt *trying, mz_error *error) {
    mz_access *access = trying->access;
    bool right = false, outdated = false;
    trying->verified = mz_arena_copy(trying->arena, trying->found ? trying->row.password : MZ_STR(""));
    trying->verified_state = trying->row.person.state;
    if (trying->arena->failed) return mz_fail_arena(trying->arena, error, "the request");
    mz_status status = mz_password_verify(access->passwords, trying->found ? trying->verified.data : NULL,
                                          trying->given->password, &right, &outdated, error);
    if (status) return status;
    trying->signed_in->outcome = MZ_SIGN_IN_WRONG;
    if (!right || !may_sign_in(trying)) return mz_store_change(access->store, refuse, trying, error);
    mz_token_new(MZ_SECRET_SESSION, trying->signed_in->session);
    mz_secret_hash(MZ_SECRET_SESSION, mz_str_of(trying->signed_in->session), trying->session_hash);
    mz_token_new(MZ_SECRET_DEVICE, trying->signed_in->device);
    mz_secret_hash(MZ_SECRET_DEVICE, mz_str_of(trying->signed_in->device), trying->new_device_hash);
    mz_sql_new_key(trying->session_key);
    trying->signed_in->ends = trying->now + access->settings.session_most_s;
    status = mz_store_change(access->store, judge, trying, error);
    if (trying->device_known) trying->signed_in->device[0] = '\0';
    if (!status && outdated && trying->signed_in->outcome == MZ_SIGN_IN_DONE)
        mz_password_renew(access, &trying->row, trying->given->password);
    return status;
}

/* What the tries are counted by. */
static mz_str counted_by(const attempt *trying) {
    if (trying->device_known) return mz_arena_print(trying->arena, "device:%s", trying->device_hash);
    return mz_throttle_name(trying->arena, trying->agency.size ? trying->agency : trying->given->agency, trying->login);
}

static unsigned try_client(attempt *trying) {
    if (mz_client_local(trying->group)) return 0;
    unsigned wait_s = mz_throttle_try(trying->access->clients, mz_str_of(trying->group), trying->now);
    trying->client_counted = !wait_s;
    return wait_s;
}

static void undo_client(const attempt *trying) {
    if (trying->client_counted) mz_throttle_undo(trying->access->clients, mz_str_of(trying->group));
}

static void settle(attempt *trying, mz_status status, mz_str name) {
    mz_access *access = trying->access;
    mz_sign_in_outcome outcome = trying->signed_in->outcome;
    if (!status && outcome == MZ_SIGN_IN_WRONG) return;
    undo_client(trying);
    if (!status && outcome == MZ_SIGN_IN_DONE)
        mz_throttle_forgive(access->names, name);
    else
        mz_throttle_undo(access->names, name);
}

mz_status mz_sign_in_try(mz_access *access, const mz_sign_in *given, mz_arena *arena, mz_signed_in *ret_signed_in,
                         mz_error *error) {
    *ret_signed_in = (mz_signed_in){.outcome = MZ_SIGN_IN_WAIT};
    attempt trying = {
        .access = access, .given = given, .arena = arena, .now = mz_clock_now(), .signed_in = ret_signed_in};
    unsigned *wait_s = &ret_signed_in->wait_s;
    if (mz_login_name(given->name, arena, &trying.login, NULL)) trying.login = MZ_STR("");
    if (mz_token_fits(MZ_SECRET_DEVICE, given->device))
        mz_secret_hash(MZ_SECRET_DEVICE, given->device, trying.device_hash);
    mz_client_group(given->client, trying.group);
    bool device = trying.device_hash[0] != '\0'; /* whether it is known, the store says */
    if (!device) *wait_s = try_client(&trying);
    if (*wait_s) return MZ_OK;
    mz_status status = mz_store_read(access->store, look_up, &trying, error);
    mz_str name = counted_by(&trying);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the request");
    if (!status && device && !trying.device_known) *wait_s = try_client(&trying);
    if (!status && !*wait_s) *wait_s = mz_throttle_try(access->names, name, trying.now);
    if (status || *wait_s) {
        undo_client(&trying);
        return status;
    }
    status = verify_and_judge(&trying, error);
    settle(&trying, status, name);
    return status;
}
