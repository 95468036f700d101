/* See watched.h. */
#include "watched.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const given[] = {"Tamovel",  "Kirune",   "Zeynaf",  "Oludare",
                                    "Marisken", "Haldorin", "Yusrane", "Belkane"};
static const char *const family[] = {"Zorvanek", "Quellimar", "Adenwhite", "Tressaval", "Mokhtarune", "Ostrovane"};

static const char *const nobody_given[] = {"Ulvgar", "Pethrimo", "Xandelle", "Wibrosk", "Djemalik"};
static const char *const nobody_family[] = {"Hartogvessel", "Nkumbaleni", "Ferreyrolles", "Sbirovitch",
                                            "Yacintelo",    "Gundhaller", "Cwmystrad",    "Ozdemirkan"};

const char *watched_name_of(size_t n, char room[64]) {
    (void)snprintf(room, 64, "%s %s", given[n % 8], family[n / 8 % 6]);
    return room;
}

/* Of somebody who is on no list: of subject n. */
const char *watched_nobody(size_t n, char room[64]) {
    size_t k = n - n / 3;
    (void)snprintf(room, 64, "%s %s", nobody_given[k % 5], nobody_family[k / 5 % 8]);
    return room;
}

/* ---- the list ---- */

void watched_write_list(const watched_house *h) {
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
void watched_build_index(watched_house *h, bool versions) {
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

void watched_bring_in(watched_house *h) {
    mz_error error = {0};
    mz_list_version version;
    bool fresh;
    const mz_import_options options = {.list = "alpha", .accept = true, .most_shrink = 1};
    watched_write_list(h);
    CHECK_OK(
        mz_list_store_import(h->lists, mz_list_format_find(MZ_STR("ftm")), h->list, &options, &version, &fresh, &error),
        error);
    watched_build_index(h, true);
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

static mz_status gone(void *context, mz_sql *sql, mz_str agency, const mz_index *index, bool everybody,
                      const mz_str *ids, size_t count, mz_watch_gone_place *place, mz_arena *arena, mz_error *error) {
    watched_house *h = context;
    (void)sql, (void)agency, (void)index, (void)error;
    CHECK(MZ_ARENA_NEW(arena, 200 << 20, char) != NULL); /* each call has the whole of it */
    h->gone_calls = place->id + 1;
    h->gone_unknown = everybody;
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

void watched_new_worker(watched_house *h) {
    mz_error error = {0};
    const mz_task_runner *runner = h->office.arena.failed ? NULL : MZ_ARENA_NEW(&h->office.arena, 1, mz_task_runner);
    CHECK(runner != NULL);
    mz_task_runner made = {MZ_WATCH_KIND, run, h};
    memcpy((void *)(uintptr_t)runner, &made, sizeof made);
    if (h->worker) mz_worker_free(h->worker);
    CHECK_OK(mz_worker_new(h->office.store, runner, 1, &h->worker, &error), error);
}

watched_house *watched_open(const char *address) {
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
        (void)watched_name_of(h->listed_count, h->listed[h->listed_count]);
    watched_bring_in(h);
    CHECK_OK(mz_live_open(h->index, &h->live, &error), error);
    h->watch = (mz_watch){.store = h->office.store,
                          .live = h->live,
                          .lists = h->lists,
                          .folder = h->rosters,
                          .build = "test-1",
                          .threads = 2,
                          .sink = {.raise = raise, .gone = gone, .context = h}};
    watched_new_worker(h);
    return h;
}

void watched_close(watched_house *h) {
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

void watched_put_subject(watched_house *h, const char *reference, const char *name, bool closed) {
    mz_error error = {0};
    putting p = {.house = h, .reference = reference, .name = name, .closed = closed};
    mz_arena_init(&p.arena, 1 << 24);
    CHECK_OK(mz_store_change(h->office.store, put, &p, &error), error);
    mz_arena_done(&p.arena);
}

/* Every third bears a listed name, the others none. */
void watched_put_subjects(watched_house *h, size_t count) {
    for (size_t n = 0; n < count; n++) {
        char reference[32], name[64];
        (void)snprintf(reference, sizeof reference, "s%zu", n);
        if (n % 3)
            (void)watched_nobody(n, name);
        else
            (void)watched_name_of(n / 3, name);
        watched_put_subject(h, reference, name, false);
    }
}

/* ---- asking ---- */

uint64_t watched_look(watched_house *h) {
    mz_error error = {0};
    uint64_t added = 0;
    CHECK_OK(mz_watch_look(&h->watch, &added, &error), error);
    return added;
}

bool watched_step(watched_house *h) {
    mz_error error = {0};
    bool worked = false;
    CHECK_OK(mz_worker_step(h->worker, &worked, &error), error);
    return worked;
}

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

fetching watched_fetched(watched_house *h) {
    mz_error error = {0};
    fetching f = {.house = h, .arena = &h->office.arena};
    CHECK_OK(mz_store_read(h->office.store, fetch, &f, &error), error);
    return f;
}

int64_t watched_result(const fetching *f, const char *key) {
    const mz_json_value *state;
    int64_t number = -1;
    mz_error error = {0};
    CHECK_OK(mz_json_parse(f->task.state, 0, f->arena, &state, &error), error);
    CHECK_OK(mz_json_read_int(mz_json_member(state, "result"), key, 0, INT64_MAX, &number, &error), error);
    return number;
}

mz_str watched_result_text(const fetching *f, const char *key) {
    const mz_json_value *state;
    mz_str text = MZ_STR("?");
    mz_error error = {0};
    CHECK_OK(mz_json_parse(f->task.state, 0, f->arena, &state, &error), error);
    CHECK_OK(mz_json_read_str(mz_json_member(state, "result"), key, &text, &error), error);
    return text;
}

void watched_run_whole(watched_house *h) {
    CHECK_INT(1, watched_look(h));
    CHECK(watched_step(h));
    fetching f = watched_fetched(h);
    CHECK_STR(MZ_STR("done"), f.task.phase);
    CHECK_STR(MZ_STR(""), f.task.error);
    CHECK_INT(0, f.unscreened);
    CHECK_INT(0, watched_look(h)); /* there is nothing left to do */
}

bool watched_was_raised(const watched_house *h, const char *reference, size_t entity, const char *why) {
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

size_t watched_as_if_everybody_was_screened(watched_house *h) {
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
            CHECK(watched_was_raised(h, reference, entity_number, NULL));
        }
    }
    mz_screener_free(c.screener);
    mz_arena_done(&c.arena);
    mz_live_give_back(h->live, lease);
    return pairs;
}
