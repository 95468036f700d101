/* The face that OpenRefine and its like know: the Reconciliation Service API, version 0.2
 * (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/): what its files share.
 *
 * A data set is what scope.h takes for one; identifiers are ids of entities, types the schemata of FollowTheMoney,
 * properties theirs. Answers may be read by pages of any origin (they hold what publishers publish, and a request from
 * elsewhere brings no cookie), since OpenRefine asks for suggestions and previews from its own page. */
#ifndef MIZAN_SERVER_RECONCILE_H
#define MIZAN_SERVER_RECONCILE_H

#include "mizan/schema.h"
#include "server/http.h"

/* The handlers. */
mz_status mz_reconcile(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_reconcile_suggest_entity(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_reconcile_suggest_property(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_reconcile_suggest_type(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_reconcile_preview(const mz_request *request, mz_response *response, mz_error *error);

/* Appends {"versions":["0.2"],"name":…}: what the service offers for this data set, with addresses on the host that the
 * client asked. */
mz_status mz_reconcile_write_manifest(const mz_request *request, mz_str dataset, mz_response *response,
                                      mz_error *error);

/* Appends {"id":"Person","name":"Person"}. */
void mz_reconcile_write_type(mz_json *json, mz_schema schema);

/* What pages of other origins may read. */
void mz_reconcile_allow_all(mz_response *response);

/* "https://screening.example": where the client found the service. */
mz_status mz_reconcile_origin(const mz_request *request, mz_str *ret_origin, mz_error *error);

#endif
