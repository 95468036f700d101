/* Raising alerts. First everything that is known of the subject's pairs is read, with two queries however many hits
 * there are; then it is decided what becomes of each pair; and only when something is raised or refreshed is anything
 * but a count written.
 *
 * Rejected: to ask the store for each pair, which is most of the time of a run in which nothing is new. */
#include "audit/receipt.h"
#include "base/clock.h"
#include "base/error.h"
#include "cases/pairs.h"
#include "screen/facts.h"
#include "screen/query_json.h"

typedef struct raising {
    const mz_raising *given;
    mz_screening screening; /* with as many hits as there is room for */
    mz_case_work work;
    mz_case_facts subject;
    mz_pair *pairs;
    size_t count;
    mz_raised raised;
    bool opened; /* the case is new */
} raising;

/* ---- what becomes of a pair ---- */

static bool same(const mz_pair *pair, mz_str subject_digest, mz_str subject_then, mz_str entity_then) {
    return mz_str_equal(subject_digest, subject_then) && mz_str_equal(mz_str_of(pair->entity.digest), entity_then);
}

mz_pair_outcome mz_pair_judge(const mz_pair *pair, mz_str subject_digest, int64_t now, const char **ret_ends) {
    const mz_pair_clearance *clearance = &pair->clearance;
    const mz_pair_alert *last = &pair->last;
    *ret_ends = NULL;
    if (clearance->key.size) {
        bool expired = clearance->ends && clearance->ends <= now;
        bool unchanged = same(pair, subject_digest, clearance->subject_digest, clearance->entity_digest);
        if (!expired && unchanged) return MZ_PAIR_QUIET;
        *ret_ends = unchanged ? "expired" : "outdated";
    }
    bool decided = mz_str_equal(last->phase, MZ_STR("decided"));
    bool unchanged = last->key.size && same(pair, subject_digest, last->subject_digest, last->entity_digest);
    if (!last->key.size) return MZ_PAIR_RAISE;
    if (!decided) return unchanged ? MZ_PAIR_KNOWN : MZ_PAIR_REFRESH;
    /* what was found to be true stays so; what was cleared alerts when there is no clearance any more */
    bool true_match = mz_str_equal(last->disposition, mz_str_of(mz_disposition_word(MZ_TRUE_MATCH)));
    return unchanged && true_match ? MZ_PAIR_KNOWN : MZ_PAIR_RAISE;
}

/* ---- reading what is known ---- */

static mz_pair *pair_of(raising *r, mz_str list, mz_str entity) {
    for (size_t p = 0; p < r->count; p++) {
        const mz_index_entry *listed = &r->pairs[p].hit->entity;
        if (mz_str_equal(listed->id, entity) && mz_str_equal(listed->list, list)) return &r->pairs[p];
    }
    return NULL;
}

/* Of entities of a list with the same id the best hit counts, which comes first. */
static mz_status gather_pairs(raising *r, mz_error *error) {
    const mz_screening *screening = &r->screening;
    mz_entity_facts *own = NULL, *facts = r->given->facts;
    mz_status status = MZ_OK;
    r->pairs = MZ_ARENA_NEW(r->work.arena, screening->hit_count, mz_pair);
    if (!r->pairs) return mz_fail_arena(r->work.arena, error, "the alerts of a subject");
    if (!facts) status = mz_entity_facts_new(r->given->index, &own, error);
    if (!facts) facts = own;
    for (size_t h = 0; h < screening->hit_count && !status; h++) {
        const mz_hit *hit = &screening->hits[h];
        if (pair_of(r, hit->entity.list, hit->entity.id)) continue;
        mz_pair *pair = &r->pairs[r->count++];
        pair->hit = hit;
        status = mz_entity_facts_of(facts, hit->number, r->work.arena, &pair->entity, error);
    }
    mz_entity_facts_free(own);
    return status;
}

