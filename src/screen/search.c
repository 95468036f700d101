/* Searching a part of an index: the names of the query against candidates, the best pair of each entity, then what is
 * known beside the names. */
#include "screen/search.h"

#include "base/error.h"
#include "index/ahead.h"
#include "index/candidates.h"
#include "index/written.h"
#include "match/plain.h"
#include "screen/beside.h"
#include "screen/evidence.h"
#include "screen/exhaustive.h"
#include "screen/standings.h"

#include <math.h>
#include <stdlib.h>

struct mz_search {
    const mz_index *index;
    mz_exhaustive *exhaustive; /* NULL: the index's tables are asked */
    mz_candidates *candidates;
    mz_written *written[MZ_ALGORITHM_COUNT]; /* NULL until asked for */
    mz_name_scorer *scorer;
    mz_arena pair, scratch; /* a listed name as it is written */
    mz_beside beside;
    mz_standings standings;
    uint32_t identified_count; /* of the first standings: entities that bear a number of the query's */
    mz_ranked *ranking;
    size_t ranking_room;
    mz_name_score score;
    mz_name_word words[MZ_NAME_WORDS_MOST];
    uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    const mz_query *query; /* in hand */
    const mz_part_filter *filter;
    mz_work *work; /* of it */
    mz_undone *undone;
    mz_work judging; /* where nobody asks for them */
    mz_undone unasked;
    bool telling; /* one entity is judged, and pairs that miss their threshold are told of, too */
    bool starved, overfull;
};

mz_status mz_search_new(const mz_index *index, bool exhaustive, mz_search **ret_search, mz_error *error) {
    mz_search *s = calloc(1, sizeof *s);
    if (!s) return mz_fail_memory(error);
    s->index = index;
    mz_arena_init(&s->pair, MZ_QUERY_ARENA_BYTES);
    mz_arena_init(&s->scratch, MZ_QUERY_ARENA_BYTES);
    mz_beside_init(&s->beside, index);
    s->scorer = mz_name_scorer_new();
    mz_status status = s->scorer ? MZ_OK : mz_fail_memory(error);
    if (!status && exhaustive) status = mz_exhaustive_new(index, &s->exhaustive, error);
    if (!status && !exhaustive) status = mz_candidates_new(index, &s->candidates, error);
    if (status) {
        mz_search_free(s);
        return status;
    }
    *ret_search = s;
    return MZ_OK;
}

void mz_search_free(mz_search *s) {
    if (!s) return;
    mz_exhaustive_free(s->exhaustive);
    mz_candidates_free(s->candidates);
    for (size_t a = 0; a < MZ_ALGORITHM_COUNT; a++) mz_written_free(s->written[a]);
    mz_name_scorer_free(s->scorer);
    mz_arena_done(&s->pair);
    mz_arena_done(&s->scratch);
    mz_beside_done(&s->beside);
    mz_standings_done(&s->standings);
    free(s->ranking);
    free(s);
}

static void take_task(mz_search *s, const mz_task *task) {
    s->query = task->query;
    s->filter = task->filter;
    s->work = task->work;
    s->undone = task->undone;
    s->telling = s->starved = s->overfull = s->beside.starved = false;
    s->identified_count = 0;
    mz_standings_forget(&s->standings);
}

/* What went wrong on the way, where nothing could be returned. */
static mz_status trouble(const mz_search *s, mz_error *error) {
    if (s->starved || s->beside.starved) return mz_fail_memory(error);
    if (s->overfull)
        return mz_fail(error, MZ_ERR_LIMIT, "query and a listed name need more than %d MiB",
                       MZ_QUERY_ARENA_BYTES >> 20);
    return MZ_OK;
}

/* ---- entities and numbers ---- */

static mz_standing *meet(mz_search *s, uint32_t entity) {
    mz_standing *standing = mz_standings_meet(&s->standings, entity);
    if (!standing) s->starved = true;
    return standing;
}

static void count_traits(mz_search *s, uint32_t entity) {
    mz_run run = mz_index_traits_of(s->index, entity);
    mz_work_count(s->work, MZ_PLAN_TRAITS_COMPARED, s->query->trait_count * (run.end - run.first));
}

static void identify(mz_search *s, uint32_t entity) {
    mz_work_count(s->work, MZ_PLAN_NUMBERS_READ, 1);
    count_traits(s, entity);
    if (mz_index_is_dead(s->index, entity) || !mz_part_filter_passes(s->filter, entity)) return;
    if (!mz_beside_identified(&s->beside, s->query, entity)) return;
    mz_standing *standing = meet(s, entity);
    if (standing) standing->identified = true;
    s->identified_count = s->standings.count;
}

