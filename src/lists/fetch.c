/* See fetch.h. One transfer is one exchange with one address; redirects are followed here and not by libcurl, so that
 * each address is checked by the same rule. What is worth another try: no connection, a connection that broke or
 * starved, and the server's own "later" (408, 429, 5xx); everything else is told at once. */
#include "lists/fetch.h"

#include "base/error.h"
#include "base/file.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "lists/version.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    USUAL_TIMEOUT_S = 60,
    LONGEST_CONNECT_S = 20,
    LONGEST_TRANSFER_S = 4 * 60 * 60,
    LOWEST_SPEED_BYTES = 128, /* a second */
    USUAL_TRIES = 4,
    USUAL_PAUSE_MS = 1000,
    LONGEST_PAUSE_MS = 30000,
    PAUSE_STEP_MS = 50,
    MOST_REDIRECTS = 5,
    ADDRESS_SIZE = 2048,
    HEAD_BYTES = 1024,
    MARK_CEILING_BYTES = 16 * 1024,
};

static const uint64_t usual_limit_bytes = UINT64_C(1) << 30;

/* What the publisher says of the file. */
typedef struct file_mark {
    char etag[256], last_modified[64];
} file_mark;

typedef struct file_transfer {
    const mz_fetch_request *request;
    mz_error *error;
    CURL *curl;
    char curl_words[CURL_ERROR_SIZE];
    char address[ADDRESS_SIZE]; /* where the redirects have led to */
    char partial_path[PATH_MAX], mark_path[PATH_MAX];
    int descriptor;    /* of the partial file */
    uint64_t have;     /* bytes in it */
    file_mark partial; /* of the file that the partial one is the beginning of; empty: it cannot be gone on with */
    uint64_t resumed_bytes;
    unsigned tries;
    bool refused_range;
    bool conditional; /* the server was told what we have, so that "unchanged" says something */
    /* of the answer that is coming in */
    file_mark answer;
    bool encoded, ranged, body_began;
    uint64_t range_start;
    unsigned retry_after_s;
    char head[HEAD_BYTES];
    size_t head_size;
    mz_status failed; /* what a callback found, with its text in `error` */
} file_transfer;

/* ---- addresses -------------------------------------------------------------------------------------------------- */

static bool is_loopback(const char *host) {
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == strlen(host));
}

static mz_status judge_address(const char *address, const char *scheme, const char *host, const char *user,
                               bool plain_loopback, mz_error *error) {
    if (user)
        return mz_fail(error, MZ_ERR_ARGUMENT,
                       "an address with a name or password in it is not taken: it would be kept with the list");
    if (strcmp(scheme, "https") == 0) return MZ_OK;
    if (strcmp(scheme, "http") == 0 && plain_loopback && is_loopback(host)) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT,
                   "only https addresses are taken, so that nobody on the way can change a list: %.200s", address);
}

