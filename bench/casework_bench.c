/* mizan-bench-casework: what raising alerts takes, and what opening a queue of them does.
 *
 * usage: mizan-bench-casework [--json] ALERTS ADDRESS...
 *
 * Each address is a path or postgresql://…, of a store that is new. So many subjects are each raised one alert, a
 * thousand in a transaction, by one thread, each with its receipt in the audit chain; the same again finds all of them
 * known. Then pages of 50 are read, with the counts and without, each twenty times: the middle one is told, in
 * milliseconds. Then all cases are decided, so that each leaves a clearance, and of these all but a hundred are
 * revoked: pages of clearances and of closed cases are read before and after. The subjects are put in before, and are
 * not measured. */
#include "access/agencies.h"
#include "base/clock.h"
#include "cases/cases.h"
#include "cases/clearances.h"
#include "entity/record.h"
#include "mizan/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AT_ONCE = 1000, TRIES = 20, LISTED = 64, PAGE = 50, LEFT_VALID = 100, ARENA_BYTES = 512 << 20 };

typedef struct bench {
    mz_store *store;
    mz_access *access;
    mz_agency agency;
    mz_principal who;
    mz_actor actor;
    mz_index *index;
    mz_screener *screener;
    mz_entity_facts *facts;
    mz_subject *subjects;
    size_t count, from, raised, known;
    mz_arena arena, kept;
    mz_queue_query query;
    mz_clearance_query clearances;
    mz_alerts_query alerts;
    bool counts;
    mz_error error;
} bench;

static void check(bench *b, mz_status status) {
    if (!status) return;
    fprintf(stderr, "mizan-bench-casework: %s\n", b->error.text);
    exit(1);
}

static const mz_record *person(mz_builder *builder, const char *id, unsigned number, mz_error *error) {
    const mz_record *record = NULL;
    const mz_position nowhere = {0};
    char name[64], date[16];
    snprintf(name, sizeof name, "Tamrin Wardafi%c%c", 'a' + (int)(number % 8), 'a' + (int)(number / 8 % 8));
    snprintf(date, sizeof date, "19%02u-05-01", 20 + number % LISTED);
    mz_builder_start(builder, MZ_STR("bench"));
    (void)mz_builder_entity(builder, MZ_SCHEMA_Person, mz_str_of(id), nowhere);
    (void)mz_builder_add(builder, 0, MZ_PROP_name, mz_str_of(name), nowhere);
    (void)mz_builder_add(builder, 0, MZ_PROP_birthDate, mz_str_of(date), nowhere);
    return mz_builder_finish(builder, &record, error) ? NULL : record;
}

static void build_index(bench *b, const char *path) {
    mz_index_builder *image;
    mz_builder *builder;
    const mz_screen_options options = {.threshold = 0.99, .limit = 1};
    char id[32];
    check(b, mz_index_builder_new(path, &image, &b->error));
    check(b, mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &b->error));
    check(b, mz_index_builder_list(image, MZ_STR("bench"), MZ_STR("1"), 0, &b->error));
    for (unsigned k = 0; k < LISTED; k++) {
        snprintf(id, sizeof id, "bench-%u", k);
        check(b, mz_index_builder_add(image, person(builder, id, k, &b->error), &b->error));
    }
    check(b, mz_index_builder_finish(image, &b->error));
    mz_index_builder_free(image);
    mz_builder_free(builder);
    check(b, mz_index_open(path, &b->index, &b->error));
    check(b, mz_screener_new(b->index, &options, &b->screener, &b->error));
    check(b, mz_entity_facts_new(b->index, &b->facts, &b->error));
}

static void open_store(bench *b, const char *address) {
    mz_access_settings settings = MZ_ACCESS_SETTINGS_INIT;
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    char password[MZ_ONE_TIME_PASSWORD_SIZE];
    settings.password_cost = (mz_password_cost){.memory_bytes = 16384, .passes = 1};
    draft.name = MZ_STR("bench");
    check(b, mz_store_open(address, &b->store, &b->error));
    check(b, mz_access_open(b->store, &settings, &b->access, &b->error));
    check(b, mz_agency_begin(b->access, &draft, MZ_STR("bench"), &b->kept, &b->agency, password, &b->error));
    b->who = mz_access_command(&b->agency);
    b->actor = (mz_actor){.who = &b->who, .client = MZ_STR("bench")};
}

