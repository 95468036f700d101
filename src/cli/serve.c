/* mizan serve: the service, from its first breath to its last.
 *
 * One thread, this one, waits for signals, and looks every few seconds whether the index was replaced; all others are
 * the listener's. SIGTERM and SIGINT: nobody is accepted any more, what is in flight is finished, the status is 0.
 * SIGHUP: the index is looked at now. A second SIGTERM or SIGINT ends the waiting. */
#include "access/rights.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/policy.h"
#include "server/listed.h"
#include "server/listen.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/rate.h"
#include "server/socket.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    UNITS_OF_MS = 1000000,
    LOOK_S = 2,         /* between looks at the files of the index */
    STOP_MS = 25000,    /* for what is in flight; systemd and others kill after 30 s or more */
    PEM_BYTES = 1 << 20 /* a certificate with its chain, or a key */
};

typedef struct serving {
    cli_context *cli;
    mz_service service;
    mz_screen_options options;
    mz_policy *policy;
    cli_context speakers[3]; /* by mz_language, and how each says what the service explains */
    mz_words_of words[3];
    mz_listen_settings settings;
    mz_buffer certificate, key;
    int sockets[8];
    size_t socket_count;
    mz_listener *listener;
} serving;

enum { SOCKETS_MOST = sizeof((serving){0}.sockets) / sizeof(int) };

static void say(const serving *work, cli_message message, const char *value) {
    mz_buffer text;
    mz_buffer_init(&text, 4096);
    CLI_SAY(&text, work->cli->language, message, value);
    if (!text.failed) cli_note(work->cli, "%s", text.data);
    mz_buffer_done(&text);
}

/* ---- before ---- */

static int open_index(serving *work) {
    char path[4096];
    const char *given = cli_text(work->cli, CLI_INDEX);
    mz_index *index;
    mz_error error;
    int ending = cli_image_open(work->cli, &index); /* says what is missing, and mends what can be */
    if (ending) return ending;
    mz_index_close(index);
    mz_status status = given ? MZ_OK : cli_image_path(work->cli, path, sizeof path, &error);
    if (!status) status = mz_live_open(given ? given : path, &work->service.live, &error);
    if (!status && !given)
        status = mz_list_store_open(cli_text(work->cli, CLI_STORE), false, &work->service.lists, &error);
    return status ? cli_fail(&error) : CLI_DONE;
}

static unsigned usual_threads(void) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > 256 ? 256 : (unsigned)processors;
}

static int make_engines(serving *work) {
    mz_error error;
    int ending = cli_policy(work->cli, &work->policy);
    if (ending) return ending;
    work->options = (mz_screen_options)MZ_SCREEN_OPTIONS_INIT;
    work->options.policy = work->policy;
    work->options.limit_most = work->service.settings.limit_most;
    work->options.threshold = cli_number(work->cli, CLI_THRESHOLD, 0);
    work->options.budget =
        (uint64_t)cli_number(work->cli, CLI_BUDGET, (double)(work->options.budget / UNITS_OF_MS)) * UNITS_OF_MS;
    unsigned most = (unsigned)cli_number(work->cli, CLI_THREADS, usual_threads());
    mz_status status = mz_engines_new(work->service.live, &work->options, most, &work->service.engines, &error);
    return status ? cli_fail(&error) : CLI_DONE;
}

/* What stands beside the engines. A log on standard error is a message, which --quiet does without. */
static int make_figures(serving *work) {
    mz_service *service = &work->service;
    mz_error error;
    const char *log = cli_text(work->cli, CLI_LOG);
    double rate = cli_number(work->cli, CLI_RATE, 0);
    mz_status status = mz_metrics_new(&service->metrics, &error);
    if (!status) status = mz_listed_new(service->lists, &service->listed, &error);
    if (!status && (log || !work->cli->quiet))
        status = mz_log_open(log, cli_given(work->cli, CLI_LOG_NAMES), &service->log, &error);
    if (!status && rate > 0) status = mz_rate_new(rate, rate * 2 < 1 ? 1 : rate * 2, &service->rate, &error);
    return status ? cli_fail(&error) : CLI_DONE;
}

/* Texts of explanations stand in JSON: no terminal is thought of. */
static void learn_languages(serving *work) {
    for (unsigned k = 0; k < sizeof work->words / sizeof *work->words; k++) {
        work->speakers[k] = (cli_context){.format = CLI_PRINT_JSON, .language = (mz_language)k, .width = 80};
        work->words[k] = cli_words_of(&work->speakers[k]);
    }
    work->service.words = work->words;
}

