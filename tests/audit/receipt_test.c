/* A screening is kept so that it can be made again, against the versions that it was made with. All people here are
 * invented. */
#include "chains.h"

#include "audit/build.h"
#include "audit/receipt.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_canonical.h"
#include "oom.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERSON(id, name, birth)                                                                                        \
    "{\"id\":\"house-" id "\",\"schema\":\"Person\",\"properties\":{\"name\":[\"" name "\"],\"birthDate\":[\"" birth   \
    "\"]}}\n"
#define QUERY                                                                                                          \
    "{\"id\":\"q1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Karim Ulghazi\"],\"birthDate\":[1985]},"         \
    "\"threshold\":0.60}"

static const char *const first_list =
    PERSON("1", "Zaynab Murjani", "1970") PERSON("2", "Karim Oulghazi", "1985") PERSON("3", "Idris Benzahi", "1962");
static const char *const second_list =
    PERSON("1", "Zaynab Murjani", "1970") PERSON("3", "Idris Benzahi", "1962") PERSON("4", "Karima Oulghazy", "1990");

/* ---- lists, and a screening against what is current ---- */

typedef struct scene {
    chains chains;
    mz_list_store *lists;
    mz_index *index;
    mz_policy *policy;       /* NULL: the default */
    mz_audit_signer *signer; /* of receipts; NULL: none */
    char folder[512], replay[600], image[600];
    int64_t number; /* of the receipt */
} scene;

static void bring_in(scene *open, const char *list, const char *text) {
    const mz_import_options options = {.list = list, .origin = "https://lists.example", .accept = true};
    char path[700];
    mz_list_version version;
    mz_error error;
    bool fresh;
    snprintf(path, sizeof path, "%s/file.ftm.json", open->folder);
    CHECK_OK(mz_file_replace(path, text, strlen(text), &error), error);
    CHECK_OK(
        mz_list_store_import(open->lists, mz_list_format_find(MZ_STR("ftm")), path, &options, &version, &fresh, &error),
        error);
}

static mz_status add_record(void *context, const mz_record *record, mz_error *error) {
    return mz_index_builder_add(context, record, error);
}

/* The image of what is current, as the service has it. */
static void build(scene *open) {
    mz_list_version *versions;
    mz_index_builder *builder;
    size_t count;
    mz_error error;
    mz_index_close(open->index);
    CHECK_OK(mz_list_store_current(open->lists, &versions, &count, &error), error);
    CHECK_OK(mz_index_builder_new(open->image, &builder, &error), error);
    for (size_t k = 0; k < count; k++) {
        CHECK_OK(mz_index_builder_list(builder, mz_str_of(versions[k].list), mz_str_of(versions[k].version),
                                       versions[k].published, &error),
                 error);
        CHECK_OK(mz_list_store_records(open->lists, versions[k].list, NULL, add_record, builder, &error), error);
    }
    CHECK_OK(mz_index_builder_finish(builder, &error), error);
    mz_index_builder_free(builder);
    free(versions);
    CHECK_OK(mz_index_open(open->image, &open->index, &error), error);
}

static void scene_open(scene *open, const char *address) {
    static int runs;
    mz_error error;
    memset(open, 0, sizeof *open);
    chains_open(&open->chains, address);
    snprintf(open->folder, sizeof open->folder, "%s/scene-%d", mz_test_folder(), runs++);
    snprintf(open->replay, sizeof open->replay, "%s/replay", open->folder);
    snprintf(open->image, sizeof open->image, "%s/now.mzi", open->folder);
    CHECK_OK(mz_folder_make(open->folder, &error), error);
    CHECK_OK(mz_list_store_open(open->folder, true, &open->lists, &error), error);
    bring_in(open, "house", first_list);
    build(open);
}

static void scene_close(scene *open) {
    mz_index_close(open->index);
    mz_policy_free(open->policy);
    mz_list_store_close(open->lists);
    chains_close(&open->chains);
}

typedef struct keeping {
    scene *open;
    mz_receipt_draft draft;
    mz_audit_place place;
} keeping;

static mz_status keep(void *context, mz_sql *sql, mz_error *error) {
    keeping *kept = context;
    return mz_receipt_add(sql, &kept->draft, &kept->open->chains.arena, &kept->place, error);
}

