/* An image is called by the digest of the lists and versions in it. Who builds holds a lock of the folder, so that two
 * build none at once; who only opens needs none, since an image is replaced whole and stays mapped when it is removed.
 * An image that is opened is touched, and those that were touched longest ago go first. */
#include "audit/replay_image.h"

#include "audit/receipt.h"
#include "base/ascii.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "base/shown.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, LISTS_MOST = 1000 };

typedef struct wanted_list {
    mz_str list, version;
    int64_t published;
} wanted_list;

typedef struct wanted_image {
    wanted_list *lists;
    size_t count;
    char path[PATH_BYTES];
    char name[MZ_DIGEST_HEX_SIZE + 8];
} wanted_image;

/* ---- which ---- */

static bool is_name(mz_str text, size_t most) {
    bool name = text.size > 0 && text.size <= most;
    for (size_t k = 0; k < text.size && name; k++)
        name = mz_is_letter(text.data[k]) || mz_is_digit(text.data[k]) || text.data[k] == '-' || text.data[k] == '_';
    return name;
}

static mz_status read_list(const mz_json_value *value, wanted_list *list, mz_error *error) {
    *list = (wanted_list){.list = MZ_STR(""), .version = MZ_STR("")};
    mz_status status = mz_json_expect(value, MZ_JSON_OBJECT, "a list of a receipt", error);
    if (!status) status = mz_json_read_str(value, "list", &list->list, error);
    if (!status) status = mz_json_read_str(value, "version", &list->version, error);
    if (!status) status = mz_json_read_int(value, "published", INT64_MIN, INT64_MAX, &list->published, error);
    if (!status && !list->version.size)
        return mz_fail(error, MZ_ERR_NOT_FOUND, "the list %.*s was screened from a file, not from the store of lists",
                       mz_shown(list->list), list->list.data);
    if (!status && (!is_name(list->list, 63) || !is_name(list->version, MZ_VERSION_SIZE - 1)))
        status = mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column, "a receipt names what is no list version");
    return status;
}

static mz_status read_wanted(const mz_json_value *lists, const char *folder, mz_arena *arena, wanted_image *image,
                             mz_error *error) {
    char hex[MZ_DIGEST_HEX_SIZE];
    mz_digest digest;
    mz_status status = lists ? mz_json_expect(lists, MZ_JSON_ARRAY, "the lists of a receipt", error)
                             : mz_fail(error, MZ_ERR_INPUT, "a receipt names no lists");
    if (status) return status;
    if (lists->count > LISTS_MOST) return mz_fail(error, MZ_ERR_INPUT, "a receipt names too many lists");
    image->lists = MZ_ARENA_NEW(arena, lists->count + 1, wanted_list);
    if (!image->lists) return mz_fail_arena(arena, error, "a receipt");
    mz_digest_init(&digest);
    for (const mz_json_value *value = lists->child; value && !status; value = value->next) {
        wanted_list *list = &image->lists[image->count++];
        status = read_list(value, list, error);
        if (status) return status;
        mz_digest_update(&digest, list->list.data, list->list.size);
        mz_digest_update(&digest, " ", 1);
        mz_digest_update(&digest, list->version.data, list->version.size);
        mz_digest_update(&digest, "\n", 1);
    }
    mz_digest_hex(&digest, hex);
    (void)snprintf(image->name, sizeof image->name, "%s.mzi", hex);
    int size = snprintf(image->path, sizeof image->path, "%s/%s", folder, image->name);
    if (size < 0 || size >= PATH_BYTES) return mz_fail(error, MZ_ERR_ARGUMENT, "the folder's path is too long");
    return MZ_OK;
}

static bool holds(const mz_index *index, const wanted_image *image) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    bool all = facts.list_count == image->count;
    for (size_t k = 0; k < image->count && all; k++)
        all = mz_str_equal(facts.lists[k].list, image->lists[k].list) &&
              mz_str_equal(facts.lists[k].version, image->lists[k].version);
    return all;
}

/* ---- building ---- */

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    return mz_index_builder_add(context, record, error);
}

static mz_status add_list(mz_index_builder *builder, const wanted_list *wanted, mz_list_store *lists, mz_error *error) {
    char list[64], version[MZ_VERSION_SIZE];
    (void)snprintf(list, sizeof list, "%.*s", (int)wanted->list.size, wanted->list.data);
    (void)snprintf(version, sizeof version, "%.*s", (int)wanted->version.size, wanted->version.data);
    mz_status status = mz_index_builder_list(builder, wanted->list, wanted->version, wanted->published, error);
    if (!status) status = mz_list_store_records(lists, list, version, add_record, builder, error);
    return status;
}

