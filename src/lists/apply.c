/* See apply.h. Rejected: rewriting the records in place of the version (versions never change), and keeping changes as
 * versions without records of their own (a chain of files that must all be whole to read the last). */
#include "lists/apply.h"

#include "base/arena.h"
#include "base/checked.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "base/shown.h"
#include "entity/record.h"
#include "lists/delta.h"
#include "lists/folder.h"
#include "lists/id_table.h"
#include "lists/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FIRST_ROOM = 64,
    SPOOL_BLOCK_BYTES = 64 * 1024,
    SHOWN_ID_SIZE = 41,
    SCRATCH_CEILING_BYTES = 512 * 1024 * 1024, /* as for any record that is read back; see delta.c */
};

typedef enum change_kind { ADDED, MODIFIED, DELETED } change_kind;

typedef struct change {
    uint64_t offset; /* in the spool: of the record as JSON, or of the id that goes */
    uint32_t size;
    uint8_t kind;
    bool met; /* its id is held */
} change;

typedef enum misfit_kind { ADDED_BUT_HELD, MODIFIED_BUT_NOT_HELD, DELETED_BUT_NOT_HELD, CHANGED_TWICE } misfit_kind;
enum { MISFIT_KINDS = CHANGED_TWICE + 1 };

typedef struct misfit {
    uint64_t count;
    char id[SHOWN_ID_SIZE]; /* of the first */
} misfit;

struct mz_apply {
    mz_id_table ids;
    change *changes; /* by the numbers in `ids` */
    size_t room;
    mz_file_writer spool;
    mz_buffer block; /* what is to be written to the spool next */
    int descriptor;  /* of the spool once it is complete; -1 before */
    mz_buffer text;  /* a piece of the spool */
    mz_arena memory; /* of the record that was fetched from it */
    mz_record_sink sink;
    misfit misfits[MISFIT_KINDS];
};

mz_status mz_apply_new(const char *folder, mz_apply **ret_apply, mz_error *error) {
    char path[sizeof((mz_file_writer *)NULL)->final_path];
    /* no file of a list that is unpacked there has a name like that */
    int size = snprintf(path, sizeof path, "%s/.changes", folder);
    if (size < 0 || (size_t)size >= sizeof path)
        return mz_fail(error, MZ_ERR_ARGUMENT, "path too long: %.200s", folder);
    mz_apply *apply = calloc(1, sizeof *apply);
    if (!apply) return mz_fail_memory(error);
    apply->descriptor = -1;
    mz_id_table_init(&apply->ids);
    mz_buffer_init(&apply->block, MZ_FRAME_CEILING_BYTES);
    mz_buffer_init(&apply->text, MZ_FRAME_CEILING_BYTES);
    mz_arena_init(&apply->memory, SCRATCH_CEILING_BYTES);
    mz_status status = mz_file_writer_open(&apply->spool, path, error);
    if (status) {
        mz_apply_free(apply);
        return status;
    }
    *ret_apply = apply;
    return MZ_OK;
}

void mz_apply_free(mz_apply *apply) {
    if (!apply) return;
    mz_file_writer_abandon(&apply->spool);
    if (apply->descriptor >= 0) {
        (void)close(apply->descriptor);
        (void)unlink(apply->spool.final_path);
    }
    mz_id_table_done(&apply->ids);
    mz_buffer_done(&apply->block);
    mz_buffer_done(&apply->text);
    mz_arena_done(&apply->memory);
    free(apply->changes);
    free(apply);
}

static void note_misfit(mz_apply *apply, misfit_kind kind, mz_str id) {
    char text[MZ_SHOWN_BYTES + 1];
    misfit *of = &apply->misfits[kind];
    if (of->count++) return;
    (void)snprintf(text, sizeof text, "%.*s", mz_shown(id), id.data);
    mz_clean_copy(of->id, sizeof of->id, text);
}

/* ---- collecting ------------------------------------------------------------------------------------------------- */

