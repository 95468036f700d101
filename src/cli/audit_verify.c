/* mizan audit verify, checkpoint: whether the chain is whole, and proof that it was. */
#include "audit/audit.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_write.h"
#include "cases/witness.h"
#include "cli/audit_key.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/progress.h"
#include "cli/said.h"
#include "server/audit_json.h"

#include <stdio.h>

enum { CHECKPOINT_BYTES = 64 << 10 };

static void print_verdict(cli_context *cli, const mz_audit_verdict *verdict) {
    mz_buffer *out = &cli->out.text;
    char entries[CLI_COUNT_TEXT_SIZE], checkpoints[CLI_COUNT_TEXT_SIZE], erased[CLI_COUNT_TEXT_SIZE], number[32];
    mz_buffer fault;
    mz_json json;
    (void)snprintf(number, sizeof number, "%lld", (long long)verdict->first_bad);
    if (cli->format == CLI_PRINT_JSON) {
        mz_json_init(&json, out);
        mz_verdict_write(&json, verdict);
        mz_buffer_char(out, '\n');
        return;
    }
    if (cli->format == CLI_PRINT_CSV) {
        mz_buffer_print(out, "whole,signed,entries,checkpoints,erased,first_bad,fault\n%s,%lld,%lld,%lld,%lld,%s,%s\n",
                        verdict->whole ? "true" : "false", (long long)verdict->signed_to, (long long)verdict->entries,
                        (long long)verdict->checkpoints, (long long)verdict->erased, verdict->whole ? "" : number,
                        mz_audit_fault_word(verdict->fault));
        return;
    }
    if (verdict->whole && !verdict->signed_to) {
        CLI_SAY(out, cli->language, CLI_SAY_AUDIT_UNSIGNED, NULL);
    } else if (verdict->whole) {
        (void)snprintf(number, sizeof number, "%lld", (long long)verdict->signed_to);
        CLI_SAY(out, cli->language, CLI_SAY_AUDIT_WHOLE, number);
    } else {
        mz_buffer_init(&fault, 4096);
        CLI_SAY(&fault, cli->language, (cli_message)(CLI_SAY_FAULT_NONE + (int)verdict->fault), NULL);
        CLI_SAY(out, cli->language, CLI_SAY_AUDIT_BAD, number, fault.data);
        mz_buffer_done(&fault);
    }
    mz_buffer_char(out, '\n');
    cli_count_text((uint64_t)verdict->entries, cli->language, entries);
    cli_count_text((uint64_t)verdict->checkpoints, cli->language, checkpoints);
    cli_count_text((uint64_t)verdict->erased, cli->language, erased);
    CLI_SAY(out, cli->language, CLI_SAY_AUDIT_COUNTS, entries, checkpoints, erased);
    mz_buffer_print(out, "\n%s\n", verdict->hash);
}

static int show_progress(void *context, uint64_t done, uint64_t total) {
    cli_progress_count(context, done, total);
    return cli_interrupted();
}

static int verify(cli_context *cli, cli_office *office, mz_audit_verify_options *options) {
    mz_audit_verdict verdict;
    mz_audit_witness witness;
    cli_progress progress;
    mz_error error;
    if (mz_case_witness_new(&witness, &error)) return cli_fail(&error);
    cli_progress_start(&progress, cli, "audit");
    options->witness = &witness;
    options->progress = show_progress;
    options->context = &progress;
    cli_interruptible();
    mz_status status = mz_audit_verify(office->store, office->agency.key, options, &office->arena, &verdict, &error);
    mz_case_witness_free(&witness);
    cli_progress_clear();
    if (status) return cli_fail(&error);
    print_verdict(cli, &verdict);
    return verdict.whole ? CLI_DONE : CLI_FAILED;
}

/* Where the key is at hand, its checkpoints prove something, and it is known what it signed last. */
static int use_key(cli_context *cli, cli_office *office, mz_audit_verify_options *options) {
    mz_audit_signer *signer;
    mz_error error;
    int ending = cli_audit_key_at_hand(cli, &signer);
    if (ending || !signer) return ending;
    options->own_key = mz_arena_copy(&office->arena, mz_str_of(mz_audit_signer_public(signer)));
    if (mz_audit_signer_last(signer, office->agency.key, &options->signed_last, &error)) ending = cli_fail(&error);
    mz_audit_signer_close(signer);
    return ending;
}

