#include "office.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

int64_t office_moment(void) {
    const char *now = getenv("MIZAN_NOW");
    return now ? strtoll(now, NULL, 10) : OFFICE_NOW;
}

static void set_moment(int64_t seconds) {
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)seconds);
    setenv("MIZAN_NOW", text, 1);
}

void office_later(int64_t seconds) {
    set_moment(office_moment() + seconds);
}

void office_open(office *open, const char *address) {
    mz_error error;
    char password[MZ_ONE_TIME_PASSWORD_SIZE];
    mz_access_settings settings = MZ_ACCESS_SETTINGS_INIT;
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    bool new = false;
    settings.password_cost = (mz_password_cost){.memory_bytes = 16384, .passes = 1};
    set_moment(OFFICE_NOW);
    *open = (office){.store = NULL};
    mz_arena_init(&open->arena, 64 << 20);
    CHECK_OK(mz_store_open(address, &open->store, &error), error);
    CHECK_OK(mz_access_open(open->store, &settings, &open->access, &error), error);
    CHECK_OK(mz_access_is_new(open->access, &new, &error), error);
    CHECK(new);
    draft.name = MZ_STR("house");
    CHECK_OK(mz_agency_begin(open->access, &draft, MZ_STR("test"), &open->arena, &open->house, password, &error),
             error);
    CHECK_OK(mz_access_is_new(open->access, &new, &error), error);
    CHECK(!new);
    open->in_house = mz_access_command(&open->house);
    mz_actor actor = {.who = &open->in_house, .client = MZ_STR("test")};
    draft.name = MZ_STR("bureau");
    CHECK_OK(mz_agency_add(open->access, &actor, &draft, &open->arena, &open->bureau, password, &error), error);
    open->in_bureau = mz_access_command(&open->bureau);
}

void office_close(office *open) {
    mz_access_close(open->access);
    mz_store_close(open->store);
    mz_arena_done(&open->arena);
}

mz_person office_person(office *open, const mz_principal *who, const char *name, mz_access_role role) {
    mz_person person;
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    mz_actor actor = {.who = who, .client = MZ_STR("test")};
    mz_error error;
    char once[MZ_ONE_TIME_PASSWORD_SIZE], session[MZ_TOKEN_SIZE];
    const char *agency = who == &open->in_house ? "house" : "bureau";
    draft.name = mz_str_of(name);
    draft.roles = 1u << role;
    CHECK_OK(mz_person_add(open->access, &actor, &draft, &open->arena, &person, once, &error), error);
    mz_signed_in first = office_try(open, agency, name, once, "");
    CHECK_INT(MZ_SIGN_IN_DONE, first.outcome);
    mz_principal self = office_who(open, NULL, mz_arena_print(&open->arena, "mizan_session=%s", first.session));
    CHECK_INT(MZ_PERSON, self.kind);
    mz_actor own = {.who = &self, .client = MZ_STR("test")};
    CHECK_OK(
        mz_password_change(open->access, &own, mz_str_of(once), MZ_STR(OFFICE_PASSWORD), &open->arena, session, &error),
        error);
    return person;
}

mz_signed_in office_try(office *open, const char *agency, const char *name, const char *password, const char *code) {
    mz_signed_in signed_in;
    mz_error error;
    const mz_sign_in given = {.agency = mz_str_of(agency),
                              .name = mz_str_of(name),
                              .password = mz_str_of(password),
                              .code = mz_str_of(code),
                              .client = MZ_STR("192.0.2.1"),
                              .program = MZ_STR("test")};
    CHECK_OK(mz_sign_in_try(open->access, &given, &open->arena, &signed_in, &error), error);
    return signed_in;
}

mz_str office_cookie(office *open, const char *agency, const char *name) {
    mz_signed_in signed_in = office_try(open, agency, name, OFFICE_PASSWORD, "");
    CHECK_INT(MZ_SIGN_IN_DONE, signed_in.outcome);
    return mz_arena_print(&open->arena, "mizan_session=%s", signed_in.session);
}

mz_principal office_who(office *open, const char *authorization, mz_str cookie) {
    mz_principal who;
    mz_error error;
    const mz_credentials credentials = {.authorization = mz_str_of(authorization), .cookie = cookie};
    CHECK_OK(mz_identify(open->access, &credentials, &open->arena, &who, &error), error);
    return who;
}

size_t office_entries(office *open, const mz_agency *agency, mz_event event) {
    mz_history_entry *entries;
    size_t count;
    mz_error error;
    const mz_history_query query = {.event = mz_str_of(mz_event_word(event)), .limit = 500};
    CHECK_OK(mz_history_list(open->access, agency->key, &query, &open->arena, &entries, &count, &error), error);
    return count;
}
