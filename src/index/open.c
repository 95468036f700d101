/* Opening an index: the image, and what changed since it was built, both checked before anything in them is believed.
 * Which files belong together, and why a reader needs no lock, stands in files.h. */
#include "base/error.h"
#include "index/image.h"
#include "index/seal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

mz_status mz_image_open(const void *bytes, size_t size, bool sealed, mz_index **ret_image, mz_error *error) {
    mz_index *image = calloc(1, sizeof *image);
    if (!image) return mz_fail_memory(error);
    image->bytes = bytes;
    image->size = size;
    mz_status status = mz_image_check(image, sealed, error);
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
    if (!status) base->facts.foreign_changes = !attached;
    return status;
}

mz_status mz_index_open_memory(const void *bytes, size_t size, mz_index **ret_index, mz_error *error) {
    return mz_index_open_parts(bytes, size, NULL, 0, ret_index, error);
}

static mz_status open_base(const void *bytes, size_t size, mz_index **ret_index, mz_error *error) {
    mz_status status = mz_image_open(bytes, size, false, ret_index, error);
    if (!status) status = check_kind(*ret_index, MZ_IMAGE_WHOLE, error);
    return status;
}

mz_status mz_index_open_parts(const void *bytes, size_t size, const void *changes, size_t changes_size,
                              mz_index **ret_index, mz_error *error) {
    mz_index *index = NULL, *added = NULL;
    if ((uintptr_t)bytes % sizeof(uint64_t) || (uintptr_t)changes % sizeof(uint64_t))
        return mz_fail(error, MZ_ERR_ARGUMENT, "an image in memory must be aligned to 8 bytes");
    mz_status status = open_base(bytes, size, &index, error);
    if (!status && changes) status = mz_image_open(changes, changes_size, false, &added, error);
    if (!status && changes) status = add_changes(index, added, error);
    if (status) {
        mz_index_close(index);
        return status;
    }
    *ret_index = index;
    return MZ_OK;
}

/* ---- files ---- */

