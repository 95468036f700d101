/* What sql.h promises, on both stores. */
#include "stores.h"

#include <stdio.h>
#include <string.h>

static const char add_thing[] = "INSERT INTO thing (key, name, size, weight, picture) VALUES (?1, ?2, ?3, ?4, ?5)";

static mz_sql_value text(const char *characters) {
    return mz_sql_text(mz_str_of(characters));
}

/* ---- one statement as a transaction ---- */

typedef struct statement {
    const char *sql;
    const mz_sql_value *values;
    size_t count;
    uint64_t changed;
} statement;

static mz_status run_it(void *context, mz_sql *sql, mz_error *error) {
    statement *one = context;
    return mz_sql_run(sql, one->sql, one->values, one->count, &one->changed, error);
}

static mz_status run(mz_store *store, const char *sql, const mz_sql_value *values, size_t count, uint64_t *ret_changed,
                     mz_error *error) {
    statement one = {.sql = sql, .values = values, .count = count};
    mz_status status = mz_store_change(store, run_it, &one, error);
    if (ret_changed) *ret_changed = one.changed;
    return status;
}

static void must_run(mz_store *store, const char *sql, const mz_sql_value *values, size_t count) {
    mz_error error = {0};
    CHECK_OK(run(store, sql, values, count, NULL, &error), error);
}

static void add(mz_store *store, const char *key, const char *name) {
    const mz_sql_value values[] = {text(key), text(name), mz_sql_int(1), mz_sql_null(), mz_sql_null()};
    must_run(store, add_thing, values, 5);
}

/* ---- one row ---- */

typedef struct question {
    const char *sql;
    const mz_sql_value *values;
    size_t count;
    mz_arena *arena;
    const mz_sql_value *row;
} question;

static mz_status ask_it(void *context, mz_sql *sql, mz_error *error) {
    question *one = context;
    return mz_sql_first(sql, one->sql, one->values, one->count, one->arena, &one->row, error);
}

static const mz_sql_value *ask(mz_store *store, mz_arena *arena, const char *sql, const mz_sql_value *values,
                               size_t count) {
    question one = {.sql = sql, .values = values, .count = count, .arena = arena};
    mz_error error = {0};
    mz_arena_init(arena, 1 << 24);
    CHECK_OK(mz_store_read(store, ask_it, &one, &error), error);
    return one.row;
}

static int64_t number(mz_store *store, const char *sql) {
    mz_arena arena;
    const mz_sql_value *row = ask(store, &arena, sql, NULL, 0);
    CHECK(row);
    CHECK_INT(MZ_SQL_INT, row[0].kind);
    int64_t found = row[0].number;
    mz_arena_done(&arena);
    return found;
}

/* ---- values ---- */

STORE_TEST(every_kind_of_value_comes_back_as_it_went_in) {
    static const char everything[] = "\0\1\xFF'\\x";
    static const struct {
        int64_t size;
        double weight;
        mz_str picture;
    } cases[] = {
        {0, 0.0, {everything, 0}},
        {INT64_MAX, 1.0 / 3, {everything, sizeof everything}},
        {INT64_MIN, -1e308, MZ_STR_INIT("plain")},
        {-1, 5e-324, {NULL, 0}},
    };
    mz_store *store = mz_test_open(address);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_arena arena;
        char key[] = {(char)('a' + k), 0};
        mz_test_case("%zu", k);
        const mz_sql_value values[] = {text(key), text("محمّد — O'Neill \\ \""), mz_sql_int(cases[k].size),
                                       mz_sql_real(cases[k].weight), mz_sql_bytes(cases[k].picture)};
        must_run(store, add_thing, values, 5);
        const mz_sql_value *row =
            ask(store, &arena, "SELECT name, size, weight, picture FROM thing WHERE key = ?1", values, 1);
        CHECK(row);
        CHECK_INT(MZ_SQL_TEXT, row[0].kind);
        CHECK_STR(values[1].text, row[0].text);
        CHECK_INT(MZ_SQL_INT, row[1].kind);
        CHECK_INT(cases[k].size, row[1].number);
        CHECK_INT(MZ_SQL_REAL, row[2].kind);
        CHECK(memcmp(&cases[k].weight, &row[2].real, sizeof(double)) == 0);
        CHECK_INT(MZ_SQL_BYTES, row[3].kind);
        CHECK_STR(cases[k].picture, row[3].text);
        mz_arena_done(&arena);
        must_run(store, "DELETE FROM thing", NULL, 0);
    }
    mz_store_close(store);
}