static mz_status gather_subject(raising *r, mz_error *error) {
    const mz_entity *entity;
    mz_status status = mz_subject_entity(r->given->subject, r->work.arena, &entity, error);
    if (status) return status;
    r->subject.text = mz_facts_write(entity, r->work.arena);
    if (r->work.arena->failed) return mz_fail_arena(r->work.arena, error, "the facts of a subject");
    mz_facts_digest(r->subject.text, r->subject.digest);
    return MZ_OK;
}

/* The last of a pair comes last, and is the only one that may not be decided. */
static mz_status take_alert(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    raising *r = context;
    mz_pair *pair = pair_of(r, c[10].text, c[1].text);
    mz_arena *arena = r->work.arena;
    (void)count;
    if (!pair) return MZ_OK;
    pair->last = (mz_pair_alert){.key = mz_case_column(arena, c[0]),
                                 .entity = pair->hit->entity.id,
                                 .case_key = mz_case_column(arena, c[2]),
                                 .phase = mz_case_column(arena, c[3]),
                                 .disposition = mz_case_column(arena, c[4]),
                                 .decision = mz_case_column(arena, c[5]),
                                 .subject_digest = mz_case_column(arena, c[6]),
                                 .entity_digest = mz_case_column(arena, c[7]),
                                 .subject_base = mz_case_column(arena, c[8]),
                                 .entity_base = mz_case_column(arena, c[9])};
    return arena->failed ? mz_fail_arena(arena, error, "the alerts of a subject") : MZ_OK;
}

static mz_status take_clearance(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    raising *r = context;
    mz_pair *pair = pair_of(r, c[5].text, c[1].text);
    mz_arena *arena = r->work.arena;
    (void)count;
    if (!pair) return MZ_OK;
    pair->clearance = (mz_pair_clearance){.key = mz_case_column(arena, c[0]),
                                          .entity = pair->hit->entity.id,
                                          .subject_digest = mz_case_column(arena, c[2]),
                                          .entity_digest = mz_case_column(arena, c[3]),
                                          .ends = c[4].number};
    return arena->failed ? mz_fail_arena(arena, error, "the clearances of a subject") : MZ_OK;
}

/* What a subject has is found by the subject alone. “|| ''” says so to a database that knows nothing of its tables yet
 * and takes any index that begins with the agency for as good: PostgreSQL then reads all alerts for each raising. */
static mz_status read_known(raising *r, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(r->work.agency), mz_sql_text(r->given->subject->key)};
    mz_status status = mz_sql_query(
        r->work.sql,
        "SELECT alert, entity, case_key, phase, disposition, decision, subject_digest, entity_digest, "
        "subject_base, entity_base, list FROM case_alert WHERE agency || '' = ?1 AND subject = ?2 ORDER BY CASE WHEN "
        "phase = 'decided' THEN 0 ELSE 1 END, receipt, alert",
        values, 2, take_alert, r, error);
    if (status) return status;
    return mz_sql_query(r->work.sql,
                        "SELECT clearance, entity, subject_digest, entity_digest, ends, list FROM case_clearance WHERE "
                        "agency || '' = ?1 AND subject = ?2 AND state = 'valid'",
                        values, 2, take_clearance, r, error);
}

/* ---- deciding, and what stays quiet ---- */

static mz_status keep_quiet(raising *r, const mz_pair *pair, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(r->work.agency), mz_sql_text(pair->clearance.key),
                                   mz_sql_int(r->work.now)};
    return mz_sql_run(r->work.sql,
                      "UPDATE case_clearance SET quieted = quieted + 1, last_quieted = ?3 WHERE agency = ?1 AND "
                      "clearance = ?2",
                      values, 3, NULL, error);
}

/* Of the day, for figures of a period: a clearance knows only how often it did so in all. */
static mz_status count_quiet(raising *r, size_t pairs, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(r->work.agency), mz_sql_int(r->work.now / 86400),
                                   mz_sql_int((int64_t)pairs)};
    return mz_sql_run(r->work.sql,
                      "INSERT INTO case_quiet (agency, day, pairs) VALUES (?1, ?2, ?3) ON CONFLICT (agency, day) DO "
                      "UPDATE SET pairs = case_quiet.pairs + excluded.pairs",
                      values, 3, NULL, error);
}

