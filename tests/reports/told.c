#include "told.h"

#include "audit/audit.h"
#include "test.h"

typedef struct telling {
    office *open;
    mz_str agency, name, proposer, approver;
    bool decided;
    told_case told;
} telling;

static mz_sql_value text(const char *value) {
    return mz_sql_text(mz_str_of(value));
}

static mz_sql_value key(telling *at, const char *kind) {
    return mz_sql_text(mz_arena_print(&at->open->arena, "%s-%.*s", kind, (int)at->name.size, at->name.data));
}

static mz_status add_receipt(telling *at, mz_sql *sql, mz_error *error) {
    mz_audit_place place;
    char digest[MZ_DIGEST_HEX_SIZE];
    mz_status status = mz_audit_keep(sql, MZ_STR("policy"), MZ_STR("{}"), digest, error);
    const mz_audit_draft draft = {
        .chain = at->agency,
        .kind = MZ_STR("screening"),
        .actor_kind = MZ_STR("person"),
        .actor = at->proposer,
        .body = mz_arena_print(&at->open->arena,
                               "{\"build\":{\"id\":\"4b1d\",\"version\":\"0.6.0\"},\"hits\":1,\"lists\":[{\"entities\":"
                               "101,\"list\":\"un\",\"published\":1785542400,\"version\":\"9f8e\"}],\"options\":{},"
                               "\"policy\":{\"digest\":\"%s\",\"name\":\"default\"},\"why\":\"asked\"}",
                               digest),
        .personal = MZ_STR("{\"answer\":{\"hits\":[]},\"query\":{\"properties\":{\"name\":[\"Sofyane\"]}}}")};
    if (!status) status = mz_audit_append(sql, &draft, &place, error);
    at->told.receipt = place.number;
    return status;
}

static mz_status add_subject(telling *at, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {
        key(at, "S"), mz_sql_text(at->agency),
        text("{\"birthDate\":[\"1974-03-09\"],\"name\":[\"سفيان المربكوي\",\"Sofyane El Marbekoui\"],\"nationality\":"
             "[\"ma\"]}")};
    return mz_sql_run(sql,
                      "INSERT INTO subject (subject, agency, source, reference, schema, caption, properties, digest, "
                      "words, state, sequence, created, changed, screened) VALUES (?1, ?2, 'bank', ?1, 'Person', "
                      "'سفيان المربكوي', ?3, '', '', 'active', 1, 0, 0, 0)",
                      values, 3, NULL, error);
}

static mz_status add_case(telling *at, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {key(at, "C"),
                                   mz_sql_text(at->agency),
                                   key(at, "2027"),
                                   key(at, "S"),
                                   key(at, "A"),
                                   text(at->decided ? "closed" : "open"),
                                   mz_sql_int(at->decided ? 0 : 1)};
    at->told.key = values[0].text;
    at->told.label = values[2].text;
    return mz_sql_run(sql,
                      "INSERT INTO case_file (case_key, agency, label, subject, search, lists, phase, assignee, "
                      "escalated, weight, best, alerts, due, opened, changed, closed, version) VALUES (?1, ?2, ?3, ?4, "
                      "'', ' un ', ?6, '', 0, 31.4, ?5, ?7, 1800259200, 1800000000, 1800003600, 0, 1)",
                      values, 7, NULL, error);
}

static mz_status add_facts(telling *at, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {
        mz_sql_text(at->agency),
        text("{\"properties\":{\"birthDate\":[\"1974-03-09\"],\"name\":[\"SOFYANE EL MARBEKOUI\"]},\"schema\":"
             "\"Person\"}")};
    return mz_sql_run(sql,
                      "INSERT INTO case_facts (agency, digest, facts) VALUES (?1, 'f1', ?2) ON CONFLICT (agency, "
                      "digest) DO NOTHING",
                      values, 2, NULL, error);
}

