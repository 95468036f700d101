#include "access/agencies.h"

#include "access/people.h"
#include "access/state.h"
#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"

#include <string.h>

enum { AGENCY_NAME_MOST = 40 };

mz_principal mz_access_command(const mz_agency *agency) {
    return (mz_principal){.kind = MZ_PERSON,
                          .key = MZ_STR(""),
                          .name = MZ_STR(""),
                          .agency = agency->key,
                          .rights = UINT32_MAX,
                          .operates = agency->operates};
}

/* --- reading --- */

static mz_agency read_agency(const mz_sql_value *c) {
    return (mz_agency){.key = c[0].text,
                       .name = c[1].text,
                       .title = c[2].text,
                       .locked = !mz_str_equal(c[3].text, MZ_STR("active")),
                       .operates = c[4].number != 0,
                       .second_factor = c[5].number != 0,
                       .created = c[6].number};
}

typedef struct listing {
    mz_str after;
    size_t limit, count;
    mz_arena *arena;
    mz_agency *agencies;
} listing;

static mz_status take_agency(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count;
    (void)error;
    if (taken->count == taken->limit) return MZ_OK;
    mz_agency agency = read_agency(c);
    agency.key = mz_arena_copy(taken->arena, agency.key);
    agency.name = mz_arena_copy(taken->arena, agency.name);
    agency.title = mz_arena_copy(taken->arena, agency.title);
    taken->agencies[taken->count++] = agency;
    return MZ_OK;
}

static mz_status read_agencies(void *context, mz_sql *sql, mz_error *error) {
    listing *taken = context;
    const mz_sql_value values[] = {mz_sql_text(taken->after), mz_sql_int((int64_t)taken->limit)};
    taken->count = 0;
    return mz_sql_query(sql,
                        "SELECT agency, name, title, state, operates, second_factor, created FROM access_agency WHERE "
                        "agency > ?1 ORDER BY agency LIMIT ?2",
                        values, 2, take_agency, taken, error);
}

