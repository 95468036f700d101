/* The audit chain: what was done, in entries that are only ever added, each naming the one before.
 *
 * Each agency has a chain of its own, so that it can be proved and handed over without showing another's. An entry is
 * one line of canonical JSON (base/json_canonical.h):
 *
 *     {"actor":KEY,"actor_kind":"person","at":1790000000,"body":{…},"chain":AGENCY,"kind":"decision.made","number":7,
 *      "object":KEY,"personal":HASH,"previous":HASH}
 *
 * Its hash is BLAKE2b-256 (RFC 7693) of that line; `previous` is the hash of entry number - 1, and for the first, of
 * the name of the chain. What tells of a person (names, notes, queries, hits) is not in the entry but beside it:
 * `personal` is BLAKE2b-256 of a salt of 32 bytes and the canonical JSON beside it, empty when there is none. So it can
 * be erased when its time has come, while the chain still verifies; an erasure is an entry, too, that names what it
 * erased.
 *
 * A checkpoint is number and hash of an entry, signed by Ed25519 with a key that is in no database (signer.h): whoever
 * keeps one elsewhere can tell that everything up to it is as it was. */
#ifndef MIZAN_AUDIT_AUDIT_H
#define MIZAN_AUDIT_AUDIT_H

#include "base/arena.h"
#include "base/digest.h"
#include "mizan/status.h"
#include "store/sql.h"

#include <stdbool.h>
#include <stdint.h>

/* What is added. Strings that are empty may have data NULL. */
typedef struct mz_audit_draft {
    mz_str chain;             /* key of an agency */
    mz_str kind;              /* a word of small Latin letters, digits, "-" and ".": "decision.made" */
    mz_str actor_kind, actor; /* as in access_history: "person", "key", "command", …; a key of the store, or empty */
    mz_str object;            /* key of what it is about, or empty; nothing personal */
    mz_str body;              /* an object of JSON with nothing personal in it; empty: {} */
    mz_str personal;          /* an object of JSON that may be erased one day; empty: none */
} mz_audit_draft;

enum { MZ_AUDIT_BODY_BYTES = 256 << 10, MZ_AUDIT_PERSONAL_BYTES = 8 << 20, MZ_AUDIT_WORD_BYTES = 64 };

typedef struct mz_audit_place {
    int64_t number; /* in its chain, from 1 on */
    char hash[MZ_DIGEST_HEX_SIZE];
} mz_audit_place;

/* Adds an entry, in the transaction of what it tells of: there is no change without its entry. It is made at
 * mz_clock_now; body and personal part are brought into canonical form here. MZ_ERR_ARGUMENT: a body or personal part
 * that is no object of JSON, a kind that is no word; MZ_ERR_LIMIT: one that is larger than the limits above.
 * Whatever fails dooms the transaction (mz_sql_doom). */
mz_status mz_audit_append(mz_sql *sql, const mz_audit_draft *draft, mz_audit_place *ret_place, mz_error *error);
/* The same for many of one chain, faster; `ret_places` may be NULL. */
mz_status mz_audit_append_all(mz_sql *sql, const mz_audit_draft *drafts, size_t count, mz_audit_place *ret_places,
                              mz_error *error);

/* Texts that entries refer to by their digest, each kept once: policies, receipts' settings. */
mz_status mz_audit_keep(mz_sql *sql, mz_str kind, mz_str text, char ret_digest[MZ_DIGEST_HEX_SIZE], mz_error *error);
/* MZ_ERR_NOT_FOUND. */
mz_status mz_audit_kept(mz_sql *sql, mz_str digest, mz_arena *arena, mz_str *ret_text, mz_error *error);

typedef struct mz_audit_entry {
    int64_t number, at;
    mz_str kind, actor_kind, actor, object;
    mz_str line;     /* the entry as canonical JSON */
    mz_str hash;     /* as it is kept */
    mz_str personal; /* canonical JSON; empty: none, or erased */
    mz_str salt;     /* of it, 64 hexadecimal digits */
    bool erased;
} mz_audit_entry;

typedef struct mz_audit_query {
    mz_str chain;
    int64_t before;       /* only older numbers; 0: from the newest */
    mz_str kind, object;  /* only of that; `kind` may end in ".": all words that begin so. Empty: all */
    mz_str actor;         /* only by that key */
    int64_t since, until; /* seconds since 1970, from and before; 0: open */
    size_t limit;
} mz_audit_query;

/* Newest first, in `arena`: by number; by when they were made, and then by number, where only those of a time are asked
 * for, which is the same as long as the clock was not set back. */
mz_status mz_audit_list(mz_sql *sql, const mz_audit_query *query, mz_arena *arena, mz_audit_entry **ret_entries,
                        size_t *ret_count, mz_error *error);
/* MZ_ERR_NOT_FOUND. */
mz_status mz_audit_get(mz_sql *sql, mz_str chain, int64_t number, mz_arena *arena, mz_audit_entry *ret_entry,
                       mz_error *error);

/* Calls back for each entry behind number `after`, the oldest first; it is borrowed for the call, in which no statement
 * may be carried out. */
typedef mz_status mz_audit_walk(void *context, const mz_audit_entry *entry, mz_error *error);
mz_status mz_audit_walk_all(mz_sql *sql, mz_str chain, int64_t after, mz_audit_walk *entry, void *context,
                            mz_error *error);

