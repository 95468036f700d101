/* See json_items.h. The scanner counts brackets without telling them apart: an element whose brackets do not match
 * is given as it is, and mz_json_parse refuses it. */
#include "lists/json_items.h"

#include "base/error.h"

#include <stdlib.h>

enum { BLOCK_BYTES = 128 * 1024, KEY_CEILING_BYTES = 4096 };

static void start(mz_json_items *items, const char *array_key, size_t ceiling_bytes) {
    items->array_key = array_key;
    items->at = items->end = 0;
    items->block = NULL;
    items->block_offset = items->line_offset = 0;
    items->line = 1;
    items->state = MZ_ITEMS_START;
    items->first = true;
    items->found_array = false;
    mz_buffer_init(&items->text, ceiling_bytes);
    mz_buffer_init(&items->key, KEY_CEILING_BYTES);
}

mz_status mz_json_items_open(mz_json_items *items, const char *path, const char *array_key, size_t ceiling_bytes,
                             mz_error *error) {
    mz_status status = mz_input_open(&items->input, path, error);
    if (status) return status;
    start(items, array_key, ceiling_bytes);
    return MZ_OK;
}

void mz_json_items_memory(mz_json_items *items, const char *name, mz_str bytes, const char *array_key,
                          size_t ceiling_bytes) {
    mz_input_memory(&items->input, name, bytes);
    start(items, array_key, ceiling_bytes);
}

void mz_json_items_close(mz_json_items *items) {
    free(items->block);
    mz_buffer_done(&items->key);
    mz_buffer_done(&items->text);
    mz_input_close(&items->input);
}

static uint64_t offset(const mz_json_items *items) {
    return items->block_offset + items->at;
}

static mz_status fail(const mz_json_items *items, mz_error *error, const char *message) {
    return mz_fail_at(error, MZ_ERR_INPUT, items->line, offset(items) - items->line_offset + 1, "%s", message);
}

/* Makes a byte available at `at` unless the file is at its end. */
static mz_status fill(mz_json_items *items, mz_error *error) {
    if (items->at < items->end) return MZ_OK;
    if (!items->block) items->block = malloc(BLOCK_BYTES);
    if (!items->block) return mz_fail_memory(error);
    items->block_offset += items->end;
    items->at = items->end = 0;
    return mz_input_read(&items->input, items->block, BLOCK_BYTES, &items->end, error);
}

static void next_line(mz_json_items *items) {
    items->line++;
    items->line_offset = offset(items) + 1;
}

/* Passes over white space; *ret_c is the byte that stands there then, unread, or -1 at the end. */
static mz_status skip_space(mz_json_items *items, int *ret_c, mz_error *error) {
    for (;;) {
        mz_status status = fill(items, error);
        if (status) return status;
        if (items->at == items->end) {
            *ret_c = -1;
            return MZ_OK;
        }
        char c = items->block[items->at];
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            *ret_c = (unsigned char)c;
            return MZ_OK;
        }
        if (c == '\n') next_line(items);
        items->at++;
    }
}

static bool ends_word(char c) {
    return c == ',' || c == ':' || c == '}' || c == ']' || c == '{' || c == '[' || c == '"' || c == ' ' || c == '\t' ||
           c == '\r' || c == '\n';
}

typedef struct scan {
    unsigned depth;
    bool in_string, escaped, any;
} scan;

/* One byte inside a value: whether the value ends before it (it is not taken), behind it, or goes on. */
typedef enum scan_step { GOES_ON, ENDS_BEHIND, ENDS_BEFORE } scan_step;

static scan_step step(scan *s, char c) {
    if (s->in_string) {
        if (s->escaped)
            s->escaped = false;
        else if (c == '\\')
            s->escaped = true;
        else if (c == '"')
            s->in_string = false;
        return s->in_string || s->depth ? GOES_ON : ENDS_BEHIND;
    }
    if (s->depth == 0 && s->any && ends_word(c)) return ENDS_BEFORE;
    if (c == '"') {
        s->in_string = true;
    } else if (c == '{' || c == '[') {
        s->depth++;
    } else if (c == '}' || c == ']') {
        if (s->depth == 0) return ENDS_BEFORE;
        return --s->depth == 0 ? ENDS_BEHIND : GOES_ON;
    } else if (s->depth == 0 && ends_word(c)) {
        return ENDS_BEFORE;
    }
    return GOES_ON;
}