static mz_status build(const wanted_image *image, mz_list_store *lists, mz_error *error) {
    mz_index_builder *builder;
    mz_status status = mz_index_builder_new(image->path, &builder, error);
    if (status) return status;
    for (size_t k = 0; k < image->count && !status; k++) status = add_list(builder, &image->lists[k], lists, error);
    if (!status) status = mz_index_builder_finish(builder, error);
    mz_index_builder_free(builder);
    return status;
}

/* ---- keeping few ---- */

typedef struct kept_image {
    char name[80];
    struct timespec touched;
} kept_image;

static int order_of_images(const void *a, const void *b) {
    const kept_image *x = a, *y = b;
    if (x->touched.tv_sec != y->touched.tv_sec) return x->touched.tv_sec < y->touched.tv_sec ? -1 : 1;
    return (x->touched.tv_nsec > y->touched.tv_nsec) - (x->touched.tv_nsec < y->touched.tv_nsec);
}

static size_t find_images(const char *folder, kept_image *images, size_t most) {
    DIR *open_folder = opendir(folder);
    size_t count = 0;
    for (struct dirent *file = open_folder ? readdir(open_folder) : NULL; file && count < most;
         file = readdir(open_folder)) {
        struct stat facts;
        size_t size = strlen(file->d_name);
        if (size != MZ_DIGEST_HEX_SIZE - 1 + 4 || strcmp(file->d_name + size - 4, ".mzi") != 0) continue;
        if (fstatat(dirfd(open_folder), file->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0) continue;
        images[count].touched = facts.st_mtim;
        (void)snprintf(images[count++].name, sizeof images->name, "%s", file->d_name);
    }
    if (open_folder) (void)closedir(open_folder);
    return count;
}

static void remove_image(const char *folder, const char *name) {
    static const char *const behind[] = {"", ".seal", ".changes"};
    char path[2 * PATH_BYTES];
    for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) {
        (void)snprintf(path, sizeof path, "%s/%s%s", folder, name, behind[k]);
        (void)unlink(path);
    }
}

/* Room for one more. */
static void make_room(const char *folder) {
    enum { SEEN_MOST = 64 };
    kept_image images[SEEN_MOST];
    size_t count = find_images(folder, images, SEEN_MOST);
    qsort(images, count, sizeof *images, order_of_images);
    for (size_t k = 0; count - k >= MZ_REPLAY_IMAGES_MOST && k < count; k++) remove_image(folder, images[k].name);
}

/* ---- opening ---- */

static bool open_kept(const wanted_image *image, mz_index **ret_index) {
    mz_index *index;
    mz_error own;
    if (mz_index_open(image->path, &index, &own)) return false;
    if (!holds(index, image)) {
        mz_index_close(index);
        return false;
    }
    (void)utimensat(AT_FDCWD, image->path, NULL, 0);
    *ret_index = index;
    return true;
}

static mz_status build_and_open(const wanted_image *image, mz_list_store *lists, const char *folder,
                                mz_index **ret_index, mz_error *error) {
    char lock[PATH_BYTES + 8];
    (void)snprintf(lock, sizeof lock, "%s/lock", folder);
    int descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return mz_fail_errno(error, "lock", lock);
    mz_status status = flock(descriptor, LOCK_EX) == 0 ? MZ_OK : mz_fail_errno(error, "lock", lock);
    if (!status && !open_kept(image, ret_index)) { /* another may have built it meanwhile */
        make_room(folder);
        status = build(image, lists, error);
        if (!status) status = mz_index_open(image->path, ret_index, error);
    }
    (void)close(descriptor);
    return status;
}

mz_status mz_replay_image_open(const mz_json_value *receipt_lists, mz_list_store *lists, const char *folder,
                               mz_arena *arena, mz_index **ret_index, mz_error *error) {
    wanted_image image = {.count = 0};
    mz_status status = read_wanted(receipt_lists, folder, arena, &image, error);
    if (!status) status = mz_folder_make(folder, error);
    if (status || open_kept(&image, ret_index)) return status;
    return build_and_open(&image, lists, folder, ret_index, error);
}
