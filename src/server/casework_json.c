/* Cases, alerts, decisions, events, attachments and clearances as JSON. */
#include "base/error.h"
#include "server/casework.h"

#include <stdlib.h>
#include <string.h>

void mz_named_write(mz_json *json, const char *key, const mz_named *who) {
    mz_json_key(json, key);
    if (!who->key.size) {
        mz_json_null(json);
        return;
    }
    mz_json_object(json);
    mz_json_pair(json, "id", who->key);
    mz_json_pair(json, "name", who->name);
    mz_json_object_end(json);
}

void mz_titles_write(mz_json *json, const char *key, const mz_str titles[3]) {
    mz_json_key(json, key);
    mz_json_object(json);
    mz_json_pair(json, "ar", titles[0]);
    mz_json_pair(json, "fr", titles[1]);
    mz_json_pair(json, "en", titles[2]);
    mz_json_object_end(json);
}

static void put_number(mz_json *json, const char *key, double number, int decimals) {
    mz_json_key(json, key);
    mz_json_fixed(json, number, decimals);
}

static void put_or_null(mz_json *json, const char *key, mz_str text) {
    mz_json_key(json, key);
    if (text.size)
        mz_json_str(json, text);
    else
        mz_json_null(json);
}

static void put_raw_or_null(mz_json *json, const char *key, mz_str text) {
    mz_json_key(json, key);
    if (text.size)
        mz_json_raw(json, text);
    else
        mz_json_null(json);
}

/* ---- cases ---- */

static void put_subject(mz_json *json, const mz_case *row) {
    mz_json_key(json, "subject");
    mz_json_object(json);
    mz_json_pair(json, "id", row->subject);
    mz_json_pair(json, "source", row->source);
    mz_json_pair(json, "reference", row->reference);
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(row->schema)));
    mz_json_pair(json, "caption", row->caption);
    mz_json_object_end(json);
}

static void put_best(mz_json *json, const mz_case *row) {
    mz_json_key(json, "best");
    if (!row->best.entity.size) {
        mz_json_null(json);
        return;
    }
    mz_json_object(json);
    mz_json_pair(json, "alert", row->best.alert);
    mz_json_pair(json, "entity", row->best.entity);
    mz_json_pair(json, "caption", row->best.caption);
    mz_json_pair(json, "list", row->best.list);
    put_number(json, "score", row->best.score, 6);
    put_number(json, "weight", row->best.weight, 2);
    mz_json_object_end(json);
}

void mz_case_write_json(mz_json *json, const mz_case *row, int64_t now, bool with_subject) {
    mz_json_pair(json, "id", row->key);
    mz_json_pair(json, "label", row->label);
    mz_json_pair(json, "phase", row->phase);
    if (with_subject) put_subject(json, row);
    mz_named_write(json, "assignee", &row->assignee);
    mz_json_pair_bool(json, "escalated", row->escalated);
    put_number(json, "weight", row->weight, 2);
    mz_json_pair_int(json, "alerts", row->alerts);
    put_best(json, row);
    mz_people_time(json, "due", row->due);
    mz_json_pair_bool(json, "overdue", row->alerts && row->due && row->due < now);
    mz_people_time(json, "opened", row->opened);
    mz_people_time(json, "changed", row->changed);
    mz_people_time(json, "closed", row->closed);
    mz_json_pair_int(json, "version", row->version);
}

/* ---- alerts ---- */

static void put_record(mz_json *json, const mz_index *index, mz_str list, mz_str entity) {
    uint32_t number;
    char *record = NULL;
    size_t size;
    mz_json_key(json, "record");
    if (index && mz_index_find_listed(index, list, entity, &number, NULL) == MZ_OK &&
        mz_index_record(index, number, &record, &size, NULL) == MZ_OK)
        mz_json_raw(json, (mz_str){record, size});
    else
        mz_json_null(json);
    free(record);
}

static void put_changes(mz_json *json, const mz_alert *alert, mz_arena *arena) {
    mz_json_key(json, "changed_since");
    if (mz_str_equal(alert->subject_base, alert->subject_facts) &&
        mz_str_equal(alert->entity_base, alert->entity_facts)) {
        mz_json_null(json);
        return;
    }
    mz_json_object(json);
    mz_json_key(json, "subject");
    mz_json_raw(json, MZ_STR(""));
    mz_facts_difference(alert->subject_base, alert->subject_facts, arena, json->out);
    mz_json_key(json, "entity");
    mz_json_raw(json, MZ_STR(""));
    mz_facts_difference(alert->entity_base, alert->entity_facts, arena, json->out);
    mz_json_object_end(json);
}

