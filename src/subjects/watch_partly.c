/* Subjects that could not be wholly screened. */
#include "base/error.h"
#include "subjects/watch_state.h"

#include <stdio.h>
#include <string.h>

enum { WHY_BYTES = 64, COUNT_BYTES = 1 << 16 };

static const char *const words[MZ_PARTLY_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_PARTLY(MZ_X)
#undef MZ_X
};

const char *mz_partly_word(size_t why) {
    return words[why];
}

/* ---- writing ---- */

mz_status mz_partly_set(mz_sql *sql, mz_str agency, mz_str key, unsigned why, int64_t hits, int64_t at,
                        mz_error *error) {
    char text[WHY_BYTES] = "";
    for (unsigned k = 0; k < MZ_PARTLY_COUNT; k++)
        if (why >> k & 1)
            (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", text[0] ? " " : "", words[k]);
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(key), mz_sql_text(mz_str_of(text)),
                                   mz_sql_int(hits), mz_sql_int(at)};
    if (!why)
        return mz_sql_run(sql, "DELETE FROM subject_partly WHERE agency = ?1 AND subject = ?2", values, 2, NULL, error);
    return mz_sql_run(sql,
                      "INSERT INTO subject_partly (agency, subject, why, hits, at) VALUES (?1, ?2, ?3, ?4, ?5) ON "
                      "CONFLICT (agency, subject) DO UPDATE SET why = excluded.why, hits = excluded.hits, at = "
                      "excluded.at",
                      values, 5, NULL, error);
}

/* ---- reading ---- */

typedef struct taking {
    mz_arena *arena;
    mz_partly *subjects;
    size_t count;
} taking;

static void read_why(mz_str text, bool why[MZ_PARTLY_COUNT]) {
    for (size_t k = 0; k < MZ_PARTLY_COUNT; k++)
        why[k] = memmem(text.data, text.size, words[k], strlen(words[k])) != NULL;
}

static mz_status take(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    taking *t = context;
    mz_partly *one = &t->subjects[t->count++];
    (void)count;
    *one = (mz_partly){.subject = mz_arena_copy(t->arena, c[0].text),
                       .source = mz_arena_copy(t->arena, c[1].text),
                       .reference = mz_arena_copy(t->arena, c[2].text),
                       .caption = mz_arena_copy(t->arena, c[3].text),
                       .hits = c[5].number,
                       .at = c[6].number};
    read_why(c[4].text, one->why);
    return t->arena->failed ? mz_fail_arena(t->arena, error, "subjects") : MZ_OK;
}

mz_status mz_partly_list(mz_sql *sql, mz_str agency, mz_str after, size_t limit, mz_arena *arena,
                         mz_partly **ret_subjects, size_t *ret_count, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(after), mz_sql_int((int64_t)limit)};
    taking t = {.arena = arena, .subjects = MZ_ARENA_NEW(arena, limit + 1, mz_partly)};
    if (!t.subjects) return mz_fail_arena(arena, error, "subjects");
    mz_status status = mz_sql_query(sql,
                                    "SELECT p.subject, s.source, s.reference, s.caption, p.why, p.hits, p.at FROM "
                                    "subject_partly p JOIN subject s ON s.subject = p.subject WHERE p.agency = ?1 AND "
                                    "p.subject > ?2 AND s.state = 'active' ORDER BY p.subject LIMIT ?3",
                                    values, 3, take, &t, error);
    if (status) return status;
    *ret_subjects = t.subjects;
    *ret_count = t.count;
    return MZ_OK;
}

mz_status mz_partly_count(mz_sql *sql, mz_str agency, uint64_t *ret_count, mz_error *error) {
    mz_arena arena;
    const mz_sql_value values[] = {mz_sql_text(agency)};
    const mz_sql_value *c = NULL;
    mz_arena_init(&arena, COUNT_BYTES);
    mz_status status = mz_sql_first(sql,
                                    "SELECT COUNT(*) FROM subject_partly p JOIN subject s ON s.subject = p.subject "
                                    "WHERE p.agency = ?1 AND s.state = 'active'",
                                    values, 1, &arena, &c, error);
    if (!status) *ret_count = c ? (uint64_t)c[0].number : 0;
    mz_arena_done(&arena);
    return status;
}
