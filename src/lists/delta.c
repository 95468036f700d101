/* See delta.h. Rejected: merging two versions sorted by id (a sort on the disk for what a table of 50 bytes a record
 * does), and keeping the older records in memory (4 GB for the largest FollowTheMoney file). */
#include "lists/delta.h"

#include "base/checked.h"
#include "base/error.h"
#include "entity/record.h"
#include "lists/compare.h"
#include "lists/id_table.h"

#include <stdlib.h>

enum { SCRATCH_CEILING_BYTES = 512 * 1024 * 1024, FIRST_ROOM = 64 };

typedef struct record_place {
    uint32_t frame; /* number in `frames` */
    uint32_t at;    /* in the frame */
} record_place;

typedef struct old_record {
    unsigned char fingerprint[MZ_FINGERPRINT_BYTES];
    record_place place;
} old_record;

struct mz_delta {
    char *records_path;
    mz_unpacker old; /* for fetching single records */
    bool fetched;    /* old.frame holds the frame at `fetched_offset` */
    uint64_t fetched_offset;
    mz_id_table ids;
    old_record *records;
    size_t record_room;
    uint64_t *frames; /* their offsets */
    size_t frame_count, frame_room;
    unsigned char *seen; /* a bit for each old record */
    mz_arena old_memory, scratch;
    mz_change_sink sink;
    mz_delta_counts counts;
};

/* Makes room for one more element behind `count`. */
static bool grow(void **array, size_t size, size_t count, size_t *room) {
    if (count < *room) return true;
    size_t larger = *room ? *room : FIRST_ROOM / 2, bytes;
    if (!mz_multiply_size(larger, 2, &larger) || !mz_multiply_size(larger, size, &bytes)) return false;
    void *grown = realloc(*array, bytes);
    if (!grown) return false;
    *array = grown;
    *room = larger;
    return true;
}

static mz_status grow_tables(mz_delta *delta, mz_error *error) {
    void *records = delta->records, *frames = delta->frames;
    bool fine = grow(&records, sizeof *delta->records, delta->ids.count, &delta->record_room);
    delta->records = records;
    fine = fine && grow(&frames, sizeof *delta->frames, delta->frame_count, &delta->frame_room);
    delta->frames = frames;
    return fine ? MZ_OK : mz_fail_memory(error);
}

/* Reads the record on a line into the arena, which is reset. */
static mz_status read_record(mz_str line, mz_arena *arena, const mz_unpacker *unpacker, mz_record *ret_record,
                             mz_error *error) {
    mz_arena_reset(arena);
    mz_status status = mz_record_read_json(line, arena, ret_record, error);
    if (!status && (ret_record->entity_count == 0 || ret_record->entities[0].id.size == 0))
        status = mz_fail(error, MZ_ERR_INPUT, "a record without an id");
    if (status == MZ_ERR_INPUT) mz_error_name(error, unpacker->name);
    return status;
}

static mz_status enter(mz_delta *delta, const mz_record *record, uint64_t frame_offset, size_t at, mz_error *error) {
    mz_status status = grow_tables(delta, error);
    if (status) return status;
    if (delta->frame_count == 0 || delta->frames[delta->frame_count - 1] != frame_offset)
        delta->frames[delta->frame_count++] = frame_offset;
    old_record entry = {.place = {(uint32_t)(delta->frame_count - 1), (uint32_t)at}};
    mz_arena_reset(&delta->scratch);
    status = mz_record_fingerprint(record, &delta->scratch, entry.fingerprint, error);
    if (status) return status;
    uint32_t number;
    bool fresh;
    status = mz_id_table_put(&delta->ids, record->entities[0].id, &number, &fresh, error);
    if (status) return status;
    if (!fresh)
        return mz_fail(error, MZ_ERR_INPUT, "the id %.*s stands twice in one version",
                       (int)(record->entities[0].id.size > 100 ? 100 : record->entities[0].id.size),
                       record->entities[0].id.data);
    delta->records[number] = entry;
    return MZ_OK;
}

static mz_status enter_all(mz_delta *delta, mz_error *error) {
    mz_unpacker unpacker;
    mz_status status = mz_unpacker_open(&unpacker, delta->records_path, error);
    for (bool more = true; !status && more;) {
        mz_str line;
        size_t at;
        mz_record record;
        status = mz_unpacker_line(&unpacker, &line, &at, &more, error);
        if (status || !more) break;
        status = read_record(line, &delta->old_memory, &unpacker, &record, error);
        if (!status) status = enter(delta, &record, unpacker.frame_offset, at, error);
    }
    mz_unpacker_close(&unpacker);
    return status;
}

mz_status mz_delta_new(const char *records_path, mz_change_sink sink, mz_delta **ret_delta, mz_error *error) {
    mz_delta *delta = calloc(1, sizeof *delta);
    if (!delta) return mz_fail_memory(error);
    delta->sink = sink;
    mz_id_table_init(&delta->ids);
    mz_arena_init(&delta->old_memory, SCRATCH_CEILING_BYTES);
    mz_arena_init(&delta->scratch, SCRATCH_CEILING_BYTES);
    delta->records_path = strdup(records_path);
    mz_status status = delta->records_path ? enter_all(delta, error) : mz_fail_memory(error);
    if (!status && delta->ids.count) {
        delta->seen = calloc(delta->ids.count / 8 + 1, 1);
        if (!delta->seen) status = mz_fail_memory(error);
    }
    if (!status) status = mz_unpacker_open(&delta->old, records_path, error);
    if (status) {
        mz_delta_free(delta);
        return status;
    }
    *ret_delta = delta;
    return MZ_OK;
}

