/* The consolidated Canadian autonomous sanctions list, XML
 * (https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/
 * sanctions/sema-lmes.xml).
 *
 * One record for each <record>. The list numbers its records within a schedule of a country's regulations only, so
 * the id is made of these three: canada-belarus-1-part-1-17 for item 17 of schedule "1, Part 1" of Belarus. A
 * second record with the same three (none in the lists held) gets "-2" behind it, in the order of the file.
 *
 * Two generations of elements: Entity, DateOfBirth and Title until 2024; EntityOrShip, DateOfBirthOrShipBuildDate,
 * TitleOrShip and ShipIMONumber since. A record with a ship's number or a ship's type is a Vessel. */
#include "lists/formats.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/map.h"
#include "lists/alias.h"
#include "lists/attached.h"
#include "lists/prose.h"
#include "lists/xml.h"
#include "mizan/country.h"

#include <stdio.h>
#include <string.h>

enum { ID_SIZE = 240, KEYS_CEILING_BYTES = 1 << 30 };

typedef struct canada_reader {
    mz_reading *reading;
    mz_builder *builder;
    mz_attached attached;
    mz_map ids; /* of the records read, with the number of records that would have each */
    mz_arena keys;
    mz_schema schema;
} canada_reader;

static mz_str empty(void) {
    return (mz_str){"", 0};
}

static mz_str either(const mz_xml_node *record, const char *name, const char *newer) {
    mz_str text = mz_xml_child_text(record, name);
    return text.size ? text : mz_xml_child_text(record, newer);
}

static mz_position place_of(const mz_xml_node *record, const char *name, const char *newer) {
    const mz_xml_node *node = mz_xml_child(record, name);
    if (!node && newer) node = mz_xml_child(record, newer);
    return node ? node->at : record->at;
}

/* The English half of "Belarus / Bélarus". */
static mz_str english(mz_str text) {
    const char *slash = text.size ? memmem(text.data, text.size, " / ", 3) : NULL;
    return slash ? mz_xml_trim((mz_str){text.data, (size_t)(slash - text.data)}) : text;
}

/* "Major General/major-général": the ranks are given in both languages without blanks between. */
static mz_str english_title(mz_str text) {
    const char *slash = text.size ? memchr(text.data, '/', text.size) : NULL;
    return slash ? mz_xml_trim((mz_str){text.data, (size_t)(slash - text.data)}) : text;
}

/* --- ids --- */

static void append_word(char id[ID_SIZE], size_t *size, mz_str text) {
    bool hyphen = *size > 0;
    for (size_t i = 0; i < text.size && *size + 2 < ID_SIZE - 32; i++) {
        char c = text.data[i];
        if ((unsigned char)c >= 0x80) continue;
        if (!mz_is_letter(c) && !mz_is_digit(c)) {
            hyphen = *size > 0;
            continue;
        }
        if (hyphen) id[(*size)++] = '-';
        hyphen = false;
        id[(*size)++] = mz_lower(c);
    }
}

/* A regulation's name can be a sentence; its abbreviation in brackets says the same. */
static mz_str short_name(mz_str country) {
    const char *open = country.size ? memchr(country.data, '(', country.size) : NULL;
    const char *close = open ? memchr(open, ')', country.size - (size_t)(open - country.data)) : NULL;
    bool sentence = country.size > 40 && close;
    return sentence ? (mz_str){open + 1, (size_t)(close - open - 1)} : country;
}

/* Enters an id; *ret_fresh false when another record has it. The number kept with it counts its copies. */
static mz_status enter(canada_reader *canada, mz_str id, uint32_t **ret_copies, bool *ret_fresh) {
    *ret_copies = mz_map_get(&canada->ids, id);
    *ret_fresh = !*ret_copies;
    if (*ret_copies) return MZ_OK;
    id = mz_arena_copy(&canada->keys, id);
    if (canada->keys.failed) return mz_fail_arena(&canada->keys, canada->reading->error, "the table of ids");
    *ret_copies = mz_map_put(&canada->ids, id, 1);
    return *ret_copies ? MZ_OK : mz_fail_memory(canada->reading->error);
}