static mz_status add_alert(telling *at, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {key(at, "A"),
                                   mz_sql_text(at->agency),
                                   key(at, "C"),
                                   key(at, "S"),
                                   text("{\"entity\":\"un-9900001\",\"reference\":\"INi.001\",\"evidence\":[{\"rule\":"
                                        "\"same\",\"property\":\"name\",\"query\":\"a\",\"entity\":\"a\",\"points\":"
                                        "0.9,\"bits\":31.4}]}"),
                                   text(at->decided ? "decided" : "open"),
                                   text(at->decided ? "true-match" : ""),
                                   at->decided ? key(at, "D") : text(""),
                                   mz_sql_int(at->told.receipt)};
    return mz_sql_run(
        sql,
        "INSERT INTO case_alert (alert, agency, case_key, subject, entity, list, list_version, caption, "
        "schema, score, weight, hit, subject_digest, entity_digest, subject_base, entity_base, phase, "
        "disposition, decision, until, receipt, why, previous, born, changed, gone) VALUES (?1, ?2, ?3, ?4, "
        "'un-9900001', 'un', '9f8e', 'SOFYANE EL MARBEKOUI', 'Person', 0.9, 31.4, ?5, 'f1', 'f1', 'f1', "
        "'f1', ?6, ?7, ?8, 0, ?9, 'asked', '', 1800000000, 1800000000, 0)",
        values, 9, NULL, error);
}

static mz_status add_decision(telling *at, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {
        key(at, "D"), mz_sql_text(at->agency), key(at, "C"), mz_sql_text(at->proposer), mz_sql_text(at->approver),
        key(at, "A")};
    mz_status status = mz_sql_run(
        sql,
        "INSERT INTO case_decision (decision, agency, case_key, disposition, reason, note, phase, four_eyes, "
        "proposer_kind, proposer, behind, proposed, approver, answered, answer, entry) VALUES (?1, ?2, ?3, "
        "'true-match', 'same', 'The passport was seen.', 'made', 1, 'person', ?4, ?4, 1800001800, ?5, "
        "1800003600, 'Agreed.', 1)",
        values, 5, NULL, error);
    const mz_sql_value judged[] = {values[0], values[5]};
    if (!status)
        status = mz_sql_run(sql,
                            "INSERT INTO case_judged (decision, alert, subject_digest, entity_digest) VALUES (?1, ?2, "
                            "'f1', 'f1')",
                            judged, 2, NULL, error);
    return status;
}

static mz_status add_papers(telling *at, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {key(at, "E"), mz_sql_text(at->agency), key(at, "C"), mz_sql_text(at->proposer)};
    mz_status status = mz_sql_run(sql,
                                  "INSERT INTO case_event (event, agency, case_key, at, kind, actor_kind, actor, said, "
                                  "detail, entry) VALUES (?1, ?2, ?3, 1800000900, 'note', 'person', ?4, "
                                  "'<script>alert(1)</script>', '{}', 1)",
                                  values, 4, NULL, error);
    const mz_sql_value attachment[] = {key(at, "T"), mz_sql_text(at->agency), key(at, "C"), mz_sql_text(at->proposer)};
    const mz_sql_value content[] = {mz_sql_text(at->agency), mz_sql_bytes(MZ_STR("a \0 letter"))};
    if (!status)
        status = mz_sql_run(sql,
                            "INSERT INTO case_attachment (attachment, agency, case_key, digest, file_name, media_type, "
                            "size, actor_kind, actor, at, removed) VALUES (?1, ?2, ?3, '0e5751c0', 'letter.txt', "
                            "'text/plain', 10, 'person', ?4, 1800000900, 0)",
                            attachment, 4, NULL, error);
    if (!status)
        status = mz_sql_run(sql,
                            "INSERT INTO case_content (agency, digest, bytes, size) VALUES (?1, '0e5751c0', ?2, 10) ON "
                            "CONFLICT (agency, digest) DO NOTHING",
                            content, 2, NULL, error);
    return status;
}

static mz_status tell(void *context, mz_sql *sql, mz_error *error) {
    telling *at = context;
    mz_status status = add_receipt(at, sql, error);
    if (!status) status = add_subject(at, sql, error);
    if (!status) status = add_case(at, sql, error);
    if (!status) status = add_facts(at, sql, error);
    if (!status) status = add_alert(at, sql, error);
    if (!status && at->decided) status = add_decision(at, sql, error);
    if (!status) status = add_papers(at, sql, error);
    return status;
}

told_case told_add(office *open, const mz_agency *agency, const char *name, const mz_person *proposer,
                   const mz_person *approver, bool decided) {
    mz_error error;
    telling at = {.open = open,
                  .agency = agency->key,
                  .name = mz_str_of(name),
                  .proposer = proposer->key,
                  .approver = approver->key,
                  .decided = decided};
    CHECK_OK(mz_store_change(open->store, tell, &at, &error), error);
    return at.told;
}
