/* Whatever is done to a chain behind the program's back is found, and the first entry that is not as it was is named.
 */
#include "chains.h"

#include "base/error.h"
#include "test.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { ENTRIES = 60, FIRST_SIGNED = 20, LAST_SIGNED = 40, LINE_BYTES = 2048 };

/* ---- a chain to tamper with ---- */

static void clear(chains *open) {
    chains_forget();
    chains_run(open, "DELETE FROM audit_checkpoint WHERE chain = 'house'", NULL, 0);
    chains_run(open, "DELETE FROM audit_personal WHERE chain = 'house'", NULL, 0);
    chains_run(open, "DELETE FROM audit_entry WHERE chain = 'house'", NULL, 0);
    chains_run(open, "DELETE FROM audit_chain WHERE chain = 'house'", NULL, 0);
}

typedef struct signing {
    chains *open;
    mz_audit_signer *signer;
    mz_audit_checkpoint *made;
} signing;

static mz_status sign_again(void *context, mz_sql *sql, mz_error *error) {
    signing *signs = context;
    bool fresh;
    return mz_audit_sign(sql, signs->signer, HOUSE, &signs->open->arena, signs->made, &fresh, error);
}

static void make_anew(chains *open, mz_audit_signer *signer) {
    clear(open);
    chains_fill(open, FIRST_SIGNED);
    chains_sign(open, signer);
    chains_fill(open, LAST_SIGNED - FIRST_SIGNED);
    chains_sign(open, signer);
    chains_fill(open, ENTRIES - LAST_SIGNED);
}

typedef struct stored_line {
    int64_t number;
    char line[LINE_BYTES];
} stored_line;

static mz_status take_line(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    stored_line *stored = context;
    (void)count, (void)error;
    snprintf(stored->line, sizeof stored->line, "%.*s", (int)columns[0].text.size, columns[0].text.data);
    return MZ_OK;
}

static mz_status read_line(void *context, mz_sql *sql, mz_error *error) {
    stored_line *stored = context;
    const mz_sql_value values[] = {mz_sql_int(stored->number)};
    return mz_sql_query(sql, "SELECT line FROM audit_entry WHERE chain = 'house' AND number = ?1", values, 1, take_line,
                        stored, error);
}

static stored_line line_of(chains *open, int64_t number) {
    stored_line stored = {.number = number};
    mz_error error;
    CHECK_OK(mz_store_read(open->store, read_line, &stored, &error), error);
    CHECK(stored.line[0]);
    return stored;
}

static void hash_of(const char *text, char ret_hash[MZ_DIGEST_HEX_SIZE]) {
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, text, strlen(text));
    mz_digest_hex(&digest, ret_hash);
}

/* What stands behind `key` in a line becomes `value`. */
static void put_in_line(stored_line *stored, const char *key, const char *value) {
    char *at = strstr(stored->line, key), rest[LINE_BYTES];
    CHECK(at != NULL);
    at += strlen(key);
    snprintf(rest, sizeof rest, "%s", at + strcspn(at, ",}"));
    snprintf(at, sizeof stored->line - (size_t)(at - stored->line), "%s%s", value, rest);
}

static void write_line(chains *open, const stored_line *stored, bool hashed) {
    char hash[MZ_DIGEST_HEX_SIZE];
    hash_of(stored->line, hash);
    const mz_sql_value values[] = {mz_sql_int(stored->number), mz_sql_text(mz_str_of(stored->line)),
                                   mz_sql_text(mz_str_of(hash))};
    chains_run(open, "UPDATE audit_entry SET line = ?2 WHERE chain = 'house' AND number = ?1", values, 2);
    const mz_sql_value hashes[] = {values[0], values[2]};
    if (hashed) chains_run(open, "UPDATE audit_entry SET hash = ?2 WHERE chain = 'house' AND number = ?1", hashes, 2);
}

static void rewrite(chains *open, int64_t number, const char *key, const char *value, bool hashed) {
    stored_line stored = line_of(open, number);
    put_in_line(&stored, key, value);
    write_line(open, &stored, hashed);
}

