/* The audit chain over HTTP: seen by those who audit, of one's own agency alone; verified, signed, screened again. */
#include "audit/receipt.h"
#include "audit/signer.h"
#include "base/file.h"
#include "index/current.h"
#include "server/audit.h"
#include "server/work.h"
#include "staffed.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static staffed staff;
static char folder[256];

static int ask(mz_method method, const char *target, const char *body) {
    return staffed_ask(&staff, method, target, body);
}

static void as(int agency, mz_access_role role) {
    staffed_as(&staff, &staff.people[agency][role]);
}

static void bring_in(const char *text) {
    const mz_import_options options = {.list = "house", .origin = "house.ftm.json", .accept = true};
    mz_service *service = &staff.called.service;
    char path[320];
    mz_list_version version;
    mz_error error;
    bool fresh;
    snprintf(path, sizeof path, "%s/house.ftm.json", folder);
    CHECK_OK(mz_file_replace(path, text, strlen(text), &error), error);
    CHECK_OK(mz_list_store_import(service->lists, mz_list_format_find(MZ_STR("ftm")), path, &options, &version, &fresh,
                                  &error),
             error);
    (void)unlink(path);
    CHECK_OK(mz_current_refresh(service->lists, NULL, &fresh, &error), error);
}

/* A service over a store of lists, that signs. */
static void start(void) {
    mz_service *service = &staff.called.service;
    mz_error error;
    char path[320];
    staffed_start(&staff);
    mz_engines_free(service->engines);
    mz_live_close(service->live);
    snprintf(folder, sizeof folder, "%s/lists%s", mz_test_folder(), strrchr(staff.called.folder, '/'));
    CHECK_OK(mz_list_store_open(folder, true, &service->lists, &error), error);
    bring_in("{\"id\":\"p-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Karim Oulghazi\"]}}\n");
    CHECK_OK(mz_current_path(service->lists, path, sizeof path, &error), error);
    CHECK_OK(mz_live_open(path, &service->live, &error), error);
    CHECK_OK(mz_engines_new(service->live, &staff.called.options, 2, &service->engines, &error), error);
    CHECK_OK(mz_work_new(service, &service->work, &error), error);
    snprintf(path, sizeof path, "%s/audit.key", folder);
    CHECK_OK(mz_audit_signer_open(path, &service->signer, &error), error);
    as(STAFFED_HOUSE, MZ_ACCESS_AUDITOR);
}

static void stop(void) {
    mz_work_free(staff.called.service.work);
    mz_audit_signer_close(staff.called.service.signer);
    mz_list_store_close(staff.called.service.lists);
    staffed_stop(&staff);
}

typedef struct one_statement {
    const char *text;
} one_statement;

static mz_status run_one(void *context, mz_sql *sql, mz_error *error) {
    const one_statement *statement = context;
    const mz_sql_value values[] = {mz_sql_text(staff.office.house.key)};
    return mz_sql_run(sql, statement->text, values, 1, NULL, error);
}

/* Behind the program's back; ?1 is the house. */
static void tamper(const char *text) {
    one_statement statement = {text};
    mz_error error;
    CHECK_OK(mz_store_change(staff.office.store, run_one, &statement, &error), error);
}

typedef struct screened {
    mz_str answer, query;
    const mz_index *index;
    mz_audit_place place;
} screened;

static mz_status keep(void *context, mz_sql *sql, mz_error *error) {
    screened *made = context;
    const mz_receipt_draft draft = {.index = made->index,
                                    .policy = mz_engines_policy(staff.called.service.engines),
                                    .query = made->query,
                                    .answer = made->answer,
                                    .why = MZ_STR("asked"),
                                    .actor_kind = MZ_STR("person"),
                                    .actor = staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST].person.key,
                                    .chain = staff.office.house.key};
    return mz_receipt_add(sql, &draft, &staff.office.arena, &made->place, error);
}

static int64_t screen(void) {
    screened made = {.query = MZ_STR("{\"schema\":\"Person\",\"properties\":{\"name\":[\"Karim Ulghazi\"]}}")};
    mz_engine *engine;
    mz_error error;
    size_t hits;
    CHECK_OK(mz_engines_take(staff.called.service.engines, 1000, &engine, &error), error);
    made.index = engine->index;
    CHECK_OK(mz_screen_json(engine->screener, made.query, &made.answer, &hits, &error), error);
    CHECK_INT(1, hits);
    CHECK_OK(mz_store_change(staff.office.store, keep, &made, &error), error);
    mz_engines_give_back(staff.called.service.engines, engine);
    return made.place.number;
}

