/* Opening an index: the image, and what changed since it was built, both checked before anything in them is believed.
 * Which files belong together, and why a reader needs no lock, stands in files.h. */
#include "base/error.h"
#include "index/image.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

mz_status mz_image_open(const void *bytes, size_t size, mz_index **ret_image, mz_error *error) {
    mz_index *image = calloc(1, sizeof *image);
    if (!image) return mz_fail_memory(error);
    image->bytes = bytes;
    image->size = size;
    mz_status status = mz_image_check(image, error);
    if (!status) status = mz_index_sum(image, error);
    if (status) {
        mz_index_close(image);
        return status;
    }
    *ret_image = image;
    return MZ_OK;
}

void mz_index_close(mz_index *index) {
    if (!index) return;
    mz_index_close(index->changes);
    if (index->mapped) {
        union {
            const void *borrowed;
            void *own;
        } mapping = {index->bytes};
        (void)munmap(mapping.own, index->size);
    }
    free(index->list_facts);
    free(index->list_places);
    free(index);
}

static mz_status check_kind(const mz_index *image, mz_image_kind kind, mz_error *error) {
    if (mz_index_header(image)->kind == kind) return MZ_OK;
    if (kind == MZ_IMAGE_WHOLE)
        return mz_fail(error, MZ_ERR_INPUT,
                       "this is what changed of an index, not the index; name the file without .changes");
    return mz_fail(error, MZ_ERR_INPUT, "this is not what changed of an index; remove it, or build the index again");
}

/* ---- two parts ---- */

mz_status mz_index_attach(mz_index *base, mz_index *changes, bool *ret_done, mz_error *error) {
    const mz_image_header *header = mz_index_header(changes);
    *ret_done = header->base == mz_index_header(base)->checksum;
    if (!*ret_done) return MZ_OK;
    if (header->base_entities != base->entity_count)
        return mz_fail(error, MZ_ERR_INPUT, "what changed of the index is damaged (entities); build it again");
    if (changes->entity_count > UINT32_MAX - 1 - base->entity_count)
        return mz_fail(error, MZ_ERR_LIMIT, "index and changes together have more than %u entities", UINT32_MAX - 1);
    base->changes = changes;
    base->dead = changes->bytes + header->sections[MZ_SECTION_DEAD].offset;
    mz_status status = mz_index_sum(base, error);
    if (status) {
        base->changes = NULL;
        base->dead = NULL;
    }
    return status;
}

static mz_status add_changes(mz_index *base, mz_index *changes, mz_error *error) {
    bool attached = false;
    mz_status status = check_kind(changes, MZ_IMAGE_CHANGES, error);
    if (!status) status = mz_index_attach(base, changes, &attached, error);
    if (!attached || status) mz_index_close(changes);
    return status;
}

mz_status mz_index_open_memory(const void *bytes, size_t size, mz_index **ret_index, mz_error *error) {
    return mz_index_open_parts(bytes, size, NULL, 0, ret_index, error);
}

static mz_status open_base(const void *bytes, size_t size, mz_index **ret_index, mz_error *error) {
    mz_status status = mz_image_open(bytes, size, ret_index, error);
    if (!status) status = check_kind(*ret_index, MZ_IMAGE_WHOLE, error);
    return status;
}

mz_status mz_index_open_parts(const void *bytes, size_t size, const void *changes, size_t changes_size,
                              mz_index **ret_index, mz_error *error) {
    mz_index *index = NULL, *added = NULL;
    if ((uintptr_t)bytes % sizeof(uint64_t) || (uintptr_t)changes % sizeof(uint64_t))
        return mz_fail(error, MZ_ERR_ARGUMENT, "an image in memory must be aligned to 8 bytes");
    mz_status status = open_base(bytes, size, &index, error);
    if (!status && changes) status = mz_image_open(changes, changes_size, &added, error);
    if (!status && changes) status = add_changes(index, added, error);
    if (status) {
        mz_index_close(index);
        return status;
    }
    *ret_index = index;
    return MZ_OK;
}

/* ---- files ---- */

static mz_status map(const char *path, int descriptor, void **ret_bytes, size_t *ret_size, mz_error *error) {
    struct stat facts;
    if (fstat(descriptor, &facts) < 0) return mz_fail_errno(error, "examine", path);
    if (!S_ISREG(facts.st_mode)) return mz_fail(error, MZ_ERR_ARGUMENT, "%.200s is not a file", path);
    if (facts.st_size == 0) return mz_fail(error, MZ_ERR_INPUT, "%.200s is empty, not an index image", path);
    void *bytes = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (bytes == MAP_FAILED) return mz_fail_errno(error, "map", path);
    *ret_bytes = bytes;
    *ret_size = (size_t)facts.st_size;
    return MZ_OK;
}

static mz_status open_mapped(const char *path, int descriptor, mz_index **ret_image, mz_error *error) {
    void *bytes = NULL;
    size_t size = 0;
    mz_status status = map(path, descriptor, &bytes, &size, error);
    if (status) return status;
    status = mz_image_open(bytes, size, ret_image, error);
    if (status) {
        (void)munmap(bytes, size);
        mz_error_name(error, path);
        return status;
    }
    (*ret_image)->mapped = true;
    return MZ_OK;
}

static mz_status open_changes(const char *path, int descriptor, mz_index *base, mz_error *error) {
    char changes_path[MZ_INDEX_PATH_BYTES];
    mz_index *changes;
    mz_status status = mz_changes_path(path, changes_path, error);
    if (!status) status = open_mapped(changes_path, descriptor, &changes, error);
    if (!status) status = add_changes(base, changes, error);
    if (status) mz_error_name(error, changes_path);
    return status;
}

mz_status mz_index_open(const char *path, mz_index **ret_index, mz_error *error) {
    mz_index_files files;
    mz_index *index = NULL;
    mz_status status = mz_index_files_open(path, &files, error);
    if (status) return status;
    status = open_mapped(path, files.base, &index, error);
    if (!status) {
        status = check_kind(index, MZ_IMAGE_WHOLE, error);
        if (status) mz_error_name(error, path);
    }
    if (!status && files.changes >= 0) status = open_changes(path, files.changes, index, error);
    if (!status) index->marks = files.marks;
    mz_index_files_close(&files);
    if (status) {
        mz_index_close(index);
        return status;
    }
    *ret_index = index;
    return MZ_OK;
}
