/* Screening: the names of a query against candidates of the image, the best pair of each entity, then what is known
 * beside the names. With `exhaustive` every name is a candidate, every join is tried and every number is looked at. */
#include "base/error.h"
#include "base/shown.h"
#include "entity/record.h"
#include "index/candidates.h"
#include "index/written.h"
#include "match/plain.h"
#include "match/policy.h"
#include "names/alternatives.h"
#include "screen/evidence.h"
#include "screen/query_json.h"

#include <math.h>
#include <stdlib.h>

enum {
    QUERY_ARENA_BYTES = 64 << 20,
    ANSWER_BYTES = 256 << 20,
    QUERY_NAMES_MOST = 256,
    JUDGEMENTS_MOST = 2 * MZ_CULTURE_COUNT + 1,
    TOLD_BYTES = 1024,
    QUERY_TRAITS_MOST = 512,
    QUERY_PLACES_MOST = 8, /* of them: the dearest to compare */
    NONE = -1
};

/* What holds for some names of the query: the policy, its rules settled. */
typedef struct judgement {
    mz_schema schema;
    mz_culture culture;
    mz_settings settings;
    uint32_t threshold; /* millionths */
    double most_cost;
} judgement;

/* A name of the query, parsed; where a query may be a person or a firm, each name is there twice. */
typedef struct query_name {
    mz_name name;
    const mz_plain_name *plain; /* for the algorithms that take it as it is written; NULL for mizan-1 */
    const judgement *by;
    bool persons, others; /* which listed names it is compared with */
} query_name;

/* The best that is known of an entity while a query is screened. */
typedef struct entity_standing {
    double cost, bits;
    double total;       /* cost, and where names are judged by different prices that of what is known beside them */
    int32_t query_name; /* NONE: no name met */
    uint32_t entity_name;
    bool touched, identified;
} entity_standing;

typedef struct entity_rank {
    uint32_t entity, score;
    double bits;
} entity_rank;

struct mz_screener {
    const mz_index *index;
    mz_screen_options options;
    char digest[MZ_POLICY_DIGEST_SIZE]; /* of the policy, where one was given */
    bool by_culture;
    mz_candidates *candidates;
    mz_written *written[MZ_ALGORITHM_COUNT]; /* NULL until asked for */
    mz_name_scorer *scorer;
    mz_arena arena;
    mz_arena pair, scratch; /* a listed name as it is written */
    mz_builder *builder;
    mz_buffer answer;
    entity_standing *standings; /* by entity */
    uint32_t *touched, touched_count;
    entity_rank *ranking;
    mz_name_score score;
    mz_name_word words[MZ_NAME_WORDS_MOST];
    uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    mz_arena places; /* of the entity in hand */
    mz_trait *entity_traits;
    size_t entity_trait_room;
    mz_screening result;
    /* the query in hand */
    mz_algorithm algorithm;
    mz_schema schema;
    mz_name_parts parts; /* of the query, for its names */
    query_name *names;
    size_t name_count;
    judgement *judgements; /* the first is for the query as a whole */
    size_t judgement_count;
    bool differently; /* names of the query are judged by different prices */
    bool telling;     /* one entity is judged, and pairs that miss their threshold are told of, too */
    mz_trait *traits;
    size_t trait_count, place_count;
    bool has_places;
    const mz_query_wishes *wishes; /* NULL: none */
    bool cut;
    mz_str told; /* what was not done, and why */
};

mz_status mz_screener_new(const mz_index *index, const mz_screen_options *options, mz_screener **ret_screener,
                          mz_error *error) {
    if (!(options->threshold >= 0 && options->threshold <= 1))
        return mz_fail(error, MZ_ERR_ARGUMENT, "the threshold must be above 0 and at most 1, not %g",
                       options->threshold);
    if (options->threshold > 0 && options->threshold < 0.5 && !options->exhaustive)
        return mz_fail(error, MZ_ERR_ARGUMENT, "a threshold below 0.5 needs every entity to be scored (exhaustive)");
    mz_screener *s = calloc(1, sizeof *s);
    if (!s) return mz_fail_memory(error);
    size_t entities = (size_t)index->entity_count + 1;
    s->index = index;
    s->options = *options;
    s->by_culture = mz_policy_by_culture(options->policy);
    mz_status status = options->policy ? mz_policy_digest(options->policy, s->digest, error) : MZ_OK;
    mz_arena_init(&s->arena, QUERY_ARENA_BYTES);
    mz_arena_init(&s->places, QUERY_ARENA_BYTES);
    mz_arena_init(&s->pair, QUERY_ARENA_BYTES);
    mz_arena_init(&s->scratch, QUERY_ARENA_BYTES);
    mz_buffer_init(&s->answer, ANSWER_BYTES);
    s->scorer = mz_name_scorer_new();
    s->standings = calloc(entities, sizeof *s->standings);
    s->touched = malloc(entities * sizeof *s->touched);
    s->ranking = malloc(entities * sizeof *s->ranking);
    if (!status && !(s->scorer && s->standings && s->touched && s->ranking)) status = mz_fail_memory(error);
    if (!status) status = mz_candidates_new(index, &s->candidates, error);
    if (!status) status = mz_builder_new(QUERY_ARENA_BYTES, MZ_DATE_DAY_FIRST, &s->builder, error);
    if (status) {
        mz_screener_free(s);
        return status;
    }
    *ret_screener = s;
    return MZ_OK;
}

