/* A file of changes is applied to the version that is current, and refused when it does not fit. */
#include "mizan/store.h"

#include "base/error.h"
#include "line_list.h"
#include "lists/formats.h"
#include "lists/import.h"
#include "lists/reader.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char people[] = "#published 2026-03-01\n"
                             "a1|Person|Amina Tazi\na2|Person|Basma Idrissi\na3|Person|Chadia Naciri\n"
                             "a4|Person|Dounia Fassi\na5|Person|Fadwa Alami\na6|Person|Ghita Bennis\n";

/* Added first, so that it is seen that the order of the list does not follow that of the changes. */
static const char changes[] = "#published 2026-03-02\n"
                              "*b1|Person|Hanane Sqalli\n~a5|Person|Fadwa Alami|birthDate=03/04/1970\n-a3\n"
                              "~a2|Person|Basma Idrissi|birthDate=1971\n*b2|Person|Ikram Lahlou\n";

typedef struct outcome {
    mz_status status;
    mz_list_version version;
    bool new;
    mz_error error;
} outcome;

static outcome import_with(mz_list_store *store, const mz_list_format *format, const char *text, bool accept) {
    outcome result = {0};
    mz_import_options options = {.list = "tl", .accept = accept};
    const char *path = write_text(new_folder(), "changes.txt", text);
    result.status = mz_list_store_import(store, format, path, &options, &result.version, &result.new, &result.error);
    return result;
}

static outcome apply(mz_list_store *store, const char *text) {
    return import_with(store, &line_list, text, false);
}

static mz_list_version applied(mz_list_store *store, const char *text) {
    outcome result = apply(store, text);
    CHECK_OK(result.status, result.error);
    CHECK(result.new);
    return result.version;
}

static outcome reread_with(mz_list_store *store, const mz_list_format *format) {
    outcome result = {0};
    result.status = mz_store_reread(store, format, "tl", NULL, &result.version, &result.new, &result.error);
    return result;
}

static size_t version_count(mz_list_store *store) {
    mz_list_version *versions = NULL;
    size_t count = 0;
    mz_error error = {0};
    CHECK_OK(mz_list_store_history(store, "tl", &versions, &count, &error), error);
    for (size_t i = 0; i < count; i++) CHECK_TEXT("", versions[i].damage);
    free(versions);
    return count;
}

static void check_refused(const outcome *result, const char *why) {
    CHECK_INT(MZ_ERR_REFUSED, result->status);
    if (!strstr(result->error.text, why)) CHECK_TEXT(why, result->error.text);
}

TEST(the_modified_stand_in_their_places_and_the_added_behind) {
    mz_list_store *store = store_with(people);
    mz_list_version base = current_version(store);
    mz_list_version version = applied(store, changes);
    CHECK_TEXT("tl-a1 tl-a2 tl-a4 tl-a5 tl-a6 tl-b1 tl-b2", current_ids(store));
    CHECK_TEXT("~tl-a2 Person.birthDate(>1971)\n~tl-a5 Person.birthDate(>1970-04-03)\n+tl-b1\n+tl-b2\n-tl-a3\n",
               diff_text(store, NULL, NULL));
    CHECK_TEXT(base.version, version.base);
    CHECK_TEXT(base.version, version.previous);
    CHECK(strcmp(version.version, version.contents) != 0);
    CHECK_INT(7, version.entities);
    CHECK_INT(7, version.records);
    CHECK_INT(2, version.added);
    CHECK_INT(1, version.removed);
    CHECK_INT(2, version.changed);
    CHECK_INT(strlen(changes), version.bytes);
    CHECK_INT(1772409600, version.published);
    CHECK_TEXT("", version.accepted);
    CHECK_TEXT(version.version, current_version(store).version);
    CHECK_TEXT(base.version, current_version(store).base); /* it is in the manifest */
    mz_list_store_close(store);
}

