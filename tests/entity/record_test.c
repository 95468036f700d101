/* The builder: what becomes of a value on its way into a fact, and what a record promises. */
#include "entity/record.h"

#include "mizan/country.h"
#include "oom.h"
#include "test.h"

#include <stdio.h>

static const mz_position here = {12, 3, 1}, nowhere = {0};
static mz_error error;

/* A builder with one Person, number 0. */
static mz_builder *builder_with_person(size_t ceiling) {
    mz_builder *builder;
    CHECK_OK(mz_builder_new(ceiling, MZ_DATE_DAY_FIRST, &builder, &error), error);
    mz_builder_start(builder, MZ_STR("invented"));
    CHECK_INT(0, mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("invented-1"), here));
    return builder;
}

static const mz_record *finished(mz_builder *builder) {
    const mz_record *record = NULL;
    CHECK_OK(mz_builder_finish(builder, &record, &error), error);
    return record;
}

TEST(a_record_has_what_was_put_into_it) {
    mz_builder *builder = builder_with_person(1 << 20);
    mz_builder_reference(builder, MZ_STR(" INV.001 "));
    unsigned address = mz_builder_entity(builder, MZ_SCHEMA_Address, MZ_STR("invented-1-a"), nowhere);
    mz_builder_name(builder, 0, MZ_PROP_name, MZ_NAME_PRIMARY, MZ_STR("Zaynab Al-Murjani"), here);
    mz_builder_add(builder, address, MZ_PROP_city, MZ_STR("Taza"), nowhere);
    mz_builder_add(builder, 0, MZ_PROP_addressEntity, mz_builder_id(builder, address), nowhere);
    const mz_record *record = finished(builder);
    CHECK_STR(MZ_STR("invented"), record->list);
    CHECK_STR(MZ_STR("INV.001"), record->reference);
    CHECK_STR(MZ_STR("Zaynab Al-Murjani"), record->caption);
    CHECK(record->target);
    CHECK_INT(2, record->entity_count);
    CHECK_INT(MZ_SCHEMA_Person, record->entities[0].schema);
    CHECK_INT(12, record->entities[0].at.line);
    CHECK_STR(MZ_STR("invented-1-a"), mz_entity_first(&record->entities[0], MZ_PROP_addressEntity));
    CHECK_STR(MZ_STR("Taza"), mz_entity_first(&record->entities[1], MZ_PROP_city));
    CHECK_STR(MZ_STR(""), mz_entity_first(&record->entities[1], MZ_PROP_country));
    CHECK_INT(3, record->entities[0].facts[0].at.column);
    mz_builder_free(builder);
}