static mz_status put_subjects(void *context, mz_sql *sql, mz_error *error) {
    bench *b = context;
    mz_builder *builder;
    mz_status status = mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, error);
    mz_arena_reset(&b->arena);
    for (size_t k = b->from; k < b->count && k < b->from + AT_ONCE && !status; k++) {
        char reference[32];
        mz_subject_outcome outcome;
        snprintf(reference, sizeof reference, "K-%zu", k);
        const mz_record *record = person(builder, reference, (unsigned)k, error);
        const mz_subject_draft draft = {
            .source = MZ_STR("bench"), .reference = mz_str_of(reference), .entity = &record->entities[0]};
        mz_subject made;
        status = mz_subject_put(sql, b->agency.key, &b->actor, &draft, false, &b->arena, &made, &outcome, error);
        b->subjects[k] = made;
        b->subjects[k].key = mz_arena_copy(&b->kept, made.key);
        b->subjects[k].reference = mz_arena_copy(&b->kept, made.reference);
        b->subjects[k].caption = mz_arena_copy(&b->kept, made.caption);
        b->subjects[k].properties = mz_arena_copy(&b->kept, made.properties);
    }
    mz_builder_free(builder);
    return status;
}

static mz_status raise_some(void *context, mz_sql *sql, mz_error *error) {
    bench *b = context;
    mz_status status = MZ_OK;
    size_t raised_now = 0, known_now = 0;
    for (size_t k = b->from; k < b->count && k < b->from + AT_ONCE && !status; k++) {
        const mz_screening *screening;
        const mz_entity *entity;
        mz_raised raised;
        mz_arena_reset(&b->arena);
        status = mz_subject_entity(&b->subjects[k], &b->arena, &entity, error);
        if (!status) status = mz_screen(b->screener, b->subjects[k].key, entity, &screening, error);
        const mz_raising raising = {.agency = b->agency.key,
                                    .actor = &b->actor,
                                    .subject = &b->subjects[k],
                                    .index = b->index,
                                    .facts = b->facts,
                                    .query = mz_arena_print(&b->arena, "{\"properties\":%.*s}",
                                                            (int)b->subjects[k].properties.size,
                                                            b->subjects[k].properties.data),
                                    .screening = screening,
                                    .why = "list.changed"};
        if (!status) status = mz_cases_raise(sql, &raising, &b->arena, &raised, error);
        raised_now += raised.raised;
        known_now += raised.known;
    }
    b->raised += status ? 0 : raised_now;
    b->known += status ? 0 : known_now;
    return status;
}

static double run_all(bench *b, mz_store_work *work) {
    uint64_t start = mz_clock_ns();
    for (b->from = 0; b->from < b->count; b->from += AT_ONCE) check(b, mz_store_change(b->store, work, b, &b->error));
    return (double)(mz_clock_ns() - start) / 1e9;
}

static mz_status read_page(void *context, mz_sql *sql, mz_error *error) {
    bench *b = context;
    mz_case *cases;
    size_t count;
    mz_str next;
    mz_queue_counts counts;
    mz_arena_reset(&b->arena);
    mz_status status = mz_queue_list(sql, b->agency.key, &b->query, &b->arena, &cases, &count, &next, error);
    if (!status && b->counts)
        status = mz_queue_count(sql, b->agency.key, MZ_STR("nobody"), mz_clock_now() + 86400 * 365, &counts, error);
    return status;
}

