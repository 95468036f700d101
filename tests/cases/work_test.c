/* What is done with a case besides deciding: assignment, escalation, deadlines, notes with mentions, files. */
#include "worked.h"

#include "../store/stores.h"
#include "test.h"

#include <string.h>

static worked work;

static mz_str begin(const char *address) {
    worked_open(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Ossoul Qenlou", "1981");
    return worked_raise(&work, &subject).case_key;
}

static void end(void) {
    worked_check(&work);
    worked_close(&work);
}

STORE_TEST(a_case_goes_to_somebody_who_works_on_cases) {
    mz_case_event *events;
    mz_str key = begin(address);
    int64_t entries = worked_entries(&work);
    CHECK_OK(worked_assign(&work, key, WORKED_NOW, work.badr.key), work.error);
    mz_case found = worked_case(&work, key);
    CHECK_STR(work.badr.key, found.assignee.key);
    CHECK_STR(MZ_STR("badr"), found.assignee.name);
    CHECK_INT(2, found.version);
    CHECK_INT(entries + 1, worked_entries(&work));
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_assign(&work, key, WORKED_NOW, work.dalila.key)); /* of another agency */
    mz_person viewer = office_person(&work.office, &work.office.in_house, "eve", MZ_ACCESS_VIEWER);
    CHECK_INT(MZ_ERR_REFUSED, worked_assign(&work, key, WORKED_NOW, viewer.key));
    CHECK_OK(worked_assign(&work, key, WORKED_NOW, MZ_STR("")), work.error);
    CHECK_INT(0, worked_case(&work, key).assignee.key.size);
    CHECK_INT(3, worked_events(&work, key, &events));
    CHECK_STR(MZ_STR("assigned"), events[1].kind);
    CHECK_STR(MZ_STR("badr"), events[1].text);
    end();
}

static mz_status erase(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(work.agency), mz_sql_text(*(mz_str *)context)};
    return mz_sql_run(sql, "INSERT INTO case_erased (agency, object, at) VALUES (?1, ?2, 1)", values, 2, NULL, error);
}

STORE_TEST(nothing_is_added_to_a_case_that_was_erased) {
    mz_case_event event;
    mz_attachment file;
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision), work.error);
    CHECK_OK(worked_note(&work, key, "before", &event), work.error);
    CHECK_OK(worked_do(&work, erase, &key), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_note(&work, key, "after", &event));
    CHECK(strstr(work.error.text, "erased when its time had come") != NULL);
    CHECK_INT(MZ_ERR_REFUSED, worked_attach(&work, key, "after.txt", MZ_STR("text\n"), &file));
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision));
    end();
}

STORE_TEST(a_case_is_escalated_and_put_off) {
    mz_str key = begin(address);
    CHECK_OK(worked_escalate(&work, key, WORKED_NOW, true), work.error);
    CHECK(worked_case(&work, key).escalated);
    CHECK_OK(worked_due(&work, key, WORKED_NOW, OFFICE_NOW + 1000), work.error);
    CHECK_INT(OFFICE_NOW + 1000, worked_case(&work, key).due);
    CHECK_INT(MZ_ERR_REFUSED, worked_due(&work, key, WORKED_NOW, 0));
    CHECK(strstr(work.error.text, "may approve") != NULL);
    work.as = &work.chadia;
    CHECK_OK(worked_due(&work, key, WORKED_NOW, 0), work.error);
    CHECK_INT(0, worked_case(&work, key).due);
    CHECK_INT(MZ_ERR_INPUT, worked_due(&work, key, WORKED_NOW, -1));
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_INSUFFICIENT_INFORMATION, NULL, NULL), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_due(&work, key, WORKED_NOW, 0)); /* nobody parks it for good */
    CHECK_INT(MZ_ERR_REFUSED, worked_due(&work, key, WORKED_NOW, OFFICE_NOW + 14 * 86400 + 1));
    CHECK(strstr(work.error.text, "within 14 days") != NULL);
    CHECK_OK(worked_due(&work, key, WORKED_NOW, OFFICE_NOW + 14 * 86400), work.error);
    CHECK_OK(worked_due(&work, key, WORKED_NOW, OFFICE_NOW + 50), work.error); /* it waits no longer than that */
    office_later(50);
    CHECK_INT(1, worked_wake(&work));
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_due(&work, key, WORKED_NOW, 0));
    end();
}

