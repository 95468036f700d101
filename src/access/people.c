/* Adding people and changing them, under the rules of people.h. The rules are judged in the transaction that makes the
 * change, so that two administrators who take each other's role away at once do not both succeed. */
#include "access/people.h"

#include "access/keys.h"
#include "access/secret.h"
#include "access/state.h"
#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_write.h"

#include <string.h>

static bool may_change_people(const mz_person *person, bool operates) {
    uint32_t rights = mz_rights_of_roles(person->roles, operates);
    return (person->state == MZ_PERSON_ACTIVE || person->state == MZ_PERSON_INVITED) &&
           rights & MZ_RIGHT_BIT(MZ_RIGHT_PEOPLE_CHANGE);
}

/* Nobody gives or takes more than they may: else whoever may add people could add an administrator of the service. */
static mz_status check_power(const mz_principal *who, uint32_t roles, const char *whose, mz_error *error) {
    uint32_t beyond = mz_rights_of_roles(roles, who->operates) & ~(mz_rights_to_give(who->rights) | MZ_RIGHTS_AT_FIRST);
    for (mz_right right = 0; right < MZ_RIGHT_COUNT; right++)
        if (beyond >> right & 1)
            return mz_fail(error, MZ_ERR_REFUSED, "%s the right “%s”, which you do not have yourself", whose,
                           mz_right_word(right));
    return MZ_OK;
}

static mz_status check_language(mz_str language, mz_error *error) {
    if (mz_str_equal(language, MZ_STR("en")) || mz_str_equal(language, MZ_STR("fr")) ||
        mz_str_equal(language, MZ_STR("ar")))
        return MZ_OK;
    return mz_fail(error, MZ_ERR_INPUT, "the language must be en, fr or ar");
}

static mz_status check_email(mz_str email, mz_error *error) {
    const char *at = email.size ? memchr(email.data, '@', email.size) : NULL;
    if (!email.size) return MZ_OK;
    if (!at || at == email.data || at + 1 == email.data + email.size)
        return mz_fail(error, MZ_ERR_INPUT, "the e-mail address has no @ between a name and a place");
    return mz_title_check(email, "the e-mail address", error);
}

static mz_status check_draft(const mz_person_draft *draft, mz_error *error) {
    mz_status status = MZ_OK;
    if (draft->title.data) status = mz_title_check(draft->title, "the name to be shown", error);
    if (!status && draft->email.data) status = check_email(draft->email, error);
    if (!status && draft->language.data) status = check_language(draft->language, error);
    return status;
}

/* --- reading --- */

typedef struct listing {
    mz_str agency, after;
    size_t limit, count;
    mz_arena *arena;
    mz_person *people;
} listing;

static mz_status take_person(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count;
    (void)error;
    if (taken->count == taken->limit) return MZ_OK;
    mz_person_state state = mz_person_state_of(c[6].text);
    taken->people[taken->count++] = (mz_person){
        .key = mz_column(taken->arena, c[0]),
        .agency = taken->agency,
        .name = mz_column(taken->arena, c[1]),
        .title = mz_column(taken->arena, c[2]),
        .email = mz_column(taken->arena, c[3]),
        .language = mz_column(taken->arena, c[4]),
        .roles = mz_roles_read(c[5].text),
        .state = state < MZ_PERSON_STATE_COUNT ? state : MZ_PERSON_LOCKED,
        .second_factor = c[7].text.size > 0,
        .created = c[8].number,
        .signed_in = c[9].number,
    };
    return MZ_OK;
}

static mz_status read_people(void *context, mz_sql *sql, mz_error *error) {
    listing *taken = context;
    const mz_sql_value values[] = {mz_sql_text(taken->agency), mz_sql_text(taken->after),
                                   mz_sql_int((int64_t)taken->limit)};
    taken->count = 0;
    return mz_sql_query(sql,
                        "SELECT person, name, title, email, language, roles, state, totp_secret, created, signed_in "
                        "FROM access_person WHERE agency = ?1 AND person > ?2 ORDER BY person LIMIT ?3",
                        values, 3, take_person, taken, error);
}

