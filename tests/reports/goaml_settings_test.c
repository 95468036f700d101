/* What an agency says in each report to its unit: checked, kept, told to the audit chain. */
#include "reports/goaml_settings.h"

#include "../access/office.h"
#include "../store/stores.h"
#include "test.h"

static office open;
static mz_error failed;

typedef struct setting {
    const mz_agency *agency;
    const char *json;
    int64_t version;
    mz_goaml_settings settings;
    const mz_sql_value *entry; /* object, line and personal part of the first "setting.changed" */
} setting;

static mz_status get(void *context, mz_sql *sql, mz_error *error) {
    setting *at = context;
    const mz_sql_value values[] = {mz_sql_text(at->agency->key)};
    mz_status status = mz_goaml_settings_get(sql, at->agency->key, &open.arena, &at->settings, error);
    return status ? status
                  : mz_sql_first(sql,
                                 "SELECT e.object, e.line, p.personal FROM audit_entry e JOIN audit_personal p ON "
                                 "p.chain = e.chain AND p.number = e.number WHERE e.chain = ?1 AND e.kind = "
                                 "'setting.changed' ORDER BY e.number",
                                 values, 1, &open.arena, &at->entry, error);
}

static mz_status set(void *context, mz_sql *sql, mz_error *error) {
    setting *at = context;
    const mz_json_value *value;
    const mz_actor actor = {.who = &open.in_house, .client = MZ_STR("test")};
    mz_status status = mz_json_parse(mz_str_of(at->json), 0, &open.arena, &value, error);
    return status ? status
                  : mz_goaml_settings_set(sql, at->agency->key, &actor, at->version, value, &open.arena, &at->settings,
                                          error);
}

static mz_status try(const char *json, int64_t version) {
    setting at = {.agency = &open.house, .json = json, .version = version};
    return mz_store_change(open.store, set, &at, &failed);
}

static setting now(const mz_agency *agency) {
    setting at = {.agency = agency};
    CHECK_OK(mz_store_read(open.store, get, &at, &failed), failed);
    return at;
}

static const char usual[] = "{\"supports\":\"5.2\",\"language\":\"fr\",\"codes\":{\"report_type\":[{\"code\":\"DOS\","
                            "\"title\":\"Déclaration de soupçon\"}]},\"report\":{\"rentity_id\":17,"
                            "\"report_code\":\"DOS\",\"reporting_person\":{\"first_name\":\"Amal\"}}}";

STORE_TEST(settings_are_kept_for_an_agency_and_told_to_its_chain) {
    office_open(&open, address);
    CHECK_INT(0, now(&open.house).settings.version);
    CHECK(now(&open.house).settings.standing == NULL);
    CHECK_OK(try(usual, 0), failed);
    setting house = now(&open.house);
    CHECK_INT(1, house.settings.version);
    CHECK_INT(MZ_GOAML_5_2, house.settings.rules.supports);
    CHECK_INT(MZ_FRENCH, house.settings.language);
    CHECK_STR(MZ_STR("17"), mz_json_member(house.settings.standing, "rentity_id")->text);
    CHECK(house.entry != NULL);
    CHECK_STR(MZ_STR("goaml"), house.entry[0].text);
    CHECK(strstr(house.entry[1].text.data, "Amal") == NULL); /* who is named can be erased */
    CHECK(strstr(house.entry[2].text.data, "Amal") != NULL);
    CHECK_INT(0, now(&open.bureau).settings.version);
    office_close(&open);
}

STORE_TEST(who_changes_settings_has_seen_the_last_ones) {
    office_open(&open, address);
    CHECK_OK(try(usual, 0), failed);
    CHECK_INT(MZ_ERR_REFUSED, try(usual, 0));
    CHECK_OK(try("{}", 1), failed);
    CHECK_INT(2, now(&open.house).settings.version);
    office_close(&open);
}

STORE_TEST(settings_that_no_report_could_have_are_refused_with_what_is_wrong) {
    static const struct {
        const char *json, *says;
    } cases[] = {
        {"[]", "the settings must be an object"},
        {"{\"supports\":\"6.0\"}", "supports"},
        {"{\"supports\":5.0}", "supports"},
        {"{\"language\":\"de\"}", "en, fr or ar"},
        {"{\"raport\":{}}", "did you mean “report”"},
        {"{\"codes\":{\"report_types\":[\"A\"]}}", "did you mean “report_type”"},
        {"{\"codes\":{\"report_type\":[]}}", "1 to 2000 codes"},
        {"{\"codes\":{\"report_type\":[\"A B\"]}}", "a code is"},
        {"{\"codes\":{\"report_type\":[7]}}", "a code is"},
        {"{\"codes\":{\"report_type\":[{\"title\":\"Soup\\u00e7on\"}]}}", "a code is"},
        {"{\"codes\":{\"report_type\":[{\"code\":\"DOS\",\"titel\":\"x\"}]}}", "did you mean “title”"},
        {"{\"report\":{\"report_code\":\"NONE\"}}", "report/report_code: “NONE” is no code"},
        {"{\"report\":{\"rentity_id\":-1}}", "report/rentity_id"},
        {"{\"report\":{\"activity\":{}}}", "said by each case"},
        {"{\"report\":{\"location\":{\"cty\":\"a\"}}}", "did you mean “city”"},
    };
    office_open(&open, address);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_test_case("%s", cases[k].json);
        CHECK_INT(MZ_ERR_INPUT, try(cases[k].json, 0));
        if (!strstr(failed.text, cases[k].says)) mz_test_fail(__FILE__, __LINE__, "it says: %s", failed.text);
    }
    CHECK_INT(0, now(&open.house).settings.version);
    office_close(&open);
}

TEST_MAIN()
