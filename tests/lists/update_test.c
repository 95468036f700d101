/* Bringing lists in from their publisher: what is downloaded, what is not, and what a person's undo means to it. The
 * publisher is http_server.py on this machine. */
#include "mizan/store.h"

#include "http_server.h"
#include "line_list.h"
#include "lists/formats.h"
#include "lists/import.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Publishes a list in the United Nations' form that names so many people. */
static void publish_people(int count) {
    char text[32768];
    int used = snprintf(text, sizeof text,
                        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CONSOLIDATED_LIST "
                        "dateGenerated=\"2026-03-%02dT00:00:00Z\">\n<INDIVIDUALS>\n",
                        count % 28 + 1);
    for (int i = 1; i <= count; i++)
        used += snprintf(
            text + used, sizeof text - (size_t)used,
            "<INDIVIDUAL><DATAID>%d</DATAID><FIRST_NAME>AMINA</FIRST_NAME><SECOND_NAME>TAZI %d</SECOND_NAME>"
            "<UN_LIST_TYPE>Invented</UN_LIST_TYPE><REFERENCE_NUMBER>XXi.%03d</REFERENCE_NUMBER></INDIVIDUAL>\n",
            i, i, i);
    (void)snprintf(text + used, sizeof text - (size_t)used,
                   "</INDIVIDUALS>\n<ENTITIES></ENTITIES>\n</CONSOLIDATED_LIST>\n");
    (void)write_text(served_folder(), "consolidated.xml", text);
}

typedef struct updated {
    mz_status status;
    mz_update_outcome outcome;
    mz_list_version version;
    mz_error error;
} updated;

static updated update(mz_list_store *store, const char *list, const char *address, bool accept) {
    updated result = {0};
    mz_update_options options = {.address = address, .accept = accept, .timeout_s = 10};
    result.status = mz_list_store_update(store, list, &options, &result.version, &result.outcome, &result.error);
    return result;
}

/* Updates "un" from that address and expects this outcome and so many people. */
static updated update_people(mz_list_store *store, const char *path, mz_update_outcome outcome, int count) {
    (void)requests_seen();
    updated result = update(store, "un", served(path), false);
    CHECK_OK(result.status, result.error);
    CHECK_INT(outcome, result.outcome);
    CHECK_INT(count, result.version.entities);
    CHECK_TEXT(result.version.version, current_version(store).version);
    return result;
}

TEST(a_list_comes_in_and_is_asked_for_only_when_it_is_new) {
    mz_list_store *store = open_store();
    publish_people(3);
    updated first = update_people(store, "etag/consolidated.xml", MZ_UPDATE_NEW, 3);
    CHECK_TEXT(served("etag/consolidated.xml"), first.version.origin);
    CHECK_TEXT("un", first.version.list);
    CHECK(strstr(requests_seen(), "If-None-Match") == NULL);
    (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_UNCHANGED, 3);
    CHECK(strstr(requests_seen(), "If-None-Match=\"") != NULL);
    publish_people(4);
    updated second = update_people(store, "etag/consolidated.xml", MZ_UPDATE_NEW, 4);
    CHECK_INT(1, second.version.added);
    CHECK_TEXT(first.version.version, second.version.previous);
    mz_list_store_close(store);
}

TEST(a_publisher_without_marks_is_downloaded_each_time_and_nothing_changes) {
    mz_list_store *store = open_store();
    publish_people(3);
    (void)update_people(store, "plain/consolidated.xml", MZ_UPDATE_NEW, 3);
    (void)update_people(store, "plain/consolidated.xml", MZ_UPDATE_UNCHANGED, 3);
    mz_list_store_close(store);
}

TEST(a_publisher_that_says_unchanged_without_having_been_asked_is_not_believed) {
    mz_list_store *store = open_store();
    updated first = update(store, "un", served("unchanged/consolidated.xml"), false);
    CHECK_INT(MZ_ERR_NETWORK, first.status);
    CHECK(strstr(first.error.text, "HTTP 304") != NULL);
    publish_people(3);
    (void)update_people(store, "plain/consolidated.xml", MZ_UPDATE_NEW, 3); /* gives no marks to ask with */
    updated second = update(store, "un", served("unchanged/consolidated.xml"), false);
    CHECK_INT(MZ_ERR_NETWORK, second.status);
    mz_list_store_close(store);
}

