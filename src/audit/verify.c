/* Verifying a chain: every entry in the order of its numbers, each against its own digest, its place and the one
 * before; then the head, then the checkpoints (verify_checkpoints.c).
 *
 * Which of two entries is to blame where they do not fit together is seen from the next one: the link to it holds when
 * the entry between is as it was. So a suspicion is kept for one entry and settled at the next, or at the head.
 *
 * The chain is read in pages, each one query that streams, so that no statement runs for long; what was erased is a
 * set of bits for a page. Personal parts are asked for row by row: a join was planned anew by PostgreSQL as it saw fit,
 * and for a table that had grown since it was last looked at, that was 60 seconds instead of one. */
#include "audit/verify.h"

#include "audit/line.h"
#include "base/error.h"
#include "base/shown.h"

#include <sodium.h>

enum { LINE_TREE_BYTES = 64 << 20 };

static const char *const fault_words[MZ_AUDIT_FAULT_COUNT] = {
#define MZ_X(constant, word) [MZ_AUDIT_##constant] = word,
    MZ_AUDIT_FAULTS(MZ_X)
#undef MZ_X
};

const char *mz_audit_fault_word(mz_audit_fault fault) {
    return fault_words[fault];
}

void mz_verifying_blame(mz_verifying *seen, int64_t number, mz_audit_fault fault, const char *what) {
    mz_audit_verdict *verdict = &seen->verdict;
    if (verdict->fault && verdict->first_bad <= number) return;
    verdict->first_bad = number;
    verdict->fault = fault;
    verdict->what = mz_arena_print(seen->arena, "entry %lld: %s", (long long)number, what);
}

/* ---- one entry ---- */

/* A row of the store, borrowed. */
typedef struct entry_row {
    int64_t number, at;
    mz_str kind, actor, object, line, hash;
    mz_str beside; /* salt, a blank, personal part */
    bool has_personal;
} entry_row;

static void digest_of(const void *salt, size_t salt_size, mz_str text, char ret_hash[MZ_DIGEST_HEX_SIZE]) {
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, salt, salt_size);
    mz_digest_update(&digest, text.data, text.size);
    mz_digest_hex(&digest, ret_hash);
}

static bool is_hash(mz_str text, const char hash[MZ_DIGEST_HEX_SIZE]) {
    return mz_str_equal(text, (mz_str){hash, MZ_DIGEST_HEX_SIZE - 1});
}

static void check_personal(mz_verifying *seen, const entry_row *row, mz_str committed) {
    unsigned char salt[MZ_AUDIT_SALT_BYTES];
    char hash[MZ_DIGEST_HEX_SIZE];
    size_t size = 0;
    bool erased = mz_audit_is_erased(seen->erased, row->number);
    if (!row->has_personal) {
        if (!committed.size) return;
        seen->verdict.erased++;
        if (!erased)
            mz_verifying_blame(seen, row->number, MZ_AUDIT_PERSONAL_MISSING,
                               "its personal part is gone, and no entry says that it was erased");
        return;
    }
    bool salted = row->beside.size > MZ_AUDIT_SALT_HEX && row->beside.data[MZ_AUDIT_SALT_HEX] == ' ' &&
                  sodium_hex2bin(salt, sizeof salt, row->beside.data, MZ_AUDIT_SALT_HEX, NULL, &size, NULL) == 0 &&
                  size == sizeof salt;
    if (salted) digest_of(salt, sizeof salt, mz_audit_behind_salt(row->beside), hash);
    if (!salted || !is_hash(committed, hash))
        mz_verifying_blame(seen, row->number, MZ_AUDIT_PERSONAL_ALTERED,
                           "its personal part is not the one that it was made with");
    else if (erased)
        mz_verifying_blame(seen, row->number, MZ_AUDIT_PERSONAL_RETURNED,
                           "its personal part is there, though an entry says that it was erased");
}

static bool says_the_same(const entry_row *row, const mz_audit_line *line) {
    return row->at == line->at && mz_str_equal(row->kind, line->kind) && mz_str_equal(row->actor, line->actor) &&
           mz_str_equal(row->object, line->object);
}

