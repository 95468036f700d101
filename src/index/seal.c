#include "index/seal.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <xxhash.h>

/* The version goes up when the check of images becomes stricter: what passed the old one is checked again. */
enum { SEAL_VERSION = 1, PATH_BYTES = 4096 };
static const char seal_magic[8] = "MIZANSL1";

typedef struct seal {
    char magic[8];
    uint64_t version, device, inode, size;
    int64_t modified_s, modified_ns, changed_s, changed_ns;
    uint64_t image; /* checksum of its header */
    uint8_t rules[MZ_RULES_BYTES];
    uint64_t checksum; /* XXH3 of all before it */
} seal;
_Static_assert(sizeof(seal) == 104, "no padding");

static seal seal_of(const struct stat *facts, const mz_image_header *header) {
    seal made = {.version = SEAL_VERSION,
                 .device = facts->st_dev,
                 .inode = facts->st_ino,
                 .size = (uint64_t)facts->st_size,
                 .modified_s = facts->st_mtim.tv_sec,
                 .modified_ns = facts->st_mtim.tv_nsec,
                 .changed_s = facts->st_ctim.tv_sec,
                 .changed_ns = facts->st_ctim.tv_nsec,
                 .image = header->checksum};
    memcpy(made.magic, seal_magic, sizeof made.magic);
    memcpy(made.rules, mz_rules_digest, sizeof made.rules);
    made.checksum = XXH3_64bits(&made, offsetof(seal, checksum));
    return made;
}

static bool path_of(const char *path, char ret_path[PATH_BYTES]) {
    int size = snprintf(ret_path, PATH_BYTES, "%s.seal", path);
    return size > 0 && size < PATH_BYTES;
}

/* Nobody but the user and root can have written it. */
static bool is_own(const struct stat *facts) {
    return S_ISREG(facts->st_mode) && (facts->st_uid == geteuid() || facts->st_uid == 0) &&
           !(facts->st_mode & (S_IWGRP | S_IWOTH)) && facts->st_nlink == 1;
}

bool mz_seal_holds(const char *path, const struct stat *facts, const mz_image_header *header) {
    char seal_path[PATH_BYTES];
    struct stat own;
    seal expected = seal_of(facts, header), found;
    if (!path_of(path, seal_path)) return false;
    int descriptor = open(seal_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return false;
    bool holds = fstat(descriptor, &own) == 0 && is_own(&own) && own.st_size == sizeof found &&
                 read(descriptor, &found, sizeof found) == sizeof found && memcmp(&found, &expected, sizeof found) == 0;
    (void)close(descriptor);
    return holds;
}

/* Only this user may write to it; who may read the image may read it. */
static void write_seal(const char *path, mode_t mode, const seal *made) {
    mz_file_writer writer;
    if (mz_file_writer_open(&writer, path, NULL)) return;
    if (fchmod(writer.descriptor, mode & (S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH)) < 0 ||
        mz_file_writer_append(&writer, made, sizeof *made, NULL))
        mz_file_writer_abandon(&writer);
    else
        (void)mz_file_writer_commit(&writer, NULL);
}

void mz_seal_put(const char *path, const struct stat *facts, const mz_image_header *header) {
    char seal_path[PATH_BYTES];
    int kept = errno;
    seal made = seal_of(facts, header);
    if ((facts->st_uid == geteuid() || geteuid() == 0) && path_of(path, seal_path))
        write_seal(seal_path, facts->st_mode, &made);
    errno = kept;
}
