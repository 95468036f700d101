/* The queue: every order, every filter, page by page: no case is missing, none is there twice. */
#include "worked.h"

#include "../store/stores.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

enum { SUBJECTS = 7, SEEN_MOST = 64 };

static worked work;
static mz_str keys[SUBJECTS];

typedef struct asking {
    mz_queue_query query;
    mz_alerts_query alerts;
    mz_case *cases;
    mz_alert *found;
    size_t count;
    mz_str next;
    mz_queue_counts counts;
} asking;

static mz_status ask_queue(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    return mz_queue_list(sql, work.in, &a->query, &work.office.arena, &a->cases, &a->count, &a->next, error);
}
static mz_status ask_alerts(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    return mz_alerts_list(sql, work.in, &a->alerts, &work.office.arena, &a->found, &a->count, &a->next, error);
}
static mz_status ask_counts(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    return mz_queue_count(sql, work.in, work.badr.key, office_moment(), &a->counts, error);
}

static bool comes_before(mz_queue_order order, const mz_case *a, const mz_case *b) {
    if (order == MZ_QUEUE_BY_WEIGHT && a->weight != b->weight) return a->weight > b->weight;
    if (order == MZ_QUEUE_BY_DUE && a->due != b->due) return b->due == 0 || (a->due != 0 && a->due < b->due);
    return mz_str_order(a->key, b->key) < 0;
}

/* All pages, which must be in order; how many cases there were. */
static size_t walk(mz_queue_query query, size_t limit) {
    asking a = {.query = query};
    mz_case seen[SEEN_MOST];
    size_t count = 0;
    a.query.limit = limit;
    do {
        CHECK_OK(worked_do(&work, ask_queue, &a), work.error);
        CHECK(a.count <= limit);
        for (size_t k = 0; k < a.count; k++) {
            CHECK(count < SEEN_MOST);
            if (count) CHECK(comes_before(query.order, &seen[count - 1], &a.cases[k]));
            seen[count++] = a.cases[k];
        }
        a.query.after = a.next;
    } while (a.next.size);
    return count;
}

