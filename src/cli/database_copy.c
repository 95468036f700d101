/* mizan database copy: what the service keeps, from one database into another. */
#include "base/json_write.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/said.h"
#include "store/copy.h"

static void put_answer(cli_context *cli, uint64_t rows) {
    mz_buffer *out = &cli->out.text;
    if (cli->format == CLI_PRINT_TABLE) {
        char count[CLI_COUNT_TEXT_SIZE];
        cli_count_text(rows, cli->language, count);
        CLI_SAY(out, cli->language, CLI_SAY_DATABASE_COPIED, count);
        mz_buffer_char(out, '\n');
    }
    if (cli->format == CLI_PRINT_CSV) mz_buffer_print(out, "rows\n%llu\n", (unsigned long long)rows);
    if (cli->format != CLI_PRINT_JSON) return;
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_key(&json, "rows");
    mz_json_int(&json, (int64_t)rows);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static int run(cli_context *cli) {
    mz_store *from = NULL, *to = NULL;
    mz_error error;
    uint64_t rows = 0;
    mz_status status = mz_store_open(cli->operands[0], &from, &error);
    if (!status) status = mz_store_open(cli->operands[1], &to, &error);
    if (!status) status = mz_store_copy(from, to, &rows, &error);
    mz_store_close(to);
    mz_store_close(from);
    if (status) return cli_fail(&error);
    put_answer(cli, rows);
    return CLI_DONE;
}

static const cli_example examples[] = {
    {"mizan database copy service.db postgresql://mizan@db.example.org/mizan", "from a file into a server"},
    {"mizan database copy postgresql://mizan@db.example.org/mizan service.db", "and back"},
};

const cli_command cli_database_copy = {
    .name = "database copy",
    .operands = "FROM TO",
    .summary = "copy people, keys and history into another database",
    .description =
        "FROM and TO are databases of the service as --database of mizan serve takes them: a path of SQLite, or "
        "postgresql://USER@HOST/DATABASE. TO is made where it is not there, or has nothing in it yet. Everything of "
        "one "
        "state of FROM is copied, or nothing is; FROM stays as it is. Stop the service first: what it writes while the "
        "copy is made is not in it.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .least = 2,
    .most = 2,
    .operand = CLI_KIND_TEXT,
    .run = run,
};