static mz_status list_mentions(void *context, mz_sql *sql, mz_error *error) {
    mz_mention *mentions;
    size_t *count = context;
    return mz_mentions_list(sql, work.agency, work.badr.key, MZ_STR(""), 100, &work.office.arena, &mentions, count,
                            error);
}

static size_t mentions_of_badr(void) {
    size_t count = 0;
    CHECK_OK(worked_do(&work, list_mentions, &count), work.error);
    return count;
}

STORE_TEST(somebody_is_mentioned_by_the_name_to_sign_in_with) {
    static const struct {
        const char *text;
        bool mentions;
    } rows[] = {
        {"@badr please look", true},
        {"please look, @Badr.", true},
        {"راجع @badr، من فضلك", true},
        {"(@badr)", true},
        {"mail badr@badr", false}, /* an address */
        {"@badrr", false},
        {"@ba", false},
        {"@nobody-at-all and @", false},
        {"@dalila", false}, /* of another agency */
        {"badr", false},
    };
    mz_case_event event;
    mz_str key = begin(address);
    size_t expected = 0;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        mz_test_case("%s", rows[k].text);
        CHECK_OK(worked_note(&work, key, rows[k].text, &event), work.error);
        CHECK_STR(mz_str_of(rows[k].text), event.text);
        expected += rows[k].mentions;
        CHECK_INT(expected, mentions_of_badr());
    }
    CHECK_OK(worked_note(&work, key, "@badr @badr @badr", &event), work.error); /* once in a note */
    CHECK_INT(expected + 1, mentions_of_badr());
    CHECK_INT(1, worked_case(&work, key).version); /* notes hold up nobody's decision */
    end();
}

STORE_TEST(notes_are_text) {
    mz_str key = begin(address);
    CHECK_INT(MZ_ERR_INPUT, worked_note(&work, key, " \n ", NULL));
    CHECK_INT(MZ_ERR_INPUT, worked_note(&work, key, "a\x01", NULL));
    CHECK_INT(MZ_ERR_INPUT, worked_note(&work, key, "a\xFF", NULL));
    char *longer = MZ_ARENA_NEW(&work.office.arena, MZ_NOTE_BYTES_MOST + 2, char);
    memset(longer, 'a', MZ_NOTE_BYTES_MOST + 1);
    CHECK_INT(MZ_ERR_LIMIT, worked_note(&work, key, longer, NULL));
    CHECK_OK(worked_note(&work, key, "<b>one</b>\n\ttwo", NULL), work.error);
    end();
}

