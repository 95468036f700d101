/* The register of subjects: what is taken, what is the same, what closes, and whose it is. */
#include "../access/office.h"
#include "../store/stores.h"
#include "base/json_read.h"
#include "screen/facts.h"
#include "subjects/register.h"
#include "subjects/sources.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a call gave, with an arena of its own. */
typedef struct asked {
    office *place;
    const mz_principal *who;
    mz_arena arena;
    const char *json;
    mz_str key;
    mz_subject_query query;
    mz_subject subject, *subjects;
    size_t count;
    mz_str next;
    uint64_t number;
    mz_subject_outcome outcome;
    mz_subject_source *sources;
    mz_error error;
} asked;

static asked asking(office *place, const mz_principal *who) {
    asked made = {.place = place, .who = who, .query = {.limit = 50}};
    mz_arena_init(&made.arena, 64 << 20);
    return made;
}

static mz_status put(void *context, mz_sql *sql, mz_error *error) {
    asked *a = context;
    const mz_json_value *value = NULL;
    mz_builder *builder = NULL;
    mz_subject_draft draft;
    mz_actor actor = {.who = a->who, .client = MZ_STR("test")};
    mz_status status = mz_json_parse(mz_str_of(a->json), 0, &a->arena, &value, error);
    if (!status) status = mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, error);
    if (!status) status = mz_subject_draft_read(value, MZ_STR("bank"), builder, &draft, error);
    if (!status)
        status = mz_subject_put(sql, a->who->agency, &actor, &draft, true, &a->arena, &a->subject, &a->outcome, error);
    /* the reference is the builder's text or the input's: keep what is looked at later */
    if (!status) a->subject.reference = mz_arena_copy(&a->arena, a->subject.reference);
    mz_builder_free(builder);
    return status;
}

static mz_status get(void *context, mz_sql *sql, mz_error *error) {
    asked *a = context;
    return mz_subject_get(sql, a->who->agency, a->key, &a->arena, &a->subject, error);
}

static mz_status leave(void *context, mz_sql *sql, mz_error *error) {
    asked *a = context;
    mz_actor actor = {.who = a->who, .client = MZ_STR("test")};
    return mz_subject_close(sql, a->who->agency, &actor, a->key, error);
}

static mz_status list(void *context, mz_sql *sql, mz_error *error) {
    asked *a = context;
    return mz_subjects_list(sql, a->who->agency, &a->query, &a->arena, &a->subjects, &a->count, &a->next, error);
}

static mz_status count(void *context, mz_sql *sql, mz_error *error) {
    asked *a = context;
    return mz_subjects_count(sql, a->who->agency, &a->number, error);
}

static mz_status sources(void *context, mz_sql *sql, mz_error *error) {
    asked *a = context;
    return mz_subject_sources_list(sql, a->who->agency, &a->arena, &a->sources, &a->count, error);
}

static mz_subject given(asked *a, const char *json) {
    a->json = json;
    CHECK_OK(mz_store_change(a->place->store, put, a, &a->error), a->error);
    return a->subject;
}

static mz_status tried(asked *a, const char *json) {
    a->json = json;
    return mz_store_change(a->place->store, put, a, &a->error);
}

static size_t found(asked *a, const char *text) {
    a->query.text = mz_str_of(text);
    CHECK_OK(mz_store_read(a->place->store, list, a, &a->error), a->error);
    return a->count;
}

static uint64_t counted(asked *a) {
    CHECK_OK(mz_store_read(a->place->store, count, a, &a->error), a->error);
    return a->number;
}

#define ONE                                                                                                            \
    "{\"reference\":\"C-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zouhair Belmaarouf\"],"                  \
    "\"birthDate\":\"14/03/1971\",\"country\":[\"Morocco\"]}}"

