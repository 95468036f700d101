/* Entries are added, each naming the one before; what cannot be one leaves nothing behind. */
#include "chains.h"

#include "base/error.h"
#include "test.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void digest_of(const char *salt_hex, mz_str text, char ret_hex[MZ_DIGEST_HEX_SIZE]) {
    unsigned char salt[32];
    size_t size = 0;
    mz_digest digest;
    mz_digest_init(&digest);
    if (salt_hex) CHECK_INT(0, sodium_hex2bin(salt, sizeof salt, salt_hex, 64, NULL, &size, NULL));
    mz_digest_update(&digest, salt, size);
    mz_digest_update(&digest, text.data, text.size);
    mz_digest_hex(&digest, ret_hex);
}

typedef struct kept_row {
    char line[2048], hash[128], salt[128], personal[1024];
    int64_t at, head;
    char head_hash[128];
} kept_row;

static void copy_column(char *to, size_t size, mz_sql_value value) {
    snprintf(to, size, "%.*s", (int)value.text.size, value.text.data ? value.text.data : "");
}

static mz_status take_row(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    kept_row *row = context;
    (void)count, (void)error;
    copy_column(row->line, sizeof row->line, columns[0]);
    copy_column(row->hash, sizeof row->hash, columns[1]);
    copy_column(row->salt, sizeof row->salt, columns[2]);
    copy_column(row->personal, sizeof row->personal, columns[3]);
    row->at = columns[4].number;
    row->head = columns[5].number;
    copy_column(row->head_hash, sizeof row->head_hash, columns[6]);
    return MZ_OK;
}

typedef struct reading {
    mz_str chain;
    int64_t number;
    kept_row row;
} reading;

static mz_status read_row(void *context, mz_sql *sql, mz_error *error) {
    reading *read = context;
    const mz_sql_value values[] = {mz_sql_text(read->chain), mz_sql_int(read->number)};
    return mz_sql_query(sql,
                        "SELECT e.line, e.hash, COALESCE(p.salt, ''), COALESCE(p.personal, ''), e.at, c.number, c.hash "
                        "FROM audit_entry e JOIN audit_chain c ON c.chain = e.chain LEFT JOIN audit_personal p ON "
                        "p.chain = e.chain AND p.number = e.number WHERE e.chain = ?1 AND e.number = ?2",
                        values, 2, take_row, &read->row, error);
}

static kept_row row_of(chains *open, mz_str chain, int64_t number) {
    reading read = {.chain = chain, .number = number};
    mz_error error;
    CHECK_OK(mz_store_read(open->store, read_row, &read, &error), error);
    CHECK(read.row.line[0]);
    return read.row;
}

STORE_TEST(an_entry_is_a_line_that_names_the_one_before) {
    chains open;
    char first_hash[MZ_DIGEST_HEX_SIZE], hash[MZ_DIGEST_HEX_SIZE], expected[1024];
    chains_open(&open, address);
    const mz_audit_draft draft = {.chain = HOUSE,
                                  .kind = MZ_STR("decision.made"),
                                  .actor_kind = MZ_STR("person"),
                                  .actor = MZ_STR("leila"),
                                  .object = MZ_STR("case-1"),
                                  .body = MZ_STR("{ \"reason\": \"other \\u0041\", \"alerts\": [2.50] }")};
    mz_audit_place place = chains_add(&open, &draft);
    CHECK_INT(1, place.number);
    digest_of(NULL, HOUSE, first_hash);
    snprintf(expected, sizeof expected,
             "{\"actor\":\"leila\",\"actor_kind\":\"person\",\"at\":1800000000,\"body\":{\"alerts\":[2.5],\"reason\":"
             "\"other A\"},\"chain\":\"house\",\"kind\":\"decision.made\",\"number\":1,\"object\":\"case-1\","
             "\"personal\":\"\",\"previous\":\"%s\"}",
             first_hash);
    kept_row row = row_of(&open, HOUSE, 1);
    CHECK_TEXT(expected, row.line);
    digest_of(NULL, mz_str_of(expected), hash);
    CHECK_TEXT(hash, row.hash);
    CHECK_TEXT(hash, place.hash);
    CHECK_TEXT(hash, row.head_hash);
    CHECK_INT(1, row.head);
    CHECK_INT(CHAINS_NOW, row.at);
    const mz_audit_draft bare = {.chain = HOUSE, .kind = MZ_STR("service.using")};
    CHECK_INT(2, chains_add(&open, &bare).number);
    snprintf(expected, sizeof expected,
             "{\"actor\":\"\",\"actor_kind\":\"\",\"at\":1800000000,\"body\":{},\"chain\":\"house\",\"kind\":"
             "\"service.using\",\"number\":2,\"object\":\"\",\"personal\":\"\",\"previous\":\"%s\"}",
             place.hash);
    row = row_of(&open, HOUSE, 2);
    CHECK_TEXT(expected, row.line);
    chains_close(&open);
}

