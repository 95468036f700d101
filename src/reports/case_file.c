#include "reports/case_file.h"

#include "base/error.h"
#include "text/html.h"

#include <stdio.h>

/* ---- small pieces ---- */

static void put_word(const mz_sheet *sheet, mz_str word) {
    mz_html_prose(sheet->out, mz_report_word_of(word, sheet->language));
}

/* A person by name, a key by its title; the service and the command line by a word. Who was named at the machine did
 * not sign in, and it says so. */
static void put_named(const mz_sheet *sheet, mz_named named) {
    if (named.name.size) {
        mz_sheet_name(sheet, named.name);
        if (mz_str_equal(named.kind, MZ_STR("command")))
            mz_buffer_print(sheet->out, " (%s)", mz_sheet_text(sheet, MZ_WORD_BY_COMMAND));
    } else if (named.kind.size) {
        put_word(sheet, named.kind);
    } else {
        mz_buffer_print(sheet->out, "–");
    }
}

/* What the chain says otherwise of an event, a decision or an alert; NULL: nothing. */
static const mz_case_disagreement *disagreement_of(const mz_case_file *file, mz_str key) {
    for (size_t k = 0; k < file->disagreement_count; k++)
        if (mz_str_equal(file->disagreements[k].key, key)) return &file->disagreements[k];
    return NULL;
}

static void put_disagreement(const mz_sheet *sheet, mz_report_word word, const mz_case_disagreement *disagreement) {
    char entry[32];
    if (!disagreement) return;
    (void)snprintf(entry, sizeof entry, "%lld", (long long)disagreement->entry);
    mz_buffer_print(sheet->out, "<p class=\"warn\">");
    MZ_REPORT_SAY(sheet->out, sheet->language, word, entry);
    mz_buffer_print(sheet->out, "</p>");
}

static void fact_text(const mz_sheet *sheet, mz_report_word term, mz_str text) {
    mz_sheet_fact_open(sheet, term);
    mz_sheet_name(sheet, text);
    mz_sheet_fact_close(sheet);
}

static void fact_code(const mz_sheet *sheet, mz_report_word term, mz_str text) {
    mz_sheet_fact_open(sheet, term);
    mz_buffer_print(sheet->out, "<code>");
    mz_html_text(sheet->out, text);
    mz_buffer_print(sheet->out, "</code>");
    mz_sheet_fact_close(sheet);
}

static void fact_word(const mz_sheet *sheet, mz_report_word term, mz_str word) {
    mz_sheet_fact_open(sheet, term);
    put_word(sheet, word);
    mz_sheet_fact_close(sheet);
}

static void fact_time(const mz_sheet *sheet, mz_report_word term, int64_t at) {
    mz_sheet_fact_open(sheet, term);
    mz_sheet_time(sheet, at);
    mz_sheet_fact_close(sheet);
}

static void fact_count(const mz_sheet *sheet, mz_report_word term, int64_t number) {
    mz_sheet_fact_open(sheet, term);
    mz_sheet_count(sheet, number);
    mz_sheet_fact_close(sheet);
}

static void cell_time(const mz_sheet *sheet, int64_t at) {
    mz_sheet_cell_open(sheet);
    mz_sheet_time(sheet, at);
    mz_sheet_cell_close(sheet);
}

static void cell_code(const mz_sheet *sheet, mz_str text) {
    mz_buffer_print(sheet->out, "<td><code>");
    mz_html_text(sheet->out, text);
    mz_buffer_print(sheet->out, "</code></td>");
}

static void cell_count(const mz_sheet *sheet, int64_t number) {
    mz_sheet_cell_open(sheet);
    mz_sheet_count(sheet, number);
    mz_sheet_cell_close(sheet);
}

static void cell_name(const mz_sheet *sheet, mz_str name) {
    mz_sheet_cell_open(sheet);
    mz_sheet_name(sheet, name);
    mz_sheet_cell_close(sheet);
}

static void cell_named(const mz_sheet *sheet, mz_named named) {
    mz_sheet_cell_open(sheet);
    put_named(sheet, named);
    mz_sheet_cell_close(sheet);
}

/* ---- the head ---- */

static void head(const mz_case_file *file, const mz_sheet *sheet) {
    mz_sheet_open(sheet, MZ_WORD_CASE_FILE, file->row.label);
    mz_buffer_print(sheet->out, "<p>");
    mz_sheet_name(sheet, file->row.caption);
    mz_buffer_print(sheet->out, "</p></header><main><p class=\"warn\">%s</p>",
                    mz_sheet_text(sheet, MZ_WORD_CONFIDENTIAL));
    if (!file->disagreement_count) return;
    mz_buffer_print(sheet->out, "<p class=\"warn\">");
    MZ_REPORT_SAY(sheet->out, sheet->language, MZ_WORD_SOMETHING_DISAGREES, "<code>mizan audit verify</code>");
    mz_buffer_print(sheet->out, "</p>");
}