static void screen(scene *open, const char *query, size_t limit) {
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    mz_screener *screener;
    mz_str answer;
    size_t hits;
    mz_error error;
    options.policy = open->policy;
    options.limit = limit;
    CHECK_OK(mz_screener_new(open->index, &options, &screener, &error), error);
    CHECK_OK(mz_screen_json(screener, mz_str_of(query), &answer, &hits, &error), error);
    keeping kept = {.open = open,
                    .draft = {.index = open->index,
                              .options = limit == 2 ? &options : NULL,
                              .policy = open->policy,
                              .query = mz_str_of(query),
                              .answer = answer,
                              .why = MZ_STR("asked"),
                              .actor_kind = MZ_STR("person"),
                              .actor = MZ_STR("leila"),
                              .object = MZ_STR("subject-1"),
                              .chain = HOUSE}};
    CHECK_OK(mz_store_change(open->chains.store, keep, &kept, &error), error);
    mz_screener_free(screener);
    open->number = kept.place.number;
}

typedef struct writing {
    scene *open;
    mz_str chain;
    mz_buffer out;
} writing;

static mz_status write_it(void *context, mz_sql *sql, mz_error *error) {
    writing *written = context;
    mz_buffer_clear(&written->out);
    return mz_receipt_write(sql, written->chain, written->open->number, written->open->signer,
                            &written->open->chains.arena, &written->out, error);
}

static mz_str receipt_of(scene *open) {
    writing written = {.open = open, .chain = HOUSE};
    mz_error error;
    mz_buffer_init(&written.out, MZ_RECEIPT_BYTES);
    CHECK_OK(mz_store_read(open->chains.store, write_it, &written, &error), error);
    mz_str text = mz_arena_copy(&open->chains.arena, mz_buffer_view(&written.out));
    mz_buffer_done(&written.out);
    return text;
}

static mz_status replay_by(scene *open, mz_str receipt, const mz_receipt_known *known, mz_replay *ret_replay,
                           mz_error *error) {
    return mz_receipt_replay(receipt, known, open->lists, open->replay, &open->chains.arena, ret_replay, error);
}

static mz_replay replay(scene *open, mz_str receipt) {
    const mz_receipt_known known = {.store = open->chains.store};
    mz_replay replay;
    mz_error error;
    CHECK_OK(replay_by(open, receipt, &known, &replay, &error), error);
    return replay;
}

static mz_str replaced(scene *open, mz_str text, const char *from, const char *to) {
    const char *at = strstr(text.data, from);
    CHECK(at != NULL);
    return mz_arena_print(&open->chains.arena, "%.*s%s%s", (int)(at - text.data), text.data, to, at + strlen(from));
}

/* ---- what a receipt has ---- */

STORE_TEST(a_receipt_has_what_a_screening_is_a_function_of) {
    scene open;
    char digest[MZ_POLICY_DIGEST_SIZE], expected[1024], id[MZ_BUILD_ID_SIZE];
    mz_index_facts facts;
    mz_error error;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    mz_str receipt = receipt_of(&open);
    mz_index_info(open.index, &facts);
    mz_build_id(id);
    CHECK_OK(mz_policy_digest(NULL, digest, &error), error);
    snprintf(
        expected, sizeof expected,
        "\"body\":{\"build\":{\"id\":\"%s\",\"version\":\"%s\"},\"hits\":1,\"lists\":[{\"entities\":3,\"list\":"
        "\"house\",\"published\":0,\"version\":\"%.64s\"}],\"options\":{\"budget\":1000000000,\"exhaustive\":false}"
        ",\"policy\":{\"digest\":\"%s\",\"name\":\"default\"},\"why\":\"asked\"}",
        id, mz_build_version(), facts.lists[0].version.data, digest);
    CHECK(id[0] != '\0');
    CHECK(strstr(receipt.data, expected) != NULL);
    CHECK(strstr(receipt.data, "{\"checkpoint\":null,\"entry\":{\"actor\":\"leila\"") == receipt.data);
    CHECK(strstr(receipt.data, "\"query\":{\"id\":\"q1\",\"properties\":{\"birthDate\":[\"1985\"],\"name\":[\"Karim "
                               "Ulghazi\"]},\"schema\":\"Person\",\"threshold\":0.6}") != NULL);
    CHECK(strstr(receipt.data, "\"answer\":{\"hits\":[{\"caption\":\"Karim Oulghazi\",\"entity\":\"house-2\"") != NULL);
    CHECK(strstr(receipt.data, "\"policy\":{\"mizan-policy\":1,") != NULL);
    CHECK(!strstr(strstr(receipt.data, "\"entry\""), "Karim") ||
          strstr(strstr(receipt.data, "\"entry\""), "Karim") > strstr(receipt.data, "\"personal\":{"));
    mz_audit_signer *signer = chains_signer("receipts.key");
    mz_audit_checkpoint checkpoint = chains_sign(&open.chains, signer);
    receipt = receipt_of(&open);
    CHECK(strstr(receipt.data, "{\"checkpoint\":\"mizan-checkpoint 1\\nchain house\\nnumber 1\\n") == receipt.data);
    CHECK(strstr(receipt.data, checkpoint.signature.data) != NULL);
    mz_audit_signer_close(signer);
    scene_close(&open);
}

