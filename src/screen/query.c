/* Reading a query: parsing its names, settling the policy for each, collecting what is known beside them. What a query
 * has too much of is left out and told, never dropped in silence. */
#include "screen/query.h"

#include "base/error.h"
#include "base/shown.h"
#include "match/entity_score.h"
#include "names/alternatives.h"
#include "names/parts.h"

#include <math.h>
#include <string.h>

enum {
    JUDGEMENTS_MOST = 2 * MZ_CULTURE_COUNT + 1,
    TOLD_BYTES = 1024,
    QUERY_TRAITS_MOST = 512,
    QUERY_PLACES_MOST = 8 /* of them: the dearest to compare */
};

/* A query while it is read. */
typedef struct query_reader {
    const mz_query_basis *basis;
    bool by_culture;
    mz_arena *arena, *scratch;
    mz_query *query;
    mz_name_parts parts; /* of the query, for its names */
    size_t place_count;
    bool cut;
} query_reader;

mz_status mz_query_too_much(const mz_arena *arena, mz_error *error) {
    if (arena->starved) return mz_fail_memory(error);
    return mz_fail(error, MZ_ERR_LIMIT, "query and hits need more than %d MiB; lower the limit of hits",
                   MZ_QUERY_ARENA_BYTES >> 20);
}

void mz_judgement_settle(const mz_query_basis *basis, mz_algorithm algorithm, mz_schema schema, mz_culture culture,
                         mz_judgement *ret_judgement) {
    mz_policy_part beside = basis->wishes ? basis->wishes->part : (mz_policy_part){0};
    if (beside.threshold <= 0) beside.threshold = basis->threshold;
    ret_judgement->schema = schema;
    ret_judgement->culture = culture;
    mz_policy_settle(basis->policy, schema, culture, &beside, &ret_judgement->settings);
    mz_plain_prices(algorithm, &ret_judgement->settings.prices);
    ret_judgement->threshold = (uint32_t)ceil(ret_judgement->settings.threshold * MZ_SCORE_UNIT - 1e-6);
    ret_judgement->most_cost = mz_cost_from_score(ret_judgement->threshold);
}

/* The policy for names of that culture in a query of that schema; settled once. */
static const mz_judgement *judge(query_reader *reader, mz_schema schema, mz_culture culture) {
    mz_query *query = reader->query;
    if (!reader->by_culture) culture = MZ_CULTURE_UNKNOWN;
    for (size_t j = 0; j < query->judgement_count; j++)
        if (query->judgements[j].schema == schema && query->judgements[j].culture == culture)
            return &query->judgements[j];
    mz_judgement *made = &query->judgements[query->judgement_count++];
    mz_judgement_settle(reader->basis, query->algorithm, schema, culture, made);
    return made;
}

static bool same_settings(const mz_judgement *a, const mz_judgement *b) {
    return a == b || memcmp(&a->settings, &b->settings, sizeof a->settings) == 0;
}

/* ---- names ---- */

static mz_status add_one_name(query_reader *reader, mz_str text, mz_error *error) {
    mz_query *query = reader->query;
    mz_plain_name *plain = NULL;
    if (query->algorithm != MZ_ALGORITHM_MIZAN_1) {
        plain = MZ_ARENA_NEW(reader->arena, 1, mz_plain_name);
        if (!plain) return mz_query_too_much(reader->arena, error);
        mz_status status = mz_plain_read(query->algorithm, text, reader->arena, reader->scratch, plain, error);
        if (status) return status;
    }
    bool person = query->schema == MZ_SCHEMA_Person;
    bool either = !person && mz_schema_is_a(MZ_SCHEMA_Person, query->schema);
    for (int as_person = 0; as_person < 2; as_person++) {
        if (!either && (as_person != 0) != person) continue;
        mz_query_name *entry = &query->names[query->name_count];
        mz_status status = mz_name_parse_parts(text, !as_person, &reader->parts, reader->arena, &entry->name, error);
        if (status) return status;
        reader->cut |= entry->name.cut;
        if (!entry->name.count) continue;
        entry->persons = !either || as_person;
        entry->others = !either || !as_person;
        entry->plain = plain;
        entry->by = judge(reader, as_person ? MZ_SCHEMA_Person : query->schema, (mz_culture)entry->name.culture);
        query->differently |= !same_settings(entry->by, query->names[0].by);
        query->name_count++;
    }
    return MZ_OK;
}

/* `roles` as in mz_fact.roles. */
static mz_status add_name(query_reader *reader, mz_str name, mz_str roles, mz_error *error) {
    mz_str names[MZ_NAME_ALTERNATIVES_MOST];
    size_t count = mz_name_alternatives(mz_arena_copy(reader->arena, name), reader->arena, names);
    reader->parts.roles = count == 1 ? roles : (mz_str){"", 0};
    mz_status status = MZ_OK;
    for (size_t i = 0; i < count && !status; i++) {
        if (reader->query->name_count >= 2 * MZ_QUERY_NAMES_MOST)
            reader->cut = true;
        else
            status = add_one_name(reader, names[i], error);
    }
    return status;
}

