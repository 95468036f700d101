/* Drawing names from the image. */
#include "effectiveness/sample.h"

#include "base/checked.h"
#include "base/error.h"
#include "entity/record.h"
#include "index/image.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 30, RECORD_ARENA_BYTES = 512 << 20 };

typedef struct candidate {
    uint64_t number; /* by which it is drawn */
    uint32_t entity; /* of the index */
    uint32_t name;   /* of its part */
    uint32_t stratum;
} candidate;

typedef struct stratum {
    size_t first, size, quota;
} stratum;

void mz_sample_init(mz_sample *sample) {
    *sample = (mz_sample){0};
    mz_arena_init(&sample->arena, ARENA_BYTES);
}

void mz_sample_done(mz_sample *sample) {
    mz_arena_done(&sample->arena);
    *sample = (mz_sample){0};
}

/* ---- candidates ---- */

bool mz_sample_may_draw(const mz_name_row *name) {
    return (name->property == MZ_PROP_name || name->property == MZ_PROP_alias) && name->kind != MZ_NAME_WEAK_ALIAS &&
           name->word_count > 0;
}

/* By its place among the lists of the index. */
static uint32_t list_of(const mz_index *part, uint32_t entity) {
    return part->list_places[part->entities[entity].list];
}

static uint32_t stratum_of(const mz_index *part, uint32_t entity, mz_script script) {
    return (list_of(part, entity) * MZ_SCHEMA_COUNT + part->entities[entity].schema) * MZ_SCRIPT_COUNT +
           (uint32_t)script;
}

/* The entity's first name in each script; returns how many. */
static size_t candidates_of(const mz_index *index, uint32_t number, uint64_t seed, candidate *into) {
    uint32_t seen = 0, entity = number;
    size_t count = 0;
    const mz_index *part = mz_index_part(index, &entity);
    if (!part || !mz_change_kinds_of((mz_schema)part->entities[entity].schema)) return 0;
    mz_run run = mz_index_names_of(part, entity);
    for (uint32_t n = run.first; n < run.end; n++) {
        if (!mz_sample_may_draw(&part->names[n])) continue;
        mz_str text = mz_index_name_text(part, n);
        mz_script script = mz_script_of_name(text);
        if (script == MZ_SCRIPT_NONE || seen >> script & 1) continue;
        seen |= 1u << script;
        uint64_t drawn = mz_change_seed(seed, MZ_STR("sample"), mz_index_id(part, entity), text);
        into[count++] = (candidate){drawn, number, n, stratum_of(part, entity, script)};
    }
    return count;
}

static int by_stratum(const void *left, const void *right) {
    const candidate *a = left, *b = right;
    if (a->stratum != b->stratum) return a->stratum < b->stratum ? -1 : 1;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    if (a->entity != b->entity) return a->entity < b->entity ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name);
}

static int by_place(const void *left, const void *right) {
    const candidate *a = left, *b = right;
    if (a->entity != b->entity) return a->entity < b->entity ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name);
}

