#include "lists/sources.h"

#include "base/error.h"
#include "lists/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BLOCK_BYTES = 128 * 1024 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_separator(char c) {
    return c == '-' || c == '_' || c == '.' || c == ' ';
}

static size_t digits_at(const char *text) {
    size_t count = 0;
    while (is_digit(text[count])) count++;
    return count;
}

/* The length of the date that starts here, with the separator before it: YYYY, YYYY-MM, YYYYMMDD …; 0 for none. */
static size_t date_at(const char *text) {
    const char *at = text + is_separator(*text);
    if (digits_at(at) < 4 || (strncmp(at, "19", 2) != 0 && strncmp(at, "20", 2) != 0)) return 0;
    at += 4;
    for (int part = 0; part < 2; part++) {
        const char *next = at + is_separator(*at);
        size_t digits = digits_at(next);
        if (digits != 2 && !(part == 0 && next == at && digits == 4)) break;
        at = next + 2;
    }
    return is_digit(*at) ? 0 : (size_t)(at - text);
}

void mz_undated_name(const char *name, char *into, size_t size) {
    size_t used = 0;
    for (const char *at = name; *at && used + 1 < size;) {
        size_t date = at > name && is_digit(at[-1]) ? 0 : date_at(at);
        if (date)
            at += date;
        else
            into[used++] = *at++;
    }
    into[used] = '\0';
    if (used == 0 || into[0] == '.') (void)snprintf(into, size, "%s", name);
}

/* Reads a file block by block into a digest and, unless NULL, a packer. */
static mz_status digest_file(const char *path, mz_packer *packer, char ret_digest[MZ_DIGEST_HEX_SIZE],
                             uint64_t *ret_bytes, mz_error *error) {
    mz_input input;
    mz_digest digest;
    mz_status status = mz_input_open(&input, path, error);
    if (status) return status;
    char *block = malloc(BLOCK_BYTES);
    if (!block) status = mz_fail_memory(error);
    mz_digest_init(&digest);
    for (size_t got = 1; !status && got;) {
        status = mz_input_read(&input, block, BLOCK_BYTES, &got, error);
        if (status) break;
        mz_digest_update(&digest, block, got);
        if (packer && got) status = mz_packer_append(packer, (mz_str){block, got}, error);
    }
    mz_digest_hex(&digest, ret_digest);
    *ret_bytes = input.consumed;
    free(block);
    mz_input_close(&input);
    return status;
}

mz_status mz_sources_address(const char *path, char ret_version[MZ_VERSION_SIZE], mz_error *error) {
    uint64_t bytes;
    return digest_file(path, NULL, ret_version, &bytes, error);
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static mz_status pack_one(const char *path, const char *folder, mz_manifest *manifest, mz_error *error) {
    char packed_path[MZ_STORE_PATH_SIZE], name[sizeof manifest->sources[0].name];
    mz_packer packer = {0};
    mz_clean_copy(name, sizeof name, base_name(path));
    if (name[0] == '.') name[0] = '_';
    for (size_t i = 0; i < manifest->source_count; i++)
        if (strcmp(manifest->sources[i].name, name) == 0) return MZ_OK;
    if (manifest->source_count == MZ_MOST_SOURCES)
        return mz_fail(error, MZ_ERR_LIMIT, "a list of more than %d files", MZ_MOST_SOURCES);
    mz_source_file *source = &manifest->sources[manifest->source_count];
    memcpy(source->name, name, sizeof name);
    if (snprintf(packed_path, sizeof packed_path, "%s/source/%s.zst", folder, name) >= (int)sizeof packed_path)
        return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", folder);
    mz_status status = mz_packer_open(&packer, packed_path, error);
    if (!status) status = digest_file(path, &packer, source->digest, &source->bytes, error);
    if (!status) status = mz_packer_commit(&packer, &source->packed, error);
    mz_packer_abandon(&packer);
    if (status) return status;
    manifest->version.bytes += source->bytes;
    manifest->source_count++;
    return MZ_OK;
}

typedef struct listing_line {
    char name[240];
    const char *digest;
} listing_line;

static int by_name(const void *a, const void *b) {
    const listing_line *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->digest, y->digest);
}

/* Sets version->contents. */
static void address(mz_manifest *manifest) {
    listing_line lines[MZ_MOST_SOURCES];
    mz_digest digest;
    if (manifest->source_count == 1) {
        memcpy(manifest->version.contents, manifest->sources[0].digest, MZ_VERSION_SIZE);
        return;
    }
    for (size_t i = 0; i < manifest->source_count; i++) {
        mz_undated_name(manifest->sources[i].name, lines[i].name, sizeof lines[i].name);
        lines[i].digest = manifest->sources[i].digest;
    }
    qsort(lines, manifest->source_count, sizeof *lines, by_name);
    mz_digest_init(&digest);
    for (size_t i = 0; i < manifest->source_count; i++) {
        mz_digest_update(&digest, lines[i].digest, strlen(lines[i].digest));
        mz_digest_update(&digest, "  ", 2);
        mz_digest_update(&digest, lines[i].name, strlen(lines[i].name));
        mz_digest_update(&digest, "\n", 1);
    }
    mz_digest_hex(&digest, manifest->version.contents);
}

