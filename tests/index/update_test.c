/* An index that is updated finds what an index built anew of the same records finds, and merging makes that index, to
 * the byte. Lists are invented, changed at random and read again; nothing is random but by the seeds. */
#include "entity/record.h"
#include "index/image.h"
#include "mizan/screen.h"
#include "mizan/update.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LISTS = 4, ENTITIES_MOST = 90, NAME_BYTES = 120, QUERIES = 25 };

/* Instead of the C library's: hundreds of images need not wait for a disk. */
int fsync(int descriptor) {
    return fcntl(descriptor, F_GETFD) < 0 ? -1 : 0;
}

static mz_error error;
static uint64_t state;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

/* ---- the lists, as they should be -------------------------------------------------------------------------------- */

typedef struct listed {
    char id[32], name[NAME_BYTES], alias[NAME_BYTES], passport[16];
    bool seen;
} listed;

typedef struct list {
    char name[16], version[16];
    listed entities[ENTITIES_MOST];
    size_t count;
    uint32_t first_line; /* in its file: records move when something is put before them */
} list;

static list lists[LISTS];
static size_t list_count;
static unsigned next_id;

static void invent_name(char name[NAME_BYTES]) {
    static const char *const latin[] = {"ba", "kar", "ram", "mu", "ham", "sal", "lim", "do", "zar", "tou"};
    static const char *const arabic[] = {"محم", "عبد", "سال", "خال", "ناد", "رشي", "كري", "هد"};
    bool as_arabic = chance(5) == 0;
    name[0] = '\0';
    for (uint32_t word = 0, words = 1 + chance(3); word < words; word++) {
        if (word) strcat(name, " ");
        for (uint32_t part = 0; part < 2; part++) strcat(name, as_arabic ? arabic[chance(8)] : latin[chance(10)]);
    }
}

static void invent_entity(const list *of, listed *entity) {
    *entity = (listed){.seen = false};
    (void)snprintf(entity->id, sizeof entity->id, "%s-%u", of->name, next_id++);
    invent_name(entity->name);
    if (chance(3) == 0) invent_name(entity->alias);
    if (chance(3) == 0) (void)snprintf(entity->passport, sizeof entity->passport, "AB%06u", 100000 + chance(900));
}

static void change_entity(const list *of, listed *entity) {
    char id[sizeof entity->id];
    memcpy(id, entity->id, sizeof id);
    invent_entity(of, entity);
    memcpy(entity->id, id, sizeof id);
}

static void change_list(list *of) {
    static unsigned versions;
    (void)snprintf(of->version, sizeof of->version, "v%u", ++versions);
    for (uint32_t changes = chance(12); changes > 0; changes--) {
        uint32_t at = of->count ? chance((uint32_t)of->count) : 0;
        uint32_t what = chance(4);
        if (what == 0 && of->count) { /* gone */
            memmove(&of->entities[at], &of->entities[at + 1], (of->count - at - 1) * sizeof of->entities[0]);
            of->count--;
        } else if (what == 1 && of->count) {
            change_entity(of, &of->entities[at]);
        } else if (of->count < ENTITIES_MOST) { /* new, anywhere in the file */
            memmove(&of->entities[at + 1], &of->entities[at], (of->count - at) * sizeof of->entities[0]);
            invent_entity(of, &of->entities[at]);
            of->count++;
        }
    }
    of->first_line = 1 + chance(1000);
}

static void invent_lists(uint64_t seed) {
    state = seed * 0x9E3779B97F4A7C15u + 1;
    next_id = 0;
    list_count = LISTS - 1; /* one comes later */
    for (size_t l = 0; l < LISTS; l++) {
        lists[l] = (list){.count = 20 + chance(40), .first_line = 1};
        (void)snprintf(lists[l].name, sizeof lists[l].name, "list%zu", l);
        for (size_t e = 0; e < lists[l].count; e++) invent_entity(&lists[l], &lists[l].entities[e]);
    }
}

