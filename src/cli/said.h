/* Tables and counts in the language of the reader: what output.h prints, in the words of messages.h. */
#ifndef MIZAN_CLI_SAID_H
#define MIZAN_CLI_SAID_H

#include "base/arena.h"
#include "cli/messages.h"
#include "cli/output.h"

/* A column without a name. */
#define CLI_NO_NAME CLI_MESSAGE_COUNT

/* A table with these names of columns; those whose bit is set stand to the right. */
void cli_table_said(cli_table *table, mz_language language, const cli_message *names, size_t count,
                    uint32_t to_the_right);
void cli_table_word(cli_table *table, mz_language language, cli_message message);

/* Somebody who was named at the machine and did not sign in: “amal (by command)”. In `arena`. */
mz_str cli_by_command(mz_str name, mz_language language, mz_arena *arena);

/* 1,234,567 as the language writes it. */
enum { CLI_COUNT_TEXT_SIZE = 64 };
void cli_count_text(uint64_t count, mz_language language, char ret_text[CLI_COUNT_TEXT_SIZE]);

#endif
