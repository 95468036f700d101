/* Facts: what screening looks at of an entity, so that the same facts need not be judged twice. */
#include "screen/facts.h"

#include "entity/record.h"
#include "oom.h"
#include "test.h"

#include <string.h>

static mz_error error;
static mz_arena arena;
static const mz_position nowhere = {0};

static mz_builder *begin(void) {
    mz_builder *builder;
    mz_arena_init(&arena, 1 << 20);
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
    mz_builder_start(builder, MZ_STR("inv"));
    (void)mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("inv-1"), nowhere);
    return builder;
}

static void add(mz_builder *builder, unsigned entity, mz_property property, const char *value) {
    (void)mz_builder_add(builder, entity, property, mz_str_of(value), nowhere);
}

static mz_str end(mz_builder *builder) {
    const mz_record *record;
    CHECK_OK(mz_builder_finish(builder, &record, &error), error);
    mz_str facts = mz_facts_write_record(record, &arena);
    mz_builder_free(builder);
    return facts;
}

TEST(what_tells_somebody_apart_is_looked_at_and_remarks_are_not) {
    static const mz_property looked_at[] = {MZ_PROP_name,       MZ_PROP_weakAlias,   MZ_PROP_lastName,
                                            MZ_PROP_birthDate,  MZ_PROP_nationality, MZ_PROP_gender,
                                            MZ_PROP_birthPlace, MZ_PROP_address,     MZ_PROP_passportNumber,
                                            MZ_PROP_imoNumber,  MZ_PROP_buildDate};
    static const mz_property passed_over[] = {MZ_PROP_notes,       MZ_PROP_program,    MZ_PROP_position,
                                              MZ_PROP_listingDate, MZ_PROP_modifiedAt, MZ_PROP_topics,
                                              MZ_PROP_website,     MZ_PROP_city};
    for (size_t p = 0; p < sizeof looked_at / sizeof *looked_at; p++) CHECK(mz_facts_has(looked_at[p]));
    for (size_t p = 0; p < sizeof passed_over / sizeof *passed_over; p++) CHECK(!mz_facts_has(passed_over[p]));
}

TEST(facts_are_written_in_one_way_however_they_came) {
    mz_builder *builder = begin();
    add(builder, 0, MZ_PROP_name, "Tamrin Wardafi");
    add(builder, 0, MZ_PROP_name, "Belkari \"Wardafi\"");
    add(builder, 0, MZ_PROP_birthDate, "1 May 1970");
    add(builder, 0, MZ_PROP_notes, "seen in a harbour");
    mz_str facts = end(builder);
    CHECK_STR(MZ_STR("{\"properties\":{\"birthDate\":[\"1970-05-01\"],"
                     "\"name\":[\"Belkari \\\"Wardafi\\\"\",\"Tamrin Wardafi\"]},\"schema\":\"Person\"}"),
              facts);
    char digest[MZ_DIGEST_HEX_SIZE], other[MZ_DIGEST_HEX_SIZE];
    mz_facts_digest(facts, digest);
    mz_arena_done(&arena);

    builder = begin();
    add(builder, 0, MZ_PROP_birthDate, "1970-05-01");
    add(builder, 0, MZ_PROP_name, "Belkari \"Wardafi\"");
    add(builder, 0, MZ_PROP_name, "Tamrin Wardafi");
    add(builder, 0, MZ_PROP_name, "Tamrin  Wardafi");
    add(builder, 0, MZ_PROP_program, "INV-2");
    mz_facts_digest(end(builder), other);
    CHECK_TEXT(digest, other);
    mz_arena_done(&arena);
}

TEST(another_value_is_another_digest) {
    char digests[3][MZ_DIGEST_HEX_SIZE];
    static const char *const names[] = {"Tamrin Wardafi", "Tamrin Wardafa", ""};
    for (int k = 0; k < 3; k++) {
        mz_builder *builder = begin();
        add(builder, 0, MZ_PROP_name, names[k]);
        mz_facts_digest(end(builder), digests[k]);
        mz_arena_done(&arena);
    }
    CHECK(strcmp(digests[0], digests[1]) != 0 && strcmp(digests[1], digests[2]) != 0);
}

TEST(numbers_of_documents_and_addresses_beside_the_entity_are_its_own) {
    mz_builder *builder = begin();
    add(builder, 0, MZ_PROP_name, "Tamrin Wardafi");
    unsigned passport = mz_builder_entity(builder, MZ_SCHEMA_Passport, MZ_STR("inv-1-p"), nowhere);
    add(builder, passport, MZ_PROP_number, "ZX000001");
    add(builder, passport, MZ_PROP_country, "Morocco");
    unsigned account = mz_builder_entity(builder, MZ_SCHEMA_BankAccount, MZ_STR("inv-1-a"), nowhere);
    add(builder, account, MZ_PROP_accountNumber, "778899");
    unsigned address = mz_builder_entity(builder, MZ_SCHEMA_Address, MZ_STR("inv-1-d"), nowhere);
    add(builder, address, MZ_PROP_full, "12 Quay Street");
    unsigned sanction = mz_builder_entity(builder, MZ_SCHEMA_Sanction, MZ_STR("inv-1-s"), nowhere);
    add(builder, sanction, MZ_PROP_authorityId, "A-7");
    CHECK_STR(MZ_STR("{\"properties\":{\"accountNumber\":[\"778899\"],\"address\":[\"12 Quay Street\"],"
                     "\"name\":[\"Tamrin Wardafi\"],\"passportNumber\":[\"ZX000001 (ma)\"]},\"schema\":\"Person\"}"),
              end(builder));
    mz_arena_done(&arena);
}

TEST(an_entity_without_facts_has_its_schema) {
    const mz_entity entity = {.schema = MZ_SCHEMA_Vessel};
    mz_arena_init(&arena, 1 << 16);
    CHECK_STR(MZ_STR("{\"properties\":{},\"schema\":\"Vessel\"}"), mz_facts_write(&entity, &arena));
    mz_arena_done(&arena);
}

static mz_status write_facts(void *context, mz_error *ret_error) {
    static const mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR_INIT("Tamrin Wardafi")},
                                    {.property = MZ_PROP_gender, .value = MZ_STR_INIT("male")}};
    const mz_entity entity = {.schema = MZ_SCHEMA_Person, .facts = facts, .fact_count = 2};
    mz_arena own;
    (void)context;
    mz_arena_init(&own, 1 << 16);
    mz_str text = mz_facts_write(&entity, &own);
    bool whole = text.size > 0;
    mz_arena_done(&own);
    if (whole) return MZ_OK;
    if (ret_error) ret_error->status = MZ_ERR_MEMORY;
    return MZ_ERR_MEMORY;
}

TEST(a_failed_allocation_leaves_no_half_of_the_facts) {
    CHECK(mz_oom_each(write_facts, NULL) >= 2);
}

TEST_MAIN()
