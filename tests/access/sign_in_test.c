/* Signing in: first use, wrong tries, second factors, sessions that end. */
#include "access/totp.h"
#include "base/error.h"
#include "office.h"
#include "store/backend.h"
#include "store/stores.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static const mz_str nothing = MZ_STR_INIT("");

static bool has_only_own_account(const mz_principal *who) {
    return who->rights == MZ_RIGHTS_AT_FIRST;
}

STORE_TEST(a_one_time_password_opens_nothing_but_ones_own_account) {
    office open;
    mz_person person;
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_error error;
    char once[MZ_ONE_TIME_PASSWORD_SIZE], session[MZ_TOKEN_SIZE];
    office_open(&open, address);
    mz_actor actor = {.who = &open.in_house};
    draft.name = MZ_STR("Leila@Example.com ");
    draft.roles = 1u << MZ_ACCESS_ADMINISTRATOR;
    CHECK_OK(mz_person_add(open.access, &actor, &draft, &open.arena, &person, once, &error), error);
    CHECK_STR(MZ_STR("leila@example.com"), person.name);
    mz_signed_in first = office_try(&open, "house", "LEILA@example.com", once, "");
    CHECK_INT(MZ_SIGN_IN_DONE, first.outcome);
    mz_str cookie = mz_arena_print(&open.arena, "mizan_session=%s", first.session);
    mz_principal who = office_who(&open, NULL, cookie);
    CHECK(has_only_own_account(&who));

    mz_actor self = {.who = &who};
    CHECK_INT(MZ_ERR_INPUT, mz_password_change(open.access, &self, mz_str_of(once), MZ_STR("leila-leila-leila"),
                                               &open.arena, session, &error));
    CHECK_INT(MZ_ERR_INPUT,
              mz_password_change(open.access, &self, mz_str_of(once), mz_str_of(once), &open.arena, session, &error));
    CHECK_INT(MZ_ERR_REFUSED, mz_password_change(open.access, &self, MZ_STR("something else"), MZ_STR(OFFICE_PASSWORD),
                                                 &open.arena, session, &error));
    CHECK_OK(
        mz_password_change(open.access, &self, mz_str_of(once), MZ_STR(OFFICE_PASSWORD), &open.arena, session, &error),
        error);
    CHECK_INT(MZ_ANONYMOUS, office_who(&open, NULL, cookie).kind); /* the old token is worth nothing */
    mz_principal now = office_who(&open, NULL, mz_arena_print(&open.arena, "mizan_session=%s", session));
    CHECK(mz_may(&now, MZ_RIGHT_PEOPLE_CHANGE));
    CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "house", "leila@example.com", once, "").outcome);
    CHECK_INT(1, office_entries(&open, &open.house, MZ_EVENT_PASSWORD_CHANGED));
    office_close(&open);
}

STORE_TEST(a_one_time_password_is_good_for_a_week) {
    office open;
    mz_person person;
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_error error;
    char once[MZ_ONE_TIME_PASSWORD_SIZE];
    office_open(&open, address);
    mz_actor actor = {.who = &open.in_house};
    draft.name = MZ_STR("karim");
    draft.roles = 1u << MZ_ACCESS_VIEWER;
    CHECK_OK(mz_person_add(open.access, &actor, &draft, &open.arena, &person, once, &error), error);
    office_later(7 * 86400 - 1);
    CHECK_INT(MZ_SIGN_IN_DONE, office_try(&open, "house", "karim", once, "").outcome);
    office_later(1);
    CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "house", "karim", once, "").outcome);
    office_close(&open);
}

STORE_TEST(who_is_not_there_is_answered_as_who_is) {
    office open;
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_SCREENER);
    static const char *const tries[][3] = {
        {"house", "leila", "not the password"},
        {"house", "nobody", OFFICE_PASSWORD},
        {"nowhere", "leila", OFFICE_PASSWORD},
        {"bureau", "leila", OFFICE_PASSWORD},
        {"", "leila", OFFICE_PASSWORD}, /* which of the two? */
        {"house", "", ""},
        {"house", "\xFF\n", "x"},
        {"HOUSE", "leila", OFFICE_PASSWORD},
    };
    for (size_t k = 0; k < sizeof tries / sizeof *tries; k++) {
        mz_test_case("%s / %s", tries[k][0], tries[k][1]);
        CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, tries[k][0], tries[k][1], tries[k][2], "").outcome);
    }
    CHECK_INT(MZ_SIGN_IN_DONE, office_try(&open, "house", "leila", OFFICE_PASSWORD, "").outcome);
    /* what nobody can be told of stands in the history of who operates the service */
    CHECK_INT(7, office_entries(&open, &open.house, MZ_EVENT_SESSION_REFUSED));
    CHECK_INT(1, office_entries(&open, &open.bureau, MZ_EVENT_SESSION_REFUSED));
    office_close(&open);
}

