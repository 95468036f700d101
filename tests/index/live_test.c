/* An index that is replaced while it is read: readers on several threads screen without pause while the files are
 * updated, merged and built anew, and what each of them holds is whole and stays as it is. */
#include "invented_list.h"
#include "mizan/live.h"
#include "mizan/screen.h"
#include "mizan/update.h"
#include "test.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static mz_error error;

static const char *path_of(const char *name) {
    static char path[600];
    (void)snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    return path;
}

/* Version number n of the list has the entities 0 … n % MOST, all of one name, and a version that says so: a reader
 * that sees anything else has seen half of something. */
enum { MOST = 7, SWAPS = 60 };

static mz_status add_entities(void *into, mz_status (*add)(void *into, const mz_record *record, mz_error *wrong),
                              unsigned version, mz_error *wrong) {
    mz_builder *builder = NULL;
    mz_status status = mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, wrong);
    for (unsigned e = 0; e <= version % MOST && !status; e++) {
        const mz_record *record;
        char id[32], passport[32];
        (void)snprintf(id, sizeof id, "live-%u", e);
        (void)snprintf(passport, sizeof passport, "LV%06u", version);
        mz_builder_start(builder, MZ_STR("live"));
        (void)mz_builder_entity(builder, MZ_SCHEMA_Person, mz_str_of(id), (mz_position){0});
        (void)mz_builder_add(builder, 0, MZ_PROP_name, MZ_STR("Zaynab Murjani"), (mz_position){0});
        (void)mz_builder_add(builder, 0, MZ_PROP_passportNumber, mz_str_of(passport), (mz_position){0});
        status = mz_builder_finish(builder, &record, wrong);
        if (!status) status = add(into, record, wrong);
    }
    mz_builder_free(builder);
    return status;
}

static mz_status add_to_image(void *into, const mz_record *record, mz_error *wrong) {
    return mz_index_builder_add(into, record, wrong);
}

static mz_status add_to_update(void *into, const mz_record *record, mz_error *wrong) {
    return mz_index_update_add(into, record, wrong);
}

static mz_str version_text(unsigned version, char text[32]) {
    (void)snprintf(text, 32, "%u", version);
    return mz_str_of(text);
}

static mz_status build(const char *path, unsigned version, mz_error *wrong) {
    mz_index_builder *image = NULL;
    char text[32];
    mz_status status = mz_index_builder_new(path, &image, wrong);
    if (!status) status = mz_index_builder_list(image, MZ_STR("live"), version_text(version, text), 0, wrong);
    if (!status) status = add_entities(image, add_to_image, version, wrong);
    if (!status) status = mz_index_builder_finish(image, wrong);
    mz_index_builder_free(image);
    return status;
}

static mz_status update(const char *path, unsigned version, mz_error *wrong) {
    mz_index_update *work = NULL;
    mz_index_update_facts facts;
    char text[32];
    mz_status status = mz_index_update_new(path, &work, wrong);
    if (!status) status = mz_index_update_begin(work, MZ_STR("live"), wrong);
    if (!status) status = add_entities(work, add_to_update, version, wrong);
    if (!status) status = mz_index_update_end(work, version_text(version, text), 0, wrong);
    if (!status) status = mz_index_update_finish(work, &facts, wrong);
    mz_index_update_free(work);
    return status;
}

/* The version that the index is of; UINT_MAX when it is not whole. */
static unsigned version_of(const mz_index *index) {
    mz_index_facts facts;
    unsigned version;
    mz_index_info(index, &facts);
    if (facts.list_count != 1 || sscanf(facts.lists[0].version.data, "%u", &version) != 1) return UINT32_MAX;
    bool whole = facts.entities == version % MOST + 1 && facts.lists[0].entities == facts.entities;
    for (uint32_t number = 0; number < facts.numbers && whole; number++) {
        char *json = NULL, passport[32];
        size_t size;
        if (!mz_index_holds(index, number)) continue;
        (void)snprintf(passport, sizeof passport, "LV%06u", version);
        whole = !mz_index_record(index, number, &json, &size, NULL) && strstr(json, passport);
        free(json);
    }
    return whole ? version : UINT32_MAX;
}

/* ---- one thread -------------------------------------------------------------------------------------------------- */

