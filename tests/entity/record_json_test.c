/* Records as text: what is written, that everything comes back, and what is refused. */
#include "entity/record.h"

#include "oom.h"
#include "test.h"

#include <stdlib.h>

static mz_error error;

static const char golden[] =
    "{\"id\":\"invented-1\",\"schema\":\"Person\",\"caption\":\"Zaynab Murjani\",\"properties\":{\"name\":[\"Zaynab "
    "Murjani\"],\"firstName\":[\"Zaynab\"],\"lastName\":[\"Murjani\"],\"nationality\":[\"ma\",\"dz\"],\"birthDate\":["
    "\"1970~\"],\"addressEntity\":[\"invented-1-a\"]},\"list\":\"invented\",\"reference\":\"INV.001\",\"target\":true,"
    "\"position\":{\"line\":7},\"provenance\":{\"name\":[{\"line\":8,\"kind\":\"primary\",\"roles\":\"gf\","
    "\"language\":"
    "\"fr\"}],\"firstName\":[{\"line\":8}],\"lastName\":[{\"line\":8}],\"nationality\":[{},{\"line\":9,\"column\":4,"
    "\"file\":2,\"original\":\"Algerian\"}],\"birthDate\":[{\"original\":\"circa 1970\",\"flags\":[\"derived\"]}]},"
    "\"attached\":[{\"id\":\"invented-1-a\",\"schema\":\"Address\",\"properties\":{\"city\":[\"Taza\\n\\\"haute\\\"\"]}"
    "}]}";

/* The record of the golden line. */
static mz_status build_golden(mz_builder *builder, const mz_record **ret_record) {
    static const mz_position place = {8, 0, 0}, nowhere = {0, 0, 0};
    static const mz_name_part parts[] = {{'g', {"Zaynab", 6}}, {'f', {"Murjani", 7}}};
    mz_builder_start(builder, MZ_STR("invented"));
    mz_builder_reference(builder, MZ_STR("INV.001"));
    mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("invented-1"), (mz_position){7, 0, 0});
    mz_fact *fact = mz_builder_name_parts(builder, 0, MZ_PROP_name, MZ_NAME_PRIMARY, parts, 2, place);
    if (fact) fact->language = mz_builder_copy(builder, MZ_STR("fr"));
    mz_builder_add(builder, 0, MZ_PROP_nationality, MZ_STR("ma"), nowhere);
    mz_builder_add(builder, 0, MZ_PROP_nationality, MZ_STR("Algerian"), (mz_position){9, 4, 2});
    fact = mz_builder_add(builder, 0, MZ_PROP_birthDate, MZ_STR("circa 1970"), nowhere);
    if (fact) fact->flags |= MZ_FACT_DERIVED;
    unsigned address = mz_builder_entity(builder, MZ_SCHEMA_Address, MZ_STR("invented-1-a"), nowhere);
    mz_builder_add(builder, 0, MZ_PROP_addressEntity, mz_builder_id(builder, address), nowhere);
    fact = mz_builder_add(builder, address, MZ_PROP_city, MZ_STR("Taza"), nowhere);
    if (fact) fact->value = mz_builder_copy(builder, MZ_STR("Taza\n\"haute\""));
    return mz_builder_finish(builder, ret_record, &error);
}

TEST(a_record_is_one_line_that_says_everything) {
    mz_builder *builder;
    const mz_record *record;
    mz_buffer out;
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
    CHECK_OK(build_golden(builder, &record), error);
    mz_buffer_init(&out, 1 << 20);
    mz_record_write_json(record, &out);
    CHECK_STR(mz_str_of(golden), mz_buffer_view(&out));
    mz_buffer_done(&out);
    mz_builder_free(builder);
}

/* --- every record comes back ------------------------------------------------------------------------------- */

static uint32_t state;

static uint32_t below(uint32_t limit) {
    state = state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(state >> 8) * limit) >> 24);
}

static mz_str random_text(mz_arena *arena) {
    static const char *const pieces[] = {"a",
                                         "Zaynab",
                                         " ",
                                         "\"",
                                         "\\",
                                         "/",
                                         "\n",
                                         "\t",
                                         "\x01",
                                         "\x7f",
                                         "é",
                                         "مح",
                                         "名",
                                         "{",
                                         "}",
                                         ":",
                                         "\\u0000",
                                         "'",
                                         "\xF0\x9F\x98\x80",
                                         "",
                                         "0"};
    char text[256];
    size_t size = 0;
    for (uint32_t i = below(8); i > 0; i--) {
        mz_str piece = mz_str_of(pieces[below(sizeof pieces / sizeof pieces[0])]);
        memcpy(text + size, piece.data, piece.size);
        size += piece.size;
    }
    return mz_arena_copy(arena, (mz_str){text, size});
}

static mz_str sometimes(mz_arena *arena) {
    return below(3) ? MZ_STR("") : random_text(arena);
}

