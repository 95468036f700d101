#include "reports/goaml_suggest.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "base/json_write.h"
#include "mizan/store.h"
#include "reports/values.h"

enum { NAME_LETTERS = 100, FIRM_LETTERS = 255, COMMENT_LETTERS = 8000, EMAILS_MOST = 5 };
enum { VERSION_LETTERS = 12, NAMED_BYTES_MOST = 64 << 10 };

typedef struct party {
    const mz_goaml_case *from;
    const mz_json_value *properties;
    mz_arena *arena;
    mz_json *json;
    unsigned used[MZ_PROPERTY_COUNT]; /* so many values from the first on were looked at for a field */
    uint64_t told[MZ_PROPERTY_COUNT]; /* a bit for each of the first 64 that stands in one, whichever came before it */
    mz_goaml_note *notes;
    size_t note_count;
} party;

const char *mz_goaml_note_word(mz_goaml_note_kind kind) {
    static const char *const words[] = {
        [MZ_GOAML_ROMANISED] = "romanised", [MZ_GOAML_SPLIT] = "split", [MZ_GOAML_CUT] = "cut"};
    return words[kind];
}

static void add_note(party *at, mz_goaml_note_kind kind, const char *element) {
    if (at->note_count < MZ_GOAML_NOTES_MOST) at->notes[at->note_count++] = (mz_goaml_note){kind, element};
}

/* ---- values of the subject ---- */

static const mz_json_value *values_of(const party *at, mz_property property) {
    const mz_json_value *values = mz_json_member(at->properties, mz_property_name(property));
    return values && values->kind == MZ_JSON_ARRAY ? values->child : NULL;
}

enum { TOLD_MOST = 64 };

static bool is_told(const party *at, mz_property property, unsigned number) {
    return number < at->used[property] || (number < TOLD_MOST && at->told[property] >> number & 1);
}

static void mark_told(party *at, mz_property property, unsigned number) {
    if (number < TOLD_MOST) at->told[property] |= UINT64_C(1) << number;
}

/* The next value that stands in no field yet, now in one; empty when there is none. */
static mz_str take(party *at, mz_property property) {
    const mz_json_value *value = values_of(at, property);
    unsigned number = 0;
    for (; value && is_told(at, property, number); number++) value = value->next;
    if (!value || value->kind != MZ_JSON_STRING) return (mz_str){"", 0};
    at->used[property] = number + 1;
    return value->text;
}

static void put(party *at, const char *element, mz_str text, size_t letters_most) {
    mz_str clean = mz_goaml_clean(text, letters_most, at->arena);
    if (!mz_trimmed(clean).size) return;
    if (mz_goaml_clean(text, SIZE_MAX, at->arena).size > clean.size) add_note(at, MZ_GOAML_CUT, element);
    mz_json_pair(at->json, element, clean);
}

static void put_property(party *at, const char *element, mz_property property, size_t letters_most) {
    put(at, element, take(at, property), letters_most);
}

static void put_latin(party *at, const char *element, mz_str name, size_t letters_most) {
    mz_str latin = mz_goaml_latin(name, at->arena);
    if (!mz_str_equal(latin, name) && latin.size) add_note(at, MZ_GOAML_ROMANISED, element);
    put(at, element, latin, letters_most);
}

static bool has_code(const party *at, const char *type, mz_str wanted) {
    mz_str code;
    for (size_t place = 0; mz_goaml_next_code(&at->from->rules, type, &place, &code);)
        if (mz_str_equal(code, wanted)) return true;
    return false;
}

/* A country as the schema writes it; empty when the unit has no code for it. */
static mz_str country(const party *at, mz_str code) {
    char capitals[2];
    if (code.size != 2) return (mz_str){"", 0};
    for (int k = 0; k < 2; k++)
        capitals[k] = (char)(code.data[k] >= 'a' && code.data[k] <= 'z' ? code.data[k] - 'a' + 'A' : code.data[k]);
    mz_str text = mz_arena_copy(at->arena, (mz_str){capitals, 2});
    return has_code(at, "country_type", text) ? text : (mz_str){"", 0};
}