/* A line that says another number than that of its place. */
static void check_place(mz_verifying *seen, const entry_row *row, const mz_audit_line *line) {
    if (line->number == row->number - 1 && is_hash(line->previous, seen->before))
        mz_verifying_blame(seen, line->number, MZ_AUDIT_INSERTED,
                           "it was put in; the one behind it says that this is its place");
    else if (line->number == row->number + 1)
        seen->suspect = MZ_SUSPECT_PLACE;
    else
        mz_verifying_blame(seen, row->number, MZ_AUDIT_REORDERED, "another entry stands in its place");
}

/* What was suspected of the row before is settled by this one. */
static void settle(mz_verifying *seen, const mz_audit_line *line) {
    int64_t number = seen->last;
    if (seen->suspect == MZ_SUSPECT_LINK)
        mz_verifying_blame(seen, is_hash(line->previous, seen->hash) && number > 1 ? number - 1 : number,
                           MZ_AUDIT_ALTERED, "it is not what the entries beside it say that it was");
    else if (line->number == number)
        mz_verifying_blame(seen, number, MZ_AUDIT_REORDERED, "it stands in the place of the next");
    else
        mz_verifying_blame(seen, number, MZ_AUDIT_MISSING, "it was taken out, and those behind it moved up");
}

/* What people read of an entry that is as it was. */
static mz_status check_told(mz_verifying *seen, const entry_row *row, const mz_audit_line *line, mz_error *error) {
    const mz_audit_witness *witness = seen->options->witness;
    const mz_audit_heard heard = {.line = line,
                                  .personal = row->has_personal ? mz_audit_behind_salt(row->beside) : MZ_STR("")};
    mz_str what = MZ_STR("");
    if (!witness || seen->verdict.fault || seen->suspect) return MZ_OK;
    mz_status status = witness->hear(witness->context, &heard, seen->arena, &what, error);
    if (!status && what.size)
        mz_verifying_blame(seen, row->number, MZ_AUDIT_TOLD_OTHERWISE,
                           mz_arena_print(seen->arena, "%.*s", (int)what.size, what.data).data);
    return status;
}

static void check_line(mz_verifying *seen, const entry_row *row, const mz_audit_line *line) {
    if (seen->suspect) {
        settle(seen, line);
    } else if (!mz_str_equal(line->chain, seen->chain)) {
        mz_verifying_blame(seen, row->number, MZ_AUDIT_INSERTED, "it is of another chain");
    } else if (line->number != row->number) {
        check_place(seen, row, line);
    } else if (!says_the_same(row, line)) {
        mz_verifying_blame(seen, row->number, MZ_AUDIT_ALTERED, "what it is searched by is not what it says");
    } else if (!is_hash(line->previous, seen->hash)) {
        seen->suspect = MZ_SUSPECT_LINK;
    } else {
        check_personal(seen, row, line->personal);
    }
}

/* What was suspected, where nothing behind it can tell. */
static void settle_alone(mz_verifying *seen) {
    if (seen->suspect == MZ_SUSPECT_LINK)
        mz_verifying_blame(seen, seen->last, MZ_AUDIT_ALTERED, "it does not name the one before it");
    else if (seen->suspect == MZ_SUSPECT_PLACE)
        mz_verifying_blame(seen, seen->last, MZ_AUDIT_MISSING, "it was taken out, and the one behind it moved up");
}

static void check_gap(mz_verifying *seen, int64_t number) {
    settle_alone(seen);
    if (number <= seen->last)
        mz_verifying_blame(seen, number, MZ_AUDIT_INSERTED, "no entry has such a number");
    else
        mz_verifying_blame(seen, seen->last + 1, MZ_AUDIT_MISSING, "it is not there");
}

