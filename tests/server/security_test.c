/* The page that audits the service's own settings: each check is of what is so, and turns when that does. */
#include "audit/audit.h"
#include "audit/signer.h"
#include "server/audit.h"
#include "server/listed.h"
#include "staffed.h"
#include "test.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static staffed staff;
static mz_error error;

static const staffed_person *head(void) {
    return &staff.people[STAFFED_HOUSE][MZ_ACCESS_ADMINISTRATOR];
}

/* Asks, and checks what one check says. */
static void check_state(const char *id, const char *state) {
    char start[96];
    CHECK_INT(200, staffed_ask(&staff, MZ_GET, "/api/v1/service/security", NULL));
    snprintf(start, sizeof start, "{\"id\":\"%s\",\"state\":\"", id);
    const char *at = strstr(staffed_body(), start);
    mz_test_case("%s: %s", id, state);
    CHECK(at != NULL);
    at += strlen(start);
    CHECK_STR(mz_str_of(state), ((mz_str){at, strcspn(at, "\"")}));
    bool good = strcmp(state, "good") == 0;
    const char *remedy = strstr(at, "\"remedy\":");
    CHECK(remedy && good == (strncmp(remedy, "\"remedy\":null", 13) == 0));
}

static void start(void) {
    staffed_start(&staff);
    staffed_as(&staff, head());
}

TEST(settings_of_the_service_are_looked_at) {
    start();
    mz_service_settings *settings = &staff.called.service.settings;
    check_state("tls", "bad");
    check_state("origin", "warning");
    check_state("anonymous", "good");
    check_state("log-names", "good");
    check_state("sessions", "good");
    check_state("build", "good");
    check_state("backup", "unknown");
    check_state("database-file", "good");
    settings->secure = true;
    settings->origin = "https://screening.example";
    settings->anonymous_rights = MZ_RIGHT_BIT(MZ_RIGHT_SCREEN);
    settings->log_names = true;
    check_state("tls", "good");
    check_state("origin", "good");
    check_state("anonymous", "warning");
    check_state("log-names", "warning");
    settings->secure = false;
    settings->anonymous_here = true;
    check_state("tls", "good");
    check_state("anonymous", "good");
    CHECK(chmod(mz_store_shown(staff.office.store), 0644) == 0);
    check_state("database-file", "bad");
    staffed_stop(&staff);
}

TEST(people_and_keys_of_the_agency_are_looked_at) {
    mz_key key;
    char secret[MZ_KEY_SIZE];
    start();
    check_state("second-factor", "warning");
    check_state("administrators-second-factor", "bad");
    check_state("keys-unused", "good");
    check_state("keys-without-end", "good");
    check_state("approvers", "warning"); /* there is one */
    (void)office_person(&staff.office, &staff.office.in_house, "second-approver", MZ_ACCESS_APPROVER);
    check_state("approvers", "good");
    check_state("one-time-passwords", "warning"); /* the first administrator never signed in */
    mz_actor house = {.who = &staff.office.in_house};
    const mz_key_draft draft = {.title = MZ_STR("batch"), .ends = office_moment() + 400 * 86400};
    CHECK_OK(mz_key_add(staff.office.access, &house, &draft, &staff.office.arena, &key, secret, &error), error);
    check_state("keys-unused", "good");
    office_later(91 * 86400);
    staff.people[STAFFED_HOUSE][MZ_ACCESS_ADMINISTRATOR].cookie =
        office_cookie(&staff.office, "house", "house-administrator");
    staffed_as(&staff, head());
    check_state("keys-unused", "warning");
    staffed_stop(&staff);
}

static mz_status append(void *context, mz_sql *sql, mz_error *problem) {
    const char *body = context;
    const mz_audit_draft draft = {.chain = staff.office.house.key,
                                  .kind = MZ_STR("audit.verified"),
                                  .actor_kind = MZ_STR("service"),
                                  .body = mz_str_of(body)};
    return mz_audit_append(sql, &draft, NULL, problem);
}

