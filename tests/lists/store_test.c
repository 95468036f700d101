/* The list store as its users see it: versions come in, are compared, refused, undone, damaged and repaired. */
#include "mizan/store.h"

#include "base/buffer.h"
#include "base/digest.h"
#include "line_list.h"
#include "lists/folder.h"
#include "lists/reader.h"
#include "lists/sources.h"
#include "test.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char three_people[] = "#published 2026-03-01\n"
                                   "a1|Person|Amina Tazi|birthDate=1970-05-01|alias=Mina Tazi|alias=Oum Salma\n"
                                   "+Address|a1-home|city=Fes|country=ma\n"
                                   "a2|Company|Atlas Dredging Ltd|country=mt\n"
                                   "a3|Vessel|Sirocco Star|imoNumber=9074729\n";

TEST(a_list_comes_in_whole_and_can_be_read_back) {
    mz_list_store *store = store_with(three_people);
    mz_list_version version = current_version(store);
    CHECK_TEXT("tl", version.list);
    CHECK_TEXT("lines", version.format);
    CHECK_TEXT("", version.previous);
    CHECK_TEXT("", version.accepted);
    CHECK_TEXT("", version.damage);
    CHECK_INT(3, version.records);
    CHECK_INT(3, version.entities);
    CHECK_INT(0, version.rejected);
    CHECK_INT(sizeof three_people - 1, version.bytes);
    CHECK_INT(1772323200, version.published);
    CHECK_TEXT("tl-a1 tl-a2 tl-a3", current_ids(store));
    mz_list_store_close(store);
}

TEST(the_version_is_the_digest_of_the_file) {
    char digest_hex[MZ_DIGEST_HEX_SIZE];
    mz_digest digest;
    mz_list_store *store = store_with(three_people);
    mz_digest_init(&digest);
    mz_digest_update(&digest, three_people, sizeof three_people - 1);
    mz_digest_hex(&digest, digest_hex);
    CHECK_TEXT(digest_hex, current_version(store).version);
    mz_list_store_close(store);
}

TEST(the_same_contents_again_change_nothing) {
    mz_list_store *store = store_with(three_people);
    mz_error error = {0};
    mz_list_version first = current_version(store), again;
    bool new = true;
    const char *path = write_text(new_folder(), "another-name-2026-04.txt", three_people);
    CHECK_OK(mz_list_store_import(store, &line_list, path, NULL, &again, &new, &error), error);
    CHECK(!new);
    CHECK_TEXT(first.version, again.version);
    CHECK_TEXT(first.origin, again.origin);
    mz_list_store_close(store);
}

TEST(a_list_of_one_file_is_known_again_without_reading_it) {
    mz_list_store *store = open_store();
    mz_error error = {0};
    mz_list_version version;
    mz_list_format blind = other_line_list;
    bool new = false;
    const char *path = write_text(new_folder(), "list.txt", three_people);
    CHECK_OK(mz_list_store_import(store, &other_line_list, path, NULL, &version, &new, &error), error);
    CHECK(new);
    blind.read = NULL;
    CHECK_OK(mz_list_store_import(store, &blind, path, NULL, &version, &new, &error), error);
    CHECK(!new);
    mz_list_store_close(store);
}

TEST(the_files_of_a_list_are_one_version_whatever_dates_their_names_bear) {
    static const char *const names[] = {"list.txt", "list-2026-03.txt", "list_20260301.txt"};
    char first[MZ_VERSION_SIZE] = "";
    for (size_t i = 0; i < 3; i++) {
        mz_list_store *store = open_store();
        mz_list_version version;
        mz_error error = {0};
        bool new;
        const char *folder = new_folder();
        mz_test_case("%s", names[i]);
        (void)write_text(folder, "more.txt", "b1|Person|Basma Idrissi\n");
        CHECK_OK(mz_list_store_import(store, &line_list, write_text(folder, names[i], three_people), NULL, &version,
                                      &new, &error),
                 error);
        CHECK_INT(4, version.entities);
        if (i == 0) memcpy(first, version.version, sizeof first);
        CHECK_TEXT(first, version.version);
        mz_list_store_close(store);
    }
    mz_list_store *store = store_with(three_people);
    CHECK(strcmp(first, current_version(store).version) != 0);
    mz_list_store_close(store);
}

