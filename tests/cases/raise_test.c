/* Alerts: a pair alerts once, again when one of both has changed, and not while it is cleared. */
#include "worked.h"

#include "../store/stores.h"
#include "audit/receipt.h"
#include "mizan/screen.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static worked work;

STORE_TEST(a_hit_is_an_alert_and_alerts_of_a_subject_are_one_case) {
    mz_alert *alerts;
    mz_case_event *events;
    worked_open_alone(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-01");
    mz_raised raised = worked_raise(&work, &subject);
    CHECK_INT(2, raised.hits);
    CHECK_INT(2, raised.raised);
    CHECK(raised.receipt > 0);
    mz_case found = worked_case(&work, raised.case_key);
    CHECK_STR(MZ_STR("2027-000001"), found.label);
    CHECK_STR(MZ_STR("open"), found.phase);
    CHECK_STR(MZ_STR("Tamrin Wardafi"), found.caption);
    CHECK_INT(2, found.alerts);
    CHECK_INT(1, found.version);
    CHECK(found.weight >= 30);
    CHECK_INT(OFFICE_NOW + 24 * 3600, found.due);
    CHECK_INT(2, worked_alerts(&work, found.key, &alerts));
    CHECK_STR(MZ_STR("z-01"), alerts[0].entity);
    CHECK_STR(MZ_STR("v1"), alerts[0].list_version);
    CHECK_STR(MZ_STR("open"), alerts[0].phase);
    CHECK_INT(raised.receipt, alerts[0].receipt);
    CHECK(alerts[0].weight == found.weight && alerts[0].weight > alerts[1].weight);
    CHECK_STR(MZ_STR("z-01"), found.best.entity);
    CHECK(strstr(alerts[0].hit.data, "\"evidence\"") != NULL);
    CHECK_STR(MZ_STR("{\"properties\":{\"birthDate\":[\"1970-05-01\"],\"name\":[\"Tamrin "
                     "Wardafi\"]},\"schema\":\"Person\"}"),
              alerts[0].entity_facts);
    CHECK_INT(1, worked_events(&work, found.key, &events));
    CHECK_STR(MZ_STR("opened"), events[0].kind);
    CHECK_INT(raised.receipt, events[0].entry);
    worked_check(&work);
    worked_close(&work);
}

/* So many of one name; a screening gives the best of them. */
static void list_many(size_t count, size_t limit) {
    const mz_screen_options options = {.threshold = 0.7, .limit = limit};
    for (size_t k = 0; k < count; k++) {
        char id[16];
        (void)snprintf(id, sizeof id, "m-%02zu", k);
        worked_list(&work, id, "Mavrik Ostelune", "");
    }
    worked_relist(&work);
    mz_screener_free(work.screener);
    CHECK_OK(mz_screener_new(work.index, &options, &work.screener, &work.error), work.error);
}

/* The n-th last event. */
static mz_case_event last_event(mz_str case_key, size_t n) {
    mz_case_event *events;
    size_t count = worked_events(&work, case_key, &events);
    CHECK(count > n);
    return events[count - 1 - n];
}

STORE_TEST(a_case_is_told_that_there_are_more_hits_than_alerts) {
    mz_case_event *events;
    worked_open(&work, address);
    list_many(12, 10);
    work.as = NULL;
    mz_subject subject = worked_subject(&work, "c-1", "Mavrik Ostelune", "");
    mz_raised raised = worked_raise(&work, &subject);
    mz_str key = raised.case_key;
    CHECK_INT(10, raised.raised);
    CHECK_INT(2, raised.beyond);
    CHECK_STR(MZ_STR("hits.cut"), last_event(key, 0).kind);
    CHECK_STR(MZ_STR("{\"hits\":12,\"kept\":10}"), last_event(key, 0).detail);
    CHECK_INT(2, worked_events(&work, key, &events));
    raised = worked_raise(&work, &subject); /* is told once, */
    CHECK_INT(10, raised.known);
    CHECK_INT(2, raised.beyond);
    CHECK_INT(2, worked_events(&work, key, &events));
    list_many(13, 10); /* and again when there are others, although all that is raised is known, */
    (void)worked_raise(&work, &subject);
    CHECK_STR(MZ_STR("{\"hits\":13,\"kept\":10}"), last_event(key, 0).detail);
    work.as = &work.amal; /* also when the case has ended */
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, NULL), work.error);
    list_many(14, 10);
    (void)worked_raise(&work, &subject);
    CHECK_STR(MZ_STR("{\"hits\":14,\"kept\":10}"), last_event(key, 0).detail);
    worked_check(&work);
    worked_close(&work);
}