TEST(what_is_held_stays_and_what_is_taken_is_new) {
    const char *path = path_of("one.mzi");
    mz_live *live;
    bool new;
    CHECK_OK(build(path, 3, &error), error);
    CHECK_OK(mz_live_open(path, &live, &error), error);
    mz_live_lease *held = mz_live_take(live);
    CHECK_INT(3, version_of(mz_live_index(held)));
    CHECK_OK(mz_live_refresh(live, &new, &error), error);
    CHECK(!new &&mz_live_is_current(live, held));
    CHECK_OK(update(path, 4, &error), error);
    CHECK(mz_live_is_current(live, held));
    CHECK_OK(mz_live_refresh(live, &new, &error), error);
    CHECK(new && !mz_live_is_current(live, held));
    mz_live_lease *newer = mz_live_take(live);
    CHECK_INT(4, version_of(mz_live_index(newer)));
    CHECK_INT(3, version_of(mz_live_index(held)));
    CHECK_OK(mz_index_merge(path, NULL, NULL, &error), error);
    CHECK_OK(mz_live_refresh(live, &new, &error), error);
    CHECK(new);
    mz_live_lease *merged = mz_live_take(live);
    CHECK_INT(4, version_of(mz_live_index(merged)));
    mz_live_give_back(live, newer);
    CHECK_INT(3, version_of(mz_live_index(held)));
    mz_live_give_back(live, held);
    mz_live_give_back(live, merged);
    mz_live_close(live);
}

TEST(what_cannot_be_used_does_not_replace_what_is_there) {
    const char *path = path_of("bad.mzi");
    mz_live *live = NULL;
    bool new;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_live_open(path, &live, &error));
    CHECK_OK(build(path, 5, &error), error);
    CHECK_OK(mz_live_open(path, &live, &error), error);
    CHECK_OK(update(path, 6, &error), error);
    char changes[700];
    (void)snprintf(changes, sizeof changes, "%s.changes", path);
    CHECK(truncate(changes, 1000) == 0);
    CHECK_INT(MZ_ERR_INPUT, mz_live_refresh(live, &new, &error));
    CHECK(!new &&strstr(error.where, ".changes"));
    mz_live_lease *lease = mz_live_take(live);
    CHECK_INT(5, version_of(mz_live_index(lease)));
    mz_live_give_back(live, lease);
    CHECK(unlink(path) == 0);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_live_refresh(live, &new, &error));
    CHECK_OK(build(path, 6, &error), error);
    CHECK_OK(mz_live_refresh(live, &new, &error), error);
    lease = mz_live_take(live);
    CHECK_INT(6, version_of(mz_live_index(lease)));
    mz_live_give_back(live, lease);
    mz_live_close(live);
}

/* ---- files that are written into ------------------------------------------------------------------------------------
 */

/* As cp does: the file keeps its inode, and is empty in between. */
static void copy_over(const char *from, const char *to, void (*between)(mz_live *live), mz_live *live) {
    char bytes[1 << 16];
    int source = open(from, O_RDONLY | O_CLOEXEC), target = open(to, O_WRONLY | O_TRUNC | O_CLOEXEC);
    CHECK(source >= 0 && target >= 0);
    if (between) between(live);
    for (ssize_t got; (got = read(source, bytes, sizeof bytes)) > 0;) CHECK_INT(got, write(target, bytes, (size_t)got));
    CHECK(close(source) == 0 && close(target) == 0);
}

static void check_that_five_is_read(mz_live *live) {
    bool new;
    mz_live_lease *lease = mz_live_take(live);
    CHECK_INT(5, version_of(mz_live_index(lease)));
    error = (mz_error){0};
    CHECK_INT(MZ_ERR_INPUT, mz_live_refresh(live, &new, &error)); /* there is an empty file */
    CHECK(!new &&mz_live_is_sound(live) && mz_live_is_current(live, lease));
    CHECK_INT(5, version_of(mz_live_index(lease)));
    mz_live_give_back(live, lease);
}

TEST(a_file_may_be_copied_over_one_in_use) {
    char path[700], other[700], changes[720];
    mz_live *live;
    bool new;
    (void)snprintf(path, sizeof path, "%s", path_of("used.mzi"));
    (void)snprintf(other, sizeof other, "%s", path_of("other.mzi"));
    (void)snprintf(changes, sizeof changes, "%s.changes", path);
    CHECK_OK(build(path, 4, &error), error);
    CHECK_OK(update(path, 5, &error), error);
    CHECK_OK(build(other, 6, &error), error);
    CHECK_OK(mz_live_open(path, &live, &error), error);
    copy_over(other, path, check_that_five_is_read, live);
    CHECK_OK(mz_live_refresh(live, &new, &error), error);
    mz_live_lease *lease = mz_live_take(live);
    CHECK(new &&mz_live_is_sound(live));
    CHECK_INT(6, version_of(mz_live_index(lease)));
    CHECK(truncate(path, 0) == 0 && truncate(changes, 0) == 0);
    CHECK_INT(6, version_of(mz_live_index(lease)));
    mz_live_give_back(live, lease);
    mz_live_close(live);
}

