/* Continuous screening: whoever hits something new is raised, exactly as if everybody had been screened; and it goes on
 * where it was killed.
 *
 * Lists are files in a store of lists, the index is built of it, and what is raised is kept in a table of the test's
 * own: pairs "subject entity", as casework would know them. */
#include "subjects/watch.h"

#include "../access/office.h"
#include "../store/stores.h"
#include "audit/build.h"
#include "base/clock.h"
#include "mizan/update.h"
#include "subjects/register.h"
#include "subjects/watch_state.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LISTED = 40, SUBJECTS = 60, PAIRS_MOST = 4096, PATH_BYTES = 600 };

static const char *const given[] = {"Tamovel",  "Kirune",   "Zeynaf",  "Oludare",
                                    "Marisken", "Haldorin", "Yusrane", "Belkane"};
static const char *const family[] = {"Zorvanek", "Quellimar", "Adenwhite", "Tressaval", "Mokhtarune", "Ostrovane"};

static const char *const nobody_given[] = {"Ulvgar", "Pethrimo", "Xandelle", "Wibrosk", "Djemalik"};
static const char *const nobody_family[] = {"Hartogvessel", "Nkumbaleni", "Ferreyrolles", "Sbirovitch",
                                            "Yacintelo",    "Gundhaller", "Cwmystrad",    "Ozdemirkan"};

typedef struct raised_pair {
    char text[80];
    const char *why;
} raised_pair;

/* A store of lists, the index of it, an office, and what was raised. */
typedef struct watched_house {
    office office;
    char folder[PATH_BYTES - 16], list[PATH_BYTES], index[PATH_BYTES], rosters[PATH_BYTES];
    mz_list_store *lists;
    mz_live *live;
    mz_watch watch;
    mz_worker *worker;
    raised_pair pairs[PAIRS_MOST];
    size_t pair_count, gone_count;
    char gone[8][32];
    bool gone_unknown;
    size_t gone_parts;   /* that it is told in, 0: one */
    size_t gone_calls;   /* of the last run that came so far */
    size_t gone_stop;    /* the worker is told to stop at that call; 0: never */
    unsigned stop_after; /* raisings until the worker is told to stop; 0: never */
    char listed[LISTED + 10][64];
    size_t listed_count;
} watched_house;

static const char *name_of(size_t n, char room[64]) {
    (void)snprintf(room, 64, "%s %s", given[n % 8], family[n / 8 % 6]);
    return room;
}

/* Of somebody who is on no list: of subject n. */
static const char *nobody(size_t n, char room[64]) {
    size_t k = n - n / 3;
    (void)snprintf(room, 64, "%s %s", nobody_given[k % 5], nobody_family[k / 5 % 8]);
    return room;
}

/* ---- the list ---- */

static void write_list(const watched_house *h) {
    FILE *file = fopen(h->list, "w");
    CHECK(file != NULL);
    for (size_t n = 0; n < h->listed_count; n++)
        if (h->listed[n][0])
            (void)fprintf(
                file,
                "{\"id\":\"a-%zu\",\"schema\":\"Person\",\"caption\":\"%s\",\"properties\":{\"name\":[\"%s\"]},"
                "\"datasets\":[\"alpha\"],\"target\":true}\n",
                n, h->listed[n], h->listed[n]);
    CHECK(fclose(file) == 0);
}

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    return mz_index_builder_add(context, record, error);
}

/* As `mizan index build` makes it. */
static void build_index(watched_house *h, bool versions) {
    mz_error error = {0};
    mz_index_builder *builder;
    mz_list_version *held;
    size_t count;
    bool fresh;
    CHECK_OK(mz_index_builder_new(h->index, &builder, &error), error);
    CHECK_OK(mz_list_store_current(h->lists, &held, &count, &error), error);
    for (size_t l = 0; l < count; l++) {
        mz_str version = mz_str_of(versions ? held[l].version : "");
        CHECK_OK(mz_index_builder_list(builder, mz_str_of(held[l].list), version, 0, &error), error);
        CHECK_OK(mz_list_store_records(h->lists, held[l].list, NULL, add_record, builder, &error), error);
    }
    CHECK_OK(mz_index_builder_finish(builder, &error), error);
    mz_index_builder_free(builder);
    free(held);
    if (h->live) CHECK_OK(mz_live_refresh(h->live, &fresh, &error), error);
}