TEST(casework_and_the_chain_are_looked_at) {
    char whole[] = "{\"whole\":true}", broken[] = "{\"whole\":false}";
    start();
    check_state("four-eyes", "good");
    check_state("retention", "warning");
    check_state("audit-checkpoint", "warning");
    check_state("audit-verified", "warning");
    CHECK_OK(mz_store_change(staff.office.store, append, whole, &error), error);
    check_state("audit-verified", "good");
    CHECK_OK(mz_store_change(staff.office.store, append, broken, &error), error);
    check_state("audit-verified", "bad");
    check_state("lists", "unknown"); /* an index without a store of lists */
    staffed_stop(&staff);
}

/* ---- the key of the chain ---- */

static const char *beside(const char *name) {
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    return path;
}

static void write_file(const char *name, const char *text, mode_t mode) {
    FILE *file = fopen(beside(name), "w");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
    CHECK(chmod(beside(name), mode) == 0);
}

static void start_signing(void) {
    mz_service *service = &staff.called.service;
    start();
    (void)remove(beside("security.key"));
    (void)remove(beside("security.key.signed"));
    CHECK_OK(mz_audit_signer_open(beside("security.key"), &service->signer, &error), error);
}

static void stop_signing(void) {
    mz_audit_signer_close(staff.called.service.signer);
    staff.called.service.signer = NULL;
    staffed_stop(&staff);
}

TEST(a_service_without_a_key_is_told_so) {
    start();
    check_state("audit-key", "bad");
    check_state("audit-key-owner", "unknown");
    check_state("audit-key-used", "unknown");
    check_state("audit-key-signed", "unknown");
    staffed_stop(&staff);
}

TEST(the_key_is_there_for_its_owner_only_and_signed_last) {
    start_signing();
    check_state("audit-key", "good");
    check_state("audit-key-owner", "good");
    check_state("audit-key-used", "unknown"); /* nothing is signed yet */
    check_state("audit-key-signed", "unknown");
    CHECK_OK(mz_service_sign(&staff.called.service, 0, &error), error);
    check_state("audit-key-used", "good");
    check_state("audit-key-signed", "good");
    CHECK(chmod(beside("security.key"), 0640) == 0);
    check_state("audit-key-owner", "bad");
    check_state("audit-key", "good");
    write_file("security.key", "0000000000000000000000000000000000000000000000000000000000000001\n", 0600);
    check_state("audit-key", "bad");
    write_file("security.key", "no key\n", 0600);
    check_state("audit-key", "bad");
    CHECK(remove(beside("security.key")) == 0);
    check_state("audit-key", "bad");
    stop_signing();
}

TEST(another_key_than_that_of_the_last_checkpoint_is_told) {
    start_signing();
    mz_service *service = &staff.called.service;
    CHECK_OK(mz_service_sign(service, 0, &error), error);
    mz_audit_signer_close(service->signer);
    CHECK_OK(mz_audit_signer_open(beside("another.key"), &service->signer, &error), error);
    check_state("audit-key", "good");
    check_state("audit-key-used", "bad");
    stop_signing();
}

TEST(what_the_key_signed_last_is_a_point_of_its_own_and_fails_nothing_else) {
    start_signing();
    CHECK_OK(mz_service_sign(&staff.called.service, 0, &error), error);
    CHECK(chmod(beside("security.key.signed"), 0666) == 0);
    check_state("audit-key-signed", "bad");
    check_state("tls", "bad"); /* the rest of the page is there */
    CHECK(chmod(beside("security.key.signed"), 0600) == 0);
    check_state("audit-key-signed", "good");
    write_file("security.key.signed", "spoiled", 0600);
    check_state("audit-key-signed", "bad");
    CHECK(remove(beside("security.key.signed")) == 0);
    check_state("audit-key-signed", "bad");
    stop_signing();
}

TEST(texts_are_in_three_languages_and_who_may_not_see_people_is_refused) {
    start();
    check_state("tls", "bad");
    CHECK(strstr(staffed_body(), "\"ar\":\"") && strstr(staffed_body(), "\"fr\":\"") && !strstr(staffed_body(), "{0}"));
    staffed_as(&staff, &staff.people[STAFFED_HOUSE][MZ_ACCESS_VIEWER]);
    CHECK_INT(403, staffed_ask(&staff, MZ_GET, "/api/v1/service/security", NULL));
    staffed_stop(&staff);
}

TEST_MAIN()
