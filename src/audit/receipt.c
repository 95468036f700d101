/* Keeping a screening, and handing it out. */
#include "audit/receipt.h"

#include "audit/build.h"
#include "audit/checkpoint.h"
#include "audit/line.h"
#include "base/error.h"
#include "base/json_write.h"
#include "match/policy.h"
#include "screen/filter_json.h"
#include "screen/query_json.h"

enum {
    POLICY_BYTES = 2 * MZ_POLICY_JSON_BYTES,
    HITS_SURELY = 16,      /* have room: texts of an image are bounded */
    BESIDE_BYTES = 1 << 18 /* what an answer has beside its hits */
};

/* ---- keeping ---- */

typedef struct adding {
    mz_sql *sql;
    const mz_receipt_draft *draft;
    mz_arena *arena;
    mz_buffer body, personal, policy;
    char policy_digest[MZ_DIGEST_HEX_SIZE];
    const mz_json_value *query, *answer;
} adding;

static mz_status keep_policy(adding *added, mz_error *error) {
    mz_policy_write_json(added->draft->policy, &added->policy);
    if (added->policy.failed) return mz_fail_buffer(&added->policy, error, "a policy");
    return mz_audit_keep(added->sql, MZ_STR("policy"), mz_buffer_view(&added->policy), added->policy_digest, error);
}