mz_status mz_people_list(mz_access *access, const mz_principal *who, mz_str after, size_t limit, mz_arena *arena,
                         mz_person **ret_people, size_t *ret_count, mz_error *error) {
    listing taken = {.agency = who->agency, .after = after.data ? after : MZ_STR(""), .limit = limit, .arena = arena};
    taken.people = MZ_ARENA_NEW(arena, limit + 1, mz_person);
    if (!taken.people) return mz_fail_arena(arena, error, "the list of people");
    mz_status status = mz_store_read(access->store, read_people, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of people");
    if (status) return status;
    *ret_people = taken.people;
    *ret_count = taken.count;
    return MZ_OK;
}

typedef struct lookup {
    mz_str agency, key, name;
    mz_arena *arena;
    mz_person_row row;
} lookup;

static mz_status read_person(void *context, mz_sql *sql, mz_error *error) {
    lookup *wanted = context;
    if (wanted->name.data)
        return mz_person_row_find(sql, wanted->agency, wanted->name, wanted->arena, &wanted->row, error);
    return mz_person_row_get(sql, wanted->agency, wanted->key, wanted->arena, &wanted->row, error);
}

mz_status mz_person_get(mz_access *access, const mz_principal *who, mz_str key, mz_arena *arena, mz_person *ret_person,
                        mz_error *error) {
    lookup wanted = {.agency = who->agency, .key = key, .arena = arena};
    mz_status status = mz_store_read(access->store, read_person, &wanted, error);
    if (!status) *ret_person = wanted.row.person;
    return status;
}

mz_status mz_person_find(mz_access *access, const mz_principal *who, mz_str name, mz_arena *arena,
                         mz_person *ret_person, mz_error *error) {
    lookup wanted = {.agency = who->agency, .arena = arena};
    if (mz_login_name(name, arena, &wanted.name, error))
        return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such person");
    mz_status status = mz_store_read(access->store, read_person, &wanted, error);
    if (!status) *ret_person = wanted.row.person;
    return status;
}

/* --- what is told of a change --- */

static void tell(mz_json *json, const char *key, mz_str before, mz_str after) {
    if (mz_str_equal(before, after)) return;
    mz_json_key(json, key);
    mz_json_array(json);
    mz_json_str(json, before);
    mz_json_str(json, after);
    mz_json_array_end(json);
}

/* {"roles":["viewer","viewer analyst"]}: what each was and is; e-mail addresses are named, not told. */
static void tell_change(mz_buffer *out, const mz_person *before, const mz_person *after, mz_arena *arena) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    tell(&json, "title", before->title, after->title);
    tell(&json, "language", before->language, after->language);
    tell(&json, "roles", mz_roles_text(before->roles, arena), mz_roles_text(after->roles, arena));
    tell(&json, "state", mz_str_of(mz_person_state_word(before->state)), mz_str_of(mz_person_state_word(after->state)));
    if (!mz_str_equal(before->email, after->email)) mz_json_pair_bool(&json, "email", true);
    mz_json_object_end(&json);
}

/* --- adding --- */

mz_status mz_one_time_password(mz_access *access, char ret_password[MZ_ONE_TIME_PASSWORD_SIZE],
                               char ret_hash[MZ_PASSWORD_HASH_SIZE], mz_error *error) {
    mz_secret_groups(5, ret_password);
    return mz_password_hash(access->passwords, mz_str_of(ret_password), ret_hash, error);
}

static int64_t one_time_until(void) {
    return mz_clock_now() + MZ_ONE_TIME_PASSWORD_DAYS * 86400;
}

typedef struct addition {
    const mz_actor *actor;
    const mz_person *person;
    mz_str hash;
    mz_arena *arena;
} addition;