/* The next country of the property that the unit has a code for, and that none of the `known` are; what is one of them
 * is told by it. Another stays for the comments. */
static mz_str take_country(party *at, mz_property property, const mz_str *known, size_t known_count) {
    const mz_json_value *value = values_of(at, property);
    for (unsigned number = 0; value && number < TOLD_MOST; value = value->next, number++) {
        mz_str code = value->kind == MZ_JSON_STRING ? country(at, value->text) : MZ_STR("");
        if (!code.size || is_told(at, property, number)) continue;
        mark_told(at, property, number);
        bool again = false;
        for (size_t k = 0; k < known_count && !again; k++) again = mz_str_equal(known[k], code);
        if (!again) return code;
    }
    return (mz_str){"", 0};
}

static void put_country(party *at, const char *element, mz_property property) {
    mz_str code = take_country(at, property, NULL, 0);
    if (code.size) mz_json_pair(at->json, element, code);
}

static bool is_day(mz_str date) {
    return date.size == 10 && date.data[4] == '-' && date.data[7] == '-' && mz_str_order(date, MZ_STR("1753")) > 0;
}

/* Only a whole day: a year alone stays for the comments. */
static void put_day(party *at, const char *element, mz_property property) {
    const mz_json_value *value = values_of(at, property);
    if (value && value->kind == MZ_JSON_STRING && is_day(value->text)) put_property(at, element, property, 10);
}

static void put_emails(party *at) {
    if (!values_of(at, MZ_PROP_email)) return;
    mz_json_key(at->json, "email");
    mz_json_array(at->json);
    unsigned count = 0;
    for (mz_str email; count++ < EMAILS_MOST && (email = take(at, MZ_PROP_email)).size;)
        mz_json_str(at->json, mz_goaml_clean(email, FIRM_LETTERS, at->arena));
    mz_json_array_end(at->json);
}

/* Whose a telephone is and of what kind is not known; units have a code for that, or a person is asked. */
static void put_phones(party *at) {
    if (!values_of(at, MZ_PROP_phone)) return;
    mz_json_key(at->json, "phones");
    mz_json_array(at->json);
    for (mz_str number; (number = take(at, MZ_PROP_phone)).size;) {
        mz_json_object(at->json);
        if (has_code(at, "contact_type", MZ_STR("-"))) mz_json_pair(at->json, "tph_contact_type", MZ_STR("-"));
        if (has_code(at, "communication_type", MZ_STR("-")))
            mz_json_pair(at->json, "tph_communication_type", MZ_STR("-"));
        mz_json_pair(at->json, "tph_number", mz_goaml_clean(number, 50, at->arena));
        mz_json_object_end(at->json);
    }
    mz_json_array_end(at->json);
}

/* ---- names ---- */

static bool is_latin(mz_str name) {
    for (size_t k = 0; k < name.size; k++)
        if ((unsigned char)name.data[k] >= 0xD0) return false; /* U+0400 and beyond */
    return name.size > 0;
}

/* The name in Latin letters that it has, else its first. */
static mz_str best_name(const party *at) {
    for (const mz_json_value *name = values_of(at, MZ_PROP_name); name; name = name->next)
        if (is_latin(name->text)) return name->text;
    const mz_json_value *first = values_of(at, MZ_PROP_name);
    return first ? first->text : at->from->caption;
}

/* Of its names and aliases the first that is not in Latin letters, now in a field. */
static mz_str take_foreign_name(party *at) {
    static const mz_property named[] = {MZ_PROP_name, MZ_PROP_alias};
    for (size_t k = 0; k < sizeof named / sizeof *named; k++) {
        unsigned number = 0;
        for (const mz_json_value *name = values_of(at, named[k]); name; name = name->next, number++)
            if (name->kind == MZ_JSON_STRING && !is_latin(name->text)) {
                mark_told(at, named[k], number);
                return name->text;
            }
    }
    return (mz_str){"", 0};
}

/* Words that belong to the family name behind them. */
static bool is_particle(mz_str word) {
    static const char *const particles[] = {"al",  "el",   "ben", "bin", "ibn", "bint", "abu", "abou", "bou",
                                            "ait", "ould", "de",  "da",  "di",  "van",  "von", "le",   "la"};
    for (size_t k = 0; k < sizeof particles / sizeof *particles; k++)
        if (mz_same_letters(word, mz_str_of(particles[k]))) return true;
    return false;
}

