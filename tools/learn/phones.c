/* Words of standard input, a line each, as names are read: normal form, tab, phones (names/phones.h) as letters, tab,
 * script. A line that is not one word gives an empty line. For the programs that learn what sounds cost. */
#include "names/phones.h"
#include "names/name.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINE_CEILING_BYTES = 16 << 20 };

static mz_status print_word(mz_str text, mz_arena *arena, mz_error *error) {
    mz_word *words;
    size_t count;
    bool cut;
    mz_status status = mz_text_words(text, arena, 2, &words, &count, &cut, error);
    if (!status && count == 1) {
        uint8_t phones[MZ_PHONES_MOST];
        size_t read, size = mz_phones(words[0].latin, words[0].lone_h, mz_script_unspaced(words[0].script), phones,
                                      sizeof phones, &read);
        if (read == words[0].latin.size && size) {
            (void)printf("%.*s\t", (int)words[0].folded.size, words[0].folded.data);
            for (size_t i = 0; i < size; i++) (void)putchar(mz_phone_letter(phones[i]));
            (void)printf("\t%s", mz_script_name(words[0].script));
        }
    }
    (void)putchar('\n');
    return status;
}

int main(void) {
    char *line = NULL;
    size_t room = 0, number = 0;
    mz_arena arena;
    mz_arena_init(&arena, LINE_CEILING_BYTES);
    for (ssize_t size; (size = getline(&line, &room, stdin)) >= 0;) {
        mz_error error = {0};
        number++;
        mz_arena_reset(&arena);
        if (print_word((mz_str){line, (size_t)size - (size > 0 && line[size - 1] == '\n')}, &arena, &error)) {
            (void)fprintf(stderr, "line %zu: %s\n", number, error.text);
            return 1;
        }
    }
    mz_arena_done(&arena);
    free(line);
    return 0;
}
