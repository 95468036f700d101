/* Any bytes as a list of one's own. The first byte chooses: c a CSV, j JSON, without a mapping; C and J with one, which
 * stands before the table and ends at 0x1E. */
#include "list_checks.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    const mz_list_format *format = (data[0] | 0x20) == 'c' ? &mz_format_csv : &mz_format_json;
    bool mapped = data[0] < 'a';
    data++, size--;
    const uint8_t *end = mapped && size ? memchr(data, 0x1E, size) : NULL;
    if (!end) {
        check_bytes(format, data, size);
        return 0;
    }
    char path[64], mapping_path[64];
    int mapping = memory_file(data, (size_t)(end - data), mapping_path);
    int file = memory_file(end + 1, size - (size_t)(end + 1 - data), path);
    check_reading(format, path, mapping_path);
    (void)close(file);
    (void)close(mapping);
    return 0;
}
