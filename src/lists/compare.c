/* See compare.h. An entity is reduced to its "facets": the sorted, distinct pairs of property and value. Everything
 * else here is merging sorted arrays: n log n also for a record with thousands of addresses. */
#include "lists/compare.h"

#include "base/ascii.h"
#include "base/digest.h"
#include "base/error.h"

#include <stdlib.h>

typedef struct facet {
    mz_schema schema;
    mz_property property;
    mz_str key; /* what is compared: the value, prose without its blanks and line breaks */
    mz_str value;
} facet;

typedef struct entity_side {
    mz_str id;
    mz_schema schema;
    facet *facets;
    size_t count;
    unsigned char fingerprint[MZ_FINGERPRINT_BYTES];
    bool matched;
} entity_side;

/* A record made ready: [0] the listed entity, behind it the attached ones that say anything. */
typedef struct reduced {
    entity_side *sides;
    size_t count;
} reduced;

static int facet_order(const facet *a, const facet *b) {
    if (a->schema != b->schema) return a->schema < b->schema ? -1 : 1;
    if (a->property != b->property) return a->property < b->property ? -1 : 1;
    return mz_str_order(a->key, b->key);
}

static int by_facet(const void *a, const void *b) {
    return facet_order(a, b);
}

static int by_text(const void *a, const void *b) {
    return mz_str_order(*(const mz_str *)a, *(const mz_str *)b);
}

static int by_fingerprint(const void *a, const void *b) {
    return memcmp(((const entity_side *)a)->fingerprint, ((const entity_side *)b)->fingerprint, MZ_FINGERPRINT_BYTES);
}

static int side_order(const entity_side *a, const entity_side *b) {
    if (a->schema != b->schema) return a->schema < b->schema ? -1 : 1;
    return mz_str_order(a->id, b->id);
}

static int by_id(const void *a, const void *b) {
    return side_order(a, b);
}

static int by_change(const void *a, const void *b) {
    const mz_field_change *x = a, *y = b;
    if (x->schema != y->schema) return x->schema < y->schema ? -1 : 1;
    if (x->property != y->property) return x->property < y->property ? -1 : 1;
    int order = mz_str_order(x->from, y->from);
    return order ? order : mz_str_order(x->to, y->to);
}

static size_t distinct(facet *facets, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || facet_order(&facets[kept - 1], &facets[i]) != 0) facets[kept++] = facets[i];
    return kept;
}

static bool is_inside(const mz_str *ids, size_t count, mz_str id) {
    return bsearch(&id, ids, count, sizeof *ids, by_text) != NULL;
}

static void digest_text(mz_digest *digest, mz_str text) {
    uint64_t size = text.size;
    mz_digest_update(digest, &size, sizeof size);
    mz_digest_update(digest, text.data, text.size);
}

static void digest_number(mz_digest *digest, unsigned number) {
    mz_digest_update(digest, &number, sizeof number);
}

static void finish_digest(mz_digest *digest, unsigned char ret_fingerprint[MZ_FINGERPRINT_BYTES]) {
    unsigned char whole[MZ_DIGEST_BYTES];
    mz_digest_bytes(digest, whole);
    memcpy(ret_fingerprint, whole, MZ_FINGERPRINT_BYTES);
}

/* Publishers reflow their remarks with every edition; that is no news. */
static mz_str key_of(mz_property property, mz_str value, mz_arena *scratch) {
    size_t size = 0;
    if (mz_property_kind(property) != MZ_TYPE_TEXT) return value;
    char *key = mz_arena_alloc(scratch, value.size + 1, 1);
    if (!key) return value;
    for (size_t i = 0; i < value.size; i++)
        if (!mz_is_blank(value.data[i])) key[size++] = value.data[i];
    return (mz_str){key, size};
}

