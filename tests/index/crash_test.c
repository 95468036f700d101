/* An index whose writer dies at any of its system calls, or whose calls fail (dying.h): updates, merges, builds. What
 * is there can be opened, is whole, and is that of before or of after; the next update and the next merge go through.
 */
#include "base/file.h"
#include "dying.h"
#include "entity/record.h"
#include "mizan/index.h"
#include "mizan/update.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static mz_error error;

/* A version of the list is a letter for each entity: a small one is told as it was at first, a capital one otherwise.
 */
static const char first[] = "abcdefghijklmnopqrst", second[] = "abcDefghijklmnopqrsu", third[] = "bcDeFghijklmnopqrsuv";

typedef struct trial {
    char folder[512], path[600];
    const char *version; /* to be written next */
} trial;

static mz_status add_all(void *into, mz_status (*add)(void *into, const mz_record *record, mz_error *error),
                         const char *version, mz_error *wrong) {
    mz_builder *builder = NULL;
    mz_status status = mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, wrong);
    for (const char *letter = version; *letter && !status; letter++) {
        const mz_record *record;
        char id[16], name[32];
        (void)snprintf(id, sizeof id, "c-%c", *letter | 0x20);
        (void)snprintf(name, sizeof name, "%s Tazi%c", *letter & 0x20 ? "Amina" : "Basma", *letter | 0x20);
        mz_builder_start(builder, MZ_STR("crash"));
        (void)mz_builder_entity(builder, MZ_SCHEMA_Person, mz_str_of(id), (mz_position){0});
        (void)mz_builder_add(builder, 0, MZ_PROP_name, mz_str_of(name), (mz_position){0});
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

static mz_status build(void *context, mz_error *wrong) {
    const trial *on = context;
    mz_index_builder *image = NULL;
    mz_status status = mz_index_builder_new(on->path, &image, wrong);
    if (!status) status = mz_index_builder_list(image, MZ_STR("crash"), mz_str_of(on->version), 0, wrong);
    if (!status) status = add_all(image, add_to_image, on->version, wrong);
    if (!status) status = mz_index_builder_finish(image, wrong);
    mz_index_builder_free(image);
    return status;
}

static mz_status update(void *context, mz_error *wrong) {
    const trial *on = context;
    mz_index_update *work = NULL;
    mz_index_update_facts facts;
    mz_status status = mz_index_update_new(on->path, &work, wrong);
    if (!status) status = mz_index_update_begin(work, MZ_STR("crash"), wrong);
    if (!status) status = add_all(work, add_to_update, on->version, wrong);
    if (!status) status = mz_index_update_end(work, mz_str_of(on->version), 0, wrong);
    if (!status) status = mz_index_update_finish(work, &facts, wrong);
    mz_index_update_free(work);
    return status;
}

static mz_status merge(void *context, mz_error *wrong) {
    const trial *on = context;
    return mz_index_merge(on->path, NULL, NULL, wrong);
}

/* ---- what is there ----------------------------------------------------------------------------------------------- */

/* The index holds just what the version says that it is of. */
static void check_is(const char *path, const char *one, const char *other) {
    mz_index *index;
    mz_index_facts facts;
    CHECK_OK(mz_index_open(path, &index, &error), error);
    mz_index_info(index, &facts);
    const char *version = mz_str_equal(facts.lists[0].version, mz_str_of(one)) ? one : other;
    CHECK(version != NULL);
    CHECK_STR(mz_str_of(version), facts.lists[0].version);
    CHECK_INT(strlen(version), facts.entities);
    for (const char *letter = version; *letter; letter++) {
        char id[16];
        uint32_t number;
        mz_index_entry entry;
        (void)snprintf(id, sizeof id, "c-%c", *letter | 0x20);
        CHECK_OK(mz_index_find(index, mz_str_of(id), &number, &error), error);
        mz_index_entity(index, number, &entry);
        CHECK(entry.caption.size && entry.caption.data);
        CHECK_INT(*letter & 0x20 ? 'A' : 'B', entry.caption.data[0]);
    }
    mz_index_close(index);
}

/* Files in the folder: partial ones, or the others. */
static int count_files(const char *folder, bool partial) {
    int count = 0;
    DIR *entries = opendir(folder);
    CHECK(entries != NULL);
    for (const struct dirent *entry; (entry = readdir(entries));)
        count += entry->d_name[0] != '.' && (strstr(entry->d_name, ".partial-") != NULL) == partial;
    (void)closedir(entries);
    return count;
}

/* ---- the experiments --------------------------------------------------------------------------------------------- */

/* What is done to an index; what it is before and behind it. */
typedef struct experiment {
    const char *what;
    bool updated_before; /* `before` is an update of `first`, else `before` was built */
    const char *before;
    mz_dying_body body;
    const char *after;
} experiment;

static const experiment experiments[] = {
    {"the first update", false, first, update, second},
    {"the second update", true, second, update, third},
    {"a merge", true, second, merge, second},
    {"a build", true, second, build, third},
};
enum { EXPERIMENTS = sizeof experiments / sizeof *experiments };

static trial prepare(const experiment *of) {
    static unsigned number;
    trial on;
    (void)snprintf(on.folder, sizeof on.folder, "%s/%u", mz_test_folder(), number++);
    (void)snprintf(on.path, sizeof on.path, "%s/x.mzi", on.folder);
    CHECK(mkdir(on.folder, 0700) == 0);
    on.version = of->updated_before ? first : of->before;
    CHECK_OK(build(&on, &error), error);
    on.version = of->before;
    if (of->updated_before) CHECK_OK(update(&on, &error), error);
    on.version = of->after;
    return on;
}

/* What follows a disaster goes through. */
static void check_recovery(trial *on) {
    on->version = first;
    CHECK_OK(update(on, &error), error);
    check_is(on->path, first, first);
    CHECK_INT(0, count_files(on->folder, true)); /* what was left is gone */
    on->version = third;
    CHECK_OK(update(on, &error), error);
    CHECK_OK(merge(on, &error), error);
    check_is(on->path, third, third);
    CHECK_INT(1, count_files(on->folder, false));
}

static int count_calls(const experiment *of) {
    trial on = prepare(of);
    mz_dying_end end = mz_dying_run(of->body, &on, &(mz_dying_plan){.what = MZ_LIVES});
    CHECK_INT(MZ_OK, end.status);
    check_is(on.path, of->after, of->after);
    CHECK_INT(of->body == update ? 2 : 1, count_files(on.folder, false));
    CHECK_INT(0, count_files(on.folder, true));
    CHECK(end.calls > 10);
    return end.calls;
}

static void kill_everywhere(mz_death what) {
    int killed = 0;
    for (const experiment *of = experiments; of < experiments + EXPERIMENTS; of++) {
        int calls = count_calls(of);
        for (int number = 1; number <= calls; number++) {
            mz_test_case("%s, call %d of %d", of->what, number, calls);
            trial on = prepare(of);
            mz_dying_end end = mz_dying_run(of->body, &on, &(mz_dying_plan){.what = what, .number = number});
            CHECK(end.status == MZ_WAS_KILLED || (end.status == MZ_OK && what == MZ_KILLED_HALFWAY));
            killed += end.status == MZ_WAS_KILLED;
            check_is(on.path, of->before, of->after);
            check_recovery(&on);
        }
        printf("# %s: %d calls\n", of->what, calls);
    }
    CHECK(killed > 20);
}

TEST(files_of_writers_that_are_gone_are_removed_and_no_others) {
    trial on = prepare(&experiments[0]);
    char path[700];
    static const char *const left[] = {"x.mzi.partial-0123456789abcdef", "x.mzi.changes.partial-0123456789abcdef",
                                       "x.mzi.seal.partial-0123456789abcdef"},
                             *const others[] = {"y.mzi.partial-0123456789abcdef", "x.mzi.partial-0123456789abcde",
                                                "x.mzi.old.partial-0123456789abcdef", "x.mzi.partial-0123456789abcdeg"};
    enum { LEFT = sizeof left / sizeof *left, OTHERS = sizeof others / sizeof *others };
    for (size_t i = 0; i < LEFT + OTHERS; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", on.folder, i < LEFT ? left[i] : others[i - LEFT]);
        CHECK_OK(mz_file_replace(path, "?", 1, &error), error);
    }
    /* another who is at work: the image of `on` is built meanwhile */
    mz_index_builder *other = NULL;
    CHECK_OK(mz_index_builder_new(on.path, &other, &error), error);
    CHECK_INT(OTHERS + 1, count_files(on.folder, true));
    CHECK_OK(build(&on, &error), error);
    CHECK_INT(OTHERS + 1, count_files(on.folder, true));
    CHECK_OK(update(&on, &error), error);
    CHECK_INT(OTHERS + 1, count_files(on.folder, true));
    CHECK_OK(mz_index_builder_list(other, MZ_STR("crash"), mz_str_of(third), 0, &error), error);
    CHECK_OK(add_all(other, add_to_image, third, &error), error);
    CHECK_OK(mz_index_builder_finish(other, &error), error);
    mz_index_builder_free(other);
    check_is(on.path, third, third);
    for (size_t i = 0; i < OTHERS; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", on.folder, others[i]);
        CHECK_INT(0, unlink(path));
    }
    CHECK_INT(0, count_files(on.folder, true));
}

TEST(a_writer_killed_before_any_of_its_calls_leaves_the_index_whole) {
    kill_everywhere(MZ_KILLED_BEFORE);
}

TEST(a_writer_killed_in_the_middle_of_any_write_leaves_the_index_whole) {
    kill_everywhere(MZ_KILLED_HALFWAY);
}

TEST(a_call_that_fails_is_an_error_and_leaves_the_index_whole) {
    static const struct {
        int error;
        bool lasting;
        const char *remedy;
    } failures[] = {{ENOSPC, true, "free some space"}, {ENOSPC, false, "free some space"}, {EIO, false, "error"}};
    int failed = 0;
    for (const experiment *of = experiments; of < experiments + EXPERIMENTS; of++) {
        int calls = count_calls(of);
        for (int number = 1; number <= calls; number++)
            for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
                mz_test_case("%s, %s at call %d of %d", of->what, strerror(failures[i].error), number, calls);
                trial on = prepare(of);
                const mz_dying_plan plan = {MZ_CALL_FAILS, number, failures[i].error, failures[i].lasting};
                mz_dying_end end = mz_dying_run(of->body, &on, &plan);
                CHECK(end.status == MZ_OK || end.status == MZ_ERR_IO);
                if (end.status) {
                    failed++;
                    if (!strstr(end.text, failures[i].remedy)) CHECK_TEXT(failures[i].remedy, end.text);
                    if (!failures[i].lasting) CHECK_INT(0, count_files(on.folder, true));
                } else {
                    check_is(on.path, of->after, of->after);
                }
                check_is(on.path, of->before, of->after);
                check_recovery(&on);
            }
    }
    printf("# %d failures told\n", failed);
    CHECK(failed > 20);
}

TEST_MAIN()