static mz_status make_id(canada_reader *canada, const mz_xml_node *record, char id[ID_SIZE], size_t *ret_size) {
    size_t base = canada->reading->list.size < 64 ? canada->reading->list.size : 64;
    memcpy(id, canada->reading->list.data, base);
    append_word(id, &base, short_name(english(mz_xml_child_text(record, "Country"))));
    append_word(id, &base, mz_xml_child_text(record, "Schedule"));
    append_word(id, &base, mz_xml_child_text(record, "Item"));
    size_t size = base;
    for (;;) {
        uint32_t *copies;
        bool fresh;
        mz_status status = enter(canada, (mz_str){id, size}, &copies, &fresh);
        if (status) return status;
        if (fresh) break;
        status = enter(canada, (mz_str){id, base}, &copies, &fresh);
        if (status) return status;
        size = base + (size_t)snprintf(id + base, ID_SIZE - base, "-%u", ++*copies);
    }
    *ret_size = size;
    return MZ_OK;
}

/* --- names --- */

static bool in_brackets(char c, size_t *depth) {
    if (c == '(') ++*depth;
    if (c == ')' && *depth) --*depth;
    return *depth > 0;
}

/* The byte behind which the French half of "Iranian Navy/Force navale iranienne" begins, brackets apart; 0 for none. */
static size_t french_half(mz_str name) {
    size_t depth = 0;
    for (size_t at = 1; at + 1 < name.size; at++)
        if (!in_brackets(name.data[at], &depth) && name.data[at] == '/') return at + 1;
    return 0;
}

static void add_name_parts(const mz_alias_target *target, mz_str name) {
    mz_alias alias;
    mz_alias_take_apart(name, &alias);
    mz_alias_add(target, &alias, name);
}

static void add_names(canada_reader *canada, const mz_xml_node *record) {
    mz_builder *builder = canada->builder;
    mz_str whole = either(record, "Entity", "EntityOrShip");
    if (!whole.size) {
        const mz_name_part parts[] = {{'g', mz_xml_child_text(record, "GivenName")},
                                      {'f', mz_xml_child_text(record, "LastName")}};
        mz_builder_name_parts(builder, 0, MZ_PROP_name, MZ_NAME_PRIMARY, parts, 2, place_of(record, "LastName", NULL));
        return;
    }
    mz_alias_target target = {.builder = builder,
                              .property = MZ_PROP_name,
                              .kind = MZ_NAME_PRIMARY,
                              .other_kind = MZ_NAME_ORIGINAL_SCRIPT,
                              .at = place_of(record, "Entity", "EntityOrShip")};
    size_t french = french_half(whole);
    if (!french) {
        add_name_parts(&target, whole);
        return;
    }
    add_name_parts(&target, (mz_str){whole.data, french - 1});
    mz_fact *fact = mz_builder_name(builder, 0, MZ_PROP_alias, MZ_NAME_STRONG_ALIAS,
                                    (mz_str){whole.data + french, whole.size - french}, target.at);
    if (fact) fact->language = MZ_STR("fr");
}

static mz_str first_word(mz_str text) {
    size_t size = 0;
    while (size < text.size && text.data[size] != ' ' && text.data[size] != '\n') size++;
    return (mz_str){text.data, size};
}

/* "Ltd.", "Co.", "JSC" behind a comma belong to the name before it. */
static bool is_legal_form(mz_str text) {
    static const char *const forms[] = {"ltd",  "limited", "co",   "inc",  "llc", "jsc", "pjsc", "ojsc", "cjsc",
                                        "llp",  "plc",     "corp", "gmbh", "s.a", "sa",  "ag",   "bv",   "pte",
                                        "fsue", "spa",     "sarl", "srl",  "fze", "zao", "ooo",  "oao",  "ao",
                                        "pao",  "ООО",     "ОАО",  "АО",   "ПАО", "ЗАО", "САО",  "НКО",  "ФГУП"};
    mz_str first = first_word(text);
    while (first.size && strchr(".,;)\"", first.data[first.size - 1])) first.size--;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (mz_same_word(first, forms[i])) return true;
    return false;
}

/* "Belarusian: …" says the language of what follows; a no-break space may stand before the colon. */
static mz_str take_language(mz_str *text) {
    const char *colon = text->size ? memchr(text->data, ':', text->size < 24 ? text->size : 24) : NULL;
    if (!colon) return empty();
    mz_str label = mz_xml_trim((mz_str){text->data, (size_t)(colon - text->data)});
    if (label.size > 2 && memcmp(label.data + label.size - 2, "\xC2\xA0", 2) == 0) label.size -= 2;
    mz_str code = mz_same_word(label, "Belarussian") ? MZ_STR("be") : mz_language_code(label);
    if (code.size) *text = mz_xml_trim((mz_str){colon + 1, text->size - (size_t)(colon + 1 - text->data)});
    return code;
}

