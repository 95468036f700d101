/* What screening looks at of an entity: the facts by which somebody is taken for somebody else, or not. They are its
 * schema and its names, dates, countries, places of birth, addresses, genders and identifiers; remarks, programmes,
 * sanctions and positions are not. A pair that was judged once need not be judged again while the facts of both are the
 * same.
 *
 * Not among them is how a list tells a fact: its place in the file, which of the names comes first, which of them the
 * publisher calls primary. These move a score by little and say nothing new of who somebody is. */
#ifndef MIZAN_SCREEN_FACTS_H
#define MIZAN_SCREEN_FACTS_H

#include "base/arena.h"
#include "base/digest.h"
#include "mizan/entity.h"

/* Whether values of the property are looked at. */
bool mz_facts_has(mz_property property);

/* The facts as canonical JSON, {"properties":{"birthDate":["1970-05-01"],"name":["…","…"]},"schema":"Person"}: keys and
 * values in the order of their bytes, each once. Empty when the arena has failed. */
mz_str mz_facts_write(const mz_entity *entity, mz_arena *arena);

/* The same of a listed entity, as an index knows it: also the numbers of its documents, accounts and wallets, with the
 * country that issued them ("ZX000001 (ma)"), and the addresses attached to it. */
mz_str mz_facts_write_record(const mz_record *record, mz_arena *arena);

/* 64 hexadecimal digits: BLAKE2b of that text. */
void mz_facts_digest(mz_str facts, char ret_digest[MZ_DIGEST_HEX_SIZE]);

#endif