static void bring_in(watched_house *h) {
    mz_error error = {0};
    mz_list_version version;
    bool fresh;
    const mz_import_options options = {.list = "alpha", .accept = true, .most_shrink = 1};
    write_list(h);
    CHECK_OK(
        mz_list_store_import(h->lists, mz_list_format_find(MZ_STR("ftm")), h->list, &options, &version, &fresh, &error),
        error);
    build_index(h, true);
}

/* ---- what is raised ---- */

static mz_status raise(void *context, mz_sql *sql, const mz_watch_found *found, mz_arena *arena,
                       mz_watch_raised *ret_raised, mz_error *error) {
    watched_house *h = context;
    (void)sql, (void)arena, (void)error;
    CHECK(memmem(found->query.data, found->query.size, "\"properties\":{", 14) != NULL);
    for (size_t k = 0; k < found->screening->hit_count; k++) {
        raised_pair pair = {.why = found->why};
        mz_str id = found->screening->hits[k].entity.id;
        (void)snprintf(pair.text, sizeof pair.text, "%.*s %.*s", (int)found->subject->reference.size,
                       found->subject->reference.data, (int)id.size, id.data);
        bool known = false;
        for (size_t p = 0; p < h->pair_count && !known; p++) known = !strcmp(h->pairs[p].text, pair.text);
        if (known) {
            ret_raised->known++;
            continue;
        }
        ret_raised->raised++;
        CHECK(h->pair_count < PAIRS_MOST);
        h->pairs[h->pair_count++] = pair;
    }
    if (h->stop_after && --h->stop_after == 0) mz_worker_stop(h->worker);
    return MZ_OK;
}

static mz_status gone(void *context, mz_sql *sql, mz_str agency, const mz_index *index, const mz_str *ids, size_t count,
                      mz_watch_gone_place *place, mz_arena *arena, mz_error *error) {
    watched_house *h = context;
    (void)sql, (void)agency, (void)index, (void)error;
    CHECK(MZ_ARENA_NEW(arena, 200 << 20, char) != NULL); /* each call has the whole of it */
    h->gone_calls = place->id + 1;
    h->gone_unknown = ids == NULL;
    h->gone_count = count;
    for (size_t k = 0; k < count && k < 8; k++)
        (void)snprintf(h->gone[k], sizeof h->gone[k], "%.*s", (int)ids[k].size, ids[k].data);
    if (h->gone_stop && h->gone_calls == h->gone_stop) mz_worker_stop(h->worker);
    place->over = ++place->id >= h->gone_parts;
    return MZ_OK;
}

static mz_status run(void *context, mz_task_run *run, mz_error *error) {
    const watched_house *h = context;
    return mz_watch_run(&h->watch, run, error);
}

/* ---- the house ---- */

static void new_worker(watched_house *h) {
    mz_error error = {0};
    const mz_task_runner *runner = h->office.arena.failed ? NULL : MZ_ARENA_NEW(&h->office.arena, 1, mz_task_runner);
    CHECK(runner != NULL);
    mz_task_runner made = {MZ_WATCH_KIND, run, h};
    memcpy((void *)(uintptr_t)runner, &made, sizeof made);
    if (h->worker) mz_worker_free(h->worker);
    CHECK_OK(mz_worker_new(h->office.store, runner, 1, &h->worker, &error), error);
}

static watched_house *open_house(const char *address) {
    static unsigned number;
    mz_error error = {0};
    watched_house *h = calloc(1, sizeof *h);
    CHECK(h != NULL);
    office_open(&h->office, address);
    (void)snprintf(h->folder, sizeof h->folder, "%s/house-%u", mz_test_folder(), number++);
    (void)snprintf(h->list, sizeof h->list, "%s.ftm.json", h->folder);
    (void)snprintf(h->index, sizeof h->index, "%s.mzi", h->folder);
    (void)snprintf(h->rosters, sizeof h->rosters, "%s/subjects", h->folder);
    CHECK_OK(mz_list_store_open(h->folder, true, &h->lists, &error), error);
    for (h->listed_count = 0; h->listed_count < LISTED; h->listed_count++)
        (void)name_of(h->listed_count, h->listed[h->listed_count]);
    bring_in(h);
    CHECK_OK(mz_live_open(h->index, &h->live, &error), error);
    h->watch = (mz_watch){.store = h->office.store,
                          .live = h->live,
                          .lists = h->lists,
                          .folder = h->rosters,
                          .build = "test-1",
                          .threads = 2,
                          .sink = {.raise = raise, .gone = gone, .context = h}};
    new_worker(h);
    return h;
}