STORE_TEST(a_name_is_delayed_whether_somebody_has_it_or_not) {
    static const char *const names[] = {"leila", "nobody"};
    office open;
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_SCREENER);
    for (size_t n = 0; n < 2; n++) {
        mz_test_case("%s", names[n]);
        for (int k = 0; k < 6; k++)
            CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "house", names[n], "not the password", "").outcome);
        mz_signed_in seventh = office_try(&open, "house", names[n], OFFICE_PASSWORD, "");
        CHECK_INT(MZ_SIGN_IN_WAIT, seventh.outcome);
        CHECK_INT(2, seventh.wait_s);
    }
    office_later(2);
    CHECK_INT(MZ_SIGN_IN_DONE, office_try(&open, "house", "leila", OFFICE_PASSWORD, "").outcome);
    office_close(&open);
}

STORE_TEST(whoever_tries_a_name_does_not_keep_out_its_owner) {
    office open;
    mz_error error;
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_SCREENER);
    mz_signed_in own = office_try(&open, "house", "leila", OFFICE_PASSWORD, "");
    CHECK(own.device[0] != '\0');
    for (int k = 0; k < 6; k++) (void)office_try(&open, "house", "leila", "not the password", "");
    CHECK_INT(MZ_SIGN_IN_WAIT, office_try(&open, "house", "leila", OFFICE_PASSWORD, "").outcome);
    mz_sign_in known = {.agency = MZ_STR("house"),
                        .name = MZ_STR("leila"),
                        .password = MZ_STR(OFFICE_PASSWORD),
                        .device = mz_str_of(own.device),
                        .client = MZ_STR("192.0.2.9")};
    mz_signed_in again;
    CHECK_OK(mz_sign_in_try(open.access, &known, &open.arena, &again, &error), error);
    CHECK_INT(MZ_SIGN_IN_DONE, again.outcome);
    CHECK_TEXT("", again.device); /* it is known, and keeps its cookie */
    /* a device is of one person */
    office_person(&open, &open.in_house, "karim", MZ_ACCESS_SCREENER);
    for (int k = 0; k < 6; k++) (void)office_try(&open, "house", "karim", "not the password", "");
    known.name = MZ_STR("karim");
    CHECK_OK(mz_sign_in_try(open.access, &known, &open.arena, &again, &error), error);
    CHECK_INT(MZ_SIGN_IN_WAIT, again.outcome);
    office_close(&open);
}

/* One try of that name with a password that is not its own, or with its own. */
static mz_signed_in try_from(office *open, const char *client, const char *name, const char *password,
                             const char *device) {
    mz_signed_in signed_in;
    mz_error error;
    const mz_sign_in given = {.agency = MZ_STR("house"),
                              .name = mz_str_of(name),
                              .password = mz_str_of(password),
                              .device = mz_str_of(device),
                              .client = mz_str_of(client)};
    CHECK_OK(mz_sign_in_try(open->access, &given, &open->arena, &signed_in, &error), error);
    return signed_in;
}

static void try_many_names(office *open, const char *client) {
    char name[32];
    for (int k = 0; k < 21; k++) {
        snprintf(name, sizeof name, "name-%d", k);
        mz_test_case("%s from %s", name, client);
        CHECK_INT(MZ_SIGN_IN_WRONG, try_from(open, client, name, "not the password", "").outcome);
    }
}

