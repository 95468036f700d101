#include "subjects/watch_roster.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "subjects/watch_state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_SUBJECTS = 2000, PAGE_BYTES = 1 << 30, MARK_BYTES = 32, DAY_S = 24 * 60 * 60, CHANGED_SHARE = 10 };

mz_status mz_watch_path(const mz_watch *watch, mz_str agency, const char *ending, char ret_path[MZ_WATCH_PATH_BYTES],
                        mz_error *error) {
    int size =
        snprintf(ret_path, MZ_WATCH_PATH_BYTES, "%s/%.*s%s", watch->folder, (int)agency.size, agency.data, ending);
    if (size > 0 && size < MZ_WATCH_PATH_BYTES && !memchr(agency.data, '/', agency.size)) return MZ_OK;
    return mz_fail(error, MZ_ERR_LIMIT, "the name of the folder for rosters is too long");
}

/* ---- making one ---- */

typedef struct making {
    const mz_watch *watch;
    mz_str agency;
    mz_roster_builder *builder;
    mz_arena arena; /* of a page */
    mz_watch_page page;
    char after[MZ_SQL_KEY_SIZE];
    int64_t sequence;
} making;

static mz_status read_sequence(void *context, mz_sql *sql, mz_error *error) {
    making *m = context;
    return mz_watch_sequence(sql, m->agency, &m->sequence, error);
}

static mz_status read_page(void *context, mz_sql *sql, mz_error *error) {
    making *m = context;
    mz_arena_reset(&m->arena);
    return mz_watch_page_by_key(sql, m->agency, mz_str_of(m->after), INT64_MAX, PAGE_SUBJECTS, &m->arena, &m->page,
                                error);
}

static mz_status add_page(making *m, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t k = 0; k < m->page.count && !status; k++) {
        const mz_entity *entity;
        status = mz_subject_entity(&m->page.subjects[k], &m->arena, &entity, error);
        if (!status) status = mz_roster_builder_add(m->builder, m->page.subjects[k].key, entity, error);
    }
    if (m->page.count)
        (void)snprintf(m->after, sizeof m->after, "%.*s", (int)m->page.subjects[m->page.count - 1].key.size,
                       m->page.subjects[m->page.count - 1].key.data);
    return status;
}

/* The number of the register's sequence is read first: what changes while the pages are read comes after it. */
static mz_status make(making *m, const char *path, bool (*stopping)(void *context), void *context, mz_error *error) {
    char mark[MARK_BYTES];
    mz_status status = mz_store_read(m->watch->store, read_sequence, m, error);
    if (!status) status = mz_folder_make(m->watch->folder, error);
    if (!status) status = mz_roster_builder_new(path, &m->builder, error);
    m->page.more = true;
    while (!status && m->page.more) {
        status = mz_store_read(m->watch->store, read_page, m, error);
        if (!status) status = add_page(m, error);
        if (!status && stopping(context)) status = mz_fail(error, MZ_ERR_CANCELLED, "stopped");
    }
    (void)snprintf(mark, sizeof mark, "%lld", (long long)m->sequence);
    if (!status) status = mz_roster_builder_finish(m->builder, mz_str_of(mark), mz_clock_now(), error);
    mz_roster_builder_free(m->builder);
    return status;
}

/* ---- having one ---- */

static int64_t sequence_of(const mz_roster *roster) {
    char text[MARK_BYTES];
    mz_roster_facts facts;
    mz_roster_info(roster, &facts);
    (void)snprintf(text, sizeof text, "%.*s", (int)facts.mark.size, facts.mark.data);
    return strtoll(text, NULL, 10);
}

/* Numbers of the sequence that are gaps count as changes: a roster is made anew a little early. */
static bool is_outdated(const mz_roster *roster, int64_t sequence) {
    mz_roster_facts facts;
    mz_roster_info(roster, &facts);
    int64_t since = sequence - sequence_of(roster), age_s = mz_clock_now() - facts.made;
    return since < 0 || since * CHANGED_SHARE > facts.subjects || age_s < 0 || age_s > DAY_S;
}

mz_status mz_watch_roster_open(const mz_watch *watch, mz_str agency, bool (*stopping)(void *context), void *context,
                               mz_roster **ret_roster, int64_t *ret_sequence, mz_error *error) {
    char path[MZ_WATCH_PATH_BYTES];
    making m = {.watch = watch, .agency = agency};
    mz_roster *roster = NULL;
    mz_status status = mz_watch_path(watch, agency, ".mzr", path, error);
    if (!status) status = mz_store_read(watch->store, read_sequence, &m, error);
    if (status) return status;
    status = mz_roster_open(path, &roster, error); /* whatever is wrong with it, it can be made again */
    if (!status && is_outdated(roster, m.sequence)) {
        mz_roster_close(roster);
        roster = NULL;
    }
    if (status == MZ_ERR_MEMORY) return status;
    status = MZ_OK;
    if (!roster) {
        mz_arena_init(&m.arena, PAGE_BYTES);
        status = make(&m, path, stopping, context, error);
        mz_arena_done(&m.arena);
        if (!status) status = mz_roster_open(path, &roster, error);
    }
    if (status) return status;
    *ret_sequence = sequence_of(roster);
    *ret_roster = roster;
    return MZ_OK;
}

mz_status mz_watch_roster(const mz_watch *watch, mz_str agency, uint32_t *ret_subjects, int64_t *ret_made,
                          bool *ret_there, mz_error *error) {
    char path[MZ_WATCH_PATH_BYTES];
    mz_roster *roster;
    mz_roster_facts facts;
    mz_status status = mz_watch_path(watch, agency, ".mzr", path, error);
    if (status) return status;
    *ret_there = !mz_roster_open(path, &roster, NULL);
    if (!*ret_there) return MZ_OK;
    mz_roster_info(roster, &facts);
    *ret_subjects = facts.subjects;
    *ret_made = facts.made;
    mz_roster_close(roster);
    return MZ_OK;
}

static mz_status forget(const mz_watch *watch, mz_str agency, const char *ending, mz_error *error) {
    char path[MZ_WATCH_PATH_BYTES];
    mz_status status = mz_watch_path(watch, agency, ending, path, error);
    if (status) return status;
    return unlink(path) && errno != ENOENT ? mz_fail_errno(error, "remove", path) : MZ_OK;
}

mz_status mz_watch_forget(const mz_watch *watch, mz_str agency, mz_error *error) {
    mz_status status = forget(watch, agency, ".mzr", error);
    return status ? status : forget(watch, agency, ".mzr.seal", error);
}
