#include "reports/goaml_case.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/json_write.h"
#include "cases/change.h"
#include "reports/goaml_form.h"

enum { CODES_TOLD_MOST = 64 };

/* ---- reading ---- */

static bool is_true_match(const mz_alert *alert) {
    return mz_str_equal(alert->phase, MZ_STR("decided")) &&
           mz_str_equal(alert->disposition, mz_str_of(mz_disposition_word(MZ_TRUE_MATCH)));
}

static mz_str reference_in(mz_str hit, mz_arena *arena) {
    const mz_json_value *value = NULL, *reference;
    mz_error error;
    if (!hit.size || mz_json_parse(hit, 0, arena, &value, &error)) return (mz_str){"", 0};
    reference = mz_json_member(value, "reference");
    return reference ? reference->text : (mz_str){"", 0};
}

static mz_str reason_in(const mz_decision *decision, mz_language language) {
    static const int places[] = {[MZ_ARABIC] = 0, [MZ_FRENCH] = 1, [MZ_ENGLISH] = 2};
    return decision->titles[places[language]];
}

static const mz_decision *decision_of(const mz_alert *alert, const mz_decision *decisions, size_t count) {
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(decisions[k].key, alert->decision)) return &decisions[k];
    return NULL;
}

static mz_status read_matches(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_goaml_case *from,
                              mz_error *error) {
    mz_alert *alerts;
    mz_decision *decisions;
    size_t alert_count, decision_count;
    mz_status status = mz_case_alerts(sql, agency, key, arena, &alerts, &alert_count, error);
    if (!status) status = mz_case_decisions(sql, agency, key, arena, &decisions, &decision_count, error);
    if (status) return status;
    mz_goaml_match *matches = MZ_ARENA_NEW(arena, alert_count, mz_goaml_match);
    if (alert_count && !matches) return mz_fail_arena(arena, error, "the report");
    for (size_t k = 0; k < alert_count; k++) {
        const mz_alert *alert = &alerts[k];
        const mz_decision *decision = decision_of(alert, decisions, decision_count);
        if (!is_true_match(alert) || !decision) continue;
        matches[from->match_count++] =
            (mz_goaml_match){.entity = alert->entity,
                             .reference = reference_in(alert->hit, arena),
                             .caption = alert->caption,
                             .list = alert->list,
                             .list_version = alert->list_version,
                             .facts = alert->entity_facts,
                             .decided = decision->answered ? decision->answered : decision->proposed,
                             .reason = reason_in(decision, from->language)};
    }
    from->matches = matches;
    return from->match_count ? MZ_OK
                             : mz_fail(error, MZ_ERR_REFUSED,
                                       "no alert of this case was decided to be a true match: there is "
                                       "nothing to report yet");
}

mz_status mz_goaml_case_read(mz_sql *sql, mz_str agency, mz_str key, mz_language usual, mz_arena *arena,
                             mz_goaml_case *ret_case, mz_error *error) {
    mz_case row;
    mz_subject subject;
    mz_goaml_settings settings;
    mz_status status = mz_case_get(sql, agency, key, arena, &row, error);
    if (!status) status = mz_subject_get(sql, agency, row.subject, arena, &subject, error);
    if (!status) status = mz_goaml_settings_get(sql, agency, arena, &settings, error);
    if (status) return status;
    mz_goaml_case from = {.label = row.label,
                          .caption = row.caption,
                          .schema = subject.schema,
                          .properties = subject.properties.size ? subject.properties : MZ_STR("{}"),
                          .today = mz_clock_now(),
                          .language = settings.has_language ? settings.language : usual,
                          .standing = settings.standing,
                          .rules = settings.rules};
    status = read_matches(sql, agency, key, arena, &from, error);
    if (!status) *ret_case = from;
    return status;
}

mz_status mz_goaml_case_written(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_str xml, mz_str code,
                                mz_arena *arena, mz_error *error) {
    mz_case_work work;
    mz_digest digest;
    char hex[MZ_DIGEST_HEX_SIZE];
    mz_digest_init(&digest);
    mz_digest_update(&digest, xml.data, xml.size);
    mz_digest_hex(&digest, hex);
    mz_case_object detail;
    mz_case_object_begin(&detail);
    mz_json_pair(&detail.json, "code", code);
    mz_json_pair(&detail.json, "digest", mz_str_of(hex));
    mz_json_pair(&detail.json, "format", MZ_STR("goaml-5.0.2"));
    const mz_case_told told = {.kind = "report.written", .detail = mz_case_object_end(&detail, arena)};
    if (arena->failed) return mz_fail_arena(arena, error, "the report");
    mz_status status = mz_case_begin_any(sql, agency, actor, key, arena, &work, error);
    return status ? status : mz_case_tell(&work, &told, NULL, NULL, error);
}