/* As whoever knows how a chain is made would: all that follows names what is now before it. */
static void rewrite_from(chains *open, int64_t number, const char *key, const char *value) {
    char hash[MZ_DIGEST_HEX_SIZE], named[MZ_DIGEST_HEX_SIZE + 4];
    rewrite(open, number, key, value, true);
    for (int64_t next = number + 1; next <= ENTRIES; next++) {
        stored_line before = line_of(open, next - 1);
        hash_of(before.line, hash);
        snprintf(named, sizeof named, "\"%s\"", hash);
        rewrite(open, next, "\"previous\":", named, true);
    }
    stored_line last = line_of(open, ENTRIES);
    hash_of(last.line, hash);
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(hash))};
    chains_run(open, "UPDATE audit_chain SET hash = ?1 WHERE chain = 'house'", values, 1);
}

static void move(chains *open, int64_t from, int64_t to) {
    const mz_sql_value values[] = {mz_sql_int(from), mz_sql_int(to)};
    chains_run(open, "UPDATE audit_entry SET number = ?2 WHERE chain = 'house' AND number = ?1", values, 2);
    chains_run(open, "UPDATE audit_personal SET number = ?2 WHERE chain = 'house' AND number = ?1", values, 2);
}

static void swap(chains *open, int64_t a, int64_t b) {
    move(open, a, 1000);
    move(open, b, a);
    move(open, 1000, b);
}

static void drop(chains *open, int64_t first, int64_t last) {
    const mz_sql_value values[] = {mz_sql_int(first), mz_sql_int(last)};
    chains_run(open, "DELETE FROM audit_entry WHERE chain = 'house' AND number >= ?1 AND number <= ?2", values, 2);
    chains_run(open, "DELETE FROM audit_personal WHERE chain = 'house' AND number >= ?1 AND number <= ?2", values, 2);
}

static void set_head(chains *open, int64_t number) {
    char hash[MZ_DIGEST_HEX_SIZE];
    stored_line last = line_of(open, number);
    hash_of(last.line, hash);
    const mz_sql_value values[] = {mz_sql_int(number), mz_sql_text(mz_str_of(hash))};
    chains_run(open, "UPDATE audit_chain SET number = ?1, hash = ?2 WHERE chain = 'house'", values, 2);
}

/* A copy of an entry in another place, that says the place is its own and names the one before it. */
static void put_in(chains *open, int64_t like, int64_t number) {
    char text[128], hash[MZ_DIGEST_HEX_SIZE];
    const mz_sql_value values[] = {mz_sql_int(like), mz_sql_int(number)};
    chains_run(open,
               "INSERT INTO audit_entry (chain, number, at, kind, actor, object, line, hash) SELECT chain, CAST(?2 AS "
               "INTEGER), at, kind, actor, object, line, hash FROM audit_entry WHERE chain = 'house' AND number = ?1",
               values, 2);
    snprintf(text, sizeof text, "%lld", (long long)number);
    rewrite(open, number, "\"number\":", text, true);
    rewrite(open, number, "\"personal\":", "\"\"", true);
    if (number < 2) return;
    stored_line before = line_of(open, number - 1);
    hash_of(before.line, hash);
    snprintf(text, sizeof text, "\"%s\"", hash);
    rewrite(open, number, "\"previous\":", text, true);
}

/* ---- what may be done to it ---- */