STORE_TEST(only_screenings_of_ones_own_have_receipts) {
    scene open;
    mz_error error;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    writing written = {.open = &open, .chain = BUREAU};
    mz_buffer_init(&written.out, MZ_RECEIPT_BYTES);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_read(open.chains.store, write_it, &written, &error));
    chains_fill(&open.chains, 1);
    open.number = 2;
    written.chain = HOUSE;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_read(open.chains.store, write_it, &written, &error));
    mz_buffer_done(&written.out);
    scene_close(&open);
}

/* ---- screening again ---- */

STORE_TEST(a_screening_is_made_again_although_the_list_has_changed) {
    scene open;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    mz_str receipt = receipt_of(&open);
    mz_replay again = replay(&open, receipt);
    CHECK_TEXT("identical", mz_replay_outcome_word(again.outcome));
    CHECK(!again.other_build);
    CHECK_STR(MZ_STR(""), again.difference);
    bring_in(&open, "house", second_list);
    bring_in(&open, "other", PERSON("9", "Karim Oulghazi", "1985"));
    build(&open);
    again = replay(&open, receipt);
    CHECK_TEXT("identical", mz_replay_outcome_word(again.outcome));
    CHECK(strstr(again.answer.data, "house-2") != NULL);
    screen(&open, QUERY, 10); /* which now finds others */
    mz_str later = receipt_of(&open);
    CHECK(!strstr(later.data, "house-2"));
    CHECK_TEXT("identical", mz_replay_outcome_word(replay(&open, later).outcome));
    CHECK_TEXT("identical", mz_replay_outcome_word(replay(&open, receipt).outcome));
    scene_close(&open);
}

STORE_TEST(policy_and_wishes_are_those_of_then) {
    scene open;
    mz_error error;
    scene_open(&open, address);
    CHECK_OK(mz_policy_read(MZ_STR("{\"mizan-policy\":1,\"name\":\"strict\",\"threshold\":0.55,\"weights\":{"
                                   "\"extra\":0.3}}"),
                            &open.policy, &error),
             error);
    screen(&open, "{\"properties\":{\"name\":\"Karim Oulghazi Senior\"},\"filter\":{\"lists\":[\"house\"]}}", 10);
    mz_str receipt = receipt_of(&open);
    CHECK(strstr(receipt.data, "\"name\":\"strict\"") != NULL);
    mz_replay again = replay(&open, receipt);
    CHECK_TEXT("identical", mz_replay_outcome_word(again.outcome));
    CHECK(strstr(again.answer.data, "house-2") != NULL);
    mz_replay other;
    mz_str changed = replaced(&open, receipt, "\"extra\":0.3", "\"extra\":0.2");
    CHECK_INT(MZ_ERR_REFUSED, replay_by(&open, changed, NULL, &other, &error));
    scene_close(&open);
}

STORE_TEST(an_answer_that_was_cut_at_its_limit_is_compared_as_far_as_it_goes) {
    scene open;
    scene_open(&open, address);
    bring_in(&open, "house",
             PERSON("1", "Karim Oulghazi", "1985") PERSON("2", "Karim Oulghazi", "1985")
                 PERSON("3", "Karim Oulghazi", "1985"));
    build(&open);
    screen(&open, QUERY, 2);
    CHECK(strstr(receipt_of(&open).data, "\"total\":3") != NULL);
    CHECK(strstr(receipt_of(&open).data, "\"exhaustive\":false,\"limit\":2}") != NULL);
    CHECK_TEXT("identical", mz_replay_outcome_word(replay(&open, receipt_of(&open)).outcome));
    scene_close(&open);
}