STORE_TEST(nothing_is_not_the_empty_text) {
    mz_arena arena;
    mz_store *store = mz_test_open(address);
    const mz_sql_value nothing[] = {text("a"), mz_sql_null(), mz_sql_null(), mz_sql_null(), mz_sql_null()};
    must_run(store, add_thing, nothing, 5);
    const mz_sql_value empty[] = {text("b"), text(""), mz_sql_null(), mz_sql_null(), mz_sql_bytes(mz_str_of(""))};
    must_run(store, add_thing, empty, 5);
    const mz_sql_value *row =
        ask(store, &arena, "SELECT name, size, weight, picture FROM thing WHERE key = 'a'", NULL, 0);
    CHECK(row);
    for (int k = 0; k < 4; k++) CHECK_INT(MZ_SQL_NULL, row[k].kind);
    mz_arena_done(&arena);
    row = ask(store, &arena, "SELECT name, picture FROM thing WHERE key = 'b'", NULL, 0);
    CHECK(row);
    CHECK_INT(MZ_SQL_TEXT, row[0].kind);
    CHECK_INT(MZ_SQL_BYTES, row[1].kind);
    mz_arena_done(&arena);
    CHECK_INT(1, number(store, "SELECT COUNT(*) FROM thing WHERE name IS NULL"));
    mz_store_close(store);
}

STORE_TEST(no_row_is_nothing_and_no_error) {
    mz_arena arena;
    mz_store *store = mz_test_open(address);
    CHECK(!ask(store, &arena, "SELECT key FROM thing", NULL, 0));
    mz_arena_done(&arena);
    mz_store_close(store);
}

STORE_TEST(texts_are_compared_by_their_bytes) {
    static const char *const names[] = {"Zineb", "abdel", "Émile", "علي", "_x"};
    mz_store *store = mz_test_open(address);
    mz_arena arena;
    for (int k = 0; k < 5; k++) add(store, names[k], names[k]);
    const mz_sql_value *row = ask(store, &arena, "SELECT name FROM thing ORDER BY name", NULL, 0);
    CHECK(row);
    CHECK_STR(MZ_STR("Zineb"), row[0].text);
    mz_arena_done(&arena);
    row = ask(store, &arena, "SELECT name FROM thing ORDER BY name DESC", NULL, 0);
    CHECK_STR(MZ_STR("علي"), row[0].text);
    mz_arena_done(&arena);
    CHECK_INT(1, number(store, "SELECT COUNT(*) FROM thing WHERE name LIKE 'Z%' ESCAPE '!'"));
    CHECK_INT(0, number(store, "SELECT COUNT(*) FROM thing WHERE name LIKE 'z%' ESCAPE '!'"));
    CHECK_INT(1, number(store, "SELECT COUNT(*) FROM thing WHERE name LIKE '!_%' ESCAPE '!'"));
    mz_store_close(store);
}

STORE_TEST(a_parameter_takes_whole_numbers_of_64_bits_wherever_it_stands) {
    const mz_sql_value values[] = {mz_sql_int(INT64_C(1) << 40)};
    mz_arena arena;
    mz_store *store = mz_test_open(address);
    const mz_sql_value big[] = {text("a"), mz_sql_null(), mz_sql_int((INT64_C(1) << 40) + 1), mz_sql_null(),
                                mz_sql_null()};
    must_run(store, add_thing, big, 5);
    const mz_sql_value *row =
        ask(store, &arena, "SELECT COUNT(*) FROM thing WHERE (?1 = 0 OR size > ?1) AND size > ?1 - 3600", values, 1);
    CHECK_INT(1, row[0].number);
    mz_arena_done(&arena);
    row = ask(store, &arena, "SELECT CAST(SUM(size) AS INTEGER) FROM thing", NULL, 0);
    CHECK_INT((INT64_C(1) << 40) + 1, row[0].number);
    mz_arena_done(&arena);
    mz_store_close(store);
}