static void close_house(watched_house *h) {
    mz_worker_free(h->worker);
    mz_live_close(h->live);
    mz_list_store_close(h->lists);
    office_close(&h->office);
    free(h);
}

/* ---- subjects ---- */

typedef struct putting {
    watched_house *house;
    const char *reference, *name;
    bool closed;
    mz_arena arena;
} putting;

static mz_status put(void *context, mz_sql *sql, mz_error *error) {
    putting *p = context;
    mz_actor actor = {.who = &p->house->office.in_house, .client = MZ_STR("test")};
    mz_fact fact = {.property = MZ_PROP_name, .value = mz_str_of(p->name)};
    mz_entity entity = {.schema = MZ_SCHEMA_Person, .facts = &fact, .fact_count = 1};
    mz_subject_draft draft = {MZ_STR("bank"), mz_str_of(p->reference), &entity};
    mz_subject subject;
    mz_subject_outcome outcome;
    mz_status status =
        mz_subject_put(sql, p->house->office.house.key, &actor, &draft, false, &p->arena, &subject, &outcome, error);
    if (!status && p->closed) status = mz_subject_close(sql, p->house->office.house.key, &actor, subject.key, error);
    return status;
}

static void put_subject(watched_house *h, const char *reference, const char *name, bool closed) {
    mz_error error = {0};
    putting p = {.house = h, .reference = reference, .name = name, .closed = closed};
    mz_arena_init(&p.arena, 1 << 24);
    CHECK_OK(mz_store_change(h->office.store, put, &p, &error), error);
    mz_arena_done(&p.arena);
}

/* Every third bears a listed name, the others none. */
static void put_subjects(watched_house *h, size_t count) {
    for (size_t n = 0; n < count; n++) {
        char reference[16], name[64];
        (void)snprintf(reference, sizeof reference, "s%zu", n);
        if (n % 3)
            (void)nobody(n, name);
        else
            (void)name_of(n / 3, name);
        put_subject(h, reference, name, false);
    }
}

/* ---- asking ---- */

static uint64_t look(watched_house *h) {
    mz_error error = {0};
    uint64_t added = 0;
    CHECK_OK(mz_watch_look(&h->watch, &added, &error), error);
    return added;
}

static bool step(watched_house *h) {
    mz_error error = {0};
    bool worked = false;
    CHECK_OK(mz_worker_step(h->worker, &worked, &error), error);
    return worked;
}

typedef struct fetching {
    watched_house *house;
    mz_task task;
    mz_watched watched;
    bool all;
    mz_arena *arena;
    int64_t unscreened;
} fetching;

static mz_status fetch(void *context, mz_sql *sql, mz_error *error) {
    fetching *f = context;
    mz_str agency = f->house->office.house.key;
    mz_task *tasks;
    size_t count;
    const mz_sql_value values[] = {mz_sql_text(agency)};
    const mz_sql_value *c;
    mz_status status =
        mz_tasks_list(sql, agency, MZ_STR(MZ_WATCH_KIND), MZ_STR(""), 1, f->arena, &tasks, &count, error);
    if (!status && count) f->task = tasks[0];
    if (!status) status = mz_watched_get(sql, agency, f->arena, &f->watched, error);
    if (!status)
        status =
            mz_sql_first(sql, "SELECT COUNT(*) FROM subject WHERE agency = ?1 AND state = 'active' AND screened = 0",
                         values, 1, f->arena, &c, error);
    if (!status) f->unscreened = c[0].number;
    return status;
}

static fetching fetched(watched_house *h) {
    mz_error error = {0};
    fetching f = {.house = h, .arena = &h->office.arena};
    CHECK_OK(mz_store_read(h->office.store, fetch, &f, &error), error);
    return f;
}

