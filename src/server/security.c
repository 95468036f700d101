/* GET /api/v1/service/security: the settings of the service and of one's agency, looked at as an auditor would. Every
 * check is of what is so now; what cannot be seen from here is "unknown", and not called good. */
#include "access/agencies.h"
#include "access/people.h"
#include "audit/signer.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_read.h"
#include "cases/settings.h"
#include "server/api.h"
#include "server/listed.h"
#include "server/people_json.h"
#include "server/security_texts.h"
#include "server/tables.h"
#include "server/version.h"

#include <string.h>
#include <sys/stat.h>

enum {
    DAY_S = 86400,
    UNUSED_DAYS = 90,
    SIGNED_DAYS = 2,
    VERIFIED_DAYS = 30,
    IDLE_MOST_S = 3600,
    SESSION_MOST_S = DAY_S
};

typedef enum check_id {
#define CONSTANT(constant, id, good, other, remedy) CHECK_##constant,
    MZ_SECURITY_CHECKS(CONSTANT)
#undef CONSTANT
        CHECK_COUNT
} check_id;

typedef struct three_texts {
    const char *english, *french, *arabic;
} three_texts;
#define TEXTS(english, french, arabic)                                                                                 \
    { english, french, arabic }

static const struct {
    const char *id;
    three_texts good, other, remedy;
} checks[CHECK_COUNT] = {
#define ROW(constant, id, good, other, remedy) {id, TEXTS good, TEXTS other, TEXTS remedy},
    MZ_SECURITY_CHECKS(ROW)
#undef ROW
};

typedef enum check_state { GOOD, WARNING, BAD, UNKNOWN } check_state;

typedef struct finding {
    check_state state;
    int64_t figure; /* below 0: there is none */
} finding;

typedef struct audit_of_settings {
    const mz_request *request;
    finding found[CHECK_COUNT];
    mz_agency agency;
} audit_of_settings;

static void find(audit_of_settings *audit, check_id id, check_state state, int64_t figure) {
    audit->found[id] = (finding){state, figure};
}

/* Good when there is none. */
static void find_none(audit_of_settings *audit, check_id id, check_state otherwise, int64_t count) {
    find(audit, id, count ? otherwise : GOOD, count);
}

/* ---- the service ---- */

static void look_at_service(audit_of_settings *audit) {
    const mz_service *service = audit->request->service;
    const mz_service_settings *settings = &service->settings;
    const mz_access_settings *access = mz_access_settings_of(service->access);
    bool here = settings->anonymous_here;
    find(audit, CHECK_TLS, settings->secure || here ? GOOD : BAD, -1);
    find(audit, CHECK_ORIGIN, settings->origin || here ? GOOD : WARNING, -1);
    find(audit, CHECK_ANONYMOUS, !settings->anonymous_rights || here ? GOOD : WARNING, -1);
    find(audit, CHECK_LOG, settings->log_names ? WARNING : GOOD, -1);
    bool long_sessions = access->session_idle_s > IDLE_MOST_S || access->session_most_s > SESSION_MOST_S;
    find(audit, CHECK_SESSIONS, long_sessions ? WARNING : GOOD, access->session_idle_s / 60);
    find(audit, CHECK_BUILD, GOOD, -1);
    find(audit, CHECK_BACKUP, UNKNOWN, -1);
    struct stat facts;
    const char *place = mz_store_shown(service->store);
    bool file = strncmp(place, "postgres", 8) != 0 && stat(place, &facts) == 0;
    find(audit, CHECK_DATABASE, !file ? UNKNOWN : facts.st_mode & (S_IRWXG | S_IRWXO) ? BAD : GOOD, -1);
}