TEST(what_a_file_is_is_found_out_from_its_bytes) {
    static const struct {
        const char *name, *bytes, *type;
        size_t size;
    } rows[] = {
        {"a.pdf", "%PDF-1.7\n", "application/pdf", 9},
        {"a.PDF", "%PDF-1.7\n", "application/pdf", 9},
        {"a.pdf", "MZ not so", NULL, 9},
        {"a.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png", 16},
        {"a.png", "\x89PNG\r\n\x1a\n", NULL, 8},
        {"a.jpg", "\xFF\xD8\xFF\xE0", "image/jpeg", 4},
        {"a.jpeg", "\xFF\xD8", NULL, 2},
        {"a.txt", "نص", "text/plain", 4},
        {"a.txt", "a\0b", NULL, 3},
        {"a.txt", "\xFF\xFE", NULL, 2},
        {"a.csv", "a,b\n", "text/csv", 4},
        {"a.eml", "Received: x\r\nFrom: a\r\n\r\n", "message/rfc822", 24},
        {"a.eml", "<html>", NULL, 6},
        {"a.docx", "PK\x03\x04 [Content_Types].xml word/document.xml",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 43},
        {"a.docx", "PK\x03\x04 [Content_Types].xml word/document.xml word/vbaProject.bin", NULL, 63},
        {"a.xlsx", "PK\x03\x04 [Content_Types].xml word/document.xml", NULL, 43},
        {"a.zip", "PK\x03\x04", NULL, 4},
        {"a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/msword", 8},
        {"a.html", "<html>", NULL, 6},
        {"a.svg", "<svg>", NULL, 5},
        {"a", "hello", NULL, 5},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        bool known;
        mz_test_case("%s of %zu bytes, row %zu", rows[k].name, rows[k].size, k);
        const char *type = mz_attachment_type(mz_str_of(rows[k].name), (mz_str){rows[k].bytes, rows[k].size}, &known);
        CHECK_TEXT(rows[k].type ? rows[k].type : "none", type ? type : "none");
        CHECK(known || !type);
        CHECK(known == !(strstr(rows[k].name, ".zip") || strstr(rows[k].name, ".html") ||
                         strstr(rows[k].name, ".svg") || !strchr(rows[k].name, '.')));
    }
}

typedef struct reading {
    mz_str case_key, key, bytes;
    mz_attachment file;
} reading;

static mz_status read_file(void *context, mz_sql *sql, mz_error *error) {
    reading *self = context;
    return mz_attachment_read(sql, work.agency, self->case_key, self->key, &work.office.arena, &self->file,
                              &self->bytes, error);
}

STORE_TEST(the_same_bytes_are_kept_once_and_removed_with_the_last_that_has_them) {
    mz_attachment first, second;
    mz_str key = begin(address);
    int64_t entries = worked_entries(&work);
    CHECK_OK(worked_attach(&work, key, "a.txt", MZ_STR("hello"), &first), work.error);
    CHECK_OK(worked_attach(&work, key, "b.txt", MZ_STR("hello"), &second), work.error);
    CHECK_STR(first.digest, second.digest);
    CHECK_INT(entries + 2, worked_entries(&work));
    CHECK_OK(worked_detach(&work, key, first.key), work.error);
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_detach(&work, key, first.key));
    reading self = {.case_key = key, .key = second.key};
    CHECK_OK(worked_do(&work, read_file, &self), work.error);
    CHECK_STR(MZ_STR("hello"), self.bytes);
    CHECK_OK(worked_detach(&work, key, second.key), work.error);
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_do(&work, read_file, &self));
    CHECK_OK(worked_attach(&work, key, "c.txt", MZ_STR("hello"), &first), work.error);
    self.key = first.key;
    CHECK_OK(worked_do(&work, read_file, &self), work.error);
    CHECK_INT(1, worked_case(&work, key).version);
    end();
}

