#include "reports/certificate.h"

#include "base/clock.h"
#include "base/error.h"
#include "text/html.h"

#include <stdio.h>

/* A member of the receipt, wherever it stands: of itself, of the entry's body, or of what can be erased. */
static const mz_json_value *find(const mz_json_value *receipt, const char *key) {
    static const char *const parts[] = {"body", "personal"};
    const mz_json_value *found = mz_json_member(receipt, key);
    for (size_t k = 0; !found && k < sizeof parts / sizeof *parts; k++)
        found = mz_json_member(mz_json_member(receipt, parts[k]), key);
    return found && found->kind != MZ_JSON_NULL ? found : NULL;
}

static mz_str text_of(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    return member ? member->text : (mz_str){"", 0};
}

static mz_str find_text(const mz_json_value *receipt, const char *key) {
    const mz_json_value *found = find(receipt, key);
    return found ? found->text : (mz_str){"", 0};
}

/* Seconds since 1970 of a number or of a time in RFC 3339; 0 when it is neither. */
static int64_t time_of(const mz_json_value *value) {
    int64_t seconds = 0;
    if (!value) return 0;
    if (value->kind == MZ_JSON_NUMBER) return mz_sheet_millionths(value->text) / 1000000;
    (void)mz_time_parse(value->text.data, value->text.size, &seconds);
    return seconds;
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

static void head(const mz_certificate *certificate, const mz_json_value *receipt, const mz_sheet *sheet) {
    mz_sheet_open(sheet, MZ_WORD_CERTIFICATE, find_text(receipt, "number"));
    mz_buffer_print(sheet->out, "<p>");
    mz_sheet_name(sheet, certificate->agency);
    mz_buffer_print(sheet->out, "</p></header><main><p class=\"warn\">%s</p>",
                    mz_sheet_text(sheet, MZ_WORD_CONFIDENTIAL));
}

static mz_str actor_of(const mz_certificate *certificate, const mz_json_value *receipt) {
    const mz_json_value *actor = find(receipt, "actor");
    if (certificate->asker.size) return certificate->asker;
    if (actor && actor->kind == MZ_JSON_OBJECT) return text_of(actor, "name");
    return (mz_str){"", 0};
}

static void summary(const mz_certificate *certificate, const mz_json_value *receipt, const mz_sheet *sheet) {
    mz_str actor = actor_of(certificate, receipt);
    mz_sheet_facts_open(sheet);
    fact_name(sheet, MZ_WORD_AGENCY, certificate->agency);
    fact_time(sheet, MZ_WORD_WHEN, time_of(find(receipt, "at")));
    if (actor.size)
        fact_name(sheet, MZ_WORD_WHO, actor);
    else
        fact_word(sheet, MZ_WORD_WHO, find_text(receipt, "actor_kind"));
    fact_word(sheet, MZ_WORD_RAISED_WHY, find_text(receipt, "why"));
    fact_code(sheet, MZ_WORD_BUILD, find_text(receipt, "build"));
    fact_open(sheet, MZ_WORD_POLICY);
    if (find_text(receipt, "policy").size)
        put_code(sheet, find_text(receipt, "policy"));
    else
        mz_buffer_print(sheet->out, "%s", mz_sheet_text(sheet, MZ_WORD_POLICY_DEFAULT));
    mz_sheet_fact_close(sheet);
    fact_time(sheet, MZ_WORD_MADE_ON, certificate->made);
    fact_name(sheet, MZ_WORD_MADE_FOR, certificate->reader);
    mz_sheet_facts_close(sheet);
}

/* ---- what was asked, and of what ---- */

static void asked(const mz_json_value *receipt, const mz_sheet *sheet) {
    const mz_json_value *query = find(receipt, "query");
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
    fact_code(sheet, MZ_WORD_THRESHOLD, text_of(query, "threshold"));
    mz_sheet_facts_close(sheet);
    mz_sheet_properties(sheet, mz_json_member(query, "properties"));
}

static void lists(const mz_json_value *receipt, const mz_sheet *sheet) {
    static const mz_report_word headings[] = {MZ_WORD_LIST, MZ_WORD_DATED, MZ_WORD_ENTITIES, MZ_WORD_VERSION,
                                              MZ_WORD_COUNT};
    const mz_json_value *all = find(receipt, "lists");
    mz_sheet_heading(sheet, MZ_WORD_OF_LISTS);
    mz_sheet_table_open(sheet, headings);
    for (const mz_json_value *list = all ? all->child : NULL; list; list = list->next) {
        mz_sheet_row_open(sheet);
        mz_sheet_cell_open(sheet);
        mz_sheet_name(sheet, text_of(list, "list"));
        mz_sheet_cell_close(sheet);
        mz_sheet_cell_open(sheet);
        mz_sheet_time(sheet, time_of(mz_json_member(list, "published")));
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
    mz_sheet_decimal(sheet, mz_sheet_millionths(text_of(hit, "score")), 3);
    mz_sheet_fact_close(sheet);
    fact_open(sheet, MZ_WORD_WEIGHT);
    mz_sheet_decimal(sheet, mz_sheet_millionths(text_of(hit, "weight")), 1);
    mz_sheet_fact_close(sheet);
    mz_sheet_facts_close(sheet);
    mz_sheet_evidence(sheet, hit);
    mz_buffer_print(sheet->out, "</section>");
}

static void found(const mz_json_value *receipt, const mz_sheet *sheet) {
    const mz_json_value *answer = find(receipt, "answer");
    const mz_json_value *hits = answer ? mz_json_member(answer, "hits") : find(receipt, "hits");
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
    if (text_of(answer, "not_done").size) {
        mz_sheet_facts_open(sheet);
        fact_name(sheet, MZ_WORD_NOT_DONE, text_of(answer, "not_done"));
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

static void verify(const mz_json_value *receipt, const mz_sheet *sheet) {
    const mz_json_value *checkpoint = find(receipt, "checkpoint");
    char number[24], key[80], replay[128], code[128];
    mz_sheet_heading(sheet, MZ_WORD_VERIFY);
    mz_sheet_facts_open(sheet);
    fact_code(sheet, MZ_WORD_RECEIPT, find_text(receipt, "number"));
    fact_code(sheet, MZ_WORD_HASH, find_text(receipt, "hash"));
    if (checkpoint) {
        fact_code(sheet, MZ_WORD_CHECKPOINT, text_of(checkpoint, "number"));
        fact_time(sheet, MZ_WORD_WHEN, time_of(mz_json_member(checkpoint, "at")));
        fact_code(sheet, MZ_WORD_HASH, text_of(checkpoint, "hash"));
        fact_code(sheet, MZ_WORD_SIGNATURE, text_of(checkpoint, "signature"));
    }
    mz_sheet_facts_close(sheet);
    copy_plain(number, sizeof number, find_text(receipt, "number"));
    (void)snprintf(replay, sizeof replay, "<code>mizan audit replay %s</code>", number);
    say_with_code(sheet, MZ_WORD_VERIFY_CHAIN, "<code>mizan audit verify</code>");
    say_with_code(sheet, MZ_WORD_VERIFY_REPLAY, replay);
    if (!checkpoint) {
        mz_sheet_say(sheet, MZ_WORD_NO_CHECKPOINT);
        return;
    }
    copy_plain(key, sizeof key, text_of(checkpoint, "public_key"));
    (void)snprintf(code, sizeof code, "<code>%s</code>", key);
    say_with_code(sheet, MZ_WORD_VERIFY_CHECKPOINT, code);
}

mz_status mz_certificate_write(const mz_certificate *certificate, const mz_sheet *sheet, mz_arena *arena,
                               mz_error *error) {
    const mz_json_value *receipt;
    mz_status status = mz_json_parse(certificate->receipt, 0, arena, &receipt, error);
    if (!status) status = mz_json_expect(receipt, MZ_JSON_OBJECT, "a receipt", error);
    if (status) return status;
    head(certificate, receipt, sheet);
    summary(certificate, receipt, sheet);
    asked(receipt, sheet);
    lists(receipt, sheet);
    found(receipt, sheet);
    verify(receipt, sheet);
    mz_sheet_close(sheet);
    return sheet->out->failed ? mz_fail_buffer(sheet->out, error, "the certificate") : MZ_OK;
}