static mz_status judge_pairs(raising *r, mz_error *error) {
    size_t counts[MZ_PAIR_OUTCOME_COUNT] = {0};
    mz_status status = MZ_OK;
    for (size_t p = 0; p < r->count && !status; p++) {
        mz_pair *pair = &r->pairs[p];
        const char *ends;
        pair->outcome = mz_pair_judge(pair, mz_str_of(r->subject.digest), r->work.now, &ends);
        counts[pair->outcome]++;
        if (ends)
            status = mz_case_end_clearance(r->work.sql, r->work.agency, r->work.actor, pair->clearance.key, ends,
                                           mz_str_of(ends), MZ_STR(""), r->work.now, r->work.arena, NULL, error);
        else if (pair->outcome == MZ_PAIR_QUIET)
            status = keep_quiet(r, pair, error);
    }
    if (!status && counts[MZ_PAIR_QUIET]) status = count_quiet(r, counts[MZ_PAIR_QUIET], error);
    r->raised = (mz_raised){.hits = r->count,
                            .raised = counts[MZ_PAIR_RAISE],
                            .refreshed = counts[MZ_PAIR_REFRESH],
                            .quiet = counts[MZ_PAIR_QUIET],
                            .known = counts[MZ_PAIR_KNOWN],
                            .case_key = MZ_STR("")};
    return status;
}

/* ---- the receipt ---- */

static mz_status write_answer(const raising *r, mz_buffer *out, mz_error *error) {
    char digest[MZ_POLICY_DIGEST_SIZE] = "";
    mz_query_wishes none = {.limit = 0};
    if (r->given->answer.size) {
        mz_buffer_str(out, r->given->answer);
        return MZ_OK;
    }
    mz_status status = r->given->policy ? mz_policy_digest(r->given->policy, digest, error) : MZ_OK;
    const mz_answer_basis basis = {.policy = r->given->policy, .digest = digest, .wishes = &none};
    if (!status) mz_answer_write_json(&r->screening, &basis, out);
    return status;
}

static mz_status add_receipt(raising *r, mz_error *error) {
    mz_buffer answer;
    mz_audit_place place;
    mz_buffer_init(&answer, MZ_CASE_TEXT_BYTES);
    mz_status status = write_answer(r, &answer, error);
    if (!status && answer.failed) status = mz_fail_buffer(&answer, error, "the answer of a screening");
    const mz_receipt_draft draft = {
        .index = r->given->index,
        .policy = r->given->policy,
        .options = r->given->options,
        .query = r->given->query,
        .limit = r->screening.hit_count < r->given->screening->hit_count ? r->screening.hit_count : 0,
        .answer = mz_buffer_view(&answer),
        .why = mz_str_of(r->given->why),
        .actor_kind = mz_actor_kind_of(r->work.actor),
        .actor = r->work.actor->operating ? MZ_STR("") : r->work.actor->who->key,
        .object = r->given->subject->key,
        .chain = r->work.agency};
    if (!status) status = mz_receipt_add(r->work.sql, &draft, r->work.arena, &place, error);
    if (!status) r->raised.receipt = place.number;
    mz_buffer_done(&answer);
    return status;
}

/* ---- alerts ---- */

static mz_str list_version(const mz_index *index, mz_str list) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    for (size_t k = 0; k < facts.list_count; k++)
        if (mz_str_equal(facts.lists[k].list, list)) return facts.lists[k].version;
    return MZ_STR("");
}

