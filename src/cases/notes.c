/* Notes, and who is mentioned in them. A mention is "@" and a name to sign in with, as people write it to each other:
 * it ends where such a name cannot go on, and a full stop behind it is one of the sentence. Names of nobody stay text.
 */
#include "access/people.h"
#include "base/ascii.h"
#include "base/error.h"
#include "cases/change.h"

enum { MENTIONS_MOST = 20 };

typedef struct mentioned {
    mz_str person, name;
} mentioned;

static bool of_a_name(char c) {
    return mz_is_letter(c) || mz_is_digit(c) || (c && strchr("._-+@", c));
}

/* The name as it is kept, at the longest; what stands before the "@" must not go on with it, as in an address. */
static bool next_name(mz_str text, size_t *at, mz_str *ret_name) {
    for (; *at < text.size; (*at)++) {
        bool starts = text.data[*at] == '@' && (*at == 0 || !of_a_name(text.data[*at - 1]));
        if (!starts) continue;
        size_t end = *at + 1;
        while (end < text.size && of_a_name(text.data[end])) end++;
        *ret_name = (mz_str){text.data + *at + 1, end - *at - 1};
        *at = end;
        if (ret_name->size >= MZ_LOGIN_BYTES_LEAST && ret_name->size <= MZ_LOGIN_BYTES_MOST) return true;
    }
    return false;
}

/* Somebody of the agency who may see cases; `person` empty: nobody. */
static mz_status find_named(const mz_case_work *work, mz_str name, mentioned *ret_found, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(work->agency), mz_sql_text(mz_case_lower(work->arena, name))};
    const mz_sql_value *c;
    *ret_found = (mentioned){.person = MZ_STR("")};
    mz_status status = mz_sql_first(work->sql,
                                    "SELECT person, title, roles FROM access_person WHERE agency = ?1 AND name = ?2 "
                                    "AND state IN ('active', 'invited')",
                                    values, 2, work->arena, &c, error);
    if (status || !c) return status;
    if (mz_rights_of_roles(mz_roles_read(c[2].text), false) >> MZ_RIGHT_CASES_READ & 1)
        *ret_found = (mentioned){.person = c[0].text, .name = c[1].text};
    return MZ_OK;
}

/* The name, or what it is without the signs at its end. */
static mz_status find_mentioned(const mz_case_work *work, mz_str name, mentioned *ret_found, mz_error *error) {
    for (;;) {
        mz_status status = find_named(work, name, ret_found, error);
        if (status || ret_found->person.size) return status;
        char last = name.data[name.size - 1];
        if (name.size <= MZ_LOGIN_BYTES_LEAST || mz_is_letter(last) || mz_is_digit(last)) return MZ_OK;
        name.size--;
    }
}

static mz_status find_all(const mz_case_work *work, mz_str text, mentioned found[MENTIONS_MOST], size_t *ret_count,
                          mz_error *error) {
    mz_status status = MZ_OK;
    mz_str name;
    size_t count = 0;
    for (size_t at = 0, names = 0; !status && names < MENTIONS_MOST && next_name(text, &at, &name); names++) {
        status = find_mentioned(work, name, &found[count], error);
        bool known = status || !found[count].person.size;
        for (size_t k = 0; k < count && !known; k++) known = mz_str_equal(found[k].person, found[count].person);
        if (!known) count++;
    }
    *ret_count = count;
    return status;
}

static mz_str tell_mentions(const mz_case_work *work, const mentioned *found, size_t count) {
    mz_case_object detail;
    mz_case_object_begin(&detail);
    if (count) {
        mz_json_key(&detail.json, "mentions");
        mz_json_array(&detail.json);
        for (size_t k = 0; k < count; k++) mz_json_str(&detail.json, found[k].person);
        mz_json_array_end(&detail.json);
    }
    return mz_case_object_end(&detail, work->arena);
}

static mz_status add_mentions(const mz_case_work *work, const mentioned *found, size_t count, mz_str event,
                              mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t k = 0; k < count && !status; k++) {
        const mz_sql_value values[] = {mz_sql_text(work->agency), mz_sql_text(found[k].person), mz_sql_text(event)};
        status = mz_sql_run(work->sql, "INSERT INTO case_mention (agency, person, event, seen) VALUES (?1, ?2, ?3, 0)",
                            values, 3, NULL, error);
    }
    return status;
}

static mz_status read_event(mz_case_work *work, mz_str key, mz_case_event *ret_event, mz_error *error) {
    mz_case_rows rows = {.arena = work->arena, .size = sizeof(mz_case_event)};
    const mz_sql_value values[] = {mz_sql_text(work->agency), mz_sql_text(key)};
    mz_status status = mz_sql_query(work->sql,
                                    "SELECT e.event, e.case_key, c.label, e.at, e.kind, e.actor_kind, e.actor, "
                                    "COALESCE(p.title, k.title, ''), e.said, e.detail, e.entry FROM case_event e JOIN "
                                    "case_file c ON c.case_key = e.case_key LEFT JOIN access_person p ON p.person = "
                                    "e.actor LEFT JOIN access_key k ON k.access_key = e.actor WHERE e.agency = ?1 AND "
                                    "e.event = ?2",
                                    values, 2, mz_case_take_event, &rows, error);
    if (!status && rows.count) *ret_event = *(mz_case_event *)rows.items;
    return status;
}

