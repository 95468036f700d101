/* Bringing a list into the store.
 *
 *     lock, sweep ─▶ read into .new-XXXXXX/ (records, delta, sources) ─▶ judge ─▶ manifest ─▶ rename ─▶ current
 *
 * Of a file of changes the records are those of the version that is changed, with the changes; see apply.h.
 *
 * Each file is flushed before it gets its name, the folder before it gets its own, and the folder above before
 * `current` is replaced; so at every moment the store holds whole versions only, and `current` names one of them. One
 * record at a time is in memory, beside about 24 bytes for each id (to find an id that comes twice) and the table of
 * the older version (see delta.h): 75 bytes a record in all, 300 MB for four million. */
#include "lists/import.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "entity/record.h"
#include "lists/apply.h"
#include "lists/delta.h"
#include "lists/folder.h"
#include "lists/id_table.h"
#include "lists/reader.h"
#include "lists/safety.h"
#include "lists/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_CEILING_BYTES = MZ_FRAME_CEILING_BYTES - 1024 * 1024, MOST_ATTEMPTS = 8, SEEN_CEILING_BYTES = 256 << 20 };
_Static_assert(MZ_LIST_NAME_SIZE == sizeof((mz_list_version *)NULL)->list, "the same names");

static const mz_import_options usual_options = {0};

typedef struct held_version {
    bool any, damaged;
    char name[MZ_VERSION_SIZE];
    char damage[MZ_ERROR_TEXT_SIZE];
    mz_manifest manifest; /* unless damaged */
} held_version;

typedef struct import_job {
    mz_list_store *store;
    const mz_list_format *format;
    const mz_import_options *options;
    const char *path, *undone, *mapping_path;
    const char *reread; /* the list whose kept files are read again; NULL for an import */
    char own_mapping[MZ_STORE_PATH_SIZE];
    char list[MZ_LIST_NAME_SIZE];
    char staging[MZ_STORE_PATH_SIZE]; /* "" when there is none */
    char spool[MZ_STORE_PATH_SIZE];   /* a folder with standard input or the kept files; "" when there is none */
    char spooled[MZ_STORE_PATH_SIZE];
    int lock, spool_claim; /* of the store; of the spool, which is there before the store is locked */
    held_version held;
    mz_manifest fresh;
    mz_read_report report;
    mz_id_table ids;
    uint64_t repeated;
    mz_packer records, changes;
    mz_buffer line, seen;
    mz_delta *delta;
    mz_delta_counts counts;
    mz_apply *apply;  /* the changes, when it is a file of changes that is read; NULL for a whole list */
    bool is_new;      /* the record that comes next is said to be new */
    mz_manifest base; /* the version that is changed */
    char misfits[MZ_MISFITS_SIZE];
} import_job;

/* ---- before reading --------------------------------------------------------------------------------------------- */

static mz_status make_staging(const import_job *job, char ret_path[MZ_STORE_PATH_SIZE], mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_status status = mz_store_path(job->store, path, error, "/.new-XXXXXX");
    if (status) return status;
    if (!mkdtemp(path)) return mz_fail_errno(error, "make a folder in", job->store->folder);
    memcpy(ret_path, path, sizeof path);
    return MZ_OK;
}

/* A folder that another writer does not sweep although the store is not locked yet. */
static mz_status make_spool(import_job *job, mz_error *error) {
    struct stat facts;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        mz_status status = make_staging(job, job->spool, error);
        if (status) return status;
        job->spool_claim = mz_file_claim(AT_FDCWD, job->spool);
        if (job->spool_claim >= 0 && stat(job->spool, &facts) == 0) return MZ_OK;
        if (job->spool_claim >= 0) (void)close(job->spool_claim); /* swept before it was claimed */
        job->spool_claim = -1;
    }
    return mz_fail(error, MZ_ERR_IO, "cannot keep a folder for standard input in %.200s", job->store->folder);
}

/* Standard input can be read once only, and it is needed twice. Who writes it may take hours over it, or wait for
 * another who waits for the store: that is why the store is not locked meanwhile. */
