/* A name taken apart when memory runs out: every allocation fails in turn. */
#include "names/name.h"

#include "oom.h"
#include "test.h"

typedef struct parsing {
    const char *text;
    bool organisation;
} parsing;

static mz_status parse(void *context, mz_error *error) {
    const parsing *one = context;
    mz_arena arena;
    mz_name name;
    mz_arena_init(&arena, 1 << 20);
    mz_status status = mz_name_parse(mz_str_of(one->text), one->organisation, &arena, &name, error);
    bool lost = !status && name.count == 0;
    mz_arena_done(&arena);
    return lost ? MZ_ERR_INPUT : status;
}

TEST(a_failed_allocation_is_an_error_and_never_a_name_of_fewer_words) {
    static const parsing names[] = {
        {"Dr Abd al-Rahman bin Salaheddine K4rim", false},
        {"عبدالرحمن نورالدين الصباغ", false},
        {"M/V Invented Star No. 7 SARL", true},
        {"王建国", false},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        parsing one = names[i];
        mz_test_case("%s", one.text);
        CHECK(mz_oom_each(parse, &one) > 0);
    }
}

static mz_status read_parts(void *context, mz_error *error) {
    const mz_entity *entity = context;
    mz_arena arena;
    mz_name_parts parts;
    mz_name name = {.count = 2};
    mz_arena_init(&arena, 1 << 20);
    mz_status status = mz_name_parts_read(entity, &arena, &parts, error);
    if (!status) status = mz_name_parse_parts(MZ_STR("Kelvar Tazi"), false, &parts, &arena, &name, error);
    bool lost = !status && (name.count != 2 || name.words[0].role != MZ_ROLE_FAMILY);
    mz_arena_done(&arena);
    return lost ? MZ_ERR_INPUT : status;
}

TEST(a_failed_allocation_never_loses_what_is_told_of_a_name) {
    mz_fact facts[] = {{.property = MZ_PROP_firstName, .value = MZ_STR("Tazi")},
                       {.property = MZ_PROP_lastName, .value = MZ_STR("Kelvar")}};
    mz_entity entity = {.schema = MZ_SCHEMA_Person, .facts = facts, .fact_count = 2};
    CHECK(mz_oom_each(read_parts, &entity) > 0);
}

TEST(a_long_name_fails_as_cleanly_as_a_short_one) {
    static char text[6000];
    for (size_t i = 0; i < sizeof text - 1; i++) text[i] = i % 90 == 89 ? ' ' : "bakidomunefo"[i % 12];
    parsing one = {text, false};
    CHECK(mz_oom_each(parse, &one) > 0);
}

TEST_MAIN()
