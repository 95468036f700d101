/* One screener, asked for something else by each caller: how many hits, which schemata not, and what there is besides
 * the hits that are told. */
#include "listed.h"
#include "screen/query_json.h"

static mz_error error;
static const mz_json_value wished = {.kind = MZ_JSON_NULL};

static const mz_screening *ask(mz_screener *screener, const char *name, const mz_query_wishes *wishes) {
    mz_fact fact = {.property = MZ_PROP_name, .value = mz_str_of(name)};
    mz_entity query = {.schema = MZ_SCHEMA_Thing, .facts = &fact, .fact_count = 1};
    const mz_screening *screening;
    CHECK_OK(mz_screen_wished(screener, MZ_STR("q"), &query, wishes, &screening, &error), error);
    return screening;
}

TEST(what_was_found_is_told_beyond_the_limit) {
    mz_screener *screener = listed_screener(0.5, 1, false);
    mz_found found[8];
    mz_index_entry entry;
    const mz_screening *screening = ask(screener, "Sea Lantern", NULL);
    size_t total = screening->total_hits;
    CHECK(total >= 2 && screening->hit_count == 1);
    CHECK_INT(total, mz_screener_found(screener, found, 8));
    for (size_t k = 1; k < total; k++) CHECK(found[k - 1].score >= found[k].score);
    mz_index_entity(listed_index(), found[1].number, &entry);
    CHECK_STR(MZ_STR("inv-08"), entry.id);
    CHECK_INT(1, mz_screener_found(screener, found, 1));
    CHECK_INT(found[0].number, screening->hits[0].number);
    CHECK_INT(total, mz_screener_reaching(screener, 0.5));
    CHECK(mz_screener_reaching(screener, 1) < total && mz_screener_reaching(screener, found[0].score) >= 1);
    mz_screener_free(screener);
}

TEST(with_a_limit_of_none_hits_are_counted) {
    const mz_query_wishes none = {.limit_at = &wished, .limit = 0};
    mz_screener *screener = listed_screener(0.7, 10, false);
    const mz_screening *screening = ask(screener, "Idris Benzahi", &none);
    CHECK_INT(0, screening->hit_count);
    CHECK_INT(2, screening->total_hits);
    CHECK_TEXT("inv-11 inv-12", ids_of(ask(screener, "Idris Benzahi", NULL)));
    mz_screener_free(screener);
}

TEST(schemata_are_left_out_each_by_itself) {
    bool excluded[MZ_SCHEMA_COUNT] = {[MZ_SCHEMA_Vehicle] = true, [MZ_SCHEMA_LegalEntity] = true};
    const mz_query_wishes wishes = {.excluded_schemata = excluded};
    mz_screener *screener = listed_screener(0.5, 10, false);
    const mz_screening *screening = ask(screener, "Sea Lantern", &wishes);
    CHECK(hit_of(screening, "inv-07") && hit_of(screening, "inv-08")); /* a ship is a vehicle, but not one by name */
    CHECK(hit_of(ask(screener, "Zaynab Murjani", &wishes), "inv-01"));
    CHECK_INT(0, ask(screener, "Nahda Horizon 12", &wishes)->total_hits);
    excluded[MZ_SCHEMA_Vessel] = true;
    screening = ask(screener, "Sea Lantern", &wishes);
    CHECK(!hit_of(screening, "inv-07") && !hit_of(screening, "inv-08"));
    CHECK(hit_of(ask(screener, "Nahda Horizon 12", NULL), "inv-09"));
    mz_screener_free(screener);
}

TEST(schemata_are_left_out_besides_a_filter) {
    static const mz_str schemata[] = {MZ_STR_INIT("LegalEntity")};
    bool excluded[MZ_SCHEMA_COUNT] = {[MZ_SCHEMA_Person] = true};
    mz_query_wishes wishes = {.filter_at = &wished, .excluded_schemata = excluded};
    wishes.filter.values[MZ_FILTER_SCHEMATA].texts = schemata;
    wishes.filter.values[MZ_FILTER_SCHEMATA].count = 1;
    mz_screener *screener = listed_screener(0.5, 10, false);
    CHECK(!hit_of(ask(screener, "Zaynab Murjani", &wishes), "inv-01"));
    CHECK(hit_of(ask(screener, "Nahda Horizon 12", &wishes), "inv-09"));
    CHECK(!hit_of(ask(screener, "Sea Lantern", &wishes), "inv-07"));
    mz_screener_free(screener);
}

TEST_MAIN()