static mz_status look_at_lists(audit_of_settings *audit, mz_error *error) {
    mz_listed_facts facts;
    int64_t stale = 0;
    mz_status status = mz_listed_look(audit->request->service, audit->request->arena, &facts, error);
    if (status) return status;
    for (size_t k = 0; k < facts.count; k++) stale += facts.lists[k].staleness == MZ_STALE;
    find_none(audit, CHECK_LISTS, BAD, stale);
    bool watched = audit->request->service->settings.stale_after_h > 0;
    if (!stale && (!watched || facts.staleness == MZ_STALENESS_UNKNOWN)) find(audit, CHECK_LISTS, UNKNOWN, 0);
    return MZ_OK;
}

/* ---- the agency ---- */

static mz_status count(audit_of_settings *audit, mz_sql *sql, const char *query, const mz_sql_value *values,
                       size_t value_count, int64_t *ret_count, mz_error *error) {
    const mz_sql_value *row = NULL;
    mz_status status = mz_sql_first(sql, query, values, value_count, audit->request->arena, &row, error);
    if (!status) *ret_count = row ? row[0].number : 0;
    return status;
}

static mz_status look_at_keys(audit_of_settings *audit, mz_sql *sql, mz_error *error) {
    int64_t now = mz_clock_now(), endless = 0, unused = 0, once = 0;
    const mz_sql_value values[] = {mz_sql_text(audit->request->who->agency), mz_sql_int(now),
                                   mz_sql_int(now - UNUSED_DAYS * DAY_S)};
    mz_status status =
        count(audit, sql, "SELECT COUNT(*) FROM access_key WHERE agency = ?1 AND revoked = 0 AND ends = 0", values, 1,
              &endless, error);
    if (!status)
        status = count(audit, sql,
                       "SELECT COUNT(*) FROM access_key WHERE agency = ?1 AND revoked = 0 AND (ends = 0 OR ends > ?2) "
                       "AND used < ?3 AND created < ?3",
                       values, 3, &unused, error);
    if (!status)
        status = count(audit, sql,
                       "SELECT COUNT(*) FROM access_person WHERE agency = ?1 AND state IN ('invited', 'active') AND "
                       "password_once = 1",
                       values, 1, &once, error);
    find_none(audit, CHECK_KEYS_WITHOUT_END, WARNING, endless);
    find_none(audit, CHECK_KEYS_UNUSED, WARNING, unused);
    find_none(audit, CHECK_ONE_TIME, WARNING, once);
    return status;
}

static mz_status look_at_people(audit_of_settings *audit, mz_error *error) {
    enum { PAGE = 200 };
    const mz_request *request = audit->request;
    mz_str after = MZ_STR("");
    int64_t bare = 0, approvers = 0;
    for (size_t found = PAGE; found == PAGE;) {
        mz_person *people;
        mz_status status =
            mz_people_list(request->service->access, request->who, after, PAGE, request->arena, &people, &found, error);
        if (status) return status;
        for (size_t k = 0; k < found; k++) {
            const mz_person *person = &people[k];
            if (person->state != MZ_PERSON_ACTIVE && person->state != MZ_PERSON_INVITED) continue;
            uint32_t rights = mz_rights_of_roles(person->roles, audit->agency.operates);
            bool head = person->roles >> MZ_ACCESS_ADMINISTRATOR & 1;
            bare += head && !person->second_factor;
            approvers += rights >> MZ_RIGHT_CASES_APPROVE & 1;
        }
        if (found) after = people[found - 1].key;
    }
    find_none(audit, CHECK_ADMINISTRATORS, BAD, bare);
    find(audit, CHECK_APPROVERS, approvers >= 2 ? GOOD : WARNING, approvers);
    find(audit, CHECK_SECOND_FACTOR, audit->agency.second_factor ? GOOD : WARNING, -1);
    return MZ_OK;
}

/* ---- casework and chain ---- */

static mz_status look_at_casework(audit_of_settings *audit, mz_sql *sql, mz_error *error) {
    mz_case_settings settings = MZ_CASE_SETTINGS_INIT;
    mz_status status = mz_case_settings_get(sql, audit->request->who->agency, &settings, error);
    find(audit, CHECK_FOUR_EYES, settings.four_eyes_true_match ? GOOD : WARNING, -1);
    find(audit, CHECK_RETENTION, settings.retention_days ? GOOD : WARNING, settings.retention_days);
    return status;
}