static void summary(const mz_case_file *file, const mz_sheet *sheet) {
    mz_sheet_heading(sheet, MZ_WORD_SUMMARY);
    mz_sheet_facts_open(sheet);
    fact_text(sheet, MZ_WORD_AGENCY, file->agency);
    fact_word(sheet, MZ_WORD_STATE, file->row.phase);
    fact_time(sheet, MZ_WORD_OPENED, file->row.opened);
    if (file->row.closed) fact_time(sheet, MZ_WORD_CLOSED, file->row.closed);
    fact_time(sheet, MZ_WORD_DUE, file->row.due);
    mz_sheet_fact_open(sheet, MZ_WORD_ASSIGNEE);
    if (file->row.assignee.key.size)
        put_named(sheet, file->row.assignee);
    else
        mz_buffer_print(sheet->out, "%s", mz_sheet_text(sheet, MZ_WORD_NOBODY));
    mz_sheet_fact_close(sheet);
    mz_sheet_fact_open(sheet, MZ_WORD_ESCALATED);
    mz_buffer_print(sheet->out, "%s", mz_sheet_text(sheet, file->row.escalated ? MZ_WORD_YES : MZ_WORD_NO));
    mz_sheet_fact_close(sheet);
    fact_count(sheet, MZ_WORD_ALERTS, (int64_t)file->alert_count);
    fact_count(sheet, MZ_WORD_UNDECIDED, file->row.alerts);
    fact_time(sheet, MZ_WORD_MADE_ON, file->made);
    if (file->reader.size) fact_text(sheet, MZ_WORD_MADE_FOR, file->reader);
    if (file->build.size) fact_code(sheet, MZ_WORD_BUILD, file->build);
    mz_sheet_facts_close(sheet);
}

/* By its title; a name that was screened once belongs to a source of the service's own. */
static mz_str source_of(const mz_case_file *file, const mz_sheet *sheet) {
    if (file->source_title.size) return file->source_title;
    bool one_time = mz_str_equal(file->subject.source, MZ_STR("screening"));
    return one_time ? mz_str_of(mz_sheet_text(sheet, MZ_WORD_ONE_TIME)) : file->subject.source;
}

static mz_status subject(const mz_case_file *file, const mz_sheet *sheet, mz_arena *arena, mz_error *error) {
    const mz_json_value *properties = NULL;
    mz_sheet_heading(sheet, MZ_WORD_SUBJECT);
    mz_sheet_say(sheet, MZ_WORD_SUBJECT_SAYS);
    mz_sheet_facts_open(sheet);
    fact_text(sheet, MZ_WORD_SOURCE, source_of(file, sheet));
    fact_code(sheet, MZ_WORD_REFERENCE, file->subject.reference);
    mz_sheet_fact_open(sheet, MZ_WORD_KIND);
    mz_buffer_print(sheet->out, "%s", mz_report_schema(file->subject.schema, sheet->language));
    mz_sheet_fact_close(sheet);
    mz_sheet_facts_close(sheet);
    if (file->subject.properties.size) {
        mz_status status = mz_json_parse(file->subject.properties, 0, arena, &properties, error);
        if (status) return status;
    }
    mz_sheet_properties(sheet, properties);
    return MZ_OK;
}

/* ---- alerts ---- */

static void alert_facts(const mz_alert *alert, const mz_json_value *hit, const mz_sheet *sheet) {
    const mz_json_value *reference = mz_json_member(hit, "reference");
    mz_sheet_facts_open(sheet);
    fact_text(sheet, MZ_WORD_LIST, alert->list);
    fact_code(sheet, MZ_WORD_VERSION, alert->list_version);
    fact_code(sheet, MZ_WORD_REFERENCE, reference && reference->text.size ? reference->text : alert->entity);
    mz_sheet_fact_open(sheet, MZ_WORD_KIND);
    mz_buffer_print(sheet->out, "%s", mz_report_schema(alert->schema, sheet->language));
    mz_sheet_fact_close(sheet);
    mz_sheet_fact_open(sheet, MZ_WORD_SCORE);
    mz_sheet_score(sheet, (int64_t)(alert->score * 1e6 + 0.5));
    mz_sheet_fact_close(sheet);
    mz_sheet_fact_open(sheet, MZ_WORD_WEIGHT);
    mz_sheet_weight(sheet, (int64_t)(alert->weight * 1e6));
    mz_sheet_fact_close(sheet);
    fact_word(sheet, MZ_WORD_STATE, alert->phase);
    if (alert->disposition.size) fact_word(sheet, MZ_WORD_DISPOSITION, alert->disposition);
    fact_word(sheet, MZ_WORD_RAISED_WHY, alert->why);
    fact_time(sheet, MZ_WORD_OPENED, alert->born);
    fact_count(sheet, MZ_WORD_RECEIPT, alert->receipt);
    mz_sheet_facts_close(sheet);
}

