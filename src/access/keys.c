#include "access/keys.h"

#include "access/people.h"
#include "access/state.h"
#include "base/clock.h"
#include "base/error.h"

#include <string.h>

mz_str mz_rights_text(uint32_t rights, mz_arena *arena) {
    mz_str text = MZ_STR("");
    for (mz_right right = 0; right < MZ_RIGHT_COUNT; right++)
        if (rights >> right & 1)
            text = mz_arena_print(arena, "%.*s%s%s", (int)text.size, text.data, text.size ? " " : "",
                                  mz_right_word(right));
    return text;
}

uint32_t mz_rights_read(mz_str text) {
    uint32_t rights = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && text.data[end] != ' ') end++;
        mz_right right = mz_right_of((mz_str){text.data + at, end - at});
        if (right < MZ_RIGHT_COUNT) rights |= MZ_RIGHT_BIT(right);
        at = end + 1;
    }
    return rights;
}

/* --- reading --- */

static mz_key read_key(const mz_sql_value *c) {
    return (mz_key){.key = c[0].text,
                    .shown = c[1].text,
                    .title = c[2].text,
                    .rights = mz_rights_read(c[3].text),
                    .creator = c[4].text,
                    .created = c[5].number,
                    .ends = c[6].number,
                    .revoked = c[7].number,
                    .used = c[8].number};
}

typedef struct listing {
    mz_str agency, after;
    size_t limit, count;
    mz_arena *arena;
    mz_key *keys;
} listing;

static mz_status take_key(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count;
    (void)error;
    if (taken->count == taken->limit) return MZ_OK;
    mz_key key = read_key(c);
    key.key = mz_arena_copy(taken->arena, key.key);
    key.shown = mz_arena_copy(taken->arena, key.shown);
    key.title = mz_arena_copy(taken->arena, key.title);
    key.creator = mz_arena_copy(taken->arena, key.creator);
    taken->keys[taken->count++] = key;
    return MZ_OK;
}

static mz_status read_keys(void *context, mz_sql *sql, mz_error *error) {
    listing *taken = context;
    const mz_sql_value values[] = {mz_sql_text(taken->agency), mz_sql_text(taken->after),
                                   mz_sql_int((int64_t)taken->limit)};
    taken->count = 0;
    return mz_sql_query(
        sql,
        "SELECT access_key, shown, title, rights, creator, created, ends, revoked, used FROM access_key "
        "WHERE agency = ?1 AND access_key > ?2 ORDER BY access_key LIMIT ?3",
        values, 3, take_key, taken, error);
}

