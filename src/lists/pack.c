/* See pack.h. Level 3 of zstd: the higher ones cost three times the time for a tenth of the room on such text.
 * Every frame carries its size and a checksum. Rejected: one frame for the whole file (no access to the middle),
 * and zstd's seekable format (a contributed extension that ordinary tools do not write). */
#include "lists/pack.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
    FRAME_BYTES = 128 * 1024,
    INPUT_BYTES = 128 * 1024,
    LEVEL = 3,
    LARGEST_WINDOW_LOG = 24, /* a frame that wants more memory than 16 MiB is none of ours */
};

mz_status mz_packer_open(mz_packer *packer, const char *path, mz_error *error) {
    *packer = (mz_packer){.file.descriptor = -1};
    mz_buffer_init(&packer->block, MZ_FRAME_CEILING_BYTES);
    mz_buffer_init(&packer->packed, ZSTD_COMPRESSBOUND(MZ_FRAME_CEILING_BYTES));
    mz_digest_init(&packer->digest);
    packer->context = ZSTD_createCCtx();
    if (!packer->context) return mz_fail_memory(error);
    if (ZSTD_isError(ZSTD_CCtx_setParameter(packer->context, ZSTD_c_compressionLevel, LEVEL)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(packer->context, ZSTD_c_checksumFlag, 1))) {
        mz_packer_abandon(packer);
        return mz_fail_memory(error);
    }
    mz_status status = mz_file_writer_open(&packer->file, path, error);
    if (status) mz_packer_abandon(packer);
    return status;
}

static mz_status write_frame(mz_packer *packer, mz_error *error) {
    if (packer->block.size == 0) return MZ_OK;
    mz_buffer_clear(&packer->packed);
    size_t room = ZSTD_compressBound(packer->block.size);
    if (!mz_buffer_reserve(&packer->packed, room)) return mz_fail_memory(error);
    size_t size = ZSTD_compress2(packer->context, packer->packed.data, room, packer->block.data, packer->block.size);
    if (ZSTD_isError(size)) return mz_fail_memory(error); /* the only way it can fail with enough room */
    mz_buffer_clear(&packer->block);
    mz_digest_update(&packer->digest, packer->packed.data, size);
    return mz_file_writer_append(&packer->file, packer->packed.data, size, error);
}

mz_status mz_packer_append(mz_packer *packer, mz_str bytes, mz_error *error) {
    mz_buffer_str(&packer->block, bytes);
    if (packer->block.failed) return mz_fail_memory(error);
    return packer->block.size < FRAME_BYTES ? MZ_OK : write_frame(packer, error);
}

static void free_packer(mz_packer *packer) {
    (void)ZSTD_freeCCtx(packer->context);
    packer->context = NULL;
    mz_buffer_done(&packer->block);
    mz_buffer_done(&packer->packed);
}

mz_status mz_packer_commit(mz_packer *packer, mz_packed_facts *ret_facts, mz_error *error) {
    mz_status status = write_frame(packer, error);
    if (status) {
        mz_packer_abandon(packer);
        return status;
    }
    mz_packed_facts facts = {.bytes = packer->file.size};
    mz_digest_hex(&packer->digest, facts.digest);
    status = mz_file_writer_commit(&packer->file, error);
    free_packer(packer);
    if (!status) *ret_facts = facts;
    return status;
}

void mz_packer_abandon(mz_packer *packer) {
    if (!packer->context) return;
    mz_file_writer_abandon(&packer->file);
    free_packer(packer);
}

static mz_status prepare_unpacker(mz_unpacker *unpacker, const char *name, mz_error *error) {
    *unpacker = (mz_unpacker){.descriptor = -1};
    (void)snprintf(unpacker->name, sizeof unpacker->name, "%s", name);
    mz_buffer_init(&unpacker->frame, MZ_FRAME_CEILING_BYTES);
    unpacker->context = ZSTD_createDCtx();
    if (!unpacker->context) return mz_fail_memory(error);
    (void)ZSTD_DCtx_setParameter(unpacker->context, ZSTD_d_windowLogMax, LARGEST_WINDOW_LOG);
    unpacker->input = malloc(INPUT_BYTES);
    if (unpacker->input) return MZ_OK;
    mz_unpacker_close(unpacker);
    return mz_fail_memory(error);
}

mz_status mz_unpacker_open(mz_unpacker *unpacker, const char *path, mz_error *error) {
    mz_status status = prepare_unpacker(unpacker, path, error);
    if (status) return status;
    unpacker->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (unpacker->descriptor >= 0) return MZ_OK;
    status = mz_fail_errno(error, "open", path);
    mz_unpacker_close(unpacker);
    return status;
}

mz_status mz_unpacker_memory(mz_unpacker *unpacker, const char *name, mz_str bytes, mz_error *error) {
    mz_status status = prepare_unpacker(unpacker, name, error);
    if (!status) unpacker->memory = bytes;
    return status;
}

void mz_unpacker_close(mz_unpacker *unpacker) {
    if (!unpacker->context) return;
    if (unpacker->descriptor >= 0) (void)close(unpacker->descriptor);
    (void)ZSTD_freeDCtx(unpacker->context);
    free(unpacker->input);
    mz_buffer_done(&unpacker->frame);
    *unpacker = (mz_unpacker){.descriptor = -1};
}