/* A receipt of this entry with another answer, as a program that judges otherwise would have made it. */
static mz_str with_answer(scene *open, const char *from, const char *to, const char *build) {
    const mz_json_value *root;
    mz_error error;
    CHECK_OK(mz_json_parse(receipt_of(open), 0, &open->chains.arena, &root, &error), error);
    mz_buffer text;
    mz_buffer_init(&text, 1 << 20);
    CHECK_OK(mz_json_canonical_value(mz_json_member(root, "personal"), &open->chains.arena, &text, &error), error);
    mz_str personal = replaced(open, mz_arena_copy(&open->chains.arena, mz_buffer_view(&text)), from, to);
    mz_buffer_clear(&text);
    const mz_json_value *body = mz_json_member(mz_json_member(root, "entry"), "body");
    CHECK_OK(mz_json_canonical_value(body, &open->chains.arena, &text, &error), error);
    mz_str body_text = mz_arena_copy(&open->chains.arena, mz_buffer_view(&text));
    if (build) body_text = replaced(open, body_text, mz_build_version(), build);
    mz_buffer_done(&text);
    const mz_audit_draft draft = {
        .chain = HOUSE, .kind = MZ_STR(MZ_RECEIPT_KIND), .body = body_text, .personal = personal};
    open->number = chains_add(&open->chains, &draft).number;
    return receipt_of(open);
}

STORE_TEST(what_differs_is_shown) {
    scene open;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    int64_t number = open.number;
    mz_replay again = replay(&open, with_answer(&open, "\"house-2\"", "\"house-7\"", NULL));
    CHECK_TEXT("different", mz_replay_outcome_word(again.outcome));
    CHECK(strstr(again.difference.data, "house-7 (Karim Oulghazi, score ") == again.difference.data);
    CHECK(strstr(again.difference.data, ": was found, and is not now\nhouse-2 (Karim Oulghazi, score ") != NULL);
    CHECK(strstr(again.difference.data, ": is found now, and was not\n") != NULL);
    open.number = number;
    again = replay(&open, with_answer(&open, "\"bits\":", "\"bits\":7", "0.0.7"));
    CHECK_TEXT("other-build", mz_replay_outcome_word(again.outcome));
    CHECK(again.other_build);
    CHECK(strstr(again.build_then.data, "0.0.7 ") == again.build_then.data);
    CHECK(strstr(again.difference.data, "house-2: evidence 1 was {") == again.difference.data);
    open.number = number; /* another program that found the same */
    again = replay(&open, with_answer(&open, "Karim", "Karim", "0.0.7"));
    CHECK_TEXT("identical", mz_replay_outcome_word(again.outcome));
    CHECK(again.other_build);
    scene_close(&open);
}

STORE_TEST(what_cannot_be_made_again_says_why) {
    scene open;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    mz_str receipt = receipt_of(&open);
    mz_index_facts facts;
    mz_index_info(open.index, &facts);
    char command[900];
    snprintf(command, sizeof command, "%s/lists/house/%.64s", open.folder, facts.lists[0].version.data);
    char away[900];
    snprintf(away, sizeof away, "%s/away", open.folder);
    CHECK_INT(0, rename(command, away));
    mz_replay again = replay(&open, receipt);
    CHECK_TEXT("not-possible", mz_replay_outcome_word(again.outcome));
    CHECK(again.difference.size > 0);
    CHECK_INT(0, rename(away, command));
    chains_run(&open.chains, "DELETE FROM audit_personal", NULL, 0);
    again = replay(&open, receipt_of(&open));
    CHECK_TEXT("not-possible", mz_replay_outcome_word(again.outcome));
    CHECK_STR(MZ_STR("what was asked and answered was erased\n"), again.difference);
    CHECK_TEXT("identical", mz_replay_outcome_word(replay(&open, receipt).outcome)); /* which was handed out before */
    scene_close(&open);
}

