/* One's own account: what it is, its password, its sessions. */
#include "access/secret.h"
#include "access/sign_in.h"
#include "access/state.h"
#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"

#include <string.h>

/* --- what it is --- */

typedef struct account_question {
    const mz_principal *who;
    mz_arena *arena;
    mz_account account;
    mz_person_row row;
} account_question;

static mz_status read_account(void *context, mz_sql *sql, mz_error *error) {
    account_question *asked = context;
    const mz_principal *who = asked->who;
    const mz_sql_value values[] = {mz_sql_text(who->agency), mz_sql_text(who->key)}, *c = NULL;
    mz_status status = mz_person_row_get(sql, who->agency, who->key, asked->arena, &asked->row, error);
    if (!status)
        status = mz_sql_first(sql,
                              "SELECT name, title, second_factor, (SELECT COUNT(*) FROM access_recovery WHERE agency = "
                              "?1 AND person = ?2) FROM access_agency WHERE agency = ?1",
                              values, 2, asked->arena, &c, error);
    if (status) return status;
    if (!c) return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such agency");
    bool factor = asked->row.totp_secret.size > 0, demanded = c[2].number != 0;
    asked->account = (mz_account){.person = asked->row.person,
                                  .agency_name = c[0].text,
                                  .agency_title = c[1].text,
                                  .must_change_password = asked->row.password_once,
                                  .must_add_second_factor = demanded && !factor,
                                  .second_factor_demanded = demanded,
                                  .recovery_codes = c[3].number};
    return MZ_OK;
}

mz_status mz_account_get(mz_access *access, const mz_principal *who, mz_arena *arena, mz_account *ret_account,
                         mz_error *error) {
    account_question asked = {.who = who, .arena = arena};
    mz_status status = mz_store_read(access->store, read_account, &asked, error);
    if (!status) *ret_account = asked.account;
    return status;
}

/* --- the password --- */

typedef struct password_change {
    mz_access *access;
    const mz_actor *actor;
    mz_arena *arena;
    account_question before;
    mz_str hash;
    const char *session_hash;
} password_change;

static mz_status write_password(void *context, mz_sql *sql, mz_error *error) {
    password_change *changing = context;
    const mz_principal *who = changing->actor->who;
    mz_person_row row;
    mz_status status = mz_person_row_get(sql, who->agency, who->key, changing->arena, &row, error);
    if (status) return status;
    if (!mz_str_equal(row.password, changing->before.row.password))
        return mz_fail(error, MZ_ERR_REFUSED, "the password was changed meanwhile");
    row.password = changing->hash;
    row.password_once = false;
    row.password_until = 0;
    if (row.person.state == MZ_PERSON_INVITED) row.person.state = MZ_PERSON_ACTIVE;
    const mz_sql_value values[] = {mz_sql_text(who->agency), mz_sql_text(who->session),
                                   mz_sql_text(mz_str_of(changing->session_hash))};
    status = mz_person_row_write(sql, &row, error);
    if (!status) status = mz_person_sign_out(sql, who->agency, who->key, who->session, error);
    if (!status)
        status = mz_sql_run(sql, "UPDATE access_session SET hash = ?3 WHERE agency = ?1 AND session = ?2", values, 3,
                            NULL, error);
    if (!status)
        status = mz_history_add(sql, who->agency, changing->actor, MZ_EVENT_PASSWORD_CHANGED, row.person.key,
                                row.person.name, MZ_STR(""), error);
    return status;
}

enum { ABOUT_MOST = 32 };

/* The words of a text, to be looked for in a password. */
static void add_words(mz_str text, mz_str about[ABOUT_MOST], size_t *count) {
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !(text.data[end] && strchr(" .-_@+,'", text.data[end]))) end++;
        if (end - at >= 3 && *count < ABOUT_MOST) about[(*count)++] = (mz_str){text.data + at, end - at};
        at = end + 1;
    }
}

static mz_status check_new(const mz_account *account, mz_str old_password, mz_str new_password, mz_error *error) {
    mz_str about[ABOUT_MOST];
    size_t count = 0;
    add_words(account->person.name, about, &count);
    add_words(account->person.title, about, &count);
    add_words(account->person.email, about, &count);
    add_words(account->agency_name, about, &count);
    add_words(account->agency_title, about, &count);
    if (mz_secret_equal(old_password, new_password))
        return mz_fail(error, MZ_ERR_INPUT, "the new password is the old one");
    return mz_password_check(new_password, about, count, error);
}

static mz_status tell_refusal(void *context, mz_sql *sql, mz_error *error) {
    const password_change *changing = context;
    const mz_principal *who = changing->actor->who;
    return mz_history_add(sql, who->agency, changing->actor, MZ_EVENT_PROOF_REFUSED, who->key,
                          changing->before.row.person.name, MZ_STR("{\"why\":\"password\"}"), error);
}

static mz_status verify_old(password_change *changing, mz_str old_password, mz_error *error) {
    mz_access *access = changing->access;
    const mz_principal *who = changing->actor->who;
    mz_str counted = mz_arena_print(changing->arena, "self:%.*s", (int)who->key.size, who->key.data);
    mz_str hash = mz_arena_copy(changing->arena, changing->before.row.password);
    bool right = false;
    if (changing->arena->failed) return mz_fail_arena(changing->arena, error, "the request");
    unsigned wait_s = mz_throttle_try(access->names, counted, mz_clock_now());
    if (wait_s) return mz_fail(error, MZ_ERR_BUSY, "too many tries; again in %u seconds", wait_s);
    mz_status status = mz_password_verify(access->passwords, hash.data, old_password, &right, NULL, error);
    if (status || right) { /* not forgiven: codes of the second factor are counted by the same */
        mz_throttle_undo(access->names, counted);
        return status;
    }
    status = mz_store_change(access->store, tell_refusal, changing, error);
    return status ? status : mz_fail(error, MZ_ERR_REFUSED, "the old password is wrong");
}

