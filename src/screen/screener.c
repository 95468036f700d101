/* The screener: a query read once, the parts of the index searched with it, the best hits told with their evidence, as
 * structures or as JSON.
 *
 * Each part is searched by itself and the hits are merged. That gives the hits of one image of all living entities,
 * because the score of an entity depends on nothing but the query and the entity. */
#include "base/error.h"
#include "entity/record.h"
#include "match/policy.h"
#include "screen/charged.h"
#include "screen/filter_json.h"
#include "screen/query.h"
#include "screen/query_json.h"
#include "screen/search.h"

#include <stdlib.h>

enum { FILTER_ARENA_BYTES = 64 << 20, ANSWER_BYTES = 256 << 20, PARTS_MOST = 2 };

/* A part of the index, and the public number of its first entity. */
typedef struct searched_part {
    mz_search *search;
    const mz_index *index;
    uint32_t first;
    const mz_ranked *found; /* by the last query, the best first */
    size_t found_count;
    const mz_ranked *ranked; /* of it, what is still to be told */
    size_t count;
    mz_part_filter filter, asked; /* the screener's, and that of the query in hand */
} searched_part;

struct mz_screener {
    const mz_index *index;
    mz_screen_options options;
    char digest[MZ_POLICY_DIGEST_SIZE]; /* of the policy, where one was given */
    searched_part parts[PARTS_MOST];
    size_t part_count;
    mz_arena arena, scratch; /* the query and its hits; what reading it needs on the way */
    mz_builder *builder;
    mz_buffer answer;
    mz_query query;
    mz_work work; /* of the query in hand */
    mz_plan done; /* by those before */
    uint64_t charged;
    mz_undone undone;
    const mz_filter *filter;
    mz_arena filter_arena;
    mz_screening result;
};

static mz_status add_part(mz_screener *s, const mz_index *part, uint32_t first, mz_error *error) {
    searched_part *added = &s->parts[s->part_count++];
    added->index = part;
    added->first = first;
    return mz_search_new(part, s->options.exhaustive, &added->search, error);
}

mz_status mz_screener_new(const mz_index *index, const mz_screen_options *options, mz_screener **ret_screener,
                          mz_error *error) {
    if (!(options->threshold >= 0 && options->threshold <= 1))
        return mz_fail(error, MZ_ERR_ARGUMENT, "the threshold must be above 0 and at most 1, not %g",
                       options->threshold);
    if (options->threshold > 0 && options->threshold < 0.5 && !options->exhaustive)
        return mz_fail(error, MZ_ERR_ARGUMENT, "a threshold below 0.5 needs every entity to be scored (exhaustive)");
    mz_screener *s = calloc(1, sizeof *s);
    if (!s) return mz_fail_memory(error);
    s->index = index;
    s->options = *options;
    mz_arena_init(&s->arena, MZ_QUERY_ARENA_BYTES);
    mz_arena_init(&s->scratch, MZ_QUERY_ARENA_BYTES);
    mz_arena_init(&s->filter_arena, FILTER_ARENA_BYTES);
    mz_buffer_init(&s->answer, ANSWER_BYTES);
    mz_status status = options->policy ? mz_policy_digest(options->policy, s->digest, error) : MZ_OK;
    if (!status) status = add_part(s, index, 0, error);
    if (!status && index->changes) status = add_part(s, index->changes, index->entity_count, error);
    if (!status) status = mz_screener_set_filter(s, options->filter, error);
    if (!status) status = mz_builder_new(MZ_QUERY_ARENA_BYTES, MZ_DATE_DAY_FIRST, &s->builder, error);
    if (status) {
        mz_screener_free(s);
        return status;
    }
    *ret_screener = s;
    return MZ_OK;
}

void mz_screener_free(mz_screener *s) {
    if (!s) return;
    for (size_t p = 0; p < s->part_count; p++) mz_search_free(s->parts[p].search);
    mz_builder_free(s->builder);
    mz_buffer_done(&s->answer);
    mz_arena_done(&s->arena);
    mz_arena_done(&s->scratch);
    mz_arena_done(&s->filter_arena);
    free(s);
}

/* ---- filters ---- */

mz_status mz_screener_set_filter(mz_screener *s, const mz_filter *filter, mz_error *error) {
    mz_arena fresh;
    mz_part_filter made[PARTS_MOST];
    mz_filter_key key;
    if (filter && mz_filter_is_empty(filter)) filter = NULL;
    mz_arena_init(&fresh, FILTER_ARENA_BYTES);
    mz_status status = filter ? mz_filter_check(filter, s->index, &key, error) : MZ_OK;
    for (size_t p = 0; p < s->part_count && filter && !status; p++)
        status = mz_part_filter_make(filter, s->parts[p].index, &fresh, &made[p], error);
    if (status) {
        mz_arena_done(&fresh);
        return status;
    }
    for (size_t p = 0; p < s->part_count && filter; p++) s->parts[p].filter = made[p];
    mz_arena_done(&s->filter_arena);
    s->filter_arena = fresh;
    s->filter = filter;
    return MZ_OK;
}

