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
#include "subjects/imports.h"
#include "subjects/subjects.h"
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
    {MZ_GET, "/app/", "                            x x x x x x x x x", '-'},
    {MZ_GET, "/app/{page}", "                      x x x x x x x x x", '-'},
    {MZ_GET, "/app/{page}/{id}", "                 x x x x x x x x x", '-'},
    {MZ_GET, "/app/{page}/{id}/{part}", "          x x x x x x x x x", '-'},
    {MZ_GET, "/assets/{file}", "                   x x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/words/{family}", "           x x x x x x x x x", '-'},

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
    {MZ_GET, "/api/v1/service/security", "         . . . . x . x x x", '-'},
    {MZ_GET, "/api/v1/effectiveness", "            . . . . x . x x x", '-'},
    {MZ_POST, "/api/v1/effectiveness", "           . . . . x . x x x", '-'},
    {MZ_GET, "/api/v1/effectiveness/{id}", "       . . . . x . x x x", '-'},
    {MZ_GET, "/api/v1/figures", "                  . . . . x . x x x", '-'},
    {MZ_GET, "/api/v1/cases/{id}/goaml", "         . . . . x . x x x", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/goaml", "        . . . . x . x x x", 'f'},
    {MZ_GET, "/api/v1/goaml/form", "               . . . . x . x x x", '-'},
    {MZ_GET, "/api/v1/goaml/settings", "           . . . . x . x x x", '-'},
    {MZ_PUT, "/api/v1/goaml/settings", "           . . . . . . . . x", '-'},
    {MZ_GET, "/api/v1/receipts/{number}/certificate", ". . . x x x . x .", 'f'},
    {MZ_GET, "/api/v1/cases/{id}/file", "          . . . x x x . x .", 'f'},
    {MZ_GET, "/api/v1/audit", "                    . . . . . . . x x", '-'},
    {MZ_GET, "/api/v1/audit/chain", "              . . . . . . . x x", '-'},
    {MZ_GET, "/api/v1/audit/checkpoints", "        . . . . . . . x x", '-'},
    {MZ_POST, "/api/v1/audit/checkpoints", "       . . . . . . . x x", '-'},
    {MZ_POST, "/api/v1/audit/verify", "            . . . . . . . x x", '-'},
    {MZ_GET, "/api/v1/audit/{number}", "           . . . . . . . x x", 'f'},
    {MZ_GET, "/api/v1/receipts/{number}", "        . . . . . . . x x", 'f'},
    {MZ_POST, "/api/v1/receipts/{number}/replay", ". . . . . . . x x", 'f'},
    {MZ_GET, "/api/v1/watch", "                    . . x x x . . x x", '-'},
    {MZ_GET, "/api/v1/watch/subjects", "           . . x x x . . x x", '-'},
    {MZ_GET, "/api/v1/watch/runs", "               . . x x x . . x x", '-'},
    {MZ_POST, "/api/v1/watch/runs", "              . . . x . . . . x", '-'},
    {MZ_GET, "/api/v1/tasks", "                    . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/tasks/{id}", "               . x x x x x x x x", 'f'},
    {MZ_POST, "/api/v1/tasks/{id}/cancel", "       . x x x x x x x x", 'f'},
    {MZ_GET, "/api/v1/subjects", "                 . . x x x . . x x", '-'},
    {MZ_POST, "/api/v1/subjects", "                . . . x . . . . x", '-'},
    {MZ_GET, "/api/v1/subjects/sources", "         . . x x x . . x x", '-'},
    {MZ_PUT, "/api/v1/subjects/sources/{source}", ". . . x . . . . x", '-'},
    {MZ_GET, "/api/v1/subjects/imports", "         . . x x x . . x x", '-'},
    {MZ_POST, "/api/v1/subjects/imports", "        . . . x . . . . x", '-'},
    {MZ_POST, "/api/v1/subjects/imports/preview", ". . . x . . . . x", '-'},
    {MZ_GET, "/api/v1/subjects/imports/{id}", "    . . x x x . . x x", 'f'},
    {MZ_POST, "/api/v1/subjects/imports/{id}/cancel", ". . . x . . . . x", 'f'},
    {MZ_GET, "/api/v1/subjects/imports/{id}/rejections", ". . x x x . . x x", 'f'},
    {MZ_GET, "/api/v1/subjects/{id}", "            . . x x x . . x x", 'f'},
    {MZ_POST, "/api/v1/subjects/{id}/close", "     . . . x . . . . x", 'f'},
    {MZ_POST, "/api/v1/subjects/{id}/screen", "    . . . x . . . . x", 'f'},
    {MZ_GET, "/api/v1/index", "                    . x x x x x x x x", '-'},
    {MZ_GET, "/api/v1/policy", "                   . x x x x x x x x", '-'},
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

    {MZ_POST, "/api/v1/screenings", "              . . x x x x x . x", '-'},
    {MZ_GET, "/api/v1/cases", "                    . . . x x x . x .", '-'},
    {MZ_GET, "/api/v1/cases/people", "             . . . x x x . x .", '-'},
    {MZ_GET, "/api/v1/cases/{id}", "               . . . x x x . x .", 'f'},
    {MZ_GET, "/api/v1/cases/{id}/events", "        . . . x x x . x .", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/assign", "       . . . x x . . . .", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/escalate", "     . . . x x . . . .", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/due", "          . . . x x . . . .", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/notes", "        . . . x x . . . .", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/decisions", "    . . . x x . . . .", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/decisions/{decision}/answer", ". . . . x . . . .", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/decisions/{decision}/undo", "  . . . x x . . . .", 'f'},
    {MZ_POST, "/api/v1/cases/{id}/attachments", "  . . . x x . . . .", 'f'},
    {MZ_GET, "/api/v1/cases/{id}/attachments/{attachment}", "   . . . x x x . x .", 'f'},
    {MZ_DELETE, "/api/v1/cases/{id}/attachments/{attachment}", ". . . x x . . . .", 'f'},
    {MZ_GET, "/api/v1/alerts", "                   . . . x x x . x .", '-'},
    {MZ_GET, "/api/v1/mentions", "                 . . . x x x . x .", '-'},
    {MZ_POST, "/api/v1/mentions/seen", "           . . . x x x . x .", '-'},
    {MZ_GET, "/api/v1/clearances", "               . . . x x x . x .", '-'},
    {MZ_GET, "/api/v1/clearances/{id}", "          . . . x x x . x .", 'f'},
    {MZ_POST, "/api/v1/clearances/{id}/revoke", "  . . . x x . . . .", 'f'},
    {MZ_GET, "/api/v1/reasons", "                  . x x x x x x x x", '-'},
    {MZ_PUT, "/api/v1/reasons", "                  . . . . . . . . x", '-'},
    {MZ_GET, "/api/v1/casework/settings", "        . x x x x x x x x", '-'},
    {MZ_PUT, "/api/v1/casework/settings", "        . . . . . . . . x", '-'},
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

/* What stands for a {name} of a path. */
typedef struct named_words {
    const char *id, *decision, *attachment; /* id: also of any other name */
} named_words;

static const char *word_for(const named_words *words, const char *name) {
    if (strncmp(name, "{decision}", 10) == 0) return words->decision;
    return strncmp(name, "{attachment}", 12) == 0 ? words->attachment : words->id;
}

/* The path with words in place of its {names}. */
static void fill_words(const char *path, const named_words *words, char *ret_target, size_t size) {
    size_t length = 0;
    for (const char *at = path; *at && length + 1 < size; at++) {
        if (*at != '{') {
            ret_target[length++] = *at;
            continue;
        }
        length += (size_t)snprintf(ret_target + length, size - length, "%s", word_for(words, at));
        at = strchr(at, '}');
    }
    ret_target[length] = '\0';
}

static void fill(const char *path, const char *word, char *ret_target, size_t size) {
    const named_words words = {word, word, word};
    fill_words(path, &words, ret_target, size);
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

static struct { char case_key[32], decision[32], attachment[32], clearance[32]; } casework;

static void keep_member(const char *path, char *ret_text, size_t size) {
    snprintf(ret_text, size, "%s", staffed_member(path));
    mz_test_case("%s of %s", path, staffed_body());
    CHECK(ret_text[0] != '\0');
}

/* The house has a case, with a decision, an attachment and a clearance. */
static void work_in_the_house(void) {
    char target[256], body[256];
    staffed_as(&staff, &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST]);
    CHECK_INT(200, staffed_ask(&staff, MZ_POST, "/api/v1/screenings",
                               "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}}"));
    keep_member("case", casework.case_key, sizeof casework.case_key);
    snprintf(target, sizeof target, "/api/v1/cases/%s/attachments?file_name=a.txt", casework.case_key);
    CHECK_INT(201, staffed_ask(&staff, MZ_POST, target, "a letter of the house"));
    keep_member("id", casework.attachment, sizeof casework.attachment);
    snprintf(target, sizeof target, "/api/v1/cases/%s/decisions", casework.case_key);
    snprintf(body, sizeof body, "{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"name-only\"}");
    CHECK_INT(200, staffed_ask(&staff, MZ_POST, target, body));
    keep_member("decision.id", casework.decision, sizeof casework.decision);
    CHECK_INT(200, staffed_ask(&staff, MZ_GET, "/api/v1/clearances?limit=1", NULL));
    const char *found = strstr(staffed_body(), "\"id\":\"");
    CHECK(found != NULL);
    snprintf(casework.clearance, sizeof casework.clearance, "%.26s", found + 6);
}

static mz_status add_subject(void *context, mz_sql *sql, mz_error *error) {
    addition *added = context;
    const mz_fact name = {.property = MZ_PROP_name, .value = MZ_STR("Amina Tazi")};
    const mz_entity entity = {.id = MZ_STR("1"), .schema = MZ_SCHEMA_Person, .facts = &name, .fact_count = 1};
    const mz_subject_draft draft = {MZ_STR("bank"), MZ_STR("1"), &entity};
    const mz_actor house = {.who = &staff.office.in_house, .client = MZ_STR("test")};
    mz_subject subject;
    mz_subject_outcome outcome;
    mz_status status =
        mz_subject_put(sql, added->agency, &house, &draft, true, &staff.office.arena, &subject, &outcome, error);
    if (!status) memcpy(added->key, subject.key.data, sizeof added->key);
    return status;
}

static mz_status add_import(void *context, mz_sql *sql, mz_error *error) {
    addition *added = context;
    mz_import_file file = {.digest = "00"};
    const mz_import_draft draft = {
        .source = MZ_STR("bank"), .file_name = MZ_STR(""), .format = MZ_SUBJECT_JSONL, .mapping = MZ_STR("")};
    const mz_actor house = {.who = &staff.office.in_house, .client = MZ_STR("test")};
    mz_sql_new_key(file.key);
    memcpy(added->key, file.key, sizeof added->key);
    return mz_subject_import_add(sql, added->agency, &house, &draft, &file, error);
}

/* One of the register of the house. */
static mz_str house_one(mz_store_work *add) {
    addition added = {.agency = staff.office.house.key};
    mz_error error;
    CHECK_OK(mz_store_change(staff.office.store, add, &added, &error), error);
    return mz_arena_copy(&staff.office.arena, mz_str_of(added.key));
}

static const char *object_of(const char *path, const staffed_person *person, const char *key, const mz_agency *agency) {
    mz_str found = person->person.key;
    if (strstr(path, "/keys/")) return key;
    if (strstr(path, "/tasks/")) found = house_task();
    if (strstr(path, "/subjects/imports/"))
        found = house_one(add_import);
    else if (strstr(path, "/subjects/"))
        found = house_one(add_subject);
    if (strstr(path, "/cases/")) return casework.case_key;
    if (strstr(path, "/clearances/")) return casework.clearance;
    if (strstr(path, "/agencies/")) found = agency->key;
    if (strstr(path, "/sessions/")) found = office_who(&staff.office, NULL, person->cookie).session;
    return mz_arena_copy(&staff.office.arena, found).data;
}

/* A body that means something, where one is needed: what is not there is not there whatever is to be done with it. */
static const char *body_of(mz_method method, const char *path) {
    static const struct {
        const char *ending, *body;
    } bodies[] = {
        {"/assign", "{\"version\":1,\"assignee\":null}"},
        {"/escalate", "{\"version\":1,\"escalated\":true}"},
        {"/due", "{\"version\":1,\"due\":null}"},
        {"/notes", "{\"text\":\"hello\"}"},
        {"/decisions", "{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"name-only\"}"},
        {"/answer", "{\"version\":1,\"approve\":true}"},
        {"/undo", "{\"version\":1}"},
        {"/attachments", "hello"},
        {"/revoke", "{\"note\":\"\"}"},
    };
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies && method == MZ_POST; k++) {
        size_t size = strlen(path), ending = strlen(bodies[k].ending);
        if (size > ending && strcmp(path + size - ending, bodies[k].ending) == 0) return bodies[k].body;
    }
    return method == MZ_PATCH ? "{}" : NULL;
}

/* The answer without the place that was asked for. */
static int ask_about(mz_method method, const char *path, const named_words *words, char *ret_body, size_t size) {
    char target[256];
    fill_words(path, words, target, sizeof target - 24);
    if (method == MZ_POST && strstr(path, "/attachments")) strcat(target, "?file_name=a.txt");
    int status = staffed_ask(&staff, method, target, body_of(method, path));
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
    work_in_the_house();
    for (size_t row = 0; row < ROWS; row++) {
        const named_words nothing = {"01JZZZZZZZZZZZZZZZZZZZZZZZ", "01JZZZZZZZZZZZZZZZZZZZZZZZ",
                                     "01JZZZZZZZZZZZZZZZZZZZZZZZ"};
        const char *object = object_of(table[row].path, &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST], key.key.data,
                                       &staff.office.house);
        for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT && table[row].foreign != '-'; role++) {
            staffed_as(&staff, &staff.people[STAFFED_BUREAU][role]);
            mz_test_case("%s %s, %s of the bureau", methods[table[row].method], table[row].path,
                         mz_access_role_word(role));
            int expected = cell(row, (int)role) == 'x' ? 404 : 403;
            const named_words house_words = {object, casework.decision, casework.attachment};
            CHECK_INT(expected, ask_about(table[row].method, table[row].path, &nothing, unknown, sizeof unknown));
            CHECK_INT(expected, ask_about(table[row].method, table[row].path, &house_words, foreign, sizeof foreign));
            CHECK_TEXT(unknown, foreign);
        }
    }
    CHECK_INT(MZ_PERSON, office_who(&staff.office, NULL, staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST].cookie).kind);
    staffed_as(&staff, &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST]);
    char target[128];
    snprintf(target, sizeof target, "/api/v1/cases/%s", casework.case_key);
    CHECK_INT(200, staffed_ask(&staff, MZ_GET, target, NULL));
    CHECK_TEXT("2", staffed_member("version"));
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

