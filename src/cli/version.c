/* mizan version */
#include "cli/version.h"

#include "base/json_write.h"
#include "cli/cli.h"
#include "cli/commands.h"

static const char copying[] = "Apache-2.0";

static int run(cli_context *cli) {
    mz_buffer *out = &cli->out.text;
    if (cli->format == CLI_PRINT_JSON) {
        mz_json json;
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "version", MZ_STR(CLI_VERSION));
        mz_json_pair(&json, "license", mz_str_of(copying));
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
    } else if (cli->format == CLI_PRINT_CSV) {
        mz_buffer_print(out, "version,license\n%s,%s\n", CLI_VERSION, copying);
    } else {
        mz_buffer_print(out, "mizan %s\nLicence: %s\n", CLI_VERSION, copying);
    }
    return CLI_DONE;
}

static const cli_example examples[] = {
    {"mizan version", "say which version this is"},
    {"mizan version --format json", "the same for a program"},
};

const cli_command cli_version = {
    .name = "version",
    .operands = "",
    .summary = "say which version of the program this is",
    .description = "The same build gives the same scores for the same query and lists; the version belongs in every "
                   "record of a decision.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .without_settings = true,
    .run = run,
};
