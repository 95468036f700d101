/* The format of the image file. Little-endian, offsets instead of pointers.
 *
 *     header | table of sections | sections, each at the next multiple of 64 bytes, zeros before it
 *
 * Every section has its checksum (XXH3, 64 bits) in the table; the header has one of itself and the table. A section
 * is an array of one kind of row. mz_image_check (check.c) walks all rows and refuses any number that points outside
 * of what it points into, so that the rest of the program follows them without looking. */
#ifndef MIZAN_INDEX_IMAGE_H
#define MIZAN_INDEX_IMAGE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "index/files.h"
#include "index/listings.h"
#include "index/table.h"
#include "match/sound_sides.h"
#include "match/trait.h"
#include "mizan/index.h"
#include "mizan/status.h"
#include "names/name.h"
#include "names/phones.h"
#include "names/spelling.h"

#include <stddef.h>
#include <stdint.h>

enum {
    MZ_IMAGE_VERSION = 12,
    MZ_IMAGE_ALIGNMENT = 64,
    MZ_IMAGE_NAME_BYTES = 4096, /* of a name, that are compared; the record keeps all */
    MZ_IMAGE_BLOCK_BYTES = 32 * 1024,
    MZ_RULES_BYTES = 16,             /* of a block of several records */
    MZ_IMAGE_RECORD_BYTES = 64 << 20 /* of one record: what looking at one can cost */
};

#define MZ_IMAGE_MAGIC "MIZANIX1"

typedef enum mz_section {
    MZ_SECTION_RECORDS,       /* compressed runs of records; first, so that building can write them as they come */
    MZ_SECTION_TEXT,          /* char: all strings */
    MZ_SECTION_LISTS,         /* mz_list_row */
    MZ_SECTION_ENTITIES,      /* mz_entity_row, in the order added */
    MZ_SECTION_NAMES,         /* mz_name_row, by entity */
    MZ_SECTION_NAME_WORDS,    /* mz_name_word_row, by name; its legal forms and numbers (uint32) behind its words */
    MZ_SECTION_WORDS,         /* mz_word_row: the vocabulary, each distinct word once: by sound (blocks.h); behind them
                                 those that no search by sound finds, initials and words without sounds */
    MZ_SECTION_PHONES,        /* uint8: phones of the words, in their order */
    MZ_SECTION_KINDS,         /* uint8: by word, mz_word_kind */
    MZ_SECTION_POSTINGS,      /* uint32: names that have a word, by word, as postings.h says */
    MZ_SECTION_KEYS,          /* uint8: of each posting, what the name's other words are */
    MZ_SECTION_CONTEXTS,      /* uint16: codes of those words */
    MZ_SECTION_WORD_CODES,    /* uint16: by word */
    MZ_SECTION_JOIN_ROWS,     /* mz_join_row: names by words written together, and by acronyms */
    MZ_SECTION_PLACES,        /* uint8: of each posting of a join, which words */
    MZ_SECTION_CODES,         /* mz_code_row: by code */
    MZ_SECTION_SOUND_GROUPS,  /* mz_sound_group: for finding words that sound alike, blocks.h */
    MZ_SECTION_SOUND_COLUMNS, /* mz_block_column: phones of 64 words each */
    MZ_SECTION_SPECIAL,       /* uint32: words that no search by sound finds, and articles */
    MZ_SECTION_TRAITS,        /* mz_trait_row: what is known beside names; frequent ones are there once */
    MZ_SECTION_BESIDE,        /* uint32: traits, by entity */
    MZ_SECTION_BLOCKS,        /* mz_block_row: compressed runs of records */
    MZ_SECTION_LISTINGS,      /* mz_listing_row, by entity */
    MZ_SECTION_TOPICS,        /* mz_text_ref */
    MZ_SECTION_TOPIC_SETS,    /* mz_topic_set_row */
    MZ_SECTION_DEAD,          /* uint8: of changes, a bit for each entity of the base, set when it is no more */
    /* look-up tables (table.h), MZ_TABLE_SECTIONS each: uint32, mz_key_row, uint32 */
    MZ_SECTION_TABLES,
    MZ_SECTION_SKELETONS = MZ_SECTION_TABLES, /* words by consonants, and those that may be acronyms */
    MZ_SECTION_JOINS = MZ_SECTION_SKELETONS + MZ_TABLE_SECTIONS,    /* join rows by the consonants of neighbouring
                                                                       words written together, and by acronyms */
    MZ_SECTION_GROUPS = MZ_SECTION_JOINS + MZ_TABLE_SECTIONS,       /* words by meaning */
    MZ_SECTION_IDENTIFIERS = MZ_SECTION_GROUPS + MZ_TABLE_SECTIONS, /* entities by the keys of their numbers */
    MZ_SECTION_IDS = MZ_SECTION_IDENTIFIERS + MZ_TABLE_SECTIONS,    /* entities by id */
    MZ_SECTION_COUNT = MZ_SECTION_IDS + MZ_TABLE_SECTIONS
} mz_section;

