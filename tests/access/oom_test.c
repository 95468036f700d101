/* Asking, signing in and changing when memory runs out: an error, nothing lost, and the store as it was or whole. */
#include "office.h"
#include "oom.h"
#include "store/stores.h"
#include "test.h"

#include <stdio.h>

enum { ARENA_BYTES = 1 << 20 };

typedef struct asking {
    const char *address;
    mz_credentials by_key, by_cookie;
    mz_principal head;
    unsigned added;
} asking;

static mz_status ask_all(asking *asked, mz_access *access, mz_arena *arena, mz_error *error) {
    mz_principal who;
    mz_signed_in signed_in;
    mz_person person;
    mz_key key;
    char once[MZ_ONE_TIME_PASSWORD_SIZE], secret[MZ_KEY_SIZE], name[32];
    const mz_sign_in right = {.agency = MZ_STR("house"), .name = MZ_STR("leila"), .password = MZ_STR(OFFICE_PASSWORD)};
    const mz_sign_in wrong = {.agency = MZ_STR("house"), .name = MZ_STR("nobody"), .password = MZ_STR("x")};
    mz_actor actor = {.who = &asked->head};
    mz_person_draft draft = MZ_PERSON_DRAFT_INIT;
    const mz_key_draft key_draft = {.title = MZ_STR("batch")};
    snprintf(name, sizeof name, "clerk-%u", asked->added++);
    draft.name = mz_str_of(name);
    draft.roles = 1u << MZ_ACCESS_VIEWER;
    mz_status status = mz_identify(access, &asked->by_key, arena, &who, error);
    if (!status) status = mz_identify(access, &asked->by_cookie, arena, &who, error);
    if (!status) status = mz_sign_in_try(access, &right, arena, &signed_in, error);
    if (!status) status = mz_sign_in_try(access, &wrong, arena, &signed_in, error);
    if (!status) status = mz_person_add(access, &actor, &draft, arena, &person, once, error);
    if (!status) status = mz_key_add(access, &actor, &key_draft, arena, &key, secret, error);
    return status;
}

/* With a store of its own, whose connections keep what they have prepared. */
static mz_status ask_once(void *context, mz_error *error) {
    asking *asked = context;
    mz_store *store;
    mz_access *access = NULL;
    mz_arena arena;
    mz_access_settings settings = MZ_ACCESS_SETTINGS_INIT;
    settings.password_cost = (mz_password_cost){.memory_bytes = 16384, .passes = 1};
    mz_status status = mz_store_open(asked->address, &store, error);
    if (status) return status;
    mz_arena_init(&arena, ARENA_BYTES);
    status = mz_access_open(store, &settings, &access, error);
    if (!status) status = ask_all(asked, access, &arena, error);
    mz_arena_done(&arena);
    mz_access_close(access);
    mz_store_close(store);
    return status;
}

TEST(without_memory_nobody_gets_in_by_mistake) {
    office open;
    mz_key key;
    mz_error error;
    char secret[MZ_KEY_SIZE];
    const char *address = mz_test_sqlite();
    office_open(&open, address);
    office_person(&open, &open.in_house, "leila", MZ_ACCESS_ANALYST);
    mz_actor actor = {.who = &open.in_house};
    const mz_key_draft draft = {.title = MZ_STR("batch")};
    CHECK_OK(mz_key_add(open.access, &actor, &draft, &open.arena, &key, secret, &error), error);
    asking asked = {.address = address, .head = open.in_house};
    asked.by_key.authorization = mz_arena_print(&open.arena, "ApiKey %s", secret);
    asked.by_cookie.cookie = office_cookie(&open, "house", "leila");
    CHECK(mz_oom_each(ask_once, &asked) > 5);
    office_close(&open);
}

TEST_MAIN()
