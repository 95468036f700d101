/* Reading files of subjects and keeping them when memory runs out: an error, nothing lost, and no row half kept. */
#include "../access/office.h"
#include "../store/stores.h"
#include "oom.h"
#include "subjects/row_subject.h"
#include "subjects/subjects.h"
#include "test.h"

#include <stdio.h>

enum { ARENA_BYTES = 8 << 20 };

typedef struct reading {
    mz_arena arena;
    mz_subject_mapping mapping;
    mz_row_reader reader;
    size_t rows, broken;
} reading;

static mz_status take_heading(void *context, const mz_str *names, size_t count, mz_error *error) {
    reading *r = context;
    mz_subject_mapping guessed;
    mz_status status = mz_subject_mapping_guess(names, count, NULL, 0, &r->arena, &guessed, error);
    return status ? status : mz_row_reader_heading(&r->reader, names, count, &r->arena, error);
}

static mz_status take_row(void *context, const mz_subject_row *row, mz_error *error) {
    reading *r = context;
    mz_row_subject made;
    mz_status status = mz_row_read(&r->reader, row, &r->arena, &made, error);
    r->rows += !status && made.taken;
    return status;
}

static mz_status take_broken(void *context, uint64_t line, mz_str reason, mz_str text, mz_error *error) {
    reading *r = context;
    (void)line, (void)reason, (void)text, (void)error;
    r->broken++;
    return MZ_OK;
}

#define MAPPING                                                                                                        \
    "{\"schema\":{\"column\":\"Type\",\"values\":{\"I\":\"Person\"},\"usual\":\"LegalEntity\"},\"reference\":\"No\","  \
    "\"properties\":{\"firstName\":[\"Given\"],\"lastName\":[\"Family\"],\"birthDate\":[{\"column\":\"Born\","         \
    "\"format\":\"DD/MM/YYYY\"}],\"street\":[\"Street\"],\"city\":[\"City\"]},\"constant\":{\"country\":[\"ma\"]}}"

static mz_status read_file(void *context, mz_error *error) {
    const mz_subject_file *file = context;
    reading r = {.rows = 0};
    const mz_subject_row_sink sink = {take_heading, take_row, take_broken, &r};
    mz_arena_init(&r.arena, ARENA_BYTES);
    r.reader = (mz_row_reader){.mapping = &r.mapping, .source = MZ_STR("bank"), .reference = -1, .schema = -1};
    mz_status status = mz_subject_mapping_parse(MZ_STR(MAPPING), &r.arena, &r.mapping, error);
    if (!status) status = mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &r.reader.builder, error);
    if (!status) status = mz_subject_rows_read(file, &sink, error);
    if (!status && (r.rows != 2 || r.broken != 1)) /* a row that was lost is no success */
        status = MZ_ERR_INPUT;
    mz_builder_free(r.reader.builder);
    mz_arena_done(&r.arena);
    return status;
}

TEST(no_row_of_a_table_is_lost_for_lack_of_memory) {
    mz_subject_file file = {
        .bytes = MZ_STR("No;Type;Given;Family;Born;Street;City\n1;I;Amina;Tazi;14/03/1971;7, Rue des Noyers;Fès\n"
                        "2;;\"Two\nlines\";Skalli;x;;\n3;\"I\" x;A;B;;;\n"),
        .format = MZ_SUBJECT_CSV,
        .encoding = MZ_ENCODING_COUNT};
    CHECK(mz_oom_each(read_file, &file) > 20);
}

TEST(no_line_of_json_is_lost_for_lack_of_memory) {
    mz_subject_file file = {
        .bytes = MZ_STR("{\"reference\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Amina Tazi\"]}}\n"
                        "{\"id\":\"2\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Tamzirt\"]}}\nnot json\n"),
        .format = MZ_SUBJECT_JSONL,
        .encoding = MZ_ENCODING_COUNT};
    CHECK(mz_oom_each(read_file, &file) > 10);
}

/* ---- keeping ---- */

typedef struct keeping {
    const char *address;
    mz_principal who;
    unsigned number;
    mz_arena arena; /* of the run at hand */
} keeping;

static mz_status put_and_find(void *context, mz_sql *sql, mz_error *error) {
    keeping *k = context;
    char reference[24];
    const mz_fact facts[] = {{.property = MZ_PROP_firstName, .value = MZ_STR("Amina")},
                             {.property = MZ_PROP_lastName, .value = MZ_STR("Tazi")}};
    const mz_entity entity = {.id = MZ_STR("x"), .schema = MZ_SCHEMA_Person, .facts = facts, .fact_count = 2};
    const mz_actor actor = {.who = &k->who, .client = MZ_STR("test")};
    const mz_subject_query query = {.text = MZ_STR("tazi"), .limit = 10};
    mz_subject subject, *subjects;
    mz_subject_outcome outcome;
    size_t count;
    mz_str next;
    snprintf(reference, sizeof reference, "C-%u", k->number);
    const mz_subject_draft draft = {MZ_STR("bank"), mz_str_of(reference), &entity};
    mz_status status = mz_subject_put(sql, k->who.agency, &actor, &draft, true, &k->arena, &subject, &outcome, error);
    if (!status) status = mz_subjects_list(sql, k->who.agency, &query, &k->arena, &subjects, &count, &next, error);
    return status;
}

static mz_status keep_one(void *context, mz_error *error) {
    keeping *k = context;
    mz_store *store;
    mz_status status = mz_store_open(k->address, &store, error);
    if (status) return status;
    k->number++;
    mz_arena_init(&k->arena, ARENA_BYTES);
    status = mz_store_change(store, put_and_find, k, error);
    mz_arena_done(&k->arena);
    mz_store_close(store);
    return status;
}

TEST(a_subject_is_kept_whole_or_not_at_all) {
    office place;
    keeping k = {.address = mz_test_sqlite()};
    office_open(&place, k.address);
    k.who = place.in_house;
    CHECK(mz_oom_each(keep_one, &k) > 20);
    office_close(&place);
}

TEST_MAIN()
