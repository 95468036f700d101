/* A case on paper is held against the audit chain: what somebody altered in the database is marked, and what was left
 * alone is not. */
#include "../cases/worked.h"
#include "reports/case_file.h"

#include "../store/stores.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static worked work;
static mz_buffer out;
static mz_str key;

typedef struct reading {
    mz_case_file file;
} reading;

static mz_status read_file(void *context, mz_sql *sql, mz_error *error) {
    reading *at = context;
    return mz_case_file_read(sql, work.agency, key, &work.office.arena, &at->file, error);
}

static void write_page(mz_language language) {
    reading at;
    mz_error error;
    const mz_sheet sheet = {.out = &out, .language = language};
    mz_buffer_clear(&out);
    CHECK_OK(worked_do(&work, read_file, &at), work.error);
    CHECK_OK(mz_case_file_write(&at.file, &sheet, &work.office.arena, &error), error);
}

static size_t count_of(const char *text) {
    size_t count = 0;
    for (const char *found = out.data; (found = strstr(found, text)); found++) count++;
    return count;
}

/* A case of two alerts with a note, proposed and approved. */
static void begin(const char *address) {
    mz_str decision;
    mz_case_event event;
    worked_open(&work, address);
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    mz_subject subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-01");
    key = worked_raise(&work, &subject).case_key;
    CHECK_OK(worked_note(&work, key, "asked the bank", &event), work.error);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
}

static void end(void) {
    mz_buffer_done(&out);
    worked_close(&work);
}

static mz_status run_one(void *context, mz_sql *sql, mz_error *error) {
    uint64_t changed = 0;
    mz_status status = mz_sql_run(sql, context, NULL, 0, &changed, error);
    CHECK(status || changed > 0);
    return status;
}

static void tamper(char *statement) {
    CHECK_OK(worked_do(&work, run_one, statement), work.error);
}

STORE_TEST(a_case_that_says_what_the_chain_says_has_no_mark) {
    begin(address);
    write_page(MZ_ENGLISH);
    CHECK_INT(0, count_of("Does not say what this entry"));
    CHECK_INT(0, count_of("Something on these pages"));
    end();
}

static void alter_each(const char *(*fresh)(void)) {
    static const struct {
        char statement[160];
        const char *before;
    } cases[] = {
        {"UPDATE case_event SET said = 'asked nobody' WHERE kind = 'note'", "asked nobody</bdi>"},
        {"UPDATE case_decision SET disposition = 'false-positive'", "<h3>false positive</h3>"},
        {"UPDATE case_decision SET note = 'did not look'", "<h3>true match</h3>"},
        {"UPDATE case_alert SET caption = 'Zaynab Murjani'", "Zaynab Murjani</bdi></h3>"},
        {"UPDATE case_alert SET hit = '{}'", "</h3>"},
        {"UPDATE case_alert SET hit = 'x'", "</h3>"},
        {"UPDATE case_alert SET receipt = receipt + 9000", "</h3>"},
        {"UPDATE case_event SET entry = 0 WHERE kind = 'note'", "asked the bank</bdi>"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char statement[sizeof cases[k].statement], mark[256];
        mz_test_case("%s", cases[k].statement);
        begin(fresh());
        strcpy(statement, cases[k].statement);
        tamper(statement);
        write_page(MZ_ENGLISH);
        snprintf(mark, sizeof mark,
                 "%s<p class=\"warn\">Does not say what this entry of the audit chain says: ", cases[k].before);
        CHECK(count_of(mark) > 0);
        CHECK_INT(1, count_of("and is marked. Verify the chain: <code>mizan audit verify</code>"));
        end();
    }
}

TEST(what_was_altered_beside_the_chain_is_marked_where_it_stands_on_sqlite) {
    alter_each(mz_test_sqlite);
}

TEST(what_was_altered_beside_the_chain_is_marked_where_it_stands_on_postgresql) {
    alter_each(mz_test_postgresql);
}

STORE_TEST(the_mark_is_told_in_each_language) {
    begin(address);
    tamper((char[]){"UPDATE case_event SET said = 'asked nobody' WHERE kind = 'note'"});
    write_page(MZ_FRENCH);
    CHECK_INT(1, count_of("Ne dit pas ce que dit cette entrée de la chaîne d’audit"));
    write_page(MZ_ARABIC);
    CHECK_INT(1, count_of("لا يقول ما يقوله هذا القيد من سلسلة التدقيق"));
    end();
}

STORE_TEST(an_event_that_is_gone_is_missed_where_something_still_names_its_entry) {
    begin(address);
    tamper((char[]){"DELETE FROM case_event WHERE kind = 'decision.proposed'"});
    write_page(MZ_ENGLISH);
    CHECK_INT(1, count_of("Something happened that is not told here. Entry of the audit chain: "));
    end();
}

TEST_MAIN()