TEST(dates_in_file_names_are_found) {
    static const struct {
        const char *name, *undated;
    } cases[] = {
        {"sdn.csv", "sdn.csv"},
        {"sdn-2026-08.csv", "sdn.csv"},
        {"sdn_2026-08-31.csv", "sdn.csv"},
        {"20260831_sdn.csv", "_sdn.csv"},
        {"sdn 20260831.csv", "sdn.csv"},
        {"sdn2026.csv", "sdn.csv"},
        {"2026", "2026"},
        {"list-1267.xml", "list-1267.xml"},
        {"part-20001234567.csv", "part-20001234567.csv"},
        {"v12020.csv", "v12020.csv"},
        {"2026-08.csv", "2026-08.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char undated[240];
        mz_test_case("%s", cases[i].name);
        mz_undated_name(cases[i].name, undated, sizeof undated);
        CHECK_TEXT(cases[i].undated, undated);
    }
}

static mz_status note_reason(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)error;
    (void)snprintf(context, 512, "line %u: %.*s: %.*s", rejection->at.line, (int)rejection->record.size,
                   rejection->record.data, (int)rejection->reason.size, rejection->reason.data);
    return MZ_OK;
}

TEST(an_id_that_comes_twice_is_rejected_and_named) {
    mz_list_store *store = open_store();
    mz_list_version version;
    mz_error error = {0};
    char reason[512] = "";
    bool new;
    mz_import_options options = {.rejected = note_reason, .context = reason};
    const char *path = write_text(new_folder(), "list.txt",
                                  "a1|Person|Amina Tazi\na2|Person|Basma Idrissi\na1|Person|Somebody Else\n");
    CHECK_OK(mz_list_store_import(store, &line_list, path, &options, &version, &new, &error), error);
    CHECK_INT(3, version.records);
    CHECK_INT(2, version.entities);
    CHECK_INT(1, version.rejected);
    CHECK_TEXT("line 3: tl-a1: its id was used before in this file, so it cannot be told apart", reason);
    CHECK_TEXT("tl-a1 tl-a2", current_ids(store));
    mz_list_store_close(store);
}

TEST(rejected_records_are_counted_and_handed_on) {
    mz_list_store *store = open_store();
    mz_list_version version;
    mz_error error = {0};
    char reason[512] = "";
    bool new;
    mz_import_options options = {.rejected = note_reason, .context = reason, .list = "tl"};
    const char *path = write_text(new_folder(), "list.txt", "a1|Person|Amina Tazi\n!row seven\n");
    CHECK_OK(mz_list_store_import(store, &line_list, path, &options, &version, &new, &error), error);
    CHECK_INT(2, version.records);
    CHECK_INT(1, version.entities);
    CHECK_INT(1, version.rejected);
    CHECK_TEXT("line 2: row seven: the test says so", reason);
    mz_list_store_close(store);
}

TEST(standard_input_can_be_imported) {
    mz_list_store *store = open_store();
    mz_list_version version;
    mz_error error = {0};
    bool new;
    int kept = dup(STDIN_FILENO), file = open(write_text(new_folder(), "list.txt", three_people), O_RDONLY);
    CHECK(kept >= 0 && file >= 0 && dup2(file, STDIN_FILENO) >= 0);
    mz_status status = mz_list_store_import(store, &line_list, "-", NULL, &version, &new, &error);
    (void)dup2(kept, STDIN_FILENO);
    (void)close(kept);
    (void)close(file);
    CHECK_OK(status, error);
    CHECK_TEXT("tl-a1 tl-a2 tl-a3", current_ids(store));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_import(store, NULL, "-", NULL, &version, &new, &error));
    mz_list_store_close(store);
}

static int stop_at_once(void *context, uint64_t done_bytes, uint64_t total_bytes) {
    (void)context, (void)done_bytes, (void)total_bytes;
    return 1;
}

TEST(an_import_that_is_stopped_leaves_nothing_behind) {
    mz_list_store *store = store_with("a1|Person|Amina Tazi\n");
    mz_list_version version;
    mz_error error = {0};
    bool new;
    mz_import_options options = {.progress = stop_at_once};
    const char *path = write_text(new_folder(), "list.txt", three_people);
    CHECK_INT(MZ_ERR_CANCELLED, mz_list_store_import(store, &line_list, path, &options, &version, &new, &error));
    CHECK_TEXT("tl-a1", current_ids(store));
    mz_list_store_close(store);
}

