/* The endpoints of sessions, people, keys, agencies and history: what they take, give and refuse. */
#include "access/totp.h"
#include "staffed.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static staffed staff;

static const staffed_person *head(void) {
    return &staff.people[STAFFED_HOUSE][MZ_ACCESS_ADMINISTRATOR];
}

static int ask(mz_method method, const char *target, const char *body) {
    return staffed_ask(&staff, method, target, body);
}

static const char *kept(const char *text) {
    return mz_arena_copy(&staff.office.arena, mz_str_of(text)).data;
}

/* "/api/v1/people/" and an id, and what stands behind. */
static const char *about(const char *folder, const char *id, const char *behind) {
    return mz_arena_print(&staff.office.arena, "/api/v1/%s/%s%s", folder, id, behind).data;
}

/* --- signing in --- */

TEST(a_person_signs_in_changes_the_password_and_signs_out) {
    char once[64], body[256];
    staffed_start(&staff);
    staffed_as(&staff, head());
    CHECK_INT(201, ask(MZ_POST, "/api/v1/people",
                       "{\"name\":\"Amal@Example.com\",\"display_name\":\"أمل\",\"language\":\"ar\","
                       "\"email\":\"amal@example.com\",\"roles\":[\"analyst\",\"liaison\"]}"));
    CHECK_TEXT("amal@example.com", staffed_member("person.name"));
    CHECK_TEXT("invited", staffed_member("person.state"));
    snprintf(once, sizeof once, "%s", staffed_member("one_time_password"));
    CHECK(strstr(staffed_answer_header("Location", 0), "/api/v1/people/") != NULL);
    CHECK_TEXT("no-store", staffed_answer_header("Cache-Control", 0));

    staffed_as(&staff, NULL);
    snprintf(body, sizeof body, "{\"agency\":\"house\",\"name\":\"amal@example.com\",\"password\":\"%s\"}", once);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/session", body));
    CHECK(strstr(staffed_body(), "\"must_change_password\":true") != NULL);
    CHECK(strstr(staffed_body(), "\"rights\":[\"account.own\"]") != NULL);
    const char *cookie = staffed_answer_header("Set-Cookie", 0), *device = staffed_answer_header("Set-Cookie", 1);
    CHECK(strncmp(cookie, "mizan_session=mzs_", 18) == 0);
    CHECK(strstr(cookie, "; Path=/; HttpOnly; SameSite=Strict") != NULL && !strstr(cookie, "Max-Age"));
    CHECK(strncmp(device, "mizan_device=mzd_", 17) == 0 && strstr(device, "Max-Age=7776000") != NULL);
    staffed_person amal = {.cookie = mz_str_of(kept(cookie)), .csrf = mz_str_of(kept(staffed_member("csrf")))};
    amal.cookie.size = strcspn(amal.cookie.data, ";");

    staffed_as(&staff, &amal);
    CHECK_INT(403, ask(MZ_GET, "/api/v1/lists", NULL));
    CHECK(strstr(staffed_body(), "POST /api/v1/session/password") != NULL);
    snprintf(body, sizeof body, "{\"old_password\":\"%s\",\"new_password\":\"amal-amal-amal\"}", once);
    CHECK_INT(400, ask(MZ_POST, "/api/v1/session/password", body));
    snprintf(body, sizeof body, "{\"old_password\":\"wrong\",\"new_password\":\"olive-kayak-lanterne\"}");
    CHECK_INT(403, ask(MZ_POST, "/api/v1/session/password", body));
    snprintf(body, sizeof body, "{\"old_password\":\"%s\",\"new_password\":\"olive-kayak-lanterne\"}", once);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/session/password", body));
    CHECK(strstr(staffed_body(), "\"must_change_password\":false") != NULL);
    CHECK_INT(401, ask(MZ_GET, "/api/v1/session", NULL)); /* the token is another now */
    amal = (staffed_person){.cookie = mz_str_of(kept(staffed_answer_header("Set-Cookie", 0))), .csrf = amal.csrf};

    staffed_as(&staff, NULL);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/session",
                       "{\"agency\":\"house\",\"name\":\"amal@example.com\",\"password\":\"olive-kayak-lanterne\"}"));
    amal = (staffed_person){.cookie = mz_str_of(kept(staffed_answer_header("Set-Cookie", 0))),
                            .csrf = mz_str_of(kept(staffed_member("csrf")))};
    amal.cookie.size = strcspn(amal.cookie.data, ";");
    staffed_as(&staff, &amal);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/session", NULL));
    CHECK_INT(204, ask(MZ_DELETE, "/api/v1/session", NULL));
    CHECK(strstr(staffed_answer_header("Set-Cookie", 0), "Max-Age=0") != NULL);
    CHECK_INT(401, ask(MZ_GET, "/api/v1/session", NULL));
    staffed_stop(&staff);
}