static const mz_record *record_of(mz_builder *builder, const list *of, size_t number) {
    const listed *entity = &of->entities[number];
    const mz_record *record;
    mz_position at = {.line = of->first_line + (uint32_t)number, .column = 3};
    mz_builder_start(builder, mz_str_of(of->name));
    (void)mz_builder_entity(builder, MZ_SCHEMA_Person, mz_str_of(entity->id), at);
    (void)mz_builder_add(builder, 0, MZ_PROP_name, mz_str_of(entity->name), at);
    (void)mz_builder_add(builder, 0, MZ_PROP_alias, mz_str_of(entity->alias), at);
    (void)mz_builder_add(builder, 0, MZ_PROP_passportNumber, mz_str_of(entity->passport), at);
    CHECK_OK(mz_builder_finish(builder, &record, &error), error);
    return record;
}

static mz_builder *new_builder(void) {
    mz_builder *builder;
    CHECK_OK(mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
    return builder;
}

/* ---- the index --------------------------------------------------------------------------------------------------- */

static const char *path_of(const char *name) {
    static char paths[32][600];
    size_t known = 0;
    char path[600];
    (void)snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    while (paths[known][0] && strcmp(paths[known], path) != 0) known++;
    memcpy(paths[known], path, sizeof path);
    return paths[known];
}

static void build(const char *path) {
    mz_index_builder *image;
    mz_builder *builder = new_builder();
    CHECK_OK(mz_index_builder_new(path, &image, &error), error);
    for (size_t l = 0; l < list_count; l++) {
        CHECK_OK(mz_index_builder_list(image, mz_str_of(lists[l].name), mz_str_of(lists[l].version), 0, &error), error);
        for (size_t e = 0; e < lists[l].count; e++)
            CHECK_OK(mz_index_builder_add(image, record_of(builder, &lists[l], e), &error), error);
    }
    CHECK_OK(mz_index_builder_finish(image, &error), error);
    mz_index_builder_free(image);
    mz_builder_free(builder);
}

static mz_index_update_facts update(const char *path, size_t first, size_t end) {
    mz_index_update *work;
    mz_index_update_facts facts = {0};
    mz_builder *builder = new_builder();
    CHECK_OK(mz_index_update_new(path, &work, &error), error);
    for (size_t l = first; l < end; l++) {
        CHECK_OK(mz_index_update_begin(work, mz_str_of(lists[l].name), &error), error);
        for (size_t e = 0; e < lists[l].count; e++)
            CHECK_OK(mz_index_update_add(work, record_of(builder, &lists[l], e), &error), error);
        CHECK_OK(mz_index_update_end(work, mz_str_of(lists[l].version), 0, &error), error);
    }
    CHECK_OK(mz_index_update_finish(work, &facts, &error), error);
    mz_index_update_free(work);
    mz_builder_free(builder);
    return facts;
}

static mz_index *opened(const char *path) {
    mz_index *index = NULL;
    CHECK_OK(mz_index_open(path, &index, &error), error);
    return index;
}

/* An image built of what the index holds, in the order of its numbers. */
static void build_anew(const mz_index *index, const char *path) {
    mz_index_builder *image;
    mz_index_facts facts;
    mz_arena arena;
    mz_arena_init(&arena, 1 << 20);
    mz_index_info(index, &facts);
    CHECK_OK(mz_index_builder_new(path, &image, &error), error);
    for (size_t l = 0; l < facts.list_count; l++)
        CHECK_OK(
            mz_index_builder_list(image, facts.lists[l].list, facts.lists[l].version, facts.lists[l].published, &error),
            error);
    for (uint32_t number = 0; number < facts.numbers; number++) {
        char *json;
        size_t size;
        mz_record record;
        if (!mz_index_holds(index, number)) {
            CHECK_INT(MZ_ERR_ARGUMENT, mz_index_record(index, number, &json, &size, &error));
            continue;
        }
        mz_arena_reset(&arena);
        CHECK_OK(mz_index_record(index, number, &json, &size, &error), error);
        CHECK_OK(mz_record_read_json((mz_str){json, size}, &arena, &record, &error), error);
        CHECK_OK(mz_index_builder_add(image, &record, &error), error);
        free(json);
    }
    CHECK_OK(mz_index_builder_finish(image, &error), error);
    mz_index_builder_free(image);
    mz_arena_done(&arena);
}

/* Every entity of the lists is there once, as it is told last, and nothing else is. */
static void check_holds_the_lists(const mz_index *index) {
    mz_index_facts facts;
    uint32_t entities = 0, living = 0;
    mz_index_info(index, &facts);
    CHECK_INT(list_count, facts.list_count);
    for (size_t l = 0; l < list_count; l++) {
        CHECK_STR(mz_str_of(lists[l].name), facts.lists[l].list);
        CHECK_STR(mz_str_of(lists[l].version), facts.lists[l].version);
        CHECK_INT(lists[l].count, facts.lists[l].entities);
        entities += (uint32_t)lists[l].count;
        for (size_t e = 0; e < lists[l].count; e++) {
            const listed *entity = &lists[l].entities[e];
            uint32_t number;
            mz_index_entry entry;
            CHECK_OK(mz_index_find(index, mz_str_of(entity->id), &number, &error), error);
            CHECK(mz_index_holds(index, number));
            mz_index_entity(index, number, &entry);
            CHECK_STR(mz_str_of(entity->id), entry.id);
            CHECK_STR(mz_str_of(entity->name), entry.caption);
            CHECK_STR(mz_str_of(lists[l].name), entry.list);
        }
    }
    for (uint32_t number = 0; number < facts.numbers; number++) living += mz_index_holds(index, number);
    CHECK(!mz_index_holds(index, facts.numbers) && !mz_index_holds(index, UINT32_MAX));
    CHECK_INT(entities, facts.entities);
    CHECK_INT(entities, living);
}

static void query_text(char *query, size_t size) {
    const list *of = &lists[chance((uint32_t)list_count)];
    char name[NAME_BYTES];
    const char *passport = "";
    invent_name(name);
    if (of->count && chance(4)) {
        const listed *entity = &of->entities[chance((uint32_t)of->count)];
        memcpy(name, entity->name, sizeof name);
        size_t at = chance((uint32_t)strlen(name));
        if (!(name[at] & 0x80) && chance(2)) name[at] = 'e';
        if (chance(2)) passport = entity->passport;
    }
    (void)snprintf(
        query, size,
        "{\"id\":\"q\",\"schema\":\"Person\",\"properties\":{\"name\":[\"%s\"],\"passportNumber\":[\"%s\"]}}", name,
        passport);
}

static mz_screener *screener_of(const mz_index *index, double threshold, bool exhaustive) {
    mz_screener *screener;
    mz_screen_options options = {.threshold = threshold, .limit = chance(2) ? 1000 : 3, .exhaustive = exhaustive};
    CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
    return screener;
}

/* The same answers, to the byte; by scoring every entity, too. */
static void check_answers(const mz_index *index, const mz_index *anew) {
    static const double thresholds[] = {0.5, 0.7};
    uint64_t hits_in_all = 0;
    for (size_t t = 0; t < 2; t++)
        for (int exhaustive = 0; exhaustive < 2; exhaustive++) {
            uint64_t before = state;
            mz_screener *updated = screener_of(index, thresholds[t], exhaustive);
            state = before; /* the same limit */
            mz_screener *whole = screener_of(anew, thresholds[t], exhaustive);
            for (int q = 0; q < QUERIES; q++) {
                char query[512];
                mz_str answer, expected;
                size_t hits, expected_hits;
                query_text(query, sizeof query);
                mz_test_case("%s", query);
                CHECK_OK(mz_screen_json(updated, mz_str_of(query), &answer, &hits, &error), error);
                CHECK_OK(mz_screen_json(whole, mz_str_of(query), &expected, &expected_hits, &error), error);
                CHECK_STR(expected, answer);
                hits_in_all += hits;
            }
            mz_screener_free(updated);
            mz_screener_free(whole);
        }
    CHECK(hits_in_all > QUERIES);
}

/* One entity is judged as in a search, dead ones are none. */
static void check_each_entity(const mz_index *index) {
    mz_index_facts facts;
    mz_screener *screener = screener_of(index, 0.5, false);
    mz_index_info(index, &facts);
    mz_fact fact = {.property = MZ_PROP_name};
    mz_entity query = {.schema = MZ_SCHEMA_Person, .facts = &fact, .fact_count = 1};
    for (uint32_t number = 0; number < facts.numbers; number++) {
        const mz_screening *screening;
        mz_index_entry entry;
        fact.value = MZ_STR("Nobody");
        if (!mz_index_holds(index, number)) {
            CHECK_INT(MZ_ERR_ARGUMENT, mz_screen_entity(screener, &query, number, &screening, &error));
            continue;
        }
        mz_index_entity(index, number, &entry);
        fact.value = entry.caption;
        CHECK_OK(mz_screen_entity(screener, &query, number, &screening, &error), error);
        CHECK_INT(number, screening->hits[0].number);
        CHECK_STR(entry.id, screening->hits[0].entity.id);
        CHECK(screening->hits[0].score > 0.97);
        CHECK_OK(mz_screen(screener, MZ_STR(""), &query, &screening, &error), error);
        CHECK(screening->total_hits > 0);
        for (size_t h = 0; h < screening->hit_count; h++) CHECK(mz_index_holds(index, screening->hits[h].number));
    }
    mz_screener_free(screener);
}

static void check_same_bytes(const char *left, const char *right) {
    mz_buffer a, b;
    mz_buffer_init(&a, 1 << 26);
    mz_buffer_init(&b, 1 << 26);
    CHECK_OK(mz_file_read(left, &a, &error), error);
    CHECK_OK(mz_file_read(right, &b, &error), error);
    CHECK_INT(a.size, b.size);
    CHECK(memcmp(a.data, b.data, a.size) == 0);
    mz_buffer_done(&a);
    mz_buffer_done(&b);
}

static bool exists(const char *path) {
    return access(path, F_OK) == 0;
}

/* ---- what is promised -------------------------------------------------------------------------------------------- */

TEST(an_updated_index_finds_what_one_built_anew_finds) {
    for (uint64_t seed = 1; seed <= 6; seed++) {
        invent_lists(seed);
        const char *path = path_of("random.mzi");
        build(path);
        for (int round = 0; round < 8; round++) {
            mz_test_case("seed %d, round %d", (int)seed, round);
            size_t first = chance((uint32_t)list_count), end = first + 1 + chance((uint32_t)(list_count - first));
            if (round == 3) list_count = end = LISTS; /* a list that was not there */
            for (size_t l = first; l < end; l++) change_list(&lists[l]);
            (void)update(path, first, end);
            mz_index *index = opened(path);
            check_holds_the_lists(index);
            build_anew(index, path_of("anew.mzi"));
            mz_index *anew = opened(path_of("anew.mzi"));
            check_answers(index, anew);
            if (round == 7) check_each_entity(index);
            mz_index_close(anew);
            mz_index_close(index);
            if (round % 3 != 2) continue;
            CHECK_OK(mz_index_merge(path, NULL, NULL, &error), error);
            check_same_bytes(path, path_of("anew.mzi"));
            CHECK(!exists(path_of("random.mzi.changes")));
        }
    }
}

TEST(what_is_told_again_is_no_change_wherever_it_stands_in_the_file) {
    invent_lists(77);
    const char *path = path_of("again.mzi");
    build(path);
    lists[1].first_line += 123456;
    mz_index_update_facts facts = update(path, 0, list_count);
    CHECK_INT(0, facts.added + facts.changed + facts.removed);
    CHECK_INT(lists[0].count + lists[1].count + lists[2].count, facts.same);
    CHECK(!facts.merge_due);
    mz_index *index = opened(path);
    mz_index_facts of_index;
    mz_index_info(index, &of_index);
    CHECK_INT(0, of_index.added + of_index.removed);
    mz_index_close(index);
}

TEST(what_changed_is_counted) {
    invent_lists(78);
    const char *path = path_of("counted.mzi");
    build(path);
    size_t before = lists[1].count;
    change_entity(&lists[1], &lists[1].entities[3]);
    change_entity(&lists[1], &lists[1].entities[5]);
    lists[1].count--; /* the last is gone */
    invent_entity(&lists[2], &lists[2].entities[lists[2].count++]);
    mz_index_update_facts facts = update(path, 1, 3);
    CHECK_INT(1, facts.added);
    CHECK_INT(2, facts.changed);
    CHECK_INT(1, facts.removed);
    CHECK_INT(before - 3 + lists[2].count - 1, facts.same);
    CHECK(!facts.merge_due);
    mz_index *index = opened(path);
    mz_index_facts of_index;
    mz_index_info(index, &of_index);
    CHECK_INT(3, of_index.added);
    CHECK_INT(3, of_index.removed);
    CHECK(of_index.added_bytes > 0 && of_index.added_bytes < of_index.bytes);
    check_holds_the_lists(index);
    mz_index_close(index);
    /* when a good part of it has changed */
    for (size_t e = 0; e < lists[0].count; e++) change_entity(&lists[0], &lists[0].entities[e]);
    CHECK(update(path, 0, 1).merge_due);
}

TEST(a_list_may_become_empty_and_full_again) {
    invent_lists(79);
    const char *path = path_of("empty.mzi");
    build(path);
    size_t count = lists[0].count;
    lists[0].count = 0;
    CHECK_INT(count, update(path, 0, 1).removed);
    mz_index *index = opened(path);
    check_holds_the_lists(index);
    mz_index_close(index);
    lists[0].count = count;
    CHECK_INT(count, update(path, 0, 1).added);
    index = opened(path);
    check_holds_the_lists(index);
    mz_index_close(index);
}

TEST(several_entities_with_one_id_are_kept_apart) {
    invent_lists(80);
    const char *path = path_of("twins.mzi");
    (void)snprintf(lists[0].entities[1].id, sizeof lists[0].entities[1].id, "%s", lists[0].entities[0].id);
    (void)snprintf(lists[1].entities[0].id, sizeof lists[1].entities[0].id, "%s", lists[0].entities[0].id);
    build(path);
    mz_index_update_facts facts = update(path, 0, 2);
    CHECK_INT(0, facts.added + facts.changed + facts.removed);
    change_entity(&lists[0], &lists[0].entities[1]);
    facts = update(path, 0, 2);
    CHECK_INT(1, facts.changed);
    CHECK_INT(0, facts.added + facts.removed);
    lists[1].entities[0] = lists[1].entities[--lists[1].count];
    facts = update(path, 1, 2);
    CHECK_INT(1, facts.removed);
    CHECK_INT(0, facts.added + facts.changed);
}

TEST(an_open_index_stays_as_it_is_while_its_files_change) {
    invent_lists(81);
    const char *path = path_of("held.mzi");
    build(path);
    mz_index *index = opened(path);
    list before[LISTS];
    memcpy(before, lists, sizeof before);
    for (size_t l = 0; l < list_count; l++) change_list(&lists[l]);
    (void)update(path, 0, list_count);
    mz_index *updated = opened(path);
    list after[LISTS];
    memcpy(after, lists, sizeof after);
    change_list(&lists[0]);
    (void)update(path, 0, 1);
    CHECK_OK(mz_index_merge(path, NULL, NULL, &error), error);
    mz_index *merged = opened(path);
    check_holds_the_lists(merged);
    memcpy(lists, before, sizeof before);
    check_holds_the_lists(index);
    memcpy(lists, after, sizeof after);
    check_holds_the_lists(updated);
    mz_index_close(index);
    mz_index_close(updated);
    mz_index_close(merged);
}

TEST(what_changed_of_another_image_is_as_if_it_were_not_there) {
    invent_lists(82);
    const char *path = path_of("other.mzi");
    build(path);
    list before[LISTS];
    memcpy(before, lists, sizeof before);
    for (size_t l = 0; l < list_count; l++) change_list(&lists[l]);
    (void)update(path, 0, list_count);
    /* as a merge that was killed between its last two steps leaves it: with the changes already in the image */
    CHECK(link(path_of("other.mzi.changes"), path_of("kept")) == 0);
    CHECK_OK(mz_index_merge(path, NULL, NULL, &error), error);
    CHECK(!exists(path_of("other.mzi.changes")));
    CHECK(rename(path_of("kept"), path_of("other.mzi.changes")) == 0);
    mz_index *index = opened(path);
    check_holds_the_lists(index);
    CHECK(!index->changes);
    mz_index_close(index);
    /* the next update is one of the new image */
    change_list(&lists[1]);
    (void)update(path, 1, 2);
    index = opened(path);
    check_holds_the_lists(index);
    CHECK(index->changes);
    mz_index_close(index);
    /* who builds anew wants what was built */
    memcpy(lists, before, sizeof before);
    build(path);
    CHECK(!exists(path_of("other.mzi.changes")));
    index = opened(path);
    check_holds_the_lists(index);
    mz_index_close(index);
}

static int stop_at_once(void *context, uint64_t done, uint64_t total) {
    CHECK(done > 0 && done <= total);
    return ++*(int *)context;
}

TEST(a_merge_can_be_stopped_and_one_of_nothing_does_nothing) {
    invent_lists(83);
    const char *path = path_of("stopped.mzi");
    struct stat before, behind;
    int told = 0;
    build(path);
    CHECK(stat(path, &before) == 0);
    CHECK_OK(mz_index_merge(path, stop_at_once, &told, &error), error);
    CHECK_INT(0, told);
    change_list(&lists[0]);
    (void)update(path, 0, 1);
    CHECK_INT(MZ_ERR_CANCELLED, mz_index_merge(path, stop_at_once, &told, &error));
    CHECK_INT(1, told);
    CHECK(stat(path, &behind) == 0);
    CHECK_INT(before.st_ino, behind.st_ino);
    mz_index *index = opened(path);
    check_holds_the_lists(index);
    mz_index_close(index);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_merge(path_of("nowhere.mzi"), NULL, NULL, &error));
}

