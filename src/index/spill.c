#include "index/spill.h"

#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

void mz_spill_init(mz_spill *spill, const char *path, size_t held_most) {
    *spill = (mz_spill){.path = path, .held_most = held_most, .descriptor = -1};
    mz_buffer_init(&spill->held, SIZE_MAX / 2);
}

void mz_spill_done(mz_spill *spill) {
    if (spill->mapped) (void)munmap(spill->mapped, (size_t)spill->written);
    if (spill->descriptor >= 0) (void)close(spill->descriptor);
    mz_buffer_done(&spill->held);
    mz_spill_init(spill, spill->path, spill->held_most);
}

static bool fail(mz_spill *spill, int error) {
    spill->failed = true;
    spill->error = error;
    return false;
}

/* Into the file with what is held. */
static bool flush(mz_spill *spill) {
    const char *at = spill->held.data;
    if (spill->descriptor < 0) spill->descriptor = mz_file_unnamed(spill->path);
    if (spill->descriptor < 0) return fail(spill, errno);
    for (size_t left = spill->held.size; left > 0;) {
        ssize_t put = write(spill->descriptor, at, left);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return fail(spill, put < 0 ? errno : EIO);
        at += put;
        left -= (size_t)put;
        spill->written += (uint64_t)put;
    }
    mz_buffer_clear(&spill->held);
    return true;
}

void mz_spill_append(mz_spill *spill, const void *data, size_t size) {
    if (spill->failed || !size) return;
    mz_buffer_append(&spill->held, data, size);
    if (spill->held.failed)
        (void)fail(spill, 0);
    else if (spill->held.size > spill->held_most)
        (void)flush(spill);
}

mz_status mz_spill_failure(const mz_spill *spill, mz_error *error) {
    if (!spill->failed) return MZ_OK;
    if (!spill->error || spill->error == ENOMEM) return mz_fail_memory(error);
    errno = spill->error;
    mz_status status = mz_fail_errno(error, "write beside", spill->path);
    return status == MZ_ERR_NOT_FOUND ? MZ_ERR_IO : status;
}

mz_status mz_spill_view(mz_spill *spill, const void **ret_bytes, mz_error *error) {
    *ret_bytes = spill->mapped ? spill->mapped : mz_buffer_view(&spill->held).data;
    if (spill->failed || spill->descriptor < 0 || spill->mapped) return mz_spill_failure(spill, error);
    if (spill->held.size && !flush(spill)) return mz_spill_failure(spill, error);
    mz_buffer_done(&spill->held);
    mz_buffer_init(&spill->held, 0);
    void *mapped = mmap(NULL, (size_t)spill->written, PROT_READ, MAP_SHARED, spill->descriptor, 0);
    if (mapped == MAP_FAILED) {
        (void)fail(spill, errno);
        return mz_spill_failure(spill, error);
    }
    spill->mapped = mapped;
    *ret_bytes = mapped;
    return MZ_OK;
}