/* What stands in the address; the host only when `ret_host` is given. */
static mz_status examine_address(const char *address, bool plain_loopback, char *ret_host, size_t host_size,
                                 mz_error *error) {
    char *scheme = NULL, *host = NULL, *user = NULL;
    CURLU *url = curl_url();
    if (!url) return mz_fail_memory(error);
    mz_status status;
    if (curl_url_set(url, CURLUPART_URL, address, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK) {
        status = mz_fail(error, MZ_ERR_ARGUMENT, "not an address: %.200s", address);
    } else {
        (void)curl_url_get(url, CURLUPART_USER, &user, 0);
        status = judge_address(address, scheme, host, user, plain_loopback, error);
        if (ret_host) (void)snprintf(ret_host, host_size, "%s", host);
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
    curl_url_cleanup(url);
    return status;
}

mz_status mz_fetch_check_address(const char *address, bool plain_loopback, mz_error *error) {
    return examine_address(address, plain_loopback, NULL, 0, error);
}

static void host_of(const char *address, char *into, size_t size) {
    if (examine_address(address, true, into, size, NULL)) (void)snprintf(into, size, "%.60s", address);
}

/* ---- the partial file and its mark ------------------------------------------------------------------------------ */

/* Copies a mark; one that does not fit is none, as when it came (take_header): a part of it would be another mark. */
static void copy_mark(char *into, size_t size, mz_str mark) {
    size_t length = mark.size < size ? mark.size : 0;
    if (length) memcpy(into, mark.data, length);
    into[length] = '\0';
}

static void read_mark(file_transfer *transfer) {
    mz_buffer text;
    mz_arena arena;
    const mz_json_value *object = NULL;
    mz_str address = {0}, etag = {0}, modified = {0};
    mz_buffer_init(&text, MARK_CEILING_BYTES);
    mz_arena_init(&arena, MARK_CEILING_BYTES * 16);
    if (mz_file_read(transfer->mark_path, &text, NULL) == MZ_OK &&
        mz_json_parse(mz_buffer_view(&text), 0, &arena, &object, NULL) == MZ_OK &&
        mz_json_read_str(object, "address", &address, NULL) == MZ_OK &&
        mz_json_read_str(object, "etag", &etag, NULL) == MZ_OK &&
        mz_json_read_str(object, "last_modified", &modified, NULL) == MZ_OK &&
        mz_str_equal(address, mz_str_of(transfer->request->address))) {
        copy_mark(transfer->partial.etag, sizeof transfer->partial.etag, etag);
        copy_mark(transfer->partial.last_modified, sizeof transfer->partial.last_modified, modified);
    }
    mz_arena_done(&arena);
    mz_buffer_done(&text);
}

static mz_status write_mark(file_transfer *transfer) {
    mz_buffer text;
    mz_json json;
    mz_buffer_init(&text, MARK_CEILING_BYTES);
    mz_json_init(&json, &text);
    mz_json_object(&json);
    mz_json_pair(&json, "address", mz_str_of(transfer->request->address));
    mz_json_pair(&json, "etag", mz_str_of(transfer->partial.etag));
    mz_json_pair(&json, "last_modified", mz_str_of(transfer->partial.last_modified));
    mz_json_object_end(&json);
    mz_status status = text.failed ? mz_fail_memory(transfer->error)
                                   : mz_file_replace(transfer->mark_path, text.data, text.size, transfer->error);
    mz_buffer_done(&text);
    return status;
}

static bool has_mark(const file_mark *mark) {
    return mark->etag[0] || mark->last_modified[0];
}

static mz_status forget_partial(file_transfer *transfer) {
    transfer->have = 0;
    transfer->resumed_bytes = 0;
    transfer->partial = (file_mark){"", ""};
    (void)unlink(transfer->mark_path);
    if (ftruncate(transfer->descriptor, 0) < 0 || lseek(transfer->descriptor, 0, SEEK_SET) < 0)
        return mz_fail_errno(transfer->error, "write", transfer->partial_path);
    return MZ_OK;
}

static mz_status open_partial(file_transfer *transfer) {
    const char *path = transfer->request->path;
    struct stat facts;
    if (snprintf(transfer->partial_path, sizeof transfer->partial_path, "%s.partial", path) >= PATH_MAX ||
        snprintf(transfer->mark_path, sizeof transfer->mark_path, "%s.partial.json", path) >= PATH_MAX)
        return mz_fail(transfer->error, MZ_ERR_ARGUMENT, "path too long: %.200s", path);
    transfer->descriptor = open(transfer->partial_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (transfer->descriptor < 0 || fstat(transfer->descriptor, &facts) < 0)
        return mz_fail_errno(transfer->error, "write", transfer->partial_path);
    read_mark(transfer);
    if (!has_mark(&transfer->partial)) return forget_partial(transfer);
    transfer->have = (uint64_t)facts.st_size;
    return lseek(transfer->descriptor, 0, SEEK_END) < 0
               ? mz_fail_errno(transfer->error, "write", transfer->partial_path)
               : MZ_OK;
}

/* Gives the whole file its name. */
static mz_status keep_file(file_transfer *transfer) {
    const char *path = transfer->request->path;
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 2, slash ? path : "./");
    if (fsync(transfer->descriptor) < 0) return mz_fail_errno(transfer->error, "write", transfer->partial_path);
    if (rename(transfer->partial_path, path) < 0) return mz_fail_errno(transfer->error, "replace", path);
    (void)unlink(transfer->mark_path);
    return mz_folder_sync(folder, transfer->error);
}

/* ---- what comes in ---------------------------------------------------------------------------------------------- */

/* Copies the value of the header when `line` is one of this name. */
static bool take_header(const char *line, size_t size, const char *name, char *into, size_t into_size) {
    size_t name_size = strlen(name);
    if (size <= name_size || strncasecmp(line, name, name_size) != 0 || line[name_size] != ':') return false;
    const char *from = line + name_size + 1, *end = line + size;
    while (from < end && (*from == ' ' || *from == '\t')) from++;
    while (end > from && (unsigned char)end[-1] <= ' ') end--;
    size_t length = (size_t)(end - from);
    if (length >= into_size) length = 0; /* a mark that is too long to keep is as good as none */
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)from[i] < 0x20 || (unsigned char)from[i] >= 0x7F) length = 0;
    memcpy(into, from, length);
    into[length] = '\0';
    return true;
}