static mz_status check_entry(mz_verifying *seen, const entry_row *row, mz_error *error) {
    char hash[MZ_DIGEST_HEX_SIZE];
    mz_audit_line line;
    mz_error own;
    if (row->number != seen->last + 1) {
        check_gap(seen, row->number);
        return MZ_OK;
    }
    digest_of(NULL, 0, row->line, hash);
    mz_arena_reset(&seen->tree);
    mz_status status = mz_audit_line_read(row->line, &seen->tree, &line, &own);
    if (status == MZ_ERR_MEMORY) return mz_fail_memory(error);
    bool sound = !status && is_hash(row->hash, hash);
    if (!sound) settle_alone(seen);
    if (!is_hash(row->hash, hash))
        mz_verifying_blame(seen, row->number, MZ_AUDIT_ALTERED, "it does not have the hash that is kept with it");
    else if (status)
        mz_verifying_blame(seen, row->number, MZ_AUDIT_ALTERED, "it is not in the form of an entry");
    else
        check_line(seen, row, &line);
    memcpy(seen->before, seen->hash, sizeof seen->before);
    memcpy(seen->hash, hash, sizeof seen->hash);
    seen->last = row->number;
    seen->verdict.entries++;
    return sound ? check_told(seen, row, &line, error) : MZ_OK;
}

/* ---- all ---- */

static mz_status take_entry(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    mz_verifying *seen = context;
    const entry_row row = {.number = columns[0].number,
                           .at = columns[1].number,
                           .kind = columns[2].text,
                           .actor = columns[3].text,
                           .object = columns[4].text,
                           .line = columns[5].text,
                           .hash = columns[6].text,
                           .has_personal = columns[7].kind == MZ_SQL_TEXT,
                           .beside = columns[7].text};
    (void)count;
    seen->page++;
    if (seen->verdict.fault) return MZ_OK;
    return check_entry(seen, &row, error);
}

static mz_status read_page(mz_verifying *seen, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(seen->chain), mz_sql_int(seen->page_after), mz_sql_int(MZ_AUDIT_PAGE)};
    const mz_audit_witness *witness = seen->options->witness;
    mz_status status = mz_audit_erased_read(sql, seen->chain, seen->last, seen->erased, error);
    seen->page = 0;
    if (!status && witness)
        status = witness->read(witness->context, sql, seen->chain, seen->page_after, seen->last + MZ_AUDIT_PAGE, error);
    if (status) return status;
    return mz_sql_query(sql,
                        "SELECT e.number, e.at, e.kind, e.actor, e.object, e.line, e.hash, (SELECT p.salt || ' ' || "
                        "p.personal FROM audit_personal p WHERE p.chain = e.chain AND p.number = e.number) FROM "
                        "audit_entry e WHERE e.chain = ?1 AND e.number > ?2 ORDER BY e.number LIMIT ?3",
                        values, 3, take_entry, seen, error);
}

typedef struct head_row {
    bool found;
    int64_t number;
    char hash[MZ_DIGEST_HEX_SIZE];
} head_row;

static mz_status take_head(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    head_row *head = context;
    mz_str hash = columns[1].text;
    (void)count, (void)error;
    head->found = true;
    head->number = columns[0].number;
    if (hash.size == sizeof head->hash - 1) memcpy(head->hash, hash.data, hash.size);
    return MZ_OK;
}

static void check_head(mz_verifying *seen, const head_row *head) {
    bool fits = head->number == seen->last && memcmp(head->hash, seen->hash, sizeof seen->hash) == 0;
    int64_t last = seen->last;
    if (seen->suspect == MZ_SUSPECT_LINK && fits && last > 1)
        mz_verifying_blame(seen, last - 1, MZ_AUDIT_ALTERED, "it is not what the entry behind it says that it was");
    else if (seen->suspect)
        settle_alone(seen);
    else if (!head->found && last)
        mz_verifying_blame(seen, last, MZ_AUDIT_ALTERED, "that it is the last is not noted any more");
    else if (head->number > last)
        mz_verifying_blame(seen, last + 1, MZ_AUDIT_MISSING, "it is not there, at the end of the chain");
    else if (head->number < last)
        mz_verifying_blame(seen, head->number + 1, MZ_AUDIT_INSERTED, "it is behind the end of the chain");
    else if (head->found && !fits)
        mz_verifying_blame(seen, last ? last : 1, MZ_AUDIT_ALTERED, "it is not the entry that was the last");
}

/* A personal part that no entry is there for. */
static mz_status check_strays(mz_verifying *seen, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(seen->chain), mz_sql_int(seen->last)}, *stray = NULL;
    mz_status status = mz_sql_first(sql,
                                    "SELECT number FROM audit_personal WHERE chain = ?1 AND (number > ?2 OR number < "
                                    "1) ORDER BY number LIMIT 1",
                                    values, 2, seen->arena, &stray, error);
    if (!status && stray)
        mz_verifying_blame(seen, seen->last + 1, MZ_AUDIT_MISSING,
                           "it is not there, and the personal part of one at the end of the chain is");
    return status;
}