static mz_str strip(mz_str text) {
    static const char *const words[] = {"also ", "aka ", "a.k.a. ", "and ", "or "};
    text = mz_xml_trim(text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i]);
        if (mz_starts_with(text, words[i])) text = mz_xml_trim((mz_str){text.data + size, text.size - size});
    }
    return text;
}

/* One word for a person is part of a name ("Yevgeny"), which alone is a weak alias. */
static void add_alias(canada_reader *canada, mz_str text, mz_position at) {
    text = strip(text);
    mz_str language = take_language(&text);
    bool word = canada->schema == MZ_SCHEMA_Person && text.size && first_word(text).size == text.size;
    mz_alias_target target = {.builder = canada->builder,
                              .property = word ? MZ_PROP_weakAlias : MZ_PROP_alias,
                              .kind = word ? MZ_NAME_WEAK_ALIAS : MZ_NAME_STRONG_ALIAS,
                              .other_kind = MZ_NAME_ORIGINAL_SCRIPT,
                              .at = at,
                              .language = language};
    add_name_parts(&target, text);
}

/* Lines are broken to fit the page of the regulations, in the middle of names. An alias begins on a new one only where
 * the script changes or a language is named. */
static bool line_begins_alias(mz_str before, mz_str behind) {
    behind = mz_xml_trim(behind);
    bool other_script = mz_alias_other_script(behind);
    return other_script != mz_alias_other_script(before) || take_language(&behind).size;
}

/* The size of a separator of aliases at this place, or 0. Persons' "Nikolay or Nikolai" is not two aliases, nor is
 * their "A/B" in Latin letters. */
static size_t separator_size(const canada_reader *canada, mz_str text, size_t start, size_t at) {
    mz_str rest = {text.data + at, text.size - at}, before = {text.data + start, at - start};
    bool person = canada->schema == MZ_SCHEMA_Person;
    if (rest.data[0] == ';') return 1;
    if (rest.data[0] == '\n') return line_begins_alias(before, rest) ? 1 : 0;
    if (rest.data[0] == '/') return !person || mz_alias_other_script(before) ? 1 : 0;
    if (mz_starts_with(rest, " / ")) return 3;
    if (mz_starts_with(rest, " or ")) return person ? 0 : 4;
    if (rest.data[0] != ',') return 0;
    return is_legal_form(mz_xml_trim((mz_str){rest.data + 1, rest.size - 1})) ? 0 : 1;
}

static void read_aliases(canada_reader *canada, const mz_xml_node *node) {
    mz_str text = mz_xml_trim(node->text);
    size_t start = 0, depth = 0;
    for (size_t at = 0; at < text.size;) {
        size_t size = in_brackets(text.data[at], &depth) ? 0 : separator_size(canada, text, start, at);
        if (size) {
            add_alias(canada, (mz_str){text.data + start, at - start}, node->at);
            start = at + size;
        }
        at += size ? size : 1;
    }
    add_alias(canada, (mz_str){text.data + start, text.size - start}, node->at);
}

/* --- the rest --- */

/* "1963 or 1964", "1965-07-15 OR 1969-09-28": each of them. */
static void add_dates(canada_reader *canada, mz_property property, mz_str text, mz_position at) {
    for (size_t i = 0; i + 4 <= text.size; i++) {
        if (!mz_starts_with((mz_str){text.data + i, text.size - i}, " or ")) continue;
        mz_builder_add(canada->builder, 0, property, (mz_str){text.data, i}, at);
        text = (mz_str){text.data + i + 4, text.size - i - 4};
        i = 0;
    }
    mz_builder_add(canada->builder, 0, property, text, at);
}

static void read_details(canada_reader *canada, const mz_xml_node *record) {
    bool person = canada->schema == MZ_SCHEMA_Person, vessel = canada->schema == MZ_SCHEMA_Vessel;
    mz_str title = either(record, "Title", "TitleOrShip"),
           date = either(record, "DateOfBirth", "DateOfBirthOrShipBuildDate");
    mz_position title_at = place_of(record, "Title", "TitleOrShip");
    mz_position date_at = place_of(record, "DateOfBirth", "DateOfBirthOrShipBuildDate");
    if (person)
        mz_builder_add(canada->builder, 0, MZ_PROP_title, english_title(title), title_at);
    else
        mz_builder_add(canada->builder, 0, vessel ? MZ_PROP_type : MZ_PROP_notes, title, title_at);
    mz_property property = person ? MZ_PROP_birthDate : vessel ? MZ_PROP_buildDate : MZ_PROP_incorporationDate;
    add_dates(canada, property, date, date_at);
    mz_builder_add(canada->builder, 0, MZ_PROP_imoNumber, mz_xml_child_text(record, "ShipIMONumber"),
                   place_of(record, "ShipIMONumber", NULL));
    const mz_xml_node *aliases = mz_xml_child(record, "Aliases");
    if (aliases) read_aliases(canada, aliases);
}

