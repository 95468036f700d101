/* What the service answers, as data.
 *
 * Each route is described once, in the table of the file that answers it; routes.c is the list of the tables. The
 * dispatcher, the tests of rights (each route × each role), those of /openapi.json and the figures by route are all
 * made from these descriptions. */
#ifndef MIZAN_SERVER_ROUTES_H
#define MIZAN_SERVER_ROUTES_H

#include "server/http.h"

/* Answers a request. MZ_OK: the response is as it is to be sent, whatever its status. Else it becomes a problem with
 * the status of mz_http_status. */
typedef mz_status mz_handler(const mz_request *request, mz_response *response, mz_error *error);

/* A body that is worked on while it comes, without a bound: called with each piece, then with none and `last`. What it
 * keeps is *state, which `free_state` frees in any case. */
typedef mz_status mz_stream_handler(const mz_request *request, void **state, mz_str piece, bool last,
                                    mz_response *response, mz_error *error);

enum { MZ_ROUTE_CHANGES = 1 /* state of the service: also nobody's request must not be of another site's page */ };

typedef struct mz_route {
    mz_method method;   /* GET answers HEAD, too */
    const char *path;   /* "/entities/{id}"; a {name} is one segment, not empty */
    mz_right right;     /* that it needs */
    unsigned flags;     /* MZ_ROUTE_… */
    size_t body_most;   /* bytes of a body; 0: it takes none */
    const char *table;  /* the member of its answer that is a list: "format=csv" makes a table of it (table.h) */
    const char *cursor; /* the parameter that takes the "next" of a page; NULL: there is one page */
    mz_handler *handle; /* or: */
    mz_stream_handler *stream;
    void (*free_state)(void *state);
} mz_route;

typedef struct mz_routes {
    const mz_route *routes;
    size_t count;
} mz_routes;

/* All tables, in the order in which they are tried. */
const mz_routes *const *mz_all_routes(size_t *ret_count);

/* The route of method and path, and what its {names} stand for. NULL: *ret_allowed has a bit for each method that the
 * path has, none when there is no such path. */
const mz_route *mz_route_find(mz_method method, mz_str path, mz_arena *arena, mz_parameters *ret_place,
                              unsigned *ret_allowed);

/* The first half of answering, before the body has come: finds the route (request->route) and asks whether
 * `request->who` may and whether so large a body is taken. False: the response is the refusal. */
bool mz_admit(mz_request *request, mz_response *response, uint64_t body_bytes);
/* The second half, when the body is there: calls the handler of request->route, or its stream handler with the whole
 * body as one piece. What goes wrong becomes a problem. */
void mz_answer(const mz_request *request, mz_response *response);
/* What a handler's failure, or an answer that grew too large, becomes; a response that is well stays as it is. */
void mz_answer_failed(const mz_request *request, mz_response *response, mz_status status, mz_error *error);

/* Both halves, for a request whose body is there: there is always an answer. */
void mz_dispatch(mz_request *request, mz_response *response);

#endif