static mz_status read_pem(const cli_context *cli, cli_option_id option, mz_buffer *into, mz_error *error) {
    mz_buffer_init(into, PEM_BYTES);
    mz_status status = mz_file_read(cli_text(cli, option), into, error);
    if (!status && (!into->size || !strstr(into->data, "-----BEGIN ")))
        status = mz_fail(error, MZ_ERR_INPUT, "%s is no file in the form PEM", cli_text(cli, option));
    return status;
}

static int read_certificate(serving *work) {
    cli_context *cli = work->cli;
    mz_error error;
    bool certificate = cli_given(cli, CLI_TLS_CERTIFICATE), key = cli_given(cli, CLI_TLS_KEY);
    if (certificate != key) return cli_usage(cli, "TLS needs both: --tls-certificate FILE and --tls-key FILE");
    if (!certificate) return CLI_DONE;
    mz_status status = read_pem(cli, CLI_TLS_CERTIFICATE, &work->certificate, &error);
    if (!status) status = read_pem(cli, CLI_TLS_KEY, &work->key, &error);
    if (status) return cli_fail(&error);
    work->settings.certificate = work->certificate.data;
    work->settings.key = work->key.data;
    return CLI_DONE;
}

static int open_sockets(serving *work) {
    static const char *usual[] = {"127.0.0.1:8080"};
    const cli_value *given = &work->cli->values[CLI_LISTEN];
    const char *const *addresses = given->count ? given->texts : usual;
    size_t count = given->count ? given->count : 1;
    mz_error error;
    if (count > SOCKETS_MOST) return cli_usage(work->cli, "--listen may be given %d times", SOCKETS_MOST);
    for (size_t k = 0; k < count; k++) {
        mz_status status = mz_socket_open(addresses[k], &work->sockets[k], &error);
        if (status == MZ_ERR_ARGUMENT) return cli_usage(work->cli, "--listen: %s", error.text);
        if (status) return cli_fail(&error);
        work->socket_count++;
    }
    return CLI_DONE;
}

/* What somebody may who says nothing of himself: on an address that only this machine reaches, what clients of other
 * services expect; elsewhere nothing, unless told so. */
static void settle_rights(serving *work) {
    bool local = true;
    for (size_t k = 0; k < work->socket_count; k++) local = local && mz_socket_is_local(work->sockets[k]);
    if (local || cli_given(work->cli, CLI_ANONYMOUS))
        work->service.settings.anonymous_rights =
            MZ_RIGHT_BIT(MZ_RIGHT_SCREEN) | MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ) | MZ_RIGHT_BIT(MZ_RIGHT_METRICS);
}

static int settle(serving *work) {
    mz_service *service = &work->service;
    service->started = mz_clock_now();
    service->settings = (mz_service_settings){.threshold = cli_number(work->cli, CLI_THRESHOLD, 0.7),
                                              .limit = (size_t)cli_number(work->cli, CLI_LIMIT, 5),
                                              .limit_most = 500,
                                              .batch_most = (size_t)cli_number(work->cli, CLI_BATCH, 500),
                                              .wait_ms = (unsigned)cli_number(work->cli, CLI_WAIT, 2000),
                                              .stale_after_h = (unsigned)cli_number(work->cli, CLI_STALE_AFTER, 72),
                                              .log_names = cli_given(work->cli, CLI_LOG_NAMES)};
    work->settings = (mz_listen_settings)MZ_LISTEN_SETTINGS_INIT;
    work->settings.connections_most = (unsigned)cli_number(work->cli, CLI_CONNECTIONS, work->settings.connections_most);
    int ending = read_certificate(work);
    if (!ending) ending = open_index(work);
    if (!ending) ending = make_engines(work);
    if (!ending) ending = make_figures(work);
    if (!ending) ending = open_sockets(work);
    if (!ending) settle_rights(work);
    learn_languages(work);
    return ending;
}

/* Each connection is a descriptor: as many as the system lets us have. */
static void raise_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit)) return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/* ---- while it runs ---- */

static void reload(serving *work, bool asked) {
    bool fresh;
    mz_error error;
    if (asked && mz_log_reopen(work->service.log, &error)) (void)cli_fail(&error);
    mz_status status = mz_live_refresh(work->service.live, &fresh, &error);
    if (status || fresh) mz_metrics_reload(work->service.metrics, !status);
    if (status) {
        (void)cli_fail(&error);
        say(work, CLI_SAY_NOT_RELOADED, NULL);
        return;
    }
    if (!fresh) {
        if (asked) say(work, CLI_SAY_NOT_RELOADED, NULL);
        return;
    }
    char text[32];
    mz_index_facts facts;
    mz_live_lease *lease = mz_live_take(work->service.live);
    mz_index_info(mz_live_index(lease), &facts);
    mz_live_give_back(work->service.live, lease);
    (void)snprintf(text, sizeof text, "%u", facts.entities);
    say(work, CLI_SAY_RELOADED, text);
}

