/* Who sends a request, and whether a browser was led to send it by somebody else's page. */
#ifndef MIZAN_SERVER_IDENTIFY_H
#define MIZAN_SERVER_IDENTIFY_H

#include "server/routes.h"

/* Sets request->who from the request's headers (Authorization, Cookie), in its arena; its service, headers, path and id
 * must be there. False: the answer is in `response` already (a key that does not count, or the store does not answer).
 * A service without a store knows nobody: all are anonymous, with the rights of the settings, but for who gives a key.
 */
bool mz_request_identify(mz_request *request, mz_response *response);

/* Whether a request that changes something was meant by who sends it. With a session, every method but GET and HEAD
 * needs the session's X-CSRF-Token and no foreign Origin or Sec-Fetch-Site; without one, routes with MZ_ROUTE_CHANGES
 * need the latter (else a page could sign somebody in as another). Programs with a key are not asked. False: 403 is in
 * `response`. */
bool mz_request_meant(const mz_request *request, const mz_route *route, mz_response *response);

/* Whether a request that names nobody may use what anybody may (settings.anonymous_rights), and was not led here by a
 * page: where the rights come of being on this machine, its Host must be of it (mz_host_fits) unless it came by a
 * socket of the file system; and no browser may say that it is for another site's page, but for /reconcile/…, whose
 * answers are for any page. True for everybody else, and for routes that need no right. False: 403 is in `response`. */
bool mz_request_expected(const mz_request *request, const mz_route *route, mz_response *response);

#endif