TEST(the_manifest_names_the_base_and_a_whole_list_has_none) {
    mz_list_store *store = store_with(people);
    mz_list_version base = current_version(store);
    char member[128];
    CHECK_TEXT("", base.base);
    CHECK(strstr(read_text_file(version_file(store, base.version, "manifest.json")), "\"applied\"") == NULL);
    mz_list_version version = applied(store, changes);
    (void)snprintf(member, sizeof member, "\"base\":\"%s\",\"applied\":true", base.version);
    CHECK(strstr(read_text_file(version_file(store, version.version, "manifest.json")), member) != NULL);
    mz_list_store_close(store);
}

TEST(the_same_changes_again_change_nothing) {
    mz_list_store *store = store_with(people);
    mz_list_version first = applied(store, changes);
    outcome again = apply(store, changes);
    CHECK_OK(again.status, again.error);
    CHECK(!again.new);
    CHECK_TEXT(first.version, again.version.version);
    CHECK_INT(2, version_count(store));
    mz_list_store_close(store);
}

TEST(changes_follow_changes_and_can_be_undone_and_made_again) {
    static const char next[] = "~b1|Person|Hanane Sqalli|birthDate=1980\n";
    mz_list_store *store = store_with(people);
    mz_list_version first = applied(store, changes), second = applied(store, next);
    mz_error error = {0};
    CHECK_TEXT(first.version, second.base);
    CHECK_TEXT("~tl-b1 Person.birthDate(>1980)\n", diff_text(store, NULL, NULL));
    CHECK_INT(first.published, second.published); /* these changes have no date of their own */
    CHECK_OK(mz_list_store_select(store, "tl", first.version, &error), error);
    CHECK_TEXT(second.version, applied(store, next).version);
    CHECK_INT(3, version_count(store));
    mz_list_store_close(store);
}

TEST(the_same_changes_of_another_version_are_another_version) {
    static const char next[] = "~a6|Person|Ghita Bennis|birthDate=1980\n";
    mz_list_store *store = store_with(people);
    mz_list_version base = current_version(store), of_first = applied(store, next);
    mz_error error = {0};
    CHECK_OK(mz_list_store_select(store, "tl", base.version, &error), error);
    (void)applied(store, changes);
    mz_list_version of_second = applied(store, next);
    CHECK_TEXT(of_first.contents, of_second.contents);
    CHECK(strcmp(of_first.version, of_second.version) != 0);
    mz_list_store_close(store);
}

TEST(without_a_list_there_is_nothing_to_apply_changes_to) {
    static const char *const texts[] = {changes, "-a1\n"};
    mz_list_store *store = open_store();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        outcome result = import_with(store, &line_list, texts[i], true);
        check_refused(&result, "import the whole list first: mizan lists import --list tl lines:FILE");
    }
    CHECK_INT(0, version_count(store));
    mz_list_store_close(store);
}

/* What does not fit, what is said of it, and what becomes of it when it is accepted. */
static const struct {
    const char *what, *text, *says, *ids, *diff;
} misfits[] = {
    {"an addition of what is held takes its place", "*a1|Person|Amina Tazi|birthDate=1970\n",
     "1 added but held already (tl-a1)", "tl-a1 tl-a2 tl-a3 tl-a4 tl-a5 tl-a6", "~tl-a1 Person.birthDate(>1970)\n"},
    {"a modification of what is not held adds it", "~c1|Person|Jihane Berrada\n~c2|Person|Kenza Tahiri\n",
     "2 modified but not held (tl-c1 and others)", "tl-a1 tl-a2 tl-a3 tl-a4 tl-a5 tl-a6 tl-c1 tl-c2",
     "+tl-c1\n+tl-c2\n"},
    {"a deletion of what is not held does nothing", "-c1\n-a6\n", "1 deleted but not held (tl-c1)",
     "tl-a1 tl-a2 tl-a3 tl-a4 tl-a5", "-tl-a6\n"},
    {"of several changes the last stands", "-a1\n~a1|Person|Amina Tazi|birthDate=1970\n",
     "1 changed more than once (tl-a1)", "tl-a1 tl-a2 tl-a3 tl-a4 tl-a5 tl-a6", "~tl-a1 Person.birthDate(>1970)\n"},
    {"all of it at once", "*a2|Person|Basma Idrissi|birthDate=1971\n~c1|Person|Jihane Berrada\n-c3\n-c4\n-c4\n",
     "1 added but held already (tl-a2), 1 modified but not held (tl-c1), 2 deleted but not held (tl-c3 and others), 1 "
     "changed more than once (tl-c4)",
     "tl-a1 tl-a2 tl-a3 tl-a4 tl-a5 tl-a6 tl-c1", "~tl-a2 Person.birthDate(>1971)\n+tl-c1\n"},
};

