/* See dialect.h. A statement is a row of tokens: words, numbers, strings, parameters and signs. Nothing is parsed
 * beyond that but the depth of parentheses: a parser of SQL would be far larger than what it saves, and a test gives
 * every statement to both databases.
 *
 * Rejected: statements written twice, of which one is always the untested one; and a layer that builds statements from
 * calls, which hides from the reader what the database is asked. */
#include "store/dialect.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"

typedef enum token_kind { SPACE, WORD, NUMBER, STRING, PARAMETER, SIGN, BROKEN } token_kind;

typedef struct sql_token {
    token_kind kind;
    mz_str text;
} sql_token;

/* What SQLite takes and PostgreSQL does not, or takes in another sense, and what to write instead. The other way round
 * nothing is needed: whoever writes a statement tries it on SQLite. */
static const struct {
    const char *word, *instead;
} refused_words[] = {
    {"AUTOINCREMENT", "a key of mz_sql_new_key"},
    {"BIGINT", "INTEGER"},
    {"BOOLEAN", "INTEGER with 0 and 1"},
    {"BYTEA", "BLOB"},
    {"CHANGES", "*ret_changed of mz_sql_run"},
    {"COLLATE", "LOWER(…), or nothing: texts are compared by their bytes"},
    {"CURRENT_DATE", "a parameter with the time"},
    {"CURRENT_TIME", "a parameter with the time"},
    {"CURRENT_TIMESTAMP", "a parameter with the time"},
    {"DATETIME", "seconds since 1970"},
    {"FALSE", "0"},
    {"GLOB", "LIKE … ESCAPE"},
    {"GROUP_CONCAT", "a row for each"},
    {"IFNULL", "COALESCE"},
    {"IIF", "CASE"},
    {"INDEXED", "nothing: the databases choose"},
    {"INSTR", "LIKE … ESCAPE"},
    {"INT", "INTEGER"},
    {"JULIANDAY", "seconds since 1970"},
    {"LAST_INSERT_ROWID", "a key of mz_sql_new_key"},
    {"MATCH", "LIKE … ESCAPE"},
    {"NUMERIC", "INTEGER or REAL"},
    {"PRINTF", "||"},
    {"RANDOM", "a parameter"},
    {"RANDOMBLOB", "a parameter"},
    {"REGEXP", "LIKE … ESCAPE"},
    {"REPLACE", "ON CONFLICT (…) DO UPDATE"},
    {"SMALLINT", "INTEGER"},
    {"STRFTIME", "seconds since 1970"},
    {"TOTAL", "CAST(SUM(…) AS INTEGER)"},
    {"TRUE", "1"},
    {"TYPEOF", "the kind of a mz_sql_value"},
    {"UNIXEPOCH", "a parameter with the time"},
};

/* Signs that only one of the two knows, or that they understand differently; longer ones first. */
static const char *const refused_signs[] = {"::", "->", "==", "\"", "`", "[", "$", "@",
                                            ":",  "#",  "\\", ";",  "~", "^", "{"};

static bool is_word(unsigned char c) {
    return mz_is_letter((char)c) || mz_is_digit((char)c) || c == '_' || c >= 0x80;
}

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The size of the comment or the spaces at the start of a text. */
static size_t space_at(mz_str text) {
    size_t at = 0;
    while (at < text.size) {
        if (is_space(text.data[at])) {
            at++;
        } else if (text.size - at >= 2 && text.data[at] == '-' && text.data[at + 1] == '-') {
            while (at < text.size && text.data[at] != '\n') at++;
        } else {
            break;
        }
    }
    return at;
}

/* The size of a string with its quotes, in which '' is a quote; 0 when it does not end. */
static size_t string_at(mz_str text) {
    for (size_t at = 1; at < text.size; at++) {
        if (text.data[at] != '\'') continue;
        if (at + 1 == text.size || text.data[at + 1] != '\'') return at + 1;
        at++;
    }
    return 0;
}

static size_t run_at(mz_str text, size_t start) {
    size_t at = start;
    while (at < text.size && is_word((unsigned char)text.data[at])) at++;
    return at;
}

