/* What the register keeps of an entity: its properties as text, and what is made of them. Inside this folder only. */
#ifndef MIZAN_SUBJECTS_SHAPE_H
#define MIZAN_SUBJECTS_SHAPE_H

#include "base/arena.h"
#include "base/digest.h"
#include "mizan/entity.h"

/* Bytes of the words that a subject is found by; what is beyond is not searched. */
enum { MZ_SUBJECT_WORDS_BYTES_MOST = 480 };

typedef struct mz_subject_shape {
    mz_schema schema;
    mz_str caption;
    mz_str properties; /* canonical JSON */
    mz_str digest;     /* of the facts that screening looks at */
    mz_str words;      /* of names and reference, folded, between blanks */
} mz_subject_shape;

/* A whole name is made of its parts where there is none. MZ_ERR_INPUT when the entity is nobody: without a name and a
 * number, or of a schema that is not of a thing; MZ_ERR_LIMIT when its properties take more than
 * MZ_SUBJECT_BYTES_MOST. */
mz_status mz_subject_shape_make(const mz_entity *entity, mz_str reference, mz_arena *arena, mz_subject_shape *ret_shape,
                                mz_error *error);

/* Reads properties back, as mz_subject_entity. */
mz_status mz_subject_shape_read(mz_str id, mz_schema schema, mz_str properties, mz_arena *arena,
                                const mz_entity **ret_entity, mz_error *error);

/* The words of a text as they stand in `words`; at most `most`. */
mz_status mz_subject_words(mz_str text, mz_arena *arena, size_t most, mz_str *ret_words, size_t *ret_count,
                           mz_error *error);

#endif