static void nothing(chains *open) {
    (void)open;
}
static void alter_a_line(chains *open) {
    rewrite(open, 31, "\"place\":", "77", false);
}
static void alter_a_line_and_its_hash(chains *open) {
    rewrite(open, 31, "\"place\":", "77", true);
}
static void alter_the_first_and_its_hash(chains *open) {
    rewrite(open, 1, "\"place\":", "77", true);
}
static void alter_the_last_and_its_hash(chains *open) {
    rewrite(open, ENTRIES, "\"place\":", "77", true);
}
static void alter_the_last_but_one_and_its_hash(chains *open) {
    rewrite(open, ENTRIES - 1, "\"place\":", "77", true);
}
static void alter_two(chains *open) {
    rewrite(open, 47, "\"place\":", "77", true);
    rewrite(open, 12, "\"place\":", "77", true);
}
static void alter_whom_it_names(chains *open) {
    rewrite(open, 31, "\"previous\":", "\"00\"", true);
}
static void alter_a_hash(chains *open) {
    chains_run(open, "UPDATE audit_entry SET hash = 'x' WHERE chain = 'house' AND number = 31", NULL, 0);
}
static void alter_to_no_entry(chains *open) {
    stored_line stored = {.number = 31, .line = "{\"actor\":1}"};
    write_line(open, &stored, true);
}
static void alter_a_kind(chains *open) {
    chains_run(open, "UPDATE audit_entry SET kind = 'x' WHERE chain = 'house' AND number = 31", NULL, 0);
}
static void alter_an_actor(chains *open) {
    chains_run(open, "UPDATE audit_entry SET actor = 'x' WHERE chain = 'house' AND number = 31", NULL, 0);
}
static void alter_an_object(chains *open) {
    chains_run(open, "UPDATE audit_entry SET object = 'x' WHERE chain = 'house' AND number = 31", NULL, 0);
}
static void alter_a_time(chains *open) {
    chains_run(open, "UPDATE audit_entry SET at = at + 1 WHERE chain = 'house' AND number = 31", NULL, 0);
}
static void rewrite_all_from_31(chains *open) {
    rewrite_from(open, 31, "\"place\":", "77");
}
static void rewrite_all_from_50(chains *open) {
    rewrite_from(open, 50, "\"place\":", "77");
}
static void remove_one(chains *open) {
    drop(open, 31, 31);
}
static void remove_the_first(chains *open) {
    drop(open, 1, 1);
}
static void remove_several(chains *open) {
    drop(open, 31, 35);
    drop(open, 8, 9);
}
static void remove_the_last(chains *open) {
    drop(open, ENTRIES, ENTRIES);
}
static void remove_all(chains *open) {
    drop(open, 1, ENTRIES);
}
static void remove_from_36_on_and_say_so(chains *open) {
    drop(open, 36, ENTRIES);
    set_head(open, 35);
}
static void remove_from_51_on_but_what_was_beside(chains *open) {
    chains_run(open, "DELETE FROM audit_entry WHERE chain = 'house' AND number > 50", NULL, 0);
    set_head(open, 50);
}
static void remove_from_51_on_and_say_so(chains *open) {
    drop(open, 51, ENTRIES);
    set_head(open, 50);
}
static void remove_one_and_move_up(chains *open) {
    drop(open, 31, 31);
    for (int64_t number = 32; number <= ENTRIES; number++) move(open, number, number - 1);
}
static void remove_the_last_but_one_and_move_up(chains *open) {
    drop(open, ENTRIES - 1, ENTRIES - 1);
    move(open, ENTRIES, ENTRIES - 1);
}
static void insert_at_the_end(chains *open) {
    put_in(open, ENTRIES, ENTRIES + 1);
}
static void insert_in_the_middle(chains *open) {
    for (int64_t number = ENTRIES; number >= 31; number--) move(open, number, number + 1);
    put_in(open, 7, 31);
}
static void insert_before_all(chains *open) {
    put_in(open, 7, 0);
}
static void insert_far_before(chains *open) {
    put_in(open, 7, -5);
}
static void replace_by_anothers(chains *open) {
    rewrite(open, 31, "\"chain\":", "\"bureau\"", true);
}
static void swap_neighbours(chains *open) {
    swap(open, 31, 32);
}
static void swap_the_last_two(chains *open) {
    swap(open, ENTRIES - 1, ENTRIES);
}
static void swap_two(chains *open) {
    swap(open, 31, 50);
}
static void alter_what_is_personal(chains *open) {
    chains_run(open, "UPDATE audit_personal SET personal = '{}' WHERE chain = 'house' AND number = 32", NULL, 0);
}
static void alter_a_salt(chains *open) {
    chains_run(open, "UPDATE audit_personal SET salt = 'x' WHERE chain = 'house' AND number = 32", NULL, 0);
}
static void remove_what_is_personal(chains *open) {
    chains_run(open, "DELETE FROM audit_personal WHERE chain = 'house' AND number = 32", NULL, 0);
}
static void add_what_is_personal(chains *open) {
    chains_run(open, "INSERT INTO audit_personal (chain, number, salt, personal) VALUES ('house', 31, 'x', '{}')", NULL,
               0);
}
static void swap_what_is_personal(chains *open) {
    chains_run(open, "UPDATE audit_personal SET number = 1000 WHERE chain = 'house' AND number = 32", NULL, 0);
    chains_run(open, "UPDATE audit_personal SET number = 32 WHERE chain = 'house' AND number = 44", NULL, 0);
    chains_run(open, "UPDATE audit_personal SET number = 44 WHERE chain = 'house' AND number = 1000", NULL, 0);
}
static void alter_a_signature(chains *open) {
    chains_run(
        open,
        "UPDATE audit_checkpoint SET signature = '00' || SUBSTR(signature, 3) WHERE chain = 'house' AND number = "
        "40",
        NULL, 0);
}
static void alter_what_was_signed(chains *open) {
    chains_run(open, "UPDATE audit_checkpoint SET at = at - 1 WHERE chain = 'house' AND number = 20", NULL, 0);
}
static void move_a_checkpoint(chains *open) {
    chains_run(open, "UPDATE audit_checkpoint SET number = 41 WHERE chain = 'house' AND number = 40", NULL, 0);
}
static void move_the_head(chains *open) {
    chains_run(open, "UPDATE audit_chain SET number = 70 WHERE chain = 'house'", NULL, 0);
}
static void alter_the_head(chains *open) {
    chains_run(open, "UPDATE audit_chain SET hash = 'x' WHERE chain = 'house'", NULL, 0);
}
static void sign_by_another(chains *open) {
    mz_audit_signer *other = chains_signer("another.key");
    chains_sign(open, other);
    mz_audit_signer_close(other);
}