void mz_delta_free(mz_delta *delta) {
    if (!delta) return;
    mz_unpacker_close(&delta->old);
    mz_id_table_done(&delta->ids);
    mz_arena_done(&delta->old_memory);
    mz_arena_done(&delta->scratch);
    free(delta->records);
    free(delta->frames);
    free(delta->seen);
    free(delta->records_path);
    free(delta);
}

/* Fetches an old record from its file; the last frame is kept, since lists mostly keep their order. */
static mz_status fetch(mz_delta *delta, uint32_t number, mz_record *ret_record, mz_error *error) {
    record_place place = delta->records[number].place;
    uint64_t offset = delta->frames[place.frame];
    mz_status status = MZ_OK;
    if (!delta->fetched || delta->fetched_offset != offset) {
        bool more = false;
        delta->fetched = false;
        status = mz_unpacker_seek(&delta->old, offset, error);
        if (!status) status = mz_unpacker_frame(&delta->old, &more, error);
        if (status) return status;
        delta->fetched = more;
        delta->fetched_offset = offset;
    }
    const mz_buffer *frame = &delta->old.frame;
    const char *line = place.at < frame->size ? frame->data + place.at : NULL;
    const char *newline = line ? memchr(line, '\n', frame->size - place.at) : NULL;
    if (!newline) return mz_fail(error, MZ_ERR_INPUT, "%.200s changed while it was read", delta->records_path);
    return read_record((mz_str){line, (size_t)(newline - line)}, &delta->old_memory, &delta->old, ret_record, error);
}

static mz_status tell(mz_delta *delta, mz_change_kind kind, const mz_record *record, const mz_field_change *fields,
                      size_t field_count, mz_error *error) {
    mz_change change = {
        .kind = kind,
        .id = record->entities[0].id,
        .reference = record->reference,
        .caption = record->caption,
        .fields = fields,
        .field_count = field_count,
    };
    return delta->sink.change(delta->sink.context, &change, error);
}

static mz_status tell_changed(mz_delta *delta, uint32_t number, const mz_record *record, mz_error *error) {
    mz_record old;
    const mz_field_change *fields;
    size_t count;
    delta->counts.changed++;
    mz_status status = fetch(delta, number, &old, error);
    if (!status) status = mz_record_changes(&old, record, &delta->scratch, &fields, &count, error);
    if (!status) status = tell(delta, MZ_CHANGE_CHANGED, record, fields, count, error);
    return status;
}

mz_status mz_delta_record(mz_delta *delta, const mz_record *record, mz_error *error) {
    uint32_t number;
    if (record->entity_count == 0) return mz_fail(error, MZ_ERR_INPUT, "a record without an entity");
    if (!mz_id_table_find(&delta->ids, record->entities[0].id, &number)) {
        delta->counts.added++;
        return tell(delta, MZ_CHANGE_ADDED, record, NULL, 0, error);
    }
    delta->seen[number / 8] |= (unsigned char)(1u << number % 8);
    unsigned char fingerprint[MZ_FINGERPRINT_BYTES];
    mz_arena_reset(&delta->scratch);
    mz_status status = mz_record_fingerprint(record, &delta->scratch, fingerprint, error);
    if (status) return status;
    if (memcmp(fingerprint, delta->records[number].fingerprint, sizeof fingerprint) != 0)
        return tell_changed(delta, number, record, error);
    delta->counts.same++;
    return MZ_OK;
}

mz_status mz_delta_finish(mz_delta *delta, mz_delta_counts *ret_counts, mz_error *error) {
    mz_status status = MZ_OK;
    for (uint32_t number = 0; !status && number < delta->ids.count; number++) {
        if (delta->seen[number / 8] >> number % 8 & 1) continue;
        mz_record old;
        delta->counts.removed++;
        status = fetch(delta, number, &old, error);
        if (!status) status = tell(delta, MZ_CHANGE_REMOVED, &old, NULL, 0, error);
    }
    if (!status) *ret_counts = delta->counts;
    return status;
}

mz_status mz_records_read(const char *path,
                          mz_status (*record)(void *context, const mz_record *record, mz_error *error), void *context,
                          mz_error *error) {
    mz_unpacker unpacker;
    mz_arena arena;
    mz_arena_init(&arena, SCRATCH_CEILING_BYTES);
    mz_status status = mz_unpacker_open(&unpacker, path, error);
    for (bool more = true; !status && more;) {
        mz_str line;
        size_t at;
        mz_record next;
        status = mz_unpacker_line(&unpacker, &line, &at, &more, error);
        if (status || !more) break;
        status = read_record(line, &arena, &unpacker, &next, error);
        if (!status) status = record(context, &next, error);
    }
    mz_unpacker_close(&unpacker);
    mz_arena_done(&arena);
    return status;
}
