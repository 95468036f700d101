/* Identifiers: the normal form of each kind, and who checks it.
 *
 * A table says for each property what is dropped, how letters are written and which check applies; properties that are
 * not in it have no known form: white space, hyphens and dots go, letters become capitals, and any text will do.
 * Digits of Arabic and Persian become ASCII, for a list in Arabic prints them in numbers too. Letters beyond ASCII
 * stay as they are: "А" (Cyrillic) in a registration number is part of it. */
#include "mizan/identifier.h"

#include "base/ascii.h"
#include "entity/check_digits.h"
#include "entity/mid_table.h"
#include "entity/wallet.h"
#include "mizan/country.h"

#include <stdint.h>
#include <utf8proc.h>

enum letters { CAPITALS, SMALL, AS_THEY_ARE };

/* Checks may rewrite the text, within MZ_IDENTIFIER_SIZE. */
typedef mz_identifier_check check_function(char *text, size_t *size);

struct kind {
    mz_property property;
    const char *drop; /* beside white space */
    enum letters letters;
    check_function *check; /* NULL: none */
};

static bool all_digits(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (!mz_is_digit(text[i])) return false;
    return size > 0;
}

static bool all_alphanumeric(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (!mz_is_digit(text[i]) && !mz_is_capital(text[i])) return false;
    return size > 0;
}

static mz_identifier_check shape(bool right) {
    return right ? MZ_CHECK_NONE : MZ_CHECK_SHAPE;
}

/* --- one function for each kind ---------------------------------------------------------------------------- */

#define CHECK_DIGITS(name)                                                                                             \
    static mz_identifier_check check_##name(char *text, size_t *size) {                                                \
        return mz_check_##name((mz_str){text, *size});                                                                 \
    }
CHECK_DIGITS(lei)
CHECK_DIGITS(isin)
CHECK_DIGITS(inn)
CHECK_DIGITS(ogrn)
CHECK_DIGITS(usc)
CHECK_DIGITS(npi)
#undef CHECK_DIGITS

/* Ships and companies share the letters IMO and seven digits, and the property. */
static mz_identifier_check check_imo(char *text, size_t *size) {
    size_t from = 0;
    while (from < *size && mz_is_capital(text[from])) from++;
    mz_str letters = {text, from}, digits = {text + from, *size - from};
    if (from && !mz_str_equal(letters, MZ_STR("IMO")) && !mz_str_equal(letters, MZ_STR("IMONO")) &&
        !mz_str_equal(letters, MZ_STR("IMONUMBER")))
        return MZ_CHECK_SHAPE;
    mz_identifier_check ship = mz_check_imo_ship(digits);
    if (ship == MZ_CHECK_SHAPE) return ship;
    memmove(text + 3, digits.data, digits.size);
    memcpy(text, "IMO", 3);
    *size = 10;
    return ship == MZ_CHECK_RIGHT ? ship : mz_check_imo_company((mz_str){text + 3, 7});
}

static mz_identifier_check check_iban(char *text, size_t *size) {
    if (*size > 4 && memcmp(text, "IBAN", 4) == 0) { /* the word before the number, as on paper */
        memmove(text, text + 4, *size - 4);
        *size -= 4;
    }
    return mz_check_iban((mz_str){text, *size});
}

/* ISO 9362:2022, clause 4: party prefix of four, country of two, suffix of two, and a branch of three or none. */
static mz_identifier_check check_bic(char *text, size_t *size) {
    if ((*size != 8 && *size != 11) || !all_alphanumeric(text, *size)) return MZ_CHECK_SHAPE;
    if (!mz_is_capital(text[4]) || !mz_is_capital(text[5])) return MZ_CHECK_SHAPE;
    const char *code = mz_country_code((mz_str){text + 4, 2});
    return shape(code && strlen(code) == 2);
}

static bool is_mid(const char *digits) {
    unsigned mid = (unsigned)(digits[0] - '0') * 100 + (unsigned)(digits[1] - '0') * 10 + (unsigned)(digits[2] - '0');
    for (size_t i = 0; i < mz_mid_count; i++)
        if (mz_mids[i] == mid) return true;
    return false;
}

