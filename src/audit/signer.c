/* The key that signs checkpoints: one line with the 64 hexadecimal digits of an Ed25519 seed (RFC 8032). The file is
 * made under another name and linked to its own, so that it is never seen half written, and two processes that begin at
 * once agree on one. */
#include "audit/checkpoint.h"

#include "audit/signed.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEED_HEX = 2 * crypto_sign_SEEDBYTES, PATH_BYTES = 4000 };

struct mz_audit_signer {
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    char public_hex[2 * crypto_sign_PUBLICKEYBYTES + 1];
    char path[PATH_BYTES + 1];
};

/* ---- the file ---- */

static mz_status write_seed(int descriptor, const char *path, mz_error *error) {
    unsigned char seed[crypto_sign_SEEDBYTES];
    char text[SEED_HEX + 2];
    randombytes_buf(seed, sizeof seed);
    (void)sodium_bin2hex(text, sizeof text, seed, sizeof seed);
    text[SEED_HEX] = '\n';
    ssize_t written = write(descriptor, text, SEED_HEX + 1);
    bool whole = written == SEED_HEX + 1 && fsync(descriptor) == 0;
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(text, sizeof text);
    return whole ? MZ_OK : mz_fail_errno(error, "write", path);
}

static mz_status sync_folder_of(const char *path, mz_error *error) {
    const char *slash = strrchr(path, '/');
    char folder[PATH_BYTES + 1];
    if (!slash) return mz_folder_sync(".", error);
    (void)snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    return mz_folder_sync(folder, error);
}

static mz_status make_key(const char *path, mz_error *error) {
    unsigned char chance[8];
    char partial[PATH_BYTES + 64], hex[2 * sizeof chance + 1];
    randombytes_buf(chance, sizeof chance);
    (void)sodium_bin2hex(hex, sizeof hex, chance, sizeof chance);
    (void)snprintf(partial, sizeof partial, "%s.partial-%s", path, hex);
    int descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return mz_fail_errno(error, "make the key", path);
    mz_status status = write_seed(descriptor, path, error);
    (void)close(descriptor);
    if (!status && link(partial, path) != 0 && errno != EEXIST) status = mz_fail_errno(error, "make the key", path);
    (void)unlink(partial);
    return status ? status : sync_folder_of(path, error);
}

/* MZ_ERR_NOT_FOUND: there is no such file. */
static mz_status read_key(const char *path, char ret_text[SEED_HEX + 2], size_t *ret_size, mz_error *error) {
    struct stat facts;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return mz_fail_errno(error, "open the key", path);
    mz_status status = fstat(descriptor, &facts) == 0 ? MZ_OK : mz_fail_errno(error, "look at the key", path);
    if (!status && (!S_ISREG(facts.st_mode) || facts.st_mode & (S_IRWXG | S_IRWXO)))
        status = mz_fail(error, MZ_ERR_REFUSED,
                         "%.300s holds the key that signs the audit chain, and others may use it; chmod 600 it, and "
                         "think of a new key",
                         path);
    ssize_t size = status ? 0 : read(descriptor, ret_text, SEED_HEX + 2);
    if (size < 0) status = mz_fail_errno(error, "read the key", path);
    (void)close(descriptor);
    if (!status) *ret_size = (size_t)size;
    return status;
}

/* ---- the signer ---- */

static mz_status take_seed(mz_audit_signer *signer, const char *text, size_t size, const char *path, mz_error *error) {
    unsigned char seed[crypto_sign_SEEDBYTES], public_key[crypto_sign_PUBLICKEYBYTES];
    size_t read = 0;
    bool good = (size == SEED_HEX || (size == SEED_HEX + 1 && text[SEED_HEX] == '\n')) &&
                sodium_hex2bin(seed, sizeof seed, text, SEED_HEX, NULL, &read, NULL) == 0 && read == sizeof seed;
    if (good) {
        (void)crypto_sign_seed_keypair(public_key, signer->secret, seed);
        (void)sodium_bin2hex(signer->public_hex, sizeof signer->public_hex, public_key, sizeof public_key);
    }
    sodium_memzero(seed, sizeof seed);
    return good ? MZ_OK
                : mz_fail(error, MZ_ERR_INPUT,
                          "%.300s is no key of the audit chain: it has one line of %d hexadecimal "
                          "digits",
                          path, (int)SEED_HEX);
}

