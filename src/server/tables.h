/* The tables of routes, one for each file of handlers; routes.c has them in the order in which they are tried. */
#ifndef MIZAN_SERVER_TABLES_H
#define MIZAN_SERVER_TABLES_H

#include "server/routes.h"

extern const mz_routes mz_health_routes; /* /healthz, /readyz */

#endif