static void begin(const char *address) {
    static const char *const names[SUBJECTS] = {"Tamrin Wardafi", "Ossoul Qenlou",  "Tamrin Wardafy", "Ossoul Qenlou",
                                                "Tamrin Wardafi", "Tamrin Wardafi", "Ossoul Qenlo"};
    static const char *const dates[SUBJECTS] = {"1970-05-01", "", "1970", "1981", "", "1970-05-02", "1981"};
    worked_open(&work, address);
    for (int k = 0; k < SUBJECTS; k++) {
        char reference[16];
        snprintf(reference, sizeof reference, "ref_%d", k);
        mz_subject subject = worked_subject(&work, reference, names[k], dates[k]);
        keys[k] = worked_raise(&work, &subject).case_key;
        office_later(3600);
    }
    CHECK_OK(worked_decide(&work, keys[0], WORKED_NOW, MZ_TRUE_MATCH, NULL, NULL), work.error); /* proposed */
    CHECK_OK(worked_decide(&work, keys[1], WORKED_NOW, MZ_INSUFFICIENT_INFORMATION, NULL, NULL), work.error);
    CHECK_OK(worked_decide(&work, keys[2], WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error); /* closed */
    CHECK_OK(worked_assign(&work, keys[3], WORKED_NOW, work.badr.key), work.error);
    CHECK_OK(worked_escalate(&work, keys[4], WORKED_NOW, true), work.error);
    work.as = &work.chadia;
    CHECK_OK(worked_due(&work, keys[4], WORKED_NOW, 0), work.error);
    work.as = &work.amal;
    CHECK_OK(worked_due(&work, keys[5], WORKED_NOW, office_moment() - 1), work.error);
}

STORE_TEST(every_order_goes_through_all_cases_page_by_page) {
    begin(address);
    for (mz_queue_order order = 0; order < MZ_QUEUE_ORDER_COUNT; order++)
        for (size_t limit = 1; limit <= 8; limit++) {
            mz_test_case("order %d, %zu in a page", (int)order, limit);
            CHECK_INT(6, walk((mz_queue_query){.escalated = -1, .order = order}, limit));
            CHECK_INT(7, walk((mz_queue_query){.escalated = -1, .order = order, .phase = MZ_STR("all")}, limit));
            CHECK_INT(4, walk((mz_queue_query){.escalated = -1, .order = order, .phase = MZ_STR("open")}, limit));
            CHECK_INT(1, walk((mz_queue_query){.escalated = -1, .order = order, .assignee = work.badr.key}, limit));
        }
    worked_close(&work);
}

STORE_TEST(filters_go_through_what_they_leave_page_by_page) {
    begin(address);
    CHECK_OK(worked_escalate(&work, keys[5], WORKED_NOW, true), work.error);
    CHECK_OK(worked_escalate(&work, keys[2], WORKED_NOW, true), work.error); /* closed */
    const struct {
        mz_queue_query query;
        size_t count;
    } rows[] = {
        {{.escalated = -1, .phase = MZ_STR("all"), .text = MZ_STR("tamrin")}, 4},
        {{.escalated = -1, .text = MZ_STR("tamrin"), .list = MZ_STR("invented")}, 3},
        {{.escalated = -1, .text = MZ_STR("tamrin"), .list = MZ_STR("nowhere")}, 0},
        {{.escalated = -1, .phase = MZ_STR("all"), .list = MZ_STR("invented")}, 7},
        {{.escalated = 1, .list = MZ_STR("invented")}, 2},
        {{.escalated = 1}, 2},
        {{.escalated = 1, .phase = MZ_STR("all")}, 3},
        {{.escalated = 1, .assignee = MZ_STR("-")}, 2},
        {{.escalated = 0, .assignee = MZ_STR("-")}, 3},
        {{.escalated = -1, .assignee = work.badr.key, .list = MZ_STR("invented")}, 1},
        {{.escalated = -1, .assignee = work.badr.key, .text = MZ_STR("tamrin")}, 0},
        {{.escalated = -1, .label = MZ_STR("2027-000003")}, 1}, /* closed */
        {{.escalated = -1, .label = MZ_STR("2027-000003"), .phase = MZ_STR("open")}, 0},
        {{.escalated = -1, .label = MZ_STR("2027-00000")}, 0},
        {{.escalated = -1, .label = MZ_STR("2027-000004"), .assignee = work.badr.key}, 1},
        {{.escalated = -1, .label = MZ_STR("2027-000004"), .list = MZ_STR("nowhere")}, 0},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        for (mz_queue_order order = 0; order < MZ_QUEUE_ORDER_COUNT; order++)
            for (size_t limit = 1; limit <= 8; limit++) {
                mz_queue_query query = rows[k].query;
                mz_test_case("row %zu, order %d, %zu in a page", k, (int)order, limit);
                query.order = order;
                CHECK_INT(rows[k].count, walk(query, limit));
            }
    worked_close(&work);
}

STORE_TEST(filters_leave_what_they_name) {
    begin(address);
    static const struct {
        const char *phase, *assignee, *list, *text;
        int escalated;
        size_t count;
    } rows[] = {
        {"proposed", "", "", "", -1, 1},        {"waiting", "", "", "", -1, 1},
        {"closed", "", "", "", -1, 1},          {"", "-", "", "", -1, 5},
        {"", "", "invented", "", -1, 6},        {"", "", "invent", "", -1, 0},
        {"", "", "", "OSSOUL", -1, 3},          {"", "", "", "ref_3", -1, 1},
        {"", "", "", "-000002", -1, 1},         {"", "", "", "ref%", -1, 0},
        {"", "", "", "tamrin", 1, 1},           {"", "", "", "", 0, 5},
        {"", "-", "invented", "wardafi", 0, 2}, {"", "nobody", "", "", -1, 0},
        {"", "", "", "' OR '1'='1", -1, 0},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        for (mz_queue_order order = 0; order < MZ_QUEUE_ORDER_COUNT; order++) {
            mz_test_case("row %zu, order %d", k, (int)order);
            const mz_queue_query query = {.phase = mz_str_of(rows[k].phase),
                                          .assignee = mz_str_of(rows[k].assignee),
                                          .list = mz_str_of(rows[k].list),
                                          .text = mz_str_of(rows[k].text),
                                          .escalated = rows[k].escalated,
                                          .order = order};
            CHECK_INT(rows[k].count, walk(query, 2));
        }
    worked_close(&work);
}

STORE_TEST(a_place_that_is_none_is_refused) {
    static const char *const places[] = {"x", "000000000000000", "zzzzzzzzzzzzzzzzabc", "7ff8000000000000abc",
                                         "7ff0000000000000abc"};
    begin(address);
    for (size_t k = 0; k < sizeof places / sizeof *places; k++)
        for (mz_queue_order order = 0; order < MZ_QUEUE_ORDER_COUNT; order++) {
            asking a = {.query = {.escalated = -1, .limit = 1, .after = mz_str_of(places[k]), .order = order}};
            CHECK_INT(MZ_ERR_ARGUMENT, worked_do(&work, ask_queue, &a));
        }
    asking a = {.query = {.escalated = -1, .limit = 1, .phase = MZ_STR("nonsense")}};
    CHECK_INT(MZ_ERR_ARGUMENT, worked_do(&work, ask_queue, &a));
    worked_close(&work);
}

STORE_TEST(cases_are_counted_by_phase_and_by_person) {
    begin(address);
    asking a = {.count = 0};
    CHECK_OK(worked_note(&work, keys[3], "@badr", NULL), work.error);
    CHECK_OK(worked_do(&work, ask_counts, &a), work.error);
    CHECK_INT(4, a.counts.open);
    CHECK_INT(1, a.counts.proposed);
    CHECK_INT(1, a.counts.waiting);
    CHECK_INT(1, a.counts.overdue);
    CHECK_INT(1, a.counts.mine);
    CHECK_INT(1, a.counts.mentions);
    work.in = work.office.bureau.key;
    CHECK_OK(worked_do(&work, ask_counts, &a), work.error);
    CHECK_INT(0, a.counts.open + a.counts.proposed + a.counts.waiting + a.counts.overdue + a.counts.mine);
    CHECK_INT(0, walk((mz_queue_query){.escalated = -1, .phase = MZ_STR("all")}, 5));
    worked_close(&work);
}

static size_t walk_alerts(mz_alerts_query query, size_t limit) {
    asking a = {.alerts = query};
    size_t count = 0;
    a.alerts.limit = limit;
    do {
        CHECK_OK(worked_do(&work, ask_alerts, &a), work.error);
        count += a.count;
        a.alerts.after = a.next;
        CHECK(count < SEEN_MOST);
    } while (a.next.size);
    return count;
}

STORE_TEST(alerts_are_listed_by_weight_and_age) {
    begin(address);
    size_t all = walk_alerts((mz_alerts_query){.phase = MZ_STR("all")}, 50);
    size_t decided = walk_alerts((mz_alerts_query){.phase = MZ_STR("decided")}, 50);
    size_t first = walk_alerts((mz_alerts_query){.phase = MZ_STR("all"), .entity = MZ_STR("z-01")}, 50);
    CHECK(all > 7 && decided > 0 && first > 1 && first < all);
    for (mz_queue_order order = MZ_QUEUE_BY_WEIGHT; order <= MZ_QUEUE_BY_AGE; order++)
        for (size_t limit = 1; limit < 4; limit++) {
            CHECK_INT(all, walk_alerts((mz_alerts_query){.phase = MZ_STR("all"), .order = order}, limit));
            CHECK_INT(all - decided, walk_alerts((mz_alerts_query){.order = order}, limit));
            CHECK_INT(first, walk_alerts((mz_alerts_query){.phase = MZ_STR("all"),
                                                           .entity = MZ_STR("z-01"),
                                                           .list = MZ_STR("invented"),
                                                           .order = order},
                                         limit));
            CHECK_INT(0, walk_alerts((mz_alerts_query){.list = MZ_STR("nowhere"), .order = order}, limit));
        }
    worked_close(&work);
}

TEST_MAIN()
