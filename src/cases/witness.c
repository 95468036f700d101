/* Rows are read for a page of entries at a time, in the order of the entries that they name, and are kept as digests of
 * what they say; an entry says the same when its own digest is the same. What was erased says nothing on both sides.
 *
 * An event is its entry: case, kind, by whom, what was said, details; one that tells of a screening, or of the end of a
 * clearance, shares the entry of that, and is to be about what it names. A decision is the entry that it was proposed
 * or made in, and stands as the last event that names it says. An alert's hit is among the hits of its receipt. */
#include "cases/witness.h"

#include "audit/line.h"
#include "audit/receipt.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "base/shown.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_BYTES = 512 << 20, TREE_BYTES = 256 << 20, TEXT_BYTES = 64 << 20, AT_MOST_S = 600 };

typedef enum row_kind { EVENT, DECISION, OUTCOME, HIT, ROW_KINDS } row_kind;

typedef struct row {
    int64_t number;
    struct row *next;
    const char *amiss; /* that needs no entry to be seen; NULL: nothing */
    int64_t at;
    mz_str kind, key; /* of the event; of the row */
    char digest[MZ_DIGEST_HEX_SIZE];
} row;

/* What disagrees, all of it: where one case is asked for, and not the first of a whole chain. */
typedef struct gathering {
    mz_case_disagreement *items;
    size_t count, room;
} gathering;

typedef struct hearing {
    mz_arena rows, tree;
    mz_buffer text;
    row *first[ROW_KINDS], *last[ROW_KINDS];
    gathering *gathered; /* NULL: only the first is wanted */
} hearing;

/* ---- digests ---- */

typedef struct saying {
    mz_digest digest;
} saying;

static void say(saying *said, mz_str text) {
    uint64_t size = text.size;
    mz_digest_update(&said->digest, &size, sizeof size);
    mz_digest_update(&said->digest, text.data, text.size);
}

static mz_status say_json(hearing *heard, saying *said, const mz_json_value *value, mz_error *error) {
    mz_buffer_clear(&heard->text);
    mz_status status = mz_json_canonical_value(value, &heard->tree, &heard->text, error);
    if (!status) say(said, mz_buffer_view(&heard->text));
    return status;
}

static mz_str text_of(mz_sql_value value) {
    return value.kind == MZ_SQL_TEXT ? value.text : MZ_STR("");
}

static mz_str member_of(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    return member && (member->kind == MZ_JSON_STRING || member->kind == MZ_JSON_NUMBER) ? member->text : MZ_STR("");
}

/* ---- rows ---- */

static row *add_row(hearing *heard, row_kind kind, const mz_sql_value *number, mz_str key) {
    row *made = MZ_ARENA_NEW(&heard->rows, 1, row);
    if (!made) return NULL;
    *made = (row){.number = number->number, .key = mz_arena_copy(&heard->rows, key)};
    if (heard->last[kind])
        heard->last[kind]->next = made;
    else
        heard->first[kind] = made;
    heard->last[kind] = made;
    return made;
}

static bool is_shared(mz_str kind) {
    return mz_str_equal(kind, MZ_STR("opened")) || mz_str_equal(kind, MZ_STR("alert.raised")) ||
           mz_str_equal(kind, MZ_STR("alert.refreshed")) || mz_str_equal(kind, MZ_STR("clearance.revoked"));
}

/* entry, event, kind, at, case_key, actor_kind, actor, said, detail */
static mz_status take_event(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    hearing *heard = context;
    const mz_json_value *detail;
    saying said;
    row *made = add_row(heard, EVENT, &c[0], text_of(c[1]));
    (void)count;
    if (!made) return mz_fail_arena(&heard->rows, error, "the events of cases");
    made->kind = mz_arena_copy(&heard->rows, text_of(c[2]));
    made->at = c[3].number;
    mz_digest_init(&said.digest);
    say(&said, text_of(c[5]));
    say(&said, text_of(c[6]));
    if (!is_shared(made->kind)) {
        say(&said, text_of(c[4]));
        say(&said, text_of(c[7]));
        mz_arena_reset(&heard->tree);
        mz_status status = mz_json_parse(text_of(c[8]), 0, &heard->tree, &detail, NULL);
        if (!status) status = say_json(heard, &said, detail, NULL);
        if (status == MZ_ERR_MEMORY) return mz_fail_memory(error);
        if (status) made->amiss = "the details of an event cannot be read";
    }
    mz_digest_hex(&said.digest, made->digest);
    return MZ_OK;
}

