/* Entries by what they are about. Each way of asking has a statement of its own that follows one index from the newest
 * entry back, and passes over what else does not fit. */
#include "audit/audit.h"
#include "audit/line.h"
#include "base/error.h"

#include <stdlib.h>

typedef struct listing {
    mz_arena *arena;
    mz_audit_entry *entries;
    size_t count, limit;
} listing;

static mz_str copy_column(mz_arena *arena, mz_sql_value column) {
    return column.kind == MZ_SQL_TEXT ? mz_arena_copy(arena, column.text) : MZ_STR("");
}

/* A line that is not one any more is shown as it is; verifying tells. */
static void read_line(mz_audit_entry *entry, bool has_personal, mz_arena *arena) {
    mz_audit_line line;
    if (mz_audit_line_read(entry->line, arena, &line, NULL)) return;
    entry->actor_kind = line.actor_kind;
    entry->erased = line.personal.size && !has_personal;
}

static mz_status take_entry(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count, (void)error;
    if (taken->count == taken->limit) return MZ_OK;
    mz_str beside = copy_column(taken->arena, columns[7]);
    mz_audit_entry *entry = &taken->entries[taken->count++];
    *entry = (mz_audit_entry){.number = columns[0].number,
                              .at = columns[1].number,
                              .kind = copy_column(taken->arena, columns[2]),
                              .actor_kind = MZ_STR(""),
                              .actor = copy_column(taken->arena, columns[3]),
                              .object = copy_column(taken->arena, columns[4]),
                              .line = copy_column(taken->arena, columns[5]),
                              .hash = copy_column(taken->arena, columns[6]),
                              .salt = {beside.data, beside.size < MZ_AUDIT_SALT_HEX ? 0 : MZ_AUDIT_SALT_HEX},
                              .personal = mz_audit_behind_salt(beside)};
    read_line(entry, columns[7].kind == MZ_SQL_TEXT, taken->arena);
    return MZ_OK;
}

/* ---- lists ---- */

enum { BY_OBJECT, BY_KIND, BY_ACTOR, BY_TIME, BY_NUMBER, WAYS };

/* clang-format off */
static const char *const statements[WAYS] = {
    [BY_OBJECT] =
        "SELECT e.number, e.at, e.kind, e.actor, e.object, e.line, e.hash, (SELECT p.salt || ' ' || p.personal FROM "
        "audit_personal p WHERE p.chain = e.chain AND p.number = e.number) FROM audit_entry e WHERE e.chain = ?1 AND"
        " e.number < ?2 AND e.object = ?3 AND (?4 = '' OR (e.kind >= ?4 AND e.kind <= ?5)) AND (?6 = '' OR e.actor ="
        " ?6) AND e.at >= ?7 AND e.at < ?8 ORDER BY e.number DESC LIMIT ?9",
    [BY_KIND] =
        "SELECT e.number, e.at, e.kind, e.actor, e.object, e.line, e.hash, (SELECT p.salt || ' ' || p.personal FROM "
        "audit_personal p WHERE p.chain = e.chain AND p.number = e.number) FROM audit_entry e WHERE e.chain = ?1 AND"
        " e.number < ?2 AND (?3 = '' OR e.object = ?3) AND e.kind = ?4 AND e.kind = ?5 AND (?6 = '' OR e.actor = ?6)"
        " AND e.at >= ?7 AND e.at < ?8 ORDER BY e.number DESC LIMIT ?9",
    [BY_ACTOR] =
        "SELECT e.number, e.at, e.kind, e.actor, e.object, e.line, e.hash, (SELECT p.salt || ' ' || p.personal FROM "
        "audit_personal p WHERE p.chain = e.chain AND p.number = e.number) FROM audit_entry e WHERE e.chain = ?1 AND"
        " e.number < ?2 AND (?3 = '' OR e.object = ?3) AND (?4 = '' OR (e.kind >= ?4 AND e.kind <= ?5)) AND e.actor "
        "= ?6 AND e.at >= ?7 AND e.at < ?8 ORDER BY e.number DESC LIMIT ?9",
    [BY_TIME] =
        "SELECT e.number, e.at, e.kind, e.actor, e.object, e.line, e.hash, (SELECT p.salt || ' ' || p.personal FROM "
        "audit_personal p WHERE p.chain = e.chain AND p.number = e.number) FROM audit_entry e WHERE e.chain = ?1 AND"
        " (e.number < ?2 OR e.at < ?10) AND (?3 = '' OR e.object = ?3) AND (?4 = '' OR (e.kind >= ?4 AND e.kind <= "
        "?5)) AND (?6 = '' OR e.actor = ?6) AND e.at >= ?7 AND e.at < ?8 AND e.at <= ?10 ORDER BY e.at DESC, "
        "e.number DESC LIMIT ?9",
    [BY_NUMBER] =
        "SELECT e.number, e.at, e.kind, e.actor, e.object, e.line, e.hash, (SELECT p.salt || ' ' || p.personal FROM "
        "audit_personal p WHERE p.chain = e.chain AND p.number = e.number) FROM audit_entry e WHERE e.chain = ?1 AND"
        " e.number < ?2 AND (?3 = '' OR e.object = ?3) AND (?4 = '' OR (e.kind >= ?4 AND e.kind <= ?5)) AND (?6 = ''"
        " OR e.actor = ?6) AND e.at >= ?7 AND e.at < ?8 ORDER BY e.number DESC LIMIT ?9",
};
/* clang-format on */

