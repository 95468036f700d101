/* The kinds of numbers and notes that OFAC gives a listed entity, and what they are here. The same words stand in the
 * SDN XML (idType), in the remarks of the SDN CSV and in the ids of the US Consolidated Screening List. */
#ifndef MIZAN_LISTS_OFAC_IDS_H
#define MIZAN_LISTS_OFAC_IDS_H

#include "mizan/schema.h"

/* What a kind ("Passport", "Tax ID No.", "Gender") is; a colon or dash at its end does not count, nor capitals.
 *
 * *ret_property: of the listed entity. Three want more than a fact of that entity: MZ_PROP_provisions goes into
 * the Sanction with the kind before the value; MZ_PROP_operator and MZ_PROP_owner are the name of a linked
 * entity; MZ_PROP_notes keeps the kind before the value.
 * *ret_document: MZ_SCHEMA_Passport or MZ_SCHEMA_Identification for papers, MZ_SCHEMA_CryptoWallet for addresses of
 * digital currency, else MZ_SCHEMA_COUNT. False for an unknown kind (out-parameters untouched): an idNumber when the
 * value has a digit, else a note. */
bool mz_ofac_id_kind(mz_str kind, mz_property *ret_property, mz_schema *ret_document);

/* "XBT" of "Digital Currency Address - XBT"; empty for other kinds. */
mz_str mz_ofac_currency(mz_str kind);

#endif