/* entry, decision, case_key, disposition, reason, note, phase, proposer_kind, proposer, alerts, four_eyes */
static mz_status take_decision(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    hearing *heard = context;
    saying said;
    char alerts[32];
    row *made = add_row(heard, DECISION, &c[0], text_of(c[1]));
    (void)count;
    if (!made) return mz_fail_arena(&heard->rows, error, "the decisions");
    (void)snprintf(alerts, sizeof alerts, "%lld", (long long)c[9].number);
    mz_digest_init(&said.digest);
    for (size_t k = 1; k <= 5; k++) say(&said, text_of(c[k]));
    say(&said, text_of(c[7]));
    say(&said, c[10].number ? MZ_STR("decision.proposed") : MZ_STR("decision.made"));
    say(&said, mz_str_of(alerts));
    mz_digest_hex(&said.digest, made->digest);
    made->kind = mz_arena_copy(&heard->rows, text_of(c[8]));
    return MZ_OK;
}

static bool is_phase_of(mz_str kind, mz_str phase) {
    static const char prefix[] = "decision.";
    size_t size = sizeof prefix - 1;
    return kind.size > size && memcmp(kind.data, prefix, size) == 0 &&
           mz_str_equal((mz_str){kind.data + size, kind.size - size}, phase);
}

/* entry, decision, kind, phase, answer, approver_kind, approver, entry of the decision, entries of the last event and
 * of the last that answers, which stays what it was when the decision is taken back */
static mz_status take_outcome(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    hearing *heard = context;
    saying said;
    bool first = c[7].number == c[0].number, last = c[8].number == c[0].number;
    bool answered = c[9].kind == MZ_SQL_INT && c[9].number != c[7].number;
    bool answers = answered && c[9].number == c[0].number;
    (void)count;
    if (!first && !last && !answers) return MZ_OK;
    row *made = add_row(heard, OUTCOME, &c[0], text_of(c[1]));
    if (!made) return mz_fail_arena(&heard->rows, error, "the decisions");
    if (last && !is_phase_of(text_of(c[2]), text_of(c[3]))) made->amiss = "it is not as its last event left it";
    if (first && !answered && text_of(c[4]).size) made->amiss = "it has an answer that nobody gave";
    bool undone = last && mz_str_equal(text_of(c[2]), MZ_STR("decision.undone"));
    if (last && !undone && text_of(c[10]).size) made->amiss = "nobody has taken it back";
    if (undone) {
        made->kind = MZ_STR("undone");
        mz_digest_init(&said.digest);
        say(&said, text_of(c[10]));
        mz_digest_hex(&said.digest, made->digest);
    }
    if (undone || !answers) return MZ_OK;
    bool by_somebody = c[6].kind == MZ_SQL_TEXT;
    made->kind = by_somebody ? MZ_STR("somebody") : MZ_STR("nobody");
    mz_digest_init(&said.digest);
    say(&said, text_of(c[4]));
    say(&said, by_somebody ? text_of(c[5]) : MZ_STR(""));
    say(&said, by_somebody ? text_of(c[6]) : MZ_STR(""));
    mz_digest_hex(&said.digest, made->digest);
    return MZ_OK;
}

static bool is_near(mz_str written, double kept) {
    char number[64];
    if (!written.size || written.size >= sizeof number) return false;
    memcpy(number, written.data, written.size);
    number[written.size] = '\0';
    double read = strtod(number, NULL);
    return fabs(read - kept) <= 0.001 + 0.001 * fabs(kept);
}

/* receipt, alert, hit, entity, list, caption, score, weight, disposition, disposition of its decision */
static mz_status take_hit(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    hearing *heard = context;
    const mz_json_value *hit = NULL;
    saying said;
    row *made = add_row(heard, HIT, &c[0], text_of(c[1]));
    (void)count;
    if (!made) return mz_fail_arena(&heard->rows, error, "the alerts");
    mz_arena_reset(&heard->tree);
    mz_digest_init(&said.digest);
    mz_status status = mz_json_parse(text_of(c[2]), 0, &heard->tree, &hit, NULL);
    if (!status) status = say_json(heard, &said, hit, NULL);
    if (status == MZ_ERR_MEMORY) return mz_fail_memory(error);
    mz_digest_hex(&said.digest, made->digest);
    if (status) made->amiss = "its hit cannot be read";
    if (!mz_str_equal(text_of(c[8]), text_of(c[9]))) made->amiss = "its disposition is not that of its decision";
    if (status || made->amiss || !hit->child) return MZ_OK;
    bool same = mz_str_equal(member_of(hit, "entity"), text_of(c[3])) &&
                mz_str_equal(member_of(hit, "list"), text_of(c[4])) &&
                mz_str_equal(member_of(hit, "caption"), text_of(c[5])) && is_near(member_of(hit, "score"), c[6].real) &&
                is_near(member_of(hit, "weight"), c[7].real);
    if (!same) made->amiss = "it is not what its hit says";
    return MZ_OK;
}

