/* FollowTheMoney lines: what becomes of an entity, of what the model has no place for, and of what is no entity. */
#include "base/buffer.h"
#include "list_reading.h"

#include <stdio.h>
#include <stdlib.h>

static void read_text(const char *text) {
    read_list(&mz_format_ftm, "list.ftm.json", mz_str_of(text), NULL);
}

TEST(an_entity_is_a_record_with_its_properties) {
    read_text(
        "{\"id\":\"x-1\",\"caption\":\"Zayd Example\",\"schema\":\"Person\",\"properties\":{"
        "\"name\":[\"Zayd Example\",\"Zaid Example\"],\"weakAlias\":[\"Zed\"],\"birthDate\":[\"1970-05\"],"
        "\"nationality\":[\"ma\"],\"passportNumber\":[\"AB 12\"]},\"datasets\":[\"d1\"],\"referents\":[\"old-1\"],"
        "\"first_seen\":\"2024-01-02T03:04:05\",\"last_seen\":\"2024-05-06T07:08:09\","
        "\"last_change\":\"2024-02-03\",\"target\":true}\n");
    CHECK_OK(read_status, read_error);
    CHECK_INT(1, read_record_count);
    const mz_record *record = &read_records[0];
    CHECK_STR(MZ_STR("ftm"), record->list);
    CHECK_STR(MZ_STR("x-1"), record->reference);
    CHECK_STR(MZ_STR("x-1"), record->entities[0].id);
    CHECK_STR(MZ_STR("Zayd Example"), record->caption);
    CHECK(record->target);
    CHECK_TEXT("Zayd Example | Zaid Example", facts_of(0, 0, "name"));
    CHECK_INT(MZ_NAME_PRIMARY, fact_of(0, 0, "name")->name_kind);
    CHECK_INT(MZ_NAME_WEAK_ALIAS, fact_of(0, 0, "weakAlias")->name_kind);
    CHECK_TEXT("1970-05", facts_of(0, 0, "birthDate"));
    CHECK_TEXT("AB12", facts_of(0, 0, "passportNumber"));
    CHECK_INT(1, fact_of(0, 0, "name")->at.line);
    CHECK_TEXT("d1", facts_of(0, 0, "publisher"));
    CHECK_TEXT("old-1", facts_of(0, 0, "recordId"));
    CHECK_TEXT("2024-01-02", facts_of(0, 0, "createdAt"));
    CHECK_TEXT("2024-02-03", facts_of(0, 0, "modifiedAt"));
    CHECK_INT(MZ_FACT_DERIVED, fact_of(0, 0, "createdAt")->flags);
    CHECK_INT(1714979289, read_report.published); /* the latest last_seen */
    forget_list();
}

TEST(values_are_taken_as_they_come) {
    read_text("{\"id\":7,\"schema\":\"Company\",\"properties\":{\"name\":\"Example "
              "Holding\",\"Company:notes\":[1.50,true,null],"
              "\"alias\":[\"A\"],\"alias\":[\"B\",\"A\"]}}\n");
    CHECK_OK(read_status, read_error);
    CHECK_STR(MZ_STR("7"), read_records[0].entities[0].id);
    CHECK_TEXT("Example Holding", facts_of(0, 0, "name"));
    CHECK_TEXT("1.50 | true", facts_of(0, 0, "notes"));
    CHECK_TEXT("A | B", facts_of(0, 0, "alias")); /* a key that stands twice is read twice */
    forget_list();
}

TEST(what_the_model_does_not_know_is_kept_as_a_note) {
    read_text("{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{\"name\":[\"X\"],\"hobby\":[\"chess\",{\"level\":"
              "\"high\"}]},"
              "\"birthCountry\":\"ma\",\"mood\":\"good\"}\n");
    CHECK_OK(read_status, read_error);
    CHECK_TEXT("hobby: chess | hobby.level: high | mood: good", facts_of(0, 0, "notes"));
    CHECK_TEXT("ma", facts_of(0, 0, "birthCountry")); /* misplaced beside the properties, and read all the same */
    forget_list();
}

