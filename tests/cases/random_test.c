/* Acts in any order, by anybody, seen in any version: whatever is refused leaves nothing, whatever is done leaves one
 * entry of the chain, a higher version of its case, and the invariants of worked.h as they were. */
#include "worked.h"

#include "../store/stores.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

enum { SUBJECTS = 4, CASES_MOST = 64, ACTS = 260, CHECKED_EACH = 10 };

static worked work;
static uint64_t state;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

static mz_subject subjects[SUBJECTS];
static mz_str cases[CASES_MOST];
static size_t case_count;

static void keep_case(mz_str key) {
    for (size_t k = 0; k < case_count; k++)
        if (mz_str_equal(cases[k], key)) return;
    if (key.size && case_count < CASES_MOST) cases[case_count++] = key;
}

static void change_subject(size_t k) {
    static const char *const names[] = {"Tamrin Wardafi", "Ossoul Qenlou", "Tamrin Wardafy"};
    static const char *const dates[] = {"1970-05-01", "1981", "", "1970-05-02"};
    char reference[16];
    snprintf(reference, sizeof reference, "c-%zu", k);
    subjects[k] = worked_subject(&work, reference, names[chance(3)], dates[chance(4)]);
}

static void change_list(void) {
    static const char *const ids[] = {"z-01", "z-02", "z-03", "z-04"};
    static const char *const dates[] = {"1970-05-01", "1970", "", "1981"};
    worked_list(&work, ids[chance(4)], chance(2) ? "Tamrin Wardafi" : "Ossoul Qenlou", dates[chance(4)]);
    worked_relist(&work);
}

static void raise_one(void) {
    mz_raised raised = worked_raise(&work, &subjects[chance(SUBJECTS)]);
    CHECK_INT(raised.hits, raised.raised + raised.refreshed + raised.quiet + raised.known);
    CHECK_INT(raised.raised + raised.refreshed > 0, raised.receipt > 0);
    keep_case(raised.case_key);
}

static void choose_actor(void) {
    const mz_principal *who[] = {&work.amal, &work.badr, &work.chadia};
    work.as = who[chance(3)];
}

static mz_str any_decision(mz_str key) {
    mz_decision *decisions;
    size_t count = worked_decisions(&work, key, &decisions);
    return count ? decisions[chance((uint32_t)count)].key : MZ_STR("none");
}

static const char *any_alert(mz_str key) {
    mz_alert *alerts;
    size_t count = worked_alerts(&work, key, &alerts);
    return chance(2) && count ? alerts[chance((uint32_t)count)].key.data : NULL;
}

/* Whether the act was done; whatever else it says must be a refusal that is known. */
static bool done(mz_status status) {
    if (status && status != MZ_ERR_REFUSED && status != MZ_ERR_NOT_FOUND)
        mz_test_fail(__FILE__, __LINE__, "status %d: %s", (int)status, work.error.text);
    return status == MZ_OK;
}

static bool act_on(mz_str key, int64_t version) {
    switch (chance(8)) {
    case 0: return done(worked_assign(&work, key, version, chance(2) ? work.amal.key : MZ_STR("")));
    case 1: return done(worked_escalate(&work, key, version, chance(2)));
    case 2: return done(worked_due(&work, key, version, chance(2) ? office_moment() + 1000 : 0));
    case 3: return done(worked_answer(&work, key, version, any_decision(key), chance(3) > 0));
    case 4: return done(worked_undo(&work, key, version, any_decision(key)));
    default: return done(worked_decide(&work, key, version, (mz_disposition)chance(3), any_alert(key), NULL));
    }
}

static void act_on_any(void) {
    if (!case_count) return;
    mz_str key = cases[chance((uint32_t)case_count)];
    mz_case before = worked_case(&work, key);
    int64_t entries = worked_entries(&work), seen = chance(6) ? before.version : before.version - 1;
    choose_actor();
    bool did = act_on(key, seen);
    mz_case after = worked_case(&work, key);
    CHECK(!did || seen == before.version);
    CHECK_INT(before.version + did, after.version);
    if (!did) CHECK_INT(entries, worked_entries(&work));
    if (did) CHECK(worked_entries(&work) > entries);
}

static void revoke_any(void) {
    mz_clearance *clearances;
    size_t count = worked_clearances(&work, "valid", &clearances);
    int64_t entries = worked_entries(&work);
    if (!count) return;
    choose_actor();
    CHECK(done(worked_revoke(&work, clearances[chance((uint32_t)count)].key)));
    CHECK_INT(entries + 1, worked_entries(&work));
}

static void step(void) {
    switch (chance(12)) {
    case 0: change_subject(chance(SUBJECTS)); break;
    case 1: change_list(); break;
    case 2:
    case 3:
    case 4: raise_one(); break;
    case 5: revoke_any(); break;
    case 6:
        office_later(5 * 86400);
        (void)worked_wake(&work);
        break;
    default: act_on_any();
    }
}

STORE_TEST(no_order_of_acts_breaks_what_always_holds) {
    worked_open(&work, address);
    state = 0x9E3779B97F4A7C15u;
    case_count = 0;
    mz_case_settings settings = worked_settings_now(&work);
    settings.four_eyes_false_positive = true;
    settings.clearance_days = 20;
    worked_settings(&work, &settings);
    for (size_t k = 0; k < SUBJECTS; k++) change_subject(k);
    for (size_t k = 0; k < ACTS; k++) {
        mz_test_case("act %zu", k);
        step();
        if (k % CHECKED_EACH == 0) worked_check(&work);
    }
    worked_check(&work);
    CHECK(case_count > 2);
    worked_close(&work);
}

TEST_MAIN()
