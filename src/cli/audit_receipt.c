/* mizan audit receipt, replay: what a screening was made of, and whether it comes out the same again. */
#include "audit/receipt.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_write.h"
#include "cli/audit_key.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/office.h"

#include <stdio.h>

typedef struct reading {
    cli_office *office;
    int64_t number;
    const mz_audit_signer *signer; /* NULL: its key is not at hand */
    mz_buffer *out;
} reading;

static mz_status read_receipt(void *context, mz_sql *sql, mz_error *error) {
    reading *read = context;
    mz_buffer_clear(read->out);
    return mz_receipt_write(sql, read->office->agency.key, read->number, read->signer, &read->office->arena, read->out,
                            error);
}

/* The receipt of an entry of the database. */
static int find(cli_context *cli, int64_t number, mz_buffer *out) {
    cli_office office;
    mz_audit_signer *signer = NULL;
    mz_error error;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    ending = cli_audit_key_at_hand(cli, &signer);
    reading read = {.office = &office, .number = number, .signer = signer, .out = out};
    if (!ending && mz_store_read(office.store, read_receipt, &read, &error)) ending = cli_fail(&error);
    mz_audit_signer_close(signer);
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
        mz_json_pair_bool(&json, "proved", mz_receipt_is_proved(replay->proof));
        mz_json_pair(&json, "proof", mz_str_of(mz_receipt_proof_word(replay->proof)));
        mz_json_pair_bool(&json, "other_build", replay->other_build);
        mz_json_pair(&json, "build_then", replay->build_then);
        mz_json_pair(&json, "difference", replay->difference);
        mz_json_object_end(&json);
        mz_buffer_char(out, '\n');
        return;
    }
    CLI_SAY(out, cli->language, words[replay->outcome], NULL);
    mz_buffer_char(out, '\n');
    CLI_SAY(out, cli->language, (cli_message)(CLI_SAY_PROOF_ENTRY + (int)replay->proof), NULL);
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

static mz_status replay_in(mz_list_store *lists, mz_str receipt, const mz_receipt_known *known, mz_arena *arena,
                           mz_replay *ret_replay, mz_error *error) {
    char folder[4096];
    int size = snprintf(folder, sizeof folder, "%s/replay", mz_list_store_folder(lists));
    if (size < 0 || (size_t)size >= sizeof folder)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the store is too long");
    return mz_receipt_replay(receipt, known, lists, folder, arena, ret_replay, error);
}

static int replay(cli_context *cli, mz_str receipt, const mz_receipt_known *known, mz_arena *arena) {
    mz_list_store *lists;
    mz_replay made;
    mz_error error;
    int ending = cli_store_open(cli, true, &lists);
    if (ending) return ending;
    if (replay_in(lists, receipt, known, arena, &made, &error))
        ending = cli_fail(&error);
    else
        print_replay(cli, &made);
    mz_list_store_close(lists);
    if (ending) return ending;
    return made.outcome == MZ_REPLAY_IDENTICAL && mz_receipt_is_proved(made.proof) ? CLI_DONE : CLI_FAILED;
}

/* The keys that were given, and the one that is at hand. */
static int known_keys(cli_context *cli, mz_arena *arena, mz_str *ret_keys) {
    mz_audit_signer *signer;
    int ending = cli_audit_key_at_hand(cli, &signer);
    *ret_keys = cli_audit_keys(cli, arena);
    if (!ending && signer)
        *ret_keys =
            mz_arena_print(arena, "%.*s %s", (int)ret_keys->size, ret_keys->data, mz_audit_signer_public(signer));
    mz_audit_signer_close(signer);
    return ending;
}

static int run_replay(cli_context *cli) {
    enum { REPLAY_BYTES = 1 << 30 };
    mz_buffer receipt;
    mz_receipt_known known = {.store = NULL};
    mz_arena arena;
    mz_error error;
    int64_t number;
    int ending = CLI_DONE;
    mz_arena_init(&arena, REPLAY_BYTES);
    mz_buffer_init(&receipt, MZ_RECEIPT_BYTES);
    if (cli_audit_number(cli->operands[0], &number))
        ending = find(cli, number, &receipt);
    else if (mz_file_read(cli->operands[0], &receipt, &error))
        ending = cli_fail(&error);
    if (!ending) ending = known_keys(cli, &arena, &known.public_keys);
    if (!ending) ending = cli_database_at_hand(cli, &known.store);
    if (!ending) ending = replay(cli, mz_buffer_view(&receipt), &known, &arena);
    mz_store_close(known.store);
    mz_buffer_done(&receipt);
    mz_arena_done(&arena);
    return ending;
}

/* ---- descriptions ---- */

static const cli_option_id receipt_options[] = {CLI_AUDIT_KEY, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id replay_options[] = {CLI_PUBLIC_KEY, CLI_AUDIT_KEY, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_example receipt_examples[] = {{"mizan audit receipt 1234 > receipt.json", "to be handed out"}};
const cli_command cli_audit_receipt = {
    .name = "audit receipt",
    .operands = "NUMBER",
    .summary = "print the receipt of a screening",
    .description =
        "NUMBER is that of its entry in the audit chain. A receipt has all that the screening was a function "
        "of: query, list versions, policy, options and build; and its answer, with the evidence. Where the file of the "
        "key that signs is at hand, and has signed the chain since, the receipt has a checkpoint of its own entry, by "
        "which it can be proved elsewhere.",
    .examples = receipt_examples,
    .example_count = 1,
    .options = receipt_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_receipt,
};

static const cli_exit replay_exits[] = {
    {1, "it came out otherwise, could not be made again, or is not proved to be an entry of an audit chain"}};
static const cli_example replay_examples[] = {
    {"mizan audit replay receipt.json", "screens again what a receipt says"},
    {"mizan audit replay 1234", "the same, by the number of its entry"},
    {"mizan audit replay receipt.json --key 9c0d…", "the same elsewhere: the checkpoint in it must be of this key"},
};
const cli_command cli_audit_replay = {
    .name = "audit replay",
    .operands = "RECEIPT",
    .summary = "screen again what a receipt says, and compare",
    .description =
        "RECEIPT is a file, or the number of an entry of the audit chain. It is screened against the list "
        "versions that it names, out of the store of lists, by its policy and options. Hits, scores and "
        "evidence are compared to the byte. Anybody can write a receipt that comes out the same, so it must be "
        "proved, too: where a database is at hand that has its chain, it must be an entry there, and else "
        "the checkpoint in it must be of this entry and signed by a known key, which is that of --key or the "
        "one at hand.",
    .examples = replay_examples,
    .example_count = sizeof replay_examples / sizeof replay_examples[0],
    .options = replay_options,
    .exits = replay_exits,
    .exit_count = 1,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_FILE,
    .run = run_replay,
};