TEST(targets_are_said_or_follow_from_the_schema) {
    read_text("{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{},\"target\":false}\n"
              "{\"id\":\"b\",\"schema\":\"Person\",\"properties\":{}}\n"
              "{\"id\":\"c\",\"schema\":\"Address\",\"properties\":{\"full\":[\"1 Example Street\"]}}\n"
              "{\"id\":\"d\",\"schema\":\"Family\",\"properties\":{\"person\":[\"a\"],\"relative\":[\"b\"]}}\n"
              "{\"id\":\"e\",\"schema\":\"Address\",\"properties\":{},\"target\":true}\n");
    CHECK_OK(read_status, read_error);
    static const bool targets[] = {false, true, false, false, true};
    CHECK_INT(5, read_record_count);
    for (size_t i = 0; i < 5; i++) CHECK_INT(targets[i], read_records[i].target);
    CHECK_INT(5, read_report.records);
    forget_list();
}

TEST(entities_inside_properties_are_attached_and_linked) {
    read_text("{\"id\":\"p\",\"schema\":\"Person\",\"properties\":{\"name\":[\"P\"],"
              "\"sanctions\":[{\"id\":\"s\",\"schema\":\"Sanction\",\"properties\":{\"program\":[\"G\"]}}],"
              "\"ownershipOwner\":[{\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{\"asset\":[{\"id\":\"c\","
              "\"schema\":\"Company\",\"properties\":{\"name\":[\"C\"]}}]}}],"
              "\"addressEntity\":[{\"schema\":\"Address\",\"properties\":{\"full\":[\"1 Example Street\"]}}],"
              "\"passports\":[{\"id\":\"w\",\"schema\":\"Passport\",\"properties\":{\"holder\":[\"p\"],\"number\":["
              "\"AB1\"]}}],"
              "\"ships\":[{\"id\":\"z\",\"schema\":\"Spaceship\",\"properties\":{\"name\":[\"Z\"]}}],"
              "\"again\":[{\"id\":\"s\",\"schema\":\"Sanction\",\"properties\":{\"reason\":[\"R\"]}}]}}\n");
    CHECK_OK(read_status, read_error);
    CHECK_INT(7, read_records[0].entity_count);
    size_t sanction = entity_of(0, "Sanction"), owner = entity_of(0, "Ownership"), thing = entity_of(0, "Thing");
    CHECK_TEXT("p", facts_of(0, sanction, "entity"));
    CHECK_TEXT("G", facts_of(0, sanction, "program"));
    CHECK_TEXT("R", facts_of(0, sanction, "reason")); /* the same entity, written twice */
    CHECK_TEXT("p", facts_of(0, owner, "owner"));
    CHECK_TEXT("c", facts_of(0, owner, "asset"));
    CHECK_TEXT("p", facts_of(0, entity_of(0, "Passport"), "holder"));
    CHECK_STR(read_records[0].entities[entity_of(0, "Address")].id, fact_of(0, 0, "addressEntity")->value);
    CHECK_TEXT("Spaceship", facts_of(0, thing, "type"));
    CHECK_TEXT("Z", facts_of(0, thing, "name"));
    forget_list();
}

TEST(a_line_that_cannot_be_used_is_rejected_by_its_number) {
    read_text("\xEF\xBB\xBF{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{}}\r\n"
              "\n"
              "{\"id\":\"b\",\"schema\":\"Persom\",\"properties\":{}}\n"
              "{\"id\":\"c\"}\n"
              "{\"schema\":\"Person\"}\n"
              "{\"id\":\"d\",\"schema\":\"Person\",\"id\":\"e\"}\n"
              "[1]\n"
              "{\"op\":\"ADD\"}\n"
              "{\"id\":\"i\",\"schema\":\"Person\"}\n");
    CHECK_OK(read_status, read_error);
    CHECK_TEXT("3 b: unknown schema \"Persom\"; the nearest is \"Person\"\n"
               "4 c: the entity has no schema\n"
               "5 : the entity has no id\n"
               "6 d: id or schema stands twice in one entity\n"
               "7 : a line must be an object, not an array\n"
               "8 : the entity has no id\n",
               rejections());
    CHECK_INT(2, read_report.entities);
    CHECK_INT(6, read_report.rejected);
    CHECK_INT(8, read_report.records);
    forget_list();
}

