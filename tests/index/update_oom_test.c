/* Updating, merging and replacing under readers when memory runs out: each allocation fails in turn, which is an error,
 * and the index is as it was or as it should be. */
#include "base/error.h"
#include "invented_list.h"
#include "mizan/live.h"
#include "mizan/update.h"
#include "oom.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Instead of the C library's: hundreds of images need not wait for a disk. */
int fsync(int descriptor) {
    return fcntl(descriptor, F_GETFD) < 0 ? -1 : 0;
}

static char path[600];

/* Where an error came, what is there is still an index of one of the two versions. */
static mz_status check_whole(mz_status status, mz_error *error) {
    mz_index *index = NULL;
    uint32_t first, last;
    mz_status opened = mz_index_open(path, &index, NULL);
    if (opened) return opened == MZ_ERR_MEMORY ? mz_fail_memory(error) : MZ_ERR_REFUSED;
    bool old = mz_index_find(index, MZ_STR("inv-01"), &first, NULL) == MZ_OK;
    bool new = mz_index_find(index, MZ_STR("inv-20"), &last, NULL) == MZ_OK;
    mz_index_close(index);
    return old != new ? status : MZ_ERR_REFUSED;
}

static mz_status update_once(void *context, mz_error *error) {
    (void)context;
    mz_status status = invented_image(path, error);
    if (status) return status;
    return check_whole(invented_update(path, error), error);
}

static mz_status merge_once(void *context, mz_error *error) {
    (void)context;
    mz_status status = invented_image(path, error);
    if (!status) status = invented_update(path, error);
    if (status) return status;
    return check_whole(mz_index_merge(path, NULL, NULL, error), error);
}

static mz_status live_once(void *context, mz_error *error) {
    mz_live *live = NULL;
    bool new = false;
    (void)context;
    mz_status status = invented_image(path, error);
    if (!status) status = mz_live_open(path, &live, error);
    if (status) return status;
    mz_live_lease *lease = mz_live_take(live);
    status = invented_update(path, error);
    if (!status) status = mz_live_refresh(live, &new, error);
    if (mz_live_is_current(live, lease) == new) status = MZ_ERR_REFUSED;
    mz_live_give_back(live, lease);
    mz_live_close(live);
    return status;
}

TEST(an_update_without_memory_leaves_the_index) {
    (void)snprintf(path, sizeof path, "%s/update.mzi", mz_test_folder());
    CHECK(mz_oom_each(update_once, NULL) > 50);
}

TEST(a_merge_without_memory_leaves_the_index) {
    (void)snprintf(path, sizeof path, "%s/merge.mzi", mz_test_folder());
    CHECK(mz_oom_each(merge_once, NULL) > 50);
}

TEST(a_refresh_without_memory_leaves_the_index_that_was_current) {
    (void)snprintf(path, sizeof path, "%s/live.mzi", mz_test_folder());
    CHECK(mz_oom_each(live_once, NULL) > 50);
}

TEST_MAIN()
