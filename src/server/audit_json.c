#include "server/audit_json.h"

#include "audit/line.h"
#include "base/clock.h"
#include "base/csv_write.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "server/people_json.h"

#include <stdio.h>

struct mz_audit_name {
    mz_str key, name;
    struct mz_audit_name *next;
};

mz_status mz_audit_name_of(mz_audit_names *names, mz_str key, mz_str *ret_name, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(names->agency), mz_sql_text(key)}, *row = NULL;
    for (const struct mz_audit_name *known = names->first; known; known = known->next)
        if (mz_str_equal(known->key, key)) {
            *ret_name = known->name;
            return MZ_OK;
        }
    mz_status status =
        mz_sql_first(names->sql,
                     "SELECT CASE WHEN title = '' THEN name ELSE title END FROM access_person WHERE agency = ?1 "
                     "AND person = ?2",
                     values, 2, names->arena, &row, error);
    if (!status && !row)
        status = mz_sql_first(names->sql, "SELECT title FROM access_key WHERE agency = ?1 AND access_key = ?2", values,
                              sizeof values / sizeof *values, names->arena, &row, error);
    struct mz_audit_name *name = status ? NULL : MZ_ARENA_NEW(names->arena, 1, struct mz_audit_name);
    if (status) return status;
    if (!name) return mz_fail_arena(names->arena, error, "the audit chain");
    *name = (struct mz_audit_name){key, row ? row[0].text : MZ_STR(""), names->first};
    names->first = name;
    *ret_name = name->name;
    return MZ_OK;
}

static mz_status write_actor(mz_json *json, mz_audit_names *names, mz_str actor, mz_error *error) {
    mz_str name = MZ_STR("");
    mz_json_key(json, "actor");
    if (!actor.size) {
        mz_json_null(json);
        return MZ_OK;
    }
    mz_status status = mz_audit_name_of(names, actor, &name, error);
    mz_json_object(json);
    mz_json_pair(json, "id", actor);
    mz_json_pair(json, "name", name);
    mz_json_object_end(json);
    return status;
}

/* A value of the entry's line, as it stands there. */
static void write_body(mz_json *json, mz_str line, mz_arena *arena) {
    mz_buffer body;
    mz_audit_line read;
    mz_buffer_init(&body, MZ_AUDIT_BODY_BYTES);
    mz_json_key(json, "body");
    bool good = !mz_audit_line_read(line, arena, &read, NULL) &&
                !mz_json_canonical_value(read.body, arena, &body, NULL) && !body.failed;
    mz_json_raw(json, good ? mz_buffer_view(&body) : MZ_STR("{}"));
    mz_buffer_done(&body);
    mz_json_pair(json, "previous", good ? read.previous : MZ_STR(""));
}

mz_status mz_audit_entry_write(mz_json *json, mz_audit_names *names, const mz_audit_entry *entry, bool alone,
                               mz_error *error) {
    mz_json_object(json);
    mz_json_pair_int(json, "number", entry->number);
    mz_people_time(json, "at", entry->at);
    mz_json_pair(json, "kind", entry->kind);
    mz_json_pair(json, "actor_kind", entry->actor_kind);
    mz_status status = write_actor(json, names, entry->actor, error);
    mz_json_pair(json, "object", entry->object);
    mz_json_pair(json, "hash", entry->hash);
    write_body(json, entry->line, names->arena);
    mz_json_key(json, "personal");
    mz_json_raw(json, entry->personal.size ? entry->personal : MZ_STR("null"));
    mz_json_pair_bool(json, "erased", entry->erased);
    if (alone) mz_json_pair(json, "line", entry->line);
    if (alone) mz_json_pair(json, "salt", entry->salt);
    mz_json_object_end(json);
    return status;
}

/* ---- as a table ---- */

void mz_audit_csv_head(mz_buffer *out) {
    mz_buffer_str(out, MZ_STR("number,at,kind,actor_kind,actor,actor_name,object,hash,line,personal,salt,erased\n"));
}

mz_status mz_audit_csv_write(mz_buffer *out, mz_audit_names *names, const mz_audit_entry *entry, mz_error *error) {
    char number[32], at[MZ_TIME_TEXT_SIZE];
    mz_str name = MZ_STR("");
    mz_status status = entry->actor.size ? mz_audit_name_of(names, entry->actor, &name, error) : MZ_OK;
    (void)snprintf(number, sizeof number, "%lld", (long long)entry->number);
    mz_time_text(entry->at, at);
    mz_csv_put(out, mz_str_of(number), true);
    mz_csv_put(out, mz_str_of(at), false);
    mz_csv_put(out, entry->kind, false);
    mz_csv_put(out, entry->actor_kind, false);
    mz_csv_cell(out, entry->actor, false);
    mz_csv_cell(out, name, false);
    mz_csv_cell(out, entry->object, false);
    mz_csv_put(out, entry->hash, false);
    mz_csv_cell(out, entry->line, false);
    mz_csv_cell(out, entry->personal, false);
    mz_csv_put(out, entry->salt, false);
    mz_csv_put(out, entry->erased ? MZ_STR("true") : MZ_STR("false"), false);
    mz_buffer_char(out, '\n');
    return status;
}

/* ---- checkpoints and verdicts ---- */

void mz_checkpoint_write(mz_json *json, const mz_audit_checkpoint *checkpoint) {
    mz_json_object(json);
    mz_json_pair_int(json, "number", checkpoint->number);
    mz_people_time(json, "at", checkpoint->at);
    mz_json_pair(json, "hash", checkpoint->hash);
    mz_json_pair(json, "public_key", checkpoint->public_key);
    mz_json_pair(json, "signature", checkpoint->signature);
    mz_json_pair(json, "text", checkpoint->text);
    mz_json_object_end(json);
}

void mz_verdict_write(mz_json *json, const mz_audit_verdict *verdict) {
    bool whole = verdict->whole;
    mz_json_object(json);
    mz_json_pair_bool(json, "whole", whole);
    mz_json_pair_int(json, "signed", verdict->signed_to);
    mz_json_pair_int(json, "entries", verdict->entries);
    mz_json_pair_int(json, "checkpoints", verdict->checkpoints);
    mz_json_pair_int(json, "erased", verdict->erased);
    mz_json_pair(json, "hash", mz_str_of(verdict->hash));
    mz_json_key(json, "first_bad");
    if (whole)
        mz_json_null(json);
    else
        mz_json_int(json, verdict->first_bad);
    mz_json_pair(json, "fault", mz_str_of(mz_audit_fault_word(verdict->fault)));
    mz_json_key(json, "what");
    if (whole)
        mz_json_null(json);
    else
        mz_json_str(json, verdict->what);
    mz_json_object_end(json);
}