/* Cuts the next token off; false at the end. */
static bool next_token(mz_str *rest, sql_token *ret_token) {
    if (!rest->size) return false;
    char first = rest->data[0];
    sql_token made = {.kind = SPACE, .text = {rest->data, space_at(*rest)}};
    if (made.text.size) {
    } else if (first == '\'') {
        made.text.size = string_at(*rest);
        made.kind = made.text.size ? STRING : BROKEN;
        if (!made.text.size) made.text.size = rest->size;
    } else if (first == '?') {
        made = (sql_token){PARAMETER, {rest->data, run_at(*rest, 1)}};
    } else if (is_word((unsigned char)first)) {
        made = (sql_token){mz_is_digit(first) ? NUMBER : WORD, {rest->data, run_at(*rest, 0)}};
    } else {
        made = (sql_token){SIGN, {rest->data, 1}};
    }
    *rest = (mz_str){rest->data + made.text.size, rest->size - made.text.size};
    *ret_token = made;
    return true;
}

static bool is(const sql_token *token, const char *word) {
    return token->kind == WORD && mz_same_word(token->text, word);
}

bool mz_dialect_next(mz_str *rest, mz_str *ret_statement) {
    size_t space = space_at(*rest);
    *rest = (mz_str){rest->data + space, rest->size - space};
    if (!rest->size) return false;
    mz_str start = *rest;
    for (sql_token token; next_token(rest, &token);)
        if (token.kind == SIGN && token.text.data[0] == ';') {
            *ret_statement = (mz_str){start.data, start.size - rest->size - 1};
            return true;
        }
    *ret_statement = start;
    return true;
}

bool mz_dialect_makes_table(mz_str statement, mz_str *ret_name) {
    static const char *const words[] = {"CREATE", "TABLE"};
    unsigned words_read = 0;
    for (sql_token token; next_token(&statement, &token);) {
        if (token.kind == SPACE) continue;
        if (token.kind != WORD || (words_read < 2 && !is(&token, words[words_read]))) return false;
        if (words_read++ < 2) continue;
        *ret_name = token.text;
        return true;
    }
    return false;
}

/* ---- one statement ---- */

typedef struct translation {
    mz_str statement;
    mz_dialect dialect;
    bool schema;
    mz_buffer *out;
    mz_error *error;
    unsigned parameters, words;
    int depth;
    bool makes_table, changes_table, strict;
    bool names_column; /* the next word is the name of a column, whatever it means elsewhere */
    sql_token before;  /* the word before this one */
} translation;

static mz_status refuse(const translation *made, mz_str what, const char *why, const char *instead) {
    return mz_fail(made->error, MZ_ERR_ARGUMENT, "SQL for both stores: “%.*s” %s%s in: %.*s", mz_shown_within(what, 40),
                   what.data, why, instead, mz_shown(made->statement), made->statement.data);
}

