/* Which subjects of a roster hit an entity that changed: first those that may (index/meeting.h), then the ordinary
 * screening of each of these says whether it does.
 *
 * Why none is missing. A subject that hits bears a number of the entity's that decides, which is looked up in the
 * roster's table of numbers, or has a name within what its judgement lets a pair of names cost (meeting.c): the names
 * of the roster are those of the query, their judgements the query's (mz_judgement_settle). A filter, and schemata that
 * are not compared, only take hits away. Where names are compared as they are written (algorithms other than mizan-1),
 * where everything is to be scored, and of subjects that stand apart, all may hit.
 *
 * What is reported is what mz_screen says, against the same index, so it cannot be more. */
#include "base/crew.h"
#include "base/error.h"
#include "entity/record.h"
#include "index/meeting.h"
#include "screen/query.h"
#include "screen/roster.h"

#include <stdlib.h>
#include <string.h>

enum {
    RANGE_ENTITIES = 4096, /* of the roster: a piece of work */
    RANGE_JUDGED = 32,
    SUBJECT_BYTES = 64 << 20
};

/* What names of one schema and culture are judged by. */
typedef struct terms_table {
    const mz_judgement **judgements; /* by schema and culture; the same ones are one */
    mz_meeting_terms **terms;        /* of the pass in hand, by judgement */
    mz_judgement *all;
    size_t count;
} terms_table;

/* One piece of the subjects that are judged, and what was found of them. */
typedef struct judged {
    mz_touched_pair *pairs;
    size_t count;
    uint64_t subjects;
    uint32_t partly; /* of its subjects, as bits: the budget did not suffice */
} judged;
_Static_assert(RANGE_JUDGED <= 32, "a bit for each");

typedef struct judge {
    mz_screener *screener;
    mz_arena arena;
    mz_block_cache cache;
    mz_found *found;
} judge;

typedef struct run {
    const mz_roster *roster;
    const mz_index *image; /* the roster's */
    const mz_index *changed;
    const mz_touched_options *options;
    mz_touched_limits limits;
    unsigned crew;
    bool *may_hit; /* by entity of the image; not of twins */
    terms_table table;
    /* the pass in hand */
    mz_few few;
    mz_kin_table kin;
    mz_joined_pair *joined;
    size_t joined_count;
    mz_meeting *meetings[MZ_CREW_MOST];
    mz_meeting_counts counts;
    /* judging */
    uint32_t *candidates;
    size_t candidate_count;
    judge judges[MZ_CREW_MOST];
    judged *results;
    uint64_t done,
        all; /* for progress: entities of the roster times those that changed; judging is as much as a pass */
} run;

/* ---- judgements ---- */

static const mz_judgement *judgement_of(const run *r, mz_schema schema, unsigned culture) {
    return r->table.judgements[(size_t)schema * MZ_CULTURE_COUNT + culture];
}

static mz_status settle(run *r, mz_error *error) {
    terms_table *table = &r->table;
    const mz_screen_options *screen = &r->options->screen;
    const mz_query_basis basis = {screen->policy, screen->threshold, NULL};
    bool by_culture = mz_policy_by_culture(screen->policy);
    size_t most = (size_t)MZ_SCHEMA_COUNT * (by_culture ? MZ_CULTURE_COUNT : 1);
    table->judgements = calloc((size_t)MZ_SCHEMA_COUNT * MZ_CULTURE_COUNT, sizeof *table->judgements);
    table->all = calloc(most, sizeof *table->all);
    table->terms = calloc(most, sizeof *table->terms);
    if (!table->judgements || !table->all || !table->terms) return mz_fail_memory(error);
    for (unsigned schema = 0; schema < MZ_SCHEMA_COUNT; schema++)
        for (unsigned culture = 0; culture < MZ_CULTURE_COUNT; culture++) {
            const mz_judgement **slot = &table->judgements[(size_t)schema * MZ_CULTURE_COUNT + culture];
            if (culture && !by_culture) {
                *slot = slot[-1];
                continue;
            }
            mz_judgement *made = &table->all[table->count];
            mz_judgement_settle(&basis, MZ_ALGORITHM_MIZAN_1, (mz_schema)schema,
                                by_culture ? (mz_culture)culture : MZ_CULTURE_UNKNOWN, made);
            for (size_t k = 0; k < table->count && !*slot; k++)
                if (memcmp(&table->all[k].settings, &made->settings, sizeof made->settings) == 0)
                    *slot = &table->all[k];
            if (!*slot) *slot = &table->all[table->count++];
        }
    return MZ_OK;
}