/* ITU-R M.585-9, annexes 1 and 2: where the MID stands by the kind of station. */
static mz_identifier_check check_mmsi(char *text, size_t *size) {
    if (*size != 9 || !all_digits(text, 9)) return MZ_CHECK_SHAPE;
    if (memcmp(text, "111", 3) == 0) return shape(is_mid(text + 3)); /* search and rescue aircraft */
    if (memcmp(text, "970", 3) == 0 || memcmp(text, "972", 3) == 0 || memcmp(text, "974", 3) == 0)
        return MZ_CHECK_NONE; /* distress beacons: maker and number */
    if (memcmp(text, "00", 2) == 0 || memcmp(text, "98", 2) == 0 || memcmp(text, "99", 2) == 0)
        return shape(is_mid(text + 2)); /* coast stations, boats of a ship, aids to navigation */
    if (text[0] == '0' || text[0] == '8') return shape(is_mid(text + 1)); /* groups of ships, hand-held radios */
    return shape(is_mid(text));
}

static mz_identifier_check check_email(char *text, size_t *size) {
    const char *at = memchr(text, '@', *size);
    size_t local = at ? (size_t)(at - text) : 0;
    if (local == 0 || local + 1 == *size || memchr(at + 1, '@', *size - local - 1)) return MZ_CHECK_SHAPE;
    return MZ_CHECK_NONE;
}

static mz_identifier_check check_wikidata(char *text, size_t *size) {
    return shape(*size > 1 && text[0] == 'Q' && text[1] != '0' && all_digits(text + 1, *size - 1));
}

static mz_identifier_check check_phone(char *text, size_t *size) {
    size_t digits = 0;
    if (*size > 2 && memcmp(text, "00", 2) == 0 && text[2] >= '1' && text[2] <= '9') { /* the international prefix */
        text[0] = '+';
        memmove(text + 1, text + 2, *size - 2);
        --*size;
    }
    for (size_t i = 0; i < *size; i++) digits += mz_is_digit(text[i]);
    return shape(digits >= 3);
}

static const struct kind kinds[] = {
    {MZ_PROP_imoNumber, "-./:#", CAPITALS, check_imo},
    {MZ_PROP_leiCode, "-.", CAPITALS, check_lei},
    {MZ_PROP_iban, "-./:", CAPITALS, check_iban},
    {MZ_PROP_swiftBic, "-.", CAPITALS, check_bic},
    {MZ_PROP_isin, "-.", CAPITALS, check_isin},
    {MZ_PROP_isinCode, "-.", CAPITALS, check_isin},
    {MZ_PROP_innCode, "-.", CAPITALS, check_inn},
    {MZ_PROP_ogrnCode, "-.", CAPITALS, check_ogrn},
    {MZ_PROP_uscCode, "-.", CAPITALS, check_usc},
    {MZ_PROP_npiCode, "-.", CAPITALS, check_npi},
    {MZ_PROP_mmsi, "-.", CAPITALS, check_mmsi},
    {MZ_PROP_publicKey, "", AS_THEY_ARE, mz_wallet_normalise},
    {MZ_PROP_email, "", SMALL, check_email},
    {MZ_PROP_phone, "-./()", CAPITALS, check_phone},
    {MZ_PROP_wikidataId, "", CAPITALS, check_wikidata},
    /* numbers in which a slash parts an office, a year or a series from the number: it says something */
    {MZ_PROP_registrationNumber, "-.", CAPITALS, NULL},
    {MZ_PROP_licenseNumber, "-.", CAPITALS, NULL},
    {MZ_PROP_taxNumber, "-.", CAPITALS, NULL},
    {MZ_PROP_idNumber, "-.", CAPITALS, NULL},
    {MZ_PROP_number, "-.", CAPITALS, NULL},
    {MZ_PROP_serialNumber, "-.", CAPITALS, NULL},
};

static const struct kind *kind_of(mz_property property) {
    static const struct kind other = {MZ_PROPERTY_COUNT, "-./", CAPITALS, NULL};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].property == property) return &kinds[i];
    return &other;
}

/* --- text to normal form ----------------------------------------------------------------------------------- */

