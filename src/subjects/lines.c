#include "subjects/lines.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024 };

static mz_status open_input(mz_lines *lines, const char *path, mz_str bytes, mz_error *error) {
    if (path) return mz_input_open(&lines->input, path, error);
    mz_input_memory(&lines->input, "", bytes);
    return MZ_OK;
}

/* Reads as far as it takes to know the encoding, and begins again. */
static mz_status find_encoding(mz_lines *lines, const char *path, mz_str bytes, size_t *ret_mark, mz_error *error) {
    mz_encoding_signs signs = {.bytes = 0};
    mz_status status = MZ_OK;
    bool more = true;
    while (more && !status) {
        size_t size = 0;
        status = mz_input_read(&lines->input, lines->block, BLOCK_BYTES, &size, error);
        more = !status && size && mz_encoding_look(&signs, (mz_str){lines->block, size});
    }
    if (status) return status;
    mz_encoding told = mz_encoding_told(&signs, ret_mark);
    if (lines->encoding == MZ_ENCODING_COUNT) lines->encoding = told;
    if (lines->encoding == MZ_ENCODING_COUNT)
        return mz_fail(error, MZ_ERR_INPUT,
                       "the file is neither UTF-8 nor UTF-16, and cannot be told to be Windows-1252 or Windows-1256: "
                       "save it as UTF-8, or say its \"encoding\" in the mapping");
    mz_input_close(&lines->input);
    return open_input(lines, path, bytes, error);
}

mz_status mz_lines_open(mz_lines *lines, const char *path, mz_str bytes, mz_encoding encoding, mz_error *error) {
    size_t mark = 0, read = 0;
    *lines = (mz_lines){.encoding = encoding};
    mz_status status = open_input(lines, path, bytes, error);
    if (status) return status;
    mz_buffer_init(&lines->text, (size_t)3 * MZ_LINES_BYTES_MOST);
    lines->block = malloc(BLOCK_BYTES);
    if (!lines->block) status = mz_fail_memory(error);
    if (!status) status = find_encoding(lines, path, bytes, &mark, error);
    if (!status && mark) status = mz_input_read(&lines->input, lines->block, mark, &read, error);
    if (status) mz_lines_close(lines);
    return status;
}

void mz_lines_close(mz_lines *lines) {
    mz_input_close(&lines->input);
    mz_buffer_done(&lines->text);
    free(lines->block);
    lines->block = NULL;
}

static mz_status fill(mz_lines *lines, mz_error *error) {
    size_t size = 0;
    mz_status status =
        mz_input_read(&lines->input, lines->block + lines->block_size, BLOCK_BYTES - lines->block_size, &size, error);
    if (status) return status;
    lines->ended = size == 0;
    size += lines->block_size;
    size_t used = mz_encoding_decode(lines->encoding, (mz_str){lines->block, size}, lines->ended, &lines->text);
    lines->block_size = size - used;
    memmove(lines->block, lines->block + used, lines->block_size);
    return lines->text.failed ? mz_fail_buffer(&lines->text, error, "a line") : MZ_OK;
}

/* Forgets what was decoded and nobody reads again. */
static void forget(mz_lines *lines) {
    mz_buffer *text = &lines->text;
    if (!lines->at || (lines->at < BLOCK_BYTES && lines->at < text->size)) return;
    memmove(text->data, text->data + lines->at, text->size - lines->at);
    text->size -= lines->at;
    lines->at = 0;
}

static mz_status pass_over(mz_lines *lines, mz_error *error) {
    for (;;) {
        char *end = memchr(lines->text.data + lines->at, '\n', lines->text.size - lines->at);
        lines->at = end ? (size_t)(end - lines->text.data) + 1 : lines->text.size;
        if (end || lines->ended) break;
        lines->at = lines->mark = lines->text.size = 0;
        mz_status status = fill(lines, error);
        if (status) return status;
    }
    return mz_fail_at(error, MZ_ERR_LIMIT, lines->line, 0, "a line of more than %d KiB", MZ_LINES_BYTES_MOST / 1024);
}

mz_status mz_lines_next(mz_lines *lines, mz_str *ret_line, bool *ret_more, mz_error *error) {
    size_t searched = lines->at;
    char *end = NULL;
    *ret_more = false;
    for (;;) {
        if (lines->text.size > searched) end = memchr(lines->text.data + searched, '\n', lines->text.size - searched);
        searched = lines->text.size;
        if (end || lines->ended) break;
        if (lines->text.size - lines->at > MZ_LINES_BYTES_MOST) {
            lines->line++;
            *ret_more = true;
            return pass_over(lines, error);
        }
        mz_status status = fill(lines, error);
        if (status) return status;
    }
    size_t stop = end ? (size_t)(end - lines->text.data) : lines->text.size;
    *ret_more = end || stop > lines->at;
    if (!*ret_more) return MZ_OK;
    mz_str line = {lines->text.data + lines->at, stop - lines->at};
    if (line.size && line.data[line.size - 1] == '\r') line.size--;
    lines->at = stop + (end != NULL);
    lines->line++;
    *ret_line = line;
    return MZ_OK;
}

void mz_lines_mark(mz_lines *lines) {
    forget(lines);
    lines->mark_line = lines->line;
    lines->mark = lines->at;
}

void mz_lines_back(mz_lines *lines) {
    lines->at = lines->mark;
    lines->line = lines->mark_line;
}

size_t mz_lines_since_mark(const mz_lines *lines) {
    return lines->at - lines->mark;
}
