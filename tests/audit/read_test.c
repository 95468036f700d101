/* Entries are found by what they are about, newest first, a page at a time. */
#include "chains.h"

#include "base/error.h"
#include "oom.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct asking {
    mz_audit_query query;
    mz_arena *arena;
    mz_audit_entry *entries, one;
    size_t count;
    int64_t number;
    mz_str chain;
} asking;

static mz_status ask(void *context, mz_sql *sql, mz_error *error) {
    asking *asked = context;
    return mz_audit_list(sql, &asked->query, asked->arena, &asked->entries, &asked->count, error);
}

static mz_status get(void *context, mz_sql *sql, mz_error *error) {
    asking *asked = context;
    return mz_audit_get(sql, asked->chain, asked->number, asked->arena, &asked->one, error);
}

/* The numbers that a query finds, "9 7 5". */
static mz_str numbers_of(chains *open, mz_audit_query query) {
    asking asked = {.query = query, .arena = &open->arena};
    mz_str text = MZ_STR("");
    mz_error error;
    if (!asked.query.chain.size) asked.query.chain = HOUSE;
    if (!asked.query.limit) asked.query.limit = 100;
    CHECK_OK(mz_store_read(open->store, ask, &asked, &error), error);
    for (size_t k = 0; k < asked.count; k++)
        text = mz_arena_print(&open->arena, "%.*s%s%lld", (int)text.size, text.data, k ? " " : "",
                              (long long)asked.entries[k].number);
    return text;
}
#define CHECK_NUMBERS(expected, ...) CHECK_STR(MZ_STR(expected), numbers_of(&open, (mz_audit_query){__VA_ARGS__}))

STORE_TEST(a_family_of_kinds_and_a_time_are_paged_as_everything_is) {
    static const char *const kinds[] = {"case.assigned", "decision.made", "decision.undone", "note", "decisive"};
    chains open;
    chains_open(&open, address);
    for (int k = 0; k < 20; k++) {
        const mz_audit_draft draft = {.chain = HOUSE, .kind = mz_str_of(kinds[k % 5]), .actor = MZ_STR("omar")};
        chains_at(CHAINS_NOW + (k < 10 ? k : k - 3)); /* the clock was set back before number 11 */
        chains_add(&open, &draft);
    }
    CHECK_NUMBERS("18 17 13 12 8 7 3 2", .kind = MZ_STR("decision."));
    CHECK_NUMBERS("18 17 13", .kind = MZ_STR("decision."), .limit = 3);
    CHECK_NUMBERS("12 8 7", .kind = MZ_STR("decision."), .limit = 3, .before = 13);
    CHECK_NUMBERS("3 2", .kind = MZ_STR("decision."), .limit = 3, .before = 7);
    CHECK_NUMBERS("", .kind = MZ_STR("decision."), .limit = 3, .before = 2);
    CHECK_NUMBERS("", .kind = MZ_STR("clearance."));
    CHECK_NUMBERS("13 10 12 9 11 8", .since = CHAINS_NOW + 7, .until = CHAINS_NOW + 10);
    CHECK_NUMBERS("13 10", .since = CHAINS_NOW + 7, .until = CHAINS_NOW + 10, .limit = 2);
    CHECK_NUMBERS("12 9", .since = CHAINS_NOW + 7, .until = CHAINS_NOW + 10, .limit = 2, .before = 10);
    CHECK_NUMBERS("11 8", .since = CHAINS_NOW + 7, .until = CHAINS_NOW + 10, .limit = 2, .before = 9);
    CHECK_NUMBERS("", .since = CHAINS_NOW + 7, .until = CHAINS_NOW + 10, .limit = 2, .before = 8);
    CHECK_NUMBERS("13 12 8", .since = CHAINS_NOW + 7, .until = CHAINS_NOW + 10, .kind = MZ_STR("decision."));
    chains_close(&open);
}