/* ---- queries ---- */

#define EVENTS                                                                                                         \
    "SELECT e.entry, e.event, e.kind, e.at, e.case_key, e.actor_kind, e.actor, e.said, e.detail FROM case_event e "
#define DECISIONS                                                                                                      \
    "SELECT d.entry, d.decision, d.case_key, d.disposition, d.reason, d.note, d.phase, d.proposer_kind, d.proposer, "  \
    "(SELECT COUNT(*) FROM case_judged j WHERE j.decision = d.decision), d.four_eyes FROM case_decision d "
#define OUTCOMES                                                                                                       \
    "SELECT e.entry, d.decision, e.kind, d.phase, d.answer, d.approver_kind, d.approver, d.entry, (SELECT "            \
    "MAX(l.entry) FROM case_event l WHERE l.case_key = d.case_key AND l.kind IN ('decision.proposed', "                \
    "'decision.made', 'decision.returned', 'decision.undone') AND l.detail LIKE '%\"' || d.decision || '\"%' ESCAPE "  \
    "'\\'), (SELECT MAX(l.entry) FROM case_event l WHERE l.case_key = d.case_key AND l.kind IN ('decision.made', "     \
    "'decision.returned') AND l.detail LIKE '%\"' || d.decision || '\"%' ESCAPE '\\'), d.undone_why FROM case_event "  \
    "e JOIN "                                                                                                          \
    "case_decision d ON d.case_key = e.case_key "
#define OF_DECISIONS                                                                                                   \
    "AND e.kind IN ('decision.proposed', 'decision.made', 'decision.returned', 'decision.undone') AND e.detail LIKE "  \
    "'%\"' || d.decision || '\"%' ESCAPE '\\' "
#define HITS                                                                                                           \
    "SELECT a.receipt, a.alert, a.hit, a.entity, a.list, a.caption, a.score, a.weight, a.disposition, "                \
    "COALESCE((SELECT d.disposition FROM case_decision d WHERE d.decision = a.decision), '') FROM case_alert a "

typedef struct reading {
    const char *page, *one_case;
    mz_sql_row *take;
} reading;

static const reading readings[ROW_KINDS] = {
    [EVENT] = {EVENTS "WHERE e.agency = ?1 AND e.entry > ?2 AND e.entry <= ?3 ORDER BY e.entry, e.event",
               EVENTS "WHERE e.agency || '' = ?1 AND e.case_key = ?2 ORDER BY e.entry, e.event", take_event},
    [DECISION] = {DECISIONS "WHERE d.agency = ?1 AND d.entry > ?2 AND d.entry <= ?3 ORDER BY d.entry, d.decision",
                  DECISIONS "WHERE d.agency || '' = ?1 AND d.case_key = ?2 ORDER BY d.entry, d.decision",
                  take_decision},
    [OUTCOME] = {OUTCOMES "WHERE e.agency = ?1 AND e.entry > ?2 AND e.entry <= ?3 " OF_DECISIONS
                          "ORDER BY e.entry, d.decision",
                 OUTCOMES "WHERE e.agency || '' = ?1 AND e.case_key = ?2 " OF_DECISIONS "ORDER BY e.entry, d.decision",
                 take_outcome},
    [HIT] = {HITS "WHERE a.agency = ?1 AND a.receipt > ?2 AND a.receipt <= ?3 ORDER BY a.receipt, a.alert",
             HITS "WHERE a.agency || '' = ?1 AND a.case_key = ?2 ORDER BY a.receipt, a.alert", take_hit},
};

static void forget(hearing *heard) {
    memset(heard->first, 0, sizeof heard->first);
    memset(heard->last, 0, sizeof heard->last);
    mz_arena_reset(&heard->rows);
}

static mz_status read_page(void *context, mz_sql *sql, mz_str chain, int64_t after, int64_t until, mz_error *error) {
    hearing *heard = context;
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(after), mz_sql_int(until)};
    mz_status status = MZ_OK;
    forget(heard);
    for (size_t k = 0; k < ROW_KINDS && !status; k++)
        status = mz_sql_query(sql, readings[k].page, values, 3, readings[k].take, heard, error);
    return status;
}

