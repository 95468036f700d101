/* A list as a table: what a route answers page by page as JSON, all of it as CSV. */
#ifndef MIZAN_SERVER_TABLE_H
#define MIZAN_SERVER_TABLE_H

#include "server/http.h"

enum { MZ_TABLE_ROWS_MOST = 100000 };

/* Whether the request asks for its route's list as CSV. */
bool mz_table_wanted(const mz_request *request);

/* Asks the route's handler for page after page and answers all rows, MZ_TABLE_ROWS_MOST at most, under a line with the
 * names of the columns, which are the keys of the rows; of an object that has a name, the name. What the handler
 * refuses is answered as it is. */
mz_status mz_table_answer(const mz_request *request, mz_response *response, mz_error *error);

#endif
