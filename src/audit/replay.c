/* Screening again. Everything comes from the receipt and the store of lists, nothing from what is current now; whether
 * the receipt was ever written is told beside it (proof.c). */
#include "audit/receipt.h"

#include "audit/build.h"
#include "audit/proof.h"
#include "audit/replay_compare.h"
#include "audit/replay_image.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "base/shown.h"
#include "match/policy.h"
#include "screen/query_json.h"

#include <sodium.h>

static const char *const outcome_words[MZ_REPLAY_OUTCOME_COUNT] = {
#define MZ_X(constant, word) [MZ_REPLAY_##constant] = word,
    MZ_REPLAY_OUTCOMES(MZ_X)
#undef MZ_X
};

const char *mz_replay_outcome_word(mz_replay_outcome outcome) {
    return outcome_words[outcome];
}

typedef struct replaying {
    mz_arena *arena;
    const mz_receipt_known *known;
    mz_buffer text; /* canonical forms, one at a time */
    const mz_json_value *receipt, *query, *answer;
    mz_audit_line line;
    mz_str hash; /* of it */
    mz_replay replay;
} replaying;

/* ---- the receipt ---- */

static mz_status canonical_of(replaying *made, const mz_json_value *value, mz_error *error) {
    mz_buffer_clear(&made->text);
    return mz_json_canonical_value(value, made->arena, &made->text, error);
}

static void digest_of(const void *salt, size_t salt_size, mz_str text, char ret_hash[MZ_DIGEST_HEX_SIZE]) {
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, salt, salt_size);
    mz_digest_update(&digest, text.data, text.size);
    mz_digest_hex(&digest, ret_hash);
}

static mz_status refuse(mz_error *error, const char *what) {
    return mz_fail(error, MZ_ERR_REFUSED, "the receipt is not as it was handed out: its %s is another", what);
}

/* What no receipt has would be read as if it belonged to what is proved. */
static mz_status check_members(const mz_json_value *receipt, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("checkpoint"), MZ_STR_INIT("entry"),  MZ_STR_INIT("hash"),
                                   MZ_STR_INIT("personal"),   MZ_STR_INIT("policy"), MZ_STR_INIT("receipt"),
                                   MZ_STR_INIT("salt")};
    int64_t form = 1;
    for (const mz_json_value *member = receipt->child; member; member = member->next) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof *known && !found; k++) found = mz_str_equal(member->key, known[k]);
        if (!found)
            return mz_fail_at(error, MZ_ERR_REFUSED, member->line, member->column,
                              "the receipt is not as it was handed out: none has “%.*s”", mz_shown(member->key),
                              member->key.data);
    }
    return mz_json_read_int(receipt, "receipt", 1, 1, &form, error);
}

static mz_status check_entry(replaying *made, mz_error *error) {
    char hash[MZ_DIGEST_HEX_SIZE];
    mz_str given = MZ_STR("");
    const mz_json_value *entry = mz_json_member(made->receipt, "entry");
    if (!entry) return mz_fail(error, MZ_ERR_INPUT, "a receipt has an \"entry\"");
    mz_status status = mz_json_read_str(made->receipt, "hash", &given, error);
    if (!status) status = canonical_of(made, entry, error);
    if (status) return status;
    digest_of(NULL, 0, mz_buffer_view(&made->text), hash);
    if (!mz_str_equal(given, mz_str_of(hash))) return refuse(error, "hash");
    made->hash = given;
    mz_str line = mz_arena_copy(made->arena, mz_buffer_view(&made->text));
    status = mz_audit_line_read(line, made->arena, &made->line, error);
    if (!status && !mz_str_equal(made->line.kind, MZ_STR(MZ_RECEIPT_KIND)))
        status = mz_fail(error, MZ_ERR_INPUT, "the entry of a receipt is a screening");
    return status;
}

/* *ret_there: query and answer were not erased. */
static mz_status check_personal(replaying *made, bool *ret_there, mz_error *error) {
    unsigned char salt[MZ_AUDIT_SALT_BYTES];
    char hash[MZ_DIGEST_HEX_SIZE];
    mz_str hex = MZ_STR("");
    size_t size = 0;
    const mz_json_value *personal = mz_json_member(made->receipt, "personal");
    *ret_there = personal && personal->kind != MZ_JSON_NULL;
    if (!*ret_there) return MZ_OK;
    mz_status status = mz_json_read_str(made->receipt, "salt", &hex, error);
    if (!status) status = mz_json_expect(personal, MZ_JSON_OBJECT, "\"personal\"", error);
    if (!status) status = canonical_of(made, personal, error);
    if (status) return status;
    bool salted = sodium_hex2bin(salt, sizeof salt, hex.data, hex.size, NULL, &size, NULL) == 0 && size == sizeof salt;
    if (salted) digest_of(salt, sizeof salt, mz_buffer_view(&made->text), hash);
    if (!salted || !mz_str_equal(made->line.personal, mz_str_of(hash))) return refuse(error, "personal part");
    made->query = mz_json_member(personal, "query");
    made->answer = mz_json_member(personal, "answer");
    if (!made->query || !made->answer) return mz_fail(error, MZ_ERR_INPUT, "a receipt has a query and an answer");
    return MZ_OK;
}

