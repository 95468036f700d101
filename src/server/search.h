/* Looking for listed entities by a few words, page by page: what search boxes, /search and the reconciliation of tables
 * ask for. For screening it is not meant: it looks at names and numbers alone.
 *
 * Found are, the likelier first:
 *   - names alike to the text as a name, down to a score of 0.5: through the index, as a screening finds them;
 *   - entities with the text as their id, or as the number of a document, a registration, a ship;
 *   - names that have all words of the text, in normal form and in any order, also where they have many others;
 *   - while somebody is `typing`: names that have all words but the last, and one that begins with that.
 * Without a text it is all that passes, in the order of the index.
 *
 * It is bounded whatever the lists hold: screening has its budget of work; of the names that have the text's rarest
 * word MZ_SEARCH_NAMES_MOST are looked at, and without a text the first MZ_SEARCH_ENTITIES_MOST that pass are counted;
 * of the words that begin with a single one being typed the shortest of MZ_SEARCH_BEGUN_MOST are taken, until they have
 * MZ_SEARCH_BEGUN_NAMES_MOST names. Where one of these was reached, `cut` says that there may be more. */
#ifndef MIZAN_SERVER_SEARCH_H
#define MIZAN_SERVER_SEARCH_H

#include "base/arena.h"
#include "server/engines.h"
#include "server/scope.h"

enum {
    MZ_SEARCH_FOUND_MOST = 10000, /* alike to the text */
    MZ_SEARCH_NAMES_MOST = 200000,
    MZ_SEARCH_BEGUN_MOST = 32768,
    MZ_SEARCH_BEGUN_NAMES_MOST = 20000,
    MZ_SEARCH_ENTITIES_MOST = 1000000,
    MZ_SEARCH_WINDOW_MOST = 10000, /* offset and limit together */
    MZ_SEARCH_FACET_VALUES_MOST = 1000
};

typedef enum mz_search_order {
    MZ_SEARCH_BY_SCORE,
    MZ_SEARCH_BY_ID,
    MZ_SEARCH_BY_CAPTION,
    MZ_SEARCH_BY_SCHEMA,
    MZ_SEARCH_BY_LISTING, /* the day of listing, then of those that have none */
    MZ_SEARCH_BY_CHANGE
} mz_search_order;

typedef enum mz_facet_kind {
    MZ_FACET_COUNTRIES,
    MZ_FACET_TOPICS,
    MZ_FACET_LISTS,
    MZ_FACET_SCHEMATA,
    MZ_FACET_GENDERS,
    MZ_FACET_COUNT
} mz_facet_kind;

/* Values of which an entity must have one, or all. */
typedef struct mz_search_values {
    const mz_str *texts;
    size_t count;
} mz_search_values;

/* A property that must have a value: one that the index keeps beside the record (dates of life, countries, genders,
 * places, numbers). */
typedef struct mz_search_property {
    mz_property property;
    mz_str value; /* normal, as facts are; of a date its beginning is enough */
} mz_search_property;

typedef struct mz_search_request {
    mz_str text;
    bool typing;      /* the text's last word may be the beginning of one */
    mz_schema schema; /* and what descends from it; Thing: all */
    const mz_scope *scope;
    mz_search_values countries, topics, lists, schemata; /* a schema is meant without what descends from it */
    bool all_of_them;                                    /* of each of these; else one of each is enough */
    const mz_search_property *properties;
    size_t property_count;
    mz_search_order order;
    bool descending; /* of any order but that by score, which is always from the best on */
    size_t offset, limit;
    unsigned facets; /* a bit for each mz_facet_kind to be counted */
} mz_search_request;

typedef struct mz_search_hit {
    uint32_t number; /* of the entity in the index */
    double score;    /* 0…1; 0 without a text */
} mz_search_hit;

typedef struct mz_facet_value {
    mz_str name;
    uint32_t count;
} mz_facet_value;

typedef struct mz_search_result {
    const mz_search_hit *hits; /* the page */
    size_t hit_count;
    uint64_t total; /* of all pages */
    bool cut;       /* there may be more */
    struct {
        const mz_facet_value *values; /* the most frequent first, then by name */
        size_t count;
    } facets[MZ_FACET_COUNT]; /* of all pages */
} mz_search_result;

/* `arena` holds the result. MZ_ERR_INPUT: the text is not UTF-8. MZ_ERR_ARGUMENT: a window of more than
 * MZ_SEARCH_WINDOW_MOST. */
mz_status mz_search_listed(const mz_engine *engine, const mz_search_request *request, mz_arena *arena,
                           mz_search_result *ret_result, mz_error *error);

#endif