STORE_TEST(one_address_is_delayed_over_all_names_but_for_browsers_that_are_known) {
    char unknown[MZ_TOKEN_SIZE];
    office open;
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_SCREENER);
    mz_signed_in own = try_from(&open, "192.0.2.7", "leila", OFFICE_PASSWORD, "");
    CHECK_INT(MZ_SIGN_IN_DONE, own.outcome);
    try_many_names(&open, "192.0.2.7");
    CHECK_INT(MZ_SIGN_IN_WAIT, try_from(&open, "192.0.2.7", "another", "not the password", "").outcome);
    CHECK_INT(MZ_SIGN_IN_WAIT, try_from(&open, "192.0.2.7", "leila", OFFICE_PASSWORD, "").outcome);
    mz_token_new(MZ_SECRET_DEVICE, unknown);
    CHECK_INT(MZ_SIGN_IN_WAIT, try_from(&open, "192.0.2.7", "leila", OFFICE_PASSWORD, unknown).outcome);
    CHECK_INT(MZ_SIGN_IN_WAIT, try_from(&open, "192.0.2.7", "another", OFFICE_PASSWORD, own.device).outcome);
    CHECK_INT(MZ_SIGN_IN_DONE, try_from(&open, "192.0.2.7", "leila", OFFICE_PASSWORD, own.device).outcome);
    office_close(&open);
}

STORE_TEST(strangers_do_not_keep_out_everybody_behind_a_proxy) {
    static const char *const clients[] = {"127.0.0.1", "::1", "::ffff:127.0.0.1", "local"};
    office open;
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_SCREENER);
    for (size_t k = 0; k < sizeof clients / sizeof *clients; k++) {
        try_many_names(&open, clients[k]); /* each of them as often as is free */
        CHECK_INT(MZ_SIGN_IN_DONE, try_from(&open, clients[k], "leila", OFFICE_PASSWORD, "").outcome);
    }
    for (int k = 0; k < 6; k++) (void)try_from(&open, "local", "karim", "not the password", "");
    CHECK_INT(MZ_SIGN_IN_WAIT, try_from(&open, "local", "karim", "not the password", "").outcome);
    office_close(&open);
}

STORE_TEST(somebody_who_is_locked_or_left_does_not_get_in) {
    office open;
    mz_error error;
    office_open(&open, address);
    mz_person person = office_person(&open, &open.in_house, "leila", MZ_ACCESS_SCREENER), now;
    mz_actor actor = {.who = &open.in_house};
    static const mz_person_state states[] = {MZ_PERSON_LOCKED, MZ_PERSON_LEFT};
    for (size_t k = 0; k < 2; k++) {
        mz_str cookie = office_cookie(&open, "house", "leila");
        CHECK_INT(MZ_PERSON, office_who(&open, NULL, cookie).kind);
        mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
        draft.state = states[k];
        CHECK_OK(mz_person_change(open.access, &actor, person.key, &draft, &open.arena, &now, &error), error);
        CHECK_INT(MZ_ANONYMOUS, office_who(&open, NULL, cookie).kind);
        CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "house", "leila", OFFICE_PASSWORD, "").outcome);
        draft.state = MZ_PERSON_ACTIVE;
        CHECK_OK(mz_person_change(open.access, &actor, person.key, &draft, &open.arena, &now, &error), error);
        CHECK_INT(MZ_PERSON_ACTIVE, now.state);
    }
    office_close(&open);
}

/* --- a transaction that is repeated --- */

/* The store's own backend, but for one change: while it begins somebody else sets the password anew, and its first
 * commit meets another. */
static struct {
    mz_sql_backend backend;
    const mz_sql_backend *own;
    mz_access *elsewhere;
    const mz_actor *actor;
    mz_str key;
    mz_arena *arena;
    int begun, committed;
} meddling;

static mz_status meddling_begin(mz_sql *sql, mz_sql_begin how, mz_error *error) {
    char once[MZ_ONE_TIME_PASSWORD_SIZE];
    if (how == MZ_SQL_CHANGE && !meddling.begun++)
        CHECK_OK(
            mz_person_reset_password(meddling.elsewhere, meddling.actor, meddling.key, meddling.arena, once, error),
            *error);
    return meddling.own->begin(sql, how, error);
}

static mz_status meddling_commit(mz_sql *sql, mz_error *error) {
    if (sql->reading || meddling.committed++) return meddling.own->commit(sql, error);
    (void)mz_fail(error, MZ_ERR_BUSY, "it met another");
    return mz_sql_failed(sql, MZ_SQL_MET_ANOTHER, error);
}