/* One byte of a file, in its place; and a time that shows it, however coarse the clock of the file system is. */
static void write_into(const char *path) {
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1000000000}};
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    char byte;
    CHECK(descriptor >= 0 && pread(descriptor, &byte, 1, 0) == 1 && pwrite(descriptor, &byte, 1, 0) == 1);
    CHECK(futimens(descriptor, times) == 0 && close(descriptor) == 0);
}

TEST(a_mapped_file_that_was_written_into_is_not_sound) {
    const char *path = path_of("mapped.mzi");
    char changes[700];
    mz_live *live;
    bool new;
    (void)snprintf(changes, sizeof changes, "%s.changes", path);
    CHECK_OK(build(path, 4, &error), error);
    CHECK_OK(mz_live_open_copying(path, 0, &live, &error), error);
    for (int round = 0; round < 2; round++) { /* the base, and what changed */
        CHECK(mz_live_is_sound(live));
        write_into(round ? changes : path);
        for (int again = 0; again < 2; again++) {
            error = (mz_error){0};
            CHECK_INT(MZ_ERR_INPUT, mz_live_refresh(live, &new, &error));
            CHECK(!new && !mz_live_is_sound(live) && strstr(error.text, "rename it"));
            CHECK((strstr(error.text, ".changes") != NULL) == round);
        }
        CHECK_OK(build(path, 5, &error), error);
        CHECK_OK(update(path, 6, &error), error);
        CHECK_OK(mz_live_refresh(live, &new, &error), error);
        mz_live_lease *lease = mz_live_take(live);
        CHECK(new &&mz_live_is_sound(live));
        CHECK_INT(6, version_of(mz_live_index(lease)));
        mz_live_give_back(live, lease);
    }
    CHECK(chmod(path, 0600) == 0); /* is no writing */
    CHECK_OK(mz_live_refresh(live, &new, &error), error);
    CHECK(!new &&mz_live_is_sound(live));
    mz_live_close(live);
}

/* ---- many threads ------------------------------------------------------------------------------------------------ */

typedef struct running {
    mz_live *live;
    const char *path;
    atomic_bool ending;
    atomic_uint leases, seen; /* taken; different versions met, as each thread counts them */
    atomic_uint wrong;
} running;

/* Takes, looks, gives back: nothing between, so that takes meet swaps at every point. */
static void *take_often(void *context) {
    running *run = context;
    while (!atomic_load(&run->ending)) {
        mz_live_lease *lease = mz_live_take(run->live), *again = mz_live_take(run->live);
        mz_index_facts facts;
        mz_index_info(mz_live_index(lease), &facts);
        if (facts.list_count != 1) atomic_fetch_add(&run->wrong, 1);
        mz_live_give_back(run->live, lease);
        mz_index_info(mz_live_index(again), &facts);
        if (facts.list_count != 1) atomic_fetch_add(&run->wrong, 1);
        mz_live_give_back(run->live, again);
        atomic_fetch_add(&run->leases, 2);
    }
    return NULL;
}

/* Every hit that there is, of one version. */
static bool finds_all(mz_screener *screener, unsigned version) {
    const mz_screening *screening;
    return mz_screen_name(screener, MZ_SCHEMA_Person, MZ_STR("Zaynab Murjani"), &screening, NULL) == MZ_OK &&
           screening->total_hits == version % MOST + 1;
}

/* Screens with one lease until there is a newer one, as a service does. */
static void *screen_always(void *context) {
    running *run = context;
    const mz_screen_options options = {.threshold = 0.7, .limit = 100};
    unsigned before = 0;
    while (!atomic_load(&run->ending)) {
        mz_live_lease *lease = mz_live_take(run->live);
        mz_screener *screener = NULL;
        unsigned version = version_of(mz_live_index(lease));
        if (version == UINT32_MAX || version < before) atomic_fetch_add(&run->wrong, 1);
        if (version != before) atomic_fetch_add(&run->seen, 1);
        before = version;
        if (mz_screener_new(mz_live_index(lease), &options, &screener, NULL)) atomic_fetch_add(&run->wrong, 1);
        do
            if (!screener || !finds_all(screener, version)) atomic_fetch_add(&run->wrong, 1);
        while (mz_live_is_current(run->live, lease) && !atomic_load(&run->ending));
        mz_screener_free(screener);
        mz_live_give_back(run->live, lease);
        atomic_fetch_add(&run->leases, 1);
    }
    return NULL;
}

