/* Addresses to listen on, as text. */
#ifndef MIZAN_SERVER_SOCKET_H
#define MIZAN_SERVER_SOCKET_H

#include "mizan/status.h"

#include <stdbool.h>

enum { MZ_SOCKET_ADDRESS_SIZE = 160 };

/* Listens on "127.0.0.1:8080", "[::1]:8080", "*:8080" (all of both kinds), or "unix:/run/mizan.sock" (mode 0660, one
 * that was left behind is replaced); port 0: any that is free. MZ_ERR_ARGUMENT: it is no such address; MZ_ERR_IO: with
 * what to do. */
mz_status mz_socket_open(const char *address, int *ret_descriptor, mz_error *error);

/* Takes the name of a socket of the file system away; others have none. For who has opened it, and ends. */
void mz_socket_remove(int descriptor);

/* How a listening socket is called: "127.0.0.1:8080", "[::1]:8080", "unix:/run/mizan.sock". */
void mz_socket_address(int descriptor, char ret_text[MZ_SOCKET_ADDRESS_SIZE]);

/* Whether only this machine can reach it. */
bool mz_socket_is_local(int descriptor);

#endif
