/* Any bytes as the Consolidated Screening List in JSON. */
#include "list_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    check_bytes(&mz_format_us_csl_json, data, size);
    return 0;
}
