/* Who may call what: every route of the service, for everybody, in one table. A route that is missing here fails, and
 * so does a row that is no route: whoever adds one says here who may use it.
 *
 *     x  may, in any agency          o  may, in the agency that operates the service
 *     .  may not (nobody: 401, others: 403)
 *
 * What becomes of an object of another agency that is named in the path:
 *     -  the path names none, or one that all agencies share (what is listed, lists)
 *     f  it is answered as one that does not exist, to the byte
 *     o  it is seen, by those of the agency that operates the service */
#include "staffed.h"
#include "tasks/tasks.h"

#include "server/identify.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static const struct {
    mz_method method;
    const char *path;
    const char *cells; /* nobody; then the roles in the order of MZ_ACCESS_ROLES */
    char foreign;
} table[] = {
    // clang-format off
    /*                                             nobody          officer
                                                   | viewer        | auditor
                                                   | | screener    | | administrator
                                                   | | | analyst   | | |
                                                   | | | | approver| | |
                                                   | | | | | liaison | |                        */
    {MZ_GET, "/healthz", "                         x x x x x x x x x", '-'},
    {MZ_GET, "/readyz", "                          x x x x x x x x x", '-'},
    {MZ_GET, "/metrics", "                         . . . . . . . o o", '-'},
    {MZ_GET, "/", "                                x x x x x x x x x", '-'},
    {MZ_GET, "/openapi.json", "                    x x x x x x x x x", '-'},
    {MZ_GET, "/docs", "                            x x x x x x x x x", '-'},
    {MZ_GET, "/app", "                             x x x x x x x x x", '-'},
    {MZ_GET, "/app/{page}", "                      x x x x x x x x x", '-'},
    {MZ_GET, "/app/{page}/{id}", "                 x x x x x x x x x", '-'},
    {MZ_GET, "/app/{page}/{id}/{part}", "          x x x x x x x x x", '-'},
    {MZ_GET, "/assets/{file}", "                   x x x x x x x x x", '-'},

    {MZ_POST, "/api/v1/screen", "                  . . x x x x x . x", '-'},
    {MZ_POST, "/api/v1/screen/batch", "            . . x x x x x . x", '-'},
    {MZ_POST, "/api/v1/screen/stream", "           . . x x x x x . x", '-'},
    {MZ_POST, "/api/v1/explain", "                 . . x x x x x . x", '-'},
    {MZ_POST, "/api/v1/compare", "                 . . x x x x x . x", '-'},
    {MZ_GET, "/api/v1/entities/{id}", "            . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/entities/{id}/history", "    . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/lists", "                    . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/lists/{list}", "             . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/lists/{list}/versions", "    . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/lists/{list}/versions/{version}/changes", ". x x x x x x x x", '-'},
    {MZ_POST, "/api/v1/lists/import", "            . . . . . . o . o", '-'},
    {MZ_POST, "/api/v1/lists/{list}/update", "     . . . . . . o . o", '-'},
    {MZ_POST, "/api/v1/lists/{list}/select", "     . . . . . . o . o", '-'},
    {MZ_GET, "/api/v1/effectiveness", "            . . . . x . x x x", '-'},
    {MZ_POST, "/api/v1/effectiveness", "           . . . . x . x x x", '-'},
    {MZ_GET, "/api/v1/effectiveness/{id}", "       . . . . x . x x x", '-'},
    {MZ_GET, "/api/v1/figures", "                  . . . . x . x x x", '-'},
    {MZ_GET, "/api/v1/cases/{id}/goaml", "         . . . . x . x x x", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/goaml", "        . . . . x . x x x", 'f'},
    {MZ_GET, "/api/v1/goaml/settings", "           . . . . x . x x x", '-'},
    {MZ_PUT, "/api/v1/goaml/settings", "           . . . . . . . . x", '-'},
    {MZ_GET, "/api/v1/cases/{id}/file", "          . . . x x x . x .", 'f'},
    {MZ_GET, "/api/v1/tasks", "                    . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/tasks/{id}", "               . x x x x x x x x", 'f'},
    {MZ_POST, "/api/v1/tasks/{id}/cancel", "       . x x x x x x x x", 'f'},
    {MZ_GET, "/api/v1/index", "                    . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/version", "                  . x x x x x x x x", '-'},

    {MZ_POST, "/match/{dataset}", "                . . x x x x x . x", '-'},
    {MZ_GET, "/search/{dataset}", "                . . x x x x x . x", '-'},
    {MZ_GET, "/entities/{id}", "                   . . x x x x x . x", '-'},
    {MZ_GET, "/entities/{id}/adjacent", "          . . x x x x x . x", '-'},
    {MZ_GET, "/entities/{id}/adjacent/{property}", ". . x x x x x . x", '-'},
    {MZ_GET, "/catalog", "                         . . x x x x x . x", '-'},
    {MZ_GET, "/manifest", "                        . . x x x x x . x", '-'},
    {MZ_GET, "/reconcile/{dataset}", "               . . x x x x x . x", '-'},
    {MZ_POST, "/reconcile/{dataset}", "              . . x x x x x . x", '-'},
    {MZ_GET, "/reconcile/{dataset}/suggest/entity", ". . x x x x x . x", '-'},
    {MZ_GET, "/reconcile/{dataset}/suggest/property", ". . x x x x x . x", '-'},
    {MZ_GET, "/reconcile/{dataset}/suggest/type", "  . . x x x x x . x", '-'},
    {MZ_GET, "/reconcile/{dataset}/preview", "       . . x x x x x . x", '-'},
    {MZ_GET, "/algorithms", "                      . . x x x x x . x", '-'},
    {MZ_POST, "/updatez", "                        . . . . . . o . o", '-'},

    {MZ_GET, "/api/v1/who", "                      x x x x x x x x x", '-'},
    {MZ_POST, "/api/v1/session", "                 x x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/session", "                  . x x x x x x x x", '-'},
    {MZ_DELETE, "/api/v1/session", "               . x x x x x x x x", '-'},
    {MZ_POST, "/api/v1/session/password", "        . x x x x x x x x", '-'},
    {MZ_POST, "/api/v1/session/second-factor", "   . x x x x x x x x", '-'},
    {MZ_POST, "/api/v1/session/second-factor/confirm", ". x x x x x x x x", '-'},
    {MZ_POST, "/api/v1/session/second-factor/remove", ". x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/sessions", "                 . x x x x x x x x", '-'},
    {MZ_DELETE, "/api/v1/sessions/{id}", "         . x x x x x x x x", 'f'},
    {MZ_GET, "/api/v1/roles", "                    . x x x x x x x x", '-'},

    {MZ_GET, "/api/v1/people", "                   . . . . x . x x x", '-'},
    {MZ_POST, "/api/v1/people", "                  . . . . . . . . x", '-'},
    {MZ_GET, "/api/v1/people/{id}", "              . . . . x . x x x", 'f'},
    {MZ_PATCH, "/api/v1/people/{id}", "            . . . . . . . . x", 'f'},
    {MZ_POST, "/api/v1/people/{id}/password", "    . . . . . . . . x", 'f'},
    {MZ_POST, "/api/v1/people/{id}/second-factor/remove", ". . . . . . . . x", 'f'},
    {MZ_GET, "/api/v1/keys", "                     . . . . x . x x x", '-'},
    {MZ_POST, "/api/v1/keys", "                    . . . . . . . . x", '-'},
    {MZ_GET, "/api/v1/keys/{id}", "                . . . . x . x x x", 'f'},
    {MZ_PATCH, "/api/v1/keys/{id}", "              . . . . . . . . x", 'f'},
    {MZ_DELETE, "/api/v1/keys/{id}", "             . . . . . . . . x", 'f'},
    {MZ_GET, "/api/v1/agency", "                   . . . . x . x x x", '-'},
    {MZ_PATCH, "/api/v1/agency", "                 . . . . . . . . x", '-'},
    {MZ_GET, "/api/v1/history", "                  . . . . . . . x x", '-'},
    {MZ_GET, "/api/v1/agencies", "                 . . . . . . . . o", '-'},
    {MZ_POST, "/api/v1/agencies", "                . . . . . . . . o", '-'},
    {MZ_GET, "/api/v1/agencies/{id}", "            . . . . . . . . o", 'o'},
    {MZ_PATCH, "/api/v1/agencies/{id}", "          . . . . . . . . o", 'o'},
    // clang-format on
};
enum { ROWS = sizeof table / sizeof *table, NOBODY = -1 };

static const char *const methods[MZ_METHOD_COUNT] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
static staffed staff;

/* `who`: a role, or NOBODY. */
static char cell(size_t row, int who) {
    const char *at = table[row].cells;
    for (int left = who + 1;; at++)
        if (*at != ' ' && left-- == 0) return *at;
}

/* The path with these words in place of its {names}. */
static void fill(const char *path, const char *word, char *ret_target, size_t size) {
    size_t length = 0;
    for (const char *at = path; *at && length + 1 < size; at++) {
        if (*at != '{') {
            ret_target[length++] = *at;
            continue;
        }
        length += (size_t)snprintf(ret_target + length, size - length, "%s", word);
        at = strchr(at, '}');
    }
    ret_target[length] = '\0';
}

TEST(every_route_is_in_the_table_and_every_row_is_a_route) {
    size_t table_count, routes = 0;
    const mz_routes *const *tables = mz_all_routes(&table_count);
    for (size_t t = 0; t < table_count; t++)
        for (size_t r = 0; r < tables[t]->count; r++) {
            const mz_route *route = &tables[t]->routes[r];
            size_t rows = 0;
            for (size_t k = 0; k < ROWS; k++)
                rows += table[k].method == route->method && strcmp(table[k].path, route->path) == 0;
            mz_test_case("%s %s: a row of tests/server/rights_test.c", methods[route->method], route->path);
            CHECK_INT(1, rows);
            routes++;
        }
    CHECK_INT(ROWS, routes);
}

/* What a route's gate says, without calling its handler: 0 when it lets in. */
static int gate(mz_method method, const char *path, const staffed_person *person) {
    char target[256];
    mz_arena arena;
    mz_response response;
    mz_parameter headers[2];
    fill(path, "01JZZZZZZZZZZZZZZZZZZZZZZZ", target, sizeof target);
    mz_arena_init(&arena, 1 << 20);
    mz_response_init(&response);
    if (person) {
        headers[0] = (mz_parameter){MZ_STR("cookie"), person->cookie};
        headers[1] = (mz_parameter){MZ_STR("x-csrf-token"), person->csrf};
    }
    mz_request request = {.service = &staff.called.service,
                          .arena = &arena,
                          .method = method,
                          .path = mz_str_of(target),
                          .headers = {headers, person ? 2 : 0},
                          .id = MZ_STR("test")};
    bool admitted = mz_request_identify(&request, &response) && mz_admit(&request, &response, 0);
    int status = admitted ? 0 : response.status;
    mz_response_done(&response);
    mz_arena_done(&arena);
    return status;
}

TEST(each_cell_of_the_table_is_so) {
    staffed_start(&staff);
    for (size_t row = 0; row < ROWS; row++) {
        mz_test_case("%s %s, nobody", methods[table[row].method], table[row].path);
        CHECK_INT(cell(row, NOBODY) == 'x' ? 0 : 401, gate(table[row].method, table[row].path, NULL));
        for (int agency = 0; agency < STAFFED_AGENCIES; agency++)
            for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT; role++) {
                char wanted = cell(row, (int)role);
                bool may = wanted == 'x' || (wanted == 'o' && agency == STAFFED_HOUSE);
                mz_test_case("%s %s, %s of the %s", methods[table[row].method], table[row].path,
                             mz_access_role_word(role), agency == STAFFED_HOUSE ? "house" : "bureau");
                CHECK_INT(may ? 0 : 403, gate(table[row].method, table[row].path, &staff.people[agency][role]));
            }
    }
    staffed_stop(&staff);
}

