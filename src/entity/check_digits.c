/* Check digits, each with the clause that gives its formula. */
#include "entity/check_digits.h"

#include "base/ascii.h"

#include <stdint.h>

static bool all_digits(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (!mz_is_digit(text.data[i])) return false;
    return true;
}

static bool all_alphanumeric(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (!mz_is_digit(text.data[i]) && !mz_is_capital(text.data[i])) return false;
    return true;
}

static unsigned digit(char c) {
    return (unsigned)(c - '0');
}

/* 0 to 9 for digits, 10 to 35 for letters. */
static unsigned value(char c) {
    return mz_is_digit(c) ? digit(c) : (unsigned)(c - 'A') + 10;
}

static mz_identifier_check verdict(bool right) {
    return right ? MZ_CHECK_RIGHT : MZ_CHECK_WRONG;
}

static unsigned weighted_sum(mz_str digits, const unsigned *weights, size_t count) {
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) sum += digit(digits.data[i]) * weights[i];
    return sum;
}

/* --- mod 97-10 --------------------------------------------------------------------------------------------- */

/* ISO/IEC 7064:2003, MOD 97-10: letters become two digits, the whole number leaves 1. */
static unsigned mod_97(unsigned remainder, mz_str text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned v = value(text.data[i]);
        remainder = (remainder * (v < 10 ? 10 : 100) + v) % 97;
    }
    return remainder;
}

/* ISO 17442-1:2020, clause 4: 18 letters or digits and two check digits. */
mz_identifier_check mz_check_lei(mz_str text) {
    if (text.size != 20 || !all_alphanumeric(text) || !mz_is_digit(text.data[18]) || !mz_is_digit(text.data[19]))
        return MZ_CHECK_SHAPE;
    return verdict(mod_97(0, text) == 1);
}

/* Lengths from the IBAN registry (SWIFT, ISO 13616-2 registration authority); below the line those of countries
 * that print IBANs without having registered their form. */
static const struct iban_length {
    char country[3];
    uint8_t length;
} iban_lengths[] = {
    {"AD", 24},
    {"AE", 23},
    {"AL", 28},
    {"AT", 20},
    {"AZ", 28},
    {"BA", 20},
    {"BE", 16},
    {"BG", 22},
    {"BH", 22},
    {"BI", 27},
    {"BR", 29},
    {"BY", 28},
    {"CH", 21},
    {"CR", 22},
    {"CY", 28},
    {"CZ", 24},
    {"DE", 22},
    {"DJ", 27},
    {"DK", 18},
    {"DO", 28},
    {"EE", 20},
    {"EG", 29},
    {"ES", 24},
    {"FI", 18},
    {"FK", 18},
    {"FO", 18},
    {"FR", 27},
    {"GB", 22},
    {"GE", 22},
    {"GI", 23},
    {"GL", 18},
    {"GR", 27},
    {"GT", 28},
    {"HN", 28},
    {"HR", 21},
    {"HU", 28},
    {"IE", 22},
    {"IL", 23},
    {"IQ", 23},
    {"IS", 26},
    {"IT", 27},
    {"JO", 30},
    {"KW", 30},
    {"KZ", 20},
    {"LB", 28},
    {"LC", 32},
    {"LI", 21},
    {"LT", 20},
    {"LU", 20},
    {"LV", 21},
    {"LY", 25},
    {"MC", 27},
    {"MD", 24},
    {"ME", 22},
    {"MK", 19},
    {"MN", 20},
    {"MR", 27},
    {"MT", 31},
    {"MU", 30},
    {"NI", 28},
    {"NL", 18},
    {"NO", 15},
    {"OM", 23},
    {"PK", 24},
    {"PL", 28},
    {"PS", 29},
    {"PT", 25},
    {"QA", 29},
    {"RO", 24},
    {"RS", 22},
    {"RU", 33},
    {"SA", 24},
    {"SC", 31},
    {"SD", 18},
    {"SE", 24},
    {"SI", 19},
    {"SK", 24},
    {"SM", 27},
    {"SO", 23},
    {"ST", 25},
    {"SV", 28},
    {"TL", 23},
    {"TN", 24},
    {"TR", 26},
    {"UA", 29},
    {"VA", 22},
    {"VG", 24},
    {"XK", 20},
    {"YE", 30},
    /* not registered */
    {"AO", 25},
    {"BF", 28},
    {"BJ", 28},
    {"CF", 27},
    {"CG", 27},
    {"CI", 28},
    {"CM", 27},
    {"CV", 25},
    {"DZ", 26},
    {"GA", 27},
    {"GQ", 27},
    {"GW", 25},
    {"IR", 26},
    {"KM", 27},
    {"MA", 28},
    {"MG", 27},
    {"ML", 28},
    {"MZ", 25},
    {"NE", 28},
    {"SN", 28},
    {"TD", 27},
    {"TG", 28},
};

static size_t iban_length(const char *country) {
    for (size_t i = 0; i < sizeof iban_lengths / sizeof iban_lengths[0]; i++)
        if (memcmp(iban_lengths[i].country, country, 2) == 0) return iban_lengths[i].length;
    return 0;
}

