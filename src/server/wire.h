/* Answers written to a socket beside libmicrohttpd, where it has no way to: to who is refused before a request was
 * read, and to who is cut off. */
#ifndef MIZAN_SERVER_WIRE_H
#define MIZAN_SERVER_WIRE_H

/* A whole answer, a problem as RFC 9457 has it, after which the connection is to be closed. What does not fit into the
 * socket at once is lost: nobody waits for who is refused. */
void mz_wire_refuse(int descriptor, int status, const char *detail);

#endif