TEST(whoever_asks_is_told_what_they_may) {
    staffed_start(&staff);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/who", NULL));
    CHECK_TEXT("{\"kind\":\"nobody\",\"sign_in\":true,\"rights\":[],\"account\":null}", staffed_body());
    staff.called.service.settings.anonymous_rights = MZ_RIGHT_BIT(MZ_RIGHT_SCREEN) | MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/who", NULL));
    CHECK(strstr(staffed_body(), "\"rights\":[\"screen\",\"lists.read\"]") != NULL);
    staff.called.service.settings.anonymous_rights = 0;

    staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_VIEWER]);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/who", NULL));
    CHECK_TEXT("person", staffed_member("kind"));
    CHECK_TEXT("bureau-viewer", staffed_member("account.person.name"));
    CHECK_TEXT("no-store", staffed_answer_header("Cache-Control", 0));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/who?me=true", NULL));

    staffed_as(&staff, head());
    CHECK_INT(201, ask(MZ_POST, "/api/v1/keys", "{\"title\":\"bank\",\"rights\":[\"screen\"]}"));
    staffed_as_key(&staff, kept(staffed_member("secret")));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/who", NULL));
    CHECK_TEXT("key", staffed_member("kind"));
    CHECK(strstr(staffed_body(), "\"account\":null") != NULL && strstr(staffed_body(), "\"screen\"") != NULL);
    staffed_stop(&staff);
}

TEST(what_is_wrong_with_a_sign_in_is_not_told) {
    static const char *const bodies[] = {
        "{\"agency\":\"house\",\"name\":\"house-analyst\",\"password\":\"wrong\"}",
        "{\"agency\":\"house\",\"name\":\"nobody\",\"password\":\"wrong\"}",
        "{\"agency\":\"nowhere\",\"name\":\"house-analyst\",\"password\":\"" OFFICE_PASSWORD "\"}",
        "{\"agency\":\"bureau\",\"name\":\"house-analyst\",\"password\":\"" OFFICE_PASSWORD "\"}",
        "{\"name\":\"house-analyst\",\"password\":\"" OFFICE_PASSWORD "\"}",
    };
    char first[2048] = "";
    staffed_start(&staff);
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
        mz_test_case("%s", bodies[k]);
        CHECK_INT(401, ask(MZ_POST, "/api/v1/session", bodies[k]));
        CHECK_TEXT("ApiKey", staffed_answer_header("WWW-Authenticate", 0));
        if (!k) snprintf(first, sizeof first, "%s", staffed_body());
        CHECK_TEXT(first, staffed_body());
    }
    for (int k = 0; k < 5; k++) (void)ask(MZ_POST, "/api/v1/session", bodies[0]);
    CHECK_INT(429, ask(MZ_POST, "/api/v1/session", bodies[0]));
    CHECK_TEXT("2", staffed_answer_header("Retry-After", 0));
    staffed_stop(&staff);
}

