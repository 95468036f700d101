/* Entities with their sources and history, lists, versions, changes, the index. */
#include "held.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static called_service service;

/* Asks, and checks the status and that the body has these words, in this order. */
static void check(const char *target, int status, size_t count, const char *const *words) {
    called_answer answer;
    mz_test_case("%s", target);
    called(&service, MZ_GET, target, NULL, UINT32_MAX, &answer);
    CHECK_INT(status, answer.response.status);
    const char *at = called_body(&answer);
    for (size_t w = 0; w < count; w++) {
        const char *found = strstr(at, words[w]);
        if (!found) CHECK_TEXT(words[w], called_body(&answer));
        at = found + strlen(words[w]);
    }
    called_done(&answer);
}
#define CHECK_ANSWER(target, status, ...)                                                                              \
    check(target, status, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),                                 \
          (const char *const[]){__VA_ARGS__})

TEST(an_entity_is_told_with_the_source_of_each_fact) {
    char source[160];
    held_start(&service);
    (void)snprintf(source, sizeof source, "\"source\":{\"list\":\"house\",\"version\":\"%s\",", held_version(2));
    CHECK_ANSWER("/api/v1/entities/house-1", 200, "{\"entity\":{\"id\":\"house-1\"", "\"birthDate\":[\"1971\"]",
                 "\"provenance\":{", "\"line\":1", source);
    CHECK_ANSWER("/api/v1/entities/house-9", 404, "no entity “house-9” is listed");
    held_stop(&service);
}

TEST(the_history_of_an_entity_says_when_it_was_listed_and_what_changed) {
    held_start(&service);
    CHECK_ANSWER("/api/v1/entities/house-1/history", 200, "\"id\":\"house-1\"", "\"listed\":true", "\"versions\":3",
                 "\"change\":\"held\"", held_version(0), "\"change\":\"changed\"", held_version(1),
                 "\"property\":\"birthDate\",\"from\":\"1970\",\"to\":\"1971\"");
    CHECK_ANSWER("/api/v1/entities/house-2/history", 200, "\"change\":\"held\"", held_version(0),
                 "\"change\":\"removed\"", held_version(1), "\"change\":\"added\"", held_version(2));
    CHECK_ANSWER("/api/v1/entities/house-3/history", 200, "\"events\":[{\"change\":\"held\"", held_version(0), "}]}\n");
    CHECK_ANSWER("/api/v1/entities/house-4/history", 200, "\"events\":[{\"change\":\"added\"", held_version(1),
                 "}]}\n");
    CHECK_ANSWER("/api/v1/entities/house-9/history", 404, "no entity");
    CHECK_ANSWER("/api/v1/entities/nothing/history", 404, "no entity");
    held_stop(&service);
}

TEST(lists_are_told_as_they_are_held_and_as_they_are_indexed) {
    held_start(&service);
    CHECK_ANSWER("/api/v1/lists", 200, "{\"lists\":[{\"list\":\"house\",\"title\":null", "\"held\":{\"list\":\"house\"",
                 held_version(2), "\"age_h\":0,\"stale\":false", "\"indexed\":{\"version\":\"", held_version(2),
                 "\"entities\":4");
    CHECK_ANSWER("/api/v1/lists/house", 200, "{\"list\":\"house\"");
    CHECK_ANSWER("/api/v1/lists/hose", 404, "no list “hose” is held");
    CHECK_ANSWER("/api/v1/lists/..", 404, "no list");
    held_stop(&service);
}

TEST(versions_of_a_list_are_told_newest_first_and_by_pages) {
    held_start(&service);
    CHECK_ANSWER("/api/v1/lists/house/versions", 200, "\"total\":3", held_version(2), "\"current\":true",
                 "\"added\":1,\"removed\":1,\"changed\":1", "\"current\":false", held_version(0));
    CHECK_ANSWER("/api/v1/lists/house/versions?limit=1&offset=2", 200,
                 "\"total\":3,\"versions\":[{\"list\":\"house\",\"version\":\"", held_version(0), "}]}\n");
    CHECK_ANSWER("/api/v1/lists/house/versions?offset=9", 200, "\"total\":3,\"versions\":[]");
    CHECK_ANSWER("/api/v1/lists/house/versions?limit=0", 400, "from 1 to 1000");
    CHECK_ANSWER("/api/v1/lists/house/versions?ofset=0", 400, "did you mean “offset”?");
    CHECK_ANSWER("/api/v1/lists/..%2Fhouse/versions", 404, "");
    CHECK_ANSWER("/api/v1/lists/house%00/versions", 404, "");
    held_stop(&service);
}