STORE_TEST(truth_is_a_number) {
    mz_store *store = mz_test_open(address);
    add(store, "a", "b");
    CHECK_INT(1, number(store, "SELECT key = 'a' FROM thing"));
    CHECK_INT(0, number(store, "SELECT key = 'b' FROM thing"));
    CHECK_INT(1, number(store, "SELECT LENGTH(key) FROM thing"));
    mz_store_close(store);
}

/* ---- changes ---- */

STORE_TEST(a_statement_says_how_many_rows_it_changed) {
    static const char once[] = "INSERT INTO thing (key, name) VALUES (?1, ?1) ON CONFLICT (key) DO NOTHING";
    const mz_sql_value a[] = {text("a")}, b[] = {text("b")};
    uint64_t changed = 9;
    mz_error error = {0};
    mz_store *store = mz_test_open(address);
    CHECK_OK(run(store, once, a, 1, &changed, &error), error);
    CHECK_INT(1, changed);
    CHECK_OK(run(store, once, a, 1, &changed, &error), error);
    CHECK_INT(0, changed);
    CHECK_OK(run(store, once, b, 1, &changed, &error), error);
    CHECK_OK(run(store, "UPDATE thing SET size = 7", NULL, 0, &changed, &error), error);
    CHECK_INT(2, changed);
    CHECK_OK(run(store, "SELECT key FROM thing", NULL, 0, &changed, &error), error);
    CHECK_INT(0, changed);
    CHECK_OK(run(store, "DELETE FROM thing WHERE size = 8", NULL, 0, &changed, &error), error);
    CHECK_INT(0, changed);
    mz_store_close(store);
}

static mz_status add_and_refuse(void *context, mz_sql *sql, mz_error *error) {
    (void)context;
    mz_status status = mz_sql_run(sql, "INSERT INTO thing (key, name) VALUES ('x', 'x')", NULL, 0, NULL, error);
    if (status) return status;
    error->status = MZ_ERR_NOT_FOUND;
    (void)snprintf(error->text, sizeof error->text, "not what was wanted");
    return MZ_ERR_NOT_FOUND;
}

STORE_TEST(work_that_fails_is_undone_and_its_error_is_what_it_said) {
    mz_error error = {0};
    mz_store *store = mz_test_open(address);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_store_change(store, add_and_refuse, NULL, &error));
    CHECK_TEXT("not what was wanted", error.text);
    CHECK_INT(0, number(store, "SELECT COUNT(*) FROM thing"));
    mz_store_close(store);
}

STORE_TEST(what_breaks_a_rule_of_a_table_is_refused) {
    static const struct {
        const char *sql;
        mz_status status;
    } cases[] = {
        {"INSERT INTO thing (key) VALUES ('a')", MZ_ERR_REFUSED},
        {"INSERT INTO thing (key, name) VALUES ('b', 'first')", MZ_ERR_REFUSED},
        {"INSERT INTO part (key, thing) VALUES ('p', 'nothing')", MZ_ERR_REFUSED},
        {"INSERT INTO part (key, thing, place) VALUES ('p', 'a', -1)", MZ_ERR_REFUSED},
        {"INSERT INTO part (key) VALUES ('p')", MZ_ERR_REFUSED},
        {"DELETE FROM thing", MZ_ERR_REFUSED},
        {"SELECT nothing FROM thing", MZ_ERR_ARGUMENT},
        {"SELECT key FROM nothing", MZ_ERR_ARGUMENT},
        {"SELECT key, FROM thing", MZ_ERR_ARGUMENT},
        {"SELECT key FROM thing WHERE key = ?1", MZ_ERR_ARGUMENT},
        {"UPDATE thing SET key = \"a\"", MZ_ERR_ARGUMENT},
    };
    mz_store *store = mz_test_open(address);
    add(store, "a", "first");
    must_run(store, "INSERT INTO part (key, thing) VALUES ('of a', 'a')", NULL, 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_error error = {0};
        mz_test_case("%s", cases[k].sql);
        CHECK_INT(cases[k].status, run(store, cases[k].sql, NULL, 0, NULL, &error));
        CHECK_INT(cases[k].status, error.status);
        CHECK(error.text[0]);
        CHECK_INT(1, number(store, "SELECT COUNT(*) FROM thing"));
        CHECK_INT(1, number(store, "SELECT COUNT(*) FROM part"));
    }
    mz_store_close(store);
}

