/* OFAC's remarks: facts in a row, each a label and a value without a fixed sign between them. The label is the longest
 * beginning that the table of kinds knows; the order and words of the rest ("(Iraq) issued … expires …") are OFAC's own
 * (https://ofac.treasury.gov/sanctions-list-service, data specification of 2023). */
#include "lists/ofac_facts.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "lists/document_number.h"
#include "lists/ofac_ids.h"
#include "lists/prose.h"
#include "lists/rows.h"
#include "mizan/country.h"

#include <string.h>

enum { TEXT_BYTES = 8 << 20, LONGEST_KIND_BYTES = 80, QUOTE_BYTES = 256 };

static mz_str from(mz_str text, size_t at) {
    return (mz_str){text.data + at, text.size - at};
}

static mz_str empty(void) {
    return (mz_str){"", 0};
}

/* ---- names ---- */

static bool is_suffix(mz_str text) {
    static const char *const suffixes[] = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (mz_same_word(text, suffixes[i])) return true;
    return false;
}

mz_fact *mz_ofac_add_name(const mz_ofac_entry *entry, mz_property property, mz_name_kind kind, mz_str name,
                          mz_position at) {
    const char *comma = entry->person && name.size ? memchr(name.data, ',', name.size) : NULL;
    if (!comma) return mz_builder_name(entry->builder, 0, property, kind, name, at);
    mz_str family = mz_trimmed((mz_str){name.data, (size_t)(comma - name.data)});
    mz_str given = mz_trimmed(from(name, family.size ? (size_t)(comma - name.data) + 1 : 0)), suffix = empty();
    const char *second = given.size ? memrchr(given.data, ',', given.size) : NULL;
    if (second && is_suffix(mz_trimmed(from(given, (size_t)(second - given.data) + 1)))) {
        suffix = mz_trimmed(from(given, (size_t)(second - given.data) + 1));
        given = mz_trimmed((mz_str){given.data, (size_t)(second - given.data)});
    }
    if (given.size == 0 || family.size == 0 || is_suffix(given))
        return mz_builder_name(entry->builder, 0, property, kind, name, at);
    const mz_name_part parts[] = {{'g', given}, {'f', family}, {'s', suffix}};
    mz_fact *fact = mz_builder_name_parts(entry->builder, 0, property, kind, parts, suffix.size ? 3 : 2, at);
    if (fact) fact->original = mz_builder_copy(entry->builder, mz_trimmed(name));
    return fact;
}

void mz_ofac_add_birth_place(const mz_ofac_entry *entry, mz_str place, mz_position at, uint32_t flags) {
    mz_add_flagged(entry->builder, 0, MZ_PROP_birthPlace, place, at, flags);
    const char *comma = place.size ? memrchr(place.data, ',', place.size) : NULL;
    mz_str last = comma ? mz_trimmed(from(place, (size_t)(comma + 1 - place.data))) : place;
    if (mz_country_code(last))
        mz_add_flagged(entry->builder, 0, MZ_PROP_birthCountry, last, at, flags | MZ_FACT_DERIVED);
}

/* ---- numbers and notes of a kind ---- */

/* "Kind value", or "Kind: value" as published. */
static mz_str labelled(const mz_ofac_entry *entry, const mz_ofac_id *id) {
    mz_buffer text;
    mz_buffer_init(&text, TEXT_BYTES);
    mz_buffer_str(&text, id->kind);
    if (id->kind.size && id->value.size) mz_buffer_char(&text, ' ');
    mz_buffer_str(&text, id->value);
    return mz_keep_text(entry->builder, &text);
}

static bool has_digit(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9') return true;
    return false;
}

/* Takes "(text)" off the end of *value. */
static mz_str take_bracket(mz_str *value) {
    if (value->size < 3 || value->data[value->size - 1] != ')') return empty();
    const char *open = memrchr(value->data, '(', value->size);
    if (!open) return empty();
    mz_str text = {open + 1, (size_t)(value->data + value->size - 1 - (open + 1))};
    *value = mz_trimmed((mz_str){value->data, (size_t)(open - value->data)});
    return text;
}

/* Takes "(Manizales) (Colombia)" off the end of a number: the country, and who gave it out. Other short brackets, ones
 * with digits and ones without a blank before them are parts of the number: "A123456(7)". */
static void take_issuer(mz_ofac_id *id, mz_str *ret_authority) {
    enum { SHORTEST = 3 };
    for (;;) {
        mz_str number = id->value, text = take_bracket(&number);
        const char *code = mz_country_code(text), *known = mz_country_code(id->country);
        bool repeated = code && known && strcmp(code, known) == 0;
        bool words = text.size >= SHORTEST && !has_digit(text) && text.data[-2] == ' ';
        if (number.size == 0 || !(code || words)) return;
        if (code && id->country.size == 0)
            id->country = text;
        else if (!repeated && ret_authority->size)
            return;
        else if (!repeated)
            *ret_authority = text;
        id->value = number;
    }
}

/* Whether a number of this kind has a digit in it always. Codes of banks and exchanges and the signs of aircraft have
 * none. */
