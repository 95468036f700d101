#include "subjects/watch_state.h"

#include "audit/build.h"
#include "base/error.h"
#include "index/image.h"
#include "subjects/register.h"

#include <stdlib.h>

enum { LISTS_MOST = 4096, SMALL_BYTES = 1 << 16 };

/* ---- what was screened against ---- */

typedef struct taking {
    mz_arena *arena;
    mz_watched_list *lists;
    size_t count;
} taking;

static mz_status take_list(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    taking *t = context;
    (void)count;
    if (t->count == LISTS_MOST) return mz_fail(error, MZ_ERR_LIMIT, "subjects are watched against too many lists");
    t->lists[t->count++] = (mz_watched_list){mz_arena_copy(t->arena, c[0].text), mz_arena_copy(t->arena, c[1].text)};
    return MZ_OK;
}

mz_status mz_watched_get(mz_sql *sql, mz_str agency, mz_arena *arena, mz_watched *ret_watched, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency)};
    const mz_sql_value *c = NULL;
    taking t = {arena, MZ_ARENA_NEW(arena, LISTS_MOST, mz_watched_list), 0};
    mz_status status = t.lists ? MZ_OK : mz_fail_arena(arena, error, "what subjects are watched against");
    if (!status)
        status = mz_sql_first(sql, "SELECT judged_by, sequence, at FROM subject_watched WHERE agency = ?1", values, 1,
                              arena, &c, error);
    if (!status)
        status = mz_sql_query(sql, "SELECT list, version FROM subject_watch WHERE agency = ?1 ORDER BY list", values, 1,
                              take_list, &t, error);
    if (status) return status;
    *ret_watched = (mz_watched){.ever = c != NULL, .by = MZ_STR(""), .lists = t.lists, .list_count = c ? t.count : 0};
    if (c) {
        ret_watched->by = c[0].text;
        ret_watched->sequence = c[1].number;
        ret_watched->at = c[2].number;
    }
    return arena->failed ? mz_fail_arena(arena, error, "what subjects are watched against") : MZ_OK;
}

mz_status mz_watched_missing(mz_sql *sql, mz_str agency, const mz_watched *watched, uint64_t *ret_count,
                             mz_error *error) {
    mz_arena arena;
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(watched->sequence)};
    const mz_sql_value *c = NULL;
    if (!watched->ever) return mz_subjects_count(sql, agency, ret_count, error);
    mz_arena_init(&arena, SMALL_BYTES);
    mz_status status = mz_sql_first(sql,
                                    "SELECT COUNT(*) FROM subject WHERE agency = ?1 AND sequence > ?2 AND screened = 0 "
                                    "AND state = 'active'",
                                    values, 2, &arena, &c, error);
    if (!status) *ret_count = c ? (uint64_t)c[0].number : 0;
    mz_arena_done(&arena);
    return status;
}

static int by_list(const void *left, const void *right) {
    const mz_watched_list *a = left, *b = right;
    return mz_str_order(a->list, b->list);
}

static uint64_t checksum_of(const mz_index *part) {
    return part ? mz_index_header(part)->checksum : 0;
}

mz_status mz_watched_now(const mz_watch *watch, const mz_index *index, double threshold, mz_arena *arena,
                         mz_watched *ret_watched, mz_error *error) {
    const mz_index_facts *facts = &index->facts;
    char digest[MZ_POLICY_DIGEST_SIZE], rules[2 * MZ_RULES_BYTES + 1], build[MZ_BUILD_NAME_SIZE];
    mz_watched_list *lists = MZ_ARENA_NEW(arena, facts->list_count + 1, mz_watched_list);
    mz_status status = mz_policy_digest(watch->policy, digest, error);
    if (status) return status;
    for (size_t k = 0; k < MZ_RULES_BYTES; k++) {
        static const char digits[] = "0123456789abcdef";
        rules[2 * k] = digits[mz_rules_digest[k] >> 4];
        rules[2 * k + 1] = digits[mz_rules_digest[k] & 15];
    }
    rules[2 * MZ_RULES_BYTES] = '\0';
    mz_build_name(build);
    for (size_t l = 0; lists && l < facts->list_count; l++) {
        lists[l] = (mz_watched_list){mz_arena_copy(arena, facts->lists[l].list),
                                     mz_arena_copy(arena, facts->lists[l].version)};
        if (!lists[l].version.size)
            lists[l].version = mz_arena_print(arena, "@%016llx%016llx", (unsigned long long)checksum_of(index),
                                              (unsigned long long)checksum_of(index->changes));
    }
    if (lists && facts->list_count) qsort(lists, facts->list_count, sizeof *lists, by_list);
    *ret_watched = (mz_watched){.ever = true,
                                .by = mz_arena_print(arena, "%s %s %s %d", watch->build ? watch->build : build, rules,
                                                     digest, (int)(threshold * 1e6 + 0.5)),
                                .lists = lists,
                                .list_count = facts->list_count};
    return arena->failed ? mz_fail_arena(arena, error, "what subjects are watched against") : MZ_OK;
}

bool mz_watched_same(const mz_watched *a, const mz_watched *b) {
    bool same = a->ever == b->ever && a->list_count == b->list_count && mz_str_equal(a->by, b->by);
    for (size_t l = 0; l < a->list_count && same; l++)
        same =
            mz_str_equal(a->lists[l].list, b->lists[l].list) && mz_str_equal(a->lists[l].version, b->lists[l].version);
    return same;
}