TEST(a_value_is_brought_to_the_form_of_its_type) {
    static const struct {
        mz_property property;
        const char *value, *normal, *original;
        uint32_t flags;
    } cases[] = {
        {MZ_PROP_birthDate, "1 May 1970", "1970-05-01", "1 May 1970", 0},
        {MZ_PROP_birthDate, "02/03/1970", "1970-03-02", "02/03/1970", 0},
        {MZ_PROP_birthDate, "1970-05-01", "1970-05-01", "", 0},
        {MZ_PROP_birthDate, "in his fifties", "in his fifties", "", MZ_FACT_UNPARSED},
        {MZ_PROP_birthDate, "1386-12-21", "1386-12-21", "", MZ_FACT_UNPARSED}, /* of another calendar */
        {MZ_PROP_incorporationDate, "1472", "1472", "", 0},                    /* of an old house */
        {MZ_PROP_nationality, "Moroccan", "ma", "Moroccan", 0},
        {MZ_PROP_nationality, "ma", "ma", "", 0},
        {MZ_PROP_nationality, "Ruritania", "Ruritania", "", MZ_FACT_UNPARSED},
        {MZ_PROP_passportNumber, "ab 12-34", "AB1234", "ab 12-34", 0},
        {MZ_PROP_imoNumber, "IMO 9900018", "IMO9900018", "IMO 9900018", MZ_FACT_WRONG_CHECK},
        {MZ_PROP_imoNumber, "not known", "not known", "", MZ_FACT_UNPARSED},
        {MZ_PROP_gender, "Male", "male", "Male", 0},
        {MZ_PROP_gender, "F", "female", "F", 0},
        {MZ_PROP_gender, "ذكر", "male", "ذكر", 0},
        {MZ_PROP_gender, "Féminin", "female", "Féminin", 0},
        {MZ_PROP_gender, "n/a", "n/a", "", MZ_FACT_UNPARSED},
        {MZ_PROP_name, "  Zaynab \t\n Al-Murjani ", "Zaynab Al-Murjani", "", 0},
        {MZ_PROP_name,
         "Zaynab\xC2\xA0"
         "Al\xE3\x80\x80Murjani\xE2\x80\x8B",
         "Zaynab Al Murjani", "", 0},
        {MZ_PROP_name, "Zay\xFFnab\xC3", "Zay\xEF\xBF\xBDnab\xEF\xBF\xBD", "", 0}, /* not UTF-8 */
        {MZ_PROP_name, "می\xE2\x80\x8Cخواهد", "می\xE2\x80\x8Cخواهد", "", 0},       /* the joiner is spelling */
        {MZ_PROP_notes, " one \r\n two\t three ", "one\ntwo three", "", 0},
        {MZ_PROP_reason, "one\ntwo", "one two", "", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_builder *builder = builder_with_person(1 << 16);
        mz_test_case("%s \"%s\"", mz_property_name(cases[i].property), cases[i].value);
        const mz_fact *fact = mz_builder_add(builder, 0, cases[i].property, mz_str_of(cases[i].value), here);
        CHECK(fact != NULL);
        CHECK_STR(mz_str_of(cases[i].normal), fact->value);
        CHECK_STR(mz_str_of(cases[i].original), fact->original);
        CHECK_INT(cases[i].flags, fact->flags);
        mz_builder_free(builder);
    }
}

TEST(nothing_adds_nothing) {
    static const char *const empty[] = {"", " ", "\t\r\n", "\xC2\xA0", "\xEF\xBB\xBF"};
    mz_builder *builder = builder_with_person(1 << 16);
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
        CHECK(mz_builder_add(builder, 0, MZ_PROP_notes, mz_str_of(empty[i]), here) == NULL);
    CHECK(mz_builder_add(builder, 0, MZ_PROP_name, (mz_str){NULL, 0}, here) == NULL);
    CHECK(mz_builder_name_parts(builder, 0, MZ_PROP_name, MZ_NAME_PRIMARY, NULL, 0, here) == NULL);
    const mz_record *record = finished(builder);
    CHECK_INT(0, record->entities[0].fact_count);
    CHECK_STR(MZ_STR("invented-1"), record->caption); /* what is left to call it by */
    mz_builder_free(builder);
}

TEST(a_value_repeated_adds_nothing) {
    mz_builder *builder = builder_with_person(1 << 20);
    CHECK(mz_builder_add(builder, 0, MZ_PROP_nationality, MZ_STR("Moroccan"), here) != NULL);
    CHECK(mz_builder_add(builder, 0, MZ_PROP_nationality, MZ_STR("Morocco"), here) == NULL);
    CHECK(mz_builder_add(builder, 0, MZ_PROP_country, MZ_STR("Morocco"), here) != NULL); /* another property */
    CHECK(mz_builder_name(builder, 0, MZ_PROP_alias, MZ_NAME_STRONG_ALIAS, MZ_STR("Zizi"), here) != NULL);
    CHECK(mz_builder_name(builder, 0, MZ_PROP_alias, MZ_NAME_STRONG_ALIAS, MZ_STR(" Zizi"), here) == NULL);
    CHECK(mz_builder_name(builder, 0, MZ_PROP_alias, MZ_NAME_PREVIOUS, MZ_STR("Zizi"), here) !=
          NULL); /* another kind */
    unsigned other = mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("invented-2"), nowhere);
    CHECK(mz_builder_add(builder, other, MZ_PROP_nationality, MZ_STR("Morocco"), here) != NULL);
    CHECK_INT(4, finished(builder)->entities[0].fact_count);
    mz_builder_free(builder);
}