static bool is_folder(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* The path of a file that a reading of `list_path` named: in that folder, or beside that file. */
static mz_status source_path(const char *list_path, const char *name, char ret_path[MZ_STORE_PATH_SIZE],
                             mz_error *error) {
    bool folder = is_folder(list_path);
    int folder_size = folder ? (int)strlen(list_path) : (int)(base_name(list_path) - list_path);
    int size = snprintf(ret_path, MZ_STORE_PATH_SIZE, "%.*s%s%s", folder_size, list_path, folder ? "/" : "", name);
    if (size < 0 || size >= MZ_STORE_PATH_SIZE)
        return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", list_path);
    return MZ_OK;
}

mz_status mz_sources_pack(const char *list_path, const mz_read_report *report, const char *mapping_path,
                          const char *folder, mz_manifest *manifest, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_status status = MZ_OK;
    for (size_t i = 0; !status && i < report->file_count; i++) {
        status = source_path(list_path, report->files[i], path, error);
        if (!status) status = pack_one(path, folder, manifest, error);
    }
    if (!status && report->file_count == 0) status = pack_one(list_path, folder, manifest, error);
    if (!status && mapping_path) status = pack_one(mapping_path, folder, manifest, error);
    manifest->folder = is_folder(list_path);
    if (!status) address(manifest);
    return status;
}

typedef struct seen_file {
    char name[256];
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec changed;
} seen_file;

static seen_file seen_of(const char *name, const struct stat *facts) {
    seen_file seen = {.device = facts->st_dev, .number = facts->st_ino, .size = facts->st_size};
    (void)snprintf(seen.name, sizeof seen.name, "%s", name);
    seen.changed = facts->st_mtim;
    return seen;
}

mz_status mz_sources_look(const char *list_path, const char *mapping_path, mz_buffer *seen, mz_error *error) {
    char folder[MZ_STORE_PATH_SIZE];
    struct stat facts;
    mz_status status = source_path(list_path, is_folder(list_path) ? "" : ".", folder, error);
    if (status) return status;
    DIR *open = opendir(folder);
    if (!open && errno != EACCES) return mz_fail_errno(error, "read the folder", folder);
    for (const struct dirent *entry; open && (entry = readdir(open));) {
        if (fstatat(dirfd(open), entry->d_name, &facts, 0) < 0 || !S_ISREG(facts.st_mode)) continue;
        seen_file file = seen_of(entry->d_name, &facts);
        mz_buffer_append(seen, &file, sizeof file);
    }
    if (open) (void)closedir(open);
    if (mapping_path && stat(mapping_path, &facts) == 0) {
        seen_file file = seen_of("", &facts);
        mz_buffer_append(seen, &file, sizeof file);
    }
    return seen->failed ? mz_fail_memory(error) : MZ_OK;
}

static mz_status check_unchanged(const char *path, const char *name, const mz_buffer *seen, mz_error *error) {
    struct stat facts;
    if (stat(path, &facts) < 0) return mz_fail_errno(error, "read", path);
    const seen_file now = seen_of(name, &facts);
    for (size_t at = 0; at + sizeof now <= seen->size; at += sizeof now) {
        seen_file then;
        memcpy(&then, seen->data + at, sizeof then);
        if (strcmp(then.name, now.name) != 0) continue;
        if (then.device == now.device && then.number == now.number && then.size == now.size &&
            then.changed.tv_sec == now.changed.tv_sec && then.changed.tv_nsec == now.changed.tv_nsec)
            return MZ_OK;
        break;
    }
    return mz_fail(error, MZ_ERR_IO, "%.200s was changed while it was read; try again", path);
}

mz_status mz_sources_check_unchanged(const char *list_path, const mz_read_report *report, const char *mapping_path,
                                     const mz_buffer *seen, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    const char *own = is_folder(list_path) ? "" : base_name(list_path);
    mz_status status = MZ_OK;
    for (size_t i = 0; !status && i < report->file_count; i++) {
        if (strcmp(report->files[i], own) == 0) continue; /* which the caller looks at, also where folders are closed */
        status = source_path(list_path, report->files[i], path, error);
        if (!status) status = check_unchanged(path, report->files[i], seen, error);
    }
    if (!status && mapping_path) status = check_unchanged(mapping_path, "", seen, error);
    return status;
}

mz_status mz_source_unpack(const char *packed_path, const mz_source_file *source, const char *path, mz_error *error) {
    mz_unpacker unpacker;
    mz_file_writer writer;
    mz_digest digest;
    char seen[MZ_DIGEST_HEX_SIZE];
    mz_status status = mz_unpacker_open(&unpacker, packed_path, error);
    if (status) return status;
    status = mz_file_writer_open(&writer, path, error);
    bool open = !status;
    mz_digest_init(&digest);
    for (bool more = true; !status && more;) {
        status = mz_unpacker_frame(&unpacker, &more, error);
        if (status || !more) break;
        mz_digest_update(&digest, unpacker.frame.data, unpacker.frame.size);
        status = mz_file_writer_append(&writer, unpacker.frame.data, unpacker.frame.size, error);
    }
    mz_digest_hex(&digest, seen);
    if (!status && strcmp(seen, source->digest) != 0)
        status = mz_fail(error, MZ_ERR_INPUT, "damaged: %.200s does not hold what was published", packed_path);
    if (!status)
        status = mz_file_writer_commit(&writer, error);
    else if (open)
        mz_file_writer_abandon(&writer);
    mz_unpacker_close(&unpacker);
    return status;
}
