/* /api/v1/explain: why a hit, why none, and in which language it is said. */
#include "called.h"
#include "mizan/country.h"
#include "screen/explanation.h"
#include "test.h"

#include <string.h>

static called_service service;

/* A language of tests: what it says names itself. */
static void piece_in_words(const mz_words_of *words, const mz_evidence *evidence, mz_buffer *out) {
    mz_buffer_print(out, "%s: %s", (const char *)words->context, mz_rule_name(evidence->rule));
}

static void all_in_words(const mz_words_of *words, const mz_explanation *explanation, mz_buffer *out) {
    mz_buffer_print(out, "%s\n%s\n", (const char *)words->context, explanation->alert ? "alert" : "none");
}

static const mz_words_of languages[] = {[MZ_ENGLISH] = {piece_in_words, all_in_words, "english"},
                                        [MZ_FRENCH] = {piece_in_words, all_in_words, "français"},
                                        [MZ_ARABIC] = {piece_in_words, all_in_words, "عربي"}};

static void check(const char *target, const char *body, int status, const char *const *words) {
    called_answer answer;
    mz_test_case("%s %s", target, body);
    called(&service, MZ_POST, target, body, UINT32_MAX, &answer);
    CHECK_INT(status, answer.response.status);
    const char *at = called_body(&answer);
    for (; *words; words++) {
        const char *found = strstr(at, *words);
        if (!found) CHECK_TEXT(*words, called_body(&answer));
        at = found + strlen(*words);
    }
    called_done(&answer);
}
#define CHECK_ANSWER(target, body, status, ...) check(target, body, status, (const char *const[]){__VA_ARGS__, NULL})

TEST(a_hit_is_explained_and_so_is_what_is_none) {
    called_start(&service);
    CHECK_ANSWER(
        "/api/v1/explain",
        "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":\"Zainab Murjani\",\"birthDate\":\"1970\"}},"
        "\"entity\":\"inv-01\"}",
        200, "{\"schema\":\"Person\"", "\"alert\":true,\"entity\":{\"id\":\"inv-01\"", "\"names\":3}",
        "\"rank\":1,\"hits\":1", "\"names\":[{\"name\":\"Zainab Murjani\",\"as\":\"person\"", "\"rule\":\"spelling\"",
        "\"rule\":\"date\"");
    CHECK_ANSWER("/api/v1/explain", "{\"query\":{\"properties\":{\"name\":\"Karim\"}},\"entity\":\"inv-04\"}", 200,
                 "\"score\":0.000000", "\"alert\":false", "\"hits\":");
    CHECK_ANSWER("/api/v1/explain",
                 "{\"query\":{\"properties\":{\"name\":\"Idris Benzahi\"},\"algorithm\":\"exact\",\"threshold\":0.9},"
                 "\"entity\":\"inv-12\"}",
                 200, "\"threshold\":0.900000,\"alert\":true", "\"rank\":2,\"hits\":2");
    called_stop(&service);
}

TEST(two_names_are_explained_without_lists) {
    called_start(&service);
    CHECK_ANSWER("/api/v1/explain", "{\"names\":[\"Zaynab Murjani\",\"زينب مرجاني\"],\"schema\":\"Person\"}", 200,
                 "\"alert\":true,\"names\":[", "\"name\":\"زينب مرجاني\"", "\"rule\":\"script\"");
    called_stop(&service);
}

TEST(texts_are_in_the_language_that_is_asked_for) {
    static const char body[] = "{\"names\":[\"Zaynab Murjani\",\"Zainab Murjani\"]}";
    static const struct {
        const char *target, *header, *says;
    } cases[] = {
        {"/api/v1/explain", NULL, "english"},
        {"/api/v1/explain?language=fr", NULL, "français"},
        {"/api/v1/explain?language=ar-MA", "fr", "عربي"},
        {"/api/v1/explain", "fr-CH, fr;q=0.9, en;q=0.8", "français"},
        {"/api/v1/explain", "de,ar;q=0.5", "عربي"},
        {"/api/v1/explain", "de, *;q=0.5,,;", "english"},
    };
    called_start(&service);
    CHECK_ANSWER("/api/v1/explain", body, 200, "\"evidence\":[");
    service.service.words = languages;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mz_parameter header = {MZ_STR("accept-language"), mz_str_of(cases[i].header)};
        char says[64] = "\"says\":[\"";
        service.headers = (mz_parameters){&header, cases[i].header != NULL};
        strncat(says, cases[i].says, sizeof says - strlen(says) - 1);
        CHECK_ANSWER(cases[i].target, body, 200, "\"text\":\"", cases[i].says, says, "\",\"alert\"]}\n");
    }
    CHECK_ANSWER("/api/v1/explain?language=de", body, 400, "must be en, fr or ar, not “de”");
    called_stop(&service);
}

TEST(what_cannot_be_explained_is_refused) {
    called_start(&service);
    CHECK_ANSWER("/api/v1/explain", "{\"query\":{\"properties\":{}},\"entity\":\"inv-99\"}", 404, "no entity “inv-99”");
    CHECK_ANSWER("/api/v1/explain", "{\"query\":{\"properties\":{\"nmae\":1}},\"entity\":\"inv-01\"}", 400,
                 "did you mean \\\"name\\\"?", "\"line\":1,\"column\":32");
    CHECK_ANSWER("/api/v1/explain", "{\"query\":7,\"entity\":\"inv-01\"}", 400, "a query must be an object");
    CHECK_ANSWER("/api/v1/explain", "{\"query\":{},\"entity\":7}", 400, "entity must be a string");
    CHECK_ANSWER("/api/v1/explain", "{\"query\":{}}", 400, "an explanation needs");
    CHECK_ANSWER("/api/v1/explain", "{\"names\":[\"a\"]}", 400, "\\\"names\\\" must be two, not 1");
    CHECK_ANSWER("/api/v1/explain", "{\"names\":[\"a\",1]}", 400, "a name must be a string");
    CHECK_ANSWER("/api/v1/explain", "{\"names\":[\"a\",\"b\"],\"schema\":\"Preson\"}", 400, "did you mean “Person”?");
    CHECK_ANSWER("/api/v1/explain", "{\"names\":[\"a\",\"b\"],\"entity\":\"x\"}", 400, "unknown key “entity”");
    CHECK_ANSWER("/api/v1/explain?lang=fr", "{\"names\":[\"a\",\"b\"]}", 400, "unknown parameter “lang”");
    called_stop(&service);
}

TEST_MAIN()