/* ---- a pass ---- */

static void end_pass(run *r) {
    for (size_t k = 0; k < r->table.count; k++) {
        mz_meeting_terms_free(r->table.terms[k]);
        r->table.terms[k] = NULL;
    }
    for (unsigned w = 0; w < MZ_CREW_MOST; w++) {
        if (!r->meetings[w]) continue;
        mz_meeting_counts counts = mz_meeting_count(r->meetings[w]);
        r->counts.names += counts.names;
        r->counts.met += counts.met;
        r->counts.scored += counts.scored;
        mz_meeting_free(r->meetings[w]);
        r->meetings[w] = NULL;
    }
    mz_few_done(&r->few);
    mz_kin_done(&r->kin);
    free(r->joined);
    r->joined = NULL;
    r->joined_count = 0;
}

typedef struct told {
    const run *of;
    uint64_t before; /* this stage */
    uint64_t weight; /* of the stage, in entities of the roster */
} told;

static int tell(void *context, uint64_t done, uint64_t pieces) {
    const told *t = context;
    const mz_touched_options *options = t->of->options;
    uint64_t unit = t->of->limits.pass_entities, at = t->before + t->weight / pieces * done;
    return options->progress(options->context, (done == pieces ? t->before + t->weight : at) / unit, t->of->all / unit);
}

static mz_status begin_pass(run *r, const mz_index *part, mz_run entities, bool *ret_crowded, mz_error *error) {
    bool alone = entities.end - entities.first == 1;
    *ret_crowded = false;
    told t = {r, r->done, 0}; /* it may be in vain */
    const mz_crew_work asks = {.progress = r->options->progress ? tell : NULL, .progress_context = &t};
    mz_status status = mz_few_init(&r->few, part, entities, error);
    if (!status)
        status = mz_kin_find(r->image, &r->few, &asks, r->crew, alone ? SIZE_MAX - 1 : r->limits.pass_kin, &r->kin,
                             ret_crowded, error);
    if (!status && !*ret_crowded)
        status = mz_few_joins(r->image, &r->few, alone ? SIZE_MAX : r->limits.pass_joined, &r->joined, &r->joined_count,
                              ret_crowded, error);
    for (size_t k = 0; k < r->table.count && !status && !*ret_crowded; k++)
        status = mz_meeting_terms_new(&r->few, &r->table.all[k].settings.prices, r->table.all[k].most_cost,
                                      &r->table.terms[k], error);
    return status;
}