static int64_t result(const fetching *f, const char *key) {
    const mz_json_value *state;
    int64_t number = -1;
    mz_error error = {0};
    CHECK_OK(mz_json_parse(f->task.state, 0, f->arena, &state, &error), error);
    CHECK_OK(mz_json_read_int(mz_json_member(state, "result"), key, 0, INT64_MAX, &number, &error), error);
    return number;
}

static mz_str result_text(const fetching *f, const char *key) {
    const mz_json_value *state;
    mz_str text = MZ_STR("?");
    mz_error error = {0};
    CHECK_OK(mz_json_parse(f->task.state, 0, f->arena, &state, &error), error);
    CHECK_OK(mz_json_read_str(mz_json_member(state, "result"), key, &text, &error), error);
    return text;
}

static void run_whole(watched_house *h) {
    CHECK_INT(1, look(h));
    CHECK(step(h));
    fetching f = fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_STR(MZ_STR(""), f.task.error);
    CHECK_INT(0, f.unscreened);
    CHECK_INT(0, look(h)); /* there is nothing left to do */
}

static bool was_raised(const watched_house *h, const char *reference, size_t entity, const char *why) {
    char text[80];
    (void)snprintf(text, sizeof text, "%s a-%zu", reference, entity);
    for (size_t p = 0; p < h->pair_count; p++)
        if (!strcmp(h->pairs[p].text, text)) return !why || !strcmp(h->pairs[p].why, why);
    return false;
}

/* Everybody who is in the register is screened; whoever hits must have been raised. Returns how many pairs there are.
 */
typedef struct checking {
    watched_house *house;
    mz_screener *screener;
    mz_watch_page page;
    mz_arena arena;
} checking;

static mz_status read_all(void *context, mz_sql *sql, mz_error *error) {
    checking *c = context;
    return mz_watch_page_by_key(sql, c->house->office.house.key, MZ_STR(""), INT64_MAX, 1000, &c->arena, &c->page,
                                error);
}

static size_t as_if_everybody_was_screened(watched_house *h) {
    mz_error error = {0};
    checking c = {.house = h};
    size_t pairs = 0;
    mz_live_lease *lease = mz_live_take(h->live);
    const mz_screen_options options = {.limit = MZ_WATCH_HITS_MOST};
    mz_arena_init(&c.arena, 1 << 26);
    CHECK_OK(mz_screener_new(mz_live_index(lease), &options, &c.screener, &error), error);
    CHECK_OK(mz_store_read(h->office.store, read_all, &c, &error), error);
    for (size_t s = 0; s < c.page.count; s++) {
        const mz_entity *entity;
        const mz_screening *screening;
        CHECK_OK(mz_subject_entity(&c.page.subjects[s], &c.arena, &entity, &error), error);
        CHECK_OK(mz_screen(c.screener, MZ_STR(""), entity, &screening, &error), error);
        for (size_t k = 0; k < screening->hit_count; k++, pairs++) {
            char reference[64];
            (void)snprintf(reference, sizeof reference, "%.*s", (int)c.page.subjects[s].reference.size,
                           c.page.subjects[s].reference.data);
            size_t entity_number = strtoul(screening->hits[k].entity.id.data + strlen("a-"), NULL, 10);
            CHECK(was_raised(h, reference, entity_number, NULL));
        }
    }
    mz_screener_free(c.screener);
    mz_arena_done(&c.arena);
    mz_live_give_back(h->live, lease);
    return pairs;
}

/* ---- what holds ---- */

STORE_TEST(at_first_everybody_is_screened) {
    watched_house *h = open_house(address);
    CHECK_INT(0, look(h)); /* a register without subjects */
    put_subjects(h, SUBJECTS);
    run_whole(h);
    fetching f = fetched(h);
    CHECK_INT(SUBJECTS, result(&f, "screened"));
    CHECK_STR(MZ_STR("nobody was screened before"), result_text(&f, "everybody"));
    CHECK_STR(MZ_STR("subject.new"), result_text(&f, "why"));
    CHECK(was_raised(h, "s0", 0, "subject.new"));
    CHECK(as_if_everybody_was_screened(h) >= SUBJECTS / 3);
    CHECK(f.watched.ever && f.watched.list_count == 1);
    close_house(h);
}

