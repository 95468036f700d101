/* Continuous screening: whoever hits something new is raised, exactly as if everybody had been screened; and it goes on
 * where it was killed.
 *
 * Lists are files in a store of lists, the index is built of it, and what is raised is kept in a table of the test's
 * own: pairs "subject entity", as casework would know them. */
#include "watched.h"

#include "../store/stores.h"
#include "audit/build.h"
#include "base/clock.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what holds ---- */

STORE_TEST(at_first_everybody_is_screened) {
    watched_house *h = watched_open(address);
    CHECK_INT(0, watched_look(h)); /* a register without subjects */
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    fetching f = watched_fetched(h);
    CHECK_INT(SUBJECTS, watched_result(&f, "screened"));
    CHECK_STR(MZ_STR("nobody was screened before"), watched_result_text(&f, "everybody"));
    CHECK_STR(MZ_STR("subject.new"), watched_result_text(&f, "why"));
    CHECK(watched_was_raised(h, "s0", 0, "subject.new"));
    CHECK(watched_as_if_everybody_was_screened(h) >= SUBJECTS / 3);
    CHECK(f.watched.ever && f.watched.list_count == 1);
    watched_close(h);
}

STORE_TEST(when_a_list_changes_only_who_is_touched_is_raised) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_put_subject(h, "late", "Oddvarine Lumbrecht", false);
    watched_put_subject(h, "left", "Oddvarine Lumbrecht", true);
    watched_run_whole(h);
    size_t before = h->pair_count;
    (void)snprintf(h->listed[LISTED], 64, "Oddvarine Lumbrecht"); /* new */
    (void)watched_nobody(7, h->listed[3]);                        /* another than it was */
    h->listed[5][0] = '\0';                                       /* no more there */
    h->listed_count = LISTED + 1;
    watched_bring_in(h);
    watched_run_whole(h);
    fetching f = watched_fetched(h);
    CHECK_STR(MZ_STR("list.changed"), watched_result_text(&f, "why"));
    CHECK_STR(MZ_STR(""), watched_result_text(&f, "everybody"));
    CHECK_INT(2, watched_result(&f, "screened"));
    CHECK_INT(2, watched_result(&f, "raised"));
    CHECK_INT(before + 2, h->pair_count);
    CHECK(watched_was_raised(h, "late", LISTED, "list.changed"));
    CHECK(watched_was_raised(h, "s7", 3, "list.changed"));
    CHECK_INT(1, h->gone_count);
    CHECK_TEXT("a-5", h->gone[0]);
    (void)watched_as_if_everybody_was_screened(h);
    watched_close(h);
}

STORE_TEST(who_comes_or_changes_is_screened_against_all_lists) {
    watched_house *h = watched_open(address);
    char name[64];
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    watched_put_subject(h, "new", watched_name_of(9, name), false);
    watched_put_subject(h, "s1", watched_name_of(11, name), false);
    watched_put_subject(h, "nobody", "Lorem Ipsanquist", false);
    watched_run_whole(h);
    fetching f = watched_fetched(h);
    CHECK_INT(3, watched_result(&f, "screened"));
    CHECK_STR(MZ_STR("subject.new"), watched_result_text(&f, "why"));
    CHECK(watched_was_raised(h, "new", 9, "subject.new"));
    CHECK(watched_was_raised(h, "s1", 11, NULL));
    CHECK(watched_result(&f, "raised") >= 2);
    (void)watched_as_if_everybody_was_screened(h);
    watched_close(h);
}