TEST(bodies_that_cannot_be_understood_are_refused_with_their_place) {
    static const struct {
        const char *target, *body, *says;
    } cases[] = {
        {"/api/v1/session", "", "no body"},
        {"/api/v1/session", "{", "\"line\":1"},
        {"/api/v1/session", "[]", "the body must be an object"},
        {"/api/v1/session", "{\"name\":\"a\"}", "“password” is missing"},
        {"/api/v1/session", "{\"name\":\"a\",\"password\":1}", "password"},
        {"/api/v1/session", "{\"name\":\"a\",\"pasword\":\"b\"}", "did you mean “password”"},
        {"/api/v1/session", "{\"name\":\"a\",\"name\":\"b\",\"password\":\"c\"}", "name"},
        {"/api/v1/session", "{\"name\":\"a\\u0000\",\"password\":\"c\"}", "\"line\":1"},
        {"/api/v1/session?agency=house", "{\"name\":\"a\",\"password\":\"c\"}", "unknown parameter"},
        {"/api/v1/people", "{\"name\":\"a b\",\"roles\":[\"viewer\"]}", "Latin letters"},
        {"/api/v1/people", "{\"name\":\"amal\",\"roles\":[\"analist\"]}", "did you mean “analyst”"},
        {"/api/v1/people", "{\"name\":\"amal\",\"roles\":\"viewer\"}", "roles"},
        {"/api/v1/people", "{\"name\":\"amal\"}", "role"},
        {"/api/v1/people", "{\"name\":\"amal\",\"roles\":[\"viewer\"],\"email\":\"no address\"}", "@"},
        {"/api/v1/people", "{\"name\":\"amal\",\"roles\":[\"viewer\"],\"language\":\"de\"}", "en, fr or ar"},
        {"/api/v1/people", "{\"name\":\"amal\",\"roles\":[\"viewer\"],\"display_name\":\"a\\nb\"}", "control"},
        {"/api/v1/keys", "{\"title\":\"\"}", "bytes"},
        {"/api/v1/keys", "{\"title\":\"a\",\"rights\":[\"screan\"]}", "did you mean “screen”"},
        {"/api/v1/keys", "{\"title\":\"a\",\"rights\":[\"account.own\"]}", "no key"},
        {"/api/v1/keys", "{\"title\":\"a\",\"expires\":\"soon\"}", "2027-05-01"},
        {"/api/v1/keys", "{\"title\":\"a\",\"expires\":\"2001-05-01\"}", "future"},
        {"/api/v1/keys", "{\"title\":\"a\",\"expires\":\"2999-05-01\"}", "days"},
        {"/api/v1/agencies", "{\"name\":\"No Good\",\"administrator\":\"amal\"}", "hyphens"},
        {"/api/v1/agencies", "{\"name\":\"good\"}", "“administrator” is missing"},
    };
    staffed_start(&staff);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        staffed_as(&staff, strstr(cases[k].target, "session") ? NULL : head());
        mz_test_case("%s %s: %s", cases[k].target, cases[k].body, staffed_body());
        CHECK_INT(400, ask(MZ_POST, cases[k].target, cases[k].body));
        mz_test_case("%s %s: %s", cases[k].target, cases[k].body, staffed_body());
        CHECK(strstr(staffed_body(), cases[k].says) != NULL);
    }
    staffed_stop(&staff);
}

/* --- requests that a browser was led to send --- */

TEST(a_session_is_of_no_use_to_other_sites_pages) {
    const char *body = "{\"name\":\"amal\",\"roles\":[\"viewer\"]}";
    staffed_start(&staff);
    staffed_person without = *head(), other = *head();
    without.csrf = MZ_STR("");
    other.csrf = staff.people[STAFFED_HOUSE][MZ_ACCESS_VIEWER].csrf;
    staffed_as(&staff, &without);
    CHECK_INT(403, ask(MZ_POST, "/api/v1/people", body));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/people", NULL));
    staffed_as(&staff, &other);
    CHECK_INT(403, ask(MZ_POST, "/api/v1/people", body));
    /* also what only reads, by a method that may change */
    CHECK_INT(403, ask(MZ_POST, "/api/v1/screen", "{\"properties\":{\"name\":[\"Some Name\"]}}"));
    staffed_as(&staff, head());
    staffed_header(&staff, "sec-fetch-site", "cross-site");
    CHECK_INT(403, ask(MZ_POST, "/api/v1/people", body));
    staffed_as(&staff, head());
    staffed_header(&staff, "host", "screening.example");
    staffed_header(&staff, "origin", "https://evil.example");
    CHECK_INT(403, ask(MZ_POST, "/api/v1/people", body));
    staffed_as(&staff, head());
    staffed_header(&staff, "host", "screening.example");
    staffed_header(&staff, "origin", "https://screening.example");
    CHECK_INT(201, ask(MZ_POST, "/api/v1/people", body));
    /* nor can a page sign somebody in as another */
    staffed_as(&staff, NULL);
    staffed_header(&staff, "sec-fetch-site", "cross-site");
    CHECK_INT(403, ask(MZ_POST, "/api/v1/session", "{\"name\":\"a\",\"password\":\"b\"}"));
    staffed_stop(&staff);
}

/* --- second factor --- */

