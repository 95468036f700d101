#include "access/history.h"

#include "access/state.h"
#include "audit/audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "base/json_write.h"

#include <string.h>

static const char *const words[MZ_EVENT_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_EVENTS(MZ_X)
#undef MZ_X
};

const char *mz_event_word(mz_event event) {
    return words[event];
}

mz_str mz_actor_kind_of(const mz_actor *actor) {
    const mz_principal *who = actor->who;
    if (actor->operating) return MZ_STR("operator");
    if (who->kind == MZ_API_KEY) return MZ_STR("key");
    bool command = !who->key.size || mz_str_equal(actor->client, MZ_STR("command line"));
    if (who->kind != MZ_ANONYMOUS) return command ? MZ_STR("command") : MZ_STR("person");
    return mz_str_equal(actor->client, MZ_STR("service")) ? MZ_STR("service") : MZ_STR("nobody");
}

static mz_sql_value text_or_empty(mz_str text) {
    return mz_sql_text(text.data ? text : MZ_STR(""));
}

/* ---- the entry of the audit chain ---- */

/* What tells of nobody, and so stays when names are erased: what was given or taken, and why something was refused. */
static bool is_impersonal(mz_str member) {
    static const char *const impersonal[] = {"ends", "locked", "rights", "roles", "second_factor", "state", "why"};
    for (size_t k = 0; k < sizeof impersonal / sizeof *impersonal; k++)
        if (mz_str_equal(member, mz_str_of(impersonal[k]))) return true;
    return false;
}

typedef struct telling {
    mz_str agency;
    const mz_actor *actor;
    const char *kind;
    mz_str object, object_name, detail;
} telling;

/* A member of an object that is being written. */
static void put_key(mz_buffer *out, mz_str key) {
    if (out->data[out->size - 1] != '{') mz_buffer_char(out, ',');
    mz_json_quote(out, key);
    mz_buffer_char(out, ':');
}

static void put_named(mz_buffer *out, const char *key, mz_str value) {
    if (!value.size || out->failed) return;
    put_key(out, mz_str_of(key));
    mz_json_quote(out, value);
}

/* The members of the detail that are personal, or those that are not; an empty text where there are none of them. */
static mz_status put_object(const telling *told, const mz_json_value *detail, bool personal, mz_arena *arena,
                            mz_buffer *out, mz_error *error) {
    mz_status status = MZ_OK;
    mz_buffer_char(out, '{');
    if (personal) put_named(out, "actor_name", told->actor->who->name);
    if (personal) put_named(out, "client", told->actor->client);
    for (const mz_json_value *member = detail->child; member && !status && !out->failed; member = member->next) {
        if (is_impersonal(member->key) == personal) continue;
        put_key(out, member->key);
        status = mz_json_canonical_value(member, arena, out, error);
    }
    if (personal) put_named(out, "object_name", told->object_name);
    mz_buffer_char(out, '}');
    if (out->size == 2) mz_buffer_clear(out);
    return status;
}

static mz_status append_entry(mz_sql *sql, const telling *told, mz_buffer *body, mz_buffer *personal, mz_arena *arena,
                              mz_error *error) {
    const mz_json_value *detail;
    mz_audit_draft draft = {.chain = told->agency,
                            .kind = mz_str_of(told->kind),
                            .actor_kind = mz_actor_kind_of(told->actor),
                            .actor = told->actor->who->key,
                            .object = told->object};
    mz_status status = mz_json_parse(told->detail, 0, arena, &detail, error);
    if (!status) status = put_object(told, detail, false, arena, body, error);
    if (!status) status = put_object(told, detail, true, arena, personal, error);
    if (!status && (body->failed || personal->failed))
        status = mz_fail_buffer(body->failed ? body : personal, error, "an entry of the history");
    draft.body = mz_buffer_view(body);
    draft.personal = mz_buffer_view(personal);
    return status ? status : mz_audit_append(sql, &draft, NULL, error);
}

static mz_status tell_chain(mz_sql *sql, const telling *told, mz_error *error) {
    enum { ENTRY_BYTES = 64 << 10, TREE_BYTES = 1 << 20 };
    mz_buffer body, personal;
    mz_arena arena;
    mz_buffer_init(&body, ENTRY_BYTES);
    mz_buffer_init(&personal, ENTRY_BYTES);
    mz_arena_init(&arena, TREE_BYTES);
    mz_status status = append_entry(sql, told, &body, &personal, &arena, error);
    mz_arena_done(&arena);
    mz_buffer_done(&personal);
    mz_buffer_done(&body);
    return status;
}

mz_status mz_history_add(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_event event, mz_str object,
                         mz_str object_name, mz_str detail, mz_error *error) {
    char key[MZ_SQL_KEY_SIZE];
    mz_sql_new_key(key);
    const telling told = {agency, actor, words[event], object, object_name, detail.size ? detail : MZ_STR("{}")};
    const mz_sql_value values[] = {
        mz_sql_text(mz_str_of(key)),
        mz_sql_text(agency),
        mz_sql_int(mz_clock_now()),
        mz_sql_text(mz_str_of(words[event])),
        mz_sql_text(mz_actor_kind_of(actor)),
        text_or_empty(actor->who->key),
        text_or_empty(actor->who->name),
        text_or_empty(object),
        text_or_empty(object_name),
        text_or_empty(actor->client),
        mz_sql_text(told.detail),
    };
    mz_status status =
        mz_sql_run(sql,
                   "INSERT INTO access_history (entry, agency, at, event, actor_kind, actor, actor_name, object, "
                   "object_name, client, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                   values, sizeof values / sizeof *values, NULL, error);
    return status ? status : tell_chain(sql, &told, error);
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