static size_t on_header(char *line, size_t size, size_t count, void *context) {
    file_transfer *transfer = context;
    char value[128];
    size_t bytes = size * count;
    if (bytes >= 5 && memcmp(line, "HTTP/", 5) == 0) { /* also after "100 Continue" */
        transfer->answer = (file_mark){"", ""};
        transfer->encoded = transfer->ranged = false;
        transfer->retry_after_s = 0;
    }
    (void)take_header(line, bytes, "ETag", transfer->answer.etag, sizeof transfer->answer.etag);
    (void)take_header(line, bytes, "Last-Modified", transfer->answer.last_modified,
                      sizeof transfer->answer.last_modified);
    if (take_header(line, bytes, "Content-Encoding", value, sizeof value))
        transfer->encoded = value[0] && strcasecmp(value, "identity") != 0;
    if (take_header(line, bytes, "Content-Range", value, sizeof value) && strncasecmp(value, "bytes ", 6) == 0) {
        transfer->ranged = true;
        transfer->range_start = strtoull(value + 6, NULL, 10);
    }
    if (take_header(line, bytes, "Retry-After", value, sizeof value)) {
        unsigned long seconds = strtoul(value, NULL, 10);
        transfer->retry_after_s = seconds > LONGEST_PAUSE_MS / 1000 ? LONGEST_PAUSE_MS / 1000 : (unsigned)seconds;
    }
    return bytes;
}

static bool contains(const char *text, size_t size, const char *what) {
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= size; i++)
        if (strncasecmp(text + i, what, length) == 0) return true;
    return false;
}

/* A web page where a list should be: an error page, a log-in, a guest network's welcome. */
static bool is_web_page(const char *text, size_t size) {
    size_t at = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < size && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) at++;
    if (at == size || text[at] != '<') return false;
    return contains(text + at, size - at, "<!doctype html") || contains(text + at, size - at, "<html");
}

static void web_page(file_transfer *transfer) {
    char host[128];
    host_of(transfer->address, host, sizeof host);
    transfer->failed =
        mz_fail(transfer->error, MZ_ERR_NETWORK,
                "the publisher (%.100s) answered with a web page instead of the list: it may be closed for "
                "maintenance, or this network wants a log-in; look at the address in a browser",
                host);
    (void)forget_partial(transfer);
}

/* Decides, at the first byte, whether the body is the file, the rest of it, or nothing of ours. */
static bool begin_body(file_transfer *transfer, long code) {
    transfer->body_began = true;
    if (code == 206) {
        if (transfer->ranged && transfer->range_start == transfer->have) return true;
        transfer->refused_range = true; /* another part than was asked for: start again */
        return false;
    }
    if (forget_partial(transfer)) {
        transfer->failed = MZ_ERR_IO;
        return false;
    }
    /* the ranges of a compressed answer are of its compressed bytes, a weak mark says nothing about bytes */
    bool strong = transfer->answer.etag[0] == '"' || (!transfer->answer.etag[0] && transfer->answer.last_modified[0]);
    if (!transfer->encoded && strong) {
        transfer->partial = transfer->answer;
        transfer->failed = write_mark(transfer);
    }
    return !transfer->failed;
}

