/* A report to a financial intelligence unit, as goAML 5.0.2 takes it: XML made of JSON that has the schema's own names.
 *
 *     {"rentity_id":17,"report_code":"SAR","submission_date":"2026-11-22", …
 *      "activity":{"report_parties":[{"person":{"first_name":"…","last_name":"…","phones":[…]},"reason":"…"}]},
 *      "report_indicators":["…"]}
 *
 * Whoever fills in a report (a page, a program, the settings of an agency, a suggestion made from a case) writes that;
 * goaml_schema.h is the table by which it is checked and put in order. All that is wrong or missing is told at once,
 * with its place and what to fill in, and nothing is written until nothing is wrong: what is written is valid.
 *
 * Rejected: a struct of C for each of the schema's types, with a reader, a checker and a writer for every member: three
 * hundred times the same three lines, and no page could ask what fields there are. */
#ifndef MIZAN_REPORTS_GOAML_H
#define MIZAN_REPORTS_GOAML_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_read.h"
#include "mizan/country.h"
#include "mizan/status.h"
#include "reports/goaml_schema.h"

/* X(CONSTANT, word) */
#define MZ_GOAML_PROBLEMS(X)                                                                                           \
    X(MISSING, "missing")                                                                                              \
    X(TOO_LONG, "too-long")                                                                                            \
    X(LETTERS, "letters")           /* that the element, or XML, does not take */                                      \
    X(NO_CODE, "code")              /* none of the list's */                                                           \
    X(FORM, "form")                 /* not a date, a number, an e-mail address */                                      \
    X(UNKNOWN, "unknown")           /* there is no such element */                                                     \
    X(UNSUPPORTED, "not-supported") /* only newer installations take it */                                             \
    X(TOO_MANY, "too-many")                                                                                            \
    X(TYPE, "type") /* an object where a text belongs, … */

typedef enum mz_goaml_problem {
#define MZ_X(constant, word) MZ_GOAML_IS_##constant,
    MZ_GOAML_PROBLEMS(MZ_X)
#undef MZ_X
        MZ_GOAML_PROBLEM_COUNT
} mz_goaml_problem;

const char *mz_goaml_problem_word(mz_goaml_problem problem);

typedef struct mz_goaml_gap {
    mz_goaml_problem problem;
    mz_str path;                 /* JSON pointer (RFC 6901): "/activity/report_parties/0/person/last_name" */
    mz_str says;                 /* one line: what is wrong and what to fill in */
    const mz_goaml_field *field; /* NULL: no field of the schema */
} mz_goaml_gap;

enum { MZ_GOAML_GAPS_MOST = 200, MZ_GOAML_XML_BYTES = 4 << 20 };

typedef struct mz_goaml_rules {
    unsigned supports;          /* MZ_GOAML_5_…: what the unit's installation takes */
    const mz_json_value *codes; /* {"report_type":["SAR",…],…} instead of those of goaml_codes.c; NULL: none.
                                    A code may be {"code":"DOS","title":"…"} */
} mz_goaml_rules;

/* Checks a report and writes it. *ret_count gaps (at most MZ_GOAML_GAPS_MOST are told): then nothing is written. The
 * XML is UTF-8, one line an element, the same for the same report to the byte. */
mz_status mz_goaml_write(const mz_json_value *report, const mz_goaml_rules *rules, mz_arena *arena, mz_buffer *out,
                         mz_goaml_gap **ret_gaps, size_t *ret_count, mz_error *error);

/* The codes that a field takes under these rules, one by one; *at is 0 at first. False: no more. */
bool mz_goaml_next_code(const mz_goaml_rules *rules, const char *type, size_t *at, mz_str *ret_code);

/* What people call an element; the element's own name when there is no word for it. */
const char *mz_goaml_label(const char *element, mz_language language);

/* A name in Latin letters without marks, as the schema wants names: what is written in them stays, also its capitals;
 * other scripts are romanised. Empty when no table knows its letters. */
mz_str mz_goaml_latin(mz_str name, mz_arena *arena);

/* The text without what XML cannot carry, cut to so many letters. */
mz_str mz_goaml_clean(mz_str text, size_t letters_most, mz_arena *arena);

#endif