static mz_status write_block(mz_apply *apply, mz_error *error) {
    mz_status status = mz_file_writer_append(&apply->spool, apply->block.data, apply->block.size, error);
    mz_buffer_clear(&apply->block);
    return status;
}

static mz_status make_room(mz_apply *apply, mz_error *error) {
    if (apply->ids.count < apply->room) return MZ_OK;
    size_t room = apply->room ? apply->room : FIRST_ROOM / 2, bytes;
    if (!mz_multiply_size(room, 2, &room) || !mz_multiply_size(room, sizeof *apply->changes, &bytes))
        return mz_fail_memory(error);
    change *grown = realloc(apply->changes, bytes);
    if (!grown) return mz_fail_memory(error);
    apply->changes = grown;
    apply->room = room;
    return MZ_OK;
}

/* Enters a change whose text was put behind `block_start` of the block. */
static mz_status enter(mz_apply *apply, change_kind kind, mz_str id, size_t block_start, mz_error *error) {
    uint32_t number;
    bool fresh;
    if (apply->block.failed)
        return apply->block.size < MZ_FRAME_CEILING_BYTES / 2
                   ? mz_fail_memory(error)
                   : mz_fail(error, MZ_ERR_LIMIT, "a record larger than any honest one");
    mz_status status = make_room(apply, error);
    if (!status) status = mz_id_table_put(&apply->ids, id, &number, &fresh, error);
    if (status) return status;
    if (!fresh) note_misfit(apply, CHANGED_TWICE, id);
    apply->changes[number] = (change){
        .offset = apply->spool.size + block_start,
        .size = (uint32_t)(apply->block.size - block_start), /* under the buffer's ceiling */
        .kind = (uint8_t)kind,
    };
    return apply->block.size < SPOOL_BLOCK_BYTES ? MZ_OK : write_block(apply, error);
}

mz_status mz_apply_record(mz_apply *apply, bool is_new, const mz_record *record, mz_error *error) {
    size_t start = apply->block.size;
    if (record->entity_count == 0 || record->entities[0].id.size == 0)
        return mz_fail(error, MZ_ERR_INPUT, "a record without an id");
    mz_record_write_json(record, &apply->block);
    return enter(apply, is_new ? ADDED : MODIFIED, record->entities[0].id, start, error);
}

mz_status mz_apply_deletion(mz_apply *apply, mz_str id, mz_error *error) {
    size_t start = apply->block.size;
    mz_buffer_str(&apply->block, id);
    return enter(apply, DELETED, id, start, error);
}

/* ---- applying --------------------------------------------------------------------------------------------------- */

