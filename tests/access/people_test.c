/* People and keys of agencies: what the rules forbid, and that agencies never meet. */
#include "base/clock.h"
#include "office.h"
#include "store/stores.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static mz_status add_person(office *open, const mz_principal *who, const char *name, uint32_t roles, mz_person *ret,
                            mz_error *error) {
    char once[MZ_ONE_TIME_PASSWORD_SIZE];
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_actor actor = {.who = who};
    draft.name = mz_str_of(name);
    draft.roles = roles;
    return mz_person_add(open->access, &actor, &draft, &open->arena, ret, once, error);
}

STORE_TEST(nobody_of_one_agency_sees_or_changes_anybody_of_another) {
    office open;
    mz_person seen, *people;
    mz_key key, *keys;
    mz_history_entry *entries;
    size_t count;
    mz_error error, unknown;
    char once[MZ_ONE_TIME_PASSWORD_SIZE], secret[MZ_KEY_SIZE];
    office_open(&open, address);
    mz_person leila = office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    mz_actor house = {.who = &open.in_house}, bureau = {.who = &open.in_bureau};
    const mz_key_draft key_draft = {.title = MZ_STR("batch")};
    CHECK_OK(mz_key_add(open.access, &house, &key_draft, &open.arena, &key, secret, &error), error);
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    draft.state = MZ_PERSON_LOCKED;

    /* what is asked of a stranger's key is answered like what is asked of one that does not exist */
    const mz_str nowhere = MZ_STR("01JZZZZZZZZZZZZZZZZZZZZZZZ");
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_person_get(open.access, &open.in_bureau, nowhere, &open.arena, &seen, &unknown));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_person_get(open.access, &open.in_bureau, leila.key, &open.arena, &seen, &error));
    CHECK_TEXT(unknown.text, error.text);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_person_change(open.access, &bureau, leila.key, &draft, &open.arena, &seen, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_person_reset_password(open.access, &bureau, leila.key, &open.arena, once, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_person_remove_second_factor(open.access, &bureau, leila.key, &open.arena, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_key_get(open.access, &open.in_bureau, key.key, &open.arena, &key, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_key_change(open.access, &bureau, key.key, &key_draft, &open.arena, &key, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_key_revoke(open.access, &bureau, key.key, &open.arena, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND,
              mz_person_find(open.access, &open.in_bureau, MZ_STR("leila"), &open.arena, &seen, &error));

    CHECK_OK(mz_people_list(open.access, &open.in_bureau, MZ_STR(""), 100, &open.arena, &people, &count, &error),
             error);
    CHECK_INT(1, count);
    CHECK_STR(MZ_STR("administrator"), people[0].name);
    CHECK_OK(mz_keys_list(open.access, &open.in_bureau, MZ_STR(""), 100, &open.arena, &keys, &count, &error), error);
    CHECK_INT(0, count);
    const mz_history_query all = {.limit = 100}, hers = {.person = leila.key, .limit = 100};
    CHECK_OK(mz_history_list(open.access, open.bureau.key, &all, &open.arena, &entries, &count, &error), error);
    CHECK_INT(2, count); /* its own beginning, and its administrator; by whom of the other is not told */
    CHECK_STR(MZ_STR("operator"), entries[0].actor_kind);
    CHECK(!entries[0].actor.size && !entries[0].actor_name.size && !entries[0].client.size);
    CHECK_OK(mz_history_list(open.access, open.bureau.key, &hers, &open.arena, &entries, &count, &error), error);
    CHECK_INT(0, count);

    /* a name may be had in both: that it is taken would tell */
    CHECK_OK(add_person(&open, &open.in_bureau, "leila", 1u << MZ_ACCESS_VIEWER, &seen, &error), error);
    CHECK_INT(MZ_ERR_REFUSED, add_person(&open, &open.in_bureau, "leila", 1u << MZ_ACCESS_VIEWER, &seen, &error));
    CHECK_INT(MZ_SIGN_IN_DONE, office_try(&open, "house", "leila", OFFICE_PASSWORD, "").outcome);
    office_close(&open);
}

STORE_TEST(nobody_gives_rights_that_they_do_not_have) {
    office open;
    mz_person person;
    mz_key key;
    mz_error error;
    char secret[MZ_KEY_SIZE], once[MZ_ONE_TIME_PASSWORD_SIZE];
    office_open(&open, address);
    mz_person head = office_person(&open, &open.in_house, "head", MZ_ACCESS_ADMINISTRATOR);
    mz_principal clerk = open.in_house; /* a program that brings in people, and may screen nothing */
    clerk.rights = MZ_RIGHT_BIT(MZ_RIGHT_PEOPLE_CHANGE) | MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ);
    mz_actor actor = {.who = &clerk};
    CHECK_OK(add_person(&open, &clerk, "viewer", 1u << MZ_ACCESS_VIEWER, &person, &error), error);
    CHECK_INT(MZ_ERR_REFUSED, add_person(&open, &clerk, "other", 1u << MZ_ACCESS_ADMINISTRATOR, &person, &error));
    CHECK(strstr(error.text, "screen") != NULL);
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    draft.roles = 1u << MZ_ACCESS_ADMINISTRATOR;
    CHECK_INT(MZ_ERR_REFUSED, mz_person_change(open.access, &actor, person.key, &draft, &open.arena, &person, &error));
    CHECK_INT(MZ_ERR_REFUSED, mz_person_reset_password(open.access, &actor, head.key, &open.arena, once, &error));
    CHECK_INT(MZ_ERR_REFUSED, mz_person_remove_second_factor(open.access, &actor, head.key, &open.arena, &error));
    draft = (mz_person_draft)MZ_PERSON_DRAFT_INIT;
    draft.state = MZ_PERSON_LOCKED;
    CHECK_INT(MZ_ERR_REFUSED, mz_person_change(open.access, &actor, head.key, &draft, &open.arena, &person, &error));
    const mz_key_draft screening = {.title = MZ_STR("batch"), .rights = MZ_RIGHT_BIT(MZ_RIGHT_SCREEN)};
    CHECK_INT(MZ_ERR_REFUSED, mz_key_add(open.access, &actor, &screening, &open.arena, &key, secret, &error));
    mz_actor all = {.who = &open.in_house};
    static const mz_right of_people[] = {MZ_RIGHT_OWN_ACCOUNT, MZ_RIGHT_PEOPLE_CHANGE, MZ_RIGHT_AGENCIES};
    for (size_t k = 0; k < sizeof of_people / sizeof *of_people; k++) {
        const mz_key_draft own = {.title = MZ_STR("batch"), .rights = MZ_RIGHT_BIT(of_people[k])};
        mz_test_case("%s", mz_right_word(of_people[k]));
        CHECK_INT(MZ_ERR_INPUT, mz_key_add(open.access, &all, &own, &open.arena, &key, secret, &error));
    }
    office_close(&open);
}

STORE_TEST(an_agency_keeps_somebody_who_may_change_people) {
    office open;
    mz_person *people, now;
    size_t count;
    mz_error error;
    office_open(&open, address);
    mz_actor actor = {.who = &open.in_bureau};
    CHECK_OK(mz_people_list(open.access, &open.in_bureau, MZ_STR(""), 100, &open.arena, &people, &count, &error),
             error);
    CHECK_INT(1, count);
    mz_person_draft demote = MZ_PERSON_DRAFT_INIT, leave = MZ_PERSON_DRAFT_INIT;
    demote.roles = 1u << MZ_ACCESS_VIEWER;
    leave.state = MZ_PERSON_LEFT;
    CHECK_INT(MZ_ERR_REFUSED, mz_person_change(open.access, &actor, people[0].key, &demote, &open.arena, &now, &error));
    CHECK_INT(MZ_ERR_REFUSED, mz_person_change(open.access, &actor, people[0].key, &leave, &open.arena, &now, &error));
    office_person(&open, &open.in_bureau, "second", MZ_ACCESS_ADMINISTRATOR);
    CHECK_OK(mz_person_change(open.access, &actor, people[0].key, &leave, &open.arena, &now, &error), error);
    CHECK_INT(MZ_PERSON_LEFT, now.state);
    office_close(&open);
}

STORE_TEST(names_that_cannot_be_are_refused) {
    office open;
    mz_person person;
    mz_error error;
    char long_one[200];
    memset(long_one, 'a', sizeof long_one - 1);
    long_one[sizeof long_one - 1] = '\0';
    const char *names[] = {"", "a", "a b", "a/b", "ليلى", "a\nb", "';--", long_one};
    office_open(&open, address);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        mz_test_case("%s", names[k]);
        CHECK_INT(MZ_ERR_INPUT, add_person(&open, &open.in_house, names[k], 1u << MZ_ACCESS_VIEWER, &person, &error));
        CHECK(error.text[0]);
    }
    CHECK_INT(MZ_ERR_INPUT, add_person(&open, &open.in_house, "good", 0, &person, &error));
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_actor actor = {.who = &open.in_house};
    draft.title = MZ_STR("Leila\xE2\x80\xAE gpj"); /* a text that turns what follows around */
    CHECK_OK(add_person(&open, &open.in_house, "leila", 1u << MZ_ACCESS_VIEWER, &person, &error), error);
    CHECK_INT(MZ_ERR_INPUT, mz_person_change(open.access, &actor, person.key, &draft, &open.arena, &person, &error));
    draft.title = MZ_STR("ليلى");
    draft.language = MZ_STR("ar");
    CHECK_OK(mz_person_change(open.access, &actor, person.key, &draft, &open.arena, &person, &error), error);
    CHECK_STR(MZ_STR("ليلى"), person.title);
    office_close(&open);
}

STORE_TEST(what_changed_of_a_person_stands_in_the_history) {
    office open;
    mz_person now;
    mz_history_entry *entries;
    size_t count;
    mz_error error;
    office_open(&open, address);
    mz_person leila = office_person(&open, &open.in_house, "leila", MZ_ACCESS_VIEWER);
    mz_actor actor = {.who = &open.in_house, .client = MZ_STR("192.0.2.5")};
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    draft.roles = 1u << MZ_ACCESS_VIEWER | 1u << MZ_ACCESS_AUDITOR;
    CHECK_OK(mz_person_change(open.access, &actor, leila.key, &draft, &open.arena, &now, &error), error);
    const mz_history_query query = {.person = leila.key, .event = MZ_STR("person.changed"), .limit = 10};
    CHECK_OK(mz_history_list(open.access, open.house.key, &query, &open.arena, &entries, &count, &error), error);
    CHECK_INT(1, count);
    CHECK_STR(MZ_STR("{\"roles\":[\"viewer\",\"viewer auditor\"]}"), entries[0].detail);
    CHECK_STR(MZ_STR("command"), entries[0].actor_kind);
    CHECK_STR(MZ_STR("leila"), entries[0].object_name);
    CHECK_STR(MZ_STR("192.0.2.5"), entries[0].client);
    CHECK_INT(OFFICE_NOW, entries[0].at);
    office_close(&open);
}

typedef struct chained {
    mz_str chain;
    mz_arena *arena;
    const mz_sql_value *columns; /* line, personal part */
} chained;

static mz_status read_last(void *context, mz_sql *sql, mz_error *error) {
    chained *last = context;
    const mz_sql_value values[] = {mz_sql_text(last->chain)};
    return mz_sql_first(sql,
                        "SELECT e.line, p.personal FROM audit_entry e JOIN audit_personal p ON p.chain = e.chain AND "
                        "p.number = e.number WHERE e.chain = ?1 AND e.kind = 'person.changed' ORDER BY e.number DESC "
                        "LIMIT 1",
                        values, 1, last->arena, &last->columns, error);
}

STORE_TEST(the_history_is_in_the_audit_chain_with_names_apart) {
    office open;
    mz_person now;
    mz_error error;
    office_open(&open, address);
    mz_person leila = office_person(&open, &open.in_house, "leila", MZ_ACCESS_VIEWER);
    mz_actor actor = {.who = &open.in_house, .client = MZ_STR("192.0.2.5")};
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    draft.roles = 1u << MZ_ACCESS_AUDITOR;
    draft.email = MZ_STR("leila@example.org");
    CHECK_OK(mz_person_change(open.access, &actor, leila.key, &draft, &open.arena, &now, &error), error);
    chained last = {.chain = open.house.key, .arena = &open.arena};
    CHECK_OK(mz_store_read(open.store, read_last, &last, &error), error);
    CHECK(last.columns != NULL);
    mz_str line = last.columns[0].text, personal = last.columns[1].text;
    CHECK(strstr(line.data, "\"body\":{\"roles\":[\"viewer\",\"auditor\"]}") != NULL);
    CHECK(strstr(line.data, leila.key.data) != NULL);
    CHECK(!strstr(line.data, "example.org") && !strstr(line.data, "192.0.2.5") && !strstr(line.data, "\"leila"));
    CHECK_STR(MZ_STR("{\"client\":\"192.0.2.5\",\"email\":true,\"object_name\":\"leila\"}"), personal);
    office_close(&open);
}

STORE_TEST(lists_come_in_pages) {
    office open;
    mz_person *people;
    size_t count, seen = 0;
    mz_error error;
    mz_str after = MZ_STR("");
    char name[16];
    office_open(&open, address);
    for (int k = 0; k < 7; k++) {
        mz_person person;
        snprintf(name, sizeof name, "clerk-%d", k);
        CHECK_OK(add_person(&open, &open.in_house, name, 1u << MZ_ACCESS_VIEWER, &person, &error), error);
    }
    do {
        CHECK_OK(mz_people_list(open.access, &open.in_house, after, 3, &open.arena, &people, &count, &error), error);
        seen += count;
        if (count) after = people[count - 1].key;
    } while (count == 3);
    CHECK_INT(8, seen);
    office_close(&open);
}

/* --- keys --- */

static mz_status try_key(office *open, const char *secret, mz_principal *ret_who) {
    mz_error error;
    const mz_credentials credentials = {.authorization = mz_arena_print(&open->arena, "ApiKey %s", secret)};
    return mz_identify(open->access, &credentials, &open->arena, ret_who, &error);
}

STORE_TEST(a_key_has_the_rights_that_it_was_given_until_it_ends) {
    office open;
    mz_key key, seen;
    mz_principal who;
    mz_error error;
    char secret[MZ_KEY_SIZE];
    office_open(&open, address);
    mz_actor actor = {.who = &open.in_house};
    const mz_key_draft draft = {.title = MZ_STR("core banking"),
                                .rights = MZ_RIGHT_BIT(MZ_RIGHT_SCREEN) | MZ_RIGHT_BIT(MZ_RIGHT_METRICS),
                                .ends = OFFICE_NOW + 3600};
    CHECK_OK(mz_key_add(open.access, &actor, &draft, &open.arena, &key, secret, &error), error);
    CHECK(memcmp(secret, key.shown.data, key.shown.size) == 0);
    CHECK_OK(try_key(&open, secret, &who), error);
    CHECK_INT(MZ_API_KEY, who.kind);
    CHECK_INT(draft.rights, who.rights);
    CHECK_STR(open.house.key, who.agency);
    CHECK_STR(MZ_STR("core banking"), who.name);
    CHECK(!who.session.size && !who.csrf.size);
    who = office_who(&open, mz_arena_print(&open.arena, "bearer %s", secret).data, MZ_STR(""));
    CHECK_INT(MZ_API_KEY, who.kind);
    CHECK_OK(mz_key_get(open.access, &open.in_house, key.key, &open.arena, &seen, &error), error);
    CHECK_INT(OFFICE_NOW, seen.used);
    office_later(3599);
    CHECK_OK(try_key(&open, secret, &who), error);
    office_later(1); /* also when it is still in memory */
    CHECK_INT(MZ_ERR_REFUSED, try_key(&open, secret, &who));
    office_close(&open);
}

/* Asks with a key while a change is being made: this would wait for itself for ten seconds, if it waited. */
typedef struct busy_writer {
    office *open;
    const char *secret;
} busy_writer;

static mz_status ask_while_writing(void *context, mz_sql *sql, mz_error *error) {
    const busy_writer *writing = context;
    mz_principal who;
    const mz_sql_value values[] = {mz_sql_text(writing->open->house.key)};
    mz_status status =
        mz_sql_run(sql, "UPDATE access_agency SET title = 'House' WHERE agency = ?1", values, 1, NULL, error);
    if (!status) CHECK_OK(try_key(writing->open, writing->secret, &who), *error);
    return status;
}

TEST(that_a_key_was_used_is_noted_without_waiting_for_a_writer) {
    office open;
    mz_key key, seen;
    mz_principal who;
    mz_error error;
    char secret[MZ_KEY_SIZE];
    office_open(&open, mz_test_sqlite());
    mz_actor actor = {.who = &open.in_house};
    const mz_key_draft draft = {.title = MZ_STR("batch")};
    CHECK_OK(mz_key_add(open.access, &actor, &draft, &open.arena, &key, secret, &error), error);
    busy_writer writing = {&open, secret};
    uint64_t began_ns = mz_clock_ns();
    CHECK_OK(mz_store_change(open.store, ask_while_writing, &writing, &error), error);
    CHECK(mz_clock_ns() - began_ns < UINT64_C(5000000000));
    CHECK_OK(mz_key_get(open.access, &open.in_house, key.key, &open.arena, &seen, &error), error);
    CHECK_INT(0, seen.used);
    office_later(MZ_ACCESS_STALE_S); /* nothing is lost by it */
    CHECK_OK(try_key(&open, secret, &who), error);
    CHECK_OK(mz_key_get(open.access, &open.in_house, key.key, &open.arena, &seen, &error), error);
    CHECK_INT(office_moment(), seen.used);
    office_close(&open);
}

STORE_TEST(a_revoked_key_stops_at_once_and_elsewhere_after_five_seconds) {
    office open;
    mz_key key;
    mz_principal who;
    mz_error error;
    mz_access *elsewhere;
    char secret[MZ_KEY_SIZE];
    mz_access_settings settings = MZ_ACCESS_SETTINGS_INIT;
    settings.password_cost = (mz_password_cost){.memory_bytes = 16384, .passes = 1};
    office_open(&open, address);
    CHECK_OK(mz_access_open(open.store, &settings, &elsewhere, &error), error); /* another process */
    mz_actor actor = {.who = &open.in_house};
    const mz_key_draft draft = {.title = MZ_STR("batch")};
    CHECK_OK(mz_key_add(open.access, &actor, &draft, &open.arena, &key, secret, &error), error);
    const mz_credentials credentials = {.authorization = mz_arena_print(&open.arena, "ApiKey %s", secret)};
    CHECK_OK(try_key(&open, secret, &who), error);
    CHECK_OK(mz_identify(elsewhere, &credentials, &open.arena, &who, &error), error);
    CHECK_OK(mz_key_revoke(open.access, &actor, key.key, &open.arena, &error), error);
    CHECK_OK(mz_key_revoke(open.access, &actor, key.key, &open.arena, &error), error);
    CHECK_INT(1, office_entries(&open, &open.house, MZ_EVENT_KEY_REVOKED));
    CHECK_INT(MZ_ERR_REFUSED, try_key(&open, secret, &who));
    office_later(MZ_ACCESS_STALE_S - 1);
    CHECK_OK(mz_identify(elsewhere, &credentials, &open.arena, &who, &error), error);
    office_later(1);
    CHECK_INT(MZ_ERR_REFUSED, mz_identify(elsewhere, &credentials, &open.arena, &who, &error));
    mz_access_close(elsewhere);
    office_close(&open);
}

STORE_TEST(a_key_ends_with_the_rights_of_whoever_made_it) {
    enum { SCREENING, READING, ANOTHERS, KEYS };
    office open;
    mz_key keys[KEYS];
    mz_principal who;
    mz_person now;
    mz_error error;
    char secrets[KEYS][MZ_KEY_SIZE];
    office_open(&open, address);
    mz_person leila = office_person(&open, &open.in_bureau, "leila", MZ_ACCESS_ADMINISTRATOR);
    mz_principal maker = office_who(&open, NULL, office_cookie(&open, "bureau", "leila"));
    mz_actor making = {.who = &maker}, actor = {.who = &open.in_bureau};
    const mz_key_draft screening = {.title = MZ_STR("screening"), .rights = MZ_RIGHT_BIT(MZ_RIGHT_SCREEN)};
    const mz_key_draft reading = {.title = MZ_STR("reading"), .rights = MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ)};
    CHECK_OK(mz_key_add(open.access, &making, &screening, &open.arena, &keys[SCREENING], secrets[SCREENING], &error),
             error);
    CHECK_OK(mz_key_add(open.access, &making, &reading, &open.arena, &keys[READING], secrets[READING], &error), error);
    CHECK_OK(mz_key_add(open.access, &actor, &screening, &open.arena, &keys[ANOTHERS], secrets[ANOTHERS], &error),
             error);
    for (int k = 0; k < KEYS; k++) CHECK_OK(try_key(&open, secrets[k], &who), error);

    mz_person_draft demote = MZ_PERSON_DRAFT_INIT, lock = MZ_PERSON_DRAFT_INIT;
    demote.roles = 1u << MZ_ACCESS_VIEWER; /* who may read, and screens nothing */
    lock.state = MZ_PERSON_LOCKED;
    CHECK_OK(mz_person_change(open.access, &actor, leila.key, &demote, &open.arena, &now, &error), error);
    CHECK_INT(MZ_ERR_REFUSED, try_key(&open, secrets[SCREENING], &who));
    CHECK_OK(try_key(&open, secrets[READING], &who), error);
    CHECK_OK(mz_person_change(open.access, &actor, leila.key, &lock, &open.arena, &now, &error), error);
    CHECK_INT(MZ_ERR_REFUSED, try_key(&open, secrets[READING], &who));
    CHECK_OK(try_key(&open, secrets[ANOTHERS], &who), error);
    CHECK_INT(2, office_entries(&open, &open.bureau, MZ_EVENT_KEY_REVOKED));
    lock.state = MZ_PERSON_ACTIVE; /* which brings no key back */
    CHECK_OK(mz_person_change(open.access, &actor, leila.key, &lock, &open.arena, &now, &error), error);
    CHECK_INT(MZ_ERR_REFUSED, try_key(&open, secrets[READING], &who));
    office_close(&open);
}

STORE_TEST(keys_that_are_none_are_refused_alike) {
    office open;
    mz_principal who;
    mz_error first, error;
    char unknown[MZ_KEY_SIZE], slip[MZ_KEY_SIZE];
    office_open(&open, address);
    mz_key_new(unknown);
    memcpy(slip, unknown, sizeof slip);
    slip[10] = slip[10] == 'a' ? 'b' : 'a';
    const char *headers[] = {"ApiKey ", "ApiKey x", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
                             mz_arena_print(&open.arena, "ApiKey %s", unknown).data,
                             mz_arena_print(&open.arena, "ApiKey %s", slip).data};
    for (size_t k = 0; k < sizeof headers / sizeof *headers; k++) {
        const mz_credentials credentials = {.authorization = mz_str_of(headers[k])};
        mz_test_case("%s", headers[k]);
        CHECK_INT(MZ_ERR_REFUSED, mz_identify(open.access, &credentials, &open.arena, &who, k ? &error : &first));
        if (k) CHECK_TEXT(first.text, error.text);
    }
    who = office_who(&open, "Basic dXNlcjpwYXNz", MZ_STR("")); /* which a proxy in front may have asked for */
    CHECK_INT(MZ_ANONYMOUS, who.kind);
    office_close(&open);
}

STORE_TEST(rights_over_what_all_share_are_of_the_agency_that_operates) {
    office open;
    mz_key key;
    mz_principal who;
    mz_error error;
    char secret[MZ_KEY_SIZE];
    office_open(&open, address);
    mz_actor actor = {.who = &open.in_bureau};
    const mz_key_draft draft = {.title = MZ_STR("lists"),
                                .rights = MZ_RIGHT_BIT(MZ_RIGHT_LISTS_CHANGE) | MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ)};
    CHECK_OK(mz_key_add(open.access, &actor, &draft, &open.arena, &key, secret, &error), error);
    CHECK_OK(try_key(&open, secret, &who), error);
    CHECK_INT(MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ), who.rights);
    office_close(&open);
}