static const struct {
    const char *name;
    void (*tamper)(chains *open);
    int64_t first_bad;
    mz_audit_fault fault;
} cases[] = {
#define CASE(tamper, first_bad, fault)                                                                                 \
    { #tamper, tamper, first_bad, MZ_AUDIT_##fault }
    CASE(nothing, 0, NONE),
    CASE(alter_a_line, 31, ALTERED),
    CASE(alter_a_line_and_its_hash, 31, ALTERED),
    CASE(alter_the_first_and_its_hash, 1, ALTERED),
    CASE(alter_the_last_and_its_hash, ENTRIES, ALTERED),
    CASE(alter_the_last_but_one_and_its_hash, ENTRIES - 1, ALTERED),
    CASE(alter_two, 12, ALTERED),
    CASE(alter_whom_it_names, 31, ALTERED),
    CASE(alter_a_hash, 31, ALTERED),
    CASE(alter_to_no_entry, 31, ALTERED),
    CASE(alter_a_kind, 31, ALTERED),
    CASE(alter_an_actor, 31, ALTERED),
    CASE(alter_an_object, 31, ALTERED),
    CASE(alter_a_time, 31, ALTERED),
    CASE(rewrite_all_from_31, 21, CHECKPOINT_DIFFERS),
    CASE(rewrite_all_from_50, 0, NONE), /* which only a checkpoint behind it could tell */
    CASE(remove_one, 31, MISSING),
    CASE(remove_the_first, 1, MISSING),
    CASE(remove_several, 8, MISSING),
    CASE(remove_the_last, ENTRIES, MISSING),
    CASE(remove_all, 1, MISSING),
    CASE(remove_from_36_on_and_say_so, 36, MISSING),
    CASE(remove_from_51_on_but_what_was_beside, 51, MISSING),
    CASE(remove_from_51_on_and_say_so, 0, NONE), /* the same */
    CASE(remove_one_and_move_up, 31, MISSING),
    CASE(remove_the_last_but_one_and_move_up, ENTRIES - 1, MISSING),
    CASE(insert_at_the_end, ENTRIES + 1, INSERTED),
    CASE(insert_in_the_middle, 31, INSERTED),
    CASE(insert_before_all, 0, INSERTED),
    CASE(insert_far_before, -5, INSERTED),
    CASE(replace_by_anothers, 31, INSERTED),
    CASE(swap_neighbours, 31, REORDERED),
    CASE(swap_the_last_two, ENTRIES - 1, REORDERED),
    CASE(swap_two, 31, REORDERED),
    CASE(alter_what_is_personal, 32, PERSONAL_ALTERED),
    CASE(alter_a_salt, 32, PERSONAL_ALTERED),
    CASE(remove_what_is_personal, 32, PERSONAL_MISSING),
    CASE(add_what_is_personal, 31, PERSONAL_ALTERED),
    CASE(swap_what_is_personal, 32, PERSONAL_ALTERED),
    CASE(alter_a_signature, 40, CHECKPOINT_FORGED),
    CASE(alter_what_was_signed, 20, CHECKPOINT_FORGED),
    CASE(move_a_checkpoint, 41, CHECKPOINT_FORGED),
    CASE(move_the_head, ENTRIES + 1, MISSING),
    CASE(alter_the_head, ENTRIES, ALTERED),
    CASE(sign_by_another, 0, NONE), /* unless it is said whose signature counts */
};

STORE_TEST(the_first_entry_that_is_not_as_it_was_is_named) {
    chains open;
    chains_open(&open, address);
    mz_audit_signer *signer = chains_signer("house.key");
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_test_case("%s", cases[k].name);
        make_anew(&open, signer);
        cases[k].tamper(&open);
        mz_audit_verdict verdict = chains_verify(&open, NULL);
        CHECK_TEXT(mz_audit_fault_word(cases[k].fault), mz_audit_fault_word(verdict.fault));
        CHECK_INT(cases[k].fault == MZ_AUDIT_NONE, verdict.whole);
        CHECK_INT(cases[k].first_bad, verdict.first_bad);
        CHECK_INT(cases[k].fault != MZ_AUDIT_NONE, verdict.what.size > 0);
    }
    mz_audit_signer_close(signer);
    chains_close(&open);
}