static size_t word_before(mz_str text, size_t end) {
    while (end > 0 && text.data[end - 1] != ' ') end--;
    return end;
}

/* Where the family name begins: with the last word, and the particles before it. 0: there is one word. */
static size_t family_from(mz_str name) {
    size_t from = word_before(name, name.size);
    while (from > 0) {
        size_t before = word_before(name, from - 1);
        if (before == 0 || !is_particle((mz_str){name.data + before, from - 1 - before})) break;
        from = before;
    }
    return from;
}

static void put_person_name(party *at) {
    mz_str first = take(at, MZ_PROP_firstName), last = take(at, MZ_PROP_lastName);
    mz_str middle = take(at, MZ_PROP_middleName);
    if (first.size && last.size) {
        put_latin(at, "first_name", first, NAME_LETTERS);
        if (middle.size) put_latin(at, "middle_name", middle, NAME_LETTERS);
        put_latin(at, "last_name", last, NAME_LETTERS);
        return;
    }
    mz_str name = best_name(at), latin = mz_goaml_latin(name, at->arena);
    size_t from = family_from(latin);
    if (!mz_str_equal(latin, name) && latin.size) add_note(at, MZ_GOAML_ROMANISED, "last_name");
    if (from) {
        add_note(at, MZ_GOAML_SPLIT, "last_name");
        put(at, "first_name", (mz_str){latin.data, from - 1}, NAME_LETTERS);
    }
    put(at, "last_name", (mz_str){latin.data + from, latin.size - from}, NAME_LETTERS);
}

static void put_names_beside(party *at) {
    mz_str foreign = take_foreign_name(at);
    if (foreign.size && at->from->rules.supports >= MZ_GOAML_5_2) {
        put(at, "full_name_frn", foreign, FIRM_LETTERS);
        put_property(at, "alias", MZ_PROP_alias, NAME_LETTERS);
    } else if (foreign.size) {
        put(at, "alias", foreign, NAME_LETTERS);
    } else {
        put_property(at, "alias", MZ_PROP_alias, NAME_LETTERS);
    }
}

/* ---- comments ---- */

/* In Arabic a name or number stands between U+2068 and U+2069 (isolates), else "2026-000002" is read as 000002-2026 by
 * whoever opens the report. */
static void put_isolated(mz_buffer *out, mz_str text, mz_language language) {
    if (language == MZ_ARABIC) mz_buffer_print(out, "\u2068");
    mz_buffer_str(out, text);
    if (language == MZ_ARABIC) mz_buffer_print(out, "\u2069");
}

static void put_line(mz_buffer *out, mz_property property, const mz_report_value *value, mz_language language) {
    if (out->size) mz_buffer_char(out, '\n');
    mz_buffer_print(out, "%s%s", mz_report_property(property, language), mz_report_text(MZ_WORD_COLON, language));
    put_isolated(out, value->text, language);
    if (!value->country.size) return;
    mz_buffer_print(out, " (");
    put_isolated(out, value->country, language);
    mz_buffer_char(out, ')');
}

/* Values of properties, a line each; of a party those that stand in no field. */
static void put_values(mz_buffer *out, const mz_json_value *properties, const party *at, mz_language language) {
    if (!properties || properties->kind != MZ_JSON_OBJECT) return;
    for (const mz_json_value *member = properties->child; member; member = member->next) {
        mz_property property;
        unsigned number = 0;
        if (!mz_property_find(member->key, &property) || member->kind != MZ_JSON_ARRAY) continue;
        for (const mz_json_value *value = member->child; value; value = value->next, number++) {
            mz_report_value shown;
            if (value->kind == MZ_JSON_STRING && (!at || !is_told(at, property, number)) &&
                mz_report_value_of(properties, property, value->text, language, &shown))
                put_line(out, property, &shown, language);
        }
    }
}