static mz_status complete_spool(mz_apply *apply, mz_error *error) {
    mz_status status = write_block(apply, error);
    if (!status) status = mz_file_writer_commit(&apply->spool, error);
    if (status) return status;
    apply->descriptor = open(apply->spool.final_path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return apply->descriptor >= 0 ? MZ_OK : mz_fail_errno(error, "open", apply->spool.final_path);
}

/* Fetches the text of a change from the spool, into apply->text. */
static mz_status fetch(mz_apply *apply, const change *of, mz_error *error) {
    mz_buffer *text = &apply->text;
    mz_buffer_clear(text);
    if (!mz_buffer_reserve(text, of->size)) return mz_fail_memory(error);
    while (text->size < of->size) {
        ssize_t got =
            pread(apply->descriptor, text->data + text->size, of->size - text->size, (off_t)(of->offset + text->size));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return mz_fail_errno(error, "read", apply->spool.final_path);
        if (got == 0)
            return mz_fail(error, MZ_ERR_IO, "%.200s was changed while it was read; try again",
                           apply->spool.final_path);
        text->size += (size_t)got;
    }
    return MZ_OK;
}

static mz_status fetch_record(mz_apply *apply, const change *of, mz_record *ret_record, mz_error *error) {
    mz_status status = fetch(apply, of, error);
    mz_arena_reset(&apply->memory);
    if (!status) status = mz_record_read_json(mz_buffer_view(&apply->text), &apply->memory, ret_record, error);
    return status;
}

static mz_status hand_over(mz_apply *apply, const mz_record *record, mz_error *error) {
    return apply->sink.record(apply->sink.context, record, error);
}

/* A record of the version that is changed. */
static mz_status on_held(void *context, const mz_record *record, mz_error *error) {
    mz_apply *apply = context;
    uint32_t number;
    mz_record other;
    mz_str id = record->entities[0].id; /* mz_records_read has made sure of it */
    if (!mz_id_table_find(&apply->ids, id, &number)) return hand_over(apply, record, error);
    change *of = &apply->changes[number];
    of->met = true;
    if (of->kind == DELETED) return MZ_OK;
    if (of->kind == ADDED) note_misfit(apply, ADDED_BUT_HELD, id);
    mz_status status = fetch_record(apply, of, &other, error);
    return status ? status : hand_over(apply, &other, error);
}

/* A change of what is not held. */
static mz_status settle_unmet(mz_apply *apply, const change *of, mz_error *error) {
    mz_record record;
    if (of->kind == DELETED) {
        mz_status status = fetch(apply, of, error);
        if (!status) note_misfit(apply, DELETED_BUT_NOT_HELD, mz_buffer_view(&apply->text));
        return status;
    }
    mz_status status = fetch_record(apply, of, &record, error);
    if (status) return status;
    if (of->kind == MODIFIED) note_misfit(apply, MODIFIED_BUT_NOT_HELD, record.entities[0].id);
    return hand_over(apply, &record, error);
}

mz_status mz_apply_to(mz_apply *apply, const char *records_path, mz_record_sink sink, mz_error *error) {
    apply->sink = sink;
    mz_status status = complete_spool(apply, error);
    if (!status) status = mz_records_read(records_path, on_held, apply, error);
    for (size_t i = 0; !status && i < apply->ids.count; i++)
        if (!apply->changes[i].met) status = settle_unmet(apply, &apply->changes[i], error);
    return status;
}

void mz_apply_misfits(const mz_apply *apply, char ret_text[MZ_MISFITS_SIZE]) {
    static const char *const words[MISFIT_KINDS] = {
        [ADDED_BUT_HELD] = "added but held already",
        [MODIFIED_BUT_NOT_HELD] = "modified but not held",
        [DELETED_BUT_NOT_HELD] = "deleted but not held",
        [CHANGED_TWICE] = "changed more than once",
    };
    size_t used = 0;
    ret_text[0] = '\0';
    for (size_t i = 0; i < MISFIT_KINDS; i++) {
        const misfit *of = &apply->misfits[i];
        if (!of->count) continue;
        int size = snprintf(ret_text + used, MZ_MISFITS_SIZE - used, "%s%llu %s (%s%s)", used ? ", " : "",
                            (unsigned long long)of->count, words[i], of->id, of->count > 1 ? " and others" : "");
        if (size < 0 || (size_t)size >= MZ_MISFITS_SIZE - used) return;
        used += (size_t)size;
    }
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

void mz_applied_name(const char *contents, const char *base, char ret_version[MZ_VERSION_SIZE]) {
    static const char between[] = " applied to ";
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, contents, strlen(contents));
    mz_digest_update(&digest, between, sizeof between - 1);
    mz_digest_update(&digest, base, strlen(base));
    mz_digest_update(&digest, "\n", 1);
    mz_digest_hex(&digest, ret_version);
}

mz_status mz_applied_base(const mz_list_store *store, const char *list, const char *path, const char *version,
                          char ret_base[MZ_VERSION_SIZE], mz_error *error) {
    char contents[MZ_VERSION_SIZE], made[MZ_VERSION_SIZE];
    mz_store_names names = {0};
    ret_base[0] = '\0';
    mz_status status = mz_sources_address(path, contents, error);
    if (!status) status = mz_store_list_names(store, list, &names, error);
    for (size_t i = 0; !status && i < names.count; i++) {
        mz_applied_name(contents, names.names[i], made);
        if (strcmp(made, version) == 0) memcpy(ret_base, names.names[i], MZ_VERSION_SIZE);
    }
    free(names.names);
    return status;
}