STORE_TEST(a_password_that_was_changed_meanwhile_is_worth_nothing_also_at_the_second_attempt) {
    office open;
    mz_error error;
    mz_store *other;
    mz_access_settings settings = MZ_ACCESS_SETTINGS_INIT;
    settings.password_cost = (mz_password_cost){.memory_bytes = 16384, .passes = 1};
    office_open(&open, address);
    mz_person leila = office_person(&open, &open.in_house, "leila", MZ_ACCESS_SCREENER);
    const mz_actor actor = {.who = &open.in_house};
    CHECK_OK(mz_store_open(address, &other, &error), error);
    meddling.begun = meddling.committed = 0;
    meddling.key = leila.key;
    meddling.actor = &actor;
    meddling.arena = &open.arena;
    CHECK_OK(mz_access_open(other, &settings, &meddling.elsewhere, &error), error);
    const mz_sql_backend **place = (const mz_sql_backend **)open.store; /* the first of what a store is made of */
    meddling.own = *place;
    meddling.backend = *meddling.own;
    meddling.backend.begin = meddling_begin;
    meddling.backend.commit = meddling_commit;
    *place = &meddling.backend;
    mz_signed_in tried = office_try(&open, "house", "leila", OFFICE_PASSWORD, "");
    *place = meddling.own;
    CHECK_INT(2, meddling.begun);
    CHECK_INT(MZ_SIGN_IN_WRONG, tried.outcome);
    CHECK_INT(1, office_entries(&open, &open.house, MZ_EVENT_SESSION_REFUSED));
    mz_access_close(meddling.elsewhere);
    mz_store_close(other);
    office_close(&open);
}

/* --- second factor --- */

/* Sets one up; the secret is returned, and the step moved on so that the next code is a new one. */
static mz_str set_up(office *open, const mz_principal *who, char codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE]) {
    mz_str secret, uri;
    mz_error error;
    char code[MZ_TOTP_DIGITS + 1];
    mz_actor self = {.who = who};
    CHECK_OK(mz_second_factor_begin(open->access, &self, MZ_STR(OFFICE_PASSWORD), nothing, &open->arena, &secret, &uri,
                                    &error),
             error);
    CHECK(uri.size > 20 && memcmp(uri.data, "otpauth://totp/", 15) == 0);
    CHECK_INT(MZ_ERR_REFUSED,
              mz_second_factor_confirm(open->access, &self, MZ_STR("12345"), &open->arena, codes, &error));
    CHECK(mz_totp_code(secret, office_moment() / 30, code));
    CHECK_OK(mz_second_factor_confirm(open->access, &self, mz_str_of(code), &open->arena, codes, &error), error);
    office_later(30);
    return secret;
}

static const char *code_now(office *open, mz_str secret) {
    char code[MZ_TOTP_DIGITS + 1];
    CHECK(mz_totp_code(secret, office_moment() / 30, code));
    return mz_arena_copy(&open->arena, mz_str_of(code)).data;
}

STORE_TEST(a_second_factor_is_asked_for_and_each_code_serves_once) {
    office open;
    char codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE];
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    mz_principal who = office_who(&open, NULL, office_cookie(&open, "house", "leila"));
    mz_str secret = set_up(&open, &who, codes);
    CHECK_INT(MZ_SIGN_IN_CODE_NEEDED, office_try(&open, "house", "leila", OFFICE_PASSWORD, "").outcome);
    CHECK_INT(1, office_entries(&open, &open.house, MZ_EVENT_SESSION_CODE_ASKED)); /* the password is known */
    CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "house", "leila", OFFICE_PASSWORD, "000000x").outcome);
    CHECK_INT(MZ_SIGN_IN_WRONG,
              office_try(&open, "house", "leila", "not the password", code_now(&open, secret)).outcome);
    CHECK_INT(MZ_SIGN_IN_DONE, office_try(&open, "house", "leila", OFFICE_PASSWORD, code_now(&open, secret)).outcome);
    CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "house", "leila", OFFICE_PASSWORD, code_now(&open, secret)).outcome);
    office_later(30);
    CHECK_INT(MZ_SIGN_IN_DONE, office_try(&open, "house", "leila", OFFICE_PASSWORD, code_now(&open, secret)).outcome);
    office_close(&open);
}

