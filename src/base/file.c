#include "base/file.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK_BYTES = 128 * 1024, PARTIAL_DIGITS = 16 };

static const char partial_mark[] = ".partial-";

static mz_status open_for_reading(const char *path, int *ret_descriptor, uint64_t *ret_size, mz_error *error) {
    *ret_size = 0;
    if (strcmp(path, "-") == 0) {
        int copy = dup(STDIN_FILENO);
        if (copy < 0) return mz_fail_errno(error, "read", "standard input");
        *ret_descriptor = copy;
        return MZ_OK;
    }
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return mz_fail_errno(error, "open", path);
    struct stat facts;
    if (fstat(descriptor, &facts) < 0) {
        mz_status status = mz_fail_errno(error, "examine", path);
        close(descriptor);
        return status;
    }
    if (S_ISDIR(facts.st_mode)) {
        close(descriptor);
        return mz_fail(error, MZ_ERR_ARGUMENT, "%.200s is a folder, a file is needed", path);
    }
    if (S_ISREG(facts.st_mode)) *ret_size = (uint64_t)facts.st_size;
    *ret_descriptor = descriptor;
    return MZ_OK;
}

static mz_status read_some(int descriptor, const char *name, void *into, size_t size, size_t *ret_size,
                           mz_error *error) {
    ssize_t got;
    do got = read(descriptor, into, size);
    while (got < 0 && errno == EINTR);
    if (got < 0) return mz_fail_errno(error, "read", name);
    *ret_size = (size_t)got;
    return MZ_OK;
}

mz_status mz_file_read(const char *path, mz_buffer *buffer, mz_error *error) {
    int descriptor = -1;
    uint64_t size;
    mz_buffer_clear(buffer);
    mz_status status = open_for_reading(path, &descriptor, &size, error);
    if (status) return status;
    if (size > buffer->ceiling) {
        close(descriptor);
        return mz_fail(error, MZ_ERR_LIMIT, "%.200s has %llu bytes, the limit is %zu", path, (unsigned long long)size,
                       buffer->ceiling);
    }
    /* one byte more than the size, so that the end is seen without growing the buffer once more */
    size_t step = size ? (size_t)size + 1 : BLOCK_BYTES;
    for (size_t got = 1; !status && got;) {
        if (!mz_buffer_reserve(buffer, buffer->ceiling - buffer->size < step ? buffer->ceiling - buffer->size : step)) {
            status = mz_fail_memory(error);
            break;
        }
        size_t room = buffer->capacity - buffer->size - 1;
        if (room > buffer->ceiling - buffer->size) room = buffer->ceiling - buffer->size;
        char probe;
        if (room == 0) { /* at the ceiling: more bytes are an error, the end is not */
            status = read_some(descriptor, path, &probe, 1, &got, error);
            if (!status && got)
                status =
                    mz_fail(error, MZ_ERR_LIMIT, "%.200s is larger than the limit of %zu bytes", path, buffer->ceiling);
            break;
        }
        status = read_some(descriptor, path, buffer->data + buffer->size, room, &got, error);
        if (!status) {
            buffer->size += got;
            buffer->data[buffer->size] = '\0';
        }
        step = BLOCK_BYTES;
    }
    close(descriptor);
    return status;
}

static mz_status sync_folder_of(const char *path, mz_error *error) {
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (!slash) return mz_folder_sync(".", error);
    size_t size = slash == path ? 1 : (size_t)(slash - path);
    if (size >= sizeof folder) return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", path);
    memcpy(folder, path, size);
    folder[size] = '\0';
    return mz_folder_sync(folder, error);
}

enum { PARTIAL_TAIL = sizeof partial_mark - 1 + PARTIAL_DIGITS };

/* Of a text as long as PARTIAL_TAIL. */
static bool is_partial_tail(const char *tail) {
    return memcmp(tail, partial_mark, sizeof partial_mark - 1) == 0 &&
           strspn(tail + sizeof partial_mark - 1, "0123456789abcdef") == PARTIAL_DIGITS;
}

bool mz_file_is_partial(const char *name) {
    size_t size = strlen(name);
    return size > PARTIAL_TAIL && is_partial_tail(name + size - PARTIAL_TAIL);
}

bool mz_file_is_partial_of(const char *final_name, const char *name) {
    size_t size = strlen(final_name);
    return strncmp(name, final_name, size) == 0 && strlen(name + size) == PARTIAL_TAIL && is_partial_tail(name + size);
}

int mz_file_claim(int folder, const char *name) {
    int descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
    (void)close(descriptor);
    return -1;
}

/* Tells who sweeps that the file is in use; false when it was swept before it could be told. Where files cannot be
 * locked, who sweeps cannot lock them either and leaves them. */
static bool mark_as_used(int descriptor) {
    struct stat facts;
    while (flock(descriptor, LOCK_EX) < 0 && errno == EINTR) continue;
    return fstat(descriptor, &facts) < 0 || facts.st_nlink > 0;
}

/* mkostemp would make the file private; widening it again needs the umask, which cannot be read without setting it
 * for all threads. Opened this way the kernel applies it. */