void mz_screener_free(mz_screener *s) {
    if (!s) return;
    mz_candidates_free(s->candidates);
    for (size_t a = 0; a < MZ_ALGORITHM_COUNT; a++) mz_written_free(s->written[a]);
    mz_name_scorer_free(s->scorer);
    mz_builder_free(s->builder);
    mz_buffer_done(&s->answer);
    mz_arena_done(&s->arena);
    mz_arena_done(&s->places);
    mz_arena_done(&s->pair);
    mz_arena_done(&s->scratch);
    free(s->standings);
    free(s->touched);
    free(s->ranking);
    free(s->entity_traits);
    free(s);
}

/* ---- the query ---- */

static mz_status too_much(const mz_arena *arena, mz_error *error) {
    if (arena->starved) return mz_fail_memory(error);
    return mz_fail(error, MZ_ERR_LIMIT, "query and hits need more than %d MiB; lower the limit of hits",
                   QUERY_ARENA_BYTES >> 20);
}

/* The policy for names of that culture in a query of that schema; settled once. */
static const judgement *judge(mz_screener *s, mz_schema schema, mz_culture culture) {
    if (!s->by_culture) culture = MZ_CULTURE_UNKNOWN;
    for (size_t j = 0; j < s->judgement_count; j++)
        if (s->judgements[j].schema == schema && s->judgements[j].culture == culture) return &s->judgements[j];
    judgement *made = &s->judgements[s->judgement_count++];
    mz_policy_part beside = s->wishes ? s->wishes->part : (mz_policy_part){0};
    if (beside.threshold <= 0) beside.threshold = s->options.threshold;
    made->schema = schema;
    made->culture = culture;
    mz_policy_settle(s->options.policy, schema, culture, &beside, &made->settings);
    mz_plain_prices(s->algorithm, &made->settings.prices);
    made->threshold = (uint32_t)ceil(made->settings.threshold * MZ_SCORE_UNIT - 1e-6);
    made->most_cost = mz_cost_from_score(made->threshold);
    return made;
}

static bool same_settings(const judgement *a, const judgement *b) {
    return a == b || memcmp(&a->settings, &b->settings, sizeof a->settings) == 0;
}

static mz_status add_one_name(mz_screener *s, mz_str text, mz_error *error) {
    mz_plain_name *plain = NULL;
    if (s->algorithm != MZ_ALGORITHM_MIZAN_1) {
        plain = MZ_ARENA_NEW(&s->arena, 1, mz_plain_name);
        if (!plain) return too_much(&s->arena, error);
        mz_status status = mz_plain_read(s->algorithm, text, &s->arena, &s->scratch, plain, error);
        if (status) return status;
    }
    bool person = s->schema == MZ_SCHEMA_Person, either = !person && mz_schema_is_a(MZ_SCHEMA_Person, s->schema);
    for (int as_person = 0; as_person < 2; as_person++) {
        if (!either && (as_person != 0) != person) continue;
        query_name *entry = &s->names[s->name_count];
        mz_status status = mz_name_parse_parts(text, !as_person, &s->parts, &s->arena, &entry->name, error);
        if (status) return status;
        s->cut |= entry->name.cut;
        if (!entry->name.count) continue;
        entry->persons = !either || as_person;
        entry->others = !either || !as_person;
        entry->plain = plain;
        entry->by = judge(s, as_person ? MZ_SCHEMA_Person : s->schema, (mz_culture)entry->name.culture);
        s->differently |= !same_settings(entry->by, s->names[0].by);
        s->name_count++;
    }
    return MZ_OK;
}

