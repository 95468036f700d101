#include "pages.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#define T(literal) MZ_STR_INIT(literal)
enum { DEPTH = 64 };

static const mz_alert alerts[] = {
    {.key = T("A1"),
     .case_key = T("C1"),
     .entity = T("un-9900001"),
     .list = T("un"),
     .list_version = T("9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0"),
     .caption = T("SOFYANE EL MARBEKOUI"),
     .schema = MZ_SCHEMA_Person,
     .score = 0.625363,
     .weight = 31.39,
     .hit = T(
         "{\"entity\":\"un-9900001\",\"reference\":\"INi.001\",\"evidence\":["
         "{\"rule\":\"spelling\",\"property\":\"name\",\"query\":\"Sufyan\",\"entity\":\"SOFYANE\",\"points\":0.486854,"
         "\"bits\":15.94},"
         "{\"rule\":\"equivalent\",\"property\":\"name\",\"query\":\"al\",\"entity\":\"EL\",\"points\":0.019049,"
         "\"bits\":0.98},"
         "{\"rule\":\"script\",\"property\":\"name\",\"query\":\"المربكوي\",\"entity\":\"MARBEKOUI\","
         "\"points\":0.488072,\"bits\":15.97},"
         "{\"rule\":\"date\",\"property\":\"birthDate\",\"query\":\"1970\",\"entity\":\"1974-03-09\","
         "\"points\":-0.368612,\"bits\":-4.50},"
         "{\"rule\":\"country\",\"property\":\"nationality\",\"query\":\"ma\",\"entity\":\"ma\",\"points\":0.000000,"
         "\"bits\":3.00}]}"),
     .subject_facts =
         T("{\"properties\":{\"birthDate\":[\"1970\"],\"name\":[\"سفيان المربكوي\",\"Sufyan al Marbakoui\"],"
           "\"nationality\":[\"ma\"],\"phone\":[\"+212500000000\"]},\"schema\":\"Person\"}"),
     .entity_facts = T("{\"properties\":{\"alias\":[\"سفيان مربكوي\"],\"birthDate\":[\"1974-03-09\"],"
                       "\"birthPlace\":[\"Tinghir\"],\"name\":[\"SOFYANE EL MARBEKOUI\"],\"nationality\":[\"ma\"],"
                       "\"passportNumber\":[\"INV0017401\"]},\"schema\":\"Person\"}"),
     .phase = T("decided"),
     .disposition = T("true-match"),
     .decision = T("D1"),
     .why = T("list.changed"),
     .receipt = 41,
     .born = 1800000000,
     .changed = 1800003600},
    {.key = T("A2"),
     .case_key = T("C1"),
     .entity = T("house-7"),
     .list = T("house"),
     .list_version = T("1"),
     .caption = T("<img src=x onerror=alert(1)> & “Marbekoui”"),
     .schema = MZ_SCHEMA_LegalEntity,
     .score = 0.5,
     .weight = -1.5,
     .hit = T("{\"evidence\":[{\"rule\":\"same\",\"property\":\"name\",\"query\":\"<b>\",\"entity\":\"</td>\","
              "\"points\":0.5,\"bits\":-1.5}]}"),
     .phase = T("open"),
     .why = T("subject.new"),
     .receipt = 41,
     .born = 1800000000},
};

static const mz_str decided[] = {T("A1")};
static const mz_decision decisions[] = {
    {.key = T("D1"),
     .disposition = MZ_TRUE_MATCH,
     .reason = T("same-person"),
     .titles = {T("الشخص نفسه"), T("Même personne"), T("The same person")},
     .note = T("Same name and place.\nThe passport was seen."),
     .phase = T("made"),
     .four_eyes = true,
     .alerts = decided,
     .alert_count = 1,
     .proposer = {T("person"), T("P1"), T("Amal Zahid")},
     .approver = {T("person"), T("P2"), T("إدريس القسموري")},
     .proposed = 1800001800,
     .answered = 1800003600,
     .answer = T("Agreed."),
     .entry = 43},
};

static const mz_case_event events[] = {
    {.at = 1800000000, .kind = T("opened"), .actor = {.kind = T("service")}, .entry = 42},
    {.at = 1800000900,
     .kind = T("note"),
     .actor = {T("person"), T("P1"), T("Amal Zahid")},
     .text = T("<script>alert(1)</script>\n@idriss, look: \u202Eevil"),
     .entry = 42},
    {.at = 1800003600, .kind = T("decision.made"), .actor = {T("person"), T("P2"), T("إدريس القسموري")}, .entry = 43},
};

