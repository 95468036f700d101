/* mizan serve: the service, from its first breath to its last.
 *
 * One thread, this one, waits for signals, and looks every few seconds whether the index was replaced; all others are
 * the listener's. SIGTERM and SIGINT: nobody is accepted any more, what is in flight is finished, the status is 0.
 * SIGHUP: the index is looked at now. A second SIGTERM or SIGINT ends the waiting. */
#include "cli/serve.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/notify.h"
#include "server/audit.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/socket.h"
#include "server/work.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    LOOK_S = 2,     /* between looks at the files of the index */
    STOP_MS = 25000 /* for what is in flight; systemd and others kill after 30 s or more */
};

/* Each connection is a descriptor: as many as the system lets us have. */
static void raise_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit)) return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/* glibc gives threads up to eight heaps a processor, and each grows to the most that any request needed. As many as can
 * screen at the same time are enough: with a thread for each of 64 clients, memory is the same after the first seconds
 * as after ten minutes, and a third less; answers a second are as many as before. */
static void limit_heaps(unsigned threads) {
#ifdef M_ARENA_MAX
    (void)mallopt(M_ARENA_MAX, (int)threads);
#else
    (void)threads;
#endif
}

/* ---- while it runs ---- */

/* What cannot be used is looked at every few seconds, and complained of once. */
static void fail_to_reload(cli_serving *work, const mz_error *error) {
    if (!strcmp(work->complaint, error->text)) return;
    memcpy(work->complaint, error->text, sizeof work->complaint);
    mz_metrics_reload(work->service.metrics, false);
    (void)cli_fail(error);
    cli_serve_say(work, CLI_SAY_NOT_RELOADED, NULL);
}

/* In the audit chains. What cannot be noted now is tried again every minute (server/work.c). */
static void note_using(cli_serving *work) {
    mz_error error;
    if (mz_service_note_using(&work->service, &error)) (void)cli_fail(&error);
}

/* The ends of the audit chains, so that what comes before is proved from now on. */
static void sign_chains(cli_serving *work) {
    mz_error error;
    if (mz_service_sign(&work->service, 0, &error)) (void)cli_fail(&error);
}

static void say_reloaded(cli_serving *work, unsigned refreshed) {
    char text[32];
    mz_index_facts facts;
    work->refreshed = refreshed;
    mz_live_lease *lease = mz_live_take(work->service.live);
    mz_index_info(mz_live_index(lease), &facts);
    mz_live_give_back(work->service.live, lease);
    (void)snprintf(text, sizeof text, "%u", facts.entities);
    cli_serve_say(work, CLI_SAY_RELOADED, text);
    note_using(work);
}

static void reload(cli_serving *work, bool asked) {
    bool fresh;
    mz_error error;
    if (asked && mz_log_reopen(work->service.log, &error)) (void)cli_fail(&error);
    mz_status status = mz_service_refresh(&work->service, &fresh, &error);
    unsigned refreshed = atomic_load(&work->service.refreshed); /* a task may have been faster than this look */
    if (status) {
        fail_to_reload(work, &error);
        return;
    }
    work->complaint[0] = '\0';
    if (refreshed != work->refreshed)
        say_reloaded(work, refreshed);
    else if (asked)
        cli_serve_say(work, CLI_SAY_NOT_RELOADED, NULL);
}

static void say_where(const cli_serving *work) {
    cli_message to_whom = CLI_SAY_SERVING_TO_NOBODY;
    if (work->service.settings.anonymous_rights)
        to_whom = CLI_SAY_SERVING_TO_ALL;
    else if (!work->service.access)
        to_whom = CLI_SAY_SERVING_WITHOUT_KEYS;
    for (size_t k = 0; k < work->socket_count; k++) {
        char address[MZ_SOCKET_ADDRESS_SIZE], text[MZ_SOCKET_ADDRESS_SIZE + 16];
        mz_socket_address(work->sockets[k], address);
        bool path = strncmp(address, "unix:", 5) == 0;
        (void)snprintf(text, sizeof text, "%s%s",
                       path                         ? ""
                       : work->settings.certificate ? "https://"
                                                    : "http://",
                       address);
        cli_serve_say(work, CLI_SAY_SERVING, text);
    }
    cli_serve_say(work, to_whom, NULL);
}