/* Erases what is personal of these entries, and adds entries "personal.erased" that name them and why;
 * `reason` tells of nobody. MZ_ERR_NOT_FOUND: the chain has no such entry. */
mz_status mz_audit_erase(mz_sql *sql, mz_str chain, const int64_t *numbers, size_t count, mz_str actor_kind,
                         mz_str actor, mz_str reason, mz_error *error);

/* X(CONSTANT, word): what may be wrong with an entry */
#define MZ_AUDIT_FAULTS(X)                                                                                             \
    X(NONE, "none")                                                                                                    \
    X(ALTERED, "altered") /* it, or what is told of it beside it, is not as it was */                                  \
    X(MISSING, "missing")                                                                                              \
    X(INSERTED, "inserted")                                                                                            \
    X(REORDERED, "reordered") /* another stands in its place */                                                        \
    X(PERSONAL_ALTERED, "personal-altered")                                                                            \
    X(PERSONAL_MISSING, "personal-missing")     /* and no entry says that it was erased */                             \
    X(PERSONAL_RETURNED, "personal-returned")   /* it is there, and an entry says that it was erased */                \
    X(CHECKPOINT_DIFFERS, "checkpoint-differs") /* of those since the last checkpoint that holds, one at least is */   \
                                                /* not what was there when the next was signed */                      \
    X(CHECKPOINT_FORGED, "checkpoint-forged")   /* its signature is not of the key that it names */                    \
    X(CHECKPOINT_KEY, "checkpoint-key")         /* it is signed by another key than it should be */                    \
    X(TOLD_OTHERWISE, "told-otherwise")         /* what people read of it, beside the chain, says something else */

typedef enum mz_audit_fault {
#define MZ_X(constant, word) MZ_AUDIT_##constant,
    MZ_AUDIT_FAULTS(MZ_X)
#undef MZ_X
        MZ_AUDIT_FAULT_COUNT
} mz_audit_fault;

const char *mz_audit_fault_word(mz_audit_fault fault);

/* An entry that a checkpoint was signed for; number 0: none. */
typedef struct mz_audit_signed {
    int64_t number;
    char hash[MZ_DIGEST_HEX_SIZE];
} mz_audit_signed;

typedef struct mz_audit_verdict {
    bool whole;
    int64_t signed_to; /* number of the last entry that a checkpoint of a known key proves; 0: none does */
    int64_t entries, checkpoints, erased; /* that were looked at */
    char hash[MZ_DIGEST_HEX_SIZE];        /* of the last entry that was */
    int64_t first_bad;                    /* where not: number of the first entry that is not as it was */
    mz_audit_fault fault;                 /* what is wrong with it */
    mz_str what;                          /* the same in one line */
} mz_audit_verdict;

/* What rooms above keep beside the chain for people to read, and is to say what the entries say. It is asked for a page
 * of numbers at a time, in their order, then hears each entry of that page: a merge, not a question for each row. */
typedef struct mz_audit_heard {
    const struct mz_audit_line *line; /* audit/line.h */
    mz_str personal;                  /* canonical JSON; empty: none, or erased */
} mz_audit_heard;

typedef struct mz_audit_witness {
    void *context;
    /* Begins anew with what it has of the entries behind `after` up to `until`. */
    mz_status (*read)(void *context, mz_sql *sql, mz_str chain, int64_t after, int64_t until, mz_error *error);
    /* *ret_what: in one line how something disagrees, in `arena`; empty when all say the same. */
    mz_status (*hear)(void *context, const mz_audit_heard *entry, mz_arena *arena, mz_str *ret_what, mz_error *error);
    /* Whether it has something of an entry that it did not hear. */
    bool (*is_left)(void *context);
} mz_audit_witness;

typedef struct mz_audit_verify_options {
    mz_str public_key; /* 64 hexadecimal digits that checkpoints must be signed by, or several such with blanks between;
                          empty: what each names itself */
    mz_str own_key;    /* one more known key, which need not have signed all checkpoints; empty: none */
    mz_audit_signed signed_last;     /* what is known to have been signed last, and must still be there */
    mz_str checkpoint;               /* one that was kept elsewhere, as mz_audit_checkpoint.text; empty: none */
    const mz_audit_witness *witness; /* NULL: only the chain itself is read */
    int (*progress)(void *context, uint64_t done, uint64_t total); /* may be NULL; not 0 stops (MZ_ERR_CANCELLED) */
    void *context;
} mz_audit_verify_options;

/* Reads a whole chain, in memory that does not grow with it, and finds the first entry that was altered, removed,
 * inserted or reordered, personal parts that were changed or erased without an entry, what a witness tells otherwise,
 * and checkpoints that do not fit.
 * MZ_OK also when it is not whole; MZ_ERR_INPUT: the key or the checkpoint that was given cannot be read;
 * MZ_ERR_REFUSED: that checkpoint is of another chain, or its signature is not of the key that it names or that was
 * given. */
mz_status mz_audit_verify(mz_store *store, mz_str chain, const mz_audit_verify_options *options, mz_arena *arena,
                          mz_audit_verdict *ret_verdict, mz_error *error);

#endif
