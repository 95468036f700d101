/* The index: one file with everything a screening needs, mapped read-only and shared by all processes, and beside it,
 * where the lists have changed since that was built, a small one with the changes (PATH.changes).
 *
 * Opening checks the whole structure before any offset is followed; a file that is truncated, damaged, of another
 * version or hostile is refused with the reason. The same records in the same order give the same bytes. An open index
 * may be used by any number of threads at once, and stays as it is when its files are replaced by others, renamed or
 * removed. They must not be written into while they are mapped: who copies over one (cp) or cuts it ends the processes
 * that have it open (SIGBUS), or leads them astray. A new file is written beside the old one and renamed over it, as
 * all functions here do. A service holds an mz_live (mizan/live.h), which outlives that mistake. */
#ifndef MIZAN_INDEX_H
#define MIZAN_INDEX_H

#include "mizan/entity.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MZ_BEGIN_DECLS

typedef struct mz_index mz_index;
typedef struct mz_index_builder mz_index_builder;

/* Starts building the image at `path`; the old file stays until mz_index_builder_finish. */
mz_status mz_index_builder_new(const char *path, mz_index_builder **ret_builder, mz_error *error);

/* Says of which version the records of a list that follow are: its content address (may be empty) and the
 * list's own date (seconds since 1970, 0 unknown). Kept in the image and shown by mz_index_info. */
mz_status mz_index_builder_list(mz_index_builder *builder, mz_str list, mz_str version, int64_t published,
                                mz_error *error);

/* Adds a record; it is copied. A record that is refused (MZ_ERR_INPUT: names that are not UTF-8; MZ_ERR_LIMIT: more
 * than 64 MiB, or of one list more than an image has room for) leaves nothing in the image, and others may follow.
 * Records are worked on by threads of the builder's; any other failure may be told at a later record or at the end, and
 * then only freeing is left. Calls for one builder are made one after the other. */
mz_status mz_index_builder_add(mz_index_builder *builder, const mz_record *record, mz_error *error);

/* Writes the image and replaces `path` by it, with what changed since the old one was built. The builder is to be freed
 * in any case. */
mz_status mz_index_builder_finish(mz_index_builder *builder, mz_error *error);
void mz_index_builder_free(mz_index_builder *builder);

mz_status mz_index_open(const char *path, mz_index **ret_index, mz_error *error);
/* The same without relying on an earlier check. A large image is checked in full when it is built or first opened by
 * its owner, who leaves a seal beside it, PATH.seal, that says so; mz_index_open believes it of the very same file, as
 * long as that was not touched. This looks at every byte. */
mz_status mz_index_open_whole(const char *path, mz_index **ret_index, mz_error *error);
/* The same over bytes in memory, aligned to 8, which must outlive the index (tests, fuzzing). */
mz_status mz_index_open_memory(const void *bytes, size_t size, mz_index **ret_index, mz_error *error);
/* The same with a file of changes (NULL: none). */
mz_status mz_index_open_parts(const void *bytes, size_t size, const void *changes, size_t changes_size,
                              mz_index **ret_index, mz_error *error);
void mz_index_close(mz_index *index);

typedef struct mz_index_list {
    mz_str list, version;
    int64_t published;
    uint32_t entities;
} mz_index_list;

typedef struct mz_index_facts {
    uint64_t bytes;
    uint32_t format_version;
    uint32_t entities, names;
    uint32_t words, identifiers; /* different ones, of the image and of its changes */
    uint32_t numbers;            /* every entity's number is below this */
    uint32_t added, removed;     /* since the image was built; a changed entity is one of each */
    uint64_t added_bytes;        /* of `bytes`: the file of changes */
    bool foreign_changes;        /* a file of changes is there, but of another image, and was passed over */
    const mz_index_list *lists;  /* the index's */
    size_t list_count;
} mz_index_facts;

void mz_index_info(const mz_index *index, mz_index_facts *ret_facts);

/* What the image of an index is made of, part by part from 0 on; false behind the last. */
bool mz_index_section(const mz_index *index, size_t number, const char **ret_name, uint64_t *ret_bytes);

/* What a line of a hit list shows; strings are the index's. */
typedef struct mz_index_entry {
    mz_str id, list, reference, caption;
    mz_schema schema;
} mz_index_entry;

/* Whether an entity has this number. All numbers below mz_index_facts.numbers are taken, unless entities were removed
 * or changed since the image was built. */
bool mz_index_holds(const mz_index *index, uint32_t number);

/* The entity of a number that is taken (asserted); numbers follow the order in which entities were added. */
void mz_index_entity(const mz_index *index, uint32_t number, mz_index_entry *ret_entry);

/* The whole record as one line of canonical JSON (see src/entity/record.h), to be freed with free(). */
mz_status mz_index_record(const mz_index *index, uint32_t number, char **ret_json, size_t *ret_size, mz_error *error);

/* The number of the entity with this id, the first added where several have it; MZ_ERR_NOT_FOUND. */
mz_status mz_index_find(const mz_index *index, mz_str id, uint32_t *ret_number, mz_error *error);
/* The same of one list alone: two lists may use an id for two different people. */
mz_status mz_index_find_listed(const mz_index *index, mz_str list, mz_str id, uint32_t *ret_number, mz_error *error);

MZ_END_DECLS

#endif
