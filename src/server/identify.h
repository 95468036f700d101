/* Who sends a request, and whether a route lets it in. */
#ifndef MIZAN_SERVER_IDENTIFY_H
#define MIZAN_SERVER_IDENTIFY_H

#include "server/routes.h"

/* Sets request->who from the request's headers (Authorization, Cookie); its service, arena, headers, path and id must
 * be there. False: the answer is in `response` already (a key that does not count, or the store does not answer). A
 * service without a store knows nobody: all are anonymous, with the rights of the settings. */
bool mz_request_identify(mz_request *request, mz_response *response);

/* Whether request->who may use this route: has the right, and, when a browser may have sent it on behalf of somebody
 * else's page, that it did not: a method that changes needs X-CSRF-Token with a session, and with or without one no
 * foreign Origin or Sec-Fetch-Site. False: the answer (401, 403) is in `response`. mz_dispatch asks it; who answers a
 * stream asks before the first piece of the body. */
bool mz_request_admit(mz_request *request, const mz_route *route, mz_response *response);

#endif
