/* The number of a document, out of a field that says more than the number, and what kind of number it is. */
#ifndef MIZAN_LISTS_DOCUMENT_NUMBER_H
#define MIZAN_LISTS_DOCUMENT_NUMBER_H

#include "mizan/schema.h"
#include "mizan/str.h"

/* From a field meant for a number: "Diplomatic passport no. D000123 (expired)" → "D000123", "1 1978 8 013" → itself.
 * The whole field when no part of it looks more like a number than the rest. A run of the field's bytes. */
mz_str mz_document_number(mz_str field);

/* From a sentence: "Tunisian passport number L 191609 issued on …" → "L 191609". Empty when there is no word of at
 * least five digits, or of three behind "number". */
mz_str mz_document_number_in_prose(mz_str text);

/* A property narrowed down by number and country: a Russian tax number that checks is an innCode, a Russian
 * registration number an ogrnCode, a legal entity number of 20 letters a leiCode. Else `property`. */
mz_property mz_identifier_refined(mz_property property, mz_str number, mz_str country);

#endif
