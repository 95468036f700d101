/* A report for which memory runs out. */
#include "oom.h"
#include "reports/goaml.h"
#include "test.h"

static mz_status write_one(void *context, mz_error *error) {
    static const char report[] =
        "{\"rentity_id\":17,\"reporting_person\":{\"first_name\":\"سفيان\",\"last_name\":\"b\"}}";
    const mz_goaml_rules rules = {.supports = MZ_GOAML_5_0};
    const mz_json_value *value;
    mz_goaml_gap *gaps;
    size_t count;
    mz_arena arena;
    mz_buffer xml;
    (void)context;
    mz_arena_init(&arena, 1 << 20);
    mz_buffer_init(&xml, 1 << 20);
    mz_status status = mz_json_parse(mz_str_of(report), 0, &arena, &value, error);
    if (!status) status = mz_goaml_write(value, &rules, &arena, &xml, &gaps, &count, error);
    if (!status && mz_goaml_latin(MZ_STR("سفيان المربكوي"), &arena).size == 0) status = MZ_ERR_MEMORY;
    mz_buffer_done(&xml);
    mz_arena_done(&arena);
    return status;
}

TEST(a_failed_allocation_is_an_error_and_not_a_crash) {
    CHECK(mz_oom_each(write_one, NULL) >= 2);
}

TEST_MAIN()