STORE_TEST(a_second_factor_ends_the_sessions_that_were_opened_without_it) {
    office open;
    char codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE];
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    mz_str other = office_cookie(&open, "house", "leila"), own = office_cookie(&open, "house", "leila");
    mz_principal who = office_who(&open, NULL, own);
    CHECK_INT(MZ_PERSON, office_who(&open, NULL, other).kind);
    (void)set_up(&open, &who, codes);
    CHECK_INT(MZ_ANONYMOUS, office_who(&open, NULL, other).kind);
    CHECK_INT(MZ_PERSON, office_who(&open, NULL, own).kind);
    office_close(&open);
}

STORE_TEST(a_recovery_code_stands_in_for_the_application_once) {
    office open;
    mz_account account;
    mz_error error;
    char codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE];
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    mz_principal who = office_who(&open, NULL, office_cookie(&open, "house", "leila"));
    (void)set_up(&open, &who, codes);
    CHECK_INT(MZ_SIGN_IN_DONE, office_try(&open, "house", "leila", OFFICE_PASSWORD, codes[3]).outcome);
    CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "house", "leila", OFFICE_PASSWORD, codes[3]).outcome);
    CHECK_OK(mz_account_get(open.access, &who, &open.arena, &account, &error), error);
    CHECK_INT(MZ_RECOVERY_CODES - 1, account.recovery_codes);
    CHECK_INT(1, office_entries(&open, &open.house, MZ_EVENT_RECOVERY_USED));
    office_close(&open);
}

STORE_TEST(codes_cannot_be_guessed_by_who_has_the_password) {
    office open;
    char codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE];
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    mz_principal who = office_who(&open, NULL, office_cookie(&open, "house", "leila"));
    (void)set_up(&open, &who, codes);
    for (int k = 0; k < 6; k++) {
        CHECK_INT(MZ_SIGN_IN_CODE_NEEDED, office_try(&open, "house", "leila", OFFICE_PASSWORD, "").outcome);
        CHECK_INT(MZ_SIGN_IN_WRONG, office_try(&open, "house", "leila", OFFICE_PASSWORD, "00000x").outcome);
    }
    CHECK_INT(MZ_SIGN_IN_WAIT, office_try(&open, "house", "leila", OFFICE_PASSWORD, "00000x").outcome);
    office_close(&open);
}

STORE_TEST(codes_cannot_be_guessed_in_a_session_either) {
    office open;
    mz_error error;
    char codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE], session[MZ_TOKEN_SIZE];
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    mz_principal who = office_who(&open, NULL, office_cookie(&open, "house", "leila"));
    mz_str secret = set_up(&open, &who, codes), begun, uri;
    mz_actor self = {.who = &who};
    size_t before = office_entries(&open, &open.house, MZ_EVENT_PROOF_REFUSED);
    for (int k = 0; k < 5; k++) {
        /* that the password is right, shown by a change of it that comes to nothing, takes no count back */
        CHECK_INT(MZ_ERR_INPUT, mz_password_change(open.access, &self, MZ_STR(OFFICE_PASSWORD), MZ_STR("short"),
                                                   &open.arena, session, &error));
        CHECK_INT(MZ_ERR_REFUSED, k % 2 ? mz_second_factor_remove(open.access, &self, MZ_STR(OFFICE_PASSWORD),
                                                                  MZ_STR("00000x"), &open.arena, &error)
                                        : mz_second_factor_begin(open.access, &self, MZ_STR(OFFICE_PASSWORD),
                                                                 MZ_STR("00000x"), &open.arena, &begun, &uri, &error));
    }
    CHECK_INT(5, office_entries(&open, &open.house, MZ_EVENT_PROOF_REFUSED) - before);
    mz_str code = mz_str_of(code_now(&open, secret));
    CHECK_INT(MZ_ERR_BUSY,
              mz_second_factor_remove(open.access, &self, MZ_STR(OFFICE_PASSWORD), code, &open.arena, &error));
    office_later(60);
    code = mz_str_of(code_now(&open, secret));
    CHECK_OK(mz_second_factor_remove(open.access, &self, MZ_STR(OFFICE_PASSWORD), code, &open.arena, &error), error);
    office_close(&open);
}

