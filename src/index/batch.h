/* A batch of records on its way into an image: what can be made of them without knowing the others.
 *
 * Taking names apart and compressing records is most of the work of building, and what one batch needs of the image is
 * nothing, so that batches are made by as many threads as there are. Numbers in the rows of a batch count from its own
 * beginning; merge.c adds what lies before. Where a batch ends depends on its records alone. */
#ifndef MIZAN_INDEX_BATCH_H
#define MIZAN_INDEX_BATCH_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "index/image.h"
#include "index/postings.h"
#include "names/parts.h"

enum { MZ_BATCH_RECORDS = 512, MZ_BATCH_BYTES = 1 << 20 };

/* What must be equal for two words to be one; behind it stand the word's phones and its folded text. */
typedef struct mz_word_key {
    uint64_t skeleton;
    uint16_t groups[MZ_WORD_GROUPS_MOST];
    uint8_t phone_count, bare, class, script, system, weight, bits, gender;
    uint32_t folded_size;
} mz_word_key;

static inline const uint8_t *mz_word_key_phones(const mz_word_key *key) {
    return (const uint8_t *)(key + 1);
}

static inline mz_str mz_word_key_folded(const mz_word_key *key) {
    return (mz_str){(const char *)(key + 1) + key->phone_count, key->folded_size};
}

/* Tables that are filled while records come. */
typedef enum mz_entry_kind { MZ_ENTRY_IDENTIFIER, MZ_ENTRY_ID, MZ_ENTRY_KINDS } mz_entry_kind;

typedef struct mz_batch_record {
    mz_record record; /* in the batch's arena */
    uint16_t list;
} mz_batch_record;

/* Buffers of a batch: what comes out of it, and two that go in or are needed on the way. */
typedef enum mz_batch_part {
    MZ_BATCH_RECORD,     /* mz_batch_record: what goes in */
    MZ_BATCH_TEXT,       /* char */
    MZ_BATCH_ENTITIES,   /* mz_entity_row */
    MZ_BATCH_LISTINGS,   /* mz_listing_row, but for their topics */
    MZ_BATCH_NAMES,      /* mz_name_row */
    MZ_BATCH_NAME_WORDS, /* mz_name_word_row and uint32: words by their number in the batch */
    MZ_BATCH_WORDS,      /* mz_str: mz_word_key of each distinct word */
    MZ_BATCH_TRAITS,     /* mz_trait_row: their texts are in … */
    MZ_BATCH_TRAIT_TEXT, /* char */
    MZ_BATCH_PACKED,     /* blocks of records, compressed */
    MZ_BATCH_BLOCKS,     /* mz_block_row */
    MZ_BATCH_JOINS,      /* mz_join_use */
    MZ_BATCH_ENTRIES,    /* mz_entry, by kind */
    MZ_BATCH_FOUND = MZ_BATCH_ENTRIES + MZ_ENTRY_KINDS, /* mz_trait, of the entity in hand */
    MZ_BATCH_JSON,                                      /* the record in hand */
    MZ_BATCH_BLOCK,                                     /* of records, before it is compressed */
    MZ_BATCH_KEY,                                       /* of the word in hand */
    MZ_BATCH_PARTS
} mz_batch_part;

typedef struct mz_batch {
    mz_buffer parts[MZ_BATCH_PARTS];
    mz_arena records;
    size_t bytes; /* of text that went in */
    mz_status status;
    mz_error error;
    /* for making it */
    mz_arena words, scratch, entity;
    mz_name_parts name_parts;
    mz_map vocabulary;
    uint32_t block_first; /* entity */
} mz_batch;

void mz_batch_init(mz_batch *batch);
void mz_batch_done(mz_batch *batch);

/* Empties it for other records; keeps the memory. */
void mz_batch_clear(mz_batch *batch);

/* Refuses what an image does not take: MZ_ERR_INPUT for names that are no UTF-8, MZ_ERR_LIMIT for a record too large.
 */
mz_status mz_batch_refuses(const mz_record *record, mz_error *error);

/* Copies a record into the batch. */
mz_status mz_batch_add(mz_batch *batch, const mz_record *record, uint16_t list, mz_error *error);

static inline size_t mz_batch_count(const mz_batch *batch) {
    return batch->parts[MZ_BATCH_RECORD].size / sizeof(mz_batch_record);
}

#define MZ_BATCH_ROWS(batch, part, type) ((type *)(void *)(batch)->parts[part].data)
#define MZ_BATCH_COUNT(batch, part, type) ((uint32_t)((batch)->parts[part].size / sizeof(type)))

/* Makes what comes out of what went in; `status` and `error` tell. */
void mz_batch_make(mz_batch *batch);

#endif