TEST(a_second_factor_is_set_up_used_and_taken_away) {
    const staffed_person *analyst = &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST];
    const char *sign_in = "{\"agency\":\"house\",\"name\":\"house-analyst\",\"password\":\"" OFFICE_PASSWORD "\"}";
    char secret[64], body[256], code[MZ_TOTP_DIGITS + 1];
    staffed_start(&staff);
    staffed_as(&staff, analyst);
    CHECK_INT(403, ask(MZ_POST, "/api/v1/session/second-factor", "{\"password\":\"wrong\"}"));
    CHECK_INT(403, ask(MZ_POST, "/api/v1/session/second-factor/confirm", "{\"code\":\"123456\"}"));
    CHECK_INT(200, ask(MZ_POST, "/api/v1/session/second-factor", "{\"password\":\"" OFFICE_PASSWORD "\"}"));
    snprintf(secret, sizeof secret, "%s", staffed_member("secret"));
    CHECK(strstr(staffed_member("uri"), secret) != NULL);
    CHECK(strstr(staffed_body(), "\"qr\":[\"1111111") != NULL);
    CHECK(mz_totp_code(mz_str_of(secret), office_moment() / 30, code));
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", code);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/session/second-factor/confirm", body));
    CHECK(strstr(staffed_body(), "{\"recovery_codes\":[\"") != NULL);

    staffed_as(&staff, NULL);
    CHECK_INT(202, ask(MZ_POST, "/api/v1/session", sign_in));
    CHECK_TEXT("{\"code_needed\":true}", staffed_body());
    CHECK_TEXT("", staffed_answer_header("Set-Cookie", 0));
    office_later(30);
    CHECK(mz_totp_code(mz_str_of(secret), office_moment() / 30, code));
    snprintf(body, sizeof body, "%.*s,\"code\":\"%s\"}", (int)strlen(sign_in) - 1, sign_in, code);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/session", body));
    CHECK_INT(401, ask(MZ_POST, "/api/v1/session", body)); /* each code once */

    office_later(30);
    CHECK(mz_totp_code(mz_str_of(secret), office_moment() / 30, code));
    staffed_as(&staff, analyst);
    CHECK_INT(403, ask(MZ_POST, "/api/v1/session/second-factor/remove", "{\"password\":\"" OFFICE_PASSWORD "\"}"));
    snprintf(body, sizeof body, "{\"password\":\"" OFFICE_PASSWORD "\",\"code\":\"%s\"}", code);
    CHECK_INT(204, ask(MZ_POST, "/api/v1/session/second-factor/remove", body));
    staffed_stop(&staff);
}

/* --- sessions --- */

TEST(a_person_sees_and_ends_sessions) {
    staffed_start(&staff);
    const staffed_person *analyst = &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST];
    mz_str other = office_cookie(&staff.office, "house", "house-analyst");
    mz_str session = office_who(&staff.office, NULL, other).session;
    staffed_as(&staff, analyst);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/sessions", NULL));
    CHECK(strstr(staffed_body(), "\"current\":true") && strstr(staffed_body(), "\"client\":\"192.0.2.1\""));
    CHECK_INT(204, ask(MZ_DELETE, about("sessions", session.data, ""), NULL));
    CHECK_INT(404, ask(MZ_DELETE, about("sessions", session.data, ""), NULL));
    CHECK_INT(MZ_ANONYMOUS, office_who(&staff.office, NULL, other).kind);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/roles", NULL));
    CHECK(strstr(staffed_body(), "{\"role\":\"viewer\",\"rights\":[\"lists.read\",\"account.own\"]}") != NULL);
    staffed_stop(&staff);
}

/* --- people --- */