static const mz_attachment attachments[] = {
    {.file_name = T("passport <scan>.pdf"),
     .media_type = T("application/pdf"),
     .digest = T("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"),
     .size = 123456,
     .at = 1800000900,
     .actor = {T("person"), T("P1"), T("Amal Zahid")}},
    {.file_name = T("draft.txt"), .digest = T("00"), .removed = true, .actor = {T("key"), T("K1"), T("import")}},
};

static const mz_case_receipt receipts[] = {
    {41, 1800000000, T("4b1d9ef6a0c2b6a4c1d8c8a1e3f7b5d9e2c4a6b8d0f1e3c5a7b9d1f3e5c7a9b1"), T("mizan 0.6.0 (abc)")},
};

mz_case_file pages_case(void) {
    return (mz_case_file){
        .agency = MZ_STR("Bureau du port de Marsa Zarqa"),
        .reader = MZ_STR("Amal Zahid"),
        .build = MZ_STR("mizan 0.6.0"),
        .made = 1800086400,
        .row = {.key = MZ_STR("C1"),
                .label = MZ_STR("2026-000123"),
                .phase = MZ_STR("open"),
                .assignee = {MZ_STR("person"), MZ_STR("P1"), MZ_STR("Amal Zahid")},
                .escalated = true,
                .weight = 31.39,
                .alerts = 1,
                .due = 1800259200,
                .opened = 1800000000,
                .caption = MZ_STR("سفيان المربكوي")},
        .subject = {.source = MZ_STR("core-banking"),
                    .reference = MZ_STR("000-17-4 \u202Ex"),
                    .schema = MZ_SCHEMA_Person,
                    .properties = MZ_STR("{\"birthDate\":[\"1970\"],\"name\":[\"سفيان المربكوي\",\"Sufyan al "
                                         "Marbakoui\"],\"nationality\":[\"ma\"],\"phone\":[\"+212500000000\"]}")},
        .alerts = alerts,
        .decisions = decisions,
        .events = events,
        .attachments = attachments,
        .receipts = receipts,
        .alert_count = sizeof alerts / sizeof *alerts,
        .decision_count = 1,
        .event_count = sizeof events / sizeof *events,
        .attachment_count = 2,
        .receipt_count = 1,
    };
}

/* ---- the check ---- */

static bool stands_alone(mz_str tag) {
    static const char *const alone[] = {"meta", "br", "rect"};
    for (size_t k = 0; k < sizeof alone / sizeof *alone; k++)
        if (mz_str_equal(tag, mz_str_of(alone[k]))) return true;
    return false;
}

static mz_str tag_at(const char *at) {
    return (mz_str){at, strcspn(at, " >/")};
}

static void check_elements(const char *page) {
    mz_str open[DEPTH];
    size_t depth = 0;
    for (const char *at = strstr(page, "<html"); (at = strchr(at, '<')) != NULL; at++) {
        mz_str tag = tag_at(at + 1 + (at[1] == '/'));
        mz_test_case("%.80s", at);
        if (at[1] == '/') {
            CHECK(depth > 0 && mz_str_equal(open[depth - 1], tag));
            depth--;
        } else if (!stands_alone(tag)) {
            CHECK(depth < DEPTH);
            open[depth++] = tag;
        }
    }
    CHECK_INT(0, depth);
}

void pages_check(mz_str page, const char *name) {
    static const char *const never[] = {"<script",     "<img",   "<b>",    "onerror=alert(1)>",
                                        "javascript:", "http:",  "https:", "url(",
                                        "@import",     "\u202E", " style="};
    check_elements(page.data);
    for (size_t k = 0; k < sizeof never / sizeof *never; k++) {
        mz_test_case("%s", never[k]);
        CHECK(strstr(page.data, never[k]) == NULL);
    }
    const char *folder = getenv("MIZAN_TEST_PAGES");
    if (!folder) return;
    char path[512];
    snprintf(path, sizeof path, "%s/%s.html", folder, name);
    FILE *file = fopen(path, "we");
    CHECK(file && fwrite(page.data, 1, page.size, file) == page.size && fclose(file) == 0);
}