/* Reads on to the end of the value, or of the block. */
static scan_step scan_block(mz_json_items *items, scan *s) {
    scan_step result = GOES_ON;
    size_t from = items->at;
    while (items->at < items->end) {
        char c = items->block[items->at];
        result = step(s, c);
        if (result == ENDS_BEFORE) break;
        s->any = true;
        if (c == '\n') next_line(items);
        items->at++;
        if (result == ENDS_BEHIND) break;
    }
    mz_buffer_append(&items->text, items->block + from, items->at - from);
    return result;
}

/* The value at hand, into items->text; empty when none stands there. */
static mz_status take_value(mz_json_items *items, mz_error *error) {
    scan s = {0};
    uint64_t line = items->line, column = offset(items) - items->line_offset + 1;
    mz_buffer_clear(&items->text);
    for (;;) {
        mz_status status = fill(items, error);
        if (status) return status;
        if (items->at == items->end) {
            if (s.depth || s.in_string) return fail(items, error, "the file breaks off inside a value; fetch it again");
            break;
        }
        if (scan_block(items, &s) != GOES_ON) break;
    }
    if (!items->text.failed) return MZ_OK;
    if (items->text.starved) return mz_fail_memory(error);
    return mz_fail_at(error, MZ_ERR_LIMIT, line, column, "a value of more than %zu bytes", items->text.ceiling);
}

static mz_status give_value(mz_json_items *items, bool element, mz_json_item *ret_item, bool *ret_more,
                            mz_error *error) {
    mz_json_item item = {.element = element, .key = mz_buffer_view(&items->key)};
    item.line = items->line;
    item.column = offset(items) - items->line_offset + 1;
    mz_status status = take_value(items, error);
    if (status) return status;
    if (items->text.size == 0) return fail(items, error, "a value was expected");
    item.text = mz_buffer_view(&items->text);
    *ret_item = item;
    *ret_more = true;
    return MZ_OK;
}

/* Between two elements or before the first: true at the end of the array or object. */
static mz_status pass_separator(mz_json_items *items, char closing, bool *ret_end, mz_error *error) {
    int c = -1;
    mz_status status = skip_space(items, &c, error);
    if (status) return status;
    if (c < 0) return fail(items, error, "the file breaks off; fetch it again");
    *ret_end = c == closing;
    bool first = items->first;
    items->first = false;
    if (*ret_end) {
        items->at++;
        return MZ_OK;
    }
    if (first) return MZ_OK;
    if (c != ',') return fail(items, error, closing == ']' ? "a comma or ] was expected" : "a comma or } was expected");
    items->at++;
    return skip_space(items, &c, error);
}

/* At the start, and behind the end of the document. */
static mz_status begin(mz_json_items *items, mz_error *error) {
    int c = -1;
    mz_status status = fill(items, error);
    if (status) return status;
    if (items->end >= 3 && memcmp(items->block, "\xEF\xBB\xBF", 3) == 0) {
        items->at = 3;
        items->line_offset = 3;
    }
    status = skip_space(items, &c, error);
    if (status) return status;
    if (c < 0) return fail(items, error, "the file is empty; fetch it again");
    items->state = MZ_ITEMS_SEQUENCE;
    items->found_array = c == '[';
    if (c == '[') items->state = MZ_ITEMS_ARRAY;
    if (c == '{' && items->array_key) items->state = MZ_ITEMS_OBJECT;
    if (items->state != MZ_ITEMS_SEQUENCE) items->at++;
    return MZ_OK;
}