mz_status mz_audit_signer_open(const char *path, mz_audit_signer **ret_signer, mz_error *error) {
    char text[SEED_HEX + 2];
    size_t size = 0;
    mz_digest starts; /* libsodium */
    mz_digest_init(&starts);
    if (strlen(path) > PATH_BYTES) return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the key is too long");
    mz_audit_signer *signer = calloc(1, sizeof *signer);
    if (!signer) return mz_fail_memory(error);
    (void)snprintf(signer->path, sizeof signer->path, "%s", path);
    mz_status status = read_key(path, text, &size, error);
    if (status == MZ_ERR_NOT_FOUND) {
        status = make_key(path, error);
        if (!status) status = read_key(path, text, &size, error);
    }
    if (!status) status = take_seed(signer, text, size, path, error);
    sodium_memzero(text, sizeof text);
    if (status)
        mz_audit_signer_close(signer);
    else
        *ret_signer = signer;
    return status;
}

mz_audit_key_facts mz_audit_signer_look(const mz_audit_signer *signer) {
    struct stat facts;
    char text[SEED_HEX + 2];
    mz_audit_signer now = {.secret = {0}};
    mz_audit_key_facts found = {.owner_only = true};
    int descriptor = open(signer->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        bool there = stat(signer->path, &facts) == 0;
        found.owner_only = !there || !(facts.st_mode & (S_IRWXG | S_IRWXO));
        return found;
    }
    bool regular = fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
    found.owner_only = regular && !(facts.st_mode & (S_IRWXG | S_IRWXO));
    ssize_t size = regular ? read(descriptor, text, sizeof text) : -1;
    (void)close(descriptor);
    found.same = size > 0 && take_seed(&now, text, (size_t)size, signer->path, NULL) == MZ_OK &&
                 strcmp(now.public_hex, signer->public_hex) == 0;
    sodium_memzero(text, sizeof text);
    sodium_memzero(&now, sizeof now);
    return found;
}

void mz_audit_signer_close(mz_audit_signer *signer) {
    if (!signer) return;
    sodium_memzero(signer, sizeof *signer);
    free(signer);
}

const char *mz_audit_signer_public(const mz_audit_signer *signer) {
    return signer->public_hex;
}

mz_status mz_audit_signer_last(const mz_audit_signer *signer, mz_str chain, mz_audit_signed *ret_signed,
                               mz_error *error) {
    return mz_signed_read(signer->path, chain, ret_signed, error);
}

/* ---- signing ---- */

static mz_str sign_text(const mz_audit_signer *signer, const mz_audit_checkpoint *checkpoint, mz_arena *arena) {
    unsigned char signature[crypto_sign_BYTES];
    char hex[2 * crypto_sign_BYTES + 1];
    char text[MZ_CHECKPOINT_BYTES];
    size_t size = mz_checkpoint_signed_part(checkpoint, text);
    (void)crypto_sign_detached(signature, NULL, (const unsigned char *)text, size, signer->secret);
    (void)sodium_bin2hex(hex, sizeof hex, signature, sizeof signature);
    return mz_arena_copy(arena, mz_str_of(hex));
}

static mz_status insert(mz_sql *sql, const mz_audit_checkpoint *signed_one, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(signed_one->chain),      mz_sql_int(signed_one->number),
                                   mz_sql_int(signed_one->at),          mz_sql_text(signed_one->hash),
                                   mz_sql_text(signed_one->public_key), mz_sql_text(signed_one->signature)};
    return mz_sql_run(sql,
                      "INSERT INTO audit_checkpoint (chain, number, at, hash, public_key, signature) VALUES (?1, ?2, "
                      "?3, ?4, ?5, ?6) ON CONFLICT (chain, number, public_key) DO NOTHING",
                      values, sizeof values / sizeof *values, NULL, error);
}

static mz_audit_checkpoint checkpoint_of(mz_str chain, const mz_sql_value *columns, mz_arena *arena) {
    mz_audit_checkpoint made = {.chain = chain,
                                .number = columns[0].number,
                                .at = columns[1].number,
                                .hash = mz_arena_copy(arena, columns[2].text),
                                .public_key = mz_arena_copy(arena, columns[3].text),
                                .signature = mz_arena_copy(arena, columns[4].text)};
    made.text = mz_checkpoint_text(&made, arena);
    return made;
}

