/* Answers written to a connection beside libmicrohttpd, where it has no way to: to who is refused before a request was
 * read or while its body comes, and to who is cut off. */
#ifndef MIZAN_SERVER_WIRE_H
#define MIZAN_SERVER_WIRE_H

/* A whole answer, a problem as RFC 9457 has it, after which the connection is to be closed. What does not fit into the
 * socket at once is lost: nobody waits for who is refused. `tls`: the connection's gnutls_session_t, NULL in the clear;
 * only the thread that reads from the connection may use it. */
void mz_wire_refuse(int descriptor, void *tls, int status, const char *detail);

#endif