STORE_TEST(what_was_looked_at_is_told) {
    chains open;
    chains_open(&open, address);
    mz_audit_verdict verdict = chains_verify(&open, NULL);
    CHECK(verdict.whole);
    CHECK_INT(0, verdict.entries);
    mz_audit_signer *signer = chains_signer("house.key");
    make_anew(&open, signer);
    verdict = chains_verify(&open, NULL);
    CHECK_INT(ENTRIES, verdict.entries);
    CHECK_INT(2, verdict.checkpoints);
    CHECK_INT(0, verdict.erased);
    CHECK_TEXT(chains_sign(&open, signer).hash.data, verdict.hash);
    mz_audit_signer_close(signer);
    chains_close(&open);
}

STORE_TEST(anothers_chain_is_not_looked_at) {
    chains open;
    mz_audit_verdict verdict;
    mz_error error;
    chains_open(&open, address);
    chains_fill(&open, 3);
    const mz_audit_draft draft = {.chain = BUREAU, .kind = MZ_STR("note.added")};
    chains_add(&open, &draft);
    chains_run(&open, "UPDATE audit_entry SET line = '{}' WHERE chain = 'bureau'", NULL, 0);
    CHECK(chains_verify(&open, NULL).whole);
    CHECK_OK(mz_audit_verify(open.store, BUREAU, NULL, &open.arena, &verdict, &error), error);
    CHECK(!verdict.whole);
    chains_close(&open);
}

/* ---- what the key knows ---- */

STORE_TEST(what_the_key_signed_last_must_still_be_there) {
    chains open;
    mz_error error;
    chains_open(&open, address);
    mz_audit_signer *signer = chains_signer("house.key"), *other = chains_signer("another.key");
    make_anew(&open, signer);
    CHECK_INT(0, chains_verify(&open, NULL).signed_to); /* of no known key */
    mz_audit_verify_options options = {.own_key = mz_str_of(mz_audit_signer_public(signer))};
    CHECK_INT(LAST_SIGNED, chains_verify(&open, &options).signed_to);
    CHECK_OK(mz_audit_signer_last(signer, HOUSE, &options.signed_last, &error), error);
    CHECK_INT(LAST_SIGNED, options.signed_last.number);
    chains_sign(&open, other); /* whose, nobody knows: it proves nothing, and is no fault */
    mz_audit_verdict verdict = chains_verify(&open, &options);
    CHECK(verdict.whole);
    CHECK_INT(LAST_SIGNED, verdict.signed_to);
    chains_run(&open, "DELETE FROM audit_checkpoint", NULL, 0);
    verdict = chains_verify(&open, &options);
    CHECK(verdict.whole);
    CHECK_INT(LAST_SIGNED, verdict.signed_to);
    rewrite_from(&open, 30, "\"actor\":", "\"karim\"");
    chains_run(&open, "UPDATE audit_entry SET actor = 'karim' WHERE number = 30", NULL, 0);
    CHECK(chains_verify(&open, NULL).whole); /* as well as it can be forged */
    verdict = chains_verify(&open, &options);
    CHECK_INT(MZ_AUDIT_CHECKPOINT_DIFFERS, verdict.fault);
    CHECK_INT(1, verdict.first_bad);
    CHECK_INT(0, verdict.signed_to);
    mz_audit_checkpoint made;
    signing signs = {&open, signer, &made};
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(open.store, sign_again, &signs, &error));
    CHECK(strstr(error.text, "does not lead on") != NULL);
    mz_audit_signer_close(other);
    mz_audit_signer_close(signer);
    chains_close(&open);
}