/* An update comes while a merge reads: the merge sees it, and begins anew. */
typedef struct overtaking {
    const char *path;
    int updates;
} overtaking;

static int update_meanwhile(void *context, uint64_t done, uint64_t total) {
    overtaking *by = context;
    (void)done;
    (void)total;
    if (by->updates-- <= 0) return 0;
    change_list(&lists[1]);
    (void)update(by->path, 1, 2);
    return 0;
}

TEST(a_merge_that_is_overtaken_by_an_update_loses_nothing) {
    invent_lists(84);
    overtaking by = {path_of("overtaken.mzi"), 3};
    build(by.path);
    change_list(&lists[0]);
    (void)update(by.path, 0, 1);
    CHECK_OK(mz_index_merge(by.path, update_meanwhile, &by, &error), error);
    CHECK(by.updates < 0);
    mz_index *index = opened(by.path);
    CHECK(!index->changes);
    check_holds_the_lists(index);
    mz_index_close(index);
    change_list(&lists[0]);
    (void)update(by.path, 0, 1);
    by.updates = 100;
    CHECK_INT(MZ_ERR_IO, mz_index_merge(by.path, update_meanwhile, &by, &error));
    index = opened(by.path);
    check_holds_the_lists(index);
    mz_index_close(index);
}

TEST(calls_that_make_no_sense_are_refused) {
    invent_lists(85);
    const char *path = path_of("refused.mzi");
    mz_index_update *work;
    mz_index_update_facts facts;
    mz_builder *builder = new_builder();
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_update_new(path_of("nowhere.mzi"), &work, &error));
    build(path);
    CHECK_OK(mz_index_update_new(path, &work, &error), error);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_update_add(work, record_of(builder, &lists[0], 0), &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_update_end(work, MZ_STR(""), 0, &error));
    CHECK_OK(mz_index_update_begin(work, mz_str_of(lists[0].name), &error), error);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_update_begin(work, MZ_STR("other"), &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_update_add(work, record_of(builder, &lists[1], 0), &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_update_finish(work, &facts, &error));
    CHECK_OK(mz_index_update_end(work, MZ_STR(""), 0, &error), error);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_update_begin(work, mz_str_of(lists[0].name), &error));
    mz_index_update_free(work);
    mz_builder_free(builder);
    CHECK(!exists(path_of("refused.mzi.changes")));
}

TEST(a_file_of_changes_is_no_index_and_an_index_no_file_of_changes) {
    invent_lists(86);
    const char *path = path_of("kind.mzi"), *changes = path_of("kind.mzi.changes");
    mz_index *index = NULL;
    build(path);
    change_list(&lists[0]);
    (void)update(path, 0, 1);
    CHECK_INT(MZ_ERR_INPUT, mz_index_open(changes, &index, &error));
    CHECK(strstr(error.text, "without .changes"));
    CHECK(unlink(changes) == 0 && link(path, changes) == 0);
    CHECK_INT(MZ_ERR_INPUT, mz_index_open(path, &index, &error));
    CHECK(strstr(error.where, "kind.mzi.changes"));
}

TEST_MAIN()