/* The properties in a text of facts; NULL when they were erased. */
static mz_status facts_of(mz_str facts, mz_arena *arena, const mz_json_value **ret_properties, mz_error *error) {
    const mz_json_value *value = NULL;
    *ret_properties = NULL;
    if (!facts.size) return MZ_OK;
    mz_status status = mz_json_parse(facts, 0, arena, &value, error);
    if (!status) *ret_properties = mz_json_member(value, "properties");
    return status;
}

static mz_status put_alert(const mz_case_file *file, const mz_alert *alert, size_t number, const mz_sheet *sheet,
                           mz_arena *arena, mz_error *error) {
    const mz_json_value *hit = NULL, *ours, *theirs;
    const mz_case_disagreement *disagreement = disagreement_of(file, alert->key);
    mz_status status = alert->hit.size ? mz_json_parse(alert->hit, 0, arena, &hit, error) : MZ_OK;
    if (status == MZ_ERR_INPUT && disagreement) status = MZ_OK; /* it was altered, and is marked */
    if (!status) status = facts_of(alert->subject_facts, arena, &ours, error);
    if (!status) status = facts_of(alert->entity_facts, arena, &theirs, error);
    if (status) return status;
    mz_buffer_print(sheet->out, "<section><h3>%zu. ", number);
    mz_sheet_name(sheet, alert->caption);
    mz_buffer_print(sheet->out, "</h3>");
    put_disagreement(sheet, MZ_WORD_DISAGREES, disagreement);
    alert_facts(alert, hit, sheet);
    mz_buffer_print(sheet->out, "<h3>%s</h3>", mz_sheet_text(sheet, MZ_WORD_SIDE_BY_SIDE));
    if (ours || theirs)
        mz_sheet_side_by_side(sheet, ours, theirs);
    else
        mz_sheet_say(sheet, MZ_WORD_ERASED);
    if (mz_json_member(hit, "evidence")) {
        mz_buffer_print(sheet->out, "<h3>%s</h3>", mz_sheet_text(sheet, MZ_WORD_EVIDENCE));
        mz_sheet_say(sheet, MZ_WORD_EVIDENCE_ADDS);
        mz_sheet_evidence(sheet, hit);
    }
    mz_buffer_print(sheet->out, "</section>");
    return MZ_OK;
}

static mz_status alerts(const mz_case_file *file, const mz_sheet *sheet, mz_arena *arena, mz_error *error) {
    mz_sheet_heading(sheet, MZ_WORD_ALERTS);
    for (size_t k = 0; k < file->alert_count; k++) {
        mz_status status = put_alert(file, &file->alerts[k], k + 1, sheet, arena, error);
        if (status) return status;
    }
    return MZ_OK;
}

/* ---- decisions ---- */

static mz_str title_in(const mz_decision *decision, mz_language language) {
    static const int places[] = {[MZ_ARABIC] = 0, [MZ_FRENCH] = 1, [MZ_ENGLISH] = 2};
    mz_str title = decision->titles[places[language]];
    return title.size ? title : decision->reason;
}

static mz_report_word answered_by(mz_str phase) {
    if (mz_str_equal(phase, MZ_STR("returned"))) return MZ_WORD_RETURNED_BY;
    return MZ_WORD_APPROVED_BY;
}

static void who_when(const mz_sheet *sheet, mz_report_word term, mz_named who, int64_t at) {
    mz_sheet_fact_open(sheet, term);
    put_named(sheet, who);
    mz_buffer_print(sheet->out, "%s", mz_sheet_text(sheet, MZ_WORD_COMMA));
    mz_sheet_time(sheet, at);
    mz_sheet_fact_close(sheet);
}

static void fact_prose(const mz_sheet *sheet, mz_report_word term, mz_str text) {
    if (!text.size) return;
    mz_sheet_fact_open(sheet, term);
    mz_sheet_prose(sheet, text);
    mz_sheet_fact_close(sheet);
}