static bool is_family(mz_str kind) {
    return kind.size && kind.data[kind.size - 1] == '.';
}

/* A kind that ends in "." is for all words that begin so: no word has a "/", the byte behind it. */
static mz_str last_kind(mz_str kind, mz_arena *arena) {
    if (!is_family(kind)) return kind;
    return mz_arena_print(arena, "%.*s/", (int)kind.size - 1, kind.data);
}

static int way_of(const mz_audit_query *query) {
    if (query->object.size) return BY_OBJECT;
    if (query->kind.size && !is_family(query->kind)) return BY_KIND;
    if (query->actor.size) return BY_ACTOR;
    return query->since || query->until ? BY_TIME : BY_NUMBER;
}

static mz_sql_value text_of(mz_str text) {
    return mz_sql_text(text.data ? text : MZ_STR(""));
}

static mz_status fetch(mz_sql *sql, mz_str chain, int64_t number, listing *taken, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(number)};
    return mz_sql_query(sql,
                        "SELECT e.number, e.at, e.kind, e.actor, e.object, e.line, e.hash, (SELECT p.salt || ' ' || "
                        "p.personal FROM audit_personal p WHERE p.chain = e.chain AND p.number = e.number) FROM "
                        "audit_entry e WHERE e.chain = ?1 AND e.number = ?2",
                        values, 2, take_entry, taken, error);
}

/* ---- a family of kinds ----
 *
 * No index has it in the order of numbers. Its kinds are few: each is found by the one before it, the newest numbers of
 * each are read from the index of kinds, and the newest of all of them are the page. */

typedef struct numbers {
    int64_t *items;
    size_t count, room;
} numbers;

static mz_status take_number(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    numbers *taken = context;
    (void)count, (void)error;
    if (taken->count < taken->room) taken->items[taken->count++] = columns[0].number;
    return MZ_OK;
}

static int newest_first(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* There is room for two pages: the older of them are dropped before the next kind is read. */
static mz_status take_kind(mz_sql *sql, const mz_audit_query *query, mz_str kind, numbers *taken, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(query->chain), mz_sql_text(kind),
                                   mz_sql_int(query->before ? query->before : INT64_MAX),
                                   mz_sql_int((int64_t)query->limit)};
    mz_status status = mz_sql_query(sql,
                                    "SELECT number FROM audit_entry WHERE chain = ?1 AND kind = ?2 AND number < ?3 "
                                    "ORDER BY number DESC LIMIT ?4",
                                    values, 4, take_number, taken, error);
    qsort(taken->items, taken->count, sizeof *taken->items, newest_first);
    if (taken->count > query->limit) taken->count = query->limit;
    return status;
}

static mz_status list_family(mz_sql *sql, const mz_audit_query *query, listing *taken, mz_error *error) {
    numbers found = {.items = MZ_ARENA_NEW(taken->arena, 2 * query->limit + 1, int64_t), .room = 2 * query->limit};
    mz_str kind = query->kind, last = last_kind(query->kind, taken->arena);
    mz_status status = MZ_OK;
    if (!found.items || !last.data) return mz_fail_arena(taken->arena, error, "the audit chain");
    while (!status) {
        const mz_sql_value values[] = {mz_sql_text(query->chain), mz_sql_text(kind), mz_sql_text(last)}, *next = NULL;
        status = mz_sql_first(sql,
                              "SELECT kind FROM audit_entry WHERE chain = ?1 AND kind > ?2 AND kind < ?3 ORDER BY kind "
                              "LIMIT 1",
                              values, 3, taken->arena, &next, error);
        if (status || !next) break;
        kind = next[0].text;
        status = take_kind(sql, query, kind, &found, error);
    }
    for (size_t k = 0; k < found.count && !status; k++) status = fetch(sql, query->chain, found.items[k], taken, error);
    return status;
}

/* ---- any ---- */