STORE_TEST(a_file_has_a_name_that_is_no_path_and_a_size_within_the_settings) {
    mz_str key = begin(address);
    static const char *const bad[] = {"", " ", "a/b.txt", "a\\b.txt", ".txt", "a\n.txt", "a\xE2\x80\xAEtxt.exe.txt"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        CHECK_INT(MZ_ERR_INPUT, worked_attach(&work, key, bad[k], MZ_STR("hello"), NULL));
    CHECK_INT(MZ_ERR_INPUT, worked_attach(&work, key, "a.txt", MZ_STR(""), NULL));
    CHECK_INT(MZ_ERR_REFUSED, worked_attach(&work, key, "a.exe", MZ_STR("MZ"), NULL));
    mz_case_settings settings = worked_settings_now(&work);
    settings.attachment_bytes_most = 4;
    worked_settings(&work, &settings);
    CHECK_INT(MZ_ERR_LIMIT, worked_attach(&work, key, "a.txt", MZ_STR("hello"), NULL));
    end();
}

STORE_TEST(files_of_an_agency_have_so_many_bytes_together_and_the_same_bytes_count_once) {
    mz_attachment first;
    mz_str key = begin(address);
    mz_case_settings settings = worked_settings_now(&work);
    CHECK_INT(INT64_C(10) << 30, settings.attachments_bytes_most);
    settings.attachments_bytes_most = 12;
    worked_settings(&work, &settings);
    CHECK_OK(worked_attach(&work, key, "a.txt", MZ_STR("hello"), &first), work.error);
    CHECK_OK(worked_attach(&work, key, "b.txt", MZ_STR("hello"), NULL), work.error);
    CHECK_OK(worked_attach(&work, key, "c.txt", MZ_STR("another"), NULL), work.error);
    int64_t entries = worked_entries(&work);
    CHECK_INT(MZ_ERR_LIMIT, worked_attach(&work, key, "d.txt", MZ_STR("!"), NULL));
    CHECK(strstr(work.error.text, "12 bytes") != NULL && strstr(work.error.text, "13") != NULL);
    CHECK(strstr(work.error.text, "attachments_bytes_most") != NULL);
    CHECK_INT(entries, worked_entries(&work));
    CHECK_OK(worked_attach(&work, key, "d.txt", MZ_STR("hello"), NULL), work.error);
    settings = worked_settings_now(&work);
    settings.attachments_bytes_most = 13;
    worked_settings(&work, &settings);
    CHECK_OK(worked_attach(&work, key, "e.txt", MZ_STR("!"), NULL), work.error);
    end();
}

typedef struct many {
    size_t count;
    mz_str case_key, before;
    mz_case_event *events;
    bool more;
} many;

static mz_status write_notes(void *context, mz_sql *sql, mz_error *error) {
    many *self = context;
    const mz_actor actor = {.who = work.as, .client = MZ_STR("test")};
    mz_case_event event;
    mz_case_change change = {.agency = work.agency, .actor = &actor, .case_key = self->case_key};
    mz_status status = MZ_OK;
    for (size_t k = 0; k < self->count && !status; k++)
        status = mz_case_note(sql, &change, MZ_STR("one more"), &work.office.arena, &event, error);
    return status;
}

static mz_status read_page(void *context, mz_sql *sql, mz_error *error) {
    many *self = context;
    return mz_case_events(sql, work.agency, self->case_key, self->before, 500, &work.office.arena, &self->events,
                          &self->count, &self->more, error);
}

STORE_TEST(a_case_has_so_many_notes_and_its_history_is_read_page_by_page) {
    mz_str key = begin(address);
    many self = {.case_key = key, .count = MZ_CASE_NOTES_MOST, .before = MZ_STR("")};
    CHECK_OK(worked_do(&work, write_notes, &self), work.error);
    CHECK_INT(MZ_ERR_LIMIT, worked_note(&work, key, "too many", NULL));
    CHECK(strstr(work.error.text, "2000 notes") != NULL);
    size_t pages = 0, events = 0;
    int64_t later = INT64_MAX;
    for (self.more = true; self.more; pages++) {
        CHECK_OK(worked_do(&work, read_page, &self), work.error);
        for (size_t k = self.count; k > 0; k--) {
            CHECK(self.events[k - 1].entry < later);
            later = self.events[k - 1].entry;
        }
        events += self.count;
        self.before = self.events[0].key;
    }
    CHECK_INT(5, pages);
    CHECK_INT(MZ_CASE_NOTES_MOST + 1, events);
    CHECK_STR(MZ_STR("opened"), self.events[0].kind);
    self.before = MZ_STR("nothing");
    CHECK_INT(MZ_ERR_ARGUMENT, worked_do(&work, read_page, &self));
    end();
}

TEST_MAIN()