/* What a query says of a key wins over what the screener's filter does. */
static mz_status take_filter(mz_screener *s, const mz_query_wishes *wishes, const mz_filter **ret_filter,
                             mz_error *error) {
    *ret_filter = s->filter;
    if (!wishes || !wishes->filter_at || mz_filter_is_empty(&wishes->filter)) return MZ_OK;
    mz_filter_key key;
    mz_filter *both = MZ_ARENA_NEW(&s->arena, 1, mz_filter);
    if (!both) return mz_query_too_much(&s->arena, error);
    *both = wishes->filter;
    if (s->filter && !both->values[MZ_FILTER_CHANGED_SINCE].count)
        both->known_changes_alone = s->filter->known_changes_alone;
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT && s->filter; k++)
        if (!both->values[k].count) both->values[k] = s->filter->values[k];
    mz_status status = mz_filter_check(&wishes->filter, s->index, &key, error);
    if (status == MZ_ERR_ARGUMENT) return mz_filter_fail_at(wishes->filter_at, key, error);
    for (size_t p = 0; p < s->part_count && !status; p++)
        status = mz_part_filter_make(both, s->parts[p].index, &s->arena, &s->parts[p].asked, error);
    *ret_filter = both;
    return status;
}

static mz_status read_query(mz_screener *s, const mz_entity *query, const mz_query_wishes *wishes, mz_error *error) {
    const mz_query_basis basis = {s->options.policy, s->options.threshold, wishes};
    return mz_query_prepare(query, &basis, &s->arena, &s->scratch, &s->query, error);
}

/* Takes out of what a part is searched through the schemata that the caller leaves out, each by itself. */
static const mz_part_filter *narrow(mz_part_filter *filter, const searched_part *part, const bool *excluded,
                                    mz_arena *arena) {
    bool *passes = MZ_ARENA_NEW(arena, MZ_SCHEMA_COUNT, bool);
    for (unsigned k = 0; passes && k < MZ_SCHEMA_COUNT; k++)
        passes[k] = !excluded[k] && (!filter || !filter->schemata || filter->schemata[k]);
    mz_part_filter *narrowed = MZ_ARENA_NEW(arena, 1, mz_part_filter);
    if (!narrowed) return NULL;
    const mz_part_filter all = {
        .part = part->index, .listed_since = INT32_MIN, .listed_before = INT32_MAX, .changed_since = INT32_MIN};
    *narrowed = filter ? *filter : all;
    narrowed->schemata = passes;
    return narrowed;
}

/* The changes first: they are few and new, and what a budget cuts is of the image. */
static mz_status search_parts(mz_screener *s, const mz_filter *filter, const bool *excluded, size_t *ret_total,
                              mz_error *error) {
    mz_status status = MZ_OK;
    *ret_total = 0;
    for (size_t p = s->part_count; p-- > 0 && !status;) {
        searched_part *part = &s->parts[p];
        mz_part_filter *own = filter == s->filter ? &part->filter : &part->asked;
        mz_task task = {&s->query, filter ? own : NULL, &s->work, &s->undone};
        if (excluded) task.filter = narrow(filter ? own : NULL, part, excluded, &s->arena);
        if (s->arena.failed) return mz_query_too_much(&s->arena, error);
        s->work.part = p ? MZ_PLAN_OVERLAY : MZ_PLAN_BASE;
        status = mz_search_find(part->search, &task, &part->found, &part->found_count, error);
        if (!status) *ret_total += part->found_count;
    }
    return status;
}

static mz_status tell_hit(mz_screener *s, const searched_part *part, const mz_ranked *ranked, mz_hit *ret_hit,
                          mz_error *error) {
    mz_status status = mz_search_tell(part->search, &s->query, ranked, &s->arena, ret_hit, error);
    if (!status) ret_hit->number += part->first;
    return status;
}

/* The part whose next hit comes next; of equal ones that of the part that comes first. */
static searched_part *next_part(mz_screener *s) {
    searched_part *next = &s->parts[0];
    for (size_t p = 1; p < s->part_count; p++) {
        searched_part *part = &s->parts[p];
        if (part->count && (!next->count || mz_ranked_order(part->ranked, next->ranked) < 0)) next = part;
    }
    return next;
}

