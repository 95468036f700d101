#include "audit/signed.h"

#include "audit/line.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES = 64 << 20, PATH_BYTES = 4096 + 16, LINE_TREE_BYTES = 64 << 20, HASH_SIZE = MZ_DIGEST_HEX_SIZE - 1 };

/* ---- the file ---- */

static void path_beside(const char *key_path, char ret_path[PATH_BYTES]) {
    (void)snprintf(ret_path, PATH_BYTES, "%.4090s.signed", key_path);
}

static mz_status spoiled(const char *path, mz_error *error) {
    return mz_fail(error, MZ_ERR_INPUT, "%.300s is not as it was written; bring it back from a copy", path);
}

/* An empty buffer when there is no file. */
static mz_status read_all(const char *path, mz_buffer *out, mz_error *error) {
    struct stat facts;
    mz_buffer_clear(out);
    if (stat(path, &facts) != 0) return errno == ENOENT ? MZ_OK : mz_fail_errno(error, "look at", path);
    if (!S_ISREG(facts.st_mode) || facts.st_mode & (S_IWGRP | S_IWOTH))
        return mz_fail(error, MZ_ERR_REFUSED,
                       "%.300s says what was signed last, and others may change it; chmod 600 it, and verify the chain",
                       path);
    mz_status status = mz_file_read(path, out, error);
    if (!status && out->size && out->data[out->size - 1] != '\n') return spoiled(path, error);
    return status;
}

/* The next line without its end; false when there is none. */
static bool next_line(mz_str *rest, mz_str *ret_line) {
    const char *end = rest->size ? memchr(rest->data, '\n', rest->size) : NULL;
    if (!end) return false;
    *ret_line = (mz_str){rest->data, (size_t)(end - rest->data)};
    *rest = (mz_str){end + 1, rest->size - ret_line->size - 1};
    return true;
}

static bool is_of(mz_str line, mz_str chain) {
    return line.size > chain.size && memcmp(line.data, chain.data, chain.size) == 0 && line.data[chain.size] == ' ';
}

static bool read_line(mz_str line, mz_str chain, mz_audit_signed *ret_signed) {
    size_t at = chain.size + 1, digits = 0;
    *ret_signed = (mz_audit_signed){.number = 0};
    for (; at < line.size && line.data[at] >= '0' && line.data[at] <= '9' && digits < 18; at++, digits++)
        ret_signed->number = ret_signed->number * 10 + (line.data[at] - '0');
    if (!ret_signed->number || line.size != at + 1 + HASH_SIZE || line.data[at] != ' ') return false;
    memcpy(ret_signed->hash, line.data + at + 1, HASH_SIZE);
    return strspn(ret_signed->hash, "0123456789abcdef") == HASH_SIZE;
}

mz_status mz_signed_read(const char *path, mz_str chain, mz_audit_signed *ret_signed, mz_error *error) {
    char beside[PATH_BYTES];
    mz_buffer text;
    mz_str line;
    path_beside(path, beside);
    mz_buffer_init(&text, FILE_BYTES);
    *ret_signed = (mz_audit_signed){.number = 0};
    mz_status status = read_all(beside, &text, error);
    for (mz_str rest = mz_buffer_view(&text); !status && next_line(&rest, &line);)
        if (is_of(line, chain) && !read_line(line, chain, ret_signed)) status = spoiled(beside, error);
    mz_buffer_done(&text);
    return status;
}

/* So that its mode is right before anything stands in it: mz_file_replace keeps that. */
static mz_status make_file(const char *path, mz_error *error) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return errno == EEXIST ? MZ_OK : mz_fail_errno(error, "make", path);
    (void)close(descriptor);
    return MZ_OK;
}

static mz_status replace_line(const char *path, mz_str chain, const mz_audit_signed *last, mz_error *error) {
    mz_buffer before, after;
    mz_str line;
    mz_audit_signed known = {.number = 0};
    mz_buffer_init(&before, FILE_BYTES);
    mz_buffer_init(&after, FILE_BYTES);
    mz_status status = read_all(path, &before, error);
    for (mz_str rest = mz_buffer_view(&before); !status && next_line(&rest, &line);) {
        if (is_of(line, chain)) {
            if (!read_line(line, chain, &known)) status = spoiled(path, error);
            continue;
        }
        mz_buffer_str(&after, line);
        mz_buffer_char(&after, '\n');
    }
    if (!status && known.number < last->number) {
        mz_buffer_print(&after, "%.*s %lld %s\n", (int)chain.size, chain.data, (long long)last->number, last->hash);
        if (after.failed) status = mz_fail_buffer(&after, error, "what was signed last");
        if (!status) status = make_file(path, error);
        if (!status) status = mz_file_replace(path, after.data, after.size, error);
    }
    mz_buffer_done(&after);
    mz_buffer_done(&before);
    return status;
}