static int create_beside(char *partial_path, size_t size, const char *path) {
    for (int attempt = 0; attempt < 16; attempt++) {
        uint64_t random;
        if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random) return -1;
        int length =
            snprintf(partial_path, size, "%s%s%0*llx", path, partial_mark, PARTIAL_DIGITS, (unsigned long long)random);
        if (length < 0 || (size_t)length >= size) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int descriptor = open(partial_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno != EEXIST) return -1;
        if (descriptor >= 0 && mark_as_used(descriptor)) return descriptor;
        if (descriptor >= 0) (void)close(descriptor);
    }
    errno = EEXIST;
    return -1;
}

/* Not every file system makes files without a name; there it has one for a moment. */
int mz_file_unnamed(const char *path) {
    char folder[PATH_MAX], partial_path[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t size = slash ? (size_t)(slash - path) + 1 : 0;
    if (size + 2 > sizeof folder) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(folder, path, size);
    memcpy(folder + size, ".", 2);
    int descriptor = open(folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (descriptor >= 0) return descriptor;
    descriptor = create_beside(partial_path, sizeof partial_path, path);
    if (descriptor < 0) return -1;
    int kept = unlink(partial_path) < 0 ? errno : 0;
    if (!kept) return descriptor;
    (void)close(descriptor);
    errno = kept;
    return -1;
}

mz_status mz_file_writer_open(mz_file_writer *writer, const char *path, mz_error *error) {
    *writer = (mz_file_writer){.descriptor = -1};
    int size = snprintf(writer->final_path, sizeof writer->final_path, "%s", path);
    if (size < 0 || (size_t)size >= sizeof writer->final_path)
        return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", path);
    struct stat facts;
    bool replaces = stat(path, &facts) == 0;
    if (replaces && !S_ISREG(facts.st_mode)) /* renaming over a folder fails late, over /dev/null succeeds */
        return mz_fail(error, MZ_ERR_ARGUMENT, "%.200s is %s, the name of a file is needed", path,
                       S_ISDIR(facts.st_mode) ? "a folder" : "a device or pipe");
    writer->descriptor = create_beside(writer->partial_path, sizeof writer->partial_path, path);
    if (writer->descriptor < 0) return mz_fail_errno(error, "write", path);
    if (replaces && fchmod(writer->descriptor, facts.st_mode & 0777) < 0) {
        mz_status status = mz_fail_errno(error, "write", path);
        mz_file_writer_abandon(writer);
        return status;
    }
    return MZ_OK;
}

mz_status mz_file_writer_append(mz_file_writer *writer, const void *data, size_t size, mz_error *error) {
    const char *at = data;
    while (size > 0) {
        ssize_t put = write(writer->descriptor, at, size);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return mz_fail_errno(error, "write", writer->final_path);
        at += put;
        size -= (size_t)put;
        writer->size += (uint64_t)put;
    }
    return MZ_OK;
}

mz_status mz_file_writer_commit(mz_file_writer *writer, mz_error *error) {
    return mz_file_writer_commit_over(writer, NULL, error);
}

mz_status mz_file_writer_commit_over(mz_file_writer *writer, const char *obsolete, mz_error *error) {
    mz_status status = MZ_OK;
    if (fsync(writer->descriptor) < 0) status = mz_fail_errno(error, "write", writer->final_path);
    if (!status && rename(writer->partial_path, writer->final_path) < 0)
        status = mz_fail_errno(error, "replace", writer->final_path);
    if (status) {
        mz_file_writer_abandon(writer);
        return status;
    }
    if (obsolete && unlink(obsolete) < 0 && errno != ENOENT) status = mz_fail_errno(error, "remove", obsolete);
    (void)close(writer->descriptor); /* not before the rename: until then the file is to be seen as in use */
    writer->descriptor = -1;
    return status ? status : sync_folder_of(writer->final_path, error);
}

void mz_file_writer_abandon(mz_file_writer *writer) {
    if (writer->descriptor < 0) return;
    (void)unlink(writer->partial_path);
    (void)close(writer->descriptor);
    writer->descriptor = -1;
}

mz_status mz_file_replace(const char *path, const void *data, size_t size, mz_error *error) {
    mz_file_writer writer;
    mz_status status = mz_file_writer_open(&writer, path, error);
    if (status) return status;
    status = mz_file_writer_append(&writer, data, size, error);
    if (status) {
        mz_file_writer_abandon(&writer);
        return status;
    }
    return mz_file_writer_commit(&writer, error);
}

mz_status mz_folder_make(const char *path, mz_error *error) {
    char part[PATH_MAX];
    size_t size = strlen(path);
    if (size == 0 || size >= sizeof part) return mz_fail(error, MZ_ERR_ARGUMENT, "unusable folder name: %.200s", path);
    memcpy(part, path, size + 1);
    for (size_t i = 1; i <= size; i++) {
        if (part[i] != '/' && part[i] != '\0') continue;
        char kept = part[i];
        part[i] = '\0';
        if (mkdir(part, 0700) < 0 && errno != EEXIST) return mz_fail_errno(error, "make the folder", part);
        part[i] = kept;
    }
    struct stat facts;
    if (stat(path, &facts) < 0) return mz_fail_errno(error, "examine", path);
    if (!S_ISDIR(facts.st_mode)) return mz_fail(error, MZ_ERR_IO, "%.200s is not a folder", path);
    return MZ_OK;
}

mz_status mz_folder_sync(const char *path, mz_error *error) {
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return mz_fail_errno(error, "open the folder", path);
    mz_status status = MZ_OK;
    /* some file systems cannot flush a folder and say EINVAL; the rename itself is atomic there too */
    if (fsync(descriptor) < 0 && errno != EINVAL) status = mz_fail_errno(error, "flush the folder", path);
    (void)close(descriptor);
    return status;
}

mz_status mz_input_open(mz_input *input, const char *path, mz_error *error) {
    *input = (mz_input){.descriptor = -1};
    (void)snprintf(input->name, sizeof input->name, "%s", strcmp(path, "-") == 0 ? "standard input" : path);
    mz_status status = open_for_reading(path, &input->descriptor, &input->total_bytes, error);
    if (status) return status;
    input->block = malloc(BLOCK_BYTES);
    input->block_size = BLOCK_BYTES;
    if (!input->block) {
        mz_input_close(input);
        return mz_fail_memory(error);
    }
    return MZ_OK;
}

void mz_input_memory(mz_input *input, const char *name, mz_str bytes) {
    *input = (mz_input){.descriptor = -1, .memory = bytes.data, .memory_size = bytes.size, .total_bytes = bytes.size};
    (void)snprintf(input->name, sizeof input->name, "%s", name);
}

void mz_input_close(mz_input *input) {
    if (input->descriptor >= 0) (void)close(input->descriptor);
    free(input->block);
    input->descriptor = -1;
    input->block = NULL;
    input->at = input->end = 0;
    input->memory = NULL;
    input->memory_size = 0;
}

static const char byte_order_mark[3] = "\xEF\xBB\xBF";

/* A pipe may give the byte-order mark in pieces; then more is read before it is looked at. */
static bool may_be_mark(const mz_input *input) {
    return input->end > 0 && input->end < sizeof byte_order_mark &&
           memcmp(input->block, byte_order_mark, input->end) == 0;
}

static mz_status fill_block(mz_input *input, mz_error *error) {
    size_t got = 0;
    input->at = input->end = 0;
    do {
        mz_status status = read_some(input->descriptor, input->name, input->block + input->end,
                                     input->block_size - input->end, &got, error);
        if (status) return status;
        input->end += got;
    } while (got && input->consumed == 0 && may_be_mark(input));
    return MZ_OK;
}

/* Makes at least one byte available in [at, end) of `source`, unless at the end. */
static mz_status look(mz_input *input, const char **ret_at, size_t *ret_size, mz_error *error) {
    if (input->descriptor < 0) {
        *ret_at = input->memory ? input->memory + input->at : "";
        *ret_size = input->memory_size - input->at;
        return MZ_OK;
    }
    if (input->at == input->end) {
        mz_status status = fill_block(input, error);
        if (status) return status;
    }
    *ret_at = input->block + input->at;
    *ret_size = input->end - input->at;
    return MZ_OK;
}

static void consume(mz_input *input, size_t size) {
    input->at += size;
    input->consumed += size;
}

mz_status mz_input_read(mz_input *input, void *into, size_t size, size_t *ret_size, mz_error *error) {
    const char *at;
    size_t available;
    mz_status status = look(input, &at, &available, error);
    if (status) return status;
    size_t take = available < size ? available : size;
    if (take) memcpy(into, at, take);
    consume(input, take);
    *ret_size = take;
    return MZ_OK;
}

mz_status mz_input_line(mz_input *input, mz_buffer *line, bool *ret_more, mz_error *error) {
    bool any = false, too_long = false, ended = false;
    mz_buffer_clear(line);
    while (!ended) {
        const char *at;
        size_t available;
        mz_status status = look(input, &at, &available, error);
        if (status) return status;
        if (available == 0) break;
        if (input->consumed == 0 && available >= sizeof byte_order_mark &&
            memcmp(at, byte_order_mark, sizeof byte_order_mark) == 0) {
            consume(input, sizeof byte_order_mark);
            continue;
        }
        any = true;
        const char *newline = memchr(at, '\n', available);
        size_t size = newline ? (size_t)(newline - at) : available;
        too_long = too_long || size > line->ceiling - line->size;
        if (!too_long) mz_buffer_append(line, at, size);
        ended = newline != NULL;
        consume(input, size + ended);
    }
    if (any) input->line++;
    if (too_long || line->failed) {
        bool memory = !too_long;
        mz_buffer_clear(line);
        *ret_more = true;
        return memory ? mz_fail_memory(error)
                      : mz_fail_at(error, MZ_ERR_LIMIT, input->line, 0, "line longer than %zu bytes", line->ceiling);
    }
    if (line->size && line->data[line->size - 1] == '\r') line->data[--line->size] = '\0';
    *ret_more = any;
    return MZ_OK;
}
