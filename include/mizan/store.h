/* The list store: a folder with every version of every list, each addressed by its content, and the image of the
 * current ones.
 *
 *     FOLDER/lists/LIST/VERSION/   manifest.json, records.ndjson.zst (canonical records), source/ (the files as
 *                                  published, compressed), delta.ndjson.zst (against the version before)
 *     FOLDER/lists/LIST/current    a file that names the current version
 *     FOLDER/lists/LIST/journal    what became current, when, in place of what, and what was accepted
 *     FOLDER/index.mzi             the image of all current versions
 *
 * Kept files that are read again with a better reader make a version of their own beside the first.
 *
 * A version appears by one rename and becomes current by another: killed at any moment, the store opens with the
 * last good one. A lock file keeps two writers apart; readers need none.
 *
 * Threads: an open store may be used by any number of threads at once; it is not written to between opening and
 * closing. Those that write wait for each other like two processes, up to five seconds. Callbacks run in the thread
 * that called. The environment is read when a store is opened, for the time and when libcurl looks for proxies: it must
 * not be changed meanwhile.
 *
 * The times that a store notes (imported, checked, the journal's) are the machine's, or those of MIZAN_NOW (seconds
 * since 1970) when that is set, which is for tests: as evidence they are worth what the environment of who writes is.
 */
#ifndef MIZAN_STORE_H
#define MIZAN_STORE_H

#include "mizan/list.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

MZ_BEGIN_DECLS

typedef struct mz_list_store mz_list_store;

/* Opens the store at `folder`, making it when absent (mode 0700) and `writable`; absent and not writable:
 * MZ_ERR_NOT_FOUND. folder NULL: $MIZAN_HOME, else $XDG_DATA_HOME/mizan, else ~/.local/share/mizan. */
mz_status mz_list_store_open(const char *folder, bool writable, mz_list_store **ret_store, mz_error *error);
void mz_list_store_close(mz_list_store *store);
const char *mz_list_store_folder(const mz_list_store *store);

enum { MZ_VERSION_SIZE = 65 }; /* 64 hexadecimal digits of BLAKE2b and a NUL */

typedef struct mz_list_version {
    char list[64];
    char version[MZ_VERSION_SIZE];  /* `contents`; with `base`, an address of it too; read again, of its records too */
    char contents[MZ_VERSION_SIZE]; /* content address of the source files */
    char previous[MZ_VERSION_SIZE]; /* "" for the first */
    char base[MZ_VERSION_SIZE];     /* its source is a file of changes, applied to this version; "" for a whole list */
    char format[32];
    char origin[1024]; /* address or path it came from */
    int64_t imported;  /* seconds since 1970 */
    int64_t reread;    /* when the kept files were read again into this version; 0: never */
    int64_t checked;   /* when its publisher last confirmed that this is what it has; at least `imported` */
    int64_t published; /* the list's own date, 0 unknown */
    uint64_t records, entities, rejected, bytes;
    uint64_t added, removed, changed; /* against `previous` */
    char accepted[480];               /* what was overridden knowingly, "" when nothing */
    char damage[240]; /* what is wrong with its files; then only `list` and `version` are meant. "" when whole */
} mz_list_version;

typedef struct mz_import_options {
    const char *list;         /* short name; NULL: the format's usual */
    const char *mapping_path; /* see mz_read_options */
    const char *origin;       /* NULL: the path */
    bool accept;              /* import although shrunk, older or of another kind */
    double most_shrink;       /* largest share of records that may vanish; 0: 0.2 */
    int (*progress)(void *context, uint64_t done_bytes, uint64_t total_bytes);
    /* Rejected records, as they are read; may be NULL. */
    mz_status (*rejected)(void *context, const mz_rejection *rejection, mz_error *error);
    void *context;
} mz_import_options;

/* Reads the file(s) at `path` into a new version and makes it current. The same contents as the current version:
 * *ret_new false, nothing changed. Refused (MZ_ERR_REFUSED; text says why and names --accept) when smaller than
 * allowed, older than the one held, or of another format; malformed input is never accepted.
 *
 * A file of changes (see mz_read_options.deleted) is applied to the current version: the modified records stand in
 * their old places, the added ones behind all others. MZ_ERR_REFUSED when there is no version to apply it to, and when
 * a change does not fit: modified or deleted but not held, added but held, changed twice. `accept` applies what can be
 * applied: what is modified but not held is added, what is added but held is modified, the last of several stands. */
mz_status mz_list_store_import(mz_list_store *store, const mz_list_format *format, const char *path,
                               const mz_import_options *options, mz_list_version *ret_version, bool *ret_new,
                               mz_error *error);