static mz_status spool_input(import_job *job, mz_error *error) {
    mz_input input;
    mz_file_writer writer;
    if (!job->format)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the format of standard input must be said, for example un:-");
    if (!job->store->writable)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the list store at %.200s was opened for reading only",
                       job->store->folder);
    mz_status status = make_spool(job, error);
    if (status) return status;
    (void)snprintf(job->spooled, sizeof job->spooled, "%.*s/standard-input", MZ_STORE_PATH_SIZE - 32, job->spool);
    status = mz_input_open(&input, "-", error);
    if (!status) status = mz_file_writer_open(&writer, job->spooled, error);
    bool open = !status;
    char block[16 * 1024];
    for (size_t got = 1; !status && got;) {
        status = mz_input_read(&input, block, sizeof block, &got, error);
        if (!status) status = mz_file_writer_append(&writer, block, got, error);
    }
    if (!status)
        status = mz_file_writer_commit(&writer, error);
    else if (open)
        mz_file_writer_abandon(&writer);
    mz_input_close(&input);
    job->path = job->spooled;
    return status;
}

/* The mapping belongs to the list: with another mapping the same file gives other records. */
static void find_mapping(import_job *job) {
    struct stat facts;
    job->mapping_path = job->options->mapping_path;
    if (job->mapping_path || !job->format->list_in_mapping) return;
    int size = snprintf(job->own_mapping, sizeof job->own_mapping, "%s.map.json", job->path);
    if (size > 0 && (size_t)size < sizeof job->own_mapping && stat(job->own_mapping, &facts) == 0)
        job->mapping_path = job->own_mapping;
}

static bool is_damage(mz_status status) {
    return status == MZ_ERR_INPUT || status == MZ_ERR_NOT_FOUND || status == MZ_ERR_LIMIT;
}

/* What is current now; damage is no error here but something to be judged. */
static mz_status look_at_held(import_job *job, mz_error *error) {
    held_version *held = &job->held;
    char path[MZ_STORE_PATH_SIZE];
    mz_error why = {0};
    mz_status status = mz_store_read_current(job->store, job->list, held->name, &why);
    held->any = status || held->name[0];
    if (!status && held->any) status = mz_store_read_noted(job->store, job->list, held->name, &held->manifest, &why);
    if (!status && held->any)
        status = mz_store_path(job->store, path, &why, "/%s/%s/records.ndjson.zst", job->list, held->name);
    if (!status && held->any) status = mz_packed_check(path, &held->manifest.records, &why);
    if (status && !is_damage(status)) {
        if (error) *error = why;
        return status;
    }
    held->damaged = status != MZ_OK;
    if (held->damaged) memcpy(held->damage, why.text, sizeof why.text);
    return MZ_OK;
}

static mz_status make_list_folder(const import_job *job, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE], lists[MZ_STORE_PATH_SIZE];
    mz_status status = mz_store_path(job->store, path, error, "/%s", job->list);
    if (!status) status = mz_store_path(job->store, lists, error, "%s", "");
    if (!status) status = mz_folder_make(path, error);
    if (!status) status = mz_folder_sync(lists, error);
    return status;
}

/* The kept file of that number, as it was published, in the spool. */
static mz_status unpack_source(const import_job *job, size_t number, char ret_path[MZ_STORE_PATH_SIZE],
                               mz_error *error) {
    char packed[MZ_STORE_PATH_SIZE];
    const mz_source_file *source = &job->held.manifest.sources[number];
    int size = snprintf(ret_path, MZ_STORE_PATH_SIZE, "%s/%s", job->spool, source->name);
    if (size >= MZ_STORE_PATH_SIZE) return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", job->spool);
    mz_status status =
        mz_store_path(job->store, packed, error, "/%s/%s/source/%s.zst", job->list, job->held.name, source->name);
    return status ? status : mz_source_unpack(packed, source, ret_path, error);
}