static mz_status write_hit(const raising *r, const mz_hit *hit, mz_str *ret_text, mz_error *error) {
    mz_buffer text;
    mz_json json;
    mz_buffer_init(&text, MZ_CASE_TEXT_BYTES);
    mz_json_init(&json, &text);
    mz_hit_write_json(hit, &json);
    mz_status status = text.failed ? mz_fail_buffer(&text, error, "a hit") : MZ_OK;
    *ret_text = mz_arena_copy(r->work.arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    if (!status && r->work.arena->failed) status = mz_fail_arena(r->work.arena, error, "the alerts of a subject");
    return status;
}

static mz_status insert_alert(raising *r, const mz_pair *pair, mz_str hit, mz_error *error) {
    const mz_index_entry *entity = &pair->hit->entity;
    mz_str subject_digest = mz_str_of(r->subject.digest), entity_digest = mz_str_of(pair->entity.digest);
    bool again = pair->last.key.size > 0;
    const mz_sql_value values[] = {
        mz_sql_text(pair->alert),
        mz_sql_text(r->work.agency),
        mz_sql_text(r->work.row.key),
        mz_sql_text(r->given->subject->key),
        mz_sql_text(entity->id),
        mz_sql_text(entity->list),
        mz_case_text(list_version(r->given->index, entity->list)),
        mz_case_text(entity->caption),
        mz_sql_text(mz_str_of(mz_schema_name(entity->schema))),
        mz_sql_real(pair->hit->score),
        mz_sql_real(pair->hit->weight),
        mz_sql_text(hit),
        mz_sql_text(subject_digest),
        mz_sql_text(entity_digest),
        mz_sql_text(again ? pair->last.subject_digest : subject_digest),
        mz_sql_text(again ? pair->last.entity_digest : entity_digest),
        mz_sql_int(r->raised.receipt),
        mz_sql_text(mz_str_of(r->given->why)),
        mz_case_text(pair->last.key),
        mz_sql_int(r->work.now),
    };
    return mz_sql_run(
        r->work.sql,
        "INSERT INTO case_alert (alert, agency, case_key, subject, entity, list, list_version, caption, "
        "schema, score, weight, hit, subject_digest, entity_digest, subject_base, entity_base, phase, "
        "disposition, decision, until, receipt, why, previous, born, changed, gone) VALUES (?1, ?2, ?3, ?4, ?5, "
        "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 'open', '', '', 0, ?17, ?18, ?19, ?20, ?20, 0)",
        values, sizeof values / sizeof *values, NULL, error);
}

static mz_status refresh_alert(raising *r, const mz_pair *pair, mz_str hit, mz_error *error) {
    const mz_index_entry *entity = &pair->hit->entity;
    const mz_sql_value values[] = {mz_sql_text(r->work.agency),
                                   mz_sql_text(pair->last.key),
                                   mz_case_text(list_version(r->given->index, entity->list)),
                                   mz_case_text(entity->caption),
                                   mz_sql_text(mz_str_of(mz_schema_name(entity->schema))),
                                   mz_sql_real(pair->hit->score),
                                   mz_sql_real(pair->hit->weight),
                                   mz_sql_text(hit),
                                   mz_sql_text(mz_str_of(r->subject.digest)),
                                   mz_sql_text(mz_str_of(pair->entity.digest)),
                                   mz_sql_int(r->raised.receipt),
                                   mz_sql_text(mz_str_of(r->given->why))};
    mz_status status = mz_sql_run(r->work.sql,
                                  "UPDATE case_alert SET list_version = ?3, caption = ?4, schema = ?5, score = ?6, "
                                  "weight = ?7, hit = ?8, subject_digest = ?9, entity_digest = ?10, receipt = ?11, why "
                                  "= ?12, gone = 0 WHERE agency = ?1 AND alert = ?2",
                                  values, sizeof values / sizeof *values, NULL, error);
    const mz_alert_step step = {.alert = pair->last.key, .phase = pair->last.phase, .act = MZ_ALERT_REFRESH};
    return status ? status : mz_alert_take_step(&r->work, &step, error);
}

static mz_status write_alerts(raising *r, mz_error *error) {
    mz_status status =
        mz_case_keep_facts(r->work.sql, r->work.agency, mz_str_of(r->subject.digest), r->subject.text, error);
    for (size_t p = 0; p < r->count && !status; p++) {
        const mz_pair *pair = &r->pairs[p];
        mz_str hit;
        if (pair->outcome != MZ_PAIR_RAISE && pair->outcome != MZ_PAIR_REFRESH) continue;
        status =
            mz_case_keep_facts(r->work.sql, r->work.agency, mz_str_of(pair->entity.digest), pair->entity.text, error);
        if (!status) status = write_hit(r, pair->hit, &hit, error);
        if (status) break;
        status =
            pair->outcome == MZ_PAIR_RAISE ? insert_alert(r, pair, hit, error) : refresh_alert(r, pair, hit, error);
    }
    return status;
}

/* ---- what was proposed of pairs that have changed since ---- */

/* Two pairs of eyes see the same facts, or the proposal goes back; all of it, since it was one decision. */
static mz_status return_proposal(raising *r, mz_str decision, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(r->work.agency), mz_sql_text(decision), mz_sql_int(r->work.now)};
    uint64_t returned;
    mz_status status = mz_sql_run(r->work.sql,
                                  "UPDATE case_decision SET phase = 'returned', answered = ?3 WHERE agency = ?1 AND "
                                  "decision = ?2 AND phase = 'proposed'",
                                  values, 3, &returned, error);
    if (status || !returned) return status;
    status = mz_sql_run(r->work.sql,
                        "UPDATE case_alert SET phase = 'open', decision = '', disposition = '', until = 0, changed = "
                        "?3 WHERE agency = ?1 AND decision = ?2 AND phase = 'proposed'",
                        values, 3, NULL, error);
    if (status) return status;
    mz_case_object detail;
    mz_case_object_begin(&detail);
    mz_json_pair(&detail.json, "decision", decision);
    mz_json_pair(&detail.json, "why", MZ_STR("changed"));
    const mz_case_told told = {.kind = "decision.returned", .detail = mz_case_object_end(&detail, r->work.arena)};
    return mz_case_tell(&r->work, &told, NULL, NULL, error);
}