TEST(a_folder_as_address_gets_the_file_name_behind_it) {
    mz_list_store *store = open_store();
    publish_people(3);
    (void)update_people(store, "etag/", MZ_UPDATE_NEW, 3);
    CHECK(strncmp(requests_seen(), "/etag/consolidated.xml ", 23) == 0);
    mz_list_store_close(store);
}

TEST(what_a_person_went_back_from_stays_undone_until_something_else_is_published) {
    static const char *const paths[] = {"etag/consolidated.xml", "plain/consolidated.xml"};
    for (size_t i = 0; i < 2; i++) {
        mz_test_case("%s", paths[i]);
        mz_list_store *store = open_store();
        mz_error error = {0};
        publish_people(3);
        updated first = update_people(store, paths[i], MZ_UPDATE_NEW, 3);
        publish_people(4);
        (void)update_people(store, paths[i], MZ_UPDATE_NEW, 4);
        CHECK_OK(mz_list_store_select(store, "un", first.version.version, &error), error);
        (void)update_people(store, paths[i], MZ_UPDATE_UNCHANGED, 3);
        (void)update_people(store, paths[i], MZ_UPDATE_UNCHANGED, 3);
        updated again = update(store, "un", served(paths[i]), true);
        CHECK_OK(again.status, again.error);
        CHECK_INT(MZ_UPDATE_NEW, again.outcome);
        CHECK_INT(4, current_version(store).entities);
        CHECK_OK(mz_list_store_select(store, "un", first.version.version, &error), error);
        publish_people(5);
        (void)update_people(store, paths[i], MZ_UPDATE_NEW, 5);
        mz_list_store_close(store);
    }
}

TEST(a_list_that_was_refused_is_refused_again_until_it_is_accepted) {
    mz_list_store *store = open_store();
    publish_people(20);
    (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_NEW, 20);
    publish_people(10);
    for (int i = 0; i < 2; i++) {
        updated result = update(store, "un", served("etag/consolidated.xml"), false);
        CHECK_INT(MZ_ERR_REFUSED, result.status);
        CHECK(strstr(result.error.text, "it shrank from 20 to 10 records") != NULL);
        CHECK_INT(20, current_version(store).entities);
    }
    updated result = update(store, "un", served("etag/consolidated.xml"), true);
    CHECK_OK(result.status, result.error);
    CHECK(strstr(result.version.accepted, "it shrank from 20 to 10 records") != NULL);
    mz_list_store_close(store);
}

TEST(what_is_not_a_list_leaves_the_store_as_it_was) {
    static const struct {
        const char *path;
        mz_status status;
    } cases[] = {
        {"page", MZ_ERR_NETWORK},
        {"missing", MZ_ERR_NETWORK},
        {"forbidden", MZ_ERR_NETWORK},
        {"etag/cut.xml", MZ_ERR_INPUT},
    };
    mz_list_store *store = open_store();
    publish_people(3);
    (void)write_text(served_folder(), "cut.xml",
                     "<?xml version=\"1.0\"?>\n<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>");
    (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_NEW, 3);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].path);
        updated result = update(store, "un", served(cases[i].path), true);
        CHECK_INT(cases[i].status, result.status);
        CHECK_INT(3, current_version(store).entities);
    }
    (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_UNCHANGED, 3);
    mz_list_store_close(store);
}

TEST(damaged_notes_of_the_last_download_only_cost_a_download) {
    static const char *const notes[] = {"", "{}", "[1]", "{\"version\":\"x\",\"files\":[]}"};
    mz_list_store *store = open_store();
    char folder[1024];
    publish_people(3);
    (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_NEW, 3);
    (void)snprintf(folder, sizeof folder, "%s/lists/un/download", mz_list_store_folder(store));
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        mz_test_case("%s", notes[i]);
        (void)write_text(folder, "fetch.json", notes[i]);
        (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_UNCHANGED, 3);
        CHECK(strstr(requests_seen(), "If-None-Match") == NULL);
        (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_UNCHANGED, 3);
        CHECK(strstr(requests_seen(), "If-None-Match") != NULL);
    }
    mz_list_store_close(store);
}