STORE_TEST(when_a_list_changes_only_who_is_touched_is_raised) {
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    put_subject(h, "late", "Oddvarine Lumbrecht", false);
    put_subject(h, "left", "Oddvarine Lumbrecht", true);
    run_whole(h);
    size_t before = h->pair_count;
    (void)snprintf(h->listed[LISTED], 64, "Oddvarine Lumbrecht"); /* new */
    (void)nobody(7, h->listed[3]);                                /* another than it was */
    h->listed[5][0] = '\0';                                       /* no more there */
    h->listed_count = LISTED + 1;
    bring_in(h);
    run_whole(h);
    fetching f = fetched(h);
    CHECK_STR(MZ_STR("list.changed"), result_text(&f, "why"));
    CHECK_STR(MZ_STR(""), result_text(&f, "everybody"));
    CHECK_INT(2, result(&f, "screened"));
    CHECK_INT(2, result(&f, "raised"));
    CHECK_INT(before + 2, h->pair_count);
    CHECK(was_raised(h, "late", LISTED, "list.changed"));
    CHECK(was_raised(h, "s7", 3, "list.changed"));
    CHECK_INT(1, h->gone_count);
    CHECK_TEXT("a-5", h->gone[0]);
    (void)as_if_everybody_was_screened(h);
    close_house(h);
}

STORE_TEST(who_comes_or_changes_is_screened_against_all_lists) {
    watched_house *h = open_house(address);
    char name[64];
    put_subjects(h, SUBJECTS);
    run_whole(h);
    put_subject(h, "new", name_of(9, name), false);
    put_subject(h, "s1", name_of(11, name), false);
    put_subject(h, "nobody", "Lorem Ipsanquist", false);
    run_whole(h);
    fetching f = fetched(h);
    CHECK_INT(3, result(&f, "screened"));
    CHECK_STR(MZ_STR("subject.new"), result_text(&f, "why"));
    CHECK(was_raised(h, "new", 9, "subject.new"));
    CHECK(was_raised(h, "s1", 11, NULL));
    CHECK(result(&f, "raised") >= 2);
    (void)as_if_everybody_was_screened(h);
    close_house(h);
}

/* The roster holds who was there when it was made; who changed since is held against the list as he is now. */
STORE_TEST(who_changed_after_the_roster_was_made_is_touched_as_he_is_now) {
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    run_whole(h);
    h->listed_count = LISTED + 2;
    (void)snprintf(h->listed[LISTED], 64, "Firstimer Albrandt");
    (void)snprintf(h->listed[LISTED + 1], 64, "Firstimer Albrandt");
    bring_in(h);
    run_whole(h); /* makes the roster */
    put_subject(h, "s4", "Secondo Umbrelline", false);
    put_subject(h, "s7", "Thirdinand Opalescue", false);
    put_subject(h, "s7", "Fourthian Opalescue", false);
    run_whole(h); /* they are screened, and newer than the roster */
    (void)snprintf(h->listed[LISTED], 64, "Secondo Umbrelline");
    (void)nobody(4, h->listed[LISTED + 1]); /* as s4 was */
    bring_in(h);
    uint32_t subjects;
    int64_t made;
    bool there;
    mz_error error = {0};
    run_whole(h);
    CHECK_OK(mz_watch_roster(&h->watch, h->office.house.key, &subjects, &made, &there, &error), error);
    CHECK(there);
    CHECK_INT(SUBJECTS, subjects);
    CHECK(was_raised(h, "s4", LISTED, "list.changed"));
    CHECK(!was_raised(h, "s4", LISTED + 1, NULL));
    (void)as_if_everybody_was_screened(h);
    CHECK_OK(mz_watch_forget(&h->watch, h->office.house.key, &error), error);
    CHECK_OK(mz_watch_roster(&h->watch, h->office.house.key, &subjects, &made, &there, &error), error);
    CHECK(!there);
    close_house(h);
}

/* What the linker made of the program is in what it was judged by: a program that was built anew, of the same version,
 * screens everybody, and once. */
