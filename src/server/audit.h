/* The audit chains of a running service: what it does for them beside answering. */
#ifndef MIZAN_SERVER_AUDIT_H
#define MIZAN_SERVER_AUDIT_H

#include "audit/audit.h"
#include "server/http.h"
#include "server/service.h"

enum { MZ_CHECKPOINT_EVERY_S = 3600 };

/* Notes in the chain of every agency which lists, build and policy the service uses ("service.using"), where that is
 * another than was noted there last, and changes of lists that nobody told the chain of (audit_found.h). When it
 * starts, each time that the index was replaced, and every minute. */
mz_status mz_service_note_using(mz_service *service, mz_error *error);

/* Signs the end of each chain that has grown since its last checkpoint, where that is `older_s` seconds ago or more.
 * MZ_ERR_REFUSED when one was not signed because it does not lead on from what was; the others are, all the same.
 * Without a signer nothing happens. */
mz_status mz_service_sign(mz_service *service, int64_t older_s, mz_error *error);

/* Verifies an agency's chain by the service's own key and by what that signed last, and adds an entry "audit.verified"
 * that says what was found. The verdict's text is in `arena`. */
mz_status mz_service_verify(mz_service *service, mz_str agency, mz_str actor_kind, mz_str actor,
                            const mz_audit_verify_options *options, mz_arena *arena, mz_audit_verdict *ret_verdict,
                            mz_error *error);

/* The number in an address; MZ_ERR_NOT_FOUND when it is none. */
mz_status mz_audit_place_of(const mz_request *request, int64_t *ret_number, mz_error *error);

#endif