static void stop(cli_serving *work) {
    char left[16];
    cli_notify("STOPPING=1");
    cli_serve_say(work, CLI_SAY_STOPPING, NULL);
    mz_work_stop(work->service.work);
    cli_serve_remove_sockets(work); /* while they are open, and so the names still ours */
    bool whole = mz_listener_stop(work->listener, STOP_MS);
    sign_chains(work);
    (void)snprintf(left, sizeof left, "%u", mz_listener_connections(work->listener));
    cli_serve_say(work, whole ? CLI_SAY_STOPPED : CLI_SAY_STOPPED_LATE, left);
}

/* In the thread that does tasks: what could not even be noted. */
static void complain_of_work(void *context, const mz_error *error) {
    (void)context;
    (void)cli_fail(error);
}

static mz_status start_work(cli_serving *work, mz_error *error) {
    if (!work->service.work) return MZ_OK;
    return mz_work_start(work->service.work, complain_of_work, work, error);
}

static int serve(cli_serving *work) {
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
    if (start_work(work, &error)) return cli_fail(&error);
    note_using(work);
    say_where(work);
    cli_notify("READY=1");
    for (int number = 0; number != SIGTERM && number != SIGINT;) {
        number = sigtimedwait(&signals, NULL, &(struct timespec){.tv_sec = LOOK_S});
        if (number == SIGHUP) cli_notify("RELOADING=1");
        if (number == SIGHUP || (number < 0 && errno == EAGAIN)) reload(work, number == SIGHUP);
        if (number == SIGHUP) cli_notify("READY=1");
    }
    (void)pthread_sigmask(SIG_UNBLOCK, &signals, NULL); /* another one ends us at once */
    stop(work);
    return CLI_DONE;
}

static int run(cli_context *cli) {
    cli_serving work = {.cli = cli};
    limit_heaps(cli_serve_threads(cli));
    int ending = cli_serve_settle(&work);
    if (!ending) ending = serve(&work);
    cli_serve_done(&work);
    return ending;
}

static const cli_example examples[] = {
    {"mizan serve", "answers on http://127.0.0.1:8080, for this machine only"},
    {"mizan serve --listen '[::1]:9000' --listen unix:/run/mizan/mizan.sock", "elsewhere, and in several places"},
    {"mizan serve --listen '*:8443' --tls-certificate chain.pem --tls-key key.pem", "for others, encrypted"},
};

static const cli_option_id options[] = {CLI_LISTEN,          CLI_INDEX,     CLI_ANONYMOUS, CLI_DATABASE,  CLI_ORIGIN,
                                        CLI_TLS_CERTIFICATE, CLI_TLS_KEY,   CLI_LOG,       CLI_LOG_NAMES, CLI_RATE,
                                        CLI_STALE_AFTER,     CLI_BATCH,     CLI_WAIT,      CLI_BUDGET,    CLI_THREADS,
                                        CLI_CONNECTIONS,     CLI_THRESHOLD, CLI_LIMIT,     CLI_ALGORITHM, CLI_POLICY,
                                        CLI_WEIGHT,          CLI_MIRROR,    CLI_AUDIT_KEY, CLI_NO_OPTION};

const cli_command cli_serve = {
    .name = "serve",
    .operands = "",
    .summary = "answer screenings over HTTP",
    .description =
        "Runs until it is told to stop: by Ctrl-C, or SIGTERM. Then nobody is accepted any more, what is in flight is "
        "finished, and the status is 0. When the lists or the index change, the new ones are in use within seconds, "
        "without a request lost; SIGHUP makes it look at once.\n\n"
        "Unless told otherwise it listens for this machine only, and whoever reaches it there may screen and read "
        "lists. Where others reach it, or with --origin, nobody may do anything without a key, unless --anonymous says "
        "so.",
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .options = options,
    .run = run,
};