static bool reduce_entity(const mz_entity *entity, const mz_str *ids, size_t id_count, mz_arena *scratch,
                          entity_side *into) {
    *into = (entity_side){.id = entity->id, .schema = entity->schema};
    into->facets = MZ_ARENA_NEW(scratch, entity->fact_count ? entity->fact_count : 1, facet);
    if (!into->facets) return false;
    for (size_t i = 0; i < entity->fact_count; i++) {
        const mz_fact *fact = &entity->facts[i];
        if (mz_property_kind(fact->property) == MZ_TYPE_ENTITY && is_inside(ids, id_count, fact->value)) continue;
        mz_str key = key_of(fact->property, fact->value, scratch);
        into->facets[into->count++] = (facet){entity->schema, fact->property, key, fact->value};
    }
    if (scratch->failed) return false;
    if (into->count) qsort(into->facets, into->count, sizeof *into->facets, by_facet);
    into->count = distinct(into->facets, into->count);
    mz_digest digest;
    mz_digest_init(&digest);
    digest_number(&digest, entity->schema);
    for (size_t i = 0; i < into->count; i++) {
        digest_number(&digest, into->facets[i].property);
        digest_text(&digest, into->facets[i].key);
    }
    finish_digest(&digest, into->fingerprint);
    return true;
}

static mz_status reduce(const mz_record *record, mz_arena *scratch, reduced *ret_reduced, mz_error *error) {
    size_t count = record->entity_count;
    if (count == 0) return mz_fail(error, MZ_ERR_INPUT, "a record without an entity");
    mz_str *ids = MZ_ARENA_NEW(scratch, count, mz_str);
    reduced whole = {.sides = MZ_ARENA_NEW(scratch, count, entity_side)};
    if (!ids || !whole.sides) return mz_fail_memory(error);
    for (size_t i = 0; i < count; i++) ids[i] = record->entities[i].id;
    qsort(ids, count, sizeof *ids, by_text);
    for (size_t i = 0; i < count; i++) {
        entity_side *next = &whole.sides[whole.count];
        if (!reduce_entity(&record->entities[i], ids, count, scratch, next)) return mz_fail_memory(error);
        if (i == 0 || next->count > 0) whole.count++;
    }
    qsort(whole.sides + 1, whole.count - 1, sizeof *whole.sides, by_fingerprint);
    *ret_reduced = whole;
    return MZ_OK;
}

mz_status mz_record_fingerprint(const mz_record *record, mz_arena *scratch,
                                unsigned char ret_fingerprint[MZ_FINGERPRINT_BYTES], mz_error *error) {
    reduced whole;
    mz_status status = reduce(record, scratch, &whole, error);
    if (status) return status;
    mz_digest digest;
    mz_digest_init(&digest);
    for (size_t i = 0; i < whole.count; i++)
        mz_digest_update(&digest, whole.sides[i].fingerprint, MZ_FINGERPRINT_BYTES);
    finish_digest(&digest, ret_fingerprint);
    return MZ_OK;
}

/* The changes found so far; room for all that there can be was made before. */
typedef struct changes_found {
    mz_field_change *changes;
    size_t count;
} changes_found;

static void note(changes_found *found, const facet *from, const facet *to) {
    const facet *known = from ? from : to;
    found->changes[found->count++] = (mz_field_change){
        .schema = known->schema,
        .property = known->property,
        .from = from ? from->value : MZ_STR(""),
        .to = to ? to->value : MZ_STR(""),
    };
}

static bool same_property(const facet *a, const facet *b) {
    return a->schema == b->schema && a->property == b->property;
}

/* Pairs what went with what came, property by property, in their order. */
static void pair_up(const facet *gone, size_t gone_count, const facet *come, size_t come_count, changes_found *found) {
    size_t i = 0, j = 0;
    while (i < gone_count || j < come_count) {
        if (i < gone_count && j < come_count && same_property(&gone[i], &come[j]))
            note(found, &gone[i++], &come[j++]);
        else if (j == come_count || (i < gone_count && facet_order(&gone[i], &come[j]) < 0))
            note(found, &gone[i++], NULL);
        else
            note(found, NULL, &come[j++]);
    }
}

/* Takes out of two sorted runs what is in both, once for once. */
static void cancel(facet *a, size_t *a_count, facet *b, size_t *b_count) {
    size_t i = 0, j = 0, a_kept = 0, b_kept = 0;
    while (i < *a_count || j < *b_count) {
        int order = i == *a_count ? 1 : j == *b_count ? -1 : facet_order(&a[i], &b[j]);
        if (order < 0) a[a_kept++] = a[i];
        if (order > 0) b[b_kept++] = b[j];
        if (order <= 0) i++;
        if (order >= 0) j++;
    }
    *a_count = a_kept;
    *b_count = b_kept;
}

