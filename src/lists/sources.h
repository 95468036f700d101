/* The files of a list as they were published: packed into a version's folder, and the address they give it. */
#ifndef MIZAN_LISTS_SOURCES_H
#define MIZAN_LISTS_SOURCES_H

#include "lists/manifest.h"

/* Packs the files that a reading of `list_path` named (and `mapping_path`, which may be NULL) into FOLDER/source/,
 * and fills in the manifest's sources, bytes and version.
 *
 * The version of a list of one file is the BLAKE2b digest of its bytes, what `b2sum -l 256` prints. That of several
 * is the digest of what `b2sum -l 256 FILE…` prints for them, sorted by name, the names without their dates. */
mz_status mz_sources_pack(const char *list_path, const mz_read_report *report, const char *mapping_path,
                          const char *folder, mz_manifest *manifest, mz_error *error);

/* Notes in `seen` what the files beside the list (or in it, when it is a folder) and the mapping are before they are
 * read; which of them belong to the list is known only then. */
mz_status mz_sources_look(const char *list_path, const char *mapping_path, mz_buffer *seen, mz_error *error);
/* MZ_ERR_IO when a file of the list other than `list_path` itself is not as it was then. */
mz_status mz_sources_check_unchanged(const char *list_path, const mz_read_report *report, const char *mapping_path,
                                     const mz_buffer *seen, mz_error *error);

/* The version that a list of this one file would have. */
mz_status mz_sources_address(const char *path, char ret_version[MZ_VERSION_SIZE], mz_error *error);

/* Writes the published bytes of a packed source to `path`, and checks that they are the ones. */
mz_status mz_source_unpack(const char *packed_path, const mz_source_file *source, const char *path, mz_error *error);

/* A file name without the dates in it: "sdn-2026-08.csv" and "sdn_20260801.csv" are both "sdn.csv". */
void mz_undated_name(const char *name, char *into, size_t size);

#endif