static bool write_out(file_transfer *transfer, const char *data, size_t size) {
    while (size > 0) {
        ssize_t put = write(transfer->descriptor, data, size);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            transfer->failed = mz_fail_errno(transfer->error, "write", transfer->partial_path);
            return false;
        }
        data += put;
        size -= (size_t)put;
        transfer->have += (uint64_t)put;
    }
    return true;
}

static uint64_t limit_of(const file_transfer *transfer) {
    return transfer->request->limit_bytes ? transfer->request->limit_bytes : usual_limit_bytes;
}

static void too_large(file_transfer *transfer) {
    transfer->failed = mz_fail(transfer->error, MZ_ERR_LIMIT, "%.200s is larger than the limit of %llu bytes",
                               transfer->address, (unsigned long long)limit_of(transfer));
    (void)forget_partial(transfer);
}

static size_t on_body(char *data, size_t size, size_t count, void *context) {
    file_transfer *transfer = context;
    long code = 0;
    size_t bytes = size * count;
    (void)curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &code);
    if (code != 200 && code != 206) return bytes; /* an error's or a redirect's page */
    if (!transfer->body_began && !begin_body(transfer, code)) return 0;
    if (transfer->have > limit_of(transfer) || bytes > limit_of(transfer) - transfer->have) {
        too_large(transfer);
        return 0;
    }
    if (transfer->have < HEAD_BYTES && transfer->head_size == transfer->have) {
        size_t room = HEAD_BYTES - transfer->head_size, take = bytes < room ? bytes : room;
        memcpy(transfer->head + transfer->head_size, data, take);
        transfer->head_size += take;
        if (is_web_page(transfer->head, transfer->head_size)) {
            web_page(transfer);
            return 0;
        }
    }
    return write_out(transfer, data, bytes) ? bytes : 0;
}

static int tell_progress(const file_transfer *transfer, uint64_t total_bytes) {
    const mz_fetch_request *request = transfer->request;
    return request->progress ? request->progress(request->context, transfer->have, total_bytes) : 0;
}

static int on_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up_now) {
    (void)up_total, (void)up_now, (void)now;
    const file_transfer *transfer = context;
    uint64_t start = transfer->ranged ? transfer->range_start : 0;
    /* what libcurl counts is compressed bytes when the answer is */
    return tell_progress(transfer, total > 0 && !transfer->encoded ? start + (uint64_t)total : 0);
}

/* ---- one exchange ----------------------------------------------------------------------------------------------- */

static bool is_given(const char *text) {
    return text && *text;
}

static bool add_header(struct curl_slist **headers, const char *name, const char *value) {
    char line[512];
    if (!is_given(value)) return true;
    if (snprintf(line, sizeof line, "%s: %s", name, value) >= (int)sizeof line) return true;
    struct curl_slist *longer = curl_slist_append(*headers, line);
    if (!longer) return false;
    *headers = longer;
    return true;
}

static bool make_headers(file_transfer *transfer, struct curl_slist **headers) {
    const mz_fetch_request *request = transfer->request;
    char range[64];
    transfer->conditional = is_given(request->etag) || is_given(request->last_modified);
    bool fine = add_header(headers, "If-None-Match", request->etag) &&
                add_header(headers, "If-Modified-Since", request->last_modified);
    if (transfer->have == 0) return fine;
    (void)snprintf(range, sizeof range, "bytes=%llu-", (unsigned long long)transfer->have);
    const char *mark = transfer->partial.etag[0] ? transfer->partial.etag : transfer->partial.last_modified;
    return fine && add_header(headers, "Range", range) && add_header(headers, "If-Range", mark) &&
           add_header(headers, "Accept-Encoding", "identity");
}