static bool same_time(struct timespec a, struct timespec b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* Whether nobody wrote into the file since. It may have been renamed or lost its name, which changes the time of its
 * inode: of `whole`, that did not happen either. */
static bool is_untouched(int descriptor, const struct stat *before, bool whole) {
    struct stat now;
    return fstat(descriptor, &now) == 0 && now.st_size == before->st_size && same_time(now.st_mtim, before->st_mtim) &&
           (!whole || same_time(now.st_ctim, before->st_ctim));
}

static mz_status examine(const char *path, int descriptor, struct stat *ret_facts, mz_error *error) {
    if (fstat(descriptor, ret_facts) < 0) return mz_fail_errno(error, "examine", path);
    if (!S_ISREG(ret_facts->st_mode)) return mz_fail(error, MZ_ERR_ARGUMENT, "%.200s is not a file", path);
    if (ret_facts->st_size == 0) return mz_fail(error, MZ_ERR_INPUT, "%.200s is empty, not an index image", path);
    return MZ_OK;
}

static mz_status map(const char *path, int descriptor, size_t size, void **ret_bytes, mz_error *error) {
    void *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (bytes == MAP_FAILED) return mz_fail_errno(error, "map", path);
    *ret_bytes = bytes;
    return MZ_OK;
}

static mz_status read_all(const char *path, int descriptor, const struct stat *facts, char *into, mz_error *error) {
    size_t size = (size_t)facts->st_size;
    for (size_t done = 0; done < size;) {
        ssize_t got = pread(descriptor, into + done, size - done, (off_t)done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return mz_fail_errno(error, "read", path);
        if (got == 0) break;
        done += (size_t)got;
    }
    if (is_untouched(descriptor, facts, false)) return MZ_OK;
    return mz_fail(error, MZ_ERR_INPUT, "%.200s was written into while it was read", path);
}

/* Memory of the process alone, which nobody writes into any more. */
static mz_status copy(const char *path, int descriptor, const struct stat *facts, void **ret_bytes, mz_error *error) {
    size_t size = (size_t)facts->st_size;
    void *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) return mz_fail_memory(error);
    mz_status status = read_all(path, descriptor, facts, bytes, error);
    if (!status && mprotect(bytes, size, PROT_READ) < 0) status = mz_fail_errno(error, "protect", path);
    if (status)
        (void)munmap(bytes, size);
    else
        *ret_bytes = bytes;
    return status;
}

static bool is_sealed(const char *path, const void *bytes, const struct stat *facts) {
    mz_index frame = {.bytes = bytes, .size = (size_t)facts->st_size};
    return mz_image_check_frame(&frame, NULL) == MZ_OK && mz_seal_holds(path, facts, mz_index_header(&frame));
}

/* What was checked is sealed if nobody wrote into it meanwhile. */
static void seal(const char *path, int descriptor, const struct stat *before, const mz_index *image) {
    if (is_untouched(descriptor, before, true)) mz_seal_put(path, before, mz_index_header(image));
}

static mz_status open_one(const char *path, int descriptor, const mz_opening *how, mz_index **ret_image,
                          mz_error *error) {
    void *bytes = NULL;
    struct stat facts;
    mz_status status = examine(path, descriptor, &facts, error);
    if (status) return status;
    bool copied = (uint64_t)facts.st_size <= how->copy_most_bytes;
    status = copied ? copy(path, descriptor, &facts, &bytes, error)
                    : map(path, descriptor, (size_t)facts.st_size, &bytes, error);
    if (status) return status;
    bool sealable = (uint64_t)facts.st_size >= how->seal_least_bytes,
         sealed = sealable && !how->whole && is_sealed(path, bytes, &facts);
    status = mz_image_open(bytes, (size_t)facts.st_size, sealed, ret_image, error);
    if (status) {
        (void)munmap(bytes, (size_t)facts.st_size);
        mz_error_name(error, path);
        return status;
    }
    (*ret_image)->mapped = true;
    (*ret_image)->copied = copied;
    if (sealable && !sealed) seal(path, descriptor, &facts, *ret_image);
    return MZ_OK;
}

static mz_status open_changes(const char *path, int descriptor, const mz_opening *how, mz_index *base,
                              mz_error *error) {
    char changes_path[MZ_INDEX_PATH_BYTES];
    mz_index *changes;
    mz_status status = mz_changes_path(path, changes_path, error);
    if (!status) status = open_one(changes_path, descriptor, how, &changes, error); /* which names the file */
    if (status) return status;
    status = add_changes(base, changes, error);
    if (status) mz_error_name(error, changes_path);
    return status;
}

mz_status mz_index_open(const char *path, mz_index **ret_index, mz_error *error) {
    const mz_opening how = {.seal_least_bytes = MZ_SEAL_LEAST_BYTES};
    return mz_index_open_as(path, &how, ret_index, error);
}

mz_status mz_index_open_whole(const char *path, mz_index **ret_index, mz_error *error) {
    const mz_opening how = {.seal_least_bytes = MZ_SEAL_LEAST_BYTES, .whole = true};
    return mz_index_open_as(path, &how, ret_index, error);
}

mz_status mz_index_open_as(const char *path, const mz_opening *how, mz_index **ret_index, mz_error *error) {
    mz_index_files files;
    mz_index *index = NULL;
    mz_status status = mz_index_files_open(path, &files, error);
    if (status) return status;
    status = open_one(path, files.base, how, &index, error);
    if (!status) {
        status = check_kind(index, MZ_IMAGE_WHOLE, error);
        if (status) mz_error_name(error, path);
    }
    if (!status && files.changes >= 0) status = open_changes(path, files.changes, how, index, error);
    if (!status) index->marks = files.marks;
    mz_index_files_close(&files);
    if (status) {
        mz_index_close(index);
        return status;
    }
    *ret_index = index;
    return MZ_OK;
}
