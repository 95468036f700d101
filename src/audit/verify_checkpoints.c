/* Checkpoints against the entries that they signed. One that fits proves all entries up to its own; of one that does
 * not fit only this is known: that some entry since the one before it is another. */
#include "audit/verify.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"

#include <stdio.h>

enum { CHECKPOINTS_PAGE = 500, HEX_KEY = 64 };

typedef struct checkpoint_page {
    mz_verifying *seen;
    int64_t good, good_before_kept; /* the last that fits; and before the one that is kept elsewhere */
    int64_t good_before_last;       /* of a known key, and before what was signed last */
    int64_t after;                  /* the last that was looked at */
    char after_key[HEX_KEY + 1];
    size_t count;
} checkpoint_page;

static bool is_hex(mz_str text) {
    for (size_t k = 0; k < text.size; k++) {
        char c = text.data[k];
        if (!mz_is_digit(c) && !(c >= 'a' && c <= 'f')) return false;
    }
    return true;
}

/* The next key of several; empty at the end. */
static mz_str next_key(mz_str *rest) {
    while (rest->size && mz_is_blank(*rest->data)) *rest = (mz_str){rest->data + 1, rest->size - 1};
    mz_str key = {rest->data, 0};
    while (key.size < rest->size && !mz_is_blank(rest->data[key.size])) key.size++;
    *rest = (mz_str){rest->data + key.size, rest->size - key.size};
    return key;
}

bool mz_audit_key_among(mz_str keys, mz_str key) {
    for (mz_str each = next_key(&keys); each.size; each = next_key(&keys))
        if (mz_str_equal(each, key)) return true;
    return false;
}

static bool is_expected(mz_str keys, mz_str key) {
    return !keys.size || mz_audit_key_among(keys, key);
}

/* Of others, anybody can have made it. */
static bool is_known(const mz_audit_verify_options *options, mz_str key) {
    return (options->own_key.size && mz_str_equal(options->own_key, key)) ||
           mz_audit_key_among(options->public_key, key);
}

static void prove(mz_verifying *seen, int64_t number) {
    if (seen->verdict.signed_to < number) seen->verdict.signed_to = number;
}

/* Whether it fits. `hash` is that of the entry; empty where there is none. */
static bool check(mz_verifying *seen, const mz_audit_checkpoint *checkpoint, mz_str hash, int64_t good) {
    char what[160];
    if (!is_expected(seen->options->public_key, checkpoint->public_key)) {
        mz_verifying_blame(seen, checkpoint->number, MZ_AUDIT_CHECKPOINT_KEY,
                           "its checkpoint is signed by another key than the one that was given");
    } else if (!mz_audit_checkpoint_holds(checkpoint)) {
        mz_verifying_blame(seen, checkpoint->number, MZ_AUDIT_CHECKPOINT_FORGED,
                           "the signature of its checkpoint is not of the key that it names");
    } else if (!hash.size) {
        (void)snprintf(what, sizeof what, "it is not there, and a checkpoint was signed at %lld",
                       (long long)checkpoint->number);
        mz_verifying_blame(seen, seen->last < checkpoint->number ? seen->last + 1 : checkpoint->number,
                           MZ_AUDIT_MISSING, what);
    } else if (!mz_str_equal(hash, checkpoint->hash)) {
        (void)snprintf(what, sizeof what,
                       "it, or one of those behind it up to %lld, is not what was there when a checkpoint was signed",
                       (long long)checkpoint->number);
        mz_verifying_blame(seen, good + 1, MZ_AUDIT_CHECKPOINT_DIFFERS, what);
    } else {
        return true;
    }
    return false;
}

static mz_status take_checkpoint(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    checkpoint_page *page = context;
    mz_verifying *seen = page->seen;
    const mz_audit_checkpoint checkpoint = {.chain = seen->chain,
                                            .number = columns[0].number,
                                            .at = columns[1].number,
                                            .hash = columns[2].text,
                                            .public_key = columns[3].text,
                                            .signature = columns[4].text};
    mz_str hash = columns[5].kind == MZ_SQL_TEXT ? columns[5].text : MZ_STR("");
    (void)count, (void)error;
    page->count++;
    page->after = checkpoint.number;
    (void)snprintf(page->after_key, sizeof page->after_key, "%.*s", (int)checkpoint.public_key.size,
                   checkpoint.public_key.data);
    if (seen->verdict.fault && checkpoint.number >= seen->verdict.first_bad) return MZ_OK;
    seen->verdict.checkpoints++;
    if (check(seen, &checkpoint, hash, page->good) && is_known(seen->options, checkpoint.public_key)) {
        prove(seen, checkpoint.number);
        if (checkpoint.number < seen->options->signed_last.number) page->good_before_last = checkpoint.number;
    }
    page->good = checkpoint.number;
    if (checkpoint.number < seen->kept->number) page->good_before_kept = checkpoint.number;
    return MZ_OK;
}