static mz_status check_first(const translation *made, const sql_token *word) {
    static const char *const usual[] = {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"};
    static const char *const of_schemas[] = {"CREATE", "ALTER", "DROP"};
    for (size_t k = 0; k < sizeof usual / sizeof *usual; k++)
        if (is(word, usual[k])) return MZ_OK;
    for (size_t k = 0; made->schema && k < sizeof of_schemas / sizeof *of_schemas; k++)
        if (is(word, of_schemas[k])) return MZ_OK;
    return refuse(made, word->text, "does not begin a statement that is known", "");
}

static mz_status check_word(translation *made, const sql_token *word, mz_str rest) {
    for (size_t k = 0; k < sizeof refused_words / sizeof *refused_words; k++)
        if (is(word, refused_words[k].word))
            return refuse(made, word->text, "is not for both stores; instead: ", refused_words[k].instead);
    if (rest.size && rest.data[0] == '\'') return refuse(made, word->text, "stands directly before a string", "");
    if (is(word, "ROWID") && !is(&made->before, "WITHOUT"))
        return refuse(made, word->text, "is not for both stores; instead: ", "a key of mz_sql_new_key");
    if (is(&made->before, "INSERT") && is(word, "OR")) return refuse(made, word->text, "instead: ", "ON CONFLICT");
    return MZ_OK;
}

/* What a word is in PostgreSQL; NULL when it is the same. */
static const char *in_postgresql(const translation *made, const sql_token *word) {
    if (is(word, "INTEGER")) return "BIGINT";
    if (is(word, "REAL")) return "DOUBLE PRECISION";
    if (is(word, "BLOB")) return "BYTEA";
    bool column = (made->makes_table && made->depth == 1) || made->changes_table;
    if (is(word, "TEXT") && column && !is(&made->before, "AS")) return "TEXT COLLATE \"C\"";
    if (made->makes_table && made->depth == 0 && (is(word, "STRICT") || is(word, "WITHOUT") || is(word, "ROWID")))
        return "";
    return NULL;
}

static mz_status put_word(translation *made, const sql_token *word, mz_str rest) {
    mz_status status = made->words ? MZ_OK : check_first(made, word);
    if (!status) status = check_word(made, word, rest);
    if (status) return status;
    if (made->words == 1) {
        made->makes_table = is(&made->before, "CREATE") && is(word, "TABLE");
        made->changes_table = is(&made->before, "ALTER") && is(word, "TABLE");
    }
    if (made->makes_table && made->depth == 0 && is(word, "STRICT")) made->strict = true;
    bool translated = made->dialect == MZ_DIALECT_POSTGRESQL && !made->names_column;
    const char *other = translated ? in_postgresql(made, word) : NULL;
    made->names_column = false;
    mz_buffer_str(made->out, other ? mz_str_of(other) : word->text);
    made->words++;
    made->before = *word;
    return MZ_OK;
}

static mz_status put_parameter(translation *made, const sql_token *token) {
    unsigned number = 0;
    for (size_t k = 1; k < token->text.size; k++) {
        if (!mz_is_digit(token->text.data[k]) || number > MZ_DIALECT_VALUES_MOST)
            number = MZ_DIALECT_VALUES_MOST + 1;
        else
            number = number * 10 + (unsigned)(token->text.data[k] - '0');
    }
    if (number < 1 || number > MZ_DIALECT_VALUES_MOST)
        return refuse(made, token->text, "is no parameter; they are ?1, ?2, …", " to ?64");
    if (number > made->parameters) made->parameters = number;
    mz_buffer_print(made->out, made->dialect == MZ_DIALECT_POSTGRESQL ? "$%u" : "?%u", number);
    return MZ_OK;
}

static mz_status put_sign(translation *made, const sql_token *token, mz_str rest) {
    mz_str both = {token->text.data, rest.size ? 2 : 1};
    for (size_t k = 0; k < sizeof refused_signs / sizeof *refused_signs; k++) {
        mz_str sign = mz_str_of(refused_signs[k]);
        if (both.size >= sign.size && mz_str_equal((mz_str){both.data, sign.size}, sign))
            return refuse(made, sign, "is not for both stores", "");
    }
    if (mz_str_equal(both, MZ_STR("/*"))) return refuse(made, both, "begins a comment; write it behind --", "");
    char sign = token->text.data[0];
    made->depth += (sign == '(') - (sign == ')');
    made->names_column = made->makes_table && made->depth == 1 && (sign == '(' || sign == ',');
    bool drop = sign == ',' && made->makes_table && made->depth == 0 && made->dialect == MZ_DIALECT_POSTGRESQL;
    if (!drop) mz_buffer_char(made->out, sign);
    return MZ_OK;
}

static mz_status put(translation *made, const sql_token *token, mz_str rest) {
    switch (token->kind) {
    case WORD: return put_word(made, token, rest);
    case PARAMETER: return put_parameter(made, token);
    case SIGN: return put_sign(made, token, rest);
    case BROKEN: return refuse(made, token->text, "is a string without an end", "");
    case SPACE: mz_buffer_char(made->out, ' '); return MZ_OK;
    case NUMBER:
    case STRING: break;
    }
    mz_buffer_str(made->out, token->text);
    return MZ_OK;
}

mz_status mz_dialect_translate(mz_str statement, mz_dialect dialect, bool schema, mz_buffer *out,
                               unsigned *ret_parameters, mz_error *error) {
    translation made = {.statement = statement, .dialect = dialect, .schema = schema, .out = out, .error = error};
    mz_str rest = statement;
    mz_status status = MZ_OK;
    if (statement.size > MZ_DIALECT_STATEMENT_BYTES)
        return mz_fail(error, MZ_ERR_LIMIT, "a statement of SQL is longer than %d bytes", MZ_DIALECT_STATEMENT_BYTES);
    for (sql_token token; !status && next_token(&rest, &token);) status = put(&made, &token, rest);
    if (!status && !made.words) status = mz_fail(error, MZ_ERR_ARGUMENT, "a statement of SQL is empty");
    if (!status && made.makes_table && !made.strict)
        status = refuse(&made, MZ_STR("CREATE TABLE"), "ends with ", "STRICT");
    if (!status && out->failed) status = mz_fail_buffer(out, error, "a statement of SQL");
    if (!status) *ret_parameters = made.parameters;
    return status;
}
