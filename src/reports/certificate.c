#include "reports/certificate.h"

#include "base/error.h"
#include "text/html.h"

#include <stdio.h>

/* A receipt and its parts (audit/receipt.h). */
typedef struct paper {
    const mz_certificate *certificate;
    const mz_sheet *sheet;
    const mz_json_value *receipt, *entry, *body;
    const mz_json_value *query, *answer; /* NULL: they were erased */
} paper;

/* Empty also when it is null. */
static mz_str text_of(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    return member && member->kind != MZ_JSON_NULL ? member->text : (mz_str){"", 0};
}

/* Seconds since 1970; 0 when there are none. */
static int64_t time_of(const mz_json_value *object, const char *key) {
    return mz_sheet_millionths(text_of(object, key)) / 1000000;
}

static paper read_parts(const mz_certificate *certificate, const mz_sheet *sheet, const mz_json_value *receipt) {
    const mz_json_value *entry = mz_json_member(receipt, "entry"), *personal = mz_json_member(receipt, "personal");
    return (paper){.certificate = certificate,
                   .sheet = sheet,
                   .receipt = receipt,
                   .entry = entry,
                   .body = mz_json_member(entry, "body"),
                   .query = mz_json_member(personal, "query"),
                   .answer = mz_json_member(personal, "answer")};
}

/* ---- small pieces ---- */

static void fact_open(const mz_sheet *sheet, mz_report_word term) {
    mz_sheet_fact_open(sheet, term);
}

static void fact_name(const mz_sheet *sheet, mz_report_word term, mz_str text) {
    if (!text.size) return;
    fact_open(sheet, term);
    mz_sheet_name(sheet, text);
    mz_sheet_fact_close(sheet);
}

static void put_code(const mz_sheet *sheet, mz_str text) {
    mz_buffer_print(sheet->out, "<code>");
    mz_html_text(sheet->out, text);
    mz_buffer_print(sheet->out, "</code>");
}

static void fact_code(const mz_sheet *sheet, mz_report_word term, mz_str text) {
    if (!text.size) return;
    fact_open(sheet, term);
    put_code(sheet, text);
    mz_sheet_fact_close(sheet);
}

static void fact_time(const mz_sheet *sheet, mz_report_word term, int64_t at) {
    fact_open(sheet, term);
    mz_sheet_time(sheet, at);
    mz_sheet_fact_close(sheet);
}

static void fact_word(const mz_sheet *sheet, mz_report_word term, mz_str word) {
    if (!word.size) return;
    fact_open(sheet, term);
    mz_html_prose(sheet->out, mz_report_word_of(word, sheet->language));
    mz_sheet_fact_close(sheet);
}

static void cell_code(const mz_sheet *sheet, mz_str text) {
    mz_sheet_cell_open(sheet);
    put_code(sheet, text);
    mz_sheet_cell_close(sheet);
}

/* ---- who, when, by what ---- */

static void head(const paper *at) {
    const mz_sheet *sheet = at->sheet;
    mz_sheet_open(sheet, MZ_WORD_CERTIFICATE, text_of(at->entry, "number"));
    mz_buffer_print(sheet->out, "<p>");
    mz_sheet_name(sheet, at->certificate->agency);
    mz_buffer_print(sheet->out, "</p></header><main><p class=\"warn\">%s</p>",
                    mz_sheet_text(sheet, MZ_WORD_CONFIDENTIAL));
}

static void put_policy(const paper *at) {
    const mz_json_value *policy = mz_json_member(at->body, "policy");
    mz_sheet_fact_open(at->sheet, MZ_WORD_POLICY);
    mz_sheet_name(at->sheet, text_of(policy, "name"));
    mz_buffer_print(at->sheet->out, " ");
    put_code(at->sheet, text_of(policy, "digest"));
    mz_sheet_fact_close(at->sheet);
}

static void put_build(const paper *at) {
    const mz_json_value *build = mz_json_member(at->body, "build");
    mz_sheet_fact_open(at->sheet, MZ_WORD_BUILD);
    mz_buffer_print(at->sheet->out, "<bdi class=\"num\">mizan ");
    mz_html_text(at->sheet->out, text_of(build, "version"));
    mz_buffer_print(at->sheet->out, "</bdi> ");
    put_code(at->sheet, text_of(build, "id"));
    mz_sheet_fact_close(at->sheet);
}