/* Signed by several keys, an entry has several. */
static mz_status read_page(checkpoint_page *page, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(page->seen->chain), mz_sql_int(page->after),
                                   mz_sql_text(mz_str_of(page->after_key)), mz_sql_int(CHECKPOINTS_PAGE)};
    page->count = 0;
    return mz_sql_query(
        sql,
        "SELECT c.number, c.at, c.hash, c.public_key, c.signature, (SELECT e.hash FROM audit_entry e WHERE e.chain = "
        "c.chain AND e.number = c.number) FROM audit_checkpoint c WHERE c.chain = ?1 AND (c.number > ?2 OR (c.number "
        "= ?2 AND c.public_key > ?3)) ORDER BY c.number, c.public_key LIMIT ?4",
        values, 4, take_checkpoint, page, error);
}

/* Checkpoints in the store count only when they had to be signed by a known key: others anybody can have made. */
static mz_status check_kept(mz_verifying *seen, int64_t good, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(seen->chain), mz_sql_int(seen->kept->number)}, *entry = NULL;
    mz_status status = mz_sql_first(sql, "SELECT hash FROM audit_entry WHERE chain = ?1 AND number = ?2", values, 2,
                                    seen->arena, &entry, error);
    if (status) return status;
    seen->verdict.checkpoints++;
    if (seen->verdict.fault && seen->verdict.first_bad <= seen->kept->number) return MZ_OK;
    if (check(seen, seen->kept, entry ? entry[0].text : MZ_STR(""), seen->options->public_key.size ? good : 0))
        prove(seen, seen->kept->number);
    return MZ_OK;
}

/* What the key's own file remembers: the checkpoint itself may have been removed. */
static mz_status check_last(mz_verifying *seen, int64_t good, mz_sql *sql, mz_error *error) {
    const mz_audit_signed *last = &seen->options->signed_last;
    const mz_sql_value values[] = {mz_sql_text(seen->chain), mz_sql_int(last->number)}, *entry = NULL;
    char what[160];
    mz_status status = mz_sql_first(sql, "SELECT hash FROM audit_entry WHERE chain = ?1 AND number = ?2", values, 2,
                                    seen->arena, &entry, error);
    if (status || (seen->verdict.fault && seen->verdict.first_bad <= last->number)) return status;
    if (!entry) {
        (void)snprintf(what, sizeof what, "it is not there, and %lld was signed", (long long)last->number);
        mz_verifying_blame(seen, seen->last < last->number ? seen->last + 1 : last->number, MZ_AUDIT_MISSING, what);
    } else if (!mz_str_equal(entry[0].text, mz_str_of(last->hash))) {
        (void)snprintf(what, sizeof what,
                       "it, or one of those behind it up to %lld, is not what was there when the key signed last",
                       (long long)last->number);
        mz_verifying_blame(seen, good + 1, MZ_AUDIT_CHECKPOINT_DIFFERS, what);
    } else {
        prove(seen, last->number);
    }
    return MZ_OK;
}

mz_status mz_verify_checkpoints(mz_verifying *seen, mz_sql *sql, mz_error *error) {
    checkpoint_page page = {.seen = seen, .after = INT64_MIN};
    mz_status status = MZ_OK;
    do {
        status = read_page(&page, sql, error);
    } while (!status && page.count == CHECKPOINTS_PAGE);
    if (!status && seen->kept->number) status = check_kept(seen, page.good_before_kept, sql, error);
    if (!status && seen->options->signed_last.number) status = check_last(seen, page.good_before_last, sql, error);
    return status;
}

mz_status mz_verify_given(mz_verifying *seen, mz_audit_checkpoint *ret_kept, mz_error *error) {
    const mz_audit_verify_options *options = seen->options;
    mz_str keys = options->public_key;
    for (mz_str key = next_key(&keys); key.size; key = next_key(&keys))
        if (key.size != HEX_KEY || !is_hex(key))
            return mz_fail(error, MZ_ERR_INPUT, "a public key has %d hexadecimal digits, in small letters",
                           (int)HEX_KEY);
    if (!options->checkpoint.size) return MZ_OK;
    mz_status status = mz_audit_checkpoint_read(options->checkpoint, seen->arena, ret_kept, error);
    if (!status && !mz_str_equal(ret_kept->chain, seen->chain))
        status = mz_fail(error, MZ_ERR_REFUSED, "the checkpoint is of the chain %.*s, not of this one",
                         mz_shown(ret_kept->chain), ret_kept->chain.data);
    if (!status && !mz_audit_checkpoint_holds(ret_kept))
        status = mz_fail(error, MZ_ERR_REFUSED, "the checkpoint is not signed by the key that it names");
    if (!status && !is_expected(options->public_key, ret_kept->public_key))
        status = mz_fail(error, MZ_ERR_REFUSED, "the checkpoint is signed by another key than the one that was given");
    return status;
}