enum { HEAVY_BYTES = 600 << 10 };

typedef struct heavy {
    mz_raising raising;
    mz_actor actor;
    mz_principal who;
    mz_screening screening;
    mz_raised raised;
    mz_arena arena;
    mz_buffer receipt;
} heavy;

static mz_status raise_heavy(void *context, mz_sql *sql, mz_error *error) {
    heavy *h = context;
    mz_status status = mz_cases_raise(sql, &h->raising, &h->arena, &h->raised, error);
    return status ? status : mz_receipt_write(sql, work.in, h->raised.receipt, NULL, &h->arena, &h->receipt, error);
}

/* Its evidence would be more than an entry of the chain may have beside it: the receipt has the best of it, and says of
 * how many; no alert is without a receipt that shows it. */
STORE_TEST(more_hits_than_a_receipt_has_room_for_are_told) {
    heavy h = {.receipt = {.data = NULL}};
    const mz_entity *entity;
    const mz_screening *screening;
    worked_open_alone(&work, address);
    list_many(20, 100);
    mz_subject subject = worked_subject(&work, "c-1", "Mavrik Ostelune", "");
    mz_arena_init(&h.arena, 512 << 20);
    mz_buffer_init(&h.receipt, MZ_RECEIPT_BYTES);
    CHECK_OK(mz_subject_entity(&subject, &h.arena, &entity, &work.error), work.error);
    CHECK_OK(mz_screen(work.screener, subject.key, entity, &screening, &work.error), work.error);
    CHECK_INT(20, screening->hit_count);
    mz_hit *hits = MZ_ARENA_NEW(&h.arena, 20, mz_hit);
    char *name = MZ_ARENA_NEW(&h.arena, HEAVY_BYTES, char);
    CHECK(hits && name);
    memset(name, 'M', HEAVY_BYTES);
    memcpy(hits, screening->hits, 20 * sizeof *hits);
    for (size_t k = 0; k < 20; k++) hits[k].entity_name = (mz_str){name, HEAVY_BYTES};
    h.screening = *screening;
    h.screening.hits = hits;
    h.actor = mz_actor_service(&h.who, work.in);
    h.raising = (mz_raising){.agency = work.in,
                             .actor = &h.actor,
                             .subject = &subject,
                             .index = work.index,
                             .query = MZ_STR("{\"limit\":500,\"properties\":{\"name\":[\"Mavrik Ostelune\"]}}"),
                             .screening = &h.screening,
                             .why = "list.changed"};
    CHECK_OK(mz_store_change(work.office.store, raise_heavy, &h, &work.error), work.error);
    CHECK_INT(13, h.raised.raised);
    CHECK_INT(7, h.raised.beyond);
    CHECK_STR(MZ_STR("{\"hits\":20,\"kept\":13}"), last_event(h.raised.case_key, 0).detail);
    CHECK(memmem(h.receipt.data, h.receipt.size, "\"total\":20", 10) != NULL);
    CHECK(memmem(h.receipt.data, h.receipt.size, "\"query\":{\"limit\":13,\"properties\":", 33) != NULL);
    mz_buffer_done(&h.receipt);
    mz_arena_done(&h.arena);
    worked_close(&work);
}