static mz_status return_proposals(raising *r, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t p = 0; p < r->count && !status; p++)
        if (r->pairs[p].outcome == MZ_PAIR_REFRESH && mz_str_equal(r->pairs[p].last.phase, MZ_STR("proposed")))
            status = return_proposal(r, r->pairs[p].last.decision, error);
    return status;
}

/* ---- the case ---- */

static bool has_list(mz_str lists, mz_str list) {
    for (size_t at = 0; at + list.size + 2 <= lists.size; at++)
        if (lists.data[at] == ' ' && lists.data[at + 1 + list.size] == ' ' &&
            memcmp(lists.data + at + 1, list.data, list.size) == 0)
            return true;
    return false;
}

static void name_lists(raising *r) {
    mz_str lists = r->work.row.lists;
    for (size_t p = 0; p < r->count; p++) {
        mz_str list = r->pairs[p].hit->entity.list;
        if (r->pairs[p].outcome != MZ_PAIR_RAISE || has_list(lists, list)) continue;
        lists = mz_arena_print(r->work.arena, "%.*s%.*s ", lists.size ? (int)lists.size : 1,
                               lists.size ? lists.data : " ", (int)list.size, list.data);
    }
    r->work.row.lists = lists;
}

static void name_search(raising *r) {
    const mz_subject *subject = r->given->subject;
    mz_str names = mz_arena_print(r->work.arena, "%.*s %.*s", (int)subject->reference.size, subject->reference.data,
                                  (int)subject->caption.size, subject->caption.data);
    if (r->work.row.label.size)
        names = mz_arena_print(r->work.arena, "%.*s %.*s", (int)r->work.row.label.size, r->work.row.label.data,
                               (int)names.size, names.data);
    r->work.row.search = mz_case_searched(r->work.arena, names);
}

