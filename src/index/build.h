/* An image on its way: what the rooms of building share. build.c takes records and has batches made (batch.h), merge.c
 * puts batches behind each other, words.c makes what needs all words, build_file.c writes the file. */
#ifndef MIZAN_INDEX_BUILD_H
#define MIZAN_INDEX_BUILD_H

#include "base/file.h"
#include "index/batch.h"
#include "index/spill.h"

#include <pthread.h>

typedef struct XXH3_state_s mz_build_checksum;

typedef struct mz_build_list {
    mz_str list, version;
    int64_t published;
    uint32_t entities;
} mz_build_list;

/* What decides where things are done and never what comes out, but for the size of batches; tests make it small. */
typedef struct mz_build_limits {
    unsigned threads; /* with the caller's; 0: one for each processor */
    size_t batch_records, batch_bytes;
    size_t held_bytes;  /* of each section, in memory */
    size_t slice_bytes; /* of what is put in order at a time */
    size_t seal_least_bytes;
} mz_build_limits;

typedef enum mz_slot_state {
    MZ_SLOT_FREE,
    MZ_SLOT_FILLING,
    MZ_SLOT_WAITING,
    MZ_SLOT_MAKING,
    MZ_SLOT_MADE
} mz_slot_state;

typedef struct mz_slot {
    mz_batch batch;
    mz_slot_state state;
} mz_slot;

enum { MZ_BUILD_THREADS_MOST = 16, MZ_BUILD_SLOTS_MOST = 2 * MZ_BUILD_THREADS_MOST + 1 };

struct mz_index_builder {
    mz_build_limits limits;
    mz_file_writer writer;
    bool writing;
    mz_status broken; /* why nothing can be added any more */
    uint64_t base;    /* of changes: as in the header */
    uint32_t base_entities;
    mz_image_kind kind;

    /* the caller's */
    mz_map list_numbers;
    mz_arena list_texts;
    mz_buffer lists; /* mz_build_list */

    /* batches: slots are filled and merged one after the other, round and round */
    mz_slot slots[MZ_BUILD_SLOTS_MOST];
    size_t slot_count, filling, merging;
    bool begun, merging_now, stopping;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t helpers[MZ_BUILD_THREADS_MOST];
    size_t helper_count;
    mz_error failure; /* of the first batch that failed */
    mz_status failed;

    /* of whoever merges */
    mz_spill sections[MZ_SECTION_COUNT];
    mz_spill name_words; /* words by their number as they came */
    mz_spill joins;      /* mz_join_use */
    mz_spill entries[MZ_ENTRY_KINDS];
    mz_map vocabulary, common_traits;
    mz_topics topics;
    mz_arena words_arena, traits_arena;
    mz_buffer words, renumbered; /* mz_str: mz_word_key; uint32: of the batch in hand */
    mz_build_checksum *records_checksum;
    uint64_t records_size;
};

/* The same with other limits, before anything is added. */
void mz_index_builder_limit(mz_index_builder *builder, const mz_build_limits *limits);

static inline uint32_t mz_build_count(const mz_index_builder *builder, mz_section section) {
    return (uint32_t)(mz_spill_size(&builder->sections[section]) / mz_section_row_size[section]);
}

/* Puts a batch behind those before it. */
mz_status mz_build_merge(mz_index_builder *builder, mz_batch *batch, mz_error *error);

/* MZ_ERR_LIMIT when a section is larger than the image can tell, MZ_ERR_MEMORY or MZ_ERR_IO when one has failed. */
mz_status mz_build_trouble(const mz_index_builder *builder, mz_error *error);

/* The topics of all records. */
void mz_build_topics(mz_index_builder *builder);

mz_text_ref mz_build_text(mz_index_builder *builder, mz_str text);

/* The vocabulary in its order, the names' words by it, and the tables of words. */
mz_status mz_build_words(mz_index_builder *builder, mz_error *error);

/* The tables whose entries came with the records. */
mz_status mz_build_tables(mz_index_builder *builder, mz_error *error);

/* Leaves room for the header. */
mz_status mz_build_room(mz_index_builder *builder, mz_error *error);

/* Lays down the sections behind the records and puts the header in front. */
mz_status mz_build_file(mz_index_builder *builder, mz_error *error);

/* Checks the file as if it were anybody's. */
mz_status mz_build_check(mz_index_builder *builder, mz_error *error);

/* Instead of mz_index_builder_finish: makes the image, and compares it with one that was opened, but for its records,
 * which another version of the compressor may have packed otherwise. MZ_ERR_INPUT names the first section that differs.
 * Nothing is left but to free. */
mz_status mz_index_builder_compare(mz_index_builder *builder, const mz_index *part, mz_error *error);

#endif