/* --- what belongs to another agency --- */

typedef struct addition {
    mz_str agency;
    char key[MZ_SQL_KEY_SIZE];
} addition;

static mz_status add_task(void *context, mz_sql *sql, mz_error *error) {
    addition *added = context;
    return mz_task_add(sql, added->agency, "lists.update", MZ_STR("un"), MZ_STR(""), MZ_STR(""), added->key, error);
}

/* A task of the house. */
static mz_str house_task(void) {
    addition added = {.agency = staff.office.house.key};
    mz_error error;
    CHECK_OK(mz_store_change(staff.office.store, add_task, &added, &error), error);
    return mz_arena_copy(&staff.office.arena, mz_str_of(added.key));
}

static const char *object_of(const char *path, const staffed_person *person, const char *key, const mz_agency *agency) {
    mz_str found = person->person.key;
    if (strstr(path, "/keys/")) return key;
    if (strstr(path, "/tasks/")) found = house_task();
    if (strstr(path, "/agencies/")) found = agency->key;
    if (strstr(path, "/sessions/")) found = office_who(&staff.office, NULL, person->cookie).session;
    return mz_arena_copy(&staff.office.arena, found).data;
}

/* The answer without the place that was asked for. */
static int ask_about(mz_method method, const char *path, const char *object, char *ret_body, size_t size) {
    char target[256];
    fill(path, object, target, sizeof target);
    int status = staffed_ask(&staff, method, target, method == MZ_PATCH ? "{}" : NULL);
    const char *instance = strstr(staffed_body(), ",\"instance\":");
    snprintf(ret_body, size, "%.*s", instance ? (int)(instance - staffed_body()) : (int)strlen(staffed_body()),
             staffed_body());
    return status;
}