/* When the entry was made that the page goes on from, where it is ordered by time. */
static mz_status read_moment(mz_sql *sql, const mz_audit_query *query, mz_arena *arena, int64_t *ret_at,
                             mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(query->chain), mz_sql_int(query->before)}, *row = NULL;
    *ret_at = INT64_MAX;
    if (!query->before) return MZ_OK;
    mz_status status = mz_sql_first(sql,
                                    "SELECT at FROM audit_entry WHERE chain = ?1 AND number <= ?2 ORDER BY number DESC "
                                    "LIMIT 1",
                                    values, 2, arena, &row, error);
    if (!status && row) *ret_at = row[0].number;
    return status;
}

static mz_status list_way(mz_sql *sql, const mz_audit_query *query, int way, listing *taken, mz_error *error) {
    int64_t moment = INT64_MAX;
    mz_status status = way == BY_TIME ? read_moment(sql, query, taken->arena, &moment, error) : MZ_OK;
    const mz_sql_value values[] = {
        mz_sql_text(query->chain),
        mz_sql_int(query->before ? query->before : INT64_MAX),
        text_of(query->object),
        text_of(query->kind),
        text_of(last_kind(query->kind, taken->arena)),
        text_of(query->actor),
        mz_sql_int(query->since ? query->since : INT64_MIN),
        mz_sql_int(query->until ? query->until : INT64_MAX),
        mz_sql_int((int64_t)query->limit),
        mz_sql_int(moment),
    };
    size_t count = sizeof values / sizeof *values - (way != BY_TIME);
    return status ? status : mz_sql_query(sql, statements[way], values, count, take_entry, taken, error);
}

mz_status mz_audit_list(mz_sql *sql, const mz_audit_query *query, mz_arena *arena, mz_audit_entry **ret_entries,
                        size_t *ret_count, mz_error *error) {
    listing taken = {.arena = arena, .limit = query->limit};
    int way = way_of(query);
    taken.entries = MZ_ARENA_NEW(arena, query->limit + 1, mz_audit_entry);
    if (!taken.entries) return mz_fail_arena(arena, error, "the audit chain");
    mz_status status = way == BY_NUMBER && is_family(query->kind) ? list_family(sql, query, &taken, error)
                                                                  : list_way(sql, query, way, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the audit chain");
    if (status) return status;
    *ret_entries = taken.entries;
    *ret_count = taken.count;
    return MZ_OK;
}

/* ---- one ---- */

mz_status mz_audit_get(mz_sql *sql, mz_str chain, int64_t number, mz_arena *arena, mz_audit_entry *ret_entry,
                       mz_error *error) {
    mz_audit_entry entry;
    listing taken = {.arena = arena, .entries = &entry, .limit = 1};
    mz_status status = fetch(sql, chain, number, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the audit chain");
    if (!status && !taken.count)
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "the audit chain has no entry %lld", (long long)number);
    if (!status) *ret_entry = entry;
    return status;
}

/* ---- all ---- */

enum { PAGE_ROWS = 1 << 16 };

typedef struct walk {
    mz_audit_walk *entry;
    void *context;
    mz_arena arena; /* of one entry */
    int64_t last;
    size_t count;
} walk;

static mz_status walk_entry(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    walk *walking = context;
    mz_audit_entry entry;
    listing taken = {.arena = &walking->arena, .entries = &entry, .limit = 1};
    mz_arena_reset(&walking->arena);
    mz_status status = take_entry(&taken, columns, count, error);
    if (!status && walking->arena.failed) status = mz_fail_arena(&walking->arena, error, "an entry");
    if (status) return status;
    walking->last = entry.number;
    walking->count++;
    return walking->entry(walking->context, &entry, error);
}

mz_status mz_audit_walk_all(mz_sql *sql, mz_str chain, int64_t after, mz_audit_walk *entry, void *context,
                            mz_error *error) {
    enum { ENTRY_BYTES = 256 << 20 };
    walk walking = {.entry = entry, .context = context, .last = after};
    mz_status status = MZ_OK;
    mz_arena_init(&walking.arena, ENTRY_BYTES);
    do {
        const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(walking.last), mz_sql_int(PAGE_ROWS)};
        walking.count = 0;
        status = mz_sql_query(sql,
                              "SELECT e.number, e.at, e.kind, e.actor, e.object, e.line, e.hash, (SELECT p.salt || '"
                              " ' || p.personal FROM audit_personal p WHERE p.chain = e.chain AND p.number = "
                              "e.number) FROM audit_entry e WHERE e.chain = ?1 AND e.number > ?2 ORDER BY e.number "
                              "LIMIT ?3",
                              values, 3, walk_entry, &walking, error);
    } while (!status && walking.count == PAGE_ROWS);
    mz_arena_done(&walking.arena);
    return status;
}
