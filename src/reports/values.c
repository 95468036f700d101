/* See values.h. A list has a number often twice: as the entity's own, and as that of a document, which knows its
 * country ("ZX000001 (ma)", screen/facts.h). */
#include "reports/values.h"

#include <string.h>

enum { COUNTRY_LETTERS_MOST = 4 };

typedef struct issued {
    mz_str number, country; /* its code; empty: none */
} issued;

static issued taken_apart(mz_str value) {
    const char *last = value.size ? value.data + value.size - 1 : NULL;
    if (!last || *last != ')') return (issued){value, {"", 0}};
    for (size_t letters = 2; letters <= COUNTRY_LETTERS_MOST && letters + 3 < value.size; letters++) {
        const char *code = last - letters;
        if (code[-1] != '(') continue;
        if (code[-2] != ' ' || !mz_country_name((mz_str){code, letters}, MZ_ENGLISH)) break;
        return (issued){{value.data, value.size - letters - 3}, {code, letters}};
    }
    return (issued){value, {"", 0}};
}

/* A value of the property with this number; NULL: there is none. With a country only, where that is asked. */
static const mz_json_value *find(const mz_json_value *properties, mz_property property, mz_str number,
                                 bool with_country) {
    const mz_json_value *values = mz_json_member(properties, mz_property_name(property));
    if (!values || values->kind != MZ_JSON_ARRAY) return NULL;
    for (const mz_json_value *value = values->child; value; value = value->next) {
        issued one = taken_apart(value->text);
        if (mz_str_equal(one.number, number) && (!with_country || one.country.size)) return value;
    }
    return NULL;
}

/* "number" is what a document calls its own, of whatever kind it is: another property says more. */
static bool told_elsewhere(const mz_json_value *properties, mz_str number) {
    for (mz_property other = 0; other < MZ_PROPERTY_COUNT; other++)
        if (other != MZ_PROP_number && mz_property_kind(other) == MZ_TYPE_IDENTIFIER &&
            find(properties, other, number, false))
            return true;
    return false;
}

static bool put_number(const mz_json_value *properties, mz_property property, mz_str value, mz_language language,
                       mz_report_value *ret_value) {
    issued one = taken_apart(value);
    if (property == MZ_PROP_number && told_elsewhere(properties, one.number)) return false;
    if (!one.country.size) {
        if (find(properties, property, one.number, true)) return false;
        const mz_json_value *document = find(properties, MZ_PROP_number, one.number, true);
        if (document) one.country = taken_apart(document->text).country;
    }
    const char *country = one.country.size ? mz_country_name(one.country, language) : NULL;
    *ret_value = (mz_report_value){.text = one.number, .country = country ? mz_str_of(country) : MZ_STR("")};
    return true;
}

static bool is_prose(mz_property_type kind) {
    return kind == MZ_TYPE_NAME || kind == MZ_TYPE_NAME_PART || kind == MZ_TYPE_TEXT || kind == MZ_TYPE_ADDRESS;
}

bool mz_report_value_of(const mz_json_value *properties, mz_property property, mz_str value, mz_language language,
                        mz_report_value *ret_value) {
    mz_property_type kind = mz_property_kind(property);
    if (kind == MZ_TYPE_IDENTIFIER) return put_number(properties, property, value, language, ret_value);
    const char *country = kind == MZ_TYPE_COUNTRY ? mz_country_name(value, language) : NULL;
    mz_str word = country ? mz_str_of(country) : kind == MZ_TYPE_GENDER ? mz_report_word_of(value, language) : value;
    *ret_value = (mz_report_value){.text = word, .is_name = is_prose(kind) || country || word.data != value.data};
    return true;
}