static void begin_telling(mz_screener *s) {
    for (size_t p = 0; p < s->part_count; p++) {
        s->parts[p].ranked = s->parts[p].found;
        s->parts[p].count = s->parts[p].found_count;
    }
}

size_t mz_screener_found(mz_screener *s, mz_found *ret_found, size_t most) {
    size_t count = 0;
    begin_telling(s);
    for (searched_part *part = next_part(s); count < most && part->count; part = next_part(s)) {
        ret_found[count++] = (mz_found){part->first + part->ranked->entity, part->ranked->score / 1e6};
        part->ranked++;
        part->count--;
    }
    return count;
}

size_t mz_screener_reaching(const mz_screener *s, double score) {
    size_t count = 0;
    for (size_t p = 0; p < s->part_count; p++)
        for (size_t k = 0; k < s->parts[p].found_count; k++) count += s->parts[p].found[k].score / 1e6 >= score;
    return count;
}

uint64_t mz_screener_charged(const mz_screener *s) {
    return s->charged;
}

void mz_screener_take_plan(mz_screener *s, mz_plan *ret_sum) {
    *ret_sum = s->done;
    s->done = (mz_plan){.queries = 0};
}

static mz_status tell_hits(mz_screener *s, mz_hit *hits, size_t count, mz_error *error) {
    mz_status status = MZ_OK;
    begin_telling(s);
    for (size_t h = 0; h < count && !status; h++) {
        searched_part *part = next_part(s);
        status = tell_hit(s, part, part->ranked, &hits[h], error);
        part->ranked++;
        part->count--;
    }
    return status;
}

static mz_status screen_uncharged(mz_screener *s, mz_str id, const mz_entity *query, const mz_query_wishes *wishes,
                                  mz_error *error) {
    size_t total;
    const mz_filter *filter;
    const mz_cut *cut;
    bool timed = s->options.timed || (wishes && wishes->plan);
    mz_work_begin(&s->work, s->options.exhaustive ? 0 : s->options.budget, timed);
    s->undone = (mz_undone){.any = false};
    for (size_t p = 0; p < s->part_count; p++) s->parts[p].found_count = 0;
    mz_status status = read_query(s, query, wishes, error);
    s->work.plan.names = s->query.name_count;
    if (!status) status = take_filter(s, wishes, &filter, error);
    if (!status) status = search_parts(s, filter, wishes ? wishes->excluded_schemata : NULL, &total, error);
    if (status) return status;
    mz_work_stage(&s->work, MZ_PLAN_IN_HITS);
    status = mz_undone_tell(&s->undone, &s->query, &s->arena, &cut, error);
    if (status) return status;
    size_t limit = wishes && wishes->limit_at ? wishes->limit : s->options.limit;
    size_t kept = total < limit ? total : limit;
    mz_hit *hits = MZ_ARENA_NEW(&s->arena, kept + 1, mz_hit);
    if (!hits) return mz_query_too_much(&s->arena, error);
    status = tell_hits(s, hits, kept, error);
    if (status) return status;
    mz_work_stage(&s->work, MZ_PLAN_IN_READ); /* ends the last one */
    mz_str told = cut ? mz_undone_say(cut, s->query.told, &s->arena) : s->query.told;
    if (s->arena.failed) return mz_query_too_much(&s->arena, error);
    s->result = (mz_screening){.id = id,
                               .hits = hits,
                               .hit_count = kept,
                               .total_hits = total,
                               .not_done = told,
                               .cut = cut,
                               .threshold = mz_query_least_threshold(&s->query),
                               .algorithm = s->query.algorithm,
                               .filter = filter,
                               .plan = &s->work.plan};
    mz_plan_add(&s->done, &s->work.plan);
    return MZ_OK;
}

static mz_status screen(mz_screener *s, mz_str id, const mz_entity *query, const mz_query_wishes *wishes,
                        mz_error *error) {
    mz_status status = screen_uncharged(s, id, query, wishes, error);
    s->charged += s->work.plan.work; /* also of one that failed */
    return status;
}

/* Weights that a query sets must go together with those of the policy. */
static mz_status check_wishes(const mz_screener *s, const mz_query_wishes *wishes, mz_error *error) {
    size_t rule;
    const char *why = wishes && wishes->weights_at ? mz_policy_unsound(s->options.policy, &wishes->part, &rule) : NULL;
    if (!why) return MZ_OK;
    return mz_fail_at(error, MZ_ERR_INPUT, wishes->weights_at->line, wishes->weights_at->column, "%s", why);
}