/* `roles` as in mz_fact.roles. */
static mz_status add_name(mz_screener *s, mz_str name, mz_str roles, mz_error *error) {
    mz_str names[MZ_NAME_ALTERNATIVES_MOST];
    size_t count = mz_name_alternatives(mz_arena_copy(&s->arena, name), &s->arena, names);
    s->parts.roles = count == 1 ? roles : (mz_str){"", 0};
    mz_status status = MZ_OK;
    for (size_t i = 0; i < count && !status; i++) {
        if (s->name_count >= 2 * QUERY_NAMES_MOST)
            s->cut = true;
        else
            status = add_one_name(s, names[i], error);
    }
    return status;
}

/* A query that gives the parts of a name only: first, middle, father's, last. */
static mz_str name_from_parts(mz_screener *s, const mz_entity *query) {
    static const mz_property parts[] = {MZ_PROP_firstName, MZ_PROP_secondName, MZ_PROP_middleName, MZ_PROP_fatherName,
                                        MZ_PROP_lastName};
    mz_str name = {"", 0};
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        mz_str part = mz_entity_first(query, parts[p]);
        if (part.size)
            name = mz_arena_print(&s->arena, "%.*s%s%.*s", (int)name.size, name.data, name.size ? " " : "",
                                  (int)part.size, part.data);
    }
    return name;
}

/* Appends a sentence to what is said was not done. */
static void tell(mz_screener *s, mz_str sentence) {
    s->told = s->told.size ? mz_arena_print(&s->arena, "%.*s; %.*s", (int)s->told.size, s->told.data,
                                            (int)sentence.size, sentence.data)
                           : sentence;
}

/* A value of the query that could not be understood takes no part, and nobody should think it did. */
static void tell_unused(mz_screener *s, const mz_fact *fact) {
    bool doubtful = fact->flags & MZ_FACT_WRONG_CHECK, unparsed = fact->flags & MZ_FACT_UNPARSED;
    if ((!doubtful && !unparsed) || s->told.size > TOLD_BYTES) return;
    tell(s, mz_arena_print(
                &s->arena, "%s \"%.*s\" %s", mz_property_name(fact->property), mz_shown(fact->value), fact->value.data,
                doubtful ? "has a wrong check digit and decides nothing" : "was not understood and is not compared"));
}

/* Enters what is known beside the names; false when it is nothing that is compared as it stands. */
static bool add_trait(mz_screener *s, const mz_fact *fact) {
    mz_trait *trait = &s->traits[s->trait_count];
    if (!mz_trait_of(fact, trait)) return false;
    bool place = trait->kind == MZ_TRAIT_PLACE || trait->kind == MZ_TRAIT_ADDRESS;
    if (s->trait_count == QUERY_TRAITS_MOST || (place && s->place_count == QUERY_PLACES_MOST)) {
        s->cut = true;
        return true;
    }
    trait->text = mz_arena_copy(&s->arena, trait->text);
    s->trait_count++;
    s->place_count += place;
    return !(trait->flags & MZ_TRAIT_DOUBTFUL) || trait->kind != MZ_TRAIT_IDENTIFIER;
}

static void tell_limits(mz_screener *s) {
    if (s->cut)
        tell(s, MZ_STR("the query has more names, words, numbers or addresses than are compared; the first were"));
    if (s->name_count) return;
    for (size_t t = 0; t < s->trait_count; t++)
        if (mz_trait_decides(&s->traits[t])) return;
    tell(s, MZ_STR(MZ_NOTHING_TO_SCREEN));
}

