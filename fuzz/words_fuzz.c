/* Names of any bytes into words. What must hold:
 * - malformed UTF-8 is refused, and nothing else is, but for memory;
 * - folded is valid UTF-8 and never empty, latin is a-z and 0-9 only, original lies in the name;
 * - folding twice is folding once: the words of a folded word are that word. */
#include "text/text.h"

#include <stdlib.h>

enum { MOST_WORDS = 64, CEILING_BYTES = 64 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool truth) {
    if (!truth) abort();
}

static void check_again(const mz_word *word) {
    mz_arena arena;
    mz_word *words = NULL;
    size_t count = 0;
    bool cut = false;
    mz_error error;
    mz_arena_init(&arena, CEILING_BYTES);
    hold(mz_text_words(word->folded, &arena, MOST_WORDS, &words, &count, &cut, &error) == MZ_OK);
    hold(count == 1 && !cut && mz_str_equal(words[0].folded, word->folded));
    hold(words[0].number == word->number && words[0].abjad == word->abjad && words[0].script == word->script);
    mz_arena_done(&arena);
}

static void check_word(mz_str name, const mz_word *word) {
    hold(word->folded.size > 0 && mz_utf8_valid(word->folded, NULL));
    for (size_t i = 0; i < word->latin.size; i++) {
        char c = word->latin.data[i];
        hold((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
    hold(word->original.data >= name.data && word->original.data + word->original.size <= name.data + name.size);
    hold(mz_utf8_valid(word->original, NULL));
    hold(word->script < MZ_SCRIPT_COUNT);
    check_again(word);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_str name = {(const char *)data, size};
    mz_arena arena;
    mz_word *words = NULL;
    size_t count = 0, bad = 0;
    bool cut = false;
    mz_error error = {0};
    mz_arena_init(&arena, CEILING_BYTES);
    bool valid = mz_utf8_valid(name, &bad);
    mz_status status = mz_text_words(name, &arena, MOST_WORDS, &words, &count, &cut, &error);
    if (!valid) {
        hold(status == MZ_ERR_INPUT && error.column == bad + 1);
    } else if (status == MZ_OK) {
        hold(count <= MOST_WORDS);
        for (size_t i = 0; i < count; i++) check_word(name, &words[i]);
    } else {
        hold(status == MZ_ERR_MEMORY);
    }
    (void)mz_display_width(name);
    mz_arena_done(&arena);
    return 0;
}
