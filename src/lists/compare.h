/* What makes two states of one record the same, and in what they differ.
 *
 * Compared are the schema of each entity and the values of each property, as sets. Not compared, because it says
 * nothing about who is listed: where a value stands in the file, its spelling as published when the normal form is
 * the same, blanks and line breaks in prose, its language and roles, the order of anything, the ids of attached
 * entities, and references between the entities of one record. Attached entities are matched by content first, so that
 * reordering and renumbering is no change; those left over by id; what is left then is compared in bulk, by schema. */
#ifndef MIZAN_LISTS_COMPARE_H
#define MIZAN_LISTS_COMPARE_H

#include "base/arena.h"
#include "mizan/store.h"

enum { MZ_FINGERPRINT_BYTES = 16 };

/* The same for all states of a record that are the same in the sense above. BLAKE2b cut to 128 bits: nobody finds
 * two contents with one fingerprint. `scratch` is used and not reset. */
mz_status mz_record_fingerprint(const mz_record *record, mz_arena *scratch,
                                unsigned char ret_fingerprint[MZ_FINGERPRINT_BYTES], mz_error *error);

/* The values that came and went, in an order that depends only on the two contents; none when the fingerprints are
 * the same, at least one otherwise. The array is `scratch`'s, its texts are the records'. */
mz_status mz_record_changes(const mz_record *from, const mz_record *to, mz_arena *scratch,
                            const mz_field_change **ret_changes, size_t *ret_count, mz_error *error);

#endif