static bool is_identified(const mz_search *s, uint32_t entity) {
    const mz_standing *standing = s->identified_count ? mz_standings_get(&s->standings, entity) : NULL;
    return standing && standing->identified;
}

/* Entities that bear a number of the query's, whatever they are listed as: to some lists a ship is an organisation. */
static void look_up_identifiers(mz_search *s) {
    for (size_t t = 0; t < s->query->trait_count; t++) {
        if (!mz_trait_decides(&s->query->traits[t])) continue;
        char room[MZ_IDENTIFIER_SIZE];
        mz_str key = mz_trait_key(&s->query->traits[t], room);
        const uint32_t *entities;
        size_t count = mz_index_identifiers(s->index, key, &entities);
        for (size_t k = 0; k < count; k++) {
            if (!mz_work_left(s->work, MZ_WORK_FIND)) {
                s->undone->numbers = s->undone->any = true;
                return;
            }
            identify(s, entities[k]);
        }
    }
}

/* The same without the table, for checking. */
static void look_at_all_identifiers(mz_search *s) {
    for (uint32_t e = 0; e < s->index->entity_count; e++) identify(s, e);
}

/* What is known of an entity beside its names against what is known of the query. */
static void find_beside(mz_search *s, const mz_prices *prices, uint32_t entity, mz_findings *ret_findings) {
    count_traits(s, entity);
    mz_beside_find(&s->beside, s->query, prices, entity, ret_findings);
}

/* ---- pairs of names ---- */

static bool comparable(const mz_search *s, const mz_query_name *query, const mz_name_row *row) {
    if (!(row->organisation ? query->others : query->persons) || mz_index_is_dead(s->index, row->entity)) return false;
    return mz_schema_comparable(s->query->schema, (mz_schema)s->index->entities[row->entity].schema) ||
           is_identified(s, row->entity);
}

/* Whether the pair of names just scored is better than the one that stands for the entity. Of pairs of equal worth it
 * is the one whose texts come first, so that nothing depends on the order in which names were given or listed. */
static bool better_pair(const mz_search *s, const mz_standing *standing, size_t query_number, uint32_t name_number,
                        double total) {
    if (standing->query_name == MZ_NO_QUERY_NAME || total < standing->total) return true;
    if (total > standing->total || s->score.bits < standing->bits) return false;
    if (s->score.bits > standing->bits) return true;
    const mz_index *index = s->index;
    const mz_query_name *names = s->query->names;
    int order = mz_str_order(mz_index_name_text(index, name_number), mz_index_name_text(index, standing->entity_name));
    if (!order) order = mz_str_order(names[query_number].name.text, names[standing->query_name].name.text);
    return order < 0;
}

/* Enters a pair of names that met. Where names of the query are judged by different prices, what is known beside the
 * names is judged by those of the name, and a pair that misses its own threshold is none, unless it is to be told. */
static void enter(mz_search *s, size_t query_number, uint32_t name_number, double cost) {
    const mz_judgement *by = s->query->names[query_number].by;
    uint32_t entity = s->index->names[name_number].entity;
    double total = cost;
    if (s->query->differently) {
        mz_findings findings;
        find_beside(s, &by->settings.prices, entity, &findings);
        if (!s->telling && mz_entity_score(cost, &findings) < by->threshold) return;
        total += findings.cost;
    }
    mz_standing *standing = meet(s, entity);
    if (!standing || !better_pair(s, standing, query_number, name_number, total)) return;
    standing->total = total;
    standing->cost = cost;
    standing->bits = s->score.bits;
    standing->query_name = (int32_t)query_number;
    standing->entity_name = name_number;
}

/* What the pair of names just scored costs; a weak alias is asked for what supports it. */
static double cost_of_pair(mz_search *s, const mz_prices *prices, const mz_name_row *row) {
    mz_property property = (mz_property)row->property;
    mz_findings findings = MZ_FINDINGS_NONE;
    if (mz_property_is_weak_name(property)) find_beside(s, prices, row->entity, &findings);
    return s->score.cost + mz_weak_name_cost(prices, property, findings.supported);
}