static void put_comments(party *at) {
    mz_buffer comments;
    mz_buffer_init(&comments, MZ_GOAML_XML_BYTES);
    put_values(&comments, at->properties, at, at->from->language);
    if (comments.failed)
        at->json->out->failed = at->json->out->starved = true;
    else
        put(at, "comments", mz_buffer_view(&comments), COMMENT_LETTERS);
    mz_buffer_done(&comments);
}

/* ---- the party ---- */

static void put_gender(party *at) {
    const mz_json_value *gender = values_of(at, MZ_PROP_gender);
    mz_str code = !gender                                        ? MZ_STR("")
                  : mz_str_equal(gender->text, MZ_STR("male"))   ? MZ_STR("M")
                  : mz_str_equal(gender->text, MZ_STR("female")) ? MZ_STR("F")
                                                                 : MZ_STR("");
    if (!code.size || !has_code(at, "gender_type", code)) return;
    at->used[MZ_PROP_gender]++;
    mz_json_pair(at->json, "gender", code);
}

static const mz_list_origin *origin_of(mz_str list) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(list, mz_str_of(origins[k].list))) return &origins[k];
    return NULL;
}

static mz_str list_title(mz_str list) {
    const mz_list_origin *origin = origin_of(list);
    return origin ? mz_str_of(origin->title) : list;
}

static void put_sanctions(party *at) {
    if (at->from->rules.supports < MZ_GOAML_5_2 || !at->from->match_count) return;
    mz_json_key(at->json, "sanctions");
    mz_json_array(at->json);
    for (size_t k = 0; k < at->from->match_count; k++) {
        const mz_goaml_match *match = &at->from->matches[k];
        const mz_list_origin *origin = origin_of(match->list);
        mz_json_object(at->json);
        put(at, "provider", origin ? mz_str_of(origin->publisher) : match->list, FIRM_LETTERS);
        put(at, "sanction_list_name", list_title(match->list), FIRM_LETTERS);
        put(at, "match_criteria", match->reason, COMMENT_LETTERS);
        put(at, "sanction_list_attributes", match->reference, COMMENT_LETTERS);
        mz_json_object_end(at->json);
    }
    mz_json_array_end(at->json);
}

/* Each country once, nationalities before citizenships, the first in nationality1: the schema has three. What is there
 * beyond them stays for the comments. */
static void put_nationalities(party *at) {
    static const char *const elements[] = {"nationality1", "nationality2", "nationality3"};
    static const mz_property properties[] = {MZ_PROP_nationality, MZ_PROP_citizenship};
    mz_str codes[3];
    size_t count = 0;
    for (size_t p = 0; p < 2; p++)
        while (count < 3 && (codes[count] = take_country(at, properties[p], codes, count)).size) count++;
    for (size_t k = 0; k < count; k++) mz_json_pair(at->json, elements[k], codes[k]);
}

static void put_person(party *at) {
    put_gender(at);
    put_property(at, "title", MZ_PROP_title, 30);
    put_person_name(at);
    put_day(at, "birthdate", MZ_PROP_birthDate);
    put_property(at, "birth_place", MZ_PROP_birthPlace, FIRM_LETTERS);
    if (at->from->rules.supports >= MZ_GOAML_5_2) put_country(at, "country_of_birth", MZ_PROP_birthCountry);
    put_property(at, "mothers_name", MZ_PROP_motherName, NAME_LETTERS);
    put_names_beside(at);
    put_property(at, "ssn", MZ_PROP_socialSecurityNumber, 25);
    put_property(at, "passport_number", MZ_PROP_passportNumber, FIRM_LETTERS);
    put_property(at, "id_number", MZ_PROP_idNumber, FIRM_LETTERS);
    put_nationalities(at);
    put_phones(at);
    put_emails(at);
    put_property(at, "occupation", MZ_PROP_position, FIRM_LETTERS);
    if (values_of(at, MZ_PROP_deathDate)) {
        mz_json_pair_bool(at->json, "deceased", true);
        put_day(at, "date_deceased", MZ_PROP_deathDate);
    }
    put_property(at, "tax_number", MZ_PROP_taxNumber, NAME_LETTERS);
    put_sanctions(at);
    put_comments(at);
}