STORE_TEST(entries_are_found_by_what_they_are_about) {
    chains open;
    chains_open(&open, address);
    chains_fill(&open, 9);
    chains_at(CHAINS_NOW + 100);
    const mz_audit_draft late = {.chain = HOUSE, .kind = MZ_STR("decision.undone"), .actor = MZ_STR("omar")};
    const mz_audit_draft others = {.chain = BUREAU, .kind = MZ_STR("decision.made"), .actor = MZ_STR("omar")};
    chains_add(&open, &late);
    chains_add(&open, &others);
    CHECK_NUMBERS("10 9 8 7 6 5 4 3 2 1", .before = 0);
    CHECK_NUMBERS("10 9 8", .limit = 3);
    CHECK_NUMBERS("7 6 5", .before = 8, .limit = 3);
    CHECK_NUMBERS("7 4 1", .kind = MZ_STR("decision.made"));
    CHECK_NUMBERS("10 7 4 1", .kind = MZ_STR("decision."));
    CHECK_NUMBERS("4 1", .kind = MZ_STR("decision."), .before = 7);
    CHECK_NUMBERS("", .kind = MZ_STR("decision"));
    CHECK_NUMBERS("", .kind = MZ_STR("."));
    CHECK_NUMBERS("8 1", .object = MZ_STR("case-0"));
    CHECK_NUMBERS("8", .object = MZ_STR("case-0"), .kind = MZ_STR("note."));
    CHECK_NUMBERS("1", .object = MZ_STR("case-0"), .actor = MZ_STR("omar"));
    CHECK_NUMBERS("10 6 1", .actor = MZ_STR("omar"));
    CHECK_NUMBERS("10 1", .actor = MZ_STR("omar"), .kind = MZ_STR("decision."));
    CHECK_NUMBERS("1", .actor = MZ_STR("omar"), .kind = MZ_STR("decision.made"));
    CHECK_NUMBERS("10", .since = CHAINS_NOW + 1);
    CHECK_NUMBERS("9 8", .until = CHAINS_NOW + 1, .limit = 2);
    CHECK_NUMBERS("1", .chain = BUREAU);
    CHECK_NUMBERS("", .chain = MZ_STR("nowhere"));
    CHECK_NUMBERS("", .object = MZ_STR("' OR '1' = '1"));
    chains_close(&open);
}

STORE_TEST(an_entry_has_what_is_personal_until_it_is_erased) {
    chains open;
    mz_error error;
    chains_open(&open, address);
    chains_fill(&open, 3);
    asking asked = {.arena = &open.arena, .chain = HOUSE, .number = 2};
    CHECK_OK(mz_store_read(open.store, get, &asked, &error), error);
    CHECK_INT(2, asked.one.number);
    CHECK_INT(CHAINS_NOW, asked.one.at);
    CHECK_STR(MZ_STR("note.added"), asked.one.kind);
    CHECK_STR(MZ_STR("person"), asked.one.actor_kind);
    CHECK_STR(MZ_STR("leila"), asked.one.actor);
    CHECK_STR(MZ_STR("case-1"), asked.one.object);
    CHECK_STR(MZ_STR("{\"note\":\"about 1\"}"), asked.one.personal);
    CHECK_INT(64, asked.one.salt.size);
    CHECK_INT(64, asked.one.hash.size);
    CHECK(!asked.one.erased);
    chains_run(&open, "DELETE FROM audit_personal", NULL, 0);
    CHECK_OK(mz_store_read(open.store, get, &asked, &error), error);
    CHECK_STR(MZ_STR(""), asked.one.personal);
    CHECK(asked.one.erased);
    asked.number = 1;
    CHECK_OK(mz_store_read(open.store, get, &asked, &error), error);
    CHECK(!asked.one.erased);
    asked.number = 4;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_read(open.store, get, &asked, &error));
    asked = (asking){.arena = &open.arena, .chain = BUREAU, .number = 1};
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_read(open.store, get, &asked, &error));
    chains_close(&open);
}

typedef struct walking {
    int64_t after, last;
    int count, most;
} walking;