/* ---- entries ---- */

static const char *const names[ROW_KINDS] = {
    [EVENT] = "the event", [DECISION] = "the decision", [OUTCOME] = "the decision", [HIT] = "the alert"};

static void gather(hearing *heard, int64_t entry, mz_str key, mz_str what, mz_arena *arena) {
    gathering *gathered = heard->gathered;
    if (!gathered) return;
    if (gathered->count == gathered->room) {
        size_t room = gathered->room ? 2 * gathered->room : 8;
        mz_case_disagreement *items = MZ_ARENA_NEW(arena, room, mz_case_disagreement);
        if (!items) return; /* the arena has failed, and is asked at the end */
        if (gathered->count) memcpy(items, gathered->items, gathered->count * sizeof *items);
        gathered->items = items;
        gathered->room = room;
    }
    gathered->items[gathered->count++] = (mz_case_disagreement){entry, mz_arena_copy(arena, key), what};
}

static void blame(hearing *heard, const row *each, row_kind kind, const char *how, mz_arena *arena, mz_str *ret_what) {
    if (ret_what->size && !heard->gathered) return;
    mz_str what = mz_arena_print(arena, "%s %.*s does not say what it says: %s", names[kind], mz_shown(each->key),
                                 each->key.data, how);
    if (!ret_what->size) *ret_what = what;
    gather(heard, each->number, each->key, what, arena);
}

/* What was said in the personal part. */
static mz_status read_said(hearing *heard, mz_str personal, mz_str *ret_text, mz_error *error) {
    const mz_json_value *root;
    *ret_text = MZ_STR("");
    if (!personal.size) return MZ_OK;
    mz_status status = mz_json_parse(personal, 0, &heard->tree, &root, error);
    if (!status) *ret_text = member_of(root, "text");
    return status;
}

static mz_status hear_event(hearing *heard, const row *each, const mz_audit_heard *entry, const char **ret_how,
                            mz_error *error) {
    const mz_audit_line *line = entry->line;
    char digest[MZ_DIGEST_HEX_SIZE];
    saying said;
    mz_str text;
    bool shared = is_shared(each->kind);
    int64_t apart = line->at > each->at ? line->at - each->at : each->at - line->at;
    mz_status status = read_said(heard, entry->personal, &text, error);
    mz_digest_init(&said.digest);
    say(&said, line->actor_kind);
    say(&said, line->actor);
    if (!status && !shared) {
        say(&said, line->object);
        say(&said, text);
        status = say_json(heard, &said, line->body, error);
    }
    if (status) return status;
    mz_digest_hex(&said.digest, digest);
    bool kind = mz_str_equal(each->kind, line->kind) || (shared && mz_str_equal(line->kind, MZ_STR(MZ_RECEIPT_KIND)));
    if (!kind)
        *ret_how = "it is of another kind";
    else if (apart > AT_MOST_S)
        *ret_how = "it was at another time";
    else if (strcmp(digest, each->digest) != 0)
        *ret_how = "by whom, about what, or what was said is another";
    return MZ_OK;
}

static mz_status hear_decision(hearing *heard, const row *each, const mz_audit_heard *entry, const char **ret_how,
                               mz_error *error) {
    const mz_audit_line *line = entry->line;
    const mz_json_value *alerts = mz_json_member(line->body, "alerts");
    char digest[MZ_DIGEST_HEX_SIZE], count[32];
    saying said;
    mz_str text;
    mz_status status = read_said(heard, entry->personal, &text, error);
    if (status) return status;
    (void)snprintf(count, sizeof count, "%lld", alerts ? (long long)alerts->count : 0LL);
    const mz_str parts[] = {member_of(line->body, "decision"),
                            line->object,
                            member_of(line->body, "disposition"),
                            member_of(line->body, "reason"),
                            text,
                            line->actor_kind,
                            line->kind,
                            mz_str_of(count)};
    mz_digest_init(&said.digest);
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) say(&said, parts[k]);
    mz_digest_hex(&said.digest, digest);
    bool who = !line->actor.size || mz_str_equal(line->actor, each->kind);
    if (!who || strcmp(digest, each->digest) != 0) *ret_how = "what was decided, why, or by whom is another";
    return MZ_OK;
}

