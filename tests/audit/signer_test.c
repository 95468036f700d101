/* The key that signs, and the checkpoints that it signs. */
#include "chains.h"

#include "base/error.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *path_of(const char *name) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    return path;
}

static void write_file(const char *path, const char *text, mode_t mode) {
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    CHECK(fputs(text, file) >= 0);
    CHECK_INT(0, fclose(file));
    CHECK_INT(0, chmod(path, mode));
}

TEST(a_key_is_made_once_and_is_readable_for_its_owner_only) {
    mz_audit_signer *signer = chains_signer("made.key"), *again;
    struct stat facts;
    char public_key[80];
    CHECK_INT(0, stat(path_of("made.key"), &facts));
    CHECK_INT(0600, facts.st_mode & 07777);
    CHECK_INT(65, facts.st_size);
    snprintf(public_key, sizeof public_key, "%s", mz_audit_signer_public(signer));
    CHECK_INT(64, strlen(public_key));
    again = chains_signer("made.key");
    CHECK_TEXT(public_key, mz_audit_signer_public(again));
    mz_audit_signer_close(again);
    mz_audit_signer_close(signer);
    signer = chains_signer("other.key");
    CHECK(strcmp(public_key, mz_audit_signer_public(signer)) != 0);
    mz_audit_signer_close(signer);
}

/* RFC 8032, section 7.1, test 1. */
TEST(the_public_key_is_that_of_the_seed) {
    mz_audit_signer *signer;
    write_file(path_of("rfc.key"), "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n", 0600);
    signer = chains_signer("rfc.key");
    CHECK_TEXT("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", mz_audit_signer_public(signer));
    mz_audit_signer_close(signer);
}

TEST(what_is_no_key_or_is_open_to_others_is_refused) {
    mz_audit_signer *signer;
    mz_error error;
    static const char *const no_keys[] = {"", "abc",
                                          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f6g\n",
                                          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60 9d\n",
                                          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n\n"};
    for (size_t k = 0; k < sizeof no_keys / sizeof *no_keys; k++) {
        mz_test_case("%s", no_keys[k]);
        write_file(path_of("no.key"), no_keys[k], 0600);
        CHECK_INT(MZ_ERR_INPUT, mz_audit_signer_open(path_of("no.key"), &signer, &error));
    }
    write_file(path_of("open.key"), "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n", 0640);
    CHECK_INT(MZ_ERR_REFUSED, mz_audit_signer_open(path_of("open.key"), &signer, &error));
    CHECK(strstr(error.text, "chmod 600") != NULL);
    CHECK_INT(MZ_ERR_REFUSED, mz_audit_signer_open(mz_test_folder(), &signer, &error));
    CHECK(mz_audit_signer_open(path_of("nowhere/a.key"), &signer, &error) != MZ_OK);
}

/* ---- signing ---- */

typedef struct signing {
    mz_arena *arena;
    mz_audit_signer *signer;
    mz_str chain;
    mz_audit_checkpoint made, *all;
    size_t count;
    bool fresh;
} signing;

static mz_status sign(void *context, mz_sql *sql, mz_error *error) {
    signing *signs = context;
    mz_status status =
        mz_audit_sign(sql, signs->signer, signs->chain, signs->arena, &signs->made, &signs->fresh, error);
    if (!status) status = mz_audit_checkpoints(sql, signs->chain, 10, signs->arena, &signs->all, &signs->count, error);
    return status;
}

STORE_TEST(the_end_of_a_chain_is_signed_once) {
    chains open;
    mz_error error;
    chains_open(&open, address);
    signing signs = {.arena = &open.arena, .signer = chains_signer("made.key"), .chain = HOUSE};
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(open.store, sign, &signs, &error));
    chains_fill(&open, 5);
    CHECK_OK(mz_store_change(open.store, sign, &signs, &error), error);
    CHECK(signs.fresh);
    CHECK_INT(5, signs.made.number);
    mz_str text = signs.made.text;
    chains_at(CHAINS_NOW + 60);
    CHECK_OK(mz_store_change(open.store, sign, &signs, &error), error);
    CHECK(!signs.fresh);
    CHECK_STR(text, signs.made.text);
    chains_fill(&open, 1);
    CHECK_OK(mz_store_change(open.store, sign, &signs, &error), error);
    CHECK(signs.fresh);
    CHECK_INT(2, signs.count);
    CHECK_INT(6, signs.all[0].number);
    CHECK_INT(CHAINS_NOW + 60, signs.all[0].at);
    CHECK_STR(text, signs.all[1].text);
    mz_audit_signer_close(signs.signer);
    signs.signer = chains_signer("another.key"); /* after a change of keys, the same end is signed again */
    CHECK_OK(mz_store_change(open.store, sign, &signs, &error), error);
    CHECK(signs.fresh);
    CHECK_INT(3, signs.count);
    signs.chain = BUREAU;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(open.store, sign, &signs, &error));
    mz_audit_signer_close(signs.signer);
    chains_close(&open);
}

STORE_TEST(an_end_that_is_not_as_it_was_left_is_not_signed) {
    chains open;
    mz_error error;
    chains_open(&open, address);
    signing signs = {.arena = &open.arena, .signer = chains_signer("made.key"), .chain = HOUSE};
    chains_fill(&open, 5);
    chains_run(&open, "UPDATE audit_entry SET line = '{}' WHERE number = 5", NULL, 0);
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(open.store, sign, &signs, &error));
    chains_run(&open, "DELETE FROM audit_personal", NULL, 0);
    chains_run(&open, "DELETE FROM audit_entry WHERE number = 5", NULL, 0);
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(open.store, sign, &signs, &error));
    mz_audit_signer_close(signs.signer);
    chains_close(&open);
}

