/* The manifest of a version: what it is, where it came from, and what its files must be. */
#ifndef MIZAN_LISTS_MANIFEST_H
#define MIZAN_LISTS_MANIFEST_H

#include "base/buffer.h"
#include "lists/pack.h"
#include "mizan/store.h"

enum {
    MZ_MANIFEST_FORMAT = 1,
    MZ_MOST_SOURCES = 9, /* as many as a reading names, and a mapping */
    MZ_MANIFEST_CEILING_BYTES = 256 * 1024,
};

/* One file of the list as it was published. */
typedef struct mz_source_file {
    char name[240]; /* base name; in the version's folder it is source/NAME.zst */
    uint64_t bytes;
    char digest[MZ_DIGEST_HEX_SIZE]; /* of the published bytes */
    mz_packed_facts packed;
} mz_source_file;

typedef struct mz_manifest {
    mz_list_version version;
    uint64_t sequence; /* the versions of a list are numbered in the order of their import, from 1 */
    mz_source_file sources[MZ_MOST_SOURCES];
    size_t source_count;
    bool folder;                    /* what was read was the folder of these files, not the first of them */
    mz_packed_facts records, delta; /* delta.digest "": none was kept, as for the first version */
} mz_manifest;

void mz_manifest_write(const mz_manifest *manifest, mz_buffer *out);

/* Everything is checked before any of it is used: types, sizes, digests, names that stay inside the folder.
 * MZ_ERR_INPUT says which member is wrong. */
mz_status mz_manifest_read(mz_str json, mz_manifest *ret_manifest, mz_error *error);

/* Copies text of any bytes as valid UTF-8 without control characters, cut at a letter; what is not becomes '?'. */
void mz_clean_copy(char *into, size_t size, const char *text);

/* Whether this is the name of a version: 64 lower-case hexadecimal digits. */
bool mz_version_name(const char *text);

#endif
