/* Every statement of the project is understood by both databases. Statements are the string literals in src/ that begin
 * with the word of one, whatever calls they are given to; the files that speak to one database in its own words are
 * left out. */
#include "base/buffer.h"
#include "base/file.h"
#include "stores.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES = 1 << 20, STATEMENT_BYTES = 1 << 16, MOST_STATEMENTS = 4096 };

static struct { char *file, *text; } statements[MOST_STATEMENTS];
static size_t statement_count;

static bool is_statement(const char *text) {
    static const char *const words[] = {"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strncmp(text, words[k], strlen(words[k])) == 0) return true;
    return false;
}

static void keep(const char *file, const mz_buffer *literal) {
    if (!literal->size || !is_statement(literal->data)) return;
    CHECK(statement_count < MOST_STATEMENTS);
    statements[statement_count].file = strdup(file);
    statements[statement_count++].text = strdup(literal->data);
}

/* Behind a comment, a character or nothing that begins here. */
static const char *behind_comment(const char *at) {
    if (at[0] == '/' && at[1] == '/') return at + strcspn(at, "\n");
    if (at[0] == '/' && at[1] == '*') {
        const char *end = strstr(at + 2, "*/");
        return end ? end + 2 : at + strlen(at);
    }
    if (at[0] == '\'') {
        for (at++; *at && *at != '\''; at++)
            if (*at == '\\' && at[1]) at++;
        return *at ? at + 1 : at;
    }
    return at;
}

static const char *read_literal(const char *at, mz_buffer *literal) {
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1]) {
            at++;
            mz_buffer_char(literal, *at == 'n' ? '\n' : *at);
        } else {
            mz_buffer_char(literal, *at);
        }
    }
    return *at ? at + 1 : at;
}

static void scan(const char *file, const char *code) {
    mz_buffer literal;
    mz_buffer_init(&literal, STATEMENT_BYTES);
    for (const char *at = code; *at;) {
        const char *behind = behind_comment(at);
        if (behind != at) {
            at = behind;
        } else if (*at == '"') {
            at = read_literal(at, &literal);
        } else {
            /* spaces and comments stand between the pieces of one literal */
            if (!strchr(" \n\t\\", *at)) {
                keep(file, &literal);
                mz_buffer_clear(&literal);
            }
            at++;
        }
    }
    keep(file, &literal);
    mz_buffer_done(&literal);
}

static int scan_file(const char *path, const struct stat *facts, int kind, struct FTW *place) {
    size_t size = strlen(path);
    (void)facts, (void)place;
    if (kind != FTW_F || size < 2 || strcmp(path + size - 2, ".c") != 0) return 0;
    if (strstr(path, "/store/sqlite") || strstr(path, "/store/postgresql")) return 0;
    if (strstr(path, "/store/copy.c")) return 0; /* puts the names of tables in; see copy_test.c */
    mz_buffer code;
    mz_error error;
    mz_buffer_init(&code, FILE_BYTES);
    int outcome = (int)mz_file_read(path, &code, &error);
    if (!outcome && code.size) scan(strstr(path, "/src/") + 1, code.data);
    mz_buffer_done(&code);
    return outcome;
}

static void find_statements(void) {
    char folder[1024];
    if (statement_count) return;
    (void)snprintf(folder, sizeof folder, "%s/src", mz_test_source());
    CHECK_INT(0, nftw(folder, scan_file, 16, FTW_PHYS));
    CHECK(statement_count > 1);
}

TEST(statements_are_found_in_literals_of_several_pieces) {
    scan("a.c",
         "x = \"SELECT 'it''s', \\\"a\\\"\" /* a \"b\" */\n    \" FROM b\"; // \"SELECT 2\n c = '\"'; \"no SELECT \"");
    CHECK_INT(1, statement_count);
    CHECK_TEXT("SELECT 'it''s', \"a\" FROM b", statements[0].text);
    free(statements[0].file);
    free(statements[0].text);
    statement_count = 0;
}

static mz_status understand(void *context, mz_sql *sql, mz_error *error) {
    return sql->backend->understands(sql, context, error);
}

STORE_TEST(every_statement_of_the_project_is_understood) {
    mz_store *store = NULL;
    mz_error error = {0};
    find_statements();
    CHECK_OK(mz_store_open(address, &store, &error), error);
    for (size_t k = 0; k < statement_count; k++) {
        mz_test_case("%s: %s", statements[k].file, statements[k].text);
        CHECK_OK(mz_store_change(store, understand, statements[k].text, &error), error);
    }
    mz_store_close(store);
}

TEST_MAIN()