static mz_status hear_outcome(hearing *heard, const row *each, const mz_audit_heard *entry, const char **ret_how,
                              mz_error *error) {
    const mz_audit_line *line = entry->line;
    char digest[MZ_DIGEST_HEX_SIZE];
    saying said;
    mz_str text;
    mz_status status = read_said(heard, entry->personal, &text, error);
    if (status || !each->kind.size) return status;
    bool by_somebody = mz_str_equal(each->kind, MZ_STR("somebody"));
    mz_digest_init(&said.digest);
    say(&said, text);
    if (!mz_str_equal(each->kind, MZ_STR("undone"))) {
        say(&said, by_somebody ? line->actor_kind : MZ_STR(""));
        say(&said, by_somebody ? line->actor : MZ_STR(""));
    }
    mz_digest_hex(&said.digest, digest);
    if (strcmp(digest, each->digest) != 0) *ret_how = "who answered, or what, is another";
    return MZ_OK;
}

/* All alerts of a receipt at once: its hits are read once. */
static mz_status hear_hits(hearing *heard, const mz_audit_heard *entry, mz_arena *arena, mz_str *ret_what,
                           mz_error *error) {
    const mz_json_value *root, *hits = NULL;
    int64_t number = entry->line->number;
    size_t count = 0;
    if (!mz_str_equal(entry->line->kind, MZ_STR(MZ_RECEIPT_KIND))) {
        blame(heard, heard->first[HIT], HIT, "it has no receipt", arena, ret_what);
        return MZ_OK;
    }
    if (!entry->personal.size) return MZ_OK; /* erased */
    mz_status status = mz_json_parse(entry->personal, 0, &heard->tree, &root, error);
    if (status) return status;
    hits = mz_json_member(mz_json_member(root, "answer"), "hits");
    char(*digests)[MZ_DIGEST_HEX_SIZE] = mz_arena_alloc(&heard->tree, (hits ? hits->count : 0) + 1, sizeof *digests);
    if (!digests) return mz_fail_arena(&heard->tree, error, "the hits of a receipt");
    for (const mz_json_value *hit = hits ? hits->child : NULL; hit && !status; hit = hit->next) {
        saying said;
        mz_digest_init(&said.digest);
        status = say_json(heard, &said, hit, error);
        if (!status) mz_digest_hex(&said.digest, digests[count++]);
    }
    for (row *each = heard->first[HIT]; each && each->number == number && !status; each = each->next) {
        size_t k = 0;
        while (k < count && strcmp(digests[k], each->digest) != 0) k++;
        if (k == count) blame(heard, each, HIT, "its hit is not among those of its receipt", arena, ret_what);
    }
    return status;
}

typedef mz_status hear_row(hearing *heard, const row *each, const mz_audit_heard *entry, const char **ret_how,
                           mz_error *error);

static mz_status hear_rows(hearing *heard, row_kind kind, const mz_audit_heard *entry, mz_arena *arena,
                           mz_str *ret_what, mz_error *error) {
    static hear_row *const ways[ROW_KINDS] = {
        [EVENT] = hear_event, [DECISION] = hear_decision, [OUTCOME] = hear_outcome};
    mz_status status = MZ_OK;
    while (heard->first[kind] && heard->first[kind]->number <= entry->line->number && !status) {
        const row *each = heard->first[kind];
        const char *how = each->amiss;
        if (each->number < entry->line->number) how = "it names an entry that there is not";
        mz_arena_reset(&heard->tree);
        if (!how && ways[kind]) status = ways[kind](heard, each, entry, &how, error);
        if (how) blame(heard, each, kind, how, arena, ret_what);
        heard->first[kind] = each->next;
    }
    return status;
}

/* Kinds of entries of which each has an event. */
static bool wants_event(mz_str kind) {
    return mz_str_equal(kind, MZ_STR("note")) || (kind.size > 9 && memcmp(kind.data, "decision.", 9) == 0);
}

static mz_status hear(void *context, const mz_audit_heard *entry, mz_arena *arena, mz_str *ret_what, mz_error *error) {
    hearing *heard = context;
    int64_t number = entry->line->number;
    mz_status status = MZ_OK;
    bool event = heard->first[EVENT] && heard->first[EVENT]->number == number;
    *ret_what = MZ_STR("");
    if (!event && wants_event(entry->line->kind)) {
        *ret_what = MZ_STR("the event that tells of it is not there");
        gather(heard, number, MZ_STR(""), *ret_what, arena);
    }
    if (heard->first[HIT] && heard->first[HIT]->number == number) {
        mz_arena_reset(&heard->tree);
        status = hear_hits(heard, entry, arena, ret_what, error);
    }
    for (size_t k = 0; k < ROW_KINDS && !status; k++) status = hear_rows(heard, k, entry, arena, ret_what, error);
    return status;
}