typedef struct mz_text_ref {
    uint32_t offset, size; /* into MZ_SECTION_TEXT */
} mz_text_ref;

typedef struct mz_section_row {
    uint64_t offset, size, checksum; /* bytes from the file's start; XXH3 of the bytes */
    uint32_t row_size, reserved;
} mz_section_row;

typedef struct mz_image_header {
    char magic[8];
    uint32_t version, section_count;
    uint64_t size;                 /* of the whole file */
    uint64_t checksum;             /* XXH3 of header and table with this field 0 */
    uint8_t rules[MZ_RULES_BYTES]; /* mz_rules_digest of the program that made it */
    uint64_t base;                 /* of changes: the checksum of the image that they belong to */
    uint32_t base_entities;        /* and how many entities that has */
    uint32_t kind;                 /* mz_image_kind */
    mz_section_row sections[MZ_SECTION_COUNT];
} mz_image_header;

/* An image stands alone, or says what changed since another one was built (files.h). */
typedef enum mz_image_kind { MZ_IMAGE_WHOLE, MZ_IMAGE_CHANGES, MZ_IMAGE_KIND_COUNT } mz_image_kind;

typedef struct mz_list_row {
    mz_text_ref list, version;
    int64_t published;
    uint32_t entities, reserved;
} mz_list_row;

/* An entity's names and traits end where those of the next one begin. `text` is where its texts stand: the sizes of id
 * and reference and what the caption is, 7 bits a byte, the lowest first, the top bit set where more follow; then id,
 * reference and caption. What the caption is: 0, the entity's first name; else its size and one. */
typedef struct mz_entity_row {
    uint32_t text;
    uint32_t first_name, first_trait;
    uint16_t list;
    uint8_t schema, searchable;
} mz_entity_row;

typedef struct mz_name_row {
    uint32_t text; /* where it begins */
    uint32_t entity;
    uint32_t first_word; /* its words, then its legal forms, then its numbers */
    uint16_t text_size;
    uint8_t word_count, legal_count : 4, number_count : 4;
    uint8_t property, kind, culture, organisation;
} mz_name_row;

/* What of a word depends on the name that it is in. Where it stands in the text is not kept: mz_index_name_written. */
typedef struct mz_name_word_row {
    uint32_t word : 27; /* of MZ_SECTION_WORDS; a legal form or a number takes all 32 bits */
    uint32_t capitalised : 1;
    uint32_t role : 4;
} mz_name_word_row;

enum { MZ_IMAGE_WORDS_MOST = 1 << 27 };
_Static_assert(MZ_ROLE_NUMBER < 16 && MZ_NAME_NUMBERS_MOST < 16 && MZ_PROPERTY_COUNT <= 256, "fields that suffice");

typedef struct mz_word_row {
    uint64_t skeleton;
    mz_text_ref folded;
    uint32_t phones;
    uint32_t first_posting, posting_count;
    uint16_t groups[MZ_WORD_GROUPS_MOST];
    uint8_t phone_count, bare, class, script, system, weight, bits, gender;
    uint32_t first_context; /* of its postings */
} mz_word_row;

/* Names that have some words which are the same written together: a run of postings (postings.h). */
typedef struct mz_join_row {
    uint32_t first_posting, posting_count, first_context;
} mz_join_row;

/* What words that share a code are: of one class, and of at least this weight. */
typedef struct mz_code_row {
    uint8_t class, weight;
} mz_code_row;

/* Words of one system, one `bare` and one number of phones (blocks.h). */
typedef struct mz_sound_group {
    uint32_t first_word, word_count;
    uint32_t first_phone, first_column; /* of its words in MZ_SECTION_PHONES, and of their blocks */
    uint8_t system, bare, phone_count, reserved;
} mz_sound_group;

