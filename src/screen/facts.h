/* What screening looks at of an entity: the facts by which somebody is taken for somebody else, or not. They are its
 * schema and its names, dates, countries, places, addresses, genders and identifiers; remarks, programmes, sanctions
 * and positions are not. Two entities with the same facts are the same to every screening, so that a pair that was
 * judged once need not be judged again while the facts of both are the same. */
#ifndef MIZAN_SCREEN_FACTS_H
#define MIZAN_SCREEN_FACTS_H

#include "base/arena.h"
#include "base/digest.h"
#include "mizan/entity.h"

/* Whether values of the property are looked at. */
bool mz_facts_has(mz_property property);

/* The facts as canonical JSON, {"properties":{"birthDate":["1970-05-01"],"name":["…","…"]},"schema":"Person"}: values
 * in the order of their bytes, each once. */
mz_str mz_facts_write(const mz_entity *entity, mz_arena *arena);

/* 64 hexadecimal digits: BLAKE2b of that text. */
void mz_facts_digest(mz_str facts, char ret_digest[MZ_DIGEST_HEX_SIZE]);

#endif