/* Scores a listed name as it is written, which is in `arena` then. */
static bool score_written(mz_search *s, const mz_query_name *query, uint32_t name_number, mz_arena *arena,
                          mz_plain_name *ret_listed) {
    mz_algorithm algorithm = s->query->algorithm;
    mz_str text = mz_index_name_text(s->index, name_number);
    mz_status status = mz_plain_read(algorithm, text, arena, &s->scratch, ret_listed, NULL);
    if (status == MZ_ERR_INPUT) return false; /* no UTF-8, as only a forged image has */
    s->starved |= status == MZ_ERR_MEMORY;
    s->overfull |= status && status != MZ_ERR_MEMORY;
    return !status && mz_plain_score(algorithm, &query->by->settings.prices, query->plain, ret_listed, &s->score);
}

static void consider_written(mz_search *s, size_t query_number, uint32_t name_number) {
    const mz_query_name *query = &s->query->names[query_number];
    mz_plain_name listed;
    mz_arena_reset(&s->pair);
    mz_work_count(s->work, MZ_PLAN_PAIRS_SCORED, 1);
    if (score_written(s, query, name_number, &s->pair, &listed))
        enter(s, query_number, name_number,
              cost_of_pair(s, &query->by->settings.prices, &s->index->names[name_number]));
}

/* How alike the words of a query's name and a listed name are, and whether their joins may meet; false when it is known
 * that the pair costs more, whatever else there is. */
static bool liken_by_index(mz_search *s, const mz_prices *prices, const mz_name *query, const mz_name *entity,
                           uint32_t name_number, double most_cost, bool *ret_joined) {
    for (size_t i = 0; i < query->count; i++)
        for (size_t j = 0; j < entity->count; j++)
            s->likeness[i * entity->count + j] =
                mz_candidates_likeness(s->candidates, i, mz_index_name_word(s->index, name_number, j));
    *ret_joined = mz_candidates_may_join(s->candidates, name_number);
    return *ret_joined || mz_name_least_cost(prices, query, entity, s->likeness) <= most_cost;
}

/* The same without the index's tables and without a bound on the cost; false when nothing can meet. */
static bool liken_exhaustively(mz_search *s, const mz_name *query, const mz_name *entity, uint32_t name_number,
                               bool *ret_joined) {
    for (size_t i = 0; i < query->count; i++)
        for (size_t j = 0; j < entity->count; j++)
            s->likeness[i * entity->count + j] =
                mz_exhaustive_likeness(s->exhaustive, i, mz_index_name_word(s->index, name_number, j));
    return mz_exhaustive_may_meet(s->exhaustive, name_number, ret_joined);
}

static void consider(mz_search *s, size_t query_number, uint32_t name_number, double most_cost) {
    const mz_query_name *query = &s->query->names[query_number];
    const mz_prices *prices = &query->by->settings.prices;
    const mz_name_row *row = &s->index->names[name_number];
    if (!comparable(s, query, row)) {
        mz_work_count(s->work, MZ_PLAN_NAMES_INCOMPARABLE, 1);
        return;
    }
    if (query->plain) {
        consider_written(s, query_number, name_number);
        return;
    }
    mz_name entity;
    mz_index_name(s->index, name_number, s->words, &entity);
    double weak = mz_weak_name_cost(prices, (mz_property)row->property, true);
    bool joined, possible;
    if (s->exhaustive)
        possible = liken_exhaustively(s, &query->name, &entity, name_number, &joined);
    else
        possible = liken_by_index(s, prices, &query->name, &entity, name_number, most_cost - weak, &joined);
    mz_work_count(s->work, possible ? MZ_PLAN_PAIRS_SCORED : MZ_PLAN_NAMES_CONTRADICTED, 1);
    mz_work_count(s->work, MZ_PLAN_CELLS_ALIGNED, query->name.count * entity.count);
    if (!possible) return;
    bool scored =
        mz_name_score_pair(s->scorer, prices, &query->name, &entity, s->likeness, joined, most_cost - weak, &s->score);
    mz_work_count(s->work, MZ_PLAN_CELLS_ALIGNED, s->score.steps);
    if (scored) enter(s, query_number, name_number, cost_of_pair(s, prices, row));
}

/* Entities that bear a number of the query's are judged by all their names, apart. */
static void consider_unless_identified(mz_search *s, size_t query_number, uint32_t name_number, double most_cost) {
    uint32_t entity = s->index->names[name_number].entity;
    if (!mz_part_filter_passes(s->filter, entity))
        mz_work_count(s->work, MZ_PLAN_NAMES_FILTERED, 1);
    else if (!is_identified(s, entity))
        consider(s, query_number, name_number, most_cost);
}

