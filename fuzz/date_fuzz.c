/* Any bytes as a date: refused, or a span whose text reads back as the same span. */
#include "mizan/date.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth) {
    if (!truth) abort();
}

static void read_in(mz_date_order order, mz_str text) {
    mz_date date, back;
    char edtf[MZ_DATE_TEXT_SIZE];
    if (!mz_date_parse(text, order, &date)) return;
    check(date.first_day <= date.last_day);
    mz_date_text(&date, edtf);
    check(mz_date_parse(mz_str_of(edtf), order, &back));
    check(back.first_day == date.first_day && back.last_day == date.last_day && back.precision == date.precision);
    check(back.circa == date.circa && back.uncertain == date.uncertain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_str text = {(const char *)data, size};
    read_in(MZ_DATE_DAY_FIRST, text);
    read_in(MZ_DATE_MONTH_FIRST, text);
    return 0;
}