/* The roster holds who was there when it was made; who changed since is held against the list as he is now. */
STORE_TEST(who_changed_after_the_roster_was_made_is_touched_as_he_is_now) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    h->listed_count = LISTED + 2;
    (void)snprintf(h->listed[LISTED], 64, "Firstimer Albrandt");
    (void)snprintf(h->listed[LISTED + 1], 64, "Firstimer Albrandt");
    watched_bring_in(h);
    watched_run_whole(h); /* makes the roster */
    watched_put_subject(h, "s4", "Secondo Umbrelline", false);
    watched_put_subject(h, "s7", "Thirdinand Opalescue", false);
    watched_put_subject(h, "s7", "Fourthian Opalescue", false);
    watched_run_whole(h); /* they are screened, and newer than the roster */
    (void)snprintf(h->listed[LISTED], 64, "Secondo Umbrelline");
    (void)watched_nobody(4, h->listed[LISTED + 1]); /* as s4 was */
    watched_bring_in(h);
    uint32_t subjects;
    int64_t made;
    bool there;
    mz_error error = {0};
    watched_run_whole(h);
    CHECK_OK(mz_watch_roster(&h->watch, h->office.house.key, &subjects, &made, &there, &error), error);
    CHECK(there);
    CHECK_INT(SUBJECTS, subjects);
    CHECK(watched_was_raised(h, "s4", LISTED, "list.changed"));
    CHECK(!watched_was_raised(h, "s4", LISTED + 1, NULL));
    (void)watched_as_if_everybody_was_screened(h);
    CHECK_OK(mz_watch_forget(&h->watch, h->office.house.key, &error), error);
    CHECK_OK(mz_watch_roster(&h->watch, h->office.house.key, &subjects, &made, &there, &error), error);
    CHECK(!there);
    watched_close(h);
}

/* What the linker made of the program is in what it was judged by: a program that was built anew, of the same version,
 * screens everybody, and once. */
STORE_TEST(another_build_of_the_same_version_screens_everybody_once) {
    watched_house *h = watched_open(address);
    char name[MZ_BUILD_NAME_SIZE];
    watched_put_subjects(h, SUBJECTS);
    h->watch.build = "mizan 0.1.0 (6b1f)";
    watched_run_whole(h);
    h->watch.build = "mizan 0.1.0 (9c0d)";
    watched_run_whole(h);
    fetching f = watched_fetched(h);
    CHECK_STR(MZ_STR("it is judged otherwise than before"), watched_result_text(&f, "everybody"));
    CHECK_INT(SUBJECTS, watched_result(&f, "screened"));
    h->watch.build = NULL; /* this one */
    watched_run_whole(h);
    f = watched_fetched(h);
    CHECK_INT(SUBJECTS, watched_result(&f, "screened"));
    mz_build_name(name);
    CHECK(strstr(name, mz_build_version()) != NULL);
    CHECK(memmem(f.watched.by.data, f.watched.by.size, name, strlen(name)) != NULL);
    watched_close(h);
}

typedef struct marking {
    watched_house *house;
    const char *reference;
} marking;

static mz_status mark_screened(void *context, mz_sql *sql, mz_error *error) {
    const marking *m = context;
    const mz_sql_value values[] = {mz_sql_text(m->house->office.house.key), mz_sql_text(mz_str_of(m->reference)),
                                   mz_sql_int(mz_clock_now())};
    return mz_sql_run(sql, "UPDATE subject SET screened = ?3 WHERE agency = ?1 AND reference = ?2", values, 3, NULL,
                      error);
}

/* Given, and screened at once against the lists as they are then, as the service does it. */
static void put_screened(watched_house *h, const char *reference, const char *name) {
    mz_error error = {0};
    marking m = {h, reference};
    watched_put_subject(h, reference, name, false);
    CHECK_OK(mz_store_change(h->office.store, mark_screened, &m, &error), error);
}

/* Whether before, with or after the lists: nobody falls between what was screened when it was given and a run. */
STORE_TEST(who_was_screened_when_given_is_screened_when_lists_change_before_the_next_run) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    put_screened(h, "given-1", "Oddvarine Lumbrecht"); /* against lists without that name */
    (void)snprintf(h->listed[LISTED], 64, "Oddvarine Lumbrecht");
    h->listed_count = LISTED + 1;
    watched_bring_in(h);
    watched_put_subject(h, "given-2", "Oddvarine Lumbrecht", false);
    watched_run_whole(h);
    CHECK(watched_was_raised(h, "given-1", LISTED, "list.changed"));
    CHECK(watched_was_raised(h, "given-2", LISTED, NULL));
    put_screened(h, "given-3", "Oddvarine Lumbrecht"); /* by who still had the lists of before in hand */
    watched_run_whole(h);
    CHECK(watched_was_raised(h, "given-3", LISTED, NULL));
    (void)watched_as_if_everybody_was_screened(h);
    watched_put_subject(h, "given-4", "Oddvarine Lumbrecht", true);
    CHECK_INT(0, watched_look(h)); /* nobody is left of those that came */
    watched_close(h);
}

