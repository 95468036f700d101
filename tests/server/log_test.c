/* The log of requests: what stands in it, and what does not. */
#include "base/file.h"
#include "server/log.h"
#include "server/routes.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[4096];
static mz_buffer text;

static mz_log *open_log(bool names) {
    mz_log *log;
    mz_error error;
    snprintf(path, sizeof path, "%s/requests.log", mz_test_folder());
    unlink(path);
    CHECK_OK(mz_log_open(path, names, &log, &error), error);
    return log;
}

static const char *read_back(void) {
    mz_error error;
    mz_buffer_done(&text);
    mz_buffer_init(&text, 1 << 20);
    CHECK_OK(mz_file_read(path, &text, &error), error);
    return text.data;
}

static void write_line(mz_log *log, mz_str name) {
    mz_arena arena;
    mz_parameters place;
    unsigned allowed;
    mz_arena_init(&arena, 1 << 16);
    mz_principal who = {.kind = MZ_API_KEY, .key = MZ_STR("01KEY"), .agency = MZ_STR("01AGENCY")};
    mz_request request = {
        .method = MZ_GET, .path = MZ_STR("/healthz"), .id = MZ_STR("r-1"), .client = MZ_STR("192.0.2.7"), .who = &who};
    request.route = mz_route_find(MZ_GET, request.path, &arena, &place, &allowed);
    mz_log_write(log, &(mz_log_line){.request = &request,
                                     .status = 200,
                                     .ns = 1234567,
                                     .in_bytes = 3,
                                     .out_bytes = 15,
                                     .asked = &name,
                                     .asked_count = 1});
    mz_arena_done(&arena);
}

TEST(a_line_tells_of_a_request_and_nothing_of_people) {
    mz_log *log = open_log(false);
    struct stat facts;
    write_line(log, MZ_STR("Zaynab Murjani"));
    write_line(log, MZ_STR("Zaynab Murjani"));
    write_line(log, MZ_STR("Karim Oulghazi"));
    mz_log_close(log);
    const char *all = read_back();
    CHECK(strstr(all, "\"id\":\"r-1\""));
    CHECK(strstr(all,
                 "\"key\":\"01KEY\",\"agency\":\"01AGENCY\",\"method\":\"GET\",\"route\":\"/healthz\",\"status\":200,"
                 "\"ms\":1.235,\"in\":3,\"out\":15,\"asked\":[\""));
    CHECK(!strstr(all, "Murjani") && !strstr(all, "192.0.2.7"));
    /* the same name has the same hash, another one another */
    const char *first = strstr(all, "asked"), *second = strstr(first + 1, "asked"),
               *third = strstr(second + 1, "asked");
    CHECK(!strncmp(first, second, 26) && strncmp(first, third, 26));
    CHECK(!stat(path, &facts) && (facts.st_mode & 0777) == 0600);
}

TEST(another_run_hides_the_same_name_in_another_way) {
    char before[32], after[32];
    mz_log *log = open_log(false);
    write_line(log, MZ_STR("Zaynab Murjani"));
    mz_log_close(log);
    snprintf(before, sizeof before, "%s", strstr(read_back(), "asked"));
    log = open_log(false);
    write_line(log, MZ_STR("Zaynab Murjani"));
    mz_log_close(log);
    snprintf(after, sizeof after, "%s", strstr(read_back(), "asked"));
    CHECK(strcmp(before, after) != 0);
}

TEST(names_stand_there_when_it_was_asked_for) {
    mz_log *log = open_log(true);
    write_line(log, MZ_STR("Zaynab \"Z\"\nMurjani"));
    mz_log_close(log);
    CHECK(strstr(read_back(), "\"asked\":[\"Zaynab \\\"Z\\\"\\nMurjani\"]"));
    CHECK(strstr(text.data, "\"client\":\"192.0.2.7\""));
}

TEST(of_a_long_name_the_beginning_stands_there_in_whole_letters) {
    static char name[70001];
    char shown[256] = "\"asked\":[\"a";
    mz_log *log = open_log(true);
    name[0] = 'a';
    for (size_t k = 1; k + 1 < sizeof name; k += 2) memcpy(name + k, "\xD8\xA8", 2);
    write_line(log, (mz_str){name, 69999});
    mz_log_close(log);
    for (size_t k = 0; k < 99; k++) strcat(shown, "\xD8\xA8"); /* 1 + 198 bytes; another letter would be one too many */
    strcat(shown, "\"]}\n");
    CHECK(strstr(read_back(), shown));
}

TEST(a_line_that_cannot_hold_its_names_is_written_without_them) {
    mz_log *log = open_log(true);
    mz_request request = {.method = MZ_POST, .id = MZ_STR("r-2")};
    static mz_str names[1000];
    for (size_t k = 0; k < 1000; k++)
        names[k] = MZ_STR("Zaynab Murjani of a house with a long name, in a street with a longer one, and more of it");
    mz_log_write(log, &(mz_log_line){.request = &request, .status = 200, .asked = names, .asked_count = 1000});
    mz_log_close(log);
    CHECK(strstr(read_back(), "\"id\":\"r-2\",\"method\":\"POST\""));
    CHECK(!strstr(text.data, "asked"));
}

TEST(a_log_that_was_moved_away_is_begun_anew) {
    char moved[4200];
    struct stat facts;
    mz_error error;
    mz_log *log = open_log(false);
    write_line(log, MZ_STR("a"));
    snprintf(moved, sizeof moved, "%s.1", path);
    CHECK(!rename(path, moved));
    CHECK_OK(mz_log_reopen(log, &error), error);
    write_line(log, MZ_STR("b"));
    mz_log_close(log);
    CHECK(!stat(moved, &facts) && facts.st_size > 0);
    CHECK(strchr(read_back(), '\n') == text.data + text.size - 1);
}

TEST(a_log_that_cannot_be_written_is_said_before_anything_starts) {
    mz_log *log;
    mz_error error;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_log_open("/nowhere/requests.log", false, &log, &error));
}

TEST_MAIN()
