/* mizan index build: an image from list files, without the store. */
#include "cli/commands.h"
#include "cli/index_sources.h"
#include "mizan/index.h"

static mz_status add(void *into, const mz_record *record, mz_error *error) {
    return mz_index_builder_add(into, record, error);
}

/* The list keeps the place that its first record gave it. */
static mz_status end(void *into, mz_str list, const mz_read_report *report, mz_error *error) {
    return mz_index_builder_list(into, list, MZ_STR(""), report->published, error);
}

static mz_status finish(void *into, mz_error *error) {
    return mz_index_builder_finish(into, error);
}

static mz_status build(cli_context *cli, mz_error *error) {
    mz_index_builder *builder;
    mz_status status = mz_index_builder_new(cli_text(cli, CLI_OUTPUT), &builder, error);
    if (status) return status;
    const cli_index_work work = {.add = add, .end = end, .finish = finish, .into = builder};
    status = cli_index_read(cli, &work, error);
    mz_index_builder_free(builder);
    return status;
}

static int run(cli_context *cli) {
    if (!cli_given(cli, CLI_OUTPUT))
        return cli_usage(cli, "where to? mizan index build --output FILE %s", cli->operands[0]);
    if (cli_given(cli, CLI_LIST) && cli->operand_count > 1)
        return cli_usage(cli, "--list names the list of one source, but there are %zu", cli->operand_count);
    mz_error error;
    cli_interruptible();
    return build(cli, &error) ? cli_fail(&error) : CLI_DONE;
}

static const cli_example examples[] = {
    {"mizan index build --output lists.mzi un:consolidated.xml", "an index of one list"},
    {"mizan index build -o lists.mzi un.xml ofac:sdn.csv eu:eu.csv",
     "of three; the format may be left out where it shows"},
    {"mizan index build -o house.mzi --list house --mapping columns.json csv:refused.csv", "of a list of one's own"},
};

static const cli_option_id options[] = {CLI_OUTPUT, CLI_REJECTED, CLI_LIST, CLI_MAPPING, CLI_NO_OPTION};

const cli_command cli_index_build = {
    .name = "index build",
    .operands = "SOURCE...",
    .summary = "build an index image from list files",
    .description =
        "SOURCE is FORMAT:PATH, or PATH alone where the format shows (mizan lists formats names them). Records that "
        "cannot be read are counted and the first ten of each source are named; --rejected keeps them all. A file that "
        "is "
        "malformed as a whole ends the command, and the old image stays.\n\n" CLI_OWN_LISTS,
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .least = 1,
    .most = 10000,
    .operand = CLI_KIND_SOURCE,
    .run = run,
};