TEST(what_is_no_folder_is_no_store) {
    static const struct {
        const char *below, *complaint;
        mz_status status;
    } cases[] = {
        {"", "is not a folder", MZ_ERR_IO},
        {"/below", "Not a directory", MZ_ERR_IO},
        {"-absent", "there is no list store at", MZ_ERR_NOT_FOUND},
    };
    const char *file = write_text(new_folder(), "store", "a file\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[4200];
        mz_list_store *store = NULL;
        mz_error error = {0};
        (void)snprintf(path, sizeof path, "%s%s", file, cases[i].below);
        mz_test_case("%s", cases[i].below);
        CHECK_INT(cases[i].status, mz_list_store_open(path, false, &store, &error));
        CHECK(strstr(error.text, cases[i].complaint) != NULL);
        CHECK(store == NULL);
    }
}

/* ---- refusals --------------------------------------------------------------------------------------------------- */

/* "#published DAY" and people a1 … aN, or with another letter. */
static const char *people(const char *day, char letter, int count) {
    static char texts[4][8192];
    static unsigned number;
    char *text = texts[number++ % 4];
    int used = snprintf(text, sizeof texts[0], "%s%s\n", *day ? "#published " : "", day);
    for (int i = 1; i <= count; i++)
        used += snprintf(text + used, sizeof texts[0] - (size_t)used, "%c%d|Person|Amina %c%d\n", letter, i, letter, i);
    return text;
}

static const struct {
    const char *what;
    const char *held_day;
    int held_count;
    const char *day;
    char letter;
    int count;
    const char *more; /* lines in front */
    double most_shrink;
    const char *complaint; /* NULL: it comes in */
} refusals[] = {
    {"a fifth fewer is fine", "", 20, "", 'a', 16, "", 0, NULL},
    {"more than a fifth is not", "", 20, "", 'a', 15, "", 0,
     "it shrank from 20 to 15 records (by 25 %, more than the 20 % that may vanish at once)"},
    {"another share", "", 20, "", 'a', 15, "", 0.5, NULL},
    {"an older list", "2026-03-01", 3, "2026-02-28", 'a', 4, "", 0,
     "it is of 2026-02-28, older than the one held, of 2026-03-01"},
    {"an older list of the same day", "2026-03-01T12:00:00Z", 3, "2026-03-01T11:59:59Z", 'a', 4, "", 0,
     "it is of 2026-03-01T11:59:59Z, older than the one held, of 2026-03-01T12:00:00Z"},
    {"a list of the same time", "2026-03-01", 3, "2026-03-01", 'a', 4, "", 0, NULL},
    {"a list without a date", "2026-03-01", 3, "", 'a', 4, "", 0, NULL},
    {"a list without a record", "", 3, "", 'a', 0, "", 0, "there is no record in it"},
    {"a list that was cut off", "", 3, "", 'a', 4, "#stated 5\n", 0, "it says that it has 5 records, but 4 were read"},
    {"a list that says its number", "", 3, "", 'a', 4, "#stated 4\n", 0, NULL},
    {"quite another list", "", 12, "", 'b', 12, "", 0, "not one of the 12 records held is in it"},
};

static const char *with_lines(const char *more, const char *text) {
    static char whole[9000];
    (void)snprintf(whole, sizeof whole, "%s%s", more, text);
    return whole;
}

TEST(what_looks_wrong_is_refused_with_figures_and_comes_in_when_accepted) {
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        mz_test_case("%s", refusals[i].what);
        mz_list_store *store = store_with(people(refusals[i].held_day, 'a', refusals[i].held_count));
        mz_list_version held = current_version(store), version;
        mz_error error = {0};
        bool new;
        mz_import_options options = {.most_shrink = refusals[i].most_shrink};
        const char *text = with_lines(refusals[i].more, people(refusals[i].day, refusals[i].letter, refusals[i].count));
        const char *path = write_text(new_folder(), "list.txt", text);
        mz_status status = mz_list_store_import(store, &line_list, path, &options, &version, &new, &error);
        if (refusals[i].complaint) {
            CHECK_INT(MZ_ERR_REFUSED, status);
            if (!strstr(error.text, refusals[i].complaint)) CHECK_TEXT(refusals[i].complaint, error.text);
            CHECK(strstr(error.text, "--accept") != NULL);
            CHECK_TEXT(held.version, current_version(store).version);
            options.accept = true;
            status = mz_list_store_import(store, &line_list, path, &options, &version, &new, &error);
            CHECK(strstr(current_version(store).accepted, refusals[i].complaint) != NULL);
        }
        CHECK_OK(status, error);
        CHECK(new);
        CHECK_TEXT(version.version, current_version(store).version);
        mz_list_store_close(store);
    }
}

