#include "reports/goaml_settings.h"

#include "audit/audit.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "cases/cases.h"
#include "reports/words.h"

enum { CODE_BYTES_MOST = 20, CODES_MOST = 2000, TITLE_BYTES_MOST = 400 };

static const char *const versions[] = {
    [MZ_GOAML_5_0] = "5.0",
    [MZ_GOAML_5_1] = "5.1",
    [MZ_GOAML_5_2] = "5.2",
};
static const mz_str types[] = {
    MZ_STR_INIT("submission_type"),    MZ_STR_INIT("report_type"),           MZ_STR_INIT("currency_type"),
    MZ_STR_INIT("country_type"),       MZ_STR_INIT("report_indicator_type"), MZ_STR_INIT("legal_form_type"),
    MZ_STR_INIT("identifier_type"),    MZ_STR_INIT("gender_type"),           MZ_STR_INIT("contact_type"),
    MZ_STR_INIT("communication_type"),
};
/* Elements that a case says itself. */
static const char *const of_cases[] = {"entity_reference", "submission_date", "activity", "fiu_ref_number"};

static mz_status fail_unknown(const mz_json_value *member, const char *what, const mz_str *known, size_t count,
                              mz_error *error) {
    const char *nearest = mz_nearest(known, count, member->key);
    return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column, "there is no %s “%.*s”%s%s%s", what,
                      mz_shown(member->key), member->key.data, nearest ? "; did you mean “" : "",
                      nearest ? nearest : "", nearest ? "”?" : "");
}

static bool is_one_of(mz_str key, const mz_str *known, size_t count) {
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(key, known[k])) return true;
    return false;
}

/* ---- codes ---- */

static bool is_code(mz_str code) {
    for (size_t k = 0; k < code.size; k++)
        if (!mz_is_letter(code.data[k]) && !mz_is_digit(code.data[k]) && !memchr("-_.", code.data[k], 3)) return false;
    return code.size && code.size <= CODE_BYTES_MOST;
}

static mz_status check_code(const mz_json_value *code, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("code"), MZ_STR_INIT("title")};
    mz_str text = MZ_STR(""), title = MZ_STR("");
    mz_status status = MZ_OK;
    if (code->kind == MZ_JSON_OBJECT) {
        status = mz_json_read_str(code, "code", &text, error);
        if (!status) status = mz_json_read_str(code, "title", &title, error);
        for (const mz_json_value *member = status ? NULL : code->child; member; member = member->next)
            if (!is_one_of(member->key, known, 2)) return fail_unknown(member, "member of a code", known, 2, error);
    } else if (code->kind == MZ_JSON_STRING) {
        text = code->text;
    }
    if (status || (is_code(text) && title.size <= TITLE_BYTES_MOST)) return status;
    return mz_fail_at(error, MZ_ERR_INPUT, code->line, code->column,
                      "a code is 1 to %d letters, digits, - _ and .; or an object of “code” and “title”",
                      CODE_BYTES_MOST);
}

static mz_status check_codes(const mz_json_value *codes, mz_error *error) {
    mz_status status = mz_json_expect(codes, MZ_JSON_OBJECT, "“codes”", error);
    for (const mz_json_value *type = status ? NULL : codes->child; type && !status; type = type->next) {
        if (!is_one_of(type->key, types, sizeof types / sizeof *types))
            return fail_unknown(type, "type of codes", types, sizeof types / sizeof *types, error);
        status = mz_json_expect(type, MZ_JSON_ARRAY, "codes", error);
        if (!status && (type->count == 0 || type->count > CODES_MOST))
            return mz_fail_at(error, MZ_ERR_INPUT, type->line, type->column, "a type has 1 to %d codes", CODES_MOST);
        for (const mz_json_value *code = status ? NULL : type->child; code && !status; code = code->next)
            status = check_code(code, error);
    }
    return status;
}

/* ---- what stands in each report ---- */

bool mz_goaml_is_of_case(const char *element) {
    for (size_t k = 0; k < sizeof of_cases / sizeof *of_cases; k++)
        if (strcmp(of_cases[k], element) == 0) return true;
    return false;
}

static mz_status check_of_cases(const mz_json_value *report, mz_error *error) {
    for (size_t k = 0; k < sizeof of_cases / sizeof *of_cases; k++) {
        const mz_json_value *member = mz_json_member(report, of_cases[k]);
        if (member)
            return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column,
                              "“%s” is said by each case, and not by the settings", of_cases[k]);
    }
    return MZ_OK;
}

/* Whatever stands there must be right; what does not stand there yet is no fault. */
static mz_status check_report(const mz_json_value *report, const mz_goaml_rules *rules, mz_arena *arena,
                              mz_error *error) {
    mz_buffer xml;
    mz_goaml_gap *gaps;
    size_t count;
    mz_status status = mz_json_expect(report, MZ_JSON_OBJECT, "“report”", error);
    if (!status) status = check_of_cases(report, error);
    if (status) return status;
    mz_buffer_init(&xml, MZ_GOAML_XML_BYTES);
    status = mz_goaml_write(report, rules, arena, &xml, &gaps, &count, error);
    for (size_t k = 0; !status && k < count; k++)
        if (gaps[k].problem != MZ_GOAML_IS_MISSING)
            status = mz_fail_at(error, MZ_ERR_INPUT, report->line, report->column, "report%.*s: %.*s",
                                mz_shown(gaps[k].path), gaps[k].path.data, (int)gaps[k].says.size, gaps[k].says.data);
    mz_buffer_done(&xml);
    return status;
}