TEST(repeated_values_are_found_among_many) {
    mz_builder *builder = builder_with_person(1 << 24);
    unsigned other = mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("invented-2"), nowhere);
    char text[32];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 1000; i++) {
            (void)snprintf(text, sizeof text, "Name %d", i);
            CHECK_INT(round == 0, mz_builder_add(builder, 0, MZ_PROP_alias, mz_str_of(text), here) != NULL);
            CHECK_INT(round == 0, mz_builder_add(builder, other, MZ_PROP_alias, mz_str_of(text), here) != NULL);
            CHECK(mz_builder_add(builder, 0, MZ_PROP_name, MZ_STR("Name"), here) == NULL || (round == 0 && i == 0));
        }
    const mz_record *record = finished(builder);
    CHECK_INT(1001, record->entities[0].fact_count);
    CHECK_INT(1000, record->entities[1].fact_count);
    mz_builder_free(builder);
}

TEST(facts_come_out_by_property_and_in_their_order) {
    mz_builder *builder = builder_with_person(1 << 20);
    mz_builder_add(builder, 0, MZ_PROP_gender, MZ_STR("female"), here);
    mz_builder_add(builder, 0, MZ_PROP_alias, MZ_STR("Second"), here);
    mz_builder_add(builder, 0, MZ_PROP_name, MZ_STR("Zaynab"), here);
    mz_builder_add(builder, 0, MZ_PROP_alias, MZ_STR("First"), here);
    const mz_entity *entity = &finished(builder)->entities[0];
    CHECK_STR(MZ_STR("Zaynab"), entity->facts[0].value);
    CHECK_STR(MZ_STR("Second"), entity->facts[1].value);
    CHECK_STR(MZ_STR("First"), entity->facts[2].value);
    CHECK_STR(MZ_STR("female"), entity->facts[3].value);
    mz_builder_free(builder);
}

TEST(the_caption_is_the_primary_name_unless_said) {
    mz_builder *builder = builder_with_person(1 << 20);
    mz_builder_add(builder, 0, MZ_PROP_name, MZ_STR("A name"), here);
    mz_builder_name(builder, 0, MZ_PROP_name, MZ_NAME_PRIMARY, MZ_STR("The name"), here);
    CHECK_STR(MZ_STR("The name"), finished(builder)->caption);
    mz_builder_start(builder, MZ_STR("invented"));
    mz_builder_entity(builder, MZ_SCHEMA_Vessel, MZ_STR("invented-9"), here);
    mz_builder_reference(builder, MZ_STR("INV.9"));
    CHECK_STR(MZ_STR("INV.9"), finished(builder)->caption);
    mz_builder_caption(builder, MZ_STR("The ship"));
    mz_builder_target(builder, false);
    CHECK_STR(MZ_STR("The ship"), finished(builder)->caption);
    CHECK(!finished(builder)->target);
    mz_builder_free(builder);
}

TEST(names_in_parts_keep_their_order_and_say_what_each_word_is) {
    static const mz_name_part parts[] = {
        {'t', {" Haj ", 5}}, {'g', {"Zaynab Rim", 10}}, {'?', {"", 0}}, {'g', {"Nour", 4}}, {'f', {"AL  MURJANI", 11}}};
    mz_builder *builder = builder_with_person(1 << 20);
    const mz_fact *fact = mz_builder_name_parts(builder, 0, MZ_PROP_name, MZ_NAME_PRIMARY, parts, 5, here);
    CHECK(fact != NULL);
    CHECK_STR(MZ_STR("Haj Zaynab Rim Nour AL MURJANI"), fact->value);
    CHECK_STR(MZ_STR("tgggff"), fact->roles);
    const mz_entity *entity = &finished(builder)->entities[0];
    CHECK_STR(MZ_STR("Haj"), mz_entity_first(entity, MZ_PROP_title));
    CHECK_STR(MZ_STR("Zaynab Rim"), mz_entity_first(entity, MZ_PROP_firstName));
    CHECK_STR(MZ_STR("Nour"), mz_entity_first(entity, MZ_PROP_secondName));
    CHECK_STR(MZ_STR("AL MURJANI"), mz_entity_first(entity, MZ_PROP_lastName));
    mz_builder_free(builder);
}

