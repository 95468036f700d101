/* Who did what in an agency: entries that are only ever added, in the transaction of what they tell of, so that there
 * is no change without its entry and no entry without its change. Each is an entry of the agency's audit chain
 * (audit/audit.h) as well, of the same kind: names, addresses of clients and texts are its personal part, and what was
 * given, taken or refused its body. */
#ifndef MIZAN_ACCESS_HISTORY_H
#define MIZAN_ACCESS_HISTORY_H

#include "access/access.h"

/* X(CONSTANT, word) */
#define MZ_EVENTS(X)                                                                                                   \
    X(AGENCY_ADDED, "agency.added")                                                                                    \
    X(AGENCY_CHANGED, "agency.changed")                                                                                \
    X(PERSON_ADDED, "person.added")                                                                                    \
    X(PERSON_CHANGED, "person.changed")                                                                                \
    X(PASSWORD_RESET, "password.reset")                                                                                \
    X(PASSWORD_CHANGED, "password.changed")                                                                            \
    X(SECOND_FACTOR_ADDED, "second-factor.added")                                                                      \
    X(SECOND_FACTOR_REMOVED, "second-factor.removed")                                                                  \
    X(RECOVERY_USED, "recovery-code.used")                                                                             \
    X(SESSION_OPENED, "session.opened")                                                                                \
    X(SESSION_REFUSED, "session.refused")                                                                              \
    X(SESSION_CODE_ASKED, "session.code-asked")                                                                        \
    X(SESSION_ENDED, "session.ended")                                                                                  \
    X(PROOF_REFUSED, "proof.refused")                                                                                  \
    X(KEY_ADDED, "key.added")                                                                                          \
    X(KEY_CHANGED, "key.changed")                                                                                      \
    X(KEY_REVOKED, "key.revoked")

typedef enum mz_event {
#define MZ_X(constant, word) MZ_EVENT_##constant,
    MZ_EVENTS(MZ_X)
#undef MZ_X
        MZ_EVENT_COUNT
} mz_event;

const char *mz_event_word(mz_event event);

/* Who makes a change, and from where. */
typedef struct mz_actor {
    const mz_principal *who;
    mz_str client;  /* address; "command line" */
    bool operating; /* somebody of the agency that operates the service, whom another agency's history does not name */
} mz_actor;

/* "person", "key", "nobody", "command", "operator", or "service", which is nobody whose client is "service". Who acts
 * by the command line is "command", also as a person who is named there. */
mz_str mz_actor_kind_of(const mz_actor *actor);

typedef struct mz_history_entry {
    mz_str key;
    int64_t at;
    mz_str event;
    mz_str actor_kind, actor, actor_name; /* "person", "key", "nobody", "command", "operator" */
    mz_str object, object_name;
    mz_str client;
    mz_str detail; /* an object of JSON */
} mz_history_entry;

typedef struct mz_history_query {
    mz_str before;        /* key of an entry; only older ones. Empty: from the newest */
    mz_str event, person; /* only of that word; only what this key of a person, key or agency did or was done to */
    int64_t since, until; /* seconds since 1970, from and before; 0: open */
    size_t limit;
} mz_history_query;

/* Newest first, of that agency alone. */
mz_status mz_history_list(mz_access *access, mz_str agency, const mz_history_query *query, mz_arena *arena,
                          mz_history_entry **ret_entries, size_t *ret_count, mz_error *error);

/* In a transaction. `detail` is an object of JSON, or empty for none. */
mz_status mz_history_add(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_event event, mz_str object,
                         mz_str object_name, mz_str detail, mz_error *error);

#endif
