/* Anybody can write a receipt whose hashes fit: lists, policy and answer are public, or made by this very program. What
 * nobody can invent is a place in the chain of a store, or the signature of its key. In the store the entry alone is
 * not enough, which a statement of SQL may have put there: what is behind it must name it. */
#include "audit/proof.h"

#include "base/error.h"

static const char *const words[MZ_PROOF_COUNT] = {
#define MZ_X(constant, word) [MZ_PROOF_##constant] = word,
    MZ_RECEIPT_PROOFS(MZ_X)
#undef MZ_X
};

const char *mz_receipt_proof_word(mz_receipt_proof proof) {
    return words[proof];
}

typedef struct proving {
    const mz_audit_line *line;
    mz_str hash;
    mz_arena *arena;
    bool has_chain; /* the store */
    mz_receipt_proof proof;
} proving;

/* ---- by the store ---- */

/* What the entry behind it says was there, or the head of the chain where it is the last; empty: nothing does. */
static mz_status read_named(mz_sql *sql, const proving *proves, const mz_sql_value *head, mz_str *ret_hash,
                            mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(proves->line->chain), mz_sql_int(proves->line->number)}, *next = NULL;
    mz_audit_line line;
    *ret_hash = head[0].number == proves->line->number ? head[1].text : MZ_STR("");
    if (ret_hash->size) return MZ_OK;
    mz_status status = mz_sql_first(sql,
                                    "SELECT line FROM audit_entry WHERE chain = ?1 AND number > ?2 ORDER BY number "
                                    "LIMIT 1",
                                    values, 2, proves->arena, &next, error);
    if (!status && next && !mz_audit_line_read(next[0].text, proves->arena, &line, NULL)) *ret_hash = line.previous;
    return status;
}

static mz_status look_up(void *context, mz_sql *sql, mz_error *error) {
    proving *proves = context;
    const mz_sql_value values[] = {mz_sql_text(proves->line->chain), mz_sql_int(proves->line->number)};
    const mz_sql_value *head = NULL, *entry = NULL;
    mz_str named = MZ_STR("");
    mz_status status = mz_sql_first(sql, "SELECT number, hash FROM audit_chain WHERE chain = ?1", values, 1,
                                    proves->arena, &head, error);
    if (!status && head)
        status = mz_sql_first(sql, "SELECT hash FROM audit_entry WHERE chain = ?1 AND number = ?2", values, 2,
                              proves->arena, &entry, error);
    bool there = !status && entry && mz_str_equal(entry[0].text, proves->hash);
    if (there) status = read_named(sql, proves, head, &named, error);
    proves->has_chain = head != NULL;
    proves->proof = !there                              ? MZ_PROOF_NO_ENTRY
                    : mz_str_equal(named, proves->hash) ? MZ_PROOF_ENTRY
                                                        : MZ_PROOF_ALTERED_ENTRY;
    return status;
}

/* ---- by its checkpoint ---- */

static mz_receipt_proof proof_of(const proving *proves, mz_str text, mz_str keys) {
    mz_audit_checkpoint checkpoint;
    if (!keys.size) return MZ_PROOF_NO_STORE;
    if (!text.size) return MZ_PROOF_NO_CHECKPOINT;
    if (mz_audit_checkpoint_read(text, proves->arena, &checkpoint, NULL) || !mz_audit_checkpoint_holds(&checkpoint))
        return MZ_PROOF_FORGED_CHECKPOINT;
    if (!mz_audit_key_among(keys, checkpoint.public_key)) return MZ_PROOF_OTHER_KEY;
    bool same = mz_str_equal(checkpoint.chain, proves->line->chain) && checkpoint.number == proves->line->number &&
                mz_str_equal(checkpoint.hash, proves->hash);
    return same ? MZ_PROOF_CHECKPOINT : MZ_PROOF_OTHER_CHECKPOINT;
}

mz_status mz_receipt_prove(const mz_audit_line *line, mz_str hash, mz_str checkpoint, const mz_receipt_known *known,
                           mz_arena *arena, mz_receipt_proof *ret_proof, mz_error *error) {
    static const mz_receipt_known nothing = {.store = NULL};
    proving proves = {.line = line, .hash = hash, .arena = arena};
    if (!known) known = &nothing;
    mz_status status = known->store ? mz_store_read(known->store, look_up, &proves, error) : MZ_OK;
    if (status) return status;
    if (!proves.has_chain) {
        mz_receipt_proof by_checkpoint = proof_of(&proves, checkpoint, known->public_keys);
        if (!known->store || mz_receipt_is_proved(by_checkpoint)) proves.proof = by_checkpoint;
    }
    if (arena->failed) return mz_fail_arena(arena, error, "a receipt");
    *ret_proof = proves.proof;
    return MZ_OK;
}