static int order_doubles(const void *a, const void *b) {
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static mz_status read_clearances(void *context, mz_sql *sql, mz_error *error) {
    bench *b = context;
    mz_clearance *clearances;
    size_t count;
    mz_arena_reset(&b->arena);
    return mz_clearances_list(sql, b->agency.key, &b->clearances, &b->arena, &clearances, &count, error);
}

static mz_status read_alerts(void *context, mz_sql *sql, mz_error *error) {
    bench *b = context;
    mz_alert *alerts;
    size_t count;
    mz_str next;
    mz_arena_reset(&b->arena);
    return mz_alerts_list(sql, b->agency.key, &b->alerts, &b->arena, &alerts, &count, &next, error);
}

static mz_status decide_some(void *context, mz_sql *sql, mz_error *error) {
    bench *b = context;
    mz_case *cases;
    mz_str next, decision;
    const mz_queue_query query = {.escalated = -1, .phase = MZ_STR("open"), .order = MZ_QUEUE_BY_AGE, .limit = AT_ONCE};
    const mz_decision_draft draft = {.disposition = MZ_FALSE_POSITIVE, .reason = MZ_STR("name-only")};
    size_t count;
    mz_arena_reset(&b->arena);
    mz_status status = mz_queue_list(sql, b->agency.key, &query, &b->arena, &cases, &count, &next, error);
    for (size_t k = 0; k < count && !status; k++) {
        mz_case_change change = {
            .agency = b->agency.key, .actor = &b->actor, .case_key = cases[k].key, .version = cases[k].version};
        status = mz_case_decide(sql, &change, &draft, &b->arena, &decision, error);
    }
    return status;
}

/* The oldest stay valid, which stand at the end of the list. */
static mz_status revoke_some(void *context, mz_sql *sql, mz_error *error) {
    bench *b = context;
    mz_clearance *found;
    const mz_clearance_query query = {.state = MZ_STR("valid"), .limit = AT_ONCE, .now = mz_clock_now()};
    size_t count;
    mz_arena_reset(&b->arena);
    mz_status status = mz_clearances_list(sql, b->agency.key, &query, &b->arena, &found, &count, error);
    size_t all = b->count - b->from, most = all > LEFT_VALID ? all - LEFT_VALID : 0;
    for (size_t k = 0; k < count && k < most && !status; k++)
        status = mz_clearance_revoke(sql, b->agency.key, &b->actor, found[k].key, MZ_STR(""), &b->arena, error);
    return status;
}

static double middle_of(bench *b, mz_store_work *read) {
    double times[TRIES];
    for (int k = 0; k < TRIES; k++) {
        uint64_t start = mz_clock_ns();
        check(b, mz_store_read(b->store, read, b, &b->error));
        times[k] = (double)(mz_clock_ns() - start) / 1e6;
    }
    qsort(times, TRIES, sizeof *times, order_doubles);
    return times[TRIES / 2];
}

static void tell(const bench *b, bool json, const char *figure, double value, const char *unit) {
    const char *store = mz_store_shown(b->store);
    const char *kind = strstr(store, "postgresql") ? "postgresql" : "sqlite";
    if (json)
        printf("{\"figure\":\"casework.%s.%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", kind, figure, value, unit);
    else
        printf("%-11s %-28s %12.2f %s\n", kind, figure, value, unit);
    fflush(stdout);
}

static void run_pages(bench *b, bool json) {
    static const struct {
        const char *figure;
        mz_queue_query query;
        bool counts;
    } pages[] = {
        {"first page, by weight", {.escalated = -1, .order = MZ_QUEUE_BY_WEIGHT}, false},
        {"first page and counts", {.escalated = -1, .order = MZ_QUEUE_BY_WEIGHT}, true},
        {"first page, by age", {.escalated = -1, .order = MZ_QUEUE_BY_AGE}, false},
        {"first page, by due", {.escalated = -1, .order = MZ_QUEUE_BY_DUE}, false},
        {"one phase, empty", {.escalated = -1, .phase = MZ_STR_INIT("proposed")}, false},
        {"one label", {.escalated = -1, .text = MZ_STR_INIT("-000777")}, false},
        {"a list with none", {.escalated = -1, .list = MZ_STR_INIT("nowhere")}, false},
        {"escalated, none", {.escalated = 1}, false},
        {"somebody's, none", {.escalated = -1, .assignee = MZ_STR_INIT("nobody")}, false},
    };
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        b->query = pages[k].query;
        b->query.limit = PAGE;
        b->counts = pages[k].counts;
        tell(b, json, pages[k].figure, middle_of(b, read_page), "ms");
    }
    for (mz_queue_order order = MZ_QUEUE_BY_WEIGHT; order <= MZ_QUEUE_BY_AGE; order++) {
        b->alerts = (mz_alerts_query){.list = MZ_STR("nowhere"), .order = order, .limit = PAGE};
        tell(b, json, order ? "alerts of no list, by age" : "alerts of no list", middle_of(b, read_alerts), "ms");
        b->alerts.list = MZ_STR("bench");
        tell(b, json, order ? "alerts of a list, by age" : "alerts of a list", middle_of(b, read_alerts), "ms");
    }
}

