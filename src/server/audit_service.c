/* What the service does for the audit chains by itself: it says what it screens with, signs, and verifies when asked.
 */
#include "server/audit.h"

#include "access/agencies.h"
#include "audit/build.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/shown.h"
#include "cases/witness.h"
#include "match/policy.h"
#include "server/audit_found.h"
#include "server/audit_json.h"

enum { WORK_BYTES = 16 << 20, AGENCIES_PAGE = 100, USING_BYTES = MZ_AUDIT_BODY_BYTES };
#define USING "service.using"

/* ---- for every agency ---- */

typedef mz_status each_agency(void *context, mz_str agency, mz_error *error);

static mz_status for_each_agency(mz_service *service, each_agency *work, void *context, mz_error *error) {
    mz_arena arena;
    mz_str after = MZ_STR("");
    mz_status status = MZ_OK;
    mz_arena_init(&arena, WORK_BYTES);
    for (size_t count = AGENCIES_PAGE; count == AGENCIES_PAGE && !status;) {
        mz_agency *agencies;
        status = mz_agencies_list(service->access, after, AGENCIES_PAGE, &arena, &agencies, &count, error);
        for (size_t k = 0; !status && k < count; k++) status = work(context, agencies[k].key, error);
        if (!status && count) after = agencies[count - 1].key;
    }
    mz_arena_done(&arena);
    return status;
}

/* ---- what it screens with ---- */

typedef struct using_now {
    mz_service *service;
    mz_str body, policy; /* canonical, but for the blanks that neither has */
    mz_str agency;
    bool noted;
} using_now;

static void write_lists(mz_json *json, mz_service *service) {
    mz_index_facts facts;
    mz_live_lease *lease = mz_live_take(service->live);
    mz_index_info(mz_live_index(lease), &facts);
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
    mz_live_give_back(service->live, lease);
}

/* The keys are in the order of their bytes, so that it is the text that is kept in the entry. */
static mz_status write_using(mz_service *service, mz_buffer *out, mz_error *error) {
    const mz_policy *policy = mz_engines_policy(service->engines);
    char id[MZ_BUILD_ID_SIZE], digest[MZ_POLICY_DIGEST_SIZE];
    mz_json json;
    mz_build_id(id);
    mz_status status = mz_policy_digest(policy, digest, error);
    if (status) return status;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_key(&json, "build");
    mz_json_object(&json);
    mz_json_pair(&json, "id", mz_str_of(id));
    mz_json_pair(&json, "version", mz_str_of(mz_build_version()));
    mz_json_object_end(&json);
    write_lists(&json, service);
    mz_json_key(&json, "policy");
    mz_json_object(&json);
    mz_json_pair(&json, "digest", mz_str_of(digest));
    mz_json_pair(&json, "name", mz_policy_name(policy));
    mz_json_object_end(&json);
    mz_json_object_end(&json);
    return out->failed ? mz_fail_buffer(out, error, "what the service screens with") : MZ_OK;
}

/* The last entry of that kind, NULL: there is none; and whether it has this body, which stands in the line as it is. */
static mz_status read_last(mz_sql *sql, using_now *now, mz_arena *arena, const mz_audit_entry **ret_last,
                           mz_error *error) {
    const mz_audit_query query = {.chain = now->agency, .kind = MZ_STR(USING), .limit = 1};
    mz_audit_entry *last;
    size_t count;
    mz_status status = mz_audit_list(sql, &query, arena, &last, &count, error);
    if (status) return status;
    *ret_last = count ? last : NULL;
    now->noted = count && memmem(last->line.data, last->line.size, now->body.data, now->body.size);
    return MZ_OK;
}

/* Looked at without disturbing anybody first: most often nothing is to be noted. */
static mz_status look(void *context, mz_sql *sql, mz_error *error) {
    using_now *now = context;
    const mz_audit_entry *last;
    mz_arena arena;
    mz_arena_init(&arena, WORK_BYTES);
    mz_status status = read_last(sql, now, &arena, &last, error);
    mz_arena_done(&arena);
    return status;
}

static mz_status note_change(void *context, mz_sql *sql, mz_error *error) {
    using_now *now = context;
    char digest[MZ_DIGEST_HEX_SIZE];
    const mz_audit_draft draft = {
        .chain = now->agency, .kind = MZ_STR(USING), .actor_kind = MZ_STR("service"), .body = now->body};
    const mz_audit_entry *last = NULL;
    mz_arena arena;
    mz_arena_init(&arena, WORK_BYTES);
    mz_status status = read_last(sql, now, &arena, &last, error);
    bool noted = status || now->noted;
    if (!noted && last) status = mz_audit_tell_found(sql, last, now->agency, now->body, &arena, error);
    mz_arena_done(&arena);
    if (status || noted) return status;
    status = mz_audit_keep(sql, MZ_STR("policy"), now->policy, digest, error);
    return status ? status : mz_audit_append(sql, &draft, NULL, error);
}

