/* Policies when memory runs out: reading, changing, the digest. */
#include "match/policy.h"
#include "oom.h"
#include "test.h"

static mz_status make(void *context, mz_error *error) {
    static const char json[] = "{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"extra\":0.5},\"rules\":["
                               "{\"schema\":\"Person\",\"threshold\":0.8},{\"culture\":\"arabic\",\"threshold\":0.6}]}";
    mz_policy *policy = NULL, *changed = NULL;
    char digest[MZ_POLICY_DIGEST_SIZE];
    const mz_policy_weight weight = {MZ_STR_INIT("order"), 0.1};
    const mz_policy_changes changes = {.weights = &weight, .weight_count = 1};
    (void)context;
    mz_status status = mz_policy_read(mz_str_of(json), &policy, error);
    if (!status) status = mz_policy_change(policy, &changes, &changed, error);
    if (!status) status = mz_policy_digest(changed, digest, error);
    mz_policy_free(policy);
    mz_policy_free(changed);
    return status;
}

TEST(a_policy_without_memory_is_an_error) {
    CHECK(mz_oom_each(make, NULL) >= 5);
}

TEST_MAIN()
