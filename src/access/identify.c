/* Who asks: by an API key or by the cookie of a session.
 *
 * What the store says of either is kept for MZ_ACCESS_STALE_S. That a key or session was used is written at most once
 * in MZ_ACCESS_NOTED_S; a failure to write it is no reason to refuse the request, and a writer who is at work none to
 * wait: what was not written is tried again when the store is asked next. */
#include "access/access.h"

#include "access/headers.h"
#include "access/keys.h"
#include "access/secret.h"
#include "access/state.h"
#include "base/clock.h"
#include "base/error.h"

#include <stdio.h>

const char *mz_session_cookie(const mz_access *access) {
    return access->settings.secure ? "__Host-mizan_session" : "mizan_session";
}

const char *mz_device_cookie(const mz_access *access) {
    return access->settings.secure ? "__Host-mizan_device" : "mizan_device";
}

typedef struct question {
    const mz_access *access;
    const char *hash;
    int64_t now;
    mz_arena *arena;
    bool found;
    mz_cached answer;
} question;

static void put_key(char into[MZ_SQL_KEY_SIZE], mz_str key) {
    (void)snprintf(into, MZ_SQL_KEY_SIZE, "%.*s", (int)key.size, key.data);
}

/* --- keys --- */

static mz_status ask_key(void *context, mz_sql *sql, mz_error *error) {
    question *asked = context;
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(asked->hash))}, *c = NULL;
    mz_status status =
        mz_sql_first(sql,
                     "SELECT k.access_key, k.agency, k.title, k.rights, k.ends, k.revoked, k.used, a.state, a.operates "
                     "FROM access_key k JOIN access_agency a ON a.agency = k.agency WHERE k.hash = ?1",
                     values, 1, asked->arena, &c, error);
    asked->found = false;
    if (status || !c) return status;
    bool counts =
        !c[5].number && (!c[4].number || asked->now < c[4].number) && mz_str_equal(c[7].text, MZ_STR("active"));
    if (!counts) return MZ_OK;
    mz_cached *answer = &asked->answer;
    *answer = (mz_cached){.kind = MZ_API_KEY,
                          .rights = mz_rights_read(c[3].text) & ~MZ_RIGHTS_OF_PEOPLE,
                          .operates = c[8].number != 0,
                          .fetched = asked->now,
                          .ends = c[4].number,
                          .noted = c[6].number};
    if (!answer->operates) answer->rights &= ~MZ_RIGHTS_OF_OPERATOR;
    put_key(answer->key, c[0].text);
    put_key(answer->agency, c[1].text);
    (void)snprintf(answer->name, sizeof answer->name, "%.*s", (int)c[2].text.size, c[2].text.data);
    asked->found = true;
    return MZ_OK;
}

/* --- sessions --- */

static void put_rights_of_person(const mz_sql_value *c, mz_cached *answer) {
    bool has_factor = c[8].text.size > 0, needs_factor = c[11].number != 0;
    answer->operates = c[10].number != 0;
    answer->password_once = c[7].number != 0;
    answer->factor_missing = needs_factor && !has_factor;
    answer->rights = mz_rights_of_roles(mz_roles_read(c[5].text), answer->operates);
    if (answer->password_once || answer->factor_missing) answer->rights &= MZ_RIGHTS_AT_FIRST;
}

static mz_status ask_session(void *context, mz_sql *sql, mz_error *error) {
    question *asked = context;
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(asked->hash))}, *c = NULL;
    mz_status status = mz_sql_first(
        sql,
        "SELECT s.session, s.person, s.agency, s.seen, s.ends, p.roles, p.state, p.password_once, p.totp_secret, "
        "a.state, a.operates, a.second_factor, p.title FROM access_session s JOIN access_person p ON p.person = "
        "s.person JOIN access_agency a ON a.agency = s.agency WHERE s.hash = ?1",
        values, 1, asked->arena, &c, error);
    asked->found = false;
    if (status || !c) return status;
    mz_person_state state = mz_person_state_of(c[6].text);
    bool counts = asked->now < c[4].number && asked->now - c[3].number < asked->access->settings.session_idle_s &&
                  (state == MZ_PERSON_ACTIVE || state == MZ_PERSON_INVITED) &&
                  mz_str_equal(c[9].text, MZ_STR("active"));
    if (!counts) return MZ_OK;
    mz_cached *answer = &asked->answer;
    *answer = (mz_cached){.kind = MZ_PERSON, .fetched = asked->now, .ends = c[4].number, .noted = c[3].number};
    put_rights_of_person(c, answer);
    put_key(answer->session, c[0].text);
    put_key(answer->key, c[1].text);
    put_key(answer->agency, c[2].text);
    (void)snprintf(answer->name, sizeof answer->name, "%.*s", (int)c[12].text.size, c[12].text.data);
    asked->found = true;
    return MZ_OK;
}