static CURLcode set_options(file_transfer *transfer, struct curl_slist *headers) {
    const mz_fetch_request *request = transfer->request;
    CURL *curl = transfer->curl;
    char host[256];
    long timeout_s = request->timeout_s ? (long)request->timeout_s : USUAL_TIMEOUT_S;
    CURLcode code = CURLE_OK;
#define SET(option, value) (code = code ? code : curl_easy_setopt(curl, option, value))
    curl_easy_reset(curl);
    transfer->curl_words[0] = '\0';
    host_of(transfer->address, host, sizeof host);
    SET(CURLOPT_URL, transfer->address);
#if LIBCURL_VERSION_NUM >= 0x075500
    SET(CURLOPT_PROTOCOLS_STR, request->plain_loopback ? "http,https" : "https");
#else /* Ubuntu 22.04 has 7.81 */
    SET(CURLOPT_PROTOCOLS, request->plain_loopback ? (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS) : (long)CURLPROTO_HTTPS);
#endif
    if (is_loopback(host)) SET(CURLOPT_NOPROXY, "*");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_USERAGENT, MZ_USER_AGENT);
    SET(CURLOPT_HTTPHEADER, headers);
    if (transfer->have == 0) SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT, timeout_s < LONGEST_CONNECT_S ? timeout_s : (long)LONGEST_CONNECT_S);
    SET(CURLOPT_LOW_SPEED_LIMIT, (long)LOWEST_SPEED_BYTES);
    SET(CURLOPT_LOW_SPEED_TIME, timeout_s);
    SET(CURLOPT_TIMEOUT, (long)LONGEST_TRANSFER_S);
    SET(CURLOPT_MAXFILESIZE_LARGE,
        limit_of(transfer) > INT64_MAX ? (curl_off_t)INT64_MAX : (curl_off_t)limit_of(transfer));
    SET(CURLOPT_ERRORBUFFER, transfer->curl_words);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, transfer);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, transfer);
    SET(CURLOPT_XFERINFOFUNCTION, on_progress);
    SET(CURLOPT_XFERINFODATA, transfer);
    SET(CURLOPT_NOPROGRESS, 0L);
#undef SET
    return code;
}

/* What one exchange came to. */
typedef enum exchange_outcome { WHOLE, UNCHANGED, ELSEWHERE, AGAIN, OVER } exchange_outcome;

/* libcurl's failure in words for the person who has to do something about it. */
static exchange_outcome explain_failure(file_transfer *transfer, CURLcode code) {
    char host[128];
    const char *words = transfer->curl_words[0] ? transfer->curl_words : curl_easy_strerror(code);
    host_of(transfer->address, host, sizeof host);
    mz_error *error = transfer->error;
    switch ((int)code) {
    case CURLE_OUT_OF_MEMORY: transfer->failed = mz_fail_memory(error); return OVER;
    case CURLE_ABORTED_BY_CALLBACK:
        transfer->failed = mz_fail(error, MZ_ERR_CANCELLED, "the download was stopped");
        return OVER;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_NOT_BUILT_IN:
    case CURLE_UNKNOWN_OPTION:
        transfer->failed = mz_fail(error, MZ_ERR_NETWORK,
                                   "this system's libcurl cannot do what a safe download needs (%.150s)", words);
        return OVER;
    case CURLE_FILESIZE_EXCEEDED: too_large(transfer); return OVER;
    case CURLE_COULDNT_RESOLVE_PROXY:
        transfer->failed = mz_fail(error, MZ_ERR_NETWORK,
                                   "cannot find the proxy that https_proxy names (%.150s); check the variable", words);
        return AGAIN;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        transfer->failed =
            mz_fail(error, MZ_ERR_NETWORK, "cannot reach %.100s (%.150s); check the network or the proxy (https_proxy)",
                    host, words);
        return AGAIN;
    case CURLE_OPERATION_TIMEDOUT:
        transfer->failed =
            mz_fail(error, MZ_ERR_NETWORK,
                    "%.100s is too slow or does not answer (%.150s); check the network and try later", host, words);
        return AGAIN;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        transfer->failed = mz_fail(error, MZ_ERR_NETWORK,
                                   "cannot verify that this is %.100s (%.150s): somebody may be in between, or this "
                                   "machine's clock or certificates (ca-certificates) are out of date",
                                   host, words);
        return OVER;
    default:
        transfer->failed =
            mz_fail(error, MZ_ERR_NETWORK, "the download from %.100s broke off (%.150s)%s", host, words,
                    has_mark(&transfer->partial) ? "; what came is kept, the next try goes on from there" : "");
        return AGAIN;
    }
}

