/* Identifiers: normal form and check digit. */
#ifndef MIZAN_IDENTIFIER_H
#define MIZAN_IDENTIFIER_H

#include "mizan/schema.h"
#include "mizan/str.h"

#include <stddef.h>

MZ_BEGIN_DECLS

typedef enum mz_identifier_check {
    MZ_CHECK_NONE, /* the kind has no check digit, or the property is not an identifier with a known form */
    MZ_CHECK_RIGHT,
    MZ_CHECK_WRONG, /* right shape, wrong check digit */
    MZ_CHECK_SHAPE  /* not the shape of its kind (length, letters); there is no normal form, ret_text is empty */
} mz_identifier_check;

enum { MZ_IDENTIFIER_SIZE = 160 }; /* longest normal form with its NUL; longer input is MZ_CHECK_SHAPE */

/* Normal form of an identifier of a property: separators (spaces, hyphens, dots, slashes where they carry nothing)
 * dropped, letters upper-case, "IMO 9123456" and "IMO9123456" as "IMO9123456". Of wallet addresses, base58 keeps its
 * letters, bech32 is lower-case and Ethereum's have the capitals of EIP-55. Two spellings of one number give the same
 * bytes. Returns what the check says: imoNumber (IMO resolution A.1117(30): ships; companies have the same length and
 * another weighting, either will do), leiCode (ISO 17442, mod 97-10), iban (ISO 13616, length by country), swiftBic
 * (ISO 9362, shape and country), isin and isinCode (ISO 6166, Luhn), innCode (10 or 12 digits), ogrnCode (13 or 15),
 * uscCode (GB 32100-2015), npiCode (Luhn), mmsi (ITU-R M.585: nine digits, MID known), publicKey (base58check, bech32
 * BIP-173 and bech32m BIP-350, cashaddr, EIP-55, Monero, Stellar; others by shape), email, phone and wikidataId by
 * shape. */
mz_identifier_check mz_identifier_normalise(mz_property property, mz_str text, char ret_text[MZ_IDENTIFIER_SIZE],
                                            size_t *ret_size);

/* For text that does not say what kind of number it is: the property whose check it passes (imoNumber, leiCode,
 * iban, isin, swiftBic, publicKey), or MZ_PROPERTY_COUNT. Only checks that a random text seldom passes. */
mz_property mz_identifier_guess(mz_str text);

MZ_END_DECLS

#endif