typedef struct mz_trait_row {
    mz_text_ref text;
    int32_t first_day, last_day;
    uint16_t property;
    uint8_t kind, flags;
    char country[MZ_TRAIT_COUNTRY_BYTES];
} mz_trait_row;

/* Records of entities in a row, a line each. */
typedef struct mz_block_row {
    uint64_t offset; /* in MZ_SECTION_RECORDS; it ends where the next one begins */
    uint32_t size;   /* decompressed */
    uint32_t first_entity;
} mz_block_row;

/* An image that was checked. Rows are the mapping's, read-only.
 *
 * An index of two parts is the base image, and the image of its changes in `changes`. Whatever looks into rows looks
 * into those of one part; entities and names are numbered in each, and the dead ones of the base are for the reader of
 * rows to pass over. Numbers of the public interface run through the base and then through the changes. */
struct mz_index {
    const uint8_t *bytes;
    size_t size;
    bool mapped; /* to be unmapped */
    bool copied; /* and memory of its own, not that of the file */
    const char *text;
    const mz_list_row *lists;
    const mz_entity_row *entities;
    const mz_name_row *names;
    const mz_name_word_row *name_words;
    const mz_word_row *words;
    const uint8_t *phones;
    const uint32_t *postings;
    const uint8_t *keys;
    const uint16_t *contexts, *word_codes;
    const mz_join_row *joined;
    const uint8_t *places; /* by posting, less first_joined */
    const mz_code_row *codes;
    const uint8_t *kinds;
    const mz_sound_group *sound_groups;
    const mz_block_column *sound_columns;
    const uint32_t *special;
    const mz_trait_row *traits;
    const uint32_t *beside;
    const mz_listing_row *listings;
    const mz_text_ref *topics;
    const mz_topic_set_row *topic_sets;
    mz_table skeletons, joins, groups, identifiers, ids;
    const mz_block_row *blocks;
    const uint8_t *records;
    uint64_t records_size;
    uint32_t beside_count; /* traits of all entities */
    uint32_t list_count, entity_count, name_count, word_count, sound_group_count, sound_count, special_count,
        trait_count, block_count, code_count, joined_count, first_joined, topic_count, topic_set_count;
    /* what was told of it as an index: of the image and its changes together */
    mz_index_facts facts;
    mz_index_list *list_facts; /* facts.lists */
    uint32_t *list_places;     /* by row of `lists`: where the list stands in those of the whole */
    mz_index_marks marks;      /* the files, where it was opened from some */
    mz_index *changes;         /* what changed since the image was built; NULL: nothing */
    const uint8_t *dead;       /* a bit for each entity, set when it is no more; NULL: all are there */
};

/* Digest of the rules by which names are taken apart (tools/tables/rules.py): an image is searched by those that made
 * it. */
extern const uint8_t mz_rules_digest[MZ_RULES_BYTES];

/* Bytes of one row of each section. */
extern const uint32_t mz_section_row_size[MZ_SECTION_COUNT];
const char *mz_section_name(mz_section section);

/* Checks header and table: which program made the image, and that its sections are in their places. */
mz_status mz_image_check_frame(mz_index *index, mz_error *error);

/* Checks the bytes as a whole and fills in the views; `index->bytes` and `size` are set. MZ_ERR_INPUT with the reason.
 * `sealed`: it was checked before; header and table are checked again. */
mz_status mz_image_check(mz_index *index, bool sealed, mz_error *error);

static inline const mz_image_header *mz_index_header(const mz_index *index) {
    return (const mz_image_header *)(const void *)index->bytes;
}

static inline bool mz_index_is_dead(const mz_index *part, uint32_t entity) {
    return part->dead && part->dead[entity / 8] >> entity % 8 & 1;
}

/* The part that has the entity of this public number, which becomes the part's own; NULL when there is none. */
const mz_index *mz_index_part(const mz_index *index, uint32_t *number);

/* Adds to a base what changed since it was built, which is the base's from then on. *ret_done is false, and nothing
 * done, where they are changes of another base. */
mz_status mz_index_attach(mz_index *base, mz_index *changes, bool *ret_done, mz_error *error);

/* Fills in the facts and their lists. */
mz_status mz_index_sum(mz_index *index, mz_error *error);

/* The block of records that was looked into last, unpacked: who reads records in their order unpacks each block once.
 */