static mz_status find_names(mz_search *s, size_t query_number, const uint32_t **ret_names, size_t *ret_count,
                            mz_error *error) {
    const mz_query_name *query = &s->query->names[query_number];
    const mz_judgement *by = query->by;
    mz_algorithm algorithm = s->query->algorithm;
    mz_written **written = &s->written[algorithm];
    mz_status status;
    if (!query->plain) {
        status = mz_candidates_find(s->candidates, s->work, &by->settings.prices, &query->name, by->most_cost,
                                    ret_names, ret_count, error);
        s->undone->words[query_number] |= status ? 0 : mz_candidates_words_left(s->candidates);
        s->undone->any |= s->undone->words[query_number] != 0;
        return status;
    }
    status = *written ? MZ_OK : mz_written_new(s->index, algorithm, written, error);
    if (!status && !mz_written_find(*written, s->work, query->plain, by->threshold, ret_names, ret_count))
        s->undone->names[query_number] = s->undone->any = true;
    return status;
}

/* How many of some names may not be compared any more. */
static void leave_names(mz_search *s, uint64_t count) {
    s->undone->listed_names += count;
    s->undone->any = true;
}

/* Who bears a number of the query's is judged by all names, however different. */
static void consider_identified(mz_search *s, size_t query_number) {
    bool budgeted = !s->exhaustive;
    for (uint32_t k = 0; k < s->identified_count; k++) {
        mz_run run = mz_index_names_of(s->index, s->standings.rows[k].entity);
        uint32_t n = run.first;
        for (; n < run.end && (!budgeted || mz_work_left(s->work, MZ_WORK_COMPARE)); n++)
            consider(s, query_number, n, INFINITY);
        if (n < run.end) leave_names(s, run.end - n);
    }
}

static mz_status consider_found(mz_search *s, size_t query_number, mz_error *error) {
    const uint32_t *names;
    size_t count;
    mz_status status = find_names(s, query_number, &names, &count, error);
    if (status) return status;
    mz_work_stage(s->work, MZ_PLAN_IN_PAIRS);
    consider_identified(s, query_number);
    size_t k = 0;
    for (; k < count && mz_work_left(s->work, MZ_WORK_COMPARE); k++) {
        mz_ahead(s->index, names, k, count, true);
        consider_unless_identified(s, query_number, names[k], s->query->names[query_number].by->most_cost);
    }
    if (k < count) leave_names(s, count - k);
    return MZ_OK;
}

static mz_status consider_all(mz_search *s, size_t query_number, mz_error *error) {
    const mz_query_name *query = &s->query->names[query_number];
    mz_work_stage(s->work, MZ_PLAN_IN_WORDS);
    mz_status status = query->plain ? MZ_OK : mz_exhaustive_start(s->exhaustive, &query->name, error);
    bool joined;
    if (!query->plain) mz_work_count(s->work, MZ_PLAN_WORDS_COMPARED, query->name.count * s->index->word_count);
    mz_work_stage(s->work, MZ_PLAN_IN_PAIRS);
    if (!status) consider_identified(s, query_number);
    for (uint32_t n = 0; n < s->index->name_count && !status; n++) {
        if (!query->plain && !mz_exhaustive_may_meet(s->exhaustive, n, &joined)) continue;
        mz_work_count(s->work, MZ_PLAN_NAMES_MET, 1);
        consider_unless_identified(s, query_number, n, query->by->most_cost);
    }
    return status;
}

static mz_status search_names(mz_search *s, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t q = 0; q < s->query->name_count && !status; q++) {
        if (s->exhaustive)
            status = consider_all(s, q, error);
        else if (mz_work_left(s->work, MZ_WORK_FIND))
            status = consider_found(s, q, error);
        else
            s->undone->names[q] = s->undone->any = true;
    }
    return status;
}

/* ---- ranking ---- */

int mz_ranked_order(const mz_ranked *a, const mz_ranked *b) {
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    if (a->bits > b->bits) return -1;
    if (a->bits < b->bits) return 1;
    return mz_str_order(a->id, b->id);
}

static int best_first(const void *left, const void *right) {
    const mz_ranked *a = left, *b = right;
    int order = mz_ranked_order(a, b);
    return order ? order : (a->entity > b->entity) - (a->entity < b->entity);
}