TEST(another_format_is_refused_and_all_reasons_are_told_at_once) {
    mz_list_store *store = store_with(people("2026-03-01", 'a', 20));
    mz_list_version version;
    mz_error error = {0};
    bool new;
    mz_import_options options = {0};
    const char *path = write_text(new_folder(), "list.txt", people("2026-02-01", 'a', 3));
    CHECK_INT(MZ_ERR_REFUSED, mz_list_store_import(store, &other_line_list, path, &options, &version, &new, &error));
    CHECK(strstr(error.text, "it shrank from 20 to 3") != NULL);
    CHECK(strstr(error.text, "older than the one held") != NULL);
    CHECK(strstr(error.text, "it has the format other-lines, the one held has lines") != NULL);
    options.accept = true;
    CHECK_OK(mz_list_store_import(store, &other_line_list, path, &options, &version, &new, &error), error);
    mz_list_store_close(store);
}

TEST(a_malformed_list_is_never_accepted) {
    mz_list_store *store = store_with(three_people);
    mz_list_version held = current_version(store), version;
    mz_error error = {0};
    bool new;
    mz_import_options options = {.accept = true};
    const char *path = write_text(new_folder(), "list.txt", "a1|Person|Amina Tazi\n%cut in the middle\n");
    CHECK_INT(MZ_ERR_INPUT, mz_list_store_import(store, &line_list, path, &options, &version, &new, &error));
    CHECK_INT(2, error.line);
    CHECK_TEXT(path, error.where);
    CHECK_TEXT(held.version, current_version(store).version);
    mz_list_store_close(store);
}

TEST(what_cannot_be_a_list_name_is_refused) {
    static const char *const names[] = {
        "",        "..",
        ".hidden", "a/b",
        "-x",      "lists of mine",
        "sëma",    "a-name-that-goes-on-and-on-and-on-until-it-is-longer-than-63-letters"};
    mz_list_store *store = store_with(three_people);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        mz_list_version version, *versions;
        mz_error error = {0};
        size_t count;
        bool new;
        mz_import_options options = {.list = names[i]};
        mz_test_case("\"%s\"", names[i]);
        const char *path = write_text(new_folder(), "list.txt", three_people);
        CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_import(store, &line_list, path, &options, &version, &new, &error));
        CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_history(store, names[i], &versions, &count, &error));
        CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_select(store, names[i], "abcd", &error));
    }
    mz_list_store_close(store);
}

/* ---- going back ------------------------------------------------------------------------------------------------- */

TEST(an_import_can_be_undone) {
    mz_list_version versions[3], *history = NULL;
    mz_list_store *store = store_with_editions(versions);
    mz_error error = {0};
    size_t count = 0;
    CHECK_OK(mz_list_store_select(store, "tl", versions[1].version, &error), error);
    CHECK_TEXT(versions[1].version, current_version(store).version);
    CHECK_TEXT("tl-a1 tl-a2 tl-a3", current_ids(store));
    CHECK_OK(mz_list_store_history(store, "tl", &history, &count, &error), error);
    CHECK_INT(3, count);
    for (size_t i = 0; i < 3; i++) CHECK_TEXT(versions[2 - i].version, history[i].version);
    free(history);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_list_store_select(store, "tl", "0000", &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_select(store, "tl", NULL, &error));
    mz_list_store_close(store);
}

/* Changes the file beside the list, keeping its size. */
static mz_status change_the_other_file(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)rejection, (void)error;
    (void)nanosleep(&(struct timespec){.tv_nsec = 20 * 1000000L}, NULL);
    (void)write_text(context, "more.txt", "b1|Person|Nina Tazi\n");
    return MZ_OK;
}