static void everybody_because(watched_house *h, const char *why) {
    watched_run_whole(h);
    fetching f = watched_fetched(h);
    CHECK_STR(mz_str_of(why), watched_result_text(&f, "everybody"));
    CHECK_INT(SUBJECTS, watched_result(&f, "screened"));
    CHECK(h->gone_unknown);
    (void)watched_as_if_everybody_was_screened(h);
}

typedef struct listing {
    watched_house *house;
    mz_partly *subjects;
    size_t count;
    uint64_t counted;
} listing;

static mz_status list_partly(void *context, mz_sql *sql, mz_error *error) {
    listing *l = context;
    office *o = &l->house->office;
    mz_status status = mz_partly_count(sql, o->house.key, &l->counted, error);
    return status ? status
                  : mz_partly_list(sql, o->house.key, MZ_STR(""), 1000, &o->arena, &l->subjects, &l->count, error);
}

static listing partly(watched_house *h) {
    mz_error error = {0};
    listing l = {.house = h};
    CHECK_OK(mz_store_read(h->office.store, list_partly, &l, &error), error);
    CHECK_INT(l.count, l.counted);
    return l;
}

/* With next to no budget hits may be missing: who it is stays in a list until he is wholly screened. */
STORE_TEST(who_could_not_be_screened_wholly_is_listed) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    fetching f = watched_fetched(h);
    CHECK_INT(0, watched_result(&f, "not_wholly_screened"));
    CHECK_INT(0, partly(h).count);
    h->watch.build = "test-2";
    h->watch.budget = 1;
    watched_run_whole(h);
    f = watched_fetched(h);
    CHECK(watched_result(&f, "not_wholly_screened") > SUBJECTS / 3);
    CHECK(watched_result(&f, "not_wholly_screened") <= watched_result(&f, "screened"));
    listing l = partly(h);
    CHECK_INT(watched_result(&f, "not_wholly_screened"), l.count);
    CHECK_STR(MZ_STR("bank"), l.subjects[0].source);
    CHECK(l.subjects[0].caption.size && l.subjects[0].at);
    CHECK(l.subjects[0].why[MZ_PARTLY_WORK] && !l.subjects[0].why[MZ_PARTLY_QUERY]);
    h->watch.budget = 0;
    char left[32];
    (void)snprintf(left, sizeof left, "%.*s", (int)l.subjects[0].reference.size, l.subjects[0].reference.data);
    watched_put_subject(h, left, "Firstimer Albrandt", false);
    watched_run_whole(h); /* of him alone, wholly */
    CHECK_INT(l.count - 1, partly(h).count);
    h->watch.build = "test-3";
    watched_run_whole(h);
    CHECK_INT(0, partly(h).count);
    watched_close(h);
}

/* Whoever the roster could not judge wholly is screened like whom it found, and listed. */
STORE_TEST(cuts_in_the_roster_are_told) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_put_subject(h, "late", "Oddvarine Lumbrecht", false);
    watched_run_whole(h);
    h->watch.budget = 1;
    h->listed_count = LISTED + 1;
    (void)snprintf(h->listed[LISTED], 64, "Oddvarine Lumbrecht");
    watched_bring_in(h);
    watched_run_whole(h);
    fetching f = watched_fetched(h);
    CHECK(watched_result(&f, "screened") >= 1);
    CHECK(watched_result(&f, "not_wholly_screened") >= 1);
    listing l = partly(h);
    bool late = false;
    for (size_t k = 0; k < l.count; k++) late |= mz_str_equal(l.subjects[k].reference, MZ_STR("late"));
    CHECK(late);
    watched_put_subject(h, "later", "Secondo Umbrelline", false); /* newer than the roster */
    h->watch.budget = 0;
    watched_run_whole(h);
    h->watch.budget = 1;
    (void)snprintf(h->listed[LISTED], 64, "Secondo Umbrelline");
    watched_bring_in(h);
    watched_run_whole(h);
    l = partly(h);
    bool later = false;
    for (size_t k = 0; k < l.count; k++) later |= mz_str_equal(l.subjects[k].reference, MZ_STR("later"));
    CHECK(later);
    watched_close(h);
}