/* By what an entity is judged: as the name is that met it, else as the query. */
static const mz_judgement *judgement_of(const mz_query *query, const mz_standing *standing) {
    bool named = standing && standing->query_name != MZ_NO_QUERY_NAME;
    return named ? query->names[standing->query_name].by : &query->judgements[0];
}

const mz_judgement *mz_search_judgement(const mz_search *s, const mz_query *query, uint32_t entity) {
    return judgement_of(query, mz_standings_get(&s->standings, entity));
}

static bool make_room_for_ranking(mz_search *s) {
    size_t room = s->standings.room;
    if (room <= s->ranking_room) return true;
    mz_ranked *grown = realloc(s->ranking, room * sizeof *grown);
    if (!grown) {
        s->starved = true;
        return false;
    }
    s->ranking = grown;
    s->ranking_room = room;
    return true;
}

static mz_ranked ranked_of(mz_search *s, const mz_standing *standing) {
    bool named = standing->query_name != MZ_NO_QUERY_NAME;
    mz_findings findings;
    mz_work_count(s->work, MZ_PLAN_ENTITIES_JUDGED, 1);
    find_beside(s, &judgement_of(s->query, standing)->settings.prices, standing->entity, &findings);
    return (mz_ranked){.id = mz_index_id(s->index, standing->entity),
                       .entity = standing->entity,
                       .score = mz_entity_score(named ? standing->cost : -1, &findings),
                       .bits = (named ? standing->bits : 0) + findings.bits};
}