/* What tells of entries that are not there, at the end. */
static mz_status check_told_more(mz_verifying *seen, mz_sql *sql, mz_error *error) {
    const mz_audit_witness *witness = seen->options->witness;
    if (!witness) return MZ_OK;
    bool left = witness->is_left(witness->context);
    mz_status status = left ? MZ_OK : witness->read(witness->context, sql, seen->chain, seen->last, INT64_MAX, error);
    if (!status && (left || witness->is_left(witness->context)))
        mz_verifying_blame(seen, seen->last + 1, MZ_AUDIT_TOLD_OTHERWISE,
                           "it is not there, and something that people read says that it tells of it");
    return status;
}

static mz_status tell_progress(const mz_verifying *seen, int64_t most, mz_error *error) {
    const mz_audit_verify_options *options = seen->options;
    uint64_t done = (uint64_t)seen->verdict.entries, expected = most > seen->last ? (uint64_t)most : done;
    if (options->progress && options->progress(options->context, done, expected))
        return mz_fail(error, MZ_ERR_CANCELLED, "verifying was stopped");
    return MZ_OK;
}

static mz_status read_all(mz_verifying *seen, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(seen->chain)};
    head_row head = {.found = false};
    mz_status status =
        mz_sql_query(sql, "SELECT number, hash FROM audit_chain WHERE chain = ?1", values, 1, take_head, &head, error);
    digest_of(NULL, 0, seen->chain, seen->hash);
    seen->page_after = INT64_MIN; /* also what has a number that no entry has */
    do {
        if (!status) status = read_page(seen, sql, error);
        if (!status) status = tell_progress(seen, head.number, error);
        seen->page_after = seen->last;
    } while (!status && seen->page == MZ_AUDIT_PAGE && !seen->verdict.fault);
    if (!status && !seen->verdict.fault) check_head(seen, &head);
    if (!status && !seen->verdict.fault) status = check_strays(seen, sql, error);
    if (!status && !seen->verdict.fault) status = check_told_more(seen, sql, error);
    return status ? status : mz_verify_checkpoints(seen, sql, error);
}

/* It may be carried out again, from the start. */
static mz_status verify(void *context, mz_sql *sql, mz_error *error) {
    mz_verifying *seen = context;
    *seen = (mz_verifying){.chain = seen->chain,
                           .options = seen->options,
                           .kept = seen->kept,
                           .arena = seen->arena,
                           .erased = MZ_ARENA_NEW(seen->arena, 1, mz_audit_erased)};
    if (!seen->erased) return mz_fail_arena(seen->arena, error, "verifying");
    mz_arena_init(&seen->tree, LINE_TREE_BYTES);
    mz_status status = read_all(seen, sql, error);
    mz_arena_done(&seen->tree);
    memcpy(seen->verdict.hash, seen->hash, sizeof seen->verdict.hash);
    return status;
}

mz_status mz_audit_verify(mz_store *store, mz_str chain, const mz_audit_verify_options *options, mz_arena *arena,
                          mz_audit_verdict *ret_verdict, mz_error *error) {
    static const mz_audit_verify_options usual = {.progress = NULL};
    mz_audit_checkpoint kept = {.number = 0};
    mz_verifying seen = {.chain = chain, .options = options ? options : &usual, .arena = arena, .kept = &kept};
    mz_status status = mz_verify_given(&seen, &kept, error);
    if (!status) status = mz_store_read(store, verify, &seen, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "verifying");
    if (status) return status;
    seen.verdict.whole = seen.verdict.fault == MZ_AUDIT_NONE;
    if (!seen.verdict.whole && seen.verdict.signed_to >= seen.verdict.first_bad)
        seen.verdict.signed_to = seen.verdict.first_bad - 1;
    if (!seen.verdict.what.data) seen.verdict.what = MZ_STR("");
    *ret_verdict = seen.verdict;
    return MZ_OK;
}