TEST(an_object_of_another_agency_is_as_one_that_does_not_exist) {
    mz_key key;
    mz_error error;
    char secret[MZ_KEY_SIZE], unknown[4096], foreign[4096];
    staffed_start(&staff);
    mz_actor house = {.who = &staff.office.in_house};
    const mz_key_draft draft = {.title = MZ_STR("house-key")};
    CHECK_OK(mz_key_add(staff.office.access, &house, &draft, &staff.office.arena, &key, secret, &error), error);
    for (size_t row = 0; row < ROWS; row++) {
        const char *object = object_of(table[row].path, &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST], key.key.data,
                                       &staff.office.house);
        for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT && table[row].foreign != '-'; role++) {
            staffed_as(&staff, &staff.people[STAFFED_BUREAU][role]);
            mz_test_case("%s %s, %s of the bureau", methods[table[row].method], table[row].path,
                         mz_access_role_word(role));
            int expected = cell(row, (int)role) == 'x' ? 404 : 403;
            CHECK_INT(expected, ask_about(table[row].method, table[row].path, "01JZZZZZZZZZZZZZZZZZZZZZZZ", unknown,
                                          sizeof unknown));
            CHECK_INT(expected, ask_about(table[row].method, table[row].path, object, foreign, sizeof foreign));
            CHECK_TEXT(unknown, foreign);
        }
    }
    CHECK_INT(MZ_PERSON, office_who(&staff.office, NULL, staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST].cookie).kind);
    staffed_stop(&staff);
}