/* A text, null or absent. */
static mz_status prove(replaying *made, mz_error *error) {
    const mz_json_value *given = mz_json_member(made->receipt, "checkpoint");
    mz_str checkpoint = MZ_STR("");
    mz_status status = MZ_OK;
    if (given && given->kind != MZ_JSON_NULL)
        status = mz_json_read_str(made->receipt, "checkpoint", &checkpoint, error);
    if (status) return status;
    return mz_receipt_prove(&made->line, made->hash, checkpoint, made->known, made->arena, &made->replay.proof, error);
}

/* ---- what it was made with ---- */

static mz_status not_possible(replaying *made, const mz_error *why) {
    made->replay.outcome = MZ_REPLAY_NOT_POSSIBLE;
    made->replay.difference = mz_arena_print(made->arena, "%s\n", why->text);
    return MZ_OK;
}

static mz_status read_build(replaying *made, mz_error *error) {
    const mz_json_value *build = mz_json_member(made->line.body, "build");
    char id[MZ_BUILD_ID_SIZE];
    mz_str then_id = MZ_STR(""), then_version = MZ_STR("");
    mz_build_id(id);
    mz_status status = mz_json_read_str(build, "id", &then_id, error);
    if (!status) status = mz_json_read_str(build, "version", &then_version, error);
    if (status) return status;
    made->replay.other_build =
        !mz_str_equal(then_id, mz_str_of(id)) || !mz_str_equal(then_version, mz_str_of(mz_build_version()));
    made->replay.build_then = mz_arena_print(made->arena, "%.*s%s%.*s", (int)then_version.size, then_version.data,
                                             then_id.size ? " " : "", (int)then_id.size, then_id.data);
    return MZ_OK;
}

/* Which policy a receipt names is not enough: what stands beside it must be that one, written out as it was, with
 * nothing left out that a reader would miss. */
static mz_status check_policy(replaying *made, const mz_json_value *given, mz_str named, const mz_policy *policy,
                              mz_error *error) {
    char digest[MZ_POLICY_DIGEST_SIZE];
    const mz_json_value *whole;
    mz_buffer text;
    mz_buffer_init(&text, MZ_RECEIPT_BYTES);
    mz_policy_write_json(policy, &text);
    mz_status status = text.failed ? mz_fail_buffer(&text, error, "a policy") : MZ_OK;
    mz_str written = status ? MZ_STR("") : mz_arena_copy(made->arena, mz_buffer_view(&text));
    if (!status) status = mz_policy_digest(policy, digest, error);
    if (!status && !mz_str_equal(named, mz_str_of(digest))) status = refuse(error, "policy");
    if (!status) status = mz_json_parse(written, 0, made->arena, &whole, error);
    if (!status) status = canonical_of(made, whole, error);
    mz_str expected = status ? MZ_STR("") : mz_arena_copy(made->arena, mz_buffer_view(&made->text));
    if (!status) status = canonical_of(made, given, error);
    if (!status && !mz_str_equal(expected, mz_buffer_view(&made->text))) status = refuse(error, "policy");
    mz_buffer_done(&text);
    return status;
}

/* NULL, where none is in the receipt and it is what this program does when it is told nothing. */
static mz_status read_policy(replaying *made, mz_policy **ret_policy, mz_error *error) {
    const mz_json_value *policy = mz_json_member(made->receipt, "policy");
    char usual[MZ_POLICY_DIGEST_SIZE];
    mz_str named = MZ_STR("");
    mz_status status = mz_json_read_str(mz_json_member(made->line.body, "policy"), "digest", &named, error);
    if (status) return status;
    if (!policy || policy->kind == MZ_JSON_NULL) {
        status = mz_policy_digest(NULL, usual, error);
        if (status || mz_str_equal(named, mz_str_of(usual))) return status;
        return mz_fail(error, MZ_ERR_NOT_FOUND, "the policy that it was screened by is not in the receipt");
    }
    status = mz_json_expect(policy, MZ_JSON_OBJECT, "\"policy\"", error);
    if (!status) status = canonical_of(made, policy, error);
    if (!status) status = mz_policy_read(mz_buffer_view(&made->text), ret_policy, error);
    return status ? status : check_policy(made, policy, named, *ret_policy, error);
}