mz_status mz_person_insert(mz_sql *sql, const mz_actor *actor, const mz_person *person, mz_str hash, mz_arena *arena,
                           mz_error *error) {
    mz_str roles = mz_roles_text(person->roles, arena);
    mz_str detail = mz_arena_print(arena, "{\"roles\":\"%.*s\"}", (int)roles.size, roles.data);
    uint64_t added = 0;
    if (arena->failed) return mz_fail_arena(arena, error, "the request");
    const mz_sql_value values[] = {
        mz_sql_text(person->key),    mz_sql_text(person->agency), mz_sql_text(person->name),
        mz_sql_text(person->title),  mz_sql_text(person->email),  mz_sql_text(person->language),
        mz_sql_text(roles),          mz_sql_text(hash),           mz_sql_int(one_time_until()),
        mz_sql_int(person->created),
    };
    mz_status status = mz_sql_run(
        sql,
        "INSERT INTO access_person (person, agency, name, title, email, language, roles, state, password, "
        "password_once, password_until, totp_secret, totp_pending, totp_step, created, signed_in) VALUES (?1, ?2, "
        "?3, ?4, ?5, ?6, ?7, 'invited', ?8, 1, ?9, '', '', 0, ?10, 0) ON CONFLICT (agency, name) DO NOTHING",
        values, sizeof values / sizeof *values, &added, error);
    if (!status && !added)
        status = mz_fail(error, MZ_ERR_REFUSED, "somebody is called “%.*s” already", (int)person->name.size,
                         person->name.data);
    if (!status)
        status =
            mz_history_add(sql, person->agency, actor, MZ_EVENT_PERSON_ADDED, person->key, person->name, detail, error);
    return status;
}

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    addition *adding = context;
    return mz_person_insert(sql, adding->actor, adding->person, adding->hash, adding->arena, error);
}

mz_status mz_person_prepare(const mz_person_draft *draft, mz_str agency, mz_arena *arena, mz_person *ret_person,
                            mz_error *error) {
    char *key = MZ_ARENA_NEW(arena, MZ_SQL_KEY_SIZE, char);
    if (!key) return mz_fail_arena(arena, error, "the request");
    mz_sql_new_key(key);
    mz_person person = {.key = mz_str_of(key),
                        .agency = agency,
                        .title = draft->title,
                        .email = draft->email.data ? draft->email : MZ_STR(""),
                        .language = draft->language.data ? draft->language : MZ_STR("en"),
                        .roles = draft->roles,
                        .state = MZ_PERSON_INVITED,
                        .created = mz_clock_now()};
    mz_status status = mz_login_name(draft->name, arena, &person.name, error);
    if (!status && !person.title.data) person.title = person.name;
    if (!status) status = check_draft(draft, error);
    if (!status && !draft->roles) status = mz_fail(error, MZ_ERR_INPUT, "a person needs at least one role");
    if (!status) *ret_person = person;
    return status;
}

mz_status mz_person_add(mz_access *access, const mz_actor *actor, const mz_person_draft *draft, mz_arena *arena,
                        mz_person *ret_person, char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error) {
    char hash[MZ_PASSWORD_HASH_SIZE];
    mz_person person;
    addition adding = {.actor = actor, .person = &person, .arena = arena};
    mz_status status = mz_person_prepare(draft, actor->who->agency, arena, &person, error);
    if (!status) status = check_power(actor->who, draft->roles, "that role has", error);
    if (!status) status = mz_one_time_password(access, ret_password, hash, error);
    if (status) return status;
    adding.hash = mz_str_of(hash);
    status = mz_store_change(access->store, add, &adding, error);
    if (!status) *ret_person = person;
    return status;
}

/* --- changing --- */

typedef struct heads {
    mz_str except;
    bool operates, found;
} heads;

static mz_status take_head(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    heads *others = context;
    (void)count;
    (void)error;
    mz_person person = {.roles = mz_roles_read(c[1].text), .state = mz_person_state_of(c[2].text)};
    if (!mz_str_equal(c[0].text, others->except) && may_change_people(&person, others->operates)) others->found = true;
    return MZ_OK;
}

static mz_status check_head_remains(mz_sql *sql, mz_str agency, mz_str except, bool operates, mz_error *error) {
    heads others = {.except = except, .operates = operates};
    const mz_sql_value values[] = {mz_sql_text(agency)};
    mz_status status =
        mz_sql_query(sql, "SELECT person, roles, state FROM access_person WHERE agency = ?1 ORDER BY person", values, 1,
                     take_head, &others, error);
    if (!status && !others.found)
        status =
            mz_fail(error, MZ_ERR_REFUSED, "nobody else of the agency may change people; give somebody the role first");
    return status;
}