static mz_position random_position(void) {
    if (below(3) == 0) return (mz_position){0};
    return (mz_position){below(2) ? UINT32_MAX : below(1000), (uint16_t)(below(2) ? UINT16_MAX : 0),
                         (uint16_t)below(8)};
}

static void random_entity(mz_arena *arena, mz_entity *entity) {
    mz_fact *facts = mz_arena_alloc(arena, 64, sizeof *facts);
    size_t count = 0;
    for (unsigned property = below(40); property < MZ_PROPERTY_COUNT && count < 60; property += 1 + below(40))
        for (uint32_t i = below(4); i > 0 && count < 60; i--)
            facts[count++] = (mz_fact){
                .property = (mz_property)property,
                .name_kind = (mz_name_kind)below(MZ_NAME_KIND_COUNT),
                .flags = below(8),
                .at = random_position(),
                .value = random_text(arena),
                .original = sometimes(arena),
                .roles = sometimes(arena),
                .language = sometimes(arena),
            };
    *entity = (mz_entity){random_text(arena), (mz_schema)below(MZ_SCHEMA_COUNT), random_position(), facts, count};
}

static void random_record(mz_arena *arena, mz_record *record) {
    size_t count = 1 + below(4);
    mz_entity *entities = mz_arena_alloc(arena, count, sizeof *entities);
    for (size_t i = 0; i < count; i++) random_entity(arena, &entities[i]);
    *record = (mz_record){random_text(arena), sometimes(arena), random_text(arena), below(2), entities, count};
}

static void check_same_position(const mz_position *a, const mz_position *b) {
    CHECK_INT(a->line, b->line);
    CHECK_INT(a->column, b->column);
    CHECK_INT(a->file, b->file);
}

static void check_same_fact(const mz_fact *a, const mz_fact *b) {
    CHECK_INT(a->property, b->property);
    CHECK_INT(a->name_kind, b->name_kind);
    CHECK_INT(a->flags, b->flags);
    check_same_position(&a->at, &b->at);
    CHECK_STR(a->value, b->value);
    CHECK_STR(a->original, b->original);
    CHECK_STR(a->roles, b->roles);
    CHECK_STR(a->language, b->language);
}

static void check_same_record(const mz_record *a, const mz_record *b) {
    CHECK_STR(a->list, b->list);
    CHECK_STR(a->reference, b->reference);
    CHECK_STR(a->caption, b->caption);
    CHECK_INT(a->target, b->target);
    CHECK_INT(a->entity_count, b->entity_count);
    for (size_t i = 0; i < a->entity_count; i++) {
        const mz_entity *mine = &a->entities[i], *other = &b->entities[i];
        CHECK_STR(mine->id, other->id);
        CHECK_INT(mine->schema, other->schema);
        check_same_position(&mine->at, &other->at);
        CHECK_INT(mine->fact_count, other->fact_count);
        for (size_t f = 0; f < mine->fact_count; f++) check_same_fact(&mine->facts[f], &other->facts[f]);
    }
}

TEST(every_record_comes_back_as_it_was) {
    mz_arena arena, again;
    mz_buffer text, text_again;
    mz_arena_init(&arena, 1 << 22);
    mz_arena_init(&again, 1 << 22);
    mz_buffer_init(&text, 1 << 22);
    mz_buffer_init(&text_again, 1 << 22);
    for (uint32_t seed = 0; seed < 3000; seed++) {
        mz_record record, back;
        state = seed * 2654435761u + 1;
        mz_arena_reset(&arena);
        mz_arena_reset(&again);
        mz_buffer_clear(&text);
        mz_buffer_clear(&text_again);
        random_record(&arena, &record);
        mz_record_write_json(&record, &text);
        mz_test_case("seed %u: %s", seed, text.data);
        CHECK(!text.failed && !memchr(text.data, '\n', text.size));
        CHECK_OK(mz_record_read_json(mz_buffer_view(&text), &again, &back, &error), error);
        check_same_record(&record, &back);
        mz_record_write_json(&back, &text_again);
        CHECK_STR(mz_buffer_view(&text), mz_buffer_view(&text_again));
    }
    mz_buffer_done(&text_again);
    mz_buffer_done(&text);
    mz_arena_done(&again);
    mz_arena_done(&arena);
}

/* --- what others write ------------------------------------------------------------------------------------- */

static mz_status read_text(const char *text, mz_record *ret_record) {
    mz_arena arena;
    mz_test_case("%s", text);
    mz_arena_init(&arena, 1 << 20);
    mz_status status = mz_record_read_json(mz_str_of(text), &arena, ret_record, &error);
    mz_arena_done(&arena); /* callers look at counts only */
    return status;
}

#define HEAD "\"caption\":\"c\",\"list\":\"l\",\"target\":true"
#define ENTITY "\"id\":\"i\",\"schema\":\"Person\",\"properties\":"