TEST(versions_changes_and_a_history_come_as_tables_too) {
    char target[512];
    held_start(&service);
    CHECK_ANSWER("/api/v1/lists/house/versions?format=csv", 200, "list,version,", "\nhouse,", held_version(2),
                 "\nhouse,", held_version(1), "\nhouse,", held_version(0));
    (void)snprintf(target, sizeof target, "/api/v1/lists/house/versions/%s/changes?format=csv", held_version(1));
    CHECK_ANSWER(target, 200, "change,id,", "changed,house-1", "added,house-4", "removed,house-2");
    (void)snprintf(target, sizeof target, "/api/v1/lists/house/versions/%s/changes?format=csv", held_version(0));
    CHECK_ANSWER(target, 404, "first version that is held");
    CHECK_ANSWER("/api/v1/entities/house-2/history?format=csv", 200, "change,", "\nheld,", "\nremoved,", "\nadded,");
    held_stop(&service);
}

TEST(changes_are_against_the_version_before_or_any_other) {
    char target[512];
    held_start(&service);
    (void)snprintf(target, sizeof target, "/api/v1/lists/house/versions/%.12s/changes", held_version(1));
    CHECK_ANSWER(target, 200, "\"version\":\"", held_version(1), "\"against\":\"", held_version(0),
                 "\"change\":\"changed\",\"id\":\"house-1\"", "\"id\":\"house-4\"", "\"id\":\"house-2\"",
                 "\"total\":3");
    (void)snprintf(target, sizeof target, "/api/v1/lists/house/versions/%s/changes?limit=1&offset=1", held_version(1));
    CHECK_ANSWER(target, 200, "\"changes\":[{\"change\":\"added\",\"id\":\"house-4\"", "],\"total\":3");
    (void)snprintf(target, sizeof target, "/api/v1/lists/house/versions/%s/changes?against=%s", held_version(2),
                   held_version(0));
    CHECK_ANSWER(target, 200, "\"against\":\"", held_version(0), "house-1", "house-4", "\"total\":2");
    (void)snprintf(target, sizeof target, "/api/v1/lists/house/versions/%s/changes", held_version(0));
    CHECK_ANSWER(target, 404, "first version that is held");
    CHECK_ANSWER("/api/v1/lists/house/versions/0123456789/changes", 404, "no such version");
    CHECK_ANSWER("/api/v1/lists/house/versions/0/changes", 404, "no such version");
    held_stop(&service);
}

TEST(the_index_and_the_program_say_what_they_are) {
    held_start(&service);
    CHECK_ANSWER("/api/v1/index", 200, "\"entities\":4", "\"changes\":{\"added\":0,\"removed\":0",
                 "\"lists\":[{\"list\":\"house\"", "\"sections\":[{\"section\":");
    CHECK_ANSWER("/api/v1/version", 200, "{\"version\":\"0.");
    held_stop(&service);
}

TEST(without_a_store_there_is_what_the_index_has) {
    called_start(&service);
    CHECK_ANSWER("/api/v1/lists", 200, "{\"list\":\"invented\"", "\"held\":null", "\"indexed\":{\"version\":\"v1\"");
    CHECK_ANSWER("/api/v1/lists/invented", 200, "\"entities\":");
    CHECK_ANSWER("/api/v1/lists/invented/versions", 404, "no list");
    CHECK_ANSWER("/api/v1/entities/inv-01", 200, "زينب مرجاني",
                 "\"version\":\"v1\",\"published\":\"2023-11-14T22:13:20Z\"");
    CHECK_ANSWER("/api/v1/entities/inv-01/history", 404, "no store of lists");
    called_stop(&service);
}

TEST_MAIN()

TEST(the_policy_in_use_is_told_whole_with_its_digest) {
    called_answer answer;
    char digest[MZ_POLICY_DIGEST_SIZE];
    mz_error error;
    CHECK_OK(mz_policy_digest(NULL, digest, &error), error);
    called_start(&service);
    called(&service, MZ_GET, "/api/v1/policy", NULL, UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status);
    CHECK(strstr(called_body(&answer), digest) != NULL);
    CHECK(strstr(called_body(&answer), "\"policy\":{\"mizan-policy\":1,") != NULL);
    called_done(&answer);
    called(&service, MZ_GET, "/api/v1/policy?of=others", NULL, UINT32_MAX, &answer);
    CHECK_INT(400, answer.response.status);
    called_done(&answer);
    called_stop(&service);
}