/* ---- again ---- */

/* All hits are asked for, whatever the limit was: the answer may have been cut where scores were equal. */
static mz_status screen(replaying *made, const mz_index *index, const mz_policy *policy, mz_error *error) {
    const mz_json_value *given = mz_json_member(made->line.body, "options");
    const mz_wish_bounds bounds = {.any_threshold = true, .limit_most = MZ_LIMIT_MOST};
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    mz_screener *screener = NULL;
    mz_query_wishes usual;
    int64_t budget = (int64_t)options.budget;
    size_t hits;
    mz_str answer;
    if (!given) return mz_fail(error, MZ_ERR_INPUT, "a receipt has \"options\"");
    mz_status status = mz_query_read_wishes(given, &bounds, made->arena, &usual, error);
    if (!status) status = mz_json_read_int(given, "budget", 0, INT64_MAX, &budget, error);
    if (!status) status = mz_json_read_bool(given, "exhaustive", &options.exhaustive, error);
    options.budget = (uint64_t)budget;
    options.policy = policy;
    options.limit = options.limit_most = usual.limit = MZ_LIMIT_MOST;
    if (!status) status = mz_screener_new(index, &options, &screener, error);
    if (!status) status = mz_screen_json_value(screener, made->query, &usual, &answer, &hits, error);
    if (!status) made->replay.answer = mz_arena_copy(made->arena, answer);
    mz_screener_free(screener);
    return status;
}

static mz_status compare(replaying *made, mz_error *error) {
    const mz_json_value *now;
    mz_buffer lines;
    bool same = false;
    mz_buffer_init(&lines, MZ_RECEIPT_BYTES);
    mz_status status = mz_json_parse(made->replay.answer, 0, made->arena, &now, error);
    if (!status) status = mz_replay_compare(made->answer, now, made->arena, &same, &lines, error);
    made->replay.outcome = same                       ? MZ_REPLAY_IDENTICAL
                           : made->replay.other_build ? MZ_REPLAY_OTHER_BUILD
                                                      : MZ_REPLAY_DIFFERENT;
    made->replay.difference = mz_arena_copy(made->arena, mz_buffer_view(&lines));
    mz_buffer_done(&lines);
    return status;
}

static mz_status replay(replaying *made, mz_str receipt, mz_list_store *lists, const char *folder, mz_error *error) {
    mz_policy *policy = NULL;
    mz_index *index = NULL;
    mz_error own = {0};
    bool there = false;
    mz_status status = mz_json_parse(receipt, 0, made->arena, &made->receipt, error);
    if (!status) status = mz_json_expect(made->receipt, MZ_JSON_OBJECT, "a receipt", error);
    if (!status) status = check_members(made->receipt, error);
    if (!status) status = check_entry(made, error);
    if (!status) status = read_build(made, error);
    if (!status) status = check_personal(made, &there, error);
    if (!status) status = prove(made, error);
    if (status) return status;
    status = read_policy(made, &policy, &own);
    if ((!status || status == MZ_ERR_NOT_FOUND) && !there)
        status = mz_fail(&own, MZ_ERR_NOT_FOUND, "what was asked and answered was erased");
    if (!status)
        status =
            mz_replay_image_open(mz_json_member(made->line.body, "lists"), lists, folder, made->arena, &index, &own);
    if (status == MZ_ERR_NOT_FOUND) {
        status = not_possible(made, &own);
    } else {
        if (!status) status = screen(made, index, policy, &own);
        if (!status) status = compare(made, &own);
        if (status && error) *error = own;
    }
    mz_index_close(index);
    mz_policy_free(policy);
    return status;
}

mz_status mz_receipt_replay(mz_str receipt, const mz_receipt_known *known, mz_list_store *lists, const char *folder,
                            mz_arena *arena, mz_replay *ret_replay, mz_error *error) {
    replaying made = {.arena = arena, .known = known, .replay = {.proof = MZ_PROOF_NO_STORE}};
    if (receipt.size > MZ_RECEIPT_BYTES)
        return mz_fail(error, MZ_ERR_LIMIT, "a receipt has at most %d MiB", MZ_RECEIPT_BYTES >> 20);
    mz_buffer_init(&made.text, MZ_RECEIPT_BYTES);
    mz_status status = replay(&made, receipt, lists, folder, error);
    mz_buffer_done(&made.text);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "a receipt");
    if (!status) *ret_replay = made.replay;
    return status;
}