/* Which alerts of the case, by their numbers on this page. */
static void put_alert_numbers(const mz_case_file *file, const mz_decision *decision, const mz_sheet *sheet) {
    const char *between = "";
    for (size_t k = 0; k < file->alert_count; k++)
        for (size_t a = 0; a < decision->alert_count; a++)
            if (mz_str_equal(file->alerts[k].key, decision->alerts[a])) {
                mz_buffer_print(sheet->out, "%s%zu", between, k + 1);
                between = mz_sheet_text(sheet, MZ_WORD_COMMA);
            }
}

static void put_decision(const mz_case_file *file, const mz_decision *decision, const mz_sheet *sheet) {
    bool proposed = decision->four_eyes;
    mz_buffer_print(sheet->out, "<section class=\"keep\"><h3>");
    put_word(sheet, mz_str_of(mz_disposition_word(decision->disposition)));
    mz_buffer_print(sheet->out, "</h3>");
    put_disagreement(sheet, MZ_WORD_DISAGREES, disagreement_of(file, decision->key));
    mz_sheet_facts_open(sheet);
    fact_word(sheet, MZ_WORD_STATE, decision->phase);
    mz_sheet_fact_open(sheet, MZ_WORD_ALERTS);
    put_alert_numbers(file, decision, sheet);
    mz_sheet_fact_close(sheet);
    fact_text(sheet, MZ_WORD_REASON, title_in(decision, sheet->language));
    fact_prose(sheet, MZ_WORD_NOTE, decision->note);
    who_when(sheet, proposed ? MZ_WORD_PROPOSED_BY : MZ_WORD_DECIDED_BY, decision->proposer, decision->proposed);
    if (decision->answered) who_when(sheet, answered_by(decision->phase), decision->approver, decision->answered);
    fact_prose(sheet, MZ_WORD_ANSWER, decision->answer);
    if (decision->undone) who_when(sheet, MZ_WORD_UNDONE_BY, decision->undoer, decision->undone);
    fact_prose(sheet, MZ_WORD_UNDONE_WHY, decision->undone_why);
    mz_sheet_fact_open(sheet, MZ_WORD_FOUR_EYES);
    mz_buffer_print(sheet->out, "%s", mz_sheet_text(sheet, proposed ? MZ_WORD_YES : MZ_WORD_NO));
    mz_sheet_fact_close(sheet);
    fact_count(sheet, MZ_WORD_ENTRY, decision->entry);
    mz_sheet_facts_close(sheet);
    mz_buffer_print(sheet->out, "</section>");
}

static void decisions(const mz_case_file *file, const mz_sheet *sheet) {
    mz_sheet_heading(sheet, MZ_WORD_DECISIONS);
    if (!file->decision_count) mz_sheet_say(sheet, MZ_WORD_NO_DECISIONS);
    for (size_t k = 0; k < file->decision_count; k++) put_decision(file, &file->decisions[k], sheet);
}

/* ---- history, attachments, receipts ---- */

static void events(const mz_case_file *file, const mz_sheet *sheet) {
    static const mz_report_word headings[] = {MZ_WORD_WHEN, MZ_WORD_WHO,   MZ_WORD_WHAT,
                                              MZ_WORD_NOTE, MZ_WORD_ENTRY, MZ_WORD_COUNT};
    mz_sheet_heading(sheet, MZ_WORD_HISTORY);
    if (file->events_more) mz_sheet_say(sheet, MZ_WORD_EVENTS_LEFT_OUT);
    for (size_t k = 0; k < file->disagreement_count; k++)
        if (!file->disagreements[k].key.size) put_disagreement(sheet, MZ_WORD_EVENT_IS_MISSED, &file->disagreements[k]);
    mz_sheet_table_open(sheet, headings);
    for (size_t k = 0; k < file->event_count; k++) {
        const mz_case_event *event = &file->events[k];
        mz_sheet_row_open(sheet);
        cell_time(sheet, event->at);
        cell_named(sheet, event->actor);
        mz_sheet_cell_open(sheet);
        put_word(sheet, event->kind);
        mz_sheet_cell_close(sheet);
        mz_sheet_cell_open(sheet);
        mz_sheet_prose(sheet, event->text);
        put_disagreement(sheet, MZ_WORD_DISAGREES, disagreement_of(file, event->key));
        mz_sheet_cell_close(sheet);
        cell_count(sheet, event->entry);
        mz_sheet_row_close(sheet);
    }
    mz_sheet_table_close(sheet);
}

