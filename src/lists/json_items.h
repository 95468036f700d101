/* A JSON document too large for one tree, an element at a time.
 *
 * A scanner of depth and quotes finds where each element begins and ends; mz_json_parse then reads it alone, so
 * that memory is bounded by the largest element. Three shapes are read: an array; an object, one of whose members is
 * the array (the others are given too, they hold counts and dates); values one behind the other (JSON lines). */
#ifndef MIZAN_LISTS_JSON_ITEMS_H
#define MIZAN_LISTS_JSON_ITEMS_H

#include "base/file.h"
#include "base/json_read.h"

typedef struct mz_json_items {
    mz_input input;
    const char *array_key;
    size_t at, end; /* in `block` */
    char *block;
    uint64_t block_offset; /* of its first byte in the file */
    uint64_t line, line_offset;
    mz_buffer text, key;
    enum {
        MZ_ITEMS_START,
        MZ_ITEMS_SEQUENCE,
        MZ_ITEMS_ARRAY,
        MZ_ITEMS_OBJECT,
        MZ_ITEMS_OBJECT_ARRAY,
        MZ_ITEMS_END
    } state;
    bool first;       /* of its array or object */
    bool found_array; /* the array was there, perhaps empty */
} mz_json_items;

typedef struct mz_json_item {
    bool element;          /* of the array or the sequence; else a member of the object around the array */
    mz_str key;            /* that member's, as written between its quotes */
    mz_str text;           /* the value's bytes, not yet checked; lives until the next call */
    uint64_t line, column; /* of the first of them */
} mz_json_item;

/* `array_key` NULL: a document that begins with an object is a sequence. Values over `ceiling_bytes` are MZ_ERR_LIMIT
 * with their place, and are passed over, so that the caller may go on. */
mz_status mz_json_items_open(mz_json_items *items, const char *path, const char *array_key, size_t ceiling_bytes,
                             mz_error *error);
void mz_json_items_memory(mz_json_items *items, const char *name, mz_str bytes, const char *array_key,
                          size_t ceiling_bytes);
void mz_json_items_close(mz_json_items *items);

/* The next item; *ret_more false at the end. MZ_ERR_INPUT when the document is malformed around its elements. */
mz_status mz_json_items_next(mz_json_items *items, mz_json_item *ret_item, bool *ret_more, mz_error *error);

/* The item's value; errors have their place in the file. */
mz_status mz_json_item_parse(const mz_json_item *item, unsigned flags, mz_arena *arena, const mz_json_value **ret_value,
                             mz_error *error);

/* The line in the file of a value inside the item. */
uint32_t mz_json_item_line(const mz_json_item *item, const mz_json_value *value);

#endif
