/* Queries and answers as JSON. */
#ifndef MIZAN_SCREEN_QUERY_JSON_H
#define MIZAN_SCREEN_QUERY_JSON_H

#include "base/arena.h"
#include "base/buffer.h"
#include "entity/record.h"
#include "mizan/screen.h"

/* Reads {"id":…,"schema":…,"properties":{…}} into the builder's record; `id` is the arena's or the text's. A missing
 * schema is LegalEntity: a person or a firm. Values may be one string, or an array of strings and numbers. */
mz_status mz_query_read_json(mz_str text, mz_arena *arena, mz_builder *builder, mz_str *ret_id,
                             const mz_record **ret_record, mz_error *error);

/* Appends the answer, one line without the newline. */
void mz_answer_write_json(const mz_screening *screening, mz_buffer *out);

/* Appends evidence as a JSON array. */
void mz_evidence_write_json(const mz_evidence *evidence, size_t count, mz_buffer *out);

#endif