static exchange_outcome explain_answer(file_transfer *transfer, long code) {
    char host[128];
    host_of(transfer->address, host, sizeof host);
    if (code == 403 || code == 401)
        transfer->failed =
            mz_fail(transfer->error, MZ_ERR_NETWORK,
                    "%.100s refuses to hand out the list (HTTP %ld): it may block this network; try from "
                    "another, or download the file with a browser and use `mizan lists import`",
                    host, code);
    else if (code == 404 || code == 410)
        transfer->failed = mz_fail(transfer->error, MZ_ERR_NETWORK,
                                   "%.100s has no such file any more (HTTP %ld): the publisher may have moved it; "
                                   "a newer mizan may know where to",
                                   host, code);
    else if (code == 304)
        transfer->failed = mz_fail(transfer->error, MZ_ERR_NETWORK,
                                   "%.100s answered that nothing changed (HTTP 304), though it was not told what is "
                                   "held here; something between here and there may answer in its place",
                                   host);
    else
        transfer->failed =
            mz_fail(transfer->error, MZ_ERR_NETWORK, "%.100s answered with HTTP %ld; try again later", host, code);
    return code == 408 || code == 429 || code >= 500 ? AGAIN : OVER;
}

static exchange_outcome follow_redirect(file_transfer *transfer) {
    const char *target = NULL;
    (void)curl_easy_getinfo(transfer->curl, CURLINFO_REDIRECT_URL, &target);
    mz_error why = {0};
    if (!target || strlen(target) >= sizeof transfer->address)
        transfer->failed = mz_fail(transfer->error, MZ_ERR_NETWORK, "%.200s leads nowhere", transfer->address);
    else if (mz_fetch_check_address(target, transfer->request->plain_loopback, &why))
        transfer->failed =
            mz_fail(transfer->error, MZ_ERR_NETWORK, "%.100s leads elsewhere: %.300s", transfer->address, why.text);
    if (transfer->failed) return OVER;
    memcpy(transfer->address, target, strlen(target) + 1);
    return ELSEWHERE;
}

static exchange_outcome judge_exchange(file_transfer *transfer, CURLcode code) {
    long answer = 0; /* stays so when there was none */
    (void)curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &answer);
    if (transfer->failed) return OVER;
    if (transfer->refused_range || answer == 416) {
        transfer->refused_range = false;
        transfer->failed = forget_partial(transfer);
        if (!transfer->failed)
            transfer->failed = mz_fail(transfer->error, MZ_ERR_NETWORK, "%.200s: the rest of the file could not be had",
                                       transfer->address);
        return AGAIN;
    }
    if (code != CURLE_OK) return explain_failure(transfer, code);
    if (answer == 304 && transfer->conditional) return UNCHANGED;
    if (answer == 301 || answer == 302 || answer == 303 || answer == 307 || answer == 308)
        return follow_redirect(transfer);
    if (answer != 200 && answer != 206) return explain_answer(transfer, answer);
    if (!transfer->body_began) { /* an empty file */
        transfer->failed = mz_fail(transfer->error, MZ_ERR_NETWORK, "%.200s is empty", transfer->address);
        return AGAIN;
    }
    return WHOLE;
}

static exchange_outcome exchange(file_transfer *transfer) {
    struct curl_slist *headers = NULL;
    transfer->body_began = transfer->ranged = transfer->encoded = false;
    transfer->head_size = 0;
    transfer->failed = MZ_OK;
    CURLcode code = make_headers(transfer, &headers) ? set_options(transfer, headers) : CURLE_OUT_OF_MEMORY;
    if (code == CURLE_OK) code = curl_easy_perform(transfer->curl);
    exchange_outcome outcome = judge_exchange(transfer, code);
    curl_slist_free_all(headers);
    return outcome;
}