typedef struct change {
    const mz_actor *actor;
    mz_str key;
    const mz_person_draft *draft;
    mz_arena *arena;
    mz_person_row row;
} change;

static void apply(const mz_person_draft *draft, mz_person_row *row) {
    mz_person *person = &row->person;
    if (draft->title.data) person->title = draft->title;
    if (draft->email.data) person->email = draft->email;
    if (draft->language.data) person->language = draft->language;
    if (draft->roles) person->roles = draft->roles;
    if (draft->state == MZ_PERSON_STATE_COUNT) return;
    bool back = draft->state == MZ_PERSON_ACTIVE || draft->state == MZ_PERSON_INVITED;
    person->state = !back ? draft->state : row->password_once ? MZ_PERSON_INVITED : MZ_PERSON_ACTIVE;
}

/* A key has no more rights than whoever made it: none of them when that person may not come in any more. */
static mz_status take_keys_back(const change *changing, mz_sql *sql, const mz_person *before, mz_error *error) {
    const mz_person *after = &changing->row.person;
    bool out = after->state == MZ_PERSON_LOCKED || after->state == MZ_PERSON_LEFT;
    if (!out && after->roles == before->roles) return MZ_OK;
    uint32_t rights = out ? 0 : mz_rights_to_give(mz_rights_of_roles(after->roles, changing->actor->who->operates));
    return mz_keys_take_back(sql, changing->actor, after->key, rights, changing->arena, error);
}

static mz_status write_change(change *changing, mz_sql *sql, const mz_person *before, mz_error *error) {
    const mz_person *after = &changing->row.person;
    mz_buffer detail;
    mz_buffer_init(&detail, 8192);
    tell_change(&detail, before, after, changing->arena);
    mz_status status = detail.failed ? mz_fail_buffer(&detail, error, "the history") : MZ_OK;
    if (!status) status = mz_person_row_write(sql, &changing->row, error);
    if (!status && (after->state == MZ_PERSON_LOCKED || after->state == MZ_PERSON_LEFT))
        status = mz_person_sign_out(sql, after->agency, after->key, MZ_STR(""), error);
    if (!status) status = take_keys_back(changing, sql, before, error);
    if (!status)
        status = mz_history_add(sql, after->agency, changing->actor, MZ_EVENT_PERSON_CHANGED, after->key, after->name,
                                mz_buffer_view(&detail), error);
    mz_buffer_done(&detail);
    return status;
}

/* Who gives roles has them from somebody else: else one pair of eyes could make itself the second. */
static mz_status check_own(const change *changing, const mz_person *before, mz_error *error) {
    const mz_principal *who = changing->actor->who;
    bool own = who->kind == MZ_PERSON && mz_str_equal(who->key, before->key);
    if (!own || changing->row.person.roles == before->roles) return MZ_OK;
    return mz_fail(error, MZ_ERR_REFUSED, "nobody changes the own roles; ask another who may change people");
}

static mz_status change_person(void *context, mz_sql *sql, mz_error *error) {
    change *changing = context;
    const mz_principal *who = changing->actor->who;
    mz_status status = mz_person_row_get(sql, who->agency, changing->key, changing->arena, &changing->row, error);
    if (status) return status;
    mz_person before = changing->row.person;
    apply(changing->draft, &changing->row);
    status = check_own(changing, &before, error);
    if (!status) status = check_power(who, before.roles, "this person has", error);
    if (!status) status = check_power(who, changing->row.person.roles, "that role has", error);
    if (!status && may_change_people(&before, who->operates) &&
        !may_change_people(&changing->row.person, who->operates))
        status = check_head_remains(sql, who->agency, before.key, who->operates, error);
    if (!status) status = write_change(changing, sql, &before, error);
    return status;
}