/* Puts the kept files where a reader finds them, as they were: the list first, the mapping last. */
static mz_status unpack_held(import_job *job, mz_error *error) {
    const mz_manifest *held = &job->held.manifest;
    char path[MZ_STORE_PATH_SIZE];
    if (!job->held.any) return mz_fail(error, MZ_ERR_NOT_FOUND, "no version of the list %.63s is held", job->list);
    if (job->held.damaged) return mz_fail(error, MZ_ERR_INPUT, "%s", job->held.damage);
    if (!job->format) job->format = mz_list_format_find(mz_str_of(held->version.format));
    if (!job->format || held->source_count == 0)
        return mz_fail(error, MZ_ERR_ARGUMENT, "there is no reader for the format %s", held->version.format);
    mz_status status = make_staging(job, job->spool, error);
    for (size_t i = held->source_count; !status && i-- > 0;) {
        status = unpack_source(job, i, path, error);
        if (i > 0 && i == held->source_count - 1) memcpy(job->own_mapping, path, sizeof path);
    }
    if (status) return status;
    memcpy(job->spooled, path, sizeof path);
    job->path = held->folder ? job->spool : job->spooled;
    if (job->format->list_in_mapping && job->own_mapping[0]) job->mapping_path = job->own_mapping;
    return MZ_OK;
}

static mz_status prepare_reread(import_job *job, mz_error *error) {
    mz_status status = mz_store_check_name(job->reread, error);
    if (status) return status;
    memcpy(job->list, job->reread, strlen(job->reread) + 1);
    status = mz_store_lock_all(job->store, &job->lock, error);
    if (!status) status = look_at_held(job, error);
    if (!status) status = unpack_held(job, error);
    return status;
}