/* ---- what is to be filled in ---- */

static void write_codes(const mz_goaml_field *field, const mz_goaml_rules *rules, mz_json *json) {
    size_t count = 0, at = 0;
    mz_str code;
    while (count <= CODES_TOLD_MOST && mz_goaml_next_code(rules, field->codes, &at, &code)) count++;
    if (count > CODES_TOLD_MOST) return;
    mz_json_key(json, "codes");
    mz_json_array(json);
    for (at = 0; mz_goaml_next_code(rules, field->codes, &at, &code);) mz_json_str(json, code);
    mz_json_array_end(json);
}

static void put_says(const mz_goaml_gap *gap, mz_language language, mz_json *json) {
    mz_buffer says;
    mz_buffer_init(&says, MZ_GOAML_SAYS_BYTES);
    mz_goaml_say(gap, language, &says);
    if (says.failed) json->out->failed = json->out->starved = true;
    mz_json_pair(json, "says", mz_buffer_view(&says));
    mz_buffer_done(&says);
}

static void write_gap(const mz_goaml_gap *gap, const mz_goaml_rules *rules, mz_language language, mz_json *json) {
    mz_json_object(json);
    mz_json_pair(json, "path", gap->path);
    mz_json_pair(json, "problem", mz_str_of(mz_goaml_problem_word(gap->problem)));
    put_says(gap, language, json);
    if (gap->field) {
        mz_json_pair(json, "label", mz_str_of(mz_goaml_label(gap->field->name, language)));
        if (gap->field->kind == MZ_GOAML_TEXT || gap->field->kind == MZ_GOAML_NAME)
            mz_json_pair_int(json, "letters_most", gap->field->most);
        if (gap->field->kind == MZ_GOAML_CODE) write_codes(gap->field, rules, json);
    }
    mz_json_object_end(json);
}

void mz_goaml_write_gaps(const mz_goaml_gap *gaps, size_t count, const mz_goaml_rules *rules, mz_language language,
                         mz_json *json) {
    mz_json_array(json);
    for (size_t k = 0; k < count; k++) write_gap(&gaps[k], rules, language, json);
    mz_json_array_end(json);
}

static void write_notes(const mz_goaml_note *notes, size_t count, mz_language language, mz_json *json) {
    mz_json_array(json);
    for (size_t k = 0; k < count; k++) {
        mz_json_object(json);
        mz_json_pair(json, "element", mz_str_of(notes[k].element));
        mz_json_pair(json, "label", mz_str_of(mz_goaml_label(notes[k].element, language)));
        mz_json_pair(json, "why", mz_str_of(mz_goaml_note_word(notes[k].kind)));
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

mz_status mz_goaml_case_tell(const mz_goaml_case *from, mz_language language, mz_arena *arena, mz_buffer *out,
                             mz_error *error) {
    mz_buffer report, xml;
    mz_goaml_note notes[MZ_GOAML_NOTES_MOST];
    mz_goaml_gap *gaps = NULL;
    size_t note_count = 0, gap_count = 0;
    const mz_json_value *value;
    mz_json json;
    mz_buffer_init(&report, MZ_GOAML_XML_BYTES);
    mz_buffer_init(&xml, MZ_GOAML_XML_BYTES);
    mz_status status = mz_goaml_suggest(from, arena, &report, notes, &note_count, error);
    if (!status) status = mz_json_parse(mz_buffer_view(&report), 0, arena, &value, error);
    if (!status) status = mz_goaml_write(value, &from->rules, arena, &xml, &gaps, &gap_count, error);
    if (!status) {
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_key(&json, "report");
        mz_json_raw(&json, mz_buffer_view(&report));
        mz_json_key(&json, "missing");
        mz_goaml_write_gaps(gaps, gap_count, &from->rules, language, &json);
        mz_json_key(&json, "look_at");
        write_notes(notes, note_count, language, &json);
        mz_json_object_end(&json);
    }
    mz_buffer_done(&report);
    mz_buffer_done(&xml);
    return status;
}