/* Makes bytes available in [input_at, input_end), unless at the end. */
static mz_status fill_input(mz_unpacker *unpacker, mz_error *error) {
    if (unpacker->input_at < unpacker->input_end) return MZ_OK;
    size_t got;
    if (unpacker->descriptor < 0) {
        uint64_t left = unpacker->memory.size - unpacker->next_offset;
        got = left < INPUT_BYTES ? (size_t)left : INPUT_BYTES;
        if (got) memcpy(unpacker->input, unpacker->memory.data + unpacker->next_offset, got);
    } else {
        ssize_t answer;
        do answer = read(unpacker->descriptor, unpacker->input, INPUT_BYTES);
        while (answer < 0 && errno == EINTR);
        if (answer < 0) return mz_fail_errno(error, "read", unpacker->name);
        got = (size_t)answer;
    }
    unpacker->input_at = 0;
    unpacker->input_end = got;
    unpacker->next_offset += got;
    return MZ_OK;
}

static mz_status damaged(const mz_unpacker *unpacker, const char *how, mz_error *error) {
    mz_status status = mz_fail(error, MZ_ERR_INPUT, "damaged packed file: %s", how);
    mz_error_name(error, unpacker->name);
    return status;
}

static mz_status make_room(mz_unpacker *unpacker, mz_error *error) {
    mz_buffer *frame = &unpacker->frame;
    if (frame->capacity > frame->size + 1) return MZ_OK;
    if (mz_buffer_reserve(frame, FRAME_BYTES + 1)) return MZ_OK;
    if (frame->size + FRAME_BYTES + 1 <= frame->ceiling) return mz_fail_memory(error);
    return mz_fail(error, MZ_ERR_LIMIT, "%.150s holds a frame over %d MiB, larger than any honest one", unpacker->name,
                   MZ_FRAME_CEILING_BYTES >> 20);
}

mz_status mz_unpacker_frame(mz_unpacker *unpacker, bool *ret_more, mz_error *error) {
    mz_buffer *frame = &unpacker->frame;
    mz_status status = fill_input(unpacker, error);
    if (status) return status;
    mz_buffer_clear(frame);
    unpacker->line_at = 0;
    unpacker->frame_offset = unpacker->next_offset - (unpacker->input_end - unpacker->input_at);
    *ret_more = unpacker->input_at < unpacker->input_end;
    size_t answer = *ret_more;
    while (answer != 0) {
        status = fill_input(unpacker, error);
        if (!status) status = make_room(unpacker, error);
        if (status) return status;
        bool at_end = unpacker->input_at == unpacker->input_end;
        ZSTD_inBuffer in = {unpacker->input, unpacker->input_end, unpacker->input_at};
        ZSTD_outBuffer out = {frame->data, frame->capacity - 1, frame->size};
        answer = ZSTD_decompressStream(unpacker->context, &out, &in);
        if (ZSTD_isError(answer))
            return ZSTD_getErrorCode(answer) == ZSTD_error_memory_allocation
                       ? mz_fail_memory(error)
                       : damaged(unpacker, ZSTD_getErrorName(answer), error);
        if (at_end && answer != 0 && out.pos == frame->size) return damaged(unpacker, "it ends too early", error);
        unpacker->input_at = in.pos;
        frame->size = out.pos;
    }
    if (frame->data) frame->data[frame->size] = '\0';
    return MZ_OK;
}

mz_status mz_unpacker_line(mz_unpacker *unpacker, mz_str *ret_line, size_t *ret_at, bool *ret_more, mz_error *error) {
    while (unpacker->line_at == unpacker->frame.size) {
        mz_status status = mz_unpacker_frame(unpacker, ret_more, error);
        if (status || !*ret_more) return status;
    }
    const char *line = unpacker->frame.data + unpacker->line_at;
    const char *newline = memchr(line, '\n', unpacker->frame.size - unpacker->line_at);
    if (!newline) return damaged(unpacker, "a line without an end", error);
    *ret_line = (mz_str){line, (size_t)(newline - line)};
    *ret_at = unpacker->line_at;
    *ret_more = true;
    unpacker->line_at += ret_line->size + 1;
    return MZ_OK;
}

mz_status mz_unpacker_seek(mz_unpacker *unpacker, uint64_t offset, mz_error *error) {
    if (unpacker->descriptor < 0) {
        if (offset > unpacker->memory.size) return damaged(unpacker, "it is shorter than it was", error);
    } else if (lseek(unpacker->descriptor, (off_t)offset, SEEK_SET) < 0) {
        return mz_fail_errno(error, "read", unpacker->name);
    }
    (void)ZSTD_DCtx_reset(unpacker->context, ZSTD_reset_session_only);
    unpacker->input_at = unpacker->input_end = 0;
    unpacker->next_offset = offset;
    unpacker->line_at = 0;
    mz_buffer_clear(&unpacker->frame);
    return MZ_OK;
}

mz_status mz_packed_check(const char *path, const mz_packed_facts *facts, mz_error *error) {
    mz_input input;
    mz_status status = mz_input_open(&input, path, error);
    char *block = status ? NULL : malloc(INPUT_BYTES);
    if (!status && !block) status = mz_fail_memory(error);
    mz_digest digest;
    mz_digest_init(&digest);
    for (size_t got = 1; !status && got;) {
        status = mz_input_read(&input, block, INPUT_BYTES, &got, error);
        if (!status) mz_digest_update(&digest, block, got);
    }
    char seen[MZ_DIGEST_HEX_SIZE];
    mz_digest_hex(&digest, seen);
    if (!status && (input.consumed != facts->bytes || strcmp(seen, facts->digest) != 0)) {
        status = mz_fail(error, MZ_ERR_INPUT,
                         "damaged: %llu bytes with digest %.12s…, but the manifest says %llu bytes with digest %.12s…; "
                         "import the same list again to repair it",
                         (unsigned long long)input.consumed, seen, (unsigned long long)facts->bytes, facts->digest);
        mz_error_name(error, path);
    }
    free(block);
    mz_input_close(&input);
    return status;
}