/* `index` NULL: without the record and what changed, and with case and subject. */
void mz_alert_write_json(mz_json *json, const mz_alert *alert, const mz_index *index, mz_arena *arena) {
    mz_json_object(json);
    mz_json_pair(json, "id", alert->key);
    mz_json_pair(json, "entity", alert->entity);
    mz_json_pair(json, "list", alert->list);
    mz_json_pair(json, "list_version", alert->list_version);
    mz_json_pair(json, "caption", alert->caption);
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(alert->schema)));
    put_number(json, "score", alert->score, 6);
    put_number(json, "weight", alert->weight, 2);
    put_raw_or_null(json, "hit", alert->hit);
    mz_json_pair(json, "phase", alert->phase);
    put_or_null(json, "disposition", alert->disposition);
    put_or_null(json, "decision", alert->decision);
    put_or_null(json, "previous", alert->previous);
    mz_json_pair(json, "why", alert->why);
    mz_json_pair_int(json, "receipt", alert->receipt);
    mz_people_time(json, "born", alert->born);
    mz_people_time(json, "changed", alert->changed);
    mz_people_time(json, "until", alert->until);
    if (index) {
        put_record(json, index, alert->list, alert->entity);
        put_changes(json, alert, arena);
    } else {
        mz_json_key(json, "case");
        mz_json_object(json);
        mz_json_pair(json, "id", alert->case_key);
        mz_json_pair(json, "label", alert->case_label);
        mz_json_object_end(json);
        mz_json_key(json, "subject");
        mz_json_object(json);
        mz_json_pair(json, "id", alert->subject);
        mz_json_pair(json, "caption", alert->subject_caption);
        mz_json_object_end(json);
    }
    mz_json_object_end(json);
}

/* ---- decisions ---- */

void mz_decision_write_json(mz_json *json, const mz_decision *decision) {
    mz_json_object(json);
    mz_json_pair(json, "id", decision->key);
    mz_json_pair(json, "disposition", mz_str_of(mz_disposition_word(decision->disposition)));
    mz_json_key(json, "reason");
    mz_json_object(json);
    mz_json_pair(json, "id", decision->reason);
    mz_titles_write(json, "titles", decision->titles);
    mz_json_object_end(json);
    mz_json_pair(json, "note", decision->note);
    mz_json_pair(json, "phase", decision->phase);
    mz_json_key(json, "alerts");
    mz_json_array(json);
    for (size_t k = 0; k < decision->alert_count; k++) mz_json_str(json, decision->alerts[k]);
    mz_json_array_end(json);
    mz_named_write(json, "proposer", &decision->proposer);
    mz_people_time(json, "proposed", decision->proposed);
    mz_named_write(json, "approver", &decision->approver);
    mz_people_time(json, "answered", decision->answered);
    put_or_null(json, "answer", decision->answer);
    mz_named_write(json, "undoer", &decision->undoer);
    mz_people_time(json, "undone", decision->undone);
    put_or_null(json, "undone_why", decision->undone_why);
    mz_json_pair_bool(json, "four_eyes", decision->four_eyes);
    mz_json_pair_int(json, "entry", decision->entry);
    mz_json_object_end(json);
}

/* ---- events: `detail` as pages need it, made of what is kept ---- */

static mz_str text_of(const mz_json_value *object, const char *key) {
    mz_str text = MZ_STR("");
    (void)mz_json_read_str(object, key, &text, NULL);
    return text;
}

static void put_assigned(mz_json *json, const mz_case_event *event, const mz_json_value *detail) {
    const mz_named assignee = {.key = text_of(detail, "to"), .name = event->text};
    mz_json_object(json);
    mz_named_write(json, "assignee", &assignee);
    mz_json_object_end(json);
}

static void put_due(mz_json *json, const mz_json_value *detail) {
    int64_t due = 0;
    (void)mz_json_read_int(detail, "to", 0, INT64_C(253402300799), &due, NULL);
    mz_json_object(json);
    mz_people_time(json, "due", due);
    mz_json_object_end(json);
}

static void put_attached(mz_json *json, const mz_case_event *event, const mz_json_value *detail) {
    mz_json_object(json);
    mz_json_pair(json, "attachment", text_of(detail, "attachment"));
    mz_json_pair(json, "file_name", event->text);
    mz_json_pair(json, "digest", text_of(detail, "digest"));
    mz_json_object_end(json);
}

