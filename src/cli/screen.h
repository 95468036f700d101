/* The parts of mizan screen. */
#ifndef MIZAN_CLI_SCREEN_H
#define MIZAN_CLI_SCREEN_H

#include "cli/cli.h"
#include "entity/record.h"
#include "mizan/screen.h"

/* A query for one name, from the operand and the options about it. CLI_DONE, or the exit status after having
 * complained. `builder` owns the entity. */
int cli_query_build(const cli_context *cli, mz_builder *builder, const mz_entity **ret_query);
/* The same query as a line of JSON; its id is the name. */
void cli_query_json(mz_buffer *out, mz_str id, const mz_entity *query);

/* "person", "company", …: what a schema is called. */
const char *cli_schema_label(mz_schema schema, mz_language language);

/* Prints a screening for a person. */
mz_status cli_show_screening(cli_context *cli, const mz_index *index, size_t limit, const mz_screening *screening,
                             mz_error *error);

/* How much of a query was screened: without all of it, that there is no hit means nothing. */
typedef enum cli_screened { CLI_SCREENED, CLI_CUT_SHORT, CLI_NOT_SCREENED } cli_screened;

/* An answer (a line of JSON as mz_screen_json gives it, with so many hits) as that line, as CSV or as a short table.
 * False when memory ran out. */
void cli_answer_heading(const cli_context *cli, mz_buffer *out);
bool cli_answer_put(const cli_context *cli, mz_buffer *out, mz_str answer, size_t hits, cli_screened *ret_screened);
/* What stands in the place of an answer that could not be given. `id` empty: not known. */
void cli_answer_error(const cli_context *cli, mz_buffer *out, uint64_t line, mz_str id, const mz_error *error);

/* Screens a file of queries, a line each. */
typedef struct cli_batch_counts {
    uint64_t queries, with_hit;
    uint64_t not_screened; /* lines that could not be understood, and queries without anything to screen */
    uint64_t cut_short;    /* queries whose budget of work was used up */
} cli_batch_counts;
int cli_batch(cli_context *cli, const mz_index *index, const mz_screen_options *options, const char *path,
              cli_batch_counts *ret_counts);

#endif
