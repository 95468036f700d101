/* From the options of `mizan serve` to a service that only has to be let go. */
#include "audit/signer.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/audit_key.h"
#include "cli/database.h"
#include "cli/notify.h"
#include "cli/policy.h"
#include "cli/serve.h"
#include "server/listed.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/rate.h"
#include "server/socket.h"
#include "server/work.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    UNITS_OF_MS = 1000000,
    REQUEST_FOLD = 10,  /* a request of several queries may cost as much as so many of the dearest */
    PEM_BYTES = 1 << 20 /* a certificate with its chain, or a key */
};

void cli_serve_say(const cli_serving *work, cli_message message, const char *value) {
    mz_buffer text;
    mz_buffer_init(&text, 4096);
    CLI_SAY(&text, work->cli->language, message, value);
    if (!text.failed) cli_note(work->cli, "%s", text.data);
    mz_buffer_done(&text);
}

static int open_index(cli_serving *work) {
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

unsigned cli_serve_threads(const cli_context *cli) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    long usual = processors < 1 ? 1 : processors > 256 ? 256 : processors;
    return (unsigned)cli_number(cli, CLI_THREADS, (double)usual);
}

static int make_engines(cli_serving *work) {
    mz_error error;
    int ending = cli_policy(work->cli, &work->policy);
    if (ending) return ending;
    work->options = (mz_screen_options)MZ_SCREEN_OPTIONS_INIT;
    work->options.policy = work->policy;
    work->options.limit_most = work->service.settings.limit_most;
    if (cli_given(work->cli, CLI_LIMIT)) work->options.limit = work->service.settings.limit;
    work->options.threshold = cli_number(work->cli, CLI_THRESHOLD, 0);
    work->options.budget =
        (uint64_t)cli_number(work->cli, CLI_BUDGET, (double)(work->options.budget / UNITS_OF_MS)) * UNITS_OF_MS;
    work->service.settings.request_budget = work->options.budget * REQUEST_FOLD;
    unsigned most = cli_serve_threads(work->cli);
    mz_status status = mz_engines_new(work->service.live, &work->options, most, &work->service.engines, &error);
    return status ? cli_fail(&error) : CLI_DONE;
}