mz_status mz_watched_set(mz_sql *sql, mz_str agency, const mz_watched *w, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(w->by), mz_sql_int(w->sequence), mz_sql_int(w->at)};
    mz_status status = mz_sql_run(sql,
                                  "INSERT INTO subject_watched (agency, judged_by, sequence, at) VALUES (?1, ?2, ?3, "
                                  "?4) ON CONFLICT (agency) DO UPDATE SET judged_by = excluded.judged_by, sequence = "
                                  "excluded.sequence, at = excluded.at",
                                  values, 4, NULL, error);
    if (!status) status = mz_sql_run(sql, "DELETE FROM subject_watch WHERE agency = ?1", values, 1, NULL, error);
    for (size_t l = 0; l < w->list_count && !status; l++) {
        const mz_sql_value row[] = {mz_sql_text(agency), mz_sql_text(w->lists[l].list),
                                    mz_sql_text(w->lists[l].version), mz_sql_int(w->at)};
        status = mz_sql_run(sql, "INSERT INTO subject_watch (agency, list, version, at) VALUES (?1, ?2, ?3, ?4)", row,
                            4, NULL, error);
    }
    return status;
}

mz_status mz_watched_advance(mz_sql *sql, mz_str agency, int64_t sequence, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(sequence)};
    return mz_sql_run(sql, "UPDATE subject_watched SET sequence = ?2 WHERE agency = ?1 AND sequence < ?2", values, 2,
                      NULL, error);
}

mz_status mz_watch_sequence(mz_sql *sql, mz_str agency, int64_t *ret_sequence, mz_error *error) {
    mz_arena arena;
    const mz_sql_value values[] = {mz_sql_text(agency)};
    const mz_sql_value *c = NULL;
    mz_arena_init(&arena, SMALL_BYTES);
    mz_status status =
        mz_sql_first(sql, "SELECT sequence FROM subject_register WHERE agency = ?1", values, 1, &arena, &c, error);
    if (!status) *ret_sequence = c ? c[0].number : 0;
    mz_arena_done(&arena);
    return status;
}

mz_status mz_watch_threshold(const mz_watch *watch, mz_sql *sql, mz_str agency, double *ret_threshold,
                             mz_error *error) {
    *ret_threshold = 0;
    if (!watch->sink.threshold) return MZ_OK;
    return watch->sink.threshold(watch->sink.context, sql, agency, ret_threshold, error);
}

/* ---- pages ---- */

typedef struct paging {
    mz_arena *arena;
    mz_watch_page page;
    size_t limit, seen;
} paging;

static mz_status take_subject(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    paging *p = context;
    (void)count;
    p->seen++;
    mz_subject subject = mz_subject_of(c, p->arena);
    p->page.last_sequence = subject.sequence;
    if (!subject.closed) p->page.subjects[p->page.count++] = subject;
    return p->arena->failed ? mz_fail_arena(p->arena, error, "a page of subjects") : MZ_OK;
}

static mz_status take_page(mz_sql *sql, const char *query, const mz_sql_value values[4], size_t limit, mz_arena *arena,
                           mz_watch_page *ret_page, mz_error *error) {
    paging p = {.arena = arena, .limit = limit};
    p.page.subjects = MZ_ARENA_NEW(arena, limit, mz_subject);
    if (!p.page.subjects) return mz_fail_arena(arena, error, "a page of subjects");
    mz_status status = mz_sql_query(sql, query, values, 4, take_subject, &p, error);
    p.page.more = p.seen == limit;
    if (!status) *ret_page = p.page;
    return status;
}

mz_status mz_watch_page_by_key(mz_sql *sql, mz_str agency, mz_str after, int64_t up_to, size_t limit, mz_arena *arena,
                               mz_watch_page *ret_page, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(after), mz_sql_int(up_to),
                                   mz_sql_int((int64_t)limit)};
    return take_page(
        sql,
        "SELECT subject, source, reference, schema, caption, properties, digest, state, sequence, created, "
        "changed, screened FROM subject WHERE agency = ?1 AND subject > ?2 AND state = 'active' AND "
        "sequence <= ?3 ORDER BY subject LIMIT ?4",
        values, limit, arena, ret_page, error);
}

mz_status mz_watch_page_by_sequence(mz_sql *sql, mz_str agency, int64_t after, int64_t up_to, size_t limit,
                                    mz_arena *arena, mz_watch_page *ret_page, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(after), mz_sql_int(up_to),
                                   mz_sql_int((int64_t)limit)};
    return take_page(
        sql,
        "SELECT subject, source, reference, schema, caption, properties, digest, state, sequence, created, "
        "changed, screened FROM subject WHERE agency = ?1 AND sequence > ?2 AND sequence <= ?3 ORDER BY "
        "sequence LIMIT ?4",
        values, limit, arena, ret_page, error);
}

mz_status mz_watch_any_new(mz_sql *sql, mz_str agency, int64_t after, bool *ret_any, mz_error *error) {
    mz_arena arena;
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(after)};
    const mz_sql_value *c = NULL;
    mz_arena_init(&arena, SMALL_BYTES);
    mz_status status =
        mz_sql_first(sql,
                     "SELECT subject FROM subject WHERE agency = ?1 AND sequence > ?2 AND state = 'active' "
                     "LIMIT 1",
                     values, 2, &arena, &c, error);
    if (!status) *ret_any = c != NULL;
    mz_arena_done(&arena);
    return status;
}

mz_status mz_watch_screened(mz_sql *sql, mz_str agency, mz_str key, int64_t sequence, int64_t at, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(key), mz_sql_int(sequence), mz_sql_int(at)};
    return mz_sql_run(sql,
                      "UPDATE subject SET screened = ?4 WHERE agency = ?1 AND subject = ?2 AND sequence = ?3 AND state "
                      "= 'active'",
                      values, 4, NULL, error);
}