mz_str mz_query_name_from_parts(const mz_entity *entity, mz_arena *arena) {
    static const mz_property parts[] = {MZ_PROP_firstName, MZ_PROP_secondName, MZ_PROP_middleName, MZ_PROP_fatherName,
                                        MZ_PROP_lastName};
    mz_str name = {"", 0};
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        mz_str part = mz_entity_first(entity, parts[p]);
        if (part.size)
            name = mz_arena_print(arena, "%.*s%s%.*s", (int)name.size, name.data, name.size ? " " : "", (int)part.size,
                                  part.data);
    }
    return name;
}

/* ---- what is known beside the names, and what is told ---- */

/* Appends a sentence to what is said was not done. */
static void tell(query_reader *reader, mz_str sentence) {
    mz_str *told = &reader->query->told;
    *told = told->size ? mz_arena_print(reader->arena, "%.*s; %.*s", (int)told->size, told->data, (int)sentence.size,
                                        sentence.data)
                       : sentence;
}

/* A value of the query that could not be understood takes no part, and nobody should think it did. */
static void tell_unused(query_reader *reader, const mz_fact *fact) {
    bool doubtful = fact->flags & MZ_FACT_WRONG_CHECK, unparsed = fact->flags & MZ_FACT_UNPARSED;
    if ((!doubtful && !unparsed) || reader->query->told.size > TOLD_BYTES) return;
    tell(reader, mz_arena_print(reader->arena, "%s \"%.*s\" %s", mz_property_name(fact->property),
                                mz_shown(fact->value), fact->value.data,
                                doubtful ? "has a wrong check digit and decides nothing"
                                         : "was not understood and is not compared"));
}

/* Enters what is known beside the names; false when it is nothing that is compared as it stands. */
static bool add_trait(query_reader *reader, const mz_fact *fact) {
    mz_trait *trait = &reader->query->traits[reader->query->trait_count];
    if (!mz_trait_of(fact, trait)) return false;
    bool place = trait->kind == MZ_TRAIT_PLACE || trait->kind == MZ_TRAIT_ADDRESS;
    if (reader->query->trait_count == QUERY_TRAITS_MOST || (place && reader->place_count == QUERY_PLACES_MOST)) {
        reader->cut = true;
        return true;
    }
    trait->text = mz_arena_copy(reader->arena, trait->text);
    reader->query->trait_count++;
    reader->place_count += place;
    return !(trait->flags & MZ_TRAIT_DOUBTFUL) || trait->kind != MZ_TRAIT_IDENTIFIER;
}

static void tell_limits(query_reader *reader) {
    const mz_query *query = reader->query;
    if (reader->cut)
        tell(reader, MZ_STR("the query has more names, words, numbers or addresses than are compared; the first were"));
    if (query->name_count) return;
    for (size_t t = 0; t < query->trait_count; t++)
        if (mz_trait_decides(&query->traits[t])) return;
    tell(reader, MZ_STR(MZ_NOTHING_TO_SCREEN));
}

static mz_status read_facts(query_reader *reader, const mz_entity *entity, mz_error *error) {
    mz_query *query = reader->query;
    mz_status status = mz_name_parts_read(entity, reader->arena, &reader->parts, error);
    for (size_t f = 0; f < entity->fact_count && !status; f++) {
        const mz_fact *fact = &entity->facts[f];
        if (!add_trait(reader, fact)) tell_unused(reader, fact);
        if (!mz_property_is_name(fact->property)) continue;
        status = add_name(reader, fact->value, fact->roles, error);
    }
    if (!status && !query->name_count)
        status = add_name(reader, mz_query_name_from_parts(entity, reader->arena), (mz_str){"", 0}, error);
    mz_traits_settle(query->traits, query->trait_count);
    query->has_places = mz_traits_prepare(query->traits, query->trait_count, reader->arena) > 0;
    if (!status) tell_limits(reader);
    return status;
}

mz_status mz_query_prepare(const mz_entity *entity, const mz_query_basis *basis, mz_arena *arena, mz_arena *scratch,
                           mz_query *ret_query, mz_error *error) {
    query_reader reader = {.basis = basis,
                           .by_culture = mz_policy_by_culture(basis->policy),
                           .arena = arena,
                           .scratch = scratch,
                           .query = ret_query};
    const mz_query_wishes *wishes = basis->wishes;
    *ret_query =
        (mz_query){.schema = entity->schema,
                   .algorithm = wishes && wishes->algorithm_at ? wishes->algorithm : mz_policy_algorithm(basis->policy),
                   .names = MZ_ARENA_NEW(arena, MZ_QUERY_READINGS_MOST, mz_query_name),
                   .judgements = MZ_ARENA_NEW(arena, reader.by_culture ? JUDGEMENTS_MOST : 2, mz_judgement),
                   .traits = MZ_ARENA_NEW(arena, QUERY_TRAITS_MOST + 1, mz_trait),
                   .told = {"", 0}};
    if (!ret_query->names || !ret_query->traits || !ret_query->judgements) return mz_query_too_much(arena, error);
    (void)judge(&reader, entity->schema, MZ_CULTURE_UNKNOWN);
    mz_status status = read_facts(&reader, entity, error);
    if ((!status || status == MZ_ERR_MEMORY) && arena->failed) status = mz_query_too_much(arena, error);
    return status;
}

double mz_query_least_threshold(const mz_query *query) {
    double least = query->judgements[0].settings.threshold;
    for (size_t j = 1; j < query->judgement_count; j++)
        if (query->judgements[j].settings.threshold < least) least = query->judgements[j].settings.threshold;
    return least;
}
