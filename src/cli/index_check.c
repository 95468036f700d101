/* mizan index check: whether an index says what the records in it say. */
#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/said.h"
#include "mizan/update.h"

static int show(void *context, uint64_t done, uint64_t total) {
    cli_progress *progress = context;
    cli_progress_count(progress, done, total);
    return cli_interrupted();
}

static void put_answer(cli_context *cli, const char *path) {
    mz_buffer *out = &cli->out.text;
    if (cli->format == CLI_PRINT_TABLE) {
        cli_put_safe(out, mz_str_of(path));
        mz_buffer_print(out, ": ");
        CLI_SAY(out, cli->language, CLI_SAY_INDEX_RIGHT, NULL);
        mz_buffer_char(out, '\n');
    }
    if (cli->format == CLI_PRINT_CSV) {
        mz_buffer_print(out, "index,right\n");
        cli_csv(out, mz_str_of(path), true);
        mz_buffer_print(out, ",true\n");
    }
    if (cli->format != CLI_PRINT_JSON) return;
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "index", mz_str_of(path));
    mz_json_pair_bool(&json, "right", true);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static int run(cli_context *cli) {
    char path[4096];
    mz_error error;
    cli_progress progress;
    const char *given = cli_text(cli, CLI_INDEX);
    if (!given) {
        if (cli_image_path(cli, path, sizeof path, &error)) return cli_fail(&error);
        given = path;
    }
    cli_interruptible();
    cli_progress_start(&progress, cli, "checking");
    mz_status status = mz_index_verify(given, show, &progress, &error);
    cli_progress_clear();
    if (status) return cli_fail(&error);
    put_answer(cli, given);
    return CLI_DONE;
}

static const cli_example examples[] = {
    {"mizan index check --index lists.mzi", "an index that came from elsewhere"},
};

static const cli_option_id options[] = {CLI_INDEX, CLI_NO_OPTION};

const cli_command cli_index_check = {
    .name = "index check",
    .operands = "",
    .summary = "build an index anew from its own records and compare",
    .description =
        "An index is checked when it is opened, so that none does harm, whoever made it. This tells whether it also "
        "finds what it should: the records in it are indexed once more, in a file beside it that is removed again, and "
        "every byte by which a search goes is compared. It takes as long as building it. Where something differs, the "
        "part is named, and the status is 1. Whether the records are those of the lists only the lists can tell: "
        "mizan index build makes the index from them.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .run = run,
};
