/* What the source of a person's name says its parts are: word by word, as some lists do, or in properties beside the
 * name (firstName, fatherName, lastName), as FollowTheMoney and forms do. What is told so is better than any guess. */
#ifndef MIZAN_NAMES_PARTS_H
#define MIZAN_NAMES_PARTS_H

#include "base/arena.h"
#include "mizan/entity.h"
#include "mizan/reading.h"
#include "text/text.h"

enum { MZ_PART_WORDS_MOST = 64 }; /* words of an entity's parts that are used */

typedef struct mz_part_word {
    mz_str folded; /* normal form */
    mz_role role;  /* given, middle, family, patronymic; name: it is in two parts that differ */
} mz_part_word;

typedef struct mz_name_parts {
    mz_str roles; /* of the name in hand, see mz_fact.roles; empty when it is not told word by word */
    mz_part_word words[MZ_PART_WORDS_MOST];
    size_t count;
} mz_name_parts;

/* Reads the parts that an entity gives beside its names; without any, count is 0. Memory is the arena's.
 * MZ_ERR_INPUT when one is not UTF-8. */
mz_status mz_name_parts_read(const mz_entity *entity, mz_arena *arena, mz_name_parts *ret_parts, mz_error *error);

/* What is told of a word of a name; MZ_ROLE_NAME when nothing is. */
mz_role mz_name_parts_role(const mz_name_parts *parts, mz_str name, const mz_word *word);

#endif