/* ISO 13616-1:2020, clause 6: country and check digits move to the end, then mod 97-10. */
mz_identifier_check mz_check_iban(mz_str text) {
    if (text.size < 15 || !all_alphanumeric(text) || text.size != iban_length(text.data)) return MZ_CHECK_SHAPE;
    if (!mz_is_digit(text.data[2]) || !mz_is_digit(text.data[3])) return MZ_CHECK_SHAPE;
    unsigned remainder = mod_97(0, (mz_str){text.data + 4, text.size - 4});
    return verdict(mod_97(remainder, (mz_str){text.data, 4}) == 1);
}

/* --- Luhn -------------------------------------------------------------------------------------------------- */

/* ISO/IEC 7812-1, annex B. Doubling goes from the digit beside the check digit leftwards; a letter stands for its two
 * digits (ISO 6166). */
static bool luhn(mz_str text, unsigned start_sum) {
    unsigned sum = start_sum;
    bool twice = false;
    for (size_t i = text.size; i > 0; i--) {
        for (unsigned v = value(text.data[i - 1]), pieces = v < 10 ? 1 : 2; pieces > 0; pieces--, v /= 10) {
            unsigned d = (v % 10) * (twice ? 2 : 1);
            sum += d / 10 + d % 10;
            twice = !twice;
        }
    }
    return sum % 10 == 0;
}

/* ISO 6166:2021, annex A: prefix of two letters, nine letters or digits, check digit. */
mz_identifier_check mz_check_isin(mz_str text) {
    if (text.size != 12 || !all_alphanumeric(text) || !mz_is_digit(text.data[11])) return MZ_CHECK_SHAPE;
    if (!mz_is_capital(text.data[0]) || !mz_is_capital(text.data[1])) return MZ_CHECK_SHAPE;
    return verdict(luhn(text, 0));
}

/* 45 CFR 162.406: ten digits with Luhn's check digit as if 80840 stood before them, which adds 24. */
mz_identifier_check mz_check_npi(mz_str text) {
    if (text.size != 10 || !all_digits(text)) return MZ_CHECK_SHAPE;
    return verdict(luhn(text, 24));
}

/* --- Russian registers ------------------------------------------------------------------------------------- */

/* Order of the Federal Tax Service of Russia MMV-7-6/435@ of 29 June 2012, annex: ten digits for organisations (one
 * check digit), twelve for persons (two). */
mz_identifier_check mz_check_inn(mz_str text) {
    static const unsigned weights[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    if (!all_digits(text)) return MZ_CHECK_SHAPE;
    if (text.size == 10) return verdict(weighted_sum(text, weights + 2, 9) % 11 % 10 == digit(text.data[9]));
    if (text.size != 12) return MZ_CHECK_SHAPE;
    return verdict(weighted_sum(text, weights + 1, 10) % 11 % 10 == digit(text.data[10]) &&
                   weighted_sum(text, weights, 11) % 11 % 10 == digit(text.data[11]));
}

static unsigned remainder_of(mz_str digits, unsigned modulus) {
    unsigned remainder = 0;
    for (size_t i = 0; i < digits.size; i++) remainder = (remainder * 10 + digit(digits.data[i])) % modulus;
    return remainder;
}

/* Order of the Ministry of Finance of Russia 165n of 30 October 2017, clause 7: the number before the last digit modulo
 * 11 (thirteen digits, organisations) or 13 (fifteen, entrepreneurs), and of that the last digit. */
mz_identifier_check mz_check_ogrn(mz_str text) {
    if ((text.size != 13 && text.size != 15) || !all_digits(text)) return MZ_CHECK_SHAPE;
    unsigned remainder = remainder_of((mz_str){text.data, text.size - 1}, text.size == 13 ? 11 : 13);
    return verdict(remainder % 10 == digit(text.data[text.size - 1]));
}

/* --- China ------------------------------------------------------------------------------------------------- */

/* GB 32100-2015, clause 4.6: base 31 without I, O, S, V, Z; weights are powers of 3 modulo 31. */
mz_identifier_check mz_check_usc(mz_str text) {
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    unsigned sum = 0, weight = 1;
    if (text.size != 18) return MZ_CHECK_SHAPE;
    for (size_t i = 0; i < 18; i++) {
        const char *at = text.data[i] ? strchr(letters, text.data[i]) : NULL;
        if (!at || (i >= 2 && i < 8 && !mz_is_digit(text.data[i]))) return MZ_CHECK_SHAPE;
        /* the check digit itself counts once, which makes the sum a multiple of 31 */
        sum += (unsigned)(at - letters) * (i < 17 ? weight : 1);
        weight = weight * 3 % 31;
    }
    return verdict(sum % 31 == 0);
}

/* --- ships ------------------------------------------------------------------------------------------------- */

/* IMO resolution A.1117(30), annex: weights 7 to 2; the sum's last digit is the check digit. */
mz_identifier_check mz_check_imo_ship(mz_str digits) {
    static const unsigned weights[] = {7, 6, 5, 4, 3, 2};
    if (digits.size != 7 || !all_digits(digits)) return MZ_CHECK_SHAPE;
    return verdict(weighted_sum(digits, weights, 6) % 10 == digit(digits.data[6]));
}

/* IMO resolution MSC.160(78), the company and registered owner number: weights 8, 6, 4, 2, 9, 7 modulo 11. */
mz_identifier_check mz_check_imo_company(mz_str digits) {
    static const unsigned weights[] = {8, 6, 4, 2, 9, 7};
    if (digits.size != 7 || !all_digits(digits)) return MZ_CHECK_SHAPE;
    return verdict((11 - weighted_sum(digits, weights, 6) % 11) % 10 == digit(digits.data[6]));
}