static void summary(const paper *at) {
    const mz_sheet *sheet = at->sheet;
    mz_sheet_facts_open(sheet);
    fact_name(sheet, MZ_WORD_AGENCY, at->certificate->agency);
    fact_time(sheet, MZ_WORD_WHEN, time_of(at->entry, "at"));
    if (at->certificate->asker.size)
        fact_name(sheet, MZ_WORD_WHO, at->certificate->asker);
    else
        fact_word(sheet, MZ_WORD_WHO, text_of(at->entry, "actor_kind"));
    fact_word(sheet, MZ_WORD_RAISED_WHY, text_of(at->body, "why"));
    put_build(at);
    put_policy(at);
    fact_time(sheet, MZ_WORD_MADE_ON, at->certificate->made);
    fact_name(sheet, MZ_WORD_MADE_FOR, at->certificate->reader);
    mz_sheet_facts_close(sheet);
}

/* ---- what was asked, and of what ---- */

static void asked(const paper *at) {
    const mz_sheet *sheet = at->sheet;
    const mz_json_value *query = at->query;
    mz_schema schema;
    mz_sheet_heading(sheet, MZ_WORD_ASKED);
    if (!query) {
        mz_sheet_say(sheet, MZ_WORD_FOUND_UNSAID);
        return;
    }
    mz_sheet_facts_open(sheet);
    if (mz_schema_find(text_of(query, "schema"), &schema)) {
        fact_open(sheet, MZ_WORD_KIND);
        mz_buffer_print(sheet->out, "%s", mz_report_schema(schema, sheet->language));
        mz_sheet_fact_close(sheet);
    }
    mz_str threshold = text_of(query, "threshold");
    if (!threshold.size) threshold = text_of(mz_json_member(at->body, "options"), "threshold");
    fact_code(sheet, MZ_WORD_THRESHOLD, threshold);
    mz_sheet_facts_close(sheet);
    mz_sheet_properties(sheet, mz_json_member(query, "properties"));
}

static void lists(const paper *at) {
    const mz_sheet *sheet = at->sheet;
    static const mz_report_word headings[] = {MZ_WORD_LIST, MZ_WORD_DATED, MZ_WORD_ENTITIES, MZ_WORD_VERSION,
                                              MZ_WORD_COUNT};
    const mz_json_value *all = mz_json_member(at->body, "lists");
    mz_sheet_heading(sheet, MZ_WORD_OF_LISTS);
    mz_sheet_table_open(sheet, headings);
    for (const mz_json_value *list = all ? all->child : NULL; list; list = list->next) {
        mz_sheet_row_open(sheet);
        mz_sheet_cell_open(sheet);
        mz_sheet_name(sheet, text_of(list, "list"));
        mz_sheet_cell_close(sheet);
        mz_sheet_cell_open(sheet);
        mz_sheet_time(sheet, time_of(list, "published"));
        mz_sheet_cell_close(sheet);
        mz_sheet_cell_open(sheet);
        mz_sheet_code(sheet, text_of(list, "entities"));
        mz_sheet_cell_close(sheet);
        cell_code(sheet, text_of(list, "version"));
        mz_sheet_row_close(sheet);
    }
    mz_sheet_table_close(sheet);
}

/* ---- what was found ---- */

static void put_hit(const mz_json_value *hit, size_t number, const mz_sheet *sheet) {
    mz_schema schema;
    mz_buffer_print(sheet->out, "<section class=\"keep\"><h3>%zu. ", number);
    mz_sheet_name(sheet, text_of(hit, "caption"));
    mz_buffer_print(sheet->out, "</h3>");
    mz_sheet_facts_open(sheet);
    fact_name(sheet, MZ_WORD_LIST, text_of(hit, "list"));
    fact_code(sheet, MZ_WORD_REFERENCE, text_of(hit, text_of(hit, "reference").size ? "reference" : "entity"));
    if (mz_schema_find(text_of(hit, "schema"), &schema)) {
        fact_open(sheet, MZ_WORD_KIND);
        mz_buffer_print(sheet->out, "%s", mz_report_schema(schema, sheet->language));
        mz_sheet_fact_close(sheet);
    }
    fact_open(sheet, MZ_WORD_SCORE);
    mz_sheet_score(sheet, mz_sheet_millionths(text_of(hit, "score")));
    mz_sheet_fact_close(sheet);
    fact_open(sheet, MZ_WORD_WEIGHT);
    mz_sheet_weight(sheet, mz_sheet_millionths(text_of(hit, "weight")));
    mz_sheet_fact_close(sheet);
    mz_sheet_facts_close(sheet);
    mz_sheet_evidence(sheet, hit);
    mz_buffer_print(sheet->out, "</section>");
}