static int run_verify(cli_context *cli) {
    cli_office office;
    mz_buffer checkpoint;
    mz_error error;
    mz_audit_verify_options options = {.checkpoint = MZ_STR("")};
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    mz_buffer_init(&checkpoint, CHECKPOINT_BYTES);
    const char *path = cli_text(cli, CLI_CHECKPOINT);
    if (path && mz_file_read(path, &checkpoint, &error)) ending = cli_fail(&error);
    options.public_key = cli_audit_keys(cli, &office.arena);
    options.checkpoint = mz_buffer_view(&checkpoint);
    if (!ending && path && !options.checkpoint.size) {
        cli_complain("%s is empty, and no checkpoint", path);
        ending = CLI_FAILED;
    }
    if (!ending) ending = use_key(cli, &office, &options);
    if (!ending) ending = verify(cli, &office, &options);
    mz_buffer_done(&checkpoint);
    cli_office_close(&office);
    return ending;
}

/* ---- checkpoint ---- */

typedef struct signing {
    cli_office *office;
    mz_audit_signer *signer;
    mz_audit_checkpoint made;
    bool fresh;
} signing;

static mz_status sign(void *context, mz_sql *sql, mz_error *error) {
    signing *signs = context;
    return mz_audit_sign(sql, signs->signer, signs->office->agency.key, &signs->office->arena, &signs->made,
                         &signs->fresh, error);
}

static void print_checkpoint(cli_context *cli, const mz_audit_checkpoint *checkpoint) {
    mz_json json;
    if (cli->format != CLI_PRINT_JSON) {
        mz_buffer_str(&cli->out.text, checkpoint->text);
        return;
    }
    mz_json_init(&json, &cli->out.text);
    mz_checkpoint_write(&json, checkpoint);
    mz_buffer_char(&cli->out.text, '\n');
}

static int run_sign(cli_context *cli) {
    cli_office office;
    signing signs = {.office = &office};
    mz_error error;
    int ending = cli_office_open(cli, &office);
    if (ending) return ending;
    ending = cli_audit_key_open(cli, &signs.signer);
    if (!ending && mz_store_change(office.store, sign, &signs, &error)) ending = cli_fail(&error);
    if (!ending) print_checkpoint(cli, &signs.made);
    if (!ending && !signs.fresh) cli_office_say(&office, CLI_SAY_CHECKPOINT_OLD, MZ_STR(""));
    mz_audit_signer_close(signs.signer);
    cli_office_close(&office);
    return ending;
}

/* ---- descriptions ---- */

static const cli_option_id verify_options[] = {CLI_PUBLIC_KEY, CLI_CHECKPOINT, CLI_AUDIT_KEY,
                                               CLI_DATABASE,   CLI_AGENCY,     CLI_NO_OPTION};
static const cli_option_id sign_options[] = {CLI_AUDIT_KEY, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

static const cli_exit verify_exits[] = {{1, "the chain is not whole, or could not be read"}};
static const cli_example verify_examples[] = {
    {"mizan audit verify", "whether every entry is as it was"},
    {"mizan audit verify --checkpoint 2026-05.txt",
     "the same, and whether it still leads to a checkpoint kept elsewhere"},
};
const cli_command cli_audit_verify = {
    .name = "audit verify",
    .operands = "",
    .summary = "find out whether the audit chain is whole",
    .description =
        "Reads every entry and names the first that was altered, removed, inserted or reordered. Whoever can write the "
        "database could make the whole chain anew from some entry on: that is seen by checkpoints, which are signed "
        "with a key that is not in the database, and surely by one that was kept elsewhere. Where the file of the key "
        "is "
        "at hand, what it signed last must still be there. A chain that nothing of a known key proves is said to be "
        "whole, but unsigned.",
    .examples = verify_examples,
    .example_count = sizeof verify_examples / sizeof verify_examples[0],
    .options = verify_options,
    .exits = verify_exits,
    .exit_count = 1,
    .run = run_verify,
};

static const cli_example sign_examples[] = {
    {"mizan audit checkpoint > 2026-05.txt",
     "proof of all that is in the chain now; keep it where others cannot reach"}};
const cli_command cli_audit_sign = {
    .name = "audit checkpoint",
    .operands = "",
    .summary = "sign the end of the audit chain",
    .description = "Prints seven lines that name the last entry, its hash and the public key, with a signature. Kept "
                   "elsewhere, on paper or in a mailbox, they prove that all up to this entry is as it was. A running "
                   "service signs every hour in which something was added, and when it stops.",
    .examples = sign_examples,
    .example_count = 1,
    .options = sign_options,
    .run = run_sign,
};
