/* What systemd and the service tell each other: sockets that it has opened for us, and what we are at. In a program
 * that was built without libsystemd, or is not run by systemd, there are none, and nothing is told. */
#ifndef MIZAN_CLI_NOTIFY_H
#define MIZAN_CLI_NOTIFY_H

#include <stddef.h>

/* Listening sockets that were handed over (sd_listen_fds(3)), at most `most`; how many. -1: there are some that cannot
 * be listened on, or too many. */
int cli_notify_sockets(int *into, size_t most);

/* sd_notify(3): "READY=1", "STOPPING=1", …; with the monotonic time where "RELOADING=1" wants it. */
void cli_notify(const char *state);

#endif