/* Keys for what is raised. */
static void name_alerts(raising *r) {
    for (size_t p = 0; p < r->count; p++) {
        char key[MZ_SQL_KEY_SIZE];
        if (r->pairs[p].outcome == MZ_PAIR_REFRESH) r->pairs[p].alert = r->pairs[p].last.key;
        if (r->pairs[p].outcome != MZ_PAIR_RAISE) continue;
        mz_sql_new_key(key);
        r->pairs[p].alert = mz_arena_copy(r->work.arena, mz_str_of(key));
    }
}

/* A new case has what is raised now and nothing else. */
static mz_status open_case(raising *r, mz_error *error) {
    mz_case_row *row = &r->work.row;
    *row = (mz_case_row){.subject = r->given->subject->key, .lists = MZ_STR(""), .best = MZ_STR("")};
    for (size_t p = 0; p < r->count; p++) {
        const mz_pair *pair = &r->pairs[p];
        if (pair->outcome != MZ_PAIR_RAISE) continue;
        if (!row->alerts++ || pair->hit->weight > row->weight) {
            row->weight = pair->hit->weight;
            row->best = pair->alert;
        }
    }
    name_lists(r);
    name_search(r);
    r->opened = true;
    mz_status status = mz_case_due(&r->work, &row->due, error);
    return status ? status : mz_case_insert(&r->work, error);
}

static mz_status find_case(raising *r, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(r->work.agency), mz_sql_text(r->given->subject->key)};
    const mz_sql_value *c;
    mz_status status =
        mz_sql_first(r->work.sql,
                     "SELECT case_key FROM case_file WHERE agency || '' = ?1 AND subject = ?2 AND phase <> "
                     "'closed'",
                     values, 2, r->work.arena, &c, error);
    if (status) return status;
    if (!c) return open_case(r, error);
    status = mz_case_begin_any(r->work.sql, r->work.agency, r->work.actor, c[0].text, r->work.arena, &r->work, error);
    if (status) return status;
    name_lists(r);
    name_search(r);
    return MZ_OK;
}

static mz_status tell_outcome(raising *r, const char *kind, mz_pair_outcome outcome, mz_error *error) {
    mz_case_object detail;
    size_t told_of = 0;
    mz_case_object_begin(&detail);
    mz_json_key(&detail.json, "alerts");
    mz_json_array(&detail.json);
    for (size_t p = 0; p < r->count; p++) {
        if (r->pairs[p].outcome != outcome) continue;
        mz_json_str(&detail.json, r->pairs[p].alert);
        told_of++;
    }
    mz_json_array_end(&detail.json);
    mz_json_pair(&detail.json, "why", mz_str_of(r->given->why));
    const mz_case_told told = {
        .kind = kind, .detail = mz_case_object_end(&detail, r->work.arena), .entry = r->raised.receipt};
    return told_of ? mz_case_tell(&r->work, &told, NULL, NULL, error) : MZ_OK;
}

/* A heavier alert may make it urgent: sooner, never later. */
static mz_status hasten(raising *r, mz_error *error) {
    int64_t due;
    bool waits = mz_str_equal(r->work.row.phase, MZ_STR("waiting"));
    mz_status status = mz_case_due(&r->work, &due, error);
    if (!status && !waits && due < r->work.row.due) r->work.row.due = due;
    return status;
}

static mz_status end_case(raising *r, mz_error *error) {
    double weight = r->work.row.weight;
    mz_status status = return_proposals(r, error);
    if (!status) status = mz_case_reckon(&r->work, error);
    if (!status && r->work.row.weight > weight) status = hasten(r, error);
    if (!status && r->work.arena->failed) status = mz_fail_arena(r->work.arena, error, "the case");
    return status ? status : mz_case_write(&r->work, error);
}

static mz_status write_case(raising *r, mz_error *error) {
    name_alerts(r);
    mz_status status = add_receipt(r, error);
    if (!status) status = find_case(r, error);
    if (!status && r->work.arena->failed) status = mz_fail_arena(r->work.arena, error, "the alerts of a subject");
    if (!status) status = write_alerts(r, error);
    if (!status && !r->opened) status = end_case(r, error);
    if (!status) status = tell_outcome(r, r->opened ? "opened" : "alert.raised", MZ_PAIR_RAISE, error);
    if (!status) status = tell_outcome(r, "alert.refreshed", MZ_PAIR_REFRESH, error);
    r->raised.case_key = r->work.row.key;
    return status;
}

