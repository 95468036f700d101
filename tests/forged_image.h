/* Images by an enemy, who can compute checksums: what was changed is made to look right again. */
#ifndef MIZAN_TEST_FORGED_IMAGE_H
#define MIZAN_TEST_FORGED_IMAGE_H

#include "index/image.h"

#include <xxhash.h>

static inline mz_image_header *forged_header(uint8_t *bytes) {
    return (mz_image_header *)(void *)bytes;
}

/* Makes all checksums right. */
static inline void forged_seal(uint8_t *bytes, size_t size) {
    mz_image_header *header = forged_header(bytes);
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) {
        mz_section_row *row = &header->sections[s];
        if (row->offset <= size && row->size <= size - row->offset)
            row->checksum = XXH3_64bits(bytes + row->offset, row->size);
    }
    header->checksum = 0;
    header->checksum = XXH3_64bits(header, sizeof *header);
}

#endif