STORE_TEST(a_chain_that_was_cut_off_before_what_was_signed_is_neither_signed_nor_whole) {
    chains open;
    mz_error error;
    mz_audit_checkpoint made;
    chains_open(&open, address);
    mz_audit_signer *signer = chains_signer("house.key");
    signing signs = {&open, signer, &made};
    make_anew(&open, signer);
    mz_audit_verify_options options = {.own_key = mz_str_of(mz_audit_signer_public(signer))};
    CHECK_OK(mz_audit_signer_last(signer, HOUSE, &options.signed_last, &error), error);
    chains_run(&open, "DELETE FROM audit_checkpoint", NULL, 0);
    drop(&open, LAST_SIGNED, ENTRIES);
    set_head(&open, LAST_SIGNED - 1);
    CHECK(chains_verify(&open, NULL).whole);
    mz_audit_verdict verdict = chains_verify(&open, &options);
    CHECK_INT(MZ_AUDIT_MISSING, verdict.fault);
    CHECK_INT(LAST_SIGNED, verdict.first_bad);
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(open.store, sign_again, &signs, &error));
    clear(&open); /* and forgotten: another chain may be begun, and what is behind the last signed is followed, too */
    chains_fill(&open, ENTRIES);
    rewrite(&open, 30, "\"actor\":", "\"karim\"", true);
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(open.store, sign_again, &signs, &error));
    CHECK(strstr(error.text, "entry 31") != NULL);
    mz_audit_signer_close(signer);
    chains_close(&open);
}

/* ---- checkpoints and keys that are kept elsewhere ---- */

STORE_TEST(a_checkpoint_that_is_kept_elsewhere_tells_what_the_store_alone_cannot) {
    chains open;
    chains_open(&open, address);
    mz_audit_signer *signer = chains_signer("house.key");
    make_anew(&open, signer);
    const mz_audit_verify_options options = {.checkpoint = chains_sign(&open, signer).text};
    chains_run(&open, "DELETE FROM audit_checkpoint", NULL, 0);
    mz_audit_verdict verdict = chains_verify(&open, &options);
    CHECK(verdict.whole);
    CHECK_INT(1, verdict.checkpoints);
    rewrite_all_from_50(&open);
    CHECK(chains_verify(&open, NULL).whole);
    verdict = chains_verify(&open, &options);
    CHECK_INT(MZ_AUDIT_CHECKPOINT_DIFFERS, verdict.fault);
    CHECK_INT(1, verdict.first_bad);

    make_anew(&open, signer);
    const mz_audit_verify_options signed_end = {.checkpoint = chains_sign(&open, signer).text,
                                                .public_key = mz_str_of(mz_audit_signer_public(signer))};
    rewrite_all_from_50(&open);
    chains_run(&open, "DELETE FROM audit_checkpoint WHERE number = 60", NULL, 0);
    verdict = chains_verify(&open, &signed_end);
    CHECK_INT(MZ_AUDIT_CHECKPOINT_DIFFERS, verdict.fault);
    CHECK_INT(LAST_SIGNED + 1, verdict.first_bad); /* up to there, checkpoints of the known key hold */

    make_anew(&open, signer);
    const mz_audit_verify_options end = {.checkpoint = chains_sign(&open, signer).text};
    remove_from_51_on_and_say_so(&open);
    chains_run(&open, "DELETE FROM audit_checkpoint WHERE number = 60", NULL, 0);
    CHECK(chains_verify(&open, NULL).whole);
    verdict = chains_verify(&open, &end);
    CHECK_INT(MZ_AUDIT_MISSING, verdict.fault);
    CHECK_INT(51, verdict.first_bad);
    mz_audit_signer_close(signer);
    chains_close(&open);
}