/* --- agencies --- */

STORE_TEST(nobody_of_a_locked_agency_gets_in) {
    office open;
    mz_key key;
    mz_agency now;
    mz_principal who;
    mz_error error;
    char secret[MZ_KEY_SIZE];
    office_open(&open, address);
    office_person(&open, &open.in_bureau, "leila", MZ_ACCESS_ANALYST);
    mz_str cookie = office_cookie(&open, "bureau", "leila");
    mz_actor inside = {.who = &open.in_bureau}, operating = {.who = &open.in_house};
    const mz_key_draft draft = {.title = MZ_STR("batch")};
    CHECK_OK(mz_key_add(open.access, &inside, &draft, &open.arena, &key, secret, &error), error);
    mz_agency_draft lock = MZ_AGENCY_DRAFT_INIT;
    lock.locked = 1;
    CHECK_OK(mz_agency_change(open.access, &operating, open.bureau.key, &lock, &open.arena, &now, &error), error);
    CHECK_INT(MZ_ANONYMOUS, office_who(&open, NULL, cookie).kind);
    CHECK_INT(MZ_ERR_REFUSED, try_key(&open, secret, &who));
    CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "bureau", "leila", OFFICE_PASSWORD, "").outcome);
    CHECK_INT(MZ_ERR_REFUSED,
              mz_agency_change(open.access, &operating, open.house.key, &lock, &open.arena, &now, &error));
    lock.locked = 0;
    CHECK_OK(mz_agency_change(open.access, &operating, open.bureau.key, &lock, &open.arena, &now, &error), error);
    CHECK_INT(MZ_PERSON, office_who(&open, NULL, cookie).kind);
    office_close(&open);
}

