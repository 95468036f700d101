/* Clearances: a cleared pair stays quiet until one of both changes in a field that matters, the clearance expires, or
 * somebody revokes it. */
#include "worked.h"

#include "../store/stores.h"
#include "test.h"

static worked work;
static mz_subject subject;

static mz_str begin(const char *address) {
    worked_open(&work, address);
    subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    mz_str key = worked_raise(&work, &subject).case_key;
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
    return key;
}

static mz_clearance only(const char *state) {
    mz_clearance *clearances;
    CHECK_INT(1, worked_clearances(&work, state, &clearances));
    return clearances[0];
}

static void end(void) {
    worked_check(&work);
    worked_close(&work);
}

static mz_status take_pairs(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    (void)count, (void)error;
    *(int64_t *)context += columns[0].number;
    return MZ_OK;
}

static mz_status count_quiet(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(work.agency), mz_sql_int(OFFICE_NOW / 86400)};
    return mz_sql_query(sql, "SELECT pairs FROM case_quiet WHERE agency = ?1 AND day = ?2", values, 2, take_pairs,
                        context, error);
}

STORE_TEST(a_cleared_pair_is_quiet_and_counted) {
    (void)begin(address);
    int64_t entries = worked_entries(&work);
    for (int k = 1; k <= 3; k++) {
        mz_raised raised = worked_raise(&work, &subject);
        CHECK_INT(1, raised.quiet);
        CHECK_INT(0, raised.raised + raised.refreshed + raised.known);
        CHECK_INT(k, only("valid").quieted);
    }
    CHECK_INT(OFFICE_NOW, only("valid").last_quieted);
    int64_t pairs = 0;
    CHECK_OK(worked_do(&work, count_quiet, &pairs), work.error);
    CHECK_INT(3, pairs);
    CHECK_INT(entries, worked_entries(&work));
    end();
}

STORE_TEST(what_changes_of_the_subject_or_the_listed_ends_the_quiet) {
    (void)begin(address);
    subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981-02-03");
    CHECK_INT(1, worked_raise(&work, &subject).raised);
    CHECK_STR(MZ_STR("outdated"), only("").state);
    CHECK_STR(MZ_STR("outdated"), only("").ended_why);
    end();
}

STORE_TEST(a_listed_entity_that_changes_ends_the_quiet_too) {
    (void)begin(address);
    worked_list(&work, "z-03", "Ossoul Qenlou", "1981-07-09");
    worked_relist(&work);
    CHECK_INT(1, worked_raise(&work, &subject).raised);
    CHECK_STR(MZ_STR("outdated"), only("").state);
    end();
}