static void attachments(const mz_case_file *file, const mz_sheet *sheet) {
    static const mz_report_word headings[] = {MZ_WORD_FILE_NAME, MZ_WORD_SIZE, MZ_WORD_DIGEST,
                                              MZ_WORD_WHO,       MZ_WORD_WHEN, MZ_WORD_COUNT};
    mz_sheet_heading(sheet, MZ_WORD_ATTACHMENTS);
    if (!file->attachment_count) {
        mz_sheet_say(sheet, MZ_WORD_NO_ATTACHMENTS);
        return;
    }
    mz_sheet_table_open(sheet, headings);
    for (size_t k = 0; k < file->attachment_count; k++) {
        const mz_attachment *attachment = &file->attachments[k];
        mz_sheet_row_open(sheet);
        mz_sheet_cell_open(sheet);
        mz_sheet_prose(sheet, attachment->file_name); /* may be long, without a blank */
        if (attachment->removed) mz_buffer_print(sheet->out, " (%s)", mz_sheet_text(sheet, MZ_WORD_REMOVED));
        mz_sheet_cell_close(sheet);
        cell_count(sheet, attachment->size);
        cell_code(sheet, attachment->digest);
        cell_named(sheet, attachment->actor);
        cell_time(sheet, attachment->at);
        mz_sheet_row_close(sheet);
    }
    mz_sheet_table_close(sheet);
}

/* Lists and versions that alerts of this case stood on, each once. */
static void list_versions(const mz_case_file *file, const mz_sheet *sheet) {
    static const mz_report_word headings[] = {MZ_WORD_LIST, MZ_WORD_VERSION, MZ_WORD_COUNT};
    mz_sheet_heading(sheet, MZ_WORD_LISTS);
    mz_sheet_table_open(sheet, headings);
    for (size_t k = 0; k < file->alert_count; k++) {
        const mz_alert *alert = &file->alerts[k];
        bool told = false;
        for (size_t j = 0; j < k && !told; j++)
            told = mz_str_equal(file->alerts[j].list, alert->list) &&
                   mz_str_equal(file->alerts[j].list_version, alert->list_version);
        if (told) continue;
        mz_sheet_row_open(sheet);
        cell_name(sheet, alert->list);
        cell_code(sheet, alert->list_version);
        mz_sheet_row_close(sheet);
    }
    mz_sheet_table_close(sheet);
}

static void receipts(const mz_case_file *file, const mz_sheet *sheet) {
    static const mz_report_word headings[] = {MZ_WORD_NUMBER, MZ_WORD_WHEN, MZ_WORD_BUILD, MZ_WORD_HASH, MZ_WORD_COUNT};
    mz_sheet_heading(sheet, MZ_WORD_RECEIPTS);
    mz_sheet_say(sheet, MZ_WORD_RECEIPTS_SAY);
    mz_sheet_table_open(sheet, headings);
    for (size_t k = 0; k < file->receipt_count; k++) {
        mz_sheet_row_open(sheet);
        cell_count(sheet, file->receipts[k].number);
        cell_time(sheet, file->receipts[k].at);
        cell_code(sheet, file->receipts[k].build);
        cell_code(sheet, file->receipts[k].hash);
        mz_sheet_row_close(sheet);
    }
    mz_sheet_table_close(sheet);
}

static void verify(const mz_case_file *file, const mz_sheet *sheet) {
    char replay[64] = "<code>mizan audit replay</code>";
    if (file->receipt_count)
        (void)snprintf(replay, sizeof replay, "<code>mizan audit replay %lld</code>",
                       (long long)file->receipts[0].number);
    mz_sheet_heading(sheet, MZ_WORD_VERIFY);
    mz_buffer_print(sheet->out, "<p>");
    MZ_REPORT_SAY(sheet->out, sheet->language, MZ_WORD_VERIFY_CHAIN, "<code>mizan audit verify</code>");
    mz_buffer_print(sheet->out, "</p><p>");
    MZ_REPORT_SAY(sheet->out, sheet->language, MZ_WORD_VERIFY_REPLAY, replay);
    mz_buffer_print(sheet->out, "</p>");
}

mz_status mz_case_file_write(const mz_case_file *file, const mz_sheet *sheet, mz_arena *arena, mz_error *error) {
    head(file, sheet);
    summary(file, sheet);
    mz_status status = subject(file, sheet, arena, error);
    if (!status) status = alerts(file, sheet, arena, error);
    if (status) return status;
    decisions(file, sheet);
    events(file, sheet);
    attachments(file, sheet);
    list_versions(file, sheet);
    receipts(file, sheet);
    verify(file, sheet);
    mz_sheet_close(sheet);
    return sheet->out->failed ? mz_fail_buffer(sheet->out, error, "the case file") : MZ_OK;
}