TEST(parts_of_an_alias_are_not_the_persons_own) {
    static const mz_name_part parts[] = {{'g', {"Zizi", 4}}, {'f', {"M", 1}}};
    mz_builder *builder = builder_with_person(1 << 20);
    const mz_fact *fact = mz_builder_name_parts(builder, 0, MZ_PROP_alias, MZ_NAME_STRONG_ALIAS, parts, 2, here);
    CHECK_STR(MZ_STR("gf"), fact->roles);
    CHECK(mz_builder_name_parts(builder, 0, MZ_PROP_alias, MZ_NAME_STRONG_ALIAS, parts, 2, here) == NULL);
    CHECK_INT(1, finished(builder)->entities[0].fact_count);
    mz_builder_free(builder);
}

TEST(a_fact_can_be_refined_and_a_schema_mended) {
    mz_builder *builder = builder_with_person(1 << 20);
    mz_fact *fact = mz_builder_add(builder, 0, MZ_PROP_name, MZ_STR("زينب"), here);
    fact->language = mz_builder_copy(builder, MZ_STR("ar"));
    fact->flags |= MZ_FACT_DERIVED;
    mz_builder_schema(builder, 0, MZ_SCHEMA_Vessel);
    const mz_entity *entity = &finished(builder)->entities[0];
    CHECK_INT(MZ_SCHEMA_Vessel, entity->schema);
    CHECK_STR(MZ_STR("ar"), entity->facts[0].language);
    CHECK_INT(MZ_FACT_DERIVED, entity->facts[0].flags);
    mz_builder_free(builder);
}

TEST(the_next_record_knows_nothing_of_the_last) {
    mz_builder *builder = builder_with_person(1 << 24);
    char text[32];
    for (int i = 0; i < 200; i++) {
        (void)snprintf(text, sizeof text, "Name %d", i);
        mz_builder_add(builder, 0, MZ_PROP_alias, mz_str_of(text), here);
    }
    mz_builder_target(builder, false);
    mz_builder_caption(builder, MZ_STR("caption"));
    finished(builder);
    mz_builder_start(builder, MZ_STR("other"));
    mz_builder_entity(builder, MZ_SCHEMA_Company, MZ_STR("other-1"), here);
    CHECK(mz_builder_add(builder, 0, MZ_PROP_alias, MZ_STR("Name 7"), here) != NULL);
    const mz_record *record = finished(builder);
    CHECK(record->target);
    CHECK_STR(MZ_STR("other"), record->list);
    CHECK_STR(MZ_STR("Name 7"), record->caption);
    CHECK_STR(MZ_STR(""), record->reference);
    CHECK_INT(1, record->entities[0].fact_count);
    mz_builder_free(builder);
}

TEST(a_record_over_its_ceiling_is_refused_and_the_next_is_not) {
    mz_builder *builder = builder_with_person(64 * 1024);
    const mz_record *record = NULL;
    char text[64];
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(text, sizeof text, "A name that takes its room, number %d", i);
        mz_builder_add(builder, 0, MZ_PROP_alias, mz_str_of(text), here);
    }
    CHECK(mz_builder_add(builder, 0, MZ_PROP_name, MZ_STR("more"), here) == NULL);
    CHECK_INT(here.line, mz_builder_at(builder).line); /* it can still be named */
    CHECK_STR(MZ_STR("invented-1"), mz_builder_id(builder, 0));
    mz_builder_schema(builder, 0, MZ_SCHEMA_Company);
    CHECK_INT(MZ_ERR_LIMIT, mz_builder_finish(builder, &record, &error));
    CHECK(record == NULL);
    CHECK(strstr(error.text, "65536") != NULL);
    mz_builder_start(builder, MZ_STR("invented"));
    mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("invented-2"), here);
    mz_builder_add(builder, 0, MZ_PROP_name, MZ_STR("Small"), here);
    CHECK_STR(MZ_STR("Small"), finished(builder)->caption);
    mz_builder_free(builder);
}