/* The regulations are named after a country, which need not be the country of who is listed; it is taken as that only
 * for what the name says. */
static void read_sanction(canada_reader *canada, const mz_xml_node *record) {
    mz_str country = mz_xml_child_text(record, "Country"), schedule = mz_xml_child_text(record, "Schedule");
    mz_position at = place_of(record, "Country", NULL);
    unsigned sanction = mz_attach_sanction(&canada->attached, MZ_STR("Global Affairs Canada"), english(country), at);
    if (mz_country_code(english(country)))
        mz_builder_add(canada->builder, sanction, MZ_PROP_country, english(country), at);
    mz_builder_add(canada->builder, sanction, MZ_PROP_provisions, schedule, place_of(record, "Schedule", NULL));
    mz_builder_add(canada->builder, sanction, MZ_PROP_recordId, mz_xml_child_text(record, "Item"),
                   place_of(record, "Item", NULL));
    mz_builder_add(canada->builder, sanction, MZ_PROP_listingDate, mz_xml_child_text(record, "DateOfListing"),
                   place_of(record, "DateOfListing", NULL));
}

static mz_schema choose_schema(const mz_xml_node *record) {
    if (mz_xml_child_text(record, "ShipIMONumber").size) return MZ_SCHEMA_Vessel;
    if (!either(record, "Entity", "EntityOrShip").size) return MZ_SCHEMA_Person;
    return mz_xml_child_text(record, "TitleOrShip").size ? MZ_SCHEMA_Vessel : MZ_SCHEMA_Organization;
}

static mz_status start_record(canada_reader *canada, const mz_xml_node *record) {
    char id[ID_SIZE];
    size_t size;
    mz_status status = make_id(canada, record, id, &size);
    if (status) return status;
    size_t prefix = canada->reading->list.size + 1;
    canada->schema = choose_schema(record);
    mz_builder_start(canada->builder, canada->reading->list);
    mz_builder_entity(canada->builder, canada->schema, (mz_str){id, size}, record->at);
    mz_builder_reference(canada->builder, size > prefix ? (mz_str){id + prefix, size - prefix} : empty());
    mz_builder_add(canada->builder, 0, MZ_PROP_topics, MZ_STR("sanction"), record->at);
    mz_attached_start(&canada->attached);
    return MZ_OK;
}

static mz_status read_record(void *context, const mz_xml_node *record, mz_error *error) {
    (void)error;
    canada_reader *canada = context;
    mz_str name = either(record, "Entity", "EntityOrShip");
    if (!name.size) name = either(record, "LastName", "GivenName");
    mz_str item = mz_xml_child_text(record, "Item");
    if (!name.size) return mz_reading_reject(canada->reading, record->at, item, "it has no name");
    if (!item.size || !mz_xml_child_text(record, "Country").size)
        return mz_reading_reject(canada->reading, record->at, name, "it has no country or item to call it by");
    mz_status status = start_record(canada, record);
    if (status) return status;
    add_names(canada, record);
    read_details(canada, record);
    read_sanction(canada, record);
    if (canada->attached.failed) return mz_fail_memory(canada->reading->error);
    return mz_reading_emit(canada->reading);
}

static mz_status read_canada(mz_reading *reading) {
    static const mz_xml_rule rules[] = {{"data-set/record", NULL, read_record}};
    canada_reader canada = {.reading = reading, .builder = reading->builder};
    mz_attached_init(&canada.attached, reading->builder);
    mz_map_init(&canada.ids);
    mz_arena_init(&canada.keys, KEYS_CEILING_BYTES);
    mz_status status = mz_xml_read_list(reading, "the Canadian autonomous sanctions list", rules, 1, &canada);
    mz_arena_done(&canada.keys);
    mz_map_done(&canada.ids);
    mz_attached_done(&canada.attached);
    return status;
}

static bool looks_like_canada(mz_str first_bytes, const char *path) {
    (void)path;
    return mz_xml_root_is(first_bytes, "data-set");
}

const mz_list_format mz_format_canada = {
    .name = "canada",
    .title = "Canadian autonomous sanctions list (SEMA and JVCFOA), XML",
    .usual_list = "canada",
    .dates = MZ_DATE_DAY_FIRST,
    .one_file = true,
    .looks_like = looks_like_canada,
    .read = read_canada,
};
