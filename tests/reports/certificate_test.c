/* A screening on paper, made of a receipt. */
#include "pages.h"
#include "reports/certificate.h"
#include "test.h"

#include <stdio.h>

#define BODY                                                                                                           \
    "\"build\":{\"id\":\"4b1d9ef6a0c2b6a4\",\"version\":\"0.6.0\"},\"hits\":1,\"lists\":[{\"entities\":101,\"list\":"  \
    "\"un\",\"published\":1785542400,\"version\":\"9f8e7d6c5b4a3928\"}],\"options\":{\"threshold\":\"0.75\"},"         \
    "\"policy\":{\"digest\":\"aa17\",\"name\":\"default\"},\"why\":\"list.changed\""
#define ENTRY "{\"actor\":\"\",\"actor_kind\":\"service\",\"at\":1800000000,\"body\":{" BODY "},\"number\":41}"
#define CHECKPOINT "\"checkpoint\":\"mizan checkpoint\\nnumber 41\\nsignature 0011\\n\""
#define QUERY "\"query\":{\"properties\":{\"birthDate\":[\"1970\"],\"name\":[\"سفيان <b>\"]},\"schema\":\"Person\"}"

static mz_buffer out;
static mz_error failed;

static mz_status write_receipt(const char *receipt, mz_language language) {
    mz_arena arena;
    const mz_sheet sheet = {.out = &out, .language = language};
    const mz_certificate certificate = {.agency = MZ_STR("Bureau du port"),
                                        .reader = MZ_STR("Amal Zahid"),
                                        .made = 1800086400,
                                        .receipt = mz_str_of(receipt)};
    mz_arena_init(&arena, 16 << 20);
    mz_buffer_clear(&out);
    mz_status status = mz_certificate_write(&certificate, &sheet, &arena, &failed);
    mz_arena_done(&arena);
    return status;
}

static bool says(const char *text) {
    return strstr(out.data, text) != NULL;
}

static const char with_a_hit[] =
    "{" CHECKPOINT ",\"entry\":" ENTRY ",\"hash\":\"0e57\",\"personal\":{\"answer\":{\"hits\":[{\"entity\":\"un-1\","
    "\"reference\":\"INi.001\",\"list\":\"un\",\"caption\":\"SOFYANE EL "
    "MARBEKOUI\",\"schema\":\"Person\",\"score\":0.9,"
    "\"weight\":20.5,\"evidence\":[{\"rule\":\"same\",\"property\":\"name\",\"query\":\"a\",\"entity\":\"a\","
    "\"points\":0.9,\"bits\":20.5}]}]}," QUERY "},\"policy\":{},\"receipt\":1,\"salt\":\"00\"}";

TEST(a_certificate_says_what_was_asked_of_what_and_what_was_found) {
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    CHECK_OK(write_receipt(with_a_hit, MZ_ENGLISH), failed);
    CHECK(says("<h1>Screening certificate <bdi class=\"num\">41</bdi></h1>"));
    CHECK(says("<dt>What</dt>") == false);
    CHECK(says("سفيان &lt;b&gt;"));
    CHECK(says("Listed entities that reached the threshold: 1"));
    CHECK(says("<code>INi.001</code>"));
    CHECK(says("2026-08-01"));
    CHECK(says("<code>9f8e7d6c5b4a3928</code>"));
    CHECK(says("<code>4b1d9ef6a0c2b6a4</code>"));
    CHECK(says("<bdi>default</bdi> <code>aa17</code>"));
    CHECK(says("<dt>Who</dt><dd>the service</dd>"));
    CHECK(says("<dt>Raised by</dt><dd>a changed list</dd>"));
    CHECK(says("<code>0e57</code>"));
    CHECK(says("signature 0011"));
    CHECK(says("mizan audit replay 41"));
    mz_buffer_done(&out);
}

TEST(it_is_a_page_that_asks_for_nothing_in_each_language) {
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    for (int language = MZ_ENGLISH; language <= MZ_ARABIC; language++) {
        char name[40];
        snprintf(name, sizeof name, "certificate-%s", mz_report_language_code((mz_language)language));
        CHECK_OK(write_receipt(with_a_hit, (mz_language)language), failed);
        pages_check(mz_buffer_view(&out), name);
    }
    CHECK(says("شهادة فرز"));
    mz_buffer_done(&out);
}

TEST(nothing_found_is_said_to_be_no_more_than_that) {
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    CHECK_OK(write_receipt("{\"entry\":" ENTRY ",\"hash\":\"0e57\",\"personal\":{\"answer\":{\"hits\":[],\"not_done\":"
                           "\"the budget was used up\"}," QUERY "}}",
                           MZ_ENGLISH),
             failed);
    CHECK(says("Nothing: no listed entity reached the threshold."));
    CHECK(says("it is no decision about anybody"));
    CHECK(says("<dt>Left undone</dt><dd><bdi>the budget was used up</bdi></dd>"));
    CHECK(says("No checkpoint has been signed behind this entry yet."));
    mz_buffer_done(&out);
}

TEST(a_receipt_without_a_later_checkpoint_says_that_there_is_none) {
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    CHECK_OK(write_receipt("{\"checkpoint\":null,\"entry\":" ENTRY ",\"hash\":\"0e57\",\"personal\":null}", MZ_ENGLISH),
             failed);
    CHECK(says("No checkpoint has been signed behind this entry yet."));
    CHECK(!says("compare it with this checkpoint") && !says("null"));
    mz_buffer_done(&out);
}

TEST(what_was_erased_is_said_to_be_while_the_entry_stands) {
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    CHECK_OK(write_receipt("{" CHECKPOINT ",\"entry\":" ENTRY ",\"hash\":\"0e57\",\"personal\":null}", MZ_FRENCH),
             failed);
    CHECK(says("ont été effacées à l’échéance"));
    CHECK(says("<code>0e57</code>"));
    pages_check(mz_buffer_view(&out), "certificate-erased");
    mz_buffer_done(&out);
}

TEST(what_is_no_receipt_is_refused_and_what_is_odd_in_one_does_not_crash) {
    static const char *const odd[] = {"{}", "{\"entry\":7}", "{\"entry\":{\"body\":{\"lists\":7}},\"personal\":[]}",
                                      "{\"personal\":{\"answer\":{\"hits\":7},\"query\":[1]}}"};
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    CHECK_INT(MZ_ERR_INPUT, write_receipt("[]", MZ_ENGLISH));
    CHECK_INT(MZ_ERR_INPUT, write_receipt("{", MZ_ENGLISH));
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
        mz_test_case("%s", odd[k]);
        CHECK_OK(write_receipt(odd[k], MZ_ENGLISH), failed);
    }
    mz_buffer_done(&out);
}

TEST_MAIN()