TEST(what_does_not_fit_is_refused_and_applied_as_far_as_it_can_be_when_accepted) {
    for (size_t i = 0; i < sizeof misfits / sizeof misfits[0]; i++) {
        mz_test_case("%s", misfits[i].what);
        mz_list_store *store = store_with(people);
        mz_list_version base = current_version(store);
        outcome refused = apply(store, misfits[i].text);
        check_refused(&refused, misfits[i].says);
        check_refused(&refused, "--accept");
        CHECK_TEXT(base.version, current_version(store).version);
        outcome accepted = import_with(store, &line_list, misfits[i].text, true);
        CHECK_OK(accepted.status, accepted.error);
        CHECK(strstr(accepted.version.accepted, misfits[i].says) != NULL);
        CHECK_TEXT(misfits[i].ids, current_ids(store));
        CHECK_TEXT(misfits[i].diff, diff_text(store, NULL, NULL));
        mz_list_store_close(store);
    }
}

TEST(the_rules_for_whole_lists_hold_for_what_comes_of_changes) {
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"-a1\n-a2\n", "it shrank from 6 to 4 records"},
        {"-a1\n-a2\n-a3\n-a4\n-a5\n-a6\n", "there is no record in it"},
        {"#published 2026-02-28\n-a1\n", "older than the one held"},
    };
    mz_list_store *store = store_with(people);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        outcome result = apply(store, cases[i].text);
        check_refused(&result, cases[i].says);
    }
    outcome other = import_with(store, &other_line_list, "-a1\n", false);
    check_refused(&other, "format");
    CHECK_INT(MZ_ERR_INPUT, import_with(store, &line_list, "-a1\n%\n", true).status);
    CHECK_INT(1, version_count(store));
    mz_list_store_close(store);
}

TEST(what_the_base_could_not_read_is_still_not_in_the_list) {
    mz_list_store *store = store_with("a1|Person|Amina Tazi\n!one\n!two\n");
    mz_list_version version = applied(store, "!three\n*b1|Person|Hanane Sqalli\n");
    CHECK_INT(2, version.entities);
    CHECK_INT(3, version.rejected);
    CHECK_INT(5, version.records);
    CHECK(!reread_with(store, &line_list).new);
    mz_list_store_close(store);
}

TEST(changes_are_read_again_and_applied_to_the_same_base) {
    mz_list_store *store = store_with(people);
    mz_list_version first = applied(store, changes);
    mz_list_format later = line_list;
    later.dates = MZ_DATE_MONTH_FIRST;
    outcome same = reread_with(store, &line_list);
    CHECK_OK(same.status, same.error);
    CHECK(!same.new);
    outcome other = reread_with(store, &later);
    CHECK_OK(other.status, other.error);
    CHECK(other.new);
    CHECK_TEXT(first.base, other.version.base);
    CHECK_TEXT(first.version, other.version.previous);
    CHECK_TEXT(first.contents, other.version.contents);
    CHECK_INT(7, other.version.entities);
    CHECK_TEXT("~tl-a5 Person.birthDate(1970-04-03>1970-03-04)\n", diff_text(store, NULL, NULL));
    CHECK(!reread_with(store, &later).new);
    CHECK(!apply(store, changes).new);
    mz_list_store_close(store);
}

static void check_repair(const char *file) {
    mz_list_store *store = store_with(people);
    mz_list_version first = applied(store, changes);
    CHECK(truncate(version_file(store, first.version, file), 9) == 0);
    outcome others = import_with(store, &line_list, "-a1\n", true);
    check_refused(&others, "only a damaged version of the list tl is held");
    CHECK_TEXT(first.version, applied(store, changes).version);
    CHECK_TEXT("tl-a1 tl-a2 tl-a4 tl-a5 tl-a6 tl-b1 tl-b2", current_ids(store));
    CHECK_TEXT(first.previous, current_version(store).previous);
    CHECK_INT(2, version_count(store));
    mz_list_store_close(store);
}

