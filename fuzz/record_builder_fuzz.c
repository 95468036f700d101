/* The builder driven by bytes: each step is an operation, a property and a short value. Whatever comes, the record is
 * finished or refused, its text reads back, and reads back as itself. */
#include "entity/record.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth) {
    if (!truth) abort();
}

static void step(mz_builder *builder, unsigned *entities, uint8_t operation, uint8_t choice, mz_str value) {
    static const char roles[] = "gfmpts?";
    mz_position at = {choice, 0, 0};
    mz_property property = (mz_property)(choice % MZ_PROPERTY_COUNT);
    unsigned entity = *entities ? choice % *entities : 0;
    if (*entities == 0 || operation % 8 == 0) {
        (void)mz_builder_entity(builder, (mz_schema)(choice % MZ_SCHEMA_COUNT), value, at);
        ++*entities;
    } else if (operation % 8 == 1) {
        mz_builder_caption(builder, value);
    } else if (operation % 8 == 2) {
        mz_name_part parts[] = {{roles[choice % 7], value}, {roles[operation % 7], value}};
        (void)mz_builder_name_parts(builder, entity, MZ_PROP_name, (mz_name_kind)(choice % MZ_NAME_KIND_COUNT), parts,
                                    2, at);
    } else {
        mz_name_kind kind = (mz_name_kind)(operation % MZ_NAME_KIND_COUNT);
        (void)mz_builder_name(builder, entity, property, kind, value, at);
    }
}

static void check_record(const mz_record *record) {
    mz_buffer text, again;
    mz_arena arena;
    mz_record back;
    mz_buffer_init(&text, 1 << 24);
    mz_buffer_init(&again, 1 << 24);
    mz_arena_init(&arena, 1 << 24);
    mz_record_write_json(record, &text);
    check(mz_record_read_json(mz_buffer_view(&text), &arena, &back, NULL) == MZ_OK);
    mz_record_write_json(&back, &again);
    check(mz_str_equal(mz_buffer_view(&text), mz_buffer_view(&again)));
    mz_arena_done(&arena);
    mz_buffer_done(&again);
    mz_buffer_done(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_builder *builder;
    const mz_record *record;
    unsigned entities = 0;
    check(mz_builder_new(1 << 18, MZ_DATE_DAY_FIRST, &builder, NULL) == MZ_OK);
    mz_builder_start(builder, MZ_STR("fuzz"));
    for (size_t at = 0; at + 3 <= size;) {
        size_t length = data[at + 2] < size - at - 3 ? data[at + 2] : size - at - 3;
        step(builder, &entities, data[at], data[at + 1], (mz_str){(const char *)data + at + 3, length});
        at += 3 + length;
    }
    if (mz_builder_finish(builder, &record, NULL) == MZ_OK) check_record(record);
    mz_builder_free(builder);
    return 0;
}
