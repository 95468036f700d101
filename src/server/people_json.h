/* What the handlers of people, keys, agencies and sessions share: bodies in, objects out. */
#ifndef MIZAN_SERVER_PEOPLE_JSON_H
#define MIZAN_SERVER_PEOPLE_JSON_H

#include "access/agencies.h"
#include "access/history.h"
#include "access/keys.h"
#include "access/people.h"
#include "server/http.h"
#include "server/service.h"

enum { MZ_PEOPLE_BODY_BYTES = 16384 };

/* The service's access; MZ_ERR_NOT_FOUND when it has no store of people. */
mz_status mz_people_access(const mz_request *request, mz_access **ret_access, mz_error *error);

/* The same for an address that takes no parameters: they are refused. */
mz_status mz_people_bare(const mz_request *request, mz_access **ret_access, mz_error *error);

/* Who asks, as the history is told. */
mz_actor mz_people_actor(const mz_request *request);

/* The body as an object with these members and no others. */
mz_status mz_people_body(const mz_request *request, const mz_str *known, size_t count, const mz_json_value **ret_object,
                         mz_error *error);
/* A member that must be there. */
mz_status mz_people_need(const mz_json_value *object, const char *key, mz_str *ret_text, mz_error *error);
/* Words of roles or rights as bits; absent: 0. */
mz_status mz_people_roles(const mz_json_value *object, uint32_t *ret_roles, mz_error *error);
mz_status mz_people_rights(const mz_json_value *object, uint32_t *ret_rights, mz_error *error);
/* A member true or false as 1 or 0; absent: untouched. */
mz_status mz_people_flag(const mz_json_value *object, const char *key, int *ret_flag, mz_error *error);

/* A page of a list: the parameters "limit" (to 500, usually 100) and "after" (the "next" of the page before); others
 * are refused. */
typedef struct mz_people_page {
    size_t limit;
    mz_str after;
} mz_people_page;
mz_status mz_people_read_page(const mz_request *request, mz_people_page *ret_page, mz_error *error);
/* "next": the key of the last item when the page is full, else null. */
void mz_people_next(mz_json *json, const mz_people_page *page, size_t count, mz_str last);

void mz_person_write(mz_json *json, const mz_person *person);
void mz_key_write(mz_json *json, const mz_key *key);
void mz_agency_write(mz_json *json, const mz_agency *agency);
void mz_rights_write(mz_json *json, uint32_t rights);
void mz_roles_write(mz_json *json, uint32_t roles);

/* A time as text (RFC 3339); null for 0, which is never. */
void mz_people_time(mz_json *json, const char *key, int64_t seconds);

/* Answers about people are kept by nobody on the way. */
void mz_people_private(mz_response *response);

#endif