static mz_status read_query(mz_screener *s, const mz_entity *query, mz_error *error) {
    mz_status status = MZ_OK;
    s->schema = query->schema;
    s->algorithm = s->wishes && s->wishes->algorithm_at ? s->wishes->algorithm : mz_policy_algorithm(s->options.policy);
    s->name_count = s->trait_count = s->place_count = 0;
    s->cut = s->differently = s->telling = false;
    s->judgement_count = 0;
    s->told = (mz_str){"", 0};
    s->names = MZ_ARENA_NEW(&s->arena, 2 * QUERY_NAMES_MOST + 2, query_name);
    s->traits = MZ_ARENA_NEW(&s->arena, QUERY_TRAITS_MOST + 1, mz_trait);
    s->judgements = MZ_ARENA_NEW(&s->arena, s->by_culture ? JUDGEMENTS_MOST : 2, judgement);
    if (!s->names || !s->traits || !s->judgements) return too_much(&s->arena, error);
    (void)judge(s, s->schema, MZ_CULTURE_UNKNOWN);
    status = mz_name_parts_read(query, &s->arena, &s->parts, error);
    for (size_t f = 0; f < query->fact_count && !status; f++) {
        const mz_fact *fact = &query->facts[f];
        if (!add_trait(s, fact)) tell_unused(s, fact);
        if (!mz_property_is_name(fact->property)) continue;
        status = add_name(s, fact->value, fact->roles, error);
    }
    if (!status && !s->name_count) status = add_name(s, name_from_parts(s, query), (mz_str){"", 0}, error);
    mz_traits_settle(s->traits, s->trait_count);
    s->has_places = mz_traits_prepare(s->traits, s->trait_count, &s->arena) > 0;
    if (!status) tell_limits(s);
    if ((!status || status == MZ_ERR_MEMORY) && s->arena.failed) status = too_much(&s->arena, error);
    return status;
}

/* ---- scoring ---- */

static entity_standing *touch(mz_screener *s, uint32_t entity) {
    entity_standing *standing = &s->standings[entity];
    if (!standing->touched) {
        standing->touched = true;
        standing->identified = false;
        standing->query_name = NONE;
        s->touched[s->touched_count++] = entity;
    }
    return standing;
}

static bool comparable(const mz_screener *s, const query_name *query, const mz_name_row *row) {
    const mz_entity_row *entity = &s->index->entities[row->entity];
    if (!(row->organisation ? query->others : query->persons)) return false;
    if (s->standings[row->entity].touched && s->standings[row->entity].identified) return true;
    return mz_schema_comparable(s->schema, (mz_schema)entity->schema);
}

static uint32_t traits_of(mz_screener *s, uint32_t entity) {
    const mz_entity_row *row = &s->index->entities[entity];
    if (row->trait_count > s->entity_trait_room) {
        mz_trait *grown = realloc(s->entity_traits, row->trait_count * sizeof *grown);
        if (!grown) {
            s->arena.failed = s->arena.starved = true; /* reported like any other lack of memory */
            return 0;
        }
        s->entity_traits = grown;
        s->entity_trait_room = row->trait_count;
    }
    for (uint32_t t = 0; t < row->trait_count; t++) {
        const mz_trait_row *trait = &s->index->traits[row->first_trait + t];
        s->entity_traits[t] = (mz_trait){.text = mz_index_text(s->index, trait->text),
                                         .first_day = trait->first_day,
                                         .last_day = trait->last_day,
                                         .property = trait->property,
                                         .kind = trait->kind,
                                         .flags = trait->flags};
        memcpy(s->entity_traits[t].country, trait->country, sizeof trait->country);
    }
    return row->trait_count;
}

/* Places are taken apart only where the query has some to compare them with. */
static void prepare_places(mz_screener *s, uint32_t count) {
    if (!s->has_places) return;
    mz_arena_reset(&s->places);
    (void)mz_traits_prepare(s->entity_traits, count, &s->places);
    if (s->places.failed) s->arena.failed = s->arena.starved = true;
}

static void find(mz_screener *s, const mz_prices *prices, uint32_t entity, mz_findings *ret_findings) {
    uint32_t count = traits_of(s, entity);
    prepare_places(s, count);
    mz_compare_traits(prices, s->traits, s->trait_count, s->entity_traits, count, ret_findings);
}

static bool bears_number_of_query(mz_screener *s, uint32_t entity) {
    uint32_t count = traits_of(s, entity);
    return mz_traits_identify(s->traits, s->trait_count, s->entity_traits, count);
}