STORE_TEST(a_clearance_ends_in_its_time) {
    (void)begin(address);
    office_later(INT64_C(365) * 86400 - 1);
    CHECK_INT(1, worked_raise(&work, &subject).quiet);
    office_later(1);
    CHECK_STR(MZ_STR("expired"), only("expired").state); /* whether or not its pair was met */
    CHECK_INT(OFFICE_NOW + INT64_C(365) * 86400, only("expired").ended);
    mz_raised raised = worked_raise(&work, &subject);
    CHECK_INT(1, raised.raised);
    CHECK_OK(worked_decide(&work, raised.case_key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
    CHECK_INT(1, worked_raise(&work, &subject).quiet);
    end();
}

STORE_TEST(without_an_end_a_clearance_lasts) {
    mz_case_settings settings = MZ_CASE_SETTINGS_INIT;
    worked_open(&work, address);
    settings.clearance_days = 0;
    worked_settings(&work, &settings);
    subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    mz_str key = worked_raise(&work, &subject).case_key;
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
    office_later(INT64_C(100000) * 86400);
    CHECK_INT(1, worked_raise(&work, &subject).quiet);
    end();
}

STORE_TEST(a_clearance_is_revoked_with_one_entry_and_an_event) {
    mz_case_event *events;
    mz_str key = begin(address);
    int64_t entries = worked_entries(&work);
    mz_clearance clearance = only("valid");
    CHECK_OK(worked_revoke(&work, clearance.key), work.error);
    CHECK_INT(entries + 1, worked_entries(&work));
    CHECK_STR(work.amal.key, only("revoked").ended_by.key);
    CHECK_STR(MZ_STR("not so sure"), only("revoked").ended_why);
    CHECK_INT(MZ_ERR_REFUSED, worked_revoke(&work, clearance.key));
    size_t count = worked_events(&work, key, &events);
    CHECK_STR(MZ_STR("clearance.revoked"), events[count - 1].kind);
    CHECK_INT(1, worked_raise(&work, &subject).raised);
    work.in = work.office.bureau.key;
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_revoke(&work, clearance.key));
    end();
}

typedef struct asking {
    mz_clearance_query query;
    mz_clearance *found;
    size_t count;
} asking;

static mz_status ask(void *context, mz_sql *sql, mz_error *error) {
    asking *self = context;
    return mz_clearances_list(sql, work.agency, &self->query, &work.office.arena, &self->found, &self->count, error);
}

/* How many there are, page by page, the newest first. */
static size_t walk(const char *state, const char *text, mz_str subject_key, size_t limit) {
    asking self = {.query = {.state = mz_str_of(state),
                             .text = mz_str_of(text),
                             .subject = subject_key,
                             .limit = limit,
                             .now = office_moment()}};
    size_t all = 0;
    do {
        CHECK_OK(worked_do(&work, ask, &self), work.error);
        for (size_t k = 0; k < self.count; k++, all++) {
            if (*state) CHECK_STR(mz_str_of(state), self.found[k].state);
            if (self.query.after.size) CHECK(mz_str_order(self.found[k].key, self.query.after) < 0);
            self.query.after = self.found[k].key;
        }
    } while (self.count == limit);
    return all;
}

STORE_TEST(they_are_listed_by_state_page_by_page) {
    static const char *const names[] = {"Ossoul Qenlou", "Tamrin Wardafi", "Ossoul Qenlou", "Ossoul Qenlou",
                                        "Tamrin Wardafi"};
    mz_subject subjects[5];
    mz_clearance *found;
    worked_open(&work, address);
    for (int k = 0; k < 5; k++) {
        char reference[8] = {'c', '-', (char)('1' + k), '\0'};
        subjects[k] = worked_subject(&work, reference, names[k], "");
        mz_str key = worked_raise(&work, &subjects[k]).case_key;
        CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
        office_later(86400);
    }
    size_t all = worked_clearances(&work, "", &found);
    CHECK(all >= 5);
    CHECK_OK(worked_revoke(&work, found[0].key), work.error); /* the newest */
    office_later(INT64_C(365) * 86400 - 4 * 86400);           /* the first subject's are out of time */
    size_t expired = walk("expired", "", MZ_STR(""), 1);
    CHECK(expired > 0 && expired < all - 1);
    (void)worked_raise(&work, &subjects[0]); /* and are kept as such where the pair was met */
    for (size_t limit = 1; limit <= all + 1; limit++) {
        mz_test_case("%zu in a page", limit);
        CHECK_INT(expired, walk("expired", "", MZ_STR(""), limit));
        CHECK_INT(1, walk("revoked", "", MZ_STR(""), limit));
        CHECK_INT(0, walk("outdated", "", MZ_STR(""), limit));
        CHECK_INT(all - 1 - expired, walk("valid", "", MZ_STR(""), limit));
        CHECK_INT(all, walk("", "", MZ_STR(""), limit));
        CHECK_INT(all, walk("", "QENLOU", MZ_STR(""), limit) + walk("", "wardafi", MZ_STR(""), limit));
        CHECK_INT(0, walk("", "nobody", MZ_STR(""), limit));
        CHECK_INT(1, walk("", "", subjects[0].key, limit));
        CHECK_INT(0, walk("valid", "", subjects[0].key, limit));
    }
    end();
}

STORE_TEST(each_says_what_it_rests_on) {
    mz_str key = begin(address);
    mz_clearance clearance = only("valid");
    CHECK_STR(key, clearance.case_key);
    CHECK_STR(MZ_STR("2027-000001"), clearance.case_label);
    CHECK_STR(MZ_STR("other-birth-date"), clearance.reason);
    CHECK_STR(MZ_STR("looked at the papers"), clearance.note);
    CHECK_STR(MZ_STR("Ossoul Qenlou"), clearance.subject_caption);
    CHECK_STR(MZ_STR("z-03"), clearance.entity);
    CHECK_STR(MZ_STR("{\"properties\":{\"birthDate\":[\"1981\"],\"name\":[\"Ossoul Qenlou\"]},\"schema\":\"Person\"}"),
              clearance.entity_facts);
    CHECK_STR(clearance.entity_facts, clearance.subject_facts);
    end();
}

TEST_MAIN()