TEST(a_file_beside_the_list_that_changes_while_it_is_read_is_refused) {
    char folder[512], path[600];
    mz_list_store *store = open_store();
    mz_list_version version;
    mz_error error = {0};
    bool new;
    (void)snprintf(folder, sizeof folder, "%s", new_folder());
    (void)write_text(folder, "more.txt", "b1|Person|Mina Tazi\n");
    (void)snprintf(path, sizeof path, "%s", write_text(folder, "list.txt", "a1|Person|Amina Tazi\n!no record\n"));
    mz_import_options options = {.list = "tl", .rejected = change_the_other_file, .context = folder};
    CHECK_INT(MZ_ERR_IO, mz_list_store_import(store, &line_list, path, &options, &version, &new, &error));
    CHECK(strstr(error.text, "more.txt was changed while it was read") != NULL);
    options.rejected = NULL;
    CHECK_OK(mz_list_store_import(store, &line_list, path, &options, &version, &new, &error), error);
    CHECK_TEXT("tl-a1 tl-b1", current_ids(store));
    mz_list_store_close(store);
}

typedef struct importing {
    mz_list_store *store;
    const char *list;
    char path[512];
    mz_status status;
    mz_error error;
} importing;

static void *import_in_thread(void *context) {
    importing *work = context;
    mz_list_version version;
    bool new;
    const mz_import_options options = {.list = work->list};
    work->status = mz_list_store_import(work->store, &line_list, work->path, &options, &version, &new, &work->error);
    return NULL;
}

TEST(threads_may_share_an_open_store) {
    mz_list_store *store = open_store();
    importing work[] = {
        {.store = store, .list = "one"}, {.store = store, .list = "two"}, {.store = store, .list = "three"}};
    pthread_t threads[3];
    mz_list_version *versions = NULL;
    mz_error error = {0};
    size_t count = 0;
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(work[i].path, sizeof work[i].path, "%s", write_text(new_folder(), "list.txt", three_people));
        CHECK_INT(0, pthread_create(&threads[i], NULL, import_in_thread, &work[i]));
    }
    for (size_t i = 0; i < 3; i++) {
        CHECK_INT(0, pthread_join(threads[i], NULL));
        CHECK_OK(work[i].status, work[i].error);
    }
    CHECK_OK(mz_list_store_current(store, &versions, &count, &error), error);
    CHECK_INT(3, count);
    free(versions);
    mz_list_store_close(store);
}

/* Imports the text as "tl" whatever is to be said against it. */
static mz_list_version accept_text(mz_list_store *store, const char *text) {
    mz_list_version version = {0};
    mz_error error = {0};
    bool new;
    mz_import_options options = {.list = "tl", .accept = true};
    const char *path = write_text(new_folder(), "list.txt", text);
    CHECK_OK(mz_list_store_import(store, &line_list, path, &options, &version, &new, &error), error);
    return version;
}

static mz_list_version in_history(mz_list_store *store, const char *version) {
    mz_list_version *history = NULL, found = {0};
    mz_error error = {0};
    size_t count = 0;
    CHECK_OK(mz_list_store_history(store, "tl", &history, &count, &error), error);
    for (size_t i = 0; i < count; i++)
        if (strcmp(history[i].version, version) == 0) found = history[i];
    free(history);
    return found;
}

TEST(a_version_that_comes_back_tells_how_it_came_the_last_time) {
    static const char two[] = "#published 2026-03-01\na1|Person|Amina Tazi\na2|Person|Nina Tazi\n";
    static const char three[] =
        "#published 2026-03-02\na1|Person|Amina Tazi\na2|Person|Nina Tazi\na3|Person|Mina Tazi\n";
    static const char one[] = "#published 2026-03-03\na1|Person|Amina Tazi\n";
    mz_list_store *store = open_store();
    mz_error error = {0};
    mz_list_version first = accept_text(store, two), second = accept_text(store, three);
    mz_list_version third = accept_text(store, one), back = accept_text(store, two);
    mz_list_version seen[] = {back, current_version(store), in_history(store, first.version)};
    for (size_t i = 0; i < 3; i++) {
        mz_test_case("%zu", i);
        CHECK_TEXT(first.version, seen[i].version);
        CHECK_TEXT(third.version, seen[i].previous);
        CHECK_INT(1, seen[i].added);
        CHECK_INT(0, seen[i].removed);
        CHECK(strstr(seen[i].accepted, "older") != NULL);
        CHECK_INT(first.imported, seen[i].imported);
    }
    CHECK_TEXT("+tl-a2\n", diff_text(store, NULL, NULL));
    CHECK_TEXT("", first.previous);
    CHECK_TEXT(first.version, in_history(store, second.version).previous);
    /* going back by hand brings nothing in: the version before is the one it came in upon */
    CHECK_OK(mz_list_store_select(store, "tl", third.version, &error), error);
    CHECK_TEXT(second.version, current_version(store).previous);
    CHECK_TEXT("-tl-a2\n-tl-a3\n", diff_text(store, NULL, NULL));
    mz_list_store_close(store);
}