static mz_status prepare(import_job *job, mz_error *error) {
    if (job->reread) return prepare_reread(job, error);
    mz_status status = strcmp(job->path, "-") == 0 ? spool_input(job, error) : MZ_OK;
    if (!status) status = mz_store_lock_all(job->store, &job->lock, error);
    if (!status && !job->format) status = mz_list_sniff(job->path, &job->format, error);
    if (status) return status;
    status = mz_list_name(job->format, job->path, job->options->list, job->options->mapping_path, job->list, error);
    if (!status) status = mz_store_check_name(job->list, error);
    if (status) return status;
    find_mapping(job);
    return look_at_held(job, error);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static mz_status reject_repeated(import_job *job, const mz_record *record, mz_error *error) {
    char reason[160];
    mz_str id = record->entities[0].id;
    job->repeated++;
    if (!job->options->rejected) return MZ_OK;
    int size = snprintf(reason, sizeof reason, "its id was used before in this file, so it cannot be told apart");
    mz_rejection rejection = {.at = record->entities[0].at, .record = id, .reason = {reason, (size_t)size}};
    return job->options->rejected(job->options->context, &rejection, error);
}

static mz_status write_line(import_job *job, mz_packer *packer, mz_error *error) {
    mz_buffer_char(&job->line, '\n');
    if (job->line.failed)
        return job->line.size < LINE_CEILING_BYTES / 2
                   ? mz_fail_memory(error)
                   : mz_fail(error, MZ_ERR_LIMIT, "a record larger than any honest one");
    return mz_packer_append(packer, mz_buffer_view(&job->line), error);
}

static mz_status on_change(void *context, const mz_change *change, mz_error *error) {
    import_job *job = context;
    mz_buffer_clear(&job->line);
    mz_change_write(change, &job->line);
    return write_line(job, &job->changes, error);
}

static mz_status write_record(void *context, const mz_record *record, mz_error *error) {
    import_job *job = context;
    uint32_t number;
    bool fresh;
    if (record->entity_count == 0 || record->entities[0].id.size == 0)
        return mz_fail(error, MZ_ERR_INPUT, "a record without an id");
    mz_status status = mz_id_table_put(&job->ids, record->entities[0].id, &number, &fresh, error);
    if (status) return status;
    if (!fresh) return reject_repeated(job, record, error);
    mz_buffer_clear(&job->line);
    mz_record_write_json(record, &job->line);
    status = write_line(job, &job->records, error);
    if (!status && job->delta) status = mz_delta_record(job->delta, record, error);
    return status;
}

static mz_status on_record(void *context, const mz_record *record, mz_error *error) {
    import_job *job = context;
    return job->apply ? mz_apply_record(job->apply, job->is_new, record, error) : write_record(job, record, error);
}

static mz_status on_rejected(void *context, const mz_rejection *rejection, mz_error *error) {
    const import_job *job = context;
    return job->options->rejected ? job->options->rejected(job->options->context, rejection, error) : MZ_OK;
}

static int on_progress(void *context, uint64_t done_bytes, uint64_t total_bytes) {
    const import_job *job = context;
    return job->options->progress ? job->options->progress(job->options->context, done_bytes, total_bytes) : 0;
}

/* ---- a file of changes ------------------------------------------------------------------------------------------ */

/* The version that the changes are for: the current one; when what they made is read again, or is damaged and they come
 * once more, the one of which it was made. */
static mz_status choose_base(const import_job *job, char ret_base[MZ_VERSION_SIZE], mz_error *error) {
    const held_version *held = &job->held;
    mz_status status = MZ_OK;
    ret_base[0] = '\0';
    if (job->reread)
        memcpy(ret_base, held->manifest.version.base, MZ_VERSION_SIZE);
    else if (held->damaged)
        status = mz_applied_base(job->store, job->list, job->path, held->name, ret_base, error);
    else
        memcpy(ret_base, held->name, MZ_VERSION_SIZE);
    if (status || ret_base[0]) return status;
    return mz_fail(error, MZ_ERR_REFUSED,
                   "this is a file of changes, and %s of the list %.63s is held that they could be applied to; import "
                   "the whole list first: mizan lists import --list %.63s %s:FILE",
                   held->damaged ? "only a damaged version" : "no version", job->list, job->list, job->format->name);
}

/* With the first change it is known that this is no whole list. */
static mz_status start_changes(import_job *job, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE], base[MZ_VERSION_SIZE];
    if (job->apply) return MZ_OK;
    mz_status status = choose_base(job, base, error);
    if (!status) status = mz_store_read_manifest(job->store, job->list, base, &job->base, error);
    if (!status) status = mz_store_path(job->store, path, error, "/%s/%s/records.ndjson.zst", job->list, base);
    bool checked = strcmp(base, job->held.name) == 0; /* see look_at_held */
    if (!status && !checked) status = mz_packed_check(path, &job->base.records, error);
    if (!status && !job->spool[0]) status = make_staging(job, job->spool, error);
    if (!status) status = mz_apply_new(job->spool, &job->apply, error);
    return status;
}

static mz_status on_arriving(void *context, bool is_new, mz_error *error) {
    import_job *job = context;
    job->is_new = is_new;
    return start_changes(job, error);
}

static mz_status on_deleted(void *context, mz_str id, mz_error *error) {
    import_job *job = context;
    mz_status status = start_changes(job, error);
    return status ? status : mz_apply_deletion(job->apply, id, error);
}

/* Makes the records of the version out of those of its base; from here on the report is about all of them. What the
 * base could not read is still not in the list. */
static mz_status apply_changes(import_job *job, mz_error *error) {
    const mz_list_version *base = &job->base.version;
    char path[MZ_STORE_PATH_SIZE];
    mz_status status = mz_store_path(job->store, path, error, "/%s/%s/records.ndjson.zst", job->list, base->version);
    if (!status) status = mz_apply_to(job->apply, path, (mz_record_sink){write_record, job}, error);
    if (status) return status;
    mz_apply_misfits(job->apply, job->misfits);
    job->report.entities = job->ids.count;
    job->report.rejected += base->rejected;
    job->report.records = job->report.entities + job->report.rejected;
    if (!job->report.published) job->report.published = base->published;
    memcpy(job->fresh.version.base, base->version, sizeof base->version);
    return MZ_OK;
}

