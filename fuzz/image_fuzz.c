/* Images by an enemy who computes checksums. The input is a list of changes to an honest image, so that it stays of use
 * when the format changes: eight bytes each, section (or header), size with 64 for "add", offset, value. The checksums
 * are made right again; then the image is refused, or everything is done with it that may be done. */
#include "index/image.h"
#include "invented_image.h"
#include "mizan/screen.h"

#include <string.h>
#include <xxhash.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STEP_BYTES = 8, STEPS_MOST = 64, ADD = 64 };

/* `honest` says where the sections are: in the image in hand that may have been changed, too. */
static void change(uint8_t *bytes, const mz_image_header *honest, const uint8_t step[STEP_BYTES]) {
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
    if (step[1] & ADD) value += was;
    memcpy(bytes + start + offset, &value, size);
}

static void seal(uint8_t *bytes, size_t size) {
    mz_image_header *header = (void *)bytes;
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) {
        mz_section_row *row = &header->sections[s];
        if (row->offset <= size && row->size <= size - row->offset)
            row->checksum = XXH3_64bits(bytes + row->offset, row->size);
    }
    header->checksum = 0;
    header->checksum = XXH3_64bits(header, sizeof *header);
}

static void screen(const mz_index *index) {
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

static void read_all(const mz_index *index) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    for (uint32_t i = 0; i < facts.entities; i++) {
        mz_index_entry entry;
        char *json;
        size_t size;
        uint32_t number;
        mz_index_entity(index, i, &entry);
        if (mz_index_record(index, i, &json, &size, NULL) == MZ_OK) free(json);
        if (mz_index_find(index, entry.id, &number, NULL) == MZ_OK && number >= facts.entities) __builtin_trap();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t *honest;
    static size_t honest_size;
    mz_index *index;
    if (!honest) honest = invented_image_bytes(&honest_size);
    uint8_t *bytes = malloc(honest_size);
    if (!bytes) return 0;
    memcpy(bytes, honest, honest_size);
    for (size_t s = 0; s < STEPS_MOST && (s + 1) * STEP_BYTES <= size; s++)
        change(bytes, (const void *)honest, data + s * STEP_BYTES);
    seal(bytes, honest_size);
    if (mz_index_open_memory(bytes, honest_size, &index, NULL) == MZ_OK) {
        read_all(index);
        screen(index);
        mz_index_close(index);
    } else if (size < STEP_BYTES) {
        __builtin_trap(); /* nothing was changed */
    }
    free(bytes);
    return 0;
}