static void found(const paper *at) {
    const mz_sheet *sheet = at->sheet;
    const mz_json_value *hits = mz_json_member(at->answer, "hits");
    char count[16];
    size_t number = 0;
    mz_sheet_heading(sheet, MZ_WORD_FOUND);
    if (!hits) {
        mz_sheet_say(sheet, MZ_WORD_FOUND_UNSAID);
        return;
    }
    mz_buffer_print(sheet->out, "<p class=\"warn\">");
    (void)snprintf(count, sizeof count, "%u", hits->count);
    if (hits->count)
        MZ_REPORT_SAY(sheet->out, sheet->language, MZ_WORD_FOUND_COUNT, count);
    else
        mz_buffer_print(sheet->out, "%s", mz_sheet_text(sheet, MZ_WORD_FOUND_NOTHING));
    mz_buffer_print(sheet->out, "</p>");
    mz_sheet_say(sheet, MZ_WORD_NOT_A_CLEARANCE);
    if (text_of(at->answer, "not_done").size) {
        mz_sheet_facts_open(sheet);
        fact_name(sheet, MZ_WORD_NOT_DONE, text_of(at->answer, "not_done"));
        mz_sheet_facts_close(sheet);
    }
    for (const mz_json_value *hit = hits->child; hit; hit = hit->next) put_hit(hit, ++number, sheet);
}

/* ---- how to verify it ---- */

static void say_with_code(const mz_sheet *sheet, mz_report_word word, const char *code) {
    mz_buffer_print(sheet->out, "<p>");
    MZ_REPORT_SAY(sheet->out, sheet->language, word, code);
    mz_buffer_print(sheet->out, "</p>");
}

/* Only what a key or a number can be: it goes into a sentence as it is. */
static void copy_plain(char *copy, size_t size, mz_str text) {
    size_t put = 0;
    for (size_t k = 0; k < text.size && put + 1 < size; k++) {
        char c = text.data[k];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) copy[put++] = c;
    }
    copy[put] = '\0';
}

static void verify(const paper *at) {
    const mz_sheet *sheet = at->sheet;
    mz_str checkpoint = text_of(at->receipt, "checkpoint");
    char number[24], replay[128];
    mz_sheet_heading(sheet, MZ_WORD_VERIFY);
    mz_sheet_facts_open(sheet);
    fact_code(sheet, MZ_WORD_RECEIPT, text_of(at->entry, "number"));
    fact_code(sheet, MZ_WORD_HASH, text_of(at->receipt, "hash"));
    mz_sheet_facts_close(sheet);
    copy_plain(number, sizeof number, text_of(at->entry, "number"));
    (void)snprintf(replay, sizeof replay, "<code>mizan audit replay %s</code>", number);
    say_with_code(sheet, MZ_WORD_VERIFY_CHAIN, "<code>mizan audit verify</code>");
    say_with_code(sheet, MZ_WORD_VERIFY_REPLAY, replay);
    if (!checkpoint.size) {
        mz_sheet_say(sheet, MZ_WORD_NO_CHECKPOINT);
        return;
    }
    mz_sheet_say(sheet, MZ_WORD_VERIFY_CHECKPOINT);
    mz_buffer_print(sheet->out, "<pre>");
    mz_sheet_prose(sheet, checkpoint);
    mz_buffer_print(sheet->out, "</pre>");
}

mz_status mz_certificate_write(const mz_certificate *certificate, const mz_sheet *sheet, mz_arena *arena,
                               mz_error *error) {
    const mz_json_value *receipt;
    mz_status status = mz_json_parse(certificate->receipt, 0, arena, &receipt, error);
    if (!status) status = mz_json_expect(receipt, MZ_JSON_OBJECT, "a receipt", error);
    if (status) return status;
    const paper at = read_parts(certificate, sheet, receipt);
    head(&at);
    summary(&at);
    asked(&at);
    lists(&at);
    found(&at);
    verify(&at);
    mz_sheet_close(sheet);
    return sheet->out->failed ? mz_fail_buffer(sheet->out, error, "the certificate") : MZ_OK;
}
