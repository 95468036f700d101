/* What goAML 5.0.2 asks of a report without transactions, as tables.
 *
 * Source: v5.0.2_goAMLSchema.xsd of UNODC's goAML, as one unit exports it. How its traps are handled:
 *
 * - Order matters (xs:sequence throughout): a table has the elements in the order of the schema, and what is written
 *   follows the table, never the order in which a caller gave them.
 * - `goaml:supportedIn` marks elements that only newer installations take. The schema accepts them all; an
 *   installation of 5.0 does not. `since` says from which on, and the agency's settings what its unit runs.
 * - Names of persons and firms match [a-zA-Z0-9 .'-]*: Latin letters without marks. (In the unit's original the pattern
 *   stands between ^ and $, which XSD reads as letters: a strict validator then refuses every name. What is written
 *   fits both readings.) Names in other scripts stand in full_name_frn from 5.2 on, and in comments before.
 * - The pattern of e-mail addresses has [_a-zA-Z0-9-+] in the original, a range that goes backwards; its lengths count.
 * - Dates are xs:dateTime from 1753 on, so that a year or a month alone cannot be said: comments say it.
 * - Choices: submission_date or report_date (the first is taken: it is understood by all of version 5);
 *   reporting_person or reporting_user_code (from 5.1 on); transactions or an activity (the activity: a match with a
 *   list is none); e-mail elements one by one or in a wrapper (one by one: the wrapper is of 5.2).
 * - Required though optional-looking: an address needs city and state, an identification the days of issue and expiry,
 *   a passport its country. An element that would lack one of these is left out and told in comments.
 * - tax_reg_number of a firm and transmode_comment have a length of exactly one letter: they are not written.
 * - Lengths count letters (code points), not bytes.
 * - vc:minVersion="1.1" stands at the top, but nothing in it is of XSD 1.1: xmllint (libxml2) validates with it. */
#ifndef MIZAN_REPORTS_GOAML_SCHEMA_H
#define MIZAN_REPORTS_GOAML_SCHEMA_H

#include "mizan/str.h"

typedef enum mz_goaml_kind {
    MZ_GOAML_TEXT,
    MZ_GOAML_NAME,  /* Latin letters without marks, digits, blank . ' - */
    MZ_GOAML_CODE,  /* of a list */
    MZ_GOAML_DATE,  /* a day, YYYY-MM-DD; or a time of RFC 3339 */
    MZ_GOAML_WHOLE, /* a whole number from `least` to `most` */
    MZ_GOAML_TRUTH,
    MZ_GOAML_FIXED, /* true, or not there */
    MZ_GOAML_EMAIL,
    MZ_GOAML_TYPE /* elements of its own */
} mz_goaml_kind;

enum { MZ_GOAML_5_0, MZ_GOAML_5_1, MZ_GOAML_5_2 };

typedef struct mz_goaml_field {
    const char *name; /* of the element; the key in JSON, too */
    const char
        *item; /* of the elements in it, when it is a list: "phone" of "phones"; the key of none. NULL: no list */
    mz_goaml_kind kind;
    const char *codes;                /* MZ_GOAML_CODE: the type */
    const struct mz_goaml_type *type; /* MZ_GOAML_TYPE */
    unsigned least, most;             /* letters; of a number, its bounds */
    unsigned since;                   /* MZ_GOAML_5_… */
    bool required;
    unsigned times;   /* how often the element itself may stand: an array in JSON. 0: once, and no array */
    char choice;      /* exactly one of those with the same letter; 0: none */
    const char *with; /* neither without the other; NULL: alone */
} mz_goaml_field;

typedef struct mz_goaml_type {
    const char *name;
    const mz_goaml_field *fields;
    size_t count;
} mz_goaml_type;

extern const mz_goaml_type mz_goaml_report_type;
extern const mz_goaml_type mz_goaml_person_type;
extern const mz_goaml_type mz_goaml_entity_type;
extern const mz_goaml_type mz_goaml_address_type;

/* The codes of a type of the schema with blanks between; "" when it has none. */
const char *mz_goaml_codes(const char *type);
/* The types that have codes, one by one; NULL behind the last. */
const char *mz_goaml_code_type(size_t number);

#endif