TEST(an_administrator_changes_people) {
    staffed_start(&staff);
    const char *viewer = kept(staff.people[STAFFED_HOUSE][MZ_ACCESS_VIEWER].person.key.data);
    staffed_as(&staff, head());
    CHECK_INT(200, ask(MZ_GET, "/api/v1/people?limit=3", NULL));
    const char *next = kept(staffed_member("next"));
    CHECK(next[0] != '\0');
    CHECK_INT(200, ask(MZ_GET, mz_arena_print(&staff.office.arena, "/api/v1/people?after=%s", next).data, NULL));
    CHECK_TEXT("null", staffed_member("next"));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/people?limit=0", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/people?page=2", NULL));
    CHECK_INT(200, ask(MZ_GET, about("people", viewer, ""), NULL));
    CHECK_TEXT("house-viewer", staffed_member("name"));
    CHECK_INT(200, ask(MZ_PATCH, about("people", viewer, ""), "{\"roles\":[\"auditor\"],\"display_name\":\"Leïla\"}"));
    CHECK_TEXT("Leïla", staffed_member("display_name"));
    CHECK(strstr(staffed_body(), "\"roles\":[\"auditor\"]") != NULL);
    CHECK_INT(400, ask(MZ_PATCH, about("people", viewer, ""), "{\"state\":\"invited\"}"));
    CHECK_INT(400, ask(MZ_PATCH, about("people", viewer, ""), "{\"name\":\"another\"}"));
    CHECK_INT(200, ask(MZ_PATCH, about("people", viewer, ""), "{\"state\":\"locked\"}"));
    CHECK_INT(409, ask(MZ_POST, about("people", viewer, "/password"), NULL));
    CHECK_INT(200, ask(MZ_PATCH, about("people", viewer, ""), "{\"state\":\"active\"}"));
    CHECK_INT(200, ask(MZ_POST, about("people", viewer, "/password"), NULL));
    CHECK_INT(24, strlen(staffed_member("one_time_password")));
    CHECK_INT(204, ask(MZ_POST, about("people", viewer, "/second-factor/remove"), NULL));
    CHECK_INT(409, ask(MZ_POST, "/api/v1/people", "{\"name\":\"house-viewer\",\"roles\":[\"viewer\"]}"));
    CHECK_INT(404, ask(MZ_PATCH, about("people", "nobody", ""), "{\"state\":\"locked\"}"));
    const char *own = kept(head()->person.key.data);
    CHECK_INT(403, ask(MZ_PATCH, about("people", own, ""), "{\"roles\":[\"administrator\",\"analyst\"]}"));
    CHECK(strstr(staffed_body(), "nobody changes the own roles") != NULL);
    CHECK_INT(200,
              ask(MZ_PATCH, about("people", own, ""), "{\"display_name\":\"Head\",\"roles\":[\"administrator\"]}"));
    staffed_stop(&staff);
}

/* --- keys --- */

