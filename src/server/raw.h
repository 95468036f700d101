/* What libmicrohttpd 0.9.75 takes out of a head before it shows it: bare line feeds for line ends, lines folded into
 * one, bytes behind a U+0000. Who reads such heads in another way than the program in front of it can be made to answer
 * a request that the other never saw (RFC 9112, 2.2, 5.2 and 11.2), so they must be refused.
 *
 * This version leaves the head where it was received and puts a zero in the place of each byte that ends something. So
 * between the end of a value and the next name there are exactly the two zeros that were CR and LF; one, or more, was
 * something else. Other versions lay heads out in other ways and are stricter by themselves: nothing is looked at
 * there.
 *
 * Rejected: the size of the head alone, which MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE tells, because blanks before a
 * value make up for what line ends lack; a parser in front of the library, which would be a second HTTP server. */
#ifndef MIZAN_SERVER_RAW_H
#define MIZAN_SERVER_RAW_H

#include <stdbool.h>
#include <stddef.h>

/* Goes through a head in its order. Zeroed it has nothing against a head. */
typedef struct mz_raw {
    bool looks;      /* this version of the library is known */
    bool spoiled;    /* something was not as it should be */
    const char *end; /* of what was seen last, in the library's memory */
} mz_raw;

/* Begins behind the version in the first line. */
void mz_raw_begin(mz_raw *raw, const char *version);
/* The next header field. */
void mz_raw_field(mz_raw *raw, const char *name, size_t name_size, const char *value, size_t value_size);
/* Behind the last one; `head_start` is where the method stands, `head_bytes` the size of the whole head. */
void mz_raw_end(mz_raw *raw, const char *head_start, size_t head_bytes);

#endif