static mz_status walk_one(void *context, const mz_audit_entry *entry, mz_error *error) {
    walking *walked = context;
    if (walked->count == walked->most) return mz_fail(error, MZ_ERR_CANCELLED, "enough");
    walked->count++;
    walked->last = entry->number;
    return MZ_OK;
}

static mz_status walk_all(void *context, mz_sql *sql, mz_error *error) {
    walking *walked = context;
    return mz_audit_walk_all(sql, HOUSE, walked->after, walk_one, walked, error);
}

STORE_TEST(all_entries_are_walked_through_from_the_oldest_on) {
    chains open;
    mz_error error;
    chains_open(&open, address);
    chains_fill(&open, 30);
    walking walked = {.most = 100};
    CHECK_OK(mz_store_read(open.store, walk_all, &walked, &error), error);
    CHECK_INT(30, walked.count);
    CHECK_INT(30, walked.last);
    walked = (walking){.most = 100, .after = 28};
    CHECK_OK(mz_store_read(open.store, walk_all, &walked, &error), error);
    CHECK_INT(2, walked.count);
    walked = (walking){.most = 3};
    CHECK_INT(MZ_ERR_CANCELLED, mz_store_read(open.store, walk_all, &walked, &error));
    CHECK_INT(3, walked.last);
    chains_close(&open);
}

/* ---- no memory ---- */

typedef struct starving {
    const char *address;
    mz_audit_signer *signer;
    char remembered[4096];
} starving;

static mz_status do_all(void *context, mz_sql *sql, mz_error *error) {
    const starving *starved = context;
    const mz_audit_draft draft = {.chain = HOUSE,
                                  .kind = MZ_STR("note.added"),
                                  .body = MZ_STR("{\"b\":1,\"a\":[2.50]}"),
                                  .personal = MZ_STR("{\"note\":\"x\"}")};
    const mz_audit_query query = {.chain = HOUSE, .kind = MZ_STR("note."), .limit = 2};
    mz_audit_checkpoint made, read;
    mz_audit_entry *entries;
    mz_arena arena;
    size_t count;
    bool fresh;
    static const int64_t first = 1;
    mz_arena_init(&arena, 1 << 20);
    mz_status status = mz_audit_append(sql, &draft, NULL, error);
    if (!status) status = mz_audit_sign(sql, starved->signer, HOUSE, &arena, &made, &fresh, error);
    if (!status) status = mz_audit_checkpoint_read(made.text, &arena, &read, error);
    if (!status) status = mz_audit_list(sql, &query, &arena, &entries, &count, error);
    if (!status) status = mz_audit_erase(sql, HOUSE, &first, 1, MZ_STR("command"), MZ_STR(""), MZ_STR("a test"), error);
    mz_arena_done(&arena);
    return status;
}

static mz_status do_once(void *context, mz_error *error) {
    starving *starved = context;
    mz_store *store;
    mz_arena arena;
    mz_audit_verdict verdict;
    mz_status status = mz_store_open(starved->address, &store, error);
    if (status) return status;
    mz_arena_init(&arena, 1 << 20);
    (void)unlink(starved->remembered); /* what is signed here may be taken back with the entry that it is of */
    status = mz_store_change(store, do_all, starved, error);
    if (!status) status = mz_audit_verify(store, HOUSE, NULL, &arena, &verdict, error);
    if (!status && !verdict.whole) status = mz_fail(error, MZ_ERR_REFUSED, "entry %lld", (long long)verdict.first_bad);
    mz_arena_done(&arena);
    mz_store_close(store);
    return status;
}

TEST(without_memory_nothing_is_added_by_halves) {
    chains open;
    starving starved = {.address = mz_test_sqlite()};
    chains_open(&open, starved.address);
    starved.signer = chains_signer("starving.key");
    snprintf(starved.remembered, sizeof starved.remembered, "%s/starving.key.signed", mz_test_folder());
    mz_oom_each(do_once, &starved);
    mz_audit_verdict verdict = chains_verify(&open, NULL);
    CHECK(verdict.whole);
    CHECK(verdict.entries > 0);
    mz_audit_signer_close(starved.signer);
    chains_close(&open);
}

TEST_MAIN()