static int by_size(const void *left, const void *right) {
    const stratum *a = left, *b = right;
    if (a->size != b->size) return a->size < b->size ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/* Gives each stratum an equal part of the sample, or all it has where that is less; what the small ones leave goes to
 * the larger. */
static void allot(stratum *strata, size_t count, size_t sample) {
    qsort(strata, count, sizeof *strata, by_size);
    for (size_t i = 0; i < count; i++) {
        size_t part = sample / (count - i);
        strata[i].quota = strata[i].size < part ? strata[i].size : part;
        sample -= strata[i].quota;
    }
}

/* Moves the drawn ones to the front, in the order of the index; returns how many. */
static mz_status draw(candidate *candidates, size_t count, size_t sample, size_t *ret_drawn, mz_error *error) {
    stratum *strata = calloc(count, sizeof *strata);
    bool *taken = calloc(count, sizeof *taken);
    size_t strata_count = 0, drawn = 0;
    if (!strata || !taken) {
        free(strata);
        free(taken);
        return mz_fail_memory(error);
    }
    qsort(candidates, count, sizeof *candidates, by_stratum);
    for (size_t i = 0; i < count; i++) {
        if (!i || candidates[i].stratum != candidates[i - 1].stratum) strata[strata_count++].first = i;
        strata[strata_count - 1].size++;
    }
    allot(strata, strata_count, sample);
    for (size_t s = 0; s < strata_count; s++)
        for (size_t i = 0; i < strata[s].quota; i++) taken[strata[s].first + i] = true;
    for (size_t i = 0; i < count; i++)
        if (taken[i]) candidates[drawn++] = candidates[i];
    qsort(candidates, drawn, sizeof *candidates, by_place);
    free(strata);
    free(taken);
    *ret_drawn = drawn;
    return MZ_OK;
}

/* ---- what else is known ---- */

static const char *const arabic_countries[] = {"ae", "bh", "dj", "dz", "eg", "iq", "jo", "km", "kw", "lb", "ly",
                                               "ma", "mr", "om", "ps", "qa", "sa", "sd", "so", "sy", "tn", "ye"};
static const char *const slavic_countries[] = {"ru", "by", "ua", "bg", "rs", "mk", "me", "kz", "kg", "suhh"};
static const char *const chinese_countries[] = {"cn", "tw", "hk", "mo", "sg"};

static bool is_one(mz_str code, const char *const *codes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (mz_str_equal(code, mz_str_of(codes[i]))) return true;
    return false;
}

#define IS_ONE(code, codes) is_one((code), (codes), sizeof(codes) / sizeof((codes)[0]))

static mz_transliterated origin_of_country(mz_str code) {
    if (IS_ONE(code, arabic_countries)) return MZ_FROM_ARABIC;
    if (IS_ONE(code, slavic_countries)) return MZ_FROM_CYRILLIC;
    return IS_ONE(code, chinese_countries) ? MZ_FROM_CHINESE : MZ_FROM_UNKNOWN;
}

/* By the script of another name of the entity, else by its country. */
static mz_transliterated origin_of(const mz_entity *entity) {
    static const mz_property countries[] = {MZ_PROP_nationality, MZ_PROP_citizenship, MZ_PROP_birthCountry,
                                            MZ_PROP_country, MZ_PROP_jurisdiction};
    for (size_t f = 0; f < entity->fact_count; f++) {
        if (mz_property_kind(entity->facts[f].property) != MZ_TYPE_NAME) continue;
        mz_script script = mz_script_of_name(entity->facts[f].value);
        if (script == MZ_SCRIPT_ARABIC) return MZ_FROM_ARABIC;
        if (script == MZ_SCRIPT_CYRILLIC) return MZ_FROM_CYRILLIC;
        if (script == MZ_SCRIPT_HAN) return MZ_FROM_CHINESE;
    }
    mz_transliterated from = MZ_FROM_UNKNOWN;
    for (size_t c = 0; !from && c < sizeof countries / sizeof countries[0]; c++)
        from = origin_of_country(mz_entity_first(entity, countries[c]));
    return from;
}

/* A date that a class can be asked with, the most exact. */
static mz_str birth_date_of(const mz_entity *entity) {
    mz_str best = {"", 0};
    for (size_t f = 0; f < entity->fact_count; f++) {
        const mz_fact *fact = &entity->facts[f];
        if (fact->property != MZ_PROP_birthDate || fact->flags & MZ_FACT_UNPARSED) continue;
        if (!best.size || (fact->value.size == 10 && best.size != 10)) best = fact->value;
    }
    return best;
}

void mz_subject_describe(mz_subject *subject, const mz_entity *entity, mz_arena *arena) {
    subject->who.birth_date = mz_arena_copy(arena, birth_date_of(entity));
    mz_str nationality = mz_entity_first(entity, MZ_PROP_nationality);
    if (!nationality.size) nationality = mz_entity_first(entity, MZ_PROP_citizenship);
    subject->who.nationality = mz_arena_copy(arena, nationality);
    subject->who.from = origin_of(entity);
}

/* Whether the entity has a name to be found by in another script than this one. */
static bool has_other_script(const mz_index *part, uint32_t entity, mz_script script) {
    mz_run run = mz_index_names_of(part, entity);
    for (uint32_t n = run.first; n < run.end; n++) {
        mz_script other = mz_script_of_name(mz_index_name_text(part, n));
        if (mz_sample_may_draw(&part->names[n]) && other != MZ_SCRIPT_NONE && other != script) return true;
    }
    return false;
}

static mz_status describe(mz_subject *subject, const mz_index *index, mz_arena *scratch, mz_arena *arena,
                          mz_error *error) {
    char *json;
    size_t size;
    mz_record record;
    mz_status status = mz_index_record(index, subject->entity, &json, &size, error);
    if (status) return status;
    mz_arena_reset(scratch);
    status = mz_record_read_json((mz_str){json, size}, scratch, &record, error);
    if (!status) mz_subject_describe(subject, &record.entities[0], arena);
    free(json);
    return status;
}

static mz_status fill(mz_sample *sample, const mz_index *index, const candidate *drawn, mz_error *error) {
    mz_arena scratch;
    mz_status status = MZ_OK;
    mz_arena_init(&scratch, RECORD_ARENA_BYTES);
    for (size_t i = 0; i < sample->listed_count && !status; i++) {
        uint32_t entity = drawn[i].entity;
        const mz_index *part = mz_index_part(index, &entity);
        mz_index_entry entry;
        mz_index_entity(index, drawn[i].entity, &entry);
        mz_str name = mz_index_name_text(part, drawn[i].name);
        mz_subject *subject = &sample->listed[i];
        *subject = (mz_subject){.who = {.id = entry.id,
                                        .name = name,
                                        .kinds = mz_change_kinds_of(entry.schema),
                                        .script = mz_script_of_name(name)},
                                .number = drawn[i].number,
                                .entity = drawn[i].entity,
                                .list = list_of(part, entity),
                                .reference = entry.reference,
                                .schema = entry.schema};
        subject->who.other_script = has_other_script(part, entity, subject->who.script);
        status = describe(subject, index, &scratch, &sample->arena, error);
    }
    mz_arena_done(&scratch);
    return status;
}

mz_status mz_sample_lists(mz_sample *sample, const mz_index *index, const mz_effectiveness_options *options,
                          mz_error *error) {
    size_t count = 0, bytes;
    if (!mz_multiply_size((size_t)index->facts.names + 1, sizeof(candidate), &bytes)) return mz_fail_memory(error);
    candidate *candidates = malloc(bytes);
    if (!candidates) return mz_fail_memory(error);
    for (uint32_t e = 0; e < index->facts.numbers; e++)
        count += candidates_of(index, e, options->seed, candidates + count);
    sample->candidates = count;
    mz_status status = MZ_OK;
    if (!count) status = mz_fail(error, MZ_ERR_NOT_FOUND, "the lists have no name of a person, a firm or a ship");
    if (!status) status = draw(candidates, count, options->sample, &sample->listed_count, error);
    if (!status) sample->listed = MZ_ARENA_NEW(&sample->arena, sample->listed_count + 1, mz_subject);
    if (!status && sample->listed) status = fill(sample, index, candidates, error);
    if (!status && sample->arena.failed) status = mz_fail_arena(&sample->arena, error, "the sample");
    free(candidates);
    return status;
}