TEST(order_and_white_space_are_free) {
    mz_record record = {0};
    CHECK_OK(read_text(" { " HEAD ",\n\"provenance\":{\"name\":[{\"line\":3}]}, " ENTITY
                       "{\"gender\":[\"male\"],\"name\":"
                       "[\"n\"]} } ",
                       &record),
             error);
    CHECK_INT(1, record.entity_count);
    CHECK_OK(read_text("{" HEAD "," ENTITY "{}}", &record), error);
    CHECK_OK(read_text("{" HEAD "," ENTITY "{\"name\":[]}}", &record), error);
    CHECK_OK(read_text("{" HEAD "," ENTITY "{},\"attached\":[{" ENTITY "{}}]}", &record), error);
    CHECK_INT(2, record.entity_count);
}

TEST(what_would_be_lost_or_guessed_is_refused_with_its_reason) {
    static const struct {
        const char *text, *reason; /* a part of it */
    } cases[] = {
        {"", ""},
        {"[]", "record"},
        {"{}", "caption"},
        {"{" HEAD "}", "id"},
        {"{\"caption\":\"c\",\"list\":\"l\"," ENTITY "{}}", "target"},
        {"{" HEAD ",\"target\":true," ENTITY "{}}", "target"},
        {"{" HEAD "," ENTITY "{},\"colour\":1}", "colour"},
        {"{" HEAD ",\"id\":\"i\",\"schema\":\"Persn\",\"properties\":{}}", "Person"},
        {"{" HEAD "," ENTITY "{\"nam\":[\"n\"]}}", "nearest: name"},
        {"{" HEAD "," ENTITY "{\"name\":\"n\"}}", "array"},
        {"{" HEAD "," ENTITY "{\"name\":[7]}}", "string"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\\u0000b\"]}}", ""},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"],\"name\":[\"b\"]}}", "name"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[]}}", "one item for each"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[{},{}]}}", "one item for each"},
        {"{" HEAD "," ENTITY "{},\"provenance\":{\"name\":[{}]}}", "one item for each"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[7]}}", "object"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[{\"lin\":7}]}}", "lin"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[{\"line\":-1}]}}", "line"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[{\"line\":4294967296}]}}", "line"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[{\"column\":65536}]}}", "column"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[{\"kind\":\"best\"}]}}", "best"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[{\"flags\":[\"odd\"]}]}}", "odd"},
        {"{" HEAD "," ENTITY "{\"name\":[\"a\"]},\"provenance\":{\"name\":[{\"flags\":4}]}}", "flags"},
        {"{" HEAD "," ENTITY "{},\"attached\":[{" ENTITY "{},\"attached\":[]}]}", "attached"},
        {"{" HEAD "," ENTITY "{},\"attached\":[[]]}", "attached"},
        {"{" HEAD "," ENTITY "{},\"attached\":{}}", "attached"},
        {"{" HEAD "," ENTITY "{},\"position\":[]}", "position"},
        {"{" HEAD "," ENTITY "{},\"position\":{\"row\":1}}", "row"},
        {"{" HEAD "," ENTITY "{}} {}", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_record record = {.entity_count = 77};
        error = (mz_error){0};
        CHECK_INT(MZ_ERR_INPUT, read_text(cases[i].text, &record));
        CHECK_INT(77, record.entity_count);
        if (!strstr(error.text, cases[i].reason))
            mz_test_fail(__FILE__, __LINE__, "%s: %s", cases[i].reason, error.text);
    }
}

TEST(a_refusal_names_the_place) {
    mz_record record;
    CHECK_INT(MZ_ERR_INPUT, read_text("{" HEAD ",\n " ENTITY "{\"nam\":[\"n\"]}}", &record));
    CHECK_INT(2, error.line);
    CHECK(error.column > 1);
}

TEST(every_shorter_text_is_refused) {
    mz_arena arena;
    mz_record record;
    mz_arena_init(&arena, 1 << 20);
    for (size_t size = 0; size + 1 < sizeof golden; size++) {
        mz_test_case("%zu bytes", size);
        mz_arena_reset(&arena);
        CHECK_INT(MZ_ERR_INPUT, mz_record_read_json((mz_str){golden, size}, &arena, &record, &error));
    }
    CHECK_OK(mz_record_read_json(mz_str_of(golden), &arena, &record, &error), error);
    mz_arena_done(&arena);
}

TEST(a_record_larger_than_its_arena_is_refused) {
    mz_arena arena;
    mz_record record;
    for (size_t ceiling = 0; ceiling < 20000; ceiling += 97) {
        mz_arena_init(&arena, ceiling);
        mz_status status = mz_record_read_json(mz_str_of(golden), &arena, &record, &error);
        CHECK(status == MZ_ERR_LIMIT || status == MZ_OK);
        mz_arena_done(&arena);
    }
}

static mz_status read_golden(void *context, mz_error *ret_error) {
    mz_arena arena;
    mz_record record;
    (void)context;
    mz_arena_init(&arena, 1 << 20);
    mz_status status = mz_record_read_json(mz_str_of(golden), &arena, &record, ret_error);
    mz_arena_done(&arena);
    return status;
}

TEST(no_memory_at_any_point_is_an_error) {
    mz_oom_each(read_golden, NULL);
}

TEST_MAIN()
