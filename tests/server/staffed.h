/* A service with people: the two agencies of access/office.h, in each somebody for every role, all signed in. */
#ifndef MIZAN_TEST_STAFFED_H
#define MIZAN_TEST_STAFFED_H

#include "../access/office.h"
#include "called.h"

typedef struct staffed_person {
    mz_person person;
    mz_str cookie; /* a header */
    mz_str csrf;
} staffed_person;

enum { STAFFED_HOUSE, STAFFED_BUREAU, STAFFED_AGENCIES };

typedef struct staffed {
    called_service called;
    office office;
    staffed_person people[STAFFED_AGENCIES][MZ_ACCESS_ROLE_COUNT];
    mz_parameter headers[4];
} staffed;

void staffed_start(staffed *staff);
void staffed_stop(staffed *staff);

/* From now on requests are sent by this person (NULL: nobody), with the session's token against forged requests. */
void staffed_as(staffed *staff, const staffed_person *person);
/* … by a program with this key. */
void staffed_as_key(staffed *staff, const char *secret);
/* With one header more, until the next of the two. */
void staffed_header(staffed *staff, const char *name, const char *value);

/* One request and its answer's status; the body as text until the next. */
int staffed_ask(staffed *staff, mz_method method, const char *target, const char *body);
const char *staffed_body(void);
/* A header of the last answer, from the `nth` (0 …) of that name; empty when there is none. */
const char *staffed_answer_header(const char *name, size_t nth);
/* The text of a member of the last answer's body, also of one in another ("person.id"). */
const char *staffed_member(const char *path);

#endif