STORE_TEST(another_build_of_the_same_version_screens_everybody_once) {
    watched_house *h = open_house(address);
    char name[MZ_BUILD_NAME_SIZE];
    put_subjects(h, SUBJECTS);
    h->watch.build = "mizan 0.1.0 (6b1f)";
    run_whole(h);
    h->watch.build = "mizan 0.1.0 (9c0d)";
    run_whole(h);
    fetching f = fetched(h);
    CHECK_STR(MZ_STR("it is judged otherwise than before"), result_text(&f, "everybody"));
    CHECK_INT(SUBJECTS, result(&f, "screened"));
    h->watch.build = NULL; /* this one */
    run_whole(h);
    f = fetched(h);
    CHECK_INT(SUBJECTS, result(&f, "screened"));
    mz_build_name(name);
    CHECK(strstr(name, mz_build_version()) != NULL);
    CHECK(memmem(f.watched.by.data, f.watched.by.size, name, strlen(name)) != NULL);
    close_house(h);
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
    put_subject(h, reference, name, false);
    CHECK_OK(mz_store_change(h->office.store, mark_screened, &m, &error), error);
}

/* Whether before, with or after the lists: nobody falls between what was screened when it was given and a run. */
STORE_TEST(who_was_screened_when_given_is_screened_when_lists_change_before_the_next_run) {
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    run_whole(h);
    put_screened(h, "given-1", "Oddvarine Lumbrecht"); /* against lists without that name */
    (void)snprintf(h->listed[LISTED], 64, "Oddvarine Lumbrecht");
    h->listed_count = LISTED + 1;
    bring_in(h);
    put_subject(h, "given-2", "Oddvarine Lumbrecht", false);
    run_whole(h);
    CHECK(was_raised(h, "given-1", LISTED, "list.changed"));
    CHECK(was_raised(h, "given-2", LISTED, NULL));
    put_screened(h, "given-3", "Oddvarine Lumbrecht"); /* by who still had the lists of before in hand */
    run_whole(h);
    CHECK(was_raised(h, "given-3", LISTED, NULL));
    (void)as_if_everybody_was_screened(h);
    put_subject(h, "given-4", "Oddvarine Lumbrecht", true);
    CHECK_INT(0, look(h)); /* nobody is left of those that came */
    close_house(h);
}

static void everybody_because(watched_house *h, const char *why) {
    run_whole(h);
    fetching f = fetched(h);
    CHECK_STR(mz_str_of(why), result_text(&f, "everybody"));
    CHECK_INT(SUBJECTS, result(&f, "screened"));
    CHECK(h->gone_unknown);
    (void)as_if_everybody_was_screened(h);
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
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    run_whole(h);
    fetching f = fetched(h);
    CHECK_INT(0, result(&f, "not_wholly_screened"));
    CHECK_INT(0, partly(h).count);
    h->watch.build = "test-2";
    h->watch.budget = 1;
    run_whole(h);
    f = fetched(h);
    CHECK(result(&f, "not_wholly_screened") > SUBJECTS / 3);
    CHECK(result(&f, "not_wholly_screened") <= result(&f, "screened"));
    listing l = partly(h);
    CHECK_INT(result(&f, "not_wholly_screened"), l.count);
    CHECK_STR(MZ_STR("bank"), l.subjects[0].source);
    CHECK(l.subjects[0].caption.size && l.subjects[0].at);
    CHECK(l.subjects[0].why[MZ_PARTLY_WORK] && !l.subjects[0].why[MZ_PARTLY_QUERY]);
    h->watch.budget = 0;
    char left[32];
    (void)snprintf(left, sizeof left, "%.*s", (int)l.subjects[0].reference.size, l.subjects[0].reference.data);
    put_subject(h, left, "Firstimer Albrandt", false);
    run_whole(h); /* of him alone, wholly */
    CHECK_INT(l.count - 1, partly(h).count);
    h->watch.build = "test-3";
    run_whole(h);
    CHECK_INT(0, partly(h).count);
    close_house(h);
}