static mz_status go_on_after_a_failure(void *context, mz_sql *sql, mz_error *error) {
    mz_status *seen = context;
    (void)error;
    (void)mz_sql_run(sql, "INSERT INTO thing (key, name) VALUES ('new', 'new')", NULL, 0, NULL, NULL);
    seen[0] = mz_sql_run(sql, "INSERT INTO thing (key, name) VALUES ('a', 'again')", NULL, 0, NULL, NULL);
    seen[1] = mz_sql_run(sql, "INSERT INTO thing (key, name) VALUES ('b', 'b')", NULL, 0, NULL, NULL);
    return MZ_OK;
}

STORE_TEST(after_a_statement_that_failed_a_transaction_can_only_be_undone) {
    mz_status seen[2] = {MZ_OK, MZ_OK};
    mz_error error = {0};
    mz_store *store = mz_test_open(address);
    add(store, "a", "first");
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(store, go_on_after_a_failure, seen, &error));
    CHECK_INT(MZ_ERR_REFUSED, seen[0]);
    CHECK_INT(MZ_ERR_REFUSED, seen[1]);
    CHECK_INT(1, number(store, "SELECT COUNT(*) FROM thing"));
    add(store, "b", "second"); /* the connection is as good as before */
    mz_store_close(store);
}

STORE_TEST(values_that_no_store_keeps_are_refused) {
    static const mz_str texts[] = {MZ_STR_INIT("a\0b"), MZ_STR_INIT("\xC3"), MZ_STR_INIT("a\xED\xA0\x80")};
    mz_store *store = mz_test_open(address);
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        const mz_sql_value values[] = {mz_sql_text(texts[k])};
        mz_error error = {0};
        mz_test_case("%zu", k);
        CHECK_INT(MZ_ERR_ARGUMENT, run(store, "INSERT INTO thing (key) VALUES (?1)", values, 1, NULL, &error));
    }
    const mz_sql_value one[] = {text("a")};
    CHECK_INT(MZ_ERR_ARGUMENT, run(store, "INSERT INTO thing (key, size) VALUES ('a', ?1)", one, 1, NULL, NULL));
    CHECK_INT(0, number(store, "SELECT COUNT(*) FROM thing"));
    mz_store_close(store);
}

/* ---- reading ---- */

static mz_status change_while_reading(void *context, mz_sql *sql, mz_error *error) {
    (void)context;
    return mz_sql_run(sql, "INSERT INTO thing (key) VALUES ('a')", NULL, 0, NULL, error);
}

STORE_TEST(reading_changes_nothing) {
    mz_error error = {0};
    mz_store *store = mz_test_open(address);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_store_read(store, change_while_reading, NULL, &error));
    CHECK(strstr(error.text, "only reads"));
    CHECK_INT(0, number(store, "SELECT COUNT(*) FROM thing"));
    mz_store_close(store);
}

typedef struct counted {
    mz_store *store;
    mz_arena *arena;
    int64_t before, after;
} counted;

static mz_status count_twice(void *context, mz_sql *sql, mz_error *error) {
    static const char count[] = "SELECT COUNT(*) FROM thing";
    counted *both = context;
    const mz_sql_value *row = NULL;
    mz_status status = mz_sql_first(sql, count, NULL, 0, both->arena, &row, error);
    if (status) return status;
    both->before = row->number;
    add(both->store, "late", "late"); /* by another connection */
    status = mz_sql_first(sql, count, NULL, 0, both->arena, &row, error);
    if (!status) both->after = row->number;
    return status;
}