/* ---- reading, the whole ----------------------------------------------------------------------------------------- */

static mz_status staged_path(const import_job *job, const char *name, char ret_path[MZ_STORE_PATH_SIZE],
                             mz_error *error) {
    int size = snprintf(ret_path, MZ_STORE_PATH_SIZE, "%s/%s", job->staging, name);
    return size < MZ_STORE_PATH_SIZE ? MZ_OK : mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", job->staging);
}

static mz_status open_files(import_job *job, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    bool compare = job->held.any && !job->held.damaged;
    mz_status status = make_staging(job, job->staging, error);
    if (!status) status = staged_path(job, "source", path, error);
    if (!status) status = mz_folder_make(path, error);
    if (!status) status = staged_path(job, "records.ndjson.zst", path, error);
    if (!status) status = mz_packer_open(&job->records, path, error);
    if (!status && compare) status = staged_path(job, "delta.ndjson.zst", path, error);
    if (!status && compare) status = mz_packer_open(&job->changes, path, error);
    if (!status && compare)
        status = mz_store_path(job->store, path, error, "/%s/%s/records.ndjson.zst", job->list, job->held.name);
    if (!status && compare) status = mz_delta_new(path, (mz_change_sink){on_change, job}, &job->delta, error);
    return status;
}

static mz_status close_files(import_job *job, mz_error *error) {
    mz_status status = mz_packer_commit(&job->records, &job->fresh.records, error);
    if (!status && job->delta) {
        status = mz_delta_finish(job->delta, &job->counts, error);
        if (!status) status = mz_packer_commit(&job->changes, &job->fresh.delta, error);
    }
    return status;
}

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Names the version: by its contents; when these are changes, by what they were applied to as well; when they were read
 * again, by what came of them too. */
static void name_it(import_job *job) {
    mz_list_version *version = &job->fresh.version;
    char text[2 * MZ_VERSION_SIZE + 64];
    mz_digest digest;
    if (job->reread) memcpy(version->contents, job->held.manifest.version.contents, sizeof version->contents);
    memcpy(version->version, version->contents, sizeof version->version);
    if (!job->reread && job->apply) mz_applied_name(version->contents, version->base, version->version);
    if (!job->reread) return;
    int size = snprintf(text, sizeof text, "%s %s %lld %llu\n", version->contents, job->fresh.records.digest,
                        (long long)job->report.published, (unsigned long long)job->report.rejected);
    mz_digest_init(&digest);
    mz_digest_update(&digest, text, (size_t)size);
    mz_digest_hex(&digest, version->version);
}

/* Reads the list once for its records and once for its bytes, and makes sure that both were the same. */
static mz_status read_list(import_job *job, mz_error *error) {
    struct stat before, after;
    mz_read_options options = {
        .list = job->list,
        .mapping_path = job->mapping_path,
        .progress = on_progress,
        .record = on_record,
        .rejected = on_rejected,
        .deleted = on_deleted,
        .arriving = on_arriving,
        .context = job,
    };
    if (stat(job->path, &before) < 0) return mz_fail_errno(error, "read", job->path);
    mz_status status = mz_sources_look(job->path, job->mapping_path, &job->seen, error);
    if (!status) status = open_files(job, error);
    if (!status) status = mz_list_read(job->format, job->path, &options, &job->report, error);
    if (!status && job->apply) status = apply_changes(job, error);
    if (!status) status = close_files(job, error);
    if (!status) status = mz_sources_pack(job->path, &job->report, job->mapping_path, job->staging, &job->fresh, error);
    if (!status && (stat(job->path, &after) < 0 || !same_file(&before, &after)))
        status = mz_fail(error, MZ_ERR_IO, "%.200s was changed while it was read; try again", job->path);
    if (!status) status = mz_sources_check_unchanged(job->path, &job->report, job->mapping_path, &job->seen, error);
    if (!status) name_it(job);
    return status;
}