STORE_TEST(a_checkpoint_of_another_key_is_found_when_the_right_one_is_given) {
    chains open;
    mz_audit_verdict verdict;
    mz_error error;
    chains_open(&open, address);
    mz_audit_signer *signer = chains_signer("house.key"), *other = chains_signer("another.key");
    mz_str key = mz_arena_copy(&open.arena, mz_str_of(mz_audit_signer_public(signer)));
    mz_str both = mz_arena_print(&open.arena, "%s %s\n", key.data, mz_audit_signer_public(other));
    make_anew(&open, signer);
    mz_audit_verify_options options = {.public_key = key};
    CHECK(chains_verify(&open, &options).whole);
    mz_audit_checkpoint forged = chains_sign(&open, other);
    verdict = chains_verify(&open, &options);
    CHECK_INT(MZ_AUDIT_CHECKPOINT_KEY, verdict.fault);
    CHECK_INT(ENTRIES, verdict.first_bad);
    options.public_key = both; /* as after a change of keys */
    CHECK(chains_verify(&open, &options).whole);
    options = (mz_audit_verify_options){.public_key = key, .checkpoint = forged.text};
    CHECK_INT(MZ_ERR_REFUSED, mz_audit_verify(open.store, HOUSE, &options, &open.arena, &verdict, &error));
    options = (mz_audit_verify_options){.checkpoint = forged.text};
    CHECK_INT(MZ_ERR_REFUSED, mz_audit_verify(open.store, BUREAU, &options, &open.arena, &verdict, &error));
    options.checkpoint = MZ_STR("mizan-checkpoint 1\nchain house\n");
    CHECK_INT(MZ_ERR_INPUT, mz_audit_verify(open.store, HOUSE, &options, &open.arena, &verdict, &error));
    options = (mz_audit_verify_options){.public_key = MZ_STR("abc")};
    CHECK_INT(MZ_ERR_INPUT, mz_audit_verify(open.store, HOUSE, &options, &open.arena, &verdict, &error));
    mz_audit_signer_close(other);
    mz_audit_signer_close(signer);
    chains_close(&open);
}

/* ---- erasing ---- */

typedef struct erasing {
    const int64_t *numbers;
    size_t count;
} erasing;

static mz_status erase(void *context, mz_sql *sql, mz_error *error) {
    const erasing *erased = context;
    return mz_audit_erase(sql, HOUSE, erased->numbers, erased->count, MZ_STR("person"), MZ_STR("omar"),
                          MZ_STR("kept for five years"), error);
}

STORE_TEST(what_was_erased_leaves_the_chain_whole) {
    static const int64_t numbers[] = {40, 2, 4, 3, 40};
    chains open;
    mz_error error;
    chains_open(&open, address);
    mz_audit_signer *signer = chains_signer("house.key");
    make_anew(&open, signer);
    erasing erased = {numbers, sizeof numbers / sizeof *numbers};
    CHECK_OK(mz_store_change(open.store, erase, &erased, &error), error);
    mz_audit_verdict verdict = chains_verify(&open, NULL);
    CHECK(verdict.whole);
    CHECK_INT(ENTRIES + 1, verdict.entries);
    CHECK_INT(3, verdict.erased); /* the third had nothing personal */
    stored_line told = line_of(&open, ENTRIES + 1);
    CHECK(strstr(told.line, "{\"entries\":[[2,4],[40,40]],\"reason\":\"kept for five years\"}") != NULL);
    CHECK(strstr(told.line, "\"kind\":\"personal.erased\"") != NULL);
    CHECK_INT(ENTRIES / 2 - 3, chains_run(&open, "DELETE FROM audit_personal WHERE chain = 'house'", NULL, 0));
    verdict = chains_verify(&open, NULL);
    CHECK_INT(MZ_AUDIT_PERSONAL_MISSING, verdict.fault);
    CHECK_INT(6, verdict.first_bad);
    mz_audit_signer_close(signer);
    chains_close(&open);
}