/* One try: the address and where it leads to. */
static exchange_outcome try_once(file_transfer *transfer) {
    exchange_outcome outcome = ELSEWHERE;
    (void)snprintf(transfer->address, sizeof transfer->address, "%s", transfer->request->address);
    for (int hops = 0; outcome == ELSEWHERE && hops <= MOST_REDIRECTS; hops++) outcome = exchange(transfer);
    if (outcome != ELSEWHERE) return outcome;
    transfer->failed =
        mz_fail(transfer->error, MZ_ERR_NETWORK, "%.200s leads from one address to the next, more than %d times",
                transfer->request->address, MOST_REDIRECTS);
    return OVER;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static mz_status pause_between(const file_transfer *transfer, unsigned pause_ms, mz_error *error) {
    unsigned asked_ms = transfer->retry_after_s * 1000;
    if (asked_ms > pause_ms) pause_ms = asked_ms;
    for (unsigned waited_ms = 0; waited_ms < pause_ms; waited_ms += PAUSE_STEP_MS) {
        if (tell_progress(transfer, 0)) return mz_fail(error, MZ_ERR_CANCELLED, "the download was stopped");
        (void)nanosleep(&(struct timespec){.tv_nsec = PAUSE_STEP_MS * 1000000L}, NULL);
    }
    return MZ_OK;
}

static mz_status try_repeatedly(file_transfer *transfer, exchange_outcome *ret_outcome) {
    const mz_fetch_request *request = transfer->request;
    unsigned most = request->tries ? request->tries : USUAL_TRIES;
    unsigned pause_ms = request->pause_ms ? request->pause_ms : USUAL_PAUSE_MS;
    for (;;) {
        transfer->resumed_bytes = transfer->have;
        exchange_outcome outcome = try_once(transfer);
        transfer->tries++;
        if (outcome == WHOLE || outcome == UNCHANGED) {
            *ret_outcome = outcome;
            return MZ_OK;
        }
        if (outcome == OVER || transfer->tries >= most) return transfer->failed;
        /* the beginning of a file that cannot be gone on with is of no use */
        if (!has_mark(&transfer->partial) && forget_partial(transfer)) return MZ_ERR_IO;
        mz_status status = pause_between(transfer, pause_ms, transfer->error);
        if (status) return status;
        pause_ms = pause_ms * 2 < LONGEST_PAUSE_MS ? pause_ms * 2 : LONGEST_PAUSE_MS;
    }
}

static mz_status finish(file_transfer *transfer, exchange_outcome outcome, mz_fetch_answer *ret_answer) {
    mz_fetch_answer answer = {.unchanged = outcome == UNCHANGED, .tries = transfer->tries};
    mz_status status = MZ_OK;
    if (outcome == UNCHANGED) {
        (void)unlink(transfer->partial_path);
        (void)unlink(transfer->mark_path);
    } else {
        status = keep_file(transfer);
        answer.bytes = transfer->have;
        answer.resumed_bytes = transfer->ranged ? transfer->resumed_bytes : 0;
        memcpy(answer.etag, transfer->answer.etag, sizeof answer.etag);
        memcpy(answer.last_modified, transfer->answer.last_modified, sizeof answer.last_modified);
    }
    if (!status) *ret_answer = answer;
    return status;
}

static void start_curl(void) {
    (void)curl_global_init(CURL_GLOBAL_DEFAULT); /* when it fails, curl_easy_init does, too, and that is told */
}

mz_status mz_fetch(const mz_fetch_request *request, mz_fetch_answer *ret_answer, mz_error *error) {
    static pthread_once_t started = PTHREAD_ONCE_INIT; /* curl_global_init is not safe among threads before 7.84 */
    mz_error own_error;
    exchange_outcome outcome = OVER;
    (void)pthread_once(&started, start_curl);
    mz_status status = mz_fetch_check_address(request->address, request->plain_loopback, error);
    if (status) return status;
    if (strlen(request->address) >= ADDRESS_SIZE)
        return mz_fail(error, MZ_ERR_ARGUMENT, "address too long: %.200s…", request->address);
    file_transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer) return mz_fail_memory(error);
    transfer->request = request;
    transfer->error = error ? error : &own_error;
    transfer->descriptor = -1;
    transfer->curl = curl_easy_init();
    status = transfer->curl ? open_partial(transfer) : mz_fail_memory(error);
    if (!status) status = try_repeatedly(transfer, &outcome);
    if (!status) status = finish(transfer, outcome, ret_answer);
    if (transfer->descriptor >= 0) (void)close(transfer->descriptor);
    curl_easy_cleanup(transfer->curl);
    free(transfer);
    return status;
}
