/* How a user's own table becomes entities: the mapping file.
 *
 *   {"list": "national", "schema": "Person", "id": "Ref No", "reference": "Ref No",
 *    "columns": {"Full name": "name", "AKA": {"property": "alias", "split": ";"}, "DOB": "birthDate"},
 *    "schema_column": "Kind", "schema_values": {"Individual": "Person"},
 *    "dates": "day-first", "constants": {"program": "UNSCR 1373 national list"}}
 *
 * Every member may be left out. A word that is not understood is an error with its line, column and the nearest known
 * one: a column that is read as nothing is how a list loses names. */
#ifndef MIZAN_LISTS_OWN_MAPPING_H
#define MIZAN_LISTS_OWN_MAPPING_H

#include "base/arena.h"
#include "mizan/date.h"
#include "mizan/schema.h"
#include "mizan/status.h"

typedef struct mz_own_column {
    mz_str name; /* of the column, or the key */
    mz_property property;
    mz_str split;                     /* what stands between several values; empty: it is one */
    const struct mz_own_column *next; /* in the order of the file */
} mz_own_column;

typedef struct mz_own_pair { /* a constant, or a word for a schema */
    mz_str key, value;
    mz_property property;
    mz_schema schema;
    const struct mz_own_pair *next;
} mz_own_pair;

typedef struct mz_own_mapping {
    bool given; /* by a file; else `columns` is empty and columns are named as properties */
    mz_str list, id, reference, schema_column; /* empty: there is none */
    mz_schema schema;                          /* of rows that do not say */
    mz_date_order dates;
    const mz_own_column *columns;
    const mz_own_pair *constants, *schema_words;
} mz_own_mapping;

/* The mapping without a file: columns named as properties, beside them id, reference and schema (where empty: a
 * LegalEntity, which is compared with persons and companies alike), days before months. */
void mz_own_mapping_usual(mz_own_mapping *ret_mapping);

/* Reads a mapping; everything in it is the arena's. Fails with line and column in `text`. */
mz_status mz_own_mapping_parse(mz_str text, mz_arena *arena, mz_own_mapping *ret_mapping, mz_error *error);

/* The mapping for a table: the file at `mapping_path`; when that is NULL, the one at table_path.map.json, if there
 * is one; else the usual. Errors name the mapping file. */
mz_status mz_own_mapping_find(const char *table_path, const char *mapping_path, mz_arena *arena,
                              mz_own_mapping *ret_mapping, mz_error *error);

/* What a cell says its entity is; false when it is no schema. Words and names of schemata, in any case. */
bool mz_own_mapping_schema(const mz_own_mapping *mapping, mz_str word, mz_schema *ret_schema);

#endif
