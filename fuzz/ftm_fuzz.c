/* Any bytes as a file of FollowTheMoney lines. */
#include "list_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    check_bytes(&mz_format_ftm, data, size);
    return 0;
}