static mz_status take_count(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    (void)count;
    (void)error;
    *(int64_t *)context = c[0].number;
    return MZ_OK;
}

/* A case is something that people read; who writes more than this into one is a program, or has lost their way. */
static mz_status check_room(const mz_case_work *work, mz_case_change *change, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(work->row.key)};
    int64_t notes = 0;
    mz_status status = mz_sql_query(work->sql, "SELECT COUNT(*) FROM case_event WHERE case_key = ?1 AND kind = 'note'",
                                    values, 1, take_count, &notes, error);
    if (status || notes < MZ_CASE_NOTES_MOST) return status;
    change->refusal = "notes-most";
    return mz_fail(error, MZ_ERR_LIMIT,
                   "the case %.*s has %d notes, and no case has more; attach a file, or go on in another case",
                   (int)work->row.label.size, work->row.label.data, MZ_CASE_NOTES_MOST);
}

mz_status mz_case_note(mz_sql *sql, mz_case_change *change, mz_str text, mz_arena *arena, mz_case_event *ret_event,
                       mz_error *error) {
    mz_case_work work;
    mentioned found[MENTIONS_MOST];
    size_t count = 0;
    mz_str event;
    change->refusal = NULL;
    mz_status status = mz_case_check_text(text, "the note", MZ_NOTE_BYTES_MOST, error);
    if (!status && !mz_trimmed(text).size) status = mz_fail(error, MZ_ERR_INPUT, "the note is empty");
    if (!status) status = mz_case_begin_any(sql, change->agency, change->actor, change->case_key, arena, &work, error);
    if (!status) status = mz_case_check_kept(&work, error);
    if (!status) status = check_room(&work, change, error);
    if (!status) status = find_all(&work, text, found, &count, error);
    if (status) return status;
    const mz_case_told told = {.kind = "note", .text = text, .detail = tell_mentions(&work, found, count)};
    status = mz_case_tell(&work, &told, &event, NULL, error);
    if (!status) status = add_mentions(&work, found, count, event, error);
    return status ? status : read_event(&work, event, ret_event, error);
}

/* ---- mentions ---- */

typedef struct seen_rows {
    mz_case_rows events, seen;
} seen_rows;

static mz_status take_mention(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    seen_rows *rows = context;
    bool *seen = mz_case_rows_add(&rows->seen);
    if (!seen) return mz_fail_arena(rows->seen.arena, error, "the list of mentions");
    *seen = c[11].number != 0;
    return mz_case_take_event(&rows->events, c, count, error);
}

mz_status mz_mentions_list(mz_sql *sql, mz_str agency, mz_str person, mz_str before, size_t limit, mz_arena *arena,
                           mz_mention **ret_mentions, size_t *ret_count, mz_error *error) {
    seen_rows rows = {.events = {.arena = arena, .size = sizeof(mz_case_event)},
                      .seen = {.arena = arena, .size = sizeof(bool)}};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(person), mz_case_text(before),
                                   mz_sql_int((int64_t)limit)};
    mz_status status =
        mz_sql_query(sql,
                     "SELECT e.event, e.case_key, c.label, e.at, e.kind, e.actor_kind, e.actor, COALESCE(p.title, "
                     "k.title, ''), e.said, e.detail, e.entry, m.seen FROM case_mention m JOIN case_event e ON e.event "
                     "= m.event JOIN case_file c ON c.case_key = e.case_key LEFT JOIN access_person p ON p.person = "
                     "e.actor LEFT JOIN access_key k ON k.access_key = e.actor WHERE m.agency = ?1 AND m.person = ?2 "
                     "AND (?3 = '' OR m.event < ?3) ORDER BY m.event DESC LIMIT ?4",
                     values, 4, take_mention, &rows, error);
    mz_mention *mentions = status ? NULL : MZ_ARENA_NEW(arena, rows.events.count + 1, mz_mention);
    if (!status && !mentions) status = mz_fail_arena(arena, error, "the list of mentions");
    for (size_t k = 0; k < rows.events.count && !status; k++)
        mentions[k] = (mz_mention){((mz_case_event *)rows.events.items)[k], ((bool *)rows.seen.items)[k]};
    if (status) return status;
    *ret_mentions = mentions;
    *ret_count = rows.events.count;
    return MZ_OK;
}

mz_status mz_mentions_see(mz_sql *sql, mz_str agency, mz_str person, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(person)};
    return mz_sql_run(sql, "UPDATE case_mention SET seen = 1 WHERE agency = ?1 AND person = ?2 AND seen = 0", values, 2,
                      NULL, error);
}