static void put_firm(party *at) {
    put_latin(at, "name", best_name(at), FIRM_LETTERS);
    put_property(at, "incorporation_number", MZ_PROP_registrationNumber, 50);
    put_property(at, "business", MZ_PROP_sector, FIRM_LETTERS);
    put_phones(at);
    put_emails(at);
    put_property(at, "url", MZ_PROP_website, FIRM_LETTERS);
    put_country(at, "incorporation_country_code", MZ_PROP_jurisdiction);
    put_day(at, "incorporation_date", MZ_PROP_incorporationDate);
    if (values_of(at, MZ_PROP_dissolutionDate)) {
        mz_json_pair_bool(at->json, "business_closed", true);
        put_day(at, "date_business_closed", MZ_PROP_dissolutionDate);
    }
    put_property(at, "tax_number", MZ_PROP_taxNumber, NAME_LETTERS);
    put_sanctions(at);
    put_comments(at);
}

/* ---- why ---- */

/* With a NUL behind it, for a sentence. */
static const char *word(party *at, mz_str text) {
    bool isolates = at->from->language == MZ_ARABIC;
    mz_str copy = mz_arena_print(at->arena, "%s%.*s%s", isolates ? "\u2068" : "", (int)text.size, text.data,
                                 isolates ? "\u2069" : "");
    return copy.data ? copy.data : "";
}