/* "{…,"properties":" and the value, in the second of three lines. */
static void read_between_others(mz_str value) {
    mz_buffer text;
    mz_buffer_init(&text, 1 << 20);
    mz_buffer_print(&text, "{\"id\":\"a\",\"schema\":\"Person\"}\n{\"id\":\"b\",\"schema\":\"Person\",\"properties\":");
    mz_buffer_str(&text, value);
    mz_buffer_print(&text, "}\n{\"id\":\"c\",\"schema\":\"Person\"}\n");
    read_list(&mz_format_ftm, "between.json", mz_buffer_view(&text), NULL);
    mz_buffer_done(&text);
}

TEST(a_line_that_is_not_json_refuses_the_file_with_line_and_column) {
    static const struct {
        mz_str value;
        const char *says;
        unsigned column;
    } cases[] = {
        {{"{},", 3}, "a key in double quotes", 45},
        {{"{\"name\":[\"\xE9t\xE9\"]}", 16}, "not UTF-8", 52},
        {{"{\"name\":[\"\\u0000\"]}", 19}, "U+0000", 52},
        {{"{\"name\":[\"\0\"]}", 14}, "", 52},
        {{"", 0}, "", 42},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%.*s", (int)cases[i].value.size, cases[i].value.data);
        read_between_others(cases[i].value);
        CHECK_INT(MZ_ERR_INPUT, read_status);
        if (!strstr(read_error.text, cases[i].says)) CHECK_TEXT(cases[i].says, read_error.text);
        CHECK_INT(2, read_error.line);
        CHECK_INT(cases[i].column, read_error.column);
    }
    char nested[4096];
    memset(nested, '[', sizeof nested);
    read_between_others((mz_str){nested, sizeof nested});
    CHECK_INT(MZ_ERR_LIMIT, read_status);
    CHECK(strstr(read_error.text, "nested deeper"));
    CHECK_INT(2, read_error.line);
    forget_list();
}

