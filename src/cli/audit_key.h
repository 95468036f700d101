/* The key that signs, for the commands that need it. */
#ifndef MIZAN_CLI_AUDIT_KEY_H
#define MIZAN_CLI_AUDIT_KEY_H

#include "audit/signer.h"
#include "cli/cli.h"

/* --audit-key, else audit.key in the folder of the lists; CLI_DONE, or the exit status after having complained. */
int cli_audit_key_open(const cli_context *cli, mz_audit_signer **ret_signer);
/* The same where there is such a file that may be read; NULL where not, unless --audit-key names it. It makes none. */
int cli_audit_key_at_hand(const cli_context *cli, mz_audit_signer **ret_signer);

/* Those of --key, with blanks between. */
mz_str cli_audit_keys(const cli_context *cli, mz_arena *arena);

/* A word as the number of an entry: digits alone. */
bool cli_audit_number(const char *text, int64_t *ret_number);

#endif