static int64_t days_since(int64_t seconds) {
    int64_t now = mz_clock_now();
    return now > seconds ? (now - seconds) / DAY_S : 0;
}

/* Whether what the service's key signed last is still what it was. Where that is not told, another check says so. */
static mz_status look_at_signed(audit_of_settings *audit, mz_sql *sql, const mz_audit_signed *last, bool *ret_there,
                                mz_error *error) {
    const mz_request *request = audit->request;
    const mz_sql_value *row = NULL;
    *ret_there = !last->number;
    if (*ret_there) return MZ_OK;
    const mz_sql_value values[] = {mz_sql_text(request->who->agency), mz_sql_int(last->number)};
    mz_status status = mz_sql_first(sql, "SELECT hash FROM audit_entry WHERE chain = ?1 AND number = ?2", values, 2,
                                    request->arena, &row, error);
    *ret_there = !status && row && mz_str_equal(row[0].text, mz_str_of(last->hash));
    return status;
}

/* The key and what lies beside it; `checkpoint` is the last, or NULL. *ret_last: what it signed last, as far as that is
 * told. Without a key nothing is signed, and what depends on it is not known. */
static mz_status look_at_key(audit_of_settings *audit, const mz_audit_checkpoint *checkpoint, mz_audit_signed *ret_last,
                             mz_error *error) {
    const mz_request *request = audit->request;
    const struct mz_audit_signer *signer = request->service->signer;
    *ret_last = (mz_audit_signed){.number = 0};
    find(audit, CHECK_AUDIT_KEY, BAD, -1);
    find(audit, CHECK_AUDIT_KEY_OWNER, UNKNOWN, -1);
    find(audit, CHECK_AUDIT_KEY_USED, UNKNOWN, -1);
    find(audit, CHECK_AUDIT_SIGNED, UNKNOWN, -1);
    if (!signer) return MZ_OK;
    mz_audit_key_facts facts = mz_audit_signer_look(signer);
    bool by_it = checkpoint && mz_audit_checkpoint_holds(checkpoint) &&
                 mz_str_equal(checkpoint->public_key, mz_str_of(mz_audit_signer_public(signer)));
    find(audit, CHECK_AUDIT_KEY, facts.same ? GOOD : BAD, -1);
    find(audit, CHECK_AUDIT_KEY_OWNER, facts.owner_only ? GOOD : BAD, -1);
    find(audit, CHECK_AUDIT_KEY_USED, by_it ? GOOD : checkpoint ? BAD : UNKNOWN, -1);
    mz_status status = mz_audit_signer_last(signer, request->who->agency, ret_last, error);
    if (status == MZ_ERR_MEMORY) return status;
    if (status) *ret_last = (mz_audit_signed){.number = 0};
    bool lost = status || (by_it && !ret_last->number);
    find(audit, CHECK_AUDIT_SIGNED, lost ? BAD : ret_last->number ? GOOD : UNKNOWN, -1);
    return MZ_OK;
}