STORE_TEST(reading_sees_one_state_whatever_is_written_meanwhile) {
    mz_arena arena;
    mz_error error = {0};
    counted both = {.store = mz_test_open(address), .arena = &arena};
    mz_arena_init(&arena, 1 << 20);
    add(both.store, "a", "a");
    CHECK_OK(mz_store_read(both.store, count_twice, &both, &error), error);
    CHECK_INT(1, both.before);
    CHECK_INT(1, both.after);
    CHECK_INT(2, number(both.store, "SELECT COUNT(*) FROM thing"));
    mz_arena_done(&arena);
    mz_store_close(both.store);
}

typedef struct walk {
    int rows, stop_at;
    char seen[64];
    mz_sql *sql;
    mz_status inside;
} walk;

static mz_status see_row(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    walk *seen = context;
    (void)count;
    seen->seen[seen->rows++] = columns[0].text.data[0];
    if (seen->sql) seen->inside = mz_sql_run(seen->sql, "SELECT key FROM thing", NULL, 0, NULL, NULL);
    if (seen->rows != seen->stop_at) return MZ_OK;
    error->status = MZ_ERR_CANCELLED;
    (void)snprintf(error->text, sizeof error->text, "enough");
    return MZ_ERR_CANCELLED;
}

static mz_status walk_all(void *context, mz_sql *sql, mz_error *error) {
    walk *seen = context;
    seen->rows = 0;
    memset(seen->seen, 0, sizeof seen->seen);
    mz_status status = mz_sql_query(sql, "SELECT key FROM thing ORDER BY key DESC", NULL, 0, see_row, seen, error);
    if (status != MZ_ERR_CANCELLED) return status;
    /* one who stopped looking may go on with something else */
    return mz_sql_run(sql, "SELECT key FROM thing", NULL, 0, NULL, error);
}

STORE_TEST(rows_come_in_their_order_until_one_is_enough) {
    mz_error error = {0};
    walk all = {.stop_at = 99}, two = {.stop_at = 2};
    mz_store *store = mz_test_open(address);
    add(store, "b", "2"), add(store, "a", "1"), add(store, "c", "3");
    CHECK_OK(mz_store_read(store, walk_all, &all, &error), error);
    CHECK_TEXT("cba", all.seen);
    CHECK_OK(mz_store_read(store, walk_all, &two, &error), error);
    CHECK_TEXT("cb", two.seen);
    mz_store_close(store);
}

static mz_status walk_with_another(void *context, mz_sql *sql, mz_error *error) {
    ((walk *)context)->sql = sql;
    return walk_all(context, sql, error);
}

STORE_TEST(no_statement_is_carried_out_within_the_rows_of_another) {
    mz_error error = {0};
    walk all = {.stop_at = 99};
    mz_store *store = mz_test_open(address);
    add(store, "a", "1");
    CHECK_INT(MZ_ERR_ARGUMENT, mz_store_read(store, walk_with_another, &all, &error));
    CHECK_INT(MZ_ERR_ARGUMENT, all.inside);
    mz_store_close(store);
}

STORE_TEST(more_statements_than_are_kept_are_carried_out_all_the_same) {
    mz_store *store = mz_test_open(address);
    char sql[80];
    for (int k = 0; k < 600; k++) {
        (void)snprintf(sql, sizeof sql, "SELECT %d + COUNT(*) FROM thing", k % 300);
        CHECK_INT(k % 300, number(store, sql));
    }
    mz_store_close(store);
}

/* ---- keys ---- */

TEST(keys_are_different_and_sort_by_their_time) {
    char first[MZ_SQL_KEY_SIZE], key[MZ_SQL_KEY_SIZE], before[MZ_SQL_KEY_SIZE] = "";
    mz_sql_new_key(first);
    CHECK_INT(26, strspn(first, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"));
    CHECK_INT(26, strlen(first));
    for (int k = 0; k < 10000; k++) {
        mz_sql_new_key(key);
        CHECK(strcmp(key, before) != 0);
        CHECK(strncmp(before, key, 10) <= 0);
        memcpy(before, key, sizeof key);
    }
}

TEST_MAIN()