static const char *at(const char *before, int64_t number, const char *behind) {
    static char target[128];
    snprintf(target, sizeof target, "%s%lld%s", before, (long long)number, behind);
    return target;
}

static size_t count_of(const char *text) {
    size_t count = 0;
    for (const char *found = staffed_body(); (found = strstr(found, text)); found++) count++;
    return count;
}

/* ---- entries ---- */

TEST(an_auditor_sees_what_was_done_and_by_whom) {
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?kind=person.added&limit=2", NULL));
    CHECK_INT(2, count_of("\"kind\":\"person.added\""));
    CHECK_INT(2, count_of("\"actor_kind\":\"command\""));
    CHECK(strstr(staffed_body(), "\"personal\":{") != NULL);
    CHECK(strstr(staffed_body(), "\"body\":{\"roles\":\"") != NULL);
    CHECK(strstr(staffed_body(), "\"next\":\"") != NULL);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?kind=session.&limit=1", NULL));
    CHECK_INT(1, count_of("\"kind\":\"session."));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?object=nothing", NULL));
    CHECK_TEXT("{\"entries\":[],\"next\":null}", staffed_body());
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/1", NULL));
    CHECK_TEXT("agency.added", staffed_member("kind"));
    CHECK(strstr(staffed_member("line"), "{\"actor\":\"\",\"actor_kind\":\"command\"") != NULL);
    CHECK_INT(64, strlen(staffed_member("hash")));
    stop();
}

/* Each kind of entry that this story makes, and each event of the history, is called something in each language. */
TEST(what_an_entry_is_of_is_told_in_three_languages) {
    static const char *const languages[] = {"en", "fr", "ar"}, *const opened[] = {"Signed in", "Connexion",
                                                                                  "تسجيل دخول"};
    char target[64], word[96];
    start();
    for (size_t k = 0; k < 3; k++) {
        snprintf(target, sizeof target, "/api/v1/words/audit?language=%s", languages[k]);
        CHECK_INT(200, ask(MZ_GET, target, NULL));
        snprintf(word, sizeof word, "{\"word\":\"session.opened\",\"title\":\"%s\"}", opened[k]);
        CHECK(strstr(staffed_body(), word) != NULL);
        for (int event = 0; event < MZ_EVENT_COUNT; event++) {
            mz_test_case("%s", mz_event_word((mz_event)event));
            snprintf(word, sizeof word, "{\"word\":\"%s\",\"title\":\"", mz_event_word((mz_event)event));
            CHECK(strstr(staffed_body(), word) != NULL);
        }
    }
    CHECK_INT(200, ask(MZ_GET, "/api/v1/words/effectiveness?language=fr", NULL));
    CHECK(strstr(staffed_body(), "{\"word\":\"title\",\"title\":\"un titre devant\"}") != NULL);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/words/properties?language=fr", NULL));
    CHECK(strstr(staffed_body(), "{\"word\":\"birthDate\",\"title\":\"date de naissance\"}") != NULL);
    CHECK_INT(404, ask(MZ_GET, "/api/v1/words/nothing", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/words/audit?language=de", NULL));
    stop();
}

TEST(whoever_did_it_is_told_by_name) {
    start();
    int64_t number = screen();
    CHECK_INT(200, ask(MZ_GET, at("/api/v1/audit/", number, ""), NULL));
    CHECK_TEXT("screening", staffed_member("kind"));
    CHECK_STR(staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST].person.key, mz_str_of(staffed_member("actor.id")));
    CHECK_TEXT("house-analyst", staffed_member("actor.name"));
    stop();
}

TEST(all_entries_are_told_as_a_table_or_as_lines) {
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?format=csv&kind=person.added", NULL));
    CHECK(
        strstr(staffed_body(), "number,at,kind,actor_kind,actor,actor_name,object,hash,line,personal,salt,erased\n") ==
        staffed_body());
    CHECK_INT(MZ_ACCESS_ROLE_COUNT + 1, count_of(",person.added,"));
    CHECK_TEXT("attachment; filename=\"audit.csv\"", staffed_answer_header("Content-Disposition", 0));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?format=jsonl&kind=person.added", NULL));
    CHECK_INT(MZ_ACCESS_ROLE_COUNT + 1, count_of("\n"));
    stop();
}

TEST(what_is_asked_wrongly_is_refused) {
    static const char *const wrong[] = {"/api/v1/audit?limit=101",  "/api/v1/audit?since=yesterday",
                                        "/api/v1/audit?format=pdf", "/api/v1/audit?before=x",
                                        "/api/v1/audit?of=me",      "/api/v1/audit/chain?x=1",
                                        "/api/v1/audit/1?x=1",      "/api/v1/audit/checkpoints?limit=0"};
    static const char *const nowhere[] = {"/api/v1/audit/0",
                                          "/api/v1/audit/999999",
                                          "/api/v1/audit/x",
                                          "/api/v1/audit/-1",
                                          "/api/v1/audit/99999999999999999999",
                                          "/api/v1/receipts/1",
                                          "/api/v1/receipts/x"};
    start();
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        mz_test_case("%s", wrong[k]);
        CHECK_INT(400, ask(MZ_GET, wrong[k], NULL));
    }
    for (size_t k = 0; k < sizeof nowhere / sizeof *nowhere; k++) {
        mz_test_case("%s", nowhere[k]);
        CHECK_INT(404, ask(MZ_GET, nowhere[k], NULL));
    }
    stop();
}