static mz_status look_at_chain(audit_of_settings *audit, mz_sql *sql, mz_error *error) {
    const mz_request *request = audit->request;
    const mz_audit_query query = {.chain = request->who->agency, .kind = MZ_STR("audit.verified"), .limit = 1};
    mz_audit_checkpoint *checkpoints = NULL;
    mz_audit_entry *entries = NULL;
    size_t signed_count = 0, verified = 0;
    mz_audit_signed last;
    bool there = false;
    mz_status status =
        mz_audit_checkpoints(sql, request->who->agency, 1, request->arena, &checkpoints, &signed_count, error);
    if (!status) status = mz_audit_list(sql, &query, request->arena, &entries, &verified, error);
    if (!status) status = look_at_key(audit, signed_count ? checkpoints : NULL, &last, error);
    if (!status) status = look_at_signed(audit, sql, &last, &there, error);
    if (status) return status;
    int64_t days = signed_count ? days_since(checkpoints[0].at) : SIGNED_DAYS;
    find(audit, CHECK_CHECKPOINT, days < SIGNED_DAYS ? GOOD : WARNING, signed_count ? days : -1);
    const mz_json_value *line = NULL;
    bool whole = false;
    if (verified && mz_json_parse(entries[0].line, 0, request->arena, &line, NULL) == MZ_OK)
        (void)mz_json_read_bool(mz_json_member(line, "body"), "whole", &whole, NULL);
    days = verified ? days_since(entries[0].at) : VERIFIED_DAYS;
    bool bad = !there || (verified && !whole);
    find(audit, CHECK_VERIFIED, bad ? BAD : days < VERIFIED_DAYS ? GOOD : WARNING, verified ? days : -1);
    return MZ_OK;
}

static mz_status look_at_store(void *context, mz_sql *sql, mz_error *error) {
    audit_of_settings *audit = context;
    mz_status status = look_at_keys(audit, sql, error);
    if (!status) status = look_at_casework(audit, sql, error);
    return status ? status : look_at_chain(audit, sql, error);
}

/* ---- the answer ---- */

static void write_text(mz_json *json, const char *language, const char *text, const char *figure) {
    const char *place = strstr(text, "{0}");
    mz_buffer filled;
    mz_buffer_init(&filled, 4096);
    mz_buffer_append(&filled, text, place ? (size_t)(place - text) : strlen(text));
    if (place) mz_buffer_print(&filled, "%s%s", figure, place + 3);
    mz_json_pair(json, language, mz_buffer_view(&filled));
    mz_buffer_done(&filled);
}

static void write_texts(mz_json *json, const char *key, const three_texts *texts, const char *figure) {
    mz_json_key(json, key);
    mz_json_object(json);
    write_text(json, "ar", texts->arabic, figure);
    write_text(json, "fr", texts->french, figure);
    write_text(json, "en", texts->english, figure);
    mz_json_object_end(json);
}

static void write_check(mz_json *json, check_id id, const finding *found, mz_arena *arena) {
    static const char *const states[] = {"good", "warning", "bad", "unknown"};
    const char *figure = found->figure < 0 ? "0" : mz_arena_print(arena, "%lld", (long long)found->figure).data;
    if (id == CHECK_BUILD) figure = MZ_SERVER_VERSION;
    mz_json_object(json);
    mz_json_pair(json, "id", mz_str_of(checks[id].id));
    mz_json_pair(json, "state", mz_str_of(states[found->state]));
    write_texts(json, "what", found->state == GOOD ? &checks[id].good : &checks[id].other, figure);
    if (found->state != GOOD) {
        write_texts(json, "remedy", &checks[id].remedy, figure);
    } else {
        mz_json_key(json, "remedy");
        mz_json_null(json);
    }
    mz_json_key(json, "figure");
    if (found->figure < 0)
        mz_json_null(json);
    else
        mz_json_int(json, found->figure);
    mz_json_object_end(json);
}

static mz_status security(const mz_request *request, mz_response *response, mz_error *error) {
    audit_of_settings audit = {.request = request};
    mz_access *access;
    mz_json json;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_agency_get(access, request->who->agency, request->arena, &audit.agency, error);
    if (!status) status = look_at_people(&audit, error);
    if (!status) status = look_at_lists(&audit, error);
    if (!status) status = mz_store_read(request->service->store, look_at_store, &audit, error);
    if (status) return status;
    look_at_service(&audit);
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "checks");
    mz_json_array(&json);
    for (check_id id = 0; id < CHECK_COUNT; id++) write_check(&json, id, &audit.found[id], request->arena);
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/service/security", .right = MZ_RIGHT_PEOPLE_READ, .handle = security}};
const mz_routes mz_security_routes = {routes, sizeof routes / sizeof *routes};