STORE_TEST(an_agency_may_demand_a_second_factor_of_everybody) {
    office open;
    mz_agency agency;
    mz_error error;
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    char codes[MZ_RECOVERY_CODES][MZ_RECOVERY_SIZE];
    office_open(&open, address);
    office_person(&open, &open.in_bureau, "leila", MZ_ACCESS_ANALYST);
    mz_str cookie = office_cookie(&open, "bureau", "leila");
    mz_principal who = office_who(&open, NULL, cookie);
    CHECK(mz_may(&who, MZ_RIGHT_SCREEN));
    draft.second_factor = 1;
    mz_actor actor = {.who = &open.in_bureau};
    CHECK_OK(mz_agency_change(open.access, &actor, open.bureau.key, &draft, &open.arena, &agency, &error), error);
    who = office_who(&open, NULL, cookie);
    CHECK(has_only_own_account(&who));
    mz_str secret = set_up(&open, &who, codes);
    who = office_who(&open, NULL, cookie);
    CHECK(mz_may(&who, MZ_RIGHT_SCREEN));
    mz_actor self = {.who = &who};
    CHECK_INT(MZ_ERR_REFUSED, mz_second_factor_remove(open.access, &self, MZ_STR(OFFICE_PASSWORD), MZ_STR("00000x"),
                                                      &open.arena, &error));
    CHECK_INT(MZ_ERR_REFUSED, mz_second_factor_remove(open.access, &self, MZ_STR("not the password"),
                                                      mz_str_of(code_now(&open, secret)), &open.arena, &error));
    CHECK_OK(mz_second_factor_remove(open.access, &self, MZ_STR(OFFICE_PASSWORD), mz_str_of(code_now(&open, secret)),
                                     &open.arena, &error),
             error);
    who = office_who(&open, NULL, cookie);
    CHECK(has_only_own_account(&who));
    office_close(&open);
}

/* --- sessions --- */

STORE_TEST(a_session_ends_when_it_is_not_used_and_in_any_case) {
    office open;
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    mz_str idle = office_cookie(&open, "house", "leila"), used = office_cookie(&open, "house", "leila");
    for (int64_t hours = 0; hours < 24; hours++) {
        mz_test_case("after %lld half hours", (long long)hours);
        CHECK_INT(MZ_PERSON, office_who(&open, NULL, used).kind);
        office_later(29 * 60);
    }
    CHECK_INT(MZ_ANONYMOUS, office_who(&open, NULL, idle).kind);
    CHECK_INT(MZ_PERSON, office_who(&open, NULL, used).kind);
    office_later(25 * 60);
    CHECK_INT(MZ_ANONYMOUS, office_who(&open, NULL, used).kind); /* twelve hours and more after it began */
    office_close(&open);
}

STORE_TEST(sessions_are_listed_and_ended_by_their_owner_alone) {
    office open;
    mz_session *sessions;
    size_t count;
    mz_error error;
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    office_person(&open, &open.in_house, "karim", MZ_ACCESS_ADMINISTRATOR);
    mz_str first = office_cookie(&open, "house", "leila"), second = office_cookie(&open, "house", "leila");
    mz_principal who = office_who(&open, NULL, first), other = office_who(&open, NULL, second);
    mz_principal karim = office_who(&open, NULL, office_cookie(&open, "house", "karim"));
    CHECK(who.csrf.size && !mz_str_equal(who.csrf, other.csrf));
    CHECK_OK(mz_sessions_list(open.access, &who, &open.arena, &sessions, &count, &error), error);
    CHECK_INT(3, count); /* and the one in which the password was changed */
    mz_actor stranger = {.who = &karim}, self = {.who = &who};
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_session_end(open.access, &stranger, other.session, &error));
    CHECK_OK(mz_session_end(open.access, &self, other.session, &error), error);
    CHECK_INT(MZ_ANONYMOUS, office_who(&open, NULL, second).kind);
    CHECK_INT(MZ_PERSON, office_who(&open, NULL, first).kind);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_session_end(open.access, &self, other.session, &error));
    office_close(&open);
}

STORE_TEST(cookies_that_are_none_are_nobodys) {
    static const char *const cookies[] = {
        "",
        "mizan_session=",
        "mizan_session=mzs_",
        "mizan_session=mzs_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "__Host-mizan_session=mzs_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "mizan_session=' OR 1=1 --",
    };
    office open;
    office_open(&open, address);
    for (size_t k = 0; k < sizeof cookies / sizeof *cookies; k++) {
        mz_test_case("%s", cookies[k]);
        mz_principal who = office_who(&open, NULL, mz_str_of(cookies[k]));
        CHECK_INT(MZ_ANONYMOUS, who.kind);
        CHECK_INT(0, who.rights);
    }
    office_close(&open);
}

TEST_MAIN()