TEST(a_program_gets_a_key_and_loses_it) {
    char secret[MZ_KEY_SIZE], id[64];
    staffed_start(&staff);
    staffed_as(&staff, head());
    CHECK_INT(201, ask(MZ_POST, "/api/v1/keys",
                       "{\"title\":\"core banking\",\"rights\":[\"lists.read\",\"people.read\"],\"expires\":"
                       "\"2028-01-01T00:00:00Z\"}"));
    snprintf(secret, sizeof secret, "%s", staffed_member("secret"));
    snprintf(id, sizeof id, "%s", staffed_member("key.id"));
    CHECK(mz_key_fits(mz_str_of(secret)));
    CHECK_TEXT("2028-01-01T00:00:00Z", staffed_member("key.expires"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/keys", NULL));
    CHECK(strstr(staffed_body(), "core banking") && !strstr(staffed_body(), secret));

    staffed_as_key(&staff, secret);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/people", NULL)); /* no session, no token against forged requests */
    CHECK_INT(403, ask(MZ_POST, "/api/v1/screen", "{\"properties\":{\"name\":[\"Some Name\"]}}"));
    CHECK(strstr(staffed_body(), "this key has not the right “screen”") != NULL);
    CHECK_INT(403, ask(MZ_GET, "/api/v1/session", NULL));
    staffed_header(&staff, "sec-fetch-site", "cross-site"); /* whoever has the key may use it where he likes */
    CHECK_INT(403, ask(MZ_POST, "/api/v1/keys", "{\"title\":\"more\"}"));

    staffed_as(&staff, head());
    CHECK_INT(200, ask(MZ_GET, about("keys", id, ""), NULL));
    CHECK_INT(200, ask(MZ_PATCH, about("keys", id, ""), "{\"title\":\"batch\",\"expires\":\"2027-06-01\"}"));
    CHECK_TEXT("2027-06-01T00:00:00Z", staffed_member("expires"));
    CHECK_INT(204, ask(MZ_DELETE, about("keys", id, ""), NULL));
    CHECK_INT(409, ask(MZ_PATCH, about("keys", id, ""), "{\"title\":\"again\"}"));
    staffed_as_key(&staff, secret);
    CHECK_INT(401, ask(MZ_GET, "/api/v1/people", NULL));
    CHECK_INT(401, ask(MZ_GET, "/healthz", NULL)); /* a key that does not count is told wherever it is shown */
    staffed_stop(&staff);
}

/* --- agencies, history --- */

TEST(who_operates_the_service_adds_agencies_and_sees_nothing_of_them) {
    char id[64], once[64], body[256];
    staffed_start(&staff);
    staffed_as(&staff, head());
    CHECK_INT(201, ask(MZ_POST, "/api/v1/agencies",
                       "{\"name\":\"branch\",\"title\":\"Branch of Fès\",\"administrator\":\"chief\"}"));
    snprintf(id, sizeof id, "%s", staffed_member("agency.id"));
    snprintf(once, sizeof once, "%s", staffed_member("one_time_password"));
    CHECK_INT(409, ask(MZ_POST, "/api/v1/agencies", "{\"name\":\"branch\",\"administrator\":\"chief\"}"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/agencies", NULL));
    CHECK(strstr(staffed_body(), "\"bureau\"") && strstr(staffed_body(), "Branch of Fès"));
    CHECK_INT(200, ask(MZ_GET, about("agencies", id, ""), NULL));
    CHECK_INT(404, ask(MZ_GET, about("agencies", "none", ""), NULL));
    CHECK_INT(200, ask(MZ_PATCH, about("agencies", id, ""), "{\"title\":\"Branch\"}"));
    CHECK_INT(409, ask(MZ_PATCH, about("agencies", staff.office.house.key.data, ""), "{\"locked\":true}"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/people", NULL));
    CHECK(!strstr(staffed_body(), "chief"));

    staffed_as(&staff, NULL);
    snprintf(body, sizeof body, "{\"agency\":\"branch\",\"name\":\"chief\",\"password\":\"%s\"}", once);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/session", body));
    staffed_as(&staff, head());
    CHECK_INT(200, ask(MZ_PATCH, about("agencies", id, ""), "{\"locked\":true}"));
    staffed_as(&staff, NULL);
    CHECK_INT(401, ask(MZ_POST, "/api/v1/session", body));
    staffed_stop(&staff);
}

TEST(an_agency_is_told_who_did_what) {
    staffed_start(&staff);
    staffed_as(&staff, head());
    CHECK_INT(200, ask(MZ_GET, "/api/v1/agency", NULL));
    CHECK_TEXT("house", staffed_member("name"));
    CHECK_INT(200, ask(MZ_PATCH, "/api/v1/agency", "{\"title\":\"House\",\"second_factor_demanded\":true}"));
    CHECK_INT(403, ask(MZ_GET, "/api/v1/history", NULL)); /* this one has none either */
    CHECK_INT(200, ask(MZ_GET, "/api/v1/session", NULL));
    CHECK(strstr(staffed_body(), "\"must_add_second_factor\":true") != NULL);
    mz_agency agency;
    mz_error error;
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    mz_actor actor = {.who = &staff.office.in_house};
    draft.second_factor = 0;
    CHECK_OK(mz_agency_change(staff.office.access, &actor, staff.office.house.key, &draft, &staff.office.arena, &agency,
                              &error),
             error);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/history?event=agency.changed&limit=10", NULL));
    CHECK(strstr(staffed_body(), "\"kind\":\"person\"") && strstr(staffed_body(), "house-administrator"));
    CHECK(strstr(staffed_body(), "\"detail\":{\"title\":true,\"locked\":false,\"second_factor\":true}") != NULL);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/history?limit=1", NULL));
    const char *next = kept(staffed_member("next"));
    CHECK_INT(200,
              ask(MZ_GET, mz_arena_print(&staff.office.arena, "/api/v1/history?limit=1&before=%s", next).data, NULL));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/history?until=2001-01-01&since=2000-01-01", NULL));
    CHECK_TEXT("{\"entries\":[],\"next\":null}", staffed_body());
    CHECK_INT(400, ask(MZ_GET, "/api/v1/history?since=yesterday", NULL));
    staffed_stop(&staff);
}

TEST(a_service_without_a_store_says_that_it_keeps_nobody) {
    called_service alone;
    called_answer answer;
    called_start(&alone);
    static const char *const targets[] = {"/api/v1/session",  "/api/v1/people",  "/api/v1/keys",    "/api/v1/agency",
                                          "/api/v1/agencies", "/api/v1/history", "/api/v1/sessions"};
    for (size_t k = 0; k < sizeof targets / sizeof *targets; k++) {
        mz_test_case("%s", targets[k]);
        called(&alone, MZ_GET, targets[k], NULL, UINT32_MAX, &answer);
        CHECK_INT(404, answer.response.status);
        CHECK(strstr(called_body(&answer), "without a store") != NULL);
        called_done(&answer);
    }
    called(&alone, MZ_POST, "/api/v1/session", "{\"name\":\"a\",\"password\":\"b\"}", 0, &answer);
    CHECK_INT(404, answer.response.status);
    called_done(&answer);
    called_stop(&alone);
}

TEST_MAIN()