static bool is_left(void *context) {
    const hearing *heard = context;
    for (size_t k = 0; k < ROW_KINDS; k++)
        if (heard->first[k]) return true;
    return false;
}

static hearing *new_hearing(mz_error *error) {
    hearing *heard = calloc(1, sizeof *heard);
    if (!heard) {
        (void)mz_fail_memory(error);
        return NULL;
    }
    mz_arena_init(&heard->rows, ROWS_BYTES);
    mz_arena_init(&heard->tree, TREE_BYTES);
    mz_buffer_init(&heard->text, TEXT_BYTES);
    return heard;
}

static void free_hearing(hearing *heard) {
    if (!heard) return;
    mz_buffer_done(&heard->text);
    mz_arena_done(&heard->tree);
    mz_arena_done(&heard->rows);
    free(heard);
}

mz_status mz_case_witness_new(mz_audit_witness *ret_witness, mz_error *error) {
    hearing *heard = new_hearing(error);
    *ret_witness = (mz_audit_witness){.context = heard, .read = read_page, .hear = hear, .is_left = is_left};
    return heard ? MZ_OK : MZ_ERR_MEMORY;
}

void mz_case_witness_free(mz_audit_witness *witness) {
    free_hearing(witness->context);
    witness->context = NULL;
}

/* ---- one case ---- */

/* INT64_MAX: nothing is left, or only what names that number, which no entry has. */
static int64_t next_number(const hearing *heard) {
    int64_t number = INT64_MAX;
    for (size_t k = 0; k < ROW_KINDS; k++)
        if (heard->first[k] && heard->first[k]->number < number) number = heard->first[k]->number;
    return number;
}

/* What names an entry that there is not. */
static void drop_number(hearing *heard, int64_t number, mz_arena *arena) {
    mz_str what = MZ_STR("");
    for (size_t k = 0; k < ROW_KINDS; k++)
        for (; heard->first[k] && heard->first[k]->number <= number; heard->first[k] = heard->first[k]->next)
            blame(heard, heard->first[k], k, "the audit chain has no such entry", arena, &what);
}

static mz_status hear_number(hearing *heard, mz_sql *sql, mz_str agency, int64_t number, mz_arena *arena,
                             mz_error *error) {
    mz_audit_entry entry;
    mz_audit_line line;
    mz_error own = {0};
    mz_str what;
    mz_status status = mz_audit_get(sql, agency, number, arena, &entry, &own);
    if (!status) status = mz_audit_line_read(entry.line, arena, &line, &own);
    if (status == MZ_ERR_NOT_FOUND || status == MZ_ERR_INPUT) {
        drop_number(heard, number, arena);
        return MZ_OK;
    }
    const mz_audit_heard told = {.line = &line, .personal = entry.personal};
    if (!status) return hear(heard, &told, arena, &what, error);
    if (error) *error = own;
    return status;
}

static mz_status read_case(hearing *heard, mz_sql *sql, mz_str agency, mz_str case_key, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(case_key)};
    mz_status status = MZ_OK;
    for (size_t k = 0; k < ROW_KINDS && !status; k++)
        status = mz_sql_query(sql, readings[k].one_case, values, 2, readings[k].take, heard, error);
    return status;
}

/* Each turn takes away the rows of the lowest number that is left, so that it ends whatever numbers they name. */
static mz_status hear_case(hearing *heard, mz_sql *sql, mz_str agency, mz_arena *arena, mz_error *error) {
    mz_status status = MZ_OK;
    for (int64_t number = next_number(heard); !status && number != INT64_MAX; number = next_number(heard))
        status = hear_number(heard, sql, agency, number, arena, error);
    if (!status) drop_number(heard, INT64_MAX, arena);
    return status;
}

mz_status mz_case_disagrees(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena,
                            mz_case_disagreement **ret_items, size_t *ret_count, mz_error *error) {
    gathering gathered = {.items = NULL};
    hearing *heard = new_hearing(error);
    if (!heard) return MZ_ERR_MEMORY;
    heard->gathered = &gathered;
    mz_status status = read_case(heard, sql, agency, case_key, error);
    if (!status) status = hear_case(heard, sql, agency, arena, error);
    free_hearing(heard);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the case");
    *ret_items = gathered.items;
    *ret_count = status ? 0 : gathered.count;
    return status;
}
