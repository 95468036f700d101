/* Listed entities in the form in which OpenSanctions' programs know them: FollowTheMoney's, its values as text. */
#ifndef MIZAN_SERVER_YENTE_ENTITY_H
#define MIZAN_SERVER_YENTE_ENTITY_H

#include "base/arena.h"
#include "base/json_write.h"
#include "index/image.h"
#include "mizan/entity.h"

enum { MZ_YENTE_RECORD_BYTES = 1 << 30 }; /* of memory, to take one record apart */

/* A record read from the index, and what the index knows of its listing. */
typedef struct mz_yente_record {
    mz_record record;
    mz_listing_row listing;
    int64_t published; /* its list's date, seconds since 1970; 0: not known */
} mz_yente_record;

/* Working memory for reading one record after the other; one thread at a time. */
typedef struct mz_yente_reader {
    const mz_index *index;
    mz_block_cache cache;
    mz_arena arena;
    mz_yente_record read;
} mz_yente_reader;

void mz_yente_reader_init(mz_yente_reader *reader, const mz_index *index);
void mz_yente_reader_done(mz_yente_reader *reader);
/* *ret_record is the reader's until it reads the next, and points into it: MZ_ERR_NOT_FOUND when no entity has this
 * number. */
mz_status mz_yente_read(mz_yente_reader *reader, uint32_t number, const mz_yente_record **ret_record, mz_error *error);

/* The same into memory of the caller's: everything is in `arena`. */
mz_status mz_yente_read_kept(const mz_index *index, uint32_t number, mz_block_cache *cache, mz_arena *arena,
                             mz_yente_record *ret_record, mz_error *error);

/* Writes the members "id", "caption", "schema" of an entity of the record, into an object that is open. */
void mz_yente_write_head(mz_json *json, const mz_yente_record *record, const mz_entity *entity);
/* "properties": the values of each, and each value once. */
void mz_yente_write_properties(mz_json *json, const mz_entity *entity);
/* Writes the values of the property whose facts begin at `from`, into an array that is open; returns where the next
 * property begins. */
size_t mz_yente_write_values(mz_json *json, const mz_entity *entity, size_t from);
/* "datasets", "referents", "target", "first_seen", "last_seen", "last_change". */
void mz_yente_write_tail(mz_json *json, const mz_yente_record *record, const mz_entity *entity);
/* All of it, an object. */
void mz_yente_write_entity(mz_json *json, const mz_yente_record *record, const mz_entity *entity);

/* "2024-05-01T00:00:00", or null for a time that is not known (0). */
void mz_yente_write_time(mz_json *json, const char *key, int64_t seconds);

#endif