TEST(one_value_over_the_ceiling_is_refused) {
    static char text[200000];
    mz_builder *builder = builder_with_person(100000);
    const mz_record *record = NULL;
    memset(text, 'a', sizeof text);
    CHECK(mz_builder_add(builder, 0, MZ_PROP_notes, (mz_str){text, sizeof text}, here) == NULL);
    CHECK_INT(MZ_ERR_LIMIT, mz_builder_finish(builder, &record, &error));
    mz_builder_free(builder);
}

TEST(a_text_that_could_not_be_put_together_fails_the_record_as_it_failed_itself) {
    static const mz_status expected[] = {MZ_ERR_LIMIT, MZ_ERR_MEMORY};
    for (size_t i = 0; i < 2; i++) {
        mz_builder *builder = builder_with_person(1 << 16);
        const mz_record *record = NULL;
        mz_buffer text;
        mz_buffer_init(&text, 2);
        mz_builder_fail(builder, &text); /* nothing failed yet */
        CHECK(!mz_builder_failed(builder));
        mz_buffer_append(&text, "three", 5);
        text.starved = i == 1;
        mz_builder_fail(builder, &text);
        CHECK(mz_builder_failed(builder));
        CHECK_INT(expected[i], mz_builder_finish(builder, &record, &error));
        mz_buffer_done(&text);
        mz_builder_free(builder);
    }
}

TEST(a_record_needs_an_entity) {
    mz_builder *builder;
    const mz_record *record = NULL;
    CHECK_OK(mz_builder_new(1 << 16, MZ_DATE_DAY_FIRST, &builder, &error), error);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_builder_finish(builder, &record, &error));
    mz_builder_free(builder);
    mz_builder_free(NULL);
}

TEST(name_kinds_have_names) {
    for (unsigned kind = 0; kind < MZ_NAME_KIND_COUNT; kind++) CHECK(strlen(mz_name_kind_name((mz_name_kind)kind)) > 3);
    CHECK_TEXT("weak alias", mz_name_kind_name(MZ_NAME_WEAK_ALIAS));
}

static mz_status build_one(void *context, mz_error *ret_error) {
    static const mz_name_part parts[] = {{'g', {"Zaynab", 6}}, {'f', {"Murjani", 7}}};
    mz_builder *builder;
    const mz_record *record;
    char text[32];
    (void)context;
    mz_status status = mz_builder_new(1 << 24, MZ_DATE_DAY_FIRST, &builder, ret_error);
    if (status != MZ_OK) return status;
    mz_builder_start(builder, MZ_STR("invented"));
    unsigned entity = mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("invented-1"), here);
    mz_builder_name_parts(builder, entity, MZ_PROP_name, MZ_NAME_PRIMARY, parts, 2, here);
    for (int i = 0; i < 100; i++) {
        (void)snprintf(text, sizeof text, "Name %d", i);
        mz_builder_add(builder, entity, MZ_PROP_alias, mz_str_of(text), here);
    }
    for (int i = 0; i < 10; i++) mz_builder_entity(builder, MZ_SCHEMA_Address, MZ_STR("a"), here);
    status = mz_builder_finish(builder, &record, ret_error);
    mz_builder_free(builder);
    return status;
}

TEST(no_memory_at_any_point_is_an_error) {
    mz_oom_each(build_one, NULL);
}

TEST_MAIN()