STORE_TEST(what_is_personal_stands_beside_and_the_entry_has_its_salted_digest) {
    chains open;
    char hash[MZ_DIGEST_HEX_SIZE], member[128], other[128];
    chains_open(&open, address);
    const mz_audit_draft draft = {
        .chain = HOUSE, .kind = MZ_STR("note.added"), .personal = MZ_STR("{\"z\":1,\"note\":\"about somebody\"}")};
    chains_add(&open, &draft);
    chains_add(&open, &draft);
    kept_row row = row_of(&open, HOUSE, 1), again = row_of(&open, HOUSE, 2);
    CHECK_TEXT("{\"note\":\"about somebody\",\"z\":1}", row.personal);
    CHECK(!strstr(row.line, "somebody"));
    CHECK_INT(64, strlen(row.salt));
    digest_of(row.salt, mz_str_of(row.personal), hash);
    snprintf(member, sizeof member, "\"personal\":\"%s\"", hash);
    CHECK(strstr(row.line, member) != NULL);
    CHECK(strcmp(row.salt, again.salt) != 0); /* so that equal parts are not seen to be equal */
    digest_of(again.salt, mz_str_of(again.personal), hash);
    snprintf(other, sizeof other, "\"personal\":\"%s\"", hash);
    CHECK(strcmp(member, other) != 0 && strstr(again.line, other) != NULL);
    chains_close(&open);
}

STORE_TEST(each_agency_has_a_chain_of_its_own) {
    chains open;
    chains_open(&open, address);
    chains_fill(&open, 3);
    const mz_audit_draft draft = {.chain = BUREAU, .kind = MZ_STR("note.added")};
    CHECK_INT(1, chains_add(&open, &draft).number);
    CHECK_INT(3, row_of(&open, HOUSE, 3).head);
    CHECK_INT(1, row_of(&open, BUREAU, 1).head);
    chains_close(&open);
}

STORE_TEST(many_are_added_as_one_by_one) {
    enum { COUNT = 47 };
    chains open;
    char previous[160];
    chains_open(&open, address);
    chains_fill(&open, COUNT);
    kept_row row = row_of(&open, HOUSE, 1);
    CHECK_INT(COUNT, row.head);
    for (int64_t number = 2; number <= COUNT; number++) {
        mz_test_case("entry %d", (int)number);
        snprintf(previous, sizeof previous, "\"previous\":\"%s\"}", row.hash);
        row = row_of(&open, HOUSE, number);
        CHECK(strstr(row.line, previous) != NULL);
        CHECK_INT((number - 1) % 2 != 0, row.personal[0] != '\0');
    }
    CHECK_TEXT(row.hash, row.head_hash);
    chains_close(&open);
}

typedef struct failing {
    const mz_audit_draft *draft;
    bool first;
} failing;