STORE_TEST(a_receipt_that_was_changed_is_refused) {
    static const struct {
        const char *from, *to;
    } changes[] = {
        {"\"why\":\"asked\"", "\"why\":\"subject.new\""},
        {"\"actor\":\"leila\"", "\"actor\":\"omar\""},
        {"Karim Ulghazi", "Karim Olghazi"},
        {"\"hash\":\"", "\"hash\":\"0"},
        {"\"salt\":\"", "\"salt\":\"0"},
        {"\"receipt\":1", "\"note\":\"approved\",\"receipt\":1"},
        {"\"policy\":{\"mizan-policy\":1,\"name\":\"default\"", "\"policy\":{\"mizan-policy\":1,\"name\":\"lenient\""},
        {"\"algorithm\":\"mizan-1\",", ""},
    };
    scene open;
    mz_replay again;
    mz_error error;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    mz_str receipt = receipt_of(&open);
    for (size_t k = 0; k < sizeof changes / sizeof *changes; k++) {
        mz_str changed = replaced(&open, receipt, changes[k].from, changes[k].to);
        mz_test_case("%s", changes[k].to);
        CHECK_INT(MZ_ERR_REFUSED, replay_by(&open, changed, NULL, &again, &error));
    }
    static const char *const no_receipts[] = {"", "[]", "{}", "{\"entry\":{},\"hash\":\"x\"}", "{\"entry\":1}"};
    for (size_t k = 0; k < sizeof no_receipts / sizeof *no_receipts; k++) {
        mz_test_case("%s", no_receipts[k]);
        CHECK(replay_by(&open, mz_str_of(no_receipts[k]), NULL, &again, &error) != MZ_OK);
    }
    scene_close(&open);
}

/* ---- whether it was ever written ---- */

static void digest_of(mz_str salt, mz_str text, char ret_hash[MZ_DIGEST_HEX_SIZE]) {
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, salt.data, salt.size);
    mz_digest_update(&digest, text.data, text.size);
    mz_digest_hex(&digest, ret_hash);
}