static bool needs_digit(mz_property property) {
    return property == MZ_PROP_passportNumber || property == MZ_PROP_idNumber || property == MZ_PROP_taxNumber ||
           property == MZ_PROP_socialSecurityNumber || property == MZ_PROP_licenseNumber;
}

static void add_link(const mz_ofac_entry *entry, mz_str role, mz_str name, mz_position at, uint32_t flags) {
    mz_str id = entry->find ? entry->find(entry->context, name) : empty();
    mz_attach_link(entry->attached, role, name, id, at, flags);
}

static void add_number(const mz_ofac_entry *entry, mz_property property, const mz_ofac_id *published, mz_position at,
                       uint32_t flags) {
    mz_ofac_id id = *published;
    mz_str authority = empty();
    take_issuer(&id, &authority);
    if (mz_starts_with(id.value, "IMO ")) property = MZ_PROP_imoNumber;
    mz_document document = {.property = mz_identifier_refined(property, id.value, id.country),
                            .number = id.value,
                            .type = id.kind,
                            .country = id.country,
                            .issued = id.issued,
                            .expires = id.expires,
                            .authority = authority,
                            .remarks = id.remarks};
    mz_attach_document(entry->attached, &document, at, flags);
}

void mz_ofac_add_id(const mz_ofac_entry *entry, const mz_ofac_id *id, mz_position at, uint32_t flags) {
    mz_property property = has_digit(id->value) ? MZ_PROP_idNumber : MZ_PROP_notes;
    mz_schema paper = MZ_SCHEMA_Identification;
    (void)mz_ofac_id_kind(id->kind, &property, &paper);
    if (needs_digit(property) && !has_digit(id->value)) property = MZ_PROP_notes;
    if (property == MZ_PROP_notes || property == MZ_PROP_provisions) {
        unsigned entity = property == MZ_PROP_provisions ? entry->sanction : 0;
        mz_add_flagged(entry->builder, entity, property, labelled(entry, id), at, flags);
    } else if (property == MZ_PROP_operator || property == MZ_PROP_owner) {
        add_link(entry, id->kind, id->value, at, flags);
    } else if (paper == MZ_SCHEMA_CryptoWallet) {
        mz_attach_wallet(entry->attached, id->value, mz_ofac_currency(id->kind), at, flags);
    } else if (mz_property_kind(property) != MZ_TYPE_IDENTIFIER) {
        mz_add_flagged(entry->builder, 0, property, id->value, at, flags);
    } else {
        add_number(entry, property, id, at, flags);
    }
}

/* ---- remarks ---- */

/* The longest beginning of `text`, of whole words, that is a kind; its length, or 0. A provision is one as a whole. */
static size_t kind_size(mz_str text, bool *ret_provision) {
    size_t longest = 0;
    if (mz_starts_with(text, "Digital Currency Address - ")) {
        size_t size = strlen("Digital Currency Address - ");
        while (size < text.size && text.data[size] != ' ') size++;
        return size < text.size ? size : 0;
    }
    for (size_t size = 1; size <= text.size && size <= LONGEST_KIND_BYTES; size++) {
        bool word_ends = size == text.size || text.data[size] == ' ' || text.data[size - 1] == ':';
        mz_property property;
        mz_schema paper;
        if (!word_ends || !mz_ofac_id_kind((mz_str){text.data, size}, &property, &paper)) continue;
        longest = size;
        *ret_provision = property == MZ_PROP_provisions;
        if (*ret_provision) break;
    }
    return longest;
}

/* The last place of " word " in text; its place, or text.size. */
static size_t find_last_word(mz_str text, const char *word) {
    size_t size = strlen(word);
    for (size_t i = text.size; i-- > 0;)
        if (text.size - i >= size && memcmp(text.data + i, word, size) == 0) return i;
    return text.size;
}

/* Takes " issued 18 Jan 1984" or " expires …" off the end of *value; what is no date ("issued in Ulm") goes to
 * *remarks. */
static mz_str take_date(mz_str *value, const char *word, mz_str *remarks) {
    size_t at = find_last_word(*value, word);
    mz_date date;
    if (at == value->size) return empty();
    mz_str text = mz_trimmed(from(*value, at + strlen(word)));
    if (!mz_date_parse(text, MZ_DATE_MONTH_FIRST, &date)) {
        *remarks = mz_trimmed(from(*value, at));
        text = empty();
    }
    *value = mz_trimmed((mz_str){value->data, at});
    return text;
}

static void add_of_kind(const mz_ofac_entry *entry, mz_str remark, size_t size, mz_position at, uint32_t flags) {
    mz_ofac_id id = {.kind = {remark.data, size}, .value = mz_trimmed(from(remark, size))};
    mz_property property = MZ_PROPERTY_COUNT;
    mz_schema paper;
    bool known = mz_ofac_id_kind(id.kind, &property, &paper);
    id.expires = id.issued = id.country = id.remarks = empty();
    if (known && mz_property_kind(property) == MZ_TYPE_IDENTIFIER) {
        id.expires = take_date(&id.value, " expires ", &id.remarks);
        id.issued = take_date(&id.value, " issued ", &id.remarks);
        if (needs_digit(property) && !has_digit(id.value)) { /* "Passport issued in Ulm": no number at all */
            mz_add_flagged(entry->builder, 0, MZ_PROP_notes, remark, at, flags);
            return;
        }
    }
    mz_ofac_add_id(entry, &id, at, flags);
}