TEST(no_list_of_an_agency_tells_anything_of_another) {
    static const char *const lists[] = {"/api/v1/people",   "/api/v1/keys",   "/api/v1/history",
                                        "/api/v1/sessions", "/api/v1/agency", "/api/v1/session"};
    mz_key key;
    mz_error error;
    char secret[MZ_KEY_SIZE];
    staffed_start(&staff);
    mz_actor house = {.who = &staff.office.in_house};
    const mz_key_draft draft = {.title = MZ_STR("house-key")};
    CHECK_OK(mz_key_add(staff.office.access, &house, &draft, &staff.office.arena, &key, secret, &error), error);
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        mz_test_case("%s", lists[k]);
        staffed_as(&staff, &staff.people[STAFFED_HOUSE][MZ_ACCESS_ADMINISTRATOR]);
        CHECK_INT(200, staffed_ask(&staff, MZ_GET, lists[k], NULL));
        bool told = strstr(staffed_body(), "house") != NULL || strstr(lists[k], "sessions") != NULL;
        CHECK(told && !strstr(staffed_body(), "bureau-"));
        staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_ADMINISTRATOR]);
        CHECK_INT(200, staffed_ask(&staff, MZ_GET, lists[k], NULL));
        CHECK(!strstr(staffed_body(), "house"));
    }
    /* nor does a key of the other as a place to go on from, or a filter */
    char target[256];
    snprintf(target, sizeof target, "/api/v1/history?of=%s",
             object_of("/people/", &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST], "", NULL));
    CHECK_INT(200, staffed_ask(&staff, MZ_GET, target, NULL));
    CHECK_TEXT("{\"entries\":[],\"next\":null}", staffed_body());
    staffed_stop(&staff);
}

TEST(nobody_has_the_rights_of_the_settings_and_no_more) {
    staffed_start(&staff);
    staff.called.service.settings.anonymous_rights = MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ);
    CHECK_INT(0, gate(MZ_GET, "/api/v1/lists", NULL));
    CHECK_INT(401, gate(MZ_POST, "/api/v1/screen", NULL));
    CHECK_INT(401, gate(MZ_GET, "/api/v1/people", NULL));
    CHECK_INT(403, gate(MZ_GET, "/api/v1/people", &staff.people[STAFFED_HOUSE][MZ_ACCESS_VIEWER]));
    staffed_stop(&staff);
}

static bool takes_body(size_t row) {
    mz_arena arena;
    mz_parameters place;
    unsigned allowed;
    mz_arena_init(&arena, 1 << 16);
    const mz_route *route = mz_route_find(table[row].method, mz_str_of(table[row].path), &arena, &place, &allowed);
    mz_arena_done(&arena);
    return route && (route->stream || route->body_most);
}

static const staffed_person *somebody_who_may(size_t row) {
    int role = MZ_ACCESS_ADMINISTRATOR;
    while (role > 0 && cell(row, role) == '.') role--;
    return &staff.people[STAFFED_HOUSE][role];
}

/* What is refused comes before what is missing: nothing is done for a request that was meant otherwise. */
TEST(no_address_of_our_own_passes_over_a_parameter_that_it_does_not_know) {
    char target[256];
    staffed_start(&staff);
    for (size_t row = 0; row < ROWS; row++) {
        if (strncmp(table[row].path, "/api/v1/", 8) != 0) continue;
        fill(table[row].path, "inv-01", target, sizeof target - 8);
        strcat(target, "?zzzz=1");
        staffed_as(&staff, somebody_who_may(row));
        mz_test_case("%s %s", methods[table[row].method], target);
        CHECK_INT(400, staffed_ask(&staff, table[row].method, target, takes_body(row) ? "{}" : NULL));
        CHECK(strstr(staffed_body(), "unknown parameter “zzzz”") != NULL);
    }
    staffed_stop(&staff);
}

TEST_MAIN()
