/* What the handlers of /api/v1 share: they take no parameter and no member that they do not know, because a threshold
 * that was meant and not taken would be worse than an error. */
#ifndef MIZAN_SERVER_API_H
#define MIZAN_SERVER_API_H

#include "mizan/country.h"
#include "screen/query_json.h"
#include "server/http.h"
#include "server/service.h"

/* Refuses a parameter of the query that is none of these, naming the nearest, and one that stands there twice. */
mz_status mz_api_parameters(const mz_request *request, const mz_str *known, size_t count, mz_error *error);

/* Refuses a member of an object that is none of these, naming the nearest. */
mz_status mz_api_members(const mz_json_value *object, const mz_str *known, size_t count, mz_error *error);

/* Whom the wishes of a caller are bound by. */
mz_wish_bounds mz_api_bounds(const mz_service *service);

/* Wishes from the parameters of the query: limit, threshold, algorithm, plan, and the keys of a filter, of which those
 * that take several values may stand several times. Every other parameter is refused. */
mz_status mz_api_wishes(const mz_request *request, mz_query_wishes *ret_wishes, mz_error *error);

/* The language that the parameter "language" asks for, else the first of Accept-Language that there is, else English.
 */
mz_status mz_api_language(const mz_request *request, mz_language *ret_language, mz_error *error);

/* Says which names a query asks for, for the log. */
void mz_api_asked(const mz_request *request, const mz_json_value *query);

/* A page of a long answer: "limit" (to 1000, usually 100) and "offset". */
typedef struct mz_api_page {
    uint64_t limit, offset;
} mz_api_page;
mz_status mz_api_read_page(const mz_request *request, mz_api_page *ret_page, mz_error *error);

/* A failure of the store of lists, as clients are told it: what is damaged or cannot be read is not theirs to mend, and
 * the names of files are not theirs to know. What they asked wrongly stays as it is. */
mz_status mz_api_store_failure(mz_status status, mz_error *error);

#endif