/* ---- after reading ---------------------------------------------------------------------------------------------- */

/* The number behind the highest, and the version that bears the highest. */
static mz_status last_in_sequence(const import_job *job, uint64_t *ret_sequence, char ret_version[MZ_VERSION_SIZE],
                                  mz_error *error) {
    mz_store_names names = {0};
    uint64_t highest = 0;
    ret_version[0] = '\0';
    mz_status status = mz_store_list_names(job->store, job->list, &names, error);
    for (size_t i = 0; !status && i < names.count; i++) {
        mz_manifest manifest;
        if (mz_store_read_manifest(job->store, job->list, names.names[i], &manifest, NULL) != MZ_OK) continue;
        if (manifest.sequence <= highest || strcmp(names.names[i], job->fresh.version.version) == 0) continue;
        highest = manifest.sequence;
        memcpy(ret_version, names.names[i], MZ_VERSION_SIZE);
    }
    free(names.names);
    *ret_sequence = highest;
    return status;
}

/* Whether this is the current version once more, because that is damaged. */
static bool is_repair(const import_job *job) {
    return job->held.damaged && strcmp(job->held.name, job->fresh.version.version) == 0;
}

static mz_status number_it(import_job *job, mz_error *error) {
    mz_list_version *version = &job->fresh.version;
    char last[MZ_VERSION_SIZE];
    mz_status status = last_in_sequence(job, &job->fresh.sequence, last, error);
    job->fresh.sequence++;
    if (is_repair(job)) {
        const mz_manifest *damaged = &job->held.manifest; /* all zero when it could not be read */
        memcpy(version->previous, damaged->sequence ? damaged->version.previous : last, sizeof last);
        if (damaged->sequence) job->fresh.sequence = damaged->sequence;
        version->added = damaged->version.added;
        version->removed = damaged->version.removed;
        version->changed = damaged->version.changed;
    } else if (job->delta) {
        memcpy(version->previous, job->held.name, sizeof version->previous);
        version->added = job->counts.added;
        version->removed = job->counts.removed;
        version->changed = job->counts.changed;
    }
    return status;
}

/* Where and when the files came from: those that are read again came then, and the publisher confirmed them then. */
static void describe_origin(import_job *job) {
    mz_list_version *version = &job->fresh.version;
    const mz_list_version *held = &job->held.manifest.version;
    int64_t now = mz_clock_now();
    const char *origin = job->options->origin ? job->options->origin : job->path;
    mz_clean_copy(version->origin, sizeof version->origin, job->reread ? held->origin : origin);
    version->imported = job->reread ? held->imported : now;
    version->checked = job->reread ? held->checked : now;
    version->reread = job->reread ? now : 0;
}

static mz_status describe(import_job *job, mz_error *error) {
    mz_list_version *version = &job->fresh.version;
    memcpy(version->list, job->list, sizeof version->list);
    mz_clean_copy(version->format, sizeof version->format, job->format->name);
    describe_origin(job);
    version->published = job->report.published;
    version->records = job->report.records;
    version->entities = job->report.entities - job->repeated;
    version->rejected = job->report.rejected + job->repeated;
    return number_it(job, error);
}

static mz_status judge(import_job *job, mz_error *error) {
    bool compare = job->held.any && !job->held.damaged;
    mz_safety_case what = {
        .held = compare ? &job->held.manifest : NULL,
        .held_damage = job->held.damaged ? job->held.damage : NULL,
        .fresh = &job->fresh,
        .counts = compare ? &job->counts : NULL,
        .misfits = job->misfits,
        .stated_records = job->report.stated_records,
        .most_shrink = job->options->most_shrink,
    };
    if (is_repair(job)) what.held_damage = NULL; /* what is damaged is replaced by what it was */
    return mz_safety_judge(&what, job->options->accept, job->fresh.version.accepted, sizeof job->fresh.version.accepted,
                           error);
}

