/* The store when memory runs out: every allocation of an import, of a comparison and of a look at the store fails in
 * turn. */
#include "line_list.h"
#include "lists/import.h"
#include "lists/reader.h"
#include "oom.h"
#include "test.h"

#include "mizan/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Instead of the C library's: hundreds of imports need not wait for a disk. */
int fsync(int descriptor) {
    return fcntl(descriptor, F_GETFD) < 0 ? -1 : 0;
}

typedef struct test_paths {
    char old_list[1024], new_list[1024], changes[1024], base[512];
    unsigned number;
} test_paths;

static mz_status count_change(void *context, const mz_change *change, mz_error *error) {
    (void)error;
    *(size_t *)context += change->field_count + 1;
    return MZ_OK;
}

static mz_status count_record(void *context, const mz_record *record, mz_error *error) {
    (void)error;
    *(size_t *)context += record->entity_count;
    return MZ_OK;
}

static mz_status look_around(mz_list_store *store, mz_error *error) {
    mz_list_version *versions = NULL;
    size_t count = 0, changes = 0, entities = 0;
    mz_status status = mz_list_store_current(store, &versions, &count, error);
    free(versions);
    versions = NULL;
    if (!status) status = mz_list_store_history(store, "tl", &versions, &count, error);
    if (!status && versions && count == 4) {
        /* backwards, so that it is computed */
        status =
            mz_list_store_diff(store, "tl", versions[0].version, versions[1].version, count_change, &changes, error);
        if (!status) status = mz_list_store_diff(store, "tl", NULL, NULL, count_change, &changes, error);
    }
    free(versions);
    if (!status) status = mz_list_store_records(store, "tl", NULL, count_record, &entities, error);
    return status;
}

static mz_status use_the_store(void *context, mz_error *error) {
    test_paths *paths = context;
    char folder[600];
    mz_list_store *store = NULL;
    mz_list_version version;
    mz_list_format later = line_list; /* which reads dates otherwise */
    later.dates = MZ_DATE_MONTH_FIRST;
    bool new;
    (void)snprintf(folder, sizeof folder, "%s/%u", paths->base, paths->number++);
    mz_status status = mz_list_store_open(folder, true, &store, error);
    if (status) return status;
    status = mz_list_store_import(store, &line_list, paths->old_list, NULL, &version, &new, error);
    if (!status) status = mz_list_store_import(store, &line_list, paths->new_list, NULL, &version, &new, error);
    if (!status) status = mz_store_reread(store, &later, "tl", NULL, &version, &new, error);
    if (!status) status = mz_list_store_import(store, &line_list, paths->changes, NULL, &version, &new, error);
    if (!status) status = look_around(store, error);
    mz_list_store_close(store);
    return status;
}

TEST(an_allocation_that_fails_is_an_error_and_loses_nothing) {
    test_paths paths = {.number = 0};
    (void)snprintf(paths.base, sizeof paths.base, "%s", new_folder());
    (void)snprintf(paths.old_list, sizeof paths.old_list, "%s",
                   write_text(new_folder(), "old.txt", "a1|Person|Amina Tazi\n+Address|x|city=Fes\n"));
    (void)snprintf(
        paths.new_list, sizeof paths.new_list, "%s",
        write_text(new_folder(), "new.txt", "a1|Person|Amina Tazi|birthDate=03/04/1970\na2|Person|Basma Idrissi\n"));
    (void)snprintf(paths.changes, sizeof paths.changes, "%s",
                   write_text(new_folder(), "changes.txt",
                              "~a2|Person|Basma Idrissi|birthDate=1971\n*a3|Person|Chadia "
                              "Naciri\n"));
    printf("# %zu allocations\n", mz_oom_each(use_the_store, &paths));
}

TEST_MAIN()
