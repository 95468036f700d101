/* Dates as lists give them: a day, a month, a year, about, uncertain, or a range.
 *
 * Text form: Extended Date/Time Format level 1 (ISO 8601-2:2019; https://www.loc.gov/standards/datetime/):
 * "1970", "1970-05", "1970-05-01", "1970~" about, "1970?" uncertain, "1968/1972" between. */
#ifndef MIZAN_DATE_H
#define MIZAN_DATE_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

MZ_BEGIN_DECLS

typedef struct mz_date {
    /* the span of days that the date may be, both ends included, in days since 1970-01-01 (proleptic Gregorian);
     * circa does not widen it */
    int32_t first_day, last_day;
    enum { MZ_DATE_YEAR = 1, MZ_DATE_MONTH, MZ_DATE_DAY, MZ_DATE_RANGE } precision;
    bool circa;     /* about, approximately */
    bool uncertain; /* as published: "possibly", "?" */
} mz_date;

enum { MZ_DATE_TEXT_SIZE = 32 };

/* How a purely numeric date with slashes or dots is to be read. */
typedef enum mz_date_order { MZ_DATE_DAY_FIRST, MZ_DATE_MONTH_FIRST } mz_date_order;

/* Understands EDTF, ISO 8601 dates and times, "1 Jan 1970", "Jan 1, 1970", "01/05/1970" and "1.5.1970" in the
 * given order, "00/00/1970" and "1970-00-00" (a year), "00/05/1970" (a month), "May 1970", "circa 1970", "c. 1970",
 * "approximately 1970", "1968 to 1972", "1968-1972", "between 1968 and 1972", "1970s" (a range), month names in
 * English, French and Spanish, and Arabic-Indic or Persian digits. Impossible dates (31 February, month 13) and
 * years outside 1000–2999 are refused: false, out-parameter untouched. */
bool mz_date_parse(mz_str text, mz_date_order order, mz_date *ret_date);

/* The EDTF text, NUL-terminated. */
void mz_date_text(const mz_date *date, char ret_text[MZ_DATE_TEXT_SIZE]);

MZ_END_DECLS

#endif