mz_status mz_screen_wished(mz_screener *s, mz_str id, const mz_entity *query, const mz_query_wishes *wishes,
                           const mz_screening **ret_screening, mz_error *error) {
    mz_arena_reset(&s->arena);
    mz_status status = check_wishes(s, wishes, error);
    if (!status) status = screen(s, mz_arena_copy(&s->arena, id), query, wishes, error);
    if (!status) *ret_screening = &s->result;
    return status;
}

mz_status mz_screen(mz_screener *s, mz_str id, const mz_entity *query, const mz_screening **ret_screening,
                    mz_error *error) {
    return mz_screen_wished(s, id, query, NULL, ret_screening, error);
}

/* The part that has the entity of this public number, which becomes the part's own; NULL when there is none. */
static const searched_part *part_of(const mz_screener *s, uint32_t *number) {
    const mz_index *index = mz_index_part(s->index, number);
    for (size_t p = 0; p < s->part_count; p++)
        if (index && s->parts[p].index == index) return &s->parts[p];
    return NULL;
}

mz_status mz_screen_entity_wished(mz_screener *s, const mz_entity *query, const mz_query_wishes *wishes,
                                  uint32_t number, const mz_screening **ret_screening, mz_error *error) {
    uint32_t entity = number;
    const searched_part *part = part_of(s, &entity);
    if (!part)
        return mz_fail(error, MZ_ERR_ARGUMENT, "there is no entity %u; the index has %u", (unsigned)number,
                       (unsigned)s->index->facts.entities);
    mz_arena_reset(&s->arena);
    mz_ranked ranked;
    mz_status status = check_wishes(s, wishes, error);
    if (!status) status = read_query(s, query, wishes, error);
    if (status) return status;
    mz_hit *hit = MZ_ARENA_NEW(&s->arena, 1, mz_hit);
    if (!hit) return mz_query_too_much(&s->arena, error);
    status = mz_search_judge(part->search, &s->query, entity, &ranked, error);
    if (!status) status = tell_hit(s, part, &ranked, hit, error);
    if (status) return status;
    const mz_judgement *by = mz_search_judgement(part->search, &s->query, entity);
    s->result = (mz_screening){.hits = hit,
                               .hit_count = 1,
                               .total_hits = ranked.score > 0 && ranked.score >= by->threshold,
                               .not_done = s->query.told,
                               .threshold = by->settings.threshold,
                               .algorithm = s->query.algorithm};
    *ret_screening = &s->result;
    return MZ_OK;
}

mz_status mz_screen_entity(mz_screener *s, const mz_entity *query, uint32_t number, const mz_screening **ret_screening,
                           mz_error *error) {
    return mz_screen_entity_wished(s, query, NULL, number, ret_screening, error);
}

mz_status mz_screen_name(mz_screener *s, mz_schema schema, mz_str name, const mz_screening **ret_screening,
                         mz_error *error) {
    mz_fact fact = {.property = MZ_PROP_name, .value = name};
    mz_entity query = {.schema = schema, .facts = &fact, .fact_count = 1};
    return mz_screen(s, (mz_str){"", 0}, &query, ret_screening, error);
}

static mz_status screen_value(mz_screener *s, const mz_json_value *query, const mz_query_wishes *usual,
                              mz_str *ret_answer, size_t *ret_hit_count, mz_error *error) {
    mz_str id;
    const mz_record *record;
    mz_query_wishes wishes;
    const mz_wish_bounds bounds = {s->options.exhaustive,
                                   s->options.limit_most ? s->options.limit_most : MZ_LIMIT_MOST};
    mz_status status = mz_query_read_json(query, &bounds, &s->arena, s->builder, &id, &record, &wishes, error);
    if (!status && usual) mz_query_wish_usual(&wishes, usual);
    if (!status) status = check_wishes(s, &wishes, error);
    if (!status) status = screen(s, id, &record->entities[0], &wishes, error);
    if (status) return status;
    const mz_answer_basis basis = {s->options.policy, s->digest, &wishes,
                                   wishes.plan_at ? wishes.plan : s->options.tell_plan};
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

mz_status mz_screen_json(mz_screener *s, mz_str query, mz_str *ret_answer, size_t *ret_hit_count, mz_error *error) {
    const mz_json_value *root;
    mz_arena_reset(&s->arena);
    mz_status status = mz_json_parse(query, 0, &s->arena, &root, error);
    if (!status) status = screen_value(s, root, NULL, ret_answer, ret_hit_count, error);
    return status;
}

mz_status mz_screen_json_value(mz_screener *s, const mz_json_value *query, const mz_query_wishes *usual,
                               mz_str *ret_answer, size_t *ret_hit_count, mz_error *error) {
    mz_arena_reset(&s->arena);
    return screen_value(s, query, usual, ret_answer, ret_hit_count, error);
}
