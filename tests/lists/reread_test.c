/* Reading again what is kept: a reader that has learned something makes another version of the same files. What the
 * later reader has learned is that dates have the month first. */
#include "mizan/store.h"

#include "base/error.h"
#include "line_list.h"
#include "lists/folder.h"
#include "lists/import.h"
#include "lists/reader.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char two_people[] = "#published 2026-03-01\n"
                                 "a1|Person|Amina Tazi|birthDate=03/04/1970\n"
                                 "a2|Person|Basma Idrissi\n";

static mz_list_format later_lines(void) {
    mz_list_format format = line_list;
    format.dates = MZ_DATE_MONTH_FIRST;
    return format;
}

typedef struct read_again {
    mz_status status;
    mz_list_version version;
    bool new;
    mz_error error;
} read_again;

static read_again reread_with(mz_list_store *store, const mz_list_format *format, bool accept) {
    read_again result = {0};
    mz_import_options options = {.accept = accept};
    result.status = mz_store_reread(store, format, "tl", &options, &result.version, &result.new, &result.error);
    return result;
}

static read_again reread_later(mz_list_store *store) {
    mz_list_format format = later_lines();
    read_again result = reread_with(store, &format, false);
    CHECK_OK(result.status, result.error);
    return result;
}

static size_t version_count(mz_list_store *store) {
    mz_list_version *versions = NULL;
    size_t count = 0;
    mz_error error = {0};
    CHECK_OK(mz_list_store_history(store, "tl", &versions, &count, &error), error);
    free(versions);
    return count;
}

TEST(the_same_reader_finds_the_same_and_nothing_changes) {
    mz_list_store *store = store_with(two_people);
    mz_list_version held = current_version(store);
    read_again again = reread_with(store, &line_list, false);
    CHECK_OK(again.status, again.error);
    CHECK(!again.new);
    CHECK_TEXT(held.version, again.version.version);
    CHECK_INT(0, again.version.reread);
    CHECK_INT(1, version_count(store));
    mz_list_store_close(store);
}

TEST(a_better_reader_makes_a_version_of_the_same_contents) {
    CHECK(setenv("MIZAN_NOW", "1780000000", 1) == 0);
    mz_list_store *store = store_with(two_people);
    mz_list_version held = current_version(store);
    CHECK_TEXT(held.version, held.contents);
    CHECK(setenv("MIZAN_NOW", "1790000000", 1) == 0);
    read_again again = reread_later(store);
    (void)unsetenv("MIZAN_NOW");
    mz_list_version version = current_version(store);
    CHECK(again.new);
    CHECK_TEXT(again.version.version, version.version);
    CHECK(strcmp(held.version, version.version) != 0);
    CHECK_TEXT(held.contents, version.contents);
    CHECK_TEXT(held.version, version.previous);
    CHECK_TEXT(held.origin, version.origin);
    CHECK_INT(1780000000, version.imported);
    CHECK_INT(1780000000, version.checked);
    CHECK_INT(1790000000, version.reread);
    CHECK_INT(0, version.added + version.removed);
    CHECK_INT(1, version.changed);
    CHECK_TEXT("~tl-a1 Person.birthDate(1970-04-03>1970-03-04)\n", diff_text(store, NULL, NULL));
    CHECK(!reread_later(store).new);
    CHECK_INT(2, version_count(store));
    mz_list_store_close(store);
}

TEST(files_that_were_read_again_are_known_when_they_come_again) {
    mz_list_store *store = store_with(two_people);
    mz_error error = {0};
    mz_list_version version;
    read_again again = reread_later(store);
    bool new = true;
    mz_list_format later = later_lines();
    const char *path = write_text(new_folder(), "list.txt", two_people);
    CHECK_OK(mz_list_store_import(store, &later, path, NULL, &version, &new, &error), error);
    CHECK(!new);
    CHECK_TEXT(again.version.version, version.version);
    mz_list_store_close(store);
}

TEST(what_was_read_again_can_be_undone_and_read_once_more) {
    mz_list_store *store = store_with(two_people);
    mz_list_version held = current_version(store);
    mz_error error = {0};
    read_again first = reread_later(store);
    CHECK_OK(mz_list_store_select(store, "tl", held.version, &error), error);
    CHECK_TEXT(held.version, current_version(store).version);
    read_again second = reread_later(store);
    CHECK(second.new);
    CHECK_TEXT(first.version.version, second.version.version);
    CHECK_TEXT(first.version.version, current_version(store).version);
    CHECK_INT(2, version_count(store));
    mz_list_store_close(store);
}

TEST(all_files_of_a_list_are_read_again) {
    mz_list_store *store = open_store();
    mz_list_version version;
    mz_error error = {0};
    bool new;
    const char *folder = new_folder();
    (void)write_text(folder, "more.txt", "b1|Person|Chadia Naciri|birthDate=05/06/1971\n");
    const char *path = write_text(folder, "list.txt", two_people);
    CHECK_OK(mz_list_store_import(store, &line_list, path, NULL, &version, &new, &error), error);
    CHECK(unlink(path) == 0);
    read_again again = reread_later(store);
    CHECK_INT(3, again.version.entities);
    CHECK_INT(2, again.version.changed);
    CHECK_TEXT("tl-a1 tl-a2 tl-b1", current_ids(store));
    mz_list_store_close(store);
}

static mz_status read_nothing(mz_reading *reading) {
    (void)mz_reading_file(reading, reading->path);
    return MZ_OK;
}

static mz_status read_badly(mz_reading *reading) {
    return mz_fail(reading->error, MZ_ERR_INPUT, "nothing that this reader knows");
}

TEST(a_worse_reader_is_refused_and_the_version_stays) {
    mz_list_store *store = store_with(two_people);
    mz_list_version held = current_version(store);
    mz_list_format blind = line_list;
    blind.read = read_nothing;
    read_again again = reread_with(store, &blind, false);
    CHECK_INT(MZ_ERR_REFUSED, again.status);
    CHECK(strstr(again.error.text, "there is no record in it") != NULL);
    CHECK(strstr(again.error.text, "--accept") != NULL);
    blind.read = read_badly;
    CHECK_INT(MZ_ERR_INPUT, reread_with(store, &blind, true).status);
    CHECK_TEXT(held.version, current_version(store).version);
    CHECK_TEXT("tl-a1 tl-a2", current_ids(store));
    mz_list_store_close(store);
}

TEST(what_cannot_be_read_again_is_said) {
    mz_list_store *store = store_with(two_people);
    mz_list_version held = current_version(store), version;
    mz_error error = {0};
    bool new;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_list_store_reread(store, "absent", NULL, &version, &new, &error));
    CHECK(strstr(error.text, "no version of the list absent") != NULL);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_reread(store, "../tl", NULL, &version, &new, &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_reread(store, "tl", NULL, &version, &new, &error));
    CHECK(strstr(error.text, "no reader for the format lines") != NULL);
    CHECK(truncate(version_file(store, held.version, "source/list.txt.zst"), 9) == 0);
    CHECK_INT(MZ_ERR_INPUT, reread_with(store, &line_list, true).status);
    CHECK_TEXT("tl-a1 tl-a2", current_ids(store));
    CHECK(truncate(version_file(store, held.version, "records.ndjson.zst"), 9) == 0);
    read_again again = reread_with(store, &line_list, true);
    CHECK_INT(MZ_ERR_INPUT, again.status);
    CHECK(strstr(again.error.text, "damaged") != NULL);
    mz_list_store_close(store);
}

TEST_MAIN()