/* What is between the quotes of "a.k.a. 'XYZ'", or the text without them. */
static mz_str unquoted(mz_str text) {
    text = mz_trimmed(text);
    bool quoted =
        text.size >= 2 && (text.data[0] == '\'' || text.data[0] == '"') && text.data[text.size - 1] == text.data[0];
    return quoted ? mz_trimmed((mz_str){text.data + 1, text.size - 2}) : text;
}

static bool add_plain(const mz_ofac_entry *entry, mz_str remark, mz_position at, uint32_t flags) {
    static const struct {
        const char *label;
        mz_property property;
    } plain[] = {{"DOB ", MZ_PROP_birthDate},       {"POB ", MZ_PROP_birthPlace}, {"nationality ", MZ_PROP_nationality},
                 {"citizen ", MZ_PROP_citizenship}, {"www.", MZ_PROP_website},    {"http", MZ_PROP_website}};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (!mz_starts_with(remark, plain[i].label)) continue;
        bool label = plain[i].property != MZ_PROP_website;
        mz_str value = label ? mz_trimmed(from(remark, strlen(plain[i].label))) : remark;
        if (plain[i].property == MZ_PROP_birthPlace)
            mz_ofac_add_birth_place(entry, value, at, flags);
        else
            mz_add_flagged(entry->builder, 0, plain[i].property, value, at, flags);
        return true;
    }
    return false;
}

/* The names that OFAC thinks too weak for a row of their own; its XML has the former ones among them as weak too. */
static bool add_alias(const mz_ofac_entry *entry, mz_str remark, mz_position at, uint32_t flags) {
    bool former = mz_starts_with(remark, "f.k.a. ");
    if (!former && !mz_starts_with(remark, "a.k.a. ") && !mz_starts_with(remark, "n.k.a. ")) return false;
    mz_str name = unquoted(from(remark, strlen("a.k.a. ")));
    mz_fact *fact =
        mz_ofac_add_name(entry, MZ_PROP_weakAlias, former ? MZ_NAME_PREVIOUS : MZ_NAME_WEAK_ALIAS, name, at);
    if (fact) fact->flags |= flags;
    return true;
}

void mz_ofac_add_remark(const mz_ofac_entry *entry, mz_str remark, mz_position at, uint32_t flags) {
    remark = mz_trimmed(remark);
    mz_str whole = remark;
    if (mz_starts_with(remark, "alt. ")) remark = mz_trimmed(from(remark, strlen("alt. ")));
    if (remark.size == 0 || mz_str_equal(remark, entry->title)) return;
    if (add_alias(entry, remark, at, flags)) return;
    if (mz_starts_with(remark, "Linked To:")) {
        add_link(entry, MZ_STR("Linked To"), mz_trimmed(from(remark, strlen("Linked To:"))), at, flags);
        return;
    }
    bool provision = false;
    size_t size = kind_size(remark, &provision);
    if (provision)
        mz_add_flagged(entry->builder, entry->sanction, MZ_PROP_provisions, whole, at, flags);
    else if (size)
        add_of_kind(entry, remark, size, at, flags);
    else if (!add_plain(entry, remark, at, flags))
        mz_add_flagged(entry->builder, 0, MZ_PROP_notes, whole, at, flags);
}

/* The length of a quotation at the beginning ('X; Y'), whose semicolons do not separate; 0 when it is none. */
static size_t quotation_size(mz_str text) {
    size_t limit = text.size < QUOTE_BYTES ? text.size : QUOTE_BYTES;
    for (size_t i = 1; i < limit; i++)
        if (text.data[i] == '\'' && (i + 1 == text.size || text.data[i + 1] == ';' || text.data[i + 1] == '.'))
            return i + 1;
    return 0;
}

bool mz_ofac_next_remark(mz_str *rest, mz_str *ret_remark, bool *ret_last) {
    while (rest->size) {
        mz_str text = *rest;
        size_t end = 0;
        for (; end < text.size; end++) {
            char c = text.data[end];
            if (c == '\'' && end > 0 && text.data[end - 1] == ' ') {
                size_t quotation = quotation_size(from(text, end));
                if (quotation) end += quotation - 1;
            } else if (c == '(') {
                const char *close = memchr(text.data + end, ')', text.size - end);
                if (close && close - text.data - (ptrdiff_t)end < QUOTE_BYTES) end = (size_t)(close - text.data);
            } else if (c == ';') {
                break;
            }
        }
        *ret_last = end == text.size;
        *rest = from(text, end < text.size ? end + 1 : end);
        *ret_remark = mz_trimmed((mz_str){text.data, end});
        if (ret_remark->size) return true;
    }
    return false;
}
