#include "lists/unzip.h"

#include "base/error.h"

#include <string.h>
#include <zip.h>

enum { STEP_BYTES = 64 * 1024, RATIO_FROM_BYTES = 1 << 20 };

mz_status mz_unzip_open(mz_unzip *unzip, mz_str bytes, mz_error *error) {
    zip_error_t reason;
    zip_error_init(&reason);
    unzip->archive = NULL;
    zip_source_t *source = zip_source_buffer_create(bytes.data, bytes.size, 0, &reason);
    if (source) {
        unzip->archive = zip_open_from_source(source, ZIP_RDONLY, &reason);
        if (!unzip->archive) zip_source_free(source);
    }
    mz_status status = MZ_OK;
    if (!unzip->archive)
        status = mz_fail(error, zip_error_code_zip(&reason) == ZIP_ER_MEMORY ? MZ_ERR_MEMORY : MZ_ERR_INPUT,
                         "the ZIP archive cannot be opened (%s); it may have been cut off: fetch it again",
                         zip_error_strerror(&reason));
    zip_error_fini(&reason);
    return status;
}

void mz_unzip_close(mz_unzip *unzip) {
    if (unzip->archive) zip_discard(unzip->archive);
    unzip->archive = NULL;
}

bool mz_unzip_has(const mz_unzip *unzip, const char *name) {
    return zip_name_locate(unzip->archive, name, 0) >= 0;
}

static mz_status check_facts(mz_unzip *unzip, zip_uint64_t index, const char *name, size_t ceiling,
                             zip_uint64_t *ret_packed_bytes, mz_error *error) {
    zip_stat_t facts;
    if (zip_stat_index(unzip->archive, index, 0, &facts) != 0 || !(facts.valid & ZIP_STAT_SIZE) ||
        !(facts.valid & ZIP_STAT_COMP_SIZE))
        return mz_fail(error, MZ_ERR_INPUT, "%s in the archive has no size: the archive is damaged", name);
    if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) && facts.encryption_method != ZIP_EM_NONE)
        return mz_fail(error, MZ_ERR_INPUT, "%s in the archive is encrypted: save it without a password", name);
    if (facts.size > ceiling)
        return mz_fail(error, MZ_ERR_LIMIT, "%s in the archive has %llu bytes, the limit is %zu", name,
                       (unsigned long long)facts.size, ceiling);
    *ret_packed_bytes = facts.comp_size;
    return MZ_OK;
}

static mz_status inflate_all(zip_file_t *file, const char *name, zip_uint64_t packed_bytes, mz_buffer *out,
                             mz_error *error) {
    for (;;) {
        char step[STEP_BYTES];
        zip_int64_t got = zip_fread(file, step, sizeof step);
        if (got == 0) return MZ_OK;
        if (got < 0)
            return mz_fail(error, MZ_ERR_INPUT, "%s in the archive is damaged (%s): fetch it again", name,
                           zip_error_strerror(zip_file_get_error(file)));
        mz_buffer_append(out, step, (size_t)got);
        if (out->starved) return mz_fail_memory(error);
        if (out->failed)
            return mz_fail(error, MZ_ERR_LIMIT, "%s in the archive has more than %zu bytes", name, out->ceiling);
        if (out->size > RATIO_FROM_BYTES && out->size / MZ_UNZIP_RATIO > packed_bytes)
            return mz_fail(error, MZ_ERR_LIMIT,
                           "%s in the archive is more than %d times its compressed size: "
                           "an archive made to exhaust memory",
                           name, MZ_UNZIP_RATIO);
    }
}

mz_status mz_unzip_read(mz_unzip *unzip, const char *name, mz_buffer *out, mz_error *error) {
    zip_uint64_t packed_bytes = 0;
    mz_buffer_clear(out);
    zip_int64_t index = zip_name_locate(unzip->archive, name, 0);
    if (index < 0) return mz_fail(error, MZ_ERR_NOT_FOUND, "the archive has no %s", name);
    mz_status status = check_facts(unzip, (zip_uint64_t)index, name, out->ceiling, &packed_bytes, error);
    if (status) return status;
    zip_file_t *file = zip_fopen_index(unzip->archive, (zip_uint64_t)index, 0);
    if (!file)
        return mz_fail(error, MZ_ERR_INPUT, "%s in the archive cannot be read (%s)", name,
                       zip_error_strerror(zip_get_error(unzip->archive)));
    status = inflate_all(file, name, packed_bytes, out, error);
    (void)zip_fclose(file);
    return status;
}