mz_status mz_password_change(mz_access *access, const mz_actor *actor, mz_str old_password, mz_str new_password,
                             mz_arena *arena, char ret_session[MZ_TOKEN_SIZE], mz_error *error) {
    char hash[MZ_PASSWORD_HASH_SIZE], session_hash[MZ_SECRET_HASH_SIZE];
    password_change changing = {.access = access,
                                .actor = actor,
                                .arena = arena,
                                .before = {.who = actor->who, .arena = arena},
                                .session_hash = session_hash};
    mz_status status = mz_store_read(access->store, read_account, &changing.before, error);
    if (!status) status = verify_old(&changing, old_password, error);
    if (!status) status = check_new(&changing.before.account, old_password, new_password, error);
    if (!status) status = mz_password_hash(access->passwords, new_password, hash, error);
    if (status) return status;
    changing.hash = mz_str_of(hash);
    mz_token_new(MZ_SECRET_SESSION, ret_session);
    mz_secret_hash(MZ_SECRET_SESSION, mz_str_of(ret_session), session_hash);
    status = mz_store_change(access->store, write_password, &changing, error);
    mz_cache_clear(access->cache);
    return status;
}

typedef struct renewal {
    const mz_person_row *row;
    mz_str hash;
} renewal;

static mz_status write_renewal(void *context, mz_sql *sql, mz_error *error) {
    const renewal *renewing = context;
    const mz_sql_value values[] = {mz_sql_text(renewing->row->person.agency), mz_sql_text(renewing->row->person.key),
                                   mz_sql_text(renewing->row->password), mz_sql_text(renewing->hash)};
    return mz_sql_run(sql, "UPDATE access_person SET password = ?4 WHERE agency = ?1 AND person = ?2 AND password = ?3",
                      values, 4, NULL, error);
}

void mz_password_renew(mz_access *access, const mz_person_row *row, mz_str password) {
    char hash[MZ_PASSWORD_HASH_SIZE];
    if (mz_password_hash(access->passwords, password, hash, NULL)) return;
    renewal renewing = {.row = row, .hash = mz_str_of(hash)};
    (void)mz_store_change(access->store, write_renewal, &renewing, NULL);
}

/* --- sessions --- */

enum { SESSIONS_MOST = 100 };

typedef struct session_listing {
    const mz_access *access;
    const mz_principal *who;
    mz_arena *arena;
    mz_session *sessions;
    size_t count;
} session_listing;

static mz_status take_session(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    session_listing *taken = context;
    (void)count;
    (void)error;
    if (taken->count == SESSIONS_MOST) return MZ_OK;
    taken->sessions[taken->count++] = (mz_session){.key = mz_column(taken->arena, c[0]),
                                                   .client = mz_column(taken->arena, c[1]),
                                                   .program = mz_column(taken->arena, c[2]),
                                                   .created = c[3].number,
                                                   .seen = c[4].number,
                                                   .ends = c[5].number};
    return MZ_OK;
}

static mz_status read_sessions(void *context, mz_sql *sql, mz_error *error) {
    session_listing *taken = context;
    int64_t now = mz_clock_now();
    const mz_sql_value values[] = {mz_sql_text(taken->who->agency), mz_sql_text(taken->who->key), mz_sql_int(now),
                                   mz_sql_int(now - taken->access->settings.session_idle_s)};
    taken->count = 0;
    return mz_sql_query(
        sql,
        "SELECT session, client, program, created, seen, ends FROM access_session WHERE agency = ?1 AND "
        "person = ?2 AND ends > ?3 AND seen > ?4 ORDER BY session DESC LIMIT 100",
        values, 4, take_session, taken, error);
}

mz_status mz_sessions_list(mz_access *access, const mz_principal *who, mz_arena *arena, mz_session **ret_sessions,
                           size_t *ret_count, mz_error *error) {
    session_listing taken = {.access = access, .who = who, .arena = arena};
    taken.sessions = MZ_ARENA_NEW(arena, SESSIONS_MOST, mz_session);
    if (!taken.sessions) return mz_fail_arena(arena, error, "the sessions");
    mz_status status = mz_store_read(access->store, read_sessions, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the sessions");
    if (status) return status;
    *ret_sessions = taken.sessions;
    *ret_count = taken.count;
    return MZ_OK;
}

typedef struct ending {
    const mz_actor *actor;
    mz_str key;
} ending;

static mz_status end_session(void *context, mz_sql *sql, mz_error *error) {
    const ending *wanted = context;
    const mz_principal *who = wanted->actor->who;
    const mz_sql_value values[] = {mz_sql_text(who->agency), mz_sql_text(who->key), mz_sql_text(wanted->key)};
    uint64_t ended = 0;
    mz_status status = mz_sql_run(sql, "DELETE FROM access_session WHERE agency = ?1 AND person = ?2 AND session = ?3",
                                  values, 3, &ended, error);
    if (!status && !ended) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such session");
    if (!status)
        status = mz_history_add(sql, who->agency, wanted->actor, MZ_EVENT_SESSION_ENDED, wanted->key, MZ_STR(""),
                                MZ_STR(""), error);
    return status;
}

mz_status mz_session_end(mz_access *access, const mz_actor *actor, mz_str key, mz_error *error) {
    ending wanted = {.actor = actor, .key = key};
    mz_status status = mz_store_change(access->store, end_session, &wanted, error);
    mz_cache_clear(access->cache);
    return status;
}
