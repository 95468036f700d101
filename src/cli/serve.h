/* A run of `mizan serve`: what it is made of. */
#ifndef MIZAN_CLI_SERVE_H
#define MIZAN_CLI_SERVE_H

#include "access/access.h"
#include "cli/cli.h"
#include "cli/explain.h"
#include "mizan/policy.h"
#include "server/listen.h"
#include "server/service.h"

enum { CLI_SERVE_SOCKETS_MOST = 8 };

typedef struct cli_serving {
    cli_context *cli;
    mz_service service;
    mz_screen_options options;
    mz_policy *policy;
    cli_context speakers[3]; /* by mz_language, and how each says what the service explains */
    mz_words_of words[3];
    mz_listen_settings settings;
    mz_buffer certificate, key;
    mz_access_settings access_settings;
    int sockets[CLI_SERVE_SOCKETS_MOST];
    size_t socket_count;
    bool sockets_handed; /* by systemd, whose they stay */
    mz_listener *listener;
    unsigned refreshed;                 /* how often the index was replaced, as far as it was said */
    char complaint[MZ_ERROR_TEXT_SIZE]; /* of an index that cannot be used, the last */
} cli_serving;

/* Makes everything that the options ask for, up to sockets that listen and are not answered yet. CLI_DONE, or the exit
 * status after having complained; cli_serve_done is to be called in any case. */
int cli_serve_settle(cli_serving *work);
/* The same without anything that is listened on: for commands that do what the service does beside answering. */
int cli_serve_settle_inside(cli_serving *work);
void cli_serve_done(cli_serving *work);

/* How many screenings there may be at the same time. */
unsigned cli_serve_threads(const cli_context *cli);

/* Says it in the language of who started the service; `value` may be NULL. */
void cli_serve_say(const cli_serving *work, cli_message message, const char *value);

/* Takes the names of our own sockets away from the file system. */
void cli_serve_remove_sockets(const cli_serving *work);

/* Reads the files of --tls-certificate and --tls-key into the settings; what was read before is let go of. */
int cli_serve_read_certificate(cli_serving *work);

#endif
