/* Settings and reasons of an agency: what they may be, who was faster, and the entry of each change. */
#include "worked.h"

#include "../store/stores.h"
#include "test.h"

#include <string.h>

static worked work;

typedef struct setting {
    mz_case_settings settings;
    mz_reason reasons[4];
    size_t count;
    mz_reason *found;
    size_t found_count;
} setting;

static mz_status set(void *context, mz_sql *sql, mz_error *error) {
    setting *s = context;
    const mz_actor actor = {.who = work.as, .client = MZ_STR("test")};
    return mz_case_settings_set(sql, work.in, &actor, &s->settings, error);
}
static mz_status set_reasons(void *context, mz_sql *sql, mz_error *error) {
    setting *s = context;
    const mz_actor actor = {.who = work.as, .client = MZ_STR("test")};
    return mz_reasons_set(sql, work.in, &actor, s->reasons, s->count, &work.office.arena, error);
}
static mz_status list_reasons(void *context, mz_sql *sql, mz_error *error) {
    setting *s = context;
    return mz_reasons_list(sql, work.in, &work.office.arena, &s->found, &s->found_count, error);
}

STORE_TEST(settings_are_changed_by_who_saw_them_as_they_are) {
    worked_open_alone(&work, address);
    setting s = {.settings = worked_settings_now(&work)};
    CHECK_INT(0, s.settings.version);
    CHECK(s.settings.four_eyes_true_match && !s.settings.four_eyes_false_positive);
    int64_t entries = worked_entries(&work);
    s.settings.waiting_days = 30;
    s.settings.urgent_weight = 12.25;
    s.settings.threshold = 0.875;
    CHECK_OK(worked_do(&work, set, &s), work.error);
    CHECK_INT(entries + 1, worked_entries(&work));
    mz_case_settings now = worked_settings_now(&work);
    CHECK_INT(1, now.version);
    CHECK_INT(30, now.waiting_days);
    CHECK(now.urgent_weight == 12.25 && now.threshold == 0.875);
    CHECK_INT(MZ_ERR_REFUSED, worked_do(&work, set, &s)); /* version 0 again */
    work.in = work.office.bureau.key;
    CHECK_INT(14, worked_settings_now(&work).waiting_days);
    worked_close(&work);
}

STORE_TEST(settings_out_of_bounds_are_refused) {
    worked_open_alone(&work, address);
    const mz_case_settings usual = worked_settings_now(&work);
    mz_case_settings bad[6] = {usual, usual, usual, usual, usual, usual};
    bad[0].due_hours = -1;
    bad[1].waiting_days = 0;
    bad[2].clearance_days = INT64_MAX;
    bad[3].threshold = 0.3;
    bad[4].urgent_weight = -1;
    bad[5].attachment_bytes_most = (int64_t)MZ_ATTACHMENT_BYTES_MOST + 1;
    for (size_t k = 0; k < 6; k++) {
        setting s = {.settings = bad[k]};
        mz_test_case("settings %zu", k);
        CHECK_INT(MZ_ERR_INPUT, worked_do(&work, set, &s));
    }
    worked_close(&work);
}

static mz_reason reason(const char *key, mz_disposition disposition) {
    return (mz_reason){.key = mz_str_of(key),
                       .disposition = disposition,
                       .titles = {MZ_STR("سبب"), MZ_STR("motif"), MZ_STR("reason")}};
}

STORE_TEST(reasons_are_retired_and_never_deleted) {
    worked_open_alone(&work, address);
    setting s = {.count = 3};
    CHECK_OK(worked_do(&work, list_reasons, &s), work.error);
    size_t usual = s.found_count;
    CHECK(usual > 10);
    s.reasons[0] = reason("same-person", MZ_TRUE_MATCH);
    s.reasons[1] = reason("other", MZ_FALSE_POSITIVE);
    s.reasons[2] = reason("asked", MZ_INSUFFICIENT_INFORMATION);
    int64_t entries = worked_entries(&work);
    CHECK_OK(worked_do(&work, set_reasons, &s), work.error);
    CHECK_INT(entries + 1, worked_entries(&work));
    CHECK_OK(worked_do(&work, list_reasons, &s), work.error);
    CHECK_INT(usual + 2, s.found_count);
    size_t retired = 0;
    for (size_t k = 0; k < s.found_count; k++) retired += s.found[k].retired;
    CHECK_INT(usual - 1, retired);
    CHECK_STR(MZ_STR("other"), s.found[1].key); /* in the order that was given */
    s.reasons[1].disposition = MZ_TRUE_MATCH;
    CHECK_INT(MZ_ERR_REFUSED, worked_do(&work, set_reasons, &s)); /* what it is for stays */
    worked_close(&work);
}

STORE_TEST(a_list_of_reasons_has_one_for_each_disposition) {
    worked_open_alone(&work, address);
    setting s = {.count = 3};
    s.reasons[0] = reason("same-person", MZ_TRUE_MATCH);
    s.reasons[1] = reason("other", MZ_FALSE_POSITIVE);
    s.reasons[2] = reason("asked", MZ_INSUFFICIENT_INFORMATION);
    s.reasons[2].retired = true;
    CHECK_INT(MZ_ERR_INPUT, worked_do(&work, set_reasons, &s));
    s.reasons[2] = reason("other", MZ_INSUFFICIENT_INFORMATION); /* twice */
    CHECK_INT(MZ_ERR_INPUT, worked_do(&work, set_reasons, &s));
    s.reasons[2] = reason("Asked him", MZ_INSUFFICIENT_INFORMATION);
    CHECK_INT(MZ_ERR_INPUT, worked_do(&work, set_reasons, &s));
    s.reasons[2] = reason("asked", MZ_INSUFFICIENT_INFORMATION);
    s.reasons[2].titles[0] = MZ_STR("");
    CHECK_INT(MZ_ERR_INPUT, worked_do(&work, set_reasons, &s));
    s.reasons[2].titles[0] = MZ_STR("a\nb");
    CHECK_INT(MZ_ERR_INPUT, worked_do(&work, set_reasons, &s));
    worked_close(&work);
}

TEST_MAIN()