/* --- both --- */

static mz_status note_use(void *context, mz_sql *sql, mz_error *error) {
    const question *asked = context;
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(asked->hash)), mz_sql_int(asked->now)};
    if (asked->answer.kind == MZ_API_KEY)
        return mz_sql_run(sql, "UPDATE access_key SET used = ?2 WHERE hash = ?1", values, 2, NULL, error);
    return mz_sql_run(sql, "UPDATE access_session SET seen = ?2 WHERE hash = ?1", values, 2, NULL, error);
}

/* From memory, else from the store. */
static mz_status ask(mz_access *access, const char *hash, mz_store_work *work, question *asked, mz_error *error) {
    asked->found = mz_cache_get(access->cache, hash, asked->now, &asked->answer);
    if (!asked->found) {
        uint64_t age = mz_cache_age(access->cache);
        mz_status status = mz_store_read(access->store, work, asked, error);
        if (status) return status;
        if (asked->found) {
            (void)snprintf(asked->answer.hash, sizeof asked->answer.hash, "%s", hash);
            mz_cache_put(access->cache, age, &asked->answer);
        }
    }
    if (asked->found && mz_cache_note(access->cache, hash, asked->now, MZ_ACCESS_NOTED_S))
        (void)mz_store_try(access->store, note_use, asked, NULL);
    return MZ_OK;
}

static void tell(const mz_cached *answer, mz_arena *arena, mz_principal *ret_who) {
    *ret_who = (mz_principal){
        .kind = answer->kind,
        .key = mz_arena_copy(arena, mz_str_of(answer->key)),
        .name = mz_arena_copy(arena, mz_str_of(answer->name)),
        .agency = mz_arena_copy(arena, mz_str_of(answer->agency)),
        .session = mz_arena_copy(arena, mz_str_of(answer->session)),
        .csrf = MZ_STR(""),
        .rights = answer->rights,
        .operates = answer->operates,
        .password_once = answer->password_once,
        .factor_missing = answer->factor_missing,
    };
}

static mz_status identify_key(mz_access *access, mz_str given, mz_arena *arena, mz_principal *ret_who,
                              mz_error *error) {
    char hash[MZ_SECRET_HASH_SIZE];
    question asked = {.access = access, .hash = hash, .now = mz_clock_now(), .arena = arena};
    mz_status status = MZ_OK;
    if (mz_key_fits(given)) {
        mz_secret_hash(MZ_SECRET_KEY, given, hash);
        status = ask(access, hash, ask_key, &asked, error);
    }
    if (!status && !asked.found)
        status = mz_fail(error, MZ_ERR_REFUSED, "this API key is not known, or does not count any more");
    if (!status) tell(&asked.answer, arena, ret_who);
    return status;
}

static mz_status identify_session(mz_access *access, mz_str token, mz_arena *arena, mz_principal *ret_who,
                                  mz_error *error) {
    char hash[MZ_SECRET_HASH_SIZE], csrf[MZ_SECRET_HASH_SIZE];
    question asked = {.access = access, .hash = hash, .now = mz_clock_now(), .arena = arena};
    if (!mz_token_fits(MZ_SECRET_SESSION, token)) return MZ_OK;
    mz_secret_hash(MZ_SECRET_SESSION, token, hash);
    mz_status status = ask(access, hash, ask_session, &asked, error);
    if (status || !asked.found) return status;
    tell(&asked.answer, arena, ret_who);
    mz_secret_csrf(token, csrf);
    ret_who->csrf = mz_arena_copy(arena, mz_str_of(csrf));
    return MZ_OK;
}

mz_status mz_identify(mz_access *access, const mz_credentials *credentials, mz_arena *arena, mz_principal *ret_who,
                      mz_error *error) {
    mz_principal who = {.kind = MZ_ANONYMOUS, .key = MZ_STR("")};
    mz_str given;
    mz_status status = MZ_OK;
    if (mz_authorization_key(credentials->authorization, &given))
        status = identify_key(access, given, arena, &who, error);
    else if (mz_cookie_find(credentials->cookie, mz_str_of(mz_session_cookie(access)), &given))
        status = identify_session(access, given, arena, &who, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the request");
    if (!status) *ret_who = who;
    return status;
}
