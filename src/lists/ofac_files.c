/* Names of OFAC's files. The folder is looked through rather than names tried, because the names come in capitals
 * from the publisher and in small letters from most mirrors. */
#include "lists/ofac_files.h"

#include "base/ascii.h"
#include "base/error.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { ENDING_BYTES = 64 };

static const char *const stems[MZ_OFAC_FAMILIES][MZ_OFAC_PARTS] = {
    {"sdn", "alt", "add", "sdn_comments"},
    {"cons_prim", "cons_alt", "cons_add", "cons_comments"},
};

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* What stands between the stem and ".csv", when `name` has this stem. */
static bool ending_of(const char *name, const char *stem, char ret_ending[ENDING_BYTES]) {
    size_t size = strlen(name), stem_size = strlen(stem);
    if (size < stem_size + 4 || !mz_starts_with(mz_str_of(name), stem)) return false;
    if (!mz_ends_with(mz_str_of(name), ".csv")) return false;
    size_t ending = size - 4 - stem_size;
    unsigned char first = ending ? (unsigned char)(name[stem_size] | 0x20) : '-';
    if (ending >= ENDING_BYTES || (first >= 'a' && first <= 'z') || name[stem_size] == '_') return false;
    memcpy(ret_ending, name + stem_size, ending);
    ret_ending[ending] = '\0';
    return true;
}

static bool identify(const char *path, size_t *ret_family, mz_ofac_part *ret_part, char ret_ending[ENDING_BYTES]) {
    for (size_t family = 0; family < MZ_OFAC_FAMILIES; family++)
        for (unsigned part = 0; part < MZ_OFAC_PARTS; part++)
            if (ending_of(base_name(path), stems[family][part], ret_ending)) {
                *ret_family = family;
                *ret_part = (mz_ofac_part)part;
                return true;
            }
    return false;
}

bool mz_ofac_file_name(const char *path, mz_ofac_part *ret_part) {
    size_t family;
    char ending[ENDING_BYTES];
    return identify(path, &family, ret_part, ending);
}

static bool is_folder(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* Whether `a` is newer than `b`: no ending is what is current. */
static bool is_newer(const char *a, const char *b) {
    if (*b == '\0') return false;
    return *a == '\0' || strcmp(a, b) > 0;
}

/* The newest ending that a family's primary files in the folder have; false when there is none. */
static bool newest_ending(DIR *folder, size_t family, char ret_ending[ENDING_BYTES]) {
    bool found = false;
    rewinddir(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char ending[ENDING_BYTES];
        if (!ending_of(entry->d_name, stems[family][MZ_OFAC_PRIMARY], ending)) continue;
        if (found && !is_newer(ending, ret_ending)) continue;
        memcpy(ret_ending, ending, ENDING_BYTES);
        found = true;
    }
    return found;
}

bool mz_ofac_folder(const char *path) {
    DIR *folder = is_folder(path) ? opendir(path) : NULL;
    if (!folder) return false;
    char ending[ENDING_BYTES];
    bool found = newest_ending(folder, 0, ending) || newest_ending(folder, 1, ending);
    closedir(folder);
    return found;
}

/* Finds each part of a family in the folder by stem and ending. */
static mz_status find_parts(DIR *folder, const char *folder_path, size_t family, const char *ending,
                            mz_ofac_family *ret_family, mz_error *error) {
    memset(ret_family, 0, sizeof *ret_family);
    rewinddir(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        for (unsigned part = 0; part < MZ_OFAC_PARTS; part++) {
            char own[ENDING_BYTES], *path = ret_family->paths[part];
            if (!ending_of(entry->d_name, stems[family][part], own) || strcmp(own, ending) != 0) continue;
            int size = snprintf(path, MZ_OFAC_PATH_SIZE, "%s/%s", folder_path, entry->d_name);
            if (size < 0 || size >= MZ_OFAC_PATH_SIZE)
                return mz_fail(error, MZ_ERR_ARGUMENT, "the path of %.200s is too long", entry->d_name);
        }
    }
    static const char *const why[MZ_OFAC_PARTS] = {
        [MZ_OFAC_PRIMARY] = "it holds the records themselves; the other files only add to them",
        [MZ_OFAC_ALIASES] = "without its aliases the list misses names",
        [MZ_OFAC_ADDRESSES] = "without its addresses the list lacks countries",
    };
    for (unsigned part = 0; part < MZ_OFAC_COMMENTS; part++)
        if (!ret_family->paths[part][0])
            return mz_fail(error, MZ_ERR_NOT_FOUND, "%s%.60s.csv is missing in %.200s: %s; put it there",
                           stems[family][part], ending, folder_path, why[part]);
    ret_family->present = true;
    return MZ_OK;
}

static mz_status find_in_folder(DIR *folder, const char *path, mz_ofac_family *ret_families, mz_error *error) {
    bool any = false;
    for (size_t family = 0; family < MZ_OFAC_FAMILIES; family++) {
        char ending[ENDING_BYTES];
        if (!newest_ending(folder, family, ending)) continue;
        mz_status status = find_parts(folder, path, family, ending, &ret_families[family], error);
        if (status) return status;
        any = true;
    }
    if (any) return MZ_OK;
    return mz_fail(error, MZ_ERR_NOT_FOUND, "%.200s holds neither sdn.csv nor cons_prim.csv, OFAC's primary files",
                   path);
}

static mz_status find_siblings(DIR *folder, const char *folder_path, const char *path, mz_ofac_family *ret_families,
                               mz_error *error) {
    size_t family;
    mz_ofac_part part;
    char ending[ENDING_BYTES];
    if (!identify(path, &family, &part, ending))
        return mz_fail(error, MZ_ERR_ARGUMENT,
                       "%.100s does not have a name by which its siblings are found; name it sdn.csv, with alt.csv and "
                       "add.csv beside it",
                       base_name(path));
    mz_status status = find_parts(folder, folder_path, family, ending, &ret_families[family], error);
    if (status || part == MZ_OFAC_PRIMARY) return status;
    return mz_fail(error, MZ_ERR_ARGUMENT, "%.100s only adds to OFAC's list; give its primary file, %.100s",
                   base_name(path), base_name(ret_families[family].paths[MZ_OFAC_PRIMARY]));
}

mz_status mz_ofac_find_files(const char *path, mz_ofac_family ret_families[MZ_OFAC_FAMILIES], mz_error *error) {
    char folder_path[MZ_OFAC_PATH_SIZE];
    bool whole_folder = is_folder(path);
    size_t size = whole_folder ? strlen(path) : (size_t)(base_name(path) - path);
    while (size > 1 && path[size - 1] == '/') size--;
    if (size >= sizeof folder_path) return mz_fail(error, MZ_ERR_ARGUMENT, "the path is too long: %.200s", path);
    memcpy(folder_path, path, size);
    folder_path[size] = '\0';
    if (size == 0) memcpy(folder_path, ".", 2);
    struct stat facts;
    if (!whole_folder && stat(path, &facts) != 0) return mz_fail_errno(error, "open", path);
    memset(ret_families, 0, sizeof *ret_families * MZ_OFAC_FAMILIES);
    DIR *folder = opendir(folder_path);
    if (!folder) return mz_fail_errno(error, "open", folder_path);
    mz_status status = whole_folder ? find_in_folder(folder, folder_path, ret_families, error)
                                    : find_siblings(folder, folder_path, path, ret_families, error);
    closedir(folder);
    return status;
}
