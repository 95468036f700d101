/* The file of an image: the records are there, the other sections follow, the header comes last. */
#include "base/error.h"
#include "index/build.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xxhash.h>

static mz_status pad(mz_index_builder *builder, mz_error *error) {
    static const char zeros[MZ_IMAGE_ALIGNMENT];
    size_t over = builder->writer.size % MZ_IMAGE_ALIGNMENT;
    return over ? mz_file_writer_append(&builder->writer, zeros, MZ_IMAGE_ALIGNMENT - over, error) : MZ_OK;
}

/* Lays down a section and gives back its memory. */
static mz_status write_section(mz_index_builder *builder, mz_section section, mz_section_row *ret_row,
                               mz_error *error) {
    mz_spill *rows = &builder->sections[section];
    const void *bytes;
    size_t size = (size_t)mz_spill_size(rows);
    mz_status status = mz_spill_view(rows, &bytes, error);
    if (!status) status = pad(builder, error);
    if (status) return status;
    *ret_row = (mz_section_row){.offset = builder->writer.size,
                                .size = size,
                                .checksum = XXH3_64bits(bytes, size),
                                .row_size = mz_section_row_size[section]};
    if (size) status = mz_file_writer_append(&builder->writer, bytes, size, error);
    mz_spill_done(rows);
    return status;
}

static mz_status write_sections(mz_index_builder *builder, mz_image_header *header, mz_error *error) {
    header->sections[MZ_SECTION_RECORDS] =
        (mz_section_row){.offset = (sizeof *header + MZ_IMAGE_ALIGNMENT - 1) / MZ_IMAGE_ALIGNMENT * MZ_IMAGE_ALIGNMENT,
                         .size = builder->records_size,
                         .checksum = XXH3_64bits_digest(builder->records_checksum),
                         .row_size = 1};
    mz_status status = MZ_OK;
    for (mz_section s = MZ_SECTION_RECORDS + 1; s < MZ_SECTION_COUNT && !status; s++)
        status = write_section(builder, s, &header->sections[s], error);
    return status;
}

static mz_status write_header(mz_index_builder *builder, mz_image_header *header, mz_error *error) {
    header->size = builder->writer.size;
    header->checksum = XXH3_64bits(header, sizeof *header);
    const char *bytes = (const char *)header;
    for (size_t done = 0; done < sizeof *header;) {
        ssize_t put = pwrite(builder->writer.descriptor, bytes + done, sizeof *header - done, (off_t)done);
        if (put < 0 && errno == EINTR) continue;
        if (put == 0) errno = EIO;
        if (put <= 0) return mz_fail_errno(error, "write", builder->writer.final_path);
        done += (size_t)put;
    }
    return MZ_OK;
}

mz_status mz_build_room(mz_index_builder *builder, mz_error *error) {
    static const mz_image_header room;
    mz_status status = mz_file_writer_append(&builder->writer, &room, sizeof room, error);
    return status ? status : pad(builder, error);
}

mz_status mz_build_file(mz_index_builder *builder, mz_error *error) {
    mz_image_header header = {.version = MZ_IMAGE_VERSION,
                              .section_count = MZ_SECTION_COUNT,
                              .base = builder->base,
                              .base_entities = builder->base_entities,
                              .kind = builder->kind};
    memcpy(header.magic, MZ_IMAGE_MAGIC, sizeof header.magic);
    memcpy(header.rules, mz_rules_digest, sizeof header.rules);
    mz_status status = write_sections(builder, &header, error);
    return status ? status : write_header(builder, &header, error);
}

mz_status mz_build_check(mz_index_builder *builder, mz_error *error) {
    const mz_file_writer *writer = &builder->writer;
    void *bytes = mmap(NULL, (size_t)writer->size, PROT_READ, MAP_SHARED, writer->descriptor, 0);
    if (bytes == MAP_FAILED) return mz_fail_errno(error, "map", writer->final_path);
    mz_index image = {.bytes = bytes, .size = (size_t)writer->size};
    mz_status status = mz_image_check(&image, false, error);
    (void)munmap(bytes, (size_t)writer->size);
    return status;
}
