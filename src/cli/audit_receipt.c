/* mizan audit receipt, replay: what a screening was made of, and whether it comes out the same again. */
#include "audit/receipt.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_write.h"
#include "cli/audit_key.h"
#include "cli/commands.h"
#include "cli/office.h"

#include <stdio.h>

typedef struct reading {
    cli_office *office;
    int64_t number;
    mz_buffer *out;
} reading;

static mz_status read_receipt(void *context, mz_sql *sql, mz_error *error) {
    reading *read = context;
    mz_buffer_clear(read->out);
    return mz_receipt_write(sql, read->office->agency.key, read->number, &read->office->arena, read->out, error);
}

/* The receipt of an entry of the database. */
static int find(cli_context *cli, int64_t number, mz_buffer *out) {
    cli_office office;
    reading read = {.office = &office, .number = number, .out = out};
    mz_error error;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    if (mz_store_read(office.store, read_receipt, &read, &error)) ending = cli_fail(&error);
    cli_office_close(&office);
    return ending;
}

static int run_receipt(cli_context *cli) {
    mz_buffer receipt;
    int64_t number;
    if (!cli_audit_number(cli->operands[0], &number))
        return cli_usage(cli, "“%s” is not the number of an entry", cli->operands[0]);
    mz_buffer_init(&receipt, MZ_RECEIPT_BYTES);
    int ending = find(cli, number, &receipt);
    if (!ending) {
        mz_buffer_str(&cli->out.text, mz_buffer_view(&receipt));
        mz_buffer_char(&cli->out.text, '\n');
    }
    mz_buffer_done(&receipt);
    return ending;
}

/* ---- again ---- */

static void print_replay(cli_context *cli, const mz_replay *replay) {
    static const cli_message words[MZ_REPLAY_OUTCOME_COUNT] = {
        [MZ_REPLAY_IDENTICAL] = CLI_SAY_REPLAY_IDENTICAL,
        [MZ_REPLAY_DIFFERENT] = CLI_SAY_REPLAY_DIFFERENT,
        [MZ_REPLAY_OTHER_BUILD] = CLI_SAY_REPLAY_OTHER_BUILD,
        [MZ_REPLAY_NOT_POSSIBLE] = CLI_SAY_REPLAY_NOT_POSSIBLE,
    };
    mz_buffer *out = &cli->out.text;
    mz_json json;
    if (cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, out);
        mz_json_object(&json);
        mz_json_pair(&json, "outcome", mz_str_of(mz_replay_outcome_word(replay->outcome)));
        mz_json_pair_bool(&json, "other_build", replay->other_build);
        mz_json_pair(&json, "build_then", replay->build_then);
        mz_json_pair(&json, "difference", replay->difference);
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
        return;
    }
    CLI_SAY(out, cli->language, words[replay->outcome], NULL);
    mz_buffer_char(out, '\n');
    for (mz_str rest = replay->difference; rest.size;) {
        const char *end = memchr(rest.data, '\n', rest.size);
        size_t size = end ? (size_t)(end - rest.data) : rest.size, taken = end ? size + 1 : size;
        mz_buffer_str(out, MZ_STR("  "));
        cli_put_safe(out, (mz_str){rest.data, size});
        mz_buffer_char(out, '\n');
        rest = (mz_str){rest.data + taken, rest.size - taken};
    }
    if (!replay->other_build) return;
    mz_buffer then;
    mz_buffer_init(&then, 4096);
    cli_put_safe(&then, replay->build_then);
    CLI_SAY(out, cli->language, CLI_SAY_REPLAY_BUILD, then.data ? then.data : "");
    mz_buffer_done(&then);
    mz_buffer_char(out, '\n');
}

static int replay(cli_context *cli, mz_str receipt) {
    enum { REPLAY_BYTES = 1 << 30 };
    char folder[4096];
    mz_list_store *lists;
    mz_replay made = {.outcome = MZ_REPLAY_NOT_POSSIBLE};
    mz_arena arena;
    mz_error error;
    int ending = cli_store_open(cli, true, &lists);
    if (ending) return ending;
    mz_arena_init(&arena, REPLAY_BYTES);
    int size = snprintf(folder, sizeof folder, "%s/replay", mz_list_store_folder(lists));
    mz_status status = size < 0 || (size_t)size >= sizeof folder
                           ? mz_fail(&error, MZ_ERR_ARGUMENT, "the path of the store is too long")
                           : mz_receipt_replay(receipt, lists, folder, &arena, &made, &error);
    if (status)
        ending = cli_fail(&error);
    else
        print_replay(cli, &made);
    mz_arena_done(&arena);
    mz_list_store_close(lists);
    return ending ? ending : made.outcome == MZ_REPLAY_IDENTICAL ? CLI_DONE : CLI_FAILED;
}

static int run_replay(cli_context *cli) {
    mz_buffer receipt;
    mz_error error;
    int64_t number;
    int ending = CLI_DONE;
    mz_buffer_init(&receipt, MZ_RECEIPT_BYTES);
    if (cli_audit_number(cli->operands[0], &number))
        ending = find(cli, number, &receipt);
    else if (mz_file_read(cli->operands[0], &receipt, &error))
        ending = cli_fail(&error);
    if (!ending) ending = replay(cli, mz_buffer_view(&receipt));
    mz_buffer_done(&receipt);
    return ending;
}

/* ---- descriptions ---- */

static const cli_option_id office_options[] = {CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_example receipt_examples[] = {{"mizan audit receipt 1234 > receipt.json", "to be handed out"}};
const cli_command cli_audit_receipt = {
    .name = "audit receipt",
    .operands = "NUMBER",
    .summary = "print the receipt of a screening",
    .description =
        "NUMBER is that of its entry in the audit chain. A receipt has all that the screening was a function "
        "of: query, list versions, policy, options and build; and its answer, with the evidence.",
    .examples = receipt_examples,
    .example_count = 1,
    .options = office_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_receipt,
};

static const cli_exit replay_exits[] = {{1, "it came out otherwise, or could not be made again"}};
static const cli_example replay_examples[] = {
    {"mizan audit replay receipt.json", "screens again what a receipt says"},
    {"mizan audit replay 1234", "the same, by the number of its entry"},
};
const cli_command cli_audit_replay = {
    .name = "audit replay",
    .operands = "RECEIPT",
    .summary = "screen again what a receipt says, and compare",
    .description = "RECEIPT is a file, or the number of an entry of the audit chain. It is screened against the list "
                   "versions that it names, out of the store of lists, by its policy and options. Hits, scores and "
                   "evidence are compared to the byte.",
    .examples = replay_examples,
    .example_count = sizeof replay_examples / sizeof replay_examples[0],
    .options = office_options,
    .exits = replay_exits,
    .exit_count = 1,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_FILE,
    .run = run_replay,
};