/* The first of the pairs that are not of a name before this one. */
static size_t first_joined(const run *r, uint32_t name) {
    size_t low = 0, high = r->joined_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->joined[middle].name < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool entity_may_hit(const run *r, mz_meeting *meeting, uint32_t entity, size_t *joined) {
    mz_run names = mz_index_names_of(r->image, entity);
    mz_roster_kind kind = mz_roster_kind_of(r->roster, entity);
    mz_meeting_query query = {.schema = (mz_schema)r->image->entities[entity].schema,
                              .persons = kind != MZ_ROSTER_EITHER,
                              .others = kind != MZ_ROSTER_TWIN};
    bool hit = false;
    for (uint32_t n = names.first; n < names.end; n++) {
        const mz_judgement *by = judgement_of(r, query.schema, r->image->names[n].culture);
        size_t first = *joined;
        while (*joined < r->joined_count && r->joined[*joined].name == n) ++*joined;
        if (hit) continue;
        query.name = n;
        query.terms = r->table.terms[by - r->table.all];
        query.joined = r->joined + first;
        query.joined_count = *joined - first;
        hit = mz_meeting_may_hit(meeting, &query);
    }
    return hit;
}

/* Entities of a range; what a twin says is its brother's, who may stand before the range. */
static mz_status meet_range(void *context, unsigned worker, uint64_t number, mz_error *error) {
    run *r = context;
    uint32_t first = (uint32_t)number * RANGE_ENTITIES, end = first + RANGE_ENTITIES;
    if (end > r->image->entity_count) end = r->image->entity_count;
    if (!r->meetings[worker]) {
        mz_status status = mz_meeting_new(r->image, &r->few, &r->kin, &r->meetings[worker], error);
        if (status) return status;
    }
    while (first < end && mz_roster_kind_of(r->roster, first) == MZ_ROSTER_TWIN) first++;
    while (end < r->image->entity_count && mz_roster_kind_of(r->roster, end) == MZ_ROSTER_TWIN) end++;
    if (first == end) return MZ_OK;
    size_t joined = first_joined(r, mz_index_names_of(r->image, first).first);
    for (uint32_t e = first; e < end; e++) {
        bool hit = entity_may_hit(r, r->meetings[worker], e, &joined);
        uint32_t subject = mz_roster_kind_of(r->roster, e) == MZ_ROSTER_TWIN ? e - 1 : e;
        r->may_hit[subject] = r->may_hit[subject] || hit;
    }
    return MZ_OK;
}

static mz_status work(run *r, uint64_t pieces, uint64_t weight,
                      mz_status (*piece)(void *context, unsigned worker, uint64_t number, mz_error *error),
                      mz_error *error) {
    told t = {r, r->done, weight};
    const mz_crew_work all = {pieces, piece, r, r->options->progress ? tell : NULL, &t};
    mz_status status = mz_crew_run(r->crew, &all, error);
    r->done += weight;
    return status;
}

static uint64_t ranges(uint64_t count, uint64_t size) {
    return (count + size - 1) / size;
}

static uint64_t weight_of(const run *r, uint64_t entities) {
    return r->image->entity_count * entities;
}
/* Holds some of a part's entities against the roster; what is too much at once, in halves. */
static mz_status pass(run *r, const mz_index *part, mz_run entities, mz_error *error) {
    bool crowded;
    mz_status status = begin_pass(r, part, entities, &crowded, error);
    if (!status && !crowded)
        status = work(r, ranges(r->image->entity_count, RANGE_ENTITIES), weight_of(r, entities.end - entities.first),
                      meet_range, error);
    end_pass(r);
    if (status || !crowded) return status;
    uint32_t middle = entities.first + (entities.end - entities.first) / 2;
    status = pass(r, part, (mz_run){entities.first, middle}, error);
    return status ? status : pass(r, part, (mz_run){middle, entities.end}, error);
}

/* ---- numbers, and those who may hit whatever changed ---- */

static void note_number(run *r, const mz_trait *trait) {
    char room[MZ_IDENTIFIER_SIZE];
    const uint32_t *entities;
    size_t count = mz_index_identifiers(r->image, mz_trait_key(trait, room), &entities);
    for (size_t k = 0; k < count; k++) {
        bool twin = mz_roster_kind_of(r->roster, entities[k]) == MZ_ROSTER_TWIN;
        r->may_hit[entities[k] - twin] = true;
    }
}

static void note_numbers(run *r, const mz_index *part) {
    for (uint32_t e = 0; e < part->entity_count; e++) {
        mz_run traits = mz_index_traits_of(part, e);
        for (uint32_t t = traits.first; t < traits.end && !mz_index_is_dead(part, e); t++) {
            mz_trait trait;
            mz_index_trait(part, t, &trait);
            if (mz_trait_decides(&trait)) note_number(r, &trait);
        }
    }
}

static void note_apart(run *r, bool all) {
    for (uint32_t e = 0; e < r->image->entity_count; e++) {
        mz_roster_kind kind = mz_roster_kind_of(r->roster, e);
        if (kind == MZ_ROSTER_APART || (all && kind != MZ_ROSTER_TWIN)) r->may_hit[e] = true;
    }
}

static mz_status meet_part(run *r, const mz_index *part, mz_error *error) {
    mz_status status = MZ_OK;
    note_numbers(r, part);
    for (uint32_t first = 0, end; first < part->entity_count && !status; first = end) {
        end =
            part->entity_count - first > r->limits.pass_entities ? first + r->limits.pass_entities : part->entity_count;
        status = pass(r, part, (mz_run){first, end}, error);
    }
    return status;
}

static bool by_words(const mz_screen_options *screen) {
    bool low = screen->threshold > 0 && screen->threshold < 0.5;
    return mz_policy_algorithm(screen->policy) == MZ_ALGORITHM_MIZAN_1 && !screen->exhaustive && !low;
}

static mz_status meet_all(run *r, mz_error *error) {
    bool words = by_words(&r->options->screen);
    const mz_index *changes = r->changed->changes;
    uint64_t entities = words ? (uint64_t)r->changed->entity_count + (changes ? changes->entity_count : 0) : 0;
    r->all = weight_of(r, entities + r->limits.pass_entities);
    note_apart(r, !words);
    if (!words) return MZ_OK;
    mz_status status = settle(r, error);
    if (!status) status = meet_part(r, r->changed, error);
    return status || !changes ? status : meet_part(r, changes, error);
}

/* ---- judging ---- */

static mz_status judge_new(const run *r, judge *j, mz_error *error) {
    mz_screen_options screen = r->options->screen;
    screen.limit = 0; /* evidence is for who tells of a hit */
    mz_arena_init(&j->arena, SUBJECT_BYTES);
    mz_block_cache_init(&j->cache);
    j->found = malloc((r->options->screen.limit + 1) * sizeof *j->found);
    return j->found ? mz_screener_new(r->changed, &screen, &j->screener, error) : mz_fail_memory(error);
}

static mz_status judge_subject(run *r, judge *j, uint32_t entity, judged *into, bool *ret_partly, mz_error *error) {
    mz_str json;
    mz_record record;
    const mz_screening *screening;
    mz_arena_reset(&j->arena);
    mz_status status = mz_image_record_view(r->image, entity, &j->cache, &json, error);
    if (!status) status = mz_record_read_json(json, &j->arena, &record, error);
    if (!status) status = mz_screen(j->screener, (mz_str){"", 0}, &record.entities[0], &screening, error);
    if (!status) *ret_partly = screening->cut != NULL;
    if (status || !screening->total_hits) return status;
    size_t count = mz_screener_found(j->screener, j->found, r->options->screen.limit);
    mz_touched_pair *grown = realloc(into->pairs, (into->count + count + 1) * sizeof *grown);
    if (!grown) return mz_fail_memory(error);
    into->pairs = grown;
    into->subjects++;
    for (size_t k = 0; k < count; k++)
        into->pairs[into->count++] =
            (mz_touched_pair){mz_index_id(r->image, entity), j->found[k].number, j->found[k].score};
    return MZ_OK;
}

static mz_status judge_range(void *context, unsigned worker, uint64_t number, mz_error *error) {
    run *r = context;
    judge *j = &r->judges[worker];
    size_t first = (size_t)number * RANGE_JUDGED, end = first + RANGE_JUDGED;
    mz_status status = j->screener ? MZ_OK : judge_new(r, j, error);
    if (end > r->candidate_count) end = r->candidate_count;
    for (size_t k = first; k < end && !status; k++) {
        bool partly = false;
        status = judge_subject(r, j, r->candidates[k], &r->results[number], &partly, error);
        r->results[number].partly |= (uint32_t)partly << (k - first);
    }
    return status;
}

static mz_status judge_all(run *r, mz_error *error) {
    uint32_t count = r->image->entity_count;
    r->candidates = malloc(((size_t)count + 1) * sizeof *r->candidates);
    if (!r->candidates) return mz_fail_memory(error);
    for (uint32_t e = 0; e < count; e++)
        if (r->may_hit[e]) r->candidates[r->candidate_count++] = e;
    uint64_t pieces = ranges(r->candidate_count, RANGE_JUDGED);
    r->results = calloc(pieces + 1, sizeof *r->results);
    return r->results ? work(r, pieces, weight_of(r, r->limits.pass_entities), judge_range, error)
                      : mz_fail_memory(error);
}

static mz_str take_key(char **keys, mz_str key) {
    mz_str taken = {*keys, key.size};
    memcpy(*keys, key.data, key.size);
    *keys += key.size;
    return taken;
}

/* A subject of a piece, by its place in it; its key is empty when it was wholly screened. */
static mz_str partly_key(const run *r, uint64_t piece, unsigned k) {
    bool partly = r->results[piece].partly >> k & 1;
    return partly ? mz_index_id(r->image, r->candidates[piece * RANGE_JUDGED + k]) : (mz_str){"", 0};
}

/* What was found of all, in the order of the roster; keys are copied behind the pairs. */
static mz_status gather(const run *r, mz_touched **ret_touched, mz_error *error) {
    uint64_t pieces = ranges(r->candidate_count, RANGE_JUDGED);
    size_t count = 0, partly_count = 0, bytes = 0;
    for (uint64_t p = 0; p < pieces; p++) {
        count += r->results[p].count;
        for (size_t k = 0; k < r->results[p].count; k++) bytes += r->results[p].pairs[k].key.size;
        partly_count += (size_t)__builtin_popcount(r->results[p].partly);
        for (unsigned k = 0; k < RANGE_JUDGED; k++) bytes += partly_key(r, p, k).size;
    }
    size_t head = sizeof(mz_touched) + count * sizeof(mz_touched_pair) + partly_count * sizeof(mz_str);
    mz_touched *touched = malloc(head + bytes + 1);
    if (!touched) return mz_fail_memory(error);
    mz_touched_pair *pairs = (mz_touched_pair *)(touched + 1);
    mz_str *partly = (mz_str *)(pairs + count);
    char *keys = (char *)touched + head;
    *touched = (mz_touched){.pairs = pairs,
                            .pair_count = count,
                            .partly = partly,
                            .partly_count = partly_count,
                            .judged = r->candidate_count,
                            .met = r->counts.met,
                            .scored = r->counts.scored};
    for (uint64_t p = 0; p < pieces; p++) {
        touched->subjects += r->results[p].subjects;
        for (size_t k = 0; k < r->results[p].count; k++) {
            *pairs = r->results[p].pairs[k];
            pairs->key = take_key(&keys, pairs->key);
            pairs++;
        }
        for (unsigned k = 0; k < RANGE_JUDGED; k++)
            if (r->results[p].partly >> k & 1) *partly++ = take_key(&keys, partly_key(r, p, k));
    }
    *ret_touched = touched;
    return MZ_OK;
}

/* ---- a run ---- */

static void done(run *r) {
    end_pass(r);
    free(r->may_hit);
    free(r->table.judgements);
    free(r->table.terms);
    free(r->table.all);
    free(r->candidates);
    for (unsigned w = 0; w < MZ_CREW_MOST; w++) {
        judge *j = &r->judges[w];
        if (!j->found) continue;
        mz_screener_free(j->screener);
        mz_arena_done(&j->arena);
        mz_block_cache_done(&j->cache);
        free(j->found);
    }
    for (uint64_t p = 0; r->results && p < ranges(r->candidate_count, RANGE_JUDGED); p++) free(r->results[p].pairs);
    free(r->results);
    free(r);
}

mz_status mz_roster_touched_within(const mz_roster *roster, const mz_index *changed, const mz_touched_options *options,
                                   const mz_touched_limits *limits, mz_touched **ret_touched, mz_error *error) {
    run *r = calloc(1, sizeof *r);
    if (!r) return mz_fail_memory(error);
    r->roster = roster;
    r->image = roster->image;
    r->changed = changed;
    r->options = options;
    r->limits = *limits;
    r->crew = mz_crew_size(options->threads);
    r->may_hit = calloc((size_t)r->image->entity_count + 1, sizeof *r->may_hit);
    mz_status status = r->may_hit ? MZ_OK : mz_fail_memory(error);
    if (!status) status = meet_all(r, error);
    if (!status) status = judge_all(r, error);
    if (!status) status = gather(r, ret_touched, error);
    done(r);
    return status;
}

mz_status mz_roster_touched(const mz_roster *roster, const mz_index *changed, const mz_touched_options *options,
                            mz_touched **ret_touched, mz_error *error) {
    return mz_roster_touched_within(roster, changed, options, &MZ_TOUCHED_LIMITS_USUAL, ret_touched, error);
}

void mz_touched_free(mz_touched *touched) {
    free(touched);
}