TEST(a_file_that_is_something_else_or_half_a_file_fails_as_a_whole) {
    static const struct {
        const char *text, *says;
        unsigned line;
    } cases[] = {
        {"", "empty", 0},
        {"\n \n", "empty", 0},
        {"<xml/>\n", "no file of FollowTheMoney entities", 1},
        {"[{\"id\":\"a\",\"schema\":\"Person\"}]\n", "no file of FollowTheMoney entities", 1},
        {"{\"name\":\"x\"}\n", "no schema", 1},
        {"{\"id\":\"a\",\"schema\":\"Person\"}\n{\"id\":\"b\",\"sch", "breaks off", 2},
        {"{\"id\":\"a\",\"schema\":\"Person\"}\n{\"id\":\"b\",\"schema\":\"Person\"", "breaks off", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        read_text(cases[i].text);
        CHECK_INT(MZ_ERR_INPUT, read_status);
        if (!strstr(read_error.text, cases[i].says)) CHECK_TEXT(cases[i].says, read_error.text);
        CHECK_INT(cases[i].line, read_error.line);
    }
    forget_list();
}

static const char delta[] =
    "{\"op\":\"ADD\",\"entity\":{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A\"]}}}\n"
    "{\"op\":\"DEL\",\"entity\":{\"id\":\"b\"}}\n"
    "{\"op\":\"MOD\",\"entity\":{\"id\":\"c\",\"schema\":\"Person\",\"properties\":{\"name\":[\"C\"]}}}\n"
    "{\"op\":\"SWAP\",\"entity\":{\"id\":\"d\"}}\n"
    "{\"op\":\"DEL\",\"entity\":{}}\n";

TEST(a_file_of_changes_is_not_mistaken_for_the_list) {
    read_text(delta);
    CHECK_INT(MZ_ERR_REFUSED, read_status);
    CHECK_INT(1, read_error.line);
    CHECK_INT(0, read_record_count);
    forget_list();
}

static mz_status any_deletion(void *context, mz_str id, mz_error *error) {
    (void)context, (void)id, (void)error;
    return MZ_OK;
}

static char arrivals[8];

TEST(a_file_of_changes_is_read_by_who_takes_deletions) {
    mz_read_options options = {.deleted = any_deletion};
    read_list(&mz_format_ftm, "entities.delta.json", mz_str_of(delta), &options);
    CHECK_OK(read_status, read_error);
    CHECK_INT(2, read_record_count);
    CHECK_TEXT("b\n", deletions());
    CHECK_TEXT("4 d: unknown change \"SWAP\": ADD, MOD and DEL exist\n5 : the entity to delete has no id\n",
               rejections());
    CHECK_INT(5, read_report.records);
    CHECK_INT(1, read_report.deleted);
    forget_list();
}

TEST(changes_and_entities_do_not_mix) {
    static const char entity[] = "{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{}}\n";
    static const char change[] = "{\"op\":\"ADD\",\"entity\":{\"id\":\"y\",\"schema\":\"Person\",\"properties\":{}}}\n";
    char text[512];
    mz_read_options options = {.deleted = any_deletion};
    (void)snprintf(text, sizeof text, "%s%s", entity, change);
    read_list(&mz_format_ftm, "list.json", mz_str_of(text), &options);
    CHECK_OK(read_status, read_error);
    CHECK_TEXT("2 y: a change, among entities of a whole list\n", rejections());
    (void)snprintf(text, sizeof text, "%s%s", change, entity);
    read_list(&mz_format_ftm, "list.json", mz_str_of(text), &options);
    CHECK_OK(read_status, read_error);
    CHECK_TEXT("2 x: an entity without what happens to it, among changes\n", rejections());
    CHECK_STR(MZ_STR("y"), read_records[0].entities[0].id);
    forget_list();
}

TEST(a_blank_id_is_none) {
    mz_read_options options = {.deleted = any_deletion};
    read_list(&mz_format_ftm, "entities.delta.json",
              MZ_STR("{\"op\":\"DEL\",\"entity\":{\"id\":\" \"}}\n"
                     "{\"op\":\"ADD\",\"entity\":{\"id\":\"\\t\",\"schema\":\"Person\"}}\n"),
              &options);
    CHECK_OK(read_status, read_error);
    CHECK_TEXT("1 : the entity to delete has no id\n2 : the id of the entity is blank\n", rejections());
    CHECK_INT(0, read_report.deleted + read_report.entities);
    forget_list();
}

static mz_status note_arrival(void *context, bool is_new, mz_error *error) {
    (void)context, (void)error;
    arrivals[strlen(arrivals)] = is_new ? '+' : '~';
    return MZ_OK;
}

TEST(what_is_new_is_told_from_what_takes_a_place) {
    mz_read_options options = {.deleted = any_deletion, .arriving = note_arrival};
    read_list(&mz_format_ftm, "entities.delta.json", mz_str_of(delta), &options);
    CHECK_OK(read_status, read_error);
    CHECK_TEXT("+~", arrivals);
    forget_list();
}

TEST(a_gigantic_line_is_rejected_and_the_next_is_read) {
    static const char first[] = "{\"id\":\"a\",\"schema\":\"Person\"}\n",
                      last[] = "\n{\"id\":\"b\",\"schema\":\"Person\"}\n";
    size_t giant = 17 << 20, size = sizeof first - 1 + giant + sizeof last - 1;
    char *text = malloc(size);
    CHECK(text != NULL);
    memcpy(text, first, sizeof first - 1);
    memset(text + sizeof first - 1, 'x', giant);
    memcpy(text + sizeof first - 1 + giant, last, sizeof last - 1);
    read_list(&mz_format_ftm, "giant.json", (mz_str){text, size}, NULL);
    free(text);
    CHECK_OK(read_status, read_error);
    CHECK_INT(2, read_record_count);
    CHECK_TEXT("2 : line longer than 16777216 bytes\n", rejections());
    forget_list();
}

TEST(the_format_is_known_by_its_first_line) {
    CHECK(mz_format_ftm.looks_like(MZ_STR("{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{}}\n"), "x"));
    CHECK(mz_format_ftm.looks_like(MZ_STR("{\"op\":\"DEL\",\"entity\":{\"id\":\"a\",\"schema\":\"x\"}}"), "x"));
    CHECK(!mz_format_ftm.looks_like(MZ_STR("[{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{}}]"), "x"));
    CHECK(!mz_format_ftm.looks_like(MZ_STR("{\"name\":\"a\"}\n{\"id\":1,\"schema\":2,\"properties\":3}"), "x"));
    CHECK(!mz_format_ftm.looks_like(MZ_STR(""), "x"));
}

TEST_MAIN()
