/* What SQL is taken, and what becomes of it on each database. */
#include "store/dialect.h"
#include "test.h"

#include <string.h>

static mz_status translate(const char *statement, mz_dialect dialect, bool schema, char into[512], mz_error *error) {
    mz_buffer out;
    unsigned parameters = 0;
    mz_buffer_init(&out, 4096);
    mz_status status = mz_dialect_translate(mz_str_of(statement), dialect, schema, &out, &parameters, error);
    (void)memcpy(into, out.data ? out.data : "", out.size < 511 ? out.size + 1 : 511);
    mz_buffer_done(&out);
    return status;
}

TEST(statements_are_put_into_the_words_of_postgresql) {
    static const struct {
        const char *ours, *theirs;
        bool schema;
    } cases[] = {
        {"SELECT a FROM b WHERE c = ?1 AND d = ?12", "SELECT a FROM b WHERE c = $1 AND d = $12", false},
        {"SELECT '?1 INTEGER -- ''no''' FROM b", "SELECT '?1 INTEGER -- ''no''' FROM b", false},
        {"SELECT CAST(SUM(a) AS INTEGER), CAST(b AS TEXT), CAST(c AS BLOB) FROM d",
         "SELECT CAST(SUM(a) AS BIGINT), CAST(b AS TEXT), CAST(c AS BYTEA) FROM d", false},
        {"SELECT a -- ?2 INTEGER\nFROM b", "SELECT a FROM b", false},
        {"CREATE TABLE a (b TEXT NOT NULL, c INTEGER, d REAL, e BLOB CHECK (CAST(b AS TEXT) = '')) STRICT, WITHOUT "
         "ROWID",
         "CREATE TABLE a (b TEXT COLLATE \"C\" NOT NULL, c BIGINT, d DOUBLE PRECISION, e BYTEA CHECK (CAST(b AS TEXT) "
         "= ''))  "
         " ",
         true},
        {"ALTER TABLE a ADD COLUMN f TEXT", "ALTER TABLE a ADD COLUMN f TEXT COLLATE \"C\"", true},
        {"CREATE TABLE a (text TEXT, real REAL) STRICT",
         "CREATE TABLE a (text TEXT COLLATE \"C\", real DOUBLE PRECISION) ", true},
        {"CREATE UNIQUE INDEX a_b ON a (b)", "CREATE UNIQUE INDEX a_b ON a (b)", true},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[512];
        mz_error error = {0};
        mz_test_case("%s", cases[k].ours);
        CHECK_OK(translate(cases[k].ours, MZ_DIALECT_POSTGRESQL, cases[k].schema, text, &error), error);
        CHECK_TEXT(cases[k].theirs, text);
    }
}

TEST(sqlite_gets_them_as_they_are_but_for_comments) {
    static const char ours[] =
        "INSERT INTO a (b) VALUES (?1) ON CONFLICT (b) DO UPDATE SET c = excluded.c + 1 RETURNING c";
    char text[512];
    mz_error error = {0};
    CHECK_OK(translate(ours, MZ_DIALECT_SQLITE, false, text, &error), error);
    CHECK_TEXT(ours, text);
}

TEST(what_only_one_of_them_takes_is_refused_on_both) {
    static const struct {
        const char *statement;
        bool schema;
    } cases[] = {
        {"", false},
        {"  -- nothing", false},
        {"PRAGMA journal_mode", false},
        {"BEGIN", false},
        {"CREATE TABLE a (b TEXT) STRICT", false},
        {"CREATE TABLE a (b TEXT)", true},
        {"CREATE TABLE a (b INTEGER PRIMARY KEY AUTOINCREMENT) STRICT", true},
        {"SELECT a FROM b; SELECT c FROM d", false},
        {"SELECT \"a\" FROM b", false},
        {"SELECT `a` FROM b", false},
        {"SELECT [a] FROM b", false},
        {"SELECT a FROM b WHERE c = ?", false},
        {"SELECT a FROM b WHERE c = ?0", false},
        {"SELECT a FROM b WHERE c = ?65", false},
        {"SELECT a FROM b WHERE c = ?99999999999999999999999", false},
        {"SELECT a FROM b WHERE c = ?1x", false},
        {"SELECT a FROM b WHERE c = $1", false},
        {"SELECT a FROM b WHERE c = :name", false},
        {"SELECT a FROM b WHERE c = @name", false},
        {"SELECT a::text FROM b", false},
        {"SELECT a -> 'b' FROM c", false},
        {"SELECT a FROM b WHERE c == 1", false},
        {"SELECT a FROM b WHERE c = 'no end", false},
        {"SELECT a FROM b WHERE c = X'00'", false},
        {"SELECT a FROM b WHERE c = E'\\n'", false},
        {"SELECT a /* b */ FROM c", false},
        {"SELECT rowid FROM a", false},
        {"INSERT OR IGNORE INTO a (b) VALUES (1)", false},
        {"insert or replace into a (b) VALUES (1)", false},
        {"SELECT ifnull(a, 1) FROM b", false},
        {"SELECT a FROM b WHERE c GLOB 'x*'", false},
        {"SELECT datetime('now')", false},
        {"SELECT a FROM b WHERE c = TRUE", false},
        {"SELECT a FROM b ORDER BY c COLLATE nocase", false},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[512];
        mz_error error = {0};
        mz_test_case("%s", cases[k].statement);
        CHECK_INT(MZ_ERR_ARGUMENT, translate(cases[k].statement, MZ_DIALECT_SQLITE, cases[k].schema, text, &error));
        CHECK_INT(MZ_ERR_ARGUMENT, translate(cases[k].statement, MZ_DIALECT_POSTGRESQL, cases[k].schema, text, &error));
        CHECK(error.text[0]);
    }
}

TEST(the_highest_number_of_a_parameter_is_how_many_there_are) {
    static const mz_str statement = MZ_STR_INIT("SELECT a FROM b WHERE c = ?3 AND d = ?1 AND e = ?3");
    mz_buffer out;
    mz_error error = {0};
    unsigned parameters = 0;
    mz_buffer_init(&out, 4096);
    CHECK_OK(mz_dialect_translate(statement, MZ_DIALECT_SQLITE, false, &out, &parameters, &error), error);
    CHECK_INT(3, parameters);
    mz_buffer_done(&out);
}

TEST(a_text_is_cut_at_semicolons_that_are_not_in_strings_and_comments) {
    mz_str rest = MZ_STR("-- a; b\n CREATE 'x;y''z;' ; -- c;\n\nINSERT d -- e;\n f;;  \n-- g");
    static const char *const expected[] = {"CREATE 'x;y''z;' ", "INSERT d -- e;\n f", ""};
    mz_str statement;
    for (size_t k = 0; k < 3; k++) {
        CHECK(mz_dialect_next(&rest, &statement));
        CHECK_STR(mz_str_of(expected[k]), statement);
    }
    CHECK(!mz_dialect_next(&rest, &statement));
}

TEST(a_statement_that_is_too_long_is_refused) {
    static char text[MZ_DIALECT_STATEMENT_BYTES + 2];
    mz_buffer out;
    mz_error error = {0};
    unsigned parameters = 0;
    memset(text, ' ', sizeof text - 1);
    mz_buffer_init(&out, sizeof text);
    CHECK_INT(MZ_ERR_LIMIT, mz_dialect_translate(mz_str_of(text), MZ_DIALECT_SQLITE, false, &out, &parameters, &error));
    mz_buffer_done(&out);
}

TEST_MAIN()