STORE_TEST(everybody_is_screened_where_what_was_cannot_be_told) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    h->watch.build = "test-2";
    everybody_because(h, "it is judged otherwise than before");
    watched_build_index(h, false); /* without versions, as of files */
    watched_run_whole(h);
    (void)snprintf(h->listed[1], 64, "Somebody Elsewhere");
    watched_write_list(h);
    watched_bring_in(h);
    watched_build_index(h, false);
    everybody_because(h, "a version that was screened against is no longer kept");
    watched_close(h);
}

static mz_status ask(void *context, mz_sql *sql, mz_error *error) {
    const office *o = context;
    char key[MZ_SQL_KEY_SIZE];
    return mz_watch_ask(sql, o->house.key, true, MZ_STR(""), key, error);
}

STORE_TEST(it_is_asked_for_everybody_by_hand) {
    watched_house *h = watched_open(address);
    mz_error error = {0};
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    watched_bring_in(h);
    CHECK_INT(0, watched_look(h)); /* the same list again is nothing new */
    CHECK_OK(mz_store_change(h->office.store, ask, &h->office, &error), error);
    CHECK(watched_step(h));
    fetching f = watched_fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_STR(MZ_STR("it was asked for"), watched_result_text(&f, "everybody"));
    CHECK_INT(SUBJECTS, watched_result(&f, "screened"));
    CHECK_INT(0, watched_result(&f, "raised"));
    CHECK(watched_result(&f, "known") > 0);
    watched_close(h);
}

/* Stopped at any point, a run goes on where it was: nobody is left out, whatever it was doing. */
STORE_TEST(a_run_that_is_stopped_goes_on) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    CHECK_INT(1, watched_look(h));
    for (int times = 0; times < 30; times++) {
        h->stop_after = 3;
        if (!watched_step(h)) break;
        if (mz_str_equal(watched_fetched(h).task.phase, MZ_STR("done"))) break;
        CHECK_STR(MZ_STR("waiting"), watched_fetched(h).task.phase);
        watched_new_worker(h);
    }
    h->stop_after = 0;
    fetching f = watched_fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_INT(0, f.unscreened);
    (void)watched_as_if_everybody_was_screened(h);
    for (size_t n = 20; n < LISTED; n++)
        if (n % 3) (void)watched_nobody(n, h->listed[n]);
    watched_bring_in(h);
    CHECK_INT(1, watched_look(h));
    for (int times = 0; times < 30; times++) {
        h->stop_after = 2;
        if (!watched_step(h) || mz_str_equal(watched_fetched(h).task.phase, MZ_STR("done"))) break;
        watched_new_worker(h);
    }
    f = watched_fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK(watched_as_if_everybody_was_screened(h) > SUBJECTS / 3);
    CHECK_INT(0, watched_look(h));
    watched_close(h);
}

/* Whom the lists have no more is told in parts, each in its transaction; broken off, from the start. */
STORE_TEST(who_is_gone_is_told_in_parts) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    h->gone_parts = 5;
    h->gone_stop = 3;
    h->listed[5][0] = '\0';
    watched_bring_in(h);
    CHECK_INT(1, watched_look(h));
    CHECK(watched_step(h));
    CHECK_STR(MZ_STR("waiting"), watched_fetched(h).task.phase);
    CHECK_INT(3, h->gone_calls);
    CHECK(!h->gone_unknown);
    h->gone_stop = 0;
    watched_new_worker(h);
    CHECK(watched_step(h));
    CHECK_STR(MZ_STR("done"), watched_fetched(h).task.phase);
    CHECK_INT(5, h->gone_calls);
    CHECK_INT(0, watched_look(h));
    watched_close(h);
}

/* Where a version that was screened against lies; moved away, it is no longer kept. */
static void move_version(watched_house *h, bool away) {
    char kept[2 * PATH_BYTES], hidden[2 * PATH_BYTES];
    fetching f = watched_fetched(h);
    CHECK_INT(1, f.watched.list_count);
    (void)snprintf(kept, sizeof kept, "%s/lists/alpha/%.*s", h->folder, (int)f.watched.lists[0].version.size,
                   f.watched.lists[0].version.data);
    (void)snprintf(hidden, sizeof hidden, "%s.hidden-version", h->folder);
    CHECK(rename(away ? kept : hidden, away ? hidden : kept) == 0);
}