TEST(the_journal_is_kept_and_a_cut_line_of_it_is_passed_over) {
    char path[MZ_STORE_PATH_SIZE + 32];
    mz_list_version versions[3];
    mz_list_store *store = store_with_editions(versions);
    mz_error error = {0};
    (void)snprintf(path, sizeof path, "%s/lists/tl/journal", mz_list_store_folder(store));
    CHECK_OK(mz_list_store_select(store, "tl", versions[0].version, &error), error);
    FILE *file = fopen(path, "ab");
    CHECK(file && fputs("{\"at\":\"2026-", file) >= 0 && fclose(file) == 0);
    CHECK_OK(mz_list_store_select(store, "tl", versions[2].version, &error), error);
    const char *text = read_text_file(path);
    int lines = 0, selections = 0;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++) lines++;
    for (const char *at = text; (at = strstr(at, "\"act\":\"select\"")) != NULL; at++) selections++;
    CHECK_INT(6, lines); /* three that came in, a selection, the half line, a selection */
    CHECK_INT(2, selections);
    CHECK_TEXT(versions[1].version, current_version(store).previous);
    CHECK(remove(path) == 0); /* a store of before: what the manifests say holds */
    CHECK_TEXT(versions[1].version, current_version(store).previous);
    mz_list_store_close(store);
}

TEST(an_earlier_version_that_is_published_again_becomes_current_again) {
    mz_list_version versions[3], version, *history = NULL;
    mz_list_store *store = store_with_editions(versions);
    mz_error error = {0};
    size_t count = 0;
    CHECK_OK(import_text(store, editions[0], &version, &error), error);
    CHECK_TEXT(versions[0].version, current_version(store).version);
    CHECK_OK(mz_list_store_history(store, "tl", &history, &count, &error), error);
    CHECK_INT(3, count);
    free(history);
    mz_list_store_close(store);
}

TEST(the_catalogue_names_addresses_files_and_formats_together) {
    size_t count, usual = 0;
    const mz_list_origin *origins = mz_list_origins(&count);
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s", origins[i].list);
        CHECK(origins[i].addresses[0] != NULL);
        CHECK_OK(mz_store_check_name(origins[i].list, NULL), (mz_error){0});
        CHECK(origins[i].title[0] && origins[i].publisher[0] && origins[i].note);
        for (size_t file = 0; file < 5; file++) {
            CHECK(!origins[i].addresses[file] == !origins[i].files[file]);
            if (!origins[i].addresses[file]) continue;
            CHECK(strncmp(origins[i].addresses[file], "https://", 8) == 0);
            CHECK(!strchr(origins[i].files[file], '/'));
        }
        usual += origins[i].usual;
        for (size_t other = 0; other < i; other++) CHECK(strcmp(origins[i].list, origins[other].list) != 0);
    }
    CHECK_INT(7, usual);
}

/* The name of the first list in the catalogue that comes in this format, or NULL. */
static const char *list_in_format(const char *format) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(origins[i].format, format) == 0) return origins[i].list;
    return NULL;
}

TEST(an_import_without_a_name_lands_where_an_update_of_the_list_lands) {
    static const char *const usual[][2] = {
        {"un", "un"},           {"ofac", "ofac"},
        {"ofac-xml", "ofac"},   {"us-csl", "us-csl"},
        {"eu", "eu"},           {"eu-xml", "eu"},
        {"uk", "uk"},           {"us-csl-json", "us-csl"},
        {"uk-list", "uk-list"}, {"australia", "australia"},
        {"canada", "canada"},   {"ftm", "ftm"},
        {"csv", "own"},         {"json", "own"},
    };
    size_t count;
    const mz_list_format *const *formats = mz_list_formats(&count);
    CHECK_INT(sizeof usual / sizeof usual[0], count);
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        mz_test_case("%s", usual[i][0]);
        const mz_list_format *format = mz_list_format_find(mz_str_of(usual[i][0]));
        CHECK(format != NULL);
        CHECK_TEXT(usual[i][1], format->usual_list);
    }
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s", formats[i]->name);
        const char *list = list_in_format(formats[i]->name);
        if (list) CHECK_TEXT(list, formats[i]->usual_list);
    }
}

TEST_MAIN()