static mz_status add_and_pass_over(void *context, mz_sql *sql, mz_error *error) {
    const failing *failed = context;
    const mz_audit_draft good = {.chain = HOUSE, .kind = MZ_STR("note.added")};
    mz_status status = failed->first ? mz_audit_append(sql, &good, NULL, error) : MZ_OK;
    if (!status) (void)mz_audit_append(sql, failed->draft, NULL, error);
    return status;
}

STORE_TEST(what_cannot_be_an_entry_undoes_its_transaction) {
    const mz_str kind = MZ_STR("note.added");
    mz_str long_text = {NULL, 0};
    chains open;
    mz_error error;
    chains_open(&open, address);
    char *blanks = mz_arena_alloc(&open.arena, 1, MZ_AUDIT_BODY_BYTES + 8);
    CHECK(blanks != NULL);
    memset(blanks, ' ', MZ_AUDIT_BODY_BYTES + 6);
    memcpy(blanks, "{}", 2);
    long_text = (mz_str){blanks, MZ_AUDIT_BODY_BYTES + 6};
    const struct {
        mz_audit_draft draft;
        mz_status expected;
    } cases[] = {
        {{.kind = kind}, MZ_ERR_ARGUMENT},
        {{.chain = HOUSE}, MZ_ERR_ARGUMENT},
        {{.chain = HOUSE, .kind = MZ_STR("Note added")}, MZ_ERR_ARGUMENT},
        {{.chain = HOUSE, .kind = kind, .body = MZ_STR("[]")}, MZ_ERR_ARGUMENT},
        {{.chain = HOUSE, .kind = kind, .body = MZ_STR("{\"a\":")}, MZ_ERR_ARGUMENT},
        {{.chain = HOUSE, .kind = kind, .personal = MZ_STR("\"x\"")}, MZ_ERR_ARGUMENT},
        {{.chain = HOUSE, .kind = kind, .body = long_text}, MZ_ERR_LIMIT},
        {{.chain = MZ_STR("nowhere"), .kind = kind}, MZ_ERR_REFUSED},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        for (int first = 0; first < 2; first++) {
            failing failed = {&cases[k].draft, first};
            mz_test_case("%zu, %s", k, first ? "behind another" : "alone");
            CHECK_INT(cases[k].expected, mz_store_change(open.store, add_and_pass_over, &failed, &error));
            CHECK(error.text[0]);
        }
    }
    chains_fill(&open, 1);
    CHECK_INT(1, row_of(&open, HOUSE, 1).head);
    chains_close(&open);
}

/* ---- kept texts ---- */

typedef struct keeping {
    mz_arena *arena;
    char digest[MZ_DIGEST_HEX_SIZE];
    mz_str text;
} keeping;

static mz_status keep_twice(void *context, mz_sql *sql, mz_error *error) {
    keeping *kept = context;
    const mz_str text = MZ_STR("{\"name\":\"strict\"}");
    mz_status status = mz_audit_keep(sql, MZ_STR("policy"), text, kept->digest, error);
    if (!status) status = mz_audit_keep(sql, MZ_STR("policy"), text, kept->digest, error);
    if (!status) status = mz_audit_kept(sql, mz_str_of(kept->digest), kept->arena, &kept->text, error);
    return status;
}

static mz_status find_none(void *context, mz_sql *sql, mz_error *error) {
    keeping *kept = context;
    return mz_audit_kept(sql, MZ_STR("abc"), kept->arena, &kept->text, error);
}

STORE_TEST(a_text_is_kept_once_and_found_by_its_digest) {
    chains open;
    mz_error error;
    char hash[MZ_DIGEST_HEX_SIZE];
    chains_open(&open, address);
    keeping kept = {.arena = &open.arena};
    CHECK_OK(mz_store_change(open.store, keep_twice, &kept, &error), error);
    CHECK_STR(MZ_STR("{\"name\":\"strict\"}"), kept.text);
    digest_of(NULL, kept.text, hash);
    CHECK_TEXT(hash, kept.digest);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_read(open.store, find_none, &kept, &error));
    chains_close(&open);
}

TEST_MAIN()