/* ---- when the publisher was asked last -------------------------------------------------------------------------- */

static void set_clock(const char *seconds) {
    CHECK(setenv("MIZAN_NOW", seconds, 1) == 0);
}

TEST(an_unchanged_list_is_checked_and_not_brought_in_again) {
    static const char *const paths[] = {"etag/consolidated.xml", "plain/consolidated.xml"};
    for (size_t i = 0; i < 2; i++) {
        mz_test_case("%s", paths[i]);
        mz_list_store *store = open_store();
        publish_people(3);
        set_clock("1780000000");
        updated first = update_people(store, paths[i], MZ_UPDATE_NEW, 3);
        CHECK_INT(1780000000, first.version.imported);
        CHECK_INT(1780000000, first.version.checked);
        set_clock("1780864000");
        CHECK_INT(1780000000, current_version(store).checked);
        updated second = update_people(store, paths[i], MZ_UPDATE_UNCHANGED, 3);
        CHECK_INT(1780000000, second.version.imported);
        CHECK_INT(1780864000, second.version.checked);
        CHECK_INT(1780864000, current_version(store).checked);
        set_clock("1770000000"); /* a clock that was put back */
        second = update_people(store, paths[i], MZ_UPDATE_UNCHANGED, 3);
        CHECK_INT(1780000000, second.version.checked);
        mz_list_store_close(store);
    }
    (void)unsetenv("MIZAN_NOW");
}

TEST(a_version_that_its_publisher_left_behind_keeps_when_it_was_confirmed) {
    mz_list_store *store = open_store();
    mz_list_version *history = NULL;
    mz_error error = {0};
    size_t count = 0;
    publish_people(3);
    set_clock("1780000000");
    updated first = update_people(store, "etag/consolidated.xml", MZ_UPDATE_NEW, 3);
    set_clock("1780001000");
    (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_UNCHANGED, 3);
    publish_people(4);
    set_clock("1780002000");
    (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_NEW, 4);
    CHECK_OK(mz_list_store_select(store, "un", first.version.version, &error), error);
    set_clock("1780003000");
    (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_UNCHANGED, 3);
    CHECK_INT(1780001000, current_version(store).checked);
    CHECK_OK(mz_list_store_history(store, "un", &history, &count, &error), error);
    CHECK_INT(2, count);
    CHECK_INT(1780003000, history[0].checked);
    CHECK_INT(1780002000, history[0].imported);
    free(history);
    (void)unsetenv("MIZAN_NOW");
    mz_list_store_close(store);
}

TEST(a_damaged_note_of_checks_makes_a_list_look_old_and_nothing_else) {
    static const char *const notes[] = {"", "\n\n", "not ours", "today"};
    mz_list_store *store = open_store();
    char folder[1024], line[128];
    publish_people(3);
    set_clock("1780000000");
    updated first = update_people(store, "etag/consolidated.xml", MZ_UPDATE_NEW, 3);
    (void)snprintf(folder, sizeof folder, "%s/lists/un", mz_list_store_folder(store));
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        mz_test_case("%s", notes[i]);
        (void)snprintf(line, sizeof line, "%s %-20.20s\n", i == 3 ? first.version.version : "", notes[i]);
        (void)write_text(folder, "checked", line);
        set_clock("1780864000");
        CHECK_INT(1780000000, current_version(store).checked);
        (void)update_people(store, "etag/consolidated.xml", MZ_UPDATE_UNCHANGED, 3);
        CHECK_INT(1780864000, current_version(store).checked);
    }
    (void)unsetenv("MIZAN_NOW");
    mz_list_store_close(store);
}

/* A reader that has learned to see the date a day later. */
static mz_status read_a_day_later(mz_reading *reading) {
    mz_status status = mz_format_un.read(reading);
    reading->report->published += 86400;
    return status;
}