static mz_status note_for(void *context, mz_str agency, mz_error *error) {
    using_now *now = context;
    now->agency = agency;
    mz_status status = mz_store_read(now->service->store, look, now, error);
    if (!status && !now->noted) status = mz_store_change(now->service->store, note_change, now, error);
    return status;
}

mz_status mz_service_note_using(mz_service *service, mz_error *error) {
    mz_buffer body, policy;
    if (!service->store || !service->access) return MZ_OK;
    mz_buffer_init(&body, USING_BYTES);
    mz_buffer_init(&policy, 2 * MZ_POLICY_JSON_BYTES);
    mz_policy_write_json(mz_engines_policy(service->engines), &policy);
    mz_status status = policy.failed ? mz_fail_buffer(&policy, error, "a policy") : MZ_OK;
    if (!status) status = write_using(service, &body, error);
    using_now now = {.service = service, .body = mz_buffer_view(&body), .policy = mz_buffer_view(&policy)};
    if (!status) status = for_each_agency(service, note_for, &now, error);
    mz_buffer_done(&policy);
    mz_buffer_done(&body);
    return status;
}

/* ---- signing ---- */

typedef struct signing {
    mz_service *service;
    mz_str agency;
    int64_t older_s;
    bool due;
    bool refused; /* to sign one at least; `why` tells of the first */
    mz_error why;
} signing;

static mz_status look_at_end(void *context, mz_sql *sql, mz_error *error) {
    signing *signs = context;
    mz_arena arena;
    mz_arena_init(&arena, WORK_BYTES);
    mz_status status =
        mz_audit_sign_due(sql, signs->service->signer, signs->agency, signs->older_s, &arena, &signs->due, error);
    mz_arena_done(&arena);
    return status;
}

static mz_status sign(void *context, mz_sql *sql, mz_error *error) {
    const signing *signs = context;
    mz_audit_checkpoint made;
    mz_arena arena;
    bool fresh;
    mz_arena_init(&arena, WORK_BYTES);
    mz_status status = mz_audit_sign(sql, signs->service->signer, signs->agency, &arena, &made, &fresh, error);
    mz_arena_done(&arena);
    return status;
}

/* An agency whose chain is not as it was left does not keep those of the others from being signed. */
static mz_status sign_for(void *context, mz_str agency, mz_error *error) {
    signing *signs = context;
    mz_error own;
    signs->agency = agency;
    mz_status status = mz_store_read(signs->service->store, look_at_end, signs, error);
    if (status || !signs->due) return status;
    status = mz_store_change(signs->service->store, sign, signs, &own);
    if (status == MZ_ERR_REFUSED) {
        if (!signs->refused)
            (void)mz_fail(&signs->why, MZ_ERR_REFUSED, "agency %.*s: %s", mz_shown(agency), agency.data, own.text);
        signs->refused = true;
        return MZ_OK;
    }
    if (status && error) *error = own;
    return status;
}

mz_status mz_service_sign(mz_service *service, int64_t older_s, mz_error *error) {
    signing signs = {.service = service, .older_s = older_s};
    if (!service->signer || !service->store || !service->access) return MZ_OK;
    mz_status status = for_each_agency(service, sign_for, &signs, error);
    if (status || !signs.refused) return status;
    if (error) *error = signs.why;
    return MZ_ERR_REFUSED;
}

/* ---- verifying ---- */

typedef struct verified {
    mz_audit_draft draft;
} verified;

static mz_status add_verdict(void *context, mz_sql *sql, mz_error *error) {
    const verified *made = context;
    return mz_audit_append(sql, &made->draft, NULL, error);
}

mz_status mz_service_verify(mz_service *service, mz_str agency, mz_str actor_kind, mz_str actor,
                            const mz_audit_verify_options *options, mz_arena *arena, mz_audit_verdict *ret_verdict,
                            mz_error *error) {
    mz_audit_verdict verdict;
    mz_buffer body;
    mz_json json;
    mz_audit_verify_options known = {.progress = NULL};
    mz_audit_witness witness;
    mz_status status = MZ_OK;
    if (options) known = *options;
    if (service->signer) {
        known.own_key = mz_str_of(mz_audit_signer_public(service->signer));
        status = mz_audit_signer_last(service->signer, agency, &known.signed_last, error);
    }
    if (!status) status = mz_case_witness_new(&witness, error);
    if (status) return status;
    known.witness = &witness;
    status = mz_audit_verify(service->store, agency, &known, arena, &verdict, error);
    mz_case_witness_free(&witness);
    if (status) return status;
    mz_buffer_init(&body, MZ_AUDIT_BODY_BYTES);
    mz_json_init(&json, &body);
    mz_verdict_write(&json, &verdict);
    verified made = {.draft = {.chain = agency,
                               .kind = MZ_STR(MZ_AUDIT_VERIFIED),
                               .actor_kind = actor_kind,
                               .actor = actor,
                               .body = mz_buffer_view(&body)}};
    status = body.failed ? mz_fail_buffer(&body, error, "a verdict")
                         : mz_store_change(service->store, add_verdict, &made, error);
    mz_buffer_done(&body);
    if (!status) *ret_verdict = verdict;
    return status;
}