/* Whoever the roster could not judge wholly is screened like whom it found, and listed. */
STORE_TEST(cuts_in_the_roster_are_told) {
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    put_subject(h, "late", "Oddvarine Lumbrecht", false);
    run_whole(h);
    h->watch.budget = 1;
    h->listed_count = LISTED + 1;
    (void)snprintf(h->listed[LISTED], 64, "Oddvarine Lumbrecht");
    bring_in(h);
    run_whole(h);
    fetching f = fetched(h);
    CHECK(result(&f, "screened") >= 1);
    CHECK(result(&f, "not_wholly_screened") >= 1);
    listing l = partly(h);
    bool late = false;
    for (size_t k = 0; k < l.count; k++) late |= mz_str_equal(l.subjects[k].reference, MZ_STR("late"));
    CHECK(late);
    put_subject(h, "later", "Secondo Umbrelline", false); /* newer than the roster */
    h->watch.budget = 0;
    run_whole(h);
    h->watch.budget = 1;
    (void)snprintf(h->listed[LISTED], 64, "Secondo Umbrelline");
    bring_in(h);
    run_whole(h);
    l = partly(h);
    bool later = false;
    for (size_t k = 0; k < l.count; k++) later |= mz_str_equal(l.subjects[k].reference, MZ_STR("later"));
    CHECK(later);
    close_house(h);
}

STORE_TEST(everybody_is_screened_where_what_was_cannot_be_told) {
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    run_whole(h);
    h->watch.build = "test-2";
    everybody_because(h, "it is judged otherwise than before");
    build_index(h, false); /* without versions, as of files */
    run_whole(h);
    (void)snprintf(h->listed[1], 64, "Somebody Elsewhere");
    write_list(h);
    bring_in(h);
    build_index(h, false);
    everybody_because(h, "a version that was screened against is no longer kept");
    close_house(h);
}

static mz_status ask(void *context, mz_sql *sql, mz_error *error) {
    const office *o = context;
    char key[MZ_SQL_KEY_SIZE];
    return mz_watch_ask(sql, o->house.key, true, MZ_STR(""), key, error);
}

STORE_TEST(it_is_asked_for_everybody_by_hand) {
    watched_house *h = open_house(address);
    mz_error error = {0};
    put_subjects(h, SUBJECTS);
    run_whole(h);
    bring_in(h);
    CHECK_INT(0, look(h)); /* the same list again is nothing new */
    CHECK_OK(mz_store_change(h->office.store, ask, &h->office, &error), error);
    CHECK(step(h));
    fetching f = fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_STR(MZ_STR("it was asked for"), result_text(&f, "everybody"));
    CHECK_INT(SUBJECTS, result(&f, "screened"));
    CHECK_INT(0, result(&f, "raised"));
    CHECK(result(&f, "known") > 0);
    close_house(h);
}

/* Stopped at any point, a run goes on where it was: nobody is left out, whatever it was doing. */
STORE_TEST(a_run_that_is_stopped_goes_on) {
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    CHECK_INT(1, look(h));
    for (int times = 0; times < 30; times++) {
        h->stop_after = 3;
        if (!step(h)) break;
        if (mz_str_equal(fetched(h).task.phase, MZ_STR("done"))) break;
        CHECK_STR(MZ_STR("waiting"), fetched(h).task.phase);
        new_worker(h);
    }
    h->stop_after = 0;
    fetching f = fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_INT(0, f.unscreened);
    (void)as_if_everybody_was_screened(h);
    for (size_t n = 20; n < LISTED; n++)
        if (n % 3) (void)nobody(n, h->listed[n]);
    bring_in(h);
    CHECK_INT(1, look(h));
    for (int times = 0; times < 30; times++) {
        h->stop_after = 2;
        if (!step(h) || mz_str_equal(fetched(h).task.phase, MZ_STR("done"))) break;
        new_worker(h);
    }
    f = fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK(as_if_everybody_was_screened(h) > SUBJECTS / 3);
    CHECK_INT(0, look(h));
    close_house(h);
}

/* Whom the lists have no more is told in parts, each in its transaction; broken off, from the start. */
STORE_TEST(who_is_gone_is_told_in_parts) {
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    run_whole(h);
    h->gone_parts = 5;
    h->gone_stop = 3;
    h->listed[5][0] = '\0';
    bring_in(h);
    CHECK_INT(1, look(h));
    CHECK(step(h));
    CHECK_STR(MZ_STR("waiting"), fetched(h).task.phase);
    CHECK_INT(3, h->gone_calls);
    CHECK(!h->gone_unknown);
    h->gone_stop = 0;
    new_worker(h);
    CHECK(step(h));
    CHECK_STR(MZ_STR("done"), fetched(h).task.phase);
    CHECK_INT(5, h->gone_calls);
    CHECK_INT(0, look(h));
    close_house(h);
}

