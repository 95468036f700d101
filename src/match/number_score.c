/* Numbers: documents, registrations, accounts, telephones.
 *
 * A strong number that is the same decides; that is found by its key before anything else is compared. What is here:
 * a different number where a bearer has only one; one that is the same but too short, of doubtful form, or of another
 * country; one that is written with one slip in a long number; a telephone or a mail address. These add or take bits,
 * and but for the first cost nothing. */
#include "base/ascii.h"
#include "match/questions.h"

enum { LONG_ENOUGH = 8, KNOWN_BYTES = 4, SHORT_BYTES = 6 };

static const double SLIP_BITS = 6;     /* one stranger in 10^7 has such a number; few namesakes have any */
static const double DOUBTFUL_BITS = 8; /* the same, but of doubtful form or issued elsewhere */
static const double SHORT_BITS = 4, CONTACT_BITS = 10;
static const double ONLY_ONE_BITS = -12, USUALLY_ONE_BITS = -3;

/* Of which a bearer has one for life, in the world. */
static bool one_for_each_bearer(unsigned property) {
    switch (property) {
    case MZ_PROP_imoNumber:
    case MZ_PROP_leiCode:
    case MZ_PROP_ogrnCode:
    case MZ_PROP_innCode:
    case MZ_PROP_uscCode:
    case MZ_PROP_npiCode:
    case MZ_PROP_wikidataId: return true;
    default: return false;
    }
}

/* Of which a country gives its people or firms one, but lists give old and new ones, and of several registers. */
static bool one_in_each_country(unsigned property) {
    return property == MZ_PROP_idNumber || property == MZ_PROP_socialSecurityNumber || property == MZ_PROP_taxNumber ||
           property == MZ_PROP_vatCode || property == MZ_PROP_registrationNumber;
}

static bool contact(unsigned property) {
    return property == MZ_PROP_phone || property == MZ_PROP_email;
}

static mz_str country_of(const mz_trait *number) {
    size_t size = 0;
    while (size < MZ_TRAIT_COUNTRY_BYTES && number->country[size]) size++;
    return (mz_str){number->country, size};
}

static bool issued_in_one_country(const mz_trait *a, const mz_trait *b) {
    return a->country[0] && mz_str_equal(country_of(a), country_of(b));
}

/* Two countries give the same number to two people every day. */
static bool issued_apart(const mz_trait *a, const mz_trait *b) {
    return a->country[0] && b->country[0] && !mz_str_equal(country_of(a), country_of(b)) &&
           !mz_countries_of_one_realm(country_of(a), country_of(b));
}

static bool same_key(const mz_trait *a, const mz_trait *b) {
    char left[MZ_IDENTIFIER_SIZE], right[MZ_IDENTIFIER_SIZE];
    return mz_same_kind_of_number((mz_property)a->property, (mz_property)b->property) &&
           mz_str_equal(mz_trait_key(a, left), mz_trait_key(b, right));
}

bool mz_same_number(const mz_trait *a, const mz_trait *b) {
    return mz_trait_decides(a) && mz_trait_decides(b) && !issued_apart(a, b) && same_key(a, b);
}

/* One letter is another, one is left out, or two neighbours are exchanged. */
static bool one_slip(mz_str a, mz_str b) {
    mz_str brief = a.size <= b.size ? a : b, wide = a.size <= b.size ? b : a;
    size_t start = 0, end = 0;
    if (brief.size < LONG_ENOUGH || wide.size - brief.size > 1) return false;
    while (start < brief.size && brief.data[start] == wide.data[start]) start++;
    while (end < brief.size - start && brief.data[brief.size - 1 - end] == wide.data[wide.size - 1 - end]) end++;
    size_t left = brief.size - start - end;
    if (wide.size > brief.size) return left == 0;
    return left == 1 ||
           (left == 2 && brief.data[start] == wide.data[start + 1] && brief.data[start + 1] == wide.data[start]);
}

static size_t digits_in(mz_str text) {
    size_t digits = 0;
    for (size_t i = 0; i < text.size; i++) digits += mz_is_digit(text.data[i]);
    return digits;
}

/* A number with a check digit that is right was not written wrong. */
static bool may_have_slipped(const mz_trait *number) {
    return !one_for_each_bearer(number->property) || number->flags & MZ_TRAIT_DOUBTFUL;
}

static bool nearly_same(const mz_trait *a, const mz_trait *b) {
    char left[MZ_IDENTIFIER_SIZE], right[MZ_IDENTIFIER_SIZE];
    if (contact(a->property) || !mz_same_kind_of_number((mz_property)a->property, (mz_property)b->property))
        return false;
    if (!may_have_slipped(a) && !may_have_slipped(b)) return false;
    mz_str of_a = mz_trait_key(a, left), of_b = mz_trait_key(b, right);
    return digits_in(of_a) >= LONG_ENOUGH - 2 && !issued_apart(a, b) && one_slip(of_a, of_b);
}

bool mz_compare_numbers(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding) {
    *ret_finding = (mz_finding){.rule = MZ_RULE_IDENTIFIER, .query = a, .entity = b};
    bool both_decide = mz_trait_decides(a) && mz_trait_decides(b);
    if (same_key(a, b)) {
        bool brief = a->text.size < SHORT_BYTES && b->text.size < SHORT_BYTES;
        if (a->text.size < KNOWN_BYTES || mz_trait_filled_in(a)) return false;
        ret_finding->bits = contact(a->property) ? CONTACT_BITS : brief ? SHORT_BITS : DOUBTFUL_BITS;
    } else if (nearly_same(a, b)) {
        ret_finding->bits = SLIP_BITS;
    } else if (a->property != b->property || !both_decide) {
        return false;
    } else if (one_for_each_bearer(a->property)) {
        ret_finding->cost = prices->identifier_differs;
        ret_finding->bits = ONLY_ONE_BITS;
    } else if (one_in_each_country(a->property) && issued_in_one_country(a, b)) {
        ret_finding->cost = prices->number_differs_here;
        ret_finding->bits = USUALLY_ONE_BITS;
    } else {
        return false;
    }
    return true;
}
