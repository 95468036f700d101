/* What the handlers of reports share. */
#ifndef MIZAN_SERVER_REPORTS_H
#define MIZAN_SERVER_REPORTS_H

#include "server/people_json.h"

/* MZ_ERR_NOT_FOUND where there is no store, or who asks is of no agency. */
mz_status mz_reports_begin(const mz_request *request, mz_error *error);

#endif
