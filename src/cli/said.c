#include "cli/said.h"

#include <stdio.h>

enum { COLUMN_NAME_SIZE = 64 };

/* The names of columns that stand to the right begin with a mark which is no word. */
void cli_table_said(cli_table *table, mz_language language, const cli_message *names, size_t count,
                    uint32_t to_the_right) {
    char marked[CLI_TABLE_COLUMNS][COLUMN_NAME_SIZE];
    const char *texts[CLI_TABLE_COLUMNS + 1] = {NULL};
    for (size_t i = 0; i < count; i++) {
        const char *name = names[i] == CLI_NO_NAME ? "" : cli_message_text(names[i], language);
        (void)snprintf(marked[i], sizeof marked[i], "%s%s", to_the_right >> i & 1 ? ">" : "", name);
        texts[i] = marked[i];
    }
    cli_table_init(table, texts);
}

void cli_table_word(cli_table *table, mz_language language, cli_message message) {
    cli_table_cell(table, mz_str_of(cli_message_text(message, language)));
}

mz_str cli_by_command(mz_str name, mz_language language, mz_arena *arena) {
    return mz_arena_print(arena, "%.*s (%s)", (int)name.size, name.data,
                          cli_message_text(CLI_SAY_ACTOR_BY_COMMAND, language));
}

void cli_count_text(uint64_t count, mz_language language, char ret_text[CLI_COUNT_TEXT_SIZE]) {
    mz_buffer text;
    mz_buffer_init(&text, CLI_COUNT_TEXT_SIZE);
    cli_put_count(&text, count, cli_digit_separator(language));
    (void)snprintf(ret_text, CLI_COUNT_TEXT_SIZE, "%s", text.failed || !text.data ? "?" : text.data);
    mz_buffer_done(&text);
}
