#include "writer.h"

#include <stdio.h>
#include <string.h>

typedef struct written {
    uint32_t thread, number;
} written;

static mz_sql_value name_of(const written *one, char into[32]) {
    (void)snprintf(into, 32, "%u-%u", one->thread, one->number);
    return mz_sql_text(mz_str_of(into));
}

static mz_status add_counters(void *context, mz_sql *sql, mz_error *error) {
    char name[32];
    mz_status status = MZ_OK;
    (void)context;
    for (uint32_t thread = 0; !status && thread < MZ_WRITER_THREADS; thread++) {
        (void)snprintf(name, sizeof name, "counter %u", thread);
        const mz_sql_value values[] = {mz_sql_text(mz_str_of(name))};
        status = mz_sql_run(sql, "INSERT INTO thing (key, size) VALUES (?1, 0) ON CONFLICT (key) DO NOTHING", values, 1,
                            NULL, error);
    }
    return status;
}

void mz_writer_prepare(mz_store *store) {
    mz_error error = {0};
    CHECK_OK(mz_store_change(store, add_counters, NULL, &error), error);
}

static mz_status add_parts(const written *one, mz_sql *sql, mz_error *error) {
    char name[32], key[MZ_SQL_KEY_SIZE];
    mz_status status = MZ_OK;
    for (int place = 0; !status && place < MZ_WRITER_PARTS; place++) {
        mz_sql_new_key(key);
        const mz_sql_value values[] = {mz_sql_text(mz_str_of(key)), name_of(one, name), mz_sql_int(place)};
        status = mz_sql_run(sql, "INSERT INTO part (key, thing, place) VALUES (?1, ?2, ?3)", values, 3, NULL, error);
    }
    return status;
}

static mz_status add_one(void *context, mz_sql *sql, mz_error *error) {
    const written *one = context;
    char name[32], counter[32];
    (void)snprintf(counter, sizeof counter, "counter %u", one->thread);
    const mz_sql_value thing[] = {name_of(one, name), mz_sql_int(one->number)};
    const mz_sql_value count[] = {mz_sql_text(mz_str_of(counter))};
    mz_status status = mz_sql_run(sql, "INSERT INTO thing (key, size) VALUES (?1, ?2)", thing, 2, NULL, error);
    if (!status) status = add_parts(one, sql, error);
    if (!status) status = mz_sql_run(sql, "UPDATE thing SET size = size + 1 WHERE key = ?1", count, 1, NULL, error);
    return status;
}

mz_status mz_writer_change(mz_store *store, uint32_t thread, uint32_t number, mz_error *error) {
    written one = {thread, number};
    return mz_store_change(store, add_one, &one, error);
}

typedef struct tally {
    uint32_t thread;
    int64_t counted, things, highest, parts, torn;
} tally;

static mz_status note(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    tally *seen = context;
    (void)count, (void)error;
    seen->counted = columns[0].number;
    seen->things = columns[1].number;
    seen->highest = columns[2].kind == MZ_SQL_NULL ? -1 : columns[2].number;
    seen->parts = columns[3].number;
    seen->torn = columns[4].number;
    return MZ_OK;
}

static mz_status add_up(void *context, mz_sql *sql, mz_error *error) {
    tally *seen = context;
    char counter[32], prefix[32];
    (void)snprintf(counter, sizeof counter, "counter %u", seen->thread);
    (void)snprintf(prefix, sizeof prefix, "%u-%%", seen->thread);
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(counter)), mz_sql_text(mz_str_of(prefix)),
                                   mz_sql_int(MZ_WRITER_PARTS)};
    return mz_sql_query(sql,
                        "SELECT (SELECT size FROM thing WHERE key = ?1),"
                        "       (SELECT COUNT(*) FROM thing WHERE key LIKE ?2 ESCAPE '!'),"
                        "       (SELECT MAX(size) FROM thing WHERE key LIKE ?2 ESCAPE '!'),"
                        "       (SELECT COUNT(*) FROM part WHERE thing LIKE ?2 ESCAPE '!'),"
                        "       (SELECT COUNT(*) FROM thing t WHERE t.key LIKE ?2 ESCAPE '!'"
                        "           AND (SELECT COUNT(*) FROM part p WHERE p.thing = t.key) <> ?3)",
                        values, 3, note, seen, error);
}

uint32_t mz_writer_whole(mz_store *store, uint32_t thread) {
    tally seen = {.thread = thread};
    mz_error error = {0};
    CHECK_OK(mz_store_read(store, add_up, &seen, &error), error);
    CHECK_INT(seen.things, seen.counted);
    CHECK_INT(seen.things - 1, seen.highest);
    CHECK_INT(seen.things * MZ_WRITER_PARTS, seen.parts);
    CHECK_INT(0, seen.torn);
    return (uint32_t)seen.things;
}