static void say_where(const serving *work) {
    bool anybody = work->service.settings.anonymous_rights != 0;
    for (size_t k = 0; k < work->socket_count; k++) {
        char address[MZ_SOCKET_ADDRESS_SIZE], text[MZ_SOCKET_ADDRESS_SIZE + 16];
        mz_socket_address(work->sockets[k], address);
        bool path = strncmp(address, "unix:", 5) == 0;
        (void)snprintf(text, sizeof text, "%s%s",
                       path                         ? ""
                       : work->settings.certificate ? "https://"
                                                    : "http://",
                       address);
        say(work, CLI_SAY_SERVING, text);
    }
    say(work, anybody ? CLI_SAY_SERVING_TO_ALL : CLI_SAY_SERVING_TO_NOBODY, NULL);
}

static void stop(serving *work) {
    char left[16];
    say(work, CLI_SAY_STOPPING, NULL);
    bool whole = mz_listener_stop(work->listener, STOP_MS);
    (void)snprintf(left, sizeof left, "%u", mz_listener_connections(work->listener));
    say(work, whole ? CLI_SAY_STOPPED : CLI_SAY_STOPPED_LATE, left);
}

static int serve(serving *work) {
    sigset_t signals;
    mz_error error;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    raise_descriptors();
    if (mz_listen(&work->service, &work->settings, work->sockets, work->socket_count, &work->listener, &error))
        return cli_fail(&error);
    say_where(work);
    for (int number = 0; number != SIGTERM && number != SIGINT;) {
        number = sigtimedwait(&signals, NULL, &(struct timespec){.tv_sec = LOOK_S});
        if (number == SIGHUP || (number < 0 && errno == EAGAIN)) reload(work, number == SIGHUP);
    }
    (void)pthread_sigmask(SIG_UNBLOCK, &signals, NULL); /* another one ends us at once */
    stop(work);
    return CLI_DONE;
}

static void put_away(serving *work) {
    if (work->listener)
        mz_listener_free(work->listener);
    else
        for (size_t k = 0; k < work->socket_count; k++) (void)close(work->sockets[k]);
    mz_log_close(work->service.log);
    mz_metrics_free(work->service.metrics);
    mz_listed_free(work->service.listed);
    mz_rate_free(work->service.rate);
    mz_engines_free(work->service.engines);
    mz_live_close(work->service.live);
    mz_list_store_close(work->service.lists);
    mz_policy_free(work->policy);
    mz_buffer_done(&work->certificate);
    mz_buffer_done(&work->key);
}

static int run(cli_context *cli) {
    serving work = {.cli = cli};
    int ending = settle(&work);
    if (!ending) ending = serve(&work);
    put_away(&work);
    return ending;
}

static const cli_example examples[] = {
    {"mizan serve", "answers on http://127.0.0.1:8080, for this machine only"},
    {"mizan serve --listen '[::1]:9000' --listen unix:/run/mizan/mizan.sock", "elsewhere, and in several places"},
    {"mizan serve --listen '*:8443' --tls-certificate chain.pem --tls-key key.pem", "for others, encrypted"},
};

static const cli_option_id options[] = {CLI_LISTEN, CLI_INDEX,     CLI_ANONYMOUS, CLI_TLS_CERTIFICATE, CLI_TLS_KEY,
                                        CLI_LOG,    CLI_LOG_NAMES, CLI_RATE,      CLI_STALE_AFTER,     CLI_BATCH,
                                        CLI_WAIT,   CLI_BUDGET,    CLI_THREADS,   CLI_CONNECTIONS,     CLI_THRESHOLD,
                                        CLI_LIMIT,  CLI_ALGORITHM, CLI_POLICY,    CLI_WEIGHT,          CLI_NO_OPTION};

const cli_command cli_serve = {
    .name = "serve",
    .operands = "",
    .summary = "answer screenings over HTTP",
    .description =
        "Runs until it is told to stop: by Ctrl-C, or SIGTERM. Then nobody is accepted any more, what is in flight is "
        "finished, and the status is 0. When the lists or the index change, the new ones are in use within seconds, "
        "without a request lost; SIGHUP makes it look at once.\n\n"
        "Unless told otherwise it listens for this machine only, and whoever reaches it there may screen and read "
        "lists. Where others reach it, nobody may do anything without a key, unless --anonymous says so.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .run = run,
};
