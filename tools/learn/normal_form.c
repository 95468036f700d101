/* Lines of standard input to their words in normal form (text/text.h), blank between, a line each: so that the tables
 * which tools/learn/lexicon.py writes are keyed by exactly what names are read as. */
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORDS_MOST = 64, LINE_CEILING_BYTES = 16 << 20 };

static mz_status print_words(mz_str text, mz_arena *arena, mz_error *error) {
    mz_word *words;
    size_t count;
    bool cut;
    mz_status status = mz_text_words(text, arena, WORDS_MOST, &words, &count, &cut, error);
    for (size_t i = 0; !status && i < count; i++)
        (void)printf("%s%.*s", i ? " " : "", (int)words[i].folded.size, words[i].folded.data);
    (void)putchar('\n');
    return status;
}

int main(void) {
    char *line = NULL;
    size_t room = 0, number = 0;
    mz_arena arena;
    mz_arena_init(&arena, LINE_CEILING_BYTES);
    (void)setvbuf(stdout, NULL, _IOLBF, 0); /* who asks waits for each answer */
    for (ssize_t size; (size = getline(&line, &room, stdin)) >= 0;) {
        mz_error error = {0};
        number++;
        mz_arena_reset(&arena);
        mz_str text = {line, (size_t)size - (size > 0 && line[size - 1] == '\n')};
        if (print_words(text, &arena, &error)) {
            (void)fprintf(stderr, "line %zu: %s\n", number, error.text);
            return 1;
        }
    }
    mz_arena_done(&arena);
    free(line);
    return 0;
}