static void run_closed(bench *b, bool json) {
    static const struct {
        const char *figure;
        mz_queue_query query;
    } pages[] = {
        {"all phases, one label", {.escalated = -1, .phase = MZ_STR_INIT("all"), .text = MZ_STR_INIT("-000777")}},
        {"all phases, no text", {.escalated = -1, .phase = MZ_STR_INIT("all"), .text = MZ_STR_INIT("zzz")}},
        {"all phases, a text of all", {.escalated = -1, .phase = MZ_STR_INIT("all"), .text = MZ_STR_INIT("tamrin")}},
        {"all phases, a list of all", {.escalated = -1, .phase = MZ_STR_INIT("all"), .list = MZ_STR_INIT("bench")}},
        {"all phases, nobody's",
         {.escalated = -1, .phase = MZ_STR_INIT("all"), .assignee = MZ_STR_INIT("-"), .order = MZ_QUEUE_BY_DUE}},
    };
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        b->query = pages[k].query;
        b->query.limit = PAGE;
        b->counts = false;
        tell(b, json, pages[k].figure, middle_of(b, read_page), "ms");
    }
}

static void run_clearances(bench *b, bool json, bool few) {
    static const struct {
        const char *many, *few;
        mz_clearance_query query;
    } pages[] = {
        {"clearances", "few clearances", {.state = MZ_STR_INIT("valid")}},
        {"clearances expired", "few clearances expired", {.state = MZ_STR_INIT("expired")}},
        {"all clearances", "few of all clearances", {.limit = PAGE}},
        {"clearances, no text", "few clearances, no text", {.state = MZ_STR_INIT("valid"), .text = MZ_STR_INIT("zzz")}},
        {"all clearances, no text", "few of all, no text", {.text = MZ_STR_INIT("zzz")}},
    };
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        b->clearances = pages[k].query;
        b->clearances.limit = PAGE;
        b->clearances.now = mz_clock_now();
        tell(b, json, few ? pages[k].few : pages[k].many, middle_of(b, read_clearances), "ms");
    }
    b->clearances =
        (mz_clearance_query){.state = MZ_STR("valid"), .limit = PAGE, .now = mz_clock_now() + INT64_C(2) * 366 * 86400};
    tell(b, json, few ? "few, none in time" : "clearances, none in time", middle_of(b, read_clearances), "ms");
    b->clearances.state = MZ_STR("expired");
    tell(b, json, few ? "few, out of time" : "clearances, out of time", middle_of(b, read_clearances), "ms");
}

static void run(const char *address, size_t count, bool json) {
    bench b = {.count = count};
    char folder[] = "/tmp/mizan-bench-casework-XXXXXX", path[64];
    if (!mkdtemp(folder)) exit(1);
    snprintf(path, sizeof path, "%s/index.mzi", folder);
    mz_arena_init(&b.arena, ARENA_BYTES);
    mz_arena_init(&b.kept, (size_t)4 << 30);
    b.subjects = calloc(count, sizeof *b.subjects);
    if (!b.subjects) exit(1);
    build_index(&b, path);
    open_store(&b, address);
    (void)run_all(&b, put_subjects);
    double seconds = run_all(&b, raise_some);
    tell(&b, json, "alerts raised", (double)b.raised / seconds, "/s");
    seconds = run_all(&b, raise_some);
    tell(&b, json, "alerts known", (double)b.known / seconds, "/s");
    run_pages(&b, json);
    seconds = run_all(&b, decide_some);
    tell(&b, json, "cases decided", (double)count / seconds, "/s");
    run_closed(&b, json);
    run_clearances(&b, json, false);
    seconds = run_all(&b, revoke_some);
    tell(&b, json, "clearances revoked", (double)count / seconds, "/s");
    run_clearances(&b, json, true);
    mz_entity_facts_free(b.facts);
    mz_screener_free(b.screener);
    mz_index_close(b.index);
    mz_access_close(b.access);
    mz_store_close(b.store);
    mz_arena_done(&b.arena);
    mz_arena_done(&b.kept);
    free(b.subjects);
    unlink(path);
    rmdir(folder);
}

int main(int argc, char **argv) {
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    int at = 1 + json;
    if (argc < at + 2) {
        fputs("usage: mizan-bench-casework [--json] ALERTS ADDRESS...\n", stderr);
        return 2;
    }
    size_t count = (size_t)strtoul(argv[at], NULL, 10);
    for (int k = at + 1; k < argc; k++) run(argv[k], count, json);
    return 0;
}
