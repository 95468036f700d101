/* Any bytes as the text of a checkpoint: refused with a line of it, or read into one whose own text is read again as
 * the same. Its signature may be looked at in any case. */
#include "audit/signer.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth) {
    if (!truth) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_arena arena;
    mz_error error = {0};
    mz_audit_checkpoint read, again;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_audit_checkpoint_read((mz_str){(const char *)data, size}, &arena, &read, &error);
    if (!status) {
        check(!mz_audit_checkpoint_read(read.text, &arena, &again, &error));
        check(mz_str_equal(read.text, again.text) && read.number == again.number && read.at == again.at);
        check(mz_audit_checkpoint_holds(&read) == mz_audit_checkpoint_holds(&again));
    } else {
        check(status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT);
        check(error.text[0] != '\0');
    }
    mz_arena_done(&arena);
    return 0;
}