static void write_lists(mz_json *json, const mz_index *index) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    mz_json_key(json, "lists");
    mz_json_array(json);
    for (size_t k = 0; k < facts.list_count; k++) {
        mz_json_object(json);
        mz_json_pair_int(json, "entities", facts.lists[k].entities);
        mz_json_pair(json, "list", facts.lists[k].list);
        mz_json_pair_int(json, "published", facts.lists[k].published);
        mz_json_pair(json, "version", facts.lists[k].version);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

/* As a query wishes for them, so that they are read as that is; the budget is the screener's. */
static void write_options(mz_json *json, const mz_screen_options *options) {
    static const mz_screen_options usual = MZ_SCREEN_OPTIONS_INIT;
    bool told = options != NULL;
    if (!told) options = &usual;
    mz_json_key(json, "options");
    mz_json_object(json);
    mz_json_pair_int(json, "budget", options->budget > INT64_MAX ? INT64_MAX : (int64_t)options->budget);
    mz_json_pair_bool(json, "exhaustive", options->exhaustive);
    if (options->filter) {
        mz_json_key(json, "filter");
        mz_filter_write_json(options->filter, json);
    }
    if (told && options->limit) mz_json_pair_int(json, "limit", (int64_t)options->limit);
    if (options->threshold > 0) {
        mz_json_key(json, "threshold");
        mz_json_fixed(json, options->threshold, 6);
    }
    mz_json_object_end(json);
}

static void write_body(adding *added) {
    const mz_json_value *hits = mz_json_member(added->answer, "hits");
    char id[MZ_BUILD_ID_SIZE];
    mz_json json;
    mz_build_id(id);
    mz_json_init(&json, &added->body);
    mz_json_object(&json);
    mz_json_key(&json, "build");
    mz_json_object(&json);
    mz_json_pair(&json, "id", mz_str_of(id));
    mz_json_pair(&json, "version", mz_str_of(mz_build_version()));
    mz_json_object_end(&json);
    mz_json_pair_int(&json, "hits", hits ? hits->count : 0);
    write_lists(&json, added->draft->index);
    write_options(&json, added->draft->options);
    mz_json_key(&json, "policy");
    mz_json_object(&json);
    mz_json_pair(&json, "digest", mz_str_of(added->policy_digest));
    mz_json_pair(&json, "name", mz_policy_name(added->draft->policy));
    mz_json_object_end(&json);
    mz_json_pair(&json, "why", added->draft->why);
    mz_json_object_end(&json);
}

/* A value of a query that is written as a number is its text (1970.0 is not 1970), which canonical form would lose. */
static void write_value(const mz_json_value *value, bool texts, mz_buffer *out) {
    bool object = value->kind == MZ_JSON_OBJECT;
    if (value->kind == MZ_JSON_STRING || (texts && value->kind == MZ_JSON_NUMBER)) {
        mz_json_quote(out, value->text);
        return;
    }
    if (!object && value->kind != MZ_JSON_ARRAY) {
        mz_buffer_str(out, value->text);
        return;
    }
    mz_buffer_char(out, object ? '{' : '[');
    for (const mz_json_value *inner = value->child; inner; inner = inner->next) {
        if (inner != value->child) mz_buffer_char(out, ',');
        if (object) mz_json_quote(out, inner->key);
        if (object) mz_buffer_char(out, ':');
        write_value(inner, texts, out);
    }
    mz_buffer_char(out, object ? '}' : ']');
}

static void write_personal(adding *added) {
    mz_buffer *out = &added->personal;
    mz_buffer_str(out, MZ_STR("{\"answer\":"));
    mz_buffer_str(out, added->draft->answer);
    mz_buffer_str(out, MZ_STR(",\"query\":{"));
    size_t first = out->size;
    if (added->draft->limit) mz_buffer_print(out, "\"limit\":%zu", added->draft->limit);
    for (const mz_json_value *member = added->query->child; member; member = member->next) {
        bool texts = mz_str_equal(member->key, MZ_STR("properties")) || mz_str_equal(member->key, MZ_STR("id"));
        if (added->draft->limit && mz_str_equal(member->key, MZ_STR("limit"))) continue;
        if (out->size > first) mz_buffer_char(out, ',');
        mz_json_quote(out, member->key);
        mz_buffer_char(out, ':');
        write_value(member, texts, out);
    }
    mz_buffer_str(out, MZ_STR("}}"));
}

static mz_status read_given(adding *added, mz_error *error) {
    const mz_receipt_draft *draft = added->draft;
    mz_status status = mz_json_parse(draft->query, 0, added->arena, &added->query, error);
    if (!status) status = mz_json_parse(draft->answer, 0, added->arena, &added->answer, error);
    if (!status) status = mz_json_expect(added->query, MZ_JSON_OBJECT, "a query", error);
    if (!status) status = mz_json_expect(added->answer, MZ_JSON_OBJECT, "an answer", error);
    return status;
}

static mz_status add(adding *added, mz_audit_place *ret_place, mz_error *error) {
    const mz_receipt_draft *draft = added->draft;
    mz_status status = read_given(added, error);
    if (!status) status = keep_policy(added, error);
    if (status) return status;
    write_body(added);
    write_personal(added);
    if (added->body.failed) return mz_fail_buffer(&added->body, error, "a receipt");
    if (added->personal.failed) return mz_fail_buffer(&added->personal, error, "a receipt");
    const mz_audit_draft entry = {.chain = draft->chain,
                                  .kind = MZ_STR(MZ_RECEIPT_KIND),
                                  .actor_kind = draft->actor_kind,
                                  .actor = draft->actor,
                                  .object = draft->object,
                                  .body = mz_buffer_view(&added->body),
                                  .personal = mz_buffer_view(&added->personal)};
    return mz_audit_append(added->sql, &entry, ret_place, error);
}

mz_status mz_receipt_add(mz_sql *sql, const mz_receipt_draft *draft, mz_arena *arena, mz_audit_place *ret_place,
                         mz_error *error) {
    adding added = {.sql = sql, .draft = draft, .arena = arena};
    mz_audit_place place;
    mz_buffer_init(&added.body, MZ_AUDIT_BODY_BYTES);
    mz_buffer_init(&added.personal, MZ_AUDIT_PERSONAL_BYTES);
    mz_buffer_init(&added.policy, POLICY_BYTES);
    mz_status status = add(&added, &place, error);
    mz_buffer_done(&added.policy);
    mz_buffer_done(&added.personal);
    mz_buffer_done(&added.body);
    if (!status && ret_place) *ret_place = place;
    return status;
}

mz_status mz_receipt_room(const mz_screening *screening, size_t query_bytes, size_t *ret_hits, mz_error *error) {
    size_t beside = BESIDE_BYTES + 4 * query_bytes, bytes = 0;
    mz_buffer hit;
    mz_json json;
    *ret_hits = screening->hit_count;
    if (screening->hit_count <= HITS_SURELY) return MZ_OK;
    mz_buffer_init(&hit, MZ_AUDIT_PERSONAL_BYTES);
    for (size_t h = 0; h < screening->hit_count; h++) {
        mz_buffer_clear(&hit);
        mz_json_init(&json, &hit);
        mz_hit_write_json(&screening->hits[h], &json);
        bytes += hit.size + 1;
        if (!hit.failed && bytes + beside <= MZ_AUDIT_PERSONAL_BYTES) continue;
        *ret_hits = h ? h : 1;
        break;
    }
    mz_status status = hit.starved ? mz_fail_buffer(&hit, error, "a hit") : MZ_OK;
    mz_buffer_done(&hit);
    return status;
}

/* ---- handing out ---- */

/* The first checkpoint from this entry on; empty when there is none yet. */
static mz_status next_checkpoint(mz_sql *sql, mz_str chain, int64_t number, mz_arena *arena, mz_str *ret_text,
                                 mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(chain), mz_sql_int(number)}, *c = NULL;
    mz_status status = mz_sql_first(sql,
                                    "SELECT number, at, hash, public_key, signature FROM audit_checkpoint WHERE chain "
                                    "= ?1 AND number >= ?2 ORDER BY number, at, public_key LIMIT 1",
                                    values, 2, arena, &c, error);
    *ret_text = MZ_STR("");
    if (status || !c) return status;
    const mz_audit_checkpoint checkpoint = {.chain = chain,
                                            .number = c[0].number,
                                            .at = c[1].number,
                                            .hash = c[2].text,
                                            .public_key = c[3].text,
                                            .signature = c[4].text};
    *ret_text = mz_checkpoint_text(&checkpoint, arena);
    return MZ_OK;
}