/* ---- what is beyond ---- */

/* An answer that was written before is kept as it is. */
static mz_status leave_room(raising *r, mz_error *error) {
    size_t hits = r->screening.hit_count;
    mz_status status =
        r->given->answer.size ? MZ_OK : mz_receipt_room(&r->screening, r->given->query.size, &hits, error);
    r->screening.hit_count = hits;
    return status;
}

/* The case that has alerts on the subject, or had them last. */
static mz_status find_last_case(raising *r, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(r->work.agency), mz_sql_text(r->given->subject->key)};
    const mz_sql_value *c;
    if (r->work.row.key.size) return MZ_OK;
    mz_status status = mz_sql_first(r->work.sql,
                                    "SELECT case_key FROM case_file WHERE agency || '' = ?1 AND subject = ?2 ORDER BY "
                                    "CASE WHEN phase = 'closed' THEN 1 ELSE 0 END, case_key DESC LIMIT 1",
                                    values, 2, r->work.arena, &c, error);
    if (status || !c) return status;
    return mz_case_begin_any(r->work.sql, r->work.agency, r->work.actor, c[0].text, r->work.arena, &r->work, error);
}

static mz_status is_told(raising *r, mz_str detail, bool *ret_told, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(r->work.row.key)};
    const mz_sql_value *c;
    mz_status status = mz_sql_first(r->work.sql,
                                    "SELECT detail FROM case_event WHERE case_key = ?1 AND kind = 'hits.cut' ORDER BY "
                                    "entry DESC LIMIT 1",
                                    values, 1, r->work.arena, &c, error);
    if (!status) *ret_told = c && mz_str_equal(c[0].text, detail);
    return status;
}

/* Once for as long as there are as many. */
static mz_status tell_beyond(raising *r, mz_error *error) {
    mz_case_object detail;
    bool told = false;
    r->raised.beyond = r->given->screening->total_hits - r->screening.hit_count;
    mz_status status = r->raised.beyond ? find_last_case(r, error) : MZ_OK;
    if (status || !r->raised.beyond || !r->work.row.key.size || r->work.row.erased) return status;
    mz_case_object_begin(&detail);
    mz_json_pair_int(&detail.json, "hits", (int64_t)r->given->screening->total_hits);
    mz_json_pair_int(&detail.json, "kept", (int64_t)r->screening.hit_count);
    const mz_case_told cut = {.kind = "hits.cut", .detail = mz_case_object_end(&detail, r->work.arena)};
    status =
        r->work.arena->failed ? mz_fail_arena(r->work.arena, error, "the case") : is_told(r, cut.detail, &told, error);
    return status || told ? status : mz_case_tell(&r->work, &cut, NULL, NULL, error);
}

mz_status mz_cases_raise(mz_sql *sql, const mz_raising *given, mz_arena *arena, mz_raised *ret_raised,
                         mz_error *error) {
    raising r = {
        .given = given,
        .screening = *given->screening,
        .work = {.sql = sql, .arena = arena, .agency = given->agency, .actor = given->actor, .now = mz_clock_now()},
        .raised = {.case_key = MZ_STR("")}};
    mz_status status = MZ_OK;
    if (given->screening->hit_count) {
        status = leave_room(&r, error);
        if (!status) status = gather_subject(&r, error);
        if (!status) status = gather_pairs(&r, error);
        if (!status) status = read_known(&r, error);
        if (!status) status = judge_pairs(&r, error);
        if (!status && r.raised.raised + r.raised.refreshed) status = write_case(&r, error);
        if (!status) status = tell_beyond(&r, error);
    }
    if (!status) *ret_raised = r.raised;
    return status;
}