static int cheapest_first(const void *left, const void *right) {
    const mz_standing *a = *(const mz_standing *const *)left, *b = *(const mz_standing *const *)right;
    if (a->identified != b->identified) return a->identified ? -1 : 1;
    if (a->total < b->total) return -1;
    if (a->total > b->total) return 1;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

/* The entities met, the likelier ones first. NULL: out of memory. */
static const mz_standing **likelier_first(mz_search *s) {
    uint32_t count = s->standings.count;
    const mz_standing **order = malloc(((size_t)count + 1) * sizeof *order);
    if (!order) return NULL;
    for (uint32_t k = 0; k < count; k++) order[k] = &s->standings.rows[k];
    qsort(order, count, sizeof *order, cheapest_first);
    return order;
}

static size_t rank(mz_search *s) {
    size_t count = 0;
    uint32_t k = 0;
    if (!make_room_for_ranking(s)) return 0;
    bool crowded = s->standings.count > mz_work_rest(s->work, MZ_WORK_JUDGE) / MZ_WORK_USUAL_ENTITY;
    const mz_standing **order = crowded ? likelier_first(s) : NULL;
    if (crowded && !order) {
        s->starved = true;
        return 0;
    }
    for (; k < s->standings.count && (s->exhaustive || mz_work_left(s->work, MZ_WORK_JUDGE)); k++) {
        const mz_standing *standing = order ? order[k] : &s->standings.rows[k];
        mz_ranked ranked = ranked_of(s, standing);
        if (ranked.score >= judgement_of(s->query, standing)->threshold && ranked.score > 0)
            s->ranking[count++] = ranked;
    }
    free(order);
    if (k < s->standings.count) {
        s->undone->entities += s->standings.count - k;
        s->undone->any = true;
    }
    if (count) qsort(s->ranking, count, sizeof *s->ranking, best_first);
    return count;
}

mz_status mz_search_find(mz_search *s, const mz_task *task, const mz_ranked **ret_ranked, size_t *ret_count,
                         mz_error *error) {
    take_task(s, task);
    mz_work_stage(s->work, MZ_PLAN_IN_NUMBERS);
    if (s->exhaustive)
        look_at_all_identifiers(s);
    else
        look_up_identifiers(s);
    mz_status status = search_names(s, error);
    mz_work_stage(s->work, MZ_PLAN_IN_ENTITIES);
    size_t count = status ? 0 : rank(s);
    if (!status) status = trouble(s, error);
    if (status) return status;
    *ret_ranked = s->ranking;
    *ret_count = count;
    return MZ_OK;
}

/* ---- one entity ---- */

/* How alike the words of a query's name and a listed name are, without the index's tables. */
static void liken(mz_search *s, const mz_name *query, const mz_name *entity) {
    for (size_t i = 0; i < query->count; i++)
        for (size_t j = 0; j < entity->count; j++)
            s->likeness[i * entity->count + j] = mz_word_likeness(&query->words[i], &entity->words[j]);
}

/* All names of one entity, however different; the index is not asked. */
static void judge_names(mz_search *s, uint32_t entity) {
    mz_run run = mz_index_names_of(s->index, entity);
    for (size_t q = 0; q < s->query->name_count; q++)
        for (uint32_t n = run.first; n < run.end; n++) {
            const mz_query_name *query = &s->query->names[q];
            const mz_prices *prices = &query->by->settings.prices;
            mz_name listed;
            if (!comparable(s, query, &s->index->names[n])) continue;
            if (query->plain) {
                consider_written(s, q, n);
                continue;
            }
            mz_index_name(s->index, n, s->words, &listed);
            liken(s, &query->name, &listed);
            if (mz_name_score_pair(s->scorer, prices, &query->name, &listed, s->likeness, true, INFINITY, &s->score))
                enter(s, q, n, cost_of_pair(s, prices, &s->index->names[n]));
        }
}

mz_status mz_search_judge(mz_search *s, const mz_query *query, uint32_t entity, mz_ranked *ret_ranked,
                          mz_error *error) {
    mz_work_begin(&s->judging, 0, false);
    take_task(s, &(mz_task){query, NULL, &s->judging, &s->unasked});
    const mz_standing *standing = meet(s, entity);
    if (!standing) return mz_fail_memory(error);
    identify(s, entity);
    judge_names(s, entity);
    s->telling = standing->query_name == MZ_NO_QUERY_NAME;
    if (s->telling) judge_names(s, entity);
    *ret_ranked = ranked_of(s, standing);
    return trouble(s, error);
}

/* Scores the best pair once more, now for its pieces. */
static bool score_again(mz_search *s, const mz_standing *standing, mz_arena *arena, mz_name *ret_entity) {
    const mz_query_name *query = &s->query->names[standing->query_name];
    const mz_name_row *row = &s->index->names[standing->entity_name];
    if (query->plain) {
        mz_plain_name listed;
        if (!score_written(s, query, standing->entity_name, arena, &listed)) return false;
        *ret_entity = listed.name;
        ret_entity->organisation = row->organisation;
        return true;
    }
    mz_name_word *words = MZ_ARENA_NEW(arena, row->word_count, mz_name_word);
    if (!words) return false;
    mz_index_name(s->index, standing->entity_name, words, ret_entity);
    mz_index_name_written(s->index, standing->entity_name, arena, words);
    liken(s, &query->name, ret_entity);
    return mz_name_score_pair(s->scorer, &query->by->settings.prices, &query->name, ret_entity, s->likeness, true,
                              INFINITY, &s->score);
}

mz_status mz_search_tell(mz_search *s, const mz_query *query, const mz_ranked *ranked, mz_arena *arena, mz_hit *ret_hit,
                         mz_error *error) {
    const mz_standing *standing = mz_standings_get(&s->standings, ranked->entity);
    const mz_prices *prices = &judgement_of(query, standing)->settings.prices;
    mz_findings findings;
    mz_name entity_name = {.count = 0};
    mz_explanation explanation = {.property = MZ_PROP_name, .findings = &findings, .score = ranked->score};
    *ret_hit = (mz_hit){.number = ranked->entity,
                        .query_name = {"", 0},
                        .entity_name = {"", 0},
                        .score = (double)ranked->score / MZ_SCORE_UNIT};
    mz_index_entity(s->index, ranked->entity, &ret_hit->entity);
    mz_beside_find(&s->beside, query, prices, ranked->entity, &findings);
    if (standing->query_name != MZ_NO_QUERY_NAME && score_again(s, standing, arena, &entity_name)) {
        const mz_name_row *row = &s->index->names[standing->entity_name];
        const mz_query_name *name = &query->names[standing->query_name];
        explanation.query = name->plain ? &name->plain->name : &name->name;
        explanation.entity = &entity_name;
        explanation.names = &s->score;
        explanation.property = (mz_property)row->property;
        explanation.weak_cost = mz_weak_name_cost(prices, explanation.property, findings.supported);
        ret_hit->query_name = explanation.query->text;
        ret_hit->entity_name = entity_name.text;
        ret_hit->organisation = entity_name.organisation;
    }
    ret_hit->evidence = mz_explain(&explanation, arena, &ret_hit->evidence_count, &ret_hit->weight);
    return arena->failed ? mz_query_too_much(arena, error) : trouble(s, error);
}
