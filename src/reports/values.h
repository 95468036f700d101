/* Values of properties as people read them, in whichever report: a country and a gender by their word, a number with
 * the country that issued it, and each number once. */
#ifndef MIZAN_REPORTS_VALUES_H
#define MIZAN_REPORTS_VALUES_H

#include "base/json_read.h"
#include "reports/words.h"

typedef struct mz_report_value {
    mz_str text;
    mz_str country; /* that issued the number, by its name; empty: not known, or no number */
    bool is_name;   /* a word or a name, of unknown direction; else a number, code or date */
} mz_report_value;

/* One value of `property` among `properties`, an object as screen/facts.h writes it. False: it is not to be told here,
 * since another value tells the same number and more. */
bool mz_report_value_of(const mz_json_value *properties, mz_property property, mz_str value, mz_language language,
                        mz_report_value *ret_value);

#endif