STORE_TEST(a_store_begins_once) {
    office open;
    mz_agency other;
    mz_error error;
    char once[MZ_ONE_TIME_PASSWORD_SIZE];
    office_open(&open, address);
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    mz_actor actor = {.who = &open.in_house};
    draft.name = MZ_STR("third");
    CHECK_INT(MZ_ERR_REFUSED, mz_agency_begin(open.access, &draft, MZ_STR("test"), &open.arena, &other, once, &error));
    draft.name = MZ_STR("bureau");
    CHECK_INT(MZ_ERR_REFUSED, mz_agency_add(open.access, &actor, &draft, &open.arena, &other, once, &error));
    draft.name = MZ_STR("No Good");
    CHECK_INT(MZ_ERR_INPUT, mz_agency_add(open.access, &actor, &draft, &open.arena, &other, once, &error));
    CHECK_OK(mz_agency_find(open.access, MZ_STR(""), &open.arena, &other, &error), error);
    CHECK_STR(MZ_STR("house"), other.name);
    CHECK_OK(mz_agency_find(open.access, MZ_STR("bureau"), &open.arena, &other, &error), error);
    CHECK(!other.operates);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_agency_find(open.access, MZ_STR("nowhere"), &open.arena, &other, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_agency_get(open.access, MZ_STR(""), &open.arena, &other, &error));
    office_close(&open);
}

TEST_MAIN()