STORE_TEST(what_was_signed_last_is_remembered_beside_the_key) {
    chains open;
    mz_error error;
    struct stat facts;
    mz_audit_signed last;
    chains_open(&open, address);
    signing signs = {.arena = &open.arena, .signer = chains_signer("made.key"), .chain = HOUSE};
    CHECK_OK(mz_audit_signer_last(signs.signer, HOUSE, &last, &error), error);
    CHECK_INT(0, last.number);
    chains_fill(&open, 5);
    const mz_audit_draft draft = {.chain = BUREAU, .kind = MZ_STR("note.added")};
    chains_add(&open, &draft);
    CHECK_OK(mz_store_change(open.store, sign, &signs, &error), error);
    signs.chain = BUREAU;
    CHECK_OK(mz_store_change(open.store, sign, &signs, &error), error);
    CHECK_INT(0, stat(path_of("made.key.signed"), &facts));
    CHECK_INT(0600, facts.st_mode & 07777);
    CHECK_OK(mz_audit_signer_last(signs.signer, HOUSE, &last, &error), error);
    CHECK_INT(5, last.number);
    CHECK_INT(64, strlen(last.hash));
    CHECK_OK(mz_audit_signer_last(signs.signer, BUREAU, &last, &error), error);
    CHECK_INT(1, last.number);
    CHECK_OK(mz_audit_signer_last(signs.signer, MZ_STR("hous"), &last, &error), error);
    CHECK_INT(0, last.number);
    write_file(path_of("made.key.signed"), "house 5\n", 0600);
    CHECK_INT(MZ_ERR_INPUT, mz_audit_signer_last(signs.signer, HOUSE, &last, &error));
    signs.chain = HOUSE;
    CHECK_INT(MZ_ERR_INPUT, mz_store_change(open.store, sign, &signs, &error));
    write_file(path_of("made.key.signed"), "", 0666);
    CHECK_INT(MZ_ERR_REFUSED, mz_audit_signer_last(signs.signer, HOUSE, &last, &error));
    mz_audit_signer_close(signs.signer);
    chains_close(&open);
}

/* ---- the text ---- */

STORE_TEST(the_text_of_a_checkpoint_is_read_again_and_its_signature_holds) {
    chains open;
    mz_audit_checkpoint read;
    mz_error error;
    chains_open(&open, address);
    chains_fill(&open, 5);
    mz_audit_signer *signer = chains_signer("made.key");
    mz_audit_checkpoint made = chains_sign(&open, signer);
    CHECK(strstr(made.text.data, "mizan-checkpoint 1\nchain house\nnumber 5\nhash ") == made.text.data);
    CHECK(strstr(made.text.data, "\nat 2027-01-15T08:00:00Z\nkey ") != NULL);
    CHECK_OK(mz_audit_checkpoint_read(made.text, &open.arena, &read, &error), error);
    CHECK(mz_audit_checkpoint_holds(&read));
    CHECK_STR(made.text, read.text);
    CHECK_INT(5, read.number);
    CHECK_INT(CHAINS_NOW, read.at);
    CHECK_STR(made.hash, read.hash);
    /* as it comes back from an e-mail */
    mz_buffer mailed;
    mz_buffer_init(&mailed, 4096);
    mz_buffer_str(&mailed, MZ_STR("\r\n  "));
    for (size_t k = 0; k < made.text.size; k++) {
        if (made.text.data[k] == '\n') mz_buffer_str(&mailed, MZ_STR(" \r\n"));
        mz_buffer_char(&mailed, made.text.data[k]);
    }
    CHECK_OK(mz_audit_checkpoint_read(mz_buffer_view(&mailed), &open.arena, &read, &error), error);
    CHECK_STR(made.text, read.text);
    mz_buffer_done(&mailed);
    for (size_t k = 0; k < made.text.size; k++) { /* no character of it may be another */
        mz_str changed = mz_arena_copy(&open.arena, made.text);
        char *at = (char *)(uintptr_t)changed.data + k;
        mz_test_case("character %zu", k);
        *at = *at == '7' ? '8' : '7';
        if (mz_audit_checkpoint_read(changed, &open.arena, &read, &error) == MZ_OK)
            CHECK(!mz_audit_checkpoint_holds(&read));
    }
    mz_audit_signer_close(signer);
    chains_close(&open);
}

TEST(texts_that_are_no_checkpoint_are_refused_with_the_line) {
    static const struct {
        const char *text;
        uint64_t line;
    } cases[] = {
        {"", 0},
        {"hello\n", 1},
        {"mizan-checkpoint 2\n", 1},
        {"mizan-checkpoint 1\n\nchain a b\n", 3},
        {"mizan-checkpoint 1\nchain house\nnumber 01\n", 3},
        {"mizan-checkpoint 1\nchain house\nnumber -1\n", 3},
        {"mizan-checkpoint 1\nchain house\nnumber 99999999999999999999\n", 3},
        {"mizan-checkpoint 1\nchain house\nnumber 7\nhash ABC\n", 4},
        {"mizan-checkpoint 1\nchain house\n", 2},
    };
    mz_arena arena;
    mz_audit_checkpoint read;
    mz_error error;
    mz_arena_init(&arena, 1 << 16);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_test_case("%s", cases[k].text);
        CHECK_INT(MZ_ERR_INPUT, mz_audit_checkpoint_read(mz_str_of(cases[k].text), &arena, &read, &error));
        CHECK_INT(cases[k].line, error.line);
    }
    mz_arena_done(&arena);
}

TEST_MAIN()