/* Entities that bear a number of the query's, whatever they are listed as: to some lists a ship is an organisation. */
static void look_up_identifiers(mz_screener *s) {
    const mz_index *index = s->index;
    for (size_t t = 0; t < s->trait_count; t++) {
        if (!mz_trait_decides(&s->traits[t])) continue;
        char room[MZ_IDENTIFIER_SIZE];
        mz_str key = mz_trait_key(&s->traits[t], room);
        uint32_t low = 0, high = index->identifier_count;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (mz_str_order(mz_index_text(index, index->identifiers[middle].text), key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < index->identifier_count && mz_str_equal(mz_index_text(index, index->identifiers[low].text), key);
             low++) {
            uint32_t entity = index->identifiers[low].entity;
            if (bears_number_of_query(s, entity)) touch(s, entity)->identified = true;
        }
    }
}

/* The same without the table, for checking. */
static void look_at_all_identifiers(mz_screener *s) {
    for (uint32_t e = 0; e < s->index->entity_count; e++)
        if (bears_number_of_query(s, e)) touch(s, e)->identified = true;
}

/* Whether the pair of names just scored is better than the one that stands for the entity. Of pairs of equal worth it
 * is the one whose texts come first, so that nothing depends on the order in which names were given or listed. */
static bool better_pair(const mz_screener *s, const entity_standing *standing, size_t query_number,
                        uint32_t name_number, double total) {
    if (standing->query_name == NONE || total < standing->total) return true;
    if (total > standing->total || s->score.bits < standing->bits) return false;
    if (s->score.bits > standing->bits) return true;
    const mz_index *index = s->index;
    int order = mz_str_order(mz_index_text(index, index->names[name_number].text),
                             mz_index_text(index, index->names[standing->entity_name].text));
    if (!order) order = mz_str_order(s->names[query_number].name.text, s->names[standing->query_name].name.text);
    return order < 0;
}

/* Enters a pair of names that met. Where names of the query are judged by different prices, what is known beside the
 * names is judged by those of the name, and a pair that misses its own threshold is none, unless it is to be told. */
static void enter(mz_screener *s, size_t query_number, uint32_t name_number, double cost) {
    const judgement *by = s->names[query_number].by;
    uint32_t entity = s->index->names[name_number].entity;
    double total = cost;
    if (s->differently) {
        mz_findings findings;
        find(s, &by->settings.prices, entity, &findings);
        if (!s->telling && mz_entity_score(cost, &findings) < by->threshold) return;
        total += findings.cost;
    }
    entity_standing *standing = touch(s, entity);
    if (!better_pair(s, standing, query_number, name_number, total)) return;
    standing->total = total;
    standing->cost = cost;
    standing->bits = s->score.bits;
    standing->query_name = (int32_t)query_number;
    standing->entity_name = name_number;
}

/* What the pair of names just scored costs; a weak alias is asked for what supports it. */
static double cost_of_pair(mz_screener *s, const mz_prices *prices, const mz_name_row *row) {
    mz_property property = (mz_property)row->property;
    mz_findings findings = MZ_FINDINGS_NONE;
    if (mz_property_is_weak_name(property)) find(s, prices, row->entity, &findings);
    return s->score.cost + mz_weak_name_cost(prices, property, findings.supported);
}

/* Scores a listed name as it is written, which is in `arena` then. */
static bool score_written(mz_screener *s, const query_name *query, uint32_t name_number, mz_arena *arena,
                          mz_plain_name *ret_listed) {
    mz_str text = mz_index_text(s->index, s->index->names[name_number].text);
    mz_status status = mz_plain_read(s->algorithm, text, arena, &s->scratch, ret_listed, NULL);
    if (status == MZ_ERR_INPUT) return false; /* no UTF-8, as only a forged image has */
    if (status) {
        s->arena.failed = true; /* reported like any other lack of memory */
        s->arena.starved |= status == MZ_ERR_MEMORY;
        return false;
    }
    return mz_plain_score(s->algorithm, &query->by->settings.prices, query->plain, ret_listed, &s->score);
}

static void consider_written(mz_screener *s, size_t query_number, uint32_t name_number) {
    const query_name *query = &s->names[query_number];
    mz_plain_name listed;
    mz_arena_reset(&s->pair);
    if (score_written(s, query, name_number, &s->pair, &listed))
        enter(s, query_number, name_number,
              cost_of_pair(s, &query->by->settings.prices, &s->index->names[name_number]));
}

static void consider(mz_screener *s, size_t query_number, uint32_t name_number, double most_cost) {
    const query_name *query = &s->names[query_number];
    const mz_prices *prices = &query->by->settings.prices;
    const mz_name_row *row = &s->index->names[name_number];
    if (!comparable(s, query, row)) return;
    if (query->plain) {
        consider_written(s, query_number, name_number);
        return;
    }
    mz_name entity;
    mz_index_name(s->index, name_number, s->words, &entity);
    for (size_t i = 0; i < query->name.count; i++)
        for (size_t j = 0; j < entity.count; j++)
            s->likeness[i * entity.count + j] =
                mz_candidates_likeness(s->candidates, i, s->index->name_words[row->first_word + j].word);
    double weak = mz_weak_name_cost(prices, (mz_property)row->property, true);
    bool joined = s->options.exhaustive || mz_candidates_may_join(s->candidates, name_number);
    if (!joined && mz_name_least_cost(prices, &query->name, &entity, s->likeness) > most_cost - weak) return;
    if (mz_name_score_pair(s->scorer, prices, &query->name, &entity, s->likeness, joined, most_cost - weak, &s->score))
        enter(s, query_number, name_number, cost_of_pair(s, prices, row));
}

static mz_status find_names(mz_screener *s, const query_name *query, const uint32_t **ret_names, size_t *ret_count,
                            mz_error *error) {
    const judgement *by = query->by;
    bool all = s->options.exhaustive;
    if (!query->plain || all)
        return mz_candidates_find(s->candidates, &by->settings.prices, &query->name, by->most_cost, all, ret_names,
                                  ret_count, error);
    mz_written **written = &s->written[s->algorithm];
    mz_status status = *written ? MZ_OK : mz_written_new(s->index, s->algorithm, written, error);
    if (!status) mz_written_find(*written, query->plain, by->threshold, ret_names, ret_count);
    return status;
}

static mz_status screen_names(mz_screener *s, mz_error *error) {
    uint32_t identified = s->touched_count;
    for (size_t q = 0; q < s->name_count; q++) {
        const uint32_t *names;
        size_t count;
        const judgement *by = s->names[q].by;
        mz_status status = find_names(s, &s->names[q], &names, &count, error);
        if (status) return status;
        for (size_t k = 0; k < count; k++) {
            uint32_t entity = s->index->names[names[k]].entity;
            bool all_names = s->standings[entity].touched && s->standings[entity].identified;
            if (!all_names) consider(s, q, names[k], by->most_cost);
        }
        /* who bears the same number is judged by all names, however different */
        for (uint32_t k = 0; k < identified; k++) {
            const mz_entity_row *row = &s->index->entities[s->touched[k]];
            for (uint32_t n = 0; n < row->name_count; n++) consider(s, q, row->first_name + n, INFINITY);
        }
    }
    return MZ_OK;
}

/* ---- ranking ---- */

static int best_first(const void *left, const void *right, void *context) {
    const entity_rank *a = left, *b = right;
    const mz_index *index = context;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    if (a->bits > b->bits) return -1;
    if (a->bits < b->bits) return 1;
    int order = mz_str_order(mz_index_text(index, index->entities[a->entity].id),
                             mz_index_text(index, index->entities[b->entity].id));
    return order ? order : (a->entity > b->entity) - (a->entity < b->entity);
}

/* By what an entity is judged: as the name is that met it, else as the query. */
static const judgement *judgement_of(const mz_screener *s, const entity_standing *standing) {
    return standing->query_name == NONE ? &s->judgements[0] : s->names[standing->query_name].by;
}

static size_t rank(mz_screener *s) {
    size_t count = 0;
    for (uint32_t k = 0; k < s->touched_count; k++) {
        const entity_standing *standing = &s->standings[s->touched[k]];
        const judgement *by = judgement_of(s, standing);
        mz_findings findings;
        find(s, &by->settings.prices, s->touched[k], &findings);
        bool named = standing->query_name != NONE;
        uint32_t score = mz_entity_score(named ? standing->cost : -1, &findings);
        if (score >= by->threshold && score > 0)
            s->ranking[count++] = (entity_rank){s->touched[k], score, (named ? standing->bits : 0) + findings.bits};
    }
    qsort_r(s->ranking, count, sizeof *s->ranking, best_first, (void *)(uintptr_t)s->index);
    return count;
}

/* How alike the words of a query's name and a listed name are, without the index's tables. */
static void liken(mz_screener *s, const mz_name *query, const mz_name *entity) {
    for (size_t i = 0; i < query->count; i++)
        for (size_t j = 0; j < entity->count; j++)
            s->likeness[i * entity->count + j] = mz_word_likeness(&query->words[i], &entity->words[j]);
}

/* Scores the best pair once more, now for its pieces. */
static bool score_again(mz_screener *s, const entity_standing *standing, mz_name *ret_entity) {
    const mz_name *query = &s->names[standing->query_name].name;
    if (s->names[standing->query_name].plain) {
        mz_plain_name listed;
        if (!score_written(s, &s->names[standing->query_name], standing->entity_name, &s->arena, &listed)) return false;
        *ret_entity = listed.name;
        ret_entity->organisation = s->index->names[standing->entity_name].organisation;
        return true;
    }
    mz_name_word *words = MZ_ARENA_NEW(&s->arena, s->index->names[standing->entity_name].word_count, mz_name_word);
    if (!words) return false;
    mz_index_name(s->index, standing->entity_name, words, ret_entity);
    liken(s, query, ret_entity);
    return mz_name_score_pair(s->scorer, &judgement_of(s, standing)->settings.prices, query, ret_entity, s->likeness,
                              true, INFINITY, &s->score);
}

static void fill_hit(mz_screener *s, const entity_rank *ranked, mz_hit *hit) {
    const entity_standing *standing = &s->standings[ranked->entity];
    const mz_prices *prices = &judgement_of(s, standing)->settings.prices;
    mz_findings findings;
    mz_name entity_name = {.count = 0};
    mz_explanation explanation = {.property = MZ_PROP_name, .findings = &findings, .score = ranked->score};
    *hit = (mz_hit){.number = ranked->entity,
                    .query_name = {"", 0},
                    .entity_name = {"", 0},
                    .score = (double)ranked->score / MZ_SCORE_UNIT};
    mz_index_entity(s->index, ranked->entity, &hit->entity);
    uint32_t count = traits_of(s, ranked->entity);
    mz_trait *traits = MZ_ARENA_NEW(&s->arena, count + 1u, mz_trait);
    if (!traits) return;
    prepare_places(s, count);
    if (count) memcpy(traits, s->entity_traits, count * sizeof *traits);
    mz_compare_traits(prices, s->traits, s->trait_count, traits, count, &findings);
    if (standing->query_name != NONE && score_again(s, standing, &entity_name)) {
        const mz_name_row *row = &s->index->names[standing->entity_name];
        const query_name *query = &s->names[standing->query_name];
        explanation.query = query->plain ? &query->plain->name : &query->name;
        explanation.entity = &entity_name;
        explanation.names = &s->score;
        explanation.property = (mz_property)row->property;
        explanation.weak_cost = mz_weak_name_cost(prices, explanation.property, findings.supported);
        hit->query_name = explanation.query->text;
        hit->entity_name = entity_name.text;
        hit->organisation = entity_name.organisation;
    }
    hit->evidence = mz_explain(&explanation, &s->arena, &hit->evidence_count, &hit->weight);
}

static void forget(mz_screener *s) {
    for (uint32_t k = 0; k < s->touched_count; k++) s->standings[s->touched[k]].touched = false;
    s->touched_count = 0;
}

static double least_threshold(const mz_screener *s) {
    double least = s->judgements[0].settings.threshold;
    for (size_t j = 1; j < s->judgement_count; j++)
        if (s->judgements[j].settings.threshold < least) least = s->judgements[j].settings.threshold;
    return least;
}

static mz_status screen(mz_screener *s, mz_str id, const mz_entity *query, mz_error *error) {
    mz_status status = read_query(s, query, error);
    if (status) return status;
    if (s->options.exhaustive)
        look_at_all_identifiers(s);
    else
        look_up_identifiers(s);
    status = screen_names(s, error);
    size_t total = status ? 0 : rank(s), kept = total < s->options.limit ? total : s->options.limit;
    mz_hit *hits = MZ_ARENA_NEW(&s->arena, kept + 1, mz_hit);
    for (size_t h = 0; h < kept && hits; h++) fill_hit(s, &s->ranking[h], &hits[h]);
    forget(s);
    if (status) return status;
    if (s->arena.failed) return too_much(&s->arena, error);
    s->result = (mz_screening){.id = id,
                               .hits = hits,
                               .hit_count = kept,
                               .total_hits = total,
                               .not_done = s->told,
                               .threshold = least_threshold(s),
                               .algorithm = s->algorithm};
    return MZ_OK;
}

mz_status mz_screen(mz_screener *s, mz_str id, const mz_entity *query, const mz_screening **ret_screening,
                    mz_error *error) {
    mz_arena_reset(&s->arena);
    s->wishes = NULL;
    mz_status status = screen(s, mz_arena_copy(&s->arena, id), query, error);
    if (!status) *ret_screening = &s->result;
    return status;
}

/* All names of one entity, however different; the index is not asked. */
static void judge_names(mz_screener *s, uint32_t entity) {
    const mz_entity_row *row = &s->index->entities[entity];
    for (size_t q = 0; q < s->name_count; q++)
        for (uint32_t n = row->first_name; n < row->first_name + row->name_count; n++) {
            const mz_name *query = &s->names[q].name;
            const mz_prices *prices = &s->names[q].by->settings.prices;
            mz_name listed;
            if (!comparable(s, &s->names[q], &s->index->names[n])) continue;
            if (s->names[q].plain) {
                consider_written(s, q, n);
                continue;
            }
            mz_index_name(s->index, n, s->words, &listed);
            liken(s, query, &listed);
            if (mz_name_score_pair(s->scorer, prices, query, &listed, s->likeness, true, INFINITY, &s->score))
                enter(s, q, n, cost_of_pair(s, prices, &s->index->names[n]));
        }
}

mz_status mz_screen_entity(mz_screener *s, const mz_entity *query, uint32_t number, const mz_screening **ret_screening,
                           mz_error *error) {
    if (number >= s->index->entity_count)
        return mz_fail(error, MZ_ERR_ARGUMENT, "there is no entity %u; the index has %u", (unsigned)number,
                       (unsigned)s->index->entity_count);
    mz_arena_reset(&s->arena);
    mz_status status = read_query(s, query, error);
    if (status) return status;
    mz_hit *hit = MZ_ARENA_NEW(&s->arena, 1, mz_hit);
    if (!hit) return too_much(&s->arena, error);
    mz_findings findings;
    find(s, &s->judgements[0].settings.prices, number, &findings);
    entity_standing *standing = touch(s, number);
    standing->identified = mz_identified(&findings);
    judge_names(s, number);
    s->telling = standing->query_name == NONE;
    if (s->telling) judge_names(s, number);
    const judgement *by = judgement_of(s, standing);
    find(s, &by->settings.prices, number, &findings);
    uint32_t score = mz_entity_score(standing->query_name == NONE ? -1 : standing->cost, &findings);
    fill_hit(s, &(entity_rank){.entity = number, .score = score}, hit);
    forget(s);
    if (s->arena.failed) return too_much(&s->arena, error);
    s->result = (mz_screening){.hits = hit,
                               .hit_count = 1,
                               .total_hits = score > 0 && score >= by->threshold,
                               .not_done = s->told,
                               .threshold = by->settings.threshold,
                               .algorithm = s->algorithm};
    *ret_screening = &s->result;
    return MZ_OK;
}

mz_status mz_screen_name(mz_screener *s, mz_schema schema, mz_str name, const mz_screening **ret_screening,
                         mz_error *error) {
    mz_fact fact = {.property = MZ_PROP_name, .value = name};
    mz_entity query = {.schema = schema, .facts = &fact, .fact_count = 1};
    return mz_screen(s, (mz_str){"", 0}, &query, ret_screening, error);
}

/* Weights that a query sets must go together with those of the policy. */
static mz_status check_wishes(const mz_screener *s, const mz_query_wishes *wishes, mz_error *error) {
    size_t rule;
    const char *why = wishes->weights_at ? mz_policy_unsound(s->options.policy, &wishes->part, &rule) : NULL;
    if (!why) return MZ_OK;
    return mz_fail_at(error, MZ_ERR_INPUT, wishes->weights_at->line, wishes->weights_at->column, "%s", why);
}

mz_status mz_screen_json(mz_screener *s, mz_str query, mz_str *ret_answer, size_t *ret_hit_count, mz_error *error) {
    mz_str id;
    const mz_record *record;
    mz_query_wishes wishes;
    const mz_answer_basis basis = {s->options.policy, s->digest, &wishes};
    mz_arena_reset(&s->arena);
    mz_status status =
        mz_query_read_json(query, s->options.exhaustive, &s->arena, s->builder, &id, &record, &wishes, error);
    if (!status) status = check_wishes(s, &wishes, error);
    s->wishes = &wishes;
    if (!status) status = screen(s, id, &record->entities[0], error);
    s->wishes = NULL;
    if (status) return status;
    mz_buffer_clear(&s->answer);
    mz_answer_write_json(&s->result, &basis, &s->answer);
    if (s->answer.starved) return mz_fail_memory(error);
    if (s->answer.failed)
        return mz_fail(error, MZ_ERR_LIMIT, "an answer of more than %d MiB; lower the limit of hits",
                       ANSWER_BYTES >> 20);
    *ret_answer = mz_buffer_view(&s->answer);
    *ret_hit_count = s->result.hit_count;
    return MZ_OK;
}