/* The end of the chain, as far as one entry can tell. */
static mz_status read_end(mz_sql *sql, mz_str chain, mz_arena *arena, mz_audit_checkpoint *ret_end, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain)}, *end = NULL;
    char hash[MZ_DIGEST_HEX_SIZE];
    mz_digest digest;
    mz_status status = mz_sql_first(sql,
                                    "SELECT c.number, c.hash, e.line FROM audit_chain c LEFT JOIN audit_entry e ON "
                                    "e.chain = c.chain AND e.number = c.number WHERE c.chain = ?1 AND c.number > 0",
                                    values, 1, arena, &end, error);
    if (status) return status;
    if (!end) return mz_fail(error, MZ_ERR_NOT_FOUND, "the audit chain has no entries yet");
    mz_digest_init(&digest);
    mz_digest_update(&digest, end[2].text.data, end[2].kind == MZ_SQL_TEXT ? end[2].text.size : 0);
    mz_digest_hex(&digest, hash);
    if (!mz_str_equal(end[1].text, mz_str_of(hash)))
        return mz_fail(error, MZ_ERR_REFUSED, "the end of the audit chain is not as it was left; verify it");
    *ret_end = (mz_audit_checkpoint){.chain = chain, .number = end[0].number, .hash = end[1].text};
    return MZ_OK;
}

mz_status mz_audit_sign(mz_sql *sql, mz_audit_signer *signer, mz_str chain, mz_arena *arena,
                        mz_audit_checkpoint *ret_checkpoint, bool *ret_new, mz_error *error) {
    mz_audit_checkpoint made;
    mz_audit_signed last, end;
    const mz_sql_value *before = NULL;
    mz_status status = read_end(sql, chain, arena, &made, error);
    if (!status) status = mz_signed_read(signer->path, chain, &last, error);
    if (status) return status;
    end = (mz_audit_signed){.number = made.number};
    (void)snprintf(end.hash, sizeof end.hash, "%.*s", (int)made.hash.size, made.hash.data);
    status = mz_signed_leads_to(sql, chain, &last, &end, error);
    if (status) return status;
    made.public_key = mz_str_of(signer->public_hex);
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(made.number), mz_sql_text(made.public_key)};
    status = mz_sql_first(sql,
                          "SELECT number, at, hash, public_key, signature FROM audit_checkpoint WHERE chain = ?1 AND "
                          "number = ?2 AND public_key = ?3",
                          values, 3, arena, &before, error);
    if (status) return status;
    if (before) {
        made = checkpoint_of(chain, before, arena);
        if (!mz_str_equal(made.hash, mz_str_of(end.hash)) || !mz_audit_checkpoint_holds(&made))
            status =
                mz_fail(error, MZ_ERR_REFUSED, "the last checkpoint of the audit chain is forged; verify the chain");
    } else {
        made.at = mz_clock_now();
        made.signature = sign_text(signer, &made, arena);
        made.text = mz_checkpoint_text(&made, arena);
        status = insert(sql, &made, error);
    }
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "a checkpoint");
    if (!status) status = mz_signed_write(signer->path, chain, &end, error);
    if (status) return status;
    *ret_checkpoint = made;
    *ret_new = !before;
    return MZ_OK;
}

/* When an entry was signed by this key; INT64_MIN where nothing in the store tells that holds. */
static mz_status signed_at(mz_sql *sql, const mz_audit_signer *signer, mz_str chain, const mz_audit_signed *entry,
                           mz_arena *arena, int64_t *ret_at, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(entry->number),
                                   mz_sql_text(mz_str_of(signer->public_hex))};
    const mz_sql_value *row = NULL;
    mz_status status = mz_sql_first(sql,
                                    "SELECT number, at, hash, public_key, signature FROM audit_checkpoint WHERE chain "
                                    "= ?1 AND number = ?2 AND public_key = ?3",
                                    values, 3, arena, &row, error);
    *ret_at = INT64_MIN;
    if (status || !row) return status;
    mz_audit_checkpoint made = checkpoint_of(chain, row, arena);
    if (mz_audit_checkpoint_holds(&made)) *ret_at = made.at;
    return MZ_OK;
}

