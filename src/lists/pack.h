/* Packed files: zstd (RFC 8878), cut into frames that can each be read alone.
 *
 * `zstd -dc` reads them as one stream. The records of a version are packed a line after the other, a frame of about
 * 128 KiB holding whole lines, so that a record can be fetched from the middle: see mz_unpacker_seek. Beside the
 * bytes the packer counts their digest (BLAKE2b), which the manifest keeps. */
#ifndef MIZAN_LISTS_PACK_H
#define MIZAN_LISTS_PACK_H

#include "base/buffer.h"
#include "base/digest.h"
#include "base/file.h"
#include "mizan/status.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

/* What a packed file must be, to be the one that was written. */
typedef struct mz_packed_facts {
    uint64_t bytes;
    char digest[MZ_DIGEST_HEX_SIZE];
} mz_packed_facts;

typedef struct mz_packer {
    mz_file_writer file;
    mz_digest digest;
    struct ZSTD_CCtx_s *context;
    mz_buffer block, packed;
} mz_packer;

mz_status mz_packer_open(mz_packer *packer, const char *path, mz_error *error);
/* The bytes of one call are never divided between two frames. */
mz_status mz_packer_append(mz_packer *packer, mz_str bytes, mz_error *error);
/* Flushes to the disk; the packer is done, also on failure. */
mz_status mz_packer_commit(mz_packer *packer, mz_packed_facts *ret_facts, mz_error *error);
/* Removes the file; the packer is done. Harmless on one that is done already, or zeroed. */
void mz_packer_abandon(mz_packer *packer);

enum { MZ_FRAME_CEILING_BYTES = 96 * 1024 * 1024 };

typedef struct mz_unpacker {
    int descriptor; /* -1 for memory */
    char name[MZ_ERROR_WHERE_SIZE];
    mz_str memory;
    struct ZSTD_DCtx_s *context;
    char *input;
    size_t input_at, input_end;
    uint64_t next_offset; /* in the file, of the byte behind the input */
    mz_buffer frame;
    uint64_t frame_offset; /* in the file, of the frame that is in `frame` */
    size_t line_at;        /* in the frame, of the next line */
} mz_unpacker;

mz_status mz_unpacker_open(mz_unpacker *unpacker, const char *path, mz_error *error);
mz_status mz_unpacker_memory(mz_unpacker *unpacker, const char *name, mz_str bytes, mz_error *error);
/* Harmless on a zeroed one that was never opened. */
void mz_unpacker_close(mz_unpacker *unpacker);

/* The next frame, into unpacker->frame; *ret_more false at the end. Damage is MZ_ERR_INPUT, a frame over the ceiling
 * MZ_ERR_LIMIT. */
mz_status mz_unpacker_frame(mz_unpacker *unpacker, bool *ret_more, mz_error *error);
/* The next line, without its newline; it is the frame's and lives until the next call. It stands in the frame at
 * frame_offset, *ret_at bytes behind the frame's start. */
mz_status mz_unpacker_line(mz_unpacker *unpacker, mz_str *ret_line, size_t *ret_at, bool *ret_more, mz_error *error);
/* The next frame will be the one at this offset. */
mz_status mz_unpacker_seek(mz_unpacker *unpacker, uint64_t offset, mz_error *error);

/* Whether the file is, byte for byte, the one that was packed: MZ_ERR_INPUT with what is wrong when it is not. */
mz_status mz_packed_check(const char *path, const mz_packed_facts *facts, mz_error *error);

#endif