/* Refreshes without being told: it may come between any two steps of the writer. */
static void *refresh_always(void *context) {
    running *run = context;
    while (!atomic_load(&run->ending)) {
        bool new;
        if (mz_live_refresh(run->live, &new, NULL)) atomic_fetch_add(&run->wrong, 1);
    }
    return NULL;
}

/* Opens the files as another process would. */
static void *open_always(void *context) {
    running *run = context;
    unsigned before = 0;
    while (!atomic_load(&run->ending)) {
        mz_index *index = NULL;
        unsigned version = mz_index_open(run->path, &index, NULL) ? UINT32_MAX : version_of(index);
        if (version == UINT32_MAX || version < before) atomic_fetch_add(&run->wrong, 1);
        before = version;
        mz_index_close(index);
    }
    return NULL;
}

TEST(readers_go_on_while_the_index_is_replaced) {
    running run = {.path = path_of("many.mzi")};
    void *(*const bodies[])(void *) = {take_often, screen_always, screen_always, refresh_always, open_always};
    enum { THREADS = sizeof bodies / sizeof *bodies };
    pthread_t threads[THREADS];
    CHECK_OK(build(run.path, 1, &error), error);
    CHECK_OK(mz_live_open(run.path, &run.live, &error), error);
    for (size_t t = 0; t < THREADS; t++) CHECK(pthread_create(&threads[t], NULL, bodies[t], &run) == 0);
    mz_status status = MZ_OK;
    for (unsigned version = 2; version < SWAPS && !status; version++) {
        bool new;
        status = version % 10 ? update(run.path, version, &error) : build(run.path, version, &error);
        if (!status && version % 4 == 0) status = mz_index_merge(run.path, NULL, NULL, &error);
        if (!status) status = mz_live_refresh(run.live, &new, &error);
    }
    atomic_store(&run.ending, true);
    for (size_t t = 0; t < THREADS; t++) CHECK(pthread_join(threads[t], NULL) == 0);
    CHECK_OK(status, error);
    CHECK_INT(0, atomic_load(&run.wrong));
    printf("# %u leases, %u versions met\n", atomic_load(&run.leases), atomic_load(&run.seen));
    CHECK(atomic_load(&run.seen) > 2);
    mz_live_lease *lease = mz_live_take(run.live);
    CHECK_INT(SWAPS - 1, version_of(mz_live_index(lease)));
    mz_live_give_back(run.live, lease);
    mz_live_close(run.live);
}

typedef struct writing {
    const char *path;
    unsigned first;
    mz_error error;
    mz_status status;
} writing;

static void *update_often(void *context) {
    writing *work = context;
    for (unsigned n = 0; n < 15 && !work->status; n++) work->status = update(work->path, work->first + n, &work->error);
    return NULL;
}

static void *merge_often(void *context) {
    writing *work = context;
    for (unsigned n = 0; n < 15 && !work->status; n++) {
        work->status = mz_index_merge(work->path, NULL, NULL, &work->error);
        if (work->status == MZ_ERR_IO) work->status = MZ_OK; /* overtaken too often */
    }
    return NULL;
}

TEST(writers_do_not_lose_what_other_writers_did) {
    const char *path = path_of("writers.mzi");
    CHECK_OK(build(path, 1, &error), error);
    writing works[] = {{path, 100, {0}, MZ_OK}, {path, 200, {0}, MZ_OK}, {path, 0, {0}, MZ_OK}};
    void *(*const bodies[])(void *) = {update_often, update_often, merge_often};
    pthread_t threads[3];
    for (size_t t = 0; t < 3; t++) CHECK(pthread_create(&threads[t], NULL, bodies[t], &works[t]) == 0);
    for (size_t t = 0; t < 3; t++) CHECK(pthread_join(threads[t], NULL) == 0);
    for (size_t t = 0; t < 3; t++) CHECK_OK(works[t].status, works[t].error);
    mz_index *index;
    CHECK_OK(mz_index_open(path, &index, &error), error);
    unsigned version = version_of(index);
    CHECK(version == 114 || version == 214); /* the last of one of the two */
    mz_index_close(index);
}

TEST_MAIN()
