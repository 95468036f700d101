/* The face that programs written for OpenSanctions' yente know: what its handlers share.
 *
 * Field names, defaults, parameters and states are those of yente 5 (https://www.opensanctions.org/docs/api/), checked
 * against its published client; docs/yente.md says what is the same and what differs. */
#ifndef MIZAN_SERVER_YENTE_H
#define MIZAN_SERVER_YENTE_H

#include "mizan/policy.h"
#include "server/routes.h"

/* The handlers. */
mz_status mz_yente_match(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_yente_search(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_yente_entity(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_yente_adjacent(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_yente_adjacent_property(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_yente_catalog(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_yente_algorithms(const mz_request *request, mz_response *response, mz_error *error);
mz_status mz_yente_update(const mz_request *request, mz_response *response, mz_error *error);

/* An algorithm as clients name it. */
typedef struct mz_yente_algorithm {
    const char *name, *description;
    mz_algorithm algorithm;
    bool names_only; /* what is known beside the names is set aside */
    bool known_as;   /* a name of theirs for one of ours */
} mz_yente_algorithm;

/* 0, 1, …; NULL behind the last. */
const mz_yente_algorithm *mz_yente_algorithm_at(size_t number);
/* "best" and the empty name are the service's own; upper and lower case are alike. MZ_ERR_ARGUMENT names all. */
mz_status mz_yente_algorithm_find(mz_str name, mz_arena *arena, const mz_yente_algorithm **ret_algorithm,
                                  mz_error *error);

/* Writes {"same":{"description":…,"coefficient":…,"url":…},…}: the parts of an explanation. */
void mz_yente_write_features(mz_json *json);

#endif