static void compare_facets(entity_side *from, entity_side *to, changes_found *found) {
    cancel(from->facets, &from->count, to->facets, &to->count);
    pair_up(from->facets, from->count, to->facets, to->count, found);
    from->matched = to->matched = true;
}

/* Marks the attached entities that are on both sides; both are in `order`. */
static void match(const reduced *from, const reduced *to, int (*order)(const void *, const void *),
                  changes_found *found) {
    for (size_t i = 1, j = 1; i < from->count && j < to->count;) {
        entity_side *a = &from->sides[i], *b = &to->sides[j];
        int which = a->matched ? -1 : b->matched ? 1 : order(a, b);
        if (which == 0) {
            if (found)
                compare_facets(a, b, found);
            else
                a->matched = b->matched = true;
        }
        if (which <= 0) i++;
        if (which >= 0) j++;
    }
}

static size_t gather(const reduced *whole, facet *into) {
    size_t count = 0;
    for (size_t i = 1; i < whole->count; i++) {
        const entity_side *side = &whole->sides[i];
        if (side->matched) continue;
        memcpy(into + count, side->facets, side->count * sizeof *into);
        count += side->count;
    }
    if (count) qsort(into, count, sizeof *into, by_facet);
    return count;
}

static void list_all(const facet *gone, size_t gone_count, const facet *come, size_t come_count, changes_found *found) {
    for (size_t i = 0; i < gone_count; i++) note(found, &gone[i], NULL);
    for (size_t i = 0; i < come_count; i++) note(found, NULL, &come[i]);
}

/* The attached entities that found no partner. */
static bool compare_rest(const reduced *from, const reduced *to, size_t room, mz_arena *scratch, changes_found *found) {
    facet *gone = MZ_ARENA_NEW(scratch, room, facet), *come = MZ_ARENA_NEW(scratch, room, facet);
    if (!gone || !come) return false;
    size_t gone_count = gather(from, gone), come_count = gather(to, come);
    size_t all_gone = gone_count, all_come = come_count;
    cancel(gone, &gone_count, come, &come_count);
    pair_up(gone, gone_count, come, come_count, found);
    if (found->count == 0) {
        /* the same values, divided in another way between the entities: cancel left nothing, so show them all */
        all_gone = gather(from, gone);
        all_come = gather(to, come);
        list_all(gone, all_gone, come, all_come, found);
    }
    return true;
}

static size_t count_facets(const reduced *whole) {
    size_t count = 0;
    for (size_t i = 0; i < whole->count; i++) count += whole->sides[i].count;
    return count;
}

mz_status mz_record_changes(const mz_record *from, const mz_record *to, mz_arena *scratch,
                            const mz_field_change **ret_changes, size_t *ret_count, mz_error *error) {
    reduced old, new;
    mz_status status = reduce(from, scratch, &old, error);
    if (!status) status = reduce(to, scratch, &new, error);
    if (status) return status;
    size_t room = count_facets(&old) + count_facets(&new) + 1;
    changes_found found = {.changes = MZ_ARENA_NEW(scratch, room, mz_field_change)};
    if (!found.changes) return mz_fail_memory(error);
    compare_facets(&old.sides[0], &new.sides[0], &found);
    size_t listed_count = found.count;
    match(&old, &new, by_fingerprint, NULL);
    qsort(old.sides + 1, old.count - 1, sizeof *old.sides, by_id);
    qsort(new.sides + 1, new.count - 1, sizeof *new.sides, by_id);
    match(&old, &new, by_id, &found);
    if (!compare_rest(&old, &new, room, scratch, &found)) return mz_fail_memory(error);
    if (found.count > listed_count)
        qsort(found.changes + listed_count, found.count - listed_count, sizeof *found.changes, by_change);
    *ret_changes = found.changes;
    *ret_count = found.count;
    return MZ_OK;
}