/* Many are touched. */
static void change_much(watched_house *h) {
    for (size_t n = 20; n < LISTED; n++)
        if (n % 3) (void)watched_nobody(n, h->listed[n]);
    watched_bring_in(h);
}

/* A run that is stopped when it has raised some. */
static void begin_a_run(watched_house *h) {
    CHECK_INT(1, watched_look(h));
    h->stop_after = 3;
    CHECK(watched_step(h));
    h->stop_after = 0;
    CHECK_STR(MZ_STR("waiting"), watched_fetched(h).task.phase);
    watched_new_worker(h);
}

/* It was on its way through those whom the list touches, and goes on through everybody: who is before its place was not
 * looked at yet. */
STORE_TEST(a_run_that_goes_on_the_other_way_begins_anew) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    change_much(h);
    begin_a_run(h);
    fetching f = watched_fetched(h);
    int64_t before = watched_result(&f, "screened");
    CHECK(before > 0);
    CHECK_STR(MZ_STR(""), watched_result_text(&f, "everybody"));
    move_version(h, true);
    CHECK(watched_step(h));
    f = watched_fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_STR(MZ_STR("a version that was screened against is no longer kept"), watched_result_text(&f, "everybody"));
    CHECK_INT(before + SUBJECTS, watched_result(&f, "screened"));
    (void)watched_as_if_everybody_was_screened(h);
    watched_close(h);
}

/* Subjects of the pairs that were raised since there were so many. */
static int64_t subjects_raised_from(const watched_house *h, size_t first) {
    int64_t count = 0;
    for (size_t p = first; p < h->pair_count; p++) {
        size_t size = (size_t)(strchr(h->pairs[p].text, ' ') - h->pairs[p].text) + 1, before = first;
        while (before < p && strncmp(h->pairs[before].text, h->pairs[p].text, size) != 0) before++;
        count += before == p;
    }
    return count;
}

/* And the other way round: all are screened whom it touches. */
STORE_TEST(a_run_of_everybody_that_goes_on_with_whom_it_touches_begins_anew) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, SUBJECTS);
    watched_run_whole(h);
    size_t raised = h->pair_count;
    change_much(h);
    move_version(h, true);
    begin_a_run(h);
    fetching f = watched_fetched(h);
    int64_t before = watched_result(&f, "screened");
    CHECK(before > 0);
    CHECK(watched_result_text(&f, "everybody").size > 0);
    move_version(h, false);
    CHECK(watched_step(h));
    f = watched_fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_STR(MZ_STR(""), watched_result_text(&f, "everybody"));
    CHECK(subjects_raised_from(h, raised) > 10);
    CHECK_INT(subjects_raised_from(h, raised), watched_result(&f, "screened") - before);
    (void)watched_as_if_everybody_was_screened(h);
    CHECK_INT(0, watched_look(h));
    watched_close(h);
}

STORE_TEST(what_failed_rests_before_it_is_tried_again) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, 6);
    h->watch.folder = "/proc/not-there";
    watched_run_whole(h); /* no roster is needed yet */
    (void)snprintf(h->listed[LISTED], 64, "Oddvarine Lumbrecht");
    h->listed_count = LISTED + 1;
    watched_bring_in(h);
    CHECK_INT(1, watched_look(h));
    CHECK_INT(0, watched_look(h));
    CHECK(watched_step(h));
    CHECK_STR(MZ_STR("failed"), watched_fetched(h).task.phase);
    CHECK_INT(0, watched_look(h));
    office_later(601);
    h->watch.folder = h->rosters;
    watched_run_whole(h);
    watched_close(h);
}

/* Another agency's subjects, and its standing, are its own. */
STORE_TEST(agencies_are_watched_each_by_itself) {
    watched_house *h = watched_open(address);
    watched_put_subjects(h, 6);
    watched_run_whole(h);
    mz_agency house = h->office.house;
    h->office.house = h->office.bureau;
    h->office.in_house = h->office.in_bureau;
    CHECK_INT(0, watched_look(h));
    watched_put_subjects(h, 3);
    watched_run_whole(h);
    fetching f = watched_fetched(h);
    CHECK_INT(3, watched_result(&f, "screened"));
    h->office.house = house;
    f = watched_fetched(h);
    CHECK_INT(6, watched_result(&f, "screened"));
    watched_close(h);
}

TEST_MAIN()