mz_status mz_keys_list(mz_access *access, const mz_principal *who, mz_str after, size_t limit, mz_arena *arena,
                       mz_key **ret_keys, size_t *ret_count, mz_error *error) {
    listing taken = {.agency = who->agency, .after = after.data ? after : MZ_STR(""), .limit = limit, .arena = arena};
    taken.keys = MZ_ARENA_NEW(arena, limit + 1, mz_key);
    if (!taken.keys) return mz_fail_arena(arena, error, "the list of keys");
    mz_status status = mz_store_read(access->store, read_keys, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of keys");
    if (status) return status;
    *ret_keys = taken.keys;
    *ret_count = taken.count;
    return MZ_OK;
}

typedef struct key_work {
    const mz_actor *actor;
    mz_str agency, name;
    const mz_key_draft *draft;
    mz_arena *arena;
    mz_key key;
    const char *hash;
} key_work;

static mz_status get_key(void *context, mz_sql *sql, mz_error *error) {
    key_work *work = context;
    const mz_sql_value values[] = {mz_sql_text(work->agency), mz_sql_text(work->name)}, *c = NULL;
    mz_status status =
        mz_sql_first(sql,
                     "SELECT access_key, shown, title, rights, creator, created, ends, revoked, used FROM access_key "
                     "WHERE agency = ?1 AND access_key = ?2",
                     values, 2, work->arena, &c, error);
    if (!status && !c) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such key");
    if (!status) work->key = read_key(c);
    return status;
}

mz_status mz_key_get(mz_access *access, const mz_principal *who, mz_str key, mz_arena *arena, mz_key *ret_key,
                     mz_error *error) {
    key_work work = {.agency = who->agency, .name = key, .arena = arena};
    mz_status status = mz_store_read(access->store, get_key, &work, error);
    if (!status) *ret_key = work.key;
    return status;
}

/* --- adding --- */

static mz_status check_rights(const mz_principal *who, uint32_t rights, mz_error *error) {
    for (mz_right right = 0; right < MZ_RIGHT_COUNT; right++) {
        if (!(rights >> right & 1)) continue;
        if (right == MZ_RIGHT_NONE || MZ_RIGHTS_OF_PEOPLE >> right & 1)
            return mz_fail(error, MZ_ERR_INPUT, "no key has the right “%s”", mz_right_word(right));
        if (!(mz_rights_to_give(who->rights) >> right & 1))
            return mz_fail(error, MZ_ERR_REFUSED, "the right “%s” you do not have yourself", mz_right_word(right));
    }
    return MZ_OK;
}

static mz_status check_ends(int64_t ends, mz_error *error) {
    int64_t now = mz_clock_now();
    if (!ends || (ends > now && ends <= now + MZ_KEY_DAYS_MOST * INT64_C(86400))) return MZ_OK;
    return mz_fail(error, MZ_ERR_INPUT, "a key must end in the future, and within %d days", (int)MZ_KEY_DAYS_MOST);
}

static mz_status add_key(void *context, mz_sql *sql, mz_error *error) {
    key_work *work = context;
    const mz_key *key = &work->key;
    mz_str rights = mz_rights_text(key->rights, work->arena);
    mz_str detail = mz_arena_print(work->arena, "{\"rights\":\"%.*s\"}", (int)rights.size, rights.data);
    if (work->arena->failed) return mz_fail_arena(work->arena, error, "the request");
    const mz_sql_value values[] = {
        mz_sql_text(key->key),     mz_sql_text(mz_str_of(work->hash)),
        mz_sql_text(work->agency), mz_sql_text(key->shown),
        mz_sql_text(key->title),   mz_sql_text(rights),
        mz_sql_text(key->creator), mz_sql_int(key->created),
        mz_sql_int(key->ends),
    };
    mz_status status = mz_sql_run(sql,
                                  "INSERT INTO access_key (access_key, hash, agency, shown, title, rights, creator, "
                                  "created, ends, revoked, used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0)",
                                  values, sizeof values / sizeof *values, NULL, error);
    if (!status)
        status =
            mz_history_add(sql, work->agency, work->actor, MZ_EVENT_KEY_ADDED, key->key, key->title, detail, error);
    return status;
}

mz_status mz_key_add(mz_access *access, const mz_actor *actor, const mz_key_draft *draft, mz_arena *arena,
                     mz_key *ret_key, char ret_secret[MZ_KEY_SIZE], mz_error *error) {
    const mz_principal *who = actor->who;
    uint32_t usual = (MZ_RIGHT_BIT(MZ_RIGHT_SCREEN) | MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ)) & who->rights;
    char name[MZ_SQL_KEY_SIZE], hash[MZ_SECRET_HASH_SIZE];
    key_work work = {.actor = actor, .agency = who->agency, .arena = arena, .hash = hash};
    mz_status status = mz_title_check(draft->title, "what the key is for", error);
    if (!status) status = check_rights(who, draft->rights, error);
    if (!status) status = check_ends(draft->ends, error);
    if (status) return status;
    mz_key_new(ret_secret);
    mz_secret_hash(MZ_SECRET_KEY, mz_str_of(ret_secret), hash);
    mz_sql_new_key(name);
    int64_t now = mz_clock_now();
    work.key = (mz_key){.key = mz_arena_copy(arena, mz_str_of(name)),
                        .shown = mz_arena_copy(arena, (mz_str){ret_secret, MZ_KEY_SHOWN_SIZE - 1}),
                        .title = draft->title,
                        .creator = who->key,
                        .rights = draft->rights ? draft->rights : usual,
                        .created = now,
                        .ends = draft->ends ? draft->ends : now + MZ_KEY_DAYS_USUAL * INT64_C(86400)};
    if (!work.key.rights) return mz_fail(error, MZ_ERR_REFUSED, "a key needs a right, and you have none to give");
    status = mz_store_change(access->store, add_key, &work, error);
    if (!status) *ret_key = work.key;
    return status;
}

/* --- changing --- */

