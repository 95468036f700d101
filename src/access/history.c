#include "access/history.h"

#include "access/state.h"
#include "base/clock.h"

#include <string.h>

static const char *const words[MZ_EVENT_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_EVENTS(MZ_X)
#undef MZ_X
};

const char *mz_event_word(mz_event event) {
    return words[event];
}

static mz_str kind_of(const mz_actor *actor) {
    const mz_principal *who = actor->who;
    if (actor->operating) return MZ_STR("operator");
    if (who->kind == MZ_API_KEY) return MZ_STR("key");
    if (who->kind == MZ_ANONYMOUS) return MZ_STR("nobody");
    return who->key.size ? MZ_STR("person") : MZ_STR("command");
}

static mz_sql_value text_or_empty(mz_str text) {
    return mz_sql_text(text.data ? text : MZ_STR(""));
}

mz_status mz_history_add(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_event event, mz_str object,
                         mz_str object_name, mz_str detail, mz_error *error) {
    char key[MZ_SQL_KEY_SIZE];
    mz_sql_new_key(key);
    const mz_sql_value values[] = {
        mz_sql_text(mz_str_of(key)),
        mz_sql_text(agency),
        mz_sql_int(mz_clock_now()),
        mz_sql_text(mz_str_of(words[event])),
        mz_sql_text(kind_of(actor)),
        text_or_empty(actor->who->key),
        text_or_empty(actor->who->name),
        text_or_empty(object),
        text_or_empty(object_name),
        text_or_empty(actor->client),
        mz_sql_text(detail.size ? detail : MZ_STR("{}")),
    };
    return mz_sql_run(sql,
                      "INSERT INTO access_history (entry, agency, at, event, actor_kind, actor, actor_name, object, "
                      "object_name, client, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                      values, sizeof values / sizeof *values, NULL, error);
}

typedef struct listing {
    mz_str agency;
    const mz_history_query *query;
    mz_arena *arena;
    mz_history_entry *entries;
    size_t count;
} listing;

static mz_status take_entry(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count;
    (void)error;
    if (taken->count == taken->query->limit) return MZ_OK;
    taken->entries[taken->count++] = (mz_history_entry){
        .key = mz_column(taken->arena, columns[0]),
        .at = columns[1].number,
        .event = mz_column(taken->arena, columns[2]),
        .actor_kind = mz_column(taken->arena, columns[3]),
        .actor = mz_column(taken->arena, columns[4]),
        .actor_name = mz_column(taken->arena, columns[5]),
        .object = mz_column(taken->arena, columns[6]),
        .object_name = mz_column(taken->arena, columns[7]),
        .client = mz_column(taken->arena, columns[8]),
        .detail = mz_column(taken->arena, columns[9]),
    };
    return MZ_OK;
}

static mz_status read_entries(void *context, mz_sql *sql, mz_error *error) {
    listing *taken = context;
    const mz_history_query *query = taken->query;
    const mz_sql_value values[] = {
        mz_sql_text(taken->agency),        text_or_empty(query->before),
        text_or_empty(query->event),       text_or_empty(query->person),
        mz_sql_int(query->since),          mz_sql_int(query->until ? query->until : INT64_MAX),
        mz_sql_int((int64_t)query->limit),
    };
    taken->count = 0;
    return mz_sql_query(sql,
                        "SELECT entry, at, event, actor_kind, actor, actor_name, object, object_name, client, detail "
                        "FROM access_history WHERE agency = ?1 AND (?2 = '' OR entry < ?2) AND (?3 = '' OR event = ?3) "
                        "AND (?4 = '' OR actor = ?4 OR object = ?4) AND at >= ?5 AND at < ?6 "
                        "ORDER BY entry DESC LIMIT ?7",
                        values, sizeof values / sizeof *values, take_entry, taken, error);
}

mz_status mz_history_list(mz_access *access, mz_str agency, const mz_history_query *query, mz_arena *arena,
                          mz_history_entry **ret_entries, size_t *ret_count, mz_error *error) {
    listing taken = {.agency = agency, .query = query, .arena = arena};
    taken.entries = MZ_ARENA_NEW(arena, query->limit + 1, mz_history_entry);
    if (!taken.entries) return mz_fail_arena(arena, error, "the history");
    mz_status status = mz_store_read(access->store, read_entries, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the history");
    if (status) return status;
    *ret_entries = taken.entries;
    *ret_count = taken.count;
    return MZ_OK;
}
