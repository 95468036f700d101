/* Taking apart what publishers write into one field for a name.
 *
 * A field is meant for one name, and often holds more: spellings separated by semicolons, the name in its own
 * script in brackets, an abbreviation, a remark ("false identity related to …"), an enumeration. Each name becomes
 * a name of its own; what is no name is kept apart from them. Nothing is invented: every part is a run of
 * the published text. */
#ifndef MIZAN_LISTS_ALIAS_H
#define MIZAN_LISTS_ALIAS_H

#include "entity/record.h"

typedef enum mz_alias_part_kind {
    MZ_ALIAS_NAME,
    MZ_ALIAS_ABBREVIATION, /* of the name before it */
    MZ_ALIAS_REMARK        /* not a name */
} mz_alias_part_kind;

typedef struct mz_alias_part {
    mz_alias_part_kind kind;
    mz_str text;       /* inside the field */
    bool other_script; /* written in a script other than Latin */
} mz_alias_part;

enum { MZ_ALIAS_PARTS = 128 };

typedef struct mz_alias {
    mz_alias_part parts[MZ_ALIAS_PARTS];
    size_t count;
} mz_alias;

/* The parts of a field. Where MZ_ALIAS_PARTS would not suffice, the rest of the field (or of the bracket that has so
 * many) is one last name: nothing is left out. */
void mz_alias_take_apart(mz_str field, mz_alias *ret_alias);

/* The same for a field that holds names in the original script only: commas, slashes and wide gaps separate too, and
 * Latin text in brackets is a remark. */
void mz_alias_take_apart_original(mz_str field, mz_alias *ret_alias);

/* "FAMILY, Given" in two, for fields that use the comma so; false when the comma does not separate these (a
 * legal form or "III" behind it, more than one comma, no comma). */
bool mz_alias_family_first(mz_str name, mz_str *ret_family, mz_str *ret_given);

/* Whether the first letter is of a script other than Latin. */
bool mz_alias_other_script(mz_str text);

typedef struct mz_alias_target {
    mz_builder *builder;
    unsigned entity;
    mz_property property; /* of names in any script */
    mz_name_kind kind;    /* of Latin names; of more than one, only the first is primary, the others strong aliases */
    mz_name_kind other_kind;
    bool person; /* "FAMILY, Given" is taken apart */
    mz_position at;
    mz_str language; /* of names in another script, when the list says; must outlive the record */
} mz_alias_target;

/* Adds the parts of a field: names to target->property, abbreviations, remarks to notes. Facts whose value is not
 * the whole field keep the field as `original`. */
void mz_alias_add(const mz_alias_target *target, const mz_alias *alias, mz_str field);

#endif