STORE_TEST(the_same_pair_does_not_alert_twice_while_nothing_has_changed) {
    worked_open_alone(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-01");
    (void)worked_raise(&work, &subject);
    int64_t entries = worked_entries(&work);
    worked_relist(&work); /* another version of the list that says the same */
    mz_raised again = worked_raise(&work, &subject);
    CHECK_INT(2, again.hits);
    CHECK_INT(2, again.known);
    CHECK_INT(0, again.raised + again.refreshed + again.quiet);
    CHECK_INT(0, again.receipt);
    CHECK_INT(0, again.case_key.size);
    CHECK_INT(entries, worked_entries(&work));
    worked_check(&work);
    worked_close(&work);
}

STORE_TEST(a_changed_pair_whose_alert_is_open_is_refreshed) {
    mz_alert *alerts;
    mz_case_event *events;
    mz_buffer text;
    worked_open_alone(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "");
    mz_raised first = worked_raise(&work, &subject);
    CHECK_INT(1, first.raised);
    double before = worked_case(&work, first.case_key).weight;
    subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981-02-03");
    mz_raised again = worked_raise(&work, &subject);
    CHECK_INT(1, again.refreshed);
    CHECK_INT(0, again.raised);
    CHECK_STR(first.case_key, again.case_key);
    mz_case found = worked_case(&work, first.case_key);
    CHECK(found.weight > before);
    CHECK_INT(2, found.version);
    CHECK_INT(1, worked_alerts(&work, found.key, &alerts));
    CHECK_INT(again.receipt, alerts[0].receipt);
    mz_buffer_init(&text, 4096);
    mz_facts_difference(alerts[0].subject_base, alerts[0].subject_facts, &work.office.arena, &text);
    CHECK_TEXT("[{\"property\":\"birthDate\",\"from\":[],\"to\":[\"1981-02-03\"]}]", text.data);
    mz_buffer_clear(&text);
    mz_facts_difference(alerts[0].entity_base, alerts[0].entity_facts, &work.office.arena, &text);
    CHECK_TEXT("[]", text.data);
    mz_buffer_done(&text);
    CHECK_INT(2, worked_events(&work, found.key, &events));
    CHECK_STR(MZ_STR("alert.refreshed"), events[1].kind);
    worked_check(&work);
    worked_close(&work);
}

STORE_TEST(what_comes_later_joins_the_case_that_is_open) {
    worked_open_alone(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    mz_raised first = worked_raise(&work, &subject);
    worked_list(&work, "z-04", "Ossoul Qenlou", "1981");
    worked_relist(&work);
    mz_raised second = worked_raise(&work, &subject);
    CHECK_INT(1, second.raised);
    CHECK_INT(1, second.known);
    CHECK_STR(first.case_key, second.case_key);
    CHECK_INT(2, worked_case(&work, first.case_key).alerts);
    worked_check(&work);
    worked_close(&work);
}

STORE_TEST(a_pair_that_was_decided_and_has_changed_gets_an_alert_that_names_the_one_before) {
    mz_alert *alerts;
    worked_open(&work, address);
    mz_case_settings settings = worked_settings_now(&work);
    settings.four_eyes_true_match = false;
    worked_settings(&work, &settings);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    mz_raised first = worked_raise(&work, &subject);
    CHECK_INT(1, worked_alerts(&work, first.case_key, &alerts));
    mz_str before = alerts[0].key;
    CHECK_OK(worked_decide(&work, first.case_key, WORKED_NOW, MZ_TRUE_MATCH, NULL, NULL), work.error);
    CHECK_STR(MZ_STR("closed"), worked_case(&work, first.case_key).phase);
    mz_raised same = worked_raise(&work, &subject);
    CHECK_INT(1, same.known); /* a true match stays one */
    worked_list(&work, "z-03", "Ossoul Qenlou", "1981-07-09");
    worked_relist(&work);
    mz_raised changed = worked_raise(&work, &subject);
    CHECK_INT(1, changed.raised);
    CHECK(!mz_str_equal(first.case_key, changed.case_key));
    CHECK_STR(MZ_STR("2027-000002"), worked_case(&work, changed.case_key).label);
    CHECK_INT(1, worked_alerts(&work, changed.case_key, &alerts));
    CHECK_STR(before, alerts[0].previous);
    CHECK(!mz_str_equal(alerts[0].entity_base, alerts[0].entity_facts));
    worked_check(&work);
    worked_close(&work);
}

STORE_TEST(a_proposal_whose_pair_changes_goes_back_so_that_two_see_the_same) {
    mz_alert *alerts;
    mz_decision *decisions;
    mz_str decision;
    worked_open(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    mz_raised raised = worked_raise(&work, &subject);
    CHECK_OK(worked_decide(&work, raised.case_key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    CHECK_STR(MZ_STR("proposed"), worked_case(&work, raised.case_key).phase);
    subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981-02-03");
    CHECK_INT(1, worked_raise(&work, &subject).refreshed);
    CHECK_STR(MZ_STR("open"), worked_case(&work, raised.case_key).phase);
    CHECK_INT(1, worked_alerts(&work, raised.case_key, &alerts));
    CHECK_STR(MZ_STR("open"), alerts[0].phase);
    CHECK_INT(1, worked_decisions(&work, raised.case_key, &decisions));
    CHECK_STR(MZ_STR("returned"), decisions[0].phase);
    work.as = &work.chadia;
    CHECK_INT(MZ_ERR_REFUSED, worked_answer(&work, raised.case_key, WORKED_NOW, decision, true));
    worked_check(&work);
    worked_close(&work);
}

STORE_TEST(two_lists_with_one_id_are_two_people) {
    mz_alert *alerts;
    mz_clearance *cleared;
    uint32_t first, second;
    worked_open(&work, address);
    worked_list_in(&work, "second", "z-03", "Ossoul Qenlou", "1954");
    worked_relist(&work);
    CHECK_OK(mz_index_find_listed(work.index, MZ_STR("invented"), MZ_STR("z-03"), &first, &work.error), work.error);
    CHECK_OK(mz_index_find_listed(work.index, MZ_STR("second"), MZ_STR("z-03"), &second, &work.error), work.error);
    CHECK(first != second);
    CHECK_INT(MZ_ERR_NOT_FOUND,
              mz_index_find_listed(work.index, MZ_STR("second"), MZ_STR("z-01"), &second, &work.error));
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "");
    mz_raised raised = worked_raise(&work, &subject);
    CHECK_INT(2, raised.raised);
    CHECK_INT(2, worked_alerts(&work, raised.case_key, &alerts));
    CHECK(!mz_str_equal(alerts[0].list, alerts[1].list));
    CHECK(!mz_str_equal(alerts[0].entity_facts, alerts[1].entity_facts));
    CHECK_INT(2, worked_raise(&work, &subject).known);
    /* each is judged by itself */
    CHECK_OK(worked_decide(&work, raised.case_key, WORKED_NOW, MZ_FALSE_POSITIVE, alerts[0].key.data, NULL),
             work.error);
    raised = worked_raise(&work, &subject);
    CHECK_INT(1, raised.quiet);
    CHECK_INT(1, raised.known);
    CHECK_INT(1, worked_clearances(&work, "valid", &cleared));
    CHECK_STR(alerts[0].list, cleared[0].list);
    /* and one of them that changes is alerted alone */
    worked_list_in(&work, "second", "z-03", "Ossoul Qenlou", "1955");
    worked_relist(&work);
    raised = worked_raise(&work, &subject);
    CHECK_INT(1, raised.raised + raised.refreshed);
    worked_check(&work);
    worked_close(&work);
}

STORE_TEST(a_heavy_alert_is_due_sooner) {
    worked_open_alone(&work, address);
    mz_case_settings settings = worked_settings_now(&work);
    settings.urgent_weight = 1;
    settings.due_hours_urgent = 4;
    worked_settings(&work, &settings);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    mz_raised raised = worked_raise(&work, &subject);
    CHECK_INT(OFFICE_NOW + 4 * 3600, worked_case(&work, raised.case_key).due);
    worked_close(&work);
}

STORE_TEST(labels_count_by_agency) {
    worked_open_alone(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    (void)worked_raise(&work, &subject);
    work.as = &work.office.in_bureau;
    work.in = work.office.bureau.key;
    subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    mz_raised raised = worked_raise(&work, &subject);
    CHECK_STR(MZ_STR("2027-000001"), worked_case(&work, raised.case_key).label);
    worked_check(&work);
    worked_close(&work);
}

TEST_MAIN()