TEST(a_list_that_was_read_again_is_what_its_publisher_has) {
    static const char *const paths[] = {"etag/consolidated.xml", "plain/consolidated.xml"};
    mz_list_format later = mz_format_un;
    later.read = read_a_day_later;
    for (size_t i = 0; i < 2; i++) {
        mz_test_case("%s", paths[i]);
        mz_list_store *store = open_store();
        mz_list_version version;
        mz_error error = {0};
        bool new = false;
        publish_people(3);
        set_clock("1780000000");
        (void)update_people(store, paths[i], MZ_UPDATE_NEW, 3);
        CHECK_OK(mz_store_reread(store, &later, "un", NULL, &version, &new, &error), error);
        CHECK(new);
        set_clock("1780864000");
        updated again = update_people(store, paths[i], MZ_UPDATE_UNCHANGED, 3);
        CHECK_TEXT(version.version, again.version.version);
        CHECK_INT(1780864000, again.version.checked);
        CHECK_INT(1780864000, current_version(store).checked);
        again = update(store, "un", served(paths[i]), true);
        CHECK_OK(again.status, again.error);
        CHECK_INT(MZ_UPDATE_UNCHANGED, again.outcome);
        publish_people(4);
        again = update_people(store, paths[i], MZ_UPDATE_NEW, 4);
        CHECK_TEXT(version.version, again.version.previous);
        mz_list_store_close(store);
    }
    (void)unsetenv("MIZAN_NOW");
}

/* ---- a list of several files ------------------------------------------------------------------------------------ */

static void publish_tables(const char *alias) {
    char text[512];
    const char *folder = served_folder();
    (void)write_text(folder, "sdn.csv",
                     "9001,\"TAZI, Amina\",\"individual\",\"INVENTED\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n");
    (void)snprintf(text, sizeof text, "9001,1,\"aka\",\"%s\",-0- \r\n", alias);
    (void)write_text(folder, "alt.csv", text);
    (void)write_text(folder, "add.csv", "9001,2,\"1 Invented Street\",\"Fes\",\"Morocco\",-0- \r\n");
    (void)write_text(folder, "sdn_comments.csv", "\r\n");
}

TEST(of_several_files_only_the_new_ones_are_sent) {
    mz_list_store *store = open_store();
    publish_tables("TAZI, Mina");
    updated first = update(store, "ofac", served("etag/"), false);
    CHECK_OK(first.status, first.error);
    CHECK_INT(1, first.version.entities);
    publish_tables("TAZI, Nina");
    (void)requests_seen();
    updated second = update(store, "ofac", served("etag/"), false);
    CHECK_OK(second.status, second.error);
    CHECK_INT(MZ_UPDATE_NEW, second.outcome);
    CHECK_INT(1, second.version.changed);
    CHECK(first.version.bytes == second.version.bytes);
    updated third = update(store, "ofac", served("etag/"), false);
    CHECK_OK(third.status, third.error);
    CHECK_INT(MZ_UPDATE_UNCHANGED, third.outcome);
    mz_list_store_close(store);
}

TEST(a_source_that_got_lost_in_the_store_is_downloaded_again) {
    mz_list_store *store = open_store();
    char path[1200];
    publish_tables("TAZI, Mina");
    updated first = update(store, "ofac", served("etag/"), false);
    CHECK_OK(first.status, first.error);
    (void)snprintf(path, sizeof path, "%s/lists/ofac/%s/source/add.csv.zst", mz_list_store_folder(store),
                   first.version.version);
    CHECK(truncate(path, 5) == 0);
    publish_tables("TAZI, Nina");
    updated second = update(store, "ofac", served("etag/"), false);
    CHECK_OK(second.status, second.error);
    CHECK_INT(first.version.bytes, second.version.bytes);
    mz_list_store_close(store);
}

TEST(one_address_is_not_enough_for_several_files) {
    mz_list_store *store = open_store();
    updated result = update(store, "ofac", "https://mirror.example/sdn.csv", false);
    CHECK_INT(MZ_ERR_ARGUMENT, result.status);
    CHECK(strstr(result.error.text, "with a / at its end") != NULL);
    mz_list_store_close(store);
}

TEST(a_list_that_the_catalogue_does_not_know_is_told_with_those_it_does) {
    mz_list_store *store = open_store();
    updated result = update(store, "interpol", NULL, false);
    CHECK_INT(MZ_ERR_ARGUMENT, result.status);
    CHECK(strstr(result.error.text, "un, ofac, ofac-cons") != NULL);
    CHECK(strstr(result.error.text, "australia") != NULL);
    CHECK(strstr(result.error.text, "lists import") != NULL);
    mz_list_store_close(store);
}

TEST_MAIN()