typedef struct mz_block_cache {
    const mz_index *part; /* NULL: none */
    uint32_t block;
    mz_buffer raw;
} mz_block_cache;

void mz_block_cache_init(mz_block_cache *cache);
void mz_block_cache_done(mz_block_cache *cache);

/* The record of an entity of one part as canonical JSON, the cache's until it is next used. */
mz_status mz_image_record_view(const mz_index *part, uint32_t entity, mz_block_cache *cache, mz_str *ret_json,
                               mz_error *error);
/* Adds it to what is being built; the arena is reset. */
mz_status mz_image_add_record(const mz_index *part, uint32_t entity, mz_block_cache *cache, mz_arena *arena,
                              mz_index_builder *builder, mz_error *error);

/* The record of an entity of one part, as mz_index_record. */
mz_status mz_image_record(const mz_index *part, uint32_t entity, char **ret_json, size_t *ret_size, mz_error *error);

/* An image in memory, of either kind, not yet attached. */
mz_status mz_image_open(const void *bytes, size_t size, bool sealed, mz_index **ret_image, mz_error *error);

/* Makes of what is being built the changes of `base`: the bits of its entities that are no more, copied. */
void mz_index_builder_changes(mz_index_builder *builder, const mz_index *base, const uint8_t *dead);
/* The image that is being built is to be put in place only if the files there are still these, else *ret_done of
 * mz_index_builder_finish_over is false. */
mz_status mz_index_builder_finish_over(mz_index_builder *builder, const mz_index_marks *expected, bool *ret_done,
                                       mz_error *error);

static inline mz_str mz_index_text(const mz_index *index, mz_text_ref ref) {
    return (mz_str){index->text + ref.offset, ref.size};
}

/* Sizes in front of texts, see mz_entity_row: reads one at `*at`, before `end`; false when it is cut off. */
bool mz_image_get_size(const char **at, const char *end, uint32_t *ret_size);

/* Rows of one entity: from `first`, before `end`. */
typedef struct mz_run {
    uint32_t first, end;
} mz_run;

mz_run mz_index_names_of(const mz_index *index, uint32_t entity);
mz_run mz_index_traits_of(const mz_index *index, uint32_t entity); /* for mz_index_trait */
mz_str mz_index_id(const mz_index *index, uint32_t entity);
/* What a line of a hit list shows, of an entity of one part. */
void mz_image_entity(const mz_index *part, uint32_t entity, mz_index_entry *ret_entry);
mz_str mz_index_name_text(const mz_index *index, uint32_t name);

/* A trait as it is compared; the text is the image's. */
void mz_index_trait(const mz_index *index, uint32_t trait, mz_trait *ret_trait);

/* The word of the vocabulary that is the name's word number `i`. */
static inline uint32_t mz_index_name_word(const mz_index *index, uint32_t name, size_t i) {
    return index->name_words[index->names[name].first_word + i].word;
}

/* The key under which a text stands in a table. */
uint64_t mz_index_text_key(mz_str text);

/* Rows of names whose neighbouring words, written together, have these consonants, or that have this acronym; and
 * perhaps a few others (table.h). */
size_t mz_index_joins(const mz_index *index, uint64_t key, const uint32_t **ret_rows);
/* Words with these consonants, or that may be this acronym; and perhaps a few others. */
size_t mz_index_skeletons(const mz_index *index, uint64_t skeleton, const uint32_t **ret_words);
/* Words of this meaning; and perhaps a few others. */
size_t mz_index_group(const mz_index *index, uint16_t group, const uint32_t **ret_words);
/* Entities with a number of this key (mz_trait_key); and perhaps a few others. */
size_t mz_index_identifiers(const mz_index *index, mz_str key, const uint32_t **ret_entities);

/* A word of the vocabulary as the scorer takes it; `original` is left empty. */
void mz_index_word(const mz_index *index, uint32_t word, mz_name_word *ret_word);

/* A name as the scorer takes it; `words` has room for MZ_NAME_WORDS_MOST and becomes the name's. */
void mz_index_name(const mz_index *index, uint32_t name, mz_name_word *words, mz_name *ret_name);

/* Says of a name's words where each stands in its text, for those who show it: the name is taken apart anew. */
void mz_index_name_written(const mz_index *index, uint32_t name, mz_arena *arena, mz_name_word *words);

#endif