static char recase(char c, enum letters letters) {
    if (letters == CAPITALS && c >= 'a' && c <= 'z') return (char)(c - 'a' + 'A');
    if (letters == SMALL && c >= 'A' && c <= 'Z') return (char)(c - 'A' + 'a');
    return c;
}

/* The plain character that another one stands for; itself when it has none, 0 for what stands for nothing. */
static int32_t plain(int32_t c) {
    if (c >= 0x660 && c <= 0x669) return '0' + (c - 0x660); /* Arabic-Indic digits */
    if (c >= 0x6F0 && c <= 0x6F9) return '0' + (c - 0x6F0); /* Persian digits */
    if (c >= 0x2010 && c <= 0x2015) return '-';             /* dashes */
    if (c == 0xA0 || c == 0xAD || (c >= 0x2000 && c <= 0x200F) || c == 0x202F)
        return 0; /* blanks, marks of direction */
    return c <= ' ' || c == 0x7F ? 0 : c;
}

/* False when it does not fit, or is not UTF-8. */
static bool compact(mz_str text, const struct kind *kind, char into[MZ_IDENTIFIER_SIZE], size_t *ret_size) {
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        int32_t c;
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)text.data + at, (utf8proc_ssize_t)(text.size - at), &c);
        if (step <= 0) return false;
        at += (size_t)step;
        c = plain(c);
        if (c == 0 || (c < 0x80 && strchr(kind->drop, c))) continue;
        if (size + (c < 0x80 ? 1 : 4) >= MZ_IDENTIFIER_SIZE) return false;
        if (c < 0x80)
            into[size++] = recase((char)c, kind->letters);
        else
            size += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)into + size);
    }
    *ret_size = size;
    return true;
}

mz_identifier_check mz_identifier_normalise(mz_property property, mz_str text, char ret_text[MZ_IDENTIFIER_SIZE],
                                            size_t *ret_size) {
    const struct kind *kind = kind_of(property);
    char normal[MZ_IDENTIFIER_SIZE];
    size_t size;
    mz_identifier_check check = MZ_CHECK_SHAPE;
    if (compact(text, kind, normal, &size) && size > 0)
        check = kind->check ? kind->check(normal, &size) : MZ_CHECK_NONE;
    if (check == MZ_CHECK_SHAPE) size = 0;
    memcpy(ret_text, normal, size);
    ret_text[size] = '\0';
    *ret_size = size;
    return check;
}

/* --- guessing ---------------------------------------------------------------------------------------------- */

/* A word of eight capitals often looks like a BIC ("HOSPITAL" is one of Italy); a branch "XXX" or a digit among
 * letters says more. */
static bool speaks_for_bic(mz_str normal) {
    if (normal.size == 11 && memcmp(normal.data + 8, "XXX", 3) == 0) return true;
    size_t digits = 0;
    for (size_t i = 0; i < normal.size; i++) {
        if (i < 6 && !mz_is_capital(normal.data[i])) return false;
        digits += mz_is_digit(normal.data[i]);
    }
    return digits > 0;
}

static bool guessed(mz_property property, mz_str text) {
    char normal[MZ_IDENTIFIER_SIZE];
    size_t size;
    mz_identifier_check check = mz_identifier_normalise(property, text, normal, &size);
    if (property == MZ_PROP_swiftBic) return check == MZ_CHECK_NONE && speaks_for_bic((mz_str){normal, size});
    return check == MZ_CHECK_RIGHT;
}

mz_property mz_identifier_guess(mz_str text) {
    /* seven digits alone are a ship's number once in ten: the letters must stand before them */
    bool says_imo = text.size > 3 && mz_starts_with(text, "IMO");
    static const mz_property tried[] = {MZ_PROP_leiCode, MZ_PROP_iban, MZ_PROP_isin, MZ_PROP_publicKey,
                                        MZ_PROP_swiftBic};
    if (says_imo && guessed(MZ_PROP_imoNumber, text)) return MZ_PROP_imoNumber;
    for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++)
        if (guessed(tried[i], text)) return tried[i];
    return MZ_PROPERTY_COUNT;
}
