/* What the tests of the text floor share: the words of a name as one line of text. */
#ifndef MIZAN_TESTS_TEXT_WORDS_H
#define MIZAN_TESTS_TEXT_WORDS_H

#include "text/text.h"

enum { LINE_SIZE = 4096 };

typedef enum show { SHOW_FOLDED, SHOW_FOLDED_ALONE, SHOW_LATIN, SHOW_ORIGINAL, SHOW_SCRIPT } show;

/* The words of `name`, blanks between, '*' behind those where look-alikes stood
 * (SHOW_FOLDED); a failing status as "status N". */
const char *words_line(mz_str name, show what, char line[LINE_SIZE]);

/* Rows of tests: what is written, and the line expected of it. */
typedef struct words_row {
    const char *name, *expected;
} words_row;

void check_rows(const words_row *rows, size_t count, show what);
#define CHECK_ROWS(rows, what) check_rows((rows), sizeof(rows) / sizeof *(rows), (what))

#endif