/* What stands beside the engines. A log on standard error is a message, which --quiet does without. */
static int make_figures(cli_serving *work) {
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
static void learn_languages(cli_serving *work) {
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

int cli_serve_read_certificate(cli_serving *work) {
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

/* Those that systemd has opened for us, or those of --listen. */
static int open_sockets(cli_serving *work) {
    static const char *usual[] = {"127.0.0.1:8080"};
    const cli_value *given = &work->cli->values[CLI_LISTEN];
    const char *const *addresses = given->count ? given->texts : usual;
    size_t count = given->count ? given->count : 1;
    mz_error error;
    int handed = cli_notify_sockets(work->sockets, CLI_SERVE_SOCKETS_MOST);
    if (handed < 0) {
        cli_complain("a socket that systemd handed over cannot be listened on, or there are more than %d: they must be "
                     "of ListenStream=",
                     CLI_SERVE_SOCKETS_MOST);
        return CLI_FAILED;
    }
    work->socket_count = (size_t)handed;
    work->sockets_handed = handed > 0;
    if (handed) return CLI_DONE;
    if (count > CLI_SERVE_SOCKETS_MOST)
        return cli_usage(work->cli, "--listen may be given %d times", CLI_SERVE_SOCKETS_MOST);
    for (size_t k = 0; k < count; k++) {
        mz_status status = mz_socket_open(addresses[k], &work->sockets[k], &error);
        if (status == MZ_ERR_ARGUMENT) return cli_usage(work->cli, "--listen: %s", error.text);
        if (status) return cli_fail(&error);
        work->socket_count++;
    }
    return CLI_DONE;
}

/* Beside the lists; with --index alone there is no such place, and nothing is signed unless --audit-key says by what.
 */
static int open_signer(cli_serving *work) {
    if (cli_given(work->cli, CLI_INDEX) && !cli_given(work->cli, CLI_AUDIT_KEY)) return CLI_DONE;
    return cli_audit_key_open(work->cli, &work->service.signer);
}

/* People are kept beside the lists, or where --database says; with --index alone there is no such place, and nobody
 * signs in. */
static int open_people(cli_serving *work) {
    cli_context *cli = work->cli;
    const char *origin = cli_text(cli, CLI_ORIGIN);
    mz_error error;
    work->service.settings.secure = work->settings.certificate || (origin && strncmp(origin, "https://", 8) == 0);
    work->service.settings.origin = origin;
    if (origin && strncmp(origin, "https://", 8) != 0 && strncmp(origin, "http://", 7) != 0)
        return cli_usage(cli, "--origin is the address where browsers find the service, such as https://name.example");
    if (cli_given(cli, CLI_INDEX) && !cli_given(cli, CLI_DATABASE)) return CLI_DONE;
    int ending = cli_database_open(cli, &work->service.store);
    if (ending) return ending;
    work->access_settings = (mz_access_settings)MZ_ACCESS_SETTINGS_INIT;
    work->access_settings.origin = origin;
    work->access_settings.secure = work->service.settings.secure;
    mz_status status = mz_access_open(work->service.store, &work->access_settings, &work->service.access, &error);
    if (!status) status = cli_database_begin(cli, work->service.access, &error);
    if (!status) status = mz_work_new(&work->service, &work->service.work, &error);
    return status ? cli_fail(&error) : open_signer(work);
}

/* What somebody may who says nothing of himself: on an address that only this machine reaches, what clients of other
 * services expect; elsewhere nothing, unless told so. Behind a proxy, which --origin tells of, everybody comes from
 * this machine. Figures of the service are for this machine only. */
static void settle_rights(cli_serving *work) {
    bool local = true;
    for (size_t k = 0; k < work->socket_count; k++) local = local && mz_socket_is_local(work->sockets[k]);
    local = local && !cli_given(work->cli, CLI_ORIGIN);
    work->service.settings.anonymous_here = local && !cli_given(work->cli, CLI_ANONYMOUS);
    if (local || cli_given(work->cli, CLI_ANONYMOUS))
        work->service.settings.anonymous_rights = MZ_RIGHT_BIT(MZ_RIGHT_SCREEN) | MZ_RIGHT_BIT(MZ_RIGHT_LISTS_READ) |
                                                  (local ? MZ_RIGHT_BIT(MZ_RIGHT_METRICS) : 0);
}

int cli_serve_settle_inside(cli_serving *work) {
    mz_service *service = &work->service;
    service->started = mz_clock_now();
    service->settings = (mz_service_settings){.threshold = cli_number(work->cli, CLI_THRESHOLD, 0.7),
                                              .limit = (size_t)cli_number(work->cli, CLI_LIMIT, 5),
                                              .limit_most = 500,
                                              .batch_most = (size_t)cli_number(work->cli, CLI_BATCH, 500),
                                              .wait_ms = (unsigned)cli_number(work->cli, CLI_WAIT, 2000),
                                              .stale_after_h = (unsigned)cli_number(work->cli, CLI_STALE_AFTER, 72),
                                              .log_names = cli_given(work->cli, CLI_LOG_NAMES),
                                              .mirror = cli_text(work->cli, CLI_MIRROR)};
    if (service->settings.limit > service->settings.limit_most) service->settings.limit_most = service->settings.limit;
    cli_database_settle(work->cli);
    int ending = open_index(work);
    if (!ending) ending = make_engines(work);
    if (!ending) ending = make_figures(work);
    if (!ending) ending = open_people(work);
    learn_languages(work);
    return ending;
}

int cli_serve_settle(cli_serving *work) {
    work->settings = (mz_listen_settings)MZ_LISTEN_SETTINGS_INIT;
    work->settings.connections_most = (unsigned)cli_number(work->cli, CLI_CONNECTIONS, work->settings.connections_most);
    int ending = cli_serve_read_certificate(work);
    if (!ending) ending = cli_serve_settle_inside(work);
    if (!ending) ending = open_sockets(work);
    if (!ending) settle_rights(work);
    return ending;
}

void cli_serve_remove_sockets(const cli_serving *work) {
    for (size_t k = 0; k < work->socket_count && !work->sockets_handed; k++) mz_socket_remove(work->sockets[k]);
}

void cli_serve_done(cli_serving *work) {
    if (work->listener) {
        mz_listener_free(work->listener);
    } else {
        cli_serve_remove_sockets(work);
        for (size_t k = 0; k < work->socket_count; k++) (void)close(work->sockets[k]);
    }
    mz_work_free(work->service.work);
    mz_audit_signer_close(work->service.signer);
    mz_access_close(work->service.access);
    mz_store_close(work->service.store);
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