STORE_TEST(what_was_erased_does_not_come_back_unseen) {
    static const int64_t number = 32;
    chains open;
    mz_error error;
    chains_open(&open, address);
    mz_audit_signer *signer = chains_signer("house.key");
    make_anew(&open, signer);
    chains_run(&open, "UPDATE audit_personal SET number = 1000 WHERE chain = 'house' AND number = 32", NULL, 0);
    erasing erased = {&number, 1};
    CHECK_OK(mz_store_change(open.store, erase, &erased, &error), error);
    chains_run(&open, "UPDATE audit_personal SET number = 32 WHERE chain = 'house' AND number = 1000", NULL, 0);
    mz_audit_verdict verdict = chains_verify(&open, NULL);
    CHECK_INT(MZ_AUDIT_PERSONAL_RETURNED, verdict.fault);
    CHECK_INT(32, verdict.first_bad);
    mz_audit_signer_close(signer);
    chains_close(&open);
}

STORE_TEST(only_what_is_there_is_erased) {
    static const int64_t numbers[] = {3, 61}, none[] = {0};
    chains open;
    mz_error error;
    chains_open(&open, address);
    erasing of_nothing = {none, 1};
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(open.store, erase, &of_nothing, &error));
    chains_fill(&open, ENTRIES);
    erasing erased = {numbers, 2};
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(open.store, erase, &erased, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(open.store, erase, &of_nothing, &error));
    CHECK_INT(ENTRIES, chains_verify(&open, NULL).entries);
    chains_close(&open);
}

STORE_TEST(many_scattered_entries_are_erased_by_several_that_say_so) {
    enum { COUNT = 9000 };
    static int64_t numbers[COUNT / 2];
    chains open;
    mz_error error;
    chains_open(&open, address);
    chains_fill(&open, COUNT);
    for (int64_t k = 0; k < COUNT / 2; k++) numbers[k] = 2 * k + 2;
    erasing erased = {numbers, COUNT / 2};
    CHECK_OK(mz_store_change(open.store, erase, &erased, &error), error);
    mz_audit_verdict verdict = chains_verify(&open, NULL);
    CHECK(verdict.whole);
    CHECK_INT(COUNT / 2, verdict.erased);
    CHECK_INT(COUNT + 2, verdict.entries);
    chains_close(&open);
}

/* ---- progress ---- */

typedef struct seen_progress {
    uint64_t done, expected;
    int calls, stop;
} seen_progress;

static int note_progress(void *context, uint64_t done, uint64_t expected) {
    seen_progress *seen = context;
    seen->done = done;
    seen->expected = expected;
    seen->calls++;
    return seen->stop;
}

STORE_TEST(a_chain_of_several_pages_is_verified_with_progress_and_can_be_stopped) {
    enum { COUNT = 70000 };
    chains open;
    seen_progress seen = {.calls = 0};
    const mz_audit_verify_options options = {.progress = note_progress, .context = &seen};
    mz_audit_verdict verdict;
    mz_error error;
    chains_open(&open, address);
    for (int k = 0; k < 7; k++) chains_fill(&open, COUNT / 7);
    verdict = chains_verify(&open, &options);
    CHECK(verdict.whole);
    CHECK_INT(COUNT, verdict.entries);
    CHECK_INT(2, seen.calls);
    CHECK_INT(COUNT, seen.done);
    CHECK_INT(COUNT, seen.expected);
    static const int64_t numbers[] = {65536, 65538};
    erasing erased = {numbers, 2};
    CHECK_OK(mz_store_change(open.store, erase, &erased, &error), error);
    verdict = chains_verify(&open, NULL);
    CHECK(verdict.whole);
    CHECK_INT(2, verdict.erased);
    remove_what_is_personal(&open);
    chains_run(&open, "DELETE FROM audit_entry WHERE chain = 'house' AND number = 66000", NULL, 0);
    CHECK_INT(32, chains_verify(&open, NULL).first_bad);
    seen.stop = 1;
    CHECK_INT(MZ_ERR_CANCELLED, mz_audit_verify(open.store, HOUSE, &options, &open.arena, &verdict, &error));
    chains_close(&open);
}

TEST_MAIN()
