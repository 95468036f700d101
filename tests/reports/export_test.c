/* The casework of an agency as files. */
#include "reports/export.h"

#include "../store/stores.h"
#include "base/file.h"
#include "base/json_read.h"
#include "test.h"
#include "told.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static office open;
static char folder[512];

static void start(const char *address) {
    static unsigned number; /* a folder for each test */
    office_open(&open, address);
    mz_person amal = office_person(&open, &open.in_house, "amal", MZ_ACCESS_ANALYST);
    mz_person badr = office_person(&open, &open.in_house, "badr", MZ_ACCESS_APPROVER);
    mz_person dalila = office_person(&open, &open.in_bureau, "dalila", MZ_ACCESS_APPROVER);
    mz_person nobody = {.key = MZ_STR("")};
    (void)told_add(&open, &open.house, "one", &amal, &badr, true);
    (void)told_add(&open, &open.house, "two", &amal, &badr, false);
    (void)told_add(&open, &open.bureau, "foreign", &dalila, &nobody, false);
    snprintf(folder, sizeof folder, "%s/export-%u", mz_test_folder(), ++number);
}

static mz_str file(const char *name) {
    mz_buffer buffer;
    mz_error error;
    char path[640];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    mz_buffer_init(&buffer, 1 << 20);
    CHECK_OK(mz_file_read(path, &buffer, &error), error);
    mz_str text = mz_arena_copy(&open.arena, mz_buffer_view(&buffer));
    mz_buffer_done(&buffer);
    return text;
}

STORE_TEST(each_table_is_a_file_of_lines_and_each_file_is_in_the_manifest) {
    mz_exported exported;
    mz_error error;
    const mz_json_value *manifest, *line;
    char digest[MZ_DIGEST_HEX_SIZE];
    start(address);
    CHECK_OK(mz_export(open.store, open.house.key, folder, "mizan test", &exported, &error), error);
    CHECK_INT(1, exported.attachments);
    mz_str text = file("manifest.json");
    CHECK_OK(mz_json_parse(text, 0, &open.arena, &manifest, &error), error);
    size_t files = 0;
    for (const mz_json_value *each = mz_json_member(manifest, "files")->child; each; each = each->next, files++) {
        mz_str name = mz_json_member(each, "name")->text, bytes = file(mz_arena_copy(&open.arena, name).data);
        mz_digest state;
        mz_test_case("%.*s", (int)name.size, name.data);
        mz_digest_init(&state);
        mz_digest_update(&state, bytes.data, bytes.size);
        mz_digest_hex(&state, digest);
        CHECK_STR(mz_json_member(each, "digest")->text, mz_str_of(digest));
        if (strstr(name.data, "attachments/") == name.data) continue;
        for (size_t at = 0; at < bytes.size;) {
            size_t size = (size_t)((const char *)memchr(bytes.data + at, '\n', bytes.size - at) - bytes.data) - at;
            CHECK_OK(mz_json_parse((mz_str){bytes.data + at, size}, 0, &open.arena, &line, &error), error);
            at += size + 1;
        }
    }
    CHECK_INT(exported.files, files);
    office_close(&open);
}

STORE_TEST(rows_are_told_with_their_values_and_those_of_others_are_not) {
    mz_exported exported;
    mz_error error;
    start(address);
    CHECK_OK(mz_export(open.store, open.house.key, folder, "mizan test", &exported, &error), error);
    mz_str cases = file("cases.jsonl"), alerts = file("alerts.jsonl"), decisions = file("decisions.jsonl");
    CHECK(strstr(cases.data, "{\"id\":\"C-one\",\"label\":\"2027-one\",\"subject\":\"S-one\",\"phase\":\"closed\","
                             "\"assignee\":null,\"escalated\":false,\"weight\":31.400000,") == cases.data);
    CHECK(strstr(cases.data, "2027-two") && !strstr(cases.data, "foreign"));
    CHECK(strstr(alerts.data, "\"hit\":{\"entity\":\"un-9900001\"") != NULL);
    CHECK(strstr(decisions.data, "\"four_eyes\":true") &&
          strstr(decisions.data, "\"note\":\"The passport was seen.\""));
    CHECK(strstr(file("audit.jsonl").data, "\"entry\":{\"actor\"") != NULL);
    CHECK(!strstr(file("people.jsonl").data, "argon2") && !strstr(file("people.jsonl").data, "dalila"));
    CHECK_STR(MZ_STR("a \0 letter"), file("attachments/0e5751c0"));
    office_close(&open);
}

STORE_TEST(the_same_casework_gives_the_same_bytes) {
    mz_exported first, second;
    mz_error error;
    start(address);
    CHECK_OK(mz_export(open.store, open.house.key, folder, "mizan test", &first, &error), error);
    strcat(folder, "-again");
    CHECK_OK(mz_export(open.store, open.house.key, folder, "mizan test", &second, &error), error);
    CHECK_TEXT(first.digest, second.digest);
    CHECK_INT(first.rows, second.rows);
    office_close(&open);
}

STORE_TEST(a_folder_with_something_in_it_is_refused) {
    mz_exported exported;
    mz_error error;
    start(address);
    CHECK_OK(mz_export(open.store, open.house.key, folder, "mizan test", &exported, &error), error);
    CHECK_INT(MZ_ERR_REFUSED, mz_export(open.store, open.house.key, folder, "mizan test", &exported, &error));
    strcat(folder, "/manifest.json");
    CHECK(mz_export(open.store, open.house.key, folder, "mizan test", &exported, &error) != MZ_OK);
    office_close(&open);
}

TEST_MAIN()