static void put_decided(mz_json *json, const mz_json_value *detail, const mz_reason *reasons, size_t reason_count) {
    mz_str reason = text_of(detail, "reason");
    mz_json_object(json);
    mz_json_pair(json, "decision", text_of(detail, "decision"));
    if (text_of(detail, "disposition").size) mz_json_pair(json, "disposition", text_of(detail, "disposition"));
    if (text_of(detail, "why").size) mz_json_pair(json, "why", text_of(detail, "why"));
    for (size_t k = 0; k < reason_count && reason.size; k++) {
        if (!mz_str_equal(reasons[k].key, reason)) continue;
        mz_json_key(json, "reason");
        mz_json_object(json);
        mz_json_pair(json, "id", reason);
        mz_titles_write(json, "titles", reasons[k].titles);
        mz_json_object_end(json);
    }
    mz_json_object_end(json);
}

static bool is_kind(const mz_case_event *event, const char *start) {
    size_t size = strlen(start);
    return event->kind.size >= size && memcmp(event->kind.data, start, size) == 0;
}

void mz_case_event_write_json(mz_json *json, const mz_case_event *event, const mz_reason *reasons, size_t reason_count,
                              mz_arena *arena) {
    const mz_json_value *detail = NULL;
    bool named = is_kind(event, "assigned") || is_kind(event, "attachment.");
    mz_json_object(json);
    mz_json_pair(json, "id", event->key);
    mz_people_time(json, "at", event->at);
    mz_json_pair(json, "kind", event->kind);
    mz_named_write(json, "actor", &event->actor);
    mz_json_pair(json, "actor_kind", event->actor.kind);
    mz_json_pair(json, "text", named ? MZ_STR("") : event->text);
    mz_json_pair_int(json, "entry", event->entry);
    mz_json_key(json, "detail");
    if (mz_json_parse(event->detail, 0, arena, &detail, NULL))
        mz_json_raw(json, MZ_STR("{}"));
    else if (is_kind(event, "assigned"))
        put_assigned(json, event, detail);
    else if (is_kind(event, "due.set"))
        put_due(json, detail);
    else if (is_kind(event, "attachment."))
        put_attached(json, event, detail);
    else if (is_kind(event, "decision."))
        put_decided(json, detail, reasons, reason_count);
    else
        mz_json_raw(json, event->detail);
    mz_json_object_end(json);
}

/* ---- attachments and clearances ---- */

void mz_attachment_write_json(mz_json *json, const mz_attachment *file) {
    mz_json_object(json);
    mz_json_pair(json, "id", file->key);
    mz_json_pair(json, "file_name", file->file_name);
    mz_json_pair(json, "media_type", file->media_type);
    mz_json_pair_int(json, "size", file->size);
    mz_json_pair(json, "digest", file->digest);
    mz_named_write(json, "actor", &file->actor);
    mz_people_time(json, "at", file->at);
    mz_json_pair_bool(json, "removed", file->removed);
    mz_json_object_end(json);
}

void mz_clearance_write_json(mz_json *json, const mz_clearance *clearance) {
    mz_json_object(json);
    mz_json_pair(json, "id", clearance->key);
    mz_json_key(json, "subject");
    mz_json_object(json);
    mz_json_pair(json, "id", clearance->subject);
    mz_json_pair(json, "caption", clearance->subject_caption);
    mz_json_object_end(json);
    mz_json_pair(json, "entity", clearance->entity);
    mz_json_pair(json, "caption", clearance->caption);
    mz_json_pair(json, "list", clearance->list);
    mz_json_pair(json, "state", clearance->state);
    mz_people_time(json, "created", clearance->created);
    mz_people_time(json, "ends", clearance->ends);
    mz_json_pair_int(json, "quieted", clearance->quieted);
    mz_people_time(json, "last_quieted", clearance->last_quieted);
    mz_json_key(json, "decision");
    mz_json_object(json);
    mz_json_pair(json, "id", clearance->decision);
    mz_json_key(json, "case");
    mz_json_object(json);
    mz_json_pair(json, "id", clearance->case_key);
    mz_json_pair(json, "label", clearance->case_label);
    mz_json_object_end(json);
    mz_json_key(json, "reason");
    mz_json_object(json);
    mz_json_pair(json, "id", clearance->reason);
    mz_titles_write(json, "titles", clearance->titles);
    mz_json_object_end(json);
    mz_json_pair(json, "note", clearance->note);
    mz_named_write(json, "proposer", &clearance->proposer);
    mz_named_write(json, "approver", &clearance->approver);
    mz_json_object_end(json);
    mz_json_key(json, "rests_on");
    mz_json_object(json);
    put_raw_or_null(json, "subject", clearance->subject_facts);
    put_raw_or_null(json, "entity", clearance->entity_facts);
    mz_json_object_end(json);
    mz_people_time(json, "ended", clearance->ended);
    mz_named_write(json, "ended_by", &clearance->ended_by);
    mz_json_pair(json, "ended_why", clearance->ended_why);
    mz_json_object_end(json);
}