static void pair_or_null(mz_json *json, const char *key, mz_str text, bool raw) {
    mz_json_key(json, key);
    if (!text.size)
        mz_json_null(json);
    else if (raw)
        mz_json_raw(json, text);
    else
        mz_json_str(json, text);
}

/* One of the entry itself, where the signer can make it. */
static mz_status find_checkpoint(mz_sql *sql, mz_str chain, const mz_audit_entry *entry, const mz_audit_signer *signer,
                                 mz_arena *arena, mz_str *ret_text, mz_error *error) {
    mz_audit_signed place = {.number = entry->number};
    mz_audit_checkpoint made = {.number = 0};
    mz_status status = MZ_OK;
    if (signer && entry->hash.size == sizeof place.hash - 1) {
        memcpy(place.hash, entry->hash.data, sizeof place.hash - 1);
        status = mz_audit_sign_earlier(sql, signer, chain, &place, arena, &made, error);
    }
    *ret_text = made.text;
    return status || made.number ? status : next_checkpoint(sql, chain, entry->number, arena, ret_text, error);
}

mz_status mz_receipt_write(mz_sql *sql, mz_str chain, int64_t number, const mz_audit_signer *signer, mz_arena *arena,
                           mz_buffer *out, mz_error *error) {
    mz_audit_entry entry;
    mz_audit_line line;
    mz_str checkpoint, policy = MZ_STR(""), digest = MZ_STR("");
    mz_json json;
    mz_status status = mz_audit_get(sql, chain, number, arena, &entry, error);
    if (!status && !mz_str_equal(entry.kind, MZ_STR(MZ_RECEIPT_KIND)))
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "entry %lld of the audit chain is no receipt of a screening",
                         (long long)number);
    if (!status) status = mz_audit_line_read(entry.line, arena, &line, error);
    if (!status) status = find_checkpoint(sql, chain, &entry, signer, arena, &checkpoint, error);
    if (!status) status = mz_json_read_str(mz_json_member(line.body, "policy"), "digest", &digest, error);
    if (!status) status = mz_audit_kept(sql, digest, arena, &policy, error);
    if (status) return status;
    mz_json_init(&json, out);
    mz_json_object(&json);
    pair_or_null(&json, "checkpoint", checkpoint, false);
    pair_or_null(&json, "entry", entry.line, true);
    pair_or_null(&json, "hash", entry.hash, false);
    pair_or_null(&json, "personal", entry.personal, true);
    pair_or_null(&json, "policy", policy, true);
    mz_json_pair_int(&json, "receipt", 1);
    pair_or_null(&json, "salt", entry.salt, false);
    mz_json_object_end(&json);
    if (arena->failed) return mz_fail_arena(arena, error, "a receipt");
    return out->failed ? mz_fail_buffer(out, error, "a receipt") : MZ_OK;
}