static mz_status read_supports(const mz_json_value *value, unsigned *ret_supports, mz_error *error) {
    mz_str text = MZ_STR("5.0");
    mz_status status = mz_json_read_str(value, "supports", &text, error);
    for (unsigned k = 0; !status && k < sizeof versions / sizeof *versions; k++)
        if (mz_str_equal(text, mz_str_of(versions[k]))) {
            *ret_supports = k;
            return MZ_OK;
        }
    const mz_json_value *member = mz_json_member(value, "supports");
    return status ? status
                  : mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column,
                               "“supports” must be \"5.0\", \"5.1\" or \"5.2\"");
}

static mz_status read_language(const mz_json_value *value, mz_language *ret_language, mz_error *error) {
    mz_str text = MZ_STR("en");
    mz_status status = mz_json_read_str(value, "language", &text, error);
    if (status || mz_report_language_of(text, ret_language)) return status;
    const mz_json_value *member = mz_json_member(value, "language");
    return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column, "“language” must be en, fr or ar");
}

static const mz_json_value *member_if_any(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    return member && member->kind != MZ_JSON_NULL ? member : NULL;
}

static mz_status read_all(const mz_json_value *value, mz_goaml_settings *settings, mz_error *error) {
    mz_status status = mz_json_expect(value, MZ_JSON_OBJECT, "the settings", error);
    if (!status) status = read_supports(value, &settings->rules.supports, error);
    if (!status) status = read_language(value, &settings->language, error);
    settings->has_language = !status && mz_json_member(value, "language");
    if (status) return status;
    settings->rules.codes = member_if_any(value, "codes");
    settings->standing = member_if_any(value, "report");
    return MZ_OK;
}

static mz_status check(const mz_json_value *value, mz_goaml_settings *settings, mz_arena *arena, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("supports"), MZ_STR_INIT("language"), MZ_STR_INIT("codes"),
                                   MZ_STR_INIT("report")};
    mz_status status = read_all(value, settings, error);
    if (status) return status;
    for (const mz_json_value *member = value->child; member; member = member->next)
        if (!is_one_of(member->key, known, 4)) return fail_unknown(member, "setting", known, 4, error);
    if (settings->rules.codes) status = check_codes(settings->rules.codes, error);
    if (!status && settings->standing) status = check_report(settings->standing, &settings->rules, arena, error);
    return status;
}

/* ---- the store ---- */

static mz_status get_row(mz_sql *sql, mz_str agency, mz_arena *arena, mz_goaml_settings *settings, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency)}, *columns;
    mz_status status = mz_sql_first(sql, "SELECT settings, version FROM report_goaml WHERE agency = ?1", values, 1,
                                    arena, &columns, error);
    *settings = (mz_goaml_settings){.text = MZ_STR("{}")};
    if (status || !columns) return status;
    settings->text = columns[0].text;
    settings->version = columns[1].number;
    return MZ_OK;
}

mz_status mz_goaml_settings_get(mz_sql *sql, mz_str agency, mz_arena *arena, mz_goaml_settings *ret_settings,
                                mz_error *error) {
    mz_goaml_settings settings;
    const mz_json_value *value;
    mz_status status = get_row(sql, agency, arena, &settings, error);
    if (!status) status = mz_json_parse(settings.text, 0, arena, &value, error);
    if (!status) status = read_all(value, &settings, error);
    if (!status) *ret_settings = settings;
    return status;
}

/* All of it is told beside the entry, where it can be erased: it names people. */
static mz_status tell(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str from, mz_str to, mz_arena *arena,
                      mz_error *error) {
    mz_audit_place place;
    mz_str personal =
        mz_arena_print(arena, "{\"from\":%.*s,\"to\":%.*s}", (int)from.size, from.data, (int)to.size, to.data);
    const mz_audit_draft draft = {.chain = agency,
                                  .kind = MZ_STR("setting.changed"),
                                  .actor_kind = mz_actor_kind_of(actor),
                                  .actor = actor->who->key,
                                  .object = MZ_STR("goaml"),
                                  .personal = personal};
    return arena->failed ? mz_fail_arena(arena, error, "the settings") : mz_audit_append(sql, &draft, &place, error);
}

static mz_status keep(mz_sql *sql, mz_str agency, const mz_goaml_settings *settings, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(settings->text), mz_sql_int(settings->version)};
    return mz_sql_run(sql,
                      "INSERT INTO report_goaml (agency, settings, version) VALUES (?1, ?2, ?3) ON CONFLICT (agency) "
                      "DO UPDATE SET settings = excluded.settings, version = excluded.version",
                      values, 3, NULL, error);
}

static mz_status canonical(const mz_json_value *value, mz_arena *arena, mz_str *ret_text, mz_error *error) {
    mz_buffer text;
    mz_buffer_init(&text, MZ_GOAML_SETTINGS_BYTES);
    mz_status status = mz_json_canonical_value(value, arena, &text, error);
    if (!status) *ret_text = mz_arena_copy(arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return status;
}

mz_status mz_goaml_settings_set(mz_sql *sql, mz_str agency, const mz_actor *actor, int64_t version,
                                const mz_json_value *settings, mz_arena *arena, mz_goaml_settings *ret_settings,
                                mz_error *error) {
    mz_goaml_settings before, after = {.version = version + 1};
    mz_status status = check(settings, &after, arena, error);
    if (!status) status = canonical(settings, arena, &after.text, error);
    if (!status) status = get_row(sql, agency, arena, &before, error);
    if (status) return status;
    if (version != before.version)
        return mz_fail(error, MZ_ERR_REFUSED,
                       "somebody else has changed the settings meanwhile (version %lld, not %lld); look at them again",
                       (long long)before.version, (long long)version);
    status = keep(sql, agency, &after, error);
    if (!status) status = tell(sql, agency, actor, before.text, after.text, arena, error);
    if (!status) *ret_settings = after;
    return status;
}
