/* Calls the service as its listener does, without a socket: a request in, the response out. */
#ifndef MIZAN_TEST_CALLED_H
#define MIZAN_TEST_CALLED_H

#include "server/routes.h"
#include "server/service.h"

/* A service over the index of tests/invented_list.h, in a folder of its own that is removed at the end; no store. */
typedef struct called_service {
    mz_service service;
    mz_screen_options options;
    char folder[64];
    mz_parameters headers; /* that each request has from now on */
} called_service;

void called_start(called_service *called);
/* The same over another index, which `build` makes at a path. */
void called_start_with(called_service *called, mz_status (*build)(const char *path, mz_error *error));
void called_stop(called_service *called);

/* One request and its response. `target` is the path with its query, percent-encoded; `body` NULL: none. */
typedef struct called_answer {
    mz_arena arena;
    mz_request request;
    mz_response response;
    mz_asked asked; /* the names for the log */
} called_answer;

/* `rights`: a bit for each mz_right of who asks; UINT32_MAX: all. A service with people (service.access) is asked by
 * whom the headers name instead. To be released by called_done. */
void called(called_service *service, mz_method method, const char *target, const char *body, uint32_t rights,
            called_answer *ret_answer);
void called_done(called_answer *answer);

/* The body of the response as text, with a NUL behind it. */
const char *called_body(const called_answer *answer);

#endif