static mz_status change_key(void *context, mz_sql *sql, mz_error *error) {
    key_work *work = context;
    mz_status status = get_key(work, sql, error);
    if (status) return status;
    if (work->key.revoked) return mz_fail(error, MZ_ERR_REFUSED, "this key was revoked");
    if (work->draft->ends > work->key.ends) status = check_rights(work->actor->who, work->key.rights, error);
    if (work->draft->title.data) work->key.title = work->draft->title;
    if (work->draft->ends) work->key.ends = work->draft->ends;
    const mz_sql_value values[] = {mz_sql_text(work->agency), mz_sql_text(work->name), mz_sql_text(work->key.title),
                                   mz_sql_int(work->key.ends)};
    mz_str detail = mz_arena_print(work->arena, "{\"ends\":%lld}", (long long)work->key.ends);
    if (!status)
        status = mz_sql_run(sql, "UPDATE access_key SET title = ?3, ends = ?4 WHERE agency = ?1 AND access_key = ?2",
                            values, 4, NULL, error);
    if (!status)
        status = mz_history_add(sql, work->agency, work->actor, MZ_EVENT_KEY_CHANGED, work->name, work->key.title,
                                detail, error);
    return status;
}

mz_status mz_key_change(mz_access *access, const mz_actor *actor, mz_str key, const mz_key_draft *draft,
                        mz_arena *arena, mz_key *ret_key, mz_error *error) {
    key_work work = {.actor = actor, .agency = actor->who->agency, .name = key, .draft = draft, .arena = arena};
    mz_status status = MZ_OK;
    if (draft->title.data) status = mz_title_check(draft->title, "what the key is for", error);
    if (!status) status = check_ends(draft->ends, error);
    if (!status) status = mz_store_change(access->store, change_key, &work, error);
    mz_cache_clear(access->cache);
    if (!status) *ret_key = work.key;
    return status;
}

/* --- revoking --- */

static mz_status write_revoked(mz_sql *sql, const mz_actor *actor, const mz_key *key, mz_error *error) {
    mz_str agency = actor->who->agency;
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(key->key), mz_sql_int(mz_clock_now())};
    mz_status status = mz_sql_run(sql, "UPDATE access_key SET revoked = ?3 WHERE agency = ?1 AND access_key = ?2",
                                  values, 3, NULL, error);
    if (!status)
        status = mz_history_add(sql, agency, actor, MZ_EVENT_KEY_REVOKED, key->key, key->title, MZ_STR(""), error);
    return status;
}

static mz_status revoke_key(void *context, mz_sql *sql, mz_error *error) {
    key_work *work = context;
    mz_status status = get_key(work, sql, error);
    return status || work->key.revoked ? status : write_revoked(sql, work->actor, &work->key, error);
}

mz_status mz_key_revoke(mz_access *access, const mz_actor *actor, mz_str key, mz_arena *arena, mz_error *error) {
    key_work work = {.actor = actor, .agency = actor->who->agency, .name = key, .arena = arena};
    mz_status status = mz_store_change(access->store, revoke_key, &work, error);
    mz_cache_clear(access->cache);
    return status;
}

/* One at a time, in the order of their names: a person made few. */
mz_status mz_keys_take_back(mz_sql *sql, const mz_actor *actor, mz_str creator, uint32_t rights, mz_arena *arena,
                            mz_error *error) {
    const mz_principal *who = actor->who;
    uint32_t counted = ~MZ_RIGHTS_OF_PEOPLE & (who->operates ? UINT32_MAX : ~MZ_RIGHTS_OF_OPERATOR);
    mz_str after = MZ_STR("");
    for (;;) {
        const mz_sql_value values[] = {mz_sql_text(who->agency), mz_sql_text(creator), mz_sql_text(after)}, *c = NULL;
        mz_status status = mz_sql_first(sql,
                                        "SELECT access_key, shown, title, rights, creator, created, ends, revoked, "
                                        "used FROM access_key WHERE agency = ?1 AND creator = ?2 AND revoked = 0 "
                                        "AND access_key > ?3 ORDER BY access_key LIMIT 1",
                                        values, 3, arena, &c, error);
        if (status || !c) return status;
        mz_key key = read_key(c);
        after = key.key;
        if (!rights || key.rights & counted & ~rights) status = write_revoked(sql, actor, &key, error);
        if (status) return status;
    }
}
