/* Building a record fact by fact, and its text form.
 *
 * A reader owns one builder and reuses it: mz_builder_start … mz_builder_entity … mz_builder_add … and
 * mz_builder_finish, whose record lives until the next start. Failure of memory is sticky and reported by finish. */
#ifndef MIZAN_ENTITY_RECORD_H
#define MIZAN_ENTITY_RECORD_H

#include "base/arena.h"
#include "base/buffer.h"
#include "mizan/date.h"
#include "mizan/entity.h"

typedef struct mz_builder mz_builder;

/* At most `record_ceiling_bytes` of memory for one record. */
mz_status mz_builder_new(size_t record_ceiling_bytes, mz_date_order dates, mz_builder **ret_builder, mz_error *error);
void mz_builder_free(mz_builder *builder);

/* Forgets the last record. `list` is copied. */
void mz_builder_start(mz_builder *builder, mz_str list);
void mz_builder_reference(mz_builder *builder, mz_str reference);
void mz_builder_caption(mz_builder *builder, mz_str caption); /* default: the first primary name, else first name */
void mz_builder_target(mz_builder *builder, bool target);     /* default: true */

/* A new entity; returns its number (0 is the listed one), which the adders below take. */
unsigned mz_builder_entity(mz_builder *builder, mz_schema schema, mz_str id, mz_position at);
/* The id of an entity added before, for references. */
mz_str mz_builder_id(const mz_builder *builder, unsigned entity);
/* Where the listed entity stands in the file, also of a record that failed; zeros before there is an entity. */
mz_position mz_builder_at(const mz_builder *builder);
/* A better schema found later (a Person that turns out to be a Vessel). */
void mz_builder_schema(mz_builder *builder, unsigned entity, mz_schema schema);

/* Adds a fact. White space is trimmed and runs of it folded to one blank (line breaks are kept in notes, summary
 * and description); an empty value adds nothing; a value equal to an earlier one of the same property (and name
 * kind) of the same entity adds nothing. The value is normalised by the property's type: dates to EDTF (births and
 * deaths before 1600 are of another calendar, and not understood), countries to codes, identifiers to normal form with
 * their check, genders to male/female/other; `original` keeps the published text when it differs by more than white
 * space, and flags say what could not be understood. Bytes that are not UTF-8 become U+FFFD.
 * Returns the fact to refine (roles, language, flags), valid until the next call, or NULL when nothing was added. */
mz_fact *mz_builder_add(mz_builder *builder, unsigned entity, mz_property property, mz_str value, mz_position at);
/* The same for a name of a known kind. */
mz_fact *mz_builder_name(mz_builder *builder, unsigned entity, mz_property property, mz_name_kind kind, mz_str value,
                         mz_position at);
/* A person's name from parts in the order given: each part a run of words with the role letter of each of its
 * words. Also adds the parts as firstName, middleName, lastName … when kind is MZ_NAME_PRIMARY. */
typedef struct mz_name_part {
    char role; /* see mz_fact.roles */
    mz_str text;
} mz_name_part;
mz_fact *mz_builder_name_parts(mz_builder *builder, unsigned entity, mz_property property, mz_name_kind kind,
                               const mz_name_part *parts, size_t count, mz_position at);
/* A copy of text in the record's memory, for use in the adders. */
mz_str mz_builder_copy(mz_builder *builder, mz_str text);
/* A text for the record could not be put together in this buffer: the record fails as the buffer did, at the ceiling or
 * for lack of memory. */
void mz_builder_fail(mz_builder *builder, const mz_buffer *text);
/* Whether the record failed: finish will say how. Until then adders that return NULL say nothing about the text. */
bool mz_builder_failed(const mz_builder *builder);

/* The record, complete and immutable until the next start; MZ_ERR_LIMIT when it outgrew its ceiling, MZ_ERR_MEMORY when
 * memory ran out. */
mz_status mz_builder_finish(mz_builder *builder, const mz_record **ret_record, mz_error *error);

/* One line of JSON, without the newline, canonical: the same record gives the same bytes. It is a FollowTheMoney
 * entity ("id", "schema", "caption", "properties") with "list", "reference", "target", "provenance" (for each
 * property an array parallel to its values: line, column, file, kind, roles, language, original, flags; members
 * that say nothing are left out), "position" (of the entity itself) and "attached", an array of entities of the same
 * form. Kinds are the words of mz_name_kind_name, flags "wrong check", "unparsed", "derived". */
void mz_record_write_json(const mz_record *record, mz_buffer *out);

/* Reads that form back, its members in any order; the record's memory is `arena`'s. Round-trips exactly: what would
 * be lost or guessed (an unknown member, property, kind or flag, anything twice) is MZ_ERR_INPUT with its place.
 * MZ_ERR_LIMIT when the arena is too small. */
mz_status mz_record_read_json(mz_str text, mz_arena *arena, mz_record *ret_record, mz_error *error);

#endif