static mz_status write_manifest(import_job *job, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE];
    mz_buffer text;
    mz_buffer_init(&text, MZ_MANIFEST_CEILING_BYTES);
    mz_manifest_write(&job->fresh, &text);
    mz_status status = text.failed ? mz_fail_memory(error) : staged_path(job, "manifest.json", path, error);
    if (!status) status = mz_file_replace(path, text.data, text.size, error);
    mz_buffer_done(&text);
    return status;
}

static bool is_whole(const import_job *job, const char *version, mz_manifest *ret_manifest) {
    char path[MZ_STORE_PATH_SIZE];
    return mz_store_read_noted(job->store, job->list, version, ret_manifest, NULL) == MZ_OK &&
           mz_store_path(job->store, path, NULL, "/%s/%s/records.ndjson.zst", job->list, version) == MZ_OK &&
           mz_packed_check(path, &ret_manifest->records, NULL) == MZ_OK;
}

/* Moves a damaged version out of the way, to where the next writer sweeps it. */
static mz_status set_aside(const import_job *job, const char *version_path, mz_error *error) {
    char aside[MZ_STORE_PATH_SIZE];
    mz_status status = mz_store_path(job->store, aside, error, "/.old-XXXXXX");
    if (status) return status;
    if (!mkdtemp(aside)) return mz_fail_errno(error, "make a folder in", job->store->folder);
    if (rename(version_path, aside) < 0) return mz_fail_errno(error, "move away the damaged", version_path);
    return MZ_OK;
}

/* A version that is there already becomes current once more: in place of another version than the first time. */
static void bring_back(import_job *job, const mz_manifest *there) {
    const mz_list_version now = job->fresh.version;
    mz_list_version *version = &job->fresh.version;
    job->fresh = *there;
    memcpy(version->previous, now.previous, sizeof version->previous);
    memcpy(version->accepted, now.accepted, sizeof version->accepted);
    version->added = now.added;
    version->removed = now.removed;
    version->changed = now.changed;
}

/* Gives the version its name, unless it is there already (an earlier one that comes back). */
static mz_status place_version(import_job *job, mz_error *error) {
    char path[MZ_STORE_PATH_SIZE], folder[MZ_STORE_PATH_SIZE];
    struct stat facts;
    mz_manifest there;
    const char *version = job->fresh.version.version;
    mz_status status = mz_store_path(job->store, path, error, "/%s/%s", job->list, version);
    if (!status) status = mz_store_path(job->store, folder, error, "/%s", job->list);
    if (status) return status;
    if (is_whole(job, version, &there)) {
        bring_back(job, &there);
        return MZ_OK;
    }
    if (lstat(path, &facts) == 0) status = set_aside(job, path, error);
    if (!status && rename(job->staging, path) < 0) status = mz_fail_errno(error, "put in place", path);
    if (!status) job->staging[0] = '\0';
    if (!status) status = mz_folder_sync(folder, error);
    return status;
}

