#include "server/log.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "server/routes.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 64 << 10, HASH_BYTES = 16, SHOWN_BYTES = 8, NAME_BYTES = 200 /* of a name as it was asked */ };

struct mz_log {
    pthread_mutex_t lock; /* for the descriptor; lines are written by one call each */
    int descriptor;
    char *path; /* NULL: standard error */
    bool names;
    unsigned char key[crypto_generichash_KEYBYTES];
};

static int open_file(const char *path) {
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

mz_status mz_log_open(const char *path, bool names, mz_log **ret_log, mz_error *error) {
    if (sodium_init() < 0) return mz_fail(error, MZ_ERR_IO, "libsodium cannot be used");
    mz_log *log = calloc(1, sizeof *log);
    char *kept = path ? strdup(path) : NULL;
    if (!log || (path && !kept)) {
        free(log);
        free(kept);
        return mz_fail_memory(error);
    }
    log->descriptor = path ? open_file(path) : STDERR_FILENO;
    if (log->descriptor < 0) {
        free(log);
        free(kept);
        return mz_fail_errno(error, "write", path);
    }
    log->path = kept;
    log->names = names;
    crypto_generichash_keygen(log->key);
    pthread_mutex_init(&log->lock, NULL);
    *ret_log = log;
    return MZ_OK;
}

void mz_log_close(mz_log *log) {
    if (!log) return;
    if (log->path) (void)close(log->descriptor);
    pthread_mutex_destroy(&log->lock);
    sodium_memzero(log->key, sizeof log->key);
    free(log->path);
    free(log);
}

mz_status mz_log_reopen(mz_log *log, mz_error *error) {
    if (!log || !log->path) return MZ_OK;
    int fresh = open_file(log->path);
    if (fresh < 0) return mz_fail_errno(error, "write", log->path);
    pthread_mutex_lock(&log->lock);
    (void)close(log->descriptor);
    log->descriptor = fresh;
    pthread_mutex_unlock(&log->lock);
    return MZ_OK;
}

/* ---- a line ---- */

/* The beginning of a long name, to the border of a letter. */
static mz_str cut_name(mz_str name) {
    if (name.size <= NAME_BYTES) return name;
    size_t size = NAME_BYTES;
    while (size && ((unsigned char)name.data[size] & 0xC0) == 0x80) size--;
    return (mz_str){name.data, size};
}

static void put_hidden(const mz_log *log, mz_json *json, mz_str text) {
    unsigned char bytes[HASH_BYTES];
    char hex[2 * SHOWN_BYTES + 1];
    if (log->names) {
        mz_json_str(json, cut_name(text));
        return;
    }
    (void)crypto_generichash(bytes, sizeof bytes, (const unsigned char *)text.data, text.size, log->key,
                             sizeof log->key);
    (void)sodium_bin2hex(hex, sizeof hex, bytes, SHOWN_BYTES);
    mz_json_str(json, mz_str_of(hex));
}

static void put_time(mz_json *json) {
    struct timespec now;
    char text[MZ_TIME_TEXT_SIZE], whole[MZ_TIME_TEXT_SIZE + 16];
    (void)clock_gettime(CLOCK_REALTIME, &now);
    mz_time_text(now.tv_sec, text);
    (void)snprintf(whole, sizeof whole, "%.19s.%03ldZ", text, now.tv_nsec / 1000000);
    mz_json_pair(json, "time", mz_str_of(whole));
}

static void put_who(const mz_log *log, mz_json *json, const mz_request *request) {
    if (request->client.size) {
        mz_json_key(json, "client");
        put_hidden(log, json, request->client);
    }
    if (!request->who) return;
    if (request->who->key.size)
        mz_json_pair(json, request->who->kind == MZ_PERSON ? "person" : "key", request->who->key);
    if (request->who->agency.size) mz_json_pair(json, "agency", request->who->agency);
}

static void put_line(const mz_log *log, mz_buffer *out, const mz_log_line *line) {
    static const char *const methods[MZ_METHOD_COUNT + 1] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "other"};
    const mz_request *request = line->request;
    mz_json writing, *json = &writing;
    mz_json_init(json, out);
    mz_json_object(json);
    put_time(json);
    mz_json_pair(json, "id", request->id);
    put_who(log, json, request);
    mz_json_pair(json, "method", mz_str_of(methods[request->method]));
    mz_json_pair(json, "route", mz_str_of(request->route ? request->route->path : ""));
    mz_json_pair_int(json, "status", line->status);
    mz_json_key(json, "ms");
    mz_json_fixed(json, (double)line->ns / 1e6, 3);
    mz_json_pair_int(json, "in", (int64_t)line->in_bytes);
    mz_json_pair_int(json, "out", (int64_t)line->out_bytes);
    if (line->asked_count) {
        mz_json_key(json, "asked");
        mz_json_array(json);
        for (size_t k = 0; k < line->asked_count; k++) put_hidden(log, json, line->asked[k]);
        mz_json_array_end(json);
    }
    mz_json_object_end(json);
    mz_buffer_char(json->out, '\n');
}

void mz_log_write(mz_log *log, const mz_log_line *line) {
    mz_buffer text;
    if (!log) return;
    mz_buffer_init(&text, LINE_BYTES);
    (void)mz_buffer_reserve(&text, 512);
    put_line(log, &text, line);
    if (text.failed) { /* more was asked than a line holds */
        mz_log_line bare = *line;
        bare.asked_count = 0;
        mz_buffer_clear(&text);
        put_line(log, &text, &bare);
    }
    if (!text.failed) {
        pthread_mutex_lock(&log->lock);
        ssize_t written = write(log->descriptor, text.data, text.size);
        pthread_mutex_unlock(&log->lock);
        (void)written; /* there is nobody to tell */
    }
    mz_buffer_done(&text);
}