TEST(another_agency_sees_nothing_of_it) {
    start();
    int64_t number = screen();
    char target[128];
    as(STAFFED_BUREAU, MZ_ACCESS_AUDITOR);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?format=jsonl", NULL));
    CHECK(!strstr(staffed_body(), staff.office.house.key.data) && !strstr(staffed_body(), "Karim"));
    CHECK_INT(404, ask(MZ_GET, at("/api/v1/receipts/", number, ""), NULL));
    CHECK_INT(404, ask(MZ_POST, at("/api/v1/receipts/", number, "/replay"), NULL));
    snprintf(target, sizeof target, "/api/v1/audit?object=%s", staff.office.house.key.data);
    CHECK_INT(200, ask(MZ_GET, target, NULL));
    CHECK_TEXT("{\"entries\":[],\"next\":null}", staffed_body());
    stop();
}

/* ---- the chain ---- */

TEST(a_chain_is_signed_and_verified) {
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/chain", NULL));
    CHECK_TEXT("0", staffed_member("checkpoints"));
    CHECK(strstr(staffed_body(), "\"last_checkpoint\":null,\"verified\":null") != NULL);
    char key[80];
    snprintf(key, sizeof key, "%s", staffed_member("public_key"));
    CHECK_TEXT(mz_audit_signer_public(staff.called.service.signer), key);
    CHECK_INT(201, ask(MZ_POST, "/api/v1/audit/checkpoints", NULL));
    CHECK_TEXT(key, staffed_member("public_key"));
    CHECK(strstr(staffed_body(), "\"text\":\"mizan-checkpoint 1\\nchain ") != NULL);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(200, ask(MZ_POST, "/api/v1/audit/verify", NULL));
    CHECK(strcmp("0", staffed_member("signed")) != 0); /* by the service's own key */
    CHECK(strstr(staffed_body(), "{\"whole\":true,\"signed\":") == staffed_body());
    CHECK_TEXT("1", staffed_member("checkpoints"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(1, count_of("\"signature\""));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/chain", NULL));
    CHECK_TEXT("audit.verified", staffed_member("verified.kind"));
    tamper("UPDATE audit_entry SET line = '{}' WHERE chain = ?1 AND number = 3");
    CHECK_INT(200, ask(MZ_POST, "/api/v1/audit/verify", NULL));
    CHECK(strstr(staffed_body(), "{\"whole\":false,") == staffed_body());
    CHECK_TEXT("3", staffed_member("first_bad"));
    CHECK_TEXT("altered", staffed_member("fault"));
    stop();
}

TEST(an_end_that_is_not_as_it_was_left_is_not_signed) {
    start();
    tamper("UPDATE audit_chain SET hash = 'x' WHERE chain = ?1");
    CHECK_INT(409, ask(MZ_POST, "/api/v1/audit/checkpoints", NULL));
    mz_audit_signer *signer = staff.called.service.signer;
    staff.called.service.signer = NULL;
    CHECK_INT(404, ask(MZ_POST, "/api/v1/audit/checkpoints", NULL));
    staff.called.service.signer = signer;
    stop();
}

TEST(a_long_chain_is_verified_by_a_task) {
    mz_error error;
    bool worked = true;
    start();
    tamper("UPDATE audit_chain SET number = 300000 WHERE chain = ?1");
    CHECK_INT(202, ask(MZ_POST, "/api/v1/audit/verify", NULL));
    CHECK_TEXT("audit.verify", staffed_member("kind"));
    const char *task = mz_arena_copy(&staff.office.arena, mz_str_of(staffed_answer_header("Location", 0))).data;
    while (worked) CHECK_OK(mz_work_step(staff.called.service.work, &worked, &error), error);
    CHECK_INT(200, ask(MZ_GET, task, NULL));
    CHECK_TEXT("done", staffed_member("phase"));
    CHECK_TEXT("missing", staffed_member("result.fault"));
    stop();
}

/* ---- receipts ---- */

TEST(a_receipt_is_handed_out_and_screened_again_although_the_list_changed) {
    mz_service *service = &staff.called.service;
    mz_error error;
    bool fresh;
    start();
    int64_t number = screen();
    CHECK_INT(200, ask(MZ_GET, at("/api/v1/receipts/", number, ""), NULL));
    CHECK(strstr(staffed_body(), "\"kind\":\"screening\"") != NULL);
    CHECK(strstr(staffed_body(), "Karim Ulghazi") != NULL);
    bring_in("{\"id\":\"p-2\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}\n");
    CHECK_OK(mz_service_refresh(service, &fresh, &error), error);
    CHECK(fresh);
    CHECK_INT(200, ask(MZ_POST, at("/api/v1/receipts/", number, "/replay"), NULL));
    CHECK_TEXT("identical", staffed_member("outcome"));
    CHECK_TEXT("true", staffed_member("proved"));
    CHECK_TEXT("entry", staffed_member("proof"));
    CHECK(strstr(staffed_body(), "\"entity\":\"p-1\"") != NULL);
    CHECK_INT(201, ask(MZ_POST, "/api/v1/audit/checkpoints", NULL)); /* and then each receipt has one of its own */
    CHECK_INT(200, ask(MZ_GET, at("/api/v1/receipts/", number, ""), NULL));
    char own[64];
    snprintf(own, sizeof own, "\\nnumber %lld\\n", (long long)number);
    CHECK(strstr(staffed_body(), own) != NULL);
    tamper("UPDATE audit_chain SET hash = 'x' WHERE chain = ?1");
    CHECK_INT(200, ask(MZ_POST, at("/api/v1/receipts/", number, "/replay"), NULL));
    CHECK_TEXT("identical", staffed_member("outcome"));
    CHECK_TEXT("false", staffed_member("proved"));
    CHECK_TEXT("altered-entry", staffed_member("proof"));
    tamper("DELETE FROM audit_personal WHERE chain = ?1");
    CHECK_INT(200, ask(MZ_POST, at("/api/v1/receipts/", number, "/replay"), NULL));
    CHECK_TEXT("not-possible", staffed_member("outcome"));
    mz_list_store *lists = service->lists;
    service->lists = NULL;
    CHECK_INT(404, ask(MZ_POST, at("/api/v1/receipts/", number, "/replay"), NULL));
    service->lists = lists;
    stop();
}

/* ---- by itself ---- */

TEST(what_the_service_screens_with_is_noted_once_for_each_agency) {
    mz_service *service = &staff.called.service;
    mz_error error;
    bool fresh;
    start();
    for (int round = 0; round < 2; round++) {
        CHECK_OK(mz_service_note_using(service, &error), error);
        CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?kind=service.using", NULL));
        CHECK_INT(1, count_of("\"kind\":\"service.using\""));
    }
    CHECK(strstr(staffed_body(), "\"list\":\"house\"") != NULL);
    bring_in("{\"id\":\"p-2\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}\n");
    CHECK_OK(mz_service_refresh(service, &fresh, &error), error);
    CHECK_OK(mz_work_due(service->work, &error), error);
    as(STAFFED_BUREAU, MZ_ACCESS_AUDITOR);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?kind=service.using", NULL));
    CHECK_INT(2, count_of("\"kind\":\"service.using\""));
    stop();
}

/* `mizan lists update` knows of no database: what it changed is told by who screens against it next, in each agency,
 * and once. */
TEST(a_list_that_changed_behind_the_services_back_is_told_once) {
    mz_service *service = &staff.called.service;
    mz_error error;
    bool fresh;
    start();
    CHECK_OK(mz_service_note_using(service, &error), error);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?kind=list.changed", NULL));
    CHECK_INT(0, count_of("\"kind\":\"list.changed\""));
    bring_in("{\"id\":\"p-2\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}\n");
    CHECK_OK(mz_service_refresh(service, &fresh, &error), error);
    for (int round = 0; round < 2; round++) {
        CHECK_OK(mz_service_note_using(service, &error), error);
        as(STAFFED_HOUSE, MZ_ACCESS_AUDITOR);
        CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?kind=list.changed", NULL));
        CHECK_INT(1, count_of("\"kind\":\"list.changed\""));
        CHECK_INT(1, count_of("\"how\":\"found\",\"list\":\"house\",\"to\":\""));
        as(STAFFED_BUREAU, MZ_ACCESS_AUDITOR);
        CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?kind=list.changed", NULL));
        CHECK_INT(1, count_of("\"kind\":\"list.changed\""));
    }
    bring_in("{\"id\":\"p-3\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Karim Murjani\"]}}\n");
    CHECK_OK(mz_service_refresh(service, &fresh, &error), error);
    CHECK_OK(mz_work_due(service->work, &error), error); /* as the worker does by itself */
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit?kind=list.changed", NULL));
    CHECK_INT(2, count_of("\"kind\":\"list.changed\""));
    stop();
}

/* As whoever can write the database would: it is another history, in which everything fits. */
TEST(a_history_that_was_made_anew_is_not_signed) {
    mz_error error;
    start();
    CHECK_OK(mz_service_note_using(&staff.called.service, &error), error);
    CHECK_OK(mz_service_sign(&staff.called.service, 0, &error), error);
    tamper("DELETE FROM audit_checkpoint WHERE chain = ?1");
    tamper("DELETE FROM audit_personal WHERE chain = ?1 AND number > 2");
    tamper("DELETE FROM audit_entry WHERE chain = ?1 AND number > 2");
    tamper("UPDATE audit_chain SET number = 2, hash = (SELECT e.hash FROM audit_entry e WHERE e.chain = "
           "audit_chain.chain AND e.number = 2) WHERE chain = ?1");
    CHECK_INT(409, ask(MZ_POST, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(MZ_ERR_REFUSED, mz_service_sign(&staff.called.service, 0, &error));
    CHECK(strstr(error.text, "does not lead on") != NULL);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/audit/verify", NULL));
    CHECK_TEXT("missing", staffed_member("fault"));
    CHECK_TEXT("3", staffed_member("first_bad"));
    as(STAFFED_HOUSE, MZ_ACCESS_ADMINISTRATOR);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/service/security", NULL));
    CHECK(strstr(staffed_body(), "{\"id\":\"audit-verified\",\"state\":\"bad\"") != NULL);
    stop();
}

TEST(chains_are_signed_every_hour_in_which_something_was_added) {
    mz_service *service = &staff.called.service;
    mz_error error;
    start();
    CHECK_OK(mz_service_note_using(service, &error), error);
    CHECK_OK(mz_work_due(service->work, &error), error);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(1, count_of("\"signature\""));
    CHECK_INT(200, ask(MZ_POST, "/api/v1/audit/verify", NULL)); /* an entry more */
    CHECK_OK(mz_work_due(service->work, &error), error);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(1, count_of("\"signature\""));
    CHECK_OK(mz_service_sign(service, 0, &error), error); /* as when it stops */
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(2, count_of("\"signature\""));
    CHECK_OK(mz_service_sign(service, 0, &error), error);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(2, count_of("\"signature\""));
    stop();
}

TEST(what_others_put_into_the_store_keeps_nothing_from_being_signed) {
    mz_service *service = &staff.called.service;
    mz_error error;
    char forged[600], zeros[129];
    start();
    memset(zeros, '0', 128);
    zeros[128] = '\0';
    CHECK_OK(mz_service_note_using(service, &error), error);
    const char *key = mz_audit_signer_public(service->signer), *keys[] = {zeros + 64, key};
    for (size_t k = 0; k < 2; k++) {
        snprintf(forged, sizeof forged,
                 "INSERT INTO audit_checkpoint (chain, number, at, hash, public_key, signature) SELECT chain, 900000, "
                 "9000000000, hash, '%s', '%s' FROM audit_chain WHERE chain = ?1",
                 keys[k], zeros);
        tamper(forged);
    }
    CHECK_OK(mz_service_sign(service, MZ_CHECKPOINT_EVERY_S, &error), error);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(3, count_of("\"signature\""));
    CHECK_INT(200, ask(MZ_POST, "/api/v1/audit/verify", NULL)); /* an entry more */
    CHECK_OK(mz_service_sign(service, MZ_CHECKPOINT_EVERY_S, &error), error);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(3, count_of("\"signature\"")); /* an hour has not passed */
    snprintf(forged, sizeof forged,
             "UPDATE audit_checkpoint SET at = 9000000000 WHERE chain = ?1 AND public_key = '%s'", key);
    tamper(forged); /* as if it had been signed in years to come */
    CHECK_OK(mz_service_sign(service, MZ_CHECKPOINT_EVERY_S, &error), error);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/audit/checkpoints", NULL));
    CHECK_INT(4, count_of("\"signature\""));
    stop();
}

TEST_MAIN()
