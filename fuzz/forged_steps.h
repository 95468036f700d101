/* Changes to an honest image: the input of a target is a list of them, so that it stays of use when the format changes:
 * eight bytes each, section (or header), size with 64 for "add", offset, value. Then the checksums are made right. */
#ifndef MIZAN_FUZZ_FORGED_STEPS_H
#define MIZAN_FUZZ_FORGED_STEPS_H

#include "../tests/forged_image.h"
#include "mizan/screen.h"

#include <stdlib.h>
#include <string.h>

enum { FORGED_STEP_BYTES = 8, FORGED_STEPS_MOST = 64, FORGED_ADD = 64 };

/* `honest` says where the sections are: in the image in hand that may have been changed, too. */
static inline void forged_step(uint8_t *bytes, const mz_image_header *honest, const uint8_t step[FORGED_STEP_BYTES]) {
    static const size_t sizes[] = {1, 2, 4, 8};
    size_t size = sizes[step[1] % 4], start = 0, room = sizeof *honest, section = step[0] % (MZ_SECTION_COUNT + 1);
    if (section < MZ_SECTION_COUNT) {
        start = honest->sections[section].offset;
        room = honest->sections[section].size;
    }
    size_t offset = (size_t)step[2] | (size_t)step[3] << 8;
    if (offset + size > room) return;
    int32_t given;
    memcpy(&given, step + 4, sizeof given);
    uint64_t value = (uint64_t)(int64_t)given, was = 0;
    memcpy(&was, bytes + start + offset, size);
    if (step[1] & FORGED_ADD) value += was;
    memcpy(bytes + start + offset, &value, size);
}

static inline void forged_steps(uint8_t *bytes, size_t bytes_size, const mz_image_header *honest, const uint8_t *data,
                                size_t size) {
    for (size_t s = 0; s < FORGED_STEPS_MOST && (s + 1) * FORGED_STEP_BYTES <= size; s++)
        forged_step(bytes, honest, data + s * FORGED_STEP_BYTES);
    forged_seal(bytes, bytes_size);
}

static inline void forged_screen(const mz_index *index) {
    static const char *const queries[] = {
        "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zeinab Morjani\",\"Karim Olghazi\"],\"birthDate\":\"1970\","
        "\"passportNumber\":\"AB123456\",\"nationality\":\"ma\"}}",
        "{\"properties\":{\"name\":[\"Sea Lantern\",\"Atlas Safran Sarl 12\"],\"imoNumber\":\"9074729\"}}",
    };
    mz_screener *screener;
    mz_screen_options options = {.threshold = 0.5, .limit = 20};
    if (mz_screener_new(index, &options, &screener, NULL)) return;
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        mz_str answer;
        size_t hits;
        (void)mz_screen_json(screener, mz_str_of(queries[q]), &answer, &hits, NULL);
    }
    mz_screener_free(screener);
}

static inline void forged_read_all(const mz_index *index) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    for (uint32_t i = 0; i < facts.numbers; i++) {
        mz_index_entry entry;
        char *json;
        size_t size;
        uint32_t number;
        if (!mz_index_holds(index, i)) continue;
        mz_index_entity(index, i, &entry);
        if (mz_index_record(index, i, &json, &size, NULL) == MZ_OK) free(json);
        if (mz_index_find(index, entry.id, &number, NULL) == MZ_OK && !mz_index_holds(index, number)) __builtin_trap();
    }
}

/* Everything that may be done with an index. */
static inline void forged_use(const mz_index *index) {
    forged_read_all(index);
    forged_screen(index);
}

#endif