STORE_TEST(a_subject_is_kept_as_screening_reads_it) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    mz_subject kept = given(&a, ONE);
    CHECK_INT(MZ_SUBJECT_ADDED, a.outcome);
    CHECK_STR(MZ_STR("bank"), kept.source);
    CHECK_STR(MZ_STR("Zouhair Belmaarouf"), kept.caption);
    CHECK_STR(MZ_STR("{\"birthDate\":[\"1971-03-14\"],\"country\":[\"ma\"],\"name\":[\"Zouhair Belmaarouf\"]}"),
              kept.properties);
    CHECK_INT(1, kept.sequence);
    CHECK_INT(OFFICE_NOW, kept.created);
    CHECK_INT(0, kept.screened);
    a.key = kept.key;
    CHECK_OK(mz_store_read(place.store, get, &a, &a.error), a.error);
    CHECK_STR(kept.properties, a.subject.properties);
    const mz_entity *entity = NULL;
    char digest[MZ_DIGEST_HEX_SIZE];
    CHECK_OK(mz_subject_entity(&a.subject, &a.arena, &entity, &a.error), a.error);
    CHECK_STR(kept.key, entity->id);
    CHECK_INT(3, entity->fact_count);
    CHECK_STR(MZ_STR("1971-03-14"), mz_entity_first(entity, MZ_PROP_birthDate));
    mz_facts_digest(mz_facts_write(entity, &a.arena), digest);
    CHECK_STR(kept.digest, mz_str_of(digest));
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(the_same_again_changes_nothing) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    mz_subject first = given(&a, ONE);
    mz_subject again = given(&a, ONE);
    CHECK_INT(MZ_SUBJECT_SAME, a.outcome);
    CHECK_STR(first.key, again.key);
    CHECK_INT(1, again.sequence);
    CHECK_INT(1, counted(&a));
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(what_screening_does_not_look_at_changes_without_a_new_number) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    mz_subject first = given(&a, ONE);
    mz_subject noted = given(&a, "{\"reference\":\"C-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zouhair "
                                 "Belmaarouf\"],\"birthDate\":\"1971-03-14\",\"country\":\"ma\",\"notes\":\"moved\"}}");
    CHECK_INT(MZ_SUBJECT_CHANGED, a.outcome);
    CHECK_STR(first.digest, noted.digest);
    CHECK_INT(1, noted.sequence);
    mz_subject moved = given(&a, "{\"reference\":\"C-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zouhair "
                                 "Belmaarouf\"],\"birthDate\":\"1972-03-14\"}}");
    CHECK_INT(MZ_SUBJECT_CHANGED, a.outcome);
    CHECK_INT(2, moved.sequence);
    CHECK(!mz_str_equal(first.digest, moved.digest));
    CHECK_STR(first.key, moved.key);
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(one_who_left_is_closed_and_may_come_back) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    a.key = given(&a, ONE).key;
    CHECK_OK(mz_store_change(place.store, leave, &a, &a.error), a.error);
    CHECK_OK(mz_store_read(place.store, get, &a, &a.error), a.error);
    CHECK(a.subject.closed);
    CHECK_INT(2, a.subject.sequence);
    CHECK_INT(0, counted(&a));
    CHECK_INT(0, found(&a, ""));
    a.query.closed = 1;
    CHECK_INT(1, found(&a, ""));
    CHECK_OK(mz_store_change(place.store, leave, &a, &a.error), a.error); /* once more: nothing */
    CHECK_OK(mz_store_read(place.store, get, &a, &a.error), a.error);
    CHECK_INT(2, a.subject.sequence);
    mz_subject back = given(&a, ONE);
    CHECK_INT(MZ_SUBJECT_CHANGED, a.outcome);
    CHECK_STR(a.key, back.key);
    CHECK(!back.closed);
    CHECK_INT(3, back.sequence);
    CHECK_INT(1, counted(&a));
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(another_agency_sees_nothing_of_it) {
    office place;
    office_open(&place, address);
    asked mine = asking(&place, &place.in_house), theirs = asking(&place, &place.in_bureau);
    theirs.key = given(&mine, ONE).key;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_read(place.store, get, &theirs, &theirs.error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(place.store, leave, &theirs, &theirs.error));
    CHECK_INT(0, found(&theirs, ""));
    CHECK_INT(0, counted(&theirs));
    given(&theirs, ONE); /* the same reference in another register is another subject */
    CHECK_INT(MZ_SUBJECT_ADDED, theirs.outcome);
    CHECK_INT(1, theirs.subject.sequence);
    CHECK(!mz_str_equal(mine.subject.key, theirs.subject.key));
    mz_arena_done(&mine.arena);
    mz_arena_done(&theirs.arena);
    office_close(&place);
}