mz_status mz_audit_sign_due(mz_sql *sql, const mz_audit_signer *signer, mz_str chain, int64_t older_s, mz_arena *arena,
                            bool *ret_due, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain)}, *head = NULL;
    mz_audit_signed last;
    int64_t at = INT64_MIN;
    mz_status status = mz_signed_read(signer->path, chain, &last, error);
    if (!status)
        status = mz_sql_first(sql, "SELECT number FROM audit_chain WHERE chain = ?1 AND number > 0", values, 1, arena,
                              &head, error);
    if (!status) status = signed_at(sql, signer, chain, &last, arena, &at, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "a checkpoint");
    *ret_due = !status && head && head[0].number != last.number && at <= mz_clock_now() - older_s;
    return status;
}

/* ---- an entry that is not the last ---- */

/* The first of this key from that entry on. */
static mz_status find_later(mz_sql *sql, const mz_audit_signer *signer, mz_str chain, int64_t number, mz_arena *arena,
                            mz_audit_checkpoint *ret_later, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(number), mz_sql_text(mz_str_of(signer->public_hex))};
    const mz_sql_value *row = NULL;
    *ret_later = (mz_audit_checkpoint){.number = 0};
    mz_status status = mz_sql_first(sql,
                                    "SELECT number, at, hash, public_key, signature FROM audit_checkpoint WHERE chain "
                                    "= ?1 AND number >= ?2 AND public_key = ?3 ORDER BY number LIMIT 1",
                                    values, 3, arena, &row, error);
    if (status || !row || row[0].number - number > MZ_AUDIT_EARLIER_MOST) return status;
    mz_audit_checkpoint later = checkpoint_of(chain, row, arena);
    if (later.hash.size == MZ_DIGEST_HEX_SIZE - 1 && mz_audit_checkpoint_holds(&later)) *ret_later = later;
    return MZ_OK;
}

mz_status mz_audit_sign_earlier(mz_sql *sql, const mz_audit_signer *signer, mz_str chain, const mz_audit_signed *entry,
                                mz_arena *arena, mz_audit_checkpoint *ret_checkpoint, mz_error *error) {
    mz_audit_checkpoint made;
    mz_audit_signed later = {.number = 0};
    bool leads = false;
    *ret_checkpoint = (mz_audit_checkpoint){.number = 0};
    mz_status status = find_later(sql, signer, chain, entry->number, arena, &made, error);
    if (status || !made.number) return status;
    later.number = made.number;
    memcpy(later.hash, made.hash.data, sizeof later.hash - 1);
    status = mz_signed_leads_until(sql, chain, entry, &later, &leads, error);
    if (status || !leads) return status;
    made.number = entry->number;
    made.hash = mz_arena_copy(arena, mz_str_of(entry->hash));
    made.signature = sign_text(signer, &made, arena);
    made.text = mz_checkpoint_text(&made, arena);
    if (arena->failed) return mz_fail_arena(arena, error, "a checkpoint");
    *ret_checkpoint = made;
    return MZ_OK;
}

/* ---- those that there are ---- */

typedef struct listing {
    mz_str chain;
    mz_arena *arena;
    mz_audit_checkpoint *checkpoints;
    size_t count, limit;
} listing;

static mz_status take_checkpoint(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count, (void)error;
    if (taken->count < taken->limit)
        taken->checkpoints[taken->count++] = checkpoint_of(taken->chain, columns, taken->arena);
    return MZ_OK;
}

mz_status mz_audit_checkpoints(mz_sql *sql, mz_str chain, size_t limit, mz_arena *arena,
                               mz_audit_checkpoint **ret_checkpoints, size_t *ret_count, mz_error *error) {
    listing taken = {.chain = chain, .arena = arena, .limit = limit};
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int((int64_t)limit)};
    taken.checkpoints = MZ_ARENA_NEW(arena, limit + 1, mz_audit_checkpoint);
    if (!taken.checkpoints) return mz_fail_arena(arena, error, "the checkpoints");
    mz_status status = mz_sql_query(sql,
                                    "SELECT number, at, hash, public_key, signature FROM audit_checkpoint WHERE chain "
                                    "= ?1 ORDER BY number DESC, at DESC, public_key LIMIT ?2",
                                    values, 2, take_checkpoint, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the checkpoints");
    if (status) return status;
    *ret_checkpoints = taken.checkpoints;
    *ret_count = taken.count;
    return MZ_OK;
}
