/* Continuous screening, as the service does it. */
#ifndef MIZAN_SERVER_WATCHING_H
#define MIZAN_SERVER_WATCHING_H

#include "server/service.h"
#include "subjects/watch.h"

#include <limits.h>

/* By the service's store, index, lists and policy; rosters lie in the folder of the lists, else in that of the spool.
 * False: there is neither. Its sink, which raises alerts, needs a context of its own in a run. */
bool mz_watch_of(const mz_service *service, char folder[PATH_MAX], mz_watch *ret_watch);

#endif
