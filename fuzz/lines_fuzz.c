/* Lines (base/file.h) against the plainest way to split a text: the first byte of the input is the ceiling. Also times
 * (base/clock.h): what is understood, written and read again is the same second. */
#include "base/clock.h"
#include "base/file.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes the next line off `rest`, without its end. */
static mz_str next_line(mz_str *rest) {
    const char *newline = rest->size ? memchr(rest->data, '\n', rest->size) : NULL;
    mz_str line = {rest->data, newline ? (size_t)(newline - rest->data) : rest->size};
    size_t step = line.size + (newline != NULL);
    rest->data += step;
    rest->size -= step;
    return line;
}

static void check_lines(mz_str text, size_t ceiling) {
    mz_input input;
    mz_buffer line;
    mz_error error;
    mz_str rest = text;
    bool more = true;
    if (rest.size >= 3 && memcmp(rest.data, "\xEF\xBB\xBF", 3) == 0) rest = (mz_str){rest.data + 3, rest.size - 3};
    mz_buffer_init(&line, ceiling);
    mz_input_memory(&input, "input", text);
    for (uint64_t number = 1; rest.size; number++) {
        mz_str expected = next_line(&rest);
        mz_status status = mz_input_line(&input, &line, &more, &error);
        if (!more || input.line != number || (status == MZ_ERR_LIMIT) != (expected.size > ceiling)) abort();
        if (status == MZ_ERR_LIMIT) continue;
        if (expected.size && expected.data[expected.size - 1] == '\r') expected.size--;
        if (status || !mz_str_equal(expected, mz_buffer_view(&line))) abort();
    }
    if (mz_input_line(&input, &line, &more, &error) != MZ_OK || more || input.consumed != text.size) abort();
    mz_input_close(&input);
    mz_buffer_done(&line);
}

static void check_time(mz_str text) {
    char written[MZ_TIME_TEXT_SIZE];
    int64_t seconds, again;
    if (!mz_time_parse(text.data, text.size, &seconds)) return;
    mz_time_text(seconds, written);
    /* a zone can carry the first and last day out of what the form can write */
    bool inside = seconds >= -62167219200 && seconds <= 253402300799;
    if (!mz_time_parse(written, strlen(written), &again) || (inside && again != seconds)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    mz_str text = {(const char *)data + 1, size - 1};
    check_lines(text, data[0]);
    check_time(text);
    return 0;
}