static mz_status finish(mz_json_items *items, mz_error *error) {
    int c = -1;
    items->state = MZ_ITEMS_END;
    mz_status status = skip_space(items, &c, error);
    if (!status && c >= 0) status = fail(items, error, "more text behind the end of the document");
    return status;
}

/* A member of the object: its key into items->key; *ret_array when its value is the array wanted. */
static mz_status take_key(mz_json_items *items, bool *ret_array, mz_error *error) {
    int c = -1;
    mz_buffer_clear(&items->key);
    mz_status status = take_value(items, error);
    if (status == MZ_ERR_LIMIT) return fail(items, error, "a key longer than any is");
    if (status) return status;
    mz_str key = mz_buffer_view(&items->text);
    if (key.size < 2 || key.data[0] != '"') return fail(items, error, "a key in double quotes was expected");
    mz_buffer_append(&items->key, key.data + 1, key.size - 2);
    if (items->key.failed)
        return items->key.starved ? mz_fail_memory(error) : fail(items, error, "a key longer than any is");
    status = skip_space(items, &c, error);
    if (!status && c != ':') status = fail(items, error, "a colon was expected behind the key");
    if (status) return status;
    items->at++;
    status = skip_space(items, &c, error);
    *ret_array = c == '[' && mz_str_equal(mz_buffer_view(&items->key), mz_str_of(items->array_key));
    return status;
}

static mz_status next_member(mz_json_items *items, mz_json_item *ret_item, bool *ret_more, mz_error *error) {
    bool end = false, array = false;
    mz_status status = pass_separator(items, '}', &end, error);
    if (status) return status;
    if (end) return finish(items, error);
    status = take_key(items, &array, error);
    if (status) return status;
    if (!array) return give_value(items, false, ret_item, ret_more, error);
    items->at++;
    items->first = items->found_array = true;
    items->state = MZ_ITEMS_OBJECT_ARRAY;
    return MZ_OK;
}

static mz_status next_element(mz_json_items *items, mz_json_item *ret_item, bool *ret_more, mz_error *error) {
    bool end = false;
    mz_status status = pass_separator(items, ']', &end, error);
    if (status) return status;
    if (!end) return give_value(items, true, ret_item, ret_more, error);
    if (items->state == MZ_ITEMS_ARRAY) return finish(items, error);
    items->state = MZ_ITEMS_OBJECT;
    return MZ_OK;
}

static mz_status next_of_sequence(mz_json_items *items, mz_json_item *ret_item, bool *ret_more, mz_error *error) {
    int c = -1;
    mz_status status = skip_space(items, &c, error);
    if (status) return status;
    if (c >= 0) return give_value(items, true, ret_item, ret_more, error);
    items->state = MZ_ITEMS_END;
    return MZ_OK;
}

mz_status mz_json_items_next(mz_json_items *items, mz_json_item *ret_item, bool *ret_more, mz_error *error) {
    mz_status status = MZ_OK;
    *ret_more = false;
    while (!status && !*ret_more && items->state != MZ_ITEMS_END) {
        switch (items->state) {
        case MZ_ITEMS_START: status = begin(items, error); break;
        case MZ_ITEMS_SEQUENCE: status = next_of_sequence(items, ret_item, ret_more, error); break;
        case MZ_ITEMS_ARRAY:
        case MZ_ITEMS_OBJECT_ARRAY: status = next_element(items, ret_item, ret_more, error); break;
        case MZ_ITEMS_OBJECT: status = next_member(items, ret_item, ret_more, error); break;
        case MZ_ITEMS_END: break;
        }
    }
    return status;
}

mz_status mz_json_item_parse(const mz_json_item *item, unsigned flags, mz_arena *arena, const mz_json_value **ret_value,
                             mz_error *error) {
    mz_status status = mz_json_parse(item->text, flags, arena, ret_value, error);
    if (status && error && error->line) {
        if (error->line == 1) error->column += item->column - 1;
        error->line += item->line - 1;
    }
    return status;
}

uint32_t mz_json_item_line(const mz_json_item *item, const mz_json_value *value) {
    uint64_t line = item->line + value->line - 1;
    return line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
}
