/* Rows grouped by a key: an arena for the text, a map from key to group, a list of rows in each group. */
#include "lists/rows.h"

#include "base/ascii.h"
#include "base/checked.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_GROUPS = 1024 };

static const size_t ceiling_bytes = (size_t)1 << 30;

void mz_rows_init(mz_rows *rows) {
    *rows = (mz_rows){0};
    mz_arena_init(&rows->arena, ceiling_bytes);
    mz_map_init(&rows->index);
}

void mz_rows_done(mz_rows *rows) {
    mz_map_done(&rows->index);
    mz_arena_done(&rows->arena);
    free(rows->groups);
    rows->groups = NULL;
    rows->count = rows->capacity = 0;
}

static bool grow(mz_rows *rows) {
    size_t capacity = rows->capacity ? rows->capacity : FIRST_GROUPS / 2, bytes;
    if (rows->count < rows->capacity) return true;
    if (!mz_multiply_size(capacity, 2, &capacity) || !mz_multiply_size(capacity, sizeof *rows->groups, &bytes))
        return false;
    mz_row_group *grown = realloc(rows->groups, bytes);
    if (!grown) return false;
    rows->groups = grown;
    rows->capacity = capacity;
    return true;
}

mz_row_group *mz_rows_find(const mz_rows *rows, mz_str key) {
    const uint32_t *number = mz_map_get(&rows->index, key);
    return number ? &rows->groups[*number] : NULL;
}

static mz_row_group *group_of(mz_rows *rows, mz_str key) {
    mz_row_group *group = mz_rows_find(rows, key);
    if (group) return group;
    if (rows->count == UINT32_MAX || !grow(rows)) return NULL;
    mz_str kept = mz_arena_copy(&rows->arena, key);
    if (rows->arena.failed || !mz_map_put(&rows->index, kept, (uint32_t)rows->count)) return NULL;
    group = &rows->groups[rows->count++];
    *group = (mz_row_group){.key = kept};
    return group;
}

static mz_row *copy_row(mz_rows *rows, const mz_csv *csv, const int *places, size_t count, uint16_t file) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++) size += mz_csv_field(csv, places[i]).size;
    mz_row *row = MZ_ARENA_NEW(&rows->arena, 1, mz_row);
    uint32_t *ends = MZ_ARENA_NEW(&rows->arena, count, uint32_t);
    char *text = mz_arena_alloc(&rows->arena, size + 1, 1);
    if (rows->arena.failed) return NULL;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        mz_str field = mz_csv_field(csv, places[i]);
        if (field.size) memcpy(text + used, field.data, field.size);
        used += field.size;
        ends[i] = (uint32_t)used;
    }
    *row = (mz_row){.text = text, .ends = ends, .places = places, .count = count, .file = file};
    row->line = mz_csv_position(csv, 0, file).line;
    return row;
}

mz_status mz_rows_add(mz_rows *rows, const mz_csv *csv, const int *places, size_t count, mz_str key, uint16_t file,
                      mz_error *error) {
    mz_row_group *group = group_of(rows, key);
    mz_row *row = group ? copy_row(rows, csv, places, count, file) : NULL;
    if (!row && rows->arena.failed && !rows->arena.starved)
        return mz_fail_at(error, MZ_ERR_LIMIT, mz_csv_line(csv), 0, "the table needs more than %zu MiB of memory",
                          ceiling_bytes >> 20);
    if (!row) return mz_fail_memory(error);
    if (group->last)
        group->last->next = row;
    else
        group->first = row;
    group->last = row;
    group->count++;
    return MZ_OK;
}

mz_status mz_rows_read(mz_rows *rows, mz_csv *csv, const int *places, size_t count, size_t key_column, uint16_t file,
                       mz_reading *reading) {
    for (;;) {
        bool more;
        mz_status status = mz_csv_next(csv, &more, reading->error);
        if (status || !more) return status;
        mz_str key = mz_trimmed(mz_csv_field(csv, places[key_column]));
        status = mz_rows_add(rows, csv, places, count, key, file, reading->error);
        if (!status) status = mz_reading_progress(reading, mz_csv_consumed_bytes(csv), mz_csv_total_bytes(csv));
        if (status) return status;
    }
}

mz_str mz_row_field(const mz_row *row, size_t column) {
    uint32_t from = column ? row->ends[column - 1] : 0;
    return (mz_str){row->text + from, row->ends[column] - from};
}

mz_position mz_row_position(const mz_row *row, size_t column) {
    int place = row->places[column];
    return (mz_position){.line = row->line, .column = (uint16_t)(place < 0 ? 0 : place + 1), .file = row->file};
}
