#include "words.h"

#include "test.h"

#include <stdio.h>

static mz_str part(const mz_word *word, show what) {
    switch (what) {
    case SHOW_FOLDED:
    case SHOW_FOLDED_ALONE: return word->folded;
    case SHOW_LATIN: return word->latin;
    case SHOW_ORIGINAL: return word->original;
    case SHOW_SCRIPT: return mz_str_of(mz_script_name(word->script));
    }
    return (mz_str){"", 0};
}

const char *words_line(mz_str name, show what, char line[LINE_SIZE]) {
    mz_arena arena;
    mz_word *words = NULL;
    size_t count = 0, size = 0;
    bool cut = false;
    mz_error error = {0};
    mz_arena_init(&arena, 1024 * 1024);
    line[0] = '\0';
    mz_status status = mz_text_words(name, &arena, 64, &words, &count, &cut, &error);
    if (status != MZ_OK) (void)snprintf(line, LINE_SIZE, "status %d", (int)status);
    for (size_t i = 0; status == MZ_OK && i < count && size < LINE_SIZE; i++) {
        mz_str text = part(&words[i], what);
        bool star = words[i].lookalike && what == SHOW_FOLDED;
        size += (size_t)snprintf(line + size, LINE_SIZE - size, "%s%.*s%s", i ? " " : "", (int)text.size, text.data,
                                 star ? "*" : "");
    }
    mz_arena_done(&arena);
    return line;
}

void check_rows(const words_row *rows, size_t count, show what) {
    char line[LINE_SIZE];
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s", rows[i].name);
        CHECK_TEXT(rows[i].expected, words_line(mz_str_of(rows[i].name), what, line));
    }
}
