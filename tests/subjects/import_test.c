/* Files that are brought into the register: what is taken, what is told, and what a kill leaves. */
#include "../lists/workbook.h"
#include "../store/stores.h"
#include "bringing.h"
#include "test.h"
#include "text/text.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEADING "No;Name;Born\n"

static uint64_t active(bringing *b);

typedef struct counting {
    bringing *b;
    uint64_t count;
} counting;

static mz_status count_active(void *context, mz_sql *sql, mz_error *error) {
    counting *c = context;
    return mz_subjects_count(sql, c->b->who->agency, &c->count, error);
}

static uint64_t active(bringing *b) {
    counting c = {b, 0};
    CHECK_OK(mz_store_read(b->place->store, count_active, &c, &b->error), b->error);
    return c.count;
}

static mz_str property(bringing *b, mz_property wanted) {
    const mz_entity *entity = NULL;
    CHECK_OK(mz_subject_entity(&b->subject, &b->arena, &entity, &b->error), b->error);
    return mz_entity_first(entity, wanted);
}

STORE_TEST(a_table_becomes_subjects) {
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    bringing_in(&b, MZ_STR(HEADING "C-1;Zouhair Belmaarouf;14/03/1971\n\nC-2;Amina Tazi;1980\n"));
    CHECK_STR(MZ_STR("done"), b.import.phase);
    CHECK_INT(2, b.import.added);
    CHECK_INT(0, b.import.rejected);
    CHECK_INT(2, b.import.position);
    CHECK_INT(b.import.bytes, b.import.done);
    CHECK(bringing_find(&b, "C-1"));
    CHECK_STR(MZ_STR("1971-03-14"), property(&b, MZ_PROP_birthDate));
    CHECK_INT(2, active(&b));
    CHECK_INT(0, bringing_files(&b));
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(the_same_file_again_changes_nothing) {
    office place;
    bringing b;
    const mz_str file = MZ_STR_INIT(HEADING "C-1;Zouhair Belmaarouf;14/03/1971\nC-2;Amina Tazi;1980\n");
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    bringing_in(&b, file);
    b.draft.mapping = MZ_STR(""); /* it is remembered */
    bringing_in(&b, file);
    CHECK_INT(0, b.import.added);
    CHECK_INT(2, b.import.same);
    bringing_in(&b, MZ_STR(HEADING "C-1;Zouhair Belmaarouf;15/03/1971\n"));
    CHECK_INT(1, b.import.changed);
    CHECK_INT(2, active(&b)); /* a file that is not whole closes nobody */
    bringing_done(&b);
    office_close(&place);
}

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN
#define LONG FIFTY FIFTY FIFTY FIFTY "x"

/* What is wrong has a code, which pages say in the language of their reader. */
STORE_TEST(what_is_wrong_with_lines_of_json_has_a_code) {
    static const struct {
        const char *line, *code, *field, *value;
        int64_t number;
    } cases[] = {
        {"{\"reference\":\"\",\"properties\":{\"name\":[\"A B\"]}}", "no-reference", "reference", "", 0},
        {"{\"reference\":\" 2\",\"properties\":{\"name\":[\"A B\"]}}", "reference-blanks", "reference", " 2", 0},
        {"{\"reference\":\"3\\u0007\",\"properties\":{\"name\":[\"A B\"]}}", "reference-control", "reference", NULL, 0},
        {"{\"reference\":\"" LONG "\",\"properties\":{\"name\":[\"A B\"]}}", "reference-long", "reference", NULL,
         MZ_SUBJECT_REFERENCE_BYTES_MOST},
        {"{\"reference\":\"5\",\"schema\":\"Persn\",\"properties\":{\"name\":[\"A B\"]}}", "unknown-schema", "schema",
         "Persn", 0},
        {"{\"reference\":\"6\",\"schema\":\"Person\"}", "no-properties", "properties", "", 0},
        {"{\"reference\":\"7\",\"source\":\"other\",\"properties\":{\"name\":[\"A B\"]}}", "another-source", "source",
         "other", 0},
        {"{\"reference\":\"8\",\"schema\":\"Person\",\"properties\":{\"gender\":[\"male\"]}}", "nobody", "", "", 0},
        {"{\"reference\":\"9\",\"schema\":\"Ownership\",\"properties\":{\"startDate\":[\"1970\"]}}", "not-a-subject",
         "", "Ownership", 0},
        {"{\"reference\":\"10\",\"name\":\"A B\"}", "unreadable", "", "", 0},
        {"{\"reference\":\"11\"", "unreadable", "", NULL, 0},
        {"{\"id\":\"12\",\"schema\":\"Persn\",\"properties\":{\"name\":[\"A B\"]}}", "unknown-schema", "schema",
         "Persn", 0},
        {"{\"id\":\"13\",\"schema\":\"Person\"}", "no-properties", "properties", "", 0},
        {"{\"reference\":\"14\",\"properties\":{\"name\":[\"A B\"],\"birthDate\":[\"someday\"]}}", "not-understood",
         "birthDate", "someday", 0},
    };
    enum { CASES = sizeof cases / sizeof *cases };
    char text[8192] = "";
    office place;
    bringing b;
    for (size_t i = 0; i < CASES; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s\n", cases[i].line);
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    b.draft.format = MZ_SUBJECT_JSONL;
    bringing_in(&b, mz_str_of(text));
    CHECK_INT(CASES, b.count);
    for (size_t i = 0; i < CASES; i++) {
        mz_test_case("%s", cases[i].line);
        CHECK_TEXT(cases[i].code, mz_row_flaw_word(b.rejections[i].code));
        CHECK_STR(mz_str_of(cases[i].field), b.rejections[i].field);
        if (cases[i].value) CHECK_STR(mz_str_of(cases[i].value), b.rejections[i].value);
        CHECK_INT(cases[i].number, b.rejections[i].number);
    }
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(each_line_that_cannot_be_taken_is_told) {
    static const struct {
        uint64_t line;
        bool taken;
        const char *field, *reason, *value;
        const char *code;
        int64_t number;
    } expected[] = {
        {3, false, "No", "there is no reference: what its source calls it", "", "no-reference", 0},
        {4, false, "", "neither a name nor a number of anybody in it", "", "nobody", 0},
        {5, false, "No", "it stands already in line 2", "C-1", "repeated", 2},
        {6, false, "", "the line has more fields than the heading", "too much", "unreadable", 0},
        {7, true, "Born", "not understood, and not compared", "31/02/1980", "not-understood", 0},
        {8, false, "", "a quote is left open", "C-8;\"An open quote;1970", "unreadable", 0},
        {11, false, "", "text behind a closing quote", "C-11;\"A\" B;1970", "unreadable", 0},
    };
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    bringing_in(&b, MZ_STR(HEADING "C-1;Zouhair Belmaarouf;14/03/1971\n"
                                   ";Without Reference;1970\n"
                                   "C-4;;1970\n"
                                   "C-1;Another Name;1970\n"
                                   "C-6;Too Many;1970;too much\n"
                                   "C-7;Odd Date;31/02/1980\n"
                                   "C-8;\"An open quote;1970\n"
                                   "C-9;Behind It;1970\n"
                                   "C-10;\"Quoted; \"\"well\"\"\";1970\n"
                                   "C-11;\"A\" B;1970\n"
                                   "C-12;\"Over\ntwo lines\";1970\n"
                                   "C-13;Fewer fields\n"));
    CHECK_STR(MZ_STR("done"), b.import.phase);
    CHECK_INT(6, b.import.added);
    CHECK_INT(6, b.import.rejected);
    CHECK_INT(1, b.import.noted);
    CHECK_INT(sizeof expected / sizeof *expected, b.count);
    for (size_t i = 0; i < b.count; i++) {
        mz_test_case("line %d", (int)expected[i].line);
        CHECK_INT(expected[i].line, b.rejections[i].line);
        CHECK_INT(expected[i].taken, b.rejections[i].taken);
        CHECK_STR(mz_str_of(expected[i].field), b.rejections[i].field);
        CHECK(strstr(b.rejections[i].reason.data, expected[i].reason));
        CHECK_STR(mz_str_of(expected[i].value), b.rejections[i].value);
        CHECK_TEXT(expected[i].code, mz_row_flaw_word(b.rejections[i].code));
        CHECK_INT(expected[i].number, b.rejections[i].number);
    }
    CHECK(bringing_find(&b, "C-9"));
    CHECK(bringing_find(&b, "C-10"));
    CHECK_STR(MZ_STR("Quoted; \"well\""), b.subject.caption);
    CHECK(bringing_find(&b, "C-12"));
    CHECK_STR(MZ_STR("Over two lines"), b.subject.caption);
    CHECK(bringing_find(&b, "C-13"));
    CHECK(!bringing_find(&b, "C-8"));
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(a_mapping_says_what_rows_are) {
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    b.draft.mapping = MZ_STR("{\"schema\":{\"column\":\"Type\",\"values\":{\"I\":\"Person\",\"C\":\"Company\"}},"
                             "\"reference\":\"Customer No\",\"properties\":{\"firstName\":[\"Given\"],\"lastName\":["
                             "\"Family\"],\"name\":[\"Firm\"],\"alias\":[{\"column\":\"AKA\",\"split\":\"/\"}],"
                             "\"birthDate\":[{\"column\":\"DOB\",\"format\":\"MM/DD/YYYY\"}],\"street\":[\"Street\"],"
                             "\"city\":[\"City\"]},\"constant\":{\"country\":[\"ma\"]}}");
    bringing_in(&b, MZ_STR("Customer No,Type,Given,Family,Firm,AKA,DOB,Street,City\n"
                           "1,I,Najib,El Ouerdassi,,Nagib / Abu Talha,03/04/1968,\"12, Rue des Noyers\",Tiznalt\n"
                           "2,c,,,Tamzirt Trading,,,,Tiznalt\n"
                           "3,Vessel,,,MV Amlal Star,,,,\n"
                           "4,X,,,Who Knows,,,,\n"
                           "5,,,,Who Knows,,,,\n"
                           "6,I,Amina,Tazi,,,13/13/1970,,\n"));
    CHECK_INT(4, b.import.added);
    CHECK_INT(2, b.import.rejected);
    CHECK_INT(1, b.import.noted);
    CHECK(bringing_find(&b, "1"));
    CHECK_STR(MZ_STR("Najib El Ouerdassi"), b.subject.caption);
    CHECK_STR(MZ_STR("1968-03-04"), property(&b, MZ_PROP_birthDate));
    CHECK_STR(MZ_STR("12, Rue des Noyers, Tiznalt"), property(&b, MZ_PROP_address));
    CHECK_STR(MZ_STR("ma"), property(&b, MZ_PROP_country));
    CHECK_STR(MZ_STR("Nagib"), property(&b, MZ_PROP_alias));
    CHECK(bringing_find(&b, "2"));
    CHECK_INT(MZ_SCHEMA_Company, b.subject.schema);
    CHECK(bringing_find(&b, "3"));
    CHECK_INT(MZ_SCHEMA_Vessel, b.subject.schema);
    CHECK_STR(MZ_STR("Type"), b.rejections[0].field);
    CHECK_STR(MZ_STR("X"), b.rejections[0].value);
    CHECK_STR(MZ_STR("13/13/1970"), b.rejections[2].value);
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(what_the_file_lacks_is_closed_when_it_is_the_whole) {
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    bringing_in(&b, MZ_STR(HEADING "1;A A;\n2;B B;\n3;C C;\n4;D D;\n5;E E;\n6;F F;\n"));
    b.draft.whole = true;
    bringing_in(&b, MZ_STR(HEADING "1;A A;\n2;B B;\n3;C C;\n4;D D;\n5;;\n7;G G;\n"));
    CHECK_STR(MZ_STR("done"), b.import.phase);
    CHECK_INT(1, b.import.closed); /* the sixth; the fifth is in the file, though nobody can read it */
    CHECK_INT(1, b.import.added);
    CHECK(bringing_find(&b, "6"));
    CHECK(b.subject.closed);
    CHECK(bringing_find(&b, "5"));
    CHECK(!b.subject.closed);
    CHECK_INT(6, active(&b));

    bringing_in(&b, MZ_STR(HEADING "1;A A;\n8;H H;\n"));
    CHECK_STR(MZ_STR("failed"), b.import.phase);
    CHECK(strstr(b.import.error.data, "lacks 5 of the 6"));
    CHECK_INT(6, active(&b)); /* nothing was changed */
    CHECK(!bringing_find(&b, "8"));
    b.draft.accepted = true;
    bringing_in(&b, MZ_STR(HEADING "1;A A;\n8;H H;\n"));
    CHECK_STR(MZ_STR("done"), b.import.phase);
    CHECK_INT(5, b.import.closed);
    CHECK_INT(2, active(&b));
    bringing_in(&b, MZ_STR(HEADING "6;F F;\n1;A A;\n8;H H;\n"));
    CHECK_INT(1, b.import.changed); /* it is back */
    CHECK_INT(3, active(&b));
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(another_source_is_left_alone_by_a_whole_file) {
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    bringing_in(&b, MZ_STR(HEADING "1;A A;\n"));
    b.draft.source = MZ_STR("shop");
    b.draft.whole = true;
    bringing_in(&b, MZ_STR(HEADING "2;B B;\n"));
    CHECK_INT(0, b.import.closed);
    CHECK_INT(2, active(&b));
    bringing_done(&b);
    office_close(&place);
}

/* ---- encodings and formats ---- */

static void wide(const char *text, bool little, mz_buffer *out) {
    size_t offset = 0;
    uint32_t code;
    mz_buffer_append(out, little ? "\xFF\xFE" : "\xFE\xFF", 2);
    while (mz_utf8_next(mz_str_of(text), &offset, &code)) {
        char unit[2] = {(char)(little ? code : code >> 8), (char)(little ? code >> 8 : code)};
        mz_buffer_append(out, unit, 2);
    }
}

STORE_TEST(encodings_are_told_by_their_bytes) {
    office place;
    bringing b;
    mz_buffer text;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    mz_buffer_init(&text, 1 << 16);
    wide("No;Name;Born\n1;Société Générale Amlal;\n2;نجيب الورداسي;\n", true, &text);
    bringing_in(&b, mz_buffer_view(&text));
    CHECK(bringing_find(&b, "2"));
    CHECK_STR(MZ_STR("نجيب الورداسي"), b.subject.caption);
    mz_buffer_clear(&text);
    wide("No;Name;Born\n3;Société Générale Amlal;\n4;نجيب الورداسي;\n", false, &text);
    bringing_in(&b, mz_buffer_view(&text));
    CHECK(bringing_find(&b, "3"));
    CHECK_STR(MZ_STR("Société Générale Amlal"), b.subject.caption);
    bringing_in(&b, MZ_STR("\xEF\xBB\xBFNo;Name;Born\r\n5;Société;\r\n"));
    CHECK(bringing_find(&b, "5"));
    CHECK_STR(MZ_STR("Société"), b.subject.caption);
    bringing_in(&b, MZ_STR("No;Name;Born\n6;Soci\xE9t\xE9 Cr\xE9\xE9"
                           "e;\n7;Fran\xE7ois \xC9mile;\n")); /* Windows-1252 */
    CHECK(bringing_find(&b, "6"));
    CHECK_STR(MZ_STR("Société Créée"), b.subject.caption);
    bringing_in(&b, MZ_STR("No;Name;Born\n8;\xE4\xCC\xED\xC8 \xC7\xE1\xE6\xD1\xCF\xC7\xD3\xED;\n9;Amina;\n"));
    CHECK(bringing_find(&b, "8"));
    CHECK_STR(MZ_STR("نجيب الورداسي"), b.subject.caption); /* Windows-1256 */
    mz_buffer_done(&text);
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(an_encoding_that_cannot_be_told_is_refused_unless_it_is_said) {
    office place;
    bringing b;
    /* Windows-1251: Cyrillic */
    const mz_str file = MZ_STR_INIT("No;Name;Born\n1;\xC8\xE2\xE0\xED \xCF\xE5\xF2\xF0\xEE\xE2;\n");
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    bringing_in(&b, file);
    CHECK_STR(MZ_STR("failed"), b.import.phase);
    CHECK(strstr(b.import.error.data, "save it as UTF-8"));
    CHECK_INT(0, active(&b));
    b.draft.mapping = MZ_STR("{\"reference\":\"No\",\"properties\":{\"name\":[\"Name\"]},\"encoding\":\"utf-8\"}");
    bringing_in(&b, file);
    CHECK_INT(1, b.import.rejected);
    CHECK_STR(MZ_STR("bytes that are not of the encoding of the file"), b.rejections[0].reason);
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(a_workbook_is_a_table) {
    office place;
    bringing b;
    mz_buffer text;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    mz_buffer_init(&text, 1 << 20);
    make_workbook(&(workbook_parts){.sheet = sheet_of("No|Name|Born\n7|Amina Tazi|29290@1\n|Nobody|\n")}, &text);
    b.draft.format = MZ_SUBJECT_XLSX;
    bringing_in(&b, mz_buffer_view(&text));
    CHECK_STR(MZ_STR("done"), b.import.phase);
    CHECK_INT(1, b.import.added);
    CHECK_INT(1, b.import.rejected);
    CHECK_INT(3, b.rejections[0].line);
    CHECK(bringing_find(&b, "7"));
    CHECK_STR(MZ_STR("1980-03-10"), property(&b, MZ_PROP_birthDate));
    mz_buffer_done(&text);
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(json_lines_are_subjects_or_entities) {
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    b.draft.format = MZ_SUBJECT_JSONL;
    b.draft.mapping = MZ_STR("");
    bringing_in(&b,
                MZ_STR("{\"reference\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Amina Tazi\"]}}\n"
                       "{\"id\":\"NK-2\",\"schema\":\"Company\",\"caption\":\"x\",\"datasets\":[\"d\"],\"properties\":{"
                       "\"name\":[\"Tamzirt Trading\"],\"jurisdiction\":[\"ma\"]}}\n"
                       "{\"reference\":\"3\",\"properties\":{\"nam\":\"A\"}}\n"
                       "not json\n"
                       "[1]\n"
                       "{\"reference\":\"6\",\"properties\":{\"name\":\"A B\",\"birthDate\":\"someday\"}}\n"
                       "{\"reference\":\"7\",\"source\":\"shop\",\"properties\":{\"name\":\"A B\"}}\n"));
    CHECK_INT(3, b.import.added);
    CHECK_INT(4, b.import.rejected);
    CHECK_INT(1, b.import.noted);
    CHECK(bringing_find(&b, "NK-2"));
    CHECK_INT(MZ_SCHEMA_Company, b.subject.schema);
    CHECK_INT(3, b.rejections[0].line);
    CHECK_STR(MZ_STR("someday"), b.rejections[3].value);
    bringing_done(&b);
    office_close(&place);
}

/* ---- what is refused as a whole ---- */

STORE_TEST(a_file_that_nobody_can_read_fails_and_changes_nothing) {
    static const struct {
        const char *file, *text;
    } cases[] = {
        {"", "empty"},
        {"\n\n", "empty"},
        {"Number;Name;Born\n1;A;\n", "names a column “No” that the file does not have"},
    };
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_test_case("%s", cases[i].file);
        bringing_in(&b, mz_str_of(cases[i].file));
        CHECK_STR(MZ_STR("failed"), b.import.phase);
        CHECK(strstr(b.import.error.data, cases[i].text));
    }
    b.draft.format = MZ_SUBJECT_XLSX;
    bringing_in(&b, MZ_STR("this is no workbook"));
    CHECK_STR(MZ_STR("failed"), b.import.phase);
    CHECK_INT(0, active(&b));
    CHECK_INT(0, bringing_files(&b));
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(a_table_without_a_mapping_is_not_begun) {
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    b.draft.mapping = MZ_STR("");
    CHECK_INT(MZ_ERR_INPUT, bringing_add(&b, MZ_STR(HEADING)));
    b.draft.mapping = MZ_STR("{\"reference\":\"No\"}");
    CHECK_INT(MZ_ERR_INPUT, bringing_add(&b, MZ_STR(HEADING)));
    b.draft.mapping = MZ_STR(BRINGING_MAPPING);
    b.draft.source = MZ_STR("../bank");
    CHECK_INT(MZ_ERR_INPUT, bringing_add(&b, MZ_STR(HEADING)));
    b.draft.source = MZ_STR("bank");
    b.draft.file_name = MZ_STR("a\nb");
    CHECK_INT(MZ_ERR_INPUT, bringing_add(&b, MZ_STR(HEADING)));
    CHECK_INT(0, bringing_files(&b));
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(another_agency_sees_no_import) {
    office place;
    bringing mine, theirs;
    office_open(&place, address);
    bringing_start(&mine, &place, &place.in_house);
    bringing_start(&theirs, &place, &place.in_bureau);
    CHECK_OK(bringing_add(&mine, MZ_STR(HEADING "1;A A;\n")), mine.error);
    theirs.file = mine.file;
    CHECK_INT(MZ_ERR_NOT_FOUND, bringing_run(&theirs));
    CHECK_OK(bringing_run(&mine), mine.error);
    CHECK_INT(0, active(&theirs));
    CHECK_INT(1, active(&mine));
    bringing_done(&mine);
    bringing_done(&theirs);
    office_close(&place);
}

/* ---- breaking off ---- */

enum { ROWS = 3500 };

static mz_str long_file(mz_arena *arena) {
    mz_buffer text;
    mz_buffer_init(&text, 1 << 20);
    mz_buffer_print(&text, HEADING);
    for (int i = 0; i < ROWS; i++)
        if (i % 2)
            mz_buffer_print(&text, "%d;;\n", i);
        else
            mz_buffer_print(&text, "%d;Name %d;1970\n", i, i);
    mz_str made = mz_arena_copy(arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return made;
}

/* Ends its process at a batch: before it is committed, or after. */
typedef struct killer {
    int notes, kill_note, stops, kill_stop;
} killer;

static mz_status note_or_die(void *context, mz_sql *sql, const mz_subject_import *import, mz_error *error) {
    killer *k = context;
    (void)sql, (void)import, (void)error;
    if (++k->notes == k->kill_note) (void)kill(getpid(), SIGKILL);
    return MZ_OK;
}

static bool stop_or_die(void *context) {
    killer *k = context;
    if (++k->stops == k->kill_stop) (void)kill(getpid(), SIGKILL);
    return false;
}

/* Runs the import in a process of its own that is killed; the store is that process's own. */
static void run_and_die(bringing *b, const char *address, killer plan) {
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        mz_store *store = NULL;
        mz_error error;
        mz_subject_import import;
        mz_arena arena;
        mz_arena_init(&arena, 64 << 20);
        if (mz_store_open(address, &store, &error)) _exit(1);
        const mz_import_work work = {store, b->folder, note_or_die, stop_or_die, &plan};
        (void)mz_subject_import_run(&work, b->who->agency, mz_str_of(b->file.key), &arena, &import, &error);
        _exit(2);
    }
    int ended = 0;
    CHECK(waitpid(child, &ended, 0) == child);
    CHECK(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL);
}

STORE_TEST(a_run_that_was_killed_goes_on_where_it_was) {
    static const killer plans[] = {{.kill_note = 1}, {.kill_note = 3}, {.kill_stop = 2}, {.kill_note = 4}};
    for (size_t p = 0; p < sizeof plans / sizeof *plans; p++) {
        office place;
        bringing b;
        const char *at =
            p ? strncmp(address, "postgresql", 10) == 0 ? mz_test_postgresql() : mz_test_sqlite() : address;
        office_open(&place, at);
        bringing_start(&b, &place, &place.in_house);
        mz_test_case("plan %d", (int)p);
        CHECK_OK(bringing_add(&b, long_file(&b.arena)), b.error);
        run_and_die(&b, at, plans[p]);
        CHECK_INT(1, bringing_files(&b));
        CHECK_OK(bringing_run(&b), b.error);
        CHECK_STR(MZ_STR("done"), b.import.phase);
        CHECK_INT(ROWS / 2, b.import.added); /* none twice: it would be the same, or changed */
        CHECK_INT(0, b.import.changed + b.import.same);
        CHECK_INT(ROWS / 2, b.import.rejected);
        CHECK_INT(ROWS, b.import.position);
        CHECK_INT(ROWS / 2, active(&b));
        CHECK_INT(0, bringing_files(&b));
        bringing_done(&b);
        office_close(&place);
    }
}

/* The newest entry of the chain about imports, and how many there are. */
typedef struct audited {
    bringing *b;
    mz_str line, personal;
    size_t count;
} audited;

static mz_status take_entry(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    audited *a = context;
    (void)count, (void)error;
    a->line = mz_arena_copy(&a->b->arena, columns[0].text);
    a->personal = mz_arena_copy(&a->b->arena, columns[1].text);
    a->count++;
    return MZ_OK;
}

static mz_status read_entries(void *context, mz_sql *sql, mz_error *error) {
    audited *a = context;
    const mz_sql_value values[] = {mz_sql_text(a->b->who->agency)};
    a->count = 0;
    return mz_sql_query(sql,
                        "SELECT e.line, p.personal FROM audit_entry e JOIN audit_personal p ON p.chain = e.chain AND "
                        "p.number = e.number WHERE e.chain = ?1 AND e.kind = 'subjects.imported' ORDER BY e.number",
                        values, 1, take_entry, a, error);
}

static mz_status cancel(void *context, mz_sql *sql, mz_error *error) {
    bringing *b = context;
    const mz_actor actor = {.who = b->who, .client = MZ_STR("test")};
    return mz_subject_import_cancel(sql, b->who->agency, &actor, mz_str_of(b->file.key), error);
}

static mz_status cancel_at_once(void *context, mz_sql *sql, const mz_subject_import *import, mz_error *error) {
    (void)import;
    return cancel(context, sql, error);
}

STORE_TEST(a_cancelled_import_keeps_what_was_written_and_is_told_once) {
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    CHECK_OK(bringing_add(&b, long_file(&b.arena)), b.error);
    const mz_import_work work = {place.store, b.folder, cancel_at_once, NULL, &b};
    CHECK_INT(MZ_ERR_CANCELLED,
              mz_subject_import_run(&work, b.who->agency, mz_str_of(b.file.key), &b.arena, &b.import, &b.error));
    CHECK_INT(MZ_IMPORT_BATCH_ROWS / 2, active(&b));
    CHECK_INT(0, bringing_files(&b));
    CHECK_INT(MZ_ERR_REFUSED, mz_store_change(place.store, cancel, &b, &b.error));
    CHECK_INT(MZ_ERR_CANCELLED, bringing_run(&b));
    audited a = {.b = &b};
    CHECK_OK(mz_store_read(place.store, read_entries, &a, &b.error), b.error);
    CHECK_INT(1, a.count);
    CHECK(strstr(a.line.data, "\"outcome\":\"cancelled\""));
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(an_import_is_one_entry_of_the_chain) {
    office place;
    bringing b;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    bringing_in(&b, MZ_STR(HEADING "1;A A;\n2;B B;\n3;;\n"));
    audited a = {.b = &b};
    CHECK_OK(mz_store_read(place.store, read_entries, &a, &b.error), b.error);
    CHECK_INT(1, a.count);
    CHECK(strstr(a.line.data, "\"added\":2"));
    CHECK(strstr(a.line.data, b.file.digest));
    CHECK(!strstr(a.line.data, "customers.csv"));
    CHECK(strstr(a.personal.data, "customers.csv"));
    bringing_done(&b);
    office_close(&place);
}

STORE_TEST(a_task_runs_an_import) {
    office place;
    bringing b;
    mz_worker *worker = NULL;
    bool worked = false;
    office_open(&place, address);
    bringing_start(&b, &place, &place.in_house);
    b.draft.by_task = true;
    CHECK_OK(bringing_add(&b, long_file(&b.arena)), b.error);
    mz_import_work work = {.store = place.store, .folder = b.folder};
    const mz_task_runner runner = {MZ_IMPORT_TASK, mz_subject_import_task, &work};
    CHECK_OK(mz_worker_new(place.store, &runner, 1, &worker, &b.error), b.error);
    CHECK_OK(mz_worker_step(worker, &worked, &b.error), b.error);
    CHECK(worked);
    mz_worker_free(worker);
    CHECK_INT(ROWS / 2, active(&b));
    bringing_done(&b);
    office_close(&place);
}

TEST_MAIN()
