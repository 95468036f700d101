/* Entities as readers give them and as the list store and the index image keep them.
 *
 * An entity is a schema and facts; a fact is one value of one property with the place in the source that it
 * came from. A record is what a publisher lists as one: the listed entity first, then the entities attached
 * to it (sanctions, addresses, documents, relations), which refer to it by id. */
#ifndef MIZAN_ENTITY_H
#define MIZAN_ENTITY_H

#include "mizan/schema.h"
#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MZ_BEGIN_DECLS

/* Where a fact stands in its list's file(s): line of the text or row of the sheet, 1-based; 0 unknown. */
typedef struct mz_position {
    uint32_t line;
    uint16_t column; /* field of a table, 1-based; 0 for other formats */
    uint16_t file;   /* which of a list's files, in the order of mz_read_report.files */
} mz_position;

/* The kind and quality of a name, beside its property (name, alias, weakAlias, previousName …). */
typedef enum mz_name_kind {
    MZ_NAME_UNSPECIFIED,
    MZ_NAME_PRIMARY,
    MZ_NAME_STRONG_ALIAS,
    MZ_NAME_WEAK_ALIAS,
    MZ_NAME_PREVIOUS,
    MZ_NAME_ORIGINAL_SCRIPT,
    MZ_NAME_KIND_COUNT
} mz_name_kind;

enum {
    MZ_FACT_WRONG_CHECK = 1, /* an identifier whose check digit does not agree: kept, and never decisive */
    MZ_FACT_UNPARSED = 2,    /* a date, country, identifier or gender not understood: value is the text as published */
    MZ_FACT_DERIVED = 4      /* found inside a remark or another field, not in a field of its own */
};

typedef struct mz_fact {
    mz_property property;
    mz_name_kind name_kind; /* names only */
    uint32_t flags;         /* MZ_FACT_… */
    mz_position at;
    mz_str value;    /* normalised for its type: dates as EDTF, countries as codes, identifiers without spaces */
    mz_str original; /* as published, when that differs; else empty */
    mz_str roles;    /* names whose parts the list gives: a letter for each blank-separated word of value: g given,
                        f family, m middle, p patronymic, t title, s suffix, ? unknown; else empty */
    mz_str language; /* BCP 47, when the list says; else empty */
} mz_fact;

typedef struct mz_entity {
    mz_str id; /* LIST-REFERENCE, stable from version to version */
    mz_schema schema;
    mz_position at;
    const mz_fact *facts; /* in the order of their properties; within one property, as published */
    size_t fact_count;
} mz_entity;

typedef struct mz_record {
    mz_str list;               /* "un", "ofac", …: the catalogue's short name */
    mz_str reference;          /* the publisher's own number: "QDi.001", "uid 9639"; may be empty */
    mz_str caption;            /* the name to show */
    bool target;               /* listed itself, not only mentioned */
    const mz_entity *entities; /* [0] is the listed entity */
    size_t entity_count;
} mz_record;

/* The first value of a property, or the empty string. */
mz_str mz_entity_first(const mz_entity *entity, mz_property property);

/* A static word for a name kind: "primary", "strong alias", … */
const char *mz_name_kind_name(mz_name_kind kind);

MZ_END_DECLS

#endif