mz_status mz_agencies_list(mz_access *access, mz_str after, size_t limit, mz_arena *arena, mz_agency **ret_agencies,
                           size_t *ret_count, mz_error *error) {
    listing taken = {.after = after.data ? after : MZ_STR(""), .limit = limit, .arena = arena};
    taken.agencies = MZ_ARENA_NEW(arena, limit + 1, mz_agency);
    if (!taken.agencies) return mz_fail_arena(arena, error, "the list of agencies");
    mz_status status = mz_store_read(access->store, read_agencies, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of agencies");
    if (status) return status;
    *ret_agencies = taken.agencies;
    *ret_count = taken.count;
    return MZ_OK;
}

mz_status mz_access_is_new(mz_access *access, bool *ret_new, mz_error *error) {
    mz_arena arena;
    mz_agency *agencies;
    size_t count;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_agencies_list(access, MZ_STR(""), 1, &arena, &agencies, &count, error);
    if (!status) *ret_new = count == 0;
    mz_arena_done(&arena);
    return status;
}

typedef struct agency_work {
    const mz_actor *actor;
    mz_str key, name;
    const mz_agency_draft *draft;
    mz_arena *arena;
    mz_agency agency;
    mz_person administrator;
    mz_str hash;
    bool first;
} agency_work;

static mz_status get_agency(void *context, mz_sql *sql, mz_error *error) {
    agency_work *work = context;
    const mz_sql_value values[] = {mz_sql_text(work->key), mz_sql_text(work->name)}, *c = NULL;
    mz_status status =
        mz_sql_first(sql,
                     "SELECT agency, name, title, state, operates, second_factor, created FROM "
                     "access_agency WHERE agency = ?1 OR (?1 = '' AND name = ?2) OR (?1 = '' AND ?2 = '' "
                     "AND operates = 1)",
                     values, 2, work->arena, &c, error);
    if (!status && !c) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such agency");
    if (!status) work->agency = read_agency(c);
    return status;
}

mz_status mz_agency_get(mz_access *access, mz_str key, mz_arena *arena, mz_agency *ret_agency, mz_error *error) {
    agency_work work = {.key = key, .name = MZ_STR("-"), .arena = arena};
    if (!key.size) return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such agency");
    mz_status status = mz_store_read(access->store, get_agency, &work, error);
    if (!status) *ret_agency = work.agency;
    return status;
}

mz_status mz_agency_find(mz_access *access, mz_str name, mz_arena *arena, mz_agency *ret_agency, mz_error *error) {
    agency_work work = {.key = MZ_STR(""), .name = name.data ? name : MZ_STR(""), .arena = arena};
    mz_status status = mz_store_read(access->store, get_agency, &work, error);
    if (!status) *ret_agency = work.agency;
    return status;
}

/* --- adding --- */

static mz_status check_name(mz_str name, mz_error *error) {
    bool good = name.size >= 2 && name.size <= AGENCY_NAME_MOST && mz_is_letter(name.data[0]);
    for (size_t k = 0; k < name.size && good; k++)
        good = (mz_is_letter(name.data[k]) && !mz_is_capital(name.data[k])) || mz_is_digit(name.data[k]) ||
               name.data[k] == '-';
    if (good) return MZ_OK;
    return mz_fail(
        error, MZ_ERR_INPUT,
        "the short name of an agency has from 2 to %d small Latin letters, digits and hyphens, a letter first",
        (int)AGENCY_NAME_MOST);
}

static mz_status insert_agency(agency_work *work, mz_sql *sql, mz_error *error) {
    const mz_agency *agency = &work->agency;
    uint64_t added = 0;
    const mz_sql_value values[] = {mz_sql_text(agency->key),          mz_sql_text(agency->name),
                                   mz_sql_text(agency->title),        mz_sql_int(agency->operates),
                                   mz_sql_int(agency->second_factor), mz_sql_int(agency->created)};
    mz_status status = mz_sql_run(sql,
                                  "INSERT INTO access_agency (agency, name, title, state, operates, second_factor, "
                                  "created) VALUES (?1, ?2, ?3, 'active', ?4, ?5, ?6) ON CONFLICT (name) DO NOTHING",
                                  values, sizeof values / sizeof *values, &added, error);
    if (!status && !added) status = mz_fail(error, MZ_ERR_REFUSED, "an agency of that name is there already");
    return status;
}

/* The entries stand where each belongs: in the new agency its beginning, in the one that made it that it did. The new
 * one is not told who of the other it was. */
static mz_status add_agency(void *context, mz_sql *sql, mz_error *error) {
    agency_work *work = context;
    const mz_agency *agency = &work->agency;
    const mz_sql_value *c = NULL;
    mz_principal command = mz_access_command(agency);
    mz_actor inside = {
        .who = &command, .client = work->actor ? MZ_STR("") : work->name, .operating = work->actor != NULL};
    mz_status status = MZ_OK;
    if (work->first) {
        status = mz_sql_first(sql, "SELECT 1 FROM access_agency LIMIT 1", NULL, 0, work->arena, &c, error);
        if (!status && c) status = mz_fail(error, MZ_ERR_REFUSED, "the store has an agency already");
    }
    if (!status) status = insert_agency(work, sql, error);
    if (!status)
        status = mz_history_add(sql, agency->key, &inside, MZ_EVENT_AGENCY_ADDED, agency->key, agency->name, MZ_STR(""),
                                error);
    if (!status) status = mz_person_insert(sql, &inside, &work->administrator, work->hash, work->arena, error);
    if (!status && work->actor && !mz_str_equal(work->actor->who->agency, agency->key))
        status = mz_history_add(sql, work->actor->who->agency, work->actor, MZ_EVENT_AGENCY_ADDED, agency->key,
                                agency->name, MZ_STR(""), error);
    return status;
}

static mz_status prepare(agency_work *work, const mz_agency_draft *draft, mz_error *error) {
    char *key = MZ_ARENA_NEW(work->arena, MZ_SQL_KEY_SIZE, char);
    if (!key) return mz_fail_arena(work->arena, error, "the request");
    mz_sql_new_key(key);
    work->agency = (mz_agency){.key = mz_str_of(key),
                               .name = draft->name,
                               .title = draft->title.data ? draft->title : draft->name,
                               .operates = work->first,
                               .second_factor = draft->second_factor == 1,
                               .created = mz_clock_now()};
    mz_person_draft person = MZ_PERSON_DRAFT_INIT;
    person.name = draft->administrator.data ? draft->administrator : MZ_STR("administrator");
    person.roles = 1u << MZ_ACCESS_ADMINISTRATOR;
    mz_status status = check_name(draft->name, error);
    if (!status) status = mz_title_check(work->agency.title, "the agency's name to be shown", error);
    if (!status) status = mz_person_prepare(&person, work->agency.key, work->arena, &work->administrator, error);
    return status;
}

static mz_status begin_or_add(mz_access *access, agency_work *work, const mz_agency_draft *draft, mz_agency *ret_agency,
                              char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error) {
    char hash[MZ_PASSWORD_HASH_SIZE];
    mz_status status = prepare(work, draft, error);
    if (!status) status = mz_one_time_password(access, ret_password, hash, error);
    if (status) return status;
    work->hash = mz_str_of(hash);
    status = mz_store_change(access->store, add_agency, work, error);
    if (!status) *ret_agency = work->agency;
    return status;
}

mz_status mz_agency_begin(mz_access *access, const mz_agency_draft *draft, mz_str client, mz_arena *arena,
                          mz_agency *ret_agency, char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error) {
    agency_work work = {.name = client, .arena = arena, .first = true};
    return begin_or_add(access, &work, draft, ret_agency, ret_password, error);
}

mz_status mz_agency_add(mz_access *access, const mz_actor *actor, const mz_agency_draft *draft, mz_arena *arena,
                        mz_agency *ret_agency, char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error) {
    agency_work work = {.actor = actor, .arena = arena};
    return begin_or_add(access, &work, draft, ret_agency, ret_password, error);
}

/* --- changing --- */

static mz_status tell_change(agency_work *work, mz_sql *sql, const mz_agency *before, mz_error *error) {
    const mz_agency *after = &work->agency;
    mz_str detail = mz_arena_print(work->arena, "{\"title\":%s,\"locked\":%s,\"second_factor\":%s}",
                                   mz_str_equal(before->title, after->title) ? "false" : "true",
                                   after->locked ? "true" : "false", after->second_factor ? "true" : "false");
    mz_principal command = mz_access_command(after);
    mz_actor inside = {.who = &command, .client = MZ_STR(""), .operating = true};
    bool own = mz_str_equal(work->actor->who->agency, after->key);
    if (work->arena->failed) return mz_fail_arena(work->arena, error, "the request");
    mz_status status = mz_history_add(sql, work->actor->who->agency, work->actor, MZ_EVENT_AGENCY_CHANGED, after->key,
                                      after->name, detail, error);
    if (!status && !own)
        status =
            mz_history_add(sql, after->key, &inside, MZ_EVENT_AGENCY_CHANGED, after->key, after->name, detail, error);
    return status;
}

static mz_status change_agency(void *context, mz_sql *sql, mz_error *error) {
    agency_work *work = context;
    const mz_agency_draft *draft = work->draft;
    mz_agency *agency = &work->agency;
    mz_status status = get_agency(work, sql, error);
    if (status) return status;
    mz_agency before = *agency;
    if (draft->title.data) agency->title = draft->title;
    if (draft->locked >= 0) agency->locked = draft->locked;
    if (draft->second_factor >= 0) agency->second_factor = draft->second_factor;
    if (agency->locked && agency->operates)
        return mz_fail(error, MZ_ERR_REFUSED, "the agency that operates the service cannot be locked");
    const mz_sql_value values[] = {mz_sql_text(agency->key), mz_sql_text(agency->title),
                                   mz_sql_text(agency->locked ? MZ_STR("locked") : MZ_STR("active")),
                                   mz_sql_int(agency->second_factor)};
    status = mz_sql_run(sql, "UPDATE access_agency SET title = ?2, state = ?3, second_factor = ?4 WHERE agency = ?1",
                        values, 4, NULL, error);
    return status ? status : tell_change(work, sql, &before, error);
}

mz_status mz_agency_change(mz_access *access, const mz_actor *actor, mz_str key, const mz_agency_draft *draft,
                           mz_arena *arena, mz_agency *ret_agency, mz_error *error) {
    agency_work work = {.actor = actor, .key = key, .name = MZ_STR("-"), .draft = draft, .arena = arena};
    mz_status status = MZ_OK;
    if (!key.size) return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such agency");
    if (draft->title.data) status = mz_title_check(draft->title, "the agency's name to be shown", error);
    if (!status) status = mz_store_change(access->store, change_agency, &work, error);
    mz_cache_clear(access->cache);
    if (!status) *ret_agency = work.agency;
    return status;
}
