/* Two names of any bytes, apart at the first NUL or line break, scored as the portal would. What must hold:
 * - malformed UTF-8 is refused, and nothing else is, but for memory;
 * - a name that is ready is within its limits, its parts follow each other in the letters, and it says when it was cut;
 * - a score is 0 or 50 to 100, the same each time; a name with letters has 100 against itself;
 * - the bound says of no score that is reached that it cannot be;
 * - under any settings the score is in 0…100. */
#include "match/ofac_bound.h"

#include "text/text.h"

#include <stdlib.h>

enum { CEILING_BYTES = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool truth) {
    if (!truth) abort();
}

static bool prepare(mz_str text, mz_arena *scratch, mz_arena *arena, mz_ofac_name *name) {
    mz_error error;
    mz_status status = mz_ofac_prepare(text, scratch, arena, name, &error);
    hold(mz_utf8_valid(text, NULL) ? status == MZ_OK || status == MZ_ERR_MEMORY : status == MZ_ERR_INPUT);
    if (status) return false;
    hold(name->letter_count <= MZ_OFAC_LETTERS_MOST && name->part_count <= MZ_OFAC_PARTS_MOST);
    hold((name->letter_count == 0) == (name->part_count == 0));
    size_t end = 0;
    for (size_t i = 0; i < name->part_count; i++) {
        const mz_ofac_part *part = &name->parts[i];
        hold(part->count > 0 && part->first >= end && part->first <= end + 1);
        end = (size_t)part->first + part->count;
        hold(end <= name->letter_count);
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t middle = 0;
    while (middle < size && data[middle] != '\0' && data[middle] != '\n') middle++;
    mz_str left = {(const char *)data, middle}, right = {"", 0};
    if (middle < size) right = (mz_str){(const char *)data + middle + 1, size - middle - 1};
    mz_arena scratch, arena;
    mz_arena_init(&scratch, CEILING_BYTES);
    mz_arena_init(&arena, CEILING_BYTES);
    mz_ofac_name query, listed;
    if (prepare(left, &scratch, &arena, &query) && prepare(right, &scratch, &arena, &listed)) {
        unsigned score = mz_ofac_score(&query, &listed);
        hold(score == 0 || (score >= MZ_OFAC_SCORE_LEAST && score <= 100));
        hold(score == mz_ofac_score(&query, &listed));
        hold(mz_ofac_score(&query, &query) == (query.part_count ? 100 : 0));
        mz_ofac_sketch sketch;
        mz_ofac_bound bound;
        mz_ofac_sketch_of(&listed, &sketch);
        mz_ofac_bound_for(&query, score, &bound);
        hold(score == 0 || mz_ofac_may_reach(&bound, &listed, &sketch));
        uint8_t any = (uint8_t)(size & 0xFF);
        mz_ofac_settings settings = {any % 11, any % 7, any % 5, any % 101, any % 97, any % 101, any % 2};
        hold(mz_ofac_score_by(&settings, &query, &listed) <= 100);
    }
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
    return 0;
}
