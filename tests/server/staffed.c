#include "staffed.h"

#include "../store/stores.h"
#include "base/json_read.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BODY_BYTES = 1 << 18, TEXT_BYTES = 1024, HEADERS_MOST = 8 };

/* The last answer; a test program has one thread. */
static struct {
    char body[BODY_BYTES];
    char text[TEXT_BYTES];
    char names[HEADERS_MOST][64], values[HEADERS_MOST][512];
    size_t header_count;
} last;

void staffed_start(staffed *staff) {
    called_start(&staff->called);
    office_open(&staff->office, mz_test_sqlite());
    staff->called.service.store = staff->office.store;
    staff->called.service.access = staff->office.access;
    for (int a = 0; a < STAFFED_AGENCIES; a++)
        for (mz_access_role role = 0; role < MZ_ACCESS_ROLE_COUNT; role++) {
            staffed_person *place = &staff->people[a][role];
            const mz_principal *who = a == STAFFED_HOUSE ? &staff->office.in_house : &staff->office.in_bureau;
            const char *agency = a == STAFFED_HOUSE ? "house" : "bureau";
            char name[64];
            snprintf(name, sizeof name, "%s-%s", agency, mz_access_role_word(role));
            place->person = office_person(&staff->office, who, name, role);
            place->cookie = office_cookie(&staff->office, agency, name);
            place->csrf = office_who(&staff->office, NULL, place->cookie).csrf;
        }
    staffed_as(staff, NULL);
}

void staffed_stop(staffed *staff) {
    office_close(&staff->office);
    called_stop(&staff->called);
}

static void set_headers(staffed *staff, size_t count) {
    staff->called.headers = (mz_parameters){staff->headers, count};
}

void staffed_as(staffed *staff, const staffed_person *person) {
    if (person) {
        staff->headers[0] = (mz_parameter){MZ_STR("cookie"), person->cookie};
        staff->headers[1] = (mz_parameter){MZ_STR("x-csrf-token"), person->csrf};
    }
    set_headers(staff, person ? 2 : 0);
}

void staffed_as_key(staffed *staff, const char *secret) {
    mz_str value = mz_arena_print(&staff->office.arena, "ApiKey %s", secret);
    staff->headers[0] = (mz_parameter){MZ_STR("authorization"), value};
    set_headers(staff, 1);
}

void staffed_header(staffed *staff, const char *name, const char *value) {
    size_t count = staff->called.headers.count;
    staff->headers[count] = (mz_parameter){mz_str_of(name), mz_str_of(value)};
    set_headers(staff, count + 1);
}

int staffed_ask(staffed *staff, mz_method method, const char *target, const char *body) {
    called_answer answer;
    called(&staff->called, method, target, body, 0, &answer);
    snprintf(last.body, sizeof last.body, "%s", called_body(&answer));
    last.header_count = 0;
    for (size_t h = 0; h < answer.response.header_count && h < HEADERS_MOST; h++) {
        const mz_parameter *header = &answer.response.headers[h];
        snprintf(last.names[h], sizeof last.names[h], "%.*s", (int)header->name.size, header->name.data);
        snprintf(last.values[h], sizeof last.values[h], "%.*s", (int)header->value.size, header->value.data);
        last.header_count++;
    }
    int status = answer.response.status;
    called_done(&answer);
    return status;
}

const char *staffed_body(void) {
    return last.body;
}

const char *staffed_answer_header(const char *name, size_t nth) {
    for (size_t h = 0; h < last.header_count; h++)
        if (strcmp(last.names[h], name) == 0 && nth-- == 0) return last.values[h];
    return "";
}

const char *staffed_member(const char *path) {
    mz_arena arena;
    const mz_json_value *value = NULL;
    mz_error error;
    char name[64];
    mz_arena_init(&arena, 16 << 20);
    last.text[0] = '\0';
    if (mz_json_parse(mz_str_of(last.body), 0, &arena, &value, &error) == MZ_OK) {
        for (const char *at = path; at && value; at = strchr(at, '.') ? strchr(at, '.') + 1 : NULL) {
            snprintf(name, sizeof name, "%.*s", (int)strcspn(at, "."), at);
            value = mz_json_member(value, name);
        }
        if (value) snprintf(last.text, sizeof last.text, "%.*s", (int)value->text.size, value->text.data);
    }
    mz_arena_done(&arena);
    return last.text;
}