static mz_str canonical_member(scene *open, mz_str receipt, const char *key) {
    const mz_json_value *root;
    mz_buffer text;
    mz_error error;
    mz_buffer_init(&text, 1 << 20);
    CHECK_OK(mz_json_parse(receipt, 0, &open->chains.arena, &root, &error), error);
    CHECK_OK(mz_json_canonical_value(mz_json_member(root, key), &open->chains.arena, &text, &error), error);
    mz_str copy = mz_arena_copy(&open->chains.arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return copy;
}

/* The receipt with something else in it, and every hash made anew so that all of them fit. */
static mz_str invented(scene *open, mz_str receipt, const char *from, const char *to) {
    char personal_hash[MZ_DIGEST_HEX_SIZE], hash[MZ_DIGEST_HEX_SIZE], salt[33] = {0};
    mz_arena *arena = &open->chains.arena;
    mz_str changed = replaced(open, receipt, from, to);
    mz_str personal = canonical_member(open, changed, "personal"), entry = canonical_member(open, changed, "entry");
    memset(salt, 'z', 32);
    digest_of((mz_str){salt, 32}, personal, personal_hash);
    const char *old = strstr(entry.data, "\"personal\":\"") + 12;
    entry = mz_arena_print(arena, "%.*s%s%s", (int)(old - entry.data), entry.data, personal_hash, old + 64);
    digest_of(MZ_STR(""), entry, hash);
    mz_str checkpoint = canonical_member(open, changed, "checkpoint"),
           policy = canonical_member(open, changed, "policy");
    return mz_arena_print(arena,
                          "{\"checkpoint\":%s,\"entry\":%s,\"hash\":\"%s\",\"personal\":%s,\"policy\":%s,\"receipt\":"
                          "1,\"salt\":\"7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a\"}",
                          checkpoint.data, entry.data, hash, personal.data, policy.data);
}

static void check_proof(scene *open, mz_str receipt, const mz_receipt_known *known, const char *outcome,
                        const char *proof) {
    mz_replay again;
    mz_error error;
    CHECK_OK(replay_by(open, receipt, known, &again, &error), error);
    CHECK_TEXT(outcome, mz_replay_outcome_word(again.outcome));
    CHECK_TEXT(proof, mz_receipt_proof_word(again.proof));
}

STORE_TEST(a_receipt_that_was_never_written_is_not_proved_however_well_it_comes_out) {
    scene open;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    chains_fill(&open.chains, 3);
    const mz_receipt_known store = {.store = open.chains.store};
    mz_str receipt = receipt_of(&open);
    check_proof(&open, receipt, &store, "identical", "entry");
    check_proof(&open, invented(&open, receipt, "\"leila\"", "\"omar\""), &store, "identical", "no-entry");
    check_proof(&open, invented(&open, receipt, "Karim Ulghazi", "Karim Oulghazi"), &store, "different", "no-entry");
    check_proof(&open, invented(&open, receipt, "\"caption\":\"Karim", "\"caption\":\"Rachid"), &store, "different",
                "no-entry");
    check_proof(&open, invented(&open, receipt, "\"number\":1,", "\"number\":900,"), &store, "identical", "no-entry");
    check_proof(&open, invented(&open, receipt, "\"chain\":\"house\"", "\"chain\":\"bureau\""), &store, "identical",
                "no-entry");
    check_proof(&open, invented(&open, receipt, "\"chain\":\"house\"", "\"chain\":\"nobody\""), &store, "identical",
                "no-entry");
    scene_close(&open);
}

STORE_TEST(a_receipt_of_another_store_is_not_proved_by_this_one) {
    scene open;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    mz_str elsewhere = receipt_of(&open);
    chains_run(&open.chains, "DELETE FROM audit_personal", NULL, 0);
    chains_run(&open.chains, "DELETE FROM audit_entry", NULL, 0);
    chains_run(&open.chains, "DELETE FROM audit_chain", NULL, 0);
    const mz_receipt_known store = {.store = open.chains.store};
    check_proof(&open, elsewhere, &store, "identical", "no-entry"); /* it has no such chain */
    screen(&open, QUERY, 10);                                       /* it has another entry there */
    check_proof(&open, elsewhere, &store, "identical", "no-entry");
    check_proof(&open, receipt_of(&open), &store, "identical", "entry");
    scene_close(&open);
}

STORE_TEST(an_entry_that_was_put_into_the_store_does_not_prove_its_receipt) {
    scene open;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    chains_fill(&open.chains, 2);
    const mz_receipt_known store = {.store = open.chains.store};
    mz_str other = invented(&open, receipt_of(&open), "\"leila\"", "\"omar\"");
    const mz_sql_value values[] = {mz_sql_text(canonical_member(&open, other, "entry")),
                                   mz_sql_text(canonical_member(&open, other, "hash"))};
    CHECK_INT(1, chains_run(&open.chains, "UPDATE audit_entry SET line = ?1, hash = SUBSTR(?2, 2, 64) WHERE number = 1",
                            values, 2));
    check_proof(&open, other, &store, "identical", "altered-entry");
    chains_run(&open.chains, "DELETE FROM audit_entry WHERE number > 1", NULL, 0);
    check_proof(&open, other, &store, "identical", "altered-entry");
    scene_close(&open);
}

STORE_TEST(where_there_is_no_store_the_key_proves_the_very_entry_that_it_signed) {
    scene open;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    mz_audit_signer *signer = chains_signer("receipts.key"), *stranger = chains_signer("stranger.key");
    const mz_receipt_known nothing = {.store = NULL};
    const mz_receipt_known key = {.public_keys = mz_str_of(mz_audit_signer_public(signer))};
    const mz_receipt_known other = {.public_keys = mz_str_of(mz_audit_signer_public(stranger))};
    const mz_receipt_known both = {
        .public_keys = mz_arena_print(&open.chains.arena, "%s  %s", other.public_keys.data, key.public_keys.data)};
    mz_str bare = receipt_of(&open);
    check_proof(&open, bare, NULL, "identical", "no-store");
    check_proof(&open, bare, &nothing, "identical", "no-store");
    check_proof(&open, bare, &key, "identical", "no-checkpoint");
    (void)chains_sign(&open.chains, signer);
    mz_str receipt = receipt_of(&open);
    check_proof(&open, receipt, &nothing, "identical", "no-store");
    check_proof(&open, receipt, &key, "identical", "checkpoint");
    check_proof(&open, receipt, &both, "identical", "checkpoint");
    check_proof(&open, receipt, &other, "identical", "other-key");
    check_proof(&open, invented(&open, receipt, "\"leila\"", "\"omar\""), &key, "identical", "other-checkpoint");
    check_proof(&open, replaced(&open, receipt, "\\nnumber 1\\n", "\\nnumber 2\\n"), &key, "identical",
                "forged-checkpoint");
    check_proof(&open, replaced(&open, receipt, "mizan-checkpoint 1", "mizan-checkpoint 2"), &key, "identical",
                "forged-checkpoint");
    mz_audit_signer_close(stranger);
    mz_audit_signer_close(signer);
    scene_close(&open);
}

STORE_TEST(a_checkpoint_of_a_later_entry_proves_no_receipt_but_its_signer_can_sign_the_earlier_one) {
    scene open;
    scene_open(&open, address);
    screen(&open, QUERY, 10);
    chains_fill(&open.chains, 20);
    mz_audit_signer *signer = chains_signer("receipts.key"), *stranger = chains_signer("stranger.key");
    const mz_receipt_known key = {.public_keys = mz_str_of(mz_audit_signer_public(signer))};
    open.signer = signer;
    CHECK(strstr(receipt_of(&open).data, "{\"checkpoint\":null,") != NULL); /* nothing was signed yet */
    (void)chains_sign(&open.chains, signer);
    open.signer = NULL;
    mz_str later = receipt_of(&open);
    CHECK(strstr(later.data, "\\nnumber 21\\n") != NULL);
    check_proof(&open, later, &key, "identical", "other-checkpoint");
    open.signer = stranger; /* which has signed nothing */
    CHECK_STR(later, receipt_of(&open));
    open.signer = signer;
    mz_str own = receipt_of(&open);
    CHECK(strstr(own.data, "\\nnumber 1\\n") != NULL);
    CHECK_STR(own, receipt_of(&open));
    check_proof(&open, own, &key, "identical", "checkpoint");
    CHECK_INT(1, chains_verify(&open.chains, NULL).checkpoints); /* it is not kept */
    chains_run(&open.chains, "UPDATE audit_entry SET hash = 'x' WHERE number = 9", NULL, 0);
    CHECK_STR(later, receipt_of(&open)); /* nothing leads there any more */
    mz_audit_signer_close(stranger);
    mz_audit_signer_close(signer);
    scene_close(&open);
}

static size_t images_in(const char *folder) {
    DIR *open_folder = opendir(folder);
    size_t count = 0;
    CHECK(open_folder != NULL);
    for (struct dirent *file = readdir(open_folder); file; file = readdir(open_folder))
        count += strstr(file->d_name, ".mzi") && !strstr(file->d_name, ".mzi.");
    closedir(open_folder);
    return count;
}

TEST(images_are_kept_for_the_next_time_and_only_a_few) {
    enum { VERSIONS = MZ_REPLAY_IMAGES_MOST + 2 };
    scene open;
    mz_str receipts[VERSIONS];
    char text[512];
    scene_open(&open, mz_test_sqlite());
    for (int k = 0; k < VERSIONS; k++) {
        snprintf(text, sizeof text, PERSON("1", "Karim Oulghazi", "%d"), 1980 + k);
        bring_in(&open, "house", text);
        build(&open);
        screen(&open, QUERY, 10);
        receipts[k] = receipt_of(&open);
    }
    for (int round = 0; round < 2; round++)
        for (int k = 0; k < VERSIONS; k++) {
            mz_test_case("round %d, version %d", round, k);
            CHECK_TEXT("identical", mz_replay_outcome_word(replay(&open, receipts[k]).outcome));
            CHECK(images_in(open.replay) <= MZ_REPLAY_IMAGES_MOST);
        }
    CHECK_INT(MZ_REPLAY_IMAGES_MOST, images_in(open.replay));
    scene_close(&open);
}

/* ---- no memory ---- */

typedef struct starving {
    mz_receipt_known known;
    mz_list_store *lists;
    const char *folder;
    mz_str receipt;
} starving;

static mz_status replay_once(void *context, mz_error *error) {
    const starving *starved = context;
    mz_arena arena;
    mz_replay again;
    mz_arena_init(&arena, 16 << 20);
    mz_status status =
        mz_receipt_replay(starved->receipt, &starved->known, starved->lists, starved->folder, &arena, &again, error);
    if (!status && (again.outcome != MZ_REPLAY_IDENTICAL || again.proof != MZ_PROOF_CHECKPOINT))
        status = mz_fail(error, MZ_ERR_REFUSED, "not the same");
    mz_arena_done(&arena);
    return status;
}

TEST(without_memory_nothing_is_said_to_differ) {
    scene open;
    scene_open(&open, mz_test_sqlite());
    screen(&open, QUERY, 10);
    open.signer = chains_signer("receipts.key");
    (void)chains_sign(&open.chains, open.signer);
    const mz_receipt_known known = {.public_keys = mz_str_of(mz_audit_signer_public(open.signer))};
    starving starved = {known, open.lists, open.replay, receipt_of(&open)};
    CHECK_TEXT("identical", mz_replay_outcome_word(replay(&open, starved.receipt).outcome));
    mz_oom_each(replay_once, &starved);
    mz_audit_signer_close(open.signer);
    scene_close(&open);
}

TEST_MAIN()