TEST(no_list_of_casework_tells_anything_of_another_agency) {
    static const char *const lists[] = {"/api/v1/cases?phase=all",      "/api/v1/cases?phase=all&format=csv",
                                        "/api/v1/alerts?phase=all",     "/api/v1/alerts?phase=all&format=csv",
                                        "/api/v1/clearances?state=all", "/api/v1/clearances?state=all&format=csv"};
    char target[256];
    staffed_start(&staff);
    work_in_the_house();
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        mz_test_case("%s", lists[k]);
        staffed_as(&staff, &staff.people[STAFFED_HOUSE][MZ_ACCESS_AUDITOR]);
        CHECK_INT(200, staffed_ask(&staff, MZ_GET, lists[k], NULL));
        CHECK(strstr(staffed_body(), "Zaynab Murjani") != NULL);
        staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_AUDITOR]);
        CHECK_INT(200, staffed_ask(&staff, MZ_GET, lists[k], NULL));
        CHECK(strstr(staffed_body(), "Zaynab Murjani") == NULL);
    }
    /* nor is anything to be guessed from a filter, or from one's own case with another's parts */
    snprintf(target, sizeof target, "/api/v1/clearances?state=all&case=%s", casework.case_key);
    CHECK_INT(200, staffed_ask(&staff, MZ_GET, target, NULL));
    CHECK_TEXT("{\"clearances\":[],\"next\":null}", staffed_body());
    char foreign_decision[32], foreign_file[32];
    snprintf(foreign_decision, sizeof foreign_decision, "%s", casework.decision);
    snprintf(foreign_file, sizeof foreign_file, "%s", casework.attachment);
    staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_ANALYST]);
    CHECK_INT(200, staffed_ask(&staff, MZ_POST, "/api/v1/screenings",
                               "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}}"));
    CHECK_TEXT("1", staffed_member("raised")); /* the house's clearance holds for the house */
    keep_member("case", casework.case_key, sizeof casework.case_key);
    snprintf(target, sizeof target, "/api/v1/cases/%s/decisions/%s/undo", casework.case_key, foreign_decision);
    CHECK_INT(404, staffed_ask(&staff, MZ_POST, target, "{\"version\":1}"));
    snprintf(target, sizeof target, "/api/v1/cases/%s/attachments/%s", casework.case_key, foreign_file);
    CHECK_INT(404, staffed_ask(&staff, MZ_GET, target, NULL));
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