mz_status mz_person_change(mz_access *access, const mz_actor *actor, mz_str key, const mz_person_draft *draft,
                           mz_arena *arena, mz_person *ret_person, mz_error *error) {
    change changing = {.actor = actor, .key = key, .draft = draft, .arena = arena};
    mz_status status = check_draft(draft, error);
    if (!status) status = mz_store_change(access->store, change_person, &changing, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the request");
    mz_cache_clear(access->cache);
    if (!status) *ret_person = changing.row.person;
    return status;
}

/* --- helping people who cannot sign in --- */

typedef struct rescue {
    const mz_actor *actor;
    mz_str key, hash; /* hash empty: take the second factor away */
    mz_arena *arena;
    mz_person_row row;
} rescue;

static mz_status read_for_rescue(rescue *helping, mz_sql *sql, mz_error *error) {
    const mz_principal *who = helping->actor->who;
    mz_status status = mz_person_row_get(sql, who->agency, helping->key, helping->arena, &helping->row, error);
    if (!status) status = check_power(who, helping->row.person.roles, "this person has", error);
    return status;
}

static mz_status reset_password(void *context, mz_sql *sql, mz_error *error) {
    rescue *helping = context;
    mz_status status = read_for_rescue(helping, sql, error);
    mz_person_row *row = &helping->row;
    if (status) return status;
    if (row->person.state == MZ_PERSON_LOCKED || row->person.state == MZ_PERSON_LEFT)
        return mz_fail(error, MZ_ERR_REFUSED, "this person is %s; make the person active first",
                       mz_person_state_word(row->person.state));
    row->password = helping->hash;
    row->password_once = true;
    row->password_until = one_time_until();
    row->person.state = MZ_PERSON_INVITED;
    status = mz_person_row_write(sql, row, error);
    if (!status) status = mz_person_sign_out(sql, row->person.agency, row->person.key, MZ_STR(""), error);
    if (!status)
        status = mz_history_add(sql, row->person.agency, helping->actor, MZ_EVENT_PASSWORD_RESET, row->person.key,
                                row->person.name, MZ_STR(""), error);
    return status;
}

mz_status mz_person_reset_password(mz_access *access, const mz_actor *actor, mz_str key, mz_arena *arena,
                                   char ret_password[MZ_ONE_TIME_PASSWORD_SIZE], mz_error *error) {
    char hash[MZ_PASSWORD_HASH_SIZE];
    rescue helping = {.actor = actor, .key = key, .arena = arena};
    mz_status status = mz_one_time_password(access, ret_password, hash, error);
    helping.hash = mz_str_of(hash);
    if (!status) status = mz_store_change(access->store, reset_password, &helping, error);
    mz_cache_clear(access->cache);
    if (!status)
        mz_throttle_forgive(access->names, mz_throttle_name(arena, actor->who->agency, helping.row.person.name));
    return status;
}

static mz_status remove_second_factor(void *context, mz_sql *sql, mz_error *error) {
    rescue *helping = context;
    mz_status status = read_for_rescue(helping, sql, error);
    mz_person_row *row = &helping->row;
    if (status) return status;
    const mz_sql_value values[] = {mz_sql_text(row->person.agency), mz_sql_text(row->person.key)};
    row->totp_secret = row->totp_pending = MZ_STR("");
    status = mz_person_row_write(sql, row, error);
    if (!status)
        status =
            mz_sql_run(sql, "DELETE FROM access_recovery WHERE agency = ?1 AND person = ?2", values, 2, NULL, error);
    if (!status) status = mz_person_sign_out(sql, row->person.agency, row->person.key, MZ_STR(""), error);
    if (!status)
        status = mz_history_add(sql, row->person.agency, helping->actor, MZ_EVENT_SECOND_FACTOR_REMOVED,
                                row->person.key, row->person.name, MZ_STR(""), error);
    return status;
}

mz_status mz_person_remove_second_factor(mz_access *access, const mz_actor *actor, mz_str key, mz_arena *arena,
                                         mz_error *error) {
    rescue helping = {.actor = actor, .key = key, .arena = arena};
    mz_status status = mz_store_change(access->store, remove_second_factor, &helping, error);
    mz_cache_clear(access->cache);
    return status;
}
