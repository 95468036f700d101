/* A store is copied into one of the same or of the other kind, with everything in it. */
#include "store/copy.h"

#include "writer.h"

#include <string.h>

enum { CHANGES = 30 };

static mz_status add_odd_one(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(MZ_STR("odd")), mz_sql_null(), mz_sql_int(INT64_MIN), mz_sql_real(0.1),
                                   mz_sql_bytes(MZ_STR("\0\xFF"))};
    (void)context;
    return mz_sql_run(sql, "INSERT INTO thing (key, name, size, weight, picture) VALUES (?1, ?2, ?3, ?4, ?5)", values,
                      5, NULL, error);
}

static mz_status see_odd_one(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    bool *same = context;
    (void)count, (void)error;
    *same = columns[0].kind == MZ_SQL_NULL && columns[1].number == INT64_MIN && columns[2].real == 0.1 &&
            mz_str_equal(columns[3].text, MZ_STR("\0\xFF"));
    return MZ_OK;
}

static mz_status read_odd_one(void *context, mz_sql *sql, mz_error *error) {
    return mz_sql_query(sql, "SELECT name, size, weight, picture FROM thing WHERE key = 'odd'", NULL, 0, see_odd_one,
                        context, error);
}

static void copy(const char *from_address, const char *to_address) {
    mz_store_options options = mz_test_options();
    mz_store *from = mz_test_open(from_address), *to = mz_test_open(to_address);
    mz_error error = {0};
    uint64_t rows = 0;
    bool same = false;
    mz_writer_prepare(from);
    for (uint32_t k = 0; k < CHANGES; k++) CHECK_OK(mz_writer_change(from, 0, k, &error), error);
    CHECK_OK(mz_store_change(from, add_odd_one, NULL, &error), error);
    CHECK_OK(mz_store_copy_with(from, to, options.migrations, options.migration_count, &rows, &error), error);
    CHECK_INT(MZ_WRITER_THREADS + CHANGES * (1 + MZ_WRITER_PARTS) + 1, rows);
    CHECK_INT(CHANGES, mz_writer_whole(to, 0));
    CHECK_OK(mz_store_read(to, read_odd_one, &same, &error), error);
    CHECK(same);
    /* a second time there is something there */
    CHECK_INT(MZ_ERR_REFUSED, mz_store_copy_with(from, to, options.migrations, options.migration_count, &rows, &error));
    CHECK(strstr(error.text, "thing"));
    CHECK_INT(CHANGES, mz_writer_whole(to, 0));
    mz_store_close(from);
    mz_store_close(to);
}

STORE_TEST(a_store_is_copied_from_sqlite) {
    copy(mz_test_sqlite(), address);
}

STORE_TEST(a_store_is_copied_into_sqlite) {
    copy(address, mz_test_sqlite());
}

TEST_MAIN()
