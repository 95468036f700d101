/* The target of a request ("/match/all?limit=5"), taken apart and decoded.
 *
 * What stands there is percent-encoded UTF-8 (RFC 3986); in the query "+" is a blank, as forms and clients write it.
 * Everything that proxies and servers read in different ways is refused, because a proxy in front may have decided by
 * its own reading: an escape that is none, a byte that is no UTF-8, U+0000, a "/" written as %2F in the path. */
#ifndef MIZAN_SERVER_TARGET_H
#define MIZAN_SERVER_TARGET_H

#include "base/arena.h"
#include "server/http.h"

enum { MZ_QUERY_PARAMETERS_MOST = 256 };

/* The path and the parameters behind "?", in their order. MZ_ERR_INPUT: with the column of what is wrong; MZ_ERR_LIMIT:
 * too many parameters. */
mz_status mz_target_read(mz_str target, mz_arena *arena, mz_str *ret_path, mz_parameters *ret_query, mz_error *error);

#endif
