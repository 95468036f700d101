#include "cli/notify.h"

#ifdef MIZAN_SYSTEMD

#include "base/clock.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <systemd/sd-daemon.h>

int cli_notify_sockets(int *into, size_t most) {
    int count = sd_listen_fds(1);
    if (count <= 0) return 0;
    if ((size_t)count > most) return -1;
    for (int k = 0; k < count; k++) {
        into[k] = SD_LISTEN_FDS_START + k;
        if (sd_is_socket(into[k], 0, 1 /* SOCK_STREAM */, 1) <= 0) return -1;
    }
    return count;
}

void cli_notify(const char *state) {
    if (strncmp(state, "RELOADING=", 10) == 0)
        (void)sd_notifyf(0, "%s\nMONOTONIC_USEC=%" PRIu64, state, mz_clock_ns() / 1000);
    else
        (void)sd_notify(0, state);
}

#else

int cli_notify_sockets(int *into, size_t most) {
    (void)into;
    (void)most;
    return 0;
}

void cli_notify(const char *state) {
    (void)state;
}

#endif
