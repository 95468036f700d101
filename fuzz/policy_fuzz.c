/* Policies of any bytes. One that is accepted is sound for every name, has a canonical form that reads as the same
 * policy, and stays so when a caller changes it; one that is refused says why. */
#include "match/policy.h"

#include "base/json_read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_BYTES = 4 << 20 };

static void hold(bool truth) {
    if (!truth) abort();
}

static void check_digest(const mz_policy *policy) {
    char digest[MZ_POLICY_DIGEST_SIZE], again[MZ_POLICY_DIGEST_SIZE];
    mz_policy *read = NULL;
    mz_buffer text;
    mz_buffer_init(&text, TEXT_BYTES);
    mz_policy_write_json(policy, &text);
    hold(!text.failed);
    hold(mz_policy_read(mz_buffer_view(&text), &read, NULL) == MZ_OK);
    hold(mz_policy_digest(policy, digest, NULL) == MZ_OK && mz_policy_digest(read, again, NULL) == MZ_OK);
    hold(strcmp(digest, again) == 0);
    mz_policy_free(read);
    mz_buffer_done(&text);
}

static void check_settled(const mz_policy *policy) {
    size_t rule;
    hold(mz_policy_unsound(policy, NULL, &rule) == NULL);
    for (unsigned culture = 0; culture < MZ_CULTURE_COUNT; culture++) {
        mz_settings settings;
        mz_policy_settle(policy, MZ_SCHEMA_Person, (mz_culture)culture, NULL, &settings);
        hold(settings.threshold >= 0.5 && settings.threshold <= 1);
        for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
            double price = mz_price_get(&settings.prices, (mz_price)p);
            hold(price >= mz_price_of((mz_price)p)->least && price <= mz_price_of((mz_price)p)->most);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_policy *policy = NULL, *changed = NULL;
    mz_error error = {0};
    mz_status status = mz_policy_read((mz_str){(const char *)data, size}, &policy, &error);
    hold((status == MZ_OK) == (policy != NULL));
    if (status) {
        hold(error.text[0] != '\0');
        return 0;
    }
    check_settled(policy);
    check_digest(policy);
    const mz_algorithm exact = MZ_ALGORITHM_EXACT;
    const mz_policy_weight weight = {MZ_STR_INIT("missing"), (double)(size % 40) / 10};
    const mz_policy_changes changes = {.algorithm = &exact, .threshold = 0.75, .weights = &weight, .weight_count = 1};
    status = mz_policy_change(policy, &changes, &changed, &error);
    hold(status == MZ_OK || (status == MZ_ERR_ARGUMENT && error.text[0]));
    if (!status) {
        check_settled(changed);
        check_digest(changed);
    }
    mz_policy_free(changed);
    mz_policy_free(policy);
    return 0;
}