/* Two programs that use one key take turns, by a lock on the key. */
mz_status mz_signed_write(const char *path, mz_str chain, const mz_audit_signed *signed_last, mz_error *error) {
    char beside[PATH_BYTES];
    path_beside(path, beside);
    int key = open(path, O_RDONLY | O_CLOEXEC);
    if (key < 0) return mz_fail_errno(error, "open the key", path);
    mz_status status = flock(key, LOCK_EX) == 0 ? MZ_OK : mz_fail_errno(error, "lock the key", path);
    if (!status) status = replace_line(beside, chain, signed_last, error);
    (void)close(key);
    return status;
}

/* ---- from there to the end ---- */

typedef struct leading {
    const mz_audit_signed *from;
    int64_t until; /* no farther */
    mz_arena tree; /* of a line */
    mz_audit_signed last;
} leading;

static mz_status leads_elsewhere(int64_t number, mz_error *error) {
    return mz_fail(error, MZ_ERR_REFUSED,
                   "the audit chain does not lead on from what was signed before: entry %lld is not what it was, or "
                   "does not name the one before it. Nothing was signed; verify the chain",
                   (long long)number);
}

static void digest_of(mz_str text, char ret_hash[MZ_DIGEST_HEX_SIZE]) {
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, text.data, text.size);
    mz_digest_hex(&digest, ret_hash);
}

static mz_status follow(void *context, const mz_audit_entry *entry, mz_error *error) {
    leading *leads = context;
    mz_audit_signed here = {.number = entry->number};
    mz_audit_line line;
    mz_error own;
    digest_of(entry->line, here.hash);
    bool good = mz_str_equal(entry->hash, mz_str_of(here.hash));
    if (leads->from->number == entry->number && good) {
        good = strcmp(leads->from->hash, here.hash) == 0;
    } else if (good) {
        mz_arena_reset(&leads->tree);
        mz_status status = mz_audit_line_read(entry->line, &leads->tree, &line, &own);
        if (status == MZ_ERR_MEMORY) return mz_fail_memory(error);
        good = !status && entry->number == leads->last.number + 1 && line.number == entry->number &&
               mz_str_equal(line.previous, mz_str_of(leads->last.hash));
    }
    leads->last = here;
    if (!good) return leads_elsewhere(entry->number, error);
    return entry->number == leads->until ? MZ_ERR_CANCELLED : MZ_OK;
}

static mz_status lead(mz_sql *sql, mz_str chain, leading *leads, const mz_audit_signed *end, mz_error *error) {
    int64_t after = leads->from->number ? leads->from->number - 1 : 0;
    if (!leads->from->number) digest_of(chain, leads->last.hash);
    mz_arena_init(&leads->tree, LINE_TREE_BYTES);
    mz_status status = mz_audit_walk_all(sql, chain, after, follow, leads, error);
    mz_arena_done(&leads->tree);
    if (status == MZ_ERR_CANCELLED) status = MZ_OK;
    if (!status && (leads->last.number != end->number || strcmp(leads->last.hash, end->hash) != 0))
        status = leads_elsewhere(leads->last.number + 1, error);
    return status;
}

mz_status mz_signed_leads_to(mz_sql *sql, mz_str chain, const mz_audit_signed *signed_last, const mz_audit_signed *end,
                             mz_error *error) {
    leading leads = {.from = signed_last, .until = INT64_MAX};
    return lead(sql, chain, &leads, end, error);
}

mz_status mz_signed_leads_until(mz_sql *sql, mz_str chain, const mz_audit_signed *from, const mz_audit_signed *until,
                                bool *ret_leads, mz_error *error) {
    leading leads = {.from = from, .until = until->number};
    mz_error own = {0};
    mz_status status = lead(sql, chain, &leads, until, &own);
    *ret_leads = !status;
    if (status == MZ_ERR_REFUSED) return MZ_OK;
    if (status && error) *error = own;
    return status;
}