/* A list by its title and its code, once where they are the same. */
static const char *list_named(party *at, mz_str list) {
    mz_buffer text;
    mz_str title = list_title(list);
    mz_buffer_init(&text, NAMED_BYTES_MOST);
    if (mz_str_equal(title, list))
        MZ_REPORT_SAY(&text, at->from->language, MZ_WORD_GOAML_LIST_UNTITLED, word(at, list));
    else
        MZ_REPORT_SAY(&text, at->from->language, MZ_WORD_GOAML_LIST, word(at, title), word(at, list));
    if (text.failed) at->json->out->failed = at->json->out->starved = true;
    mz_str copy = mz_arena_copy(at->arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return copy.data ? copy.data : "";
}

/* So much of a version's digest that it is known again, and can be read out. */
static mz_str version_shown(mz_str version) {
    return (mz_str){version.data, version.size < VERSION_LETTERS ? version.size : VERSION_LETTERS};
}

static void say_match(party *at, const mz_goaml_match *match, mz_buffer *out) {
    char day[MZ_TIME_TEXT_SIZE];
    mz_time_text(match->decided, day);
    if (out->size) mz_buffer_char(out, '\n');
    MZ_REPORT_SAY(out, at->from->language, MZ_WORD_GOAML_MATCH, word(at, match->caption),
                  word(at, match->reference.size ? match->reference : match->entity), list_named(at, match->list),
                  word(at, version_shown(match->list_version)), word(at, (mz_str){day, 10}));
    if (match->reason.size) {
        mz_buffer_char(out, ' ');
        mz_buffer_str(out, match->reason);
    }
}

static void put_text(mz_json *json, const char *element, mz_buffer *text, mz_arena *arena) {
    if (text->failed) json->out->failed = json->out->starved = true;
    mz_str clean = mz_goaml_clean(mz_buffer_view(text), COMMENT_LETTERS, arena);
    if (clean.size) mz_json_pair(json, element, clean);
    mz_buffer_done(text);
}

static void put_party_reason(party *at) {
    mz_buffer text;
    mz_buffer_init(&text, MZ_GOAML_XML_BYTES);
    for (size_t k = 0; k < at->from->match_count; k++) say_match(at, &at->from->matches[k], &text);
    put_text(at->json, "reason", &text, at->arena);
}

static void put_listed(party *at) {
    mz_buffer text;
    mz_error error;
    mz_buffer_init(&text, MZ_GOAML_XML_BYTES);
    for (size_t k = 0; k < at->from->match_count; k++) {
        const mz_goaml_match *match = &at->from->matches[k];
        const mz_json_value *facts;
        if (!match->facts.size || mz_json_parse(match->facts, 0, at->arena, &facts, &error)) continue;
        if (text.size) mz_buffer_char(&text, '\n');
        mz_buffer_print(&text, "%s ", mz_report_text(MZ_WORD_GOAML_LISTED, at->from->language));
        put_isolated(&text, match->entity, at->from->language);
        put_values(&text, mz_json_member(facts, "properties"), NULL, at->from->language);
    }
    put_text(at->json, "comments", &text, at->arena);
}

static void put_activity(party *at) {
    bool person = at->from->schema == MZ_SCHEMA_Person;
    mz_json_object(at->json);
    mz_json_key(at->json, "report_parties");
    mz_json_array(at->json);
    mz_json_object(at->json);
    mz_json_key(at->json, person ? "person" : "entity");
    mz_json_object(at->json);
    if (person)
        put_person(at);
    else
        put_firm(at);
    mz_json_object_end(at->json);
    put_party_reason(at);
    put_listed(at);
    mz_json_object_end(at->json);
    mz_json_array_end(at->json);
    mz_json_object_end(at->json);
}

/* ---- the report ---- */

static void put_usual_code(party *at, const char *element, const char *type, const char *const *usual) {
    for (; *usual; usual++)
        if (has_code(at, type, mz_str_of(*usual))) {
            mz_json_pair(at->json, element, mz_str_of(*usual));
            return;
        }
}

static void put_reason(party *at) {
    mz_buffer text;
    mz_buffer_init(&text, MZ_GOAML_XML_BYTES);
    MZ_REPORT_SAY(&text, at->from->language, MZ_WORD_GOAML_REASON, word(at, at->from->label),
                  word(at, at->from->caption));
    put_text(at->json, "reason", &text, at->arena);
}

/* What the case says itself. Codes are only those that every edition of the schema has, where the unit has them. */
static bool put_own(party *at, const char *element, bool standing) {
    static const char *const electronic[] = {"E", NULL}, *const reports[] = {"CNMRA", "SAR", NULL};
    char day[MZ_TIME_TEXT_SIZE];
    if (strcmp(element, "activity") == 0) {
        mz_json_key(at->json, element);
        put_activity(at);
    } else if (strcmp(element, "entity_reference") == 0) {
        put(at, element, at->from->label, FIRM_LETTERS);
    } else if (strcmp(element, "submission_date") == 0) {
        mz_time_text(at->from->today, day);
        mz_json_pair(at->json, element, (mz_str){day, 10});
    } else if (standing) {
        return false;
    } else if (strcmp(element, "submission_code") == 0) {
        put_usual_code(at, element, "submission_type", electronic);
    } else if (strcmp(element, "report_code") == 0) {
        put_usual_code(at, element, "report_type", reports);
    } else if (strcmp(element, "reason") == 0) {
        put_reason(at);
    }
    return true;
}

static mz_status put_report(party *at, mz_error *error) {
    mz_status status = MZ_OK;
    mz_json_object(at->json);
    for (size_t k = 0; k < mz_goaml_report_type.count && !status; k++) {
        const char *element = mz_goaml_report_type.fields[k].name;
        const mz_json_value *standing = mz_json_member(at->from->standing, element);
        if (put_own(at, element, standing != NULL)) continue;
        mz_json_key(at->json, element);
        mz_json_raw(at->json, (mz_str){"", 0});
        status = mz_json_canonical_value(standing, at->arena, at->json->out, error);
    }
    mz_json_object_end(at->json);
    return status;
}

mz_status mz_goaml_suggest(const mz_goaml_case *from, mz_arena *arena, mz_buffer *out,
                           mz_goaml_note ret_notes[MZ_GOAML_NOTES_MOST], size_t *ret_note_count, mz_error *error) {
    mz_json json;
    party at = {.from = from, .arena = arena, .json = &json, .notes = ret_notes};
    mz_status status = mz_json_parse(from->properties, 0, arena, &at.properties, error);
    if (!status) status = mz_json_expect(at.properties, MZ_JSON_OBJECT, "what is known of the subject", error);
    if (status) return status;
    mz_json_init(&json, out);
    status = put_report(&at, error);
    if (status) return status;
    if (arena->failed) return mz_fail_arena(arena, error, "the report");
    if (out->failed) return mz_fail_buffer(out, error, "the report");
    *ret_note_count = at.note_count;
    return MZ_OK;
}