/* Reads the kept files of a list's current version again and, when other records come of them (a reader that has
 * learned something), makes these a new version with the same contents and current. *ret_new false: the records are
 * the same. Of the options `accept`, `most_shrink` and the callbacks count; refusals as in mz_list_store_import.
 * Of a version made by a file of changes, that file is read again and applied to the records of `base` as they are. */
mz_status mz_list_store_reread(mz_list_store *store, const char *list, const mz_import_options *options,
                               mz_list_version *ret_version, bool *ret_new, mz_error *error);

/* The current versions, by list name; *ret_versions to be freed with free(). */
mz_status mz_list_store_current(mz_list_store *store, mz_list_version **ret_versions, size_t *ret_count,
                                mz_error *error);
/* All versions of a list, newest first. */
mz_status mz_list_store_history(mz_list_store *store, const char *list, mz_list_version **ret_versions,
                                size_t *ret_count, mz_error *error);

/* Calls back for each record of a version (NULL: the current one), in file order. */
mz_status mz_list_store_records(mz_list_store *store, const char *list, const char *version,
                                mz_status (*record)(void *context, const mz_record *record, mz_error *error),
                                void *context, mz_error *error);

typedef enum mz_change_kind { MZ_CHANGE_ADDED, MZ_CHANGE_REMOVED, MZ_CHANGE_CHANGED } mz_change_kind;

/* One value that came or went: from empty or to empty when it was added or removed. */
typedef struct mz_field_change {
    mz_schema schema; /* of the entity it is in: the listed one or an attached one */
    mz_property property;
    mz_str from, to;
} mz_field_change;

typedef struct mz_change {
    mz_change_kind kind;
    mz_str id, reference, caption;
    const mz_field_change *fields; /* for CHANGED */
    size_t field_count;
} mz_change;

/* What changed between two versions (NULL, NULL: the current one against the one before it), by id. Versions may be
 * given by any unambiguous prefix of at least four digits. */
mz_status mz_list_store_diff(mz_list_store *store, const char *list, const char *old_version, const char *new_version,
                             mz_status (*change)(void *context, const mz_change *change, mz_error *error),
                             void *context, mz_error *error);

/* Makes an earlier version current again (undo of an import); `version` as in mz_list_store_diff. */
mz_status mz_list_store_select(mz_list_store *store, const char *list, const char *version, mz_error *error);

enum { MZ_ORIGIN_TOPICS_MOST = 2, MZ_ORIGIN_DATASETS_MOST = 3 };

/* Where lists are published. */
typedef struct mz_list_origin {
    const char *list, *title, *format;
    const char *addresses[5]; /* the files of the list, https; NULL behind the last */
    const char *files[5];     /* the names they are kept under, as readers know them; NULL behind the last */
    const char *publisher;
    const char *note; /* what a person should know before choosing it, "" when nothing */
    bool usual;       /* one of those to bring in when none is named */
    /* What an entity of it is that does not say so, and what data sets of FollowTheMoney call the list; NULL behind the
     * last. A filter by topic goes by it. */
    const char *topics[MZ_ORIGIN_TOPICS_MOST], *datasets[MZ_ORIGIN_DATASETS_MOST];
} mz_list_origin;
/* The catalogue, in the order for help; *ret_count of them. */
const mz_list_origin *mz_list_origins(size_t *ret_count);

typedef struct mz_update_options {
    /* Instead of the official one: for a mirror, or a test. May be http: on this machine (127.0.0.1). When it ends in
     * '/', the names of the list's files are put behind it; a list of several files needs that. NULL: official. */
    const char *address;
    uint64_t limit_bytes; /* of one file; 0: 1 GiB */
    unsigned timeout_s;   /* without progress; 0: 60 */
    bool accept;          /* as in mz_import_options; also brings back a version that a person went back from */
    /* Progress of the download, file by file, then of the reading. Non-zero stops. */
    int (*progress)(void *context, const char *list, uint64_t done_bytes, uint64_t total_bytes);
    mz_status (*rejected)(void *context, const mz_rejection *rejection, mz_error *error);
    void *context;
} mz_update_options;

typedef enum mz_update_outcome { MZ_UPDATE_NEW, MZ_UPDATE_UNCHANGED } mz_update_outcome;

/* Downloads a list (TLS verified, If-None-Match / If-Modified-Since, resumed where it broke off, proxies from the
 * environment) and imports it. Unchanged when the publisher still has what was imported from there last, also when a
 * person has gone back to an earlier version since (mz_list_store_select): that stands until the publisher brings out
 * something else, or `accept`. *ret_version is the current version in any case. */
mz_status mz_list_store_update(mz_list_store *store, const char *list, const mz_update_options *options,
                               mz_list_version *ret_version, mz_update_outcome *ret_outcome, mz_error *error);

MZ_END_DECLS

#endif
