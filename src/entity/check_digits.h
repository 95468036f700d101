/* Check digits of numbers in normal form: digits and upper-case letters, nothing between them. */
#ifndef MIZAN_ENTITY_CHECK_DIGITS_H
#define MIZAN_ENTITY_CHECK_DIGITS_H

#include "mizan/identifier.h"

mz_identifier_check mz_check_lei(mz_str text);
mz_identifier_check mz_check_iban(mz_str text);
mz_identifier_check mz_check_isin(mz_str text);
mz_identifier_check mz_check_inn(mz_str text);
mz_identifier_check mz_check_ogrn(mz_str text);
mz_identifier_check mz_check_usc(mz_str text);
mz_identifier_check mz_check_npi(mz_str text);
/* Seven digits, without "IMO". */
mz_identifier_check mz_check_imo_ship(mz_str digits);
mz_identifier_check mz_check_imo_company(mz_str digits);

#endif