STORE_TEST(subjects_are_found_by_words_of_names_and_reference) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    given(&a, ONE);
    given(&a, "{\"reference\":\"C-2\",\"schema\":\"Company\",\"properties\":{\"name\":\"Société Tamzirt\","
              "\"alias\":\"Tamzirt Trading\"}}");
    given(&a, "{\"reference\":\"F-77\",\"schema\":\"Person\",\"source\":\"shop\",\"properties\":{\"name\":"
              "\"نجيب الورداسي\"}}");
    CHECK_INT(3, found(&a, ""));
    CHECK_INT(1, found(&a, "BELMAAROUF zouh"));
    CHECK_INT(1, found(&a, "societe"));
    CHECK_INT(1, found(&a, "trading"));
    CHECK_INT(1, found(&a, "الورداسي"));
    CHECK_INT(1, found(&a, "77"));
    CHECK_INT(0, found(&a, "zouhair tamzirt"));
    CHECK_INT(0, found(&a, "%"));
    CHECK_INT(0, found(&a, "_"));
    a.query.source = MZ_STR("bank");
    CHECK_INT(2, found(&a, ""));
    a.query.schema = MZ_STR("Company");
    CHECK_INT(1, found(&a, ""));
    CHECK_STR(MZ_STR("C-2"), a.subjects[0].reference);
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(pages_go_on_where_the_one_before_ended) {
    enum { SUBJECTS = 25 };
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    bool seen[SUBJECTS] = {false};
    for (int i = 0; i < SUBJECTS; i++) {
        char json[200];
        snprintf(json, sizeof json, "{\"reference\":\"%d\",\"properties\":{\"name\":\"Name %d\"}}", i, i);
        given(&a, json);
    }
    size_t pages = 0;
    a.query.limit = 7;
    for (bool more = true; more; pages++) {
        size_t count = found(&a, "name");
        CHECK(count <= 7);
        for (size_t i = 0; i < count; i++) {
            int number = atoi(a.subjects[i].reference.data);
            CHECK(!seen[number]);
            seen[number] = true;
        }
        a.query.after = a.next;
        more = a.next.size > 0;
    }
    CHECK_INT(4, pages);
    for (int i = 0; i < SUBJECTS; i++) CHECK(seen[i]);
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(sources_are_made_as_they_come_and_counted) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    given(&a, ONE);
    a.key = given(&a, "{\"reference\":\"1\",\"source\":\"shop\",\"properties\":{\"name\":\"A Name\"}}").key;
    given(&a, "{\"reference\":\"2\",\"source\":\"shop\",\"properties\":{\"name\":\"A Name\"}}");
    CHECK_OK(mz_store_change(place.store, leave, &a, &a.error), a.error);
    CHECK_OK(mz_store_read(place.store, sources, &a, &a.error), a.error);
    CHECK_INT(2, a.count);
    CHECK_STR(MZ_STR("bank"), a.sources[0].source);
    CHECK_INT(1, a.sources[0].subjects);
    CHECK_STR(MZ_STR("shop"), a.sources[1].source);
    CHECK_INT(1, a.sources[1].subjects);
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(what_cannot_be_a_subject_is_refused_with_its_place) {
    static const struct {
        const char *json, *text;
    } cases[] = {
        {"[]", "a subject must be an object"},
        {"{\"properties\":{\"name\":\"A\"}}", "there is no reference"},
        {"{\"reference\":\"\",\"properties\":{\"name\":\"A\"}}", "there is no reference"},
        {"{\"reference\":\" 1\",\"properties\":{\"name\":\"A\"}}", "blanks around"},
        {"{\"reference\":\"a\\u0001\",\"properties\":{\"name\":\"A\"}}", "control characters"},
        {"{\"reference\":\"1\"}", "needs \"properties\""},
        {"{\"reference\":\"1\",\"properties\":[]}", "must be an object"},
        {"{\"reference\":\"1\",\"properties\":{}}", "neither a name nor a number"},
        {"{\"reference\":\"1\",\"properties\":{\"country\":\"ma\"}}", "neither a name nor a number"},
        {"{\"reference\":\"1\",\"properties\":{\"nmae\":\"A\"}}", "did you mean \"name\""},
        {"{\"reference\":\"1\",\"schema\":\"Persn\",\"properties\":{\"name\":\"A\"}}", "did you mean “Person”"},
        {"{\"reference\":\"1\",\"schema\":\"Sanction\",\"properties\":{\"name\":\"A\"}}", "not a “Sanction”"},
        {"{\"reference\":\"1\",\"threshold\":0.5,\"properties\":{\"name\":\"A\"}}", "unknown key “threshold”"},
        {"{\"reference\":\"1\",\"source\":\"../x\",\"properties\":{\"name\":\"A\"}}", "a source is"},
        {"{\"reference\":\"1\",\"source\":\"\",\"properties\":{\"name\":\"A\"}}", "a source is"},
    };
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_test_case("%s", cases[i].json);
        CHECK_INT(MZ_ERR_INPUT, tried(&a, cases[i].json));
        if (!strstr(a.error.text, cases[i].text)) CHECK_TEXT(cases[i].text, a.error.text);
    }
    CHECK_INT(0, counted(&a));
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(what_is_too_large_is_refused) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    char *json = mz_arena_alloc(&a.arena, MZ_SUBJECT_BYTES_MOST + 200, 1);
    size_t size = (size_t)sprintf(json, "{\"reference\":\"1\",\"properties\":{\"name\":\"A Name\",\"notes\":\"");
    memset(json + size, 'x', MZ_SUBJECT_BYTES_MOST);
    strcpy(json + size + MZ_SUBJECT_BYTES_MOST, "\"}}");
    CHECK_INT(MZ_ERR_LIMIT, tried(&a, json));
    snprintf(json, 400, "{\"reference\":\"%0201d\",\"properties\":{\"name\":\"A Name\"}}", 7);
    CHECK_INT(MZ_ERR_INPUT, tried(&a, json));
    CHECK_INT(0, counted(&a));
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(a_name_is_made_of_its_parts) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    mz_subject kept = given(&a, "{\"reference\":\"1\",\"schema\":\"Person\",\"properties\":{\"lastName\":\"El "
                                "Ouerdassi\",\"firstName\":\"Najib\"}}");
    const mz_entity *entity = NULL;
    CHECK_STR(MZ_STR("Najib El Ouerdassi"), kept.caption);
    CHECK_OK(mz_subject_entity(&kept, &a.arena, &entity, &a.error), a.error);
    CHECK_INT(MZ_PROP_name, entity->facts[0].property);
    CHECK_STR(MZ_STR("Najib El Ouerdassi"), entity->facts[0].value);
    mz_arena_done(&a.arena);
    office_close(&place);
}

STORE_TEST(what_was_not_understood_is_kept_as_it_was_given) {
    office place;
    office_open(&place, address);
    asked a = asking(&place, &place.in_house);
    mz_subject kept =
        given(&a, "{\"reference\":\"1\",\"properties\":{\"name\":\"A Name\",\"birthDate\":\"00/00/0000\"}}");
    const mz_entity *entity = NULL;
    CHECK_OK(mz_subject_entity(&kept, &a.arena, &entity, &a.error), a.error);
    for (size_t f = 0; f < entity->fact_count; f++)
        if (entity->facts[f].property == MZ_PROP_birthDate) {
            CHECK_STR(MZ_STR("00/00/0000"), entity->facts[f].value);
            CHECK(entity->facts[f].flags & MZ_FACT_UNPARSED);
        }
    CHECK_INT(MZ_SUBJECT_ADDED, a.outcome);
    given(&a, a.json);
    CHECK_INT(MZ_SUBJECT_SAME, a.outcome);
    mz_arena_done(&a.arena);
    office_close(&place);
}

TEST_MAIN()