/* Where a version that was screened against lies; moved away, it is no longer kept. */
static void move_version(watched_house *h, bool away) {
    char kept[2 * PATH_BYTES], hidden[2 * PATH_BYTES];
    fetching f = fetched(h);
    CHECK_INT(1, f.watched.list_count);
    (void)snprintf(kept, sizeof kept, "%s/lists/alpha/%.*s", h->folder, (int)f.watched.lists[0].version.size,
                   f.watched.lists[0].version.data);
    (void)snprintf(hidden, sizeof hidden, "%s.hidden-version", h->folder);
    CHECK(rename(away ? kept : hidden, away ? hidden : kept) == 0);
}

/* Many are touched. */
static void change_much(watched_house *h) {
    for (size_t n = 20; n < LISTED; n++)
        if (n % 3) (void)nobody(n, h->listed[n]);
    bring_in(h);
}

/* A run that is stopped when it has raised some. */
static void begin_a_run(watched_house *h) {
    CHECK_INT(1, look(h));
    h->stop_after = 3;
    CHECK(step(h));
    h->stop_after = 0;
    CHECK_STR(MZ_STR("waiting"), fetched(h).task.phase);
    new_worker(h);
}

/* It was on its way through those whom the list touches, and goes on through everybody: who is before its place was not
 * looked at yet. */
STORE_TEST(a_run_that_goes_on_the_other_way_begins_anew) {
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    run_whole(h);
    change_much(h);
    begin_a_run(h);
    fetching f = fetched(h);
    int64_t before = result(&f, "screened");
    CHECK(before > 0);
    CHECK_STR(MZ_STR(""), result_text(&f, "everybody"));
    move_version(h, true);
    CHECK(step(h));
    f = fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_STR(MZ_STR("a version that was screened against is no longer kept"), result_text(&f, "everybody"));
    CHECK_INT(before + SUBJECTS, result(&f, "screened"));
    (void)as_if_everybody_was_screened(h);
    close_house(h);
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
    watched_house *h = open_house(address);
    put_subjects(h, SUBJECTS);
    run_whole(h);
    size_t raised = h->pair_count;
    change_much(h);
    move_version(h, true);
    begin_a_run(h);
    fetching f = fetched(h);
    int64_t before = result(&f, "screened");
    CHECK(before > 0);
    CHECK(result_text(&f, "everybody").size > 0);
    move_version(h, false);
    CHECK(step(h));
    f = fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_STR(MZ_STR(""), result_text(&f, "everybody"));
    CHECK(subjects_raised_from(h, raised) > 10);
    CHECK_INT(subjects_raised_from(h, raised), result(&f, "screened") - before);
    (void)as_if_everybody_was_screened(h);
    CHECK_INT(0, look(h));
    close_house(h);
}

STORE_TEST(what_failed_rests_before_it_is_tried_again) {
    watched_house *h = open_house(address);
    put_subjects(h, 6);
    h->watch.folder = "/proc/not-there";
    run_whole(h); /* no roster is needed yet */
    (void)snprintf(h->listed[LISTED], 64, "Oddvarine Lumbrecht");
    h->listed_count = LISTED + 1;
    bring_in(h);
    CHECK_INT(1, look(h));
    CHECK_INT(0, look(h));
    CHECK(step(h));
    CHECK_STR(MZ_STR("failed"), fetched(h).task.phase);
    CHECK_INT(0, look(h));
    office_later(601);
    h->watch.folder = h->rosters;
    run_whole(h);
    close_house(h);
}

/* Another agency's subjects, and its standing, are its own. */
STORE_TEST(agencies_are_watched_each_by_itself) {
    watched_house *h = open_house(address);
    put_subjects(h, 6);
    run_whole(h);
    mz_agency house = h->office.house;
    h->office.house = h->office.bureau;
    h->office.in_house = h->office.in_bureau;
    CHECK_INT(0, look(h));
    put_subjects(h, 3);
    run_whole(h);
    fetching f = fetched(h);
    CHECK_INT(3, result(&f, "screened"));
    h->office.house = house;
    f = fetched(h);
    CHECK_INT(6, result(&f, "screened"));
    close_house(h);
}

TEST_MAIN()