static mz_status publish(import_job *job, mz_error *error) {
    char source[MZ_STORE_PATH_SIZE];
    mz_status status = describe(job, error);
    if (!status) status = judge(job, error);
    if (!status) status = write_manifest(job, error);
    if (!status) status = staged_path(job, "source", source, error);
    if (!status) status = mz_folder_sync(source, error);
    if (!status) status = mz_folder_sync(job->staging, error);
    if (!status) status = make_list_folder(job, error);
    if (!status) status = place_version(job, error);
    if (!status)
        status = mz_store_note_current(job->store, job->reread ? "reread" : "import", &job->fresh.version, error);
    if (!status) status = mz_store_write_current(job->store, job->list, job->fresh.version.version, error);
    return status;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

/* Whether these contents change nothing: they are current, or a person went back from them. */
static bool is_settled(const import_job *job, const char *contents) {
    if (!job->held.any || job->held.damaged) return false;
    return strcmp(contents, job->held.manifest.version.contents) == 0 ||
           (job->undone && strcmp(contents, job->undone) == 0);
}

/* Whether reading them again gave what it gave before. */
static bool is_same_reading(const import_job *job) {
    const mz_manifest *held = &job->held.manifest;
    return strcmp(job->fresh.records.digest, held->records.digest) == 0 &&
           job->report.published == held->version.published &&
           job->report.rejected + job->repeated == held->version.rejected;
}

static mz_status run(import_job *job, char ret_contents[MZ_VERSION_SIZE], mz_list_version *ret_version, bool *ret_new,
                     mz_error *error) {
    char contents[MZ_VERSION_SIZE];
    mz_status status = prepare(job, error);
    bool settled = false;
    if (!status && job->held.any && job->format->one_file && !job->reread) {
        status = mz_sources_address(job->path, contents, error);
        settled = !status && is_settled(job, contents);
    }
    if (!status && !settled) {
        status = read_list(job, error);
        memcpy(contents, job->fresh.version.contents, sizeof contents);
        if (!status) settled = job->reread ? is_same_reading(job) : is_settled(job, contents);
    }
    if (!status && !settled) status = publish(job, error);
    if (status) return status;
    memcpy(ret_contents, contents, sizeof contents);
    *ret_version = settled ? job->held.manifest.version : job->fresh.version;
    *ret_new = !settled;
    return MZ_OK;
}

static void clean_up(import_job *job) {
    mz_packer_abandon(&job->records);
    mz_packer_abandon(&job->changes);
    mz_delta_free(job->delta);
    mz_apply_free(job->apply);
    mz_id_table_done(&job->ids);
    mz_buffer_done(&job->line);
    mz_buffer_done(&job->seen);
    if (job->staging[0]) (void)mz_store_remove(job->staging, NULL);
    if (job->spool[0]) (void)mz_store_remove(job->spool, NULL);
    if (job->spool_claim >= 0) (void)close(job->spool_claim);
    mz_store_unlock(job->lock);
    free(job);
}

static import_job *new_job(mz_list_store *store, const mz_list_format *format, const mz_import_options *options) {
    import_job *job = calloc(1, sizeof *job);
    if (!job) return NULL;
    job->store = store;
    job->format = format;
    job->options = options ? options : &usual_options;
    job->lock = job->spool_claim = -1;
    mz_id_table_init(&job->ids);
    mz_buffer_init(&job->line, LINE_CEILING_BYTES);
    mz_buffer_init(&job->seen, SEEN_CEILING_BYTES);
    return job;
}

mz_status mz_store_import(mz_list_store *store, const mz_list_format *format, const char *path,
                          const mz_import_options *options, const char *undone, char ret_contents[MZ_VERSION_SIZE],
                          mz_list_version *ret_version, bool *ret_new, mz_error *error) {
    import_job *job = new_job(store, format, options);
    if (!job) return mz_fail_memory(error);
    job->path = path;
    job->undone = undone;
    mz_status status = run(job, ret_contents, ret_version, ret_new, error);
    int number = errno;
    clean_up(job);
    errno = number;
    return status;
}

mz_status mz_list_store_import(mz_list_store *store, const mz_list_format *format, const char *path,
                               const mz_import_options *options, mz_list_version *ret_version, bool *ret_new,
                               mz_error *error) {
    char contents[MZ_VERSION_SIZE];
    return mz_store_import(store, format, path, options, NULL, contents, ret_version, ret_new, error);
}

mz_status mz_store_reread(mz_list_store *store, const mz_list_format *format, const char *list,
                          const mz_import_options *options, mz_list_version *ret_version, bool *ret_new,
                          mz_error *error) {
    char contents[MZ_VERSION_SIZE];
    import_job *job = new_job(store, format, options);
    if (!job) return mz_fail_memory(error);
    job->reread = list;
    mz_status status = run(job, contents, ret_version, ret_new, error);
    clean_up(job);
    return status;
}

mz_status mz_list_store_reread(mz_list_store *store, const char *list, const mz_import_options *options,
                               mz_list_version *ret_version, bool *ret_new, mz_error *error) {
    return mz_store_reread(store, NULL, list, options, ret_version, ret_new, error);
}