TEST(a_damaged_version_is_repaired_by_its_own_changes_and_takes_no_others) {
    check_repair("records.ndjson.zst");
    check_repair("manifest.json");
}

TEST(changes_cannot_be_applied_to_a_damaged_whole_list) {
    mz_list_store *store = store_with(people);
    CHECK(truncate(version_file(store, current_version(store).version, "records.ndjson.zst"), 9) == 0);
    outcome result = import_with(store, &line_list, changes, true);
    check_refused(&result, "import the whole list first");
    mz_list_store_close(store);
}

TEST(a_damaged_base_is_found_before_it_is_read_again) {
    mz_list_store *store = store_with(people);
    mz_list_version first = applied(store, changes);
    CHECK(truncate(version_file(store, first.base, "records.ndjson.zst"), 9) == 0);
    CHECK_INT(MZ_ERR_INPUT, reread_with(store, &line_list).status);
    CHECK_TEXT("tl-a1 tl-a2 tl-a4 tl-a5 tl-a6 tl-b1 tl-b2", current_ids(store));
    mz_list_store_close(store);
}

/* Far more than is written or read at once. */
TEST(many_changes_find_their_places) {
    enum { MANY = 4000 };
    mz_buffer list, many;
    mz_buffer_init(&list, 1 << 20);
    mz_buffer_init(&many, 1 << 20);
    for (int i = 0; i < MANY; i++) mz_buffer_print(&list, "p%d|Person|Invented Person %d\n", i, i);
    for (int i = MANY; i-- > 0;)
        if (i % 4 == 1) mz_buffer_print(&many, "~p%d|Person|Invented Person %d|birthDate=%d\n", i, i, 1900 + i % 100);
    for (int i = 0; i < MANY; i += 8) mz_buffer_print(&many, "-p%d\n*q%d|Person|Invented Namesake %d\n", i, i, i);
    CHECK(!list.failed && !many.failed);
    mz_list_store *store = store_with(list.data);
    mz_list_version version = applied(store, many.data);
    CHECK_INT(MANY, version.entities);
    CHECK_INT(MANY / 8, version.added);
    CHECK_INT(MANY / 8, version.removed);
    CHECK_INT(MANY / 4, version.changed);
    mz_buffer_done(&list);
    mz_buffer_done(&many);
    mz_list_store_close(store);
}

TEST(changes_of_followthemoney_entities_are_applied) {
    mz_list_store *store = open_store();
    outcome whole =
        import_with(store, &mz_format_ftm,
                    "{\"id\":\"x-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zayd Example\"]}}\n"
                    "{\"id\":\"x-2\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Yara Example\"]}}\n"
                    "{\"id\":\"x-3\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Example Holding\"]}}\n"
                    "{\"id\":\"x 4\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Example Trading\"]}}\n"
                    "{\"id\":\"x-5\",\"schema\":\"Vessel\",\"properties\":{\"name\":[\"Example Star\"]}}\n",
                    false);
    CHECK_OK(whole.status, whole.error);
    outcome result = import_with(
        store, &mz_format_ftm,
        "{\"op\":\"ADD\",\"entity\":{\"id\":\"y-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Wassim "
        "Example\"]}}}\n"
        "{\"op\":\"DEL\",\"entity\":{\"id\":\" x  4 \"}}\n"
        "{\"id\":\"y-2\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Not a change\"]}}\n"
        "{\"op\":\"MOD\",\"entity\":{\"id\":\"x-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zayd Example\"],"
        "\"birthDate\":[\"1970\"]}}}\n",
        false);
    CHECK_OK(result.status, result.error);
    CHECK_INT(1, result.version.rejected);
    CHECK_TEXT("x-1 x-2 x-3 x-5 y-1", current_ids(store));
    CHECK_TEXT("~x-1 Person.birthDate(>1970)\n+y-1\n-x 4\n", diff_text(store, NULL, NULL));
    CHECK(!reread_with(store, NULL).new);
    mz_list_store_close(store);
}

TEST_MAIN()
